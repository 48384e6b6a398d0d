//! Reads what the figures of a review need, row by row, for all that pass a filter; what the figures are is `insight`.

use rusqlite::Row;

use super::convert::{self, Cells};
use super::error::{StoreError, While};
use super::open::Store;
use super::packed;
use crate::domain::country::Country;
use crate::domain::date::Date;
use crate::domain::filter::Filter;
use crate::domain::ids::OpportunityId;
use crate::domain::ours::DealOwner;
use crate::domain::text::Line;
use crate::insight::{Adding, Dimension, InHome, Review, Stood, Terms};

/// How many rows are read between two looks whether somebody waits.
const ROWS: u64 = 4_096;
/// Where fewer than one in so many pass they are sought one by one.
const SOUGHT: usize = 8;

/// What a review is worked out of.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    pub filter: Filter,
    pub terms: Terms,
}

impl Store {
    /// Adds up all that passes a filter, as it stands now.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `waits` tells that somebody waits, or that the database cannot be read.
    pub fn review(&self, of: &Reviewed, waits: &mut dyn FnMut() -> bool) -> Result<Review, StoreError> {
        let mut adding = Adding::new(of.terms);
        self.each_standing(&of.filter, of.terms.by, waits, &mut |deal| adding.add(&deal))?;
        let mut review = adding.review();
        if let Some(currency) = of.terms.home {
            let on = of.terms.days.last;
            review.home = Some(InHome { currency, on, rates: self.rates_on(on)? });
        }
        Ok(review)
    }

    /// Tells each that passes a filter; of texts only what is grouped by.
    fn each_standing(
        &self,
        filter: &Filter,
        by: Dimension,
        waits: &mut dyn FnMut() -> bool,
        tell: &mut dyn FnMut(Stood),
    ) -> Result<(), StoreError> {
        let only = self.all_passing(filter)?;
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
        if let Some(set) = only.as_ref().filter(|set| set.len() < all / SOUGHT) {
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
            if only.as_ref().is_none_or(|set| set.contains(id)) {
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
            owner: owner(cells)?,
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

fn owner(cells: &mut Cells<'_>) -> Result<Option<String>, StoreError> {
    let named: Option<Line> = cells.line()?;
    let people: Option<String> = cells.take()?;
    let employees = packed::employees(people.as_deref().unwrap_or_default())?;
    Ok(DealOwner::of(named.as_ref().map(Line::as_str), &employees).map(DealOwner::name))
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
