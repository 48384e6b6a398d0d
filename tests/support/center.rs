//! A Partner Center for tests: it keeps deals by the columns of its files, takes uploads by its rules, answers them and gives downloads.

use std::collections::BTreeMap;

/// The columns of a download, but for the numbered ones.
const HEAD: [&str; 34] = [
    "Errors",
    "Engagement ID",
    "Referral ID",
    "Deal Name",
    "Customer Name",
    "Customer Address Line 1",
    "Customer City",
    "Customer Country",
    "Customer D-U-N-S ID",
    "Customer Contact First Name",
    "Customer Contact Last Name",
    "Customer Contact Phone number",
    "Customer Contact Email Address",
    "Partner Referral Status",
    "Partner Referral Substatus",
    "Microsoft Referral Status",
    "Declined/Lost/Error reason",
    "Sales Stage",
    "Estimated Deal Value",
    "Currency",
    "Estimated Close Date",
    "CRM ID",
    "Marketing Campaign ID",
    "Notes",
    "Microsoft help required?",
    "What specific help from Microsoft?",
    "Share with Microsoft sales team",
    "Notes to Microsoft",
    "Consent to share Customer/Partner contact",
    "Marketplace Purchase Intent",
    "Solution 1",
    "Team member 1",
    "Team member 2",
    "Microsoft team member 1",
];

/// What no new deal may leave empty.
const REQUIRED: [&str; 8] = [
    "Deal Name",
    "Customer Name",
    "Customer Address Line 1",
    "Customer City",
    "Customer Country",
    "Estimated Deal Value",
    "Currency",
    "Estimated Close Date",
];

/// What is never written by a partner, and what only a new deal may set.
const READ_ONLY: [&str; 5] = ["Errors", "Engagement ID", "Referral ID", "Microsoft Referral Status", "Microsoft team member 1"];
const AT_CREATION: [&str; 5] =
    ["Customer Name", "Customer Address Line 1", "Customer City", "Customer Country", "Customer D-U-N-S ID"];

/// Rows that one upload may have.
const ROWS: usize = 1_000;

type Record = BTreeMap<&'static str, String>;

#[derive(Debug, Clone, Default)]
pub struct Center {
    pub records: BTreeMap<String, Record>,
    made: u32,
}

/// What is done to an upload beside what the rules say.
#[derive(Debug, Clone, Copy)]
pub struct Whims {
    /// Each row whose number is a multiple of this is refused, for a reason of its own.
    pub refuse_each: Option<usize>,
    /// Whether the answer tells the ids of new deals.
    pub tells_ids: bool,
    /// Whether the rows of the answer stand in another order.
    pub turned: bool,
}

fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the column of ours that a head of any layout means.
fn column(name: &str) -> Option<&'static str> {
    let wanted = bare(name).replace("declinelosterrorreason", "declinedlosterrorreason");
    let wanted = if wanted == "declinedlostreason" { "declinedlosterrorreason".to_owned() } else { wanted };
    HEAD.into_iter().find(|column| bare(column) == wanted)
}

impl Center {
    /// Gives a deal an id and keeps it; returns the id.
    pub fn make(&mut self, mut record: Record) -> String {
        self.made += 1;
        let referral = format!("b2000000-0000-4000-8000-{:012}", self.made);
        record.insert("Referral ID", referral.clone());
        record.insert("Engagement ID", format!("e2000000-0000-4000-8000-{:012}", self.made));
        self.records.insert(referral.clone(), record);
        referral
    }

    /// A deal that a seller of Microsoft sent.
    pub fn send(&mut self, name: &str) -> String {
        let record = [
            ("Deal Name", name),
            ("Customer Name", "한빛정밀 주식회사"),
            ("Customer Address Line 1", "1-2"),
            ("Customer City", "서울"),
            ("Customer Country", "KR"),
            ("Partner Referral Status", "New"),
            ("Partner Referral Substatus", "Received"),
            ("Estimated Deal Value", "84000000"),
            ("Currency", "KRW"),
            ("Estimated Close Date", "03/31/2027"),
            ("Microsoft help required?", "Yes"),
            ("Share with Microsoft sales team", "Yes"),
            ("Consent to share Customer/Partner contact", "Yes"),
            ("Marketplace Purchase Intent", "Yes"),
            ("Solution 1", "SOL-1"),
            ("Team member 1", "서연, 이, +82 2-555-3205, rep@partner.example"),
            ("Microsoft team member 1", "Sam, Seller, 999, sam@microsoft.example"),
        ];
        self.make(record.into_iter().map(|(column, cell)| (column, cell.to_owned())).collect())
    }

    /// A seller changes a deal, unless it is closed.
    pub fn edit(&mut self, referral: &str, column: &'static str, cell: &str) {
        if let Some(record) = self.records.get_mut(referral)
            && record["Partner Referral Status"] != "Closed"
        {
            record.insert(column, cell.to_owned());
        }
    }

    /// Returns the file of a download.
    pub fn download(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEAD).unwrap();
        for record in self.records.values() {
            writer.write_record(HEAD.map(|column| record.get(column).map_or("", String::as_str))).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    /// Takes an upload and returns its answer: the same rows, with the column `Errors` filled. A file with too many rows is refused
    /// as a whole: there is no answer.
    pub fn upload(&mut self, text: &str, whims: Whims) -> Option<String> {
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let head = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        if rows.len() > ROWS {
            return None;
        }
        let mut answers = Vec::new();
        for (number, row) in (1..).zip(&rows) {
            let cells: Record = head.iter().zip(row).filter_map(|(name, cell)| Some((column(name)?, cell.to_owned()))).collect();
            let whim = whims.refuse_each.is_some_and(|each| number % each == 0);
            let taken = if whim { Err("Estimated Close Date is not valid".to_owned()) } else { self.take(&cells) };
            let mut answer: Vec<String> = row.iter().map(str::to_owned).collect();
            let at = |name: &str| head.iter().position(|head| bare(head) == bare(name)).unwrap();
            match taken {
                Err(message) => answer[at("Errors")] = message,
                Ok(referral) if whims.tells_ids => {
                    let record = &self.records[&referral];
                    answer[at("Referral ID")].clone_from(&record["Referral ID"]);
                    answer[at("Engagement ID")].clone_from(&record["Engagement ID"]);
                }
                Ok(_) => {}
            }
            answers.push(answer);
        }
        if whims.turned {
            answers.reverse();
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&head).unwrap();
        answers.iter().for_each(|answer| writer.write_record(answer).unwrap());
        Some(String::from_utf8(writer.into_inner().unwrap()).unwrap())
    }

    fn take(&mut self, cells: &Record) -> Result<String, String> {
        let cell = |column: &str| cells.get(column).map_or("", |cell| cell.as_str());
        let missing: Vec<String> =
            REQUIRED.into_iter().filter(|column| cell(column).is_empty()).map(|column| format!("{column} is required")).collect();
        if !missing.is_empty() {
            return Err(missing.join(";"));
        }
        if cell("Consent to share Customer/Partner contact") != "Yes" {
            return Err("Consent to share Customer/Partner contact is required".to_owned());
        }
        let (status, substatus) = (cell("Partner Referral Status"), cell("Partner Referral Substatus"));
        let is_reasoned = !cell("Declined/Lost/Error reason").is_empty();
        if matches!(substatus, "Declined" | "Lost") && !is_reasoned {
            return Err("Declined/Lost/Error reason is required".to_owned());
        }
        match (cell("Referral ID"), cell("Engagement ID")) {
            ("", "") if (status, substatus) == ("New", "Accepted") => {
                let mut record: Record = cells.clone();
                record.insert("Partner Referral Status", "Active".to_owned());
                record.insert("Errors", String::new());
                Ok(self.make(record))
            }
            ("", _) | (_, "") => Err("Referral ID and Engagement ID are required".to_owned()),
            (referral, _) => {
                let record = self.records.get_mut(referral).ok_or("Referral ID is not known")?;
                if record["Partner Referral Status"] == "Closed" {
                    return Err("Partner Referral Status is closed: nothing may change".to_owned());
                }
                let is_known = record["Partner Referral Status"] != "New" || status != "New";
                for (column, cell) in cells.iter().filter(|(column, _)| !READ_ONLY.contains(column)) {
                    if !AT_CREATION.contains(column) && (is_known || !column.starts_with("Partner Referral")) {
                        record.insert(column, cell.clone());
                    }
                }
                Ok(referral.to_owned())
            }
        }
    }
}
