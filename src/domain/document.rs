//! What of an opportunity is searched: its words by column, as the search index keeps them; no index here.

use super::contact::Person;
use super::fold::{push_initials, push_tokens};
use super::ids::CenterId;
use super::opportunity::{Direction, Opportunity, SenderKind};
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
    /// City and D-U-N-S number.
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

/// The searched words of one opportunity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document([String; Column::ALL.len()]);

impl Document {
    pub fn of(opportunity: &Opportunity) -> Self {
        let mut document = Self::default();
        let deal = &opportunity.deal;
        let customer = &opportunity.customer;
        document.words(Column::Deal, deal.name.as_ref().map(Line::as_str));
        document.words(Column::Customer, Some(customer.name.as_str()));
        document.people(Column::Contact, customer.contact.as_slice());
        document.people(Column::Employees, &opportunity.employees);
        if let Some(sender) = opportunity.sender() {
            document.words(Column::Sender, Some(&sender.organization));
            // `sender:partner` finds what any partner sent; Microsoft's name says it already.
            if sender.kind == SenderKind::Partner {
                document.words(Column::Sender, Some(sender.kind.code()));
            }
            document.people(Column::Sender, sender.person.as_slice());
            document.words(Column::Notes, sender.note.as_ref().map(AsRef::as_ref));
        }
        for solution in &opportunity.solutions {
            document.words(Column::Solutions, Some(solution.id.as_str()));
            document.words(Column::Solutions, solution.name.as_ref().map(Line::as_str));
        }
        document.words(Column::Notes, deal.notes.as_ref().map(AsRef::as_ref));
        document.words(Column::Crm, deal.crm_id.as_ref().map(Line::as_str));
        document.words(Column::Campaign, deal.campaign_id.as_ref().map(Line::as_str));
        document.words(Column::Place, customer.address.city.as_ref().map(Line::as_str));
        document.words(Column::Place, customer.duns.map(|d| d.to_string()).as_deref());
        for id in [&opportunity.referral_id, &opportunity.engagement_id].into_iter().flatten() {
            document.column(Column::Ids).push_str(&id_token(id));
        }
        for name in [deal.name.as_ref(), Some(&customer.name)].into_iter().flatten() {
            push_initials(name.as_str(), document.column(Column::Initials));
        }
        document.facets(opportunity);
        document
    }

    /// Returns the tokens of one column, each followed by a blank.
    pub fn tokens(&self, column: Column) -> &str {
        &self.0[column as usize]
    }

    fn column(&mut self, column: Column) -> &mut String {
        &mut self.0[column as usize]
    }

    fn words(&mut self, column: Column, text: Option<&str>) {
        if let Some(text) = text {
            push_tokens(text, self.column(column));
        }
    }

    fn people(&mut self, column: Column, people: &[Person]) {
        for person in people {
            self.words(column, Some(&person.name()));
            self.words(column, Some(&person.email));
        }
    }

    fn facets(&mut self, opportunity: &Opportunity) {
        let mut facets =
            vec![shelf_facet(opportunity.direction(), opportunity.stage.kind()), facet(Facet::Kind, opportunity.kind.code())];
        facets.extend(opportunity.stage.outcome().map(|o| facet(Facet::Outcome, o.kind().code())));
        facets.extend(opportunity.customer.address.country.map(|c| facet(Facet::Country, c.code())));
        facets.extend(opportunity.deal.value.map(|v| facet(Facet::Currency, v.currency().code())));
        self.column(Column::Facets).push_str(&facets.join(" "));
    }
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
        opportunity.employees =
            vec![Person { first: "Ana".into(), last: "Reyes".into(), phone: String::new(), email: "ana@p.example".into() }];
        let document = Document::of(&opportunity);
        for (column, tokens) in [
            (Column::Deal, "erp 2027 "),
            (Column::Employees, "ana reyes anapexample pexample example "),
            (Column::Sender, "microsoft "),
            (Column::Ids, "§7204e52d "),
            (Column::Initials, "ㅎㅂ ㅂㅈ ㅈㅁ ㅁ ㅈㅅ ㅅㅎ ㅎㅅ ㅅ "),
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
