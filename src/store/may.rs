//! What whoever works here may write: the rule is in `domain::role`, and every way to write asks for it here.

use super::error::StoreError;
use super::history::StepOrigin;
use super::journal::Journal;
use super::open::Store;
use crate::domain::change::Refusal;
use crate::domain::held::Held;
use crate::domain::opportunity::Opportunity;
use crate::domain::role::{Barred, Deed};

impl Store {
    /// Returns whether something may be done here at all: it can be written, and the role does not bar it (MG-02).
    pub(super) fn may(&self, deed: Deed) -> Result<(), StoreError> {
        self.writable()?;
        Ok(self.bars(deed, None)?)
    }

    /// Returns whether the role lets it be done to a deal.
    pub(super) fn bars(&self, deed: Deed, deal: Option<&Opportunity>) -> Result<(), Barred> {
        self.settings.role.may(deed, deal, &self.settings.author)
    }

    /// As [`Store::bars`], where one is replaced by another: it is enough to be in the team of either.
    pub(super) fn bars_between(&self, deed: Deed, before: Option<&Held>, after: Option<&Held>) -> Result<(), Barred> {
        let bars = |held: &Held| self.bars(deed, Some(&held.opportunity));
        match (before, after) {
            (None, None) => Ok(()),
            (Some(one), None) | (None, Some(one)) => bars(one),
            (Some(before), Some(after)) => bars(before).or_else(|_| bars(after)),
        }
    }
}

impl Journal<'_> {
    /// Bars whatever reaches the journal against the role, whoever forgot to ask before: what the clock does is nobody's deed.
    pub(super) fn check(&self, store: &Store, before: Option<&Held>, after: Option<&Held>) -> Result<(), StoreError> {
        if self.kind().origin() == StepOrigin::Clock {
            return Ok(());
        }
        Ok(store.bars_between(Deed::Change, before, after)?)
    }
}

impl From<Barred> for StoreError {
    fn from(why: Barred) -> Self {
        Self::Refused(Refusal::Barred(why))
    }
}
