//! `cosell backup`: saves everything in one file while desks go on, and lists the copies that were made by themselves.

use std::path::PathBuf;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::output::Column;
use super::{Context, Exit, Failure};
use crate::i18n::{Said, Sentences};
use crate::store::{Before, Dated, Holds, dated};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let file = Arg::new("file").value_name("FILE").value_parser(PathBufValueParser::new()).required_unless_present("list");
    let flag = |name: &'static str, help: String| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    command
        .arg(file.help(s.command_backup_file()))
        .arg(flag("force", s.command_backup_force()))
        .arg(flag("list", s.command_backup_list()).conflicts_with_all(["file", "force"]))
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.get_one::<PathBuf>("file") {
        Some(file) => save(context, file, matches.get_flag("force")),
        None => list(context),
    }
}

fn save(context: &mut Context<'_>, file: &std::path::Path, replace: bool) -> Result<Exit, Failure> {
    if std::fs::symlink_metadata(&context.database).is_err() {
        let s = &context.sentences;
        let path = context.database.display().to_string();
        return Err(Failure::CouldNot(vec![Said::new("no-database", s.backup_nothing(path), s.backup_nothing_hint())]));
    }
    if let Some(said) = context.sentences.unfit_around(file) {
        return Err(Failure::CouldNot(vec![said]));
    }
    let store = context.store()?;
    let made = store.back_up(file, replace).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let mut told = holds_json(&made.holds, made.bytes);
        told["path"] = made.path.display().to_string().into();
        context.output.json(&told)?;
        return Ok(Exit::Done);
    }
    let holds = context.holds(&made.holds);
    let s = &context.sentences;
    let said = [s.backup_done(made.path.display().to_string()), s.backup_holds(holds, s.size(made.bytes))];
    said.iter().try_for_each(|line| context.output.line(line))?;
    Ok(Exit::Done)
}

/// What a database holds, as JSON.
pub(super) fn holds_json(holds: &Holds, bytes: u64) -> Value {
    let last = holds.last.map(|at| at.to_string());
    json!({ "bytes": bytes, "deals": holds.deals, "steps": holds.steps, "lastStep": last, "schema": holds.version })
}

/// The word for scripts that tells before what a copy was made.
const fn code(before: Before) -> &'static str {
    match before {
        Before::Day => "day",
        Before::Schema(_) => "schema",
        Before::Mending => "mending",
    }
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let found = dated(&context.database).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let one = |copy: &Dated| json!({ "day": copy.day, "before": code(copy.before), "bytes": copy.bytes, "path": copy.path.display().to_string() });
        context.output.json(&Value::from_iter(found.iter().map(one)))?;
        return Ok(Exit::Done);
    }
    let s = std::sync::Arc::clone(&context.sentences);
    if found.is_empty() {
        let (said, hint) = match context.config.backups {
            0 => (s.backup_list_off(), s.backup_list_off_hint()),
            days => (s.backup_list_none(), s.backup_list_none_hint(s.number(days.into()))),
        };
        return told_hint(context, &Said::new("no-copies", said, hint));
    }
    let columns = [
        Column::text(s.backup_column_day(), false),
        Column::text(s.backup_column_before(), true),
        Column { head: s.backup_column_size(), number: true, gives: false },
        Column::text(s.backup_column_file(), false),
    ];
    let row = |copy: &Dated| {
        let (day, path) = (copy.day.to_string(), copy.path.display().to_string());
        vec![day, s.copied_before(copy.before), s.size(copy.bytes), path]
    };
    let rows: Vec<Vec<String>> = found.iter().map(row).collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

/// Says something that is no error, with its hint.
pub(super) fn told_hint(context: &mut Context<'_>, said: &Said) -> Result<Exit, Failure> {
    context.output.remark(&said.sentence)?;
    if let Some(hint) = &said.hint {
        context.output.remark(&format!("  {hint}"))?;
    }
    Ok(Exit::Done)
}
