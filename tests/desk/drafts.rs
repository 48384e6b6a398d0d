//! Drafts of deals by keys: what was begun stays, is resumed, joined with what others changed, or thrown away.

use cosell::clock::Clock;
use cosell::config::Config;
use cosell::desk::model::Dialog;
use cosell::domain::change::{Change, Edit, Set, What};
use cosell::domain::money::{Currency, Money};
use cosell::domain::part::Part;
use cosell::domain::text::Line;
use cosell::store::{Settings, Store};

use super::deals::{desk, filled, made};
use crate::support::driver::{Driver, NOW};

#[test]
fn the_footer_among_drafts_names_the_key_that_opens_one_on_an_empty_desk_too() {
    let mut desk = Driver::empty();
    desk.press("n").typed("Northwind").press("esc enter n").shows("Deals that are begun").shows("Enter open");
}

#[test]
fn what_is_typed_into_a_new_deal_survives_a_program_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cosell.db");
    let clock = Clock::from_setting(Some(NOW)).unwrap();
    let open = || Store::open(&path, Settings::default(), clock.now()).unwrap();
    let mut desk = Driver::on(open(), Config::default());
    desk.press("n").typed("KR").press("tab").typed("한빛정밀").press("tab").typed("081466849").press("pgdn").typed("ERP");
    desk.press("pgdn tab").typed("서연");
    // No closing, no leaving: the process is gone, with a customer and a colleague half typed in.
    std::mem::forget(desk);
    let mut desk = Driver::on(open(), Config::default());
    assert_eq!(desk.note(), "One deal is begun and not finished: n leads to it.");
    desk.press("n").shows("ERP · 한빛정밀").press("enter");
    assert_eq!(desk.note(), "Your draft is back.");
    desk.shows("서연").press("pgup pgup").shows("한빛정밀").shows("081466849");
}

#[test]
fn several_deals_can_be_begun_and_each_is_resumed_or_thrown_away() {
    let mut desk = desk();
    desk.press("n pgdn").typed("하나").press("esc enter");
    assert_eq!(desk.note(), "What you typed is kept: open the form again to go on.");
    desk.press("n").shows("하나").press("n pgdn").typed("둘").press("esc enter");
    desk.press("n").shows("하나").shows("둘").press("enter").shows("둘").press("esc x");
    assert_eq!(desk.note(), "Thrown away.", "an unchanged draft that is thrown away is gone");
    desk.press("n").shows("하나").shows_not("둘 ").press("enter").shows("하나").press("esc esc");
    assert!(matches!(desk.model.dialogs.last(), Some(Dialog::Form(_))));
}

#[test]
fn a_draft_that_is_resumed_and_left_at_once_stays() {
    let mut desk = desk();
    desk.press("n pgdn").typed("하나").press("esc enter n enter esc enter n").shows("하나");
}

#[test]
fn keys_typed_before_the_form_has_come_are_for_the_form() {
    let mut desk = desk();
    desk.crank().press("n").typed("KR").press("tab").typed("fud");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    let form = desk.model.form().unwrap();
    assert_eq!((form.text(Part::Country).as_str(), form.text(Part::CustomerName).as_str()), ("KR", "fud"));
    assert!(desk.note().is_empty(), "nothing was marked, undone or declined: {}", desk.note());
    let mut desk = super::deals::desk();
    desk.crank().press("n esc").typed("?");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert!(!desk.model.dialogs.iter().any(|dialog| matches!(dialog, Dialog::Form(_))), "Esc gave it up");
}

#[test]
fn a_resumed_edit_takes_only_what_was_typed_and_says_what_others_changed() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s e").typed(" v2").press("esc enter");
    let deal = made(&desk);
    let set =
        vec![Set::Value(Money::from_minor(99_000_000, Currency::parse("KRW").unwrap())), Set::CrmId(Line::parse("NEWCRM").ok())];
    let others = Change { id: deal.id, seen: None, what: What::Edit(Edit(set)) };
    desk.store.apply(&[others], desk.model.now.now).unwrap();
    desk.press("ctrl-l e");
    assert_eq!(desk.note(), "Your draft is back.");
    desk.press("ctrl-s");
    let after = made(&desk);
    assert_eq!(after.title().as_str(), "ERP 2기 v2");
    assert_eq!(after.deal.value.unwrap().minor(), 99_000_000, "nobody typed the old value");
    assert_eq!(after.deal.crm_id.unwrap().as_str(), "NEWCRM");
    desk.press("e").typed(" v3").press("esc enter");
    let others = Change { id: deal.id, seen: None, what: What::Edit(Edit(vec![Set::Name(Line::parse("Theirs").unwrap())])) };
    desk.store.apply(&[others], desk.model.now.now).unwrap();
    desk.press("ctrl-l e").shows("ERP 2기 v2 v3");
    assert_eq!(desk.note(), "Your draft is back. Changed by others since: Deal name; what you typed stands here.");
}

#[test]
fn a_draft_is_not_lost_by_leaving_before_it_has_come_back() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s h").typed("지우").press("esc enter");
    assert_eq!(desk.store.drafts().unwrap().len(), 1);
    desk.crank().press("h esc");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert_eq!(desk.store.drafts().unwrap().len(), 1, "an unread draft is no reason to forget it");
}

#[test]
fn undoing_a_made_deal_leaves_it_as_a_draft_and_redo_takes_the_draft_away() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s u n").shows("ERP 2기 · ㈜누리온정밀").press("esc ctrl-r");
    assert!(desk.note().starts_with("Done again: Made “ERP 2기”"), "{}", desk.note());
    assert!(desk.store.drafts().unwrap().is_empty());
}

#[test]
fn one_of_the_deals_that_are_begun_is_thrown_away_after_a_question() {
    let mut desk = Driver::empty();
    desk.press("n pgdn").typed("하나").press("esc enter n n pgdn").typed("둘").press("esc enter");
    desk.press("n")
        .shows("둘")
        .press("G delete")
        .shows("Choose a deal that is begun")
        .press("g delete")
        .shows("Throw away what was typed");
    desk.press("esc").shows("둘").press("delete enter").shows("Thrown away.").shows("하나").shows_not("둘 ");
    desk.press("enter").shows("하나");
}

#[test]
fn the_latest_draft_stands_first_with_where_it_was_left_and_what_is_missing() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("tab").typed("한빛정밀").press("pgdn").typed("하나").press("esc enter");
    desk.press("n n pgdn").typed("둘").press("pgdn esc enter n").shows("Deals that are begun").shows("1 of 2");
    assert!(desk.reversed().contains('둘'), "{}", desk.screen());
    desk.shows("left at Employees · missing: ").shows("하나 · 한빛정밀").shows("left at Deal");
    desk.press("j").shows("2 of 2").press("j").shows_not("of 2");
    assert!(desk.reversed().contains("Start a new one"), "{}", desk.screen());
    desk.press("enter").shows("New deal").shows_not("하나").press("esc");
    // The room leads back to what was there before it.
    desk.press("n esc").shows_not("Deals that are begun");
    assert!(desk.model.rooms.is_empty());
    desk.press("n").click("하나").shows("2 of 2").double_click("하나");
    assert_eq!(desk.note(), "Your draft is back.");
}

#[test]
fn a_resumed_draft_opens_on_the_page_and_field_where_it_was_left() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("pgdn").typed("하나").press("tab").typed("84m").press("tab tab").typed("+30d");
    desk.press("shift-tab shift-tab esc enter n enter");
    let form = desk.model.form().unwrap();
    assert_eq!(form.focused().map(|spec| spec.part), Some(Part::Value), "{}", desk.screen());
    desk.press("pgdn pgdn pgdn pgdn esc enter n enter").shows("Missing or wrong");
    // One of an earlier version does not say where it was left.
    let draft = desk.store.drafts().unwrap().remove(0);
    let mut texts = draft.texts.clone();
    assert!(texts.remove(cosell::domain::draft::LEFT_AT).is_some());
    desk.press("esc enter");
    desk.store.keep_draft(cosell::store::DraftKey::New(draft.id), &texts, desk.model.now.now).unwrap();
    desk.press("n enter");
    assert_eq!(desk.model.form().map(|form| form.page), Some(0), "{}", desk.screen());
}
