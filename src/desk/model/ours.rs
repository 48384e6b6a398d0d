//! What stays ours, by keys: mine only, the next step with its day, and dated notes; for the selected one or for all that is marked.

use super::Model;
use super::dialog::{About, Dialog, Wanted};
use super::settings::After;
use crate::desk::form::TextField;
use crate::domain::change::{Change, Edit, Set, What};
use crate::domain::contact::Person;
use crate::domain::field::Field;
use crate::domain::ids::OpportunityId;
use crate::domain::invalid::{Complaint, Invalid};
use crate::domain::ours::{NextStep, day_of_next, signature, typed_next};
use crate::domain::text::{Line, Notes};
use crate::store::{Request, Row};

/// The filter word that leaves only what is the rep's own.
const MINE: &str = "owner:me";

impl Model {
    /// Shows only what is the rep's own, or everybody's again.
    pub(super) fn show_mine(&mut self) {
        let words: Vec<&str> = self.list().filter_text.split_whitespace().collect();
        let others: Vec<&str> = words.iter().copied().filter(|word| *word != MINE).collect();
        let is_mine = others.len() < words.len();
        if !is_mine && !self.knows_me() {
            return self.ask_who(After::Mine);
        }
        let text = if is_mine { others.join(" ") } else { [&others[..], &[MINE]].concat().join(" ") };
        self.set_filter(&text);
        self.tell(if is_mine { self.say.desk_everybodys() } else { self.say.desk_mine() });
    }

    /// Returns the rep, where the settings tell an e-mail by which they own something.
    pub(super) fn me(&self) -> Option<Person> {
        Some(&self.config.me).filter(|me| !me.email.is_empty()).cloned()
    }

    /// Returns whether the settings tell enough to find what the rep owns: half a name is nobody's.
    pub(super) fn knows_me(&self) -> bool {
        let me = &self.config.me;
        !me.email.is_empty() || !me.first.is_empty() && !me.last.is_empty()
    }

    /// Makes the rep the owner, in every stage; who that is is asked first where nobody knows.
    pub(super) fn give_to_me(&mut self, ids: Vec<OpportunityId>) {
        match self.me().map(|me| Line::parse(&me.email)) {
            None | Some(Err(_)) => self.ask_who(After::Give(ids)),
            Some(Ok(me)) => {
                let what = What::Edit(Edit(vec![Set::Owner(Some(me))]));
                let change = |id| Change { id, seen: None, what: what.clone() };
                self.ask(Request::Apply { changes: ids.into_iter().map(change).collect(), now: self.now.now });
            }
        }
    }

    /// Asks for the next step; of one opportunity its present one stands there.
    pub(super) fn open_next(&mut self) {
        let about = self.about();
        let had = match about.ids[..] {
            [id] => self.row(id).and_then(|row| row.next.as_ref()).map(typed_again),
            _ => None,
        };
        self.ask_line(&had.clone().unwrap_or_default(), Wanted::Next { about, had });
    }

    /// Says which day a next step is read to begin with, as it is typed.
    pub fn next_day_read(&self, typed: &str) -> String {
        day_of_next(typed, self.now.today).map_or_else(String::new, |day| self.say.typed_date(day))
    }

    pub(super) fn open_note(&mut self) {
        let about = self.about();
        self.ask_line("", Wanted::Note(about));
    }

    /// Returns what a verb acts on now, with what it is called.
    fn about(&self) -> About {
        self.about_these(self.targets())
    }

    fn about_these(&self, ids: Vec<OpportunityId>) -> About {
        let only = if let [id] = ids[..] { self.row(id) } else { None };
        About { title: only.map_or_else(|| self.say.step_what_many(ids.len()), |row| row.title().to_owned()), ids }
    }

    fn row(&self, id: OpportunityId) -> Option<&Row> {
        self.list().rows.iter().find(|row| row.id == id)
    }

    fn ask_ours(&mut self, text: &str, wanted: Wanted) {
        self.dialogs.push(Dialog::Path { field: TextField::line(text), wanted });
    }

    /// What was typed could not be kept: it stands in its box again.
    pub(super) fn ours_failed(&mut self, changes: &[Change]) {
        let about = self.about_these(changes.iter().map(|change| change.id).collect());
        match changes.first().map(|change| &change.what) {
            Some(What::Note { text, .. }) => self.ask_ours(text.as_str(), Wanted::Note(about)),
            Some(What::Next(Some(next))) => self.ask_ours(&typed_again(next), Wanted::Next { about, had: None }),
            _ => {}
        }
    }

    /// The next step of these was typed; nothing takes one away that stood there, and an untouched Enter none that was not seen.
    pub(super) fn set_next(&mut self, ids: Vec<OpportunityId>, had: bool) {
        let today = self.now.today;
        self.keep_ours(ids, Field::Next, |typed| match typed_next(typed, today)? {
            None if !had => Err(Invalid::Missing),
            next => Ok(What::Next(next)),
        });
    }

    /// A note about these was typed.
    pub(super) fn add_note(&mut self, ids: Vec<OpportunityId>) {
        let by = signature(&self.config.me);
        self.keep_ours(ids, Field::Log, |typed| Ok(What::Note { by, text: Notes::parse(typed)? }));
    }

    /// Keeps what was typed; what is wrong with it is told, and the box stays.
    fn keep_ours(&mut self, ids: Vec<OpportunityId>, field: Field, read: impl FnOnce(&str) -> Result<What, Invalid>) {
        let Some(Dialog::Path { field: typed, .. }) = self.dialogs.last() else { return };
        match read(typed.text()) {
            Ok(what) => {
                self.dialogs.pop();
                let change = |id| Change { id, seen: None, what: what.clone() };
                self.ask(Request::Apply { changes: ids.into_iter().map(change).collect(), now: self.now.now });
            }
            Err(Invalid::Missing) if field == Field::Log => self.warn(self.say.note_nothing_typed()),
            Err(why) => self.warn(self.say.complaint(&Complaint::new(field.path(), why)).whole()),
        }
    }
}

/// Returns a next step as it is typed.
fn typed_again(next: &NextStep) -> String {
    format!("{} {}", next.on, next.text)
}
