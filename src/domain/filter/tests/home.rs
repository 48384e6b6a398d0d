//! Amounts of a filter that are meant in the home currency.

use super::{moment, sample};
use crate::domain::contact::Person;
use crate::domain::filter::{Asking, Filter, FilterError, FilterWhy, Test};
use crate::domain::held::Held;
use crate::domain::money::{Currency, Money};
use crate::domain::rate::{Factor, HomeRates, Rate, Rates};
use crate::domain::saved_view::{SavedView, Views};

/// Read with dollars as the home currency, in which 1,400 won are one and yen have no rate.
fn read(text: &str) -> Filter {
    read_at_home(text, Some("USD")).unwrap()
}

fn read_at_home(text: &str, home: Option<&str>) -> Result<Filter, FilterError> {
    let [usd, krw] = ["USD", "KRW"].map(|code| Currency::parse(code).unwrap());
    let rate = Rate::new(*moment().today, usd, krw, Factor::parse("1400").unwrap()).unwrap();
    let rates: Rates = [rate].into_iter().collect();
    let big = SavedView { name: "big".into(), filter: "value:>50k".into(), ..SavedView::default() };
    let won = SavedView { name: "won".into(), filter: "currency:KRW".into(), ..SavedView::default() };
    let dear = SavedView { name: "dear".into(), filter: "value:>$50k".into(), ..SavedView::default() };
    let views = Views::new(vec![big, won, dear], Vec::new());
    let home = home.map(|code| HomeRates { currency: Currency::parse(code).unwrap(), on: *moment().today, rates: &rates });
    Filter::read(text, &Asking { moment: moment(), me: &Person::default(), views: &views, home, offers: None })
}

fn passes(text: &str, value: Option<(i64, &str)>) -> bool {
    let mut deal = sample();
    deal.deal.value = value.map(|(minor, code)| Money::from_minor(minor, Currency::parse(code).unwrap()));
    read(text).passes(&Held::new(deal, false))
}

#[test]
#[rustfmt::skip]
fn an_amount_without_a_currency_is_meant_in_the_home_currency() {
    for (text, value, is_in) in [
        ("value:>60k", Some((84_000_000, "KRW")), false),
        ("value:>=60k", Some((84_000_000, "KRW")), true),
        ("value:>60k", Some((84_000_001, "KRW")), true),
        ("value:>60k", Some((6_000_001, "USD")), true),
        ("value:10k..60k", Some((84_000_000, "KRW")), true),
        ("value:<1k|>50k", Some((84_000_000, "KRW")), true),
        ("-value:>50k", Some((84_000_000, "KRW")), false),
        ("view:big", Some((84_000_000, "KRW")), true),
        ("view:big", Some((60_000, "KRW")), false),
        // Yen have no rate: they are in no range, and so not in what is left out either.
        ("value:>1", Some((84_000_000, "JPY")), false),
        ("-value:>1", Some((84_000_000, "JPY")), true),
        ("value:>1", None, false),
        // A currency that is named is what is meant.
        ("value:>60k currency:KRW", Some((70_000, "KRW")), true),
        ("view:big currency:KRW", Some((60_000, "KRW")), true),
        ("value:>60k currency:JPY", Some((70_000, "JPY")), true),
        ("value:>60k currency:KRW,JPY", Some((70_000, "KRW")), false),
    ] {
        assert_eq!(passes(text, value), is_in, "{text} {value:?}");
    }
}

#[test]
fn a_filter_tells_which_currency_it_is_meant_in() {
    let told = |text: &str| read(text).home_range().map(|range| (range.home.code().to_owned(), range.oldest));
    assert_eq!(told("value:>60k"), Some(("USD".to_owned(), Some(*moment().today))));
    assert_eq!(told("view:big erp"), Some(("USD".to_owned(), Some(*moment().today))));
    assert_eq!((told("value:>60k currency:USD"), told("erp")), (None, None));
    assert!(!read("value:>60k").mixes_currencies());
}

#[test]
#[rustfmt::skip]
fn a_sign_or_a_code_beside_an_amount_is_its_currency() {
    for (text, home, currency) in [
        ("value:>₩100m", Some("USD"), "KRW"),
        ("value:>100m원", None, "KRW"),
        ("value:₩1억..2억", None, "KRW"),
        ("value:1억..₩2억", None, "KRW"),
        ("value:>KRW100m", None, "KRW"),
        ("value:>100mkrw", None, "KRW"),
        ("value:\">100m KRW\"", None, "KRW"),
        ("value:<=€1.5k", Some("USD"), "EUR"),
        ("value:>￦１００ｍ", None, "KRW"),
        ("value:>₹5lakh", None, "INR"),
        ("value:>5cr", Some("USD"), ""),
        ("value:>NT$5m", Some("USD"), "TWD"),
        ("value:>US$100k", None, "USD"),
        // A sign of several currencies is that of the home currency, or the one that currency: names.
        ("value:>$100k", Some("USD"), "USD"),
        ("value:>$100k", Some("CAD"), "CAD"),
        ("value:>$100k currency:CAD", Some("USD"), "CAD"),
        ("currency:SGD value:>$100k", None, "SGD"),
        ("value:>$100k -currency:USD currency:USD,CAD", Some("USD"), "CAD"),
        ("value:>¥5m", Some("JPY"), "JPY"),
        ("value:>¥5m currency:CNY", Some("USD"), "CNY"),
        ("value:>980万円", Some("CNY"), "JPY"),
        ("value:>100kkr", Some("SEK"), "SEK"),
        ("value:>kr100k currency:DKK", None, "DKK"),
        // What stands beside a saved view holds for the amounts in it.
        ("view:dear", Some("CAD"), "CAD"),
        ("view:dear currency:TWD", None, "TWD"),
        ("value:>₩5 view:won", None, "KRW"),
    ] {
        let filter = read_at_home(text, home).unwrap_or_else(|error| panic!("{text}: {error}"));
        let found = filter.terms.iter().find_map(|term| if let Test::ValueIn(currency, _) = &term.test { Some(currency.code()) } else { None });
        assert_eq!(found.unwrap_or_default(), currency, "{text} {home:?}");
    }
}

#[test]
fn a_currency_that_is_open_or_contradicts_is_refused_by_name() {
    let why = |text: &str, home: Option<&str>| read_at_home(text, home).unwrap_err();
    for (text, home) in
        [("value:>$100k", None), ("value:>$100k", Some("KRW")), ("-value:¥5m..", Some("USD")), ("value:>5元", None)]
    {
        let error = why(text, home);
        assert!(matches!(&error.why, FilterWhy::ManyCurrencies { of, .. } if of.len() > 1), "{text}: {error}");
        assert_eq!(error.word, text);
    }
    for text in ["value:>₩100m currency:USD", "currency:USD,EUR value:>KRW5", "value:>₩5 -currency:KRW", "value:>$5 view:won"]
    {
        let error = why(text, Some("USD"));
        assert!(matches!(error.why, FilterWhy::OtherCurrency { .. }), "{text}: {error}");
    }
    for text in ["value:$5..₩500", "value:>KRW$5", "value:>$5円"] {
        assert!(matches!(why(text, Some("USD")).why, FilterWhy::TwoCurrencies { .. }), "{text}");
    }
    for text in ["value:>100kXQQ", "value:>KRW", "value:>Q$5"] {
        assert!(matches!(why(text, Some("USD")).why, FilterWhy::NotAnAmount { .. }), "{text}");
    }
    let (first, second) = ("value:>lots contry:KR", "contry:KR value:>lots");
    assert_eq!([why(first, None).word, why(second, None).word], ["value:>lots", "contry:KR"], "the first word that is wrong");
}

#[test]
fn an_amount_of_a_currency_holds_deals_of_it_alone() {
    for (text, value, is_in) in [
        ("value:>₩100m", Some((100_000_001, "KRW")), true),
        ("value:>₩100m", Some((100_000_000, "KRW")), false),
        ("value:>₩100m", Some((100_000_001, "JPY")), false),
        ("value:>₩100m", None, false),
        ("-value:>₩100m", Some((100_000_001, "JPY")), true),
        ("value:>₩100m|>$50k", Some((5_000_001, "USD")), true),
        ("value:>₩100m|>$50k", Some((5_000_000, "USD")), false),
    ] {
        assert_eq!(passes(text, value), is_in, "{text} {value:?}");
    }
    assert!(read("value:>₩100m").home_range().is_none() && !read("value:>₩100m").mixes_currencies());
}
