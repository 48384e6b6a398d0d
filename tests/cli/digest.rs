//! `cosell review --digest`: the week of each owner in named deals, for a mail.

use std::fs::File;
use std::time::{Duration, UNIX_EPOCH};

use cosell::clock::Clock;
use cosell::sample;
use cosell::store::Settings;
use cosell::width::width;

use crate::support::cli::Cli;

/// Of Minjun one that is won, one to be answered this week, one whose close date has passed; of nobody one that is to be closed on Friday.
const DEALS: &str = r#"[
 {"id":"0b7e5a10-0000-4000-8000-000000000001","status":"Closed","substatus":"Won","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","acceptedDateTime":"2026-10-03T03:00:00Z",
  "closedDateTime":"2026-11-24T03:00:00Z","name":"ERP 마이그레이션","customerProfile":{"name":"한빛정밀 주식회사"},
  "team":[{"firstName":"민준","lastName":"김","email":"minjun@contoso.example"}],
  "details":{"dealValue":84000000,"currency":"KRW"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000002","status":"New","substatus":"Pending","direction":"Incoming",
  "createdDateTime":"2026-11-24T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","expirationDateTime":"2026-11-27T03:00:00Z",
  "name":"Landing zone for the whole of a very large enterprise with a name that does not end","customerProfile":{"name":"東日本電装株式会社"},
  "team":[{"firstName":"민준","lastName":"김","email":"minjun@contoso.example"}],
  "details":{"dealValue":120000,"currency":"USD"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000003","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-09-01T03:00:00Z","updatedDateTime":"2026-10-01T03:00:00Z","acceptedDateTime":"2026-09-03T03:00:00Z",
  "name":"Rollout","customerProfile":{"name":"Contoso"},
  "team":[{"firstName":"민준","lastName":"김","email":"minjun@contoso.example"}],
  "details":{"dealValue":50000,"currency":"USD","closingDateTime":"2026-11-20T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000004","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-11-01T03:00:00Z","updatedDateTime":"2026-11-20T03:00:00Z","acceptedDateTime":"2026-11-03T03:00:00Z",
  "name":"Fabric","customerProfile":{"name":"Fabrikam"},"details":{"closingDateTime":"2026-11-27T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}}
]"#;

const MONDAY: u64 = 1_795_435_200;

fn week() -> Cli {
    let cosell = Cli::new().at("2026-11-25T08:00:00Z");
    let file = cosell.file("deals.json", DEALS);
    // A file is as old as it says: noon of Monday.
    let monday = UNIX_EPOCH + Duration::from_secs(MONDAY);
    File::options().write(true).open(&file).unwrap().set_modified(monday).unwrap();
    cosell.run(&["import", &file]).done();
    cosell.run(&["next", "1", "감사 인사", "--on", "2026-11-26"]).done();
    cosell
}

#[test]
fn each_owner_reads_what_came_what_ended_and_what_is_due_this_week() {
    let said = week().run(&["review", "--digest"]).done();
    let expected = "\
Weekly digest
Mon 2026-11-23 to Wed 2026-11-25

김민준
  Came in: 1 · $\u{a0}120K
    #2 Landing zone for the whole of a very la… · $\u{a0}120,000 · 2026-11-24
  Won: 1 · ₩\u{a0}84M
    #1 ERP 마이그레이션 · 한빛정밀 주식회사 · ₩\u{a0}84,000,000 · 2026-11-24
  To answer until Sun 2026-11-29: 1 · $\u{a0}120K
    #2 Landing zone for the whole of a very la… · $\u{a0}120,000 · 2026-11-27
  Close date is past: 1 · $\u{a0}50K
    #3 Rollout · Contoso · $\u{a0}50,000 · 2026-11-20
  Follow-ups until Sun 2026-11-29: 1 · ₩\u{a0}84M
    #1 감사 인사 · ERP 마이그레이션 · 한빛… · ₩\u{a0}84,000,000 · 2026-11-26
  No change for 30 days, no next step: 1 · $\u{a0}50K
    #3 Rollout · Contoso · $\u{a0}50,000 · 2026-10-01

Without an owner
  To be closed until Sun 2026-11-29: 1 · 1 without a value
    #4 Fabric · Fabrikam · 2026-11-27

Data
  Of Mon 2026-11-23, 2 days old
";
    assert_eq!(said, expected);
}

#[test]
fn a_digest_is_of_one_owner_of_a_filter_of_a_past_week_and_into_a_file() {
    let cosell = week();
    let said = cosell.run(&["review", "--digest", "--owner", "minjun@contoso.example"]).done();
    assert!(said.contains("#1 ERP") && !said.contains("Without an owner"), "{said}");
    cosell.run(&["config", "set", "me.email", "minjun@contoso.example"]).done();
    assert_eq!(cosell.run(&["review", "--digest", "--owner", "me"]).done(), said);
    let said = cosell.run(&["review", "customer:fabrikam", "--digest"]).done();
    assert!(said.contains("filter: customer:fabrikam") && said.contains("#4 Fabric") && !said.contains("#1 ERP"), "{said}");
    let said = cosell.run(&["review", "--digest", "customer:zzz"]).done();
    assert!(said.contains("Nothing happened in these days, and nothing is due this week."), "{said}");
    let path = |name: &str| cosell.path(name).to_str().unwrap().to_owned();
    cosell.run(&["review", "--digest", "-o", &path("week.txt")]).done();
    assert!(std::fs::read_to_string(path("week.txt")).unwrap().starts_with("Weekly digest\n"));
    cosell.run(&["review", "--digest", "-o", &path("week.md")]).done();
    let page = std::fs::read_to_string(path("week.md")).unwrap();
    assert!(page.contains("# Weekly digest\n") && page.contains("\n- Won: 1") && page.contains("\n  - \\#1 ERP"), "{page}");
    cosell.run(&["review", "--digest", "-o", &path("week.txt")]).failed(3);
    let said = cosell.run(&["review", "--digest", "-o", &path("week.html")]).failed(2);
    assert!(said.contains("plain text or Markdown"), "{said}");
    cosell.run(&["review", "--owner", "me"]).failed(2);
    let later = cosell.at("2026-12-02T08:00:00Z");
    let said = later.run(&["review", "--digest", "--as-of", "2026-11-25", "--since", "2026-11-23"]).done();
    assert!(said.contains("Won: 1 · ₩") && said.contains("Of Mon 2026-11-23, 2 days old"), "{said}");
}

#[test]
fn a_digest_counts_the_deals_that_the_review_counts_in_lines_that_no_mail_breaks() {
    let cosell = Cli::new();
    let clock = Clock::from_setting(cosell.variables.get("COSELL_NOW").map(String::as_str)).unwrap();
    let database = cosell.path("sample.db");
    sample::store(Settings::default(), clock.moment()).unwrap().save_as(&database).unwrap();
    cosell.run(&["config", "set", "home-currency", "USD"]).done();
    let database = database.to_str().unwrap();
    let said = cosell.run(&["--db", database, "review", "--digest", "--since", "2026-09-01"]).done();
    let review = cosell.run(&["--db", database, "review", "--since", "2026-09-01", "--json"]).json();
    let counted = |label: &str| -> u64 {
        let lines = said.lines().filter_map(|line| line.strip_prefix(&format!("  {label}: ")));
        lines.map(|line| line.split(' ').next().unwrap().parse::<u64>().unwrap()).sum()
    };
    for (label, figure) in [
        ("Came in", "/funnel/received"),
        ("Made by us", "/funnel/outbound"),
        ("Won", "/closed/won/count"),
        ("Lost", "/closed/lost/count"),
        ("Close date is past", "/overdue/count"),
        ("No change for 30 days, no next step", "/stalled/count"),
    ] {
        assert_eq!(Some(counted(label)), review.pointer(figure).and_then(serde_json::Value::as_u64), "{label}: {said}");
    }
    assert!(said.contains("and ") && said.contains("more") && said.contains("Oldest rate used: "), "{said}");
    let wide: Vec<&str> = said.lines().filter(|line| width(line) > 72).collect();
    assert!(wide.is_empty(), "{wide:?}");
}

#[test]
fn an_owner_that_nobody_is_called_is_refused_with_those_there_are() {
    let cosell = week();
    let said = cosell.run(&["review", "--digest", "--owner", "Nobody"]).failed(3);
    assert!(said.contains("No deal belongs to anybody called “Nobody”.") && said.contains("Deals belong to 김민준."), "{said}");
    for owner in ["민준", "minjun@contoso.example", "none"] {
        cosell.run(&["review", "--digest", "--owner", owner]).done();
    }
    let said = Cli::new().run(&["review", "--digest", "--owner", "Ana"]);
    assert!(said.code != 0, "{}", said.out);
}

#[test]
fn a_digest_and_a_file_say_which_currency_the_amounts_of_their_filter_are_meant_in() {
    let cosell = week();
    let digest = |filter: &str| cosell.run(&["review", "--digest", filter]).done();
    assert!(digest("value:>1k").contains("filter: value:>1k (each amount in its own currency)"), "{}", digest("value:>1k"));
    cosell.run(&["config", "set", "home-currency", "USD"]).done();
    assert!(digest("value:>1k").contains("(each amount in its own currency)"), "there are no rates");
    let said = cosell.run(&["list", "value:>1k"]).err;
    assert!(said.contains("there are no exchange rates for USD yet"), "{said}");
    cosell.run(&["rates", "add", "2026-11-20", "USD", "KRW", "1400"]).done();
    let told = "filter: value:>1k (amounts in USD, by the rates of Fri 2026-11-20)";
    assert!(digest("value:>1k").contains(told), "{}", digest("value:>1k"));
    assert!(!digest("value:>₩1k").contains("(amounts"), "it says so itself");
    for name in ["week.md", "week.html"] {
        let path = cosell.path(name);
        cosell.run(&["review", "value:>1k", "-o", path.to_str().unwrap()]).done();
        let page = std::fs::read_to_string(&path).unwrap();
        assert!(page.contains("amounts in USD, by the rates of Fri 2026"), "{page}");
    }
}
