//! The copies that are made by themselves, in a folder beside the database: one a day, one before a file is brought on or mended; and
//! which of them stay. How one is made is `backup`.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::backup::{Backup, Check, Stop, copy_to};
use super::error::{Doing, StoreError, While};
use super::open::{Access, Store, check_header, check_room, connect, file_error};
use super::protocol::Reply;
use crate::domain::date::Date;
use crate::private;

/// The folder beside the database.
const FOLDER: &str = "backups";
/// How the names of copies end.
const ENDING: &str = ".db";

/// Before what a copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Before {
    /// Nothing: a day has begun.
    Day,
    /// A file of this schema was brought on.
    Schema(i64),
    /// What is derived was made anew.
    Mending,
}

impl Before {
    /// Returns what stands behind the day in the name of such a copy.
    fn ending(self) -> String {
        match self {
            Self::Day => String::new(),
            Self::Schema(version) => format!("-schema-{version}"),
            Self::Mending => "-mending".to_owned(),
        }
    }

    fn read(ending: &str) -> Option<Self> {
        match ending.strip_prefix("-schema-") {
            Some(version) => version.parse().ok().map(Self::Schema),
            None => [Self::Day, Self::Mending].into_iter().find(|before| before.ending() == ending),
        }
    }
}

/// A copy that was made by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    pub path: PathBuf,
    pub day: Date,
    pub before: Before,
    pub bytes: u64,
}

/// Returns the folder in which the copies of a database lie.
fn folder(database: &Path) -> PathBuf {
    database.with_file_name(FOLDER)
}

/// Returns what the names of its copies begin with: in one folder several databases may lie.
fn stem(database: &Path) -> String {
    database.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn name(database: &Path, day: Date, before: Before) -> PathBuf {
    folder(database).join(format!("{}-{day}{}{ENDING}", stem(database), before.ending()))
}

/// Reads the name of a copy: its day, and before what it was made.
fn read_name(name: &str, stem: &str) -> Option<(Date, Before)> {
    let rest = name.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(ENDING)?;
    let (day, ending) = rest.split_at_checked("2026-11-27".len())?;
    let day = Date::iso(day).ok().filter(|read| read.to_string() == day)?;
    Some((day, Before::read(ending)?))
}

/// Returns the copies of a database, the newest first. Files that only bear such a name, and are none of ours, are not among them.
///
/// # Errors
/// That the folder cannot be read; where there is none, there are no copies.
pub fn dated(database: &Path) -> Result<Vec<Dated>, StoreError> {
    let folder = folder(database);
    let fail = |e| file_error(Doing::Reading, &folder, e);
    let files = match fs::read_dir(&folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        files => files.map_err(fail)?,
    };
    let (stem, mut found) = (stem(database), Vec::new());
    for file in files {
        let file = file.map_err(fail)?;
        let Some((day, before)) = file.file_name().to_str().and_then(|name| read_name(name, &stem)) else { continue };
        let Ok(about) = file.metadata() else { continue };
        let path = file.path();
        let is_ours = about.is_file() && matches!(check_header(&path), Ok(()) | Err(StoreError::Newer { .. }));
        if is_ours {
            found.push(Dated { path, day, before, bytes: about.len() });
        }
    }
    found.sort_by_key(|copy| std::cmp::Reverse((copy.day, copy.before)));
    Ok(found)
}

/// Removes the copies of all days but the last so many.
fn keep_days(database: &Path, days: u32) -> Result<(), StoreError> {
    let found = dated(database)?;
    let kept: BTreeSet<Date> = found.iter().map(|copy| copy.day).collect();
    let kept: BTreeSet<Date> = kept.into_iter().rev().take(usize::try_from(days).unwrap_or(usize::MAX)).collect();
    for copy in found.iter().filter(|copy| !kept.contains(&copy.day)) {
        fs::remove_file(&copy.path).map_err(|e| file_error(Doing::Writing, &copy.path, e))?;
    }
    Ok(())
}

/// Removes what a program left of a copy that was stopped while it made it, on an earlier day.
fn clear_up(database: &Path, day: Date) {
    let (folder, stem) = (folder(database), stem(database));
    for file in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let of = name.find(ENDING).map(|at| &name[..at + ENDING.len()]).filter(|of| private::is_unborn(&name, of));
        let is_left = of.and_then(|of| read_name(of, &stem)).is_some_and(|(of, _)| of < day);
        if is_left {
            // What cannot be removed is looked at again tomorrow.
            let _ = fs::remove_file(file.path());
        }
    }
}

/// Returns whether the copy of a day is still to be made.
pub fn is_due(database: &Path, day: Date, days: u32) -> bool {
    days > 0 && fs::symlink_metadata(name(database, day, Before::Day)).is_err()
}

/// Makes the copy of a day, unless it is there, or the database holds nothing yet; then older ones go. What is damaged is not kept:
/// it would take the place of what is sound.
fn of_day(connection: &Connection, database: &Path, day: Date, days: u32, stop: &Stop) -> Result<Option<Backup>, StoreError> {
    const HOLDS: &str = "SELECT EXISTS (SELECT 1 FROM step) OR EXISTS (SELECT 1 FROM customer) OR EXISTS (SELECT 1 FROM catalogue) \
         OR EXISTS (SELECT 1 FROM draft) OR EXISTS (SELECT 1 FROM rate) OR EXISTS (SELECT 1 FROM meta WHERE key IN ('views', 'campaign-costs'))";
    if !is_due(database, day, days) || !connection.query_row(HOLDS, [], |row| row.get(0)).reading()? {
        return Ok(None);
    }
    match put(connection, database, day, Before::Day, Check::Pages, stop) {
        // Another program was faster.
        Err(StoreError::File { .. }) if !is_due(database, day, days) => Ok(None),
        made => {
            let made = made?;
            keep_days(database, days)?;
            clear_up(database, day);
            Ok(Some(made))
        }
    }
}

fn put(
    connection: &Connection,
    database: &Path,
    day: Date,
    before: Before,
    how: Check,
    stop: &Stop,
) -> Result<Backup, StoreError> {
    let folder = folder(database);
    private::folder(&folder).map_err(|e| file_error(Doing::Writing, &folder, e))?;
    let pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let bytes: u64 = connection.query_row(pages, [], |row| row.get(0)).reading()?;
    let path = name(database, day, before);
    check_room(&path, bytes)?;
    // Of a day the first is kept; what is to be changed now is kept as it is now.
    copy_to(connection, &path, before != Before::Day, how, stop)
}

/// Puts a copy of a file that was brought on among the others, on the day on which that was done.
pub(super) fn adopt(copy: &Path, database: &Path, day: Date, version: i64) -> Result<(), StoreError> {
    let folder = folder(database);
    private::folder(&folder).map_err(|e| file_error(Doing::Writing, &folder, e))?;
    let path = name(database, day, Before::Schema(version));
    fs::rename(copy, &path).and_then(|()| private::sync_folder(&folder)).map_err(|e| file_error(Doing::Writing, &path, e))
}

impl Store {
    /// Makes the copy of a day beside the database, where it is still to be made, and removes those of all but the last days that are
    /// kept. Where nothing may be written, nothing is made.
    ///
    /// # Errors
    /// Why it could not be made; those of earlier days are kept then.
    pub fn back_up_day(&self, day: Date) -> Result<Option<Backup>, StoreError> {
        if !self.is_kept_safe() {
            return Ok(None);
        }
        self.in_place()?;
        of_day(&self.connection, &self.path, day, self.settings.backups, &Stop::default())
    }

    /// Makes a copy of what is held before it is mended: as it is, damaged or not.
    pub(super) fn back_up_before_mending(&self, day: Date) -> Result<Option<Backup>, StoreError> {
        if !self.is_filed() {
            return Ok(None);
        }
        put(&self.connection, &self.path, day, Before::Mending, Check::None, &Stop::default()).map(Some)
    }

    pub(super) fn is_kept_safe(&self) -> bool {
        self.is_filed() && self.access == Access::ReadWrite && self.settings.backups > 0
    }
}

/// A thread that makes the copy of a day with a connection of its own: whoever types waits for nothing.
pub(super) struct Copying {
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

impl Copying {
    /// Begins it, where it is to be made; what becomes of it is told by [`Reply::BackedUp`].
    pub(super) fn start(store: &Store, day: Date, outbox: &Sender<Reply>) -> Option<Self> {
        let (database, days) = (store.path.clone(), store.settings.backups);
        if !store.is_kept_safe() || !is_due(&database, day, days) || store.in_place().is_err() {
            return None;
        }
        let (stop, outbox) = (Stop::default(), outbox.clone());
        let stopped = Stop::clone(&stop);
        let work = move || {
            let made = connect(&database, Access::ReadWrite).and_then(|connection| {
                // The store moves its log by itself.
                connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).opening()?;
                of_day(&connection, &database, day, days, &stopped)
            });
            if !matches!(made, Ok(None) | Err(StoreError::Stopped)) {
                // A desk that has gone reads no replies.
                let _ = outbox.send(Reply::BackedUp(made.map(drop)));
            }
        };
        // Without room for a thread it is made the next time.
        let thread = thread::Builder::new().name("copy".into()).spawn(work).ok();
        Some(Self { stop, thread })
    }
}

impl Drop for Copying {
    /// Whoever leaves does not wait for a copy: it is made the next time.
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // One that fell over has left nothing to do.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_of_copies_are_read_as_such() {
        let day = Date::iso("2026-11-27").unwrap();
        for before in [Before::Day, Before::Schema(3), Before::Mending] {
            let path = name(Path::new("/home/kim/deals.db"), day, before);
            assert!(path.starts_with("/home/kim/backups"));
            assert_eq!(read_name(path.file_name().unwrap().to_str().unwrap(), "deals"), Some((day, before)));
        }
        for other in [
            "deals.db",
            "deals-2026-11-27.txt",
            "deals-2026-13-27.db",
            "deals-2026-11-27-mine.db",
            "deals-2026-11-27-schema-x.db",
            "deals-old-2026-11-27.db",
            "other-2026-11-27.db",
            "deals-2026-11-27.db.aB3xY9.part",
            "deals-２０２６-11-27.db",
        ] {
            assert_eq!(read_name(other, "deals"), None, "{other}");
        }
    }
}
