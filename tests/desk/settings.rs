//! The settings room: what is set there is in the file and holds at once, and who the rep is is asked for where it is needed.

use cosell::config::{Config, Setting};
use cosell::desk::Data;
use cosell::desk::model::Msg;
use cosell::store::Access;
use ratatui::style::Color;

use crate::support::driver::Driver;

fn file(desk: &Driver) -> &str {
    desk.settings.as_deref().unwrap()
}

#[test]
fn choices_walk_and_hold_at_once_and_the_rest_of_the_file_stays() {
    let mut desk = Driver::sample();
    desk.settings = Some("# mine\nmouse = false # at home\n".into());
    desk.press(",").shows("Settings").shows("1 of 23").shows("My first name").shows("default");
    desk.press("j j j j j j j j j j j j enter");
    assert_eq!((file(&desk), desk.mouse), ("# mine\nmouse = true # at home\n", Some(true)));
    desk.shows("Mouse: off → on.")
        .press("left")
        .shows("Mouse: on → off.")
        .press("j")
        .shows("file")
        .shows("Symbols")
        .press("right");
    assert!(file(&desk).ends_with("[theme]\nsymbols = \"ascii\"\n"), "{}", file(&desk));
    desk.press("esc").shows("> ");
    desk.press(", G k k k k k k k enter enter").shows("Background: dark → light.");
    let colours = |desk: &Driver| desk.painted().backend().buffer().content().iter().any(|cell| cell.fg == Color::Yellow);
    assert!(!colours(desk.press("esc")), "a light background holds at once");
}

#[test]
fn texts_are_typed_and_checked_and_delete_brings_the_default_back() {
    let mut desk = Driver::sample();
    desk.press(", j j j enter").typed("kim").press("enter").shows("kim");
    assert!(desk.note().contains("kim"), "{}", desk.note());
    desk.press("ctrl-u").typed("kim@hanbit.example").press("enter").shows("My e-mail: not set → kim@hanbit.example.");
    desk.press("j j enter").typed("krw").press("enter").shows("Home currency: not set → KRW.");
    desk.press("delete").shows("Home currency: KRW → not set.");
    desk.press("j enter ctrl-u").typed("400").press("enter").shows("Days to respond");
    assert!(desk.note().contains("365"), "{}", desk.note());
    desk.press("esc");
    assert_eq!(file(&desk).trim_start(), "[me]\nemail = \"kim@hanbit.example\"\n");
    desk.press("j enter ctrl-u").typed("10 20").press("enter").shows("Weight of sales stages cannot be");
    desk.press("esc j j j j enter");
    assert!(desk.note().contains("English"), "{}", desk.note());
}

#[test]
fn days_to_respond_count_at_once() {
    let mut desk = Driver::sample();
    let left = |desk: &Driver| desk.model.list().rows.iter().map(|row| format!("{:?}", row.stage)).collect::<Vec<_>>();
    let before = left(&desk);
    desk.press(", j j j j j j enter ctrl-u").typed("30").press("enter esc");
    assert_ne!(before, left(&desk), "deadlines that hang on the setting moved");
}

#[test]
fn every_setting_is_found_in_the_palette() {
    let mut desk = Driver::sample();
    desk.press(":").typed("settings home").press("enter").shows("Home currency").typed("eur").press("enter");
    assert_eq!(file(&desk), "home-currency = \"EUR\"\n");
    desk.press("esc :").typed("preferences mouse").shows("Settings: Mouse");
}

#[test]
fn who_the_rep_is_is_asked_for_where_it_is_needed_and_the_wish_is_carried_out() {
    let mine = "harin.lee@haneul-partners.example";
    let mut desk = Driver::sample();
    desk.press("M").shows("Who are you?").press("enter");
    assert!(desk.note().contains("e-mail"), "{}", desk.note());
    desk.typed(mine).press("enter").shows("owner:me").press("M").shows_not("owner:me");
    assert_eq!(file(&desk), format!("[me]\nemail = \"{mine}\"\n"));
    let mut desk = Driver::sample();
    desk.press("/").typed("owner:me").press("enter").shows("Who are you?").press("esc").shows("owner:me");
    desk.press("enter").typed(mine).press("enter").shows("owner:me");
    assert!(desk.model.dialogs.is_empty() && desk.model.list().filter_text == "owner:me");
}

#[test]
fn employee_me_asks_who_the_rep_is_as_owner_me_does() {
    let mut desk = Driver::sample();
    desk.size(100, 30)
        .press("/")
        .typed("employee:me")
        .shows("employee:me: nothing says who you are. Enter asks for it")
        .press("enter");
    desk.shows("Who are you?").typed("harin.lee@haneul-partners.example").press("enter");
    assert!(desk.model.dialogs.is_empty() && desk.model.list().filter_text == "employee:me");
    assert!(!desk.model.list().rows.is_empty(), "{}", desk.screen());
    desk.press("/ ctrl-u").typed("employee:").press("tab").shows("employee:me");
}

#[test]
fn what_is_wrong_with_the_configuration_names_its_file_without_the_folder_and_keeps_every_other_sign() {
    for (folder, says) in [("/home/rep", "config.toml: a/b is none"), ("", "/home/rep/config.toml: a/b is none")] {
        let mut desk = Driver::on(Driver::sample().store, Config { folder: folder.into(), ..Config::default() });
        desk.model.complain("one", vec!["/home/rep/config.toml: a/b is none".to_owned()]);
        desk.press(",").shows(says);
        assert_eq!(desk.screen().contains("/home/rep"), folder.is_empty(), "{}", desk.screen());
    }
}

#[test]
fn what_is_no_e_mail_is_told_by_the_name_of_the_setting_and_not_by_its_key() {
    let mut desk = Driver::sample();
    desk.press("/").typed("employee:me").press("enter").typed("nobody").press("enter");
    assert!(desk.note().starts_with("My e-mail: "), "{}", desk.note());
}

#[test]
fn a_file_that_cannot_be_written_is_said_and_what_was_typed_stays() {
    let mut desk = Driver::sample();
    desk.settings = None;
    desk.press("M").typed("kim@hanbit.example").press("enter").shows("kim@hanbit.example");
    assert!(desk.note().contains("read only"), "{}", desk.note());
}

#[test]
fn settings_are_the_persons_and_may_change_where_nothing_else_may() {
    let mut desk = Driver::opened(Driver::sample().store, Config::default(), Access::ForcedReadOnly);
    desk.press(", j j j j j j j j j j j j enter").shows("Mouse: off → on.");
    let mut desk = Driver::arriving(Driver::sample().store, Config::default(), Data::Demo { from_own: true }, Default::default());
    desk.press(", j j j j j j j j j j j j enter").shows("Mouse: off → on.");
}

#[test]
fn a_role_that_enter_turned_is_told_with_what_it_was_and_one_key_brings_it_back() {
    let mut desk = Driver::on(Driver::sample().store, Config::default());
    desk.press(", j j j j enter");
    assert_eq!(desk.note(), "My role: referrals-admin → partner-admin. u brings back what it was.");
    desk.press("k u");
    assert_eq!(desk.note(), "My role: partner-admin → referrals-admin. u brings back what it was.");
    assert_eq!(file(&desk).trim(), "[me]", "what was not in the file is not in it again");
    // A viewer changes no deal, and yet gets the role back.
    desk.press("j left").shows("viewer");
    desk.press("u");
    assert!(desk.note().contains("viewer → referrals-admin."), "{}", desk.note());
    let mut desk = Driver::sample();
    desk.press(", u");
    assert_eq!(desk.note(), "No setting was changed here yet.");
    desk.press("j j j enter").typed("kim@hanbit.example").press("enter delete u");
    assert_eq!(desk.note(), "My e-mail: not set → kim@hanbit.example. u brings back what it was.");
    desk.press("esc").tell(Msg::Kept(Setting::Mouse, Ok((Box::new(Config { mouse: true, ..Config::default() }), Vec::new()))));
    assert_eq!(desk.note(), "Mouse: off → on.", "outside of the room no key brings it back");
}

#[test]
fn every_value_is_read_whole_on_the_smallest_screen() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press(", j j j j").shows("referrals-admin").press("j j j j");
    desk.shows("What to do next")
        .shows("time 10, value 6, age 2, missing 3,")
        .shows("follow-up 8, won-before 4")
        .shows("default");
    desk.press("G").shows("Look of titles").press("k k k k k k k").shows("Background");
}

#[test]
fn the_room_at_every_size() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press(", j j j j j j j j j j j j enter G");
        insta::assert_snapshot!(format!("settings_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn all_that_is_wrong_with_the_configuration_stands_among_the_settings_until_it_is_mended() {
    let complaint = |n: usize| format!("config.toml: setting-{n} cannot be “3”. One of true, false.");
    for (columns, rows, shown) in [(120, 40, 3), (80, 24, 3), (40, 10, 1)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).model.complain("config.toml: setting-0 cannot be “3”.", (0..3).map(complaint).collect());
        desk.press("j ,").shows("3 settings of the file are wrong");
        for n in 0..shown {
            desk.shows(&format!("setting-{n}"));
        }
        if shown < 3 {
            desk.shows("2 more");
        }
        // The settings are walked below it, to the last one.
        desk.shows("My first name").press("G").shows("Look of titles").press("g").shows("My first name");
    }
    let mut desk = Driver::sample();
    desk.model.complain("x", vec![complaint(0)]);
    desk.press("j ,").shows("One setting of the file is wrong").press("esc");
    desk.press(", j j j enter").typed("kim@hanbit.example").press("enter").shows_not("of the file is wrong");
}

#[test]
fn a_wrong_configuration_is_told_on_top_until_it_is_mended() {
    let mut desk = Driver::sample();
    desk.settings = Some(String::new());
    let wrong = ["mouse = 3 is not one of true, false", "backups = many is no number"].map(str::to_owned);
    desk.model.complain(&wrong[0], wrong.to_vec());
    desk.size(120, 40).shows("mouse = 3 is not one of true, false").press("j").shows("2 settings wrong (,)");
    // The counts of the stages stay.
    desk.size(80, 24).shows("2 wrong (,)").shows("[Open 26] Received 17 Accepted 9 Archived 13 All 39");
    desk.press("/")
        .typed("country:KR")
        .press("enter")
        .shows_not("wrong")
        .shows("Archived 13 All 39")
        .shows("6 of 26")
        .press("esc");
    desk.press(": m o u s e").press("esc").press(",").press("j j j j j j j j j j j j right").shows_not("wrong (,)");
}

#[test]
fn that_defaults_stand_names_the_key_of_the_settings_and_no_command() {
    let mut desk = Driver::sample();
    desk.model.complain("sort: “up” is no order.", vec!["sort: “up” is no order.".to_owned(); 2]);
    assert_eq!(desk.note(), "Defaults stand for 2 settings (what holds: ,): sort: “up” is no order.");
}
