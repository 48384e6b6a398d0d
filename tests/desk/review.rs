//! The pipeline review on the desk: figures at a glance, the deals behind each a key away, and back.

use cosell::config::Config;
use cosell::desk::model::Msg;
use cosell::store::{Settings, Store};

use crate::sums::{ALL, desk_with};
use crate::support::driver::{Driver, NOW};

#[test]
fn the_order_of_the_groups_says_where_those_without_a_name_stand() {
    let mut desk = Driver::sample();
    desk.size(160, 200).press("r").shows("Deals without one stand last.");
    let screen = desk.screen();
    let chapter = screen.split("By owner").nth(1).and_then(|rest| rest.split("Deals without one").next()).unwrap();
    let groups: Vec<&str> = chapter.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     ")).collect();
    // The line itself is the last of them.
    let last = groups.iter().rev().nth(1).unwrap();
    assert!(last.trim_start().starts_with("None"), "{groups:?}");
}

#[test]
fn a_manager_opens_the_review_goes_to_the_deals_behind_a_figure_and_comes_back_to_it() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("r").shows("Pipeline review").shows("Received, not answered yet").shows("█");
    let figures = desk.screen();
    desk.press("enter").shows("stage:received tab:all").shows("the deals behind it");
    let listed = desk.selected();
    assert!(!listed.is_empty());
    // What was looked at is left as it was: the filter goes, and the review is there again.
    desk.press("esc");
    assert_eq!(desk.screen(), figures);
    desk.press("esc").shows_not("Pipeline review").shows_not("tab:all");
}

#[test]
fn the_same_figures_are_told_by_another_dimension_for_other_days_and_in_words() {
    let mut desk = Driver::sample();
    desk.size(120, 60).press("r").press("G");
    desk.press("b").shows("By country").press("b").shows("By solution");
    desk.press("s").shows("2026-11-09").press("w").shows_not("█");
    to_chapter(&mut desk, "Answered: ");
}

#[test]
fn a_filter_narrows_the_review_while_it_is_typed() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("r").press("/").typed("country:KR").press("enter");
    desk.shows("filter: country:KR").press("enter").shows("country:KR stage:received tab:all").press("esc");
    desk.shows("Pipeline review").shows("filter: country:KR");
}

#[test]
fn a_line_without_a_list_of_its_own_says_so() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("r").press("/").typed("outcome:won").press("enter");
    let mut lines = 0;
    while !desk.screen().contains("▸  Partner Center") && lines < 60 {
        desk.press("j");
        lines += 1;
    }
    desk.press("enter").shows("This line has no list of its own").shows("Pipeline review");
}

#[test]
fn a_day_of_the_week_shows_the_review_as_it_stood_on_the_last_one() {
    // It is Saturday.
    for (typed, day) in [("last monday", "Mon 2026-11-16"), ("thursday", "Thu 2026-11-19"), ("금요일", "Fri 2026-11-20")] {
        let mut desk = Driver::sample();
        desk.size(120, 40).press("r d").typed(typed).press("enter").shows(&format!("as it stood on {day}"));
    }
}

#[test]
fn a_review_of_nothing_says_what_hides_everything() {
    let mut desk = Driver::sample();
    desk.press("/").typed("nosuchthing").press("enter").press("r").shows("No deals here to review");
}

#[test]
fn the_review_is_drawn_in_every_size_with_names_of_all_scripts() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40), (200, 50)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("r");
        insta::assert_snapshot!(format!("review_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn the_review_looks_back_to_the_last_one_which_is_remembered() {
    let mut desk = Driver::on(Store::in_memory(Settings::default()).unwrap(), Config::default());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.json");
    let deal = r#"[{"id":"0b7e5a10-0000-4000-8000-000000000001","status":"New","direction":"Incoming","name":"ERP",
        "customerProfile":{"name":"한빛정밀"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}}]"#;
    std::fs::write(&path, deal).unwrap();
    desk.press("i").typed(path.to_str().unwrap()).press("enter esc");
    // Without a review before, five turns come round to this week.
    desk.press("r").press("s s s s s").shows("Mon 2026-11-16").press("esc");
    desk.size(120, 40).press("r esc");
    let four_days_later = desk.model.now.now.plus_days(4);
    desk.tell(Msg::Tick(four_days_later))
        .press("r")
        .press("s s s s s")
        .shows("Sat 2026-11-21 to Wed 2026-11-25 · since the last review");
    desk.press("s").shows_not("since the last review");
    let kept = desk.store.kept().desk.unwrap();
    assert!(kept.contains(r#""review":"2026-11-25","reviewBefore":"2026-11-21""#), "{kept}");
}

#[test]
fn with_a_home_currency_the_screen_tells_one_amount_and_the_words_each_currency() {
    let mut desk = desk_with(Some("USD"), &ALL);
    desk.press("r").shows("expected ≈").shows_not("₩");
    insta::assert_snapshot!("review_home_80x24", desk.screen());
    desk.press("G");
    insta::assert_snapshot!("review_home_end_80x24", desk.screen());
    desk.size(120, 60).press("w g").shows("≈").shows("₩");
}

#[test]
fn a_currency_without_a_rate_is_named_at_the_end_and_its_totals_stay_as_they_are() {
    let mut desk = desk_with(Some("USD"), &ALL[..1]);
    desk.size(120, 40).press("r").shows("₩").press("G").shows("Without a rate").shows("AUD, CAD, CNY");
    desk.press("/").typed("country:US").press("enter").shows_not("Without a rate");
}

#[test]
fn a_home_currency_that_is_set_while_the_review_is_open_counts_at_once() {
    let mut desk = desk_with(None, &ALL);
    desk.press("r").shows("₩").press(":").typed("settings home").press("enter").typed("USD").press("enter esc");
    desk.shows("Pipeline review").shows("expected ≈").shows_not("₩");
}

#[test]
fn signs_that_some_terminals_draw_wide_are_left_out_where_that_is_asked_for() {
    let mut desk = desk_with(Some("USD"), &ALL);
    desk.press(":").typed("settings symbols").press("enter enter esc r").shows("expected ~").shows_not("≈");
}

#[test]
fn what_is_expected_follows_the_weights_that_are_set() {
    let mut desk = desk_with(Some("USD"), &ALL);
    desk.press("r")
        .shows("≈\u{a0}$\u{a0}74K, expected ≈\u{a0}$\u{a0}7.4K")
        .press(":")
        .typed("settings weight")
        .press("enter ctrl-u")
        .typed("80 60");
    desk.press("enter");
    assert!(desk.note().contains("five percents"), "{}", desk.note());
    desk.press("ctrl-u").typed("50 50 50 60 80").press("enter esc").shows("≈\u{a0}$\u{a0}74K, expected ≈\u{a0}$\u{a0}37K");
    desk.shows("(50 50 50 60 80 %)");
    assert_eq!(desk.settings.as_deref(), Some("home-currency = \"USD\"\nstage-weights = [50, 50, 50, 60, 80]\n"));
}

#[test]
fn a_review_of_the_deals_behind_a_figure_leads_back_to_the_filter_before() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("/").typed("country:KR").press("enter").press("r enter").shows("country:KR stage:received tab:all");
    desk.press("r").shows("filter: country:KR stage:received tab:all").press("esc esc").shows("Pipeline review");
    desk.press("esc").shows("filter: country:KR").shows_not("tab:all");
}

#[test]
fn coming_back_the_cursor_is_on_the_line_that_was_left_though_another_has_the_same_deals() {
    let mut desk = Driver::sample();
    desk.size(120, 60).press("r");
    while !desk.screen().contains("▸  Waits for our answer") {
        desk.press("j");
    }
    desk.press("enter esc").shows("▸  Waits for our answer");
}

#[test]
fn a_decision_is_undone_and_a_deal_begun_from_the_review_and_what_does_nothing_there_says_so() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("f r u").shows("Undone").shows("Pipeline review");
    desk.press("a").shows("a does nothing here");
    desk.press("n").shows("New deal").press("esc").shows("Pipeline review");
}

#[test]
fn a_manager_sees_the_review_as_it_stood_on_a_past_day_and_the_deals_behind_its_figures() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("r").press("d").shows("As it stood on").typed("2027-01-01").press("enter");
    desk.shows("is still to come").shows("As it stood on");
    desk.press("ctrl-u").typed("nonsense").press("enter").shows("is no day").press("ctrl-u");
    let now = desk.screen();
    desk.typed("2026-10-15").press("enter").shows("as it stood on Thu 2026-10-15, since Mon 2026-10-12").shows("Pipeline review");
    assert_ne!(desk.screen(), now);
    // Relative days of the filter count from that day, and Enter lists the deals that stood behind the figure.
    desk.press("j").press("enter").shows("as they are now").shows("id:");
    desk.press("esc").shows("as it stood on Thu 2026-10-15");
    // Another filter is asked of that day; what was new then nobody knows.
    desk.press("/").typed("country:KR").press("enter").shows("filter: country:KR").shows("as it stood on Thu 2026-10-15");
    desk.press("/").press("ctrl-u").typed("new:yes").press("enter").shows("What was new on a past day is not known");
    desk.press("/").press("ctrl-u").press("enter");
    // Before anything was known that is said, and the review of now stays.
    desk.press("d")
        .press("ctrl-u")
        .typed("1999-01-01")
        .press("enter")
        .shows("Nothing was known here then")
        .shows_not("as it stood on");
    desk.press("d").typed("yesterday").press("enter").shows("as it stood on").press("d").press("ctrl-u").press("enter");
    desk.shows_not("as it stood on").shows("Pipeline review");
}

/// Moves down to the chapter with this title.
fn to_chapter<'a>(desk: &'a mut Driver, title: &str) -> &'a mut Driver {
    for _ in 0..80 {
        if desk.screen().contains(title) {
            return desk;
        }
        desk.press("j");
    }
    panic!("no chapter {title}");
}

#[test]
fn close_dates_stand_week_by_week_with_a_number_on_each_day_and_lead_to_their_deals() {
    let mut desk = Driver::sample();
    desk.size(120, 60).press("r");
    to_chapter(&mut desk, "Close dates, week by week").shows("Mo Tu We Th Fr Sa Su");
    while !desk.screen().contains("▸  7–13 Dec") {
        desk.press("j");
    }
    desk.press("enter").shows("stage:received,accepted close:2026-12-07..2026-12-13").shows("3 of 39").press("esc");
    desk.shows("▸  7–13 Dec").press("w").shows("7–13 Dec: 3, ").shows("Tue 1, Thu 1, Sat 1").shows_not("Mo Tu We");
}

#[test]
fn the_weeks_behind_are_a_line_of_marks_and_in_words_their_numbers() {
    let mut desk = Driver::sample();
    desk.size(120, 60).press("r");
    to_chapter(&mut desk, "Week by week from").shows("▁").shows("highest");
    while !desk.screen().contains("▸  Won") || !desk.screen().contains("Week by week from") {
        desk.press("j");
    }
    desk.press("w").shows("week by week ").shows_not("▁");
}

#[test]
fn charts_are_drawn_with_plain_signs_where_that_is_asked_for() {
    let mut desk = Driver::sample();
    desk.size(120, 60).press(":").typed("settings symbols").press("enter enter esc r");
    to_chapter(&mut desk, "Week by week from").shows_not("▁").shows_not("█").shows("_");
}

#[test]
fn the_charts_are_drawn_in_every_size() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40), (200, 50)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("r");
        for (chapter, name) in
            [("Close dates, week", "calendar"), ("Week by week from", "weeks"), ("What was received", "funnel")]
        {
            to_chapter(&mut desk, chapter).press("j j j");
            insta::assert_snapshot!(format!("review_{name}_{columns}x{rows}"), desk.screen());
        }
    }
}

#[test]
fn an_amount_in_the_home_currency_is_meant_by_the_rates_of_the_past_day_that_is_shown() {
    let clock = cosell::clock::Clock::from_setting(Some(NOW)).unwrap();
    let store = cosell::sample::store(Settings::default(), clock.moment()).unwrap();
    let mut desk = Driver::on(store, Config::parse("home-currency = \"USD\"").unwrap());
    desk.size(120, 40).press("r").press("d").typed("2026-10-15").press("enter").shows("24 deals");
    // Newer rates than those of that day are known, too; every deal has one of that day.
    desk.press("/").typed("value:>1").press("enter").shows("24 deals").shows("as it stood on Thu 2026-10-15");
    desk.press("/ ctrl-u").typed("value:>1m").press("enter").shows_not("24 deals").shows("as it stood on Thu 2026-10-15");
}

/// What stands below the head, without the mark of the cursor.
pub fn body(desk: &Driver) -> Vec<String> {
    let screen = desk.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let last = lines.iter().rposition(|line| line.contains("? help")).unwrap();
    lines[3..last].iter().map(|line| line.replacen('▸', " ", 1).trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn page_by_page_nothing_of_the_review_is_passed_over() {
    let mut desk = Driver::sample();
    desk.size(80, 400).press("r");
    let all = body(&desk);
    assert!(all.len() > 100, "{}", all.len());
    let mut desk = Driver::sample();
    desk.size(80, 24).press("r");
    let (mut seen, mut before) = (std::collections::BTreeSet::new(), String::new());
    while desk.screen() != before {
        before = desk.screen();
        seen.extend(body(&desk));
        desk.press("pgdn");
    }
    let missing: Vec<_> = all.iter().filter(|line| !seen.contains(*line)).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn at_80_columns_the_past_day_and_the_filter_stand_whole_in_the_head() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("r").press("d").typed("2026-10-15").press("enter").press("/").typed("country:KR").press("enter");
    let head = desk.screen().lines().skip(2).take(2).collect::<Vec<_>>().join(" ");
    let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(head.contains("as it stood on Thu 2026-10-15, since Mon 2026-10-12"), "{head}");
    assert!(head.contains("filter: country:KR"), "{head}");
}

#[test]
fn what_changed_up_to_a_past_day_is_listed_though_it_passes_the_filter_no_more() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("r").press("d").typed("2026-10-15").press("enter").press("/").typed("stage:accepted").press("enter");
    while !desk.screen().contains("▸  Sales stage up") {
        desk.press("j");
    }
    // One of the four has been lost since.
    desk.shows("▸  Sales stage up          4").press("enter").shows("as they are now").shows("4 of 60");
}
