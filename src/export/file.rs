//! An export into a file, as the store feeds it: the file comes to stand under its name once all deals are in it, and whoever asked is told.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::Writing;
use crate::domain::held::Held;
use crate::domain::instant::Timestamp;
use crate::exchange::new_file::NewFile;
use crate::private::{self, Unfit};
use crate::store::{Exported, Sink, StoreError};

/// A file that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub path: PathBuf,
    /// How many deals are in it; `None` where it holds what is said of them.
    pub deals: Option<u64>,
}

/// Why there is no file.
#[derive(Debug)]
pub enum Failed {
    /// Something stands there that may not be written over.
    Exists(PathBuf),
    File(PathBuf, io::Error),
    /// Its folder takes no files.
    Folder(Unfit),
    Store(StoreError),
}

impl Failed {
    pub(super) fn of(path: &Path, error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::AlreadyExists {
            return Self::Exists(path.to_owned());
        }
        // No folder is made for a file: its name may be a slip.
        private::unfit(private::folder_of(path)).map_or_else(|| Self::File(path.to_owned(), error), Self::Folder)
    }
}

/// What deals are written as.
pub trait Filling: Send + Sized + 'static {
    /// Returns whether it wants all there is of each deal.
    fn is_whole(&self) -> bool;

    /// Writes a deal.
    ///
    /// # Errors
    /// What the file system says.
    fn take(&mut self, held: &Held, file: &mut NewFile) -> io::Result<()>;

    /// Writes what comes after the deals; returns how many there are, where they are what the file holds.
    ///
    /// # Errors
    /// What the file system says.
    fn end(self, file: &mut NewFile) -> io::Result<Option<u64>>;
}

impl Filling for Writing {
    fn is_whole(&self) -> bool {
        Self::is_whole(self)
    }

    fn take(&mut self, held: &Held, file: &mut NewFile) -> io::Result<()> {
        Self::take(self, held, file)
    }

    fn end(self, file: &mut NewFile) -> io::Result<Option<u64>> {
        Self::end(self, file).map(Some)
    }
}

/// A file that deals are being written to.
pub struct FileExport<W> {
    wanted: Vec<Exported>,
    as_of: Option<Timestamp>,
    path: PathBuf,
    open: Result<(W, NewFile), Failed>,
    tell: Sender<Result<Done, Failed>>,
}

impl<W: Filling> FileExport<W> {
    /// Begins a file; how it ends is told to the receiver, once. What keeps it from being begun is told there too. Deals are `wanted` one
    /// list after the other, as they are now or as they stood at a moment.
    pub fn new(
        (wanted, as_of): (Vec<Exported>, Option<Timestamp>),
        (path, over): (PathBuf, bool),
        begin: impl FnOnce(&mut NewFile) -> io::Result<W>,
    ) -> (Self, Receiver<Result<Done, Failed>>) {
        let begun = NewFile::begin(&path, over).and_then(|mut file| Ok((begin(&mut file)?, file)));
        let open = begun.map_err(|error| Failed::of(&path, error));
        let (tell, told) = mpsc::channel();
        (Self { wanted, as_of, path, open, tell }, told)
    }

    /// Makes the file whole.
    fn finish(open: Result<(W, NewFile), Failed>, path: &Path) -> Result<Done, Failed> {
        let (writing, mut file) = open?;
        let deals = writing.end(&mut file).and_then(|deals| file.keep().map(|()| deals));
        deals.map(|deals| Done { path: path.to_owned(), deals }).map_err(|error| Failed::of(path, error))
    }
}

impl<W: Filling> Sink for FileExport<W> {
    fn wanted(&self) -> &[Exported] {
        &self.wanted
    }

    fn as_of(&self) -> Option<Timestamp> {
        self.as_of
    }

    fn is_whole(&self) -> bool {
        self.open.as_ref().is_ok_and(|(writing, _)| writing.is_whole())
    }

    fn is_open(&self) -> bool {
        self.open.is_ok()
    }

    fn take(&mut self, held: &Held) {
        if let Ok((writing, file)) = &mut self.open
            && let Err(error) = writing.take(held, file)
        {
            self.open = Err(Failed::of(&self.path, error));
        }
    }

    /// To pack a workbook takes a while, in which others would wait.
    fn end(self: Box<Self>, failed: Option<StoreError>, aside: bool) {
        let Self { path, open, tell, .. } = *self;
        let open = failed.map_or(open, |error| Err(Failed::Store(error)));
        let work = move || {
            let done = Self::finish(open, &path);
            // Nobody hears it once the desk was left.
            let _ = tell.send(done);
        };
        if !aside {
            return work();
        }
        // Where there is no room for a thread, the sender is dropped: whoever listens hears that it came to nothing.
        let _ = thread::Builder::new().name("export".into()).spawn(work);
    }
}
