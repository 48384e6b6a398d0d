//! A deal of our own as it is made: what it must have (MG-24 to MG-52) and the opportunity it becomes (MG-71).

use super::change::HelpRequest;
use super::contact::Person;
use super::customer::Customer;
use super::date::Date;
use super::held::Held;
use super::instant::Timestamp;
use super::money::Money;
use super::opportunity::{Deal, Kind, Opportunity, Partner};
use super::sales::SalesStage;
use super::solution::Solution;
use super::stage::Stage;
use super::text::{Line, Notes};

/// A deal that was checked whole. Its type follows from `selling` and `help`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOpportunity {
    /// Without contact where none was given; a help request brings its own.
    pub customer: Customer,
    pub name: Line,
    pub value: Money,
    pub close_date: Date,
    /// How far the sale is already; nothing is its beginning.
    pub sales_stage: Option<SalesStage>,
    pub crm_id: Option<Line>,
    pub campaign_id: Option<Line>,
    pub notes: Option<Notes>,
    /// At least one, each complete (MG-43).
    pub employees: Vec<Person>,
    /// At least one (MG-46).
    pub solutions: Vec<Solution>,
    pub selling: Selling,
    /// Asked for at once; not for a solution assessment.
    pub help: Option<HelpRequest>,
    /// Whether the rep marks it at once (MG-18).
    pub favorite: bool,
    /// The e-mail of the employee it belongs to, where that is not the first.
    pub owner: Option<Line>,
}

/// How a deal is sold (MG-49, OV-12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selling {
    /// By us alone. `share`: Microsoft sellers may see it (partner-led), else it is private pipeline (MG-50).
    Ours { share: bool },
    /// Together with another partner (OV-16).
    WithPartner(Partner),
    /// An assessment of what the customer needs (OV-18), with exactly one solution.
    Assessment,
}

impl NewOpportunity {
    /// Returns the type it will have: help asked is co-sell (MG-51), else as it is sold.
    pub const fn kind(&self) -> Kind {
        match (&self.selling, &self.help) {
            (Selling::Assessment, _) => Kind::SolutionAssessment,
            (_, Some(_)) => Kind::CoSell,
            (Selling::WithPartner(_), None) => Kind::PartnerToPartner,
            (Selling::Ours { share: true }, None) => Kind::PartnerLed,
            (Selling::Ours { share: false }, None) => Kind::PrivatePipeline,
        }
    }

    /// Returns what is held once it is made at `now`: outbound, and accepted from the start (MG-15, MG-71), and Partner Center knows
    /// nothing of it. Its number is given by the store.
    pub fn make(&self, now: Timestamp) -> Held {
        let mut made = Opportunity {
            kind: self.kind(),
            stage: Stage::Accepted { since: Some(now) },
            created_at: Some(now),
            favorite: self.favorite,
            owner: self.owner.clone(),
            deal: Deal {
                name: Some(self.name.clone()),
                value: Some(self.value),
                close_date: Some(self.close_date),
                sales_stage: self.sales_stage,
                crm_id: self.crm_id.clone(),
                campaign_id: self.campaign_id.clone(),
                notes: self.notes.clone(),
            },
            customer: self.customer.clone(),
            employees: self.employees.clone(),
            solutions: self.solutions.clone(),
            partner: match &self.selling {
                Selling::WithPartner(partner) => Some(partner.clone()),
                Selling::Ours { .. } | Selling::Assessment => None,
            },
            ..Opportunity::blank(self.customer.name.clone(), now)
        };
        if let Some(help) = &self.help {
            help.ask(&mut made, now);
        }
        Held::new(made, true)
    }
}
