//! Changes, undo, redo, history, outbox, expiry: what a step writes and how it is taken back.

use super::super::{NotUndone, Settings, StepKind, Store, StoreError, Upload};
use super::*;
use crate::domain::change::{Edit, Refusal, Set};
use crate::domain::field::{Field, Named};
use crate::domain::ids::{Pointer, Version};
use crate::domain::outgoing::SaidThere;
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
    assert!(entries[0].changes.iter().any(|(field, _, new)| *field == Named::Known(Field::Name) && new == "Accepted"));
    assert_eq!(store.counts(now().into()).unwrap().outbox, 1);
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
    let applied = store.apply(&[change(999, What::Win(Edit::default()))], now()).unwrap();
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
    assert_eq!(store.redo(now()).unwrap().touched, Some(OpportunityId(1)));
    store.apply(&[change(3, What::Favorite { on: true })], now()).unwrap();
    assert!(matches!(store.redo(now()), Err(StoreError::NothingToRedo)));
    assert_eq!(store.undo(now()).unwrap().touched, Some(OpportunityId(3)));
}

#[test]
fn undo_ends_with_the_first_import_and_then_says_so() {
    let mut store = store_of(3);
    store.undo(now()).unwrap();
    assert!(store.counts(now().into()).unwrap().is_empty());
    assert!(matches!(store.undo(now()), Err(StoreError::NothingToUndo)));
}

#[test]
fn a_step_that_was_written_to_an_upload_file_is_final() {
    let mut store = store_of(20);
    let id = first(&mut store, Tab::Inbound, View::Received);
    store.apply(&[change(id, accept())], now()).unwrap();
    let held = store.get(OpportunityId(id)).unwrap();
    let said = SaidThere::of(&held, &held.opportunity).unwrap();
    let rows = vec![(OpportunityId(id), held.opportunity.version, said)];
    let upload = Upload { file: "upload-1.csv".into(), layout: "2026", rows, fingerprint: None };
    assert_eq!(store.note_uploads(std::slice::from_ref(&upload), now(), &mut || false).unwrap(), None, "no file, no word of it");
    assert!(store.note_uploads(std::slice::from_ref(&upload), now(), &mut || true).unwrap().is_some());
    let again = store.note_uploads(&[upload], now(), &mut || true);
    assert!(matches!(again, Err(StoreError::UploadStale { .. })), "what another program wrote meanwhile is not written twice");
    assert!(matches!(store.undo(now()), Err(StoreError::Written { id: OpportunityId(found), .. }) if found == id));
    assert_eq!(stage(&store, id), StageKind::Accepted);
}

#[test]
fn mg_66_a_new_setting_moves_the_deadlines_it_rules() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    let open = |days| Store::open(&path, Settings { response_days: days, ..Settings::default() }, now()).unwrap();
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

/// The kept counts are those a count of the rows gives.
pub(super) fn counts_are_true(store: &Store) {
    let wrong: i64 = store
        .connection
        .query_row(
            "SELECT (SELECT count(*) FROM tally WHERE kind = 'shelf' AND n <> (SELECT count(*) FROM opportunity o WHERE o.shelf = tally.shelf)) \
             + (SELECT count(*) FROM tally WHERE kind = 'favorite' AND n <> (SELECT count(*) FROM opportunity o WHERE o.shelf = tally.shelf AND favorite)) \
             + (SELECT count(*) FROM tally WHERE kind = 'outbox' AND n <> (SELECT count(*) FROM opportunity WHERE waiting = 1)) \
             + (SELECT count(*) FROM opportunity o WHERE waiting <> (base IS NOT NULL OR (made_here AND referral_id IS NULL) \
                 OR EXISTS (SELECT 1 FROM outbox WHERE state = 'waiting' AND opportunity_id = o.id))) \
             + (SELECT count(*) FROM opportunity o WHERE lapsed_basis IS NOT NULL AND direction = 'inbound' \
                 AND 1 <> (SELECT count(*) FROM outbox WHERE kind = 'notice' AND opportunity_id = o.id)) \
             + (SELECT count(*) FROM outbox WHERE opportunity_id NOT IN (SELECT id FROM opportunity)) \
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
    store.recount_facts().unwrap();
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
    first.follow_clock(now()).unwrap();
    assert_eq!(difference(&wanted, &everything(&second)), "", "the look of the first leaves them");
}

#[test]
fn one_step_of_several_is_taken_back_alone_and_the_stack_goes_on_around_it() {
    let mut store = store_of(3);
    let mark = |store: &mut Store, id: i64| store.apply(&[change(id, What::Favorite { on: true })], now()).unwrap().step.unwrap();
    let (one, two, three) = (mark(&mut store, 1), mark(&mut store, 2), mark(&mut store, 3));
    let marked = |store: &Store| [1, 2, 3].map(|id| store.get(OpportunityId(id)).unwrap().opportunity.favorite);
    store.undo_step(two, now()).unwrap();
    assert_eq!(marked(&store), [true, false, true]);
    assert!(matches!(store.undo_step(two, now()), Err(StoreError::NotUndone(NotUndone::Already))));
    let undo = store.steps(None, 1).unwrap()[0].id;
    assert!(matches!(store.undo_step(undo, now()), Err(StoreError::NotUndone(NotUndone::OfAnother))));
    assert_eq!(store.undo(now()).unwrap().step.id, three, "the last that stands");
    assert_eq!(store.undo(now()).unwrap().step.id, one);
    assert_eq!(marked(&store), [false; 3]);
    for (step, stands) in [(one, [true, false, false]), (three, [true, false, true]), (two, [true, true, true])] {
        assert_eq!(store.redo(now()).unwrap().step.id, step);
        assert_eq!(marked(&store), stands);
    }
    assert_eq!(store.undo(now()).unwrap().step.id, two, "what was made again last");
    assert_eq!(store.undo(now()).unwrap().step.id, three);
    assert_eq!(store.undo(now()).unwrap().step.id, one);
    let import = store.steps(None, 100).unwrap().pop().unwrap().id;
    mark(&mut store, 2);
    assert!(matches!(store.may_undo(import), Err(StoreError::ChangedSince { .. })), "it is known before anything is tried");
    assert!(matches!(store.undo_step(import, now()), Err(StoreError::ChangedSince { .. })), "what it made was changed since");
    store.undo(now()).unwrap();
    store.undo_step(import, now()).unwrap();
    assert_eq!(store.counts(now().into()).unwrap().of(Tab::Inbound, View::All), 0, "nothing stood on it any more");
}

#[test]
fn a_deal_is_not_dated_by_an_import_that_was_taken_back_alone() {
    let mut store = store_of(3);
    let dated = |store: &Store| store.get(OpportunityId(1)).unwrap().opportunity.updated_at;
    let before = dated(&store);
    let tomorrow = Incoming { updated_at: Some(now().plus_days(1)), notes: Some(None), ..record(0) };
    let import = super::journal::import_at(&mut store, vec![tomorrow], now()).step.unwrap();
    let name = What::Edit(Edit(vec![Set::Name(line("ERP"))]));
    let edit = store.apply(&[change(1, name)], now().plus_days(2)).unwrap().step.unwrap();
    store.undo_step(import, now().plus_days(2)).unwrap();
    assert_eq!(dated(&store), now().plus_days(2), "what came after it stands");
    assert_eq!(store.undo(now().plus_days(3)).unwrap().step.id, edit);
    assert_eq!(dated(&store), before, "nothing stands any more that dates it");
    store.redo(now().plus_days(4)).unwrap();
    assert_eq!(dated(&store), now().plus_days(2), "made again it is dated as it was");
}

#[test]
fn a_step_that_was_made_again_is_taken_back_from_the_history() {
    let mut store = store_of(3);
    let import = store.steps(None, 1).unwrap()[0].id;
    store.undo(now()).unwrap();
    store.redo(now()).unwrap();
    assert_eq!(store.undo_step(import, now()).unwrap().step.id, import);
}

#[test]
fn a_step_alone_is_not_taken_back_where_a_later_one_changed_the_same_and_back() {
    let mut store = store_of(3);
    let mark = |store: &mut Store, on| store.apply(&[change(1, What::Favorite { on })], now()).unwrap().step.unwrap();
    let first = mark(&mut store, true);
    mark(&mut store, false);
    let last = mark(&mut store, true);
    assert!(matches!(store.undo_step(first, now()), Err(StoreError::ChangedSince { by, .. }) if by == "favorite"));
    assert_eq!(store.undo(now()).unwrap().step.id, last, "the stack is not blocked");
}

#[test]
fn an_edit_stays_once_its_deal_is_archived() {
    let mut store = store_of(3);
    store.apply(&[change(2, accept())], now()).unwrap();
    let edit = What::Edit(Edit(vec![Set::Name(line("ERP 2기"))]));
    let name = store.apply(&[change(2, edit)], now()).unwrap().step.unwrap();
    let mark = store.apply(&[change(2, What::Favorite { on: true })], now()).unwrap().step.unwrap();
    store.apply(&[change(2, What::Win(Edit::default()))], now()).unwrap();
    assert!(matches!(store.undo_step(name, now()), Err(StoreError::ChangedSince { by, .. }) if by == "win"));
    store.undo_step(mark, now()).unwrap();
    assert_eq!(store.get(OpportunityId(2)).unwrap().opportunity.title(), &line("ERP 2기"));
}

#[test]
fn a_deal_was_changed_last_when_its_last_standing_step_was() {
    let mut store = store_of(3);
    let edit = |set| change(2, What::Edit(Edit(vec![set])));
    store.apply(&[change(2, accept())], now()).unwrap();
    let name = store.apply(&[edit(Set::Name(line("ERP 2기")))], now().plus_days(1)).unwrap().step.unwrap();
    store.apply(&[edit(Set::CrmId(Some(line("A-7"))))], now().plus_days(2)).unwrap();
    store.undo_step(name, now().plus_days(3)).unwrap();
    assert_eq!(store.get(OpportunityId(2)).unwrap().opportunity.updated_at, now().plus_days(2));
}
