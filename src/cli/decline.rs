//! `cosell decline`: declines a received opportunity with a reason.

use clap::{ArgMatches, Command};

use super::args::{self, option};
use super::{Context, Exit, Failure, step};
use crate::domain::draft::ReasonDraft;
use crate::domain::part::Part;
use crate::domain::stage::Verb;
use crate::i18n::Sentences;

pub(super) fn command(s: &Sentences) -> Command {
    with_reason(args::with_id(args::plain("decline", s.command_decline()), s), s)
}

/// Adds what declining and losing ask for.
pub(super) fn with_reason(command: Command, s: &Sentences) -> Command {
    command.arg(option(Part::Reason.flag(), "CODE", s.command_decline_reason())).arg(option(
        Part::Note.flag(),
        "TEXT",
        s.command_decline_notes(),
    ))
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    close(context, matches, Verb::Decline)
}

/// Closes an opportunity with a reason: declined or lost.
pub(super) fn close(context: &mut Context<'_>, matches: &ArgMatches, verb: Verb) -> Result<Exit, Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let mut store = context.store()?;
    let id = context.id(&store, &text("id"))?;
    let held = store.get(id).map_err(|error| context.store_failure(&error))?;
    if let Err(why) = held.opportunity.stage.check(verb) {
        return Err(Failure::Refused(vec![context.sentences.not_allowed(&why, &|at| context.day(at))]));
    }
    let draft = ReasonDraft { reason: text(Part::Reason.flag()), note: text(Part::Note.flag()) };
    let what = draft.build(verb).map_err(|complaints| step::refused(context, &complaints))?;
    step::make(context, &mut store, id, what)
}
