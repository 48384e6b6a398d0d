//! Registrations in the journal: told, undone, written together with their file or not at all, answered, and as seen by somebody else.

use super::super::{KeptRegistration, StepKind, Store};
use super::*;
use crate::domain::change::Refusal;
use crate::domain::programme::registration::contract::ContractPart;
use crate::domain::programme::registration::state::RegistrationState;
use crate::domain::programme::registration::{Answer, Answered, Registration, Written};
use crate::domain::role::Role;
use crate::store::StoreError;

fn told(value: &str) -> Registration {
    let mut of = Registration { waits: true, ..Registration::default() };
    let today = Date::iso("2026-11-21").unwrap().into();
    of.contract.tell(&[(ContractPart::Value, value), (ContractPart::Currency, "USD")], today).unwrap();
    of
}

fn put(store: &mut Store, seen: Option<&Registration>, to: &Registration) -> Result<(), StoreError> {
    let deal = store.get(OpportunityId(1)).unwrap().opportunity;
    store.register(&deal, seen, to, now()).map(drop)
}

fn held(store: &Store) -> Option<Registration> {
    store.registration(OpportunityId(1)).unwrap()
}

#[test]
fn mg_73_a_registration_stands_beside_its_deal_and_is_taken_back_like_any_step() {
    let mut store = store_of(2);
    put(&mut store, None, &told("60000")).unwrap();
    assert_eq!(store.get(OpportunityId(1)).unwrap().registration.as_deref(), Some(&told("60000")));
    assert_eq!(store.registrations().unwrap().len(), 1);
    let stale = put(&mut store, None, &told("70000"));
    assert!(matches!(stale, Err(StoreError::RecordStale { .. })), "somebody was faster: {stale:?}");
    put(&mut store, Some(&told("60000")), &told("70000")).unwrap();
    assert_eq!(store.undo(now()).unwrap().step.kind, StepKind::Register);
    assert_eq!(held(&store), Some(told("60000")));
    store.undo(now()).unwrap();
    assert_eq!((held(&store), store.registrations().unwrap()), (None, vec![]));
    store.redo(now()).unwrap();
    assert_eq!(held(&store), Some(told("60000")));
}

#[test]
fn a_file_that_cannot_be_named_leaves_registrations_as_they_were() {
    let mut store = store_of(1);
    put(&mut store, None, &told("60000")).unwrap();
    let kept: Vec<KeptRegistration> = store.registrations().unwrap();
    let written = Written { at: now(), file: line("r-1.csv") };
    assert_eq!(store.note_registrations(&kept, &written, || Err("disk full")).unwrap(), Err("disk full"));
    assert_eq!(held(&store), Some(told("60000")));
    assert_eq!(store.note_registrations(&kept, &written, || Ok::<(), &str>(())).unwrap(), Ok(()));
    assert_eq!(held(&store).unwrap().written, Some(written));
    assert!(matches!(store.undo(now()), Err(StoreError::RecordChanged { .. })), "what was written is final");
    assert!(held(&store).unwrap().written.is_some());
}

#[test]
fn what_somebody_told_while_the_file_was_made_is_not_lost_and_the_file_gets_no_name() {
    let mut store = store_of(1);
    put(&mut store, None, &told("60000")).unwrap();
    let kept: Vec<KeptRegistration> = store.registrations().unwrap();
    put(&mut store, Some(&told("60000")), &told("70000")).unwrap();
    let written = Written { at: now(), file: line("r-1.csv") };
    let noted = store.note_registrations(&kept, &written, || -> Result<(), &str> { unreachable!("it is not named") });
    assert!(matches!(noted, Err(StoreError::RecordStale { .. })), "{noted:?}");
    assert_eq!(held(&store), Some(told("70000")));
}

#[test]
fn mg_74_two_answers_to_one_deal_are_taken_one_after_the_other() {
    let mut store = store_of(1);
    put(&mut store, None, &told("60000")).unwrap();
    let referral = store.get(OpportunityId(1)).unwrap().opportunity.referral_id.unwrap().to_string();
    let answer = |state| (referral.clone(), Answer { state: Some(state), ..Answer::default() });
    let answers = [answer(RegistrationState::ReviewPending), answer(RegistrationState::ReviewPassed)];
    let told = store.answer_registrations(&answers, Date::iso("2026-11-21").unwrap(), now(), true).unwrap();
    assert_eq!(told, [Some((OpportunityId(1), Answered::Taken)); 2]);
    assert_eq!(held(&store).unwrap().state(), Some(RegistrationState::ReviewPassed));
    store.undo_step(store.steps(None, 1).unwrap()[0].id, now()).unwrap_err();
}

#[test]
fn mg_74_an_answer_finds_its_deal_by_the_referral_id_and_a_dry_run_writes_nothing() {
    let mut store = store_of(1);
    put(&mut store, None, &told("60000")).unwrap();
    let referral = store.get(OpportunityId(1)).unwrap().opportunity.referral_id.unwrap().to_string();
    let answer = Answer { state: Some(RegistrationState::Approved), ..Answer::default() };
    let answers = [(referral, answer.clone()), ("nobody".to_owned(), answer)];
    let today = Date::iso("2026-11-21").unwrap();
    let told_dry = store.answer_registrations(&answers, today, now(), false).unwrap();
    assert_eq!(held(&store).unwrap().state(), None);
    let told = store.answer_registrations(&answers, today, now(), true).unwrap();
    assert_eq!(told, [Some((OpportunityId(1), Answered::Taken)), None]);
    assert_eq!((told_dry, held(&store).unwrap().state()), (told, Some(RegistrationState::Approved)));
}

#[test]
fn mg_02_a_referrals_user_neither_sees_nor_changes_the_registration_of_others_and_the_list_goes_on() {
    let mut store = store_of(2);
    put(&mut store, None, &told("60000")).unwrap();
    let deal = store.get(OpportunityId(1)).unwrap().opportunity;
    let referral = deal.referral_id.as_ref().unwrap().to_string();
    (store.settings.role, store.settings.author) = (Role::ReferralsUser, "nobody@p.example".into());
    assert_eq!(store.registrations().unwrap(), []);
    let refused = store.register(&deal, Some(&told("60000")), &told("70000"), now());
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::Barred(_)))), "{refused:?}");
    let answer = Answer { state: Some(RegistrationState::Approved), ..Answer::default() };
    let today = Date::iso("2026-11-21").unwrap();
    assert_eq!(store.answer_registrations(&[(referral, answer)], today, now(), true).unwrap(), [None]);
    store.settings.role = Role::ReferralsAdmin;
    assert_eq!(held(&store), Some(told("60000")), "nothing of it was changed");
}
