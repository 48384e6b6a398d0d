//! A Partner Center for tests that takes deal registrations by the columns of its file, answers them, reviews them and gives downloads.

use std::collections::BTreeMap;

/// The columns of the file.
pub const HEAD: [&str; 24] = [
    "Referral ID",
    "Registration Date",
    "Registration Type",
    "Registration Status",
    "Registration Status Reason",
    "Is Marketplace Transacted",
    "Marketplace Transaction Date",
    "Is Deployed on Azure",
    "Contract Value",
    "Contract Currency",
    "Contract Term",
    "Contract Sign Date",
    "Contract Start Date",
    "Contract End Date",
    "Solution Value",
    "Solution Currency",
    "Primary Deployment On",
    "Pricing Model",
    "Review Pending Date",
    "Action Required Date",
    "Passed Date",
    "Failed Date",
    "Approved Date",
    "Errors",
];

/// What Microsoft alone writes.
pub const THEIRS: [&str; 9] = [
    "Registration Date",
    "Registration Status",
    "Registration Status Reason",
    "Review Pending Date",
    "Action Required Date",
    "Passed Date",
    "Failed Date",
    "Approved Date",
    "Errors",
];

type Record = BTreeMap<&'static str, String>;

#[derive(Debug, Default)]
pub struct RegistrationCenter {
    records: BTreeMap<String, Record>,
}

impl RegistrationCenter {
    /// Takes an upload of a day and returns its answer: the same rows, Microsoft's columns filled.
    pub fn upload(&mut self, text: &str, today: &str) -> String {
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        assert_eq!(reader.headers().unwrap(), &HEAD[..], "exactly these columns");
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(rows.len() <= 1_000);
        let answers: Vec<Record> = rows.iter().map(|row| self.take(row, today)).collect();
        table(answers.iter())
    }

    fn take(&mut self, row: &csv::StringRecord, today: &str) -> Record {
        let mut record: Record = HEAD.into_iter().zip(row.iter().map(str::to_owned)).collect();
        assert!(THEIRS.iter().all(|column| record[column].is_empty()), "what is Microsoft's is left empty");
        let held = self.records.get(&record["Referral ID"]);
        let errors = if held.is_some_and(|held| held["Registration Status"] != "ActionRequired") {
            "No action is pending"
        } else if record["Contract Value"].parse::<f64>().is_ok_and(|value| value > 5e6) {
            "Contract Value does not fit the deal"
        } else {
            ""
        };
        if errors.is_empty() {
            let began = held.map_or_else(|| today.to_owned(), |held| held["Registration Date"].clone());
            record.insert("Registration Date", began);
            record.insert("Registration Status", "ReviewPending".to_owned());
            record.insert("Review Pending Date", today.to_owned());
            self.records.insert(record["Referral ID"].clone(), record.clone());
        }
        record.insert("Errors", errors.to_owned());
        record
    }

    /// Moves a registration on, on a day.
    pub fn decide(&mut self, referral: &str, status: &str, column: &'static str, reason: &str, today: &str) {
        let record = self.records.get_mut(referral).unwrap();
        record.insert("Registration Status", status.to_owned());
        record.insert("Registration Status Reason", reason.to_owned());
        record.insert(column, today.to_owned());
    }

    /// Returns the file of a download.
    pub fn download(&self) -> String {
        table(self.records.values())
    }
}

fn table<'r>(records: impl Iterator<Item = &'r Record>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD).unwrap();
    records.for_each(|record| writer.write_record(HEAD.map(|column| record[column].as_str())).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Tells of an offer and of ourselves what makes the solution of deal 1 of the sample records eligible for Azure IP co-sell.
pub fn eligible(store: &mut cosell::store::Store, now: cosell::domain::instant::Timestamp) {
    use cosell::domain::programme::offer::{Offer, OfferPart, OfferType};
    use cosell::domain::programme::organisation::{Fact, Organisation};
    let mut offer = Offer::new(cosell::domain::text::Line::parse("ERP Cloud").unwrap(), OfferType::Saas);
    for (part, text) in [
        (OfferPart::Published, "yes"),
        (OfferPart::Transactable, "yes"),
        (OfferPart::Countries, "KR"),
        (OfferPart::Contacts, "KR=민준;김;+82 2-555-0100;kim@hanbit.example"),
        (OfferPart::OnePager, "one-pager.pdf"),
        (OfferPart::LandingPage, "https://hanbit.example"),
        (OfferPart::SocialOrCaseStudy, "https://hanbit.example/case"),
        (OfferPart::BuiltOnAzure, "yes"),
        (OfferPart::IpShare, "60"),
        (OfferPart::Solution, "SOL-34104-EBB"),
    ] {
        part.set(&mut offer, text).unwrap();
    }
    store.change_offers(&[cosell::store::OfferChange::Put(offer)], now).unwrap();
    let told = [(Fact::BusinessProfile, "yes"), (Fact::AcrTtmUsd, "100000"), (Fact::GoldCompetency, "yes")];
    let tell = |ours: &mut Organisation| {
        told.iter().for_each(|(fact, text)| ours.tell(*fact, None, fact.read(text).unwrap()));
    };
    store.change_organisation("x", tell, now).unwrap();
}

/// Returns a later download of these records, in which Partner Center knows that the first deal is won.
pub fn won_there(records: &str) -> String {
    let won = records.replacen("\"status\":\"New\",\"substatus\":\"Pending\"", "\"status\":\"Closed\",\"substatus\":\"Won\"", 1);
    won.replacen("2026-11-12T03:00:00Z", "2026-11-20T06:00:00Z", 1)
}
