//! The round trip as a shell sees it: what waits and the upload files; what Partner Center answers is in `answers.rs`.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::center::{Center, Whims};
use crate::support::cli::Cli;

/// All is taken, and the answer tells the ids of new deals.
pub const CALM: Whims = Whims { refuse_each: None, tells_ids: true, turned: false };

/// Three deals that were sent to us, imported.
pub fn desk() -> (Cli, Center) {
    let (cli, mut center) = (Cli::new(), Center::default());
    for name in ["ERP 마이그레이션", "販売管理クラウド化", "Azure landing zone"] {
        center.send(name);
    }
    let file = cli.file("inbound.csv", center.download());
    cli.run(&["import", &file]).done();
    (cli, center)
}

pub fn new_deal(cli: &Cli, name: &str, more: &[&str]) {
    let deal = [
        "new",
        "--name",
        name,
        "--customer",
        "가온 주식회사",
        "--country",
        "KR",
        "--city",
        "서울",
        "--street",
        "1-2",
        "--value",
        "8400만",
        "--currency",
        "KRW",
        "--close",
        "2027-03-31",
        "--solution",
        "SOL-1",
        "--employee",
        "서연;이;+82 2-555-3205;rep@partner.example",
    ];
    // Of one that is the same as another it is told that they are similar.
    let ran = cli.run(&[&deal, more].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
}

/// Writes everything that is ready, and returns the files.
pub fn write(cli: &Cli, more: &[&str]) -> Vec<PathBuf> {
    let folder = cli.home.path().to_str().unwrap();
    let told = cli.run(&[&["outbox", "write", folder, "--json"], more].concat()).json();
    told["files"].as_array().unwrap().iter().map(|file| PathBuf::from(file["file"].as_str().unwrap())).collect()
}

/// Uploads a file and returns the answer's.
pub fn upload(cli: &Cli, center: &mut Center, file: &PathBuf, whims: Whims) -> String {
    let answer = center.upload(&fs::read_to_string(file).unwrap(), whims).unwrap();
    cli.file("answer.csv", answer)
}

/// Accepts the first deal, writes it, and brings its answer, in which nothing was refused; returns that.
pub fn first_is_taken(cli: &Cli, center: &mut Center) -> String {
    cli.run(&["accept", "1"]).done();
    let files = write(cli, &[]);
    let answer = upload(cli, center, &files[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    answer
}

pub fn waiting(cli: &Cli) -> Vec<(i64, String)> {
    let deals = cli.run(&["outbox", "--json"]).json();
    let one = |deal: &Value| (deal["id"].as_i64().unwrap(), deal["standing"].as_str().unwrap().to_owned());
    deals.as_array().unwrap().iter().map(one).collect()
}

pub fn standings<const N: usize>(all: [(i64, &str); N]) -> Vec<(i64, String)> {
    all.map(|(id, standing)| (id, standing.to_owned())).to_vec()
}

#[test]
fn a_decision_goes_out_is_refused_corrected_and_goes_again() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1", "--value", "9000만"]).done();
    cli.run(&["decline", "2", "--reason", "budget"]).done();
    let told = cli.run(&["outbox"]);
    for said in [
        "1  ERP 마이그레이션 · waits to be written",
        "Stage: Received → Accepted",
        "Value: ₩ 84,000,000 → ₩ 90,000,000",
        "you declined",
    ] {
        assert!(told.out.contains(said), "{said}: {told:?}");
    }
    let files = write(&cli, &[]);
    assert_eq!(files.len(), 1);
    assert_eq!(waiting(&cli), standings([(1, "written"), (2, "written")]));
    let undo = cli.run(&["undo"]);
    assert_eq!((undo.code, undo.err.contains("was written to an upload file")), (3, true), "{undo:?}");

    // The second row is refused.
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(2), ..CALM });
    let told = cli.run(&["outbox", "confirm", &answer]);
    assert_eq!(told.code, 4, "done in part: {told:?}");
    let told = told.out;
    assert!(told.contains("Partner Center has taken one row") && told.contains("Estimated Close Date is not valid"), "{told}");
    assert_eq!(waiting(&cli), standings([(2, "ready")]));
    let deal = &cli.run(&["outbox", "--json"]).json()[0];
    assert_eq!((&deal["sent"]["answer"], &deal["sent"]["fields"]), (&json!("refused"), &json!(["deal.closeDate"])), "{deal}");
    assert!(cli.run(&["history", "2"]).out.contains("Partner Center refused it: Estimated Close Date is not valid"));
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["waiting"], false);

    let again = write(&cli, &[]);
    assert_ne!(again, files, "no file is ever written over");
    let answer = upload(&cli, &mut center, &again[0], CALM);
    cli.run(&["import", &answer]).done();
    assert_eq!(waiting(&cli), []);
    let record = center.records.values().nth(1).unwrap();
    assert_eq!((record["Partner Referral Substatus"].as_str(), record["Declined/Lost/Error reason"].as_str()), ("Declined", "1"));
    let fresh = cli.file("later.csv", center.download());
    let report = cli.run(&["import", &fresh, "--json"]).json();
    assert_eq!((&report["files"][0]["changed"], &report["files"][0]["new"]), (&json!(0), &json!(0)), "{report}");
}

#[test]
fn the_note_of_a_decline_says_that_it_stays_here_and_how_it_reaches_microsoft() {
    let (cli, _) = desk();
    let told = cli.run(&["decline", "1", "--reason", "other", "--notes", "moved abroad"]).done();
    assert!(told.contains("Your note stays here: no column of an upload file takes it."), "{told}");
    let told = cli.run(&["outbox"]).out;
    assert!(told.contains("Your note on it stays here") && told.contains("moved abroad"), "{told}");
    let files = write(&cli, &[]);
    assert!(!fs::read_to_string(&files[0]).unwrap().contains("moved abroad"));
    let told = cli.run(&["decline", "2", "--reason", "budget"]).done();
    assert!(
        told.contains("Microsoft is told by Partner Center, once it has taken the upload file.") && !told.contains("note"),
        "{told}"
    );
    // What is noted on accepting goes in the column of the deal's notes.
    cli.run(&["accept", "3", "--notes", "a pilot first"]).done();
    let files = write(&cli, &[]);
    assert!(fs::read_to_string(&files[0]).unwrap().contains("a pilot first"));
}

#[test]
fn the_day_on_which_partner_center_makes_a_deal_is_not_ours_to_say() {
    let (cli, _) = desk();
    new_deal(&cli, "새 거래", &["--share"]);
    let file = write(&cli, &["--layout", "2026"]).remove(0);
    let text = fs::read_to_string(file).unwrap();
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let at = rows.headers().unwrap().iter().position(|head| head == "Created Date").unwrap();
    assert_eq!(rows.records().next().unwrap().unwrap().get(at), Some(""));
}

#[test]
fn of_many_deals_that_stay_the_first_twenty_are_named_and_the_rest_is_counted() {
    let (cli, mut center) = (Cli::new(), Center::default());
    for number in 0..23 {
        center.send(&format!("Deal {number}"));
    }
    let file = cli.file("inbound.csv", center.download());
    cli.run(&["import", &file]).done();
    let ids: Vec<String> = (1..=23).map(|id| id.to_string()).collect();
    ids.iter().for_each(|id| drop(cli.run(&["accept", id]).done()));
    let folder = cli.home.path().to_str().unwrap();
    let look = cli.run(&["outbox", "write", folder, "--dry-run"]).out;
    assert!(look.contains("20  Deal 19") && !look.contains("21  Deal 20") && look.contains("… and 3 more"), "{look}");
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    cli.run(&[&["outbox", "hold"], &ids[..]].concat()).done();
    let told = cli.run(&["outbox", "write", folder]);
    assert!(told.err.contains("#20 Deal 19") && !told.err.contains("#21") && told.err.contains("… and 3 more"), "{told:?}");
    assert_eq!(cli.run(&["outbox", "write", folder, "--json"]).json()["left"].as_array().unwrap().len(), 23);
}

#[test]
fn a_file_of_everything_among_others_is_named_for_what_it_is() {
    let (cli, center) = desk();
    let all = cli.path("all.json");
    cli.run(&["export", "--all", "-o", all.to_str().unwrap()]).done();
    let download = cli.file("later.csv", center.download());
    let told = cli.run(&["import", all.to_str().unwrap(), &download]);
    assert!(
        told.err.contains("all.json holds everything that one cosell kept") && told.err.contains("cosell --db NEW.db"),
        "{told:?}"
    );
}

#[test]
fn what_is_private_or_held_back_stays_until_it_is_released() {
    let (cli, _) = desk();
    new_deal(&cli, "비공개", &[]);
    cli.run(&["accept", "1"]).done();
    cli.run(&["outbox", "hold", "1"]).done();
    assert_eq!(waiting(&cli), standings([(1, "heldBack"), (4, "private")]));
    let told = cli.run(&["outbox", "write", cli.home.path().to_str().unwrap()]);
    assert!(told.out.contains("Nothing is ready") && told.err.contains("held back") && told.err.contains("private"), "{told:?}");
    cli.run(&["outbox", "release", "1", "4"]).done();
    let look = cli.run(&["outbox", "write", "--dry-run", "--json"]).json();
    assert_eq!(look["rows"].as_array().unwrap().len(), 2);
    assert_eq!(look["rows"][1]["cells"]["Share with Microsoft sales team"], "No");
    assert_eq!(waiting(&cli), standings([(1, "ready"), (4, "ready")]), "a look writes nothing");
    let missing = cli.run(&["outbox", "write", cli.path("none/at/all").to_str().unwrap()]);
    assert_eq!((missing.code, missing.err.contains("There is no folder")), (1, true), "{missing:?}");
}

#[test]
fn a_wrong_folder_is_told_in_the_same_words_by_whatever_writes_a_file() {
    let (cli, _) = desk();
    let none = cli.path("none");
    let file = cli.path("notes.txt");
    std::fs::write(&file, "").unwrap();
    let into = |folder: &std::path::Path, name: &str| folder.join(name).to_str().unwrap().to_owned();
    for folder in [&none, &file] {
        let (shown, deals, week, copy) =
            (folder.to_str().unwrap(), into(folder, "deals.csv"), into(folder, "week.md"), into(folder, "copy.db"));
        let said = if folder == &none {
            format!("There is no folder {shown}.\n  Nothing was written: make it, or name one that is there.\n")
        } else {
            format!("{shown} is a file, not a folder.\n  Nothing was written: name a folder.\n")
        };
        let all: [&[&str]; 6] = [
            &["export", "-o", &deals],
            &["review", "-o", &week],
            &["backup", &copy],
            &["outbox", "write", shown],
            &["leads", "write", shown],
            &["registrations", "write", shown],
        ];
        for arguments in all {
            let told = cli.run(arguments);
            assert_eq!((told.code, &told.err), (1, &said), "{arguments:?}");
        }
    }
    assert!(!none.exists());
}

#[test]
fn a_file_that_was_never_uploaded_is_forgotten_and_its_deals_wait_again() {
    let (cli, _) = desk();
    cli.run(&["accept", "1"]).done();
    let files = write(&cli, &[]);
    let told = cli.run(&["outbox", "forget", files[0].to_str().unwrap()]).done();
    assert!(told.contains("one deal waits again"), "{told}");
    assert_eq!(waiting(&cli), standings([(1, "ready")]));
    cli.run(&["undo"]).done();
    assert_eq!(waiting(&cli), [], "and what was done can be undone again");
    let unknown = cli.run(&["outbox", "forget", "other.csv"]);
    assert!(unknown.err.contains("No upload file is called other.csv"), "{unknown:?}");
}

#[test]
fn what_cannot_be_sent_is_told_with_the_reason_and_a_conflict_is_decided_first() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    cli.run(&["edit", "1", "notes=우리 것"]).done();
    let referral = center.records.keys().next().unwrap().clone();
    center.edit(&referral, "Notes", "Seller's");
    let fresh = cli.file("later.csv", center.download());
    cli.run(&["import", &fresh]).done();
    assert_eq!(waiting(&cli), standings([(1, "conflict")]));
    let told = cli.run(&["outbox", "write", cli.home.path().to_str().unwrap()]);
    assert_eq!((told.code, told.err.contains("both sides changed Notes")), (3, true), "{told:?}");
    cli.run(&["resolve", "1", "--ours"]).done();
    assert_eq!(write(&cli, &[]).len(), 1);
}

#[test]
fn each_layout_has_exactly_its_columns_and_unmodelled_ones_go_back_as_they_came() {
    let (cli, _) = desk();
    cli.run(&["accept", "1"]).done();
    for layout in ["2021", "2023", "2026"] {
        let files = write(&cli, &["--layout", layout]);
        let text = fs::read_to_string(&files[0]).unwrap();
        assert!(text.starts_with('\u{feff}') && text.contains("\r\n"));
        insta::assert_snapshot!(format!("upload_{layout}"), text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
        cli.run(&["outbox", "forget", files[0].to_str().unwrap()]).done();
    }
}

#[cfg(not(windows))]
#[test]
fn a_workbook_holds_the_same_cells_as_the_csv_file_all_of_them_text() {
    use calamine::{Data, Reader, open_workbook};
    let (cli, _) = desk();
    cli.run(&["accept", "1"]).done();
    let csv = write(&cli, &[]);
    cli.run(&["outbox", "forget", csv[0].to_str().unwrap()]).done();
    let xlsx = write(&cli, &["--format", "xlsx"]);
    let mut book: calamine::Xlsx<_> = open_workbook(&xlsx[0]).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    };
    let cells: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(cell).collect()).collect();
    let text = fs::read_to_string(&csv[0]).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(cells, rows);
}

#[test]
fn a_deal_that_was_won_before_its_first_upload_is_made_first_and_won_with_the_next_file() {
    let (cli, mut center) = desk();
    new_deal(&cli, "빠른 거래", &["--share"]);
    cli.run(&["win", "4"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    assert_eq!(waiting(&cli), standings([(4, "ready")]));
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    assert_eq!(waiting(&cli), []);
    assert_eq!(center.records.values().last().unwrap()["Partner Referral Substatus"], "Won");
}

#[test]
fn a_refused_row_of_a_deal_that_is_not_here_makes_none_and_a_forgotten_file_may_be_answered_all_the_same() {
    let (cli, mut center) = desk();
    new_deal(&cli, "새 거래", &["--share"]);
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(1), ..CALM });
    let other = Cli::new();
    let told = other.run(&["import", &answer]);
    assert!(
        told.out.starts_with("answer.csv: 0 taken · 1 refused.") && told.out.contains("Estimated Close Date is not valid"),
        "{told:?}"
    );
    cli.run(&["outbox", "forget", files[0].to_str().unwrap()]).done();
    assert_eq!(cli.run(&["outbox", "confirm", &answer]).code, 3, "all of it was refused");
    assert!(cli.run(&["outbox"]).out.contains("Partner Center refused it"));
}

/// An accepted deal as the API lists it, with everything that its row needs.
fn listed(close: &str) -> Value {
    json!({
        "id": "b3000000-0000-4000-8000-000000000001", "engagementId": "b4000000-0000-4000-8000-000000000001",
        "name": "공장 이전", "type": "Shared", "direction": "Incoming", "status": "Active", "substatus": "Accepted",
        "customerProfile": {"name": "가온 주식회사", "address": {"addressLine1": "1-2", "city": "서울", "country": "KR"}},
        "details": {
            "dealValue": 10000, "currency": "KRW", "closingDateTime": close,
            "requirements": {"solutions": [{"id": "SOL-10000-AAA", "type": "Name"}]},
        },
        "team": [{"firstName": "서연", "lastName": "이", "phoneNumber": "+82 2-555-3205", "email": "rep@partner.example"}],
    })
}

/// The desk with a deal that was won.
fn won(deal: &Value) -> Cli {
    let cli = Cli::new();
    let file = cli.file("a.json", deal.to_string());
    cli.run(&["import", &file]).done();
    cli.run(&["win", "1"]).done();
    cli
}

#[test]
fn the_day_of_a_close_date_stored_as_local_midnight_goes_back_in_an_upload() {
    for at in ["2027-06-29T15:00:00Z", "2027-06-29T18:30:00Z", "2027-06-29T23:00:00Z", "2027-06-30T03:00:00Z"] {
        let cli = won(&listed(at));
        let files = write(&cli, &[]);
        let mut rows = csv::Reader::from_path(&files[0]).unwrap();
        let column = rows.headers().unwrap().iter().position(|name| name == "Estimated Close Date").unwrap();
        let days: Vec<_> = rows.records().map(|row| row.unwrap()[column].to_owned()).collect();
        assert_eq!(days, ["06/30/2027"], "{at}");
    }
}

#[test]
fn what_partner_center_would_refuse_is_not_called_ready() {
    let mut deal = listed("2027-06-30T00:00:00Z");
    deal["engagementId"] = Value::Null;
    let cli = won(&deal);
    assert_eq!(waiting(&cli), standings([(1, "faulty")]));
    assert_eq!(cli.run(&["outbox", "--json"]).json()[0]["refusals"], json!(["engagement-id-missing"]));
    let told = cli.run(&["outbox"]).out;
    assert!(told.starts_with("1  공장 이전 · Partner Center would refuse it\n    Engagement ID is missing\n"), "{told}");
    assert_eq!(write(&cli, &[]), [] as [PathBuf; 0], "and it is in no file");
}

#[test]
fn a_file_that_looks_like_an_upload_file_and_is_not_noted_is_named_beside_the_next_one() {
    let (cli, _) = desk();
    cli.run(&["accept", "1"]).done();
    let folder = cli.home.path().to_str().unwrap().to_owned();
    // A machine stopped between the name of a file and its note.
    cli.file("cosell-upload-2026-11-20-1.csv", "Deal Name\n");
    // What a browser calls an answer is none.
    cli.file("cosell-upload-2026-11-20-1 (1).csv", "Errors\n");
    let told = cli.run(&["outbox", "write", &folder]);
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.err.contains("cosell-upload-2026-11-20-1.csv lies there too"), "{told:?}");
    assert!(told.err.contains("do not upload it"), "{told:?}");
    cli.run(&["edit", "1", "notes=neu"]).done();
    let told = cli.run(&["outbox", "write", &folder, "--json"]).json();
    assert_eq!(told["notNoted"], json!(["cosell-upload-2026-11-20-1.csv"]), "what was written and noted is not among them");
}

#[test]
fn what_was_made_again_after_a_file_was_written_can_be_undone_again() {
    let (cli, _) = desk();
    cli.run(&["accept", "1"]).done();
    cli.run(&["edit", "1", "notes=neu"]).done();
    cli.run(&["undo"]).done();
    write(&cli, &[]);
    cli.run(&["redo"]).done();
    assert_eq!(waiting(&cli), standings([(1, "ready")]));
    cli.run(&["undo"]).done();
    assert_eq!(waiting(&cli), standings([(1, "written")]), "the file did not say it");
    assert_eq!(cli.run(&["undo"]).code, 3, "what it did say is final");
    assert_eq!(cli.run(&["doctor"]).code, 0);
}

#[test]
fn a_deal_that_was_closed_there_while_it_was_edited_here_leaves_the_outbox_with_theirs_and_comes_back_by_undo() {
    let (cli, mut center) = desk();
    first_is_taken(&cli, &mut center);
    assert_eq!(cli.run(&["resolve", "1", "--theirs"]).code, 3, "nothing is to be decided yet");
    cli.run(&["edit", "1", "notes=zu spät"]).done();
    let referral = center.records.keys().next().unwrap().clone();
    center.edit(&referral, "Partner Referral Substatus", "Won");
    center.edit(&referral, "Partner Referral Status", "Closed");
    let fresh = cli.file("later.csv", center.download());
    cli.run(&["import", &fresh]);
    assert_eq!(waiting(&cli), standings([(1, "stuck")]));
    assert!(cli.run(&["outbox"]).out.contains("cannot be sent; cosell resolve ID --theirs takes theirs"));
    assert_eq!(cli.run(&["resolve", "1", "--ours"]).code, 3, "ours cannot be sent whatever is said");
    cli.run(&["resolve", "1", "--theirs"]).done();
    assert_eq!(waiting(&cli), []);
    assert_ne!(cli.run(&["show", "1", "--json"]).json()["deal"]["notes"], "zu spät");
    cli.run(&["undo"]).done();
    assert_eq!(waiting(&cli), standings([(1, "stuck")]));
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["deal"]["notes"], "zu spät");
    assert_eq!(cli.run(&["doctor"]).code, 0);
}

#[test]
fn once_all_of_it_is_written_the_outbox_names_the_answer_as_the_next_step_and_not_another_file() {
    let (cli, _) = desk();
    cli.run(&["decline", "1", "--reason", "1"]).done();
    let ran = cli.run(&["outbox"]);
    assert!(ran.err.contains("cosell outbox write FOLDER") && !ran.err.contains("outbox confirm"), "{ran:?}");
    assert_eq!(write(&cli, &[]).len(), 1);
    let ran = cli.run(&["outbox"]);
    assert!(ran.err.contains("cosell outbox confirm FILE") && !ran.err.contains("outbox write FOLDER"), "{ran:?}");
}

#[test]
fn a_machine_that_stopped_between_an_upload_file_and_its_note_names_the_file_and_sends_nothing_twice() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    // The file gets its name before the database is done: what a kill between the two leaves is the database as it was, and the file.
    let before: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(cli.path("data"))
        .unwrap()
        .filter_map(|file| Some(file.unwrap().path()).filter(|path| path.is_file()))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    let left = write(&cli, &[]).remove(0);
    for file in fs::read_dir(cli.path("data")).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
        if !before.iter().any(|(path, _)| *path == file) {
            fs::remove_file(file).unwrap();
        }
    }
    before.iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    assert_eq!(waiting(&cli), standings([(1, "ready")]), "nothing is noted");
    let told = cli.run(&["outbox", "write", cli.home.path().to_str().unwrap()]);
    let name = left.file_name().unwrap().to_str().unwrap();
    assert!(told.err.contains(name) && told.err.contains("do not upload it"), "{told:?}");
    let files: Vec<Value> = cli.run(&["outbox", "files", "--json"]).json().as_array().unwrap().clone();
    assert!(files.len() == 1 && files[0]["file"] != name, "no name is used twice: {files:?}");
    // Whoever uploaded it all the same learns by the next download what has become of the deal, and it does not wait once more.
    center.upload(&fs::read_to_string(&left).unwrap(), CALM).unwrap();
    let fresh = cli.file("later.csv", center.download());
    cli.run(&["import", &fresh]).done();
    assert_eq!(waiting(&cli), []);
    assert_eq!(cli.run(&["doctor"]).code, 0);
}
