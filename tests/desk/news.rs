//! What an import brought: marked in the list until it was seen, and each of it a key away.

use cosell::config::Config;
use cosell::store::{Settings, Store};

use crate::support::driver::Driver;

/// A received one: its number, the deal, the customer, when it was sent and until when it is to be answered.
fn received(n: u8, name: &str, customer: &str, created: &str, until: &str) -> String {
    format!(
        r#"{{"id":"0b7e5a10-0000-4000-8000-0000000000{n:02}","status":"New","substatus":"Pending","direction":"Incoming",
        "createdDateTime":"{created}T03:00:00Z","updatedDateTime":"{created}T03:00:00Z","expirationDateTime":"{until}T03:00:00Z",
        "name":"{name}","customerProfile":{{"name":"{customer}","address":{{"country":"KR"}}}},
        "inviteContext":{{"invitedBy":{{"organizationId":"msft","organizationName":"Microsoft"}}}}}}"#
    )
}

fn import(desk: &mut Driver, records: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.json");
    std::fs::write(&path, format!("[{}]", records.join(","))).unwrap();
    // The header says how old the data is.
    let written = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_795_219_200);
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
    desk.press("i").typed(path.to_str().unwrap()).press("enter");
}

fn early(n: u8) -> String {
    received(n, &format!("예전 {n}"), "한빛정밀 주식회사", "2026-11-18", "2026-12-02")
}

/// Two that were there, then one of them changed and two new ones.
fn after_two() -> Driver {
    let mut desk = Driver::empty();
    import(&mut desk, &[early(1), early(2)]);
    desk.press("esc");
    let new = |n, name| received(n, name, "누리온정밀", "2026-11-20", "2026-12-04");
    let changed = received(2, "바뀐 이름", "한빛정밀 주식회사", "2026-11-20", "2026-12-02");
    import(&mut desk, &[early(1), changed, new(3, "새 설비"), new(4, "ERP 3기")]);
    desk
}

#[test]
fn what_an_import_brought_bears_a_sign_until_it_was_opened_or_decided_on() {
    let mut desk = after_two();
    desk.press("esc");
    assert_eq!(desk.screen().matches('◦').count(), 3, "{}", desk.screen());
    desk.press("/").typed("new:yes").press("enter").shows("바뀐 이름").shows("새 설비").shows_not("예전 1");
    desk.press("esc").press("/").typed("새 설비").press("enter enter").shows("누리온정밀").press("esc esc");
    assert_eq!(desk.screen().matches('◦').count(), 2, "{}", desk.screen());
    desk.press("/").typed("바뀐").press("enter f esc");
    assert_eq!(desk.screen().matches('◦').count(), 1, "{}", desk.screen());
    desk.press("/").typed("new:yes").press("enter").shows("ERP 3기").shows_not("바뀐 이름").press("esc");
    import(&mut desk, &[early(5)]);
    desk.press("esc");
    assert_eq!(desk.screen().matches('◦').count(), 1, "the next import begins anew: {}", desk.screen());
    desk.shows("예전 5");
}

#[test]
fn a_first_import_marks_nothing_and_a_mark_outlives_the_program() {
    let mut desk = Driver::empty();
    import(&mut desk, &[early(1), early(2)]);
    desk.press("esc").shows("예전 1").shows_not("◦");
    import(&mut desk, &[early(3)]);
    desk.press("esc");
    let mut desk = desk.again(cosell::store::Access::ReadWrite, cosell::desk::Data::Own);
    desk.shows("◦").press("u enter").shows_not("◦");
    let plain = Config::parse("[theme]\nsymbols = \"ascii\"").unwrap();
    let mut desk = Driver::on(Store::in_memory(Settings::default()).unwrap(), plain);
    import(&mut desk, &[early(1)]);
    import(&mut desk, &[early(2)]);
    desk.press("esc").shows("o ").shows_not("◦");
}

#[test]
fn after_an_import_each_deal_is_a_key_away_and_esc_leads_back_to_its_line() {
    let mut desk = after_two();
    desk.shows("What deals.json brought").shows("2 new: 2 open in Inbound · 1 changed").shows("1 unchanged");
    desk.shows("New").shows("새 설비").shows("누리온정밀").shows("Inbound · Received").shows("Changed: Deal name");
    desk.press("j").shows("2 of 3").press("enter").shows("ERP 3기").shows_not("What deals.json brought");
    desk.press("esc").shows("What deals.json brought").shows("2 of 3");
    assert!(desk.reversed().contains("ERP 3기"), "{}", desk.screen());
    assert!(!desk.reversed().contains('◦'), "it was seen: {}", desk.screen());
    desk.press("j enter")
        .shows("바뀐 이름")
        .press("esc")
        .shows("3 of 3")
        .press("esc")
        .shows("예전 1")
        .shows_not("What deals.json");
}

#[test]
fn u_takes_the_import_back_from_where_its_deals_are_shown_and_the_palette_shows_them_again() {
    let mut desk = after_two();
    desk.press("esc :").typed("last import").press("enter").shows("What deals.json brought").shows("새 설비");
    desk.press("u").shows("Undo: Imported deals.json").press("esc").shows("새 설비");
    desk.press("u enter").shows("Undone: Imported deals.json").shows_not("What deals.json").shows("예전 2").shows_not("새 설비");
    desk.press(":").typed("last import").press("enter").shows("2 new: 2 open in Inbound");
    let mut desk = desk.again(cosell::store::Access::ReadWrite, cosell::desk::Data::Own);
    desk.press(":").typed("results").press("enter").shows("What deals.json brought").shows("예전 1").press("esc");
    let mut desk = Driver::empty();
    desk.press(":").typed("last import").press("enter").shows("No import stands in the history.").shows_not("What the");
}

#[test]
fn enter_on_an_import_in_the_history_of_a_deal_shows_what_it_brought() {
    let mut desk = after_two();
    desk.press("esc H").shows("Imported deals.json").press("enter").shows("What deals.json brought").shows("예전 1");
    desk.press("esc").shows("Imported deals.json");
}

#[test]
fn p1_08_what_had_expired_when_it_came_is_told_apart() {
    let mut desk = Driver::empty();
    import(&mut desk, &[received(1, "늦은 소식", "한빛정밀 주식회사", "2020-11-10", "2020-11-13")]);
    desk.shows("1 new: 1 expired at once").shows("Expired at once").shows("늦은 소식").shows("Expired 13 Nov 2020 · outbox");
    desk.press("enter").shows("늦은 소식").shows("Archived");
}

#[test]
fn what_both_sides_changed_stands_first_with_the_key_that_decides_it() {
    let ours = |day: u8, name: &str| {
        received(3, name, "한빛정밀 주식회사", "2026-10-01", "2027-02-26")
            .replace(
                r#""status":"New","substatus":"Pending","direction":"Incoming""#,
                r#""status":"Active","substatus":"Accepted","direction":"Outgoing""#,
            )
            .replace(r#""updatedDateTime":"2026-10-01"#, &format!(r#""updatedDateTime":"2026-11-{day}"#))
    };
    let mut desk = Driver::empty();
    import(&mut desk, &[early(1), ours(11, "판매 관리")]);
    desk.press("esc 2 e").press("ctrl-u").typed("우리 이름").press("ctrl-s");
    assert!(desk.note().starts_with("Edited"), "{}", desk.screen());
    import(&mut desk, &[early(1), ours(12, "그쪽 이름"), early(2)]);
    desk.shows("1 new: 1 open in Inbound · 1 changed · 1 in conflict")
        .shows("yours stays until you decide (!")
        .shows("To be decided: Deal name");
    assert!(desk.reversed().contains("! 우리 이름"), "{}", desk.screen());
    desk.press("enter !")
        .shows("What both sides changed")
        .press("enter")
        .shows("Nothing is left")
        .press("esc")
        .shows("그쪽 이름")
        .press("esc");
    desk.shows("What deals.json brought").shows("Changed").shows_not("yours stays");
}

#[test]
fn what_was_refused_stands_above_with_its_line_and_reason_and_where_it_was_written() {
    let mut desk = Driver::empty();
    let refused = early(9).replace("New", "Gone");
    import(&mut desk, &[early(1), early(2), refused]);
    desk.size(200, 50)
        .shows("2 new: 2 open in Inbound")
        .shows("record 3: ")
        .shows("Gone")
        .shows("deals.refused.json")
        .shows("예전 2");
    // Enter on what was said leads to the deals.
    desk.press("enter enter").shows_not("What deals.json brought").shows("예전 1").press("esc").shows("record 3: ");
    desk.press("esc :").typed("last import").press("enter").shows("record 3: ");
}

#[test]
fn a_long_import_is_read_page_by_page() {
    let mut desk = Driver::empty();
    import(&mut desk, &[early(1)]);
    let many = |from: usize| {
        (from..from + 450).map(|n| early(2).replace("000000000002", &format!("{n:012}")).replace("예전 2", &format!("설비 {n}")))
    };
    import(&mut desk, &many(1_000).collect::<Vec<_>>());
    desk.shows("450 new: 450 open in Inbound").shows("1 of 200 and earlier ones");
    desk.press("G G G").shows("450 of 450").shows("설비 1449").press("enter").shows("설비 1449").press("esc").shows("450 of 450");
}

#[test]
fn the_room_at_three_sizes() {
    for (columns, rows) in [(40, 10), (80, 24), (200, 50)] {
        let mut desk = after_two();
        let late = received(8, "늦은 소식", "누리온정밀", "2026-11-01", "2026-11-13");
        let changed = received(1, "다른 이름", "한빛정밀 주식회사", "2026-11-21", "2026-12-02");
        desk.press("esc").size(columns, rows);
        import(&mut desk, &[late, changed, early(6)]);
        insta::assert_snapshot!(format!("brought_{columns}x{rows}"), desk.press("j").screen());
    }
}

#[test]
fn a_deal_opened_from_what_an_import_brought_leaves_tab_and_stages_as_they_were() {
    let mut desk = after_two();
    desk.press("esc 2 t");
    let before = (desk.model.tab, desk.model.list().query.view);
    assert_eq!(before.0, cosell::domain::tab::Tab::Outbound);
    desk.press(":").typed("last import").press("enter enter").shows("새 설비").shows("Respond by").press("j").shows("Respond by");
    desk.press("esc").shows("What deals.json brought");
    assert_eq!((desk.model.tab, desk.model.list().query.view), before, "what lies behind is as it was");
    desk.press("esc").shows_not("What deals.json brought");
    assert_eq!((desk.model.tab, desk.model.list().query.view), before);
    // Nor is it remembered where the program ends in the detail.
    desk.press(":").typed("last import").press("enter enter").shows("Respond by");
    let desk = desk.again(cosell::store::Access::ReadWrite, cosell::desk::Data::Own);
    assert_eq!((desk.model.tab, desk.model.list().query.view), before);
}

#[test]
fn what_was_decided_in_the_detail_stands_in_the_list_that_comes_back() {
    let mut desk = after_two();
    let first = desk.press("esc j").selected();
    desk.press(":").typed("last import").press("enter enter f").shows("Favorite:").press("esc esc");
    assert_eq!(desk.selected(), first, "the cursor is where it was: {}", desk.screen());
    desk.shows("♥").shows("3 Favorites 1");
}

#[test]
fn an_import_that_cannot_be_taken_back_says_why_at_once_by_the_deals_name() {
    let mut desk = after_two();
    desk.press("enter").shows("새 설비").press("f").shows("Favorite:").press("esc u");
    assert!(desk.model.dialogs.is_empty(), "nothing is asked that is then refused: {}", desk.screen());
    assert!(desk.note().starts_with("It cannot be undone because of what came after it"), "{}", desk.note());
    assert!(desk.note().contains("Marked “새 설비” as favorite") && !desk.note().contains("opportunity"), "{}", desk.note());
    // Once that is taken back, so is the import.
    desk.press("enter u").shows("Undone: Marked").press("esc u").shows("Undo: Imported deals.json").press("enter");
    assert!(desk.note().starts_with("Undone: Imported deals.json"), "{}", desk.note());
}

#[test]
fn an_answer_that_is_pressed_before_the_question_has_come_is_taken_for_it() {
    let mut desk = after_two();
    desk.crank().press("u").typed("n");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert!(desk.model.dialogs.is_empty() && !desk.note().starts_with("Undone"), "{}", desk.screen());
    desk.shows("What deals.json brought");
}

#[test]
fn after_an_import_is_taken_back_from_a_long_list_the_cursor_stays_where_its_deal_was() {
    let mut desk = Driver::empty();
    let one = |n: u32, until: &str| {
        let text = received(0, &format!("건 {n}"), "누리온정밀", "2026-11-20", until);
        text.replacen("-000000000000", &format!("-{n:012}"), 1)
    };
    let many = (100..400).map(|n| one(n, if n < 250 { "2026-11-24" } else { "2026-11-26" }));
    import(&mut desk, &many.collect::<Vec<_>>());
    desk.press("esc");
    import(&mut desk, &[one(999, "2026-11-25")]);
    desk.press("esc home");
    while desk.selected() != "건 999" {
        desk.press("j");
    }
    desk.press("u");
    if !desk.model.dialogs.is_empty() {
        desk.press("y");
    }
    assert!(desk.note().contains("Undone"), "{}", desk.note());
    let at: u32 = desk.selected().rsplit(' ').next().unwrap().parse().unwrap();
    assert!((220..280).contains(&at), "{}", desk.selected());
}

#[test]
fn after_an_import_is_made_again_the_cursor_is_on_the_deal_and_not_on_the_row() {
    let mut desk = Driver::empty();
    import(&mut desk, &[early(1), early(2), early(3)]);
    desk.press("esc j");
    let there = desk.selected();
    let sooner = |n| received(n, &format!("먼저 {n}"), "누리온정밀", "2026-11-20", "2026-11-25");
    import(&mut desk, &(10..70).map(sooner).collect::<Vec<_>>());
    desk.press("esc");
    let step = |desk: &mut Driver, key: &str| {
        desk.press(key);
        if !desk.model.dialogs.is_empty() {
            desk.press("y");
        }
    };
    for on in [there.as_str(), "먼저 40"] {
        desk.press("home");
        while desk.selected() != on {
            desk.press("j");
        }
        step(&mut desk, "u");
        assert!(desk.note().contains("Undone"), "{}", desk.note());
        step(&mut desk, "ctrl-r");
        assert_eq!(desk.selected(), on, "after it was made again");
    }
    // Who went elsewhere in between stays there.
    step(&mut desk, "u");
    desk.press("end");
    let elsewhere = desk.selected();
    step(&mut desk, "ctrl-r");
    assert_eq!(desk.selected(), elsewhere);
}
