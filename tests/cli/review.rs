//! `cosell review`: figures, what they leave out, and sentences for those who hear them.

use cosell::domain::instant::Timestamp;
use cosell::store::{Settings, Store};
use serde_json::json;

use crate::support::cli::{Cli, THREE};

/// Four inbound ones from Microsoft: one still open, one won on Tuesday, one of which nobody tells when it was won, one lost long ago.
const DEALS: &str = r#"[
 {"id":"0b7e5a10-0000-4000-8000-000000000001","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-11-23T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","acceptedDateTime":"2026-11-24T03:00:00Z",
  "name":"ERP 마이그레이션","customerProfile":{"name":"한빛정밀","address":{"country":"KR"}},
  "details":{"dealValue":84000000,"currency":"KRW","closingDateTime":"2026-12-18T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000002","status":"Closed","substatus":"Won","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","acceptedDateTime":"2026-10-03T03:00:00Z",
  "closedDateTime":"2026-11-24T03:00:00Z","name":"Landing zone","customerProfile":{"name":"Northwind","address":{"country":"US"}},
  "details":{"dealValue":120000,"currency":"USD","closingDateTime":"2026-11-20T00:00:00Z"},"campaignId":"Spring",
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000003","status":"Closed","substatus":"Won","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","name":"Rollout",
  "customerProfile":{"name":"Contoso","address":{"country":"US"}},"details":{"dealValue":50000,"currency":"USD"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}}
]"#;

fn monday() -> Cli {
    let cosell = Cli::new().at("2026-11-25T08:00:00Z");
    let file = cosell.file("deals.json", DEALS);
    cosell.run(&["import", &file]).done();
    cosell
}

#[test]
fn mondays_meeting_sees_what_is_open_what_was_won_and_what_no_source_dates() {
    let cosell = monday();
    let said = cosell.run(&["review"]).done();
    assert!(said.contains("Pipeline review · 2026-11-23 to 2026-11-25 · 3 deals"), "{said}");
    assert!(said.contains("Accepted, no sales stage       1  ████████████████████  ₩\u{a0}84M, expected ₩\u{a0}8.4M"), "{said}");
    assert!(said.contains("100 % = 1 won of 1 accepted + 0 made by us"), "{said}");
    assert!(said.contains("Closed, day not known"), "{said}");
}

#[test]
fn a_day_of_the_week_in_a_review_is_the_last_one() {
    // It is Wednesday.
    for (typed, since) in
        [("friday", "2026-11-20"), ("last friday", "2026-11-20"), ("금요일", "2026-11-20"), ("지난 월요일", "2026-11-23")]
    {
        let review = monday().run(&["review", "--since", typed, "--json"]).json();
        assert_eq!(review["since"], since, "{typed}");
    }
    let then = two_weeks().run(&["review", "--as-of", "last tuesday", "--json"]).json();
    assert_eq!(then["asOf"], "2026-11-24");
    let cosell = monday();
    assert_eq!(cosell.run(&["list", "changed:tuesday", "tab:all", "--json"]).json().as_array().map(Vec::len), Some(3));
}

#[test]
fn mg_38_mg_79_the_json_of_the_review_has_the_agreed_members() {
    let review = monday().run(&["review", "--json"]).json();
    assert_eq!((&review["asOf"], &review["since"]), (&json!("2026-11-25"), &json!("2026-11-23")));
    let open = json!([{ "stage": "accepted", "salesStage": null, "currency": "KRW", "count": 1, "value": "84000000", "weighted": "8400000" }]);
    assert_eq!(review["open"], open);
    let won = &review["closed"]["won"];
    assert_eq!((&won["count"], &won["values"][0]["value"]), (&json!(1), &json!("120000.00")), "the undated one is not counted");
    assert_eq!(review["unknownDates"], 1);
    assert_eq!((&review["winRate"], &review["winRateOfDecided"]), (&json!(1.0), &json!(1.0)));
    let standing = &review["standing"];
    assert_eq!(
        (&standing["answered"], &standing["medianHours"], &standing["withinDays"]["1"]),
        (&json!(1), &json!(24.0), &json!(1))
    );
    let campaign = &review["campaigns"][0];
    assert_eq!(
        (&campaign["campaignId"], &campaign["won"], &campaign["values"][0]["currency"]),
        (&json!("Spring"), &json!(1), &json!("USD"))
    );
}

#[test]
fn a_filter_a_first_day_and_a_dimension_narrow_the_review() {
    let cosell = monday();
    let korea = cosell.run(&["review", "country:KR", "--by", "country", "--json"]).json();
    assert_eq!((&korea["deals"], &korea["by"]["groups"][0]["name"]), (&json!(1), &json!("KR")));
    let long = cosell.run(&["review", "--since", "2026-09-30", "--json"]).json();
    assert_eq!(long["closed"]["won"]["count"], 1, "of the other only bounds are known");
    let said = cosell.run(&["review", "--by", "weather"]).failed(2);
    assert!(said.contains("owner, country, solution, customer, campaign, stage, month"), "{said}");
    let said = cosell.run(&["review", "--since", "2026-12-01"]).failed(2);
    assert!(said.contains("2026-12-01") && said.contains("--since"), "{said}");
    let said = cosell.run(&["review", "--since", "soonish"]).failed(2);
    assert!(said.contains("last-week"), "{said}");
}

#[test]
fn whoever_hears_the_review_hears_sentences_without_bars() {
    let said = monday().run(&["review", "--linear"]).done();
    assert!(!said.contains('█'), "{said}");
    assert!(said.contains("Accepted, no sales stage: 1, ₩\u{a0}84M, expected ₩\u{a0}8.4M."), "{said}");
}

/// Two received ones came on the 16th; on the 18th one was accepted with a value, and on the 24th it was raised and pushed out.
fn two_weeks() -> Cli {
    let deal = |n: u8, name: &str| {
        format!(
            r#"{{"id":"0b7e5a10-0000-4000-8000-00000000000{n}","status":"New","substatus":"Pending","direction":"Incoming",
            "createdDateTime":"2026-11-15T03:00:00Z","updatedDateTime":"2026-11-15T03:00:00Z","expirationDateTime":"2026-12-20T03:00:00Z",
            "name":"{name}","customerProfile":{{"name":"한빛정밀","address":{{"country":"KR"}}}},
            "inviteContext":{{"invitedBy":{{"organizationId":"msft"}}}}}}"#
        )
    };
    let cli = Cli::new().at("2026-11-16T08:00:00Z");
    let file = cli.file("deals.json", format!("[{},{}]", deal(1, "ERP"), deal(2, "Rollout")));
    cli.run(&["import", &file]).done();
    let cli = cli.at("2026-11-18T08:00:00Z");
    cli.run(&["accept", "1", "--name", "ERP", "--value", "50000", "--currency", "USD", "--close", "2026-12-18"]).done();
    cli.run(&["edit", "1", "deal.salesStage=10"]).done();
    let cli = cli.at("2026-11-24T08:00:00Z");
    cli.run(&["edit", "1", "deal.value=60000", "deal.closeDate=2027-01-15", "deal.salesStage=60"]).done();
    cli.run(&["decline", "2", "--reason", "timeline"]).done();
    cli.at("2026-11-25T08:00:00Z")
}

#[test]
fn what_changed_since_monday_adds_up_with_the_old_beside_the_new() {
    let cli = two_weeks();
    let said = cli.run(&["review"]).done();
    assert!(said.contains("What changed since Mon 2026-11-23"), "{said}");
    assert!(said.contains("$\u{a0}10K · 1: $\u{a0}50,000 → $\u{a0}60,000"), "{said}");
    assert!(said.contains("1: 2026-12-18 → 2027-01-15"), "{said}");
    assert!(said.contains("Sales stage up") && said.contains("1: 10\u{a0}% → 60\u{a0}%"), "{said}");
    let review = cli.run(&["review", "--json"]).json();
    assert_eq!((&review["openThen"]["count"], &review["openNow"]["count"]), (&json!(2), &json!(1)));
    let changes = review["changes"].as_array().unwrap();
    let told: Vec<_> = changes.iter().map(|change| (&change["kind"], &change["value"], &change["ids"])).collect();
    let expected = [
        (json!("valueUp"), json!("10000.00"), json!([1])),
        (json!("pushedOut"), json!("60000.00"), json!([1])),
        (json!("stageUp"), json!("60000.00"), json!([1])),
        (json!("declined"), json!(null), json!([2])),
    ];
    assert_eq!(told, expected.iter().map(|(kind, value, ids)| (kind, value, ids)).collect::<Vec<_>>());
}

#[test]
fn the_review_of_a_past_day_shows_it_as_it_stood() {
    let cli = two_weeks();
    let past = cli.run(&["review", "--as-of", "2026-11-20", "--since", "2026-11-16", "--json"]).json();
    assert_eq!((&past["asOf"], &past["open"].as_array().unwrap().len()), (&json!("2026-11-20"), &2));
    let accepted = past["open"].as_array().unwrap().iter().find(|open| open["stage"] == "accepted").unwrap();
    assert_eq!((&accepted["value"], &accepted["currency"]), (&json!("50000.00"), &json!("USD")));
    assert_eq!(past["closed"]["declined"]["count"], 0, "it was declined later");
    let then = cli.run(&["review", "--as-of", "2026-11-20", "--since", "2026-11-16", "--linear"]).done();
    assert!(then.contains("\nOpen on 2026-11-20: ") && !then.contains("Open now"), "{then}");
    let said = cli.run(&["review", "--as-of", "2026-11-01"]).failed(3);
    assert!(said.contains("16 Nov"), "the journal begins later: {said}");
}

#[test]
fn the_review_leaves_as_one_file_to_send_and_writes_over_none() {
    let cli = monday();
    let path = |name: &str| cli.path(name).to_str().unwrap().to_owned();
    let said = cli.run(&["review", "-o", &path("monday.html")]).done();
    assert!(said.contains("monday.html"), "{said}");
    let page = std::fs::read_to_string(path("monday.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<title>Accepted, no sales stage: 1</title>"), "{page}");
    assert!(!page.contains("<script") && !page.contains("://"), "{page}");
    cli.run(&["review", "-o", &path("monday.html")]).failed(3);
    cli.run(&["review", "country:KR", "--format", "md", "-o", &path("kr.txt")]).done();
    let page = std::fs::read_to_string(path("kr.txt")).unwrap();
    assert!(
        page.contains("# Pipeline review")
            && page.contains("filter: country:KR")
            && page.contains("- Accepted, no sales stage: **1**"),
        "{page}"
    );
    let said = cli.run(&["review", "--format", "pdf", "-o", &path("a.pdf")]).failed(2);
    assert!(said.contains("md, html"), "{said}");
    let said = cli.run(&["review", "-o", &path("monday")]).failed(2);
    assert!(said.contains("does not say what it is to be"), "{said}");
    let said = cli.run(&["review", "--format", "md"]).failed(2);
    assert!(said.contains("-o review.html"), "{said}");
    cli.run(&["review", "-o", &path("no such folder/a.md")]).failed(1);
    cli.run(&["review", "-o", &path("no such folder/a.xlsx")]).failed(1);
    cli.run(&["review", "-o", &path("monday.XLSX")]).done();
    assert!(std::fs::read(path("monday.XLSX")).unwrap().starts_with(b"PK"));
}

#[test]
fn with_a_home_currency_each_total_is_told_in_it_and_the_currencies_stand_behind() {
    let cosell = monday();
    cosell.run(&["config", "set", "home-currency", "USD"]).done();
    cosell.run(&["rates", "add", "2026-11-20", "USD", "KRW", "1400"]).done();
    cosell.run(&["rates", "add", "2026-11-26", "USD", "KRW", "1"]).done();
    let said = cosell.run(&["review", "--linear"]).done();
    let none = "Accepted, no sales stage: 1, ≈\u{a0}$\u{a0}60K (₩\u{a0}84M), expected ≈\u{a0}$\u{a0}6K (₩\u{a0}8.4M).";
    assert!(said.contains(none), "{said}");
    assert!(said.contains("Won: 1, $\u{a0}120K."), "what is in it already stays plain: {said}");
    assert!(said.contains("In USD.\nOldest rate used: Fri 2026-11-20."), "{said}");
    let review = cosell.run(&["review", "--by", "country", "--json"]).json();
    let told = |at: &str| review.pointer(at).unwrap_or_else(|| panic!("{at}")).clone();
    assert_eq!((told("/homeCurrency"), told("/missingRates"), told("/ratesOf")), (json!("USD"), json!([]), json!("2026-11-20")));
    assert_eq!(
        (told("/open/0/value"), told("/openHome/value"), told("/openHome/weighted")),
        (json!("84000000"), json!("60000.00"), json!("6000.00"))
    );
    assert_eq!((told("/months/0/home"), told("/months/0/weightedHome")), (json!("60000.00"), json!("6000.00")));
    assert_eq!((told("/by/groups/0/open/home"), told("/closed/won/home")), (json!("60000.00"), json!("120000.00")));
    assert_eq!((told("/closed/lost/home"), told("/campaigns/0/home")), (json!("0.00"), json!("120000.00")));
}

#[test]
fn a_currency_without_a_rate_is_named_once_and_no_part_is_told_for_the_whole() {
    let cosell = monday();
    cosell.run(&["config", "set", "home-currency", "EUR"]).done();
    cosell.run(&["rates", "add", "2026-11-20", "EUR", "USD", "1.2"]).done();
    let said = cosell.run(&["review", "--linear"]).done();
    assert!(said.contains("Accepted, no sales stage: 1, ₩\u{a0}84M, expected ₩\u{a0}8.4M."), "{said}");
    assert!(said.contains("Won: 1, ≈\u{a0}€\u{a0}100K ($\u{a0}120K)."), "{said}");
    assert!(said.contains("Oldest rate used: Fri 2026-11-20.\nWithout a rate: KRW."), "{said}");
    assert!(said.contains("cosell rates import"), "{said}");
    let review = cosell.run(&["review", "--json"]).json();
    assert_eq!((&review["missingRates"], &review["ratesOf"]), (&json!(["KRW"]), &json!("2026-11-20")));
    assert_eq!((&review["openHome"]["value"], &review["months"][0]["home"]), (&json!(null), &json!(null)));
    assert_eq!(review["closed"]["won"]["home"], "100000.00");
}

#[test]
fn without_a_home_currency_nothing_is_said_of_rates() {
    let cosell = monday();
    cosell.run(&["rates", "add", "2026-11-20", "USD", "KRW", "1400"]).done();
    assert!(!cosell.run(&["review"]).done().contains('≈'));
    let review = cosell.run(&["review", "--json"]).json();
    let told = ["homeCurrency", "missingRates", "ratesOf"].map(|name| review[name].clone());
    assert_eq!(told, [json!(null), json!([]), json!(null)]);
    assert_eq!(review["closed"]["won"]["home"], json!(null));
}

#[test]
fn what_is_to_be_expected_follows_the_weights_that_are_set() {
    let cosell = monday();
    let said = cosell.run(&["config", "set", "stage-weights", "80 60 40 20 10"]).failed(3);
    assert!(said.contains("80 60 40 20 10") && said.contains("five percents from 0 to 100, none below the one before"), "{said}");
    assert_eq!(
        cosell.run(&["config", "set", "stage-weights", "25 25 50 75 100%"]).done(),
        "stage-weights is 25 25 50 75 100 now.\n"
    );
    assert!(cosell.run(&["config"]).done().contains("stage-weights = [25, 25, 50, 75, 100]"));
    assert_eq!(cosell.run(&["review", "--json"]).json()["open"][0]["weighted"], "21000000");
    let wrong = cosell.file("wrong.toml", "stage-weights = [10, 20]\n");
    let said = cosell.run(&["--config", &wrong, "review"]).failed(1);
    assert!(said.contains("stage-weights") && said.contains("five percents"), "{said}");
}

#[test]
fn the_charts_are_drawn_by_the_command_and_told_in_words_in_json_and_in_the_file() {
    let cosell = monday();
    let said = cosell.run(&["review"]).done();
    assert!(said.contains("Mo Tu We Th Fr Sa Su") && said.contains("14–20 Dec          1   ·  ·  ·  ·  1  ·  ·  ₩"), "{said}");
    assert!(said.contains("Won            1  ▁▁▁▁▁▁▁▁▁▁▁▁█  highest 1, week of 23 Nov · $"), "{said}");
    let linear = cosell.run(&["review", "--linear"]).done();
    assert!(
        linear.contains("14–20 Dec: 1, ₩\u{a0}84M, Fri 1.") && linear.contains("week by week 0 0 0 0 0 0 0 0 0 0 0 0 1."),
        "{linear}"
    );
    let review = cosell.run(&["review", "--json"]).json();
    let week = &review["closing"]["weeks"][3];
    assert_eq!((&week["first"], &week["last"], &week["days"][4]), (&json!("2026-12-14"), &json!("2026-12-20"), &json!(1)));
    assert_eq!((&review["weekly"]["from"][12], &review["weekly"]["won"][12]), (&json!("2026-11-23"), &json!(1)));
    let path = cosell.path("charts.html").to_str().unwrap().to_owned();
    cosell.run(&["review", "-o", &path]).done();
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page.contains("<title>14–20 Dec: 1, Fri 1</title>") && page.contains("<title>Won: 1, week by week 0 0"), "{page}");
    cosell.run(&["config", "set", "symbols", "ascii"]);
    assert!(!cosell.run(&["review"]).done().contains(['█', '▁']));
}

#[test]
fn what_improves_the_standing_most_is_told_deal_by_deal() {
    let cosell = two_weeks();
    let said = cosell.run(&["review", "--since", "2026-11-16"]).done();
    assert!(said.contains("1: ERP") && !said.contains("Would improve it most"), "nothing is missing: {said}");
    let deal = r#"[{"id":"0b7e5a10-0000-4000-8000-000000000009","status":"New","substatus":"Pending","direction":"Incoming",
        "createdDateTime":"2026-11-24T10:00:00Z","updatedDateTime":"2026-11-24T10:00:00Z","expirationDateTime":"2026-12-20T03:00:00Z",
        "name":"Landing zone","customerProfile":{"name":"Northwind"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}}]"#;
    let file = cosell.file("more.json", deal);
    cosell.run(&["import", &file]).done();
    let said = cosell.run(&["review"]).done();
    assert!(said.contains("3: Landing zone  answered within 1 day if it is answered in the next 2 h"), "{said}");
    let improvement = cosell.run(&["review", "--json"]).json()["improvements"][0].clone();
    assert_eq!(improvement, json!({ "id": 3, "withinDays": 1, "hoursLeft": 2.0 }));
}

#[test]
fn mg_38_what_a_campaign_cost_stands_beside_what_it_brought() {
    let cosell = monday();
    assert!(cosell.run(&["campaigns"]).err.contains("cosell campaigns cost Spring 5000 USD"));
    let unnamed = cosell.run(&["campaigns", "cost", "sprong", "1", "USD"]);
    assert_eq!((unnamed.code, unnamed.err.trim()), (0, "No deal names this campaign yet."));
    cosell.run(&["campaigns", "forget", "sprong"]).done();
    let named = cosell.run(&["campaigns", "cost", "spring", "48k", "USD"]);
    assert!(!named.err.contains("No deal"), "{}", named.err);
    let said = cosell.run(&["campaigns", "cost", "spring", "48k", "USD"]).done();
    assert_eq!(said.replace('\u{a0}', " "), "The campaign spring cost $ 48,000.\n");
    let told = cosell.run(&["review", "--linear"]).done();
    assert!(told.contains("cost $\u{a0}48K, won 2.5 times that"), "{told}");
    assert_eq!(
        cosell.run(&["review", "--json"]).json()["campaigns"][0]["cost"],
        json!({ "value": "48000.00", "currency": "USD" })
    );
    assert!(cosell.run(&["review", "--by", "campaign", "--linear"]).done().contains("won 2.5 times that"));
    assert_eq!(cosell.run(&["campaigns", "--json"]).json()[0]["campaignId"], "spring");
    cosell.run(&["campaigns", "cost", "Spring", "lots", "USD"]).failed(3);
    assert!(cosell.run(&["campaigns", "cost", "Spring", "--", "-500", "USD"]).failed(3).contains("amount"));
    cosell.run(&["campaigns", "forget", "SPRING"]).done();
    cosell.run(&["campaigns", "forget", "SPRING"]).failed(3);
    assert!(!cosell.run(&["review", "--linear"]).done().contains("times that"));
}

#[test]
fn since_last_review_looks_back_to_the_day_on_which_the_desk_opened_it() {
    let cli = Cli::with(THREE);
    let none = cli.run(&["review", "--since", "last-review"]);
    assert!(none.code == 3 && none.err.contains("The review was not opened on the desk before today."), "{none:?}");
    let now = Timestamp::parse("2026-11-21T00:00:00Z").unwrap();
    let mut store = Store::open(&cli.path("data/cosell.db"), Settings::default(), now).unwrap();
    store.keep_desk(r#"{"review":"2026-11-21","reviewBefore":"2026-11-12"}"#).unwrap();
    drop(store);
    for typed in ["last-review", "Last Review"] {
        assert_eq!(cli.run(&["review", "--since", typed, "--json"]).json()["since"], "2026-11-12", "{typed}");
    }
    let later = cli.at("2026-11-23T08:00:00+09:00");
    assert_eq!(later.run(&["review", "--since", "last-review", "--json"]).json()["since"], "2026-11-21");
    assert!(later.run(&["help", "review"]).done().contains("With --digest, only deals of this owner"));
}
