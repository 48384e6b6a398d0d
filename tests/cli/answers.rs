//! What Partner Center gives back for an upload, as a shell sees it: which rows it answers, once and again, and which it does not.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use serde_json::json;

use super::outbox::{CALM, desk, first_is_taken, new_deal, standings, upload, waiting, write};
use crate::center::{Center, Whims};
use crate::support::cli::Cli;

#[test]
fn confirming_twice_and_an_older_answer_change_nothing() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    let first = write(&cli, &[]);
    let old = center.upload(&fs::read_to_string(&first[0]).unwrap(), CALM).unwrap();
    cli.run(&["edit", "1", "notes=둘째"]).done();
    let second = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &second[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    let again = cli.run(&["outbox", "confirm", &answer]);
    assert_eq!((again.code, again.out.contains("One row was answered before: nothing changed.")), (3, true), "{again:?}");
    // The answer to the first file comes last, and is saved last.
    let old = cli.file("old answer.csv", old);
    assert_eq!(cli.run(&["outbox", "confirm", &old]).code, 3);
    assert_eq!(waiting(&cli), []);
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["deal"]["notes"], "둘째");
    let files = cli.run(&["outbox", "files", "--json"]).json();
    assert_eq!(files.as_array().unwrap().iter().map(|file| &file["taken"]).collect::<Vec<_>>(), [&json!(1), &json!(1)]);
}

#[test]
fn a_copied_download_that_was_saved_last_takes_back_nothing_that_was_confirmed() {
    let (cli, mut center) = desk();
    let old = center.download();
    // Hours before the clock of the desk, 20 November 23:00 UTC.
    let saved = |file: &str, hours: u64| {
        let at = UNIX_EPOCH + Duration::from_secs(1_795_215_600 - hours * 3_600);
        fs::File::options().write(true).open(file).unwrap().set_modified(at).unwrap();
    };
    let first = cli.file("first.csv", &old);
    saved(&first, 9);
    cli.run(&["import", &first]).done();
    cli.run(&["accept", "1", "--value", "9000만"]).done();
    cli.run(&["edit", "1", "notes=둘째"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], CALM);
    saved(&answer, 5);
    cli.run(&["outbox", "confirm", &answer]).done();
    let copied = cli.file("copy of first.csv", old);
    saved(&copied, 1);
    let report = cli.run(&["import", &copied, "--json"]).json();
    assert_eq!((&report["files"][0]["changed"], &report["files"][0]["older"]), (&json!(0), &json!(1)), "{report}");
    let deal = &cli.run(&["show", "1", "--json"]).json()["deal"];
    assert_eq!((&deal["value"], &deal["notes"]), (&json!("90000000"), &json!("둘째")));
    assert_eq!(waiting(&cli), []);
}

#[test]
fn a_download_that_is_confirmed_is_named_for_what_it_is_and_nothing_of_it_counts_as_an_answer() {
    let (cli, center) = desk();
    let download = cli.file("downloaded.csv", center.download());
    let said = |cli: &Cli| {
        let told = cli.run(&["outbox", "confirm", &download]);
        let is_said = told.err.contains("downloaded.csv is no answer to an upload file") && told.err.contains("cosell import");
        assert_eq!((told.code, is_said), (3, true), "{told:?}");
    };
    said(&cli);
    cli.run(&["accept", "1"]).done();
    said(&cli);
    // It has the deal as it was before the file: nobody has taken anything.
    write(&cli, &[]);
    said(&cli);
    assert_eq!(waiting(&cli), standings([(1, "written")]));
    let told = cli.run(&["outbox", "confirm", &download, "--json"]);
    assert!(told.err.contains(r#""code":"no-answer""#), "{told:?}");
}

#[test]
fn an_answer_that_refuses_says_the_second_time_that_it_was_answered_before() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    cli.run(&["accept", "2"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(2), ..CALM });
    let told = cli.run(&["outbox", "confirm", &answer]);
    assert!(told.code == 4 && told.out.starts_with("answer.csv: 1 taken · 1 refused.\n"), "{told:?}");
    assert!(told.out.contains("cosell outbox tells of each what is wrong") && !told.out.contains("0 new"), "{told:?}");
    let again = cli.run(&["outbox", "confirm", &answer]);
    assert_eq!((again.code, again.out.contains("2 rows were answered before: nothing changed.")), (3, true), "{again:?}");
    assert!(!again.out.contains("refused") && !again.out.contains("undo"), "{again:?}");
    let history = cli.run(&["history", "2"]).out;
    assert_eq!(history.matches("Partner Center refused it").count(), 1, "{history}");
    // What stands beside the rows that answer is taken as an import takes it, and said.
    let files = write(&cli, &[]);
    upload(&cli, &mut center, &files[0], CALM);
    let both = cli.file("later.csv", center.download());
    let told = cli.run(&["outbox", "confirm", &both]).done();
    assert!(told.contains("has taken one row") && told.contains("One row answers nothing that was written here"), "{told}");
}

#[test]
fn a_new_deal_learns_its_id_by_what_was_written_though_it_is_called_otherwise_by_now() {
    let (cli, mut center) = desk();
    new_deal(&cli, "새 거래", &["--share"]);
    let files = write(&cli, &[]);
    cli.run(&["edit", "4", "name=새 이름", "crm-id=C-1"]).done();
    assert_eq!(waiting(&cli), standings([(4, "written")]), "two rows would make two deals");
    let answer = upload(&cli, &mut center, &files[0], Whims { tells_ids: false, ..CALM });
    cli.run(&["outbox", "confirm", &answer]).done();
    assert!(cli.run(&["outbox"]).out.contains("its ID comes with the next download"));
    let fresh = cli.file("outbound.csv", center.download());
    cli.run(&["import", &fresh]).done();
    let deal = cli.run(&["show", "4", "--json"]).json();
    assert!(deal["referralId"].is_string(), "{deal}");
    assert_eq!(deal["deal"]["name"], "새 이름");
    assert_eq!(waiting(&cli), standings([(4, "ready")]), "what was changed since goes with the next file");
    assert_eq!(cli.run(&["list", "--json"]).json().as_array().unwrap().len(), 4);
}

#[test]
fn of_two_that_are_the_same_in_everything_it_is_asked_which_one_has_come() {
    let (cli, mut center) = desk();
    new_deal(&cli, "쌍둥이", &["--share"]);
    new_deal(&cli, "쌍둥이", &["--share"]);
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], CALM);
    let told = cli.run(&["outbox", "confirm", &answer]);
    assert!(told.out.contains("it is unclear which deal") && told.out.contains("#4, #5"), "{told:?}");
    cli.run(&["outbox", "confirm", &answer, "--match", "2=5", "--match", "3=4"]).done();
    assert_eq!(waiting(&cli), []);
    let id = |deal: &str| cli.run(&["show", deal, "--json"]).json()["referralId"].clone();
    assert_ne!(id("4"), id("5"));
    let bad = cli.run(&["outbox", "confirm", &answer, "--match", "five"]);
    assert_eq!((bad.code, bad.err.contains("does not say which deal")), (2, true), "{bad:?}");
}

#[test]
fn an_answer_that_is_undone_leaves_the_file_unanswered() {
    let (cli, mut center) = desk();
    let answer = first_is_taken(&cli, &mut center);
    cli.run(&["undo"]).done();
    assert_eq!(waiting(&cli), standings([(1, "written")]));
    cli.run(&["outbox", "confirm", &answer]).done();
    assert_eq!(waiting(&cli), []);
}

#[test]
fn an_answer_that_is_undone_and_taken_again_leaves_no_sender_to_be_told() {
    let (cli, mut center) = desk();
    cli.run(&["decline", "1", "--reason", "budget"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    assert_eq!(waiting(&cli), []);
    cli.run(&["undo"]).done();
    assert_eq!(waiting(&cli), standings([(1, "written")]));
    cli.run(&["redo"]).done();
    assert_eq!(waiting(&cli), []);
    assert_eq!(cli.run(&["doctor"]).code, 0);
}

#[test]
fn an_answer_with_refused_rows_exits_with_4_and_one_whose_rows_were_all_refused_with_3() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    cli.run(&["accept", "2"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(2), ..CALM });
    assert_eq!(cli.run(&["import", &answer, "--dry-run"]).code, 4);
    assert_eq!(cli.run(&["import", &answer]).code, 4);
    assert_eq!(waiting(&cli), standings([(2, "ready")]));
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(1), ..CALM });
    let told = cli.run(&["outbox", "confirm", &answer]);
    assert_eq!((told.code, told.out.contains("It refused one row")), (3, true), "{told:?}");
    assert_eq!(waiting(&cli), standings([(2, "ready")]), "the reason is kept all the same");
    assert!(cli.run(&["outbox"]).out.contains("Partner Center refused it"));
}

#[test]
fn an_upload_file_that_is_imported_as_it_was_written_is_said_to_answer_nothing() {
    let (cli, _) = desk();
    cli.run(&["accept", "1"]).done();
    let file = write(&cli, &[])[0].to_str().unwrap().to_owned();
    let told = cli.run(&["import", &file]).done();
    assert!(told.contains("it answers nothing") && told.contains("cosell outbox confirm FILE"), "{told}");
    assert_eq!(cli.run(&["import", &file, "--json"]).json()["files"][0]["isUpload"], true);
    assert_eq!(waiting(&cli), standings([(1, "written")]));
}

#[test]
fn the_answer_to_an_earlier_upload_that_comes_again_does_not_refuse_the_next_one_of_the_same_row() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    let files = write(&cli, &[]);
    let refuse = Whims { refuse_each: Some(1), ..CALM };
    let first = center.upload(&fs::read_to_string(&files[0]).unwrap(), refuse).unwrap();
    let answer = cli.file("answer.csv", &first);
    assert_eq!(cli.run(&["outbox", "confirm", &answer]).code, 3);
    let cli = cli.at("2026-11-21T10:00:00+09:00");
    let files = write(&cli, &[]);
    for command in [&["import", &answer][..], &["outbox", "confirm", &answer]] {
        let again = cli.run(command);
        assert!(
            again.out.contains("One row was answered before: nothing changed.") && !again.out.contains("It refused"),
            "{again:?}"
        );
        assert_eq!(waiting(&cli), standings([(1, "written")]), "it is out, and nobody has said anything of it");
    }
    // Where the same is said of the next one, its name says that.
    let named = format!("answer to {}", files[0].file_name().unwrap().to_str().unwrap());
    let told = cli.run(&["outbox", "confirm", &cli.file(&named, &first)]);
    assert!(told.out.contains("It refused one row"), "{told:?}");
    assert_eq!(waiting(&cli), standings([(1, "ready")]));
}

#[test]
fn an_answer_with_a_row_twice_speaks_of_no_refusal_when_it_comes_again_and_of_one_row_that_counts() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    let files = write(&cli, &[]);
    let text = fs::read_to_string(&files[0]).unwrap();
    let taken = center.upload(&text, CALM).unwrap();
    let refused = center.upload(&text, Whims { refuse_each: Some(1), ..CALM }).unwrap();
    let row = |of: &str| of[of.find('\n').unwrap() + 1..].to_owned();
    for (one, other) in [(&refused, &taken), (&taken, &refused)] {
        let both = cli.file("both.csv", format!("{one}{}", row(other)));
        for command in [&["outbox", "confirm", &both][..], &["import", &both], &["outbox", "confirm", &both]] {
            let told = cli.run(command).out;
            assert!(told.contains("stands twice in the answer"), "{told}");
            assert!(!told.contains("the later one counts") && !told.contains("It refused"), "{told}");
        }
    }
    // What was refused in a file of its own after it was taken is no refusal either.
    let told = cli.run(&["import", &cli.file("late.csv", &refused)]).out;
    assert!(told.contains("One row was answered before") && !told.contains("It refused"), "{told}");
    assert_eq!(waiting(&cli), []);
}

#[test]
fn an_upload_file_as_it_was_written_is_its_own_clean_answer_where_that_is_said() {
    let (cli, _) = desk();
    cli.run(&["accept", "1"]).done();
    let file = write(&cli, &[])[0].to_str().unwrap().to_owned();
    let told = cli.run(&["outbox", "confirm", &file]).done();
    assert!(told.contains("Partner Center has taken one row that you wrote.") && !told.contains("answers nothing"), "{told}");
    assert_eq!(waiting(&cli), []);
    let again = cli.run(&["outbox", "confirm", &file]);
    assert_eq!((again.code, again.out.contains("One row was answered before")), (3, true), "{again:?}");
}

#[test]
fn a_file_that_was_answered_with_a_refusal_is_not_confirmed_as_all_taken_unless_it_is_insisted_on_and_undo_brings_the_refusal_back()
 {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    cli.run(&["accept", "2"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(2), ..CALM });
    assert_eq!(cli.run(&["outbox", "confirm", &answer]).code, 4);
    let refused = cli.run(&["outbox", "--json"]).json();
    let file = files[0].to_str().unwrap();
    let told = cli.run(&["outbox", "confirm", file]);
    for said in ["was answered already, imported", ": 1 taken, 1 refused.", "One row says otherwise now", "confirm --newest FILE"]
    {
        assert!(told.out.contains(said), "{said}: {}", told.out);
    }
    assert_eq!((told.code, told.out.contains("has taken")), (3, false), "{told:?}");
    assert_eq!(cli.run(&["outbox", "--json"]).json(), refused);
    // As a plain import it is named for what it is, with what came of it.
    let told = cli.run(&["import", file]).done();
    assert!(told.contains("It was answered already, imported") && told.contains("1 taken, 1 refused"), "{told}");
    let told = cli.run(&["outbox", "confirm", "--newest", file]).done();
    assert!(told.contains("Partner Center has taken one row that you wrote."), "{told}");
    assert_eq!(waiting(&cli), []);
    cli.run(&["undo"]).done();
    assert_eq!(cli.run(&["outbox", "--json"]).json(), refused);
    let listed = cli.run(&["outbox", "files", "--json"]).json();
    assert_eq!((&listed[0]["taken"], &listed[0]["refused"], &listed[0]["open"]), (&json!(1), &json!(1), &json!(0)));
    cli.run(&["redo"]).done();
    assert_eq!(waiting(&cli), []);
}

#[test]
fn a_file_that_is_forgotten_while_its_answer_is_taken_back_is_answered_again_by_redo() {
    let (cli, mut center) = desk();
    cli.run(&["decline", "1", "--reason", "budget"]).done();
    cli.run(&["accept", "2"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(2), ..CALM });
    assert_eq!(cli.run(&["outbox", "confirm", &answer]).code, 4);
    let answered = |cli: &Cli| (cli.run(&["outbox", "--json"]).json(), cli.run(&["outbox", "files", "--json"]).json());
    let known = answered(&cli);
    cli.run(&["undo"]).done();
    assert!(cli.run(&["outbox", "forget", files[0].to_str().unwrap()]).done().contains("2 deals wait again"));
    assert_eq!(waiting(&cli), standings([(1, "ready"), (2, "ready")]));
    cli.run(&["redo"]).done();
    assert_eq!(answered(&cli), known);
    // Taken back once more it is a file again that was never uploaded, and any answer of it counts.
    cli.run(&["undo"]).done();
    // To say so twice is to say it once.
    cli.run(&["outbox", "forget", files[0].to_str().unwrap()]);
    cli.run(&["redo"]).done();
    assert_eq!(answered(&cli), known);
    cli.run(&["undo"]).done();
    assert_eq!(waiting(&cli), standings([(1, "ready"), (2, "ready")]));
    assert_eq!(cli.run(&["outbox", "confirm", &answer]).code, 4);
    assert_eq!(answered(&cli), known);
    assert_eq!(cli.run(&["doctor"]).code, 0);
}

/// Confirms a file whose second row was refused, as somebody corrected it in the file and uploaded it again.
fn corrected_by_hand(cli: &Cli, center: &mut Center) -> (String, String) {
    let files = write(cli, &[]);
    let text = fs::read_to_string(&files[0]).unwrap();
    let refused = upload(cli, center, &files[0], Whims { refuse_each: Some(2), ..CALM });
    assert_eq!(cli.run(&["outbox", "confirm", &refused]).code, 4);
    let at = text.rfind("03/31/2027").unwrap();
    let mut edited = text;
    edited.replace_range(at..at + 10, "04/30/2027");
    let answer = center.upload(&edited, CALM).unwrap();
    (refused, cli.file("edited.csv", answer))
}

#[test]
fn a_refused_row_that_was_corrected_in_the_file_counts_as_taken_where_its_answer_is_said_to_be_the_later_one() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    cli.run(&["accept", "2", "--value", "9000만", "--close", "2027-03-31"]).done();
    let (_, answer) = corrected_by_hand(&cli, &mut center);
    let refused = cli.run(&["outbox", "--json"]).json();
    let told = cli.run(&["outbox", "confirm", &answer]);
    assert!(told.out.contains("One row says otherwise now") && told.out.contains("confirm --newest FILE"), "{told:?}");
    assert_eq!((told.code, cli.run(&["outbox", "--json"]).json()), (3, refused.clone()));
    let told = cli.run(&["outbox", "confirm", "--newest", &answer]).done();
    assert!(told.contains("Partner Center has taken one row that you wrote."), "{told}");
    assert!(!told.contains("answers nothing that was written here"), "{told}");
    assert_eq!(waiting(&cli), []);
    let deal = cli.run(&["show", "2", "--json"]).json();
    let stands = (&deal["deal"]["closeDate"], &deal["deal"]["value"], &deal["refused"], &deal["conflicts"]);
    assert_eq!(stands, (&json!("2027-04-30"), &json!("90000000"), &json!(null), &json!(null)));
    cli.run(&["undo"]).done();
    assert_eq!(cli.run(&["outbox", "--json"]).json(), refused);
}

/// A desk of whose two accepted deals Partner Center refused the second, and what was uploaded of them.
fn refused() -> (Cli, Center, String) {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    cli.run(&["accept", "2", "--close", "2027-04-15"]).done();
    let files = write(&cli, &[]);
    let text = fs::read_to_string(&files[0]).unwrap();
    let refused = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(2), ..CALM });
    assert_eq!(cli.run(&["outbox", "confirm", &refused]).code, 4);
    (cli, center, text)
}

#[test]
fn what_was_changed_here_is_no_conflict_where_the_refused_value_was_corrected_in_the_file() {
    let (cli, mut center, text) = refused();
    let answer = center.upload(&text.replace("04/15/2027", "04/30/2027"), CALM).unwrap();
    let answer = cli.file("edited.csv", answer);
    cli.run(&["outbox", "confirm", "--newest", &answer]).done();
    let deal = cli.run(&["show", "2", "--json"]).json();
    assert_eq!((&deal["deal"]["closeDate"], &deal["conflicts"]), (&json!("2027-04-30"), &json!(null)));
    assert_eq!(waiting(&cli), []);
}

#[test]
fn a_download_that_brings_a_refused_row_otherwise_says_that_it_still_counts_as_refused_and_how_that_is_cured() {
    for (close, is_conflict) in [("2027-03-31", false), ("2027-04-15", true)] {
        let (cli, mut center) = desk();
        cli.run(&["accept", "1"]).done();
        cli.run(&["accept", "2", "--value", "9000만", "--close", close]).done();
        let before = cli.file("before.csv", center.download());
        let files = write(&cli, &[]);
        let text = fs::read_to_string(&files[0]).unwrap();
        let refused = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(2), ..CALM });
        assert_eq!(cli.run(&["outbox", "confirm", &refused]).code, 4);
        let told = cli.run(&["import", &before]).done();
        assert!(!told.contains("refused"), "it has the deal as it was before the row: {told}");
        let sent = if is_conflict { "04/15/2027" } else { "03/31/2027" };
        let (head, tail) = text.rsplit_once(sent).unwrap();
        let answer = center.upload(&format!("{head}04/30/2027{tail}"), CALM).unwrap();
        let answer = cli.file("edited.csv", answer);
        let dry = cli.run(&["import", "--dry-run", &answer]).done();
        let told = cli.run(&["import", &answer]).done();
        for said in [&dry, &told] {
            assert_eq!(said.contains("changed here and in Partner Center"), is_conflict, "{said}");
            assert!(said.contains("has changed there since: the row still counts as refused"), "{said}");
            assert!(said.contains("cosell outbox confirm --newest FILE"), "{said}");
        }
        let rows = |cli: &Cli| cli.run(&["outbox", "files", "--json"]).json()[0]["refused"].clone();
        assert_eq!(rows(&cli), 1);
        let again = cli.run(&["import", &answer]).done();
        assert!(!again.contains("still counts"), "it is said once: {again}");
        assert_eq!(cli.run(&["undo"]).code, 3, "the second import changed nothing");
        cli.run(&["undo"]).done();
        let json = cli.run(&["import", &answer, "--json"]).json();
        assert_eq!(json["files"][0]["stayRefused"], json!([2]), "{json}");
        cli.run(&["outbox", "confirm", "--newest", &answer]).done();
        assert_eq!((rows(&cli), waiting(&cli)), (json!(0), vec![]));
        let deal = cli.run(&["show", "2", "--json"]).json();
        assert_eq!((&deal["deal"]["closeDate"], &deal["conflicts"]), (&json!("2027-04-30"), &json!(null)));
    }
}

#[test]
fn theirs_that_leaves_nothing_of_a_refused_deal_to_be_sent_says_that_the_refusal_counts_no_more() {
    let (cli, mut center, text) = refused();
    let answer = center.upload(&text.replace("04/15/2027", "04/30/2027"), CALM).unwrap();
    cli.run(&["import", &cli.file("edited.csv", answer)]).done();
    let shown = cli.run(&["show", "2"]);
    assert!(shown.err.contains("cosell resolve 2 --ours or --theirs decides"), "{shown:?}");
    assert!(!cli.run(&["resolve", "2", "--ours"]).done().contains("goes out no more"), "it waits still");
    cli.run(&["undo"]).done();
    let told = cli.run(&["resolve", "2", "--theirs"]).done();
    assert!(told.contains("refused of it (Estimated Close Date is not valid) goes out no more."), "{told}");
    assert_eq!(waiting(&cli), []);
    // Taken back it is refused as it was.
    cli.run(&["undo"]).done();
    assert!(cli.run(&["outbox"]).out.contains("Partner Center refused it in"));
}

#[test]
fn a_refused_new_deal_that_was_corrected_in_the_file_is_there_once_its_id_has_come() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    new_deal(&cli, "새 거래", &["--share"]);
    let (_, answer) = corrected_by_hand(&cli, &mut center);
    // As a download that nobody says to be an answer it is no other: else the refused date would be written over the new one.
    let told = cli.run(&["import", &answer]).done();
    assert!(!told.contains("conflict"), "{told}");
    assert_eq!(cli.run(&["show", "4", "--json"]).json()["deal"]["closeDate"], "2027-04-30");
    assert_eq!(waiting(&cli), []);
    cli.run(&["undo"]).done();
    let told = cli.run(&["outbox", "confirm", &answer]).done();
    assert!(told.contains("Partner Center has taken one row that you wrote."), "{told}");
    let deal = cli.run(&["show", "4", "--json"]).json();
    assert!(deal["referralId"].is_string() && deal["refused"].is_null(), "{deal}");
    assert_eq!(deal["deal"]["closeDate"], "2027-04-30");
    assert_eq!(waiting(&cli), []);
    assert_eq!(cli.run(&["list", "--json"]).json().as_array().unwrap().len(), 4);
}

#[test]
fn a_refused_row_whose_deal_nothing_tells_is_asked_about_and_its_message_stands_on_the_deal_that_is_named() {
    let (cli, mut center) = desk();
    new_deal(&cli, "새 거래", &["--share"]);
    let files = write(&cli, &[]);
    // Somebody called the customer otherwise before the file was uploaded.
    let edited = fs::read_to_string(&files[0]).unwrap().replace("가온 주식회사", "가온정밀 주식회사");
    let answer = center.upload(&edited, Whims { refuse_each: Some(1), ..CALM }).unwrap();
    let answer = cli.file("answer.csv", answer);
    let told = cli.run(&["outbox", "confirm", &answer]);
    assert!(told.code == 3 && told.out.contains("#4") && told.out.contains("--match 2=ID"), "{told:?}");
    assert_eq!(waiting(&cli), standings([(4, "written")]));
    let told = cli.run(&["outbox", "confirm", &answer, "--match", "2=4"]);
    assert!(told.code == 3 && told.out.contains("It refused one row"), "{told:?}");
    assert_eq!(waiting(&cli), standings([(4, "ready")]));
    assert!(cli.run(&["outbox"]).out.contains("Estimated Close Date is not valid"));
}

#[test]
fn the_answer_to_a_file_of_another_desk_that_is_called_alike_asks_about_none_of_our_deals() {
    let (cli, mut center) = desk();
    new_deal(&cli, "새 거래", &["--share"]);
    let files = write(&cli, &[]);
    let text = fs::read_to_string(&files[0]).unwrap();
    let edited = |pairs: &[(&str, &str)]| {
        pairs.iter().fold(text.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from}: {text}");
            text.replace(from, to)
        })
    };
    let theirs = edited(&[
        ("새 거래", "남의 거래"),
        ("가온 주식회사", "다른 주식회사"),
        ("1-2", "3-4"),
        ("84000000", "5000000"),
        ("03/31/2027", "05/31/2027"),
    ]);
    let foreign = center.upload(&theirs, Whims { refuse_each: Some(1), ..CALM }).unwrap();
    let name = files[0].file_stem().unwrap().to_str().unwrap();
    let foreign = cli.file(&format!("{name} (1).csv"), foreign);
    for command in [&["import", &foreign][..], &["outbox", "confirm", &foreign]] {
        let told = cli.run(command);
        assert!(!told.out.contains("it is unclear which deal") && !told.out.contains("#4"), "{told:?}");
        assert_eq!(waiting(&cli), standings([(4, "written")]), "nothing of ours is answered by it");
    }
    // Both names changed, it is told by what else stands there.
    let ours = edited(&[("새 거래", "다른 이름"), ("가온 주식회사", "가온정밀 주식회사"), ("03/31/2027", "05/31/2027")]);
    let answer = center.upload(&ours, Whims { refuse_each: Some(1), ..CALM }).unwrap();
    let told = cli.run(&["outbox", "confirm", &cli.file("answer.csv", answer)]);
    assert!(told.out.contains("it is unclear which deal") && told.out.contains("#4"), "{told:?}");
}

#[test]
fn a_row_that_could_be_any_of_many_deals_says_how_many_more_than_it_names() {
    let (cli, mut center) = desk();
    for number in 1..=23 {
        new_deal(&cli, &format!("새 거래 {number}"), &["--share"]);
    }
    let files = write(&cli, &[]);
    let text = fs::read_to_string(&files[0]).unwrap();
    let head = text.lines().next().unwrap();
    let last = text.lines().last().unwrap();
    let row = last.replace("새 거래 23", "다른 이름");
    let answer = center.upload(&format!("{head}\r\n{row}\r\n"), Whims { refuse_each: Some(1), ..CALM }).unwrap();
    let answer = cli.file("answer.csv", answer);
    let told = cli.run(&["outbox", "confirm", &answer]);
    assert!(told.out.contains("#4, #5, ") && told.out.contains(" and 3 more"), "{told:?}");
    let told = cli.run(&["outbox", "confirm", &answer, "--match", "2=26"]);
    assert!(told.out.contains("It refused one row"), "the last one can be chosen: {told:?}");
}

#[test]
fn the_answer_to_an_upload_is_told_nothing_of_dates_that_could_be_read_day_first() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1", "--close", "2027-04-03"]).done();
    cli.run(&["accept", "2", "--close", "2027-04-05"]).done();
    let files = write(&cli, &[]);
    let file = files[0].to_str().unwrap();
    assert!(fs::read_to_string(file).unwrap().contains("04/03/2027"));
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(2), ..CALM });
    for command in [&["import", file][..], &["outbox", "confirm", &answer], &["outbox", "confirm", "--newest", file]] {
        let told = cli.run(command);
        assert!(!told.out.contains("day first"), "{told:?}");
    }
    assert_eq!(cli.run(&["show", "2", "--json"]).json()["deal"]["closeDate"], "2027-04-05");
    // A download may have been written by anybody.
    for number in [2, 3] {
        center.edit(&format!("b2000000-0000-4000-8000-{number:012}"), "Estimated Close Date", "04/06/2027");
    }
    let told = cli.run(&["import", &cli.file("download.csv", center.download())]).out;
    assert!(told.contains("3 dates could be read day first as well"), "{told}");
}

#[test]
fn an_older_row_that_tells_no_date_of_its_own_is_counted_once_and_is_no_step() {
    let (cli, mut center) = desk();
    let saved = |file: &str, hours: u64| {
        let at = UNIX_EPOCH + Duration::from_secs(1_795_215_600 - hours * 3_600);
        fs::File::options().write(true).open(file).unwrap().set_modified(at).unwrap();
    };
    let referral = center.records.keys().next().unwrap().clone();
    let mut of = |value: &str, hours: u64| {
        center.edit(&referral, "Estimated Deal Value", value);
        let file = cli.file(&format!("{value}.csv"), center.download());
        saved(&file, hours);
        file
    };
    let (newer, older) = (of("90000000", 1), of("91000000", 5));
    cli.run(&["import", &newer]).done();
    let steps = |cli: &Cli| cli.run(&["history", "--json"]).json().as_array().unwrap().len();
    let (before, deal) = (steps(&cli), cli.run(&["show", "1", "--json"]).json());
    // To tell whether --newest would take it, it is laid over what is held once more: nothing comes of that.
    for _ in 0..2 {
        let told = cli.run(&["import", &older]).done();
        assert!(told.contains("0 new, 0 changed, 2 unchanged") && told.contains("--newest"), "{told}");
        assert_eq!(cli.run(&["import", &older, "--dry-run", "--json"]).json()["files"][0]["older"], 1);
    }
    assert_eq!((steps(&cli), cli.run(&["show", "1", "--json"]).json()), (before, deal));
}

#[test]
fn what_is_left_of_an_answer_whose_row_is_not_there_does_nothing_and_goes_along() {
    let (cli, mut center) = desk();
    let answer = first_is_taken(&cli, &mut center);
    let database = rusqlite::Connection::open(cli.path("data/cosell.db")).unwrap();
    // Nothing takes a row of an upload file away; a database of another hand may have lost one.
    let sql = "INSERT INTO answer_before (upload_id, line, until, opportunity_id, answer, message, answered_by) \
               SELECT 99, 2, max(id), 2, 'refused', 'of no row', max(id) FROM step WHERE kind = 'import'";
    assert_eq!(database.execute(sql, []).unwrap(), 1);
    drop(database);
    let told = |cli: &Cli| {
        ["outbox --json", "outbox files --json", "show 1 --json", "show 2 --json", "history --json"]
            .map(|command| cli.run(&command.split(' ').collect::<Vec<_>>()).out)
    };
    let (before, known) = (waiting(&cli), told(&cli));
    assert!(before.is_empty() && !known.concat().contains("of no row"), "{known:?}");
    cli.run(&["undo"]).done();
    assert_eq!(waiting(&cli), standings([(1, "written")]));
    cli.run(&["redo"]).done();
    assert_eq!(cli.run(&["outbox", "confirm", &answer]).code, 3, "answered before");
    assert_eq!(waiting(&cli), before);
    assert_eq!(cli.run(&["doctor"]).code, 0);
    let all = cli.path("all.json").to_str().unwrap().to_owned();
    cli.run(&["export", "--all", "-o", &all]).done();
    let other = Cli::new();
    other.run(&["import", &all]).done();
    let files = |cli: &Cli| cli.run(&["outbox", "files", "--json"]).out;
    assert_eq!(files(&other), files(&cli));
}
