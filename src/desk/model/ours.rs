//! What stays ours, by keys: mine only, the next step with its day, and dated notes; for the selected one or for all that is marked.

use super::Model;
use super::dialog::{Dialog, Wanted};
use crate::desk::form::TextField;
use crate::domain::change::{Change, What};
use crate::domain::field::Field;
use crate::domain::filter::Filter;
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::ours::{signature, typed_next};
use crate::domain::text::Notes;
use crate::store::Request;

/// The filter word that leaves only what is the rep's own.
const MINE: &str = "owner:me";

impl Model {
    /// Shows only what is the rep's own, or everybody's again.
    pub(super) fn show_mine(&mut self) {
        if let Err(why) = Filter::parse_for(MINE, self.now, &self.config.me) {
            return self.warn(self.say.filter_error(&why).whole());
        }
        let words: Vec<&str> = self.list().filter_text.split_whitespace().collect();
        let others: Vec<&str> = words.iter().copied().filter(|word| *word != MINE).collect();
        let is_mine = others.len() < words.len();
        let text = if is_mine { others.join(" ") } else { [&others[..], &[MINE]].concat().join(" ") };
        self.set_filter(&text);
        self.tell(if is_mine { self.say.desk_everybodys() } else { self.say.desk_mine() });
    }

    /// Asks for the next step; of one opportunity its present one stands there.
    pub(super) fn open_next(&mut self) {
        let present = self.selected().filter(|_| self.marks.is_empty()).and_then(|row| row.next.clone());
        let text = present.map(|next| format!("{} {}", next.on, next.text)).unwrap_or_default();
        self.ask_ours(&text, Wanted::Next);
    }

    pub(super) fn open_note(&mut self) {
        self.ask_ours("", Wanted::Note);
    }

    /// Asks for a line about what a verb acts on now: whatever moves meanwhile, it is meant for these.
    fn ask_ours(&mut self, text: &str, wanted: Wanted) {
        self.meant_for = self.targets();
        self.dialogs.push(Dialog::Path { field: TextField::line(text), wanted });
    }

    /// What was typed could not be kept: it stands in its box again.
    pub(super) fn ours_failed(&mut self, changes: &[Change]) {
        let (text, wanted) = match changes.first().map(|change| &change.what) {
            Some(What::Note { text, .. }) => (text.to_string(), Wanted::Note),
            Some(What::Next(Some(next))) => (format!("{} {}", next.on, next.text), Wanted::Next),
            _ => return,
        };
        self.meant_for = changes.iter().map(|change| change.id).collect();
        self.dialogs.push(Dialog::Path { field: TextField::line(&text), wanted });
    }

    /// The next step or the note was typed; what is wrong with it is told, and the box stays.
    pub(super) fn keep_ours(&mut self, wanted: Wanted) {
        let Some(Dialog::Path { field, .. }) = self.dialogs.last() else { return };
        let mut complaints = Complaints::new();
        // One untouched Enter may not take away what several have.
        let is_none_of_many = self.meant_for.len() > 1 && field.text().trim().is_empty();
        let what = if is_none_of_many && wanted == Wanted::Next {
            take(Err(Invalid::Missing), Field::Next.path(), &mut complaints)
        } else if wanted == Wanted::Next {
            take(typed_next(field.text(), self.now.today), Field::Next.path(), &mut complaints).map(What::Next)
        } else {
            let by = signature(&self.config.me);
            take(Notes::parse(field.text()), Field::Log.path(), &mut complaints).map(|text| What::Note { by, text })
        };
        match what {
            Some(what) => {
                self.dialogs.pop();
                let change = |id| Change { id, seen: None, what: what.clone() };
                let changes = std::mem::take(&mut self.meant_for).into_iter().map(change).collect();
                self.ask(Request::Apply { changes, now: self.now.now });
            }
            None => {
                let said: Vec<String> = complaints.iter().map(|wrong: &Complaint| self.say.complaint(wrong).whole()).collect();
                self.warn(said.join(" "));
            }
        }
    }
}
