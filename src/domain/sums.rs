//! How many deals there are and what they come to, currency by currency, and by rates in one; the rates are `rate.rs`.

use super::date::Date;
use super::money::{Currency, Money};
use super::rate::Rates;

/// What several deals come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// All deals, those without a value too.
    pub count: u64,
    pub without_value: u64,
    /// By the number of the currency.
    totals: Vec<Total>,
}

/// The deals of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    pub currency: Currency,
    pub count: u64,
    /// In smallest units; of many deals more than [`Money`] holds.
    pub minor: i128,
}

/// What deals of several currencies come to in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    pub currency: Currency,
    /// Of the currencies that have a rate, in smallest units.
    pub minor: i128,
    /// The currencies without one, by their codes: what they come to is not in `minor`.
    pub missing: Vec<Currency>,
    /// The day of the oldest rate that was used; `None` where nothing had to be converted.
    pub oldest: Option<Date>,
}

impl Home {
    /// Returns what all of it comes to; `None` where a currency has no rate.
    pub fn whole(&self) -> Option<i128> {
        self.missing.is_empty().then_some(self.minor)
    }
}

impl Sums {
    /// Returns what all come to in a currency by the rates of a day. What each currency comes to is converted once: so the total is off
    /// by half a smallest unit for each currency at most, however many deals there are.
    pub fn home(&self, rates: &Rates, currency: Currency, on: Date) -> Home {
        let mut home = Home { currency, minor: 0, missing: Vec::new(), oldest: None };
        for total in &self.totals {
            let found = rates.convert_minor(total.minor, total.currency, currency, on);
            match found.and_then(|found| Some((home.minor.checked_add(found.minor)?, found.on))) {
                Some((minor, on)) => {
                    home.minor = minor;
                    home.oldest = home.oldest.into_iter().chain(on).min();
                }
                None => home.missing.push(total.currency),
            }
        }
        home.missing.sort_by_key(|currency| currency.code());
        home
    }

    /// Returns whether there is more than one currency.
    pub const fn are_mixed(&self) -> bool {
        self.totals.len() > 1
    }

    /// Adds one deal.
    pub fn add(&mut self, value: Option<Money>) {
        self.add_times(value, 1);
    }

    /// Adds one deal with so many times its value.
    pub fn add_times(&mut self, value: Option<Money>, times: i128) {
        self.count += 1;
        let Some(value) = value else {
            self.without_value += 1;
            return;
        };
        self.add_total(Total { currency: value.currency(), count: 1, minor: i128::from(value.minor()) * times });
    }

    /// Adds what others come to.
    pub fn add_all(&mut self, other: &Self) {
        self.count += other.count;
        self.without_value += other.without_value;
        other.totals.iter().for_each(|total| self.add_total(*total));
    }

    fn add_total(&mut self, more: Total) {
        let currency = more.currency;
        // There are few currencies: each is looked at sooner than its number is found out.
        let known = self.totals.iter().position(|total| total.currency == currency);
        let at = known.unwrap_or_else(|| {
            let at = self.totals.partition_point(|total| total.currency.number() < currency.number());
            self.totals.insert(at, Total { currency, count: 0, minor: 0 });
            at
        });
        let total = &mut self.totals[at];
        total.count += more.count;
        total.minor += more.minor;
    }

    /// Returns the totals, the currency of most deals first.
    pub fn totals(&self) -> Vec<Total> {
        let mut totals = self.totals.clone();
        totals.sort_by(|a, b| b.count.cmp(&a.count).then(a.currency.code().cmp(b.currency.code())));
        totals
    }
}

impl FromIterator<Option<Money>> for Sums {
    fn from_iter<I: IntoIterator<Item = Option<Money>>>(values: I) -> Self {
        let mut sums = Self::default();
        values.into_iter().for_each(|value| sums.add(value));
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = (u64, u64, Vec<(&'static str, u64, i128)>);

    fn told(values: &[Option<(i64, &str)>]) -> Told {
        let money = |(minor, code): (i64, &str)| Money::from_minor(minor, Currency::parse(code).unwrap());
        let sums: Sums = values.iter().map(|value| value.map(money)).collect();
        let totals = sums.totals().into_iter().map(|total| (total.currency.code(), total.count, total.minor));
        (sums.count, sums.without_value, totals.collect())
    }

    #[test]
    #[rustfmt::skip]
    fn deals_are_counted_and_added_up_by_currency_the_one_of_most_deals_first() {
        let most = 1_000_000_000_000_000;
        for (values, expected) in [
            (vec![], (0, 0, vec![])),
            (vec![None, None], (2, 2, vec![])),
            (vec![Some((150, "USD")), None, Some((84, "KRW")), Some((-50, "USD"))], (4, 1, vec![("USD", 2, 100), ("KRW", 1, 84)])),
            (vec![Some((1, "USD")), Some((9, "KRW")), Some((9, "KRW"))], (3, 0, vec![("KRW", 2, 18), ("USD", 1, 1)])),
            // As many: by their codes.
            (vec![Some((1, "USD")), Some((1, "EUR"))], (2, 0, vec![("EUR", 1, 1), ("USD", 1, 1)])),
            (vec![Some((0, "JPY"))], (1, 0, vec![("JPY", 1, 0)])),
            (vec![Some((most, "KRW")); 100_000], (100_000, 0, vec![("KRW", 100_000, 100_000 * i128::from(most))])),
        ] {
            assert_eq!(told(&values), expected);
        }
    }
}
