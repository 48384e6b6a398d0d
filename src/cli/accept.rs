//! `cosell accept`: accepts a received opportunity; what is not given stays as it came in.

use clap::{ArgAction, ArgMatches, Command};

use super::args::{self, option};
use super::{Context, Exit, Failure, deal, step};
use crate::domain::change::What;
use crate::domain::draft::AcceptanceDraft;
use crate::domain::stage::Verb;
use crate::i18n::Sentences;
use crate::store::Store;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    args::with_id(command, s)
        .arg(option("name", "TEXT", s.command_accept_name()))
        .arg(option("value", "AMOUNT", s.command_accept_value()))
        .arg(option("currency", "CODE", s.command_accept_currency()))
        .arg(option("close", "DATE", s.command_accept_close()))
        .arg(option("notes", "TEXT", s.command_accept_notes()))
        .arg(option("crm-id", "TEXT", s.command_accept_crm_id()))
        .arg(option("campaign-id", "TEXT", s.command_accept_campaign_id()))
        .arg(option("employee", "PERSON", s.command_accept_employee()).action(ArgAction::Append))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let id = context.id(store, &text("id").unwrap_or_default())?;
    let held = store.get(id).map_err(|error| context.store_failure(&error))?;
    if let Err(why) = held.opportunity.stage.check(Verb::Accept) {
        return Err(Failure::Refused(vec![context.sentences.not_allowed(&why, &|at| context.day(at))]));
    }
    let mut draft = AcceptanceDraft::of(&held.opportunity, context.config.home_currency);
    let fields = [
        ("name", &mut draft.name),
        ("value", &mut draft.value),
        ("currency", &mut draft.currency),
        ("close", &mut draft.close_date),
        ("notes", &mut draft.notes),
        ("crm-id", &mut draft.crm_id),
        ("campaign-id", &mut draft.campaign_id),
    ];
    args::lay(matches, fields);
    draft.employees = matches.get_many::<String>("employee").into_iter().flatten().cloned().collect();
    let (acceptance, warnings) =
        draft.build(context.clock.moment().today).map_err(|complaints| step::refused(context, &complaints))?;
    deal::warn(context, &warnings)?;
    step::make(context, store, id, What::Accept(Box::new(acceptance)))
}
