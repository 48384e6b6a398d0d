//! `cosell rates`: what one currency is in another, by the day; taken over from files, told by hand, listed, removed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::args::{self, option};
use super::output::Column;
use super::taken::{Taken, unread};
use super::{Context, Exit, Failure, reading, step};
use crate::domain::date::Date;
use crate::domain::invalid::{Complaints, Invalid, take};
use crate::domain::money::Currency;
use crate::domain::rate::{Factor, Rate};
use crate::exchange::Reading;
use crate::exchange::rates::{RateFile, open, read};
use crate::i18n::{Said, Sentences};
use crate::store::{Course, Mode, Stocked, Store};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let needed =
        |name: &'static str, shown: &'static str, help: String| Arg::new(name).value_name(shown).required(true).help(help);
    let file = Arg::new("file").value_name("FILE").num_args(1..).required(true).value_parser(PathBufValueParser::new());
    let dry_run = Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue);
    let import = args::plain("import", s.command_rates_import())
        .arg(file.help(s.command_rates_import_file()))
        .arg(dry_run.help(s.command_stock_dry_run()))
        .arg(option("encoding", "NAME", s.command_import_encoding()));
    let add = args::plain("add", s.command_rates_add())
        .arg(needed("date", "DATE", s.command_rates_date()))
        .arg(needed("from", "FROM", s.command_rates_from()))
        .arg(needed("to", "TO", s.command_rates_to()))
        .arg(needed("rate", "RATE", s.command_rates_rate()).allow_hyphen_values(true));
    let remove = args::plain("remove", s.command_rates_remove())
        .arg(needed("from", "FROM", s.command_rates_from()))
        .arg(needed("to", "TO", s.command_rates_to()))
        .arg(Arg::new("date").value_name("DATE").help(s.command_rates_remove_date()));
    let list = args::plain("list", s.command_rates_list());
    args::group(command, [import, add, list, remove], s).subcommand_required(false)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("import", matches)) => import(context, matches),
        Some(("add", matches)) => add(context, matches),
        Some(("remove", matches)) => remove(context, matches),
        _ => list(context),
    }
}

/// What became of the files of one import.
#[derive(Default)]
struct Findings {
    /// What each file has become, for JSON.
    files: Vec<Value>,
    failures: Vec<Said>,
    /// Whether a file could not be had at all.
    unreadable: bool,
    taken: u64,
    refused: u64,
}

fn import(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let charset = reading::charset(context, matches)?;
    let mode = if matches.get_flag("dry-run") { Mode::DryRun } else { Mode::Import };
    let paths: Vec<PathBuf> = matches.get_many::<PathBuf>("file").into_iter().flatten().cloned().collect();
    let mut store = context.store_for(mode)?;
    let mut findings = Findings::default();
    for path in &paths {
        let input = if path.as_path() == Path::new("-") {
            reading::input(context, path, charset)
        } else {
            open(path, Reading { charset, ..Reading::default() })
        };
        match input.and_then(read) {
            Err(error) => {
                findings.unreadable |= reading::could_not(&error);
                findings.failures.push(unread(&context.sentences, path, &error, context.sentences.rates_columns()));
            }
            Ok(file) => {
                let stocked = store.put_rates(&file.rates, mode).map_err(|error| context.store_failure(&error))?;
                findings.taken += file.rates.len() as u64;
                findings.refused += file.refused.len() as u64;
                report(context, path, &file, stocked, mode, &mut findings.files)?;
            }
        }
    }
    if context.output.json {
        context.output.json(&Value::from(findings.files))?;
    }
    match (findings.failures.is_empty(), findings.taken) {
        (true, _) if findings.refused == 0 => Ok(Exit::Done),
        (true, 0) => Err(Failure::told_refusal()),
        (false, 0) if findings.unreadable => Err(Failure::CouldNot(findings.failures)),
        (false, 0) => Err(Failure::Refused(findings.failures)),
        (_, _) => {
            // Some of it is here, and what is not is told.
            context.output.errors(&findings.failures).map_err(Failure::from).map(|()| Exit::Part)
        }
    }
}

fn report(
    context: &mut Context<'_>,
    path: &Path,
    file: &RateFile,
    stocked: Stocked,
    mode: Mode,
    files: &mut Vec<Value>,
) -> io::Result<()> {
    let Stocked { new, changed, unchanged, .. } = stocked;
    let (refused, unknown_columns, aside) = (&file.refused[..], &file.unknown_columns[..], &file.aside);
    let taken = Taken { path, mode, new, changed, unchanged, refused, unknown_columns, aside };
    let ahead = ahead(context, &file.rates);
    if context.output.json {
        let mut value = taken.json(&context.sentences);
        value["openDates"] = file.open_dates.into();
        value["ahead"] = ahead.into();
        files.push(value);
        return Ok(());
    }
    let s = Arc::clone(&context.sentences);
    let remarks =
        [(ahead > 0).then(|| s.rates_ahead(ahead)), (file.open_dates > 0).then(|| s.import_open_dates(file.open_dates))];
    taken.tell(context, remarks.into_iter().flatten())
}

/// Returns how many are dated ahead of today.
fn ahead(context: &Context<'_>, rates: &[Rate]) -> usize {
    let today = *context.clock.moment().today;
    rates.iter().filter(|rate| rate.on > today).count()
}

/// What is typed of a rate.
struct Typed<'a> {
    matches: &'a ArgMatches,
    complaints: Complaints,
}

impl Typed<'_> {
    fn read<T>(&mut self, name: &'static str, read: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        let typed = self.matches.get_one::<String>(name).map_or("", String::as_str);
        take(read(typed), name, &mut self.complaints)
    }

    fn pair(&mut self) -> (Option<Currency>, Option<Currency>) {
        (self.read("from", Currency::parse), self.read("to", Currency::parse))
    }
}

fn day(context: &Context<'_>, typed: &str) -> Result<Date, Invalid> {
    if typed.trim().is_empty() { Err(Invalid::Missing) } else { Date::typed(typed, context.clock.moment().today) }
}

fn add(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut typed = Typed { matches, complaints: Complaints::new() };
    let on = typed.read("date", |text| day(context, text));
    let (from, to) = typed.pair();
    let rate = typed.read("rate", Factor::parse);
    let rate = match (on, from, to, rate) {
        (Some(on), Some(from), Some(to), Some(rate)) => take(Rate::new(on, from, to, rate), "to", &mut typed.complaints),
        _ => None,
    };
    let Some(rate) = rate else { return Err(step::refused(context, &typed.complaints)) };
    let mut store = context.store()?;
    let stocked = store.put_rates(&[rate], Mode::Import).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&to_json(&rate))?;
        return Ok(Exit::Done);
    }
    let s = &context.sentences;
    let (from, on, of, to) = (rate.from.code(), rate.on.to_string(), rate.rate.to_string(), rate.to.code());
    let said = if stocked.changed > 0 { s.rates_changed(from, on, of, to) } else { s.rates_added(from, on, of, to) };
    context.output.line(&said)?;
    if ahead(context, &[rate]) > 0 {
        let said = context.sentences.rates_ahead(1_usize);
        context.output.line(&said)?;
    }
    Ok(Exit::Done)
}

fn remove(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut typed = Typed { matches, complaints: Complaints::new() };
    let (from, to) = typed.pair();
    let is_dated = matches.contains_id("date");
    let on = if is_dated { typed.read("date", |text| day(context, text)) } else { None };
    let (Some(from), Some(to), true) = (from, to, typed.complaints.is_empty()) else {
        return Err(step::refused(context, &typed.complaints));
    };
    let mut store: Store = context.store_there()?;
    let count = store.remove_rates(from, to, on).map_err(|error| context.store_failure(&error))?;
    let s = Arc::clone(&context.sentences);
    if count == 0 {
        let said = Said::new("no-rate", s.rates_not_there(from.code(), to.code()), s.rates_not_there_hint());
        return Err(Failure::Refused(vec![said]));
    }
    if context.output.json {
        context.output.json(&json!({ "from": from.code(), "to": to.code(), "removed": count }))?;
    } else {
        context.output.line(&s.rates_removed(count, from.code(), to.code()))?;
    }
    Ok(Exit::Done)
}

fn to_json(rate: &Rate) -> Value {
    json!({ "date": rate.on, "from": rate.from, "to": rate.to, "rate": rate.rate })
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let courses = store.courses().map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let all = courses.iter().map(|Course { first, last }| {
            json!({ "from": last.from, "to": last.to, "first": first.on, "last": last.on, "rate": last.rate })
        });
        context.output.json(&Value::from_iter(all))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if courses.is_empty() {
        context.output.remark(&s.rates_none())?;
        context.output.remark(&format!("  {}", s.rates_none_hint()))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.rates_column_from(), false),
        Column::text(s.rates_column_to(), false),
        Column { head: s.rates_column_rate(), number: true, gives: false },
        Column::text(s.rates_column_last(), false),
        Column::text(s.rates_column_first(), false),
    ];
    let row = |Course { first, last }: &Course| {
        let texts =
            [last.from.to_string(), last.to.to_string(), last.rate.to_string(), last.on.to_string(), first.on.to_string()];
        texts.to_vec()
    };
    let rows: Vec<Vec<String>> = courses.iter().map(row).collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}
