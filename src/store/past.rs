//! Any past moment: what was held then, by walking back from what is held now through all that later steps did.
//!
//! What stood then is what this program held then. An opportunity that was imported later was not held, however old it is; a step that
//! was undone later had not been undone. How much time is left, and what had expired, is seen by our clock at that moment.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

use rusqlite::{Connection, Rows};

use super::conditions::NOBODY;
use super::convert;
use super::error::{StoreError, While};
use super::facts::Wanted;
use super::history::{Happened, walked_back};
use super::journal::count_days;
use super::open::Store;
use super::read::shelf;
use super::walk::{Key, Place, Sorting};
use crate::domain::customer::{Country, bare_name};
use crate::domain::filter::Filter;
use crate::domain::fold::fold;
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::query::{ListQuery, SortKey};
use crate::domain::stage::Stage;
use crate::insight::Stood;
use crate::insight::priority::{Facts, Scales, Weighing, WonBefore};

/// A moment, and the last step that had been made then.
#[derive(Debug, Clone, Copy)]
pub(super) struct Past {
    pub at: Timestamp,
    pub step: StepId,
    /// Days to respond as they are counted now, where Partner Center does not say.
    pub days: i64,
}

/// What a list showed at a moment, as far as it is not read yet.
#[derive(Debug, Clone)]
pub struct PastList {
    past: Option<Past>,
    ids: std::vec::IntoIter<OpportunityId>,
}

/// Deals between two looks whether somebody waits.
const LOOKS: u64 = 4_096;

/// What later steps did, by opportunity, of each the last step first. What earlier versions undid in place is not in what is held.
/// (The plus keeps SQLite from reading the whole history by opportunity.)
pub(super) const LATER: &str = "SELECT opportunity_id, what, delta, step_id FROM history NOT INDEXED WHERE step_id > ?1 \
     AND step_id NOT IN (SELECT id FROM step WHERE undone_at IS NOT NULL) ORDER BY +opportunity_id, step_id DESC";

/// What a later step did to one opportunity.
pub(super) struct Deed {
    pub id: OpportunityId,
    pub what: Happened,
    pub kept: String,
    pub step: StepId,
}

/// Reads the rows of [`LATER`].
pub(super) struct Deeds<'a> {
    rows: Rows<'a>,
    next: Option<Deed>,
}

impl<'a> Deeds<'a> {
    pub(super) fn new(rows: Rows<'a>) -> Result<Self, StoreError> {
        let mut deeds = Self { rows, next: None };
        deeds.advance()?;
        Ok(deeds)
    }

    fn advance(&mut self) -> Result<(), StoreError> {
        self.next = match self.rows.next().reading()? {
            None => None,
            Some(row) => Some(Deed {
                id: OpportunityId(row.get(0).reading()?),
                what: Happened::read(row.get_ref(1).reading()?.as_str().unwrap_or_default()),
                kept: row.get::<_, Option<String>>(2).reading()?.unwrap_or_default(),
                step: StepId(row.get(3).reading()?),
            }),
        };
        Ok(())
    }

    /// Returns of which opportunity the next one is.
    pub(super) fn next_id(&self) -> Option<OpportunityId> {
        self.next.as_ref().map(|deed| deed.id)
    }

    /// Returns the next one, where it is of this opportunity.
    pub(super) fn next_of(&mut self, id: OpportunityId) -> Result<Option<Deed>, StoreError> {
        let next = self.next.take_if(|deed| deed.id == id);
        if next.is_some() {
            self.advance()?;
        }
        Ok(next)
    }

    /// Returns what was held of an opportunity before all of them, and whether there was any.
    fn walk_back(&mut self, id: OpportunityId, mut held: Option<Held>) -> Result<(Option<Held>, bool), StoreError> {
        let mut any = false;
        while let Some(Deed { what, kept, .. }) = self.next_of(id)? {
            held = walked_back(id, held, what, &kept)?;
            any = true;
        }
        Ok((held, any))
    }
}

impl Past {
    /// Returns what is held as our clock saw it then. Where it was another, whether something waited follows from what was held, and
    /// deadlines are counted as those of everything else.
    fn seen(self, mut held: Held, changed_since: bool) -> Held {
        if changed_since {
            count_days(&mut held, self.days, self.at);
        }
        held.opportunity.stage = held.opportunity.stage.seen_at(self.at);
        if changed_since {
            held.opportunity.waiting = held.has_update() || held.notice().is_some();
        }
        held
    }
}

impl Store {
    /// Calls `each` with everything that was held at a moment that is not to come, as it stood then, in the order of the numbers, until
    /// that breaks off. Whether something was new then is not known.
    ///
    /// # Errors
    /// [`StoreError::NothingKnown`] when the journal begins later, or that the database cannot be read.
    pub fn as_it_stood(&self, at: Timestamp, each: &mut dyn FnMut(Held) -> ControlFlow<()>) -> Result<(), StoreError> {
        self.in_one_look(|store| match store.past(at)? {
            Some(past) => store.walk_all_back(past, each),
            None => Ok(()),
        })
    }

    /// As [`Store::as_it_stood`], of what passed a filter then, and of it what figures are made of and is wanted.
    ///
    /// # Errors
    /// As [`Store::as_it_stood`], or [`StoreError::Stopped`] when `waits` tells that somebody waits.
    pub(super) fn each_stood(
        &self,
        at: Timestamp,
        (filter, wanted): (&Filter, Wanted),
        waits: &mut dyn FnMut() -> bool,
        each: &mut (dyn FnMut(Stood) + Send),
    ) -> Result<(), StoreError> {
        if filter.is_empty() {
            return self.in_one_look(|store| {
                let Some(past) = store.past(at)? else { return Ok(()) };
                let team = store.team()?;
                store.each_backdated([past], (team.as_deref(), wanted), waits, &mut |held, [then]| {
                    then.at(held, at).map(Cow::into_owned).into_iter().for_each(&mut *each);
                })
            });
        }
        let (mut read, mut stopped) = (0, false);
        self.as_it_stood(at, &mut |held| {
            if filter.passes(&held) {
                each(wanted.of(Stood::from(&held.opportunity)));
            }
            read += 1;
            stopped = u64::is_multiple_of(read, LOOKS) && waits();
            if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if stopped { Err(StoreError::Stopped) } else { Ok(()) }
    }

    /// Returns a moment of the past or, where the journal begins later, when that is.
    pub(super) fn known_past(&self, at: Timestamp) -> Result<(Option<Past>, Option<Timestamp>), StoreError> {
        match self.past(at) {
            Err(StoreError::NothingKnown { begins }) => Ok((None, Some(begins))),
            past => Ok((past?, None)),
        }
    }

    /// Returns one opportunity as it stood at a moment; `None` where it was not held then.
    ///
    /// # Errors
    /// As [`Store::as_it_stood`].
    pub fn one_as_it_stood(&self, id: OpportunityId, at: Timestamp) -> Result<Option<Held>, StoreError> {
        self.in_one_look(|store| match store.past(at)? {
            Some(past) => store.one_back(past, id),
            None => Ok(None),
        })
    }

    fn one_back(&self, past: Past, id: OpportunityId) -> Result<Option<Held>, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM history WHERE opportunity_id = ? AND step_id > ?)";
        let mut later = self.connection.prepare_cached(sql).reading()?;
        let later: bool = later.query_row((id.0, past.step.0), |row| row.get(0)).reading()?;
        Ok(self.stood(id, past.step)?.map(|held| past.seen(held, later)))
    }

    /// Returns what a list would have shown at a moment, in its order, to be read page by page.
    ///
    /// # Errors
    /// As [`Store::as_it_stood`].
    pub fn list_as_it_stood(&self, query: &ListQuery, at: Timestamp) -> Result<PastList, StoreError> {
        self.list_then(query, at, &mut || false)
    }

    /// As [`Store::list_as_it_stood`].
    ///
    /// # Errors
    /// As there, or [`StoreError::Stopped`] when `waits` tells that somebody waits.
    pub(super) fn list_then(
        &self,
        query: &ListQuery,
        at: Timestamp,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<PastList, StoreError> {
        let (past, ids) = self.listed_then(query, at, waits)?;
        Ok(PastList { past, ids: ids.into_iter() })
    }

    /// Returns what such a list showed, by its numbers.
    ///
    /// # Errors
    /// As [`Store::as_it_stood`], or [`StoreError::Stopped`] when `waits` tells that somebody waits.
    pub(super) fn ids_as_they_stood(
        &self,
        query: &ListQuery,
        at: Timestamp,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<Vec<OpportunityId>, StoreError> {
        self.listed_then(query, at, waits).map(|(_, ids)| ids)
    }

    fn listed_then(
        &self,
        query: &ListQuery,
        at: Timestamp,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<(Option<Past>, Vec<OpportunityId>), StoreError> {
        let (tab, view) = query.place();
        let listed = ListQuery { tab, view, ..query.clone() };
        let weighing = self.weighing().filter(|_| query.order.key == SortKey::Priority);
        let sorting = match weighing {
            Some(_) => Sorting::ranked(&listed, None, Arc::default(), false),
            None => Sorting::of(&listed, None),
        };
        let (mut places, mut read, mut stopped) = (Vec::<Place>::new(), 0_u64, false);
        let past = self.in_one_look(|store| {
            let Some(past) = store.past(at)? else { return Ok(None) };
            let mut weighed = weighing.map(|weighing| store.weighed_then(past, weighing)).transpose()?;
            store.walk_all_back(past, &mut |held| {
                if let Some(mut place) = place(&sorting, &held.opportunity).filter(|_| query.filter.passes(&held)) {
                    if let Some((scales, won)) = &mut weighed
                        && let Some(facts) = Facts::of(&held.opportunity, won)
                    {
                        place.key = Key::of_points(scales.points(&facts));
                    }
                    places.push(place);
                }
                read += 1;
                stopped = read.is_multiple_of(LOOKS) && waits();
                if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            Ok(Some(past))
        })?;
        if stopped {
            return Err(StoreError::Stopped);
        }
        places.sort_unstable_by(|a, b| sorting.compare(a, b));
        Ok((past, places.into_iter().map(|place| place.id).collect()))
    }

    /// Returns what deals were weighed by at a moment, and what had been won then.
    fn weighed_then(&self, past: Past, weighing: Weighing) -> Result<(Scales, WonBefore), StoreError> {
        let mut won = WonBefore::default();
        self.walk_all_back(past, &mut |held| {
            won.add_deal(&held.opportunity);
            ControlFlow::Continue(())
        })?;
        Ok((Scales::new(weighing, self.rates_on(weighing.today)?), won))
    }

    /// Returns the next opportunities of such a list, each as it stood; none at its end.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn page_of_past(&self, list: &mut PastList, limit: usize) -> Result<Vec<Held>, StoreError> {
        let Some(past) = list.past else { return Ok(Vec::new()) };
        let page = list.ids.by_ref().take(limit);
        self.in_one_look(|store| page.filter_map(|id| store.one_back(past, id).transpose()).collect())
    }

    /// Returns the last step that had been made at a moment; `None` where there is no step at all.
    ///
    /// A clock that was wrong for a while has dated steps out of their order: that step counts which most others agree with, those up
    /// to it by having been made then, those after it by not.
    pub(super) fn past(&self, at: Timestamp) -> Result<Option<Past>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id, at FROM step ORDER BY id").reading()?;
        let mut rows = statement.query([]).reading()?;
        let (mut agree, mut most) = (0_i64, 0_i64);
        let (mut begins, mut found) = (None, None);
        while let Some(row) = rows.next().reading()? {
            let (id, made) = (StepId(row.get(0).reading()?), Timestamp::from_micros(row.get(1).reading()?));
            begins.get_or_insert(made);
            agree += if made <= at { 1 } else { -1 };
            if agree >= most {
                (most, found) = (agree, Some(id));
            }
        }
        match (begins, found) {
            (None, _) => Ok(None),
            (Some(begins), None) => Err(StoreError::NothingKnown { begins }),
            (Some(_), Some(step)) => Ok(Some(Past { at, step, days: self.response_days()? })),
        }
    }

    /// Returns the last step that had been made at a moment; `None` where there is no step at all.
    ///
    /// # Errors
    /// As [`Store::as_it_stood`].
    pub(super) fn last_step_at(&self, at: Timestamp) -> Result<Option<StepId>, StoreError> {
        Ok(self.past(at)?.map(|past| past.step))
    }

    /// Reads all that is held and all that later steps did beside each other, both in the order of the numbers.
    fn walk_all_back(&self, past: Past, each: &mut dyn FnMut(Held) -> ControlFlow<()>) -> Result<(), StoreError> {
        let mut present = self.connection.prepare_cached(convert::EACH).reading()?;
        let mut present = present.query([]).reading()?;
        let mut later = self.connection.prepare_cached(LATER).reading()?;
        let mut later = Deeds::new(later.query([past.step.0]).reading()?)?;
        let mut next = present.next().reading()?.map(convert::held).transpose()?;
        let team = self.team()?;
        loop {
            let ids = [next.as_ref().map(|held| held.opportunity.id), later.next_id()];
            let Some(id) = ids.into_iter().flatten().min() else { return Ok(()) };
            let held = next.take_if(|held| held.opportunity.id == id);
            let is_there = held.is_some();
            let (then, changed_since) = later.walk_back(id, held)?;
            if let Some(held) = then.filter(|_| team.as_ref().is_none_or(|team| team.contains(id)))
                && each(past.seen(held, changed_since)).is_break()
            {
                return Ok(());
            }
            if is_there {
                next = present.next().reading()?.map(convert::held).transpose()?;
            }
        }
    }

    /// All that is read in `work` stood at one time.
    pub(super) fn in_one_look<T>(&self, work: impl FnOnce(&Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        in_one_look(&self.connection, || work(self))
    }
}

/// As [`Store::in_one_look`], of any connection.
pub(super) fn in_one_look<T>(connection: &Connection, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    if !connection.is_autocommit() {
        return work();
    }
    connection.execute_batch("BEGIN").reading()?;
    let result = work();
    // After an error SQLite may have ended it by itself; that error is the one to tell.
    if !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK").reading()?;
    }
    result
}

/// Returns where an opportunity stands in a list; `None` where the list does not hold it.
fn place(sorting: &Sorting, on: &Opportunity) -> Option<Place> {
    let group = sorting.group_of(shelf(on.direction(), on.stage.kind()), on.favorite, on.next.is_some())?;
    Some(sorting.settled(Place { group, key: key(sorting.column(group), on), id: on.id }))
}

/// Returns what stands in a column that lists sort by, as the schema computes it.
fn key(column: &str, on: &Opportunity) -> Key {
    /// Where what nobody must answer stands among deadlines.
    const BEHIND: i64 = 4_611_686_018_427_387_904;
    let newest = on.created_at.unwrap_or(on.first_seen_at).micros();
    match column {
        "urgency" => Key::Number(match &on.stage {
            Stage::Received { respond_by } => respond_by.at.micros(),
            Stage::Accepted { .. } | Stage::Lapsed { .. } | Stage::Archived { .. } => BEHIND - newest,
        }),
        "newest" => Key::Number(newest),
        "deal_key" => Key::Text(fold(on.title().as_str())),
        "customer_key" => Key::Text(bare_name(on.customer.name.as_str())),
        "value_key" => Key::Number(on.deal.value.map_or(0, convert::value_key)),
        "close_key" => Key::Text(on.deal.close_date.map_or_else(|| "~".to_owned(), |date| date.to_string())),
        "owner_sort" => Key::Text(on.owned_by().map_or_else(|| NOBODY.to_owned(), |owner| fold(&owner.name()))),
        "sales_stage_key" => Key::Number(on.deal.sales_stage.map_or(0, |stage| stage.percent().into())),
        "country_key" => Key::Text(on.customer.address.country.map_or("~", Country::code).to_owned()),
        "next_on" => Key::Text(on.next.as_ref().map(|next| next.on.to_string()).unwrap_or_default()),
        "archived_key" => Key::Number(on.stage.archived_at().map_or(0, Timestamp::micros)),
        _ => Key::Number(on.updated_at.micros()),
    }
}
