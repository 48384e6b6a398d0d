//! The outbox on its way out: which deals make rows of an upload file, which stay and why, and the files, which count as written only
//! once they are there; for desk and commands. What waits is the store's, how a row reads is `exchange/upload.rs`.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::outgoing::Standing;
pub use crate::exchange::upload::{OutRow, ROWS_MAX, Unwritable, UploadFormat, UploadLayout, fields_named, head};
use crate::exchange::upload::{self, Unnamed};
use crate::store::{OutboxDeal, Store, StoreError, Upload};

/// How upload files are called, before the day.
const STEM: &str = "cosell-upload";

/// What is to be written, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub layout: UploadLayout,
    pub format: UploadFormat,
    /// Whether private pipeline deals go as well.
    pub private: bool,
}

/// What an upload file would hold.
#[derive(Debug, Default)]
pub struct Plan {
    pub rows: Vec<OutRow>,
    /// How each of them is called, in the same order.
    pub titles: Vec<String>,
    pub left: Vec<Left>,
}

/// A deal that stays here.
#[derive(Debug)]
pub struct Left {
    pub id: OpportunityId,
    pub title: String,
    pub why: Stays,
}

/// Why a deal is in no upload file.
#[derive(Debug, Clone, PartialEq)]
pub enum Stays {
    Standing(Standing),
    Unwritable(Unwritable),
}

impl Stays {
    /// Returns whether something is wrong with it that somebody has to mend.
    pub const fn is_fault(&self) -> bool {
        matches!(self, Self::Unwritable(_) | Self::Standing(Standing::Conflict(_)))
    }
}

impl Plan {
    /// Works out what an upload file of everything that is ready would hold.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn of(store: &Store, wanted: Wanted, now: Timestamp) -> Result<Self, StoreError> {
        let mut plan = Self::default();
        for deal in store.outbox()? {
            plan.take(&deal, wanted, now)?;
        }
        Ok(plan)
    }

    fn take(&mut self, deal: &OutboxDeal, wanted: Wanted, now: Timestamp) -> Result<(), StoreError> {
        let on = &deal.held.opportunity;
        let goes = match &deal.standing {
            Standing::Ready => true,
            Standing::Private => wanted.private,
            _ => false,
        };
        let why = if goes {
            match upload::row(&deal.held, wanted.layout, now)? {
                Ok(row) => {
                    self.rows.push(row);
                    self.titles.push(on.title().to_string());
                    return Ok(());
                }
                Err(why) => Stays::Unwritable(why),
            }
        } else {
            Stays::Standing(deal.standing.clone())
        };
        self.left.push(Left { id: on.id, title: on.title().to_string(), why });
        Ok(())
    }

    /// Writes the files into a folder and notes them in the store, both or neither. Returns them with how many rows each holds.
    ///
    /// # Errors
    /// Within, what the file system says; [`StoreError`] when they cannot be noted: no file is there then.
    pub fn write(
        self,
        store: &mut Store,
        folder: &Path,
        wanted: Wanted,
        now: Timestamp,
    ) -> Result<io::Result<Vec<(PathBuf, usize)>>, StoreError> {
        if self.rows.is_empty() {
            return Ok(Ok(Vec::new()));
        }
        let stem = format!("{STEM}-{}", crate::domain::date::Date::in_utc(now));
        let files = match upload::write(folder, &stem, self.rows, (wanted.layout, wanted.format), now) {
            Ok(files) => files,
            Err(error) => return Ok(Err(error)),
        };
        let uploads: Vec<Upload> = files.iter().map(|file| noted(file, wanted.layout)).collect();
        let mut files = files.into_iter();
        let mut kept: Vec<(PathBuf, usize)> = Vec::new();
        let mut failure = None;
        let noted = store.note_uploads(&uploads, now, &mut || {
            for file in files.by_ref() {
                match file.keep() {
                    Ok((path, rows)) => kept.push((path, rows.len())),
                    Err(error) => failure = Some(error),
                }
            }
            failure.is_none()
        });
        if let (Ok(Some(_)), None) = (&noted, &failure) {
            return Ok(Ok(kept));
        }
        // What is not noted was not written: nobody is to upload it.
        for (path, _) in &kept {
            let _ = std::fs::remove_file(path);
        }
        noted.map(|_| Err(failure.unwrap_or_else(|| io::ErrorKind::Other.into())))
    }
}

fn noted(file: &Unnamed, layout: UploadLayout) -> Upload {
    let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let rows = file.rows.iter().map(|row| (row.id, row.version, row.said.clone())).collect();
    Upload { file: name, layout: layout.word(), rows }
}
