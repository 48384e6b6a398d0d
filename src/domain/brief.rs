//! What is asked of a deal before a call: what it still lacks, and what is late or undecided; no words.

use super::contact::Person;
use super::date::Date;
use super::held::Held;
use super::stage::StageKind;

/// Something about a deal that a call may settle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Both sides changed so many of its fields.
    Undecided(usize),
    /// What was decided here has not been told yet.
    Waiting,
    NoValue,
    NoCloseDate,
    /// It should have closed on this day.
    CloseDateOver(Date),
    NoSalesStage,
    /// Nobody of the customer is known.
    NoContact,
    /// The customer's person has neither phone nor e-mail.
    ContactOutOfReach,
    NoEmployees,
    NoSolutions,
    NoNextStep,
    /// What was to be done next was to be done on this day.
    NextStepOver(Date),
}

impl Question {
    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Undecided(_) => "conflict",
            Self::Waiting => "outbox",
            Self::NoValue => "value",
            Self::NoCloseDate => "closeDate",
            Self::CloseDateOver(_) => "closeDateOver",
            Self::NoSalesStage => "salesStage",
            Self::NoContact => "contact",
            Self::ContactOutOfReach => "contactOutOfReach",
            Self::NoEmployees => "employees",
            Self::NoSolutions => "solutions",
            Self::NoNextStep => "next",
            Self::NextStepOver(_) => "nextOver",
        }
    }
}

/// Returns what is open about a deal. Of one that has ended nothing can be filled in any more, and of a received one neither a sales
/// stage nor our own people are known before it is accepted.
pub fn questions(held: &Held, today: Date) -> Vec<Question> {
    let o = &held.opportunity;
    let stage = o.stage.kind();
    let undecided = Some(Question::Undecided(held.conflicts.len())).filter(|_| !held.conflicts.is_empty());
    let waiting = o.waiting.then_some(Question::Waiting);
    let both = undecided.into_iter().chain(waiting);
    if stage == StageKind::Archived {
        return both.collect();
    }
    let is_ours = stage == StageKind::Accepted;
    let close = match o.deal.close_date {
        None => Some(Question::NoCloseDate),
        Some(day) => (day < today).then_some(Question::CloseDateOver(day)),
    };
    let contact = match o.customer.contact.as_ref().filter(|person| !person.is_empty()) {
        None => Some(Question::NoContact),
        Some(Person { phone, email, .. }) => (phone.is_empty() && email.is_empty()).then_some(Question::ContactOutOfReach),
    };
    let next = match &o.next {
        None => Some(Question::NoNextStep),
        Some(next) => (next.on < today).then_some(Question::NextStepOver(next.on)),
    };
    let asked = [
        o.deal.value.is_none().then_some(Question::NoValue),
        close,
        (is_ours && o.deal.sales_stage.is_none()).then_some(Question::NoSalesStage),
        contact,
        (is_ours && o.employees.is_empty()).then_some(Question::NoEmployees),
        o.solutions.is_empty().then_some(Question::NoSolutions),
        next,
    ];
    both.chain(asked.into_iter().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::opportunity::tests::{accepted, received};
    use super::super::ours::NextStep;
    use super::super::outcome::Outcome;
    use super::super::stage::Stage;
    use super::super::text::Line;
    use super::*;

    fn asked(held: &Held) -> Vec<&'static str> {
        questions(held, Date::iso("2026-11-25").unwrap()).into_iter().map(Question::code).collect()
    }

    #[test]
    fn what_a_deal_lacks_is_asked_in_the_stage_in_which_it_can_be_known() {
        let lacks = ["value", "closeDate", "contact", "solutions", "next"];
        assert_eq!(asked(&Held::new(received(), false)), lacks);
        let lacks = ["value", "closeDate", "salesStage", "contact", "employees", "solutions", "next"];
        assert_eq!(asked(&Held::new(accepted(), true)), lacks);
        let mut ended = accepted();
        ended.stage = Stage::Archived { at: None, accepted: None, outcome: Outcome::Won };
        ended.waiting = true;
        assert_eq!(asked(&Held::new(ended, true)), ["outbox"]);
    }

    #[test]
    fn what_is_late_and_who_cannot_be_reached_is_asked_too() {
        let mut late = received();
        late.deal.close_date = Date::iso("2026-11-24").ok();
        late.next = Some(NextStep { text: Line::parse("call Kim").unwrap(), on: Date::iso("2026-11-24").unwrap() });
        late.customer.contact = Some(Person { first: "Ana".into(), ..Person::default() });
        assert_eq!(
            asked(&Held::new(late.clone(), false)),
            ["value", "closeDateOver", "contactOutOfReach", "solutions", "nextOver"]
        );
        // The last day is not over.
        late.deal.close_date = Date::iso("2026-11-25").ok();
        late.next.as_mut().unwrap().on = Date::iso("2026-11-25").unwrap();
        assert_eq!(asked(&Held::new(late, false)), ["value", "contactOutOfReach", "solutions"]);
    }
}
