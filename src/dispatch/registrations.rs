//! Registrations on their way out and their answers on the way in, for desk and commands: which make rows of a file, which stay and why, the
//! file, which counts as written only once it is there, and what Partner Center said of each; how a row reads is `exchange/registrations.rs`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::date::{Date, Moment};
use crate::domain::instant::Timestamp;
use crate::domain::programme::registration::judge::Grounds;
use crate::domain::programme::registration::{Answer, Answered, Next, RegistrationStays, Written};
use crate::domain::programme::ruling::Ruling;
use crate::domain::text::Line;
use crate::exchange::registrations::{ROWS_MAX, RegistrationRow, read, row, write};
use crate::exchange::{FileError, Input};
use crate::i18n::Sentences;
use crate::private;
use crate::store::{KeptRegistration, RegistrationErrand, Store, StoreError};

/// How the file is called, before the day.
const STEM: &str = "cosell-registrations";

/// What the next file would hold.
#[derive(Debug, Default)]
pub struct Ready {
    pub kept: Vec<KeptRegistration>,
    pub rows: Vec<Vec<String>>,
    pub left: Vec<(KeptRegistration, RegistrationStays)>,
}

/// Why no file was written.
#[derive(Debug)]
pub enum Unwritten {
    File(String),
    Store(StoreError),
}

impl Ready {
    /// Finds out what a file of all that is ready holds, and what stays here and why.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn of(store: &Store, grounds: &Grounds, now: Moment) -> Result<Self, StoreError> {
        let mut ready = Self::default();
        for one in store.registrations()? {
            if !matches!(one.registration.next(), Next::Write | Next::ByHand) {
                continue;
            }
            let why = match (one.stays(grounds, now.now), &one.deal.referral_id) {
                (Some(why), _) => why,
                (None, None) => RegistrationStays::NoReferral,
                (None, _) if ready.rows.len() == ROWS_MAX => RegistrationStays::OverMost,
                (None, Some(referral)) => {
                    ready.rows.push(row(referral, &one.registration));
                    ready.kept.push(one);
                    continue;
                }
            };
            ready.left.push((one, why));
        }
        Ok(ready)
    }

    /// Writes the file under the first number that nothing there has, and notes it: both or neither.
    ///
    /// # Errors
    /// [`Unwritten`]: then there is no file, and nothing counts as written.
    pub fn write(&self, store: &mut Store, folder: &Path, now: Moment) -> Result<PathBuf, Unwritten> {
        let failed = |detail: String| Unwritten::File(detail);
        let stem = format!("{STEM}-{}", *now.today);
        let names = (1..10_000).map(|number| folder.join(format!("{stem}-{number}.csv")));
        let path = names.into_iter().find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| folder.to_owned());
        let file = write(&path, &self.rows).map_err(|error| failed(error.to_string()))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = Line::parse(&name).map_err(|why| failed(why.to_string()))?;
        let written = Written { at: now.now, file: name };
        let mut is_there = false;
        let keep = || {
            let kept = file.keep();
            is_there = kept.is_ok();
            kept
        };
        let noted = store.note_registrations(&self.kept, &written, keep);
        if is_there && noted.is_err() {
            // What is not noted was not written: nobody is to upload it.
            let _ = std::fs::remove_file(&path);
        }
        noted.map_err(Unwritten::Store)?.map_err(|error| failed(error.to_string()))?;
        Ok(path)
    }
}

/// The file as the desk asks for it; a folder that was named and is not there is made in one that is.
pub struct RegistrationsOut {
    pub folder: PathBuf,
    pub ruling: Arc<Ruling>,
    pub now: Moment,
    pub sentences: Arc<Sentences>,
}

impl RegistrationErrand for RegistrationsOut {
    fn run(self: Box<Self>, store: &mut Store) -> Result<Vec<String>, (Vec<String>, Option<StoreError>)> {
        let s = &self.sentences;
        let broken = |error| (Vec::new(), Some(error));
        let grounds = store.grounds(Arc::clone(&self.ruling), self.now.now).map_err(broken)?;
        let ready = Ready::of(store, &grounds, self.now).map_err(broken)?;
        let left = |(one, why): &(KeptRegistration, RegistrationStays)| {
            s.registrations_left(
                one.deal.numbered(),
                s.registration_stays(*why, &one.registration, (&one.deal, one.win_in.as_deref())),
            )
        };
        if ready.rows.is_empty() {
            return Ok(std::iter::once(s.registrations_write_none()).chain(ready.left.iter().map(left)).collect());
        }
        let made = private::folder_in(&self.folder).map_err(|error| Unwritten::File(error.to_string()));
        let written = made.and_then(|made| Ok((made, ready.write(store, &self.folder, self.now)?)));
        let (made, path) = written.map_err(|why| match why {
            Unwritten::File(detail) => (vec![s.registrations_file_failed(detail), s.registrations_file_failed_hint()], None),
            Unwritten::Store(error) => (Vec::new(), Some(error)),
        })?;
        let made = made.then(|| s.place_made(self.folder.display().to_string()));
        let said = [s.registrations_written(path.display().to_string(), ready.rows.len() as u64), s.registrations_upload_it()];
        Ok(made.into_iter().chain(said).chain(ready.left.iter().map(left)).collect())
    }
}

/// An answer of Partner Center as the desk takes it, row by row.
pub struct RegistrationsIn {
    pub file: String,
    pub answers: Vec<(String, Answer)>,
    /// What is wrong with the rows that cannot be read, in words.
    pub wrong: Vec<String>,
    pub now: Timestamp,
    pub sentences: Arc<Sentences>,
}

impl RegistrationsIn {
    /// Reads the answer of Partner Center, or its download of registrations.
    ///
    /// # Errors
    /// [`FileError`] when the file as a whole cannot be read.
    pub fn read(input: Input, sentences: &Arc<Sentences>) -> Result<Self, FileError> {
        let file = input.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // All days of such a file have their year.
        let now = Timestamp::from_micros(0);
        let (mut answers, mut wrong) = (Vec::new(), Vec::new());
        for RegistrationRow { line, said } in read(input, Date::in_utc(now))? {
            match said {
                Ok(answer) => answers.push(answer),
                Err(complaints) => {
                    let said = complaints.iter().map(|one| sentences.complaint(one).whole()).collect::<Vec<_>>();
                    wrong.push(sentences.registrations_read_row(line.to_string(), said.join(" ")));
                }
            }
        }
        Ok(Self { file, answers, wrong, now, sentences: Arc::clone(sentences) })
    }
}

impl RegistrationErrand for RegistrationsIn {
    fn run(self: Box<Self>, store: &mut Store) -> Result<Vec<String>, (Vec<String>, Option<StoreError>)> {
        let s = &self.sentences;
        let told = store.answer_registrations(&self.answers, Date::in_utc(self.now), self.now, true);
        let told = told.map_err(|error| (Vec::new(), Some(error)))?;
        let count = |of: Option<Answered>| told.iter().filter(|one| one.map(|(_, became)| became) == of).count() as u64;
        let (changed, refused) = (count(Some(Answered::Taken)), count(Some(Answered::Refused)));
        let (unchanged, older, unknown) = (count(Some(Answered::Unchanged)), count(Some(Answered::Older)), count(None));
        let mut said = vec![s.registrations_read(changed, &self.file, older, refused, unchanged, unknown)];
        for ((_, answer), heard) in self.answers.iter().zip(&told) {
            let Some((id, Answered::Refused)) = heard else { continue };
            let why = s.registrations_refused(answer.errors.as_ref().map_or("", |errors| errors.as_str()));
            said.push(s.registrations_answer(format!("#{id}"), why));
        }
        said.extend(self.wrong);
        said.extend((unknown > 0).then(|| s.registrations_unknown_hint()));
        Ok(said)
    }
}
