//! `cosell conflicts`: what both sides changed and nobody has decided yet.

use std::sync::Arc;

use clap::ArgMatches;
use serde_json::{Value, json};

use super::{Context, Exit, Failure};
use crate::exchange::json;
use crate::store::Store;

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, _: &ArgMatches) -> Result<Exit, Failure> {
    let conflicting = store.conflicting().map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let all = conflicting.iter().map(|held| {
            let on = &held.opportunity;
            json!({ "id": on.id, "uid": on.uid(), "title": on.title(), "conflicts": json::conflicts(held) })
        });
        context.output.json(&Value::from(all.collect::<Vec<_>>()))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if conflicting.is_empty() {
        context.output.remark(&s.conflicts_none())?;
    }
    for held in &conflicting {
        context.output.line(&format!("{}  {}", held.opportunity.id, held.opportunity.title()))?;
        for (field, claim) in &held.conflicts {
            let line = s.conflict(*field, &held.opportunity, claim, &|at| context.day_and_time(at));
            context.output.line(&format!("    {line}"))?;
        }
    }
    if !conflicting.is_empty() {
        context.output.remark(&s.conflicts_hint())?;
    }
    Ok(Exit::Done)
}
