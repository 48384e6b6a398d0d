//! The outbox: notices for senders, and what went into upload files. That an update waits is no row here: it follows from what is held.

use rusqlite::OptionalExtension;
use serde_json::json;

use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::held::{Held, Notice};
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;

impl Store {
    /// Puts a notice there when one is newly owed and takes it away when it is not true any more; returns whether one waits.
    pub(super) fn settle_notice(&self, before: &Held, after: &Held, step: StepId, at: Timestamp) -> Result<bool, StoreError> {
        let id = after.opportunity.id;
        match (before.notice(), after.notice()) {
            (known, Some(owed)) if known.as_ref() != Some(&owed) => {
                self.drop_notices(id)?;
                self.put_notice(id, &owed, step, at)?;
                Ok(true)
            }
            _ if !after.bears_notice() => {
                if before.bears_notice() {
                    self.drop_notices(id)?;
                }
                Ok(false)
            }
            _ => self.notice_waits(id),
        }
    }

    pub(super) fn put_notice(&self, id: OpportunityId, owed: &Notice, step: StepId, at: Timestamp) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO outbox (opportunity_id, kind, step_id, at, detail, state) VALUES (?, 'notice', ?, ?, ?, 'waiting')";
        let mut statement = self.connection.prepare_cached(sql).writing()?;
        statement.execute((id.0, step.0, at.micros(), json!(owed).to_string())).writing()?;
        Ok(())
    }

    /// Takes away what the sender was not told yet.
    pub(super) fn drop_notices(&self, id: OpportunityId) -> Result<(), StoreError> {
        let sql = "DELETE FROM outbox WHERE opportunity_id = ? AND kind = 'notice' AND state = 'waiting'";
        self.connection.prepare_cached(sql).writing()?.execute([id.0]).writing()?;
        Ok(())
    }

    fn notice_waits(&self, id: OpportunityId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE opportunity_id = ? AND kind = 'notice' AND state = 'waiting')";
        self.connection.prepare_cached(sql).reading()?.query_row([id.0], |row| row.get(0)).reading()
    }

    /// Refuses when something a step changed has left in an upload file since: that is final.
    pub(super) fn refuse_written(&self, step: StepId) -> Result<(), StoreError> {
        let sql = "SELECT opportunity_id FROM outbox WHERE state = 'written' AND step_id >= ?1 AND EXISTS \
                   (SELECT 1 FROM history WHERE step_id = ?1 AND history.opportunity_id = outbox.opportunity_id) LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let written: Option<i64> = statement.query_row([step.0], |row| row.get(0)).optional().reading()?;
        written.map_or(Ok(()), |id| Err(StoreError::Written { id: OpportunityId(id), title: self.title_of(OpportunityId(id)) }))
    }
}
