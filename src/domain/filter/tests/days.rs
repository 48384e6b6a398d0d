//! Days of filters as people type them: in the order of the locale, and without a year.

use super::*;

#[test]
fn days_without_a_year_are_read_in_filters_as_in_forms() {
    let asked = |filter: &str| Filter::parse(filter, moment()).unwrap().terms.remove(0).test;
    #[rustfmt::skip]
    let table = [
        // as people type it, as it is meant on 2026-11-21
        ("close:12/31", "close:2026-12-31"), ("close:<1/15", "close:<2027-01-15"), ("due:<1/15", "due:<2027-01-15"),
        ("next:12/1|1/4", "next:2026-12-01|2027-01-04"), ("due:>=12/31", "due:>=2026-12-31"), ("close:31.12.", "close:2026-12-31"),
        ("close:jan", "close:2027-01"), ("close:q1", "close:2027-Q1"), ("close:261231", "close:2026-12-31"),
        ("received:11/3", "received:2026-11-03"), ("changed:>11/3", "changed:>2026-11-03"), ("archived:12/31", "archived:2025-12-31"),
        ("created:<1/15", "created:<2026-01-15"), ("closed:>11/3", "archived:>2026-11-03"), ("CLOSED:last-week", "archived:last-week"),
        // Ends of a range without a year follow each other.
        ("close:12/1..1/15", "close:2026-12-01..2027-01-15"), ("close:11/15..12/15", "close:2026-11-15..2026-12-15"),
        ("close:1/1..12/31", "close:2026-01-01..2026-12-31"), ("close:dec..feb", "close:2026-12..2027-02"),
        ("archived:11/1..12/31", "archived:2026-11-01..2026-12-31"), ("received:12/1..1/15", "received:2025-12-01..2026-01-15"),
        ("received:1/1..12/31", "received:2026-01-01..2026-12-31"),
        // A year that was typed is that year, ahead of us or not.
        ("received:<12/1/2026", "received:<2026-12-01"), ("received:11/1/2026..12/1/2026", "received:2026-11-01..2026-12-01"),
    ];
    for (typed, meant) in table {
        assert_eq!(asked(typed), asked(meant), "{typed}");
    }
    let two = |text: &str| Filter::day_of_two(text, moment().today).map(|(typed, day)| format!("{typed} {}", day.date));
    assert_eq!(two("erp -close:<=3/4"), Some("3/4 2027-03-04".to_owned()));
    assert_eq!(asked("received:26.10.28"), asked("received:2026-10-28"));
    assert_eq!(two("received:1/1..3/4"), Some("3/4 2026-03-04".to_owned()));
    assert_eq!(two("close:11/1..12/1"), Some("11/1 2026-11-01".to_owned()), "as it is asked, beside the other end");
    assert_eq!([two("close:12/31 3/4"), two("value:3/4"), two("close:2w"), two("\"")], [None, None, None, None]);
}
