//! Reads what the figures of a review need, row by row, for all that pass a filter; what the figures are is `insight`.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::Row;

use super::convert::{self, Cells};
use super::error::{StoreError, While};
use super::idset::IdSet;
use super::open::Store;
use super::packed;
use crate::domain::country::Country;
use crate::domain::date::Date;
use crate::domain::filter::Filter;
use crate::domain::held::Held;
use crate::domain::ids::OpportunityId;
use crate::insight::{Adding, Changes, Dimension, InHome, Review, Stood, Terms};

/// How many rows are read between two looks whether somebody waits.
const ROWS: u64 = 4_096;
/// Where fewer than one in so many pass they are sought one by one.
const SOUGHT: usize = 8;

/// What a review is worked out of.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    pub filter: Filter,
    pub terms: Terms,
    /// Whether it is of a day that is over: everything as it stood at its end.
    pub past: bool,
}

impl Store {
    /// Adds up all that passes a filter, as it stands now or stood at the end of a past day, and what changed in the days.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `waits` tells that somebody waits, [`StoreError::NothingKnown`] of a day before the journal, or that
    /// the database cannot be read.
    pub fn review(&self, of: &Reviewed, waits: &mut dyn FnMut() -> bool) -> Result<Review, StoreError> {
        self.in_one_look(|store| {
            let review = if of.past { store.review_past(of)? } else { store.review_now(of, waits)? };
            let review = store.with_single_deals(of, review)?;
            let on = of.terms.days.last;
            let in_home = |currency| store.rates_on(on).map(|rates| InHome { currency, on, rates });
            Ok(Review { home: of.terms.home.map(in_home).transpose()?, ..review })
        })
    }

    fn review_now(&self, of: &Reviewed, waits: &mut dyn FnMut() -> bool) -> Result<Review, StoreError> {
        let from = of.terms.days.begin();
        let only = self.all_passing(&of.filter, waits)?;
        let (mut adding, mut changes) = (Adding::new(of.terms), Changes::default());
        let mut changed = IdSet::default();
        let begins = self.each_changed(from, waits, &mut |id, then, now| {
            changed.insert(id.0);
            let stood = |held: Option<Held>| held.map(|held| Stood::from(&held.opportunity));
            // What is not held any more passes no filter.
            if only.as_ref().is_none_or(|set| set.contains(id)) {
                changes.add(stood(then).as_ref(), stood(now).as_ref());
            }
        })?;
        self.each_standing(only.as_ref(), of.terms.by, waits, &mut |deal| {
            adding.add(&deal);
            if !changed.contains(deal.id) {
                changes.add(Some(&deal.as_seen(from)).filter(|_| begins.is_none()), Some(&deal));
            }
        })?;
        Ok(Review { changes, begins, ..adding.review() })
    }

    /// Both moments are walked back to; what was held at the first is kept until the second is read.
    fn review_past(&self, of: &Reviewed) -> Result<Review, StoreError> {
        let (mut adding, mut changes) = (Adding::new(of.terms), Changes::default());
        let mut now: BTreeMap<OpportunityId, Stood> = BTreeMap::new();
        self.each_stood(of.terms.at, &of.filter, &mut |deal| {
            adding.add(&deal);
            now.insert(deal.id, deal);
            ControlFlow::Continue(())
        })?;
        let mut add_then = |then: Stood| {
            match now.remove(&then.id) {
                Some(now) => changes.add(Some(&then), Some(&now)),
                // Without a filter it was taken back; with one it passes no more.
                None if of.filter.is_empty() => changes.add(Some(&then), None),
                None => {}
            }
            ControlFlow::Continue(())
        };
        let begins = match self.each_stood(of.terms.days.begin(), &Filter::default(), &mut add_then) {
            Err(StoreError::NothingKnown { begins }) => Some(begins),
            told => told.map(|()| None)?,
        };
        now.values().for_each(|now| changes.add(None, Some(now)));
        Ok(Review { changes, begins, ..adding.review() })
    }

    /// Tells each of these, or all; of texts only what is grouped by.
    fn each_standing(
        &self,
        only: Option<&IdSet>,
        by: Dimension,
        waits: &mut dyn FnMut() -> bool,
        tell: &mut dyn FnMut(Stood),
    ) -> Result<(), StoreError> {
        let columns = columns(by);
        let mut read = 0_u64;
        let mut waited = || {
            read += 1;
            read.is_multiple_of(ROWS) && waits()
        };
        let all: usize = self
            .connection
            .query_row("SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 'shelf'", [], |row| row.get(0))
            .reading()?;
        if let Some(set) = only.filter(|set| set.len() < all / SOUGHT) {
            let mut statement =
                self.connection.prepare_cached(&format!("SELECT {columns} FROM opportunity WHERE id = ?")).reading()?;
            for id in set.ids() {
                if waited() {
                    return Err(StoreError::Stopped);
                }
                let mut rows = statement.query([id.0]).reading()?;
                if let Some(row) = rows.next().reading()? {
                    tell(self.standing(row)?);
                }
            }
            return Ok(());
        }
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {columns} FROM opportunity NOT INDEXED")).reading()?;
        let mut rows = statement.query([]).reading()?;
        while let Some(row) = rows.next().reading()? {
            if waited() {
                return Err(StoreError::Stopped);
            }
            let id = OpportunityId(row.get(0).reading()?);
            if only.is_none_or(|set| set.contains(id)) {
                tell(self.standing(row)?);
            }
        }
        Ok(())
    }

    fn standing(&self, row: &Row<'_>) -> Result<Stood, StoreError> {
        let missing = || StoreError::Damaged("an opportunity lacks a time".to_owned());
        let mut cells = Cells::new(row);
        let cells = &mut cells;
        Ok(Stood {
            id: OpportunityId(cells.take()?),
            direction: convert::direction(cells)?,
            stage: {
                let stage = convert::stage(cells)?;
                self.as_seen(convert::lapsed(stage, cells)?)
            },
            value: convert::money(cells)?,
            close_date: cells.word(|word| Date::iso(word).ok())?,
            sales_stage: cells.sales_stage()?,
            campaign: cells.take()?,
            country: cells.word(Country::from_code)?,
            customer: cells.take::<Option<String>>()?.unwrap_or_default(),
            owner: convert::owner_name(cells)?,
            solutions: {
                let lines: Option<String> = cells.take()?;
                packed::solution_ids(lines.as_deref().unwrap_or_default()).map(str::to_owned).collect()
            },
            has_next: cells.take()?,
            created_at: cells.time()?,
            first_seen_at: cells.time()?.ok_or_else(missing)?,
            updated_at: cells.time()?.ok_or_else(missing)?,
        })
    }
}

/// The columns that [`Store::standing`] reads; texts that nothing is grouped by stay where they are.
fn columns(by: Dimension) -> String {
    let only = |wanted, column: &'static str| if by == wanted { column } else { "NULL" };
    format!(
        "id, direction, stage, respond_by, respond_basis, accepted_at, archived_at, outcome, reason, NULL, lapsed_basis, \
         value_minor, currency, close_date, sales_stage, campaign_id, {}, {}, {}, {}, {}, next_on IS NOT NULL, \
         created_at, first_seen_at, updated_at",
        only(Dimension::Country, "country"),
        only(Dimension::Customer, "customer_name"),
        only(Dimension::Owner, "owner"),
        only(Dimension::Owner, "people"),
        only(Dimension::Solution, "solutions"),
    )
}
