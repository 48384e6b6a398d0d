//! The log file: what went wrong, for whoever has to find out why; never on the screen, and no customer's data in it but what the
//! user's own commands print.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::instant::Timestamp;
use crate::private;

/// Above this size the file is put aside and a new one begun.
const LARGEST: u64 = 1 << 20;

/// An open log.
#[derive(Debug)]
pub struct Log {
    file: File,
}

impl Log {
    /// Opens the log, readable only by its owner; the one before is kept as `.old`.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            private::folder(folder)?;
        }
        if fs::symlink_metadata(path).is_ok_and(|data| data.is_file() && data.len() > LARGEST) {
            let mut old = path.as_os_str().to_owned();
            old.push(".old");
            fs::rename(path, PathBuf::from(old))?;
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // Neither a link nor a queue of somebody else's is written to, or waited for.
            let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
            options.mode(0o600).custom_flags(flags.bits().cast_signed());
        }
        #[cfg(windows)]
        {
            use std::os::windows::fs::OpenOptionsExt;
            /// Opens a link itself, not what it points to.
            const OPEN_REPARSE_POINT: u32 = 0x0020_0000;
            options.custom_flags(OPEN_REPARSE_POINT);
        }
        let file = options.open(path)?;
        let found = file.metadata()?;
        #[cfg(unix)]
        let is_shared = std::os::unix::fs::MetadataExt::nlink(&found) > 1;
        #[cfg(windows)]
        let is_shared = winapi_util::file::information(&file)?.number_of_links() > 1;
        if !found.is_file() || is_shared {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists));
        }
        Ok(Self { file })
    }

    /// Writes a line. What cannot be logged is lost: there is no better place to say so.
    pub fn note(&mut self, at: Timestamp, what: &str) {
        let line: String = what.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(self.file, "{at} {line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_planted_link_is_not_followed_and_a_planted_queue_holds_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let (victim, path) = (folder.path().join("victim"), folder.path().join("cosell.log"));
        fs::write(&victim, "mine").unwrap();
        std::os::unix::fs::symlink(&victim, &path).unwrap();
        assert!(Log::open(&path).is_err());
        fs::remove_file(&path).unwrap();
        fs::hard_link(&victim, &path).unwrap();
        assert!(Log::open(&path).is_err());
        fs::remove_file(&path).unwrap();
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
        assert!(Log::open(&path).is_err());
        assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    }

    #[test]
    fn the_log_is_private_keeps_its_lines_and_starts_anew_when_large() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/cosell.log");
        let at = Timestamp::parse("2026-11-21T08:00:00Z").unwrap();
        Log::open(&path).unwrap().note(at, "first\nline\u{1b}[31m");
        Log::open(&path).unwrap().note(at, "second");
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "2026-11-21T08:00:00Z first line [31m\n2026-11-21T08:00:00Z second\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        fs::write(&path, vec![b'x'; LARGEST as usize + 1]).unwrap();
        Log::open(&path).unwrap().note(at, "new");
        assert!(fs::metadata(&path).unwrap().len() < 100);
        assert!(folder.path().join("state/cosell.log.old").exists());
    }
}
