//! The order of what is to be done next: every open deal is weighed once, and kept in that order until something changes; what points
//! are made of is `insight/priority.rs`.

use std::sync::Arc;

use rusqlite::Row;

use super::convert::{self, Cells};
use super::error::{StoreError, While};
use super::open::Store;
use super::packed;
use super::plan::Stamp;
use super::read::Full;
use super::walk::Sorting;
use crate::domain::country::Country;
use crate::domain::date::Date;
use crate::domain::held::Held;
use crate::domain::ids::OpportunityId;
use crate::domain::ours::DealOwner;
use crate::domain::query::{ListQuery, Order, SortKey};
use crate::domain::stage::StageKind;
use crate::domain::tab::{Tab, View};
use crate::insight::priority::{Facts, Lacks, Priority, Scales, Weighing, WonBefore, can_be_reached};

/// What is kept of ranking deals.
pub(super) struct Ranks {
    /// Up to so many open deals are ranked before their list is shown; of more it is shown in another order first.
    pub at_once: u64,
    /// By what deals are weighed; `None` before that was told.
    weighing: Option<Weighing>,
    ranking: Option<Arc<Ranking>>,
    won: Option<(WonStamp, Arc<WonBefore>)>,
    scales: Option<(Weighing, Stamp, Scales)>,
}

impl Default for Ranks {
    fn default() -> Self {
        Self { at_once: 2_000, weighing: None, ranking: None, won: None, scales: None }
    }
}

/// What changes when another deal is won, or one that was won is changed: how many are archived, the last of them, the last import or
/// step that was taken back, and what other programs wrote.
type WonStamp = (u64, i64, i64, i64);

/// An open deal, with what says which lists hold it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    pub id: OpportunityId,
    pub points: u32,
    pub shelf: u8,
    pub favorite: bool,
}

/// Every open deal, the one to work on next first; of equal points the earlier number.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    of: Option<(Weighing, Stamp)>,
    order: Vec<Ranked>,
    by_id: Vec<(OpportunityId, u32)>,
}

impl Ranking {
    fn new(weighing: Weighing, stamp: Stamp, mut order: Vec<Ranked>) -> Self {
        order.sort_unstable_by_key(|ranked| (std::cmp::Reverse(ranked.points), ranked.id));
        let mut by_id: Vec<_> = order.iter().map(|ranked| (ranked.id, ranked.points)).collect();
        by_id.sort_unstable();
        Self { of: Some((weighing, stamp)), order, by_id }
    }

    pub(super) fn points(&self, id: OpportunityId) -> Option<u32> {
        self.by_id.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| self.by_id[at].1)
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// Returns how many stand before the first of which this does not hold.
    pub(super) fn partition(&self, holds: impl Fn(&Ranked) -> bool) -> usize {
        self.order.partition_point(holds)
    }

    pub(super) fn from(&self, begin: usize, limit: usize) -> Vec<Ranked> {
        self.order[begin.min(self.len())..].iter().take(limit).copied().collect()
    }

    /// Returns those before a place, the nearest first.
    pub(super) fn before(&self, end: usize, limit: usize) -> Vec<Ranked> {
        self.order[..end.min(self.len())].iter().rev().take(limit).copied().collect()
    }

    /// Returns where one stands among the open ones of its direction, and how many these are.
    fn place(&self, id: OpportunityId) -> Option<(u64, u64)> {
        let of = self.order.iter().find(|ranked| ranked.id == id)?.shelf / 3;
        let mut those = self.order.iter().filter(|ranked| ranked.shelf / 3 == of);
        let before = those.by_ref().take_while(|ranked| ranked.id != id).count() as u64;
        Some((before + 1, before + 1 + those.count() as u64))
    }
}

/// Why a deal stands where it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasons {
    pub full: Full,
    /// `None` where it is archived: nothing is to be done next.
    pub priority: Option<Priority>,
    /// Its place among the open ones of its direction and how many these are, where that is known.
    pub place: Option<(u64, u64)>,
}

/// How many rows are read between two looks whether somebody waits.
const ROWS: u64 = 512;
/// Rows that an index finds one by one cost more than rows that are read one after the other, by so much.
const DEARER: u64 = 3;
/// For one open deal so many that ended are looked through at once.
const ENDED: u64 = 10;

impl Store {
    /// Tells by what deals are weighed from here on.
    pub fn weigh(&mut self, weighing: Weighing) {
        self.ranks.weighing = Some(weighing);
    }

    /// Ranks all open deals, if they are not ranked as they are now.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `waits` tells that somebody waits, or that the database cannot be read.
    pub fn rank(&mut self, waits: &mut dyn FnMut() -> bool) -> Result<(), StoreError> {
        let Some(weighing) = self.ranks.weighing else { return Ok(()) };
        let stamp = self.stamp()?;
        if self.is_ranked(weighing, stamp) {
            return Ok(());
        }
        let won = self.won_before(waits)?;
        let mut scales = Scales::new(weighing, self.rates_on(weighing.today)?);
        let order = self.in_one_look(|store| store.weigh_each(&won, &mut scales, waits))?;
        self.ranks.ranking = Some(Arc::new(Ranking::new(weighing, stamp, order)));
        self.ranks.scales = Some((weighing, stamp, scales));
        self.prepared = None;
        Ok(())
    }

    fn is_ranked(&self, weighing: Weighing, stamp: Stamp) -> bool {
        self.ranks.ranking.as_ref().is_some_and(|ranking| ranking.of == Some((weighing, stamp)))
    }

    /// As [`Store::rank`], where the list asks for it and so few are open that nobody notices.
    pub(super) fn rank_few(&mut self, query: &ListQuery) -> Result<(), StoreError> {
        let open = ListQuery { view: View::Open, ..ListQuery::tab(Tab::All) };
        if query.order.key != SortKey::Priority || self.size(&open)? > self.ranks.at_once {
            return Ok(());
        }
        // What was won before is read anew only when something was won; of very many that ended that takes its time, too.
        let archived = self.size(&ListQuery { view: View::Archived, ..open })?;
        let known = archived <= self.ranks.at_once * ENDED || self.knows_won()?;
        if known { self.rank(&mut || false) } else { Ok(()) }
    }

    /// Returns whether a list is not in the order it asks for yet.
    pub(super) fn is_unranked(&self, query: &ListQuery) -> bool {
        let of = self.ranks.ranking.as_ref().and_then(|ranking| ranking.of).map(|(weighing, _)| weighing);
        query.order.key == SortKey::Priority && of != self.ranks.weighing
    }

    /// Returns whether the list that was asked for last waits for a ranking, or for one of what has changed since.
    pub(super) fn awaits_ranking(&self) -> bool {
        let wanted = self.prepared.as_ref().is_some_and(|prepared| prepared.query.order.key == SortKey::Priority);
        let is_ranked = |weighing| self.stamp().is_ok_and(|stamp| self.is_ranked(weighing, stamp));
        wanted && self.ranks.weighing.is_some_and(|weighing| !is_ranked(weighing))
    }

    /// Returns the order of a list.
    pub(super) fn sorting(&self, query: &ListQuery) -> Result<Sorting, StoreError> {
        let overdue = self.overdue()?;
        match self.ranks.ranking.as_ref().filter(|_| query.order.key == SortKey::Priority) {
            Some(ranking) => {
                let stale = ranking.of.map(|(_, stamp)| stamp) != Some(self.stamp()?);
                Ok(Sorting::ranked(query, overdue, Arc::clone(ranking), stale))
            }
            None => Ok(Sorting::of(query, overdue)),
        }
    }

    /// Returns why a deal stands where it does; its place, where all are ranked or few are open.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], [`StoreError::Stopped`] when `waits` tells that somebody waits, or that the database cannot be read.
    pub fn reasons(
        &mut self,
        id: OpportunityId,
        weighing: Weighing,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<Reasons, StoreError> {
        self.weigh(weighing);
        let full = self.get(id)?;
        let priority = self.explain(&full, waits)?;
        let order = Order { key: SortKey::Priority, reversed: false };
        self.rank_few(&ListQuery { order, ..ListQuery::tab(Tab::All) })?;
        let is_ranked = self.is_ranked(weighing, self.stamp()?);
        let place = self.ranks.ranking.as_ref().filter(|_| is_ranked).and_then(|ranking| ranking.place(id));
        Ok(Reasons { full, priority, place })
    }

    /// Returns what a deal comes to as it is weighed now; `None` where it is archived.
    ///
    /// # Errors
    /// As [`Store::reasons`].
    pub fn explain(&mut self, held: &Held, waits: &mut dyn FnMut() -> bool) -> Result<Option<Priority>, StoreError> {
        let Some(weighing) = self.ranks.weighing else { return Ok(None) };
        let (won, stamp) = (self.won_before(waits)?, self.stamp()?);
        let Some(facts) = Facts::of(&held.opportunity, &won) else { return Ok(None) };
        let known = self.ranks.scales.take().filter(|(of, at, _)| (*of, *at) == (weighing, stamp)).map(|(.., scales)| scales);
        let mut scales = match known {
            Some(scales) => scales,
            None => Scales::new(weighing, self.rates_on(weighing.today)?),
        };
        let told = scales.explain(&facts);
        self.ranks.scales = Some((weighing, stamp, scales));
        Ok(Some(told))
    }

    /// By what deals are weighed, once that was told.
    pub(super) const fn weighing(&self) -> Option<Weighing> {
        self.ranks.weighing
    }

    fn knows_won(&self) -> Result<bool, StoreError> {
        let stamp = self.won_stamp()?;
        Ok(self.ranks.won.as_ref().is_some_and(|(at, _)| *at == stamp))
    }

    fn won_before(&mut self, waits: &mut dyn FnMut() -> bool) -> Result<Arc<WonBefore>, StoreError> {
        let stamp = self.won_stamp()?;
        if let Some((_, known)) = self.ranks.won.as_ref().filter(|(at, _)| *at == stamp) {
            return Ok(Arc::clone(known));
        }
        let mut won = WonBefore::default();
        let archived = ListQuery { view: View::Archived, ..ListQuery::tab(Tab::All) };
        self.each_on(&archived, "customer_key, solutions, country", "outcome = 'won'", waits, &mut |row| {
            let mut cells = Cells::new(row);
            let (customer, solutions): (String, Option<String>) = (cells.take()?, cells.take()?);
            let country = cells.word(Country::from_code)?;
            won.add(&customer, packed::solution_ids(solutions.as_deref().unwrap_or_default()), country);
            Ok(())
        })?;
        let won = Arc::new(won);
        self.ranks.won = Some((stamp, Arc::clone(&won)));
        Ok(won)
    }

    fn won_stamp(&self) -> Result<WonStamp, StoreError> {
        let archived = self.size(&ListQuery { view: View::Archived, ..ListQuery::tab(Tab::All) })?;
        let sql = "SELECT coalesce(max(archived_key), 0) FROM opportunity INDEXED BY by_archived WHERE shelf = ? AND stage = 'archived'";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut last = 0;
        for shelf in super::read::shelves(Tab::All, View::Archived) {
            last = statement.query_row([shelf], |row| row.get(0)).map(|at: i64| last.max(at)).reading()?;
        }
        // Only an import changes what is archived, or what takes a step back.
        let sql =
            "SELECT coalesce((SELECT id FROM step WHERE kind = 'import' OR reverts IS NOT NULL ORDER BY id DESC LIMIT 1), 0)";
        let changed: i64 = self.connection.prepare_cached(sql).reading()?.query_row([], |row| row.get(0)).reading()?;
        Ok((archived, last, changed, self.outside_version()?))
    }

    fn weigh_each(
        &self,
        won: &WonBefore,
        scales: &mut Scales,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<Vec<Ranked>, StoreError> {
        let mut order = Vec::new();
        let open = ListQuery { view: View::Open, ..ListQuery::tab(Tab::All) };
        self.each_on(&open, COLUMNS, "TRUE", waits, &mut |row| {
            let (ranked, facts) = match self.facts(row, won)? {
                Some(found) => found,
                None => return Ok(()),
            };
            order.push(Ranked { points: scales.points(&facts), ..ranked });
            Ok(())
        })?;
        Ok(order)
    }

    /// Reads some columns of all that a view of all tabs shows, by its index or one after the other, whichever is quicker.
    fn each_on(
        &self,
        query: &ListQuery,
        columns: &str,
        only: &str,
        waits: &mut dyn FnMut() -> bool,
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let all = self.size(&ListQuery { view: View::All, ..ListQuery::tab(Tab::All) })?;
        let by = if self.size(query)? * DEARER < all { "INDEXED BY by_changed" } else { "NOT INDEXED" };
        let on = super::conditions::on_shown(query);
        let sql = format!("SELECT {columns} FROM opportunity {by} WHERE {on} AND {only}");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query([]).reading()?;
        let mut read = 0_u64;
        while let Some(row) = rows.next().reading()? {
            read += 1;
            if read.is_multiple_of(ROWS) && waits() {
                return Err(StoreError::Stopped);
            }
            each(row)?;
        }
        Ok(())
    }

    /// Reads [`COLUMNS`]; `None` of what is shown as expired.
    fn facts(&self, row: &Row<'_>, won: &WonBefore) -> Result<Option<(Ranked, Facts)>, StoreError> {
        let missing = || StoreError::Damaged("an opportunity lacks a time".to_owned());
        let mut cells = Cells::new(row);
        let cells = &mut cells;
        let (id, shelf, favorite) = (OpportunityId(cells.take()?), cells.take()?, cells.take()?);
        let stage = convert::stage(cells)?;
        let stage = self.as_seen(convert::lapsed(stage, cells)?);
        if stage.kind() == StageKind::Archived {
            return Ok(None);
        }
        let (created, first_seen) = (cells.time()?, cells.time()?.ok_or_else(missing)?);
        let entered = if stage.kind() == StageKind::Received { created } else { stage.accepted_at() };
        let value = convert::money(cells)?;
        let close_date = cells.word(|word| Date::iso(word).ok())?;
        let sales_stage = cells.sales_stage()?;
        let (owner, people): (Option<String>, Option<String>) = (cells.take()?, cells.take()?);
        let people = people.unwrap_or_default();
        let (solutions, next_on) = (cells.take::<Option<String>>()?, cells.word(|word| Date::iso(word).ok())?);
        let solutions = solutions.unwrap_or_default();
        let (customer, country): (String, _) = (cells.take()?, cells.word(Country::from_code)?);
        let has = [
            value.is_some(),
            close_date.is_some(),
            packed::contact(&people)?.as_ref().is_some_and(can_be_reached),
            !solutions.is_empty(),
            sales_stage.is_some(),
            owner.is_some() || DealOwner::of(None, &packed::employees(&people)?).is_some(),
        ];
        let facts = Facts {
            respond_by: stage.deadline(),
            since: (entered.unwrap_or(first_seen), entered.is_some()),
            value,
            close_date,
            next_on,
            lacks: Lacks::new(has, stage.kind()),
            won: won.like(&customer, packed::solution_ids(&solutions), country),
        };
        Ok(Some((Ranked { id, points: 0, shelf, favorite }, facts)))
    }
}

const COLUMNS: &str = "id, shelf, favorite, stage, respond_by, respond_basis, accepted_at, archived_at, outcome, reason, NULL, lapsed_basis, \
     created_at, first_seen_at, value_minor, currency, close_date, sales_stage, owner, people, solutions, next_on, customer_key, country";
