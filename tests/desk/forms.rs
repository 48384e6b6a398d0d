//! Forms by their keys: all complaints at once, nothing typed is lost, Esc asks, pastes never save.

use cosell::desk::model::Msg;
use cosell::domain::change::{Change, What};
use cosell::domain::part::Part;
use cosell::store::{DraftKey, Reply, StoreError};

use crate::support::driver::Driver;

#[test]
fn all_complaints_come_at_once_and_the_cursor_goes_to_the_first() {
    let mut desk = Driver::sample();
    desk.press("a tab ctrl-u").typed("-3").press("tab ctrl-u").typed("XXX").press("tab ctrl-u").typed("31.13.").press("ctrl-s");
    desk.shows("3 things are missing or wrong.");
    let screen = desk.screen();
    for wrong in ["! Value must be more than zero.", "! Currency: “XXX” is no currency.", "! Close date: “31.13.” is not a date."]
    {
        assert!(screen.contains(wrong), "{wrong}: {screen}");
    }
    assert!(screen.ends_with("cursor 18,3"), "behind the wrong value: {screen}");
    desk.press("ctrl-u").typed("84m").press("tab ctrl-u").typed("KRW").press("tab ctrl-u").typed("+30d");
    desk.shows("₩ 84,000,000").shows("2026-12-21").shows_not("! ").press("ctrl-s");
    assert!(desk.note().starts_with("Accepted"), "{}", desk.note());
}

#[test]
fn a_close_date_in_the_past_is_pointed_out_and_does_not_block() {
    let mut desk = Driver::sample();
    desk.press("a tab tab tab ctrl-u").typed("2026-01-31").shows("2026-01-31 is in the past").press("ctrl-s");
    assert!(desk.note().starts_with("Accepted"), "{}", desk.note());
}

#[test]
fn leaving_a_changed_form_asks_and_esc_in_the_question_goes_back() {
    let mut desk = Driver::sample();
    desk.press("a esc");
    assert!(desk.model.dialogs.is_empty(), "nothing was typed: nothing is asked");
    desk.press("a").typed(" phase 2").press("esc").shows("Leave this form?").press("esc");
    desk.shows("phase 2").shows_not("Leave this form?");
    desk.press("esc enter").shows_not("Accept:");
    assert_eq!(desk.note(), "What you typed is kept: open the form again to go on.");
    desk.press("a").shows("phase 2");
    assert_eq!(desk.note(), "Your draft is back.");
    desk.press("esc x");
    assert_eq!(desk.note(), "Thrown away.");
    desk.press("a").shows_not("phase 2");
}

#[test]
fn what_is_typed_survives_a_program_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cosell.db");
    let clock = cosell::clock::Clock::from_setting(Some(crate::support::driver::NOW)).unwrap();
    let file = folder.path().join("one.json");
    std::fs::write(
        &file,
        r#"{"id":"a","status":"New","substatus":"Pending","createdDateTime":"2026-11-20T00:00:00Z",
        "direction":"Incoming","customerProfile":{"name":"Contoso"}}"#,
    )
    .unwrap();
    let open = || cosell::store::Store::open(&path, Default::default(), clock.now()).unwrap();
    let mut desk = Driver::on(open(), Default::default());
    desk.press("i").typed(file.to_str().unwrap()).press("enter esc a").typed("판매 관리").press("tab").typed("84m");
    // No closing, no leaving: the process is gone.
    std::mem::forget(desk);
    let mut desk = Driver::on(open(), Default::default());
    desk.press("a").shows("판매 관리").shows("84m");
}

#[test]
fn a_save_that_fails_keeps_the_form_and_everything_typed() {
    let mut desk = Driver::sample();
    desk.press("a").typed(" phase 2");
    desk.crank().press("ctrl-s").shows("Saving").typed("!!!").press("esc");
    desk.shows("phase 2").shows_not("!!!").shows_not("Leave this form?");
    let apply = (0..desk.waiting()).last().unwrap();
    desk.answer_with(apply, Reply::Applied { changes: Vec::new(), applied: Err(StoreError::Busy) });
    desk.shows("Another program is using the database.").shows("phase 2").shows("[ Accept ]");
}

#[test]
fn a_change_from_another_window_is_never_overwritten_silently() {
    let mut desk = Driver::sample();
    desk.press("a").typed(" phase 2");
    let id = desk.model.selected().unwrap().id;
    let other = Change { id, seen: None, what: What::Decline { reason: cosell::domain::outcome::Reason::Budget, note: None } };
    desk.store.apply(&[other], desk.model.now.now).unwrap();
    desk.press("ctrl-s").shows("phase 2");
    let screen = desk.screen();
    assert!(screen.contains("changed in another window since. Esc, then Enter, keeps what you"), "{screen}");
}

#[test]
fn a_pasted_text_fills_one_field_and_saves_nothing() {
    let mut desk = Driver::sample();
    desk.press("a ctrl-u");
    desk.tell(Msg::Paste("a\nq\r\nd\u{1b}[31m".into())).shows("a q d[31m").shows("Accept:");
    desk.press("ctrl-u").burst("b\nq\n").shows("Accept:");
    assert!(!desk.quit);
    desk.press("esc x");
    desk.tell(Msg::Paste("quit\n".into()));
    assert_eq!(desk.note(), "Nothing is open to paste into. / starts a filter.");
    assert!(desk.model.dialogs.is_empty() && !desk.quit);
}

#[test]
fn notes_take_lines_and_enter_elsewhere_goes_on() {
    let mut desk = Driver::sample();
    desk.press("a enter enter enter enter").typed("x").press("enter").typed("둘째 줄").shows("둘째 줄");
    desk.shows("Tab next · Enter new line");
    assert!(desk.screen().contains("│               둘째 줄"), "{}", desk.screen());
}

#[test]
fn in_a_form_letters_are_text_and_commands_wait() {
    let mut desk = Driver::sample();
    desk.press("a").typed(":q?/").shows(":q?/");
    desk.press("ctrl-p").shows("Leave the form first: Esc.").press("esc");
    desk.press("f1").shows("Enter goes to the next field").press("esc").shows(":q?/");
}

#[test]
fn ctrl_c_leaves_at_the_second_press_and_the_draft_stays() {
    let mut desk = Driver::sample();
    let id = desk.model.selected().unwrap().id;
    desk.press("a").typed(" phase 2").press("ctrl-c");
    assert_eq!((desk.note().as_str(), desk.quit), ("^c again leaves; drafts are kept.", false));
    desk.press("end ctrl-c");
    assert!(!desk.quit, "another key came between");
    desk.press("ctrl-c");
    assert!(desk.quit);
    let draft = desk.store.draft(DraftKey::About("accept", id)).unwrap().unwrap();
    assert!(draft["deal.name"].ends_with(" phase 2"), "{draft:?}");
}

#[test]
fn a_form_is_kept_while_its_opportunity_is_on_its_way() {
    let mut desk = Driver::sample();
    desk.crank().press("j a");
    assert!(desk.model.dialogs.is_empty(), "the detail has not come");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows("Accept: ERP for three canneries");
    assert!(matches!(desk.model.dialogs.last(), Some(cosell::desk::model::Dialog::Form(_))));
}

#[test]
fn a_key_that_does_nothing_on_a_list_of_reasons_says_so() {
    let mut desk = Driver::sample();
    desk.press("d").shows("Decline and close:");
    desk.press("x");
    assert!(desk.note().contains("does nothing here"), "{}", desk.note());
    desk.press("j").shows("▸ 1");
}

#[test]
fn a_paste_does_not_overtake_the_keys_before_it_while_a_form_is_on_its_way() {
    let mut desk = Driver::sample();
    desk.crank().press("a").press("ctrl-u").tell(Msg::Paste("Pasted".into()));
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert_eq!(desk.model.form().unwrap().text(Part::Name), "Pasted", "{}", desk.screen());
}

#[test]
fn a_choice_that_is_missing_names_its_keys_and_no_codes_of_commands() {
    let mut desk = Driver::sample();
    desk.press("d ctrl-s").shows("! Choose why: 1 to 8.").shows_not("no-response");
    desk.press("8 ctrl-s").shows_not("Choose why").press("esc x");
    let mut desk = super::deals::filled();
    desk.size(120, 60)
        .press("ctrl-s ctrl-s h ctrl-s")
        .shows("! Choose what help is wanted: 1 to 6.")
        .shows("then Space ticks it.");
    desk.shows_not("--").shows_not("value proposition,");
}

#[test]
fn names_and_addresses_are_typed_in_the_order_of_the_customers_country() {
    let lines = |desk: &Driver, labels: [&str; 7]| {
        let screen = desk.screen();
        labels.map(|label| screen.lines().position(|line| line.contains(label)).unwrap_or_else(|| panic!("{label}: {screen}")))
    };
    const LABELS: [&str; 7] = ["Postal code", "State ", "City", "Street", "Street 2", "Last name", "First name"];
    for (country, order) in [("KR", [0, 1, 2, 3, 4, 5, 6]), ("tw", [0, 1, 2, 3, 4, 5, 6]), ("US", [4, 3, 2, 0, 1, 6, 5])] {
        let mut desk = super::deals::desk();
        desk.size(120, 40).press("n").typed(country);
        let at = lines(&desk, LABELS);
        let mut sorted = at;
        sorted.sort_unstable();
        assert_eq!(at.map(|at| sorted.iter().position(|line| *line == at).unwrap()), order, "{country}: {}", desk.screen());
        // Tab goes down the lines as they stand.
        desk.press("tab tab");
        let mut rows = Vec::new();
        for _ in 0..7 {
            desk.press("tab");
            let screen = desk.screen();
            let (_, cursor) = screen.rsplit_once(',').unwrap();
            rows.push(cursor.trim().parse::<usize>().unwrap());
        }
        assert!(rows.is_sorted(), "{country}: {rows:?}");
    }
}

#[test]
fn what_is_typed_after_the_number_of_a_reason_begins_the_note() {
    for text in ["they wanted SAP", "just too late", "quote was late", "SAP를 원했다", "他社に決定"] {
        let mut desk = Driver::sample();
        desk.press("d 6").typed(text);
        let form = desk.model.form().unwrap();
        assert_eq!((form.text(Part::Reason).as_str(), form.text(Part::Note).as_str()), ("timeline", text));
    }
    let mut desk = Driver::sample();
    desk.press("d j j").shows("▸ 2 Customer did not respond").press("3 1").shows("▸ 1 Project budget").typed("budget cut");
    desk.shows("budget cut").press("ctrl-s");
    assert!(desk.note().starts_with("Declined"), "{}", desk.note());
    desk.press("d").tell(Msg::Paste("from the mail".to_owned())).shows("from the mail");
}

#[test]
fn notes_that_end_with_an_empty_line_are_not_said_again_in_one_line() {
    let mut desk = Driver::sample();
    desk.press("n tab").press("pgdn tab tab tab tab tab tab").typed("first").press("enter").typed("second").press("enter");
    assert_eq!(desk.model.form().unwrap().text(Part::Notes), "first\nsecond\n");
    desk.press("tab").shows("first").shows_not("firstsecond").shows_not("first second").shows_not("first\u{2424}second");
    desk.press("pgdn pgdn pgdn pgdn");
    let screen = desk.screen();
    let at = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text}: {screen}"));
    assert_eq!(at("second"), at("first") + 1, "{screen}");
}

#[test]
fn the_only_suggestion_is_taken_by_enter_where_what_is_typed_means_nothing_by_itself() {
    let mut desk = Driver::sample();
    desk.press("n").typed("Swed").shows("Enter or alt-1 takes it").press("enter");
    assert_eq!(desk.model.form().unwrap().text(Part::Country), "SE", "{}", desk.screen());
    let mut desk = Driver::sample();
    desk.press("n").typed("Germany").press("enter");
    assert_eq!(desk.model.form().unwrap().text(Part::Country), "Germany", "as typed: it is one");
    let mut desk = Driver::sample();
    desk.press("n").typed("S").press("enter");
    assert_eq!(desk.model.form().unwrap().text(Part::Country), "S", "several fit");
    desk.press("pgdn tab tab").typed("chf").press("ctrl-u").typed("chx").press("enter");
    assert_eq!(desk.model.form().unwrap().text(Part::Currency), "chx", "nothing fits");
}

#[test]
fn undo_in_a_field_brings_back_what_was_typed_there_and_help_is_named_by_a_key_that_types_nothing() {
    let mut desk = Driver::sample();
    desk.press("a").typed(" phase two").press("ctrl-w ctrl-z").shows("phase two").press("ctrl-z").shows_not("two");
    desk.press("ctrl-r").shows("phase two").press("f7");
    assert_eq!(desk.note(), "F7 does nothing here. F1 shows the keys.");
    desk.press("ctrl-s u");
    let mut desk = Driver::sample();
    desk.press("/").typed("Harrow ERP").press("ctrl-u").shows_not("1 of").press("ctrl-z").shows("Harrow ERP").shows("1 of 26");
    desk.press("ctrl-z ctrl-z ctrl-z");
    assert_eq!(desk.note(), "Nothing else was typed in this field that ^z could take back.");
    desk.press("f7");
    assert_eq!(desk.note(), "F7 does nothing here. F1 shows the keys.");
    desk.press("esc F").typed("call").press("ctrl-w ctrl-z").shows("call").press("esc :").typed("sort").press("ctrl-u ctrl-z");
    desk.shows("Sort").press("esc d");
    desk.press("f7");
    assert_eq!(desk.note(), "F7 does nothing here. ? shows the keys.", "on a list it is a key");
}

#[test]
fn a_long_text_in_a_field_that_is_left_is_read_from_its_beginning() {
    let mut desk = Driver::sample();
    let name = "Beginning of a name that goes on and on, far beyond the end of its field, until it is done";
    desk.size(60, 24).press("a ctrl-u").typed(name).shows("until it is done").shows_not("Beginning of a name");
    desk.press("tab").shows("Beginning of a name").shows_not("until it is done");
    let line = |desk: &Driver| desk.screen().lines().find(|line| line.contains("Beginning")).unwrap().to_owned();
    assert!(line(&desk).contains('…'), "{}", line(&desk));
    desk.press("shift-tab").shows("until it is done");
}

#[test]
fn the_initial_consonants_of_a_country_find_it() {
    let mut desk = Driver::empty();
    desk.press("n ctrl-u").typed("ㄷㅎㅁㄱ").shows("KR").press("enter").shows("South Korea");
}
