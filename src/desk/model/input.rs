//! Where keys and pastes go: a focused text field first, then what the key means in the topmost room.

use super::dialog::{Dialog, MenuKind, Wanted};
use super::many::Gathering;
use super::picker::plain_path;
use super::{Ahead, Model};
use crate::desk::form::Edited;
use crate::desk::keys::{Action, Code, Key, Scope};

impl Model {
    pub(super) fn key(&mut self, key: Key, burst: bool) {
        if self.is_form_coming() && !matches!(self.keys.find(self.scope(), key), Some(Action::Leave | Action::Back)) {
            self.tell(self.say.form_coming());
            return self.ahead.push(Ahead::Key(key, burst));
        }
        if self.is_answer_coming() && !matches!(self.keys.find(self.scope(), key), Some(Action::Leave | Action::Back)) {
            return self.ahead.push(Ahead::Key(key, burst));
        }
        if self.waits_for_hits(key) || self.waits_for_customers(key) {
            return self.ahead.push(Ahead::Key(key, burst));
        }
        (self.marking, self.asking, self.unsaid.looking) = (None, None, false);
        self.ahead.clear();
        if self.takes_back_typed(key) {
            return;
        }
        match self.dialogs.last_mut() {
            Some(Dialog::Form(_)) => self.form_key(key, burst),
            Some(Dialog::Sheet(_)) => self.sheet_key(key, burst),
            Some(Dialog::Filter { field, completing, .. }) => match field.key(key) {
                Edited::Text => self.filter_typed(),
                Edited::Cursor => *completing = None,
                Edited::No if key.code == Code::Enter => self.keep_filter(),
                Edited::No => self.dispatch(key),
            },
            Some(Dialog::Import(_) | Dialog::Export(_)) => {
                if !self.file_key(key, burst) {
                    self.dispatch(key);
                }
            }
            Some(Dialog::Path { .. }) => self.path_key(key, burst),
            Some(Dialog::Menu(menu)) => {
                if let Some(line) = menu.with_letter(key) {
                    menu.cursor = line;
                    return self.confirm();
                }
                if menu.kind == MenuKind::Columns && key.text() == Some(' ') {
                    return self.confirm();
                }
                let edited = menu.filter.as_mut().map_or(Edited::No, |field| field.key(key));
                match edited {
                    Edited::Text => self.menu_typed(),
                    // Where nothing stands behind the cursor, nothing was deleted.
                    Edited::Cursor if key.code != Code::Delete => {}
                    Edited::Cursor | Edited::No => self.dispatch(key),
                }
            }
            Some(Dialog::Calendar(_)) => {
                if !self.calendar_key(key) {
                    self.dispatch(key);
                }
            }
            Some(Dialog::Ask(_)) => self.question_key(key),
            None => {
                if !self.narrows(key) {
                    self.dispatch(key);
                }
            }
        }
    }

    /// A key where one line is typed.
    fn path_key(&mut self, key: Key, burst: bool) {
        let Some(Dialog::Path { field, wanted }) = self.dialogs.last_mut() else { return };
        match (field.key(key), wanted.clone()) {
            (Edited::Text | Edited::Cursor, _) => {}
            (Edited::No, _) if burst && key.code == Code::Enter => self.warn(self.say.form_enter_pasted()),
            (Edited::No, Wanted::Next { about, had }) if key.code == Code::Enter => self.set_next(about.ids, had.is_some()),
            (Edited::No, Wanted::ViewName) if key.code == Code::Enter => self.keep_view(),
            (Edited::No, line) if key.code == Code::Enter && is_only_asked(&line) => self.line_typed(&line),
            (Edited::No, Wanted::Note(about)) if key.code == Code::Enter => self.add_note(about.ids),
            (Edited::No, Wanted::Setting(setting, after)) if key.code == Code::Enter => self.setting_typed(setting, &after),
            (Edited::No, Wanted::Save) if key.code == Code::Enter => self.save_path(),
            (Edited::No, Wanted::Deadline(id, seen)) if key.code == Code::Enter => self.set_deadline(id, seen),
            (Edited::No, _) => self.dispatch(key),
        }
    }

    /// A line was typed that changes nothing yet.
    fn line_typed(&mut self, wanted: &Wanted) {
        match wanted {
            Wanted::Fix(rule) => self.fix_typed(*rule),
            Wanted::LeadReason { lead, lose } => self.lead_reason_typed(lead, *lose),
            Wanted::Folder(_) => self.folder_typed(),
            _ => self.past_day_typed(),
        }
    }

    /// A key in a box that asks for a file; returns whether it was for it.
    fn file_key(&mut self, key: Key, burst: bool) -> bool {
        if matches!(self.dialogs.last(), Some(Dialog::Export(_))) { self.export_key(key, burst) } else { self.picker_key(key) }
    }

    /// Returns whether a form was asked for and has not come.
    pub(super) fn is_form_coming(&self) -> bool {
        let gathers = self.gathering.is_some_and(|(_, what)| what != Gathering::Copy);
        gathers
            || self.opening.is_some()
            || self.beginning.is_some()
            || self.form().is_some_and(|form| form.awaits_draft)
            || self.is_sheet_coming()
    }

    /// Returns whether something was asked of the store or of the disk for which keys wait.
    pub(super) const fn is_answer_coming(&self) -> bool {
        self.marking.is_some() || self.asking.is_some() || self.unsaid.looking
    }

    /// The form has come: what was typed meanwhile is typed now. Where none came it would hit something else, and is dropped.
    pub(super) fn replay(&mut self) {
        if self.is_form_coming() || self.is_answer_coming() {
            return;
        }
        let ahead = std::mem::take(&mut self.ahead);
        // That it comes is said until it is there.
        let was_coming = self.note.as_ref().is_some_and(|note| note.text == self.say.form_coming());
        if !ahead.is_empty() || was_coming {
            self.note = None;
        }
        if self.form().is_some() || self.sheet().is_some() {
            ahead.into_iter().for_each(|ahead| self.take_up(ahead));
        }
    }

    /// What was pressed or pasted earlier is taken now.
    pub(super) fn take_up(&mut self, ahead: Ahead) {
        match ahead {
            Ahead::Key(key, burst) => self.key(key, burst),
            Ahead::Pasted(text) => self.paste(&text),
        }
    }

    /// The form does not come: what was typed for it would hit something else.
    pub(super) fn give_form_up(&mut self) {
        (self.opening, self.beginning, self.gathering) = (None, None, None);
        self.ahead.clear();
    }

    pub(super) fn dispatch(&mut self, key: Key) {
        match self.keys.find(self.scope(), key) {
            Some(Action::RemoveView) if !self.shows_views() => self.tell_unknown(key),
            Some(action) => self.perform(action),
            None => match self.way_out(key) {
                Some(action) => self.go(action),
                None => self.tell_unknown(key),
            },
        }
    }

    /// Returns where a key of the list leads from a room that has no use for it, or what it takes back: it means the same in every room.
    pub(super) fn way_out(&self, key: Key) -> Option<Action> {
        let in_room = self.dialogs.is_empty() && !self.rooms.is_empty();
        let is_here = |action: &Action| action.room() == Some(self.scope());
        let is_meant = |action: &Action| action.is_way() || matches!(action, Action::Undo | Action::Redo);
        self.keys.find(Scope::List, key).filter(|action| in_room && is_meant(action) && !is_here(action))
    }

    /// Goes from a room to another one, or to the list and does there what is done in it.
    fn go(&mut self, action: Action) {
        if action.is_of_list() && self.may_do(action).is_ok() {
            self.rooms.clear();
            self.show_list();
        }
        // One that is open behind is gone back to; that of conflicts is about one deal, and not about what is asked for now.
        match action
            .room()
            .filter(|_| action != Action::Resolve)
            .and_then(|scope| self.rooms.iter().position(|room| room.scope() == scope))
        {
            Some(at) => self.rooms.truncate(at + 1),
            None => self.perform(action),
        }
    }

    /// Says that a key does nothing in this room.
    pub(super) fn tell_unknown(&mut self, key: Key) {
        // A question mark is text where text is typed.
        let types = |key: &Key| self.is_typing() && key.text().is_some();
        let help = self.keys.keys_of(Action::Help).into_iter().find(|key| !types(key));
        let help = help.map(|key| key.to_string()).unwrap_or_default();
        self.tell(self.say.desk_key_unknown(help, key.to_string()));
    }

    pub(super) fn paste(&mut self, text: &str) {
        if self.is_narrowing() {
            return self.paste_into_room(text);
        }
        // Not before the keys that came first.
        if self.is_form_coming() && !self.ahead.is_empty() {
            return self.ahead.push(Ahead::Pasted(text.to_owned()));
        }
        match self.dialogs.last_mut() {
            Some(Dialog::Form(_)) => self.paste_into_form(text),
            Some(Dialog::Sheet(_)) => self.paste_into_sheet(text),
            Some(Dialog::Filter { field, .. }) => {
                field.paste(text);
                self.filter_typed();
            }
            Some(Dialog::Import(picker)) => {
                picker.field.paste(text.trim_end_matches(['\n', '\r']));
                self.picker_typed();
            }
            Some(Dialog::Export(asked)) => asked.paste(text.trim_end_matches(['\n', '\r'])),
            Some(Dialog::Path { field, .. }) => {
                field.paste(text.trim_end_matches(['\n', '\r']));
            }
            Some(Dialog::Menu(menu)) if menu.filter.is_some() => {
                menu.filter.iter_mut().for_each(|field| {
                    field.paste(text);
                });
                self.menu_typed();
            }
            // An input method may deliver a single typed character this way.
            _ if text.chars().count() == 1 => text.chars().for_each(|c| self.key(Key::char(c), false)),
            _ => self.warn(self.say.desk_paste_nowhere()),
        }
    }

    /// Returns the name of the file that was typed, and closes the question for it; where none was typed, that is said.
    pub(super) fn typed_path(&mut self) -> Option<String> {
        let Some(Dialog::Path { field, .. }) = self.dialogs.last() else { return None };
        let path = plain_path(field.text());
        if path.is_empty() {
            self.warn(self.say.desk_path_missing());
            return None;
        }
        self.dialogs.pop();
        Some(path)
    }

    /// Shows a menu unless the same one is open already, which then gets the new lines.
    pub(super) fn show_menu(&mut self, menu: super::Menu) {
        match self.dialogs.last_mut() {
            Some(Dialog::Menu(open)) if open.kind == menu.kind => *open = menu,
            _ => self.dialogs.push(Dialog::Menu(menu)),
        }
    }
}

/// Returns whether what is typed changes nothing yet.
const fn is_only_asked(wanted: &Wanted) -> bool {
    matches!(wanted, Wanted::PastDay | Wanted::Fix(_) | Wanted::Folder(_) | Wanted::LeadReason { .. })
}
