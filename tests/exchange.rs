//! Partner Center's files, from bytes to records: layouts, separators, encodings, spellings, and everything that is refused.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use cosell::domain::date::Date;
use cosell::domain::incoming::{Incoming, State};
use cosell::domain::invalid::Invalid;
use cosell::domain::opportunity::{Direction, HelpKind, Kind, SenderKind};
use cosell::domain::outcome::{Outcome, OutcomeKind};
use cosell::domain::sales::SalesStage;
use cosell::domain::solution::Owner;
use cosell::exchange::{self, File, FileError, Format, JsonExpected};
use proptest::prelude::*;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

struct Read {
    records: Vec<Incoming>,
    /// Line and complaints of each refused row.
    refused: Vec<(u64, Vec<(String, Invalid)>)>,
    format: Format,
    refused_count: u64,
    remarks: exchange::Remarks,
    failure: Option<String>,
}

fn read_as(path: &Path, tab: Option<Direction>) -> Result<Read, FileError> {
    let (tell, told) = mpsc::channel();
    let listen = move |row: &exchange::RefusedRow<'_>| {
        let _ = tell.send((row.line, row.complaints.iter().map(|c| (c.at.to_string(), c.why.clone())).collect()));
    };
    let mut file: File<_> = exchange::open(path, tab, listen)?;
    let records = std::iter::from_fn(|| file.next_valid()).collect();
    Ok(Read {
        records,
        refused: told.try_iter().collect(),
        format: file.format(),
        refused_count: file.refused(),
        remarks: file.remarks().clone(),
        failure: file.failure().map(ToString::to_string),
    })
}

fn read(path: &Path) -> Read {
    read_as(path, None).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn temporary(name: &str, bytes: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// A row of the 2023 layout with every needed column.
fn table(rows: &[&str]) -> String {
    let header = "Referral ID,Deal Name,Customer Name,Customer Address Line 1,Customer City,Customer Country,Customer D-U-N-S ID,Partner Referral Status,\
                  Partner Referral Substatus,Declined/Lost/Error reason,Estimated Deal Value,Currency,Estimated Close Date,Notes,Microsoft help required?,\
                  What specific help from Microsoft?,Share with Microsoft sales team,Solution 1,Team member 1,Silicon Type,My column";
    [header].iter().chain(rows).map(|line| format!("{line}\r\n")).collect()
}

const GOOD: &str = "r-1,ERP,Contoso,1 Way,Boston,US,081466849,New,Pending,,50000.5,USD,1/30/2027,\"two\r\nlines\",Yes,,No,\"SOL-1-A, USD, 10, 100\",\"Ana, Reyes, 555 0100, a@p.example\",x86,mine";

#[test]
fn both_layouts_are_read_by_the_names_of_their_columns() {
    let new = read(&fixture("bulk-2023.csv"));
    assert_eq!((new.format, new.records.len(), new.refused.len()), (Format::Bulk, 24, 0));
    let old = read(&fixture("bulk-2021-excel.csv"));
    assert_eq!((old.records.len(), old.refused.len()), (12, 0));
    assert!(old.remarks.unknown_columns.is_empty());
}

#[test]
fn separators_and_encodings_do_not_matter() {
    let text = fs::read_to_string(fixture("bulk-2023.csv")).unwrap();
    let expected = read(&fixture("bulk-2023.csv")).records;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for separator in [b',', b';', b'\t'] {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let table = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let utf_16: Vec<u8> = [0xFEFF].into_iter().chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xFEFF].into_iter().chain(table.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [table.clone().into_bytes(), format!("\u{feff}{table}").into_bytes(), utf_16, big] {
            let (_folder, path) = temporary("download.csv", bytes);
            let found: Vec<Incoming> = read(&path).records;
            let plain = |records: &[Incoming]| records.iter().map(|r| Incoming { line: 0, ..r.clone() }).collect::<Vec<_>>();
            assert_eq!(plain(&found), plain(&expected), "{}", separator as char);
        }
    }
}

#[test]
fn every_column_of_a_row_is_taken() {
    let (_folder, path) = temporary("x.csv", table(&[GOOD]));
    let read = read(&path);
    let row = &read.records[0];
    assert_eq!(row.name.clone().flatten().unwrap().as_str(), "ERP");
    assert_eq!(row.value.flatten().unwrap().to_string(), "50000.50 USD");
    assert_eq!(row.close_date.flatten(), Date::new(2027, 1, 30));
    assert_eq!(row.notes.clone().flatten().unwrap().as_str(), "two\nlines");
    assert_eq!(row.duns.flatten().unwrap().to_string(), "081466849");
    assert_eq!(row.solutions.as_ref().unwrap()[0].quantity, Some(100));
    assert_eq!(row.employees.as_ref().unwrap()[0].email, "a@p.example");
    assert_eq!(row.status.as_ref().unwrap().state, State::New);
    assert_eq!(row.extra["Silicon Type"], "x86");
    assert_eq!(row.extra["My column"], "mine");
    assert_eq!(read.remarks.unknown_columns, ["My column"]);
    assert_eq!((row.direction.told, row.direction.guess, row.direction.sure), (None, Direction::Inbound, true));
}

#[test]
fn a_bad_row_is_refused_with_every_reason_and_good_rows_are_taken() {
    let bad = "r-2,,,1 Way,Boston,Atlantis,12x,New,Won,,lots,XXZ,13/45/2026,,Maybe,9,No,SOL 1,\"Ana, Reyes\",,";
    let short = "r-3,ERP";
    let (_folder, path) = temporary("x.csv", table(&[GOOD, bad, short]));
    let read = read(&path);
    assert_eq!(read.records.len(), 1);
    assert_eq!(read.refused_count, 2);
    let (line, reasons) = &read.refused[0];
    assert_eq!(*line, 4, "the note of the first row takes two lines");
    let at: Vec<&str> = reasons.iter().map(|(at, _)| at.as_str()).collect();
    for column in [
        "Customer Name",
        "Customer Country",
        "Customer D-U-N-S ID",
        "Partner Referral Substatus",
        "Estimated Deal Value",
        "Currency",
        "Estimated Close Date",
        "Microsoft help required?",
        "What specific help from Microsoft?",
        "Solution 1",
        "Team member 1",
    ] {
        assert!(at.contains(&column), "{column} in {at:?}");
    }
    assert!(reasons.contains(&("Customer Name".into(), Invalid::Missing)));
    assert!(!at.contains(&"Deal Name"), "an upload needs it, a file may lack it");
    assert!(reasons.contains(&("Estimated Deal Value".into(), Invalid::NotAnAmount("lots".into()))));
    assert!(matches!(read.refused[1].1[..], [(_, Invalid::WrongShape(_))]));
}

#[test]
fn a_reason_that_is_missing_is_a_remark_and_a_wrong_one_a_refusal() {
    let row = |substatus: &str, reason: &str| GOOD.replace("New,Pending,,", &format!("Closed,{substatus},{reason},"));
    let (_folder, path) = temporary(
        "x.csv",
        table(&[&row("Lost", ""), &row("Declined", "9"), &row("Lost", "3"), &row("Error", "9"), &row("Won", "")]),
    );
    let read = read(&path);
    assert_eq!(read.remarks.gaps["Declined/Lost/Error reason"], 1);
    assert_eq!(read.refused[0].1, [("Declined/Lost/Error reason".into(), Invalid::UnknownReason("9".into()))]);
    let outcomes: Vec<Outcome> = read
        .records
        .iter()
        .map(|r| match &r.status.as_ref().unwrap().state {
            State::Closed(outcome) => outcome.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(outcomes.iter().map(|o| o.reason()).collect::<Vec<_>>(), [None, Some("other-vendor"), Some("9"), None]);
}

#[test]
fn direction_comes_from_the_flag_then_the_name_then_the_row() {
    let active = GOOD.replace("New,Pending", "Active,Accepted").replace("Yes,,No", "No,,No");
    for (name, row, tab, expected) in [
        ("x.csv", GOOD, Some(Direction::Outbound), (Some(Direction::Outbound), Direction::Inbound, true)),
        ("ExportDeals_inboundCosell_v1 (4).csv", GOOD, None, (Some(Direction::Inbound), Direction::Inbound, true)),
        ("ExportDeals_OutboundCosell.csv", GOOD, None, (Some(Direction::Outbound), Direction::Inbound, true)),
        ("x.csv", &active, None, (None, Direction::Outbound, false)),
        ("x.csv", &active.replace("No,,No", "Yes,3,Yes"), None, (None, Direction::Outbound, true)),
    ] {
        let (_folder, path) = temporary(name, table(&[row]));
        let hint = read_as(&path, tab).unwrap().records[0].direction;
        assert_eq!((hint.told, hint.guess, hint.sure), expected, "{name} {row}");
    }
    let (_folder, path) = temporary("ExportDeals_favouritesCosell_v1 (4).csv", table(&[GOOD]));
    assert_eq!(read(&path).records[0].favorite, Some(true));
}

#[test]
fn mg_50_mg_51_help_and_sharing_tell_the_type() {
    let active = |help: &str| GOOD.replace("New,Pending", "Active,Accepted").replace("Yes,,No", help);
    let (_folder, path) = temporary("outbound.csv", table(&[&active("No,,No"), &active("No,,Yes"), &active("Yes,3,Yes")]));
    let records = read(&path).records;
    assert_eq!(
        records.iter().map(|r| r.kind).collect::<Vec<_>>(),
        [Some(Kind::PrivatePipeline), Some(Kind::PartnerLed), Some(Kind::CoSell)]
    );
    assert_eq!(records[2].help.clone().flatten().unwrap().kind, Some(HelpKind::ProofOfConceptOrDemo));
}

#[test]
fn a_spreadsheets_changes_are_understood() {
    let eaten = GOOD.replace("081466849", "81466849").replace("1/30/2027", "2027-01-30").replace("50000.5", "\"50000,50\"");
    let (_folder, path) = temporary("x.csv", format!("sep=,\r\n{}", table(&[&eaten])));
    let read = read(&path);
    assert_eq!(read.records[0].duns.flatten().unwrap().to_string(), "081466849");
    assert_eq!(read.remarks.duns_restored, 1);
    assert_eq!(read.records[0].value.flatten().unwrap().to_string(), "50000.50 USD");
}

#[test]
fn control_characters_never_get_in() {
    let evil = GOOD.replace("ERP", "ERP\u{1b}]52;c;ZXZpbA==\u{7}\u{9b}31m").replace("x86", "x\u{1b}[8m86");
    let (_folder, path) = temporary("x.csv", table(&[&evil]));
    let read = read(&path);
    assert_eq!(read.records[0].name.clone().flatten().unwrap().as_str(), "ERP]52;c;ZXZpbA==31m");
    assert_eq!(read.records[0].extra["Silicon Type"], "x[8m86");
    assert_eq!(read.remarks.cleaned.controls, 4);
}

/// The good row with another id and some cells changed.
fn row_with(id: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(GOOD.replace("r-1", id), |row, (from, to)| row.replacen(from, to, 1))
}

#[test]
fn amounts_of_every_country_are_read_from_a_file_as_when_typed() {
    let written = [
        ("12.500", "EUR", "12500.00"),
        ("1.250.000", "EUR", "1250000.00"),
        ("\"12.500,00\"", "EUR", "12500.00"),
        ("\"12,500\"", "EUR", "12500.00"),
        ("3.000", "EUR", "3000.00"),
        ("\"4.500,5\"", "EUR", "4500.50"),
        ("12.345", "EUR", "12345.00"),
        ("12’500.00", "CHF", "12500.00"),
        ("12ʼ500", "CHF", "12500.00"),
        ("\"12\u{2009}500,00\"", "CHF", "12500.00"),
        ("\"12,50,000\"", "INR", "1250000.00"),
        ("12.5 lakh", "INR", "1250000.00"),
        ("2 crore", "INR", "20000000.00"),
    ];
    let rows: Vec<String> = written
        .iter()
        .enumerate()
        .map(|(n, (amount, currency, _))| row_with(&format!("r-{n}"), &[("50000.5", amount), ("USD", currency)]))
        .collect();
    let (_folder, path) = temporary("deals.csv", table(&rows.iter().map(String::as_str).collect::<Vec<_>>()));
    let read = read(&path);
    assert_eq!(read.refused, []);
    let read: Vec<String> = read.records.iter().map(|record| record.value.flatten().unwrap().amount()).collect();
    assert_eq!(read, written.map(|(_, _, amount)| amount.to_owned()));
}

#[test]
fn countries_of_a_file_may_have_the_names_people_use() {
    let named = [
        ("Hong Kong", "HK"),
        ("香港", "HK"),
        ("Macao", "MO"),
        ("Turkey", "TR"),
        ("Deutschland", "DE"),
        ("\"Korea, Republic of\"", "KR"),
        ("The Netherlands", "NL"),
        ("U.S.", "US"),
        ("Côte d'Ivoire", "CI"),
        ("Kosovo", "XK"),
        ("UK", "GB"),
        ("대한민국", "KR"),
        ("USA", "US"),
    ];
    let rows: Vec<String> =
        named.iter().enumerate().map(|(n, (name, _))| row_with(&format!("r-{n}"), &[(",US,", &format!(",{name},"))])).collect();
    let (_folder, path) = temporary("deals.csv", table(&rows.iter().map(String::as_str).collect::<Vec<_>>()));
    let read = read(&path);
    assert_eq!(read.refused, []);
    let codes: Vec<&str> = read.records.iter().map(|r| r.address.as_ref().unwrap().country.unwrap().code()).collect();
    assert_eq!(codes, named.map(|(_, code)| code));
}

#[test]
fn marks_of_copied_text_make_no_other_referral_and_are_counted() {
    let copied = row_with(
        "\u{200b}r‑1\u{feff}",
        &[
            ("Contoso", "\u{202a}Contoso\u{202c}"),
            (",US,", ",\u{200e}US\u{a0},"),
            ("081466849", "\u{200b}81466849\u{200e}"),
            ("555 0100", "\u{202a}555‑0100\u{202c}"),
        ],
    );
    let text = table(&[&copied]).replacen("Deal Name", "\u{200b}Deal Name\u{a0}", 1);
    let (_folder, path) = temporary("deals.csv", text);
    let read = read(&path);
    assert_eq!(read.refused, []);
    let record = &read.records[0];
    assert_eq!(record.referral_id.as_ref().unwrap().as_str(), "r-1");
    assert_eq!(record.customer_name.as_ref().unwrap().as_str(), "Contoso");
    assert_eq!(record.address.as_ref().unwrap().country.unwrap().code(), "US");
    assert_eq!(record.duns.flatten().unwrap().to_string(), "081466849");
    assert_eq!(record.employees.as_ref().unwrap()[0].phone, "555-0100");
    assert_eq!(record.name.as_ref().unwrap().as_ref().unwrap().as_str(), "ERP");
    // Two each at id, customer, D-U-N-S number and phone, one each at head and country.
    assert_eq!(read.remarks.cleaned.unseen, 10, "{:?}", read.remarks);
}

#[test]
fn entities_of_html_in_one_line_fields_are_read_and_counted() {
    let text = r#"{"id":"a1","name":"R&amp;D rollout","status":"New","substatus":"Pending","direction":"Incoming",
        "customerProfile":{"name":"Harbour &amp; Sons Oil &#39;n&#39; Gas","address":{"country":"GB"}}}"#;
    let (_folder, path) = temporary("one.json", text);
    let read = read(&path);
    let record = &read.records[0];
    assert_eq!(record.customer_name.as_ref().unwrap().as_str(), "Harbour & Sons Oil 'n' Gas");
    assert_eq!(record.name.as_ref().unwrap().as_ref().unwrap().as_str(), "R&D rollout");
    assert_eq!(read.remarks.cleaned.entities, 4);
}

#[test]
fn files_that_are_none_are_refused_as_a_whole_with_the_reason() {
    let refused = |name: &str, bytes: &[u8]| {
        let (_folder, path) = temporary(name, bytes);
        match read_as(&path, None) {
            Err(error) => error,
            Ok(read) => panic!("{name}: {} records", read.records.len()),
        }
    };
    assert!(matches!(refused("empty.csv", b""), FileError::Empty));
    assert!(matches!(refused("blank.csv", b"  \r\n"), FileError::Empty | FileError::UnknownFormat { .. }));
    assert!(matches!(refused("other.csv", b"a,b\r\n1,2\r\n"), FileError::UnknownFormat { columns } if columns == ["a", "b"]));
    assert!(
        matches!(refused("part.csv", b"Deal Name,Notes\r\nx,y\r\n"), FileError::MissingColumns(missing) if missing.len() == 3)
    );
    assert!(matches!(refused("scalar.json", b"[1"), FileError::Json { .. }));
    assert!(matches!(refused("object.json", b"{\"a\": {}}"), FileError::NoReferral));
    assert!(matches!(refused("latin.json", b"{\"id\": \"M\xFCller\"}"), FileError::Encoding { line: 1, .. }));
    let missing = read_as(Path::new("/nowhere/x.csv"), None);
    assert!(matches!(missing, Err(FileError::Io(_))));
}

#[test]
fn a_table_that_breaks_off_says_where() {
    let failure = |text: &[u8]| {
        let (_folder, path) = temporary("x.csv", text);
        let read = read(&path);
        read.failure
    };
    let mut latin = table(&[GOOD]).into_bytes();
    latin.extend(
        table(&[&GOOD.replace("Boston", "K@ln")]).lines().nth(1).unwrap().bytes().map(|b| if b == b'@' { 0xF6 } else { b }),
    );
    assert!(failure(&latin).unwrap().contains("is not text"));
    assert_eq!(failure(table(&[&GOOD.replace("ERP", "5\" pipe")]).as_bytes()), None, "a stray inch mark is only text");
}

#[test]
fn the_api_is_read_as_list_array_and_single_object() {
    let list = read(&fixture("api-list.json"));
    assert_eq!((list.format, list.records.len(), list.refused.len()), (Format::Api, 3, 0));
    let document: serde_json::Value = serde_json::from_str(&fs::read_to_string(fixture("api-list.json")).unwrap()).unwrap();
    let (_folder, path) = temporary("a.json", document["value"].to_string());
    assert_eq!(read(&path).records, list.records);
    let (_folder, path) = temporary("a.json", document["value"][0].to_string());
    assert_eq!(read(&path).records, list.records[..1]);
    let utf_16: Vec<u8> = document["value"].to_string().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_folder, path) = temporary("a.json", [&[0xFF, 0xFE][..], &utf_16].concat());
    assert_eq!(read(&path).records, list.records);
}

#[test]
fn the_api_brings_dates_direction_sender_and_what_is_not_modelled() {
    let records = read(&fixture("api-list.json")).records;
    let [inbound, partner, own] = &records[..] else { panic!() };
    assert_eq!(inbound.referral_id.as_ref().unwrap().as_str(), "0a1b2c3d-1111-4222-8333-444455556666");
    assert_eq!(inbound.expires_at.unwrap().to_string(), "2026-11-26T00:00:00Z");
    assert_eq!(inbound.updated_at.unwrap().to_string(), "2026-11-12T21:03:00Z");
    assert_eq!(inbound.direction.told, Some(Direction::Inbound));
    assert_eq!((&inbound.name, &inbound.crm_id), (&None, &None), "it speaks of neither");
    assert_eq!(inbound.value.flatten().unwrap().to_string(), "84000000 KRW");
    assert_eq!(inbound.duns.flatten().unwrap().to_string(), "965185656");
    assert_eq!(inbound.sender.as_ref().unwrap().note.as_ref().unwrap().as_str(), "Can you take this one? Thanks, Sam");
    assert_eq!(inbound.solutions.as_ref().unwrap()[0].owner, Owner::ThirdParty);
    assert_eq!(inbound.extra["customerProfile"]["size"], "51to250employees");
    assert_eq!(inbound.extra["details"]["requirements"]["industries"][0]["id"], "Manufacturing");
    assert_eq!(inbound.extra["qualification"], "SalesQualified");

    assert_eq!(partner.kind, Some(Kind::PartnerToPartner));
    assert_eq!(partner.sender.as_ref().map(|s| (s.kind, s.organization.as_str())), Some((SenderKind::Partner, "Kaze Systems")));
    assert_eq!(partner.close_date.flatten(), Date::new(2027, 2, 26), "a day is not moved by its offset");
    assert_eq!(partner.employees.as_ref().unwrap()[0].first, "Ana", "a team that is one object");

    assert_eq!((own.kind, own.favorite, own.sales_stage), (Some(Kind::PartnerLed), Some(true), Some(SalesStage::of(40))));
    let State::Closed(outcome) = &own.status.as_ref().unwrap().state else { panic!() };
    assert_eq!((outcome.kind(), outcome.note().unwrap().as_str()), (OutcomeKind::Lost, "customer went quiet"));
    assert_eq!(own.solutions.as_ref().unwrap()[0].id.as_str(), "SOL-10277-KQT");
}

#[test]
fn pascal_case_texts_for_numbers_and_three_letter_countries_are_understood() {
    let read = read(&fixture("api-pascal.json"));
    let record = &read.records[0];
    assert_eq!(record.name.clone().flatten().unwrap().as_str(), "Werks-IoT");
    assert_eq!(record.crm_id.clone().flatten().unwrap().as_str(), "4711");
    assert_eq!(record.value.flatten().unwrap().to_string(), "603000.50 EUR");
    assert_eq!(record.address.as_ref().unwrap().country.unwrap().code(), "DE");
    assert_eq!(record.kind, Some(Kind::CoSell));
    let help = record.help.clone().flatten().unwrap();
    assert_eq!((help.kind, help.note.unwrap().as_str()), (Some(HelpKind::ProofOfConceptOrDemo), "Please join the workshop"));
}

#[test]
fn bad_referrals_are_refused_with_every_reason() {
    let bad = r#"[{"id": null, "status": "New", "substatus": "Won", "createdDateTime": "soon", "details": {"dealValue": "x"}, "team": "Ana"},
                  {"id": "a", "status": "New", "customerProfile": {"name": "ok"}}, 7]"#;
    let (_folder, path) = temporary("a.json", bad);
    let read = read(&path);
    assert_eq!((read.records.len(), read.refused.len()), (1, 2));
    let at: Vec<&str> = read.refused[0].1.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(at, ["id", "createdDateTime", "status", "details.dealValue", "details.currency", "customerProfile.name", "team"]);
}

#[test]
fn broken_json_gets_line_column_and_what_was_expected() {
    for (text, line, column, expected) in [
        ("{\n  \"id\": \"a\"\n  \"name\": \"b\"\n}", 3, 3, JsonExpected::CommaOrBrace),
        ("[\n  {\"id\": \"a\"},\n]", 3, 1, JsonExpected::NoTrailingComma),
        ("{\"value\": [", 1, 11, JsonExpected::More),
    ] {
        let (_folder, path) = temporary("a.json", text);
        let Err(FileError::Json { line: l, column: c, expected: e }) = read_as(&path, None).map(|r| r.records.len()) else {
            panic!("{text}")
        };
        assert_eq!((l, c, e), (line, column, expected), "{text}");
    }
}

#[test]
fn the_insights_download_tells_direction_and_creation_only() {
    let read = read(&fixture("insights.tsv"));
    assert_eq!((read.format, read.records.len(), read.refused.len()), (Format::Insights, 2, 1));
    let first = &read.records[0];
    assert_eq!(first.created_at.unwrap().to_string(), "2026-11-12T00:00:00Z");
    assert_eq!((first.direction.told, first.kind, first.creates), (Some(Direction::Inbound), Some(Kind::CoSell), false));
    assert_eq!(first.extra["Contract Value"], "120000");
    assert_eq!(read.refused[0].1.len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_reader_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0..4) {
        let head = match kind { 0 => table(&[GOOD]).into_bytes(), 1 => b"[{\"id\":".to_vec(), 2 => vec![0xFF, 0xFE], _ => Vec::new() };
        let (_folder, path) = temporary("x", [head, bytes].concat());
        let _ = read_as(&path, None);
    }

    #[test]
    fn no_cell_makes_a_row_fall_over(cell in "\\PC{0,20}", column in 0usize..21) {
        let mut cells: Vec<String> = csv::ReaderBuilder::new().has_headers(false).from_reader(GOOD.as_bytes()).records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
        cells[column] = cell;
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&cells).unwrap();
        let row = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let (_folder, path) = temporary("x.csv", table(&[row.trim_end()]));
        let read = read(&path);
        prop_assert_eq!(read.records.len() + read.refused.len(), 1);
    }
}
