//! Files that somebody worked on: rows taken out, one twice, in another order.

use std::collections::BTreeSet;

/// Returns an answer without some of its rows, with one of them twice, backwards where `how` is odd.
pub fn edited(text: &str, how: usize) -> String {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let rows = reader.records().map(Result::unwrap).enumerate().filter(|(at, _)| !(at + how).is_multiple_of(3));
    let mut rows: Vec<csv::StringRecord> = rows.map(|(_, row)| row).collect();
    rows.extend(rows.first().cloned());
    if how % 2 == 1 {
        rows.reverse();
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&head).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Returns a file without one of its rows.
pub fn without_row(text: &str, which: usize) -> String {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    let rows = reader.records().map(Result::unwrap).enumerate().filter(|(at, _)| *at != which);
    rows.for_each(|(_, row)| writer.write_record(&row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Returns the rows of an answer that were refused.
pub fn refusals(text: &str) -> BTreeSet<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let errors = reader.headers().unwrap().iter().position(|head| head == "Errors").unwrap();
    let rows = reader.records().map(Result::unwrap).filter(|row| !row[errors].is_empty());
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}
