//! Undo inside a text field: the keys that take a step back elsewhere bring back there what was typed or deleted.

use super::Model;
use super::dialog::Dialog;
use crate::desk::form::{Slot, TextField};
use crate::desk::keys::{Action, Key, Scope};
use crate::desk::room::Room;

impl Model {
    /// Takes back what was typed in the field with the cursor, or makes it again; returns whether the key is for that.
    pub(super) fn takes_back_typed(&mut self, key: Key) -> bool {
        if key.text().is_some() || !self.is_typing() {
            return false;
        }
        let action = self.keys.find(Scope::List, key);
        let again = match action {
            Some(Action::Undo) => false,
            Some(Action::Redo) => true,
            _ => return false,
        };
        // What the user bound to it here goes before.
        if self.keys.find(self.scope(), key).is_some_and(|here| Some(here) != action) {
            return false;
        }
        let Some(field) = self.typed_field() else { return false };
        if field.take_back(again) {
            self.field_typed();
        } else if again {
            self.tell(self.say.form_nothing_to_make_again(key.to_string()));
        } else {
            self.tell(self.say.form_nothing_to_take_back(key.to_string()));
        }
        true
    }

    /// Returns the field that takes what is typed; none while it is being saved.
    fn typed_field(&mut self) -> Option<&mut TextField> {
        match self.dialogs.last_mut() {
            Some(Dialog::Filter { field, .. } | Dialog::Path { field, .. }) => Some(field),
            Some(Dialog::Import(picker)) => Some(&mut picker.field),
            Some(Dialog::Export(asked)) => Some(&mut asked.field),
            Some(Dialog::Menu(menu)) => menu.filter.as_mut(),
            Some(Dialog::Form(form)) if !form.saving => form.text_field(),
            Some(Dialog::Sheet(sheet)) if !sheet.saving => match &mut sheet.focused()?.slot {
                Slot::Line(field) => Some(field),
                Slot::Choice(..) => None,
            },
            Some(_) => None,
            None => match self.rooms.last_mut() {
                Some(Room::Offers(room)) => Some(&mut room.typed),
                _ => None,
            },
        }
    }

    /// What is typed into the topmost field has changed.
    fn field_typed(&mut self) {
        match self.dialogs.last_mut() {
            Some(Dialog::Filter { .. }) => self.filter_typed(),
            Some(Dialog::Import(_)) => self.picker_typed(),
            Some(Dialog::Export(asked)) => asked.typed(),
            Some(Dialog::Menu(_)) => self.menu_typed(),
            Some(Dialog::Form(_)) => self.typed(),
            Some(Dialog::Sheet(_)) => self.sheet_typed(),
            Some(_) => {}
            None => {
                if let Some(Room::Offers(room)) = self.rooms.last_mut() {
                    room.narrowed();
                }
            }
        }
    }
}
