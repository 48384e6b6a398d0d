//! Makes changes: one transaction is one step, or nothing at all; and what the clock makes of opportunities that nobody answered.

use rusqlite::OptionalExtension;

use super::error::{StoreError, While};
use super::history::StepKind;
use super::journal::Aside;
use super::open::{Access, Store};
use super::protocol::Reply;
use crate::domain::change::{Change, Refusal};
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::role::Deed;

/// What became of a list of changes.
#[derive(Debug)]
pub struct Applied {
    /// `None` when nothing was changed: every change was refused, or was no change.
    pub step: Option<StepId>,
    /// In the order of the changes.
    pub results: Vec<Result<Done, Refusal>>,
}

/// An opportunity after a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub before: Opportunity,
    pub after: Opportunity,
    /// What Partner Center had said of a row that it refused, where nothing of the opportunity waits any more.
    pub let_go: Option<String>,
}

/// How many opportunities are expired at once, so that even a very old database does not hold the lock for long.
const BATCH: usize = 500;
/// How many deadlines of a batch get a step of their own.
pub(super) const DATED: usize = 50;

impl Store {
    /// Answers the desk that asks for changes.
    pub(super) fn apply_asked(&mut self, changes: Vec<Change>, now: Timestamp) -> Reply {
        let applied = self.apply(&changes, now);
        Reply::Applied { changes, applied }
    }

    /// Makes several changes as one step: one transaction, one undo. A refused change does not stop the others.
    ///
    /// # Errors
    /// [`StoreError`] when nothing could be written; refusals are in the result.
    pub fn apply(&mut self, changes: &[Change], now: Timestamp) -> Result<Applied, StoreError> {
        self.may(Deed::Change)?;
        let Some(first) = changes.first() else { return Ok(Applied { step: None, results: Vec::new() }) };
        let kind = StepKind::of(&first.what);
        self.in_transaction(|store| {
            let mut journal = store.begin(kind, now)?;
            let mut results = Vec::with_capacity(changes.len());
            for change in changes {
                let held = store.find_held(change.id)?.map(|held| store.with_refusal(held)).transpose()?;
                let held = match held {
                    None => Err(Refusal::NoSuch(change.id)),
                    Some(held) if change.seen.is_some_and(|seen| seen != held.opportunity.version) => Err(Refusal::ChangedSince),
                    Some(held) => match store.bars(Deed::Change, Some(&held.opportunity)) {
                        Err(why) => Err(why.into()),
                        Ok(()) => change.what.apply(&held, now).map(|after| (held, after)),
                    },
                };
                results.push(match held {
                    Err(refusal) => Err(refusal),
                    Ok((before, after)) => {
                        let after = journal.put(Some(&before), Some(after), Aside::default())?;
                        store.seen(change.id)?;
                        let after = after.unwrap_or_else(|| before.clone());
                        let let_go = before.refused.filter(|_| !after.has_update()).map(|row| row.message);
                        Ok(Done { before: before.opportunity, after: after.opportunity, let_go })
                    }
                });
            }
            Ok(Applied { step: journal.end()?, results })
        })
    }

    /// Makes of every received opportunity what `now` makes of it (MG-65): those whose time is over are expired, each dated at its
    /// deadline, and those that had expired only by a clock that was ahead are received again. A read-only store writes nothing.
    pub(super) fn follow_clock(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.seen_at.set(Some(now));
        if self.access != Access::ReadWrite {
            return Ok(());
        }
        self.in_place()?;
        self.note_clock(now)?;
        self.recount_from(now, self.settings.response_days)?;
        let overdue = "SELECT id, urgency FROM opportunity WHERE shelf = 0 AND urgency <= ? ORDER BY urgency LIMIT ?";
        let early = "SELECT id, archived_at FROM opportunity WHERE lapsed_basis IS NOT NULL AND archived_at > ? LIMIT ?";
        for (sql, kind) in [(overdue, StepKind::Expire), (early, StepKind::Revive)] {
            loop {
                let found = self.dated(sql, now)?;
                if found.is_empty() {
                    break;
                }
                self.in_transaction(|store| store.see(kind, &found, now))?;
            }
        }
        Ok(())
    }

    fn dated(&self, sql: &'static str, now: Timestamp) -> Result<Vec<(OpportunityId, Timestamp)>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let read = |row: &rusqlite::Row<'_>| Ok((OpportunityId(row.get(0)?), Timestamp::from_micros(row.get(1)?)));
        let found = statement.query_map((now.micros(), BATCH), read).reading()?;
        found.collect::<rusqlite::Result<_>>().reading()
    }

    /// Puts what the clock made of these on paper: a step for each deadline, or where there are very many, one for all.
    fn see(&self, kind: StepKind, found: &[(OpportunityId, Timestamp)], now: Timestamp) -> Result<(), StoreError> {
        let same = |a: &(OpportunityId, Timestamp), b: &(OpportunityId, Timestamp)| kind == StepKind::Expire && a.1 == b.1;
        let by_deadline: Vec<&[(OpportunityId, Timestamp)]> = found.chunk_by(same).collect();
        let steps = if kind == StepKind::Revive || by_deadline.len() > DATED { vec![found] } else { by_deadline };
        for step in steps {
            let mut journal = self.begin(kind, now)?;
            if let Some((_, due)) = step.last().filter(|_| kind == StepKind::Expire) {
                journal.date(*due);
            }
            for (id, _) in step {
                // Another program may have been faster.
                let Some(before) = self.find_held(*id)? else { continue };
                let mut after = before.clone();
                after.opportunity.stage = after.opportunity.stage.seen_at(now);
                journal.put(Some(&before), Some(after), Aside::default())?;
            }
            journal.end()?;
        }
        Ok(())
    }

    /// Recounts deadlines that hang on the setting when the setting has changed (MG-66): no step, and no news.
    pub(super) fn note_response_days(&mut self) -> Result<(), StoreError> {
        let wanted = self.settings.response_days.to_string();
        let kept = self.meta("response_days")?;
        if kept.as_ref() == Some(&wanted) {
            return Ok(());
        }
        self.in_transaction(|store| {
            if kept.is_some() {
                store.recount_days()?;
            }
            store.set_meta("response_days", &wanted)
        })
    }

    /// Returns when the last step was made, once, where that is later than `now` by more than a minute: the clock has gone back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn clock_behind(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.note_clock(now)?;
        Ok(self.behind.take())
    }

    /// Notes a clock that has gone back before a step of its own hides that.
    fn note_clock(&self, now: Timestamp) -> Result<(), StoreError> {
        const MINUTE: i64 = 60_000_000;
        let mut statement = self.connection.prepare_cached("SELECT id, at FROM step ORDER BY id DESC LIMIT 1").reading()?;
        let last: Option<(i64, i64)> = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional().reading()?;
        let Some((step, at)) = last.filter(|(_, at)| at - now.micros() > MINUTE) else { return Ok(()) };
        if self.meta("clock_told")?.as_deref() != Some(&step.to_string()) {
            self.behind.set(Some(Timestamp::from_micros(at)));
            if self.access == Access::ReadWrite {
                self.set_meta("clock_told", &step.to_string())?;
            }
        }
        Ok(())
    }

    /// Runs `work` in one transaction that is written when it succeeds and forgotten when it does not, or when the file at the path
    /// is no longer the one that was opened.
    pub(super) fn in_transaction<T>(&mut self, work: impl FnOnce(&Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.in_transaction_ending(|store| work(store).map(|value| (value, Ending::Write)))
    }

    /// As [`Store::in_transaction`], but `work` says how it ends.
    pub(super) fn in_transaction_ending<T>(
        &mut self,
        work: impl FnOnce(&Self) -> Result<(T, Ending), StoreError>,
    ) -> Result<T, StoreError> {
        self.in_place()?;
        self.connection.execute_batch("BEGIN IMMEDIATE").writing()?;
        let mut kept = false;
        let result = work(self).and_then(|(value, ending)| match ending {
            Ending::Write => {
                self.not_moved()?;
                self.connection.execute_batch("COMMIT").writing()?;
                kept = true;
                Ok(value)
            }
            Ending::Forget => Ok(value),
        });
        // After an error SQLite may have rolled back by itself; if it has not, nothing may stay half-written.
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK").writing()?;
        }
        if !kept {
            self.forget_team();
        }
        // What was moved between the last look and the end of the transaction was not kept, whatever SQLite says.
        self.not_moved()?;
        self.seal();
        result
    }
}

/// How a transaction ends.
pub(super) enum Ending {
    Write,
    Forget,
}
