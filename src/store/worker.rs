//! The store on a thread of its own: requests in, replies out, each with its question; of several lists only the newest is made.

use std::collections::VecDeque;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::create::{Aids, Similar};
use super::drafts::{Draft, DraftKey};
use super::error::StoreError;
use super::history::{Entry, StepRecord};
use super::import::{ImportReport, Mode, Source};
use super::list::Page;
use super::open::Store;
use super::read::{Counts, Full};
use super::undo::{Steps, Undone};
use super::write::Applied;
use crate::domain::change::Change;
use crate::domain::create::NewOpportunity;
use crate::domain::customer::{Country, Customer};
use crate::domain::date::Timestamp;
use crate::domain::directory::{KnownCustomer, KnownSolution, Rank};
use crate::domain::draft::Texts;
use crate::domain::ids::{DraftId, OpportunityId, StepId};
use crate::domain::opportunity::Opportunity;
use crate::domain::query::{From, ListQuery};

/// What the desk asks of the store.
pub enum Request {
    /// `serial` tells the reply apart from those of earlier questions.
    List {
        serial: u64,
        query: ListQuery,
        from: From,
        limit: usize,
    },
    Counts {
        now: Timestamp,
    },
    Open(OpportunityId),
    /// The history of one, or the steps of all.
    History {
        of: Option<OpportunityId>,
        before: Option<StepId>,
        limit: usize,
    },
    Apply {
        changes: Vec<Change>,
        now: Timestamp,
    },
    Undo {
        now: Timestamp,
    },
    Redo,
    Import {
        sources: Vec<Box<dyn Source + Send>>,
        now: Timestamp,
    },
    /// Expires what is overdue, and finds out whether another program has written.
    Look {
        now: Timestamp,
    },
    KeepDraft {
        key: DraftKey,
        texts: Texts,
        now: Timestamp,
    },
    DropDraft(DraftKey),
    Draft(DraftKey),
    /// Every draft there is.
    Drafts,
    /// What a form about a deal is opened with; `new` asks for the number of a new draft, too.
    Aids {
        of: u64,
        new: bool,
        now: Timestamp,
    },
    /// What the deal that is being made may be the same as.
    Similar {
        of: DraftKey,
        customer: Box<Customer>,
        solutions: Vec<String>,
    },
    Create {
        new: Box<NewOpportunity>,
        draft: Option<DraftId>,
        now: Timestamp,
    },
    /// What fits a text that is being typed; a later one replaces it.
    Suggest {
        serial: u64,
        what: Suggest,
        limit: usize,
    },
}

/// What is typed, and what of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggest {
    Customers { typed: String, country: Option<Country> },
    Solutions { typed: String },
}

/// What fits, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggested {
    Customers(Vec<(KnownCustomer, Rank)>),
    Solutions(Vec<(KnownSolution, Rank)>),
}

impl Request {
    /// Returns whether the desk waits for what comes of it; its end is then told by [`Reply::Done`].
    pub const fn is_awaited(&self) -> bool {
        !matches!(self, Self::KeepDraft { .. } | Self::DropDraft(_) | Self::Look { .. })
    }
}

/// What the store answers.
pub enum Reply {
    /// The end of one awaited request, answered or replaced by a later one.
    Done,
    Listed {
        serial: u64,
        from: From,
        page: Result<Page, StoreError>,
    },
    Counted(Result<Box<(Counts, Steps)>, StoreError>),
    Opened {
        id: OpportunityId,
        full: Result<Box<Full>, StoreError>,
    },
    Steps(Result<Vec<StepRecord>, StoreError>),
    History {
        of: OpportunityId,
        entries: Result<Vec<Entry>, StoreError>,
    },
    Applied {
        changes: Vec<Change>,
        applied: Result<Applied, StoreError>,
    },
    Undone(Result<Undone, StoreError>),
    Redone(Result<Undone, StoreError>),
    /// An import has read so many rows.
    Progress {
        rows: u64,
    },
    Imported(Result<ImportReport, StoreError>),
    /// Something else than our own requests changed the data.
    Moved,
    Draft {
        key: DraftKey,
        texts: Result<Option<Texts>, StoreError>,
    },
    Drafts(Result<Vec<Draft>, StoreError>),
    Aids {
        of: u64,
        found: Result<Box<Aids>, StoreError>,
    },
    Similar {
        of: DraftKey,
        found: Result<Box<Similar>, StoreError>,
    },
    Created(Result<Box<Opportunity>, StoreError>),
    /// A draft could not be kept: what is typed is only in memory.
    DraftFailed(StoreError),
    Suggested {
        serial: u64,
        found: Result<Suggested, StoreError>,
    },
}

/// How many rows lie between two reports of progress.
const PROGRESS_ROWS: u64 = 500;

/// What the store remembers between requests.
#[derive(Debug)]
pub struct Memory {
    /// Where other programs' writes stood when they were last looked at.
    outside: Option<i64>,
}

impl Memory {
    /// Starts from how the database is now: what is written from here on is news.
    pub fn of(store: &Store) -> Self {
        Self { outside: store.outside_version().ok() }
    }
}

impl Store {
    /// Answers one request; `stop` ends an import between two rows.
    pub fn answer(&mut self, request: Request, memory: &mut Memory, stop: &AtomicBool, reply: &mut dyn FnMut(Reply)) {
        match request {
            Request::List { serial, query, from, limit } => {
                let page = self.list(&query, from, limit);
                reply(Reply::Listed { serial, from, page });
            }
            Request::Counts { now } => {
                let counted = self.counts(now).and_then(|counts| self.undo_and_redo().map(|steps| Box::new((counts, steps))));
                reply(Reply::Counted(counted));
            }
            Request::Open(id) => reply(Reply::Opened { id, full: self.get(id).map(Box::new) }),
            Request::History { of: None, before, limit } => reply(Reply::Steps(self.steps(before, limit))),
            Request::History { of: Some(of), before, limit } => {
                reply(Reply::History { of, entries: self.history_of(of, before, limit) });
            }
            Request::Apply { changes, now } => {
                let applied = self.apply(&changes, now);
                reply(Reply::Applied { changes, applied });
            }
            Request::Undo { now } => reply(Reply::Undone(self.undo(now))),
            Request::Redo => reply(Reply::Redone(self.redo())),
            Request::Import { mut sources, now } => {
                let imported = self.import_telling(&mut sources, now, stop, reply);
                reply(Reply::Imported(imported));
            }
            Request::Look { now } => self.look(now, memory, reply),
            Request::KeepDraft { key, texts, now } => {
                if let Err(error) = self.keep_draft(key, &texts, now) {
                    reply(Reply::DraftFailed(error));
                }
            }
            Request::DropDraft(key) => {
                if let Err(error) = self.drop_draft(key) {
                    reply(Reply::DraftFailed(error));
                }
            }
            Request::Suggest { serial, what, limit } => reply(Reply::Suggested { serial, found: self.suggest(&what, limit) }),
            Request::Draft(key) => reply(Reply::Draft { key, texts: self.draft(key) }),
            Request::Drafts => reply(Reply::Drafts(self.drafts())),
            Request::Aids { of, new, now } => reply(Reply::Aids { of, found: self.aids(new.then_some(now)).map(Box::new) }),
            Request::Similar { of, customer, solutions } => {
                reply(Reply::Similar { of, found: self.similar(&customer, &solutions).map(Box::new) });
            }
            Request::Create { new, draft, now } => reply(Reply::Created(self.create(&new, draft, now).map(Box::new))),
        }
    }

    fn suggest(&self, what: &Suggest, limit: usize) -> Result<Suggested, StoreError> {
        Ok(match what {
            Suggest::Customers { typed, country } => Suggested::Customers(self.suggest_customers(typed, *country, limit)?),
            Suggest::Solutions { typed } => Suggested::Solutions(self.suggest_solutions(typed, limit)?),
        })
    }

    fn import_telling(
        &mut self,
        sources: &mut [Box<dyn Source + Send>],
        now: Timestamp,
        stop: &AtomicBool,
        reply: &mut dyn FnMut(Reply),
    ) -> Result<ImportReport, StoreError> {
        let mut rows = 0;
        self.import(sources, Mode::Import, now, &mut |_| {
            rows += 1;
            if rows % PROGRESS_ROWS == 0 {
                reply(Reply::Progress { rows });
            }
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
    }

    fn look(&mut self, now: Timestamp, memory: &mut Memory, reply: &mut dyn FnMut(Reply)) {
        let before = self.writes.get();
        // Only what time asks for: two programs with different settings would move each other's deadlines for ever.
        // What cannot be expired now is expired at the next look.
        let _ = self.expire_overdue(now);
        let outside = self.outside_version().ok();
        let known = std::mem::replace(&mut memory.outside, outside);
        if self.writes.get() != before || (known.is_some() && known != outside) {
            reply(Reply::Moved);
        }
    }
}

/// The store's thread, as the desk holds it.
pub struct Worker {
    requests: Option<Sender<Request>>,
    replies: Receiver<Reply>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// How long the thread waits for a request before it tidies up.
const IDLE: Duration = Duration::from_secs(2);

impl Worker {
    /// Starts the thread, which owns the store from here on.
    ///
    /// # Errors
    /// What the system says when it has no room for a thread.
    pub fn start(store: Store) -> io::Result<Self> {
        let (requests, inbox) = mpsc::channel();
        let (outbox, replies) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = thread::Builder::new().name("store".into()).spawn(move || work(store, &inbox, &outbox, &stopped))?;
        Ok(Self { requests: Some(requests), replies, stop, thread: Some(thread) })
    }

    /// Asks something. A thread that has ended answers nothing more, which the desk notices by [`Worker::is_alive`].
    pub fn ask(&self, request: Request) {
        if let Some(requests) = &self.requests {
            if matches!(request, Request::Import { .. }) {
                self.stop.store(false, Ordering::Relaxed);
            }
            let _ = requests.send(request);
        }
    }

    /// Returns the next reply, waiting for it at most so long.
    pub fn reply(&self, wait: Duration) -> Option<Reply> {
        self.replies.recv_timeout(wait).ok()
    }

    /// Ends an import after the row it is at.
    pub fn stop_import(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    pub fn is_alive(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }
}

impl Drop for Worker {
    /// Waits until everything that was asked is written.
    fn drop(&mut self) {
        self.stop_import();
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to write.
            let _ = thread.join();
        }
    }
}

fn work(mut store: Store, inbox: &Receiver<Request>, outbox: &Sender<Reply>, stop: &AtomicBool) {
    let mut waiting: VecDeque<Request> = VecDeque::new();
    let mut memory = Memory::of(&store);
    let mut tidy = true;
    loop {
        if waiting.is_empty() {
            let asked = if tidy { inbox.recv().map_err(RecvTimeoutError::from) } else { inbox.recv_timeout(IDLE) };
            match asked {
                Ok(request) => waiting.push_back(request),
                Err(RecvTimeoutError::Timeout) => {
                    store.checkpoint();
                    tidy = true;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        waiting.extend(inbox.try_iter());
        let Some(request) = waiting.pop_front() else { continue };
        let awaited = request.is_awaited();
        // A desk that has gone reads no replies.
        let mut reply = |reply| drop(outbox.send(reply));
        if !is_replaced(&request, &waiting) {
            tidy &= is_reading(&request);
            store.answer(request, &mut memory, stop, &mut reply);
        }
        if awaited {
            reply(Reply::Done);
        }
    }
}

/// Returns whether a request leaves nothing to tidy up.
const fn is_reading(request: &Request) -> bool {
    use Request::{Counts, List, Look, Open, Suggest};
    matches!(request, List { .. } | Counts { .. } | Open(_) | Look { .. } | Suggest { .. })
}

/// Returns whether a later request makes this one needless.
fn is_replaced(request: &Request, later: &VecDeque<Request>) -> bool {
    match request {
        Request::List { .. } => later.iter().any(|r| matches!(r, Request::List { .. })),
        Request::Open(_) => later.iter().any(|r| matches!(r, Request::Open(_))),
        Request::Counts { .. } => later.iter().any(|r| matches!(r, Request::Counts { .. })),
        Request::Look { .. } => later.iter().any(|r| matches!(r, Request::Look { .. })),
        Request::Suggest { .. } => later.iter().any(|r| matches!(r, Request::Suggest { .. })),
        Request::KeepDraft { key, .. } => later.iter().any(|r| match r {
            Request::KeepDraft { key: other, .. } | Request::DropDraft(other) => key == other,
            _ => false,
        }),
        Request::Similar { .. } => later.iter().any(|r| matches!(r, Request::Similar { .. })),
        _ => false,
    }
}
