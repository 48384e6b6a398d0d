//! `cosell undo`: takes the last step back.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::{Context, Exit, Failure};
use crate::hooks::step_json;
use crate::i18n::Said;
use crate::store::{NoStep, Store, Unfounded};

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, _: &ArgMatches) -> Result<Exit, Failure> {
    let no_step = store.nothing_of_import().map_err(|error| context.store_failure(&error))?;
    // What would be taken back else came before what was done last, and may be much more.
    if let Some(no_step) = no_step
        && let Some(step) = store.undo_and_redo().map_err(|error| context.store_failure(&error))?.undo
    {
        let s = &context.sentences;
        let why = match no_step {
            NoStep::Quiet(files) => s.undo_quiet(files.join(", ")),
            NoStep::List(file) => s.undo_list(file),
        };
        let said = Said::new("nothing-of-import", why, s.undo_quiet_hint(s.step(&step)));
        return Err(Failure::Refused(vec![said]));
    }
    let written = store.undo_and_redo().map_err(|error| context.store_failure(&error))?.written;
    let undone = store.undo(context.clock.now()).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let one = |of: &Unfounded| json!({ "id": of.id, "title": of.title, "file": of.file });
        let unfounded: Vec<Value> = undone.unfounded.iter().map(one).collect();
        context.output.json(&json!({ "undone": step_json(&undone.step), "registrationsOut": unfounded }))?;
        return Ok(Exit::Done);
    }
    let step = context.sentences.step(&undone.step);
    let said = context.sentences.undo_done(step);
    context.output.line(&said)?;
    for one in &undone.unfounded {
        let said = context.sentences.unfounded(one);
        context.output.line(&said)?;
    }
    if written {
        let said = context.sentences.undo_before_write();
        context.output.line(&said)?;
    }
    Ok(Exit::Done)
}
