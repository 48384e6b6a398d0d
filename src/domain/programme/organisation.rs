//! Facts about our own organisation that statuses ask for, each from a day on; what follows from them is `status.rs`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::offer::yes_no;
use crate::domain::amount::Amount;
use crate::domain::date::Date;
use crate::domain::invalid::Invalid;

/// What can be told of the organisation (PE-14, PE-17, PE-18, PE-20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    BusinessProfile,
    GoldCompetency,
    /// Azure consumed revenue of the trailing twelve months.
    AcrTtmUsd,
    BilledRevenueUsd,
    IsvConnect,
}

/// The tiers of ISV Connect.
pub const ISV_CONNECT: [&str; 3] = ["none", "standard", "premium"];

impl Fact {
    pub const ALL: [Self; 5] =
        [Self::BusinessProfile, Self::GoldCompetency, Self::AcrTtmUsd, Self::BilledRevenueUsd, Self::IsvConnect];
    /// The words of all, in order.
    pub const CODES: [&'static str; 5] =
        ["business-profile", "gold-competency", "acr-ttm-usd", "billed-revenue-usd", "isv-connect"];

    pub const fn code(self) -> &'static str {
        Self::CODES[self as usize]
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.code() == code)
    }

    /// Reads what is told of it: yes or no, dollars, or the tier of ISV Connect.
    ///
    /// # Errors
    /// What it could be.
    pub fn read(self, text: &str) -> Result<String, Invalid> {
        match self {
            Self::BusinessProfile | Self::GoldCompetency => Ok(if yes_no(text)? { "yes" } else { "no" }.to_owned()),
            Self::AcrTtmUsd | Self::BilledRevenueUsd => {
                let cents = hundredths(text)?;
                let (whole, rest) = (cents / 100, cents % 100);
                Ok(if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}") })
            }
            Self::IsvConnect => {
                let typed = text.trim().to_lowercase();
                let found = ISV_CONNECT.into_iter().find(|tier| *tier == typed);
                found.map(str::to_owned).ok_or(Invalid::NotOneOf { given: text.trim().to_owned(), allowed: &ISV_CONNECT })
            }
        }
    }
}

/// Reads a number that is not below zero, in hundredths.
pub(super) fn hundredths(text: &str) -> Result<i64, Invalid> {
    let wrong = || Invalid::NotAnAmount(text.trim().to_owned());
    let amount = Amount::parse(text.trim()).and_then(|amount| amount.settled(2, None)).map_err(|_| wrong())?;
    amount.minor(2).and_then(|minor| i64::try_from(minor).ok()).filter(|minor| *minor >= 0).ok_or_else(wrong)
}

/// A fact, the day from which it holds and what it is then; no text takes back what was told from that day.
pub type Telling = (Fact, Option<Date>, Option<String>);

/// What is told of the organisation. A fact holds from its day until the next one of its kind; one without a day holds before all others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organisation {
    told: BTreeMap<(Fact, Option<Date>), String>,
}

impl Organisation {
    /// Tells a fact from a day on, in the place of what was told for that day; `text` is what [`Fact::read`] gave.
    pub fn tell(&mut self, fact: Fact, from: Option<Date>, text: String) {
        self.told.insert((fact, from), text);
    }

    /// Takes back what was told from a day on; returns whether something was.
    pub fn forget(&mut self, fact: Fact, from: Option<Date>) -> bool {
        self.told.remove(&(fact, from)).is_some()
    }

    /// Returns what holds on a day; `None` where nothing is told of it.
    pub fn on(&self, fact: Fact, day: Date) -> Option<&str> {
        self.told.range((fact, None)..=(fact, Some(day))).next_back().map(|(_, text)| text.as_str())
    }

    /// Returns whether another says the same of a fact, on every day.
    pub fn agrees(&self, other: &Self, fact: Fact) -> bool {
        let of = |told: &Self| {
            told.all().filter(|(of, ..)| *of == fact).map(|(_, from, text)| (from, text.to_owned())).collect::<Vec<_>>()
        };
        of(self) == of(other)
    }

    /// Returns everything that is told, by fact and day.
    pub fn all(&self) -> impl Iterator<Item = (Fact, Option<Date>, &str)> {
        self.told.iter().map(|((fact, from), text)| (*fact, *from, text.as_str()))
    }

    /// Returns it as text.
    pub fn to_keep(&self) -> String {
        let all: Vec<(Fact, Option<Date>, &str)> = self.all().collect();
        serde_json::to_string(&all).unwrap_or_default()
    }

    /// Reads what [`Organisation::to_keep`] wrote; `None` where it is something else.
    pub fn read_kept(text: &str) -> Option<Self> {
        let all: Vec<(Fact, Option<String>, String)> = serde_json::from_str(text).ok()?;
        let mut read = Self::default();
        for (fact, from, text) in all {
            read.tell(fact, from.map(|day| Date::iso(&day)).transpose().ok()?, text);
        }
        Some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::iso(text).unwrap()
    }

    #[test]
    fn a_fact_holds_from_its_day_until_the_next_one() {
        let mut ours = Organisation::default();
        ours.tell(Fact::AcrTtmUsd, Some(day("2021-01-01")), Fact::AcrTtmUsd.read("120k").unwrap());
        ours.tell(Fact::AcrTtmUsd, Some(day("2022-01-01")), Fact::AcrTtmUsd.read("90,000").unwrap());
        ours.tell(Fact::BusinessProfile, None, Fact::BusinessProfile.read("예").unwrap());
        assert_eq!(ours.on(Fact::AcrTtmUsd, day("2020-12-31")), None);
        assert_eq!(ours.on(Fact::AcrTtmUsd, day("2021-12-31")), Some("120000"));
        assert_eq!(ours.on(Fact::AcrTtmUsd, day("2022-01-01")), Some("90000"));
        assert_eq!(ours.on(Fact::BusinessProfile, day("1999-01-01")), Some("yes"));
        assert_eq!(Organisation::read_kept(&ours.to_keep()), Some(ours.clone()));
        assert!(ours.forget(Fact::AcrTtmUsd, Some(day("2022-01-01"))) && !ours.forget(Fact::IsvConnect, None));
        assert_eq!(ours.on(Fact::AcrTtmUsd, day("2022-01-01")), Some("120000"));
    }

    #[test]
    fn what_no_fact_can_be_is_refused() {
        assert!(Fact::AcrTtmUsd.read("much").is_err() && Fact::AcrTtmUsd.read("-5").is_err());
        assert_eq!(Fact::IsvConnect.read("Premium"), Ok("premium".to_owned()));
        assert!(matches!(Fact::IsvConnect.read("gold"), Err(Invalid::NotOneOf { allowed, .. }) if allowed.len() == 3));
        assert!(Fact::ALL.into_iter().all(|fact| Fact::of_code(fact.code()) == Some(fact)));
    }
}
