//! A file of Partner Center as the store takes it: reader, refused rows in words and the file beside it; for desk and commands.

pub mod stock;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use crate::domain::incoming::Incoming;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Direction;
use crate::domain::spellings::Spellings;
use crate::domain::text::Cleaned;
use crate::exchange::{self, File, FileError, Format, Listener, RefusedRow, RefusedWriter, Remarks};
use crate::i18n::{Said, Sentences, StockKind};
use crate::store::{ImportReport, Mode, Source};

/// What is told about a file while it is read and after.
#[derive(Debug)]
pub enum Told {
    /// A row was refused, with every reason.
    Refused {
        line: u64,
        said: Vec<Said>,
    },
    Finished(Box<FileReport>),
}

/// What is to be said about a file once it was read.
#[derive(Debug)]
pub struct FileReport {
    pub path: PathBuf,
    pub format: Format,
    pub refused: u64,
    /// Where the refused rows were written, or the file that could not be and why; `None` where there was nothing to write.
    pub refused_file: Option<Result<PathBuf, (PathBuf, String)>>,
    pub remarks: Remarks,
    /// Companies that stand in it under several spellings.
    pub spellings: Spellings,
    /// Why the file broke off, if it did.
    pub failure: Option<Said>,
}

impl FileReport {
    /// Returns what is to be said of the file besides what became of its rows; `report` counts those.
    pub fn remarks(&self, report: &ImportReport, s: &Sentences) -> Vec<String> {
        let remarks = &self.remarks;
        let lines = [
            (report.conflicts > 0).then(|| s.import_conflicts(report.conflicts)),
            (report.older > 0).then(|| s.import_older(report.older)),
            (report.unknown > 0).then(|| s.import_unknown(report.unknown)),
            cleaned_said(remarks.cleaned, s),
            (remarks.duns_restored > 0).then(|| s.import_duns(remarks.duns_restored)),
            spellings_said(&self.spellings, s),
            (!remarks.unknown_columns.is_empty()).then(|| s.import_columns(remarks.unknown_columns.join(", "))),
        ];
        lines.into_iter().flatten().collect()
    }

    /// Says which row was refused, and all that is wrong with it and right instead.
    pub fn refused_row(&self, line: u64, said: &[Said], s: &Sentences) -> String {
        let (line, reasons) = (line.to_string(), reasons(said));
        if self.format == Format::Api { s.import_refused_record(line, reasons) } else { s.import_refused_row(line, reasons) }
    }

    /// Says where the refused rows were written, or that they could not be.
    pub fn refused_file_said(&self, s: &Sentences) -> Option<String> {
        refused_file_said(self.refused_file.as_ref(), s)
    }
}

/// Says which companies stand under several spellings, if any.
fn spellings_said(spellings: &Spellings, s: &Sentences) -> Option<String> {
    /// So many are told by name.
    const NAMED: usize = 3;
    let (count, several) = spellings.several();
    let named: Vec<String> = several.iter().take(NAMED).map(|names| names.join(" / ")).collect();
    (count > 0).then(|| s.import_spellings(count, named.join("; ")))
}

/// Says what of a file's text was not kept as it came.
fn cleaned_said(cleaned: Cleaned, s: &Sentences) -> Option<String> {
    let said = [
        (cleaned.controls > 0).then(|| s.import_controls(cleaned.controls)),
        (cleaned.unseen > 0).then(|| s.import_unseen(cleaned.unseen)),
        (cleaned.entities > 0).then(|| s.import_entities(cleaned.entities)),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn refused_file_said(written: Option<&Result<PathBuf, (PathBuf, String)>>, s: &Sentences) -> Option<String> {
    written.map(|written| match written {
        Ok(path) => s.import_refused_file(path.display().to_string()),
        Err((path, detail)) => s.import_refused_not_written(detail, path.display().to_string()),
    })
}

/// Returns every reason of a refused row, in one line.
pub fn reasons(said: &[Said]) -> String {
    said.iter().map(Said::whole).collect::<Vec<_>>().join(" ")
}

/// How many refused rows an import tells one by one; all are counted and written.
const TOLD_ROWS: u64 = 20;

/// An open file on its way into the store.
pub struct Intake {
    file: File<Words>,
    spellings: Spellings,
}

impl Intake {
    /// Opens a file. A dry run tells every refused row and writes none; an import tells the first few and writes all.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read.
    pub fn open(
        path: &Path,
        tab: Option<Direction>,
        mode: Mode,
        sentences: &Arc<Sentences>,
    ) -> Result<(Self, Receiver<Told>), FileError> {
        let (tell, told) = mpsc::channel();
        let words = Words::new(path, None, mode, sentences, tell);
        Ok((Self { file: exchange::open(path, tab, words)?, spellings: Spellings::default() }, told))
    }
}

impl Source for Intake {
    fn next_record(&mut self) -> Option<Incoming> {
        let record = self.file.next_valid()?;
        if let (Some(name), Some(address)) = (&record.customer_name, &record.address) {
            self.spellings.see(name, address, record.duns.flatten());
        }
        Some(record)
    }

    fn is_whole(&self) -> bool {
        self.file.failure().is_none()
    }

    fn name(&self) -> String {
        self.file.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    fn as_of(&self) -> Option<Timestamp> {
        // What the insights download brings is no newer picture of the deals.
        self.file.written_at().filter(|_| self.file.format() != Format::Insights)
    }

    fn dated(&self) -> Option<Timestamp> {
        // Records of the API carry their own times, or none.
        self.file.written_at().filter(|_| self.file.format() == Format::Bulk)
    }

    fn finish(&mut self, taken: bool) {
        let failure = self.file.failure().map(|failure| self.file.hears().sentences.file_error(self.file.path(), failure));
        let writer = self.file.listener().writer.take();
        let refused_file = writer.and_then(|writer| {
            if taken {
                return writer.finish().map_err(|(path, error)| (path, error.to_string())).transpose();
            }
            writer.discard();
            None
        });
        let report = FileReport {
            path: self.file.path().to_owned(),
            format: self.file.format(),
            refused: self.file.refused(),
            refused_file,
            remarks: self.file.remarks().clone(),
            spellings: std::mem::take(&mut self.spellings),
            failure,
        };
        // Whoever asked may be gone; then there is nobody to tell.
        let _ = self.file.listener().tell.send(Told::Finished(Box::new(report)));
    }
}

/// Puts refused rows into words, writes them beside the file and tells them.
struct Words {
    writer: Option<RefusedWriter>,
    sentences: Arc<Sentences>,
    /// What the rows are, where they are no deals.
    kind: Option<StockKind>,
    tell: Sender<Told>,
    left: u64,
}

impl Words {
    fn new(path: &Path, kind: Option<StockKind>, mode: Mode, sentences: &Arc<Sentences>, tell: Sender<Told>) -> Self {
        let (left, writer) = match mode {
            Mode::Import => (TOLD_ROWS, Some(RefusedWriter::beside(path))),
            Mode::DryRun => (u64::MAX, None),
        };
        Self { writer, sentences: Arc::clone(sentences), kind, tell, left }
    }
}

impl Listener for Words {
    fn refused(&mut self, row: &RefusedRow<'_>) {
        let say = |complaint| match self.kind {
            Some(kind) => self.sentences.stock_complaint(kind, complaint),
            None => self.sentences.complaint(complaint),
        };
        let said: Vec<Said> = row.complaints.iter().map(say).collect();
        if let Some(writer) = &mut self.writer {
            writer.add(row, &reasons(&said));
        }
        if self.left > 0 {
            self.left -= 1;
            let _ = self.tell.send(Told::Refused { line: row.line, said });
        }
    }
}
