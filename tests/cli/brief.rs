//! `cosell brief`: one page before a call, about a deal or about a customer.

use serde_json::json;

use crate::support::cli::Cli;

/// Three deals with one customer under two spellings, one with another entity of the name, and one with another of a similar name.
const DEALS: &str = r#"[
 {"id":"0b7e5a10-0000-4000-8000-000000000001","status":"New","substatus":"Pending","direction":"Incoming",
  "createdDateTime":"2026-11-23T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","expirationDateTime":"2026-12-07T03:00:00Z",
  "name":"ERP 마이그레이션","customerProfile":{"name":"한빛정밀 주식회사","address":{"country":"KR"},
  "team":[{"firstName":"민준","lastName":"김","phoneNumber":"+82 2-555-0100","email":"min_jun@hanbit.example"},
          {"firstName":"Ana","lastName":"Lee","phoneNumber":"","email":"ana@hanbit.example"}]},
  "details":{"dealValue":84000000,"currency":"KRW","closingDateTime":"2026-11-20T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000002","status":"Closed","substatus":"Won","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","acceptedDateTime":"2026-10-03T03:00:00Z",
  "closedDateTime":"2026-11-24T03:00:00Z","name":"Landing zone","customerProfile":{"name":"㈜한빛정밀","address":{"country":"KR"}},
  "details":{"dealValue":120000,"currency":"USD","closingDateTime":"2026-11-20T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000003","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","name":"Rollout",
  "customerProfile":{"name":"한빛정밀","address":{"country":"JP"}},"details":{"dealValue":50000,"currency":"USD"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000004","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","name":"Fabric",
  "customerProfile":{"name":"한빛정공","address":{"country":"KR"}},"details":{"dealValue":5000,"currency":"USD"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}}
]"#;

fn before_the_call() -> Cli {
    let cosell = Cli::new().at("2026-11-25T08:00:00Z");
    let file = cosell.file("deals.json", DEALS);
    cosell.run(&["import", &file]).done();
    cosell
}

#[test]
fn the_page_of_a_deal_tells_clocks_people_open_questions_changes_and_other_deals() {
    let cosell = before_the_call();
    cosell.run(&["note", "1", "Ask about the budget"]).done();
    cosell.run(&["next", "1", "견적 보내기", "--on", "2026-11-24"]).done();
    cosell.run(&["next", "1", "전화", "--on", "2026-11-24"]).done();
    let said = cosell.run(&["brief", "1"]).done();
    for part in [
        "ERP 마이그레이션 · 한빛정밀 주식회사 (#1)",
        "Received, for 2 days",
        "11d",
        "2026-11-20 · 5d over",
        "The close date is over: 2026-11-20",
        "The next step is over: 2026-11-24 전화",
        "김민준, +82 2-555-0100, min_jun@hanbit.example",
        "More of the customer  Ana Lee, ana@hanbit.example",
        "Next step: 2026-11-24 견적 보내기 → 2026-11-24 전화",
        "Ask about the budget",
        "#2  Landing zone · Archived: Won · $ 120,000",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(!said.contains("Rollout") && !said.contains("Fabric"), "another country, another name: {said}");
    assert!(!said.contains("No next step") && !said.contains("Noted"), "{said}");
}

#[test]
fn the_page_of_a_customer_shows_all_deals_the_open_ones_first() {
    let cosell = before_the_call();
    let said = cosell.run(&["brief", "1", "--customer"]).done();
    assert!(said.starts_with("한빛정밀 주식회사\n"), "{said}");
    let (open, earlier) = (said.find("#1  ERP").unwrap(), said.find("#2  Landing zone").unwrap());
    assert!(open < earlier, "{said}");
    assert!(said.contains("Won") && said.contains("min_jun@hanbit.example (on #1)") && !said.contains("Rollout"), "{said}");
    let one = cosell.run(&["brief", "한빛정공"]).done();
    assert!(one.starts_with("한빛정공\n"), "{one}");
    let pages = cosell.run(&["brief", "ㅎㅂㅈㄱ"]).done();
    assert_eq!(pages, one, "initial consonants find it as in the search of customers");
}

#[test]
fn several_customers_are_listed_with_how_to_choose_one() {
    let cosell = before_the_call();
    let said = cosell.run(&["brief", "한빛"]).failed(3);
    assert!(said.contains("3 customers") && said.contains("한빛정공") && said.contains("cosell brief 4 --customer"), "{said}");
    let said = cosell.run(&["brief", "(주)한빛정밀"]).failed(3);
    assert!(
        said.contains("2 customers") && said.contains("JP: cosell brief 3 --customer") && !said.contains("한빛정공"),
        "{said}"
    );
    let said = cosell.run(&["brief", "Northwind"]).failed(3);
    assert!(said.contains("no deal is with a customer of that name"), "{said}");
    cosell.run(&["brief", "99"]).failed(3);
    cosell.run(&["brief"]).failed(2);
}

#[test]
fn a_script_reads_the_page_as_json_and_a_mail_takes_markdown() {
    let cosell = before_the_call();
    let page = cosell.run(&["brief", "1", "--json"]).json();
    assert_eq!((&page["opportunity"]["id"], &page["others"][0]["id"], &page["moreOthers"]), (&json!(1), &json!(2), &json!(0)));
    let codes: Vec<&str> = page["questions"].as_array().unwrap().iter().filter_map(|asked| asked["code"].as_str()).collect();
    assert_eq!(codes, ["closeDateOver", "solutions", "next"]);
    assert_eq!(page["changes"], json!([]));
    let page = cosell.run(&["brief", "1", "--customer", "--json"]).json();
    assert_eq!((&page["deals"][0]["id"], &page["deals"][1]["outcome"]), (&json!(1), &json!("won")));
    let mail = cosell.run(&["brief", "1", "--md"]).done();
    assert!(mail.starts_with("# ERP 마이그레이션 · 한빛정밀 주식회사 (#1)\n\n## Where it stands\n\n- **Stage:** "), "{mail}");
    assert!(mail.contains("- **Contact:** 김민준, +82 2-555-0100, min_jun@hanbit.example\n"), "{mail}");
}

#[test]
fn the_last_five_changes_that_stand_are_told() {
    let cosell = before_the_call();
    for day in 1..=7 {
        cosell.run(&["next", "1", "call", "--on", &format!("2026-12-0{day}")]).done();
    }
    cosell.run(&["undo"]).done();
    cosell.run(&["favorite", "1"]).done();
    let page = cosell.run(&["brief", "1", "--json"]).json();
    let days: Vec<&str> =
        page["changes"].as_array().unwrap().iter().filter_map(|step| step["changes"][0]["new"]["on"].as_str()).collect();
    assert_eq!(days, ["2026-12-06", "2026-12-05", "2026-12-04", "2026-12-03", "2026-12-02"]);
    cosell.run(&["undo"]).done();
    cosell.run(&["redo"]).done();
    let again = cosell.run(&["brief", "1", "--json"]).json();
    assert_eq!(again["changes"], page["changes"]);
}

#[test]
fn what_a_file_brings_cannot_steer_the_terminal_from_the_page() {
    let cosell = Cli::new().at("2026-11-25T08:00:00Z");
    let bad = DEALS.replace("\"firstName\":\"Ana\"", "\"firstName\":\"Ana\\u001b]0;x\\u0007\"");
    let file = cosell.file("deals.json", bad);
    cosell.run(&["import", &file]).done();
    for arguments in [&["brief", "1"][..], &["brief", "1", "--md"], &["brief", "1", "--json"], &["brief", "1", "--customer"]] {
        let ran = cosell.run(arguments);
        assert!(!ran.out.contains('\u{1b}') && !ran.out.contains('\u{7}'), "{}", ran.out);
    }
}

/// A deal with a customer of this name, number and country; what is empty is not told.
fn deal_with(number: u32, name: &str, duns: &str, country: &str) -> String {
    let ids = if duns.is_empty() { String::new() } else { format!(r#","ids":{{"profileType":"Duns","id":"{duns}"}}"#) };
    let address = if country.is_empty() { String::new() } else { format!(r#","address":{{"country":"{country}"}}"#) };
    format!(
        r#"{{"id":"0b7e5a10-0000-4000-8000-{number:012}","status":"Active","substatus":"Accepted","direction":"Incoming",
            "createdDateTime":"2026-10-01T03:00:00Z","name":"Deal {number}","customerProfile":{{"name":"{name}"{ids}{address}}}}}"#
    )
}

#[test]
fn customers_that_differ_by_legal_form_and_number_or_country_stay_apart_also_beside_one_that_tells_neither() {
    let deals = [
        deal_with(1, "㈜한빛", "081466849", "KR"),
        deal_with(2, "한빛 주식회사", "", "KR"),
        deal_with(3, "한빛 GmbH", "", "DE"),
        deal_with(4, "한빛", "", ""),
        deal_with(5, "Hanbit GmbH", "081466849", "DE"),
        deal_with(6, "Hanbit AG", "150483782", "DE"),
        deal_with(7, "Hanbit", "", "DE"),
    ];
    let cli = Cli::with(&format!("[{}]", deals.join(",")));
    for (id, with) in [(1, &[1, 2][..]), (2, &[1, 2]), (3, &[3]), (4, &[4]), (5, &[5]), (6, &[6]), (7, &[7])] {
        let page = cli.run(&["brief", &id.to_string(), "--customer", "--json"]).json();
        let mut found: Vec<i64> = page["deals"].as_array().unwrap().iter().map(|deal| deal["id"].as_i64().unwrap()).collect();
        found.sort_unstable();
        assert_eq!(found, with, "{id}");
    }
    let also = cli.run(&["brief", "1", "--customer"]).done();
    assert!(also.contains("Also written") && also.contains("한빛 주식회사") && !also.contains("GmbH"), "{also}");
    for (name, customers) in [("한빛", "3 customers"), ("Hanbit Co., Ltd.", "3 customers")] {
        let said = cli.run(&["brief", name]).failed(3);
        assert!(said.contains(customers), "{said}");
    }
}
