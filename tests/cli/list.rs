//! `list`: tabs, filters, orders, limits; text, JSON and CSV.

use cosell::domain::filter::{KEYS, YES_NO_KEYS};

use crate::support::cli::{Cli, THREE};

fn ids(cli: &Cli, arguments: &[&str]) -> Vec<u64> {
    let mut all = vec!["list", "--json"];
    all.extend(arguments);
    cli.run(&all).json().as_array().unwrap().iter().map(|one| one["id"].as_u64().unwrap()).collect()
}

#[test]
fn without_anything_every_tab_and_stage_is_listed_newest_change_first() {
    let cli = Cli::with(THREE);
    cli.run(&["decline", "2", "--reason", "budget"]).done();
    cli.run(&["favorite", "3"]).done();
    assert_eq!(ids(&cli, &[]), [2, 3, 1], "the file does not tell when 3 changed: it counts from the import");
}

#[test]
fn tabs_filters_orders_and_limits_combine() {
    let cli = Cli::with(THREE);
    assert_eq!(ids(&cli, &["--tab", "inbound", "--sort", "time-left"]), [1, 2]);
    assert_eq!(ids(&cli, &["--tab", "outbound"]), [3]);
    assert_eq!(ids(&cli, &["country:KR,JP", "--sort", "value"]).len(), 2);
    assert_eq!(ids(&cli, &["--sort", "deal", "--limit", "1"]).len(), 1);
    assert_eq!(ids(&cli, &["-country:KR", "stage:received", "--limit", "9"]), [2]);
    assert_eq!(ids(&cli, &["sender:Contoso Consulting"]), [2], "the shell has taken the quotation marks away");
    assert_eq!(ids(&cli, &["한빛"]), [1]);
    assert_eq!(ids(&cli, &["ㅎㅂㅈㅁ"]), [1]);
    assert_eq!(ids(&cli, &["due:<4d"]), [1]);
    assert_eq!(ids(&cli, &["nothing"]), Vec::<u64>::new());
}

#[test]
fn the_table_stands_in_columns_and_fits_the_terminal() {
    let mut cli = Cli::with(THREE);
    let wide = cli.run(&["list"]).done();
    assert!(wide.starts_with("ID  ♥  Time left  Deal "), "{wide}");
    assert!(wide.contains("3d 04h"), "{wide}");
    cli.columns = Some(70);
    for line in cli.run(&["list"]).done().lines() {
        assert!(cosell::width::width(line) <= 70, "{line}");
    }
}

#[test]
fn an_empty_list_explains_itself_and_is_no_error() {
    let cli = Cli::new();
    let ran = cli.run(&["list"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("cosell import"), "{}", ran.err);
    let cli = Cli::with(THREE);
    let ran = cli.run(&["list", "zzz"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", "Nothing passes the filter; without it there are 3.\n"));
    assert_eq!(cli.run(&["list", "zzz", "--json"]).out, "[]\n");
}

#[test]
fn csv_has_a_head_and_keeps_spreadsheets_from_taking_text_for_formulas() {
    let evil = THREE.replace("販売管理クラウド化", "=HYPERLINK(\\\"x\\\")");
    let cli = Cli::with(&evil);
    let text = cli.run(&["list", "--csv", "--tab", "outbound"]).done();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("id,referralId,direction,type,stage,outcome,reason,respondBy"));
    assert!(lines.next().unwrap().contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
}

#[test]
fn a_wrong_key_value_tab_or_order_is_wrong_usage_and_says_which_there_are() {
    let cli = Cli::with(THREE);
    for (arguments, part) in [
        (&["list", "foo:1"][..], "customer"),
        (&["list", "countr:KR"], "Did you mean country:?"),
        (&["list", "outcome:declind"], "Did you mean declined?"),
        (&["list", "stage:gone"], "received"),
        (&["list", "--tab", "inbox"], "inbound"),
        (&["list", "--sort", "size"], "time-left"),
        (&["list", "--limit", "many"], "--limit"),
        (&["list", "--json", "--csv"], "--json and --csv do not go together"),
    ] {
        let said = cli.run(arguments).failed(2);
        assert!(said.contains(part), "{arguments:?}: {said}");
    }
}

#[test]
fn the_time_of_an_import_is_no_day_of_an_end_or_of_an_acceptance() {
    let cli = Cli::with(THREE);
    cli.run(&["import", "tests/fixtures/bulk-2023.csv"]).done();
    assert!(!ids(&cli, &["stage:archived"]).is_empty() && !ids(&cli, &["stage:accepted"]).is_empty());
    for key in ["archived", "accepted"] {
        for span in ["this-week", "today", "<=3d", ".."] {
            assert_eq!(ids(&cli, &[&format!("{key}:{span}")]), Vec::<u64>::new(), "{key}:{span}");
        }
    }
    cli.run(&["accept", "1"]).done();
    cli.run(&["decline", "2", "--reason", "budget"]).done();
    assert_eq!((ids(&cli, &["accepted:today"]), ids(&cli, &["archived:this-week", "reason:1"])), (vec![1], vec![2]));
}

#[test]
fn deals_left_out_only_because_their_date_is_unknown_are_counted_beside_the_list() {
    let cli = Cli::with(THREE);
    cli.run(&["import", "tests/fixtures/bulk-2023.csv"]).done();
    let rows = cli.run(&["list", "--json"]).json();
    let undated = rows.as_array().unwrap().iter().filter(|row| row["createdAt"].is_null()).count();
    let ran = cli.run(&["list", "received:this-week"]);
    assert!(undated > 1 && ran.code == 0, "{ran:?}");
    assert!(ran.err.contains(&format!("{undated} deals are left out only because their date is unknown.")), "{ran:?}");
    assert!(!ran.out.contains("left out"), "{ran:?}");
    let ran = cli.run(&["list", "received:this-week", "--json"]);
    assert_eq!(ran.err, "", "JSON says nothing new");
    assert_eq!(cli.run(&["list", "country:KR"]).err, "", "no date is asked for");
}

#[test]
fn the_filter_language_explains_itself() {
    assert!(Cli::new().run(&["list", "--help-filter"]).done().contains("due:<=3d"));
    let help = Cli::new().run(&["list", "--help"]).done();
    let words: Vec<&str> = help.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    for key in KEYS.iter().chain(&YES_NO_KEYS) {
        assert!(words.iter().filter(|word| *word == key).count() > usize::from(*key == "help"), "{key}: {help}");
    }
}

#[test]
fn days_of_a_filter_are_the_days_that_are_shown() {
    // 24 November 03:00 UTC is noon in Seoul; 8 o'clock there is still yesterday in UTC.
    let cli = Cli::with(THREE);
    let found = |words: &str| cli.run(&["list", words, "--json"]).json().as_array().unwrap().len();
    assert!(cli.run(&["show", "1"]).out.contains("24 Nov 12:00"));
    assert_eq!((found("due:2026-11-24"), found("due:2026-11-23")), (1, 0));
    // An hour later.
    let cli = cli.at("2026-11-21T09:00:00+09:00");
    let found = |words: &str| cli.run(&["list", words, "--json"]).json().as_array().unwrap().len();
    cli.run(&["accept", "1"]).done();
    assert_eq!((found("changed:today"), found("changed:2026-11-20")), (1, 0), "the day of an import is not that of a change");
    let said = cli.run(&["list", "changed:today"]);
    let said = format!("{}{}", said.out, said.err);
    assert!(said.contains("2 deals are left out only because their date is unknown."), "{said}");
}

#[test]
fn marks_of_direction_in_a_name_are_written_out_in_json() {
    let cli = Cli::with(&THREE.replace("Northwind Traders", "Northwind \u{202e}Traders"));
    let ran = cli.run(&["list", "--json"]);
    assert!(!ran.out.contains('\u{202e}') && ran.out.contains("\\u202e"), "{}", ran.out);
    assert!(ran.json().to_string().contains('\u{202e}'), "who reads the JSON gets what was imported");
}

#[test]
fn a_limit_that_is_no_number_is_told_what_one_is() {
    let said = Cli::with(THREE).run(&["list", "--limit", "abc"]).failed(2);
    assert!(said.contains("A whole number, for example 50."), "{said}");
}

#[test]
fn a_yes_no_key_that_is_given_something_else_says_what_it_takes() {
    let cli = Cli::with(THREE);
    for key in ["new", "favorite", "waiting", "conflict"] {
        let said = cli.run(&["list", &format!("{key}:Maybe")]).failed(2);
        assert_eq!(said, format!("“Maybe” is neither yes nor no for {key}.\n  One of yes, no.\n"));
        let said = cli.run(&["list", &format!("{key}:")]).failed(2);
        assert_eq!(said, format!("{key}: needs a value.\n  Write yes or no right behind the colon.\n"));
    }
    let said = cli.run(&["list", "next:maybe"]).failed(2);
    assert!(said.contains("“maybe” is not a date for next.\n  yes, no, or a day, for example next:<3d"), "{said}");
    let said = cli.run(&["list", "help:maybe"]).failed(2);
    assert!(said.starts_with("“maybe” is no help.\n  One of yes, no, "), "{said}");
}
