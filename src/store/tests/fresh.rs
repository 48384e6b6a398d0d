//! What is new since the last import: marked until it was seen or decided on, until the next import, or until the import is undone.

use super::super::plan::Limits;
use super::super::{Access, BroughtPlace, Part, Settings, Stood, Store};
use super::*;
use crate::domain::filter::Filter;
use crate::domain::query::{From, ListQuery};
use crate::domain::tab::{Tab, View};

fn renamed(n: usize, name: &str) -> Incoming {
    Incoming { name: Some(Some(line(name))), ..record(n) }
}

fn listed(store: &mut Store, filter: &str) -> Vec<i64> {
    let filter = Filter::parse(filter, now().into()).unwrap();
    let query = ListQuery { view: View::All, filter, ..ListQuery::tab(Tab::All) };
    let rows = store.list(&query, From::Start, 1_000).unwrap().rows;
    let mut ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
    ids.sort_unstable();
    ids
}

fn marked(store: &mut Store) -> Vec<i64> {
    let rows = store.list(&ListQuery { view: View::All, ..ListQuery::tab(Tab::All) }, From::Start, 1_000).unwrap().rows;
    let mut ids: Vec<i64> = rows.iter().filter(|row| row.fresh).map(|row| row.id.0).collect();
    ids.sort_unstable();
    ids
}

/// Ten that were there, one of them changed, and two new ones.
fn after_two() -> Store {
    let mut store = store_of(10);
    let report = import(&mut store, vec![record(0), renamed(1, "새 이름"), record(50), record(51)]);
    assert_eq!((report.new, report.changed, report.unchanged), (2, 1, 1));
    store
}

#[test]
fn what_the_last_import_brought_is_new_and_a_first_import_marks_nothing() {
    let mut store = store_of(10);
    assert!(marked(&mut store).is_empty());
    assert!(listed(&mut store, "new:yes").is_empty());
    let mut store = after_two();
    assert_eq!(marked(&mut store), [2, 11, 12]);
    assert_eq!(listed(&mut store, "new:yes"), [2, 11, 12]);
    assert_eq!(listed(&mut store, "new:no").len(), 9);
    assert_eq!(listed(&mut store, "-new:no"), [2, 11, 12]);
    assert_eq!(listed(&mut store, "new:yes 이름"), [2]);
}

#[test]
fn every_way_of_filtering_finds_what_is_marked() {
    let mut store = store_of(120);
    import(&mut store, (40..90).map(|n| renamed(n, "Renamed")).chain((120..140).map(record)).collect());
    let fresh = marked(&mut store);
    assert_eq!(fresh.len(), 70);
    for limits in [
        Limits::MEASURED,
        Limits { large: 0, looks: 10_000, many: 0, few: 0 },
        Limits { large: 0, looks: 1, many: 1_000, few: 0 },
        Limits { large: 1_000, looks: 0, many: 20, few: 0 },
    ] {
        store.limits = limits;
        for (text, korean) in [("new:yes", false), ("-new:no", false), ("new:yes country:KR", true)] {
            store.prepared = None;
            let of: Vec<i64> = if korean { listed(&mut store, "country:KR") } else { listed(&mut store, "") };
            let expected: Vec<i64> = of.into_iter().filter(|id| fresh.contains(id)).collect();
            assert_eq!(listed(&mut store, text), expected, "{text} {limits:?}");
        }
        assert_eq!(listed(&mut store, "new:no").len(), 70, "{limits:?}");
    }
}

#[test]
fn who_has_seen_one_or_decided_on_it_finds_it_new_no_more_and_that_is_no_step() {
    let mut store = after_two();
    let steps = store.steps(None, 100).unwrap().len();
    store.note_seen(OpportunityId(11)).unwrap();
    assert_eq!((marked(&mut store), listed(&mut store, "new:yes")), (vec![2, 12], vec![2, 12]));
    store.note_seen(OpportunityId(3)).unwrap();
    assert_eq!(store.steps(None, 100).unwrap().len(), steps);
    store.apply(&[change(2, What::Favorite { on: true })], now()).unwrap();
    assert_eq!(marked(&mut store), [12]);
    let seen = || store.connection.query_row("SELECT count(*) FROM seen", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(seen(), 2, "what was not new is not kept as seen");
}

#[test]
fn the_next_import_begins_anew_and_one_that_brings_nothing_does_not() {
    let mut store = after_two();
    store.note_seen(OpportunityId(11)).unwrap();
    assert_eq!(import(&mut store, vec![record(50)]).step, None);
    assert_eq!(marked(&mut store), [2, 12]);
    let (report, _) = import_as(&mut store, vec![record(60)], Mode::DryRun);
    assert_eq!((report.new, marked(&mut store)), (1, vec![2, 12]));
    import(&mut store, vec![renamed(50, "Again")]);
    assert_eq!(marked(&mut store), [11], "what was seen is new again once it was changed");
}

#[test]
fn an_undone_import_has_brought_nothing_until_it_is_made_again() {
    let mut store = after_two();
    store.undo(now()).unwrap();
    assert_eq!((marked(&mut store), listed(&mut store, "new:yes")), (vec![], vec![]));
    store.redo(now()).unwrap();
    assert_eq!(marked(&mut store), [2, 11, 12]);
}

/// Reads an import by pages of two: part, number and changed fields of each.
fn brought(store: &Store, pages: &mut usize) -> Vec<(Part, i64, usize)> {
    let step = store.brought(None).unwrap().unwrap().step.id;
    let (mut rows, mut from): (Vec<_>, Option<BroughtPlace>) = (Vec::new(), None);
    loop {
        let page = store.brought_rows(step, from, 2).unwrap();
        rows.extend(page.rows.into_iter().map(|row| (row.part, row.row.id.0, row.fields.len())));
        *pages += 1;
        match page.next {
            Some(next) => from = Some(next),
            None => return rows,
        }
    }
}

#[test]
fn an_import_is_read_part_by_part_and_page_by_page() {
    let mut store = after_two();
    store.apply(&[change(5, accept())], now()).unwrap();
    let theirs = Incoming { name: Some(Some(line("Theirs"))), ..record(4) };
    import(&mut store, vec![renamed(1, "또 다른 이름"), theirs, record(60), record(61), record(62), record(63), record(64)]);
    let found = store.brought(None).unwrap().unwrap();
    let stood = found.stood.unwrap();
    assert_eq!((stood.made(), stood.changed, found.conflicts), (5, 2, 1));
    let mut pages = 0;
    let rows = brought(&store, &mut pages);
    assert!(pages > 3, "{pages}");
    assert_eq!(rows[0], (Part::Conflict, 5, 1));
    assert!(rows.contains(&(Part::Changed, 2, 1)));
    assert!(rows.is_sorted_by_key(|row| row.0), "{rows:?}");
    let of = |wanted: Part| rows.iter().filter(|row| row.0 == wanted).count() as u64;
    assert_eq!((of(Part::New), of(Part::Archived)), (stood.inbound + stood.outbound, stood.archived));
    assert_eq!((of(Part::Expired), rows.len()), (stood.expired, 7));
    // The one before, once this one is taken back.
    store.undo(now()).unwrap();
    let before = Stood { changed: 1, ..store.brought(None).unwrap().unwrap().stood.unwrap() };
    assert_eq!((before.made(), store.brought(None).unwrap().unwrap().stood), (2, Some(before)));
}

#[test]
fn what_is_shown_of_a_long_import_stays_when_it_is_read_again() {
    let store = store_of(1_300);
    let step = store.brought(None).unwrap().unwrap().step.id;
    let (mut shown, mut from) = (0, None);
    while shown < 1_200 {
        let page = store.brought_rows(step, from, 200).unwrap();
        (shown, from) = (shown + page.rows.len(), page.next);
    }
    assert_eq!(store.brought_rows(step, None, shown).unwrap().rows.len(), shown);
}

#[test]
fn what_was_made_is_found_among_what_was_changed() {
    let mut store = store_of(40);
    assert!(brought(&store, &mut 0).iter().all(|row| row.0 != Part::Changed));
    import(&mut store, (0..40).map(|n| renamed(n, "Renamed")).collect());
    assert!(brought(&store, &mut 0).iter().all(|row| row.0 == Part::Changed));
    import(&mut store, (0..40).map(|n| renamed(n, "Again")).chain([record(70)]).collect());
    assert_eq!(brought(&store, &mut 0).iter().filter(|row| row.0 != Part::Changed).map(|row| row.1).collect::<Vec<_>>(), [41]);
}

#[test]
fn a_read_only_store_shows_marks_and_keeps_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cosell.db");
    let mut store = Store::open(&path, Settings::default(), now()).unwrap();
    import(&mut store, (0..4).map(record).collect());
    import(&mut store, vec![record(5)]);
    drop(store);
    let mut store = Store::open(&path, Settings { read_only: true, ..Settings::default() }, now()).unwrap();
    assert_ne!(store.access(), Access::ReadWrite);
    store.note_seen(OpportunityId(5)).unwrap();
    assert_eq!(marked(&mut store), [5]);
}

#[test]
fn whether_one_is_new_is_looked_up_and_not_searched() {
    let store = store_of(3);
    let sql = format!("EXPLAIN QUERY PLAN SELECT EXISTS (SELECT 1 FROM ({}) WHERE id = 7)", super::super::fresh::FRESH);
    let mut statement = store.connection.prepare(&sql).unwrap();
    let plan: Vec<String> = statement.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
    assert!(plan.iter().all(|line| !line.starts_with("SCAN") || line.contains("CONSTANT")), "{plan:#?}");
    assert!(plan.iter().any(|line| line.contains("step_id=? AND opportunity_id=?")), "{plan:#?}");
}
