//! A file of customers or solutions as the store takes it: reader, refused rows in words and the file beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use super::{Told, Words, refused_file_said};
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::spellings::Spellings;
use crate::exchange::directory::{self, StockFile, Terms};
use crate::exchange::{FileError, RefusedWriter};
use crate::i18n::{Said, Sentences, StockKind};
use crate::store::{Entries, Mode};

/// An open file on its way into directory or catalogue.
pub struct Stocktake<E> {
    file: StockFile<E, Words>,
    kind: StockKind,
    spellings: Spellings,
    see: fn(&mut Spellings, &E),
    refused_file: Option<Result<PathBuf, (PathBuf, String)>>,
}

impl Stocktake<KnownCustomer> {
    /// Opens a file of customers. A dry run tells every refused row and writes none; an import tells the first few and writes all.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read.
    pub fn customers(
        path: &Path,
        terms: Terms,
        mode: Mode,
        sentences: &Arc<Sentences>,
    ) -> Result<(Self, Receiver<Told>), FileError> {
        let (words, told) = words(path, StockKind::Customers, mode, sentences);
        Ok((
            Self {
                file: directory::customers(path, terms, words)?,
                kind: StockKind::Customers,
                spellings: Spellings::default(),
                see: |spellings, entry| spellings.see(&entry.name, &entry.address, entry.duns),
                refused_file: None,
            },
            told,
        ))
    }
}

impl Stocktake<KnownSolution> {
    /// Opens a file of solutions, as [`Stocktake::customers`].
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read.
    pub fn solutions(path: &Path, mode: Mode, sentences: &Arc<Sentences>) -> Result<(Self, Receiver<Told>), FileError> {
        let (words, told) = words(path, StockKind::Solutions, mode, sentences);
        Ok((
            Self {
                file: directory::solutions(path, words)?,
                kind: StockKind::Solutions,
                spellings: Spellings::default(),
                see: |_, _| {},
                refused_file: None,
            },
            told,
        ))
    }
}

fn words(path: &Path, kind: StockKind, mode: Mode, sentences: &Arc<Sentences>) -> (Words, Receiver<Told>) {
    let (tell, told) = mpsc::channel();
    (Words::new(path, Some(kind), mode, sentences, tell), told)
}

impl<E> Stocktake<E> {
    /// Returns how many rows were refused.
    pub const fn refused(&self) -> u64 {
        self.file.refused()
    }

    pub fn unknown_columns(&self) -> Vec<String> {
        self.file.unknown_columns()
    }

    /// Returns where the refused rows were written, if they were.
    pub fn refused_file(&self) -> Option<&Path> {
        self.refused_file.as_ref().and_then(|written| written.as_deref().ok())
    }

    /// Says where the refused rows were written, or that they could not be.
    pub fn refused_file_said(&self, s: &Sentences) -> Option<String> {
        refused_file_said(self.refused_file.as_ref(), s)
    }

    /// Says why the file broke off, if it did.
    pub fn failure(&self, s: &Sentences) -> Option<Said> {
        self.file.failure().map(|failure| s.stock_error(self.kind, self.file.path(), failure))
    }

    /// Returns what is to be said of the file besides what became of its rows.
    pub fn remarks(&self, s: &Sentences) -> Vec<String> {
        let unknown = self.unknown_columns();
        let lines = [
            super::cleaned_said(self.file.cleaned(), s),
            super::spellings_said(&self.spellings, s),
            (!unknown.is_empty()).then(|| s.stock_columns(unknown.join(", "))),
        ];
        lines.into_iter().flatten().collect()
    }
}

impl<E> Entries<E> for Stocktake<E> {
    fn next_entry(&mut self) -> Option<(u64, E)> {
        let (line, entry) = self.file.next_valid()?;
        (self.see)(&mut self.spellings, &entry);
        Some((line, entry))
    }

    fn is_whole(&self) -> bool {
        self.file.failure().is_none()
    }

    fn finish(&mut self, taken: bool) {
        let Some(writer) = self.file.listener().writer.take() else { return };
        if !taken {
            return RefusedWriter::discard(writer);
        }
        self.refused_file = writer.finish().map_err(|(path, error)| (path, error.to_string())).transpose();
    }
}
