//! `cosell history`: what was done, to one opportunity or to all, latest first.

use std::sync::Arc;

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Value, json};

use super::args::option;
use super::{Context, Exit, Failure};
use crate::domain::field::{Field, Named};
use crate::exchange::json;
use crate::hooks::step_json;
use crate::i18n::Sentences;
use crate::store::{Conflict, Entry, Happened, StepRecord, Store};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    command
        .arg(Arg::new("id").value_name("ID").help(s.command_id()))
        .arg(option("limit", "N", s.command_history_limit()).value_parser(value_parser!(u32)))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let limit = matches.get_one::<u32>("limit").map_or(50, |limit| *limit as usize);
    let Some(given) = matches.get_one::<String>("id") else {
        let steps = store.steps(None, limit).map_err(|error| context.store_failure(&error))?;
        return tell_steps(context, &steps, limit);
    };
    let id = context.id(store, given)?;
    let entries = store.history_of(id, None, limit).map_err(|error| context.store_failure(&error))?;
    tell_entries(context, &entries)
}

fn tell_steps(context: &mut Context<'_>, steps: &[StepRecord], limit: usize) -> Result<Exit, Failure> {
    if context.output.json {
        context.output.json(&Value::from(steps.iter().map(step_json).collect::<Vec<_>>()))?;
        return Ok(Exit::Done);
    }
    if steps.is_empty() && limit > 0 {
        let said = context.sentences.history_empty();
        context.output.line(&said)?;
    }
    for step in steps {
        let line = step_line(context, step);
        context.output.line(&line)?;
    }
    Ok(Exit::Done)
}

fn tell_entries(context: &mut Context<'_>, entries: &[Entry]) -> Result<Exit, Failure> {
    if context.output.json {
        context.output.json(&Value::from(entries.iter().map(entry_json).collect::<Vec<_>>()))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    for entry in entries {
        let line = step_line(context, &entry.step);
        context.output.line(&line)?;
        if entry.is_made_by_import() {
            context.output.line(&format!("    {}", s.step_created()))?;
        }
        for line in s.entry_lines(entry) {
            context.output.line(&format!("    {line}"))?;
        }
    }
    Ok(Exit::Done)
}

fn step_line(context: &Context<'_>, step: &StepRecord) -> String {
    let s = &context.sentences;
    let undone = step.undone_at.map(|at| format!(" ({})", s.step_undone(context.day_and_time(at))));
    format!("{}  {}{}", context.day_and_time(step.at), s.step(step), undone.unwrap_or_default())
}

pub(super) fn entry_json(entry: &Entry) -> Value {
    let changes = entry.changes.iter().map(|(field, old, new)| {
        let told = |value: &Value| {
            if matches!(field, Named::Known(Field::Stage | Field::Log)) { json::in_words_of_time(value) } else { value.clone() }
        };
        json!({ "field": field.path(), "old": told(old), "new": told(new) })
    });
    let changes: Vec<Value> = changes.collect();
    let conflicts = entry.conflicts.iter().map(|(field, conflict)| match conflict {
        Conflict::Raised(theirs) => json!({ "field": field.path(), "became": conflict.code(), "theirs": theirs }),
        Conflict::Ours | Conflict::Over => json!({ "field": field.path(), "became": conflict.code() }),
    });
    let conflicts: Vec<Value> = conflicts.collect();
    let mut value = step_json(&entry.step);
    if let Value::Object(members) = &mut value {
        members.insert("created".into(), (entry.what == Happened::Made).into());
        members.insert("what".into(), entry.what.code().into());
        members.insert("changes".into(), changes.into());
        members.insert("conflicts".into(), conflicts.into());
        if let Some(message) = &entry.refusal {
            members.insert("message".into(), message.clone().into());
        }
    }
    value
}
