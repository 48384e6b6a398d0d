//! Which amounts of each currency come to what lies in a range of the home currency: exact bounds, nothing is rounded.

use std::ops::Bound;

use super::scale::{HomeScale, Unit};
use super::{Rates, Ratio, divided};
use crate::domain::amount::Amount;
use crate::domain::date::Date;
use crate::domain::money::{Currency, Money};

/// The home currency, and the rates of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HomeRates<'a> {
    pub currency: Currency,
    pub on: Date,
    pub rates: &'a Rates,
}

/// A range of amounts of the home currency, as what it is in each currency that has a rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeRange {
    pub home: Currency,
    /// The first and the last amount in smallest units, by the number of the currency.
    each: Vec<(Currency, i64, i64)>,
    /// The day of the oldest rate that was used; `None` where there is none.
    pub oldest: Option<Date>,
}

impl HomeRange {
    /// Returns whether an amount comes to what lies in the range; one without a rate never does.
    pub fn holds(&self, value: Money) -> bool {
        let number = |one: &(Currency, i64, i64)| one.0.number();
        let at = self.each.binary_search_by_key(&value.currency().number(), number);
        at.is_ok_and(|at| (self.each[at].1..=self.each[at].2).contains(&value.minor()))
    }

    /// Returns the first and the last amount of each currency, in smallest units.
    pub fn each(&self) -> &[(Currency, i64, i64)] {
        &self.each
    }
}

impl HomeRates<'_> {
    /// Returns what a range is in each currency that has a rate on the day. An amount lies in it where the exact fraction that it comes to
    /// does: `>100000` holds what comes to a hundred thousand and the smallest part of a unit, though it is shown rounded.
    pub fn range(&self, (from, to): &(Bound<Amount>, Bound<Amount>)) -> HomeRange {
        let mut range = HomeRange { home: self.currency, each: Vec::new(), oldest: None };
        let clamp = |minor: i128| i64::try_from(minor).unwrap_or(if minor < 0 { i64::MIN } else { i64::MAX });
        Currency::for_each(|currency| {
            let Some(floor) = self.floor(currency) else { return };
            let low = match from {
                Bound::Included(amount) => floor.of(*amount).map(|(floor, exact)| floor.saturating_add(i128::from(!exact))),
                Bound::Excluded(amount) => floor.of(*amount).map(|(floor, _)| floor.saturating_add(1)),
                Bound::Unbounded => Some(i128::MIN),
            };
            let high = match to {
                Bound::Included(amount) => floor.of(*amount).map(|(floor, _)| floor),
                Bound::Excluded(amount) => floor.of(*amount).map(|(floor, exact)| floor.saturating_sub(i128::from(exact))),
                Bound::Unbounded => Some(i128::MAX),
            };
            // What is beyond 128 bits is no amount that anybody types.
            let Some((low, high)) = low.zip(high) else { return };
            range.oldest = range.oldest.into_iter().chain(floor.on).min();
            if low <= high {
                range.each.push((currency, clamp(low), clamp(high)));
            }
        });
        range.each.sort_by_key(|(currency, ..)| currency.number());
        range
    }

    /// Returns how amounts of every currency that has a rate compare by what they come to; `None` where there are no rates at all.
    pub fn scale(&self) -> Option<HomeScale> {
        if self.rates.is_empty() {
            return None;
        }
        let (mut each, mut oldest) = (Vec::new(), None);
        Currency::for_each(|currency| {
            let Some(Floor { decimals, ratio, on }) = self.floor(currency) else { return };
            // Beyond 128 bits a currency counts as one without a rate.
            let under = 10_u128.checked_pow(decimals).and_then(|unit| ratio.under.checked_mul(unit));
            if let Some(under) = under {
                each.push(Unit { number: currency.number(), over: ratio.over, under });
                oldest = oldest.into_iter().chain(on).min();
            }
        });
        Some(HomeScale::new(self.currency, each, oldest))
    }

    fn floor(&self, currency: Currency) -> Option<Floor> {
        if currency == self.currency {
            return Some(Floor { decimals: currency.decimals(), ratio: Ratio { over: 1, under: 1 }, on: None });
        }
        let way = self.rates.way(currency, self.currency, self.on)?;
        Some(Floor { decimals: currency.decimals(), ratio: way.ratio, on: Some(way.on) })
    }
}

/// How amounts of the home currency become smallest units of another.
struct Floor {
    decimals: u32,
    /// What one unit of the other is in the home currency.
    ratio: Ratio,
    on: Option<Date>,
}

impl Floor {
    /// Returns the most smallest units that come to no more than an amount, and whether they come to exactly that.
    fn of(&self, amount: Amount) -> Option<(i128, bool)> {
        let (digits, decimals) = amount.scaled();
        let over = self.ratio.under.checked_mul(10_u128.checked_pow(self.decimals)?)?;
        let under = self.ratio.over.checked_mul(10_u128.checked_pow(decimals)?)?;
        let (whole, rest) = divided(digits.unsigned_abs(), over, under)?;
        let whole = i128::try_from(whole).ok()?;
        let exact = rest == 0;
        Some((if digits < 0 { -whole - i128::from(!exact) } else { whole }, exact))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::rate::{Factor, Rate};

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn on() -> Date {
        Date::iso("2026-11-20").unwrap()
    }

    fn rates(told: &[(&str, &str, &str)]) -> Rates {
        told.iter()
            .map(|(from, to, rate)| Rate::new(on(), currency(from), currency(to), Factor::parse(rate).unwrap()).unwrap())
            .collect()
    }

    fn amount(text: &str) -> Amount {
        Amount::machine(text).unwrap()
    }

    #[test]
    fn bounds_are_exact_and_what_has_no_rate_is_in_no_range() {
        let rates = rates(&[("USD", "KRW", "1400"), ("EUR", "USD", "1.1")]);
        let home = HomeRates { currency: currency("USD"), on: on(), rates: &rates };
        let range = home.range(&(Bound::Excluded(amount("100000")), Bound::Unbounded));
        let holds = |minor, code: &str| range.holds(Money::from_minor(minor, currency(code)));
        for (minor, code, is_in) in [
            (10_000_000, "USD", false),
            (10_000_001, "USD", true),
            (140_000_000, "KRW", false),
            (140_000_001, "KRW", true),
            // 90,909.0909… euro.
            (9_090_909, "EUR", false),
            (9_090_910, "EUR", true),
            (i64::MAX, "JPY", false),
        ] {
            assert_eq!(holds(minor, code), is_in, "{minor} {code}");
        }
        assert_eq!(range.oldest, Some(on()));
        let exactly = home.range(&(Bound::Included(amount("100000")), Bound::Included(amount("100000"))));
        assert!(exactly.holds(Money::from_minor(140_000_000, currency("KRW"))));
        assert!(!exactly.each().iter().any(|(currency, ..)| currency.code() == "EUR"), "no amount of euro is exactly that");
    }

    proptest! {
        #[test]
        fn an_amount_is_in_a_range_where_its_exact_worth_is(
            rate in (1_u64..2_000_000, 0_u32..5),
            turned in any::<bool>(),
            bound in (-2_000_000_i64..2_000_000, 0_u32..3),
            minor in -3_000_000_i64..3_000_000,
            code in prop::sample::select(vec!["KRW", "EUR", "KWD"]),
        ) {
            let factor = format!("{}.{:0width$}", rate.0 / 10_u64.pow(rate.1), rate.0 % 10_u64.pow(rate.1), width = rate.1.max(1) as usize);
            let told = if turned { ("USD", code, factor.as_str()) } else { (code, "USD", factor.as_str()) };
            let Ok(_) = Factor::parse(&factor) else { return Ok(()) };
            let all = rates(&[told]);
            let home = HomeRates { currency: currency("USD"), on: on(), rates: &all };
            let sign = if bound.0 < 0 { "-" } else { "" };
            let (whole, part) = (bound.0.unsigned_abs() / 10_u64.pow(bound.1), bound.0.unsigned_abs() % 10_u64.pow(bound.1));
            let text = if bound.1 == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0width$}", width = bound.1 as usize) };
            let limit = amount(&text);
            // worth = minor / 10^decimals * factor, limit = bound / 10^places: cross-multiplied in whole numbers.
            let (over, under) = (i128::from(rate.0), 10_i128.pow(rate.1));
            let (over, under) = if turned { (under, over) } else { (over, under) };
            let worth = i128::from(minor) * over * 10_i128.pow(bound.1);
            let other = i128::from(bound.0) * under * 10_i128.pow(currency(code).decimals());
            let value = Money::from_minor(minor, currency(code));
            let within = |from, to| home.range(&(from, to)).holds(value);
            prop_assert_eq!(within(Bound::Excluded(limit), Bound::Unbounded), worth > other);
            prop_assert_eq!(within(Bound::Included(limit), Bound::Unbounded), worth >= other);
            prop_assert_eq!(within(Bound::Unbounded, Bound::Excluded(limit)), worth < other);
            prop_assert_eq!(within(Bound::Unbounded, Bound::Included(limit)), worth <= other);
        }
    }
}
