//! `cosell why`: why a deal stands where it does by what is to be done next, each reason with its points.

use std::sync::Arc;

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use super::args;
use super::{Context, Exit, Failure};
use crate::domain::date::Moment;
use crate::i18n::Sentences;
use crate::insight::priority::{Priority, Weighing};
use crate::store::Store;
use crate::width::{left, width};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    args::with_id(command, s)
}

/// Returns by what deals are weighed at a moment.
pub(super) fn weighing(context: &Context<'_>, moment: Moment) -> Weighing {
    Weighing::new(moment, context.config.priority_weights, context.config.home_currency)
}

/// Has the store rank all open deals by what is to be done next.
pub(super) fn rank(context: &Context<'_>, store: &mut Store, moment: Moment) -> Result<(), Failure> {
    store.weigh(weighing(context, moment));
    store.rank(&mut || false).map_err(|error| context.store_failure(&error))
}

/// Returns a priority as `list` and `why` tell it; null of what is archived.
pub(super) fn priority_json(priority: Option<&Priority>) -> Value {
    let Some(priority) = priority else { return Value::Null };
    let terms = priority.terms.iter().map(|term| json!({ "code": term.aspect.code(), "points": term.points }));
    json!({ "points": priority.points, "terms": terms.collect::<Vec<_>>() })
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id(store, args::typed(matches, "id"))?;
    let (s, moment) = (Arc::clone(&context.sentences), context.clock.moment());
    rank(context, store, moment)?;
    let reasons = store.reasons(id, weighing(context, moment), &mut || false);
    let reasons = reasons.map_err(|error| context.store_failure(&error))?;
    let opportunity = &reasons.full.opportunity;
    if context.output.json {
        let mut priority = priority_json(reasons.priority.as_ref());
        let country = opportunity.customer.address.country;
        if let (Some(told), Some(terms)) = (&reasons.priority, priority.get_mut("terms").and_then(Value::as_array_mut)) {
            for (term, of) in terms.iter_mut().zip(&told.terms) {
                term["message"] = s.why_so(&of.why, country, moment).into();
            }
        }
        let place = reasons.place.map(|(place, of)| json!({ "place": place, "of": of }));
        context.output.json(&json!({ "id": opportunity.id, "priority": priority, "place": place }))?;
        return Ok(Exit::Done);
    }
    context.output.line(&opportunity.numbered())?;
    context.output.line(&s.standing_of(&reasons))?;
    let lines = s.reasons(&reasons, moment);
    let widest = lines.iter().map(|(points, _)| width(points)).max().unwrap_or(0);
    for (points, sentence) in lines {
        context.output.line(&format!("  {}  {sentence}", left(&points, widest)))?;
    }
    Ok(Exit::Done)
}
