//! Files as the desk has them written: deals that the store feeds into one, or a page that is whole; how it ended comes back, and what is
//! shown is `model`'s affair.

use std::io;
use std::path::absolute;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, TryRecvError};

use super::model::{ExportBox, ExportOf, ReviewFormat};
use crate::domain::date::Moment;
use crate::export::{Done, Failed, FileExport, ReviewBook, Writing};
use crate::i18n::Sentences;
use crate::store::{Exported, Request};

/// Files that are being written. Left, it waits until they are whole.
#[derive(Default)]
pub struct Exports(Vec<Export>);

struct Export {
    asked: Box<ExportBox>,
    told: Receiver<Result<Done, Failed>>,
}

/// What is to be done for a file that was begun.
pub enum Begun {
    Asked(Request),
    /// To be run beside the desk: a disk may be slow.
    Aside(Box<dyn FnOnce() + Send>),
}

/// What was asked for, and how it ended.
pub type Ended = (Box<ExportBox>, Result<Done, Failed>);

impl Exports {
    /// Begins a file, and returns what makes it whole.
    pub fn begin(&mut self, asked: Box<ExportBox>, sentences: &Arc<Sentences>, moment: Moment) -> Begun {
        let path = asked.path();
        // Where even that is not known, the system says what is wrong.
        let path = absolute(&path).unwrap_or(path);
        let over = asked.over;
        let (begun, told) = match &asked.of {
            ExportOf::Deals(deals) => {
                let (sink, told) = FileExport::new((vec![deals.wanted.clone()], None), (path, over), |file| {
                    let mut writing = Writing::new(deals.manner(), sentences, moment)?;
                    writing.begin(file).map(|()| writing)
                });
                (Begun::Asked(Request::Export(Box::new(sink))), told)
            }
            ExportOf::Review(asked, ReviewFormat::Page(format)) => {
                let (tell, told) = mpsc::channel();
                let (asked, format) = (Arc::clone(asked), *format);
                // Nobody hears it once the desk was left.
                let work = move || drop(tell.send(asked.page.write(&path, over, format)));
                (Begun::Aside(Box::new(work)), told)
            }
            ExportOf::Review(asked, ReviewFormat::Workbook) => {
                let wanted = asked.lists.iter().map(|query| Exported { query: query.clone(), only: None }).collect();
                let as_of = asked.past.then_some(asked.moment.now);
                let (sink, told) = FileExport::new((wanted, as_of), (path, over), |_| {
                    ReviewBook::begin(sentences, &asked.review, asked.page.heads(), asked.moment, moment.now)
                });
                (Begun::Asked(Request::Export(Box::new(sink))), told)
            }
        };
        self.0.push(Export { asked, told });
        begun
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
