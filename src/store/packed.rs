//! Lists that stand in one column of a row: a line for each entry, tabs between its parts, of which no part holds any as text is
//! stored; and what is not modelled, whose names are the same in each row of a file.

use std::borrow::Cow;

use serde::ser::Serializer;
use serde_json::{Map, Value};

use super::error::StoreError;
use crate::domain::contact::Person;
use crate::domain::money::Currency;
use crate::domain::opportunity::{Opportunity, Origin};
use crate::domain::solution::{Owner, Price, Solution};
use crate::domain::text::Line;

/// Returns everybody on an opportunity: the customer's contact, the sender's person and our employees.
pub(super) fn people(on: &Opportunity) -> Option<String> {
    let mut lines = String::new();
    let contact = on.customer.contact.iter().map(|person| ("c", person));
    let sender = on.sender().and_then(|sender| sender.person.as_ref()).map(|person| ("s", person));
    for (role, p) in contact.chain(sender).chain(on.employees.iter().map(|person| ("e", person))) {
        push(&mut lines, &[role, &p.first, &p.last, &p.phone, &p.email]);
    }
    Some(lines).filter(|lines| !lines.is_empty())
}

/// Puts everybody of [`people`] on an opportunity.
pub(super) fn put_people(lines: &str, on: &mut Opportunity) -> Result<(), StoreError> {
    for line in lines.split_terminator('\n') {
        match (read_person(line)?, &mut on.origin) {
            (("c", person), _) => on.customer.contact = Some(person),
            (("s", person), Origin::Inbound { sender }) => sender.person = Some(person),
            (("s", _), Origin::Outbound) => {}
            ((_, person), _) => on.employees.push(person),
        }
    }
    Ok(())
}

/// Returns the employees of [`people`].
pub(super) fn employees(lines: &str) -> Result<Vec<Person>, StoreError> {
    let of_us = lines.split_terminator('\n').filter(|line| line.starts_with('e'));
    of_us.map(|line| read_person(line).map(|(_, person)| person)).collect()
}

/// Returns the customer's contact of [`people`].
pub(super) fn contact(lines: &str) -> Result<Option<Person>, StoreError> {
    let theirs = lines.split_terminator('\n').find(|line| line.starts_with('c'));
    theirs.map(|line| read_person(line).map(|(_, person)| person)).transpose()
}

fn read_person(line: &str) -> Result<(&str, Person), StoreError> {
    let [role, first, last, phone, email] = parts(line)?;
    let text = str::to_owned;
    Ok((role, Person { first: text(first), last: text(last), phone: text(phone), email: text(email) }))
}

/// Returns the solutions of an opportunity.
pub(super) fn solutions(on: &Opportunity) -> Option<String> {
    let mut lines = String::new();
    for s in &on.solutions {
        let name = s.name.as_ref().map_or("", Line::as_str);
        let currency = s.currency.map_or("", |currency| currency.code());
        let quantity = s.quantity.map(|quantity| quantity.to_string()).unwrap_or_default();
        let price = s.price.as_ref().map_or("", Price::as_str);
        let owner = if s.owner == Owner::Unknown { "" } else { s.owner.code() };
        push(&mut lines, &[s.id.as_str(), name, owner, currency, price, &quantity]);
    }
    Some(lines).filter(|lines| !lines.is_empty())
}

/// Reads the solutions of [`solutions`].
pub(super) fn read_solutions(lines: &str) -> Result<Vec<Solution>, StoreError> {
    lines.split_terminator('\n').map(read_solution).collect()
}

fn read_solution(line: &str) -> Result<Solution, StoreError> {
    let damaged = || StoreError::Damaged(format!("a solution is kept as {line:?}"));
    let [id, name, owner, currency, price, quantity] = parts(line)?;
    let some = |part: &str| Some(part.to_owned()).filter(|part| !part.is_empty());
    Ok(Solution {
        id: Line::stored(id.to_owned()),
        name: some(name).map(Line::stored),
        owner: if owner.is_empty() { Owner::Unknown } else { Owner::from_code(owner).ok_or_else(damaged)? },
        currency: some(currency).map(|code| Currency::from_code(&code).ok_or_else(damaged)).transpose()?,
        price: some(price).map(Price::stored),
        quantity: some(quantity).map(|digits| digits.parse()).transpose().map_err(|_| damaged())?,
    })
}

/// Returns the ids of [`solutions`].
pub(super) fn solution_ids(lines: &str) -> impl Iterator<Item = &str> {
    lines.split_terminator('\n').map(|line| line.split('\t').next().unwrap_or_default())
}

fn push(lines: &mut String, parts: &[&str]) {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            lines.push('\t');
        }
        // Stored text has no control characters; one that came another way must not move the parts behind it.
        lines.extend(part.chars().map(|c| if matches!(c, '\t' | '\n') { ' ' } else { c }));
    }
    // Parts at the end that are empty are not written.
    lines.truncate(lines.trim_end_matches('\t').len());
    lines.push('\n');
}

fn parts<const N: usize>(line: &str) -> Result<[&str; N], StoreError> {
    let mut parts = line.split('\t');
    let found = std::array::from_fn(|_| parts.next().unwrap_or_default());
    if parts.next().is_some() {
        return Err(StoreError::Damaged(format!("a line of a list is {line:?}")));
    }
    Ok(found)
}

/// Names of Partner Center that are not modelled, each kept as its number behind a `~`. Append-only: files hold the numbers.
const NAMES: [&str; 16] = [
    "Consent to share Customer/Partner contact",
    "PartnerID (formerly MPN ID)",
    "Marketplace Purchase Intent",
    "Customer Domain Name",
    "CLA Number",
    "Device Category",
    "Silicon Type",
    "Azure Certified Device",
    "Attach Services",
    "Microsoft MSX ID",
    "Migrated PSC Deal ID",
    "Final Matched Customer Account",
    "Managed Account 1 & 2",
    "Unmanaged Account 1 & 2",
    "DUNS Account",
    "PartnerID",
];

/// Returns what is not modelled, as JSON.
pub(super) fn extra(extra: &Map<String, Value>) -> Option<String> {
    if extra.is_empty() {
        return None;
    }
    let mut json = Vec::new();
    let short = extra.iter().map(|(name, value)| (short(name), value));
    serde_json::Serializer::new(&mut json).collect_map(short).ok()?;
    String::from_utf8(json).ok()
}

/// Reads what [`extra`] wrote.
pub(super) fn read_extra(json: &str) -> serde_json::Result<Map<String, Value>> {
    let kept: Map<String, Value> = serde_json::from_str(json)?;
    Ok(kept.into_iter().map(|(name, value)| (long(name), value)).collect())
}

fn short(name: &str) -> Cow<'_, str> {
    match NAMES.iter().position(|known| *known == name) {
        Some(number) => format!("~{number}").into(),
        None if name.starts_with('~') => format!("~{name}").into(),
        None => name.into(),
    }
}

fn long(name: String) -> String {
    let Some(rest) = name.strip_prefix('~') else { return name };
    match rest.parse::<usize>().ok().and_then(|number| NAMES.get(number)) {
        Some(known) => (*known).to_owned(),
        None if rest.starts_with('~') => rest.to_owned(),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::opportunity::tests::received;

    #[test]
    fn what_is_kept_in_one_column_is_read_as_it_was() {
        let mut deal = received();
        let solution = |id: &str| Solution {
            id: Line::stored(id.to_owned()),
            name: None,
            owner: Owner::Unknown,
            currency: None,
            price: None,
            quantity: None,
        };
        deal.solutions = vec![
            solution("SOL-1"),
            Solution {
                name: Some(Line::stored("Azure".to_owned())),
                owner: Owner::ThirdParty,
                currency: Currency::parse("KRW").ok(),
                price: Some(Price::stored("1000".to_owned())),
                quantity: Some(3),
                ..solution("SOL-2")
            },
            Solution { quantity: Some(0), ..solution("SOL-3") },
        ];
        let person = Person { first: "민준".into(), last: "김".into(), phone: "+82 2".into(), email: "m@p.example".into() };
        deal.employees = vec![person.clone(), Person { email: String::new(), ..person.clone() }, Person::default()];
        deal.customer.contact = Some(Person { first: String::new(), ..person });
        let (people, solutions) = (people(&deal).unwrap(), solutions(&deal).unwrap());
        assert!(solutions.starts_with("SOL-1\nSOL-2\tAzure\tthirdParty\tKRW\t1000\t3\n"), "{solutions}");
        assert_eq!(read_solutions(&solutions).unwrap(), deal.solutions);
        assert_eq!(solution_ids(&solutions).collect::<Vec<_>>(), ["SOL-1", "SOL-2", "SOL-3"]);
        assert_eq!(employees(&people).unwrap(), deal.employees);
        let mut read = deal.clone();
        (read.employees, read.customer.contact) = (Vec::new(), None);
        put_people(&people, &mut read).unwrap();
        assert_eq!(read, deal);
        assert!(read_solutions("a\tb\tc\td\te\tf\tg\n").is_err());
    }

    #[test]
    fn what_is_not_modelled_is_kept_under_short_names_and_read_under_its_own() {
        let names = ["Customer Domain Name", "PartnerID", "~1", "~~", "~", "어떤 열", "\"quoted\""];
        let map: Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), Value::from(*name))).collect();
        let json = extra(&map).unwrap();
        assert!(json.contains("\"~3\":\"Customer Domain Name\""), "{json}");
        assert_eq!(read_extra(&json).unwrap(), map);
        assert_eq!(extra(&Map::new()), None);
    }

    #[test]
    fn the_schema_knows_the_same_names() {
        let schema = include_str!("../../assets/schema/0005_smaller.sql");
        for (number, name) in NAMES.iter().enumerate() {
            assert!(schema.contains(&format!("'\"{name}\":', '\"~{number}\":'")), "{name}");
        }
    }
}
