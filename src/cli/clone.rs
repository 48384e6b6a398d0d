//! `cosell clone`: begins a new deal like an old one, as a draft to be finished in the desk or with `cosell new --draft`.

use clap::{ArgMatches, Command};
use serde_json::json;

use super::{Context, Exit, Failure, args, deal, step};
use crate::domain::draft::DealDraft;
use crate::domain::invalid::Complaints;
use crate::i18n::Sentences;
use crate::store::{DraftKey, Store};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    deal::flags(args::with_id(command, s), s)
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, args::typed(matches, "id"))?;
    let old = store.get(id).map_err(|error| context.store_failure(&error))?.opportunity;
    let mut draft = DealDraft::clone_of(&old);
    let mut complaints = Complaints::new();
    deal::lay_flags(matches, &mut draft, &mut complaints);
    if !complaints.is_empty() {
        return Err(step::refused(context, &complaints));
    }
    let now = context.clock.now();
    let number =
        store.new_draft(now).and_then(|number| store.keep_draft(DraftKey::New(number), &draft.texts(), now).map(|()| number));
    let number = number.map_err(|error| context.store_failure(&error))?;
    let missing = draft.build(context.clock.moment().today).err().unwrap_or_default();
    if context.output.json {
        let missing: Vec<_> = missing.iter().map(|complaint| complaint.at.to_string()).collect();
        context.output.json(&json!({ "draft": number, "missing": missing }))?;
        return Ok(Exit::Done);
    }
    let said = context.sentences.clone_done(number.0.to_string(), old.title().as_str());
    context.output.line(&said)?;
    for complaint in &missing {
        let said = context.sentences.complaint(complaint).sentence;
        context.output.line(&format!("  {said}"))?;
    }
    Ok(Exit::Done)
}
