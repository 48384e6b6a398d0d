//! The file under an open database is moved, deleted, replaced or written over; a log of another time lies beside it.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::{Settings, Store, StoreError};
use super::home::Home;
use super::*;
use crate::domain::change::What;
use crate::domain::tab::{Tab, View};

fn open(path: &Path) -> Store {
    Store::open(path, Settings::default(), now()).unwrap()
}

fn mark(store: &mut Store, id: i64) -> Result<(), StoreError> {
    store.apply(&[change(id, What::Favorite { on: true })], now()).map(|_| ())
}

fn marked(store: &Store) -> u64 {
    store.counts(now().into()).unwrap().of(Tab::Favorites, View::All)
}

fn count(store: &Store) -> u64 {
    store.counts(now().into()).unwrap().of(Tab::All, View::All)
}

/// A database with three, one of them marked, and a backup of it from before the mark and with one less.
fn with_backup(home: &Home) -> (Store, PathBuf) {
    let mut store = open(&home.path);
    import(&mut store, vec![record(1), record(2)]);
    let backup = store.save_as(&home.file("backup.db")).unwrap();
    import(&mut store, vec![record(3)]);
    mark(&mut store, 1).unwrap();
    (store, backup)
}

/// Copies a file into one that stays the same, written later than anything before.
fn put_over(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap();
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    fs::OpenOptions::new().write(true).open(to).unwrap().set_modified(later).unwrap();
}

#[cfg(unix)]
#[test]
fn a_step_is_not_confirmed_once_the_file_was_moved_away_and_the_moved_file_is_whole() {
    let home = Home::of("a.db");
    let (mut store, _) = with_backup(&home);
    fs::rename(&home.path, home.file("moved.db")).unwrap();
    assert!(matches!(mark(&mut store, 2), Err(StoreError::Gone { .. })));
    assert!(matches!(store.undo(now()), Err(StoreError::Gone { .. })));
    assert!(matches!(store.in_place(), Err(StoreError::Gone { .. })));
    drop(store);
    assert_eq!(home.names(), ["backup.db", "moved.db"]);
    let moved = open(&home.file("moved.db"));
    assert_eq!((count(&moved), marked(&moved)), (3, 1));
    assert_eq!(moved.health().unwrap(), Default::default());
}

#[cfg(unix)]
#[test]
fn a_backup_that_was_put_over_an_open_database_stays_sound() {
    for told in [false, true] {
        let home = Home::of("a.db");
        let (mut store, backup) = with_backup(&home);
        fs::copy(&backup, home.file("n")).unwrap();
        fs::rename(home.file("n"), &home.path).unwrap();
        let before = fs::read(&home.path).unwrap();
        if told {
            assert!(matches!(mark(&mut store, 2), Err(StoreError::Replaced { .. })));
        }
        drop(store);
        assert_eq!(fs::read(&home.path).unwrap(), before);
        assert_eq!(home.names(), ["a.db", "backup.db"]);
        let restored = open(&home.path);
        assert_eq!((count(&restored), marked(&restored)), (2, 0));
        assert_eq!(restored.health().unwrap(), Default::default());
    }
}

/// Between the look at which file stands there and the look at how it stands.
#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_while_it_is_looked_at_gets_no_log_of_another() {
    let home = Home::of("a.db");
    let (store, backup) = with_backup(&home);
    fs::rename(&backup, &home.path).unwrap();
    assert!(matches!(store.lose_overwritten(), Err(StoreError::Replaced { .. })));
    drop(store);
    assert_eq!(home.names(), ["a.db"]);
    let restored = open(&home.path);
    assert_eq!((count(&restored), marked(&restored)), (2, 0));
}

#[test]
fn a_backup_that_was_copied_into_an_open_database_is_noticed_and_not_written_to() {
    let home = Home::of("a.db");
    let (mut store, backup) = with_backup(&home);
    store.checkpoint();
    put_over(&backup, &home.path);
    assert!(matches!(mark(&mut store, 2), Err(StoreError::Replaced { .. })));
    drop(store);
    assert_eq!(fs::read(&home.path).unwrap(), fs::read(&backup).unwrap());
    let restored = open(&home.path);
    assert_eq!((count(&restored), marked(&restored)), (2, 0));
    assert_eq!(restored.health().unwrap(), Default::default());
}

#[cfg(unix)]
#[test]
fn a_plain_copy_of_an_hour_ago_put_over_an_open_database_is_noticed_though_nothing_of_its_size_changed() {
    let home = Home::of("a.db");
    let (mut store, _) = with_backup(&home);
    store.checkpoint();
    let copy = home.file("copy.db");
    fs::copy(&home.path, &copy).unwrap();
    for id in [2, 3] {
        mark(&mut store, id).unwrap();
    }
    store.checkpoint();
    assert_eq!(fs::metadata(&home.path).unwrap().len(), fs::metadata(&copy).unwrap().len());
    put_over(&copy, &home.path);
    assert!(matches!(store.undo(now()), Err(StoreError::Replaced { .. })));
    drop(store);
    assert_eq!(fs::read(&home.path).unwrap(), fs::read(&copy).unwrap());
}

#[test]
fn a_database_that_was_emptied_under_an_open_desk_is_noticed() {
    let home = Home::of("a.db");
    let (mut store, _) = with_backup(&home);
    store.checkpoint();
    fs::OpenOptions::new().write(true).open(&home.path).unwrap().set_len(10).unwrap();
    assert!(matches!(mark(&mut store, 2), Err(StoreError::Replaced { .. })));
}

#[cfg(unix)]
#[test]
fn what_was_confirmed_before_the_files_beside_were_removed_is_kept_and_nothing_is_confirmed_after() {
    for removed in [&["-wal"][..], &["-shm"], &["-wal", "-shm"]] {
        let home = Home::of("a.db");
        let (mut store, _) = with_backup(&home);
        mark(&mut store, 2).unwrap();
        for suffix in removed {
            fs::remove_file(home.file(&format!("a.db{suffix}"))).unwrap();
        }
        assert!(matches!(mark(&mut store, 3), Err(StoreError::LogGone { .. })), "{removed:?}");
        assert!(matches!(store.in_place(), Err(StoreError::LogGone { .. })));
        drop(store);
        let again = open(&home.path);
        assert_eq!((count(&again), marked(&again)), (3, 2), "{removed:?}");
        assert_eq!(again.health().unwrap(), Default::default());
    }
}

#[test]
fn what_another_program_writes_and_moves_into_the_file_is_no_stranger() {
    let home = Home::of("a.db");
    let (mut store, _) = with_backup(&home);
    for round in 0..3 {
        let mut other = open(&home.path);
        import(&mut other, vec![record(4 + round)]);
        other.checkpoint();
        mark(&mut store, 2).unwrap();
        other.checkpoint();
        store.in_place().unwrap();
        drop(other);
        mark(&mut store, 3).unwrap();
        store.checkpoint();
    }
    assert_eq!(count(&store), 6);
}

#[cfg(unix)]
#[test]
fn what_is_held_is_saved_to_a_new_file_and_never_over_one() {
    let home = Home::of("a.db");
    let (mut store, backup) = with_backup(&home);
    fs::remove_file(&home.path).unwrap();
    assert!(matches!(mark(&mut store, 2), Err(StoreError::Gone { .. })));
    let before = fs::read(&backup).unwrap();
    assert!(matches!(store.save_as(&backup), Err(StoreError::File { .. })));
    assert_eq!(fs::read(&backup).unwrap(), before);
    let saved = store.save_as(&home.file("saved.db")).unwrap();
    drop(store);
    assert_eq!(home.names(), ["backup.db", "saved.db"]);
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::metadata(&saved).unwrap().permissions().mode() & 0o777, 0o600);
    let saved = open(&saved);
    assert_eq!((count(&saved), marked(&saved)), (3, 1));
    assert_eq!(saved.health().unwrap(), Default::default());
}

#[test]
fn a_log_of_another_time_is_told_before_anything_is_done_with_it() {
    let home = Home::of("a.db");
    let mut store = open(&home.path);
    import(&mut store, (1..60).map(record).collect());
    let backup = store.save_as(&home.file("backup.db")).unwrap();
    import(&mut store, (60..400).map(record).collect());
    store.checkpoint();
    import(&mut store, (400..430).map(record).collect());
    // What a program that was killed leaves, and a backup copied over the file.
    let (path, log) = (home.file("b.db"), home.file("b.db-wal"));
    fs::copy(&backup, &path).unwrap();
    fs::copy(home.file("a.db-wal"), &log).unwrap();
    let before = (fs::read(&path).unwrap(), fs::read(&log).unwrap());
    let opened = Store::open(&path, Settings::default(), now());
    assert!(matches!(opened.map(|_| ()), Err(StoreError::LogApart { .. })));
    assert_eq!((fs::read(&path).unwrap(), fs::read(&log).unwrap()), before);
    fs::rename(&log, home.file("b.db-wal.aside")).unwrap();
    assert_eq!(count(&open(&path)), 59);
}

#[test]
fn a_log_that_was_left_by_a_program_that_was_killed_is_taken() {
    let home = Home::of("a.db");
    let (store, _) = with_backup(&home);
    for suffix in ["", "-wal", "-shm"] {
        fs::copy(home.file(&format!("a.db{suffix}")), home.file(&format!("b.db{suffix}"))).unwrap();
    }
    drop(store);
    let left = open(&home.file("b.db"));
    assert_eq!((count(&left), marked(&left)), (3, 1));
    drop(left);
    assert_eq!(home.names(), ["a.db", "b.db", "backup.db"]);
}

/// Lets a file look as if it was changed so long after the log beside it.
#[cfg(unix)]
fn later(path: &std::path::Path) {
    // Times of change cannot be set: what tells is whether the log stands in the file already.
    assert!(!super::super::place::came_after_its_log(path));
}

#[cfg(unix)]
#[test]
fn a_program_killed_while_its_log_is_moved_into_the_file_locks_nobody_out() {
    let home = Home::of("a.db");
    let mut store = open(&home.path);
    import(&mut store, (1..200).map(record).collect());
    for suffix in ["", "-wal"] {
        fs::copy(home.file(&format!("a.db{suffix}")), home.file(&format!("b.db{suffix}"))).unwrap();
    }
    let (path, log) = (home.file("b.db"), home.file("b.db-wal"));
    assert!(!super::super::place::is_moved_in(&path, &log).unwrap(), "nothing of it is in the file yet");
    // All of it is, as a checkpoint leaves it, and then only what it began with.
    store.checkpoint();
    let whole = fs::read(home.file("a.db")).unwrap();
    let before = fs::read(&path).unwrap();
    let begun = [&whole[..4_096], before.get(4_096..).unwrap_or_default()].concat();
    for moved in [&whole, &begun] {
        fs::write(&path, moved).unwrap();
        assert!(super::super::place::is_moved_in(&path, &log).unwrap());
    }
    later(&path);
    assert_eq!(count(&open(&path)), 199);
}

#[test]
fn a_log_that_another_program_moves_into_the_file_is_no_replacement() {
    let home = Home::of("a.db");
    let store = open(&home.path);
    let (path, done) = (home.path.clone(), std::sync::atomic::AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let other = rusqlite::Connection::open(&path).unwrap();
            other.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
            other.query_row("PRAGMA wal_autocheckpoint = 1", [], |_| Ok(())).unwrap();
            other.execute_batch("CREATE TABLE filler (x)").unwrap();
            for _ in 0..300 {
                other
                    .execute_batch("INSERT INTO filler VALUES (randomblob(20000)); DELETE FROM filler WHERE rowid % 7 = 3")
                    .unwrap();
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
        });
        while !done.load(std::sync::atomic::Ordering::Relaxed) {
            store.in_place().unwrap();
        }
    });
    store.in_place().unwrap();
}
