//! What the commands that move an opportunity on have in common: one change, one answer.

use std::sync::Arc;

use super::{Context, Exit, Failure, register};
use crate::domain::change::{Change, What};
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::invalid::Complaints;
use crate::domain::opportunity::Opportunity;
use crate::domain::refused::fields_named;
use crate::domain::rules::{self, Consequence};
use crate::domain::stage::Verb;
use crate::exchange::json;
use crate::store::{Done, Full, Store};

/// Returns the opportunity where its stage allows a step; what was given for the step is looked at afterwards.
pub(super) fn allowed(context: &Context<'_>, store: &Store, id: OpportunityId, verb: Verb) -> Result<Opportunity, Failure> {
    let held = store.get(id).map_err(|error| context.store_failure(&error))?.to_act_on_by(verb, context.clock.now());
    match held.stage.check(verb) {
        Ok(()) => Ok(held),
        Err(why) => Err(Failure::Refused(vec![context.sentences.not_allowed(&why, &|at| context.day(at))])),
    }
}

/// Makes one change and tells what came of it.
pub(super) fn make(context: &mut Context<'_>, store: &mut Store, id: OpportunityId, what: What) -> Result<Exit, Failure> {
    make_seen(context, store, Change { id, seen: None, what })
}

/// As [`make`], refused where somebody changed the opportunity after it was read.
pub(super) fn make_seen(context: &mut Context<'_>, store: &mut Store, change: Change) -> Result<Exit, Failure> {
    let (id, now) = (change.id, context.clock.now());
    let again = change.what.step().and_then(|step| Again::of(&store.get(id).ok()?, step.verb(), now));
    let applied = store.apply(std::slice::from_ref(&change), now).map_err(|e| context.store_failure(&e))?;
    for result in applied.results {
        match result {
            Ok(done) => {
                tell(context, &change.what, &done)?;
                if let Some(again) = again.as_ref().filter(|_| !context.output.json) {
                    tell_again(context, store, id, again)?;
                }
                if matches!(change.what, What::Win(_)) && !context.output.json {
                    // It is won: what cannot be said of registering it is no failure of that.
                    if let Err(failure) = register::after_won(context, store, &done.after) {
                        failure.said().iter().try_for_each(|said| context.output.remark(&said.whole()))?;
                    }
                }
            }
            Err(refusal) => return Err(Failure::Refused(vec![context.sentences.refusal(&refusal, &|at| context.day(at))])),
        }
    }
    Ok(Exit::Done)
}

/// Says that what Partner Center refused goes out again, where the step has corrected nothing of it.
fn tell_again(context: &mut Context<'_>, store: &Store, id: OpportunityId, again: &Again) -> Result<(), Failure> {
    let held = store.get(id).map_err(|error| context.store_failure(&error))?;
    let is_same = held.to_correct().is_some_and(|row| row.as_it_stands);
    let said = match again {
        Again::Step(message) if is_same => context.sentences.done_again(message),
        // Where the message names no field, all of the row is meant, of which the step has changed only how it stands.
        Again::Acceptance(message) if is_same || fields_named(message).is_empty() => context.sentences.done_again_accept(message),
        _ => return Ok(()),
    };
    Ok(context.output.line(&said)?)
}

/// What Partner Center refused before a step, with its message: the same step, or the acceptance that goes with it.
enum Again {
    Step(String),
    Acceptance(String),
}

impl Again {
    fn of(full: &Full, verb: Verb, now: Timestamp) -> Option<Self> {
        let message = full.refused_before(verb, now)?.message.clone();
        Some(if full.refused_accept(verb).is_some() { Self::Acceptance(message) } else { Self::Step(message) })
    }
}

fn tell(context: &mut Context<'_>, what: &What, done: &Done) -> Result<(), Failure> {
    if context.output.json {
        return Ok(context.output.json(&json::opportunity(&done.after))?);
    }
    let sentence = context.sentences.done(what, &done.after, &done.after.numbered());
    context.output.line(&sentence)?;
    let late = context.sentences.reopened_too_late(what, &done.after, context.clock.now(), &|at| context.day_and_time(at));
    let let_go = context.sentences.refusal_let_go(what, done.let_go.as_deref());
    late.iter().chain(&let_go).try_for_each(|said| context.output.line(said))?;
    if let What::Win(_) = what {
        // What the desk says in its dialog before the step (MG-73, MG-74).
        for follows in rules::consequences(&done.before, Verb::Win, context.clock.now()).unwrap_or_default() {
            if matches!(follows, Consequence::MayNeedRegistration | Consequence::EarlyForRegistration { .. }) {
                let said = context.sentences.consequence(&follows, &|at| context.day_and_time(at));
                context.output.line(&said)?;
            }
        }
    }
    if done.after.waiting && !what.is_ours() {
        let s = Arc::clone(&context.sentences);
        context.output.line(&s.done_outbox())?;
    }
    Ok(())
}

/// Returns all complaints of a draft as a refusal.
pub(super) fn refused(context: &Context<'_>, complaints: &Complaints) -> Failure {
    Failure::Refused(complaints.iter().map(|complaint| context.sentences.complaint(complaint)).collect())
}
