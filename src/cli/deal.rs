//! What the commands that make and change deals have in common: flags, JSON and drafts become one deal draft.

use std::path::Path;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::args::option;
use super::{Context, Failure, reading, step};
use crate::domain::date::Date;
use crate::domain::draft::{Category, DealDraft, PersonDraft, SolutionDraft};
use crate::domain::invalid::{Complaints, take};
use crate::domain::part::Part;
use crate::domain::rules::Warning;
use crate::domain::solution::Solution;
use crate::domain::typed::{Told, Typed};
use crate::exchange::{self, FileError};
use crate::i18n::{Said, Sentences};
use crate::store::{Similar, Store};

/// The parts that are a text each, beside those of a help request.
const TEXTS: [Part; 16] = [
    Part::CustomerName,
    Part::Country,
    Part::Duns,
    Part::Line1,
    Part::City,
    Part::State,
    Part::PostalCode,
    Part::Name,
    Part::Value,
    Part::Currency,
    Part::CloseDate,
    Part::CrmId,
    Part::CampaignId,
    Part::Notes,
    Part::Partner,
    Part::PartnerBrings,
];
/// What an assessment does not have.
const NO_ASSESSMENT: [Part; 5] = [Part::Partner, Part::PartnerBrings, Part::HelpKind, Part::HelpNote, Part::Share];
const HELP_TEXTS: [Part; 2] = [Part::HelpKind, Part::HelpNote];

/// Adds everything that can be said of a new deal.
pub(super) fn flags(command: Command, s: &Sentences) -> Command {
    let flag = |name: &'static str, help: String| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    command
        .arg(option(Part::CustomerName.flag(), "NAME", s.command_new_customer()))
        .arg(option(Part::Country.flag(), "CODE", s.command_new_country()))
        .arg(option(Part::Duns.flag(), "NUMBER", s.command_new_duns()))
        .arg(option(Part::Line1.flag(), "TEXT", s.command_new_street()))
        .arg(option(Part::City.flag(), "TEXT", s.command_new_city()))
        .arg(option(Part::State.flag(), "TEXT", s.command_new_state()))
        .arg(option(Part::PostalCode.flag(), "TEXT", s.command_new_postal_code()))
        .arg(option(Part::Name.flag(), "TEXT", s.command_accept_name()))
        .arg(option(Part::Value.flag(), "AMOUNT", s.command_accept_value()))
        .arg(option(Part::Currency.flag(), "CODE", s.command_accept_currency()))
        .arg(option(Part::CloseDate.flag(), "DATE", s.command_accept_close()))
        .arg(option(Part::CrmId.flag(), "TEXT", s.command_accept_crm_id()))
        .arg(option(Part::CampaignId.flag(), "TEXT", s.command_accept_campaign_id()))
        .arg(option(Part::Notes.flag(), "TEXT", s.command_new_notes()))
        .arg(option(Part::Employees.flag(), "PERSON", s.command_new_employee()).action(ArgAction::Append))
        .arg(option(Part::Solutions.flag(), "SOLUTION", s.command_new_solution()).action(ArgAction::Append))
        .args(help_flags(s))
        .arg(flag(Part::Share.flag(), s.command_new_share()).conflicts_with(Part::HelpKind.flag()))
        .arg(option(Part::Partner.flag(), "NAME", s.command_new_partner()))
        .arg(option(Part::PartnerBrings.flag(), "TEXT", s.command_new_brings()))
        .arg(flag(Part::Category.flag(), s.command_new_assessment()).conflicts_with_all(Part::flags(NO_ASSESSMENT)))
}

/// Kind of help, note, contact and consent.
pub(super) fn help_flags(s: &Sentences) -> [Arg; 4] {
    [
        option(Part::HelpKind.flag(), "CODE", s.command_ask_help_kind()),
        option(Part::HelpNote.flag(), "TEXT", s.command_ask_help_note()),
        option(Part::Contact.flag(), "PERSON", s.command_ask_help_contact()),
        Arg::new(Part::Consent.flag()).long(Part::Consent.flag()).action(ArgAction::SetTrue).help(s.command_ask_help_consent()),
    ]
}

/// Adds where a deal may be read from.
pub(super) fn from(command: Command, s: &Sentences) -> Command {
    let from = Arg::new("from").long("from").value_name("FILE").value_parser(PathBufValueParser::new());
    command.arg(from.help(s.command_new_from()))
}

/// Returns whether any flag says something of the deal.
pub(super) fn says_something(matches: &ArgMatches) -> bool {
    let given = TEXTS.into_iter().chain(HELP_TEXTS).chain([Part::Employees, Part::Solutions, Part::Contact]);
    let mut ticked = [Part::Consent, Part::Share, Part::Category].into_iter();
    given.into_iter().any(|part| matches.contains_id(part.flag())) || ticked.any(|part| matches.get_flag(part.flag()))
}

/// Lays the texts that were given over the parts that they are for.
pub(super) fn lay_texts(matches: &ArgMatches, draft: &mut DealDraft, parts: &[Part]) {
    for part in parts {
        if let (Some(given), Some(slot)) = (matches.get_one::<String>(part.flag()), draft.slot(*part)) {
            slot.clone_from(given);
        }
    }
}

/// Lays the flags over a draft.
pub(super) fn lay_flags(matches: &ArgMatches, draft: &mut DealDraft, complaints: &mut Complaints) {
    lay_texts(matches, draft, &TEXTS);
    let many = |part: Part| matches.get_many::<String>(part.flag()).into_iter().flatten();
    for given in many(Part::Employees) {
        draft.employees.extend(person(given, Part::Employees, complaints));
    }
    draft.solutions.extend(many(Part::Solutions).map(|given| SolutionDraft::read(given)));
    lay_help(matches, draft, complaints);
    draft.share |= matches.get_flag(Part::Share.flag());
    if matches.get_flag(Part::Category.flag()) {
        draft.category = Category::Assessment;
    } else if [Part::Partner, Part::PartnerBrings].iter().any(|part| matches.contains_id(part.flag())) {
        draft.category = Category::WithPartner;
    }
}

/// Lays kind, note, contact and consent over a draft.
pub(super) fn lay_help(matches: &ArgMatches, draft: &mut DealDraft, complaints: &mut Complaints) {
    if HELP_TEXTS.iter().any(|part| matches.contains_id(part.flag())) {
        draft.help.get_or_insert_default();
        lay_texts(matches, draft, &HELP_TEXTS);
    }
    let contact = matches.get_one::<String>(Part::Contact.flag());
    if let Some(contact) = contact.and_then(|given| person(given, Part::Contact, complaints)) {
        draft.contact = contact;
    }
    draft.consent |= matches.get_flag(Part::Consent.flag());
}

/// Reads `First;Last;phone;email`.
pub(super) fn person(given: &str, at: Part, complaints: &mut Complaints) -> Option<PersonDraft> {
    take(PersonDraft::read(given), at, complaints)
}

/// Fills in what the catalogue knows of the solutions, except those that were on the deal already.
pub(super) fn look_up_solutions(
    context: &Context<'_>,
    store: &Store,
    draft: &mut DealDraft,
    before: &[Solution],
) -> Result<(), Failure> {
    let added = |solution: &&mut SolutionDraft| !before.iter().any(|known| known.id.as_str() == solution.id);
    for solution in draft.solutions.iter_mut().filter(added) {
        if let Some(known) = store.solution(solution.id.trim()).map_err(|error| context.store_failure(&error))? {
            solution.learn(&known);
        }
    }
    Ok(())
}

/// Reads a deal from a JSON file, or from standard input where the file is `-`.
pub(super) fn read(context: &mut Context<'_>, path: &Path) -> Result<(DealDraft, Complaints), Failure> {
    let document = reading::input(context, path, None).and_then(|input| exchange::document(&input));
    let parsed = document.and_then(|(text, mended)| exchange::deal(&text).map(|deal| (deal, mended)));
    let (deal, mended) = parsed.map_err(|error| {
        let s = &context.sentences;
        let said = vec![match error {
            FileError::Empty => Said::new("empty", s.new_nothing(), s.new_nothing_hint()),
            _ => s.file_error(path, &error),
        }];
        if reading::could_not(&error) { Failure::CouldNot(said) } else { Failure::Refused(said) }
    })?;
    if mended > 0 {
        context.output.remark(&context.sentences.import_mended(mended))?;
    }
    Ok(deal)
}

/// Says how a day was read that can be another one too: a form shows it, nothing else here does.
fn tell_day(context: &mut Context<'_>, typed: &str) -> Result<(), Failure> {
    if let Ok(day @ Typed { told: Told::Or(_), .. }) = Date::by(typed, context.clock.moment().today) {
        let said = context.sentences.day_read(context.sentences.typed_date(day), typed);
        context.output.remark(&said)?;
    }
    Ok(())
}

/// Says what deserves a look, and how a close date was read that can be another one.
pub(super) fn warn(context: &mut Context<'_>, draft: &DealDraft, warnings: &[Warning]) -> Result<(), Failure> {
    tell_day(context, &draft.close_date)?;
    for warning in warnings {
        let said = context.sentences.warning(warning);
        context.output.remark(&said)?;
    }
    Ok(())
}

/// Points at what the deal may be the same as.
pub(super) fn point_at(context: &mut Context<'_>, similar: &Similar) -> Result<(), Failure> {
    for said in context.sentences.similar(similar) {
        context.output.remark(&said)?;
    }
    Ok(())
}

/// Returns all complaints as a refusal, those about the shape first; what could not be read is not told to be missing as well.
pub(super) fn refused(context: &Context<'_>, mut shape: Complaints, values: Complaints) -> Failure {
    let told = |at: &str| {
        let within = |outer: &str| {
            outer.is_empty() || at.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        shape.iter().any(|complaint| within(&complaint.at.to_string()))
    };
    let values: Complaints = values.into_iter().filter(|complaint| !told(&complaint.at.to_string())).collect();
    shape.extend(values);
    step::refused(context, &shape)
}
