//! The outbox as a room: what waits and why it stays, holding back, writing an upload file, and the answer that comes back.

use cosell::clock::Clock;
use cosell::desk::files::Found;
use cosell::desk::model::Msg;

use crate::support::driver::Driver;

#[test]
fn the_number_in_the_header_is_the_number_of_deals_in_the_room() {
    let mut desk = Driver::sample();
    desk.click("outbox 2").shows("What Partner Center does not know yet").press("esc");
    desk.press("o").shows("What Partner Center does not know yet").shows("2 deals wait for Partner Center").shows("outbox 2");
    for (columns, rows) in [(40, 10), (80, 24), (120, 40), (200, 50)] {
        desk.size(columns, rows);
        insta::assert_snapshot!(format!("outbox_{columns}x{rows}"), desk.screen());
    }
}

/// The sample, whose two deals that wait both go: one is of the private pipeline and is released.
fn ready() -> Driver {
    let mut desk = Driver::sample();
    desk.press("o").shows("Waits to be written · 1").shows("Private pipeline: stays here until you release it · 1");
    desk.press("j space").shows("Waits to be written · 2").shows("released");
    desk
}

#[test]
fn what_would_be_written_is_looked_at_as_a_table_before_it_is_on_every_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    desk.press("v").shows("What the next upload file says");
    let cells = |desk: &mut Driver| {
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            seen.extend(desk.screen().lines().map(|line| line.trim_matches(['│', ' ', '▸']).to_owned()));
            desk.press("j");
        }
        seen
    };
    let wide = cells(&mut desk);
    desk.size(40, 10).press("g");
    let narrow = cells(&mut desk);
    desk.size(80, 24)
        .press("esc")
        .shows("Waits to be written · 2")
        .press("x ctrl-u")
        .typed(folder.path().to_str().unwrap())
        .press("enter y");
    let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let mut rows = csv::Reader::from_path(file).unwrap();
    let heads = rows.headers().unwrap().clone();
    let mut looked = 0;
    for row in rows.records() {
        let row = row.unwrap();
        let told = heads.iter().zip(&row).filter(|(head, cell)| !cell.is_empty() && head.len() < 30 && cell.len() < 20);
        for (head, cell) in told {
            let is_shown = |line: &String| line.starts_with(head) && line.ends_with(cell);
            assert!(wide.iter().any(is_shown), "{head}: {cell}: {wide:?}");
            assert!(
                narrow.iter().any(|line| cell.starts_with(line.as_str()) || line.ends_with(cell)),
                "{head}: {cell}: {narrow:?}"
            );
            looked += 1;
        }
    }
    assert!(looked > 20, "{looked}");
    desk.press("v");
    assert!(desk.note().contains("Nothing is ready"), "{}", desk.note());
}

#[test]
fn what_is_held_back_stays_and_is_released_again() {
    let mut desk = ready();
    desk.press("G space").shows("Held back · 1").shows("Waits to be written · 1");
    desk.press("space").shows_not("Held back").shows("Waits to be written · 2");
    // What was released of the private pipeline stays again.
    desk.press("g space").shows("Private pipeline").shows("Waits to be written · 1");
}

#[test]
fn an_upload_file_is_written_after_a_question_and_the_deals_wait_for_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    desk.press("x").shows("Write an upload file into");
    desk.press("ctrl-u").typed(folder.path().to_str().unwrap()).press("enter").shows("What is written is final");
    desk.press("n").shows("Waits to be written · 2");
    desk.press("x ctrl-u").typed(folder.path().to_str().unwrap()).press("enter y");
    assert!(desk.note().contains("Wrote 2 deals to"), "{}", desk.note());
    desk.shows("In a file, unconfirmed · 2");
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let text = std::fs::read_to_string(&files[0]).unwrap();
    assert!(text.contains("Partner Referral Status"));
    // What the history then says of a step names the key.
    desk.press("esc :").typed("history of everything").press("enter u");
    assert!(desk.note().contains("f in the outbox (o) lets it wait again"), "{}", desk.note());
    desk.press("esc o");
    desk.press("x").shows("Nothing is ready to be written");
    desk.press("space").shows("neither ready nor held back");
    // The file itself answers nothing, unless somebody says that it is the answer.
    desk.press("i").typed(files[0].to_str().unwrap()).press("enter").shows("it answers nothing").shows("Is this its answer");
    desk.press("esc").shows("In a file, unconfirmed · 2");
    // Partner Center has taken all of it.
    let answer = folder.path().join("answer.csv");
    std::fs::write(&answer, text.replace("\r\n", "\n")).unwrap();
    desk.press("i").typed(answer.to_str().unwrap()).press("enter").shows("Partner Center has taken 2 rows");
    desk.shows("answer.csv: 2 taken · 0 refused.").shows("2 taken by Partner Center").shows_not("2 changed");
    desk.shows("Partner Center has taken what was written");
    desk.press("esc").shows("Nothing waits for Partner Center").shows_not("outbox 2");
}

#[test]
fn undo_right_after_a_file_was_written_asks_before_it_takes_back_what_came_before() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Driver::sample();
    desk.press("j j f o x ctrl-u").typed(folder.path().to_str().unwrap()).press("enter y");
    assert!(desk.note().contains("Wrote"), "{}", desk.note());
    desk.press("u").shows("Upload files were written since: what has left is final.").shows("Undo what was done before: Marked");
    desk.press("esc").shows_not("Undo what was done before").shows_not("Undone");
    desk.press("u enter").shows("Undone: Marked");
}

#[test]
fn a_folder_that_cannot_be_written_into_is_refused_at_once_with_what_is_wrong_where() {
    let mut desk = ready();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(at("file.txt"), "").unwrap();
    desk.press("x ctrl-u").typed(&at("none/at/all")).press("enter").shows_not("What is written is final");
    assert_eq!(
        desk.note(),
        format!("There is no folder {}. Nothing was written: make it, or name one that is there.", at("none"))
    );
    for name in ["file.txt", "file.txt/x"] {
        desk.press("ctrl-u").typed(&at(name)).press("enter").shows_not("What is written is final");
        assert_eq!(desk.note(), format!("{} is a file, not a folder. Nothing was written: name a folder.", at("file.txt")));
    }
    desk.press("ctrl-u enter");
    assert_eq!(desk.note(), "Name a folder to write into.");
    desk.press("esc").shows("Waits to be written · 2");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was made");
}

#[test]
fn an_empty_outbox_says_that_nothing_waits() {
    let mut desk = Driver::empty();
    desk.press(":").typed("outbox").press("enter").shows("Nothing waits for Partner Center");
}

#[test]
fn enter_opens_the_deal_and_esc_comes_back() {
    let mut desk = Driver::sample();
    desk.press("o enter")
        .shows_not("What Partner Center does not know yet")
        .press("esc")
        .shows("What Partner Center does not know yet");
    desk.press("esc").shows_not("What Partner Center does not know yet");
}

#[test]
fn after_an_answer_with_refused_rows_what_it_brought_is_shown_and_the_deals_wait_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    desk.press("x ctrl-u").typed(folder.path().to_str().unwrap()).press("enter y");
    let written = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(written).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let answer = folder.path().join("answer.csv");
    let mut writer = csv::Writer::from_path(&answer).unwrap();
    writer.write_record(reader.headers().unwrap()).unwrap();
    for row in reader.records().map(Result::unwrap) {
        writer.write_record(std::iter::once("Currency\nis not valid").chain(row.iter().skip(1))).unwrap();
    }
    drop(writer);
    desk.press("i").typed(answer.to_str().unwrap()).press("enter").shows("It refused 2 rows").shows_not("damaged");
    assert!(desk.note().contains("answer.csv: 0 taken · 2 refused; o shows why"), "{}", desk.note());
    desk.shows("2 refused by Partner Center").shows("Partner Center refused what was written").shows_not("2 changed");
    desk.press(":").typed("last import").press("enter").shows_not("damaged");
    desk.press("esc")
        .shows("Refused by Partner Center, waits to be written again · 2")
        .shows("Currency is")
        .shows("not valid")
        .shows("It names: Value");
}

#[test]
fn a_file_that_was_never_uploaded_is_forgotten_after_a_question_and_its_deals_wait_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    desk.press("f");
    assert!(desk.note().contains("no upload file that waits for its answer"), "{}", desk.note());
    desk.press("x ctrl-u").typed(folder.path().to_str().unwrap()).press("enter y").shows("In a file, unconfirmed · 2");
    desk.press("f").shows("never uploaded? Then 2");
    desk.press("n").shows("In a file, unconfirmed · 2");
    desk.press("f y").shows("Waits to be written · 2").shows("outbox 2");
    assert!(desk.note().contains("counts as never uploaded: 2 deals wait again"), "{}", desk.note());
}

#[test]
fn a_sender_counts_as_told_after_a_question_and_where_nobody_is_to_be_told_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    desk.press("G").shows("Microsoft is to be told");
    desk.press("s").shows("Has Microsoft been told about");
    desk.press("n").shows("Microsoft is to be told");
    desk.press("s y").shows_not("Microsoft is to be told").shows("Waits to be written · 2");
    assert!(desk.note().contains("Microsoft counts as told about"), "{}", desk.note());
    assert!(desk.note().contains("That is not undone: u would undo “"), "{}", desk.note());
    desk.press("s");
    assert!(desk.note().contains("Nobody is to be told about"), "{}", desk.note());
    // What a file tells, Partner Center tells.
    let mut desk = ready();
    desk.press("x ctrl-u").typed(folder.path().to_str().unwrap()).press("enter y G s");
    assert!(desk.note().contains("is told by Partner Center once it has taken"), "{}", desk.note());
    let mut desk = Driver::empty();
    desk.press("o s").shows("Nothing waits for Partner Center").press("f").shows("Nothing waits for Partner Center");
}

#[test]
fn in_the_sample_no_upload_file_is_written_and_it_says_that_it_is_the_sample() {
    let mut desk = ready();
    desk.model.data = cosell::desk::Data::Demo { from_own: true };
    desk.press("x").shows_not("Write an upload file into");
    assert!(desk.note().contains("This is the sample"), "{}", desk.note());
    desk.shows("Waits to be written · 2");
}

const REFERRAL: &str = r#"[{"id":"1c8f6b20-0000-4000-8000-000000000003","status":"STATUS","substatus":"SUB","direction":"Outgoing",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-1DAYT03:00:00Z","name":"판매 관리",
  "customerProfile":{"name":"한빛정밀 주식회사","address":{"country":"KR"}},
  "team":[{"firstName":"민준","lastName":"김","phoneNumber":"+82 2-555-0101","email":"m@p.example"}],
  "details":{"dealValue":"9800000","currency":"JPY","closingDateTime":"2027-02-26T00:00:00Z",
  "requirements":{"solutions":[{"id":"SOL-1"}]}}}]"#;

#[test]
fn what_cannot_be_sent_any_more_leaves_the_outbox_with_theirs_and_one_undo_brings_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Driver::empty();
    for (day, status, sub) in [("1", "Active", "Accepted"), ("2", "Closed", "Won")] {
        let path = folder.path().join("deals.json");
        std::fs::write(&path, REFERRAL.replace("DAY", day).replace("STATUS", status).replace("SUB", sub)).unwrap();
        desk.press("i").typed(path.to_str().unwrap()).press("enter esc");
        if day == "1" {
            desk.press("2 e ctrl-u").typed("우리 이름").press("ctrl-s");
        }
    }
    desk.press("esc o").shows("Cannot be sent: t takes theirs · 1").shows("우리 이름");
    desk.press("t").shows("Nothing waits for Partner Center");
    assert!(desk.note().starts_with("Theirs is taken: 판매 관리"), "{}", desk.note());
    desk.press("u").shows("Cannot be sent: t takes theirs · 1");
    let mut desk = ready();
    desk.press("t");
    assert!(desk.note().contains("not among those that cannot be sent"), "{}", desk.note());
}

#[test]
fn the_footer_of_the_outbox_says_hold_or_release_as_the_deal_at_the_cursor_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    desk.shows("Space hold").press("space").shows("Space release").press("space").shows("Space hold").shows("x write file");
    desk.press("x ctrl-u").typed(folder.path().to_str().unwrap()).press("enter y").shows("In a file, unconfirmed");
    desk.press("home").shows_not("Space hold").shows_not("x write file");
}

/// Writes what is ready out of the outbox, and takes an answer in which every row is refused.
fn refuse_all(desk: &mut Driver, folder: &std::path::Path) {
    refuse_all_for(desk, folder, "Customer City is not valid");
}

fn refuse_all_for(desk: &mut Driver, folder: &std::path::Path, message: &str) {
    desk.press("x ctrl-u").typed(folder.to_str().unwrap()).press("enter y").shows("In a file, unconfirmed");
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&file).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::Writer::from_path(folder.join("answer.csv")).unwrap();
    writer.write_record(reader.headers().unwrap()).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        writer.write_record(std::iter::once(message).chain(row.iter().skip(1))).unwrap();
    }
    writer.flush().unwrap();
    let answer = folder.join("answer.csv");
    // How old the data is stands in the header.
    let written = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_795_219_200);
    std::fs::File::options().write(true).open(&answer).unwrap().set_modified(written).unwrap();
    desk.press("i").typed(answer.to_str().unwrap()).press("enter").shows("refused").press("esc");
}

/// The sample, of whose two deals Partner Center refused both rows; the cursor of the outbox is on the first.
fn both_refused(folder: &std::path::Path) -> Driver {
    let mut desk = ready();
    refuse_all(&mut desk, folder);
    desk.press("o").shows("Refused by Partner Center, waits to be written again · 2");
    desk
}

/// An inbound deal that was accepted, which Partner Center refused.
fn accept_refused(folder: &std::path::Path) -> Driver {
    accept_refused_for(folder, "Customer City is not valid")
}

fn accept_refused_for(folder: &std::path::Path, message: &str) -> Driver {
    let downloaded = tempfile::tempdir().unwrap();
    let file = downloaded.path().join("inbound.csv");
    std::fs::write(&file, include_str!("../fixtures/bulk-2023.csv")).unwrap();
    let mut desk = Driver::empty();
    desk.press("i").typed(file.to_str().unwrap()).press("enter esc").size(120, 40);
    desk.press("/").typed("landing Alpine").press("enter").press("a ctrl-s").press("o");
    desk.shows("Waits to be written · 1");
    refuse_all_for(&mut desk, folder, message);
    desk
}

#[test]
fn a_refused_deal_that_both_sides_changed_names_the_key_that_decides_and_theirs_says_that_the_refusal_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = accept_refused_for(folder.path(), "Deal Name is not valid");
    desk.press("o").shows("e corrects it, a accepts it anew").press("e ctrl-u").typed("Our name").press("ctrl-s");
    let answer = std::fs::read_to_string(folder.path().join("answer.csv")).unwrap();
    let name = include_str!("../fixtures/bulk-2023.csv").lines().find(|line| line.contains("landing")).unwrap();
    let name = name.split(',').find(|cell| cell.contains("landing")).unwrap();
    let theirs = answer.replace("Deal Name is not valid", "").replace(name, "Their name");
    let download = folder.path().join("download.csv");
    std::fs::write(&download, theirs).unwrap();
    desk.press("i").typed(download.to_str().unwrap()).press("enter").shows("still counts as refused").press("esc");
    desk.press("o").shows("Changed on both sides").shows("! decides what both sides changed.").shows_not("e corrects it");
    desk.press("esc esc /").typed("Our name").press("enter").press("!").press("enter");
    let said = "Theirs is taken: Their name. Nothing of it waits any more: what Partner Center refused of it (Deal Name is not valid) goes out no more.";
    assert!(desk.note().starts_with(said), "{} {}", desk.note(), desk.screen());
}

#[test]
fn mg_56_an_accept_that_partner_center_refused_is_accepted_anew_or_declined_from_its_detail() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = accept_refused(folder.path());
    // In the room that says so the same keys act on its row.
    desk.press("o").shows("e corrects it, a accepts it anew, d declines it.");
    desk.press("p j").shows("Enter corrects it here; on the deal’s page: e corrects it, a accepts it").press("esc");
    desk.press("d").shows("Decline and close:").press("esc").press("a").shows("Accept:").press("esc").press("w").shows("Won:");
    desk.press("esc").shows("Refused by Partner Center").press("esc");
    desk.press("o enter").shows("a Accept").shows("d Decline").shows("w Won");
    desk.press("d").shows("Decline and close:").press("esc").press("a").shows("Accept:").press("ctrl-s");
    assert!(desk.note().starts_with("Accepted"), "{}", desk.note());
}

#[test]
fn a_refused_accept_that_is_made_anew_unchanged_says_that_the_same_goes_out_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = accept_refused(folder.path());
    desk.press("o a").shows("Partner Center refused this: Customer City is not valid").shows("the same goes out again.");
    desk.press("ctrl-s");
    assert!(desk.note().contains("refused this before (Customer City is not valid)"), "{}", desk.note());
    desk.press("a").shows("the same goes out again.").typed(" 2").shows_not("the same goes out again.");
    desk.press("esc x").press("d 1").shows_not("goes out again");
}

#[test]
fn the_box_of_a_win_or_a_loss_says_that_partner_center_refused_the_acceptance() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = accept_refused(folder.path());
    let said = "Partner Center refused that this was accepted: Customer City is not valid";
    desk.press("o w").shows("Won:").shows(said).shows("Unless it is corrected, the same goes out again.").press("esc");
    desk.press("l").shows("Lost:").shows(said).press("down ctrl-s");
    assert!(desk.note().contains("refused that this was accepted (Customer City is not valid)"), "{}", desk.note());
}

#[test]
fn the_box_of_a_refused_accept_says_first_what_was_refused_and_then_what_is_to_be_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = accept_refused_for(folder.path(), "Estimated Close Date is not valid");
    let screen = desk.press("o a").screen();
    let at = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text}: {screen}"));
    assert!(
        at("Partner Center refused what stands here, at Close date.") < at("Unless it is corrected, the same goes"),
        "{screen}"
    );
}

#[test]
fn of_several_the_one_whose_accept_was_refused_is_accepted_anew_and_not_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = accept_refused(folder.path());
    // Six that were received, that one, and nine that are accepted there as well.
    desk.press("esc esc").size(160, 60).press("ctrl-a a");
    desk.shows("Accept: 7 opportunities").shows("Partner Center refused").shows("the same goes out again");
}

#[test]
fn a_and_d_in_the_outbox_act_on_its_row_or_say_why_not() {
    let mut desk = ready();
    desk.press("g a");
    assert!(desk.note().contains("Archived as") || desk.note().contains("has been accepted"), "{}", desk.note());
    assert!(desk.model.dialogs.is_empty());
    desk.press("j d");
    assert!(!desk.note().is_empty(), "{}", desk.screen());
    let mut desk = Driver::empty();
    desk.press("o a").shows("Nothing waits for Partner Center");
}

#[test]
fn mg_65_an_accept_that_was_refused_is_not_offered_anew_once_its_time_is_over_and_why_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = accept_refused(folder.path());
    let later = Clock::from_setting(Some("2026-12-24T09:30:00+09:00")).unwrap();
    desk.tell(Msg::Tick(later.now())).press("o enter").shows("w Won").shows_not("a Accept").shows_not("d Decline");
    for key in ["a", "d"] {
        desk.press(key);
        assert!(desk.note().contains("xpired"), "{key}: {}", desk.note());
    }
}

#[test]
fn how_a_deal_ended_is_told_anew_or_taken_back_once_partner_center_refused_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = both_refused(folder.path());
    desk.shows("It still says what was refused");
    desk.press("x enter").shows("2 of them still say what Partner Center refused.").press("esc");
    desk.press("enter");
    insta::assert_snapshot!("outbox_refused_detail", desk.screen());
    desk.press("e").shows("Edit:").press("esc").press("w").shows("Won:").press("esc");
    desk.press(":").typed("reopen").press("enter");
    insta::assert_snapshot!("outbox_reopened", desk.screen());
    assert!(desk.selected().contains("报关单据对账自动化"), "another deal is under the fingers: {}", desk.selected());
}

#[test]
fn what_partner_center_refused_is_corrected_from_the_row_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = both_refused(folder.path());
    desk.shows("e corrects it, w tells it anew; : reopen takes back that it ended.");
    desk.press("e")
        .shows("Edit: 报关单据对账自动化")
        .press("esc")
        .shows("Refused by Partner Center, waits to be written again · 2");
    desk.press("j e").shows_not("Edit: 报关单据对账自动化").shows("Edit:").press("esc k");
    desk.press(":").typed("reopen").press("enter").shows("Refused by Partner Center, waits to be written again · 1");
    assert!(desk.note().contains("报关单据对账自动化") && desk.note().contains("u undoes it"), "{}", desk.note());
}

#[test]
fn where_a_deal_was_written_to_is_read_whole_on_80_columns_and_no_new_one_is_called_unheard_of() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    desk.size(80, 24).press("x ctrl-u").typed(folder.path().to_str().unwrap()).press("enter y");
    desk.shows("in cosell-upload-2026-11-21-1.csv of 21 Nov").shows_not("…");
    desk.shows_not("never heard of it").size(60, 24).shows("unconfirmed");
}

#[test]
fn the_form_of_a_refused_deal_begins_at_the_field_that_partner_center_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    // Of the row that makes a deal every field can be named.
    desk.press("x ctrl-u").typed(folder.path().to_str().unwrap()).press("enter y").shows("In a file, unconfirmed · 2");
    let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&file).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::Writer::from_path(folder.path().join("answer.csv")).unwrap();
    writer.write_record(reader.headers().unwrap()).unwrap();
    for row in reader.records() {
        writer.write_record(std::iter::once("Estimated Close Date is in the past").chain(row.unwrap().iter().skip(1))).unwrap();
    }
    writer.flush().unwrap();
    drop(writer);
    desk.press("i").typed(folder.path().join("answer.csv").to_str().unwrap()).press("enter").shows("refused").press("esc");
    desk.press("o enter e").shows("Edit:").shows("! Partner Center refused this: Estimated Close Date is in the");
    let screen = desk.screen();
    let at = screen.lines().position(|line| line.contains("Close date")).unwrap();
    assert!(screen.ends_with(&format!(",{at}")), "the cursor is there: {screen}");
    desk.press("ctrl-u").typed("+30d").shows_not("Partner Center refused this");
}

#[test]
fn the_first_upload_offers_a_folder_that_is_there_and_makes_one_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    // It is looked for on another thread: the box may be open already when it comes.
    desk.press("x").tell(Msg::Found(Found::ToWriteInto(folder.path().to_str().unwrap().to_owned()))).press("esc");
    desk.press("x").shows(folder.path().file_name().unwrap().to_str().unwrap());
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing is made by asking");
    desk.typed("/uploads").press("enter").shows("The folder is not there yet: it is made.");
    assert!(!folder.path().join("uploads").exists(), "not before it is wanted");
    desk.press("y").shows("In a file, unconfirmed");
    assert!(desk.note().starts_with(&format!("Made the folder {}.", folder.path().join("uploads").display())), "{}", desk.note());
    assert_eq!(std::fs::read_dir(folder.path().join("uploads")).unwrap().count(), 1);
}

#[test]
fn an_upload_file_that_comes_back_as_it_was_written_is_asked_about_and_enter_says_that_it_is_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = ready();
    desk.press("x ctrl-u").typed(folder.path().to_str().unwrap()).press("enter y").shows("In a file, unconfirmed · 2");
    let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    desk.press("i").typed(file.to_str().unwrap()).press("enter").shows("Is this its answer").shows("Leave it as it is");
    desk.press("enter").shows("Partner Center has taken 2 rows").shows_not("Is this its answer");
    desk.press("esc").shows("Nothing waits for Partner Center");
}

/// The upload file in a folder, beside which answers may lie.
fn written_into(folder: &std::path::Path) -> std::path::PathBuf {
    let is_written = |entry: &std::fs::DirEntry| !entry.file_name().to_str().unwrap().starts_with("answer");
    std::fs::read_dir(folder).unwrap().map(Result::unwrap).find(is_written).unwrap().path()
}

#[test]
fn an_upload_file_that_was_answered_with_refusals_says_so_and_enter_does_not_take_them_for_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = both_refused(folder.path());
    let file = written_into(folder.path());
    let file = file.to_str().unwrap();
    desk.press("i").typed(file).press("enter").shows("answered already, imported").shows("taken, 2 refused. Has Partner");
    desk.press("enter").shows("Refused by Partner Center, waits to be written again · 2");
    desk.press("i")
        .typed(file)
        .press("enter")
        .shows("Has Partner Center taken")
        .press("y")
        .shows("Partner Center has taken 2 rows");
    desk.press("u").shows("Undo").press("y o").shows("Refused by Partner Center, waits to be written again · 2");
    // Saved anew it is the same answer, under its own name.
    let text = std::fs::read_to_string(file).unwrap();
    std::fs::write(file, text.trim_end()).unwrap();
    desk.press("i").typed(file).press("enter").shows("2 rows say otherwise now").shows("stay refused");
    desk.press("N").shows("for a later answer?").press("enter").press("esc o");
    desk.shows("Refused by Partner Center, waits to be written again · 2");
}

#[test]
fn rows_that_were_refused_and_corrected_in_the_file_are_taken_where_the_answer_is_said_to_be_the_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = both_refused(folder.path());
    let file = written_into(folder.path());
    // Somebody put other days into the file and uploaded it again; this is what came back.
    let mut rows = csv::Reader::from_path(&file).unwrap();
    let heads = rows.headers().unwrap().clone();
    let at = heads.iter().position(|head| head == "Estimated Close Date").unwrap();
    let answer = folder.path().join(format!("answer to {}", file.file_name().unwrap().to_str().unwrap()));
    let mut writer = csv::Writer::from_path(&answer).unwrap();
    writer.write_record(&heads).unwrap();
    for row in rows.records().map(Result::unwrap) {
        let cells = row.iter().enumerate().map(|(column, cell)| if column == at { "12/30/2027" } else { cell });
        writer.write_record(cells).unwrap();
    }
    drop(writer);
    // Under a name that is none of an upload's nothing tells whose answer it is: that is said, and what takes it.
    let download = folder.path().join("download.csv");
    std::fs::copy(&answer, &download).unwrap();
    desk.press("i").typed(download.to_str().unwrap()).press("enter").shows("still count as refused").shows("N takes");
    desk.press("N").shows("becomes what it says").press("y").shows("Partner Center has taken 2 rows");
    desk.press("esc o").shows_not("Refused by Partner Center").press("esc");
    desk.press("u y u y o").shows("Refused by Partner Center, waits to be written again · 2").press("esc");
    desk.press("i").typed(answer.to_str().unwrap()).press("enter").shows("2 rows say otherwise now").shows("stay refused");
    desk.press("N").shows("What was refused becomes what it says").press("y").shows("Partner Center has taken 2 rows");
    desk.press("esc o").shows_not("Refused by Partner Center");
}
