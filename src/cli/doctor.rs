//! `cosell doctor`: is everything in order, and where does everything lie.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::{Context, Exit, Failure, keys};
use crate::config::Symbols;
use crate::desk;
use crate::domain::tab::{Tab, View};
use crate::store::{Access, Health, StoreError};
use crate::width::{left, width};

/// One line of the report.
struct Finding {
    name: String,
    code: &'static str,
    value: String,
    good: bool,
}

pub(super) fn run(context: &mut Context<'_>, _: &ArgMatches) -> Result<Exit, Failure> {
    let mut findings = database(context)?;
    findings.extend(configuration(context));
    findings.extend(surroundings(context));
    let wrong = findings.iter().filter(|finding| !finding.good).count();
    tell(context, &findings, wrong)
}

/// A database that cannot be opened or read is what is to be told, with everything else that may explain it.
fn database(context: &mut Context<'_>) -> Result<Vec<Finding>, Failure> {
    let name = context.sentences.doctor_database();
    let found = |good, value| Finding { name: name.clone(), code: "database", value, good };
    let is_there = std::fs::symlink_metadata(&context.database).is_ok();
    if !is_there && !context.read_only {
        return Ok(vec![found(true, context.sentences.doctor_database_none(context.database.display().to_string()))]);
    }
    let store = match context.store() {
        Ok(store) => store,
        Err(Failure::Unwritten(error)) => return Err(error.into()),
        Err(failure) => return Ok(failure.said().iter().map(|said| found(false, said.whole())).collect()),
    };
    let s = &context.sentences;
    let mut findings = vec![found(true, store.path().display().to_string())];
    let mut add = |name: String, code, value: String, good| findings.push(Finding { name, code, value, good });
    let access = match store.access() {
        Access::ReadWrite => s.doctor_access_write(),
        Access::AskedReadOnly => s.doctor_access_asked(),
        Access::ForcedReadOnly => s.doctor_access_forced(),
    };
    add(s.doctor_access(), "access", access, store.access() != Access::ForcedReadOnly);
    let whole = |error: &StoreError| s.store_error(error, &|at| context.day(at)).whole();
    match store.health() {
        Ok(Health { integrity, counts_wrong, search_wrong, unreadable, directory_wrong, open_mode }) => {
            let verdict =
                |detail: &Option<String>| detail.as_ref().map_or_else(|| s.doctor_good(), |detail| s.doctor_bad(detail));
            add(s.doctor_integrity(), "integrity", verdict(&integrity), integrity.is_none());
            add(s.doctor_counts(), "counts", verdict(&counts_wrong), counts_wrong.is_none());
            add(s.doctor_readable(), "readable", verdict(&unreadable), unreadable.is_none());
            add(s.doctor_search(), "search", verdict(&search_wrong), search_wrong.is_none());
            add(s.doctor_directory(), "directory", verdict(&directory_wrong), directory_wrong.is_none());
            let mode = open_mode.map(|mode| s.doctor_mode_open(format!("{mode:o}"), store.path().display().to_string()));
            add(s.doctor_mode(), "mode", mode.clone().unwrap_or_else(|| s.doctor_good()), mode.is_none());
        }
        Err(error) => add(s.doctor_integrity(), "integrity", whole(&error), false),
    }
    match store.counts(context.clock.moment()) {
        Ok(counts) => {
            add(s.doctor_size(), "opportunities", s.number(counts.of(Tab::All, View::All)), true);
            add(s.doctor_outbox(), "outbox", s.number(counts.outbox), true);
        }
        Err(error) => add(s.doctor_size(), "opportunities", whole(&error), false),
    }
    Ok(findings)
}

/// The configuration, and what of it would keep keys of the desk from what they are to do.
fn configuration(context: &Context<'_>) -> Vec<Finding> {
    let s = &context.sentences;
    let path = context.config_path.display().to_string();
    let keys = keys::complaints(context).into_iter().map(|said| ("keys", s.doctor_keys(), said));
    let settings = context.complaints.iter().cloned().map(|said| ("config", s.doctor_config(), said));
    let wrong: Vec<Finding> =
        settings.chain(keys).map(|(code, name, said)| Finding { name, code, value: said.whole(), good: false }).collect();
    if !wrong.is_empty() {
        return wrong;
    }
    let value = if context.config_path.exists() { path } else { s.doctor_config_none(path) };
    vec![Finding { name: s.doctor_config(), code: "config", value, good: true }]
}

fn surroundings(context: &mut Context<'_>) -> Vec<Finding> {
    let s = &context.sentences;
    let mut findings = Vec::new();
    let mut add = |name: String, code, value: String| findings.push(Finding { name, code, value, good: true });
    add(s.doctor_log(), "log", context.log.display().to_string());
    add(s.doctor_language(), "language", s.language().tag().to_owned());
    let variable = |name: &str| (context.variable)(name).map(|value| format!("{name}={}", value.to_string_lossy()));
    let terminal: Vec<String> = ["TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL"].into_iter().filter_map(variable).collect();
    add(s.doctor_terminal(), "terminal", terminal.join(" "));
    let is_watched = context.typed && context.output.columns.is_some();
    let signs = match is_watched.then(desk::draws_double).flatten() {
        _ if context.config.symbols == Symbols::Ascii => s.doctor_signs_set(),
        Some(true) => s.doctor_signs_double(),
        Some(false) => s.doctor_signs_single(),
        None => s.doctor_signs_unknown(),
    };
    add(s.doctor_signs(), "signs", signs);
    findings
}

fn tell(context: &mut Context<'_>, findings: &[Finding], wrong: usize) -> Result<Exit, Failure> {
    if context.output.json {
        let all: Vec<Value> = findings
            .iter()
            .map(|finding| json!({ "check": finding.code, "good": finding.good, "value": finding.value }))
            .collect();
        context.output.json(&json!({ "good": wrong == 0, "checks": all }))?;
    } else {
        let widest = findings.iter().map(|finding| width(&finding.name)).max().unwrap_or(0);
        for finding in findings {
            context.output.line(&format!("{}  {}", left(&finding.name, widest), finding.value))?;
        }
        let s = &context.sentences;
        let result = if wrong == 0 { s.doctor_result_good() } else { s.doctor_result_bad(wrong) };
        context.output.line(&result)?;
    }
    if wrong == 0 { Ok(Exit::Done) } else { Err(Failure::CouldNot(Vec::new())) }
}
