//! What Partner Center would refuse, told before anything is written: deal by deal, as a table of rules, and mended for several at once.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::cli::{Cli, THREE};

const ANA: &str = "Ana;Silva;+1 425 555 0100;ana@partner.example";

/// A deal of ours; the street and the city are what an upload still lacks of it.
fn new(cli: &Cli, name: &str, more: &[&str]) {
    let given = ["new", "--customer", "Contoso", "--country", "US", "--name", name, "--value", "50000", "--currency", "USD"];
    let rest = ["--close", "2026-12-31", "--employee", ANA, "--solution", "SOL-1"];
    cli.run(&[&given[..], &rest, more].concat());
}

const ADDRESS: [&str; 4] = ["--street", "1 Main Street", "--city", "Redmond"];

fn found(cli: &Cli, arguments: &[&str]) -> Vec<(i64, String, String)> {
    let told = cli.run(&[&["check", "--json"], arguments].concat()).json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let one = |finding: &Value| (finding["id"].as_i64().unwrap(), text(&finding["rule"]), text(&finding["severity"]));
    told.as_array().unwrap().iter().map(one).collect()
}

fn errors(cli: &Cli, arguments: &[&str]) -> Vec<(i64, String)> {
    found(cli, arguments).into_iter().filter(|(.., severity)| severity == "error").map(|(id, rule, _)| (id, rule)).collect()
}

#[test]
fn what_an_upload_lacks_is_told_by_deal_with_what_helps_and_ends_in_3() {
    let cli = Cli::with(THREE);
    assert!(cli.run(&["check"]).err.contains("Nothing waits for Partner Center."));
    assert_eq!(cli.run(&["check", "--json"]).json(), json!([]));
    cli.run(&["edit", "3", "crm-id=OPP-1"]).done();
    let ran = cli.run(&["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (3, ""), "{ran:?}");
    for line in [
        "3  販売管理クラウド化",
        "    error    Engagement ID is missing  → import the newest download of Partner Center",
        "    error    Customer City is missing  → set it in Partner Center; the next import brings it",
        "    error    Solution 1 is missing  → cosell edit 3 solution+=…",
        "    error    Team member 1 is missing  → cosell edit 3 employee+=…",
        "    warning  The purchase intent is unknown; the upload says Have not decided  → set it in Partner Center; the next import brings it",
        "1 deal checked: 5 errors, 1 warning, 1 hint.",
    ] {
        assert!(ran.out.lines().any(|told| told == line), "{line}\n{}", ran.out);
    }
    let first = &cli.run(&["check", "--json"]).json()[0];
    assert_eq!(
        *first,
        json!({
            "id": 3,
            "uid": "1c8f6b20-0000-4000-8000-000000000003",
            "rule": "engagement-id-missing",
            "severity": "error",
            "field": "Engagement ID",
            "column": "Engagement ID",
            "message": "Engagement ID is missing",
            "cure": "import the newest download of Partner Center",
            "source": "Bulk operations: update rows",
        })
    );
}

#[test]
fn a_deal_with_everything_is_taken_and_warnings_alone_end_in_0() {
    let cli = Cli::new();
    new(&cli, "Landing zone", &[&ADDRESS[..], &["--notes", "as agreed", "--duns", "081466849"]].concat());
    let ran = cli.run(&["check"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let rules: Vec<String> = found(&cli, &[]).into_iter().map(|(_, rule, _)| rule).collect();
    assert_eq!(rules, ["private-by-upload", "consent-unknown", "purchase-intent-unknown"]);
    let rules: Vec<String> = found(&cli, &["--layout", "2021"]).into_iter().map(|(_, rule, _)| rule).collect();
    assert_eq!(rules, ["private-by-upload", "consent-unknown"]);
}

#[test]
fn a_filter_says_which_deals_are_checked_and_all_means_all() {
    let cli = Cli::with(THREE);
    new(&cli, "ERP", &[]);
    let deals = |arguments: &[&str]| found(&cli, arguments).into_iter().map(|(id, ..)| id).collect::<BTreeSet<_>>();
    assert_eq!(deals(&[]), BTreeSet::from([4]), "what waits");
    assert_eq!(deals(&["country:JP"]), BTreeSet::from([3]));
    assert_eq!(deals(&["-country:JP"]), BTreeSet::from([4]), "what is not answered yet has no row");
    assert_eq!(deals(&["--all"]), BTreeSet::from([3, 4]));
    assert!(cli.run(&["check", "country:FR"]).err.contains("No deal passes this filter."));
}

#[test]
fn what_several_deals_share_is_counted_with_the_command_that_mends_it() {
    let cli = Cli::with(THREE);
    for id in ["1", "2", "3"] {
        cli.run(&["accept", id, "--name", "ERP", "--value", "1000", "--currency", "USD", "--close", "2027-01-29"]);
    }
    let told = cli.run(&["check", "--all"]).out;
    assert!(told.contains("\n3 deals: Team member 1 is missing  → cosell check --fix team-missing=…\n"), "{told}");
    assert!(told.contains("\n2 deals: Customer Address Line 1 is missing\n"), "an address is not edited: {told}");
}

#[test]
fn one_value_mends_all_deals_with_the_finding_in_one_step_that_is_shown_before() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "2", "--name", "ERP", "--value", "1000", "--currency", "USD", "--close", "2027-01-29"]);
    let lacking = || errors(&cli, &["--all"]).into_iter().filter(|(_, rule)| rule == "team-missing").count();
    assert_eq!(lacking(), 2);
    let team = format!("team-missing={ANA}");
    let shown = cli.run(&["check", "--all", "--fix", &team, "--fix", "solution-missing=SOL-1234", "--dry-run"]).done();
    assert!(shown.contains("2  ERP  Employees: ") && shown.contains("ana@partner.example"), "{shown}");
    assert!(shown.contains("3  販売管理クラウド化  Solutions: ") && shown.ends_with("2 deals would be changed. Nothing was.\n"));
    assert_eq!(lacking(), 2, "nothing was changed");
    let told = cli.run(&["check", "--all", "--fix", &team, "--fix", "solution-missing=SOL-1234"]).done();
    assert!(told.ends_with("2 deals were changed in one step. cosell undo takes it back.\n"), "{told}");
    assert_eq!(lacking(), 0);
    assert_eq!(cli.run(&["show", "3", "--json"]).json()["solutions"][0]["id"], "SOL-1234");
    cli.run(&["undo"]).done();
    assert_eq!(lacking(), 2, "one undo");
    assert_eq!(cli.run(&["show", "3", "--json"]).json()["solutions"], json!([]));
}

#[test]
fn a_deal_for_which_it_cannot_be_done_is_named_and_the_others_are_mended() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "2", "--name", "ERP", "--value", "1000", "--currency", "USD", "--close", "2027-01-29"]);
    cli.run(&["win", "2"]).done();
    let ran = cli.run(&["check", "--all", "--fix", "solution-missing=SOL-1234", "--json"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let told = ran.json();
    assert_eq!(
        (&told["dryRun"], &told["fixed"][0]["id"], &told["fixed"][0]["field"]),
        (&json!(false), &json!(3), &json!("solutions"))
    );
    assert_eq!(
        told["cannot"][0],
        json!({ "id": 2, "uid": "0b7e5a10-0000-4000-8000-000000000002", "why": "take the step that closed it back, and do it again" })
    );
    let ran = cli.run(&["check", "--all", "--fix", "solution-missing=SOL-1234"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, "2  ERP  cannot: take the step that closed it back, and do it again\n"));
    let ran = cli.run(&["check", "--all", "--fix", "team-missing=Ana"]);
    assert!(ran.code == 3 && ran.out.contains("3  販売管理クラウド化  cannot: "), "a person needs all four: {ran:?}");
    assert_eq!(
        cli.run(&["check", "--all", "--fix", "notes-missing=x", "--layout", "2023"]).done(),
        "No deal has this finding: nothing was changed.\n"
    );
}

#[test]
fn a_wrong_rule_is_refused_before_anything_is_opened() {
    let cli = Cli::new();
    for (fix, said) in [
        ("solution-mising=SOL-1", "solution-missing"),
        ("solution-missing", "RULE=VALUE"),
        ("solution-missing= ", "RULE=VALUE"),
        ("consent-refused=Yes", "name-missing"),
        ("city-missing=Seoul", "solution-missing"),
    ] {
        let err = cli.run(&["check", "--fix", fix]).failed(2);
        assert!(err.contains(said), "{fix}: {err}");
    }
    assert!(cli.run(&["check", "--layout", "2022"]).failed(2).contains("2021, 2023, 2026"));
    cli.run(&["check", "--dry-run"]).failed(2);
}

#[test]
fn the_rules_themselves_are_listed_with_what_they_are_known_from() {
    let cli = Cli::new();
    let told = cli.run(&["check", "--rules"]).done();
    assert!(told.lines().count() > 40 && told.contains("Bulk operations: required columns"), "{told}");
    let rules = cli.run(&["check", "--rules", "--json"]).json();
    let rules = rules.as_array().unwrap();
    let names: BTreeSet<&str> = rules.iter().map(|rule| rule["rule"].as_str().unwrap()).collect();
    assert_eq!(names.len(), rules.len(), "each once");
    let notes = rules.iter().find(|rule| rule["rule"] == "notes-missing").unwrap();
    let expected = json!({
        "rule": "notes-missing", "severity": "warning", "field": "deal.notes", "column": "Notes", "when": "new", "layouts": ["2023"],
        "message": "The deal has no notes, which the form of 2023 asks for", "cure": "cosell edit ID notes=…", "source": "Bulk operations: required columns", "fixable": true,
    });
    assert_eq!(*notes, expected);
}

#[test]
fn import_remarks_on_the_same_columns_that_the_check_finds_missing() {
    const HEAD: &str = "Deal Name,Customer Name,Customer Address Line 1,Customer City,Customer Country,Partner Referral Status,\
                        Partner Referral Substatus,Estimated Deal Value,Currency,Estimated Close Date,\
                        Consent to share Customer/Partner contact";
    let cli = Cli::new();
    let file = cli.file("template.csv", format!("{HEAD}\n,Contoso,,,,New,Accepted,,,,No\n"));
    let gaps = cli.run(&["import", &file, "--json"]).json()["files"][0]["gaps"].clone();
    let remarked: BTreeSet<String> = gaps.as_object().unwrap().keys().cloned().collect();
    let told = cli.run(&["check", "--json"]).json();
    let is_error = |finding: &&Value| finding["severity"] == "error";
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let missing: BTreeSet<String> = told.as_array().unwrap().iter().filter(is_error).map(|f| text(&f["column"])).collect();
    let lists = ["Solution 1", "Team member 1"].map(str::to_owned);
    assert_eq!(missing.difference(&remarked).cloned().collect::<BTreeSet<_>>(), BTreeSet::from(lists), "{missing:?}");
    assert_eq!(remarked.difference(&missing).count(), 0, "{remarked:?}");
}

#[test]
fn a_number_alone_checks_the_deal_of_that_number_and_words_still_search() {
    let cli = Cli::with(THREE);
    cli.run(&["edit", "3", "crm-id=OPP-1"]).done();
    let ids = |arguments: &[&str]| found(&cli, arguments).into_iter().map(|(id, ..)| id).collect::<BTreeSet<_>>();
    assert_eq!(ids(&["3"]), BTreeSet::from([3]));
    assert!(cli.run(&["check", "1", "3", "3"]).out.contains("2 deals checked"), "each once");
    assert!(cli.run(&["check", "3"]).out.starts_with("3  "));
    let told = cli.run(&["check", "99"]);
    assert_eq!((told.code, told.err.contains("99")), (3, true), "{told:?}");
    assert_eq!(ids(&["販売管理"]), BTreeSet::from([3]));
}
