//! What leaves `cosell leads`: files for Partner Center, and deals made of leads (MG-83, OV-06).

use std::path::PathBuf;
use std::sync::Arc;

use clap::{ArgMatches, Command};
use serde_json::json;

use super::import::file_name;
use super::leads::{named, refused};
use super::{Context, Exit, Failure, deal, step};
use crate::dispatch::UploadFormat;
use crate::domain::invalid::Complaints;
use crate::domain::lead::{Lead, LeadStays, OF_LEAD};
use crate::exchange::{json, leads};
use crate::i18n::{Said, Sentences};
use crate::store::DraftKey;

/// How the files are called, before the day.
const STEM: &str = "cosell-leads";

/// Writes everything that waits. Either all files stand and what they hold is noted, or neither.
pub(super) fn write(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let folder = matches.get_one::<PathBuf>("folder").cloned().unwrap_or_default();
    if !folder.is_dir() {
        let said = Said::new("no-folder", s.outbox_folder_missing(folder.display().to_string()), s.outbox_folder_missing_hint());
        return Err(Failure::CouldNot(vec![said]));
    }
    let xlsx = matches.get_one::<String>("format").is_some_and(|format| format == "xlsx");
    let format = if xlsx { UploadFormat::Xlsx } else { UploadFormat::Csv };
    let mut store = context.store_there()?;
    let all = store.leads().map_err(|error| context.store_failure(&error))?;
    let clashes = all.iter().filter(|lead| lead.waits() == Err(LeadStays::Clash)).count() as u64;
    let waiting: Vec<Lead> = all.into_iter().filter(|lead| lead.waits().is_ok()).collect();
    let now = context.clock.moment();
    let failed = |error: &std::io::Error| {
        let said = Said::new("file", s.outbox_file_failed(error.to_string()), s.outbox_file_failed_hint());
        Failure::CouldNot(vec![said])
    };
    let stem = format!("{STEM}-{}", *now.today);
    let files = leads::write(&folder, &stem, &waiting, format, now.now).map_err(|error| failed(&error))?;
    let mut noted = Vec::new();
    for file in &files {
        let name = file_name(&file.path);
        let of = waiting.iter().filter(|lead| file.ids.contains(&lead.id));
        noted.extend(of.map(|lead| (lead.clone(), name.clone())));
    }
    let counts: Vec<usize> = files.iter().map(|file| file.ids.len()).collect();
    let mut files = files.into_iter();
    let (mut kept, mut failure) = (Vec::new(), None);
    let done = store.note_leads_written(&noted, *now.today, now.now, &mut || {
        for file in files.by_ref() {
            match file.keep() {
                Ok(path) => kept.push(path),
                Err(error) => failure = Some(error),
            }
        }
        failure.is_none()
    });
    if !matches!((&done, &failure), (Ok(true), None)) {
        // What is not noted was not written: nobody is to upload it.
        for path in &kept {
            let _ = std::fs::remove_file(path);
        }
        done.map_err(|error| context.store_failure(&error))?;
        return Err(failed(&failure.unwrap_or_else(|| std::io::ErrorKind::Other.into())));
    }
    tell_written(context, &kept, &counts, clashes)
}

fn tell_written(context: &mut Context<'_>, files: &[PathBuf], rows: &[usize], clashes: u64) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let exit = if clashes > 0 { Exit::Part } else { Exit::Done };
    if context.output.json {
        let files = files.iter().zip(rows).map(|(path, rows)| json!({ "file": path, "rows": rows }));
        context.output.json(&json!({ "files": files.collect::<Vec<_>>(), "conflicts": clashes }))?;
        return Ok(exit);
    }
    for (path, rows) in files.iter().zip(rows) {
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
    let mut draft = lead.draft();
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
    let number = store.new_draft(now).and_then(|number| store.keep_draft(DraftKey::New(number), &texts, now).map(|()| number));
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
