//! `x` in the review: the page that the command writes, from the desk; and `y`, the same as text for a mail.

use std::path::Path;

use cosell::config::Config;
use cosell::domain::instant::Timestamp;
use cosell::store::{Settings, Store};
use insta::assert_snapshot;

use crate::support::cli::Cli;
use crate::support::driver::Driver;

const DEALS: &str = r#"[
 {"id":"0b7e5a10-0000-4000-8000-000000000001","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-11-10T03:00:00Z","updatedDateTime":"2026-11-12T03:00:00Z","acceptedDateTime":"2026-11-12T03:00:00Z",
  "name":"ERP 마이그레이션","customerProfile":{"name":"한빛정밀","address":{"country":"KR"}},
  "details":{"dealValue":84000000,"currency":"KRW","closingDateTime":"2026-12-18T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000002","status":"Closed","substatus":"Won","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-18T03:00:00Z","acceptedDateTime":"2026-10-03T03:00:00Z",
  "closedDateTime":"2026-11-18T03:00:00Z","name":"Landing zone","customerProfile":{"name":"Northwind","address":{"country":"US"}},
  "details":{"dealValue":120000,"currency":"USD"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}}
]"#;

/// Returns a home with deals of which more is known of one on a past day, and the desk on them.
fn desk_and_commands() -> (Cli, Driver) {
    let cosell = Cli::new().at("2026-11-19T08:00:00+09:00");
    cosell.run(&["import", &cosell.file("deals.json", DEALS)]).done();
    let cosell = cosell.at("2026-11-21T07:00:00+09:00");
    cosell.run(&["edit", "1", "value=90000000"]).done();
    let cosell = cosell.at("2026-11-21T08:00:00+09:00");
    let now = Timestamp::parse("2026-11-20T23:00:00Z").unwrap();
    let store = Store::open(&cosell.path("data/cosell.db"), Settings::default(), now).unwrap();
    (cosell, Driver::on(store, Config::default()))
}

fn named(desk: &mut Driver, folder: &Path, name: &str) {
    desk.press("x ctrl-u").typed(folder.join(name).to_str().unwrap());
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn x_in_the_review_asks_for_a_name_and_html_markdown_or_a_workbook() {
    let mut desk = Driver::sample();
    desk.press("r x");
    assert_snapshot!("review_file", desk.screen());
    desk.press("tab right").shows("Markdown, text for a mail").shows("cosell-review-2026-11-21.md");
    desk.press("left").shows("cosell-review-2026-11-21.html").press("tab ctrl-u").typed("week.md");
    desk.shows("Markdown, text for a mail").press("esc").shows("Pipeline review").shows_not("week.md");
    desk.size(40, 10).press("x tab");
    assert_snapshot!("review_file_40x10", desk.screen());
}

#[test]
fn what_the_desk_writes_is_to_the_letter_what_the_command_writes() {
    let (cosell, mut desk) = desk_and_commands();
    let folder = cosell.home.path();
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    cosell.run(&["review", "-o", &file("a.html")]).done();
    cosell.run(&["review", "country:KR,US", "--since", "2026-11-09", "--by", "country", "-o", &file("b.md")]).done();
    cosell
        .run(&[
            "review",
            "country:KR,US",
            "--since",
            "2026-11-09",
            "--by",
            "country",
            "--as-of",
            "yesterday",
            "-o",
            &file("c.html"),
        ])
        .done();
    desk.press("r");
    named(&mut desk, folder, "desk-a.html");
    desk.press("enter");
    assert_eq!(desk.note(), format!("The review is in {}.", file("desk-a.html")));
    desk.press("/").typed("country:KR,US").press("enter s b");
    named(&mut desk, folder, "desk-b.md");
    desk.press("enter").press("d").typed("yesterday").press("enter");
    named(&mut desk, folder, "desk-c");
    desk.press("enter");
    for name in ["a.html", "b.md", "c.html"] {
        assert_eq!(read(folder, &format!("desk-{name}")), read(folder, name), "{name}");
    }
    assert!(read(folder, "b.md").contains("country:KR,US") && read(folder, "b.md").contains("By country"));
}

#[test]
fn a_file_that_is_there_is_asked_about_and_what_cannot_be_written_stays_in_the_box() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("week.html"), "precious").unwrap();
    let mut desk = Driver::sample();
    desk.press("r");
    named(&mut desk, folder.path(), "week.html");
    desk.press("enter").shows("is there already. Write over it?").press("n");
    assert_eq!(read(folder.path(), "week.html"), "precious");
    desk.shows("Write the review to a file").press("enter").shows("Write over it?").press("y");
    assert!(read(folder.path(), "week.html").starts_with("<!DOCTYPE html>"));
    named(&mut desk, &folder.path().join("no"), "week.html");
    desk.press("enter").shows("There is no folder").shows("week.html").press("esc").shows("Pipeline review");
}

/// Returns what is in each sheet of a workbook, row by row.
fn sheets(path: &Path) -> Vec<(String, Vec<Vec<calamine::Data>>)> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let rows = |range: calamine::Range<calamine::Data>| range.rows().map(<[calamine::Data]>::to_vec).collect();
    book.worksheets().into_iter().map(|(name, range)| (name, rows(range))).collect()
}

#[test]
fn the_workbook_of_a_review_from_the_desk_is_cell_by_cell_the_one_of_the_command() {
    let (cosell, mut desk) = desk_and_commands();
    let folder = cosell.home.path();
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    cosell.run(&["review", "--since", "2026-11-09", "-o", &file("now.xlsx")]).done();
    cosell.run(&["review", "country:KR", "--as-of", "yesterday", "--since", "2026-11-09", "-o", &file("then.xlsx")]).done();
    desk.press("r s x tab left").shows("Excel workbook, with its deals").shows("cosell-review-2026-11-21.xlsx").press("esc");
    named(&mut desk, folder, "desk-now.xlsx");
    desk.press("enter");
    assert_eq!(desk.note(), format!("The review is in {}.", file("desk-now.xlsx")));
    desk.press("/").typed("country:KR").press("enter d").typed("yesterday").press("enter");
    named(&mut desk, folder, "desk-then.xlsx");
    desk.press("enter");
    for name in ["now.xlsx", "then.xlsx"] {
        let (ours, theirs) = (sheets(&folder.join(format!("desk-{name}"))), sheets(&folder.join(name)));
        assert_eq!(ours, theirs, "{name}");
        let deals = &ours[1].1;
        let (rows, worth) = if name == "now.xlsx" { (3, "90000000.0") } else { (2, "84000000.0") };
        assert!(deals.len() == rows && format!("{deals:?}").contains(worth), "{name}: {deals:?}");
    }
}

#[test]
fn while_the_figures_are_added_up_no_older_ones_are_written() {
    let mut desk = Driver::sample();
    desk.press("r").crank().press("s x").shows_not("Write the review to a file");
    assert_eq!(desk.note(), "Adding up …");
}

#[test]
fn x_right_after_esc_waits_for_the_figures_that_are_added_up_and_then_opens_the_box() {
    let mut desk = Driver::sample();
    desk.press("r enter").crank().press("esc").shows("Adding up …").press("x").shows_not("Write the review to a file");
    assert_eq!(desk.note(), "Adding up …");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows("Write the review to a file").shows_not("Adding up");
    assert_eq!(desk.note(), "");
    // What was wished is forgotten with the next key.
    let mut desk = Driver::sample();
    desk.press("r enter").crank().press("esc y j");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert!(desk.copied.is_empty() && desk.note().is_empty());
    desk.shows_not("Adding up").press("y");
    assert_eq!(desk.copied.len(), 1);
}

#[test]
fn y_copies_the_review_as_text_for_a_mail() {
    let (cosell, mut desk) = desk_and_commands();
    let file = cosell.path("week.md");
    cosell.run(&["review", "-o", file.to_str().unwrap()]).done();
    desk.press("r y");
    assert_eq!(desk.copied, [std::fs::read_to_string(file).unwrap()]);
    assert_eq!(desk.note(), "Copied the review as text for a mail.");
}

#[test]
fn the_palette_of_the_review_finds_its_file_and_that_of_the_list_does_not() {
    let mut desk = Driver::sample();
    desk.press("r :").typed("write the review").shows("Write the review to a file").press("enter");
    desk.shows("cosell-review-2026-11-21.html")
        .press("esc esc :")
        .typed("write the review")
        .shows_not("Write the review to a file");
}
