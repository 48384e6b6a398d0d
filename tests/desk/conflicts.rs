//! Deciding what both sides changed, and undo that is a step of its own, by keys alone.

use std::fs;

use crate::support::driver::Driver;

const REFERRAL: &str = r#"[{"id":"1c8f6b20-0000-4000-8000-000000000003","status":"Active","substatus":"Accepted","direction":"Outgoing",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-1DAYT03:00:00Z","name":"NAME","externalReferenceId":"CRM",
  "customerProfile":{"name":"한빛정밀 주식회사","address":{"country":"KR"}},
  "team":[{"firstName":"민준","lastName":"김","phoneNumber":"+82 2-555-0101","email":"m@p.example"}],
  "details":{"dealValue":"9800000","currency":"JPY","closingDateTime":"2027-02-26T00:00:00Z",
  "requirements":{"solutions":[{"id":"SOL-1"}]}}}]"#;

fn import(desk: &mut Driver, day: u32, name: &str, crm: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.json");
    fs::write(&path, REFERRAL.replace("DAY", &day.to_string()).replace("NAME", name).replace("CRM", crm)).unwrap();
    desk.press("i").typed(path.to_str().unwrap()).press("enter esc");
}

/// A deal of which both sides changed the name and the CRM id.
fn conflicting() -> Driver {
    let mut desk = Driver::empty();
    import(&mut desk, 1, "판매 관리", "CRM-0");
    desk.press("2 e").press("ctrl-u").typed("우리 이름").press("ctrl-s");
    assert!(desk.note().starts_with("Edited"), "{}", desk.screen());
    import(&mut desk, 2, "그쪽 이름", "CRM-0");
    desk.press("2");
    desk
}

#[test]
fn theirs_is_one_key_and_enter_and_one_undo_brings_the_question_back() {
    let mut desk = conflicting();
    desk.press("enter").shows("yours 우리 이름, theirs 그쪽 이름");
    desk.press("!").shows("What both sides changed").shows("Take theirs: 그쪽 이름").shows("Ours stays: 우리 이름");
    desk.press("enter");
    assert!(desk.note().starts_with("Theirs is taken: 그쪽 이름"), "{}", desk.note());
    desk.shows_not("theirs 그쪽 이름");
    assert_eq!(desk.model.counts.outbox, 0);
    desk.press("u").shows("theirs 그쪽 이름");
    assert_eq!(desk.model.counts.outbox, 1);
}

#[test]
fn ours_stays_and_the_same_file_asks_no_more() {
    let mut desk = conflicting();
    desk.press("! down enter");
    assert!(desk.note().starts_with("Ours stays: 우리 이름"), "{}", desk.note());
    import(&mut desk, 2, "그쪽 이름", "CRM-0");
    desk.press("2 !");
    assert_eq!(desk.note(), "There is nothing to decide: both sides agree.");
    assert_eq!(desk.model.counts.outbox, 1, "ours is still to be sent");
}

#[test]
fn a_hangul_keyboard_decides_as_well_and_the_filter_finds_it() {
    let mut desk = conflicting();
    desk.press("/").typed("conflict:yes").press("enter").shows("우리 이름");
    desk.press("esc /").typed("-conflict:yes").press("enter").shows_not("우리 이름  ");
}

#[test]
fn undo_says_what_and_stands_in_the_history_as_a_step() {
    let mut desk = Driver::sample();
    let title = desk.selected();
    desk.press("f u");
    assert!(desk.note().starts_with("Undone: Marked"), "{}", desk.note());
    desk.press("H").shows("Undone: Marked").shows(&title).shows("undone");
}
