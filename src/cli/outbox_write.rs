//! `cosell outbox write`: upload files of everything that is ready, or what they would hold.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::args::{self, option};
use super::{Context, Exit, Failure};
use crate::dispatch::{Layout, Left, Plan, ROWS_MAX, Stays, UploadFormat, Wanted};
use crate::domain::date::Moment;
use crate::domain::outgoing::Standing;
use crate::i18n::{Said, Sentences};
use crate::intake::SHOWN_ROWS;
use crate::store::{Store, Unwritten};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let folder = Arg::new("folder").value_name("DIR").value_parser(PathBufValueParser::new());
    command
        .arg(folder.required_unless_present("dry-run").help(s.command_outbox_write_folder()))
        .arg(option("layout", "YEAR", s.command_outbox_layout()).value_parser(Layout::CODES).default_value("2026"))
        .arg(option("format", "FORMAT", s.command_outbox_format()).value_parser(["csv", "xlsx"]).default_value("csv"))
        .arg(Arg::new("private").long("private").action(ArgAction::SetTrue).help(s.command_outbox_private()))
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let word = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let wanted = Wanted {
        layout: word("layout").and_then(Layout::from_code).unwrap_or_default(),
        format: if word("format") == Some("xlsx") { UploadFormat::Xlsx } else { UploadFormat::Csv },
        private: matches.get_flag("private"),
    };
    let folder = matches.get_one::<PathBuf>("folder").cloned().unwrap_or_else(|| PathBuf::from("."));
    let s = Arc::clone(&context.sentences);
    args::check_folder(&s, &folder)?;
    let mut store = context.store_there()?;
    let now = context.clock.moment();
    let plan = Plan::of(&store, wanted, now).map_err(|error| context.store_failure(&error))?;
    if !plan.rows.is_empty() && !context.output.json {
        tell_age(context, &store, now)?;
    }
    if matches.get_flag("dry-run") {
        return look(context, &plan, &folder);
    }
    let exit = exit(&plan);
    if plan.rows.is_empty() {
        return nothing(context, &plan.left, exit);
    }
    let mut plan = plan;
    let (left, warned) = (std::mem::take(&mut plan.left), plan.warned);
    let written = plan.write(&mut store, &folder, wanted, now).map_err(|why| unwritten(context, why))?;
    let (files, strays) = (written.files, written.strays);
    if context.output.json {
        let files = files.iter().map(|(path, rows)| json!({ "file": path, "rows": rows }));
        context
            .output
            .json(&json!({ "files": files.collect::<Vec<_>>(), "left": left_json(context, &left), "notNoted": strays }))?;
        return Ok(exit);
    }
    for (path, rows) in &files {
        context.output.line(&s.outbox_written(path.display().to_string(), *rows as u64))?;
    }
    tell_left(context, &left)?;
    if warned > 0 {
        context.output.remark(&s.outbox_warned(warned))?;
    }
    context.output.remark(&s.outbox_written_hint())?;
    if !strays.is_empty() {
        context.output.remark(&s.outbox_strays(strays.len(), strays.join(", ")))?;
    }
    let first = files.first().and_then(|(path, _)| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    context.output.remark(&s.outbox_final(first.unwrap_or_default()))?;
    Ok(exit)
}

/// Says why nothing was written.
fn unwritten(context: &Context<'_>, why: Unwritten) -> Failure {
    let s = &context.sentences;
    match why {
        Unwritten::Store(error) => context.store_failure(&error),
        Unwritten::File(error) => {
            let said = Said::new("file", s.outbox_file_failed(error.to_string()), s.outbox_file_failed_hint());
            Failure::CouldNot(vec![said])
        }
    }
}

/// Says how old the data is where it is not of today: a row says every field, so what a seller changed since is written over.
fn tell_age(context: &mut Context<'_>, store: &Store, now: Moment) -> Result<(), Failure> {
    let counts = store.counts(now).map_err(|error| context.store_failure(&error))?;
    let Some(at) = counts.imported_at.filter(|at| now.day_of(*at) < *now.today) else { return Ok(()) };
    let said = context.sentences.outbox_old_data(context.day_and_time(at));
    Ok(context.output.remark(&said)?)
}

/// Something that somebody has to mend stays here: it was done in part.
fn exit(plan: &Plan) -> Exit {
    if plan.left.iter().any(|left| left.why.is_fault()) { Exit::Part } else { Exit::Done }
}

fn nothing(context: &mut Context<'_>, left: &[Left], exit: Exit) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    if context.output.json {
        context.output.json(&json!({ "files": [], "left": left_json(context, left) }))?;
    } else {
        context.output.line(&if left.is_empty() { s.outbox_none() } else { s.outbox_write_nothing() })?;
        tell_left(context, left)?;
    }
    if exit == Exit::Part { Err(Failure::told_refusal()) } else { Ok(exit) }
}

fn tell_left(context: &mut Context<'_>, left: &[Left]) -> Result<(), Failure> {
    let s = Arc::clone(&context.sentences);
    // What only a sender is to be told is in no file, and nobody misses it there.
    let left: Vec<&Left> = left.iter().filter(|left| left.why != Stays::Standing(Standing::Notice)).collect();
    if !left.is_empty() {
        context.output.remark(&s.outbox_left(left.len() as u64))?;
    }
    for left in left.iter().take(SHOWN_ROWS) {
        context.output.remark(&format!("  {}", said(context, left)))?;
    }
    tell_more(context, left.len(), true)
}

/// Says how many more there are than were shown; `aside` is where what stays is told.
fn tell_more(context: &mut Context<'_>, all: usize, aside: bool) -> Result<(), Failure> {
    let more = all.saturating_sub(SHOWN_ROWS);
    if more == 0 {
        return Ok(());
    }
    let s = &context.sentences;
    let said = format!("  {}", s.outbox_more(s.number(more as u64)));
    let told = if aside { context.output.remark(&said) } else { context.output.line(&said) };
    Ok(told?)
}

fn said(context: &Context<'_>, left: &Left) -> String {
    left.said(&context.sentences, &|at| context.day_and_time(at))
}

fn left_json(context: &Context<'_>, left: &[Left]) -> Vec<Value> {
    let word = |why: &Stays| match why {
        Stays::Standing(standing) => standing.code(),
        Stays::Unwritable(_) => "unwritable",
        Stays::Refused(_) => "refused",
    };
    left.iter()
        .map(|left| json!({ "id": left.id, "title": left.title, "why": word(&left.why), "message": said(context, left) }))
        .collect()
}

/// Shows what would be written, row by row.
fn look(context: &mut Context<'_>, plan: &Plan, folder: &Path) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    if context.output.json {
        let row = |row: &crate::dispatch::OutRow| {
            let cells: serde_json::Map<String, Value> =
                row.cells.iter().map(|(name, cell)| (name.clone(), cell.clone().into())).collect();
            json!({ "id": row.id, "cells": cells })
        };
        let rows = plan.rows.iter().map(row).collect::<Vec<_>>();
        context.output.json(
            &json!({ "rows": rows, "files": plan.rows.len().div_ceil(ROWS_MAX), "left": left_json(context, &plan.left) }),
        )?;
        return Ok(exit(plan));
    }
    if plan.rows.is_empty() {
        context.output.line(&if plan.left.is_empty() { s.outbox_none() } else { s.outbox_write_nothing() })?;
    } else {
        context.output.line(&s.outbox_would_write(folder.display().to_string(), plan.rows.len() as u64))?;
    }
    for (row, title) in plan.rows.iter().zip(&plan.titles).take(SHOWN_ROWS) {
        context.output.line(&format!("{}  {title}", row.id))?;
        for (name, cell) in &row.cells {
            context.output.line(&format!("    {name}: {}", cell.replace('\n', " ")))?;
        }
    }
    tell_more(context, plan.rows.len(), false)?;
    tell_left(context, &plan.left)?;
    Ok(exit(plan))
}
