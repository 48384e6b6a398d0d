//! What other programs do under an open desk: the file taken away, steps in between, the same draft.

use std::fs;
use std::path::{Path, PathBuf};

use cosell::clock::Clock;
use cosell::config::Config;
use cosell::desk::model::Msg;
use cosell::domain::change::{Change, What};
use cosell::domain::ids::OpportunityId;
use cosell::domain::instant::Timestamp;
use cosell::domain::tab::{Tab, View};
use cosell::sample;
use cosell::store::{Settings, Store};
use tempfile::TempDir;

use crate::support::driver::{Driver, NOW};

pub(super) fn now() -> Timestamp {
    Timestamp::parse(NOW).unwrap()
}

pub(super) fn open(path: &Path) -> Store {
    Store::open(path, Settings::default(), now()).unwrap()
}

/// A file with the sample pipeline, and a desk over it.
pub(super) fn desk_on_file() -> (TempDir, PathBuf, Driver) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.db");
    let moment = Clock::from_setting(Some(NOW)).unwrap().moment();
    sample::store(Settings::default(), moment).unwrap().save_as(&path).unwrap();
    let desk = Driver::on(open(&path), Config::default());
    (home, path, desk)
}

fn count(store: &Store, tab: Tab) -> u64 {
    store.counts(Clock::from_setting(Some(NOW)).unwrap().moment()).unwrap().of(tab, View::All)
}

#[cfg(unix)]
#[test]
fn a_database_that_was_moved_away_is_told_within_a_tick_and_can_be_saved_to_a_new_file() {
    let (home, path, mut desk) = desk_on_file();
    desk.press("f").shows("Favorite:");
    let (all, favorites) = (count(&desk.store, Tab::All), count(&desk.store, Tab::Favorites));
    fs::remove_file(&path).unwrap();
    desk.tell(Msg::Tick(now())).shows("is gone").shows("Save what is held to a new file");
    desk.press("enter").shows("Save what is held").press("ctrl-u").typed(home.path().join("saved.db").to_str().unwrap());
    desk.press("enter").shows("Saved to");
    // Nothing is confirmed that is not kept, and the way out is offered again.
    desk.press("f").shows("is gone").press("esc");
    desk.press("f").shows_not("Favorite:").shows_not("No favorite");
    drop(desk);
    let left = fs::read_dir(&home).unwrap().filter(|file| file.as_ref().unwrap().path().is_file()).count();
    assert_eq!(left, 1, "beside the copy of the day");
    let saved = open(&home.path().join("saved.db"));
    assert_eq!((count(&saved, Tab::All), count(&saved, Tab::Favorites)), (all, favorites));
}

#[cfg(unix)]
#[test]
fn what_is_held_is_saved_over_no_file() {
    let (home, path, mut desk) = desk_on_file();
    let mine = home.path().join("mine.db");
    fs::write(&mine, "mine").unwrap();
    fs::rename(&path, home.path().join("moved.db")).unwrap();
    desk.tell(Msg::Tick(now())).press("enter ctrl-u").typed(mine.to_str().unwrap()).press("enter").shows("is there already");
    assert_eq!(fs::read(&mine).unwrap(), b"mine");
    desk.shows("Save what is held").press("esc");
}

#[test]
fn u_undoes_what_its_message_names_or_says_what_came_between() {
    let (_home, path, mut desk) = desk_on_file();
    desk.press("f").shows("u undoes it");
    let mut other = open(&path);
    let other_id = desk.model.list().rows[2].id;
    other.apply(&[Change { id: other_id, seen: None, what: What::Favorite { on: true } }], now()).unwrap();
    let before = count(&other, Tab::Favorites);
    desk.press("u").shows("Something else came after it");
    assert_eq!(count(&other, Tab::Favorites), before, "nothing was undone");
    desk.tell(Msg::Tick(now())).press("u").shows("Undone");
    assert_eq!(count(&other, Tab::Favorites), before - 1);
}

#[test]
fn two_desks_on_one_draft_keep_what_was_typed_in_both_and_tell_of_the_same_field() {
    let (_home, path, mut one) = desk_on_file();
    one.press("2 e").shows("Edit");
    let mut two = Driver::on(open(&path), Config::default());
    two.press("2 e").shows("Edit");
    one.press("end").typed(" eins");
    two.press("tab tab tab tab").typed("CRM-77");
    two.shows_not("same fields");
    one.typed("!").shows("Another window");
    let texts = |desk: &Driver| desk.model.form().unwrap().texts();
    assert!(texts(&one).values().any(|text| text.contains("CRM-77")), "{:?}", texts(&one));
    assert!(texts(&one).values().any(|text| text.contains("eins!")));
    let draft = one.store.drafts().unwrap().into_iter().find(|draft| draft.form == "edit").unwrap();
    assert!(draft.texts.values().any(|text| text.contains("CRM-77")) && draft.texts.values().any(|text| text.contains("eins!")));
    two.press("shift-tab shift-tab shift-tab shift-tab end").typed("?").shows("same field");
}

#[test]
fn a_next_step_that_was_only_looked_at_is_none_that_was_typed_though_another_window_changed_it_meanwhile() {
    let (_home, path, mut desk) = desk_on_file();
    desk.size(80, 24).press("F").typed("mon 전화").press("enter F").shows("2026-11-23 전화");
    let change = Change { id: desk.model.selected().unwrap().id, seen: None, what: What::Next(None) };
    open(&path).apply(&[change], now()).unwrap();
    desk.tell(Msg::Tick(now())).press("esc");
    assert_eq!(desk.model.selected().unwrap().next, None);
    desk.press("F").shows_not("전화");
}

#[test]
fn a_draft_that_another_window_threw_away_empties_no_form() {
    let (_home, path, mut one) = desk_on_file();
    one.press("2 e").shows("Edit");
    let mut two = Driver::on(open(&path), Config::default());
    two.press("2 e").shows("Edit");
    one.press("end").typed(" eins");
    let key = cosell::store::DraftKey::About("edit", one.model.selected().unwrap().id);
    two.store.drop_draft(key).unwrap();
    one.typed("!").shows_not("Another window");
    assert!(one.model.form().unwrap().texts().values().any(|text| text.contains("eins!")));
    let draft = one.store.drafts().unwrap().into_iter().find(|draft| draft.form == "edit").unwrap();
    assert!(draft.texts.values().any(|text| text.contains("eins!")), "{:?}", draft.texts);
}

#[test]
fn an_import_that_changed_nothing_offers_no_undo_of_the_step_before() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("one.json");
    let text = r#"{"id":"a1","status":"New","substatus":"Pending","direction":"Incoming","customerProfile":{"name":"Fabrikam"}}"#;
    fs::write(&file, text).unwrap();
    let mut desk = Driver::empty();
    desk.press("i").typed(file.to_str().unwrap()).press("enter").shows("Fabrikam").shows("undoes it");
    desk.press("i").typed(file.to_str().unwrap()).press("enter").shows("1 unchanged").shows_not("undoes it");
}

#[test]
fn mg_65_the_deadline_of_a_received_one_is_set_with_e() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("one.json");
    fs::write(
        &file,
        r#"{"id":"a1","status":"New","substatus":"Pending","direction":"Incoming","customerProfile":{"name":"Fabrikam"}}"#,
    )
    .unwrap();
    let mut desk = Driver::empty();
    desk.press("i").typed(file.to_str().unwrap()).press("enter").shows("Fabrikam").press("esc").shows("≤ 14d");
    desk.press("e").shows("Respond by").press("enter").shows("≤ 14d").shows_not("Deadline set");
    desk.press("e").press("ctrl-u").typed("2025-11-30").press("enter").shows("is over").press("esc");
    desk.press("e").shows("Respond by").press("ctrl-u").typed("soon").press("enter").shows("soon");
    desk.press("ctrl-u").typed("2026-11-24 17:00").press("enter").shows("Deadline set").shows("3d 09h").shows_not("≤");
    let held = desk.store.get(OpportunityId(1)).unwrap();
    assert!(!held.has_update());
    desk.press("u").shows("≤ 14d");
}
