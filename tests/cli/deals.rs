//! Deals of our own by command: new, edit, ask-help, clone and drafts; every complaint at once, nothing half-made.

use serde_json::{Value, json};

use crate::support::cli::{Cli, THREE};

const PERSON: &str = "민준;김;+82 2-555-0100;minjun@partner.example";
const CONTACT: &str = "지우;박;+82 2-555-0199;jiwoo@hanbit.example";

/// The arguments of a whole deal.
fn whole() -> Vec<&'static str> {
    vec![
        "new",
        "--customer",
        "한빛정밀 주식회사",
        "--country",
        "대한민국",
        "--duns",
        "08-146-6849",
        "--street",
        "27-29",
        "--city",
        "서울",
        "--name",
        "ERP 2기",
        "--value",
        "84m",
        "--currency",
        "KRW",
        "--close",
        "end of quarter",
        "--employee",
        PERSON,
        "--solution",
        "SOL-34104-EBB;12;1.2k",
    ]
}

fn with(more: &[&'static str]) -> Vec<&'static str> {
    [whole(), more.to_vec()].concat()
}

#[test]
fn mg_24_to_mg_50_a_deal_is_made_from_flags_private_outbound_and_accepted() {
    let cli = Cli::new();
    let said = cli.run(&whole()).done();
    assert!(said.starts_with("Made: ERP 2기 (1), Private pipeline, in Outbound.\nIt waits in the outbox;"), "{said}");
    let shown = cli.run(&["show", "1", "--json"]).json();
    for (path, expected) in [
        ("/direction", json!("outbound")),
        ("/stage", json!("accepted")),
        ("/type", json!("privatePipeline")),
        ("/waiting", json!(true)),
        ("/deal/value", json!("84000000")),
        ("/deal/closeDate", json!("2026-12-31")),
        ("/customer/duns", json!("081466849")),
        ("/customer/address/country", json!("KR")),
        ("/customer/contact", Value::Null),
        ("/employees/0/firstName", json!("민준")),
        (
            "/solutions/0",
            json!({ "id": "SOL-34104-EBB", "name": null, "owner": "unknown", "quantity": 12, "price": "1200", "currency": "KRW" }),
        ),
        ("/help", Value::Null),
    ] {
        assert_eq!(shown.pointer(path), Some(&expected), "{path}");
    }
    assert_eq!(cli.run(&["list", "--tab", "outbound", "--json"]).json().as_array().unwrap().len(), 1);
    cli.run(&["undo"]).done();
    assert_eq!(cli.run(&with(&["--check", "--json"])).json(), json!({ "valid": true }));
    assert_eq!(cli.run(&["list", "--json"]).json(), json!([]));
}

#[test]
fn input_that_is_no_deal_gets_one_sentence_not_a_list_of_what_is_missing() {
    let cli = Cli::new();
    assert!(cli.piped(&["new"], " \n").failed(3).starts_with("Nothing says what the deal is."));
    assert_eq!(cli.piped(&["new"], "[]").failed(3), "The input is not a JSON object.\n  Objects stand between curly brackets.\n");
    let said = cli.piped(&["new"], r#"{"zzz": 1}"#).failed(3);
    assert!(said.contains("Fields are type, deal, customer, employees, solutions, help, partner, favorite, owner."), "{said}");
}

#[test]
fn what_cannot_be_both_is_wrong_usage() {
    let cli = Cli::new();
    for (more, sentence) in [
        (&["--share", "--kind", "TechnicalHelp"][..], "--share and --kind <CODE> do not go together."),
        (&["--assessment", "--partner", "P"], "--assessment and --partner <NAME> do not go together."),
        (&["--assessment", "--share"], "--assessment and --share do not go together."),
    ] {
        let said = cli.run(&with(more)).failed(2);
        assert!(said.contains(sentence), "{said}");
    }
}

#[test]
fn a_field_without_equals_sign_is_wrong_usage_and_empties_nothing() {
    let cli = Cli::new();
    cli.run(&with(&["--notes", "long ones"])).done();
    let said = cli.run(&["edit", "1", "notes"]).failed(2);
    assert!(said.contains("“notes” does not say what the field becomes.") && said.contains("notes= empties it"), "{said}");
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["deal"]["notes"], "long ones");
    cli.run(&["edit", "1", "notes="]).done();
    assert!(cli.run(&["show", "1", "--json"]).json()["deal"]["notes"].is_null());
}

#[test]
fn mg_34_mg_43_mg_46_every_complaint_comes_at_once_and_nothing_is_made() {
    let cli = Cli::new();
    let wrong = [
        "new",
        "--country",
        "Atlantis",
        "--duns",
        "81466849",
        "--value",
        "0",
        "--currency",
        "XXX",
        "--close",
        "31.13.",
        "--employee",
        "Kim",
        "--contact",
        "지우;;1;x",
        "--json",
    ];
    let ran = cli.run(&wrong);
    assert_eq!(ran.code, 3, "{ran:?}");
    let fields: Vec<String> = ran.errors().into_iter().map(|(field, _)| field).collect();
    for field in [
        "customer.address.country",
        "customer.name",
        "customer.duns",
        "customer.contact.phone",
        "customer.contact.email",
        "deal.name",
        "deal.value",
        "deal.currency",
        "deal.closeDate",
        "employees",
        "solutions",
    ] {
        assert_eq!(fields.iter().filter(|known| *known == field).count(), 1, "{field}: {fields:?}");
    }
    assert_eq!(cli.run(&["list", "--json"]).json(), json!([]));
    let told = cli.run(&["new", "--name", "ERP"]).failed(3);
    assert!(told.contains("Country is missing.\n  Two letters or a name"), "{told}");
    assert!(told.contains("Employees are missing.\n  At least one colleague"), "{told}");
}

#[test]
fn mg_30_mg_31_mg_51_mg_52_help_at_once_needs_contact_and_consent_and_makes_it_co_sell() {
    let cli = Cli::new();
    let asked = with(&["--kind", "3", "--note", "Join the demo", "--json"]);
    let ran = cli.run(&asked);
    let codes = ran.errors();
    assert_eq!(ran.code, 3);
    assert!(codes.contains(&("help.consent".into(), "needs-consent".into())), "{codes:?}");
    assert!(codes.contains(&("customer.contact.email".into(), "missing".into())), "{codes:?}");
    let made = cli.run(&[asked, vec!["--contact", CONTACT, "--consent"]].concat()).json();
    assert_eq!((&made["type"], &made["help"]["kind"]), (&json!("coSell"), &json!("ProofOfConceptOrDemo")));
    assert_eq!(made["help"]["respondBy"], json!("2026-12-04T23:00:00Z"), "Microsoft has its own 14 days");
    let shown = cli.run(&["show", &made["id"].to_string(), "--json"]).json();
    let told = (&shown["help"]["respondBy"], &shown["help"]["respondByKnown"]);
    assert_eq!(told, (&json!("2026-12-04T23:00:00Z"), &json!(false)), "its days begin with the upload");
    let shown = cli.run(&["show", "1"]).done();
    assert!(shown.contains("has 14 days from the upload to decide"), "{shown}");
    let late = Cli { home: cli.home, ..Cli::new() }.at("2026-12-20T08:00:00+09:00");
    let shown = late.run(&["show", "1"]).done();
    assert!(shown.contains("has 14 days from the upload to decide"), "nobody there is late with it: {shown}");
    assert_eq!(late.run(&["show", "1", "--json"]).json()["stage"], json!("accepted"));
}

#[test]
fn ov_12_partner_led_partner_to_partner_and_assessment() {
    let cli = Cli::new();
    let kind = |more: &[&'static str]| cli.run(&[with(more), vec!["--json"]].concat()).json()["type"].clone();
    assert_eq!(kind(&["--share"]), json!("partnerLed"));
    assert_eq!(kind(&["--partner", "Contoso Consulting", "--brings", "data migration"]), json!("partnerToPartner"));
    assert_eq!(kind(&["--assessment"]), json!("solutionAssessment"));
    let two = cli.run(&with(&["--assessment", "--solution", "SA-2", "--json"]));
    assert_eq!(two.errors(), [("solutions".to_owned(), "not-exactly-one".to_owned())]);
    let half = cli.run(&with(&["--partner", "Contoso", "--json"]));
    assert_eq!(half.errors(), [("partner.brings".to_owned(), "missing".to_owned())]);
}

#[test]
fn a_deal_comes_from_a_json_file_or_from_standard_input() {
    let cli = Cli::new();
    cli.run(&whole()).done();
    let like = cli.run(&["show", "1", "--json"]).out;
    let file = cli.file("deal.json", &like);
    let made = cli.run(&["new", "--from", &file, "--name", "ERP 3기", "--json"]);
    assert_eq!((made.code, &made.json()["deal"]["name"]), (0, &json!("ERP 3기")));
    assert!(made.err.contains("Similar deal: 1 ERP 2기 (한빛정밀 주식회사), also with SOL-34104-EBB."), "{}", made.err);
    assert_eq!(cli.piped(&["new"], &like).code, 0);
    assert_eq!(cli.piped(&["new", "--from", "-"], &like).code, 0);
    let broken = cli.piped(&["new"], "{\"deal\": {\"nam\": 1}, \"stage\": \"received\", \"employees\": 3}");
    assert_eq!(broken.code, 3);
    for told in [
        "“deal.nam”",
        "Did you mean “name”?",
        "“received” cannot be said of a new deal",
        "Employees is not a list",
        "Solutions are missing",
    ] {
        assert!(broken.err.contains(told), "{told}: {}", broken.err);
    }
    assert!(!broken.err.contains("Employees are missing"), "{}", broken.err);
    assert!(cli.piped(&["new"], "{").failed(3).contains("line 1, column 1"));
    assert!(cli.run(&["new", "--from", "/nowhere.json"]).failed(1).contains("is not there"));
    assert!(cli.run(&["new"]).failed(2).contains("Nothing says what the deal is."));
    assert_eq!(cli.run(&["list", "--json"]).json().as_array().unwrap().len(), 4);
}

#[test]
fn a_check_says_that_everything_is_there_and_makes_nothing() {
    let cli = Cli::new();
    let ran = cli.run(&with(&["--check"]));
    assert_eq!((ran.code, ran.err.as_str()), (0, "Everything is there. Nothing was made.\n"));
    assert_eq!(cli.run(&["list", "--json"]).json(), json!([]));
}

#[test]
fn a_deal_of_our_own_has_no_sender_and_was_made_by_nobody_else() {
    let cli = Cli::new();
    let mut flags = whole();
    let at = flags.iter().position(|flag| *flag == "--solution").unwrap();
    flags[at + 1] = "SOL-34104-EBB;3;1250";
    cli.run(&flags).done();
    let shown = cli.run(&["show", "1"]).done();
    assert!(shown.contains("Direction") && shown.contains("Created") && !shown.contains("Sender") && !shown.contains("Received"));
    assert!(shown.contains("SOL-34104-EBB  3 x ₩ 1,250"), "{shown}");
    let history = cli.run(&["history", "1"]).done();
    assert!(history.contains("Made “") && !history.contains("import"), "{history}");
    flags[at + 1] = "SOL-34104-EBB, KRW, 10, 100";
    let said = cli.run(&flags).failed(3);
    assert!(said.contains("SOL-34104-EBB;10;99.50"), "the hint is of the command line, not of a file: {said}");
}

#[test]
fn a_draft_goes_only_into_the_deal_that_is_made_from_it() {
    let cli = Cli::new();
    cli.run(&whole()).done();
    let file = cli.file("deal.json", &cli.run(&["show", "1", "--json"]).out);
    cli.run(&["clone", "1"]).done();
    assert!(cli.run(&["new", "--from", &file, "--draft", "1"]).failed(2).contains("do not go together"));
    assert_eq!(cli.run(&["drafts", "--json"]).json().as_array().unwrap().len(), 1);
}

#[test]
fn a_sign_of_another_currency_is_refused_and_prices_keep_their_own() {
    let cli = Cli::new();
    let mut arguments = whole();
    arguments[14] = "€500";
    assert!(cli.run(&arguments).failed(3).contains("Value: € does not stand for KRW."));
    cli.run(&with(&["--solution", "SOL-2;1;20"])).done();
    let ran = cli.run(&["edit", "1", "currency=USD", "value=5k", "solution-=SOL-34104-EBB"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "The prices of SOL-2 stay in the currency they are in.\n"), "{ran:?}");
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["solutions"][0]["price"], json!("20"));
    let twice = format!("employee+={PERSON}").replace("minjun@", "MINJUN@");
    assert!(cli.run(&["edit", "1", &twice]).failed(3).contains("is there twice"));
}

#[test]
fn a_past_close_date_and_an_absurd_value_are_remarked_on_and_made() {
    let cli = Cli::new();
    let mut arguments = whole();
    arguments[14] = "2,000,000,000,000";
    arguments[18] = "2026-01-01";
    let ran = cli.run(&arguments);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("is in the past") && ran.err.contains("is very much. Is it right?"), "{}", ran.err);
}

#[test]
fn mg_40_mg_68_to_mg_70_fields_people_and_solutions_of_an_accepted_deal_are_edited() {
    let cli = Cli::new();
    cli.run(&whole()).done();
    let employee = format!("employee+={PERSON}").replace("minjun", "seoyeon").replace("민준", "서연");
    let edited = cli.run(&[
        "edit",
        "1",
        "name=ERP 2028",
        "value=90m",
        "close=2027-03-31",
        "crm-id=CRM-7",
        "deal.campaignId=Spring",
        "notes=둘째 줄",
        "sales-stage=40",
        &employee,
        "solution+=SOL-2;3",
        "--json",
    ]);
    let shown = edited.json();
    for (path, expected) in [
        ("/deal/name", json!("ERP 2028")),
        ("/deal/value", json!("90000000")),
        ("/deal/campaignId", json!("Spring")),
        ("/deal/salesStage", json!(40)),
        ("/employees/1/firstName", json!("서연")),
        ("/solutions/1/quantity", json!(3)),
    ] {
        assert_eq!(shown.pointer(path), Some(&expected), "{path}");
    }
    cli.run(&["edit", "1", "employee-=minjun@partner.example", "solution-=SOL-34104-EBB"]).done();
    let shown = cli.run(&["show", "1", "--json"]).json();
    assert_eq!((shown["employees"].as_array().unwrap().len(), &shown["solutions"][0]["id"]), (1, &json!("SOL-2")));
    assert_eq!(cli.run(&["edit", "1", "name=ERP 2028", "value=90,000,000"]).done(), "Nothing was changed.\n");
    cli.run(&["undo"]).done();
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["employees"].as_array().unwrap().len(), 2);
}

#[test]
fn mg_43_mg_46_the_last_colleague_and_the_last_solution_stay() {
    let cli = Cli::new();
    cli.run(&whole()).done();
    let ran = cli.run(&["edit", "1", "employee-=minjun@partner.example", "solution-=SOL-34104-EBB", "value=0", "--json"]);
    let fields: Vec<String> = ran.errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!((ran.code, fields), (3, vec!["deal.value".to_owned(), "employees".to_owned(), "solutions".to_owned()]));
}

#[test]
fn what_cannot_be_edited_says_why_and_what_to_do() {
    let cli = Cli::with(THREE);
    for (arguments, code, told) in [
        (vec!["edit", "1", "name=x"], 3, "Deal name: not accepted yet."),
        (vec!["edit", "3", "customer.name=x"], 3, "Customer is settled when the deal is made"),
        (vec!["edit", "3", "contact=x"], 3, "Contact is settled with the help request."),
        (vec!["edit", "3", "stage=won"], 3, "Stage is changed by accept, decline, win and lose."),
        (vec!["edit", "3", "referralId=x"], 3, "Referral ID comes from Partner Center."),
        (vec!["edit", "3", "nmae=x"], 3, "There is no field “nmae”."),
        (vec!["edit", "3", "employee=x"], 3, "Employees are added and taken off one by one."),
        (vec!["edit", "3", "solution-=SOL-9"], 3, "“SOL-9” is not on the deal."),
        (vec!["edit", "9", "name=x"], 3, "There is no opportunity 9."),
        (vec!["edit", "3"], 2, "must be given"),
    ] {
        let err = cli.run(&arguments).failed(code);
        assert!(err.contains(told), "{arguments:?}: {err}");
    }
    cli.run(&["win", "3"]).done();
    assert!(cli.run(&["edit", "3", "name=x"]).failed(3).contains("archived, nothing can be changed"));
    let both = cli.run(&["edit", "1", "nmae=x", "name=y", "customer.name=z"]).failed(3);
    assert!(both.contains("“nmae”") && both.contains("not accepted yet") && both.contains("settled when the deal"), "{both}");
}

#[test]
fn mg_09_mg_10_mg_12_mg_32_a_private_deal_is_upgraded_once_with_what_follows() {
    let cli = Cli::new();
    cli.run(&whole()).done();
    let none = cli.run(&["ask-help", "1", "--json"]);
    let fields: Vec<String> = none.errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!(none.code, 3);
    for field in ["customer.contact.firstName", "help.consent", "help.kind", "help.note"] {
        assert!(fields.contains(&field.to_owned()), "{field}: {fields:?}");
    }
    let said = cli.run(&["ask-help", "1", "--kind", "4", "--note", "Quote", "--contact", CONTACT, "--consent"]).done();
    for told in [
        "Help asked: ERP 2기 (1) is co-sell now.",
        "Once uploaded, that cannot be taken back.",
        "Microsoft may speak directly to 박지우",
        "Microsoft has 14 days from the upload to decide",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let again = cli.run(&["ask-help", "1", "--kind", "4", "--note", "Quote", "--contact", CONTACT, "--consent"]).failed(3);
    assert!(again.contains("was asked for on 21 Nov"), "{again}");
    cli.run(&["undo"]).done();
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["type"], json!("privatePipeline"));
    cli.run(&["win", "1"]).done();
    assert!(cli.run(&["ask-help", "1", "--kind", "4"]).failed(3).contains("nothing can be changed"));
    let inbound = Cli::with(THREE);
    assert!(inbound.run(&["ask-help", "1", "--kind", "4"]).failed(3).contains("Microsoft is on it already."));
}

#[test]
fn a_clone_is_a_draft_that_new_finishes() {
    let cli = Cli::new();
    cli.run(&with(&["--crm-id", "CRM-7", "--campaign-id", "Spring"])).done();
    let said = cli.run(&["clone", "1", "--name", "ERP 3기"]).done();
    assert!(said.starts_with("Draft 1, like ERP 2기") && said.contains("Close date is missing."), "{said}");
    let listed = cli.run(&["drafts"]).done();
    assert!(listed.contains("ERP 3기") && listed.contains("한빛정밀 주식회사"), "{listed}");
    let kept = cli.run(&["drafts", "show", "1", "--json"]).json();
    assert_eq!((kept["fields"]["deal.campaignId"].as_str(), kept["fields"].get("deal.crmId")), (Some("Spring"), None));
    assert!(cli.run(&["new", "--draft", "1"]).failed(3).contains("Close date is missing."));
    let made = cli.run(&["new", "--draft", "1", "--close", "+30d", "--json"]);
    assert_eq!((made.code, &made.json()["deal"]["name"]), (0, &json!("ERP 3기")), "{made:?}");
    assert_eq!(cli.run(&["drafts", "--json"]).json(), json!([]), "the draft went with its making");
    assert!(cli.run(&["new", "--draft", "1"]).failed(3).contains("There is no draft 1."));
}

#[test]
fn a_draft_is_thrown_away_by_its_number() {
    let cli = Cli::new();
    cli.run(&whole()).done();
    cli.run(&["clone", "1"]).done();
    assert_eq!(cli.run(&["drafts", "drop", "1"]).done(), "Draft 1 is thrown away.\n");
    assert!(cli.run(&["drafts", "drop", "1"]).failed(3).contains("There is no draft 1."));
    let none = cli.run(&["drafts"]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (0, "", "Nothing is begun.\n"));
}

#[test]
fn a_nearly_identical_customer_of_the_directory_is_pointed_out_and_does_not_block() {
    let cli = Cli::new();
    cli.run(&whole()).done();
    let mut arguments = whole();
    arguments[2] = "㈜한빛정밀";
    arguments[6] = "12-345-6789";
    arguments[22] = "SOL-7";
    let ran = cli.run(&arguments);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.contains("In the directory: 한빛정밀 주식회사 (서울, 27-29, 081466849). Is it the same customer?"),
        "{}",
        ran.err
    );
}
