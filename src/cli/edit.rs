//! `cosell edit`: changes fields of an accepted deal, adds people and solutions to it and takes them off (MG-68 to MG-70).

use clap::{Arg, ArgMatches, Command};

use super::{Context, Exit, Failure, args, deal, step};
use crate::domain::change::{Change, Refusal, What};
use crate::domain::draft::{DealDraft, EDIT_FIELDS};
use crate::domain::field::Field;
use crate::domain::fold::meant;
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::exchange::json;
use crate::i18n::{Said, Sentences};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let sets = Arg::new("set").value_name("FIELD=VALUE").num_args(1..).required(true).help(s.command_edit_set());
    args::with_id(command, s).arg(sets)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let given = || matches.get_many::<String>("set").into_iter().flatten();
    if let Some(bare) = given().find(|given| !given.contains('=')) {
        let s = &context.sentences;
        return Err(Failure::usage(Said::new("usage", s.edit_no_value(bare), s.edit_no_value_hint(bare))));
    }
    let mut store = context.store()?;
    let id = context.id(&store, matches.get_one::<String>("id").map_or("", String::as_str))?;
    let held = store.get(id).map_err(|error| context.store_failure(&error))?.opportunity;
    let mut draft = DealDraft::of(&held);
    let mut complaints = Complaints::new();
    let mut refusals = Vec::new();
    for given in given() {
        let (name, how, value) = taken_apart(given);
        let Some(field) = field(name) else {
            complaints.push(Complaint::new(
                name,
                Invalid::UnknownField { given: name.to_owned(), meant: meant(name, &EDIT_FIELDS), known: &EDIT_FIELDS },
            ));
            continue;
        };
        match field.check_edit(&held) {
            Ok(()) => set(field, name, how, value, &mut draft, &mut complaints),
            Err(why) => {
                let refusal = Refusal::NotEditable(field, why);
                let said = context.sentences.refusal(&refusal, &|at| context.day(at));
                if !refusals.contains(&said) {
                    refusals.push(said);
                }
            }
        }
    }
    deal::look_up_solutions(context, &store, &mut draft, &held.solutions)?;
    let edit = match draft.edit(&held, context.clock.moment().today) {
        Ok((edit, warnings)) if complaints.is_empty() && refusals.is_empty() => {
            deal::warn(context, &warnings)?;
            edit
        }
        built => {
            let Failure::Refused(said) = deal::refused(context, complaints, built.err().unwrap_or_default()) else {
                return Err(Failure::told_refusal());
            };
            refusals.extend(said);
            return Err(Failure::Refused(refusals));
        }
    };
    if edit.0.is_empty() {
        if context.output.json {
            context.output.json(&json::opportunity(&held))?;
        } else {
            let said = context.sentences.form_nothing_changed();
            context.output.line(&said)?;
        }
        return Ok(Exit::Done);
    }
    step::make_seen(context, &mut store, Change { id, seen: Some(held.version), what: What::Edit(edit) })
}

/// How a value is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Set,
    Add,
    TakeOff,
}

/// Splits `employee+=Ana;…` into name, how and value.
fn taken_apart(given: &str) -> (&str, How, &str) {
    let Some((name, value)) = given.split_once('=') else { return (given.trim(), How::Set, "") };
    if let Some(name) = name.strip_suffix('+') {
        return (name.trim(), How::Add, value);
    }
    match name.strip_suffix('-') {
        Some(name) => (name.trim(), How::TakeOff, value),
        None => (name.trim(), How::Set, value),
    }
}

/// Returns the field of a short name or of a path of the JSON shape.
fn field(name: &str) -> Option<Field> {
    Some(match name {
        "name" => Field::Name,
        "value" | "currency" | "deal.currency" => Field::Value,
        "close" => Field::CloseDate,
        "notes" => Field::Notes,
        "crm-id" => Field::CrmId,
        "campaign-id" => Field::CampaignId,
        "sales-stage" => Field::SalesStage,
        "employee" => Field::Employees,
        "solution" => Field::Solutions,
        "customer" => Field::CustomerName,
        "contact" => Field::Contact,
        path => {
            let outer = |end: &str| path.strip_prefix(end).is_some_and(|rest| rest.starts_with('.'));
            let within = [("customer.address", Field::Address), ("customer.contact", Field::Contact), ("help", Field::Help)];
            let within = within.into_iter().find(|(end, _)| outer(end)).map(|(_, field)| field);
            return Field::from_path(path).or(within).filter(|field| *field != Field::Favorite);
        }
    })
}

fn set(field: Field, name: &str, how: How, value: &str, draft: &mut DealDraft, complaints: &mut Complaints) {
    let text = match field {
        Field::Employees => return people(how, value, draft, complaints),
        Field::Solutions => return solutions(how, value, draft, complaints),
        Field::Name => &mut draft.name,
        Field::Value if name.ends_with("currency") => &mut draft.currency,
        Field::Value => &mut draft.value,
        Field::CloseDate => &mut draft.close_date,
        Field::SalesStage => &mut draft.sales_stage,
        Field::Notes => &mut draft.notes,
        Field::CrmId => &mut draft.crm_id,
        Field::CampaignId => &mut draft.campaign_id,
        // The rules have refused these.
        Field::Stage | Field::CustomerName | Field::Duns | Field::Address | Field::Contact | Field::Help | Field::Partner => {
            return;
        }
        Field::MicrosoftStatus | Field::Kind | Field::Origin | Field::CreatedAt => return,
        Field::ReferralId | Field::EngagementId | Field::Favorite => return,
    };
    if how == How::Set {
        value.clone_into(text);
    } else {
        complaints.push(Complaint::new(field.path(), Invalid::NotAList));
    }
}

fn people(how: How, value: &str, draft: &mut DealDraft, complaints: &mut Complaints) {
    match how {
        How::Set => complaints.push(Complaint::new("employees", Invalid::OnlyAddOrTakeOff)),
        How::Add => draft.employees.extend(deal::person(value, "employees", complaints)),
        How::TakeOff => {
            let wanted = value.trim().to_lowercase();
            let named = |email: &str, first: &str, last: &str| {
                [email.to_lowercase(), format!("{first} {last}").to_lowercase(), format!("{last}{first}").to_lowercase()]
                    .contains(&wanted)
            };
            let before = draft.employees.len();
            draft.employees.retain(|person| !named(&person.email, &person.first, &person.last));
            if draft.employees.len() == before {
                complaints.push(Complaint::new("employees", Invalid::NotThere(value.trim().to_owned())));
            }
        }
    }
}

fn solutions(how: How, value: &str, draft: &mut DealDraft, complaints: &mut Complaints) {
    match how {
        How::Set => complaints.push(Complaint::new("solutions", Invalid::OnlyAddOrTakeOff)),
        How::Add => draft.solutions.push(deal::solution(value)),
        How::TakeOff => {
            let before = draft.solutions.len();
            draft.solutions.retain(|solution| !solution.id.eq_ignore_ascii_case(value.trim()));
            if draft.solutions.len() == before {
                complaints.push(Complaint::new("solutions", Invalid::NotThere(value.trim().to_owned())));
            }
        }
    }
}
