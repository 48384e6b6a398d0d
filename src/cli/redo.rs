//! `cosell redo`: makes the step again that was undone last.

use clap::ArgMatches;
use serde_json::json;

use super::{Context, Exit, Failure};
use crate::hooks::step_json;
use crate::store::Store;

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, _: &ArgMatches) -> Result<Exit, Failure> {
    let redone = store.redo(context.clock.now()).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&json!({ "redone": step_json(&redone.step) }))?;
        return Ok(Exit::Done);
    }
    let step = context.sentences.step(&redone.step);
    let said = context.sentences.redo_done(step);
    context.output.line(&said)?;
    Ok(Exit::Done)
}
