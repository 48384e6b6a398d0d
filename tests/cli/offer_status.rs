//! Offers within deals: their status on a deal and what it means, `offer-status:`, the hint that none is ready, worth, the review.

use serde_json::json;

use crate::support::cli::Cli;

const OFFERS: &str = "name,type,published,transactable,csp,countries,contacts,one-pager,landing-page,social-or-case-study,built-on-azure,ip-share-percent,solution\n\
    한빛 ERP,saas,yes,yes,yes,KR,KR=민준;김;+82 2-555-0100;kim@hanbit.example,yes,https://h.example,https://h.example/c,yes,62.5,SOL-1\n\
    Hanbit Analytics,saas,yes,no,no,KR,KR=민준;김;+82 2-555-0100;kim@hanbit.example,yes,https://h.example,https://h.example/c,no,,SOL-2\n\
    Hanbit CRM,saas,no,no,no,,,,,,no,,SOL-3\n";

const CONTACT: &str = "Ana;Kim;+82 2-555-0101;ana@nurion.example";

fn deal(number: u8, name: &str, value: &str, solutions: &str) -> String {
    format!(
        r#"{{"id":"0b7e5a10-0000-4000-8000-00000000000{number}","status":"Active","substatus":"Accepted","direction":"Incoming","type":"Independent",
  "createdDateTime":"2026-11-20T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","acceptedDateTime":"2026-11-24T03:00:00Z",
  "name":"{name}","customerProfile":{{"name":"한빛정밀","address":{{"country":"KR"}}}},
  "details":{{"dealValue":{value},"currency":"USD","closingDateTime":"2026-12-18T00:00:00Z","requirements":{{"solutions":[{solutions}]}}}},
  "inviteContext":{{"invitedBy":{{"organizationId":"msft"}}}}}}"#
    )
}

/// Four open deals, and three offers: incentivized, ready, not ready.
fn told() -> Cli {
    let cli = Cli::new().at("2026-11-27T08:00:00Z");
    let deals = [
        deal(1, "Rollout", "50000", r#"{"id":"SOL-1"},{"id":"SOL-3"}"#),
        deal(2, "Dashboards", "20000", r#"{"id":"sol-2"}"#),
        deal(3, "Calls", "7000", r#"{"id":"SOL-3"}"#),
        deal(4, "Other", "1000", r#"{"id":"SOL-9"}"#),
    ];
    let file = cli.file("deals.json", format!("[{}]", deals.join(",")));
    cli.run(&["import", &file]).done();
    let file = cli.file("offers.csv", OFFERS);
    cli.run(&["offers", "import", &file]).done();
    cli.run(&["offers", "organisation", "business-profile=yes", "acr-ttm-usd=120000"]).done();
    cli
}

fn listed(cli: &Cli, filter: &[&str]) -> Vec<String> {
    let json = cli.run(&[&["list", "--json"], filter].concat()).json();
    let mut names: Vec<String> =
        json.as_array().unwrap().iter().map(|deal| deal["deal"]["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_deal_shows_the_status_of_each_solution_and_what_the_best_means_for_it() {
    let cli = told();
    let said = cli.run(&["show", "1"]).done();
    assert!(said.contains("SOL-1 · Azure IP co-sell incentivized") && said.contains("SOL-3 · Not ready"), "{said}");
    assert!(
        said.contains("Azure IP co-sell incentivized, by “한빛 ERP”: ") && said.contains("incentive of their own to sell it"),
        "{said}"
    );
    assert!(said.contains("Incentive of the CSP channel: 10 % of $ 50,000 is $ 5,000 (OV-32)"), "{said}");
    let said = cli.run(&["show", "3"]).done();
    assert!(said.contains("Not ready, by “Hanbit CRM”: that brings nothing yet."), "{said}");
    assert!(said.contains("(MG-22)") && said.contains("cosell offers show \"Hanbit CRM\""), "{said}");
    let said = cli.run(&["show", "4"]).done();
    assert!(said.contains("No offer is told for any") && !said.contains("SOL-9 ·"), "once is enough: {said}");
    let statuses = |id: &str, day: &str| {
        let deal = cli.run(&["show", id, "--json"]).json();
        assert!(day.is_empty() || deal["solutions"].is_array());
        deal["solutions"].as_array().unwrap().iter().map(|one| one["offerStatus"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(statuses("1", ""), [json!("azureIpCoSell"), json!("notReady")]);
    assert_eq!(statuses("4", ""), [json!(null)]);
}

#[test]
fn deals_are_listed_exported_and_reviewed_by_offer_status() {
    let cli = told();
    assert_eq!(listed(&cli, &["offer-status:incentivized"]), ["Rollout"]);
    assert_eq!(listed(&cli, &["offer-status:co-sell-ready"]), ["Dashboards"]);
    assert_eq!(listed(&cli, &["offer-status:not-ready,unknown"]), ["Calls", "Other"]);
    assert_eq!(listed(&cli, &["--", "-offer-status:incentivized"]), ["Calls", "Dashboards", "Other"]);
    cli.run(&["views", "keep", "ready", "offer-status:co-sell-ready"]).done();
    assert_eq!(listed(&cli, &["--view", "ready"]), ["Dashboards"]);
    assert_eq!(listed(&cli, &["view:ready"]), ["Dashboards"]);
    let exported = cli.run(&["export", "offer-status:not-ready"]).done();
    assert!(exported.contains("Calls") && !exported.contains("Rollout"), "{exported}");
    let review = cli.run(&["review", "offer-status:azure", "--json"]).json();
    assert_eq!(review["deals"], 1);
    cli.run(&["offers", "set", "한빛 ERP", "built-on-azure=no"]).done();
    assert_eq!(listed(&cli, &["offer-status:co-sell-ready"]), ["Dashboards", "Rollout"], "its status follows the offer");
    let said = cli.run(&["list", "offer-status:redy"]).failed(2);
    assert!(said.contains("co-sell-ready") && said.contains("incentivized"), "{said}");
}

#[test]
fn the_review_tells_the_pipeline_by_offer_status_and_what_readiness_would_bring() {
    let cli = told();
    let said = cli.run(&["review", "--linear"]).done();
    assert!(said.contains("Open, by the offer status of their solutions."), "{said}");
    assert!(said.contains("Azure IP co-sell incentivized: 1, $\u{a0}50K"), "{said}");
    assert!(said.contains("No offer is told: 1"), "{said}");
    assert!(said.contains("What readiness would bring."), "{said}");
    assert!(said.contains("Hanbit CRM → Co-sell ready: 1, $\u{a0}7K"), "{said}");
    assert!(said.contains("Hanbit Analytics → Azure IP co-sell incentivized: 1") && said.contains("built-on-azure"), "{said}");
    let review = cli.run(&["review", "--json"]).json();
    let by: Vec<_> = review["offers"]["byStatus"].as_array().unwrap().iter().map(|one| one["status"].clone()).collect();
    assert_eq!(by, [json!("azureIpCoSell"), json!("coSellReady"), json!("notReady"), json!(null)]);
    let rise = &review["offers"]["wouldRise"];
    assert_eq!(
        (&rise[0]["offer"], &rise[0]["next"], &rise[0]["ids"]),
        (&json!("Hanbit Analytics"), &json!("azureIpCoSell"), &json!([2]))
    );
    // However many they are, its filter lists them.
    let listed = cli.run(&["list", rise[0]["filter"].as_str().unwrap(), "--json"]).json();
    assert_eq!(listed.as_array().unwrap().iter().map(|deal| &deal["id"]).collect::<Vec<_>>(), [&json!(2)], "{rise}");
    assert_eq!(rise[1]["deals"]["open"]["values"][0]["value"], "7000.00");
    assert_eq!(rise[1]["missing"][0]["rule"], "PE-14");
    let none = Cli::new();
    let said = none.run(&["review", "--json"]).json();
    assert_eq!(said["offers"], json!({ "byStatus": [], "wouldRise": [] }));
}

#[test]
fn mg_22_mg_23_no_ready_solution_is_a_hint_and_never_a_lock() {
    let cli = told();
    let new = |solution: &str, more: &[&str]| {
        let base = ["new", "--customer", "누리온", "--country", "KR", "--name", "Third", "--value", "1000", "--currency", "USD"];
        let rest = ["--close", "2026-12-20", "--employee", "민준;김;+82 2-555-0100;kim@hanbit.example", "--solution", solution];
        cli.run(&[&base[..], &rest, more].concat())
    };
    let help = [
        "--kind",
        "QuotesOrLicensing",
        "--note",
        "Please quote",
        "--contact",
        "Ana;Kim;+82 2-555-0101;ana@nurion.example",
        "--consent",
    ];
    let ran = new("SOL-3", &help);
    assert!(ran.code == 0 && ran.err.contains("(MG-22)") && ran.err.contains("Hanbit CRM"), "{} {}", ran.out, ran.err);
    assert!(!new("SOL-2", &help).err.contains("MG-22"));
    assert!(!new("SOL-3", &[]).err.contains("MG-22"), "Microsoft has no part in it");
    let ran = cli.run(&["ask-help", "7", "--kind", "QuotesOrLicensing", "--note", "Quote", "--contact", CONTACT, "--consent"]);
    assert!(ran.code == 0 && ran.err.contains("(MG-22)"), "{} {}", ran.out, ran.err);
    let said = cli.run(&["check", "--all"]);
    assert!(said.err.contains("MG-22") && said.err.contains("offer-status:not-ready,unknown"), "{} {}", said.out, said.err);
}

#[test]
fn the_worth_of_a_deal_is_told_offer_by_offer_with_the_arithmetic() {
    let cli = told();
    let said = cli.run(&["offers", "worth", "--deal", "1", "--as-of", "2021-07-12"]).out;
    assert!(
        said.contains("10 % of $ 50,000 is $ 5,000 (OV-31)") && said.contains("한빛 ERP") && said.contains("Hanbit CRM"),
        "{said}"
    );
    let json = cli.run(&["offers", "worth", "--deal", "1", "--json"]).json();
    assert_eq!((&json[0]["value"], json.as_array().unwrap().len()), (&json!("50000.00"), 2));
    let said = cli.run(&["offers", "worth", "--deal", "4"]);
    assert!(said.code == 0 && said.err.contains("solution=ID"), "{}", said.err);
    assert_eq!(cli.run(&["offers", "worth", "--deal", "1", "한빛 ERP"]).code, 2);
    assert_eq!(cli.run(&["offers", "worth", "한빛 ERP"]).code, 2);
}

#[test]
fn the_groups_by_offer_status_say_of_what_is_open_what_the_chapter_of_offers_says() {
    let cli = told();
    cli.run(&["win", "3"]).done();
    let review = cli.run(&["review", "--by", "offer-status", "--json"]).json();
    assert_eq!(review["by"]["dimension"], "offer-status");
    let open: Vec<_> = review["by"]["groups"].as_array().unwrap().iter().map(|group| (&group["name"], &group["open"])).collect();
    let told: Vec<_> = review["offers"]["byStatus"].as_array().unwrap().iter().map(|one| one["deals"]["open"].clone()).collect();
    let names = ["azure-ip-co-sell", "co-sell-ready", "not-ready"].map(|word| json!(word));
    let [first, second, third] = &names;
    assert_eq!(
        open.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        [first, second, third, &json!("unknown")],
        "the word of the filter"
    );
    assert_eq!([open[0].1, open[1].1, open[3].1], [&told[0], &told[1], &told[2]], "{review}");
    assert_eq!(review["by"]["groups"][2]["won"]["count"], 1, "closed ones stand in theirs too");
    for (group, word) in
        review["by"]["groups"].as_array().unwrap().iter().zip(["azure-ip-co-sell", "co-sell-ready", "not-ready", "unknown"])
    {
        let found = listed(&cli, &[&format!("offer-status:{word}")]).len();
        assert_eq!(group["deals"], found, "{word}");
    }
    let said = cli.run(&["review", "--by", "offer-status"]).done();
    assert!(said.contains("By offer status") && said.contains("Azure IP co-sell incentivized"), "{said}");
    let said = cli.run(&["review", "--by", "offers"]);
    assert!(said.code == 2 && said.err.contains("month, offer-status"), "{said:?}");
}
