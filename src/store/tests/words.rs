//! A database whose names were compared otherwise: brought on, it finds what a new one finds, and sorts and recognises as that does.

use rusqlite::Connection;

use super::super::{Settings, Store};
use super::migration::{Old, rows};
use super::*;
use crate::domain::date::{Moment, Zone};
use crate::domain::filter::Filter;
use crate::domain::query::{From, ListQuery};
use crate::domain::tab::{Tab, View};

fn found(store: &mut Store, filter: &str) -> usize {
    let moment = Moment { now: now(), today: Date::iso("2026-11-21").unwrap().into(), zone: Zone::UTC };
    let filter = Filter::parse(filter, moment).unwrap();
    let query = ListQuery { view: View::All, filter, ..ListQuery::tab(Tab::All) };
    store.list(&query, From::Start, 50).unwrap().rows.len()
}

/// What holds words as they are compared.
fn words(connection: &Connection) -> Vec<String> {
    let of = |sql: &str| rows(connection, sql).into_iter().map(|row| format!("{row:?}")).collect::<Vec<_>>();
    [
        of("SELECT key, id FROM suggestion ORDER BY 1, 2"),
        of("SELECT id, deal_key, customer_key, owner_sort FROM opportunity ORDER BY id"),
        of("SELECT count(*) FROM search_docsize"),
    ]
    .concat()
}

const NAMES: [&str; 6] =
    ["臺灣晨嶼股份有限公司", "髙島製作所", "O’Neill Plumbing", "Ærø Værft A/S", "Müller GmbH & Co. KG", "한빛정밀 주식회사"];
const SEARCHES: [&str; 8] = ["台湾", "高島", "o'neill", "aero", "ㅎㅂㅈㅁ", "555-0100", "customer:muller", "country:kr"];

#[test]
fn names_of_an_old_database_are_found_by_their_variants_once_it_is_brought_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cosell.db");
    let open = || Store::open(&path, Settings::default(), now()).unwrap();
    let mut store = open();
    let records = NAMES.iter().enumerate().map(|(n, name)| Incoming { customer_name: Some(line(name)), ..record(n + 1) });
    import(&mut store, records.collect());
    let expected = words(&store.connection);
    let hits: Vec<usize> = SEARCHES.iter().map(|word| found(&mut store, word)).collect();
    assert!(hits.iter().all(|hits| *hits > 0), "{hits:?}");
    drop(store);
    // As a program would have left it that compared otherwise.
    let old = Connection::open(&path).unwrap();
    super::migration::without_ours(&old);
    old.execute_batch(
        "INSERT INTO search (search) VALUES ('delete-all');
         INSERT INTO search (rowid, deal, facets) SELECT id, 'otherwise ', '' FROM opportunity;
         UPDATE opportunity SET deal_folded = 'otherwise', customer_folded = 'otherwise';
         DELETE FROM suggestion;
         INSERT INTO suggestion VALUES ('KR00otherwise', 1);
         PRAGMA user_version = 5;",
    )
    .unwrap();
    drop(old);
    let mut store = open();
    assert_eq!(words(&store.connection), expected);
    assert_eq!(SEARCHES.iter().map(|word| found(&mut store, word)).collect::<Vec<_>>(), hits);
    assert_eq!(found(&mut store, "otherwise"), 0);
    assert_eq!(store.health().unwrap(), Default::default());
    let suggested = store.suggest_customers("台湾晨屿", None, 5).unwrap();
    assert_eq!(suggested[0].0.name.as_str(), NAMES[0]);
}

#[test]
fn every_old_fixture_has_the_keys_that_its_entries_would_get_today() {
    for old in Old::all() {
        let store = old.open();
        let brought_on = words(&store.connection);
        super::super::anew::make_words(&store.connection, &mut |_| {}).unwrap();
        assert_eq!(words(&store.connection), brought_on, "schema {}", old.schema);
    }
}
