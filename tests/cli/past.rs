//! `--as-of`: lists and single opportunities as they stood at the end of a past day.

use serde_json::Value;

use crate::support::cli::{Cli, THREE};

/// Three that came on the 21st, worked on until the 24th; it is the 26th.
fn worked() -> Cli {
    let mut cli = Cli::with(THREE);
    for (day, arguments) in [
        (
            "22T09:00:00",
            &["accept", "1", "--value", "90m", "--close", "2026-12-20", "--employee", "Ana;Reyes;+1 425 555 0100;ana@p.example"]
                [..],
        ),
        ("23T09:00:00", &["decline", "2", "--reason", "budget"]),
        ("24T00:00:00", &["undo"]),
        ("25T09:00:00", &["edit", "1", "name=Second phase"]),
        ("26T09:00:00", &["favorite", "3"]),
    ] {
        cli = cli.at(&format!("2026-11-{day}+09:00"));
        cli.run(arguments).done();
    }
    cli
}

fn listed(cli: &Cli, arguments: &[&str]) -> Vec<(u64, String)> {
    let all = [&["list", "--json", "--sort", "deal"][..], arguments].concat();
    let ran = cli.run(&all);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "JSON has nothing beside it");
    let text = |one: &Value| one["stage"].as_str().unwrap().to_owned();
    let mut rows: Vec<(u64, String)> =
        ran.json().as_array().unwrap().iter().map(|one| (one["id"].as_u64().unwrap(), text(one))).collect();
    rows.sort_unstable();
    rows
}

fn rows(stages: [&str; 3]) -> Vec<(u64, String)> {
    (1..).zip(stages.map(str::to_owned)).collect()
}

#[test]
fn a_past_day_is_listed_as_it_stood_at_its_end_with_what_was_undone_later() {
    let cli = worked();
    assert_eq!(listed(&cli, &["--as-of", "2026-11-21"]), rows(["received", "received", "accepted"]));
    assert_eq!(listed(&cli, &["--as-of", "2026-11-22"]), rows(["accepted", "received", "accepted"]));
    assert_eq!(listed(&cli, &["--as-of", "2026-11-23"]), rows(["accepted", "archived", "accepted"]), "not undone yet");
    assert_eq!(listed(&cli, &["--as-of", "2026-11-24"])[1].1, "received", "midnight begins the next day");
    assert_eq!(listed(&cli, &["--as-of", "today"]), listed(&cli, &[]));
    assert_eq!(listed(&cli, &["--as-of", "2026-11-23", "stage:archived"]), [(2, "archived".to_owned())]);
    assert_eq!(listed(&cli, &["--as-of", "yesterday", "favorite:yes"]), []);
    assert_eq!(listed(&cli, &["--as-of=yesterday", "-stage:accepted"]).len(), 1, "a filter may begin with a hyphen");
    assert_eq!(listed(&cli, &["favorite:yes"]).len(), 1);
    assert_eq!(listed(&cli, &["--as-of", "2026-11-21", "due:<4d"]), [(1, "received".to_owned())], "days count from there");
}

#[test]
fn the_table_says_beside_it_of_which_day_it_is_and_counts_from_there() {
    let cli = worked();
    let ran = cli.run(&["list", "--as-of", "2026-11-21", "--limit", "1", "--sort", "time-left"]);
    assert_eq!(ran.err, "As it stood on 21 Nov, at the end of the day.\n");
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    assert!(ran.out.contains("2d 12h"), "{}", ran.out);
    let csv = cli.run(&["list", "--as-of", "2026-11-24", "--csv", "ERP"]).out;
    assert!(csv.contains("90000000") && !csv.contains("Second phase"), "{csv}");
    let none = cli.run(&["list", "--as-of", "2026-11-24", "zzz"]);
    assert!(none.err.ends_with("Nothing that was held then passes the filter.\n"), "{}", none.err);
}

#[test]
fn one_is_shown_as_it_stood_in_the_same_shape() {
    let cli = worked();
    let name = |day: &str| cli.run(&["show", "1", "--as-of", day, "--json"]).json()["deal"]["name"].clone();
    assert_eq!((name("2026-11-24"), name("2026-11-25")), ("ERP 마이그레이션".into(), "Second phase".into()));
    let shown = |arguments: &[&str]| -> Vec<String> { cli.run(arguments).json().as_object().unwrap().keys().cloned().collect() };
    assert_eq!(shown(&["show", "1", "--as-of", "2026-11-24", "--json"]), shown(&["show", "1", "--json"]));
    let ran = cli.run(&["show", "1", "--as-of", "2026-11-21"]);
    assert!(ran.err.starts_with("As it stood on 21 Nov") && ran.out.contains("2d 12h"), "{ran:?}");
}

#[test]
fn what_was_imported_later_was_not_held_and_what_was_removed_since_was() {
    let cli = worked();
    let more = THREE.replace("-4000-8000-00000000000", "-4000-8000-00000000001");
    let file = cli.file("more.json", more);
    let cli = cli.at("2026-11-27T09:00:00+09:00");
    cli.run(&["import", &file]).done();
    let said = cli.run(&["show", "4", "--as-of", "2026-11-26"]).failed(3);
    assert!(said.contains("4 was not held here on 26 Nov") && said.contains("cosell history 4"), "{said}");
    let cli = cli.at("2026-11-28T09:00:00+09:00");
    cli.run(&["undo"]).done();
    let cli = cli.at("2026-11-29T09:00:00+09:00");
    assert_eq!(["2026-11-26", "2026-11-27", "2026-11-28"].map(|day| listed(&cli, &["--as-of", day]).len()), [3, 6, 3]);
    assert!(cli.run(&["show", "4", "--as-of", "2026-11-27"]).out.contains("ERP"), "its number still leads to it");
    for (id, day) in [("4", "2026-11-26"), ("99", "2026-11-27")] {
        assert_eq!(cli.run(&["show", id, "--as-of", day]).failed(3), cli.run(&["show", id]).failed(3), "{id} {day}");
    }
}

#[test]
fn days_that_cannot_be_shown_are_refused_with_the_reason() {
    let cli = worked();
    for (day, code, said) in [
        ("2026-11-20", 3, "what cosell remembers begins on 21 Nov"),
        ("2026-11-27", 2, "2026-11-27 is still to come"),
        ("1 nov", 3, "what cosell remembers begins on 21 Nov"),
        ("2026-12-01", 2, "2026-12-01 is still to come"),
        ("this-year", 2, "2026-12-31 is still to come"),
        ("soon", 2, "--as-of cannot be “soon”"),
        ("3/4", 2, "can be more than one"),
    ] {
        let failed = cli.run(&["list", "--as-of", day]).failed(code);
        assert!(failed.contains(said), "{day}: {failed}");
        assert!(cli.run(&["show", "1", "--as-of", day]).failed(code).contains(said), "{day}");
    }
    let new = cli.run(&["list", "--as-of", "2026-11-24", "new:yes"]).failed(2);
    assert!(new.contains("is not known") && new.contains("new:"), "{new}");
    let nothing = Cli::new().run(&["list", "--as-of", "yesterday"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""), "{nothing:?}");
}
