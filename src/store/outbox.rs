//! The outbox: notices for senders, and everything that waits for Partner Center, deal by deal. That an update waits is no row here: it follows from what is held.

use serde_json::json;

use super::error::{StoreError, While};
use super::open::Store;
use super::protocol::{OfOutbox, Posted};
use crate::domain::field::Field;
use crate::domain::held::{Held, Notice};
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::outgoing::{Answer, Choice, Pending, SentRow, Standing};
use crate::domain::refused::RefusedRow;
use crate::domain::role::Deed;
use crate::domain::stage::Stage;

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
            // What Partner Center had been told, and is again by a step that is made again, it has told the sender.
            (Some(_), None) if self.was_told(id)? => {
                self.settle_told(id)?;
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

    pub(super) fn notice_waits(&self, id: OpportunityId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE opportunity_id = ? AND kind = 'notice' AND state = 'waiting')";
        self.connection.prepare_cached(sql).reading()?.query_row([id.0], |row| row.get(0)).reading()
    }

    /// Returns whether Partner Center has taken a row that told how it ended.
    fn was_told(&self, id: OpportunityId) -> Result<bool, StoreError> {
        let told = |row: &SentRow| row.answer == Answer::Taken && row.said.news.contains(&Field::Stage);
        Ok(self.sent_of(id)?.iter().any(told))
    }

    /// Takes away what the sender has been told.
    pub(super) fn settle_told(&self, id: OpportunityId) -> Result<(), StoreError> {
        let sql = "DELETE FROM outbox WHERE opportunity_id = ? AND kind = 'notice'";
        self.connection.prepare_cached(sql).writing()?.execute([id.0]).writing()?;
        Ok(())
    }

    /// Gives the notices of one that are in one state another.
    pub(super) fn turn_notices(&self, id: OpportunityId, from: &str, to: &str) -> Result<(), StoreError> {
        let sql = "UPDATE outbox SET state = ? WHERE opportunity_id = ? AND kind = 'notice' AND state = ?";
        self.connection.prepare_cached(sql).writing()?.execute((to, id.0, from)).writing()?;
        Ok(())
    }
}

/// A deal of the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxDeal {
    pub held: Held,
    pub standing: Standing,
    /// What Partner Center does not know.
    pub pending: Vec<Pending>,
    pub choice: Choice,
    /// What was written of it last, with the answer.
    pub sent: Option<SentRow>,
    /// What a sender is to be told.
    pub notice: Option<Notice>,
}

impl Store {
    /// Returns everything that waits for Partner Center, deal by deal, in the order of the numbers.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn outbox(&self) -> Result<Vec<OutboxDeal>, StoreError> {
        let sql = "SELECT id FROM opportunity INDEXED BY waiting_now WHERE waiting > 0 ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let ids = statement.query_map([], |row| row.get(0).map(OpportunityId)).reading()?;
        let mut ids: Vec<OpportunityId> = ids.collect::<rusqlite::Result<_>>().reading()?;
        ids.extend(self.expired_unwritten()?);
        ids.sort_unstable();
        ids.dedup();
        let mut found = Vec::new();
        for id in ids {
            if self.sees(id)? {
                found.extend(self.find_held(id)?.map(|held| self.outgoing(held)).transpose()?);
            }
        }
        Ok(found)
    }

    /// Returns what has expired where that cannot be written: of each its sender is to be told.
    fn expired_unwritten(&self) -> Result<Vec<OpportunityId>, StoreError> {
        let Some(now) = self.overdue()? else { return Ok(Vec::new()) };
        let sql = "SELECT id FROM opportunity WHERE shelf = 0 AND urgency <= ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let ids = statement.query_map([now.micros()], |row| row.get(0).map(OpportunityId)).reading()?;
        ids.collect::<rusqlite::Result<_>>().reading()
    }

    fn is_expired_unwritten(&self, held: &Held) -> Result<bool, StoreError> {
        if self.only_seen_at().is_none() || !matches!(held.opportunity.stage, Stage::Lapsed { .. }) {
            return Ok(false);
        }
        let sql = "SELECT shelf = 0 FROM opportunity WHERE id = ?";
        self.connection.prepare_cached(sql).reading()?.query_row([held.opportunity.id.0], |row| row.get(0)).reading()
    }

    /// Does what the desk asks of the outbox.
    pub(super) fn of_outbox(&mut self, of: OfOutbox) -> Posted {
        match of {
            OfOutbox::List { of } => Posted::Listed { of, found: self.outbox() },
            OfOutbox::Choose { id, choice } => Posted::Chosen(self.choose(&[id], choice)),
            OfOutbox::Write(errand) => Posted::Written(errand.run(self)),
            OfOutbox::Forget { file } => Posted::Forgotten { done: self.drop_upload(&file), file },
            OfOutbox::Tell { id } => Posted::Told { id, done: self.tell_sender(id) },
        }
    }

    /// Returns how one stands in the outbox.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read, or what it kept.
    pub fn outgoing(&self, mut held: Held) -> Result<OutboxDeal, StoreError> {
        let id = held.opportunity.id;
        let (choice, sent) = (self.choice(id)?, self.sent_of(id)?);
        held.refused = RefusedRow::of(&sent, &held)?.map(Box::new);
        let (standing, pending) = (held.standing(choice, &sent)?, held.pending()?);
        let notice = if self.notice_waits(id)? || self.is_expired_unwritten(&held)? {
            held.notice().or_else(|| declined(&held))
        } else {
            None
        };
        // A file that was never uploaded takes no refusal back that came before it.
        let refused = sent.iter().position(|row| row.answer != Answer::Dropped);
        let refused = refused.filter(|at| matches!(sent[*at].answer, Answer::Refused(_)));
        let sent = sent.into_iter().nth(refused.unwrap_or(0));
        Ok(OutboxDeal { held, standing, pending, choice, sent, notice })
    }

    /// Says that the sender has been told, by whatever way: no notice of it waits any more.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], or that it cannot be written.
    pub fn tell_sender(&mut self, id: OpportunityId) -> Result<bool, StoreError> {
        self.may(Deed::Send)?;
        self.in_transaction(|store| {
            let held = store.get(id)?;
            let waits = store.notice_waits(id)?;
            if waits {
                store.settle_told(id)?;
                store.mark_waiting(id, held.has_update())?;
            }
            Ok(waits)
        })
    }
}

/// A decline that Partner Center knows of, where the sender was not told.
fn declined(held: &Held) -> Option<Notice> {
    let outcome = held.opportunity.stage.outcome().filter(|_| held.bears_notice())?.clone();
    Some(Notice { to: held.opportunity.sender()?.clone(), outcome })
}
