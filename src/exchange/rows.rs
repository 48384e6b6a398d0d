//! Rows of a table as text: separated by a comma, a semicolon or a tab, or as a table of Markdown; what the cells hold is handed in.

use std::fmt::Write as _;

use chrono::Timelike;

use super::inert::{cell, plain_cell};
use super::report::markdown_plain;
use super::sheet::Cell;
use crate::domain::date::Date;

/// How a table is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    pub kind: Table,
    /// Whether it is for programs: nothing before the first line, lines that end as theirs do, times as RFC 3339 in UTC.
    pub plain: bool,
    /// What stands before decimals.
    pub decimal: char,
}

/// What parts the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Separated(char),
    Markdown,
}

impl Hand {
    /// Adds what comes before the rows; `numbers` tells which columns hold some.
    pub fn head(self, heads: &[String], numbers: &[bool], to: &mut String) {
        if self.kind != Table::Markdown && !self.plain {
            // By it Excel knows the encoding.
            to.push('\u{FEFF}');
        }
        self.line(heads.len(), to, |at, to| self.text(&heads[at], to));
        if self.kind == Table::Markdown {
            self.line(heads.len(), to, |at, to| to.push_str(if numbers.get(at) == Some(&true) { "---:" } else { "---" }));
        }
    }

    /// Adds a row.
    pub fn row(self, cells: &[Cell], to: &mut String) {
        self.line(cells.len(), to, |at, to| self.cell(&cells[at], to));
    }

    fn line(self, count: usize, to: &mut String, write: impl Fn(usize, &mut String)) {
        match self.kind {
            Table::Markdown => {
                to.push('|');
                for at in 0..count {
                    to.push(' ');
                    write(at, to);
                    to.push_str(" |");
                }
            }
            Table::Separated(separator) => {
                let begin = to.len();
                for at in 0..count {
                    if at > 0 {
                        to.push(separator);
                    }
                    write(at, to);
                }
                // A line with nothing on it is passed over by whoever reads it.
                if to.len() == begin {
                    to.push_str("\"\"");
                }
            }
        }
        to.push_str(if self.kind == Table::Markdown || self.plain { "\n" } else { "\r\n" });
    }

    fn text(self, text: &str, to: &mut String) {
        let Table::Separated(separator) = self.kind else { return to.push_str(&markdown_plain(text)) };
        let text = if self.plain { plain_cell(text) } else { cell(text) };
        if text.contains([separator, '"', '\n', '\r', '\t']) || text.starts_with(' ') || text.ends_with(' ') {
            to.push('"');
            for (at, part) in text.split('"').enumerate() {
                to.push_str(if at == 0 { "" } else { "\"\"" });
                to.push_str(part);
            }
            to.push('"');
        } else {
            to.push_str(&text);
        }
    }

    fn cell(self, cell: &Cell, to: &mut String) {
        // Into a text nothing fails to be written.
        let _ = match cell {
            Cell::Empty => Ok(()),
            Cell::Text(text) | Cell::Title(text) | Cell::Note(text) => {
                self.text(text, to);
                Ok(())
            }
            Cell::Count(count) => write!(to, "{count}"),
            Cell::Percent(percent) if self.plain => write!(to, "{percent}"),
            Cell::Percent(percent) => write!(to, "{percent}%"),
            Cell::Money(currency, minor) => {
                let amount = currency.amount(*minor);
                if self.decimal == '.' {
                    to.push_str(&amount);
                } else {
                    self.text(&amount.replace('.', &self.decimal.to_string()), to);
                }
                Ok(())
            }
            Cell::Date(date) => write!(to, "{date}"),
            Cell::At(at) => {
                let joint = if self.plain { 'T' } else { ' ' };
                let minute = write!(to, "{}{joint}{:02}:{:02}", Date::from(at.date()), at.hour(), at.minute());
                if self.plain { write!(to, ":{:02}Z", at.second()) } else { minute }
            }
        };
    }
}
