//! Opens a file by its content and gives its records one by one; what is refused goes to whoever listens.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::ahead::Ahead;
use super::bulk::columns::{knows, role};
use super::bulk::rows::{Layout, Remarks};
use super::crm::CrmMap;
use super::crm::rows::CrmRows;
use super::document::{Document, Page};
use super::encoding::Charset;
use super::error::FileError;
use super::heads::{CUSTOMER, SOLUTION, meaning};
use super::input::{Input, Reading};
use super::neighbour::{self, Neighbour};
use super::refused::{RefusedRow, RowContent};
use super::table::{Faults, Heads, Once, Role, Table, first_columns};
use super::twice::Twice;
use super::workbook::FromSheet;
use super::{api, insights};
use crate::domain::incoming::{DOWNLOAD_ROWS, Incoming};
use crate::domain::instant::Timestamp;
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::domain::opportunity::Direction;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The download of deals, of any layout.
    Bulk,
    Insights,
    /// Deals of a CRM, read by a map.
    Crm,
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
    aside: Aside,
    rows: u64,
    refused: u64,
    listener: L,
    failure: Option<FileError>,
}

/// What a report tells of how a file was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aside {
    /// The encoding it was read in.
    pub charset: Option<Charset>,
    /// Whether that was found from nothing but the text.
    pub guessed: bool,
    /// Halves of a sign in JSON that became U+FFFD.
    pub mended: u64,
    /// What JSON says of a list that goes on elsewhere.
    pub page: Page,
    /// The line of the last row, where the file ends without a line break behind it: its last cell may be cut.
    pub unended: Option<u64>,
    /// Columns of a CRM's file that its map does not know.
    pub left: Vec<String>,
    /// Lines of a CRM's report that are no deals, totals and footers: of many cells one says something, and that is no customer. How
    /// many there are, and the first of them.
    pub foot: u64,
    pub foot_lines: Vec<u64>,
    /// Of a workbook, the sheet.
    pub sheet: Option<FromSheet>,
}

impl Aside {
    /// So many lines are named.
    const FOOT: usize = 10;

    pub(super) fn of(input: &Input) -> Self {
        let charset = Some(input.charset()).filter(|_| !input.is_book());
        Self { charset, guessed: input.guessed().is_some(), ..Self::default() }
    }
}

enum Content {
    Bulk(Ahead, Layout),
    Insights(Ahead, insights::Layout),
    Crm(Ahead, Box<CrmRows>),
    Api(Box<Document>),
}

/// Returns whether a file is another kind of file than it seems, however large: of very many rows hardly any could be taken.
pub(super) const fn is_hopeless(rows: u64, refused: u64) -> bool {
    refused >= 10_000 && refused / 100 >= rows - refused
}

/// Opens a file. `tab` is the direction the user tells.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read: then it has no records.
pub fn open<L: Listener>(path: &Path, tab: Option<Direction>, listener: L) -> Result<File<L>, FileError> {
    open_input(Input::open(path, Reading::default())?, tab, listener)
}

/// Opens what was looked through already, as [`open`].
///
/// # Errors
/// As [`open`].
pub fn open_input<L: Listener>(input: Input, tab: Option<Direction>, listener: L) -> Result<File<L>, FileError> {
    let mut remarks = Remarks::default();
    let path = input.path().to_owned();
    let mut aside = Aside::of(&input);
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let by_name = if name.contains("inbound") {
        Some(Direction::Inbound)
    } else if name.contains("outbound") {
        Some(Direction::Outbound)
    } else {
        None
    };
    let told = tab.or(by_name);
    let content = if input.is_json() {
        Content::Api(Box::new(Document::open(input)?))
    } else {
        let deals = |column: &str| knows(column) || insights::knows(column) || neighbour::knows(column);
        let other = |column: &str| [&CUSTOMER[..], &SOLUTION[..]].iter().any(|names| meaning(column, names).is_some());
        let fits = |header: &csv::StringRecord| {
            let is_insights = header.iter().any(insights::knows) && insights::Layout::new(header).is_ok();
            is_insights || Layout::new(header, None, &mut Remarks::default()).is_ok()
        };
        let heads = Heads { known: &|column| deals(column) || other(column), fits: &fits, role };
        let table = Table::open(input, Once::All, &heads)?;
        aside.sheet = table.sheet().cloned();
        if !table.header.iter().any(deals) {
            let unknown = || FileError::UnknownFormat { columns: first_columns(&table.header) };
            return Err(Neighbour::of_header(&table.header).map_or_else(unknown, FileError::Neighbour));
        }
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
    let (format, page) = match &content {
        Content::Bulk(..) => (Format::Bulk, Page::default()),
        Content::Insights(..) => (Format::Insights, Page::default()),
        Content::Crm(..) => (Format::Crm, Page::default()),
        Content::Api(document) => (Format::Api, document.page()),
    };
    let aside = Aside { page, ..aside };
    let favorites = format == Format::Bulk && (name.contains("favorite") || name.contains("favourite"));
    let failure = None;
    Ok(File { path, format, content, told: tab, favorites, remarks, aside, rows: 0, refused: 0, listener, failure })
}

/// Opens the deals of a CRM, by a map.
///
/// # Errors
/// As [`open`], or [`FileError::CrmColumns`].
pub fn open_crm<L: Listener>(input: Input, map: &CrmMap, listener: L) -> Result<File<L>, FileError> {
    let path = input.path().to_owned();
    let mut aside = Aside::of(&input);
    if input.is_json() {
        return Err(FileError::CrmColumns { wanted: map.needed(|_| true), columns: vec!["JSON".to_owned()] });
    }
    let known = |head: &str| map.column(head).is_some();
    let fits = |header: &csv::StringRecord| CrmRows::new(header, map.clone()).is_ok();
    let role = |_: &str| Role::Other;
    let table = Table::open(input, Once::Known, &Heads { known: &known, fits: &fits, role });
    let table = table.map_err(|error| match error {
        FileError::UnknownFormat { columns } => FileError::CrmColumns { wanted: map.needed(|_| true), columns },
        error => error,
    })?;
    aside.sheet = table.sheet().cloned();
    aside.left = CrmRows::left(&table.header, map);
    let mut rows = CrmRows::new(&table.header, map.clone())?;
    let table = Ahead::read(table, |row| rows.learn(row));
    let (content, remarks) = (Content::Crm(table, Box::new(rows)), Remarks::default());
    let (told, favorites, failure) = (None, false, None);
    Ok(File { path, format: Format::Crm, content, told, favorites, remarks, aside, rows: 0, refused: 0, listener, failure })
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

    /// Returns what is to be told of how it was read, up to where it was read.
    pub fn aside(&self) -> Aside {
        let unended = match &self.content {
            Content::Bulk(table, _) | Content::Insights(table, _) | Content::Crm(table, _) => table.table.unended(),
            Content::Api(_) => None,
        };
        Aside { unended, ..self.aside.clone() }
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
                Ok(Some(Err(()))) => {
                    self.refused += 1;
                    if is_hopeless(self.rows, self.refused) {
                        self.failure = Some(FileError::NothingFits { rows: self.rows });
                        return None;
                    }
                }
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
        match &self.content {
            Content::Bulk(table, _) | Content::Insights(table, _) | Content::Crm(table, _) => table.table.input().modified(),
            Content::Api(document) => document.input().modified(),
        }
    }

    /// Reads one row: a record, or a refusal that was passed on.
    fn read_next(&mut self) -> Result<Option<Result<Incoming, ()>>, FileError> {
        let (read, line, content): (Result<Incoming, Complaints>, u64, RowContent<'_>) = match &mut self.content {
            Content::Bulk(table, layout) => {
                let Some(line) = table.next()? else { return Ok(None) };
                // What is longer is no download.
                layout.is_marked = self.rows < DOWNLOAD_ROWS as u64;
                let read = table.faults().or(|| layout.record(line, table.row(), &mut self.remarks));
                (read, line, table.content())
            }
            Content::Insights(table, layout) => {
                let Some(line) = table.next()? else { return Ok(None) };
                let read = table.faults().or(|| layout.record(line, table.row(), &mut self.remarks));
                (read, line, table.content())
            }
            Content::Crm(table, rows) => {
                let line = loop {
                    let Some(line) = table.next()? else { return Ok(None) };
                    if table.faults().any() || !rows.is_foot(table.row()) {
                        break line;
                    }
                    self.aside.foot += 1;
                    if self.aside.foot_lines.len() < Aside::FOOT {
                        self.aside.foot_lines.push(line);
                    }
                };
                let read = table.faults().or(|| rows.record(line, table.row(), &mut self.remarks));
                (read, line, table.content())
            }
            Content::Api(document) => {
                let Some(element) = document.next()? else { return Ok(None) };
                self.aside.mended += element.mended;
                let read = match &element.value {
                    Some(referral) => Faults::in_place(element.twice.iter().map(Twice::complaint).collect())
                        .or(|| api::record(element.number, referral, self.told, &mut self.remarks.cleaned)),
                    None => Err(vec![Complaint::new("referral", Invalid::TooLarge)]),
                };
                let referral = element.value.unwrap_or_default();
                let told = read.map_err(|complaints| {
                    self.listener.refused(&RefusedRow {
                        line: element.number,
                        content: RowContent::Json(&referral, &element.twice),
                        complaints,
                    });
                });
                return Ok(Some(told));
            }
        };
        Ok(Some(read.map_err(|complaints| self.listener.refused(&RefusedRow { line, content, complaints }))))
    }
}

/// Reads the referrals of a document that is in memory already.
pub fn referrals(document: Value) -> Vec<Result<Incoming, Complaints>> {
    let referrals = api::referrals(document, &mut Vec::new()).unwrap_or_default();
    (1..).zip(&referrals).map(|(number, referral)| api::record(number, referral, None, &mut Default::default())).collect()
}
