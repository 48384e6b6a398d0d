//! `cosell drafts`: what was typed into forms and is not saved yet; lists it, shows one, throws one away.

use std::sync::Arc;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use super::output::Column;
use super::{Context, Exit, Failure, args, new};
use crate::domain::draft::{LEFT_AT, Texts, WAS};
use crate::domain::ids::DraftId;
use crate::domain::part::Part;
use crate::domain::programme::offer::OfferPart;
use crate::i18n::Sentences;
use crate::store::{Draft, NEW_DRAFT, Store};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let number = || {
        Arg::new("number")
            .value_name("NUMBER")
            .required(true)
            .value_parser(clap::value_parser!(i64))
            .help(s.command_drafts_number())
    };
    command
        .disable_help_subcommand(true)
        .subcommand(args::plain("show", s.command_drafts_show()).arg(number()))
        .subcommand(args::plain("drop", s.command_drafts_drop()).arg(number()))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let drafts = store.drafts().map_err(|error| context.store_failure(&error))?;
    let Some((name, matches)) = matches.subcommand() else { return list(context, &drafts) };
    let id = DraftId(matches.get_one::<i64>("number").copied().unwrap_or_default());
    let draft = drafts.iter().find(|draft| draft.id == id).ok_or_else(|| new::no_draft(context, id))?;
    if name == "show" {
        return show(context, draft);
    }
    store.drop_draft_numbered(id).map_err(|error| context.store_failure(&error))?;
    let said = context.sentences.drafts_dropped(id.0.to_string());
    context.output.line(&said)?;
    Ok(Exit::Done)
}

fn value(draft: &Draft) -> Value {
    json!({ "draft": draft.id, "form": draft.form, "about": draft.about, "changedAt": draft.at.to_string(), "fields": fields(draft) })
}

/// Returns what was typed, without the place where it was left.
fn fields(draft: &Draft) -> Texts {
    draft.texts.iter().filter(|(path, _)| *path != LEFT_AT).map(|(path, text)| (path.clone(), text.clone())).collect()
}

fn show(context: &mut Context<'_>, draft: &Draft) -> Result<Exit, Failure> {
    if context.output.json {
        context.output.json(&value(draft))?;
        return Ok(Exit::Done);
    }
    for (path, text) in fields(draft).iter().filter(|(path, _)| !path.starts_with(WAS)) {
        for (index, part) in text.split('\n').enumerate() {
            let head = if index == 0 { format!("{path}: ") } else { "  ".to_owned() };
            context.output.line(&format!("{head}{part}"))?;
        }
    }
    Ok(Exit::Done)
}

fn list(context: &mut Context<'_>, drafts: &[Draft]) -> Result<Exit, Failure> {
    if context.output.json {
        let all: Vec<Value> = drafts.iter().map(value).collect();
        context.output.json(&Value::from(all))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if drafts.is_empty() {
        context.output.remark(&s.drafts_none())?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.drafts_column_number(), false),
        Column::text(s.drafts_column_form(), false),
        Column::text(s.column_deal(), true),
        Column::text(s.column_customer(), true),
        Column::text(s.drafts_column_changed(), false),
    ];
    let rows: Vec<Vec<String>> = drafts
        .iter()
        .map(|draft| {
            let text = |part: Part| draft.texts.get(part.path()).cloned().unwrap_or_default();
            let form = match draft.about {
                Some(id) if draft.form != NEW_DRAFT && !draft.is_beside_deals() => format!("{} {id}", draft.form),
                _ => draft.form.clone(),
            };
            let name = Some(text(Part::Name)).filter(|name| !name.is_empty());
            let name = name.or_else(|| draft.texts.get(OfferPart::Name.code()).cloned()).unwrap_or_default();
            vec![draft.id.0.to_string(), form, name, text(Part::CustomerName), context.day_and_time(draft.at)]
        })
        .collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}
