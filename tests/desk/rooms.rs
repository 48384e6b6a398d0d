//! Rooms over the lists: the detail that is scrolled; what each shows, and how one gets out of it.

use crate::review::body;
use crate::support::driver::Driver;

#[test]
fn arrows_scroll_the_detail_and_j_goes_to_the_next_deal_from_its_top() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("enter").shows("more lines, PgDn");
    let first = desk.selected();
    desk.press("down down");
    assert_eq!(desk.selected(), first, "the text went on, not the list");
    desk.shows("2 lines above");
    desk.press("j");
    assert_ne!(desk.selected(), first);
    desk.shows_not("2 lines above").press("k").shows_not("2 lines above");
}

#[test]
fn a_detail_that_was_scrolled_shows_the_next_deal_from_its_top_after_a_decision() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("enter pgdn").shows_not("Respond by");
    desk.press("d 6 ctrl-s").shows("Respond by");
}

#[test]
fn a_detail_is_not_scrolled_past_its_end() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("enter").press(&"pgdn ".repeat(30));
    let end = desk.screen();
    desk.press("up");
    assert_ne!(desk.screen(), end, "one line back is one line back");
    desk.press("down");
    assert_eq!(desk.screen(), end);
}

#[test]
fn esc_leaves_a_room_and_never_the_program() {
    let mut desk = Driver::sample();
    desk.press("enter esc");
    assert!(desk.model.rooms.is_empty() && !desk.quit);
    desk.press("enter q");
    assert!(desk.model.rooms.is_empty() && !desk.quit);
}

#[test]
fn the_history_of_everything_is_read_page_by_page_to_its_beginning() {
    let mut desk = Driver::sample();
    desk.size(100, 30);
    // Two steps each: the sample's own 44 steps, and more than two pages after them.
    for _ in 0..225 {
        desk.press("f j f k");
    }
    desk.press(":")
        .typed("history of everything")
        .press("enter")
        .shows("History of everything")
        .shows("1 of 200 and earlier ones");
    desk.press("G").press("G").press("G").shows("496 of 496").shows("Imported pipeline-2026-08-22.json");
    desk.press("g").shows("1 of 496").press("esc");
    assert!(desk.model.rooms.is_empty());
}

#[test]
fn enter_on_a_step_goes_to_its_deal_wherever_it_stands_and_esc_comes_back() {
    let mut desk = Driver::sample();
    desk.size(80, 24);
    let declined = desk.selected();
    desk.press("d 6 ctrl-s 2 /").typed("country:KR").press("enter");
    desk.press(":").typed("history of everything").press("enter").shows("History of everything").press("enter");
    assert_eq!(desk.selected(), declined);
    desk.shows("Declined").press("esc").shows("History of everything").press("esc").shows("country:KR");
}

#[test]
fn a_deal_opened_from_the_history_leaves_tab_stages_and_filter_as_they_were() {
    let mut desk = Driver::sample();
    desk.press("d 6 ctrl-s 2 t /").typed("country:KR").press("enter");
    let stood = |desk: &Driver| (desk.model.tab, desk.model.list().query.view, desk.selected());
    let before = stood(&desk);
    assert_eq!(before.0, cosell::domain::tab::Tab::Outbound);
    desk.press(":").typed("history of everything").press("enter enter").shows("Declined").press("esc");
    desk.shows("History of everything");
    assert_eq!(stood(&desk), before, "what lies behind is as it was");
    desk.press("enter j").shows("Favorite").press("esc esc").shows("country:KR");
    assert_eq!(stood(&desk), before);
    // Nor is it remembered where the program ends in the detail.
    desk.press(":").typed("history of everything").press("enter enter").shows("Declined");
    let desk = desk.again(cosell::store::Access::ReadWrite, cosell::desk::Data::Own);
    assert_eq!((desk.model.tab, desk.model.list().query.view), (before.0, before.1));
}

#[test]
fn page_by_page_no_step_of_a_history_is_passed_over_though_some_take_several_rows() {
    let mut desk = Driver::sample();
    desk.size(60, 400).press("/").typed("設計部門 tab:all").press("enter H");
    let all = body(&desk);
    assert!(all.len() > 12, "{all:?}");
    desk.size(60, 12);
    let (mut seen, mut before) = (std::collections::BTreeSet::new(), String::new());
    while desk.screen() != before {
        before = desk.screen();
        seen.extend(body(&desk));
        desk.press("pgdn");
    }
    assert_eq!(all.iter().filter(|line| !seen.contains(*line)).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn a_step_of_many_says_so_instead_of_opening_one() {
    let mut desk = Driver::sample();
    // The oldest steps are about offers; the first import stands above them.
    desk.press(":").typed("history of everything").press("enter G enter");
    assert!(desk.note().starts_with("That step is about no deal"), "{}", desk.note());
    // What an import brought is shown deal by deal.
    desk.press("k k enter").shows("What pipeline-2026-08-22.json brought").press("esc esc");
    desk.press("space space space f :").typed("history of everything").press("enter enter");
    assert!(desk.note().starts_with("It changed 2 opportunities"), "{}", desk.note());
}

#[test]
fn u_on_an_older_step_undoes_that_one_alone_and_says_why_where_it_cannot() {
    let mut desk = Driver::sample();
    desk.size(80, 24);
    let first = desk.selected();
    desk.press("f j f :").typed("history of everything").press("enter j u");
    assert!(desk.note().starts_with("Undone: Marked “"), "{}", desk.note());
    assert!(desk.note().contains(first.chars().take(4).collect::<String>().as_str()), "{}", desk.note());
    // The newest step is the undo now; the one below it stands.
    desk.press("g u");
    assert_eq!(desk.note(), "This step takes another one back, or makes it again: undo and redo go step by step.");
    desk.press("j j u");
    assert_eq!(desk.note(), "It is undone already.");
    // Down to today's import, of which one deal was declined afterwards.
    desk.press("g j j j j j u");
    assert!(
        desk.note().starts_with("It cannot be undone because of what came after it, on 21 Nov: Declined “"),
        "{}",
        desk.note()
    );
    assert!(desk.model.dialogs.is_empty(), "nothing is asked that is then refused");
    desk.press("esc u");
    assert!(
        desk.note().starts_with("Undone: Took “") && desk.note().contains("off the favorites"),
        "the other one stood: {}",
        desk.note()
    );
}

#[test]
fn the_header_says_sample_where_nobody_overlooks_it_and_how_old_the_data_is_to_the_last() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let mut desk = Driver::sample();
        desk.model.data = cosell::desk::Data::Demo { from_own: true };
        desk.size(columns, rows).shows("SAMPLE");
        desk.model.data = cosell::desk::Data::Own;
        desk.size(columns, rows).press("j").shows_not("SAMPLE");
    }
    Driver::sample().size(80, 24).shows("21 Nov · outbox 2");
}

#[test]
fn the_palette_undoes_what_its_line_says_and_not_the_step_the_cursor_is_on() {
    let mut desk = Driver::sample();
    desk.size(80, 24)
        .press("f :")
        .typed("history of everything")
        .press("enter j :")
        .typed("undo")
        .shows("Undo: Marked “")
        .press("enter");
    assert!(desk.note().starts_with("Undone: Marked “"), "{}", desk.note());
}

#[test]
fn a_history_opened_over_another_one_shows_its_own_steps() {
    let mut desk = Driver::sample();
    desk.size(80, 24)
        .press("f :")
        .typed("history of everything")
        .press("enter enter H")
        .shows("History of 全店舗")
        .shows("Favorite: no → yes");
    desk.press("esc esc").shows("History of everything").shows("1 of 4");
}

#[test]
fn what_is_decided_over_the_history_stands_in_it_and_its_place_is_kept() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("f j f k :").typed("history of everything").press("enter j enter d 6 ctrl-s esc");
    desk.shows("History of everything").shows("Declined “全店舗").shows("3 of 49");
}

#[test]
fn a_history_of_nothing_says_so_on_every_key_that_wants_a_step() {
    let mut desk = Driver::empty();
    desk.press(":").typed("history of everything").press("enter").shows("Nothing has been done yet.");
    for key in ["u", "enter"] {
        desk.press(key);
        assert_eq!(desk.note(), "Nothing has been done yet.", "{key}");
    }
}

#[test]
fn the_wheel_scrolls_the_detail_and_stays_on_its_deal() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("enter");
    let first = desk.selected();
    desk.tell(cosell::desk::model::Msg::Mouse(cosell::desk::model::Mouse::Wheel { down: true }));
    desk.shows("1 line above");
    assert_eq!(desk.selected(), first);
}

#[test]
fn names_stand_whole_in_one_column_whichever_deal_is_shown() {
    for columns in [80, 100, 200] {
        let mut desk = Driver::sample();
        desk.size(columns, 60).press("enter");
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..26 {
            let screen = desk.screen();
            let stage = screen.lines().find_map(|line| line.strip_prefix("  Stage")).unwrap();
            seen.insert(stage.len() - stage.trim_start().len());
            let cut = screen.lines().skip(5).find(|line| line.chars().take(20).any(|c| c == '…'));
            assert_eq!(cut, None, "{screen}");
            desk.press("j");
        }
        assert_eq!(seen.len(), 1, "{columns}: {seen:?}");
    }
}

#[test]
fn what_a_file_tells_besides_the_fields_is_told_in_words_and_the_local_number_stands_there() {
    let mut desk = Driver::sample();
    desk.size(80, 60).press("enter").shows("Company size").shows("251 to 1,000 employees").shows_not("251to1000employees");
    let number = format!("#{}", desk.model.selected().unwrap().id);
    desk.shows(&number).shows("Visible to").shows_not("type:");
    for _ in 0..38 {
        desk.press("j").shows_not("publisherName").shows_not("consentTo").shows_not("[0]").shows_not("assistanceRequestCode");
    }
}

#[test]
fn the_detail_ends_with_our_notes_and_the_last_steps_newest_first() {
    let mut desk = Driver::sample();
    desk.size(80, 60).press("enter").shows("What happened").shows("H shows the whole history");
    desk.press("m").typed("회의 후 예산 확인").press("enter").press("f");
    let screen = desk.screen();
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text}: {screen}"));
    assert!(at("What happened") < at("예산 확인") && at("as favorite") < at("Imported"), "{screen}");
    assert_eq!(screen.matches("예산 확인").count(), 1, "a note is told once: {screen}");
}

#[test]
fn the_history_is_asked_for_where_the_detail_fills_the_screen_and_not_beside_the_list() {
    let mut desk = Driver::sample();
    desk.size(120, 40).crank().press("j");
    assert_eq!(desk.waiting(), 1, "the detail alone");
    desk.answer(0);
    assert_eq!(desk.waiting(), 0, "beside the list nothing is asked of the history");
    desk.press("enter");
    assert_eq!(desk.waiting(), 1, "the history, once");
    desk.shows_not("What happened").answer(0).shows("What happened");
    assert_eq!(desk.waiting(), 0);
}

#[test]
fn the_title_of_a_history_ends_before_its_place() {
    let mut desk = Driver::sample();
    for wide in [40, 48, 56, 80] {
        desk.size(wide, 10).press("H").shows("History of");
        let screen = desk.screen();
        let title = screen.lines().find(|line| line.contains("History of")).unwrap();
        assert!(title.contains("  1 of "), "{wide}: {title}");
        desk.press("esc");
    }
}

#[test]
fn a_key_that_leads_somewhere_does_so_in_every_room() {
    let mut desk = Driver::sample();
    desk.press("enter").shows("Respond by").press("r").shows("Pipeline review").press("esc").shows("Respond by");
    desk.press("o")
        .shows("What Partner Center does not know yet")
        .press("esc")
        .shows("Respond by")
        .press("i")
        .shows("Import")
        .press("esc");
    // What is seen of a tab or a filter is the list.
    desk.press("2").shows("[Open 13]");
    assert!(desk.model.rooms.is_empty());
    desk.press("enter /").shows("filter:").typed("country:KR").press("enter").shows("of 13");
    desk.press("H 1").shows("[Open 26]").press("r 3").shows("[Open").press("o 1").shows("[Open 26]");
    // One room is not opened upon itself, and one behind is gone back to.
    desk.press("o r o").shows("What Partner Center does not know yet").press("o").shows("o does nothing here.").press("esc");
    assert!(desk.model.rooms.is_empty());
    // What is not of this room still is not done to the list behind it.
    desk.press("enter t").shows("t does nothing here.");
}

#[test]
fn lines_that_are_hidden_below_are_told_at_the_lower_edge_and_those_above_at_the_upper() {
    let mut desk = Driver::sample();
    desk.size(120, 20);
    let row_of = |desk: &Driver, text: &str| {
        let screen = desk.screen();
        screen.lines().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text} is not on\n{screen}"))
    };
    assert_eq!(row_of(&desk, " more lines, Enter"), 18, "beside the list, whose pages PgDn turns");
    desk.press("enter").shows_not("lines above");
    assert_eq!(row_of(&desk, " more lines, PgDn"), 18);
    desk.press("pgdn");
    assert_eq!(row_of(&desk, "lines above, PgUp"), 4);
    desk.press("pgdn pgdn pgdn pgdn pgdn pgdn").shows_not("more line").shows("lines above, PgUp");
}

#[test]
fn a_page_of_the_detail_leaves_no_line_out() {
    let mut desk = Driver::sample();
    desk.size(120, 20).press("enter");
    let lines = |desk: &Driver| -> Vec<String> {
        let screen = desk.screen();
        screen.lines().skip(5).take(14).map(|line| line.trim().to_owned()).filter(|line| !line.contains(", PgDn")).collect()
    };
    let before = lines(&desk);
    desk.press("down");
    let next = lines(&desk).last().unwrap().clone();
    desk.press("up pgdn");
    assert!(lines(&desk).contains(&next), "{next} after {before:?}: {}", desk.screen());
}
