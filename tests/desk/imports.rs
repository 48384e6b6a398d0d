//! Importing from the desk: what was found is shown, one undo takes it back, a broken file changes nothing.

use std::fs;

use cosell::desk::model::Msg;
use cosell::store::Reply;

use crate::support::driver::Driver;

const ROWS: &str = include_str!("../fixtures/bulk-2023.csv");

#[test]
fn an_import_says_what_came_and_one_undo_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.csv");
    fs::write(&path, ROWS).unwrap();
    let mut desk = Driver::empty();
    desk.press("i").typed(&format!("'{}'", path.display())).press("enter");
    let rows = desk.model.counts.of(cosell::domain::tab::Tab::All, cosell::domain::tab::View::All);
    assert!(rows > 0, "{}", desk.screen());
    desk.press("esc u").shows("Undo: Imported deals.csv").press("enter").shows("Welcome");
    desk.press("ctrl-r enter");
    let again = desk.model.counts.of(cosell::domain::tab::Tab::All, cosell::domain::tab::View::All);
    assert_eq!(again, rows);
}

#[test]
fn refused_rows_are_shown_with_every_reason_and_where_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.json");
    fs::write(
        &path,
        r#"[{"id":"a","status":"New","customerProfile":{"name":"한빛"}},{"id":"b","status":"Gone","customerProfile":{}}]"#,
    )
    .unwrap();
    let mut desk = Driver::empty();
    desk.press("i").typed(path.to_str().unwrap()).press("enter").size(160, 40);
    desk.shows("1 new").shows("Gone").shows("deals.refused.json");
    assert!(folder.path().join("deals.refused.json").exists());
}

#[test]
fn a_file_that_is_not_there_or_broken_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.json");
    fs::write(&path, "{\"value\": [\n  {\"id\": \"a\"\n  {\"id\": \"b\"}\n]}").unwrap();
    let mut desk = Driver::empty();
    desk.press("i").typed("no-such-file.csv").press("enter").shows("no-such-file.csv");
    desk.press("esc i").typed(path.to_str().unwrap()).press("enter").size(160, 40).shows("line 3");
    desk.press("esc").shows("Welcome");
    desk.press("i enter");
    assert_eq!(desk.note(), "Type the name of a file first.");
    desk.size(40, 10).shows("Type the name of a file first.");
}

#[test]
fn control_characters_of_a_file_never_reach_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evil.json");
    let evil = r#"{"id":"a","status":"New","substatus":"Pending","direction":"Incoming","createdDateTime":"2026-11-20T00:00:00Z",
        "name":"a\u001b]52;c;aGk=\u0007b\u202ec","customerProfile":{"name":"x\u009b31my\u0000"},"details":{"notes":"n\u001b[2Jm"}}"#;
    fs::write(&path, evil).unwrap();
    let mut desk = Driver::empty();
    desk.press("i").typed(path.to_str().unwrap()).press("enter esc enter");
    let screen = desk.screen();
    assert!(!screen.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{screen}");
    assert!(screen.contains("]52;c;aGk="), "what was dropped leaves the rest: {screen}");
}

#[test]
fn leaving_while_rows_are_read_asks_first_and_the_end_of_the_import_ends_the_question() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.csv");
    fs::write(&path, ROWS).unwrap();
    let mut desk = Driver::empty();
    desk.crank();
    desk.press("i").typed(path.to_str().unwrap()).press("enter");
    desk.tell(Msg::Reply(Reply::Progress { rows: 16_500 })).press("q").shows("An import is running. Leave without it?");
    assert!(!desk.quit);
    desk.press("esc").shows_not("Leave without it?").press("q").shows("Leave without it?");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows_not("Leave without it?").shows("24 new");
    assert!(!desk.quit);
    desk.press("esc").tell(Msg::Reply(Reply::Progress { rows: 1 })).press("q enter");
    assert!(desk.quit);
}
