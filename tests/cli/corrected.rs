//! What Partner Center refused, corrected: fields of the row, how a deal ended, a request for help; and what was not refused is not.

use std::fs;

use serde_json::json;

use super::outbox::{CALM, desk, first_is_taken, new_deal, standings, upload, waiting, write};
use crate::center::{Center, Whims};
use crate::support::cli::Cli;

/// Writes what is ready, has the first row refused, and takes the answer.
fn refuse_first(cli: &Cli, center: &mut Center) {
    let files = write(cli, &[]);
    let answer = upload(cli, center, &files[0], Whims { refuse_each: Some(1), ..CALM });
    assert_eq!(cli.run(&["outbox", "confirm", &answer]).code, 3);
}

#[test]
fn a_new_deal_that_was_refused_is_corrected_in_every_field_of_its_row_and_goes_again() {
    let (cli, mut center) = desk();
    new_deal(&cli, "새 거래", &["--share"]);
    assert_eq!(cli.run(&["edit", "4", "street=3-4"]).code, 3, "nobody has refused it");
    refuse_first(&cli, &mut center);
    let checked = cli.run(&["check", "4"]);
    assert!(checked.out.contains("Partner Center refused this as it stands: Estimated Close Date is not valid"), "{checked:?}");
    let contact = "contact=민준;김;+82 2-555-0101;minjun@gaon.example";
    let corrected =
        ["edit", "4", "street=3-4", "city=부산", "customer=가온전자 주식회사", "duns=081466849", contact, "close=2027-04-30"];
    cli.run(&corrected).done();
    let bad = cli.run(&["edit", "4", "country=Atlantis"]);
    assert_eq!((bad.code, bad.err.contains("Atlantis")), (3, true), "{bad:?}");
    assert!(!cli.run(&["check", "4"]).out.contains("as it stands"), "it says something else now");
    let files = write(&cli, &[]);
    assert_eq!(cli.run(&["edit", "4", "street=5-6"]).code, 3, "it has left again");
    let answer = upload(&cli, &mut center, &files[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    let record = center.records.values().last().unwrap();
    let cell = |name: &str| record[name].as_str();
    assert_eq!(
        (cell("Customer Address Line 1"), cell("Customer City"), cell("Customer Name")),
        ("3-4", "부산", "가온전자 주식회사")
    );
    assert_eq!((cell("Customer Contact First Name"), cell("Estimated Close Date")), ("민준", "04/30/2027"));
    assert_eq!(waiting(&cli), []);
}

#[test]
fn a_refusal_stands_again_once_the_file_that_was_written_after_it_is_said_not_to_be_uploaded() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    refuse_first(&cli, &mut center);
    let refused = "Partner Center refused it in";
    assert!(cli.run(&["outbox"]).out.contains(refused));
    let again = write(&cli, &[]);
    assert!(!cli.run(&["outbox"]).out.contains(refused), "it is out again");
    cli.run(&["outbox", "forget", again[0].to_str().unwrap()]).done();
    let told = cli.run(&["outbox"]);
    assert!(told.out.contains(refused) && told.out.contains("Estimated Close Date is not valid"), "{told:?}");
}

#[test]
fn a_decline_that_was_refused_gets_another_reason_or_is_taken_back() {
    let (cli, mut center) = desk();
    cli.run(&["decline", "1", "--reason", "budget"]).done();
    assert_eq!(cli.run(&["reopen", "1"]).code, 3, "nobody has refused it");
    refuse_first(&cli, &mut center);
    cli.run(&["decline", "1", "--reason", "timeline"]).done();
    refuse_first(&cli, &mut center);
    let shown = cli.run(&["show", "1"]);
    for said in ["Refused", "Estimated Close Date is not valid", "It names: Close date"] {
        assert!(shown.out.contains(said), "{said}: {shown:?}");
    }
    assert!(shown.err.contains("cosell decline 1 tells it anew, cosell reopen 1 takes it back"), "{shown:?}");
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["refused"]["fields"], json!(["deal.closeDate"]));
    let told = cli.run(&["reopen", "1"]).done();
    assert!(told.contains("Taken back how it ended"), "{told}");
    assert_eq!((waiting(&cli), cli.run(&["show", "1", "--json"]).json()["stage"].clone()), (vec![], json!("received")));
    cli.run(&["undo"]).done();
    cli.run(&["reopen", "1"]).done();
    first_is_taken(&cli, &mut center);
    assert_eq!(center.records.values().next().unwrap()["Partner Referral Substatus"], "Accepted");
    assert_eq!(cli.run(&["doctor"]).code, 0);
}

#[test]
fn mg_65_a_decline_that_is_taken_back_when_its_time_is_over_says_that_it_has_expired() {
    let (cli, mut center) = desk();
    cli.run(&["decline", "1", "--reason", "budget"]).done();
    refuse_first(&cli, &mut center);
    let cli = cli.at("2026-12-20T08:00:00+09:00");
    let told = cli.run(&["reopen", "1"]).done();
    assert!(told.contains("It was to be answered by") && told.contains("it has expired"), "{told}");
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["outcome"], "expired");
}

#[test]
fn the_close_date_of_a_win_that_was_refused_is_corrected_while_it_stays_won() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    cli.run(&["win", "1"]).done();
    let last = cli.run(&["edit", "1", "close=2026-12-01"]);
    assert_eq!(last.code, 3, "{last:?}");
    refuse_first(&cli, &mut center);
    cli.run(&["edit", "1", "close=2026-12-01"]).done();
    let files = write(&cli, &[]);
    assert_eq!(cli.run(&["edit", "1", "close=2026-12-02"]).code, 3, "it has left again");
    let answer = upload(&cli, &mut center, &files[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    let record = center.records.values().next().unwrap();
    assert_eq!((record["Partner Referral Substatus"].as_str(), record["Estimated Close Date"].as_str()), ("Won", "12/01/2026"));
    assert_eq!((cli.run(&["edit", "1", "close=2026-12-02"]).code, cli.run(&["reopen", "1"]).code), (3, 3));
}

#[test]
fn a_request_for_help_that_was_refused_is_made_anew() {
    let (cli, mut center) = desk();
    new_deal(&cli, "새 거래", &["--share"]);
    let contact = |phone: &str| format!("민준;김;{phone};minjun@gaon.example");
    let ask = |kind: &str, phone: &str| {
        cli.run(&["ask-help", "4", "--kind", kind, "--note", "a pilot", "--contact", &contact(phone), "--consent"])
    };
    assert_eq!(ask("QuotesOrLicensing", "+82 2-555-0101").code, 0);
    assert_eq!(ask("QuotesOrLicensing", "+82 2-555-0102").code, 3, "it was asked for");
    refuse_first(&cli, &mut center);
    assert_eq!(ask("ProofOfConceptOrDemo", "+82 2-555-0102").code, 0);
    let files = write(&cli, &[]);
    let text = fs::read_to_string(&files[0]).unwrap();
    assert!(text.contains("+82 2-555-0102"), "{text}");
}

#[test]
fn a_win_of_a_deal_of_our_own_that_was_refused_is_shown_and_taken_back() {
    let (cli, mut center) = desk();
    new_deal(&cli, "새 거래", &["--share"]);
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    assert_eq!(waiting(&cli), [], "it is made there");
    cli.run(&["win", "4"]).done();
    refuse_first(&cli, &mut center);
    let shown = cli.run(&["show", "4"]);
    assert!(
        shown.out.contains("Estimated Close Date is not valid") && shown.err.contains("cosell win 4 tells it anew"),
        "{shown:?}"
    );
    cli.run(&["edit", "4", "close=2027-01-31"]).done();
    cli.run(&["reopen", "4"]).done();
    assert_eq!(cli.run(&["show", "4", "--json"]).json()["stage"], "accepted");
    assert_eq!(waiting(&cli), standings([(4, "ready")]));
    assert_eq!(cli.run(&["doctor"]).code, 0);
}

#[test]
fn an_end_that_nobody_has_refused_is_not_taken_back_as_refused_though_an_edit_was() {
    let (cli, mut center) = desk();
    first_is_taken(&cli, &mut center);
    cli.run(&["edit", "1", "notes=둘째"]).done();
    refuse_first(&cli, &mut center);
    cli.run(&["win", "1"]).done();
    for refused in [&["reopen", "1"][..], &["win", "1"], &["edit", "1", "name=other"]] {
        let ran = cli.run(refused);
        assert_eq!(ran.code, 3, "{ran:?}");
    }
    cli.run(&["edit", "1", "notes=셋째"]).done();
    let files = write(&cli, &[]);
    assert!(fs::read_to_string(&files[0]).unwrap().contains("셋째"));
}

#[test]
fn a_deal_that_stands_twice_in_an_answer_is_told_once_with_both_rows_and_what_counts() {
    for turned in [false, true] {
        let (cli, mut center) = desk();
        cli.run(&["accept", "1"]).done();
        let files = write(&cli, &[]);
        let text = fs::read_to_string(&files[0]).unwrap();
        let taken = center.upload(&text, CALM).unwrap();
        let refused = center.upload(&text, Whims { refuse_each: Some(1), ..CALM }).unwrap();
        let (one, other) = if turned { (&refused, &taken) } else { (&taken, &refused) };
        let head_end = other.find('\n').unwrap() + 1;
        let both = cli.file("both.csv", format!("{one}{}", &other[head_end..]));
        let told = cli.run(&["outbox", "confirm", &both, "--json"]);
        assert_eq!(told.code, 4, "{told:?}");
        let file = &told.json()["files"][0];
        let (line, by) = if turned { (2, 3) } else { (3, 2) };
        let said = &file["contradicted"][0];
        assert_eq!((&said["line"], &said["takenLine"], &said["id"]), (&json!(line), &json!(by), &json!(1)), "{file}");
        assert_eq!((&file["refusedThere"], &file["confirmed"], &file["answers"]), (&json!(0), &json!(1), &json!([])), "{file}");
        assert_eq!(waiting(&cli), standings([]));
        assert!(!cli.run(&["history", "1"]).out.contains("refused"));
        let again = cli.run(&["outbox", "confirm", &both]);
        let words = format!(
            "stands twice in the answer: row {line} says that it was refused (Estimated Close Date is not valid), row {by} that it was taken"
        );
        assert!(again.out.contains(&words), "{again:?}");
    }
}

#[test]
fn answers_to_two_uploads_put_into_one_file_are_each_heard() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    let first = write(&cli, &[]);
    cli.run(&["edit", "1", "value=9000만"]).done();
    let second = write(&cli, &[]);
    let taken = upload(&cli, &mut center, &first[0], CALM);
    let taken = fs::read_to_string(taken).unwrap();
    let refused = upload(&cli, &mut center, &second[0], Whims { refuse_each: Some(1), ..CALM });
    let refused = fs::read_to_string(refused).unwrap();
    let both = cli.file("both.csv", format!("{taken}{}", &refused[refused.find('\n').unwrap() + 1..]));
    let told = cli.run(&["outbox", "confirm", &both, "--json"]);
    let file = &told.json()["files"][0];
    assert_eq!((&file["refusedThere"], &file["confirmed"]), (&json!(1), &json!(1)), "{file}");
    assert!(file["contradicted"].as_array().is_none_or(Vec::is_empty), "{file}");
    assert_eq!(waiting(&cli), standings([(1, "ready")]), "what was refused waits again");
}

#[test]
fn show_says_as_the_outbox_does_whether_a_deal_waits_to_be_written_or_is_in_a_file_unconfirmed() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    let both_say = |words: &str| {
        let shown = cli.run(&["show", "1"]).out;
        assert!(shown.lines().any(|line| line.trim_start().starts_with("Outbox") && line.ends_with(words)), "{words}: {shown}");
        assert!(cli.run(&["outbox"]).out.contains(words), "{words}");
    };
    both_say("waits to be written");
    let files = write(&cli, &[]);
    let name = files[0].file_name().unwrap().to_str().unwrap();
    both_say(&format!("in {name} of 21 Nov 08:00, unconfirmed"));
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: Some(1), ..CALM });
    assert_eq!(cli.run(&["outbox", "confirm", &answer]).code, 3);
    both_say("waits to be written again");
}

#[test]
fn mg_56_an_accept_that_was_refused_is_accepted_anew_or_declined() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1", "--value", "9000만"]).done();
    assert_eq!(cli.run(&["decline", "1", "--reason", "budget"]).code, 3, "nobody has refused it");
    refuse_first(&cli, &mut center);
    let cure = cli.run(&["show", "1"]).err;
    assert!(cure.contains("cosell accept 1 accepts it anew, cosell decline 1 declines it"), "{cure}");
    cli.run(&["accept", "1", "--close", "2027-04-30", "--value", "9100만"]).done();
    refuse_first(&cli, &mut center);
    cli.run(&["decline", "1", "--reason", "budget"]).done();
    assert_eq!(cli.run(&["accept", "1"]).code, 3, "declined is an end");
    cli.run(&["undo"]).done();
    cli.run(&["decline", "1", "--reason", "timeline"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    let record = center.records.values().next().unwrap();
    assert_eq!((record["Partner Referral Substatus"].as_str(), record["Declined/Lost/Error reason"].as_str()), ("Declined", "6"));
    assert_eq!((waiting(&cli), cli.run(&["doctor"]).code), (vec![], 0));
}

#[test]
fn a_refused_accept_that_is_made_anew_unchanged_says_so() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    refuse_first(&cli, &mut center);
    let same = cli.run(&["accept", "1"]);
    assert!(same.code == 0 && same.out.contains("refused this before ("), "{same:?}");
    let other = cli.run(&["accept", "1", "--close", "2027-04-30"]);
    assert!(other.code == 0 && !other.out.contains("refused this before"), "{other:?}");
}

#[test]
fn mg_65_an_accept_that_was_refused_is_not_declined_once_its_time_is_over() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    refuse_first(&cli, &mut center);
    let cli = cli.at("2026-12-20T08:00:00+09:00");
    for step in [&["decline", "1", "--reason", "budget"][..], &["accept", "1"]] {
        let told = cli.run(step);
        assert_eq!((told.code, told.err.contains("Expired")), (3, true), "{told:?}");
    }
    let cure = cli.run(&["show", "1"]).err;
    assert!(cure.contains("its time to answer is over, so that it is neither accepted anew nor declined"), "{cure}");
    cli.run(&["edit", "1", "close=2027-04-30"]).done();
    cli.run(&["win", "1"]).done();
}

#[test]
fn a_won_deal_whose_accept_was_refused_is_neither_accepted_nor_declined() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    refuse_first(&cli, &mut center);
    let told = cli.run(&["win", "1"]).done();
    assert!(
        told.contains("Partner Center refused that this was accepted (") && told.contains("the same goes out again"),
        "{told}"
    );
    for step in [&["decline", "1", "--reason", "budget"][..], &["accept", "1"]] {
        assert_eq!(cli.run(step).code, 3);
    }
}

#[test]
fn what_was_refused_is_corrected_only_once_the_field_is_that_the_refusal_names() {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    // The close date is not valid.
    refuse_first(&cli, &mut center);
    let check = || cli.run(&["check", "1"]).out;
    let unchanged =
        "Partner Center refused this as it stands: Estimated Close Date is not valid  → cosell edit 1 FIELD=VALUE corrects it";
    assert!(check().contains(unchanged), "{}", check());
    cli.run(&["edit", "1", "notes=something else"]).done();
    assert!(check().contains(unchanged), "{}", check());
    assert!(cli.run(&["outbox"]).out.contains("It still says what was refused"));
    cli.run(&["edit", "1", "close=2027-04-30"]).done();
    let corrected = "Partner Center refused what it said before; it was corrected since: Estimated Close Date is not valid";
    assert!(check().contains(corrected) && !check().contains("nothing is against it"), "{}", check());
    assert!(cli.run(&["outbox"]).out.contains("It was corrected since"));
}
