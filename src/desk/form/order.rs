//! The order in which the fields of a form stand: names and addresses as they are written in the customer's country.

use super::Form;
use crate::domain::customer::Country;
use crate::domain::part::Part;

/// Fields that stand one behind the other, and their order where the largest place and the family name come first.
const TURNED: [(&[Part], &[Part]); 2] = [
    (
        &[Part::Line1, Part::Line2, Part::City, Part::State, Part::PostalCode],
        &[Part::PostalCode, Part::State, Part::City, Part::Line1, Part::Line2],
    ),
    (&[Part::ContactFirst, Part::ContactLast], &[Part::ContactLast, Part::ContactFirst]),
];

impl Form {
    /// Returns the fields in the order in which they stand and are gone through.
    pub fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.kind.fields().len()).collect();
        if !self.customer_country().is_some_and(Country::begins_with_the_largest) {
            return order;
        }
        for (usual, turned) in TURNED {
            for (at, part) in usual.iter().zip(turned) {
                if let Some((at, field)) = self.index(*at).zip(self.index(*part)) {
                    order[at] = field;
                }
            }
        }
        order
    }

    /// Returns the field of the customer's name that stands first.
    pub(super) fn first_of_contact(&self) -> Option<usize> {
        let names = [self.index(Part::ContactFirst), self.index(Part::ContactLast)];
        self.in_order().into_iter().find(|field| names.contains(&Some(*field)))
    }

    /// Returns the country of the customer: as it is typed, or of the deal that the form is about.
    fn customer_country(&self) -> Option<Country> {
        match self.index(Part::Country) {
            Some(_) => Country::typed(&self.text(Part::Country)).ok(),
            None => self.subject.on.as_ref()?.customer.address.country,
        }
    }
}
