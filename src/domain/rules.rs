//! What follows from a step, as data: the consequence dialogs and warnings are generated from here.

use super::date::{Date, Span, Timestamp};
use super::field::Field;
use super::money::Money;
use super::opportunity::{Kind, Opportunity, Sender};
use super::stage::{NotAllowed, OutcomeKind, StageKind, Verb};

/// One thing that follows from a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consequence {
    /// It moves to this stage and, when archived, ends so.
    MovesTo(StageKind, Option<OutcomeKind>),
    /// These fields can no longer be changed (MG-77).
    Freezes(Vec<Field>),
    /// A note for the sender goes into the outbox (MG-64).
    Tells(Sender),
    /// These verbs become possible.
    Opens(&'static [Verb]),
    /// Won may have to be registered in Partner Center (MG-73, MG-74).
    MayNeedRegistration,
    /// Less than 72 hours since creation: a registration may be rejected.
    EarlyForRegistration { until: Timestamp },
    /// Undo works until the step is written to an upload file.
    UndoUntilUpload,
}

/// Time between creation and Won below which Partner Center may reject a registration.
const REGISTRATION_WAIT: Span = Span::hours(72);

/// Returns what follows when `verb` is done to `on` at `now`.
///
/// # Errors
/// Why it cannot be done.
pub fn consequences(on: &Opportunity, verb: Verb, now: Timestamp) -> Result<Vec<Consequence>, NotAllowed> {
    on.stage.check(verb)?;
    let mut follows = Vec::new();
    match verb {
        Verb::Accept => {
            follows.push(Consequence::MovesTo(StageKind::Accepted, None));
            follows.push(Consequence::Opens(&[Verb::Win, Verb::Lose]));
        }
        Verb::Decline => {
            follows.push(Consequence::MovesTo(StageKind::Archived, Some(OutcomeKind::Declined)));
            follows.extend(on.sender().cloned().map(Consequence::Tells));
        }
        Verb::Win => follows.push(Consequence::MovesTo(StageKind::Archived, Some(OutcomeKind::Won))),
        Verb::Lose => follows.push(Consequence::MovesTo(StageKind::Archived, Some(OutcomeKind::Lost))),
    }
    if verb != Verb::Accept {
        follows.push(Consequence::Freezes(Field::ALL.into_iter().filter(|f| f.is_frozen_by_archiving()).collect()));
    }
    if verb == Verb::Win && matches!(on.kind, Kind::CoSell | Kind::PartnerLed) {
        follows.push(Consequence::MayNeedRegistration);
        let earliest = on.created_at.map(|at| at.plus_micros(REGISTRATION_WAIT.micros()));
        follows.extend(earliest.filter(|until| *until > now).map(|until| Consequence::EarlyForRegistration { until }));
    }
    follows.push(Consequence::UndoUntilUpload);
    Ok(follows)
}

/// Something that is allowed but deserves a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    CloseDatePast(Date),
    /// More than ten to the twelfth.
    ValueHuge(Money),
}

/// Returns what deserves a look in the value and close date of a deal.
pub fn warnings(value: Option<Money>, close_date: Option<Date>, today: Date) -> Vec<Warning> {
    let huge = |money: &Money| {
        let unit = 10_i64.saturating_pow(money.currency().decimals());
        money.minor() / unit > 1_000_000_000_000
    };
    let past = close_date.filter(|date| *date < today).map(Warning::CloseDatePast);
    past.into_iter().chain(value.filter(huge).map(Warning::ValueHuge)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::opportunity::tests::{accepted, received};
    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-21T08:00:00Z").unwrap()
    }

    #[test]
    fn mg_64_declining_says_who_is_told_and_what_is_frozen() {
        let follows = consequences(&received(), Verb::Decline, now()).unwrap();
        assert!(follows.iter().any(|c| matches!(c, Consequence::Tells(sender) if sender.organization == "Microsoft")));
        assert!(
            follows
                .iter()
                .any(|c| matches!(c, Consequence::Freezes(fields) if fields.contains(&Field::Notes) && fields.len() == 9))
        );
        assert_eq!(follows.last(), Some(&Consequence::UndoUntilUpload));
    }

    #[test]
    fn mg_73_winning_speaks_of_registration_and_of_its_72_hours() {
        let mut fresh = accepted();
        fresh.created_at = Some(Timestamp::parse("2026-11-20T08:00:00Z").unwrap());
        let follows = consequences(&fresh, Verb::Win, now()).unwrap();
        assert!(follows.contains(&Consequence::MayNeedRegistration));
        assert!(
            follows.contains(&Consequence::EarlyForRegistration { until: Timestamp::parse("2026-11-23T08:00:00Z").unwrap() })
        );
        fresh.kind = Kind::PrivatePipeline;
        assert!(!consequences(&fresh, Verb::Win, now()).unwrap().contains(&Consequence::MayNeedRegistration));
    }

    #[test]
    fn impossible_steps_have_no_consequences_but_a_reason() {
        assert_eq!(consequences(&received(), Verb::Win, now()), Err(NotAllowed::NotAccepted));
        assert_eq!(consequences(&accepted(), Verb::Accept, now()), Err(NotAllowed::AlreadyAccepted));
    }

    #[test]
    fn past_dates_and_absurd_values_deserve_a_look() {
        let today = Date::iso("2026-11-21").unwrap();
        let usd = super::super::money::Currency::parse("USD").unwrap();
        let past = Date::iso("2026-11-20").unwrap();
        assert_eq!(warnings(None, Some(past), today), [Warning::CloseDatePast(past)]);
        assert_eq!(warnings(Some(Money::from_minor(100_000_000_000_000, usd)), Some(today), today), []);
        let huge = Money::from_minor(100_000_000_000_100, usd);
        assert_eq!(warnings(Some(huge), None, today), [Warning::ValueHuge(huge)]);
    }
}
