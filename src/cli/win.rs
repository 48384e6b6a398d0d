//! `cosell win`: reports an accepted opportunity as won, with what it came to.

use clap::{ArgMatches, Command};

use super::args::{self, option};
use super::{Context, Exit, Failure, deal, step};
use crate::domain::change::{Edit, What};
use crate::domain::draft::{CLOSING_PARTS, DealDraft};
use crate::domain::opportunity::Opportunity;
use crate::domain::part::Part;
use crate::domain::stage::Verb;
use crate::i18n::Sentences;
use crate::store::Store;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    with_closing(args::with_id(command, s), s)
}

/// What may be corrected when a deal is closed.
pub(super) fn with_closing(command: Command, s: &Sentences) -> Command {
    command
        .arg(option(Part::Value.flag(), "AMOUNT", s.command_accept_value()))
        .arg(option(Part::Currency.flag(), "CODE", s.command_accept_currency()))
        .arg(option(Part::CloseDate.flag(), "DATE", s.command_accept_close()))
}

/// Returns what is corrected, with its warnings told.
pub(super) fn corrected(context: &mut Context<'_>, matches: &ArgMatches, on: &Opportunity) -> Result<Edit, Failure> {
    let mut draft = DealDraft::of(on);
    deal::lay_texts(matches, &mut draft, &CLOSING_PARTS);
    let closing = draft.closing(on, context.clock.moment().today);
    let (edit, warnings) = closing.map_err(|complaints| step::refused(context, &complaints))?;
    deal::warn(context, &draft, &warnings)?;
    Ok(edit)
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, args::typed(matches, "id"))?;
    let held = step::allowed(context, store, id, Verb::Win)?;
    let correct = corrected(context, matches, &held)?;
    step::make(context, store, id, What::Win(correct))
}
