//! How amounts of several currencies compare by what they come to in the home currency: exact fractions, nothing is rounded.

use std::cmp::Ordering;

use super::{divided_whole, product};
use crate::domain::date::Date;
use crate::domain::money::{Currency, Money};

/// What the smallest unit of a currency comes to in the home currency: a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// The number of the currency.
    pub number: u16,
    pub over: u128,
    pub under: u128,
}

/// What amounts come to in the home currency by the rates of a day, to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeScale {
    pub home: Currency,
    /// Of each currency that has a rate, by its number.
    each: Vec<Unit>,
    /// The day of the oldest rate that was used; `None` where there is none.
    pub oldest: Option<Date>,
}

impl HomeScale {
    pub(super) fn new(home: Currency, mut each: Vec<Unit>, oldest: Option<Date>) -> Self {
        each.sort_by_key(|unit| unit.number);
        Self { home, each, oldest }
    }

    /// Returns what an amount comes to; `None` where its currency has no rate.
    pub fn worth(&self, value: Money) -> Option<Worth> {
        let unit = self.unit(value.currency())?;
        let (whole, rest) = divided_whole(value.minor().unsigned_abs().into(), unit.over, unit.under);
        Some(Worth { negative: value.minor() < 0, whole, rest, under: unit.under })
    }

    /// Returns whether a currency has a rate.
    pub fn knows(&self, currency: Currency) -> bool {
        self.unit(currency).is_some()
    }

    /// Returns the most of so many smallest units of a currency that comes to no more than something does, and whether it comes to exactly
    /// that; `None` where all of them come to more, or the currency has no rate.
    pub fn most(&self, worth: &Worth, currency: Currency, (first, last): (i64, i64)) -> Option<(i64, bool)> {
        let comes_to = |minor| self.worth(Money::from_minor(minor, currency));
        let (mut from, mut to) = (first, last.checked_add(1)?);
        while from < to {
            let middle = from + (to - from) / 2;
            if comes_to(middle)? <= *worth {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        let most = from.checked_sub(1).filter(|most| *most >= first)?;
        Some((most, comes_to(most)? == *worth))
    }

    fn unit(&self, currency: Currency) -> Option<&Unit> {
        self.each.binary_search_by_key(&currency.number(), |unit| unit.number).ok().map(|at| &self.each[at])
    }
}

/// What an amount comes to in the home currency, exactly.
#[derive(Debug, Clone, Copy)]
pub struct Worth {
    negative: bool,
    /// Whole units: the upper and the lower half.
    whole: (u128, u128),
    /// What is left of one, as a fraction.
    rest: u128,
    under: u128,
}

impl Ord for Worth {
    fn cmp(&self, other: &Self) -> Ordering {
        let rests = || product(self.rest, other.under).cmp(&product(other.rest, self.under));
        let sizes = || self.whole.cmp(&other.whole).then_with(rests);
        match (self.negative, other.negative) {
            (false, false) => sizes(),
            (true, true) => sizes().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Worth {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Worth {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Worth {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Factor, HomeRates, Rate, Rates};
    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn scale(told: &[(&str, &str, &str)]) -> HomeScale {
        let on = Date::iso("2026-11-20").unwrap();
        let rate = |(from, to, rate): &(&str, &str, &str)| {
            Rate::new(on, currency(from), currency(to), Factor::parse(rate).unwrap()).unwrap()
        };
        let rates: Rates = told.iter().map(rate).collect();
        HomeRates { currency: currency("USD"), on, rates: &rates }.scale().unwrap()
    }

    fn money(minor: i64, code: &str) -> Money {
        Money::from_minor(minor, currency(code))
    }

    #[test]
    fn amounts_compare_by_the_smallest_part_of_a_unit() {
        let scale = scale(&[("USD", "KRW", "1400"), ("EUR", "USD", "1.1"), ("USD", "JPY", "3")]);
        let worth = |minor, code| scale.worth(money(minor, code)).unwrap();
        assert_eq!(worth(140_000_000, "KRW"), worth(10_000_000, "USD"));
        assert!(worth(140_000_001, "KRW") > worth(10_000_000, "USD"));
        assert!(worth(9_090_909, "EUR") < worth(10_000_000, "USD") && worth(9_090_910, "EUR") > worth(10_000_000, "USD"));
        assert!(worth(-1, "KRW") < worth(0, "USD") && worth(-1, "USD") < worth(-1, "KRW"));
        assert_eq!(worth(0, "KRW"), worth(0, "EUR"));
        assert!(scale.worth(money(1, "GBP")).is_none() && !scale.knows(currency("GBP")));
        // A third of a dollar is three thirds of nothing that dollars have.
        assert_eq!(scale.most(&worth(1, "JPY"), currency("USD"), (-100, 100)), Some((33, false)));
        assert_eq!(scale.most(&worth(3, "JPY"), currency("USD"), (-100, 100)), Some((100, true)));
        assert_eq!(scale.most(&worth(-3, "JPY"), currency("USD"), (-99, 100)), None);
    }

    #[test]
    fn the_longest_rates_and_amounts_there_are_have_a_place_too() {
        let long = [("USD", "KWD", "99999999999999999"), ("USD", "CLF", "0.000000000001"), ("KWD", "EUR", "0.000000000003")];
        let scale = scale(&long);
        let most = 1_i64 << 52;
        let all = ["USD", "KWD", "CLF", "EUR"].map(|code| [-most, -1, 0, 1, most].map(|minor| scale.worth(money(minor, code))));
        for each in all {
            assert!(each.iter().all(Option::is_some) && each.is_sorted_by(|a, b| a < b), "{each:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_rates_the_order_is_that_of_the_exact_worth(
            rates in prop::collection::vec((1_u64..5_000_000, 0_u32..6, any::<bool>()), 3),
            one in (-3_000_000_i64..3_000_000, 0_usize..4),
            other in (-3_000_000_i64..3_000_000, 0_usize..4),
        ) {
            const CODES: [&str; 4] = ["USD", "KRW", "EUR", "KWD"];
            let told: Vec<(u64, u32, bool, String)> = rates
                .iter()
                .map(|(digits, places, turned)| {
                    let unit = 10_u64.pow(*places);
                    (*digits, *places, *turned, format!("{}.{:0width$}", digits / unit, digits % unit, width = (*places).max(1) as usize))
                })
                .collect();
            let pairs: Vec<(&str, &str, &str)> = told
                .iter()
                .zip(&CODES[1..])
                .map(|((.., turned, factor), code)| if *turned { ("USD", *code, factor.as_str()) } else { (*code, "USD", factor.as_str()) })
                .collect();
            let scale = scale(&pairs);
            // What it comes to as `over / under`, both within 128 bits for these.
            let fraction = |(minor, at): (i64, usize)| -> (i128, i128) {
                let units = 10_i128.pow(currency(CODES[at]).decimals());
                if at == 0 {
                    return (minor.into(), units);
                }
                let (digits, places, turned, _) = &told[at - 1];
                let (over, under) = (i128::from(*digits), 10_i128.pow(*places));
                let (over, under) = if *turned { (under, over) } else { (over, under) };
                (i128::from(minor) * over, units * under)
            };
            let ((a, b), (c, d)) = (fraction(one), fraction(other));
            let worth = |(minor, at): (i64, usize)| scale.worth(money(minor, CODES[at])).unwrap();
            prop_assert_eq!(worth(one).cmp(&worth(other)), (a * d).cmp(&(c * b)));
            let within = (-4_000_000, 4_000_000);
            let code = currency(CODES[other.1]);
            let of = |minor| scale.worth(Money::from_minor(minor, code)).unwrap();
            match scale.most(&worth(one), code, within) {
                Some((most, exactly)) => {
                    prop_assert!(of(most) <= worth(one) && (most == within.1 || of(most + 1) > worth(one)));
                    prop_assert_eq!(exactly, of(most) == worth(one));
                }
                None => prop_assert!(of(within.0) > worth(one)),
            }
        }
    }
}
