//! Rows of a table that are read ahead, so that a file can settle by its first rows what a single cell leaves open.

use std::collections::VecDeque;

use super::error::FileError;
use super::refused::RowContent;
use super::table::{Faults, Table};

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
}

/// A row that is held, and what is wrong with how it is written.
type Row = (csv::StringRecord, Faults);

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
                    let (row, faults) = (table.row().clone(), table.faults());
                    if !faults.any() {
                        learn(&row);
                    }
                    bytes += row.as_slice().len();
                    rows.push_back((line, (row, faults)));
                }
            }
        }
        Self { table, rows, failure, row: None }
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
        self.failure.take().map_or_else(|| self.table.next(), Err)
    }

    /// Returns the row that was read last.
    pub(super) fn row(&self) -> &csv::StringRecord {
        self.row.as_ref().map_or_else(|| self.table.row(), |(row, _)| row)
    }

    /// Returns what is wrong with how it is written, as [`Table::faults`].
    pub(super) fn faults(&self) -> Faults {
        self.row.as_ref().map_or_else(|| self.table.faults(), |(_, faults)| faults.clone())
    }

    /// Returns it as a refusal has it.
    pub(super) fn content(&self) -> RowContent<'_> {
        RowContent::Table { header: &self.table.header, separator: self.table.separator, cells: self.row() }
    }
}
