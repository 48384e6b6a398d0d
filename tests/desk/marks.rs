//! Marks and verbs on everything marked: a result for each, one undo for all.

use crate::support::driver::Driver;

#[test]
fn marked_rows_are_declined_together_and_undone_together() {
    let mut desk = Driver::sample();
    let received = desk.model.counts.of(cosell::domain::tab::Tab::Inbound, cosell::domain::tab::View::Received);
    desk.press("space space space").shows("3 marked").press("d").shows("3 opportunities").press("1 ctrl-s");
    desk.shows("Results").shows("Declined: 3.").press("esc");
    assert!(desk.model.marks.is_empty());
    desk.press("u").shows("Undo: ").press("enter");
    assert!(desk.note().starts_with("Undone:"), "{}", desk.note());
    let after = desk.model.counts.of(cosell::domain::tab::Tab::Inbound, cosell::domain::tab::View::Received);
    assert_eq!(after, received);
}

#[test]
fn p2_13_u_works_while_the_results_are_open() {
    let mut desk = Driver::sample();
    desk.press("space space d 1 ctrl-s").shows("Declined: 2.").press("down u").shows("Undo: ").press("esc").shows("Results");
    desk.press("u enter").shows_not("Results");
    assert!(desk.note().starts_with("Undone:"), "{}", desk.note());
}

#[test]
fn the_ones_that_cannot_be_changed_are_listed_with_their_reason() {
    let mut desk = Driver::sample();
    // The last received one and the first accepted one.
    desk.press("G g").press(&"j ".repeat(16)).press("space space d 4 ctrl-s");
    desk.shows("Declined: 1 · left out: 1.");
    let screen = desk.screen();
    assert!(screen.contains("Accepted"), "why the accepted one is not declined: {screen}");
}

#[test]
fn a_range_is_marked_by_moving() {
    let mut desk = Driver::sample();
    desk.press("j v j j").shows("3 marked").press("k").shows("2 marked").press("v j j");
    assert_eq!(desk.model.marks.len(), 2, "the range has ended");
    desk.press("f");
    assert_eq!(desk.note(), "Favorite: 2. u undoes it.");
}

#[test]
fn mg_57_mg_61_marked_rows_are_accepted_with_the_values_that_came_and_what_lacks_one_is_left_out() {
    let mut desk = Driver::sample();
    let nameless = "Contoso Outdoor";
    desk.press("space space space space space space a");
    desk.shows("Accept: ").shows("全店舗の売上ダッシュボード, ERP for three canneries and").shows("¥ 8.4M").shows("$ 420K");
    desk.shows("Each with the values that came.").shows("Left out: ").shows(nameless);
    let left_out = desk.screen().matches("Left out: ").count();
    desk.press("enter")
        .shows("Results")
        .shows(&format!("Accepted: {} · left out: {left_out}.", 6 - left_out))
        .shows(nameless)
        .press("esc");
    assert_eq!(desk.model.marks.len(), left_out, "what was left out stays marked");
    desk.press("u").shows("Undo: ").press("enter");
    assert!(desk.note().starts_with("Undone: "), "{}", desk.note());

    let mut desk = Driver::sample();
    desk.press("/").typed("contoso outdoor").press("enter space a");
    desk.shows("Accept: Contoso Outdoor").shows("Deal name");
    assert!(desk.model.form().is_some(), "one that is marked has its whole form");
}

#[test]
fn mg_68_mg_72_marked_rows_are_won_or_edited_together() {
    let mut desk = Driver::sample();
    desk.press("t t space space e").shows("Edit: 2 opportunities").shows("Sales stage").typed("55").press("ctrl-s").shows("55");
    desk.press("ctrl-u")
        .typed("80")
        .press("tab")
        .typed("Spring")
        .press("ctrl-s")
        .shows("Sales stage, Campaign ID set: 2.")
        .press("esc");
    let first = desk.model.list().rows[0].id;
    let deal = desk.store.get(first).unwrap().opportunity.deal;
    assert_eq!((deal.campaign_id.unwrap().as_str(), deal.sales_stage.unwrap().percent()), ("Spring", 80));
    desk.press("g space space w").shows("Won: 2 opportunities").shows("archived is final").press("ctrl-s").shows("Won: 2.");
    desk.press("esc u").shows("Undo: Won 2 opportunities").press("enter");
    let mut desk = Driver::sample();
    desk.press("space e ctrl-s");
    desk.shows("Respond by");
}

#[test]
fn won_on_several_shows_what_each_comes_to_and_takes_one_close_date_for_all() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("t t space space w");
    let ids: Vec<_> = desk.model.marks.iter().copied().collect();
    let before: Vec<_> = ids.iter().map(|id| desk.store.get(*id).unwrap().opportunity).collect();
    for on in &before {
        let value = desk.model.say.money(on.deal.value.unwrap());
        desk.shows(&format!("{} · {value} · closes {}", on.title(), on.deal.close_date.unwrap()));
    }
    desk.shows("Close date").shows("stays as it is on each");
    desk.typed("oops").press("ctrl-s").shows("oops").press("ctrl-u").typed("2026-11-20").press("ctrl-s esc");
    for (id, before) in ids.iter().zip(&before) {
        let won = desk.store.get(*id).unwrap().opportunity;
        assert!(won.is_archived());
        assert_eq!(won.deal.close_date.map(|day| day.to_string()).as_deref(), Some("2026-11-20"));
        assert_eq!(won.deal.value, before.deal.value);
    }
    desk.press("u").shows("Undo: Won 2 opportunities").press("enter");
    for (id, before) in ids.iter().zip(&before) {
        let back = desk.store.get(*id).unwrap().opportunity;
        assert_eq!((back.is_archived(), back.deal.close_date), (false, before.deal.close_date), "one undo for both");
    }
    desk.press("g space space w ctrl-s esc");
    assert_eq!(
        desk.store.get(ids[0]).unwrap().opportunity.deal.close_date,
        before[0].deal.close_date,
        "empty, each keeps its own"
    );
}

#[test]
fn what_was_done_to_several_is_named_and_those_left_out_before_are_counted() {
    let mut desk = Driver::sample();
    desk.press("/").typed("contoso outdoor").press("enter space /").press("ctrl-u").typed("canneries").press("enter space");
    desk.press("a").shows("Left out: Contoso Outdoor");
    desk.press("enter").shows("Accepted: 1 · left out: 1.").shows("Results").shows("Contoso Outdoor");
    assert!(desk.note().starts_with("Accepted: 1 · left out: 1. "), "{}", desk.note());
    assert!(desk.note().ends_with("u undoes it."), "{}", desk.note());
    let mut desk = Driver::sample();
    desk.press("t t space space l 3 ctrl-s").shows("Lost: 2.").press("esc g space space");
    desk.press("F").typed("+3d call").press("enter");
    assert_eq!(desk.note(), "Next step set: 2. u undoes it.");
}

#[test]
fn won_on_many_says_from_when_to_when_they_close() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("t t ctrl-a w").shows("Close dates ").press("esc l").shows("Close dates ");
}

#[test]
fn all_are_marked_by_one_key_and_neighbours_by_shift_and_an_arrow() {
    let mut desk = Driver::sample();
    desk.press("ctrl-a").shows("26 marked").press("ctrl-a").shows_not("marked");
    desk.press("/").typed("country:JP").press("enter ctrl-a");
    let marked = desk.model.marks.len();
    assert!((1..26).contains(&marked), "{marked}");
    desk.press("esc esc g")
        .shows_not("marked")
        .press("shift-down shift-down")
        .shows("3 marked")
        .press("shift-up")
        .shows("3 marked");
    desk.press("ctrl-a d").shows("Decline and close: 26 opportunities").shows("and 15 more").press("esc");
}

#[test]
fn one_marked_that_has_ended_says_so_before_a_form_opens() {
    let mut desk = Driver::sample();
    desk.press("t t t");
    let marked = desk.selected();
    desk.press("space g e");
    assert!(desk.note().starts_with(&format!("{marked}: Archived as")), "{}", desk.note());
    assert!(desk.model.dialogs.is_empty());
}

#[test]
fn marks_are_copied_though_the_list_is_empty_and_leaving_is_called_so_then() {
    let mut desk = Driver::sample();
    desk.press("space space /").typed("zzzz").press("enter y");
    assert_eq!(desk.note(), "Copied as 2 rows for Excel or Outlook.");
    desk.press(":").typed("leave").shows_not("Leave; drafts are kept");
}

#[test]
fn keys_pressed_right_after_mark_all_are_for_all() {
    let mut desk = Driver::sample();
    desk.crank().press("ctrl-a f");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert_eq!(desk.note(), "Favorite: 26. u undoes it.");
}

#[test]
fn marks_are_seen_without_colour_too() {
    let mut desk = Driver::sample();
    desk.press("space").shows(" +").shows("1 marked");
}

fn as_harin() -> Driver {
    let config = "[me]\nfirst-name = \"하린\"\nlast-name = \"이\"\nemail = \"new.rep@haneul-partners.example\"";
    Driver::on(Driver::sample().store, cosell::config::Config::parse(config).unwrap())
}

#[test]
fn p2_11_owner_campaign_and_stage_of_all_marked_are_set_in_one_form_and_one_undo() {
    let mut desk = as_harin();
    desk.press("t t space space e tab tab").shows("Owner").shows("이하린");
    desk.press("ctrl-s");
    assert_eq!(desk.note(), "Nothing was changed.", "empty fields stay as they are: {}", desk.screen());
    desk.press("e tab").typed("봄 캠페인").press("tab alt-1").shows("new.rep@haneul-partners.example").press("ctrl-s");
    desk.shows("Campaign ID, Owner set: 2.").press("esc");
    for row in desk.model.list().rows.iter().take(2).map(|row| row.id).collect::<Vec<_>>() {
        let on = desk.store.get(row).unwrap().opportunity;
        assert_eq!(on.owner.unwrap().as_str(), "new.rep@haneul-partners.example");
        assert_eq!(on.deal.campaign_id.unwrap().as_str(), "봄 캠페인");
    }
    desk.press("u").shows("Undo: ").press("enter");
    assert!(desk.note().starts_with("Undone: Edited 2"), "{}", desk.note());
}

#[test]
fn a_colleague_becomes_the_owner_only_of_what_they_are_on_and_the_others_say_so() {
    let mut desk = as_harin();
    desk.press("t t ctrl-a e tab tab").typed("nobody@x.example").press("ctrl-s").shows("is no employee on it. One of");
    let one =
        desk.model.list().rows.iter().find_map(|row| desk.store.get(row.id).unwrap().opportunity.employees.first().cloned());
    let email = one.unwrap().email;
    desk.press("ctrl-u").typed(&email).press("ctrl-s").shows("Owner set: ").shows(" · left out: ").shows("is no employee on it.");
    let owned =
        desk.model.list().rows.iter().filter(|row| {
            desk.store.get(row.id).unwrap().opportunity.owner.as_ref().is_some_and(|owner| owner.as_str() == email)
        });
    assert!(owned.count() > 0);
}

#[test]
fn p2_12_who_will_be_refused_is_named_before_with_the_reason() {
    let mut desk = Driver::sample();
    let received = desk.selected();
    desk.press("space G space w").shows("Won: 2 opportunities").shows(&format!("Will be refused: {received}"));
    desk.press("ctrl-s").shows("Won: 1 · left out: 1.");
    assert!(
        desk.note().starts_with("Won: 1 · left out: 1. Not accepted yet"),
        "why is said where it is one reason: {}",
        desk.note()
    );
    let mut desk = Driver::sample();
    desk.press("space space w");
    assert!(desk.note().starts_with("This is possible for none of them."), "{}", desk.note());
    assert!(desk.model.dialogs.is_empty());
    desk.press("e").shows(&format!("Only the owner can be set: {received}")).press("esc");
}

#[test]
fn help_is_asked_for_one_at_a_time_and_with_several_marked_that_is_said() {
    let mut desk = Driver::sample();
    let said = |action: &str| format!("“{action}” is done to one at a time, that of the cursor: Esc leaves the 2 marks.");
    desk.press("2 space space h");
    assert_eq!(desk.note(), said("Ask for Microsoft's help"));
    assert!(desk.model.dialogs.is_empty() && desk.model.form().is_none());
    desk.press(":").typed("reopen").press("enter");
    assert_eq!(desk.note(), said("Reopen what Partner Center refused to close"));
    desk.press("esc");
    desk.press("esc h");
    assert!(!desk.note().contains("one at a time"), "{}", desk.note());
}

#[test]
fn a_verb_on_one_marked_deal_that_is_refused_names_the_deal() {
    let mut desk = Driver::sample();
    let received = desk.selected();
    desk.press("space j j w");
    assert_eq!(desk.note(), format!("{received}: Not accepted yet: accept or decline it first."));
    desk.press("esc g w");
    assert!(!desk.note().contains(&received), "the one at the cursor is seen: {}", desk.note());
}

#[test]
fn one_reason_of_several_deals_is_told_once_with_their_names() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("t ctrl-a w");
    let titles: Vec<String> = {
        let marks = &desk.model.marks;
        let ids: Vec<_> = marks.iter().copied().take(2).collect();
        ids.iter().map(|id| desk.store.get(*id).unwrap().opportunity.title().to_string()).collect()
    };
    let note = desk.note();
    assert_eq!(note.matches("Not accepted yet").count(), 1, "{note}");
    assert!(note.contains(&format!("{}; {} and 15 more: Not", titles[0], titles[1])), "{note}");
    desk.press("t space w").shows("Won: ");
    assert_eq!(desk.screen().matches("Will be refused").count(), 1, "{}", desk.screen());
}

#[test]
fn with_marks_the_bottom_line_names_no_verb_that_is_for_none_of_them() {
    let footer = |desk: &Driver| desk.screen().lines().rev().find(|line| line.contains("? help")).unwrap().to_owned();
    let mut desk = Driver::sample();
    desk.size(160, 30).press("space");
    let shown = footer(&desk);
    assert!(shown.contains("a accept") && !shown.contains("w won"), "{shown}");
    // With an accepted one among them both can be done to some.
    desk.press("G space");
    let shown = footer(&desk);
    assert!(shown.contains("a accept") && shown.contains("w won"), "{shown}");
    desk.press("esc t t t G space");
    let shown = footer(&desk);
    assert!(!shown.contains("a accept") && !shown.contains("w won") && shown.contains("f favorite"), "{shown}");
    // What waits may have been refused, and is then done anew by the same key.
    desk.press("esc g space");
    let shown = footer(&desk);
    let same = shown.contains("w won") || shown.contains("l lost") || shown.contains("d decline");
    assert!(!shown.contains("a accept") && same, "{shown}");
    // Of one that the list does not hold nobody knows.
    desk.press("t");
    desk.press("t t t t g");
    desk.press("/").typed("country:KR").press("enter");
    assert!(!footer(&desk).is_empty());
}
