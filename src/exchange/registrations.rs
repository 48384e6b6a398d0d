//! The deal registration CSV of Partner Center: its columns, the rows we write, and what its rows say when they come back.

use std::io::{self, Write};
use std::path::Path;

use super::bulk::columns::bare;
use super::error::FileError;
use super::input::Input;
use super::neighbour::Neighbour;
use super::new_file::NewFile;
use super::table::{Heads, Once, Role, Table};
use crate::domain::date::Date;
use crate::domain::ids::CenterId;
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::domain::programme::registration::check::Fault;
use crate::domain::programme::registration::contract::{Contract, ContractPart};
use crate::domain::programme::registration::state::RegistrationState;
use crate::domain::programme::registration::{Answer, Registration};
use crate::domain::text::{Cleaned, Notes, trimmed};

/// Rows that Partner Center takes in one file.
pub const ROWS_MAX: usize = 1_000;

const REFERRAL: &str = "Referral ID";
const DATE: &str = "Registration Date";
const TYPE: &str = "Registration Type";
const STATUS: &str = "Registration Status";
const REASON: &str = "Registration Status Reason";
const ERRORS: &str = "Errors";

/// The only type that the file knows.
const AZURE_IP: &str = "AzureIPCoSell";

const STATUSES: [&str; 6] = ["ReviewPending", "ActionRequired", "Approved", "Passed", "Failed", "Closed"];

/// The columns, in the order of the file; those without a part of the contract are Microsoft's, but for the first and the type.
const COLUMNS: [(&str, Option<ContractPart>); 24] = [
    (REFERRAL, None),
    (DATE, None),
    (TYPE, None),
    (STATUS, None),
    (REASON, None),
    ("Is Marketplace Transacted", Some(ContractPart::Marketplace)),
    ("Marketplace Transaction Date", Some(ContractPart::MarketplaceDate)),
    ("Is Deployed on Azure", Some(ContractPart::DeployedOnAzure)),
    ("Contract Value", Some(ContractPart::Value)),
    ("Contract Currency", Some(ContractPart::Currency)),
    ("Contract Term", Some(ContractPart::Term)),
    ("Contract Sign Date", Some(ContractPart::SignDate)),
    ("Contract Start Date", Some(ContractPart::StartDate)),
    ("Contract End Date", Some(ContractPart::EndDate)),
    ("Solution Value", Some(ContractPart::SolutionValue)),
    ("Solution Currency", Some(ContractPart::SolutionCurrency)),
    ("Primary Deployment On", Some(ContractPart::PrimaryDeployment)),
    ("Pricing Model", Some(ContractPart::PricingModel)),
    ("Review Pending Date", None),
    ("Action Required Date", None),
    ("Passed Date", None),
    ("Failed Date", None),
    ("Approved Date", None),
    (ERRORS, None),
];

/// Which state each of the days is of.
const DAYS: [(&str, RegistrationState); 5] = [
    ("Review Pending Date", RegistrationState::ReviewPending),
    ("Action Required Date", RegistrationState::ActionRequired),
    ("Passed Date", RegistrationState::ReviewPassed),
    ("Failed Date", RegistrationState::ReviewFailed),
    ("Approved Date", RegistrationState::Approved),
];

/// Returns the column of ours that a head means, however it is written.
fn column(head: &str) -> Option<&'static str> {
    let head = bare(head);
    let head = match head.as_str() {
        "reviewpasseddate" => "passeddate",
        "reviewfaileddate" => "faileddate",
        other => other,
    };
    COLUMNS.into_iter().map(|(name, _)| name).find(|name| bare(name) == head)
}

/// Returns the cells of a registration, in the order of the columns. What is Microsoft's stays empty.
pub fn row(referral: &CenterId, of: &Registration) -> Vec<String> {
    let cell = |(name, part): (&str, Option<ContractPart>)| match (name, part) {
        (REFERRAL, _) => referral.as_str().to_owned(),
        (TYPE, _) => AZURE_IP.to_owned(),
        (_, Some(part)) => part.text(&of.contract),
        _ => String::new(),
    };
    COLUMNS.into_iter().map(cell).collect()
}

/// Begins a file of these rows; it stands under its name once it is kept.
///
/// # Errors
/// What the file system says; never over a file.
pub fn write(path: &Path, rows: &[Vec<String>]) -> io::Result<NewFile> {
    let mut file = NewFile::begin(path, false)?;
    // Excel, in which many look at it first, takes text without this for another encoding.
    file.write_all(b"\xEF\xBB\xBF")?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut file);
    writer.write_record(COLUMNS.map(|(name, _)| name))?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(file)
}

/// A row as it came back.
#[derive(Debug, PartialEq)]
pub struct RegistrationRow {
    pub line: u64,
    /// The referral id with what is said of it, or everything that is wrong with the row.
    pub said: Result<(String, Answer), Complaints>,
}

/// Reads a file of registrations, a table of text or a workbook.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read or holds something else.
pub fn read(input: Input, today: Date) -> Result<Vec<RegistrationRow>, FileError> {
    let fits = |header: &csv::StringRecord| Neighbour::of_header(header) == Some(Neighbour::Registrations);
    let role = |name: &str| match column(name) {
        Some("Contract Value" | "Solution Value") => Role::Amount,
        Some(REFERRAL) => Role::Code,
        _ => Role::Other,
    };
    let heads = Heads { known: &|name| column(name).is_some(), fits: &fits, role };
    let mut table = Table::open(input, Once::Known, &heads)?;
    if !fits(&table.header) {
        return Err(FileError::MissingColumns(vec![REFERRAL, STATUS]));
    }
    let columns: Vec<Option<&'static str>> = table.header.iter().map(column).collect();
    if !columns.contains(&Some(REFERRAL)) {
        return Err(FileError::MissingColumns(vec![REFERRAL]));
    }
    let mut rows = Vec::new();
    while let Some(line) = table.next()? {
        let said = table.faults().or(|| answer(&columns, table.row(), today));
        rows.push(RegistrationRow { line, said });
    }
    Ok(rows)
}

fn answer(columns: &[Option<&'static str>], cells: &csv::StringRecord, today: Date) -> Result<(String, Answer), Complaints> {
    let cell = |wanted: &str| {
        let at = columns.iter().position(|column| *column == Some(wanted));
        at.and_then(|at| cells.get(at)).map_or("", trimmed)
    };
    let mut complaints = Complaints::new();
    let referral = CenterId::read(cell(REFERRAL));
    if referral.is_none() {
        complaints.push(Complaint::new(REFERRAL, Invalid::Missing));
    }
    let mut day = |name: &'static str| {
        let text = Some(cell(name)).filter(|text| !text.is_empty())?;
        let read = Date::partner_center(text);
        read.map_err(|why| complaints.push(Complaint::new(name, why))).ok()
    };
    let registered_on = day(DATE);
    let days = DAYS.into_iter().filter_map(|(name, state)| Some((state, day(name)?))).collect();
    let dates = [ContractPart::SignDate, ContractPart::StartDate, ContractPart::EndDate, ContractPart::MarketplaceDate];
    let mut told: Vec<(ContractPart, String)> = Vec::new();
    for (name, part) in COLUMNS.into_iter().filter_map(|(name, part)| Some((name, part?))) {
        let text =
            if dates.contains(&part) { day(name).map(|day| day.to_string()).unwrap_or_default() } else { cell(name).to_owned() };
        told.push((part, text));
    }
    let state = match cell(STATUS) {
        "" => None,
        text => {
            let state = RegistrationState::read(text);
            if state.is_none() {
                complaints.push(Complaint::new(STATUS, Invalid::NotOneOf { given: text.to_owned(), allowed: &STATUSES }));
            }
            state
        }
    };
    let note = |text: &str| Notes::imported(text, &mut Cleaned::default()).ok().flatten();
    let (reason, errors) = (note(cell(REASON)), note(cell(ERRORS)));
    let mut contract = Contract::default();
    let parts: Vec<(ContractPart, &str)> = told.iter().map(|(part, text)| (*part, text.as_str())).collect();
    // What Microsoft refused need not be readable: it is its answer that counts.
    if let Err(flaws) = contract.tell(&parts, today.into())
        && errors.is_none()
    {
        complaints.extend(flaws.into_iter().filter_map(|flaw| match flaw.why {
            Fault::Invalid(why) => {
                let name = COLUMNS.into_iter().find(|(_, part)| *part == Some(flaw.at)).map_or(ERRORS, |(name, _)| name);
                Some(Complaint::new(name, why))
            }
            _ => None,
        }));
    }
    match referral {
        Some(referral) if complaints.is_empty() => {
            Ok((referral.to_string(), Answer { state, days, registered_on, reason, errors, contract }))
        }
        _ => Err(complaints),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Reading;

    fn read_text(text: &str) -> Result<Vec<RegistrationRow>, FileError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.csv");
        std::fs::write(&path, text).unwrap();
        read(Input::open(&path, Reading::default())?, Date::iso("2026-11-21").unwrap())
    }

    #[test]
    fn mg_73_what_is_written_reads_back_in_exactly_the_columns_of_partner_center() {
        let mut of = Registration::default();
        let parts = [
            (ContractPart::Value, "60000"),
            (ContractPart::Currency, "USD"),
            (ContractPart::SignDate, "2026-11-02"),
            (ContractPart::Term, "perpetual"),
        ];
        of.contract.tell(&parts, Date::iso("2026-11-21").unwrap().into()).unwrap();
        let referral = CenterId::read("7204e52d-b222-4a58-808a-05a6c4647159").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.csv");
        write(&path, &[row(&referral, &of)]).unwrap().keep().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("11/02/2026") && text.lines().next().unwrap().split(',').count() == 24);
        assert_eq!(write(&path, &[]).err().unwrap().kind(), io::ErrorKind::AlreadyExists);
        let rows = read_text(&text).unwrap();
        let (id, answer) = rows[0].said.as_ref().unwrap();
        assert_eq!((id.as_str(), &answer.contract, answer.state), (referral.as_str(), &of.contract, None));
    }

    #[test]
    fn mg_73_marks_that_show_nothing_are_no_part_of_an_answer() {
        let z = '\u{200b}';
        let head = "Referral ID,Registration Status,Registration Date,Contract Value,Contract Currency";
        let rows = read_text(&format!(
            "{head}\n{z}7204e52d-b222-4a58-808a-05a6c4647159,Registration Approved{z},{z}11/02/2026,60000{z},USD{z}\n"
        ))
        .unwrap();
        let (id, answer) = rows[0].said.as_ref().unwrap();
        assert_eq!((id.as_str(), answer.state), ("7204e52d-b222-4a58-808a-05a6c4647159", Some(RegistrationState::Approved)));
    }

    #[test]
    fn a_wrong_row_says_everything_and_other_files_are_no_registrations() {
        let head = "Referral ID;Registration Status;Registration Date;Contract Value;Contract Currency\n";
        let rows = read_text(&format!("{head};Perhaps;31/31/2026;much;USD\n")).unwrap();
        assert_eq!(rows[0].said.as_ref().unwrap_err().len(), 4);
        assert!(read_text("Deal Name,Customer Name\nx,y\n").is_err());
    }
}
