//! Whether the file at the database's path is still the one that was opened, and what is done where it is not: nothing is written to a
//! file of others, and what is held can be saved to a new one.

use std::cell::Cell;
use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::beside::remove_if_there;
use super::error::{Doing, StoreError, While};
use super::health;
use super::open::{Access, BUSY, INDEX, LOG, Store, alone, file_error, with_suffix};

/// Which file something is, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    number: u64,
}

/// Returns which file stands at a path; `None` where there is none.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> io::Result<Option<Identity>> {
    use std::os::unix::fs::MetadataExt;
    let found = found(fs::symlink_metadata(path))?;
    Ok(found.map(|found| Identity { device: found.dev(), number: found.ino() }))
}

#[cfg(windows)]
pub(super) fn identity(path: &Path) -> io::Result<Option<Identity>> {
    let file = winapi_util::Handle::from_path_any(path).and_then(winapi_util::file::information);
    Ok(found(file)?.map(|file| Identity { device: file.volume_serial_number(), number: file.file_index() }))
}

fn found<T>(looked: io::Result<T>) -> io::Result<Option<T>> {
    match looked {
        Ok(found) => Ok(Some(found)),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(e),
    }
}

/// What was opened, and how it stood when it was looked at last.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// `None` for a database in memory.
    file: Option<Identity>,
    /// The write-ahead log beside it and the index of that, once they were there.
    log: Cell<Option<Identity>>,
    index: Cell<Option<Identity>>,
    seal: Cell<Option<Seal>>,
    lost: Cell<Option<Lost>>,
}

/// How the file looks from outside, with what explains that it is written: our own and others' writes and checkpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seal {
    look: Look,
    writes: (i64, i64, i64),
}

/// The length of a file and when it was written last.
#[cfg(unix)]
type Look = (u64, Option<Duration>);

/// The length of a file and what SQLite writes at its beginning: when it was written last is told late there. A plain older copy in
/// which that is the same is not told from it.
#[cfg(windows)]
type Look = (u64, [u8; HEAD]);

/// Bytes at the beginning of a database that tell what is in it.
#[cfg(windows)]
const HEAD: usize = 100;

/// How long a file that changed without a word has to rest until it is taken for another one: a system that is slow to bring a log
/// to its disk is quicker.
const MOMENT: Duration = Duration::from_millis(10);
const REST: u32 = 100;

#[cfg(unix)]
fn look(path: &Path) -> io::Result<Look> {
    let found = fs::metadata(path)?;
    Ok((found.len(), found.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())))
}

#[cfg(windows)]
fn look(path: &Path) -> io::Result<Look> {
    let mut file = fs::File::open(path)?;
    let mut head = [0; HEAD];
    file.read_exact(&mut head)?;
    Ok((file.metadata()?.len(), head))
}

/// What became of the file that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// Nothing is there any more.
    Gone,
    /// Something else is there, or was written over it.
    Replaced,
    /// It is there, but its log or the index of that is not, or is another one.
    Log,
}

impl Place {
    /// Takes note of the file that has just been opened.
    pub(super) fn of(path: &Path) -> Self {
        let place = Self { file: identity(path).ok().flatten(), ..Self::default() };
        place.note_log(path);
        place
    }

    /// Takes note of the log and its index, the first time they are there.
    fn note_log(&self, path: &Path) {
        for (suffix, noted) in [(LOG, &self.log), (INDEX, &self.index)] {
            if noted.get().is_none() {
                noted.set(identity(&with_suffix(path, suffix)).ok().flatten());
            }
        }
    }

    /// Returns whether what was noted at a name beside the file is there still; what never was is not missed.
    fn is_there(path: &Path, suffix: &str, noted: &Cell<Option<Identity>>) -> bool {
        noted.get().is_none_or(|noted| identity(&with_suffix(path, suffix)).is_ok_and(|found| found == Some(noted)))
    }
}

impl Store {
    /// Returns whether it lies in a file of its own.
    pub(super) const fn is_filed(&self) -> bool {
        self.place.file.is_some()
    }

    /// Refuses where the file at the path is not the one that was opened any more, and lets go of it: from then on nothing is written.
    ///
    /// # Errors
    /// [`StoreError::Gone`], [`StoreError::Replaced`], [`StoreError::LogGone`].
    pub fn in_place(&self) -> Result<(), StoreError> {
        self.not_moved()?;
        if self.place.lost.get().is_none() && self.is_overwritten() {
            self.lose_overwritten()?;
        }
        self.found_lost()
    }

    /// Another file was written over it; or it was moved while it was looked at, and then its log must not stay beside what stands there
    /// now.
    pub(super) fn lose_overwritten(&self) -> Result<(), StoreError> {
        self.not_moved()?;
        self.lose(Lost::Replaced);
        self.keep_log_out();
        Ok(())
    }

    /// As [`Store::in_place`], where a transaction is open: what another program moved into the file meanwhile is not looked at.
    pub(super) fn not_moved(&self) -> Result<(), StoreError> {
        let Some(file) = self.place.file else { return Ok(()) };
        if self.place.lost.get().is_none() {
            let there = identity(&self.path).map_err(|e| file_error(Doing::Writing, &self.path, e))?;
            let lost = match there {
                Some(there) if there == file && self.has_its_log() => return Ok(()),
                Some(there) if there == file => Lost::Log,
                Some(_) => Lost::Replaced,
                None => Lost::Gone,
            };
            if self.connection.is_autocommit() {
                self.lose(lost);
                if lost == Lost::Log { self.take_log_in() } else { self.let_go() }
            } else {
                return Err(self.lost_error(lost));
            }
        }
        self.found_lost()
    }

    fn has_its_log(&self) -> bool {
        // Who only looks may do so without a lock, and then others tidy up beside him.
        self.access != Access::ReadWrite
            || Place::is_there(&self.path, LOG, &self.place.log) && Place::is_there(&self.path, INDEX, &self.place.index)
    }

    /// The log or its index was removed: what the log holds, which we still have open, goes into the file where nobody has begun
    /// another one. Whoever has knows nothing of us, and what we moved would run through what he writes.
    fn take_log_in(&self) {
        self.keep_log_out();
        let missing = |suffix| matches!(identity(&with_suffix(&self.path, suffix)), Ok(None));
        let alone = missing(INDEX) || Place::is_there(&self.path, INDEX, &self.place.index);
        if missing(LOG) && alone {
            self.move_log();
        }
    }

    fn lose(&self, lost: Lost) {
        self.place.lost.set(Some(lost));
    }

    fn found_lost(&self) -> Result<(), StoreError> {
        self.place.lost.get().map_or(Ok(()), |lost| Err(self.lost_error(lost)))
    }

    fn lost_error(&self, lost: Lost) -> StoreError {
        let path = self.path.clone();
        match lost {
            Lost::Gone => StoreError::Gone { path },
            Lost::Replaced => StoreError::Replaced { path },
            Lost::Log => StoreError::LogGone { path },
        }
    }

    /// Takes note of how the file stands, after it was written by us.
    pub(super) fn seal(&self) {
        if self.place.file.is_some() && self.access == Access::ReadWrite {
            self.place.seal.set(self.stands().ok());
            self.place.note_log(&self.path);
        }
    }

    /// Returns how the file stands, and what explains it: both at one time, or what another program writes between would be taken for
    /// explained already.
    fn stands(&self) -> Result<Seal, StoreError> {
        let mut writes = self.writes_so_far()?;
        loop {
            let look = look(&self.path).map_err(|e| file_error(Doing::Reading, &self.path, e))?;
            let since = self.writes_so_far()?;
            if since == writes {
                return Ok(Seal { look, writes });
            }
            writes = since;
        }
    }

    fn writes_so_far(&self) -> Result<(i64, i64, i64), StoreError> {
        let mut log = self.connection.prepare_cached("PRAGMA wal_checkpoint(NOOP)").reading()?;
        let (pages, moved): (i64, i64) = log.query_row([], |row| Ok((row.get(1)?, row.get(2)?))).reading()?;
        Ok((self.outside_version()?, pages, moved))
    }

    /// Returns whether the file was written although neither we nor another program of SQLite did it. A program that moves its log into
    /// the file says so only when it has done: whatever changes without a word is looked at until it has rested.
    fn is_overwritten(&self) -> bool {
        let Some(before) = self.place.seal.get() else { return false };
        let mut last = before;
        let mut rested = 0;
        while rested < REST {
            let found = match look(&self.path) {
                Ok(found) => found,
                // Too short to be a database.
                Err(error) => return error.kind() == io::ErrorKind::UnexpectedEof,
            };
            if found == before.look {
                return false;
            }
            // A file whose pages make no sense any more cannot say how its log stands.
            let Ok(now) = self.stands() else { return true };
            if now.writes != before.writes {
                self.place.seal.set(Some(now));
                return false;
            }
            rested = if now == last { rested + 1 } else { 0 };
            last = now;
            std::thread::sleep(MOMENT);
        }
        true
    }

    /// Keeps SQLite from moving the write-ahead log into the file when it is closed.
    fn keep_log_out(&self) {
        // Where that cannot be set, closing moves nothing either: the connection is of no use any more.
        let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }

    /// The file was moved or deleted: what the log holds goes into it, wherever it is now, and the log leaves the place: whoever
    /// opens the file that stands there now would take it for its own.
    fn let_go(&self) {
        self.keep_log_out();
        let Some(seal) = self.place.seal.get() else { return };
        let alone = self.outside_version().is_ok_and(|version| version == seal.writes.0);
        if alone && self.move_log() {
            for (suffix, ours) in [(LOG, self.place.log.get()), (INDEX, None)] {
                let path = with_suffix(&self.path, suffix);
                let is_ours = ours.is_none() || identity(&path).is_ok_and(|found| found == ours);
                if !is_ours {
                    return;
                }
                // What cannot be removed is empty.
                let _ = remove_if_there(&path);
            }
        }
    }

    /// Moves the whole log into the file where nobody is in the way, without waiting; returns whether it is empty now.
    pub(super) fn move_log(&self) -> bool {
        let without_waiting = self.connection.busy_timeout(Duration::ZERO);
        let busy: rusqlite::Result<i64> = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        let waiting = self.connection.busy_timeout(BUSY);
        without_waiting.is_ok() && waiting.is_ok() && busy.is_ok_and(|busy| busy == 0)
    }

    /// Does what can be left for later without waiting for another program that writes.
    pub(super) fn without_waiting<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.connection.busy_timeout(Duration::ZERO).writing()?;
        let done = work(self);
        self.connection.busy_timeout(BUSY).writing()?;
        done
    }
}

impl Drop for Store {
    /// Closing moves the write-ahead log into the file: not into one that has come in its place.
    fn drop(&mut self) {
        // Whoever asked for something was told; here nobody is left to tell.
        let _ = self.in_place();
    }
}

/// Files longer than this are checked without their indexes after an unclean end, so that opening does not take minutes.
const THOROUGH: u64 = 64 << 20;

/// Returns whether a write-ahead log was left beside the file by a program that did not end by itself.
pub(super) fn has_left_log(path: &Path) -> bool {
    let log = fs::metadata(with_suffix(path, LOG)).is_ok_and(|log| log.len() > 0);
    log && !is_held(path)
}

/// Returns whether another program has the database open: each holds a lock on one byte of its shared memory.
#[cfg(unix)]
pub(super) fn is_held(path: &Path) -> bool {
    use rustix::process::{Flock, FlockOffsetType, FlockType, fcntl_getlk};
    /// Where SQLite's lock of every open connection lies.
    const OPEN: u64 = 128;
    let mut wanted = Flock::from(FlockType::WriteLock);
    (wanted.offset_type, wanted.start, wanted.length) = (FlockOffsetType::Set, OPEN, 1);
    let file = fs::OpenOptions::new().read(true).write(true).open(with_suffix(path, INDEX));
    file.is_ok_and(|file| fcntl_getlk(&file, &wanted).is_ok_and(|held| held.is_some()))
}

#[cfg(windows)]
pub(super) fn is_held(path: &Path) -> bool {
    use std::os::windows::fs::OpenOptionsExt;
    /// What the system says of a file that another program has open.
    const SHARING_VIOLATION: i32 = 32;
    let alone = fs::OpenOptions::new().read(true).share_mode(0).open(with_suffix(path, INDEX));
    alone.is_err_and(|error| error.raw_os_error() == Some(SHARING_VIOLATION))
}

/// Returns whether a file came to its place clearly after the log beside it was written last, and nothing of the log stands in it: then
/// it is perhaps another one than the log was written for. Who puts both there puts the log last, or both at once.
pub(super) fn came_after_its_log(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let changed = |path: &Path| fs::symlink_metadata(path).map(|found| found.ctime());
        let log = with_suffix(path, LOG);
        let later = changed(path).is_ok_and(|file| changed(&log).is_ok_and(|log| is_clearly_later(file, log)));
        later && is_moved_in(path, &log).is_ok_and(|moved| !moved)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// Seconds of the file and of its log.
#[cfg_attr(not(unix), allow(dead_code, reason = "there the times are not known"))]
const fn is_clearly_later(file: i64, log: i64) -> bool {
    file.saturating_sub(log) > 5
}

/// Returns whether SQLite has begun to move the log into the file: it begins with the lowest page, so that one stands in both. However
/// long that takes, and whenever it was stopped, they belong together. A log that holds nothing fits every file.
#[cfg_attr(not(unix), allow(dead_code, reason = "there the times are not known"))]
pub(super) fn is_moved_in(path: &Path, log: &Path) -> io::Result<bool> {
    /// Bytes before the first frame, and before the page in each.
    const HEAD: u64 = 32;
    const FRAME: u64 = 24;
    let mut log = io::BufReader::new(fs::File::open(log)?);
    let mut head = [0; HEAD as usize];
    if log.read_exact(&mut head).is_err() {
        return Ok(true);
    }
    let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let (size, salts) = (number(8), [number(16), number(20)]);
    if !size.is_power_of_two() || !(512..=65_536).contains(&size) {
        return Ok(false);
    }
    let mut lowest: Option<(u32, Vec<u64>)> = None;
    let mut frame = [0; FRAME as usize];
    let mut at = HEAD;
    while log.read_exact(&mut frame).is_ok() {
        let number = |at: usize| u32::from_be_bytes([frame[at], frame[at + 1], frame[at + 2], frame[at + 3]]);
        if [number(8), number(12)] != salts {
            break;
        }
        match &mut lowest {
            Some((page, places)) if *page == number(0) => places.push(at + FRAME),
            Some((page, _)) if *page < number(0) => {}
            _ => lowest = Some((number(0), vec![at + FRAME])),
        }
        log.seek_relative(i64::from(size))?;
        at += FRAME + u64::from(size);
    }
    let Some((page, places)) = lowest.filter(|(page, _)| *page > 0) else { return Ok(true) };
    let read = |file: &mut dyn ReadSeek, at: u64| -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; size as usize];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut bytes).map(|()| bytes)
    };
    let Ok(held) = read(&mut fs::File::open(path)?, u64::from(page - 1) * u64::from(size)) else { return Ok(false) };
    for place in places {
        if read(&mut log, place).is_ok_and(|bytes| bytes == held) {
            return Ok(true);
        }
    }
    Ok(false)
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// A connection to a file with a log that was left: nothing is moved into the file before it is known that they belong together.
pub(super) fn check_left_log(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).opening()?;
    let thorough = fs::metadata(path).is_ok_and(|found| found.len() <= THOROUGH);
    if let Some(flaw) = health::flaw(connection, thorough)? {
        // Only a file that is sound without its log can be told from one that is damaged with it.
        let is_sound = alone(path).and_then(|alone| health::flaw(&alone, thorough));
        return Err(match is_sound {
            Ok(None) => StoreError::LogApart { path: path.to_owned() },
            Ok(Some(_)) | Err(_) => StoreError::Damaged(flaw),
        });
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).opening()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_clearly_later;

    #[test]
    fn a_file_that_came_long_after_its_log_is_told_and_one_of_the_same_moment_is_not() {
        for (file, log, later) in
            [(100, 100, false), (105, 100, false), (106, 100, true), (100, 200, false), (i64::MAX, -1, true)]
        {
            assert_eq!(is_clearly_later(file, log), later, "{file} {log}");
        }
    }
}
