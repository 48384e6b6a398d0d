//! Marks: one row, a range, neighbours, all of a list; what verbs then act on.

use super::Model;
use crate::desk::keys::Action;
use crate::domain::ids::OpportunityId;
use crate::store::{Request, StoreError};

/// Most that are marked at once: what is done to all of them is done in one step.
const MOST_MARKED: usize = 5_000;

impl Model {
    pub(super) fn mark_by(&mut self, action: Action) {
        match action {
            Action::MarkRange => self.mark_from_here(),
            Action::MarkAll => self.mark_all(),
            Action::MarkDown => self.mark_and_move(true),
            Action::MarkUp => self.mark_and_move(false),
            _ => self.mark(),
        }
    }

    fn mark(&mut self) {
        if let Some(id) = self.selected().map(|row| row.id) {
            if !self.marks.remove(&id) {
                self.marks.insert(id);
            }
            self.range = None;
            self.move_cursor(true, 1);
        }
    }

    /// Marks the row and the one that the cursor moves to, as Shift with an arrow does elsewhere.
    fn mark_and_move(&mut self, down: bool) {
        self.range = None;
        self.marks.extend(self.selected().map(|row| row.id));
        self.move_cursor(down, 1);
        self.marks.extend(self.selected().map(|row| row.id));
    }

    /// Marks all that the list holds, or takes the marks away where all are marked.
    fn mark_all(&mut self) {
        self.serial += 1;
        self.marking = Some(self.serial);
        let query = self.list().listed();
        self.ask(Request::Ids { of: self.serial, query, limit: MOST_MARKED });
    }

    /// What is to be marked has come.
    pub(super) fn mark_these(&mut self, of: u64, found: Result<(Vec<OpportunityId>, bool), StoreError>) {
        let Some(found) = self.check_listed(of, found) else { return };
        if self.marking.take_if(|serial| *serial == of).is_none() {
            return;
        }
        let (ids, more) = match found {
            Ok(found) => found,
            Err(error) => {
                self.ahead.clear();
                return self.fail(&error);
            }
        };
        self.range = None;
        if !ids.is_empty() && ids.iter().all(|id| self.marks.contains(id)) {
            ids.iter().for_each(|id| {
                self.marks.remove(id);
            });
        } else {
            let count = ids.len() as u64;
            self.marks.extend(ids);
            if more {
                self.tell(self.say.desk_marked_first(self.say.number(count)));
            }
        }
        // What was pressed meanwhile was meant for these.
        std::mem::take(&mut self.ahead).into_iter().for_each(|ahead| self.take_up(ahead));
    }

    fn mark_from_here(&mut self) {
        if self.range.take().is_some() {
            return;
        }
        if let Some(id) = self.selected().map(|row| row.id) {
            self.range = Some((id, self.marks.clone()));
            self.marks.insert(id);
            self.tell(self.say.desk_marking());
        }
    }

    /// Marks everything between where the range began and the cursor.
    pub(super) fn mark_range(&mut self) {
        let Some((from, before)) = &self.range else { return };
        let list = self.list();
        let anchor = list.rows.iter().position(|row| row.id == *from);
        let (first, last) =
            anchor.map_or((list.cursor, list.cursor), |anchor| (anchor.min(list.cursor), anchor.max(list.cursor)));
        let inside = list.rows.iter().skip(first).take(last + 1 - first).map(|row| row.id);
        self.marks = match anchor {
            Some(_) => before.iter().copied().chain(inside).collect(),
            // The beginning has scrolled out of the window: what was marked on the way stays.
            None => self.marks.iter().copied().chain(inside).collect(),
        };
    }

    /// Returns what a verb acts on: everything marked, else the selected one.
    pub(super) fn targets(&self) -> Vec<OpportunityId> {
        if self.marks.is_empty() {
            return self.selected().map(|row| row.id).into_iter().collect();
        }
        self.marks.iter().copied().collect()
    }
}
