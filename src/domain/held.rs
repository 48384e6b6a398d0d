//! An opportunity with everything kept about it: what Partner Center knows where that differs, what both changed, what is not modelled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::contact::Person;
use super::field::{BadValue, Field, Scope};
use super::instant::Timestamp;
use super::opportunity::{Opportunity, Sender};
use super::outcome::Outcome;
use super::outgoing::{Answer, InOutbox, SentRow, Standing};
use super::programme::registration::Registration;
use super::refused::RefusedRow;
use super::stage::Stage;
use super::told::Told;

/// Plain values by field; the form in which the base is kept.
pub type Values = BTreeMap<Field, Value>;

/// What the other side says of the fields that both sides changed.
pub type Claims = BTreeMap<Field, Claim>;

/// An opportunity with what a change or an import has to know about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    pub opportunity: Opportunity,
    /// Whether it was made here: then Partner Center knows nothing of it until it has given it an id.
    pub made_here: bool,
    /// What Partner Center knows of the fields in which it differs from ours; a field that is not here is as it says.
    pub base: Values,
    pub conflicts: Claims,
    /// What is not modelled, by name.
    pub extra: Map<String, Value>,
    /// As of when Partner Center said what it said.
    pub told: Told,
    /// Whether the last import brought it or something of it, and nobody has seen it since; told only where a filter asks.
    pub fresh: bool,
    /// Where its registration stands; told only where one deal is asked for.
    pub registration: Option<Box<Registration>>,
    /// Where it stands in the outbox, if it does; told only where one deal is asked for.
    pub in_outbox: Option<Box<InOutbox>>,
    /// What Partner Center refused of it last; told only where one deal is asked for, changed or stands in the outbox.
    pub refused: Option<Box<RefusedRow>>,
}

/// What the other side says of a field that both changed, from whom it came and as of when.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    pub theirs: Value,
    pub from: Party,
    pub at: Option<Timestamp>,
}

/// Who else may say something of an opportunity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Party {
    /// Partner Center, by a file.
    Center,
}

impl Party {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Center => "center",
        }
    }
}

/// Whose value a conflict ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    Ours,
    Theirs,
}

/// What the sender of an opportunity is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub to: Sender,
    pub outcome: Outcome,
}

/// Databases of earlier versions kept only the value.
impl<'de> Deserialize<'de> for Claim {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if let Value::Object(members) = &value
            && let (Some(theirs), Some(from)) = (members.get("theirs"), members.get("from"))
        {
            let from = Party::deserialize(from).map_err(serde::de::Error::custom)?;
            let at = members.get("at").and_then(Value::as_i64).map(Timestamp::from_micros);
            return Ok(Self { theirs: theirs.clone(), from, at });
        }
        Ok(Self { theirs: value, from: Party::Center, at: None })
    }
}

impl Held {
    /// Returns the customer's people besides the contact, as files of the API bring them.
    pub fn further_contacts(&self) -> Vec<Person> {
        let known = self.opportunity.customer.contact.as_ref();
        let team = self.extra.get("customerProfile").and_then(|profile| profile.get("team")).and_then(Value::as_array);
        let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let one = |member: &Value| Person {
            first: text(member, "firstName"),
            last: text(member, "lastName"),
            phone: text(member, "phoneNumber"),
            email: text(member, "email"),
        };
        let people = team.into_iter().flatten().map(one);
        people.filter(|one| !one.is_empty() && known.is_none_or(|known| !known.is_same(one))).collect()
    }

    /// Returns one that nobody else has said anything about.
    pub fn new(opportunity: Opportunity, made_here: bool) -> Self {
        let (base, conflicts, extra) = (Values::new(), Claims::new(), Map::new());
        Self {
            opportunity,
            made_here,
            base,
            conflicts,
            extra,
            told: Told::default(),
            fresh: false,
            registration: None,
            in_outbox: None,
            refused: None,
        }
    }

    /// Returns what is held after a change of our own that made `after` of the opportunity.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn changed_to(&self, after: Opportunity) -> Result<Self, BadValue> {
        let before = &self.opportunity;
        let mut held = Self { opportunity: after, ..self.clone() };
        if self.is_unknown_there() {
            return Ok(held);
        }
        // Until when an answer is expected is not for us to tell them.
        let only_deadline = before.stage.deadline().is_some() && held.opportunity.stage.deadline().is_some();
        let is_told =
            |field: &Field| field.scope() == Scope::Shared && !field.is_ours() && !(*field == Field::Stage && only_deadline);
        for field in Field::ALL.into_iter().filter(|f| is_told(f) && !f.same(before, &held.opportunity)) {
            let now = field.get(&held.opportunity);
            // Who changes what both sides changed has decided: against theirs, which they have, or for it.
            if let Some(claim) = held.conflicts.remove(&field) {
                held.base.insert(field, claim.theirs);
            }
            let base = held.base.entry(field).or_insert_with(|| field.get(before));
            if *base == now {
                held.base.remove(&field);
            }
        }
        Ok(held)
    }

    /// Ends conflicts: with theirs, which is taken over, or with ours, which from then on differs from what they have. Where there is no
    /// conflict, theirs is what they know.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn resolved(&self, choices: &[(Field, Side)]) -> Result<Self, BadValue> {
        let mut held = self.clone();
        for (field, side) in choices {
            let claimed = held.conflicts.remove(field).map(|claim| claim.theirs);
            let Some(theirs) = claimed.or_else(|| held.base.get(field).filter(|_| *side == Side::Theirs).cloned()) else {
                continue;
            };
            match side {
                Side::Ours => {
                    held.base.insert(*field, theirs);
                }
                Side::Theirs => {
                    field.put(&mut held.opportunity, &theirs)?;
                    held.base.remove(field);
                }
            }
        }
        Ok(held)
    }

    /// Returns whether Partner Center has never heard of it: it has no base then.
    pub const fn is_unknown_there(&self) -> bool {
        self.made_here && self.opportunity.referral_id.is_none()
    }

    /// Returns whether Partner Center knows that it is won.
    pub fn is_won_there(&self) -> bool {
        matches!(self.opportunity.stage.outcome(), Some(Outcome::Won)) && !self.is_new_there(Field::Stage)
    }

    /// Returns the upload file that tells that it is won, where Partner Center has not answered that; only of one that was read whole.
    pub fn win_in_file(&self) -> Option<&str> {
        let outbox = self.in_outbox.as_deref().filter(|outbox| outbox.standing == Standing::Written)?;
        let tells = |row: &&SentRow| {
            let said = row.said.laid_over(&self.opportunity);
            row.answer == Answer::Open && said.is_ok_and(|said| matches!(said.stage.outcome(), Some(Outcome::Won)))
        };
        outbox.sent.as_ref().filter(tells).map(|row| row.file.as_str())
    }

    /// Returns whether Partner Center does not have our value of a field.
    pub(super) fn is_new_there(&self, field: Field) -> bool {
        self.is_unknown_there() || self.base.contains_key(&field)
    }

    /// Returns whether Partner Center does not know yet that help is asked for.
    pub fn help_waits(&self) -> bool {
        self.is_new_there(Field::Help)
    }

    /// Returns whether Partner Center is to be told something: exactly while it knows something else than we hold, or nothing.
    pub fn has_update(&self) -> bool {
        self.is_unknown_there() || !self.base.is_empty()
    }

    /// Returns what the sender is to be told (MG-64, MG-65): that we declined, which Partner Center has not heard yet, or that the time
    /// ran out.
    pub fn notice(&self) -> Option<Notice> {
        let to = self.opportunity.sender()?.clone();
        let outcome = match &self.opportunity.stage {
            Stage::Lapsed { .. } => Outcome::Expired,
            Stage::Archived { outcome: outcome @ Outcome::Declined { .. }, .. } if self.base.contains_key(&Field::Stage) => {
                outcome.clone()
            }
            Stage::Received { .. } | Stage::Accepted { .. } | Stage::Archived { .. } => return None,
        };
        Some(Notice { to, outcome })
    }

    /// Returns whether a notice that was owed before is still true. Of an expiry that Partner Center tells, it has told the sender.
    pub fn bears_notice(&self) -> bool {
        let declined = || matches!(self.opportunity.stage.outcome(), Some(Outcome::Declined { .. }));
        self.opportunity.sender().is_some() && (matches!(self.opportunity.stage, Stage::Lapsed { .. }) || declined())
    }

    /// Returns the opportunity as Partner Center knows it.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn as_known_there(&self) -> Result<Opportunity, BadValue> {
        let mut base = self.opportunity.clone();
        for (field, value) in &self.base {
            field.put(&mut base, value)?;
        }
        Ok(base)
    }
}
