//! What was said last: each message goes from the bottom line at the next key, and can be read here for as long as the desk is open.

use std::collections::VecDeque;

use super::dialog::{Line, Menu, MenuKind};
use super::{Model, Note};
use crate::domain::instant::Timestamp;

/// So many are kept.
const MOST: usize = 100;

/// Messages with their time, the newest first.
#[derive(Debug, Default)]
pub(super) struct Messages(VecDeque<(Timestamp, String)>);

impl Messages {
    /// Keeps a message; one that is said again at once is kept once, with its last time.
    pub(super) fn keep(&mut self, at: Timestamp, text: &str) {
        match self.0.front_mut() {
            Some((last, said)) if said == text => *last = at,
            _ => self.0.push_front((at, text.to_owned())),
        }
        self.0.truncate(MOST);
    }
}

impl Model {
    pub(super) fn tell(&mut self, text: String) {
        self.messages.keep(self.now.now, &text);
        self.note = Some(Note { text, bad: false });
    }

    pub(super) fn warn(&mut self, text: String) {
        self.messages.keep(self.now.now, &text);
        self.note = Some(Note { text, bad: true });
    }

    pub(super) fn open_messages(&mut self) {
        let messages = self.messages.0.iter();
        let mut lines: Vec<Line> =
            messages.map(|(at, text)| Line { left: self.day_and_time(*at), ..Line::plain(text.as_str()) }).collect();
        if lines.is_empty() {
            lines.push(Line::plain(self.say.messages_none()));
        }
        self.show_menu(Menu::new(MenuKind::Messages, lines));
    }
}
