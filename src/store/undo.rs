//! Takes the last step back, and makes it again: each is a step of its own, all of it in one transaction, or nothing with the reason.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row};

use super::confirmed::Gone;
use super::delta::{read_delta, read_image};
use super::drafts::DraftKey;
use super::error::{StoreError, While};
use super::history::{Happened, STEP, StepKind, StepOrigin, StepRecord, UNDONE, due, step_record};
use super::journal::{Aside, Journal};
use super::open::Store;
use crate::domain::draft::DealDraft;
use crate::domain::ids::{DraftId, OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::role::Deed;
use crate::domain::stage::Stage;

/// What undo and redo would do now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Steps {
    /// The step that would be taken back.
    pub undo: Option<StepRecord>,
    /// The step that would be made again.
    pub redo: Option<StepRecord>,
    /// Whether upload files were written after the step that would be taken back: that is final, and done later.
    pub written: bool,
    /// The list that was imported after it, which undo does not take back.
    pub list: Option<String>,
    /// What ends with a database that lies in memory only; `None` where it lies in a file.
    pub fleeting: Option<Fleeting>,
}

/// What was done in a database that lies in memory only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fleeting {
    /// Steps of the rep, and imports, that stand.
    pub steps: u64,
    /// The last of these.
    pub last: Option<StepId>,
    /// Forms in which something was typed that is not saved.
    pub drafts: u64,
}

/// A step that was taken back or made again.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    pub step: StepRecord,
    /// One of the opportunities it touched, to show it; `None` if none of them is there any more.
    pub touched: Option<OpportunityId>,
    /// Registrations that have left though Partner Center is not known any more to have their deals as won.
    pub unfounded: Vec<Unfounded>,
}

/// A registration that has left for Partner Center, which is not known any more to have its deal as won.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfounded {
    pub id: OpportunityId,
    pub title: String,
    /// The file that it stands in and that is not answered.
    pub file: Option<String>,
}

/// Why a step cannot be taken back, whatever came after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotUndone {
    /// The time had come, or had not.
    Clock,
    /// It takes another one back, or makes one again.
    OfAnother,
    /// It is taken back already.
    Already,
    /// It has left the machine.
    Sent,
}

impl NotUndone {
    /// Returns why not; `None` for a step of the rep's own that stands.
    pub fn of(step: &StepRecord) -> Option<Self> {
        match step.kind {
            _ if step.origin == StepOrigin::Clock => Some(Self::Clock),
            _ if step.origin == StepOrigin::Center => Some(Self::Sent),
            StepKind::Undo | StepKind::Redo => Some(Self::OfAnother),
            _ => step.undone_at.map(|_| Self::Already),
        }
    }
}

/// A row of the history, as undo reads it.
struct Touched {
    id: OpportunityId,
    what: Happened,
    delta: Option<String>,
}

impl Store {
    /// Returns what undo and redo would do now.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn undo_and_redo(&self) -> Result<Steps, StoreError> {
        let redo = match self.undone_last()? {
            Some(undo) => undo.reverts.map(|step| self.step(step)).transpose()?.flatten(),
            None => None,
        };
        // What is not seen is not offered.
        let seen = |step: Option<StepRecord>| match step {
            Some(step) => self.sees_step(&step).map(|sees| sees.then_some(step)),
            None => Ok(None),
        };
        let undo = seen(self.standing_last()?)?;
        let written = undo.as_ref().map_or(Ok(false), |step| self.is_written_after(step.id))?;
        let list = self.list_since(undo.as_ref().map(|step| step.id))?;
        let fleeting = if self.is_in_memory() { Some(self.count_fleeting()?) } else { None };
        Ok(Steps { undo, redo: seen(redo)?, written, list, fleeting })
    }

    /// Counts what ends with the database. Only of one in memory: it never holds so many that this would be felt.
    fn count_fleeting(&self) -> Result<Fleeting, StoreError> {
        let stands = format!("FROM step WHERE origin IN ('rep', 'file') AND kind NOT IN ('undo', 'redo') AND {UNDONE} IS NULL");
        let sql = format!(
            "SELECT (SELECT count(*) {stands}), (SELECT max(id) {stands}), (SELECT count(*) FROM draft WHERE content <> '{{}}')"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let fleeting = |row: &rusqlite::Row<'_>| {
            Ok(Fleeting { steps: row.get(0)?, last: row.get::<_, Option<i64>>(1)?.map(StepId), drafts: row.get(2)? })
        };
        statement.query_row([], fleeting).reading()
    }

    fn is_written_after(&self, step: StepId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM step WHERE id > ? AND kind = ?)";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        statement.query_row((step.0, StepKind::Write.code()), |row| row.get(0)).reading()
    }

    /// Takes the last step back.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`]; [`StoreError::Written`] once it went into an upload file;
    /// [`StoreError::ChangedSince`] when something later changed the same.
    pub fn undo(&mut self, now: Timestamp) -> Result<Undone, StoreError> {
        self.undo_only(None, now)
    }

    /// As [`Store::undo`], but only where that is the step that is meant, if one is.
    ///
    /// # Errors
    /// [`StoreError::NotTheLast`] when another one came after it; then nothing is taken back.
    pub fn undo_only(&mut self, meant: Option<StepId>, now: Timestamp) -> Result<Undone, StoreError> {
        self.revert(StepKind::Undo, now, |store| {
            let step = store.standing_last()?.ok_or(StoreError::NothingToUndo)?;
            if meant.is_some_and(|meant| meant != step.id) {
                return Err(StoreError::NotTheLast(Box::new(step)));
            }
            store.refuse_written(step.id)?;
            Ok((step.id, step))
        })
    }

    /// Takes one step back, whichever it is, where nothing later changed what it made or changed.
    ///
    /// # Errors
    /// [`StoreError::NotUndone`] for what is no step of the rep's own that stands; as [`Store::undo`].
    pub fn undo_step(&mut self, step: StepId, now: Timestamp) -> Result<Undone, StoreError> {
        self.revert(StepKind::Undo, now, |store| {
            let record = store.step(step)?.ok_or(StoreError::NothingToUndo)?;
            if let Some(why) = NotUndone::of(&record) {
                return Err(StoreError::NotUndone(why));
            }
            store.refuse_written(step)?;
            store.each_touched(step, |touched| store.refuse_overlaid(step, touched))?;
            store.refuse_record_overlaid(step)?;
            Ok((step, record))
        })
    }

    /// Looks whether something that came after a step keeps it from being taken back, without taking it back.
    ///
    /// # Errors
    /// What would be said of it: as [`Store::undo_step`].
    pub fn may_undo(&self, step: StepId) -> Result<(), StoreError> {
        self.refuse_written(step)?;
        self.refuse_record_overlaid(step)?;
        // Only what was touched again since: an import may have touched a million.
        let sql = "SELECT mine.opportunity_id, mine.what, mine.delta \
                   FROM (SELECT DISTINCT opportunity_id FROM history WHERE step_id > ?1) AS later \
                   CROSS JOIN history AS mine ON mine.step_id = ?1 AND mine.opportunity_id = later.opportunity_id";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([step.0]).reading()?;
        while let Some(row) = rows.next().reading()? {
            self.refuse_overlaid(step, &touched(row).reading()?)?;
        }
        Ok(())
    }

    /// Returns what a rep knows one by; its number where it is not there any more.
    pub(super) fn title_of(&self, id: OpportunityId) -> String {
        self.held(id).map_or_else(|_| id.to_string(), |held| held.opportunity.title().to_string())
    }

    /// Refuses to take a step back where one that stands came after it and changed the same: of what it made that is anything.
    fn refuse_overlaid(&self, step: StepId, touched: &Touched) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT step.kind, step.at, history.delta FROM history JOIN step ON step.id = history.step_id \
             WHERE history.opportunity_id = ? AND history.step_id > ? AND history.what NOT IN ('lapsed', 'revived', 'sent', 'refused') \
             AND step.kind NOT IN ('undo', 'redo') AND {UNDONE} IS NULL ORDER BY step.id DESC"
        );
        let delta = match touched.what {
            Happened::Changed => Some(read_delta(touched.delta.as_deref().unwrap_or_default())?),
            Happened::Made | Happened::Removed => None,
            Happened::Lapsed | Happened::Revived | Happened::Sent | Happened::Refused => return Ok(()),
        };
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query((touched.id.0, step.0)).reading()?;
        while let Some(row) = rows.next().reading()? {
            let later: Option<String> = row.get(2).reading()?;
            let overlaid = match (&delta, later) {
                (Some(delta), Some(later)) => delta.shares_with(&read_delta(&later)?),
                _ => true,
            };
            if overlaid {
                let (by, at) = (row.get(0).reading()?, Timestamp::from_micros(row.get(1).reading()?));
                return Err(StoreError::ChangedSince { id: touched.id, title: self.title_of(touched.id), by, at });
            }
        }
        Ok(())
    }

    /// Makes the step again that was undone last.
    ///
    /// # Errors
    /// [`StoreError::NothingToRedo`], [`StoreError::ChangedSince`].
    pub fn redo(&mut self, now: Timestamp) -> Result<Undone, StoreError> {
        self.revert(StepKind::Redo, now, |store| {
            let undo = store.undone_last()?.ok_or(StoreError::NothingToRedo)?;
            let step = undo.reverts.map(|step| store.step(step)).transpose()?.flatten().ok_or(StoreError::NothingToRedo)?;
            Ok((undo.id, step))
        })
    }

    /// Appends a step that takes another back, chosen while nobody else can write: which it is, and what a rep knows it by.
    fn revert(
        &mut self,
        kind: StepKind,
        now: Timestamp,
        choose: impl FnOnce(&Self) -> Result<(StepId, StepRecord), StoreError>,
    ) -> Result<Undone, StoreError> {
        self.may(Deed::TakeBack)?;
        let (target, step, unfounded) = self.in_transaction(|store| {
            let (target, shown) = choose(store)?;
            let registered = store.registered_as_won(&shown)?;
            let mut journal = store.begin_reverting(kind, target, &shown, now)?;
            let gone = store.gone_before(target)?;
            store.each_touched(target, |touched| store.take_back(&mut journal, (target, &shown, &gone), touched))?;
            journal.take_records_back(target)?;
            // What only answered what was written changed nothing else: that it is taken back has to stand somewhere all the same.
            let by = journal.number()?;
            store.take_confirmed_back(target, &gone, by)?;
            journal.note_picture(store.take_picture_back(target, &gone)?);
            journal.end()?;
            Ok((target, shown, store.unfounded(registered)?))
        })?;
        // What comes back may be overdue by now.
        let _ = self.follow_clock(now);
        let touched = self.first_touched(target)?;
        Ok(Undone { step, touched, unfounded })
    }

    fn take_back(
        &self,
        journal: &mut Journal<'_>,
        (target, shown, gone): (StepId, &StepRecord, &Gone),
        touched: &Touched,
    ) -> Result<(), StoreError> {
        let text = touched.delta.as_deref().unwrap_or_default();
        // What is made again is dated as it was then.
        let is_undo = journal.kind() == StepKind::Undo;
        match touched.what {
            Happened::Made => {
                let held = self.held(touched.id)?;
                let draft = if shown.kind == StepKind::Create { self.draft_again(&held.opportunity)? } else { None };
                journal.put(Some(&held), None, Aside { draft, ..Aside::default() })?;
            }
            Happened::Removed => {
                let image = read_image(text)?;
                let mut held = image.held()?;
                held.opportunity.id = touched.id;
                self.seen_before(&mut held.opportunity, journal.at())?;
                self.drop_draft_left(&held.opportunity, image.draft)?;
                journal.put(None, Some(held), Aside::default())?;
            }
            Happened::Changed => {
                let delta = read_delta(text)?;
                let held = self.held(touched.id)?;
                if !delta.still_stands(&held) {
                    return Err(self.changed_since(target, touched.id)?);
                }
                let mut before = held.clone();
                delta.take_back(&mut before)?;
                if before.told != held.told {
                    before.told = gone.before(touched.id, before.told);
                }
                let last = &mut before.opportunity.updated_at;
                if is_undo && *last != held.opportunity.updated_at {
                    *last = self.standing_date(touched.id, target, *last)?;
                }
                if !before.opportunity.stage.same(&held.opportunity.stage) {
                    self.seen_before(&mut before.opportunity, journal.at())?;
                }
                let aside = Aside { foreign: delta.foreign_taken_back(), ..Aside::default() };
                journal.put(Some(&held), Some(before), aside)?;
            }
            // What the clock makes of it follows from what is held.
            Happened::Lapsed | Happened::Revived | Happened::Sent | Happened::Refused => {}
        }
        Ok(())
    }

    /// Shows one as expired where that was told of the same deadline, and no clock has gone back since: it is told once (MG-65).
    fn seen_before(&self, opportunity: &mut Opportunity, now: Timestamp) -> Result<(), StoreError> {
        let seen = opportunity.stage.seen_at(now);
        let Some(over) = seen.deadline().filter(|_| matches!(seen, Stage::Lapsed { .. })) else { return Ok(()) };
        let sql = "SELECT delta FROM history WHERE opportunity_id = ?1 AND what = 'lapsed' AND step_id > \
                   (SELECT coalesce(max(step_id), 0) FROM history WHERE opportunity_id = ?1 AND what = 'revived')";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([opportunity.id.0]).reading()?;
        while let Some(row) = rows.next().reading()? {
            let kept: Option<String> = row.get(0).reading()?;
            if kept.and_then(|kept| due(&kept)) == Some(over.at) {
                opportunity.stage = seen;
                break;
            }
        }
        Ok(())
    }

    /// Returns when one was last changed by what stands before a step, which has left it dated so: that may be the date of a step that
    /// was taken back alone since.
    fn standing_date(&self, id: OpportunityId, before: StepId, mut date: Timestamp) -> Result<Timestamp, StoreError> {
        let sql = format!(
            "SELECT history.delta, {UNDONE} IS NOT NULL FROM history JOIN step ON step.id = history.step_id \
             WHERE history.opportunity_id = ? AND history.step_id < ? AND history.what NOT IN ('created', 'removed', 'lapsed', 'revived', 'sent', 'refused') \
             AND step.kind NOT IN ('undo', 'redo') ORDER BY history.step_id DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query((id.0, before.0)).reading()?;
        while let Some(row) = rows.next().reading()? {
            let (delta, is_undone): (Option<String>, bool) = (row.get(0).reading()?, row.get(1).reading()?);
            let Some(delta) = delta.filter(|_| is_undone) else { break };
            date = read_delta(&delta)?.date_before(date);
        }
        Ok(date)
    }

    /// Returns the last step of the rep that stands: what an undo has taken back, and the undo, are passed over together.
    pub(super) fn standing_last(&self) -> Result<Option<StepRecord>, StoreError> {
        let mut before = None;
        // Any step may have been taken back, not only the last.
        let mut gone = BTreeSet::new();
        while let Some(step) = self.on_stack(before)? {
            before = Some(step.id);
            match (step.kind, step.reverts) {
                _ if gone.remove(&step.id) => {}
                (StepKind::Undo, Some(undone)) => drop(gone.insert(undone)),
                // What was made again stands, unless it was taken back once more.
                (StepKind::Redo, Some(undo)) => match self.step(undo)?.and_then(|undo| undo.reverts) {
                    Some(again) if !gone.contains(&again) => return self.step(again),
                    _ => drop(gone.insert(undo)),
                },
                _ => return Ok(Some(step)),
            }
        }
        Ok(None)
    }

    /// Returns the undo that can be taken back; a step of the rep after it has ended that.
    fn undone_last(&self) -> Result<Option<StepRecord>, StoreError> {
        let mut before = None;
        while let Some(step) = self.on_stack(before)? {
            match (step.kind, step.reverts) {
                (StepKind::Undo, _) => return Ok(Some(step)),
                (StepKind::Redo, Some(undo)) => before = Some(undo),
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Returns the last of the rep's own steps and imports before one: the machine's are on no stack.
    fn on_stack(&self, before: Option<StepId>) -> Result<Option<StepRecord>, StoreError> {
        let sql = format!(
            "SELECT {STEP} FROM step WHERE (origin = 'rep' OR origin = 'file') AND undone_at IS NULL AND id < ? ORDER BY id DESC LIMIT 1"
        );
        self.one_step(&sql, before.map_or(i64::MAX, |step| step.0))
    }

    fn step(&self, step: StepId) -> Result<Option<StepRecord>, StoreError> {
        self.one_step(&format!("SELECT {STEP} FROM step WHERE id = ?"), step.0)
    }

    fn one_step(&self, sql: &str, key: i64) -> Result<Option<StepRecord>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([key]).reading()?;
        rows.next().reading()?.map(step_record).transpose()
    }

    /// Reads the rows of a step a batch at a time: an import may have touched a million.
    fn each_touched(&self, step: StepId, mut work: impl FnMut(&Touched) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut after = i64::MIN;
        loop {
            let sql = "SELECT opportunity_id, what, delta FROM history WHERE step_id = ? AND opportunity_id > ? ORDER BY opportunity_id LIMIT 500";
            let mut statement = self.connection.prepare_cached(sql).reading()?;
            let rows = statement.query_map((step.0, after), touched).reading()?;
            let batch: Vec<Touched> = rows.collect::<rusqlite::Result<_>>().reading()?;
            drop(statement);
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.id.0;
            batch.iter().try_for_each(&mut work)?;
        }
    }

    /// Makes a draft again of a deal of our own whose making is taken back.
    fn draft_again(&self, deal: &Opportunity) -> Result<Option<DraftId>, StoreError> {
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

    /// Says which later step changed what one would take back.
    fn changed_since(&self, step: StepId, id: OpportunityId) -> Result<StoreError, StoreError> {
        let sql = "SELECT step.kind, step.at FROM history JOIN step ON step.id = history.step_id \
                   WHERE history.opportunity_id = ? AND history.step_id > ? AND history.what NOT IN ('created', 'removed', 'lapsed', 'revived', 'sent', 'refused') \
                   ORDER BY history.step_id DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let later: Option<(String, i64)> =
            statement.query_row((id.0, step.0), |row| Ok((row.get(0)?, row.get(1)?))).optional().reading()?;
        Ok(match later {
            Some((by, at)) => StoreError::ChangedSince { id, title: self.title_of(id), by, at: Timestamp::from_micros(at) },
            None => StoreError::Damaged("a step in the history does not fit what is held".into()),
        })
    }

    fn first_touched(&self, step: StepId) -> Result<Option<OpportunityId>, StoreError> {
        let sql = "SELECT history.opportunity_id FROM history JOIN opportunity ON opportunity.id = history.opportunity_id \
                   WHERE history.step_id = ? LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        Ok(statement.query_row([step.0], |row| row.get(0)).optional().reading()?.map(OpportunityId))
    }
}

fn touched(row: &Row<'_>) -> rusqlite::Result<Touched> {
    let what = Happened::read(row.get_ref(1)?.as_str().unwrap_or_default());
    Ok(Touched { id: OpportunityId(row.get(0)?), what, delta: row.get(2)? })
}
