//! Whether the database is in order: its pages, the kept counts, the search index, and who may read the file.

use rusqlite::Connection;

use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::ids::OpportunityId;

/// What is not in order, in the words of what was checked; `None` where all is well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    pub integrity: Option<String>,
    /// Kept counts that are not those of the rows, and facts for figures that are not.
    pub counts_wrong: Option<String>,
    pub search_wrong: Option<String>,
    /// Opportunities that cannot be read, and what is wrong with the first of them.
    pub unreadable: Option<String>,
    /// Entries of directory and catalogue that cannot be found.
    pub directory_wrong: Option<String>,
    /// The file's mode, when others than its owner can read it.
    pub open_mode: Option<u32>,
}

/// Counts what the kept counts have wrong.
const WRONG_COUNTS: &str = "
    SELECT (SELECT count(*) FROM tally WHERE kind = 'shelf'
              AND n <> (SELECT count(*) FROM opportunity AS o WHERE o.shelf = tally.shelf))
         + (SELECT count(*) FROM tally WHERE kind = 'favorite'
              AND n <> (SELECT count(*) FROM opportunity AS o WHERE o.shelf = tally.shelf AND favorite = 1))
         + (SELECT count(*) FROM tally WHERE kind = 'outbox' AND n <> (SELECT count(*) FROM opportunity WHERE waiting > 0))
         + (SELECT count(*) FROM opportunity AS o WHERE (waiting > 0) <>
              (base IS NOT NULL OR (made_here = 1 AND referral_id IS NULL)
                OR EXISTS (SELECT 1 FROM outbox WHERE state = 'waiting' AND opportunity_id = o.id)))
         + (SELECT abs(coalesce((SELECT sum(n) FROM due), 0) - (SELECT count(*) FROM opportunity WHERE shelf = 0)))";

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
    let mut statement = connection.prepare(check).reading()?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0)).reading()?;
    let lines: Vec<String> = lines.collect::<rusqlite::Result<_>>().reading()?;
    if lines != ["ok"] {
        return Ok(Some(lines.join("; ")));
    }
    let foreign = "SELECT count(*) FROM pragma_foreign_key_check";
    let foreign: i64 = connection.query_row(foreign, [], |row| row.get(0)).reading()?;
    Ok((foreign > 0).then(|| format!("foreign_key_check: {foreign}")))
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
        let wrong = |sql: &str| self.count(sql).map(|wrong| (wrong != 0).then(|| wrong.to_string()));
        Ok(Health {
            integrity: told(flaw(&self.connection, true)),
            counts_wrong: told(self.count(WRONG_COUNTS).and_then(|counts| {
                let wrong = counts + i64::try_from(self.wrong_facts()?).unwrap_or(i64::MAX);
                Ok((wrong != 0).then(|| wrong.to_string()))
            })),
            search_wrong: told(self.search_flaw()),
            unreadable: told(self.unreadable()),
            directory_wrong: told(self.has_directory().and_then(|has| if has { wrong(WRONG_KEYS) } else { Ok(None) })),
            open_mode: self.open_mode(),
        })
    }

    fn search_flaw(&self) -> Result<Option<String>, StoreError> {
        let rows = self.count("SELECT count(*) FROM opportunity")?;
        let indexed = self.count("SELECT count(*) FROM search_docsize")?;
        Ok((rows != indexed).then(|| format!("{indexed} / {rows}")))
    }

    /// Reads every opportunity: one value that makes no sense would stop the lists that show it.
    fn unreadable(&self) -> Result<Option<String>, StoreError> {
        /// So many are named.
        const NAMED: usize = 20;
        let mut select = self.connection.prepare("SELECT id FROM opportunity ORDER BY id").reading()?;
        let mut ids = select.query([]).reading()?;
        let (mut bad, mut first) = (Vec::new(), String::new());
        while let Some(row) = ids.next().reading()? {
            let id = OpportunityId(row.get(0).reading()?);
            match self.find_held(id) {
                Ok(_) => {}
                Err(error) => {
                    if bad.is_empty() {
                        first = error.to_string();
                    }
                    bad.push(id.to_string());
                }
            }
        }
        let more = if bad.len() > NAMED { ", …" } else { "" };
        Ok((!bad.is_empty()).then(|| format!("{}{more}: {first}", bad[..bad.len().min(NAMED)].join(", "))))
    }

    /// A file of an earlier version that may only be read has none.
    fn has_directory(&self) -> Result<bool, StoreError> {
        Ok(self.count("SELECT count(*) FROM sqlite_schema WHERE name = 'suggestion'")? > 0)
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
