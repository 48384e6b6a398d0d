//! An export into a file, as the store feeds it: the file comes to stand under its name once all deals are in it, and whoever asked is told.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::{Manner, Writing};
use crate::domain::date::Moment;
use crate::domain::held::Held;
use crate::exchange::new_file::NewFile;
use crate::i18n::Sentences;
use crate::private::{self, Spot, Unfit};
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
        let folder = private::folder_of(path);
        match private::spot(folder) {
            Err(why) => Self::Folder(why),
            // No folder is made for a file: its name may be a slip.
            Ok(Spot::New) => Self::Folder(Unfit::Missing(folder.to_owned())),
            Ok(Spot::There) => Self::File(path.to_owned(), error),
        }
    }
}

/// A file that deals are being written to.
pub struct FileExport {
    wanted: Exported,
    path: PathBuf,
    open: Result<(Writing, NewFile), Failed>,
    tell: Sender<Result<Done, Failed>>,
}

impl FileExport {
    /// Begins a file; how it ends is told to the receiver, once. What keeps it from being begun is told there too.
    pub fn new(
        wanted: Exported,
        (path, over): (PathBuf, bool),
        manner: Manner,
        sentences: &Arc<Sentences>,
        moment: Moment,
    ) -> (Self, Receiver<Result<Done, Failed>>) {
        let begin = || {
            let mut file = NewFile::begin(&path, over)?;
            let mut writing = Writing::new(manner, sentences, moment)?;
            writing.begin(&mut file)?;
            Ok((writing, file))
        };
        let open = begin().map_err(|error| Failed::of(&path, error));
        let (tell, told) = mpsc::channel();
        (Self { wanted, path, open, tell }, told)
    }

    /// Makes the file whole.
    fn finish(open: Result<(Writing, NewFile), Failed>, path: &Path) -> Result<Done, Failed> {
        let (writing, mut file) = open?;
        let deals = writing.end(&mut file).and_then(|deals| file.keep().map(|()| deals));
        deals.map(|deals| Done { path: path.to_owned(), deals: Some(deals) }).map_err(|error| Failed::of(path, error))
    }
}

impl Sink for FileExport {
    fn wanted(&self) -> &Exported {
        &self.wanted
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
