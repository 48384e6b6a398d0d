//! The room of customers: whom the directory knows, found while somebody types, with the deals there are with each.

use cosell::config::Config;
use cosell::desk::model::Dialog;
use cosell::domain::part::Part;
use cosell::store::Access;

use crate::support::driver::Driver;

#[test]
fn the_customers_used_last_stand_there_with_their_deals_and_enter_lists_these() {
    let mut desk = Driver::sample();
    desk.press("C").shows("Customers").shows("Used last.").shows("open of");
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        insta::assert_snapshot!(format!("customers_{columns}x{rows}"), desk.size(columns, rows).screen());
    }
    desk.size(80, 24).press("/").typed("ㄷㅇㅅㄱ").shows("다온새김출판 주식회사").press("enter enter");
    assert!(desk.model.rooms.is_empty(), "{}", desk.screen());
    assert_eq!(desk.note(), "Deals with 다온새김출판 주식회사.");
    let shown = desk.model.list().rows.clone();
    desk.press("esc").shows("Customers").shows("/ ㄷㅇㅅㄱ").shows("1 of 1");
    assert!(!shown.is_empty() && shown.iter().all(|row| row.customer.as_str().contains("다온새김")));
}

#[test]
fn a_customer_is_found_by_a_part_of_its_name_and_esc_leads_back_to_those_used_last_and_out() {
    let mut desk = Driver::sample();
    desk.press("C /").typed("zzzz").shows("No customer fits.").press("enter");
    for key in ["enter", "b", "y"] {
        desk.press(key);
        assert_eq!(desk.note(), "No customer is chosen.", "{key}");
    }
    desk.press("esc").shows("Used last.").press("esc");
    assert!(desk.model.rooms.is_empty());
    desk.press("C /").typed("東").shows("fit").shows("Enter keep it").shows_not("filter").press("down");
    assert_eq!(desk.model.rooms.len(), 1);
}

#[test]
fn a_new_deal_with_a_customer_opens_with_all_that_is_known_of_it_and_leaves_unasked_where_nothing_was_typed() {
    let mut desk = Driver::sample();
    desk.press("C /").typed("다온새김").press("enter n").shows("New deal");
    let form = desk.model.form().unwrap();
    assert_eq!(form.text(Part::CustomerName), "다온새김출판 주식회사");
    assert_eq!(form.text(Part::Country), "KR");
    desk.press("esc").shows("Customers");
    assert!(desk.model.dialogs.is_empty() && desk.store.drafts().unwrap().is_empty(), "{}", desk.screen());
}

#[test]
fn the_page_before_a_call_and_the_clipboard_have_the_customer_at_the_cursor() {
    let mut desk = Driver::sample();
    desk.press("C /").typed("다온새김").press("enter b").shows("다온새김출판 주식회사").press("esc y");
    assert_eq!(desk.note(), "Copied: 다온새김출판 주식회사");
    assert!(desk.copied[0].starts_with("다온새김출판 주식회사\t"), "{:?}", desk.copied);
}

#[test]
fn a_customer_without_a_deal_says_so_and_which_key_makes_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("customers.csv");
    std::fs::write(&path, "Name,City,Country\n미래전자,서울,KR\n").unwrap();
    let mut desk = Driver::empty();
    desk.press("C").shows("No customer is known yet").press("i").typed(path.to_str().unwrap()).press("enter");
    desk.shows("미래전자").press("/").typed("ㅁㄹㅈㅈ").shows("미래전자").shows("no deals").press("enter enter");
    assert_eq!(desk.note(), "There is no deal with 미래전자 yet: n makes one.");
    desk.press("b");
    assert_eq!(desk.note(), "There is no deal with 미래전자 yet: n makes one.");
}

#[test]
fn whoever_only_looks_makes_no_deal_from_there() {
    let store = Driver::sample().store;
    let mut desk = Driver::opened(store, Config::default(), Access::AskedReadOnly);
    desk.press("C").shows_not("new deal with it").press("n");
    assert_eq!(desk.note(), "The database is open for reading only: nothing can be changed.");
    assert!(desk.model.form().is_none());
}

#[test]
fn the_palette_over_a_page_about_a_customer_does_nothing_to_the_deal_of_the_list() {
    let mut desk = Driver::sample();
    desk.press("C /").typed("다온새김").press("enter b");
    for word in ["favorite on", "open"] {
        desk.press(":").typed(word).press("enter");
        assert!(desk.note().starts_with("What it would be done to is in the list"), "{word}: {}", desk.note());
    }
    assert!(desk.selected() != "정산·인세 회계 자동화");
    // Nor is that one explained: all topics are there, as in a room about no deal.
    let explained = |desk: &Driver| match desk.model.dialogs.last() {
        Some(Dialog::Menu(menu)) => menu.lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>(),
        other => panic!("nothing is explained, but {other:?}"),
    };
    let mut other = Driver::sample();
    other.press("f3");
    let of_deal = explained(&other);
    other.press("esc r f3");
    assert_eq!(explained(desk.press("f3")), explained(&other));
    assert_ne!(explained(&other), of_deal);
}

#[test]
fn what_is_typed_and_entered_in_one_go_means_the_first_that_fits_it() {
    let mut desk = Driver::sample();
    desk.press("C j j j / 다 온 enter enter");
    assert_eq!(desk.note(), "Deals with 다온새김출판 주식회사.", "{}", desk.screen());
}

#[test]
fn deals_of_a_customer_are_those_that_are_counted_however_its_name_is_written() {
    let mut desk = Driver::sample();
    desk.press("C /").typed("다온새김").shows("1 open of 1 deal").press("enter enter");
    let found = desk.model.list().rows.len();
    assert_eq!(found, 1, "{}", desk.screen());
}
