//! Amounts of a filter that are meant in the home currency.

use super::{moment, sample};
use crate::domain::contact::Person;
use crate::domain::filter::{Asking, Filter};
use crate::domain::held::Held;
use crate::domain::money::{Currency, Money};
use crate::domain::rate::{Factor, HomeRates, Rate, Rates};
use crate::domain::saved_view::{SavedView, Views};

/// Read with dollars as the home currency, in which 1,400 won are one and yen have no rate.
fn read(text: &str) -> Filter {
    let [usd, krw] = ["USD", "KRW"].map(|code| Currency::parse(code).unwrap());
    let rate = Rate::new(*moment().today, usd, krw, Factor::parse("1400").unwrap()).unwrap();
    let rates: Rates = [rate].into_iter().collect();
    let big = SavedView { name: "big".into(), filter: "value:>50k".into(), ..SavedView::default() };
    let views = Views::new(vec![big], Vec::new());
    let home = HomeRates { currency: usd, on: *moment().today, rates: &rates };
    Filter::read(text, &Asking { moment: moment(), me: &Person::default(), views: &views, home: Some(home) }).unwrap()
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
