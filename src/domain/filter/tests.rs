//! Tables for the filter language, and that no text makes it fall over.

use proptest::prelude::*;

use super::super::contact::Person;
use super::super::date::Moment;
use super::super::held::Held;
use super::super::money::Money;
use super::super::opportunity::Opportunity;
use super::super::opportunity::tests::{accepted, received};
use super::super::solution::{Owner, Solution};
use super::super::text::{Line, Notes};
use super::*;

mod days;
mod home;
mod offers;
mod ours;

pub(in crate::domain) fn moment() -> Moment {
    Moment {
        now: Timestamp::parse("2026-11-21T08:00:00Z").unwrap(),
        today: Date::iso("2026-11-21").unwrap().into(),
        zone: crate::domain::date::Zone::UTC,
    }
}

fn sample() -> Opportunity {
    let mut sample = received();
    // Changed since it came.
    sample.updated_at = Timestamp::parse("2026-11-19T09:00:00Z").unwrap();
    sample.deal.name = Line::parse("ERP 마이그레이션").ok();
    sample.deal.value = Some(Money::from_minor(84_000_000, Currency::parse("KRW").unwrap()));
    sample.deal.close_date = Date::iso("2026-12-18").ok();
    sample.deal.notes = Notes::parse("decision maker: CIO").ok();
    sample.deal.crm_id = Line::parse("OPP-12925").ok();
    sample.deal.campaign_id = Line::parse("서울-세미나-09").ok();
    sample.customer.address.country = Country::parse("KR").ok();
    sample.customer.address.city = Line::parse("서울특별시").ok();
    sample.employees =
        vec![Person { first: "민준".into(), last: "김".into(), phone: String::new(), email: "minjun.kim@p.example".into() }];
    let id = Line::parse("SOL-34104-EBB").unwrap();
    sample.solutions = vec![Solution { id, name: None, owner: Owner::Unknown, currency: None, price: None, quantity: None }];
    sample
}

fn passes(filter: &str) -> bool {
    Filter::parse(filter, moment()).unwrap_or_else(|e| panic!("{filter}: {e}")).passes(&Held::new(sample(), false))
}

#[test]
fn words_are_searched_in_names_notes_ids_people_and_solutions() {
    for word in [
        "erp",
        "한빛",
        "빛정",
        "cio",
        "opp-12925",
        "12925",
        "세미나",
        "김민준",
        "minjun",
        "sol-34104",
        "ebb",
        "microsoft",
        "서울",
        "ㅎㅂㅈㅁ",
        "7204e52d-b222",
        "7204",
    ] {
        assert!(passes(word), "{word}");
    }
    for word in ["contoso", "밀한", "9999", "7204e52d-c", "inbound", "received"] {
        assert!(!passes(word), "{word}");
    }
    assert!(passes("erp 한빛 cio") && !passes("erp contoso"), "every word has to be found");
    assert!(passes("\"decision maker\"") && !passes("\"maker decision\""), "quoted words stand beside each other");
    assert!(passes("-contoso") && !passes("-erp"));
    assert!(passes(":") && !passes("*"), "signs are looked for as they are");
}

#[test]
fn keys_narrow_and_exclude() {
    for (filter, expected) in [
        ("tab:inbound", true),
        ("tab:outbound", false),
        ("stage:received", true),
        ("stage:accepted,archived", false),
        ("-stage:archived", true),
        ("outcome:won", false),
        ("type:cosell", true),
        ("country:KR,JP", true),
        ("-country:kr", false),
        ("customer:한빛", true),
        ("customer:erp", false),
        ("solution:34104", true),
        ("employee:김민준", true),
        ("employee:microsoft", false),
        ("sender:microsoft", true),
        ("campaign:세미나", true),
        ("crm:opp", true),
        ("currency:krw", true),
        ("favorite:no", true),
        ("waiting:yes", false),
        ("value:>50m", true),
        ("value:>84m", false),
        ("value:>=84m", true),
        ("value:10k..100m", true),
        ("value:..100", false),
        ("value:84000000", true),
        ("close:this-month", false),
        ("close:next-month", true),
        ("close:this-quarter", true),
        ("close:2026-12", true),
        ("close:<30d", true),
        ("close:<27d", false),
        ("close:2026-12-01..2026-12-18", true),
        ("close:>18.12.", false),
        ("due:<6d", true),
        ("due:<5d", false),
        ("due:>4d", true),
        ("received:<10d", true),
        ("received:<9d", false),
        ("received:>8d", true),
        ("received:this-month", true),
        ("changed:2026-11-19", true),
        ("changed:<2d", false),
    ] {
        assert_eq!(passes(filter), expected, "{filter}");
    }
    let due = Filter::parse("due:<900d", moment()).unwrap();
    assert!(!due.passes(&Held::new(accepted(), false)), "only a received one is due");
}

#[test]
fn a_wrong_key_or_value_says_which_ones_exist() {
    let why = |text: &str| Filter::parse(text, moment()).unwrap_err().why;
    assert_eq!(why("contry:KR"), FilterWhy::UnknownKey("contry".into()));
    assert_eq!(
        why("stage:open"),
        FilterWhy::UnknownValue {
            key: "stage",
            value: "open".into(),
            meant: None,
            allowed: vec!["received", "accepted", "archived"]
        }
    );
    for empty in ["stage:", "stage:,", "customer:,", "country:,、", "customer:\"\"", "value: ,", "tab:,,"] {
        let key = empty.split(':').next().unwrap();
        assert!(matches!(why(empty), FilterWhy::NoValue { key: found } if found == key), "{empty}");
    }
    assert_eq!(why("value:>lots"), FilterWhy::NotAnAmount { value: "lots".into() });
    assert_eq!(why("due:soon"), FilterWhy::NotADate { key: "due", value: "soon".into() });
    assert_eq!(why("country:Atlantis"), FilterWhy::UnknownCountry { value: "Atlantis".into() });
    assert_eq!(
        why("favorite:maybe"),
        FilterWhy::UnknownValue { key: "favorite", value: "maybe".into(), meant: None, allowed: vec!["yes", "no"] }
    );
    assert_eq!(why("\"open"), FilterWhy::OpenQuote);
}

#[test]
fn a_filter_typed_with_a_full_width_input_method_is_understood() {
    for (filter, expected) in [
        ("ｃｏｕｎｔｒｙ：ＫＲ", true),
        ("country:KR，JP", true),
        ("country：JP、KR", true),
        ("－country:KR", false),
        ("−country:KR", false),
        ("－country:JP", true),
        ("value:50m．．90m", true),
        ("value:10k．．50m", false),
        ("value：＞５０ｍ", true),
        ("country:한국", true),
        ("country:대한민국", true),
        ("country:日本", false),
        ("country:日本,한국", true),
        ("country:\"Korea, Republic of\"", true),
        ("country:\"Hong Kong\"", false),
        ("ＥＲＰ　ｃｉｏ", true),
        ("customer:＂한빛정밀＂", true),
        ("\u{200b}erp\u{feff}", true),
    ] {
        assert_eq!(passes(filter), expected, "{filter}");
    }
}

#[test]
fn a_number_of_days_with_an_equals_sign_includes_its_last_day() {
    for (filter, expected) in [
        ("close:<=27d", true),
        ("close:<27d", false),
        ("close:>=27d", true),
        ("close:>27d", false),
        ("close:<=+27d", true),
        ("close:<=26d", false),
        ("close:>=28d", false),
        ("due:<=4d", false),
        ("due:<4d", false),
        ("due:<=5d", true),
        ("due:>=5d", true),
        ("due:>=6d", false),
        ("received:<=9d", true),
        ("received:>=9d", true),
        ("received:>=10d", false),
        ("received:<=8d", false),
    ] {
        assert_eq!(passes(filter), expected, "{filter}");
    }
}

/// Clocks of New York, which go back in the night to 1 November and forward in the one to 8 March.
fn new_york(at: Timestamp) -> super::super::instant::Span {
    let at = at.to_string();
    let summer = ("2026-03-08T07:00:00Z".."2026-11-01T06:00:00Z").contains(&at.as_str());
    super::super::instant::Span::hours(if summer { -4 } else { -5 })
}

#[test]
fn a_day_is_one_of_the_calendar_where_the_user_is_also_across_a_change_of_clocks() {
    let zone = super::super::date::Zone::by(new_york);
    let moment =
        |now: &str, today: &str| Moment { now: Timestamp::parse(now).unwrap(), today: Date::iso(today).unwrap().into(), zone };
    let autumn = moment("2026-10-30T20:00:00Z", "2026-10-30");
    let mut deal = sample();
    for (deadline, moment, filter, expected) in [
        // The last minute and the first one of a day in New York.
        ("2026-10-31T03:59:00Z", autumn, "due:today", true),
        ("2026-10-31T04:00:00Z", autumn, "due:today", false),
        ("2026-10-31T04:00:00Z", autumn, "due:tomorrow", true),
        ("2026-11-03T04:59:00Z", autumn, "due:<=3d", true),
        ("2026-11-03T04:59:00Z", autumn, "due:>3d", false),
        ("2026-11-03T05:00:00Z", autumn, "due:<=3d", false),
        ("2026-11-03T05:00:00Z", autumn, "due:>3d", true),
        ("2026-11-02T04:59:00Z", autumn, "due:<3d", true),
        ("2026-11-02T05:00:00Z", autumn, "due:<3d", false),
        ("2026-11-02T05:00:00Z", autumn, "due:>=3d", true),
        ("2026-03-10T03:59:00Z", moment("2026-03-06T20:00:00Z", "2026-03-06"), "due:<=3d", true),
        ("2026-03-10T04:00:00Z", moment("2026-03-06T20:00:00Z", "2026-03-06"), "due:<=3d", false),
    ] {
        if let Stage::Received { respond_by } = &mut deal.stage {
            respond_by.at = Timestamp::parse(deadline).unwrap();
        }
        let filter_of = Filter::parse(filter, moment).unwrap();
        assert_eq!(filter_of.passes(&Held::new(deal.clone(), false)), expected, "{deadline} {filter}");
    }
}

proptest! {
    /// Whatever has a time is on exactly one side of a number of days, whichever the key, the zone and the hour.
    #[test]
    fn a_number_of_days_leaves_nothing_out(hours in 0_i64..4_000, ahead in -2_000_i64..2_000, days in 0_u32..60, place in 0_usize..3) {
        use super::super::date::Zone;
        use super::super::instant::Span;
        let zone = [Zone::UTC, Zone::always(Span::hours(9)), Zone::by(new_york)][place];
        let now = Timestamp::parse("2026-01-05T00:00:00Z").unwrap().plus_micros(Span::hours(hours).micros());
        let local = now.plus_micros(zone.ahead(now).micros());
        let moment = Moment { now, today: Date::iso(&local.to_string()[..10]).unwrap().into(), zone };
        let at = now.plus_micros(Span::hours(ahead).micros());
        let mut received = sample();
        received.created_at = Some(at);
        received.updated_at = at;
        received.deal.close_date = Date::iso(&at.to_string()[..10]).ok();
        if let Stage::Received { respond_by } = &mut received.stage {
            respond_by.at = now.plus_micros(Span::hours(ahead.abs() + 1).micros());
        }
        let mut ended = received.clone();
        ended.stage = Stage::Archived { at: Some(at), accepted: Some(at), outcome: Outcome::Won };
        for key in ["due", "close", "received", "created", "changed", "accepted", "archived"] {
            let deal = if matches!(key, "accepted" | "archived") { &ended } else { &received };
            let passes = |filter: String| Filter::parse(&filter, moment).unwrap().passes(&Held::new(deal.clone(), false));
            for (one, other) in [("<", ">="), ("<=", ">")] {
                let (one, other) = (passes(format!("{key}:{one}{days}d")), passes(format!("{key}:{other}{days}d")));
                prop_assert!(one != other, "{key} {days} {one} {other}");
            }
        }
    }
}

#[test]
fn periods_are_named_and_bounded() {
    for (filter, expected) in [
        ("close:nextmonth", true),
        ("close:다음달", true),
        ("close:来月", true),
        ("close:下个月", true),
        ("close:이번주", false),
        ("close:12/2026", true),
        ("close:\"Dec 2026\"", true),
        ("close:Q4", true),
        ("close:Q1", false),
        ("close:2026", true),
        ("close:>this-month", true),
        ("close:>=next-month", true),
        ("close:<next-month", false),
        ("close:<=next-month", true),
        ("close:this-month..next-month", true),
        ("close:2027..", false),
        ("close:..Q4", true),
        ("close:tomorrow", false),
        ("close:past", false),
        ("close:overdue", false),
        ("received:last-week|this-month", true),
        ("received:yesterday", false),
        ("changed:이번주", true),
        ("due:next-week", true),
        ("due:this-week", false),
    ] {
        assert_eq!(passes(filter), expected, "{filter}");
    }
    for wrong in ["received:overdue", "archived:past", "close:week", "close:>soon", "close:next", "due:<=3x"] {
        assert!(matches!(Filter::parse(wrong, moment()).unwrap_err().why, FilterWhy::NotADate { .. }), "{wrong}");
    }
}

#[test]
fn what_is_past_or_overdue_says_whether_it_still_matters() {
    let late = |stage: Stage| {
        let mut deal = Opportunity { stage, ..accepted() };
        deal.deal.close_date = Date::iso("2026-11-20").ok();
        deal
    };
    let passes =
        |deal: &Opportunity, filter: &str| Filter::parse(filter, moment()).unwrap().passes(&Held::new(deal.clone(), false));
    let open = late(Stage::Accepted { since: None });
    let won = late(Stage::Archived { at: None, accepted: None, outcome: Outcome::Won });
    for (filter, on_open, on_won) in [("close:overdue", true, false), ("close:past", true, true), ("-close:overdue", false, true)]
    {
        assert_eq!((passes(&open, filter), passes(&won, filter)), (on_open, on_won), "{filter}");
    }
    let lapsed = Opportunity { stage: received().stage.seen_at(moment().now.plus_days(30)), ..received() };
    let later = Moment { now: moment().now.plus_days(30), today: Date::iso("2026-12-21").unwrap().into(), ..moment() };
    for (filter, expected) in [
        ("due:overdue", true),
        ("due:past", true),
        ("due:last-month", true),
        ("due:2026-11-26", true),
        ("due:2026-11-27", false),
        ("due:<3d", false),
        ("due:>3d", false),
    ] {
        assert_eq!(Filter::parse(filter, later).unwrap().passes(&Held::new(lapsed.clone(), false)), expected, "{filter}");
    }
}

#[test]
fn a_time_that_nobody_told_matches_no_day() {
    use super::super::deadline::{Basis, Deadline};
    let passes = |stage: &Stage, filter: &str| {
        let deal = Opportunity { stage: stage.clone(), ..received() };
        Filter::parse(filter, moment()).unwrap().passes(&Held::new(deal, false))
    };
    let at = Timestamp::parse("2026-11-20T10:00:00Z").unwrap();
    let lapsed = |basis| Stage::Lapsed { respond_by: Deadline { at, basis } };
    let ended = |at| Stage::Archived { at, accepted: at, outcome: Outcome::Won };
    for (stage, archived, accepted) in [
        (ended(Some(at)), true, true),
        // First seen in a file, which tells neither.
        (ended(None), false, false),
        (Stage::Accepted { since: Some(at) }, false, true),
        (Stage::Accepted { since: None }, false, false),
        (lapsed(Basis::Given), true, false),
        (lapsed(Basis::Created), true, false),
        // Its deadline was only counted from the import.
        (lapsed(Basis::FirstSeen), false, false),
    ] {
        for span in ["this-week", "yesterday", "<3d", ".."] {
            let found = (passes(&stage, &format!("archived:{span}")), passes(&stage, &format!("accepted:{span}")));
            assert_eq!(found, (archived, accepted), "{span} {stage:?}");
        }
    }
}

#[test]
fn places_reasons_help_sales_stages_and_uids_narrow() {
    use super::super::opportunity::Help;
    use super::super::sales::SalesStage;
    let mut deal = sample();
    deal.customer.address.state = Line::parse("Gyeonggi-do").ok();
    deal.customer.address.line1 = Line::parse("부산로 1").ok();
    deal.deal.sales_stage = SalesStage::of(40);
    deal.help = Some(Help { kind: Some(HelpKind::QuotesOrLicensing), note: None, requested_at: None, consent: true });
    deal.stage =
        Stage::Archived { at: None, accepted: None, outcome: Outcome::Lost { reason: Some(Reason::Budget), note: None } };
    for (filter, expected) in [
        ("city:서울", true),
        ("city:서울,부산", true),
        ("city:부산", false),
        ("-city:부산", true),
        ("city:gyeonggi", false),
        ("state:gyeonggi", true),
        ("state:서울", false),
        ("city:-", false),
        ("state:-", true),
        ("reason:budget", true),
        ("reason:1", true),
        ("reason:2,Budget", true),
        ("reason:timeline", false),
        ("-reason:6", true),
        ("help:yes", true),
        ("help:no", false),
        ("help:QuotesOrLicensing", true),
        ("help:quotesorlicensing,no", true),
        ("help:4", true),
        ("help:1", false),
        ("sales-stage:40", true),
        ("sales-stage:40%", true),
        ("sales-stage:>=40", true),
        ("sales-stage:>40", false),
        ("sales-stage:20..60", true),
        ("sales-stage:10,40", true),
        ("sales-stage:10|>=80", false),
        ("-sales-stage:40", false),
        ("uid:7204", true),
        ("uid:7204E52D-B222", true),
        ("uid:8,7204e52d-b222-4a58-808a-05a6c4647159", true),
        ("uid:204", false),
    ] {
        assert_eq!(Filter::parse(filter, moment()).unwrap().passes(&Held::new(deal.clone(), false)), expected, "{filter}");
    }
    let bare = received();
    for none in ["city:서울", "state:a", "reason:budget", "help:yes", "sales-stage:>=10", "sales-stage:.."] {
        assert!(!Filter::parse(none, moment()).unwrap().passes(&Held::new(bare.clone(), false)), "{none}");
    }
}

#[test]
fn what_was_probably_meant_is_named() {
    let why = |text: &str| Filter::parse(text, moment()).unwrap_err().why;
    for (typed, key) in [
        ("countr", "country"),
        ("sales", "sales-stage"),
        ("sales-stge", "sales-stage"),
        ("ARCHIVD", "archived"),
        ("Status", "stage"),
        ("substatus", "outcome"),
    ] {
        assert_eq!(why(&format!("{typed}:x")), FilterWhy::UnknownKey(typed.into()));
        assert_eq!(nearest(typed), Some(key), "{typed}");
    }
    assert_eq!(nearest("qqqqqq"), None);
    for (word, key) in [("Won", Some("outcome")), ("received", Some("stage")), ("inbound", Some("tab")), ("Seoul", None)] {
        assert_eq!(of_word(word), key, "{word}");
    }
    assert!(Filter::parse("pre-owned:x", moment()).is_ok(), "a word with a hyphen and a colon that is near no key is a word");
    for (typed, named) in [
        ("stage:recieved", Some("received")),
        ("outcome:wun", Some("won")),
        ("type:cosel", Some("coSell")),
        ("type:private", Some("privatePipeline")),
        ("reason:budgt", Some("budget")),
        ("help:quotes", Some("QuotesOrLicensing")),
        ("favorite:yess", Some("yes")),
        ("tab:qqqqqq", None),
        ("sales-stage:50", None),
    ] {
        match why(typed) {
            FilterWhy::UnknownValue { meant, .. } => assert_eq!(meant, named, "{typed}"),
            why => panic!("{typed}: {why:?}"),
        }
    }
    assert_eq!(why("id:12a"), FilterWhy::NotAnId { value: "12a".into() });
    assert_eq!(why("uid:xyz"), FilterWhy::NotAUid { value: "xyz".into() });
}

#[test]
fn alternatives_of_amounts_and_days_stand_between_strokes() {
    for (filter, expected) in [
        ("value:84m|90m", true),
        ("value:10k|>80m", true),
        ("value:10k|20k..30k", false),
        ("-value:10k|84m", false),
        ("value:84,000,000", true),
        ("value:>83,999,999", true),
        ("value:>=84.000.000", true),
        ("close:2026-11|2026-12", true),
        ("close:2026-11,2026-12", true),
        ("close:this-month|<3d", false),
        ("close:\"Dec 18, 2026\"", true),
        ("due:today|<6d", true),
        ("received:2020|this-month", true),
    ] {
        assert_eq!(passes(filter), expected, "{filter}");
    }
    let why = |text: &str| Filter::parse(text, moment()).unwrap_err().why;
    let comma = |value: &str, one: &str, other: &str| FilterWhy::AmbiguousComma {
        key: "value",
        value: value.into(),
        one: one.into(),
        other: other.into(),
    };
    assert_eq!(why("value:5,10"), comma("5,10", "5.10", "5|10"));
    assert_eq!(why("value:\"5, 10\""), comma("5, 10", "5|10", "5|10"));
    let many = "1,000, 2,000";
    assert_eq!(why(&format!("value:\"{many}\"")), comma(many, "1,000|2,000", "1,000|2,000"));
    assert_eq!(why("value:10k,50k"), comma("10k,50k", "10k|50k", "10k|50k"));
    assert_eq!(why("value:5,10,20"), comma("5,10,20", "5|10|20", "5|10|20"));
    let two = FilterWhy::TwoReadings { value: "12.500".into(), one: "12500".into(), other: "12.5".into() };
    assert_eq!(why("value:>12.500"), two);
    assert_eq!(why("close:2026-11,soon"), FilterWhy::NotADate { key: "close", value: "2026-11,soon".into() });
}

#[test]
fn a_bare_day_is_as_old_as_clocks_there_say() {
    use super::super::date::Zone;
    use super::super::instant::Span;
    let mut deal = sample();
    for (now, today, hours, day, young) in [
        ("2026-11-21T01:00:00Z", "2026-11-20", -10, "2026-11-18", true),
        ("2026-11-21T01:00:00Z", "2026-11-20", -10, "2026-11-16", false),
        ("2026-11-20T23:00:00Z", "2026-11-21", 9, "2026-11-17", false),
        ("2026-11-20T23:00:00Z", "2026-11-21", 9, "2026-11-19", true),
    ] {
        let zone = Zone::always(Span::seconds(hours * 3_600));
        let moment = Moment { now: Timestamp::parse(now).unwrap(), today: Date::iso(today).unwrap().into(), zone };
        deal.created_at = Some(Date::iso(day).unwrap().as_created());
        let passes = |filter: &str| Filter::parse(filter, moment).unwrap().passes(&Held::new(deal.clone(), false));
        assert_eq!((passes("received:<3d"), passes("received:>3d")), (young, !young), "{day} {hours}");
    }
}

#[test]
fn signs_that_join_words_stand_between_them_as_well() {
    let mut deal = sample();
    for (name, word) in
        [("Smith & Jones", "smith&jones"), ("Smith&Jones", "smith&jones"), ("AT&T-like Co", "at&t"), ("A + B Bau", "a+b")]
    {
        deal.customer.name = Line::parse(name).unwrap();
        let passes = |filter: &str| Filter::parse(filter, moment()).unwrap().passes(&Held::new(deal.clone(), false));
        assert!(passes(word) && passes(&format!("customer:{word}")) && !passes(&format!("-{word}")), "{word} in {name}");
    }
}

#[test]
fn help_notes_and_phone_numbers_are_found() {
    use super::super::opportunity::Help;
    let mut deal = sample();
    deal.employees[0].phone = "+82 (2) 555-0199".into();
    deal.help =
        Some(Help { kind: None, note: Notes::parse("please show the warehouse demo").ok(), requested_at: None, consent: false });
    let passes = |filter: &str| Filter::parse(filter, moment()).unwrap().passes(&Held::new(deal.clone(), false));
    for word in [
        "warehouse",
        "555-0199",
        "2-555-0199",
        "5550199",
        "+82",
        "0199",
        "employee:555‑0199",
        "\"+82 (2) 555-0199\"",
        "\"555 0199\"",
    ] {
        assert!(passes(word), "{word}");
    }
    assert!(!passes("555-0198"));
}

proptest! {
    #[test]
    fn no_text_makes_the_filter_fall_over(text in "[a-z:<>.,\"0-9 -]{0,24}|.{0,16}") {
        if let Ok(filter) = Filter::parse(&text, moment()) {
            filter.passes(&Held::new(sample(), false));
        }
    }

    #[test]
    fn an_excluded_term_passes_exactly_the_others(word in "[a-z가-힣0-9]{1,4}|stage:[a-z]{0,8}|value:>[0-9]{1,9}") {
        let both = [Filter::parse(&word, moment()), Filter::parse(&format!("-{word}"), moment())];
        if let [Ok(with), Ok(without)] = both {
            prop_assert_ne!(with.passes(&Held::new(sample(), false)), without.passes(&Held::new(sample(), false)));
        }
    }
}

#[test]
fn marks_that_show_nothing_in_a_pasted_filter_change_nothing() {
    let parse = |text: &str| Filter::parse(text, moment()).unwrap();
    for marked in
        ["\u{200b}country:KR", "\u{feff}country:KR", "country:\u{200b}KR", "country:KR\u{200b}", "\u{202a}country:KR\u{202c}"]
    {
        assert_eq!(parse(marked), parse("country:KR"), "{marked:?}");
    }
}

#[test]
fn amounts_of_several_currencies_are_mixed_unless_one_is_named() {
    for (text, mixes) in [
        ("", false),
        ("erp currency:KRW", false),
        ("value:>1m", true),
        ("-value:10..20", true),
        ("value:10k|50k", true),
        ("value:>1m currency:USD", false),
        ("value:>1m currency:USD,KRW", true),
        ("value:>1m -currency:USD", true),
    ] {
        assert_eq!(Filter::parse(text, moment()).unwrap().mixes_currencies(), mixes, "{text}");
    }
}
