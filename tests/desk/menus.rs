//! Palette, help, sort, history: all from the one table, all filterable, all explaining themselves.

use cosell::config::Config;
use cosell::desk::keys::Table;
use cosell::desk::model::Dialog;
use cosell::domain::query::{Order, SortKey};

use crate::support::driver::Driver;

#[test]
fn help_on_the_smallest_screen_begins_with_the_keys_of_the_room() {
    let mut desk = Driver::sample();
    desk.size(40, 10);
    for (keys, key) in [("?", "Accept"), ("esc O ?", "New offer"), ("esc esc n ?", ""), ("esc , ?", "Bring back")] {
        desk.press(keys);
        let Some(Dialog::Menu(menu)) = desk.model.dialogs.last() else {
            // Where text is typed it is text.
            desk.press("f1");
            continue;
        };
        let rows = menu.rows(desk.model.size);
        assert_eq!(menu.first_row(&rows, 3), 0, "{keys}");
        assert!(menu.lines[1].head && menu.lines[2].entry.is_some(), "{keys}: {:?}", &menu.lines[..3]);
        desk.shows(key);
    }
}

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
fn the_palette_of_a_room_does_nothing_to_a_deal_of_the_list_that_nobody_sees() {
    let mut desk = Driver::sample();
    desk.press("r").shows("Pipeline review");
    for word in ["decline", "export what", "reopen"] {
        desk.press("ctrl-p").typed(word).press("enter");
        assert!(desk.note().starts_with("What it would be done to is in the list"), "{word}: {}", desk.note());
        assert!(!matches!(desk.model.dialogs.last(), Some(cosell::desk::model::Dialog::Form(_))), "{word}");
        desk.shows("Pipeline review");
    }
    // The page of a deal shows it.
    desk.press("esc enter ctrl-p").typed("favorite").press("enter");
    assert!(!desk.note().contains("not on the screen"), "{}", desk.note());
}

#[test]
fn undo_in_the_palette_names_its_step() {
    let mut desk = Driver::sample();
    desk.press("f :").typed("undo").shows("Undo: Marked “全店舗");
}

#[test]
fn help_shows_the_live_keys_of_the_room() {
    let config = Config::parse("[keys]\nfavorite = [\"Z\"]").unwrap();
    let store = Driver::sample().store;
    let mut desk = Driver::on(store, config);
    desk.press("?").typed("favorite").shows("Z").press("esc Z");
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
    desk.press("s").shows("│▸t  time left");
    assert!(desk.reversed().contains("time left"));
    desk.press("j").shows("│▸l  last change");
}

#[test]
fn opening_a_menu_twice_shows_it_once() {
    let mut desk = Driver::sample();
    desk.press("ctrl-p ctrl-p").press("esc");
    assert!(desk.model.dialogs.is_empty());
    desk.press("f1 f1 esc");
    assert!(desk.model.dialogs.is_empty());
}

#[test]
fn a_letter_in_the_sort_menu_sorts_at_once_and_once_more_the_other_way_round() {
    let mut desk = Driver::sample();
    desk.press("s").shows("▸t  time left, reversed").shows(" v  value").press("v");
    assert!(desk.model.dialogs.is_empty());
    assert_eq!(desk.model.list().query.order, Order { key: SortKey::Value, reversed: false });
    desk.press("s ㅍ");
    assert_eq!(desk.model.list().query.order, Order { key: SortKey::Value, reversed: true }, "as v on a Korean keyboard");
    for key in SortKey::ALL {
        desk.press("s");
        let Some(Dialog::Menu(menu)) = desk.model.dialogs.last() else { panic!("no menu") };
        let letter = menu.lines[SortKey::ALL.iter().position(|other| *other == key).unwrap()].left.clone();
        desk.press(&letter);
        assert_eq!(desk.model.list().query.order.key, key, "{letter}");
    }
}

#[test]
fn the_sorted_column_shows_which_way() {
    let mut desk = Driver::sample();
    desk.shows("Time left ▴").press("s v").shows("Value ▾").shows_not("▴").press("s v").shows("Value ▴");
    desk.press("s c").shows("Customer ▴").press("s o").shows("Close ▴").press("s n").shows_not("▴").shows_not("▾");
    desk.size(180, 24).press("s s").shows("Stage ▴").size(40, 10).shows_not("▴");
    let config = Config::parse("[theme]\nsymbols = \"ascii\"").unwrap();
    let mut desk = Driver::on(Driver::sample().store, config);
    desk.shows("Time left ^").press("s v").shows("Value v");
}

#[test]
fn the_cursor_stays_on_its_opportunity_when_the_list_is_sorted() {
    let mut desk = Driver::sample();
    desk.size(80, 14).press("t t t t");
    for start in (0..desk.model.list().rows.len()).step_by(6) {
        desk.press("g").press(&"j ".repeat(start));
        let here = desk.selected();
        for letter in ["v", "v", "c", "d", "d", "l", "n", "o", "s", "s", "f", "t"] {
            let row = desk.model.list().visible(10).1;
            desk.press("s").press(letter);
            assert_eq!(desk.selected(), here, "sorted by {letter} from row {start}");
            let list = desk.model.list();
            let (seen, now) = list.visible(10);
            assert_eq!(seen.len(), 10, "the screen is full");
            let near_an_end = list.top == 0 || !list.after && list.top + 10 == list.rows.len();
            assert!(now == row || near_an_end, "on its row of the screen: {row}, {now}");
        }
    }
}

#[test]
fn sorting_before_the_rows_of_another_view_have_come_begins_at_its_first_row() {
    let mut desk = Driver::sample();
    desk.press("j j j").crank().press("t t t s v");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert_eq!((desk.model.list().cursor, desk.model.list().rows.len()), (0, 13));
}

#[test]
fn sorting_an_empty_list_asks_for_it_all_the_same() {
    let mut desk = Driver::empty();
    desk.press("s v");
    assert_eq!(desk.model.list().query.order.key, SortKey::Value);
}

#[test]
fn enter_in_help_does_what_the_line_says() {
    let mut desk = Driver::sample();
    desk.press("?").shows("Enter choose").shows("▸a").press("enter").shows("Accept:");
    let mut desk = Driver::sample();
    desk.press("?").typed("undo").press("enter").press("?").typed("won").press("enter");
    assert_eq!(desk.note(), "Not accepted yet: accept or decline it first.");
    // In the room that help lies over.
    desk.press("enter ?").typed("favorite on").press("enter");
    assert!(desk.note().starts_with("Favorite"), "{}", desk.note());
    assert_eq!(desk.model.rooms.len(), 1);
    // In a form a line presses its key there.
    desk.press("esc n").typed("q").press("f1").typed("next page").press("enter").shows("Deal name");
}

#[test]
fn the_cursor_of_help_skips_headings_and_a_page_scrolls_at_once() {
    let mut desk = Driver::sample();
    desk.press("?").shows("▸a ").shows("Decide").shows("^s stands for Ctrl+S").shows("2 of ");
    let on_a_head = |desk: &Driver| {
        let Some(Dialog::Menu(menu)) = desk.model.dialogs.last() else { panic!("no menu") };
        menu.shown()[menu.cursor].head
    };
    let mut screens = vec![desk.screen()];
    for _ in 0..12 {
        desk.press("pgdn");
        assert!(!on_a_head(&desk));
        screens.push(desk.screen());
    }
    let later = "Mine only";
    assert!(!screens[0].contains(later), "{}", screens[0]);
    assert!(!screens[1].contains("Accept") && screens[1].contains(later), "{}", screens[1]);
    let place = |screen: &str| {
        screen.lines().rev().find_map(|l| l.split_once(" of ").map(|(a, _)| a.rsplit(' ').next().unwrap().to_owned()))
    };
    assert_ne!(place(&screens[0]), place(&screens[1]));
    desk.press("pgup pgup pgup pgup pgup pgup pgup").shows("Decide").shows("Enter does it");
    for _ in 0..90 {
        desk.press("down");
        assert!(!on_a_head(&desk));
    }
    desk.shows("favorite:yes");
    for _ in 0..90 {
        desk.press("up");
        assert!(!on_a_head(&desk));
    }
    desk.shows("▸Enter does it");
}

#[test]
fn the_prose_of_help_keeps_its_words_whole_at_every_width() {
    for columns in [40, 60, 80, 100, 140] {
        let mut desk = Driver::sample();
        desk.size(columns, 60).press("? pgdn pgdn pgdn pgdn pgdn");
        let screen = desk.screen();
        for word in ["customer:contoso", "country:한국", "value:10k..50k", "close:this-quarter", "searched", "excludes."] {
            assert!(screen.contains(word), "{word} at {columns}:\n{screen}");
        }
    }
}

#[test]
fn help_names_no_key_that_would_only_be_typed() {
    let mut desk = Driver::sample();
    desk.size(100, 72).press("m f1").shows("F1").shows_not("First").shows_not("Close / quit");
    desk.press("esc esc ?").shows("Close / quit").shows("First");
}
