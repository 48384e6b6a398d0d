//! The store on a thread of its own, which answers what `protocol.rs` knows; how each answer comes about is not here.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::dated::Copying;
use super::drafts::{DraftKey, Joined};
use super::error::StoreError;
use super::export::Exporting;
use super::figures::Reviewed;
use super::import::{Mode, Source};
use super::list::Page;
use super::open::Store;
use super::progress::counting;
use super::protocol::{OfViews, Reply, Request};
use super::read::Full;
use super::sums::Summed;
use crate::domain::customer::Customer;
use crate::domain::date::{Date, Moment};
use crate::domain::draft::Texts;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::programme::rules::Programme;
use crate::domain::query::{From, ListQuery};
use crate::domain::role::Role;
use crate::domain::tab::{Tab, View};
use crate::insight::priority::Weighing;

/// What the store remembers between requests.
#[derive(Debug)]
pub struct Memory {
    /// Where other programs' writes stood when they were last looked at.
    outside: Option<i64>,
    /// What this program read or kept last of each draft: what differs from it others typed.
    drafts: HashMap<DraftKey, Texts>,
}

impl Memory {
    /// Starts from how the database is now: what is written from here on is news.
    pub fn of(store: &Store) -> Self {
        Self { outside: store.outside_version().ok(), drafts: HashMap::new() }
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
            Request::Elsewhere { query, places } => reply(self.elsewhere_asked(query, &places)),
            Request::Counts { now } => {
                let counted = self.counts(now).and_then(|counts| self.undo_and_redo().map(|steps| Box::new((counts, steps))));
                reply(Reply::Counted(counted));
            }
            Request::Sums(of) => self.sums_asked(of, reply),
            Request::Review(of) => reply(self.review_asked(of)),
            Request::Weigh(weighing) => self.weigh(weighing),
            Request::Reasons(id, weighing) => reply(self.reasons_asked(id, weighing)),
            Request::Rates { on } => reply(Reply::Rates { on, rates: self.rates_on(on).ok().map(Box::new) }),
            Request::OfferStatuses { rules, at } => reply(self.offer_statuses_asked(&rules.programme, at)),
            Request::Open(id) => reply(Reply::Opened { id, full: self.get(id).map(Box::new) }),
            Request::Several { of, ids } => reply(Reply::Several { of, found: self.several(&ids) }),
            Request::Ids { of, query, limit } => reply(Reply::Ids { of, found: self.first_ids(&query, limit) }),
            Request::History { of: None, before, limit } => reply(Reply::Steps { before, steps: self.steps(before, limit) }),
            Request::History { of: Some(of), before, limit } => {
                reply(Reply::History { of, before, entries: self.history_of(of, before, limit) });
            }
            Request::Brought { of, from, limit } => reply(Reply::Brought { from, found: self.brought_page(of, from, limit) }),
            Request::Apply { changes, now } => reply(self.apply_asked(changes, now)),
            Request::Undo { meant, now } => reply(Reply::Undone(self.undo_only(meant, now))),
            Request::UndoStep { step, now } => reply(Reply::Undone(self.undo_step(step, now))),
            Request::MayUndo(step) => reply(Reply::MayUndo { step, may: self.may_undo(step) }),
            Request::Redo { now } => reply(Reply::Redone(self.redo(now))),
            Request::Import { mut sources, now } => self.import_telling(&mut sources, now, stop, reply),
            Request::SaveAs { path } => reply(Reply::Saved(self.save_as(&path))),
            Request::Look { now } => self.look(now, memory, reply),
            Request::KeepDraft { key, texts, now } => self.keep(key, texts, now, memory).into_iter().for_each(reply),
            Request::DropDraft(key) => self.drop_kept(key, memory).into_iter().for_each(reply),
            Request::Export(sink) => self.export(sink),
            Request::Outbox(of) => reply(Reply::Outbox(self.of_outbox(of))),
            Request::Leads(of) => reply(Reply::Leads(self.of_leads(of))),
            Request::Offers(of) => reply(Reply::Offers(self.of_offers(of))),
            Request::Stock(source) => self.stock_telling(source, stop, reply),
            Request::Registrations(of) => reply(Reply::Registrations(self.of_registrations(of))),
            // Whoever cannot write is told so by what matters more.
            Request::KeepDesk(text) => drop(self.keep_desk(&text)),
            Request::Views(of) => reply(self.views_asked(of)),
            Request::Settle { response_days, author, role, now } => self.settle(response_days, author, role, now),
            Request::Seen(id) => drop(self.note_seen(id)),
            Request::BackUp { day, days } => self.back_up_telling(day, days, reply),
            Request::Suggest { serial, what, limit } => reply(Reply::Suggested { serial, found: self.suggest(&what, limit) }),
            Request::Draft(key) => reply(self.draft_asked(key, memory)),
            Request::Drafts => reply(Reply::Drafts(self.drafts())),
            Request::Aids { of, new, now } => reply(self.aids_asked(of, new.then_some(now), memory)),
            Request::Stood { query, at } => reply(self.stood_asked(query, at)),
            Request::Digest(of, moment) => reply(Reply::Digest(self.digest(&of, moment, &mut || false).map(Box::new))),
            Request::Brief(id) => reply(Reply::Briefed { id, brief: self.brief(id).map(Box::new) }),
            Request::Similar { of, customer, solutions } => reply(self.similar_asked(of, &customer, &solutions)),
            Request::Create { new, draft, now } => reply(Reply::Created(self.create(&new, draft, now).map(Box::new))),
        }
    }

    fn offer_statuses_asked(&self, programme: &Programme, at: Moment) -> Reply {
        Reply::OfferStatuses { at, found: self.offer_statuses(programme, at).map(Arc::new) }
    }

    /// Returns the ids of the first of a list, and whether there are more.
    pub(super) fn first_ids(&mut self, query: &ListQuery, limit: usize) -> Result<(Vec<OpportunityId>, bool), StoreError> {
        let Page { rows, after, .. } = self.list(query, From::Start, limit)?;
        Ok((rows.iter().map(|row| row.id).collect(), after))
    }

    fn elsewhere_asked(&mut self, query: ListQuery, places: &[(Tab, View)]) -> Reply {
        let found = self.elsewhere(&query, places);
        Reply::Elsewhere { query, found }
    }

    fn similar_asked(&self, of: DraftKey, customer: &Customer, solutions: &[String]) -> Reply {
        Reply::Similar { of, found: self.similar(customer, solutions).map(Box::new) }
    }

    fn review_asked(&self, of: Reviewed) -> Reply {
        let review = self.review(&of, &mut || false).map(Box::new);
        Reply::Reviewed { of, review }
    }

    fn reasons_asked(&mut self, id: OpportunityId, weighing: Weighing) -> Reply {
        let found = self.reasons(id, weighing, &mut || false).map(Box::new);
        Reply::Reasons { id, found }
    }

    fn stood_asked(&self, query: ListQuery, at: Timestamp) -> Reply {
        let ids = self.ids_as_they_stood(&query, at, &mut || false);
        Reply::Stood { query, ids }
    }

    fn views_asked(&mut self, of: OfViews) -> Reply {
        let found = match &of {
            OfViews::Read => self.views(),
            OfViews::Keep(view) => self.keep_view(view),
            OfViews::Remove(name) => self.remove_view(name),
        };
        Reply::Views { of, found }
    }

    fn several(&self, ids: &[OpportunityId]) -> Result<Vec<Full>, StoreError> {
        let found = ids.iter().map(|id| match self.get(*id) {
            Err(StoreError::NoSuch(_)) => Ok(None),
            found => found.map(Some),
        });
        found.filter_map(Result::transpose).collect()
    }

    /// Keeps a draft; returns what is to be said of it, if anything.
    fn keep(&mut self, key: DraftKey, texts: Texts, now: Timestamp, memory: &mut Memory) -> Option<Reply> {
        let base = memory.drafts.get(&key).cloned().unwrap_or_default();
        match self.join_draft(key, &base, &texts, now) {
            Err(error) => Some(Reply::DraftFailed(error)),
            Ok(joined) => {
                memory.drafts.insert(key, texts);
                (joined != Joined::default()).then_some(Reply::DraftJoined { key, joined })
            }
        }
    }

    /// Throws a draft away; returns what is to be said of it, if anything.
    fn drop_kept(&mut self, key: DraftKey, memory: &mut Memory) -> Option<Reply> {
        memory.drafts.remove(&key);
        self.drop_draft(key).err().map(Reply::DraftFailed)
    }

    fn draft_asked(&self, key: DraftKey, memory: &mut Memory) -> Reply {
        let texts = self.draft(key);
        memory.drafts.insert(key, texts.as_ref().ok().cloned().flatten().unwrap_or_default());
        Reply::Draft { key, texts }
    }

    fn aids_asked(&self, of: u64, new: Option<Timestamp>, memory: &mut Memory) -> Reply {
        let found = self.aids(new).map(Box::new);
        let begun = found.iter().flat_map(|aids| &aids.drafts);
        memory.drafts.extend(begun.map(|draft| (DraftKey::New(draft.id), draft.texts.clone())));
        Reply::Aids { of, found }
    }

    fn import_telling(
        &mut self,
        sources: &mut [Box<dyn Source + Send>],
        now: Timestamp,
        stop: &AtomicBool,
        reply: &mut dyn FnMut(Reply),
    ) {
        let imported = {
            let mut goes_on = counting(stop, reply);
            self.import(sources, Mode::Import, now, &mut |_| goes_on())
        };
        reply(Reply::Imported(Box::new(imported)));
    }

    fn back_up_telling(&mut self, day: Date, days: u32, reply: &mut dyn FnMut(Reply)) {
        self.settings.backups = days;
        if let Some(made) = self.back_up_day(day).transpose() {
            reply(Reply::BackedUp(made.map(drop)));
        }
    }

    /// Lives by other settings from now on.
    pub(super) fn settle(&mut self, response_days: i64, author: String, role: Role, now: Timestamp) {
        (self.settings.response_days, self.settings.author, self.settings.role) = (response_days, author, role);
        // Others may be seen from now on.
        self.prepared = None;
        drop(self.team.take());
        // What cannot be written now is made up for at the next start.
        drop(self.catch_up(now));
    }

    fn look(&mut self, now: Timestamp, memory: &mut Memory, reply: &mut dyn FnMut(Reply)) {
        if let Err(lost) = self.in_place() {
            return reply(Reply::Lost(lost));
        }
        let (before, shown) = (self.writes.get(), self.overdue_count().unwrap_or(0));
        // Only what time asks for: two programs with different settings would move each other's deadlines for ever.
        // What cannot be expired now is expired at the next look.
        let _ = self.follow_clock(now);
        let outside = self.outside_version().ok();
        let known = std::mem::replace(&mut memory.outside, outside);
        if let Ok(Some(last)) = self.clock_behind(now) {
            reply(Reply::ClockBehind(last));
        }
        let passed = self.overdue_count().unwrap_or(0) != shown;
        if passed || self.writes.get() != before || (known.is_some() && known != outside) {
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
/// How long before it counts what the last list could only guess: nobody types any more.
const SETTLED: Duration = Duration::from_millis(300);
/// What so many deals come to is added up at once, and known within a frame.
pub const SWIFT: u64 = 2_000;

impl Worker {
    /// Starts the thread, which owns the store from here on.
    ///
    /// # Errors
    /// What the system says when it has no room for a thread.
    pub fn start(store: Store) -> io::Result<Self> {
        Self::waking(store, || {})
    }

    /// As [`Worker::start`]; `wake` is called when a reply has been given.
    ///
    /// # Errors
    /// As there.
    pub fn waking(store: Store, wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let (requests, inbox) = mpsc::channel();
        let (outbox, replies) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread =
            thread::Builder::new().name("store".into()).spawn(move || work(store, &inbox, (&outbox, &wake), &stopped))?;
        Ok(Self { requests: Some(requests), replies, stop, thread: Some(thread) })
    }

    /// Asks something. A thread that has ended answers nothing more, which the desk notices by [`Worker::is_alive`].
    pub fn ask(&self, request: Request) {
        if let Some(requests) = &self.requests {
            if matches!(request, Request::Import { .. } | Request::Stock(_)) {
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

/// What is done when nobody asks for anything.
#[derive(Default)]
struct Idle {
    /// Whether something was written since the log was moved into the file.
    untidy: bool,
    /// Whether of the last list it could only be guessed how many pass.
    rough: bool,
    sums: VecDeque<Summed>,
    /// Whether those that were added up last were so few that it takes no time.
    swift: bool,
    /// The last list that was added up, where it asks for dates: what it leaves out is counted once its sums are told.
    dated: Option<ListQuery>,
    review: Option<Reviewed>,
    stood: Option<(ListQuery, Timestamp)>,
    digest: Option<(Reviewed, Moment)>,
    /// Whether the last list waits for its order.
    unranked: bool,
    reasons: Option<(OpportunityId, Weighing)>,
    /// Where else a list that holds nothing is asked to look.
    later: Option<(ListQuery, Vec<(Tab, View)>)>,
    /// Deals that are handed over piece by piece, the first one first.
    exports: VecDeque<Exporting>,
    /// What the desk is to be opened with the next time.
    desk: Option<String>,
    /// The day whose copy is to be made, and the copy while it is.
    day: Option<Date>,
    copying: Option<Copying>,
}

impl Idle {
    /// Returns how long to wait for a request before something of it is done; `None` where there is nothing to do.
    fn after(&self) -> Option<Duration> {
        match self {
            Self { review: Some(_), .. } | Self { stood: Some(_), .. } | Self { digest: Some(_), .. } => Some(Duration::ZERO),
            Self { reasons: Some(_), .. } | Self { unranked: true, .. } => Some(Duration::ZERO),
            Self { exports, .. } if !exports.is_empty() => Some(Duration::ZERO),
            Self { rough: false, later: None, swift: true, sums, .. } if !sums.is_empty() => Some(Duration::ZERO),
            Self { rough, sums, later, .. } if *rough || !sums.is_empty() || later.is_some() => Some(SETTLED),
            Self { desk: Some(_), .. } | Self { dated: Some(_), .. } => Some(SETTLED),
            Self { untidy, day, .. } => (*untidy || day.is_some()).then_some(IDLE),
        }
    }

    /// Adds up what is listed or marked; begun anew later where somebody waits.
    fn add_up(&mut self, of: Summed, store: &Store, waits: &mut dyn FnMut() -> bool) -> Option<Reply> {
        match store.sums(&of, waits) {
            Err(StoreError::Stopped) => {
                self.sums.push_front(of);
                None
            }
            sums => {
                if let Some(query) = of.dated() {
                    self.dated = Some(query.clone());
                }
                let sums = sums.ok().flatten();
                self.swift = sums.as_ref().is_some_and(|sums| sums.count <= SWIFT);
                Some(Reply::Sums { of, sums })
            }
        }
    }

    /// Counts what a list leaves out; begun anew later where somebody waits.
    fn count_undated(&mut self, query: ListQuery, store: &Store, waits: &mut dyn FnMut() -> bool) -> Option<Reply> {
        match store.undated(&query, waits) {
            Err(StoreError::Stopped) => {
                self.dated = Some(query);
                None
            }
            count => Some(Reply::Undated { query, count: count.ok().flatten() }),
        }
    }

    /// Does the next of it; sums are begun anew later where `waits` tells that somebody asks for something.
    fn work(&mut self, store: &mut Store, outbox: &Sender<Reply>, waits: &mut dyn FnMut() -> bool) -> Option<Reply> {
        if self.reasons.is_some() || self.unranked {
            return self.rank(store, waits);
        }
        if let Some(of) = self.digest.take() {
            return self.tell_digest(of, store, waits);
        }
        if let Some(of) = self.review.take() {
            return match store.review(&of, waits) {
                Err(StoreError::Stopped) => {
                    self.review = Some(of);
                    None
                }
                review => Some(Reply::Reviewed { of, review: review.map(Box::new) }),
            };
        }
        if let Some((query, at)) = self.stood.take() {
            return match store.ids_as_they_stood(&query, at, waits) {
                Err(StoreError::Stopped) => {
                    self.stood = Some((query, at));
                    None
                }
                ids => Some(Reply::Stood { query, ids }),
            };
        }
        if let Some(export) = self.exports.pop_front() {
            export.go_on(store, waits).into_iter().for_each(|rest| self.exports.push_front(rest));
            return None;
        }
        if std::mem::take(&mut self.rough) {
            // What cannot be counted stays a guess.
            return store.count_passing().ok().flatten().map(|(query, count)| Reply::Passing { query, count });
        }
        if let Some((query, places)) = self.later.take() {
            let found = store.elsewhere(&query, &places);
            return Some(Reply::Elsewhere { query, found });
        }
        if let Some(of) = self.sums.pop_front() {
            return self.add_up(of, store, waits);
        }
        if let Some(query) = self.dated.take() {
            return self.count_undated(query, store, waits);
        }
        if self.desk.is_some() {
            self.keep_desk(store);
            return None;
        }
        if std::mem::take(&mut self.untidy) {
            store.checkpoint();
        } else if let Some(day) = self.day.take() {
            self.copying = Copying::start(store, day, outbox);
        }
        None
    }

    /// Tells the week of an owner; begun anew later where somebody waits.
    fn tell_digest(&mut self, of: (Reviewed, Moment), store: &Store, waits: &mut dyn FnMut() -> bool) -> Option<Reply> {
        match store.digest(&of.0, of.1, waits) {
            Err(StoreError::Stopped) => {
                self.digest = Some(of);
                None
            }
            digest => Some(Reply::Digest(digest.map(Box::new))),
        }
    }

    /// Tells why a deal stands where it does, or ranks all of them; begun anew later where somebody waits.
    fn rank(&mut self, store: &mut Store, waits: &mut dyn FnMut() -> bool) -> Option<Reply> {
        if let Some((id, weighing)) = self.reasons.take() {
            return match store.reasons(id, weighing, waits) {
                Err(StoreError::Stopped) => {
                    self.reasons = Some((id, weighing));
                    None
                }
                found => Some(Reply::Reasons { id, found: found.map(Box::new) }),
            };
        }
        let ranked = store.rank(waits);
        self.unranked = matches!(ranked, Err(StoreError::Stopped));
        // What cannot be read is told by the list.
        ranked.is_ok().then_some(Reply::Ranked)
    }

    /// The desk has gone: what was begun is ended.
    fn end(&mut self, store: &mut Store) {
        self.exports.drain(..).for_each(|export| export.finish(store));
        self.keep_desk(store);
    }

    /// Keeps what the desk remembers; again later where another program is writing. Whoever cannot write at all is told so by what
    /// matters more.
    fn keep_desk(&mut self, store: &mut Store) {
        self.desk = self.desk.take().filter(|text| store.keep_desk(text).is_err_and(|error| matches!(error, StoreError::Busy)));
        self.untidy = true;
    }

    /// Keeps for later what may take long.
    fn keep(&mut self, request: Request, store: &mut Store) -> Option<Request> {
        match request {
            Request::Sums(of) => {
                self.sums.retain(|earlier| !earlier.is_replaced_by(&of));
                self.dated = self.dated.take().filter(|_| !matches!(of, Summed::List(_)));
                if !of.is_long() {
                    return Some(Request::Sums(of));
                }
                self.sums.push_back(of);
                None
            }
            Request::Elsewhere { query, places } => {
                self.later = Some((query, places));
                None
            }
            Request::Export(sink) => {
                self.exports.push_back(Exporting::new(sink));
                None
            }
            Request::KeepDesk(text) => {
                self.desk = Some(text);
                None
            }
            Request::BackUp { day, days } => {
                store.settings.backups = days;
                self.day = Some(day);
                None
            }
            Request::Review(of) => {
                self.review = Some(of);
                None
            }
            Request::Stood { query, at } => {
                self.stood = Some((query, at));
                None
            }
            Request::Digest(of, moment) => {
                self.digest = Some((of, moment));
                None
            }
            Request::Reasons(id, weighing) => {
                self.reasons = Some((id, weighing));
                None
            }
            request => Some(request),
        }
    }
}

/// Takes what has come meanwhile; returns whether the desk waits for some of it, or has gone.
fn somebody_waits(inbox: &Receiver<Request>, waiting: &mut VecDeque<Request>) -> bool {
    loop {
        match inbox.try_recv() {
            Ok(request) => waiting.push_back(request),
            // What nobody waits for, as the look at each tick, can wait itself: else sums that take longer would never be done.
            Err(TryRecvError::Empty) => return waiting.iter().any(Request::is_awaited),
            Err(TryRecvError::Disconnected) => return true,
        }
    }
}

fn work(mut store: Store, inbox: &Receiver<Request>, (outbox, wake): (&Sender<Reply>, &dyn Fn()), stop: &AtomicBool) {
    let mut waiting: VecDeque<Request> = VecDeque::new();
    let mut memory = Memory::of(&store);
    let mut idle = Idle::default();
    // A desk that has gone reads no replies.
    let mut reply = |reply| {
        drop(outbox.send(reply));
        wake();
    };
    loop {
        if waiting.is_empty() {
            let asked = match idle.after() {
                Some(wait) => inbox.recv_timeout(wait),
                None => inbox.recv().map_err(RecvTimeoutError::from),
            };
            match asked {
                Ok(request) => waiting.push_back(request),
                Err(RecvTimeoutError::Timeout) => {
                    let done = idle.work(&mut store, outbox, &mut || somebody_waits(inbox, &mut waiting));
                    done.into_iter().for_each(&mut reply);
                }
                Err(RecvTimeoutError::Disconnected) => return idle.end(&mut store),
            }
        }
        waiting.extend(inbox.try_iter());
        let Some(request) = waiting.pop_front() else { continue };
        let awaited = request.is_awaited();
        let needed =
            Some(request).filter(|request| !request.is_replaced(&waiting)).and_then(|request| idle.keep(request, &mut store));
        if let Some(request) = needed {
            idle.untidy |= !request.is_reading();
            let is_list = matches!(request, Request::List { .. });
            idle.later = idle.later.filter(|_| !is_list);
            store.answer(request, &mut memory, stop, &mut reply);
            if is_list {
                (idle.rough, idle.unranked) = (store.is_rough(), store.awaits_ranking());
            }
        }
        if awaited {
            reply(Reply::Done);
        }
    }
}
