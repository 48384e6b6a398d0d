//! Won deals that are to be registered: those whose contract is told and not at Microsoft yet, until when the first of them must be, and those
//! of which nothing is told (MG-73, MG-74); what bars one is `domain`.

use crate::domain::date::Date;
use crate::domain::ids::OpportunityId;
use crate::domain::money::Money;
use crate::domain::sums::Sums;

/// What is to be registered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ToRegister {
    /// Those whose contract is told, by its value.
    pub begun: Deals,
    /// The nearest last day of those, in UTC.
    pub nearest: Option<Date>,
    /// Those that no rule keeps from it, of whose contract nothing is told.
    pub not_begun: Deals,
    /// Deals that were won in time, with an offer that is known: whether a rule keeps them from it is still to be asked.
    pub candidates: Vec<OpportunityId>,
}

/// Some deals, and what they come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deals {
    pub sums: Sums,
    pub ids: Vec<OpportunityId>,
}

impl Deals {
    pub fn add(&mut self, id: OpportunityId, value: Option<Money>) {
        self.sums.add(value);
        self.ids.push(id);
    }
}

impl ToRegister {
    /// Adds one whose contract is told, to be registered by a day where a rule sets one.
    pub fn add(&mut self, id: OpportunityId, value: Option<Money>, by: Option<Date>) {
        self.begun.add(id, value);
        self.nearest = self.nearest.into_iter().chain(by).min();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mg_74_the_nearest_day_is_told_and_what_all_come_to() {
        let day = |text| Date::iso(text).unwrap();
        let mut all = ToRegister::default();
        all.add(OpportunityId(3), None, Some(day("2027-01-19")));
        all.add(OpportunityId(1), None, Some(day("2027-01-05")));
        assert_eq!((all.begun.sums.count, all.nearest, all.begun.ids.len()), (2, Some(day("2027-01-05")), 2));
    }
}
