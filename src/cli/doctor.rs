//! `cosell doctor`: is everything in order, and where does everything lie.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::{Context, Exit, Failure};
use crate::domain::tab::{Tab, View};
use crate::i18n::Said;
use crate::store::{Access, Health};
use crate::width::{left, width};

/// One line of the report.
struct Finding {
    name: String,
    code: &'static str,
    value: String,
    good: bool,
}

pub(super) fn run(context: &mut Context<'_>, _: &ArgMatches) -> Result<Exit, Failure> {
    // A database that cannot be opened or read is what is to be told, with everything else that may explain it.
    let mut findings = database(context).unwrap_or_else(|failure| {
        let said = failure.said().first().map(Said::whole).unwrap_or_default();
        vec![Finding { name: context.sentences.doctor_database(), code: "database", value: said, good: false }]
    });
    findings.extend(surroundings(context));
    let wrong = findings.iter().filter(|finding| !finding.good).count();
    tell(context, &findings, wrong)
}

fn database(context: &mut Context<'_>) -> Result<Vec<Finding>, Failure> {
    let store = context.store()?;
    let health = store.health().map_err(|error| context.store_failure(&error))?;
    let counts = store.counts(context.clock.now()).map_err(|error| context.store_failure(&error))?;
    let s = &context.sentences;
    let mut findings = Vec::new();
    let mut add = |name: String, code, value: String, good| findings.push(Finding { name, code, value, good });
    add(s.doctor_database(), "database", store.path().display().to_string(), true);
    let access = match store.access() {
        Access::ReadWrite => s.doctor_access_write(),
        Access::AskedReadOnly => s.doctor_access_asked(),
        Access::ForcedReadOnly => s.doctor_access_forced(),
    };
    add(s.doctor_access(), "access", access, store.access() != Access::ForcedReadOnly);
    let Health { integrity, counts_wrong, search_wrong, directory_wrong, open_mode } = health;
    let verdict = |detail: &Option<String>| detail.as_ref().map_or_else(|| s.doctor_good(), |detail| s.doctor_bad(detail));
    add(s.doctor_integrity(), "integrity", verdict(&integrity), integrity.is_none());
    add(s.doctor_counts(), "counts", verdict(&counts_wrong), counts_wrong.is_none());
    add(s.doctor_search(), "search", verdict(&search_wrong), search_wrong.is_none());
    add(s.doctor_directory(), "directory", verdict(&directory_wrong), directory_wrong.is_none());
    let mode = open_mode.map(|mode| s.doctor_mode_open(format!("{mode:o}"), store.path().display().to_string()));
    add(s.doctor_mode(), "mode", mode.clone().unwrap_or_else(|| s.doctor_good()), mode.is_none());
    add(s.doctor_size(), "opportunities", s.number(counts.of(Tab::All, View::All)), true);
    add(s.doctor_outbox(), "outbox", s.number(counts.outbox), true);
    Ok(findings)
}

fn surroundings(context: &Context<'_>) -> Vec<Finding> {
    let s = &context.sentences;
    let mut findings = Vec::new();
    let mut add = |name: String, code, value: String| findings.push(Finding { name, code, value, good: true });
    let config = context.config_path.display().to_string();
    let config = if context.config_path.exists() { config } else { s.doctor_config_none(config) };
    add(s.doctor_config(), "config", config);
    add(s.doctor_log(), "log", context.log.display().to_string());
    add(s.doctor_language(), "language", s.language().tag().to_owned());
    let variable = |name: &str| (context.variable)(name).map(|value| format!("{name}={value}"));
    let terminal: Vec<String> = ["TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL"].into_iter().filter_map(variable).collect();
    add(s.doctor_terminal(), "terminal", terminal.join(" "));
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
