//! What campaigns cost, as it was told by hand (MG-38); deals name a campaign by its ID as somebody typed it, and so it is found.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fold::fold;
use super::money::Money;
use super::text::Line;

/// What one campaign cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cost {
    pub campaign_id: Line,
    pub cost: Money,
}

/// The costs of campaigns; IDs that only differ in how they are written are one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Costs {
    of: BTreeMap<String, Cost>,
}

impl Costs {
    /// Keeps what a campaign cost; returns what it was said to have cost before.
    pub fn set(&mut self, cost: Cost) -> Option<Cost> {
        self.of.insert(fold(cost.campaign_id.as_str()), cost)
    }

    pub fn remove(&mut self, campaign: &str) -> Option<Cost> {
        self.of.remove(&fold(campaign))
    }

    pub fn of(&self, campaign: &str) -> Option<Money> {
        self.of.get(&fold(campaign)).map(|cost| cost.cost)
    }

    /// Returns all of them, in the order of their IDs.
    pub fn all(&self) -> impl Iterator<Item = &Cost> {
        self.of.values()
    }

    /// Returns them as text.
    pub fn to_keep(&self) -> String {
        serde_json::to_string(&self.all().collect::<Vec<_>>()).unwrap_or_default()
    }

    /// Reads what [`Costs::to_keep`] wrote; `None` where it is something else.
    pub fn read_kept(text: &str) -> Option<Self> {
        serde_json::from_str::<Vec<Cost>>(text).ok().map(|costs| costs.into_iter().collect())
    }
}

impl FromIterator<Cost> for Costs {
    fn from_iter<I: IntoIterator<Item = Cost>>(costs: I) -> Self {
        let mut all = Self::default();
        costs.into_iter().for_each(|cost| drop(all.set(cost)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    fn cost(id: &str, minor: i64) -> Cost {
        let currency = Currency::parse("USD").unwrap();
        Cost { campaign_id: Line::parse(id).unwrap(), cost: Money::from_minor(minor, currency) }
    }

    #[test]
    fn mg_38_a_cost_is_found_however_its_campaign_is_written_and_kept_as_it_was_told() {
        let mut costs = Costs::default();
        assert_eq!(costs.set(cost("Spring 2026", 500_000)), None);
        assert_eq!(costs.set(cost("SPRING 2026", 600_000)), Some(cost("Spring 2026", 500_000)));
        costs.set(cost("서울-세미나-09", 100));
        assert_eq!(costs.of("spring 2026").map(Money::minor), Some(600_000));
        assert_eq!(Costs::read_kept(&costs.to_keep()), Some(costs.clone()));
        assert_eq!(Costs::read_kept("{}"), None);
        assert!(costs.remove("서울-세미나-09").is_some() && costs.remove("none").is_none());
        assert_eq!(costs.all().count(), 1);
    }
}
