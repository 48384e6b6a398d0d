//! Saved views by keys: kept by V, chosen by ' or in the palette, named in the header until something else is shown.

use cosell::config::Config;
use cosell::desk::Data;
use cosell::desk::model::Msg;
use cosell::domain::saved_view::SavedView;
use cosell::domain::tab::{Tab, View};
use cosell::store::Access;

use crate::support::driver::Driver;

fn names(desk: &Driver) -> Vec<String> {
    desk.store.views().unwrap().into_iter().map(|view| view.name).collect()
}

/// A desk on which the filter, order, tab and stages of a view were kept.
fn kept() -> Driver {
    let mut desk = Driver::sample();
    desk.press("2 t t / ").typed("country:KR").press("enter s v V").shows("Keep as a view: its name").typed("한국 마감");
    desk.press("enter");
    desk
}

#[test]
fn what_is_shown_is_kept_under_a_name_and_chosen_again() {
    let mut desk = kept();
    assert_eq!(desk.note(), "Kept as view “한국 마감”.");
    let steps = desk.store.steps(None, 10).unwrap();
    desk.size(120, 30).shows("view: 한국 마감").press("esc").shows_not("view: 한국").press("s c 1").shows_not("view:");
    desk.press("'").shows("한국 마감").shows("country:KR").shows("won this month").press("enter");
    assert_eq!((desk.model.tab, desk.model.list().query.view), (Tab::Outbound, View::Archived));
    desk.shows("view: 한국 마감").shows("sort: value").shows("filter: country:KR");
    assert_eq!(desk.note(), "View “한국 마감”.");
    assert_eq!(desk.store.steps(None, 10).unwrap(), steps, "it is no step");
    desk = desk.again(Access::ReadWrite, Data::Own);
    desk.size(120, 30).shows("view: 한국 마감").press("t").shows_not("view:").press("s d").shows_not("view:");
}

#[test]
fn the_name_is_gone_with_the_filter_the_order_or_the_stage_view() {
    for keys in ["esc", "s v", "t", "/ x enter"] {
        let mut desk = kept();
        desk.size(120, 30).shows("view: 한국 마감").press(keys).shows_not("view: 한국");
    }
}

#[test]
fn typing_narrows_the_menu_by_initial_consonants_too_and_enter_chooses() {
    for typed in ["한국", "ㅎㄱ", "ㅎㄱ ㅁㄱ", "마감"] {
        let mut desk = kept();
        desk.press("esc 1 '").typed(typed).shows("▸한국 마감").shows_not("stalled").press("enter");
        assert_eq!(desk.note(), "View “한국 마감”.", "{typed}");
    }
    let mut desk = kept();
    desk.press("'").typed("won").press("enter").size(140, 30).shows("view: won this month").shows("tab:all");
    desk.press("'").typed("zzz").shows("Nothing matches").press("enter esc");
    desk.press("'").typed("due").press("enter");
    assert_eq!((desk.model.tab, desk.note().as_str()), (Tab::Inbound, "View “due this week”."));
}

#[test]
fn keeping_begins_with_the_chosen_name_and_says_what_it_replaces() {
    let mut desk = kept();
    desk.press("esc V").shows("한국 마감").shows("Enter replaces the view “한국 마감”.").press("enter");
    assert_eq!(desk.note(), "Kept as view “한국 마감”; it replaces the one before.");
    assert_eq!(desk.store.views().unwrap()[0].filter, "");
    desk.press("V ctrl-u").shows("Enter keeps filter, sort, tab and stages").press("enter");
    assert!(desk.note().starts_with("Name is missing."), "{}", desk.note());
    desk.typed("MINE").shows("in the place of the built-in view “mine”").press("enter").press("'").shows("MINE");
    assert_eq!(names(&desk), ["한국 마감", "MINE"]);
}

#[test]
fn delete_asks_first_and_a_built_in_one_comes_back_or_stays() {
    let mut desk = kept();
    desk.press("V ctrl-u").typed("stalled").press("enter ' s t a l delete").shows("Remove the view “stalled”?").press("esc");
    assert_eq!(names(&desk), ["한국 마감", "stalled"]);
    desk.press("delete enter");
    assert_eq!(desk.note(), "Removed the view “stalled”; the built-in one is back.");
    desk.shows("stage:accepted changed:>30d").press("delete");
    assert_eq!(desk.note(), "The view “stalled” is built in and cannot be removed.");
    desk.press("ctrl-u").typed("ㅎㄱ").press("delete enter").press("esc");
    assert_eq!(names(&desk), Vec::<String>::new());
    desk.press("s delete");
    assert!(desk.note().contains("does nothing here"), "{}", desk.note());
}

#[test]
fn removing_a_view_says_before_and_after_which_others_no_longer_work() {
    let mut desk = Driver::sample();
    let view = |name: &str, filter: &str| SavedView { name: name.into(), filter: filter.into(), ..SavedView::default() };
    desk.store.keep_view(&view("한국", "country:KR")).unwrap();
    desk.store.keep_view(&view("큰 건", "view:한국 value:>1m")).unwrap();
    desk.size(120, 30).press("'").typed("ㅎㄱ").press("delete").shows("do not work without it: 큰").press("enter");
    assert_eq!(desk.note(), "Removed the view “한국”. Views that name it and do not work without it: 큰 건.");
    desk.press("ctrl-u").typed("큰").press("delete").shows_not("do not work").press("enter");
    assert_eq!(desk.note(), "Removed the view “큰 건”.");
}

#[test]
fn the_palette_has_every_view() {
    let mut desk = kept();
    desk.press("esc 1 :").typed("view won").shows("View: won this month").press("enter");
    assert_eq!(desk.note(), "View “won this month”.");
    desk.press(":").typed("ㅎㄱ").shows("View: 한국 마감").press("enter");
    assert_eq!(desk.model.tab, Tab::Outbound);
    desk.press("enter :").typed("due this week").press("enter").size(120, 30).shows("filter: due:this-week");
    desk.press("esc :").typed("save view").press("enter").shows("Keep as a view");
}

#[test]
fn a_filter_names_a_view_completed_by_tab_and_says_what_is_wrong() {
    let mut desk = kept();
    desk.press("esc 1 / ").typed("view:한").press("tab").shows("view:한국-마감").press("enter");
    let with = desk.model.list().query.filter.clone();
    desk.press("/ ctrl-u").typed("country:KR").press("enter");
    assert_eq!(desk.model.list().query.filter, with);
    desk.press("/ ctrl-u").typed("view:stalld").shows("Did you mean “stalled”?").press("esc");
    desk.press("/ ctrl-u").typed("view:mine").shows("View “mine”: owner:me: nothing says").press("esc esc");
    desk.press("/ ").typed("view:한국-마감").press("enter V ctrl-u").typed("한국 마감").press("enter");
    assert!(desk.note().starts_with("The view “한국 마감” leads back to itself."), "{}", desk.note());
}

#[test]
fn mine_needs_to_know_who_that_is_and_shows_every_tab() {
    let mut desk = Driver::sample();
    desk.press("'").shows("nothing says who you are").typed("mine").press("enter");
    assert!(desk.note().contains("[me]"), "{}", desk.note());
    let config =
        Config::parse("[me]\nfirst-name = \"하린\"\nlast-name = \"이\"\nemail = \"harin.lee@haneul-partners.example\"").unwrap();
    let mut desk = Driver::on(Driver::sample().store, config);
    desk.press("'").typed("mine").press("enter").size(140, 30).shows("view: mine").shows("owner:me tab:all");
    assert!(!desk.model.list().rows.is_empty());
}

#[test]
fn where_nothing_is_written_views_are_chosen_and_not_kept_and_the_sample_keeps_its_own() {
    let mut desk = kept().again(Access::AskedReadOnly, Data::Own);
    desk.press("V");
    assert!(desk.note().contains("reading only"), "{}", desk.note());
    desk.press("'").typed("ㅎㄱ").press("delete");
    assert!(desk.note().contains("reading only"), "{}", desk.note());
    desk.press("enter").size(120, 30).shows("view: 한국 마감");
    let mut desk = kept().again(Access::ReadWrite, Data::Demo { from_own: false });
    desk.press("V ctrl-u").typed("x").press("enter");
    assert_eq!(desk.note(), "Kept as view “x”. It stays in the sample.");
}

#[test]
fn one_that_another_program_keeps_comes_and_what_a_hand_wrote_wrong_is_told() {
    let mut desk = Driver::sample();
    let view = |name: &str, filter: &str| SavedView { name: name.into(), filter: filter.into(), ..SavedView::default() };
    desk.store.keep_view(&view("밖에서", "country:KR")).unwrap();
    desk.store.keep_view(&view("odd", "colour:red")).unwrap();
    desk.tell(Msg::Reply(cosell::store::Reply::Moved)).press("/ ").typed("view:밖에서").press("enter").shows("/ view:밖에서");
    desk.press("esc '").shows("View “odd”: There is no key “colour”.").typed("odd").press("enter");
    assert!(desk.note().starts_with("View “odd”: There is no key “colour”."), "{}", desk.note());
}

#[test]
fn a_view_brings_its_columns_and_the_order_of_what_is_archived() {
    let mut desk = Driver::sample();
    desk.size(120, 40)
        .press("t t t")
        .shows("[Archived")
        .press("|")
        .typed("")
        .press("j j j enter esc")
        .press("s v V")
        .typed("끝난 건")
        .press("enter");
    let (columns, order) = (desk.model.list().columns.clone(), desk.model.list().order());
    assert!(columns.chosen().is_some());
    desk.press("2 1 | enter esc s d t t").press("'").typed("").press("enter");
    desk.press(":").typed("끝난").press("enter").shows("[Archived");
    assert_eq!((desk.model.list().columns.clone(), desk.model.list().order()), (columns, order));
}

#[test]
fn a_view_of_every_tab_is_kept_again_as_that() {
    let mut desk = Driver::sample();
    desk.press("'").typed("stalled").press("enter V").press("enter");
    let view = desk.model.views.find("stalled").unwrap().clone();
    assert_eq!((view.filter.as_str(), view.tab.as_deref()), ("stage:accepted changed:>30d next:no", Some("all")));
}
