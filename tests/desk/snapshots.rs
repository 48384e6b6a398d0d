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
fn the_columns_of_outbound_of_archived_ones_and_of_wide_screens() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40), (200, 50)] {
        for (name, keys) in [("outbound", "2"), ("closed", "t t t"), ("chooser", "| j j space"), ("wide", "j")] {
            let mut desk = Driver::sample();
            desk.size(columns, rows).press(keys);
            insta::assert_snapshot!(format!("columns_{name}_{columns}x{rows}"), desk.screen());
        }
    }
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
    at_three_sizes("archived", "t t t s v");
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
fn saved_views() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("/").typed("country:KR").press("enter s v V").typed("한국 마감 임박").press("enter '");
        insta::assert_snapshot!(format!("views_{columns}x{rows}"), desk.screen());
    }
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

/// A page of a new deal, with what a Korean rep typed on the pages before it.
fn page_of_a_deal(name: &str, keys: &[(&str, &str)]) {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40), (200, 50)] {
        let mut desk = super::deals::desk();
        desk.size(columns, rows).press("n").typed("KR").press("tab").typed("누리온");
        for (press, typed) in keys {
            desk.press(press).typed(typed);
        }
        insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), desk.screen());
    }
}

const CUSTOMER: (&str, &str) = ("down enter pgdn", "ERP 2기: 창원 공장");
const DEAL: (&str, &str) = ("tab", "84m");
const DATE: (&str, &str) = ("tab tab", "+30d");
const PEOPLE: (&str, &str) = ("pgdn 1", "");
const SOLUTIONS: (&str, &str) = ("pgdn", "클라우드");

#[test]
fn the_customer_page_with_suggestions() {
    page_of_a_deal("new_customer", &[]);
}

#[test]
fn the_customer_page_once_one_is_picked() {
    page_of_a_deal("new_customer_picked", &[("down enter", "지우")]);
}

#[test]
fn the_deal_page() {
    page_of_a_deal("new_deal", &[CUSTOMER, DEAL, DATE, ("tab tab tab", "첫 줄: 데모 요청\u{3000}販売管理")]);
}

#[test]
fn the_deal_page_with_its_calendar() {
    page_of_a_deal("new_calendar", &[CUSTOMER, DEAL, DATE, ("ctrl-o", "")]);
}

#[test]
fn the_employees_page() {
    page_of_a_deal("new_employees", &[CUSTOMER, DEAL, DATE, PEOPLE]);
}

#[test]
fn e_mails_of_colleagues_are_whole_on_every_screen_that_has_room_for_them() {
    for (columns, rows) in [(100, 30), (110, 30), (120, 40), (200, 50)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("n");
        for (keys, text) in [CUSTOMER, DEAL, DATE] {
            desk.press(keys).typed(text);
        }
        desk.press("pgdn");
        for name in ["seoyoon.kim", "grace.whitfield", "misaki.sato"] {
            desk.shows(&format!("{name}@haneul-partners.example"));
        }
    }
}

#[test]
fn the_solutions_page() {
    page_of_a_deal("new_solutions", &[CUSTOMER, DEAL, DATE, PEOPLE, SOLUTIONS]);
}

#[test]
fn the_selling_page() {
    page_of_a_deal(
        "new_selling",
        &[CUSTOMER, DEAL, DATE, PEOPLE, SOLUTIONS, ("ctrl-u", "erp"), ("down enter pgdn tab 2 tab", "")],
    );
}

#[test]
fn the_check_with_what_is_missing() {
    page_of_a_deal("new_review_missing", &[CUSTOMER, ("pgdn pgdn pgdn pgdn", "")]);
}

#[test]
fn the_check_of_a_whole_deal() {
    let keys = [CUSTOMER, DEAL, DATE, PEOPLE, SOLUTIONS, ("ctrl-u", "erp"), ("down enter pgdn ctrl-s", "")];
    page_of_a_deal("new_review", &keys);
}

#[test]
fn complaints_on_every_page() {
    page_of_a_deal("new_complaints", &[("ctrl-u ctrl-s", "")]);
}

#[test]
fn drafts_that_are_begun() {
    page_of_a_deal("drafts", &[CUSTOMER, ("esc enter n", "")]);
}
