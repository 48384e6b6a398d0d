//! Dates and amounts as people write them, through the commands; which digits come first follows the locale, never that of the machine.

use crate::support::cli::{Cli, THREE};

/// What one field of the first opportunity is after it was typed so under this locale.
fn kept(locale: &str, change: &str, path: &str) -> String {
    let mut cli = Cli::with(THREE);
    cli.variables.insert("LC_TIME".into(), locale.into());
    cli.run(&["accept", "1"]).done();
    let ran = cli.run(&["edit", "1", change]);
    assert_eq!(ran.code, 0, "{change}: {ran:?}");
    cli.run(&["show", "1", "--json"]).json().pointer(path).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn digits_of_a_date_are_read_as_the_locale_has_them() {
    for (locale, typed, day) in [
        ("de_DE.UTF-8", "12/31", "2026-12-31"),
        ("en_US.UTF-8", "12/31", "2026-12-31"),
        ("de_DE.UTF-8", "3/12", "2026-12-03"),
        ("en_US.UTF-8", "3/12", "2027-03-12"),
        ("ko_KR.UTF-8", "3/12", "2027-03-12"),
    ] {
        assert_eq!(kept(locale, &format!("close={typed}"), "/deal/closeDate"), day, "{typed} in {locale}");
    }
}

#[test]
fn a_filter_reads_a_day_without_a_year_as_the_form_does_and_says_which_of_two() {
    for (locale, read) in [("de_DE.UTF-8", "2026-12-03"), ("en_US.UTF-8", "2027-03-12")] {
        let mut cli = Cli::with(THREE);
        cli.variables.insert("LC_TIME".into(), locale.into());
        let ran = cli.run(&["list", "close:<3/12"]);
        assert!(ran.code == 0 && ran.err.contains("“3/12” is read as") && ran.err.contains(read), "{ran:?}");
        let one = cli.run(&["list", "close:<12/31"]);
        assert!(one.code == 0 && !one.err.contains("is read as"), "{one:?}");
        assert_eq!(one.out, cli.run(&["list", "close:<2026-12-31"]).out);
    }
}

#[test]
fn days_are_named_in_five_languages_and_a_span_means_its_last_day() {
    for (typed, day) in [
        ("다음달 말", "2026-12-31"),
        ("来月末", "2026-12-31"),
        ("下个月", "2026-12-31"),
        ("next friday", "2026-11-27"),
        ("Q1", "2027-03-31"),
    ] {
        assert_eq!(kept("en_US.UTF-8", &format!("close={typed}"), "/deal/closeDate"), day, "{typed}");
    }
}

#[test]
fn amounts_are_grouped_and_counted_as_at_home() {
    for (typed, value) in [("84.000.000", "84000000"), ("1억 2천만", "120000000")] {
        // What stands there already would be no change.
        let change = format!("value={typed}");
        let mut cli = Cli::with(THREE);
        cli.variables.insert("LC_TIME".into(), "ko_KR.UTF-8".into());
        cli.run(&["accept", "1", "--value", "5m"]).done();
        cli.run(&["edit", "1", &change]).done();
        let shown = cli.run(&["show", "1", "--json"]).json();
        assert_eq!((&shown["deal"]["value"], &shown["deal"]["currency"]), (&value.into(), &"KRW".into()), "{typed}");
    }
}

#[test]
fn the_day_of_a_next_step_is_read_by_the_locale_too() {
    for (locale, day) in [("de_DE.UTF-8", "2026-12-03"), ("en_US.UTF-8", "2027-03-12")] {
        let mut cli = Cli::with(THREE);
        cli.variables.insert("LC_TIME".into(), locale.into());
        cli.run(&["next", "1", "Call Ana", "--on", "3/12"]).done();
        assert_eq!(cli.run(&["show", "1", "--json"]).json()["next"]["on"], day, "{locale}");
    }
}

#[test]
fn a_day_that_can_be_another_one_is_told_as_it_was_read() {
    let mut cli = Cli::with(THREE);
    cli.variables.insert("LC_TIME".into(), "en_US.UTF-8".into());
    let read = "“3/12” is read as Fri 2027-03-12 (can mean Thu 2026-12-03).\n";
    for command in [["accept", "1", "--close=3/12"], ["edit", "1", "close=3/12"]] {
        let ran = cli.run(&command);
        assert!(ran.code == 0 && ran.err.contains(read), "{command:?}: {ran:?}");
        cli.run(&["edit", "1", "close=2027-01-15"]).done();
    }
    let plain = cli.run(&["edit", "1", "close=12/31"]);
    assert!(plain.code == 0 && plain.err.is_empty(), "{plain:?}");
}
