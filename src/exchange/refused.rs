//! Rows that were refused, written beside their file with the reasons, so that a corrected copy can be imported as it is.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::domain::invalid::Complaints;

/// The column, or member, that holds the reasons; an import passes over it.
pub(super) const REASON: &str = "Refused because";

/// A row that was refused, with every reason.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedRow<'a> {
    /// The line it begins in, from 1; of JSON the number of the record.
    pub line: u64,
    pub content: RowContent<'a>,
    pub complaints: Complaints,
}

#[derive(Debug, Clone, PartialEq)]
pub enum RowContent<'a> {
    Table { header: &'a csv::StringRecord, separator: u8, cells: &'a csv::StringRecord },
    Json(&'a Value),
}

/// Writes `NAME.refused.csv` or `NAME.refused.json`, once there is something to write; row by row, under another name first.
pub struct RefusedWriter {
    beside: PathBuf,
    output: Option<Output>,
    failure: Option<io::Error>,
}

struct Output {
    unnamed: PathBuf,
    ending: &'static str,
    kind: Kind,
}

enum Kind {
    Table(Box<csv::Writer<BufWriter<File>>>),
    /// The elements of a JSON list; whether one was written already.
    Json(BufWriter<File>, bool),
}

impl RefusedWriter {
    pub fn beside(file: &Path) -> Self {
        Self { beside: file.to_owned(), output: None, failure: None }
    }

    /// Takes a row with its reasons in words. A failure is kept for [`RefusedWriter::finish`].
    pub fn add(&mut self, row: &RefusedRow<'_>, reasons: &str) {
        if self.failure.is_none()
            && let Err(failure) = self.try_add(row, reasons)
        {
            self.failure = Some(failure);
        }
    }

    fn try_add(&mut self, row: &RefusedRow<'_>, reasons: &str) -> io::Result<()> {
        if self.output.is_none() {
            self.output = Some(self.begin(row)?);
        }
        match (self.output.as_mut().map(|output| &mut output.kind), &row.content) {
            (Some(Kind::Table(writer)), RowContent::Table { header, cells, .. }) => {
                let mut cells = without_reason(header, cells);
                let own = header.iter().filter(|name| *name == REASON).count();
                cells.resize(cells.len().max(header.len() - own), "");
                writer.write_record(cells.into_iter().chain([reasons]))?;
            }
            (Some(Kind::Json(file, begun)), RowContent::Json(value)) => {
                let mut value = (*value).clone();
                if let Value::Object(members) = &mut value {
                    members.insert(REASON.to_owned(), Value::from(reasons));
                }
                file.write_all(if *begun { b",\n" } else { b"[\n" })?;
                serde_json::to_writer_pretty(file, &value)?;
                *begun = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&self, row: &RefusedRow<'_>) -> io::Result<Output> {
        let unnamed = self.beside.with_file_name(format!(".refused-{}.tmp", std::process::id()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = BufWriter::new(options.open(&unnamed)?);
        let (ending, kind) = match &row.content {
            RowContent::Table { header, separator, .. } => {
                file.write_all(b"\xEF\xBB\xBF")?;
                let mut builder = csv::WriterBuilder::new();
                builder.delimiter(*separator).terminator(csv::Terminator::CRLF).flexible(true);
                let mut writer = builder.from_writer(file);
                writer.write_record(without_reason(header, header).into_iter().chain([REASON]))?;
                ("csv", Kind::Table(Box::new(writer)))
            }
            RowContent::Json(_) => ("json", Kind::Json(file, false)),
        };
        Ok(Output { unnamed, ending, kind })
    }

    /// Gives the file its name and returns it; `None` when no row was refused. No file is ever overwritten.
    ///
    /// # Errors
    /// What the file system says, with the path.
    pub fn finish(self) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
        if let Some(failure) = self.failure {
            return Err((name(&self.beside, "csv", 1), failure));
        }
        let Some(output) = self.output else { return Ok(None) };
        let named = complete(output.kind).and_then(|()| give_name(&output.unnamed, &self.beside, output.ending));
        let _ = fs::remove_file(&output.unnamed);
        named.map(Some).map_err(|failure| (name(&self.beside, output.ending, 1), failure))
    }

    /// Throws everything away: the import did not happen.
    pub fn discard(self) {
        if let Some(output) = self.output {
            let _ = fs::remove_file(output.unnamed);
        }
    }
}

/// Returns the cells except those of the reason column, of a file that was refused before.
fn without_reason<'a>(header: &csv::StringRecord, cells: &'a csv::StringRecord) -> Vec<&'a str> {
    let own = |index: usize| header.get(index) == Some(REASON);
    cells.iter().enumerate().filter(|(index, _)| !own(*index)).map(|(_, cell)| cell).collect()
}

fn complete(kind: Kind) -> io::Result<()> {
    let file = match kind {
        Kind::Table(writer) => writer.into_inner().map_err(|e| io::Error::other(e.to_string()))?,
        Kind::Json(mut file, _) => {
            file.write_all(b"\n]\n")?;
            file
        }
    };
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// Links the file to the first free name, or finds that it is there already.
fn give_name(unnamed: &Path, beside: &Path, ending: &str) -> io::Result<PathBuf> {
    for number in 1..10_000 {
        let path = name(beside, ending, number);
        match fs::hard_link(unnamed, &path) {
            Ok(()) => return Ok(path),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                if same_content(unnamed, &path)? {
                    return Ok(path);
                }
            }
            // Some file systems have no links.
            Err(_) if !path.exists() => return fs::rename(unnamed, &path).map(|()| path),
            Err(e) => return Err(e),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn same_content(a: &Path, b: &Path) -> io::Result<bool> {
    Ok(fs::metadata(a)?.len() == fs::metadata(b)?.len() && fs::read(a)? == fs::read(b)?)
}

fn name(beside: &Path, ending: &str, number: u32) -> PathBuf {
    let stem = beside.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    beside.with_file_name(format!("{stem}.refused{number}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_rows_keep_their_columns_and_get_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("download (1).csv");
        let header = csv::StringRecord::from(vec!["Deal Name", "Notes"]);
        let cells = csv::StringRecord::from(vec!["한빛; ERP", "two\nlines \"q\""]);
        let row = RefusedRow {
            line: 2,
            content: RowContent::Table { header: &header, separator: b';', cells: &cells },
            complaints: vec![],
        };
        let write = |reasons: &str| {
            let mut writer = RefusedWriter::beside(&file);
            writer.add(&row, reasons);
            writer.finish().unwrap().unwrap()
        };
        let path = write("no value");
        assert_eq!(path.file_name().unwrap(), "download (1).refused.csv");
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "\u{feff}Deal Name;Notes;Refused because\r\n\"한빛; ERP\";\"two\nlines \"\"q\"\"\";no value\r\n");
        assert_eq!(write("no value"), path, "the same rows again need no new file");
        assert_eq!(
            write("no date").file_name().unwrap(),
            "download (1).refused-2.csv",
            "a file being corrected is not overwritten"
        );
        assert!(RefusedWriter::beside(&file).finish().unwrap().is_none());
        let mut dropped = RefusedWriter::beside(&file);
        dropped.add(&row, "x");
        dropped.discard();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing half-written is left");
    }
}
