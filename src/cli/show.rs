//! `cosell show`: everything about one opportunity.

use std::sync::Arc;

use clap::ArgMatches;

use super::{Context, Exit, Failure};
use crate::exchange::json;
use crate::i18n::OurNotes;
use crate::store::Store;
use crate::width::{left, width};

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id(store, matches.get_one::<String>("id").map_or("", String::as_str))?;
    let full = store.get(id).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&json::held(&full))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    context.output.line(&format!("{}  {}", full.opportunity.id, full.opportunity.title()))?;
    let facts = s.describe(&full, context.clock.moment(), OurNotes::Within, &|at| context.day_and_time(at));
    let widest = facts.iter().map(|fact| width(&fact.name)).max().unwrap_or(0);
    for fact in facts {
        for (index, part) in fact.value.split('\n').enumerate() {
            let name = if index == 0 { fact.name.as_str() } else { "" };
            context.output.line(&format!("  {}  {part}", left(name, widest)))?;
        }
    }
    Ok(Exit::Done)
}
