//! Copies of the database while others write, those that are made by themselves, and one that takes the place of the database.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

use super::super::backup::{Check, Stop, copy_to};
use super::super::dated::Copying;
use super::super::{Before, Reply, Restoring, Settings, Stands, Store, StoreError, dated, is_due};
use super::home::{Home, names};
use super::migration::{FIXTURES, Old, dump, put};
use super::*;
use crate::domain::tab::{Tab, View};

fn open(path: &Path) -> Store {
    Store::open(path, Settings { backups: 3, ..Settings::default() }, now()).unwrap()
}

fn deals(store: &Store) -> u64 {
    store.counts(now().into()).unwrap().of(Tab::All, View::All)
}

fn mark(store: &mut Store, id: i64, on: bool) {
    store.apply(&[change(id, What::Favorite { on })], now()).unwrap();
}

fn day(text: &str) -> Date {
    Date::iso(text).unwrap()
}

#[test]
fn a_copy_holds_everything_is_private_and_never_takes_the_place_of_a_file_unasked() {
    let home = Home::of("deals.db");
    let mut store = open(&home.path);
    import(&mut store, (0..40).map(record).collect());
    mark(&mut store, 3, true);
    let made = store.back_up(&home.file("copy.db"), false).unwrap();
    assert_eq!((made.holds.deals, made.holds.steps, made.holds.last), (40, 2, Some(now())));
    assert_eq!(made.bytes, fs::metadata(&made.path).unwrap().len());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&made.path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let before = fs::read(&made.path).unwrap();
    mark(&mut store, 4, true);
    assert!(matches!(store.back_up(&made.path, false), Err(StoreError::File { .. })));
    assert_eq!(fs::read(&made.path).unwrap(), before);
    assert_eq!(store.back_up(&made.path, true).unwrap().holds.steps, 3);
    assert!(matches!(store.back_up(&home.path, true), Err(StoreError::SameFile { .. })));
    fs::write(home.file("other.db-wal"), "").unwrap();
    assert!(matches!(store.back_up(&home.file("other.db"), false), Err(StoreError::InUse { .. })));
    assert!(matches!(store.back_up(home.folder.path(), true), Err(StoreError::NotAFile { .. })));
    drop(store);
    assert_eq!(home.names(), ["copy.db", "deals.db", "other.db-wal"], "nothing else is left");
    let copy = open(&made.path);
    assert_eq!((deals(&copy), copy.health().unwrap()), (40, Default::default()));
}

#[test]
fn each_copy_is_one_moment_while_another_program_writes_on_and_on() {
    let home = Home::of("deals.db");
    let mut store = open(&home.path);
    import(&mut store, (0..300).map(record).collect());
    let done = AtomicBool::new(false);
    let (mut steps, mut grew) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut other = open(&home.path);
            let mut made = 0;
            while !done.load(Ordering::Relaxed) {
                mark(&mut other, made % 300 + 1, made / 300 % 2 == 0);
                made += 1;
            }
            made
        });
        for number in 0..5 {
            let made = store.back_up(&home.file(&format!("copy-{number}.db")), false).unwrap();
            steps.push(made.holds.steps);
            let copy = open(&made.path);
            assert_eq!((deals(&copy), copy.health().unwrap()), (300, Default::default()), "{number}");
        }
        done.store(true, Ordering::Relaxed);
        grew = writer.join().unwrap();
    });
    assert!(steps.is_sorted() && steps.first() < steps.last() && grew > 0, "{steps:?}, {grew} written meanwhile");
}

#[test]
fn what_is_damaged_or_stopped_is_no_copy_and_leaves_nothing() {
    let home = Home::of("deals.db");
    let mut store = open(&home.path);
    import(&mut store, (0..200).map(record).collect());
    let stop = Stop::new(AtomicBool::new(true));
    let stopped = copy_to(&store.connection, &home.file("copy.db"), false, Check::Pages, &stop);
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    // A page of deals, which an opening does not read.
    let sql = "SELECT max(pageno) FROM dbstat WHERE name = 'opportunity' AND pagetype = 'leaf'";
    let number: usize = store.connection.query_row(sql, [], |row| row.get(0)).unwrap();
    drop(store);
    let mut bytes = fs::read(&home.path).unwrap();
    let page = 4_096 * (number - 1);
    bytes[page..page + 4_096].fill(0xA5);
    put(&home.path, &bytes);
    let store = open(&home.path);
    assert!(matches!(store.back_up(&home.file("copy.db"), false), Err(StoreError::Damaged(_))));
    assert!(matches!(store.back_up_day(day("2026-11-27")), Err(StoreError::Damaged(_))));
    drop(store);
    assert_eq!((home.names(), names(&home.file("backups")).len()), (vec!["backups".into(), "deals.db".into()], 0));
}

#[test]
fn one_copy_is_made_a_day_the_last_days_stay_and_files_of_others_always() {
    let home = Home::of("deals.db");
    let mut store = open(&home.path);
    assert_eq!(store.back_up_day(day("2026-11-20")).unwrap(), None, "there is nothing to keep yet");
    import(&mut store, (0..5).map(record).collect());
    let backups = home.file("backups");
    let foreign = ["deals-2026-11-01.db", "deals-2026-11-02-mine.db", "notes.txt", "other-2026-11-01.db"];
    fs::create_dir(&backups).unwrap();
    for name in foreign {
        fs::write(backups.join(name), "mine").unwrap();
    }
    // Begun on an earlier day, and today by another program.
    let left = ["deals-2026-11-20.db.aB3xY9.part", "deals-2026-11-27.db.aB3xY9.part"];
    for name in left {
        fs::write(backups.join(name), "half").unwrap();
    }
    for of in ["2026-11-21", "2026-11-22", "2026-11-22", "2026-11-25", "2026-11-26", "2026-11-27"] {
        let is_new = is_due(&home.path, day(of), 3);
        assert_eq!(store.back_up_day(day(of)).unwrap().is_some(), is_new, "{of}");
    }
    let found: Vec<(String, Before)> =
        dated(&home.path).unwrap().iter().map(|copy| (copy.day.to_string(), copy.before)).collect();
    let wanted = ["2026-11-27", "2026-11-26", "2026-11-25"].map(|day| (day.to_owned(), Before::Day));
    assert_eq!(found, wanted);
    let there = names(&backups);
    assert!(foreign.iter().all(|name| there.iter().any(|found| found == name)), "{there:?}");
    assert_eq!(there.iter().filter(|name| left.contains(&name.as_str())).count(), 1, "{there:?}");
    assert_eq!(deals(&open(&dated(&home.path).unwrap()[0].path)), 5);
    let store = Store::open(&home.path, Settings::default(), now()).unwrap();
    assert_eq!(store.back_up_day(day("2026-11-28")).unwrap(), None, "copies are off");
    let reading = Settings { backups: 3, read_only: true, ..Settings::default() };
    assert_eq!(Store::open(&home.path, reading, now()).unwrap().back_up_day(day("2026-11-28")).unwrap(), None);
}

#[test]
fn the_copy_of_a_day_is_made_beside_the_store_which_goes_on_and_nobody_who_leaves_waits_for_it() {
    let home = Home::of("deals.db");
    let mut store = open(&home.path);
    import(&mut store, (0..50).map(record).collect());
    let (outbox, replies) = channel();
    let copying = Copying::start(&store, day("2026-11-27"), &outbox).unwrap();
    mark(&mut store, 1, true);
    let told = replies.recv_timeout(std::time::Duration::from_secs(60)).unwrap();
    assert!(matches!(told, Reply::BackedUp(Ok(()))));
    drop(copying);
    assert_eq!(dated(&home.path).unwrap().len(), 1);
    assert!(Copying::start(&store, day("2026-11-27"), &outbox).is_none(), "it is made");
    drop(Copying::start(&store, day("2026-11-28"), &outbox));
    drop(store);
    let left = names(&home.file("backups"));
    assert!(left.iter().all(|name| name.ends_with(".db")), "{left:?}");
    assert_eq!(home.names(), ["backups", "deals.db"]);
}

#[test]
fn what_an_old_database_was_before_it_was_brought_on_is_kept_among_the_copies() {
    for old in Old::all() {
        drop(Store::open(&old.path(), Settings { backups: 7, ..Settings::default() }, at("2026-11-27T09:00:00Z")).unwrap());
        let [copy] = &dated(&old.path()).unwrap()[..] else { panic!("one copy") };
        assert_eq!((copy.before, copy.day), (Before::Schema(old.schema), day("2026-11-27")));
        let kept = rusqlite::Connection::open(&copy.path).unwrap();
        // It knows which file it was itself.
        kept.execute("DELETE FROM meta WHERE key = 'copy'", []).unwrap();
        assert_eq!(difference(&dump(&old.before), &dump(&kept)), "", "schema {}", old.schema);
    }
}

/// A database with three deals, and a copy of it from before the third and with a step less.
fn with_copy(home: &Home) -> (Store, PathBuf) {
    let mut store = open(&home.path);
    import(&mut store, vec![record(1), record(2)]);
    let copy = store.back_up(&home.file("copy.db"), false).unwrap().path;
    import(&mut store, vec![record(3)]);
    (store, copy)
}

#[cfg(unix)]
#[test]
fn a_copy_takes_the_place_of_the_database_which_is_kept_whole_and_an_open_desk_notices() {
    let home = Home::of("deals.db");
    let (mut desk, copy) = with_copy(&home);
    mark(&mut desk, 1, true);
    let before = fs::read(&copy).unwrap();
    let ready = Restoring::prepare(&copy, &home.path).unwrap();
    assert_eq!((ready.holds.deals, ready.holds.steps), (2, 1));
    assert!(matches!(&ready.stands, Stands::Sound { holds, .. } if (holds.deals, holds.steps) == (3, 3)));
    let restored = ready.put("2026-11-27T08-12").unwrap();
    let kept = restored.kept.unwrap();
    assert_eq!(kept.file_name().unwrap(), "deals-before-restore-2026-11-27T08-12.db");
    let refused = desk.apply(&[change(2, What::Favorite { on: true })], now());
    assert!(matches!(refused, Err(StoreError::Replaced { .. } | StoreError::LogGone { .. })), "{refused:?}");
    drop(desk);
    assert_eq!((deals(&open(&home.path)), deals(&open(&kept))), (2, 3));
    for path in [&home.path, &kept] {
        assert_eq!(open(path).health().unwrap(), Default::default());
    }
    assert_eq!(fs::read(&copy).unwrap(), before);
    assert_eq!(home.names(), ["copy.db", "deals-before-restore-2026-11-27T08-12.db", "deals.db"]);
    // Once more in the same minute.
    let again = Restoring::prepare(&kept, &home.path).unwrap().put("2026-11-27T08-12").unwrap();
    assert_eq!(again.kept.unwrap().file_name().unwrap(), "deals-before-restore-2026-11-27T08-12-2.db");
    assert_eq!(deals(&open(&home.path)), 3);
}

#[test]
fn only_looking_at_a_copy_changes_nothing_and_a_database_that_is_not_there_is_made() {
    let home = Home::of("deals.db");
    let (store, copy) = with_copy(&home);
    drop(store);
    let before = fs::read(&home.path).unwrap();
    drop(Restoring::prepare(&copy, &home.path).unwrap());
    assert_eq!((fs::read(&home.path).unwrap(), home.names()), (before, vec!["copy.db".into(), "deals.db".into()]));
    let fresh = home.file("new/deals.db");
    let ready = Restoring::prepare(&copy, &fresh).unwrap();
    assert!(matches!(ready.stands, Stands::Nothing));
    assert_eq!(ready.put("now").unwrap().kept, None);
    assert_eq!(deals(&open(&fresh)), 2);
    assert_eq!(names(fresh.parent().unwrap()), ["deals.db"]);
}

#[test]
fn what_is_no_sound_copy_is_refused_before_anything_is_touched() {
    let home = Home::of("deals.db");
    let (store, copy) = with_copy(&home);
    drop(store);
    let bytes = fs::read(&copy).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        put(&home.file(name), bytes);
        home.file(name)
    };
    let mut damaged = bytes.clone();
    let page = 4_096 * (bytes.len() / 4_096 / 2);
    damaged[page..page + 4_096].fill(0xA5);
    let mut newer = bytes.clone();
    newer[60..64].copy_from_slice(&99_i32.to_be_bytes());
    let before = fs::read(&home.path).unwrap();
    let refused = |file: &Path| Restoring::prepare(file, &home.path).map(|_| ()).unwrap_err();
    assert!(matches!(refused(&home.file("none.db")), StoreError::File { .. }));
    assert!(matches!(refused(&file("text.db", &[b'x'; 200])), StoreError::Foreign { .. }));
    assert!(matches!(refused(&file("empty.db", b"")), StoreError::Empty { .. }));
    assert!(matches!(refused(&file("newer.db", &newer)), StoreError::Newer { theirs: 99, .. }));
    assert!(matches!(refused(&file("damaged.db", &damaged)), StoreError::Damaged(_)));
    assert!(matches!(refused(&home.path), StoreError::SameFile { .. }));
    assert!(matches!(refused(home.folder.path()), StoreError::NotAFile { .. }));
    assert_eq!(fs::read(&home.path).unwrap(), before);
    assert!(home.names().iter().all(|name| name.ends_with(".db")));
}

#[test]
fn a_database_that_cannot_be_read_any_more_gives_way_and_is_kept_as_it_is() {
    let home = Home::of("deals.db");
    let (store, copy) = with_copy(&home);
    drop(store);
    for (number, broken) in [&b""[..], b"no database at all"].into_iter().enumerate() {
        fs::write(&home.path, broken).unwrap();
        fs::write(home.file("deals.db-wal"), "a log").unwrap();
        let ready = Restoring::prepare(&copy, &home.path).unwrap();
        assert!(matches!(ready.stands, Stands::Broken(_)));
        let kept = ready.put(&number.to_string()).unwrap().kept.unwrap();
        assert_eq!(fs::read(&kept).unwrap(), broken);
        assert_eq!(fs::read(home.file(&format!("deals-before-restore-{number}.db-wal"))).unwrap(), b"a log");
        assert_eq!(deals(&open(&home.path)), 2);
    }
}

#[test]
fn a_copy_of_an_earlier_version_is_put_back_and_brought_on() {
    let home = Home::of("deals.db");
    let (store, _) = with_copy(&home);
    drop(store);
    put(&home.file("old.db"), FIXTURES[2].1);
    let ready = Restoring::prepare(&home.file("old.db"), &home.path).unwrap();
    assert!(ready.is_earlier());
    ready.put("then").unwrap();
    let store = Store::open(&home.path, Settings::default(), at("2026-11-27T09:00:00Z")).unwrap();
    assert_eq!(store.health().unwrap(), Default::default());
    assert_eq!(fs::read(home.file("old.db")).unwrap(), FIXTURES[2].1);
}

#[test]
fn a_copy_in_which_any_one_page_is_spoilt_is_seen_to_be_none() {
    let home = Home::of("deals.db");
    let mut store = open(&home.path);
    import(&mut store, (0..120).map(record).collect());
    let made = store.back_up(&home.file("copy.db"), false).unwrap();
    let bytes = fs::read(&made.path).unwrap();
    let spoilt = home.file("spoilt.db");
    let (pages, mut seen) = (bytes.len() / 4_096, 0);
    for page in 1..pages {
        let mut bad = bytes.clone();
        bad[page * 4_096..(page + 1) * 4_096].fill(0xA5);
        put(&spoilt, &bad);
        seen += usize::from(super::super::backup::check(&spoilt, made.holds, Check::Pages, &Stop::default()).is_err());
    }
    // Rows of text in pages of their own can say anything.
    assert!(seen * 100 >= (pages - 1) * 95, "{seen} of {}", pages - 1);
}
