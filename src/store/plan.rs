//! Works out which opportunities pass a filter: by the search index where that is quick, by looking at rows where most pass.

use std::collections::HashMap;

use rusqlite::types::Value as Sql;

use super::conditions::{Asked, Condition, conditions, covers, per_shelf};
use super::error::{StoreError, While};
use super::idset::IdSet;
use super::open::Store;
use super::read::shelves;
use super::walk::{Begin, Course, Place, Sorting, Walk};
use crate::domain::filter::Filter;
use crate::domain::ids::OpportunityId;
use crate::domain::query::ListQuery;
use crate::domain::tab::{Tab, View};

/// A list that was worked out, kept for paging.
pub(super) struct Prepared {
    pub query: ListQuery,
    pub sorting: Sorting,
    pub passing: Passing,
    pub count: Count,
    /// Exactly which rows pass, where that was worked out to count them.
    counted: Option<Passing>,
    pub stamp: Stamp,
}

/// Own and outside writes something was worked out after, and how many are shown as expired that cannot be written so.
pub(super) type Stamp = (u64, i64, u64);

/// What a condition that no index lists has found among all rows: further letters of the filter do not read them again.
pub(super) struct RowsRead {
    statements: Vec<(String, Vec<Sql>)>,
    hits: IdSet,
    stamp: Stamp,
}

/// Which rows of the sorted list pass.
pub(super) enum Passing {
    All,
    /// These, in order.
    Sorted(Vec<Place>),
    /// Those in the set; with `look`, of them those that pass when looked at. Unless asked closely it is given up where too few do.
    Set {
        set: IdSet,
        look: bool,
        asked: Asked,
    },
    /// Most of them: each is looked at. Where that is the only way it goes on however few pass. What was found out already is kept.
    Look {
        only_way: bool,
        known: HashMap<OpportunityId, bool>,
    },
}

/// How many opportunities pass the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// There is no filter.
    All,
    Exactly(u64),
    /// So many may pass; each is looked at when its page is shown.
    AtMost(u64),
    /// Too many to be worth counting.
    Many,
}

/// Where one way of working a list out becomes quicker than another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// In a list of more rows than these a screenful is looked for first: to list all that pass would take too long if most do.
    pub large: u64,
    /// How many rows are looked at before the sets are worked out after all.
    pub looks: usize,
    /// A condition of more hits than these is left alone when another one has fewer.
    pub many: usize,
    /// Up to so many hits are sorted by themselves; above, the list is walked and the set asked.
    pub few: usize,
}

impl Limits {
    pub(super) const MEASURED: Self = Self { large: 20_000, looks: 1_536, many: 100_000, few: 1_500 };
}

impl Store {
    /// Works the list out, or returns the one that is still good.
    pub(super) fn prepare_list(&mut self, query: &ListQuery) -> Result<&Prepared, StoreError> {
        self.rank_few(query)?;
        let stamp = self.stamp()?;
        let good = self.prepared.take().filter(|known| known.query == *query && known.stamp == stamp);
        let prepared = match good {
            Some(known) => known,
            None => {
                let sorting = self.sorting(query)?;
                let (passing, count) = self.work_out(query, &sorting)?;
                Prepared { query: query.clone(), sorting, passing, count, counted: None, stamp }
            }
        };
        Ok(self.prepared.insert(prepared))
    }

    pub(super) fn stamp(&self) -> Result<Stamp, StoreError> {
        Ok((self.writes.get(), self.outside_version()?, self.overdue_count()?))
    }

    /// Returns whether the list that was asked for last is one of which is only known how many may pass, and that is soon counted.
    pub(super) fn is_rough(&self) -> bool {
        /// To count many of a longer list takes so long that the next key would wait.
        const SOON: u64 = 250_000;
        self.prepared.as_ref().is_some_and(|prepared| match prepared.count {
            Count::AtMost(_) => true,
            Count::Many => self.size(&prepared.query).is_ok_and(|size| size <= SOON),
            Count::All | Count::Exactly(_) => false,
        })
    }

    /// Counts what passes the filter of that list, for idle moments; `None` where that takes looking at each of them.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub(super) fn count_passing(&mut self) -> Result<Option<(ListQuery, Count)>, StoreError> {
        let stamp = self.stamp()?;
        let Some(prepared) = self.prepared.as_ref().filter(|prepared| prepared.stamp == stamp) else { return Ok(None) };
        let (passing, count) = self.work_out_sets(&prepared.query, &prepared.sorting, Asked::Closely)?;
        let counted = matches!(count, Count::Exactly(_)).then(|| (prepared.query.clone(), count));
        if let Some(prepared) = self.prepared.as_mut().filter(|_| counted.is_some()) {
            (prepared.count, prepared.counted) = (count, Some(passing));
        }
        Ok(counted)
    }

    /// Returns which rows pass, where that was worked out for the list that was asked for last and has changed nothing since.
    pub(super) fn passing_exactly(&self, query: &ListQuery) -> Result<Option<&Passing>, StoreError> {
        let stamp = self.stamp()?;
        let prepared = self.prepared.as_ref().filter(|prepared| prepared.stamp == stamp && prepared.query.shows_the_same(query));
        Ok(prepared.map(|prepared| prepared.counted.as_ref().unwrap_or(&prepared.passing)))
    }

    fn work_out(&self, query: &ListQuery, sorting: &Sorting) -> Result<(Passing, Count), StoreError> {
        if self.team()?.is_some() {
            // They are few, as a rule, and known one by one.
            return self.work_out_sets(query, sorting, Asked::Closely);
        }
        if query.filter.is_empty() {
            // What is ranked is looked up one by one where something has changed since: rather the few that are marked.
            let few = sorting.is_stale() && query.tab == Tab::Favorites && self.size(query)? <= self.limits.few as u64;
            let marked = few.then(|| per_shelf(query, "favorite_by_changed", "AND favorite = 1", &[]));
            let passing = match marked.map(|marked| self.hits(&marked, None)).transpose()?.flatten() {
                Some(marked) => self.sort_few(&marked, false, query, sorting)?.0,
                None => Passing::All,
            };
            return Ok((passing, Count::All));
        }
        if self.size(query)? <= self.limits.large {
            return self.work_out_sets(query, sorting, Asked::Closely);
        }
        match self.page_is_near(query, sorting)? {
            Some(known) => Ok((Passing::Look { only_way: false, known }, Count::Many)),
            None => self.work_out_sets(query, sorting, Asked::Roughly),
        }
    }

    /// Works the prepared list out by its conditions, where looking at rows has found too few; closely, where it was done roughly.
    pub(super) fn prepare_sets(&mut self, query: &ListQuery) -> Result<(), StoreError> {
        let asked = match self.prepared.as_ref().map(|prepared| &prepared.passing) {
            Some(Passing::Set { asked, .. }) => asked.closer(),
            _ => Asked::Roughly,
        };
        let sorting = self.sorting(query)?;
        let (passing, count) = self.work_out_sets(query, &sorting, asked)?;
        if let Some(prepared) = &mut self.prepared {
            (prepared.passing, prepared.count) = (passing, count);
        }
        Ok(())
    }

    fn work_out_sets(&self, query: &ListQuery, sorting: &Sorting, asked: Asked) -> Result<(Passing, Count), StoreError> {
        if sorting.overdue() {
            // What is over is filed as received, in the index too: only a look tells.
            return Ok((Passing::Look { only_way: true, known: HashMap::new() }, Count::Many));
        }
        let all = self.size(&ListQuery { view: View::All, ..ListQuery::tab(Tab::All) })?;
        let (reading, conditions): (Vec<_>, Vec<_>) =
            conditions(query, asked, self.size(query)?, all).into_iter().partition(|condition| condition.reads_all);
        let mut look = !covers(&query.filter) || conditions.iter().any(|c| c.look);
        // What another condition cuts to the shelves that are shown stands on no other.
        let mut wide = conditions.iter().any(|c| c.wide);
        let mut common: Option<IdSet> = self.team_on(query)?;
        let mut left = Vec::new();
        // One alone is worked out however many hits it has: to find out first that they are many would be half of the work.
        let most = Some(self.limits.many).filter(|_| conditions.len() > 1);
        for condition in conditions {
            // Few of these pass on the shelves that are shown, or they would have been found: so many stand on the others.
            let too_many = Some(self.limits.many + self.limits.many / 2).filter(|_| condition.wide && most.is_none());
            match self.hits(&condition, most.or(too_many))? {
                None if too_many.is_some() => return self.work_out_sets(query, sorting, Asked::Closely),
                Some(hits) => {
                    keep(&mut common, hits);
                    wide &= condition.wide;
                }
                None => left.push(condition),
            }
        }
        for condition in reading {
            // Where few are left it is quicker to look at these; what is read stands on the shelves that are shown.
            if common.as_ref().is_some_and(|common| common.len() <= self.limits.few) {
                look = true;
                continue;
            }
            keep(&mut common, self.read_rows(condition)?);
            wide = false;
        }
        if common.is_none() {
            for condition in left.drain(..) {
                if let Some(hits) = self.hits(&condition, None)? {
                    keep(&mut common, hits);
                    wide &= condition.wide;
                }
            }
        }
        look |= !left.is_empty();
        match common {
            None => Ok((Passing::Look { only_way: true, known: HashMap::new() }, Count::Many)),
            Some(set) if set.len() <= self.limits.few => self.sort_few(&set, look, query, sorting),
            Some(set) => {
                let count = match set.len() as u64 {
                    many if wide => Count::AtMost(many.min(self.size(query)?)),
                    many if look => Count::AtMost(many),
                    many => Count::Exactly(many),
                };
                // What cannot be asked closer is not given up.
                let asked = if look || wide { asked } else { Asked::Closely };
                Ok((Passing::Set { set, look, asked }, count))
            }
        }
    }

    /// Works out exactly which rows of a list pass, as far as that is known without a look at each.
    pub(super) fn work_out_closely(&self, query: &ListQuery, sorting: &Sorting) -> Result<Passing, StoreError> {
        Ok(self.work_out_sets(query, sorting, Asked::Closely)?.0)
    }

    /// Returns everything that passes a filter, wherever it stands; `None` where there is no filter.
    /// Where each has to be looked at it is given up as soon as `waits` tells that somebody waits.
    pub(super) fn all_passing(&self, filter: &Filter, waits: &mut dyn FnMut() -> bool) -> Result<Option<IdSet>, StoreError> {
        /// Looks between two questions whether somebody waits.
        const LOOKS: u32 = 64;
        if filter.is_empty() {
            return Ok(self.team()?.map(|team| (*team).clone()));
        }
        let query = ListQuery { filter: filter.clone(), view: View::All, ..ListQuery::tab(Tab::All) };
        let sorting = Sorting::new(query.tab, query.view, query.order, self.overdue()?);
        let mut passing = IdSet::default();
        let mut looks = 0_u32;
        let mut look = |id: OpportunityId, passing: &mut IdSet| -> Result<(), StoreError> {
            looks = looks.wrapping_add(1);
            if looks.is_multiple_of(LOOKS) && waits() {
                return Err(StoreError::Stopped);
            }
            if self.passes(id, filter)? {
                passing.insert(id.0);
            }
            Ok(())
        };
        match self.work_out_sets(&query, &sorting, Asked::Closely)?.0 {
            Passing::All => return Ok(None),
            Passing::Sorted(places) => places.iter().for_each(|place| passing.insert(place.id.0)),
            Passing::Set { set, look: false, .. } => return Ok(Some(set)),
            Passing::Set { set, .. } => set.ids().try_for_each(|id| look(id, &mut passing))?,
            Passing::Look { .. } => {
                let mut statement = self.connection.prepare_cached("SELECT id FROM opportunity").reading()?;
                let mut rows = statement.query([]).reading()?;
                while let Some(row) = rows.next().reading()? {
                    look(OpportunityId(row.get(0).reading()?), &mut passing)?;
                }
            }
        }
        Ok(Some(passing))
    }

    /// Returns how many rows the list has without its filter.
    pub(super) fn size(&self, query: &ListQuery) -> Result<u64, StoreError> {
        let kind = if query.tab == Tab::Favorites { "favorite" } else { "shelf" };
        let mut statement = self.connection.prepare_cached("SELECT n FROM tally WHERE kind = ? AND shelf = ?").reading()?;
        let mut size = 0;
        for shelf in shelves(query.tab, query.view) {
            size += statement.query_row((kind, shelf), |row| row.get::<_, u64>(0)).reading()?;
        }
        Ok(size)
    }

    /// Returns what passes among the first rows if that is a screenful; given up early where few of them do.
    fn page_is_near(&self, query: &ListQuery, sorting: &Sorting) -> Result<Option<HashMap<OpportunityId, bool>>, StoreError> {
        /// Rows of a screenful, and of how many one has to pass.
        const SCREENFUL: usize = 64;
        const OF: usize = 24;
        let mut walk = Walk::new(self, sorting, Course::Down, Begin::Edge);
        let mut found = 0;
        let mut known = HashMap::new();
        for looked in 1..=self.limits.looks {
            let Some(place) = walk.next()? else { return Ok(Some(known)) };
            let passes = self.passes(place.id, &query.filter)?;
            known.insert(place.id, passes);
            found += usize::from(passes);
            if found >= SCREENFUL {
                return Ok(Some(known));
            }
            if looked > SCREENFUL && looked.is_power_of_two() && found * OF < looked {
                return Ok(None);
            }
        }
        Ok(None)
    }

    pub(super) fn passes(&self, id: OpportunityId, filter: &Filter) -> Result<bool, StoreError> {
        Ok(self.sees(id)? && self.look_at(id, filter)?.is_some_and(|held| filter.passes(&held)))
    }

    fn sort_few(&self, set: &IdSet, look: bool, query: &ListQuery, sorting: &Sorting) -> Result<(Passing, Count), StoreError> {
        let mut places = Vec::with_capacity(set.len());
        for id in set.ids() {
            let Some(place) = self.place_of(id, sorting)? else { continue };
            if !look || self.passes(id, &query.filter)? {
                places.push(place);
            }
        }
        places.sort_by(|a, b| sorting.compare(a, b));
        let count = Count::Exactly(places.len() as u64);
        Ok((Passing::Sorted(places), count))
    }

    fn read_rows(&self, condition: Condition) -> Result<IdSet, StoreError> {
        let stamp = self.stamp()?;
        let good = self.rows_read.take().filter(|known| known.stamp == stamp && known.statements == condition.statements);
        let known = match good {
            Some(known) => known,
            None => {
                let hits = self.hits(&condition, None)?.unwrap_or_default();
                Box::new(RowsRead { statements: condition.statements, hits, stamp })
            }
        };
        let hits = known.hits.clone();
        self.rows_read.set(Some(known));
        Ok(hits)
    }

    /// Returns the ids a condition lists; `None` when there are more than `most`.
    fn hits(&self, condition: &Condition, most: Option<usize>) -> Result<Option<IdSet>, StoreError> {
        let mut set = IdSet::default();
        for (sql, values) in &condition.statements {
            let mut statement = self.connection.prepare_cached(sql).reading()?;
            let mut rows = statement.query(rusqlite::params_from_iter(values)).reading()?;
            while let Some(row) = rows.next().reading()? {
                set.insert(row.get(0).reading()?);
                if most.is_some_and(|most| set.len() > most) {
                    return Ok(None);
                }
            }
        }
        Ok(Some(set))
    }
}

fn keep(common: &mut Option<IdSet>, hits: IdSet) {
    match common {
        Some(common) => common.keep_common(&hits),
        None => *common = Some(hits),
    }
}
