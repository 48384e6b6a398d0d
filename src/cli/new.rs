//! `cosell new`: makes a deal of our own from flags, a JSON file, standard input or a draft.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use super::args::option;
use super::{Context, Exit, Failure, deal};
use crate::domain::draft::DealDraft;
use crate::domain::ids::DraftId;
use crate::domain::invalid::Complaints;
use crate::exchange::json;
use crate::i18n::{Said, Sentences, Ways};
use crate::store::{DraftKey, Store};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let draft = option("draft", "NUMBER", s.command_new_draft()).value_parser(clap::value_parser!(i64)).conflicts_with("from");
    deal::flags(deal::from(command, s).arg(draft), s)
        .arg(Arg::new("check").long("check").action(clap::ArgAction::SetTrue).help(s.command_new_check()))
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let file = matches.get_one::<PathBuf>("from").cloned();
    let draft_id = matches.get_one::<i64>("draft").copied().map(DraftId);
    let nothing = file.is_none() && draft_id.is_none() && !deal::says_something(matches);
    if nothing && context.typed {
        let s = &context.sentences;
        return Err(Failure::usage(Said::new("usage", s.new_nothing(), s.new_nothing_hint())));
    }
    let file = file.or_else(|| nothing.then(|| PathBuf::from("-")));
    let check = matches.get_flag("check");
    let mut store = if check { context.store_there() } else { context.store() }?;
    let (mut draft, mut shape) = match (&file, draft_id) {
        (Some(path), _) => deal::read(context, Path::new(path))?,
        (None, Some(id)) => (kept(context, &store, id)?, Complaints::new()),
        (None, None) => (DealDraft::default(), Complaints::new()),
    };
    if draft.currency.is_empty() {
        draft.currency = context.config.home_currency.map(|currency| currency.to_string()).unwrap_or_default();
    }
    deal::lay_flags(matches, &mut draft, &mut shape);
    deal::look_up_solutions(context, &store, &mut draft, &[])?;
    let built = draft.build(context.clock.moment().today);
    let (new, warnings) = match (built, shape.is_empty()) {
        (Ok(built), true) => built,
        (built, _) => return Err(deal::refused(context, shape, built.err().unwrap_or_default())),
    };
    deal::warn(context, &draft, &warnings)?;
    let ids: Vec<String> = new.solutions.iter().map(|solution| solution.id.to_string()).collect();
    let similar = store.similar(&new.customer, &ids).map_err(|error| context.store_failure(&error))?;
    deal::point_at(context, &similar)?;
    let offers = context.offer_statuses(&store, context.clock.moment())?;
    let lacks = context.sentences.offer_status_lacks(new.kind(), &new.solutions, &offers, Ways::Commands);
    lacks.map_or(Ok(()), |said| context.output.remark(&said))?;
    if check {
        if context.output.json {
            context.output.json(&serde_json::json!({ "valid": true }))?;
        } else {
            let said = context.sentences.new_checked();
            context.output.remark(&said)?;
        }
        return Ok(Exit::Done);
    }
    let made = store.create(&new, draft_id, context.clock.now()).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&json::opportunity(&made))?;
    } else {
        let said = [context.sentences.created(&made, &made.numbered()), context.sentences.done_outbox()];
        said.iter().try_for_each(|line| context.output.line(line))?;
    }
    Ok(Exit::Done)
}

/// Returns a draft that was begun in the desk, or by a clone.
pub(super) fn kept(context: &Context<'_>, store: &Store, id: DraftId) -> Result<DealDraft, Failure> {
    let texts = store.draft(DraftKey::New(id)).map_err(|error| context.store_failure(&error))?;
    texts.map(|texts| DealDraft::of_texts(&texts)).ok_or_else(|| no_draft(context, id))
}

pub(super) fn no_draft(context: &Context<'_>, id: DraftId) -> Failure {
    let s = &context.sentences;
    Failure::Refused(vec![Said::new("no-such-draft", s.no_such_draft(id.0.to_string()), s.no_such_draft_hint())])
}
