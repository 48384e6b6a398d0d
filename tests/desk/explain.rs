//! What something means, over whatever is open: about the field or the deal at the cursor, searched while one types.

use cosell::desk::model::Dialog;

use crate::support::driver::Driver;

fn is_at_the_end(desk: &Driver) -> bool {
    let Some(Dialog::Menu(menu)) = desk.model.dialogs.last() else { return false };
    let (at, count) = menu.place();
    at == count
}

#[test]
fn f3_on_a_field_of_a_form_explains_that_field_and_leaves_the_form_as_it_was() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("a tab ctrl-u").typed("-3");
    let form = desk.screen();
    desk.press("f3").shows("What it means").shows("Estimated value").shows("MG-35").shows("field.deal.value");
    desk.shows("Manage co-sell opportunities, 2020-06-02").shows_not("MG-34");
    desk.press("esc").shows_not("What it means");
    assert_eq!(desk.screen(), form);
    desk.press("f3 f3");
    assert_eq!(desk.screen(), form, "the same key closes it");
}

#[test]
fn f3_explains_what_is_asked_on_each_page_of_a_new_deal_and_over_a_calendar_too() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("n f3").shows("What it means").shows("Customer's address").press("esc");
    desk.press("pgdn f3").shows("Deal name").shows("MG-34").press("esc");
    desk.press("tab tab tab").typed("+30d").press("ctrl-o").shows("2026").press("f3").shows("MG-36");
    desk.press("esc").shows_not("What it means").press("esc").shows("+30d");
}

#[test]
fn f3_on_a_chosen_reason_explains_it_first() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("d 2 f3").shows("Customer did not respond").shows("PC-36").shows("Reasons for declined and lost");
    desk.press("esc").shows("Customer did not respond");
}

#[test]
fn f3_in_a_list_explains_stage_deadline_and_type_of_the_deal_at_the_cursor() {
    let mut desk = Driver::sample();
    desk.size(120, 60).press("f3").shows("Received").shows("MG-54").shows("Deadline").shows("MG-65");
    desk.press("esc enter f3").shows("What it means").press("esc").shows_not("What it means");
    assert_eq!(desk.model.rooms.len(), 1, "the detail is still open");
}

#[test]
fn f3_on_what_ended_explains_how_and_why() {
    let mut desk = Driver::sample();
    desk.size(120, 60).press("t t t f3").shows("outcome.").shows("Archived").shows("MG-75");
}

#[test]
fn typing_searches_the_whole_programme_in_any_language_and_nothing_typed_leads_back() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("f3").typed("거절").shows("MG-63").shows("Decline").shows_not("MG-54");
    desk.press("ctrl-u").shows("MG-54");
    desk.typed("mg57").shows("To accept, enter a deal name").press("ctrl-u");
    desk.typed("xyzzyplugh").shows("Nothing matches.").press("ctrl-u");
    desk.typed("service fe").shows("What has these words").shows("OV-31").shows("Until 2021-07-13; from then on D-01");
    desk.press("enter").shows("benefit.serviceFee10").shows("PE-07").shows_not("What has these words");
    desk.press("esc").shows_not("What it means");
}

#[test]
fn what_is_not_said_any_more_says_until_when_and_what_is_said_since() {
    let mut desk = Driver::sample();
    desk.size(120, 60).press("f3").typed("badge").shows("OV-37").shows("PE-12");
    desk.shows("Until 2021-03-17; from then on OV-37 (Co-sell overview, 2021-03-17).");
}

#[test]
fn where_nothing_is_selected_all_topics_are_there_to_be_opened() {
    let mut desk = Driver::empty();
    desk.press("f3").shows("Everything that can be explained").shows("Received").press("down enter").shows("stage.accepted");
    desk.press("esc").press(",").press("f3").shows("Everything that can be explained");
}

#[test]
fn the_box_scrolls_to_its_end_on_the_smallest_screen() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("f3");
    let first = desk.screen();
    let mut seen = first.clone();
    for _ in 0..80 {
        seen += &desk.press("pgdn").screen();
    }
    for words in ["MG-53", "or has expired", "MG-54", "2020-06-02", "MG-65", "PC-02"] {
        assert!(seen.contains(words), "{words} was seen");
    }
    assert!(is_at_the_end(&desk), "{}", desk.screen());
    for _ in 0..80 {
        desk.press("pgup");
    }
    assert_eq!(desk.screen(), first);
    for _ in 0..200 {
        desk.press("down");
    }
    assert!(is_at_the_end(&desk), "{}", desk.screen());
}

#[test]
fn the_palette_finds_it_by_what_it_is_for() {
    for word in ["explain", "meaning", "glossary"] {
        let mut desk = Driver::sample();
        desk.press(":").typed(word).shows("Explain this");
    }
    let mut desk = Driver::sample();
    desk.press(":").typed("explain").press("enter").shows("What it means");
}

#[test]
fn the_box_is_drawn_in_every_size_with_a_korean_search() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("f3").typed("거절");
        insta::assert_snapshot!(format!("explain_{columns}x{rows}"), desk.screen());
    }
}
