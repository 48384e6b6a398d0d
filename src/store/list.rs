//! Pages of a list: a window of rows from any place, in any order, with how many pass the filter.

use super::conditions::Asked;
use super::convert::{self, Cells};
use super::error::{StoreError, While};
use super::fresh::FRESH;
use super::open::Store;
use super::plan::{Count, Passing, Prepared};
use super::undated::is_change_told;
use super::walk::{Begin, Course, Place, Walk};
use crate::domain::customer::Country;
use crate::domain::date::Date;
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, Version};
use crate::domain::instant::Timestamp;
use crate::domain::money::Money;
use crate::domain::opportunity::{Direction, Kind};
use crate::domain::ours::{DealOwner, NextStep};
use crate::domain::query::{From, ListQuery};
use crate::domain::sales::SalesStage;
use crate::domain::stage::Stage;
use crate::domain::tab::{Tab, View};
use crate::domain::text::Line;

/// What a list shows of an opportunity.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: OpportunityId,
    pub version: Version,
    pub kind: Kind,
    pub direction: Direction,
    pub stage: Stage,
    pub favorite: bool,
    pub waiting: bool,
    /// Whether an import brought something else than what we changed.
    pub conflict: bool,
    /// Whether the last import brought it or something of it, and nobody has seen it since.
    pub fresh: bool,
    pub name: Option<Line>,
    pub customer: Line,
    pub country: Option<Country>,
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub sales_stage: Option<SalesStage>,
    /// When it was made; where no source tells that, when it was first seen here.
    pub newest: Timestamp,
    /// Whether a source tells it: else it is that at the latest.
    pub is_dated: bool,
    /// When it was last changed, and whether that is known: else it is that at the latest.
    pub changed: (Timestamp, bool),
    /// The name of who of us it belongs to, else the e-mail.
    pub owner: Option<String>,
    pub next: Option<NextStep>,
}

impl Row {
    /// Returns the name of the deal or, before it has one, the customer's.
    pub fn title(&self) -> &str {
        self.name.as_ref().unwrap_or(&self.customer).as_str()
    }

    /// Returns what a list shows of what was read whole.
    pub fn of(held: Held) -> Self {
        let owner = held.opportunity.owned_by().map(DealOwner::name);
        let on = held.opportunity;
        let changed = on.changed();
        Self {
            id: on.id,
            version: on.version,
            kind: on.kind,
            direction: on.direction(),
            stage: on.stage,
            favorite: on.favorite,
            waiting: on.waiting,
            conflict: !held.conflicts.is_empty(),
            fresh: held.fresh,
            name: on.deal.name,
            customer: on.customer.name,
            country: on.customer.address.country,
            value: on.deal.value,
            close_date: on.deal.close_date,
            sales_stage: on.deal.sales_stage,
            newest: on.created_at.unwrap_or(on.first_seen_at),
            is_dated: on.created_at.is_some(),
            changed,
            owner,
            next: on.next,
        }
    }
}

/// A window into a list, in the list's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Whether there are rows before and after the window.
    pub before: bool,
    pub after: bool,
    pub count: Count,
    /// Whether it is not in the order that was asked for yet: that is being worked out.
    pub unranked: bool,
}

/// How many pass a filter in a tab and view that is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    pub tab: Tab,
    pub view: View,
    pub n: u64,
    /// Whether there are more, which were not counted.
    pub more: bool,
}

impl Store {
    /// Returns up to `limit` rows from a place on.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn list(&mut self, query: &ListQuery, from: From, limit: usize) -> Result<Page, StoreError> {
        // One look at the database for all statements: they agree with each other, and each is spared to lock and unlock it.
        self.connection.execute_batch("BEGIN").reading()?;
        let page = self.list_in_one_look(query, from, limit);
        // After an error SQLite may have ended it by itself; that error is the one to tell.
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK").reading()?;
        }
        page
    }

    /// Returns in which of these tabs and views something passes the filter of a list: how many, or that there are more than counted.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn elsewhere(&mut self, query: &ListQuery, places: &[(Tab, View)]) -> Result<Vec<Hits>, StoreError> {
        // The list that is shown stays ready to be paged.
        let shown = self.prepared.take();
        let hits =
            places.iter().map(|(tab, view)| self.hits_in(&ListQuery { tab: *tab, view: *view, ..query.clone() })).collect();
        self.prepared = shown;
        hits
    }

    fn hits_in(&mut self, query: &ListQuery) -> Result<Hits, StoreError> {
        /// Where many pass, no more than these are looked at.
        const ENOUGH: usize = 100;
        self.prepare_list(query)?;
        let hits = |n: usize| Hits { tab: query.tab, view: query.view, n: n as u64, more: false };
        for _ in 0..3 {
            let Some(prepared) = &self.prepared else { break };
            if let Count::Exactly(n) = prepared.count {
                return Ok(Hits { n, ..hits(0) });
            }
            if let Some(places) = self.places(prepared, Course::Down, &Begin::Edge, ENOUGH + 1)? {
                return Ok(Hits { more: places.len() > ENOUGH, ..hits(places.len().min(ENOUGH)) });
            }
            self.prepare_sets(query)?;
        }
        Ok(Hits { more: true, ..hits(0) })
    }

    fn list_in_one_look(&mut self, query: &ListQuery, from: From, limit: usize) -> Result<Page, StoreError> {
        self.prepare_list(query)?;
        // Where rows that pass are rare, looking at each would take for ever: then by sets, each time closer.
        for _ in 0..3 {
            if let Some(page) = self.window_of(from, limit)? {
                return Ok(page);
            }
            self.prepare_sets(query)?;
        }
        self.window_of(from, limit)?.ok_or(StoreError::Stopped)
    }

    /// Returns the window of the prepared list; `None` when it is one that may be given up and too little passes.
    fn window_of(&self, from: From, limit: usize) -> Result<Option<Page>, StoreError> {
        let Some(prepared) = &self.prepared else { return Err(StoreError::Stopped) };
        let (course, begin) = self.begin_at(from, prepared)?;
        // One more than asked for tells whether the list goes on.
        let Some(mut places) = self.places(prepared, course, &begin, limit.saturating_add(1))? else { return Ok(None) };
        let more = places.len() > limit;
        places.truncate(limit);
        let behind = match &begin {
            Begin::Edge => false,
            Begin::Past(_) => true,
            Begin::With(place) => {
                let back = if course == Course::Down { Course::Up } else { Course::Down };
                let Some(before) = self.places(prepared, back, &Begin::Past(place.clone()), 1)? else { return Ok(None) };
                !before.is_empty()
            }
        };
        let (before, after) = if course == Course::Down { (behind, more) } else { (more, behind) };
        if course == Course::Up {
            places.reverse();
        }
        let rows = places.iter().map(|place| self.row(place.id)).collect::<Result<_, _>>()?;
        let unranked = self.is_unranked(&prepared.query);
        Ok(Some(Page { rows, before, after, count: prepared.count, unranked }))
    }

    fn begin_at(&self, from: From, prepared: &Prepared) -> Result<(Course, Begin), StoreError> {
        let place = |id| self.place_of(id, &prepared.sorting);
        Ok(match from {
            From::Start => (Course::Down, Begin::Edge),
            From::End => (Course::Up, Begin::Edge),
            From::After(id) => (Course::Down, place(id)?.map_or(Begin::Edge, Begin::Past)),
            From::Before(id) => (Course::Up, place(id)?.map_or(Begin::Edge, Begin::Past)),
            From::At(id) => (Course::Down, place(id)?.map_or(Begin::Edge, Begin::With)),
        })
    }

    pub(super) fn places(
        &self,
        prepared: &Prepared,
        course: Course,
        begin: &Begin,
        limit: usize,
    ) -> Result<Option<Vec<Place>>, StoreError> {
        if let Passing::Sorted(all) = &prepared.passing {
            return Ok(Some(window(all, prepared, course, begin, limit)));
        }
        /// Rows that are passed by in a walk cost less than rows that are looked at, by so much.
        const CHEAPER: usize = 16;
        let mut walk = Walk::new(self, &prepared.sorting, course, begin.clone());
        if let Passing::Set { set, asked, .. } = &prepared.passing {
            let patience = if *asked == Asked::Closely { usize::MAX } else { self.limits.looks * CHEAPER };
            walk = walk.only(set, patience);
        }
        // How many looks in a row may be in vain.
        let most = match &prepared.passing {
            Passing::Look { only_way: false, .. } => self.limits.looks,
            Passing::Set { asked, .. } if *asked != Asked::Closely => self.limits.looks / 4,
            _ => usize::MAX,
        };
        let mut in_vain = 0;
        let mut places = Vec::new();
        while places.len() < limit {
            let Some(place) = walk.next()? else { break };
            let passes = match &prepared.passing {
                Passing::All | Passing::Sorted(_) | Passing::Set { look: false, .. } => true,
                Passing::Set { .. } => self.passes(place.id, &prepared.query.filter)?,
                Passing::Look { known, .. } => match known.get(&place.id) {
                    Some(passes) => *passes,
                    None => self.passes(place.id, &prepared.query.filter)?,
                },
            };
            if passes {
                places.push(place);
            }
            in_vain = if passes { 0 } else { in_vain + 1 };
            if in_vain > most {
                return Ok(None);
            }
        }
        if walk.gave_up() {
            return Ok(None);
        }
        Ok(Some(places))
    }

    pub(super) fn row(&self, id: OpportunityId) -> Result<Row, StoreError> {
        let told = is_change_told();
        let sql = format!(
            "SELECT id, version, kind, direction, stage, respond_by, respond_basis, accepted_at, archived_at, outcome, reason, \
             NULL, lapsed_basis, favorite, waiting > 0, conflicts IS NOT NULL, EXISTS (SELECT 1 FROM ({FRESH}) WHERE id = ?1), deal_name, \
             customer_name, country, value_minor, currency, close_date, sales_stage, newest, \
             created_at IS NOT NULL, updated_at, {told}, owner, people, next_text, next_on FROM opportunity WHERE id = ?1"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query([id.0]).reading()?;
        let row = rows.next().reading()?.ok_or_else(|| StoreError::NoSuch(id.to_string()))?;
        let mut cells = Cells::new(row);
        let cells = &mut cells;
        let missing = || StoreError::Damaged(format!("opportunity {id} lacks a value"));
        let (id, version) = (OpportunityId(cells.take()?), Version(cells.take()?));
        let (kind, direction) = (convert::kind(cells)?, convert::direction(cells)?);
        let written = convert::stage(cells)?;
        let written = convert::lapsed(written, cells)?;
        let stage = self.as_seen(written.clone());
        Ok(Row {
            id,
            version,
            kind,
            direction,
            favorite: cells.take()?,
            // Of what has expired the sender is to be told.
            waiting: cells.take::<bool>()? || stage != written,
            stage,
            conflict: cells.take()?,
            fresh: cells.take()?,
            name: cells.line()?,
            customer: cells.line()?.ok_or_else(missing)?,
            country: cells.word(Country::from_code)?,
            value: convert::money(cells)?,
            close_date: cells.word(|word| Date::iso(word).ok())?,
            sales_stage: cells.sales_stage()?,
            newest: cells.time()?.ok_or_else(missing)?,
            is_dated: cells.take()?,
            changed: (cells.time()?.ok_or_else(missing)?, cells.take()?),
            owner: convert::owner_name(cells)?,
            next: convert::next_step(cells)?,
        })
    }
}

/// Returns the window of a list that is held whole.
fn window(all: &[Place], prepared: &Prepared, course: Course, begin: &Begin, limit: usize) -> Vec<Place> {
    let compare = |a: &Place, b: &Place| prepared.sorting.compare(a, b);
    let (first, last) = match (begin, course) {
        (Begin::Edge, _) => (0, all.len()),
        (Begin::Past(from), Course::Down) => (all.partition_point(|p| compare(p, from).is_le()), all.len()),
        (Begin::With(from), Course::Down) => (all.partition_point(|p| compare(p, from).is_lt()), all.len()),
        (Begin::Past(from), Course::Up) => (0, all.partition_point(|p| compare(p, from).is_lt())),
        (Begin::With(from), Course::Up) => (0, all.partition_point(|p| compare(p, from).is_le())),
    };
    match course {
        Course::Down => all[first..last].iter().take(limit).cloned().collect(),
        Course::Up => all[first..last].iter().rev().take(limit).cloned().collect(),
    }
}
