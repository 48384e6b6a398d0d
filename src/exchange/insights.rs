//! Rows of the insights download: they bring direction, creation date and so the true deadline of what is already here.

use serde_json::{Map, Value};

use super::table::same_name;
use crate::domain::date::Date;
use crate::domain::ids::CenterId;
use crate::domain::incoming::{DirectionHint, Incoming};
use crate::domain::instant::Timestamp;
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::opportunity::{Direction, Kind};
use crate::domain::text::{Cleaned, Line};

const REFERRAL: &str = "Referral ID";
const CREATED: &str = "Referral Creation Date";
const DIRECTION: &str = "Deal Direction";
const KIND: &str = "Deal Type";

/// Columns by which the file is known; no bulk CSV has them.
const MARKS: [&str; 4] = [CREATED, DIRECTION, "Microsoft Referral Creation Date", "US Federal Deal"];

/// Columns that say nothing new about an opportunity that is here.
const PASSED: [&str; 9] = [
    "Customer Country",
    "Customer City",
    "Customer Name",
    "Deal currency",
    "Estimated Deal value",
    "Solution ID",
    "Solution Name",
    "Engagement ID",
    "Status",
];

pub(super) fn knows(name: &str) -> bool {
    MARKS.iter().any(|mark| same_name(name, mark))
}

/// Where the columns of one file are.
pub(super) struct Layout {
    names: Vec<String>,
    referral: usize,
    created: Option<usize>,
    direction: Option<usize>,
    kind: Option<usize>,
}

impl Layout {
    /// Reads a header.
    ///
    /// # Errors
    /// The needed columns that are not there.
    pub(super) fn new(header: &csv::StringRecord) -> Result<Self, Vec<&'static str>> {
        let place = |wanted: &str| header.iter().position(|name| same_name(name, wanted));
        let referral = place(REFERRAL).ok_or_else(|| vec![REFERRAL])?;
        let names = header.iter().map(str::to_owned).collect();
        Ok(Self { names, referral, created: place(CREATED), direction: place(DIRECTION), kind: place(KIND) })
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it, by the name of the column.
    pub(super) fn record(&self, line: u64, cells: &csv::StringRecord) -> Result<Incoming, Complaints> {
        let mut complaints = Complaints::new();
        let cell = |index: Option<usize>| index.and_then(|i| cells.get(i)).map(str::trim).filter(|cell| !cell.is_empty());
        let referral_id = cell(Some(self.referral)).and_then(CenterId::read);
        if referral_id.is_none() {
            complaints.push(Complaint::new(REFERRAL, Invalid::Missing));
        }
        let created_at = cell(self.created).and_then(|cell| take(moment(cell), CREATED, &mut complaints));
        let told = cell(self.direction).and_then(|cell| take(direction(cell), DIRECTION, &mut complaints));
        let kind = cell(self.kind).and_then(kind);
        if !complaints.is_empty() {
            return Err(complaints);
        }
        let guess = told.unwrap_or(Direction::Outbound);
        let direction = DirectionHint { told, guess, sure: told.is_some() };
        let extra = self.extra(cells);
        Ok(Incoming { referral_id, created_at, direction, kind, extra, creates: false, ..Incoming::silent(line) })
    }

    fn extra(&self, cells: &csv::StringRecord) -> Map<String, Value> {
        let used = [Some(self.referral), self.created, self.direction, self.kind];
        let mut extra = Map::new();
        for (index, (name, cell)) in self.names.iter().zip(cells).enumerate() {
            let passed = used.contains(&Some(index)) || name.is_empty() || PASSED.iter().any(|p| same_name(name, p));
            if !passed && let Ok(Some(text)) = Line::imported(cell, &mut Cleaned::default()) {
                extra.insert(name.clone(), Value::from(text.as_str()));
            }
        }
        extra
    }
}

/// Reads `MM/DD/YYYY` with or without a time behind it, or RFC 3339. A date alone means its midnight in UTC.
fn moment(cell: &str) -> Result<Timestamp, Invalid> {
    let date = cell.split([' ', ',']).next().unwrap_or_default();
    Timestamp::parse(cell)
        .or_else(|_| Date::partner_center(date).map(Date::midnight))
        .map_err(|_| Invalid::NotADate(cell.to_owned()))
}

fn direction(cell: &str) -> Result<Direction, Invalid> {
    match cell.to_lowercase().as_str() {
        "incoming" | "inbound" => Ok(Direction::Inbound),
        "outgoing" | "outbound" => Ok(Direction::Outbound),
        _ => Err(Invalid::NotOneOf { given: cell.to_owned(), allowed: &["Incoming", "Outgoing"] }),
    }
}

fn kind(cell: &str) -> Option<Kind> {
    match cell.to_lowercase().replace(['-', ' '], "").as_str() {
        "cosell" => Some(Kind::CoSell),
        "partnerled" => Some(Kind::PartnerLed),
        "private" | "privatedeal" | "privatepipeline" => Some(Kind::PrivatePipeline),
        _ => None,
    }
}
