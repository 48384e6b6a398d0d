//! Copies of the whole database while others use it: each as everything stood at one moment, looked through, and put in its place whole
//! or not at all. Which are made by themselves is `dated`; how one takes the place of the database is `restore`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::backup::{Backup as Pages, StepResult};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::error::{Doing, StoreError, While};
use super::health;
use super::open::{LOG, Store, alone, check_file, file_error, with_suffix};
use super::past::in_one_look;
use super::place::identity;
use super::schema;
use crate::domain::instant::Timestamp;
use crate::private::Unborn;

/// What a database holds, by which one is told from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holds {
    pub deals: u64,
    pub steps: u64,
    /// When the last step was made.
    pub last: Option<Timestamp>,
    /// Which of the schemas it has.
    pub version: i64,
}

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    pub bytes: u64,
    pub holds: Holds,
}

/// How closely a copy is looked at before it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Not at all: what is damaged is to be kept as it is.
    None,
    /// Its pages, and what it holds.
    Pages,
    /// Its indexes and references, too.
    Thorough,
}

/// Ends a copy that is being made, from another thread.
pub(super) type Stop = Arc<AtomicBool>;

impl Holds {
    pub(super) fn of(connection: &Connection) -> Result<Self, StoreError> {
        let count = |table: &str| connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).reading();
        let last = "SELECT at FROM step ORDER BY id DESC LIMIT 1";
        let last: Option<i64> = connection.query_row(last, [], |row| row.get(0)).optional().reading()?;
        Ok(Self {
            deals: count("opportunity")?,
            steps: count("step")?,
            last: last.map(Timestamp::from_micros),
            version: schema::label(connection).reading()?.version,
        })
    }
}

/// Copies all that a connection sees at one moment into an empty file, and returns what that holds. Others go on writing meanwhile:
/// what they write is not in it.
pub(super) fn copy(source: &Connection, to: &Path, stop: &AtomicBool) -> Result<Holds, StoreError> {
    in_one_look(source, || {
        // Reading is what the look begins with.
        let holds = Holds::of(source)?;
        copy_pages(source, to, stop)?;
        Ok(holds)
    })
}

fn copy_pages(source: &Connection, to: &Path, stop: &AtomicBool) -> Result<(), StoreError> {
    /// Pages that are copied between two looks whether to stop.
    const PIECE: i32 = 1_024;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut target = Connection::open_with_flags(to, flags).writing()?;
    // A copy that is not whole is thrown away: there is nothing to go back to, and it is brought to the disk once it is.
    target.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF").writing()?;
    let pages = Pages::new(source, &mut target).writing()?;
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err(StoreError::Stopped);
        }
        match pages.step(PIECE).writing()? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => return Err(StoreError::Busy),
        }
    }
}

/// Looks whether a copy is sound and holds what it is to hold.
pub(super) fn check(copy: &Path, holds: Holds, how: Check, stop: &Stop) -> Result<(), StoreError> {
    let mut connection = alone(copy)?;
    let stop = Arc::clone(stop);
    connection.progress_handler(10_000, Some(move || stop.load(Ordering::Relaxed))).reading()?;
    let flaw = match how {
        Check::None => return Ok(()),
        Check::Pages => health::flaw_of_copy(&connection)?,
        Check::Thorough => health::flaw(&connection, true)?,
    };
    match flaw {
        Some(flaw) => Err(StoreError::Damaged(flaw)),
        None if Holds::of(&connection)? != holds => Err(StoreError::Damaged("a copy does not hold the same".into())),
        None => Ok(()),
    }
}

/// Copies to a place where nothing stands, or whatever stands there gives way.
pub(super) fn copy_to(source: &Connection, path: &Path, replace: bool, how: Check, stop: &Stop) -> Result<Backup, StoreError> {
    let fail = |e| file_error(Doing::Writing, path, e);
    match fs::symlink_metadata(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Err(e) => return Err(fail(e)),
        Ok(_) if !replace => return Err(fail(io::ErrorKind::AlreadyExists.into())),
        Ok(found) if found.len() == 0 && found.is_file() => {}
        Ok(found) => check_file(path, &found)?,
    }
    // Whoever opens the copy would take a log that lies there for a part of it.
    if with_suffix(path, LOG).exists() {
        return Err(StoreError::InUse { path: path.to_owned() });
    }
    let unborn = Unborn::beside(path).map_err(fail)?;
    let holds = copy(source, unborn.path(), stop)?;
    check(unborn.path(), holds, how, stop)?;
    let path = unborn.put(replace).map_err(fail)?;
    let bytes = fs::metadata(&path).map_or(0, |found| found.len());
    Ok(Backup { path: dunce::canonicalize(&path).unwrap_or(path), bytes, holds })
}

impl Store {
    /// Saves everything that is held to a new file, also where the one that was opened is gone.
    ///
    /// # Errors
    /// That something stands there already, what the file system says, or that what is held makes no sense any more: then nothing is
    /// left there.
    pub fn save_as(&self, path: &Path) -> Result<PathBuf, StoreError> {
        copy_to(&self.connection, path, false, Check::Thorough, &Stop::default()).map(|saved| saved.path)
    }

    /// Makes a copy of everything that is held while others go on, checked; in the place of a file there only where it may `replace`
    /// one.
    ///
    /// # Errors
    /// As [`Store::save_as`]; [`StoreError::SameFile`], [`StoreError::InUse`].
    pub fn back_up(&self, path: &Path, replace: bool) -> Result<Backup, StoreError> {
        self.refuse_itself(path)?;
        copy_to(&self.connection, path, replace, Check::Pages, &Stop::default())
    }

    fn refuse_itself(&self, path: &Path) -> Result<(), StoreError> {
        let found = identity(path).map_err(|e| file_error(Doing::Writing, path, e))?;
        let own = identity(&self.path).ok().flatten();
        if found.is_some() && found == own { Err(StoreError::SameFile { path: path.to_owned() }) } else { Ok(()) }
    }
}
