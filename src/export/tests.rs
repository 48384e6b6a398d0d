//! Tables as people and programs get them: heads, marks of numbers, line breaks, quotation marks, formulas.

use super::*;
use crate::domain::contact::Person;
use crate::domain::date::{Date, Zone};
use crate::domain::instant::{Span, Timestamp};
use crate::domain::money::{Currency, Money};
use crate::domain::opportunity::Kind;
use crate::domain::opportunity::tests::{accepted, received};
use crate::domain::sales::SalesStage;
use crate::domain::text::{Line, Notes};
use crate::i18n::{Language, NumberMarks};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Two: one from a seller whose texts look like formulas and break lines, a private one of ours.
fn deals() -> [Held; 2] {
    let money = |minor, code| Some(Money::from_minor(minor, Currency::parse(code).unwrap()));
    let mut one = received();
    one.deal.name = Line::parse("=HYPERLINK(\"http://x\")").ok();
    one.deal.value = money(84_000_000, "KRW");
    one.deal.notes = Notes::parse("two; \"q\"\nlines, | pipes").ok();
    one.deal.close_date = Date::iso("2026-12-18").ok();
    one.deal.sales_stage = SalesStage::of(40);
    one.created_at = Some(at("2026-11-12T20:30:00Z"));
    let mut other = accepted();
    other.id.0 = 2;
    other.kind = Kind::PrivatePipeline;
    other.customer.name = Line::parse("Northwind").unwrap();
    other.deal.value = money(12_000_055, "USD");
    other.created_at = Some(Date::iso("2026-11-03").unwrap().as_created());
    let contact = Person { first: "Ana".into(), last: "Li".into(), phone: "+49 89 1234".into(), email: "ana@n.example".into() };
    other.customer.contact = Some(contact);
    [Held::new(one, false), Held::new(other, true)]
}

fn writing(format: Format, columns: &str, plain: bool, marks: NumberMarks) -> Writing {
    let sentences = Arc::new(Sentences::new(Language::ENGLISH).with_number_marks(marks));
    let moment = Moment { zone: Zone::always(Span::hours(9)), ..Moment::from(at("2026-11-21T00:00:00Z")) };
    Writing::new(Manner { format, columns: Column::read(columns).unwrap(), plain, map: None }, &sentences, moment).unwrap()
}

fn written_by(mut writing: Writing, deals: &[Held]) -> String {
    let mut out = Vec::new();
    writing.begin(&mut out).unwrap();
    deals.iter().for_each(|held| writing.take(held, &mut out).unwrap());
    assert_eq!(writing.end(&mut out).unwrap(), deals.len() as u64);
    String::from_utf8(out).unwrap()
}

fn written(format: Format, columns: &str, plain: bool, marks: NumberMarks) -> String {
    written_by(writing(format, columns, plain, marks), &deals())
}

#[test]
fn csv_for_people_has_heads_local_times_and_no_formula() {
    let text = written(Format::Csv, "id,name,private,value,currency,sales-stage,received,created", false, NumberMarks::POINT);
    assert_eq!(
        text,
        "\u{feff}ID,Deal name,Private pipeline,Value,Currency,Sales stage,Received,Created\r\n\
         1,\"'=HYPERLINK(\"\"http://x\"\")\",no,84000000,KRW,40%,2026-11-13 05:30,2026-11-13 05:30\r\n\
         2,,yes,120000.55,USD,,,2026-11-03\r\n"
    );
}

#[test]
fn where_the_decimal_mark_is_a_comma_cells_are_parted_by_semicolons() {
    let text = written(Format::Csv, "value,notes,contact-phone", false, NumberMarks::COMMA);
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(
        lines,
        ["Value;Notes;Contact's phone", "84000000;\"two; \"\"q\"\"\nlines, | pipes\";", "120000,55;;'+49 89 1234", ""]
    );
}

#[test]
fn csv_for_programs_has_names_codes_and_times_in_utc_whatever_the_locale() {
    let text =
        written(Format::Csv, "id,tab,type,stage,private,value,close,received,created,contact-phone", true, NumberMarks::COMMA);
    assert_eq!(
        text,
        "id,tab,type,stage,private,value,close,received,created,contact-phone\n\
         1,inbound,coSell,received,false,84000000,2026-12-18,2026-11-12T20:30:00Z,2026-11-12T20:30:00Z,\n\
         2,outbound,privatePipeline,accepted,true,120000.55,,,2026-11-03T00:00:00Z,+49 89 1234\n"
    );
}

#[test]
fn tabs_part_cells_and_what_breaks_a_line_is_quoted() {
    let text = written(Format::Tsv, "customer,notes", false, NumberMarks::COMMA);
    assert_eq!(text, "\u{feff}Customer\tNotes\r\n한빛정밀 주식회사\t\"two; \"\"q\"\"\nlines, | pipes\"\r\nNorthwind\t\r\n");
    assert_eq!(
        written(Format::Tsv, "crm", true, NumberMarks::POINT),
        "crm\n\"\"\n\"\"\n",
        "a line with nothing on it would be passed over"
    );
}

#[test]
fn markdown_is_a_table_whose_signs_mean_nothing() {
    let text = written(Format::Markdown, "name,notes,value", false, NumberMarks::POINT);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..2], ["| Deal name | Notes | Value |", "| --- | --- | ---: |"]);
    assert_eq!(lines[2], "| \\=HYPERLINK(\"http://x\") | two; \"q\" lines, \\| pipes | 84000000 |");
    assert_eq!(lines[3], "|  |  | 120000.55 |");
}

#[test]
fn json_is_an_array_or_a_line_for_each() {
    let text = written(Format::Json, "all", false, NumberMarks::POINT);
    let array: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!((array.len(), &array[1]["deal"]["value"]), (2, &serde_json::json!("120000.55")));
    let lines = written(Format::JsonLines, "all", false, NumberMarks::POINT);
    let each: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(each, array);
    assert_eq!(written_by(writing(Format::Json, "all", false, NumberMarks::POINT), &[]), "[]\n");
}

#[test]
fn every_column_has_a_head_and_what_it_says_it_holds() {
    let mut words = Words::new(Arc::new(Sentences::new(Language::ENGLISH)), Moment::from(at("2026-11-21T00:00:00Z")), false);
    for column in Column::ALL {
        assert!(!column.head(&words.s).is_empty());
        for held in deals() {
            let cell = column.cell(&held, &mut words);
            let fits = match (column.holds(), &cell) {
                (_, Cell::Empty) => true,
                (Type::Text | Type::YesNo, cell) => matches!(cell, Cell::Text(_)),
                (Type::Whole, cell) => matches!(cell, Cell::Count(_)),
                (Type::Percent, cell) => matches!(cell, Cell::Percent(_)),
                (Type::Money, cell) => matches!(cell, Cell::Money(..)),
                (Type::Day, cell) => matches!(cell, Cell::Date(_)),
                (Type::Moment, cell) => matches!(cell, Cell::At(_) | Cell::Date(_)),
            };
            assert!(fits, "{}: {cell:?}", column.name());
        }
    }
}

#[test]
fn a_format_is_known_by_its_word_or_the_ending_of_a_name() {
    for format in Format::ALL {
        assert_eq!(Format::read(format.code()), Some(format));
        assert_eq!(Format::of(Path::new("a.b").with_extension(format.code().to_uppercase()).as_path()), Some(format));
    }
    assert_eq!((Format::of(Path::new("deals")), Format::of(Path::new("deals.pdf"))), (None, None));
}

#[test]
fn whatever_a_map_may_have_written_is_a_column() {
    let named = |name: &str| Column::read(name).unwrap_or_else(|_| panic!("{name}"));
    for name in crate::exchange::crm::BESIDE {
        assert_eq!(named(name).len(), 1, "{name}");
    }
}
