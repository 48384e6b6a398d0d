//! Bringing a database of an earlier version on, stopped half-way: there is the old file or the new one, and a copy until it is done.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use super::super::{Settings, Store, StoreError, beside, open, schema};
use super::migration::{AFTERWARDS, FIXTURES, Old, dump, put, rows};
use super::*;

/// What lies beside the database.
fn names_beside(path: &Path) -> Vec<String> {
    let names =
        fs::read_dir(path.parent().unwrap()).unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("cosell.db.")).collect()
}

#[test]
fn a_copy_is_kept_beside_until_everything_is_brought_on_and_is_whole() {
    for old in Old::all() {
        let mut beheld = Vec::new();
        let copy = old.folder.path().join(format!("cosell.db.schema-{}", old.schema));
        let mut connection = Connection::open(old.path()).unwrap();
        assert_eq!(beside::choose(&connection, &old.path(), old.schema).unwrap(), copy);
        let expected = dump(&connection);
        let mut begun = |_| {
            beside::keep(&old.path(), &copy)?;
            beheld = dump(&Connection::open(&copy).unwrap());
            Ok(())
        };
        schema::migrate(&mut connection, &mut begun, &mut |_| {}).unwrap();
        assert_eq!(beheld, expected, "schema {}", old.schema);
        drop(connection);
        // Stopped right after it was done: the next opening clears up.
        assert!(!names_beside(&old.path()).is_empty());
        drop(old.open());
        assert_eq!(names_beside(&old.path()), Vec::<String>::new(), "schema {}", old.schema);
    }
}

#[test]
fn a_file_of_the_same_name_that_somebody_else_put_beside_a_database_stays_as_it_is() {
    let [.., old] = Old::all();
    let own = |name: &str| old.folder.path().join(name);
    for name in ["cosell.db.schema-1", "cosell.db.schema-3", "cosell.db.schema-3-2.part"] {
        fs::write(own(name), "the last backup of last year").unwrap();
    }
    let mut kept = names_beside(&old.path());
    kept.sort();
    // Once while it is brought on, once afterwards.
    for _ in 0..2 {
        drop(old.open());
        let mut names = names_beside(&old.path());
        names.sort();
        assert_eq!(names, kept);
        assert!(kept.iter().all(|name| fs::read_to_string(own(name)).unwrap() == "the last backup of last year"));
    }
}

#[test]
fn a_database_that_names_any_other_file_as_its_copy_makes_nobody_take_that_away() {
    let [.., old] = Old::all();
    let path = old.path();
    drop(old.open());
    for name in ["cosell.db", "cosell.db.schema-", "../cosell.db.schema-3", "cosell.db.schema-3/../notes", "other.db.schema-3"] {
        let database = Connection::open(&path).unwrap();
        database.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('copy', ?)", [name]).unwrap();
        drop(database);
        fs::write(old.folder.path().join("notes"), "").unwrap();
        drop(old.open());
        assert!(path.exists() && old.folder.path().join("notes").exists(), "{name}");
    }
}

#[test]
fn what_another_program_wrote_last_is_in_the_copy_too() {
    let [.., old] = Old::all();
    let other = Connection::open(old.path()).unwrap();
    other.execute_batch("PRAGMA wal_autocheckpoint = 0; UPDATE opportunity SET crm_id = 'written late' WHERE id = 1").unwrap();
    let reading = Connection::open(old.path()).unwrap();
    reading.execute_batch("BEGIN; SELECT * FROM opportunity").unwrap();
    let mut beheld = Vec::new();
    let mut begun = |_| {
        let copy = old.folder.path().join("cosell.db.schema-3");
        beside::keep(&old.path(), &copy)?;
        let copy = Connection::open(copy).unwrap();
        beheld = rows(&copy, "SELECT crm_id FROM opportunity WHERE id = 1");
        Ok(())
    };
    schema::migrate(&mut Connection::open(old.path()).unwrap(), &mut begun, &mut |_| {}).unwrap();
    assert_eq!(beheld, [[Sql::Text("written late".into())]]);
}

#[test]
fn an_error_at_any_point_leaves_the_old_file_and_the_next_opening_brings_it_on() {
    for old in Old::all() {
        let expected = dump(&old.before);
        let mut failed = 0;
        for more in 0.. {
            let mut connection = Connection::open(old.path()).unwrap();
            let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
            // As on a disk that is full after so many pages.
            connection.execute_batch(&format!("PRAGMA foreign_keys = ON; PRAGMA max_page_count = {}", pages + more)).unwrap();
            if schema::migrate(&mut connection, &mut |_| Ok(()), &mut |_| {}).is_ok() {
                break;
            }
            failed += 1;
            drop(connection);
            assert_eq!(difference(&expected, &dump(&Connection::open(old.path()).unwrap())), "", "schema {}", old.schema);
        }
        assert!(failed > 3, "{failed}");
        assert_eq!(old.open().health().unwrap(), Default::default());
    }
}

#[test]
fn stopping_it_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let [.., old] = Old::all();
    let expected = dump(&old.before);
    let mut stopped = 0;
    for moment in 0..40u64 {
        let mut connection = Connection::open(old.path()).unwrap();
        let stop = connection.get_interrupt_handle();
        let ended = std::thread::scope(|scope| {
            scope.spawn(move || {
                std::thread::sleep(std::time::Duration::from_micros(200 + moment * 700));
                stop.interrupt();
            });
            schema::migrate(&mut connection, &mut |_| Ok(()), &mut |_| {})
        });
        drop(connection);
        if ended.is_ok() {
            put(&old.path(), FIXTURES[2].1);
        } else {
            stopped += 1;
            assert_eq!(difference(&expected, &dump(&Connection::open(old.path()).unwrap())), "");
        }
    }
    assert!(stopped > 0);
    assert_eq!(old.open().health().unwrap(), Default::default());
}

#[test]
fn two_that_open_an_old_database_at_once_both_get_the_new_one() {
    for old in Old::all() {
        let path = old.path();
        let open = || Store::open(&path, Settings::default(), at(AFTERWARDS)).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(open().health().unwrap(), Default::default()));
            }
        });
        assert_eq!(names_beside(&old.path()), Vec::<String>::new());
    }
}

#[test]
fn too_little_room_is_told_before_anything_is_written() {
    let [.., old] = Old::all();
    let refused = open::check_room(&old.path(), u64::MAX);
    assert!(matches!(refused, Err(StoreError::NoRoom { needed: u64::MAX, .. })));
    assert!(open::check_room(&old.path(), 1).is_ok());
}
