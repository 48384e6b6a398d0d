//! What stays ours: whose an opportunity is, its next step, dated notes; stored, listed, undone, and never told to Partner Center.

use super::super::{Conflict, Happened, Settings, StepKind, Store};
use super::migration::{dump, put, rows, without_ours};
use super::*;
use crate::domain::change::{Edit, Set};
use crate::domain::contact::Person;
use crate::domain::date::Moment;
use crate::domain::field::{Field, Named};
use crate::domain::filter::{Filter, FilterWhy};
use crate::domain::ours::NextStep;
use crate::domain::query::{From, ListQuery, Order, SortKey};
use crate::domain::stage::StageKind;
use crate::domain::tab::{Tab, View};

/// A database that a program of schema 6 made: an import, favorites, a decline, an edit that was undone.
const SCHEMA_6: &[u8] = include_bytes!("../../../tests/fixtures/schema-6-full.db");

pub(super) fn next(text: &str, day: &str) -> What {
    What::Next(Some(NextStep { text: line(text), on: Date::iso(day).unwrap() }))
}

fn note(text: &str) -> What {
    What::Note { by: Line::parse("ana@p.example").ok(), text: Notes::parse(text).unwrap() }
}

fn owner(email: &str) -> What {
    What::Edit(Edit(vec![Set::Owner(Line::parse(email).ok())]))
}

fn make(store: &mut Store, id: i64, what: What) {
    assert!(store.apply(&[change(id, what)], now()).unwrap().results[0].is_ok());
}

fn moment() -> Moment {
    now().into()
}

fn listed(store: &mut Store, key: SortKey, reversed: bool, filter: Filter) -> Vec<(i64, Option<String>, Option<String>)> {
    let query = ListQuery { view: View::All, order: Order { key, reversed }, filter, ..ListQuery::tab(Tab::All) };
    let rows = store.list(&query, From::Start, 100).unwrap().rows;
    rows.into_iter().map(|row| (row.id.0, row.owner, row.next.map(|next| next.on.to_string()))).collect()
}

fn found(store: &mut Store, filter: &str, me: &Person) -> Vec<i64> {
    let filter = Filter::parse_for(filter, moment(), me).unwrap();
    let mut ids: Vec<i64> = listed(store, SortKey::Changed, false, filter).into_iter().map(|row| row.0).collect();
    ids.sort_unstable();
    ids
}

/// Three employees under names in no order, one without any, and one deal without employees.
fn owned() -> Store {
    let mut store = store_of(0);
    let person =
        |first: &str, email: &str| Person { first: first.into(), last: String::new(), phone: "1".into(), email: email.into() };
    let teams = [
        vec![person("Éva", "eva@p.example"), person("bo", "bo@p.example")],
        vec![person("bo", "bo@p.example")],
        vec![],
        vec![person("민준", "m@p.example")],
        vec![person("", "ana@p.example")],
    ];
    let records = teams.into_iter().enumerate().map(|(n, team)| Incoming { employees: Some(team), ..record(n) });
    import(&mut store, records.collect());
    store
}

#[test]
fn lists_go_by_the_name_of_the_owner_and_nobody_comes_last() {
    let mut store = owned();
    let names = |store: &mut Store, reversed| -> Vec<Option<String>> {
        listed(store, SortKey::Owner, reversed, Filter::none()).into_iter().map(|row| row.1).collect()
    };
    let some = |name: &str| Some(name.to_owned());
    let mut expected = vec![some("ana@p.example"), some("bo"), some("Éva"), some("민준"), None];
    assert_eq!(names(&mut store, false), expected);
    expected.reverse();
    assert_eq!(names(&mut store, true), expected);
    make(&mut store, 1, owner("bo@p.example"));
    assert_eq!(
        listed(&mut store, SortKey::Owner, false, Filter::none())[1..3].iter().map(|row| row.0).collect::<Vec<_>>(),
        [1, 2]
    );
    store.undo(now()).unwrap();
    assert_eq!(store.get(OpportunityId(1)).unwrap().opportunity.owned_by().unwrap().name(), "Éva");
}

#[test]
fn the_filter_knows_the_owner_me_and_nobody() {
    let mut store = owned();
    make(&mut store, 1, owner("bo@p.example"));
    make(&mut store, 4, owner("gone@p.example"));
    let nobody = Person::default();
    for (filter, ids) in [
        ("owner:bo", vec![1, 2]),
        ("owner:eva", vec![]),
        ("employee:eva", vec![1]),
        ("owner:gone@p.example", vec![4]),
        ("owner:none", vec![3]),
        ("owner:none,ana", vec![3, 5]),
        ("-owner:none", vec![1, 2, 4, 5]),
        ("-owner:bo", vec![3, 4, 5]),
    ] {
        assert_eq!(found(&mut store, filter, &nobody), ids, "{filter}");
    }
    let me = |first: &str, email: &str| Person { first: first.into(), email: email.into(), ..Person::default() };
    assert_eq!(found(&mut store, "owner:me", &me("", "BO@p.example")), [1, 2]);
    assert_eq!(found(&mut store, "-owner:me erp", &me("Bo", "")), found(&mut store, "-owner:bo erp", &nobody));
    let refused = Filter::parse_for("owner:me", moment(), &nobody).unwrap_err();
    assert_eq!((refused.word.as_str(), refused.why), ("owner:me", FilterWhy::NoMe));
}

#[test]
fn employee_me_finds_what_one_is_on_as_owner_or_not() {
    let mut store = owned();
    make(&mut store, 1, owner("bo@p.example"));
    make(&mut store, 4, owner("gone@p.example"));
    let nobody = Person::default();
    let me = |first: &str, email: &str| Person { first: first.into(), email: email.into(), ..Person::default() };
    for (email, name) in [("EVA@p.example", "eva"), ("bo@p.example", "bo"), ("gone@p.example", "gone@p.example")] {
        let by_name = found(&mut store, &format!("employee:{name}"), &nobody);
        assert!(!by_name.is_empty(), "{name}");
        assert_eq!(found(&mut store, "employee:me", &me("", email)), by_name, "{email}");
        let without = found(&mut store, &format!("-employee:{name}"), &nobody);
        assert_eq!(found(&mut store, "-employee:me", &me("", email)), without, "{email}");
    }
    let either = found(&mut store, "employee:ana,bo", &nobody);
    assert_eq!(found(&mut store, "employee:我,ana", &me("", "bo@p.example")), either);
    assert!(found(&mut store, "employee:me", &me("", "b@p.example")).is_empty(), "the beginning of an address is another one");
    let refused = Filter::parse_for("employee:me", moment(), &nobody).unwrap_err();
    assert_eq!((refused.word.as_str(), refused.why), ("employee:me", FilterWhy::NoMe));
}

#[test]
fn a_next_step_stands_in_every_stage_in_lists_filters_counts_and_is_undone() {
    let mut store = store_of(12);
    let archived = (1..=12).find(|id| store.get(OpportunityId(*id)).unwrap().opportunity.is_archived()).unwrap();
    let received =
        (1..=12).find(|id| store.get(OpportunityId(*id)).unwrap().opportunity.stage.kind() == StageKind::Received).unwrap();
    make(&mut store, archived, next("다시 물어보기", "2026-11-20"));
    make(&mut store, received, next("Call them", "2026-11-21"));
    make(&mut store, 12, next("Send the offer", "2026-12-01"));
    assert_eq!(store.counts(now().into()).unwrap().next, 2, "one of yesterday, one of today");
    let days = |rows: &[(i64, Option<String>, Option<String>)]| rows.iter().map(|row| row.0).collect::<Vec<_>>();
    let rows = listed(&mut store, SortKey::Next, false, Filter::none());
    assert_eq!(days(&rows[..3]), [archived, received, 12]);
    assert!(rows.len() == 12 && rows[3..].iter().all(|row| row.2.is_none()));
    let changed = listed(&mut store, SortKey::Changed, false, Filter::none());
    let without: Vec<i64> = days(&changed).into_iter().filter(|id| ![archived, received, 12].contains(id)).collect();
    assert_eq!(days(&rows[3..]), without, "then the last change first");
    let me = Person::default();
    for (filter, ids) in [
        ("next:overdue", vec![archived]),
        ("next:today", vec![received]),
        ("next:<3d", vec![archived, received]),
        ("next:2026-12|overdue", vec![archived, 12]),
        ("next:yes", vec![archived, received, 12]),
        ("물어보기", vec![archived]),
        ("offer -next:no", vec![12]),
    ] {
        let mut ids = ids;
        ids.sort_unstable();
        assert_eq!(found(&mut store, filter, &me), ids, "{filter}");
    }
    assert_eq!(found(&mut store, "next:no", &me).len(), 9);
    make(&mut store, 12, What::Next(None));
    assert!(store.apply(&[change(12, What::Next(None))], now()).unwrap().step.is_none(), "nothing is no step");
    assert_eq!(store.undo(now()).unwrap().step.kind, StepKind::Next);
    assert_eq!(found(&mut store, "next:2026-12-01 offer", &me), [12]);
}

#[test]
fn notes_are_only_added_told_by_what_was_added_and_taken_back_one_by_one() {
    let mut store = store_of(3);
    make(&mut store, 2, note("budget is secured"));
    make(&mut store, 2, note("pilot in March"));
    let texts = |store: &Store| -> Vec<String> {
        store.get(OpportunityId(2)).unwrap().opportunity.log.iter().map(|note| note.text.to_string()).collect()
    };
    assert_eq!(texts(&store), ["budget is secured", "pilot in March"]);
    let entries = store.history_of(OpportunityId(2), None, 9).unwrap();
    let (field, old, new) = &entries[0].changes[0];
    assert_eq!(
        (field, old.as_array().map(Vec::len), new[0]["text"].as_str()),
        (&Named::Known(Field::Log), Some(0), Some("pilot in March"))
    );
    assert_eq!((new.as_array().unwrap().len(), entries[0].step.kind), (1, StepKind::Note), "not all that stood there before");
    assert_eq!(found(&mut store, "secured march", &Person::default()), [2]);
    // The first one, whatever was noted since.
    let first = entries[1].step.id;
    store.undo_step(first, now()).unwrap();
    assert_eq!(texts(&store), ["pilot in March"]);
    assert_eq!(store.stood(OpportunityId(2), entries[0].step.id).unwrap().unwrap().opportunity.log.len(), 2);
    store.redo(now()).unwrap();
    assert_eq!(texts(&store), ["budget is secured", "pilot in March"]);
}

#[test]
fn nothing_of_it_waits_for_partner_center_and_no_import_touches_it() {
    let mut store = store_of(6);
    let before = store.counts(now().into()).unwrap().outbox;
    for what in [owner("민준0@partner.example"), next("Call", "2026-12-01"), note("for us")] {
        make(&mut store, 3, what);
    }
    let held = store.get(OpportunityId(3)).unwrap();
    assert!(held.base.is_empty() && !held.opportunity.waiting && store.counts(now().into()).unwrap().outbox == before);
    let theirs = Incoming { employees: Some(Vec::new()), notes: Some(None), updated_at: Some(now().plus_days(1)), ..record(2) };
    assert_eq!(import(&mut store, vec![theirs]).changed, 1);
    let after = store.get(OpportunityId(3)).unwrap().opportunity;
    let ours = (held.opportunity.owner, held.opportunity.next, held.opportunity.log);
    assert_eq!((after.owner, after.next, after.log), ours);
    let entries = store.history_of(OpportunityId(3), None, 9).unwrap();
    assert!(entries.iter().all(|entry| entry.conflicts.iter().all(|(_, conflict)| !matches!(conflict, Conflict::Raised(_)))));
    // Colleagues hear of it: it is not one rep's own.
    let told = store.since(None, 99).unwrap();
    let shared: Vec<&str> = told
        .iter()
        .flat_map(|told| &told.deeds)
        .filter_map(|deed| deed.delta.as_ref())
        .flat_map(|delta| delta.shared().into_iter().map(|(field, ..)| field.path().to_owned()).collect::<Vec<_>>())
        .filter_map(|path| Field::from_path(&path).map(Field::path))
        .filter(|path| ["owner", "next", "log"].contains(path))
        .collect();
    assert_eq!(shared, ["owner", "next", "log"]);
}

#[test]
fn a_database_of_schema_6_knows_its_owners_and_keeps_everything_else() {
    let folder = tempfile::tempdir().unwrap();
    let [path, other] = ["cosell.db", "before"].map(|name| folder.path().join(name));
    put(&path, SCHEMA_6);
    put(&other, SCHEMA_6);
    let mut store = Store::open(&path, Settings::default(), now()).unwrap();
    assert_eq!(store.health().unwrap(), Default::default());
    let keys = "SELECT id, owner_key FROM opportunity ORDER BY id";
    let brought_on = rows(&store.connection, keys);
    assert!(brought_on.iter().filter(|row| row[1] != rusqlite::types::Value::Null).count() > 20);
    super::super::anew::make_words(&store.connection, &mut |_| {}).unwrap();
    assert_eq!(rows(&store.connection, keys), brought_on, "as a new one would tell them");
    let names: Vec<String> =
        listed(&mut store, SortKey::Owner, false, Filter::none()).into_iter().filter_map(|row| row.1).collect();
    assert!(names.len() > 20 && names.first().is_some_and(|name| name == "Ana Reyes"), "{names:?}");
    make(&mut store, 3, next("Call", "2026-12-01"));
    store.undo(now()).unwrap();
    assert_eq!(store.redo(now()).unwrap().step.kind, StepKind::Next);
    store.undo(now()).unwrap();
    assert_eq!(store.undo(now()).unwrap().step.kind, StepKind::Decline);
    assert_eq!(store.history_of(OpportunityId(3), None, 9).unwrap().last().unwrap().what, Happened::Made);
    drop(store);
    // Brought on and without what is new, it is what it was.
    let fresh = folder.path().join("fresh.db");
    put(&fresh, SCHEMA_6);
    drop(Store::open(&fresh, Settings::default(), now()).unwrap());
    let brought_on = rusqlite::Connection::open(&fresh).unwrap();
    without_ours(&brought_on);
    assert_eq!(difference(&dump(&rusqlite::Connection::open(&other).unwrap()), &dump(&brought_on)), "");
}
