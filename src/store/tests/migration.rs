//! Databases of earlier versions, made by the programs of those days (tests/fixtures/schema-N-full.db): brought on, they hold the same.
//!
//! Each had everything done to it that its program could do; what is expected is read from the old file itself. No program ever stopped
//! at schema 2: that one is of schema 1, by a program that was interrupted between its two steps to schema 3.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use serde_json::Value;

use super::super::drafts::DraftKey;
use super::super::{Happened, Settings, StepKind, Store, StoreError};
use super::*;
use crate::domain::change::{Edit, Set};
use crate::domain::deadline::{Basis, Deadline};
use crate::domain::field::{Field, Named};
use crate::domain::held::{Held, Side};
use crate::domain::ids::StepId;
use crate::domain::outcome::OutcomeKind;
use crate::domain::stage::Stage;

pub(super) const FIXTURES: [(i64, &[u8]); 3] = [
    (1, include_bytes!("../../../tests/fixtures/schema-1-full.db")),
    (2, include_bytes!("../../../tests/fixtures/schema-2-full.db")),
    (3, include_bytes!("../../../tests/fixtures/schema-3-full.db")),
];

/// After the last thing the old programs did.
pub(super) const AFTERWARDS: &str = "2026-11-27T09:00:00Z";

// The numbers of what the fixtures hold, the same in each.
const CONFIRMED: i64 = 3;
const TAKEN_OVER: i64 = 4;
const THERE_AND_BACK: i64 = 6;
const WITHOUT_ID: i64 = 7;
const LAPSED: i64 = 12;
const LAPSED_LATER: i64 = 13;

pub(super) struct Old {
    pub(super) schema: i64,
    pub(super) folder: tempfile::TempDir,
    /// The file as it was, beside.
    pub(super) before: Connection,
}

impl Old {
    pub(super) fn all() -> [Self; 3] {
        FIXTURES.map(|(schema, bytes)| Self::of(schema, bytes))
    }

    fn of(schema: i64, bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["cosell.db", "before"] {
            put(&folder.path().join(name), bytes);
        }
        let before = Connection::open(folder.path().join("before")).unwrap();
        Self { schema, folder, before }
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("cosell.db")
    }

    pub(super) fn open(&self) -> Store {
        self.open_at(AFTERWARDS)
    }

    fn open_at(&self, now: &str) -> Store {
        Store::open(&self.path(), Settings::default(), at(now)).unwrap_or_else(|e| panic!("schema {}: {e}", self.schema))
    }

    fn rows(&self, sql: &str) -> Vec<Vec<Sql>> {
        rows(&self.before, sql)
    }

    fn numbers(&self, sql: &str) -> Vec<i64> {
        self.rows(sql).iter().map(|row| integer(&row[0])).collect()
    }

    /// What its steps did, in order: of those that stood, or those that were undone and could be made again.
    fn deeds(&self, stood: bool) -> Vec<Deed> {
        let which = if stood { "step.undone_at IS NULL" } else { "step.undone_at IS NOT NULL AND undoable = 1" };
        let sql = format!(
            "SELECT step.id, step.kind, opportunity_id, what, delta FROM history JOIN step ON step.id = step_id WHERE {which} ORDER BY 1"
        );
        self.rows(&sql).iter().map(|row| Deed::read(row)).collect()
    }
}

struct Deed {
    step: i64,
    kind: String,
    id: i64,
    made: bool,
    /// Path, old, new.
    changes: Vec<(String, Value, Value)>,
}

impl Deed {
    fn read(row: &[Sql]) -> Self {
        let (kind, what) = (text(&row[1]), text(&row[3]));
        let made = what == "created";
        let delta: Value = if made { Value::Null } else { serde_json::from_str(&text(&row[4])).unwrap() };
        let entries = delta.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
        let changes = entries.iter().map(|entry| (entry[0].as_str().unwrap().to_owned(), entry[1].clone(), entry[2].clone()));
        Self { step: integer(&row[0]), kind, id: integer(&row[2]), made, changes: changes.collect() }
    }
}

pub(super) fn put(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

pub(super) fn rows(connection: &Connection, sql: &str) -> Vec<Vec<Sql>> {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| (0..columns).map(|column| row.get(column)).collect();
    statement.query_map([], read).unwrap().map(Result::unwrap).collect()
}

/// Takes away what the steps from schema 7 on add.
pub(super) fn without_ours(connection: &Connection) {
    for order in ["sales_stage", "country", "archived"] {
        connection.execute_batch(&format!("DROP INDEX by_{order}; DROP INDEX favorite_by_{order}")).unwrap();
        connection.execute_batch(&format!("ALTER TABLE opportunity DROP COLUMN {order}_key")).unwrap();
    }
    connection.execute_batch("DROP TABLE seen; DROP TABLE rate; DROP TABLE fact; DROP TABLE fact_name; DROP TABLE sent; DROP TABLE upload; DROP TABLE outgoing; DROP TABLE record; DROP TABLE record_history; DROP TABLE imported; DROP TABLE confirmed; DROP TABLE imported_row; DROP TABLE answer_before; DROP INDEX step_imports").unwrap();
    for index in ["by_owner", "favorite_by_owner", "by_next", "favorite_by_next"] {
        connection.execute_batch(&format!("DROP INDEX {index}")).unwrap();
    }
    for column in ["owner_sort", "owner_key", "owner", "next_text", "next_on", "log"] {
        connection.execute_batch(&format!("ALTER TABLE opportunity DROP COLUMN {column}")).unwrap();
    }
}

/// Every row of every table.
pub(super) fn dump(connection: &Connection) -> Vec<String> {
    let tables = rows(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1");
    let tables = tables.iter().map(|row| text(&row[0])).filter(|name| !name.starts_with("search"));
    tables
        .flat_map(|table| rows(connection, &format!("SELECT '{table}', * FROM {table}")))
        .map(|row| format!("{row:?}"))
        .collect()
}

fn integer(value: &Sql) -> i64 {
    if let Sql::Integer(n) = value { *n } else { panic!("{value:?} is no number") }
}

fn text(value: &Sql) -> String {
    if let Sql::Text(text) = value { text.clone() } else { String::new() }
}

fn stage_of(store: &Store, id: i64) -> Stage {
    store.get(OpportunityId(id)).unwrap().opportunity.stage
}

fn waits(store: &Store, id: i64) -> bool {
    store.get(OpportunityId(id)).unwrap().opportunity.waiting
}

fn undo_back_to(store: &mut Store, kind: StepKind, file: &str) {
    let named = |step: &super::super::StepRecord| step.kind == kind && step.files == [file];
    while !named(&store.undo(at(AFTERWARDS)).unwrap().step) {}
}

/// Everything that is held of each.
fn held(store: &Store, old: &Old) -> Vec<Held> {
    let ids = old.numbers("SELECT id FROM opportunity");
    let held = ids.iter().map(|id| store.get(OpportunityId(*id)).unwrap());
    held.map(|mut held| {
        held.opportunity.version = crate::domain::ids::Version(0);
        held
    })
    .collect()
}

/// Whether a plain stage is one that the old clock made.
fn is_expired(stage: &Value) -> bool {
    stage["outcome"]["kind"] == "expired"
}

#[test]
fn every_opportunity_of_an_old_database_has_its_number_title_stage_and_mark() {
    for old in Old::all() {
        let store = old.open();
        let sql = "SELECT id, coalesce(deal_name, customer_name), customer_name, stage, coalesce(outcome, ''), favorite, \
                   coalesce(archived_at, accepted_at, respond_by), coalesce(referral_id, '') FROM opportunity ORDER BY id";
        let expected = old.rows(sql);
        assert!(expected.len() >= 15);
        for row in &expected {
            let held = store.get(OpportunityId(integer(&row[0]))).unwrap().opportunity;
            let outcome = held.stage.outcome().map_or("", |outcome| outcome.kind().code());
            let times = [held.stage.archived_at(), held.stage.accepted_at(), held.stage.deadline().map(|deadline| deadline.at)];
            let found = [
                Sql::Integer(held.id.0),
                Sql::Text(held.title().to_string()),
                Sql::Text(held.customer.name.to_string()),
                Sql::Text(held.stage.kind().code().to_owned()),
                Sql::Text(outcome.to_lowercase()),
                Sql::Integer(held.favorite.into()),
                times.into_iter().flatten().next().map_or(Sql::Null, |at| Sql::Integer(at.micros())),
                Sql::Text(held.referral_id.map(|id| id.to_string()).unwrap_or_default()),
            ];
            assert_eq!(found[..], row[..], "schema {}", old.schema);
        }
        let all = store.counts(at(AFTERWARDS).into()).unwrap().of(crate::domain::tab::Tab::All, crate::domain::tab::View::All);
        assert_eq!(all, expected.len() as u64);
        assert_eq!(store.health().unwrap(), Default::default(), "schema {}", old.schema);
    }
}

#[test]
fn the_history_of_each_tells_the_same_entries_and_changes() {
    for old in Old::all() {
        let store = old.open();
        for id in old.numbers("SELECT id FROM opportunity") {
            let told = store.history_of(OpportunityId(id), None, 99).unwrap();
            let sql = format!(
                "SELECT step.id, step.kind, opportunity_id, what, delta FROM history JOIN step ON step.id = step_id \
                 WHERE opportunity_id = {id} ORDER BY 1 DESC"
            );
            let expected: Vec<Deed> = old.rows(&sql).iter().map(|row| Deed::read(row)).collect();
            let times: Vec<Timestamp> = told.iter().map(|entry| entry.step.at).collect();
            let recorded = |entry: &super::super::Entry| entry.step.kind != StepKind::Expire;
            assert!(told.iter().filter(|entry| recorded(entry)).is_sorted_by(|a, b| a.step.at >= b.step.at), "{times:?}");
            let (undone, told): (Vec<_>, Vec<_>) = told.into_iter().partition(|entry| entry.step.kind == StepKind::Undo);
            assert_eq!(told.len(), expected.len(), "schema {}, {id}", old.schema);
            let again = old.deeds(false).iter().filter(|deed| deed.id == id).count();
            assert_eq!(undone.len(), again, "what was undone says so by a step");
            for (entry, deed) in told.iter().zip(&expected) {
                let context = format!("schema {}, {id}, step {}", old.schema, deed.step);
                assert_eq!(entry.step.kind.code(), deed.kind.as_str(), "{context}");
                if deed.kind == "expire" {
                    // What the clock did after something was undone has moved behind that.
                    assert!(entry.step.id.0 >= deed.step, "{context}");
                    let deadline = deed.changes[0].1["respondBy"]["at"].as_i64();
                    assert_eq!((entry.what, Some(entry.step.at.micros())), (Happened::Lapsed, deadline), "{context}");
                    continue;
                }
                assert_eq!((entry.step.id.0, entry.what == Happened::Made), (deed.step, deed.made), "{context}");
                // What is not modelled goes by its own name; earlier versions did not tell it.
                let known = entry.changes.iter().filter(|(field, ..)| matches!(field, Named::Known(_)));
                let told: BTreeMap<String, (Value, Value)> =
                    known.map(|(field, before, after)| (field.path().to_owned(), (before.clone(), after.clone()))).collect();
                let mut same: BTreeMap<String, (Value, Value)> =
                    deed.changes.iter().map(|(path, before, after)| (path.clone(), (before.clone(), after.clone()))).collect();
                if let Some((before, after)) = told.get("stage").filter(|_| [CONFIRMED, TAKEN_OVER].contains(&id)) {
                    // What the clock made of it was no news; that Partner Center said something is.
                    let known = same.entry("stage".to_owned()).or_insert_with(|| (before.clone(), after.clone()));
                    if is_expired(&known.0) {
                        known.0 = before.clone();
                        assert_eq!(before["stage"], "received", "{context}");
                    }
                }
                assert_eq!(told, same, "{context}");
            }
        }
    }
}

#[test]
fn undo_and_redo_offer_the_same_steps_as_before() {
    for old in Old::all() {
        let store = old.open();
        let steps = store.undo_and_redo().unwrap();
        let undo = old.numbers("SELECT id FROM step WHERE undoable = 1 AND undone_at IS NULL ORDER BY id DESC LIMIT 1");
        let redo = old.numbers("SELECT id FROM step WHERE undoable = 1 AND undone_at IS NOT NULL ORDER BY id LIMIT 1");
        assert_eq!([steps.undo.unwrap().id.0], undo[..], "schema {}", old.schema);
        assert_eq!([steps.redo.unwrap().id.0], redo[..], "schema {}", old.schema);
    }
}

#[test]
fn what_was_undone_before_is_made_again_as_it_was_and_undone_again() {
    for old in Old::all() {
        let mut store = old.open();
        let before = everything(&store);
        let undone = old.numbers("SELECT id FROM step WHERE undoable = 1 AND undone_at IS NOT NULL ORDER BY id");
        assert!(undone.len() >= 4);
        for step in &undone {
            assert_eq!(store.redo(at(AFTERWARDS)).unwrap().step.id.0, *step, "schema {}", old.schema);
        }
        assert!(matches!(store.redo(at(AFTERWARDS)), Err(StoreError::NothingToRedo)));
        let mut last = BTreeMap::new();
        for deed in old.deeds(false) {
            assert!(store.get(OpportunityId(deed.id)).is_ok(), "schema {}: {} is there again", old.schema, deed.id);
            last.extend(deed.changes.into_iter().map(|(path, _, new)| ((deed.id, path), new)));
        }
        for ((id, path), new) in last {
            let held = store.get(OpportunityId(id)).unwrap().opportunity;
            assert_eq!(Field::from_path(&path).unwrap().get(&held), new, "schema {}: {path} of {id}", old.schema);
        }
        assert!(waits(&store, WITHOUT_ID), "what was changed of a row without a referral id is to be sent");
        assert_eq!(store.health().unwrap(), Default::default());
        for step in undone.iter().rev() {
            assert_eq!(store.undo(at(AFTERWARDS)).unwrap().step.id.0, *step, "schema {}", old.schema);
        }
        assert_eq!(difference(&before, &everything(&store)), "", "schema {}", old.schema);
    }
}

#[test]
fn undo_goes_back_to_the_very_beginning_and_redo_all_the_way_forward() {
    for old in Old::all() {
        let mut store = old.open();
        let before = held(&store, &old);
        let mut steps = old.numbers("SELECT id FROM step WHERE undoable = 1 AND undone_at IS NULL ORDER BY id DESC");
        for step in &steps {
            assert_eq!(store.undo(at(AFTERWARDS)).unwrap().step.id.0, *step, "schema {}", old.schema);
        }
        assert!(matches!(store.undo(at(AFTERWARDS)), Err(StoreError::NothingToUndo)));
        assert_eq!(
            store.counts(at(AFTERWARDS).into()).unwrap().of(crate::domain::tab::Tab::All, crate::domain::tab::View::All),
            0
        );
        assert_eq!((store.counts(at(AFTERWARDS).into()).unwrap().outbox, store.health().unwrap()), (0, Default::default()));
        steps.reverse();
        for step in &steps {
            assert_eq!(store.redo(at(AFTERWARDS)).unwrap().step.id.0, *step, "schema {}", old.schema);
        }
        assert_eq!(held(&store, &old), before, "schema {}", old.schema);
        assert_eq!(store.health().unwrap(), Default::default());
    }
}

#[test]
fn what_stood_after_each_step_is_what_the_old_history_says() {
    for old in Old::all() {
        let store = old.open();
        let mut compared = 0;
        for mut deed in old.deeds(true) {
            if deed.kind == "expire" {
                let told = store.history_of(OpportunityId(deed.id), None, 99).unwrap();
                deed.step = told.iter().find(|entry| entry.what == Happened::Lapsed).unwrap().step.id.0;
            }
            let stood = |step: i64| store.stood(OpportunityId(deed.id), StepId(step)).unwrap();
            let context = format!("schema {}, {} and step {}", old.schema, deed.id, deed.step);
            if deed.made {
                assert!(stood(deed.step - 1).is_none() && stood(deed.step).is_some(), "{context}");
                continue;
            }
            let (before, after) = (stood(deed.step - 1).unwrap().opportunity, stood(deed.step).unwrap().opportunity);
            for (path, old, new) in &deed.changes {
                let field = Field::from_path(path).unwrap();
                let by_clock = |stage: &Value| *path == "stage" && is_expired(stage);
                for (held, value) in [(&before, old), (&after, new)] {
                    if by_clock(value) {
                        assert!(matches!(held.stage, Stage::Received { .. }), "{context}: the clock is left out");
                    } else {
                        assert_eq!(field.get(held), *value, "{context}: {path}");
                    }
                    compared += 1;
                }
            }
        }
        assert!(compared > 30, "{compared}");
    }
}

#[test]
fn only_what_truly_waits_is_counted_and_in_deals() {
    for old in Old::all() {
        let store = old.open();
        let ours = old.numbers(
            "SELECT opportunity_id FROM history JOIN step ON step.id = step_id JOIN opportunity AS o ON o.id = opportunity_id \
             WHERE step.kind = 'create' AND o.referral_id IS NULL",
        );
        assert_eq!(ours.is_empty(), old.schema < 3);
        for id in &ours {
            assert!(store.get(OpportunityId(*id)).unwrap().base.is_empty(), "nobody knows anything of it yet");
        }
        let mut expected: Vec<i64> =
            if old.schema < 3 { vec![1, 2, 4, 5, 10, 11, 12, 13] } else { vec![1, 2, 4, 5, 7, 10, 11, 12, 13] };
        expected.extend(ours);
        let found: Vec<i64> =
            old.numbers("SELECT id FROM opportunity ORDER BY +id").into_iter().filter(|id| waits(&store, *id)).collect();
        assert_eq!(found, expected, "schema {}", old.schema);
        assert_eq!(store.counts(at(AFTERWARDS).into()).unwrap().outbox, found.len() as u64);
        assert!(!waits(&store, THERE_AND_BACK));
    }
}

#[test]
fn a_row_without_a_referral_id_waits_until_its_changes_are_taken_back() {
    let [.., old] = Old::all();
    let mut store = old.open();
    let held = store.get(OpportunityId(WITHOUT_ID)).unwrap();
    let base: Vec<&str> = held.base.keys().map(|field| field.path()).collect();
    assert_eq!(base, ["deal.value", "employees"], "notes went there and back");
    while store.history_of(OpportunityId(WITHOUT_ID), None, 1).unwrap()[0].step.reverts != Some(StepId(13)) {
        store.undo(at(AFTERWARDS)).unwrap();
    }
    assert!(!waits(&store, WITHOUT_ID) && store.get(OpportunityId(WITHOUT_ID)).unwrap().base.is_empty());
}

#[test]
fn what_the_clock_alone_expired_comes_back_with_a_clock_before_its_deadline() {
    for old in Old::all() {
        let store = old.open();
        let lapsed = |at, basis| Stage::Lapsed { respond_by: Deadline { at, basis } };
        let (deadline, later) = (at("2026-11-15T09:00:00Z"), at("2026-11-26T00:00:00Z"));
        assert_eq!(stage_of(&store, LAPSED), lapsed(deadline, Basis::FirstSeen), "schema {}", old.schema);
        assert_eq!(stage_of(&store, LAPSED_LATER), lapsed(later, Basis::Given), "schema {}", old.schema);
        let held = store.get(OpportunityId(LAPSED)).unwrap();
        assert!(held.base.is_empty() && held.opportunity.updated_at < deadline, "Partner Center has nothing to hear of it");
        assert!(matches!(stage_of(&store, CONFIRMED), Stage::Archived { .. }), "Partner Center says so itself");
        drop(store);
        let store = old.open_at("2026-11-21T00:00:00Z");
        assert!(matches!(stage_of(&store, LAPSED_LATER), Stage::Received { .. }), "schema {}", old.schema);
        assert!(matches!(stage_of(&store, LAPSED), Stage::Lapsed { .. }), "schema {}", old.schema);
        drop(store);
        let store = old.open_at("2026-11-04T00:00:00Z");
        assert!(matches!(stage_of(&store, LAPSED), Stage::Received { .. }), "schema {}", old.schema);
        assert_eq!(store.history_of(OpportunityId(LAPSED), None, 1).unwrap()[0].what, Happened::Revived);
        assert!(!waits(&store, LAPSED) && store.health().unwrap() == Default::default());
    }
}

#[test]
fn taking_back_an_import_leaves_what_it_found_to_the_clock() {
    for old in Old::all() {
        let mut store = old.open();
        undo_back_to(&mut store, StepKind::Import, "d.csv");
        let confirmed = store.get(OpportunityId(CONFIRMED)).unwrap();
        assert!(
            matches!(confirmed.opportunity.stage, Stage::Lapsed { .. }) && confirmed.base.is_empty(),
            "schema {}",
            old.schema
        );
        assert!(matches!(stage_of(&store, TAKEN_OVER), Stage::Accepted { .. }));
        undo_back_to(&mut store, StepKind::Import, "b.csv");
        let taken = store.get(OpportunityId(TAKEN_OVER)).unwrap();
        assert!(matches!(taken.opportunity.stage, Stage::Lapsed { .. }) && taken.base.is_empty(), "schema {}", old.schema);
        store.catch_up(at("2026-11-04T00:00:00Z")).unwrap();
        assert!(matches!(stage_of(&store, TAKEN_OVER), Stage::Received { .. }));
        assert_eq!(store.redo(at(AFTERWARDS)).unwrap().step.files, ["b.csv"]);
        assert!(matches!(stage_of(&store, TAKEN_OVER), Stage::Accepted { .. }));
        assert_eq!(store.health().unwrap(), Default::default());
    }
}

#[test]
fn an_import_that_was_undone_in_an_old_database_does_not_start_the_clock_anew() {
    let [.., old] = Old::all();
    let store = old.open();
    let seen = rows(&store.connection, "SELECT referral_id, at FROM first_seen");
    let first = Sql::Integer(at("2026-11-20T09:01:00Z").micros());
    assert_eq!(seen, [[Sql::Text("00000021-0000-4000-8000-000000000000".into()), first]]);
}

#[test]
fn conflicts_of_an_old_database_are_read_and_decided() {
    for old in Old::all() {
        let mut store = old.open();
        let mut kept = 0;
        for row in old.rows("SELECT id, conflicts FROM opportunity WHERE conflicts IS NOT NULL") {
            let theirs: BTreeMap<String, Value> = serde_json::from_str(&text(&row[1])).unwrap();
            let held = store.get(OpportunityId(integer(&row[0]))).unwrap();
            let found: BTreeMap<String, Value> =
                held.conflicts.iter().map(|(field, claim)| (field.path().to_owned(), claim.theirs.clone())).collect();
            assert_eq!(found, theirs, "schema {}", old.schema);
            assert!(held.conflicts.values().all(|claim| claim.at.is_none()));
            kept += 1;
        }
        assert!(kept > 0);
        let theirs = What::Resolve { fields: Vec::new(), side: Side::Theirs };
        assert!(store.apply(&[change(1, theirs)], at(AFTERWARDS)).unwrap().results[0].is_ok());
        assert_eq!(store.get(OpportunityId(1)).unwrap().opportunity.title().as_str(), "ERP 새 이름");
        store.undo(at(AFTERWARDS)).unwrap();
        assert_eq!(store.get(OpportunityId(1)).unwrap().conflicts.len(), 2);
    }
}

#[test]
fn drafts_directory_and_catalogue_of_an_old_database_are_there() {
    for old in Old::all() {
        let store = old.open();
        let drafts = store.drafts().unwrap();
        if old.schema < 3 {
            let draft = store.draft(DraftKey::About("accept", OpportunityId(LAPSED_LATER))).unwrap().unwrap();
            assert_eq!((draft["deal.name"].as_str(), draft["deal.currency"].as_str()), ("abc", "KRW"));
        }
        assert_eq!(vec![Sql::Integer(drafts.len() as i64)], old.rows("SELECT count(*) FROM draft")[0], "schema {}", old.schema);
        assert!(!drafts.is_empty());
        if old.schema == 3 {
            for (sql, found) in [
                (
                    "SELECT number, content FROM draft ORDER BY 1",
                    rows(&store.connection, "SELECT number, content FROM draft ORDER BY 1"),
                ),
                ("SELECT * FROM customer ORDER BY 1", rows(&store.connection, "SELECT * FROM customer ORDER BY 1")),
                ("SELECT * FROM catalogue ORDER BY 1", rows(&store.connection, "SELECT * FROM catalogue ORDER BY 1")),
            ] {
                assert_eq!(found, old.rows(sql));
            }
            assert_eq!(store.solution("sol-1").unwrap().unwrap().name.unwrap().as_str(), "Plant Cloud");
        }
    }
}

#[test]
fn notices_that_were_owed_are_owed_still() {
    for old in Old::all() {
        let store = old.open();
        let owed = "SELECT opportunity_id, kind, at, detail, state FROM outbox WHERE kind = 'notice' AND state = 'waiting'";
        let but_confirmed = format!("{owed} AND opportunity_id <> {CONFIRMED} ORDER BY id");
        assert_eq!(
            rows(&store.connection, &format!("{owed} ORDER BY id")),
            old.rows(&but_confirmed),
            "an expiry Partner Center said itself owes it no notice; schema {}",
            old.schema
        );
        assert_eq!(rows(&store.connection, "SELECT count(*) FROM outbox WHERE kind = 'update'"), [[Sql::Integer(0)]]);
    }
}

#[test]
fn opening_again_changes_nothing() {
    for old in Old::all() {
        drop(old.open());
        let before = dump(&Connection::open(old.path()).unwrap());
        drop(old.open());
        assert_eq!(difference(&before, &dump(&Connection::open(old.path()).unwrap())), "", "schema {}", old.schema);
    }
}

#[test]
fn work_goes_on_in_an_old_database() {
    for old in Old::all() {
        let mut store = old.open();
        let edit = What::Edit(Edit(vec![Set::Name(line("Nach dem Umzug"))]));
        assert!(store.apply(&[change(1, edit)], at(AFTERWARDS)).unwrap().results[0].is_ok());
        assert!(matches!(store.redo(at(AFTERWARDS)), Err(StoreError::NothingToRedo)), "a new step ends that");
        assert_eq!(store.undo(at(AFTERWARDS)).unwrap().step.kind, StepKind::Edit);
        let told = store.since(None, 999).unwrap();
        assert_eq!(told.len(), rows(&store.connection, "SELECT 1 FROM step").len());
        assert_eq!(
            store.get(OpportunityId(2)).unwrap().opportunity.stage.outcome().map(|o| o.kind()),
            Some(OutcomeKind::Declined)
        );
    }
}

#[test]
fn the_first_message_comes_before_anything_is_brought_on_and_none_where_there_is_nothing_to_do() {
    let [.., old] = Old::all();
    let mut told = Vec::new();
    let mut open = || Store::open_telling(&old.path(), Settings::default(), at(AFTERWARDS), &mut |rows| told.push(rows)).unwrap();
    drop(open());
    drop(open());
    assert_eq!(told, [0]);
}
