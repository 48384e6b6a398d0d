//! Deals one after the other, as a list has them, to whoever writes them down: which ones is found out first, each is read when its turn
//! comes, so that however many there are only their numbers are held.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::convert;
use super::error::{StoreError, While};
use super::open::Store;
use super::past::PastList;
use super::walk::{Begin, Course};
use crate::domain::held::Held;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::query::ListQuery;

/// What is exported.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// All that this lists, in its order.
    pub query: ListQuery,
    /// Only these, where some were chosen; those that the list does not show follow in the order of their numbers.
    pub only: Option<BTreeSet<OpportunityId>>,
}

/// Takes what is exported.
pub trait Sink: Send {
    /// Returns what is wanted, one list after the other.
    fn wanted(&self) -> &[Exported];

    /// Returns the moment as of which everything is wanted as it stood, of its lists all they showed; `None` for now.
    fn as_of(&self) -> Option<Timestamp>;

    /// Returns whether it wants all there is of each, also what is not modelled.
    fn is_whole(&self) -> bool;

    /// Returns whether it takes more.
    fn is_open(&self) -> bool;

    fn take(&mut self, held: &Held);

    /// Hears that there is no more, or why it is not all; where others wait, it does what takes long `aside`.
    fn end(self: Box<Self>, failed: Option<StoreError>, aside: bool);
}

/// An export that is under way.
pub(super) struct Exporting {
    sink: Box<dyn Sink>,
    /// Those that are still to come, once it is known which.
    ids: Option<std::vec::IntoIter<OpportunityId>>,
    /// Of a past moment they are read from these.
    past: Option<Vec<PastList>>,
}

/// Places read at once, and deals between two looks whether somebody waits.
const PLACES: usize = 4_096;
const PIECE: usize = 64;

impl Exporting {
    pub(super) const fn new(sink: Box<dyn Sink>) -> Self {
        Self { sink, ids: None, past: None }
    }

    /// Goes on until somebody waits, and returns it where it is not done.
    pub(super) fn go_on(mut self, store: &mut Store, waits: &mut dyn FnMut() -> bool) -> Option<Self> {
        match self.some(store, waits) {
            Ok(true) => self.sink.end(None, true),
            Ok(false) | Err(StoreError::Stopped) => return Some(self),
            Err(error) => self.sink.end(Some(error), true),
        }
        None
    }

    /// Does all that is left of it.
    pub(super) fn finish(mut self, store: &mut Store) {
        let failed = self.some(store, &mut || false).err();
        self.sink.end(failed, false);
    }

    /// Returns whether nothing is left.
    fn some(&mut self, store: &mut Store, waits: &mut dyn FnMut() -> bool) -> Result<bool, StoreError> {
        if !self.sink.is_open() {
            return Ok(true);
        }
        match self.sink.as_of() {
            Some(at) => self.some_as_it_stood(store, at, waits),
            None => store.look_once(|store| self.some_in_one_look(store, waits)),
        }
    }

    fn some_as_it_stood(
        &mut self,
        store: &mut Store,
        at: Timestamp,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<bool, StoreError> {
        let mut lists = match self.past.take() {
            Some(lists) => lists,
            None => {
                let listed = |of: &Exported| store.list_then(&of.query, at, waits);
                self.sink.wanted().iter().map(listed).collect::<Result<Vec<_>, StoreError>>()?
            }
        };
        for list in &mut lists {
            loop {
                let page = store.page_of_past(list, PIECE)?;
                page.iter().for_each(|held| self.sink.take(held));
                if page.is_empty() {
                    break;
                }
                if !self.sink.is_open() {
                    return Ok(true);
                }
                if waits() {
                    self.past = Some(lists);
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn some_in_one_look(&mut self, store: &mut Store, waits: &mut dyn FnMut() -> bool) -> Result<bool, StoreError> {
        if self.ids.is_none() {
            let mut ids = Vec::new();
            self.sink.wanted().iter().try_for_each(|of| store.exported_ids(of, waits).map(|more| ids.extend(more)))?;
            self.ids = Some(ids.into_iter());
        }
        let (mut read, mut waited) = (0, false);
        let whole = self.sink.is_whole();
        store.read_each(&mut self.ids.iter_mut().flatten(), whole, &mut |held| {
            self.sink.take(held);
            read += 1;
            waited = read % PIECE == 0 && waits();
            if waited || !self.sink.is_open() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(!waited)
    }
}

impl Store {
    /// Exports all of it at once.
    pub fn export(&mut self, sink: Box<dyn Sink>) {
        Exporting::new(sink).finish(self);
    }

    /// Calls `each` with all that is exported, until that breaks off; `whole` with what no table shows of it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn each_exported(
        &mut self,
        of: &Exported,
        whole: bool,
        each: &mut dyn FnMut(&Held) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.look_once(|store| {
            let ids = store.exported_ids(of, &mut || false)?;
            store.read_each(&mut ids.into_iter(), whole, each)
        })
    }

    /// Reads these one after the other by one statement; what is gone meanwhile is left out.
    fn read_each(
        &self,
        ids: &mut dyn Iterator<Item = OpportunityId>,
        whole: bool,
        each: &mut dyn FnMut(&Held) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(if whole { convert::SELECT } else { convert::LOOK }).reading()?;
        for id in ids {
            let mut rows = statement.query([id.0]).reading()?;
            let Some(row) = rows.next().reading()? else { continue };
            let mut held = if whole { convert::held(row)? } else { convert::looked(row, |_| false)? };
            self.show(&mut held.opportunity);
            if each(&held).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Does it in one look at the database: all statements agree with each other, and each is spared to lock and unlock it.
    fn look_once<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.connection.execute_batch("BEGIN").reading()?;
        let done = work(self);
        // After an error SQLite may have ended it by itself; that error is the one to tell.
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK").reading()?;
        }
        done
    }

    /// Returns the numbers of all that is to be exported, in order.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `waits` tells that somebody waits, or that the database cannot be read.
    pub(super) fn exported_ids(
        &mut self,
        of: &Exported,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<Vec<OpportunityId>, StoreError> {
        let mut ids = Vec::new();
        let mut left = of.only.clone();
        self.each_listed(&of.query, waits, &mut |id| {
            if left.as_mut().is_none_or(|left| left.remove(&id)) {
                ids.push(id);
            }
        })?;
        ids.extend(left.into_iter().flatten());
        Ok(ids)
    }

    /// Calls `each` with the number of each that a list shows, in its order.
    fn each_listed(
        &mut self,
        query: &ListQuery,
        waits: &mut dyn FnMut() -> bool,
        each: &mut dyn FnMut(OpportunityId),
    ) -> Result<(), StoreError> {
        // The list that is shown stays ready to be paged.
        let shown = self.prepared.take();
        let listed = self.walk_listed(query, waits, each);
        self.prepared = shown;
        listed
    }

    fn walk_listed(
        &mut self,
        query: &ListQuery,
        waits: &mut dyn FnMut() -> bool,
        each: &mut dyn FnMut(OpportunityId),
    ) -> Result<(), StoreError> {
        self.prepare_list(query)?;
        let mut begin = Begin::Edge;
        let mut closer = 0;
        loop {
            let Some(prepared) = &self.prepared else { return Err(StoreError::Stopped) };
            // Where few pass, looking at each would take for ever: then by sets, each time closer, and from the same place on.
            let Some(places) = self.places(prepared, Course::Down, &begin, PLACES)? else {
                closer += 1;
                if closer > 3 {
                    return Err(StoreError::Stopped);
                }
                self.prepare_sets(query)?;
                continue;
            };
            places.iter().for_each(|place| each(place.id));
            match places.into_iter().nth(PLACES - 1) {
                Some(last) => begin = Begin::Past(last),
                None => return Ok(()),
            }
            if waits() {
                return Err(StoreError::Stopped);
            }
        }
    }
}
