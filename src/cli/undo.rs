//! `cosell undo`: takes the last step back.

use serde_json::json;

use super::history::step_json;
use super::{Context, Exit, Failure};

pub(super) fn run(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let mut store = context.store()?;
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
