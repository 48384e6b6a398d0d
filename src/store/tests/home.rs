//! A folder of its own for the database of a test, gone with the test.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder with the place of a database in it; nothing is there yet.
pub(super) struct Home {
    pub folder: tempfile::TempDir,
    pub path: PathBuf,
}

impl Home {
    /// With the database to be called `name`.
    pub(super) fn of(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        Self { folder, path }
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

/// What lies in a folder, in order.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
