//! What waits for Partner Center as a room: deals by where they stand, each with what goes and what stays; the words are made in the model.

use super::{Asked, Cursor};
use crate::desk::keys::Action;
use crate::domain::ids::{OpportunityId, Version};
use crate::domain::outgoing::{Choice, Standing};
use crate::domain::stage::Verb;

/// Under which head a deal stands, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutboxPart {
    /// Partner Center refused it, and the next file has it again.
    Refused,
    Ready,
    /// Partner Center would refuse its row: that is mended first.
    Faulty,
    Conflict,
    HeldBack,
    Private,
    Stuck,
    Written,
    Notice,
    /// A registration that Partner Center refused, or for which something is to be done.
    RegistrationToMend,
    RegistrationReady,
    /// The next file does not have it yet.
    RegistrationKept,
    RegistrationWritten,
}

impl OutboxPart {
    /// Returns whether what stands there is a registration, not the deal itself.
    pub const fn is_registration(self) -> bool {
        matches!(self, Self::RegistrationToMend | Self::RegistrationReady | Self::RegistrationKept | Self::RegistrationWritten)
    }

    /// Returns whether a deal can be held back from the next file, or else released for it; nothing where neither is so.
    pub const fn may_be_held(self) -> Option<bool> {
        match self {
            Self::Refused | Self::Ready | Self::Faulty => Some(true),
            Self::Private | Self::HeldBack => Some(false),
            _ => None,
        }
    }

    /// Returns the part of a deal; `refused` is whether Partner Center refused what was written last.
    pub const fn of(standing: &Standing, refused: bool) -> Self {
        match standing {
            Standing::Ready if refused => Self::Refused,
            Standing::Ready => Self::Ready,
            Standing::Conflict(_) => Self::Conflict,
            Standing::HeldBack => Self::HeldBack,
            Standing::Private => Self::Private,
            Standing::Stuck => Self::Stuck,
            Standing::Written => Self::Written,
            Standing::Notice => Self::Notice,
        }
    }
}

/// A deal of the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxLine {
    pub id: OpportunityId,
    pub version: Version,
    pub part: OutboxPart,
    pub choice: Choice,
    pub title: String,
    /// Where it stands, where its head does not say it.
    pub standing: String,
    /// What goes and what stays, line by line.
    pub lines: Vec<String>,
    /// The upload file that it stands in and that is not answered.
    pub open_in: Option<String>,
    /// Whether that file tells its sender how it ended.
    pub tells: bool,
    /// Whether it still says what Partner Center refused.
    pub unchanged: bool,
    /// Whom of it somebody has to tell.
    pub tell: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct Outbox {
    pub deals: Vec<OutboxLine>,
    pub cursor: Cursor,
    pub has_come: bool,
    /// The question that was asked of the store and has not been answered.
    pub asked: Option<u64>,
    /// The question what the next file says of the deals that are ready, which has not been answered.
    pub rows_asked: Option<u64>,
    /// Registrations that are to be written, or whose answer is awaited.
    pub registrations: Vec<OutboxLine>,
    /// Where upload files were written last.
    pub folder: Option<String>,
}

impl Outbox {
    /// Takes what waits: the cursor stays on its deal, else on its place.
    pub fn receive(&mut self, mut deals: Vec<OutboxLine>) {
        deals.extend(self.registrations.iter().cloned());
        deals.sort_by_key(|deal| (deal.part, deal.id));
        let key = |deal: &OutboxLine| (deal.id, deal.part.is_registration());
        let at = self.deals.get(self.cursor.0).map(key);
        let found = at.and_then(|at| deals.iter().position(|deal| key(deal) == at));
        self.cursor = Cursor(found.unwrap_or_else(|| self.cursor.0.min(deals.len().saturating_sub(1))));
        (self.deals, self.has_come) = (deals, true);
    }

    /// Takes the registrations beside the deals that wait.
    pub fn receive_registrations(&mut self, lines: Vec<OutboxLine>) {
        self.registrations = lines;
        let deals = std::mem::take(&mut self.deals);
        let (mine, has_come) = (deals.iter().filter(|deal| !deal.part.is_registration()).cloned().collect(), self.has_come);
        self.deals = deals;
        self.receive(mine);
        self.has_come = has_come;
    }

    /// Returns how many deals wait, registrations aside.
    pub fn waiting(&self) -> usize {
        self.deals.iter().filter(|deal| !deal.part.is_registration()).count()
    }

    /// Returns how many registrations the next file has.
    pub fn to_register(&self) -> usize {
        self.deals.iter().filter(|deal| deal.part == OutboxPart::RegistrationReady).count()
    }

    /// Returns the deal at the cursor.
    pub fn at_cursor(&self) -> Option<&OutboxLine> {
        self.deals.get(self.cursor.0)
    }

    /// Returns one of the deals.
    pub fn deal(&self, id: OpportunityId) -> Option<&OutboxLine> {
        self.deals.iter().find(|deal| deal.id == id && !deal.part.is_registration())
    }

    /// Returns how many deals stand in an upload file that is not answered.
    pub fn open_in(&self, file: &str) -> usize {
        self.deals.iter().filter(|deal| deal.open_in.as_deref() == Some(file)).count()
    }

    /// Returns how many deals the next file has.
    pub fn ready(&self) -> usize {
        self.deals.iter().filter(|deal| matches!(deal.part, OutboxPart::Refused | OutboxPart::Ready)).count()
    }

    /// Returns how many of these still say what Partner Center refused.
    pub fn unchanged(&self) -> usize {
        self.deals.iter().filter(|deal| deal.part == OutboxPart::Refused && deal.unchanged).count()
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        if self.cursor.moves(action, self.deals.len(), page) {
            return None;
        }
        let deal = self.at_cursor();
        match (action, deal) {
            (Action::Open, Some(deal)) => Some(Asked::Go(deal.id)),
            (Action::Hold, Some(deal)) => Some(Asked::Hold(deal.id, deal.part, deal.choice)),
            (Action::ForgetUpload, Some(deal)) if deal.part.is_registration() => {
                Some(Asked::ForgetRegistrations(deal.open_in.clone()))
            }
            (Action::ForgetUpload, Some(deal)) => Some(Asked::ForgetUpload(deal.id)),
            (Action::Edit, Some(deal)) if !deal.part.is_registration() => Some(Asked::Mend(deal.id)),
            (Action::Reopen, Some(deal)) if !deal.part.is_registration() => Some(Asked::Reopen(deal.id, deal.version)),
            (Action::Theirs, Some(deal)) => Some(Asked::TakeTheirs(deal.id)),
            (Action::Told, Some(deal)) => Some(Asked::Told(deal.id)),
            (Action::Resolve, Some(deal)) => Some(Asked::Resolve(deal.id)),
            (Action::Edit, Some(deal)) => Some(Asked::Go(deal.id)),
            (action, Some(deal)) if step(action).is_some() && !deal.part.is_registration() => {
                step(action).map(|verb| Asked::Step(verb, deal.id))
            }
            (
                Action::Open
                | Action::Hold
                | Action::Edit
                | Action::Accept
                | Action::Decline
                | Action::Win
                | Action::Lose
                | Action::Reopen
                | Action::ForgetUpload
                | Action::Theirs
                | Action::Told,
                None,
            ) => Some(Asked::Nothing),
            (Action::WriteUpload, _) => Some(Asked::WriteUpload),
            (Action::WriteRegistrations, _) => Some(Asked::WriteRegistrations),
            (Action::UploadRows, _) => Some(Asked::UploadRows),
            _ => Some(Asked::Pass),
        }
    }
}

/// Returns the step that an action is the form of.
const fn step(action: Action) -> Option<Verb> {
    match action {
        Action::Accept => Some(Verb::Accept),
        Action::Decline => Some(Verb::Decline),
        Action::Win => Some(Verb::Win),
        Action::Lose => Some(Verb::Lose),
        _ => None,
    }
}
