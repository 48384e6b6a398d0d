//! Upload files: deals as rows in exactly Partner Center's columns, each read again before it counts as written, and the files of them,
//! whole or not at all. What is written when is the outbox's.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::bulk::columns::bare;
use super::bulk::layout;
use super::bulk::rows::{self, Remarks};
use super::bulk::write::Outward;
use super::refused::{folder_of, keep_new};
use super::sheet::{self, Book, Cell};
use super::unnamed::unnamed_in;
use crate::domain::field::{BadValue, Field};
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, Version};
use crate::domain::instant::Timestamp;
use crate::domain::invalid::Complaints;
use crate::domain::merge::{Terms, as_told};
use crate::domain::opportunity::Opportunity;
use crate::domain::outgoing::{SaidThere, is_same};
use crate::domain::part::Part;
use crate::domain::preflight::Layout;
use crate::domain::refused::fields_named;

/// Rows that Partner Center takes in one file; of a larger one it takes none.
pub const ROWS_MAX: usize = 1_000;

/// What an upload file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadFormat {
    Csv,
    Xlsx,
}

impl UploadFormat {
    /// Returns how the name of such a file ends.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A deal that a row was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct OutRow {
    pub id: OpportunityId,
    /// As it stood then.
    pub version: Version,
    pub said: SaidThere,
    /// What the row holds, by the name of its column; empty cells are left out.
    pub cells: Vec<(String, String)>,
}

/// Why no row can say what a deal says.
#[derive(Debug, Clone, PartialEq)]
pub enum Unwritable {
    /// These read otherwise, or not at all, once they are written.
    Fields(Vec<Field>),
    /// The row would be refused as it comes back.
    Row(Complaints),
}

/// Makes the row of a deal and reads it again, as an import would: so nothing is lost on the way out that anybody would notice only at
/// Partner Center.
///
/// # Errors
/// [`BadValue`] when a kept value cannot be read back; within, why the row cannot be written.
pub fn row(held: &Held, layout: Layout, now: Timestamp) -> Result<Result<OutRow, Unwritable>, BadValue> {
    let outward = Outward::new(held)?;
    let (solutions, people, sellers) = outward.lists();
    let head = layout::head(layout, solutions, people, sellers);
    let cells = outward.row(&head);
    let theirs = match read_again(held, &head, &cells, now)? {
        Ok(theirs) => theirs,
        Err(complaints) => return Ok(Err(Unwritable::Row(complaints))),
    };
    let said = SaidThere::of(held, &theirs)?;
    let ours = &held.opportunity;
    let is_kept = |field: &Field| match field {
        // What ended before Partner Center ever heard of it is made first; that it ended goes with the next file.
        Field::Stage => said.makes,
        Field::Kind => !said.makes && !ours.kind.is_told_in_tables(),
        _ => false,
    };
    let is_lost = |field: &Field| !is_same(*field, &theirs, ours) && !is_kept(field);
    let lost: Vec<Field> = SaidThere::fields(said.makes).filter(is_lost).collect();
    if !lost.is_empty() {
        return Ok(Err(Unwritable::Fields(lost)));
    }
    let cells = head.into_iter().zip(cells).filter(|(_, cell)| !cell.is_empty()).collect();
    Ok(Ok(OutRow { id: ours.id, version: ours.version, said, cells }))
}

fn read_again(
    held: &Held,
    head: &[String],
    cells: &[String],
    now: Timestamp,
) -> Result<Result<Opportunity, Complaints>, BadValue> {
    let (header, cells) = (csv::StringRecord::from(head.to_vec()), csv::StringRecord::from(cells.to_vec()));
    let mut remarks = Remarks::default();
    let told = Some(held.opportunity.direction());
    let Ok(mut layout) = rows::Layout::new(&header, told, &mut remarks) else { return Ok(Err(Complaints::new())) };
    layout.learn(&cells);
    let mut incoming = match layout.record(2, &cells, &mut remarks) {
        Ok(incoming) => incoming,
        Err(complaints) => return Ok(Err(complaints)),
    };
    incoming.settle(held);
    let terms = Terms { now, response_days: 0, as_of: None };
    as_told(&incoming, held, terms, true).map(Ok)
}

/// Returns what a file as large as an upload file at most is known by again; nothing of others.
pub fn fingerprint(path: &Path) -> Option<u64> {
    const LARGEST: u64 = 16 << 20;
    let found = path.metadata().ok().filter(|found| found.is_file() && found.len() <= LARGEST)?;
    let bytes = std::fs::read(path).ok()?;
    Some(mixed(&bytes, found.len()))
}

/// FNV-1a: it stays what it is, whatever the library does.
fn mixed(bytes: &[u8], seed: u64) -> u64 {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325 ^ seed, mix)
}

/// Returns a number that bytes are known by again.
pub(super) fn fnv(bytes: &[u8]) -> u64 {
    mixed(bytes, bytes.len() as u64)
}

/// Returns what of these fields is typed by itself and spoken of in the message: of an address the city, say, else what stands for all.
pub fn parts_named(message: &str) -> Vec<Part> {
    const WORDS: [(Part, &str); 11] = [
        (Part::Line1, "address"),
        (Part::City, "city"),
        (Part::State, "state"),
        (Part::PostalCode, "postal"),
        (Part::Country, "country"),
        (Part::Value, "value"),
        (Part::Currency, "currency"),
        (Part::ContactFirst, "first"),
        (Part::ContactLast, "last"),
        (Part::ContactPhone, "phone"),
        (Part::ContactEmail, "email"),
    ];
    let said = bare(message);
    let of = |field: Field| {
        let by_word = WORDS.into_iter().filter(|(part, word)| part.field() == field && said.contains(word));
        let found: Vec<Part> = by_word.map(|(part, _)| part).collect();
        let whole = || Part::ALL.into_iter().find(|part| part.field() == field).into_iter().collect();
        if found.is_empty() { whole() } else { found }
    };
    fields_named(message).into_iter().flat_map(of).collect()
}

/// An upload file that is written and has no name yet: it goes away unless it is given one.
#[derive(Debug)]
pub struct Unnamed {
    file: NamedTempFile,
    pub path: PathBuf,
    pub rows: Vec<OutRow>,
}

/// Writes one file for each thousand rows, into a folder, under the first numbers that nothing there has and that are not taken: `STEM-1.csv`, `STEM-2.csv`.
///
/// # Errors
/// What the file system says; nothing is left then.
pub fn write(
    folder: &Path,
    stem: &str,
    rows: Vec<OutRow>,
    (layout, format): (Layout, UploadFormat),
    made: Timestamp,
    is_taken: &dyn Fn(&str) -> bool,
) -> io::Result<Vec<Unnamed>> {
    let count = rows.len().div_ceil(ROWS_MAX);
    let mut files = Vec::with_capacity(count);
    // A name is used once, wherever the file of it lies by now: by it files are told apart.
    let stems = (1..10_000).map(|number| format!("{stem}-{number}")).filter(|name| !is_taken(name));
    let named = stems.map(|name| folder.join(format!("{name}.{}", format.ending())));
    let free = named.filter(|path| path.symlink_metadata().is_err());
    let mut rows = rows.into_iter();
    for path in free.take(count) {
        let rows: Vec<OutRow> = rows.by_ref().take(ROWS_MAX).collect();
        let mut file = unnamed_in(folder_of(&path))?;
        match format {
            UploadFormat::Csv => write_csv(&mut file, &rows, layout)?,
            UploadFormat::Xlsx => write_xlsx(&mut file, &rows, layout, made)?,
        }
        file.as_file().sync_all()?;
        files.push(Unnamed { file, path, rows });
    }
    if rows.len() > 0 { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(files) }
}

impl Unnamed {
    /// Returns where it lies as long as it has no name.
    pub fn written(&self) -> &Path {
        self.file.path()
    }

    /// Gives the file its name. Nothing that is there is ever replaced.
    ///
    /// # Errors
    /// What the file system says, as that it is there by now.
    pub fn keep(self) -> io::Result<(PathBuf, Vec<OutRow>)> {
        keep_new(self.file, &self.path)?;
        Ok((self.path, self.rows))
    }
}

/// Returns the head that these rows need.
pub fn head(rows: &[OutRow], layout: Layout) -> Vec<String> {
    let count = |name: &str| {
        let numbered = |cells: &[(String, String)]| {
            let of = cells.iter().filter_map(|(column, _)| column.strip_prefix(name)?.trim().parse::<usize>().ok());
            of.max().unwrap_or(0)
        };
        rows.iter().map(|row| numbered(&row.cells)).max().unwrap_or(0)
    };
    layout::head(layout, count("Solution"), count("Team member"), count("Microsoft team member"))
}

/// Returns a row's cells in the order of a head.
fn in_order<'a>(row: &'a OutRow, head: &'a [String]) -> impl Iterator<Item = &'a str> {
    // Both stand in the order of the layout.
    let mut cells = row.cells.iter().peekable();
    head.iter().map(move |name| match cells.next_if(|(column, _)| column == name) {
        Some((_, cell)) => cell.as_str(),
        None => "",
    })
}

fn write_csv(file: &mut NamedTempFile, rows: &[OutRow], layout: Layout) -> io::Result<()> {
    let head = head(rows, layout);
    let mut buffer = io::BufWriter::new(file.as_file_mut());
    // Excel, in which many look at it first, takes text without this for another encoding.
    buffer.write_all(b"\xEF\xBB\xBF")?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(buffer);
    writer.write_record(&head)?;
    for row in rows {
        writer.write_record(in_order(row, &head))?;
    }
    writer.flush()
}

/// All of it is text: a date or a number would be written the way of whoever opens it.
fn write_xlsx(file: &mut NamedTempFile, rows: &[OutRow], layout: Layout, made: Timestamp) -> io::Result<()> {
    let head = head(rows, layout);
    let mut book = Book::new("Co-sell deals", made)?;
    book.begin(sheet::Layout { name: "Deals".to_owned(), heads: head.clone(), frozen: 0, filter: false })?;
    for row in rows {
        let cells: Vec<Cell> =
            in_order(row, &head).map(|cell| if cell.is_empty() { Cell::Empty } else { Cell::Text(cell.to_owned()) }).collect();
        book.row(&cells)?;
    }
    let mut to = io::BufWriter::new(file.as_file_mut());
    book.write_to(&mut to)?;
    to.flush()
}
