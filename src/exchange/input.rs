//! The bytes of one file, whatever it is: opened once, looked through once, and then read from their beginning as often as is needed.

use std::fs;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::encoding::{Charset, Utf8};
use super::error::{FileError, file_aside};
use super::scout::{Found, Scout};
use crate::domain::instant::Timestamp;

/// How a file is read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The encoding, where the user tells it.
    pub charset: Option<Charset>,
    /// Set by whoever wants no more of it; reading then ends within a tenth of a second.
    pub stop: Arc<AtomicBool>,
}

impl Reading {
    pub(super) fn go_on(&self) -> Result<(), FileError> {
        if self.stop.load(Ordering::Relaxed) { Err(FileError::Stopped) } else { Ok(()) }
    }
}

/// Most that is taken from what is no ordinary file, in MiB.
const MOST: u64 = 256;
/// How long a pipe is waited for that no program writes to, in seconds.
const PATIENCE: u64 = 5;
/// How long a reading waits before it looks whether it is to stop.
const MOMENT: Duration = Duration::from_millis(50);
/// How much is read at once.
const PIECE: usize = 1 << 16;

/// A file that is being read. What can be read only once (a pipe, a device) was copied into a nameless temporary file.
pub struct Input {
    path: PathBuf,
    file: fs::File,
    modified: Option<Timestamp>,
    reading: Reading,
    found: Found,
}

impl Input {
    /// Opens a file and looks it through.
    ///
    /// # Errors
    /// What the file system says, or that it is empty, no text, endless, or too long a line.
    pub fn open(path: &Path, reading: Reading) -> Result<Self, FileError> {
        let mut file = open(path)?;
        let data = file.metadata()?;
        if data.is_dir() {
            return Err(FileError::Io(io::ErrorKind::IsADirectory.into()));
        }
        if !data.is_file() {
            let mut wait = Waiting::new(&file, &data);
            return Self::copied(path, &mut |piece| wait.read(&file, piece, &reading), reading.clone());
        }
        let modified = data.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = modified.and_then(|since| i64::try_from(since.as_micros()).ok()).map(Timestamp::from_micros);
        let mut scout = Scout::new(reading.charset);
        let mut piece = vec![0; PIECE];
        loop {
            reading.go_on()?;
            match file.read(&mut piece)? {
                0 => break,
                count => scout.see(&piece[..count])?,
            }
            if scout.is_book() {
                break;
            }
        }
        Ok(Self { path: path.to_owned(), file, modified, found: scout.found()?, reading })
    }

    /// Takes what a program writes to us, under the name that is shown for it.
    ///
    /// # Errors
    /// As [`Input::open`].
    pub fn piped(path: &Path, from: &mut dyn Read, reading: Reading) -> Result<Self, FileError> {
        Self::copied(path, &mut |piece| from.read(piece).map_err(FileError::from), reading)
    }

    fn copied(
        path: &Path,
        read: &mut dyn FnMut(&mut [u8]) -> Result<usize, FileError>,
        reading: Reading,
    ) -> Result<Self, FileError> {
        let mut file = file_aside()?;
        let mut scout = Scout::new(reading.charset);
        let mut piece = vec![0; PIECE];
        let mut all = 0;
        loop {
            reading.go_on()?;
            let count = match read(&mut piece) {
                Ok(0) => break,
                Ok(count) => count,
                Err(FileError::Io(error)) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            all += count as u64;
            if all > MOST << 20 {
                return Err(FileError::TooLarge { mib: MOST });
            }
            scout.see(&piece[..count])?;
            file.write_all(&piece[..count])?;
        }
        Ok(Self { path: path.to_owned(), file, modified: None, found: scout.found()?, reading })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns when the file was last written: how old its data is at most. What is no ordinary file does not tell.
    pub const fn modified(&self) -> Option<Timestamp> {
        self.modified
    }

    /// Returns the encoding it is read in.
    pub const fn charset(&self) -> Charset {
        self.found.charset
    }

    /// Returns the encoding it is read in where neither a mark nor the user tells it and it is not UTF-8.
    pub fn guessed(&self) -> Option<Charset> {
        Some(self.found.charset).filter(|_| self.found.guessed)
    }

    /// Returns whether the first thing in it is a JSON bracket.
    pub(super) const fn is_json(&self) -> bool {
        self.found.json
    }

    /// Returns whether it begins like a workbook; its bytes are then [`Input::file`].
    pub(super) const fn is_book(&self) -> bool {
        self.found.book
    }

    /// Returns the file itself, for who reads it here and there.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn file(&self) -> io::Result<fs::File> {
        self.file.try_clone()
    }

    pub(super) const fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Returns the error about bytes that are none of its encoding's.
    pub(super) fn encoding_error(&self, line: u64) -> FileError {
        FileError::Encoding { line, read_as: self.found.charset.name(), perhaps: self.found.perhaps }
    }

    /// Returns the first line that is not in its encoding, where that is known without decoding it.
    pub(super) const fn damaged(&self) -> Option<u64> {
        self.found.damaged
    }

    /// Returns its text from the beginning, in UTF-8. Only the text that was taken last may be read.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn text(&self) -> Result<Text, FileError> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        Ok(Utf8::new(Stoppable { file, reading: self.reading.clone() }, self.found.charset)?)
    }
}

/// The text of a file.
pub(super) type Text = Utf8<Stoppable>;

/// Bytes of a file until the user stops it.
pub(super) struct Stoppable {
    file: fs::File,
    reading: Reading,
}

impl Read for Stoppable {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reading.go_on()?;
        self.file.read(buffer)
    }
}

/// Opens without waiting for a program at the other end of a pipe.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    fs::OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<fs::File> {
    fs::File::open(path)
}

/// Reads from what may have nothing to read yet.
struct Waiting {
    /// A pipe with a name: it has an end only once somebody has begun to write.
    begun: bool,
    moments: u128,
}

impl Waiting {
    #[cfg(unix)]
    fn new(_: &fs::File, data: &fs::Metadata) -> Self {
        use std::os::unix::fs::FileTypeExt as _;
        Self { begun: !data.file_type().is_fifo(), moments: 0 }
    }

    #[cfg(not(unix))]
    fn new(_: &fs::File, _: &fs::Metadata) -> Self {
        Self { begun: true, moments: 0 }
    }

    fn read(&mut self, mut file: &fs::File, piece: &mut [u8], reading: &Reading) -> Result<usize, FileError> {
        loop {
            reading.go_on()?;
            match file.read(piece) {
                Ok(0) if !self.begun => {
                    self.moments += 1;
                    if self.moments * MOMENT.as_millis() > u128::from(PATIENCE) * 1_000 {
                        return Err(FileError::NobodyWrites { seconds: PATIENCE });
                    }
                    std::thread::sleep(MOMENT);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.begun = true;
                    until_ready(file)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => {
                    self.begun = true;
                    return Ok(read?);
                }
            }
        }
    }
}

/// Waits until there is something to read, for a moment at most.
#[cfg(unix)]
fn until_ready(file: &fs::File) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let wait = Timespec { tv_sec: 0, tv_nsec: MOMENT.subsec_nanos().into() };
    match poll(&mut [PollFd::new(file, PollFlags::IN)], Some(&wait)) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn until_ready(_: &fs::File) -> io::Result<()> {
    std::thread::sleep(MOMENT);
    Ok(())
}
