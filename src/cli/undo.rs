//! `cosell undo`: takes the last step back.

use clap::ArgMatches;
use serde_json::json;

use super::{Context, Exit, Failure};
use crate::hooks::step_json;
use crate::store::Store;

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, _: &ArgMatches) -> Result<Exit, Failure> {
    let undone = store.undo(context.clock.now()).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&json!({ "undone": step_json(&undone.step) }))?;
        return Ok(Exit::Done);
    }
    let step = context.sentences.step(&undone.step);
    let said = context.sentences.undo_done(step);
    context.output.line(&said)?;
    Ok(Exit::Done)
}
