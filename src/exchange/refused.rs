//! Rows that were refused, written beside their file with the reasons, so that a corrected copy can be imported as it is.

use std::fs;
use std::io::{self, Write};
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

/// Writes `NAME.refused.csv` or `NAME.refused.json`, once there is something to write.
pub struct RefusedWriter {
    beside: PathBuf,
    output: Option<Output>,
    failure: Option<io::Error>,
}

enum Output {
    Table(Box<csv::Writer<Vec<u8>>>),
    Json(Vec<Value>),
}

impl RefusedWriter {
    pub fn beside(file: &Path) -> Self {
        Self { beside: file.to_owned(), output: None, failure: None }
    }

    /// Takes a row with its reasons in words.
    pub fn add(&mut self, row: &RefusedRow<'_>, reasons: &str) {
        if let Err(failure) = self.try_add(row, reasons) {
            self.failure.get_or_insert(failure);
        }
    }

    fn try_add(&mut self, row: &RefusedRow<'_>, reasons: &str) -> io::Result<()> {
        match &row.content {
            RowContent::Table { header, separator, cells } => {
                let own = header.iter().position(|name| name == REASON);
                let others = |record: &csv::StringRecord| -> Vec<String> {
                    record.iter().enumerate().filter(|(i, _)| Some(*i) != own).map(|(_, cell)| cell.to_owned()).collect()
                };
                let writer = match &mut self.output {
                    Some(Output::Table(writer)) => writer,
                    _ => {
                        let mut writer = csv::WriterBuilder::new()
                            .delimiter(*separator)
                            .terminator(csv::Terminator::CRLF)
                            .flexible(true)
                            .from_writer(b"\xEF\xBB\xBF".to_vec());
                        writer.write_record(others(header).iter().map(String::as_str).chain([REASON]))?;
                        self.output = Some(Output::Table(Box::new(writer)));
                        return self.try_add(row, reasons);
                    }
                };
                let mut cells = others(cells);
                cells.resize(cells.len().max(header.len() - usize::from(own.is_some())), String::new());
                writer.write_record(cells.iter().map(String::as_str).chain([reasons]))?;
            }
            RowContent::Json(value) => {
                let mut value = (*value).clone();
                if let Value::Object(members) = &mut value {
                    members.insert(REASON.to_owned(), Value::from(reasons));
                }
                match &mut self.output {
                    Some(Output::Json(values)) => values.push(value),
                    _ => self.output = Some(Output::Json(vec![value])),
                }
            }
        }
        Ok(())
    }

    /// Writes the file and returns where it is; `None` when no row was refused. A file of that name is never overwritten.
    ///
    /// # Errors
    /// What the file system says, with the path.
    pub fn finish(self) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
        let Some(output) = self.output else { return Ok(None) };
        let fail = |error| (self.beside.clone(), error);
        if let Some(failure) = self.failure {
            return Err(fail(failure));
        }
        let (bytes, ending) = match output {
            Output::Table(writer) => (writer.into_inner().map_err(|e| fail(e.into_error()))?, "csv"),
            Output::Json(values) => (serde_json::to_vec_pretty(&values).map_err(|e| fail(e.into()))?, "json"),
        };
        for number in 1..10_000 {
            let path = name(&self.beside, ending, number);
            if fs::read(&path).is_ok_and(|known| known == bytes) {
                return Ok(Some(path));
            }
            match write_new(&path, &bytes) {
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err((path, e)),
                Ok(()) => return Ok(Some(path)),
            }
        }
        Err(fail(io::ErrorKind::AlreadyExists.into()))
    }
}

fn name(beside: &Path, ending: &str, number: u32) -> PathBuf {
    let stem = beside.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    beside.with_file_name(format!("{stem}.refused{number}.{ending}"))
}

/// Writes a file that is not there yet and that only its owner can read.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
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
    }
}
