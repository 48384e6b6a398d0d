//! `cosell show`: everything about one opportunity.

use std::sync::Arc;

use clap::{ArgMatches, Command};

use super::args;
use super::past::{self, PastDay};
use super::{Context, Exit, Failure};
use crate::exchange::json;
use crate::i18n::{OurNotes, Sentences};
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
    if context.output.json {
        context.output.json(&json::held(&full))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    context.output.line(&format!("{}  {}", full.opportunity.id, full.opportunity.title()))?;
    let facts = s.describe(&full, moment, OurNotes::Within, &|at| context.day_and_time(at));
    let widest = facts.iter().map(|fact| width(&fact.name)).max().unwrap_or(0);
    for fact in facts {
        for (index, part) in fact.value.split('\n').enumerate() {
            let name = if index == 0 { fact.name.as_str() } else { "" };
            context.output.line(&format!("  {}  {part}", left(name, widest)))?;
        }
    }
    Ok(Exit::Done)
}
