//! What the desk and the store's thread say to each other, and which request makes an earlier one needless; no thread.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use super::brief::Brief;
use super::brought::{BroughtPlace, FoundBrought};
use super::create::{Aids, Similar};
use super::customers::ListedCustomer;
use super::drafts::{Draft, DraftKey, Joined};
use super::error::StoreError;
use super::export::Sink;
use super::figures::Reviewed;
use super::history::{Entry, StepRecord};
use super::import::Source;
use super::leads::{LeadSource, LeadsTaken};
use super::list::{Hits, Page};
use super::offers::{KeptOffer, OfferChange, OfferSource, OffersPut, OffersTold};
use super::outbox::OutboxDeal;
use super::plan::Count;
use super::rank::Reasons;
use super::read::{Counts, Full};
use super::registrations::{OfRegistrations, RegistrationsSaid};
use super::sent::{Errand, Unwritten, Written};
use super::stock::{StockSource, Stocked};
use super::sums::Summed;
use super::undo::{Steps, Undone};
use super::verdict::ImportReport;
use super::write::Applied;
use crate::domain::change::Change;
use crate::domain::create::NewOpportunity;
use crate::domain::customer::{Country, Customer};
use crate::domain::date::{Date, Moment};
use crate::domain::directory::{KnownCustomer, KnownSolution, Rank};
use crate::domain::draft::Texts;
use crate::domain::filter::HeldKey;
use crate::domain::ids::{DraftId, OpportunityId, RecordId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::lead::Lead;
use crate::domain::opportunity::Opportunity;
use crate::domain::outgoing::Choice;
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::programme::organisation::{Organisation, Telling};
use crate::domain::programme::ruling::Ruling;
use crate::domain::query::{From, ListQuery};
use crate::domain::rate::Rates;
use crate::domain::role::Role;
use crate::domain::saved_view::SavedView;
use crate::domain::sums::Sums;
use crate::domain::tab::{Tab, View};
use crate::insight::Review;
use crate::insight::digest::Digest;
use crate::insight::priority::Weighing;

/// What the desk asks of the store.
pub enum Request {
    /// `serial` tells the reply apart from those of earlier questions.
    List {
        serial: u64,
        query: ListQuery,
        from: From,
        limit: usize,
    },
    /// Where else something passes the filter of a list in which nothing does; answered once nobody types any more.
    Elsewhere {
        query: ListQuery,
        places: Vec<(Tab, View)>,
    },
    Counts {
        now: Moment,
    },
    /// What deals come to: answered once nobody asks for anything else.
    Sums(Summed),
    /// The figures of a review: worked out once nobody waits for anything else.
    Review(Reviewed),
    /// The week of owners by name, for a mail: worked out once nobody waits for anything else.
    Digest(Reviewed, Moment),
    /// What a list showed at a past moment, by its numbers: read once nobody waits for anything else.
    Stood {
        query: ListQuery,
        at: Timestamp,
    },
    /// By what deals are weighed from here on, where a list asks what is to be done next.
    Weigh(Weighing),
    /// Why this one stands where it does: worked out once nobody waits for anything else.
    Reasons(OpportunityId, Weighing),
    /// The exchange rates that count on a day.
    Rates {
        on: Date,
    },
    /// What status solutions give deals at a moment, by these rules.
    OfferStatuses {
        rules: Arc<Ruling>,
        at: Moment,
    },
    Open(OpportunityId),
    /// What a page about this one is made of.
    Brief(OpportunityId),
    /// Everything about each of these; what is gone is left out.
    Several {
        of: u64,
        ids: Vec<OpportunityId>,
    },
    /// The first of a list, by their ids.
    Ids {
        of: u64,
        query: ListQuery,
        limit: usize,
    },
    /// The history of one, or the steps of all.
    History {
        of: Option<OpportunityId>,
        before: Option<StepId>,
        limit: usize,
    },
    /// What an import brought, or the last one, from a place on.
    Brought {
        of: Option<StepId>,
        from: Option<BroughtPlace>,
        limit: usize,
    },
    Apply {
        changes: Vec<Change>,
        now: Timestamp,
    },
    /// Takes the last step back; where one is meant, only that.
    Undo {
        meant: Option<StepId>,
        now: Timestamp,
    },
    /// Takes this step back, whatever came after it.
    UndoStep {
        step: StepId,
        now: Timestamp,
    },
    /// Whether what came after a step keeps it from being taken back.
    MayUndo(StepId),
    Redo {
        now: Timestamp,
    },
    Import {
        sources: Vec<Box<dyn Source + Send>>,
        now: Timestamp,
    },
    /// Something of the outbox.
    Outbox(OfOutbox),
    /// Something of leads.
    Leads(OfLeads),
    /// Something of offers.
    Offers(OfOffers),
    /// To take a file of customers or solutions over.
    Stock(Box<dyn StockSource>),
    /// Something of registrations.
    Registrations(OfRegistrations),
    /// Hands deals over one by one, once nobody waits for anything else; how it ends the one who takes them hears.
    Export(Box<dyn Sink>),
    /// Saves everything that is held to a new file.
    SaveAs {
        path: PathBuf,
    },
    /// Expires what is overdue, and finds out whether another program has written or has taken the file away.
    Look {
        now: Timestamp,
    },
    KeepDraft {
        key: DraftKey,
        texts: Texts,
        now: Timestamp,
    },
    DropDraft(DraftKey),
    /// What the desk is to be opened with the next time.
    KeepDesk(String),
    Views(OfViews),
    /// Lives by other settings from now on: deadlines are counted by them, steps carry who made them, and the role says what is seen.
    Settle {
        response_days: i64,
        author: String,
        role: Role,
        now: Timestamp,
    },
    /// A day has begun, or so many are kept from now on: its copy is made beside the database once nobody asks for anything.
    BackUp {
        day: Date,
        days: u32,
    },
    /// Somebody looks at this one: it is new no more.
    Seen(OpportunityId),
    Draft(DraftKey),
    /// Every draft there is.
    Drafts,
    /// What a form about a deal is opened with; `new` asks for the number of a new draft, too.
    Aids {
        of: u64,
        new: bool,
        now: Timestamp,
    },
    /// What the deal that is being made may be the same as.
    Similar {
        of: DraftKey,
        customer: Box<Customer>,
        solutions: Vec<String>,
    },
    Create {
        new: Box<NewOpportunity>,
        draft: Option<DraftId>,
        now: Timestamp,
    },
    /// What fits a text that is being typed; a later one replaces it.
    Suggest {
        serial: u64,
        what: Suggest,
        limit: usize,
    },
}

impl Request {
    /// Returns whether the desk waits for what comes of it; its end is then told by [`Reply::Done`].
    pub const fn is_awaited(&self) -> bool {
        !matches!(
            self,
            Self::KeepDraft { .. }
                | Self::DropDraft(_)
                | Self::Look { .. }
                | Self::Sums(_)
                | Self::Review(_)
                | Self::Digest(..)
                | Self::Weigh(_)
                | Self::Reasons(..)
                | Self::Rates { .. }
                | Self::OfferStatuses { .. }
                | Self::Elsewhere { .. }
                | Self::KeepDesk(_)
                | Self::Seen(_)
                | Self::Export(_)
                | Self::BackUp { .. }
        )
    }

    /// Returns whether it leaves nothing to tidy up.
    pub(super) const fn is_reading(&self) -> bool {
        use Request::{Brief, Counts, Elsewhere, Ids, List, Look, Open, Rates, Several, Suggest, Sums};
        let reads =
            matches!(self, List { .. } | Elsewhere { .. } | Counts { .. } | Open(_) | Brief(_) | Several { .. } | Ids { .. });
        let reads = reads || matches!(self, Look { .. } | Suggest { .. } | Sums(_) | Self::Review(_) | Rates { .. });
        reads
            || matches!(
                self,
                Self::Weigh(_)
                    | Self::OfferStatuses { .. }
                    | Self::Reasons(..)
                    | Self::Stood { .. }
                    | Self::Export(_)
                    | Self::BackUp { .. }
                    | Self::Digest(..)
            )
    }

    /// Returns whether a later request makes this one needless.
    pub(super) fn is_replaced(&self, later: &VecDeque<Self>) -> bool {
        match self {
            Self::List { .. } => later.iter().any(|r| matches!(r, Self::List { .. })),
            Self::Elsewhere { .. } => later.iter().any(|r| matches!(r, Self::List { .. } | Self::Elsewhere { .. })),
            Self::KeepDesk(_) => later.iter().any(|r| matches!(r, Self::KeepDesk(_))),
            Self::BackUp { .. } => later.iter().any(|r| matches!(r, Self::BackUp { .. })),
            Self::Brief(_) => later.iter().any(|r| matches!(r, Self::Brief(_))),
            Self::Open(_) => later.iter().any(|r| matches!(r, Self::Open(_))),
            Self::Counts { .. } => later.iter().any(|r| matches!(r, Self::Counts { .. })),
            Self::Look { .. } => later.iter().any(|r| matches!(r, Self::Look { .. })),
            // A form and a room below it ask for other things.
            Self::Suggest { what, .. } => later.iter().any(|r| match r {
                Self::Suggest { what: other, .. } => std::mem::discriminant(what) == std::mem::discriminant(other),
                _ => false,
            }),
            Self::KeepDraft { key, .. } => later.iter().any(|r| match r {
                Self::KeepDraft { key: other, .. } | Self::DropDraft(other) => key == other,
                _ => false,
            }),
            Self::Sums(of) => later.iter().any(|r| matches!(r, Self::Sums(other) if of.is_replaced_by(other))),
            Self::Review(_) => later.iter().any(|r| matches!(r, Self::Review(_))),
            Self::Reasons(..) => later.iter().any(|r| matches!(r, Self::Reasons(..))),
            Self::Similar { .. } => later.iter().any(|r| matches!(r, Self::Similar { .. })),
            _ => false,
        }
    }
}

/// What is asked of the outbox.
pub enum OfOutbox {
    /// Everything that waits.
    List { of: u64 },
    /// To hold a deal back or to let it go.
    Choose { id: OpportunityId, choice: Choice },
    /// To write upload files.
    Write(Box<dyn Errand>),
    /// To let what stands in an upload file wait again: it was never uploaded.
    Forget { file: String },
    /// To take the sender of a deal for told.
    Tell { id: OpportunityId },
}

/// What the outbox answers.
pub enum Posted {
    Listed {
        of: u64,
        found: Result<Vec<OutboxDeal>, StoreError>,
    },
    Chosen(Result<(), StoreError>),
    Written(Result<Written, Unwritten>),
    /// How many rows of the file wait again.
    Forgotten {
        file: String,
        done: Result<u64, StoreError>,
    },
    /// Whether somebody was to be told.
    Told {
        id: OpportunityId,
        done: Result<bool, StoreError>,
    },
}

/// What is asked of leads.
pub enum OfLeads {
    /// All of them.
    List,
    /// To keep one that was changed, if it is still what was seen.
    Change { seen: Box<Lead>, lead: Box<Lead>, now: Timestamp },
    /// To take the rows of a file over.
    Take { source: Box<dyn LeadSource>, now: Timestamp },
    /// To write what waits to files.
    Write(Box<dyn Errand>),
}

/// What leads answer.
pub enum LeadsSaid {
    /// Each with the number it is kept under.
    Listed(Result<Vec<(RecordId, Lead)>, StoreError>),
    Changed(Box<Lead>, Result<Option<StepId>, StoreError>),
    /// What became of a file, and what is to be said of it.
    Taken(Result<LeadsTaken, StoreError>, Vec<String>),
    /// The files that were written, or why none was.
    Written(Result<Written, Unwritten>),
}

/// What is asked of offers.
pub enum OfOffers {
    /// All of them, with the facts of the organisation.
    List,
    Change {
        change: Box<OfferChange>,
        now: Timestamp,
    },
    /// To tell facts about the organisation from a day on, or to take one back, where none of them is another than was seen; `name` is
    /// what the history calls it.
    Tell {
        name: String,
        seen: Box<Organisation>,
        facts: Vec<Telling>,
        now: Timestamp,
    },
    /// To take the rows of a file over.
    Take {
        source: Box<dyn OfferSource>,
        now: Timestamp,
    },
}

/// What there is of offers.
pub struct OffersFound {
    pub offers: Vec<KeptOffer>,
    /// What they were told to be before.
    pub told: OffersTold,
    pub organisation: Organisation,
    /// Whether a new one is begun and not finished.
    pub begun: bool,
}

/// What offers answer.
pub enum OffersSaid {
    Listed(Result<OffersFound, StoreError>),
    Changed(Box<OfferChange>, Result<OffersPut, StoreError>),
    Told(Result<Option<StepId>, StoreError>),
    /// What became of a file, and what is to be said of it.
    Taken(Result<OffersPut, StoreError>, Vec<String>),
}

/// What the store answers.
pub enum Reply {
    /// The end of one awaited request, answered or replaced by a later one.
    Done,
    Outbox(Posted),
    Leads(LeadsSaid),
    Offers(OffersSaid),
    /// What became of a file of customers or solutions, and what is to be said of it.
    Stocked(Result<Stocked, StoreError>, Vec<String>),
    Registrations(RegistrationsSaid),
    Listed {
        serial: u64,
        from: From,
        page: Result<Page, StoreError>,
    },
    /// How many pass the filter of the list that was asked for last, where the page could only say how many may.
    Passing {
        query: ListQuery,
        count: Count,
    },
    Elsewhere {
        query: ListQuery,
        found: Result<Vec<Hits>, StoreError>,
    },
    Counted(Result<Box<(Counts, Steps)>, StoreError>),
    /// What deals come to; `None` where that would take too long.
    Sums {
        of: Summed,
        sums: Option<Sums>,
    },
    /// How many a list does not show only because a date is unknown; `None` where that would take too long.
    Undated {
        query: ListQuery,
        count: Option<u64>,
    },
    /// The figures of a review.
    Reviewed {
        of: Reviewed,
        review: Result<Box<Review>, StoreError>,
    },
    /// The week of owners by name.
    Digest(Result<Box<Digest>, StoreError>),
    /// What was listed at a past moment.
    Stood {
        query: ListQuery,
        ids: Result<Vec<OpportunityId>, StoreError>,
    },
    /// Open deals are ranked now: a list by what is to be done next stands in another order than before.
    Ranked,
    Reasons {
        id: OpportunityId,
        found: Result<Box<Reasons>, StoreError>,
    },
    /// The latest exchange rate of each pair of currencies on a day; `None` where they cannot be read.
    Rates {
        on: Date,
        rates: Option<Box<Rates>>,
    },
    OfferStatuses {
        at: Moment,
        found: Result<Arc<OfferStatuses>, StoreError>,
    },
    Opened {
        id: OpportunityId,
        full: Result<Box<Full>, StoreError>,
    },
    Briefed {
        id: OpportunityId,
        brief: Result<Box<Brief>, StoreError>,
    },
    Several {
        of: u64,
        found: Result<Vec<Full>, StoreError>,
    },
    /// Ids of a list, and whether there are more.
    Ids {
        of: u64,
        found: Result<(Vec<OpportunityId>, bool), StoreError>,
    },
    /// The steps of all before one, newest first.
    Steps {
        before: Option<StepId>,
        steps: Result<Vec<StepRecord>, StoreError>,
    },
    History {
        of: OpportunityId,
        before: Option<StepId>,
        entries: Result<Vec<Entry>, StoreError>,
    },
    /// What an import brought: in numbers with the first page, and the rows from a place on; `None` where there was no import.
    Brought {
        from: Option<BroughtPlace>,
        found: Result<FoundBrought, StoreError>,
    },
    Applied {
        changes: Vec<Change>,
        applied: Result<Applied, StoreError>,
    },
    /// Whether a step may be taken back, or why not.
    MayUndo {
        step: StepId,
        may: Result<(), StoreError>,
    },
    Undone(Result<Undone, StoreError>),
    Redone(Result<Undone, StoreError>),
    /// An import has read so many rows.
    Progress {
        rows: u64,
    },
    Imported(Box<Result<ImportReport, StoreError>>),
    /// Something else than our own requests changed the data.
    Moved,
    /// The file is not the one any more that was opened: nothing is written from here on.
    Lost(StoreError),
    /// The copy of a day was made, or why it was not.
    BackedUp(Result<(), StoreError>),
    /// Where everything was saved.
    Saved(Result<PathBuf, StoreError>),
    /// The clock stands before the last step, which was made then.
    ClockBehind(Timestamp),
    Draft {
        key: DraftKey,
        texts: Result<Option<Texts>, StoreError>,
    },
    Drafts(Result<Vec<Draft>, StoreError>),
    Aids {
        of: u64,
        found: Result<Box<Aids>, StoreError>,
    },
    Similar {
        of: DraftKey,
        found: Result<Box<Similar>, StoreError>,
    },
    Created(Result<Box<Opportunity>, StoreError>),
    /// Others typed into the same draft.
    DraftJoined {
        key: DraftKey,
        joined: Joined,
    },
    /// A draft could not be kept: what is typed is only in memory.
    DraftFailed(StoreError),
    Suggested {
        serial: u64,
        found: Result<Suggested, StoreError>,
    },
    /// The saved views that are kept now.
    Views {
        of: OfViews,
        found: Result<Vec<SavedView>, StoreError>,
    },
}

/// What is asked of saved views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfViews {
    Read,
    Keep(SavedView),
    Remove(String),
}

/// What is typed, and what of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggest {
    Customers {
        typed: String,
        country: Option<Country>,
    },
    Solutions {
        typed: String,
    },
    /// Customers with their deals.
    Listed {
        typed: String,
    },
    /// What deals have of what a key of the filter asks for.
    Held {
        key: HeldKey,
        begun: String,
    },
}

/// What fits, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggested {
    Customers(Vec<(KnownCustomer, Rank)>),
    Listed(Vec<ListedCustomer>),
    Solutions(Vec<(KnownSolution, Rank)>),
    Held(Vec<String>),
}
