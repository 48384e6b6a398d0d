//! The outbox on its way out: which deals make rows of an upload file, which stay and why, and the files, which count as written only
//! once they are there; for desk and commands. What waits is the store's, how a row reads is `exchange/upload.rs`.

pub mod leads;
pub mod registrations;

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::date::Moment;
use crate::domain::ids::{OpportunityId, UploadId};
use crate::domain::instant::Timestamp;
use crate::domain::outgoing::{SentRow, Standing};
pub use crate::domain::preflight::Layout;
use crate::domain::preflight::{Finding, PreflightTerms, Severity, findings};
pub use crate::domain::refused::fields_named;
use crate::exchange::upload::{self, Unnamed};
pub use crate::exchange::upload::{OutRow, ROWS_MAX, Unwritable, UploadFormat, head, parts_named};
use crate::i18n::Sentences;
use crate::private;
use crate::store::{Errand, OutboxDeal, Store, StoreError, Unwritten, Upload, Written};

/// How upload files are called, before the day.
const STEM: &str = "cosell-upload";

/// Returns whether a file is named as the upload files are, or their answers, which come back under the same name.
pub fn is_upload(name: &str) -> bool {
    name.strip_prefix(STEM).is_some_and(|rest| rest.starts_with('-'))
}

/// What is to be written, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub layout: Layout,
    pub format: UploadFormat,
    /// Whether private pipeline deals go as well.
    pub private: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { layout: Layout::default(), format: UploadFormat::Csv, private: false }
    }
}

/// What an upload file would hold.
#[derive(Debug, Default)]
pub struct Plan {
    pub rows: Vec<OutRow>,
    /// How each of them is called, in the same order.
    pub titles: Vec<String>,
    pub left: Vec<Left>,
    /// How many of the rows deserve a look before they go.
    pub warned: u64,
}

/// A deal that stays here.
#[derive(Debug)]
pub struct Left {
    pub id: OpportunityId,
    pub title: String,
    pub why: Stays,
    /// What was written of it last.
    pub sent: Option<SentRow>,
}

/// Why a deal is in no upload file.
#[derive(Debug, Clone, PartialEq)]
pub enum Stays {
    Standing(Standing),
    Unwritable(Unwritable),
    /// Partner Center would refuse its row for these.
    Refused(Vec<Finding>),
}

impl Stays {
    /// Returns whether nothing is to be done about it before it goes.
    pub const fn is_at_rest(&self) -> bool {
        matches!(self, Self::Standing(Standing::Written | Standing::Notice))
    }

    /// Says why.
    pub fn said(&self, s: &Sentences, moment: &dyn Fn(Timestamp) -> String) -> String {
        match self {
            Self::Standing(standing) => s.outbox_standing(standing, None, moment),
            Self::Unwritable(why) => s.outbox_unwritable(why),
            Self::Refused(found) => found.iter().map(|finding| s.finding(finding, moment)).collect::<Vec<_>>().join("; "),
        }
    }

    /// Returns whether something is wrong with it that somebody has to mend.
    pub const fn is_fault(&self) -> bool {
        matches!(self, Self::Unwritable(_) | Self::Refused(_) | Self::Standing(Standing::Conflict(_)))
    }
}

/// Returns what Partner Center would refuse of the row of a deal that is ready; of one that stays here for another reason nothing.
pub fn refusals(deal: &OutboxDeal, layout: Layout, now: Moment) -> Vec<Finding> {
    if deal.standing != Standing::Ready {
        return Vec::new();
    }
    let mut found = findings(&deal.held, &PreflightTerms::at(now, layout));
    found.retain(|finding| finding.severity() == Severity::Error);
    found
}

/// Returns the row of a deal that is ready, as an upload file has it: each cell that is not empty under the name of its column. Within,
/// why it would be left out.
///
/// # Errors
/// [`StoreError`] when a kept value cannot be read back.
pub fn row_of(deal: &OutboxDeal, layout: Layout, now: Moment) -> Result<Result<Vec<(String, String)>, Stays>, StoreError> {
    let refused = refusals(deal, layout, now);
    if !refused.is_empty() {
        return Ok(Err(Stays::Refused(refused)));
    }
    Ok(upload::row(&deal.held, layout, now.now)?.map(|row| row.cells).map_err(Stays::Unwritable))
}

impl Left {
    /// Says why it stays here, after its name.
    pub fn said(&self, s: &Sentences, moment: &dyn Fn(Timestamp) -> String) -> String {
        let why = match &self.why {
            Stays::Standing(standing) => s.outbox_standing(standing, self.sent.as_ref(), moment),
            fault => fault.said(s, moment),
        };
        s.outbox_left_deal(format!("#{} {}", self.id, self.title), why)
    }
}

impl Plan {
    /// Works out what an upload file of everything that is ready would hold.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn of(store: &Store, wanted: Wanted, now: Moment) -> Result<Self, StoreError> {
        let mut plan = Self::default();
        for deal in store.outbox()? {
            plan.take(&deal, wanted, now)?;
        }
        Ok(plan)
    }

    fn take(&mut self, deal: &OutboxDeal, wanted: Wanted, now: Moment) -> Result<(), StoreError> {
        let on = &deal.held.opportunity;
        let goes = match &deal.standing {
            Standing::Ready => true,
            Standing::Private => wanted.private,
            _ => false,
        };
        let found = if goes { findings(&deal.held, &PreflightTerms::at(now, wanted.layout)) } else { Vec::new() };
        let (errors, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|finding| finding.severity() == Severity::Error);
        let why = if !errors.is_empty() {
            Stays::Refused(errors)
        } else if goes {
            match upload::row(&deal.held, wanted.layout, now.now)? {
                Ok(row) => {
                    self.rows.push(row);
                    self.titles.push(on.title().to_string());
                    self.warned += u64::from(rest.iter().any(|finding| finding.severity() == Severity::Warning));
                    return Ok(());
                }
                Err(why) => Stays::Unwritable(why),
            }
        } else {
            Stays::Standing(deal.standing.clone())
        };
        self.left.push(Left { id: on.id, title: on.title().to_string(), why, sent: deal.sent.clone() });
        Ok(())
    }

    /// Writes the files into a folder and notes them in the store, both or neither. Returns them with how many rows each holds.
    ///
    /// # Errors
    /// [`Unwritten`]: no file is there then.
    pub fn write(self, store: &mut Store, folder: &Path, wanted: Wanted, now: Moment) -> Result<Written, Unwritten> {
        // What waits for nothing but its answer, or for its sender to be told, nobody misses in the file.
        let left = self.left.iter().filter(|left| !left.why.is_at_rest()).count();
        if self.rows.is_empty() {
            return Ok(Written { left, ..Written::default() });
        }
        let stem = format!("{STEM}-{}", *now.today);
        let known = store.upload_names().map_err(Unwritten::Store)?;
        let strays = strays(folder, &known);
        let is_taken = |stem: &str| known.iter().any(|(_, name)| name == stem);
        let files = upload::write(folder, &stem, self.rows, (wanted.layout, wanted.format), now.now, &is_taken)
            .map_err(Unwritten::File)?;
        let uploads: Vec<Upload> = files.iter().map(|file| noted(file, wanted.layout)).collect();
        let mut files = files.into_iter();
        let mut kept: Vec<(PathBuf, usize)> = Vec::new();
        let mut failure = None;
        let noted = store.note_uploads(&uploads, now.now, &mut || {
            for file in files.by_ref() {
                match file.keep() {
                    Ok((path, rows)) => kept.push((path, rows.len())),
                    Err(error) => failure = Some(error),
                }
            }
            failure.is_none()
        });
        if let (Ok(Some(_)), None) = (&noted, &failure) {
            return Ok(Written { files: kept, left, strays, made: None });
        }
        // What is not noted was not written: nobody is to upload it.
        for (path, _) in &kept {
            let _ = std::fs::remove_file(path);
        }
        match (noted, failure) {
            (Err(error), _) => Err(Unwritten::Store(error)),
            (Ok(_), failure) => Err(Unwritten::File(failure.unwrap_or_else(|| io::ErrorKind::Other.into()))),
        }
    }
}

/// Returns the names of files in a folder that are called as upload files are, of which none is noted.
fn strays(folder: &Path, known: &[(UploadId, String)]) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let is_stray = |name: &String| {
        let Some((stem, ending)) = name.rsplit_once('.') else { return false };
        // What a browser makes of the name of an answer, as with `(1)`, is none.
        let numbers = stem.strip_prefix(STEM).and_then(|rest| rest.strip_prefix('-')).unwrap_or_default();
        let lengths: Vec<usize> = numbers.split('-').map(str::len).collect();
        let is_dated = matches!(lengths[..], [4, 2, 2, 1..=4]) && numbers.bytes().all(|b| b == b'-' || b.is_ascii_digit());
        is_dated && matches!(ending, "csv" | "xlsx") && known.iter().all(|(_, known)| known != stem)
    };
    let mut strays: Vec<String> = names.filter(is_stray).collect();
    strays.sort_unstable();
    strays
}

/// Everything that is ready, written as the desk asks for it; a folder that was named and is not there is made in one that is.
pub struct Outgoing {
    pub folder: PathBuf,
    pub wanted: Wanted,
    pub now: Moment,
}

impl Errand for Outgoing {
    fn run(self: Box<Self>, store: &mut Store) -> Result<Written, Unwritten> {
        let plan = Plan::of(store, self.wanted, self.now).map_err(Unwritten::Store)?;
        let made = !plan.rows.is_empty() && private::folder_in(&self.folder).map_err(Unwritten::File)?;
        let written = plan.write(store, &self.folder, self.wanted, self.now)?;
        Ok(Written { made: made.then_some(self.folder), ..written })
    }
}

fn noted(file: &Unnamed, layout: Layout) -> Upload {
    let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let rows = file.rows.iter().map(|row| (row.id, row.version, row.said.clone())).collect();
    Upload { file: name, layout: layout.code(), rows, fingerprint: upload::fingerprint(file.written()) }
}
