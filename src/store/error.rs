//! What can go wrong with the database, as data that says what was being done; the sentence is made in `i18n`.

use std::path::PathBuf;

use super::history::StepRecord;
use super::read::Candidate;
use super::undo::NotUndone;
use crate::domain::change::Refusal;
use crate::domain::field::BadValue;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;

/// What the store was doing when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Opening,
    Reading,
    Writing,
    Importing,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the database longer than we wait.
    #[error("the database is locked")]
    Busy,
    #[error("the disk is full")]
    Full,
    #[error("{path}: no permission")]
    NoPermission { path: PathBuf },
    /// A change was asked of a database that can only be read.
    #[error("the database is open for reading only")]
    ReadOnly,
    /// There is none, and none was to be made.
    #[error("there is no {path}")]
    NoDatabase { path: PathBuf },
    #[error("{path} is not a file")]
    NotAFile { path: PathBuf },
    #[error("{path} is a symbolic link")]
    Link { path: PathBuf },
    #[error("{path} is empty")]
    Empty { path: PathBuf },
    /// Not SQLite, or SQLite of another program. It was not written to.
    #[error("{path} is not a cosell database")]
    Foreign { path: PathBuf },
    /// Written by a newer version of this program. It was not written to.
    #[error("{path} has schema {theirs}, newer than {ours}")]
    Newer { path: PathBuf, theirs: i64, ours: i64 },
    /// Written by an earlier version of this program, and it may only be read: it cannot be brought on.
    #[error("{path} is of an earlier version")]
    Earlier { path: PathBuf },
    /// Too little room to bring a file of an earlier version on. It was not written to.
    #[error("{path} needs {needed} bytes more")]
    NoRoom { path: PathBuf, needed: u64 },
    /// It was to be copied to itself, or to be put in its own place.
    #[error("{path} is the database itself")]
    SameFile { path: PathBuf },
    /// Another program works with this file, or has left a log beside it.
    #[error("{path} is in use")]
    InUse { path: PathBuf },
    /// The file was moved or deleted while it was open; nothing more is written.
    #[error("{path} is gone")]
    Gone { path: PathBuf },
    /// The write-ahead log beside the database, or its index, is not the one any more that was opened.
    #[error("the log of {} was removed", path.display())]
    LogGone { path: PathBuf },
    /// Another file was put in the place of the one that is open, or over it; nothing more is written.
    #[error("{path} was replaced")]
    Replaced { path: PathBuf },
    /// A write-ahead log was left beside the file and does not belong to it. It was not written to.
    #[error("{path} has the write-ahead log of another file")]
    LogApart { path: PathBuf },
    /// A write-ahead log was left beside the file, which came there after it. It was not written to.
    #[error("{path} came after the write-ahead log beside it")]
    LogOlder { path: PathBuf },
    /// The file is a database of ours but its content makes no sense.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// What is kept of saved views makes no sense.
    #[error("the saved views are no list of views")]
    ViewsDamaged,
    #[error("there is no opportunity {0}")]
    NoSuch(String),
    /// The beginning of a referral id fits several; the first of them are named.
    #[error("{count} opportunities begin with {given}")]
    Ambiguous { given: String, count: usize, candidates: Vec<Candidate> },
    /// A moment was asked for at which nothing was held yet: the journal begins later.
    #[error("the journal begins at {begins}")]
    NothingKnown { begins: Timestamp },
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("nothing to undo")]
    NothingToUndo,
    #[error("the step cannot be taken back: {0:?}")]
    NotUndone(NotUndone),
    #[error("nothing to redo")]
    NothingToRedo,
    /// Another deal was made of the lead that a draft was begun from.
    #[error("opportunity {0} was made of the lead")]
    LeadIsDeal(OpportunityId),
    /// Another step came after the one that was to be taken back.
    #[error("step {} came after it", .0.id)]
    NotTheLast(Box<StepRecord>),
    /// A later step changed the same opportunity.
    #[error("opportunity {id} was changed since")]
    ChangedSince { id: OpportunityId, title: String, by: String, at: Timestamp },
    /// A later step changed the same record.
    #[error("{name} was changed since")]
    RecordChanged { name: String, by: String, at: Timestamp },
    /// It was changed between the look at it and its change.
    #[error("{name} was changed meanwhile")]
    RecordStale { name: String },
    /// There is one of this name.
    #[error("there is another {name}")]
    RecordExists { name: String },
    /// A deal was changed between the look at it and the writing of its row.
    #[error("opportunity {id} was changed meanwhile")]
    UploadStale { id: OpportunityId, title: String },
    /// A row was said to be a deal, and it is known to be another.
    #[error("row {line} is not opportunity {id}")]
    NotThatDeal { line: u64, id: OpportunityId },
    /// No upload file of this name was written.
    #[error("no upload file {file}")]
    NoUpload { file: String },
    /// The step went into an upload file and is final.
    #[error("the step was written to an upload file")]
    Written { id: OpportunityId, title: String },
    #[error("{doing:?}: {source}")]
    Database { doing: Doing, source: rusqlite::Error },
    #[error("{doing:?} {path}: {source}")]
    File { doing: Doing, path: PathBuf, source: std::io::Error },
    /// The user stopped it; nothing was changed.
    #[error("stopped")]
    Stopped,
}

impl StoreError {
    /// Turns an error of SQLite into one that says what it means to the user.
    pub(super) fn sqlite(doing: Doing, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match source.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DiskFull) => Self::Full,
            Some(Code::ReadOnly) => Self::ReadOnly,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(source.to_string()),
            Some(Code::OperationInterrupted) => Self::Stopped,
            _ => Self::Database { doing, source },
        }
    }
}

impl From<BadValue> for StoreError {
    fn from(bad: BadValue) -> Self {
        Self::Damaged(bad.to_string())
    }
}

/// Adds what was being done to an error of SQLite.
pub(super) trait While<T> {
    fn reading(self) -> Result<T, StoreError>;
    fn writing(self) -> Result<T, StoreError>;
    fn opening(self) -> Result<T, StoreError>;
}

impl<T> While<T> for rusqlite::Result<T> {
    fn reading(self) -> Result<T, StoreError> {
        self.map_err(|e| StoreError::sqlite(Doing::Reading, e))
    }

    fn writing(self) -> Result<T, StoreError> {
        self.map_err(|e| StoreError::sqlite(Doing::Writing, e))
    }

    fn opening(self) -> Result<T, StoreError> {
        self.map_err(|e| StoreError::sqlite(Doing::Opening, e))
    }
}
