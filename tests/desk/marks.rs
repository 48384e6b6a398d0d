//! Marks and verbs on everything marked: a result for each, one undo for all.

use crate::support::driver::Driver;

#[test]
fn marked_rows_are_declined_together_and_undone_together() {
    let mut desk = Driver::sample();
    let received = desk.model.counts.of(cosell::domain::tab::Tab::Inbound, cosell::domain::tab::View::Received);
    desk.press("space space space").shows("3 marked").press("d").shows("3 opportunities").press("1 ctrl-s");
    desk.shows("Results").shows("3 done.").press("esc");
    assert!(desk.model.marks.is_empty());
    desk.press("u").shows("Undo: ").press("enter");
    assert!(desk.note().starts_with("Undone:"), "{}", desk.note());
    let after = desk.model.counts.of(cosell::domain::tab::Tab::Inbound, cosell::domain::tab::View::Received);
    assert_eq!(after, received);
}

#[test]
fn the_ones_that_cannot_be_changed_are_listed_with_their_reason() {
    let mut desk = Driver::sample();
    // The last received one and the first accepted one.
    desk.press("G g").press(&"j ".repeat(16)).press("space space d 4 ctrl-s");
    desk.shows("1 done, 1 refused.");
    let screen = desk.screen();
    assert!(screen.contains("Accepted"), "why the accepted one is not declined: {screen}");
}

#[test]
fn a_range_is_marked_by_moving() {
    let mut desk = Driver::sample();
    desk.press("j v j j").shows("3 marked").press("k").shows("2 marked").press("v j j");
    assert_eq!(desk.model.marks.len(), 2, "the range has ended");
    desk.press("f");
    assert_eq!(desk.note(), "2 done. u undoes it.");
}

#[test]
fn accepting_and_winning_go_one_at_a_time() {
    let mut desk = Driver::sample();
    desk.press("space space a");
    assert_eq!(desk.note(), "Accept goes one at a time, and 2 are marked. Esc takes the marks away.");
    desk.press("w");
    assert!(desk.note().starts_with("Won goes one at a time"), "{}", desk.note());
}

#[test]
fn marks_are_seen_without_colour_too() {
    let mut desk = Driver::sample();
    desk.press("space").shows(" +").shows("1 marked");
}
