//! An export as the desk runs it: the file is begun, the store feeds it, and how it ended comes back; what is shown is `model`'s affair.

use std::io;
use std::path::absolute;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};

use super::model::ExportBox;
use crate::domain::date::Moment;
use crate::export::{Done, Failed, FileExport};
use crate::i18n::Sentences;
use crate::store::Request;

/// Files that are being written. Left, it waits until they are whole.
#[derive(Default)]
pub struct Exports(Vec<Export>);

struct Export {
    asked: Box<ExportBox>,
    told: Receiver<Result<Done, Failed>>,
}

/// What was asked for, and how it ended.
pub type Ended = (Box<ExportBox>, Result<Done, Failed>);

impl Exports {
    /// Begins a file, and returns what the store is to be asked.
    pub fn begin(&mut self, asked: Box<ExportBox>, sentences: &Arc<Sentences>, moment: Moment) -> Request {
        let path = asked.path();
        // Where even that is not known, the system says what is wrong.
        let path = absolute(&path).unwrap_or(path);
        let (sink, told) = FileExport::new(asked.wanted.clone(), (path, asked.over), asked.manner(), sentences, moment);
        self.0.push(Export { asked, told });
        Request::Export(Box::new(sink))
    }

    pub const fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns those that have ended.
    pub fn ended(&mut self) -> Vec<Ended> {
        let (mut ended, mut left) = (Vec::new(), Vec::new());
        for export in std::mem::take(&mut self.0) {
            match export.told.try_recv() {
                Ok(result) => ended.push((export.asked, result)),
                Err(TryRecvError::Empty) => left.push(export),
                Err(TryRecvError::Disconnected) => {
                    let failed = Failed::File(export.asked.path(), io::ErrorKind::Other.into());
                    ended.push((export.asked, Err(failed)));
                }
            }
        }
        self.0 = left;
        ended
    }
}

impl Drop for Exports {
    fn drop(&mut self) {
        self.0.iter().for_each(|export| drop(export.told.recv()));
    }
}
