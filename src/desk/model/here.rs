//! What can be done in the place that has the keys: which actions are its own, by which key, and why others are not done from there.

use std::collections::BTreeSet;

use super::dialog::{Dialog, PaletteEntry};
use super::{Model, is_movement};
use crate::desk::form::{Form, Page};
use crate::desk::keys::{Action, Key, Scope};
use crate::desk::room::Room;

/// What a form does besides taking text, in the order of the palette.
const OF_FORM: [Action; 5] = [Action::Save, Action::NextPage, Action::PreviousPage, Action::Expand, Action::Explain];

impl Model {
    /// Returns the actions that the topmost room or form has for itself, those that its footer names first. The list and the detail have
    /// none: what they do is what everything is about.
    pub(super) fn own_actions(&self) -> Vec<Action> {
        match self.box_above() {
            None => self.own_of_room(),
            Some(Dialog::Form(form)) => OF_FORM.into_iter().filter(|action| is_of_form(form, *action)).collect(),
            Some(Dialog::Sheet(_)) => vec![Action::Save, Action::Expand, Action::Explain],
            Some(_) => Vec::new(),
        }
    }

    fn own_of_room(&self) -> Vec<Action> {
        let Some(room) = self.rooms.last().filter(|room| !matches!(room, Room::Detail(_))) else { return Vec::new() };
        let mut own: Vec<_> = self.keys.rows().filter(|row| row.scope == room.scope() && is_told(row.action)).collect();
        own.sort_by_key(|row| if row.footer == 0 { u8::MAX } else { row.footer });
        let mut seen = BTreeSet::new();
        own.into_iter().map(|row| row.action).filter(|action| seen.insert(*action)).collect()
    }

    /// Returns the box that has to be left before anything is done to the desk below. A menu does what is chosen in it, and while a
    /// filter is typed the list stays in sight.
    fn box_above(&self) -> Option<&Dialog> {
        self.dialogs.iter().rev().find(|dialog| !matches!(dialog, Dialog::Menu(_) | Dialog::Filter { .. }))
    }

    /// Returns why an entry of the palette is not done over the box that is open; `None` where it is, or none is open.
    pub(super) fn box_first(&self, entry: &PaletteEntry) -> Option<String> {
        let first = match self.box_above()? {
            Dialog::Form(_) | Dialog::Sheet(_) => self.say.palette_form_first(self.keys.key_name(Action::Back)),
            Dialog::Ask(_) => self.say.palette_question_first(),
            _ => self.say.palette_box_first(self.keys.key_name(Action::Back)),
        };
        let is_everywhere = |action: Action| self.keys.rows().any(|row| row.scope == Scope::Everywhere && row.action == action);
        match entry {
            PaletteEntry::Do(action) if self.own_actions().contains(action) || is_everywhere(*action) => None,
            _ => Some(first),
        }
    }

    /// Returns whether the deal at the cursor of the list is what is seen, in the list or as what a room is about.
    pub(super) fn shows_selected(&self) -> bool {
        let of = match self.rooms.last() {
            None | Some(Room::Detail(_)) => return true,
            Some(Room::History(history)) => history.of,
            Some(Room::Conflicts(conflicts)) => Some(conflicts.of),
            Some(Room::Brief(brief)) => Some(brief.of),
            Some(_) => None,
        };
        of.is_some() && of == self.selected().map(|row| row.id)
    }

    /// Returns what a key asks for here, a room's way out included.
    fn meant_here(&self, key: Key) -> Option<Action> {
        self.keys.find(self.scope(), key).or_else(|| self.way_out(key))
    }

    /// Returns whether a key has no use of its own here and does this all the same, as in the list.
    pub(super) fn leads_out(&self, key: Key, action: Action) -> bool {
        self.keys.find(self.scope(), key).is_none() && self.way_out(key) == Some(action)
    }

    /// Returns the first key that does an action in this place as it is shown; nothing where none does.
    pub(super) fn key_here(&self, action: Action) -> String {
        let types = |key: &Key| self.is_typing() && key.text().is_some();
        let keys = self.keys.keys_of(action).into_iter().filter(|key| !types(key));
        // Where steps are shown, its key takes back the one at the cursor.
        let is_of_step = action == Action::Undo && matches!(self.rooms.last(), Some(Room::History(_) | Room::Brought(_)));
        let mut here = keys.filter(|key| self.meant_here(*key) == Some(action) && !is_of_step);
        here.next().as_ref().map(Key::to_string).unwrap_or_default()
    }

    /// Does what is the affair of this place.
    pub(super) fn do_here(&mut self, action: Action) {
        match (self.dialogs.last(), action) {
            (Some(Dialog::Form(form)), _) if form.saving => self.tell(self.say.form_saving()),
            (Some(Dialog::Sheet(sheet)), _) if sheet.saving => self.tell(self.say.form_saving()),
            (Some(Dialog::Form(_)), Action::Save) => self.save_form(),
            (Some(Dialog::Form(_)), Action::NextPage | Action::PreviousPage) => self.turn_page(action == Action::NextPage),
            (Some(Dialog::Form(_)), Action::Expand) => self.expand_field(),
            (Some(Dialog::Sheet(_)), Action::Save) => self.save_sheet(),
            (Some(Dialog::Sheet(_)), Action::Expand) => self.expand_in_sheet(),
            _ => self.perform(action),
        }
    }

    /// Returns what an action is called here: the way into the sample is the way out of it, once there.
    pub(super) fn action_name(&self, action: Action) -> String {
        match (action, self.box_above()) {
            (Action::Save, Some(Dialog::Form(form))) if is_before_check(form) => self.say.page(Page::Check),
            (Action::Save, Some(Dialog::Form(form))) => self.say.form_button(form.kind),
            (Action::Save, Some(Dialog::Sheet(_))) => self.say.sheet_button(),
            (Action::Demo, _) if self.is_sample() => self.say.action_own(),
            (Action::New, _) if matches!(self.rooms.last(), Some(Room::Offers(_))) => self.say.sheet_new_offer(),
            (Action::Leave, _) if self.leaving_copies() => self.say.action_copy(),
            (action, _) => self.say.action(action),
        }
    }
}

/// Returns whether doing what a form is for leads to its last page first.
pub fn is_before_check(form: &Form) -> bool {
    form.kind.pages().contains(&Page::Check) && form.page() != Some(Page::Check)
}

/// Returns whether an action stands in the palette: neither where it only moves, nor where it is taken back, which has a line that names
/// the step.
fn is_told(action: Action) -> bool {
    let is_value = matches!(action, Action::NextValue | Action::PreviousValue);
    !is_movement(action) && !is_value && !matches!(action, Action::Back | Action::Undo | Action::Redo)
}

fn is_of_form(form: &Form, action: Action) -> bool {
    match action {
        Action::NextPage | Action::PreviousPage => !form.kind.pages().is_empty(),
        Action::Expand => form.focused().is_some_and(|spec| spec.is_expandable()),
        _ => true,
    }
}
