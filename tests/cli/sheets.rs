//! Workbooks of spreadsheet programs that are imported: what a CSV file of the same table says, and what is said of those that are none.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::copies::at_postal_code;
use super::outbox::desk;
use crate::support::cli::Cli;

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name).to_str().unwrap().to_owned()
}

/// The table of a CSV file as a sheet below a title, with real numbers and dates where people keep such.
fn workbook(csv: &[u8], separator: u8) -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Read me").unwrap().write(0, 0, "How to fill this in").unwrap();
    let sheet = workbook.add_worksheet().set_name("Table").unwrap();
    sheet.merge_range(0, 0, 0, 9, "November 2026", &Format::new()).unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(csv);
    let mut heads = Vec::new();
    for (row, record) in (2..).zip(reader.records().map(Result::unwrap)) {
        for (column, cell) in (0..).zip(&record) {
            let head = heads.get(usize::from(column)).map_or("", String::as_str);
            let parts: Vec<u16> = cell.split('/').filter_map(|part| part.parse::<u16>().ok()).collect();
            match (head, parts.as_slice()) {
                (_, _) if cell.is_empty() => {}
                ("Estimated Deal Value" | "Sales Stage" | "Customer D-U-N-S ID", _) if cell.parse::<f64>().is_ok() => {
                    sheet.write(row, column, cell.parse::<f64>().unwrap()).unwrap();
                }
                // A spreadsheet makes numbers of codes, too, that then begin with no zero.
                ("Customer Postal code", _) if cell.parse::<f64>().is_ok() && !cell.starts_with('0') => {
                    sheet.write(row, column, cell.parse::<f64>().unwrap()).unwrap();
                }
                ("Estimated Close Date", [month, on, year]) => {
                    let on = ExcelDateTime::from_ymd(*year, (*month).try_into().unwrap(), (*on).try_into().unwrap()).unwrap();
                    sheet.write_with_format(row, column, on, &day).unwrap();
                }
                _ => drop(sheet.write_string(row, column, cell.trim_start_matches('\u{feff}')).unwrap()),
            }
        }
        if heads.is_empty() {
            heads = record.iter().map(str::to_owned).collect();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// What is told of each row of a dry run, but for its line.
fn verdicts(told: &Value) -> Vec<Value> {
    let mut rows = told["rows"].as_array().unwrap().clone();
    for row in &mut rows {
        let row = row.as_object_mut().unwrap();
        row.remove("line");
        row.remove("file");
    }
    rows
}

fn reasons(told: &Value) -> Vec<Value> {
    told["files"][0]["refusedRows"].as_array().unwrap().iter().map(|row| row["errors"].clone()).collect()
}

#[test]
fn the_template_as_a_workbook_says_what_it_says_as_csv() {
    let (csv_home, sheet_home) = (Cli::new(), Cli::new());
    let csv = fixture("bulk-2023.csv");
    let sheet = sheet_home.file("bulk-2023.xlsx", workbook(&fs::read(&csv).unwrap(), b','));
    let dry = |home: &Cli, file: &str| home.run(&["import", file, "--dry-run", "--json"]).json();
    let (of_csv, of_sheet) = (dry(&csv_home, &csv), dry(&sheet_home, &sheet));
    assert!(!verdicts(&of_csv).is_empty());
    assert_eq!(verdicts(&of_csv), verdicts(&of_sheet));
    assert_eq!(reasons(&of_csv), reasons(&of_sheet));
    for name in ["rows", "new", "refused", "unknownColumns", "gaps", "openAmounts"] {
        assert_eq!(of_csv["files"][0][name], of_sheet["files"][0][name], "{name}");
    }
    csv_home.run(&["import", &csv]);
    let said = sheet_home.run(&["import", &sheet]);
    assert!(said.out.contains("Read from the sheet “Table”; not read: “Read me”."), "{said:?}");
    for arguments in
        [&["list", "outbound", "--json"][..], &["list", "--json"], &["show", "1", "--json"], &["show", "7", "--json"]]
    {
        let mut both = [csv_home.run(arguments).json(), sheet_home.run(arguments).json()];
        both.iter_mut().for_each(without_names);
        assert_eq!(both[0], both[1], "{arguments:?}");
    }
}

/// Takes out what no two homes have alike: names that hold everywhere.
fn without_names(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("uid");
            members.values_mut().for_each(without_names);
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_names),
        _ => {}
    }
}

#[test]
fn other_kinds_of_workbooks_are_read_and_their_refused_rows_are_csv() {
    for kind in ["xls", "ods"] {
        let home = Cli::new();
        let file = home.file(&format!("deals.{kind}"), fs::read(fixture(&format!("deals.{kind}"))).unwrap());
        let ran = home.run(&["import", &file]);
        assert_eq!(ran.code, 4, "{ran:?}");
        assert!(ran.out.contains("2 new"), "{ran:?}");
        assert!(ran.err.contains("line 6: Partner Referral Status"), "the row as the program numbers it: {ran:?}");
        let refused = fs::read_to_string(home.path("deals.refused.csv")).unwrap();
        assert!(
            refused.contains("\r\nb2000000-0000-4000-8000-000000000003,No stage,Contoso,US,02139,,Accepted,5,USD,2027-03-02,")
        );
        let shown = home.run(&["show", "1", "--json"]).done();
        for value in ["東日本電装株式会社", "060-0001", "2027-02-28", "84000000"] {
            assert!(shown.contains(value), "{kind}: {value}: {shown}");
        }
        let corrected = refused.replace(",02139,,", ",02139,Active,");
        let corrected = home.file("corrected.csv", corrected);
        assert!(home.run(&["import", &corrected]).done().contains("1 new"));
    }
}

#[test]
fn a_workbook_is_known_by_its_content_whatever_it_is_called_and_through_a_pipe() {
    let bytes = workbook(&fs::read(fixture("bulk-2023.csv")).unwrap(), b',');
    let home = Cli::new();
    let file = home.file("download.csv", &bytes);
    assert!(home.run(&["import", &file]).out.contains("24 new"));
    let text = home.file("text.xlsx", fs::read(fixture("bulk-2023.csv")).unwrap());
    assert!(home.run(&["import", &text]).out.contains("24 unchanged"), "text under the name of a workbook");
    let home = Cli::new();
    let ran = home.piped_bytes(&["import", "-", "--json"], &bytes);
    assert_eq!(ran.json()["files"][0]["new"], 24, "{ran:?}");
    assert_eq!(ran.json()["files"][0]["sheet"]["name"], "Table");
}

#[test]
fn lists_of_companies_and_solutions_insights_and_rates_are_read_from_workbooks() {
    let home = Cli::new();
    let companies = "회사명,국가,DUNS,우편번호\n한빛정밀,KR,081466849,01000\nContoso,Atlantis,,\n";
    let file = home.file("companies.xlsx", workbook(companies.as_bytes(), b','));
    let ran = home.run(&["customers", "import", &file, "--json"]);
    assert_eq!((ran.code, &ran.json()["new"], &ran.json()["refused"]), (4, &1.into(), &1.into()), "{ran:?}");
    assert!(home.run(&["customers", "search", "한빛"]).done().contains("한빛정밀"));
    let file = home.file("solutions.xlsx", workbook(b"Solution ID,Solution name\nSOL-34104-EBB,ERP Cloud\n", b','));
    assert!(home.run(&["solutions", "import", &file]).done().contains("1 new"));
    home.run(&["import", &fixture("bulk-2023.csv")]);
    let insights =
        "Referral ID\tReferral Creation Date\tDeal Direction\n656abd72-fb71-4734-986e-86cb0ab8ab67\t2026-11-14\tIncoming\n";
    let file = home.file("insights.xlsx", workbook(insights.as_bytes(), b'\t'));
    assert!(home.run(&["import", &file]).done().contains("1 changed"));
    let file = home.file("rates.xlsx", workbook(b"date,from,to,rate\n2026-11-20,EUR,KWD,0.355\n", b','));
    assert!(home.run(&["rates", "import", &file]).done().contains('1'));
}

#[test]
fn what_is_no_table_of_deals_is_named_for_what_it_is() {
    let home = Cli::new();
    let says = |name: &str, csv: &[u8], said: &str| {
        let files = [home.file(&format!("{name}.xlsx"), workbook(csv, b',')), home.file(&format!("{name}.csv"), csv)];
        for file in files {
            let ran = home.run(&["import", &file]).failed(3);
            assert!(ran.contains(said), "{file}: {ran}");
        }
    };
    says(
        "flow",
        b"id,name,createdDateTime,updatedDateTime,status,customerProfile\nr,A,2026-11-20T10:00:00Z,,New,{}\n",
        "a table that a flow made",
    );
    says("companies", b"Account Name,Billing Country\nContoso,US\n", "cosell customers import");
}

#[test]
fn mg_83_leads_come_in_from_a_workbook_as_from_a_table() {
    let home = Cli::new();
    let leads = "Errors,Referral ID,Lead Name,Customer Name,Customer Country,Lead Status\n,r,재고 관리,한빛정밀,KR,New\n";
    let file = home.file("leads.xlsx", workbook(leads.as_bytes(), b','));
    assert!(home.run(&["import", &file]).done().contains("leads.xlsx: 1 new"));
    let file = home.file("leads.csv", leads);
    assert!(home.run(&["import", &file]).done().contains("leads.csv: 0 new, 0 changed, 1 unchanged"));
}

/// A workbook of one sheet that unpacks to as many MiB as are told.
fn bomb(mib: usize) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let relation = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id=\"a\" Type=\"x/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    for (name, text) in [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "sheet.xml")),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"Deals\" id=\"a\"/></sheets></workbook>".to_owned()),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.start_file("xl/sheet.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"<worksheet><sheetData><row><c t=\"str\"><v>").unwrap();
    let piece = vec![b'x'; 1 << 20];
    (0..mib).for_each(|_| archive.write_all(&piece).unwrap());
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_bomb_a_password_and_damage_are_told_in_a_sentence() {
    let home = Cli::new();
    let bytes = bomb(8);
    assert!(bytes.len() < 1 << 17, "{}", bytes.len());
    let whole = workbook(b"Name,Country\nContoso,US\n", b',');
    for (name, bytes, code, said) in [
        ("bomb.xlsx", bytes.as_slice(), "workbook-swollen", "unpacks to more than"),
        ("locked.xlsx", &fs::read(fixture("locked.xlsx")).unwrap(), "workbook-locked", "is protected by a password"),
        ("half.xlsx", &whole[..whole.len() / 2], "workbook-damaged", "is damaged or not whole"),
        ("large.xls", &[&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &vec![0; 33 << 20]].concat(), "workbook-large", "32 MiB"),
        ("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more", "not-text", "neither text nor a workbook"),
    ] {
        let file = home.file(name, bytes);
        for command in [&["import"][..], &["customers", "import"]] {
            let ran = home.run(&[command, &[&file, "--json"]].concat());
            assert_eq!(ran.errors()[0].1, code, "{name}: {ran:?}");
            assert!(ran.err.contains(said), "{name}: {ran:?}");
        }
    }
    let file = home.file("deal.xlsx", &whole);
    assert!(home.run(&["new", "--from", &file]).failed(3).contains("line 1, column 1: expected a value"));
}

#[test]
fn a_postal_code_that_is_a_number_in_a_workbook_and_began_with_a_zero_is_told_and_is_no_change() {
    let (cli, center) = desk();
    let file = cli.file("monday.csv", at_postal_code(&center.download(), "04524"));
    cli.run(&["import", &file]).done();
    let file = cli.file("monday.xlsx", workbook(at_postal_code(&center.download(), "4524").as_bytes(), b','));
    let told = cli.run(&["import", &file]).done();
    assert!(told.contains("0 new, 0 changed, 3 unchanged"), "{told}");
    assert!(told.contains("3 postal codes have lost the zeros that they begin with: those that are here stay."), "{told}");
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["customer"]["address"]["postalCode"], "04524");
}
