//! The mouse: what a portal user clicks does what it says.

use cosell::desk::model::{Mouse, Msg};

use crate::support::driver::Driver;

#[test]
fn tabs_stages_heads_and_hints_are_clicked() {
    let mut desk = Driver::sample();
    desk.size(120, 40).click("2 Outbound").shows("[Open 13]");
    desk.click("1 Inbound").click("Accepted 9").shows("[Accepted 9]");
    desk.click("[Accepted 9]").click("Open 26").shows("[Open 26]");
    desk.click("Value").shows("Value ▾").click("Value").shows("Value ▴").click("sort:").shows("┌─ Sort").press("esc");
    desk.click("a accept").shows("Accept:").press("esc");
    desk.click("? help").shows("┌─ Keys").press("esc").click(": all").shows("Find:");
}

#[test]
fn a_click_chooses_a_row_and_a_double_click_opens_it() {
    let mut desk = Driver::sample();
    let first = desk.selected();
    desk.click("Harrowmill");
    assert_ne!(desk.selected(), first);
    desk.double_click("2공장").shows("Respond by");
    assert!(desk.model.rooms.len() == 1 && desk.selected().starts_with("2공장"));
    desk.click("a Accept").shows("Accept: 2공장").press("esc").click("d decline").shows("[ Decline and close ]");
}

#[test]
fn the_footer_line_and_the_sums_choose_no_row() {
    let mut desk = Driver::sample();
    let first = desk.selected();
    for row in [22, 23] {
        desk.tell(Msg::Mouse(Mouse::Click { column: 70, row }));
        assert_eq!(desk.selected(), first);
    }
}

#[test]
fn what_lies_under_a_box_is_not_clicked() {
    let mut desk = Driver::sample();
    desk.press("s").tell(Msg::Mouse(Mouse::Click { column: 18, row: 0 })).shows("┌─ Sort");
    desk.click("c  customer").shows_not("┌─ Sort").shows("Customer ▴");
}

#[test]
fn a_line_of_the_palette_and_of_the_welcome_does_what_it_says() {
    let mut desk = Driver::sample();
    desk.press(":").typed("messages").click("Last messages").shows_not("Find:");
    let mut desk = Driver::empty();
    desk.click("enter a deal").shows("New deal");
    let mut desk = Driver::empty();
    desk.press("down down down enter").shows("The mouse is on").shows_not("work with the mouse");
    assert_eq!(desk.mouse, Some(true));
    assert!(desk.reversed().contains("look at a sample"));
}

#[test]
fn a_step_of_the_history_is_clicked_and_opened() {
    let mut desk = Driver::sample();
    desk.press("f :").typed("history of everything").press("enter").double_click("as favorite").shows("Respond by");
}

#[test]
fn fields_options_and_buttons_of_a_form_are_clicked() {
    let mut desk = Driver::sample();
    desk.press("d").click("timeline").click("Note ").typed("곧 다시").click("[ Decline and close ]").shows("Declined");
    let mut desk = Driver::sample();
    desk.size(120, 40).press("n").click("2 Deal").shows("Deal name").click("e.g. +30d").typed("31.12.").shows("2026-12-31");
    desk.click("1 Customer")
        .click("Country")
        .press("^u")
        .typed("KR")
        .click("e.g. Northwind")
        .typed("한빛")
        .click("1 ㈜한빛")
        .shows("681340275");
}

#[test]
fn a_double_click_while_the_filter_is_typed_keeps_it_and_opens_the_row() {
    let mut desk = Driver::sample();
    desk.press("/").typed("공장").double_click("2공장").shows("Respond by").press("esc");
    assert!(desk.model.dialogs.is_empty(), "{}", desk.screen());
    desk.shows("filter: 공장");
}

#[test]
fn every_cell_of_a_head_sorts_by_its_column() {
    for columns in [80, 120, 200] {
        let mut desk = Driver::sample();
        desk.size(columns, 40);
        let screen = desk.screen();
        let head = screen.lines().nth(2).unwrap();
        let list = head.split('│').next().unwrap();
        for name in ["Time left ▴", "Deal", "Customer", "Value"] {
            let start = cosell::width::width(&list[..list.find(name).unwrap()]);
            // The two blanks behind a head belong to it.
            let gap = if name == "Value" { 0 } else { 2 };
            for column in start..start + cosell::width::width(name) + gap {
                let column = u16::try_from(column).unwrap();
                desk.press("s n").tell(Msg::Mouse(Mouse::Click { column, row: 2 }));
                let wanted = name.split(" ▴").next().unwrap().to_lowercase();
                desk.shows(&format!("sort: {wanted}"));
            }
        }
    }
}
