//! The statements of the documents: whole, and each of OV-01 to OV-41, PE-01 to PE-31 and D-01 to D-17 on both sides of every day on
//! which a document said something else, with what it must say and a question that finds it.

use super::*;
use crate::domain::programme::explain::Answer;
use crate::domain::programme::ruling::Ruling;

fn shipped() -> Statements {
    Statements::read(DOCUMENTS, TOPICS, &STATEMENTS).unwrap()
}

fn day(text: &str) -> Date {
    Date::iso(text).unwrap()
}

#[test]
fn every_numbered_statement_of_the_five_documents_is_there_once_and_has_its_document() {
    let statements = shipped();
    for (kind, last) in [("MG", 83), ("OV", 41), ("PE", 31), ("D", 17)] {
        let expected: Vec<String> = (1..=last).map(|number| format!("{kind}-{number:02}")).collect();
        let found = statements.all.iter().map(|one| one.number.clone());
        let found: Vec<String> = found.filter(|number| number.starts_with(&format!("{kind}-"))).collect();
        assert_eq!(found, expected);
    }
    for one in &statements.all {
        let document = statements.document(&one.document).unwrap();
        let of_five = ["MG-", "OV-", "PE-", "D-"].iter().any(|kind| one.number.starts_with(kind));
        assert_eq!(document.kind == Source::Document, of_five, "{}", one.number);
        assert!(one.from.is_none_or(|from| one.until.is_none_or(|until| from < until)), "{}", one.number);
        assert!(one.text.ends_with(['.', ')']) && one.text.len() > 20, "{}: {}", one.number, one.text);
    }
}

#[test]
fn the_five_documents_have_the_days_that_they_say_of_themselves() {
    let statements = shipped();
    let five: Vec<(&str, &str, &str)> = statements
        .documents
        .iter()
        .filter(|document| document.kind == Source::Document)
        .map(|document| (document.id.as_str(), document.language.as_str(), document.date.as_deref().unwrap()))
        .collect();
    let expected = [
        ("S004", "zh-TW", "2020-05-19"),
        ("S001", "ko", "2020-06-02"),
        ("S003", "ja", "2021-03-17"),
        ("S000", "ko", "2021-04-15"),
        ("S002", "zh-CN", "2021-07-13"),
    ];
    assert_eq!(five, expected);
    for one in statements.all.iter().filter(|one| ["MG-", "OV-", "PE-"].iter().any(|kind| one.number.starts_with(kind))) {
        let document = statements.document(&one.document).unwrap();
        assert_eq!(one.from.unwrap().to_string(), document.date.clone().unwrap(), "{}", one.number);
    }
}

#[test]
fn what_ends_says_what_takes_its_place_and_from_that_day_on() {
    let statements = shipped();
    for one in &statements.all {
        assert!(one.until.is_none() || !one.instead.is_empty(), "{}", one.number);
        for later in one.instead.iter().map(|number| statements.by_number(number).unwrap()) {
            assert!(one.until.is_none_or(|until| later.from.unwrap() <= until), "{} and {}", one.number, later.number);
            assert!(later.from > one.from, "{} is later than {}", later.number, one.number);
        }
    }
}

#[test]
fn ov_31_d_01_the_cut_of_the_fee_is_in_force_until_the_day_of_the_document_without_it() {
    let statements = shipped();
    let fee = statements.by_number("OV-31").unwrap();
    for (on, standing) in [
        ("2021-03-16", Standing::Ahead),
        ("2021-03-17", Standing::InForce),
        ("2021-07-12", Standing::InForce),
        ("2021-07-13", Standing::Past),
        ("2026-11-27", Standing::Past),
    ] {
        assert_eq!(fee.standing(day(on)), standing, "{on}");
    }
    let delay = statements.by_number("OV-39").unwrap();
    assert_eq!((delay.standing(day("2021-04-14")), delay.standing(day("2021-04-15"))), (Standing::Ahead, Standing::InForce));
    assert_eq!(statements.by_number("PE-12").unwrap().standing(day("2021-03-17")), Standing::Past);
}

#[test]
fn files_that_are_wrong_are_told_whole() {
    let documents = "[[document]]\nid = \"A\"\nkind = \"page\"\ntitle = \"A page\"\nlanguage = \"en\"\ndate = \"2021\"";
    let topics = "topics = [{ id = \"t\", name = \"T\", also = [] }]";
    let one =
        "[[statement]]\nnumber = \"X-01\"\ntopics = [\"t\"]\ntext = \"Says so.\"\ndocument = \"A\"\nfrom = \"2021-01-01\"\n";
    let read = |statements: &str| Statements::read(documents, topics, &[statements]);
    assert_eq!(read(one).unwrap().all.len(), 1);
    assert_eq!(read(&format!("{one}{one}")).unwrap_err(), [Wrong::Twice("X-01".into())]);
    let wrong = one.replace("\"t\"", "\"u\"").replace("\"A\"", "\"B\"") + "until = \"2020-01-01\"\ninstead = [\"X-09\"]";
    let unknown = |named: &str| Wrong::Unknown { number: "X-01".into(), named: named.into() };
    assert_eq!(read(&wrong).unwrap_err(), [unknown("B"), unknown("u"), unknown("X-09"), Wrong::Days("X-01".into())]);
    assert_eq!(read(&one.replace("from = \"2021-01-01\"", "")).unwrap_err(), [Wrong::Bare("X-01".into())]);
    assert!(matches!(read(&one.replace("text", "words")).unwrap_err()[..], [Wrong::Toml(_)]));
    assert!(matches!(read(&one.replace("2021-01-01", "spring")).unwrap_err()[..], [Wrong::Toml(_)]));
}

/// The days of the five documents, in their order: S004, S001, S003, S000, S002.
const DAYS: [&str; 5] = ["2020-05-19", "2020-06-02", "2021-03-17", "2021-04-15", "2021-07-13"];

/// How a statement stands on the day before each document and on its day, then today: `.` ahead, `+` in force, `-` past.
fn line_of(one: &Statement) -> String {
    let both = |text: &&str| [day(text).plus_days(-1), day(text)];
    let days = DAYS.iter().flat_map(both).chain([day("2026-11-27")]);
    let mark = |on| match one.standing(on) {
        Standing::Ahead => '.',
        Standing::InForce => '+',
        Standing::Past => '-',
    };
    days.map(mark).collect()
}

/// Returns whether a question leads to a statement, on the day it is in force.
fn leads_to(statements: &Statements, question: &str, number: &str) -> bool {
    let has = |found: &[&Statement]| found.iter().any(|one| one.number == number);
    match statements.ask(question) {
        Answer::Number(found) | Answer::Words(found) => has(&found),
        Answer::Topics(topics, elsewhere) => {
            has(&elsewhere) || topics.iter().any(|topic| statements.about(&topic.id).any(|one| one.number == number))
        }
        Answer::Nothing(_) => false,
    }
}

fn check(number: &str, line: &str, facts: &[&str], question: &str) {
    let statements = shipped();
    let one = statements.by_number(number).unwrap();
    assert_eq!(line_of(one), line, "{number}: {}", one.text);
    for fact in facts {
        assert!(one.text.contains(fact), "{number} says {fact}: {}", one.text);
    }
    assert!(leads_to(&statements, question, number), "“{question}” leads to {number}");
    assert!(leads_to(&statements, &number.to_lowercase(), number), "its number leads to {number}");
}

/// One test for each: its number is the name, then the line of [`line_of`], what its text must say, and a question that finds it.
macro_rules! statements {
    ($($name:ident $number:literal $line:literal [$($fact:literal),*] $question:literal;)*) => {
        $(#[test]
        fn $name() {
            check($number, $line, &[$($fact),*], $question);
        })*

        #[test]
        fn no_statement_of_the_programme_is_left_out() {
            let told = [$($number),*];
            for one in shipped().all.iter().filter(|one| ["OV-", "PE-", "D-"].iter().any(|kind| one.number.starts_with(kind))) {
                assert!(told.contains(&one.number.as_str()), "{}", one.number);
            }
        }
    };
}

statements! {
    ov_01 "OV-01" ".....++++++" ["Partner Center", "many customers", "new sales"] "reach many customers";
    ov_02 "OV-02" ".....++++++" ["Microsoft and its partners"] "공동 판매";
    ov_03 "OV-03" ".....++++++" ["building demand", "planning sales", "sharing leads", "from partner to partner", "marketplace"] "building demand";
    ov_04 "OV-04" ".....++++++" ["Choose to co-sell an offer", "sales teams and partners"] "choose to co-sell";
    ov_05 "OV-05" ".....++++++" ["Azure Marketplace", "Microsoft AppSource"] "appsource";
    ov_06 "OV-06" ".....++++++" ["acting on a lead"] "leads";
    ov_07 "OV-07" ".....++++++" ["sales teams or partners", "a solution that fits"] "solution that fits";
    ov_08 "OV-08" ".....++++++" ["shared, accepted and won", "Microsoft manages"] "leads";
    ov_09 "OV-09" ".....++++++" ["Solutions are also called offers"] "solutions";
    ov_10 "OV-10" ".....++++++" ["may hold software", "intellectual property", "services"] "offers";
    ov_11 "OV-11" ".....++++++" ["sales teams, its partners or both"] "any way of working";
    ov_12 "OV-12" ".....++++++" ["with Microsoft's sales teams", "partner to partner", "private deal", "solution assessment"] "four kinds";
    ov_13 "OV-13" ".....++++++" ["one of them or several", "actively"] "co-sell";
    ov_14 "OV-14" ".....++++++" ["your offers, Microsoft's, or both"] "sell your offers";
    ov_15 "OV-15" ".....++++++" ["You and Microsoft's sales teams", "share them"] "find opportunities";
    ov_16 "OV-16" ".....++++++" ["P2P", "another Microsoft partner"] "p2p";
    ov_17 "OV-17" ".....++++++" ["by yourself", "reports", "forecast"] "私人交易";
    ov_18 "OV-18" ".....++++++" ["SA", "vetted"] "solution assessment";
    ov_19 "OV-19" ".....++++++" ["level that an offer has"] "共同販売ステータス";
    ov_20 "OV-20" ".....++++++" ["three", "Not co-sell ready", "Co-sell ready", "Azure IP co-sell incentivized"] "not ready";
    ov_21 "OV-21" ".....++++++" ["two", "Standard", "Premium"] "business applications";
    ov_22 "OV-22" ".....++++++" ["page of its own"] "status";
    ov_23 "OV-23" ".....++++++" ["sales teams"] "co-sell ready";
    ov_24 "OV-24" ".....++++++" ["Microsoft manages", "work on sales together"] "co-sell ready";
    ov_25 "OV-25" ".....++++++" ["Azure IP", "Business Applications", "Standard and Premium"] "共同販売インセンティブ対象";
    ov_26 "OV-26" ".....++++++" ["incentive to sell your offer"] "incentive";
    ov_27 "OV-27" ".....++++++" ["only where it is co-sell ready too"] "incentivized";
    ov_28 "OV-28" ".....++++++" ["all that co-sell ready brings", "more benefits"] "incentivized";
    ov_29 "OV-29" ".....++++++" ["Azure Application", "Azure Container", "Azure Virtual Machine", "IoT Edge", "SaaS"] "iot edge";
    ov_30 "OV-30" ".....++++++" ["Customer Engagement and Power Apps", "Dynamics 365 for Operations"] "dynamics 365";
    ov_31 "OV-31" ".....++++--" ["20 %", "10 %", "IaaS or SaaS"] "service fee";
    ov_32 "OV-32" ".....++++++" ["10 %", "IaaS solution or SaaS offer"] "csp";
    ov_33 "OV-33" ".....++++++" ["Azure Marketplace", "committed"] "Azure 사용량 약정";
    ov_34 "OV-34" ".....++++++" ["Azure benefit eligible", "Azure portal"] "azure benefit";
    ov_35 "OV-35" ".....++++++" ["For customers", "MACC"] "macc";
    ov_36 "OV-36" ".......++++" ["For publishers", "transactable"] "macc";
    ov_37 "OV-37" ".....++++++" ["Microsoft preferred solution", "Azure IP co-sell incentivized", "ISV Connect", "co-sell ready"] "preferred solution";
    ov_38 "OV-38" ".....++++++" ["Azure Marketplace and AppSource"] "badge";
    ov_39 "OV-39" ".......++++" ["30 days"] "badge";
    ov_40 "OV-40" ".....++++++" ["quality", "performance", "industry"] "badge";
    ov_41 "OV-41" ".....++++++" ["requirements", "setting an offer up", "status"] "checking its status";
    pe_01 "PE-01" ".++++++++++" ["directly with Microsoft", "many customers"] "grow faster";
    pe_02 "PE-02" ".++++++++++" ["three channels", "AppSource or Azure Marketplace", "other partners", "Microsoft's sellers"] "共同銷售頻道";
    pe_03 "PE-03" ".++++++++++" ["services", "again and again", "IP"] "智慧財產";
    pe_04 "PE-04" ".++++++++++" ["Some IP solutions", "sell and deploy"] "incentive";
    pe_05 "PE-05" ".++++++++++" ["shared, accepted and won"] "leads";
    pe_06 "PE-06" ".++++------" ["either co-sell ready or co-sell incentivized"] "共同銷售就緒";
    pe_07 "PE-07" ".++++------" ["20 %", "10 %", "billed sales"] "服務費用";
    pe_08 "PE-08" ".++++------" ["IaaS and SaaS"] "service fee";
    pe_09 "PE-09" ".++++++++++" ["10 %", "SaaS and IaaS"] "雲端解決方案提供者";
    pe_10 "PE-10" ".++++------" ["commercial marketplace", "committed"] "Azure 耗用量承諾";
    pe_11 "PE-11" ".++++------" ["Azure benefit", "online stores"] "Azure 權益";
    pe_12 "PE-12" ".++++------" ["Incentivized offers", "online stores"] "偏好的解決方案";
    pe_13 "PE-13" ".++++++++++" ["quality", "performance", "industry"] "badge";
    pe_14 "PE-14" ".++++++++++" ["business profile", "publish", "not ready"] "business profile";
    pe_15 "PE-15" ".++++++++++" ["if you like", "Cloud Solution Providers", "not ready"] "csp";
    pe_16 "PE-16" ".++++++++++" ["for each eligible country", "one-pager", "presentation (optional)", "landing page", "social channel", "case study", "co-sell ready"] "one-pager";
    pe_17 "PE-17" ".++++++++++" ["services", "active gold competency"] "gold competency";
    pe_18 "PE-18" ".++++++++++" ["USD 100,000", "last twelve months", "transactable", "billed revenue", "together"] "acr";
    pe_19 "PE-19" ".++++++++++" ["built on Azure", "more than 50 %"] "50 %";
    pe_20 "PE-20" ".++++++++++" ["premium tier of ISV Connect"] "isv connect";
    pe_21 "PE-21" ".++++++++++" ["needs the ones before it", "optional"] "status";
    pe_22 "PE-22" ".++++++++++" ["1:", "sign in"] "sign in to partner center";
    pe_23 "PE-23" ".++++++++++" ["2:", "Commercial Marketplace, Overview"] "overview";
    pe_24 "PE-24" ".++++++++++" ["before it is published, and after"] "publishing";
    pe_25 "PE-25" ".++++++++++" ["3:", "Co-sell with Microsoft"] "menu at the left";
    pe_26 "PE-26" ".++++++++++" ["4:", "documents"] "upload documents";
    pe_27 "PE-27" ".++++++++++" ["5:", "sales contacts"] "連絡人";
    pe_28 "PE-28" ".++++++++++" ["6:", "save a draft"] "儲存草稿";
    pe_29 "PE-29" ".++++++++++" ["7:", "Review and publish"] "審核並發布";
    pe_30 "PE-30" ".++++++++++" ["8:", "Microsoft", "decides whether the offer qualifies"] "decides whether the offer qualifies";
    pe_31 "PE-31" ".++++++++++" ["through Microsoft", "co-sell options", "guide"] "engagement guide";
    d_01 "D-01" ".........++" ["April 2021", "July 2021", "only for days before"] "service fee";
    d_02 "D-02" ".......++++" ["30 days", "March and April 2021"] "badge";
    d_03 "D-03" ".....++++++" ["every incentivized offer", "co-sell ready and enrolled in ISV Connect"] "badge";
    d_04 "D-04" ".......++++" ["MACC", "April 2021"] "macc";
    d_05 "D-05" ".....++++++" ["online stores", "Azure portal", "Azure benefit eligible"] "azure benefit";
    d_06 "D-06" ".....++++++" ["commercial marketplace", "Azure Marketplace", "AppSource"] "commitment";
    d_07 "D-07" ".....++++++" ["three statuses", "two more"] "status";
    d_08 "D-08" ".....++++++" ["premium tier", "Standard"] "isv connect";
    d_09 "D-09" ".....++++++" ["Three channels", "two types", "four categories"] "channels";
    d_10 "D-10" ".....++++++" ["private pipeline deal", "private deal"] "private deal";
    d_11 "D-11" ".....++++++" ["until help is asked for", "reports show it"] "private pipeline";
    d_12 "D-12" "...++++++++" ["only Microsoft's sellers", "partners do too", "both"] "inbound";
    d_13 "D-13" ".........++" ["Power Apps", "PowerApps"] "power apps";
    d_14 "D-14" ".......++++" ["another name", "April 2021"] "publishing";
    d_15 "D-15" ".++++++++++" ["before it is published", "2023"] "publishing";
    d_16 "D-16" "...++++++++" ["campaign ID", "optional"] "campaign id";
    d_17 "D-17" "...++++++++" ["MG-12", "MG-77"] "won";
}

#[test]
fn a_rule_is_in_force_only_while_its_source_says_so() {
    let statements = shipped();
    let programme = Ruling::shipped().unwrap().programme;
    let mut looked = 0;
    let statuses = programme.statuses.iter().map(|one| &one.about);
    let requirements = programme.requirements.iter().map(|one| &one.about);
    for about in statuses.chain(requirements).chain(programme.benefits.iter().map(|one| &one.about)) {
        let one = statements.by_number(&about.source).unwrap();
        for on in DAYS.iter().flat_map(|text| [day(text).plus_days(-1), day(text)]) {
            if about.in_force.on(on) {
                looked += 1;
                assert_eq!(one.standing(on), Standing::InForce, "{} of {} on {on}", about.rule, one.number);
            }
        }
    }
    assert!(looked > 100, "{looked}");
}
