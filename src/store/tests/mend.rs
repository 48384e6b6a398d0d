//! What follows from something else is damaged by hand: named, and made anew; what follows from nothing is named and left alone.

use super::super::{Health, Settings, StepKind, Store, Torn};
use super::*;
use crate::domain::date::Date;
use crate::domain::ids::StepId;

fn today() -> Date {
    Date::iso("2026-11-27").unwrap()
}

/// Deals that lived: imported twice, accepted, marked, undone, made again.
fn lived() -> Store {
    let mut store = store_of(60);
    store.apply(&[change(5, accept()), change(2, What::Favorite { on: true })], now()).unwrap();
    store.undo(now()).unwrap();
    store.redo(now()).unwrap();
    store.apply(&[change(8, What::Favorite { on: true })], now()).unwrap();
    import(&mut store, (30..70).map(record).collect());
    assert_eq!(store.health().unwrap(), Health::default());
    store
}

fn everything_derived(store: &Store) -> Vec<String> {
    let mut seen = everything(store);
    for sql in ["SELECT key, id FROM suggestion", "SELECT id, id FROM search_docsize", "SELECT id, id FROM fact"] {
        let mut statement = store.connection.prepare(sql).unwrap();
        let row =
            |row: &rusqlite::Row<'_>| Ok(format!("{:?} {}", row.get::<_, rusqlite::types::Value>(0)?, row.get::<_, i64>(1)?));
        let mut rows: Vec<String> = statement.query_map([], row).unwrap().map(Result::unwrap).collect();
        rows.sort();
        seen.extend(rows);
    }
    seen
}

#[test]
fn each_derived_table_that_is_damaged_is_named_and_made_anew() {
    type Named = fn(&Health) -> bool;
    let cases: [(&str, Named); 16] = [
        ("UPDATE tally SET n = n + 1 WHERE kind = 'shelf' AND shelf = 1", |h| h.counts_wrong.is_some()),
        ("UPDATE tally SET n = 40 WHERE kind = 'favorite'", |h| h.counts_wrong.is_some()),
        ("DELETE FROM tally WHERE kind = 'outbox'", |h| h.counts_wrong.is_some()),
        ("UPDATE due SET minute = minute + 7", |h| h.counts_wrong.is_some()),
        ("DELETE FROM due", |h| h.counts_wrong.is_some()),
        ("UPDATE opportunity SET waiting = 1 - waiting WHERE id IN (5, 6)", |h| h.counts_wrong.is_some()),
        ("DELETE FROM search WHERE rowid = 7", |h| h.search_wrong.is_some()),
        ("INSERT INTO search (rowid, deal) VALUES (900, 'nothing')", |h| h.search_wrong.is_some()),
        ("INSERT INTO search (search) VALUES ('delete-all')", |h| h.search_wrong.is_some()),
        ("DELETE FROM fact WHERE id = 3", |h| h.facts_wrong.is_some()),
        ("UPDATE fact SET packed = x'00' WHERE id = 4", |h| h.facts_wrong.is_some()),
        ("DELETE FROM fact_name", |h| h.facts_wrong.is_some()),
        ("UPDATE opportunity SET value_key = 1 WHERE id = 9", |h| h.sorting_wrong.is_some()),
        ("UPDATE opportunity SET deal_folded = 'x', customer_folded = NULL, owner_key = 'y' WHERE id < 5", |h| {
            h.sorting_wrong.as_deref() == Some("4")
        }),
        ("DELETE FROM suggestion WHERE key >= '#i'", |h| h.directory_wrong.is_some()),
        ("DELETE FROM suggestion", |h| h.directory_wrong.is_some()),
    ];
    let mut store = lived();
    let expected = everything_derived(&store);
    for (sql, is_named) in cases {
        store.connection.execute_batch(sql).unwrap();
        let found = store.health().unwrap();
        assert!(is_named(&found), "{sql}: {found:?}");
        let mended = store.mend(today(), &mut |_| {}).unwrap();
        assert_eq!((&mended.before, mended.after), (&found, Health::default()), "{sql}");
        assert_eq!(difference(&expected, &everything_derived(&store)), "", "{sql}");
    }
    let query = crate::domain::query::ListQuery {
        filter: crate::domain::filter::Filter::parse("landing", now().into()).unwrap(),
        ..crate::domain::query::ListQuery::tab(crate::domain::tab::Tab::All)
    };
    let found = store.list(&query, crate::domain::query::From::Start, 100).unwrap().rows.len();
    assert!(found > 5, "words find again: {found}");
}

#[test]
fn a_damaged_index_is_named_and_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let open = || Store::open(&path, Settings::default(), now()).unwrap();
    let mut store = open();
    import(&mut store, (0..40).map(record).collect());
    drop(store);
    // As if it had once been left out when a row was written.
    let raw = || {
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch("PRAGMA writable_schema = ON").unwrap();
        connection
    };
    let index = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = 'by_changed'";
    let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<(String, String, String, i64, String)> { row.try_into() };
    let index = raw().query_row(index, [], read).unwrap();
    raw().execute_batch("DELETE FROM sqlite_schema WHERE name = 'by_changed'").unwrap();
    raw().execute_batch("UPDATE opportunity SET updated_at = updated_at + 5 WHERE id = 3").unwrap();
    raw().execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", index).unwrap();
    let mut store = open();
    assert!(store.health().unwrap().integrity.is_some());
    let mended = store.mend(today(), &mut |_| {}).unwrap();
    assert_eq!(mended.after, Health::default());
    let copy = mended.backup.unwrap().path;
    assert_eq!(copy.file_name().unwrap(), "deals-2026-11-27-mending.db");
    assert!(Store::open(&copy, Settings::default(), now()).unwrap().health().unwrap().integrity.is_some(), "as it was");
}

#[test]
fn a_journal_that_does_not_lead_to_the_rows_is_named_with_deal_step_and_value_and_not_mended() {
    let changes: [(&str, i64, Option<i64>, &str); 7] = [
        // A value that no step gave it.
        ("UPDATE opportunity SET deal_name = 'Nobody said so' WHERE id = 5", 5, Some(4), "deal.name"),
        ("UPDATE opportunity SET favorite = 0 WHERE id = 8", 8, Some(5), "favorite"),
        ("UPDATE opportunity SET base = NULL WHERE id = 5", 5, Some(4), "deal.closeDate"),
        ("DELETE FROM history WHERE opportunity_id = 20", 20, None, "created"),
        ("UPDATE history SET delta = '{}' WHERE step_id = 5", 8, Some(5), "changed"),
        ("UPDATE history SET what = 'removed' WHERE step_id = 5", 8, Some(5), "removed"),
        ("INSERT INTO history (step_id, opportunity_id, what) VALUES (1, 900, 'created')", 900, Some(1), "created"),
    ];
    for (sql, id, step, what) in changes {
        let mut store = lived();
        store.connection.execute_batch(sql).unwrap();
        let torn = store.health().unwrap().torn;
        let wanted = Torn { id: OpportunityId(id), step: step.map(StepId), what: what.to_owned() };
        assert_eq!(torn, (1, vec![wanted]), "{sql}");
        let rows = |store: &Store| -> Vec<(i64, Option<String>, Option<String>)> {
            let mut statement = store.connection.prepare("SELECT id, deal_name, base FROM opportunity ORDER BY id").unwrap();
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            statement.query_map([], row).unwrap().map(Result::unwrap).collect()
        };
        let (before, history) = (rows(&store), store.history_of(OpportunityId(id), None, 50).ok());
        let mended = store.mend(today(), &mut |_| {}).unwrap();
        assert_eq!(mended.after.torn, torn, "{sql}");
        assert_eq!((rows(&store), store.history_of(OpportunityId(id), None, 50).ok()), (before, history), "{sql}");
    }
}

#[test]
fn what_cannot_be_read_stops_the_mending_and_nothing_is_changed() {
    let mut store = lived();
    store.connection.execute_batch("UPDATE opportunity SET country = 'Q' WHERE id = 2; DELETE FROM fact WHERE id = 9").unwrap();
    let before = everything_derived(&store);
    assert!(store.mend(today(), &mut |_| {}).is_err());
    assert_eq!(difference(&before, &everything_derived(&store)), "");
    assert!(store.apply(&[change(3, What::Favorite { on: true })], now()).unwrap().step.is_some());
    assert_eq!(store.steps(None, 1).unwrap()[0].kind, StepKind::Favorite);
}
