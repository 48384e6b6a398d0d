//! What a filter by dates leaves out only because a date is not known: no range holds it, and nobody would miss it.

use std::collections::BTreeSet;
use std::ops::{Bound, RangeBounds};

use super::read::Bounds;
use super::{Filter, Term, Test};
use crate::domain::document::Words;
use crate::domain::held::Held;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::outcome::OutcomeKind;
use crate::domain::stage::Stage;

/// A date that a source may leave untold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dated {
    Created,
    Accepted,
    Archived,
    Close,
    /// Its last change, which is left out where it was at this moment or later at the latest.
    Changed(Timestamp),
}

impl Dated {
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
            Test::Changed((Bound::Included(from) | Bound::Excluded(from), _)) => Some(Self::Changed(*from)),
            // Before a day it passes for certain where even the latest lies before.
            Test::Changed((Bound::Unbounded, Bound::Excluded(to))) => Some(Self::Changed(*to)),
            Test::Changed((Bound::Unbounded, Bound::Included(to))) => Some(Self::Changed(to.plus_micros(1))),
            // What was changed before a day passes, whenever before.
            Test::AnyOf(tests) if tests.iter().any(|test| matches!(test, Test::Changed((Bound::Unbounded, _)))) => None,
            Test::AnyOf(tests) => tests.iter().filter_map(Self::of_test).min(),
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
            Self::Changed(from) => matches!(on.changed(), (latest, false) if from <= latest),
        }
    }
}

/// Returns whether the last change of an opportunity lies in a span; where only the latest moment is known that it can have been, whether
/// it lies there whenever it was.
pub(super) fn is_changed_within(span: &Bounds<Timestamp>, on: &Opportunity) -> bool {
    let (at, is_known) = on.changed();
    (is_known || span.0 == Bound::Unbounded) && span.contains(&at)
}

impl Filter {
    /// Returns the dates that it asks for, each once.
    pub fn dates(&self) -> Vec<Dated> {
        self.terms.iter().filter_map(Dated::of).collect::<BTreeSet<Dated>>().into_iter().collect()
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
