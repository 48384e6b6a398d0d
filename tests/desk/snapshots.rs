//! The main screens at three sizes, with rows in five scripts and the cursor.

use crate::support::driver::Driver;

fn at_three_sizes(name: &str, keys: &str) {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press(keys);
        insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn the_list() {
    at_three_sizes("list", "j");
}

#[test]
fn the_detail() {
    at_three_sizes("detail", "enter");
}

#[test]
fn accepting() {
    at_three_sizes("accept", "a");
}

#[test]
fn accepting_with_complaints() {
    at_three_sizes("accept_complaints", "a tab ctrl-u tab ctrl-u ctrl-s");
}

#[test]
fn declining() {
    at_three_sizes("decline", "d 8");
}

#[test]
fn winning() {
    at_three_sizes("win", "t t w");
}

#[test]
fn the_archived_ones_sorted_by_value() {
    at_three_sizes("archived", "t t t s j j j j j enter");
}

#[test]
fn filtering() {
    at_three_sizes("filter", "/ c o u n t r y : K R , J P");
}

#[test]
fn the_palette() {
    at_three_sizes("palette", ":");
}

#[test]
fn help() {
    at_three_sizes("help", "?");
}

#[test]
fn results_of_a_bulk_step() {
    at_three_sizes("results", "space space d 1 ctrl-s");
}

#[test]
fn the_history_of_everything() {
    at_three_sizes("history", "f : e v e r y t h i n g enter");
}

#[test]
fn the_welcome() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let mut desk = Driver::empty();
        desk.size(columns, rows);
        insta::assert_snapshot!(format!("welcome_{columns}x{rows}"), desk.screen());
    }
}
