//! Deciding what both sides changed, and undo that is a step of its own, by keys alone.

use std::fs;

use cosell::domain::change::{Change, Edit, Set, What};
use cosell::domain::field::Field;
use cosell::domain::ids::OpportunityId;
use cosell::domain::text::Line;

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
pub(crate) fn conflicting() -> Driver {
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
    desk.press("!").shows("What both sides changed: 우리 이름").shows("Ours").shows("Partner Center, 12 Nov").shows("1 of 1");
    desk.press("enter");
    assert!(desk.note().starts_with("Theirs is taken: 그쪽 이름"), "{}", desk.note());
    desk.shows("Nothing is left to decide. u takes the last decision back").press("u").shows("1 of 1").press("t");
    desk.press("esc").shows_not("theirs 그쪽 이름");
    assert_eq!(desk.model.counts.outbox, 0);
    desk.press("u").shows("theirs 그쪽 이름");
    assert_eq!(desk.model.counts.outbox, 1);
}

#[test]
fn ours_stays_and_the_same_file_asks_no_more() {
    let mut desk = conflicting();
    desk.press("! left enter").shows("Nothing is left to decide.");
    assert!(desk.note().starts_with("Ours stays: 우리 이름"), "{}", desk.note());
    desk.press("esc");
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

#[test]
fn what_another_window_changed_meanwhile_is_not_decided_unseen() {
    let mut desk = conflicting();
    desk.press("!").shows("1 of 1");
    let crm = Set::CrmId(Some(Line::parse("CRM-7").unwrap()));
    let change = Change { id: OpportunityId(1), seen: None, what: What::Edit(Edit(vec![crm])) };
    let now = desk.model.now.now;
    desk.store.apply(&[change], now).unwrap();
    desk.press("t").shows("1 of 1").shows("그쪽 이름");
    assert!(desk.note().contains("changed"), "{}", desk.note());
    desk.press("t").shows("Nothing is left to decide.");
}

#[test]
fn a_room_of_conflicts_that_was_closed_stays_closed_when_the_others_are_counted() {
    let mut desk = conflicting();
    desk.press("!").crank().press("t").answer(0);
    for _ in 0..desk.waiting() {
        desk.answer(0);
    }
    desk.press("esc");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert!(desk.model.rooms.is_empty(), "{}", desk.screen());
}

/// A deal of which both sides changed two fields.
fn twice() -> Driver {
    let mut desk = Driver::empty();
    import(&mut desk, 1, "판매 관리", "CRM-0");
    desk.press("2 e")
        .press("ctrl-u")
        .typed("우리 이름으로 된 한빛정밀 판매 관리")
        .press("tab tab tab tab tab ctrl-u")
        .typed("CRM-우리");
    desk.press("ctrl-s");
    assert!(desk.note().starts_with("Edited"), "{}", desk.screen());
    import(&mut desk, 2, "그쪽 이름", "CRM-2");
    desk.press("2");
    desk
}

#[test]
fn each_field_is_decided_by_its_letter_and_all_by_the_capital_one() {
    let mut desk = twice();
    desk.press("!").shows("1 of 2").shows("CRM-우리").shows("CRM-2").press("j o").shows("1 of 1").shows_not("CRM-2");
    assert!(desk.note().starts_with("Ours stays: 우리 이름"), "{}", desk.note());
    desk.press("u").shows("1 of 2").press("T").shows("Nothing is left to decide.");
    let on = desk.store.get(desk.model.selected().unwrap().id).unwrap().opportunity;
    assert_eq!((on.title().as_str(), on.deal.crm_id.as_ref().unwrap().as_str()), ("그쪽 이름", "CRM-2"));
    desk.press("u O").shows("Nothing is left to decide.").press("esc").shows("우리 이름").shows_not("What both sides");
}

#[test]
fn keys_pressed_in_a_row_decide_one_field_after_the_other() {
    let mut desk = twice();
    desk.press("!").crank().press("t o");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows("Nothing is left to decide.");
    let on = desk.store.get(desk.model.selected().unwrap().id).unwrap().opportunity;
    assert_ne!(on.title().as_str() == "그쪽 이름", on.deal.crm_id.as_ref().unwrap().as_str() == "CRM-2", "one theirs, one ours");
}

#[test]
fn without_a_conflict_the_others_are_counted_and_one_enter_away() {
    let mut desk = conflicting();
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("other.json");
    let text =
        REFERRAL.replace("DAY", "1").replace("NAME", "두 번째").replace("CRM", "CRM-9").replace("000000000003", "000000000004");
    fs::write(&path, text).unwrap();
    desk.press("i").typed(path.to_str().unwrap()).press("enter esc 2 /").typed("두 번째").press("enter !");
    desk.shows_not("o ours").shows_not("t theirs");
    for key in ["o", "t", "O", "T", "e"] {
        desk.press(key);
        assert_eq!(desk.note(), "There is nothing to decide here: both sides agree.", "{key} says why it cannot act");
    }
    desk.shows("both sides agree").shows("In conflict elsewhere: 1.").press("enter").shows("conflict:yes").shows("우리 이름");
    assert!(desk.model.list().rows.iter().all(|row| row.conflict) && !desk.model.list().rows.is_empty());
    assert!(desk.model.rooms.is_empty());
}

#[test]
fn the_room_at_three_sizes() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let mut desk = twice();
        desk.size(columns, rows).press("!");
        // The first line tells when the file was imported, by the clock of the machine.
        let screen = desk.screen();
        insta::assert_snapshot!(format!("room_{columns}x{rows}"), screen.split_once('\n').unwrap().1);
        let mut many = Driver::sample();
        many.size(columns, rows).press("t t space space j space e");
        insta::assert_snapshot!(format!("edit_many_{columns}x{rows}"), many.screen());
    }
}

#[test]
fn a_third_value_is_typed_in_the_form_at_the_field_and_decides_in_one_step() {
    let mut desk = twice();
    desk.press("!").shows("Before").shows("판매 관리").shows("CRM-0").shows("CRM-2").press("j e");
    desk.shows("Edit").press("ctrl-u").typed("CRM-3").press("ctrl-s");
    assert!(desk.note().starts_with("Edited"), "{}", desk.screen());
    desk.shows("What both sides changed").shows("1 of 1").shows_not("CRM-2");
    let id = desk.model.selected().unwrap().id;
    let held = desk.store.get(id).unwrap();
    assert_eq!(held.opportunity.deal.crm_id.as_ref().unwrap().as_str(), "CRM-3");
    assert_eq!(held.conflicts.len(), 1, "the other one is still to be decided");
    assert_eq!(held.base[&Field::CrmId], "CRM-2", "what Partner Center has, over which ours is sent");
    desk.press("u").shows("CRM-우리").shows("1 of 2").shows("CRM-2");
    let mut desk = conflicting();
    desk.press("! e ctrl-u")
        .typed("세 번째 이름")
        .press("ctrl-s")
        .shows("Nothing is left to decide. u takes the last decision back");
}
