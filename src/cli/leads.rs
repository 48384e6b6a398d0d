//! `cosell leads`: lists them, shows one, answers it, changes it, decides its conflicts (MG-83); files and deals are beside.

use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Map, Value, json};

use super::args::{self, option};
use super::output::Column;
use super::{Context, Exit, Failure, leads_out, step};
use crate::domain::change::What;
use crate::domain::date::Date;
use crate::domain::draft::ReasonDraft;
use crate::domain::fold;
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::domain::lead::{Lead, LeadPart, LeadRefusal, LeadStays, LeadStep};
use crate::domain::stage::Verb;
use crate::i18n::{Said, Sentences};
use crate::store::{Store, StoreError};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let id = || Arg::new("id").value_name("ID").required(true).help(s.command_leads_id());
    let all = || Arg::new("all").long("all").action(ArgAction::SetTrue).help(s.command_leads_all());
    let reasoned = |command: Command| {
        let command = command.arg(id()).arg(option("reason", "CODE", s.command_leads_reason()));
        command.arg(option("notes", "TEXT", s.command_leads_note()))
    };
    let set = Arg::new("set").value_name("KEY=VALUE").num_args(1..).required(true).help(s.command_leads_set());
    let side = Arg::new("side").value_name("SIDE").required(true).value_parser(["ours", "theirs"]).help(s.command_leads_side());
    let folder = Arg::new("folder").value_name("DIR").required(true).value_parser(PathBufValueParser::new());
    let format = option("format", "FORMAT", s.command_leads_format()).value_parser(["csv", "xlsx"]).default_value("csv");
    let write = args::plain("write", s.command_leads_write()).arg(folder.help(s.command_leads_folder())).arg(format);
    let commands = [
        args::plain("list", s.command_leads_list()).arg(all()),
        args::plain("show", s.command_leads_show()).arg(id()),
        args::plain("accept", s.command_leads_accept()).arg(id()),
        reasoned(args::plain("decline", s.command_leads_decline())),
        args::plain("win", s.command_leads_win()).arg(id()),
        reasoned(args::plain("lose", s.command_leads_lose())),
        args::plain("edit", s.command_leads_edit()).arg(id()).arg(set),
        args::plain("resolve", s.command_leads_resolve()).arg(id()).arg(side),
        write,
        leads_out::deal_arguments(args::plain("deal", s.command_leads_deal()).arg(id()), s),
    ];
    args::group(command, commands, s).subcommand_required(false).arg(all())
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let Some((name, of)) = matches.subcommand() else { return list(context, matches.get_flag("all")) };
    match name {
        "list" => list(context, of.get_flag("all")),
        "show" => show(context, of),
        "accept" => take_step(context, of, |_| Ok(LeadStep::Accept)),
        "win" => take_step(context, of, |_| Ok(LeadStep::Win)),
        "decline" => take_step(context, of, |context| reasoned(context, of, Verb::Decline)),
        "lose" => take_step(context, of, |context| reasoned(context, of, Verb::Lose)),
        "edit" => edit(context, of),
        "resolve" => resolve(context, of),
        "write" => leads_out::write(context, of),
        _ => leads_out::deal(context, of),
    }
}

/// Writes a day of a lead.
pub(super) fn day(context: &Context<'_>) -> impl Fn(Date) -> String + use<> {
    let this_year = chrono::Datelike::year(&context.clock.moment().today.naive());
    let s = Arc::clone(&context.sentences);
    move |date: Date| s.day(date.naive(), this_year)
}

/// Returns the lead that the argument names, by its ID or the beginning of one.
pub(super) fn named(context: &Context<'_>, store: &Store, matches: &ArgMatches) -> Result<Lead, Failure> {
    let id = args::typed(matches, "id");
    let mut found = store.leads_named(id).map_err(|error| context.store_failure(&error))?;
    let s = &context.sentences;
    if found.len() > 1 {
        let names: Vec<String> = found.iter().map(|lead| format!("{} {}", lead.id, lead.title())).collect();
        let said = Said::new("ambiguous", s.lead_several(id.trim(), names.join("; ")), s.lead_several_hint());
        return Err(Failure::Refused(vec![said]));
    }
    found
        .pop()
        .ok_or_else(|| Failure::Refused(vec![Said::new("no-such-lead", s.lead_none_such(id.trim()), s.lead_none_such_hint())]))
}

pub(super) fn refused(context: &Context<'_>, why: LeadRefusal, lead: &Lead) -> Failure {
    Failure::Refused(vec![context.sentences.lead_refusal(why, lead.id.as_str())])
}

/// Keeps a changed lead.
fn keep(context: &Context<'_>, store: &mut Store, seen: Lead, lead: &Lead) -> Result<bool, Failure> {
    let kept = store.change_leads(&[(seen, lead.clone())], context.clock.now());
    kept.map(|step| step.is_some()).map_err(|error: StoreError| context.store_failure(&error))
}

fn list(context: &mut Context<'_>, all: bool) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let mut leads = store.leads().map_err(|error| context.store_failure(&error))?;
    leads.retain(|lead| all || !lead.stage().is_closed() || !lead.clashes().is_empty() || lead.waits().is_ok());
    if context.output.json {
        context.output.json(&leads.iter().map(to_json).collect())?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if leads.is_empty() {
        context.output.remark(&s.leads_none())?;
        context.output.remark(&format!("  {}", s.leads_none_hint()))?;
        return Ok(Exit::Done);
    }
    let day = day(context);
    let columns = [
        Column::text(s.leads_column_id(), false),
        Column::text(s.leads_column_name(), true),
        Column::text(s.leads_column_stage(), false),
        Column::text(s.leads_column_customer(), true),
        Column::text(s.leads_column_kind(), true),
        Column::text(s.leads_column_day(), false),
        Column { head: s.leads_column_value(), number: true, gives: false },
        Column::text(s.leads_column_state(), false),
    ];
    let text = |lead: &Lead, part| if lead.text(part).is_empty() { String::new() } else { s.lead_text(lead, part, &day) };
    let rows: Vec<Vec<String>> = leads
        .iter()
        .map(|lead| {
            let mut row = vec![lead.id.to_string(), lead.title().to_owned(), s.stage_of_lead(lead.stage())];
            let parts = [LeadPart::Customer, LeadPart::Type, LeadPart::Created, LeadPart::Value];
            row.extend(parts.map(|part| text(lead, part)));
            row.push(s.lead_state(lead, &day));
            row
        })
        .collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

/// Returns a lead as JSON: its parts by their words, and what Partner Center told otherwise.
pub(super) fn to_json(lead: &Lead) -> Value {
    let parts = LeadPart::ALL.into_iter().filter(|part| !lead.text(*part).is_empty());
    let parts: Map<String, Value> = parts.map(|part| (part.code().to_owned(), lead.text(part).into())).collect();
    let changed = LeadPart::ALL.into_iter().filter(|part| lead.text(*part) != lead.told(*part));
    let told: Map<String, Value> = changed.map(|part| (part.code().to_owned(), lead.told(part).into())).collect();
    let kept: Map<String, Value> = lead.kept().map(|(head, text)| (head.to_owned(), text.into())).collect();
    let waits: Vec<&str> = lead.waits().map(|waits| waits.keys().map(|part| part.code()).collect()).unwrap_or_default();
    json!({
        "id": lead.id,
        "title": lead.title(),
        "stage": lead.stage().code(),
        "parts": parts,
        "told": told,
        "conflicts": lead.clashes().iter().map(|part| part.code()).collect::<Vec<_>>(),
        "waits": waits,
        "written": lead.written.as_ref().map(|written| json!({ "file": written.file, "on": written.on })),
        "error": lead.error,
        "deal": lead.deal,
        "kept": kept,
    })
}

fn show(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let lead = named(context, &store, matches)?;
    if context.output.json {
        context.output.json(&to_json(&lead))?;
        return Ok(Exit::Done);
    }
    let (s, day) = (Arc::clone(&context.sentences), day(context));
    for line in s.lead_lines(&lead, &day) {
        context.output.line(&line)?;
    }
    Ok(Exit::Done)
}

fn reasoned(context: &Context<'_>, matches: &ArgMatches, verb: Verb) -> Result<LeadStep, Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let draft = ReasonDraft { reason: text("reason"), note: text("notes") };
    match draft.build(verb).map_err(|complaints| step::refused(context, &complaints))? {
        What::Lose { reason, note, .. } => Ok(LeadStep::Lose { reason, note }),
        What::Decline { reason, note } => Ok(LeadStep::Decline { reason, note }),
        _ => Err(Failure::told_refusal()),
    }
}

fn take_step(
    context: &mut Context<'_>,
    matches: &ArgMatches,
    wanted: impl FnOnce(&Context<'_>) -> Result<LeadStep, Failure>,
) -> Result<Exit, Failure> {
    let mut store = context.store_there()?;
    let seen = named(context, &store, matches)?;
    let step = wanted(context)?;
    let mut lead = seen.clone();
    lead.step(&step).map_err(|why| refused(context, why, &seen))?;
    keep(context, &mut store, seen, &lead)?;
    let said = context.sentences.lead_done(lead.title(), context.sentences.stage_of_lead(lead.stage()));
    tell(context, &lead, &said)
}

/// Tells what became of a lead, and whether that waits to be written.
fn tell(context: &mut Context<'_>, lead: &Lead, said: &str) -> Result<Exit, Failure> {
    if context.output.json {
        context.output.json(&to_json(lead))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    context.output.line(said)?;
    match lead.waits() {
        Ok(_) => {
            context.output.line(&s.lead_waits())?;
            s.lead_stays(lead).iter().try_for_each(|said| context.output.line(said))?;
        }
        Err(LeadStays::NoRow) => context.output.line(&s.lead_no_row())?,
        Err(_) => {}
    }
    Ok(Exit::Done)
}

fn edit(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut store = context.store_there()?;
    let seen = named(context, &store, matches)?;
    let (mut changes, mut complaints) = (Vec::new(), Complaints::new());
    for given in matches.get_many::<String>("set").into_iter().flatten() {
        let Some((key, value)) = given.split_once('=') else {
            let s = &context.sentences;
            return Err(Failure::usage(Said::new("usage", s.edit_no_value(given), s.edit_no_value_hint(given))));
        };
        match LeadPart::of_code(key.trim()) {
            Some(part) => changes.push((part, value.to_owned())),
            None => {
                let known = &LeadPart::EDITABLE;
                let why = Invalid::UnknownField { given: key.to_owned(), meant: fold::meant(key, known), known };
                complaints.push(Complaint::new(key, why));
            }
        }
    }
    let mut lead = seen.clone();
    let (refusals, wrong) = lead.edit(&changes, context.clock.moment().today).err().unwrap_or_default();
    complaints.extend(wrong);
    if !(refusals.is_empty() && complaints.is_empty()) {
        let s = &context.sentences;
        let refusals = refusals.into_iter().map(|why| s.lead_refusal(why, seen.id.as_str()));
        return Err(Failure::Refused(refusals.chain(complaints.iter().map(|complaint| s.complaint(complaint))).collect()));
    }
    let said = if keep(context, &mut store, seen, &lead)? {
        context.sentences.lead_edited(lead.title())
    } else {
        context.sentences.lead_unchanged()
    };
    tell(context, &lead, &said)
}

fn resolve(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut store = context.store_there()?;
    let seen = named(context, &store, matches)?;
    let s = Arc::clone(&context.sentences);
    if seen.clashes().is_empty() {
        return Err(Failure::Refused(vec![Said::new("no-conflict", s.lead_no_conflict(), s.lead_no_conflict_hint())]));
    }
    let ours = matches.get_one::<String>("side").is_some_and(|side| side == "ours");
    let mut lead = seen.clone();
    lead.decide(ours);
    keep(context, &mut store, seen, &lead)?;
    let said = if ours { s.lead_resolved_ours(lead.title()) } else { s.lead_resolved_theirs(lead.title()) };
    tell(context, &lead, &said)
}
