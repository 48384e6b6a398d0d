//! The store on its thread: every awaited question ends, the newest list wins, drafts are kept, other programs' writes are noticed.

use std::time::Duration;

use super::super::{DraftKey, Reply, Request, Settings, Store, Suggest, Suggested, Worker};
use super::*;
use crate::domain::draft::Texts;
use crate::domain::query::{From, ListQuery};
use crate::domain::tab::Tab;

/// Asks and hears everything until each awaited request has ended.
fn hear(worker: &Worker, requests: Vec<Request>) -> Vec<Reply> {
    let mut open = requests.iter().filter(|request| request.is_awaited()).count();
    requests.into_iter().for_each(|request| worker.ask(request));
    let mut heard = Vec::new();
    while open > 0 {
        match worker.reply(Duration::from_secs(20)).unwrap() {
            Reply::Done => open -= 1,
            reply => heard.push(reply),
        }
    }
    heard
}

fn list(serial: u64) -> Request {
    Request::List { serial, query: ListQuery::tab(Tab::Inbound), from: From::Start, limit: 5 }
}

#[test]
fn of_many_lists_asked_for_the_newest_is_always_answered_and_each_question_ends() {
    let worker = Worker::start(store_of(20)).unwrap();
    let replies = hear(&worker, (1..=200).map(list).collect());
    let serials: Vec<u64> = replies
        .iter()
        .map(|reply| match reply {
            Reply::Listed { serial, page, .. } => {
                assert!(page.is_ok());
                *serial
            }
            _ => panic!("only lists were asked for"),
        })
        .collect();
    assert_eq!(serials.last(), Some(&200));
    assert!(serials.is_sorted(), "{serials:?}");
}

#[test]
fn of_many_letters_typed_the_last_is_always_answered() {
    let worker = Worker::start(store_of(20)).unwrap();
    let suggest = |serial: u64| Request::Suggest {
        serial,
        what: if serial.is_multiple_of(2) {
            Suggest::Customers { typed: "한빛".into(), country: None }
        } else {
            Suggest::Solutions { typed: "sol".into() }
        },
        limit: 5,
    };
    let replies = hear(&worker, (1..=200).map(suggest).collect());
    match replies.last() {
        Some(Reply::Suggested { serial: 200, found: Ok(Suggested::Customers(found)) }) => assert!(!found.is_empty()),
        _ => panic!("the last letter is answered"),
    }
}

#[test]
fn writes_are_never_replaced_and_come_in_their_order() {
    let worker = Worker::start(store_of(20)).unwrap();
    let favorite = |on| Request::Apply { changes: vec![change(1, What::Favorite { on })], now: now() };
    let replies = hear(&worker, vec![favorite(true), list(1), favorite(false), list(2), favorite(true)]);
    let applied =
        replies.iter().filter(|reply| matches!(reply, Reply::Applied { applied: Ok(applied), .. } if applied.step.is_some()));
    assert_eq!(applied.count(), 3);
}

#[test]
fn what_was_asked_before_the_desk_closed_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cosell.db");
    let mut store = Store::open(&path, Settings::default(), now()).unwrap();
    import(&mut store, vec![record(1)]);
    let worker = Worker::start(store).unwrap();
    let key = |form| DraftKey::About(form, OpportunityId(1));
    let texts = |text: &str| Texts::from([("deal.name".to_owned(), text.to_owned())]);
    for text in ["한", "한빛", "한빛정밀"] {
        worker.ask(Request::KeepDraft { key: key("accept"), texts: texts(text), now: now() });
    }
    drop(worker);
    let store = Store::open(&path, Settings::default(), now()).unwrap();
    assert_eq!(store.draft(key("accept")).unwrap(), Some(texts("한빛정밀")));
    assert_eq!(store.draft(key("decline")).unwrap(), None, "each form has its own");
    assert!(store.drop_draft(key("accept")).unwrap());
    assert_eq!(store.draft(key("accept")).unwrap(), None);
}

#[test]
fn a_write_of_another_program_is_told_once_and_our_own_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cosell.db");
    let mut store = Store::open(&path, Settings::default(), now()).unwrap();
    import(&mut store, vec![record(1), record(2)]);
    let worker = Worker::start(store).unwrap();
    let mut other = Store::open(&path, Settings::default(), now()).unwrap();
    let moved = |worker: &Worker| {
        let heard = hear(worker, vec![Request::Look { now: now() }, Request::Counts { now: now().into() }]);
        heard.iter().filter(|reply| matches!(reply, Reply::Moved)).count()
    };
    assert_eq!(moved(&worker), 0);
    hear(&worker, vec![Request::Apply { changes: vec![change(1, What::Favorite { on: true })], now: now() }]);
    assert_eq!(moved(&worker), 0, "our own");
    other.apply(&[change(2, What::Favorite { on: true })], now()).unwrap();
    assert_eq!((moved(&worker), moved(&worker)), (1, 0));
}

#[test]
fn health_tells_kept_counts_and_search_words_that_are_wrong() {
    let store = store_of(12);
    let health = store.health().unwrap();
    assert_eq!((health.integrity, health.counts_wrong, health.search_wrong), (None, None, None));
    store.connection.execute("UPDATE tally SET n = n + 1 WHERE kind = 'shelf' AND shelf = 0", []).unwrap();
    store.connection.execute("DELETE FROM search WHERE rowid = 3", []).unwrap();
    let health = store.health().unwrap();
    assert!(health.integrity.is_none() && health.counts_wrong.is_some(), "{health:?}");
    assert_eq!(health.search_wrong.as_deref(), Some("1"));
}

#[test]
fn how_many_pass_is_told_once_nobody_types() {
    let mut store = store_of(140);
    store.limits = super::super::plan::Limits { large: 0, looks: 1, many: 1_000, few: 0 };
    let query = ListQuery { filter: super::lists::filter("north"), ..ListQuery::tab(Tab::Inbound) };
    let worker = Worker::start(store).unwrap();
    let asked = Request::List { serial: 1, query: query.clone(), from: From::Start, limit: 2 };
    let Some(Reply::Listed { page: Ok(page), .. }) = hear(&worker, vec![asked]).pop() else { panic!("the list is answered") };
    assert!(matches!(page.count, crate::store::Count::AtMost(_)), "{:?}", page.count);
    match worker.reply(Duration::from_secs(20)) {
        Some(Reply::Passing { query: counted, count: crate::store::Count::Exactly(_) }) => assert_eq!(counted, query),
        _ => panic!("the count is told"),
    }
}

#[test]
fn where_else_something_passes_is_told_once_nobody_types_and_not_of_an_earlier_filter() {
    let worker = Worker::start(store_of(20)).unwrap();
    let elsewhere = |text: &str| Request::Elsewhere {
        query: ListQuery { filter: super::lists::filter(text), ..ListQuery::tab(Tab::Inbound) },
        places: vec![(Tab::All, crate::domain::tab::View::All)],
    };
    let replies = hear(&worker, vec![elsewhere("zz"), list(1), elsewhere("zzz"), elsewhere("zzzz")]);
    assert!(matches!(&replies[..], [Reply::Listed { .. }]), "the list comes first");
    match worker.reply(Duration::from_secs(20)).unwrap() {
        Reply::Elsewhere { query, found } => {
            assert_eq!(query.filter, super::lists::filter("zzzz"));
            assert_eq!(found.unwrap()[0].n, 0);
        }
        _ => panic!("nothing else was asked for"),
    }
}
