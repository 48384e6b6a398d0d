//! What figures come to in the home currency, by the exchange rates of the last day of a review.

use super::worth::Worth;
use crate::domain::date::Date;
use crate::domain::money::{Currency, Money};
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

/// Returns in tenths how many times its cost a campaign has brought, rounded down (MG-38); `None` where nothing was won, nothing was spent,
/// or both are told in one currency neither as they are nor by rates.
pub fn tenths_back(won: &Sums, cost: Money, home: Option<&InHome>) -> Option<i128> {
    let totals = won.totals();
    let both = match &totals[..] {
        [one] if one.currency == cost.currency() => Some((one.minor, i128::from(cost.minor()))),
        [] => None,
        _ => {
            let spent: Sums = std::iter::once(Some(cost)).collect();
            home.and_then(|home| home.sums(won).whole().zip(home.sums(&spent).whole()))
        }
    };
    both.filter(|(won, spent)| *won > 0 && *spent > 0).map(|(won, spent)| won * 10 / spent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rate::{Factor, Rate};

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[test]
    fn mg_38_a_campaign_has_brought_its_cost_so_many_times_where_both_are_told_in_one_currency() {
        let on = Date::iso("2026-11-20").unwrap();
        let rate = Rate::new(on, currency("USD"), currency("KRW"), Factor::parse("1000").unwrap()).unwrap();
        let home = InHome { currency: currency("USD"), on, rates: [rate].into_iter().collect() };
        let money = |minor, code| Money::from_minor(minor, currency(code));
        let won = |values: &[Money]| values.iter().map(|value| Some(*value)).collect::<Sums>();
        let usd = won(&[money(120_000, "USD")]);
        assert_eq!(tenths_back(&usd, money(50_000, "USD"), None), Some(24));
        assert_eq!(tenths_back(&usd, money(500_000, "KRW"), None), None, "no rate was asked for");
        assert_eq!(tenths_back(&usd, money(500_000, "KRW"), Some(&home)), Some(24));
        assert_eq!(tenths_back(&usd, money(500, "JPY"), Some(&home)), None, "and for yen there is none");
        let both = won(&[money(120_000, "USD"), money(600_000, "KRW")]);
        assert_eq!(tenths_back(&both, money(60_000, "USD"), Some(&home)), Some(30));
        assert_eq!(
            (tenths_back(&Sums::default(), money(1, "USD"), None), tenths_back(&usd, money(0, "USD"), None)),
            (None, None)
        );
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
