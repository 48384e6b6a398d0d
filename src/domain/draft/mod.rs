//! Text as typed in forms and flags, turned into changes; every complaint is found in one pass.

mod deal;
mod edit;
mod people;
mod solutions;
mod texts;

pub use deal::{Category, CustomerDraft, DealDraft, HelpDraft, PartnerDraft};
pub use edit::EDIT_FIELDS;
pub use people::PersonDraft;
pub use solutions::SolutionDraft;
pub use texts::{ASSESSMENT, PICKED, Texts, WAS, WITH_PARTNER, YES, list_text};

use super::change::{Acceptance, What};
use super::contact::Person;
use super::date::Date;
use super::invalid::{Complaint, Complaints, Invalid, take};
use super::money::{Amount, Currency, Money};
use super::opportunity::Opportunity;
use super::rules::{self, Warning};
use super::solution::LIST_MAX;
use super::stage::{Reason, Verb};
use super::text::{Line, Notes};

/// What a rep types to accept an opportunity (MG-57 to MG-60). Nothing typed in an optional field means "none".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptanceDraft {
    pub name: String,
    pub value: String,
    pub currency: String,
    pub close_date: String,
    pub notes: String,
    pub crm_id: String,
    pub campaign_id: String,
    /// Each `First;Last;phone;email`.
    pub employees: Vec<String>,
}

impl AcceptanceDraft {
    /// Starts from what came in with the opportunity; `home` is the currency where it brought none.
    pub fn of(opportunity: &Opportunity, home: Option<Currency>) -> Self {
        let deal = &opportunity.deal;
        let text = |line: &Option<Line>| line.as_ref().map(Line::to_string).unwrap_or_default();
        Self {
            name: text(&deal.name),
            value: deal.value.map(Money::amount).unwrap_or_default(),
            currency: deal.value.map(Money::currency).or(home).map(|c| c.to_string()).unwrap_or_default(),
            close_date: deal.close_date.map(|d| d.to_string()).unwrap_or_default(),
            notes: deal.notes.as_ref().map(Notes::to_string).unwrap_or_default(),
            crm_id: text(&deal.crm_id),
            campaign_id: text(&deal.campaign_id),
            employees: Vec::new(),
        }
    }

    /// Checks everything and returns the acceptance with what deserves a look.
    ///
    /// # Errors
    /// All complaints at once, each with its path.
    pub fn build(&self, today: Date) -> Result<(Acceptance, Vec<Warning>), Complaints> {
        let mut complaints = Complaints::new();
        let name = take(Line::parse(&self.name), "deal.name", &mut complaints);
        let value = money(&self.value, &self.currency, &mut complaints);
        let close_date = take(close_date(&self.close_date, today), "deal.closeDate", &mut complaints);
        let notes = optional(&self.notes, Notes::parse, "deal.notes", &mut complaints);
        let crm_id = optional(&self.crm_id, Line::parse, "deal.crmId", &mut complaints);
        let campaign_id = optional(&self.campaign_id, Line::parse, "deal.campaignId", &mut complaints);
        let employees = people(&self.employees, &mut complaints);
        match (name, value, close_date) {
            (Some(name), Some(value), Some(close_date)) if complaints.is_empty() => {
                let warnings = rules::warnings(Some(value), Some(close_date), today);
                Ok((Acceptance { name, value, close_date, notes, crm_id, campaign_id, employees }, warnings))
            }
            _ => Err(complaints),
        }
    }
}

/// What a rep types to decline or to report as lost (MG-63, MG-72).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReasonDraft {
    pub reason: String,
    pub note: String,
}

impl ReasonDraft {
    /// Checks reason and note and returns the change for `verb`, [`Verb::Decline`] or [`Verb::Lose`].
    ///
    /// # Errors
    /// All complaints at once; the reason "other" needs a note.
    pub fn build(&self, verb: Verb) -> Result<What, Complaints> {
        let mut complaints = Complaints::new();
        let typed = self.reason.trim();
        let read = if typed.is_empty() {
            Err(Invalid::Missing)
        } else {
            Reason::read(typed).ok_or_else(|| Invalid::UnknownReason(typed.to_owned()))
        };
        let reason = take(read, "reason", &mut complaints);
        let note = optional(&self.note, Notes::parse, "notes", &mut complaints);
        let blank = self.note.trim().is_empty();
        if let Some(reason @ Reason::Other) = reason.filter(|_| blank) {
            complaints.push(Complaint::new("notes", Invalid::NeedsNote(reason)));
        }
        match (reason, verb) {
            (Some(reason), Verb::Lose) if complaints.is_empty() => Ok(What::Lose { reason, note }),
            (Some(reason), _) if complaints.is_empty() => Ok(What::Decline { reason, note }),
            _ => Err(complaints),
        }
    }
}

/// Reads a value and its currency; a deal is worth more than nothing.
pub(super) fn money(value: &str, currency: &str, complaints: &mut Complaints) -> Option<Money> {
    let positive = |amount: Amount| if amount.is_positive() { Ok(amount) } else { Err(Invalid::NotPositive) };
    let amount = take(Amount::parse(value).and_then(positive), "deal.value", complaints);
    let currency = take(Currency::parse(currency), "deal.currency", complaints)?;
    if let Some(sign) = Amount::wrong_sign(value, currency) {
        complaints.push(Complaint::new("deal.value", Invalid::OtherSign { sign, currency }));
        return None;
    }
    take(Money::new(amount?, currency), "deal.value", complaints)
}

pub(super) fn close_date(typed: &str, today: Date) -> Result<Date, Invalid> {
    if typed.trim().is_empty() { Err(Invalid::Missing) } else { Date::typed(typed, today) }
}

pub(super) fn optional<T>(
    typed: &str,
    parse: impl Fn(&str) -> Result<T, Invalid>,
    at: &str,
    complaints: &mut Complaints,
) -> Option<T> {
    if typed.trim().is_empty() { None } else { take(parse(typed), at, complaints) }
}

/// Complains of an empty list and of one that is too long.
pub(super) fn count(len: usize, at: &str, complaints: &mut Complaints) {
    match len {
        0 => complaints.push(Complaint::new(at, Invalid::Missing)),
        1..=LIST_MAX => {}
        _ => complaints.push(Complaint::new(at, Invalid::TooMany { max: LIST_MAX })),
    }
}

fn people(typed: &[String], complaints: &mut Complaints) -> Vec<Person> {
    if typed.len() > LIST_MAX {
        complaints.push(Complaint::new("employees", Invalid::TooMany { max: LIST_MAX }));
    }
    let mut people = Vec::new();
    for (index, person) in typed.iter().enumerate() {
        match Person::parse(person, &format!("employees[{index}]")) {
            Ok(person) => people.push(person),
            Err(found) => complaints.extend(found),
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::super::opportunity::tests::received;
    use super::*;

    fn today() -> Date {
        Date::iso("2026-11-21").unwrap()
    }

    #[test]
    fn mg_57_all_complaints_of_an_acceptance_come_at_once() {
        let draft = AcceptanceDraft {
            value: "0".into(),
            close_date: "31.13.".into(),
            employees: vec!["Kim".into()],
            ..Default::default()
        };
        let places: Vec<String> = draft.build(today()).unwrap_err().into_iter().map(|c| c.at).collect();
        assert_eq!(places, ["deal.name", "deal.value", "deal.currency", "deal.closeDate", "employees[0]"]);
        assert!(draft.build(today()).unwrap_err().contains(&Complaint::new("deal.value", Invalid::NotPositive)));
    }

    #[test]
    fn mg_57_values_that_came_in_stay_when_nothing_else_is_typed() {
        let mut opportunity = received();
        opportunity.deal.name = Line::parse("ERP 마이그레이션").ok();
        opportunity.deal.value = Some(Money::from_minor(84_000_000, Currency::parse("KRW").unwrap()));
        opportunity.deal.close_date = Date::iso("2026-12-18").ok();
        opportunity.deal.notes = Notes::parse("wants a pilot").ok();
        let (acceptance, warnings) = AcceptanceDraft::of(&opportunity, None).build(today()).unwrap();
        assert_eq!(Some(acceptance.name), opportunity.deal.name);
        assert_eq!(Some(acceptance.value), opportunity.deal.value);
        assert_eq!(acceptance.notes, opportunity.deal.notes);
        assert_eq!(warnings, []);
    }

    #[test]
    fn a_close_date_in_the_past_is_a_warning_not_an_error() {
        let draft = AcceptanceDraft {
            name: "x".into(),
            value: "84m".into(),
            currency: "krw".into(),
            close_date: "2026-01-01".into(),
            ..Default::default()
        };
        let (_, warnings) = draft.build(today()).unwrap();
        assert_eq!(warnings, [Warning::CloseDatePast(Date::iso("2026-01-01").unwrap())]);
    }

    #[test]
    fn mg_63_declining_needs_a_reason_and_other_needs_a_note() {
        let build = |reason: &str, note: &str| ReasonDraft { reason: reason.into(), note: note.into() }.build(Verb::Decline);
        assert_eq!(build("", "").unwrap_err(), [Complaint::new("reason", Invalid::Missing)]);
        assert_eq!(build("9", "").unwrap_err(), [Complaint::new("reason", Invalid::UnknownReason("9".into()))]);
        assert_eq!(build("other", " ").unwrap_err(), [Complaint::new("notes", Invalid::NeedsNote(Reason::Other))]);
        assert!(build("other", "moved abroad").is_ok());
        assert_eq!(build("2", "").unwrap(), What::Decline { reason: Reason::NoResponse, note: None });
        let both = build("nope", "a\u{1b}").unwrap_err();
        assert_eq!(both.len(), 2);
    }
}
