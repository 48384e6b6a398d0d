//! Bytes of files that are not as they should be: wrong quotation marks, cut ends, older encodings, broken JSON; no row is lost by another's fault.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::sync::mpsc;

use cosell::domain::incoming::Incoming;
use cosell::exchange::{self, Aside, Charset, FileError, Input, JsonExpected, Long, Page, Reading};
use proptest::prelude::*;

/// What came of a file: the deal names of what was taken, and line, place and code of what was refused.
#[derive(Debug, Default, PartialEq)]
struct Read {
    names: Vec<String>,
    refused: Vec<(u64, String, &'static str)>,
    aside: Aside,
    failure: Option<String>,
}

fn taken(path: &Path, charset: Option<&str>) -> Result<(Vec<Incoming>, Read), FileError> {
    let (tell, told) = mpsc::channel();
    let listen = move |row: &exchange::RefusedRow<'_>| {
        let first = row.complaints.first().unwrap();
        let _ = tell.send((row.line, first.at.to_string(), first.why.code()));
    };
    let charset = charset.map(|name| Charset::named(name).unwrap());
    let input = Input::open(path, Reading { charset, ..Reading::default() })?;
    let mut file = exchange::open_input(input, None, listen)?;
    let records: Vec<Incoming> = std::iter::from_fn(|| file.next_valid()).collect();
    let names = records.iter().map(|record| record.name.clone().flatten().map(|name| name.to_string()).unwrap_or_default());
    let read = Read {
        names: names.collect(),
        refused: told.try_iter().collect(),
        aside: file.aside(),
        failure: file.failure().map(ToString::to_string),
    };
    Ok((records, read))
}

fn read_in(bytes: impl AsRef<[u8]>, charset: Option<&str>) -> Result<Read, FileError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    fs::write(&path, bytes).unwrap();
    taken(&path, charset).map(|(_, read)| read)
}

fn read(bytes: impl AsRef<[u8]>) -> Read {
    read_in(bytes, None).unwrap()
}

const HEADER: &str = "Referral ID,Deal Name,Customer Name,Partner Referral Status,Partner Referral Substatus,Customer City,Notes";

/// A table of rows with these names, all else being right.
fn rows(names: &[&str]) -> String {
    let rows = names.iter().zip(1..).map(|(name, number)| format!("r{number},{name},Contoso,Active,Accepted,Boston,fine\r\n"));
    std::iter::once(format!("{HEADER}\r\n")).chain(rows).collect()
}

/// The same with every cell in quotation marks.
fn quoted(names: &[&str]) -> String {
    let quote = |line: &str| format!("\"{}\"\r\n", line.replace(',', "\",\""));
    rows(names).lines().map(quote).collect()
}

fn wrong(line: u64, place: &str, code: &'static str) -> (u64, String, &'static str) {
    (line, place.to_owned(), code)
}

#[test]
fn a_wrong_quotation_mark_costs_its_row_and_no_other() {
    for (plain, name, code) in [
        (true, "\"\"B\"", "wrong-quote"),
        (true, "\"B\" and more", "wrong-quote"),
        (true, "B\"", "wrong-quote"),
        (true, "\"B", "rows-in-cell"),
        (false, "\"B", "wrong-quote"),
        (false, "B\" and \"more", "wrong-quote"),
        (false, "B\"", "wrong-quote"),
    ] {
        let text = if plain { rows(&["A", name, "C", "D"]) } else { quoted(&["A", name, "C", "D"]) };
        let found = read(&text);
        assert_eq!(found.names, ["A", "C", "D"], "{text}");
        assert_eq!(found.refused.len(), 1, "{text} {found:?}");
        assert_eq!((found.refused[0].0, found.refused[0].2), (3, code), "{text}");
        assert_eq!(found.failure, None);
    }
}

#[test]
fn in_a_file_quoted_throughout_a_cell_without_its_first_mark_is_no_text() {
    let text = quoted(&["A", "B", "C"]).replace("\"B\"", "5\"");
    assert_eq!(read(&text).refused, [wrong(3, "Deal Name", "wrong-quote")]);
    assert_eq!(
        read(rows(&["A", "5\" pipe", "the \"new\" one"])).names,
        ["A", "5\" pipe", "the \"new\" one"],
        "an inch mark is only text"
    );
}

#[test]
fn a_wrong_mark_beside_a_note_of_several_lines_costs_that_row_only() {
    let text = rows(&["A", "\"\"B\"", "C"])
        .replace("B\",Contoso,Active,Accepted,Boston,fine", "B\",Contoso,Active,Accepted,Boston,\"one\r\ntwo\"");
    let found = read(&text);
    assert_eq!((found.names, found.refused), (vec!["A".into(), "C".into()], vec![wrong(3, "Deal Name", "wrong-quote")]));
    let two = rows(&["\"\"A\"", "\"\"B\"", "C"]);
    assert_eq!(read(&two).refused, [wrong(2, "Deal Name", "wrong-quote"), wrong(3, "Deal Name", "wrong-quote")], "each is told");
}

#[test]
fn an_open_mark_swallows_neither_the_rest_of_the_file_nor_the_rows_up_to_the_next_mark() {
    let open = rows(&["A", "\"B", "C", "\"D, E\"", "F"]);
    let found = read(&open);
    assert_eq!(found.names, ["A", "C", "D, E", "F"]);
    assert_eq!(found.refused, [wrong(3, "Deal Name", "rows-in-cell")]);
    let last = rows(&["A", "\"B"]);
    assert_eq!(read(&last).refused, [wrong(3, "Deal Name", "open-quote")]);
    let narrow = "Name,Country\nA,US\n\"B,US\nC,US\nD,US\nE,US\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.csv");
    fs::write(&path, narrow).unwrap();
    let input = Input::open(&path, Reading::default()).unwrap();
    let mut file = exchange::directory::customers(input, Default::default(), |_: &exchange::RefusedRow<'_>| {}).unwrap();
    let lines: Vec<u64> = std::iter::from_fn(|| file.next_valid()).map(|(line, _)| line).collect();
    assert_eq!((lines, file.refused()), (vec![2, 4, 5, 6], 1));
}

#[test]
fn a_note_or_an_address_of_several_lines_is_no_row_upon_row() {
    let note = "\"Call Ana, Reyes, today\r\nthen, a, b, c\r\n\r\nsaid \"\"yes\"\"\"";
    let text = rows(&["A", "B"]).replace("fine", note);
    let found = read(&text);
    assert_eq!((found.names.len(), found.refused.len()), (2, 0), "{found:?}");
}

#[test]
fn a_header_with_a_wrong_mark_or_a_line_break_is_refused_with_its_place() {
    for (header, column) in [
        (HEADER.replace("Deal Name", "\"\"Deal Name\""), 2),
        (HEADER.replace("Notes", "\"Notes"), 7),
        (HEADER.replace("Deal Name", "\"Deal Name"), 2),
        (HEADER.replace("Customer City", "\"Customer\r\nCity\""), 6),
    ] {
        let text = rows(&["A"]).replace(HEADER, &header);
        assert!(matches!(read_in(&text, None), Err(FileError::HeadQuote { line: 1, column: c }) if c == column), "{text}");
    }
}

#[test]
fn the_same_name_twice_in_a_header_is_refused_with_both_places() {
    let twice = |a: &str, b: &str| match read_in(rows(&["A"]).replace("Notes", b).replace("Customer City", a), None) {
        Err(FileError::SameColumn { first, second, .. }) => Some((first, second)),
        Ok(_) => None,
        Err(error) => panic!("{error}"),
    };
    assert_eq!(twice("Referral ID", "Notes"), Some((1, 6)));
    assert_eq!(twice("deal  name", "Notes"), Some((2, 6)));
    assert_eq!(twice("ReferralID", "Notes"), Some((1, 6)), "columns are known by their letters");
    assert_eq!(twice("Mine", "mine"), Some((6, 7)), "what is not understood is kept by its name, too");
    assert_eq!(twice("Solution 1", "Solution 2"), None);
    assert_eq!(twice("", ""), None);
}

#[test]
fn a_comma_and_a_blank_separate() {
    let text = rows(&["\"A, B\"", "C"]).replace(',', ", ").replace("A,  B", "A, B");
    assert_eq!(read(&text).names, ["A, B", "C"]);
    let other = format!("sep=|\r\n{}", rows(&["A"]).replace(',', "|"));
    assert_eq!(read(&other).names, ["A"]);
}

#[test]
fn a_file_cut_off_in_its_last_row_is_told() {
    let text = rows(&["A", "B"]);
    let without_end = text.trim_end();
    let whole = read(without_end);
    assert_eq!((whole.names, whole.aside.unended), (vec!["A".into(), "B".into()], Some(3)), "taken, and told");
    let cells = &without_end[..without_end.rfind(",fine").unwrap()];
    assert_eq!(read(cells).refused, [wrong(3, "row", "cut-off")]);
    let note = without_end.replacen("fine", "x", 1).replace("fine", "\"one\r\ntw");
    assert_eq!(read(&note).refused, [wrong(3, "row", "cut-off")]);
    let sign = without_end.replace("fine", "한");
    assert_eq!(read(&sign.as_bytes()[..sign.len() - 1]).refused, [wrong(3, "row", "cut-off")], "in the middle of a character");
    assert_eq!(read(&text).aside.unended, None);
}

/// What the user is told: a refusal, a remark, or that nothing could be taken.
fn is_told(cut: &Result<Read, FileError>) -> bool {
    cut.as_ref().map_or(true, |read| !read.refused.is_empty() || read.aside.unended.is_some() || read.failure.is_some())
}

#[test]
fn wherever_a_download_breaks_off_no_value_is_taken_cut_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    let note = "\"eins, zwei\r\nsaid \"\"ja\"\" 한빛\"";
    let text = rows(&["A", "\"B, b\"", "Café"]).replace("fine", note);
    for text in [text.clone(), quoted(&["A", "한빛", "C"]), text.replace("\r\n", "\n").replace(note, "x")] {
        fs::write(&path, &text).unwrap();
        let (whole, _) = taken(&path, None).unwrap();
        for length in 0..text.len() {
            fs::write(&path, &text.as_bytes()[..length]).unwrap();
            let cut = taken(&path, None);
            let told = cut.as_ref().map_or(true, |(_, read)| {
                is_told(&Ok(Read { aside: read.aside.clone(), refused: read.refused.clone(), ..Read::default() }))
            });
            let (records, _) = cut.unwrap_or_default();
            let same = records.iter().zip(&whole).all(|(a, b)| a == b);
            assert!(same || told, "{length}: {:?}", &text.as_bytes()[..length]);
            let complete = records.len().saturating_sub(1);
            assert_eq!(records[..complete], whole[..complete], "what stands before the last row is as it was");
        }
    }
}

#[test]
fn json_that_breaks_off_is_refused_wherever_it_does() {
    let text = r#" [{"id":"a","name":"한","status":"New","customerProfile":{"name":"x"}}, {"id":"b","name":"\ud83d\ude00"}]"#;
    assert!(read_in(text, None).is_ok());
    for length in 0..text.len() {
        assert!(read_in(&text.as_bytes()[..length], None).is_err(), "{length}");
    }
}

fn in_encoding(name: &str, text: &str) -> Vec<u8> {
    let (bytes, _, wrong) = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap().encode(text);
    assert!(!wrong);
    bytes.into_owned()
}

#[test]
fn files_in_older_encodings_are_read_and_the_encoding_is_named() {
    let korean = ["한빛정밀 주식회사", "서울 물류센터 이전"];
    let japanese = ["株式会社東雲物産", "販売管理クラウド化"];
    let (simplified, traditional) = (["北京华信科技有限公司", "数据中心"], ["遠東貿易股份有限公司", "資料中心"]);
    for (name, names) in [
        ("EUC-KR", korean),
        ("Shift_JIS", japanese),
        ("EUC-JP", japanese),
        ("ISO-2022-JP", japanese),
        ("GBK", simplified),
        ("gb18030", simplified),
        ("Big5", traditional),
    ] {
        for text in [rows(&names), quoted(&names)] {
            let found = read(in_encoding(name, &text));
            assert_eq!(found.names, names, "{name}");
            let shown = if name == "gb18030" { "GBK" } else { name };
            assert_eq!((found.aside.charset.map(Charset::name), found.aside.guessed), (Some(shown), true));
        }
    }
    for (name, bytes) in [("UTF-16LE", u16::to_le_bytes as fn(u16) -> [u8; 2]), ("UTF-16BE", u16::to_be_bytes)] {
        let bytes: Vec<u8> = rows(&korean).encode_utf16().flat_map(bytes).collect();
        let found = read(bytes);
        assert_eq!(
            (&found.names[..], found.aside.charset.map(Charset::name)),
            (&korean.map(str::to_owned)[..], Some(name)),
            "without a mark"
        );
    }
}

#[test]
fn the_first_character_beyond_ascii_may_come_late() {
    let mut names = vec!["Deal"; 20_000];
    names.extend(["한빛정밀 주식회사", "두레식품"]);
    let found = read(in_encoding("EUC-KR", &rows(&names)));
    assert_eq!((found.names.len(), &found.names[20_000][..]), (20_002, "한빛정밀 주식회사"));
}

#[test]
fn what_reads_like_no_name_in_any_encoding_is_refused_with_its_line() {
    let mut bytes = rows(&["A", "K@ln", "C"]).into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
    bytes[at] = 0xF6;
    let found = read(&bytes);
    assert!(found.failure.as_ref().unwrap().starts_with("line 3 "), "{found:?}");
    let told = read_in(&bytes, Some("windows-1252")).unwrap();
    assert_eq!(told.names, ["A", "Köln", "C"], "unless its encoding is told");
    for escape in ["\u{1b}$)C", "\u{1b}$A"] {
        assert!(matches!(read_in(rows(&[escape, "B"]), None), Err(FileError::NotText)), "{escape:?}");
    }
    assert!(matches!(read_in(b"PK\x03\x04\x14\0\x06\0", None), Err(FileError::Workbook(_))), "half a workbook");
    assert!(matches!(read_in(b"%PDF-1.7", None), Err(FileError::NotText)));
    assert!(matches!(read_in([0; 10_000], None), Err(FileError::NotText)));
}

#[test]
fn a_wrong_byte_is_told_in_its_line_whatever_ends_the_lines() {
    for end in ["\n", "\r\n"] {
        let mut bytes = rows(&["A", "D@", "C"]).replace("\r\n", end).into_bytes();
        let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
        bytes[at] = 0xFF;
        assert!(read(&bytes).failure.unwrap().starts_with("line 3 "), "{end:?}");
    }
}

#[test]
fn half_a_sign_in_json_becomes_a_replacement_and_all_else_is_taken() {
    let half = r#"[{"id":"a","status":"New","name":"one \ud83d","customerProfile":{"name":"x"}},
        {"id":"b","status":"New","name":"\ude00 two \\ud83d \ud83d\ude00","customerProfile":{"name":"y"}}]"#;
    let found = read(half);
    assert_eq!(found.names, ["one \u{fffd}", "\u{fffd} two \\ud83d 😀"]);
    assert_eq!((found.refused.len(), found.aside.mended), (0, 2));
}

#[test]
fn one_record_that_cannot_be_read_does_not_stop_the_others() {
    let found = read(
        r#"[{"id":"a","status":"New","x":1e999,"customerProfile":{"name":"x"}},7,
        {"id":"b","status":"New","name":"B","customerProfile":{"name":"y"}}]"#,
    );
    assert_eq!(found.names, ["B"]);
    assert_eq!(found.refused, [wrong(1, "referral", "too-large"), wrong(2, "referral", "wrong-shape")]);
}

#[test]
fn a_document_with_two_lists_is_refused_and_not_half_of_it_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.json");
    fs::write(&path, r#"{"value":[{"id":"a"},{"id":"b"}],"value":[{"id":"c"}]}"#).unwrap();
    let refused = taken(&path, None).map(|(records, _)| records.len());
    assert!(matches!(refused, Err(FileError::Json { line: 1, expected: JsonExpected::Once, .. })), "{refused:?}");
}

#[test]
fn a_page_of_a_longer_list_says_how_much_is_missing() {
    let list = r#"[{"id":"a","status":"New","customerProfile":{"name":"x"}}]"#;
    for (text, page) in [
        (
            format!(r#"{{"@odata.count":437,"@odata.nextLink":"https://x.invalid","value":{list}}}"#),
            Page { here: 1, of: Some(437), counts: None, more: true },
        ),
        (format!(r#"{{"value":{list},"@odata.count":"437"}}"#), Page { here: 1, of: Some(437), counts: None, more: false }),
        (format!(r#"{{"Value":{list},"nextLink":"x"}}"#), Page { here: 1, of: None, counts: None, more: true }),
        (
            format!(r#"{{"value":{list},"@odata.count":1,"@odata.nextLink":null}}"#),
            Page { here: 1, of: Some(1), counts: None, more: false },
        ),
        (
            format!(r#"{{"statusCode":200,"body":{{"value":{list},"@odata.nextLink":"x"}}}}"#),
            Page { here: 1, of: None, counts: None, more: true },
        ),
        (format!(r#"{{"body":{}}}"#, &list[1..list.len() - 1]), Page { here: 1, of: None, counts: None, more: false }),
        (list.to_owned(), Page { here: 1, of: None, counts: None, more: false }),
    ] {
        let found = read(&text);
        assert_eq!((found.aside.page, found.names.len()), (page, 1), "{text}");
        assert_eq!(page.lacks_some(), page.more || page.of == Some(437), "{text}");
    }
}

#[test]
fn blanks_in_front_are_no_emptiness() {
    let one = r#"{"id":"a","status":"New","name":"A","customerProfile":{"name":"x"}}"#;
    for blanks in [5_000, 100_000] {
        assert_eq!(read(format!("{}{one}", " \r\n".repeat(blanks / 3))).names, ["A"]);
        assert_eq!(read(format!("\u{feff}{}{}", "\r\n".repeat(blanks), rows(&["B"]))).names, ["B"]);
    }
    assert!(matches!(read_in(" \n".repeat(9_000), None), Err(FileError::Empty)));
}

#[test]
fn a_line_break_in_a_json_text_is_told_where_it_stands() {
    let error = read_in("{\n \"id\":\n  \"한 a\nb\"}", None).unwrap_err();
    assert!(matches!(error, FileError::Json { line: 3, column: 7, expected: JsonExpected::Text }), "{error:?}");
}

#[test]
fn what_is_longer_than_any_file_holds_is_given_up_at_once() {
    let long = "x".repeat(3 << 20);
    let too_long = |text: &str| match read_in(text, None) {
        Err(FileError::TooLong { long, .. }) => long,
        Err(error) => panic!("{error}"),
        Ok(read) => panic!("{:?}", read.failure),
    };
    assert_eq!(too_long(&rows(&["A", &long])), Long::Line);
    assert_eq!(too_long(&format!("{HEADER},{}", "c,".repeat(3_000))), Long::Header);
    assert_eq!(too_long(&format!("[{{\"id\":\"{long}\"}}]")), Long::Text);
    assert_eq!(too_long(&format!("{{\"{long}\":1}}")), Long::Text);
    assert_eq!(too_long(&format!("[{{\"id\":[{}0]}}]", "0,".repeat(1 << 20))), Long::Record);
    assert_eq!(too_long(&format!("[{}0]", "0,".repeat(1_100_000))), Long::List);
    let deep = format!("[{}", "[".repeat(100_000));
    assert!(matches!(read_in(deep, None), Err(FileError::Json { expected: JsonExpected::LessDepth, .. })));
    let cell = rows(&["A", "\"B", "C"]).replace("C,", &format!("C{}", format!("\r\n{}", "more ".repeat(1_000)).repeat(220)));
    assert_eq!(read(&cell).refused[0], wrong(3, "Deal Name", "open-quote"), "a cell of many lines");
}

#[test]
fn a_file_of_another_kind_is_given_up_and_nothing_is_taken() {
    let text = format!("{HEADER}\r\n{}", "r,,,,,,\r\n".repeat(10_001));
    assert!(read(text).failure.unwrap().contains("hardly one can be taken"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_put_into_one_row_of_a_quoted_file_the_others_are_as_they_were(at in 0usize..60, put in "[\",;x]{1,2}") {
        let text = quoted(&["A", "B", "C", "D"]);
        let second = text.match_indices("\"r2\"").next().unwrap().0;
        let mut polluted = text.clone();
        polluted.insert_str(second + at.min(text[second..].find('\r').unwrap()), &put);
        let found = read(&polluted);
        let others: Vec<&String> = found.names.iter().filter(|name| ["A", "C", "D"].contains(&name.as_str())).collect();
        prop_assert_eq!(others, ["A", "C", "D"], "{}", polluted);
        prop_assert_eq!(found.names.len() + found.refused.len(), 4, "{}", polluted);
    }
}
