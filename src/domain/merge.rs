//! What an import does to one opportunity: a new one, a change, a conflict or nothing; never a loss.
//!
//! Three values per field: *base* as last imported, *ours* as it stands here, *theirs* as the file says. Only theirs
//! changed: take it. Only ours changed: keep it. Both: ours stays and the conflict is kept until it is decided.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::deadline::{Basis, Deadline};
use super::field::{BadValue, Field};
use super::ids::{OpportunityId, Version};
use super::incoming::{Incoming, State};
use super::instant::Timestamp;
use super::opportunity::{Deal, Direction, Kind, Opportunity, Origin, Sender};
use super::outcome::Outcome;
use super::stage::Stage;
use super::text::Line;

/// Plain values by field; the form in which base and conflicts are kept.
pub type Values = BTreeMap<Field, Value>;

/// An opportunity with what an import has to know about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    pub opportunity: Opportunity,
    /// Base values of the fields that differ from it; a field that is not here is as imported.
    pub base: Values,
    /// Theirs, of the fields where both sides changed.
    pub conflicts: Values,
    /// What is not modelled, by name.
    pub extra: Map<String, Value>,
}

/// What an import makes of one record.
#[derive(Debug, Clone, PartialEq)]
pub enum Merged {
    New(Box<Held>),
    /// The record as it is afterwards, the fields taken over and those newly in conflict.
    Changed {
        after: Box<Held>,
        taken: Vec<Field>,
        conflicts: Vec<Field>,
        settles: Settles,
    },
    Unchanged,
    /// The file says too little to make an opportunity of it.
    Unknown,
}

/// What of the outbox an import makes needless.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settles {
    /// Partner Center knows everything we wanted to send.
    pub updates: bool,
    /// It did not expire after all: the sender need not be told.
    pub notices: bool,
}

impl Held {
    /// Returns what is held after a change of our own that made `after` of the opportunity.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn changed_to(&self, after: Opportunity) -> Result<Self, BadValue> {
        let before = &self.opportunity;
        let mut held = Self { opportunity: after, ..self.clone() };
        // Partner Center has no base for what it does not know yet.
        if before.referral_id.is_none() {
            return Ok(held);
        }
        for field in Field::ALL.into_iter().filter(|f| *f != Field::Favorite && !f.same(before, &held.opportunity)) {
            let now = field.get(&held.opportunity);
            let base = held.base.entry(field).or_insert_with(|| field.get(before));
            if *base == now || held.conflicts.get(&field) == Some(&now) {
                held.base.remove(&field);
                held.conflicts.remove(&field);
            }
        }
        Ok(held)
    }
}

/// What a new deadline is counted with.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    pub now: Timestamp,
    /// Days to respond, where Partner Center does not say (MG-66).
    pub response_days: i64,
}

/// Lays a record over what is held.
///
/// # Errors
/// [`BadValue`] when a kept base or conflict value cannot be read back.
pub fn merge(incoming: &Incoming, held: Option<&Held>, terms: Terms) -> Result<Merged, BadValue> {
    match held {
        Some(held) => update(incoming, held, terms),
        None if incoming.creates => Ok(create(incoming, terms)),
        None => Ok(Merged::Unknown),
    }
}

fn create(incoming: &Incoming, terms: Terms) -> Merged {
    let Some(name) = &incoming.customer_name else { return Merged::Unknown };
    let direction = incoming.direction.told.unwrap_or(incoming.direction.guess);
    let mut made = blank(name.clone(), direction, terms.now);
    lay_over(incoming, &mut made);
    made.updated_at = incoming.updated_at.unwrap_or(terms.now);
    made.stage = stage(incoming, &made, None, terms);
    made.favorite = incoming.favorite.unwrap_or(false);
    let held = Held { opportunity: made, base: Values::new(), conflicts: Values::new(), extra: incoming.extra.clone() };
    Merged::New(Box::new(held))
}

fn blank(customer: Line, direction: Direction, now: Timestamp) -> Opportunity {
    Opportunity {
        id: OpportunityId(0),
        version: Version(0),
        referral_id: None,
        engagement_id: None,
        kind: Kind::CoSell,
        origin: origin(direction, None),
        stage: Stage::Accepted { since: None },
        favorite: false,
        waiting: false,
        created_at: None,
        first_seen_at: now,
        updated_at: now,
        deal: Deal::default(),
        customer: super::customer::Customer { name: customer, duns: None, address: Default::default(), contact: None },
        employees: Vec::new(),
        solutions: Vec::new(),
        help: None,
        partner: None,
        microsoft_status: None,
    }
}

fn origin(direction: Direction, sender: Option<Sender>) -> Origin {
    match direction {
        Direction::Inbound => Origin::Inbound { sender: sender.unwrap_or_else(|| Sender::microsoft(None)) },
        Direction::Outbound => Origin::Outbound,
    }
}

fn update(incoming: &Incoming, held: &Held, terms: Terms) -> Result<Merged, BadValue> {
    let ours = &held.opportunity;
    let mut base = ours.clone();
    for (field, value) in &held.base {
        field.put(&mut base, value)?;
    }
    let mut theirs = base.clone();
    lay_over(incoming, &mut theirs);
    theirs.stage = stage(incoming, &theirs, Some(&base), terms);
    if !Field::Stage.same(ours, &base) && tells_the_same(&theirs.stage, &ours.stage) {
        // They have heard of our step; when we made it we know better.
        theirs.stage = ours.stage.clone();
    }

    let mut after = held.clone();
    let (mut taken, mut conflicts) = (Vec::new(), Vec::new());
    for field in Field::ALL.into_iter().filter(|field| speaks_of(incoming, *field)) {
        let said = field.get(&theirs);
        let same_as_base = field.same(&theirs, &base);
        if field.same(&theirs, ours) {
            // Both sides say the same: nothing is left to send or to decide.
            after.base.remove(&field);
            after.conflicts.remove(&field);
        } else if same_as_base || held.conflicts.get(&field) == Some(&said) {
            if same_as_base {
                after.conflicts.remove(&field);
            }
        } else if takes(field, ours, &base, &theirs) {
            field.put(&mut after.opportunity, &said)?;
            after.base.remove(&field);
            after.conflicts.remove(&field);
            taken.push(field);
        } else {
            after.conflicts.insert(field, said);
            conflicts.push(field);
        }
    }
    for (name, value) in &incoming.extra {
        after.extra.insert(name.clone(), value.clone());
    }
    if after == *held {
        return Ok(Merged::Unchanged);
    }
    after.opportunity.updated_at = incoming.updated_at.unwrap_or(terms.now).max(ours.updated_at);
    // A deal of our own that got its id has arrived.
    let arrived = ours.referral_id.is_none() && after.opportunity.referral_id.is_some();
    let settles = Settles {
        updates: after.base.is_empty() && (!held.base.is_empty() || arrived),
        notices: taken.contains(&Field::Stage) && expired_by_clock(ours, &base),
    };
    Ok(Merged::Changed { after: Box::new(after), taken, conflicts, settles })
}

/// Returns whether theirs is taken over: only theirs changed, and it does not bring an archived one back to life.
fn takes(field: Field, ours: &Opportunity, base: &Opportunity, theirs: &Opportunity) -> bool {
    if field != Field::Stage {
        return field.same(ours, base);
    }
    let revives = base.is_archived() && base.stage.outcome().map(Outcome::kind) != theirs.stage.outcome().map(Outcome::kind);
    expired_by_clock(ours, base) || (field.same(ours, base) && !revives)
}

/// Returns whether the record says anything of the field.
fn speaks_of(incoming: &Incoming, field: Field) -> bool {
    match field {
        // Creation, expiry and direction move the deadline, even where the file gives no status.
        Field::Stage => {
            let dated = incoming.created_at.is_some() || incoming.expires_at.is_some();
            incoming.status.is_some() || dated || incoming.direction.told.is_some()
        }
        Field::Name => incoming.name.is_some(),
        Field::Value => incoming.value.is_some(),
        Field::CloseDate => incoming.close_date.is_some(),
        Field::SalesStage => incoming.sales_stage.is_some(),
        Field::CrmId => incoming.crm_id.is_some(),
        Field::CampaignId => incoming.campaign_id.is_some(),
        Field::Notes => incoming.notes.is_some(),
        Field::CustomerName => incoming.customer_name.is_some(),
        Field::Duns => incoming.duns.is_some(),
        Field::Address => incoming.address.is_some(),
        Field::Contact => incoming.contact.is_some(),
        Field::Employees => incoming.employees.is_some(),
        Field::Solutions => incoming.solutions.is_some(),
        Field::Help => incoming.help.is_some(),
        Field::Partner => false,
        Field::MicrosoftStatus => incoming.microsoft_status.is_some(),
        Field::Kind => incoming.kind.is_some(),
        Field::Origin => incoming.direction.told.is_some() || incoming.sender.is_some(),
        Field::CreatedAt => incoming.created_at.is_some(),
        Field::ReferralId => incoming.referral_id.is_some(),
        Field::EngagementId => incoming.engagement_id.is_some(),
        Field::Favorite => false,
    }
}

/// Returns whether it expired here only because nobody answered; Partner Center then knows better than our clock.
fn expired_by_clock(ours: &Opportunity, base: &Opportunity) -> bool {
    matches!(base.stage, Stage::Received { .. }) && ours.stage.outcome() == Some(&Outcome::Expired)
}

/// Sets every field the record speaks of, except the stage.
fn lay_over(incoming: &Incoming, on: &mut Opportunity) {
    fn say<T: Clone>(said: &Option<T>, field: &mut T) {
        if let Some(value) = said {
            field.clone_from(value);
        }
    }
    if incoming.referral_id.is_some() {
        on.referral_id.clone_from(&incoming.referral_id);
    }
    if incoming.engagement_id.is_some() {
        on.engagement_id.clone_from(&incoming.engagement_id);
    }
    if incoming.created_at.is_some() {
        on.created_at = incoming.created_at;
    }
    say(&incoming.kind, &mut on.kind);
    say(&incoming.name, &mut on.deal.name);
    say(&incoming.value, &mut on.deal.value);
    say(&incoming.close_date, &mut on.deal.close_date);
    say(&incoming.sales_stage, &mut on.deal.sales_stage);
    say(&incoming.crm_id, &mut on.deal.crm_id);
    say(&incoming.campaign_id, &mut on.deal.campaign_id);
    say(&incoming.notes, &mut on.deal.notes);
    say(&incoming.customer_name, &mut on.customer.name);
    say(&incoming.duns, &mut on.customer.duns);
    say(&incoming.address, &mut on.customer.address);
    say(&incoming.contact, &mut on.customer.contact);
    say(&incoming.employees, &mut on.employees);
    say(&incoming.solutions, &mut on.solutions);
    lay_help_over(incoming, on);
    say(&incoming.microsoft_status, &mut on.microsoft_status);
    let direction = incoming.direction.told.unwrap_or_else(|| on.direction());
    let sender = incoming.sender.clone().or_else(|| on.sender().cloned());
    on.origin = origin(direction, sender);
    if direction == Direction::Inbound {
        // A help request is ours; what an inbound file calls help is why it was sent. Nor is it ever private.
        on.help = None;
        on.kind = match on.kind {
            Kind::PrivatePipeline | Kind::PartnerLed => Kind::CoSell,
            kind => kind,
        };
    }
}

/// A file tells neither when help was asked for nor of the consent: where it speaks of the same request, ours stay.
fn lay_help_over(incoming: &Incoming, on: &mut Opportunity) {
    let Some(said) = &incoming.help else { return };
    let known = on.help.take();
    on.help.clone_from(said);
    if let (Some(help), Some(known)) = (&mut on.help, known) {
        help.requested_at = help.requested_at.or(known.requested_at);
        help.consent |= known.consent;
    }
}

/// Returns the stage theirs is in, with the times of `before` where the file gives none.
fn stage(incoming: &Incoming, theirs: &Opportunity, before: Option<&Opportunity>, terms: Terms) -> Stage {
    let before = before.map(|b| &b.stage);
    let Some(status) = &incoming.status else {
        return before.map_or(Stage::Accepted { since: None }, |stage| redated(stage, incoming, theirs, terms));
    };
    match &status.state {
        // MG-71: what we made ourselves never waits for our own answer.
        State::New if theirs.direction() == Direction::Inbound => {
            Stage::Received { respond_by: deadline(incoming, theirs, before, terms) }
        }
        State::New | State::Active => {
            let known = before.and_then(|stage| match stage {
                Stage::Accepted { since } => *since,
                Stage::Received { .. } | Stage::Archived { .. } => None,
            });
            Stage::Accepted { since: status.accepted_at.or(known) }
        }
        State::Closed(outcome) => match before {
            Some(same @ Stage::Archived { outcome: known, .. }) if says_no_more(outcome, known) => same.clone(),
            _ => {
                let accepted = before.and_then(|stage| match stage {
                    Stage::Accepted { since } => *since,
                    Stage::Archived { accepted, .. } => *accepted,
                    Stage::Received { .. } => None,
                });
                let at = status.closed_at.or_else(|| expiry(outcome, incoming, before));
                Stage::Archived { at, accepted: status.accepted_at.or(accepted), outcome: outcome.clone() }
            }
        },
    }
}

/// Returns whether two stages tell the same story, whatever their times.
fn tells_the_same(theirs: &Stage, ours: &Stage) -> bool {
    match (theirs.outcome(), ours.outcome()) {
        (Some(theirs), Some(ours)) => says_no_more(theirs, ours),
        (None, None) => theirs.kind() == ours.kind(),
        _ => false,
    }
}

/// Returns whether the file's outcome adds nothing to the known one: the same kind, and no other reason.
fn says_no_more(said: &Outcome, known: &Outcome) -> bool {
    said.kind() == known.kind() && (said.reason().is_none() || said.reason() == known.reason())
}

/// An expired one is dated at its deadline, where that is known.
fn expiry(outcome: &Outcome, incoming: &Incoming, before: Option<&Stage>) -> Option<Timestamp> {
    if *outcome != Outcome::Expired {
        return None;
    }
    incoming.expires_at.or_else(|| match before {
        Some(Stage::Received { respond_by }) if respond_by.is_known() => Some(respond_by.at),
        _ => None,
    })
}

/// A file without a status may still tell when it was made and so its true deadline (the insights download does).
fn redated(stage: &Stage, incoming: &Incoming, theirs: &Opportunity, terms: Terms) -> Stage {
    match stage {
        Stage::Received { .. } if theirs.direction() == Direction::Outbound => Stage::Accepted { since: None },
        Stage::Received { .. } => Stage::Received { respond_by: deadline(incoming, theirs, Some(stage), terms) },
        Stage::Accepted { .. } | Stage::Archived { .. } => stage.clone(),
    }
}

/// Returns the honest deadline (MG-65, MG-66): given, else creation plus the setting, else at most from the first import.
fn deadline(incoming: &Incoming, theirs: &Opportunity, before: Option<&Stage>, terms: Terms) -> Deadline {
    let known = before.and_then(|stage| match stage {
        Stage::Received { respond_by } => Some(*respond_by),
        Stage::Accepted { .. } | Stage::Archived { .. } => None,
    });
    if let Some(at) = incoming.expires_at {
        return Deadline { at, basis: Basis::Given };
    }
    match (known, theirs.created_at) {
        (Some(given @ Deadline { basis: Basis::Given, .. }), _) => given,
        (_, Some(created)) => Deadline { at: created.plus_days(terms.response_days), basis: Basis::Created },
        (Some(known), None) => known,
        (None, None) => Deadline { at: theirs.first_seen_at.plus_days(terms.response_days), basis: Basis::FirstSeen },
    }
}

#[cfg(test)]
mod tests;
