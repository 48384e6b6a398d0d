//! What of a deal is to go to Partner Center, what cannot and why, and where what went stands; how a file of it is written is `exchange`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::field::{BadValue, Field, NeverSent, Sendable};
use super::held::{Held, Values};
use super::ids::{OpportunityId, UploadId};
use super::instant::Timestamp;
use super::opportunity::{Kind, Opportunity};
use super::stage::StageKind;

/// One value that Partner Center does not know.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    pub field: Field,
    /// What it knows; nothing of a deal that it has never heard of.
    pub known: Value,
    pub ours: Value,
    /// Why it takes no new value of this; `None` where it does.
    pub never: Option<NeverSent>,
}

/// What a row of an upload file said of a deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaidThere {
    /// What it says when it is read again.
    pub values: Values,
    /// What Partner Center did not know yet.
    pub news: Vec<Field>,
    /// Whether it was to make the deal.
    pub makes: bool,
    /// What it knew then of what differed.
    #[serde(default)]
    pub known: Values,
}

/// A row of an upload file, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SentRow {
    pub upload: UploadId,
    /// The name of the file.
    pub file: String,
    pub written_at: Timestamp,
    /// The row's number, the head being 1.
    pub line: u64,
    pub opportunity: OpportunityId,
    pub said: SaidThere,
    pub answer: Answer,
}

/// What Partner Center said of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Open,
    Taken,
    /// It took nothing of the row, and says why.
    Refused(String),
    /// The file was never uploaded.
    Dropped,
}

/// What a rep said of one deal of the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It goes where nothing speaks against it.
    Open,
    HeldBack,
    /// It goes, though it is of the private pipeline.
    Released,
}

/// Where a deal of the outbox stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// The next upload file has it.
    Ready,
    /// A file has it as it stands here, and Partner Center has not answered.
    Written,
    /// Both sides changed these: that is decided first.
    Conflict(Vec<Field>),
    HeldBack,
    /// It is of the private pipeline, and nobody has said that it goes.
    Private,
    /// Partner Center takes none of what differs.
    Stuck,
    /// Nothing differs; a sender is to be told, which no file does.
    Notice,
}

/// Where a deal of the outbox stands, with what was written of it last.
#[derive(Debug, Clone, PartialEq)]
pub struct InOutbox {
    pub standing: Standing,
    pub sent: Option<SentRow>,
}

impl Standing {
    /// Returns the word of JSON.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Written => "written",
            Self::Conflict(_) => "conflict",
            Self::HeldBack => "heldBack",
            Self::Private => "private",
            Self::Stuck => "stuck",
            Self::Notice => "notice",
        }
    }
}

impl Held {
    /// Returns every value that Partner Center does not know, in the order of the fields.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn pending(&self) -> Result<Vec<Pending>, BadValue> {
        let ours = &self.opportunity;
        if self.is_unknown_there() {
            let blank = Opportunity::blank(ours.customer.name.clone(), ours.first_seen_at);
            let goes = |field: &Field| !matches!(field.sendable(), Sendable::Never(why) if why != NeverSent::AfterCreation);
            let tells = |field: &Field| *field == Field::CustomerName || !field.same(&blank, ours);
            let new = |field: Field| Pending { field, known: Value::Null, ours: field.get(ours), never: None };
            return Ok(Field::ALL.into_iter().filter(goes).filter(tells).map(new).collect());
        }
        let closed = self.is_closed_there()?;
        let pending = |(field, known): (&Field, &Value)| Pending {
            field: *field,
            known: known.clone(),
            ours: field.get(ours),
            never: match field.sendable() {
                Sendable::Never(why) => Some(why),
                // After its end nothing of a deal changes there.
                Sendable::Patch(..) | Sendable::Column(_) => closed.then_some(NeverSent::ReadOnly),
            },
        };
        Ok(self.base.iter().map(pending).collect())
    }

    /// Returns the fields of which Partner Center takes no new value any more, though ours differs.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn unsendable(&self) -> Result<Vec<Field>, BadValue> {
        Ok(self.pending()?.into_iter().filter(|pending| pending.never.is_some()).map(|pending| pending.field).collect())
    }

    /// Returns whether Partner Center has closed it, or was told and has answered so.
    fn is_closed_there(&self) -> Result<bool, BadValue> {
        if !self.base.contains_key(&Field::Stage) {
            return Ok(self.opportunity.stage.kind() == StageKind::Archived);
        }
        Ok(self.as_known_there()?.stage.kind() == StageKind::Archived)
    }

    /// Returns where it stands in the outbox. `sent` is what was written of it, the newest first.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn standing(&self, choice: Choice, sent: &[SentRow]) -> Result<Standing, BadValue> {
        if !self.conflicts.is_empty() {
            return Ok(Standing::Conflict(self.conflicts.keys().copied().collect()));
        }
        if !self.has_update() {
            return Ok(Standing::Notice);
        }
        if let Some(last) = sent.first() {
            // What was to make the deal is not written again: two rows would make two deals.
            let unborn = last.said.makes && self.is_unknown_there() && matches!(last.answer, Answer::Open | Answer::Taken);
            // What Partner Center has come to say since was not known when it was written: that goes once more.
            let as_known = || self.base.iter().all(|(field, value)| last.said.known.get(field) == Some(value));
            if unborn || (last.answer == Answer::Open && as_known() && last.said.is_as(&self.opportunity)?) {
                return Ok(Standing::Written);
            }
        }
        if self.pending()?.iter().all(|pending| pending.never.is_some()) {
            return Ok(Standing::Stuck);
        }
        Ok(match choice {
            Choice::HeldBack => Standing::HeldBack,
            Choice::Open if self.opportunity.kind == Kind::PrivatePipeline => Standing::Private,
            Choice::Open | Choice::Released => Standing::Ready,
        })
    }
}

impl SaidThere {
    /// Returns what a row says that reads as `theirs`.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn of(held: &Held, theirs: &Opportunity) -> Result<Self, BadValue> {
        let makes = held.is_unknown_there();
        let news = held.pending()?.into_iter().filter(|pending| pending.never.is_none()).map(|pending| pending.field).collect();
        let tells = |field: &Field| *field != Field::Kind || makes || held.opportunity.kind.is_told_in_tables();
        let values = Self::fields(makes).filter(tells).map(|field| (field, field.get(theirs))).collect();
        Ok(Self { values, news, makes, known: held.base.clone() })
    }

    /// Returns the fields that a row speaks of: what Partner Center takes, and of a deal that is yet to be made the customer too.
    pub fn fields(makes: bool) -> impl Iterator<Item = Field> {
        let speaks = move |field: &Field| match field.sendable() {
            Sendable::Never(why) => makes && why == NeverSent::AfterCreation,
            Sendable::Patch(..) | Sendable::Column(_) => true,
        };
        Field::ALL.into_iter().filter(speaks)
    }

    /// Returns whether an opportunity says the same, in everything that the row speaks of.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn is_as(&self, other: &Opportunity) -> Result<bool, BadValue> {
        self.agrees(other, self.values.keys().copied())
    }

    /// As [`SaidThere::is_as`], in these fields.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn is_as_in(&self, other: &Opportunity, fields: &[Field]) -> Result<bool, BadValue> {
        self.agrees(other, fields.iter().copied())
    }

    /// Returns whether Partner Center, as it has the deal by a record, knows everything that it did not know before.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn has_arrived(&self, theirs: &Opportunity) -> Result<bool, BadValue> {
        if self.makes {
            return Ok(theirs.referral_id.is_some());
        }
        self.agrees(theirs, self.news.iter().copied())
    }

    /// Returns whether a record has the deal as Partner Center knew it before any of this was written: it was made then, and answers
    /// nothing.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn is_before(&self, theirs: &Opportunity) -> Result<bool, BadValue> {
        let mut before = theirs.clone();
        for field in &self.news {
            let Some(known) = self.known.get(field) else { return Ok(false) };
            field.put(&mut before, known)?;
        }
        Ok(!self.makes && !self.news.is_empty() && self.news.iter().all(|field| is_same(*field, &before, theirs)))
    }

    /// Returns whether an opportunity has anything by which deals are told apart as the row has it: a name, a number or somebody's
    /// contact, the customer's street, or what it is worth together with the day it closes. Else they are two.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn is_like(&self, other: &Opportunity) -> Result<bool, BadValue> {
        const TELLING: [&[Field]; 7] = [
            &[Field::CustomerName],
            &[Field::Name],
            &[Field::Duns],
            &[Field::CrmId],
            &[Field::Contact],
            &[Field::Address],
            &[Field::Value, Field::CloseDate],
        ];
        let is_told = |field: &Field| match (field, self.values.get(field)) {
            (_, None | Some(Value::Null)) => false,
            (Field::Address, Some(address)) => address.get("line1").is_some_and(|line| !line.is_null()),
            (_, Some(_)) => true,
        };
        let said = self.laid_over(other)?;
        let is_alike = |fields: &&[Field]| fields.iter().all(|field| is_told(field) && is_same(*field, &said, other));
        Ok(TELLING.iter().any(is_alike))
    }

    fn agrees(&self, other: &Opportunity, mut fields: impl Iterator<Item = Field>) -> Result<bool, BadValue> {
        let said = self.laid_over(other)?;
        Ok(fields.all(|field| is_same(field, &said, other)))
    }

    /// Returns an opportunity with what the row said in place of its own.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn laid_over(&self, other: &Opportunity) -> Result<Opportunity, BadValue> {
        let mut said = other.clone();
        for (field, value) in &self.values {
            field.put(&mut said, value)?;
        }
        Ok(said)
    }
}

/// Returns whether two agree in a field as far as a file tells it: neither when a step was made nor why beyond its reason, not what a
/// solution is called, and of our request only what it asks.
pub fn is_same(field: Field, one: &Opportunity, other: &Opportunity) -> bool {
    match field {
        Field::Stage => one.stage.told().tells_the_same(&other.stage.told()),
        Field::Solutions => {
            let bare = |of: &Opportunity| -> Vec<_> {
                of.solutions.iter().map(|one| (one.id.clone(), one.currency, one.price.clone(), one.quantity)).collect()
            };
            bare(one) == bare(other)
        }
        Field::Help => {
            let asked = |of: &Opportunity| of.help.as_ref().map(|help| (help.kind, help.note.clone()));
            asked(one) == asked(other)
        }
        _ => field.same(one, other),
    }
}
