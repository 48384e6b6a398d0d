//! Whether the database is in order: its pages, what is derived, whether rows follow from the journal, and who may read the file; making
//! anew what is derived is `mend`.

use rusqlite::Connection;

use super::error::{StoreError, While};
use super::open::Store;
use super::replay::Torn;

/// What is not in order, in the words of what was checked; `None` where all is well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    pub integrity: Option<String>,
    /// Kept counts that are not those of the rows, and marks of what waits.
    pub counts_wrong: Option<String>,
    /// Facts for figures that are not those of the rows.
    pub facts_wrong: Option<String>,
    /// Rows that sort by something else than what they hold.
    pub sorting_wrong: Option<String>,
    pub search_wrong: Option<String>,
    /// Opportunities that cannot be read, and what is wrong with the first of them.
    pub unreadable: Option<String>,
    /// Opportunities that do not follow from the journal: how many, and the first of them.
    pub torn: (u64, Vec<Torn>),
    /// Entries of directory and catalogue that cannot be found.
    pub directory_wrong: Option<String>,
    /// The file's mode, when others than its owner can read it.
    pub open_mode: Option<u32>,
}

/// Whether something of an opportunity waits for Partner Center or its sender.
macro_rules! waits {
    () => {
        "(base IS NOT NULL OR (made_here = 1 AND referral_id IS NULL) \
          OR EXISTS (SELECT 1 FROM outbox WHERE outbox.state = 'waiting' AND outbox.opportunity_id = opportunity.id))"
    };
}
pub(super) const WAITS: &str = waits!();

/// Counts what the kept counts have wrong.
const WRONG_COUNTS: &str = concat!(
    "WITH shown (minute, n) AS (SELECT respond_by / 60000000, count(*) FROM opportunity WHERE respond_by IS NOT NULL GROUP BY 1),
          kept (minute, n) AS (SELECT minute, n FROM due WHERE n <> 0)
     SELECT (SELECT count(*) FROM tally WHERE kind = 'shelf'
               AND n <> (SELECT count(*) FROM opportunity AS o WHERE o.shelf = tally.shelf))
          + (SELECT count(*) FROM tally WHERE kind = 'favorite'
               AND n <> (SELECT count(*) FROM opportunity AS o WHERE o.shelf = tally.shelf AND favorite = 1))
          + (SELECT count(*) FROM tally WHERE kind = 'outbox' AND n <> (SELECT count(*) FROM opportunity WHERE waiting > 0))
          + (SELECT 13 - count(*) FROM tally)
          + (SELECT count(*) FROM opportunity WHERE (waiting > 0) <> ",
    waits!(),
    ") + (SELECT count(*) FROM (SELECT * FROM shown EXCEPT SELECT * FROM kept))
       + (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM shown))"
);

/// Counts opportunities that have no search words, and words of what is not there.
const WRONG_WORDS: &str = "
    SELECT (SELECT count(*) FROM opportunity WHERE id NOT IN (SELECT id FROM search_docsize))
         + (SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT id FROM opportunity))";

/// Counts entries that cannot be recognised or that no word finds, and keys of entries that are not there. Keys that begin with
/// `#` are numbers and, with `#s`, words of solutions; all others are words of customers.
const WRONG_KEYS: &str = "
    WITH recognised AS MATERIALIZED (SELECT DISTINCT id FROM suggestion WHERE key >= '#i' AND key < '#j'),
         worded AS MATERIALIZED (SELECT DISTINCT id FROM suggestion WHERE key < '#' OR key >= '$'),
         named AS MATERIALIZED (SELECT DISTINCT id FROM suggestion WHERE key >= '#s' AND key < '#t')
    SELECT (SELECT count(*) FROM customer WHERE id NOT IN (SELECT id FROM recognised) OR id NOT IN (SELECT id FROM worded))
         + (SELECT count(*) FROM catalogue WHERE id NOT IN (SELECT id FROM named))
         + (SELECT count(*) FROM recognised WHERE id NOT IN (SELECT id FROM customer))
         + (SELECT count(*) FROM worded WHERE id NOT IN (SELECT id FROM customer))
         + (SELECT count(*) FROM named WHERE id NOT IN (SELECT id FROM catalogue))";

/// Returns what is wrong with pages, tables and references of a database; `thorough` looks into the indexes, too.
///
/// # Errors
/// [`StoreError`] where it cannot even be checked.
pub(super) fn flaw(connection: &Connection, thorough: bool) -> Result<Option<String>, StoreError> {
    let check = if thorough { "PRAGMA integrity_check(5)" } else { "PRAGMA quick_check(5)" };
    if let Some(flaw) = told_by(connection, check)? {
        return Ok(Some(flaw));
    }
    let foreign = "SELECT count(*) FROM pragma_foreign_key_check";
    let foreign: i64 = connection.query_row(foreign, [], |row| row.get(0)).reading()?;
    Ok((foreign > 0).then(|| format!("foreign_key_check: {foreign}")))
}

/// Returns what is wrong with the pages of a copy, table by table: that the search index agrees with itself takes as long as all else,
/// and does not change by copying.
pub(super) fn flaw_of_copy(connection: &Connection) -> Result<Option<String>, StoreError> {
    const TABLES: &str = "SELECT 'sqlite_schema' UNION ALL SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0";
    let mut tables = connection.prepare(TABLES).reading()?;
    let mut tables = tables.query([]).reading()?;
    while let Some(table) = tables.next().reading()? {
        let table: String = table.get(0).reading()?;
        if let Some(flaw) = told_by(connection, &format!("PRAGMA quick_check(\"{table}\")"))? {
            return Ok(Some(flaw));
        }
    }
    Ok(None)
}

/// Returns what a check of SQLite tells.
fn told_by(connection: &Connection, check: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare(check).reading()?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0)).reading()?;
    let lines: Vec<String> = lines.take(5).collect::<rusqlite::Result<_>>().reading()?;
    Ok((lines != ["ok"]).then(|| lines.join("; ")))
}

impl Store {
    /// Checks the whole database, with every index; takes as long as reading it does. What cannot be checked is not in order: the
    /// other checks are made all the same.
    ///
    /// # Errors
    /// That the file is no longer the one that was opened.
    pub fn health(&self) -> Result<Health, StoreError> {
        self.not_moved()?;
        let told = |checked: Result<Option<String>, StoreError>| checked.unwrap_or_else(|error| Some(error.to_string()));
        let number = |wrong: u64| (wrong != 0).then(|| wrong.to_string());
        let wrong = |sql: &str| told(self.count(sql).map(|wrong| number(wrong.unsigned_abs())));
        let integrity = told(flaw(&self.connection, true));
        let read = self.read_through();
        let (sorting, unreadable, torn) = match read {
            Ok(read) => (number(read.keys_wrong.len() as u64), read.unreadable(), (read.torn_count, read.torn)),
            Err(error) => (None, Some(error.to_string()), (0, Vec::new())),
        };
        Ok(Health {
            integrity,
            counts_wrong: wrong(WRONG_COUNTS),
            facts_wrong: told(self.wrong_facts().map(number)),
            sorting_wrong: sorting,
            search_wrong: wrong(WRONG_WORDS),
            unreadable: unreadable
                .or(told(self.has_table("record").and_then(|has| if has { self.torn_record() } else { Ok(None) }))),
            torn,
            directory_wrong: told(self.has_table("suggestion").map(|has| if has { wrong(WRONG_KEYS) } else { None })),
            open_mode: self.open_mode(),
        })
    }

    /// A file of an earlier version that may only be read has not all of them.
    pub(super) fn has_table(&self, name: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?)";
        self.connection.query_row(sql, [name], |row| row.get(0)).reading()
    }

    fn count(&self, sql: &str) -> Result<i64, StoreError> {
        self.connection.query_row(sql, [], |row| row.get(0)).reading()
    }

    #[cfg(unix)]
    fn open_mode(&self) -> Option<u32> {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&self.path).ok()?.permissions().mode() & 0o777;
        Some(mode).filter(|mode| mode & 0o077 != 0)
    }

    #[cfg(not(unix))]
    fn open_mode(&self) -> Option<u32> {
        None
    }
}
