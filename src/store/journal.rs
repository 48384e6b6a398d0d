//! The one door: every change of an opportunity is put on paper here, with its row, search words, history and notices.
//!
//! A journal is one step: it is begun, changes are put into it, it is ended. What is in it is never changed afterwards; a step is
//! taken back by a later one. What a step was is read in `history`.

use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use serde_json::{Value, json};

use super::confirmed::Pictured;
use super::convert;
use super::delta::{Delta, Image, written};
use super::error::{StoreError, While};
use super::history::{Detail, Happened, StepKind, StepRecord};
use super::open::Store;
use super::read::shelf;
use crate::domain::deadline::{Basis, Deadline};
use crate::domain::document::{Column, Document};
use crate::domain::field::Named;
use crate::domain::held::Held;
use crate::domain::ids::{DraftId, OpportunityId, StepId, Uid};
use crate::domain::instant::Timestamp;
use crate::domain::stage::Stage;
use crate::domain::told::Told;

/// One step while it is made, inside a transaction.
pub(super) struct Journal<'a> {
    store: &'a Store,
    kind: StepKind,
    at: Timestamp,
    reverts: Option<StepId>,
    detail: Detail,
    /// Days to respond, as the database counts them: programs with other settings must not move each other's deadlines.
    days: i64,
    /// Its number, once there is something in it.
    step: Option<StepId>,
}

/// What a change leaves beside what it changes.
#[derive(Debug, Default)]
pub(super) struct Aside {
    /// The draft that was left of a deal whose making is taken back.
    pub draft: Option<DraftId>,
    /// Fields that this version does not know, old and new.
    pub foreign: Vec<(Named, Value, Value)>,
}

impl Store {
    /// Begins a step; it gets its number with the first change that is put into it.
    pub(super) fn begin(&self, kind: StepKind, at: Timestamp) -> Result<Journal<'_>, StoreError> {
        self.forget_numbers();
        let days = self.response_days()?;
        Ok(Journal { store: self, kind, at, reverts: None, detail: Detail::default(), days, step: None })
    }

    /// Returns the days to respond, as the database counts them.
    pub(super) fn response_days(&self) -> Result<i64, StoreError> {
        Ok(self.meta("response_days")?.and_then(|days| days.parse().ok()).unwrap_or(self.settings.response_days))
    }

    /// Begins a step that takes `target` back. `shown` is what a rep did by it, or had undone by it.
    pub(super) fn begin_reverting(
        &self,
        kind: StepKind,
        target: StepId,
        shown: &StepRecord,
        at: Timestamp,
    ) -> Result<Journal<'_>, StoreError> {
        let detail = Detail { of: Some(shown.kind), files: shown.files.clone(), ..Detail::default() };
        Ok(Journal { reverts: Some(target), detail, ..self.begin(kind, at)? })
    }
}

impl<'a> Journal<'a> {
    /// Puts one change on paper and returns what is held then. `None` before is a making, `None` after a removal; a change that
    /// changes nothing leaves no trace.
    pub(super) fn put(&mut self, before: Option<&Held>, after: Option<Held>, aside: Aside) -> Result<Option<Held>, StoreError> {
        self.check(self.store, before, after.as_ref())?;
        match (before, after) {
            (None, None) => Ok(None),
            (None, Some(made)) => self.make(made).map(Some),
            (Some(before), Some(after)) => self.change(before, after, aside.foreign).map(Some),
            (Some(before), None) => self.remove(before, aside.draft).map(|()| None),
        }
    }

    fn make(&mut self, mut made: Held) -> Result<Held, StoreError> {
        let step = self.step()?;
        if made.opportunity.uid().is_none() {
            made.opportunity.uid = Some(self.store.draw_uid()?);
        }
        count_days(&mut made, self.days, self.at);
        // The outbox speaks of it by its number, which it gets only now.
        let notice = made.notice();
        made.opportunity.waiting = made.has_update() || notice.is_some();
        let id = self.store.insert(&made)?;
        made.opportunity.id = id;
        if let Some(notice) = notice {
            self.store.put_notice(id, &notice, step, self.at)?;
        }
        // What a file brought, or what comes back, is not written twice: the row walked back through later changes is its image.
        let image = (self.kind == StepKind::Create).then(|| written(&Image::of(&made)));
        self.note(step, id, Happened::Made, image.as_deref(), &made)?;
        if self.kind == StepKind::Import {
            let shelf = shelf(made.opportunity.direction(), made.opportunity.stage.kind());
            self.detail.stood.get_or_insert_default()[usize::from(shelf)] += 1;
        }
        Ok(made)
    }

    fn change(&mut self, before: &Held, mut after: Held, foreign: Vec<(Named, Value, Value)>) -> Result<Held, StoreError> {
        count_days(&mut after, self.days, self.at);
        let mut delta = Delta::between(before, &after);
        delta.fields.extend(foreign);
        // A step that only dated it is taken back, too; what Partner Center told since of when it was known is no step.
        let is_dated = self.reverts.is_some() && before.opportunity.updated_at != after.opportunity.updated_at;
        let is_news = !delta.is_empty() || is_dated;
        if !is_news && before.opportunity.stage == after.opportunity.stage {
            return Ok(before.clone());
        }
        let step = self.step()?;
        let id = after.opportunity.id;
        let (happened, kept) = if !is_news {
            let due = after.opportunity.stage.deadline().map(|deadline| json!({ "due": deadline.at }).to_string());
            (if after.opportunity.is_archived() { Happened::Lapsed } else { Happened::Revived }, due)
        } else {
            // Only news is a new version: a form that is open over it need not be refused for what the clock makes of it.
            after.opportunity.version.0 = before.opportunity.version.0 + 1;
            (Happened::Changed, Some(written(&delta)))
        };
        let notice = self.store.settle_notice(before, &after, step, self.at)?;
        after.opportunity.waiting = after.has_update() || notice;
        self.store.update(before, &after)?;
        if happened == Happened::Changed {
            self.note_changed(step, id, &delta, &after)?;
        } else {
            self.note(step, id, happened, kept.as_deref(), &after)?;
        }
        Ok(after)
    }

    fn remove(&mut self, before: &Held, draft: Option<DraftId>) -> Result<(), StoreError> {
        let step = self.step()?;
        let id = before.opportunity.id;
        let mut image = Image::of(before);
        image.draft = draft;
        self.store.delete(before)?;
        self.store.drop_notices(id)?;
        self.note(step, id, Happened::Removed, Some(&written(&image)), before)
    }

    /// Ends the step; `None` when nothing was put into it.
    pub(super) fn end(self) -> Result<Option<StepId>, StoreError> {
        let Some(step) = self.step else { return Ok(None) };
        let sql = "UPDATE step SET detail = ? WHERE id = ?";
        let mut statement = self.store.connection.prepare_cached(sql).writing()?;
        statement.execute((json!(self.detail).to_string(), step.0)).writing()?;
        Ok(Some(step))
    }

    pub(super) const fn store(&self) -> &'a Store {
        self.store
    }

    /// Counts a record that the step touched; a rep knows it by its name. One beside a deal is part of what became of that.
    pub(super) fn count_record(&mut self, name: &str, became: Happened, did: Option<String>) {
        if self.detail.only.is_some() {
            return;
        }
        self.detail.count += 1;
        let is_one = self.detail.count == 1;
        // Of several it is told where it is the same of all.
        self.detail.did = did.filter(|did| is_one || self.detail.did.as_ref() == Some(did));
        self.detail.record = is_one.then(|| name.to_owned());
        self.detail.became = (is_one && became != Happened::Changed).then(|| became.code().to_owned());
    }

    pub(super) const fn kind(&self) -> StepKind {
        self.kind
    }

    pub(super) const fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns the days to respond, where Partner Center does not say.
    pub(super) const fn days(&self) -> i64 {
        self.days
    }

    /// Names the files an import took.
    pub(super) fn name_files(&mut self, files: Vec<String>) {
        self.detail.files = files;
        self.detail.stood.get_or_insert_default();
    }

    /// Notes of when the newest download was before the step, and is by it.
    pub(super) const fn note_picture(&mut self, picture: Option<Pictured>) {
        self.detail.picture = picture;
    }

    /// Names the upload files that are written.
    pub(super) fn name_uploads(&mut self, files: Vec<String>) {
        self.detail.files = files;
    }

    /// Notes that one went into an upload file, as it is held; returns the step.
    pub(super) fn sent(&mut self, held: &Held, file: &str, line: u64) -> Result<StepId, StoreError> {
        self.check(self.store, Some(held), None)?;
        let step = self.step()?;
        let kept = json!({ "file": file, "line": line }).to_string();
        self.note(step, held.opportunity.id, Happened::Sent, Some(&kept), held)?;
        Ok(step)
    }

    /// Notes why Partner Center took nothing of what was sent of one; returns the step. What else the step does to it is told by that.
    pub(super) fn refused(&mut self, held: &Held, message: &str) -> Result<StepId, StoreError> {
        let step = self.step()?;
        let sql = "SELECT EXISTS (SELECT 1 FROM history WHERE step_id = ? AND opportunity_id = ?)";
        let mut statement = self.store.connection.prepare_cached(sql).reading()?;
        let told: bool = statement.query_row((step.0, held.opportunity.id.0), |row| row.get(0)).reading()?;
        if !told {
            self.note(step, held.opportunity.id, Happened::Refused, Some(message), held)?;
        }
        Ok(step)
    }

    /// Returns the step, which is begun where it was not.
    pub(super) fn number(&mut self) -> Result<StepId, StoreError> {
        self.step()
    }

    /// Dates the step at what it is about: an expiry at its deadline, whenever it was noticed (MG-65).
    pub(super) const fn date(&mut self, due: Timestamp) {
        self.detail.due = Some(due);
    }

    /// Returns where the step stands, to come [`Journal::back_to`] when the file that is read breaks off.
    pub(super) fn mark(&self) -> (Option<StepId>, Detail) {
        (self.step, self.detail.clone())
    }

    pub(super) fn back_to(&mut self, (step, detail): (Option<StepId>, Detail)) {
        self.store.forget_numbers();
        (self.step, self.detail) = (step, detail);
    }

    fn step(&mut self) -> Result<StepId, StoreError> {
        if let Some(step) = self.step {
            return Ok(step);
        }
        let sql = "INSERT INTO step (uid, at, kind, detail, origin, author, replica, reverts) \
                   VALUES (?, ?, ?, '{}', ?, ?, (SELECT value FROM meta WHERE key = 'replica'), ?)";
        let mut statement = self.store.connection.prepare_cached(sql).writing()?;
        let uid = self.store.draw_uid()?;
        let (author, origin) = (&self.store.settings.author, self.kind.origin().code());
        let reverts = self.reverts.map(|step| step.0);
        statement.execute((uid.as_str(), self.at.micros(), self.kind.code(), origin, author, reverts)).writing()?;
        let step = StepId(self.store.connection.last_insert_rowid());
        self.step = Some(step);
        Ok(step)
    }

    fn note(&mut self, step: StepId, id: OpportunityId, what: Happened, kept: Option<&str>, of: &Held) -> Result<(), StoreError> {
        let sql = "INSERT OR FAIL INTO history (step_id, opportunity_id, what, delta) VALUES (?, ?, ?, ?)";
        self.store.connection.prepare_cached(sql).writing()?.execute((step.0, id.0, what.code(), kept)).writing()?;
        self.count(id, of);
        Ok(())
    }

    /// One file may speak of the same opportunity twice: the step then tells the whole change.
    fn note_changed(&mut self, step: StepId, id: OpportunityId, delta: &Delta, of: &Held) -> Result<(), StoreError> {
        let sql = "INSERT INTO history (step_id, opportunity_id, what, delta) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        let key = (step.0, id.0, Happened::Changed.code(), written(delta));
        let new = self.store.connection.prepare_cached(sql).writing()?.execute(key).writing()? == 1;
        if new {
            self.count(id, of);
            return Ok(());
        }
        let read = "SELECT delta, what FROM history WHERE step_id = ? AND opportunity_id = ?";
        let mut read = self.store.connection.prepare_cached(read).reading()?;
        let (earlier, what): (Option<String>, String) =
            read.query_row((step.0, id.0), |row| Ok((row.get(0)?, row.get(1)?))).reading()?;
        // What was made in the same step is told by its making.
        let Some(earlier) = earlier else { return Ok(()) };
        let whole = match Happened::read(&what) {
            // Why it was refused stands with what was written.
            Happened::Refused => written(delta),
            _ => written(&super::delta::read_delta(&earlier)?.then(delta)),
        };
        let sql = "UPDATE history SET delta = ?, what = 'changed' WHERE step_id = ? AND opportunity_id = ?";
        self.store.connection.prepare_cached(sql).writing()?.execute((whole, step.0, id.0)).writing()?;
        Ok(())
    }

    fn count(&mut self, id: OpportunityId, of: &Held) {
        self.detail.count += 1;
        self.detail.only = (self.detail.count == 1).then(|| (id, of.opportunity.title().to_string()));
    }
}

/// Writes a row of [`convert::values`]. `OR FAIL`, here and where rows are changed: after an error the whole transaction is taken back,
/// so SQLite need not prepare to take back the statement, for which the search index would write itself out each time.
const INSERT: &str = concat!("INSERT OR FAIL INTO opportunity (", convert::columns!(), ") VALUES (", convert::places!(), ")");

/// Writes a row that was there before: its values, then the number it had.
const INSERT_AGAIN: &str =
    concat!("INSERT OR FAIL INTO opportunity (", convert::columns!(), ", id) VALUES (", convert::places!(), ", ?)");

/// The statements that write an opportunity; nobody else has any.
impl Store {
    /// Draws a name that nothing else has, on any machine.
    pub(super) fn draw_uid(&self) -> Result<Uid, StoreError> {
        let mut draw = self.connection.prepare_cached("SELECT randomblob(16)").reading()?;
        let mut bytes: Vec<u8> = draw.query_row([], |row| row.get(0)).reading()?;
        bytes[6] = (bytes[6] & 0x0F) | 0x40;
        bytes[8] = (bytes[8] & 0x3F) | 0x80;
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        Uid::read(&parts.join("-")).ok_or_else(|| StoreError::Damaged("no random number".into()))
    }

    /// Writes the row of a changed opportunity; search words as needed.
    fn update(&self, before: &Held, after: &Held) -> Result<(), StoreError> {
        let id = after.opportunity.id;
        self.update_row(id, &convert::values(before), convert::values(after))?;
        self.change_fact(before, after)?;
        let words = Document::of(&after.opportunity, &after.extra);
        if Document::of(&before.opportunity, &before.extra) != words {
            self.forget_words(id)?;
            index_words(&self.connection, id, &words)?;
        }
        self.team_moves(Some(before), Some(after));
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    /// Sets only the columns that changed: the others' indexes are then left alone.
    fn update_row(&self, id: OpportunityId, before: &[Sql], after: Vec<Sql>) -> Result<(), StoreError> {
        let changed = convert::COLUMNS.split(", ").zip(before.iter().zip(after)).filter(|(_, (old, new))| *old != new);
        let (columns, values): (Vec<&str>, Vec<Sql>) = changed.map(|(column, (_, new))| (column, new)).unzip();
        if columns.is_empty() {
            return Ok(());
        }
        let set: Vec<String> = columns.iter().map(|column| format!("{column} = ?")).collect();
        let mut statement = self
            .connection
            .prepare_cached(&format!("UPDATE OR FAIL opportunity SET {} WHERE id = ?", set.join(", ")))
            .writing()?;
        let values = values.into_iter().chain([Sql::Integer(id.0)]);
        statement.execute(rusqlite::params_from_iter(values)).writing()?;
        Ok(())
    }

    /// Notes as of when what is held is known; no change, and no step.
    pub(super) fn touch(&self, id: OpportunityId, told: &Told) -> Result<(), StoreError> {
        let sql = "UPDATE OR FAIL opportunity SET told_at = ?, told_keys = ?, told = ? WHERE id = ?";
        let [at, keys, apart] = convert::told_values(told);
        self.connection.prepare_cached(sql).writing()?.execute((at, keys, apart, id.0)).writing()?;
        Ok(())
    }

    /// Notes whether anything of one waits, where only what a sender is to be told has changed.
    pub(super) fn mark_waiting(&self, id: OpportunityId, waits: bool) -> Result<(), StoreError> {
        let sql = "UPDATE OR FAIL opportunity SET waiting = ? WHERE id = ?";
        self.connection.prepare_cached(sql).writing()?.execute((waits, id.0)).writing()?;
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    /// Takes deadlines back that were counted from a day that has not come: the clock had been ahead when they were first seen.
    pub(super) fn recount_from(&mut self, now: Timestamp, days: i64) -> Result<(), StoreError> {
        const AHEAD: &str = "shelf = 0 AND urgency > ?2 AND respond_basis = 'firstSeen' AND first_seen_at > ?1 \
                             AND coalesce(created_at % 86400000000, 0) <> 1";
        let key = (now.micros(), now.plus_days(days).micros());
        // Only who has something to write waits for others who do.
        let any = format!("SELECT EXISTS (SELECT 1 FROM opportunity WHERE {AHEAD})");
        if !self.connection.prepare_cached(&any).reading()?.query_row(key, |row| row.get(0)).reading()? {
            return Ok(());
        }
        let mend = format!("UPDATE opportunity SET first_seen_at = ?1, respond_by = ?2 WHERE {AHEAD}");
        self.in_transaction(|store| {
            store.connection.prepare_cached(&mend).writing()?.execute(key).writing()?;
            store.recount_facts()?;
            store.writes.set(store.writes.get() + 1);
            Ok(())
        })
    }

    /// Moves every deadline that hangs on the setting; derived, so neither a step nor news.
    pub(super) fn recount_days(&self) -> Result<(), StoreError> {
        let micros = self.settings.response_days * 86_400_000_000;
        // A creation of which only the day is known counts from the last second of it.
        let from = |basis: &str| {
            format!(
                "CASE WHEN created_at % 86400000000 = 1 THEN created_at - 1 + 86399000000 \
                 WHEN {basis} = 'created' THEN created_at ELSE first_seen_at END"
            )
        };
        let received = format!(
            "UPDATE opportunity SET respond_by = ? + {} WHERE shelf = 0 AND respond_basis <> 'given'",
            from("respond_basis")
        );
        let lapsed = format!(
            "UPDATE opportunity SET archived_at = ? + {} WHERE lapsed_basis IS NOT NULL AND lapsed_basis <> 'given'",
            from("lapsed_basis")
        );
        for sql in [received, lapsed] {
            self.connection.execute(&sql, [micros]).writing()?;
        }
        self.recount_facts()?;
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    /// Writes a new opportunity, under the number it had where it comes back.
    fn insert(&self, held: &Held) -> Result<OpportunityId, StoreError> {
        let back = Some(held.opportunity.id.0).filter(|id| *id != 0);
        let mut statement = self.connection.prepare_cached(if back.is_some() { INSERT_AGAIN } else { INSERT }).writing()?;
        statement
            .execute(rusqlite::params_from_iter(convert::values(held).into_iter().chain(back.map(Sql::Integer))))
            .writing()?;
        let id = OpportunityId(self.connection.last_insert_rowid());
        self.put_fact(id, held)?;
        index_words(&self.connection, id, &Document::of(&held.opportunity, &held.extra))?;
        self.team_moves(None, Some(held));
        self.writes.set(self.writes.get() + 1);
        Ok(id)
    }

    /// Deletes an opportunity with its search words. When it was first seen is remembered where a deadline
    /// hangs on it: bringing it again must not start the clock anew.
    fn delete(&self, held: &Held) -> Result<(), StoreError> {
        let on = &held.opportunity;
        let counted = on.stage.deadline().is_some_and(|deadline| deadline.basis == Basis::FirstSeen);
        if let Some(referral) = on.referral_id.as_ref().filter(|_| counted) {
            let sql = "INSERT OR REPLACE INTO first_seen (referral_id, at) VALUES (?, ?)";
            let mut statement = self.connection.prepare_cached(sql).writing()?;
            statement.execute((referral.as_str(), on.first_seen_at.micros())).writing()?;
        }
        self.forget_words(on.id)?;
        self.drop_fact(on.id)?;
        self.connection.prepare_cached("DELETE FROM opportunity WHERE id = ?").writing()?.execute([on.id.0]).writing()?;
        self.team_moves(Some(held), None);
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    fn forget_words(&self, id: OpportunityId) -> Result<(), StoreError> {
        self.connection.prepare_cached("DELETE FROM search WHERE rowid = ?").writing()?.execute([id.0]).writing()?;
        Ok(())
    }
}

/// Writes the search words of an opportunity that has none.
pub(super) fn index_words(connection: &Connection, id: OpportunityId, words: &Document) -> Result<(), StoreError> {
    let sql = "INSERT INTO search (rowid, deal, customer, contact, employees, sender, solutions, notes, crm, campaign, place, ids, \
               initials, facets) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let mut statement = connection.prepare_cached(sql).writing()?;
    statement.raw_bind_parameter(1, id.0).writing()?;
    for (index, column) in Column::ALL.into_iter().enumerate() {
        statement.raw_bind_parameter(index + 2, words.tokens(column)).writing()?;
    }
    statement.raw_execute().writing()?;
    Ok(())
}

/// Counts a deadline that hangs on the setting by the setting of today (MG-66). Nothing was first seen later than now: who says so had
/// a clock that was ahead.
pub(super) fn count_days(held: &mut Held, days: i64, now: Timestamp) {
    let on = &mut held.opportunity;
    on.first_seen_at = on.first_seen_at.min(now);
    count_days_of(&mut on.stage, on.created_at, on.first_seen_at, days);
}

/// As [`count_days`], of a stage alone.
pub(super) fn count_days_of(stage: &mut Stage, created: Option<Timestamp>, first_seen: Timestamp, days: i64) {
    let counted = |known: Deadline| match known.basis {
        Basis::Given => known,
        Basis::Created | Basis::FirstSeen => Deadline::counted(created, first_seen, days),
    };
    match stage {
        Stage::Received { respond_by } | Stage::Lapsed { respond_by } => *respond_by = counted(*respond_by),
        Stage::Accepted { .. } | Stage::Archived { .. } => {}
    }
}
