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
    desk.press("ctrl-u").typed("1억 2천만").shows("₩ 120,000,000");
}
