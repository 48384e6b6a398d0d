//! MG-02: what a viewer and a referrals user may write and see, whatever way leads to the store.

use std::sync::Arc;

use super::super::plan::Limits;
use super::super::{DraftKey, StoreError};
use super::lists::{FILTERS, filter, lived, moment};
use super::ours::next;
use super::*;
use crate::domain::change::{Edit, HelpRequest, Refusal, Set};
use crate::domain::field::Field;
use crate::domain::held::Side;
use crate::domain::ids::DraftId;
use crate::domain::opportunity::HelpKind;
use crate::domain::outcome::Reason;
use crate::domain::outgoing::Choice;
use crate::domain::query::{From, ListQuery};
use crate::domain::role::{Barred, Role};
use crate::domain::stage::StageKind;
use crate::domain::tab::{Tab, View};
use crate::domain::text::Notes;
use crate::insight::{Dimension, Terms, Weights};
use crate::store::{Reviewed, Summed};

const ME: &str = "민준1@Partner.example";

fn as_role(store: &mut Store, role: Role, me: &str) {
    store.settle(14, me.to_owned(), role, now());
}

fn everything() -> ListQuery {
    ListQuery { view: View::All, ..ListQuery::tab(Tab::All) }
}

fn listed(store: &mut Store, query: &ListQuery) -> Vec<OpportunityId> {
    store.list(query, From::Start, usize::MAX).unwrap().rows.iter().map(|row| row.id).collect()
}

/// The deals of the team, found by reading each.
fn mine(store: &mut Store) -> Vec<OpportunityId> {
    as_role(store, Role::ReferralsAdmin, "");
    let all = listed(store, &everything());
    let is_mine =
        |id: &OpportunityId| store.get(*id).unwrap().opportunity.employees.iter().any(|p| p.email == "민준1@partner.example");
    all.into_iter().filter(is_mine).collect()
}

/// Every change there is.
fn changes(id: i64) -> Vec<Change> {
    let notes = Notes::parse("a").unwrap();
    let help = HelpRequest { kind: HelpKind::ALL[0], note: notes.clone(), contact: Person::default() };
    let all = vec![
        accept(),
        What::Decline { reason: Reason::Other, note: Some(notes.clone()) },
        What::Win(Edit::default()),
        What::Lose { reason: Reason::Other, note: Some(notes.clone()), correct: Edit::default() },
        What::Favorite { on: true },
        What::Edit(Edit(vec![Set::Name(line("b"))])),
        What::AskHelp(Box::new(help)),
        What::Share,
        next("call", "2026-12-01"),
        What::Note { by: None, text: notes },
        What::RespondBy(now().plus_days(3)),
        What::Resolve { fields: vec![Field::Name], side: Side::Ours },
        What::Reopen,
    ];
    // A new kind of change has to be added above.
    for what in &all {
        match what {
            What::Accept(_) | What::Decline { .. } | What::Win(_) | What::Lose { .. } | What::Favorite { .. } | What::Edit(_) => {
            }
            What::AskHelp(_)
            | What::Share
            | What::Next(_)
            | What::Note { .. }
            | What::RespondBy(_)
            | What::Resolve { .. }
            | What::Reopen => {}
        }
    }
    all.into_iter().map(|what| change(id, what)).collect()
}

fn barred<T: std::fmt::Debug>(done: Result<T, StoreError>, why: Barred) {
    assert!(matches!(&done, Err(StoreError::Refused(Refusal::Barred(told))) if *told == why), "{done:?}");
}

#[test]
fn mg_02_a_viewer_writes_nothing_by_whatever_way() {
    let mut store = lived(60);
    let steps = store.steps(None, 1_000).unwrap();
    as_role(&mut store, Role::Viewer, ME);
    for change in changes(1) {
        barred(store.apply(&[change], now()), Barred::Viewer);
    }
    let new = super::deals::new("한빛정밀", "ERP", "SOL-1");
    barred(store.create(&new, None, now()), Barred::Viewer);
    barred(store.undo(now()), Barred::Viewer);
    barred(store.redo(now()), Barred::Viewer);
    barred(store.undo_step(steps[0].id, now()), Barred::Viewer);
    let mut source = [Records { records: vec![record(900)], whole: true }];
    barred(store.import(&mut source, Mode::Import, now(), &mut |_| ControlFlow::Continue(())), Barred::Viewer);
    barred(store.choose(&[OpportunityId(1)], Choice::HeldBack), Barred::Viewer);
    barred(store.tell_sender(OpportunityId(1)), Barred::Viewer);
    barred(store.note_uploads(&[], now(), &mut || true), Barred::Viewer);
    barred(store.drop_upload("a.csv"), Barred::Viewer);
    barred(store.new_draft(now()), Barred::Viewer);
    barred(store.keep_draft(DraftKey::New(DraftId(1)), &Default::default(), now()), Barred::Viewer);
    barred(store.drop_draft(DraftKey::New(DraftId(1))), Barred::Viewer);
    barred(store.forget_cost("spring"), Barred::Viewer);
    barred(store.mend(*moment().today, &mut |_| {}), Barred::Viewer);
    assert_eq!(store.steps(None, 1_000).unwrap(), steps);
    // What follows from the clock is nobody's deed, and how one looks is one's own.
    store.catch_up(now().plus_days(400)).unwrap();
    assert!(store.steps(None, 1).unwrap()[0].id > steps[0].id);
    store.keep_desk("columns").unwrap();
}

#[test]
fn mg_02_a_referrals_user_changes_deals_of_their_team_and_no_others() {
    let mut store = lived(60);
    let mine = mine(&mut store);
    let other = listed(&mut store, &everything()).into_iter().find(|id| !mine.contains(id)).unwrap();
    as_role(&mut store, Role::ReferralsUser, ME);
    let both = [change(mine[0].0, What::Favorite { on: true }), change(other.0, What::Favorite { on: true })];
    let applied = store.apply(&both, now()).unwrap();
    assert!(applied.results[0].is_ok());
    assert_eq!(applied.results[1], Err(Refusal::Barred(Barred::NotInTeam)));
    for change in changes(other.0) {
        assert_eq!(store.apply(&[change], now()).unwrap().results, [Err(Refusal::Barred(Barred::NotInTeam))]);
    }
    barred(store.get(other), Barred::NotInTeam);
    barred(store.history_of(other, None, 9), Barred::NotInTeam);
    barred(store.choose(&[other], Choice::HeldBack), Barred::NotInTeam);
    barred(store.tell_sender(other), Barred::NotInTeam);
    // The journal itself bars what forgot to ask: an undo of what an admin did to many.
    as_role(&mut store, Role::ReferralsAdmin, "");
    store.apply(&[change(other.0, What::Favorite { on: true }), change(mine[0].0, What::Favorite { on: false })], now()).unwrap();
    as_role(&mut store, Role::ReferralsUser, ME);
    barred(store.undo(now()), Barred::NotInTeam);
    as_role(&mut store, Role::ReferralsUser, "");
    barred(store.apply(&both, now()), Barred::NoEmail);
    assert_eq!(listed(&mut store, &everything()), [], "nobody knows whose they are");
}

/// Whatever way a list is worked out, a referrals user is shown what everybody else is shown of the deals of their team.
#[test]
fn mg_02_every_filter_shows_a_referrals_user_what_it_shows_of_their_team() {
    let mut store = lived(90);
    let mine = mine(&mut store);
    assert!(mine.len() > 5);
    for limits in
        [Limits::MEASURED, Limits { large: 0, looks: 5, many: 0, few: 0 }, Limits { large: 0, looks: 1_000, many: 9, few: 3 }]
    {
        store.limits = limits;
        for text in FILTERS.into_iter().chain([""]) {
            for tab in [Tab::Inbound, Tab::Favorites, Tab::All] {
                for view in [View::All, View::Open] {
                    let query = ListQuery { view, filter: filter(text), ..ListQuery::tab(tab) }.listed();
                    as_role(&mut store, Role::ReferralsAdmin, "");
                    let wanted: Vec<_> = listed(&mut store, &query).into_iter().filter(|id| mine.contains(id)).collect();
                    as_role(&mut store, Role::ReferralsUser, ME);
                    assert_eq!(listed(&mut store, &query), wanted, "{text} {tab:?} {view:?} {limits:?}");
                    assert_eq!(store.first_ids(&query, 1_000).unwrap().0, wanted, "{text}");
                }
            }
        }
    }
}

#[test]
fn mg_02_counts_sums_reviews_and_the_past_hold_what_a_referrals_user_sees() {
    let mut store = lived(90);
    let mine = mine(&mut store);
    as_role(&mut store, Role::ReferralsUser, ME);
    let counts = store.counts(moment()).unwrap();
    for tab in [Tab::Inbound, Tab::Outbound, Tab::Favorites, Tab::All] {
        for view in View::ALL {
            let n = listed(&mut store, &ListQuery { view, ..ListQuery::tab(tab) }).len() as u64;
            assert_eq!(counts.of(tab, view), n, "{tab:?} {view:?}");
        }
    }
    assert_eq!(
        counts.next as usize,
        listed(&mut store, &ListQuery { filter: filter("next:<=2026-11-21"), ..everything() }).len()
    );
    assert_eq!(counts.outbox as usize, store.outbox().unwrap().len());
    assert!(store.outbox().unwrap().iter().all(|deal| mine.contains(&deal.held.opportunity.id)));
    let sums = store.sums(&Summed::List(everything()), &mut || false).unwrap().unwrap();
    let one_by_one = store.sums(&Summed::These(mine.iter().copied().collect()), &mut || false).unwrap().unwrap();
    assert_eq!(sums, one_by_one);
    let terms = Terms::new(Date::iso("2026-11-01").unwrap(), moment(), Weights::default(), Dimension::Stage);
    let review = |store: &Store, text: &str, past| {
        store
            .review(
                &Reviewed { filter: filter(text), terms, past, offers: Default::default(), rules: Default::default() },
                &mut || false,
            )
            .unwrap()
    };
    let open = listed(&mut store, &ListQuery { view: View::Open, ..everything() }).len() as u64;
    for past in [false, true] {
        let seen = review(&store, "", past);
        assert_eq!(seen.forecast.open.count + seen.open_of(crate::domain::stage::StageKind::Received).sums.count, open, "{past}");
    }
    let mut then = Vec::new();
    store
        .as_it_stood(now(), &mut |held| {
            then.push(held.opportunity.id);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(!then.is_empty() && then.iter().all(|id| mine.contains(id)), "{then:?}");
    assert!(store.steps(None, 10_000).unwrap().iter().all(|step| step.only.as_ref().is_none_or(|(id, _)| mine.contains(id))));
}

#[test]
fn mg_02_an_import_in_numbers_and_what_forms_offer_are_cut_to_the_team() {
    let mut store = lived(90);
    let mine = mine(&mut store);
    let whole = store.brought(None).unwrap().unwrap();
    let named = |store: &Store| store.aids(None).unwrap().people;
    let everybody = named(&store);
    as_role(&mut store, Role::ReferralsUser, ME);
    let cut = store.brought(Some(whole.step.id)).unwrap().unwrap();
    let (all, seen) = (whole.stood.unwrap_or_default(), cut.stood.unwrap());
    let rows = store.brought_rows(whole.step.id, None, 1_000).unwrap().rows;
    assert!(rows.iter().all(|row| mine.contains(&row.row.id)));
    assert_eq!(seen.made() + seen.changed, rows.len() as u64, "the numbers are those of the rows below them");
    assert!(seen.made() <= all.made() || whole.stood.is_none());
    let of_mine = |person: &Person| {
        mine.iter().any(|id| store.get(*id).unwrap().opportunity.employees.iter().any(|known| known.is_same(person)))
    };
    assert!(named(&store).iter().all(of_mine), "{:?} of {everybody:?}", named(&store));
}

#[test]
fn mg_02_whoever_comes_into_a_team_or_leaves_it_sees_that_at_once_and_what_is_taken_back_too() {
    let mut store = lived(90);
    let mine = mine(&mut store);
    let editable = |store: &Store, id: &OpportunityId| store.get(*id).unwrap().opportunity.stage.kind() != StageKind::Archived;
    let id = *mine.iter().find(|id| editable(&store, id)).unwrap();
    as_role(&mut store, Role::ReferralsUser, ME);
    assert!(listed(&mut store, &everything()).contains(&id));
    let team = store.team().unwrap().unwrap();
    store
        .apply(&[Change { id, seen: None, what: What::Favorite { on: !store.get(id).unwrap().opportunity.favorite } }], now())
        .unwrap();
    assert!(Arc::ptr_eq(&team, &store.team().unwrap().unwrap()), "nobody moved: nothing is looked for again");
    as_role(&mut store, Role::ReferralsAdmin, "");
    as_role(&mut store, Role::ReferralsUser, ME);
    assert_eq!(listed(&mut store, &everything()).len(), mine.len());
    // A transaction that is given up leaves the team as it was.
    let gone: Result<(), StoreError> = store.in_transaction(|store| {
        let held = store.get(id)?;
        store.team_moves(Some(&held), None);
        store.connection.execute("DELETE FROM search WHERE rowid = ?", [id.0]).unwrap();
        assert!(!store.team()?.unwrap().contains(id));
        Err(StoreError::Stopped)
    });
    assert!(gone.is_err() && store.team().unwrap().unwrap().contains(id));
}
