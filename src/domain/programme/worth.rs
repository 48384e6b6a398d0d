//! What benefits come to for an amount: percentages of it, rounded once, half away from zero; exact whole numbers.

use super::rules::Benefit;
use crate::domain::money::Money;

impl Benefit {
    /// Returns what it is of an amount; `None` where it is not counted in percent.
    pub fn share_of(&self, money: Money) -> Option<Money> {
        self.percent.and_then(|percent| share(money, percent))
    }

    /// Returns what it would be of an amount without the benefit.
    pub fn without_of(&self, money: Money) -> Option<Money> {
        self.instead_of.and_then(|percent| share(money, percent))
    }

    /// Returns how much less it is with it.
    pub fn saved_of(&self, money: Money) -> Option<Money> {
        let (with, without) = (self.share_of(money)?, self.without_of(money)?);
        Some(Money::from_minor(without.minor().checked_sub(with.minor())?, money.currency()))
    }
}

fn share(money: Money, percent: u8) -> Option<Money> {
    let hundredfold = i128::from(money.minor()) * i128::from(percent);
    let half = if hundredfold < 0 { -50 } else { 50 };
    i64::try_from((hundredfold + half) / 100).ok().map(|minor| Money::from_minor(minor, money.currency()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::programme::ruling::Ruling;

    fn usd(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("USD").unwrap())
    }

    #[test]
    fn pe_07_pe_09_the_fee_is_a_tenth_instead_of_a_fifth_and_the_incentive_a_tenth() {
        let rules = Ruling::shipped().unwrap().programme;
        let of = |id: &str| rules.benefits.iter().find(|one| one.id == id).unwrap();
        let (fee, csp) = (of("serviceFee10"), of("csp10"));
        assert_eq!((fee.share_of(usd(5_000_000)), fee.without_of(usd(5_000_000))), (Some(usd(500_000)), Some(usd(1_000_000))));
        assert_eq!(fee.saved_of(usd(5_000_000)), Some(usd(500_000)));
        assert_eq!((csp.share_of(usd(1_005)), csp.saved_of(usd(1_005))), (Some(usd(101)), None), "rounded once, half up");
        assert_eq!(of("sellerIncentive").share_of(usd(1)), None);
    }
}
