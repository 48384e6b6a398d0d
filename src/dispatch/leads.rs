//! Leads on their way out: everything that waits goes into files, which count as written only once they are there; for desk and commands.

use std::io;
use std::path::{Path, PathBuf};

use super::UploadFormat;
use crate::domain::date::{Date, Moment};
use crate::domain::lead::{Lead, LeadStays};
use crate::exchange::leads;
use crate::private;
use crate::store::{Errand, Store, Unwritten, Written};

/// How the files are called, before the day.
const STEM: &str = "cosell-leads";

/// All leads that wait, written as the desk asks for them; a folder that was named and is not there is made in one that is.
pub struct LeadsOutgoing {
    pub folder: PathBuf,
    pub now: Moment,
}

impl Errand for LeadsOutgoing {
    fn run(self: Box<Self>, store: &mut Store) -> Result<Written, Unwritten> {
        let any = store.leads().map_err(Unwritten::Store)?.iter().any(|lead| lead.waits().is_ok());
        let made = any && private::folder_in(&self.folder).map_err(Unwritten::File)?;
        let written = write(store, &self.folder, UploadFormat::Csv, self.now)?;
        Ok(Written { made: made.then_some(self.folder), ..written })
    }
}

fn stem(today: Date) -> String {
    format!("{STEM}-{today}")
}

/// Returns how the first file of a day is called, where its folder has none of that name yet.
pub fn first_name(today: Date) -> String {
    format!("{}-1.{}", stem(today), UploadFormat::Csv.ending())
}

/// Writes everything that waits into a folder and notes it in the store, both or neither (MG-83). Returns the files with how many rows
/// each holds, and how many leads stay as both sides changed them.
///
/// # Errors
/// [`Unwritten`]: no file is there then.
pub fn write(store: &mut Store, folder: &Path, format: UploadFormat, now: Moment) -> Result<Written, Unwritten> {
    let all = store.leads().map_err(Unwritten::Store)?;
    let left = all.iter().filter(|lead| lead.waits() == Err(LeadStays::Clash)).count();
    let waiting: Vec<Lead> = all.into_iter().filter(|lead| lead.waits().is_ok()).collect();
    let stem = stem(*now.today);
    let files = leads::write(folder, &stem, &waiting, format, now.now).map_err(Unwritten::File)?;
    let mut noted = Vec::new();
    for file in &files {
        let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let of = waiting.iter().filter(|lead| file.ids.contains(&lead.id));
        noted.extend(of.map(|lead| (lead.clone(), name.clone())));
    }
    let (mut files, mut kept, mut failure) = (files.into_iter(), Vec::new(), None);
    let done = store.note_leads_written(&noted, *now.today, now.now, &mut || {
        for file in files.by_ref() {
            let rows = file.ids.len();
            match file.keep() {
                Ok(path) => kept.push((path, rows)),
                Err(error) => failure = Some(error),
            }
        }
        failure.is_none()
    });
    if let (Ok(true), None) = (&done, &failure) {
        return Ok(Written { files: kept, left, ..Written::default() });
    }
    // What is not noted was not written: nobody is to upload it.
    for (path, _) in &kept {
        let _ = std::fs::remove_file(path);
    }
    match (done, failure) {
        (Err(error), _) => Err(Unwritten::Store(error)),
        (Ok(_), failure) => Err(Unwritten::File(failure.unwrap_or_else(|| io::ErrorKind::Other.into()))),
    }
}
