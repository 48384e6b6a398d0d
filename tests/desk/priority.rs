//! What to do next on the desk: the order, and `W`, which tells why a deal stands where it does.

use cosell::desk::model::Msg;
use cosell::domain::change::{Change, What};
use cosell::domain::date::Date;
use cosell::domain::instant::Span;
use cosell::domain::ours::NextStep;
use cosell::domain::query::From;
use cosell::domain::text::Line;
use cosell::store::{Page, Reply};

use crate::others::{desk_on_file, now, open};
use crate::support::driver::Driver;

fn titles(desk: &Driver) -> Vec<String> {
    desk.model.list().rows.iter().map(|row| row.title().to_owned()).collect()
}

/// The points that `W` tells of the selected one.
fn points(desk: &mut Driver) -> u32 {
    let screen = desk.press("W").screen();
    desk.press("esc");
    let (before, _) = screen.split_once(" points: place").unwrap_or_else(|| panic!("{screen}"));
    before.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn sorted_by_what_to_do_next_points_fall_from_the_first_row_on_and_the_cursor_stays_on_its_deal() {
    for tab in ["1", "2"] {
        let mut desk = Driver::sample();
        let before = desk.press(tab).press("j j j").selected();
        desk.press("s r").shows("sort: what to do next");
        assert_eq!(desk.note(), "Sorted by what to do next. The same key again turns it round.");
        assert_eq!(desk.selected(), before, "the cursor stays on its deal");
        desk.press("g");
        let count = desk.model.list().rows.len();
        let falling: Vec<u32> = (0..count.min(12))
            .map(|_| {
                let points = points(&mut desk);
                desk.press("j");
                points
            })
            .collect();
        assert!(falling.is_sorted_by(|a, b| a >= b) && falling[0] > falling[falling.len() - 1], "{falling:?}");
        let down = titles(&desk);
        desk.press("s r g");
        assert_eq!(titles(&desk).first(), down.last(), "the same key turns it round");
    }
}

#[test]
fn the_box_tells_each_reason_with_its_points_under_any_order_and_in_the_detail() {
    let mut desk = Driver::sample();
    desk.press("W").shows("Why is this here").shows("answer due in").shows("points: place").shows("in Inbound").shows("+");
    desk.shows("Weights: time 10, value 6").press("esc").shows_not("Why is this here");
    desk.press("enter W").shows("answer due in").press("esc").shows_not("answer due in");
    desk.press("esc 2 W").shows("in Outbound").press("esc");
    desk.press("t t t W").shows("It is archived: nothing is to be done next about it").shows_not("place");
    desk.press("esc /").typed("nosuchthing").press("enter W");
    assert_eq!(desk.note(), "Nothing is selected.");
    for word in ["priority", "explain", "points"] {
        let mut desk = Driver::sample();
        desk.press(":").typed(word).shows("Why is this here");
    }
}

#[test]
fn while_it_is_worked_out_the_box_says_so_and_closes_at_once() {
    let mut desk = Driver::sample();
    desk.crank().press("W").shows("One moment");
    desk.press("esc").shows_not("One moment");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows_not("Why is this here");
}

#[test]
fn other_weights_reorder_the_list_at_once_and_nothing_leaves_a_reason_out() {
    let mut desk = Driver::sample();
    desk.press("2 s r g");
    let before = (titles(&desk), desk.selected());
    desk.press(":").typed("settings what to do").press("enter ctrl-u").typed("speed 5").press("enter");
    assert!(desk.note().starts_with("What to do next cannot be “speed 5”. It takes any of time, value"), "{}", desk.note());
    desk.press("ctrl-u").typed("time 0, value 100, follow up 0").press("enter");
    let now = "time 0, value 100, age 2, missing 3, follow-up 0, won-before 4";
    assert!(desk.note().ends_with(&format!(" → {now}. u brings back what it was.")), "{}", desk.note());
    assert_eq!(desk.settings.as_deref(), Some(format!("priority-weights = \"{now}\"\n").as_str()));
    desk.press("esc");
    assert_ne!(titles(&desk), before.0);
    assert_eq!(desk.selected(), before.1, "the cursor stays on its deal");
    desk.press("W").shows_not("next step").shows("worth");
}

#[test]
fn a_next_step_that_is_due_brings_a_deal_up_also_where_another_program_sets_it() {
    let (_home, path, mut desk) = desk_on_file();
    desk.press("2 s r G");
    let (last, title) = (desk.model.selected().unwrap().id, desk.selected());
    let place = |desk: &Driver| titles(desk).iter().position(|other| *other == title).unwrap();
    let before = place(&desk);
    let next = NextStep { text: Line::parse("전화하기").unwrap(), on: Date::iso("2026-11-20").unwrap() };
    open(&path).apply(&[Change { id: last, seen: None, what: What::Next(Some(next)) }], now()).unwrap();
    desk.tell(Msg::Tick(now()));
    assert!(place(&desk) < before);
    while desk.selected() != title {
        desk.press("k");
    }
    desk.press("W").shows("next step was due yesterday");
}

#[test]
fn with_the_hour_what_becomes_urgent_moves_up() {
    let mut desk = Driver::sample();
    desk.press("s r");
    let listed = |desk: &Driver| desk.waiting();
    desk.crank().tell(Msg::Tick(now().plus_micros(Span::hours(1).micros() / 2)));
    let minute = listed(&desk);
    desk.tell(Msg::Tick(now().plus_micros(Span::hours(1).micros())));
    assert_eq!(listed(&desk) - minute, minute + 2, "weights and list are asked for with the hour alone");
}

#[test]
fn until_many_are_weighed_the_list_stands_as_before_and_says_so_and_then_changes_once_around_the_cursor() {
    let mut desk = Driver::sample();
    desk.press("j j j j");
    let (before, here) = (titles(&desk), desk.selected());
    let query = desk.model.list().listed();
    let page = desk.store.list(&query, From::Start, 100).unwrap();
    desk.crank().press("s r");
    // Only the one that is awaited is taken.
    for serial in 0..100 {
        let page = Ok(Page { unranked: true, ..page.clone() });
        desk.tell(Msg::Reply(Reply::Listed { serial, from: From::Start, page }));
    }
    desk.shows("sorting by what to do next …").press("j k");
    assert_eq!((titles(&desk), desk.selected()), (before.clone(), here.clone()));
    desk.tell(Msg::Reply(Reply::Ranked));
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows("sort: what to do next").shows_not("sorting by");
    assert_eq!(desk.selected(), here);
    assert_ne!(titles(&desk), before);
}

#[test]
fn the_box_is_drawn_in_every_size_with_korean() {
    for (columns, rows) in [(40, 10), (80, 24)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("/").typed("누리온").press("enter W");
        insta::assert_snapshot!(format!("why_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn the_order_is_kept_in_saved_views_and_at_the_next_start() {
    let mut desk = Driver::sample();
    desk.press("s r V").typed("next ones").press("enter s v '").typed("next ones").press("enter");
    desk.shows("sort: what to do next");
}
