//! What an import tells of its records: one verdict each, and how many of them became what.

use serde_json::Value;

use crate::domain::field::{Field, Named};
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::money::Money;

/// What became of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct RowVerdict {
    /// Which file, counted from 0.
    pub file: usize,
    pub line: u64,
    /// `None` for one that is not here and not made, and in a dry run for a new one.
    pub id: Option<OpportunityId>,
    pub title: String,
    /// Whether its direction had to be guessed from nothing.
    pub guessed: bool,
    /// Whether an earlier row of the same file spoke of the same one.
    pub again: bool,
    /// Whether it shows that Partner Center has taken what was written of it.
    pub confirmed: bool,
    /// Whether it is closed in the CRM whose file it is, and open here.
    pub closed_there: bool,
    /// Whether the CRM says otherwise what cannot be edited here, as it stands.
    pub stays: bool,
    /// Whether the postal code had lost the zeros that it begins with: the one that is held stays.
    pub lost_zeros: bool,
    /// Of one that is older than what is known, whether only its date says so: then it can be taken all the same.
    pub by_date: bool,
    /// Whether it changes what is known of one whose row Partner Center refused last, and nothing says that it answers that row.
    pub stays_refused: bool,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    New,
    /// Taken over: field, old, new, and after the fields what is not modelled. In conflict: field, ours, theirs.
    Changed {
        taken: Vec<(Named, Value, Value)>,
        conflicts: Vec<(Field, Value, Value)>,
    },
    Unchanged,
    /// Everything it would change is known from a later file or record.
    Older,
    /// The file says too little to make it, and it is not here.
    Unknown,
    /// Partner Center took nothing of the row, and says why.
    RefusedThere(String),
    /// Partner Center took nothing of the row, and says why, but took another row of the same file that speaks of the same deal: what
    /// was taken once it has.
    Contradicted {
        message: String,
        /// The line of the one that was taken.
        taken: u64,
    },
    /// What it answers was answered before; nothing changed.
    AnsweredBefore,
    /// Any of these may be meant; nothing was taken.
    Ambiguous(Vec<OpportunityId>),
    /// Who imports works with the deals of their team only, and this is another one; nothing was taken.
    Others,
}

/// How many records became what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// `None` when nothing was changed, or only tried.
    pub step: Option<StepId>,
    pub new: u64,
    pub changed: u64,
    /// Of the changed ones, those with a new conflict.
    pub conflicts: u64,
    pub unchanged: u64,
    pub older: u64,
    /// Of these, those that only their date makes older: they can be taken all the same.
    pub older_by_date: u64,
    /// The first of the others, where the user says that nothing is newer: what moved on is moved back by no file.
    pub moved_on: Vec<String>,
    /// How many those are in all.
    pub moved_on_count: u64,
    pub unknown: u64,
    /// Downloads that were imported before.
    pub known: Vec<KnownFile>,
    /// Files that are dated before the newest download that was known, counted from 0.
    pub dated_before: Vec<usize>,
    /// Files that are upload files as they were written, counted from 0: they answer nothing.
    pub own: Vec<usize>,
    /// Rows of ours that Partner Center refused.
    pub refused_there: u64,
    /// Rows that Partner Center refused, though it took another one of the same deal.
    pub contradicted: Vec<ContradictedRow>,
    /// Upload files that were answered before, where what came is that file as it was written or says otherwise of what was refused.
    pub answered: Vec<AnsweredFile>,
    /// Deals of which something has come since Partner Center refused their rows, which count as refused all the same.
    pub stay_refused: Vec<OpportunityId>,
    /// Rows of an answer that were answered before.
    pub answered_before: u64,
    pub ambiguous: u64,
    /// The first of these.
    pub open_rows: Vec<OpenRow>,
    /// Rows of deals that whoever imports does not see.
    pub others: u64,
    /// Of all of them, those that show that Partner Center has taken what was written.
    pub confirmed: u64,
    /// Of all of them, those that speak of an opportunity of which an earlier row of the same file spoke.
    pub again: u64,
    /// Deals that are closed in the CRM whose file it is, and open here.
    pub closed_there: u64,
    /// Of all of them, those in which the CRM says otherwise what cannot be edited here.
    pub stays: u64,
    /// Of all of them, those whose postal code had lost the zeros that it begins with.
    pub lost_zeros: u64,
    /// Of the new ones, those whose direction had to be guessed from nothing.
    pub guessed: u64,
    /// Of all it brought, those whose time to answer was over when they came; known once it is done.
    pub expired: u64,
    /// Files that broke off, counted from 0; nothing of them was taken.
    pub broken: Vec<usize>,
    /// Those of them that were said to be answers, and answer nothing that was written.
    pub answerless: Vec<usize>,
}

/// A download whose rows say what those of an earlier one said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// Which file, counted from 0.
    pub file: usize,
    /// When it was imported first, and as what.
    pub at: Timestamp,
    pub name: String,
    /// Whether something says otherwise since: nothing of what it says was taken.
    pub is_overtaken: bool,
}

/// An upload file that was answered before what came of it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredFile {
    /// Which file came, counted from 0.
    pub file: usize,
    /// The name of the upload file.
    pub upload: String,
    /// When its answer was imported, of several the last.
    pub at: Timestamp,
    pub taken: u64,
    pub refused: u64,
    /// How many of its rows have no answer.
    pub open: u64,
    /// How many rows say otherwise now than that they were refused with that message, and were not taken.
    pub kept: u64,
}

/// A row that Partner Center refused, though it took another one of the same deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContradictedRow {
    pub line: u64,
    /// The line of the one that was taken.
    pub taken: u64,
    pub id: Option<OpportunityId>,
    /// How the row calls its deal.
    pub title: String,
    pub message: String,
}

/// A row that could be any of several deals, and was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRow {
    pub line: u64,
    /// How the row calls its deal.
    pub title: String,
    pub deals: Vec<OpenDeal>,
}

/// One of the deals that a row could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDeal {
    pub id: OpportunityId,
    pub title: String,
    pub value: Option<Money>,
    pub made_at: Option<Timestamp>,
}

/// So many rows that could be any of several deals are told one by one.
pub(super) const OPEN_ROWS: usize = 200;
/// So many deals that they could be are told with them.
const OPEN_DEALS: usize = 2_000;

impl ImportReport {
    /// Returns how many records were read.
    pub fn rows(&self) -> u64 {
        let untaken = self.unknown
            + self.refused_there
            + self.contradicted.len() as u64
            + self.answered_before
            + self.ambiguous
            + self.others;
        self.new + self.changed + self.unchanged + self.older + untaken
    }

    /// Returns how many of them answer what was written, now or before.
    pub fn answers(&self) -> u64 {
        self.confirmed + self.refused_there + self.contradicted.len() as u64 + self.answered_before + self.ambiguous + self.others
    }

    /// Returns whether there is room for another row that could be any of several deals, with all of these.
    pub(super) fn may_open_more(&self) -> bool {
        let deals: usize = self.open_rows.iter().map(|row| row.deals.len()).sum();
        self.open_rows.len() < OPEN_ROWS && deals < OPEN_DEALS
    }

    /// Counts one record.
    pub fn count(&mut self, row: &RowVerdict) {
        self.again += u64::from(row.again);
        self.guessed += u64::from(row.guessed);
        self.confirmed += u64::from(row.confirmed);
        self.closed_there += u64::from(row.closed_there);
        self.stays += u64::from(row.stays);
        self.lost_zeros += u64::from(row.lost_zeros);
        self.older_by_date += u64::from(row.by_date);
        self.stay_refused.extend(row.id.filter(|_| row.stays_refused));
        match &row.verdict {
            Verdict::New => self.new += 1,
            Verdict::Changed { conflicts, .. } => {
                self.changed += 1;
                self.conflicts += u64::from(!conflicts.is_empty());
            }
            Verdict::Unchanged => self.unchanged += 1,
            Verdict::Older => self.older += 1,
            Verdict::Unknown => self.unknown += 1,
            Verdict::RefusedThere(_) => self.refused_there += 1,
            Verdict::Contradicted { message, taken } => {
                let (title, message) = (row.title.clone(), message.clone());
                self.contradicted.push(ContradictedRow { line: row.line, taken: *taken, id: row.id, title, message });
            }
            Verdict::AnsweredBefore => self.answered_before += 1,
            Verdict::Ambiguous(_) => self.ambiguous += 1,
            Verdict::Others => self.others += 1,
        }
    }
}
