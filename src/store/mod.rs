//! Keeps opportunities in one SQLite file: one transaction a user action, history, undo, outbox and search; no files of others.

mod bulk;
mod catalogue;
mod convert;
mod create;
mod directory;
mod drafts;
mod error;
mod fuzzy;
mod health;
mod history;
mod import;
mod keys;
mod learn;
mod list;
mod open;
mod packed;
mod plan;
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
pub use directory::Put;
pub use drafts::{Draft, DraftKey, NEW as NEW_DRAFT};
pub use error::{Doing, StoreError};
pub use health::Health;
pub use history::{Entry, StepKind, StepRecord};
pub use import::{ImportReport, Mode, RowVerdict, Source, Verdict};
pub use list::{Count, Page, Row};
pub use open::{Access, Settings, Store};
pub use read::{Counts, Full};
pub use stock::{Entries, Stocked};
pub use undo::{Steps, Undone};
pub use worker::{Memory, Reply, Request, Suggest, Suggested, Worker};
pub use write::{Applied, Done};

#[cfg(test)]
mod tests;
