//! A file of Partner Center as the store takes it: reader, refused rows in words and the file beside it; for desk and commands.

pub mod leads;
pub mod offers;
pub mod stock;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use crate::domain::ids::OpportunityId;
use crate::domain::incoming::Incoming;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Direction;
use crate::domain::spellings::Spellings;
use crate::domain::text::Cleaned;
use crate::exchange::crm::CrmMap;
use crate::exchange::{self, Aside, File, Format, FromSheet, Listener, RefusedRow, RefusedTo, RefusedWriter, Remarks};
pub use crate::exchange::{Appearance, FRAGILE, FileError, Glance, Input, Neighbour, Reading};
use crate::i18n::{Said, Sentences, StockKind};
use crate::store::{AnsweredFile, ContradictedRow, ImportReport, KnownFile, Mode, Source};

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
    /// How many rows the file has, refused ones among them.
    pub rows: u64,
    pub refused: u64,
    pub refused_file: RefusedFile,
    pub remarks: Remarks,
    /// Companies that stand in it under several spellings.
    pub spellings: Spellings,
    pub aside: Aside,
    /// Why the file broke off, if it did.
    pub failure: Option<Said>,
}

/// Returns the columns that rows leave empty though an upload needs them, each with the number of its rows.
fn gaps(remarks: &Remarks) -> String {
    remarks.gaps.iter().map(|(column, rows)| format!("{column} ({rows})")).collect::<Vec<_>>().join(", ")
}

/// What became of the refused rows themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum RefusedFile {
    /// There was nothing to write, or it was not wanted.
    #[default]
    None,
    Written(PathBuf),
    /// A dry run: where an import would write them.
    Planned(PathBuf),
    /// The file that could not be written, and why.
    Unwritten(PathBuf, String),
}

impl RefusedFile {
    fn of(finished: Result<Option<PathBuf>, (PathBuf, std::io::Error)>) -> Self {
        match finished {
            Ok(None) => Self::None,
            Ok(Some(path)) => Self::Written(path),
            Err((path, error)) => Self::Unwritten(path, error.to_string()),
        }
    }

    /// Returns where the rows were written, if they were.
    pub fn path(&self) -> Option<&Path> {
        if let Self::Written(path) = self { Some(path) } else { None }
    }

    /// Says where the refused rows were or would be written, or that they could not be.
    pub fn said(&self, s: &Sentences) -> Option<String> {
        match self {
            Self::None => None,
            Self::Written(path) => Some(s.import_refused_file(path.display().to_string())),
            Self::Planned(path) => Some(s.import_refused_planned(path.display().to_string())),
            Self::Unwritten(path, detail) => Some(s.import_refused_not_written(detail, path.display().to_string())),
        }
    }
}

impl FileReport {
    /// Returns how many rows of the file are neither refused nor in `report`: none, or this program is at fault.
    pub fn lost(&self, report: &ImportReport) -> u64 {
        self.rows.abs_diff(self.refused + report.rows())
    }

    /// Returns what is to be said of the file besides what became of its rows; `report` counts those.
    pub fn remarks(&self, report: &ImportReport, s: &Sentences) -> Vec<String> {
        let remarks = &self.remarks;
        let lost = if self.failure.is_some() { 0 } else { self.lost(report) };
        // Upload files are written month first: nothing is open in what comes back of one, unless somebody has typed in it.
        let answers_all = report.rows() > 0 && report.rows() == report.answers();
        let is_ours = report.changed == 0 && (!report.own.is_empty() || answers_all);
        let lines = [
            (lost > 0).then(|| s.import_lost(lost)),
            (report.again > 0).then(|| s.import_again(report.again)),
            (report.conflicts > 0).then(|| s.import_conflicts(report.conflicts)),
            (report.older > 0).then(|| s.import_older(report.older)),
            (report.unknown > 0).then(|| s.import_unknown(report.unknown)),
            (!report.own.is_empty() && report.answered.is_empty()).then(|| s.import_own()),
            (report.confirmed > 0).then(|| s.import_confirmed(report.confirmed)),
            (report.others > 0).then(|| s.import_others(report.others)),
            (report.answered_before > 0).then(|| s.import_answered_before(report.answered_before)),
            (report.ambiguous > 0).then(|| s.import_ambiguous(report.ambiguous)),
            (report.refused_there > 0).then(|| s.import_refused_there(report.refused_there)),
            cleaned_said(remarks.cleaned, s),
            (remarks.duns_restored > 0).then(|| s.import_duns(remarks.duns_restored)),
            (report.lost_zeros > 0).then(|| s.import_lost_zeros(report.lost_zeros)),
            spellings_said(&self.spellings, s),
            (remarks.open_dates > 0 && !is_ours).then(|| s.import_open_dates(remarks.open_dates)),
            (remarks.open_amounts > 0).then(|| s.import_open_amounts(remarks.open_amounts)),
            (!remarks.gaps.is_empty()).then(|| s.import_gaps(gaps(remarks))),
            (!remarks.unknown_columns.is_empty()).then(|| s.import_columns(remarks.unknown_columns.join(", "))),
            (report.stays > 0).then(|| s.import_stays(report.stays)),
            (report.closed_there > 0).then(|| s.import_closed_there(report.closed_there)),
            (!self.aside.left.is_empty()).then(|| s.import_left(self.aside.left.join(", "))),
        ];
        let contradicted = report.contradicted.iter().map(|row| contradicted_said(row, s));
        lines.into_iter().flatten().chain(contradicted).chain(aside_said(&self.aside, s)).collect()
    }

    /// Says which row was refused, and all that is wrong with it and right instead.
    pub fn refused_row(&self, line: u64, said: &[Said], s: &Sentences) -> String {
        let (line, reasons) = (line.to_string(), reasons(said));
        if self.format == Format::Api { s.import_refused_record(line, reasons) } else { s.import_refused_row(line, reasons) }
    }
}

/// Says that a download came before, and that nothing of it was taken where something says otherwise since; `at` is when it came.
pub fn known_said(known: &KnownFile, at: String, s: &Sentences) -> String {
    if known.is_overtaken { s.import_known_old(at, &known.name) } else { s.import_known_same(at, &known.name) }
}

/// Returns how many rows of an answer Partner Center has taken and refused, where some were refused or it says nothing else; a download
/// may show as well that some were taken.
pub fn answer_of(report: &ImportReport) -> Option<(u64, u64)> {
    let is_answer = report.refused_there > 0 || (report.confirmed > 0 && report.rows() == report.answers());
    is_answer.then_some((report.confirmed, report.refused_there))
}

/// Returns whether a file answers rows of ours and brings nothing else.
pub fn is_only_answer(report: &ImportReport) -> bool {
    answer_of(report).is_some() && report.rows() == report.answers() && report.new + report.changed == 0
}

/// Says that an upload file was answered before what came of it now, when and how, and which rows stay refused; then `newest` says how
/// they are taken all the same, or `own` where all that came is the file as it was written. `at` is when the answer came.
pub fn answered_said(
    answered: &AnsweredFile,
    at: String,
    s: &Sentences,
    (newest, own): (impl FnOnce() -> String, impl FnOnce() -> Option<String>),
) -> Vec<String> {
    let AnsweredFile { open, refused, taken, kept, .. } = *answered;
    if kept == 0 {
        let said = s.import_answered_before_own(at, open, refused, taken);
        return [Some(said), own().filter(|_| refused > 0)].into_iter().flatten().collect();
    }
    vec![s.import_answered_file(at, open, refused, taken, &answered.upload), s.import_answered_kept(kept), newest()]
}

/// Says of how many deals something has come whose rows count as refused, then what `newest` says of how they are taken for answered.
pub fn stay_refused_said(report: &ImportReport, s: &Sentences, newest: impl FnOnce() -> String) -> Vec<String> {
    match report.stay_refused.len() {
        0 => Vec::new(),
        count => vec![s.import_stay_refused(count as u64), newest()],
    }
}

/// Says which deals moved on since what a file says of them, where the user says that nothing is newer: no file moves one back.
pub fn moved_on_said(report: &ImportReport, s: &Sentences) -> Vec<String> {
    let rows = report.moved_on.iter().take(SHOWN_ROWS).map(|deal| s.import_moved_on(deal));
    let more = report.moved_on_count.saturating_sub(SHOWN_ROWS as u64);
    rows.chain((more > 0).then(|| s.import_refused_more(more))).collect()
}

/// Says how rows that are older than what is known are taken all the same, where their file is dated before the newest download that was
/// known: its date may be wrong. `rows` is how many it has, and `file` its number.
pub fn older_said(report: &ImportReport, file: usize, rows: u64, said: impl FnOnce() -> String) -> Option<String> {
    let is_copy = report.known.iter().any(|known| known.file == file && known.is_overtaken);
    (rows > 0 && !is_copy && report.dated_before.contains(&file)).then(said)
}

/// Says that a deal stands twice in an answer, which row says what, and which of them counts.
fn contradicted_said(row: &ContradictedRow, s: &Sentences) -> String {
    let deal = row.id.map_or_else(|| row.title.clone(), |id| format!("#{id} {}", row.title));
    s.import_contradicted(deal, row.line.to_string(), &row.message, row.taken.to_string())
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

/// Says how a file was read, where that may not be what the user thinks.
pub fn aside_said(aside: &Aside, s: &Sentences) -> Vec<String> {
    let page = match aside.page {
        page if !page.lacks_some() => None,
        exchange::Page { here, of: Some(of), .. } if of > here => Some(s.import_page(here, of)),
        exchange::Page { here, .. } => Some(s.import_page_more(here)),
    };
    let counts = aside.page.counts.map(|[one, other]| s.import_counts(one, other));
    let encoding = aside.charset.filter(|_| aside.guessed).map(|charset| s.import_encoding(charset.full_name()));
    let mended = (aside.mended > 0).then(|| s.import_mended(aside.mended));
    let foot = (aside.foot > 0).then(|| {
        let more = if aside.foot > aside.foot_lines.len() as u64 { ", …" } else { "" };
        let lines: Vec<String> = aside.foot_lines.iter().map(u64::to_string).collect();
        s.import_foot(aside.foot, lines.join(", ") + more)
    });
    let unended = aside.unended.map(|line| s.import_unended(line.to_string()));
    let sheet = aside.sheet.iter().flat_map(|sheet| sheet_said(sheet, s));
    [page, counts, encoding, mended, foot, unended].into_iter().flatten().chain(sheet).collect()
}

/// Says which sheet of a workbook was read, where it has others, and what of its cells counts as empty or may have lost something.
fn sheet_said(sheet: &FromSheet, s: &Sentences) -> Vec<String> {
    /// So many others are told by name.
    const NAMED: usize = 8;
    let named: Vec<String> = sheet.others.iter().take(NAMED).map(|name| s.import_sheet_name(name)).collect();
    let more = sheet.others.len().saturating_sub(NAMED) as u64;
    let others = named.join(", ");
    let read = match (sheet.others.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(s.import_sheet(&sheet.name, others)),
        (false, more) => Some(s.import_sheet_more(more, &sheet.name, others)),
    };
    let said = [
        read,
        (sheet.errors > 0).then(|| s.import_cell_errors(sheet.errors)),
        (sheet.unvalued > 0).then(|| s.import_formulas(sheet.unvalued)),
        (sheet.bare_codes > 0).then(|| s.import_bare_codes(sheet.bare_codes)),
    ];
    said.into_iter().flatten().collect()
}

/// Returns every reason of a refused row, in one line.
pub fn reasons(said: &[Said]) -> String {
    said.iter().map(Said::whole).collect::<Vec<_>>().join(" ")
}

/// Where refused rows are kept that cannot stand beside their file, in the folder of states.
pub const REFUSED_FOLDER: &str = "refused";

/// How many refused rows are shown one by one where all stand in a file.
pub const SHOWN_ROWS: usize = 20;

/// How many refused rows are held in memory in case they cannot be written; a download has at most half as many rows.
pub const HELD_ROWS: u64 = 10_000;

/// How a file is taken over.
#[derive(Debug, Clone)]
pub struct Manner {
    /// The direction that the user tells.
    pub tab: Option<Direction>,
    pub mode: Mode,
    /// Where refused rows are written.
    pub refused: RefusedTo,
    /// How many refused rows are told one by one; all are counted and written.
    pub told: u64,
    /// Whether the user says that it is Partner Center's answer to an upload.
    pub is_answer: bool,
    /// Whether the user says that nothing is newer, though it was imported before.
    pub is_newest: bool,
    /// The deals that the user says rows are, by their lines.
    pub matches: Vec<(u64, OpportunityId)>,
    /// By which map the file of a CRM is read; without one it is Partner Center's.
    pub map: Option<CrmMap>,
}

impl Manner {
    /// Returns how a file is taken over where nothing more is said; `state` is where its refused rows go if they cannot stand beside it.
    pub fn import(state: PathBuf) -> Self {
        let refused = RefusedTo::Beside { otherwise: Some(state) };
        let (tab, mode, told, matches) = (None, Mode::Import, HELD_ROWS, Vec::new());
        Self { tab, mode, refused, told, is_answer: false, is_newest: false, matches, map: None }
    }
}

/// An open file on its way into the store.
pub struct Intake {
    file: File<Words>,
    spellings: Spellings,
    is_answer: bool,
    is_newest: bool,
    matches: Vec<(u64, OpportunityId)>,
}

impl Intake {
    /// Opens a file. A dry run tells every refused row and writes none.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read.
    pub fn open(path: &Path, manner: &Manner, sentences: &Arc<Sentences>) -> Result<(Self, Receiver<Told>), FileError> {
        Self::of(Input::open(path, Reading::default())?, manner, sentences)
    }

    /// Takes what was looked through already, as [`Intake::open`].
    ///
    /// # Errors
    /// As [`Intake::open`].
    pub fn of(input: Input, manner: &Manner, sentences: &Arc<Sentences>) -> Result<(Self, Receiver<Told>), FileError> {
        let (tell, told) = mpsc::channel();
        let words = Words::new(input.path(), None, manner, sentences, tell);
        let file = match &manner.map {
            Some(map) => exchange::open_crm(input, map, words)?,
            None => exchange::open_input(input, manner.tab, words)?,
        };
        let (is_answer, is_newest, matches) = (manner.is_answer, manner.is_newest, manner.matches.clone());
        Ok((Self { file, spellings: Spellings::default(), is_answer, is_newest, matches }, told))
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
        // Nor is a CRM's file.
        self.file.written_at().filter(|_| !matches!(self.file.format(), Format::Insights | Format::Crm))
    }

    fn dated(&self) -> Option<Timestamp> {
        // Records of the API carry their own times, or none.
        self.file.written_at().filter(|_| self.file.format() == Format::Bulk)
    }

    fn is_answer(&self) -> bool {
        self.is_answer
    }

    fn is_newest(&self) -> bool {
        self.is_newest
    }

    fn is_of_crm(&self) -> bool {
        self.file.format() == Format::Crm
    }

    fn fingerprint(&self) -> Option<u64> {
        exchange::upload::fingerprint(self.file.path())
    }

    fn matches(&self) -> &[(u64, OpportunityId)] {
        &self.matches
    }

    fn finish(&mut self, taken: bool) {
        let failure = self.file.failure().map(|failure| self.file.hears().sentences.file_error(self.file.path(), failure));
        let table = self.file.format() != Format::Api;
        let refused = self.file.refused();
        let refused_file = self.file.listener().finish(taken, (refused > 0).then_some(table));
        let report = FileReport {
            path: self.file.path().to_owned(),
            format: self.file.format(),
            rows: self.file.rows(),
            refused,
            refused_file,
            remarks: self.file.remarks().clone(),
            spellings: std::mem::take(&mut self.spellings),
            aside: self.file.aside(),
            failure,
        };
        // Whoever asked may be gone; then there is nobody to tell.
        let _ = self.file.listener().tell.send(Told::Finished(Box::new(report)));
    }
}

/// Puts refused rows into words, writes them beside the file and tells them.
struct Words {
    writer: Option<RefusedWriter>,
    path: PathBuf,
    to: RefusedTo,
    mode: Mode,
    sentences: Arc<Sentences>,
    /// What the rows are, where they are no deals.
    kind: Option<StockKind>,
    tell: Sender<Told>,
    left: u64,
}

impl Words {
    fn new(path: &Path, kind: Option<StockKind>, manner: &Manner, sentences: &Arc<Sentences>, tell: Sender<Told>) -> Self {
        let Manner { mode, refused: to, told, .. } = manner.clone();
        let (left, writer) = match mode {
            Mode::Import => (told, Some(RefusedWriter::new(path, to.clone()))),
            Mode::DryRun => (u64::MAX, None),
        };
        Self { writer, path: path.to_owned(), to, mode, sentences: Arc::clone(sentences), kind, tell, left }
    }

    /// Ends the file of refused rows: it gets its name where the import was `taken`, and else goes away. `table` tells what the rows are,
    /// where some were refused.
    fn finish(&mut self, taken: bool, table: Option<bool>) -> RefusedFile {
        match (self.writer.take(), table, self.mode) {
            (Some(writer), ..) if taken => RefusedFile::of(writer.finish()),
            (None, Some(table), Mode::DryRun) => {
                RefusedWriter::planned(&self.path, &self.to, table).map_or(RefusedFile::None, RefusedFile::Planned)
            }
            _ => RefusedFile::None,
        }
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
