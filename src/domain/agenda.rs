//! What is to be done on which day: answers that are due, next steps, close dates of what is open, registrations of what was won; whoever keeps opportunities finds them.

use super::date::Date;
use super::deadline::Deadline;
use super::ids::OpportunityId;
use super::text::Line;

/// One matter of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The day where the user is.
    pub on: Date,
    pub what: Matter,
    pub id: OpportunityId,
    /// The deal or, before it has a name, the customer.
    pub title: String,
    pub customer: Line,
    /// Who of us it belongs to.
    pub owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// A received one is to be answered.
    RespondBy(Deadline),
    /// What we do next.
    Next(Line),
    /// It is to be closed.
    Close,
    /// It was won and is to be registered (MG-73).
    Register,
}

impl Matter {
    /// Returns the word of JSON and of names beyond this machine.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RespondBy(_) => "respondBy",
            Self::Next(_) => "next",
            Self::Close => "closeDate",
            Self::Register => "register",
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::RespondBy(_) => 0,
            Self::Register => 1,
            Self::Next(_) => 2,
            Self::Close => 3,
        }
    }

    const fn deadline(&self) -> Option<Deadline> {
        match self {
            Self::RespondBy(deadline) => Some(*deadline),
            Self::Next(_) | Self::Close | Self::Register => None,
        }
    }
}

/// Puts the matters of an agenda in order: by day; of one day answers by their hour, then registrations, next steps and close dates.
pub fn order(items: &mut [Item]) {
    items.sort_by_key(|item| (item.on, item.what.rank(), item.what.deadline().map(|deadline| deadline.at), item.id));
}
