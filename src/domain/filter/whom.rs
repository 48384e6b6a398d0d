//! Who of us a deal belongs to, or who of us is on it, as a filter asks for them.

use super::{Field, Word, finds};
use crate::domain::contact::Person;
use crate::domain::document::Words;
use crate::domain::opportunity::Opportunity;

/// Whom an opportunity may belong to.
#[derive(Debug, Clone, PartialEq)]
pub enum Whom {
    /// Somebody of this name or e-mail.
    Named(Word),
    /// The rep at this machine.
    Me(Person),
    Nobody,
}

impl Whom {
    pub(super) fn is(&self, on: &Opportunity) -> bool {
        match (self, on.owned_by()) {
            (Self::Nobody, owner) => owner.is_none(),
            (_, None) => false,
            (Self::Me(me), Some(owner)) => owner.is(me),
            (Self::Named(word), Some(owner)) => owner.texts().iter().any(|text| word.is_in(text)),
        }
    }

    /// Returns whether it is one of us on an opportunity.
    pub(super) fn is_on(&self, on: &Opportunity, document: &Words<'_>) -> bool {
        match self {
            Self::Nobody => false,
            Self::Me(me) => self.is(on) || on.employees.iter().any(|employee| employee.is_same(me)),
            Self::Named(word) => finds(Field::Employee, word, on, document),
        }
    }

    /// Returns what is looked for among the words of our employees; every owner's words are among them.
    pub fn words(&self) -> Vec<Word> {
        match self {
            Self::Named(word) => vec![word.clone()],
            Self::Me(me) => {
                [&me.email, &me.name()].into_iter().filter(|text| !text.is_empty()).map(|text| Word::new(text)).collect()
            }
            Self::Nobody => Vec::new(),
        }
    }
}
