//! A file of leads as desk and commands take it: reader, refused rows in words and the file beside it.

use std::sync::Arc;
use std::sync::mpsc;

use super::{Manner, RefusedFile, SHOWN_ROWS, Told, Words, aside_said, reasons};
use crate::domain::lead::Lead;
use crate::exchange::leads::{self, LeadsFile};
use crate::exchange::{FileError, Input};
use crate::i18n::{Said, Sentences};
use crate::store::{LeadRow, LeadSource, LeadVerdict, LeadsTaken};

/// A file of leads that was read.
pub struct LeadsIntake {
    pub file: LeadsFile,
    /// The refused rows by their lines, each with all that is wrong with it.
    pub refused: Vec<(u64, Vec<Said>)>,
    words: Words,
}

/// The same on its way to the store from the desk.
pub struct LeadsOnDesk {
    pub intake: LeadsIntake,
    pub sentences: Arc<Sentences>,
}

/// How many rows became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeadsCounts {
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub older: u64,
    pub conflicts: u64,
}

impl LeadsCounts {
    /// Counts the rows of a file; one that is older changed nothing, and a conflict is a change.
    pub fn of(rows: &[LeadRow]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            match &row.verdict {
                LeadVerdict::New => counts.new += 1,
                LeadVerdict::Changed(heard) => {
                    counts.changed += 1;
                    counts.conflicts += u64::from(!heard.clashes.is_empty());
                }
                LeadVerdict::Unchanged => counts.unchanged += 1,
                LeadVerdict::Older => counts.older += 1,
            }
        }
        counts
    }
}

impl LeadSource for LeadsOnDesk {
    fn rows(&self) -> &[(u64, Lead)] {
        &self.intake.file.leads
    }

    fn finish(mut self: Box<Self>, taken: Option<&LeadsTaken>) -> Vec<String> {
        let refused_file = self.intake.finish(taken.is_some());
        let Some(taken) = taken else { return Vec::new() };
        let s = Arc::clone(&self.sentences);
        let counts = LeadsCounts::of(&taken.rows);
        let name = self.intake.file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut said = vec![s.import_done(counts.changed, name, counts.new, counts.unchanged)];
        said.extend(self.intake.remarks(taken, &s));
        if self.intake.file.refused > 0 {
            said.push(s.import_refused(self.intake.file.refused));
            let rows = self.intake.refused.iter().take(SHOWN_ROWS);
            said.extend(rows.map(|(line, all)| s.import_refused_row(line.to_string(), reasons(all))));
            said.extend(refused_file.said(&s));
        }
        said
    }
}

impl LeadsIntake {
    /// Reads a file of leads. A dry run tells every refused row and writes none.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read, or is none of leads.
    pub fn read(input: Input, manner: &Manner, sentences: &Arc<Sentences>) -> Result<Self, FileError> {
        let (tell, told) = mpsc::channel();
        let mut words = Words::new(input.path(), None, manner, sentences, tell);
        let file = leads::read(input, &mut words)?;
        let refused = told.try_iter().filter_map(|told| match told {
            Told::Refused { line, said } => Some((line, said)),
            Told::Finished(_) => None,
        });
        Ok(Self { file, refused: refused.collect(), words })
    }

    /// Ends the file of refused rows, once the others were taken or not.
    pub fn finish(&mut self, taken: bool) -> RefusedFile {
        let any = self.file.refused > 0;
        self.words.finish(taken, any.then_some(true))
    }

    /// Returns what is to be said of the file besides how many rows became what.
    pub fn remarks(&self, taken: &LeadsTaken, s: &Sentences) -> Vec<String> {
        let file = &self.file;
        let lines = [
            super::cleaned_said(file.cleaned, s),
            (file.open_dates > 0).then(|| s.import_open_dates(file.open_dates)),
            (!file.unknown.is_empty()).then(|| s.import_columns(file.unknown.join(", "))),
        ];
        let told = s.leads_remarks(file.kind, &taken.rows).into_iter();
        told.chain(lines.into_iter().flatten()).chain(aside_said(&file.aside, s)).collect()
    }
}
