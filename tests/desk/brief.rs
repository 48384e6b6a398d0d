//! One page before a call on the desk: `B` opens it, it scrolls, stays true, and is copied whole.

use cosell::desk::model::Msg;
use cosell::domain::change::{Change, What};
use cosell::domain::date::Date;
use cosell::domain::ours::NextStep;
use cosell::domain::text::Line;

use crate::others::{desk_on_file, now, open};
use crate::support::driver::Driver;

#[test]
fn the_page_opens_from_the_list_and_the_detail_and_leads_back() {
    let mut desk = Driver::sample();
    desk.press("B").shows("Where it stands").shows("Open questions");
    desk.press("esc").shows("[Open").shows_not("Where it stands");
    desk.press("enter B").shows("Where it stands").press("esc").shows_not("Where it stands").press("esc").shows("[Open");
    desk.press("/").typed("nosuchthing").press("enter B").shows("othing");
}

#[test]
fn what_was_done_last_is_taken_back_and_done_again_on_the_page_and_among_drafts() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("m").typed("asked for a plant visit").press("enter B").shows("asked for a plant visit");
    desk.press("u").shows("Undone").shows("Where it stands").shows_not("asked for a plant visit");
    desk.press("ctrl-r").shows("asked for a plant visit").press("esc");
    desk.press("n").typed("KR").press("tab").typed("Plant").press("esc enter n").shows("Deals that are begun");
    desk.press("u").shows("Undone: Noted something").shows("Deals that are begun");
    desk.press("ctrl-r").shows("Done again: Noted something").shows("Deals that are begun");
}

#[test]
fn the_page_scrolls_to_its_end_and_no_further_and_says_what_is_hidden() {
    let mut desk = Driver::sample();
    desk.size(80, 12).press("B");
    let start = desk.screen();
    desk.press("j").shows("1 line above");
    desk.press("k");
    assert_eq!(desk.screen(), start);
    desk.press("G").shows("lines above, PgUp");
    let end = desk.screen();
    desk.press("G j pgdn");
    assert_eq!(desk.screen(), end, "the end stays in sight");
    desk.press("k");
    assert_ne!(desk.screen(), end);
    desk.press("g");
    assert_eq!(desk.screen(), start);
}

#[test]
fn a_page_down_in_the_page_before_a_call_leaves_no_line_out() {
    let mut desk = Driver::sample();
    desk.size(80, 12).press("B");
    let lines = |desk: &Driver| -> Vec<String> {
        let screen = desk.screen();
        let body = screen.lines().skip(3).take(8).map(|line| line.trim().to_owned());
        body.filter(|line| !line.is_empty() && !line.contains(", PgDn") && !line.contains(", PgUp")).collect()
    };
    let gathered = |desk: &mut Driver, key: &str, times: usize| {
        desk.press("g");
        let mut seen = lines(desk);
        for _ in 0..times {
            desk.press(key);
            seen.extend(lines(desk));
        }
        seen
    };
    let (one_by_one, by_pages) = (gathered(&mut desk, "j", 40), gathered(&mut desk, "pgdn", 8));
    assert!(one_by_one.len() > 40, "{one_by_one:?}");
    for line in one_by_one {
        assert!(by_pages.contains(&line), "{line}");
    }
}

#[test]
fn the_whole_page_is_copied_as_text() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("B y").shows("Copied");
    let copied = desk.copied.last().unwrap();
    assert!(copied.contains("\nWhere it stands\n  Stage: ") && copied.contains("\nCustomer and people\n"), "{copied}");
    assert!(!copied.contains('…'), "nothing is cut: {copied}");
}

#[test]
fn the_page_follows_what_other_programs_change_of_its_deal() {
    let (_home, path, mut desk) = desk_on_file();
    desk.size(100, 40).press("B").shows("No next step").shows_not("전화하기");
    let id = desk.model.selected().unwrap().id;
    let next = NextStep { text: Line::parse("전화하기").unwrap(), on: Date::iso("2026-11-23").unwrap() };
    open(&path).apply(&[Change { id, seen: None, what: What::Next(Some(next)) }], now()).unwrap();
    desk.tell(Msg::Tick(now())).shows("2026-11-23 전화하기").shows_not("No next step");
}

#[test]
fn the_page_turns_to_the_customer_and_back_and_each_is_copied_as_it_is_shown() {
    let mut desk = Driver::sample();
    desk.size(100, 40).press("/").typed("누리온").press("enter B");
    let deal = desk.screen();
    desk.press("j b").shows("Open deals").shows_not("Where it stands").press("y");
    let copied = desk.copied.last().unwrap().clone();
    assert!(
        copied.contains("\nOpen deals\n  #") && copied.contains("\nEarlier deals\n  #"),
        "all deals with the customer: {copied}"
    );
    desk.press("b");
    assert_eq!(
        desk.screen().lines().take(30).collect::<Vec<_>>(),
        deal.lines().take(30).collect::<Vec<_>>(),
        "from its beginning"
    );
    desk.press("esc").shows_not("Where it stands");
    desk.press(":").typed("Brief on this customer").press("enter").shows("Open deals").press("esc").shows_not("Open deals");
    desk.press("/").typed(" nosuchthing").press("enter :").typed("Brief on this customer").press("enter").shows_not("Open deals");
}

#[test]
fn the_page_of_the_customer_is_the_one_of_the_command() {
    let (_home, path, mut desk) = desk_on_file();
    desk.size(100, 40).press("B b y");
    let store = open(&path);
    let full = store.get(desk.model.selected().unwrap().id).unwrap();
    let deals = store.deals_with(&full.opportunity.customer, None).unwrap();
    assert_eq!(store.brief(full.opportunity.id).unwrap().with_customer(), deals);
    assert!(desk.copied.last().unwrap().starts_with(full.opportunity.customer.name.as_str()));
}

#[test]
fn the_palette_finds_the_page_by_what_it_is_for() {
    for word in ["summary", "prepare", "meeting", "briefing"] {
        let mut desk = Driver::sample();
        desk.press(":").typed(word).shows("One page before a call");
    }
}

#[test]
fn the_page_is_drawn_in_every_size_with_korean() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("/").typed("누리온").press("enter B");
        insta::assert_snapshot!(format!("brief_{columns}x{rows}"), desk.screen());
    }
}
