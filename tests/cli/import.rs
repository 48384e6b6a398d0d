//! `import`: what is new, changed, in conflict, refused; dry runs; several files; broken ones.

use serde_json::{Value, json};

use crate::support::cli::{Cli, THREE};

const BULK: &str = include_str!("../fixtures/bulk-2023.csv");

fn file_of(value: &Value, index: usize) -> &Value {
    &value["files"][index]
}

#[test]
fn importing_the_same_file_twice_changes_nothing_the_second_time() {
    let cli = Cli::new();
    let file = cli.file("deals.csv", BULK);
    let first = cli.run(&["import", &file, "--json"]).json();
    let new = file_of(&first, 0)["new"].as_u64().unwrap();
    assert!(new > 5, "{first}");
    let before = cli.run(&["list", "--json"]).out;
    let second = cli.run(&["import", &file, "--json"]).json();
    assert_eq!(file_of(&second, 0)["unchanged"].as_u64(), Some(new), "{second}");
    assert_eq!(cli.run(&["list", "--json"]).out, before);
    assert_eq!(cli.run(&["history", "--json"]).json().as_array().unwrap().len(), 1, "nothing to take back");
}

#[test]
fn a_record_of_which_only_the_time_of_change_is_new_says_so() {
    let cli = Cli::new();
    let referral = |updated: &str| {
        format!(
            r#"[{{"id":"u1","name":"U","status":"Active","substatus":"Accepted","direction":"Incoming",
            "updatedDateTime":"{updated}","eTag":"W/{updated}","customerProfile":{{"name":"A"}}}}]"#
        )
    };
    cli.run(&["import", &cli.file("a.json", referral("2026-11-18T00:00:00Z"))]).done();
    let newer = cli.file("b.json", referral("2026-11-18T10:00:00Z"));
    for said in [cli.run(&["import", &newer, "--dry-run"]).done(), {
        cli.run(&["import", &newer]).done();
        cli.run(&["history", "1"]).done()
    }] {
        for part in ["updatedDateTime", "2026-11-18T00:00:00Z", "2026-11-18T10:00:00Z"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!said.contains("eTag"), "{said}");
    }
}

#[test]
fn a_dry_run_says_for_every_row_what_would_happen_and_changes_nothing() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1", "--value", "90m"]).done();
    let changed = THREE
        .replace("84000000", "70000000")
        .replace("Northwind Traders", "Northwind Traders Ltd")
        .replace("}}]}", "}},{\"id\":\"x\",\"status\":\"Gone\"}]}");
    let file = cli.file("next.json", changed);
    let before = cli.run(&["list", "--json"]).out;
    let ran = cli.run(&["import", &file, "--dry-run", "--json"]);
    assert_eq!(ran.code, 4, "one would be refused");
    let value = ran.json();
    let verdicts: Vec<&str> = value["rows"].as_array().unwrap().iter().map(|row| row["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["conflict", "changed", "unchanged"], "{value}");
    let conflict = &value["rows"][0]["conflicts"][0];
    assert_eq!(
        (&conflict["field"], &conflict["ours"], &conflict["theirs"]),
        (&json!("deal.value"), &json!("90000000 KRW"), &json!("70000000 KRW"))
    );
    let change = &value["rows"][1]["changes"][0];
    assert_eq!((&change["old"], &change["new"]), (&json!("Northwind Traders"), &json!("Northwind Traders Ltd")));
    assert_eq!(file_of(&value, 0)["refused"], 1);
    assert_eq!(cli.run(&["list", "--json"]).out, before);
    assert!(!cli.path("next.refused.json").exists());
    let text = cli.run(&["import", &file, "--dry-run"]).out;
    assert!(text.contains("Value") && text.contains("₩ 90,000,000") && text.contains("₩ 70,000,000"), "{text}");
}

#[test]
fn what_the_rep_changed_stays_and_the_conflict_is_shown() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1", "--value", "90m"]).done();
    let file = cli.file("next.json", THREE.replace("84000000", "70000000"));
    let ran = cli.run(&["import", &file]);
    assert!(ran.out.contains("One opportunity was changed here and in Partner Center: yours stays"), "{ran:?}");
    let one = cli.run(&["show", "1", "--json"]).json();
    assert_eq!((&one["deal"]["value"], &one["stage"]), (&json!("90000000"), &json!("accepted")));
    let shown = cli.run(&["show", "1"]);
    assert!(shown.out.contains("In Partner Center") && shown.out.contains("₩ 70,000,000"), "{shown:?}");
    assert_eq!(shown.err, "cosell resolve 1 --ours or --theirs decides what both sides changed.\n", "the cure stands below");
}

#[test]
fn refused_rows_are_written_beside_the_file_and_a_corrected_copy_is_imported_as_it_is() {
    let cli = Cli::new();
    let broken = BULK.replacen("USD", "XXZ", 1);
    let file = cli.file("deals.csv", &broken);
    let ran = cli.run(&["import", &file]);
    assert_eq!(ran.code, 4);
    let refused = cli.path("deals.refused.csv");
    let text = std::fs::read_to_string(&refused).unwrap();
    assert!(text.contains("XXZ"), "{text}");
    let corrected = cli.file("corrected.csv", text.replace("XXZ", "USD").replace('\u{feff}', ""));
    let again = cli.run(&["import", &corrected, "--json"]).json();
    assert_eq!((&file_of(&again, 0)["new"], &file_of(&again, 0)["refused"]), (&json!(1), &json!(0)), "{again}");
}

#[test]
fn every_reason_of_a_refused_row_is_told() {
    let cli = Cli::new();
    let file = cli.file("bad.json", r#"{"id":"a","status":"Gone","details":{"dealValue":"abc","currency":"XXZ"},"customerProfile":{"address":{"country":"Atlantis"}}}"#);
    let ran = cli.run(&["import", &file, "--json"]);
    assert_eq!(ran.code, 3);
    let value = ran.json();
    let errors = file_of(&value, 0)["refusedRows"][0]["errors"].as_array().unwrap().clone();
    let fields: Vec<&str> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
    for field in ["status", "details.dealValue", "customerProfile.name", "customerProfile.address.country", "details.currency"] {
        assert!(fields.contains(&field), "{field} in {fields:?}");
    }
}

#[test]
fn malformed_json_says_file_line_column_and_what_was_expected_and_nothing_is_imported() {
    let cli = Cli::new();
    for (text, line) in [("{\"value\": [\n  {\"id\": \"a\"\n  {\"id\": \"b\"}\n]}", 3), ("[\n  {\"id\": \"a\"},\n]", 3)] {
        let file = cli.file("broken.json", text);
        let ran = cli.run(&["import", &file]);
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(
            ran.err.contains("broken.json") && ran.err.contains(&format!("line {line}")) && ran.err.contains("column"),
            "{ran:?}"
        );
        assert_eq!(cli.run(&["list", "--json"]).out, "[]\n");
    }
}

#[test]
fn several_files_are_one_step_and_a_broken_one_does_not_keep_the_others() {
    let cli = Cli::new();
    let (good, bad) = (cli.file("good.json", THREE), cli.file("bad.json", "{"));
    let missing = cli.path("missing.csv");
    let ran = cli.run(&["import", &good, &bad, missing.to_str().unwrap()]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("bad.json") && ran.err.contains("missing.csv"), "{ran:?}");
    assert_eq!(cli.run(&["list", "--json"]).json().as_array().unwrap().len(), 3);
    cli.run(&["undo"]).done();
    assert_eq!(cli.run(&["list", "--json"]).out, "[]\n");
}

#[test]
fn every_spelling_of_the_api_is_understood() {
    let cli = Cli::new();
    for name in ["api-list.json", "api-pascal.json"] {
        let text = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap();
        let file = cli.file(name, text);
        let ran = cli.run(&["import", &file, "--json"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(file_of(&ran.json(), 0)["new"].as_u64() > Some(0));
    }
}

#[test]
fn the_tab_of_a_download_that_does_not_tell_can_be_given() {
    let cli = Cli::new();
    let file = cli.file("deals.csv", BULK);
    cli.run(&["import", &file, "--tab", "inbound"]);
    assert_eq!(cli.run(&["list", "--tab", "outbound", "--json"]).out, "[]\n");
    assert!(cli.run(&["import", &file, "--tab", "favorites"]).failed(2).contains("inbound"));
}

#[test]
fn nothing_that_a_file_hides_gets_through_to_the_terminal() {
    let cli = Cli::new();
    let evil = THREE.replace("ERP 마이그레이션", "a\\u001b]52;c;aGk=\\u0007b\\u202ec");
    let file = cli.file("evil.json", evil);
    let ran = cli.run(&["import", &file]);
    let shown = format!("{}{}{}{}", ran.out, ran.err, cli.run(&["list"]).done(), cli.run(&["show", "1"]).done());
    assert!(!shown.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{shown:?}");
    let json = cli.run(&["show", "1", "--json"]).out;
    assert!(!json.contains('\u{1b}'));
}

#[test]
fn a_file_that_is_not_there_could_not_be_read_and_is_no_refusal() {
    let cli = Cli::new();
    let missing = cli.path("nope.csv");
    assert!(cli.run(&["import", missing.to_str().unwrap()]).err.contains("nope.csv"));
    assert_eq!(cli.run(&["import", missing.to_str().unwrap()]).code, 1);
    assert_eq!(cli.run(&["import", cli.home.path().to_str().unwrap()]).code, 1, "nor a folder");
}

#[test]
fn what_is_held_goes_before_the_hints_of_a_row_and_the_tab_that_the_rep_gives_before_both() {
    let cli = Cli::new();
    let file = "tests/fixtures/bulk-2023.csv";
    cli.run(&["import", file]);
    let before = cli.run(&["list", "stage:received", "--json"]).out;
    assert_eq!(serde_json::from_str::<Value>(&before).unwrap().as_array().unwrap().len(), 7);
    cli.run(&["import", file]).done();
    assert_eq!(cli.run(&["list", "stage:received", "--json"]).out, before);
    let fresh = Cli::new();
    fresh.run(&["import", "--tab", "outbound", file]);
    assert_eq!(fresh.run(&["list", "--tab", "inbound", "--json"]).out, "[]\n", "what the rep says is never overruled by a hint");
}

/// The first of [`THREE`] with only these members.
fn shortened(members: &str) -> String {
    format!(r#"{{"value":[{{"id":"0b7e5a10-0000-4000-8000-000000000001",{members}}}]}}"#)
}

/// What became of a file with one record, and the opportunity afterwards.
fn import_one(cli: &Cli, content: &str) -> (String, Value) {
    let file = cli.file("one.json", content);
    let ran = cli.run(&["import", &file, "--json"]).json();
    let told = ["new", "changed", "unchanged", "unknown", "refused"];
    let became = told.into_iter().find(|told| file_of(&ran, 0)[*told] == 1).unwrap_or_else(|| panic!("{ran}"));
    (became.to_owned(), cli.run(&["show", "1", "--json"]).json())
}

#[test]
fn a_shortened_list_takes_nothing_away_that_it_does_not_speak_of() {
    for members in [
        r#""status":"New","substatus":"Pending""#,
        r#""status":"New","name":"ERP 마이그레이션","details":{"currency":"KRW"}"#,
        r#""customerProfile":{"name":"한빛정밀 주식회사"},"details":{"requirements":{}}"#,
        r#""direction":"Incoming","inviteContext":{},"target":[]"#,
    ] {
        let cli = Cli::with(THREE);
        let before = cli.run(&["show", "1", "--json"]).json();
        assert_eq!(import_one(&cli, &shortened(members)), ("unchanged".to_owned(), before), "{members}");
    }
}

#[test]
fn what_a_list_says_is_nothing_is_cleared_and_the_rest_stays() {
    for (members, cleared) in [
        (r#""name":null"#, &["/deal/name"][..]),
        (r#""details":{"notes":null,"dealValue":null}"#, &["/deal/notes", "/deal/value"]),
        (r#""details":{"closingDateTime":"","requirements":{"solutions":[]}}"#, &["/deal/closeDate", "/solutions"]),
        (r#""details":null"#, &["/deal/notes", "/deal/value", "/deal/closeDate", "/solutions"]),
        (r#""customerProfile":{"team":[],"ids":null}"#, &["/customer/contact", "/customer/duns"]),
    ] {
        let cli = Cli::with(THREE);
        let before = cli.run(&["show", "1", "--json"]).json();
        let (became, after) = import_one(&cli, &shortened(members));
        assert_eq!(became, "changed", "{members}");
        for path in
            ["/deal/name", "/deal/notes", "/deal/value", "/deal/closeDate", "/solutions", "/customer/contact", "/customer/duns"]
        {
            let found = after.pointer(path).unwrap_or(&Value::Null);
            let is_nothing = found.is_null() || found.as_array().is_some_and(Vec::is_empty);
            assert_eq!(is_nothing, cleared.contains(&path), "{members}: {path} is {found}");
            assert!(is_nothing || before.pointer(path) == Some(found), "{members}: {path}");
        }
    }
}

#[test]
fn a_shortened_record_that_is_not_here_makes_nothing() {
    let cli = Cli::with(THREE);
    let file = cli.file("one.json", r#"[{"id":"99","name":"?"},{"id":"98","customerProfile":{"name":"Contoso"}}]"#);
    let ran = cli.run(&["import", &file, "--json"]).json();
    assert_eq!((&file_of(&ran, 0)["unknown"], &file_of(&ran, 0)["new"]), (&json!(2), &json!(0)), "{ran}");
}

#[test]
fn a_shortened_record_of_what_a_partner_sent_leaves_it_theirs() {
    let cli = Cli::with(THREE);
    let before = cli.run(&["show", "2", "--json"]).json();
    let file = cli.file("one.json", r#"[{"id":"0b7e5a10-0000-4000-8000-000000000002","type":"Independent","consent":{}}]"#);
    cli.run(&["import", &file]).done();
    let after = cli.run(&["show", "2", "--json"]).json();
    assert_eq!((&after["type"], &after["sender"]), (&before["type"], &before["sender"]), "{after}");
}

#[test]
fn a_record_that_differs_only_in_its_etag_is_unchanged_however_that_is_spelled() {
    let cli = Cli::with(&THREE.replace(r#""name":"ERP 마이그레이션","#, r#""name":"ERP 마이그레이션","eTag":"one","#));
    let before = cli.run(&["show", "1", "--json"]).json();
    for spelled in ["eTag", "etag", "ETag", "@odata.etag", "@odata.eTag"] {
        let record = shortened(&format!(r#""status":"New","substatus":"Pending","{spelled}":"two""#));
        assert_eq!(import_one(&cli, &record), ("unchanged".to_owned(), before.clone()), "{spelled}");
    }
    let (became, after) = import_one(&cli, &shortened(r#""name":"ERP","@odata.etag":"three""#));
    assert_eq!(became, "changed");
    assert_eq!(after["deal"]["name"], "ERP");
    let database = rusqlite::Connection::open(cli.path("data/cosell.db")).unwrap();
    let kept: String = database.query_row("SELECT extra FROM opportunity WHERE id = 1", [], |row| row.get(0)).unwrap();
    assert!(kept.contains(r#""eTag":"three""#) && !kept.contains("odata"), "{kept}");
}

#[test]
fn members_that_are_not_understood_stay_when_a_record_leaves_them_out() {
    let cli = Cli::with(THREE);
    let shown = |requirements: &str| {
        let record = shortened(&format!(r#""details":{{"requirements":{{{requirements}}}}}"#));
        assert_eq!(import_one(&cli, &record).0, "changed");
        cli.run(&["show", "1"]).done()
    };
    assert!(shown(r#""industries":["Retail"],"offers":["Old"]"#).contains("Retail"));
    let text = shown(r#""offers":["New"]"#);
    assert!(text.contains("Retail") && text.contains("New") && !text.contains("Old"), "{text}");
}
