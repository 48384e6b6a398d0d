//! What deals come to, plainly and weighted by how far each sale is; currency by currency, in exact numbers.

use crate::domain::date::Date;
use crate::domain::money::{Currency, Money};
use crate::domain::rate::Rates;
use crate::domain::sums::{Home, Sums, Total};

/// What several deals come to, and what is to be expected of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worth {
    pub sums: Sums,
    /// In hundredths of the smallest unit: rounded only once, when it is told.
    hundredths: Sums,
}

impl From<&Sums> for Worth {
    /// Takes deals of which nothing is to be expected.
    fn from(sums: &Sums) -> Self {
        Self { sums: sums.clone(), hundredths: Sums::default() }
    }
}

impl Worth {
    /// Adds a deal that is won with so many percent.
    pub fn add(&mut self, value: Option<Money>, percent: u8) {
        self.sums.add(value);
        self.hundredths.add_times(value, percent.into());
    }

    /// Adds what others come to.
    pub fn add_all(&mut self, other: &Self) {
        self.sums.add_all(&other.sums);
        self.hundredths.add_all(&other.hundredths);
    }

    /// Returns what is to be expected, by currency, in the order of [`Sums::totals`].
    pub fn weighted(&self) -> Vec<Total> {
        let totals = self.hundredths.totals().into_iter();
        totals.map(|total| Total { minor: half_even(total.minor, 100), ..total }).collect()
    }

    /// Returns what is to be expected in one currency, as [`Sums::home`]: each currency is rounded to a
    /// hundredth of the smallest unit when it is converted, the whole to the unit.
    pub fn weighted_home(&self, rates: &Rates, currency: Currency, on: Date) -> Home {
        let home = self.hundredths.home(rates, currency, on);
        Home { minor: half_even(home.minor, 100), ..home }
    }
}

/// Divides, and rounds what lies in the middle to the even neighbour.
fn half_even(number: i128, by: i128) -> i128 {
    let (whole, rest) = (number.div_euclid(by), number.rem_euclid(by));
    match (rest * 2).cmp(&by) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + whole.rem_euclid(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn what_is_expected_is_exact_until_it_is_told() {
        let mut worth = Worth::default();
        let usd = |minor| Some(Money::from_minor(minor, Currency::parse("USD").unwrap()));
        for _ in 0..3 {
            worth.add(usd(33), 10);
        }
        worth.add(None, 80);
        // Three times 3.3 is 9.9: rounded one by one it would be 9.
        let told: Vec<_> = worth.weighted().iter().map(|total| (total.currency.code(), total.minor)).collect();
        assert_eq!((told, worth.sums.count, worth.sums.without_value), (vec![("USD", 10)], 4, 1));
        assert_eq!([5, 15, 25, -5, -15].map(|number| half_even(number, 10)), [0, 2, 2, 0, -2]);
    }
}
