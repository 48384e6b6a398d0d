//! A morning's triage: what expires first, accept, decline, won, lost, favorites, undo, and all of it again.

use crate::support::driver::Driver;
use cosell::domain::tab::Tab;

#[test]
fn mg_13_three_tabs_are_one_key_away() {
    let mut desk = Driver::sample();
    desk.shows("1 Inbound").shows("2 Outbound").shows("3 Favorites");
    for (key, tab) in
        [("2", Tab::Outbound), ("3", Tab::Favorites), ("1", Tab::Inbound), ("tab", Tab::Outbound), ("]", Tab::Favorites)]
    {
        desk.press(key);
        assert_eq!(desk.model.tab, tab, "{key}");
    }
    desk.press("[ shift-tab");
    assert_eq!(desk.model.tab, Tab::Inbound);
}

#[test]
fn mg_14_to_16_inbound_holds_what_was_sent_and_outbound_what_we_made() {
    let mut desk = Driver::sample();
    desk.press("t t t t").size(120, 40);
    let inbound = desk.selected();
    desk.shows("Microsoft seller");
    desk.press("2 enter").shows("Outbound");
    assert_ne!(desk.selected(), inbound);
}

#[test]
fn what_expires_first_stands_first_and_says_so_in_words() {
    let mut desk = Driver::sample();
    desk.shows("4h today").shows("19h tomorrow").shows("soon");
    let screen = desk.screen();
    let due: Vec<&str> =
        screen.lines().filter(|line| ["today", "tomorrow", "soon"].iter().any(|word| line.contains(word))).collect();
    assert!(due[0].starts_with('▸'), "{due:?}");
    assert!(due[0].contains("4h today"), "{due:?}");
}

#[test]
fn mg_55_details_are_read_before_deciding() {
    let mut desk = Driver::sample();
    desk.press("enter").shows("Respond by").shows("Contact ").shows("a Accept   d Decline");
    let first = desk.selected();
    desk.press("j");
    assert_ne!(desk.selected(), first, "next and previous work inside the detail");
    desk.press("k esc");
    assert_eq!(desk.selected(), first);
}

#[test]
fn mg_57_mg_61_accepting_takes_what_came_in_and_moves_it_on() {
    let mut desk = Driver::sample();
    let title = desk.selected();
    desk.press("a").shows(&format!("Accept: {title}")).shows("It moves to Accepted.").press("ctrl-s");
    assert_eq!(desk.note(), format!("Accepted: {title}. u undoes it."));
    assert_ne!(desk.selected(), title, "the next one is selected");
    desk.press("t t").shows(&title[..6]);
}

#[test]
fn mg_58_to_60_notes_ids_and_colleagues_go_into_the_acceptance() {
    let mut desk = Driver::sample();
    desk.press("a tab tab tab tab").typed(" 先方は来週を希望。").press("tab").typed("CRM-77").press("tab ctrl-u").typed("spring");
    desk.press("tab tab").typed("Ana").press("tab").typed("Reyes").press("tab").typed("+1 425 555 0100").press("tab");
    desk.typed("ana@p.example").press("ctrl-s");
    assert!(desk.note().starts_with("Accepted:"), "{}", desk.note());
    desk.size(120, 40).press("t t enter");
    let id = desk.model.selected_detail().map(|full| full.opportunity.id);
    let mut found = None;
    for _ in 0..20 {
        if desk.screen().contains("CRM-77") {
            found = desk.model.selected_detail().cloned();
            break;
        }
        desk.press("j");
    }
    let full = found.unwrap_or_else(|| panic!("not among the accepted, began at {id:?}"));
    let deal = &full.opportunity.deal;
    assert!(deal.notes.as_ref().is_some_and(|notes| notes.to_string().ends_with("先方は来週を希望。")));
    assert_eq!(deal.campaign_id.as_ref().map(ToString::to_string).as_deref(), Some("spring"));
    assert_eq!(full.opportunity.employees.last().map(|person| person.email.as_str()), Some("ana@p.example"));
}

#[test]
fn mg_63_mg_64_declining_asks_for_a_reason_tells_the_sender_and_archives() {
    let mut desk = Driver::sample();
    let outbox = desk.model.counts.outbox;
    let title = desk.selected();
    desk.press("d").shows("1 Project budget not adequate").shows("Partner Center tells Microsoft, once it has taken");
    desk.press("ctrl-s").shows("One thing is missing or wrong.");
    desk.press("6 tab").typed("they start in June").shows("[ Decline and close ]").press("tab enter");
    assert!(desk.note().contains(&title), "{}", desk.note());
    assert_eq!(desk.model.counts.outbox, outbox + 1, "a deal: the decision and the note for the sender");
    desk.press("t t t").shows("Declined");
}

#[test]
fn mg_72_mg_73_won_and_lost_close_an_accepted_one() {
    let mut desk = Driver::sample();
    desk.press("t t");
    let won = desk.selected();
    desk.press("w").shows("archived is final").press("ctrl-s");
    assert!(desk.note().starts_with(&format!("Won: {won}")), "{}", desk.note());
    let lost = desk.selected();
    desk.press("l 3 ctrl-s");
    assert!(desk.note().starts_with(&format!("Lost: {lost}")), "{}", desk.note());
    desk.press("u");
    assert_eq!(desk.note(), format!("Undone: Lost “{lost}”."));
    assert_eq!(desk.selected(), lost, "what came back is selected");
    desk.press("ctrl-r");
    assert_eq!(desk.note(), format!("Done again: Lost “{lost}”."));
}

#[test]
fn mg_72_mg_82_what_a_deal_came_to_is_corrected_where_it_is_won_or_lost() {
    let mut desk = Driver::sample();
    desk.press("t t");
    let id = desk.model.selected().unwrap().id;
    desk.press("w").press("ctrl-u").typed("2.5억").press("tab tab").press("ctrl-u").typed("2026-11-20").press("ctrl-s");
    let won = desk.store.get(id).unwrap().opportunity;
    assert_eq!((won.deal.value.map(|value| value.minor()), won.is_archived()), (Some(250_000_000), true));
    assert_eq!(won.deal.close_date.map(|date| date.to_string()).as_deref(), Some("2026-11-20"));
    desk.press("l tab tab").press("ctrl-u").typed("oops").press("ctrl-s").shows("Reason").shows("oops");
    desk.press("esc x u");
    assert!(desk.note().starts_with("Undone: Won"), "one undo for both: {}", desk.note());
    assert_eq!(desk.store.get(id).unwrap().opportunity.deal.value.map(|value| value.minor()), Some(245_000_000));
}

#[test]
fn how_far_a_sale_has_come_is_edited_in_the_form() {
    let mut desk = Driver::sample();
    desk.press("t t e").press(&"tab ".repeat(4)).shows("Sales stage").press("ctrl-u").typed("60").press("ctrl-s");
    assert!(desk.note().starts_with("Edited:"), "{}", desk.note());
    desk.size(120, 40).shows("60 %");
    desk.press("e").press(&"tab ".repeat(4)).press("ctrl-u").typed("55").press("ctrl-s").shows("55");
    assert!(desk.model.form().is_some(), "no such stage");
}

#[test]
fn mg_18_to_21_a_favorite_is_marked_in_any_tab_and_stays_where_it_is() {
    let mut desk = Driver::sample();
    let before = desk.model.counts.of(Tab::Favorites, cosell::domain::tab::View::All);
    let title = desk.selected();
    desk.press("f");
    assert_eq!(desk.selected(), title, "it stays in its tab and under the cursor");
    assert_eq!(desk.model.counts.of(Tab::Favorites, cosell::domain::tab::View::All), before + 1);
    desk.shows("▸ ♥");
    desk.press("f");
    assert_eq!(desk.model.counts.of(Tab::Favorites, cosell::domain::tab::View::All), before);
    desk.press("t t t f").shows("♥");
    assert!(desk.note().starts_with("Favorite"), "MG-19: an archived one too: {}", desk.note());
}

#[test]
fn mg_56_mg_77_a_key_that_cannot_act_says_why() {
    let mut desk = Driver::sample();
    desk.press("w");
    assert_eq!(desk.note(), "Not accepted yet: accept or decline it first.");
    desk.press("t t a");
    assert_eq!(desk.note(), "Already accepted: it can be reported as won or lost.");
    desk.press("t a");
    assert!(desk.note().contains("nothing can be changed"), "{}", desk.note());
    desk.press("t t t :").typed("previous match").press("enter");
    assert_eq!(desk.note(), "No filter is active. / starts one.");
    desk.press("z");
    assert_eq!(desk.note(), "z does nothing here. ? shows the keys.");
}

#[test]
fn mg_76_archived_ones_are_reached_by_the_stage_view() {
    let mut desk = Driver::sample();
    desk.press("t")
        .shows("Received 17")
        .press("t")
        .shows("[Accepted 9]")
        .press("t")
        .shows("[Archived 13]")
        .press("t")
        .shows("[All 39]")
        .press("t")
        .shows("[Open 26]");
}

#[test]
fn esc_goes_back_level_by_level_and_never_out() {
    let mut desk = Driver::sample();
    desk.press("/").typed("cloud").press("enter space v esc");
    assert!(desk.model.range.is_none() && !desk.model.marks.is_empty());
    desk.press("esc");
    assert!(desk.model.marks.is_empty() && !desk.model.list().filter_text.is_empty());
    desk.press("esc");
    assert!(desk.model.list().filter_text.is_empty());
    desk.press("esc");
    assert!(!desk.quit);
    assert_eq!(desk.note(), "Nothing is open here. q quits.");
    desk.press("enter q");
    assert!(!desk.quit, "q closes the room first");
    desk.press("q");
    assert!(desk.quit);
}

#[test]
fn everything_is_found_again_after_the_program_was_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cosell.db");
    let clock = cosell::clock::Clock::from_setting(Some(crate::support::driver::NOW)).unwrap();
    let open = || cosell::store::Store::open(&path, Default::default(), clock.now()).unwrap();
    let file = folder.path().join("api.json");
    let referral = r#"{"id":"c5fbb3b6-be74-4795-9fb5-4324c73fed37","status":"New","substatus":"Pending","direction":"Incoming",
        "createdDateTime":"2026-11-18T03:00:00Z","name":"ERP 마이그레이션","customerProfile":{"name":"한빛정밀 주식회사"},
        "details":{"dealValue":84000000,"currency":"KRW","closingDateTime":"2026-12-18T00:00:00Z"}}"#;
    std::fs::write(&file, referral).unwrap();
    let mut desk = Driver::on(open(), Default::default());
    desk.shows("Welcome")
        .press("i")
        .typed(file.to_str().unwrap())
        .press("enter")
        .shows("1 new")
        .shows("ERP 마이그레이션")
        .press("esc")
        .shows("11d 04h");
    desk.press("a ctrl-s f");
    drop(desk);
    let mut desk = Driver::on(open(), Default::default());
    desk.shows("♥ closes in 27d").shows("ERP 마이그레이션").shows("₩   84M").press("u u");
    desk.shows("11d 04h").shows_not("♥");
}

#[test]
fn y_copies_rows_that_excel_takes_apart_and_says_which() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("y");
    assert_eq!(desk.copied.len(), 1);
    assert!(desk.copied[0].starts_with("全店舗の売上ダッシュボード\t株式会社汐見台フーズ\t8400000\tJPY\t"), "{:?}", desk.copied);
    assert_eq!(desk.note(), "Copied as a row for Excel or Outlook: 全店舗の売上ダッシュボード");
    desk.press("space space y");
    assert_eq!(desk.copied[1].lines().count(), 2);
    assert!(desk.copied[1].lines().all(|line| line.matches('\t').count() == 6), "{:?}", desk.copied);
    assert_eq!(desk.note(), "Copied as 2 rows for Excel or Outlook.");
}

#[test]
fn a_database_that_can_only_be_read_refuses_every_change_with_a_sentence() {
    let store = cosell::store::Store::in_memory(Default::default()).unwrap();
    let mut desk = Driver::opened(store, Default::default(), cosell::store::Access::AskedReadOnly);
    desk.shows("READ ONLY").press("i");
    assert!(desk.note().contains("read"), "{}", desk.note());
    for key in ["a", "d", "w", "l", "f", "u", "ctrl-r"] {
        desk.press(key);
        assert!(!desk.note().is_empty(), "{key}");
        assert!(desk.model.dialogs.is_empty());
    }
}

#[test]
fn among_accepted_deals_the_order_is_not_called_time_left() {
    let mut desk = Driver::sample();
    desk.shows("sort: time left").press("t").shows("sort: time left").press("t").shows("[Accepted 9]").shows("sort: newest");
    desk.shows_not("time left").press("s t").shows("sort: newest, reversed");
    assert!(desk.note().contains("newest"), "{}", desk.note());
    // Nothing there waits for an answer: its time is that until it closes, and is called so.
    desk.shows_not("Time left").shows("   Closes  ").press("s o").shows("sort: close date").shows("Closes ▴");
    desk.press("s t");
    desk.press("/")
        .typed("stage:accepted")
        .press("enter")
        .shows("sort: newest")
        .press("esc")
        .press("t t t")
        .shows("sort: time left");
}
