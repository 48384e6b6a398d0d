//! What an import brought, part by part, read page by page; what was said of its files stands above.

use super::{Asked, Cursor};
use crate::desk::keys::Action;
use crate::domain::ids::{OpportunityId, StepId};
use crate::store::{BroughtPage, BroughtPlace, BroughtRow, StepRecord};

/// Rows that are read at once.
pub const PAGE: usize = 200;

#[derive(Debug, Clone, Default)]
pub struct Brought {
    /// The import, once it has come; the last one, until then.
    pub of: Option<StepId>,
    /// What stays on top: how many became what.
    pub heads: Vec<String>,
    /// What was said of the files, a line each: refused rows, and what is worth to know.
    pub told: Vec<String>,
    pub rows: Vec<BroughtRow>,
    /// Among what was said and the rows.
    pub cursor: Cursor,
    pub step: Option<StepRecord>,
    next: Option<BroughtPlace>,
    /// Whether something was asked for that has not come.
    asked: bool,
    limit: usize,
}

impl Brought {
    pub fn new(of: Option<StepId>) -> Self {
        Self { of, asked: true, limit: PAGE, ..Self::default() }
    }

    /// Returns whether the end is among them.
    pub const fn is_whole(&self) -> bool {
        self.next.is_none()
    }

    pub const fn has_come(&self) -> bool {
        self.step.is_some()
    }

    /// Returns how many lines the cursor stops at.
    pub const fn lines(&self) -> usize {
        self.told.len() + self.rows.len()
    }

    /// Returns the row the cursor is on.
    pub fn chosen(&self) -> Option<&BroughtRow> {
        self.cursor.0.checked_sub(self.told.len()).and_then(|at| self.rows.get(at))
    }

    /// Returns how many from the beginning are to be asked for: what is shown, as far as the store finds that many at once.
    pub fn again(&mut self) -> usize {
        self.asked = true;
        self.limit = PAGE.max(self.rows.len());
        self.limit
    }

    /// Takes rows from a place on, or from the beginning, which replace all there were: the cursor stays on its opportunity.
    pub fn receive(&mut self, from: Option<BroughtPlace>, page: BroughtPage) {
        if from.is_some() && from != self.next {
            // Of a room that was open before.
            return;
        }
        self.asked = false;
        if from.is_some() {
            self.rows.extend(page.rows);
        } else {
            let at = self.chosen().map(|row| row.row.id);
            self.rows = page.rows;
            let found = at.and_then(|at| self.rows.iter().position(|row| row.row.id == at));
            self.cursor.0 = found.map_or(self.cursor.0.min(self.lines().saturating_sub(1)), |at| self.told.len() + at);
        }
        self.next = page.next;
    }

    /// Asks for more where what is there ends within a page below the cursor.
    pub fn wants(&mut self, page: usize) -> Option<Asked> {
        let short = self.cursor.0 + page >= self.lines() || self.rows.len() < self.limit.min(PAGE);
        let (of, from) = self.of.zip(self.next).filter(|_| short && !self.asked)?;
        self.asked = true;
        Some(Asked::MoreBrought { of, from })
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        if self.cursor.moves(action, self.lines(), page) {
            return self.wants(page);
        }
        match action {
            // What was said of the files leads to what they brought.
            Action::Open if self.chosen().is_none() && !self.rows.is_empty() => {
                self.cursor.0 = self.told.len();
                None
            }
            Action::Open => Some(self.chosen().map_or(Asked::Nothing, |row| Asked::Go(row.row.id))),
            Action::TakeOld => Some(Asked::TakeOld),
            Action::Undo => Some(self.step.clone().map_or(Asked::Nothing, |step| Asked::UndoStep(Box::new(step)))),
            _ => Some(Asked::Pass),
        }
    }

    /// Hears that one was seen.
    pub fn seen(&mut self, id: OpportunityId) {
        self.rows.iter_mut().filter(|row| row.row.id == id).for_each(|row| row.row.fresh = false);
    }
}
