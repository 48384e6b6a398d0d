//! What the shown and the marked deals come to, below the list.

use cosell::config::Config;
use cosell::desk::model::Msg;
use cosell::domain::date::Date;
use cosell::domain::money::Currency;
use cosell::domain::rate::{Factor, Rate};
use cosell::sample;
use cosell::store::{Mode, Reply, Settings};

use crate::support::driver::{Driver, NOW};

/// Returns the line above the footer.
fn line(desk: &Driver) -> String {
    let screen = desk.screen();
    screen.lines().rev().nth(2).unwrap().trim().to_owned()
}

#[test]
fn the_line_below_the_list_follows_what_is_shown() {
    let mut desk = Driver::sample();
    assert_eq!(line(&desk), "26 shown · ¥ 98.3M · ₩ 1.03B · CNY 5.38M · TWD 18.8M · € 230K · $ 685K · … (=)");
    desk.press("/ c o u n t r y : K R enter");
    assert!(line(&desk).starts_with("6 shown · ₩ 1.03B"), "{}", line(&desk));
    desk.press("esc 2");
    assert!(line(&desk).starts_with("13 shown · "), "{}", line(&desk));
}

#[test]
fn marks_come_to_their_own() {
    let mut desk = Driver::sample();
    desk.press("j space");
    assert_eq!(line(&desk), "1 marked · $ 420K");
    desk.press("space");
    assert_eq!(line(&desk), "2 marked · ₩ 186M · $ 420K");
    desk.press("esc");
    assert!(line(&desk).starts_with("26 shown"), "{}", line(&desk));
}

#[test]
fn a_sum_of_something_else_is_never_shown() {
    let mut desk = Driver::sample();
    desk.crank().press("j space space");
    assert_eq!(line(&desk), "2 marked", "not yet known");
    desk.rest();
    assert_eq!(line(&desk), "2 marked · ₩ 186M · $ 420K");
    desk.press("space");
    assert_eq!(line(&desk), "3 marked");
    desk.rest().press("esc t");
    assert!(!line(&desk).contains('₩'), "of the view before: {}", line(&desk));
}

#[test]
fn small_screens_leave_it_out_and_rooms_do_without() {
    let mut desk = Driver::sample();
    desk.size(40, 10).shows_not("shown").press("space").shows("1 marked");
    desk.size(200, 50).press("esc").shows("26 shown").shows("TWD 18.8M");
    desk.size(80, 24).press("enter").shows_not("shown");
}

/// A desk on the sample, with what one euro was in each currency on 20 November.
pub fn desk_with(home: Option<&str>, rates: &[(&str, &str)]) -> Driver {
    let clock = cosell::clock::Clock::from_setting(Some(NOW)).unwrap();
    let mut store = sample::store(Settings::default(), clock.moment()).unwrap();
    // The sample has rates of its own, of several days.
    for course in store.courses().unwrap() {
        store.remove_rates(course.first.from, course.first.to, None).unwrap();
    }
    store.put_rates(&rates.iter().map(|(code, of)| euro("2026-11-20", code, of)).collect::<Vec<_>>(), Mode::Import).unwrap();
    let home = home.map(|code| format!("home-currency = \"{code}\"")).unwrap_or_default();
    let mut desk = Driver::on(store, Config::parse(&home).unwrap());
    desk.settings = Some(home);
    desk
}

/// What one euro was.
fn euro(on: &str, code: &str, rate: &str) -> Rate {
    let (from, to) = (Currency::parse("EUR").unwrap(), Currency::parse(code).unwrap());
    Rate::new(Date::iso(on).unwrap(), from, to, Factor::parse(rate).unwrap()).unwrap()
}

pub const ALL: [(&str, &str); 8] = [
    ("USD", "1.25"),
    ("KRW", "1250"),
    ("JPY", "125"),
    ("CNY", "7.5"),
    ("TWD", "40"),
    ("GBP", "0.8"),
    ("AUD", "1.6"),
    ("CAD", "1.5"),
];

#[test]
fn several_currencies_come_to_one_in_the_home_currency_with_the_day_of_the_rates() {
    let mut desk = desk_with(Some("USD"), &ALL);
    desk.press("j space space");
    // 186,000,000 won are 148,800 euro and 186,000 dollars.
    assert_eq!(line(&desk), "2 marked · ₩ 186M · $ 420K ≈ $ 606K (rates of 20 Nov)");
    desk.press("esc space");
    assert!(!line(&desk).contains('≈'), "one currency is what it is: {}", line(&desk));
    desk.press("esc");
    assert!(line(&desk).starts_with("26 shown · ") && line(&desk).contains("… (=) ≈ $ "), "{}", line(&desk));
}

#[test]
fn a_currency_without_a_rate_is_named_in_the_place_of_a_sum() {
    let mut desk = desk_with(Some("USD"), &ALL[..1]);
    desk.press("j space space");
    assert_eq!(line(&desk), "2 marked · ₩ 186M · $ 420K · no rate for KRW");
    // Another program tells it.
    desk.store.put_rates(&[euro("2026-11-19", "KRW", "1250")], Mode::Import).unwrap();
    desk.tell(Msg::Reply(Reply::Moved));
    assert_eq!(line(&desk), "2 marked · ₩ 186M · $ 420K ≈ $ 606K (rates of 19 Nov)");
}

#[test]
fn without_rates_or_a_home_currency_nothing_is_said_of_them() {
    let bare = line(Driver::sample().press("j space space"));
    for mut desk in [desk_with(Some("USD"), &[]), desk_with(None, &ALL)] {
        desk.press("j space space");
        assert_eq!(line(&desk), bare);
    }
}

#[test]
fn a_home_currency_that_is_set_on_the_desk_counts_at_once() {
    let mut desk = desk_with(None, &ALL);
    desk.press("j space space :").typed("settings home").press("enter").typed("KRW").press("enter esc");
    assert_eq!(line(&desk), "2 marked · ₩ 186M · $ 420K ≈ ₩ 606M (rates of 20 Nov)");
}

#[test]
fn by_value_the_list_compares_in_the_home_currency_says_so_and_follows_the_rates() {
    let mut desk = desk_with(None, &ALL);
    desk.press("s v").shows("sort: value");
    let by_currency = ids(&desk);
    assert!(!desk.screen().contains("value in USD"), "{}", desk.screen());
    let mut desk = desk_with(Some("USD"), &ALL);
    desk.press("s").shows("value in USD").press("v").shows("sort: value in USD").shows("Sorted by value in USD.");
    let in_dollars = ids(&desk);
    assert_ne!(in_dollars, by_currency);
    desk.press("s v").shows("All 39 · value in USD, reversed");
    assert_eq!(ids(&desk), in_dollars.iter().rev().copied().collect::<Vec<_>>());
    // Another program tells that a won is worth much more: the cursor stays on its deal.
    desk.press("s v G k k k");
    let selected = desk.model.list().selected().map(|row| row.id);
    desk.store.put_rates(&[euro("2026-11-21", "KRW", "0.5")], Mode::Import).unwrap();
    desk.tell(Msg::Reply(Reply::Moved));
    assert_ne!(ids(&desk), in_dollars);
    assert_eq!(desk.model.list().selected().map(|row| row.id), selected);
    desk.press("g");
    assert!(desk.model.list().rows[0].value.is_some_and(|value| value.currency().code() == "KRW"), "{}", desk.screen());
    // Without rates each currency stands by itself again.
    for course in desk.store.courses().unwrap() {
        desk.store.remove_rates(course.first.from, course.first.to, None).unwrap();
    }
    desk.tell(Msg::Reply(Reply::Moved));
    desk.press("g").shows("sort: value").shows_not("value in USD");
    assert_eq!(ids(&desk), by_currency);
}

fn ids(desk: &Driver) -> Vec<i64> {
    desk.model.list().rows.iter().map(|row| row.id.0).collect()
}

#[test]
fn the_old_sum_is_never_shown_after_a_step() {
    let mut desk = Driver::sample();
    desk.press("d 1").crank().press("ctrl-s");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.model.note = None;
    assert_eq!(line(&desk), "25 shown", "the sum of the 26 before is no sum of these");
    assert!(desk.model.sums_come_soon());
    desk.rest();
    assert!(line(&desk).contains("25 shown · ₩ 1.03B · ¥ 89.9M · "), "{}", line(&desk));
    assert!(!desk.model.awaits_sums());
}

/// Every letter of a filter that found nothing took five milliseconds at 1,000 deals, and as long at a million: four of them for a sum
/// that comes only when nobody types any more, and is not shown.
#[test]
fn letters_of_a_filter_that_finds_nothing_wait_for_no_sum() {
    let mut desk = Driver::sample();
    desk.crank().press("/");
    for (letter, holds) in [("h", true), ("q", false)] {
        desk.typed(letter);
        while desk.waiting() > 0 {
            desk.answer(0);
        }
        assert_eq!(desk.model.list().rows.is_empty(), !holds, "{}", desk.screen());
        assert!(desk.model.awaits_sums());
    }
    assert!(!desk.model.sums_come_soon());
}

#[test]
fn the_dots_of_a_sum_that_is_cut_lead_to_all_of_it() {
    let mut desk = desk_with(Some("USD"), &ALL);
    assert!(line(&desk).contains("… (=) ≈ $ "), "{}", line(&desk));
    desk.press("j space space =").shows("2 marked").shows("$ 420,000").shows("₩ 186,000,000").shows("1 deal");
    desk.shows("together $ 606,000 (rates of 20 Nov)").shows("26 shown").shows("¥ 98,300,000");
    desk.press("G").shows("together $ ").press("esc").shows_not("¥ 98,300,000");
    desk.press(":").typed("총액").shows("Sums of the list and of the marks").press("enter").shows("26 shown");
    desk.press("esc esc").click("… (=)").shows("CAD 215,000");
}

#[test]
fn a_small_screen_that_has_no_line_for_sums_tells_them_all_the_same() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("=").shows("26 shown").shows("¥ 98,300,000").shows_not("CAD");
    desk.press("G").shows("CAD 215,000");
    desk.press("esc / ").typed("한빛없음").press("enter =").shows("0 shown").shows("None of them has a value.");
}

#[test]
fn a_sum_that_is_still_added_up_stands_in_its_box_once_it_is_there() {
    let mut desk = Driver::sample();
    desk.crank().press("j space =").shows("1 marked").shows("still being added up");
    desk.rest().shows("$ 420,000").shows_not("still being added up");
}
