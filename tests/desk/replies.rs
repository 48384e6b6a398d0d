//! Answers of the store that come late, out of order or not at all.

use cosell::store::{Reply, StoreError};

use crate::support::driver::Driver;

#[test]
fn an_answer_out_of_date_never_reaches_the_screen() {
    let mut desk = Driver::sample();
    desk.crank().press("/").typed("누리온");
    // One list for each letter: the last question is answered first, the earlier ones after it.
    let lists = desk.waiting();
    assert!(lists >= 3);
    desk.answer(lists - 1).shows("누리온정밀").shows("1 of 26");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows("1 of 26").shows_not("전체").shows("누리온정밀");
}

#[test]
fn a_list_asked_for_in_another_tab_is_not_shown_here() {
    let mut desk = Driver::sample();
    desk.crank().press("2 1");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows("全店舗");
    desk.press("2");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert_eq!(desk.model.tab, cosell::domain::tab::Tab::Outbound);
    assert!(!desk.model.list().rows.is_empty());
    desk.shows_not("全店舗");
}

#[test]
fn a_list_that_cannot_be_read_leaves_what_is_there_and_says_so() {
    let mut desk = Driver::sample();
    let before = desk.screen();
    desk.crank().press("ctrl-l");
    let serial = 1_000;
    desk.answer_with(0, Reply::Listed { serial, from: cosell::domain::query::From::Start, page: Err(StoreError::Busy) });
    assert!(desk.note().contains("Another program is using the database."), "{}", desk.note());
    assert_eq!(before.lines().nth(5), desk.screen().lines().nth(5));
}

#[test]
fn what_another_window_does_is_seen_at_the_next_look() {
    use cosell::domain::change::{Change, What};
    let mut desk = Driver::sample();
    let id = desk.model.selected().unwrap().id;
    desk.store.apply(&[Change { id, seen: None, what: What::Favorite { on: true } }], desk.model.now.now).unwrap();
    desk.tell(cosell::desk::model::Msg::Reply(Reply::Moved)).shows("▸ ♥");
}

#[test]
fn at_the_minute_of_its_deadline_an_opportunity_expires_before_ones_eyes() {
    let mut desk = Driver::sample();
    let title = desk.selected();
    let later = desk.model.now.now.plus_micros(5 * 3_600 * 1_000_000);
    desk.tell(cosell::desk::model::Msg::Tick(later));
    assert_ne!(desk.selected(), title);
    desk.press("t t t").shows("Expired");
}

#[test]
fn the_key_after_an_accept_is_for_the_next_one_though_the_rows_have_not_come() {
    let mut desk = Driver::sample();
    let (first, next) = (desk.selected(), desk.model.list().rows[1].title().to_owned());
    desk.press("a").shows(&format!("Accept: {first}")).crank().press("ctrl-s");
    while !desk.note().starts_with("Accepted:") {
        desk.answer(0);
    }
    assert!(desk.waiting() > 0, "the rows are still to come");
    assert_eq!(desk.selected(), next);
    let third = desk.model.list().rows[2].title().to_owned();
    desk.press("j");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert_eq!(desk.selected(), third, "who moves on meanwhile stays where they went");
}

#[test]
fn a_count_that_comes_later_stands_in_the_header_of_the_list_it_is_of() {
    use cosell::store::Count;
    let mut desk = Driver::sample();
    desk.press("/").typed("a").press("enter");
    let query = desk.model.list().query.clone();
    let told = |query, n| cosell::desk::model::Msg::Reply(Reply::Passing { query, count: Count::Exactly(n) });
    desk.tell(told(cosell::domain::query::ListQuery::tab(cosell::domain::tab::Tab::Inbound), 7_777)).shows_not("7,777");
    desk.tell(told(query, 4_321)).shows("4,321 of");
}
