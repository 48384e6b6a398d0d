//! Rates as they are written and looked up, and what amounts come to by them, against fractions worked out by hand and properties.

use proptest::prelude::*;

use super::*;
use crate::domain::money::Money;
use crate::domain::sums::Sums;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn day(text: &str) -> Date {
    Date::iso(text).unwrap()
}

fn rates(all: &[(&str, &str, &str, &str)]) -> Rates {
    let rate = |(on, from, to, rate): &(&str, &str, &str, &str)| {
        Rate::new(day(on), currency(from), currency(to), Factor::parse(rate).unwrap()).unwrap()
    };
    all.iter().map(rate).collect()
}

fn converted(rates: &Rates, minor: i128, from: &str, to: &str, on: &str) -> Option<(i128, Option<String>)> {
    let found = rates.convert_minor(minor, currency(from), currency(to), day(on))?;
    Some((found.minor, found.on.map(|on| on.naive().to_string())))
}

#[test]
fn rates_are_read_as_people_write_them() {
    for (typed, expected) in [
        ("1.0842", "1.0842"),
        ("1,0842", "1.0842"),
        ("1.084", "1.084"),
        ("1.0840", "1.084"),
        ("1385", "1385"),
        ("1,385.20", "1385.2"),
        ("1.385,20", "1385.2"),
        ("1 385,2", "1385.2"),
        ("0,00072", "0.00072"),
        ("１．０８４２", "1.0842"),
        ("0.000000000001", "0.000000000001"),
        ("12345678901234567", "12345678901234567"),
    ] {
        assert_eq!(Factor::parse(typed).map(|rate| rate.to_string()).as_deref(), Ok(expected), "{typed}");
        assert_eq!(Factor::parse(expected).unwrap(), Factor::parse(typed).unwrap());
    }
    for typed in ["0", "0.0", "-1.2", "1.2k", "$1.2", "N/A", "1.2.3", "1,08,42", "0.0000000000001", "123456789012345678", "1e3"] {
        assert_eq!(Factor::parse(typed), Err(Invalid::NotARate(typed.into())), "{typed}");
    }
    assert_eq!(Factor::parse(" "), Err(Invalid::Missing));
}

#[test]
fn a_comma_before_three_digits_is_settled_by_the_file_alone() {
    let both = Invalid::TwoReadings { one: "1385".into(), other: "1.385".into() };
    assert_eq!(Factor::parse("1,385"), Err(both));
    let read = |mark| Factor::in_file("1,385", Some(mark)).unwrap().to_string();
    assert_eq!((read(Mark::Comma).as_str(), read(Mark::Point).as_str()), ("1.385", "1385"));
    for (typed, mark) in
        [("1,0842", Some(Mark::Comma)), ("1.0842", Some(Mark::Point)), ("1,385", None), ("1.385", None), ("1385", None)]
    {
        assert_eq!(Factor::proves(typed), mark, "{typed}");
    }
}

#[test]
fn an_amount_is_converted_straight_turned_round_or_over_a_third_currency() {
    let rates = rates(&[
        ("2026-11-20", "EUR", "USD", "1.0842"),
        ("2026-11-20", "EUR", "KRW", "1502.61"),
        ("2026-11-20", "EUR", "KWD", "0.333"),
    ]);
    let on = Some("2026-11-20".to_owned());
    for (minor, from, to, expected) in [
        (10_000, "EUR", "USD", 10_842),
        (10_842, "USD", "EUR", 10_000),
        (100, "USD", "KRW", 1_386), // 1385.92…
        (1_000_000, "KRW", "USD", 72_154),
        (-10_000, "EUR", "USD", -10_842),
        (1_000, "KWD", "EUR", 300),
        (0, "USD", "KRW", 0),
    ] {
        assert_eq!(converted(&rates, minor, from, to, "2026-11-22"), Some((expected, on.clone())), "{minor} {from} {to}");
    }
    assert_eq!(converted(&rates, 100, "EUR", "USD", "2026-11-19"), None, "before the first rate");
    assert_eq!(converted(&rates, 100, "CHF", "USD", "2026-11-22"), None, "a currency without a rate");
    assert_eq!(converted(&Rates::default(), 7, "CHF", "CHF", "2026-11-22"), Some((7, None)));
}

#[test]
fn halves_go_to_the_even_neighbour_and_only_once() {
    let rates = rates(&[("2026-01-02", "EUR", "JPY", "0.5"), ("2026-01-02", "EUR", "XOF", "1.5")]);
    for (euros, yen) in [(1, 0), (3, 2), (5, 2), (7, 4), (-3, -2), (-5, -2)] {
        assert_eq!(converted(&rates, euros * 100, "EUR", "JPY", "2026-01-02").unwrap().0, yen, "{euros}");
    }
    // By way of whole euros one yen would be 2 EUR and 3 XOF exactly; half a yen is not lost on the way.
    assert_eq!(converted(&rates, 1, "JPY", "XOF", "2026-01-02").unwrap().0, 3);
    assert_eq!(converted(&rates, 1, "XOF", "JPY", "2026-01-02").unwrap().0, 0, "a third");
}

#[test]
fn the_latest_rate_counts_and_of_two_ways_the_one_that_is_not_out_of_date() {
    let rates = rates(&[
        ("2024-01-02", "USD", "KRW", "1300"),
        ("2026-11-18", "EUR", "USD", "1"),
        ("2026-11-20", "EUR", "USD", "2"),
        ("2026-11-19", "EUR", "KRW", "3000"),
    ]);
    let told = |on| converted(&rates, 100, "USD", "KRW", on).map(|(minor, on)| (minor, on.unwrap()));
    assert_eq!(told("2026-11-25"), Some((1_500, "2026-11-19".into())), "the older of the two days is told");
    assert_eq!(told("2026-11-18"), Some((1_300, "2024-01-02".into())), "no won in euro yet");
    assert_eq!(told("2023-01-01"), None);
    // As new: the straight rate.
    let mut both = rates.clone();
    both.add(Rate::new(day("2026-11-19"), currency("USD"), currency("KRW"), Factor::parse("1400").unwrap()).unwrap());
    assert_eq!(converted(&both, 100, "USD", "KRW", "2026-11-25").unwrap().0, 1_400);
    // Of a pair and its inverse the newer one.
    both.add(Rate::new(day("2026-11-24"), currency("KRW"), currency("USD"), Factor::parse("0.001").unwrap()).unwrap());
    assert_eq!(converted(&both, 100, "USD", "KRW", "2026-11-25").unwrap().0, 1_000);
}

#[test]
fn a_currency_has_no_rate_with_itself() {
    let one = Factor::parse("1").unwrap();
    assert_eq!(Rate::new(day("2026-01-01"), currency("EUR"), currency("EUR"), one), Err(Invalid::SameCurrency(currency("EUR"))));
}

fn sums(values: &[(i64, &str)]) -> Sums {
    values.iter().map(|(minor, code)| Some(Money::from_minor(*minor, currency(code)))).collect()
}

#[test]
fn sums_come_to_a_total_in_the_home_currency_only_where_each_currency_has_a_rate() {
    let rates = rates(&[("2026-11-20", "EUR", "USD", "1.25"), ("2026-11-19", "EUR", "KRW", "1250")]);
    let home = |values: &[(i64, &str)]| sums(values).home(&rates, currency("USD"), day("2026-11-25"));
    let all = home(&[(10_000, "USD"), (8_000, "EUR"), (500_000, "KRW"), (500_000, "KRW")]);
    assert_eq!((all.whole(), all.oldest), (Some(10_000 + 10_000 + 100_000), Some(day("2026-11-19"))));
    let some = home(&[(10_000, "USD"), (7, "CHF"), (9, "JPY"), (8_000, "EUR")]);
    assert_eq!((some.whole(), some.missing.clone()), (None, vec![currency("CHF"), currency("JPY")]));
    assert_eq!(some.minor, 20_000, "what has a rate");
    let own = home(&[(10_000, "USD")]);
    assert_eq!((own.whole(), own.oldest), (Some(10_000), None));
    assert_eq!(home(&[]).whole(), Some(0));
}

fn factor() -> impl Strategy<Value = Factor> {
    (1_u64..DIGITS, 0..=DECIMALS).prop_map(|(digits, decimals)| {
        let written = Factor { digits, decimals }.to_string();
        Factor::in_file(&written, None).unwrap()
    })
}

fn code() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["USD", "JPY", "KRW", "KWD", "EUR", "CLF"])
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(rate in factor()) {
        prop_assert_eq!(Factor::parse(&rate.to_string()), Ok(rate));
    }

    #[test]
    fn a_currency_stays_what_it_is(minor in any::<i64>(), code in code(), rate in factor()) {
        let (one, other) = (currency(code), currency("CHF"));
        let rates: Rates = [Rate { on: day("2026-01-01"), from: one, to: other, rate }].into_iter().collect();
        let same = rates.convert_minor(minor.into(), one, one, day("2026-01-02")).unwrap();
        prop_assert_eq!((same.minor, same.on), (i128::from(minor), None));
    }

    /// There and back is off by at most what rounding to the coarser of the two units is worth.
    #[test]
    fn there_and_back_is_the_same_within_rounding(minor in -1_000_000_000_i64..1_000_000_000, digits in 1_000_u64..1_000_000, turned in any::<bool>()) {
        let (euro, dollar) = (currency("EUR"), currency("USD"));
        let rate = Factor::parse(&Factor { digits, decimals: 4 }.to_string()).unwrap();
        let (from, to) = if turned { (dollar, euro) } else { (euro, dollar) };
        let rates: Rates = [Rate { on: day("2026-01-01"), from, to, rate }].into_iter().collect();
        let on = day("2026-01-01");
        let there = rates.convert_minor(minor.into(), euro, dollar, on).unwrap().minor;
        let back = rates.convert_minor(there, dollar, euro, on).unwrap().minor;
        // Half a cent there is worth so many cents back, and half a cent more.
        let (over, under) = (u128::from(digits), 10_000);
        let worth = i128::try_from(if turned { over.div_ceil(2 * under) } else { (under).div_ceil(2 * over) }).unwrap() + 1;
        prop_assert!((back - i128::from(minor)).abs() <= worth, "{minor} {there} {back} {worth}");
    }

    /// The sum of a currency is converted once, so it is never off by more than half a unit, whatever the number of deals.
    #[test]
    fn a_sum_is_off_from_its_converted_parts_by_half_a_unit_each_at_most(values in prop::collection::vec(-1_000_000_i64..1_000_000, 1..40), rate in 1_u64..5_000_000) {
        let rate = Factor::parse(&Factor { digits: rate, decimals: 3 }.to_string()).unwrap();
        let (won, dollar, on) = (currency("KRW"), currency("USD"), day("2026-01-01"));
        let rates: Rates = [Rate { on, from: dollar, to: won, rate }].into_iter().collect();
        let sums: Sums = values.iter().map(|minor| Some(Money::from_minor(*minor, won))).collect();
        let whole = sums.home(&rates, dollar, on).whole().unwrap();
        let parts: i128 = values.iter().map(|minor| rates.convert_minor((*minor).into(), won, dollar, on).unwrap().minor).sum();
        prop_assert!((whole - parts).unsigned_abs() <= values.len() as u128 / 2 + 1);
    }

    #[test]
    fn a_currency_without_a_rate_is_told_and_never_added(known in -1_000_000_i64..1_000_000, unknown in 1_i64..1_000_000) {
        let sums = sums(&[(known, "EUR"), (unknown, "CHF"), (known, "USD")]);
        let home = sums.home(&rates(&[("2026-01-01", "EUR", "USD", "1")]), currency("USD"), day("2026-01-01"));
        prop_assert_eq!((home.whole(), home.minor, home.missing), (None, 2 * i128::from(known), vec![currency("CHF")]));
    }

    /// The long division against plain arithmetic where that suffices, and never a fall.
    #[test]
    fn the_division_is_exact(number in 0_u128..1 << 60, over in 1_u128..1 << 60, under in 1_u128..1 << 100, large in any::<(u128, u128)>()) {
        let (all, rest) = (number * over / under, number * over % under);
        let up = rest * 2 > under || (rest * 2 == under && all % 2 == 1);
        prop_assert_eq!(scaled(number, over, under), Some(all + u128::from(up)));
        let _ = scaled(large.0, large.1, under);
        prop_assert_eq!(scaled(large.0, large.1.max(1), large.1.max(1)), Some(large.0));
    }

    /// The largest sums by the longest rates over a third currency.
    #[test]
    fn nothing_that_is_kept_is_too_large_to_be_converted(a in factor(), b in factor(), minor in 0..=1_000_000_000_000_i128) {
        let on = day("2026-01-01");
        let all = [Rate { on, from: currency("EUR"), to: currency("USD"), rate: a }, Rate { on, from: currency("EUR"), to: currency("CLF"), rate: b }];
        let rates: Rates = all.into_iter().collect();
        let exact = Ratio { over: u128::from(b.digits) * 10_u128.pow(a.decimals), under: u128::from(a.digits) * 10_u128.pow(b.decimals) };
        let (over, under) = (exact.over * 10_u128.pow(4), exact.under * 100);
        let found = rates.convert_minor(minor, currency("USD"), currency("CLF"), on).map(|found| found.minor);
        prop_assert_eq!(found, scaled(minor.unsigned_abs(), over, under).and_then(|minor| i128::try_from(minor).ok()));
    }
}

#[test]
fn commas_that_group_prove_no_decimal_comma() {
    assert_eq!(Factor::proves("1,385,200"), Amount::parse("1,385,200").unwrap().proves());
    assert_ne!(Factor::proves("1,385,200"), Some(Mark::Comma));
    assert_eq!(Factor::proves("1,0842"), Some(Mark::Comma));
}
