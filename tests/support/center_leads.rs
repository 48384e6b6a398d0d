//! The leads of a Partner Center for tests: it keeps them by the columns of their file, takes changed ones by its rules, and answers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// The columns of a download.
pub const HEAD: [&str; 18] = [
    "Errors",
    "Referral ID",
    "Lead Name",
    "Lead Type",
    "Lead Source",
    "Customer Name",
    "Customer Country",
    "Customer Contact Name",
    "Customer Contact Email",
    "Lead Status",
    "Lead Substatus",
    "Declined/Lost/Error reason",
    "Estimated Lead Value",
    "Lead Currency",
    "Created Date",
    "Updated Date",
    "Notes",
    "Heart",
];

/// What only the customer and Microsoft tell.
const READ_ONLY: [&str; 5] = ["Referral ID", "Lead Type", "Lead Source", "Created Date", "Heart"];

/// Rows that one upload may have.
const ROWS: usize = 1_000;

pub type Record = BTreeMap<&'static str, String>;

#[derive(Debug, Clone, Default)]
pub struct LeadsCenter {
    pub records: BTreeMap<String, Record>,
}

fn day(day: NaiveDate) -> String {
    day.format("%m/%d/%Y").to_string()
}

/// Returns which status may follow which.
fn may_follow(from: (&str, &str), to: (&str, &str)) -> bool {
    let allowed = [
        (("New", "Received"), ("Active", "Accepted")),
        (("New", "Received"), ("Closed", "Declined")),
        // Between two uploads it may have been accepted and decided.
        (("New", "Received"), ("Closed", "Won")),
        (("New", "Received"), ("Closed", "Lost")),
        (("Active", "Accepted"), ("Closed", "Won")),
        (("Active", "Accepted"), ("Closed", "Lost")),
    ];
    from == to || allowed.contains(&(from, to))
}

impl LeadsCenter {
    /// A customer asked for something.
    pub fn send(&mut self, today: NaiveDate) {
        let id = format!("L-{:03}", self.records.len() + 1);
        let cells = [
            ("Referral ID", id.as_str()),
            ("Lead Name", "재고 관리 \"문의\", ERP"),
            ("Lead Type", "Marketing qualified lead"),
            ("Lead Source", "AppSource"),
            ("Customer Name", "한빛정밀 주식회사"),
            ("Customer Country", "South Korea"),
            ("Lead Status", "New"),
            ("Lead Substatus", "Received"),
            ("Estimated Lead Value", "1,250,000"),
            ("Lead Currency", "KRW"),
            ("Created Date", &day(today)),
            ("Updated Date", &day(today)),
            ("Notes", "첫 줄\n둘째 줄"),
            ("Heart", "yes"),
        ];
        let record = cells.into_iter().map(|(column, cell)| (column, cell.to_owned())).collect();
        self.records.insert(id, record);
    }

    /// Somebody there changes a lead, unless it is closed.
    pub fn edit(&mut self, id: &str, cells: &[(&'static str, &str)], today: NaiveDate) {
        if let Some(record) = self.records.get_mut(id).filter(|record| record["Lead Status"] != "Closed") {
            record.extend(cells.iter().map(|(column, cell)| (*column, (*cell).to_owned())));
            record.insert("Updated Date", day(today));
        }
    }

    pub fn download(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEAD).unwrap();
        for record in self.records.values() {
            writer.write_record(HEAD.map(|column| record.get(column).map_or("", String::as_str))).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    /// Takes changed leads and returns the answer: the same rows, with the column `Errors` filled. Each row whose number is a multiple of
    /// `refuse_each` is refused for a reason of its own. It wants every column of a download, once and in its words.
    pub fn upload(&mut self, text: &str, refuse_each: Option<usize>, today: NaiveDate) -> String {
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let head = reader.headers().unwrap().clone();
        assert_eq!(head.iter().collect::<Vec<_>>(), HEAD, "the columns are those of the download");
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!((1..=ROWS).contains(&rows.len()));
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&head).unwrap();
        for (number, row) in (1..).zip(&rows) {
            let cells: Record = HEAD.into_iter().zip(row).map(|(column, cell)| (column, cell.to_owned())).collect();
            let whim = refuse_each.is_some_and(|each| number % each == 0);
            let taken = if whim { Err("The lead could not be saved".to_owned()) } else { self.take(&cells, today) };
            let mut answer: Vec<&str> = row.iter().collect();
            let errors = taken.err().unwrap_or_default();
            answer[0] = &errors;
            writer.write_record(&answer).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    fn take(&mut self, cells: &Record, today: NaiveDate) -> Result<(), String> {
        let record = self.records.get_mut(&cells["Referral ID"]).ok_or("Referral ID is not known: leads are only edited")?;
        if record["Lead Status"] == "Closed" {
            return Err("The lead is closed: nothing may change".to_owned());
        }
        let cell = |column: &str| cells.get(column).map_or("", |cell| cell.as_str());
        let known = |column: &str| record.get(column).map_or("", |cell| cell.as_str());
        let mut wrong: Vec<String> = Vec::new();
        wrong.extend(READ_ONLY.into_iter().filter(|column| cell(column) != known(column)).map(|c| format!("{c} is read-only")));
        let status = |of: &dyn Fn(&str) -> String| (of("Lead Status"), of("Lead Substatus"));
        let from = status(&|column| known(column).to_owned());
        let to = status(&|column| cell(column).to_owned());
        if !may_follow((&from.0, &from.1), (&to.0, &to.1)) {
            wrong.push(format!("Lead Status: {} / {} does not follow {} / {}", to.0, to.1, from.0, from.1));
        }
        let reason = cell("Declined/Lost/Error reason");
        let is_reasoned = reason.parse::<u8>().is_ok_and(|number| (1..=8).contains(&number));
        if matches!(to.1.as_str(), "Declined" | "Lost") && !is_reasoned {
            wrong.push("Declined/Lost/Error reason: a number of 1 to 8 is required".to_owned());
        }
        let value: String = cell("Estimated Lead Value").chars().filter(|c| *c != ',').collect();
        if !value.is_empty() && value.parse::<u64>().is_err() {
            wrong.push("Estimated Lead Value is no number".to_owned());
        }
        if !wrong.is_empty() {
            return Err(wrong.join(";"));
        }
        let taken = cells.iter().filter(|(column, _)| !matches!(**column, "Errors" | "Updated Date"));
        record.extend(taken.map(|(column, cell)| (*column, cell.clone())));
        record.insert("Updated Date", day(today));
        Ok(())
    }
}
