//! What lists and marks come to: the same as row by row, given up when somebody waits, and never before everything else.

use std::time::Duration;

use super::super::plan::Limits;
use super::super::{Count, Reply, Request, Store, StoreError, Summed, Worker};
use super::lists::filter;
use super::*;
use crate::domain::query::{From, ListQuery};
use crate::domain::sums::Sums;
use crate::domain::tab::{Tab, View};

fn summed(store: &Store, query: &ListQuery) -> Option<Sums> {
    store.sums(&Summed::List(query.clone()), &mut || false).unwrap()
}

fn by_rows(store: &mut Store, query: &ListQuery) -> Sums {
    store.list(query, From::Start, 10_000).unwrap().rows.iter().map(|row| row.value).collect()
}

#[test]
fn a_list_comes_to_what_its_rows_do() {
    let mut store = store_of(130);
    let marks: Vec<Change> = (1..=130).filter(|id| id % 5 == 0).map(|id| change(id, What::Favorite { on: true })).collect();
    store.apply(&marks, now()).unwrap();
    let few = Limits { few: 3, ..Limits::MEASURED };
    for limits in [Limits::MEASURED, few] {
        store.limits = limits;
        for tab in [Tab::Inbound, Tab::Outbound, Tab::Favorites, Tab::All] {
            for view in View::ALL {
                for text in ["", "country:KR", "value:>1000", "-currency:USD", "erp"] {
                    let query = ListQuery { view, filter: filter(text), ..ListQuery::tab(tab) };
                    let rows = by_rows(&mut store, &query);
                    assert_eq!(summed(&store, &query), Some(rows), "{query:?}");
                }
            }
        }
    }
    let all = ListQuery { view: View::All, ..ListQuery::tab(Tab::All) };
    let sums = summed(&store, &all).unwrap();
    assert!(sums.count == 130 && sums.without_value > 0 && sums.totals().len() > 3, "{sums:?}");
}

#[test]
fn what_takes_looking_at_each_of_many_is_left_out() {
    let mut store = store_of(140);
    store.limits = Limits { large: 0, looks: 200, few: 0, ..Limits::MEASURED };
    let query = ListQuery { filter: filter("sales-stage:>0"), ..ListQuery::tab(Tab::Inbound) };
    store.list(&query, From::Start, 5).unwrap();
    assert_eq!(summed(&store, &query), None);
    // Neither is another list than the one that was asked for last, nor one that has changed since.
    let other = ListQuery { filter: filter("country:KR"), ..ListQuery::tab(Tab::Inbound) };
    assert_eq!(summed(&store, &other), None);
    store.limits = Limits::MEASURED;
    store.list(&other, From::Start, 5).unwrap();
    assert!(summed(&store, &other).is_some());
    store.apply(&[change(1, What::Favorite { on: true })], now()).unwrap();
    assert_eq!(summed(&store, &other), None);
}

#[test]
fn marked_ones_come_to_their_values_and_what_is_gone_to_nothing() {
    let mut store = store_of(20);
    let all = store.list(&ListQuery { view: View::All, ..ListQuery::tab(Tab::All) }, From::Start, 100).unwrap();
    let some: Vec<&super::super::Row> = all.rows.iter().step_by(3).collect();
    let expected: Sums = some.iter().map(|row| row.value).collect();
    let these = some.iter().map(|row| row.id).chain([OpportunityId(9_999)]).collect();
    assert_eq!(store.sums(&Summed::These(these), &mut || false).unwrap(), Some(expected));
}

#[test]
fn sums_are_given_up_as_soon_as_somebody_waits() {
    let store = store_of(300);
    let these = Summed::These((1..=300).map(OpportunityId).collect());
    assert!(matches!(store.sums(&these, &mut || true), Err(StoreError::Stopped)));
    assert!(store.sums(&these, &mut || false).unwrap().is_some(), "nothing of it is left");
}

#[test]
fn the_thread_answers_everything_else_first_and_only_the_last_of_several_sums() {
    let worker = Worker::start(store_of(60)).unwrap();
    let query = |tab| ListQuery::tab(tab);
    let list = |serial, tab| Request::List { serial, query: query(tab), from: From::Start, limit: 5 };
    let sums = |tab| Request::Sums(Summed::List(query(tab)));
    [
        list(1, Tab::Inbound),
        sums(Tab::Inbound),
        sums(Tab::Outbound),
        list(2, Tab::Favorites),
        Request::Counts { now: now().into() },
    ]
    .into_iter()
    .for_each(|request| worker.ask(request));
    let mut heard = Vec::new();
    let (of, sums) = loop {
        match worker.reply(Duration::from_secs(20)).unwrap() {
            Reply::Sums { of, sums } => break (of, sums),
            Reply::Listed { .. } => heard.push("list"),
            Reply::Counted(_) => heard.push("counts"),
            _ => {}
        }
    };
    assert!(heard.contains(&"counts") && heard.contains(&"list"), "{heard:?}");
    assert!(of == Summed::List(query(Tab::Outbound)) && sums.is_some_and(|sums| sums.count > 0));
}

#[test]
fn a_list_that_was_counted_when_nobody_typed_is_added_up_then() {
    let mut store = store_of(140);
    store.limits = Limits { large: 0, looks: 1, many: 1_000, few: 0 };
    let query = ListQuery { filter: filter("north"), ..ListQuery::tab(Tab::Inbound) };
    let worker = Worker::start(store).unwrap();
    worker.ask(Request::List { serial: 1, query: query.clone(), from: From::Start, limit: 2 });
    worker.ask(Request::Sums(Summed::List(query.clone())));
    let mut passing = None;
    loop {
        match worker.reply(Duration::from_secs(20)).unwrap() {
            Reply::Passing { count: Count::Exactly(n), .. } => passing = Some(n),
            Reply::Sums { sums, .. } => {
                assert_eq!(sums.map(|sums| sums.count), passing);
                assert!(passing.is_some());
                return;
            }
            _ => {}
        }
    }
}

#[test]
fn sums_are_told_before_what_a_filter_by_dates_leaves_out_is_counted() {
    let worker = Worker::start(store_of(60)).unwrap();
    let query = ListQuery { filter: filter("received:this-week"), ..ListQuery::tab(Tab::Inbound) };
    worker.ask(Request::Sums(Summed::List(query.clone())));
    let mut heard = Vec::new();
    while heard.len() < 2 {
        match worker.reply(Duration::from_secs(20)).unwrap() {
            Reply::Sums { .. } => heard.push("sums"),
            Reply::Undated { query: of, count } => {
                assert!(of == query && count.is_some());
                heard.push("undated");
            }
            _ => {}
        }
    }
    assert_eq!(heard, ["sums", "undated"]);
}
