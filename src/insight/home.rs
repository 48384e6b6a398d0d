//! What figures come to in the home currency, by the exchange rates of the last day of a review.

use super::worth::Worth;
use crate::domain::date::Date;
use crate::domain::money::Currency;
use crate::domain::rate::Rates;
use crate::domain::sums::{Home, Sums};

/// The home currency, and what others are converted into it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InHome {
    pub currency: Currency,
    pub on: Date,
    pub rates: Rates,
}

impl InHome {
    pub fn sums(&self, sums: &Sums) -> Home {
        sums.home(&self.rates, self.currency, self.on)
    }

    /// Returns what is to be expected; each currency is converted once.
    pub fn weighted(&self, worth: &Worth) -> Home {
        worth.weighted_home(&self.rates, self.currency, self.on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Money;
    use crate::domain::rate::{Factor, Rate};

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn worth(values: &[(i64, &str, u8)]) -> Worth {
        let mut worth = Worth::default();
        values.iter().for_each(|(minor, code, percent)| worth.add(Some(Money::from_minor(*minor, currency(code))), *percent));
        worth
    }

    #[test]
    fn what_is_expected_is_converted_before_it_is_rounded_and_never_in_part() {
        let on = Date::iso("2026-11-20").unwrap();
        let rate = |from, rate| Rate::new(on, currency(from), currency("USD"), Factor::parse(rate).unwrap()).unwrap();
        let rates = [rate("EUR", "1.1"), rate("KRW", "0.0007")].into_iter().collect();
        let home = InHome { currency: currency("USD"), on, rates };
        // Three deals of 0.33 euro at 10 %: 0.099 euro are 0.1089 dollars; rounded to 0.10 euro first they were 0.11 as well, but
        // seventy won at 10 % are seven, which is 0.0049 dollars and nothing.
        let three = worth(&[(33, "EUR", 10), (33, "EUR", 10), (33, "EUR", 10), (70, "KRW", 10)]);
        assert_eq!(home.weighted(&three).whole(), Some(11));
        assert_eq!(home.sums(&three.sums).whole(), Some(109 + 5), "0.99 euro and seventy won");
        let yen = worth(&[(100, "USD", 50), (100, "JPY", 50)]);
        let told = home.weighted(&yen);
        assert_eq!((told.whole(), told.missing), (None, vec![currency("JPY")]));
    }
}
