//! As it stood: what was imported, removed, changed and sorted then, and clocks that were wrong for a while.

use std::ops::ControlFlow;

use super::super::{Store, StoreError};
use super::journal::import_at;
use super::lists::filter;
use super::*;
use crate::domain::change::{Edit, Set};
use crate::domain::query::{From, ListQuery, Order, SortKey};
use crate::domain::tab::{Tab, View};

fn names(store: &Store, at: Timestamp) -> Vec<(i64, String)> {
    let mut names = Vec::new();
    let each = &mut |held: crate::domain::held::Held| {
        names.push((held.opportunity.id.0, held.opportunity.title().to_string()));
        ControlFlow::Continue(())
    };
    store.as_it_stood(at, each).unwrap();
    names
}

fn listed(store: &Store, query: &ListQuery, at: Timestamp) -> Result<Vec<OpportunityId>, StoreError> {
    let mut list = store.list_as_it_stood(query, at)?;
    let mut ids = Vec::new();
    loop {
        let page = store.page_of_past(&mut list, 7)?;
        if page.is_empty() {
            return Ok(ids);
        }
        ids.extend(page.iter().map(|held| held.opportunity.id));
    }
}

fn renamed(n: usize, name: &str) -> Incoming {
    Incoming { name: Some(Some(line(name))), ..record(n) }
}

#[test]
fn what_an_import_made_was_not_held_before_it_and_what_it_changed_had_its_old_values() {
    let mut store = store_of(2);
    let days = |days| now().plus_days(days);
    import_at(&mut store, vec![renamed(0, "Theirs"), record(2)], days(1));
    let first = names(&store, days(0));
    assert_eq!(first.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [1, 2]);
    assert_ne!(first[0].1, "Theirs");
    assert_eq!(names(&store, days(1)).iter().map(|(id, _)| *id).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(names(&store, days(1))[0].1, "Theirs");
    store.undo(days(2)).unwrap();
    assert_eq!(names(&store, days(1)).len(), 3, "it had not been undone then");
    assert_eq!(names(&store, days(2)), first);
    assert_eq!(store.one_as_it_stood(OpportunityId(3), days(0)).unwrap(), None);
    assert!(store.one_as_it_stood(OpportunityId(3), days(1)).unwrap().is_some());
    assert_eq!(store.one_as_it_stood(OpportunityId(3), days(2)).unwrap(), None);
}

#[test]
fn before_the_first_step_nothing_is_known_and_an_empty_store_holds_nothing() {
    let (store, empty) = (store_of(1), store_of(0));
    let ask = |store: &Store| listed(store, &ListQuery::tab(Tab::All), now().plus_micros(-1));
    assert!(matches!(ask(&store), Err(StoreError::NothingKnown { begins }) if begins == now()));
    let steps = empty.steps(None, 1).unwrap().len();
    assert_eq!((steps, ask(&empty).unwrap_or_default()), (0, Vec::new()));
}

#[test]
fn what_ran_out_later_was_still_received_and_what_had_run_out_was_not() {
    let mut store = store_of(20);
    let received = |store: &Store, at| {
        let query = ListQuery { view: View::Received, ..ListQuery::tab(Tab::All) };
        listed(store, &query, at).unwrap().len()
    };
    let then = received(&store, now());
    store.catch_up(now().plus_days(40)).unwrap();
    assert!(then > 3);
    assert_eq!((received(&store, now()), received(&store, now().plus_days(40))), (then, 0));
    assert_eq!(received(&store, now().plus_days(30)), 0, "nobody had looked, and yet it was over");
}

#[test]
fn every_order_tab_and_filter_of_a_past_day_is_that_of_the_list_on_that_day() {
    let mut store = store_of(90);
    let marks: Vec<Change> = (1..=90).filter(|id| id % 5 == 0).map(|id| change(id, What::Favorite { on: true })).collect();
    store.apply(&marks, now()).unwrap();
    let steps: Vec<Change> =
        (1..=90).filter(|id| id % 6 == 0).map(|id| change(id, super::ours::next("전화", "2026-11-27"))).collect();
    store.apply(&steps, now()).unwrap();
    store.weigh(super::rank::weighing());
    let mut queries = Vec::new();
    for tab in [Tab::Inbound, Tab::Outbound, Tab::Favorites, Tab::All] {
        for key in SortKey::ALL {
            for (view, reversed) in [(View::All, false), (View::Open, true), (View::Archived, false)] {
                queries.push(ListQuery { view, order: Order { key, reversed }, ..ListQuery::tab(tab) });
            }
        }
    }
    for text in [
        "erp",
        "country:KR,JP",
        "-country:KR value:>1000",
        "due:<9d",
        "outcome:won",
        "close:this-month",
        "owner:none",
        "waiting:yes",
    ] {
        queries.push(ListQuery { view: View::All, filter: filter(text), ..ListQuery::tab(Tab::All) });
    }
    let now_listed = |store: &mut Store, query: &ListQuery| -> Vec<OpportunityId> {
        store.list(query, From::Start, 1_000).unwrap().rows.iter().map(|row| row.id).collect()
    };
    let then: Vec<Vec<OpportunityId>> = queries.iter().map(|query| now_listed(&mut store, query)).collect();
    assert!(then.iter().filter(|ids| !ids.is_empty()).count() > 100);
    let later = now().plus_days(3);
    let edit = What::Edit(Edit(vec![Set::Name(line("Zzz")), Set::Value(Money::from_minor(1, Currency::parse("USD").unwrap()))]));
    store.apply(&(1..=90).map(|id| change(id, edit.clone())).collect::<Vec<_>>(), later).unwrap();
    store.apply(&(1..=90).map(|id| change(id, accept())).collect::<Vec<_>>(), later).unwrap();
    store.apply(&(1..=90).map(|id| change(id, What::Favorite { on: id % 2 == 0 })).collect::<Vec<_>>(), later).unwrap();
    import_at(&mut store, (40..130).map(|n| renamed(n, "Theirs")).collect(), later);
    for (query, then) in queries.iter().zip(&then) {
        assert_eq!(&listed(&store, query, now()).unwrap(), then, "{query:?}");
    }
}

#[test]
fn a_step_that_a_wrong_clock_dated_counts_among_its_neighbours() {
    let mut store = store_of(1);
    let days = |days| now().plus_days(days);
    let star = |store: &mut Store, on, at| store.apply(&[change(1, What::Favorite { on })], at).unwrap();
    star(&mut store, true, days(1));
    for wrong in [900, -900] {
        let note = What::Note { by: None, text: Notes::parse("wrong clock").unwrap() };
        store.apply(&[change(1, note)], days(wrong)).unwrap();
        star(&mut store, false, days(5));
        star(&mut store, true, days(6));
    }
    star(&mut store, false, days(9));
    let favorite = |at| store.one_as_it_stood(OpportunityId(1), at).unwrap().unwrap().opportunity.favorite;
    assert_eq!([0, 1, 6, 9].map(|day| favorite(days(day))), [false, true, true, false]);
}

#[test]
fn a_row_of_a_list_made_of_what_was_read_whole_is_the_row_that_lists_read() {
    let store = store_of(40);
    for id in (1..=40).map(OpportunityId) {
        assert_eq!(crate::store::Row::of(store.get(id).unwrap()), store.row(id).unwrap());
    }
}

#[test]
fn all_that_later_steps_did_is_read_in_one_go_and_nothing_of_earlier_ones() {
    let store = store_of(3);
    let sql = format!("EXPLAIN QUERY PLAN {}", super::super::past::LATER);
    let mut statement = store.connection.prepare(&sql).unwrap();
    let plan: Vec<String> = statement.query_map([1], |row| row.get(3)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
    assert_eq!(plan[0], "SEARCH history USING PRIMARY KEY (step_id>?)", "{plan:?}");
}
