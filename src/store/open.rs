//! Opens the database file: creates it whole, refuses what is not ours without touching it, falls back to reading only.

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::beside;
use super::error::{Doing, StoreError, While};
use super::facts::Numbers;
use super::import::{IMPORT_CACHE, LIST_CACHE};
use super::place::{self, Place};
use super::plan::{Limits, Prepared, RowsRead};
use super::rank::Ranks;
use super::schema::{self, APPLICATION_ID, Label};
use super::team::Team;
use crate::domain::date::Date;
use crate::domain::instant::Timestamp;
use crate::domain::role::Role;
use crate::private;

/// How the user wants it kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Days to respond, where Partner Center does not say (MG-66).
    pub response_days: i64,
    /// Whether the user asked to only look.
    pub read_only: bool,
    /// The e-mail of who works here; empty where that is not known. Steps carry it.
    pub author: String,
    /// What they may do (MG-02).
    pub role: Role,
    /// The copies of how many days are kept beside the database; 0 keeps none.
    pub backups: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { response_days: 14, read_only: false, author: String::new(), role: Role::default(), backups: 0 }
    }
}

/// Whether changes can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    ReadWrite,
    /// The user asked for it.
    AskedReadOnly,
    /// The file or its folder cannot be written.
    ForcedReadOnly,
}

/// The open database. One thread owns it.
pub struct Store {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    pub(super) access: Access,
    /// Whether that is still the file that was opened.
    pub(super) place: Place,
    pub(super) settings: Settings,
    /// The list that was asked for last, worked out; paging goes on in it.
    pub(super) prepared: Option<Prepared>,
    /// In which order open deals are to be worked on.
    pub(super) ranks: Ranks,
    /// What all rows were read for last.
    pub(super) rows_read: Cell<Option<Box<RowsRead>>>,
    /// Counts our own writes, so that what is kept of lists is known to be stale.
    pub(super) writes: Cell<u64>,
    /// The names that facts speak of, as far as the step that is made has met them.
    pub(super) numbers: Cell<Numbers>,
    pub(super) limits: Limits,
    /// Counts our own writes that brought somebody into the team of a deal or out of it, where only such deals are seen.
    pub(super) team_writes: Cell<u64>,
    /// The deals whose team holds who works here, where they see no others.
    pub(super) team: Cell<Option<Team>>,
    /// The clock as it was looked at last: where nothing can be written, what is overdue is shown as expired all the same.
    pub(super) seen_at: Cell<Option<Timestamp>>,
    /// When the last step was made, where that was by a clock ahead of this one and nobody was told yet.
    pub(super) behind: Cell<Option<Timestamp>>,
}

/// How long to wait for another program's write.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// Pages of write-ahead log before a commit checkpoints by itself; the worker does it earlier, when idle.
const AUTOCHECKPOINT_PAGES: i64 = 4_000;
/// The name of a database that lies in no file.
const IN_MEMORY: &str = ":memory:";

impl Store {
    /// Opens the database at `path`, creating it with its folder if there is none, and expires what is overdue at `now`.
    ///
    /// # Errors
    /// [`StoreError`]: a file that is not ours, newer or damaged is refused and not written to.
    pub fn open(path: &Path, settings: Settings, now: Timestamp) -> Result<Self, StoreError> {
        Self::open_telling(path, settings, now, &mut |_| {})
    }

    /// As [`Store::open`]; `told` hears how many rows were brought on, where a file of an earlier version is: first of none, when it begins.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_telling(path: &Path, settings: Settings, now: Timestamp, told: &mut dyn FnMut(u64)) -> Result<Self, StoreError> {
        let path = resolve(path)?;
        let mut access = if settings.read_only { Access::AskedReadOnly } else { Access::ReadWrite };
        match fs::symlink_metadata(&path) {
            Ok(found) => check_file(&path, &found).and_then(|()| check_header(&path))?,
            Err(e) if e.kind() == io::ErrorKind::NotFound && access == Access::ReadWrite => create(&path)?,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(StoreError::NoDatabase { path }),
            Err(source) => return Err(file_error(Doing::Opening, &path, source)),
        }
        if access == Access::ReadWrite && !is_writable(&path) {
            access = Access::ForcedReadOnly;
        }
        let is_left = place::has_left_log(&path);
        // Also where a program that has another file open holds the log.
        if place::came_after_its_log(&path) {
            return Err(StoreError::LogOlder { path });
        }
        let mut connection = connect(&path, access)?;
        if is_left {
            place::check_left_log(&connection, &path)?;
        }
        let version = check_label(&connection, &path)?;
        if access == Access::ReadWrite {
            set_up_writing(&connection)?;
            let kept_on = (settings.backups > 0).then(|| now.utc().date().into());
            bring_on(&mut connection, &path, version, kept_on, told)?;
        } else if version < schema::VERSION {
            return Err(StoreError::Earlier { path });
        }
        let mut store = Self::around(connection, path, access, settings);
        store.place = Place::of(&store.path);
        store.seal();
        store.catch_up(now)?;
        Ok(store)
    }

    /// Opens a database once more that this program has open already, to write to it. Its file is not looked at beside SQLite: to close
    /// it again would give up the locks of the other connection, and the next program that ends would take the log away under it.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite cannot.
    pub fn open_beside(path: &Path, settings: Settings) -> Result<Self, StoreError> {
        let connection = connect(path, Access::ReadWrite)?;
        set_up_writing(&connection)?;
        let mut store = Self::around(connection, path.to_owned(), Access::ReadWrite, settings);
        store.place = Place::of(&store.path);
        store.seal();
        Ok(store)
    }

    /// Opens an empty database in memory, for tests.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite cannot.
    pub fn in_memory(settings: Settings) -> Result<Self, StoreError> {
        Self::fleeting(Connection::open_in_memory().opening()?, settings)
    }

    /// Opens an empty database that is gone when it is closed; what does not fit in the page cache lies in a nameless file meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite cannot.
    pub fn passing(settings: Settings) -> Result<Self, StoreError> {
        Self::fleeting(Connection::open("").opening()?, settings)
    }

    fn fleeting(mut connection: Connection, settings: Settings) -> Result<Self, StoreError> {
        prepare(&connection)?;
        schema::migrate(&mut connection, &mut |_| Ok(()), &mut |_| {})?;
        let mut store = Self::around(connection, PathBuf::from(IN_MEMORY), Access::ReadWrite, settings);
        store.note_response_days()?;
        Ok(store)
    }

    fn around(connection: Connection, path: PathBuf, access: Access, settings: Settings) -> Self {
        let (writes, seen_at, behind) = (Cell::new(0), Cell::new(None), Cell::new(None));
        let (place, limits) = (Place::default(), Limits::MEASURED);
        Self {
            connection,
            path,
            access,
            place,
            settings,
            prepared: None,
            ranks: Ranks::default(),
            rows_read: Cell::default(),
            writes,
            numbers: Cell::default(),
            limits,
            team_writes: Cell::default(),
            team: Cell::default(),
            seen_at,
            behind,
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns whether it lies in no file, and is gone when it is closed.
    pub(super) fn is_in_memory(&self) -> bool {
        self.path == Path::new(IN_MEMORY)
    }

    pub const fn access(&self) -> Access {
        self.access
    }

    /// Does what time and settings ask for since the last opening: deadlines by the new setting, and expiry (MG-65).
    ///
    /// # Errors
    /// [`StoreError`] of the writes; a read-only store does nothing.
    pub fn catch_up(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if self.access == Access::ReadWrite {
            self.note_response_days()?;
        }
        self.follow_clock(now)
    }

    /// Returns a number that changes when another program has written to the database.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn outside_version(&self) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached("PRAGMA data_version").reading()?;
        statement.query_row([], |row| row.get(0)).reading()
    }

    /// Moves the write-ahead log into the file where nobody is in the way, and leaves none beside it: for idle moments.
    pub fn checkpoint(&self) {
        if self.access == Access::ReadWrite && self.in_place().is_ok() {
            // What cannot be moved now is moved the next time, or by the next program that opens the file.
            self.move_log();
            self.seal();
        }
    }

    pub(super) fn writable(&self) -> Result<(), StoreError> {
        if self.access == Access::ReadWrite { self.in_place() } else { Err(StoreError::ReadOnly) }
    }
}

/// Follows links in the folders but not of the file itself.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    let name = path.file_name().ok_or_else(|| StoreError::NotAFile { path: path.to_owned() })?;
    let folder = match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => Path::new("/"),
    };
    match dunce::canonicalize(folder) {
        Ok(folder) => Ok(folder.join(name)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(path.to_owned()),
        Err(source) => Err(file_error(Doing::Opening, path, source)),
    }
}

pub(super) fn check_file(path: &Path, found: &fs::Metadata) -> Result<(), StoreError> {
    let path = path.to_owned();
    if found.file_type().is_symlink() {
        return Err(StoreError::Link { path });
    }
    if !found.is_file() {
        return Err(StoreError::NotAFile { path });
    }
    if found.len() == 0 { Err(StoreError::Empty { path }) } else { Ok(()) }
}

/// Creates folder and database. The file gets its schema under another name first, so that it is whole once it is there.
fn create(path: &Path) -> Result<(), StoreError> {
    let fail = |source| file_error(Doing::Opening, path, source);
    if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
        private::folder(folder).map_err(fail)?;
    }
    let mut unborn = path.as_os_str().to_owned();
    unborn.push(format!(".new-{}-{:?}", std::process::id(), std::thread::current().id()));
    let unborn = PathBuf::from(unborn);
    private::file(&unborn).map_err(fail)?;
    let made = fill(&unborn).and_then(|()| match fs::hard_link(&unborn, path) {
        // Another process was faster: its file is as good as ours.
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(_) if !path.exists() => fs::rename(&unborn, path).map_err(fail),
        linked => linked.map_err(fail),
    });
    let _ = fs::remove_file(&unborn);
    made
}

fn fill(unborn: &Path) -> Result<(), StoreError> {
    let mut connection = Connection::open_with_flags(unborn, OpenFlags::SQLITE_OPEN_READ_WRITE).opening()?;
    schema::migrate(&mut connection, &mut |_| Ok(()), &mut |_| {})?;
    connection.close().map_err(|(_, e)| e).opening()
}

fn is_writable(path: &Path) -> bool {
    let folder_takes_files = |folder: &Path| {
        #[cfg(unix)]
        return rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok();
        // What a list of rights comes to is known best to who tries.
        #[cfg(windows)]
        return tempfile::tempfile_in(folder).is_ok();
    };
    fs::OpenOptions::new().append(true).open(path).is_ok() && path.parent().is_none_or(folder_takes_files)
}

pub(super) fn connect(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let common = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    if access == Access::ReadWrite {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | common).opening()?;
        prepare(&connection)?;
        return Ok(connection);
    }
    let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | common;
    let connection = Connection::open_with_flags(path, read_only).opening()?;
    prepare(&connection)?;
    let readable = schema::label(&connection).is_ok();
    if readable || with_suffix(path, LOG).exists() {
        return Ok(connection);
    }
    // In a folder without write permission there is no place for the shared memory of WAL; nobody writes there either.
    alone(path)
}

/// What the write-ahead log and its index are called, behind the name of the database.
pub(super) const LOG: &str = "-wal";
pub(super) const INDEX: &str = "-shm";

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

pub(super) fn uri_path(path: &Path) -> String {
    let mut uri = String::new();
    for piece in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        uri.push_str(&piece.valid().replace('%', "%25").replace('?', "%3f").replace('#', "%23"));
        uri.extend(piece.invalid().iter().map(|byte| format!("%{byte:02x}")));
    }
    uri
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY).opening()?;
    connection.set_prepared_statement_cache_capacity(64);
    // Every statement says by its index how it is to be answered; else SQLite plans many of them anew for each value they are given.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).opening()?;
    connection.pragma_update(None, "foreign_keys", true).opening()?;
    connection.pragma_update(None, "trusted_schema", false).opening()
}

/// Opens a file as it is, without the write-ahead log beside it, and leaves nothing beside it: where nobody writes to it meanwhile.
pub(super) fn alone(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let uri = format!("file:{}?immutable=1", uri_path(path));
    let connection = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_NOFOLLOW).opening()?;
    prepare(&connection)?;
    Ok(connection)
}

/// Brings a file of an earlier version on. A copy of it is kept beside until that is done: should anything stop it half-way, the file
/// is as it was, and should the file be lost, there is the copy.
/// Afterwards it goes, or is `kept_on` a day among the others.
fn bring_on(
    connection: &mut Connection,
    path: &Path,
    version: i64,
    kept_on: Option<Date>,
    told: &mut dyn FnMut(u64),
) -> Result<(), StoreError> {
    if version < schema::VERSION {
        told(0);
        // Most of it is in the file itself then; what another program writes after this is in the log, which is copied too.
        checkpoint_all(connection)?;
        let length = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
        let needed = length(path).saturating_add(length(&with_suffix(path, LOG)));
        check_room(path, needed.saturating_mul(2))?;
        connection.pragma_update(None, "cache_size", -IMPORT_CACHE).opening()?;
        let copy = beside::choose(connection, path, version)?;
        schema::migrate(connection, &mut |_| beside::keep(path, &copy), told)?;
        connection.pragma_update(None, "cache_size", -LIST_CACHE).opening()?;
        // The log is as long as everything that was rewritten.
        checkpoint_all(connection)?;
    }
    // Here, or by a program that was stopped right after it had brought the file on.
    beside::take_away(connection, path, kept_on)
}

/// Moves the whole write-ahead log into the file, if nobody is in the way.
fn checkpoint_all(connection: &Connection) -> Result<(), StoreError> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).opening()
}

/// Refuses to begin what the disk has no room for: the copy, and the log of what is rewritten.
pub(super) fn check_room(path: &Path, needed: u64) -> Result<(), StoreError> {
    let room = fs4::available_space(path.parent().unwrap_or(path));
    if room.is_ok_and(|room| room < needed) {
        return Err(StoreError::NoRoom { path: path.to_owned(), needed });
    }
    Ok(())
}

/// Settles how writes are made durable. Only after the label was checked: it writes to the file.
fn set_up_writing(connection: &Connection) -> Result<(), StoreError> {
    // Where others begin at the same moment, SQLite does not wait for this by itself.
    let mut tries = 100;
    let set = loop {
        let set = connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).opening();
        tries -= 1;
        if tries == 0 || !matches!(set, Err(StoreError::Busy)) {
            break set;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    set?;
    connection.pragma_update(None, "synchronous", "FULL").opening()?;
    connection.pragma_update(None, "wal_autocheckpoint", AUTOCHECKPOINT_PAGES).opening()
}

/// Reads the label from the file's own header, before SQLite opens it: opening alone may write beside it or into it.
pub(super) fn check_header(path: &Path) -> Result<(), StoreError> {
    use std::io::Read;
    let mut header = [0; 100];
    match fs::File::open(path).and_then(|mut file| file.read_exact(&mut header)) {
        Ok(()) if header.starts_with(b"SQLite format 3\0") => {}
        Ok(()) => return Err(StoreError::Foreign { path: path.to_owned() }),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Err(StoreError::Foreign { path: path.to_owned() }),
        Err(source) => return Err(file_error(Doing::Opening, path, source)),
    }
    let number = |at: usize| i32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    judge(Label { application_id: number(68), version: i64::from(number(60)) }, path)
}

/// Reads the label again through SQLite: the write-ahead log may hold a newer one.
pub(super) fn check_label(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    match schema::label(connection) {
        Ok(label) => judge(label, path).map(|()| label.version),
        Err(e) => Err(StoreError::sqlite(Doing::Opening, e)),
    }
}

fn judge(label: Label, path: &Path) -> Result<(), StoreError> {
    let path = path.to_owned();
    if label.application_id != APPLICATION_ID {
        return Err(StoreError::Foreign { path });
    }
    if label.version > schema::VERSION {
        return Err(StoreError::Newer { path, theirs: label.version, ours: schema::VERSION });
    }
    Ok(())
}

pub(super) fn file_error(doing: Doing, path: &Path, source: io::Error) -> StoreError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::NoPermission { path },
        io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::File { doing, path, source },
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn a_path_that_is_no_text_is_named_byte_by_byte() {
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/caf\xe9/50% \xea\xb0\x80?#.db"));
        assert_eq!(uri_path(path), "/caf%e9/50%25 가%3f%23.db");
    }
}
