//! A file that is written piece by piece and stands under its name only once it is whole; what is in it is others' affair.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::refused::{folder_of, keep_new};
use super::unnamed::unnamed_in;
use crate::private;

/// Bytes that are gathered before the system is asked to write them.
const GATHERED: usize = 1 << 16;

/// A file on its way. Dropped before it is kept, nothing of it is left.
pub struct NewFile {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
    /// Whether it may take the place of what stands there.
    over: bool,
}

impl NewFile {
    /// Begins a file beside the place where it is to stand.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] where something stands there that it may not take the place of: only of a plain file it ever
    /// does; else what the file system says.
    pub fn begin(path: &Path, over: bool) -> io::Result<Self> {
        match fs::symlink_metadata(path) {
            Ok(found) if !over || !found.is_file() => return Err(io::ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        if path.file_name().is_none() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let unnamed = unnamed_in(folder_of(path))?;
        Ok(Self { file: BufWriter::with_capacity(GATHERED, unnamed), path: path.to_owned(), over })
    }

    /// Gives it its name, once all of it is on the disk.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] where something has come there meanwhile, else what the file system says.
    pub fn keep(self) -> io::Result<()> {
        let unnamed = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        unnamed.as_file().sync_all()?;
        if !self.over {
            return keep_new(unnamed, &self.path);
        }
        match fs::symlink_metadata(&self.path) {
            Ok(found) if found.is_file() => unnamed.as_file().set_permissions(found.permissions())?,
            Ok(_) => return Err(io::ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        unnamed.persist(&self.path).map_err(|error| error.error)?;
        private::sync_folder(folder_of(&self.path))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(path: &Path, over: bool, text: &str) -> io::Result<()> {
        let mut file = NewFile::begin(path, over)?;
        file.write_all(text.as_bytes())?;
        file.keep()
    }

    #[test]
    fn a_file_is_there_once_it_is_whole_and_takes_no_others_place_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deals.csv");
        let mut begun = NewFile::begin(&path, false).unwrap();
        begun.write_all(b"half").unwrap();
        assert!(!path.exists());
        drop(begun);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing half is left");
        put(&path, false, "one").unwrap();
        assert_eq!(put(&path, false, "two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        put(&path, true, "three").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "three");
        assert_eq!(put(folder.path(), true, "").unwrap_err().kind(), io::ErrorKind::AlreadyExists, "a folder stays one");
        assert_eq!(put(&folder.path().join("no/x.csv"), false, "").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_comes_under_the_name_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deals.csv");
        let mut begun = NewFile::begin(&path, false).unwrap();
        begun.write_all(b"ours").unwrap();
        fs::write(&path, "theirs").unwrap();
        assert_eq!(begun.keep().unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
