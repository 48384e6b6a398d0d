//! A key as the desk knows it, made of what the terminal reports; the only place besides `term` that sees crossterm.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::jamo::latin;

/// A key press, normalised: shift belongs to the character, a release is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    /// Only for keys that are no character.
    pub shift: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
    F(u8),
}

/// Names of keys in the configuration and on screen.
const NAMES: [(&str, Code); 16] = [
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("space", Code::Char(' ')),
    ("comma", Code::Char(',')),
];

impl Key {
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// Returns the keys that a terminal event stands for; none for a release.
    ///
    /// Alt with a character that no key has alone is Esc followed by it: an input method's text right behind Esc.
    pub fn from_event(event: KeyEvent) -> Vec<Self> {
        if event.kind == KeyEventKind::Release {
            return Vec::new();
        }
        let has = |modifier| event.modifiers.contains(modifier);
        let (ctrl, alt, shift) = (has(KeyModifiers::CONTROL), has(KeyModifiers::ALT), has(KeyModifiers::SHIFT));
        let code = match event.code {
            KeyCode::Char(c) if alt && !ctrl && !c.is_ascii() => return vec![Self::plain(Code::Esc), Self::char(c)],
            KeyCode::Char(c) if ctrl && !alt => Code::Char(c.to_ascii_lowercase()),
            KeyCode::Char(c) => Code::Char(c),
            KeyCode::Enter => Code::Enter,
            KeyCode::Esc => Code::Esc,
            KeyCode::Tab => Code::Tab,
            KeyCode::BackTab => return vec![Self { code: Code::Tab, ctrl, alt, shift: true }],
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Delete => Code::Delete,
            KeyCode::Insert => Code::Insert,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::F(n) => Code::F(n),
            _ => return Vec::new(),
        };
        let shift = shift && !matches!(code, Code::Char(_));
        vec![Self { code, ctrl, alt, shift }]
    }

    /// Returns the character this key types.
    // AltGr arrives as Ctrl+Alt; without this @ cannot be typed on German keyboards (gitui#2848).
    pub const fn text(self) -> Option<char> {
        match (self.code, self.ctrl, self.alt) {
            (Code::Char(c), false, false) | (Code::Char(c), true, true) => Some(c),
            _ => None,
        }
    }

    /// Returns the key as a command: what an input method made of it is the Latin key again.
    #[must_use]
    pub fn command(self) -> Self {
        match self.code {
            Code::Char(c) => Self { code: Code::Char(latin(c)), ..self },
            _ => self,
        }
    }

    /// Reads `a`, `A`, `?`, `ctrl-a`, `alt-x`, `shift-tab`, `f1`, `pgdn`, `space`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = text.trim();
        loop {
            let lower = rest.to_ascii_lowercase();
            let cut = |prefix: &str| lower.starts_with(prefix).then(|| &rest[prefix.len()..]).filter(|rest| !rest.is_empty());
            if let Some(next) = cut("ctrl-").or_else(|| cut("^")) {
                (key.ctrl, rest) = (true, next);
            } else if let Some(next) = cut("alt-") {
                (key.alt, rest) = (true, next);
            } else if let Some(next) = cut("shift-") {
                (key.shift, rest) = (true, next);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        key.code = match (chars.next(), chars.next()) {
            (Some(c), None) if key.ctrl => Code::Char(c.to_ascii_lowercase()),
            (Some(c), None) if key.shift => Code::Char(c.to_ascii_uppercase()),
            (Some(c), None) => Code::Char(c),
            _ => {
                let lower = rest.to_ascii_lowercase();
                let function = lower.strip_prefix('f').and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n)).map(Code::F);
                NAMES.iter().find(|(name, _)| *name == lower).map(|(_, code)| *code).or(function)?
            }
        };
        key.shift &= !matches!(key.code, Code::Char(_));
        Some(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("^")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        if self.shift {
            f.write_str("shift-")?;
        }
        match self.code {
            Code::F(n) => write!(f, "F{n}"),
            Code::Char(c) if c != ' ' => write!(f, "{c}"),
            code => f.write_str(match code {
                Code::Up => "↑",
                Code::Down => "↓",
                Code::Left => "←",
                Code::Right => "→",
                Code::Enter => "Enter",
                Code::Esc => "Esc",
                Code::Tab => "Tab",
                Code::Backspace => "Backspace",
                Code::Delete => "Del",
                Code::Insert => "Ins",
                Code::Home => "Home",
                Code::End => "End",
                Code::PageUp => "PgUp",
                Code::PageDown => "PgDn",
                Code::Char(_) | Code::F(_) => "Space",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(code, modifiers)
    }

    #[test]
    fn terminals_differ_and_keys_do_not() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
        const CTRL: KeyModifiers = KeyModifiers::CONTROL;
        const ALT: KeyModifiers = KeyModifiers::ALT;
        for (code, modifiers, key, text) in [
            (KeyCode::Char('a'), NONE, "a", Some('a')),
            (KeyCode::Char('A'), SHIFT, "A", Some('A')),
            (KeyCode::Char('?'), NONE, "?", Some('?')),
            (KeyCode::Char('?'), SHIFT, "?", Some('?')),
            (KeyCode::Char('@'), CTRL | ALT, "ctrl-alt-@", Some('@')),
            (KeyCode::Char('s'), CTRL, "ctrl-s", None),
            (KeyCode::Char('S'), CTRL | SHIFT, "ctrl-s", None),
            (KeyCode::Char('b'), ALT, "alt-b", None),
            (KeyCode::BackTab, SHIFT, "shift-tab", None),
            (KeyCode::BackTab, NONE, "shift-tab", None),
            (KeyCode::Tab, NONE, "tab", None),
            (KeyCode::Char('한'), NONE, "한", Some('한')),
            (KeyCode::F(1), NONE, "f1", None),
            (KeyCode::Down, SHIFT, "shift-down", None),
        ] {
            let found = Key::from_event(event(code, modifiers));
            assert_eq!(found, [Key::parse(key).unwrap()], "{code:?} {modifiers:?}");
            assert_eq!(found[0].text(), text, "{code:?} {modifiers:?}");
        }
    }

    #[test]
    fn a_release_is_no_key_and_a_repeat_is_one() {
        let mut release = event(KeyCode::Char('a'), KeyModifiers::NONE);
        release.kind = KeyEventKind::Release;
        assert_eq!(Key::from_event(release), []);
        release.kind = KeyEventKind::Repeat;
        assert_eq!(Key::from_event(release), [Key::char('a')]);
    }

    #[test]
    fn text_of_an_input_method_behind_esc_is_not_an_alt_chord() {
        let found = Key::from_event(event(KeyCode::Char('한'), KeyModifiers::ALT));
        assert_eq!(found, [Key::plain(Code::Esc), Key::char('한')]);
    }

    #[test]
    fn key_names_are_read_as_they_are_written() {
        for (text, shown) in [
            ("a", "a"),
            ("ctrl-r", "^r"),
            ("^R", "^r"),
            ("shift-tab", "shift-Tab"),
            ("PgDn", "PgDn"),
            ("F12", "F12"),
            ("space", "Space"),
            ("comma", ","),
            ("-", "-"),
            ("^", "^"),
        ] {
            assert_eq!(Key::parse(text).map(|k| k.to_string()).as_deref(), Some(shown), "{text}");
        }
        for wrong in ["", "ctrl-", "f0", "f99", "hyper-x", "ab"] {
            assert_eq!(Key::parse(wrong), None, "{wrong}");
        }
    }
}
