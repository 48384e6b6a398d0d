//! Opens a file by its content and gives its records one by one; what is refused goes to whoever listens.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::ahead::Ahead;
use super::bulk::columns::knows;
use super::bulk::rows::{Layout, Remarks};
use super::encoding::Utf8;
use super::error::FileError;
use super::heads::{CUSTOMER, SOLUTION, meaning};
use super::neighbour::{self, Neighbour};
use super::refused::{RefusedRow, RowContent};
use super::table::Table;
use super::{api, insights};
use crate::domain::incoming::Incoming;
use crate::domain::instant::Timestamp;
use crate::domain::invalid::Complaints;
use crate::domain::opportunity::Direction;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The download of deals, of 2021 or 2023.
    Bulk,
    Insights,
    /// The Referrals API: one referral, a list, or an OData list.
    Api,
}

/// Hears of every row that is refused.
pub trait Listener {
    fn refused(&mut self, row: &RefusedRow<'_>);
}

impl<F: FnMut(&RefusedRow<'_>)> Listener for F {
    fn refused(&mut self, row: &RefusedRow<'_>) {
        self(row);
    }
}

/// An open file whose records are taken one by one.
pub struct File<L> {
    path: PathBuf,
    format: Format,
    content: Content,
    told: Option<Direction>,
    favorites: bool,
    remarks: Remarks,
    rows: u64,
    refused: u64,
    listener: L,
    failure: Option<FileError>,
}

enum Content {
    Bulk(Ahead, Layout),
    Insights(Ahead, insights::Layout),
    Api { referrals: Vec<Value>, next: usize },
}

/// Opens a file. `tab` is the direction the user tells.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read: then it has no records.
pub fn open<L: Listener>(path: &Path, tab: Option<Direction>, listener: L) -> Result<File<L>, FileError> {
    let mut remarks = Remarks::default();
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let by_name = if name.contains("inbound") {
        Some(Direction::Inbound)
    } else if name.contains("outbound") {
        Some(Direction::Outbound)
    } else {
        None
    };
    let told = tab.or(by_name);
    let content = if is_json(path)? {
        let document = read_json(path)?;
        let neighbour = Neighbour::of_document(&document);
        let none = || neighbour.map_or(FileError::NoReferral, FileError::Neighbour);
        Content::Api { referrals: api::referrals(document).ok_or_else(none)?, next: 0 }
    } else {
        let table = Table::open(path, |column| knows(column) || insights::knows(column) || neighbour::knows(column))
            .map_err(|error| named_by_its_header(path, error))?;
        if table.header.iter().any(insights::knows) {
            let mut layout = insights::Layout::new(&table.header).map_err(FileError::MissingColumns)?;
            let table = Ahead::read(table, |row| layout.learn(row));
            Content::Insights(table, layout)
        } else {
            let missing =
                |missing| Neighbour::of_header(&table.header).map_or(FileError::MissingColumns(missing), FileError::Neighbour);
            let mut layout = Layout::new(&table.header, told, &mut remarks).map_err(missing)?;
            let table = Ahead::read(table, |row| layout.learn(row));
            Content::Bulk(table, layout)
        }
    };
    let format = match &content {
        Content::Bulk(..) => Format::Bulk,
        Content::Insights(..) => Format::Insights,
        Content::Api { .. } => Format::Api,
    };
    let favorites = format == Format::Bulk && (name.contains("favorite") || name.contains("favourite"));
    Ok(File {
        path: path.to_owned(),
        format,
        content,
        told: tab,
        favorites,
        remarks,
        rows: 0,
        refused: 0,
        listener,
        failure: None,
    })
}

/// A table without any known column may be a list of companies or solutions.
fn named_by_its_header(path: &Path, error: FileError) -> FileError {
    match &error {
        FileError::UnknownFormat { columns } => {
            let neighbour = Neighbour::of_header(&columns.iter().map(String::as_str).collect());
            let known = |column: &str| [&CUSTOMER[..], &SOLUTION[..]].iter().any(|names| meaning(column, names).is_some());
            // With the right separator it may say more.
            let header = || Table::open(path, known).ok().and_then(|table| Neighbour::of_header(&table.header));
            neighbour.or_else(header).map_or(error, FileError::Neighbour)
        }
        _ => error,
    }
}

/// Returns whether the first thing in the file is a JSON bracket.
fn is_json(path: &Path) -> Result<bool, FileError> {
    let mut beginning = Vec::new();
    Utf8::new(fs::File::open(path)?)?.take(4_096).read_to_end(&mut beginning)?;
    let first = beginning.iter().find(|b| !b.is_ascii_whitespace());
    first.map_or(Err(FileError::Empty), |first| Ok(matches!(first, b'{' | b'[')))
}

fn read_json(path: &Path) -> Result<Value, FileError> {
    let mut bytes = Vec::new();
    Utf8::new(fs::File::open(path)?)?.read_to_end(&mut bytes)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(serde_json::from_str(text)?),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            Err(FileError::Encoding { line: line as u64 })
        }
    }
}

impl<L: Listener> File<L> {
    pub const fn listener(&mut self) -> &mut L {
        &mut self.listener
    }

    pub const fn hears(&self) -> &L {
        &self.listener
    }

    pub const fn format(&self) -> Format {
        self.format
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns how many rows there were so far, refused ones among them.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Returns how many rows were refused so far.
    pub const fn refused(&self) -> u64 {
        self.refused
    }

    pub const fn remarks(&self) -> &Remarks {
        &self.remarks
    }

    /// Returns why the file broke off, if it did.
    pub const fn failure(&self) -> Option<&FileError> {
        self.failure.as_ref()
    }

    /// Returns the next record that is valid; `None` at the end, or where the file breaks off.
    pub fn next_valid(&mut self) -> Option<Incoming> {
        loop {
            let read = self.read_next();
            self.rows += u64::from(matches!(read, Ok(Some(_))));
            match read {
                Ok(Some(Ok(mut incoming))) => {
                    if self.favorites {
                        incoming.favorite = Some(true);
                    }
                    return Some(incoming);
                }
                Ok(Some(Err(()))) => self.refused += 1,
                Ok(None) => return None,
                Err(failure) => {
                    self.failure = Some(failure);
                    return None;
                }
            }
        }
    }

    /// Returns when the file was last written: how old its data is at most.
    pub fn written_at(&self) -> Option<Timestamp> {
        let modified = fs::metadata(&self.path).and_then(|data| data.modified()).ok()?;
        let since = modified.duration_since(std::time::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_micros()).ok().map(Timestamp::from_micros)
    }

    /// Reads one row: a record, or a refusal that was passed on.
    fn read_next(&mut self) -> Result<Option<Result<Incoming, ()>>, FileError> {
        let (read, line, content): (Result<Incoming, Complaints>, u64, RowContent<'_>) = match &mut self.content {
            Content::Bulk(table, layout) => {
                let Some(line) = table.next()? else { return Ok(None) };
                let (read, Table { header, separator, .. }) = (layout.record(line, table.row(), &mut self.remarks), &table.table);
                (read, line, RowContent::Table { header, separator: *separator, cells: table.row() })
            }
            Content::Insights(table, layout) => {
                let Some(line) = table.next()? else { return Ok(None) };
                let read = layout.record(line, table.row(), &mut self.remarks.open_dates);
                let Table { header, separator, .. } = &table.table;
                (read, line, RowContent::Table { header, separator: *separator, cells: table.row() })
            }
            Content::Api { referrals, next } => {
                let Some(referral) = referrals.get(*next) else { return Ok(None) };
                *next += 1;
                let number = *next as u64;
                (api::record(number, referral, self.told, &mut self.remarks.cleaned), number, RowContent::Json(referral))
            }
        };
        Ok(Some(read.map_err(|complaints| self.listener.refused(&RefusedRow { line, content, complaints }))))
    }
}

/// Reads the referrals of a document that is in memory already.
pub fn referrals(document: Value) -> Vec<Result<Incoming, Complaints>> {
    let referrals = api::referrals(document).unwrap_or_default();
    (1..).zip(&referrals).map(|(number, referral)| api::record(number, referral, None, &mut Default::default())).collect()
}
