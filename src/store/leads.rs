//! Leads as records of the journal (MG-83): taken over, changed, written back, and tied to the deal that is made of one.

use super::error::{StoreError, While};
use super::history::StepKind;
use super::import::Mode;
use super::journal::Journal;
use super::open::Store;
use super::protocol::{LeadsSaid, OfLeads};
use super::record::{Entry, Record, RecordKind};
use crate::domain::date::Date;
use crate::domain::fold::fold;
use crate::domain::ids::{OpportunityId, RecordId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::lead::{Heard, Lead, LeadStage, LeadWritten};
use crate::domain::role::Deed;

/// What became of a row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeadVerdict {
    New,
    Changed(Heard),
    Unchanged,
    Older,
}

/// A row of a file with what became of it: the lead as it stands then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadRow {
    pub line: u64,
    pub lead: Lead,
    pub verdict: LeadVerdict,
}

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadsTaken {
    pub rows: Vec<LeadRow>,
    pub step: Option<StepId>,
}

/// A file of leads that was read, and whoever tells what became of it.
pub trait LeadSource: Send {
    /// Returns its leads, each with the line of its row.
    fn rows(&self) -> &[(u64, Lead)];

    /// Hears what became of them, nothing where they were not taken; returns what is to be said of the file.
    fn finish(self: Box<Self>, taken: Option<&LeadsTaken>) -> Vec<String>;
}

/// How many leads wait for something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeadCounts {
    /// Nobody has answered them.
    pub received: u64,
    /// Received and accepted.
    pub open: u64,
}

/// So many are told where the beginning of an ID fits several.
const CANDIDATES: u32 = 5;

fn read(record: &Record) -> Result<Lead, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged(format!("a lead cannot be read: {error}"));
    serde_json::from_str(&record.value).map_err(damaged)
}

fn key(id: &str) -> String {
    fold(id.trim())
}

impl Journal<'_> {
    /// Puts a lead on paper.
    fn lead(&mut self, before: Option<&Record>, lead: &Lead) -> Result<(), StoreError> {
        let value = serde_json::to_string(lead).map_err(|error| StoreError::Damaged(error.to_string()))?;
        let key = key(lead.id.as_str());
        let entry = Entry { kind: RecordKind::Lead.code(), name: lead.title(), key: &key, after: Some(&value) };
        self.record(before, entry).map(drop)
    }

    /// Notes beside the making of a deal of which lead it was made.
    ///
    /// # Errors
    /// [`StoreError::LeadIsDeal`] where another one was made of it: of one lead there is one deal.
    pub(super) fn tie_lead(&mut self, id: &str, deal: OpportunityId) -> Result<(), StoreError> {
        let Some(record) = self.store().record_by(RecordKind::Lead, &key(id))? else { return Ok(()) };
        let lead = read(&record)?;
        if let Some(other) = lead.deal {
            return Err(StoreError::LeadIsDeal(other));
        }
        let lead = Lead { deal: Some(deal), ..lead };
        self.lead(Some(&record), &lead)
    }
}

impl Store {
    /// Returns all leads: what waits for an answer first, then what is accepted, each by the day it came, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn leads(&self) -> Result<Vec<Lead>, StoreError> {
        Ok(self.kept_leads()?.into_iter().map(|(_, lead)| lead).collect())
    }

    /// As [`Store::leads`], each with the number it is kept under.
    fn kept_leads(&self) -> Result<Vec<(RecordId, Lead)>, StoreError> {
        let records = self.records(RecordKind::Lead)?;
        let mut leads: Vec<(RecordId, Lead)> =
            records.iter().map(|record| Ok((record.id, read(record)?))).collect::<Result<_, StoreError>>()?;
        leads.sort_by_key(|(_, lead)| lead.order());
        Ok(leads)
    }

    /// Returns all leads as they stood right after a moment.
    ///
    /// # Errors
    /// As [`Store::leads`].
    pub fn leads_on(&self, at: Timestamp) -> Result<Vec<Lead>, StoreError> {
        self.records_on(RecordKind::Lead, at)?.iter().filter_map(|(_, record)| record.as_ref()).map(read).collect()
    }

    /// Returns the lead of a Referral ID, however it is written.
    ///
    /// # Errors
    /// As [`Store::leads`].
    pub fn lead(&self, id: &str) -> Result<Option<Lead>, StoreError> {
        self.record_by(RecordKind::Lead, &key(id))?.as_ref().map(read).transpose()
    }

    /// Returns the lead of a Referral ID, or those whose ID begins so, some at most.
    ///
    /// # Errors
    /// As [`Store::leads`].
    pub fn leads_named(&self, typed: &str) -> Result<Vec<Lead>, StoreError> {
        if let Some(lead) = self.lead(typed)? {
            return Ok(vec![lead]);
        }
        let key = key(typed);
        if key.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.records_from(RecordKind::Lead, &key, CANDIDATES)?;
        found.iter().filter(|record| record.key.starts_with(&key)).map(read).collect()
    }

    /// Returns how many leads are open; in a file of an earlier version that may only be read there are none.
    ///
    /// # Errors
    /// As [`Store::leads`].
    pub fn lead_counts(&self) -> Result<LeadCounts, StoreError> {
        // Without its index each lead would have to be read, of which there may be many.
        if !self.has_table("record_lead_stage")? {
            return Ok(LeadCounts::default());
        }
        let sql = "SELECT count(*) FROM record INDEXED BY record_lead_stage \
                   WHERE kind = 'lead' AND coalesce(json_extract(value, '$.values.stage'), 'received') = ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut count = |stage: LeadStage| statement.query_row([stage.code()], |row| row.get::<_, u64>(0)).reading();
        let received = count(LeadStage::Received)?;
        Ok(LeadCounts { received, open: received + count(LeadStage::Accepted)? })
    }

    /// Answers what the desk asks of leads.
    pub(super) fn of_leads(&mut self, of: OfLeads) -> LeadsSaid {
        match of {
            OfLeads::List => LeadsSaid::Listed(self.kept_leads()),
            OfLeads::Change { seen, lead, now } => {
                let changed = self.change_leads(&[(*seen, (*lead).clone())], now);
                LeadsSaid::Changed(lead, changed)
            }
            OfLeads::Take { source, now } => {
                let taken = self.take_leads(source.rows(), Mode::Import, now);
                let said = source.finish(taken.as_ref().ok());
                LeadsSaid::Taken(taken, said)
            }
            OfLeads::Write(errand) => LeadsSaid::Written(errand.run(self)),
        }
    }

    /// Takes the rows of a file over, in one step, or finds out what that would do.
    ///
    /// # Errors
    /// [`StoreError`]: nothing was taken then.
    pub fn take_leads(&mut self, rows: &[(u64, Lead)], mode: Mode, at: Timestamp) -> Result<LeadsTaken, StoreError> {
        if mode == Mode::Import {
            self.may(Deed::Change)?;
        }
        if mode == Mode::DryRun {
            return Ok(self.hear_leads(rows)?.0);
        }
        // What stands is read where nobody else writes.
        self.in_transaction(|store| {
            let (mut taken, before) = store.hear_leads(rows)?;
            let mut journal = store.begin(StepKind::Lead, at)?;
            for (row, before) in taken.rows.iter().zip(&before) {
                journal.lead(before.as_ref(), &row.lead)?;
            }
            taken.step = journal.end()?;
            Ok(taken)
        })
    }

    /// Returns what rows make of the leads there are, with the records these stand in.
    fn hear_leads(&self, rows: &[(u64, Lead)]) -> Result<(LeadsTaken, Vec<Option<Record>>), StoreError> {
        let mut taken = LeadsTaken::default();
        let mut stands = Vec::new();
        for (line, news) in rows {
            let before = self.record_by(RecordKind::Lead, &key(news.id.as_str()))?;
            let (lead, verdict) = match before.as_ref().map(read).transpose()? {
                None => (news.clone(), LeadVerdict::New),
                Some(known) => heard(known, news),
            };
            taken.rows.push(LeadRow { line: *line, lead, verdict });
            stands.push(before);
        }
        Ok((taken, stands))
    }

    /// Keeps leads as they were changed, in one step; each with what was seen before. Returns the step, if anything changed.
    ///
    /// # Errors
    /// [`StoreError::RecordStale`] when one is not what was seen: nothing is changed then.
    pub fn change_leads(&mut self, changes: &[(Lead, Lead)], at: Timestamp) -> Result<Option<StepId>, StoreError> {
        self.may(Deed::Change)?;
        self.in_transaction(|store| {
            let mut journal = store.begin(StepKind::Lead, at)?;
            for (seen, lead) in changes {
                let stale = || StoreError::RecordStale { name: seen.title().to_owned() };
                let record = store.record_by(RecordKind::Lead, &key(seen.id.as_str()))?.ok_or_else(stale)?;
                if read(&record)? != *seen {
                    return Err(stale());
                }
                journal.lead(Some(&record), lead)?;
            }
            journal.end()
        })
    }

    /// Notes that leads were written to a file, each with what was seen, in one step that stands only if `keep` gives the files their
    /// names. Returns whether it did.
    ///
    /// # Errors
    /// As [`Store::change_leads`]; `keep` is not asked then.
    pub fn note_leads_written(
        &mut self,
        written: &[(Lead, String)],
        on: Date,
        at: Timestamp,
        keep: &mut dyn FnMut() -> bool,
    ) -> Result<bool, StoreError> {
        self.may(Deed::Change)?;
        let noted = self.in_transaction(|store| {
            let mut journal = store.begin(StepKind::Lead, at)?;
            for (seen, file) in written {
                let stale = || StoreError::RecordStale { name: seen.title().to_owned() };
                let record = store.record_by(RecordKind::Lead, &key(seen.id.as_str()))?.ok_or_else(stale)?;
                if read(&record)? != *seen {
                    return Err(stale());
                }
                let values = seen.waits().unwrap_or_default();
                let mut lead = seen.clone();
                lead.refused = false;
                lead.written = Some(LeadWritten { file: file.clone(), on, values });
                lead.error = None;
                journal.lead(Some(&record), &lead)?;
            }
            journal.end()?;
            if keep() { Ok(true) } else { Err(StoreError::Stopped) }
        });
        match noted {
            Err(StoreError::Stopped) => Ok(false),
            noted => noted,
        }
    }
}

fn heard(mut lead: Lead, news: &Lead) -> (Lead, LeadVerdict) {
    let before = lead.clone();
    let heard = lead.hear(news);
    let verdict = match heard {
        Heard { older: true, .. } => LeadVerdict::Older,
        _ if !heard.refused && heard.taken.is_empty() && heard.clashes.is_empty() && !heard.confirmed && lead == before => {
            LeadVerdict::Unchanged
        }
        heard => LeadVerdict::Changed(heard),
    };
    (lead, verdict)
}
