//! `cosell outbox`: what waits for Partner Center, deal by deal; the marks of single deals, the upload files and their answers.

use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::args::{self, option};
use super::import::{self, Asked};
use super::{Context, Exit, Failure, outbox_write as write, reading};
use crate::dispatch::{Layout, fields_named, refusals};
use crate::domain::field::NeverSent;
use crate::domain::opportunity::Kind;
use crate::domain::outgoing::{Answer, Choice, SentRow, Standing};
use crate::domain::preflight::Finding;
use crate::exchange::json;
use crate::i18n::{Said, Sentences};
use crate::store::{Mode, OutboxDeal};

/// So many upload files are listed.
const FILES: usize = 1_000;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let file = |help: String| Arg::new("file").value_name("FILE").required(true).help(help);
    let ids = || Arg::new("id").value_name("ID").num_args(1..).required(true).help(s.command_id());
    let dry_run = || Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help(s.command_outbox_dry_run());
    let confirm = args::plain("confirm", s.command_outbox_confirm())
        .arg(file(s.command_outbox_confirm_file()).num_args(1..).value_parser(PathBufValueParser::new()))
        .arg(option("match", "LINE=ID", s.command_outbox_match()).action(ArgAction::Append))
        .arg(dry_run().help(s.command_import_dry_run()))
        .arg(Arg::new("newest").long("newest").action(ArgAction::SetTrue).help(s.command_outbox_confirm_newest()))
        .arg(option("encoding", "NAME", s.command_import_encoding()))
        .arg(import::refused_option(s));
    args::group(
        command,
        [
            args::plain("list", s.command_outbox_list()),
            write::arguments(args::plain("write", s.command_outbox_write()), s).arg(dry_run()),
            confirm,
            args::plain("files", s.command_outbox_files()),
            args::plain("forget", s.command_outbox_forget()).arg(file(s.command_outbox_forget_file())),
            args::plain("hold", s.command_outbox_hold()).arg(ids()),
            args::plain("release", s.command_outbox_release()).arg(ids()),
            args::plain("told", s.command_outbox_told()).arg(ids()),
        ],
        s,
    )
    .subcommand_required(false)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("write", matches)) => write::run(context, matches),
        Some(("confirm", matches)) => confirm(context, matches),
        Some(("files", _)) => files(context),
        Some(("forget", matches)) => forget(context, matches),
        Some(("hold", matches)) => choose(context, matches, Choice::HeldBack),
        Some(("release", matches)) => choose(context, matches, Choice::Released),
        Some(("told", matches)) => told(context, matches),
        _ => list(context),
    }
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let deals = store.outbox().map_err(|error| context.store_failure(&error))?;
    let now = context.clock.moment();
    if context.output.json {
        let all = deals.iter().map(|deal| deal_json(deal, &refusals(deal, Layout::default(), now)));
        context.output.json(&Value::from(all.collect::<Vec<_>>()))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if deals.is_empty() {
        context.output.remark(&s.outbox_none())?;
        return Ok(Exit::Done);
    }
    let mut is_any_ready = false;
    for deal in &deals {
        let on = &deal.held.opportunity;
        let refusals = refusals(deal, Layout::default(), now);
        is_any_ready |= deal.standing == Standing::Ready && refusals.is_empty();
        let standing = standing(context, deal, &refusals);
        context.output.line(&format!("{}  {} · {standing}", on.id, on.title()))?;
        for finding in &refusals {
            let said = s.finding(finding, &|at| context.day_and_time(at));
            context.output.line(&format!("    {said}"))?;
        }
        for line in s.outbox_lines(deal) {
            context.output.line(&format!("    {line}"))?;
        }
    }
    context.output.remark(&s.outbox_count(deals.len() as u64))?;
    if is_any_ready {
        context.output.remark(&s.outbox_hint())?;
    } else if deals.iter().any(|deal| deal.sent.is_some()) {
        context.output.remark(&s.outbox_sent_hint())?;
    }
    Ok(Exit::Done)
}

/// Says where a deal stands, of which Partner Center would refuse what was found.
fn standing(context: &Context<'_>, deal: &OutboxDeal, refusals: &[Finding]) -> String {
    let s = &context.sentences;
    if !refusals.is_empty() {
        return s.outbox_standing_faulty();
    }
    s.outbox_standing(&deal.standing, deal.sent.as_ref(), &|at| context.day_and_time(at))
}

fn deal_json(deal: &OutboxDeal, refusals: &[Finding]) -> Value {
    let on = &deal.held.opportunity;
    let changes = deal.pending.iter().map(|pending| {
        let told = |value: &Value| json::value(pending.field, value);
        let never = pending.never.map(NeverSent::code);
        json!({ "field": pending.field.path(), "known": told(&pending.known), "ours": told(&pending.ours), "never": never })
    });
    let choice = match deal.choice {
        Choice::Open => Value::Null,
        Choice::HeldBack => "heldBack".into(),
        Choice::Released => "released".into(),
    };
    json!({
        "id": on.id,
        "uid": on.uid(),
        "title": on.title(),
        "standing": if refusals.is_empty() { deal.standing.code() } else { "faulty" },
        "refusals": refusals.iter().map(|finding| finding.rule.code()).collect::<Vec<_>>(),
        "choice": choice,
        "new": deal.held.is_unknown_there(),
        "changes": changes.collect::<Vec<_>>(),
        "notice": deal.notice.as_ref().map(|notice| json!({ "to": notice.to.organization, "outcome": notice.outcome.kind().code() })),
        "sent": deal.sent.as_ref().map(sent_json),
    })
}

fn sent_json(sent: &SentRow) -> Value {
    let (answer, message) = match &sent.answer {
        Answer::Open => (Value::Null, None),
        Answer::Taken => ("taken".into(), None),
        Answer::Refused(message) => ("refused".into(), Some(message)),
        Answer::Dropped => ("dropped".into(), None),
    };
    let fields: Vec<&str> =
        message.map(|message| fields_named(message)).unwrap_or_default().iter().map(|field| field.path()).collect();
    json!({ "file": sent.file, "line": sent.line, "at": sent.written_at.to_string(), "answer": answer, "message": message, "fields": fields })
}

fn confirm(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let charset = reading::charset(context, matches)?;
    let mode = if matches.get_flag("dry-run") { Mode::DryRun } else { Mode::Import };
    let paths: Vec<PathBuf> = matches.get_many::<PathBuf>("file").into_iter().flatten().cloned().collect();
    let refused = import::refused_to(context, matches, paths.len())?;
    let mut store = context.store_there()?;
    let mut pairs = Vec::new();
    for given in matches.get_many::<String>("match").into_iter().flatten() {
        let bad = || {
            Failure::usage(Said::new(
                "usage",
                context.sentences.outbox_match_bad(given),
                context.sentences.outbox_match_bad_hint(),
            ))
        };
        let (line, id) = given.split_once('=').ok_or_else(bad)?;
        let line = line.trim().parse().map_err(|_| bad())?;
        pairs.push((line, context.id(&store, id.trim())?));
    }
    let is_newest = matches.get_flag("newest");
    let asked = Asked { tab: None, mode, refused, is_answer: true, is_newest, matches: pairs, map: None };
    import::take(context, &mut store, &paths, charset, asked)
}

fn files(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let files = store.uploads(FILES).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let all = files.iter().map(|file| {
            json!({ "file": file.file, "at": file.at.to_string(), "rows": file.rows, "taken": file.taken, "refused": file.refused,
                    "open": file.open })
        });
        context.output.json(&Value::from(all.collect::<Vec<_>>()))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if files.is_empty() {
        context.output.remark(&s.outbox_files_none())?;
    }
    for file in &files {
        let when = context.day_and_time(file.at);
        context.output.line(&s.outbox_file(&file.file, file.open, file.refused, file.rows, file.taken, when))?;
    }
    Ok(Exit::Done)
}

fn forget(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut store = context.store_there()?;
    let given = args::typed(matches, "file");
    let name = std::path::Path::new(given).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let count = store.drop_upload(&name).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&json!({ "file": name, "waitAgain": count }))?;
    } else {
        let said = context.sentences.outbox_forgotten(count, &name);
        context.output.line(&said)?;
    }
    Ok(Exit::Done)
}

fn choose(context: &mut Context<'_>, matches: &ArgMatches, choice: Choice) -> Result<Exit, Failure> {
    let mut store = context.store_there()?;
    let ids = context.ids_to_decide(&store, matches)?;
    let mut all = Vec::new();
    for id in ids {
        let kind = store.get(id).map_err(|error| context.store_failure(&error))?.opportunity.kind;
        // Only what is of the private pipeline has to be let go.
        let choice = if choice == Choice::Released && kind != Kind::PrivatePipeline { Choice::Open } else { choice };
        store.choose(&[id], choice).map_err(|error| context.store_failure(&error))?;
        let held = store.get(id).map_err(|error| context.store_failure(&error))?;
        let deal = store.outgoing(held).map_err(|error| context.store_failure(&error))?;
        let refusals = refusals(&deal, Layout::default(), context.clock.moment());
        if context.output.json {
            all.push(deal_json(&deal, &refusals));
            continue;
        }
        let name = deal.held.opportunity.numbered();
        let said = match choice {
            Choice::HeldBack => context.sentences.outbox_held(name),
            Choice::Open | Choice::Released => {
                let standing = standing(context, &deal, &refusals);
                context.sentences.outbox_released(name, standing)
            }
        };
        context.output.line(&said)?;
    }
    if context.output.json {
        context.output.json(&Value::from(all))?;
    }
    Ok(Exit::Done)
}

fn told(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut store = context.store_there()?;
    for id in context.ids_to_decide(&store, matches)? {
        let held = store.get(id).map_err(|error| context.store_failure(&error))?;
        let waited = store.tell_sender(id).map_err(|error| context.store_failure(&error))?;
        let (name, s) = (held.opportunity.numbered(), &context.sentences);
        let organization = held.opportunity.sender().map_or("", |sender| sender.organization.as_str());
        let said = if waited { s.outbox_told(name, organization) } else { s.outbox_told_already(name) };
        context.output.line(&said)?;
    }
    Ok(Exit::Done)
}
