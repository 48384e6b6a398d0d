//! Makes anew what follows from something else: search words, what names sort by, facts, counts, marks of what waits, keys, indexes.
//! Values, the journal and the outbox are not touched.

use rusqlite::types::Value as Sql;

use super::backup::Backup;
use super::error::{StoreError, While};
use super::health::{Health, WAITS};
use super::open::Store;
use super::replay::DERIVED;
use super::{anew, convert, facts, replay};
use crate::domain::date::Date;
use crate::domain::role::Deed;

/// What was made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// What had been wrong, and what is still.
    pub before: Health,
    pub after: Health,
    /// The copy of everything as it was before.
    pub backup: Option<Backup>,
}

/// Counts that stand in tables of their own, anew. A row that is missing is made: the triggers know no other.
const COUNTS: &str = "
    INSERT OR IGNORE INTO tally (kind, shelf, n) VALUES
      ('shelf', 0, 0), ('shelf', 1, 0), ('shelf', 2, 0), ('shelf', 3, 0), ('shelf', 4, 0), ('shelf', 5, 0),
      ('favorite', 0, 0), ('favorite', 1, 0), ('favorite', 2, 0), ('favorite', 3, 0), ('favorite', 4, 0), ('favorite', 5, 0),
      ('outbox', 0, 0);
    UPDATE tally SET n = CASE kind
      WHEN 'shelf' THEN (SELECT count(*) FROM opportunity AS o WHERE o.shelf = tally.shelf)
      WHEN 'favorite' THEN (SELECT count(*) FROM opportunity AS o WHERE o.shelf = tally.shelf AND favorite = 1)
      ELSE (SELECT count(*) FROM opportunity WHERE waiting > 0) END;
    DELETE FROM due;
    INSERT INTO due (minute, n) SELECT respond_by / 60000000, count(*) FROM opportunity WHERE respond_by IS NOT NULL GROUP BY 1;";

impl Store {
    /// Makes everything derived anew, in one transaction, after a copy of all there is was made beside the database.
    ///
    /// # Errors
    /// [`StoreError`] where that cannot be: then nothing is changed. An opportunity that cannot be read keeps everything as it is.
    pub fn mend(&mut self, day: Date, told: &mut dyn FnMut(u64)) -> Result<Mended, StoreError> {
        self.may(Deed::Mend)?;
        let before = self.health()?;
        let backup = self.back_up_before_mending(day)?;
        self.in_transaction(|store| {
            let connection = &store.connection;
            connection.execute_batch("REINDEX").writing()?;
            store.mark_what_waits()?;
            store.sort_by_values()?;
            anew::make_words(connection, told)?;
            connection.execute_batch("DELETE FROM fact; DELETE FROM fact_name").writing()?;
            facts::make_facts(connection, told)?;
            connection.execute_batch(COUNTS).writing()?;
            store.forget_numbers();
            store.writes.set(store.writes.get() + 1);
            Ok(())
        })?;
        Ok(Mended { before, after: self.health()?, backup })
    }

    fn mark_what_waits(&self) -> Result<(), StoreError> {
        let sql = format!("UPDATE opportunity SET waiting = {WAITS} WHERE (waiting > 0) <> {WAITS}");
        self.connection.execute(&sql, []).writing()?;
        Ok(())
    }

    /// Writes what rows sort by where that does not follow from what they hold.
    fn sort_by_values(&self) -> Result<(), StoreError> {
        let set: Vec<String> = DERIVED.iter().map(|column| format!("{column} = ?")).collect();
        let mut update =
            self.connection.prepare(&format!("UPDATE OR FAIL opportunity SET {} WHERE id = ?", set.join(", "))).writing()?;
        let places: Vec<usize> = DERIVED.into_iter().filter_map(replay::place_of).collect();
        for id in self.read_through()?.keys_wrong {
            let Some(held) = self.find_held(id)? else { continue };
            let values = convert::values(&held);
            let derived = places.iter().filter_map(|place| values.get(*place).cloned());
            update.execute(rusqlite::params_from_iter(derived.chain([Sql::Integer(id.0)]))).writing()?;
        }
        Ok(())
    }
}
