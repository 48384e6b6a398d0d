//! Sentences about files of customers and solutions.

use std::path::Path;

use super::errors::Said;
use super::sentences::Sentences;
use crate::domain::invalid::{Complaint, Invalid};
use crate::domain::solution::Owner;
use crate::exchange::FileError;
use crate::store::ListedCustomer;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockKind {
    Customers,
    Solutions,
}

impl Sentences {
    /// Returns how many deals there are with a customer, and how many of them are open.
    pub fn customer_deals(&self, listed: &ListedCustomer) -> String {
        let number = |n: u64| self.number(n) + if listed.more { "+" } else { "" };
        match (listed.deals.len() as u64, listed.open) {
            (0, _) => self.customers_no_deals(),
            (deals, 0) => self.customers_deals(deals, number(deals)),
            (deals, open) => self.customers_open(deals, number(deals), number(open)),
        }
    }

    /// Says why a file of customers or solutions could not be taken over.
    pub fn stock_error(&self, kind: StockKind, path: &Path, error: &FileError) -> Said {
        let file = path.display().to_string();
        let hint = match kind {
            StockKind::Customers => self.stock_columns_customers(),
            StockKind::Solutions => self.stock_columns_solutions(),
        };
        match error {
            FileError::UnknownFormat { columns } => {
                Said::new("unknown-format", self.stock_unknown_format(columns.join(", "), file), hint)
            }
            FileError::MissingColumns(columns) => {
                Said::new("missing-columns", self.stock_missing_columns(columns.join(", "), file), hint)
            }
            other => self.file_error(path, other),
        }
    }

    /// Says what is wrong with a value of a solution, and what would be right.
    pub fn solution_complaint(&self, complaint: &Complaint) -> Said {
        let said = self.complaint(complaint);
        match (&complaint.why, said.field.as_deref().unwrap_or_default()) {
            (Invalid::Missing, "owner") => Said { hint: Some(self.invalid_not_one_of_hint(Owner::WORDS.join(", "))), ..said },
            (Invalid::Missing, "name") => Said { hint: Some(self.solution_name_hint()), ..said },
            _ => said,
        }
    }

    /// Says what is wrong with a cell, and what would be right.
    pub fn stock_complaint(&self, kind: StockKind, complaint: &Complaint) -> Said {
        let said = self.complaint(complaint);
        let example = match kind {
            StockKind::Customers => self.stock_missing_customers(),
            StockKind::Solutions => self.stock_missing_solutions(),
        };
        if complaint.why == Invalid::Missing { Said { hint: Some(example), ..said } } else { said }
    }
}
