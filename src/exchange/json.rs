//! Opportunities, known customers and known solutions as JSON, in the shapes that scripts and `new --from` share.

use serde_json::{Value, json};

use crate::domain::contact::Person;
use crate::domain::customer::Address;
use crate::domain::directory::{KnownCustomer, KnownSolution, Rank};
use crate::domain::field::Field;
use crate::domain::held::{Claim, Held};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{Help, Opportunity, Sender};
use crate::domain::ours::{DealOwner, LogNote};
use crate::domain::part::{Part, Whose};
use crate::domain::refused::fields_named;
use crate::domain::rules::MICROSOFT_DAYS;
use crate::domain::solution::Solution;
use crate::domain::stage::Stage;

/// Returns the opportunity in the contract's shape: times in RFC 3339 UTC, dates as `YYYY-MM-DD`, money as a decimal text.
pub fn opportunity(o: &Opportunity) -> Value {
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
    let (respond_by, known) = match &o.stage {
        Stage::Received { respond_by } => (Some(respond_by.at), respond_by.is_known()),
        Stage::Lapsed { respond_by } => (None, respond_by.is_known()),
        Stage::Accepted { .. } | Stage::Archived { .. } => (None, true),
    };
    let mut value = json!({
        "id": o.id,
        "uid": o.uid(),
        "referralId": o.referral_id,
        "engagementId": o.engagement_id,
        "direction": o.direction(),
        (Part::Kind.member()): o.kind,
        "stage": o.stage.kind().code(),
        "outcome": o.stage.outcome().map(|outcome| outcome.kind().code()),
        "reason": o.stage.outcome().and_then(|outcome| outcome.reason()),
        "sender": o.sender().map(sender),
        "receivedAt": time(o.created_at.filter(|_| o.sender().is_some())),
        "respondBy": time(respond_by),
        "respondByKnown": known,
        "acceptedAt": time(o.stage.accepted_at()),
        "archivedAt": time(o.stage.archived_at()),
        "archivedAtKnown": o.stage.archived_at().is_none() || o.stage.known_end().is_some(),
        "createdAt": time(o.created_at),
        "firstSeenAt": time(Some(o.first_seen_at)),
        "updatedAt": time(Some(o.updated_at)),
        "favorite": o.favorite,
        "waiting": o.waiting,
        "microsoftStatus": o.microsoft_status,
        "closingNote": o.stage.outcome().and_then(|outcome| outcome.note()),
        "deal": object([
            (Part::Name, json!(o.deal.name)),
            (Part::Value, json!(o.deal.value.map(|value| value.amount()))),
            (Part::Currency, json!(o.deal.value.map(|value| value.currency()))),
            (Part::CloseDate, json!(o.deal.close_date)),
            (Part::SalesStage, json!(o.deal.sales_stage)),
            (Part::CrmId, json!(o.deal.crm_id)),
            (Part::CampaignId, json!(o.deal.campaign_id)),
            (Part::Notes, json!(o.deal.notes)),
        ]),
        "customer": {
            (Part::CustomerName.member()): o.customer.name,
            (Part::Duns.member()): o.customer.duns,
            "address": address(&o.customer.address),
            (Part::Contact.member()): o.customer.contact.as_ref().map(person),
        },
        (Part::Employees.member()): o.employees.iter().map(person).collect::<Vec<_>>(),
        (Part::Solutions.member()): o.solutions.iter().map(solution).collect::<Vec<_>>(),
        "help": o.help.as_ref().map(|help| self::help(help, o)),
        (Part::Owner.member()): o.owned_by().and_then(DealOwner::email),
        (Field::Next.path()): o.next,
        (Field::Log.path()): o.log.iter().map(log_note).collect::<Vec<_>>(),
    });
    // Beyond the agreed shape, and only where there is one.
    if let (Some(partner), Value::Object(members)) = (&o.partner, &mut value) {
        members.insert("partner".to_owned(), json!(partner));
    }
    value
}

fn sender(sender: &Sender) -> Value {
    json!({
        "kind": sender.kind,
        "organization": sender.organization,
        "person": sender.person.as_ref().map(Person::name),
        "contact": sender.person.as_ref().map(person),
        "message": sender.note,
    })
}

fn log_note(note: &LogNote) -> Value {
    json!({ "at": note.at.to_string(), "by": note.by, "text": note.text })
}

/// Returns what is held: the opportunity, what both sides changed of it, and what came with it that is not modelled, whole.
pub fn held(held: &Held) -> Value {
    let mut value = opportunity(&held.opportunity);
    let contacts: Vec<Value> = held.further_contacts().iter().map(person).collect();
    if let (false, Some(Value::Object(customer))) = (contacts.is_empty(), value.get_mut("customer")) {
        customer.insert("contacts".to_owned(), Value::Array(contacts));
    }
    if let Some(Value::Object(help)) = value.get_mut("help") {
        // Microsoft's days begin with the upload: until then it has at least until then.
        help.insert("respondByKnown".to_owned(), Value::Bool(!held.help_waits()));
    }
    if let Value::Object(members) = &mut value {
        if !held.conflicts.is_empty() {
            members.insert("conflicts".to_owned(), conflicts(held));
        }
        if let Some(row) = &held.refused {
            let fields: Vec<&str> = fields_named(&row.message).iter().map(|field| field.path()).collect();
            let told = json!({ "file": row.file, "at": row.written_at.to_string(), "message": row.message, "fields": fields });
            members.insert("refused".to_owned(), told);
        }
        if !held.extra.is_empty() {
            members.insert("extra".to_owned(), Value::Object(held.extra.clone()));
        }
    }
    value
}

/// Returns what both sides changed: field, ours, theirs, from whom, and as of when.
pub fn conflicts(held: &Held) -> Value {
    let one = |(field, claim): (&Field, &Claim)| {
        let told = |value: &Value| if *field == Field::Stage { in_words_of_time(value) } else { value.clone() };
        json!({
            "field": field.path(),
            "ours": told(&field.get(&held.opportunity)),
            "theirs": told(&claim.theirs),
            "from": claim.from.code(),
            "at": claim.at.map(|at| at.to_string()),
        })
    };
    held.conflicts.iter().map(one).collect::<Vec<_>>().into()
}

/// Writes the plain value of a field as JSON has it elsewhere.
pub fn value(field: Field, value: &Value) -> Value {
    if matches!(field, Field::Stage | Field::Help) { in_words_of_time(value) } else { value.clone() }
}

/// Writes the instants of a stage or of notes as JSON has times elsewhere; the database counts microseconds.
pub fn in_words_of_time(value: &Value) -> Value {
    match value {
        Value::Number(micros) => micros.as_i64().map_or(Value::Null, |micros| Timestamp::from_micros(micros).to_string().into()),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), in_words_of_time(value))).collect(),
        Value::Array(list) => list.iter().map(in_words_of_time).collect(),
        other => other.clone(),
    }
}

/// Returns a customer of the directory, as `customer` of an opportunity has it; `match` says how well it fits a search.
pub fn known_customer(customer: &KnownCustomer, rank: Rank) -> Value {
    json!({
        "name": customer.name,
        "duns": customer.duns,
        "address": address(&customer.address),
        "used": customer.used,
        "match": rank.code(),
    })
}

/// The member of a solution that tells its status in the programme, beside what it is.
pub const OFFER_STATUS: &str = "offerStatus";

/// Returns a solution of the catalogue, as `solutions` of an opportunity has it.
pub fn known_solution(solution: &KnownSolution) -> Value {
    json!({
        "id": solution.id,
        "name": solution.name,
        "owner": solution.owner,
        "assessment": solution.assessment,
        "used": solution.used,
    })
}

/// Returns an object of parts by their names in it.
fn object<const N: usize>(parts: [(Part, Value); N]) -> Value {
    parts.into_iter().map(|(part, value)| (part.member(), value)).collect()
}

fn address(address: &Address) -> Value {
    object([
        (Part::Line1, json!(address.line1)),
        (Part::Line2, json!(address.line2)),
        (Part::City, json!(address.city)),
        (Part::State, json!(address.state)),
        (Part::PostalCode, json!(address.postal_code)),
        (Part::Country, json!(address.country)),
    ])
}

fn person(person: &Person) -> Value {
    let [first, last, phone, email] = Whose::EMPLOYEE;
    object([(first, json!(person.first)), (last, json!(person.last)), (phone, json!(person.phone)), (email, json!(person.email))])
}

/// Quantity and price stand there only where they are known.
fn solution(solution: &Solution) -> Value {
    let mut value = object([
        (Part::SolutionId, json!(solution.id)),
        (Part::SolutionName, json!(solution.name)),
        (Part::SolutionOwner, json!(solution.owner)),
    ]);
    if let Value::Object(members) = &mut value {
        let mut add = |part: Part, known: Option<Value>| members.extend(known.map(|known| (part.member().to_owned(), known)));
        add(Part::SolutionQuantity, solution.quantity.map(Value::from));
        add(Part::SolutionPrice, solution.price.as_ref().map(|price| json!(price)));
        members.extend(solution.currency.map(|currency| ("currency".to_owned(), json!(currency))));
    }
    value
}

fn help(help: &Help, on: &Opportunity) -> Value {
    json!({
        (Part::HelpKind.member()): help.kind,
        (Part::HelpNote.member()): help.note,
        "requestedAt": help.requested_at.map(|at| at.to_string()),
        "respondBy": help.requested_at.map(|at| at.plus_days(MICROSOFT_DAYS).to_string()),
        "microsoftStatus": on.microsoft_status,
    })
}
