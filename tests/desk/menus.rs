//! Palette, help, sort, history: all from the one table, all filterable, all explaining themselves.

use cosell::config::Config;
use cosell::desk::keys::Table;

use crate::support::driver::Driver;

#[test]
fn the_palette_finds_actions_by_their_letters_and_does_them() {
    let mut desk = Driver::sample();
    desk.press(":").typed("outb").press("enter");
    assert_eq!(desk.model.tab, cosell::domain::tab::Tab::Outbound);
    desk.press("ctrl-p").typed("history of ev").press("enter").shows("Imported pipeline.json");
}

#[test]
fn the_palette_says_why_something_cannot_be_done() {
    let mut desk = Driver::sample();
    desk.press(":").shows("Not accepted yet: accept or decline it first.").typed("won").press("enter");
    assert_eq!(desk.note(), "Not accepted yet: accept or decline it first.");
}

#[test]
fn undo_in_the_palette_names_its_step() {
    let mut desk = Driver::sample();
    desk.press("f :").typed("undo").shows("Undo: Marked “全店舗");
}

#[test]
fn help_shows_the_live_keys_of_the_room() {
    let config = Config::parse("[keys]\nfavorite = [\"F\"]").unwrap();
    let store = Driver::sample().store;
    let mut desk = Driver::on(store, config);
    desk.press("?").typed("favorite").shows("F").press("esc F");
    assert!(desk.note().starts_with("Favorite"), "{}", desk.note());
    desk.press("f");
    assert_eq!(desk.note(), "f does nothing here. ? shows the keys.");
}

#[test]
fn every_action_with_a_key_stands_in_help() {
    let mut desk = Driver::sample();
    desk.size(200, 100).press("?");
    let list = desk.screen();
    for binding in Table::default().rows().filter(|b| b.scope == cosell::desk::keys::Scope::List && !b.keys.is_empty()) {
        let key = binding.keys[0].to_string();
        assert!(list.contains(&key), "{:?} ({key})", binding.action);
    }
}

#[test]
fn every_column_sorts_and_the_same_key_turns_it_round() {
    let mut desk = Driver::sample();
    desk.press("s").shows("Sort by").press("j j j enter");
    assert_eq!(desk.note(), "Sorted by deal. The same key again turns it round.");
    let titles = |desk: &Driver| desk.model.list().rows.iter().map(|row| row.title().to_owned()).collect::<Vec<_>>();
    let up = titles(&desk);
    desk.press("s enter");
    let mut down = titles(&desk);
    down.reverse();
    assert_eq!(up, down);
    for steps in 0..9 {
        desk.press("s g").press(&"j ".repeat(steps)).press("enter");
        assert_eq!(desk.model.list().rows.len(), 26);
    }
}

#[test]
fn the_history_of_one_shows_every_change_with_old_and_new() {
    let mut desk = Driver::sample();
    desk.press("a").typed(" phase 2").press("ctrl-s t t");
    for _ in 0..20 {
        if desk.selected().ends_with("phase 2") {
            break;
        }
        desk.press("j");
    }
    desk.press("H")
        .shows("History of")
        .shows("Deal name: 全店舗の売上ダッシュボード → 全店舗の売上ダッシュボード phase 2")
        .shows("Stage: Received → Accepted");
}

#[test]
fn menus_show_the_chosen_line_by_a_sign_besides_the_style() {
    let mut desk = Driver::sample();
    desk.press("s").shows("│▸time left");
    assert!(desk.reversed().contains("time left"));
    desk.press("j").shows("│▸last change");
}

#[test]
fn opening_a_menu_twice_shows_it_once() {
    let mut desk = Driver::sample();
    desk.press("ctrl-p ctrl-p").press("esc");
    assert!(desk.model.dialogs.is_empty());
    desk.press("f1 f1 esc");
    assert!(desk.model.dialogs.is_empty());
}
