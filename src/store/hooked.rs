//! How far hooks were told of the history: a mark, and the steps behind it with the deals they touched; what is run is the room `hooks`.

use super::error::{StoreError, While};
use super::history::{Happened, STEP, StepRecord, step_record};
use super::open::Store;
use crate::domain::ids::{OpportunityId, StepId};

/// Under which key of the table `meta` the number of the last step that was told lies.
const HOOKED: &str = "hooked";
/// Where the configuration lies by which it is told.
const HOOKED_BY: &str = "hooked-by";

impl Store {
    /// Begins to mark what was told where that was not begun, after all that has happened so far; or ends it, so that what happens
    /// while nobody is told is never told. Only the configuration that has it told, `by`, ends it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn mark_hooked(&mut self, by: &str, is_wanted: bool) -> Result<(), StoreError> {
        let told_by = self.meta(HOOKED_BY)?;
        if (told_by.as_deref() == Some(by)) == is_wanted {
            return Ok(());
        }
        self.writable()?;
        self.in_transaction(|store| {
            if !is_wanted {
                let sql = "DELETE FROM meta WHERE key = ? OR key = ?";
                return store.connection.execute(sql, [HOOKED, HOOKED_BY]).writing().map(drop);
            }
            store.set_meta(HOOKED_BY, by)?;
            // Another one may have begun.
            let sql = "INSERT OR IGNORE INTO meta (key, value) SELECT ?, coalesce(max(id), 0) FROM step";
            store.connection.execute(sql, [HOOKED]).writing().map(drop)
        })
    }

    /// Returns the next steps that were not told, in order; none where nobody began to.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn steps_to_tell(&self, limit: usize) -> Result<Vec<StepRecord>, StoreError> {
        let Some(last) = self.meta(HOOKED)?.and_then(|last| last.parse::<i64>().ok()) else { return Ok(Vec::new()) };
        self.steps_after(Some(StepId(last)), limit)
    }

    /// Returns the last step there is.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn last_step(&self) -> Result<Option<StepId>, StoreError> {
        self.connection.query_row("SELECT max(id) FROM step", [], |row| Ok(row.get::<_, Option<i64>>(0)?.map(StepId))).reading()
    }

    /// Returns the steps after `step` (from the first on, if it is `None`) in order.
    pub(super) fn steps_after(&self, step: Option<StepId>, limit: usize) -> Result<Vec<StepRecord>, StoreError> {
        let sql = format!("SELECT {STEP} FROM step WHERE id > ? ORDER BY id LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query((step.map_or(0, |step| step.0), limit)).reading()?;
        let mut steps = Vec::new();
        while let Some(row) = rows.next().reading()? {
            steps.push(step_record(row)?);
        }
        Ok(steps)
    }

    /// Returns the first opportunities that a step touched, at most so many, and what became of each.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn touched(&self, step: StepId, limit: usize) -> Result<Vec<(OpportunityId, Happened)>, StoreError> {
        let sql = "SELECT opportunity_id, what FROM history WHERE step_id = ? ORDER BY opportunity_id LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query((step.0, limit)).reading()?;
        let mut touched = Vec::new();
        while let Some(row) = rows.next().reading()? {
            let what = Happened::read(row.get_ref(1).reading()?.as_str().unwrap_or_default());
            touched.push((OpportunityId(row.get(0).reading()?), what));
        }
        Ok(touched)
    }

    /// Returns whether a step brought answers of Partner Center.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn brought_answers(&self, step: StepId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sent WHERE answered_by = ?)";
        self.connection.prepare_cached(sql).reading()?.query_row([step.0], |row| row.get(0)).reading()
    }

    /// Notes that a step, and what came before it, was told.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn note_hooked(&mut self, step: StepId) -> Result<(), StoreError> {
        self.writable()?;
        // Where it was ended meanwhile, it is not begun again.
        let sql = "UPDATE meta SET value = ? WHERE key = ?";
        self.in_transaction(|store| store.connection.execute(sql, (step.to_string(), HOOKED)).writing().map(drop))
    }
}
