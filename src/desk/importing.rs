//! An import as the desk runs it: the file is opened aside, the store takes its records, and both reports become one.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::model::{Imported, ToImport};
use crate::dispatch::registrations::RegistrationsIn;
use crate::domain::instant::Timestamp;
use crate::i18n::{Sentences, StockKind};
use crate::intake::leads::{LeadsIntake, LeadsOnDesk};
use crate::intake::offers::OffersOnDesk;
use crate::intake::stock::StockOnDesk;
use crate::intake::{FileError, Input, Intake, Manner, Neighbour, Reading, Told};
use crate::store::{ImportReport, OfLeads, OfOffers, OfRegistrations, Request, StoreError};

/// A file on its way to be read. It may be large, or a pipe that nobody writes to: whoever opens it must not wait.
pub struct Coming {
    opened: Receiver<Opened>,
    stop: Arc<AtomicBool>,
}

/// A file that can be read, or what is to be shown instead.
type Opened = Result<(Content, Receiver<Told>), Box<Imported>>;

/// What is in a file that can be read.
enum Content {
    Deals(Box<Intake>),
    Leads(Box<LeadsOnDesk>),
    Offers(Box<OffersOnDesk>),
    Stock(Box<StockOnDesk>),
    Registrations(Box<RegistrationsIn>),
}

impl Coming {
    /// Begins to open the file that was named, on a thread of its own. Refused rows go beside the file, or where that cannot be into the
    /// folder `state`.
    ///
    /// # Errors
    /// What is to be shown where the system has no room for a thread.
    pub fn start(named: ToImport, state: PathBuf, sentences: &Arc<Sentences>) -> Result<Self, Box<Imported>> {
        let ToImport { path, matches, is_answer, is_newest } = named;
        let (path, sentences) = (expanded(&path), Arc::clone(sentences));
        let reading = Reading::default();
        let stop = Arc::clone(&reading.stop);
        let (tell, opened) = mpsc::channel();
        let work = {
            let (path, sentences) = (path.clone(), Arc::clone(&sentences));
            move || {
                let manner = Manner { matches, is_answer, is_newest, ..Manner::import(state) };
                let opened = read(&path, reading, &manner, &sentences);
                // Nobody hears it once the desk was left.
                let _ = tell.send(opened.map_err(|unread| unread.said(&path, &sentences)));
            }
        };
        match thread::Builder::new().name("opening".into()).spawn(work) {
            Ok(_) => Ok(Self { opened, stop }),
            Err(error) => Err(failed(&path, &error.into(), &sentences)),
        }
    }

    /// Gives it up, within a tenth of a second.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Returns what has come of it, waiting for it at most so long; `None` while nothing has.
    pub fn done(
        &self,
        wait: Duration,
        now: Timestamp,
        sentences: &Sentences,
    ) -> Option<Result<(Importing, Request), Box<Imported>>> {
        let opened = match self.opened.recv_timeout(wait) {
            Ok(opened) => opened,
            Err(RecvTimeoutError::Timeout) => return None,
            Err(RecvTimeoutError::Disconnected) => {
                Err(failed(Path::new(""), &FileError::from(io::Error::from(io::ErrorKind::Other)), sentences))
            }
        };
        Some(opened.map(|(content, told)| {
            let importing = Importing { told, stop: Arc::clone(&self.stop) };
            let request = match content {
                Content::Deals(intake) => Request::Import { sources: vec![intake], now },
                Content::Leads(source) => Request::Leads(OfLeads::Take { source, now }),
                Content::Offers(source) => Request::Offers(OfOffers::Take { source, now }),
                Content::Stock(source) => Request::Stock(source),
                Content::Registrations(errand) => {
                    Request::Registrations(OfRegistrations::Run(Box::new(RegistrationsIn { now, ..*errand })))
                }
            };
            (importing, request)
        }))
    }
}

/// Opens a file of deals, customers or solutions, or reads one of leads or offers.
fn read(path: &Path, reading: Reading, manner: &Manner, sentences: &Arc<Sentences>) -> Result<(Content, Receiver<Told>), Unread> {
    let again = reading.clone();
    match Input::open(path, reading).and_then(|input| Intake::of(input, manner, sentences)) {
        Ok((intake, told)) => Ok((Content::Deals(Box::new(intake)), told)),
        Err(FileError::Neighbour(Neighbour::Leads)) => {
            let intake = LeadsIntake::read(Input::open(path, again)?, manner, sentences)?;
            let (_, told) = mpsc::channel();
            Ok((Content::Leads(Box::new(LeadsOnDesk { intake, sentences: Arc::clone(sentences) })), told))
        }
        Err(FileError::Neighbour(Neighbour::Offers)) => {
            let source = OffersOnDesk::read(Input::open(path, again)?, sentences)?;
            let (_, told) = mpsc::channel();
            Ok((Content::Offers(Box::new(source)), told))
        }
        Err(FileError::Neighbour(stock @ (Neighbour::Customers | Neighbour::Solutions))) => {
            let kind = if stock == Neighbour::Customers { StockKind::Customers } else { StockKind::Solutions };
            let opened = Input::open(path, again).and_then(|input| StockOnDesk::open(kind, input, manner, sentences));
            let source = opened.map_err(|error| Unread { error, kind: Some(kind) })?;
            let (_, told) = mpsc::channel();
            Ok((Content::Stock(Box::new(source)), told))
        }
        Err(FileError::Neighbour(Neighbour::Registrations)) => {
            let errand = RegistrationsIn::read(Input::open(path, again)?, sentences)?;
            let (_, told) = mpsc::channel();
            Ok((Content::Registrations(Box::new(errand)), told))
        }
        Err(error) => Err(error.into()),
    }
}

/// Why a file could not be read, and as what it was to be.
struct Unread {
    error: FileError,
    kind: Option<StockKind>,
}

impl From<FileError> for Unread {
    fn from(error: FileError) -> Self {
        Self { error, kind: None }
    }
}

impl Unread {
    fn said(&self, path: &Path, sentences: &Sentences) -> Box<Imported> {
        match self.kind {
            Some(kind) => {
                Box::new(Imported { failures: vec![sentences.stock_error(kind, path, &self.error)], ..Imported::default() })
            }
            None => failed(path, &self.error, sentences),
        }
    }
}

fn failed(path: &Path, error: &FileError, sentences: &Sentences) -> Box<Imported> {
    Box::new(Imported { failures: vec![sentences.file_error(path, error)], ..Imported::default() })
}

/// An import on its way through the store.
#[derive(Debug)]
pub struct Importing {
    told: Receiver<Told>,
    stop: Arc<AtomicBool>,
}

impl Importing {
    /// Reads no further, also where no row is taken by which the store would notice.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Puts together what the store made of the records and what the file told.
    pub fn finish(
        self,
        result: &Result<ImportReport, StoreError>,
        sentences: &Sentences,
        day: &dyn Fn(Timestamp) -> String,
    ) -> Imported {
        let mut imported = Imported::default();
        match result {
            Ok(report) => imported.report = report.clone(),
            Err(error) => imported.failures.push(sentences.store_error(error, day)),
        }
        for told in self.told.try_iter() {
            match told {
                Told::Refused { line, said } => imported.refused.push((line, said)),
                Told::Finished(report) => imported.files.push(*report),
            }
        }
        imported
    }
}

/// Returns a path as one types it: with the home directory as `~`.
pub fn shortened(path: &Path) -> String {
    directories::BaseDirs::new().map_or_else(|| path.display().to_string(), |dirs| shortened_in(path, dirs.home_dir()))
}

/// As [`shortened`], where that directory is `home`.
pub fn shortened_in(path: &Path, home: &Path) -> String {
    match path.strip_prefix(home) {
        Ok(rest) if cfg!(unix) => format!("~/{}", rest.display()),
        _ => path.display().to_string(),
    }
}

/// Returns a path with `~` as the home directory.
pub fn expanded(path: &str) -> PathBuf {
    match path.strip_prefix("~/").zip(directories::BaseDirs::new()) {
        Some((rest, dirs)) => dirs.home_dir().join(rest),
        None => Path::new(path).to_owned(),
    }
}
