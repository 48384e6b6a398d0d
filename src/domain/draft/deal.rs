//! A deal as it is typed, whole: pages of the form, flags and JSON files all become this, and this becomes a new opportunity.

use super::people::{PersonDraft, employees};
use super::solutions::{SolutionDraft, solutions};
use super::{close_date, money, optional};
use crate::domain::change::HelpRequest;
use crate::domain::contact::Person;
use crate::domain::create::{NewOpportunity, Selling};
use crate::domain::customer::{Address, Country, Customer, Duns};
use crate::domain::date::Today;
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::money::Money;
use crate::domain::opportunity::{HelpKind, Kind, Opportunity, Partner};
use crate::domain::ours::typed_owner;
use crate::domain::part::{Part, Place, Whose};
use crate::domain::rules::{self, Warning};
use crate::domain::sales::SalesStage;
use crate::domain::solution::Solution;
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
    /// Percent; nothing in a new deal is its beginning.
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
    /// Whether the rep marks it as a favorite.
    pub favorite: bool,
    /// The e-mail of the employee it belongs to; nothing for the first one.
    pub owner: String,
    /// The rep, who can own it without being an employee on it.
    pub me: Option<Person>,
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
            favorite: false,
            owner: text(o.owner.as_ref()),
            me: None,
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
    /// All complaints at once, each with its place.
    pub fn build(&self, today: impl Into<Today>) -> Result<(NewOpportunity, Vec<Warning>), Complaints> {
        let today = today.into();
        let mut complaints = Complaints::new();
        let customer = self.customer.build(&mut complaints);
        let contact = self.contact(&mut complaints);
        let name = take(Line::parse(&self.name), Part::Name, &mut complaints);
        let value = money(&self.value, &self.currency, &mut complaints);
        let close_date = take(close_date(&self.close_date, today), Part::CloseDate, &mut complaints);
        let sales_stage = optional(&self.sales_stage, SalesStage::parse, Part::SalesStage, &mut complaints);
        let crm_id = optional(&self.crm_id, Line::code, Part::CrmId, &mut complaints);
        let campaign_id = optional(&self.campaign_id, Line::code, Part::CampaignId, &mut complaints);
        let notes = optional(&self.notes, Notes::parse, Part::Notes, &mut complaints);
        let employees = employees(&self.employees, &|_| None, &mut complaints);
        let solutions = self.solutions(&mut complaints);
        let selling = self.selling(&mut complaints);
        let help = self.help(contact.as_ref(), &mut complaints);
        match (customer, name, value, close_date, selling) {
            (Some(customer), Some(name), Some(value), Some(close_date), Some(selling)) if complaints.is_empty() => {
                let mut warnings = rules::warnings(Some(value), Some(close_date), *today);
                warnings.extend(rules::address_warning(&customer.address));
                let customer = Customer { contact, ..customer };
                // Of who is not on it nothing is said.
                let owner = typed_owner(&self.owner, &employees).ok().flatten();
                let made = NewOpportunity {
                    customer,
                    name,
                    value,
                    close_date,
                    sales_stage,
                    crm_id,
                    campaign_id,
                    notes,
                    employees,
                    solutions,
                    selling,
                    help,
                    favorite: self.favorite,
                    owner,
                };
                Ok((made, warnings))
            }
            _ => Err(complaints),
        }
    }

    /// The contact is needed, whole and with consent, when help is asked; consent also when sellers may see it (MG-30, MG-31).
    pub(super) fn contact(&self, complaints: &mut Complaints) -> Option<Person> {
        let asked = self.help.is_some();
        if self.contact.is_empty() && !asked {
            return None;
        }
        let contact = match self.contact.build(Whose::Contact) {
            Ok(person) => Some(person),
            // Whom nobody is to call need not be known whole.
            Err(found) if !asked && found.iter().all(|complaint| complaint.why == Invalid::Missing) => {
                Some(self.contact.as_far_as_known())
            }
            Err(found) => {
                complaints.extend(found.into_iter().filter(|complaint| asked || complaint.why != Invalid::Missing));
                None
            }
        };
        let shared = asked || (self.category == Category::Ours && self.share);
        if shared && !self.consent {
            complaints.push(Complaint::new(Part::Consent, Invalid::NeedsConsent));
        }
        contact
    }

    /// At least one (MG-46), at most 50; of an assessment exactly one.
    fn solutions(&self, complaints: &mut Complaints) -> Vec<Solution> {
        let built = solutions(self, &|_| None, complaints);
        if self.category == Category::Assessment && !self.solutions.is_empty() {
            if self.solutions.len() != 1 {
                complaints.push(Complaint::new(Part::Solutions, Invalid::NotExactlyOne));
            }
            for (index, solution) in self.solutions.iter().enumerate().filter(|(_, s)| s.assessment == Some(false)) {
                complaints
                    .push(Complaint::new(Place::Entry(Part::Solutions, index), Invalid::NotAnAssessment(solution.id.clone())));
            }
        }
        built
    }

    fn selling(&self, complaints: &mut Complaints) -> Option<Selling> {
        match self.category {
            Category::Ours => Some(Selling::Ours { share: self.share }),
            Category::Assessment => Some(Selling::Assessment),
            Category::WithPartner => {
                let organization = take(Line::parse(&self.partner.organization), Part::Partner, complaints);
                let brings = take(Notes::parse(&self.partner.brings), Part::PartnerBrings, complaints);
                Some(Selling::WithPartner(Partner { organization: organization?, brings: brings? }))
            }
        }
    }

    fn help(&self, contact: Option<&Person>, complaints: &mut Complaints) -> Option<HelpRequest> {
        let help = self.help.as_ref()?;
        if self.category == Category::Assessment {
            let (given, meant) = (Kind::CoSell, Kind::SolutionAssessment);
            complaints.push(Complaint::new(Part::Help, Invalid::OtherType { given, meant }));
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
        (take(kind, Part::HelpKind, complaints), take(Notes::parse(&self.note), Part::HelpNote, complaints))
    }
}

impl CustomerDraft {
    pub(super) fn build(&self, complaints: &mut Complaints) -> Option<Customer> {
        let part = |typed: &str, at: Part, complaints: &mut Complaints| optional(typed, Line::parse, at, complaints);
        let country = take(Country::typed(&self.country), Part::Country, complaints);
        let name = take(Line::parse(&self.name), Part::CustomerName, complaints);
        let duns = optional(&self.duns, Duns::parse, Part::Duns, complaints);
        let address = Address {
            line1: part(&self.line1, Part::Line1, complaints),
            line2: part(&self.line2, Part::Line2, complaints),
            city: part(&self.city, Part::City, complaints),
            state: part(&self.state, Part::State, complaints),
            postal_code: optional(&self.postal_code, Line::code, Part::PostalCode, complaints),
            country,
        };
        Some(Customer { name: name?, duns, address, contact: None })
    }
}

#[cfg(test)]
mod tests;
