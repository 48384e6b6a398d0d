//! The check before an upload by keys alone: what would be refused, Enter at the field, and one value for all deals with one undo.

use std::fs;

use cosell::domain::change::{Change, Edit, Set, What};
use cosell::domain::ids::OpportunityId;
use cosell::domain::text::Line;

use crate::support::driver::Driver;

const DEAL: &str = r##"{"id":"1c8f6b20-0000-4000-8000-00000000000#","engagementId":"e-#","status":"Active","substatus":"Accepted",
  "direction":"Outgoing","createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-11T03:00:00Z","name":"Deal #",
  "customerProfile":{"name":"한빛정밀 주식회사","address":{"addressLine1":"27-29","city":"서울","country":"KR"}},
  "team":[{"firstName":"민준","lastName":"김","phoneNumber":"+82 2-555-0101","email":"m@p.example"}],
  "details":{"dealValue":"9800000","currency":"JPY","closingDateTime":"2027-02-26T00:00:00Z"}}"##;

/// Three deals without a solution, of which something waits.
fn desk() -> Driver {
    let mut desk = Driver::empty();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.json");
    let deals: Vec<String> = ["1", "2", "3"].iter().map(|n| DEAL.replace('#', n)).collect();
    fs::write(&path, format!("[{}]", deals.join(","))).unwrap();
    desk.press("i").typed(path.to_str().unwrap()).press("enter esc");
    let crm = |id| What::Edit(Edit(vec![Set::CrmId(Line::code(&format!("OPP-{id}")).ok())]));
    let changes: Vec<Change> = (1..=3).map(|id| Change { id: OpportunityId(id), seen: None, what: crm(id) }).collect();
    let now = desk.model.now.now;
    desk.store.apply(&changes, now).unwrap();
    desk.press("f5 2");
    desk
}

fn open(desk: &mut Driver) -> &mut Driver {
    desk.press(":").typed("would refuse").press("enter")
}

fn solutions(desk: &Driver) -> usize {
    (1..=3).map(|id| desk.store.get(OpportunityId(id)).unwrap().opportunity.solutions.len()).sum()
}

#[test]
fn what_would_be_refused_stands_by_rule_with_its_deals() {
    let mut desk = desk();
    open(&mut desk).shows("Check before an upload").shows("3 deals checked: 3 errors, 3 warnings.");
    desk.shows("error · Solution 1 is missing").shows("3 deals").shows("Deal 2").shows("Enter opens it there");
    desk.press("esc").shows_not("Check before an upload");
}

#[test]
fn enter_on_a_deal_opens_its_form_at_the_field_and_what_was_mended_is_gone() {
    let mut desk = desk();
    open(&mut desk).press("j enter").shows("Edit").shows("Edit: Deal 3").typed("SOL-34104-EBB").press("enter ctrl-s");
    assert_eq!(solutions(&desk), 1, "{}", desk.screen());
    desk.shows("3 deals checked: 2 errors").shows("2 deals");
    desk.press("u").shows("3 deals checked: 3 errors");
}

#[test]
fn one_value_settles_a_finding_on_all_deals_after_each_change_was_shown_and_one_undo_takes_it_back() {
    let mut desk = desk();
    open(&mut desk).press("enter").shows("Solution 1 is missing · 3 deals").typed("SOL-1234").press("enter");
    desk.shows("Change 3 deals in one step?").shows("Deal 3: Solutions: none → SOL-").shows("Change them");
    assert_eq!(solutions(&desk), 0, "not before it was said");
    desk.press("enter");
    assert_eq!(solutions(&desk), 3);
    desk.press("esc").shows_not("Solution 1 is missing");
    desk.press("u enter").shows("error · Solution 1 is missing");
    assert_eq!(solutions(&desk), 0);
}

#[test]
fn a_value_that_cannot_be_is_refused_and_a_rule_without_one_value_says_so() {
    let mut desk = desk();
    open(&mut desk).press("enter").typed("SOL 1 2").press("enter");
    assert!(desk.note().contains("Deal 3 is left out"), "{}", desk.note());
    desk.press("esc");
    while !desk.screen().lines().any(|line| line.contains("▸") && line.contains("purchase intent")) {
        desk.press("j");
    }
    desk.press("enter");
    assert_eq!(desk.note(), "One value cannot settle this for all: Enter on a deal opens it.");
    desk.press("j enter").shows("Deal 3").shows("한빛정밀 주식회사");
    desk.press("esc").shows("Check before an upload");
}

#[test]
fn nothing_that_waits_is_said_to_be_so() {
    let mut desk = Driver::sample();
    open(&mut desk).shows("checked:");
    let mut desk = Driver::empty();
    desk.press(":").typed("would refuse").press("enter").shows("Nothing waits for Partner Center.");
}

#[test]
fn snapshots_of_the_check() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let mut desk = desk();
        open(desk.size(columns, rows));
        let screen = desk.press("j").screen();
        insta::assert_snapshot!(format!("check_{columns}x{rows}"), screen.split_once('\n').unwrap().1);
    }
}
