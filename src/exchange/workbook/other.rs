//! Workbooks of other kinds (`.xls`, `.xlsb`, `.ods`), which are read as a whole and so only up to a size; a library knows their formats.

use std::fs::File;
use std::io::{BufReader, Seek};

use std::thread;

use calamine::{Data, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError};

use super::cell::{Row, Value, decimal, iso_moment, moment};
use super::{FRAGILE, Sheet, Sink};
use crate::exchange::error::{BookTrouble, FileError, Long};

type Bytes = BufReader<File>;

/// An open workbook.
pub(super) enum Workbook {
    Xls(Box<Xls<Bytes>>),
    Xlsb(Box<Xlsb<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

/// Most that may be unpacked of one, in MiB.
pub(super) const UNPACKED: u64 = 128;

impl Workbook {
    /// Opens what is no archive: a workbook from before 2007, or one behind a password.
    ///
    /// # Errors
    /// [`FileError::NotText`] of what is none, [`BookTrouble`], or what the file system says.
    pub(super) fn xls(file: &File) -> Result<Self, FileError> {
        let opened = guarded(|| Ok(Xls::new(bytes(file)?)))?;
        match opened {
            Ok(book) => Ok(Self::Xls(Box::new(book))),
            Err(XlsError::Password) => Err(BookTrouble::Locked.into()),
            Err(XlsError::Io(error)) => Err(error.into()),
            Err(_) => match guarded(|| Ok(Xlsx::new(bytes(file)?).err()))? {
                Some(XlsxError::Password) => Err(BookTrouble::Locked.into()),
                _ => Err(FileError::NotText),
            },
        }
    }

    /// # Errors
    /// [`BookTrouble`], or what the file system says.
    pub(super) fn xlsb(file: &File) -> Result<Self, FileError> {
        match guarded(|| Ok(Xlsb::new(bytes(file)?)))? {
            Ok(book) => Ok(Self::Xlsb(Box::new(book))),
            Err(XlsbError::Password) => Err(BookTrouble::Locked.into()),
            Err(_) => Err(BookTrouble::Damaged.into()),
        }
    }

    /// # Errors
    /// [`BookTrouble`], or what the file system says.
    pub(super) fn ods(file: &File) -> Result<Self, FileError> {
        match guarded(|| Ok(Ods::new(bytes(file)?)))? {
            Ok(book) => Ok(Self::Ods(Box::new(book))),
            Err(OdsError::Password) => Err(BookTrouble::Locked.into()),
            Err(OdsError::CellLimitExceeded { .. }) => Err(BookTrouble::Cells.into()),
            Err(_) => Err(BookTrouble::Damaged.into()),
        }
    }

    pub(super) fn sheets(&self) -> Vec<Sheet> {
        let told = match self {
            Self::Xls(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        let of_cells = told.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        of_cells.map(|sheet| Sheet { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible }).collect()
    }

    /// Gives the rows of a sheet to `sink`, as long as it wants more; returns its last row.
    ///
    /// # Errors
    /// [`BookTrouble`], or what the sink says.
    pub(super) fn rows(&mut self, sheet: &str, sink: Sink<'_>) -> Result<Option<u64>, FileError> {
        guarded(|| match self {
            Self::Xls(book) => of_range(&book.worksheet_range(sheet).map_err(|_| BookTrouble::Damaged)?, sink),
            Self::Ods(book) => of_range(&book.worksheet_range(sheet).map_err(|_| BookTrouble::Damaged)?, sink),
            Self::Xlsb(book) => of_cells(book, sheet, sink),
        })
    }
}

fn bytes(file: &File) -> Result<Bytes, FileError> {
    let mut file = file.try_clone()?;
    file.rewind()?;
    Ok(BufReader::new(file))
}

/// Does what may fall over a damaged file where nothing else falls with it.
fn guarded<T: Send>(work: impl FnOnce() -> Result<T, FileError> + Send) -> Result<T, FileError> {
    thread::scope(|scope| {
        let begun = thread::Builder::new().name(FRAGILE.to_owned()).spawn_scoped(scope, work)?;
        begun.join().unwrap_or_else(|_| Err(BookTrouble::Damaged.into()))
    })
}

fn of_range(range: &Range<Data>, sink: Sink<'_>) -> Result<Option<u64>, FileError> {
    let Some((first_row, first_column)) = range.start() else { return Ok(None) };
    let mut row = Row::default();
    for (number, cells) in (u64::from(first_row) + 1..).zip(range.rows()) {
        row.number = number;
        row.cells.clear();
        row.cells.resize(usize::try_from(first_column).unwrap_or(usize::MAX).min(Long::Header.limit()), Value::Empty);
        // As of other tables: a row of more cells than any head has is refused for their number.
        row.cells.extend(cells.iter().take(Long::Header.limit() + 1).map(value));
        if row.cells.iter().any(|cell| *cell != Value::Empty) && sink(&row)?.is_break() {
            break;
        }
    }
    Ok(range.end().map(|(last, _)| u64::from(last) + 1))
}

fn of_cells(book: &mut Xlsb<Bytes>, sheet: &str, sink: Sink<'_>) -> Result<Option<u64>, FileError> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|_| BookTrouble::Damaged)?;
    let last = u64::from(cells.dimensions().end.0) + 1;
    let mut row = Row::default();
    loop {
        let next = cells.next_cell().map_err(|_| BookTrouble::Damaged)?;
        let at = next.as_ref().map(|cell| cell.get_position());
        let number = at.map(|(number, _)| u64::from(number) + 1);
        if number != Some(row.number) {
            let filled = row.cells.iter().any(|cell| *cell != Value::Empty);
            if filled && sink(&row)?.is_break() {
                break;
            }
            row.cells.clear();
        }
        let (Some(cell), Some((_, column)), Some(number)) = (next, at, number) else { break };
        row.number = number;
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column <= Long::Header.limit() {
            row.cells.resize(column, Value::Empty);
            row.cells.push(value(&Data::from(cell.get_value().clone())));
        }
    }
    Ok(Some(last))
}

fn value(cell: &Data) -> Value {
    let number = |number: &str| decimal(number, 0).map_or_else(|| Value::Text(number.to_owned()), Value::Number);
    match cell {
        Data::Empty => Value::Empty,
        Data::String(text) if text.is_empty() => Value::Empty,
        Data::String(text) => Value::Text(text.clone()),
        Data::Int(whole) => number(&whole.to_string()),
        Data::Float(float) => number(&float.to_string()),
        Data::Bool(yes) => Value::Text(if *yes { "Yes" } else { "No" }.to_owned()),
        Data::Error(_) => Value::Error,
        Data::DateTimeIso(text) | Data::DurationIso(text) => Value::Text(iso_moment(text)),
        Data::DateTime(at) => {
            let (serial, epoch_1904) = (at.as_f64(), is_1904(at));
            let shown = if at.is_datetime() { moment(serial, epoch_1904, true) } else { None };
            shown.map_or_else(|| number(&serial.to_string()), Value::Text)
        }
    }
}

/// The library tells from which day on it counts by nothing but the day that comes out.
fn is_1904(at: &calamine::ExcelDateTime) -> bool {
    let (year, ..) = at.to_ymd_hms_milli();
    let from_1900 = moment(at.as_f64(), false, false).and_then(|day| day.get(..4).and_then(|year| year.parse::<u16>().ok()));
    from_1900.is_some_and(|other| year >= other + 3)
}
