//! What an import does to one opportunity: a new one, a change, a conflict or nothing; never a loss.
//!
//! Three values per field: *base* as last imported, *ours* as it stands here, *theirs* as the file says. Only theirs
//! changed: take it. Only ours changed: keep it. Both: ours stays and the conflict is kept until it is decided.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::deadline::{Basis, Deadline};
use super::field::{BadValue, Field, MayChange};
use super::held::{Claim, Held, Party};
use super::incoming::{ETAG, Incoming, State, Status, something_of};
use super::instant::Timestamp;
use super::opportunity::{Direction, Kind, Opportunity, Origin, Sender};
use super::outcome::Outcome;
use super::outgoing::{SaidThere, is_same};
use super::stage::Stage;
use super::told::{ACCEPTED_AT, Along, AsOf, CLOSED_AT, DIRECTION, EXTRA, RESPOND_BY, Told};

/// What an import makes of one record.
#[derive(Debug, Clone, PartialEq)]
pub enum Merged {
    New(Box<Held>),
    /// The record as it is afterwards, the fields taken over and those newly in conflict.
    Changed {
        after: Box<Held>,
        taken: Vec<Field>,
        conflicts: Vec<Field>,
    },
    /// What it says was known; `told` is given where it is now known as of a later time.
    Unchanged {
        told: Option<Told>,
    },
    /// Everything it would change was told later than it; what else it says was known.
    Older {
        told: Option<Told>,
    },
    /// The file says too little to make an opportunity of it.
    Unknown,
}

/// What a record is read with.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    pub now: Timestamp,
    /// Days to respond, where Partner Center does not say (MG-66).
    pub response_days: i64,
    /// The date of the file, if it tells one.
    pub as_of: Option<Timestamp>,
}

impl Terms {
    /// Returns when a record was true: its own time, else its file's.
    fn as_of(&self, incoming: &Incoming, direction: Direction) -> Option<AsOf> {
        let along = incoming.status.as_ref().map(|status| along_of(status, direction));
        // A file from a day that has not come was dated by a clock that was ahead.
        let file = self.as_of.filter(|at| *at <= self.now).map(|at| AsOf::by_its_file(at, along));
        incoming.updated_at.map(|at| AsOf::by_itself(at, along)).or(file)
    }
}

/// Lays a record over what is held.
///
/// # Errors
/// [`BadValue`] when a kept base or conflict value cannot be read back.
pub fn merge(incoming: &Incoming, held: Option<&Held>, terms: Terms) -> Result<Merged, BadValue> {
    merge_answered(incoming, held, &Written::default(), terms)
}

/// What was written of an opportunity to upload files, as far as it matters to a record.
#[derive(Debug, Default)]
pub struct Written<'a> {
    /// What Partner Center has not answered: what it says as that does it has from us, and both sides have not changed it.
    pub open: Vec<&'a SaidThere>,
    /// What it refused and has taken by this record as somebody of ours corrected it in the file.
    pub corrected: Option<&'a SaidThere>,
}

impl Written<'_> {
    /// Returns whether a value is ours still as it was refused, so that what was said anew in the file is newer.
    fn is_corrected(&self, field: Field, ours: &Opportunity) -> Result<bool, BadValue> {
        match self.corrected.filter(|said| said.values.contains_key(&field)) {
            Some(said) => said.is_as_in(ours, &[field]),
            None => Ok(false),
        }
    }
}

/// As [`merge`], beside what was written.
///
/// # Errors
/// As [`merge`], of what was written too.
pub fn merge_answered(incoming: &Incoming, held: Option<&Held>, written: &Written<'_>, terms: Terms) -> Result<Merged, BadValue> {
    match held {
        Some(held) => update(incoming, held, written, terms),
        None if incoming.creates => Ok(create(incoming, terms)),
        None => Ok(Merged::Unknown),
    }
}

fn create(incoming: &Incoming, terms: Terms) -> Merged {
    let Some(name) = &incoming.customer_name else { return Merged::Unknown };
    let direction = incoming.direction.told.unwrap_or(incoming.direction.guess);
    let mut made = Opportunity { origin: origin(direction, None), ..Opportunity::blank(name.clone(), terms.now) };
    lay_over(incoming, &mut made);
    made.updated_at = incoming.updated_at.unwrap_or(terms.now);
    made.stage = stage(incoming, &made, None, terms);
    made.favorite = incoming.favorite.unwrap_or(false);
    let mut held = Held::new(made, incoming.ours);
    held.told = noted(&held, incoming, terms.as_of(incoming, direction));
    held.extra = something_of(&incoming.extra);
    Merged::New(Box::new(held))
}

fn origin(direction: Direction, sender: Option<Sender>) -> Origin {
    match direction {
        Direction::Inbound => Origin::Inbound { sender: sender.unwrap_or_else(|| Sender::microsoft(None)) },
        Direction::Outbound => Origin::Outbound,
    }
}

fn update(incoming: &Incoming, held: &Held, written: &Written<'_>, terms: Terms) -> Result<Merged, BadValue> {
    let ours = &held.opportunity;
    let base = held.as_known_there()?;
    let as_of = terms.as_of(incoming, base.direction());
    let said = heard(incoming, held, &base, &written.open, terms);
    let is_stale = matches!(said, Cow::Owned(_));
    if is_stale && as_of.is_none() {
        return Ok(Merged::Older { told: None });
    }
    let theirs = as_they_say(incoming, &said, ours, &base, terms);
    let (mut after, mut taken, mut conflicts) = (held.clone(), Vec::new(), Vec::new());
    let arrives = held.is_unknown_there() && said.referral_id.is_some();
    let names = said.said();
    let from_us = FromUs::of(&written.open, &theirs, &base)?;
    // Our own row, come back, says another kind where no table has a word for it.
    let is_ours = |field: Field| field == Field::Kind && !written.open.is_empty() && !base.kind.is_told_in_tables();
    let spoken = |field: Field| speaks_of(&names, field) || (field == Field::Stage && incoming.status.is_some());
    for field in Field::ALL.into_iter().filter(|field| spoken(*field) && !is_ours(*field)) {
        let say = field.get(&theirs);
        let same_as_base = field.same(&theirs, &base);
        if field.same(&theirs, ours) {
            // Both sides say the same: nothing is left to send or to decide.
            after.base.remove(&field);
            after.conflicts.remove(&field);
        } else if from_us.said(field, &theirs) {
            settle(field, &theirs, &mut after);
        } else if same_as_base {
            after.conflicts.remove(&field);
        } else if arrives && field.may_change() == MayChange::UntilArchived && !written.is_corrected(field, ours)? {
            // What was uploaded before its id came may be older than what stands here: ours stays, and is to be sent.
            after.base.insert(field, say);
        } else if field.same(ours, &base) || written.is_corrected(field, ours)? {
            field.put(&mut after.opportunity, &say)?;
            after.base.remove(&field);
            after.conflicts.remove(&field);
            taken.push(field);
        } else if after.conflicts.get(&field).is_none_or(|claim| claim.theirs != say) {
            let at = Some(as_of.map_or(terms.now, AsOf::at));
            after.conflicts.insert(field, Claim { theirs: say, from: Party::Center, at });
            conflicts.push(field);
        }
    }
    for (name, value) in &said.extra {
        lay_beside(value, after.extra.entry(name.clone()).or_insert(Value::Null));
    }
    let told = noted(held, &said, as_of);
    let etag = after.extra.get(ETAG).cloned();
    hold_etag(&mut after, held.extra.get(ETAG).cloned());
    after.opportunity.updated_at = incoming.updated_at.map_or(ours.updated_at, |at| at.max(ours.updated_at));
    if after == *held {
        let told = Some(told).filter(|told| *told != held.told);
        return Ok(nothing_new(is_stale && !is_known(incoming, held, &base, terms), told));
    }
    hold_etag(&mut after, etag);
    after.told = told;
    if incoming.updated_at.is_none() {
        after.opportunity.updated_at = terms.now.max(ours.updated_at);
    }
    Ok(Merged::Changed { after: Box::new(after), taken, conflicts })
}

/// Returns what becomes of a record that changes nothing.
const fn nothing_new(is_older: bool, told: Option<Told>) -> Merged {
    if is_older { Merged::Older { told } } else { Merged::Unchanged { told } }
}

/// Returns whether a record says in everything what is known there: whenever it was true, it would change nothing.
fn is_known(incoming: &Incoming, held: &Held, base: &Opportunity, terms: Terms) -> bool {
    let theirs = as_they_say(incoming, incoming, &held.opportunity, base, terms);
    let same_beside = |(name, said): (&String, &Value)| {
        let mut known = held.extra.get(name).cloned().unwrap_or(Value::Null);
        let before = known.clone();
        lay_beside(said, &mut known);
        name == ETAG || known == before
    };
    Field::ALL.into_iter().all(|field| field.same(&theirs, base)) && incoming.extra.iter().all(same_beside)
}

/// Returns what of a record counts. Of what was written to be made Partner Center knew nothing before: whatever it says is no step back.
fn heard<'a>(incoming: &'a Incoming, held: &Held, base: &Opportunity, sent: &[&SaidThere], terms: Terms) -> Cow<'a, Incoming> {
    if held.is_unknown_there() && !sent.is_empty() {
        return Cow::Borrowed(incoming);
    }
    newest(incoming, held, base, terms)
}

/// What rows of upload files said of an opportunity.
struct FromUs(Vec<(Opportunity, Vec<Field>)>);

impl FromUs {
    fn of(sent: &[&SaidThere], theirs: &Opportunity, base: &Opportunity) -> Result<Self, BadValue> {
        let is_told = |field: &Field| *field != Field::Kind || base.kind.is_told_in_tables();
        let one = |said: &&SaidThere| Ok((said.laid_over(theirs)?, said.values.keys().copied().filter(is_told).collect()));
        sent.iter().map(one).collect::<Result<_, BadValue>>().map(Self)
    }

    fn said(&self, field: Field, theirs: &Opportunity) -> bool {
        self.0.iter().any(|(said, fields)| fields.contains(&field) && is_same(field, said, theirs))
    }
}

/// Partner Center has taken what we wrote of a field: nobody else has changed it.
fn settle(field: Field, theirs: &Opportunity, after: &mut Held) {
    after.conflicts.remove(&field);
    if is_same(field, &after.opportunity, theirs) {
        after.base.remove(&field);
    } else {
        // We have gone on since it was written: that is still to be sent.
        after.base.insert(field, field.get(theirs));
    }
}

/// Returns the opportunity as Partner Center has it by a record: all that it says where it is an answer, else without what is known from
/// a later one.
///
/// # Errors
/// [`BadValue`] when a kept value cannot be read back.
pub fn as_told(incoming: &Incoming, held: &Held, terms: Terms, is_answer: bool) -> Result<Opportunity, BadValue> {
    let base = held.as_known_there()?;
    let said = match is_answer {
        true => Cow::Borrowed(incoming),
        false => newest(incoming, held, &base, terms),
    };
    Ok(as_they_say(incoming, &said, &held.opportunity, &base, terms))
}

/// Returns the opportunity as Partner Center has it by a record.
fn as_they_say(incoming: &Incoming, said: &Incoming, ours: &Opportunity, base: &Opportunity, terms: Terms) -> Opportunity {
    let mut theirs = base.clone();
    lay_over(said, &mut theirs);
    theirs.stage = stage(said, &theirs, Some(base), terms);
    fill_times(incoming, said, &mut theirs.stage);
    if !Field::Stage.same(ours, base) && theirs.stage.tells_the_same(&ours.stage) {
        // They have heard of our step; when we made it we know better.
        theirs.stage = ours.stage.clone();
    }
    theirs
}

/// Lays what is not modelled over what is held of it; members that the record leaves out stay.
fn lay_beside(said: &Value, held: &mut Value) {
    match (said, held) {
        (Value::Object(said), Value::Object(held)) => {
            for (name, value) in said {
                lay_beside(value, held.entry(name.clone()).or_insert(Value::Null));
            }
        }
        (said, held) => held.clone_from(said),
    }
}

/// The version of a record is news only beside other news.
fn hold_etag(held: &mut Held, etag: Option<Value>) {
    match etag {
        Some(etag) => drop(held.extra.insert(ETAG.to_owned(), etag)),
        None => drop(held.extra.remove(ETAG)),
    }
}

/// Returns what the record says without what is known from a later one, or would take a stage back: Partner Center only moves forward.
fn newest<'a>(incoming: &'a Incoming, held: &Held, base: &Opportunity, terms: Terms) -> Cow<'a, Incoming> {
    let as_of = terms.as_of(incoming, base.direction());
    let can_be = |known: &AsOf| known.is_exact() || known.at() <= terms.now;
    let known = |name: &str| held.told.when(name).filter(can_be);
    let is_older = |name: &str| as_of.zip(known(name)).is_some_and(|(as_of, known)| as_of.is_older_than(known));
    let step =
        incoming.status.as_ref().map_or(Ordering::Equal, |status| along_of(status, base.direction()).cmp(&along(&base.stage)));
    let is_stale = |name: &&str| {
        if *name == Field::Stage.path() { step.is_lt() || (step.is_eq() && is_older(name)) } else { is_older(name) }
    };
    let stale: Vec<&str> =
        incoming.said().into_iter().filter(is_stale).filter(|name| *name != ACCEPTED_AT && *name != CLOSED_AT).collect();
    let is_stale =
        |name: &&String| if held.told.apart.is_empty() { is_older(EXTRA) } else { is_older(&format!("{EXTRA}{name}")) };
    let extra: Vec<&String> = incoming.extra.keys().filter(is_stale).collect();
    if stale.is_empty() && extra.is_empty() {
        return Cow::Borrowed(incoming);
    }
    let mut said = incoming.clone();
    stale.into_iter().for_each(|name| said.silence(name));
    extra.into_iter().for_each(|name| drop(said.extra.remove(name)));
    Cow::Owned(said)
}

/// How far a stage is along: nothing that Partner Center has moved forward goes back.
const fn along(stage: &Stage) -> Along {
    match stage {
        Stage::Received { .. } | Stage::Lapsed { .. } => Along::Received,
        Stage::Accepted { .. } => Along::Accepted,
        Stage::Archived { .. } => Along::Archived,
    }
}

const fn along_of(status: &Status, direction: Direction) -> Along {
    match (&status.state, direction) {
        (State::New, Direction::Inbound) => Along::Received,
        // MG-71: what we made ourselves never waits for our own answer.
        (State::New, Direction::Outbound) | (State::Active, _) => Along::Accepted,
        (State::Closed(_), _) => Along::Archived,
    }
}

/// Returns as of when what is told once the record is taken over.
fn noted(held: &Held, said: &Incoming, as_of: Option<AsOf>) -> Told {
    let mut told = held.told.clone();
    if as_of.is_none() && told == Told::default() {
        return told;
    }
    // Files of one kind name the same things in each row: then nothing of it stands apart.
    if told.apart.is_empty() && held.extra.keys().all(|name| said.extra.contains_key(name)) {
        let extra = (!said.extra.is_empty()).then_some(EXTRA);
        told.note(&said.said().into_iter().chain(extra).collect::<Vec<_>>(), as_of, &[]);
        return told;
    }
    let named = |extra: &Map<String, Value>| extra.keys().map(|name| format!("+{name}")).collect::<Vec<String>>();
    let (extra, known) = (named(&said.extra), named(&held.extra));
    let names: Vec<&str> = said.said().into_iter().chain(extra.iter().map(String::as_str)).collect();
    told.note(&names, as_of, &known.iter().map(String::as_str).collect::<Vec<_>>());
    told
}

/// An older record may still know what the later one left out: when it was accepted and closed, and why.
fn fill_times(incoming: &Incoming, said: &Incoming, stage: &mut Stage) {
    let Some(status) = incoming.status.as_ref().filter(|_| said.status.is_none()) else { return };
    match (stage, &status.state) {
        (Stage::Accepted { since }, State::Active) => *since = since.or(status.accepted_at),
        (Stage::Archived { accepted, .. }, State::New | State::Active) => *accepted = accepted.or(status.accepted_at),
        (Stage::Archived { at, accepted, outcome }, State::Closed(closed)) if closed.kind() == outcome.kind() => {
            *accepted = accepted.or(status.accepted_at);
            *at = at.or(status.closed_at);
            if outcome.reason().is_none() {
                outcome.clone_from(closed);
            }
        }
        _ => {}
    }
}

/// Returns whether a record that says `names` says anything of the field.
fn speaks_of(names: &[&str], field: Field) -> bool {
    let says = |name: &str| names.contains(&name);
    match field {
        // Creation, expiry and direction move the deadline, even where the file gives no status.
        Field::Stage => [field.path(), Field::CreatedAt.path(), RESPOND_BY, DIRECTION].into_iter().any(says),
        Field::Origin => says(DIRECTION) || says(field.path()),
        _ => says(field.path()),
    }
}

/// Sets every field the record speaks of, except the stage.
fn lay_over(incoming: &Incoming, on: &mut Opportunity) {
    let kind = on.kind;
    incoming.lay_values(on);
    lay_help_over(incoming, on);
    let direction = incoming.direction.told.unwrap_or_else(|| on.direction());
    // Which kind it is was read with the direction it seemed to have.
    if incoming.direction.told.unwrap_or(incoming.direction.guess) != direction {
        on.kind = kind;
    }
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
            let known = before.and_then(Stage::accepted_at);
            Stage::Accepted { since: status.accepted_at.or(known) }
        }
        State::Closed(outcome) => match before {
            Some(Stage::Archived { at, accepted, outcome: known }) if known.kind() == outcome.kind() => Stage::Archived {
                at: status.closed_at.or(*at),
                accepted: status.accepted_at.or(*accepted),
                outcome: if outcome.says_no_more_than(known) { known.clone() } else { outcome.clone() },
            },
            _ => {
                let accepted = before.and_then(Stage::accepted_at);
                let at = status.closed_at.or_else(|| expiry(outcome, incoming, before));
                Stage::Archived { at, accepted: status.accepted_at.or(accepted), outcome: outcome.clone() }
            }
        },
    }
}

/// An expired one is dated at its deadline, where that is known.
fn expiry(outcome: &Outcome, incoming: &Incoming, before: Option<&Stage>) -> Option<Timestamp> {
    if *outcome != Outcome::Expired {
        return None;
    }
    let known = || before.and_then(Stage::deadline).filter(|deadline| deadline.is_known()).map(|deadline| deadline.at);
    incoming.expires_at.or_else(known)
}

/// A file without a status may still tell when it was made and so its true deadline (the insights download does).
fn redated(stage: &Stage, incoming: &Incoming, theirs: &Opportunity, terms: Terms) -> Stage {
    match stage {
        Stage::Received { .. } | Stage::Lapsed { .. } if theirs.direction() == Direction::Outbound => {
            Stage::Accepted { since: None }
        }
        Stage::Received { .. } | Stage::Lapsed { .. } => {
            Stage::Received { respond_by: deadline(incoming, theirs, Some(stage), terms) }
        }
        Stage::Accepted { .. } | Stage::Archived { .. } => stage.clone(),
    }
}

/// Returns the honest deadline (MG-65, MG-66): given, else creation plus the setting, else at most from the first import.
fn deadline(incoming: &Incoming, theirs: &Opportunity, before: Option<&Stage>, terms: Terms) -> Deadline {
    if let Some(at) = incoming.expires_at {
        return Deadline { at, basis: Basis::Given };
    }
    let counted = || Deadline::counted(theirs.created_at, theirs.first_seen_at, terms.response_days);
    match before.and_then(Stage::deadline) {
        Some(given @ Deadline { basis: Basis::Given, .. }) => given,
        Some(known) if theirs.created_at.is_none() => known,
        _ => counted(),
    }
}

#[cfg(test)]
mod tests;
