//! Takes the last step back, and makes it again: all of it in one transaction, or nothing with the reason.

use rusqlite::OptionalExtension;
use serde_json::json;

use super::drafts::DraftKey;
use super::error::{StoreError, While};
use super::history::{CREATED, STEP, StepKind, StepRecord, Way, read_delta, step_record};
use super::open::Store;
use crate::domain::draft::DealDraft;
use crate::domain::ids::{DraftId, OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::merge::Held;
use crate::domain::opportunity::Opportunity;

/// What undo and redo would do now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Steps {
    pub undo: Option<StepRecord>,
    pub redo: Option<StepRecord>,
}

/// A step that was taken back or made again.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    pub step: StepRecord,
    /// One of the opportunities it touched, to show it; `None` if none of them is there any more.
    pub touched: Option<OpportunityId>,
}

/// A row of the history, as undo reads it.
struct Touched {
    id: OpportunityId,
    created: bool,
    delta: Option<String>,
}

/// How an opportunity is kept while the import, or the entry, that made it is undone.
#[derive(serde::Serialize, serde::Deserialize)]
struct Image {
    opportunity: Opportunity,
    extra: serde_json::Map<String, serde_json::Value>,
    /// The draft that undoing the making of a deal left, so that nothing typed is lost.
    #[serde(default)]
    draft: Option<DraftId>,
}

impl Store {
    /// Returns what undo and redo would do now.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn undo_and_redo(&self) -> Result<Steps, StoreError> {
        Ok(Steps { undo: self.last_done()?, redo: self.first_undone()? })
    }

    /// Takes the last step back.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`]; [`StoreError::Written`] once it went into an upload file;
    /// [`StoreError::ChangedSince`] when something later touched the same opportunity.
    pub fn undo(&mut self, now: Timestamp) -> Result<Undone, StoreError> {
        self.writable()?;
        let step = self.last_done()?.ok_or(StoreError::NothingToUndo)?;
        self.in_transaction(|store| {
            store.refuse_written(step.id)?;
            store.each_touched(step.id, |touched| store.take_back(step.id, touched))?;
            store.set_outbox("UPDATE outbox SET state = 'undone' WHERE step_id = ? AND state = 'waiting'", step.id)?;
            store.set_outbox("UPDATE outbox SET state = 'waiting' WHERE settled_by = ? AND state = 'settled'", step.id)?;
            let mut mark = store.connection.prepare_cached("UPDATE step SET undone_at = ? WHERE id = ?").writing()?;
            mark.execute((now.micros(), step.id.0)).writing()?;
            Ok(())
        })?;
        let touched = self.first_touched(step.id)?;
        Ok(Undone { step, touched })
    }

    /// Makes the step again that was undone last.
    ///
    /// # Errors
    /// [`StoreError::NothingToRedo`], [`StoreError::ChangedSince`].
    pub fn redo(&mut self) -> Result<Undone, StoreError> {
        self.writable()?;
        let step = self.first_undone()?.ok_or(StoreError::NothingToRedo)?;
        self.in_transaction(|store| {
            store.each_touched(step.id, |touched| store.make_again(step.id, touched))?;
            store.set_outbox("UPDATE outbox SET state = 'waiting' WHERE step_id = ? AND state = 'undone'", step.id)?;
            store.set_outbox("UPDATE outbox SET state = 'settled' WHERE settled_by = ? AND state = 'waiting'", step.id)?;
            store
                .connection
                .prepare_cached("UPDATE step SET undone_at = NULL WHERE id = ?")
                .writing()?
                .execute([step.id.0])
                .writing()?;
            Ok(())
        })?;
        let touched = self.first_touched(step.id)?;
        Ok(Undone { step, touched })
    }

    fn last_done(&self) -> Result<Option<StepRecord>, StoreError> {
        let sql = format!("SELECT {STEP} FROM step WHERE undoable = 1 AND undone_at IS NULL ORDER BY id DESC LIMIT 1");
        self.one_step(&sql)
    }

    fn first_undone(&self) -> Result<Option<StepRecord>, StoreError> {
        let sql = format!("SELECT {STEP} FROM step WHERE undoable = 1 AND undone_at IS NOT NULL ORDER BY id LIMIT 1");
        self.one_step(&sql)
    }

    /// Ends the way forward: after a new step of the rep, what was undone before cannot be made again.
    pub(super) fn end_redo(&self) -> Result<(), StoreError> {
        let sql = "UPDATE step SET undoable = 0 WHERE undoable = 1 AND undone_at IS NOT NULL";
        self.connection.prepare_cached(sql).writing()?.execute([]).writing()?;
        Ok(())
    }

    fn one_step(&self, sql: &str) -> Result<Option<StepRecord>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([]).reading()?;
        rows.next().reading()?.map(step_record).transpose()
    }

    fn refuse_written(&self, step: StepId) -> Result<(), StoreError> {
        let sql = "SELECT opportunity_id FROM outbox WHERE step_id = ? AND state = 'written' LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let written: Option<i64> = statement.query_row([step.0], |row| row.get(0)).optional().reading()?;
        written.map_or(Ok(()), |id| Err(StoreError::Written { id: OpportunityId(id) }))
    }

    /// Reads the rows of a step a batch at a time: an import may have touched a million.
    fn each_touched(&self, step: StepId, mut work: impl FnMut(&Touched) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut after = i64::MIN;
        loop {
            let sql = "SELECT opportunity_id, what, delta FROM history WHERE step_id = ? AND opportunity_id > ? ORDER BY opportunity_id LIMIT 500";
            let mut statement = self.connection.prepare_cached(sql).reading()?;
            let rows = statement
                .query_map((step.0, after), |row| {
                    let created = row.get::<_, String>(1)? == CREATED;
                    Ok(Touched { id: OpportunityId(row.get(0)?), created, delta: row.get(2)? })
                })
                .reading()?;
            let batch: Vec<Touched> = rows.collect::<rusqlite::Result<_>>().reading()?;
            drop(statement);
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.id.0;
            batch.iter().try_for_each(&mut work)?;
        }
    }

    fn take_back(&self, step: StepId, touched: &Touched) -> Result<(), StoreError> {
        self.refuse_changed_since(step, touched)?;
        let held = self.get(touched.id)?;
        if touched.created {
            return self.take_creation_back(step, held);
        }
        let delta = read_delta(touched.delta.as_deref().unwrap_or_default())?;
        let mut before = held.clone();
        delta.set(&mut before, Way::Back)?;
        self.write(&held, &mut before)
    }

    /// Removes an opportunity that a step made, keeping an image of it for redo; a later expiry is taken back with it.
    fn take_creation_back(&self, step: StepId, mut held: Held) -> Result<(), StoreError> {
        let id = held.opportunity.id;
        let later = "SELECT history.step_id, delta FROM history JOIN step ON step.id = history.step_id \
                     WHERE opportunity_id = ? AND step_id > ? AND undone_at IS NULL ORDER BY step_id DESC";
        let mut statement = self.connection.prepare_cached(later).reading()?;
        let steps = statement.query_map((id.0, step.0), |row| Ok((row.get(0)?, row.get(1)?))).reading()?;
        let steps: Vec<(i64, Option<String>)> = steps.collect::<rusqlite::Result<_>>().reading()?;
        for (later, delta) in steps {
            read_delta(delta.as_deref().unwrap_or_default())?.set(&mut held, Way::Back)?;
            let forget = "DELETE FROM history WHERE opportunity_id = ? AND step_id = ?";
            self.connection.prepare_cached(forget).writing()?.execute((id.0, later)).writing()?;
        }
        // What its own making put there is undone with it, and comes back with it.
        let unsent = "DELETE FROM outbox WHERE opportunity_id = ? AND state = 'waiting' AND step_id <> ?";
        self.connection.prepare_cached(unsent).writing()?.execute((id.0, step.0)).writing()?;
        let draft = self.draft_again(step, &held.opportunity)?;
        let image = json!(Image { opportunity: held.opportunity, extra: held.extra, draft }).to_string();
        self.delete(id)?;
        self.set_delta(step, id, Some(&image))
    }

    fn make_again(&self, step: StepId, touched: &Touched) -> Result<(), StoreError> {
        let text = touched.delta.as_deref().unwrap_or_default();
        if touched.created {
            let image: Image = serde_json::from_str(text).map_err(|_| StoreError::Damaged("an undone opportunity".into()))?;
            let held = Held {
                opportunity: image.opportunity,
                extra: image.extra,
                base: Default::default(),
                conflicts: Default::default(),
            };
            self.drop_draft_left(&held.opportunity, image.draft)?;
            self.insert(&held, Some(touched.id))?;
            return self.set_delta(step, touched.id, None);
        }
        self.refuse_changed_since(step, touched)?;
        let held = self.get(touched.id)?;
        let mut after = held.clone();
        read_delta(text)?.set(&mut after, Way::Forth)?;
        self.write(&held, &mut after)
    }

    /// Makes a draft again of a deal of our own whose making is taken back.
    fn draft_again(&self, step: StepId, deal: &Opportunity) -> Result<Option<DraftId>, StoreError> {
        let kind: String = self
            .connection
            .prepare_cached("SELECT kind FROM step WHERE id = ?")
            .reading()?
            .query_row([step.0], |row| row.get(0))
            .reading()?;
        if kind != StepKind::Create.code() {
            return Ok(None);
        }
        let made = deal.created_at.unwrap_or(deal.updated_at);
        let draft = self.new_draft(made)?;
        self.keep_draft(DraftKey::New(draft), &DealDraft::whole(deal).texts(), made)?;
        Ok(Some(draft))
    }

    /// Forgets the draft that was left, unless somebody went on with it.
    fn drop_draft_left(&self, deal: &Opportunity, draft: Option<DraftId>) -> Result<(), StoreError> {
        let Some(key) = draft.map(DraftKey::New) else { return Ok(()) };
        if self.draft(key)? == Some(DealDraft::whole(deal).texts()) {
            self.drop_draft(key)?;
        }
        Ok(())
    }

    fn set_delta(&self, step: StepId, id: OpportunityId, delta: Option<&str>) -> Result<(), StoreError> {
        let sql = "UPDATE history SET delta = ? WHERE step_id = ? AND opportunity_id = ?";
        self.connection.prepare_cached(sql).writing()?.execute((delta, step.0, id.0)).writing()?;
        Ok(())
    }

    /// Refuses when a later step that still stands touched the opportunity; expiry may have followed its creation.
    fn refuse_changed_since(&self, step: StepId, touched: &Touched) -> Result<(), StoreError> {
        let sql = "SELECT step.kind, step.at FROM history JOIN step ON step.id = history.step_id \
                   WHERE history.opportunity_id = ? AND history.step_id > ? AND step.undone_at IS NULL \
                   AND NOT (? AND step.kind = ?) LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let key = (touched.id.0, step.0, touched.created, StepKind::Expire.code());
        let later: Option<(String, i64)> = statement.query_row(key, |row| Ok((row.get(0)?, row.get(1)?))).optional().reading()?;
        match later {
            Some((by, at)) => Err(StoreError::ChangedSince { id: touched.id, by, at: Timestamp::from_micros(at) }),
            None => Ok(()),
        }
    }

    fn set_outbox(&self, sql: &'static str, step: StepId) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql).writing()?.execute([step.0]).writing()?;
        Ok(())
    }

    fn first_touched(&self, step: StepId) -> Result<Option<OpportunityId>, StoreError> {
        let sql = "SELECT history.opportunity_id FROM history JOIN opportunity ON opportunity.id = history.opportunity_id \
                   WHERE history.step_id = ? LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        Ok(statement.query_row([step.0], |row| row.get(0)).optional().reading()?.map(OpportunityId))
    }
}
