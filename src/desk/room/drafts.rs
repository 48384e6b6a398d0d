//! New deals that are begun and not finished, the latest first, and below them the way to another one.

use super::{Asked, Cursor};
use crate::desk::keys::Action;
use crate::domain::ids::DraftId;
use crate::store::{Aids, Draft};

#[derive(Debug, Clone, Default)]
pub struct Drafts {
    /// What earlier deals offer, with the drafts among it.
    pub aids: Aids,
    /// Among the drafts and the line below them.
    pub cursor: Cursor,
}

impl Drafts {
    pub fn new(aids: Aids) -> Self {
        Self { aids, ..Self::default() }
    }

    /// Returns how many lines the cursor stops at.
    pub const fn lines(&self) -> usize {
        self.aids.drafts.len() + 1
    }

    /// Returns the draft the cursor is on; on the last line none.
    pub fn chosen(&self) -> Option<&Draft> {
        self.aids.drafts.get(self.cursor.0)
    }

    /// One was thrown away: the cursor goes to the one that takes its place.
    pub fn drop_draft(&mut self, id: DraftId) {
        self.aids.drafts.retain(|draft| draft.id != id);
        self.cursor.0 = self.cursor.0.min(self.aids.drafts.len().saturating_sub(1));
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        if self.cursor.moves(action, self.lines(), page) {
            return None;
        }
        Some(match action {
            Action::Open => self.chosen().map_or(Asked::StartNew, |draft| Asked::Resume(draft.id)),
            Action::DropDraft => self.chosen().map_or(Asked::Nothing, |draft| Asked::DropDraft(draft.id)),
            Action::New => Asked::StartNew,
            _ => Asked::Pass,
        })
    }
}
