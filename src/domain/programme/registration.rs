//! The registration of a won deal: what is told of it, how it stands at Microsoft, until when it must be there, and what is next; pure.

use serde::{Deserialize, Serialize};

use crate::domain::date::Date;
use crate::domain::instant::Timestamp;
use crate::domain::invalid::Invalid;
use crate::domain::opportunity::Opportunity;
use crate::domain::text::{Line, Notes};

pub mod check;
pub mod contract;
pub mod exception;
pub mod judge;
pub mod rules;
pub mod state;

use contract::Contract;
use exception::Exception;
use rules::{Measure, RegistrationRules};
use state::{Entered, RegistrationState};

/// By which programme it is registered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Program {
    #[default]
    AzureIpCoSell,
    /// It has no file: it is registered in Partner Center by hand.
    IsvConnect,
}

/// What Microsoft made of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MicrosoftSaid {
    Pending,
    Accepted,
    Declined,
    Expired,
    Won,
    Lost,
}

impl MicrosoftSaid {
    const ALL: [Self; 6] = [Self::Pending, Self::Accepted, Self::Declined, Self::Expired, Self::Won, Self::Lost];
    pub const WORDS: [&'static str; 6] = ["pending", "accepted", "declined", "expired", "won", "lost"];

    pub const fn code(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// Returns what the last download said of a deal.
    pub fn imported(deal: &Opportunity) -> Option<Self> {
        Self::read(deal.microsoft_status.as_ref()?.as_str())
    }

    /// Returns whether nothing follows it any more.
    const fn is_final(self) -> bool {
        !matches!(self, Self::Pending | Self::Accepted)
    }

    /// Reads the Microsoft referral status of a file.
    pub fn read(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase();
        // One that was received stands where one that is pending does.
        let word = if matches!(word.as_str(), "received" | "new") { "pending" } else { &word };
        Self::ALL.into_iter().find(|said| said.code() == word)
    }

    /// Reads what somebody tells.
    ///
    /// # Errors
    /// What it could be.
    pub fn told(text: &str) -> Result<Self, Invalid> {
        Self::read(text).ok_or_else(|| Invalid::NotOneOf { given: text.trim().to_owned(), allowed: &Self::WORDS })
    }
}

/// What a rep tells of a deal that no file does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Told {
    /// Whether the customer is managed by Microsoft.
    pub managed: Option<bool>,
    /// In the place of what the last download said, as long as that was not the end of it.
    pub microsoft: Option<MicrosoftSaid>,
}

impl Told {
    /// Returns what Microsoft made of a deal: what a download says has ended there, nobody tells otherwise.
    pub fn microsoft_of(&self, deal: &Opportunity) -> Option<MicrosoftSaid> {
        let imported = MicrosoftSaid::imported(deal);
        imported.filter(|said| said.is_final()).or(self.microsoft).or(imported)
    }
}

/// A file that it was written to, whose answer is awaited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    pub at: Timestamp,
    pub file: Line,
}

/// A registration as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Registration {
    pub program: Program,
    pub contract: Contract,
    pub told: Told,
    /// Whether the contract says something that Microsoft has not taken.
    pub waits: bool,
    pub written: Option<Written>,
    /// The states it had at Microsoft, the last one last.
    pub states: Vec<Entered>,
    pub registered_on: Option<Date>,
    /// Why it stands where it stands.
    pub reason: Option<Notes>,
    /// What was wrong with it in the last answer.
    pub errors: Option<Notes>,
    /// What Microsoft was asked to let be otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<Exception>,
}

/// What a file of Microsoft says of a registration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Where it stands; nothing where that is not decided.
    pub state: Option<RegistrationState>,
    /// The days of states, as far as the file tells them.
    pub days: Vec<(RegistrationState, Date)>,
    pub registered_on: Option<Date>,
    pub reason: Option<Notes>,
    pub errors: Option<Notes>,
    pub contract: Contract,
}

/// What became of a registration by an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    Taken,
    /// Microsoft found something wrong with it.
    Refused,
    Unchanged,
    /// Where it stands here is beyond what the file says: the file is older.
    Older,
}

/// What is to be done about a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Mend what Microsoft refused.
    Mend,
    /// Do what Microsoft asks for.
    Act,
    /// Write it to a file.
    Write,
    /// Register it in Partner Center: there is no file for it.
    ByHand,
    /// Upload the file and read its answer.
    Upload,
    /// Microsoft decides.
    Wait,
    Nothing,
}

impl Next {
    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mend => "mend",
            Self::Act => "act",
            Self::Write => "write",
            Self::ByHand => "byHand",
            Self::Upload => "upload",
            Self::Wait => "wait",
            Self::Nothing => "nothing",
        }
    }
}

/// Why a registration that is told stays here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrationStays {
    /// There is no file for its programme.
    ByHand,
    /// Partner Center has given its deal no id yet.
    NoReferral,
    /// Partner Center does not know yet that its deal is won: it registers nothing else (MG-73).
    NotWonThere,
    /// Its data no longer holds.
    Flawed,
    /// The file takes no more rows.
    OverMost,
}

impl Registration {
    /// Returns why it stays here although it is told, whatever its contract says; `is_won_there` is whether Partner Center knows that its
    /// deal is won.
    pub fn stays(&self, deal: &Opportunity, is_won_there: bool) -> Option<RegistrationStays> {
        match self.next() {
            Next::ByHand => Some(RegistrationStays::ByHand),
            Next::Write if deal.referral_id.is_none() => Some(RegistrationStays::NoReferral),
            Next::Write if !is_won_there => Some(RegistrationStays::NotWonThere),
            _ => None,
        }
    }

    pub fn state(&self) -> Option<RegistrationState> {
        self.states.last().map(|entered| entered.state)
    }

    /// Returns whether its contract can be changed: until it is sent, and while Microsoft waits for something of ours.
    pub fn is_editable(&self) -> bool {
        self.written.is_none() && self.state().is_none_or(RegistrationState::is_ours_to_act)
    }

    /// Lets it wait again: the file that it was written to was never uploaded.
    pub fn forget_file(&mut self) {
        self.waits |= self.written.take().is_some();
    }

    /// Returns what is to be done about it.
    pub fn next(&self) -> Next {
        match self.state() {
            Some(state) if state.is_over() => Next::Nothing,
            _ if self.written.is_some() => Next::Upload,
            _ if self.errors.is_some() && self.is_editable() && !self.waits => Next::Mend,
            _ if self.waits && self.program == Program::IsvConnect => Next::ByHand,
            _ if self.waits => Next::Write,
            Some(RegistrationState::ActionRequired) => Next::Act,
            _ => Next::Wait,
        }
    }

    /// Returns the last day, in UTC, on which it can be registered: so many days after signing, and as long as neither day of its contract
    /// lies further back than a registration takes. `None` once it is there.
    pub fn deadline(&self, rules: &RegistrationRules) -> Option<Date> {
        let signed = self.contract.signed_on?;
        let by = signed.plus_days(rules.limit(Measure::RegisterWithinDays, signed)?.is);
        let back = [(Measure::SignDaysBack, Some(signed)), (Measure::StartDaysBack, self.contract.starts_on)];
        let last = |(what, day): (Measure, Option<Date>)| Some(day?.plus_days(rules.limit(what, by)?.is));
        (self.states.is_empty()).then(|| back.into_iter().filter_map(last).fold(by, Date::min))
    }

    /// Takes in what Microsoft says of it on a day: its states are Microsoft's, what was refused is ours to mend.
    pub fn answer(&mut self, answer: Answer, today: Date) -> Answered {
        let before = self.clone();
        let is_behind = |now: RegistrationState| answer.state.is_some_and(|told| told != now && !now.may_come_to(told));
        if self.state().is_some_and(is_behind) || self.is_of_before(&answer) {
            return Answered::Older;
        }
        let refused = answer.errors.is_some();
        // A download from before the upload says nothing of what was written: it is no answer.
        let moved = answer.state.is_some() && answer.state != self.state();
        let is_other = answer.contract != Contract::default() && answer.contract != self.contract;
        if self.written.is_some() && !refused && !moved && is_other {
            return Answered::Unchanged;
        }
        let was_written = self.written.take().is_some();
        self.waits &= !was_written;
        if refused || was_written {
            self.errors = answer.errors;
        }
        self.registered_on = answer.registered_on.or(self.registered_on);
        self.reason = answer.reason;
        if !refused {
            // What we hold back or have to mend is ours; else the file says what Microsoft has.
            let is_ours = self.waits || self.written.is_some();
            if !is_ours && self.errors.is_none() && answer.contract != Contract::default() {
                self.contract = answer.contract;
            }
            let sent = was_written.then_some(RegistrationState::Pending).filter(|_| self.states.is_empty());
            if let Some(state) = answer.state.or(sent) {
                self.enter(state, &answer.days, today);
            }
        }
        match refused {
            true if *self != before => Answered::Refused,
            _ if *self == before => Answered::Unchanged,
            _ => Answered::Taken,
        }
    }

    /// Returns whether an answer tells another state, and by its day one from before the present one; a day of ours is held against none.
    fn is_of_before(&self, answer: &Answer) -> bool {
        let Some((state, last)) = answer.state.zip(self.states.last()).filter(|(state, last)| *state != last.state) else {
            return false;
        };
        let told = |of: RegistrationState| answer.days.iter().find(|(one, _)| *one == of).map(|(_, day)| *day);
        let (at, knows) = (told(state), told(last.state));
        // What tells the present state's own day is not from before it, whatever day it leaves with the other.
        at.zip(last.on).is_some_and(|(at, on)| !last.is_read && at < on && knows.is_none_or(|day| day < on))
    }

    fn enter(&mut self, state: RegistrationState, days: &[(RegistrationState, Date)], today: Date) {
        let known = |state: RegistrationState, day: Date, states: &[Entered]| {
            states.iter().any(|entered| entered.state == state && entered.on.is_none_or(|on| on >= day))
        };
        let mut told: Vec<(Date, RegistrationState)> = days.iter().map(|(state, day)| (*day, *state)).collect();
        told.sort();
        for (day, passed) in told.into_iter().filter(|(_, passed)| *passed != state) {
            if !known(passed, day, &self.states) && self.states.last().is_none_or(|last| last.on.is_none_or(|on| on <= day)) {
                self.states.push(Entered::told(passed, day));
            }
        }
        let on = days.iter().find(|(of, _)| *of == state).map(|(_, day)| *day);
        match self.states.last_mut() {
            Some(last) if last.state == state => {
                last.is_read &= on.is_none();
                last.on = on.or(last.on);
            }
            _ => self.states.push(Entered { state, on: on.or(Some(today)), is_read: on.is_none() }),
        }
    }
}

#[cfg(test)]
mod tests;
