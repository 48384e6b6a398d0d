//! The states of a registration in Partner Center, and which may follow which (MG-74); what is registered is `contract.rs`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::date::Date;

/// Where a registration stands at Microsoft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RegistrationState {
    /// Sent, nothing decided.
    Pending,
    Approved,
    ReviewPending,
    ActionRequired,
    ReviewPassed,
    ReviewFailed,
    MarketplacePending,
    MarketplacePassed,
    MarketplaceFailed,
    Closed,
}

impl RegistrationState {
    pub const ALL: [Self; 10] = [
        Self::Pending,
        Self::Approved,
        Self::ReviewPending,
        Self::ActionRequired,
        Self::ReviewPassed,
        Self::ReviewFailed,
        Self::MarketplacePending,
        Self::MarketplacePassed,
        Self::MarketplaceFailed,
        Self::Closed,
    ];

    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        CODES[self as usize]
    }

    /// Reads the word of the deal registration CSV, however it is joined.
    pub fn read(cell: &str) -> Option<Self> {
        let bare: String = cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Some(match bare.as_str() {
            "pending" | "registrationpending" => Self::Pending,
            "approved" | "registrationapproved" => Self::Approved,
            "reviewpending" => Self::ReviewPending,
            "actionrequired" => Self::ActionRequired,
            "passed" | "reviewpassed" => Self::ReviewPassed,
            "failed" | "reviewfailed" => Self::ReviewFailed,
            "marketplacevalidationpending" | "marketplacepending" => Self::MarketplacePending,
            "marketplacevalidationpassed" | "marketplacepassed" => Self::MarketplacePassed,
            "marketplacevalidationfailed" | "marketplacefailed" => Self::MarketplaceFailed,
            "closed" => Self::Closed,
            _ => return None,
        })
    }

    /// Returns what may follow it at once.
    const fn next(self) -> &'static [Self] {
        match self {
            Self::Pending => &[Self::Approved, Self::ReviewPending],
            Self::Approved => &[Self::ReviewPending, Self::Closed],
            Self::ReviewPending => &[Self::ReviewPassed, Self::ReviewFailed, Self::ActionRequired],
            Self::ActionRequired => &[Self::ReviewPending],
            Self::MarketplacePending => &[Self::ActionRequired, Self::Closed],
            Self::ReviewPassed | Self::ReviewFailed | Self::MarketplacePassed | Self::MarketplaceFailed => &[Self::Closed],
            Self::Closed => &[],
        }
    }

    /// Returns whether one may follow the other at once.
    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    /// Returns whether it can come to that after any number of steps: a file tells only where it stands by now.
    pub fn may_come_to(self, later: Self) -> bool {
        let mut seen = BTreeSet::from([self]);
        let mut ahead = vec![self];
        while let Some(at) = ahead.pop() {
            if at == later {
                return true;
            }
            ahead.extend(at.next().iter().copied().filter(|next| seen.insert(*next)));
        }
        false
    }

    /// Returns whether the contract data can still be changed: only while an action of ours is pending.
    pub const fn is_ours_to_act(self) -> bool {
        matches!(self, Self::ActionRequired)
    }

    /// Returns whether Microsoft has decided, though it is not closed yet.
    pub const fn is_decided(self) -> bool {
        let passed = matches!(self, Self::Approved | Self::ReviewPassed | Self::MarketplacePassed);
        passed || matches!(self, Self::ReviewFailed | Self::MarketplaceFailed)
    }

    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed)
    }
}

const CODES: [&str; 10] = [
    "pending",
    "approved",
    "reviewPending",
    "actionRequired",
    "reviewPassed",
    "reviewFailed",
    "marketplacePending",
    "marketplacePassed",
    "marketplaceFailed",
    "closed",
];

/// A state and the day since when, as Microsoft tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    pub state: RegistrationState,
    pub on: Option<Date>,
    /// Whether the day is that on which it was read here: the file told none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_read: bool,
}

impl Entered {
    /// One whose day Microsoft tells.
    pub const fn told(state: RegistrationState, on: Date) -> Self {
        Self { state, on: Some(on), is_read: false }
    }
}

#[cfg(test)]
mod tests {
    use RegistrationState as S;

    use super::*;

    #[test]
    fn mg_74_only_what_the_table_of_states_allows_follows() {
        let allowed = [
            (S::Pending, S::Approved),
            (S::Pending, S::ReviewPending),
            (S::Approved, S::ReviewPending),
            (S::Approved, S::Closed),
            (S::ReviewPending, S::ReviewPassed),
            (S::ReviewPending, S::ReviewFailed),
            (S::ReviewPending, S::ActionRequired),
            (S::ActionRequired, S::ReviewPending),
            (S::ReviewPassed, S::Closed),
            (S::ReviewFailed, S::Closed),
            (S::MarketplacePending, S::ActionRequired),
            (S::MarketplacePending, S::Closed),
            (S::MarketplacePassed, S::Closed),
            (S::MarketplaceFailed, S::Closed),
        ];
        for from in S::ALL {
            for to in S::ALL {
                assert_eq!(from.may_become(to), allowed.contains(&(from, to)), "{from:?} {to:?}");
            }
        }
        assert!(S::Pending.may_come_to(S::Closed) && S::ActionRequired.may_come_to(S::ReviewPassed));
        assert!(!S::Closed.may_come_to(S::ReviewPending) && !S::ReviewPassed.may_come_to(S::ActionRequired));
    }

    #[test]
    fn the_words_of_the_file_are_read_however_they_are_joined() {
        assert_eq!(S::read("Review Pending"), Some(S::ReviewPending));
        assert_eq!(S::read("ActionRequired"), Some(S::ActionRequired));
        assert_eq!(S::read("Passed"), Some(S::ReviewPassed));
        assert_eq!(S::read("maybe"), None);
        assert!(S::ALL.into_iter().all(|state| S::read(state.code()) == Some(state)));
    }
}
