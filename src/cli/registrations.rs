//! `cosell registrations`: where registrations of won deals stand; the file for Partner Center, and its answer read back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::import::file_name;
use super::output::Column;
use super::register::{Around, registration_json};
use super::taken::refused_rows;
use super::{Context, Exit, Failure, args, reading};
use crate::domain::programme::registration::state::RegistrationState;
use crate::domain::programme::registration::{Answer, Answered, Next, Written};
use crate::domain::text::Line;
use crate::exchange::registrations::{ROWS_MAX, RegistrationRow, read, row, write};
use crate::exchange::{Appearance, Glance};
use crate::i18n::{Said, Sentences};
use crate::store::{KeptRegistration, Mode, Store};

/// How the file is called, before the day.
const STEM: &str = "cosell-registrations";

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
    args::group(command, [write, confirm], s).subcommand_required(false)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let path = |matches: &ArgMatches, name: &str| matches.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    match matches.subcommand() {
        Some(("write", matches)) => write_file(context, &path(matches, "folder"), matches.get_flag("dry-run")),
        Some(("confirm", matches)) => {
            let mode = if matches.get_flag("dry-run") { Mode::DryRun } else { Mode::Import };
            confirm(context, &path(matches, "file"), mode)
        }
        _ => list(context),
    }
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let around = Around::of(context, &store)?;
    let all = store.registrations().map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let told = all.iter().map(|kept| registration_json(&kept.deal, &kept.registration, &around.rules));
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
    let cells = |kept: &KeptRegistration| {
        let (deal, of) = (&kept.deal, &kept.registration);
        let deadline = of.deadline(&around.rules).map(|day| day.to_string()).unwrap_or_default();
        vec![
            deal.id.to_string(),
            deal.title().to_string(),
            deal.customer.name.to_string(),
            s.registration_stands(of),
            deadline,
            s.registration_to_do(of, deal.id),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(cells).collect();
    context.output.table(&columns, &rows)?;
    for kept in &all {
        let of = &kept.registration;
        let refused = of.errors.as_ref().map(|errors| s.registrations_refused(errors.as_str()));
        for note in refused.into_iter().chain(of.reason.as_ref().map(ToString::to_string)) {
            context.output.remark(&format!("#{}: {note}", kept.deal.id))?;
        }
    }
    Ok(Exit::Done)
}

/// A registration that stays here, by its deal, and why.
type Left = (String, String);

/// The registrations of a file, and its rows.
type Held = (Vec<KeptRegistration>, Vec<Vec<String>>);

/// Returns what a file of all that is ready holds, and what stays here and why.
fn ready(context: &Context<'_>, store: &Store) -> Result<(Held, Vec<Left>), Failure> {
    let around = Around::of(context, store)?;
    let (mut kept, mut rows, mut left) = (Vec::new(), Vec::new(), Vec::new());
    let s = &context.sentences;
    for one in store.registrations().map_err(|error| context.store_failure(&error))? {
        let next = one.registration.next();
        if !matches!(next, Next::Write | Next::ByHand) {
            continue;
        }
        let terms = around.terms(&one.deal, one.registration.program, context.clock.now());
        let why = match &one.deal.referral_id {
            _ if next == Next::ByHand => s.registration_to_do(&one.registration, one.deal.id),
            None => s.registrations_no_referral(),
            _ if !one.registration.contract.flaws(&terms).is_empty() => s.registrations_flawed(one.deal.id.to_string()),
            _ if rows.len() == ROWS_MAX => s.registrations_over_thousand(),
            Some(referral) => {
                rows.push(row(referral, &one.registration));
                kept.push(one);
                continue;
            }
        };
        left.push((one.deal.numbered(), why));
    }
    Ok(((kept, rows), left))
}

fn write_file(context: &mut Context<'_>, folder: &Path, dry: bool) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    if !folder.is_dir() {
        let said = Said::new("no-folder", s.outbox_folder_missing(folder.display().to_string()), s.outbox_folder_missing_hint());
        return Err(Failure::CouldNot(vec![said]));
    }
    let mut store = context.store_there()?;
    let ((kept, rows), left) = ready(context, &store)?;
    let stay: Vec<Value> = left.iter().map(|(deal, why)| json!({ "deal": deal, "message": why })).collect();
    let exit = if left.is_empty() { Exit::Done } else { Exit::Part };
    let file = if rows.is_empty() || dry { None } else { Some(put(context, &mut store, folder, &kept, &rows)?) };
    if context.output.json {
        let shown = file.as_ref().map(|path| path.display().to_string());
        context.output.json(&json!({ "file": shown, "rows": rows.len(), "left": stay }))?;
        return Ok(exit);
    }
    match &file {
        Some(path) => {
            context.output.line(&s.registrations_written(path.display().to_string(), rows.len() as u64))?;
            context.output.remark(&s.registrations_written_hint())?;
        }
        None if rows.is_empty() => context.output.line(&s.registrations_write_none())?,
        None => context.output.line(&s.registrations_would_write(rows.len() as u64))?,
    }
    for (deal, why) in left {
        context.output.remark(&format!("  {}", s.registrations_left(deal, why)))?;
    }
    Ok(exit)
}

/// Writes the file under the first number that nothing there has, and notes it: both or neither.
fn put(
    context: &Context<'_>,
    store: &mut Store,
    folder: &Path,
    kept: &[KeptRegistration],
    rows: &[Vec<String>],
) -> Result<PathBuf, Failure> {
    let s = &context.sentences;
    let failed = |detail: String| {
        Failure::CouldNot(vec![Said::new("file", s.registrations_file_failed(detail), s.registrations_file_failed_hint())])
    };
    let stem = format!("{STEM}-{}", *context.clock.moment().today);
    let names = (1..10_000).map(|number| folder.join(format!("{stem}-{number}.csv")));
    let path = names.into_iter().find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| folder.to_owned());
    let file = write(&path, rows).map_err(|error| failed(error.to_string()))?;
    let name = file_name(&path);
    let name = Line::parse(&name).map_err(|why| failed(why.to_string()))?;
    let written = Written { at: context.clock.now(), file: name };
    let noted = store.note_registrations(kept, &written, || file.keep()).map_err(|error| context.store_failure(&error))?;
    noted.map_err(|error| failed(error.to_string()))?;
    Ok(path)
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
    let is_nothing = left > 0 && refused + changed + unchanged + older == 0;
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
