//! What the shown and the marked deals come to, below the list.

use crate::support::driver::Driver;

/// Returns the line above the footer.
fn line(desk: &Driver) -> String {
    let screen = desk.screen();
    screen.lines().rev().nth(2).unwrap().trim().to_owned()
}

#[test]
fn the_line_below_the_list_follows_what_is_shown() {
    let mut desk = Driver::sample();
    assert_eq!(line(&desk), "26 shown · ¥ 98.3M · ₩ 1.03B · CNY 5.38M · TWD 18.8M · € 230K · $ 685K · …");
    desk.press("/ c o u n t r y : K R enter");
    assert!(line(&desk).starts_with("6 shown · ₩ 1.03B"), "{}", line(&desk));
    desk.press("esc 2");
    assert!(line(&desk).starts_with("13 shown · "), "{}", line(&desk));
}

#[test]
fn marks_come_to_their_own() {
    let mut desk = Driver::sample();
    desk.press("j space");
    assert_eq!(line(&desk), "1 marked · $ 420K");
    desk.press("space");
    assert_eq!(line(&desk), "2 marked · ₩ 186M · $ 420K");
    desk.press("esc");
    assert!(line(&desk).starts_with("26 shown"), "{}", line(&desk));
}

#[test]
fn a_sum_of_something_else_is_never_shown() {
    let mut desk = Driver::sample();
    desk.crank().press("j space space");
    assert_eq!(line(&desk), "2 marked", "not yet known");
    desk.rest();
    assert_eq!(line(&desk), "2 marked · ₩ 186M · $ 420K");
    desk.press("space");
    assert_eq!(line(&desk), "3 marked");
    desk.rest().press("esc t");
    assert!(!line(&desk).contains('₩'), "of the view before: {}", line(&desk));
}

#[test]
fn small_screens_leave_it_out_and_rooms_do_without() {
    let mut desk = Driver::sample();
    desk.size(40, 10).shows_not("shown").press("space").shows("1 marked");
    desk.size(200, 50).press("esc").shows("26 shown").shows("TWD 18.8M");
    desk.size(80, 24).press("enter").shows_not("shown");
}
