//! Rows that an import refuses: none vanishes, all are told, and the file of them stands where the user looks.

use serde_json::{Value, json};

use crate::support::cli::Cli;

const HEAD: &str = "Referral ID,Deal Name,Customer Name,Partner Referral Status,Partner Referral Substatus\r\n";

/// A download of rows with this id, customer and status.
fn download(rows: &[(&str, &str, &str)]) -> String {
    let rows: String =
        rows.iter().map(|(id, customer, status)| format!("{id},Deal {id},{customer},{status},Accepted\r\n")).collect();
    format!("{HEAD}{rows}")
}

fn numbers(file: &Value) -> [u64; 7] {
    ["rows", "new", "changed", "unchanged", "older", "unknown", "refused"].map(|name| file[name].as_u64().unwrap())
}

#[test]
fn a_customer_of_nothing_but_control_characters_is_a_refused_row_and_no_row_vanishes() {
    let cli = Cli::new();
    let file = cli.file("d.csv", download(&[("r1", "\u{7}\u{1b}\u{9b}", "Active"), ("r2", "Cust", "Active")]));
    let ran = cli.run(&["import", &file, "--json"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let told = &ran.json()["files"][0];
    assert_eq!(numbers(told), [2, 1, 0, 0, 0, 0, 1], "{told}");
    assert_eq!(told["refusedRows"][0]["errors"][0]["field"], "Customer Name");
    let written = std::fs::read_to_string(cli.path("d.refused.csv")).unwrap();
    assert!(written.contains("r1,"), "{written}");
}

#[test]
fn an_import_whose_rows_were_all_refused_changed_nothing_and_says_so_by_3() {
    let cli = Cli::new();
    let file = cli.file("d.csv", download(&[("r1", "A", "Gone"), ("r2", "B", "Gone")]));
    assert_eq!(cli.run(&["import", &file, "--dry-run"]).code, 3);
    let ran = cli.run(&["import", &file]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("2 rows were refused"), "{ran:?}");
    let directory = cli.file("c.csv", "Name,Country\r\nContoso,Atlantis\r\n");
    assert_eq!(cli.run(&["customers", "import", &directory]).code, 3);
    let empty = cli.file("e.csv", HEAD);
    assert_eq!(cli.run(&["import", &empty]).code, 0, "a download of nothing is no refusal");
}

#[test]
fn json_lists_every_refused_row_and_text_the_first_of_those_that_stand_in_a_file() {
    let rows: Vec<(String, &str, &str)> = (0..30).map(|number| (format!("r{number}"), "A", "Gone")).collect();
    let rows: Vec<(&str, &str, &str)> = rows.iter().map(|(id, customer, status)| (id.as_str(), *customer, *status)).collect();
    let cli = Cli::new();
    let file = cli.file("d.csv", download(&rows));
    let told = cli.run(&["import", &file, "--json"]).json();
    assert_eq!(told["files"][0]["refusedRows"].as_array().unwrap().len(), 30);
    let text = cli.run(&["import", &file]).err;
    assert_eq!(text.matches("line ").count(), 20, "{text}");
    assert!(text.contains("10 more"), "{text}");
    let nowhere = cli.run(&["import", &file, "--refused", "none"]).err;
    assert_eq!(nowhere.matches("line ").count(), 30, "where no file holds them all are told: {nowhere}");
}

#[test]
fn refused_rows_go_where_the_user_says_and_that_is_said_before() {
    let cli = Cli::new();
    let file = cli.file("d.csv", download(&[("r1", "A", "Gone")]));
    let planned = cli.run(&["import", &file, "--dry-run"]);
    assert!(planned.err.contains("would be written to") && planned.err.contains("d.refused.csv"), "{planned:?}");
    let named = cli.path("mine.csv").to_str().unwrap().to_owned();
    let ran = cli.run(&["import", &file, "--refused", &named, "--json"]).json();
    assert_eq!(ran["files"][0]["refusedFile"], json!(named));
    assert!(!cli.path("d.refused.csv").exists());
    let taken = cli.run(&["import", &file, "--refused", &named]);
    assert_eq!(taken.code, 1, "{taken:?}");
    assert!(taken.err.contains("is there already"), "{taken:?}");
    let nowhere = cli.path("no/mine.csv").to_str().unwrap().to_owned();
    assert_eq!(cli.run(&["import", &file, "--refused", &nowhere]).code, 1);
    assert_eq!(cli.run(&["import", &file, &file, "--refused", "x.csv"]).code, 2, "the rows of one file");
}

#[cfg(unix)]
#[test]
fn from_a_folder_that_everybody_can_write_to_refused_rows_go_to_the_state_folder() {
    use std::os::unix::fs::PermissionsExt;
    let cli = Cli::new();
    let shared = cli.path("shared");
    std::fs::create_dir(&shared).unwrap();
    std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o777)).unwrap();
    let file = shared.join("d.csv");
    std::fs::write(&file, download(&[("r1", "A", "Gone")])).unwrap();
    let ran = cli.run(&["import", file.to_str().unwrap(), "--json"]).json();
    let written = cli.path("state/refused/d.refused.csv");
    assert_eq!(ran["files"][0]["refusedFile"], json!(written));
    assert!(written.exists() && std::fs::read_dir(&shared).unwrap().count() == 1);
    let mode = std::fs::metadata(&written).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn refused_rows_that_could_not_be_written_are_told_with_their_reasons() {
    use std::os::unix::fs::PermissionsExt;
    let cli = Cli::new();
    // A file stands where the folder of states would have to be made.
    cli.file("state", "");
    let shared = cli.path("shared");
    std::fs::create_dir(&shared).unwrap();
    std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o777)).unwrap();
    let rows: Vec<(String, &str, &str)> =
        (0..30).map(|n| (format!("r{n}"), "A", if n == 0 { "Active" } else { "Gone" })).collect();
    let rows: Vec<(&str, &str, &str)> = rows.iter().map(|(id, customer, status)| (id.as_str(), *customer, *status)).collect();
    let file = shared.join("d.csv");
    std::fs::write(&file, download(&rows)).unwrap();
    let ran = cli.run(&["import", file.to_str().unwrap()]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("could not be written") && ran.err.contains("state/refused/d.refused.csv"), "{ran:?}");
    assert_eq!(ran.err.matches("line ").count(), 29, "every reason is told: {ran:?}");
    let json = cli.run(&["import", file.to_str().unwrap(), "--json"]).json();
    assert!(json["files"][0]["refusedFileError"]["message"].is_string(), "{json}");
}

#[test]
fn one_referral_twice_in_a_file_is_told() {
    let cli = Cli::new();
    let file = cli.file("d.csv", download(&[("r1", "A", "Active"), ("r1", "A", "Active"), ("r2", "B", "Active")]));
    let ran = cli.run(&["import", &file, "--json"]);
    let told = &ran.json()["files"][0];
    assert_eq!((numbers(told), &told["again"]), ([3, 2, 0, 1, 0, 0, 0], &json!(1)), "{told}");
    let history = cli.run(&["history"]).done();
    assert!(history.contains("2 opportunities"), "{history}");
    let twice = Cli::new();
    let file = twice.file("d.csv", download(&[("r1", "A", "Active"), ("r1", "B", "Active")]));
    let text = twice.run(&["import", &file]).done();
    assert!(text.contains("an earlier row of the file"), "{text}");
    let history = twice.run(&["history"]).done();
    assert!(history.contains("1 opportunity") || history.contains("one opportunity"), "{history}");
}

#[test]
fn a_list_of_nothing_holds_no_referral() {
    for text in ["[]", "{\"value\":[]}", "{\"@odata.context\":\"x\",\"value\":[]}"] {
        let cli = Cli::new();
        let file = cli.file("e.json", text);
        let ran = cli.run(&["import", &file]);
        assert_eq!(ran.code, 3, "{text}: {ran:?}");
        assert!(ran.err.contains("holds no referral"), "{text}: {ran:?}");
    }
}

#[test]
fn neighbours_of_the_same_menus_are_named_for_what_they_are_and_what_to_do() {
    let leads = "Errors,Referral ID,Lead Name,Customer Name,Customer City,Customer Country,Lead Status,Lead Substatus,Currency\r\n\
                 ,x,A lead,Customer 2 Ltd,,GB,New,Received,\r\n";
    let companies = "Account Name;Billing City;Billing Country\r\nContoso;London;GB\r\n";
    let cli = Cli::new();
    for (name, text, said, hint) in [
        ("c.csv", companies, "list of companies", "cosell customers import"),
        ("n.json", r#"{"EventName":"referral-updated","ResourceUri":"https://x"}"#, "notice", "ResourceUri"),
    ] {
        let file = cli.file(name, text);
        let ran = cli.run(&["import", &file]);
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.err.contains(said) && ran.err.contains(hint), "{ran:?}");
    }
    // Leads are imported, but not as deals: beside files of them, or by a map.
    let (leads, deals) = (cli.file("l.csv", leads), cli.file("c.csv", companies));
    let ran = cli.run(&["import", &leads, &deals]);
    assert!(ran.err.contains("download of leads") && ran.err.contains("as a file by itself"), "{ran:?}");
    assert!(cli.run(&["import", &leads]).done().contains("1 new"));
}

#[test]
fn the_output_of_a_flow_is_unwrapped() {
    let one = r#"{"id":"b1","status":"Active","substatus":"Accepted","direction":"Incoming","customerProfile":{"name":"A"}}"#;
    for (text, new) in [
        (format!(r#"{{"statusCode":200,"headers":{{}},"body":{{"@odata.context":"x","value":[{one}]}}}}"#), 1),
        (format!(r#"{{"body":{one}}}"#), 1),
        (format!(r#"[{{"body":{one}}},{{"body":{}}}]"#, one.replace("b1", "b2")), 2),
        // Where it was kept as the text it came as.
        (format!(r#"{{"statusCode":200,"body":{}}}"#, json!(one)), 1),
        (format!(r#"[{{"body":{}}},{{"body":{}}}]"#, json!(one), json!(format!("[{}]", one.replace("b1", "b2")))), 2),
    ] {
        let cli = Cli::new();
        let file = cli.file("flow.json", text);
        let told = cli.run(&["import", &file, "--json"]).json();
        assert_eq!(told["files"][0]["new"], json!(new), "{told}");
    }
    let cli = Cli::new();
    let ran = cli.run(&["import", &cli.file("flow.json", r#"[{"body":"x"}]"#)]);
    assert!(ran.code == 3 && ran.err.contains("record 1: id") && !ran.err.contains("too large"), "{ran:?}");
}

#[test]
fn a_file_with_the_same_column_twice_is_refused_and_says_where_both_stand_and_what_to_do() {
    let cli = Cli::new();
    let rows = download(&[("r1", "Contoso", "New"), ("r2", "Fabrikam", "New")]);
    // In the first of them the name stands there with another blank, as two spellings of one column.
    for head in ["Partner  Referral Status", "Partner Referral Status"] {
        let twice = cli.file("twice.csv", rows.replacen("Customer Name", head, 1));
        let told = cli.run(&["import", &twice]).failed(3);
        assert!(told.contains("has the column Partner Referral Status twice: columns 3 and 4."), "{told}");
        assert!(told.contains("Nothing of the file was imported") && told.contains("Take one of them out"), "{told}");
    }
    assert_eq!(cli.run(&["list", "--json"]).json(), json!([]), "not even the rows in which both say the same");
}
