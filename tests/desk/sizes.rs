//! Every room at every size: nothing falls over, nothing leaves the screen, and it works again when it grows.

use cosell::desk::model::Msg;
use cosell::store::{Reply, StoreError};

use crate::support::driver::Driver;

/// The keys that open each room.
const ROOMS: [&str; 23] = [
    "",
    "enter",
    "a",
    "d",
    "t t w",
    "t t l",
    "/",
    "i",
    ":",
    "?",
    "s",
    "H",
    "space space d",
    "a x esc",
    "n",
    "n K R tab o ctrl-s",
    "n pgdn tab tab tab ctrl-o",
    "n pgdn pgdn 1",
    "n pgdn pgdn pgdn tab a",
    "n pgdn pgdn pgdn pgdn tab 2",
    "n pgdn pgdn pgdn pgdn pgdn",
    "t t e",
    "n x esc enter n",
];

#[test]
fn every_room_is_painted_at_every_size() {
    for keys in ROOMS {
        let mut desk = Driver::sample();
        desk.press(keys);
        for columns in 0..=12 {
            for rows in 0..=8 {
                paint(&mut desk, columns, rows);
            }
        }
        for (columns, rows) in
            [(39, 10), (40, 9), (40, 10), (41, 11), (69, 24), (70, 24), (80, 24), (99, 30), (100, 30), (300, 100), (1_000, 60)]
        {
            paint(&mut desk, columns, rows);
        }
    }
}

fn paint(desk: &mut Driver, columns: u16, rows: u16) {
    desk.size(columns, rows);
    // At no width or no height there is nothing to look at, but painting must not fall over.
    let terminal = desk.painted();
    let buffer = terminal.backend().buffer();
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let wide = cosell::width::width(buffer[(x, y)].symbol()).max(1) as u16;
            assert!(x + wide <= columns, "a character sticks out at {columns} x {rows}");
            x += wide;
        }
    }
}

#[test]
fn too_small_is_one_sentence_and_growing_brings_everything_back() {
    let mut desk = Driver::sample();
    let before = desk.screen();
    desk.press("a").typed("x").size(30, 8).shows("needs 40 x 10").size(80, 24).shows("Accept:").press("esc x");
    assert_eq!(desk.screen().lines().take(20).collect::<Vec<_>>(), before.lines().take(20).collect::<Vec<_>>());
}

#[test]
fn the_selected_row_stays_in_sight_through_any_resize() {
    let mut desk = Driver::sample();
    desk.press("t t t t").press(&"j ".repeat(30));
    let title = desk.selected();
    for (columns, rows) in [(200, 50), (40, 10), (80, 24), (100, 12), (60, 100), (40, 10)] {
        desk.size(columns, rows);
        assert_eq!(desk.selected(), title);
        let screen = desk.screen();
        assert!(screen.lines().any(|line| line.starts_with('▸')), "{columns} x {rows}: {screen}");
    }
}

#[test]
fn the_last_row_and_the_first_are_reached_from_anywhere() {
    let mut desk = Driver::sample();
    desk.size(80, 12).press("t t t t G");
    let last = desk.selected();
    desk.press("j");
    assert_eq!(desk.selected(), last);
    desk.press("g");
    let first = desk.selected();
    for _ in 0..60 {
        desk.press("j");
    }
    assert_eq!(desk.selected(), last);
    desk.press("pgup pgup pgup pgup pgup pgup pgup pgup");
    assert_eq!(desk.selected(), first);
    desk.press("ctrl-d ctrl-d ctrl-u ctrl-u");
    assert_eq!(desk.selected(), first);
}

#[test]
fn what_is_said_is_shown_whole_and_the_cursor_stays_in_sight() {
    for (columns, rows) in [(40, 10), (48, 14)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("t t t G s j j j j j enter");
        let (said, plain) = (desk.note(), |text: &str| text.replace(char::is_whitespace, ""));
        assert!(cosell::width::width(&said) > usize::from(columns), "{said} is no long message");
        assert!(plain(&desk.screen()).contains(&plain(&said)), "{said}\n{}", desk.screen());
        let selected: String = desk.selected().chars().take(5).collect();
        desk.shows(&selected);
    }
}

#[test]
fn no_box_stands_over_what_is_said() {
    for room in ["n", "?", ":", "i"] {
        let mut desk = Driver::sample();
        desk.size(60, 24).press(room);
        let path = "/data/partner-center".repeat(4).into();
        desk.tell(Msg::Reply(Reply::Steps { before: None, steps: Err(StoreError::Foreign { path }) }));
        let (said, plain) = (desk.note(), |text: &str| text.replace(char::is_whitespace, ""));
        assert!(cosell::width::width(&said) > 2 * 58, "{said} is no message of three lines");
        assert!(plain(&desk.screen()).contains(&plain(&said)), "{room}: {said}\n{}", desk.screen());
    }
}

#[test]
fn values_are_whole_where_names_have_room_and_short_where_they_do_not() {
    let mut desk = Driver::sample();
    desk.size(204, 50).shows("₩  186,000,000").shows_not("186M");
    for (columns, rows) in [(80, 24), (120, 40)] {
        desk.size(columns, rows).shows("₩    186M").shows_not("186,000,000");
    }
    desk.size(80, 24).shows("19 Feb");
}

#[test]
fn on_the_smallest_screen_help_and_everything_else_stay_in_the_footer_of_each_room() {
    for keys in ["", "enter", "o", "o enter", "L", "O", "p", "r", "H", ",", "t t t", "2", "3", "space space", "s", "|", "W"] {
        let mut desk = Driver::sample();
        desk.size(40, 10).press(keys);
        let screen = desk.screen();
        let footer = screen.lines().nth(9).unwrap_or_default();
        assert!(footer.ends_with(": all  ? help"), "{keys}: {screen}");
    }
    for keys in [":", "?", "/", "i", "x", "m", "F", "'", "V"] {
        let mut desk = Driver::sample();
        desk.size(40, 10).press(keys);
        let screen = desk.screen();
        assert!(screen.lines().nth(9).unwrap_or_default().ends_with("^p all  F1 help"), "{keys}: {screen}");
    }
}

#[test]
fn on_the_smallest_screen_hints_end_with_a_sentence() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("e").shows("Enter sets it, Esc leaves. …").shows_not("Everything else");
    desk.press("esc i").shows("No CSV, TSV, JSON or text file and").shows("window; Tab completes it.");
    desk.press("esc ?").shows("Enter does it. ^s stands for Ctrl+S.");
}
