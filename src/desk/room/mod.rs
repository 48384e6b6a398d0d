//! The rooms over the lists: what each holds, where its cursor is, what a key does in it; painting is in `view` by the same name.
//!
//! A new room takes one file here, one in `view`, and a row in [`Room`], in `keys::Scope` and in the key table.

mod brief;
mod brought;
mod check;
mod conflicts;
mod cursor;
mod customers;
mod detail;
mod drafts;
mod history;
mod leads;
mod offers;
mod outbox;
mod review;
mod settings;

pub use brief::{About, Brief};
pub use brought::{Brought, PAGE as BROUGHT_PAGE};
pub use check::{Check, CheckLine, Checked};
pub use conflicts::{Clash, Conflicts};
pub use cursor::Cursor;
pub use customers::{Customers, LISTED as LISTED_CUSTOMERS};
pub use detail::{Detail, PAST};
pub use drafts::Drafts;
pub use history::{History, PAGE as HISTORY_PAGE, Step as HistoryStep};
pub use leads::{LeadWish, Leads};
pub use offers::{OfferWish, Offers};
pub use outbox::{Outbox, OutboxLine, OutboxPart};
pub use review::{Back, Review};
pub use settings::{Settings, Turn};

use super::form::TextField;
use super::keys::{Action, Scope};
use crate::config::Setting;
use crate::domain::directory::KnownCustomer;
use crate::domain::field::Field;
use crate::domain::held::Side;
use crate::domain::ids::{DraftId, OpportunityId, StepId, Version};
use crate::domain::lead::Lead;
use crate::domain::outgoing::Choice;
use crate::domain::preflight::RuleId;
use crate::domain::stage::Verb;
use crate::i18n::ReviewLine;
use crate::store::{BroughtPlace, KeptOffer, ListedCustomer, StepRecord};

/// A room over the lists.
#[derive(Debug, Clone)]
pub enum Room {
    Detail(Detail),
    History(History),
    Settings(Settings),
    Brought(Box<Brought>),
    Conflicts(Conflicts),
    Review(Box<Review>),
    Brief(Box<Brief>),
    Drafts(Box<Drafts>),
    Outbox(Box<Outbox>),
    Check(Box<Check>),
    Leads(Box<Leads>),
    Offers(Box<Offers>),
    Customers(Box<Customers>),
}

/// What a room asks the desk for.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// The action is the list's, or any room's.
    Pass,
    /// To say that there is nothing here to act on.
    Nothing,
    /// To say why it cannot be done.
    Cannot(String),
    /// Earlier steps of the history.
    Earlier {
        of: Option<OpportunityId>,
        before: StepId,
    },
    /// More of what an import brought.
    MoreBrought {
        of: StepId,
        from: BroughtPlace,
    },
    /// To take the rows of an older copy all the same.
    TakeOld,
    /// This opportunity.
    Go(OpportunityId),
    /// The opportunity of a step.
    Show(Box<StepRecord>),
    /// To take a step back, whatever came after it.
    UndoStep(Box<StepRecord>),
    /// Another value for a setting.
    Turn(Setting, Turn),
    /// To end the conflict of a field, or all of this opportunity.
    Decide {
        of: OpportunityId,
        field: Option<Field>,
        side: Side,
    },
    /// The deals behind a line of a review.
    Figure(Box<ReviewLine>),
    /// The figures of a review, anew.
    Review,
    /// The day at whose end a review is to be shown.
    PastDay,
    /// To copy what the room shows.
    CopyPage,
    /// Everything that is in conflict.
    ListConflicts,
    /// What both sides changed of this one.
    Resolve(OpportunityId),
    /// To go on with a deal that is begun.
    Resume(DraftId),
    /// To throw one away.
    DropDraft(DraftId),
    /// The form of this opportunity, at what a finding is about.
    Mend(OpportunityId),
    /// One value for all deals about which a rule found something.
    MendAll(RuleId),
    /// To begin a new deal although others are begun.
    StartNew,
    /// To hold a deal of the outbox back, or to let it go.
    Hold(OpportunityId, OutboxPart, Choice),
    /// To write upload files.
    WriteUpload,
    WriteRegistrations,
    /// The file of registrations under the cursor, where one awaits its answer.
    ForgetRegistrations(Option<String>),
    /// To let what stands in the upload file of a deal wait again: it was never uploaded.
    ForgetUpload(OpportunityId),
    /// The form of a step on this one.
    Step(Verb, OpportunityId),
    /// To take back how a deal ended, which Partner Center refused.
    Reopen(OpportunityId, Version),
    /// To take theirs for what of a deal cannot be sent any more.
    TakeTheirs(OpportunityId),
    /// To say that the sender of a deal has been told.
    Told(OpportunityId),
    /// What the next upload file says.
    UploadRows,
    /// To answer a lead, or to make a deal of it.
    Lead(LeadWish, Box<Lead>),
    /// Something of offers; of one, where it is about one.
    Offer(OfferWish, Option<Box<KeptOffer>>),
    /// Write what waits of leads to a file.
    WriteLeads,
    /// The customers that fit what is typed, anew.
    Customers,
    /// The deals with a customer.
    DealsWith(Box<ListedCustomer>),
    /// A new deal with it.
    NewWith(Box<KnownCustomer>),
    /// The page before a call about it.
    BriefWith(Box<ListedCustomer>),
    /// To copy it.
    CopyCustomer(Box<KnownCustomer>),
}

impl Room {
    /// Returns where the keys of the room have their meaning.
    pub const fn scope(&self) -> Scope {
        match self {
            Self::Detail(_) => Scope::Detail,
            Self::History(_) => Scope::History,
            Self::Settings(_) => Scope::Settings,
            Self::Brought(_) => Scope::Brought,
            Self::Conflicts(_) => Scope::Conflicts,
            Self::Review(_) => Scope::Review,
            Self::Brief(_) => Scope::Brief,
            Self::Drafts(_) => Scope::Drafts,
            Self::Outbox(_) => Scope::Outbox,
            Self::Check(_) => Scope::Check,
            Self::Leads(_) => Scope::Leads,
            Self::Offers(_) => Scope::Offers,
            Self::Customers(_) => Scope::Customers,
        }
    }

    /// Returns whether the lists stay as they are below it while a deal is looked at from it.
    pub const fn leaves_lists(&self) -> bool {
        matches!(self, Self::Brought(_) | Self::History(_) | Self::Check(_) | Self::Outbox(_))
    }

    /// Returns what is typed to narrow the room, and whether it is being typed; nothing where nothing narrows it.
    pub const fn narrowing(&mut self) -> Option<(&mut TextField, &mut bool)> {
        match self {
            Self::Offers(offers) => Some((&mut offers.typed, &mut offers.narrows)),
            Self::Customers(customers) => Some((&mut customers.typed, &mut customers.narrows)),
            _ => None,
        }
    }

    /// Returns whether what is typed narrows the room.
    pub const fn is_narrowing(&self) -> bool {
        match self {
            Self::Offers(offers) => offers.narrows,
            Self::Customers(customers) => customers.narrows,
            _ => false,
        }
    }

    /// Hears which opportunity is selected in the list below.
    pub fn selected(&mut self, id: OpportunityId) {
        if let Self::Detail(detail) = self {
            detail.selected(id);
        }
    }

    /// Returns what turning the wheel of the mouse asks for.
    pub const fn wheel(&self, down: bool) -> Action {
        match (self, down) {
            (Self::Detail(_) | Self::Offers(_), true) => Action::ScrollDown,
            (Self::Detail(_) | Self::Offers(_), false) => Action::ScrollUp,
            (_, true) => Action::Down,
            (_, false) => Action::Up,
        }
    }

    /// Returns the entry at the cursor, and how many lines each entry has that are clicked; nothing where the room scrolls by rows.
    pub const fn place(&self) -> Option<(Cursor, usize)> {
        match self {
            Self::Detail(_) | Self::Brief(_) => None,
            Self::Offers(offers) if offers.opened => None,
            Self::Conflicts(conflicts) => Some((conflicts.cursor, 2)),
            Self::History(history) => Some((history.cursor, 1)),
            Self::Settings(settings) => Some((settings.cursor, 1)),
            Self::Brought(brought) => Some((brought.cursor, 1)),
            Self::Review(review) => Some((review.cursor, 1)),
            Self::Drafts(drafts) => Some((drafts.cursor, 1)),
            Self::Outbox(outbox) => Some((outbox.cursor, 1)),
            Self::Check(check) => Some((check.cursor, 1)),
            Self::Leads(leads) => Some((leads.cursor, 1)),
            Self::Offers(offers) => Some((offers.cursor, 1)),
            Self::Customers(customers) => Some((customers.cursor, 1)),
        }
    }

    /// Does an action, or says what it takes; `page` is how many lines the room shows.
    pub fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        match self {
            Self::Detail(detail) => detail.act(action, page),
            Self::History(history) => history.act(action, page),
            Self::Settings(settings) => settings.act(action, page),
            Self::Brought(brought) => brought.act(action, page),
            Self::Conflicts(conflicts) => conflicts.act(action, page),
            Self::Review(review) => review.act(action, page),
            Self::Brief(brief) => brief.act(action, page),
            Self::Drafts(drafts) => drafts.act(action, page),
            Self::Outbox(outbox) => outbox.act(action, page),
            Self::Check(check) => check.act(action, page),
            Self::Leads(leads) => leads.act(action, page),
            Self::Offers(offers) => offers.act(action, page),
            Self::Customers(customers) => customers.act(action, page),
        }
    }
}
