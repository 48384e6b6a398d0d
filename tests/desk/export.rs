//! `x`: what is shown or marked goes into a file; the box tells what it will be, and nothing is written over unasked.

use std::path::Path;

use insta::assert_snapshot;

use crate::support::driver::Driver;

/// Opens the box and types a name in a folder in the place of the one that is offered.
fn named(desk: &mut Driver, folder: &Path, name: &str) {
    desk.press("x ctrl-u").typed(folder.join(name).to_str().unwrap());
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn x_asks_for_a_name_what_it_is_to_be_and_which_columns() {
    let mut desk = Driver::sample();
    desk.press("x");
    assert_snapshot!("export_box", desk.screen());
    desk.press("tab right");
    desk.shows("CSV, for a spreadsheet").shows("cosell-inbound-2026-11-21.csv");
    desk.press("tab space").shows("all there are");
    desk.press("esc").shows_not("Export");
    assert_eq!(desk.note(), "");
}

#[test]
fn the_box_says_into_which_folder_and_under_which_name_before_anything_is_written() {
    let mut desk = Driver::sample();
    desk.model.stand_in("/srv/reports".into());
    desk.press("x").shows("Will be /srv/reports/cosell-inbound-2026-11-21.xlsx");
    desk.press("ctrl-u").shows_not("Will be").typed("may").shows("Will be /srv/reports/may.xlsx").typed(".csv");
    desk.shows("Will be /srv/reports/may.csv").press("ctrl-u").typed("/tmp/may").shows("Will be /tmp/may.csv").press("esc");
    desk.size(40, 10).press("r x").shows("Will be /srv/reports/").shows("review-2026-11-21.html");
}

#[test]
fn a_name_of_a_file_that_nothing_here_writes_is_refused_and_not_made_longer() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Driver::sample();
    named(&mut desk, folder.path(), "may.xls");
    desk.press("enter").shows("Nothing here writes .xls: let the name end in .xlsx");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    desk.typed("x").press("enter");
    assert!(folder.path().join("may.xlsx").exists(), "{}", desk.screen());
}

#[test]
fn the_box_is_whole_on_the_smallest_screen() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("x tab");
    assert_snapshot!("export_box_40x10", desk.screen());
}

#[test]
fn what_is_shown_is_written_in_its_order_with_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Driver::sample();
    let first = desk.selected();
    named(&mut desk, folder.path(), "shown.csv");
    desk.press("enter");
    let text = read(folder.path(), "shown.csv");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "ID,Respond by,Deal name,Customer,Value,Currency,Close date,Private pipeline", "{text}");
    assert!(lines[1].contains(&first), "{text}");
    let shown = desk.model.shown().unwrap();
    assert_eq!(lines.len() as u64, shown + 1, "{text}");
    assert!(
        desk.note().starts_with(&format!("{shown} deals written to ")) && desk.note().contains("shown.csv"),
        "{}",
        desk.note()
    );
}

#[test]
fn a_filter_narrows_what_is_written_and_marks_go_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Driver::sample();
    desk.press("/").typed("country:KR").press("enter");
    let shown = desk.model.shown().unwrap();
    named(&mut desk, folder.path(), "kr.csv");
    desk.press("enter");
    assert_eq!(read(folder.path(), "kr.csv").lines().count() as u64, shown + 1);
    desk.press("esc j space").press("x").shows("Export 1 deal").shows("cosell-marked-2026-11-21.xlsx");
    desk.press("ctrl-u").typed(folder.path().join("marked.md").to_str().unwrap()).press("tab tab right enter");
    let text = read(folder.path(), "marked.md");
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("| Notes |") && text.contains("| UID |"), "all there are: {text}");
    assert!(desk.note().starts_with("1 deal written to "), "{}", desk.note());
}

#[test]
fn the_deal_that_is_open_goes_into_a_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Driver::sample();
    let title = desk.selected();
    desk.press("enter x").shows("Export 1 deal");
    desk.press("ctrl-u").typed(folder.path().join("one.json").to_str().unwrap()).shows("all of each deal").press("enter");
    let all: serde_json::Value = serde_json::from_str(&read(folder.path(), "one.json")).unwrap();
    assert_eq!((all.as_array().unwrap().len(), all[0]["deal"]["name"].as_str()), (1, Some(title.as_str())));
}

#[test]
fn a_file_that_is_there_is_written_over_only_once_that_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("deals.csv"), "precious").unwrap();
    let mut desk = Driver::sample();
    named(&mut desk, folder.path(), "deals.csv");
    desk.press("enter").shows("is there already. Write over it?").press("n");
    assert_eq!(read(folder.path(), "deals.csv"), "precious");
    desk.shows("Export").press("enter").shows("Write over it?").press("y");
    assert!(read(folder.path(), "deals.csv").contains("Deal name"));
    assert!(desk.note().contains("deals written to"), "{}", desk.note());
}

#[test]
fn where_nothing_can_be_written_the_box_says_why_and_keeps_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Driver::sample();
    named(&mut desk, &folder.path().join("no"), "deals.csv");
    desk.press("enter").shows("There is no folder").shows("make it, or name").shows("deals.csv");
    std::fs::write(folder.path().join("file.txt"), "").unwrap();
    desk.press("esc").shows_not("There is no folder");
    named(&mut desk, &folder.path().join("file.txt"), "deals.csv");
    desk.press("enter").shows("file.txt is a file, not a folder.").shows("Nothing was written: name").press("esc");
    desk.press("x ctrl-u enter");
    assert!(!desk.note().is_empty(), "a file needs a name");
    let mut desk = Driver::empty();
    desk.press("x");
    assert_eq!(desk.note(), "Nothing is shown that could be exported.");
}

#[test]
fn the_palette_finds_it_by_what_people_call_it() {
    let mut desk = Driver::sample();
    desk.press(":").typed("excel").press("enter").shows("cosell-inbound-2026-11-21.xlsx");
}

#[cfg(not(windows))]
#[test]
fn the_workbook_of_the_desk_is_read_by_others() {
    use calamine::{Reader, Xlsx, open_workbook};
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Driver::sample();
    named(&mut desk, folder.path(), "deals");
    desk.press("enter");
    let mut book: Xlsx<_> = open_workbook(folder.path().join("deals.xlsx")).unwrap();
    let sheet = book.worksheet_range("Deals").unwrap();
    assert_eq!(sheet.rows().count() as u64, desk.model.shown().unwrap() + 1);
}
