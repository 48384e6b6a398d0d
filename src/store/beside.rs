//! The copy of an earlier database that lies beside it while it is brought on: named, known to be ours, made whole, taken away.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::error::{Doing, StoreError, While};
use super::open::{LOG, file_error, with_suffix};
use super::{backup, dated};
use crate::domain::date::Date;
use crate::private;

/// Under this key the database itself holds what stands behind its own name in that of its copy: a file that somebody else put beside
/// it is not ours to overwrite, nor to take away.
const MARK: &str = "copy";

/// What that begins with.
const BEGIN: &str = ".schema-";

/// What the name of a copy that is not whole yet ends with.
const UNFINISHED: &str = ".part";

/// Returns where the copy of a database of an earlier version is to be: at a name that is free, or where one was begun before.
///
/// # Errors
/// [`StoreError`] when it cannot be noted in the database that the copy is ours.
pub(super) fn choose(connection: &Connection, path: &Path, version: i64) -> Result<PathBuf, StoreError> {
    if let Some(begun) = noted(connection, path)? {
        return Ok(begun);
    }
    let is_free = |copy: &Path| [copy, &with_suffix(copy, UNFINISHED)].iter().all(|file| fs::symlink_metadata(file).is_err());
    let mut ending = format!("{BEGIN}{version}");
    for number in 2.. {
        if is_free(&with_suffix(path, &ending)) {
            break;
        }
        ending = format!("{BEGIN}{version}-{number}");
    }
    let note = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    connection.execute(note, [MARK, &ending]).opening()?;
    Ok(with_suffix(path, &ending))
}

/// Returns the copy that the database says is ours: by what stands behind its own name, whatever that is now.
fn noted(connection: &Connection, path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let sql = "SELECT value FROM meta WHERE key = ?";
    let ending: Option<String> = connection.query_row(sql, [MARK], |row| row.get(0)).optional().opening()?;
    let is_ours = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let ours = ending.filter(|ending| ending.strip_prefix(BEGIN).is_some_and(is_ours));
    Ok(ours.map(|ending| with_suffix(path, &ending)))
}

/// Copies the database, while nobody can write. It gets its name once it is whole. Only SQLite may open the file here: were it opened
/// and closed beside SQLite, the system would give up SQLite's own locks on it.
///
/// # Errors
/// [`StoreError`] when the copy cannot be written.
pub(super) fn keep(path: &Path, copy: &Path) -> Result<(), StoreError> {
    let unfinished = with_suffix(copy, UNFINISHED);
    let fail = |e| file_error(Doing::Opening, copy, e);
    remove_if_there(copy).and_then(|()| remove_if_there(&unfinished)).and_then(|()| private::file(&unfinished)).map_err(fail)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let source = Connection::open_with_flags(path, flags).opening()?;
    backup::copy(&source, &unfinished, &AtomicBool::new(false))?;
    private::sync_file(&unfinished).and_then(|()| fs::rename(&unfinished, copy)).map_err(fail)
}

/// Takes the copy away, once the database is brought on: among the copies of a day, or for good.
///
/// # Errors
/// [`StoreError`] when it cannot be.
pub(super) fn take_away(connection: &Connection, path: &Path, day: Option<Date>) -> Result<(), StoreError> {
    let Some(copy) = noted(connection, path)? else { return Ok(()) };
    // Where it cannot be put there, it is not needed any more.
    let _ = day.filter(|_| copy.exists()).map(|day| dated::adopt(&copy, path, day, version_of(&copy, path)));
    for left in [with_suffix(&copy, UNFINISHED), with_suffix(&copy, LOG), copy] {
        remove_if_there(&left).map_err(|e| file_error(Doing::Opening, &left, e))?;
    }
    connection.execute("DELETE FROM meta WHERE key = ?", [MARK]).opening()?;
    Ok(())
}

/// Returns of which schema a copy is, by its name.
fn version_of(copy: &Path, path: &Path) -> i64 {
    let (copy, path) = (copy.to_string_lossy(), path.to_string_lossy());
    let ending = copy.strip_prefix(path.as_ref()).and_then(|ending| ending.strip_prefix(BEGIN)).unwrap_or_default();
    ending.split('-').next().and_then(|version| version.parse().ok()).unwrap_or(0)
}

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}
