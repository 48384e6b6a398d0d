//! Files and folders that only their owner can look into (on Windows: whom their folder lets), made new and never over what stands
//! there; what is in them is others' affair.

use std::fs::{self, File};
use std::io;
use std::path::Path;

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
