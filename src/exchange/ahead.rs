//! Rows of a table that are read ahead, so that a file can settle by its first rows what a single cell leaves open.

use std::collections::VecDeque;

use super::error::FileError;
use super::refused::RowContent;
use super::table::Table;
use crate::domain::invalid::Complaint;

/// Most rows that are read ahead: a download has no more.
const ROWS: usize = 5_000;
/// Most bytes of them that are held.
const BYTES: usize = 16 << 20;

/// A table whose first rows were read ahead; the others follow as they stand in the file.
pub(super) struct Ahead {
    pub table: Table,
    rows: VecDeque<(u64, Row)>,
    /// What ended the reading ahead too early; it is told in its turn.
    failure: Option<FileError>,
    row: Option<Row>,
    /// What is wrong with how the row is written that was read from the file last.
    fault: Option<Complaint>,
}

/// A row that is held, and what is wrong with how it is written.
type Row = (csv::StringRecord, Option<Complaint>);

impl Ahead {
    /// Reads rows ahead and calls `learn` with each.
    pub(super) fn read(mut table: Table, mut learn: impl FnMut(&csv::StringRecord)) -> Self {
        let (mut rows, mut failure, mut bytes) = (VecDeque::new(), None, 0);
        while rows.len() < ROWS && bytes < BYTES {
            match table.next() {
                Ok(None) => break,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
                Ok(Some(line)) => {
                    let (row, fault) = (table.row().clone(), table.fault());
                    if fault.is_none() {
                        learn(&row);
                    }
                    bytes += row.as_slice().len();
                    rows.push_back((line, (row, fault)));
                }
            }
        }
        Self { table, rows, failure, row: None, fault: None }
    }

    /// Returns the line of the next row; `None` at the end.
    ///
    /// # Errors
    /// As [`Table::next`].
    pub(super) fn next(&mut self) -> Result<Option<u64>, FileError> {
        if let Some((line, row)) = self.rows.pop_front() {
            self.row = Some(row);
            return Ok(Some(line));
        }
        self.row = None;
        let next = self.failure.take().map_or_else(|| self.table.next(), Err);
        self.fault = self.table.fault();
        next
    }

    /// Returns the row that was read last.
    pub(super) fn row(&self) -> &csv::StringRecord {
        self.row.as_ref().map_or_else(|| self.table.row(), |(row, _)| row)
    }

    /// Returns what is wrong with how it is written, as [`Table::fault`].
    pub(super) fn fault(&self) -> Option<&Complaint> {
        self.row.as_ref().map_or(self.fault.as_ref(), |(_, fault)| fault.as_ref())
    }

    /// Returns it as a refusal has it.
    pub(super) fn content(&self) -> RowContent<'_> {
        RowContent::Table { header: &self.table.header, separator: self.table.separator, cells: self.row() }
    }
}
