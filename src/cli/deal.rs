//! What the commands that make and change deals have in common: flags, JSON and drafts become one deal draft.

use std::io::Read;
use std::path::Path;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::args::{self, option};
use super::{Context, Failure, step};
use crate::domain::draft::{Category, DealDraft, HelpDraft, PersonDraft, SolutionDraft};
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::domain::rules::Warning;
use crate::domain::solution::Solution;
use crate::exchange::{self, FileError};
use crate::i18n::{Said, Sentences};
use crate::store::{Similar, Store};

/// The flags that fill one field each.
const TEXTS: [&str; 18] = [
    "customer",
    "country",
    "duns",
    "street",
    "city",
    "state",
    "postal-code",
    "name",
    "value",
    "currency",
    "close",
    "crm-id",
    "campaign-id",
    "notes",
    "kind",
    "note",
    "partner",
    "brings",
];

/// Adds everything that can be said of a new deal.
pub(super) fn flags(command: Command, s: &Sentences) -> Command {
    let flag = |name: &'static str, help: String| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    command
        .arg(option("customer", "NAME", s.command_new_customer()))
        .arg(option("country", "CODE", s.command_new_country()))
        .arg(option("duns", "NUMBER", s.command_new_duns()))
        .arg(option("street", "TEXT", s.command_new_street()))
        .arg(option("city", "TEXT", s.command_new_city()))
        .arg(option("state", "TEXT", s.command_new_state()))
        .arg(option("postal-code", "TEXT", s.command_new_postal_code()))
        .arg(option("name", "TEXT", s.command_accept_name()))
        .arg(option("value", "AMOUNT", s.command_accept_value()))
        .arg(option("currency", "CODE", s.command_accept_currency()))
        .arg(option("close", "DATE", s.command_accept_close()))
        .arg(option("crm-id", "TEXT", s.command_accept_crm_id()))
        .arg(option("campaign-id", "TEXT", s.command_accept_campaign_id()))
        .arg(option("notes", "TEXT", s.command_new_notes()))
        .arg(option("employee", "PERSON", s.command_new_employee()).action(ArgAction::Append))
        .arg(option("solution", "SOLUTION", s.command_new_solution()).action(ArgAction::Append))
        .args(help_flags(s))
        .arg(flag("share", s.command_new_share()).conflicts_with("kind"))
        .arg(option("partner", "NAME", s.command_new_partner()))
        .arg(option("brings", "TEXT", s.command_new_brings()))
        .arg(flag("assessment", s.command_new_assessment()).conflicts_with_all(["partner", "brings", "kind", "note", "share"]))
}

/// Kind of help, note, contact and consent.
pub(super) fn help_flags(s: &Sentences) -> [Arg; 4] {
    [
        option("kind", "CODE", s.command_ask_help_kind()),
        option("note", "TEXT", s.command_ask_help_note()),
        option("contact", "PERSON", s.command_ask_help_contact()),
        Arg::new("consent").long("consent").action(ArgAction::SetTrue).help(s.command_ask_help_consent()),
    ]
}

/// Adds where a deal may be read from.
pub(super) fn from(command: Command, s: &Sentences) -> Command {
    let from = Arg::new("from").long("from").value_name("FILE").value_parser(PathBufValueParser::new());
    command.arg(from.help(s.command_new_from()))
}

/// Returns whether any flag says something of the deal.
pub(super) fn says_something(matches: &ArgMatches) -> bool {
    let lists = ["employee", "solution", "contact"];
    let flags = ["consent", "share", "assessment"];
    TEXTS.iter().chain(&lists).any(|name| matches.contains_id(name)) || flags.iter().any(|name| matches.get_flag(name))
}

/// Lays the flags over a draft.
pub(super) fn lay_flags(matches: &ArgMatches, draft: &mut DealDraft, complaints: &mut Complaints) {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let fields = [
        ("customer", &mut draft.customer.name),
        ("country", &mut draft.customer.country),
        ("duns", &mut draft.customer.duns),
        ("street", &mut draft.customer.line1),
        ("city", &mut draft.customer.city),
        ("state", &mut draft.customer.state),
        ("postal-code", &mut draft.customer.postal_code),
        ("name", &mut draft.name),
        ("value", &mut draft.value),
        ("currency", &mut draft.currency),
        ("close", &mut draft.close_date),
        ("crm-id", &mut draft.crm_id),
        ("campaign-id", &mut draft.campaign_id),
        ("notes", &mut draft.notes),
        ("partner", &mut draft.partner.organization),
        ("brings", &mut draft.partner.brings),
    ];
    args::lay(matches, fields);
    let many = |name: &str| matches.get_many::<String>(name).into_iter().flatten();
    for given in many("employee") {
        draft.employees.extend(person(given, "employees", complaints));
    }
    draft.solutions.extend(many("solution").map(|given| solution(given)));
    lay_help(matches, draft, complaints);
    draft.share |= matches.get_flag("share");
    if matches.get_flag("assessment") {
        draft.category = Category::Assessment;
    } else if text("partner").or_else(|| text("brings")).is_some() {
        draft.category = Category::WithPartner;
    }
}

/// Lays kind, note, contact and consent over a draft.
pub(super) fn lay_help(matches: &ArgMatches, draft: &mut DealDraft, complaints: &mut Complaints) {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    if text("kind").or_else(|| text("note")).is_some() {
        let help = draft.help.get_or_insert_with(HelpDraft::default);
        help.kind = text("kind").unwrap_or_else(|| help.kind.clone());
        help.note = text("note").unwrap_or_else(|| help.note.clone());
    }
    if let Some(contact) = text("contact").and_then(|given| person(&given, "customer.contact", complaints)) {
        draft.contact = contact;
    }
    draft.consent |= matches.get_flag("consent");
}

/// Reads `First;Last;phone;email`.
pub(super) fn person(given: &str, at: &str, complaints: &mut Complaints) -> Option<PersonDraft> {
    let parts: Vec<&str> = given.split([';', '；']).map(str::trim).collect();
    let [first, last, phone, email] = parts[..] else {
        complaints.push(Complaint::new(at, Invalid::NotAPerson(given.to_owned())));
        return None;
    };
    Some(PersonDraft { first: first.into(), last: last.into(), phone: phone.into(), email: email.into() })
}

/// Reads `id;quantity;price`, the last two optional.
pub(super) fn solution(given: &str) -> SolutionDraft {
    let mut parts = given.splitn(3, [';', '；']).map(|part| part.trim().to_owned());
    let id = parts.next().unwrap_or_default();
    SolutionDraft {
        quantity: parts.next().unwrap_or_default(),
        price: parts.next().unwrap_or_default(),
        ..SolutionDraft::of_id(id)
    }
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
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        context.input.read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let parsed = read.map_err(FileError::Io).and_then(|bytes| {
        let text = String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            FileError::Encoding { line: before.iter().filter(|b| **b == b'\n').count() as u64 + 1 }
        })?;
        if text.trim().is_empty() { Err(FileError::Empty) } else { exchange::deal(&text) }
    });
    parsed.map_err(|error| {
        let s = &context.sentences;
        let said = vec![match error {
            FileError::Empty => Said::new("empty", s.new_nothing(), s.new_nothing_hint()),
            _ => s.file_error(path, &error),
        }];
        if matches!(error, FileError::Io(_)) { Failure::CouldNot(said) } else { Failure::Refused(said) }
    })
}

/// Says what deserves a look.
pub(super) fn warn(context: &mut Context<'_>, warnings: &[Warning]) -> Result<(), Failure> {
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
        shape.iter().any(|complaint| within(&complaint.at))
    };
    let values: Complaints = values.into_iter().filter(|complaint| !told(&complaint.at)).collect();
    shape.extend(values);
    step::refused(context, &shape)
}
