//! What was typed into the form of an existing deal, or given to `cosell edit`: only what differs is checked and set.

use super::deal::DealDraft;
use super::people::{self, PersonDraft};
use super::solutions::{self, SolutionDraft};
use super::{close_date, money, optional};
use crate::domain::change::{Edit, Set};
use crate::domain::contact::Person;
use crate::domain::date::{Date, Today};
use crate::domain::invalid::{Complaints, take};
use crate::domain::money::Money;
use crate::domain::opportunity::Opportunity;
use crate::domain::ours::{DealOwner, typed_owner};
use crate::domain::part::Part;
use crate::domain::rules::{self, Warning};
use crate::domain::sales::SalesStage;
use crate::domain::solution::Solution;
use crate::domain::text::{Line, Notes};

/// The parts that `cosell edit` takes.
pub const EDIT_PARTS: [Part; 11] = [
    Part::Name,
    Part::Value,
    Part::Currency,
    Part::CloseDate,
    Part::Notes,
    Part::CrmId,
    Part::CampaignId,
    Part::SalesStage,
    Part::Employees,
    Part::Solutions,
    Part::Owner,
];

/// The parts that are corrected when a deal is won or lost.
pub const CLOSING_PARTS: [Part; 3] = [Part::Value, Part::Currency, Part::CloseDate];

/// They in the words of its arguments.
pub const EDIT_FIELDS: [&str; 11] = Part::flags(EDIT_PARTS);

impl DealDraft {
    /// Returns the draft of a deal with these values given to its parts, what is given to a list being added to it; and what cannot be
    /// read.
    pub fn giving(on: &Opportunity, given: &[(Part, &str)]) -> (Self, Complaints) {
        let (mut draft, mut complaints) = (Self::of(on), Complaints::new());
        for (part, value) in given {
            match part {
                Part::Employees => draft.employees.extend(take(PersonDraft::read(value), *part, &mut complaints)),
                Part::Solutions => draft.solutions.push(SolutionDraft::read(value)),
                part => {
                    if let Some(slot) = draft.slot(*part) {
                        (*value).clone_into(slot);
                    }
                }
            }
        }
        (draft, complaints)
    }

    /// Returns what of [`CLOSING_PARTS`] is corrected when `on` is closed; whatever else this draft says counts for nothing.
    ///
    /// # Errors
    /// All complaints at once.
    pub fn closing(&self, on: &Opportunity, today: impl Into<Today>) -> Result<(Edit, Vec<Warning>), Complaints> {
        let [value, currency, close_date] = [&self.value, &self.currency, &self.close_date].map(Clone::clone);
        let (edit, mut warnings) = Self { value, currency, close_date, ..Self::of(on) }.edit(on, today)?;
        // What is closed was closed on a day that is past.
        warnings.retain(|warning| !matches!(warning, Warning::CloseDatePast(_)));
        Ok((edit, warnings))
    }

    /// Returns the edit that makes `on` what this draft says (MG-68 to MG-70). What was not touched stays as it is, even
    /// where an import brought something that nobody could type.
    ///
    /// # Errors
    /// All complaints at once.
    pub fn edit(&self, on: &Opportunity, today: impl Into<Today>) -> Result<(Edit, Vec<Warning>), Complaints> {
        let today = today.into();
        let before = Self::of(on);
        let mut complaints = Complaints::new();
        let mut set = Vec::new();
        if self.name != before.name {
            set.extend(take(Line::parse(&self.name), Part::Name, &mut complaints).map(Set::Name));
        }
        if (&self.value, &self.currency) != (&before.value, &before.currency) {
            set.extend(money(&self.value, &self.currency, &mut complaints).map(Set::Value));
        }
        if self.close_date != before.close_date {
            set.extend(take(close_date(&self.close_date, today), Part::CloseDate, &mut complaints).map(Set::CloseDate));
        }
        if self.sales_stage != before.sales_stage {
            set.extend(take(SalesStage::parse(&self.sales_stage), Part::SalesStage, &mut complaints).map(Set::SalesStage));
        }
        if self.notes != before.notes {
            set.push(Set::Notes(optional(&self.notes, Notes::parse, Part::Notes, &mut complaints)));
        }
        if self.crm_id != before.crm_id {
            set.push(Set::CrmId(optional(&self.crm_id, Line::code, Part::CrmId, &mut complaints)));
        }
        if self.campaign_id != before.campaign_id {
            set.push(Set::CampaignId(optional(&self.campaign_id, Line::code, Part::CampaignId, &mut complaints)));
        }
        if self.employees != before.employees {
            set.push(Set::Employees(self.people_after(&before, on, &mut complaints)));
        }
        if self.solutions != before.solutions || !self.looked_for.is_empty() {
            set.push(Set::Solutions(self.solutions_after(&before, on, &mut complaints)));
        }
        set.extend(self.owner_after(&before, &set, on, &mut complaints));
        if !complaints.is_empty() {
            return Err(complaints);
        }
        // `84m` for what was 84,000,000 is no change.
        set.retain(|set| !set.changes_nothing(on));
        let mut warnings = rules::warnings(new_value(&set), new_date(&set), *today);
        warnings.extend(other_currency(&set, on));
        Ok((Edit(set), warnings))
    }

    /// As [`DealDraft::edit`], of a deal of which a refused row is corrected: the customer and the customer's person too.
    ///
    /// # Errors
    /// All complaints at once.
    pub fn correct(&self, on: &Opportunity, today: impl Into<Today>) -> Result<(Edit, Vec<Warning>), Complaints> {
        let before = Self::of(on);
        let mut complaints = Complaints::new();
        let mut set = Vec::new();
        if self.customer != before.customer
            && let Some(customer) = self.customer.build(&mut complaints)
        {
            set.extend([Set::CustomerName(customer.name), Set::Duns(customer.duns), Set::Address(customer.address)]);
        }
        if self.contact != before.contact {
            let asked = on.help.as_ref().map(|_| Default::default());
            let draft = Self { help: asked, consent: true, ..self.clone() };
            set.push(Set::Contact(draft.contact(&mut complaints)));
        }
        match self.edit(on, today) {
            Ok((mut edit, warnings)) if complaints.is_empty() => {
                set.retain(|set| !set.changes_nothing(on));
                edit.0.extend(set);
                Ok((edit, warnings))
            }
            edit => Err(complaints.into_iter().chain(edit.err().into_iter().flatten()).collect()),
        }
    }

    /// At least one stays (MG-43); who was there already may be as incomplete as the import that brought them.
    fn people_after(&self, before: &Self, on: &Opportunity, complaints: &mut Complaints) -> Vec<Person> {
        let known = |draft: &PersonDraft| {
            let at = before.employees.iter().position(|known| known == draft)?;
            on.employees.get(at).cloned()
        };
        people::employees(&self.employees, &known, complaints)
    }

    /// Who is on it afterwards can own it; who is taken off it does not any more.
    fn owner_after(&self, before: &Self, set: &[Set], on: &Opportunity, complaints: &mut Complaints) -> Option<Set> {
        let after = set.iter().find_map(|set| if let Set::Employees(people) = set { Some(people) } else { None });
        let employees = after.unwrap_or(&on.employees);
        if self.owner != before.owner {
            let able: Vec<Person> = employees.iter().chain(&self.me).cloned().collect();
            return take(typed_owner(&self.owner, &able), Part::Owner, complaints).map(Set::Owner);
        }
        let is_on = |people: &[Person]| typed_owner(&self.owner, people).is_ok();
        if !is_on(&on.employees) || is_on(employees) {
            return None;
        }
        // Whose address alone was corrected owns it on.
        let name = on.owned_by().map(DealOwner::name);
        let same = |person: &&Person| Some(person.name()) == name && !on.employees.contains(person);
        let mut same = employees.iter().filter(same);
        let only = same.next().filter(|_| same.next().is_none());
        Some(Set::Owner(only.and_then(|person| Line::parse(&person.email).ok())))
    }

    /// At least one stays (MG-46); those that were there already are kept as they came.
    fn solutions_after(&self, before: &Self, on: &Opportunity, complaints: &mut Complaints) -> Vec<Solution> {
        let known = |draft: &SolutionDraft| {
            let at = before.solutions.iter().position(|known| known == draft)?;
            on.solutions.get(at).cloned()
        };
        solutions::solutions(self, &known, complaints)
    }
}

impl Set {
    /// Returns whether the opportunity has this value already.
    pub(crate) fn changes_nothing(&self, on: &Opportunity) -> bool {
        let deal = &on.deal;
        match self {
            Self::Name(name) => deal.name.as_ref() == Some(name),
            Self::Value(value) => deal.value == Some(*value),
            Self::CloseDate(date) => deal.close_date == Some(*date),
            Self::SalesStage(stage) => deal.sales_stage == Some(*stage),
            Self::Notes(notes) => deal.notes == *notes,
            Self::CrmId(id) => deal.crm_id == *id,
            Self::CampaignId(id) => deal.campaign_id == *id,
            Self::Employees(people) => on.employees == *people,
            Self::Solutions(solutions) => on.solutions == *solutions,
            Self::Owner(owner) => on.owner == *owner,
            Self::OwnerOnIt(owner) => on.owner.as_ref() == Some(owner),
            Self::CustomerName(name) => on.customer.name == *name,
            Self::Duns(duns) => on.customer.duns == *duns,
            Self::Address(address) => on.customer.address == *address,
            Self::Contact(person) => on.customer.contact == *person,
        }
    }
}

/// A new currency of the deal leaves the prices on it as they are.
fn other_currency(set: &[Set], on: &Opportunity) -> Option<Warning> {
    let currency = new_value(set)?.currency();
    let solutions =
        set.iter().find_map(|set| if let Set::Solutions(list) = set { Some(list) } else { None }).unwrap_or(&on.solutions);
    let other = |solution: &&Solution| solution.price.is_some() && solution.currency.is_some_and(|priced| priced != currency);
    let ids: Vec<Line> = solutions.iter().filter(other).map(|solution| solution.id.clone()).collect();
    (!ids.is_empty()).then_some(Warning::PricesElsewhere(ids))
}

fn new_value(set: &[Set]) -> Option<Money> {
    set.iter().find_map(|set| if let Set::Value(value) = set { Some(*value) } else { None })
}

fn new_date(set: &[Set]) -> Option<Date> {
    set.iter().find_map(|set| if let Set::CloseDate(date) = set { Some(*date) } else { None })
}
