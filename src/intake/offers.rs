//! A file of offers as desk and command take it: what its rows make of the offers there are, and what is to be said of it.

use std::path::PathBuf;
use std::sync::Arc;

use super::{SHOWN_ROWS, aside_said, reasons};
use crate::exchange::offers::{self, OfferFile};
use crate::exchange::{FileError, Input};
use crate::i18n::{Said, Sentences};
use crate::store::{KeptOffer, OfferChange, OfferSource, OffersPut};

/// Returns what the rows make of offers; those that make none are refused.
pub fn changes(file: &mut OfferFile, there: &[KeptOffer]) -> Vec<OfferChange> {
    let mut changes = Vec::new();
    for row in &file.rows {
        let key = crate::domain::fold::fold(row.name.as_str());
        let seen = there.iter().find(|kept| kept.offer.key() == key);
        match (row.on(seen.map(|kept| &kept.offer)), seen) {
            (Ok(offer), Some(seen)) => changes.push(OfferChange::Change { seen: Box::new(seen.clone()), offer }),
            (Ok(offer), None) => changes.push(OfferChange::Put(offer)),
            (Err(complaints), _) => file.refused.push((row.line, complaints)),
        }
    }
    file.refused.sort_by_key(|(line, _)| *line);
    changes
}

/// A file of offers on its way to the store from the desk.
pub struct OffersOnDesk {
    file: OfferFile,
    path: PathBuf,
    sentences: Arc<Sentences>,
}

impl OffersOnDesk {
    /// Reads a file of offers.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read, or is none of offers.
    pub fn read(input: Input, sentences: &Arc<Sentences>) -> Result<Self, FileError> {
        let path = input.path().to_owned();
        Ok(Self { file: offers::read(input)?, path, sentences: Arc::clone(sentences) })
    }
}

impl OfferSource for OffersOnDesk {
    fn changes(&mut self, there: &[KeptOffer]) -> Vec<OfferChange> {
        changes(&mut self.file, there)
    }

    fn finish(self: Box<Self>, put: Option<&OffersPut>) -> Vec<String> {
        let Some(put) = put else { return Vec::new() };
        let (s, file) = (&self.sentences, &self.file);
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut said = vec![s.import_done(put.changed, name, put.new, put.unchanged)];
        said.extend((!file.unknown_columns.is_empty()).then(|| s.stock_columns(file.unknown_columns.join(", "))));
        said.extend(aside_said(&file.aside, s));
        if !file.refused.is_empty() {
            said.push(s.import_refused(file.refused.len() as u64));
            said.extend(file.refused.iter().take(SHOWN_ROWS).map(|(line, all)| {
                let all: Vec<Said> = all.iter().map(|one| s.complaint(one)).collect();
                s.import_refused_row(line.to_string(), reasons(&all))
            }));
        }
        said
    }
}
