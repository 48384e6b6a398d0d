//! What the terminal sends, byte by byte, made into events: an escape sequence that comes in pieces is still one, a paste that never
//! ends is taken after a moment, and the key that leaves is heard in every state.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// How long an escape waits for the rest of its sequence: slow lines cut them.
const ESCAPE: Duration = Duration::from_millis(80);
/// How long the rest of a sequence that was begun, or of a character, is waited for.
const REST: Duration = Duration::from_millis(500);
/// How long after an escape that stood alone the rest of a sequence may still come, in one piece.
const LATE: Duration = Duration::from_secs(1);
/// How long nothing more comes before a paste is taken as it is.
const PASTE: Duration = Duration::from_millis(400);
/// Longest paste that is held; what is longer comes in pieces.
const LONGEST: usize = 16 << 20;

const ESC: u8 = 0x1B;
const LEAVE: u8 = 0x03;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// What the terminal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    Event(Event),
    /// Where the cursor stands, counted from 1: the answer to a question.
    Cursor {
        column: u16,
    },
}

/// Makes events of bytes. Times are counted from any moment that stays.
#[derive(Debug, Default)]
pub(super) struct Parser {
    bytes: Vec<u8>,
    /// The text of a paste that has begun.
    paste: Option<Vec<u8>>,
    /// When something came last.
    came: Duration,
    /// When an escape was taken for the key.
    escaped: Option<Duration>,
}

/// What the bytes in front are.
enum Front {
    /// So many bytes are this; `None` is something without a meaning here.
    Is(usize, Option<Heard>),
    /// It may be the beginning of more.
    Cut,
}

impl Parser {
    /// Takes bytes that came in one piece, and returns what is whole.
    pub(super) fn feed(&mut self, piece: &[u8], now: Duration) -> Vec<Heard> {
        let mut heard = Vec::new();
        self.came = now;
        let late = self.escaped.take().filter(|escaped| now.saturating_sub(*escaped) < LATE);
        if self.paste.is_some() && piece == [LEAVE] {
            heard.extend(self.end_paste());
        }
        // The escape was taken for a key already; what follows it must not be taken for others.
        if late.is_some() && self.bytes.is_empty() && self.paste.is_none() && is_rest(piece) {
            self.bytes.push(ESC);
        }
        // Nothing but a sequence comes behind an escape in two pieces.
        if self.bytes == [ESC] && !matches!(piece.first(), Some(b'[' | b'O')) && self.paste.is_none() {
            self.bytes.clear();
            heard.push(key(KeyCode::Esc, KeyModifiers::NONE));
        }
        self.bytes.extend_from_slice(piece);
        self.take_whole(&mut heard);
        heard
    }

    /// Returns after how long something is to be made of what has come so far, although more may be on its way.
    pub(super) fn patience(&self, now: Duration) -> Option<Duration> {
        let wait = match (&self.paste, &self.bytes[..]) {
            (Some(_), _) => PASTE,
            (None, []) => return None,
            (None, [ESC]) => ESCAPE,
            (None, _) => REST,
        };
        Some((self.came + wait).saturating_sub(now))
    }

    /// Takes what has come so far as it is, where nothing more came for long enough.
    pub(super) fn give_up(&mut self, now: Duration) -> Vec<Heard> {
        let mut heard = Vec::new();
        if self.patience(now).is_none_or(|left| !left.is_zero()) {
            return heard;
        }
        if self.paste.is_some() {
            heard.extend(self.end_paste());
            return heard;
        }
        if self.bytes == [ESC] {
            self.escaped = Some(now);
            heard.push(key(KeyCode::Esc, KeyModifiers::NONE));
        } else if self.bytes.first() != Some(&ESC) {
            heard.push(key(KeyCode::Char(char::REPLACEMENT_CHARACTER), KeyModifiers::NONE));
        }
        // Of a sequence that was never ended nothing is left: an arrow or nothing.
        self.bytes.clear();
        heard
    }

    fn end_paste(&mut self) -> Option<Heard> {
        let mut text = self.paste.take()?;
        text.append(&mut self.bytes);
        Some(text).filter(|text| !text.is_empty()).map(pasted)
    }

    fn take_whole(&mut self, heard: &mut Vec<Heard>) {
        loop {
            if self.paste.is_some() {
                if !self.take_pasted(heard) {
                    return;
                }
            } else if self.bytes.starts_with(PASTE_BEGINS) {
                self.bytes.drain(..PASTE_BEGINS.len());
                self.paste = Some(Vec::new());
            } else {
                match front(&self.bytes) {
                    Front::Is(0, _) | Front::Cut => return,
                    Front::Is(count, found) => {
                        self.bytes.drain(..count);
                        heard.extend(found);
                    }
                }
            }
        }
    }

    /// Takes what belongs to the paste; returns whether it has ended.
    fn take_pasted(&mut self, heard: &mut Vec<Heard>) -> bool {
        let Some(paste) = &mut self.paste else { return false };
        if let Some(at) = self.bytes.windows(PASTE_ENDS.len()).position(|window| window == PASTE_ENDS) {
            paste.extend(self.bytes.drain(..at));
            self.bytes.drain(..PASTE_ENDS.len());
            heard.extend(self.paste.take().map(pasted));
            return true;
        }
        // The end may be cut: as much as could be its beginning stays.
        let kept = (1..PASTE_ENDS.len()).rev().find(|count| self.bytes.ends_with(&PASTE_ENDS[..*count])).unwrap_or(0);
        let whole = self.bytes.len() - kept;
        paste.extend(self.bytes.drain(..whole));
        if paste.len() > LONGEST {
            heard.push(pasted(std::mem::take(paste)));
        }
        false
    }
}

fn pasted(text: Vec<u8>) -> Heard {
    let text = String::from_utf8(text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    // Terminals send the return key for a break of line.
    Heard::Event(Event::Paste(text.replace("\r\n", "\n").replace('\r', "\n")))
}

/// Returns whether a piece is what follows the escape of a sequence, whole.
fn is_rest(piece: &[u8]) -> bool {
    match piece {
        _ if piece.starts_with(&PASTE_BEGINS[1..]) => true,
        [b'[', inside @ .., end] => {
            (0x40..=0x7E).contains(end) && *end != b'[' && inside.iter().all(|byte| (0x20..=0x3F).contains(byte))
        }
        [b'O', end] => matches!(end, b'A'..=b'D' | b'F' | b'H' | b'P'..=b'S'),
        _ => false,
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Heard {
    Heard::Event(Event::Key(KeyEvent::new(code, modifiers)))
}

fn front(bytes: &[u8]) -> Front {
    match bytes {
        [] => Front::Is(0, None),
        [ESC] | [ESC, b'[' | b'O'] => Front::Cut,
        [ESC, b'[', ..] => sequence(bytes),
        [ESC, b'O', end, ..] if *end < 0x20 => Front::Is(2, None),
        [ESC, b'O', end, ..] => Front::Is(3, function_key(*end, KeyModifiers::NONE)),
        [ESC, ESC | LEAVE, ..] => Front::Is(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        [ESC, rest @ ..] => match front(rest) {
            Front::Is(count, Some(Heard::Event(Event::Key(pressed)))) => {
                Front::Is(count + 1, Some(key(pressed.code, pressed.modifiers | KeyModifiers::ALT)))
            }
            Front::Is(count, found) => Front::Is(count + 1, found),
            Front::Cut => Front::Cut,
        },
        [byte, ..] if *byte < 0x20 || *byte == 0x7F => Front::Is(1, Some(control(*byte))),
        _ => character(bytes),
    }
}

fn control(byte: u8) -> Heard {
    let with_ctrl = |c: u8| key(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    match byte {
        b'\r' => key(KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => key(KeyCode::Tab, KeyModifiers::NONE),
        0x7F => key(KeyCode::Backspace, KeyModifiers::NONE),
        0 => with_ctrl(b' '),
        0x01..=0x1A => with_ctrl(byte - 1 + b'a'),
        _ => with_ctrl(byte - 0x1C + b'4'),
    }
}

fn character(bytes: &[u8]) -> Front {
    let typed = |c: char| {
        let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
        Some(key(KeyCode::Char(c), shift))
    };
    let front = &bytes[..bytes.len().min(4)];
    let good = match std::str::from_utf8(front) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => std::str::from_utf8(&front[..error.valid_up_to()]).unwrap_or_default(),
        Err(error) => {
            return match error.error_len() {
                None if bytes.len() < 4 => Front::Cut,
                bad => Front::Is(bad.unwrap_or(1), typed(char::REPLACEMENT_CHARACTER)),
            };
        }
    };
    good.chars().next().map_or(Front::Is(0, None), |c| Front::Is(c.len_utf8(), typed(c)))
}

/// Reads what begins with escape and bracket.
fn sequence(bytes: &[u8]) -> Front {
    // The console of Linux sends function keys of its own.
    if let [_, _, b'[', end, ..] = bytes {
        let number = end.wrapping_sub(b'A');
        if *end < 0x20 {
            return Front::Is(3, None);
        }
        return Front::Is(4, (number < 5).then(|| key(KeyCode::F(number + 1), KeyModifiers::NONE)));
    }
    if bytes[2..] == [b'['] {
        return Front::Cut;
    }
    if let [_, _, b'M', rest @ ..] = bytes {
        if rest.iter().take(3).any(|byte| *byte < 0x20) {
            return Front::Is(3, None);
        }
        return if rest.len() < 3 { Front::Cut } else { Front::Is(6, old_mouse(rest)) };
    }
    let inside = bytes[2..].iter().take_while(|byte| (0x20..=0x3F).contains(*byte)).count();
    let Some(end) = bytes.get(2 + inside) else { return Front::Cut };
    let whole = 3 + inside;
    if !(0x40..=0x7E).contains(end) {
        // Something else has begun in the middle of it.
        return Front::Is(2 + inside, None);
    }
    let text = std::str::from_utf8(&bytes[2..2 + inside]).unwrap_or_default();
    Front::Is(whole, meaning(text, *end))
}

fn meaning(text: &str, end: u8) -> Option<Heard> {
    if let Some(mouse) = text.strip_prefix('<') {
        return mouse_event(mouse, end == b'm');
    }
    let mut numbers = text.split([';', ':']).map(|number| number.parse::<u16>().ok());
    let (first, second) = (numbers.next().flatten(), numbers.next().flatten());
    let modifiers = modifiers(second.unwrap_or(1));
    match end {
        b'R' if first.is_some() && second.is_some() => second.map(|column| Heard::Cursor { column }),
        b'Z' => Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        b'I' => Some(Heard::Event(Event::FocusGained)),
        b'O' => Some(Heard::Event(Event::FocusLost)),
        b'~' => special_key(first?).map(|code| key(code, modifiers)),
        end => function_key(end, modifiers),
    }
}

fn modifiers(number: u16) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let held = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    held.into_iter().filter(|(bit, _)| bits & bit != 0).fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}

fn function_key(end: u8, modifiers: KeyModifiers) -> Option<Heard> {
    let code = match end {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(end - b'P' + 1),
        _ => return None,
    };
    Some(key(code, modifiers))
}

fn special_key(number: u16) -> Option<KeyCode> {
    let function = |n: u16| u8::try_from(n).ok().map(KeyCode::F);
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(number - 10),
        17..=21 => function(number - 11),
        23..=26 => function(number - 12),
        28 | 29 => function(number - 13),
        31..=34 => function(number - 14),
        _ => None,
    }
}

/// Reads `button;column;row`, counted from 1.
fn mouse_event(text: &str, released: bool) -> Option<Heard> {
    let mut numbers = text.split(';').map(|number| number.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    mouse(button, column.checked_sub(1)?, row.checked_sub(1)?, released)
}

/// The form of old terminals: three bytes, each 32 more than it means.
fn old_mouse(bytes: &[u8]) -> Option<Heard> {
    let number = |at: usize| bytes.get(at)?.checked_sub(32).map(u16::from);
    let (button, column, row) = (number(0)?, number(1)?, number(2)?);
    mouse(button, column.checked_sub(1)?, row.checked_sub(1)?, button & 3 == 3)
}

fn mouse(button: u16, column: u16, row: u16, released: bool) -> Option<Heard> {
    let kind = match button & 0b1110_0011 {
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        0 if button & 32 == 0 && !released => MouseEventKind::Down(MouseButton::Left),
        1 if button & 32 == 0 && !released => MouseEventKind::Down(MouseButton::Middle),
        2 if button & 32 == 0 && !released => MouseEventKind::Down(MouseButton::Right),
        _ => return None,
    };
    Some(Heard::Event(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })))
}

#[cfg(test)]
mod tests;
