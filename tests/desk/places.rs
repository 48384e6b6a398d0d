//! Every place by its keys: what palette, help and footer say in rooms and forms is what the keys do there.

use cosell::desk::model::{Dialog, Menu};
use cosell::domain::tab::Tab;

use crate::conflicts::conflicting;
use crate::support::driver::Driver;

fn menu(desk: &Driver) -> &Menu {
    match desk.model.dialogs.last() {
        Some(Dialog::Menu(menu)) => menu,
        other => panic!("no menu is open, but {other:?}"),
    }
}

/// Returns text and key of the line of the palette that begins so.
fn line(desk: &Driver, begins: &str) -> (String, String) {
    let line = menu(desk).lines.iter().find(|line| line.text.starts_with(begins)).unwrap_or_else(|| panic!("no {begins}"));
    (line.text.clone(), line.right.clone())
}

fn has_form(desk: &Driver) -> bool {
    matches!(desk.model.dialogs.last(), Some(Dialog::Form(_)))
}

#[test]
fn all_stands_in_the_footer_of_a_form_and_opens_the_palette_over_it() {
    let mut desk = Driver::sample();
    for (columns, rows) in [(40, 10), (80, 24), (200, 50)] {
        desk.size(columns, rows).press("a").shows("^p all").shows("F1 help").press("esc");
    }
    desk.size(80, 24).press("a").typed("한").press("ctrl-p");
    assert_eq!(menu(&desk).lines[0].text, "Accept", "what the button does comes first");
    let last = menu(&desk).lines.last().unwrap();
    assert!(last.why_not.is_some(), "what is not done from here comes last, under one reason");
    assert_eq!(menu(&desk).lines.iter().filter(|line| line.text.contains("Leave the form first")).count(), 1);
    desk.shows("^s").press("esc");
    assert!(has_form(&desk), "what was typed is still there");
    desk.press("ctrl-p").typed("help").press("enter").shows("Typing").press("esc");
    assert!(has_form(&desk));
}

#[test]
fn from_the_palette_of_a_form_nothing_is_done_below_it_and_nothing_typed_is_lost() {
    let mut desk = Driver::sample();
    desk.press("n").typed("판매 관리");
    let (tab, before) = (desk.model.tab, desk.screen());
    for word in ["outbox", "tab outbound", "sort by value", "#3", "home currency", "stage view: archived", "favorite", "undo"] {
        desk.press("ctrl-p").typed(word).press("enter");
        assert_eq!(desk.note(), "Leave the form first: Esc. What you typed is kept.", "{word}");
        assert!(has_form(&desk) && desk.model.rooms.is_empty() && desk.model.tab == tab, "{word}");
    }
    desk.press("end");
    assert_eq!(desk.screen(), before);
}

#[test]
fn the_palette_of_a_form_presses_its_button() {
    let mut desk = Driver::sample();
    desk.press("/").typed("stage:accepted").press("enter 2 w").press("ctrl-p").typed("won").press("enter");
    assert!(!has_form(&desk) && desk.note().starts_with("Won"), "{} {}", desk.note(), desk.screen());
}

#[test]
fn a_question_is_answered_before_anything_of_the_palette() {
    let mut desk = Driver::sample();
    desk.press("a").typed("x").press("esc").shows(": all");
    desk.press(":").typed("favorite").press("enter");
    assert_eq!(desk.note(), "Answer the question first.");
    assert!(matches!(desk.model.dialogs.last(), Some(Dialog::Ask(_))));
    desk.press("enter").press("m").typed("메모").press("ctrl-p").typed("outbox").press("enter");
    assert_eq!(desk.note(), "Leave this box first: Esc.");
    desk.shows("메모");
}

#[test]
fn the_palette_of_a_room_begins_with_what_its_keys_do_and_names_no_key_that_does_something_else() {
    let mut desk = Driver::sample();
    desk.press("o :");
    assert_eq!(menu(&desk).lines[0].text, "Open");
    assert_eq!(line(&desk, "Hold back or release").1, "Space");
    for of_the_list in ["Favorite on", "Mark a range", "Mark", "Choose the columns", "Keep what"] {
        assert_eq!(line(&desk, of_the_list).1, "", "{of_the_list}");
    }
    assert_eq!(line(&desk, "Filter").1, "/", "that leads to the list from here too");
    desk.typed("hold").press("enter").shows("Held back");
    desk.press("esc H :");
    assert_eq!(line(&desk, "Undo").1, "", "its key takes back the step at the cursor");
    desk.press("esc esc r :");
    assert_eq!(line(&desk, "The review in words").1, "w");
    assert_eq!(line(&desk, "Won").1, "");
}

#[test]
fn what_the_list_shows_is_chosen_from_a_room_and_seen_in_the_list() {
    let mut desk = Driver::sample();
    for (word, seen) in [
        ("sort by value", "sort: value"),
        ("stage view: accepted", "[Accepted"),
        ("tab outbound", "Outbound"),
        ("choose the columns", "Columns"),
        ("filter", "filter:"),
    ] {
        desk.press("esc esc o").press(":").typed(word).press("enter").shows(seen);
        assert!(desk.model.rooms.is_empty(), "{word}: {}", desk.screen());
    }
    // What is refused leaves the room open.
    desk.press("esc / ctrl-u").typed("stage:accepted").press("enter o :").typed("next stage").press("enter");
    assert!(desk.note().starts_with("The filter “stage:accepted” says which stages are shown."), "{}", desk.note());
    assert_eq!(desk.model.rooms.len(), 1);
}

#[test]
fn tab_and_brackets_turn_the_tabs_from_a_room_too() {
    let mut desk = Driver::sample();
    desk.press("o ]");
    assert!(desk.model.rooms.is_empty() && desk.model.tab == Tab::Outbound, "{}", desk.screen());
    desk.press("enter [");
    assert!(desk.model.rooms.is_empty() && desk.model.tab == Tab::Inbound);
    desk.press("L tab");
    assert!(desk.model.rooms.is_empty() && desk.model.tab == Tab::Outbound);
    desk.press("r tab");
    assert!(desk.model.rooms.is_empty() && desk.model.tab == Tab::Favorites, "in the review as well");
}

#[test]
fn left_and_backspace_close_a_menu_in_which_nothing_is_typed() {
    let mut desk = Driver::sample();
    for key in ["left", "backspace"] {
        for opens in ["s", "W", "|", "="] {
            desk.press(opens);
            assert_eq!(desk.model.dialogs.len(), 1, "{opens}");
            desk.press(key);
            assert!(desk.model.dialogs.is_empty(), "{key} {opens}");
        }
    }
    // Where text is typed they move and delete in it.
    desk.press(":").typed("a").press("backspace backspace left").shows("What to do").press("esc");
}

#[test]
fn help_of_a_room_names_the_keys_that_lead_out_of_it() {
    let mut desk = Driver::sample();
    desk.press("o ?");
    let named = |desk: &Driver, key: &str| menu(desk).lines.iter().any(|line| line.left.split(' ').any(|named| named == key));
    for key in ["1", "2", "/", "r", "L", "!", "n", "i"] {
        assert!(named(&desk, key), "{key}: {:?}", menu(&desk).lines);
    }
    for key in ["m", "F", "c", "|", "V"] {
        assert!(!named(&desk, key), "{key} does nothing in the outbox");
    }
}

#[test]
fn an_exclamation_mark_in_the_outbox_decides_what_the_room_says_is_in_conflict() {
    let mut desk = conflicting();
    desk.press("o").shows("! decide").press("!").shows("What both sides changed: 우리 이름").press("t esc");
    desk.shows("What Partner Center does not know yet").shows_not("! decide");
}

#[test]
fn an_exclamation_mark_on_the_page_before_a_call_decides_what_it_speaks_of() {
    let mut desk = conflicting();
    desk.press("B !").shows("What both sides changed: 우리 이름").press("o").press("esc");
    desk.press("!").shows("There is nothing to decide here: both sides agree.");
}

#[test]
fn from_a_room_about_no_deal_an_exclamation_mark_lists_everything_in_conflict() {
    let mut desk = conflicting();
    desk.press("1 r !").shows("conflict:yes").shows("우리 이름");
    assert!(desk.model.rooms.is_empty());
    desk.press("esc 1 !").shows("conflict:yes").shows("우리 이름");
    let mut desk = Driver::sample_without_offers();
    desk.press("r !");
    assert_eq!(desk.note(), "Nothing is to be decided: both sides agree.");
}

#[test]
fn the_palette_tells_of_conflicts_elsewhere_as_the_key_does() {
    let mut desk = conflicting();
    desk.press(":").typed("decide").press("enter").shows("What both sides changed: 우리 이름").press("t esc");
    desk.press(":").typed("decide").press("enter");
    assert_eq!(desk.note(), "There is nothing to decide: both sides agree.");
}

#[test]
fn on_the_smallest_screen_the_footer_of_a_form_names_its_verb_first() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("d").shows("^s decline and close").shows("? help").shows("Esc  :  ?");
}
