//! Questions by keys and mouse: every answer is a line with its letter, Esc changes nothing, and Enter gives the chosen one.

use cosell::desk::model::Dialog;

use super::deals::desk;
use crate::support::driver::Driver;

/// A form into which a Korean rep has typed, with the question that leaving it asks.
fn leaving() -> Driver {
    let mut desk = desk();
    desk.press("n pgdn").typed("한빛 3기").press("esc").shows("Leave this form?");
    desk
}

fn is_asked(desk: &Driver) -> bool {
    matches!(desk.model.dialogs.last(), Some(Dialog::Ask(_)))
}

#[test]
fn each_answer_is_a_line_with_its_letter_and_enter_gives_the_one_that_is_chosen() {
    let mut desk = leaving();
    desk.shows("y  Leave and keep a draft").shows("x  Throw it away").shows("n  Back to the form");
    assert!(desk.reversed().contains("Leave and keep a draft"), "as Enter always did: {}", desk.screen());
    for (keys, answer) in [
        ("down", "Throw it away"),
        ("j", "Back to the form"),
        ("tab", "Leave and keep a draft"),
        ("up", "Back to the form"),
        ("k", "Throw it away"),
        ("shift-tab", "Leave and keep a draft"),
        ("G", "Back to the form"),
        ("g down", "Throw it away"),
    ] {
        desk.press(keys);
        assert!(desk.reversed().contains(answer), "{keys}: {}", desk.screen());
    }
    desk.press("enter").shows("Thrown away.");
    assert!(desk.store.drafts().unwrap().is_empty());
}

#[test]
fn a_key_that_is_no_answer_is_told_the_keys_that_are() {
    let mut desk = leaving();
    for key in ["z", "/", "1"] {
        desk.press(key);
        assert_eq!(desk.note(), "The question first: y Leave and keep a draft · x Throw it away · n Back to the form.", "{key}");
        assert!(is_asked(&desk));
    }
}

#[test]
fn a_letter_answers_at_once_and_esc_changes_nothing() {
    let mut desk = leaving();
    desk.press("n").shows("New deal").press("esc esc").shows("한빛 3기");
    assert!(!is_asked(&desk) && desk.model.form().is_some(), "{}", desk.screen());
    // Hangul that was left on is the letter of its key.
    desk.press("esc").typed("ㅛ");
    assert_eq!(desk.note(), "What you typed is kept: open the form again to go on.");
    assert_eq!(desk.store.drafts().unwrap().len(), 1);
    let mut desk = leaving();
    desk.typed("z");
    assert!(is_asked(&desk) && desk.note().starts_with("The question first: y "), "{}", desk.note());
}

#[test]
fn answers_are_clicked() {
    let mut desk = leaving();
    desk.click("Back to the form");
    assert!(!is_asked(&desk) && desk.model.form().is_some());
    desk.press("esc").click("Throw it away").shows("Thrown away.");
    let mut desk = leaving();
    desk.click("Esc back");
    assert!(!is_asked(&desk) && desk.model.form().is_some(), "{}", desk.screen());
}

#[test]
fn the_footer_of_a_question_names_its_keys_and_never_loses_the_way_back() {
    for (columns, rows, back) in [(40, 10, "Esc"), (80, 24, "Esc back")] {
        let mut desk = leaving();
        desk.size(columns, rows).shows("Enter y x n choose").shows(back).shows(": all").shows("? help");
    }
}

#[test]
fn at_40x10_the_way_back_stands_below_every_room_and_box() {
    for keys in [
        "enter",
        "H",
        ",",
        "a",
        "d",
        ":",
        "?",
        "s",
        "i",
        "/",
        "'",
        "m",
        "F",
        "space space d 1 ctrl-s",
        "n pgdn tab tab tab ctrl-o",
    ] {
        let mut desk = Driver::sample();
        desk.size(40, 10).press(keys).press("f20");
        desk.press("ctrl-l");
        let last = desk.screen().lines().nth(9).unwrap_or_default().to_owned();
        assert!(last.contains("Esc") || !desk.note().is_empty(), "{keys}: {}", desk.screen());
    }
}

#[test]
fn the_questions_at_two_sizes() {
    for (columns, rows) in [(40, 10), (80, 24)] {
        let mut desk = leaving();
        insta::assert_snapshot!(format!("question_leave_{columns}x{rows}"), desk.size(columns, rows).press("down").screen());
        let mut desk = Driver::sample();
        desk.model.data = cosell::desk::Data::Demo { from_own: true };
        desk.size(columns, rows).press("i").typed("/tmp/next week.csv").press("enter");
        insta::assert_snapshot!(format!("question_sample_{columns}x{rows}"), desk.screen());
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("/").typed("country:KR").press("enter ctrl-a d 1 ctrl-s esc u");
        insta::assert_snapshot!(format!("question_undo_{columns}x{rows}"), desk.screen());
    }
}
