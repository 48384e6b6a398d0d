//! What a filter by dates leaves out only because a date is not known: no range holds it, and nobody would miss it.

use super::{Filter, Term, Test};
use crate::domain::document::Words;
use crate::domain::held::Held;
use crate::domain::outcome::OutcomeKind;
use crate::domain::stage::Stage;

/// A date that a source may leave untold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dated {
    Created,
    Accepted,
    Archived,
    Close,
}

impl Dated {
    pub const ALL: [Self; 4] = [Self::Created, Self::Accepted, Self::Archived, Self::Close];

    /// Returns the date that a term asks for; what excludes one leaves nothing out that it does not know.
    fn of(term: &Term) -> Option<Self> {
        if term.negated { None } else { Self::of_test(&term.test) }
    }

    fn of_test(test: &Test) -> Option<Self> {
        match test {
            Test::Created(_) => Some(Self::Created),
            Test::Accepted(_) => Some(Self::Accepted),
            Test::Archived(_) => Some(Self::Archived),
            Test::Close(_) => Some(Self::Close),
            Test::AnyOf(tests) => tests.first().and_then(Self::of_test),
            _ => None,
        }
    }

    /// Returns whether it has happened, and no source tells when.
    pub fn is_unknown(self, held: &Held) -> bool {
        let on = &held.opportunity;
        match self {
            Self::Created => on.created_at.is_none(),
            Self::Accepted => {
                let ended = on.stage.outcome().map(|outcome| outcome.kind());
                let accepted =
                    matches!(on.stage, Stage::Accepted { .. }) || matches!(ended, Some(OutcomeKind::Won | OutcomeKind::Lost));
                accepted && on.stage.accepted_at().is_none()
            }
            Self::Archived => on.is_archived() && on.stage.known_end().is_none(),
            Self::Close => on.deal.close_date.is_none(),
        }
    }
}

impl Filter {
    /// Returns the dates that it asks for, each once.
    pub fn dates(&self) -> Vec<Dated> {
        let asked: Vec<Dated> = self.terms.iter().filter_map(Dated::of).collect();
        Dated::ALL.into_iter().filter(|date| asked.contains(date)).collect()
    }

    /// Returns what it asks for besides dates that may be unknown.
    #[must_use]
    pub fn without_dates(&self) -> Self {
        Self { terms: self.terms.iter().filter(|term| Dated::of(term).is_none()).cloned().collect() }
    }

    /// Returns whether an opportunity does not pass, but would if each date that is unknown were the one that is asked for.
    pub fn leaves_out_undated(&self, held: &Held) -> bool {
        let words = Words::of(&held.opportunity, &held.extra);
        let mut unknown = false;
        let passes = self.terms.iter().all(|term| {
            let is_unknown = Dated::of(term).is_some_and(|date| date.is_unknown(held));
            unknown |= is_unknown;
            is_unknown || term.test.holds(held, &words) != term.negated
        });
        passes && unknown
    }
}
