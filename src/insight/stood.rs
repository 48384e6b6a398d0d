//! What the figures of a review need of one opportunity, as it stood at some moment; nothing is counted here.

use std::sync::Arc;

use crate::domain::country::Country;
use crate::domain::date::Date;
use crate::domain::field::Field;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::money::Money;
use crate::domain::opportunity::{Direction, Opportunity};
use crate::domain::ours::DealOwner;
use crate::domain::outcome::OutcomeKind;
use crate::domain::sales::SalesStage;
use crate::domain::stage::{Stage, StageKind};

use super::times::Known;

/// One opportunity as it stood. Of texts only those are filled that a review groups by.
#[derive(Debug, Clone, PartialEq)]
pub struct Stood {
    pub id: OpportunityId,
    pub direction: Direction,
    /// As our clock showed it then: what nobody answered in time has lapsed.
    pub stage: Stage,
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub sales_stage: Option<SalesStage>,
    pub campaign: Option<Arc<str>>,
    pub country: Option<Country>,
    pub customer: String,
    pub owner: Option<Arc<str>>,
    /// Their ids.
    pub solutions: Vec<Arc<str>>,
    /// Whether something is to be done next.
    pub has_next: bool,
    pub created_at: Option<Timestamp>,
    pub first_seen_at: Timestamp,
    pub updated_at: Timestamp,
}

fn campaign(of: &Opportunity) -> Option<Arc<str>> {
    of.deal.campaign_id.as_ref().map(|id| id.as_str().into())
}

fn solutions(of: &Opportunity) -> Vec<Arc<str>> {
    of.solutions.iter().map(|solution| solution.id.as_str().into()).collect()
}

impl From<&Opportunity> for Stood {
    fn from(of: &Opportunity) -> Self {
        Self {
            id: of.id,
            direction: of.direction(),
            stage: of.stage.clone(),
            value: of.deal.value,
            close_date: of.deal.close_date,
            sales_stage: of.deal.sales_stage,
            campaign: campaign(of),
            country: of.customer.address.country,
            customer: of.customer.name.to_string(),
            owner: of.owned_by().map(|owner| DealOwner::name(owner).into()),
            solutions: solutions(of),
            has_next: of.next.is_some(),
            created_at: of.created_at,
            first_seen_at: of.first_seen_at,
            updated_at: of.updated_at,
        }
    }
}

impl Stood {
    /// Takes what a record says in a field, of those that a change can name; who owns it hangs on two of them, and is left as it is.
    pub fn take(&mut self, field: Field, of: &Opportunity) {
        match field {
            Field::Stage => self.stage = of.stage.clone(),
            Field::Origin => self.direction = of.direction(),
            Field::Value => self.value = of.deal.value,
            Field::CloseDate => self.close_date = of.deal.close_date,
            Field::SalesStage => self.sales_stage = of.deal.sales_stage,
            Field::CampaignId => self.campaign = campaign(of),
            Field::CustomerName => self.customer = of.customer.name.to_string(),
            Field::Address => self.country = of.customer.address.country,
            Field::Solutions => self.solutions = solutions(of),
            Field::Next => self.has_next = of.next.is_some(),
            Field::CreatedAt => self.created_at = of.created_at,
            _ => {}
        }
    }

    /// Returns it as our clock showed it at another moment.
    #[must_use]
    pub fn as_seen(&self, at: Timestamp) -> Self {
        Self { stage: self.stage.seen_at(at), ..self.clone() }
    }

    pub const fn is_open(&self) -> bool {
        !matches!(self.stage.kind(), StageKind::Archived)
    }

    pub fn outcome(&self) -> Option<OutcomeKind> {
        self.stage.outcome().map(|outcome| outcome.kind())
    }

    /// Returns when it was sent to us or made by us: at the latest when we first held it.
    pub fn came(&self) -> Known {
        Known::of(self.created_at, None, self.first_seen_at)
    }

    /// Returns when it was accepted; `None` where it never was. Where no source tells it, it lies between its creation and its last change.
    pub fn accepted(&self) -> Option<Known> {
        let was = match &self.stage {
            Stage::Received { .. } | Stage::Lapsed { .. } => return None,
            Stage::Accepted { since } => *since,
            Stage::Archived { accepted, .. } => match (accepted, self.outcome()) {
                (None, Some(OutcomeKind::Declined | OutcomeKind::Expired | OutcomeKind::Error)) => return None,
                _ => *accepted,
            },
        };
        Some(Known::of(was, self.created_at, self.updated_at))
    }

    /// Returns when it came to its end; `None` while it is open. A deadline that was only counted from when it was first seen is at
    /// most that; what no source dates lies between acceptance, or creation, and its last change.
    pub fn ended(&self) -> Option<Known> {
        let after = || self.stage.accepted_at().or(self.created_at);
        match &self.stage {
            Stage::Received { .. } | Stage::Accepted { .. } => None,
            Stage::Lapsed { respond_by } => Some(Known::of(self.stage.known_end(), self.created_at, respond_by.at)),
            Stage::Archived { at, .. } => Some(Known::of(*at, after(), self.updated_at)),
        }
    }

    /// Returns when the present stage was entered.
    pub fn entered(&self) -> Known {
        self.ended().or_else(|| self.accepted()).unwrap_or_else(|| self.came())
    }
}
