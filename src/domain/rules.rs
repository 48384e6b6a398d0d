//! What follows from a step, as data: the consequence dialogs and warnings are generated from here.

use super::change::{Refusal, check_asking, check_winning};
use super::contact::Person;
use super::create::{NewOpportunity, Selling};
use super::customer::Address;
use super::date::Date;
use super::field::Field;
use super::instant::{Span, Timestamp};
use super::money::Money;
use super::opportunity::{Kind, Opportunity, Partner, Sender};
use super::outcome::OutcomeKind;
use super::programme::registration::judge::Bar;
use super::stage::{NotAllowed, StageKind, Verb};
use super::text::Line;

/// One thing that follows from a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consequence {
    /// It moves to this stage and, when archived, ends so.
    MovesTo(StageKind, Option<OutcomeKind>),
    /// These fields can no longer be changed (MG-77).
    Freezes(Vec<Field>),
    /// A note for the sender goes into the outbox (MG-64).
    Tells(Sender),
    /// As [`Self::Tells`], each of several senders.
    TellsEach,
    /// These verbs become possible.
    Opens(&'static [Verb]),
    /// Won may have to be registered in Partner Center (MG-73, MG-74).
    MayNeedRegistration,
    /// Less than 72 hours since creation: a registration may be rejected.
    EarlyForRegistration { until: Timestamp },
    /// Won, it can be registered, from a moment on where that is not at once; what nobody has told yet is asked then (MG-73).
    Registrable { from: Option<Timestamp>, open: Vec<Bar> },
    /// Won, it could not be registered: these rules bar it.
    NotRegistrable(Vec<Bar>),
    /// It is to be registered by this day, in UTC (MG-74).
    RegisterBy(Date),
    /// Somebody at Microsoft looks at its registration before it is approved.
    MicrosoftReviews,
    /// A rule that bars nothing is not met, or nobody knows.
    RegistrationAdvice { say: String, document: String },
    /// It gets this type.
    Becomes(Kind),
    /// Microsoft sellers see the whole of it, and it cannot be taken back (MG-09, MG-51).
    SharesWithMicrosoft,
    /// Microsoft may speak to this person directly (MG-32).
    SharesContact(Person),
    /// Asking promises nothing: Microsoft has its days to decide once it was uploaded (MG-52).
    MicrosoftDecides,
    /// Microsoft sellers may look at it; help is not asked for.
    ShowsToMicrosoft,
    /// Nothing of it goes to Microsoft (MG-10, MG-50).
    StaysPrivate,
    /// The partner is named on the deal; inviting them is done in Partner Center.
    NamesPartner(Partner),
    /// It waits in the outbox until it is uploaded.
    WaitsInOutbox,
    /// It is not uploaded before it is released: of a private pipeline deal Partner Center needs to know nothing.
    WaitsToBeReleased,
    /// Undo works until the step is written to an upload file.
    UndoUntilUpload,
}

/// Days Microsoft has to answer a help request (MG-52).
pub const MICROSOFT_DAYS: i64 = 14;

/// Time between creation and Won below which Partner Center may reject a registration.
const REGISTRATION_WAIT: Span = Span::hours(72);

/// Returns what follows when `verb` is done to `on` at `now`.
///
/// # Errors
/// Why it cannot be done.
pub fn consequences(on: &Opportunity, verb: Verb, now: Timestamp) -> Result<Vec<Consequence>, NotAllowed> {
    on.stage.check(verb)?;
    if verb == Verb::Win {
        check_winning(on)?;
    }
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
        follows.push(frozen());
    }
    if verb == Verb::Win && matches!(on.kind, Kind::CoSell | Kind::PartnerLed) {
        follows.push(Consequence::MayNeedRegistration);
        let earliest = on.created_at.map(|at| at.plus_micros(REGISTRATION_WAIT.micros()));
        follows.extend(earliest.filter(|until| *until > now).map(|until| Consequence::EarlyForRegistration { until }));
    }
    follows.push(Consequence::UndoUntilUpload);
    Ok(follows)
}

/// Returns what follows when `verb` is done to several at once, of which each is checked by itself.
pub fn of_many(verb: Verb) -> Vec<Consequence> {
    let ended = |outcome| Consequence::MovesTo(StageKind::Archived, Some(outcome));
    let moves = match verb {
        Verb::Accept => Consequence::MovesTo(StageKind::Accepted, None),
        Verb::Decline => ended(OutcomeKind::Declined),
        Verb::Win => ended(OutcomeKind::Won),
        Verb::Lose => ended(OutcomeKind::Lost),
    };
    let tells = (verb == Verb::Decline).then_some(Consequence::TellsEach);
    let freezes = (verb != Verb::Accept).then(frozen);
    [moves].into_iter().chain(tells).chain(freezes).chain([Consequence::UndoUntilUpload]).collect()
}

/// Everything that is frozen by archiving.
fn frozen() -> Consequence {
    Consequence::Freezes(Field::ALL.into_iter().filter(|f| f.is_frozen_by_archiving()).collect())
}

/// Returns what follows when help is asked for (MG-09, MG-52). `contact` is who would be shared, as far as known.
///
/// # Errors
/// Why it cannot be asked for.
pub fn of_asking(on: &Opportunity, contact: Option<&Person>) -> Result<Vec<Consequence>, Refusal> {
    check_asking(on)?;
    let mut follows = vec![Consequence::Becomes(Kind::CoSell)];
    follows.extend(of_help(contact));
    follows.push(Consequence::UndoUntilUpload);
    Ok(follows)
}

fn of_help(contact: Option<&Person>) -> impl Iterator<Item = Consequence> {
    let contact = contact.cloned().map(Consequence::SharesContact);
    [Consequence::SharesWithMicrosoft].into_iter().chain(contact).chain([Consequence::MicrosoftDecides])
}

/// Returns what follows when the deal is made: its type, and what is sent to whom.
pub fn of_creating(new: &NewOpportunity) -> Vec<Consequence> {
    let mut follows = vec![Consequence::Becomes(new.kind())];
    match (&new.help, &new.selling) {
        (Some(help), _) => follows.extend(of_help(Some(&help.contact))),
        (None, Selling::Ours { share: true }) => follows.push(Consequence::ShowsToMicrosoft),
        (None, Selling::Ours { share: false }) => follows.push(Consequence::StaysPrivate),
        (None, Selling::WithPartner(_) | Selling::Assessment) => {}
    }
    if let Selling::WithPartner(partner) = &new.selling {
        follows.push(Consequence::NamesPartner(partner.clone()));
    }
    let private = new.kind() == Kind::PrivatePipeline;
    follows.push(if private { Consequence::WaitsToBeReleased } else { Consequence::WaitsInOutbox });
    follows.push(Consequence::UndoUntilUpload);
    follows
}

/// Where Microsoft's answer to a help request stands; it never moves our side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MicrosoftAnswer {
    /// The request is still here: its days begin with the upload.
    Unsent,
    /// It has until then.
    Due(Timestamp),
    /// The time ran out without an answer.
    Lapsed(Timestamp),
}

/// Returns how Microsoft's own 14 days stand (MG-52); `None` without a dated request, and once Microsoft has answered. `unsent` says that
/// Partner Center does not know of the request yet.
pub fn microsoft_answer(on: &Opportunity, unsent: bool, now: Timestamp) -> Option<MicrosoftAnswer> {
    const UNANSWERED: [&str; 3] = ["pending", "received", "new"];
    let by = on.help.as_ref()?.requested_at?.plus_days(MICROSOFT_DAYS);
    let answered = |status: &Line| !UNANSWERED.iter().any(|word| status.as_str().eq_ignore_ascii_case(word));
    if on.is_archived() || on.microsoft_status.as_ref().is_some_and(answered) {
        return None;
    }
    if unsent {
        return Some(MicrosoftAnswer::Unsent);
    }
    Some(if by > now { MicrosoftAnswer::Due(by) } else { MicrosoftAnswer::Lapsed(by) })
}

/// Something that is allowed but deserves a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    CloseDatePast(Date),
    /// More than ten to the twelfth.
    ValueHuge(Money),
    /// Partner Center takes no upload without these parts of the customer's address.
    AddressForUpload {
        street: bool,
        city: bool,
    },
    /// The prices of these solutions stay in another currency than the deal.
    PricesElsewhere(Vec<Line>),
}

/// Returns what the address lacks for an upload.
pub fn address_warning(address: &Address) -> Option<Warning> {
    let (street, city) = (address.line1.is_none(), address.city.is_none());
    (street || city).then_some(Warning::AddressForUpload { street, city })
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
    use super::super::opportunity::{Help, Origin};
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

    #[test]
    fn mg_52_microsoft_has_14_days_and_its_silence_moves_nothing() {
        let asked = Help { kind: None, note: None, requested_at: Some(now()), consent: true };
        let mut deal = Opportunity { help: Some(asked), microsoft_status: None, ..accepted() };
        let by = Timestamp::parse("2026-12-05T08:00:00Z").unwrap();
        assert_eq!(microsoft_answer(&deal, false, now()), Some(MicrosoftAnswer::Due(by)));
        assert_eq!(microsoft_answer(&deal, false, by), Some(MicrosoftAnswer::Lapsed(by)));
        assert_eq!(microsoft_answer(&deal, true, by), Some(MicrosoftAnswer::Unsent), "nobody there has read it");
        deal.microsoft_status = Line::parse("Pending").ok();
        assert_eq!(microsoft_answer(&deal, false, by), Some(MicrosoftAnswer::Lapsed(by)));
        deal.microsoft_status = Line::parse("Accepted").ok();
        assert_eq!(microsoft_answer(&deal, false, by), None);
    }

    #[test]
    fn mg_09_mg_32_asking_for_help_says_what_microsoft_sees_and_that_it_stays_so() {
        let contact = Person { first: "민준".into(), last: "김".into(), ..Person::default() };
        let ours = Opportunity {
            origin: Origin::Outbound,
            kind: Kind::PrivatePipeline,
            help: None,
            microsoft_status: None,
            ..accepted()
        };
        let follows = of_asking(&ours, Some(&contact)).unwrap();
        for expected in [
            Consequence::Becomes(Kind::CoSell),
            Consequence::SharesWithMicrosoft,
            Consequence::SharesContact(contact),
            Consequence::MicrosoftDecides,
            Consequence::UndoUntilUpload,
        ] {
            assert!(follows.contains(&expected), "{expected:?}");
        }
        assert_eq!(of_asking(&received(), None), Err(Refusal::MicrosoftIsOnIt));
    }
}
