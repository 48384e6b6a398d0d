//! A file of customers or solutions as the store takes it: reader, refused rows in words and the file beside it.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use super::{Manner, RefusedFile, Told, Words, aside_said};
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::spellings::Spellings;
use crate::exchange::directory::{self, StockFile, Terms};
use crate::exchange::{Aside, FileError, Input};
use crate::i18n::{Said, Sentences, StockKind};
use crate::store::Entries;

/// An open file on its way into directory or catalogue.
pub struct Stocktake<E> {
    file: StockFile<E, Words>,
    kind: StockKind,
    spellings: Spellings,
    see: fn(&mut Spellings, &E),
    refused_file: RefusedFile,
}

impl Stocktake<KnownCustomer> {
    /// Opens a file of customers. A dry run tells every refused row and writes none; the tab of `manner` says nothing here.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read.
    pub fn customers(
        input: Input,
        terms: Terms,
        manner: &Manner,
        sentences: &Arc<Sentences>,
    ) -> Result<(Self, Receiver<Told>), FileError> {
        let (words, told) = words(input.path(), StockKind::Customers, manner, sentences);
        let file = directory::customers(input, terms, words)?;
        let see = |spellings: &mut Spellings, entry: &KnownCustomer| spellings.see(&entry.name, &entry.address, entry.duns);
        let refused_file = RefusedFile::None;
        Ok((Self { file, kind: StockKind::Customers, spellings: Spellings::default(), see, refused_file }, told))
    }
}

impl Stocktake<KnownSolution> {
    /// Opens a file of solutions, as [`Stocktake::customers`].
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read.
    pub fn solutions(input: Input, manner: &Manner, sentences: &Arc<Sentences>) -> Result<(Self, Receiver<Told>), FileError> {
        let (words, told) = words(input.path(), StockKind::Solutions, manner, sentences);
        let file = directory::solutions(input, words)?;
        let refused_file = RefusedFile::None;
        Ok((Self { file, kind: StockKind::Solutions, spellings: Spellings::default(), see: |_, _| {}, refused_file }, told))
    }
}

fn words(path: &Path, kind: StockKind, manner: &Manner, sentences: &Arc<Sentences>) -> (Words, Receiver<Told>) {
    let (tell, told) = mpsc::channel();
    (Words::new(path, Some(kind), manner, sentences, tell), told)
}

impl<E> Stocktake<E> {
    /// Returns how many rows were refused.
    pub const fn refused(&self) -> u64 {
        self.file.refused()
    }

    /// Returns what is to be told of how the file was read.
    pub fn aside(&self) -> Aside {
        self.file.aside()
    }

    pub fn unknown_columns(&self) -> Vec<String> {
        self.file.unknown_columns()
    }

    /// Returns what became of the refused rows.
    pub const fn refused_file(&self) -> &RefusedFile {
        &self.refused_file
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
        lines.into_iter().flatten().chain(aside_said(&self.aside(), s)).collect()
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
        let any = self.file.refused() > 0;
        self.refused_file = self.file.listener().finish(taken, any.then_some(true));
    }
}
