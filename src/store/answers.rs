//! What a record of a file means to what was written: which deal it speaks of, and which rows of upload files it answers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::error::{StoreError, While};
use super::history::StepKind;
use super::import::Import;
use super::journal::Journal;
use super::open::Store;
use crate::domain::customer::bare_name;
use crate::domain::field::Field;
use crate::domain::held::Held;
use crate::domain::ids::{CenterId, OpportunityId, StepId, UploadId};
use crate::domain::incoming::Incoming;
use crate::domain::instant::Timestamp;
use crate::domain::merge::{Merged, Terms, Written, as_told, merge};
use crate::domain::opportunity::{Direction, Opportunity};
use crate::domain::outgoing::{Answer, SaidThere, SentRow};
use crate::domain::text::Line;

/// Finds a row without an id by its names; each shelf is named so that the index answers it.
pub(super) const BY_NAMES: &str = "SELECT id FROM opportunity INDEXED BY by_customer WHERE shelf IN (0, 1, 2, 3, 4, 5) \
     AND customer_key = ? AND referral_id IS NULL AND customer_name = ? AND deal_name IS ? LIMIT 20";

/// Finds deals of our own that have no id yet, in the same way.
const OWN_BY_NAMES: &str = "SELECT id FROM opportunity INDEXED BY by_customer WHERE shelf IN (3, 4, 5) \
     AND customer_key = ? AND referral_id IS NULL AND customer_name = ? AND deal_name IS ? AND made_here = 1 LIMIT 20";

/// Which opportunity a record speaks of.
pub(super) enum Meant {
    Nobody,
    One(Box<Held>),
    /// Any of these, and nothing tells which.
    Several(Vec<OpportunityId>),
}

impl From<Option<Held>> for Meant {
    fn from(held: Option<Held>) -> Self {
        held.map_or(Self::Nobody, |held| Self::One(Box::new(held)))
    }
}

/// What an import has to know to tell answers from news.
#[derive(Debug, Clone)]
pub(super) struct Asking {
    /// Whether there are opportunities without a referral id.
    pub any_without_id: bool,
    /// Whether anything was ever written to a file.
    pub any_sent: bool,
    /// Whether this file is said to be an answer.
    pub is_answer: bool,
    /// Whether the user says that it counts where it says otherwise than an answer before it.
    pub is_insisted: bool,
    /// The upload file that this one is the answer to, as far as its name tells.
    pub upload: Option<UploadId>,
    /// When the same file was imported first, if it was: what was written later is none of what it answers.
    pub answered_at: Option<Timestamp>,
    /// Whether it is an upload file as it was written: it answers nothing, and says nothing that is not known.
    pub is_own: bool,
    /// Deals that were written to be made, as they were called then.
    pub made: Vec<Made>,
}

/// A deal that was written to be made: it may be called otherwise by now.
#[derive(Debug, Clone)]
pub(super) struct Made {
    said: SaidThere,
    id: OpportunityId,
}

/// What was written of one, beside what a record says of it.
pub(super) struct Answered {
    pub sent: Vec<SentRow>,
    theirs: Option<Opportunity>,
    /// The row that says exactly the same.
    exact: Option<usize>,
    /// The row that was refused and is said otherwise now.
    corrected: Option<usize>,
    is_answer: bool,
    is_insisted: bool,
    /// Whether the record tells an id that was not known: that it was taken it says by that itself.
    brings_id: bool,
    upload: Option<UploadId>,
}

impl Store {
    /// Finds what a record speaks of: by its referral id or, where it has none, by customer and deal name. A deal of our own that has
    /// no id yet gets it by the first record of its names; of several that is the one that was written so.
    pub(super) fn meant(&self, incoming: &Incoming, asking: &Asking, terms: Terms) -> Result<Meant, StoreError> {
        let sql = match &incoming.referral_id {
            Some(referral) => match self.by_referral(referral.as_str())? {
                Some(id) => return self.find_held(id).map(Meant::from),
                None if !asking.any_without_id || incoming.direction.told == Some(Direction::Inbound) => {
                    return Ok(Meant::Nobody);
                }
                None => OWN_BY_NAMES,
            },
            None => BY_NAMES,
        };
        let mut found = self.by_names(sql, incoming)?;
        // A row without an id may answer for one that has got its own since.
        let mut born = Vec::new();
        for made in asking.made.iter().filter(|made| made.is_called(incoming)) {
            // Read now: an earlier row of the same file may have brought the id.
            let has_id = self.find_held(made.id)?.is_some_and(|held| held.opportunity.referral_id.is_some());
            let list = if has_id { &mut born } else { &mut found };
            if !list.contains(&made.id) && (incoming.referral_id.is_none() || !has_id) {
                list.push(made.id);
            }
        }
        if found.len() < 2 && born.is_empty() {
            return self.first_of(&found);
        }
        let mut written = Vec::new();
        for id in found.iter().chain(&born) {
            let Some(held) = self.find_held(*id)? else { continue };
            let answered = self.answered(incoming, &held, asking, terms)?;
            if answered.exact.is_some_and(|at| answered.sent[at].said.makes) {
                written.push(*id);
            }
        }
        match written.len() {
            0 if incoming.referral_id.is_none() => match (&found[..], &born[..]) {
                // A row without an id that nobody wrote is the first of its names, as it always was.
                (_, []) => self.first_of(&found),
                ([], [_]) => self.first_of(&born),
                _ => Ok(Meant::Several([found, born].concat())),
            },
            0 => Ok(Meant::Several(found)),
            1 => self.first_of(&written),
            _ => Ok(Meant::Several(written)),
        }
    }

    /// Returns what an import of one file has to know beforehand.
    pub(super) fn asking(&self) -> Result<Asking, StoreError> {
        let any_sent = self.any_sent()?;
        let sql = "SELECT EXISTS (SELECT 1 FROM opportunity WHERE referral_id IS NULL)";
        let any_without_id = self.connection.query_row(sql, [], |row| row.get(0)).reading()?;
        let mut made = Vec::new();
        if any_sent {
            let sql = "SELECT sent.said, sent.opportunity_id FROM sent JOIN opportunity ON opportunity.id = sent.opportunity_id \
                       WHERE opportunity.made_here = 1";
            let mut statement = self.connection.prepare_cached(sql).reading()?;
            let mut rows = statement.query([]).reading()?;
            while let Some(row) = rows.next().reading()? {
                let said: String = row.get(0).reading()?;
                let damaged = |_| StoreError::Damaged("what a row said cannot be read".into());
                let said: SaidThere = serde_json::from_str(&said).map_err(damaged)?;
                if said.makes {
                    made.push(Made { said, id: OpportunityId(row.get(1).reading()?) });
                }
            }
        }
        Ok(Asking {
            any_without_id,
            any_sent,
            is_answer: false,
            is_insisted: false,
            upload: None,
            answered_at: None,
            is_own: false,
            made,
        })
    }

    /// Takes a deal for the one that a row speaks of because the user says so, unless one of both is known to be another.
    pub(super) fn matched(&self, incoming: &Incoming, line: u64, id: OpportunityId) -> Result<Meant, StoreError> {
        let held = self.get(id)?;
        let other = |said: &CenterId| held.opportunity.referral_id.as_ref().is_some_and(|known| known != said);
        let elsewhere = match &incoming.referral_id {
            Some(said) => other(said) || self.by_referral(said.as_str())?.is_some_and(|known| known != id),
            None => false,
        };
        if elsewhere {
            return Err(StoreError::NotThatDeal { line, id });
        }
        Ok(Meant::One(Box::new(held)))
    }

    /// Returns which deals a refused row may speak of whose names are those of none: somebody changed them in the file. What has nothing
    /// else in common with the row is not among them: upload files of other desks are called alike, and their answers are none to ours.
    pub(super) fn renamed(&self, incoming: &Incoming, asking: &Asking, terms: Terms) -> Result<Meant, StoreError> {
        if incoming.refusal.is_none() || incoming.referral_id.is_some() || !(asking.any_sent && asking.is_answer) {
            return Ok(Meant::Nobody);
        }
        let Merged::New(row) = merge(incoming, None, terms)? else { return Ok(Meant::Nobody) };
        // Of all that was ever written only what waits for an answer is laid over the row.
        let mut found = self.unanswered(asking.upload, asking.is_insisted)?;
        let waits: BTreeSet<OpportunityId> = found.iter().copied().collect();
        let mut alike = BTreeSet::new();
        for made in asking.made.iter().filter(|made| waits.contains(&made.id)) {
            if made.said.is_like(&row.opportunity)? {
                alike.insert(made.id);
            }
        }
        found.retain(|id| alike.contains(id));
        Ok(if found.is_empty() { Meant::Nobody } else { Meant::Several(found) })
    }

    fn first_of(&self, found: &[OpportunityId]) -> Result<Meant, StoreError> {
        found.first().map_or(Ok(Meant::Nobody), |id| self.find_held(*id).map(Meant::from))
    }

    fn by_names(&self, sql: &'static str, incoming: &Incoming) -> Result<Vec<OpportunityId>, StoreError> {
        let Some(customer) = &incoming.customer_name else { return Ok(Vec::new()) };
        let deal = incoming.name.as_ref().and_then(|name| name.as_ref()).map(Line::as_str);
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let key = (bare_name(customer.as_str()), customer.as_str(), deal);
        let found = statement.query_map(key, |row| row.get(0).map(OpportunityId)).reading()?;
        found.collect::<rusqlite::Result<_>>().reading()
    }

    /// Lays a record beside what was written of the opportunity it speaks of.
    pub(super) fn answered(
        &self,
        incoming: &Incoming,
        held: &Held,
        asking: &Asking,
        terms: Terms,
    ) -> Result<Answered, StoreError> {
        let sent = if asking.any_sent { self.sent_of(held.opportunity.id)? } else { Vec::new() };
        let Asking { is_answer, is_insisted, upload, .. } = *asking;
        let brings_id = incoming.referral_id.is_some() && held.opportunity.referral_id.is_none();
        let mut answered =
            Answered { sent, theirs: None, exact: None, corrected: None, is_answer, is_insisted, brings_id, upload };
        if answered.sent.is_empty() {
            return Ok(answered);
        }
        let mut settled = incoming.clone();
        settled.settle(held);
        let theirs = as_told(&settled, held, terms, asking.is_answer)?;
        let speaks_of_answers = asking.is_answer || incoming.refusal.is_some();
        let since = asking.answered_at.filter(|_| speaks_of_answers);
        // An answer that comes again is none to what was written after it, but where its name says so.
        answered.sent.retain(|row| since.is_none_or(|at| row.written_at <= at) || Some(row.upload) == upload);
        let mut says = Vec::with_capacity(answered.sent.len());
        for row in &answered.sent {
            // A file that was never uploaded has no answer, unless somebody says that this is it.
            says.push((is_answer || row.answer != Answer::Dropped) && row.said.is_as(&theirs)?);
        }
        // Of several rows that say the same, that of the file which this one is the answer to.
        let of_its_file = answered.sent.iter().zip(&says).position(|(row, says)| *says && Some(row.upload) == upload);
        answered.exact = of_its_file.or_else(|| says.iter().position(|says| *says));
        answered.theirs = Some(theirs);
        answered.corrected = answered.find_corrected()?;
        Ok(answered)
    }
}

impl Answered {
    /// Returns whether the record is the answer to an earlier file, of which what was written later, or this itself, was answered
    /// already: it is no news, whenever the file was saved. Nor is a row without an id of a deal that has got its own since.
    pub(super) fn is_past(&self, incoming: &Incoming, held: &Held) -> bool {
        let is_made = self.sent.iter().any(|row| row.said.makes);
        if is_made && incoming.referral_id.is_none() && held.opportunity.referral_id.is_some() {
            return true;
        }
        let Some(at) = self.exact.filter(|_| self.is_answer && !self.brings_id) else { return false };
        self.sent[..=at].iter().any(|row| row.answer == Answer::Taken)
    }

    /// Returns the row that the record speaks of and that was refused before, by this answer or by another, with the message.
    pub(super) fn refused_before(&self) -> Option<(&SentRow, &str)> {
        let last = || self.sent.iter().find(|row| row.answer != Answer::Dropped);
        let row = self.exact_row().or_else(last)?;
        if let Answer::Refused(message) = &row.answer { Some((row, message)) } else { None }
    }

    /// Returns the row of which an answer would say that it was taken, though another said that it was refused: that is kept until the
    /// user says that this one counts. An id that was not known before says that by itself.
    pub(super) fn kept_refused(&self) -> Option<&SentRow> {
        if !self.is_answer || self.is_insisted || self.brings_id {
            return None;
        }
        let row = self.exact.or(self.corrected).map(|at| &self.sent[at]);
        row.filter(|row| matches!(row.answer, Answer::Refused(_)))
    }

    /// Returns whether the row that was written last was refused, and the record, which nobody says to answer it, has something else, or
    /// that very row: it may have been taken since, and counts as refused until that is said.
    pub(super) fn stays_refused(&self) -> bool {
        if self.is_answer || self.brings_id {
            return false;
        }
        self.exact
            .or(self.corrected)
            .is_some_and(|at| self.last() == Some(at) && matches!(self.sent[at].answer, Answer::Refused(_)))
    }

    /// Returns the row that was written last, of those that were uploaded.
    fn last(&self) -> Option<usize> {
        self.sent.iter().position(|row| row.answer != Answer::Dropped)
    }

    /// Returns which row was refused and is said otherwise now, though of the same deal: by an answer, or with an id that it did not have,
    /// somebody corrected it in the file before it was uploaded again. That is the last one that was written, or that of the file which
    /// this is the answer to.
    fn find_corrected(&self) -> Result<Option<usize>, StoreError> {
        let Some(theirs) = self.theirs.as_ref().filter(|_| self.exact.is_none()) else { return Ok(None) };
        let of_its_file = self.sent.iter().position(|row| Some(row.upload) == self.upload);
        let last = of_its_file.or_else(|| self.last());
        let Some(at) = last.filter(|at| matches!(self.sent[*at].answer, Answer::Refused(_))) else { return Ok(None) };
        // What it was before anything was written is no correction.
        let is_news = self.brings_id || !self.sent[at].said.is_before(theirs)?;
        Ok(Some(at).filter(|_| is_news))
    }

    /// Returns the refused row that counts as taken now, as it was corrected in the file.
    fn taken_by_hand(&self) -> Option<usize> {
        self.corrected.filter(|_| self.is_insisted || self.brings_id)
    }

    /// Returns the row that says exactly the same.
    fn exact_row(&self) -> Option<&SentRow> {
        self.exact.map(|at| &self.sent[at])
    }

    /// Returns whether the row that the record speaks of was taken before.
    pub(super) fn was_taken(&self) -> bool {
        self.exact_row().is_some_and(|row| row.answer == Answer::Taken)
    }

    /// Returns what was written and is not answered, or was corrected in its file: what Partner Center says as that does, it has from us.
    pub(super) fn written(&self) -> Written<'_> {
        let is_open = |row: &&SentRow| row.answer == Answer::Open || (row.said.makes && row.answer == Answer::Taken);
        let open = self.sent.iter().filter(is_open).map(|row| &row.said).collect();
        Written { open, corrected: self.taken_by_hand().map(|at| &self.sent[at].said) }
    }

    /// Returns the rows that Partner Center has taken, by what the record says: that which says the same or, where it has come to know
    /// by it what it did not, the last one, and all that were written before. An answer counts whatever was said before: a file may be
    /// uploaded again.
    pub(super) fn taken(&self) -> Result<Vec<&SentRow>, StoreError> {
        let Some(theirs) = &self.theirs else { return Ok(Vec::new()) };
        let is_open = |row: &SentRow| row.answer == Answer::Open;
        let counts = |row: &SentRow| is_open(row) || (self.is_answer && row.answer != Answer::Taken);
        let mut last = self.exact.filter(|at| counts(&self.sent[*at]));
        if self.exact.is_none() {
            let mut fits = Vec::with_capacity(self.sent.len());
            for row in &self.sent {
                // What a download had before anything was written answers nothing, whatever it is called.
                let answers = self.is_answer && !row.said.is_before(theirs)?;
                fits.push((
                    is_open(row) && (answers || row.said.has_arrived(theirs)?),
                    answers && Some(row.upload) == self.upload,
                ));
            }
            last = fits.iter().position(|(fits, is_of_its_file)| *fits && *is_of_its_file);
            last = last.or_else(|| fits.iter().position(|(fits, _)| *fits)).or_else(|| self.taken_by_hand());
        }
        let Some(last) = last else { return Ok(Vec::new()) };
        let before = self.sent[last + 1..].iter().filter(|row| is_open(row));
        Ok(std::iter::once(&self.sent[last]).chain(before).collect())
    }

    /// Returns the row that Partner Center refused: that which says the same, else that of the file which this is the answer to, else
    /// the last one without an answer.
    pub(super) fn refused(&self) -> Option<&SentRow> {
        let is_open = |row: &&SentRow| match row.answer {
            Answer::Open => true,
            Answer::Dropped => self.is_answer,
            Answer::Refused(_) => self.is_insisted,
            Answer::Taken => false,
        };
        match self.exact {
            Some(at) => Some(&self.sent[at]).filter(is_open),
            None => {
                let of_its_file = self.sent.iter().filter(is_open).find(|row| Some(row.upload) == self.upload);
                of_its_file.or_else(|| self.sent.iter().find(is_open))
            }
        }
    }
}

impl Made {
    /// Returns whether a record has the names under which it was written.
    fn is_called(&self, incoming: &Incoming) -> bool {
        let is = |field, said: Option<&Line>| self.said.values.get(&field).and_then(Value::as_str) == said.map(Line::as_str);
        is(Field::CustomerName, incoming.customer_name.as_ref())
            && is(Field::Name, incoming.name.as_ref().and_then(Option::as_ref))
    }
}

impl Import<'_> {
    /// Returns the refused rows of a file whose deal another row of it says was taken, by their lines, with that row's: a file that
    /// somebody put together has a deal twice.
    pub(super) fn contradictions(&self, rows: &[Incoming]) -> Result<BTreeMap<u64, u64>, StoreError> {
        let is_any = |is_refused: bool| rows.iter().any(|row| row.refusal.is_some() == is_refused);
        let mut found = BTreeMap::new();
        if !self.asking.any_sent || self.asking.is_own || !(is_any(true) && is_any(false)) {
            return Ok(found);
        }
        let (terms, mut taken) = (self.terms(), BTreeMap::new());
        for row in rows.iter().filter(|row| row.refusal.is_none()) {
            let Meant::One(held) = self.meant(row, terms)? else { continue };
            let answered = self.store.answered(row, &held, &self.asking, terms)?;
            let before = answered.exact_row().filter(|_| answered.was_taken());
            for sent in answered.taken()?.into_iter().chain(before) {
                taken.entry((sent.upload, sent.line)).or_insert(row.line);
            }
        }
        for row in rows.iter().filter(|row| row.refusal.is_some() && !taken.is_empty()) {
            let Meant::One(held) = self.meant(row, terms)? else { continue };
            let answered = self.store.answered(row, &held, &self.asking, terms)?;
            // What another upload said of the deal may well have been refused.
            let of = answered.exact_row().or_else(|| answered.refused()).map(|sent| (sent.upload, sent.line));
            found.extend(of.and_then(|of| taken.get(&of)).map(|line| (row.line, *line)));
        }
        Ok(found)
    }
}

/// Notes that rows were taken, by the step of an import.
pub(super) fn note_taken(store: &Store, journal: &mut Journal<'_>, rows: &[&SentRow]) -> Result<bool, StoreError> {
    debug_assert_eq!(journal.kind(), StepKind::Import);
    let Some(step) = (!rows.is_empty()).then(|| journal.number()).transpose()? else { return Ok(false) };
    for row in rows {
        store.note_answer(row, &Answer::Taken, Some(step))?;
    }
    Ok(true)
}

/// Notes why a row was refused, and in the history of its deal.
pub(super) fn note_refused(
    store: &Store,
    journal: &mut Journal<'_>,
    held: &Held,
    row: &SentRow,
    message: &str,
) -> Result<StepId, StoreError> {
    let step = journal.refused(held, message)?;
    store.note_answer(row, &Answer::Refused(message.to_owned()), Some(step))?;
    Ok(step)
}
