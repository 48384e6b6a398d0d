//! What was done, to one opportunity or to all, newest first, read page by page to its beginning; what a step says is in `i18n`.

use super::{Asked, Cursor};
use crate::desk::keys::Action;
use crate::domain::ids::{OpportunityId, StepId};
use crate::store::StepRecord;

/// Steps that are read at once.
pub const PAGE: usize = 200;

/// A step as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub record: StepRecord,
    pub text: String,
    /// When it was.
    pub right: String,
    /// When it was taken back, if it is.
    pub undone: Option<String>,
    /// In the history of one: what changed.
    pub changes: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct History {
    pub of: Option<OpportunityId>,
    pub title: String,
    pub steps: Vec<Step>,
    pub cursor: Cursor,
    /// Whether the beginning is among them.
    pub whole: bool,
    /// Whether earlier ones were asked for.
    asked: bool,
    /// How many of the newest were asked for last.
    limit: usize,
}

impl History {
    pub const fn new(of: Option<OpportunityId>, title: String) -> Self {
        Self { of, title, steps: Vec::new(), cursor: Cursor(0), whole: false, asked: true, limit: PAGE }
    }

    /// Returns how many of the newest are to be asked for, so that nothing that is shown goes.
    pub fn again(&mut self) -> usize {
        self.limit = PAGE.max(self.steps.len() + 1);
        self.limit
    }

    /// Takes steps before one, or the newest, which replace all there were: the cursor stays on its step.
    pub fn receive(&mut self, before: Option<StepId>, steps: &[Step]) {
        let last = self.steps.last().map(|step| step.record.id);
        self.asked = false;
        match before {
            Some(_) if before == last => {
                self.whole = steps.len() < PAGE;
                self.steps.extend_from_slice(steps);
            }
            // Of a room that was open before.
            Some(_) => {}
            None => {
                let at = self.steps.get(self.cursor.0).map(|step| step.record.id);
                self.whole = steps.len() < self.limit;
                self.steps = steps.to_vec();
                let found = at.and_then(|at| self.steps.iter().position(|step| step.record.id == at));
                self.cursor = Cursor(found.unwrap_or(0));
            }
        }
    }

    /// Returns the step the cursor is on.
    fn chosen(&self) -> Option<&Step> {
        self.steps.get(self.cursor.0)
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        if self.cursor.moves(action, self.steps.len(), page) {
            let near = self.cursor.0 + page >= self.steps.len();
            let before = self.steps.last().map(|step| step.record.id).filter(|_| near && !self.whole && !self.asked);
            self.asked |= before.is_some();
            return before.map(|before| Asked::Earlier { of: self.of, before });
        }
        let of_chosen = |ask: fn(Box<StepRecord>) -> Asked| {
            Some(self.chosen().map_or(Asked::Nothing, |step| ask(Box::new(step.record.clone()))))
        };
        match action {
            Action::Open => of_chosen(Asked::Show),
            Action::Undo => of_chosen(Asked::UndoStep),
            _ => Some(Asked::Pass),
        }
    }
}
