//! Rows of the insights download: they bring direction, creation date and so the true deadline of what is already here.

use serde_json::{Map, Value};

use super::bulk::rows::{Remarks, is_blank};
use super::table::same_name;
use crate::domain::cell_date::Order;
use crate::domain::ids::CenterId;
use crate::domain::incoming::{DirectionHint, Incoming};
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::opportunity::{Direction, Kind};
use crate::domain::text::{Cleaned, Notes, half_width, unseen};

const REFERRAL: &str = "Referral ID";
const CREATED: &str = "Referral Creation Date";
const DIRECTION: &str = "Deal Direction";
const KIND: &str = "Deal Type";

/// Columns by which the file is known; no bulk CSV has them.
const MARKS: [&str; 4] = [CREATED, DIRECTION, "Microsoft Referral Creation Date", "US Federal Deal"];

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
    order: Order,
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
        Ok(Self {
            names,
            referral,
            created: place(CREATED),
            direction: place(DIRECTION),
            kind: place(KIND),
            order: Order::default(),
        })
    }

    /// Learns from a row that is yet to be read how the file writes dates.
    pub(super) fn learn(&mut self, cells: &csv::StringRecord) {
        if let Some(cell) = self.created.and_then(|index| cells.get(index)) {
            self.order.learn(cell);
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it, by the name of the column.
    pub(super) fn record(&self, line: u64, cells: &csv::StringRecord, remarks: &mut Remarks) -> Result<Incoming, Complaints> {
        let mut complaints = Complaints::new();
        let cell = |index: Option<usize>| index.and_then(|i| cells.get(i)).map(str::trim).filter(|cell| !cell.is_empty());
        let own = [Some(self.referral), self.created, self.direction, self.kind];
        remarks.cleaned.unseen += own.iter().filter_map(|index| cell(*index)).map(unseen).sum::<usize>();
        let referral_id = cell(Some(self.referral)).and_then(CenterId::read);
        if referral_id.is_none() {
            complaints.push(Complaint::new(REFERRAL, Invalid::Missing));
        }
        let created = cell(self.created).filter(|cell| !is_blank(cell));
        let created = created.and_then(|cell| take(self.order.moment(cell), CREATED, &mut complaints));
        let told = cell(self.direction).and_then(|cell| take(direction(cell), DIRECTION, &mut complaints));
        let kind = cell(self.kind).and_then(kind);
        if !complaints.is_empty() {
            return Err(complaints);
        }
        let created_at = created.map(|(at, open)| {
            remarks.open_dates += u64::from(open);
            at
        });
        let guess = told.unwrap_or(Direction::Outbound);
        let direction = DirectionHint { told, guess, sure: told.is_some() };
        let extra = self.extra(cells, &mut remarks.cleaned);
        Ok(Incoming { referral_id, created_at, direction, kind, extra, creates: false, ..Incoming::silent(line) })
    }

    /// Keeps everything else: what it repeats of the deal may be newer, or the only word of it.
    fn extra(&self, cells: &csv::StringRecord, cleaned: &mut Cleaned) -> Map<String, Value> {
        let used =
            [Some(self.referral), self.created, self.direction, self.kind.filter(|at| cells.get(*at).and_then(kind).is_some())];
        let mut extra = Map::new();
        for (index, (name, cell)) in self.names.iter().zip(cells).enumerate() {
            let passed = used.contains(&Some(index)) || name.is_empty();
            if !passed && let Ok(Some(text)) = Notes::imported(cell, cleaned) {
                extra.insert(name.clone(), Value::from(text.as_str()));
            }
        }
        extra
    }
}

fn direction(cell: &str) -> Result<Direction, Invalid> {
    match half_width(cell).to_lowercase().as_str() {
        "incoming" | "inbound" => Ok(Direction::Inbound),
        "outgoing" | "outbound" => Ok(Direction::Outbound),
        _ => Err(Invalid::NotOneOf { given: cell.to_owned(), allowed: &["Incoming", "Outgoing"] }),
    }
}

fn kind(cell: &str) -> Option<Kind> {
    match half_width(cell).to_lowercase().replace(['-', ' '], "").as_str() {
        "cosell" => Some(Kind::CoSell),
        "partnerled" => Some(Kind::PartnerLed),
        "private" | "privatedeal" | "privatepipeline" => Some(Kind::PrivatePipeline),
        _ => None,
    }
}
