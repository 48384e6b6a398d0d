//! The order in which the fields of a form stand: as names and addresses are written where the customer is, and names where we are.

use super::Form;
use crate::domain::customer::Country;
use crate::domain::part::Part;

/// An address, and its order where the largest place comes first.
const ADDRESS: (&[Part], &[Part]) = (
    &[Part::Line1, Part::Line2, Part::City, Part::State, Part::PostalCode],
    &[Part::PostalCode, Part::State, Part::City, Part::Line1, Part::Line2],
);

/// Names, and their order where that of the family comes first: of the customer's person, and of ours.
const CONTACT: (&[Part], &[Part]) = (&[Part::ContactFirst, Part::ContactLast], &[Part::ContactLast, Part::ContactFirst]);
const EMPLOYEE: (&[Part], &[Part]) = (&[Part::EmployeeFirst, Part::EmployeeLast], &[Part::EmployeeLast, Part::EmployeeFirst]);

impl Form {
    /// Returns the fields in the order in which they stand and are gone through.
    pub fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.kind.fields().len()).collect();
        let theirs = self.customer_country().is_some_and(Country::begins_with_the_largest);
        // One form asks for all names alike; where the rep writes the family name first, colleagues have it so wherever the customer is.
        let turned = [(ADDRESS, theirs), (CONTACT, theirs), (EMPLOYEE, theirs || self.family_name_first)];
        for ((usual, turned), _) in turned.into_iter().filter(|(_, is_turned)| *is_turned) {
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
        self.first_named([Part::ContactFirst, Part::ContactLast])
    }

    /// Returns the field of an employee's name that stands first.
    pub(super) fn first_of_employee(&self) -> Option<usize> {
        self.first_named([Part::EmployeeFirst, Part::EmployeeLast])
    }

    fn first_named(&self, names: [Part; 2]) -> Option<usize> {
        let names = names.map(|part| self.index(part));
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
