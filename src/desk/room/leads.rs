//! Leads: those that wait for an answer first, each with all that is told of it where it is opened; what is said is made in the model.

use super::{Asked, Cursor};
use crate::desk::keys::Action;
use crate::domain::ids::RecordId;
use crate::domain::lead::{Lead, LeadStays};

/// What is wished for a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadWish {
    Accept,
    Decline,
    Win,
    Lose,
    /// A deal of it.
    Deal,
    /// Its form.
    Edit,
    /// What both sides changed is decided: ours stays, or theirs is taken.
    Ours,
    Theirs,
}

#[derive(Debug, Clone, Default)]
pub struct Leads {
    leads: Vec<(RecordId, Lead)>,
    /// Among those that are shown.
    pub cursor: Cursor,
    /// Whether everything about the one at the cursor is shown.
    pub opened: bool,
    /// Whether closed ones are shown as well.
    pub closed: bool,
    pub has_come: bool,
    /// Where files were written to last.
    pub folder: Option<String>,
}

impl Leads {
    /// Returns the leads that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &Lead> {
        self.leads
            .iter()
            .map(|(_, lead)| lead)
            .filter(|lead| self.closed || lead.is_refused() || !lead.stage().is_closed() || !lead.clashes().is_empty())
    }

    /// Returns the one the cursor is on.
    pub fn chosen(&self) -> Option<&Lead> {
        self.shown().nth(self.cursor.0)
    }

    /// Returns the number that a lead is kept under.
    pub fn number(&self, lead: &Lead) -> Option<RecordId> {
        self.leads.iter().find(|(_, known)| known.id == lead.id).map(|(number, _)| *number)
    }

    /// Returns how many are not shown as they are closed.
    pub fn hidden(&self) -> usize {
        self.leads.len() - self.shown().count()
    }

    /// Returns how many the next file has.
    pub fn waiting(&self) -> usize {
        self.leads.iter().filter(|(_, lead)| lead.waits().is_ok()).count()
    }

    /// Returns how many stay here as both sides changed them.
    pub fn clashing(&self) -> usize {
        self.leads.iter().filter(|(_, lead)| lead.waits() == Err(LeadStays::Clash)).count()
    }

    /// Takes what there is now: the cursor stays on its lead.
    pub fn receive(&mut self, leads: Vec<(RecordId, Lead)>) {
        let at = self.chosen().map(|lead| lead.id.clone());
        self.leads = leads;
        self.has_come = true;
        let count = self.shown().count();
        let found = at.and_then(|at| self.shown().position(|lead| lead.id == at));
        self.opened &= found.is_some();
        self.cursor.0 = found.unwrap_or_else(|| self.cursor.0.min(count.saturating_sub(1)));
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        let count = self.shown().count();
        if self.cursor.moves(action, count, page) {
            return None;
        }
        let wish = match action {
            Action::Open => {
                self.opened = !self.opened;
                return None;
            }
            Action::View => {
                self.closed = !self.closed;
                self.cursor.0 = self.cursor.0.min(self.shown().count().saturating_sub(1));
                return None;
            }
            Action::Accept => LeadWish::Accept,
            Action::Decline => LeadWish::Decline,
            Action::Win => LeadWish::Win,
            Action::Lose => LeadWish::Lose,
            // Where there is none to make it of, it is a deal like any other.
            Action::New if self.chosen().is_none() => return Some(Asked::Pass),
            Action::New => LeadWish::Deal,
            Action::Edit => LeadWish::Edit,
            Action::Ours => LeadWish::Ours,
            Action::Theirs => LeadWish::Theirs,
            Action::WriteUpload => return Some(Asked::WriteLeads),
            _ => return Some(Asked::Pass),
        };
        Some(self.chosen().map_or(Asked::Nothing, |lead| Asked::Lead(wish, Box::new(lead.clone()))))
    }
}
