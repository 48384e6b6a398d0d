//! Rows of a CRM's file as records of deals of our own, through a map: each is laid out as a row of the bulk CSV and read as one.

use super::{COLUMNS, CUSTOMER, CrmMap, CrmStage, STAGE};
use crate::domain::incoming::Incoming;
use crate::domain::invalid::{Complaint, Complaints};
use crate::domain::opportunity::Direction;
use crate::exchange::bulk::rows::{Layout, Remarks};
use crate::exchange::error::FileError;
use crate::exchange::inert::said;

/// What is laid into a cell.
enum From {
    Cell(usize),
    Text(String),
    Status,
    Substatus,
}

/// How the rows of one file are read.
pub(in crate::exchange) struct CrmRows {
    map: CrmMap,
    layout: Layout,
    cells: Vec<From>,
    stage: Option<usize>,
    customer: Option<usize>,
    /// How many columns the file has.
    heads: usize,
    /// What the columns are called, in the bulk CSV and in the file.
    called: Vec<(&'static str, String)>,
    row: csv::StringRecord,
}

/// What no CRM tells; without it a deal is of the private pipeline, and nobody else hears of it.
const PRIVATE: [&str; 2] = ["Microsoft help required?", "Share with Microsoft sales team"];
const STATUS: [&str; 2] = ["Partner Referral Status", "Partner Referral Substatus"];

impl CrmRows {
    /// Reads a header by a map.
    ///
    /// # Errors
    /// [`FileError::CrmColumns`] with what the map wants that is not there.
    pub(in crate::exchange) fn new(header: &csv::StringRecord, map: CrmMap) -> Result<Self, FileError> {
        let mut found: Vec<(&'static str, usize)> = Vec::new();
        for (at, head) in header.iter().enumerate() {
            // Of two heads for one column, the first in the file.
            let column = map.column(head).filter(|column| found.iter().all(|(known, _)| known != column));
            found.extend(column.map(|column| (column, at)));
        }
        let place = |ours: &str| found.iter().find(|(known, _)| *known == ours).map(|(_, at)| *at);
        let missing = map.needed(|ours| place(ours).is_none());
        if !missing.is_empty() {
            let columns = crate::exchange::table::first_columns(header);
            return Err(FileError::CrmColumns { wanted: missing, columns });
        }
        let (mut heads, mut cells, mut called) = (csv::StringRecord::new(), Vec::new(), Vec::new());
        for (ours, bulk) in COLUMNS {
            match (place(ours), &map.currency) {
                (Some(at), _) => {
                    cells.push(From::Cell(at));
                    called.push((bulk, header.get(at).unwrap_or_default().to_owned()));
                }
                // Without one the rows say that they lack it.
                (None, code) if ours == "currency" => cells.push(From::Text(code.clone().unwrap_or_default())),
                _ => continue,
            }
            heads.push_field(bulk);
        }
        STATUS.iter().chain(&PRIVATE).for_each(|head| heads.push_field(head));
        cells.extend([From::Status, From::Substatus]);
        cells.extend(PRIVATE.map(|_| From::Text("No".to_owned())));
        let layout =
            Layout::new(&heads, Some(Direction::Outbound), &mut Remarks::default()).map_err(FileError::MissingColumns)?;
        let (stage, customer, heads) = (place(STAGE), place(CUSTOMER), header.len());
        Ok(Self { map, layout, cells, stage, customer, heads, called, row: csv::StringRecord::new() })
    }

    /// Returns the heads of a file that the map does not know.
    pub(in crate::exchange) fn left(header: &csv::StringRecord, map: &CrmMap) -> Vec<String> {
        header
            .iter()
            .filter(|head| !head.is_empty() && map.column(head).is_none() && !map.is_beside(head))
            .map(str::to_owned)
            .collect()
    }

    /// Returns whether a row is a total or a footer of a report: one cell of several says something, and no customer is told.
    pub(in crate::exchange) fn is_foot(&self, cells: &csv::StringRecord) -> bool {
        let told = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let is_customer = self.customer.and_then(|at| cells.get(at)).is_some_and(|cell| !cell.trim().is_empty());
        self.heads > 2 && told == 1 && !is_customer
    }

    fn lay_out(&mut self, cells: &csv::StringRecord) {
        let stage = self.stage.and_then(|at| cells.get(at)).map_or(CrmStage::Open, |word| self.map.stage(word));
        let (status, substatus) = match stage {
            CrmStage::Open => ("New", "Accepted"),
            CrmStage::Won => ("Closed", "Won"),
            CrmStage::Lost => ("Closed", "Lost"),
        };
        self.row.clear();
        for from in &self.cells {
            self.row.push_field(match from {
                // As a file of ours has it, which a CRM may have kept.
                From::Cell(at) => said(cells.get(*at).unwrap_or_default()),
                From::Text(text) => text,
                From::Status => status,
                From::Substatus => substatus,
            });
        }
    }

    /// Learns from a row that is yet to be read how the file writes what can be read in two ways.
    pub(in crate::exchange) fn learn(&mut self, cells: &csv::StringRecord) {
        self.lay_out(cells);
        self.layout.learn(&self.row);
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it, by the names of the columns in the file.
    pub(in crate::exchange) fn record(
        &mut self,
        line: u64,
        cells: &csv::StringRecord,
        remarks: &mut Remarks,
    ) -> Result<Incoming, Complaints> {
        self.lay_out(cells);
        let read = self.layout.record(line, &self.row, remarks);
        // What an upload will want is looked for when there is one.
        remarks.gaps.clear();
        read.map_err(|complaints| complaints.into_iter().map(|complaint| self.as_called(complaint)).collect())
    }

    fn as_called(&self, complaint: Complaint) -> Complaint {
        let at = complaint.at.to_string();
        match self.called.iter().find(|(bulk, _)| *bulk == at) {
            Some((_, head)) => Complaint::new(head.as_str(), complaint.why),
            None => complaint,
        }
    }
}
