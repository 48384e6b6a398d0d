//! Opportunities, known customers and known solutions as JSON, in the shapes that scripts and `new --from` share.

use serde_json::{Value, json};

use crate::domain::contact::Person;
use crate::domain::customer::Address;
use crate::domain::directory::{KnownCustomer, KnownSolution, Rank};
use crate::domain::field::Field;
use crate::domain::held::{Claim, Held};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{Help, Opportunity};
use crate::domain::rules::MICROSOFT_DAYS;
use crate::domain::solution::Solution;
use crate::domain::stage::Stage;

/// Returns the opportunity in the contract's shape: times in RFC 3339 UTC, dates as `YYYY-MM-DD`, money as a decimal text.
pub fn opportunity(o: &Opportunity) -> Value {
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
    let (respond_by, known) = match &o.stage {
        Stage::Received { respond_by } => (Some(respond_by.at), respond_by.is_known()),
        Stage::Accepted { .. } | Stage::Lapsed { .. } | Stage::Archived { .. } => (None, true),
    };
    let mut value = json!({
        "id": o.id,
        "uid": o.uid(),
        "referralId": o.referral_id,
        "engagementId": o.engagement_id,
        "direction": o.direction(),
        "type": o.kind,
        "stage": o.stage.kind().code(),
        "outcome": o.stage.outcome().map(|outcome| outcome.kind().code()),
        "reason": o.stage.outcome().and_then(|outcome| outcome.reason()),
        "sender": o.sender().map(|s| json!({
            "kind": s.kind,
            "organization": s.organization,
            "person": s.person.as_ref().map(Person::name),
        })),
        "receivedAt": time(o.created_at.filter(|_| o.sender().is_some())),
        "respondBy": time(respond_by),
        "respondByKnown": known,
        "acceptedAt": time(o.stage.accepted_at()),
        "archivedAt": time(o.stage.archived_at()),
        "createdAt": time(Some(o.newest())),
        "updatedAt": time(Some(o.updated_at)),
        "favorite": o.favorite,
        "waiting": o.waiting,
        "deal": {
            "name": o.deal.name,
            "value": o.deal.value.map(|value| value.amount()),
            "currency": o.deal.value.map(|value| value.currency()),
            "closeDate": o.deal.close_date,
            "salesStage": o.deal.sales_stage,
            "crmId": o.deal.crm_id,
            "campaignId": o.deal.campaign_id,
            "notes": o.deal.notes,
        },
        "customer": {
            "name": o.customer.name,
            "duns": o.customer.duns,
            "address": address(&o.customer.address),
            "contact": o.customer.contact.as_ref().map(person),
        },
        "employees": o.employees.iter().map(person).collect::<Vec<_>>(),
        "solutions": o.solutions.iter().map(solution).collect::<Vec<_>>(),
        "help": o.help.as_ref().map(|help| self::help(help, o)),
    });
    // Beyond the agreed shape, and only where there is one.
    if let (Some(partner), Value::Object(members)) = (&o.partner, &mut value) {
        members.insert("partner".to_owned(), json!(partner));
    }
    value
}

/// Returns what is held: the opportunity, and what both sides changed of it.
pub fn held(held: &Held) -> Value {
    let mut value = opportunity(&held.opportunity);
    if let (false, Value::Object(members)) = (held.conflicts.is_empty(), &mut value) {
        members.insert("conflicts".to_owned(), conflicts(held));
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

/// Writes the instants of a stage as JSON has times elsewhere; the database counts microseconds.
pub fn in_words_of_time(value: &Value) -> Value {
    match value {
        Value::Number(micros) => micros.as_i64().map_or(Value::Null, |micros| Timestamp::from_micros(micros).to_string().into()),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), in_words_of_time(value))).collect(),
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

fn address(address: &Address) -> Value {
    json!({
        "line1": address.line1,
        "line2": address.line2,
        "city": address.city,
        "state": address.state,
        "postalCode": address.postal_code,
        "country": address.country,
    })
}

fn person(person: &Person) -> Value {
    json!({ "firstName": person.first, "lastName": person.last, "phone": person.phone, "email": person.email })
}

/// Quantity and price stand there only where they are known.
fn solution(solution: &Solution) -> Value {
    let mut value = json!({ "id": solution.id, "name": solution.name, "owner": solution.owner });
    if let Value::Object(members) = &mut value {
        members.extend(solution.quantity.map(|quantity| ("quantity".to_owned(), json!(quantity))));
        members.extend(solution.price.as_ref().map(|price| ("price".to_owned(), json!(price))));
    }
    value
}

fn help(help: &Help, on: &Opportunity) -> Value {
    json!({
        "kind": help.kind,
        "note": help.note,
        "requestedAt": help.requested_at.map(|at| at.to_string()),
        "respondBy": help.requested_at.map(|at| at.plus_days(MICROSOFT_DAYS).to_string()),
        "microsoftStatus": on.microsoft_status,
    })
}
