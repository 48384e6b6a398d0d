//! Dates and amounts as people write them, in the form of a deal: what they are read as stands beside them as they are typed.

use cosell::domain::date::Order;

use crate::support::driver::Driver;

/// The page of the deal, where dates are written in such an order; the cursor is in the close date.
fn at_close_date(order: Order) -> Driver {
    let mut desk = super::deals::desk();
    desk.model.now.today.order = order;
    desk.press("n pgdn tab tab tab");
    desk
}

#[test]
fn a_close_date_is_told_with_its_weekday_as_it_is_typed() {
    let mut desk = at_close_date(Order::Month);
    for (typed, day) in [
        ("다음달 말", "Thu 2026-12-31"),
        ("다음달 말일", "Thu 2026-12-31"),
        ("이번달 말일", "Mon 2026-11-30"),
        ("말일", "Mon 2026-11-30"),
        ("来月の末日", "Thu 2026-12-31"),
        ("来月末日", "Thu 2026-12-31"),
        ("下个月最后一天", "Thu 2026-12-31"),
        ("来月末", "Thu 2026-12-31"),
        ("下个月", "Thu 2026-12-31"),
        ("next friday", "Fri 2026-11-27"),
        ("Q1", "Wed 2027-03-31"),
        ("12/31", "Thu 2026-12-31"),
    ] {
        desk.press("ctrl-u").typed(typed).shows(day);
    }
}

#[test]
fn digits_that_can_be_two_days_are_read_as_at_home_and_the_other_day_is_told() {
    at_close_date(Order::Day).typed("3/12").shows("Thu 2026-12-03").shows("2027-03-12");
    at_close_date(Order::Month).typed("3/12").shows("Fri 2027-03-12").shows("2026-12-03");
    for order in [Order::Day, Order::Month] {
        at_close_date(order).typed("12/31").shows("Thu 2026-12-31").shows_not("2027-");
        let mut desk = Driver::sample();
        desk.model.now.today.order = order;
        let day = if order == Order::Day { "Thu 2026-12-03" } else { "Fri 2027-03-12" };
        desk.press("F").typed("3/12 call").shows(day);
    }
}

#[test]
fn an_amount_is_told_as_it_is_read() {
    let mut desk = super::deals::desk();
    desk.press("n pgdn tab").typed("84.000.000").shows("₩ 84,000,000");
    for (typed, read) in [
        ("1억 2천만", "₩ 120,000,000"),
        ("8400만원", "₩ 84,000,000"),
        ("84,000,000원", "₩ 84,000,000"),
        ("1억 2천5백만원", "₩ 125,000,000"),
        ("3천5백만원", "₩ 35,000,000"),
    ] {
        desk.press("ctrl-u").typed(typed).shows(read);
    }
}

#[test]
fn amounts_with_won_yen_and_yuan_and_the_last_day_of_a_month_are_understood_in_filters() {
    let mut desk = Driver::sample();
    let mut shown = |filter: &str| {
        desk.press("/ ctrl-u").typed(filter);
        let shown = desk.model.list().rows.iter().map(|row| row.id).collect::<Vec<_>>();
        desk.press("esc");
        shown
    };
    for (typed, meant) in [
        ("value:>8400만원", "value:>84m currency:KRW"),
        ("value:>1억2천5백만원", "value:>125m currency:KRW"),
        ("value:>500万円", "value:>5m currency:JPY"),
        ("value:>50万元 currency:CNY", "value:>500k currency:CNY"),
        ("close:<\"다음달 말일\"", "close:<2026-12-31"),
        ("close:<다음달말일", "close:<2026-12-31"),
        ("close:<来月末日", "close:<2026-12-31"),
    ] {
        assert_eq!(shown(typed), shown(meant), "{typed}");
    }
}
