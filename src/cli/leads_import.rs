//! `cosell import` of files of leads: takes them over, or says row by row what that would do.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use super::import::{file_name, tell_refused};
use super::taken::refused_rows;
use super::{Context, Exit, Failure, reading};
use crate::exchange::{Charset, RefusedTo};
use crate::i18n::Sentences;
use crate::intake::leads::{LeadsCounts, LeadsIntake};
use crate::intake::{Appearance, Glance, Manner, RefusedFile, reasons};
use crate::store::{LeadRow, LeadVerdict, LeadsTaken, Mode, Store};

/// Returns whether a file looks like one of leads. What is no plain file is not looked into.
pub(super) fn is_leads(path: &Path) -> bool {
    let is_file = std::fs::metadata(path).is_ok_and(|found| found.is_file());
    is_file && File::open(path).is_ok_and(|mut file| Glance::into_file(&mut file).looks == Appearance::Leads)
}

/// A file that was taken.
struct Taken {
    path: PathBuf,
    intake: LeadsIntake,
    leads: LeadsTaken,
    refused_file: RefusedFile,
}

/// Takes files of leads over and tells what became of them.
pub(super) fn run(
    context: &mut Context<'_>,
    paths: &[PathBuf],
    charset: Option<Charset>,
    (mode, refused): (Mode, RefusedTo),
) -> Result<Exit, Failure> {
    let told = super::import::told_rows(context);
    let manner = Manner { tab: None, mode, refused, told, is_answer: false, is_newest: false, matches: Vec::new(), map: None };
    let mut store = context.store_for(mode)?;
    let mut failures = Vec::new();
    let (mut taken, mut unreadable) = (Vec::new(), false);
    for path in paths {
        let input = reading::input(context, path, charset);
        match input.and_then(|input| LeadsIntake::read(input, &manner, &context.sentences)) {
            Ok(intake) => taken.push(take(context, &mut store, path, intake, mode)?),
            Err(error) => {
                unreadable |= reading::could_not(&error);
                failures.push(context.sentences.file_error(path, &error));
            }
        }
    }
    if context.output.json {
        let files: Vec<Value> = taken.iter().map(|taken| file_json(taken, mode)).collect();
        context.output.json(&json!({ "dryRun": mode == Mode::DryRun, "leads": true, "files": files }))?;
    } else {
        for taken in &taken {
            text(context, taken, mode)?;
        }
    }
    if !failures.is_empty() {
        context.output.errors(&failures)?;
    }
    let any = taken.iter().any(|taken| !taken.leads.rows.is_empty() || taken.intake.file.refused == 0);
    let refused = taken.iter().any(|taken| taken.intake.file.refused > 0);
    match (any, failures.is_empty() && !refused) {
        (true, true) => Ok(Exit::Done),
        (true, false) => Ok(Exit::Part),
        (false, _) if unreadable => Err(Failure::CouldNot(Vec::new())),
        (false, _) => Err(Failure::told_refusal()),
    }
}

fn take(context: &Context<'_>, store: &mut Store, path: &Path, mut intake: LeadsIntake, mode: Mode) -> Result<Taken, Failure> {
    let leads = store.take_leads(&intake.file.leads, mode, context.clock.now());
    let leads = leads.map_err(|error| context.store_failure(&error))?;
    let refused_file = intake.finish(true);
    Ok(Taken { path: path.to_owned(), intake, leads, refused_file })
}

/// Returns the word of JSON for what became of a row.
const fn word(verdict: &LeadVerdict) -> &'static str {
    match verdict {
        LeadVerdict::New => "new",
        LeadVerdict::Changed(heard) if !heard.clashes.is_empty() => "conflict",
        LeadVerdict::Changed(_) => "changed",
        LeadVerdict::Unchanged => "unchanged",
        LeadVerdict::Older => "older",
    }
}

fn said(verdict: &LeadVerdict, s: &Sentences) -> String {
    match word(verdict) {
        "new" => s.verdict_new(),
        "conflict" => s.verdict_conflict(),
        "changed" => s.verdict_changed(),
        "older" => s.verdict_older(),
        _ => s.verdict_unchanged(),
    }
}

fn text(context: &mut Context<'_>, taken: &Taken, mode: Mode) -> Result<(), Failure> {
    let s = Arc::clone(&context.sentences);
    let counts = LeadsCounts::of(&taken.leads.rows);
    if mode == Mode::DryRun {
        for row in &taken.leads.rows {
            let line = s.import_row(row.line.to_string(), said(&row.verdict, &s));
            context.output.line(&format!("{line}  {}", row.lead.title()))?;
        }
    }
    let name = file_name(&taken.path);
    let done = match mode {
        Mode::Import => s.import_done(counts.changed, name, counts.new, counts.unchanged),
        Mode::DryRun => s.import_done_dry(counts.changed, name, counts.new, counts.unchanged),
    };
    context.output.line(&done)?;
    for line in taken.intake.remarks(&taken.leads, &s) {
        context.output.line(&format!("  {line}"))?;
    }
    let rows = taken.intake.refused.iter();
    let rows: Vec<String> = rows.map(|(line, said)| s.import_refused_row(line.to_string(), reasons(said))).collect();
    tell_refused(context, &s, taken.intake.file.refused, &rows, &taken.refused_file)?;
    if taken.leads.step.is_some() {
        context.output.line(&s.leads_import_where())?;
        context.output.line(&s.import_undo())?;
    }
    Ok(())
}

fn file_json(taken: &Taken, mode: Mode) -> Value {
    let counts = LeadsCounts::of(&taken.leads.rows);
    let mut value = json!({
        "file": taken.path,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "older": counts.older,
        "conflicts": counts.conflicts,
        "refused": taken.intake.file.refused,
        "refusedRows": refused_rows(&taken.intake.refused),
        "refusedFile": taken.refused_file.path(),
        "unknownColumns": taken.intake.file.unknown,
    });
    reading::add_aside(&mut value, &taken.intake.file.aside);
    if mode == Mode::DryRun {
        let row = |row: &LeadRow| json!({ "line": row.line, "id": row.lead.id, "title": row.lead.title(), "verdict": word(&row.verdict) });
        value["rows"] = taken.leads.rows.iter().map(row).collect();
    }
    value
}
