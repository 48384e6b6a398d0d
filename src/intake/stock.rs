//! A file of customers or solutions as the store takes it: reader, refused rows in words and the file beside it.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use super::{Manner, RefusedFile, SHOWN_ROWS, Told, Words, aside_said, reasons};
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::spellings::Spellings;
use crate::exchange::directory::{self, StockFile, Terms};
use crate::exchange::{Aside, FileError, Input};
use crate::i18n::{Said, Sentences, StockKind};
use crate::store::{Entries, Mode, StockSource, Stocked, Store, StoreError};

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

/// A file of customers or solutions on its way to the store from the desk.
pub struct StockOnDesk {
    file: Stock,
    told: Receiver<Told>,
    sentences: Arc<Sentences>,
}

/// What a file holds.
enum Stock {
    Customers(Stocktake<KnownCustomer>),
    Solutions(Stocktake<KnownSolution>),
}

impl StockOnDesk {
    /// Opens a file of customers or solutions.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read.
    pub fn open(kind: StockKind, input: Input, manner: &Manner, sentences: &Arc<Sentences>) -> Result<Self, FileError> {
        let sentences = Arc::clone(sentences);
        let (file, told) = match kind {
            StockKind::Customers => {
                let (file, told) = Stocktake::customers(input, Terms::default(), manner, &sentences)?;
                (Stock::Customers(file), told)
            }
            StockKind::Solutions => {
                let (file, told) = Stocktake::solutions(input, manner, &sentences)?;
                (Stock::Solutions(file), told)
            }
        };
        Ok(Self { file, told, sentences })
    }
}

impl StockSource for StockOnDesk {
    fn take(&mut self, store: &mut Store, told: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Stocked, StoreError> {
        match &mut self.file {
            Stock::Customers(file) => store.import_customers(file, Mode::Import, &mut |_, _, _| told()),
            Stock::Solutions(file) => store.import_solutions(file, Mode::Import, &mut |_, _, _| told()),
        }
    }

    fn finish(self: Box<Self>, stocked: Option<&Stocked>) -> Vec<String> {
        let Some(stocked) = stocked else { return Vec::new() };
        match &self.file {
            Stock::Customers(file) => file.said_on_desk(stocked, &self.told, &self.sentences),
            Stock::Solutions(file) => file.said_on_desk(stocked, &self.told, &self.sentences),
        }
    }
}

impl<E> Stocktake<E> {
    /// Says what became of the file, or why it broke off.
    fn said_on_desk(&self, stocked: &Stocked, told: &Receiver<Told>, s: &Sentences) -> Vec<String> {
        if let Some(said) = self.failure(s) {
            return vec![said.whole()];
        }
        let name = self.file.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Stocked { new, changed, unchanged, .. } = *stocked;
        let mut said = vec![match self.kind {
            StockKind::Customers => s.stock_taken_customers(changed, name, new, unchanged),
            StockKind::Solutions => s.stock_taken_solutions(changed, name, new, unchanged),
        }];
        if new + changed > 0 {
            said.push(s.stock_taken_stays());
        }
        said.extend(self.remarks(s));
        if self.refused() > 0 {
            said.push(s.import_refused(self.refused()));
            let rows = told.try_iter().filter_map(|told| match told {
                Told::Refused { line, said } => Some(s.import_refused_row(line.to_string(), reasons(&said))),
                Told::Finished(_) => None,
            });
            said.extend(rows.take(SHOWN_ROWS));
            said.extend(self.refused_file.said(s));
        }
        said
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

    fn name(&self) -> Option<String> {
        self.file.path().file_name().map(|name| name.to_string_lossy().into_owned())
    }

    fn finish(&mut self, taken: bool) {
        let any = self.file.refused() > 0;
        self.refused_file = self.file.listener().finish(taken, any.then_some(true));
    }
}
