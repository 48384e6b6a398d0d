//! Makes changes: one transaction writes rows, search words, history and outbox together, or nothing at all.

use rusqlite::types::Value as Sql;
use serde_json::{Value, json};

use super::convert;
use super::error::{StoreError, While};
use super::history::{Delta, StepKind};
use super::open::{Access, Store};
use crate::domain::change::{Change, Outgoing, Refusal, What};
use crate::domain::date::Timestamp;
use crate::domain::document::{Column, Document};
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::merge::Held;
use crate::domain::opportunity::Opportunity;

/// What became of a list of changes.
#[derive(Debug)]
pub struct Applied {
    /// `None` when every change was refused: then nothing was written.
    pub step: Option<StepId>,
    /// In the order of the changes.
    pub results: Vec<Result<Done, Refusal>>,
}

/// An opportunity after a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub before: Opportunity,
    pub after: Opportunity,
}

impl Store {
    /// Makes several changes as one step: one transaction, one undo. A refused change does not stop the others.
    ///
    /// # Errors
    /// [`StoreError`] when nothing could be written; refusals are in the result.
    pub fn apply(&mut self, changes: &[Change], now: Timestamp) -> Result<Applied, StoreError> {
        self.writable()?;
        let Some(first) = changes.first() else { return Ok(Applied { step: None, results: Vec::new() }) };
        let kind = StepKind::of(&first.what);
        self.in_transaction(|store| {
            let at = store.next_time(now)?;
            let step = store.begin_step(kind, at, &json!({}))?;
            let mut results = Vec::with_capacity(changes.len());
            for change in changes {
                results.push(store.apply_one(change, step, at)?);
            }
            let done = results.iter().filter(|r| r.is_ok()).count();
            if done == 0 {
                store.drop_step(step)?;
                return Ok(Applied { step: None, results });
            }
            store.describe_step(step, &results)?;
            if kind.is_undoable() {
                store.end_redo()?;
            }
            Ok(Applied { step: Some(step), results })
        })
    }

    fn apply_one(&self, change: &Change, step: StepId, at: Timestamp) -> Result<Result<Done, Refusal>, StoreError> {
        let Some(held) = self.find_held(change.id)? else { return Ok(Err(Refusal::NoSuch(change.id))) };
        if change.seen.is_some_and(|seen| seen != held.opportunity.version) {
            return Ok(Err(Refusal::ChangedSince));
        }
        match change.what.apply(&held.opportunity, at) {
            Err(refusal) => Ok(Err(refusal)),
            Ok((after, outgoing)) => self.write_change(&held, after, &outgoing, &change.what, step, at).map(Ok),
        }
    }

    fn write_change(
        &self,
        before: &Held,
        mut after: Opportunity,
        outgoing: &[Outgoing],
        what: &What,
        step: StepId,
        at: Timestamp,
    ) -> Result<Done, StoreError> {
        // A mark of one's own is no news about the opportunity.
        if !matches!(what, What::Favorite { .. }) {
            after.updated_at = at;
        }
        let mut held = before.changed_to(after)?;
        self.write(before, &mut held)?;
        let id = held.opportunity.id;
        self.note_history(step, id, StepKind::of(what).code(), Some(&Delta::between(before, &held)))?;
        for outgoing in outgoing {
            self.put_in_outbox(id, outgoing, step, at)?;
        }
        Ok(Done { before: before.opportunity.clone(), after: held.opportunity })
    }

    /// Writes the row of a changed opportunity with the next version, and search words as needed.
    pub(super) fn write(&self, before: &Held, after: &mut Held) -> Result<(), StoreError> {
        after.opportunity.version.0 = before.opportunity.version.0 + 1;
        let id = after.opportunity.id;
        self.update_row(id, &convert::values(before), convert::values(after))?;
        let (old, new) = (&before.opportunity, &after.opportunity);
        let words = Document::of(new);
        if Document::of(old) != words {
            self.forget_words(id)?;
            self.index_words(id, &words)?;
        }
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    /// Sets only the columns that changed: the others' indexes are then left alone.
    fn update_row(&self, id: OpportunityId, before: &[Sql], after: Vec<Sql>) -> Result<(), StoreError> {
        let changed = convert::COLUMNS.split(", ").zip(before.iter().zip(after)).filter(|(_, (old, new))| *old != new);
        let (columns, values): (Vec<&str>, Vec<Sql>) = changed.map(|(column, (_, new))| (column, new)).unzip();
        let set: Vec<String> = columns.iter().map(|column| format!("{column} = ?")).collect();
        let mut statement = self
            .connection
            .prepare_cached(&format!("UPDATE OR FAIL opportunity SET {} WHERE id = ?", set.join(", ")))
            .writing()?;
        let values = values.into_iter().chain([Sql::Integer(id.0)]);
        statement.execute(rusqlite::params_from_iter(values)).writing()?;
        Ok(())
    }

    /// Writes a new opportunity; `id` is given only when one comes back by redo.
    pub(super) fn insert(&self, held: &Held, id: Option<OpportunityId>) -> Result<OpportunityId, StoreError> {
        let insert = if id.is_some() { convert::INSERT_AGAIN } else { convert::INSERT };
        let key = id.map(|id| Sql::Integer(id.0));
        let mut statement = self.connection.prepare_cached(insert).writing()?;
        statement.execute(rusqlite::params_from_iter(convert::values(held).into_iter().chain(key))).writing()?;
        let id = OpportunityId(self.connection.last_insert_rowid());
        self.index_words(id, &Document::of(&held.opportunity))?;
        self.writes.set(self.writes.get() + 1);
        Ok(id)
    }

    /// Deletes an opportunity with its search words; its history stays.
    pub(super) fn delete(&self, id: OpportunityId) -> Result<(), StoreError> {
        self.forget_words(id)?;
        self.connection.prepare_cached("DELETE FROM opportunity WHERE id = ?").writing()?.execute([id.0]).writing()?;
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    fn index_words(&self, id: OpportunityId, words: &Document) -> Result<(), StoreError> {
        let sql = "INSERT INTO search (rowid, deal, customer, contact, employees, sender, solutions, notes, crm, campaign, place, ids, \
                   initials, facets) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let mut statement = self.connection.prepare_cached(sql).writing()?;
        statement.raw_bind_parameter(1, id.0).writing()?;
        for (index, column) in Column::ALL.into_iter().enumerate() {
            statement.raw_bind_parameter(index + 2, words.tokens(column)).writing()?;
        }
        statement.raw_execute().writing()?;
        Ok(())
    }

    fn forget_words(&self, id: OpportunityId) -> Result<(), StoreError> {
        self.connection.prepare_cached("DELETE FROM search WHERE rowid = ?").writing()?.execute([id.0]).writing()?;
        Ok(())
    }

    pub(super) fn put_in_outbox(
        &self,
        id: OpportunityId,
        outgoing: &Outgoing,
        step: StepId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let detail = match outgoing {
            Outgoing::Update => Value::Null,
            Outgoing::Notice { to, outcome } => json!({ "to": to, "outcome": outcome }),
        };
        let sql = "INSERT INTO outbox (opportunity_id, kind, step_id, at, detail, state) VALUES (?, ?, ?, ?, ?, 'waiting')";
        let mut statement = self.connection.prepare_cached(sql).writing()?;
        statement.execute((id.0, outgoing.code(), step.0, at.micros(), detail.to_string())).writing()?;
        Ok(())
    }

    /// Runs `work` in one transaction that is written when it succeeds and forgotten when it does not.
    pub(super) fn in_transaction<T>(&mut self, work: impl FnOnce(&Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.in_transaction_ending(|store| work(store).map(|value| (value, Ending::Write)))
    }

    /// As [`Store::in_transaction`], but `work` says how it ends.
    pub(super) fn in_transaction_ending<T>(
        &mut self,
        work: impl FnOnce(&Self) -> Result<(T, Ending), StoreError>,
    ) -> Result<T, StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE").writing()?;
        let result = work(self).and_then(|(value, ending)| match ending {
            Ending::Write => self.connection.execute_batch("COMMIT").writing().map(|()| value),
            Ending::Forget => Ok(value),
        });
        // After an error SQLite may have rolled back by itself; if it has not, nothing may stay half-written.
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK").writing()?;
        }
        result
    }

    /// Returns `now`, or just after the last step where the clock has gone back: the history never runs backwards.
    pub(super) fn next_time(&self, now: Timestamp) -> Result<Timestamp, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT at FROM step ORDER BY id DESC LIMIT 1").reading()?;
        let last = statement.query_map([], |row| row.get(0)).reading()?.next().transpose().reading()?;
        Ok(last.map_or(now, |last| now.max(Timestamp::from_micros(last).plus_micros(1))))
    }

    /// Expires every received opportunity whose time is over, each dated at its deadline (MG-65); a read-only store does nothing.
    pub(super) fn expire_overdue(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if self.access != Access::ReadWrite {
            return Ok(());
        }
        // A batch at a time, so that even a very old database does not hold the lock for long.
        const BATCH: usize = 500;
        loop {
            let overdue = self.overdue(now, BATCH)?;
            if overdue.is_empty() {
                return Ok(());
            }
            let changes: Vec<Change> = overdue.into_iter().map(|id| Change { id, seen: None, what: What::Expire }).collect();
            let applied = self.apply(&changes, now)?;
            if applied.step.is_none() {
                return Ok(());
            }
        }
    }

    fn overdue(&self, now: Timestamp, limit: usize) -> Result<Vec<OpportunityId>, StoreError> {
        let sql = "SELECT id FROM opportunity WHERE shelf = 0 AND urgency <= ? ORDER BY urgency LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let ids = statement.query_map((now.micros(), limit), |row| row.get(0).map(OpportunityId)).reading()?;
        ids.collect::<rusqlite::Result<_>>().reading()
    }

    /// Recounts deadlines that hang on the setting when the setting has changed (MG-66).
    pub(super) fn note_response_days(&mut self) -> Result<(), StoreError> {
        let wanted = self.settings.response_days.to_string();
        let kept = self.meta("response_days")?;
        if kept.as_ref() == Some(&wanted) {
            return Ok(());
        }
        let micros = self.settings.response_days * 86_400_000_000;
        self.in_transaction(|store| {
            if kept.is_some() {
                let sql = "UPDATE opportunity SET version = version + 1, respond_by = ? + \
                           CASE respond_basis WHEN 'created' THEN created_at ELSE first_seen_at END \
                           WHERE shelf = 0 AND respond_basis <> 'given'";
                store.connection.execute(sql, [micros]).writing()?;
                store.writes.set(store.writes.get() + 1);
            }
            store.set_meta("response_days", &wanted)
        })
    }
}

/// How a transaction ends.
pub(super) enum Ending {
    Write,
    Forget,
}
