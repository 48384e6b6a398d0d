//! Won deals whose registration is told and not at Microsoft yet, and until when the first of them must be (MG-74); what bars one is `domain`.

use crate::domain::date::Date;
use crate::domain::ids::OpportunityId;
use crate::domain::money::Money;
use crate::domain::sums::Sums;

/// What is to be registered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ToRegister {
    /// By the values of their contracts.
    pub sums: Sums,
    pub ids: Vec<OpportunityId>,
    /// The nearest last day, in UTC.
    pub nearest: Option<Date>,
}

impl ToRegister {
    /// Adds one that is to be registered by a day.
    pub fn add(&mut self, id: OpportunityId, value: Option<Money>, by: Date) {
        self.sums.add(value);
        self.ids.push(id);
        self.nearest = self.nearest.into_iter().chain([by]).min();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mg_74_the_nearest_day_is_told_and_what_all_come_to() {
        let day = |text| Date::iso(text).unwrap();
        let mut all = ToRegister::default();
        all.add(OpportunityId(3), None, day("2027-01-19"));
        all.add(OpportunityId(1), None, day("2027-01-05"));
        assert_eq!((all.sums.count, all.nearest, all.ids.len()), (2, Some(day("2027-01-05")), 2));
    }
}
