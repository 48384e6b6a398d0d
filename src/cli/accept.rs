//! `cosell accept`: accepts a received opportunity; what is not given stays as it came in.

use clap::{ArgAction, ArgMatches, Command};

use super::args::{self, option};
use super::{Context, Exit, Failure, deal, step};
use crate::domain::change::What;
use crate::domain::draft::{DealDraft, PersonDraft};
use crate::domain::part::Part;
use crate::domain::stage::Verb;
use crate::i18n::Sentences;
use crate::store::Store;

/// The parts that are a text each.
const TEXTS: [Part; 7] = [Part::Name, Part::Value, Part::Currency, Part::CloseDate, Part::Notes, Part::CrmId, Part::CampaignId];

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    args::with_id(command, s)
        .arg(option(Part::Name.flag(), "TEXT", s.command_accept_name()))
        .arg(option(Part::Value.flag(), "AMOUNT", s.command_accept_value()))
        .arg(option(Part::Currency.flag(), "CODE", s.command_accept_currency()))
        .arg(option(Part::CloseDate.flag(), "DATE", s.command_accept_close()))
        .arg(option(Part::Notes.flag(), "TEXT", s.command_accept_notes()))
        .arg(option(Part::CrmId.flag(), "TEXT", s.command_accept_crm_id()))
        .arg(option(Part::CampaignId.flag(), "TEXT", s.command_accept_campaign_id()))
        .arg(option(Part::Employees.flag(), "PERSON", s.command_accept_employee()).action(ArgAction::Append))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let id = context.id_to_decide(store, &text("id").unwrap_or_default())?;
    let held = step::allowed(context, store, id, Verb::Accept)?;
    let mut draft = DealDraft::accepting(&held, context.config.home_currency);
    deal::lay_texts(matches, &mut draft, &TEXTS);
    let joining = matches.get_many::<String>(Part::Employees.flag()).into_iter().flatten();
    draft.employees = joining.map(|line| PersonDraft::of_line(line)).collect();
    let (acceptance, warnings) =
        draft.accept(context.clock.moment().today).map_err(|complaints| step::refused(context, &complaints))?;
    deal::warn(context, &draft, &warnings)?;
    step::make(context, store, id, What::Accept(Box::new(acceptance)))
}
