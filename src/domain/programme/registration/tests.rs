//! What an answer makes of a registration, until when it must be there, and what is next.

use super::state::RegistrationState as S;
use super::*;
use crate::domain::programme::ruling::Ruling;

fn day(text: &str) -> Date {
    Date::iso(text).unwrap()
}

fn told() -> Registration {
    let contract = Contract { signed_on: Some(day("2026-11-01")), ..Contract::default() };
    Registration { contract, waits: true, ..Registration::default() }
}

fn written() -> Registration {
    let file = Written { at: Timestamp::from_micros(0), file: Line::parse("r-1.csv").unwrap() };
    Registration { written: Some(file), waits: false, ..told() }
}

fn today() -> Date {
    day("2026-11-21")
}

fn says(state: S, days: &[(S, &str)]) -> Answer {
    let days = days.iter().map(|(state, on)| (*state, day(on))).collect();
    Answer { state: Some(state), days, ..Answer::default() }
}

#[test]
fn mg_74_it_is_registered_within_60_days_of_signing() {
    let rules = Ruling::shipped().unwrap().registration;
    assert_eq!(told().deadline(&rules), Some(day("2026-12-31")));
    let mut sent = written();
    sent.answer(Answer::default(), today());
    assert_eq!((sent.state(), sent.deadline(&rules)), (Some(S::Pending), None));
}

#[test]
fn mg_74_the_last_day_is_the_one_after_which_its_start_lies_too_far_back() {
    let rules = Ruling::shipped().unwrap().registration;
    let of = |signed: &str, starts: &str| {
        let contract = Contract { signed_on: Some(day(signed)), starts_on: Some(day(starts)), ..Contract::default() };
        Registration { contract, ..told() }.deadline(&rules)
    };
    assert_eq!(of("2026-11-25", "2026-08-30"), Some(day("2026-11-28")));
    assert_eq!(of("2026-11-25", "2026-10-26"), Some(day("2027-01-24")), "both on one day");
    assert_eq!(of("2026-11-25", "2026-12-01"), Some(day("2027-01-24")));
    assert_eq!(of("2022-11-25", "2022-08-30"), Some(day("2023-01-24")), "no rule asked for it then");
}

#[test]
fn what_is_next_follows_from_where_it_stands() {
    assert_eq!(told().next(), Next::Write);
    assert_eq!(Registration { program: Program::IsvConnect, ..told() }.next(), Next::ByHand);
    assert_eq!((written().next(), written().is_editable()), (Next::Upload, false));
    let mut refused = written();
    let answer = Answer { errors: Notes::parse("Contract Value is too low").ok(), ..Answer::default() };
    assert_eq!(refused.answer(answer, today()), Answered::Refused);
    assert_eq!((refused.next(), refused.is_editable(), refused.state()), (Next::Mend, true, None));
    let mut taken = written();
    assert_eq!(taken.answer(says(S::ActionRequired, &[]), today()), Answered::Taken);
    assert_eq!((taken.next(), taken.is_editable()), (Next::Act, true));
    taken.answer(says(S::ReviewPending, &[]), today());
    assert_eq!((taken.next(), taken.is_editable()), (Next::Wait, false));
    taken.answer(says(S::Closed, &[]), today());
    assert_eq!(taken.next(), Next::Nothing);
}

#[test]
fn mg_74_the_history_holds_each_state_with_its_day_and_an_older_file_changes_nothing() {
    let mut one = written();
    let days = [(S::ReviewPending, "2026-11-10"), (S::ActionRequired, "2026-11-14")];
    one.answer(says(S::ActionRequired, &days), today());
    let passed = [(S::ReviewPending, "2026-11-16"), (S::ActionRequired, "2026-11-14"), (S::ReviewPassed, "2026-11-18")];
    one.answer(says(S::ReviewPassed, &passed), today());
    let history: Vec<(S, String)> = one.states.iter().map(|entered| (entered.state, entered.on.unwrap().to_string())).collect();
    let expected = [
        (S::ReviewPending, "2026-11-10"),
        (S::ActionRequired, "2026-11-14"),
        (S::ReviewPending, "2026-11-16"),
        (S::ReviewPassed, "2026-11-18"),
    ];
    assert_eq!(history, expected.map(|(state, on)| (state, on.to_owned())));
    let before = one.clone();
    assert_eq!(one.answer(says(S::ActionRequired, &days), today()), Answered::Older);
    assert_eq!(one, before);
    assert_eq!(one.answer(says(S::ReviewPassed, &passed), today()), Answered::Unchanged);
}

#[test]
fn mg_74_a_download_from_before_microsoft_asked_for_something_is_no_answer_to_what_was_written_since() {
    let mut one = written();
    one.answer(says(S::ActionRequired, &[(S::ReviewPending, "2026-11-10"), (S::ActionRequired, "2026-11-15")]), today());
    one.waits = false;
    one.written = written().written;
    let mine = one.contract.clone();
    let theirs = Contract { signed_on: Some(day("2026-10-01")), ..Contract::default() };
    let old = Answer { contract: theirs, ..says(S::ReviewPending, &[(S::ReviewPending, "2026-11-10")]) };
    assert_eq!(one.answer(old, today()), Answered::Older);
    assert_eq!((&one.contract, one.state(), one.written.is_some()), (&mine, Some(S::ActionRequired), true));
    let mut again = one.clone();
    one.answer(says(S::ReviewPending, &[(S::ReviewPending, "2026-11-16")]), today());
    assert_eq!((one.state(), one.written.is_some()), (Some(S::ReviewPending), false));
    let same_day = [(S::ReviewPending, "2026-11-10"), (S::ActionRequired, "2026-11-15")];
    again.answer(says(S::ReviewPending, &same_day), today());
    assert_eq!((again.state(), again.written.is_some()), (Some(S::ReviewPending), false), "it tells what came between, too");
}

#[test]
fn mg_74_an_answer_is_heard_whose_day_lies_before_the_day_on_which_the_last_file_was_read() {
    let mut one = written();
    one.answer(says(S::Pending, &[]), today());
    let before = today().plus_days(-5).to_string();
    assert_eq!(one.answer(says(S::Approved, &[(S::Approved, &before)]), today()), Answered::Taken);
    assert_eq!(one.state(), Some(S::Approved));
}

#[test]
fn a_download_takes_nothing_from_what_waits_here() {
    let mut one = written();
    one.answer(says(S::ActionRequired, &[]), today());
    one.waits = true;
    let mine = one.contract.clone();
    let theirs = Contract { signed_on: Some(day("2026-10-01")), ..Contract::default() };
    one.answer(Answer { contract: theirs.clone(), ..says(S::ActionRequired, &[]) }, today());
    assert_eq!((&one.contract, one.waits), (&mine, true));
    one.waits = false;
    one.answer(Answer { contract: theirs.clone(), ..says(S::ActionRequired, &[]) }, today());
    assert_eq!(one.contract, theirs);
}
