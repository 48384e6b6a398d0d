//! What was typed into forms that are not saved yet; it outlives a crash.

use rusqlite::OptionalExtension;

use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::date::Timestamp;
use crate::domain::ids::OpportunityId;

impl Store {
    /// Keeps the texts of a form, instead of those kept before.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn keep_draft(&self, form: &str, id: OpportunityId, values: &[String], now: Timestamp) -> Result<(), StoreError> {
        self.writable()?;
        let content = serde_json::json!(values).to_string();
        let sql = "INSERT INTO draft (form, opportunity_id, content, at) VALUES (?, ?, ?, ?) \
                   ON CONFLICT (form, opportunity_id) DO UPDATE SET content = excluded.content, at = excluded.at";
        self.connection.prepare_cached(sql).writing()?.execute((form, id.0, content, now.micros())).writing()?;
        Ok(())
    }

    /// Returns the texts that were kept for a form.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn draft(&self, form: &str, id: OpportunityId) -> Result<Option<Vec<String>>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT content FROM draft WHERE form = ? AND opportunity_id = ?").reading()?;
        let content: Option<String> = statement.query_row((form, id.0), |row| row.get(0)).optional().reading()?;
        Ok(content.and_then(|content| serde_json::from_str(&content).ok()))
    }

    /// Forgets what was kept for a form.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn drop_draft(&self, form: &str, id: OpportunityId) -> Result<(), StoreError> {
        self.writable()?;
        let sql = "DELETE FROM draft WHERE form = ? AND opportunity_id = ?";
        self.connection.prepare_cached(sql).writing()?.execute((form, id.0)).writing()?;
        Ok(())
    }
}
