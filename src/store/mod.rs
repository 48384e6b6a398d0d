//! Keeps opportunities in one SQLite file: one transaction a user action, history, undo, outbox and search; no files of others.

mod anew;
mod beside;
mod bulk;
mod catalogue;
mod conditions;
mod convert;
mod create;
mod delta;
mod directory;
mod drafts;
mod error;
mod fuzzy;
mod health;
mod history;
mod idset;
mod import;
mod journal;
mod keys;
mod learn;
mod list;
mod migrate;
mod open;
mod outbox;
mod packed;
mod place;
mod plan;
mod protocol;
mod read;
mod runs;
mod schema;
mod stock;
mod suggest;
mod undo;
mod walk;
mod worker;
mod write;

pub use create::{Aids, Similar, SimilarDeal};
pub use delta::{Conflict, Delta, Image};
pub use directory::Put;
pub use drafts::{Draft, DraftKey, Joined, NEW as NEW_DRAFT};
pub use error::{Doing, StoreError};
pub use health::Health;
pub use history::{Deed, Entry, Happened, StepKind, StepOrigin, StepRecord, Told};
pub use import::{ImportReport, Mode, RowVerdict, Source, Verdict};
pub use list::{Page, Row};
pub use open::{Access, Settings, Store};
pub use plan::Count;
pub use protocol::{Reply, Request, Suggest, Suggested};
pub use read::{Candidate, Counts, Full};
pub use stock::{Entries, Stocked};
pub use undo::{NotUndone, Steps, Undone};
pub use worker::{Memory, Worker};
pub use write::{Applied, Done};

#[cfg(test)]
mod tests;
