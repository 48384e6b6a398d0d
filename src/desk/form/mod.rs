//! Forms as data: fields, what was typed, complaints; no form has its own event loop, and nothing here paints.

mod field;
mod spec;

pub use field::{Edited, TextField, VisualLine};
pub use spec::{FieldKind, FieldSpec, FormKind, Label};

use crate::domain::change::What;
use crate::domain::date::Date;
use crate::domain::draft::{AcceptanceDraft, ReasonDraft};
use crate::domain::ids::{OpportunityId, Version};
use crate::domain::invalid::{Complaint, Complaints};
use crate::domain::money::{Amount, Currency, Money};
use crate::domain::rules::{Consequence, Warning};
use crate::domain::stage::{Reason, Verb};

/// What a form is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// One, or several that are marked.
    pub targets: Vec<(OpportunityId, Option<Version>)>,
    pub title: String,
    /// What follows from the step, where it is about one.
    pub consequences: Vec<Consequence>,
}

/// A field with what was typed into it.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    Text(TextField),
    /// A reason chosen from the eight; `None` until one is.
    Reason(Option<Reason>),
}

/// What typed text means, where that is shorter than it or said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Understood {
    Money(Money),
    Date(Date),
}

/// An open form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub kind: FormKind,
    pub subject: Subject,
    pub entries: Vec<Entry>,
    /// The field with the cursor; one beyond the last is the button.
    pub focus: usize,
    pub complaints: Complaints,
    pub warnings: Vec<Warning>,
    /// Whether saving was tried: from then on every key checks again.
    pub checked: bool,
    /// Whether the store was asked to save and has not answered.
    pub saving: bool,
    /// What the store said when it could not save.
    pub failure: Option<String>,
    opening: Vec<String>,
}

impl Form {
    /// Opens a form for a verb. `values` are the texts it begins with, in the order of its fields.
    pub fn open(kind: FormKind, subject: Subject, values: &[String]) -> Self {
        let entry = |spec: &FieldSpec, value: &str| match spec.kind {
            FieldKind::Line => Entry::Text(TextField::line(value)),
            FieldKind::Notes => Entry::Text(TextField::lines(value)),
            FieldKind::Reason => Entry::Reason(Reason::read(value)),
        };
        let values = values.iter().map(String::as_str).chain(std::iter::repeat(""));
        let entries: Vec<Entry> = kind.fields().iter().zip(values).map(|(spec, value)| entry(spec, value)).collect();
        let mut form = Self {
            kind,
            subject,
            entries,
            focus: 0,
            complaints: Vec::new(),
            warnings: Vec::new(),
            checked: false,
            saving: false,
            failure: None,
            opening: Vec::new(),
        };
        form.opening = form.values();
        form
    }

    /// Returns what stands in the fields, in their order.
    pub fn values(&self) -> Vec<String> {
        self.entries
            .iter()
            .map(|entry| match entry {
                Entry::Text(field) => field.text().to_owned(),
                Entry::Reason(reason) => reason.map(|r| r.code().to_owned()).unwrap_or_default(),
            })
            .collect()
    }

    /// Puts back what was typed earlier. What the form opened with stays what a change is measured by.
    pub fn restore(&mut self, values: &[String]) {
        let opening = std::mem::take(&mut self.opening);
        *self = Self::open(self.kind, self.subject.clone(), values);
        self.opening = opening;
    }

    /// Returns whether anything differs from what the form opened with.
    pub fn is_changed(&self) -> bool {
        self.values() != self.opening
    }

    pub fn on_button(&self) -> bool {
        self.focus >= self.entries.len()
    }

    /// Returns the text field with the cursor.
    pub fn text_field(&mut self) -> Option<&mut TextField> {
        match self.entries.get_mut(self.focus) {
            Some(Entry::Text(field)) => Some(field),
            _ => None,
        }
    }

    pub const fn next_field(&mut self) {
        self.focus = (self.focus + 1) % (self.entries.len() + 1);
    }

    pub const fn previous_field(&mut self) {
        self.focus = if self.focus == 0 { self.entries.len() } else { self.focus - 1 };
    }

    /// Moves the choice of a reason field with the cursor; returns whether there is one.
    pub fn choose(&mut self, step: isize) -> bool {
        let Some(Entry::Reason(reason)) = self.entries.get_mut(self.focus) else { return false };
        let last = Reason::ALL.len() - 1;
        let index = match reason.and_then(|r| Reason::ALL.iter().position(|known| *known == r)) {
            None if step > 0 => 0,
            None => last,
            Some(index) => index.saturating_add_signed(step).min(last),
        };
        *reason = Some(Reason::ALL[index]);
        true
    }

    /// Chooses a reason by its number, 1 to 8; returns whether there was one to choose.
    pub fn choose_number(&mut self, number: usize) -> bool {
        match (self.entries.get_mut(self.focus), Reason::ALL.get(number.wrapping_sub(1))) {
            (Some(Entry::Reason(reason)), Some(chosen)) => {
                *reason = Some(*chosen);
                true
            }
            _ => false,
        }
    }

    /// Returns the change the form asks for.
    ///
    /// # Errors
    /// All complaints at once.
    pub fn build(&self, today: Date) -> Result<(What, Vec<Warning>), Complaints> {
        let values = self.values();
        let value = |path: &str| {
            let index = self.kind.fields().iter().position(|spec| spec.path == path);
            index.and_then(|index| values.get(index)).cloned().unwrap_or_default()
        };
        match self.kind {
            FormKind::Accept => {
                let draft = AcceptanceDraft {
                    name: value("deal.name"),
                    value: value("deal.value"),
                    currency: value("deal.currency"),
                    close_date: value("deal.closeDate"),
                    notes: value("deal.notes"),
                    crm_id: value("deal.crmId"),
                    campaign_id: value("deal.campaignId"),
                    employees: value("employees").lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
                };
                draft.build(today).map(|(acceptance, warnings)| (What::Accept(Box::new(acceptance)), warnings))
            }
            FormKind::Decline => self.reason(&value).build(Verb::Decline).map(|what| (what, Vec::new())),
            FormKind::Lose => self.reason(&value).build(Verb::Lose).map(|what| (what, Vec::new())),
            FormKind::Win => Ok((What::Win, Vec::new())),
        }
    }

    fn reason(&self, value: &dyn Fn(&str) -> String) -> ReasonDraft {
        ReasonDraft { reason: value("reason"), note: value("notes") }
    }

    /// Checks everything; complaints are kept, and the cursor goes to the first one.
    pub fn check(&mut self, today: Date) -> Option<What> {
        self.checked = true;
        match self.build(today) {
            Ok((what, warnings)) => {
                self.complaints.clear();
                self.warnings = warnings;
                Some(what)
            }
            Err(complaints) => {
                let first = self.kind.fields().iter().position(|spec| complaints.iter().any(|c| belongs(c, spec)));
                self.complaints = complaints;
                self.focus = first.unwrap_or(self.focus);
                None
            }
        }
    }

    /// Checks again without moving the cursor, once saving was tried; warnings are shown from the start.
    pub fn recheck(&mut self, today: Date) {
        match self.build(today) {
            Ok((_, warnings)) => {
                self.complaints.clear();
                self.warnings = warnings;
            }
            Err(complaints) if self.checked => self.complaints = complaints,
            Err(_) => {}
        }
    }

    /// Returns what the text of a field is understood as: `84m` is an amount, `+30d` a day.
    pub fn understood(&self, index: usize, today: Date) -> Option<Understood> {
        let text = |path: &str| {
            let index = self.kind.fields().iter().position(|spec| spec.path == path)?;
            match self.entries.get(index)? {
                Entry::Text(field) => Some(field.text()),
                Entry::Reason(_) => None,
            }
        };
        match self.kind.fields().get(index)?.path {
            "deal.value" => {
                let amount = Amount::parse(text("deal.value")?).ok()?;
                let currency = Currency::parse(text("deal.currency")?).ok()?;
                Money::new(amount, currency).ok().filter(|money| money.minor() > 0).map(Understood::Money)
            }
            "deal.closeDate" => Date::typed(text("deal.closeDate")?, today).ok().map(Understood::Date),
            _ => None,
        }
    }

    /// Returns the complaints of one field.
    pub fn complaints_of(&self, index: usize) -> impl Iterator<Item = &Complaint> {
        let spec = self.kind.fields().get(index);
        self.complaints.iter().filter(move |complaint| spec.is_some_and(|spec| belongs(complaint, spec)))
    }
}

/// A complaint about a part of a list belongs to the field of the list.
fn belongs(complaint: &Complaint, spec: &FieldSpec) -> bool {
    complaint.at == spec.path || complaint.at.strip_prefix(spec.path).is_some_and(|rest| rest.starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::keys::{Code, Key};

    fn subject() -> Subject {
        Subject { targets: vec![(OpportunityId(1), None)], title: "ERP".into(), consequences: Vec::new() }
    }

    fn today() -> Date {
        Date::iso("2026-11-21").unwrap()
    }

    #[test]
    fn saving_shows_every_complaint_and_goes_to_the_first() {
        let mut form = Form::open(FormKind::Accept, subject(), &["ERP".into()]);
        assert_eq!(form.check(today()), None);
        let places: Vec<&str> = form.complaints.iter().map(|c| c.at.as_str()).collect();
        assert_eq!(places, ["deal.value", "deal.currency", "deal.closeDate"]);
        assert_eq!(form.kind.fields()[form.focus].path, "deal.value");
        form.text_field().unwrap().paste("84m");
        form.recheck(today());
        assert_eq!(form.complaints.len(), 2, "once red, every key checks again");
    }

    #[test]
    fn short_forms_are_understood_while_they_are_typed() {
        let values = ["ERP", "84m", "KRW", "+30d"].map(str::to_owned);
        let form = Form::open(FormKind::Accept, subject(), &values);
        let money = Money::from_minor(84_000_000, Currency::parse("KRW").unwrap());
        assert_eq!(form.understood(1, today()), Some(Understood::Money(money)));
        assert_eq!(form.understood(3, today()), Some(Understood::Date(Date::iso("2026-12-21").unwrap())));
        assert_eq!(form.understood(0, today()), None);
        assert_eq!(Form::open(FormKind::Accept, subject(), &[]).understood(1, today()), None);
    }

    #[test]
    fn defaults_do_not_count_as_changes_and_drafts_do() {
        let mut form = Form::open(FormKind::Accept, subject(), &["ERP".into(), "5".into()]);
        assert!(!form.is_changed());
        form.restore(&["ERP".into(), "84m".into(), "KRW".into()]);
        assert!(form.is_changed());
        assert_eq!(form.values()[..3], ["ERP", "84m", "KRW"]);
    }

    #[test]
    fn mg_63_a_reason_is_chosen_by_arrows_or_number() {
        let mut form = Form::open(FormKind::Decline, subject(), &[]);
        assert!(form.check(today()).is_none());
        assert!(form.choose(1));
        assert_eq!(form.values()[0], "budget");
        assert!(form.choose_number(8));
        assert!(form.check(today()).is_none(), "other needs a note");
        assert_eq!(form.focus, 1);
        form.text_field().unwrap().key(Key::char('x'));
        assert!(matches!(form.check(today()), Some(What::Decline { reason: Reason::Other, note: Some(_) })));
    }

    #[test]
    fn several_people_join_one_a_line() {
        let mut values = vec![String::new(); 8];
        values[..4].clone_from_slice(&["ERP".into(), "5".into(), "USD".into(), "+30d".into()]);
        values[7] = "Ana;Reyes;+1 425 555 0100;ana@p.example\n\nKim".into();
        let mut form = Form::open(FormKind::Accept, subject(), &values);
        assert_eq!(form.check(today()), None);
        assert_eq!(form.complaints_of(7).count(), 1);
        assert_eq!(form.focus, 7);
        let field = form.text_field().unwrap();
        field.key(Key::ctrl('u'));
        field.key(Key::plain(Code::Backspace));
        assert!(matches!(form.check(today()), Some(What::Accept(a)) if a.employees.len() == 1));
    }
}
