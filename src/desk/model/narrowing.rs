//! Narrowing a room by typing: where the text goes, and what follows from it.

use super::Model;
use crate::desk::form::Edited;
use crate::desk::keys::{Code, Key};
use crate::desk::room::Room;

impl Model {
    /// Returns whether what is typed narrows the topmost room.
    pub(super) fn is_narrowing(&self) -> bool {
        self.dialogs.is_empty() && self.rooms.last().is_some_and(Room::is_narrowing)
    }

    /// A key while a room is narrowed by typing; returns whether it was for that.
    pub(super) fn narrows(&mut self, key: Key) -> bool {
        let open = self.rooms.last_mut().filter(|_| self.dialogs.is_empty());
        let Some((typed, narrows)) = open.and_then(Room::narrowing).filter(|(_, narrows)| **narrows) else { return false };
        match typed.key(key) {
            Edited::Text => self.narrowed(),
            Edited::Cursor => {}
            Edited::No if key.code == Code::Enter => *narrows = false,
            Edited::No => return false,
        }
        true
    }

    /// Puts text into what is typed to narrow the room.
    pub(super) fn paste_into_room(&mut self, text: &str) {
        if let Some((typed, _)) = self.rooms.last_mut().and_then(Room::narrowing) {
            typed.paste(text.trim_end_matches(['\n', '\r']));
            self.narrowed();
        }
    }

    /// Something else was typed: the cursor goes to the first that fits.
    fn narrowed(&mut self) {
        match self.rooms.last_mut() {
            Some(Room::Offers(room)) => room.narrowed(),
            Some(Room::Customers(room)) => {
                room.retyped = true;
                self.ask_customers();
            }
            _ => {}
        }
    }
}
