//! The registrations of a Partner Center for tests: it takes their file by its rules, answers it, decides, and gives downloads.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::registration_file::{HEAD, THEIRS};

pub type Record = BTreeMap<&'static str, String>;

#[derive(Debug, Clone, Default)]
pub struct RegistrationsCenter {
    /// The deals that can be registered.
    pub won: Vec<String>,
    pub records: BTreeMap<String, Record>,
}

fn text_of(day: NaiveDate) -> String {
    day.format("%m/%d/%Y").to_string()
}

fn written(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD).unwrap();
    rows.for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Returns everything that is wrong with a contract.
fn faults(cells: &Record, today: NaiveDate) -> Vec<String> {
    let cell = |column: &str| cells.get(column).map_or("", |cell| cell.as_str());
    let day = |column: &str| NaiveDate::parse_from_str(cell(column), "%m/%d/%Y").ok();
    let number = |column: &str| cell(column).parse::<f64>().ok();
    let mut wrong = Vec::new();
    let mut must = |holds: bool, what: &str| wrong.extend((!holds).then(|| what.to_owned()));
    let signed = day("Contract Sign Date");
    let back = |days| today.checked_sub_days(Days::new(days)).unwrap();
    must(
        signed.is_some_and(|on| on <= today && on >= back(60)),
        "Contract Sign Date: at most 60 days back, and not in the future",
    );
    let starts = day("Contract Start Date");
    must(starts.is_some_and(|on| on >= back(90)), "Contract Start Date: at most 90 days back");
    let ends = day("Contract End Date");
    match cell("Contract Term") {
        "Perpetual" => must(cell("Contract End Date").is_empty(), "Contract End Date: none where it is perpetual"),
        "Finite" => must(ends.zip(starts).is_some_and(|(end, start)| end >= start), "Contract End Date: not before the start"),
        _ => must(false, "Contract Term: Perpetual or Finite"),
    }
    must(number("Contract Value").is_some_and(|value| value >= 25_000.0), "Contract Value: at least 25000");
    must(cell("Contract Currency").len() == 3, "Contract Currency is required");
    let solution = number("Solution Value");
    must(cell("Solution Value").is_empty() || solution <= number("Contract Value"), "Solution Value: not above the contract's");
    must(matches!(cell("Is Deployed on Azure"), "Yes" | "No"), "Is Deployed on Azure: Yes or No");
    let is_there = cell("Is Marketplace Transacted") != "Yes" || day("Marketplace Transaction Date").is_some();
    must(is_there, "Marketplace Transaction Date is required");
    must(cell("Registration Type") == "AzureIPCoSell", "Registration Type: AzureIPCoSell");
    must(THEIRS.into_iter().all(|column| cell(column).is_empty()), "What Microsoft fills is to stay empty");
    wrong
}

impl RegistrationsCenter {
    pub fn download(&self) -> String {
        let cell = |record: &Record, column: &str| record.get(column).cloned().unwrap_or_default();
        written(self.records.values().map(|record| HEAD.map(|column| cell(record, column)).to_vec()))
    }

    fn enter(record: &mut Record, state: &str, today: NaiveDate) {
        let day = match state {
            "ReviewPending" => "Review Pending Date",
            "ActionRequired" => "Action Required Date",
            "Passed" => "Passed Date",
            "Failed" => "Failed Date",
            "Approved" => "Approved Date",
            _ => "Registration Status Reason",
        };
        record.insert(day, text_of(today));
        record.insert("Registration Status", state.to_owned());
    }

    /// Microsoft decides about one that is under review or approved.
    pub fn decide(&mut self, n: usize, today: NaiveDate) {
        let count = self.records.len().max(1);
        let Some(record) = self.records.values_mut().nth(n % count) else { return };
        let next: &[&str] = match record["Registration Status"].as_str() {
            "ReviewPending" => &["ActionRequired", "Passed", "ActionRequired", "Failed"],
            "Approved" => &["ReviewPending", "Closed"],
            "Passed" | "Failed" => &["Closed"],
            _ => return,
        };
        Self::enter(record, next[n % next.len()], today);
    }

    /// Takes a file and returns its answer: the same rows with `Errors` filled and, where it `tells`, with where each stands.
    pub fn upload(&mut self, text: &str, tells: bool, today: NaiveDate) -> String {
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), HEAD, "the columns are those of the file");
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!((1..=1_000).contains(&rows.len()));
        let mut answers = Vec::new();
        for row in &rows {
            let cells: Record = HEAD.into_iter().zip(row).map(|(column, cell)| (column, cell.to_owned())).collect();
            let mut answer = cells.clone();
            match self.take(&cells, today) {
                Err(errors) => drop(answer.insert("Errors", errors)),
                Ok(record) if tells => answer = record,
                Ok(_) => {}
            }
            answers.push(HEAD.map(|column| answer.get(column).cloned().unwrap_or_default()).to_vec());
        }
        written(answers.into_iter())
    }

    fn take(&mut self, cells: &Record, today: NaiveDate) -> Result<Record, String> {
        let referral = &cells["Referral ID"];
        if !self.won.contains(referral) {
            return Err("Referral ID is not known, or not won".to_owned());
        }
        if self.records.get(referral).is_some_and(|record| record["Registration Status"] != "ActionRequired") {
            return Err("The registration can only be changed while an action is required".to_owned());
        }
        let wrong = faults(cells, today);
        if !wrong.is_empty() {
            return Err(wrong.join(";"));
        }
        let record = self.records.entry(referral.clone()).or_default();
        let again = !record.is_empty();
        record.extend(cells.iter().filter(|(column, _)| !THEIRS.contains(column)).map(|(column, cell)| (*column, cell.clone())));
        record.entry("Registration Date").or_insert_with(|| text_of(today));
        let is_large = cells["Contract Value"].parse::<f64>().is_ok_and(|value| value > 1_000_000.0);
        let state = match (cells["Is Deployed on Azure"].as_str(), again || is_large) {
            ("No", _) => "Closed",
            (_, true) => "ReviewPending",
            (_, false) => "Approved",
        };
        Self::enter(record, state, today);
        Ok(record.clone())
    }
}
