//! New values of the fields of a deal: which they are, and that each may be changed where it stands.

use super::Refusal;
use crate::domain::contact::Person;
use crate::domain::customer::{Address, Duns};
use crate::domain::date::Date;
use crate::domain::field::Field;
use crate::domain::held::Held;
use crate::domain::money::Money;
use crate::domain::opportunity::Opportunity;
use crate::domain::ours::typed_owner;
use crate::domain::sales::SalesStage;
use crate::domain::solution::Solution;
use crate::domain::stage::Stage;
use crate::domain::text::{Line, Notes};

/// New values of an accepted opportunity (MG-68 to MG-70), each field at most once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit(pub Vec<Set>);

impl Edit {
    /// Sets the fields; each is checked against what stood before, in the stage as it is seen now.
    pub(super) fn put(&self, seen: &Stage, held: &Held, after: &mut Opportunity) -> Result<(), Refusal> {
        if self.0.is_empty() {
            return Ok(());
        }
        let now_seen = Held { opportunity: Opportunity { stage: seen.clone(), ..held.opportunity.clone() }, ..held.clone() };
        for set in &self.0 {
            now_seen.check_edit(set.field()).map_err(|why| Refusal::NotEditable(set.field(), why))?;
            if let Set::OwnerOnIt(owner) = set
                && typed_owner(owner.as_str(), &after.employees).is_err()
            {
                return Err(Refusal::NotOnIt(owner.clone()));
            }
            set.put(after);
        }
        Ok(())
    }
}

/// One field with its new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Set {
    Name(Line),
    Value(Money),
    CloseDate(Date),
    SalesStage(SalesStage),
    Notes(Option<Notes>),
    CrmId(Option<Line>),
    CampaignId(Option<Line>),
    /// Everybody of our company who is on it afterwards.
    Employees(Vec<Person>),
    Solutions(Vec<Solution>),
    /// The e-mail of the employee it belongs to; `None` for the first one.
    Owner(Option<Line>),
    /// The same, refused where no such employee is on it.
    OwnerOnIt(Line),
    /// Of a deal that Partner Center refused to make: who its customer is.
    CustomerName(Line),
    Duns(Option<Duns>),
    Address(Address),
    Contact(Option<Person>),
}

impl Set {
    pub const fn field(&self) -> Field {
        match self {
            Self::Name(_) => Field::Name,
            Self::Value(_) => Field::Value,
            Self::CloseDate(_) => Field::CloseDate,
            Self::SalesStage(_) => Field::SalesStage,
            Self::Notes(_) => Field::Notes,
            Self::CrmId(_) => Field::CrmId,
            Self::CampaignId(_) => Field::CampaignId,
            Self::Employees(_) => Field::Employees,
            Self::Solutions(_) => Field::Solutions,
            Self::Owner(_) | Self::OwnerOnIt(_) => Field::Owner,
            Self::CustomerName(_) => Field::CustomerName,
            Self::Duns(_) => Field::Duns,
            Self::Address(_) => Field::Address,
            Self::Contact(_) => Field::Contact,
        }
    }

    fn put(&self, into: &mut Opportunity) {
        let deal = &mut into.deal;
        match self {
            Self::Name(name) => deal.name = Some(name.clone()),
            Self::Value(value) => deal.value = Some(*value),
            Self::CloseDate(date) => deal.close_date = Some(*date),
            Self::SalesStage(stage) => deal.sales_stage = Some(*stage),
            Self::Notes(notes) => deal.notes.clone_from(notes),
            Self::CrmId(id) => deal.crm_id.clone_from(id),
            Self::CampaignId(id) => deal.campaign_id.clone_from(id),
            Self::Employees(people) => into.employees.clone_from(people),
            Self::Solutions(solutions) => into.solutions.clone_from(solutions),
            Self::Owner(owner) => into.owner.clone_from(owner),
            Self::OwnerOnIt(owner) => into.owner = Some(owner.clone()),
            Self::CustomerName(name) => into.customer.name = name.clone(),
            Self::Duns(duns) => into.customer.duns = *duns,
            Self::Address(address) => into.customer.address.clone_from(address),
            Self::Contact(person) => into.customer.contact.clone_from(person),
        }
    }
}
