//! How an opportunity ended, and for which of the eight reasons; which step brings that about is `stage.rs`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::Notes;

/// How an archived opportunity ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Outcome {
    Won,
    /// The reason is `None` only where an import gave none.
    Lost {
        reason: Option<Reason>,
        note: Option<Notes>,
    },
    Declined {
        reason: Option<Reason>,
        note: Option<Notes>,
    },
    Expired,
    /// Closed as an error in Partner Center; only imports bring it, the reason stays as it came.
    Error {
        reason: Option<String>,
    },
}

impl Outcome {
    pub const fn kind(&self) -> OutcomeKind {
        match self {
            Self::Won => OutcomeKind::Won,
            Self::Lost { .. } => OutcomeKind::Lost,
            Self::Declined { .. } => OutcomeKind::Declined,
            Self::Expired => OutcomeKind::Expired,
            Self::Error { .. } => OutcomeKind::Error,
        }
    }

    /// Returns the reason's code; of an error the text as it was imported.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Lost { reason, .. } | Self::Declined { reason, .. } => reason.map(Reason::code),
            Self::Error { reason } => reason.as_deref(),
            Self::Won | Self::Expired => None,
        }
    }

    /// Returns whether this adds nothing to a known one: the same kind, and no other reason.
    pub fn says_no_more_than(&self, known: &Self) -> bool {
        self.kind() == known.kind() && (self.reason().is_none() || self.reason() == known.reason())
    }

    /// Returns what the rep wrote on declining or losing.
    pub const fn note(&self) -> Option<&Notes> {
        match self {
            Self::Lost { note, .. } | Self::Declined { note, .. } => note.as_ref(),
            Self::Won | Self::Expired | Self::Error { .. } => None,
        }
    }

    /// Joins a kind, a reason code and a note as the database and files keep them.
    pub fn of(kind: OutcomeKind, reason: Option<&str>, note: Option<Notes>) -> Self {
        let known = || reason.and_then(Reason::read);
        match kind {
            OutcomeKind::Won => Self::Won,
            OutcomeKind::Lost => Self::Lost { reason: known(), note },
            OutcomeKind::Declined => Self::Declined { reason: known(), note },
            OutcomeKind::Expired => Self::Expired,
            OutcomeKind::Error => Self::Error { reason: reason.map(str::to_owned) },
        }
    }
}

/// The name of an outcome, without its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeKind {
    Won,
    Lost,
    Declined,
    Expired,
    Error,
}

impl OutcomeKind {
    pub const ALL: [Self; 5] = [Self::Won, Self::Lost, Self::Declined, Self::Expired, Self::Error];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Error => "error",
        }
    }
}

/// Why a deal was declined or lost, with the numbers 1 to 8 of the Partner Center files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Budget,
    NoResponse,
    OtherVendor,
    Requirement,
    NotACustomer,
    Timeline,
    Abuse,
    Other,
}

impl Reason {
    pub const ALL: [Self; 8] = [
        Self::Budget,
        Self::NoResponse,
        Self::OtherVendor,
        Self::Requirement,
        Self::NotACustomer,
        Self::Timeline,
        Self::Abuse,
        Self::Other,
    ];

    /// Returns the word of the database, of JSON and of `--reason`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::NoResponse => "no-response",
            Self::OtherVendor => "other-vendor",
            Self::Requirement => "requirement",
            Self::NotACustomer => "not-a-customer",
            Self::Timeline => "timeline",
            Self::Abuse => "abuse",
            Self::Other => "other",
        }
    }

    /// Returns the number Partner Center files use, 1 to 8.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|r| *r == self).map_or(8, |index| index + 1)
    }

    /// Reads the word or the number.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let by_number = text.parse::<usize>().ok().and_then(|n| Self::ALL.get(n.wrapping_sub(1)).copied());
        by_number.or_else(|| Self::ALL.into_iter().find(|r| r.code().eq_ignore_ascii_case(text)))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mg_63_there_are_eight_reasons_by_word_and_number() {
        for (number, code) in
            (1..).zip(["budget", "no-response", "other-vendor", "requirement", "not-a-customer", "timeline", "abuse", "other"])
        {
            let reason = Reason::read(code).unwrap();
            assert_eq!((reason.number(), Reason::read(&number.to_string())), (number, Some(reason)));
        }
        for wrong in ["0", "9", "", "Budget please", "-1"] {
            assert_eq!(Reason::read(wrong), None, "{wrong}");
        }
    }
}
