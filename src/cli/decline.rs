//! `cosell decline`: declines a received opportunity with a reason.

use clap::{ArgMatches, Command};

use super::args::{self, option};
use super::{Context, Exit, Failure, step, win};
use crate::domain::draft::ReasonDraft;
use crate::domain::part::Part;
use crate::domain::stage::Verb;
use crate::i18n::Sentences;
use crate::store::Store;

/// What declining and losing ask for.
pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    args::with_id(command, s).arg(option("reason", "CODE", s.command_decline_reason())).arg(option(
        "notes",
        "TEXT",
        s.command_decline_notes(),
    ))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    close(context, store, matches, Verb::Decline)
}

/// Closes an opportunity with a reason: declined or lost.
pub(super) fn close(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches, verb: Verb) -> Result<Exit, Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let id = context.id_to_decide(store, &text("id"))?;
    let held = step::allowed(context, store, id, verb)?;
    let draft = ReasonDraft { reason: text(Part::Reason.flag()), note: text(Part::Note.flag()) };
    let what = draft.build(verb).map_err(|complaints| step::refused(context, &complaints))?;
    let what = match verb {
        Verb::Lose => what.correcting(win::corrected(context, matches, &held)?),
        _ => what,
    };
    step::make(context, store, id, what)
}
