//! `cosell redo`: makes the step again that was undone last.

use serde_json::json;

use super::history::step_json;
use super::{Context, Exit, Failure};

pub(super) fn run(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let mut store = context.store()?;
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
