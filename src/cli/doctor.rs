//! `cosell doctor`: is everything in order, how is mended what is not, and where does everything lie.

use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::{Context, Exit, Failure, keys};
use crate::config::Symbols;
use crate::desk;
use crate::domain::tab::{Tab, View};
use crate::i18n::{Said, Sentences};
use crate::store::{Access, Health, Store, StoreError, dated};
use crate::width::{left, width};

/// One line of the report.
struct Finding {
    name: String,
    code: &'static str,
    value: String,
    good: bool,
    /// How it is mended.
    hint: Option<String>,
}

impl Finding {
    const fn new(name: String, code: &'static str, value: String, good: bool) -> Self {
        Self { name, code, value, good, hint: None }
    }
}

/// What is derived: its name, its code, and what of it is wrong.
type Derived<'a> = (String, &'static str, &'a Option<String>);

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    command.arg(Arg::new("mend").long("mend").action(ArgAction::SetTrue).help(s.command_doctor_mend()))
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mended = if matches.get_flag("mend") { Some(mend(context)?) } else { None };
    let mut findings = database(context)?;
    findings.extend(configuration(context));
    findings.extend(surroundings(context));
    let wrong = findings.iter().filter(|finding| !finding.good).count();
    tell(context, &findings, wrong, mended.as_ref())
}

/// Makes everything derived anew, and says what of it had been wrong.
fn mend(context: &mut Context<'_>) -> Result<Value, Failure> {
    let mut store = context.store()?;
    let today = *context.clock.moment().today;
    let mut tell = |rows| context.output.progress(&context.sentences.mending(context.sentences.number(rows)));
    let mended = store.mend(today, &mut tell);
    context.output.end_progress();
    let mended = mended.map_err(|error| {
        let mut failure = context.store_failure(&error);
        if let Failure::CouldNot(said) = &mut failure {
            let s = &context.sentences;
            said.push(Said::new("not-mended", s.mend_not(), s.mend_not_hint()));
        }
        failure
    })?;
    let s = Arc::clone(&context.sentences);
    let anew: Vec<Derived<'_>> = derived(&mended.before, &s).into_iter().filter(|(.., wrong)| wrong.is_some()).collect();
    let copy = mended.backup.as_ref().map(|copy| copy.path.display().to_string());
    if !context.output.json {
        let names: Vec<&str> = anew.iter().map(|(name, ..)| name.as_str()).collect();
        if let Some(copy) = &copy {
            context.output.line(&s.mend_copy(copy))?;
        }
        context.output.line(&if names.is_empty() { s.mend_nothing() } else { s.mend_done(names.join(", ")) })?;
    }
    let codes: Vec<&str> = anew.iter().map(|(_, code, _)| *code).collect();
    Ok(json!({ "mended": codes, "copy": copy }))
}

/// Returns everything that is made anew by mending, as it was found.
fn derived<'a>(health: &'a Health, s: &Sentences) -> [Derived<'a>; 5] {
    [
        (s.doctor_counts(), "counts", &health.counts_wrong),
        (s.doctor_facts(), "figures", &health.facts_wrong),
        (s.doctor_sorting(), "sorting", &health.sorting_wrong),
        (s.doctor_search(), "search", &health.search_wrong),
        (s.doctor_directory(), "directory", &health.directory_wrong),
    ]
}

/// A database that cannot be opened or read is what is to be told, with everything else that may explain it.
fn database(context: &mut Context<'_>) -> Result<Vec<Finding>, Failure> {
    let name = context.sentences.doctor_database();
    let found = |good, value| Finding::new(name.clone(), "database", value, good);
    let is_there = std::fs::symlink_metadata(&context.database).is_ok();
    if !is_there && !context.read_only {
        return Ok(vec![found(true, context.sentences.doctor_database_none(context.database.display().to_string()))]);
    }
    let store = match context.store() {
        Ok(store) => store,
        Err(Failure::Unwritten(error)) => return Err(error.into()),
        Err(failure) => {
            let hint = last_copy(context);
            let told = |said: &Said| Finding { hint: hint.clone(), ..found(false, said.whole()) };
            return Ok(failure.said().iter().map(told).collect());
        }
    };
    let s = &context.sentences;
    let mut findings = vec![found(true, store.path().display().to_string())];
    let access = match store.access() {
        Access::ReadWrite => s.doctor_access_write(),
        Access::AskedReadOnly => s.doctor_access_asked(),
        Access::ForcedReadOnly => s.doctor_access_forced(),
    };
    findings.push(Finding::new(s.doctor_access(), "access", access, store.access() != Access::ForcedReadOnly));
    let whole = |error: &StoreError| s.store_error(error, &|at| context.day(at)).whole();
    match store.health() {
        Ok(health) => findings.extend(checked(context, &store, &health)),
        Err(error) => findings.push(Finding::new(s.doctor_integrity(), "integrity", whole(&error), false)),
    }
    let mut add = |name: String, code, value: String, good| findings.push(Finding::new(name, code, value, good));
    match store.counts(context.clock.moment()) {
        Ok(counts) => {
            add(s.doctor_size(), "opportunities", s.number(counts.of(Tab::All, View::All)), true);
            add(s.doctor_outbox(), "outbox", s.number(counts.outbox), true);
        }
        Err(error) => add(s.doctor_size(), "opportunities", whole(&error), false),
    }
    findings.push(copies(context));
    Ok(findings)
}

/// What was checked of the database, and how what is wrong is mended.
fn checked(context: &Context<'_>, store: &Store, health: &Health) -> Vec<Finding> {
    let s = &context.sentences;
    let check = |name: String, code, wrong: &Option<String>, hint: &dyn Fn() -> Option<String>| Finding {
        hint: wrong.as_ref().and_then(|_| hint()),
        ..Finding::new(name, code, wrong.as_ref().map_or_else(|| s.doctor_good(), |wrong| s.doctor_bad(wrong)), wrong.is_none())
    };
    let with_copy = |said: String| Some([Some(said), last_copy(context)].into_iter().flatten().collect::<Vec<_>>().join(" "));
    let mut findings = vec![
        check(s.doctor_integrity(), "integrity", &health.integrity, &|| with_copy(s.doctor_hint_integrity())),
        check(s.doctor_readable(), "readable", &health.unreadable, &|| with_copy(s.doctor_hint_unreadable())),
    ];
    let (count, first) = &health.torn;
    let torn = (*count > 0).then(|| s.torn(*count, first));
    findings.push(check(s.doctor_journal(), "journal", &torn, &|| Some(s.doctor_hint_journal())));
    let mend = || Some(s.doctor_hint_mend());
    findings.extend(derived(health, s).into_iter().map(|(name, code, wrong)| check(name, code, wrong, &mend)));
    let mode = health.open_mode.map(|mode| s.doctor_mode_open(format!("{mode:o}"), store.path().display().to_string()));
    findings.push(Finding::new(s.doctor_mode(), "mode", mode.clone().unwrap_or_else(|| s.doctor_good()), mode.is_none()));
    findings
}

/// Says how the last copy that was made by itself is put back.
fn last_copy(context: &Context<'_>) -> Option<String> {
    let copy = dated(&context.database).ok()?.into_iter().next()?;
    Some(context.sentences.doctor_hint_restore(copy.path.display().to_string()))
}

fn copies(context: &Context<'_>) -> Finding {
    let s = &context.sentences;
    let (value, good) = match dated(&context.database) {
        Err(error) => (s.store_error(&error, &|at| context.day(at)).whole(), false),
        Ok(found) => match found.first() {
            Some(last) => {
                let folder = last.path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
                (s.doctor_copies_last(found.len(), last.day.to_string(), folder), true)
            }
            None if context.config.backups == 0 => (s.doctor_copies_off(), true),
            None => (s.doctor_copies_none(), true),
        },
    };
    Finding::new(s.doctor_copies(), "copies", value, good)
}

/// The configuration, what of it would keep keys of the desk from what they are to do, and rules of one's own.
fn configuration(context: &Context<'_>) -> Vec<Finding> {
    let s = &context.sentences;
    let path = context.config_path.display().to_string();
    let keys = keys::complaints(context).into_iter().map(|said| ("keys", s.doctor_keys(), said));
    let settings = context.complaints.iter().cloned().map(|said| ("config", s.doctor_config(), said));
    let rules = context.config.rules().err().map(|error| error.said(s)).unwrap_or_default();
    let rules = rules.into_iter().map(|said| ("rules", s.setting_programme(), said));
    let wrong: Vec<Finding> =
        settings.chain(keys).chain(rules).map(|(code, name, said)| Finding::new(name, code, said.whole(), false)).collect();
    if !wrong.is_empty() {
        return wrong;
    }
    let value = if context.config_path.exists() { path } else { s.doctor_config_none(path) };
    vec![Finding::new(s.doctor_config(), "config", value, true)]
}

fn surroundings(context: &mut Context<'_>) -> Vec<Finding> {
    let s = &context.sentences;
    let mut findings = Vec::new();
    let mut add = |name: String, code, value: String| findings.push(Finding::new(name, code, value, true));
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

fn tell(context: &mut Context<'_>, findings: &[Finding], wrong: usize, mended: Option<&Value>) -> Result<Exit, Failure> {
    if context.output.json {
        let all: Vec<Value> = findings
            .iter()
            .map(|finding| json!({ "check": finding.code, "good": finding.good, "value": finding.value, "hint": finding.hint }))
            .collect();
        let mut told = json!({ "good": wrong == 0, "checks": all });
        if let Some(mended) = mended {
            told["mend"] = mended.clone();
        }
        context.output.json(&told)?;
    } else {
        let widest = findings.iter().map(|finding| width(&finding.name)).max().unwrap_or(0);
        for finding in findings {
            context.output.line(&format!("{}  {}", left(&finding.name, widest), finding.value))?;
            if let Some(hint) = &finding.hint {
                context.output.line(&format!("{}  {hint}", left("", widest)))?;
            }
        }
        let s = &context.sentences;
        let result = if wrong == 0 { s.doctor_result_good() } else { s.doctor_result_bad(wrong) };
        context.output.line(&result)?;
    }
    if wrong == 0 { Ok(Exit::Done) } else { Err(Failure::CouldNot(Vec::new())) }
}
