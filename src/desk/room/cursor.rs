//! A chosen line among many, and how keys move it.

use crate::desk::keys::Action;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor(pub usize);

impl Cursor {
    /// Moves it where the action is a movement among `lines` lines, of which a screen shows `page`; returns whether it was one.
    pub fn moves(&mut self, action: Action, lines: usize, page: usize) -> bool {
        let last = lines.saturating_sub(1);
        let half = (page / 2).max(1);
        self.0 = match action {
            Action::Down => self.0 + 1,
            Action::Up => self.0.saturating_sub(1),
            Action::First => 0,
            Action::Last => last,
            Action::PageDown => self.0 + page.max(1),
            Action::PageUp => self.0.saturating_sub(page.max(1)),
            Action::HalfPageDown => self.0 + half,
            Action::HalfPageUp => self.0.saturating_sub(half),
            _ => return false,
        }
        .min(last);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_among_its_lines() {
        let mut cursor = Cursor(0);
        for (action, at) in [
            (Action::Up, 0),
            (Action::Down, 1),
            (Action::PageDown, 5),
            (Action::Last, 9),
            (Action::Down, 9),
            (Action::HalfPageUp, 7),
            (Action::First, 0),
        ] {
            assert!(cursor.moves(action, 10, 4));
            assert_eq!(cursor.0, at, "{action:?}");
        }
        assert!(!cursor.moves(Action::Accept, 10, 4));
        assert!(cursor.moves(Action::Down, 0, 4) && cursor.0 == 0);
    }
}
