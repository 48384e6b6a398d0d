//! The report of a file that is taken over whole, as those of rates and of offers are: what became of its lines, and which were refused.

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Context;
use super::import::{file_name, said_json};
use crate::domain::invalid::Complaints;
use crate::exchange::{Aside, FileError};
use crate::i18n::{Said, Sentences};
use crate::intake::{aside_said, reasons};
use crate::store::Mode;

/// What became of a file.
pub(super) struct Taken<'a> {
    pub path: &'a Path,
    pub mode: Mode,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Lines that were refused, with every reason.
    pub refused: &'a [(u64, Complaints)],
    pub unknown_columns: &'a [String],
    pub aside: &'a Aside,
}

impl Taken<'_> {
    fn refused(&self, s: &Sentences) -> Vec<(u64, Vec<Said>)> {
        self.refused.iter().map(|(line, all)| (*line, all.iter().map(|one| s.complaint(one)).collect())).collect()
    }

    /// Returns it for programs.
    pub(super) fn json(&self, s: &Sentences) -> Value {
        let refused = self.refused(s);
        let mut value = json!({
            "dryRun": self.mode == Mode::DryRun,
            "file": self.path,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": refused.len(),
            "refusedRows": refused_rows(&refused),
            "unknownColumns": self.unknown_columns,
        });
        super::reading::add_aside(&mut value, self.aside);
        value
    }

    /// Tells it in lines; `remarks` are what is to be said of such a file alone.
    pub(super) fn tell(&self, context: &mut Context<'_>, remarks: impl IntoIterator<Item = String>) -> io::Result<()> {
        let s = Arc::clone(&context.sentences);
        let name = file_name(self.path);
        context.output.line(&match self.mode {
            Mode::Import => s.import_done(self.changed, name, self.new, self.unchanged),
            Mode::DryRun => s.import_done_dry(self.changed, name, self.new, self.unchanged),
        })?;
        let unknown = (!self.unknown_columns.is_empty()).then(|| s.stock_columns(self.unknown_columns.join(", ")));
        for line in remarks.into_iter().chain(unknown).chain(aside_said(self.aside, &s)) {
            context.output.line(&format!("  {line}"))?;
        }
        if !self.refused.is_empty() {
            context.output.remark(&format!("  {}", s.import_refused(self.refused.len() as u64)))?;
        }
        // They stand in no other file: here is the only place.
        for (line, said) in self.refused(&s) {
            context.output.remark(&format!("    {}", s.import_refused_row(line.to_string(), reasons(&said))))?;
        }
        Ok(())
    }
}

/// Returns refused lines for programs.
pub(super) fn refused_rows(refused: &[(u64, Vec<Said>)]) -> Vec<Value> {
    let row = |(line, said): &(u64, Vec<Said>)| json!({ "line": line, "errors": said.iter().map(said_json).collect::<Vec<_>>() });
    refused.iter().map(row).collect()
}

/// Says why nothing of a file was taken; `columns` says which it wants.
pub(super) fn unread(s: &Sentences, path: &Path, error: &FileError, columns: String) -> Said {
    let file = path.display().to_string();
    match error {
        FileError::UnknownFormat { columns: found } => {
            Said::new("unknown-format", s.stock_unknown_format(found.join(", "), file), columns)
        }
        FileError::MissingColumns(missing) => {
            Said::new("missing-columns", s.stock_missing_columns(missing.join(", "), file), columns)
        }
        other => s.file_error(path, other),
    }
}
