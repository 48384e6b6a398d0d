//! `cosell favorite`: marks opportunities as favorites, or takes the mark away; in every stage.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

use super::{Context, Exit, Failure};
use crate::domain::change::{Change, What};
use crate::exchange::json;
use crate::i18n::Sentences;
use crate::store::Store;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let id = Arg::new("id").value_name("ID").num_args(1..).required(true).help(s.command_id());
    command.arg(id).arg(Arg::new("off").long("off").action(ArgAction::SetTrue).help(s.command_favorite_off()))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let what = What::Favorite { on: !matches.get_flag("off") };
    let ids = context.ids_to_decide(store, matches)?;
    let changes: Vec<Change> = ids.into_iter().map(|id| Change { id, seen: None, what: what.clone() }).collect();
    let applied = store.apply(&changes, context.clock.now()).map_err(|error| context.store_failure(&error))?;
    let done: Vec<_> = applied.results.into_iter().filter_map(Result::ok).collect();
    if context.output.json {
        let all: Vec<Value> = done.iter().map(|done| json::opportunity(&done.after)).collect();
        context.output.json(&Value::from(all))?;
        return Ok(Exit::Done);
    }
    for done in &done {
        let s = &context.sentences;
        let sentence = if done.before == done.after {
            s.favorite_as_it_was(&done.after)
        } else {
            s.done(&what, &done.after, &done.after.numbered())
        };
        context.output.line(&sentence)?;
    }
    Ok(Exit::Done)
}
