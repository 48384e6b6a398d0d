//! Workbooks as programs write them, and as nobody should: what is read of them, what is refused, and that it is what a CSV file says.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::neighbour::Neighbour;
use super::super::open::{File, open};
use super::super::refused::RefusedRow;
use super::*;
use crate::domain::incoming::Incoming;
use crate::domain::invalid::Complaints;

/// A file in a folder of its own.
struct Placed {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn placed(name: &str, bytes: &[u8]) -> Placed {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    Placed { _folder: folder, path }
}

type Refused = Vec<(u64, Complaints)>;

struct Read {
    records: Vec<Incoming>,
    refused: Refused,
    sheet: Option<FromSheet>,
    restored: u64,
}

fn read(name: &str, bytes: &[u8]) -> Result<Read, FileError> {
    let placed = placed(name, bytes);
    let mut refused = Refused::new();
    let listen = |row: &RefusedRow<'_>| refused.push((row.line, row.complaints.clone()));
    let mut file: File<_> = open(&placed.path, None, listen)?;
    let records = std::iter::from_fn(|| file.next_valid()).collect();
    assert!(file.failure().is_none(), "{:?}", file.failure());
    let (sheet, restored) = (file.aside().sheet, file.remarks().duns_restored);
    drop(file);
    Ok(Read { records, refused, sheet, restored })
}

fn trouble(bytes: &[u8]) -> BookTrouble {
    match read("deals.xlsx", bytes).err() {
        Some(FileError::Workbook(trouble)) => trouble,
        other => panic!("{other:?}"),
    }
}

const HEADS: [&str; 14] = [
    "Referral ID",
    "Deal Name",
    "Customer Name",
    "Customer Country",
    "Customer Postal code",
    "Customer D-U-N-S ID",
    "Partner Referral Status",
    "Partner Referral Substatus",
    "Estimated Deal Value",
    "Currency",
    "Estimated Close Date",
    "Microsoft help required?",
    "Estimated ACR Value",
    "Confidence",
];

/// A workbook with title rows above a head in the second sheet, and every kind of cell below it.
fn kinds() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Read me").unwrap().write(0, 0, "How to fill this in").unwrap();
    let sheet = workbook.add_worksheet().set_name("Deals").unwrap();
    sheet.merge_range(0, 0, 0, 13, "Co-sell opportunities, November", &Format::new()).unwrap();
    for (column, head) in (0..).zip(HEADS) {
        sheet.write(2, column, head).unwrap();
    }
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let zip = Format::new().set_num_format("00000");
    let percent = Format::new().set_num_format("0%");
    sheet.write(3, 0, "b2000000-0000-4000-8000-000000000001").unwrap();
    for (column, text) in [(1, "Rollout"), (2, "東日本電装株式会社"), (3, "US"), (6, "Active"), (7, "Accepted"), (9, "USD")]
    {
        sheet.write(3, column, text).unwrap();
        sheet.write(5, column, text).unwrap();
    }
    sheet.write_with_format(3, 4, 2139, &zip).unwrap();
    sheet.write(3, 5, 81_466_849).unwrap();
    sheet.write(3, 8, 84_000_000.25).unwrap();
    sheet.write_with_format(3, 10, ExcelDateTime::from_ymd(2027, 2, 28).unwrap(), &day).unwrap();
    sheet.write(3, 11, true).unwrap();
    sheet.write(3, 12, 0.1 + 0.2).unwrap();
    sheet.write_with_format(3, 13, 0.95, &percent).unwrap();
    // Row 5 is empty; row 6 has a postal code without its zero, an amount of three decimals, an error and a formula.
    sheet.write(5, 0, "b2000000-0000-4000-8000-000000000002").unwrap();
    sheet.write(5, 4, 2139).unwrap();
    sheet.write(5, 8, 1.385).unwrap();
    sheet.write(5, 9, "BHD").unwrap();
    sheet.write_formula(5, 10, rust_xlsxwriter::Formula::new("TODAY()").set_result("2027-03-01")).unwrap();
    sheet.write_formula(5, 12, rust_xlsxwriter::Formula::new("NA()").set_result("#N/A")).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_sheet_is_found_by_its_head_and_its_cells_are_what_they_show() {
    for name in ["deals.xlsx", "deals.csv", "deals"] {
        let read = read(name, &kinds()).unwrap();
        assert_eq!(read.refused, [], "{name}");
        let sheet = read.sheet.unwrap();
        assert_eq!((sheet.name.as_str(), sheet.others.as_slice()), ("Deals", &["Read me".to_owned()][..]));
        assert_eq!((sheet.errors, sheet.bare_codes, read.restored), (1, 1, 1));
        let [first, second] = &read.records[..] else { panic!("{}", read.records.len()) };
        assert_eq!((first.line, second.line), (4, 6), "rows as programs number them");
        let postal = |deal: &Incoming| deal.address.as_ref().and_then(|a| a.postal_code.clone()).map(String::from);
        assert_eq!((postal(first).as_deref(), postal(second).as_deref()), (Some("02139"), Some("2139")));
        assert_eq!(first.duns.flatten().unwrap().to_string(), "081466849");
        let value = |deal: &Incoming| deal.value.flatten().map(|money| money.minor());
        assert_eq!((value(first), value(second)), (Some(8_400_000_025), Some(1_385)), "a stored point never groups");
        let closes = |deal: &Incoming| deal.close_date.flatten().map(|day| day.to_string());
        assert_eq!((closes(first).as_deref(), closes(second).as_deref()), (Some("2027-02-28"), Some("2027-03-01")));
        assert_eq!(first.extra["Estimated ACR Value"], "0.3");
        assert_eq!(first.extra["Confidence"], "95%");
    }
}

/// Puts parts into an archive.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const ROOT: (&str, &str) = (
    "_rels/.rels",
    r#"<Relationships><Relationship Id="a" Type="http://x/relationships/officeDocument" Target="/xl/book.xml"/></Relationships>"#,
);
const RELATIONS: (&str, &str) = (
    "xl/_rels/book.xml.rels",
    r#"<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="sheets/one.xml"/><Relationship Id="t"
       Type="http://x/sharedStrings" Target="texts.xml"/><Relationship Id="u" Type="http://x/styles" Target="../xl/styles.xml"/></Relationships>"#,
);
const BOOK: (&str, &str) = (
    "xl/book.xml",
    r#"<x:workbook xmlns:x="y" xmlns:r="z"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="Deals &amp; more" sheetId="1" r:id="s"/></x:sheets></x:workbook>"#,
);
const STYLES: (&str, &str) = (
    "xl/styles.xml",
    r#"<styleSheet><numFmts count="1"><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>
       <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>"#,
);

/// Heads and one deal as other programs write them: a prefix, texts in runs with how they are spoken, no places of cells, inline texts.
fn by_hand(rows: &str) -> Vec<u8> {
    let texts = r#"<sst><si><t>Customer Name</t></si><si><r><t>東日本</t></r><r><rPr><b/></rPr><t xml:space="preserve">電装 </t></r><rPh sb="0" eb="3"><t>ヒガシニホン</t></rPh><phoneticPr fontId="1"/></si>
       <si><t>Partner Referral Status</t></si><si><t>Line_x000D_
two &lt;3&#x21;</t></si></sst>"#;
    let head = r#"<row><c t="s"><v>0</v></c><c t="s"><v>2</v></c><c t="inlineStr"><is><t>Partner Referral Substatus</t></is></c>
        <c t="inlineStr"><is><t>Referral ID</t></is></c><c t="inlineStr"><is><t>Estimated Close Date</t></is></c><c t="inlineStr"><is><t>Notes</t></is></c></row>"#;
    let sheet = format!("<worksheet><dimension ref=\"A1:F3\"/><sheetData>{head}{rows}</sheetData></worksheet>");
    packed(&[ROOT, RELATIONS, BOOK, STYLES, ("xl/texts.xml", texts), ("xl/sheets/one.xml", &sheet)])
}

const DEAL: &str = r#"<row><c t="s"><v>1</v></c><c t="str"><f>A1</f><v>Active</v></c><c t="inlineStr"><is><t>Accepted</t></is></c>
    <c t="inlineStr"><is><t>b2000000-0000-4000-8000-000000000001</t></is></c><c s="1"><v>44984</v></c><c t="s"><v>3</v></c></row>"#;

#[test]
fn what_other_programs_write_is_read_without_how_it_is_spoken_and_from_1904() {
    let read = read("a.xlsx", &by_hand(DEAL)).unwrap();
    assert_eq!(read.refused, []);
    let deal = &read.records[0];
    assert_eq!(deal.customer_name.as_ref().unwrap().as_str(), "東日本電装");
    assert_eq!(deal.close_date.flatten().unwrap().to_string(), "2027-02-28");
    assert_eq!(deal.notes.as_ref().unwrap().as_ref().unwrap().as_str(), "Line\ntwo <3!");
    assert_eq!(read.sheet.unwrap().name, "Deals & more");
}

#[test]
fn formulas_without_a_value_are_counted_and_a_needed_one_is_missed() {
    let row = DEAL.replace("<c t=\"s\"><v>1</v></c>", "<c><f>A1</f></c>");
    let read = read("a.xlsx", &by_hand(&row)).unwrap();
    assert_eq!(read.refused.len(), 1);
    assert_eq!((read.refused[0].0, read.refused[0].1[0].why.code()), (2, "missing"));
    assert_eq!(read.sheet.unwrap().unvalued, 1);
}

#[test]
fn empty_rows_are_passed_over_however_many_and_more_than_there_can_be_are_not() {
    let empty = "<row><c s=\"1\"/></row>".repeat(20_000);
    let read = read("a.xlsx", &by_hand(&format!("{empty}<row r=\"1000000\"/>{DEAL}"))).unwrap();
    assert_eq!((read.records.len(), read.records[0].line), (1, 1_000_001));
    assert_eq!(trouble(&by_hand("<row r=\"1048576\"/><row/>")), BookTrouble::Damaged);
    assert_eq!(trouble(&by_hand("<row r=\"99999999999\"/>")), BookTrouble::Damaged);
}

/// Bytes that swell without end when they are unpacked.
fn swelling(name: &str, begin: &str, piece: &str, mib: usize) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let named: Vec<(&str, &str)> = [ROOT, RELATIONS, BOOK, STYLES, ("xl/texts.xml", "<sst/>")].to_vec();
    for (part, text) in named.into_iter().filter(|(part, _)| *part != name) {
        archive.start_file(part, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.start_file(name, SimpleFileOptions::default()).unwrap();
    archive.write_all(begin.as_bytes()).unwrap();
    let pieces = piece.repeat((1 << 20) / piece.len());
    for _ in 0..mib {
        archive.write_all(pieces.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_swells_without_end_is_given_up_before_it_is_in_memory() {
    let sheet = "xl/sheets/one.xml";
    // One text without end, in a cell and among the shared ones; brackets without end; elements in elements.
    assert_eq!(trouble(&swelling(sheet, "<worksheet><sheetData><row><c t=\"str\"><v>", "x", 8)), BookTrouble::Swollen);
    assert_eq!(trouble(&swelling("xl/styles.xml", "<styleSheet x=\"", "x", 8)), BookTrouble::Swollen);
    assert_eq!(trouble(&swelling(sheet, "<worksheet><sheetData>", "<a><b>", 8)), BookTrouble::Damaged);
    let file = swelling(sheet, "<worksheet><sheetData>", "<row/>", 8);
    assert!(file.len() < 1 << 16, "a small file: {}", file.len());
    let placed = placed("a.xlsx", &file);
    let mut book = Book::open(&fs::File::open(&placed.path).unwrap(), 1, 1, Reading::default()).unwrap();
    let sheet = book.sheets().remove(0);
    assert!(matches!(book.first_rows(&sheet).err(), Some(FileError::Workbook(BookTrouble::Swollen))));
}

#[test]
fn more_than_the_budget_is_not_unpacked() {
    let bytes = by_hand(DEAL);
    let placed = placed("a.xlsx", &bytes);
    let open = |mib| Book::open(&fs::File::open(&placed.path).unwrap(), mib, 1, Reading::default());
    assert!(open(1).is_ok());
    assert!(matches!(open(0).err(), Some(FileError::Workbook(BookTrouble::Swollen))));
    let stop = Reading::default();
    stop.stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let stopped = Book::open(&fs::File::open(&placed.path).unwrap(), 1, 1, stop);
    assert!(matches!(stopped.err(), Some(FileError::Stopped)));
}

#[test]
fn damaged_workbooks_and_other_archives_are_named_and_never_fall_over() {
    let whole = kinds();
    assert!(matches!(read("a.xlsx", b"PK\x03\x04 and no more").err(), Some(FileError::Workbook(BookTrouble::Damaged))));
    assert!(matches!(read("a.xlsx", &packed(&[("a.csv", "x")])).err(), Some(FileError::NotText)));
    assert!(matches!(read("a.docx", &packed(&[("word/document.xml", "<x/>")])).err(), Some(FileError::NotText)));
    assert!(matches!(read("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more").err(), Some(FileError::NotText)));
    assert_eq!(trouble(&packed(&[("encrypted-package", "")])), BookTrouble::Locked);
    for at in (0..whole.len()).step_by(131) {
        let mut broken = whole.clone();
        broken[at] ^= 0x55;
        // Read or refused, but not both and not neither.
        drop(read("a.xlsx", &broken));
        drop(read("a.xlsx", &whole[..at.max(4)]));
    }
}

/// One record of a binary workbook.
fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let number = |mut value: usize| {
        let mut bytes = Vec::new();
        while value > 0x7F {
            bytes.push(u8::try_from(value & 0x7F).unwrap() | 0x80);
            value >>= 7;
        }
        bytes.push(u8::try_from(value).unwrap());
        bytes
    };
    [number(kind.into()), number(content.len()), content.to_vec()].concat()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    [length, units.into_iter().flat_map(u16::to_le_bytes).collect()].concat()
}

/// Rows as a binary workbook: text as text, what can be read as a number as such.
fn binary(rows: &[&[&str]]) -> Vec<u8> {
    let mut sheet = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
    for (number, row) in (0_u32..).zip(rows) {
        sheet.extend(record(0x00, &[&number.to_le_bytes()[..], &[0; 21]].concat()));
        for (column, cell) in (0_u32..).zip(*row) {
            let place = [&column.to_le_bytes()[..], &[0; 4]].concat();
            let (kind, value) = match cell.parse::<f64>() {
                Ok(number) => (0x05, number.to_le_bytes().to_vec()),
                Err(_) => (0x06, wide(cell)),
            };
            sheet.extend(record(kind, &[place, value].concat()));
        }
    }
    sheet.extend(record(0x92, &[]));
    let bundle = record(0x9C, &[vec![0; 8], wide("r1"), wide("Deals")].concat());
    let book = [record(0x83, &[]), bundle, record(0x90, &[]), record(0x9D, &[0; 26])].concat();
    let root = ROOT.1.replace("/xl/book.xml", "xl/workbook.bin");
    let relation = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let parts = [
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", relation.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_binary_workbook_is_read_like_any_other() {
    let mut deal = vec![""; HEADS.len()];
    let cells = [
        (0, "b2000000-0000-4000-8000-000000000001"),
        (2, "東日本電装"),
        (4, "2139"),
        (6, "Active"),
        (7, "Accepted"),
        (8, "1234.5"),
        (9, "USD"),
    ];
    cells.into_iter().for_each(|(at, cell)| deal[at] = cell);
    let read = read("a", &binary(&[&["November"], &HEADS, &deal])).unwrap();
    assert_eq!(read.refused, []);
    assert_eq!((read.records.len(), read.records[0].line), (1, 3));
    assert_eq!(read.records[0].value.flatten().unwrap().minor(), 123_450);
    assert_eq!(read.sheet.map(|sheet| (sheet.name, sheet.bare_codes)), Some(("Deals".to_owned(), 1)));
}

#[test]
fn damage_in_other_kinds_is_survived_too() {
    for (whole, step) in [
        (&include_bytes!("../../../tests/fixtures/deals.xls")[..], 37),
        (include_bytes!("../../../tests/fixtures/deals.ods"), 11),
    ] {
        assert!(matches!(read("a", whole), Ok(Read { records, .. }) if records.len() == 2));
        for at in (8..whole.len()).step_by(step) {
            for with in [0xFF, 0x55] {
                let mut broken = whole.to_vec();
                broken[at] ^= with;
                drop(read("a", &broken));
            }
            drop(read("a", &whole[..at]));
        }
    }
}

/// A sheet with these heads and cells.
fn table(name: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name(name).unwrap();
    for (at, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*row) {
            sheet.write_string(at, column, *text).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn neighbours_in_workbooks_are_named_for_what_they_are() {
    for (heads, expected) in [
        (&["Referral ID", "Registration Date", "Registration Type", "Registration Status"][..], Neighbour::Registrations),
        (&["Errors", "Referral ID", "Lead Name", "Customer Name", "Lead Status"], Neighbour::Leads),
        (&["id", "name", "createdDateTime", "updatedDateTime", "status", "customerProfile"], Neighbour::FlowTable),
        (&["Account Name", "Billing City", "Billing Country"], Neighbour::Customers),
        (&["Solution ID", "Solution name"], Neighbour::Solutions),
    ] {
        let found = read("a.xlsx", &table("Sheet1", &[heads, &["x"; 3]])).err();
        assert!(matches!(found, Some(FileError::Neighbour(neighbour)) if neighbour == expected), "{heads:?}: {found:?}");
    }
    let unknown = read("a.xlsx", &table("Sheet1", &[&["Monday", "Tuesday"]])).err();
    assert!(matches!(unknown, Some(FileError::UnknownFormat { columns }) if columns == ["Monday", "Tuesday"]));
    assert!(matches!(read("a.xlsx", &table("Sheet1", &[])).err(), Some(FileError::Empty)));
}

#[test]
fn a_glance_tells_what_a_workbook_looks_like_and_how_many_rows_it_has() {
    use super::super::appearance::Glance;
    let look = |bytes: &[u8]| Glance::into_file(&mut fs::File::open(&placed("a", bytes).path).unwrap());
    assert_eq!(look(&kinds()), Glance { looks: Appearance::Deals, rows: Some(3) });
    let customers = table("x", &[&["회사명", "국가"], &["한빛", "KR"], &["장", "KR"]]);
    assert_eq!(look(&customers), Glance { looks: Appearance::Customers, rows: Some(2) });
    assert_eq!(look(&packed(&[("a", "b")])).looks, Appearance::Other);
}

/// What may stand in a cell that is text in both files.
fn cells() -> impl Strategy<Value = Vec<String>> {
    let words = |words: &'static [&'static str]| prop::sample::select(words).prop_map(str::to_owned);
    let id = "b2000000-0000-4000-8000-00000000000[0-9]";
    (
        prop_oneof![id.prop_map(|id| id), Just(String::new())],
        "[a-z\"',;<&_xé장0-9D ]{0,12}",
        words(&["Contoso", "東日本", "", "한빛, 정밀", " x "]),
        words(&["US", "KR", "", "Atlantis"]),
        words(&["02139", "2139", "", "SW1A 1AA"]),
        words(&["081466849", "81466849", "", "12", "x"]),
        words(&["Active", "New", "Closed", "", "Old"]),
        words(&["Accepted", "Pending", "Won", "Lost", ""]),
        words(&["84000000", "1.385", "1,385.5", "", "x", "-3", "0.5"]),
        words(&["USD", "KRW", "BHD", "", "QQQ"]),
        words(&["2/28/2027", "2027-02-28", "", "soon", "13/1/2027", "4/5/2027"]),
        words(&["Yes", "No", "", "perhaps"]),
    )
        .prop_map(|(a, b, c, d, e, f, g, h, i, j, k, l)| vec![a, b, c, d, e, f, g, h, i, j, k, l, "5".into(), String::new()])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.min(48), ..ProptestConfig::default() })]

    #[test]
    fn a_csv_file_and_a_workbook_of_the_same_rows_say_the_same(rows in prop::collection::vec(cells(), 1..12)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEADS).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let of_csv = read("deals.csv", &writer.into_inner().unwrap());
        let mut all = vec![HEADS.to_vec()];
        all.extend(rows.iter().map(|row| row.iter().map(String::as_str).collect::<Vec<_>>()));
        let all: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
        let of_sheet = read("deals.xlsx", &table("Deals", &all));
        match (of_csv, of_sheet) {
            (Ok(csv), Ok(sheet)) => {
                prop_assert_eq!(csv.records, sheet.records);
                prop_assert_eq!(csv.refused, sheet.refused);
                prop_assert_eq!(csv.restored, sheet.restored);
            }
            (csv, sheet) => prop_assert!(false, "{:?} {:?}", csv.err(), sheet.err()),
        }
    }
}
