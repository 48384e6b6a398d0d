//! What cells say to people or to programs: words or codes, clocks where the user is or UTC; each word is made once.

use std::collections::HashMap;
use std::sync::Arc;

use super::column::Column;
use crate::domain::date::Moment;
use crate::domain::instant::Timestamp;
use crate::domain::ours::LogNote;
use crate::exchange::sheet::Cell;
use crate::i18n::Sentences;

pub(super) struct Words {
    pub s: Arc<Sentences>,
    /// Where the user is.
    moment: Moment,
    pub plain: bool,
    said: HashMap<(Column, &'static str), String>,
    yes: String,
    no: String,
}

impl Words {
    pub(super) fn new(s: Arc<Sentences>, moment: Moment, plain: bool) -> Self {
        let (yes, no) = if plain { ("true".to_owned(), "false".to_owned()) } else { (s.yes(), s.no()) };
        Self { s, moment, plain, said: HashMap::new(), yes, no }
    }

    /// Returns the word for a code in a column.
    pub(super) fn word(&mut self, of: Column, code: &'static str, say: impl FnOnce(&Sentences) -> String) -> Cell {
        if self.plain {
            return Cell::Text(code.to_owned());
        }
        let s = &self.s;
        Cell::Text(self.said.entry((of, code)).or_insert_with(|| say(s)).clone())
    }

    /// Returns what is said of a text that may be anything.
    pub(super) fn free(&self, text: &str, say: impl FnOnce(&Sentences) -> Option<String>) -> Cell {
        let said = if self.plain { None } else { say(&self.s) };
        Cell::Text(said.unwrap_or_else(|| text.to_owned()))
    }

    pub(super) fn yes_no(&self, yes: bool) -> Cell {
        Cell::Text(if yes { self.yes.clone() } else { self.no.clone() })
    }

    /// Returns an instant as clocks where the user is show it, of which only the day is known as that; for programs in UTC.
    pub(super) fn at(&self, at: Option<Timestamp>) -> Cell {
        match at {
            None => Cell::Empty,
            Some(at) if self.plain => Cell::At(at.utc()),
            Some(at) if at.is_day_only() => Cell::Date(self.moment.day_of(at)),
            Some(at) => Cell::At(self.moment.local(at)),
        }
    }

    /// Returns dated notes, one a line.
    pub(super) fn log(&self, notes: &[LogNote]) -> Cell {
        let one = |note: &LogNote| {
            let at =
                if self.plain { note.at.to_string() } else { self.moment.local(note.at).format("%Y-%m-%d %H:%M").to_string() };
            match &note.by {
                Some(by) => format!("{at} {by}: {}", note.text),
                None => format!("{at}: {}", note.text),
            }
        };
        if notes.is_empty() { Cell::Empty } else { Cell::Text(notes.iter().map(one).collect::<Vec<_>>().join("\n")) }
    }
}
