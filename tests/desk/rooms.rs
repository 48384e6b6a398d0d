//! Rooms over the lists: the detail that is scrolled; what each shows, and how one gets out of it.

use crate::support::driver::Driver;

#[test]
fn arrows_scroll_the_detail_and_j_goes_to_the_next_deal_from_its_top() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("enter").shows("more lines, PgDn");
    let first = desk.selected();
    desk.press("down down");
    assert_eq!(desk.selected(), first, "the text went on, not the list");
    desk.shows("2 above");
    desk.press("j");
    assert_ne!(desk.selected(), first);
    desk.shows_not("2 above").press("k").shows_not("2 above");
}

#[test]
fn a_detail_that_was_scrolled_shows_the_next_deal_from_its_top_after_a_decision() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("enter pgdn").shows_not("Respond by");
    desk.press("d 6 ctrl-s").shows("Respond by");
}

#[test]
fn a_detail_is_not_scrolled_past_its_end() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("enter").press(&"pgdn ".repeat(30));
    let end = desk.screen();
    desk.press("up");
    assert_ne!(desk.screen(), end, "one line back is one line back");
    desk.press("down");
    assert_eq!(desk.screen(), end);
}

#[test]
fn esc_leaves_a_room_and_never_the_program() {
    let mut desk = Driver::sample();
    desk.press("enter esc");
    assert!(desk.model.rooms.is_empty() && !desk.quit);
    desk.press("enter q");
    assert!(desk.model.rooms.is_empty() && !desk.quit);
}
