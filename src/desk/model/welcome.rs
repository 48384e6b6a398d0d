//! The welcome to an empty database: the ways in, chosen by arrows and Enter as well as by their keys.

use super::Model;
use crate::desk::keys::Action;
use crate::desk::room::Cursor;

impl Model {
    /// The ways in, in the order in which the welcome names them.
    const WAYS_IN: [Action; 4] = [Action::Import, Action::New, Action::Demo, Action::Mouse];

    /// Returns what the welcome offers: the ways in and, as long as it is off, the mouse, which is asked about here only.
    pub fn ways_in(&self) -> &'static [Action] {
        &Self::WAYS_IN[..Self::WAYS_IN.len() - usize::from(self.mouse)]
    }

    /// Returns what is pressed for a way in: where no key of its own has it, its name behind the key that finds everything.
    pub fn way_key(&self, way: Action) -> String {
        let own = self.keys.key_name(way);
        if own.is_empty() { format!("{}{}", self.keys.key_name(Action::Palette), way.name()) } else { own }
    }

    /// Returns the way in that Enter takes, where the welcome is what is acted on.
    pub fn way_in(&self) -> Option<Action> {
        let is_on_top = self.is_welcome() && self.rooms.is_empty() && self.dialogs.is_empty();
        let ways = self.ways_in();
        ways.get(self.welcome_place()).copied().filter(|_| is_on_top)
    }

    /// Returns which of them is chosen.
    pub fn welcome_place(&self) -> usize {
        self.welcome.0.min(self.ways_in().len() - 1)
    }

    /// Moves among the ways in, or takes one; returns whether it was that.
    pub(super) fn is_done_in_welcome(&mut self, action: Action) -> bool {
        let Some(way) = self.way_in() else { return false };
        let mut cursor: Cursor = self.welcome;
        let moved = cursor.moves(action, self.ways_in().len(), 1);
        self.welcome = cursor;
        if !moved && action == Action::Open {
            self.perform(way);
            return true;
        }
        moved
    }
}
