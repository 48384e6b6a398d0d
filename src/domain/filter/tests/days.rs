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

#[test]
fn a_day_or_amount_goes_on_behind_a_blank_as_people_write_it() {
    let asked = |filter: &str| Filter::parse(filter, moment()).unwrap_or_else(|why| panic!("{filter}: {why}")).terms;
    #[rustfmt::skip]
    let table = [
        // as people type it, as it is meant on 2026-11-21
        ("close:12월 31일", "close:2026-12-31"), ("erp -close:12월 31일 한빛", "erp -close:2026-12-31 한빛"), ("close:다음 달", "close:2026-12"),
        ("close:next month", "close:2026-12"), ("close:Dec 2026", "close:2026-12"), ("close:dec acme", "close:2026-12 acme"),
        ("close:12/1 .. 12/31", "close:2026-12-01..2026-12-31"), ("close:12월 1일..12월 31일", "close:2026-12-01..2026-12-31"),
        ("close:<12월 31일", "close:<2026-12-31"), ("close:2026년 12월 31일|q1", "close:2026-12-31|2027-Q1"), ("archived:last friday", "archived:2026-11-20"),
        ("close:12/31 3", "close:2026-12-31 3"), ("due:tomorrow due:today", "due:2026-11-22 due:2026-11-21"),
        ("value:>1억 2,000만", "value:>120000000"), ("value:>100 k", "value:>100k"), ("value:>100k USD", "value:>100kUSD"),
        ("value:>100k all", "value:>100k all"), ("value:>100 200", "value:>100 200"), ("close:내일모레", "close:2026-11-23"),
        ("close:그제", "close:2026-11-19"),
    ];
    for (typed, meant) in table {
        assert_eq!(asked(typed), asked(meant), "{typed}");
    }
    let why = |filter: &str| Filter::parse(filter, moment()).unwrap_err().why;
    assert!(matches!(why("value:>1억 2천"), FilterWhy::TwoReadings { one, .. } if one == "120000000"));
}

#[test]
fn a_range_that_ends_before_it_begins_is_told_and_not_turned_into_the_past() {
    let why = |filter: &str| Filter::parse(filter, moment()).unwrap_err().why;
    for (filter, key, value) in [
        ("close:12/31..12/1", "close", "12/31..12/1"),
        ("received:11/20..11/3", "received", "11/20..11/3"),
        ("close:2026-12-31..2026-12-01", "close", "2026-12-31..2026-12-01"),
        ("close:12월 31일..12월 1일", "close", "12월 31일..12월 1일"),
        ("value:5m..1m", "value", "5m..1m"),
        ("sales-stage:80..20", "sales-stage", "80..20"),
    ] {
        assert_eq!(why(filter), FilterWhy::Backwards { key, value: value.into() });
    }
}

#[test]
fn keys_and_values_are_called_as_people_read_them() {
    let asked = |filter: &str| Filter::parse(filter, moment()).unwrap_or_else(|why| panic!("{filter}: {why}")).terms;
    for (typed, meant) in [
        ("고객:한빛", "customer:한빛"),
        ("顧客：한빛", "customer:한빛"),
        ("-국가:KR", "-country:KR"),
        ("단계:수락", "stage:accepted"),
        ("stage:수락,수신됨", "stage:accepted,received"),
        ("結果:受注", "outcome:won"),
        ("客戶:한빛", "customer:한빛"),
        ("금액:>1억", "value:>100000000"),
        ("통화:KRW 금액:>1m", "currency:KRW value:>1m"),
        ("담당:없음", "owner:none"),
        ("お気に入り:はい", "favorite:yes"),
        ("마감:내일", "due:2026-11-22"),
    ] {
        assert_eq!(asked(typed), asked(meant), "{typed}");
    }
    let why = |filter: &str| Filter::parse(filter, moment()).unwrap_err().why;
    assert_eq!(why("고갱:한빛"), FilterWhy::UnknownKey("고갱".into()));
    assert_eq!(nearest("고갱"), None, "what has no letter in common is not meant");
}

#[test]
fn the_day_of_an_import_is_not_the_day_of_a_change() {
    use super::super::super::held::Held;
    let at = |text: &str| Timestamp::parse(text).unwrap();
    let came = received();
    assert_eq!(came.changed(), (at("2026-11-19T08:00:00Z"), false), "it came so, and its file tells no day");
    let third = Opportunity { updated_at: came.updated_at.plus_micros(-2), ..came.clone() };
    let edited = Opportunity { updated_at: at("2026-11-20T08:00:00Z"), ..came.clone() };
    let told = Opportunity { updated_at: at("2026-11-18T08:00:00Z"), ..came.clone() };
    let ours = Opportunity { created_at: Some(came.first_seen_at), ..came.clone() };
    #[rustfmt::skip]
    let table = [
        // filter, as it came, edited on the 20th, told as of the 18th, ours of the 19th
        ("changed:this-week", [false, true, true, true]), ("changed:2026-11-19", [false, false, false, true]),
        ("changed:>=2026-11-19", [false, true, false, true]), ("changed:<2026-11-21", [true, true, true, true]),
        ("changed:<=2026-11-18", [false, false, true, false]), ("changed:>2d", [false, false, true, false]),
    ];
    for (filter, expected) in table {
        let passes = |on: &Opportunity| Filter::parse(filter, moment()).unwrap().passes(&Held::new(on.clone(), false));
        assert_eq!([&came, &edited, &told, &ours].map(passes), expected, "{filter}");
        assert_eq!(passes(&third), passes(&came), "{filter}");
    }
    let left_out = |filter: &str, on: &Opportunity| {
        Filter::parse(filter, moment()).unwrap().leaves_out_undated(&Held::new(on.clone(), false))
    };
    assert_eq!(
        ["changed:this-week", "changed:>=2026-11-20", "changed:<2026-11-21", "changed:>2d"].map(|filter| left_out(filter, &came)),
        [true, false, false, true]
    );
    assert!(!left_out("changed:2026-11-19", &edited));
}
