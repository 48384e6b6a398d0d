//! The columns of the list: chosen with a key, remembered, filled in by the width; and what they say of days.

use cosell::desk::Data;
use cosell::domain::change::{Change, Edit, Set, What};
use cosell::domain::date::Date;
use cosell::store::Access;

use crate::support::driver::Driver;

/// Returns the line of the screen that holds this.
fn line_of(desk: &Driver, text: &str) -> String {
    let screen = desk.screen() + "\n";
    screen.lines().find(|line| line.contains(text)).unwrap_or_else(|| panic!("{text} is not on\n{screen}")).to_owned()
}

fn heads(desk: &Driver) -> String {
    line_of(desk, "   Deal")
}

#[test]
fn columns_are_put_in_and_left_out_one_by_one_and_left_to_the_width_again() {
    let mut desk = Driver::sample();
    desk.size(99, 30).press("|").shows("[x]  As many as fit").shows("[x]  Customer").shows("[ ]  Next step");
    // Customer out by Space, next step in by Enter; the menu stays.
    desk.press("j j j space").shows("[ ]  Customer").shows("[ ]  As many as fit").press("G k enter").shows("[x]  Next step");
    desk.press("esc");
    assert!(heads(&desk).contains("Next step") && !heads(&desk).contains("Customer"), "{}", desk.screen());
    // The name of the deal stays.
    desk.press("| j j enter").shows("always").shows("[x]  Deal").press("esc");
    assert!(heads(&desk).contains(" Deal "));
    desk.press("| g space").shows("[x]  As many as fit").press("esc");
    assert!(heads(&desk).contains("Customer") && !heads(&desk).contains("Next step"), "{}", desk.screen());
}

#[test]
fn the_last_key_of_the_columns_leads_to_the_last_column_and_not_to_the_words_below() {
    for (columns, rows) in [(80, 24), (40, 10)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("| G");
        assert!(desk.reversed().contains("Changed"), "{}", desk.screen());
        desk.press("j");
        assert!(desk.reversed().contains("Changed"), "nothing comes behind it: {}", desk.screen());
        desk.press("k");
        assert!(desk.reversed().contains("Next step"), "{}", desk.screen());
    }
}

#[test]
fn each_tab_keeps_its_columns_from_one_start_to_the_next() {
    let mut desk = Driver::sample();
    desk.size(99, 30).press("| j j j space esc 2");
    assert!(heads(&desk).contains("Customer"));
    desk = desk.again(Access::ReadWrite, Data::Own);
    desk.size(99, 30).press("1");
    assert!(!heads(&desk).contains("Customer"), "{}", desk.screen());
    desk.store.keep_desk(r#"{"tabs": {"inbound": {"columns": "deal,price"}}}"#).unwrap();
    desk = desk.again(Access::ReadWrite, Data::Own);
    desk.size(99, 30);
    assert!(heads(&desk).contains("Customer"), "what is not understood is as in a new desk");
}

#[test]
fn what_was_chosen_and_has_no_room_says_so_and_the_names_stay() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("|");
    desk.press("g j j j j j j j space j space j space j space j space j space").shows("no room").press("esc");
    let heads = heads(&desk);
    assert!(heads.contains("Time left") && heads.contains("Customer") && heads.contains("Value"), "{heads}");
    desk.size(250, 50);
    for head in ["Owner", "Stage %", "Country", "Received", "Next step", "Changed"] {
        desk.shows(head);
    }
}

#[test]
fn a_wide_screen_fills_itself_and_a_narrow_one_keeps_what_matters() {
    let mut desk = Driver::sample();
    desk.size(200, 50);
    for head in ["Time left", "Deal", "Customer", "Value", "Close", "Stage", "Owner", "Stage %", "Country"] {
        assert!(heads(&desk).contains(head), "{head}: {}", heads(&desk));
    }
    desk.size(80, 24);
    let names: usize = heads(&desk).find("Value").unwrap() - heads(&desk).find("Deal").unwrap();
    assert!(names >= 40, "{}", heads(&desk));
    desk.size(40, 10);
    assert!(heads(&desk).contains("Time left"));
}

#[test]
fn outbound_tells_how_long_until_a_deal_closes_and_a_passed_date_has_a_mark() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("2").shows("Closes").shows("closes in ").shows_not("Time left");
    let row = desk.model.selected().unwrap();
    let (id, title) = (row.id, row.title().to_owned());
    let edit = Edit(vec![Set::CloseDate(Date::iso("2026-11-17").unwrap())]);
    desk.store.apply(&[Change { id, seen: None, what: What::Edit(edit) }], desk.model.now.now).unwrap();
    desk.press("f5").shows("4d over");
    desk.size(99, 24).press("| j j j j j space esc");
    assert!(line_of(&desk, &title.chars().take(5).collect::<String>()).contains("17 Nov !"), "{}", desk.screen());
    desk.press("s o").shows("Closes ▴");
}

#[test]
fn what_is_archived_goes_by_the_day_it_was_closed_and_other_views_keep_their_order() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("t t t").shows("sort: day archived").shows("Closed ▾");
    let first = desk.selected();
    desk.press("s v").shows("sort: value").press("t t").shows("sort: time left").press("t t t").shows("sort: value");
    desk.press("s a").shows("Closed ▾").press("g");
    assert_eq!(desk.selected(), first);
    desk.press("t t / ").typed("outcome:won").press("enter").shows("Closed ▾").shows("sort: day archived");
}

#[test]
fn sales_stage_next_step_and_country_are_sorted_by_their_letters() {
    let mut desk = Driver::sample();
    desk.size(200, 50).press("2 s p").shows("sort: stage percent");
    let percents: Vec<u8> = desk.model.list().rows.iter().map(|row| row.sales_stage.map_or(0, |stage| stage.percent())).collect();
    assert!(percents.is_sorted_by(|a, b| a >= b) && percents[0] > 0, "{percents:?}");
    desk.press("s y").shows("sort: country").press("s x").shows("sort: next step");
}

#[test]
fn the_latest_a_deadline_can_be_is_explained_where_it_stands_and_in_help() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("api.json");
    let referral = r#"{"id":"c5fbb3b6-be74-4795-9fb5-4324c73fed37","status":"New","substatus":"Pending","direction":"Incoming",
        "name":"ERP 마이그레이션","customerProfile":{"name":"한빛정밀 주식회사"}}"#;
    std::fs::write(&file, referral).unwrap();
    let mut desk = Driver::empty();
    desk.size(120, 40).press("i").typed(file.to_str().unwrap()).press("enter esc").shows("≤ 14d");
    desk.press("enter").shows("Dec 08:00 at the latest: no file").press("esc");
    desk.press("?").typed("first import").shows("≤ 14d: at most so many days");
}

#[test]
fn the_day_of_an_import_is_not_shown_as_the_day_something_was_received() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, created: &str| {
        let path = folder.path().join(name);
        let text = format!(
            r#"[{{"id":"{name}","status":"Active","substatus":"Accepted","direction":"Incoming",{created}"customerProfile":{{"name":"{name} 한빛"}}}}]"#
        );
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mut desk = Driver::empty();
    desk.size(240, 50);
    for path in [file("told", r#""createdDateTime":"2026-11-02T08:00:00Z","#), file("silent", "")] {
        desk.press("i").typed(&path).press("enter esc");
    }
    desk.press("1 v v");
    let screen = desk.screen();
    let row = |name: &str| {
        let line = screen.lines().find(|line| line.contains(name) && line.contains("Accepted"));
        line.and_then(|line| line.split('│').next()).unwrap_or_else(|| panic!("{name} is not on\n{screen}"))
    };
    // Neither tells when it was changed: that is at the latest when it came.
    let bounded = |name: &str| row(name).matches("≤ ").count();
    assert!(row("told 한빛").contains(" 2 Nov") && !row("told 한빛").contains("≤ 2 Nov"), "{screen}");
    assert_eq!((bounded("told 한빛"), bounded("silent 한빛")), (1, 2), "at the latest: {screen}");
}

#[test]
fn names_beside_the_detail_are_as_readable_as_without_and_a_key_gives_the_list_all_columns() {
    let mut desk = Driver::sample();
    let cells = |desk: &Driver| heads(desk).find("Value").unwrap_or(0).min(120);
    for columns in 100..=140 {
        desk.size(columns, 30);
        let heads = heads(&desk);
        let names = heads.find("Customer").unwrap() - heads.find("Deal").unwrap();
        assert!(names >= 18, "{columns}: {heads}");
    }
    desk.size(100, 30);
    let beside = cells(&desk);
    desk.press("P").shows("P brings the detail back").press("j").shows_not("Sent by ");
    assert!(cells(&desk) > beside, "{}", desk.screen());
    desk = desk.again(Access::ReadWrite, Data::Own);
    desk.size(100, 30);
    assert!(cells(&desk) > beside, "it is remembered: {}", desk.screen());
    desk.press(":").typed("preview").shows("Detail beside the list on or off").press("enter");
    assert_eq!((desk.note().as_str(), cells(&desk)), ("The detail stands beside the list.", beside));
    desk.size(80, 24).press("P");
    assert_eq!(desk.note(), "The detail has room beside the list from 100 columns on. Enter opens it.");
    desk.size(120, 30).press("/").typed("qqqq").shows_not("┃");
}

#[test]
fn names_stay_readable_before_a_lesser_column_comes_and_the_list_beside_the_detail_has_what_80_columns_have() {
    let mut desk = Driver::sample();
    for columns in 78..=220 {
        desk.size(columns, 30);
        let heads = heads(&desk);
        let list = heads.split('│').next().unwrap();
        let at = |head: &str| list.find(head).map(|at| cosell::width::width(&list[..at]));
        let (deal, customer) = (at("Deal").unwrap(), at("Customer").unwrap());
        let cells = customer - deal - 2;
        let lesser = ["Stage", "Owner", "Country"].into_iter().any(|head| at(head).is_some());
        assert!(cells >= if lesser { 20 } else { 16 }, "{columns}: {cells} in {list}");
        assert!(!lesser || at("Close").is_some(), "{columns}: the close date comes first: {list}");
        if columns >= 116 {
            assert!(at("Close").is_some() && cells >= 18, "{columns}: {list}");
        }
    }
}

/// Returns how many cells of the list the names of deal and customer have, by the heads over them and over the column behind.
fn cells_of_names(desk: &Driver, columns: u16) -> usize {
    let heads = heads(desk);
    let list = heads.split('│').next().unwrap();
    let at = |head: &str| list.find(head).map(|at| cosell::width::width(&list[..at]));
    // The value stands at the right edge of its column, which the widest value makes as wide as the name of it at least.
    let (deal, customer) = (at("Deal").unwrap(), at("Customer").unwrap());
    let cells = customer - deal - 2;
    assert!(at("Value").unwrap() > customer + cells, "{columns}: {list}");
    cells
}

#[test]
fn names_are_never_narrower_on_a_wider_screen_with_the_detail_beside_or_without() {
    for (tab, views) in [("1", 5), ("2", 5), ("3", 5)] {
        let mut desk = Driver::sample();
        desk.size(120, 30).press(tab);
        for view in 0..views {
            // From 100 columns on the detail stands beside the list, which begins anew there.
            for (beside, from) in [(true, 100), (false, 78)] {
                let mut before = 0;
                for columns in from..=240 {
                    desk.size(columns, 30);
                    if desk.model.list().rows.is_empty() {
                        continue;
                    }
                    let cells = cells_of_names(&desk, columns);
                    assert!(cells >= before, "{tab} {view} {beside} {columns}: {before} to {cells} in {}", heads(&desk));
                    before = cells;
                }
                desk.size(120, 30).press("P");
            }
            desk.press("t");
        }
    }
}

#[test]
fn names_at_160_columns_beside_the_detail_have_what_119_columns_have_without_it() {
    let mut desk = Driver::sample();
    for view in ["open", "received"] {
        let beside = [160, 200].map(|columns| cells_of_names(desk.size(columns, 30), columns));
        desk.press("P");
        let alone = cells_of_names(desk.size(119, 30), 119);
        assert!(beside.iter().all(|cells| *cells >= alone), "{view}: {beside:?} and {alone}");
        desk.press("P t");
    }
}

#[test]
fn received_deals_have_no_column_of_the_sales_stage_which_none_of_them_has() {
    let mut desk = Driver::sample();
    desk.size(240, 50).press("t").shows("[Received");
    assert!(!heads(&desk).contains("Stage %") && heads(&desk).contains("Country"), "{}", heads(&desk));
    desk.press("|").shows("[ ]  Stage %");
}

#[test]
fn what_fits_beside_its_name_in_the_detail_fits_at_every_greater_width() {
    let desk = Driver::sample();
    let ids: Vec<_> = desk.model.list().rows.iter().map(|row| row.id).collect();
    for id in ids {
        let full = desk.store.get(id).unwrap();
        let mut before = usize::MAX;
        for room in 33..=80 {
            let lines = desk.model.detail_lines(&full, room, None).len();
            assert!(lines <= before, "{room}: {before} lines became {lines}");
            before = lines;
        }
    }
    let mut cells = 0;
    for room in 33..=80 {
        let left = room - desk.model.name_columns(room);
        assert!(left >= cells, "{room}");
        cells = left;
    }
}

#[test]
fn names_stay_readable_beside_columns_that_were_chosen_by_hand() {
    let mut desk = Driver::sample();
    // All there are: what has no room is left out, and says so.
    desk.size(80, 24).press("| g j j j j j j j space j space j space j space j space j space esc");
    for columns in 64..=240 {
        desk.size(columns, 30);
        if heads(&desk).contains("Customer") {
            let cells = cells_of_names(&desk, columns);
            assert!(cells >= 16, "{columns}: {cells} in {}", heads(&desk));
        }
    }
}
