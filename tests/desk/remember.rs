//! What the desk remembers of one start for the next.

use cosell::desk::Data;
use cosell::domain::tab::{Tab, View};
use cosell::store::Access;

use crate::support::driver::Driver;

/// A desk on which everything that is remembered was changed.
fn used() -> Driver {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("s v / ").typed("country:KR").press("enter 2 t t s c s c 3 2 :").typed("mouse").press("enter");
    desk
}

#[test]
fn tab_views_orders_filters_and_the_mouse_are_there_at_the_next_start() {
    let mut desk = used();
    let steps = desk.store.steps(None, 100).unwrap();
    let before = desk.screen();
    assert!(before.contains("[Archived") && desk.model.tab == Tab::Outbound);
    desk = desk.again(Access::ReadWrite, Data::Own);
    desk.size(120, 30).shows("2 Outbound").shows("[Archived").shows("sort: customer");
    assert!(desk.model.mouse && desk.model.tab == Tab::Outbound);
    assert_eq!(desk.model.list().query.view, View::Archived);
    desk.press("1").shows("filter: country:KR").shows("sort: value").press("esc").shows_not("filter:");
    assert_eq!(desk.store.steps(None, 100).unwrap(), steps, "it is no step");
    desk = desk.again(Access::ReadWrite, Data::Own);
    desk.shows_not("filter:");
    assert_eq!(desk.model.tab, Tab::Inbound);
}

#[test]
fn nothing_is_kept_where_nothing_changed_while_one_types_without_writing_or_in_the_sample() {
    let mut desk = Driver::sample();
    desk.press("j k / e r esc enter esc ?").press("esc");
    assert_eq!(desk.store.kept_desk().unwrap(), None);
    desk.press("t");
    let kept = desk.store.kept_desk().unwrap();
    assert!(kept.is_some());
    for (access, data) in [(Access::AskedReadOnly, Data::Own), (Access::ReadWrite, Data::Demo { from_own: false })] {
        desk = desk.again(access, data);
        desk.press("2 s v / e r p enter");
        assert_eq!(desk.store.kept_desk().unwrap(), kept, "{access:?} {data:?}");
    }
}

#[test]
fn a_filter_that_is_not_understood_any_more_is_left_out_with_a_word() {
    let mut desk = Driver::sample();
    desk.store
        .keep_desk(r#"{"tab": "all", "tabs": {"inbound": {"view": "old", "sort": "-price", "filter": "colour:red"}}}"#)
        .unwrap();
    desk = desk.again(Access::ReadWrite, Data::Own);
    assert_eq!(desk.note(), "The filter “colour:red” of the last time is not understood any more and is left out.");
    desk.shows("sort: time left");
    assert_eq!((desk.model.tab, desk.model.list().query.view), (Tab::Inbound, View::Open));
    desk.store.keep_desk("not JSON").unwrap();
    desk.again(Access::ReadWrite, Data::Own).shows("sort: time left");
}
