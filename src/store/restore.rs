//! Puts a copy in the place of the database: looked through before anything is touched, what stood there kept beside, and at every
//! moment either the one or the other, whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::backup::{Check, Holds, Stop, check, copy};
use super::beside::remove_if_there;
use super::error::{Doing, StoreError, While};
use super::open::{
    Access, INDEX, LOG, alone, check_file, check_header, check_label, check_room, connect, file_error, resolve, with_suffix,
};
use super::{place, schema};
use crate::private::{self, Unborn};

/// What stands in the place of the database before.
#[derive(Debug)]
pub enum Stands {
    Nothing,
    Sound {
        holds: Holds,
        bytes: u64,
    },
    /// It cannot be read, which is why.
    Broken(StoreError),
}

/// A copy that is ready to be put in the place of the database; forgotten, it leaves no trace.
pub struct Restoring {
    unborn: Unborn,
    path: PathBuf,
    /// What the copy holds.
    pub holds: Holds,
    /// How many bytes it has.
    pub bytes: u64,
    pub stands: Stands,
}

/// What was put in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub path: PathBuf,
    /// Where that lies which stood there before.
    pub kept: Option<PathBuf>,
}

impl Restoring {
    /// Looks a copy through, which stays as it is, and looks at what it would take the place of. Nothing is changed by that.
    ///
    /// # Errors
    /// Why it cannot be put there: it is no database of ours, of a newer version, damaged, in use, or the database itself; or there is
    /// something in that place which is no database at all.
    pub fn prepare(file: &Path, database: &Path) -> Result<Self, StoreError> {
        let (file, path) = (resolve(file)?, resolve(database)?);
        let found = fs::symlink_metadata(&file).map_err(|e| file_error(Doing::Reading, &file, e))?;
        check_file(&file, &found).and_then(|()| check_header(&file))?;
        let same = |path: &Path| place::identity(path).ok().flatten();
        if same(&file) == same(&path) {
            return Err(StoreError::SameFile { path: file });
        }
        if place::is_held(&file) {
            return Err(StoreError::InUse { path: file });
        }
        let stands = stands(&path)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
            private::folder(folder).map_err(|e| file_error(Doing::Writing, folder, e))?;
        }
        check_room(&path, found.len())?;
        let unborn = Unborn::beside(&path).map_err(|e| file_error(Doing::Writing, &path, e))?;
        let source = look_into(&file)?;
        check_label(&source, &file)?;
        let holds = copy(&source, unborn.path(), &AtomicBool::new(false))?;
        check(unborn.path(), holds, Check::Thorough, &Stop::default())?;
        let bytes = fs::metadata(unborn.path()).map_or(0, |found| found.len());
        Ok(Self { unborn, path, holds, bytes, stands })
    }

    /// Returns whether the copy is of an earlier version, and is brought on when it is opened.
    pub const fn is_earlier(&self) -> bool {
        self.holds.version < schema::VERSION
    }

    /// Puts it there. What stood there is kept beside, with what its log holds, under a name with this moment in it.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where another program is in the way, or what the file system says; then the database is as it was.
    pub fn put(self, moment: &str) -> Result<Restored, StoreError> {
        let Self { unborn, path, stands, .. } = self;
        let kept = kept_name(&path, moment);
        // Nobody may write to what stands there from the moment on at which it is kept.
        let held = match stands {
            Stands::Sound { .. } => Some(hold(&path)?),
            Stands::Nothing | Stands::Broken(_) => None,
        };
        let is_there = !matches!(stands, Stands::Nothing);
        let fail = |e| file_error(Doing::Writing, &path, e);
        if is_there {
            keep(&path, &kept, held.as_ref())?;
        }
        // An open file cannot be replaced there.
        let held = held.filter(|_| !cfg!(windows));
        // A log without its file would be taken for one of the copy; that of a sound one is empty now.
        if held.is_none() && with_suffix(&path, LOG).exists() {
            fs::rename(with_suffix(&path, LOG), with_suffix(&kept, LOG)).map_err(fail)?;
        }
        for left in [LOG, INDEX] {
            remove_if_there(&with_suffix(&path, left)).map_err(fail)?;
        }
        let path = unborn.put(true).map_err(fail)?;
        drop(held);
        Ok(Restored { path, kept: Some(kept).filter(|_| is_there) })
    }
}

/// Opens a file to read it, leaves nothing beside it, and changes nothing in it.
fn look_into(path: &Path) -> Result<Connection, StoreError> {
    let has_log = fs::metadata(with_suffix(path, LOG)).is_ok_and(|log| log.len() > 0);
    if !has_log {
        return alone(path);
    }
    if place::came_after_its_log(path) {
        return Err(StoreError::LogOlder { path: path.to_owned() });
    }
    let connection = connect(path, Access::AskedReadOnly)?;
    if place::has_left_log(path) {
        place::check_left_log(&connection, path)?;
    }
    Ok(connection)
}

/// Looks at what stands in the place of the database. What cannot be read is kept all the same; what is no file, or of a newer
/// version, is not touched.
fn stands(path: &Path) -> Result<Stands, StoreError> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Stands::Nothing),
        Err(e) => return Err(file_error(Doing::Reading, path, e)),
    };
    let looked = check_file(path, &found).and_then(|()| check_header(path)).and_then(|()| {
        let connection = look_into(path)?;
        check_label(&connection, path)?;
        Holds::of(&connection)
    });
    match looked {
        Ok(holds) => Ok(Stands::Sound { holds, bytes: found.len() }),
        Err(error @ (StoreError::Link { .. } | StoreError::NotAFile { .. } | StoreError::Newer { .. })) => Err(error),
        Err(error @ (StoreError::Busy | StoreError::NoPermission { .. })) => Err(error),
        Err(error) => Ok(Stands::Broken(error)),
    }
}

/// Works the whole log of a database into its file, and keeps others from writing to it until this is dropped.
fn hold(path: &Path) -> Result<Connection, StoreError> {
    /// How often it is tried where others write between.
    const TRIES: u32 = 20;
    let connection = connect(path, Access::ReadWrite)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).opening()?;
    for _ in 0..TRIES {
        let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).writing()?;
        connection.execute_batch("BEGIN IMMEDIATE").writing()?;
        let is_empty = fs::metadata(with_suffix(path, LOG)).map_or(true, |log| log.len() == 0);
        if busy == 0 && is_empty {
            return Ok(connection);
        }
        connection.execute_batch("ROLLBACK").writing()?;
    }
    Err(StoreError::Busy)
}

/// Keeps what stands there under another name as well; where a file can have only one, by a copy.
fn keep(path: &Path, kept: &Path, held: Option<&Connection>) -> Result<(), StoreError> {
    let fail = |e| file_error(Doing::Writing, kept, e);
    let linked = fs::hard_link(path, kept);
    match (linked, held) {
        (Ok(()), _) => {}
        (Err(_), Some(held)) => {
            let unborn = Unborn::beside(kept).map_err(fail)?;
            copy(held, unborn.path(), &AtomicBool::new(false))?;
            unborn.put(false).map_err(fail)?;
        }
        (Err(_), None) => fs::rename(path, kept).map_err(fail)?,
    }
    let _ = kept.parent().map(private::sync_folder);
    Ok(())
}

/// Returns a free name beside the database for what stood there.
fn kept_name(path: &Path, moment: &str) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let named = |more: &str| path.with_file_name(format!("{stem}-before-restore-{moment}{more}.db"));
    let is_free = |name: &PathBuf| [name, &with_suffix(name, LOG)].iter().all(|file| fs::symlink_metadata(file).is_err());
    let numbered = (2..).map(|number| named(&format!("-{number}")));
    std::iter::once(named("")).chain(numbered).find(is_free).unwrap_or_else(|| named(""))
}
