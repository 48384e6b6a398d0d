//! The versions of the database: append-only steps, all that are wanting in one transaction; a newer file is refused untouched.

use rusqlite::{Connection, TransactionBehavior};

use super::anew::{make_owners, make_words};
use super::error::{StoreError, While};
use super::facts::make_facts;
use super::import::{IMPORT_CACHE, LIST_CACHE};
use super::migrate::to_journal;

/// Marks a file as ours (`cosl`).
pub(super) const APPLICATION_ID: i32 = 0x636F_736C;

/// The steps in order; the version of a file is how many of them it has had.
const STEPS: [&str; 18] = [
    include_str!("../../assets/schema/0001_start.sql"),
    include_str!("../../assets/schema/0002_deal_entry.sql"),
    include_str!("../../assets/schema/0003_directory.sql"),
    include_str!("../../assets/schema/0004_journal.sql"),
    include_str!("../../assets/schema/0005_smaller.sql"),
    include_str!("../../assets/schema/0006_words.sql"),
    include_str!("../../assets/schema/0007_ours.sql"),
    include_str!("../../assets/schema/0008_orders.sql"),
    include_str!("../../assets/schema/0009_seen.sql"),
    include_str!("../../assets/schema/0010_rates.sql"),
    include_str!("../../assets/schema/0011_facts.sql"),
    include_str!("../../assets/schema/0012_uploads.sql"),
    include_str!("../../assets/schema/0013_records.sql"),
    include_str!("../../assets/schema/0014_lead_counts.sql"),
    include_str!("../../assets/schema/0015_imported.sql"),
    include_str!("../../assets/schema/0016_confirmed.sql"),
    include_str!("../../assets/schema/0017_copies.sql"),
    include_str!("../../assets/schema/0018_answers.sql"),
];

/// The step that needs more than SQL.
const JOURNAL: i64 = 4;

/// The newest step after which names are compared otherwise: what holds compared words is made anew, once, when all steps are done.
const WORDS: i64 = 6;

/// The step after which rows know whose they are.
const OWNERS: i64 = 7;

/// The step after which there are facts for figures.
const FACTS: i64 = 11;

/// The version this program writes.
pub(super) const VERSION: i64 = STEPS.len() as i64;

/// What a file says of itself before anything is written to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub application_id: i32,
    pub version: i64,
}

/// Reads the label; fails with "not a database" on a file that is none.
pub(super) fn label(connection: &Connection) -> rusqlite::Result<Label> {
    Ok(Label {
        application_id: connection.query_row("PRAGMA application_id", [], |row| row.get(0))?,
        version: connection.query_row("PRAGMA user_version", [], |row| row.get(0))?,
    })
}

/// Brings the database to [`VERSION`], in one transaction. Another process may do the same at the same time.
///
/// `begun` is called once nobody else can write, before anything is changed; `told` hears how many rows were converted.
pub(super) fn migrate(
    connection: &mut Connection,
    begun: &mut dyn FnMut(i64) -> Result<(), StoreError>,
    told: &mut dyn FnMut(u64),
) -> Result<(), StoreError> {
    // Only who has something to do waits for the lock: lists go on while another program imports.
    if label(connection).opening()?.version >= VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).opening()?;
    let version = label(&transaction).opening()?.version;
    let done = usize::try_from(version).unwrap_or(STEPS.len());
    let left = (version + 1..).zip(STEPS.iter().skip(done));
    if left.clone().next().is_none() {
        return Ok(());
    }
    begun(version)?;
    transaction.pragma_update(None, "cache_size", -IMPORT_CACHE).opening()?;
    for (number, step) in left {
        transaction.execute_batch(step).opening()?;
        if number == JOURNAL {
            to_journal(&transaction, told)?;
        }
    }
    if (1..WORDS).contains(&version) {
        make_words(&transaction, told)?;
    } else if (1..OWNERS).contains(&version) {
        make_owners(&transaction, told)?;
    }
    if (1..FACTS).contains(&version) {
        make_facts(&transaction, told)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).opening()?;
    transaction.pragma_update(None, "user_version", VERSION).opening()?;
    transaction.commit().opening()?;
    connection.pragma_update(None, "cache_size", -LIST_CACHE).opening()
}
