//! An import as the desk runs it: the file is opened here, the store takes its records, and both reports become one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::model::Imported;
use crate::domain::instant::Timestamp;
use crate::i18n::Sentences;
use crate::intake::{Intake, Manner, Told};
use crate::store::{ImportReport, Request, StoreError};

/// An import on its way through the store.
#[derive(Debug)]
pub struct Importing(Receiver<Told>);

impl Importing {
    /// Opens the file that was named and returns what the store is to be asked. Refused rows go beside the file, or where that cannot
    /// be into the folder `state`.
    ///
    /// # Errors
    /// What is to be shown where the file cannot be read.
    pub fn start(
        named: &str,
        state: PathBuf,
        now: Timestamp,
        sentences: &Arc<Sentences>,
    ) -> Result<(Self, Request), Box<Imported>> {
        let path = expanded(named);
        let manner = Manner::import(state);
        match Intake::open(&path, &manner, sentences) {
            Ok((intake, told)) => Ok((Self(told), Request::Import { sources: vec![Box::new(intake)], now })),
            Err(error) => {
                let failures = vec![sentences.file_error(&path, &error)];
                Err(Box::new(Imported { failures, ..Imported::default() }))
            }
        }
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
        for told in self.0.try_iter() {
            match told {
                Told::Refused { line, said } => imported.refused.push((line, said)),
                Told::Finished(report) => imported.files.push(*report),
            }
        }
        imported
    }
}

/// Returns a path with `~` as the home directory.
pub fn expanded(path: &str) -> PathBuf {
    match path.strip_prefix("~/").zip(directories::BaseDirs::new()) {
        Some((rest, dirs)) => dirs.home_dir().join(rest),
        None => Path::new(path).to_owned(),
    }
}
