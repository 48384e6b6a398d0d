//! Accepting: a draft of those parts of a deal that acceptance settles (MG-57 to MG-60).

use super::deal::DealDraft;
use super::people::PersonDraft;
use super::{close_date, money, optional};
use crate::domain::change::Acceptance;
use crate::domain::contact::Person;
use crate::domain::date::Today;
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::money::Currency;
use crate::domain::opportunity::Opportunity;
use crate::domain::part::{Part, Whose};
use crate::domain::rules::{self, Warning};
use crate::domain::solution::LIST_MAX;
use crate::domain::text::{Line, Notes};

impl DealDraft {
    /// Starts from what came in with the opportunity; `home` is the currency where it brought none. Its people stay on it:
    /// `employees` are those who join.
    pub fn accepting(opportunity: &Opportunity, home: Option<Currency>) -> Self {
        let mut draft = Self { employees: Vec::new(), ..Self::of(opportunity) };
        if draft.currency.is_empty() {
            draft.currency = home.map(|currency| currency.to_string()).unwrap_or_default();
        }
        draft
    }

    /// Checks what acceptance settles and returns it with what deserves a look. Nothing typed in an optional part means "none".
    ///
    /// # Errors
    /// All complaints at once, each with its place.
    pub fn accept(&self, today: impl Into<Today>) -> Result<(Acceptance, Vec<Warning>), Complaints> {
        let today = today.into();
        let mut complaints = Complaints::new();
        let name = take(Line::parse(&self.name), Part::Name, &mut complaints);
        let value = money(&self.value, &self.currency, &mut complaints);
        let close_date = take(close_date(&self.close_date, today), Part::CloseDate, &mut complaints);
        let notes = optional(&self.notes, Notes::parse, Part::Notes, &mut complaints);
        let crm_id = optional(&self.crm_id, Line::code, Part::CrmId, &mut complaints);
        let campaign_id = optional(&self.campaign_id, Line::code, Part::CampaignId, &mut complaints);
        let employees = joining(&self.employees, &mut complaints);
        match (name, value, close_date) {
            (Some(name), Some(value), Some(close_date)) if complaints.is_empty() => {
                let warnings = rules::warnings(Some(value), Some(close_date), *today);
                Ok((Acceptance { name, value, close_date, notes, crm_id, campaign_id, employees }, warnings))
            }
            _ => Err(complaints),
        }
    }
}

/// Nobody need join, and who is on it already may be named again.
fn joining(typed: &[PersonDraft], complaints: &mut Complaints) -> Vec<Person> {
    if typed.len() > LIST_MAX {
        complaints.push(Complaint::new(Part::Employees, Invalid::TooMany { max: LIST_MAX }));
    }
    let mut people = Vec::new();
    for (number, person) in typed.iter().enumerate() {
        match person.build(Whose::Employee(number)) {
            Ok(person) => people.push(person),
            Err(found) => complaints.extend(found),
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::money::Money;
    use crate::domain::opportunity::tests::received;

    fn today() -> Date {
        Date::iso("2026-11-21").unwrap()
    }

    #[test]
    fn mg_57_all_complaints_of_an_acceptance_come_at_once() {
        let draft = DealDraft {
            value: "0".into(),
            close_date: "31.13.".into(),
            employees: vec![PersonDraft::of_line("Kim")],
            ..Default::default()
        };
        let places: Vec<String> = draft.accept(today()).unwrap_err().into_iter().map(|c| c.at.to_string()).collect();
        assert_eq!(places, ["deal.name", "deal.value", "deal.currency", "deal.closeDate", "employees[0]"]);
        assert!(draft.accept(today()).unwrap_err().contains(&Complaint::new(Part::Value, Invalid::NotPositive)));
    }

    #[test]
    fn mg_57_values_that_came_in_stay_when_nothing_else_is_typed() {
        let mut opportunity = received();
        opportunity.deal.name = Line::parse("ERP 마이그레이션").ok();
        opportunity.deal.value = Some(Money::from_minor(84_000_000, Currency::parse("KRW").unwrap()));
        opportunity.deal.close_date = Date::iso("2026-12-18").ok();
        opportunity.deal.notes = Notes::parse("wants a pilot").ok();
        let (acceptance, warnings) = DealDraft::accepting(&opportunity, None).accept(today()).unwrap();
        assert_eq!(Some(acceptance.name), opportunity.deal.name);
        assert_eq!(Some(acceptance.value), opportunity.deal.value);
        assert_eq!(acceptance.notes, opportunity.deal.notes);
        assert_eq!(warnings, []);
    }

    #[test]
    fn a_close_date_in_the_past_is_a_warning_not_an_error() {
        let draft = DealDraft {
            name: "x".into(),
            value: "84m".into(),
            currency: "krw".into(),
            close_date: "2026-01-01".into(),
            ..Default::default()
        };
        let (_, warnings) = draft.accept(today()).unwrap();
        assert_eq!(warnings, [Warning::CloseDatePast(Date::iso("2026-01-01").unwrap())]);
    }
}
