//! What deals come to, in words: in the home currency where all of it can be converted, else currency by currency.

use super::sentences::Sentences;
use crate::domain::filter::Filter;
use crate::domain::money::Currency;
use crate::domain::query::Order;
use crate::domain::rate::{HomeRange, HomeScale};
use crate::domain::sums::{Home, Sums, Total};
use crate::domain::typed::Typed;
use crate::insight::{InHome, Worth};

/// What is said of an amount.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// What it comes to in the home currency, with each currency behind it.
    pub says: String,
    /// The same in the home currency alone; `None` where nothing was converted.
    pub short: Option<String>,
}

impl From<String> for Told {
    fn from(says: String) -> Self {
        Self { says, short: None }
    }
}

impl Told {
    /// Says both of it otherwise; `None` where there is nothing to say.
    pub(super) fn map_some(self, tell: impl Fn(String) -> String) -> Option<Self> {
        (!self.says.is_empty()).then(|| Self { short: self.short.map(&tell), says: tell(self.says) })
    }

    /// Joins two.
    pub(super) fn with(&self, other: &Self, join: impl Fn(&str, &str) -> String) -> Self {
        let has_short = self.short.is_some() || other.short.is_some();
        Self { says: join(&self.says, &other.says), short: has_short.then(|| join(self.shortly(), other.shortly())) }
    }

    fn shortly(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.says)
    }
}

impl Sentences {
    /// Returns what deals come to, currency by currency, and how many have no value.
    pub fn totals(&self, sums: &Sums) -> String {
        self.told(sums, None).says
    }

    /// Says which currency the amounts of a filter are meant in, and how old the rates are at most.
    pub fn filter_home(&self, range: &HomeRange) -> String {
        let code = range.home.code();
        range
            .oldest
            .map_or_else(|| self.filter_in_home_alone(code), |oldest| self.filter_in_home(code, self.weekday_and_date(oldest)))
    }

    /// Says what the amounts of a filter are meant in, where the home currency has to do with it: that, or each its own without any rate, which
    /// the import box brings, by its key where the desk says so.
    pub fn filter_meant(&self, filter: &Filter, home: Option<Currency>, import: Option<&str>) -> Option<String> {
        match filter.home_range() {
            Some(range) => Some(self.filter_home(range)),
            None => home.filter(|_| filter.mixes_currencies()).map(|home| match import {
                Some(key) => self.filter_no_rates_desk(home.code(), key),
                None => self.filter_no_rates(home.code()),
            }),
        }
    }

    /// Says how a day of a filter was read that can be another one too.
    pub fn day_of_filter(&self, typed: &str, day: Typed) -> String {
        self.day_read(self.typed_date(day), typed)
    }

    /// Tells a filter as it was typed, with what its amounts are meant in; nothing where nothing was typed.
    pub fn filter_told(&self, typed: &str, filter: &Filter) -> Option<String> {
        let told = Some(typed).filter(|typed| !typed.is_empty()).map(|typed| self.review_filter(typed))?;
        Some(match filter.home_range() {
            Some(HomeRange { home, oldest: Some(oldest), .. }) => {
                self.filter_told_home(home.code(), self.weekday_and_date(*oldest), told)
            }
            Some(range) => self.filter_told_home_alone(range.home.code(), told),
            None if filter.mixes_currencies() => self.filter_told_own(told),
            None => told,
        })
    }

    /// Says in which currency an order by value compares, and how old the rates are at most.
    pub fn sorted_home(&self, scale: &HomeScale, order: Order) -> String {
        let code = scale.home.code();
        match (scale.oldest.map(|oldest| self.weekday_and_date(oldest)), order.reversed) {
            (Some(day), false) => self.sorted_in_home(code, day),
            (Some(day), true) => self.sorted_in_home_reversed(code, day),
            (None, false) => self.sorted_in_home_alone(code),
            (None, true) => self.sorted_in_home_alone_reversed(code),
        }
    }

    /// Returns what deals come to, and how many have no value.
    pub(super) fn told(&self, sums: &Sums, home: Option<&InHome>) -> Told {
        let totals = self.amounts(&sums.totals(), home.map(|home| home.sums(sums)));
        let without = Some(sums.without_value).filter(|n| *n > 0).map(|n| self.review_without_value(self.number(n)));
        match without {
            Some(without) if totals.says.is_empty() => without.into(),
            Some(without) => totals.with(&without.into(), |totals, without| format!("{totals}, {without}")),
            None => totals,
        }
    }

    /// Returns what deals come to, and what is to be expected of them.
    pub(super) fn worth(&self, worth: &Worth, home: Option<&InHome>) -> Told {
        let weighted: Vec<Total> = worth.weighted().into_iter().filter(|total| total.minor != 0).collect();
        let sums = self.told(&worth.sums, home);
        if weighted.is_empty() {
            return sums;
        }
        let expected = self.amounts(&weighted, home.map(|home| home.weighted(worth)));
        sums.with(&expected, |sums, expected| self.review_worth(sums, expected))
    }

    fn amounts(&self, totals: &[Total], home: Option<Home>) -> Told {
        // A sign stays beside its amount where a line is broken.
        let amount = |currency, minor| self.money_short(currency, minor).replace(' ', "\u{a0}");
        let each = totals.iter().map(|total| amount(total.currency, total.minor)).collect::<Vec<_>>().join(" + ");
        // Without a rate that was used all of it is in the home currency already.
        let whole = home.filter(|home| home.oldest.is_some()).and_then(|home| Some((home.currency, home.whole()?)));
        let Some((currency, minor)) = whole else { return each.into() };
        let short = self.review_in_home(amount(currency, minor)).replace(' ', "\u{a0}");
        Told { says: self.review_in_home_each(each, &short), short: Some(short) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::money::Money;
    use crate::domain::rate::{Factor, Rate};
    use crate::i18n::Language;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[test]
    #[rustfmt::skip]
    fn all_of_it_is_told_in_the_home_currency_or_none() {
        let on = Date::iso("2026-11-20").unwrap();
        let rate = Rate::new(on, currency("USD"), currency("KRW"), Factor::parse("1000").unwrap()).unwrap();
        let home = InHome { currency: currency("USD"), on, rates: [rate].into_iter().collect() };
        let s = Sentences::new(Language::ENGLISH);
        for (values, says, short) in [
            (vec![Some((10_000, "USD"))], "$ 100, expected $ 50", None),
            (vec![Some((84_000_000, "KRW")), None], "≈ $ 84K (₩ 84M), 1 without a value, expected ≈ $ 42K (₩ 42M)", Some("≈ $ 84K, 1 without a value, expected ≈ $ 42K")),
            (vec![Some((1_000, "KRW")), Some((100, "USD"))], "≈ $ 2 (₩ 1K + $ 1), expected ≈ $ 1 (₩ 500 + $ 0.5)", Some("≈ $ 2, expected ≈ $ 1")),
            (vec![Some((84_000_000, "KRW")), Some((10_000, "EUR"))], "€ 100 + ₩ 84M, expected € 50 + ₩ 42M", None),
            (vec![None], "1 without a value", None),
            (vec![], "", None),
        ] {
            let mut worth = Worth::default();
            let money = |(minor, code): (i64, &str)| Money::from_minor(minor, currency(code));
            values.into_iter().for_each(|value| worth.add(value.map(money), 50));
            let told = s.worth(&worth, Some(&home));
            let plain = |text: String| text.replace('\u{a0}', " ");
            assert_eq!((plain(told.says).as_str(), told.short.map(plain).as_deref()), (says, short));
        }
    }
}
