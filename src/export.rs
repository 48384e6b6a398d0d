//! Deals as a file of rows, for people or for programs: what was asked for, and the table while it is written. Which deals, and in which
//! order, the store tells; for desk and commands.
//! A review as a page is `page.rs`, as a workbook `book.rs`.

mod book;
mod column;
mod file;
mod page;
mod words;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

pub use book::{ReviewBook, closed_in, listed};
pub use column::{Column, NoColumn, Type};
pub use file::{Done, Failed, FileExport};
pub use page::{Page, PageFormat};

use crate::domain::date::Moment;
use crate::domain::held::Held;
use crate::domain::outcome::Outcome;
use crate::exchange::crm::{CrmMap, CrmStage};
use crate::exchange::inert::inert;
use crate::exchange::json;
use crate::exchange::rows::{Hand, Table};
use crate::exchange::sheet::{Book, Cell, Layout};
use crate::i18n::Sentences;
use words::Words;

/// What a file of deals can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Tsv,
    /// One array, as `list --json`.
    Json,
    /// One object a line.
    JsonLines,
    Xlsx,
    Markdown,
}

impl Format {
    /// In the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Xlsx, Self::Csv, Self::Tsv, Self::Markdown, Self::Json, Self::JsonLines];

    /// Returns the word for it, which is how the name of its file ends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Xlsx => "xlsx",
            Self::Markdown => "md",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "ndjson" => Some(Self::JsonLines),
            "markdown" => Some(Self::Markdown),
            "tab" => Some(Self::Tsv),
            word => Self::ALL.into_iter().find(|format| format.code() == word),
        }
    }

    /// Returns what the ending of a file's name says.
    pub fn of(path: &Path) -> Option<Self> {
        path.extension().and_then(|ending| ending.to_str()).and_then(Self::read)
    }

    /// Returns whether it holds what a deal is made of and not a table of columns.
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines)
    }
}

/// How deals are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manner {
    pub format: Format,
    /// Of no meaning where deals are written whole.
    pub columns: Vec<Column>,
    /// Whether it is for programs.
    pub plain: bool,
    /// The CRM it is for, whose words it then has.
    pub map: Option<CrmMap>,
}

impl Manner {
    /// Returns how deals are written for a CRM: CSV, with the columns of its map.
    pub fn for_crm(map: CrmMap) -> Self {
        let columns = map.written().into_iter().filter_map(|(name, _)| Column::read(name).ok()).flatten().collect();
        Self { format: Format::Csv, columns, plain: true, map: Some(map) }
    }
}

/// A table that is being written.
pub struct Writing {
    manner: Manner,
    words: Words,
    hand: Option<Hand>,
    book: Option<Book>,
    cells: Vec<Cell>,
    line: String,
    /// Deals so far.
    count: u64,
}

impl Writing {
    /// Begins a table; `moment` is now, where the user is.
    ///
    /// # Errors
    /// As those of a workbook.
    pub fn new(manner: Manner, sentences: &Arc<Sentences>, moment: Moment) -> io::Result<Self> {
        let marks = sentences.number_marks();
        let (decimal, list) = if manner.plain { ('.', ',') } else { (marks.decimal, marks.list) };
        let kind = match manner.format {
            Format::Csv => Some(Table::Separated(list)),
            Format::Tsv => Some(Table::Separated('\t')),
            Format::Markdown => Some(Table::Markdown),
            Format::Json | Format::JsonLines | Format::Xlsx => None,
        };
        let hand = kind.map(|kind| Hand { kind, plain: manner.plain, decimal });
        let words = Words::new(Arc::clone(sentences), moment, manner.plain);
        let mut writing = Self { manner, words, hand, book: None, cells: Vec::new(), line: String::new(), count: 0 };
        if writing.manner.format == Format::Xlsx {
            let name = sentences.sheet_deals();
            let mut book = Book::new(&name, moment.now)?;
            book.begin(Layout { name, heads: writing.heads(), frozen: writing.frozen(), filter: true })?;
            writing.book = Some(book);
        }
        Ok(writing)
    }

    /// Returns whether it wants all there is of each deal.
    pub const fn is_whole(&self) -> bool {
        self.manner.format.is_whole()
    }

    fn heads(&self) -> Vec<String> {
        if let Some(map) = &self.manner.map {
            return map.written().into_iter().map(|(_, head)| head.to_owned()).collect();
        }
        let head = |column: &Column| if self.manner.plain { column.name().to_owned() } else { column.head(&self.words.s) };
        self.manner.columns.iter().map(head).collect()
    }

    /// Returns how many columns stay in sight: up to the name of the deal, where that is one of the first.
    fn frozen(&self) -> u16 {
        /// More than these would leave no room for the rest.
        const MOST: usize = 3;
        let at = self.manner.columns.iter().position(|column| *column == Column::Name).filter(|at| *at < MOST);
        u16::try_from(at.map_or(1, |at| at + 1)).unwrap_or(1)
    }

    /// Writes what comes before the deals.
    ///
    /// # Errors
    /// What the file system says.
    pub fn begin(&mut self, to: &mut dyn Write) -> io::Result<()> {
        let Some(hand) = self.hand else { return Ok(()) };
        let is_number = |column: &Column| matches!(column.holds(), Type::Whole | Type::Percent | Type::Money);
        let numbers: Vec<bool> = self.manner.columns.iter().map(is_number).collect();
        self.line.clear();
        hand.head(&self.heads(), &numbers, &mut self.line);
        to.write_all(self.line.as_bytes())
    }

    /// Writes a deal.
    ///
    /// # Errors
    /// What the file system says.
    pub fn take(&mut self, held: &Held, to: &mut dyn Write) -> io::Result<()> {
        self.count += 1;
        if self.is_whole() {
            let deal = json::held(held).to_string();
            let before = match self.manner.format {
                Format::JsonLines => "",
                _ if self.count == 1 => "[\n",
                _ => ",\n",
            };
            let after = if self.manner.format == Format::JsonLines { "\n" } else { "" };
            return write!(to, "{before}{}{after}", inert(&deal));
        }
        self.cells.clear();
        let map = self.manner.map.as_ref();
        self.cells.extend(self.manner.columns.iter().map(|column| match map {
            Some(map) if *column == Column::Stage => crm_stage(map, held),
            _ => column.cell(held, &mut self.words),
        }));
        if let Some(book) = &mut self.book {
            return book.row(&self.cells);
        }
        self.line.clear();
        self.hand.iter().for_each(|hand| hand.row(&self.cells, &mut self.line));
        to.write_all(self.line.as_bytes())
    }

    /// Writes what comes after the deals; returns how many there are.
    ///
    /// # Errors
    /// What the file system says.
    pub fn end(mut self, to: &mut (impl Write + Send)) -> io::Result<u64> {
        if let Some(mut book) = self.book.take() {
            book.write_to(to)?;
        }
        self.end_text(to)
    }

    /// As [`Writing::end`], of what is no workbook.
    ///
    /// # Errors
    /// What the stream says.
    pub fn end_text(self, to: &mut dyn Write) -> io::Result<u64> {
        if self.manner.format == Format::Json {
            to.write_all(if self.count == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        Ok(self.count)
    }
}

/// Returns where a deal stands in the words of a CRM. One that is open there already is at a stage of its own, which nothing here knows:
/// an empty cell leaves it there.
fn crm_stage(map: &CrmMap, held: &Held) -> Cell {
    match CrmStage::of(held.opportunity.stage.outcome().map(Outcome::kind)) {
        CrmStage::Open if held.opportunity.deal.crm_id.is_some() => Cell::Empty,
        stage => Cell::Text(map.stage_word(stage).to_owned()),
    }
}

#[cfg(test)]
mod tests;
