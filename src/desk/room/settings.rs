//! The settings, one a line; what each is and where that comes from is in the model, what changes the file outside of it.

use super::{Asked, Cursor};
use crate::config::Setting;
use crate::desk::keys::Action;

#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub cursor: Cursor,
    /// The setting that was changed last while the room was open, and what the file had for it before; empty where it had nothing.
    pub before: Option<(Setting, String)>,
}

/// What is to become of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The next of few choices; what is text is typed.
    Change,
    Next,
    Previous,
    /// Its default.
    Default,
    /// What it was before it was changed, whichever was changed last.
    Back,
}

impl Settings {
    /// Returns the room with the cursor on a setting.
    pub fn at(setting: Setting) -> Self {
        Self { cursor: Cursor(Setting::ALL.iter().position(|other| *other == setting).unwrap_or(0)), before: None }
    }

    /// Returns the setting the cursor is on.
    pub fn chosen(&self) -> Setting {
        Setting::ALL.get(self.cursor.0).copied().unwrap_or(Setting::FirstName)
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        if self.cursor.moves(action, Setting::ALL.len(), page) {
            return None;
        }
        let turn = match action {
            Action::Open => Turn::Change,
            Action::NextValue => Turn::Next,
            Action::PreviousValue => Turn::Previous,
            Action::Default => Turn::Default,
            Action::AsBefore => Turn::Back,
            _ => return Some(Asked::Pass),
        };
        Some(Asked::Turn(self.chosen(), turn))
    }
}
