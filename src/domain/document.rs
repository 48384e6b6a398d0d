//! What of an opportunity is searched: its words by column, as the search index keeps them; no index here.

use std::cell::OnceCell;

use serde_json::{Map, Value};

use super::contact::Person;
use super::fold::{Phrase, push_initials, push_tokens};
use super::ids::CenterId;
use super::incoming::is_technical;
use super::opportunity::{Direction, Opportunity, SenderKind};
use super::ours::DealOwner;
use super::stage::StageKind;
use super::text::Line;

/// A column of the search index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    Deal,
    Customer,
    Contact,
    Employees,
    Sender,
    Solutions,
    Notes,
    Crm,
    Campaign,
    /// Address and D-U-N-S number.
    Place,
    /// Beginnings of referral and engagement ids, marked with `§` so that no word is taken for one.
    Ids,
    /// Initial consonants of Hangul names.
    Initials,
    /// Stage, outcome, type, country and so on, for `key:value`; never searched by words.
    Facets,
}

impl Column {
    pub const ALL: [Self; 13] = [
        Self::Deal,
        Self::Customer,
        Self::Contact,
        Self::Employees,
        Self::Sender,
        Self::Solutions,
        Self::Notes,
        Self::Crm,
        Self::Campaign,
        Self::Place,
        Self::Ids,
        Self::Initials,
        Self::Facets,
    ];

    /// Returns the name of the column in the index.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deal => "deal",
            Self::Customer => "customer",
            Self::Contact => "contact",
            Self::Employees => "employees",
            Self::Sender => "sender",
            Self::Solutions => "solutions",
            Self::Notes => "notes",
            Self::Crm => "crm",
            Self::Campaign => "campaign",
            Self::Place => "place",
            Self::Ids => "ids",
            Self::Initials => "initials",
            Self::Facets => "facets",
        }
    }
}

/// Longest beginning of an id that the index keeps, in characters.
pub const ID_TOKEN: usize = 8;

/// Bytes of tokens that most columns do with.
const USUAL: usize = 128;

/// The searched words of one opportunity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document([String; Column::ALL.len()]);

impl Document {
    /// Returns the words of an opportunity and of what came with it that is not modelled.
    pub fn of(opportunity: &Opportunity, extra: &Map<String, Value>) -> Self {
        let mut document = Self(std::array::from_fn(|_| String::with_capacity(USUAL)));
        for column in Column::ALL {
            push_column(opportunity, extra, column, &mut document.0[column as usize]);
        }
        document
    }

    /// Returns the tokens of one column, each followed by a blank.
    pub fn tokens(&self, column: Column) -> &str {
        &self.0[column as usize]
    }
}

/// The words of one opportunity that is looked at: those of a column are made when it is asked for, if they can hold what is looked for.
#[derive(Debug)]
pub struct Words<'a> {
    on: &'a Opportunity,
    extra: &'a Map<String, Value>,
    columns: [OnceCell<String>; Column::ALL.len()],
}

impl<'a> Words<'a> {
    pub const fn of(on: &'a Opportunity, extra: &'a Map<String, Value>) -> Self {
        Self { on, extra, columns: [const { OnceCell::new() }; Column::ALL.len()] }
    }

    /// Returns whether the phrase stands in a column.
    pub fn have(&self, column: Column, phrase: &Phrase) -> bool {
        let tokens = &self.columns[column as usize];
        if tokens.get().is_none() && !self.may_have(column, phrase) {
            return false;
        }
        phrase.is_in(tokens.get_or_init(|| {
            let mut tokens = String::new();
            push_column(self.on, self.extra, column, &mut tokens);
            tokens
        }))
    }

    fn may_have(&self, column: Column, phrase: &Phrase) -> bool {
        let mut may = matches!(column, Column::Ids | Column::Initials | Column::Facets);
        each_text(self.on, self.extra, column, &mut |text| may = may || phrase.may_be_in(text));
        may
    }
}

fn push_column(on: &Opportunity, extra: &Map<String, Value>, column: Column, out: &mut String) {
    match column {
        Column::Ids => {
            for id in [&on.referral_id, &on.engagement_id].into_iter().flatten() {
                out.push_str(&id_token(id));
            }
        }
        Column::Initials => {
            for name in [on.deal.name.as_ref(), Some(&on.customer.name)].into_iter().flatten() {
                push_initials(name.as_str(), out);
            }
        }
        Column::Facets => push_facets(on, out),
        _ => each_text(on, extra, column, &mut |text| push_tokens(text, out)),
    }
}

/// Calls `found` with each text whose words stand in a column.
fn each_text(on: &Opportunity, extra: &Map<String, Value>, column: Column, found: &mut dyn FnMut(&str)) {
    let (deal, customer) = (&on.deal, &on.customer);
    let mut line = |line: Option<&Line>| line.into_iter().for_each(|line| found(line.as_str()));
    match column {
        Column::Deal => line(deal.name.as_ref()),
        Column::Customer => line(Some(&customer.name)),
        Column::Crm => line(deal.crm_id.as_ref()),
        Column::Campaign => line(deal.campaign_id.as_ref()),
        Column::Solutions => {
            on.solutions.iter().flat_map(|solution| [Some(&solution.id), solution.name.as_ref()]).for_each(line);
        }
        Column::Contact => each_person(customer.contact.as_slice(), found),
        Column::Employees => {
            each_person(&on.employees, found);
            if let Some(DealOwner::Email(email)) = on.owned_by() {
                found(email);
            }
        }
        Column::Sender => {
            let Some(sender) = on.sender() else { return };
            found(&sender.organization);
            // `sender:partner` finds what any partner sent; Microsoft's name says it already.
            if sender.kind == SenderKind::Partner {
                found(sender.kind.code());
            }
            each_person(sender.person.as_slice(), found);
        }
        Column::Notes => {
            let of_sender = on.sender().and_then(|sender| sender.note.as_ref());
            let of_help = on.help.as_ref().and_then(|help| help.note.as_ref());
            [of_sender, deal.notes.as_ref(), of_help].into_iter().flatten().for_each(|notes| found(notes.as_ref()));
            each_leaf(extra, found);
            on.next.iter().for_each(|next| found(next.text.as_str()));
            on.log.iter().for_each(|note| found(note.text.as_str()));
        }
        Column::Place => {
            let address = &customer.address;
            [&address.line1, &address.line2, &address.city, &address.state, &address.postal_code]
                .into_iter()
                .for_each(|of| line(of.as_ref()));
            customer.duns.into_iter().for_each(|duns| found(&duns.to_string()));
        }
        Column::Ids | Column::Initials | Column::Facets => {}
    }
}

/// Calls `found` with each value that is not modelled, but for what only says how the file came to be.
fn each_leaf(members: &Map<String, Value>, found: &mut dyn FnMut(&str)) {
    members.iter().filter(|(name, _)| !is_technical(name)).for_each(|(_, value)| leaf(value, found));
}

fn leaf(value: &Value, found: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => found(text),
        Value::Number(number) => found(&number.to_string()),
        Value::Array(list) => list.iter().for_each(|value| leaf(value, found)),
        Value::Object(members) => each_leaf(members, found),
        Value::Null | Value::Bool(_) => {}
    }
}

fn each_person(people: &[Person], found: &mut dyn FnMut(&str)) {
    for person in people {
        found(&person.name());
        found(&person.email);
        if !person.phone.is_empty() {
            // One chunk: a number is found from each of its groups on, however its groups are set apart.
            found(&person.phone.replace([' ', '\u{a0}', '(', ')', '.', '/'], "-"));
        }
    }
}

fn push_facets(on: &Opportunity, out: &mut String) {
    let mut facets = vec![shelf_facet(on.direction(), on.stage.kind()), facet(Facet::Kind, on.kind.code())];
    facets.extend(on.stage.outcome().map(|o| facet(Facet::Outcome, o.kind().code())));
    facets.extend(on.customer.address.country.map(|c| facet(Facet::Country, c.code())));
    facets.extend(on.deal.value.map(|v| facet(Facet::Currency, v.currency().code())));
    out.push_str(&facets.join(" "));
}

/// What a token of [`Column::Facets`] speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    Outcome,
    Kind,
    Country,
    Currency,
}

/// Marks the tokens of facets, so that no word is taken for one and no column need be asked for.
const FACET: char = '¶';

/// Returns the token of where an opportunity stands: every list asks for one or some of these.
pub fn shelf_facet(direction: Direction, stage: StageKind) -> String {
    format!("{FACET}s{}{}", direction.code(), stage.code())
}

/// Returns the token of a facet: its mark, a letter for what it is, the code.
pub fn facet(what: Facet, code: &str) -> String {
    let letter = match what {
        Facet::Outcome => 'o',
        Facet::Kind => 'k',
        Facet::Country => 'c',
        Facet::Currency => 'u',
    };
    format!("{FACET}{letter}{}", code.to_ascii_lowercase())
}

fn id_token(id: &CenterId) -> String {
    let beginning: String = id.as_str().chars().filter(char::is_ascii_alphanumeric).take(ID_TOKEN).collect();
    format!("§{beginning} ")
}

#[cfg(test)]
mod tests {
    use super::super::opportunity::tests::received;
    use super::*;

    #[test]
    fn words_stand_in_their_columns() {
        let mut opportunity = received();
        opportunity.deal.name = Line::parse("ERP 2027").ok();
        opportunity.employees = vec![Person {
            first: "Ana".into(),
            last: "Reyes".into(),
            phone: "+44 (20) 7946.0000".into(),
            email: "ana@p.example".into(),
        }];
        let extra = serde_json::json!({ "eTag": "W1", "registrations": [{ "id": "REG 7", "open": true }] });
        let document = Document::of(&opportunity, extra.as_object().unwrap());
        for (column, tokens) in [
            (Column::Deal, "erp 2027 "),
            (Column::Employees, "ana reyes anapexample pexample example 442079460000 2079460000 79460000 0000 "),
            (Column::Sender, "microsoft "),
            (Column::Ids, "§7204e52d "),
            (Column::Initials, "ㅎㅂ ㅂㅈ ㅈㅁ ㅁ ㅈㅅ ㅅㅎ ㅎㅅ ㅅ "),
            (Column::Notes, "reg 7 "),
            (Column::Facets, "¶sinboundreceived ¶kcosell"),
        ] {
            assert_eq!(document.tokens(column), tokens, "{column:?}");
        }
        assert!(document.tokens(Column::Customer).starts_with("한빛 빛정 정밀 밀 "));
        for (index, column) in Column::ALL.into_iter().enumerate() {
            assert_eq!(column as usize, index);
        }
    }
}
