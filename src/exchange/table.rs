//! Tables of text, whatever their separator, and those of workbooks: the header is found by the columns that are known in it, rows one at
//! a time.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use super::bulk::columns::bare;
use super::error::{FileError, Long};
use super::input::{Input, Text};
use super::lines::Lines;
use super::records::{Fault, Record, Records, Style, head};
use super::refused::RowContent;
use super::workbook::{self, FromSheet, Spooled};
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::text::plain;

/// An open table, its header read.
pub(super) struct Table {
    input: Input,
    rows: Rows,
    pub header: csv::StringRecord,
    pub separator: u8,
    record: Record,
    /// The last row, where the file ends without a line break behind it.
    unended: Option<u64>,
    /// What is told of the sheet, where it is one.
    sheet: Option<FromSheet>,
}

/// Where rows come from.
enum Rows {
    Text(Box<Records<Text>>),
    Sheet(Spooled),
}

/// What the columns of a table mean to whoever opens it.
pub(super) struct Heads<'a> {
    /// Which names are known.
    pub known: &'a dyn Fn(&str) -> bool,
    /// Which rows are heads of a table that can be read; a workbook may hold others.
    pub fits: &'a dyn Fn(&csv::StringRecord) -> bool,
    /// What the numbers of a column are.
    pub role: fn(&str) -> Role,
}

/// What numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Other,
    /// Amounts and rates: a mark before three digits could be read in two ways.
    Amount,
    /// Digits whose leading zeros matter, and that nothing gives back.
    Code,
}

/// Which columns of one name make a file unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Once {
    /// Any: all are kept by their names.
    All,
    /// Those that are known: the others are passed over.
    Known,
}

/// Separators in the wild; the first that shows the most known columns is taken.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A header as one separator cuts it.
struct Head {
    known: usize,
    cells: csv::StringRecord,
    fault: Option<Fault>,
    style: Style,
}

impl Table {
    /// Opens a table whose header holds columns that are known.
    ///
    /// # Errors
    /// [`FileError::UnknownFormat`] with the columns found when none is known, or what is wrong with the header.
    pub(super) fn open(input: Input, once: Once, heads: &Heads<'_>) -> Result<Self, FileError> {
        if input.is_book() {
            return Self::of_sheet(input, once, heads);
        }
        let known = heads.known;
        let mut records = Records::new(Lines::new(input.text()?));
        let found = header(&mut records, known);
        let (line, best) = found.map_err(|error| told(error, &input, records.number()))?;
        let Head { cells, fault, style, .. } = match best {
            Head { known: 0, cells, .. } => {
                return Err(FileError::UnknownFormat { columns: first_columns(&cells) });
            }
            head => head,
        };
        if let Some(column) = fault.map(Fault::column) {
            return Err(FileError::HeadQuote { line, column: column + 1 });
        }
        if cells.len() > Long::Header.limit() {
            return Err(FileError::TooLong { line, long: Long::Header });
        }
        unique(&cells, once, known)?;
        records.set(style, cells.len());
        let record = Record::sound(line, csv::StringRecord::new());
        let rows = Rows::Text(Box::new(records));
        Ok(Self { input, rows, header: cells, separator: style.separator, record, unended: None, sheet: None })
    }

    fn of_sheet(input: Input, once: Once, heads: &Heads<'_>) -> Result<Self, FileError> {
        let workbook::SheetTable { line, header, rows, about } = workbook::open(&input, heads)?;
        unique(&header, once, heads.known)?;
        let record = Record::sound(line, csv::StringRecord::new());
        let rows = Rows::Sheet(rows);
        Ok(Self { input, rows, header, separator: b',', record, unended: None, sheet: Some(about) })
    }

    /// Returns what is told of the sheet, where the table is one.
    pub(super) const fn sheet(&self) -> Option<&FromSheet> {
        self.sheet.as_ref()
    }

    pub(super) const fn input(&self) -> &Input {
        &self.input
    }

    /// Reads the next row that holds anything and returns its line; `None` at the end.
    ///
    /// # Errors
    /// [`FileError::Encoding`], [`FileError::TooLong`], or what the file system says.
    pub(super) fn next(&mut self) -> Result<Option<u64>, FileError> {
        loop {
            let next = match &mut self.rows {
                Rows::Text(records) => records.next().map_err(|error| told(error, &self.input, records.number()))?,
                Rows::Sheet(rows) => {
                    self.input.reading().go_on()?;
                    rows.next()?.map(|(line, cells)| Record::sound(line, cells))
                }
            };
            let Some(record) = next else { return Ok(None) };
            if !record.faults.is_empty() || record.cells.iter().any(|cell| !cell.trim().is_empty()) {
                self.unended = Some(record.line).filter(|_| record.unended && record.faults.is_empty());
                self.record = record;
                return Ok(Some(self.record.line));
            }
        }
    }

    /// Returns the row that was read last.
    pub(super) const fn row(&self) -> &csv::StringRecord {
        &self.record.cells
    }

    /// Returns the row that was read last as a refusal has it.
    pub(super) const fn content(&self) -> RowContent<'_> {
        RowContent::Table { header: &self.header, separator: self.separator, cells: &self.record.cells }
    }

    /// Returns what is wrong with how the row that was read last is written.
    pub(super) fn faults(&self) -> Faults {
        let complaint = |fault: &Fault| {
            let name =
                self.header.get(fault.column()).filter(|name| !name.is_empty() && *fault != Fault::CutOff).unwrap_or("row");
            let shape = match fault {
                Fault::GoesOn(_) | Fault::Stray(_) => Shape::Quote,
                Fault::Open(_) => Shape::ClosedQuote,
                Fault::Swallows(_) => Shape::OneRow,
                Fault::CutOff => Shape::WholeRow,
            };
            Complaint::new(name, Invalid::WrongShape(shape))
        };
        Faults { complaints: self.record.faults.iter().map(complaint).collect(), in_place: self.record.in_place }
    }

    /// Returns the line of the last row that was taken, where the file ends without a line break behind it.
    pub(super) const fn unended(&self) -> Option<u64> {
        self.unended
    }
}

/// What is wrong with how a row is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults {
    complaints: Complaints,
    in_place: bool,
}

impl Faults {
    pub(super) const fn any(&self) -> bool {
        !self.complaints.is_empty()
    }

    /// Of a record whose members are those that were meant.
    pub(super) const fn in_place(complaints: Complaints) -> Self {
        Self { complaints, in_place: true }
    }

    /// Returns what `read` makes of the row. A faulty one is refused; where its other cells are those that were meant, with what is wrong
    /// in them, too.
    pub(super) fn or<T>(self, read: impl FnOnce() -> Result<T, Complaints>) -> Result<T, Complaints> {
        let Self { mut complaints, in_place } = self;
        if complaints.is_empty() {
            return read();
        }
        if let Err(more) = if in_place { read().map(|_| ()) } else { Ok(()) } {
            let new = more.into_iter().filter(|one| complaints.iter().all(|known| known.at != one.at)).collect::<Vec<_>>();
            complaints.extend(new);
        }
        Err(complaints)
    }
}

/// Returns the names of the first columns, as an error tells them.
pub(super) fn first_columns(header: &csv::StringRecord) -> Vec<String> {
    header.iter().take(8).map(|name| name.chars().take(40).collect()).collect()
}

/// Says in which line something is no text.
fn told(error: FileError, input: &Input, line: u64) -> FileError {
    match error {
        FileError::Io(error) if error.kind() == io::ErrorKind::InvalidData => input.encoding_error(line),
        error => error,
    }
}

/// Reads the header: its line, and how the separator cuts it that shows the most known columns.
fn header(records: &mut Records<Text>, known: &dyn Fn(&str) -> bool) -> Result<(u64, Head), FileError> {
    let mut told = None;
    loop {
        let Some(line) = records.first()? else { return Err(FileError::Empty) };
        // Excel writes this line to tell itself the separator.
        if told.is_none()
            && let Some(separator) = line.body().trim_matches('"').strip_prefix("sep=")
        {
            told = Some(separator.bytes().next());
            records.pass();
            continue;
        }
        let number = line.number;
        let mut best: Option<Head> = None;
        for separator in SEPARATORS.into_iter().chain(told.flatten().filter(|byte| byte.is_ascii_punctuation())) {
            let (cells, fault, quoted) = head(line, separator);
            let cells: csv::StringRecord = cells.iter().map(str::trim).collect();
            let known = cells.iter().filter(|column| known(column)).count();
            if best.as_ref().is_none_or(|best| known > best.known) {
                best = Some(Head { known, cells, fault, style: Style { separator, quoted } });
            }
        }
        records.pass();
        return best.map(|best| (number, best)).ok_or(FileError::Empty);
    }
}

/// Refuses two columns of one name: which of them counts nobody can know.
fn unique(header: &csv::StringRecord, once: Once, known: &dyn Fn(&str) -> bool) -> Result<(), FileError> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, name) in (1..).zip(header).filter(|(_, name)| !name.is_empty() && (once == Once::All || known(name))) {
        // As columns are known by: a blank or a mark more tells no two apart.
        let same = Some(bare(name)).filter(|letters| !letters.is_empty()).unwrap_or_else(|| plain(name));
        if let Some(first) = seen.insert(same, at) {
            return Err(FileError::SameColumn { name: name.to_owned(), first, second: at });
        }
    }
    Ok(())
}

/// Returns whether two column names are the same: case, width, runs of blanks and what shows nothing do not matter.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let a = if a.is_ascii() { Cow::Borrowed(a) } else { Cow::Owned(plain(a)) };
    a.len() >= b.len().saturating_sub(8)
        && a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
}
