//! `cosell registrations`: where registrations of won deals stand; the file for Partner Center, and its answer read back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::import::file_name;
use super::output::Column;
use super::register::{grounds, registration_json};
use super::taken::refused_rows;
use super::{Context, Exit, Failure, args, exception, reading};
use crate::dispatch::registrations::{Ready, Unwritten};
use crate::domain::programme::registration::state::RegistrationState;
use crate::domain::programme::registration::{Answer, Answered};
use crate::exchange::registrations::{RegistrationRow, read};
use crate::exchange::{Appearance, Glance};
use crate::i18n::{Said, Sentences};
use crate::store::{KeptRegistration, Mode};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let folder = Arg::new("folder").value_name("DIR").required(true).value_parser(PathBufValueParser::new());
    let file = Arg::new("file").value_name("FILE").required(true).value_parser(PathBufValueParser::new());
    let dry_run = |help: String| Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help(help);
    let write = args::plain("write", s.command_registrations_write())
        .arg(folder.help(s.command_registrations_write_folder()))
        .arg(dry_run(s.command_registrations_confirm_dry_run()));
    let confirm = args::plain("confirm", s.command_registrations_confirm())
        .arg(file.help(s.command_registrations_confirm_file()))
        .arg(dry_run(s.command_registrations_confirm_dry_run()));
    let forget = Arg::new("file").value_name("FILE").required(true).value_parser(PathBufValueParser::new());
    let forget = args::plain("forget", s.command_registrations_forget()).arg(forget.help(s.command_registrations_forget_file()));
    let exception = exception::arguments(args::plain("exception", s.command_registrations_exception()), s);
    args::group(command, [write, confirm, forget, exception], s).subcommand_required(false)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let path = |matches: &ArgMatches, name: &str| matches.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    match matches.subcommand() {
        Some(("write", matches)) => write_file(context, &path(matches, "folder"), matches.get_flag("dry-run")),
        Some(("forget", matches)) => forget(context, &path(matches, "file")),
        Some(("confirm", matches)) => {
            let mode = if matches.get_flag("dry-run") { Mode::DryRun } else { Mode::Import };
            confirm(context, &path(matches, "file"), mode)
        }
        Some(("exception", matches)) => exception::run(context, matches),
        _ => list(context),
    }
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let grounds = grounds(context, &store)?;
    let all = store.registrations().map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let told = all.iter().map(|kept| registration_json(&kept.deal, &kept.registration, &grounds.ruling.registration));
        context.output.json(&told.collect())?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if all.is_empty() {
        context.output.remark(&s.registrations_none())?;
        context.output.remark(&format!("  {}", s.registrations_none_hint()))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column { head: s.column_id(), number: true, gives: false },
        Column::text(s.column_deal(), true),
        Column::text(s.column_customer(), true),
        Column::text(s.registrations_column_state(), true),
        Column::text(s.registrations_column_deadline(), false),
        Column::text(s.registrations_column_next(), true),
    ];
    let now = context.clock.now();
    let cells = |kept: &KeptRegistration| {
        let (deal, of) = (&kept.deal, &kept.registration);
        let deadline = of.deadline(&grounds.ruling.registration).map(|day| day.to_string()).unwrap_or_default();
        vec![
            deal.id.to_string(),
            deal.title().to_string(),
            deal.customer.name.to_string(),
            s.registration_stands(of),
            deadline,
            s.registration_to_do(of, kept.stays(&grounds, now), (deal, kept.win_in.as_deref())),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(cells).collect();
    context.output.table(&columns, &rows)?;
    for kept in &all {
        let of = &kept.registration;
        let refused = of.errors.as_ref().map(|errors| s.registrations_refused(errors.as_str()));
        let exception = s.exception_stands(of);
        for note in refused.into_iter().chain(of.reason.as_ref().map(ToString::to_string)).chain(exception) {
            context.output.remark(&format!("#{}: {note}", kept.deal.id))?;
        }
    }
    Ok(Exit::Done)
}

fn write_file(context: &mut Context<'_>, folder: &Path, dry: bool) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    args::check_folder(&s, folder)?;
    let mut store = context.store_there()?;
    let grounds = grounds(context, &store)?;
    let moment = context.clock.moment();
    let ready = Ready::of(&store, &grounds, moment).map_err(|error| context.store_failure(&error))?;
    let left: Vec<(String, String)> = ready
        .left
        .iter()
        .map(|(one, why)| {
            (one.deal.numbered(), s.registration_stays(*why, &one.registration, (&one.deal, one.win_in.as_deref())))
        })
        .collect();
    let rows = &ready.rows;
    let stay: Vec<Value> = left.iter().map(|(deal, why)| json!({ "deal": deal, "message": why })).collect();
    let exit = if left.is_empty() { Exit::Done } else { Exit::Part };
    let file = if rows.is_empty() || dry { None } else { Some(ready.write(&mut store, folder, moment)) };
    let file = file.transpose().map_err(|why| match why {
        Unwritten::Store(error) => context.store_failure(&error),
        Unwritten::File(detail) => {
            Failure::CouldNot(vec![Said::new("file", s.registrations_file_failed(detail), s.registrations_file_failed_hint())])
        }
    })?;
    // What is told below is why.
    let ended = || if rows.is_empty() && !left.is_empty() { Err(Failure::told_refusal()) } else { Ok(exit) };
    if context.output.json {
        let shown = file.as_ref().map(|path| path.display().to_string());
        context.output.json(&json!({ "file": shown, "rows": rows.len(), "left": stay }))?;
        return ended();
    }
    match &file {
        Some(path) => {
            context.output.line(&s.registrations_written(path.display().to_string(), rows.len() as u64))?;
            context.output.remark(&s.registrations_written_hint())?;
        }
        None if rows.is_empty() => context.output.line(&s.registrations_write_none())?,
        None => context.output.line(&s.registrations_would_write(rows.len() as u64))?,
    }
    for (deal, why) in &left {
        context.output.remark(&format!("  {}", s.registrations_left(deal.as_str(), why.as_str())))?;
    }
    ended()
}

/// Lets the registrations of a file wait again, which was never uploaded.
fn forget(context: &mut Context<'_>, file: &Path) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let mut store = context.store_there()?;
    let name = file_name(file);
    let count = store.forget_registrations(&name, context.clock.now()).map_err(|error| context.store_failure(&error))?;
    if count == 0 {
        let said = Said::new("no-such-file", s.registrations_no_such_file(&name), s.registrations_no_such_file_hint());
        return Err(Failure::Refused(vec![said]));
    }
    if context.output.json {
        context.output.json(&json!({ "file": name, "waiting": count }))?;
    } else {
        context.output.line(&s.registrations_forgotten(count, &name))?;
    }
    Ok(Exit::Done)
}

/// Returns whether a file holds registrations, by its columns. What is no plain file is not looked into.
pub(super) fn holds(path: &Path) -> bool {
    let plain = std::fs::metadata(path).is_ok_and(|found| found.is_file());
    let glance = || std::fs::File::open(path).map(|mut file| Glance::into_file(&mut file));
    plain && glance().is_ok_and(|glance| glance.looks == Appearance::Registrations)
}

/// Reads a file of registrations: what Microsoft says of them counts.
pub(super) fn confirm(context: &mut Context<'_>, path: &Path, mode: Mode) -> Result<Exit, Failure> {
    let today = *context.clock.moment().today;
    let rows = reading::input(context, path, None).and_then(|input| read(input, today));
    let rows = rows.map_err(|error| {
        let said = vec![context.sentences.file_error(path, &error)];
        if reading::could_not(&error) { Failure::CouldNot(said) } else { Failure::Refused(said) }
    })?;
    let (mut lines, mut answers, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for RegistrationRow { line, said } in rows {
        match said {
            Ok(answer) => {
                lines.push(line);
                answers.push(answer);
            }
            Err(complaints) => wrong.push((line, complaints.iter().map(|one| context.sentences.complaint(one)).collect())),
        }
    }
    let mut store = context.store_for(mode)?;
    let told = store.answer_registrations(&answers, today, context.clock.now(), mode == Mode::Import);
    let told = told.map_err(|error| context.store_failure(&error))?;
    let outcomes: Vec<Outcome> = lines
        .into_iter()
        .zip(answers)
        .zip(told)
        .map(|((line, (_, answer)), became)| {
            let (id, became) = became.map_or((None, None), |(id, became)| (Some(id), Some(became)));
            let name = id.and_then(|id| store.get(id).ok()).map(|held| held.opportunity.numbered());
            Outcome { line, name: name.unwrap_or_default(), became, answer }
        })
        .collect();
    report(context, path, mode, &outcomes, &wrong)
}

/// What became of a row.
struct Outcome {
    line: u64,
    name: String,
    became: Option<Answered>,
    answer: Answer,
}

fn report(
    context: &mut Context<'_>,
    path: &Path,
    mode: Mode,
    outcomes: &[Outcome],
    wrong: &[(u64, Vec<Said>)],
) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let count = |of: Option<Answered>| outcomes.iter().filter(|one| one.became == of).count() as u64;
    let (changed, refused) = (count(Some(Answered::Taken)), count(Some(Answered::Refused)));
    let (unchanged, older, unknown) = (count(Some(Answered::Unchanged)), count(Some(Answered::Older)), count(None));
    let left = wrong.len() as u64 + refused + unknown;
    let is_nothing = left > 0 && changed + unchanged + older == 0;
    let exit = if left == 0 { Exit::Done } else { Exit::Part };
    // What is told below is why.
    let ended = || if is_nothing { Err(Failure::told_refusal()) } else { Ok(exit) };
    if context.output.json {
        let rows = refused_rows(wrong);
        context.output.json(&json!({
            "file": path.display().to_string(), "kind": "registrations", "dryRun": mode == Mode::DryRun, "changed": changed,
            "refusedThere": refused, "unchanged": unchanged, "older": older, "unknown": unknown, "refusedRows": rows,
        }))?;
        return ended();
    }
    let file = file_name(path);
    context.output.line(&match mode {
        Mode::Import => s.registrations_read(changed, file, older, refused, unchanged, unknown),
        Mode::DryRun => s.registrations_read_dry(changed, file, older, refused, unchanged, unknown),
    })?;
    for one in outcomes {
        let what = match one.became {
            Some(Answered::Refused) => s.registrations_refused(one.answer.errors.as_ref().map_or("", |errors| errors.as_str())),
            Some(Answered::Taken) => s.registration_state("", one.answer.state.unwrap_or(RegistrationState::Pending).code()),
            None => {
                context
                    .output
                    .line(&format!("  {}", s.registrations_read_row(one.line.to_string(), s.registrations_unknown())))?;
                continue;
            }
            _ => continue,
        };
        context.output.line(&format!("  {}", s.registrations_answer(&one.name, what)))?;
    }
    for (line, said) in wrong {
        let what = said.iter().map(Said::whole).collect::<Vec<_>>().join(" ");
        context.output.line(&format!("  {}", s.registrations_read_row(line.to_string(), what)))?;
    }
    if unknown > 0 {
        context.output.line(&s.registrations_unknown_hint())?;
    }
    ended()
}
