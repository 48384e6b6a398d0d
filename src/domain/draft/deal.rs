//! A deal as it is typed, whole: pages of the form, flags and JSON files all become this, and this becomes a new opportunity.

use serde::{Deserialize, Serialize};

use super::{close_date, money, optional};
use crate::domain::change::HelpRequest;
use crate::domain::contact::Person;
use crate::domain::create::{NewOpportunity, Selling};
use crate::domain::customer::{Address, Country, Customer, Duns};
use crate::domain::date::Date;
use crate::domain::directory::KnownSolution;
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::money::{Amount, Currency, Money};
use crate::domain::opportunity::{HelpKind, Kind, Opportunity, Partner};
use crate::domain::rules::{self, Warning};
use crate::domain::solution::{LIST_MAX, Owner, Price, Solution};
use crate::domain::text::{Line, Notes};

/// Everything a rep types to make a deal (MG-24 to MG-52). Nothing typed in an optional field means "none".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DealDraft {
    pub customer: CustomerDraft,
    /// The customer's person; may be empty without a help request (MG-30).
    pub contact: PersonDraft,
    /// Whether the customer agreed that the contact is given to Microsoft (MG-31).
    pub consent: bool,
    pub name: String,
    pub value: String,
    pub currency: String,
    pub close_date: String,
    /// Percent; only edits have it.
    pub sales_stage: String,
    pub crm_id: String,
    pub campaign_id: String,
    pub notes: String,
    pub employees: Vec<PersonDraft>,
    pub solutions: Vec<SolutionDraft>,
    /// Words in the search for solutions that nothing was chosen for.
    pub looked_for: String,
    pub category: Category,
    /// Whether Microsoft sellers may see a deal without a help request.
    pub share: bool,
    pub help: Option<HelpDraft>,
    pub partner: PartnerDraft,
}

/// Which of the engagements it is (OV-12).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Category {
    #[default]
    Ours,
    WithPartner,
    Assessment,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerDraft {
    pub name: String,
    /// A code or a name.
    pub country: String,
    pub duns: String,
    pub line1: String,
    pub line2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersonDraft {
    #[serde(rename = "firstName")]
    pub first: String,
    #[serde(rename = "lastName")]
    pub last: String,
    pub phone: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SolutionDraft {
    pub id: String,
    #[serde(default)]
    pub name: String,
    #[serde(default = "unknown_owner")]
    pub owner: Owner,
    /// Whether the catalogue calls it an assessment; `None` where it does not know the solution.
    #[serde(default)]
    pub assessment: Option<bool>,
    #[serde(default)]
    pub quantity: String,
    /// Of one.
    #[serde(default)]
    pub price: String,
    /// The currency of a price that was there before; nothing means that of the deal.
    #[serde(default)]
    pub currency: String,
}

const fn unknown_owner() -> Owner {
    Owner::Unknown
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HelpDraft {
    pub kind: String,
    pub note: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartnerDraft {
    pub organization: String,
    pub brings: String,
}

impl PersonDraft {
    /// Returns the person as far as they are typed, unchecked; for showing.
    pub fn person(&self) -> Person {
        let Self { first, last, phone, email } = self.clone();
        Person { first, last, phone, email }
    }

    pub fn is_empty(&self) -> bool {
        [&self.first, &self.last, &self.phone, &self.email].iter().all(|part| part.trim().is_empty())
    }

    /// Checks the four parts. `at` is the path complaints begin with.
    ///
    /// # Errors
    /// As [`Person::complete`].
    pub fn build(&self, at: &str) -> Result<Person, Complaints> {
        Person::complete(&self.first, &self.last, &self.phone, &self.email, at)
    }
}

impl From<&Person> for PersonDraft {
    fn from(person: &Person) -> Self {
        let Person { first, last, phone, email } = person.clone();
        Self { first, last, phone, email }
    }
}

impl SolutionDraft {
    /// Returns a solution by its id alone, as far as nobody knows more of it.
    pub fn of_id(id: impl Into<String>) -> Self {
        let empty = String::new;
        Self {
            id: id.into(),
            name: empty(),
            owner: Owner::Unknown,
            assessment: None,
            quantity: empty(),
            price: empty(),
            currency: empty(),
        }
    }

    /// Reads a whole id where somebody searches: it has letters and digits, at least five characters and no blank. Words of a
    /// name, and numbers meant for another field, only find something.
    pub fn typed(text: &str) -> Option<Self> {
        const SHORTEST: usize = 5;
        let text = text.trim();
        let has = |kind: fn(&char) -> bool| text.chars().any(|c| kind(&c));
        let whole = has(char::is_ascii_digit) && has(char::is_ascii_alphabetic) && text.len() >= SHORTEST;
        (whole && !text.contains(char::is_whitespace)).then(|| Self::of_id(text))
    }

    /// Fills in what the catalogue knows and nobody said. One that was only learned from deals is not known to be no assessment.
    pub fn learn(&mut self, known: &KnownSolution) {
        self.assessment = Some(known.assessment).filter(|_| known.owner != Owner::Unknown || known.assessment);
        if self.name.is_empty() {
            self.name = known.name.as_ref().map(Line::to_string).unwrap_or_default();
        }
        if self.owner == Owner::Unknown {
            self.owner = known.owner;
        }
    }

    /// Returns the currency its price is in, as far as it can be read.
    fn money_of(&self, deal: Option<Currency>) -> Option<Currency> {
        if self.currency.is_empty() { deal } else { Currency::parse(&self.currency).ok() }
    }

    fn build(&self, at: &str, currency: Option<Currency>, complaints: &mut Complaints) -> Option<Solution> {
        let id = take(solution_id(&self.id), &format!("{at}.id"), complaints);
        let name = optional(&self.name, Line::parse, &format!("{at}.name"), complaints);
        let quantity = optional(&self.quantity, whole_number, &format!("{at}.quantity"), complaints);
        let price = optional(&self.price, |typed| price(typed, self.money_of(currency)), &format!("{at}.price"), complaints);
        let price = price.flatten();
        let currency = self.money_of(currency).filter(|_| price.is_some());
        Some(Solution { id: id?, name, owner: self.owner, currency, price, quantity })
    }
}

impl From<&Solution> for SolutionDraft {
    fn from(solution: &Solution) -> Self {
        Self {
            id: solution.id.to_string(),
            name: solution.name.as_ref().map(Line::to_string).unwrap_or_default(),
            owner: solution.owner,
            assessment: None,
            quantity: solution.quantity.map(|quantity| quantity.to_string()).unwrap_or_default(),
            price: solution.price.as_ref().map(Price::to_string).unwrap_or_default(),
            currency: solution.currency.map(|currency| currency.to_string()).unwrap_or_default(),
        }
    }
}

impl DealDraft {
    /// Returns a draft with everything of an opportunity that a deal like it would have. Consent and help request are not
    /// taken along: both are given for one deal (MG-31).
    pub fn of(o: &Opportunity) -> Self {
        fn text<T: ToString>(value: Option<&T>) -> String {
            value.map(T::to_string).unwrap_or_default()
        }
        let (deal, address) = (&o.deal, &o.customer.address);
        Self {
            customer: CustomerDraft {
                name: o.customer.name.to_string(),
                country: text(address.country.as_ref()),
                duns: text(o.customer.duns.as_ref()),
                line1: text(address.line1.as_ref()),
                line2: text(address.line2.as_ref()),
                city: text(address.city.as_ref()),
                state: text(address.state.as_ref()),
                postal_code: text(address.postal_code.as_ref()),
            },
            contact: o.customer.contact.as_ref().map(PersonDraft::from).unwrap_or_default(),
            consent: false,
            name: text(deal.name.as_ref()),
            value: deal.value.map(Money::amount).unwrap_or_default(),
            currency: text(deal.value.map(Money::currency).as_ref()),
            close_date: text(deal.close_date.as_ref()),
            sales_stage: text(deal.sales_stage.as_ref()),
            crm_id: text(deal.crm_id.as_ref()),
            campaign_id: text(deal.campaign_id.as_ref()),
            notes: text(deal.notes.as_ref()),
            employees: o.employees.iter().map(PersonDraft::from).collect(),
            solutions: o.solutions.iter().map(SolutionDraft::from).collect(),
            looked_for: String::new(),
            category: match (o.kind, &o.partner) {
                (Kind::SolutionAssessment, _) => Category::Assessment,
                (Kind::PartnerToPartner, _) | (_, Some(_)) => Category::WithPartner,
                _ => Category::Ours,
            },
            share: o.kind == Kind::PartnerLed,
            help: None,
            partner: o
                .partner
                .as_ref()
                .map(|p| PartnerDraft { organization: p.organization.to_string(), brings: p.brings.to_string() })
                .unwrap_or_default(),
        }
    }

    /// Returns everything that was typed to make `o`, consent and help request too.
    pub fn whole(o: &Opportunity) -> Self {
        let help = o.help.as_ref().map(|help| HelpDraft {
            kind: help.kind.map(|kind| kind.code().to_owned()).unwrap_or_default(),
            note: help.note.as_ref().map(Notes::to_string).unwrap_or_default(),
        });
        Self { consent: o.help.as_ref().is_some_and(|help| help.consent), help, ..Self::of(o) }
    }

    /// Returns the draft of a deal like `o`, for a new one: what belongs to that one deal alone (close date, CRM ID) is left out.
    pub fn clone_of(o: &Opportunity) -> Self {
        Self { close_date: String::new(), crm_id: String::new(), sales_stage: String::new(), ..Self::of(o) }
    }

    /// Checks everything and returns the deal with what deserves a look.
    ///
    /// # Errors
    /// All complaints at once, each with its path in the JSON shape.
    pub fn build(&self, today: Date) -> Result<(NewOpportunity, Vec<Warning>), Complaints> {
        let mut complaints = Complaints::new();
        let customer = self.customer.build(&mut complaints);
        let contact = self.contact(&mut complaints);
        let name = take(Line::parse(&self.name), "deal.name", &mut complaints);
        let value = money(&self.value, &self.currency, &mut complaints);
        let close_date = take(close_date(&self.close_date, today), "deal.closeDate", &mut complaints);
        let crm_id = optional(&self.crm_id, Line::parse, "deal.crmId", &mut complaints);
        let campaign_id = optional(&self.campaign_id, Line::parse, "deal.campaignId", &mut complaints);
        let notes = optional(&self.notes, Notes::parse, "deal.notes", &mut complaints);
        let employees = employees(&self.employees, &|_| None, &mut complaints);
        let solutions = self.solutions(&mut complaints);
        let selling = self.selling(&mut complaints);
        let help = self.help(contact.as_ref(), &mut complaints);
        match (customer, name, value, close_date, selling) {
            (Some(customer), Some(name), Some(value), Some(close_date), Some(selling)) if complaints.is_empty() => {
                let mut warnings = rules::warnings(Some(value), Some(close_date), today);
                warnings.extend(rules::address_warning(&customer.address));
                let customer = Customer { contact, ..customer };
                let made = NewOpportunity {
                    customer,
                    name,
                    value,
                    close_date,
                    crm_id,
                    campaign_id,
                    notes,
                    employees,
                    solutions,
                    selling,
                    help,
                };
                Ok((made, warnings))
            }
            _ => Err(complaints),
        }
    }

    /// The contact is needed, with consent, when help is asked; consent also when sellers may see it (MG-30, MG-31).
    fn contact(&self, complaints: &mut Complaints) -> Option<Person> {
        let asked = self.help.is_some();
        if self.contact.is_empty() && !asked {
            return None;
        }
        let contact = match self.contact.build("customer.contact") {
            Ok(person) => Some(person),
            Err(found) => {
                complaints.extend(found);
                None
            }
        };
        let shared = asked || (self.category == Category::Ours && self.share);
        if shared && !self.consent {
            complaints.push(Complaint::new("help.consent", Invalid::NeedsConsent));
        }
        contact
    }

    /// At least one (MG-46), at most 50; of an assessment exactly one.
    fn solutions(&self, complaints: &mut Complaints) -> Vec<Solution> {
        let built = solutions(self, &|_| None, complaints);
        if self.category == Category::Assessment && !self.solutions.is_empty() {
            if self.solutions.len() != 1 {
                complaints.push(Complaint::new("solutions", Invalid::NotExactlyOne));
            }
            for (index, solution) in self.solutions.iter().enumerate().filter(|(_, s)| s.assessment == Some(false)) {
                complaints.push(Complaint::new(format!("solutions[{index}]"), Invalid::NotAnAssessment(solution.id.clone())));
            }
        }
        built
    }

    fn selling(&self, complaints: &mut Complaints) -> Option<Selling> {
        match self.category {
            Category::Ours => Some(Selling::Ours { share: self.share }),
            Category::Assessment => Some(Selling::Assessment),
            Category::WithPartner => {
                let organization = take(Line::parse(&self.partner.organization), "partner.organization", complaints);
                let brings = take(Notes::parse(&self.partner.brings), "partner.brings", complaints);
                Some(Selling::WithPartner(Partner { organization: organization?, brings: brings? }))
            }
        }
    }

    fn help(&self, contact: Option<&Person>, complaints: &mut Complaints) -> Option<HelpRequest> {
        let help = self.help.as_ref()?;
        if self.category == Category::Assessment {
            let (given, meant) = (Kind::CoSell, Kind::SolutionAssessment);
            complaints.push(Complaint::new("help", Invalid::OtherType { given, meant }));
        }
        let (kind, note) = help.build(complaints);
        Some(HelpRequest { kind: kind?, note: note?, contact: contact?.clone() })
    }

    /// Checks a help request alone: contact, consent, kind and note (MG-30, MG-31, MG-52).
    ///
    /// # Errors
    /// All complaints at once.
    pub fn build_help(&self) -> Result<HelpRequest, Complaints> {
        let mut complaints = Complaints::new();
        let asked = Self { help: Some(self.help.clone().unwrap_or_default()), category: Category::Ours, ..self.clone() };
        let contact = asked.contact(&mut complaints);
        match asked.help(contact.as_ref(), &mut complaints) {
            Some(request) if complaints.is_empty() => Ok(request),
            _ => Err(complaints),
        }
    }
}

impl HelpDraft {
    fn build(&self, complaints: &mut Complaints) -> (Option<HelpKind>, Option<Notes>) {
        let typed = self.kind.trim();
        let kind = if typed.is_empty() {
            Err(Invalid::Missing)
        } else {
            HelpKind::read(typed).ok_or_else(|| Invalid::UnknownHelp(typed.to_owned()))
        };
        (take(kind, "help.kind", complaints), take(Notes::parse(&self.note), "help.note", complaints))
    }
}

impl CustomerDraft {
    fn build(&self, complaints: &mut Complaints) -> Option<Customer> {
        let part = |typed: &str, at: &str, complaints: &mut Complaints| optional(typed, Line::parse, at, complaints);
        let country = take(Country::typed(&self.country), "customer.address.country", complaints);
        let name = take(Line::parse(&self.name), "customer.name", complaints);
        let duns = optional(&self.duns, Duns::parse, "customer.duns", complaints);
        let address = Address {
            line1: part(&self.line1, "customer.address.line1", complaints),
            line2: part(&self.line2, "customer.address.line2", complaints),
            city: part(&self.city, "customer.address.city", complaints),
            state: part(&self.state, "customer.address.state", complaints),
            postal_code: part(&self.postal_code, "customer.address.postalCode", complaints),
            country,
        };
        Some(Customer { name: name?, duns, address, contact: None })
    }
}

/// At least one, each complete (MG-43), at most 50, nobody twice. Whom `known` returns is taken as they are.
pub(super) fn employees(
    typed: &[PersonDraft],
    known: &dyn Fn(&PersonDraft) -> Option<Person>,
    complaints: &mut Complaints,
) -> Vec<Person> {
    count(typed.len(), "employees", complaints);
    let mut people: Vec<Person> = Vec::new();
    for (index, draft) in typed.iter().enumerate() {
        let at = format!("employees[{index}]");
        match known(draft).map_or_else(|| draft.build(&at), Ok) {
            Ok(person) if people.iter().any(|known| known.is_same(&person)) => {
                complaints.push(Complaint::new(at, Invalid::Twice(person.name())));
            }
            Ok(person) => people.push(person),
            Err(found) => complaints.extend(found),
        }
    }
    people
}

/// Checks a list of solutions: at least one, at most 50, none twice. What `known` returns is taken as it is.
pub(super) fn solutions(
    draft: &DealDraft,
    known: &dyn Fn(&SolutionDraft) -> Option<Solution>,
    complaints: &mut Complaints,
) -> Vec<Solution> {
    let typed = &draft.solutions;
    if draft.looked_for.is_empty() {
        count(typed.len(), "solutions", complaints);
    } else {
        complaints.push(Complaint::new("solution.find", Invalid::NotChosen(draft.looked_for.clone())));
    }
    let currency = Currency::parse(&draft.currency).ok();
    let in_deal = |solution: &SolutionDraft| solution.currency.is_empty() && !solution.price.trim().is_empty();
    let priced = typed.iter().any(|solution| in_deal(solution) && known(solution).is_none());
    if priced && currency.is_none() && !complaints.iter().any(|complaint| complaint.at == "deal.currency") {
        complaints.push(Complaint::new("deal.currency", Invalid::Missing));
    }
    let mut solutions: Vec<Solution> = Vec::new();
    for (index, draft) in typed.iter().enumerate() {
        let at = format!("solutions[{index}]");
        match known(draft).or_else(|| draft.build(&at, currency, complaints)) {
            Some(built) if solutions.iter().any(|other| other.id.as_str().eq_ignore_ascii_case(built.id.as_str())) => {
                complaints.push(Complaint::new(at, Invalid::Twice(built.id.to_string())));
            }
            built => solutions.extend(built),
        }
    }
    solutions
}

/// Complains of an empty list and of one that is too long.
pub(super) fn count(len: usize, at: &str, complaints: &mut Complaints) {
    match len {
        0 => complaints.push(Complaint::new(at, Invalid::Missing)),
        1..=LIST_MAX => {}
        _ => complaints.push(Complaint::new(at, Invalid::TooMany { max: LIST_MAX })),
    }
}

fn solution_id(typed: &str) -> Result<Line, Invalid> {
    let id = Line::parse(typed)?;
    if id.as_str().contains([',', ' ', '\u{3000}']) { Err(Invalid::NotASolution(typed.trim().to_owned())) } else { Ok(id) }
}

fn whole_number(typed: &str) -> Result<u64, Invalid> {
    let wrong = || Invalid::NotAWholeNumber(typed.trim().to_owned());
    let (minor, exact) = Amount::parse(typed).map_err(|_| wrong())?.floor_minor(0);
    match u64::try_from(minor) {
        Ok(0) => Err(Invalid::NotPositive),
        Ok(number) if exact && number <= 1_000_000_000 => Ok(number),
        Ok(_) if exact => Err(Invalid::TooLarge),
        _ => Err(wrong()),
    }
}

/// A price is kept as a decimal text in the currency of the deal; a wrong currency is complained of there.
fn price(typed: &str, currency: Option<Currency>) -> Result<Option<Price>, Invalid> {
    let amount = Amount::parse(typed)?;
    currency.map(|currency| Price::of(Money::new(amount, currency)?)).transpose()
}

#[cfg(test)]
mod tests;
