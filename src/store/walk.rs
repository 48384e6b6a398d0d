//! Walks a list in its order without reading more of it than is asked for: one index range a shelf, by value in the home currency one a
//! shelf and currency, merged; no filters.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::sync::Arc;

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Sql;

use super::convert::value_of_key;
use super::error::{StoreError, While};
use super::idset::IdSet;
use super::open::Store;
use super::rank::Ranking;
use super::read::shelves;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::query::{ListQuery, Order, SortKey};
use crate::domain::rate::{HomeScale, Worth};
use crate::domain::tab::{Tab, View};
use strand::Strand;

mod strand;

/// Where an opportunity stands in an order: its group, its key, its number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub group: usize,
    pub key: Key,
    pub id: OpportunityId,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Key {
    Number(i64),
    Text(String),
    /// What an amount comes to in the home currency, with its number.
    Worth(i64, Worth),
}

impl Key {
    /// Returns the key by which most points come first.
    pub(super) fn of_points(points: u32) -> Self {
        Self::Number(-i64::from(points))
    }

    fn sql(&self) -> Sql {
        match self {
            Self::Number(n) | Self::Worth(n, _) => Sql::Integer(*n),
            Self::Text(t) => Sql::Text(t.clone()),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Worth(_, a), Self::Worth(_, b)) => a.cmp(b),
            // Keys of two kinds stand in two groups.
            _ => self.kind().cmp(&other.kind()),
        }
    }

    const fn kind(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::Worth(..) => 2,
        }
    }
}

/// The columns and the natural direction of a sort key.
#[derive(Debug, Clone, Copy)]
struct KeyColumn {
    column: &'static str,
    index: &'static str,
    descending: bool,
    /// Which rows of a shelf it sorts.
    of: &'static str,
}

const ARCHIVED_KEY: &str = "archived_key";

/// Stage and Favorite put groups one after the other; within each the last change comes first.
const fn key_column(key: SortKey) -> KeyColumn {
    let (column, index, descending) = match key {
        SortKey::TimeLeft => ("urgency", "by_time_left", false),
        SortKey::Priority => return RANKED,
        SortKey::Changed | SortKey::Stage | SortKey::Favorite => ("updated_at", "by_changed", true),
        SortKey::Newest => ("newest", "by_newest", true),
        SortKey::Deal => ("deal_key", "by_deal", false),
        SortKey::Customer => ("customer_key", "by_customer", false),
        SortKey::Value => ("value_key", "by_value", true),
        SortKey::CloseDate => ("close_key", "by_close", false),
        SortKey::Owner => ("owner_sort", "by_owner", false),
        SortKey::SalesStage => ("sales_stage_key", "by_sales_stage", true),
        SortKey::Country => ("country_key", "by_country", false),
        SortKey::Next => {
            return KeyColumn { column: "next_on", index: "by_next", descending: false, of: "AND next_on IS NOT NULL " };
        }
        SortKey::Archived => {
            return KeyColumn { column: ARCHIVED_KEY, index: "by_archived", descending: true, of: "AND stage = 'archived' " };
        }
    };
    KeyColumn { column, index, descending, of: "" }
}

/// What no index lists: the key is in the ranking.
const RANKED: KeyColumn = KeyColumn { column: "id", index: "by_changed", descending: false, of: "" };

/// What has no next step stands behind what has one.
const WITHOUT_NEXT: KeyColumn = KeyColumn { of: "AND next_on IS NULL ", ..key_column(SortKey::Changed) };

/// What is over, where that cannot be written, was archived at its deadline.
const OVERDUE_ARCHIVED: KeyColumn = KeyColumn { descending: true, ..key_column(SortKey::TimeLeft) };

/// Which rows of a shelf a strand holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marked {
    Any,
    Only,
    Without,
}

/// Rows that stand together in a list, whatever their key: merged of several index ranges.
#[derive(Debug, Clone)]
struct Group {
    shelves: Vec<(u8, Marked)>,
    key: KeyColumn,
    /// Whether they are those with a next step, or those without; `None` where that is not asked.
    next: Option<bool>,
    rank: Rank,
    /// Whether they are those with a worth in the home currency, or those without; `None` where that is not asked.
    worth: Option<bool>,
}

/// What a ranking has to do with rows that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    None,
    /// They stand as they are ranked.
    Ranked,
    /// They are not ranked yet, though they are open.
    Unranked,
}

impl Group {
    /// Returns whether a row of this shelf stands here.
    fn holds(&self, shelf: u8, favorite: bool) -> bool {
        let fits = |marked: Marked| match marked {
            Marked::Any => true,
            Marked::Only => favorite,
            Marked::Without => !favorite,
        };
        self.shelves.iter().any(|(s, marked)| *s == shelf && fits(*marked))
    }

    /// Returns what it is sorted by on one of its shelves.
    fn key_on(&self, shelf: u8) -> KeyColumn {
        if shelf == OVERDUE && self.key.column == ARCHIVED_KEY { OVERDUE_ARCHIVED } else { self.key }
    }
}

/// The order of a list: groups one after the other.
#[derive(Debug, Clone)]
pub(super) struct Sorting {
    groups: Vec<Group>,
    reversed: bool,
    /// Received ones that were due by then are shown as expired, where that cannot be written.
    overdue: Option<Timestamp>,
    /// What it is ranked by, and whether something may have changed since.
    ranking: Option<(Arc<Ranking>, bool)>,
    /// What amounts of several currencies are compared by.
    scale: Option<Arc<HomeScale>>,
}

/// What has a worth in the home currency stands first; then, by currency, what has no rate, and what has no value.
const WITH_WORTH: usize = 0;
const WITHOUT_WORTH: usize = 1;

/// Inbound received ones, and those of them that are shown as archived because their time is over.
const RECEIVED: u8 = 0;
const ARCHIVED: u8 = 2;
const OVERDUE: u8 = 8;

impl Sorting {
    /// What no ranking orders stands as in the order the tab has by itself.
    pub(super) fn new(tab: Tab, view: View, order: Order, overdue: Option<Timestamp>) -> Self {
        let key = if order.key == SortKey::Priority { tab.order().key } else { order.key };
        let all = all_shelves(tab, view, overdue);
        let group = |shelves| Group { shelves, key: key_column(key), next: None, rank: Rank::None, worth: None };
        let groups = match key {
            SortKey::Stage => {
                (0..3).map(|stage| group(all.iter().copied().filter(|(shelf, _)| shelf % 3 == stage).collect())).collect()
            }
            SortKey::Archived => {
                let (archived, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_archived);
                vec![group(archived), Group { key: key_column(SortKey::Changed), ..group(others) }]
            }
            SortKey::Favorite if tab != Tab::Favorites => {
                let of = |marked| group(all.iter().map(|(shelf, _)| (*shelf, marked)).collect());
                [Marked::Only, Marked::Without].map(of).to_vec()
            }
            SortKey::Next => {
                vec![
                    Group { next: Some(true), ..group(all.clone()) },
                    Group { key: WITHOUT_NEXT, next: Some(false), ..group(all) },
                ]
            }
            _ => vec![group(all)],
        };
        Self { groups, reversed: order.reversed, overdue, ranking: None, scale: None }
    }

    /// Returns the order of a list that no ranking orders: by value, where amounts can be compared, in the home currency.
    pub(super) fn of(query: &ListQuery, overdue: Option<Timestamp>) -> Self {
        let sorting = Self::new(query.tab, query.view, query.order, overdue);
        let Some(scale) = query.home.clone().filter(|_| query.order.key == SortKey::Value) else { return sorting };
        let both = |group: Group| [true, false].map(|worth| Group { worth: Some(worth), ..group.clone() });
        Self { groups: sorting.groups.into_iter().flat_map(both).collect(), scale: Some(scale), ..sorting }
    }

    /// Returns the order of a ranking; `stale` tells that something may have changed since it was made.
    pub(super) fn ranked(query: &ListQuery, overdue: Option<Timestamp>, ranking: Arc<Ranking>, stale: bool) -> Self {
        let (archived, open): (Vec<_>, Vec<_>) = all_shelves(query.tab, query.view, overdue).into_iter().partition(is_archived);
        let group = |shelves, key, rank| Group { shelves, key, next: None, rank, worth: None };
        let changed = key_column(SortKey::Changed);
        let ranked = group(open.clone(), RANKED, Rank::Ranked);
        let new = stale.then(|| group(open, changed, Rank::Unranked));
        let mut groups: Vec<Group> = [ranked].into_iter().chain(new).chain([group(archived, changed, Rank::None)]).collect();
        if query.order.reversed {
            // Turned round, what is archived stands behind what is open still.
            groups.rotate_right(1);
        }
        Self { groups, reversed: query.order.reversed, overdue, ranking: Some((ranking, stale)), scale: None }
    }

    /// Returns whether the index of a group is read from its end.
    fn backwards(&self, group: usize) -> bool {
        self.groups[group].key.descending != self.reversed
    }

    /// Returns whether it shows as expired what is not written so.
    pub(super) const fn overdue(&self) -> bool {
        self.overdue.is_some()
    }

    /// Returns how two places follow each other in this order.
    pub(super) fn compare(&self, a: &Place, b: &Place) -> Ordering {
        let groups = if self.reversed { b.group.cmp(&a.group) } else { a.group.cmp(&b.group) };
        let keys = a.key.compare(&b.key).then(a.id.cmp(&b.id));
        groups.then(if self.backwards(a.group) { keys.reverse() } else { keys })
    }

    /// Returns whether it is that of a ranking after which something may have changed.
    pub(super) fn is_stale(&self) -> bool {
        self.ranking.as_ref().is_some_and(|(_, stale)| *stale)
    }

    /// Returns whether one place stands before another in the natural direction, or `with` it.
    fn precedes(&self, a: &Place, b: &Place, with: bool) -> bool {
        let order = a.key.compare(&b.key).then(a.id.cmp(&b.id));
        order.is_lt() || with && order.is_eq()
    }

    /// Returns the column that a group is sorted by.
    pub(super) fn column(&self, group: usize) -> &'static str {
        self.groups[group].key.column
    }

    /// Returns the group a row belongs to; `None` when this list does not hold it.
    pub(super) fn group_of(&self, shelf: u8, favorite: bool, next: bool) -> Option<usize> {
        self.groups.iter().position(|group| group.next.is_none_or(|with| with == next) && group.holds(shelf, favorite))
    }

    /// Returns where a place lies by what its amount comes to in the home currency, where that is the order.
    pub(super) fn settled(&self, place: Place) -> Place {
        let (Some(scale), Key::Number(key)) = (&self.scale, &place.key) else { return place };
        match value_of_key(*key).and_then(|value| scale.worth(value)) {
            Some(worth) => Place { group: WITH_WORTH, key: Key::Worth(*key, worth), ..place },
            None => Place { group: WITHOUT_WORTH, ..place },
        }
    }

    /// Returns where a row of a group stands by the ranking, if it does: its group, and the key where that is its rank.
    fn rank_of(&self, group: usize, id: OpportunityId) -> Option<(usize, Option<Key>)> {
        let Some((ranking, _)) = self.ranking.as_ref().filter(|_| self.groups[group].rank == Rank::Ranked) else {
            return Some((group, None));
        };
        match ranking.points(id) {
            Some(points) => Some((group, Some(Key::of_points(points)))),
            None => self.groups.get(group + 1).filter(|next| next.rank == Rank::Unranked).map(|_| (group + 1, None)),
        }
    }

    /// Returns whether a group leaves a row to those that are ranked.
    fn leaves(&self, group: usize, id: OpportunityId) -> bool {
        let ranks = |(ranking, _): &(Arc<Ranking>, bool)| ranking.points(id).is_some();
        self.groups[group].rank == Rank::Unranked && self.ranking.as_ref().is_some_and(ranks)
    }
}

fn is_archived((shelf, _): &(u8, Marked)) -> bool {
    shelf % 3 == ARCHIVED
}

/// Returns every shelf that a view shows, with those that are shown as archived because their time is over.
fn all_shelves(tab: Tab, view: View, overdue: Option<Timestamp>) -> Vec<(u8, Marked)> {
    let marked = if tab == Tab::Favorites { Marked::Only } else { Marked::Any };
    let with_overdue = shelves(tab, view).filter(|shelf| *shelf == ARCHIVED && overdue.is_some()).map(|_| OVERDUE);
    shelves(tab, view).chain(with_overdue).map(|shelf| (shelf, marked)).collect()
}

/// Which way a list is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    Down,
    Up,
}

/// Where a walk begins.
#[derive(Debug, Clone)]
pub(super) enum Begin {
    Edge,
    /// Beyond this place.
    Past(Place),
    /// With this place.
    With(Place),
}

/// A walk through a list, one place at a time.
pub(super) struct Walk<'a> {
    store: &'a Store,
    sorting: &'a Sorting,
    course: Course,
    /// Stops at these alone.
    only: Option<&'a IdSet>,
    /// How many rows it may pass by without coming to a place.
    patience: usize,
    passed_by: usize,
    /// The groups still to come, next one last.
    rest: Vec<usize>,
    strands: Vec<Strand>,
    begin: Begin,
}

impl<'a> Walk<'a> {
    pub(super) fn new(store: &'a Store, sorting: &'a Sorting, course: Course, begin: Begin) -> Self {
        let down = (course == Course::Down) != sorting.reversed;
        let mut rest: Vec<usize> = (0..sorting.groups.len()).collect();
        if down {
            rest.reverse();
        }
        if let Begin::Past(place) | Begin::With(place) = &begin {
            rest.retain(|group| if down { *group >= place.group } else { *group <= place.group });
        }
        Self { store, sorting, course, only: None, patience: usize::MAX, passed_by: 0, rest, strands: Vec::new(), begin }
    }

    /// Stops only at what is in a set, and gives up when it has passed by so many rows between two of them.
    pub(super) fn only(self, set: &'a IdSet, patience: usize) -> Self {
        Self { only: Some(set), patience, ..self }
    }

    /// Returns whether it has ended because it passed by too many rows.
    pub(super) const fn gave_up(&self) -> bool {
        self.passed_by > self.patience
    }

    /// Returns the next place.
    pub(super) fn next(&mut self) -> Result<Option<Place>, StoreError> {
        loop {
            for strand in &mut self.strands {
                while strand.buffer.is_empty() && !strand.finished {
                    let rows = strand.refill(self.store, self.sorting, self.course, self.only)?;
                    self.passed_by = if strand.buffer.is_empty() { self.passed_by + rows } else { 0 };
                    if self.passed_by > self.patience {
                        return Ok(None);
                    }
                }
            }
            let best = (0..self.strands.len())
                .filter(|index| !self.strands[*index].buffer.is_empty())
                .min_by(|a, b| self.compare_heads(*a, *b));
            if let Some(best) = best {
                return Ok(self.strands[best].buffer.pop_front());
            }
            let Some(group) = self.rest.pop() else { return Ok(None) };
            self.enter(group)?;
        }
    }

    fn compare_heads(&self, a: usize, b: usize) -> Ordering {
        let head = |index: usize| self.strands[index].buffer.front();
        match (head(a), head(b)) {
            (Some(a), Some(b)) if self.course == Course::Up => self.sorting.compare(b, a),
            (Some(a), Some(b)) => self.sorting.compare(a, b),
            _ => Ordering::Equal,
        }
    }

    fn enter(&mut self, group: usize) -> Result<(), StoreError> {
        let after = match &self.begin {
            Begin::Past(place) if place.group == group => Some((place.clone(), false)),
            Begin::With(place) if place.group == group => Some((place.clone(), true)),
            _ => None,
        };
        let of = &self.sorting.groups[group];
        // What is ranked stands in one order, whatever its shelf.
        let shelves = if of.rank == Rank::Ranked { of.shelves.len().min(1) } else { of.shelves.len() };
        let strand = |(shelf, marked): (u8, Marked), range, after| Strand {
            group,
            shelf,
            marked,
            range,
            buffer: VecDeque::new(),
            after,
            finished: false,
            chunk: 64,
        };
        self.strands.clear();
        for on in of.shelves[..shelves].iter().copied() {
            match (of.worth, &self.sorting.scale) {
                (Some(worth), Some(scale)) => {
                    let backwards = self.sorting.backwards(group) != (self.course == Course::Up);
                    let shelf = if on.0 == OVERDUE { RECEIVED } else { on.0 };
                    let ranges = self.store.ranges(shelf, on.1 == Marked::Only)?;
                    for range in ranges.into_iter().filter(|range| range.has_worth(scale) == worth) {
                        let (begin, with) = range.begin(group, after.as_ref(), scale, backwards);
                        self.strands.push(strand(on, Some(range), Some((begin, with))));
                    }
                }
                _ => self.strands.push(strand(on, None, after.clone())),
            }
        }
        Ok(())
    }
}

impl Store {
    /// Returns where an opportunity stands in an order; `None` when it is gone or the list does not hold it.
    pub(super) fn place_of(&self, id: OpportunityId, sorting: &Sorting) -> Result<Option<Place>, StoreError> {
        let columns: Vec<&str> = sorting.groups.iter().map(|group| group.key.column).collect();
        let columns = columns.join(", ");
        let sql = format!("SELECT shelf, favorite, urgency, next_on IS NOT NULL, {columns} FROM opportunity WHERE id = ?");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let found = statement
            .query_row([id.0], |row| {
                let is_over = |now: Timestamp| row.get(2).is_ok_and(|due: i64| due <= now.micros());
                let shelf = match row.get(0)? {
                    RECEIVED if sorting.overdue.is_some_and(is_over) => OVERDUE,
                    shelf => shelf,
                };
                let Some(group) = sorting.group_of(shelf, row.get(1)?, row.get(3)?) else { return Ok(None) };
                let Some((group, rank)) = sorting.rank_of(group, id) else { return Ok(None) };
                if let Some(key) = rank {
                    return Ok(Some(Place { group, key, id }));
                }
                let is_urgency = sorting.groups[group].key_on(shelf).column == "urgency";
                let key = match row.get(if is_urgency { 2 } else { 4 + group })? {
                    Sql::Text(text) => Key::Text(text),
                    Sql::Integer(number) => Key::Number(number),
                    _ => Key::Number(0),
                };
                Ok(Some(sorting.settled(Place { group, key, id })))
            })
            .optional()
            .reading()?;
        Ok(found.flatten())
    }
}
