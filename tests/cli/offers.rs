//! `offers`: taken over, told by hand, what each is on a day and why, what that brings, and rules of one's own.

use serde_json::json;

use crate::support::cli::Cli;

const FILE: &str = "name,type,nature,published,transactable,csp,countries,contacts,one-pager,presentation,landing-page,social-or-case-study,built-on-azure,ip-share-percent\n\
    한빛 ERP,saas,ip,yes,yes,no,US;KR,US=Ann;Lee;+1 555 010 0100;ann@lee.example|KR=민준;김;+82 2-555-0100;kim@hanbit.example,yes,,https://hanbit.example,https://hanbit.example/case,yes,62.5\n\
    自文助言,service,service,yes,no,no,JP,JP=太郎;山田;+81 3-5550-0100;taro@y.example,yes,yes,https://y.example,https://y.example/c,no,\n";

fn with_offers() -> Cli {
    let cli = Cli::new();
    let file = cli.file("offers.csv", FILE);
    assert_eq!(cli.run(&["offers", "import", &file]).done(), "offers.csv: 2 new, 0 changed, 0 unchanged.\n");
    cli
}

fn status(cli: &Cli, day: &str) -> Vec<(String, String)> {
    let json = cli.run(&["offers", "list", "--json", "--as-of", day]).json();
    let of = |offer: &serde_json::Value| (offer["name"].as_str().unwrap().into(), offer["status"].as_str().unwrap().into());
    json.as_array().unwrap().iter().map(of).collect()
}

#[test]
fn ov_39_the_page_of_an_offer_says_by_when_its_badge_is_expected_or_that_nobody_knows() {
    let cli = Cli::new();
    let told = ["business-profile=yes", "acr-ttm-usd=120k"];
    cli.run(&[&["offers", "organisation"][..], &told].concat()).done();
    let file = cli.file("offers.csv", FILE);
    cli.run(&["offers", "import", &file]).done();
    let show = |cli: &Cli, with: &[&str]| cli.run(&[&["offers", "show", "한빛 ERP"], with].concat()).out;
    let came = show(&cli, &[]);
    assert!(came.contains("Expected up to 30 days after the status was reached; that day is not known here."), "{came}");
    cli.run(&["offers", "set", "한빛 ERP", "built-on-azure=no"]).done();
    let cli = cli.at("2026-11-25T08:00:00+09:00");
    cli.run(&["offers", "set", "한빛 ERP", "built-on-azure=yes"]).done();
    let cli = cli.at("2026-11-28T08:00:00+09:00");
    assert!(show(&cli, &[]).contains("Expected by 25 Dec 2026."), "{}", show(&cli, &[]));
    assert!(show(&cli, &["--as-of", "2026-12-25"]).contains("Expected by 25 Dec 2026."));
    assert!(!show(&cli, &["--as-of", "2026-12-26"]).contains("Expected"), "by then it is there");
    assert!(!show(&cli, &["--as-of", "2026-11-24"]).contains("Expected"), "it had lost the status then");
    let listed = cli.run(&["offers", "list", "--json"]).json();
    let offer = listed.as_array().unwrap().iter().find(|one| one["name"] == "한빛 ERP").unwrap();
    let badge = offer["benefits"].as_array().unwrap().iter().find(|one| one["id"] == "preferredBadge").unwrap();
    assert_eq!(badge["expectedBy"], "2026-12-25");
}

#[test]
fn two_offers_that_tell_the_same_solution_are_said_to() {
    let cli = Cli::new();
    cli.run(&["offers", "add", "한빛 ERP", "type=saas", "solution=SOL-1"]).done();
    let added = cli.run(&["offers", "add", "한빛 ERP 2", "type=saas", "solution=sol-1"]);
    assert!(added.code == 0 && added.err.contains("“한빛 ERP” tells the same solution ID"), "{added:?}");
    assert_eq!(cli.run(&["offers", "set", "한빛 ERP 2", "solution=SOL-2"]).err, "");
}

#[test]
fn the_contacts_of_an_offer_come_from_partner_centers_list_and_go_out_as_one_pe_16_pe_27() {
    let cli = Cli::new();
    cli.run(&[
        "offers",
        "add",
        "한빛 ERP",
        "type=saas",
        "countries=KR;US;JP",
        "contacts=KR=민준;김;+82 2-555-0100;kim@hanbit.example",
    ])
    .done();
    let list = cli.file(
        "contacts.csv",
        "Name;Email;Job title;Role;Countries;States\n김민준;kim@hanbit.example;영업 이사;Sales;KR;\nAnn Lee;ann@lee.example;Lead;Sales;\"US,CA\";US-WA\n",
    );
    let tried = cli.run(&["offers", "contacts", "한빛 ERP", &list, "--dry-run"]).done();
    assert!(tried.contains("2 new, 1 changed") && tried.contains("Nobody is named yet for: JP."), "{tried}");
    let said = cli.run(&["offers", "contacts", "한빛 ERP", &list]).done();
    assert!(said.contains("2 new, 1 changed, 0 unchanged") && said.contains("Nobody is named yet for: JP."), "{said}");
    assert!(said.contains("Changed the offer “한빛 ERP”: Not ready.") && !said.contains("No longer among them"), "{said}");
    let offer = cli.run(&["offers", "show", "한빛 ERP", "--json"]).json();
    let kim = offer["contacts"].as_array().unwrap().iter().find(|one| one["country"] == "KR").unwrap().clone();
    assert_eq!(
        (&kim["phone"], &kim["jobTitle"]),
        (&"+82 2-555-0100".into(), &"영업 이사".into()),
        "the list has no phone number: it stays"
    );
    let out = cli.run(&["offers", "contacts", "한빛 ERP"]).done();
    assert_eq!(
        out,
        "Name,Email,Job title,Role,Countries,States\n김민준,kim@hanbit.example,영업 이사,Sales,KR,\n\
         Ann Lee,ann@lee.example,Lead,Sales,\"CA,US\",US-WA\n"
    );
    let fewer = cli.file("fewer.csv", "Name,Email,Countries\nAnn Lee,ann@lee.example,\"US,CA\"\n");
    let tried = cli.run(&["offers", "contacts", "한빛 ERP", &fewer, "--dry-run"]).done();
    assert!(tried.contains("No longer among them, as the list does not have them: 김민준 (KR)."), "{tried}");
    let again = cli.file("again.csv", &out);
    assert!(cli.run(&["offers", "contacts", "한빛 ERP", &again]).done().contains("0 new, 0 changed, 3 unchanged"));
    // As a column of the file of offers they come back whole as well.
    let all = cli.run(&["offers", "export"]).done();
    let all = cli.file("offers.csv", &all);
    assert!(cli.run(&["offers", "import", &all]).done().contains("0 changed, 1 unchanged"));
    assert!(cli.run(&["undo"]).done().contains("한빛 ERP"));
}

#[test]
fn a_list_of_contacts_with_a_wrong_row_takes_nobody_away() {
    let cli = Cli::new();
    cli.run(&["offers", "add", "ERP", "type=saas", "contacts=KR=민준;김;+82 2-555-0100;kim@hanbit.example"]).done();
    let list = cli.file("contacts.csv", "Name,Email,Countries\nAnn Lee,ann@lee.example,US\nKim,kim,KR\n");
    let said = cli.run(&["offers", "contacts", "ERP", &list]);
    assert!(said.code == 3 && said.err.contains("line 3: Email") && said.out.contains("0 new, 0 changed"), "{said:?}");
    assert!(said.err.contains("Nothing of the list was taken"), "{said:?}");
    assert!(cli.run(&["offers", "contacts", "ERP"]).done().contains("kim@hanbit.example"));
    let everywhere = cli.file("all.csv", "Name,Email,Countries\nAnn Lee,ann@lee.example,OOO\n");
    assert!(cli.run(&["offers", "contacts", "ERP", &everywhere]).done().contains("1 new"), "no countries are told yet");
    assert!(cli.run(&["offers", "contacts", "ERP"]).done().contains("Ann Lee,ann@lee.example,,,OOO,"));
}

#[test]
fn pe_16_whoever_is_named_for_every_country_is_named_for_one_that_is_told_later() {
    let cli = with_offers();
    cli.run(&["offers", "organisation", "business-profile=yes"]).done();
    let everywhere = cli.file("all.csv", "Name,Email,Countries\nAnn Lee,ann@lee.example,OOO\n");
    let said = cli.run(&["offers", "contacts", "한빛 ERP", &everywhere]).done();
    assert!(!said.contains("Ann Lee (US)") && said.contains("김민준 (KR)"), "{said}");
    assert_eq!(
        cli.run(&["offers", "set", "한빛 ERP", "countries=KR;JP;DE"]).done(),
        "Changed the offer “한빛 ERP”: Co-sell ready.\n"
    );
    assert!(cli.run(&["offers", "contacts", "한빛 ERP"]).done().contains("Ann Lee,ann@lee.example,,,OOO,"));
    let all = cli.run(&["offers", "export"]).done();
    let all = cli.file("offers.csv", &all);
    assert!(cli.run(&["offers", "import", &all]).done().contains("0 changed, 2 unchanged"), "it comes back as it went");
    assert_eq!(cli.run(&["offers", "show", "한빛 ERP", "--json"]).json()["contacts"][0]["country"], "OOO");
}

#[test]
fn from_nothing_to_incentivized_each_step_says_what_is_missing() {
    let cli = Cli::new();
    let said = cli.run(&["offers"]);
    assert!(said.code == 0 && said.err.contains("cosell offers add"), "{}", said.err);
    assert_eq!(cli.run(&["offers", "add", "한빛 ERP", "type=saas"]).done(), "Added the offer “한빛 ERP”: Not ready.\n");
    assert_eq!(cli.run(&["offers", "add", "한빛 erp", "type=saas"]).code, 3, "it is there");
    let more = ["published=yes", "transactable=yes", "countries=KR", "contacts=KR=민준;김;+82 2-555-0100;kim@hanbit.example"];
    let documents = ["one-pager=one.pdf", "landing-page=https://h.example", "social-or-case-study=https://h.example/c"];
    cli.run(&[&["offers", "set", "한빛 ERP"][..], &more, &documents].concat()).done();
    let shown = cli.run(&["offers", "show", "한빛 ERP"]).done();
    assert!(shown.contains("missing  The business profile in Partner Center is complete (PE-14)"), "{shown}");
    assert!(cli.run(&["offers", "submission", "한빛 ERP", "published"]).err.contains("business profile"), "PE-29");
    cli.run(&["offers", "organisation", "business-profile=yes"]).done();
    assert_eq!(status(&cli, "2026-11-27")[0].1, "coSellReady");
    cli.run(&["offers", "organisation", "acr-ttm-usd=120k", "--from", "2026-10-01"]).done();
    let said = cli.run(&["offers", "set", "한빛 ERP", "built-on-azure=yes", "ip-share-percent=60"]).done();
    assert_eq!(said, "Changed the offer “한빛 ERP”: Co-sell ready → Azure IP co-sell incentivized.\n");
    assert_eq!(cli.run(&["offers", "submission", "한빛 ERP", "published"]).done(), "“한빛 ERP”: Sent to Microsoft.\n");
    let badge = &cli.run(&["offers", "show", "한빛 ERP", "--json"]).json()["benefits"];
    let badge = badge.as_array().unwrap().iter().find(|one| one["id"] == "preferredBadge").unwrap().clone();
    assert_eq!((badge["from"].as_str(), badge["expectedBy"].as_str()), (Some("2026-11-21"), Some("2026-12-21")), "OV-39");
    let resold = || {
        let benefits = cli.run(&["offers", "show", "한빛 ERP", "--json"]).json()["benefits"].clone();
        benefits.as_array().unwrap().iter().find(|one| one["id"] == "csp10").unwrap().clone()
    };
    assert_eq!((&resold()["needs"], &resold()["from"]), (&json!("csp"), &json!(null)), "no reseller sells it yet (PE-15)");
    cli.run(&["offers", "set", "한빛 ERP", "csp=yes"]).done();
    assert_eq!((&resold()["needs"], resold()["from"].is_string()), (&json!(null), true));
    cli.run(&["offers", "set", "한빛 ERP", "countries=KR;JP;US"]).done();
    let shown = cli.run(&["offers", "show", "한빛 ERP"]).done();
    assert!(shown.contains("Nobody is named for Japan, United States."), "PE-16: {shown}");
    let missing = cli.run(&["offers", "show", "한빛 ERP", "--json"]).json()["missing"][0].clone();
    assert_eq!((&missing["what"], &missing["countries"]), (&json!("contacts"), &json!(["JP", "US"])));
    cli.run(&["undo"]).done();
    cli.run(&["undo"]).done();
    cli.run(&["undo"]).done();
    cli.run(&["undo"]).done();
    assert_eq!(status(&cli, "2026-11-27")[0].1, "coSellReady", "the last two steps are taken back");
}

#[test]
fn d_01_the_fee_of_a_past_day_is_in_the_answer_of_that_day_with_its_arithmetic() {
    let cli = with_offers();
    cli.run(&["offers", "organisation", "business-profile=yes", "acr-ttm-usd=100000"]).done();
    let worth = |day: &str| cli.run(&["offers", "worth", "한빛 ERP", "50k", "USD", "--as-of", day]).out;
    let before = worth("2021-07-12");
    assert!(before.contains("10 % of $ 50,000 is $ 5,000 (OV-31). At 20 % it would be $ 10,000: $ 5,000 less"), "{before}");
    let after = worth("2021-07-13");
    assert!(after.contains("10 % of $ 50,000 is $ 5,000 (OV-32)") && after.contains("Ended on 2021-07-13"), "{after}");
    assert!(!after.contains("At 20 %"));
    let json = cli.run(&["offers", "worth", "한빛 ERP", "50k", "USD", "--as-of", "2021-07-12", "--json"]).json();
    let fee = json["benefits"].as_array().unwrap().iter().find(|one| one["id"] == "serviceFee10").unwrap();
    assert_eq!((fee["amount"].as_str(), fee["insteadOf"].as_str()), (Some("5000.00"), Some("10000.00")));
}

#[test]
fn the_answer_for_a_day_is_that_of_the_document_then_in_force() {
    let cli = with_offers();
    cli.run(&["offers", "organisation", "business-profile=yes", "gold-competency=yes", "acr-ttm-usd=100000"]).done();
    let all = |day: &str| status(&cli, day).into_iter().map(|(_, status)| status).collect::<Vec<_>>();
    assert_eq!(all("2020-05-18"), ["notReady", "notReady"]);
    assert!(cli.run(&["offers", "--json"]).code == 0);
    assert_eq!(all("2020-05-19"), ["coSellReady", "azureIpCoSell"]);
    let said = cli.run(&["offers", "list", "--as-of", "2020-05-18"]);
    assert!(said.err.contains("No document of the programme was in force"), "{}", said.err);
    let listed = |day: &str| cli.run(&["offers", "list", "--as-of", day]);
    assert!(listed("2021-03-16").out.contains(" Co-sell incentivized") && listed("2021-03-16").err.contains("2021-03-16"));
    assert!(listed("2021-03-17").out.contains(" Azure IP co-sell incentivized"));
}

#[test]
fn a_file_is_taken_over_row_by_row_and_written_again_as_csv_and_workbook() {
    let cli = with_offers();
    let wrong = cli.file("wrong.csv", "name,type,published,countries\nOne,app,perhaps,XX\nTwo,saas,yes,KR\n");
    let ran = cli.run(&["offers", "import", &wrong]);
    assert_eq!((ran.code, ran.out.as_str()), (4, "wrong.csv: 1 new, 0 changed, 0 unchanged.\n"));
    for part in ["line 2", "“app”", "“perhaps”", "“XX”"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    let said = cli.run(&["offers", "import", &wrong, "--dry-run"]);
    assert!(said.out.contains("0 new, 0 changed, 1 unchanged"), "{}", said.out);
    for name in ["out.xlsx", "out.csv"] {
        let path = cli.path(name);
        let path = path.to_str().unwrap();
        cli.run(&["offers", "export", "-o", path]).done();
        assert!(cli.run(&["offers", "import", path]).done().contains("0 new, 0 changed, 3 unchanged"), "{name}");
        assert_eq!(cli.run(&["offers", "export", "-o", path]).code, 3, "never over a file");
    }
    let other = cli.file("other.csv", "Deal,Customer\nx,y\n");
    let ran = cli.run(&["offers", "import", &other]);
    assert!(ran.code == 3 && ran.err.contains("no column is known"), "{}", ran.err);
    assert_eq!(cli.run(&["offers", "import", cli.path("absent.csv").to_str().unwrap()]).code, 1);
}

#[test]
fn everything_wrong_with_a_line_is_told_at_once_and_nothing_is_changed() {
    let cli = with_offers();
    let ran = cli.run(&["offers", "set", "한빛 ERP", "published=perhaps", "ip-share-percent=200", "contacts=US=Ann"]);
    assert_eq!(ran.code, 3);
    for part in ["“perhaps”", "“200”", "“US=Ann”"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    let ran = cli.run(&["offers", "set", "한빛 ERP", "publshed=yes", "csp"]);
    assert!(ran.code == 2 && ran.err.contains("Did you mean “published”") && ran.err.contains("no KEY=VALUE"), "{}", ran.err);
    let ran = cli.run(&["offers", "show", "한빛 EPR"]);
    assert!(ran.code == 3 && ran.err.contains("Did you mean “한빛 ERP”"), "{}", ran.err);
    let ran = cli.run(&["offers", "organisation", "acr-ttm-usd=much", "isv-connect=gold", "--from", "someday"]);
    assert!(ran.code == 3 && ["“much”", "“gold”", "“someday”"].iter().all(|part| ran.err.contains(part)), "{}", ran.err);
    let ran = cli.run(&["offers", "submission", "한빛 ERP", "qualified"]);
    assert!(ran.code == 3 && ran.err.contains("does not follow"), "{}", ran.err);
}

#[test]
fn rules_of_ones_own_are_laid_over_and_a_wrong_file_says_where() {
    let cli = with_offers();
    cli.run(&["offers", "organisation", "business-profile=yes", "acr-ttm-usd=100000"]).done();
    let rules = "[[end]]\nrule = \"PE-18/revenue\"\non = \"2026-07-01\"\n\n[[requirement]]\nrule = \"FY27/diagram\"\nsource = \"FY27\"\n\
                 document = \"our guide\"\nfrom = \"2026-07-01\"\nfor = \"azureIpCoSell\"\nwhat = \"reference-architecture\"\n\
                 say = \"There is a diagram of the architecture\"\nnext = \"Draw one\"\nneeds = \"reference-architecture:yes\"\n";
    let set = cli.run(&["config", "set", "programme", "rules.toml"]);
    assert!(set.code == 0 && set.err.contains("config/rules.toml could not be read"), "{set:?}");
    assert!(set.err.contains("or name another one: cosell config set programme FILE"), "{set:?}");
    assert!(cli.run(&["offers"]).err.contains("config/rules.toml could not be read"), "it is not there yet");
    cli.file("config/rules.toml", rules);
    assert_eq!(status(&cli, "2026-06-30")[1].1, "azureIpCoSell");
    assert_eq!(status(&cli, "2026-07-01")[1].1, "coSellReady");
    cli.run(&["offers", "set", "한빛 ERP", "reference-architecture=diagram.png"]).done();
    assert_eq!(status(&cli, "2026-07-01")[1].1, "azureIpCoSell");
    assert!(cli.run(&["offers", "rules", "--as-of", "2026-07-01"]).out.contains("FY27/diagram"));
    cli.file(
        "config/rules.toml",
        rules.replace("reference-architecture:yes", "diagram:yes").replace("2026-07-01\"\nfor", "soon\"\nfor"),
    );
    let ran = cli.run(&["offers"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("rules.toml, line 9: “soon” is no day"), "{}", ran.err);
    assert!(ran.err.contains("rules.toml, line 14: Conditions know no “diagram”"), "{}", ran.err);
}
