//! What is new since the last import, until somebody has seen it; personal, so it is no step of the journal.

use super::error::{StoreError, While};
use super::open::{Access, Store};
use crate::domain::ids::{OpportunityId, StepId};

/// Lists the ids of what is new: made or changed by the import that is looked at, and not seen since. What that import did is in the
/// history; once it is undone it has brought nothing.
pub(super) const FRESH: &str = "SELECT history.opportunity_id AS id FROM meta JOIN history ON history.step_id = CAST(meta.value AS INTEGER) \
     WHERE meta.key = 'new_of' AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.id = history.opportunity_id) \
     AND NOT EXISTS (SELECT 1 FROM step AS undo WHERE undo.reverts = history.step_id \
       AND NOT EXISTS (SELECT 1 FROM step AS redo WHERE redo.reverts = undo.id))";

const NEW_OF: &str = "new_of";

impl Store {
    /// Notes that somebody has seen one, where nobody else is writing; a read-only store notes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn note_seen(&mut self, id: OpportunityId) -> Result<(), StoreError> {
        if self.access != Access::ReadWrite || !self.is_fresh(id)? {
            return Ok(());
        }
        self.without_waiting(|store| store.in_transaction(|store| store.seen(id)))
    }

    /// As [`Store::note_seen`], inside the transaction of what was done to it.
    pub(super) fn seen(&self, id: OpportunityId) -> Result<(), StoreError> {
        let sql = format!("INSERT OR IGNORE INTO seen (id) SELECT id FROM ({FRESH}) WHERE id = ?");
        let noted = self.connection.prepare_cached(&sql).writing()?.execute([id.0]).writing()?;
        self.writes.set(self.writes.get() + noted as u64);
        Ok(())
    }

    pub(super) fn is_fresh(&self, id: OpportunityId) -> Result<bool, StoreError> {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM ({FRESH}) WHERE id = ?)");
        self.connection.prepare_cached(&sql).reading()?.query_row([id.0], |row| row.get(0)).reading()
    }

    /// From here on what this import brought is new. Where nothing was there before it, everything would be: then nothing is.
    pub(super) fn begin_news(&self, import: StepId, first: bool) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM seen", []).writing()?;
        if first {
            self.connection.execute("DELETE FROM meta WHERE key = ?", [NEW_OF]).writing()?;
            return Ok(());
        }
        self.set_meta(NEW_OF, &import.to_string())
    }

    /// Returns whether there is no opportunity at all.
    pub(super) fn holds_nothing(&self) -> Result<bool, StoreError> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM opportunity)";
        self.connection.query_row(sql, [], |row| row.get(0)).reading()
    }
}
