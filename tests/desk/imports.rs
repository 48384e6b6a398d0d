//! Importing from the desk: what was found is shown, one undo takes it back, a broken file changes nothing.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, UNIX_EPOCH};

use cosell::desk::files::Found;
use cosell::desk::model::{Dialog, Imported, Msg};
use cosell::domain::query::{From, ListQuery};
use cosell::domain::tab::{Tab, View};
use cosell::exchange::{FileError, Format};
use cosell::i18n::{Language, Sentences, StockKind};
use cosell::intake::stock::StockOnDesk;
use cosell::intake::{FileReport, Input, Manner, Reading, RefusedFile};
use cosell::store::{Memory, Reply, Request, StoreError};

use crate::support::driver::Driver;

const ROWS: &str = include_str!("../fixtures/bulk-2023.csv");

/// A file of deals, in a folder that goes with it.
fn deals() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.csv");
    fs::write(&path, ROWS).unwrap();
    (folder, path)
}

#[test]
fn an_import_says_what_came_and_one_undo_takes_it_back() {
    let (_folder, path) = deals();
    let mut desk = Driver::empty();
    desk.press("i").typed(&format!("'{}'", path.display())).press("enter");
    let rows = desk.model.counts.of(cosell::domain::tab::Tab::All, cosell::domain::tab::View::All);
    assert!(rows > 0, "{}", desk.screen());
    desk.press("esc u").shows("Undo: Imported deals.csv").press("enter").shows("Welcome");
    desk.press("ctrl-r enter");
    let again = desk.model.counts.of(cosell::domain::tab::Tab::All, cosell::domain::tab::View::All);
    assert_eq!(again, rows);
}

/// A folder with Monday's download, Tuesday's, in which one value is another, and a copy of Monday's.
fn downloads() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, rows) in [("monday.csv", ROWS), ("tuesday.csv", &ROWS.replace("559000000", "560000000")), ("copy.csv", ROWS)] {
        fs::write(folder.path().join(name), rows).unwrap();
    }
    folder
}

#[test]
fn a_copy_of_a_download_is_named_for_what_it_is_and_takes_nothing_back() {
    let folder = downloads();
    let path = |name: &str| folder.path().join(name);
    let mut desk = Driver::empty();
    for name in ["monday.csv", "tuesday.csv", "copy.csv"] {
        desk.press("i").typed(path(name).to_str().unwrap()).press("enter").size(200, 40);
    }
    desk.shows("copy.csv: 0 new, 0 changed, 23 unchanged.").shows("It says what monday.csv said, imported");
    desk.shows("what came since stays").shows("N takes it all the same").shows("1 row is older than what is known");
}

#[test]
fn what_is_older_by_the_date_of_its_file_is_taken_all_the_same_by_the_same_key() {
    let folder = downloads();
    let path = |name: &str| folder.path().join(name);
    // 20 and 19 November, before the clock of the desk.
    for (name, at) in [("monday.csv", 1_795_170_000), ("tuesday.csv", 1_795_083_600)] {
        let at = UNIX_EPOCH + Duration::from_secs(at);
        fs::File::options().write(true).open(path(name)).unwrap().set_modified(at).unwrap();
    }
    let mut desk = Driver::empty();
    desk.press("i").typed(path("monday.csv").to_str().unwrap()).press("enter").size(120, 40).press("esc");
    desk.press("i").typed(path("tuesday.csv").to_str().unwrap()).press("enter");
    desk.shows("1 row is older than what is known").shows("If the file is newer than its date says, N takes it all the same.");
    desk.press("N").shows("tuesday.csv is dated before what is known.").press("y").shows("tuesday.csv: 0 new, 1 changed");
}

#[test]
fn what_was_left_out_as_older_is_taken_all_the_same_by_a_key_after_a_question_and_one_undo_takes_it_back() {
    let folder = downloads();
    let path = |name: &str| folder.path().join(name);
    let mut desk = Driver::empty();
    let values = |desk: &mut Driver| {
        let all = desk.store.list(&ListQuery::tab(Tab::All), From::Start, 100).unwrap();
        all.rows.iter().filter_map(|row| row.value).map(|value| value.minor()).collect::<Vec<_>>()
    };
    for name in ["monday.csv", "tuesday.csv"] {
        desk.press("i").typed(path(name).to_str().unwrap()).press("enter").size(120, 40);
        desk.press("N");
        assert!(desk.note().starts_with("Nothing was left out of it as older"), "{name}: {}", desk.note());
    }
    let tuesday = values(&mut desk);
    desk.press("i").typed(path("copy.csv").to_str().unwrap()).press("enter");
    desk.shows("N  Take the older file all the same").press("N");
    desk.shows("copy.csv came before, and something says otherwise since.").press("n");
    assert_eq!(values(&mut desk), tuesday, "not unasked");
    desk.press("i").typed(path("copy.csv").to_str().unwrap()).press("enter N y");
    assert_ne!(values(&mut desk), tuesday, "{}", desk.screen());
    desk.press("u");
    if matches!(desk.model.dialogs.last(), Some(Dialog::Ask(_))) {
        desk.press("y");
    }
    assert_eq!(values(&mut desk), tuesday, "one undo");
}

#[test]
fn the_report_of_an_import_makes_again_what_was_taken_back_or_says_that_there_is_nothing() {
    let (_folder, path) = deals();
    let mut desk = Driver::empty();
    desk.press("i").typed(path.to_str().unwrap()).press("enter").press("ctrl-r");
    assert_eq!(desk.note(), "There is nothing to redo.");
    desk.shows("deals.csv");
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
    let (_folder, path) = deals();
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

#[test]
fn the_bottom_line_says_what_is_imported_and_that_esc_stops_it_at_every_width() {
    let (_folder, path) = deals();
    // On the smallest screen it goes on in a second line.
    for (columns, rows, stops) in [(80, 24, "Esc stops it"), (40, 10, "stops it"), (120, 40, "Esc stops it")] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).crank();
        desk.press("i").typed(path.to_str().unwrap()).press("enter").tell(Msg::Reply(Reply::Progress { rows: 12_000 }));
        desk.shows("importing deals.csv, 12,000 rows").shows(stops);
        desk.press("?").shows_not(stops).press("esc").shows(stops);
        while desk.waiting() > 0 {
            desk.answer(0);
        }
        desk.shows_not("importing");
    }
}

/// A desk whose import box offers the files of this folder.
fn offering(folder: &std::path::Path) -> Driver {
    let mut desk = Driver::empty();
    desk.places = vec![folder.to_owned()];
    desk
}

#[test]
fn the_import_box_offers_the_newest_files_with_their_day_and_what_they_look_like() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ExportDeals.csv"), ROWS).unwrap();
    fs::write(folder.path().join("고객사.tsv"), "회사명\t국가\n한빛\tKR\n").unwrap();
    fs::create_dir(folder.path().join("older")).unwrap();
    fs::write(folder.path().join("older").join("api.json"), crate::support::cli::THREE).unwrap();
    let mut desk = offering(folder.path());
    desk.press("i").shows("ExportDeals.csv").shows("deals · ").shows("고객사.tsv").shows("customers · ");
    let inside = format!("older{}", std::path::MAIN_SEPARATOR);
    desk.shows_not(&inside);
    desk.typed("고객").shows_not("ExportDeals.csv").press("enter").shows_not("File:");
    assert!(desk.note().starts_with("고객사.tsv, a list of companies to choose from: 1 new"), "{}", desk.note());
    desk.press("i").typed("deals").press("enter").shows("24 new").shows_not("File:");

    let below = format!("{}/", folder.path().display());
    desk.press("esc i").typed(&below).shows(&inside).typed("ol").press("tab").shows("api.json").press("enter").shows("3 new");
    desk.press("esc i up").shows("api.json").press("up").shows("ExportDeals.csv").press("down down").shows_not("api.json");
    desk.press("esc").shows_not("File:");
}

#[test]
fn undo_after_a_list_was_imported_asks_before_it_takes_back_what_came_before_the_list() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("companies.csv"), "Name,Country,City\nTailspin Toys Ltd,GB,Leeds\n").unwrap();
    let mut desk = Driver::sample();
    desk.press("f");
    let favorites = desk.model.counts.of(Tab::Favorites, View::All);
    desk.press("i").typed(folder.path().join("companies.csv").to_str().unwrap()).press("enter");
    assert!(desk.note().contains("Undo does not take such a list back"), "{}", desk.note());
    desk.press("u").shows("companies.csv was imported since: undo does not take a list");
    desk.press("n");
    assert_eq!(desk.model.counts.of(Tab::Favorites, View::All), favorites);
    desk.press("f").press("u").shows_not("companies.csv was imported since");
    desk.press("u y");
    assert_ne!(desk.model.counts.of(Tab::Favorites, View::All), favorites);
}

#[test]
fn lists_of_companies_and_solutions_come_in_by_the_import_box_and_are_found_in_forms() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("companies.csv"), "Name,Country,City\nTailspin Toys Ltd,GB,Leeds\n,GB,York\n").unwrap();
    fs::write(folder.path().join("solutions.csv"), "ID,Name\nSOL-71234-XYZ,Landing Zone Kit\n").unwrap();
    fs::write(folder.path().join("nameless.csv"), "Name,City\nTailspin Toys Ltd,Leeds\n").unwrap();
    let mut desk = offering(folder.path());
    desk.press("n").press(&"pgdn ".repeat(3)).typed("landing").shows("i on the desk");
    desk.shows_not("cosell solutions").press("esc x");
    desk.press("i").typed("companies").press("enter");
    let note = desk.note();
    assert!(
        note.starts_with("companies.csv, a list of companies to choose from: 1 new") && note.contains("One row was refused"),
        "{note}"
    );
    assert!(note.contains("Undo does not take such a list back"), "{note}");
    desk.press("i").typed("solutions").press("enter");
    assert!(desk.note().starts_with("solutions.csv, a list of solutions to choose from: 1 new"), "{}", desk.note());
    desk.press("i").typed("nameless").press("enter").shows("has no column Country");
    desk.press("esc n tab").typed("tailspin").shows("Tailspin Toys Ltd");
    desk.press(&"pgdn ".repeat(3)).typed("landing").shows("Landing Zone Kit");
}

/// Hands a list of 1,200 companies to the store; returns what it answers.
fn companies_taken(desk: &mut Driver, stop: bool) -> Vec<Reply> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("companies.csv");
    let rows: String = (0..1_200).map(|number| format!("Company {number},KR\n")).collect();
    fs::write(&path, format!("Name,Country\n{rows}")).unwrap();
    let sentences = Arc::new(Sentences::new(Language::ENGLISH));
    let input = Input::open(&path, Reading::default()).unwrap();
    let manner = Manner::import(folder.path().to_owned());
    let source = StockOnDesk::open(StockKind::Customers, input, &manner, &sentences).unwrap();
    let (mut memory, mut replies) = (Memory::of(&desk.store), Vec::new());
    let stop = AtomicBool::new(stop);
    desk.store.answer(Request::Stock(Box::new(source)), &mut memory, &stop, &mut |reply| replies.push(reply));
    replies
}

#[test]
fn a_list_of_companies_tells_how_far_it_is_and_esc_stops_it_with_nothing_taken() {
    let mut desk = Driver::empty();
    let stopped = companies_taken(&mut desk, true);
    assert!(matches!(stopped[..], [Reply::Stocked(Err(StoreError::Stopped), _)]));
    for reply in stopped {
        desk.tell(Msg::Reply(reply));
    }
    assert_eq!(desk.note(), "Stopped. Nothing was changed.");
    desk.press("n tab").typed("Company 119").shows_not("Company 1190").press("esc x");
    let taken = companies_taken(&mut desk, false);
    let [Reply::Progress { rows: 500 }, Reply::Progress { rows: 1_000 }, Reply::Stocked(Ok(stocked), _)] = &taken[..] else {
        panic!("{} answers", taken.len())
    };
    assert_eq!((stocked.new, stocked.changed), (1_200, 0));
    desk.press("n tab").typed("Company 119").shows("Company 1190");
}

#[test]
fn where_files_may_go_to_is_found_without_a_second_frame_at_the_start() {
    let mut desk = Driver::empty();
    desk.model.take_dirty();
    desk.tell(Msg::Found(Found::ToWriteInto("~/Downloads".to_owned())));
    assert!(!desk.model.take_dirty(), "nothing of it is seen");
}

#[test]
fn our_upload_files_and_their_answers_are_named_in_the_import_box() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ExportDeals.csv", "cosell-upload-2026-11-20-1 (1).csv"] {
        fs::write(folder.path().join(name), ROWS).unwrap();
    }
    let mut desk = offering(folder.path());
    desk.press("i").shows(" deals · ").shows("our upload, or its answer · ");
}

#[test]
fn our_own_export_is_named_in_the_import_box_and_is_no_list_of_customers() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ours.csv"), "ID,Deal name,Customer,Value,Currency,Private pipeline\n").unwrap();
    let mut desk = offering(folder.path());
    desk.press("i").shows("ours.csv").shows("our export, not taken back").shows_not("customers");
    desk.press("enter").shows("was exported by cosell");
    // Heads that other programs have as well are none of ours.
    fs::write(folder.path().join("ours.csv"), "Customer,Country,City,Employees,Value\n한빛정밀,KR,서울,120,9\n").unwrap();
    let mut desk = offering(folder.path());
    desk.press("i").shows("customers").shows_not("our export");
}

/// The rows as a sheet below a title, beside another sheet.
fn workbook(rows: &str) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().set_name("Read me").unwrap().write(0, 0, "How to fill this in").unwrap();
    let sheet = workbook.add_worksheet().set_name("Deals").unwrap();
    sheet.write(0, 0, "November 2026").unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(rows.as_bytes());
    for (row, record) in (2..).zip(reader.records().map(Result::unwrap)) {
        for (column, cell) in (0..).zip(&record) {
            sheet.write_string(row, column, cell.trim_start_matches('\u{feff}')).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_is_offered_with_its_rows_imported_and_taken_back_like_any_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ExportDeals.xlsx"), workbook(ROWS)).unwrap();
    fs::write(folder.path().join("~$ExportDeals.xlsx"), "of a program that has it open").unwrap();
    fs::write(folder.path().join("companies.xlsx"), workbook("회사명,국가\n한빛,KR\n")).unwrap();
    let mut desk = offering(folder.path());
    desk.press("i").shows("ExportDeals.xlsx").shows("deals, 24 rows · ").shows("customers, 1 row · ").shows_not("~$");
    desk.typed("companies").press("enter").shows_not("File:");
    assert!(desk.note().starts_with("companies.xlsx, a list of companies to choose from: 1 new"), "{}", desk.note());
    desk.press("i").typed("exp").press("enter").shows("24 new");
    desk.shows("Read from the sheet “Deals”");
}

#[test]
fn an_error_stays_in_the_import_box_with_the_name_that_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("deals.zip");
    fs::write(&sheet, b"PK\x03\x04\x14\0\x06\0").unwrap();
    let mut desk = offering(folder.path());
    desk.size(120, 30).press("i").typed(&format!("'{}'", sheet.display())).press("enter");
    desk.shows("is damaged or not whole").shows("CSV UTF-8").shows(&format!("File: {}", sheet.display()));
    desk.typed("x").shows_not("is damaged").shows("deals.zipx").press("enter").shows("is not there");
    let missing = "/no/such/folder/deals.csv";
    desk.press("ctrl-u").typed(missing).press("enter").shows("is not there").shows(missing);
    desk.press("ctrl-u")
        .typed(folder.path().to_str().unwrap())
        .press("enter")
        .shows("No CSV, TSV, JSON or text file and no workbook here.");
}

#[test]
fn the_import_box_fits_the_smallest_screen() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..20 {
        fs::write(folder.path().join(format!("분기 마감 다운로드 {number}.csv")), ROWS).unwrap();
    }
    let mut desk = offering(folder.path());
    desk.size(40, 10).press("i").shows("File:").press("pgdn pgdn pgdn pgdn");
    assert!(desk.reversed().contains("분기"), "{}", desk.screen());
    desk.size(80, 24).shows("deals · ");
}

#[test]
fn an_import_that_was_stopped_says_that_and_no_fault_and_no_undo() {
    let mut desk = Driver::sample();
    let path = std::path::PathBuf::from("/tmp/big.csv");
    let failures = vec![Sentences::new(Language::ENGLISH).file_error(&path, &FileError::Stopped)];
    let file = FileReport {
        path,
        format: Format::Bulk,
        rows: 17_684,
        refused: 0,
        refused_file: RefusedFile::None,
        remarks: Default::default(),
        spellings: Default::default(),
        aside: Default::default(),
        failure: None,
    };
    desk.tell(Msg::Imported(Box::new(Imported { failures, files: vec![file], ..Imported::default() })));
    desk.shows("Stopped. Nothing was changed.").shows_not("fault").shows_not("undo").shows_not("0 new");
}

#[test]
fn q_and_the_key_that_leaves_speak_of_the_import_that_runs_from_its_first_moment() {
    let (_folder, path) = deals();
    let mut desk = Driver::empty();
    desk.crank().press("i").typed(path.to_str().unwrap()).press("enter q").shows("An import is running.").press("esc");
    desk.press("ctrl-c");
    assert_eq!(desk.note(), "^c again leaves, and nothing of the import that runs is kept; drafts are.");
}

#[test]
fn a_form_that_is_asked_for_while_rows_are_read_says_at_once_that_it_comes() {
    let (_folder, path) = deals();
    let mut desk = Driver::sample();
    desk.crank().press("i").typed(path.to_str().unwrap()).press("enter n").shows("The form is coming");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows("New deal").shows_not("The form is coming");
}
