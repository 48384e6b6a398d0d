//! Files and folders that only their owner can look into (on Windows: whom their folder lets), made new and never over what stands
//! there, or in its place whole or not at all; what is in them is others' affair.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Makes a folder, with those above it that are missing.
///
/// # Errors
/// What the file system says.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a folder in one that is there, and returns whether it did: where it is there itself, it stays.
///
/// # Errors
/// What the file system says; that the one around it is missing: then its name is a slip.
pub fn folder_in(path: &Path) -> io::Result<bool> {
    if path.is_dir() {
        return Ok(false);
    }
    if folder_of(path).is_dir() { folder(path).map(|()| true) } else { Err(io::ErrorKind::NotFound.into()) }
}

/// A folder that files can be written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    There,
    /// It can be made in the one around it.
    New,
}

/// Why files cannot be written into a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// This is a file: the folder itself, or one around it.
    File(PathBuf),
    /// This is not there, and what is to stand in it is not either.
    Missing(PathBuf),
    /// This takes no files from whoever runs the program.
    Closed(PathBuf),
    /// What the system says of this.
    Other(PathBuf, String),
}

/// Looks whether files can be written into a folder, and changes nothing.
///
/// # Errors
/// [`Unfit`].
pub fn spot(path: &Path) -> Result<Spot, Unfit> {
    let is_file = |path: &Path| fs::metadata(path).is_ok_and(|found| !found.is_dir());
    let error = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return open_to_files(path).map(|()| Spot::There),
        Ok(_) => return Err(Unfit::File(path.to_owned())),
        Err(error) => error,
    };
    if let Some(file) = path.ancestors().skip(1).find(|above| is_file(above)) {
        return Err(Unfit::File(file.to_owned()));
    }
    match error.kind() {
        io::ErrorKind::NotFound if folder_of(path).is_dir() => open_to_files(folder_of(path)).map(|()| Spot::New),
        io::ErrorKind::NotFound => {
            let named = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
            let missing = named.take_while(|above| !above.exists()).last().unwrap_or(path);
            Err(Unfit::Missing(missing.to_owned()))
        }
        io::ErrorKind::PermissionDenied => Err(Unfit::Closed(path.to_owned())),
        _ => Err(Unfit::Other(path.to_owned(), error.to_string())),
    }
}

/// Returns why no file can be written into a folder as it stands: one that could be made is missing.
pub fn unfit(folder: &Path) -> Option<Unfit> {
    match spot(folder) {
        Ok(Spot::There) => None,
        Ok(Spot::New) => Some(Unfit::Missing(folder.to_owned())),
        Err(why) => Some(why),
    }
}

/// Returns whether a folder that is there takes new files.
fn open_to_files(folder: &Path) -> Result<(), Unfit> {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        use rustix::io::Errno;
        match access(folder, Access::WRITE_OK | Access::EXEC_OK) {
            Err(Errno::ACCESS | Errno::ROFS | Errno::PERM) => return Err(Unfit::Closed(folder.to_owned())),
            Err(error) => return Err(Unfit::Other(folder.to_owned(), io::Error::from(error).to_string())),
            Ok(()) => {}
        }
    }
    #[cfg(not(unix))]
    if fs::metadata(folder).is_ok_and(|found| !found.is_dir()) {
        return Err(Unfit::File(folder.to_owned()));
    }
    Ok(())
}

/// Makes an empty file to write to; fails if the name is taken, by a link too.
///
/// # Errors
/// What the file system says.
pub fn file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Takes a file that stands for a right only one program has at a time, and makes it where it is missing; `None` while another one
/// has it. It is given back when what is returned is dropped, or the program ends.
///
/// # Errors
/// What the file system says; a link is not followed.
pub fn hold(path: &Path) -> io::Result<Option<File>> {
    let mut options = fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

/// Writes a file anew, whole or not at all; whoever may read the one in its place reads it on.
///
/// # Errors
/// What the file system says.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_if(path, bytes, || true).map(drop)
}

/// As [`replace`], but only where that may still be done once all is ready for it; returns whether it was.
///
/// # Errors
/// What the file system says.
pub fn replace_if(path: &Path, bytes: &[u8], may: impl FnOnce() -> bool) -> io::Result<bool> {
    let folder = folder_of(path);
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    match fs::metadata(path) {
        Ok(found) => file.as_file().set_permissions(found.permissions())?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    file.as_file().sync_all()?;
    if !may() {
        return Ok(false);
    }
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder).map(|()| true)
}

/// Makes what a file holds last. It is opened for writing: some systems refuse that to who only reads.
///
/// # Errors
/// What the file system says.
pub fn sync_file(path: &Path) -> io::Result<()> {
    fs::OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Makes the names in a folder last: a new one is kept once its folder is written.
///
/// # Errors
/// What the file system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Returns the folder that a file stands in, or is to stand in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How the names of files end that are not whole yet.
const UNFINISHED: &str = ".part";

/// A file that is not whole yet, beside the place it is made for; it is gone again unless it is put there.
#[derive(Debug)]
pub struct Unborn {
    file: tempfile::TempPath,
    wanted: PathBuf,
}

impl Unborn {
    /// Makes an empty one for a place, under the name of that place with more behind it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn beside(wanted: &Path) -> io::Result<Self> {
        let name = wanted.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut builder = tempfile::Builder::new();
        let file = builder.prefix(&format!("{name}.")).suffix(UNFINISHED).tempfile_in(folder_of(wanted))?;
        Ok(Self { file: file.into_temp_path(), wanted: wanted.to_owned() })
    }

    /// Returns where it lies meanwhile.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Puts it in its place once its bytes are on the disk: in that of another file where it may `replace` one.
    ///
    /// # Errors
    /// What the file system says: that the place is taken, too.
    pub fn put(self, replace: bool) -> io::Result<PathBuf> {
        sync_file(&self.file)?;
        let put = if replace { self.file.persist(&self.wanted) } else { self.file.persist_noclobber(&self.wanted) };
        put.map_err(|error| error.error)?;
        sync_folder(folder_of(&self.wanted))?;
        Ok(self.wanted)
    }
}

/// Returns whether a file of this name was begun for a place and never put there.
pub fn is_unborn(name: &str, wanted: &str) -> bool {
    let rest = name.strip_prefix(wanted).and_then(|rest| rest.strip_prefix('.')).and_then(|rest| rest.strip_suffix(UNFINISHED));
    rest.is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_told_apart_from_a_file_and_from_what_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file.txt"), "").unwrap();
        assert_eq!(spot(folder.path()), Ok(Spot::There));
        assert_eq!(spot(&at("new")), Ok(Spot::New));
        for name in ["file.txt", "file.txt/x", "file.txt/x/y"] {
            assert_eq!(spot(&at(name)), Err(Unfit::File(at("file.txt"))), "{name}");
        }
        assert_eq!(spot(&at("no/more/folders")), Err(Unfit::Missing(at("no"))));
        assert_eq!(unfit(folder.path()), None);
        assert_eq!(unfit(&at("new")), Some(Unfit::Missing(at("new"))), "nothing makes it unasked");
        assert!(folder_in(&at("new")).unwrap());
        assert!(!folder_in(&at("new")).unwrap());
    }
}
