//! Large imports: indexes that nothing in an import asks for are left out while many rows come and made anew at its end, in order.
//! That is quicker than to put each row in its place in each of them, and they come out a third smaller.

use super::error::{StoreError, While};
use super::open::Store;

/// Fewest new rows for which it pays.
const MANY: u64 = 20_000;
/// Page cache while indexes are made, in KiB: so much is sorted in memory at once.
const SORTING_CACHE: i64 = 16_384;

/// The indexes of one import.
pub(super) struct Bulk {
    /// Rows that were there before.
    before: u64,
    new: u64,
    /// Fewest new ones for which it pays.
    many: u64,
    /// How to make those that were left out.
    left_out: Vec<String>,
}

impl Bulk {
    pub(super) fn new(store: &Store) -> Result<Self, StoreError> {
        let sql = "SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 'shelf'";
        let before = store.connection.query_row(sql, [], |row| row.get(0)).reading()?;
        Ok(Self { before, new: 0, many: MANY, left_out: Vec::new() })
    }

    /// Counts a new row; as soon as they are many beside what was there, indexes are left out.
    pub(super) fn row_comes(&mut self, store: &Store) -> Result<(), StoreError> {
        self.new += 1;
        if self.new == self.many.max(self.before) { self.leave_out(store) } else { Ok(()) }
    }

    fn leave_out(&mut self, store: &Store) -> Result<(), StoreError> {
        // Rows are found by their id or, without one, by their customer.
        let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('opportunity', 'customer') \
                   AND sql IS NOT NULL AND name NOT IN ('by_customer', 'by_referral')";
        let mut statement = store.connection.prepare(sql).reading()?;
        let indexes = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).reading()?;
        let indexes: Vec<(String, String)> = indexes.collect::<rusqlite::Result<_>>().reading()?;
        drop(statement);
        for (name, sql) in indexes {
            store.connection.execute_batch(&format!("DROP INDEX {name}")).writing()?;
            self.left_out.push(sql);
        }
        Ok(())
    }

    /// Makes what was left out, and what rows came into in no order.
    pub(super) fn end(self, store: &Store) -> Result<(), StoreError> {
        if self.left_out.is_empty() {
            return Ok(());
        }
        store.set_cache(SORTING_CACHE)?;
        for sql in self.left_out {
            // A file that broke off may have brought it back.
            let sql = sql.replacen(" INDEX ", " INDEX IF NOT EXISTS ", 1);
            store.connection.execute_batch(&sql).writing()?;
        }
        store.connection.execute_batch("REINDEX by_customer; REINDEX by_referral").writing()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Settings;

    fn indexes(store: &Store) -> Vec<String> {
        let sql = "SELECT name || coalesce(sql, '') FROM sqlite_schema WHERE type = 'index' ORDER BY name";
        let mut statement = store.connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn indexes_that_were_left_out_are_there_again_also_after_a_file_that_broke_off() {
        let store = Store::in_memory(Settings::default()).unwrap();
        let before = indexes(&store);
        for breaks_off in [false, true] {
            let mut bulk = Bulk { many: 3, ..Bulk::new(&store).unwrap() };
            store.connection.execute_batch("BEGIN; SAVEPOINT file").unwrap();
            for left_out in [0, 0, 28] {
                bulk.row_comes(&store).unwrap();
                assert_eq!(before.len() - indexes(&store).len(), left_out);
            }
            if breaks_off {
                store.connection.execute_batch("ROLLBACK TO file").unwrap();
                assert_eq!(indexes(&store), before);
            }
            store.connection.execute_batch("RELEASE file").unwrap();
            bulk.end(&store).unwrap();
            store.connection.execute_batch("COMMIT").unwrap();
            assert_eq!(indexes(&store).len(), before.len());
            assert_eq!(store.health().unwrap(), Default::default());
        }
    }
}
