//! `cosell show`: everything about one opportunity.

use std::sync::Arc;

use clap::{ArgMatches, Command};
use serde_json::Value;

use super::args;
use super::past::{self, PastDay};
use super::{Context, Exit, Failure};
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::solution::Solution;
use crate::domain::text::Line;
use crate::exchange::json;
use crate::i18n::{OurNotes, Sentences, Ways};
use crate::store::Store;
use crate::width::{left, width};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    args::with_id(command, s).arg(past::argument(s))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let given = args::typed(matches, "id");
    let (full, moment) = match PastDay::given(context, matches)? {
        None => {
            let id = context.id(store, given)?;
            (store.get(id).map_err(|error| context.store_failure(&error))?, context.clock.moment())
        }
        Some(past) => {
            let full = past.one(context, store, given)?;
            past.tell(context)?;
            (full, past.end())
        }
    };
    let offers = context.offer_statuses(store, moment)?;
    if context.output.json {
        let mut value = json::held(&full);
        offer_statuses(&full.opportunity.solutions, &offers, &mut value);
        context.output.json(&value)?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    context.output.line(&format!("{}  {}", full.opportunity.id, full.opportunity.title()))?;
    let facts = s.describe(&full, moment, OurNotes::Within, Ways::Commands, &|at| context.day_and_time(at));
    let facts = s.with_offer_status(facts, &full.opportunity, &offers, Ways::Commands);
    let widest = facts.iter().map(|fact| width(&fact.name)).max().unwrap_or(0);
    for fact in facts {
        for (index, part) in fact.value.split('\n').enumerate() {
            let name = if index == 0 { fact.name.as_str() } else { "" };
            context.output.line(&format!("  {}  {part}", left(name, widest)))?;
        }
    }
    if let Some(cure) = s.cure_of(&full, context.clock.now()) {
        context.output.remark(&cure)?;
    }
    Ok(Exit::Done)
}

/// Adds to each solution that is an offer its status.
fn offer_statuses(solutions: &[Solution], offers: &OfferStatuses, deal: &mut Value) {
    let told = deal.get_mut("solutions").and_then(Value::as_array_mut).into_iter().flatten().zip(solutions);
    for (value, solution) in told {
        let offer = offers.of_solution(solution.id.as_str(), solution.name.as_ref().map(Line::as_str));
        if let Some((offer, members)) = offer.zip(value.as_object_mut()) {
            members.insert(json::OFFER_STATUS.to_owned(), offers.status(offer).id.as_str().into());
        }
    }
}
