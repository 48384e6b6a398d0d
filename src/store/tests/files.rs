//! The file itself: who may read it, whose files are refused, and that a refused file is left alone.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::{Access, Settings, Store, StoreError};
use super::*;

fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, Settings::default(), now())
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).map(|p| (p.clone(), fs::read(p).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn a_new_database_is_private_and_whole() {
    let folder = folder();
    let path = folder.path().join("new/deep/cosell.db");
    let mut store = open(&path).unwrap();
    import(&mut store, vec![record(1)]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        for file in fs::read_dir(path.parent().unwrap()).unwrap() {
            assert_eq!(mode(&file.as_ref().unwrap().path()), 0o600, "{file:?}");
        }
    }
    drop(store);
    assert_eq!(
        open(&path).unwrap().counts(now().into()).unwrap().of(crate::domain::tab::Tab::All, crate::domain::tab::View::All),
        1
    );
}

#[test]
fn writes_are_durable_before_they_are_acknowledged() {
    let folder = folder();
    let store = open(&folder.path().join("c.db")).unwrap();
    let pragma = |name: &str| {
        store.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0)).unwrap()
    };
    assert_eq!(pragma("journal_mode"), rusqlite::types::Value::Text("wal".into()));
    assert_eq!(pragma("synchronous"), rusqlite::types::Value::Integer(2));
    assert_eq!(pragma("foreign_keys"), rusqlite::types::Value::Integer(1));
    assert_eq!(pragma("busy_timeout"), rusqlite::types::Value::Integer(5_000));
}

#[test]
fn a_file_that_is_not_ours_is_refused_and_left_alone() {
    let folder = folder();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    };
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x); PRAGMA user_version = 1").unwrap();
    let strangers = [
        file("random", &[7; 5_000]),
        file("short", b"SQLite"),
        file("picture.png", b"\x89PNG\r\n\x1a\n"),
        file("text", b"hello"),
        other,
    ];
    let before = snapshot(folder.path());
    for stranger in strangers {
        assert!(matches!(open(&stranger), Err(StoreError::Foreign { .. })), "{}", stranger.display());
    }
    assert_eq!(snapshot(folder.path()), before);
    assert!(matches!(open(&file("empty", b"")), Err(StoreError::Empty { .. })));
    assert!(matches!(open(folder.path()), Err(StoreError::NotAFile { .. })));
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_refused() {
    let folder = folder();
    let real = folder.path().join("real.db");
    drop(open(&real).unwrap());
    let link = folder.path().join("link.db");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    assert!(matches!(open(&link), Err(StoreError::Link { .. })));
    let linked_folder = folder.path().join("there");
    std::os::unix::fs::symlink(folder.path(), &linked_folder).unwrap();
    assert!(open(&linked_folder.join("real.db")).is_ok(), "a link among the folders is nobody's attack");
}

#[test]
fn a_database_of_a_newer_version_is_refused_untouched() {
    let folder = folder();
    let path = folder.path().join("c.db");
    drop(open(&path).unwrap());
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99").unwrap();
    drop(raw);
    let before = snapshot(folder.path());
    assert!(matches!(open(&path), Err(StoreError::Newer { theirs: 99, .. })));
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn a_damaged_file_gives_an_error_and_never_a_panic() {
    let folder = folder();
    let path = folder.path().join("c.db");
    let mut store = open(&path).unwrap();
    import(&mut store, (0..60).map(record).collect());
    drop(store);
    let good = fs::read(&path).unwrap();
    let mut seed: u64 = 7;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for round in 0..60 {
        let mut bad = good.clone();
        match round % 3 {
            0 => (0..64).for_each(|_| bad[100 + random(good.len() - 100)] = random(256) as u8),
            1 => bad.truncate(random(good.len()).max(1)),
            _ => {
                let page = 4_096 * (1 + random(good.len() / 4_096 - 1));
                bad[page..page + 4_096].fill(0);
            }
        }
        let path = folder.path().join(format!("bad{round}.db"));
        fs::write(&path, &bad).unwrap();
        let Ok(mut store) = open(&path) else { continue };
        let query = crate::domain::query::ListQuery::tab(crate::domain::tab::Tab::All);
        let _ = store.list(&query, crate::domain::query::From::Start, 100);
        let _ = store.apply(&[change(1, What::Favorite { on: true }), change(5, accept())], now());
        let _ = store.undo(now());
        for id in 1..60 {
            let _ = store.get(OpportunityId(id));
            let _ = store.history_of(OpportunityId(id), None, 5);
        }
    }
}

#[test]
fn reading_only_shows_everything_and_refuses_every_change() {
    let folder = folder();
    let path = folder.path().join("c.db");
    let mut store = open(&path).unwrap();
    import(&mut store, (0..20).map(record).collect());
    drop(store);
    let before = fs::read(&path).unwrap();
    let mut store = Store::open(&path, Settings { read_only: true, ..Settings::default() }, now().plus_days(40)).unwrap();
    assert_eq!(store.access(), Access::AskedReadOnly);
    assert!(store.get(OpportunityId(1)).is_ok());
    assert!(matches!(store.apply(&[change(1, What::Favorite { on: true })], now()), Err(StoreError::ReadOnly)));
    assert!(matches!(store.undo(now()), Err(StoreError::ReadOnly)));
    drop(store);
    assert_eq!(fs::read(&path).unwrap(), before, "nothing expired in the file");
    assert!(Store::open(&folder.path().join("none.db"), Settings { read_only: true, ..Settings::default() }, now()).is_err());
}

#[test]
fn another_window_sees_the_change() {
    let folder = folder();
    let path = folder.path().join("c.db");
    let (mut one, mut two) = (open(&path).unwrap(), open(&path).unwrap());
    let before = two.outside_version().unwrap();
    import(&mut one, vec![record(1)]);
    assert_ne!(two.outside_version().unwrap(), before);
    assert_eq!(
        two.list(&crate::domain::query::ListQuery::tab(crate::domain::tab::Tab::All), crate::domain::query::From::Start, 5)
            .unwrap()
            .rows
            .len(),
        1
    );
}

#[test]
fn many_starting_at_once_make_one_database() {
    let folder = folder();
    let path = folder.path().join("c.db");
    std::thread::scope(|scope| {
        for n in 0..8 {
            let path = &path;
            scope.spawn(move || {
                let mut store = open(path).unwrap();
                import(&mut store, vec![record(n)]);
            });
        }
    });
    let counts = open(&path).unwrap().counts(now().into()).unwrap();
    assert_eq!(counts.of(crate::domain::tab::Tab::All, crate::domain::tab::View::All), 8);
    assert_eq!(snapshot(folder.path()).len(), 1, "nothing is left over");
}

#[test]
fn while_another_program_writes_a_step_is_refused_as_busy_and_nothing_is_half_done() {
    let folder = folder();
    let path = folder.path().join("cosell.db");
    let mut store = open(&path).unwrap();
    import(&mut store, vec![record(1)]);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    store.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    let before = everything(&store);
    let refused = store.apply(&[change(1, What::Favorite { on: true })], now());
    assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
    assert_eq!(everything(&store), before);
    other.execute_batch("ROLLBACK").unwrap();
    assert!(store.apply(&[change(1, What::Favorite { on: true })], now()).unwrap().step.is_some(), "the next try works");
}

#[test]
fn lists_can_be_read_while_another_program_imports() {
    let folder = folder();
    let path = folder.path().join("cosell.db");
    drop(open(&path).unwrap());
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    open(&path).unwrap();
}

#[test]
fn what_an_import_answered_is_found_by_an_index_however_much_was_ever_written() {
    let store = store_of(3);
    let mut plan = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {}", super::super::brought::ONLY_ANSWERED)).unwrap();
    let plan: Vec<String> = plan.query_map([1, 9], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
    let by = "SEARCH sent USING COVERING INDEX sent_by_answer (answered_by=?)";
    assert!(plan.iter().any(|line| line == by) && plan.iter().all(|line| !line.contains("SCAN")), "{plan:?}");
}

#[test]
fn a_row_without_an_id_is_found_by_an_index() {
    let store = store_of(3);
    let sql = format!("EXPLAIN QUERY PLAN {}", super::super::answers::BY_NAMES);
    let plan: String = store.connection.query_row(&sql, ["a", "b", "c"], |row| row.get(3)).unwrap();
    assert!(plan.contains("shelf=? AND customer_key=?"), "{plan}");
}
