//! Every key in every room does something or says why not; input methods and odd terminals change nothing.

use cosell::desk::keys::{Code, Key, Table};
use cosell::desk::model::Msg;

use crate::support::driver::Driver;

#[test]
fn no_bound_key_is_silent_in_the_list() {
    for binding in Table::default()
        .rows()
        .filter(|b| matches!(b.scope, cosell::desk::keys::Scope::List | cosell::desk::keys::Scope::Everywhere))
    {
        for key in &binding.keys {
            let mut desk = Driver::empty();
            let before = desk.screen();
            desk.tell(Msg::Key { key: *key, burst: false });
            let moves = matches!(key.code, Code::Up | Code::Down | Code::Home | Code::End | Code::PageUp | Code::PageDown);
            let acted = desk.screen() != before || desk.quit || desk.demo || desk.own.is_some() || desk.suspended || moves;
            let moves_by_letter = ["j", "k", "g", "G", "^d", "^u", "1", "^l", "F5"].contains(&key.to_string().as_str());
            assert!(acted || moves_by_letter, "{key} does nothing and says nothing");
        }
    }
}

#[test]
fn keys_work_while_a_korean_input_method_is_on() {
    let mut desk = Driver::sample();
    let first = desk.selected();
    // ㅓ lies on j, ㅏ on k, ㄹ on f, ㅂ on q.
    desk.press("ㅓ");
    assert_ne!(desk.selected(), first);
    desk.press("ㅏ ㄹ").shows("▸ ♥");
    desk.press("ㅂ");
    assert!(desk.quit);
}

#[test]
fn text_of_an_input_method_goes_into_fields_as_it_is() {
    let mut desk = Driver::sample();
    desk.press("a ctrl-u").typed("ㅂㅈ 한글 ｆｕｌｌ").shows("ㅂㅈ 한글 ｆｕｌｌ");
    let screen = desk.screen();
    let cursor = cosell::width::width("│ Deal name *   ㅂㅈ 한글 ｆｕｌｌ");
    assert!(screen.ends_with(&format!("cursor {cursor},3")), "the real cursor is at the display column: {screen}");
}

#[test]
fn alt_gr_types_at_signs() {
    let mut desk = Driver::sample();
    let at = Key { code: Code::Char('@'), ctrl: true, alt: true, shift: false };
    desk.press("a ctrl-u").tell(Msg::Key { key: at, burst: false }).shows("│ Deal name *   @");
}

#[test]
fn the_users_own_keys_are_in_footer_help_and_dispatch() {
    let config = cosell::config::Config::parse("[keys]\naccept = [\"ctrl-x\", \"+\"]\nopen = []").unwrap();
    let mut desk = Driver::on(Driver::sample().store, config);
    desk.shows("^x accept").shows_not("open").press("+").shows("Accept:");
}

#[test]
fn a_wrong_key_in_the_configuration_is_told_with_the_key_that_its_action_has_all_the_same() {
    let own = |action: &str, key: &str| (action.to_owned(), vec![key.to_owned()]);
    let told = |own: &[(String, Vec<String>)]| -> Vec<String> {
        let wrong = Table::with(own).unwrap_err();
        let desk = Driver::sample();
        wrong.iter().map(|wrong| desk.model.say.key_complaint("config.toml", wrong).sentence).collect()
    };
    assert_eq!(
        told(&[own("accept", "hyper-q")]),
        ["config.toml: accept cannot be bound to “hyper-q”. On the desk its key is a."]
    );
    let twice = "config.toml: a is bound to both accept and decline. On the desk their keys are a and d.";
    assert_eq!(told(&[own("decline", "a")])[0], twice);
}

#[test]
fn the_mouse_is_off_until_it_is_asked_for() {
    let mut desk = Driver::sample();
    assert_eq!(desk.mouse, None);
    desk.press(":").typed("mouse").press("enter");
    assert_eq!(desk.mouse, Some(true));
    assert_eq!(desk.note(), "The mouse is on. Hold Shift to select text.");
    let first = desk.selected();
    desk.tell(Msg::Mouse(cosell::desk::model::Mouse::Click { column: 20, row: 6 }));
    assert_ne!(desk.selected(), first);
    desk.tell(Msg::Mouse(cosell::desk::model::Mouse::Wheel { down: false }));
    assert_eq!(desk.selected(), first);
}

#[test]
fn habits_of_other_programs_do_what_is_meant() {
    let mut desk = Driver::sample();
    let first = desk.selected();
    desk.press("f ctrl-z");
    assert!(desk.note().starts_with("Undone: "), "{}", desk.note());
    assert!(!desk.suspended && !desk.quit);
    desk.press("ctrl-f").typed("country:KR").press("enter");
    assert!(desk.model.list().filter_text == "country:KR");
    desk.press("backspace");
    assert!(desk.model.list().filter_text.is_empty());
    desk.press("right");
    assert_eq!(desk.model.rooms.len(), 1);
    desk.press("left");
    assert!(desk.model.rooms.is_empty() && !desk.quit);
    desk.press("f5");
    assert_eq!(desk.selected(), first);
    desk.press("2 f2").shows("Edit");
}

#[test]
fn the_way_to_help_and_to_everything_else_never_leaves_the_footer() {
    for (columns, rows) in [(40, 10), (70, 20), (80, 24), (100, 30), (120, 40), (200, 50)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows);
        for keys in ["", "enter", "esc 2", "/ K R enter"] {
            desk.press(keys);
            let screen = desk.screen();
            let foot = screen.lines().nth(usize::from(rows) - 1).unwrap();
            assert!(foot.ends_with(": all  ? help"), "{columns}x{rows} after {keys:?}: {foot:?}");
        }
    }
}
