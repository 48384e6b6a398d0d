//! `cosell edit`: changes fields of an accepted deal, adds people and solutions to it and takes them off (MG-68 to MG-70).

use clap::{Arg, ArgMatches, Command};

use super::{Context, Exit, Failure, args, deal, step};
use crate::domain::change::{Change, Edit, Refusal, What, check_sharing};
use crate::domain::deadline;
use crate::domain::draft::{DealDraft, EDIT_FIELDS, EDIT_PARTS, SolutionDraft};
use crate::domain::field::{Field, MayChange};
use crate::domain::fold;
use crate::domain::ids::OpportunityId;
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::opportunity::{Kind, Opportunity};
use crate::domain::part::Part;
use crate::exchange::json;
use crate::i18n::{Said, Sentences};
use crate::store::Store;

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
    let mut store = context.store_there()?;
    let id = context.id_to_decide(&store, args::typed(matches, "id"))?;
    let only_adds = given().all(|given| taken_apart(given).1 == How::Add);
    for _ in 0..RETRIES {
        match edit(context, &mut store, id, matches) {
            // Beside what somebody else did meanwhile, what is added is added all the same.
            Err(Failure::Refused(said)) if only_adds && said.iter().any(|said| said.code == CHANGED_SINCE) => {}
            done => return done,
        }
    }
    edit(context, &mut store, id, matches)
}

/// How often an edit that only adds is tried again where somebody was faster.
const RETRIES: usize = 20;
/// The code of that refusal.
const CHANGED_SINCE: &str = "changed-since";

fn edit(context: &mut Context<'_>, store: &mut Store, id: OpportunityId, matches: &ArgMatches) -> Result<Exit, Failure> {
    let given = || matches.get_many::<String>("set").into_iter().flatten();
    let full = store.get(id).map_err(|error| context.store_failure(&error))?;
    let held = full.opportunity.clone();
    if let Some(what) = alone(context, &held, given())? {
        return step::make_seen(context, store, Change { id, seen: Some(held.version), what });
    }
    let me = Some(&context.config.me).filter(|me| !me.email.is_empty()).cloned();
    let mut draft = DealDraft { me, ..DealDraft::of(&held) };
    let mut complaints = Complaints::new();
    let mut refusals = Vec::new();
    for given in given() {
        let (name, how, value) = taken_apart(given);
        let Some(meant) = meaning(name) else {
            complaints.push(Complaint::new(
                name,
                Invalid::UnknownField { given: name.to_owned(), meant: fold::meant(name, &EDIT_FIELDS), known: &EDIT_FIELDS },
            ));
            continue;
        };
        match full.check_edit(meant.field) {
            Ok(()) => set(&meant, how, value, &mut draft, &mut complaints),
            Err(why) => {
                let refusal = Refusal::NotEditable(meant.field, why);
                let said = context.sentences.refusal(&refusal, &|at| context.day(at));
                if !refusals.contains(&said) {
                    refusals.push(said);
                }
            }
        }
    }
    deal::look_up_solutions(context, store, &mut draft, &held.solutions)?;
    let edit = match draft.correct(&held, context.clock.moment().today) {
        Ok((edit, warnings)) if complaints.is_empty() && refusals.is_empty() => {
            deal::warn(context, &draft, &warnings)?;
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
    step::make_seen(context, store, Change { id, seen: Some(held.version), what: What::Edit(edit) })
}

/// Returns the edit that gives parts of a deal these values, and of lists adds them; or everything that is wrong with it.
pub(super) fn of_parts(
    context: &Context<'_>,
    store: &Store,
    held: &Opportunity,
    given: &[(Part, &str)],
) -> Result<Result<Edit, Vec<Said>>, Failure> {
    let (mut draft, mut complaints) = DealDraft::giving(held, given);
    deal::look_up_solutions(context, store, &mut draft, &held.solutions)?;
    let edit = draft.edit(held, context.clock.moment().today);
    complaints.extend(edit.as_ref().err().cloned().unwrap_or_default());
    Ok(match edit {
        Ok((edit, _)) if complaints.is_empty() => Ok(edit),
        _ => Err(complaints.iter().map(|complaint| context.sentences.complaint(complaint)).collect()),
    })
}

/// What the rep knows better than a file: until when it is to be answered.
const RESPOND_BY: [&str; 2] = ["respond-by", "respondBy"];
/// That sellers may see a private deal, by its question and by the type that makes.
const SHARE: [&str; 2] = [Part::Share.flag(), Part::Kind.path()];

/// What they take.
const TYPES: [&str; 1] = [Kind::PartnerLed.code()];
const YES: [&str; 1] = ["yes"];

/// Returns the change that is no edit of the deal: it is made by itself, with nothing else beside it but the consent it needs.
fn alone<'g>(
    context: &Context<'_>,
    held: &Opportunity,
    given: impl Iterator<Item = &'g String>,
) -> Result<Option<What>, Failure> {
    let given: Vec<(&str, How, &str)> = given.map(|given| taken_apart(given)).collect();
    let find = |names: &[&str]| given.iter().find(|(name, ..)| names.contains(name)).copied();
    let (respond_by, share, consent) = (find(&RESPOND_BY), find(&SHARE), find(&[Part::Consent.flag()]));
    let Some((name, how, value)) = respond_by.or(share) else { return Ok(None) };
    let mut complaints = Complaints::new();
    let besides = given.iter().filter(|(other, ..)| *other != name && !(share.is_some() && *other == Part::Consent.flag()));
    complaints.extend(besides.map(|(other, ..)| Complaint::new(*other, Invalid::OnlyAlone(name.to_owned()))));
    if how != How::Set {
        complaints.push(Complaint::new(name, Invalid::NotAList));
    }
    let what = if respond_by.is_some() {
        take(deadline::typed(value, context.clock.moment()), name, &mut complaints).map(What::RespondBy)
    } else {
        check_sharing(held).map_err(|why| Failure::Refused(vec![context.sentences.refusal(&why, &|at| context.day(at))]))?;
        if held.customer.contact.is_some() && !consent.is_some_and(|(.., value)| is_yes(value)) {
            complaints.push(Complaint::new(Part::Consent, Invalid::NeedsConsent));
        }
        if !is_yes(value) && !value.trim().eq_ignore_ascii_case(Kind::PartnerLed.code()) {
            let allowed = if name == Part::Kind.path() { &TYPES } else { &YES };
            complaints.push(Complaint::new(name, Invalid::NotOneOf { given: value.trim().to_owned(), allowed }));
        }
        Some(What::Share)
    };
    match what {
        Some(what) if complaints.is_empty() => Ok(Some(what)),
        _ => Err(step::refused(context, &complaints)),
    }
}

fn is_yes(value: &str) -> bool {
    ["yes", "y", "true"].contains(&value.trim().to_ascii_lowercase().as_str())
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

/// What of the customer is corrected where Partner Center refused to make the deal.
const CUSTOMER: [Part; 9] = [
    Part::CustomerName,
    Part::Contact,
    Part::Country,
    Part::Duns,
    Part::Line1,
    Part::Line2,
    Part::City,
    Part::State,
    Part::PostalCode,
];

/// What a name stands for: a field and, where a part of it has the name, that part.
struct Meant {
    field: Field,
    part: Option<Part>,
}

/// Returns what a short name or a path of the JSON shape stands for.
fn meaning(name: &str) -> Option<Meant> {
    let short = EDIT_PARTS.into_iter().chain(CUSTOMER).find(|part| part.flag() == name);
    let inner = || Some(Part::Currency).filter(|part| part.path() == name);
    if let Some(part) = short.or_else(inner) {
        return Some(Meant { field: part.field(), part: Some(part) });
    }
    let within = |field: &Field| name.strip_prefix(field.path()).is_some_and(|rest| rest.starts_with('.'));
    let field = Field::from_path(name).or_else(|| [Field::Address, Field::Contact, Field::Help].into_iter().find(within));
    // What is ours has commands of its own, but for the owner.
    let field = field.filter(|field| field.may_change() != MayChange::Always)?;
    Some(Meant { field, part: Part::of_path(name) })
}

fn set(meant: &Meant, how: How, value: &str, draft: &mut DealDraft, complaints: &mut Complaints) {
    let text = match meant.field {
        Field::Employees => return people(how, value, draft, complaints),
        Field::Solutions => return solutions(how, value, draft, complaints),
        Field::Contact if meant.part == Some(Part::Contact) => return contact(value, draft, complaints),
        _ => meant.part.and_then(|part| draft.slot(part)),
    };
    // The rules have refused what has no text.
    let Some(text) = text else { return };
    if how == How::Set {
        value.clone_into(text);
    } else {
        complaints.push(Complaint::new(meant.field.path(), Invalid::NotAList));
    }
}

/// Only what a refused row said of the customer's person is corrected here.
fn contact(value: &str, draft: &mut DealDraft, complaints: &mut Complaints) {
    draft.contact = deal::person(value, Part::Contact, complaints).unwrap_or_default();
}

fn people(how: How, value: &str, draft: &mut DealDraft, complaints: &mut Complaints) {
    match how {
        How::Set => complaints.push(Complaint::new(Part::Employees, Invalid::OnlyAddOrTakeOff)),
        How::Add => draft.employees.extend(deal::person(value, Part::Employees, complaints)),
        How::TakeOff => {
            let wanted = value.trim().to_lowercase();
            let named = |email: &str, first: &str, last: &str| {
                [email.to_lowercase(), format!("{first} {last}").to_lowercase(), format!("{last}{first}").to_lowercase()]
                    .contains(&wanted)
            };
            let before = draft.employees.len();
            draft.employees.retain(|person| !named(&person.email, &person.first, &person.last));
            if draft.employees.len() == before {
                complaints.push(Complaint::new(Part::Employees, Invalid::NotThere(value.trim().to_owned())));
            }
        }
    }
}

fn solutions(how: How, value: &str, draft: &mut DealDraft, complaints: &mut Complaints) {
    match how {
        How::Set => complaints.push(Complaint::new(Part::Solutions, Invalid::OnlyAddOrTakeOff)),
        How::Add => draft.solutions.push(SolutionDraft::read(value)),
        How::TakeOff => {
            let before = draft.solutions.len();
            draft.solutions.retain(|solution| !solution.id.eq_ignore_ascii_case(value.trim()));
            if draft.solutions.len() == before {
                complaints.push(Complaint::new(Part::Solutions, Invalid::NotThere(value.trim().to_owned())));
            }
        }
    }
}
