//! `cosell restore`: puts a saved copy in the place of the database, after it was looked through and beside what stands there now.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::backup::{holds_json, told_hint};
use super::{Context, Exit, Failure};
use crate::i18n::{Said, Sentences};
use crate::store::{Restored, Restoring, Stands, StoreError};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let file = Arg::new("file").value_name("FILE").value_parser(PathBufValueParser::new()).required(true);
    let yes = Arg::new("yes").long("yes").short('y').action(ArgAction::SetTrue);
    command.arg(file.help(s.command_restore_file())).arg(yes.help(s.command_restore_yes()))
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if context.read_only {
        return Err(context.store_failure(&StoreError::ReadOnly));
    }
    let Some(file) = matches.get_one::<PathBuf>("file") else { return Ok(Exit::Done) };
    let ready = Restoring::prepare(file, &context.database).map_err(|error| context.store_failure(&error))?;
    let (copy, stands) = (holds_json(&ready.holds, ready.bytes), stands_json(&ready.stands));
    if !context.output.json {
        tell(context, &ready)?;
    }
    let mut told = json!({ "copy": copy, "stood": stands, "restored": false });
    if !matches.get_flag("yes") && !is_wanted(context)? {
        if context.output.json {
            context.output.json(&told)?;
            return Err(Failure::told_refusal());
        }
        let s = &context.sentences;
        let said = Said::new("not-done", s.restore_not_done(), s.restore_not_done_hint());
        told_hint(context, &said)?;
        return Err(Failure::told_refusal());
    }
    // No colon: it has no place in names on some systems.
    let moment = context.clock.local(context.clock.now()).format("%Y-%m-%dT%H-%M").to_string();
    let Restored { path, kept } = ready.put(&moment).map_err(|error| context.store_failure(&error))?;
    // One of an earlier version is brought on.
    drop(context.store()?);
    if context.output.json {
        told["restored"] = true.into();
        told["path"] = path.display().to_string().into();
        told["kept"] = kept.map(|kept| kept.display().to_string()).into();
        context.output.json(&told)?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    context.output.line(&s.restore_done(path.display().to_string()))?;
    if let Some(kept) = kept {
        context.output.line(&s.restore_kept(kept.display().to_string()))?;
    }
    Ok(Exit::Done)
}

fn stands_json(stands: &Stands) -> Value {
    match stands {
        Stands::Nothing => Value::Null,
        Stands::Sound { holds, bytes } => holds_json(holds, *bytes),
        Stands::Broken(error) => json!({ "broken": error.to_string() }),
    }
}

/// Says what the copy holds, beside what stands in its place now.
fn tell(context: &mut Context<'_>, ready: &Restoring) -> Result<(), Failure> {
    let s = Arc::clone(&context.sentences);
    let copy = s.restore_copy(context.holds(&ready.holds), s.size(ready.bytes));
    let now = match &ready.stands {
        Stands::Nothing => s.holds_nothing(),
        Stands::Sound { holds, .. } => context.holds(holds),
        Stands::Broken(error) => s.holds_broken(s.store_error(error, &|at| context.day(at)).sentence),
    };
    context.output.line(&copy)?;
    context.output.line(&s.restore_stands(now))?;
    if ready.is_earlier() {
        context.output.line(&s.restore_earlier())?;
    }
    Ok(())
}

/// Asks whoever sits there; nobody else is asked.
fn is_wanted(context: &mut Context<'_>) -> Result<bool, Failure> {
    if !context.typed || context.output.json {
        return Ok(false);
    }
    let asked = context.sentences.restore_ask();
    context.output.remark(&asked)?;
    let mut answer = String::new();
    // What cannot be read is no yes.
    let _ = BufReader::new(&mut context.input).read_line(&mut answer);
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}
