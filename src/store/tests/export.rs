//! Deals handed over one by one: those of the list in its order, however it is filtered; others are answered meanwhile, and what was
//! begun is ended where the desk goes.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::super::{Exported, Reply, Request, Sink, StoreError, Worker};
use super::*;
use crate::domain::filter::{Asking, Filter};
use crate::domain::held::Held;
use crate::domain::query::{From, ListQuery, Order, SortKey};
use crate::domain::saved_view::Views;
use crate::domain::tab::{Tab, View};

/// What was taken, and whether that failed.
type Ended = (Vec<i64>, bool);

struct Taken {
    wanted: Exported,
    ids: Vec<i64>,
    most: usize,
    tell: Sender<Ended>,
}

impl Taken {
    fn of(query: ListQuery, most: usize) -> (Box<dyn Sink>, Receiver<Ended>) {
        let (tell, told) = channel();
        (Box::new(Self { wanted: Exported { query, only: None }, ids: Vec::new(), most, tell }), told)
    }
}

impl Sink for Taken {
    fn wanted(&self) -> &[Exported] {
        std::slice::from_ref(&self.wanted)
    }

    fn as_of(&self) -> Option<Timestamp> {
        None
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn is_open(&self) -> bool {
        self.ids.len() < self.most
    }

    fn take(&mut self, held: &Held) {
        self.ids.push(held.opportunity.id.0);
    }

    fn end(self: Box<Self>, failed: Option<StoreError>, _aside: bool) {
        let _ = self.tell.send((self.ids, failed.is_some()));
    }
}

fn listed(store: &mut Store, query: &ListQuery) -> Vec<i64> {
    store.list(query, From::Start, usize::MAX - 1).unwrap().rows.iter().map(|row| row.id.0).collect()
}

fn exported(store: &mut Store, of: &Exported) -> Vec<i64> {
    let mut ids = Vec::new();
    store
        .each_exported(of, true, &mut |held| {
            ids.push(held.opportunity.id.0);
            ControlFlow::Continue(())
        })
        .unwrap();
    ids
}

fn filter(text: &str) -> Filter {
    let views = Views::default();
    Filter::read(text, &Asking { moment: now().into(), me: &Person::default(), views: &views, home: None, offers: None }).unwrap()
}

#[test]
fn all_of_a_list_is_exported_in_its_order_whatever_is_asked_for() {
    let mut store = store_of(300);
    for text in ["", "country:KR", "rollout -country:JP", "value:>50000", "close:this-quarter 株式会社"] {
        for tab in [Tab::All, Tab::Inbound, Tab::Favorites] {
            for key in SortKey::ALL {
                let order = Order { key, reversed: key == SortKey::Deal };
                let query = ListQuery { view: View::All, order, filter: filter(text), ..ListQuery::tab(tab) };
                let wanted = listed(&mut store, &query);
                assert_eq!(exported(&mut store, &Exported { query, only: None }), wanted, "{text} {tab:?} {key:?}");
            }
        }
    }
}

#[test]
fn of_those_that_were_chosen_the_listed_ones_come_first_in_its_order() {
    let mut store = store_of(40);
    let query = ListQuery { filter: filter("country:KR"), ..ListQuery::tab(Tab::All) };
    let mut wanted = listed(&mut store, &query);
    wanted.truncate(3);
    let others: Vec<i64> = (1..=40).filter(|id| !listed(&mut store, &query).contains(id)).take(2).collect();
    let only = wanted.iter().chain(&others).chain(&[999]).map(|id| OpportunityId(*id)).collect();
    wanted.extend(others);
    assert_eq!(exported(&mut store, &Exported { query, only: Some(only) }), wanted, "and what is gone is left out");
}

#[test]
fn questions_are_answered_while_deals_are_handed_over() {
    let mut store = store_of(500);
    let query = ListQuery::tab(Tab::Inbound);
    let all = listed(&mut store, &query);
    let worker = Worker::start(store).unwrap();
    let (sink, told) = Taken::of(query.clone(), usize::MAX);
    worker.ask(Request::Export(sink));
    for serial in 1..=20 {
        worker.ask(Request::List { serial, query: query.clone(), from: From::Start, limit: 5 });
        while !matches!(worker.reply(Duration::from_secs(20)).unwrap(), Reply::Done) {}
    }
    assert_eq!(told.recv_timeout(Duration::from_secs(20)).unwrap(), (all, false));
}

#[test]
fn an_export_ends_although_the_desk_has_gone_and_early_where_no_more_is_taken() {
    let mut store = store_of(500);
    let query = ListQuery::tab(Tab::Outbound);
    let all = listed(&mut store, &query);
    let worker = Worker::start(store).unwrap();
    let ((sink, told), (small, few)) = (Taken::of(query.clone(), usize::MAX), Taken::of(query, 3));
    worker.ask(Request::Export(sink));
    worker.ask(Request::Export(small));
    drop(worker);
    assert_eq!(few.try_recv().unwrap(), (all[..3].to_vec(), false));
    assert_eq!(told.try_recv().unwrap(), (all, false));
}
