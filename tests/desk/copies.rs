//! The copy of a day: made as the desk opens and as a day begins, by what is set; only that it was not made is told.

use std::path::Path;

use cosell::clock::Clock;
use cosell::config::Config;
use cosell::desk::model::Msg;
use cosell::store::{Access, Settings, Store, dated};

use crate::support::driver::{Driver, NOW};

fn store(path: &Path) -> Store {
    Store::open(path, Settings::default(), Clock::from_setting(Some(NOW)).unwrap().now()).unwrap()
}

fn days(path: &Path) -> Vec<String> {
    dated(path).unwrap().iter().map(|copy| copy.day.to_string()).collect()
}

/// A database that holds something.
fn begun(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("deals.db");
    let mut desk = Driver::on(store(&path), Config { backups: 0, ..Config::default() });
    desk.press("n").typed("Harrowmill").press("esc");
    path
}

#[test]
fn a_copy_is_made_as_the_desk_opens_and_as_a_day_begins_and_as_many_stay_as_are_set() {
    let home = tempfile::tempdir().unwrap();
    let path = begun(home.path());
    assert_eq!(days(&path), Vec::<String>::new(), "0 makes none");
    let mut desk = Driver::on(store(&path), Config::default());
    assert_eq!(days(&path), ["2026-11-21"]);
    for day in 22..25 {
        let later = Clock::from_setting(Some(&format!("2026-11-{day}T09:30:00+09:00"))).unwrap();
        desk.press("j").tell(Msg::Tick(later.now()));
        assert_eq!(desk.note(), "", "nothing is to be said of it");
    }
    assert_eq!(days(&path), ["2026-11-24", "2026-11-23", "2026-11-22", "2026-11-21"]);
    desk.press(":").typed("settings days of copies").press("enter ctrl-u").typed("two").press("enter");
    assert!(desk.note().contains("0 … 365"), "{}", desk.note());
    desk.press("ctrl-u").typed("2").press("enter").shows("→ 2. u brings back what it was.");
    let later = Clock::from_setting(Some("2026-11-25T09:30:00+09:00")).unwrap();
    desk.tell(Msg::Tick(later.now()));
    assert_eq!(days(&path), ["2026-11-25", "2026-11-24"]);
    drop(desk);
    let reading = Settings { read_only: true, ..Settings::default() };
    let reading = Store::open(&path, reading, Clock::from_setting(Some("2026-11-28T09:00:00Z")).unwrap().now()).unwrap();
    drop(Driver::opened(reading, Config::default(), Access::AskedReadOnly));
    assert_eq!(days(&path).len(), 2, "whoever only looks makes none");
}

#[test]
fn a_copy_that_could_not_be_made_is_told_on_the_desk() {
    let home = tempfile::tempdir().unwrap();
    let path = begun(home.path());
    std::fs::write(home.path().join("backups"), "a file").unwrap();
    let desk = Driver::on(store(&path), Config::default());
    assert!(desk.note().starts_with("Today's copy of the database was not made: "), "{}", desk.note());
}
