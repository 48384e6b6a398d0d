//! `cosell export`: the same deals as a list, as a file for people or programs; nothing is written over, and nothing half is left.

use crate::support::cli::Cli;

/// Three: one open with a name that looks like a formula, one won, one that is due.
const DEALS: &str = r#"[
 {"id":"0b7e5a10-0000-4000-8000-000000000001","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-11-18T03:00:00Z","updatedDateTime":"2026-11-20T03:00:00Z","acceptedDateTime":"2026-11-19T23:00:00Z",
  "name":"=HYPERLINK(\"http://x\",\"1\")","notes":"first; \"second\"\nthird","customerProfile":{"name":"한빛정밀 주식회사","address":{"country":"KR"}},
  "details":{"dealValue":84000000,"currency":"KRW","closingDateTime":"2026-12-18T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000002","status":"Closed","substatus":"Won","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-20T03:00:00Z","acceptedDateTime":"2026-10-03T03:00:00Z",
  "closedDateTime":"2026-11-20T03:00:00Z","name":"+1-800","customerProfile":{"name":"@Northwind","address":{"country":"US"}},
  "details":{"dealValue":120000.55,"currency":"USD","closingDateTime":"2026-11-20T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000003","status":"New","substatus":"Pending","direction":"Incoming",
  "createdDateTime":"2026-11-19T03:00:00Z","updatedDateTime":"2026-11-20T03:00:00Z","expirationDateTime":"2026-12-03T03:00:00Z",
  "name":"Very large","customerProfile":{"name":"東日本電装株式会社","address":{"country":"JP"}},
  "details":{"dealValue":1000000000000000,"currency":"JPY"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}}
]"#;

#[test]
fn deals_go_to_standard_output_as_csv_and_a_filter_narrows_them() {
    let cli = Cli::with(DEALS);
    let text = cli.run(&["export"]).done();
    assert!(text.starts_with("\u{feff}ID,Referral ID,Direction,Type,Private pipeline,Stage,"), "{text}");
    assert!(text.contains("\r\n1,0b7e5a10-0000-4000-8000-000000000001,Inbound,"), "{text}");
    let one = cli.run(&["export", "--plain", "--columns", "id,name,value,currency,accepted", "-country:KR,US"]).done();
    assert_eq!(one, "id,name,value,currency,accepted\n3,Very large,1000000000000000,JPY,\n");
    let one = cli.run(&["export", "--plain", "--columns", "name,accepted", "--tab", "inbound", "country:KR"]).done();
    assert_eq!(one, "name,accepted\n\"'=HYPERLINK(\"\"http://x\"\",\"\"1\"\")\",2026-11-19T23:00:00Z\n");
    let sorted = cli.run(&["export", "--plain", "--columns", "id", "--sort", "deal"]).done();
    assert_eq!(sorted, "id\n2\n1\n3\n");
}

#[test]
fn the_list_has_semicolons_where_the_decimal_mark_is_a_comma() {
    let mut cli = Cli::with(DEALS);
    let columns = ["export", "--columns", "id,value", "country:US"];
    cli.run(&["config", "set", "home-currency", "EUR"]).done();
    assert_eq!(cli.run(&columns).done(), "\u{feff}ID;Value\r\n2;120000,55\r\n", "as where the home currency is at home");
    for (locale, line) in [("de_DE.UTF-8", "2;120000,55"), ("en_US.UTF-8", "2,120000.55"), ("de_CH.UTF-8", "2;120000.55")] {
        cli.variables.insert("LC_NUMERIC".into(), locale.into());
        let text = cli.run(&columns).done();
        assert!(text.ends_with(&format!("\r\n{line}\r\n")), "{locale}: {text}");
    }
    assert_eq!(cli.run(&[&columns[..], &["--plain"]].concat()).done(), "id,value\n2,120000.55\n");
}

#[test]
fn json_is_what_the_list_says_and_a_line_for_each_is_the_same() {
    let cli = Cli::with(DEALS);
    let list = cli.run(&["list", "--json"]).done();
    assert_eq!(cli.run(&["export", "--format", "json"]).done(), list);
    assert_eq!(cli.run(&["export", "--json"]).done(), list);
    let lines = cli.run(&["export", "--format", "jsonl"]).done();
    let each: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(serde_json::Value::from(each), serde_json::from_str::<serde_json::Value>(&list).unwrap());
}

#[test]
fn a_file_is_told_and_written_over_only_when_that_is_said() {
    let cli = Cli::with(DEALS);
    let path = cli.path("deals.md");
    let named = path.to_str().unwrap();
    assert_eq!(cli.run(&["export", "-o", named]).done(), format!("3 deals written to {named}.\n"));
    let before = std::fs::read_to_string(&path).unwrap();
    assert!(before.contains("| Deal name |") && before.contains("한빛정밀 주식회사"), "{before}");
    let said = cli.run(&["export", "country:KR", "-o", named]).failed(3);
    assert!(said.contains("deals.md is there already. It was not touched.") && said.contains("--force"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), before);
    assert_eq!(cli.run(&["export", "country:KR", "-o", named, "--force"]).done(), format!("1 deal written to {named}.\n"));
    assert!(std::fs::read_to_string(&path).unwrap().len() < before.len());
    let done = cli.run(&["export", "--json", "-o", cli.path("x.csv").to_str().unwrap()]).json();
    assert_eq!((done["deals"].as_u64(), done["file"].as_str()), (Some(3), cli.path("x.csv").to_str()));
    let nothing = cli.run(&["export", "country:FR", "-o", cli.path("none.csv").to_str().unwrap()]);
    assert_eq!((nothing.code, nothing.err.as_str()), (0, "No deal is in it: nothing passes what was asked for.\n"));
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_can() {
    let cli = Cli::with(DEALS);
    let file = cli.path("deals.xyz");
    let no_folder = cli.path("no/deals.csv");
    for (arguments, said) in [
        (&["export", "--format", "pdf"][..], "xlsx, csv, tsv, md, json, jsonl"),
        (&["export", "--format", "xlsx"], "A workbook is not written to standard output."),
        (&["export", "-o", file.to_str().unwrap()], "The name of the file does not say what it is to be."),
        (&["export", "--columns", "name,custmer"], "customer"),
        (&["export", "--columns", "name,zzzzzz"], "id, referral-id, tab"),
        (&["export", "--columns", "name", "--format", "json"], "json holds all of each deal"),
        (&["export", "--force"], "--output"),
        (&["export", "conutry:KR"], "conutry"),
    ] {
        let error = cli.run(arguments).failed(2);
        assert!(error.contains(said), "{arguments:?}: {error}");
    }
    let error = cli.run(&["export", "-o", no_folder.to_str().unwrap()]).failed(1);
    assert!(error.contains("There is no folder"), "{error}");
    let taken = cli.home.path().to_str().unwrap();
    cli.run(&["export", "--format", "csv", "-o", taken, "--force"]).failed(3);
    let left: Vec<_> = std::fs::read_dir(cli.home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".tmp")), "{left:?}");
}

#[test]
fn a_past_day_is_exported_as_it_stood() {
    let cli = Cli::with(DEALS).at("2026-11-24T08:00:00+09:00");
    cli.run(&["decline", "3", "--reason", "budget"]).done();
    let columns = ["export", "--plain", "--columns", "id,stage", "--sort", "deal"];
    assert_eq!(cli.run(&columns).done(), "id,stage\n2,archived\n1,accepted\n3,archived\n");
    let then = cli.run(&[&columns[..], &["--as-of", "2026-11-23"]].concat()).done();
    assert_eq!(then, "id,stage\n2,archived\n1,accepted\n3,received\n");
}

#[test]
fn a_private_deal_is_marked_and_people_stand_in_one_cell() {
    let cli = Cli::new();
    let one = |n: usize| {
        format!(
            r#"{{"type":"privatePipeline","deal":{{"name":"Deal {n:04}","value":"{n}","currency":"USD","closeDate":"2027-01-31"}},
              "customer":{{"name":"Customer","address":{{"line1":"a","city":"b","country":"US"}}}},
              "employees":[{{"firstName":"A","lastName":"B","phone":"+1 425 555 0100","email":"a@b.example"}}],
              "solutions":[{{"id":"SOL-34104-EBB","owner":"mine"}}]}}"#
        )
    };
    for n in 1..=3 {
        assert_eq!(cli.piped(&["new", "--from", "-"], &one(n)).code, 0);
    }
    let text = cli.run(&["export", "--columns", "name,type,private,employees", "--sort", "deal"]).done();
    assert!(text.contains("\r\nDeal 0001,Private pipeline,yes,\"A B, +1 425 555 0100, a@b.example\"\r\nDeal 0002,"), "{text}");
}

#[cfg(not(windows))]
#[test]
fn a_workbook_has_numbers_dates_and_text_that_stays_text() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let cli = Cli::with(DEALS);
    let path = cli.path("deals.xlsx");
    cli.run(&[
        "export",
        "--sort",
        "deal",
        "--columns",
        "id,name,customer,value,close,accepted,country",
        "-o",
        path.to_str().unwrap(),
    ])
    .done();
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    assert_eq!(book.sheet_names(), ["Deals"]);
    assert!(book.worksheet_formula("Deals").unwrap().is_empty());
    let sheet = book.worksheet_range("Deals").unwrap();
    let rows: Vec<&[Data]> = sheet.rows().collect();
    assert_eq!(
        rows[0].iter().map(Data::to_string).collect::<Vec<_>>(),
        ["ID", "Deal name", "Customer", "Value", "Close date", "Accepted on", "Country"]
    );
    assert_eq!(
        rows[1][..4],
        [Data::Float(2.0), Data::String("+1-800".into()), Data::String("@Northwind".into()), Data::Float(120_000.55)]
    );
    let Data::DateTime(day) = &rows[1][4] else { panic!("{:?}", rows[1][4]) };
    assert_eq!(day.to_ymd_hms_milli(), (2026, 11, 20, 0, 0, 0, 0));
    let Data::DateTime(time) = &rows[2][5] else { panic!("{:?}", rows[2][5]) };
    assert_eq!(time.to_ymd_hms_milli(), (2026, 11, 20, 8, 0, 0, 0), "as clocks where the user is show it");
    assert_eq!(rows[2][1], Data::String("=HYPERLINK(\"http://x\",\"1\")".into()));
    assert_eq!(rows[3][2..4], [Data::String("東日本電装株式会社".into()), Data::String("JPY 1000000000000000".into())]);
    assert_eq!(rows[3][6], Data::String("Japan".into()));
    let mut file = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let page = std::io::read_to_string(file.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(page.contains("<autoFilter ref=\"A1:G4\"/>") && page.contains("xSplit=\"2\" ySplit=\"1\""), "{page}");
}

#[test]
fn the_day_of_the_import_is_not_exported_as_the_day_of_a_change() {
    let silent = r#"[{"id":"0b7e5a10-0000-4000-8000-000000000009","status":"New","substatus":"Pending","direction":"Incoming",
        "name":"Silent","customerProfile":{"name":"한빛"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}}]"#;
    let cli = Cli::with(silent);
    assert_eq!(cli.run(&["export", "--plain", "--columns", "name,changed"]).done(), "name,changed\nSilent,\n");
    let cli = Cli::with(DEALS);
    assert_eq!(
        cli.run(&["export", "--plain", "--columns", "name,changed", "country:JP"]).done(),
        "name,changed\nVery large,2026-11-20T03:00:00Z\n"
    );
}
