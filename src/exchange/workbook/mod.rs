//! Workbooks of spreadsheet programs as tables: which sheet is read, where its head is, and its rows as the cells of a CSV file.

mod cell;
mod other;
mod package;
mod spool;
mod strings;
mod xlsx;
mod xml;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{Read, Seek};
use std::ops::ControlFlow;

use self::cell::{Row, Value};
use self::package::Package;
use self::spool::Spool;
pub(super) use self::spool::Spooled;
use super::appearance::Appearance;
use super::error::{BookTrouble, FileError, Long};
use super::input::{Input, Reading};
use super::table::{Heads, Role};

/// The thread that may fall over a damaged file, and nothing else with it.
pub const FRAGILE: &str = "workbook";

/// How archives begin, and files of the kind of `.xls`.
const PACKED: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Most that is unpacked to see what a workbook looks like, in MiB; and how many of its texts are looked at.
const GLANCE: u64 = 8;
const GLANCE_TEXTS: usize = 4_096;
/// Most that a workbook may have that is read as a whole to see what it looks like, in MiB.
const GLANCE_WHOLE: u64 = 1;
/// Rows among which the head is looked for.
const ABOVE: usize = 20;
/// Sheets that are looked into.
const SHEETS: usize = 64;

/// What is told of a table that is the sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FromSheet {
    /// The sheet that was read.
    pub name: String,
    /// The others, which were not.
    pub others: Vec<String>,
    /// Cells with an error such as `#N/A`, which count as empty.
    pub errors: u64,
    /// Formulas without a value, which count as empty.
    pub unvalued: u64,
    /// Postal codes that are numbers: zeros in front of them are lost.
    pub bare_codes: u64,
}

/// A sheet by its name.
#[derive(Debug, Clone)]
struct Sheet {
    name: String,
    hidden: bool,
}

/// Takes rows, and says whether it wants more.
type Sink<'a> = &'a mut (dyn FnMut(&Row) -> Result<ControlFlow<()>, FileError> + Send);

/// Returns whether a file begins like one that may be a workbook.
pub(super) fn may_be(begins: &[u8]) -> bool {
    begins.starts_with(PACKED) || begins.starts_with(COMPOUND)
}

/// Returns whether an archive is a workbook, whatever it is called.
pub(super) fn is_packed(file: &File) -> bool {
    let package = file.try_clone().ok().and_then(|file| Package::open(file, GLANCE << 20, Reading::default()).ok());
    package.is_some_and(|mut package| matches!(Kind::of(&mut package), Ok(Some(_)) | Err(FileError::Workbook(_))))
}

/// What kind of workbook an archive is.
enum Kind {
    Xlsx(String),
    Xlsb,
    Ods,
}

impl Kind {
    fn of(package: &mut Package) -> Result<Option<Self>, FileError> {
        if package.has("encrypted-package") {
            return Err(BookTrouble::Locked.into());
        }
        if package.begins("mimetype", 64).is_some_and(|kind| kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet"))
        {
            return Ok(Some(Self::Ods));
        }
        let main = package.main_part()?.unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let is_main = |name: &str| main.eq_ignore_ascii_case(name);
        Ok(if main.to_ascii_lowercase().ends_with(".bin") || (!package.has(&main) && package.has("xl/workbook.bin")) {
            Some(Self::Xlsb)
        } else if package.has(&main) && (is_main("xl/workbook.xml") || !is_main("word/document.xml")) {
            Some(Self::Xlsx(main)).filter(|_| !package.has("word/document.xml") && !package.has("ppt/presentation.xml"))
        } else {
            None
        })
    }
}

/// An open workbook of any kind.
enum Book {
    Xlsx(Box<xlsx::Workbook>),
    Other(other::Workbook),
}

impl Book {
    /// Opens a file that begins like a workbook. `most` is how much of it may be unpacked, in MiB, and `whole` how large one may be that
    /// is read as a whole.
    fn open(file: &File, most: u64, whole: u64, reading: Reading) -> Result<Self, FileError> {
        let mut begins = [0; 8];
        let mut file = file.try_clone()?;
        file.rewind()?;
        let begun = file.read(&mut begins)?;
        let length = file.metadata()?.len();
        let is_small = length <= whole << 20;
        if !begins[..begun].starts_with(PACKED) {
            return if is_small { other::Workbook::xls(&file).map(Self::Other) } else { Err(BookTrouble::Large.into()) };
        }
        let mut package = Package::open(file.try_clone()?, most << 20, reading.clone())?;
        match Kind::of(&mut package)? {
            None => Err(FileError::NotText),
            Some(Kind::Xlsx(main)) => xlsx::Workbook::open(package, &main).map(|book| Self::Xlsx(Box::new(book))),
            Some(_) if !is_small => Err(BookTrouble::Large.into()),
            Some(kind) => {
                Package::open(file.try_clone()?, most.min(other::UNPACKED) << 20, reading)?.weigh()?;
                let open = if matches!(kind, Kind::Ods) { other::Workbook::ods } else { other::Workbook::xlsb };
                open(&file).map(Self::Other)
            }
        }
    }

    /// Returns its sheets with their places: those that are shown come first.
    fn sheets(&self) -> Vec<(usize, Sheet)> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets(),
            Self::Other(book) => book.sheets(),
        };
        let mut sheets: Vec<_> = sheets.into_iter().enumerate().collect();
        sheets.sort_by_key(|(_, sheet)| sheet.hidden);
        sheets
    }

    fn rows(&mut self, (at, sheet): &(usize, Sheet), sink: Sink<'_>) -> Result<Option<u64>, FileError> {
        match self {
            Self::Xlsx(book) => book.rows(*at, sink),
            Self::Other(book) => book.rows(&sheet.name, sink),
        }
    }

    /// Returns the first rows of a sheet that hold anything, and the last row that it says it has.
    fn first_rows(&mut self, sheet: &(usize, Sheet)) -> Result<(Vec<Top>, Option<u64>), FileError> {
        let mut tops = Vec::new();
        let last = self.rows(sheet, &mut |row| {
            tops.push(Top { number: row.number, cells: trimmed(row) });
            Ok(if tops.len() < ABOVE { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        Ok((tops, last))
    }
}

/// One of the first rows of a sheet: perhaps its head.
struct Top {
    number: u64,
    cells: csv::StringRecord,
}

fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) | Value::Number(text) => text,
        Value::Empty | Value::Error | Value::Unvalued => "",
    }
}

/// Returns the cells of a head, without blanks around them or empty ones at the end.
fn trimmed(row: &Row) -> csv::StringRecord {
    let filled = row.cells.iter().rposition(|cell| !text(cell).trim().is_empty()).map_or(0, |last| last + 1);
    row.cells.iter().take(filled).map(|cell| text(cell).trim()).collect()
}

/// A table in a workbook.
pub(super) struct SheetTable {
    /// The row of the head.
    pub line: u64,
    pub header: csv::StringRecord,
    pub rows: Spooled,
    pub about: FromSheet,
}

/// Finds the table in a workbook: the first sheet with a head that fits, else the first in which any column is known.
///
/// # Errors
/// [`FileError::UnknownFormat`], [`FileError::Empty`], [`FileError::NotText`] of what is no workbook, [`BookTrouble`],
/// [`FileError::Stopped`], or what the file system says.
pub(super) fn open(input: &Input, heads: &Heads<'_>) -> Result<SheetTable, FileError> {
    let mut book = Book::open(&input.file()?, BookTrouble::UNPACKED, BookTrouble::WHOLE, input.reading().clone())?;
    let sheets = book.sheets();
    let mut known: Option<(usize, Top)> = None;
    let mut strange: Option<Top> = None;
    for (place, sheet) in sheets.iter().enumerate().take(SHEETS) {
        let (mut tops, _) = book.first_rows(sheet)?;
        if let Some(at) = tops.iter().position(|top| (heads.fits)(&top.cells)) {
            known = Some((place, tops.swap_remove(at)));
            break;
        }
        let count = |top: &Top| top.cells.iter().filter(|name| (heads.known)(name)).count();
        // The first of those with the most.
        let best = tops.iter().enumerate().rev().max_by_key(|(_, top)| count(top)).map(|(at, top)| (at, count(top)));
        match best {
            Some((at, 1..)) if known.is_none() => known = Some((place, tops.swap_remove(at))),
            Some(_) if strange.is_none() => strange = tops.into_iter().next(),
            _ => {}
        }
    }
    let Some((place, head)) = known else {
        let columns = strange.map(|top| super::table::first_columns(&top.cells));
        return Err(columns.map_or(FileError::Empty, |columns| FileError::UnknownFormat { columns }));
    };
    if head.cells.len() > Long::Header.limit() {
        return Err(FileError::TooLong { line: head.number, long: Long::Header });
    }
    let others = sheets.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, (_, sheet))| sheet.name.clone());
    let about = FromSheet { name: sheets[place].1.name.clone(), others: others.collect(), ..FromSheet::default() };
    below(&mut book, &sheets[place], head, about, heads)
}

/// Takes the rows below the head.
fn below(
    book: &mut Book,
    sheet: &(usize, Sheet),
    head: Top,
    mut about: FromSheet,
    heads: &Heads<'_>,
) -> Result<SheetTable, FileError> {
    let roles: Vec<Role> = head.cells.iter().map(heads.role).collect();
    let mut spool = Spool::new()?;
    book.rows(sheet, &mut |row| {
        if row.number <= head.number {
            return Ok(ControlFlow::Continue(()));
        }
        let filled = row.cells.iter().rposition(|cell| !text(cell).is_empty()).map_or(0, |last| last + 1);
        let mut exact = Vec::new();
        for (at, cell) in row.cells.iter().enumerate() {
            let role = roles.get(at).copied().unwrap_or(Role::Other);
            match cell {
                Value::Error => about.errors += 1,
                Value::Unvalued => about.unvalued += 1,
                Value::Number(_) if role == Role::Code => about.bare_codes += 1,
                Value::Number(number) if role == Role::Amount && has_three_decimals(number) => {
                    exact.push((at, format!("{number}0")))
                }
                Value::Number(_) | Value::Text(_) | Value::Empty => {}
            }
        }
        if filled > 0 {
            // Of other tables, too, what lies behind the head at the right is left where it is.
            let width = filled.max(roles.len());
            let cells: Vec<&str> = (0..width)
                .map(|at| {
                    let exact = exact.iter().find(|(place, _)| *place == at).map(|(_, number)| number.as_str());
                    exact.unwrap_or_else(|| row.cells.get(at).map_or("", text))
                })
                .collect();
            spool.add(row.number, cells.into_iter())?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(SheetTable { line: head.number, header: head.cells, rows: spool.done()?, about })
}

/// A point before three decimals groups where a person wrote it; where a number is stored it never does, and a zero behind them says so.
fn has_three_decimals(number: &str) -> bool {
    number.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3)
}

/// Tells what a workbook looks like from its first rows, and how many rows it says are below its head.
pub(super) fn glance(file: &File, of_heads: impl Fn(&csv::StringRecord) -> Appearance) -> (Appearance, Option<u64>) {
    let Ok(mut book) = Book::open(file, GLANCE, GLANCE_WHOLE, Reading::default()) else { return (Appearance::Other, None) };
    if let Book::Xlsx(book) = &mut book {
        book.briefly(GLANCE_TEXTS);
    }
    for sheet in book.sheets().iter().take(SHEETS) {
        let Ok((tops, last)) = book.first_rows(sheet) else { return (Appearance::Other, None) };
        let found = tops.iter().map(|top| (of_heads(&top.cells), top.number)).find(|(looks, _)| *looks != Appearance::Other);
        if let Some((looks, head)) = found {
            return (looks, last.and_then(|last| last.checked_sub(head)));
        }
    }
    (Appearance::Other, None)
}
