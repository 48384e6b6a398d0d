//! Where commands write: text or JSON on standard output, errors on standard error; nothing unseen gets through.

use std::io::{self, Write};

use serde_json::{Value, json};

pub(super) use crate::exchange::inert::{cell, inert};
use crate::i18n::Said;
use crate::width::{left, right, visible, width};

/// The two streams, and what the user wants on them.
pub struct Output<'a> {
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
    pub json: bool,
    /// Columns of the terminal that text goes to; `None` where it goes to a file or another program.
    pub columns: Option<usize>,
    /// Whether somebody watches standard error.
    pub watched: bool,
}

impl Output<'_> {
    /// Writes a line of text.
    ///
    /// # Errors
    /// What the stream says.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", visible(text))
    }

    /// Writes a table as wide as the output.
    ///
    /// # Errors
    /// What the stream says.
    pub(super) fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) -> io::Result<()> {
        table(columns, rows, self.columns).iter().try_for_each(|line| self.line(line))
    }

    /// Writes a JSON value on lines of its own.
    ///
    /// # Errors
    /// What the stream says.
    pub fn json(&mut self, value: &Value) -> io::Result<()> {
        let text = serde_json::to_string_pretty(value)?;
        writeln!(self.out, "{}", inert(&text))
    }

    /// Writes a remark that is not the answer itself.
    ///
    /// # Errors
    /// What the stream says.
    pub fn remark(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.err, "{}", visible(text))
    }

    /// Writes errors: sentence and hint each, or all of them as one JSON object.
    ///
    /// # Errors
    /// What the stream says.
    pub fn errors(&mut self, errors: &[Said]) -> io::Result<()> {
        if self.json {
            let errors: Vec<Value> = errors
                .iter()
                .map(|said| json!({ "field": said.field, "code": said.code, "message": said.sentence, "hint": said.hint }))
                .collect();
            write!(self.err, "{}", inert(&json!({ "errors": errors }).to_string()))?;
            return writeln!(self.err);
        }
        for said in errors {
            writeln!(self.err, "{}", visible(&said.sentence))?;
            if let Some(hint) = &said.hint {
                writeln!(self.err, "  {}", visible(hint))?;
            }
        }
        Ok(())
    }

    /// Overwrites the progress line; nothing where nobody watches.
    pub fn progress(&mut self, text: &str) {
        if self.watched {
            // A progress line that cannot be written is not worth stopping for.
            let _ = write!(self.err, "\r{}\x1b[K", visible(text)).and_then(|()| self.err.flush());
        }
    }

    /// Takes the progress line away.
    pub fn end_progress(&mut self) {
        if self.watched {
            let _ = write!(self.err, "\r\x1b[K").and_then(|()| self.err.flush());
        }
    }
}

/// A column of a printed table.
pub(super) struct Column {
    pub head: String,
    /// Whether its cells stand right.
    pub number: bool,
    /// Whether it gives room when the terminal is narrow.
    pub gives: bool,
}

impl Column {
    /// A column of words.
    pub(super) const fn text(head: String, gives: bool) -> Self {
        Self { head, number: false, gives }
    }
}

/// Returns the lines of a table; where the width is known, columns that give are cut to fit it.
pub(super) fn table(columns: &[Column], rows: &[Vec<String>], room: Option<usize>) -> Vec<String> {
    let mut widths: Vec<usize> = columns.iter().map(|column| width(&column.head)).collect();
    for row in rows {
        for (wide, cell) in widths.iter_mut().zip(row) {
            *wide = (*wide).max(width(cell));
        }
    }
    if let Some(room) = room {
        shrink(&mut widths, columns, room);
    }
    let head: Vec<String> = columns.iter().map(|column| column.head.clone()).collect();
    let line = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).zip(columns).map(|((cell, wide), column)| {
            let cell = visible(cell).replace('\n', " ");
            if column.number { right(&cell, *wide) } else { left(&cell, *wide) }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    std::iter::once(line(&head)).chain(rows.iter().map(|row| line(row))).collect()
}

fn shrink(widths: &mut [usize], columns: &[Column], room: usize) {
    let needed = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    while needed(widths) > room {
        let giving = (0..widths.len()).filter(|i| columns[*i].gives && widths[*i] > 6);
        let Some(widest) = giving.max_by_key(|i| widths[*i]) else { return };
        widths[widest] -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_in_columns_whatever_the_script() {
        let column = |head: &str, number, gives| Column { head: head.into(), number, gives };
        let columns = [column("Deal", false, true), column("Value", true, false)];
        let rows = [vec!["ERP 마이그레이션".into(), "1".into()], vec!["Azure landing zone for all".into(), "1,200".into()]];
        let wide = table(&columns, &rows, None);
        assert_eq!(wide[1], "ERP 마이그레이션                1");
        assert_eq!(wide[2], "Azure landing zone for all  1,200");
        let narrow = table(&columns, &rows, Some(20));
        assert!(narrow.iter().all(|line| width(line) <= 20), "{narrow:?}");
        assert_eq!(narrow[2], "Azure landin…  1,200");
    }

    #[test]
    fn what_cannot_be_seen_does_not_get_through() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut output = Output { out: &mut out, err: &mut err, json: false, columns: None, watched: false };
        output.line("a\u{1b}]52;c;x\u{7}\u{202e}").unwrap();
        output.errors(&[Said { code: "x", field: None, sentence: "b\u{9b}".into(), hint: Some("c\u{1b}".into()) }]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a␣]52;c;x␣␣\n");
        assert_eq!(String::from_utf8(err).unwrap(), "b␣\n  c␣\n");
    }
}
