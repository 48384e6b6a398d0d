//! What leaves `cosell leads`: files for Partner Center, and deals made of leads (MG-83, OV-06).

use std::path::PathBuf;
use std::sync::Arc;

use clap::{ArgMatches, Command};
use serde_json::json;

use super::leads::{named, refused};
use super::{Context, Exit, Failure, args, deal, step};
use crate::dispatch::{UploadFormat, leads};
use crate::domain::draft::DealDraft;
use crate::domain::invalid::Complaints;
use crate::domain::lead::OF_LEAD;
use crate::exchange::json;
use crate::i18n::{Said, Sentences};
use crate::store::{DraftKey, Unwritten, Written};

/// Writes everything that waits. Either all files stand and what they hold is noted, or neither.
pub(super) fn write(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let folder = matches.get_one::<PathBuf>("folder").cloned().unwrap_or_default();
    args::check_folder(&s, &folder)?;
    let xlsx = matches.get_one::<String>("format").is_some_and(|format| format == "xlsx");
    let format = if xlsx { UploadFormat::Xlsx } else { UploadFormat::Csv };
    let mut store = context.store_there()?;
    let written = leads::write(&mut store, &folder, format, context.clock.moment());
    let written = written.map_err(|why| match why {
        Unwritten::Store(error) => context.store_failure(&error),
        Unwritten::File(error) => {
            let said = Said::new("file", s.outbox_file_failed(error.to_string()), s.outbox_file_failed_hint());
            Failure::CouldNot(vec![said])
        }
    })?;
    tell_written(context, &written)
}

fn tell_written(context: &mut Context<'_>, written: &Written) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let (files, clashes) = (&written.files, written.left as u64);
    let exit = if clashes > 0 { Exit::Part } else { Exit::Done };
    if context.output.json {
        let files = files.iter().map(|(path, rows)| json!({ "file": path, "rows": rows }));
        context.output.json(&json!({ "files": files.collect::<Vec<_>>(), "conflicts": clashes }))?;
        return Ok(exit);
    }
    for (path, rows) in files {
        context.output.line(&s.leads_written(path.display().to_string(), *rows as u64))?;
    }
    if files.is_empty() {
        context.output.line(&s.leads_write_nothing())?;
    } else {
        context.output.remark(&s.leads_write_hint())?;
    }
    if clashes > 0 {
        context.output.remark(&s.leads_write_left(clashes))?;
    }
    Ok(exit)
}

/// What may be said of the deal beside the lead.
pub(super) fn deal_arguments(command: Command, s: &Sentences) -> Command {
    deal::flags(command, s)
}

/// Makes a deal of a lead where everything is there that a deal needs; else a draft, with what it lacks.
pub(super) fn deal(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut store = context.store_there()?;
    let lead = named(context, &store, matches)?;
    lead.may_become_deal().map_err(|why| refused(context, why, &lead))?;
    let drafts = store.drafts().map_err(|error| context.store_failure(&error))?;
    // What was begun of it goes on: two drafts would make two deals.
    let begun = drafts.into_iter().find(|draft| draft.is_of_lead(lead.id.as_str()));
    let mut draft = begun.as_ref().map_or_else(|| lead.draft(), |begun| DealDraft::of_texts(&begun.texts));
    if draft.currency.is_empty() {
        draft.currency = context.config.home_currency.map(|currency| currency.to_string()).unwrap_or_default();
    }
    let mut complaints = Complaints::new();
    deal::lay_flags(matches, &mut draft, &mut complaints);
    if !complaints.is_empty() {
        return Err(step::refused(context, &complaints));
    }
    if !draft.solutions.is_empty() {
        draft.looked_for.clear();
    }
    deal::look_up_solutions(context, &store, &mut draft, &[])?;
    let now = context.clock.now();
    let mut texts = draft.texts();
    texts.insert(OF_LEAD.to_owned(), lead.id.to_string());
    let number = begun.map_or_else(|| store.new_draft(now), |begun| Ok(begun.id));
    let number = number.and_then(|number| store.keep_draft(DraftKey::New(number), &texts, now).map(|()| number));
    let number = number.map_err(|error| context.store_failure(&error))?;
    let missing = match draft.build(context.clock.moment().today) {
        Ok((new, warnings)) => {
            deal::warn(context, &draft, &warnings)?;
            let made = store.create(&new, Some(number), now).map_err(|error| context.store_failure(&error))?;
            if context.output.json {
                context.output.json(&json::opportunity(&made))?;
            } else {
                let said = [context.sentences.created(&made, &made.numbered()), context.sentences.done_outbox()];
                said.iter().try_for_each(|line| context.output.line(line))?;
            }
            return Ok(Exit::Done);
        }
        Err(missing) => missing,
    };
    if context.output.json {
        let missing: Vec<_> = missing.iter().map(|complaint| complaint.at.to_string()).collect();
        context.output.json(&json!({ "draft": number, "missing": missing }))?;
        return Ok(Exit::Part);
    }
    let s = Arc::clone(&context.sentences);
    context.output.line(&s.lead_deal_draft(lead.title(), number.0.to_string()))?;
    for complaint in &missing {
        context.output.line(&format!("  {}", s.complaint(complaint).sentence))?;
    }
    context.output.line(&s.lead_deal_draft_hint(number.0.to_string()))?;
    Ok(Exit::Part)
}
