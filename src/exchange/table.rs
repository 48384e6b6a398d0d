//! Tables of text, whatever their separator: the header is found by the columns that are known in it, rows one at a time.

use std::borrow::Cow;
use std::fs;
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::encoding::Utf8;
use super::error::FileError;
use crate::domain::text::plain;

/// Watches what passes: an odd number of quotation marks at the end is one that was never closed.
struct Watched<R> {
    inner: R,
    odd: bool,
    ended: bool,
    /// Whether lines end with `\r\n`.
    crlf: bool,
    last: u8,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.ended |= count == 0;
        for byte in &buffer[..count] {
            self.odd ^= *byte == b'"';
            self.crlf |= !self.odd && *byte == b'\n' && self.last == b'\r';
            self.last = *byte;
        }
        Ok(count)
    }
}

/// An open table, its header read.
pub(super) struct Table {
    reader: csv::Reader<Watched<Utf8<BufReader<fs::File>>>>,
    pub header: csv::StringRecord,
    pub separator: u8,
    record: csv::StringRecord,
}

/// Separators in the wild; the first that shows the most known columns is taken.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

impl Table {
    /// Opens a table whose header holds columns that `known` knows.
    ///
    /// # Errors
    /// [`FileError::UnknownFormat`] with the columns found when none is known.
    pub(super) fn open(path: &Path, known: impl Fn(&str) -> bool) -> Result<Self, FileError> {
        let mut best: Option<(usize, Self)> = None;
        for separator in SEPARATORS {
            let table = Self::with(path, separator)?;
            let columns = table.header.iter().filter(|column| known(column)).count();
            if best.as_ref().is_none_or(|(most, _)| columns > *most) {
                best = Some((columns, table));
            }
        }
        match best {
            Some((1.., table)) => Ok(table),
            Some((0, table)) => Err(FileError::UnknownFormat {
                columns: table.header.iter().take(8).map(|c| c.chars().take(40).collect()).collect(),
            }),
            None => Err(FileError::Empty),
        }
    }

    fn with(path: &Path, separator: u8) -> Result<Self, FileError> {
        let text = Utf8::new(BufReader::with_capacity(1 << 16, fs::File::open(path)?))?;
        let reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(Watched {
            inner: text,
            odd: false,
            ended: false,
            crlf: false,
            last: 0,
        });
        let mut table = Self { reader, header: csv::StringRecord::new(), separator, record: csv::StringRecord::new() };
        let mut header = csv::StringRecord::new();
        if !table.read(&mut header)? {
            return Err(FileError::Empty);
        }
        // Excel writes this line to tell itself the separator.
        if header.get(0).is_some_and(|cell| cell.starts_with("sep=")) && !table.read(&mut header)? {
            return Err(FileError::Empty);
        }
        table.header = header.iter().map(str::trim).collect();
        Ok(table)
    }

    fn read(&mut self, record: &mut csv::StringRecord) -> Result<bool, FileError> {
        let line = self.reader.position().line();
        match self.reader.read_record(record) {
            Ok(more) => Ok(more),
            Err(error) => Err(match error.into_kind() {
                csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => FileError::Encoding { line },
                csv::ErrorKind::Io(error) => error.into(),
                csv::ErrorKind::Utf8 { pos, .. } => FileError::Encoding { line: pos.map_or(line, |pos| pos.line()) },
                _ => FileError::Encoding { line },
            }),
        }
    }

    /// Reads the next row that holds anything and returns its line; `None` at the end.
    ///
    /// # Errors
    /// [`FileError::Encoding`], [`FileError::OpenQuote`], or what the file system says.
    pub(super) fn next(&mut self) -> Result<Option<u64>, FileError> {
        let mut record = std::mem::take(&mut self.record);
        loop {
            if !self.read(&mut record)? {
                return Ok(None);
            }
            // Behind `\r\n` the reader has not passed the `\n` yet when it notes where a record begins.
            let line = record.position().map_or(0, csv::Position::line) + u64::from(self.reader.get_ref().crlf);
            // An open quotation mark swallows the rest of the file into one cell.
            let swallowed = record.len() != self.header.len() || record.iter().any(|cell| cell.contains('\n'));
            if swallowed && self.reader.get_ref().ended && self.reader.get_ref().odd {
                return Err(FileError::OpenQuote { line });
            }
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                self.record = record;
                return Ok(Some(line));
            }
        }
    }

    /// Returns the row that was read last.
    pub(super) const fn row(&self) -> &csv::StringRecord {
        &self.record
    }
}

/// Returns whether two column names are the same: case, width, runs of blanks and what shows nothing do not matter.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let a = if a.is_ascii() { Cow::Borrowed(a) } else { Cow::Owned(plain(a)) };
    a.len() >= b.len().saturating_sub(8)
        && a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
}
