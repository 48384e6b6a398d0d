//! A lead as Partner Center hands it over (MG-83, OV-06): what is told of it, where it stands, what may be done with it when; no file.
//!
//! It is no opportunity: it has a life of its own, beside the lists, and may become one. What a later download says of it is in `told`,
//! the deal it becomes in `deal`.

mod deal;
mod part;
mod told;

pub use deal::OF_LEAD;
pub use part::{LeadKind, LeadPart};
pub use told::Heard;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::date::{Date, Today};
use super::fold::fold;
use super::ids::OpportunityId;
use super::invalid::{Complaint, Complaints, Invalid};
use super::outcome::Reason;
use super::text::{Line, Notes};

/// Where a lead stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeadStage {
    /// Nobody has answered it.
    Received,
    Accepted,
    Won,
    Lost,
    Declined,
    /// Nobody answered it in time; only Partner Center says so.
    Expired,
    /// Closed as an error; only Partner Center says so.
    Error,
    /// Closed, and the file does not say how.
    Closed,
}

impl LeadStage {
    pub const ALL: [Self; 8] =
        [Self::Received, Self::Accepted, Self::Won, Self::Lost, Self::Declined, Self::Expired, Self::Error, Self::Closed];

    /// Returns the word of the database, of JSON and of filters.
    pub const fn code(self) -> &'static str {
        CODES[self as usize]
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Returns the two words of Partner Center: status and substatus.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Received => ("New", "Received"),
            Self::Accepted => ("Active", "Accepted"),
            Self::Won => ("Closed", "Won"),
            Self::Lost => ("Closed", "Lost"),
            Self::Declined => ("Closed", "Declined"),
            Self::Expired => ("Closed", "Expired"),
            Self::Error => ("Closed", "Error"),
            Self::Closed => ("Closed", ""),
        }
    }

    /// Reads status and substatus of a file, either of which may say nothing; a substatus in the column of the status is taken as one.
    ///
    /// # Errors
    /// [`Invalid::UnknownStatus`] of a word that is none, and of two that contradict each other.
    pub fn read(status: &str, substatus: &str) -> Result<Option<Self>, Invalid> {
        let (status, substatus) = (status.trim(), substatus.trim());
        let one = Self::word(status)?;
        let other = Self::word(substatus)?;
        let contradict = || Err(Invalid::UnknownStatus(format!("{status} / {substatus}")));
        match (one, other) {
            (one, None) => Ok(one),
            (None | Some(Self::Closed), Some(other)) if one.is_none() || other.is_closed() => Ok(Some(other)),
            (Some(one), Some(other)) if one == other => Ok(Some(other)),
            _ => contradict(),
        }
    }

    fn word(word: &str) -> Result<Option<Self>, Invalid> {
        if word.is_empty() {
            return Ok(None);
        }
        match fold(word).as_str() {
            "new" | "received" | "pending" => Ok(Some(Self::Received)),
            "active" | "accepted" => Ok(Some(Self::Accepted)),
            "closed" | "archived" => Ok(Some(Self::Closed)),
            plain => Self::of_code(plain).map(Some).ok_or_else(|| Invalid::UnknownStatus(word.to_owned())),
        }
    }

    /// Returns whether nothing of it is changed any more.
    pub const fn is_closed(self) -> bool {
        !matches!(self, Self::Received | Self::Accepted)
    }
}

const CODES: [&str; 8] = ["received", "accepted", "won", "lost", "declined", "expired", "error", "closed"];

/// From which file a row is: each has columns of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeadFile {
    /// The download of leads, which Partner Center takes back changed.
    Bulk,
    /// The download of the analysis of leads, which only tells.
    Insights,
}

/// A cell as it came, so that it goes back as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadCell {
    pub head: String,
    pub text: String,
    /// What it means; nothing: it is kept and means nothing here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<LeadPart>,
}

/// What was written of a lead last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadWritten {
    pub file: String,
    pub on: Date,
    pub values: BTreeMap<LeadPart, String>,
}

/// One lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lead {
    /// Its Referral ID in Partner Center: no lead is without.
    pub id: Line,
    /// What stands here, each as [`LeadPart::set`] leaves it; nothing for what is empty.
    pub(crate) values: BTreeMap<LeadPart, String>,
    /// The same as Partner Center told it last.
    pub(crate) told: BTreeMap<LeadPart, String>,
    /// What Partner Center told anew of something that was changed here.
    #[serde(default)]
    pub(crate) clashes: BTreeSet<LeadPart>,
    /// The row of each file as it came last.
    pub(crate) rows: BTreeMap<LeadFile, Vec<LeadCell>>,
    /// The opportunity that was made of it.
    #[serde(default)]
    pub deal: Option<OpportunityId>,
    #[serde(default)]
    pub written: Option<LeadWritten>,
    /// Why Partner Center refused what was written, until something else is told or done.
    #[serde(default)]
    pub error: Option<String>,
    /// Whether it refused what was written last: that has not left for good.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) refused: bool,
}

/// What is done with a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeadStep {
    Accept,
    Decline { reason: Reason, note: Option<Notes> },
    Win,
    Lose { reason: Reason, note: Option<Notes> },
}

/// Why something is not done with a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeadRefusal {
    /// Closed is final.
    #[error("closed")]
    Closed(LeadStage),
    /// Winning and losing come after accepting, and so does a deal.
    #[error("not accepted yet")]
    NotAccepted,
    #[error("accepted already")]
    Accepted,
    /// What the customer or Microsoft told stays as it was told.
    #[error("{} is told", .0.code())]
    Told(LeadPart),
    /// It is changed once the lead is accepted.
    #[error("{} is changed later", .0.code())]
    Later(LeadPart),
    /// A deal was made of it.
    #[error("a deal was made of it")]
    IsDeal(OpportunityId),
}

/// Why a lead does not go into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadStays {
    /// Nothing was changed here, or all of it was written.
    Nothing,
    /// What changed on both sides is to be decided first.
    Clash,
    /// Only the analysis told of it: there is no row to write back.
    NoRow,
}

impl Lead {
    /// Returns a lead of which only the id is known.
    pub fn new(id: Line) -> Self {
        let (values, told) = (BTreeMap::new(), BTreeMap::new());
        Self {
            id,
            values,
            told,
            clashes: BTreeSet::new(),
            rows: BTreeMap::new(),
            deal: None,
            written: None,
            error: None,
            refused: false,
        }
    }

    /// Returns what stands in a part; nothing where it is empty.
    pub fn text(&self, part: LeadPart) -> &str {
        self.values.get(&part).map_or("", String::as_str)
    }

    /// Returns what Partner Center told of a part last.
    pub fn told(&self, part: LeadPart) -> &str {
        self.told.get(&part).map_or("", String::as_str)
    }

    pub fn stage(&self) -> LeadStage {
        LeadStage::of_code(self.text(LeadPart::Stage)).unwrap_or(LeadStage::Received)
    }

    /// Returns whether Partner Center refused what was written of it last.
    pub const fn is_refused(&self) -> bool {
        self.refused
    }

    /// Returns where it stands for what is done with it: what was closed here, and refused by Partner Center, stands as before.
    fn stage_to_act_on(&self) -> LeadStage {
        let told = LeadStage::of_code(self.told(LeadPart::Stage)).unwrap_or(LeadStage::Received);
        match self.stage() {
            stage if !self.refused || told.is_closed() => stage,
            LeadStage::Won | LeadStage::Lost => LeadStage::Accepted,
            LeadStage::Declined => LeadStage::Received,
            stage => stage,
        }
    }

    /// Returns what a rep knows it by: its name, else its customer, else its id.
    pub fn title(&self) -> &str {
        let named = [LeadPart::Name, LeadPart::Customer].into_iter().map(|part| self.text(part)).find(|text| !text.is_empty());
        named.unwrap_or_else(|| self.id.as_str())
    }

    /// Returns the customer's person as one name.
    pub fn contact(&self) -> String {
        let (first, last) = (self.text(LeadPart::ContactFirst), self.text(LeadPart::ContactLast));
        let joined = [first, last].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
        if joined.is_empty() { self.text(LeadPart::ContactName).to_owned() } else { joined }
    }

    /// Returns by what leads are ordered: those without an answer first, closed ones last, each the latest first.
    pub fn order(&self) -> impl Ord + use<> {
        let rank = match self.stage() {
            LeadStage::Received => 0,
            LeadStage::Accepted => 1,
            _ => 2,
        };
        (rank, std::cmp::Reverse(self.text(LeadPart::Created).to_owned()), fold(self.id.as_str()))
    }

    /// Returns what both sides changed.
    pub const fn clashes(&self) -> &BTreeSet<LeadPart> {
        &self.clashes
    }

    /// Returns the cells that mean nothing here, by the heads of their columns.
    pub fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_kept = |cell: &&LeadCell| cell.part.is_none() && !cell.text.is_empty() && cell.text.trim() != self.id.as_str();
        let cells = self.rows.values().flatten().filter(is_kept);
        cells.map(|cell| (cell.head.as_str(), cell.text.as_str()))
    }

    /// Returns whether a part may be changed now.
    ///
    /// # Errors
    /// Why not.
    pub fn may_edit(&self, part: LeadPart) -> Result<(), LeadRefusal> {
        match self.stage_to_act_on() {
            stage if stage.is_closed() => Err(LeadRefusal::Closed(stage)),
            _ if part.is_told() => Err(LeadRefusal::Told(part)),
            LeadStage::Received if !part.is_ours() => Err(LeadRefusal::Later(part)),
            _ => Ok(()),
        }
    }

    /// Changes parts, all of them or none; an empty text empties one. A conflict about one of them is decided by it.
    ///
    /// # Errors
    /// All refusals, and all that is wrong with the texts.
    pub fn edit(&mut self, changes: &[(LeadPart, String)], today: Today) -> Result<(), (Vec<LeadRefusal>, Complaints)> {
        let mut refusals: Vec<LeadRefusal> = Vec::new();
        for refusal in changes.iter().filter_map(|(part, _)| self.may_edit(*part).err()) {
            if !refusals.contains(&refusal) {
                refusals.push(refusal);
            }
        }
        let mut values = self.values.clone();
        let mut complaints = Complaints::new();
        for (part, text) in changes {
            match part.read(text, today) {
                Ok(text) => put(&mut values, *part, text),
                Err(why) => complaints.push(Complaint::new(part.code(), why)),
            }
        }
        if !(refusals.is_empty() && complaints.is_empty()) {
            return Err((refusals, complaints));
        }
        self.values = values;
        self.error = None;
        self.clashes.retain(|clash| changes.iter().all(|(part, _)| part != clash));
        Ok(())
    }

    /// Takes a step.
    ///
    /// # Errors
    /// Why it cannot be taken now.
    pub fn step(&mut self, step: &LeadStep) -> Result<(), LeadRefusal> {
        self.may_step(step)?;
        self.error = None;
        // What was refused before was no end: nobody has refused this one.
        self.refused &= self.stage().is_closed();
        let (to, reason) = match step {
            LeadStep::Accept => (LeadStage::Accepted, None),
            LeadStep::Win => (LeadStage::Won, None),
            LeadStep::Decline { reason, note } => (LeadStage::Declined, Some((reason, note))),
            LeadStep::Lose { reason, note } => (LeadStage::Lost, Some((reason, note))),
        };
        put(&mut self.values, LeadPart::Stage, to.code().to_owned());
        if reason.is_none() {
            put(&mut self.values, LeadPart::Reason, String::new());
            put(&mut self.values, LeadPart::ReasonNote, String::new());
        }
        if let Some((reason, note)) = reason {
            put(&mut self.values, LeadPart::Reason, reason.code().to_owned());
            put(&mut self.values, LeadPart::ReasonNote, note.as_ref().map(ToString::to_string).unwrap_or_default());
        }
        self.clashes.retain(|part| !matches!(part, LeadPart::Stage | LeadPart::Reason));
        Ok(())
    }

    /// Returns whether a step can be taken now.
    ///
    /// # Errors
    /// Why not.
    pub fn may_step(&self, step: &LeadStep) -> Result<(), LeadRefusal> {
        match (self.stage_to_act_on(), step) {
            (stage, _) if stage.is_closed() => Err(LeadRefusal::Closed(stage)),
            (LeadStage::Received, LeadStep::Win | LeadStep::Lose { .. }) => Err(LeadRefusal::NotAccepted),
            (LeadStage::Accepted, LeadStep::Accept | LeadStep::Decline { .. }) => Err(LeadRefusal::Accepted),
            _ => Ok(()),
        }
    }

    /// Returns what waits to be written back, or why it does not.
    ///
    /// # Errors
    /// Why there is nothing to write.
    pub fn waits(&self) -> Result<BTreeMap<LeadPart, String>, LeadStays> {
        let changed: Vec<LeadPart> = LeadPart::ALL.into_iter().filter(|part| self.text(*part) != self.told(*part)).collect();
        if !self.rows.contains_key(&LeadFile::Bulk) {
            return Err(if changed.is_empty() { LeadStays::Nothing } else { LeadStays::NoRow });
        }
        let goes = changed.into_iter().filter(|part| self.goes_back(*part));
        let waits: BTreeMap<LeadPart, String> = goes.map(|part| (part, self.text(part).to_owned())).collect();
        if waits.is_empty() || self.written.as_ref().is_some_and(|written| written.values == waits) {
            return Err(LeadStays::Nothing);
        }
        if self.clashes.is_empty() { Ok(waits) } else { Err(LeadStays::Clash) }
    }

    /// Returns whether the file that goes back has a column for a part; what it has none for stays ours.
    fn goes_back(&self, part: LeadPart) -> bool {
        let cells = self.rows.get(&LeadFile::Bulk).into_iter().flatten();
        cells.filter_map(|cell| cell.part).any(|of| of == part || of.is_of(part))
    }

    /// Returns what of why it was closed here has no column in the file that goes back.
    pub fn stays_here(&self) -> Vec<LeadPart> {
        let stays =
            |part: &LeadPart| !self.text(*part).is_empty() && self.text(*part) != self.told(*part) && !self.goes_back(*part);
        [LeadPart::Reason, LeadPart::ReasonNote].into_iter().filter(stays).collect()
    }

    /// Returns the row that goes back: what was changed here in the words of Partner Center, everything else as it came.
    pub fn row(&self) -> Vec<(&str, String)> {
        let cells = self.rows.get(&LeadFile::Bulk).into_iter().flatten();
        cells.map(|cell| (cell.head.as_str(), self.cell(cell))).collect()
    }

    fn cell(&self, cell: &LeadCell) -> String {
        let as_it_came = || cell.text.clone();
        let Some(part) = cell.part else { return as_it_came() };
        let of = if part == LeadPart::Substage { LeadPart::Stage } else { part };
        if self.text(of) == self.told(of) {
            return as_it_came();
        }
        let (status, substatus) = self.stage().words();
        match part {
            // A file of one column has the whole word in it.
            LeadPart::Stage if self.has_substage() => status.to_owned(),
            LeadPart::Stage | LeadPart::Substage => substatus.to_owned(),
            LeadPart::Reason => {
                Reason::read(self.text(part)).map_or_else(|| self.text(part).to_owned(), |r| r.number().to_string())
            }
            LeadPart::CloseDate => {
                Date::iso(self.text(part)).map_or_else(|_| String::new(), |date| date.naive().format("%m/%d/%Y").to_string())
            }
            part => self.text(part).to_owned(),
        }
    }

    fn has_substage(&self) -> bool {
        let row = self.rows.get(&LeadFile::Bulk);
        row.is_some_and(|row| row.iter().any(|cell| cell.part == Some(LeadPart::Substage)))
    }
}

/// Puts a text into a part, and nothing where it is empty.
fn put(values: &mut BTreeMap<LeadPart, String>, part: LeadPart, text: String) {
    if text.is_empty() {
        values.remove(&part);
    } else {
        values.insert(part, text);
    }
}

#[cfg(test)]
mod tests;
