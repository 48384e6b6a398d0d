//! Text as typed in forms and flags, turned into changes; every complaint is found in one pass.

mod accept;
mod deal;
mod edit;
mod people;
mod solutions;
mod texts;

pub use deal::{Category, CustomerDraft, DealDraft, HelpDraft, PartnerDraft};
pub use edit::{CLOSING_PARTS, EDIT_FIELDS, EDIT_PARTS};
pub use people::PersonDraft;
pub use solutions::{SolutionDraft, solution_id};
pub use texts::{ASSESSMENT, LEFT_AT, PICKED, Texts, WAS, WITH_PARTNER, YES, is_foreign, list_text};

use super::change::{Edit, What};
use super::date::{Date, Today};
use super::invalid::{Complaint, Complaints, Invalid, take};
use super::money::{Amount, Currency, Money};
use super::outcome::Reason;
use super::part::{Part, Place};
use super::solution::LIST_MAX;
use super::stage::Verb;
use super::text::Notes;

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
        let reason = take(read, Part::Reason, &mut complaints);
        let note = optional(&self.note, Notes::parse, Part::Note, &mut complaints);
        let blank = self.note.trim().is_empty();
        if let Some(reason @ Reason::Other) = reason.filter(|_| blank) {
            complaints.push(Complaint::new(Part::Note, Invalid::NeedsNote(reason)));
        }
        match (reason, verb) {
            (Some(reason), Verb::Lose) if complaints.is_empty() => Ok(What::Lose { reason, note, correct: Edit::default() }),
            (Some(reason), _) if complaints.is_empty() => Ok(What::Decline { reason, note }),
            _ => Err(complaints),
        }
    }
}

/// Reads a value and its currency; a deal is worth more than nothing.
pub(super) fn money(value: &str, currency: &str, complaints: &mut Complaints) -> Option<Money> {
    let positive = |amount: Amount| if amount.is_positive() { Ok(amount) } else { Err(Invalid::NotPositive) };
    let amount = take(Amount::parse(value).and_then(positive), Part::Value, complaints);
    let currency = take(Currency::parse(currency), Part::Currency, complaints)?;
    if let Some(sign) = Amount::wrong_sign(value, currency) {
        complaints.push(Complaint::new(Part::Value, Invalid::OtherSign { sign, currency }));
        return None;
    }
    take(Money::new(amount?, currency), Part::Value, complaints)
}

pub(super) fn close_date(typed: &str, today: Today) -> Result<Date, Invalid> {
    if typed.trim().is_empty() { Err(Invalid::Missing) } else { Date::by(typed, today).map(|typed| typed.date) }
}

pub(super) fn optional<T>(
    typed: &str,
    parse: impl Fn(&str) -> Result<T, Invalid>,
    at: impl Into<Place>,
    complaints: &mut Complaints,
) -> Option<T> {
    if typed.trim().is_empty() { None } else { take(parse(typed), at, complaints) }
}

/// Complains of an empty list and of one that is too long.
pub(super) fn count(len: usize, at: Part, complaints: &mut Complaints) {
    match len {
        0 => complaints.push(Complaint::new(at, Invalid::Missing)),
        1..=LIST_MAX => {}
        _ => complaints.push(Complaint::new(at, Invalid::TooMany { max: LIST_MAX })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mg_63_declining_needs_a_reason_and_other_needs_a_note() {
        let build = |reason: &str, note: &str| ReasonDraft { reason: reason.into(), note: note.into() }.build(Verb::Decline);
        assert_eq!(build("", "").unwrap_err(), [Complaint::new(Part::Reason, Invalid::Missing)]);
        assert_eq!(build("9", "").unwrap_err(), [Complaint::new(Part::Reason, Invalid::UnknownReason("9".into()))]);
        assert_eq!(build("other", " ").unwrap_err(), [Complaint::new(Part::Note, Invalid::NeedsNote(Reason::Other))]);
        assert!(build("other", "moved abroad").is_ok());
        assert_eq!(build("2", "").unwrap(), What::Decline { reason: Reason::NoResponse, note: None });
        let both = build("nope", "a\u{1b}").unwrap_err();
        assert_eq!(both.len(), 2);
    }
}
