//! `cosell review -o FILE.xlsx`: the workbook read back by another library: numbers are numbers, dates are dates, text is only text.

use calamine::{Data, Range, Reader, Xlsx, open_workbook};

use crate::support::cli::Cli;

/// Four: one open in won with a name that looks like a formula, one won this week, one won long ago, one of which nobody tells when.
const DEALS: &str = r#"[
 {"id":"0b7e5a10-0000-4000-8000-000000000001","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-11-23T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","acceptedDateTime":"2026-11-24T23:00:00Z",
  "name":"=HYPERLINK(\"http://x\",\"1\")","customerProfile":{"name":"한빛정밀 주식회사 에너지사업본부","address":{"country":"KR"}},
  "details":{"dealValue":84000000,"currency":"KRW","closingDateTime":"2026-12-18T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000002","status":"Closed","substatus":"Won","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","acceptedDateTime":"2026-10-03T03:00:00Z",
  "closedDateTime":"2026-11-24T03:00:00Z","name":"+1-800","customerProfile":{"name":"@Northwind","address":{"country":"US"}},
  "details":{"dealValue":120000.55,"currency":"USD","closingDateTime":"2026-11-20T00:00:00Z"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000003","status":"Closed","substatus":"Won","direction":"Incoming",
  "createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","name":"Rollout",
  "customerProfile":{"name":"Contoso","address":{"country":"US"}},"details":{"dealValue":50000,"currency":"USD"},
  "inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-000000000004","status":"New","substatus":"Pending","direction":"Incoming",
  "createdDateTime":"2026-11-23T03:00:00Z","updatedDateTime":"2026-11-24T03:00:00Z","expirationDateTime":"2026-12-07T03:00:00Z",
  "name":"Very large","customerProfile":{"name":"東日本電装株式会社","address":{"country":"JP"}},
  "details":{"dealValue":1000000000000000,"currency":"JPY"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}}
]"#;

fn monday() -> Cli {
    let cosell = Cli::new().at("2026-11-25T08:00:00+09:00");
    let file = cosell.file("deals.json", DEALS);
    cosell.run(&["import", &file]).done();
    cosell
}

fn book(cosell: &Cli, arguments: &[&str]) -> [Range<Data>; 2] {
    let path = cosell.path("monday.xlsx");
    let arguments = [&["review"], arguments, &["-o", path.to_str().unwrap()]].concat();
    assert!(cosell.run(&arguments).done().contains("monday.xlsx"));
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    assert_eq!(book.sheet_names(), ["Pipeline review", "Deals", "Weeks"]);
    let sheets = ["Pipeline review", "Deals"].map(|name| book.worksheet_range(name).unwrap());
    assert!(["Pipeline review", "Deals"].iter().all(|name| book.worksheet_formula(name).unwrap().is_empty()), "no formula");
    sheets
}

/// What stands under a head in the row whose first cells hold this.
fn at<'a>(sheet: &'a Range<Data>, name: &str, head: &str) -> &'a Data {
    let column = sheet.rows().next().unwrap().iter().position(|cell| *cell == *head).unwrap_or_else(|| panic!("no {head}"));
    let row = sheet.rows().find(|cells| cells.iter().take(3).map(Data::to_string).any(|text| text == name));
    &row.unwrap_or_else(|| panic!("no {name}"))[column]
}

fn day(cell: &Data) -> (u16, u8, u8) {
    let Data::DateTime(day) = cell else { panic!("no date: {cell:?}") };
    let (year, month, day, hours, ..) = day.to_ymd_hms_milli();
    assert_eq!(hours, 0);
    (year, month, day)
}

#[test]
fn a_workbook_has_numbers_dates_and_text_that_stays_text() {
    let cosell = monday();
    let [review, deals] = book(&cosell, &[]);
    let formula = "=HYPERLINK(\"http://x\",\"1\")";
    assert_eq!(*at(&deals, formula, "Deal"), Data::String(formula.into()));
    assert_eq!(*at(&deals, "+1-800", "Customer"), Data::String("@Northwind".into()));
    assert_eq!(*at(&deals, formula, "Customer"), Data::String("한빛정밀 주식회사 에너지사업본부".into()));
    assert_eq!((at(&deals, formula, "Value"), at(&deals, formula, "Expected")), (&Data::Float(84e6), &Data::Float(84e5)));
    assert_eq!(*at(&deals, "+1-800", "Value"), Data::Float(120_000.55));
    assert_eq!(*at(&deals, formula, "Currency"), Data::String("KRW".into()));
    assert_eq!(day(at(&deals, formula, "Close date")), (2026, 12, 18));
    assert_eq!(day(at(&deals, formula, "Accepted on")), (2026, 11, 25), "as clocks where the user is show it");
    assert_eq!(day(at(&deals, "+1-800", "Closed on")), (2026, 11, 24));
    assert_eq!(*at(&deals, formula, "Closed on"), Data::Empty);
    assert_eq!(*at(&deals, "Very large", "Value"), Data::String("JPY 1000000000000000".into()), "more than Excel counts exactly");
    assert_eq!(deals.rows().count(), 4, "what was closed at no known day is in no figure of the days");

    let mut file = zip::ZipArchive::new(std::fs::File::open(cosell.path("monday.xlsx")).unwrap()).unwrap();
    let page = std::io::read_to_string(file.by_name("xl/worksheets/sheet2.xml").unwrap()).unwrap();
    assert!(page.contains("<autoFilter ref=\"A1:V4\"/>") && page.contains("xSplit=\"2\" ySplit=\"1\""), "{page}");
    let looks = std::io::read_to_string(file.by_name("xl/styles.xml").unwrap()).unwrap();
    assert!(looks.contains("[$KRW] #,##0\"") && looks.contains("[$USD] #,##0.00\""), "{looks}");

    let none = "Accepted, no sales stage";
    assert_eq!((at(&review, none, "Deals"), at(&review, none, "Value (KRW)")), (&Data::Float(1.0), &Data::Float(84e6)));
    assert_eq!(*at(&review, none, "Expected (KRW)"), Data::Float(84e5));
    assert_eq!(*at(&review, "Won", "Value (USD)"), Data::Float(120_000.55));
    assert_eq!(*at(&review, "None: Open", "Deals"), Data::Float(2.0));
}

#[test]
fn a_workbook_follows_filter_day_and_home_currency_and_is_written_over_no_file() {
    let cosell = monday();
    cosell.run(&["config", "set", "home-currency", "USD"]).done();
    cosell.run(&["rates", "add", "2026-11-20", "USD", "KRW", "1400"]).done();
    let [review, deals] = book(&cosell, &["country:KR"]);
    let all: Vec<String> = deals.rows().skip(1).map(|cells| cells[0].to_string()).collect();
    assert_eq!(all, ["1"]);
    assert_eq!(*at(&deals, "1", "All in USD"), Data::Float(60_000.0));
    assert_eq!(*at(&review, "Accepted, no sales stage", "Expected, all in USD"), Data::Float(6_000.0));
    let path = cosell.path("monday.xlsx");
    let before = std::fs::read(&path).unwrap();
    let said = cosell.run(&["review", "-o", path.to_str().unwrap()]).failed(3);
    assert!(said.contains("monday.xlsx is there already"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let other = cosell.path("kr");
    cosell.run(&["review", "--format", "xlsx", "-o", other.to_str().unwrap()]).done();
    let mut book: Xlsx<_> = open_workbook(&other).unwrap();
    // Without a rate for the yen there is no whole.
    assert_eq!(*at(&book.worksheet_range("Deals").unwrap(), "Very large", "All in USD"), Data::Empty);
}

#[test]
fn the_workbook_of_a_past_day_lists_what_was_held_then() {
    let cosell = monday();
    let cosell = cosell.at("2026-11-27T08:00:00+09:00");
    cosell.run(&["decline", "4", "--reason", "budget"]).done();
    let [review, deals] = book(&cosell, &["--as-of", "2026-11-26"]);
    assert_eq!(*at(&deals, "Very large", "Stage"), Data::String("Received".into()));
    assert_eq!(*at(&review, "Received, not answered yet", "Deals"), Data::Float(1.0));
}

#[test]
fn the_weeks_stand_in_a_sheet_of_their_own_as_dates_and_numbers() {
    let cosell = monday();
    book(&cosell, &[]);
    let mut book: Xlsx<_> = open_workbook(cosell.path("monday.xlsx")).unwrap();
    let weeks = book.worksheet_range("Weeks").unwrap();
    let heads: Vec<String> = weeks.rows().next().unwrap().iter().map(Data::to_string).collect();
    assert_eq!(heads, ["Monday", "Sunday", "Received", "Won", "Lost", "To be closed"]);
    let rows: Vec<&[Data]> = weeks.rows().skip(1).collect();
    assert!(rows.len() >= 13, "{rows:?}");
    let of = |wanted| rows.iter().find(|row| day(&row[0]) == wanted).unwrap();
    let this = of((2026, 11, 23));
    assert_eq!(day(&this[1]), (2026, 11, 29));
    assert_eq!((&this[2], &this[3], &this[4]), (&Data::Float(2.0), &Data::Float(1.0), &Data::Float(0.0)));
    let closing = of((2026, 12, 14));
    assert_eq!((&closing[2], &closing[5]), (&Data::Empty, &Data::Float(1.0)));
}
