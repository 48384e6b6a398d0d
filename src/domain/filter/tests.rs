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

fn moment() -> Moment {
    Moment {
        now: Timestamp::parse("2026-11-21T08:00:00Z").unwrap(),
        today: Date::iso("2026-11-21").unwrap(),
        zone: crate::domain::date::Zone::UTC,
    }
}

fn sample() -> Opportunity {
    let mut sample = received();
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
        ("due:<5d", true),
        ("due:<4d", false),
        ("due:>4d", true),
        ("received:<10d", true),
        ("received:<9d", false),
        ("received:>9d", true),
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
        FilterWhy::UnknownValue { key: "stage", value: "open".into(), allowed: vec!["received", "accepted", "archived"] }
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
        FilterWhy::UnknownValue { key: "favorite", value: "maybe".into(), allowed: vec!["yes", "no"] }
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
        ("due:today|<5d", true),
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
        ("2026-11-21T01:00:00Z", "2026-11-20", -10, "2026-11-17", false),
        ("2026-11-20T23:00:00Z", "2026-11-21", 9, "2026-11-18", false),
        ("2026-11-20T23:00:00Z", "2026-11-21", 9, "2026-11-19", true),
    ] {
        let zone = Zone::always(Span::seconds(hours * 3_600));
        let moment = Moment { now: Timestamp::parse(now).unwrap(), today: Date::iso(today).unwrap(), zone };
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
fn the_owner_and_the_next_step_are_asked_for() {
    let mut deal = sample();
    let passes =
        |deal: &Opportunity, filter: &str| Filter::parse(filter, moment()).unwrap().passes(&Held::new(deal.clone(), false));
    for (filter, expected) in [
        ("owner:김민준", true),
        ("owner:minjun.kim@p.example", true),
        ("owner:ana,민준", true),
        ("owner:ana", false),
        ("owner:none", false),
        ("-owner:none", true),
        ("next:no", true),
        ("next:yes", false),
        ("-next:overdue", true),
    ] {
        assert_eq!(passes(&deal, filter), expected, "{filter}");
    }
    deal.employees.clear();
    assert!(passes(&deal, "owner:none") && !passes(&deal, "owner:민준"));
    deal.next =
        Some(crate::domain::ours::NextStep { text: Line::parse("전화").unwrap(), on: Date::iso("2026-11-23").unwrap() });
    for (filter, expected) in [
        ("next:yes 전화", true),
        ("next:<3d", true),
        ("next:<2d", false),
        ("next:<=2d", true),
        ("next:today|2026-11-23", true),
        ("next:overdue", false),
        ("next:this-month", true),
    ] {
        assert_eq!(passes(&deal, filter), expected, "{filter}");
    }
    let why = |filter: &str| Filter::parse(filter, moment()).unwrap_err().why;
    assert_eq!(why("owner:me"), FilterWhy::NoMe);
    assert_eq!(why("next:someday"), FilterWhy::NotADate { key: "next", value: "someday".into() });
    assert_eq!(why("owner:"), FilterWhy::NoValue { key: "owner" });
    let me = Person { email: "MINJUN.KIM@p.example".into(), ..Person::default() };
    let mine = Filter::parse_for("owner:me", moment(), &me).unwrap();
    assert!(mine.passes(&Held::new(sample(), false)) && !mine.passes(&Held::new(deal, false)));
}
