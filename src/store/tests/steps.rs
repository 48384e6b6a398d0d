//! Changes, undo, redo, history, outbox, expiry: what a step writes and how it is taken back.

use proptest::prelude::*;

use super::super::{Settings, StepKind, Store, StoreError};
use super::*;
use crate::domain::change::Refusal;
use crate::domain::field::Field;
use crate::domain::ids::{Pointer, Version};
use crate::domain::stage::{NotAllowed, Stage, StageKind};
use crate::domain::tab::{Tab, View};

fn stage(store: &Store, id: i64) -> StageKind {
    store.get(OpportunityId(id)).unwrap().opportunity.stage.kind()
}

/// Returns the first opportunity of a view.
fn first(store: &mut Store, tab: Tab, view: View) -> i64 {
    let query = crate::domain::query::ListQuery { view, ..crate::domain::query::ListQuery::tab(tab) };
    store.list(&query, crate::domain::query::From::Start, 1).unwrap().rows[0].id.0
}

#[test]
fn mg_61_accepting_writes_row_people_history_and_outbox() {
    let mut store = store_of(20);
    let id = first(&mut store, Tab::Inbound, View::Received);
    store.apply(&[change(id, accept())], now()).unwrap();
    let held = store.get(OpportunityId(id)).unwrap();
    assert!(matches!(held.opportunity.stage, Stage::Accepted { since: Some(since) } if since >= now()));
    assert!(held.opportunity.waiting);
    assert!(held.opportunity.employees.iter().any(|p| p.email == "ana@p.example"));
    assert!(held.base.contains_key(&Field::Name) && held.base.contains_key(&Field::Stage));
    let entries = store.history_of(OpportunityId(id), None, 10).unwrap();
    assert_eq!(entries.iter().map(|e| e.step.kind).collect::<Vec<_>>(), [StepKind::Accept, StepKind::Import]);
    assert!(entries[0].changes.iter().any(|(field, _, new)| *field == Field::Name && new == "Accepted"));
    assert_eq!(store.counts(now()).unwrap().outbox, 1);
}

#[test]
fn a_bulk_step_does_what_it_can_says_what_it_could_not_and_is_one_undo() {
    let mut store = store_of(30);
    let before = everything(&store);
    let changes: Vec<Change> = (1..=12).map(|id| change(id, What::Decline { reason: Reason::Timeline, note: None })).collect();
    let applied = store.apply(&changes, now()).unwrap();
    let done = applied.results.iter().filter(|r| r.is_ok()).count();
    assert!(done > 0 && done < 12);
    assert!(applied.results.iter().any(|r| matches!(r, Err(Refusal::NotAllowed(NotAllowed::AlreadyAccepted)))));
    assert_eq!(store.steps(None, 1).unwrap()[0].count, done as u64);
    store.undo(now()).unwrap();
    assert_eq!(everything(&store), before);
}

#[test]
fn a_step_refused_as_a_whole_leaves_no_trace() {
    let mut store = store_of(10);
    let before = (everything(&store), store.steps(None, 10).unwrap());
    let applied = store.apply(&[change(999, What::Win)], now()).unwrap();
    assert_eq!(applied.step, None);
    assert!(matches!(applied.results[..], [Err(Refusal::NoSuch(OpportunityId(999)))]));
    assert_eq!((everything(&store), store.steps(None, 10).unwrap()), before);
}

#[test]
fn two_windows_never_overwrite_each_other_silently() {
    let mut store = store_of(20);
    let id = first(&mut store, Tab::Inbound, View::Received);
    let seen = store.get(OpportunityId(id)).unwrap().opportunity.version;
    store.apply(&[change(id, What::Favorite { on: true })], now()).unwrap();
    let stale = Change { seen: Some(seen), ..change(id, accept()) };
    let applied = store.apply(&[stale], now()).unwrap();
    assert!(matches!(applied.results[..], [Err(Refusal::ChangedSince)]));
    let fresh = Change { seen: Some(Version(seen.0 + 1)), ..change(id, accept()) };
    assert!(store.apply(&[fresh], now()).unwrap().step.is_some());
}

#[test]
fn a_new_step_ends_the_way_forward() {
    let mut store = store_of(20);
    store.apply(&[change(1, What::Favorite { on: true })], now()).unwrap();
    store.apply(&[change(2, What::Favorite { on: true })], now()).unwrap();
    store.undo(now()).unwrap();
    store.undo(now()).unwrap();
    assert_eq!(store.redo().unwrap().touched, Some(OpportunityId(1)));
    store.apply(&[change(3, What::Favorite { on: true })], now()).unwrap();
    assert!(matches!(store.redo(), Err(StoreError::NothingToRedo)));
    assert_eq!(store.undo(now()).unwrap().touched, Some(OpportunityId(3)));
}

#[test]
fn undo_ends_with_the_first_import_and_then_says_so() {
    let mut store = store_of(3);
    store.undo(now()).unwrap();
    assert!(store.counts(now()).unwrap().is_empty());
    assert!(matches!(store.undo(now()), Err(StoreError::NothingToUndo)));
}

#[test]
fn a_step_that_was_written_to_an_upload_file_is_final() {
    let mut store = store_of(20);
    let id = first(&mut store, Tab::Inbound, View::Received);
    store.apply(&[change(id, accept())], now()).unwrap();
    store.connection.execute("UPDATE outbox SET state = 'written'", []).unwrap();
    assert!(matches!(store.undo(now()), Err(StoreError::Written { id: OpportunityId(found) }) if found == id));
    assert_eq!(stage(&store, id), StageKind::Accepted);
}

#[test]
fn mg_65_expiry_is_derived_when_the_store_is_opened_and_no_one_can_undo_it() {
    let mut store = store_of(30);
    let id = first(&mut store, Tab::Inbound, View::Received);
    store.apply(&[change(id, What::Favorite { on: true })], now()).unwrap();
    let later = now().plus_days(30);
    store.catch_up(later).unwrap();
    assert_eq!(store.counts(later).unwrap().of(Tab::Inbound, View::Received), 0);
    let step = &store.steps(None, 1).unwrap()[0];
    assert_eq!(step.kind, StepKind::Expire);
    let entry = &store.history_of(OpportunityId(id), None, 1).unwrap()[0];
    assert!(
        matches!(store.get(OpportunityId(id)).unwrap().opportunity.stage, Stage::Archived { at: Some(at), .. } if at < later)
    );
    assert_eq!(entry.step.kind, StepKind::Expire);
    assert!(matches!(store.undo(later), Err(StoreError::ChangedSince { .. })), "its favorite mark was set before it expired");
    let before = everything(&store);
    store.catch_up(later).unwrap();
    assert_eq!(everything(&store), before, "nothing expires twice");
}

#[test]
fn when_the_clock_goes_back_the_history_does_not() {
    let mut store = store_of(3);
    store.apply(&[change(1, What::Favorite { on: true })], at("2026-12-01T00:00:00Z")).unwrap();
    store.apply(&[change(2, What::Favorite { on: true })], at("2026-11-22T00:00:00Z")).unwrap();
    let steps = store.steps(None, 2).unwrap();
    assert!(steps[0].at > steps[1].at);
}

#[test]
fn mg_66_a_new_setting_moves_the_deadlines_it_rules() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    let open = |days| Store::open(&path, Settings { response_days: days, read_only: false }, now()).unwrap();
    let mut store = open(14);
    import(&mut store, vec![record(4), Incoming { expires_at: Some(at("2026-12-24T00:00:00Z")), ..record(11) }]);
    drop(store);
    let store = open(30);
    let deadline = |id| match store.get(OpportunityId(id)).unwrap().opportunity.stage {
        Stage::Received { respond_by } => respond_by.at,
        other => panic!("{other:?}"),
    };
    assert_eq!(deadline(1), store.get(OpportunityId(1)).unwrap().opportunity.first_seen_at.plus_days(30));
    assert_eq!(deadline(2), at("2026-12-24T00:00:00Z"), "a given deadline stays");
}

#[test]
fn an_opportunity_is_found_by_number_or_beginning_of_its_referral_id() {
    let store = store_of(40);
    let referral = store.get(OpportunityId(7)).unwrap().opportunity.referral_id.unwrap();
    assert_eq!(store.find(&Pointer::read("7")).unwrap(), OpportunityId(7));
    assert_eq!(store.find(&Pointer::read(&referral.as_str().to_uppercase())).unwrap(), OpportunityId(7));
    assert_eq!(store.find(&Pointer::read(&referral.as_str()[..8])).unwrap(), OpportunityId(7));
    assert!(matches!(store.find(&Pointer::read("zz")), Err(StoreError::NoSuch(_))));
    assert!(matches!(store.find(&Pointer::read("")), Err(StoreError::NoSuch(_))));
}

fn any_what() -> impl Strategy<Value = What> {
    prop_oneof![
        Just(accept()),
        Just(What::Decline { reason: Reason::Budget, note: Notes::parse("no").ok() }),
        Just(What::Win),
        Just(What::Lose { reason: Reason::Other, note: None }),
        any::<bool>().prop_map(|on| What::Favorite { on }),
    ]
}

#[derive(Debug, Clone)]
enum Act {
    Apply(i64, What),
    Bulk(What),
    Undo,
    Redo,
    Wait(i64),
    Import(usize),
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1i64..12, any_what()).prop_map(|(id, what)| Act::Apply(id, what)),
        1 => any_what().prop_map(Act::Bulk),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => (0i64..6).prop_map(Act::Wait),
        1 => (0usize..16).prop_map(Act::Import),
    ]
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn undo_of_apply_is_identity_and_history_replays(acts in prop::collection::vec(any_act(), 1..30)) {
        let mut store = store_of(8);
        let mut clock = now();
        // The states between steps, as undo and redo have to find them.
        let mut past: Vec<Vec<String>> = vec![everything(&store_of(0))];
        let mut future: Vec<Vec<String>> = Vec::new();
        let mut blocked = false;
        for act in acts {
            let before = everything(&store);
            let step = match act {
                Act::Apply(id, what) => store.apply(&[change(id, what)], clock).unwrap().step,
                Act::Bulk(what) => store.apply(&(1..8).map(|id| change(id, what.clone())).collect::<Vec<_>>(), clock).unwrap().step,
                Act::Import(n) => import(&mut store, vec![Incoming { notes: Some(None), ..record(n) }]).step,
                Act::Undo => {
                    match store.undo(clock) {
                        Ok(_) if !blocked => {
                            let state = everything(&store);
                            if let Some(expected) = past.pop() {
                                prop_assert_eq!(difference(&expected, &state), "", "undo");
                            }
                            future.push(before.clone());
                        }
                        Ok(_) => {}
                        Err(_) => prop_assert_eq!(difference(&before, &everything(&store)), "", "a refused undo changes nothing"),
                    }
                    None
                }
                Act::Redo => {
                    match store.redo() {
                        Ok(_) if !blocked => {
                            let state = everything(&store);
                            if let Some(expected) = future.pop() {
                                prop_assert_eq!(difference(&expected, &state), "", "redo");
                            }
                            past.push(before.clone());
                        }
                        Ok(_) => {}
                        Err(_) => prop_assert_eq!(difference(&before, &everything(&store)), "", "a refused redo changes nothing"),
                    }
                    None
                }
                Act::Wait(days) => {
                    clock = clock.plus_days(days);
                    store.catch_up(clock).unwrap();
                    // The clock's own steps lie between ours; states before them do not come back as they were.
                    blocked |= everything(&store) != before;
                    None
                }
            };
            if step.is_some() {
                past.push(before.clone());
                future.clear();
                blocked |= store.steps(None, 1).unwrap()[0].kind == StepKind::Expire;
            }
            replays(&store)?;
            counts_are_true(&store);
        }
    }
}

/// Replaying every opportunity's standing history backwards and forwards ends where it stands.
fn replays(store: &Store) -> Result<(), TestCaseError> {
    for id in 1..12 {
        let Ok(held) = store.get(OpportunityId(id)) else { continue };
        let mut values: std::collections::BTreeMap<Field, serde_json::Value> = Default::default();
        let mut entries = store.history_of(OpportunityId(id), None, 1_000).unwrap();
        entries.reverse();
        for entry in entries.into_iter().filter(|e| e.step.undone_at.is_none()) {
            for (field, old, new) in entry.changes {
                if let Some(known) = values.get(&field) {
                    prop_assert_eq!(known, &old, "{:?} of {} goes on where it stood", field, id);
                }
                values.insert(field, new);
            }
        }
        for (field, value) in values {
            prop_assert_eq!(field.get(&held.opportunity), value, "{:?} of {}", field, id);
        }
    }
    Ok(())
}

/// The kept counts are those a count of the rows gives.
fn counts_are_true(store: &Store) {
    let wrong: i64 = store
        .connection
        .query_row(
            "SELECT (SELECT count(*) FROM tally WHERE kind = 'shelf' AND n <> (SELECT count(*) FROM opportunity o WHERE o.shelf = tally.shelf)) \
             + (SELECT count(*) FROM tally WHERE kind = 'favorite' AND n <> (SELECT count(*) FROM opportunity o WHERE o.shelf = tally.shelf AND favorite)) \
             + (SELECT count(*) FROM tally WHERE kind = 'outbox' AND n <> (SELECT count(*) FROM outbox WHERE state = 'waiting')) \
             + (SELECT count(*) FROM opportunity o WHERE waiting <> (SELECT count(*) FROM outbox WHERE state = 'waiting' AND opportunity_id = o.id)) \
             + (SELECT count(*) FROM due WHERE n <> (SELECT count(*) FROM opportunity WHERE respond_by / 60000000 = minute)) \
             + (SELECT sum(n) FROM due) - (SELECT count(*) FROM opportunity WHERE stage = 'received')",
            [],
            |row| row.get::<_, Option<i64>>(0),
        )
        .unwrap()
        .unwrap_or(0);
    assert_eq!(wrong, 0);
}

#[test]
fn a_deadline_that_moves_within_its_minute_is_still_counted_as_due() {
    let store = store_of(8);
    store.connection.execute("UPDATE opportunity SET respond_by = respond_by + 10 WHERE shelf = 0", []).unwrap();
    counts_are_true(&store);
    assert_eq!(store.health().unwrap().counts_wrong, None);
}

#[test]
fn two_programs_with_different_settings_do_not_move_each_others_deadlines_while_they_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cosell.db");
    let open = |response_days| Store::open(&path, Settings { response_days, ..Settings::default() }, now()).unwrap();
    let mut first = open(14);
    import(&mut first, (1..9).map(record).collect());
    let second = open(30);
    let wanted = everything(&second);
    first.expire_overdue(now()).unwrap();
    assert_eq!(difference(&wanted, &everything(&second)), "", "the look of the first leaves them");
}
