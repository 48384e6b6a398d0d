//! How many deals a filter by dates leaves out only because a date is unknown; counted when nobody waits, piece by piece.

use super::error::{StoreError, While};
use super::idset::IdSet;
use super::open::Store;
use super::plan::Passing;
use super::read::shelves;
use super::walk::Sorting;
use crate::domain::deadline::Basis;
use crate::domain::filter::{Dated, Filter};
use crate::domain::ids::OpportunityId;
use crate::domain::opportunity::FILE_MICROS;
use crate::domain::query::ListQuery;
use crate::domain::tab::Tab;

/// So many rows are read between two looks whether somebody waits.
const ROWS: i64 = 4_096;
/// More than so many are not looked at one by one: how many there are stays untold then.
const LOOKS: usize = 20_000;

impl Store {
    /// Counts what a list does not show only because a date is unknown; `None` where that would take looking at very many.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `waits` tells that somebody waits, or that the database cannot be read.
    pub fn undated(&self, query: &ListQuery, waits: &mut dyn FnMut() -> bool) -> Result<Option<u64>, StoreError> {
        let dates = query.filter.dates();
        if dates.is_empty() {
            return Ok(Some(0));
        }
        let overdue = self.overdue()?;
        if overdue.is_some() {
            // What is over is filed as received: only a look at each would tell.
            return Ok(None);
        }
        let mut undated = self.without_dates(query, &dates, waits)?;
        let rest = query.filter.without_dates();
        let is_sure = match self.narrow(&mut undated, &ListQuery { filter: rest.clone(), ..query.clone() })? {
            // Of several dates each has to be known and right, or unknown.
            Some(look) => !look && dates.len() == 1,
            None => false,
        };
        if is_sure {
            return Ok(Some(undated.len() as u64));
        }
        if undated.len() > LOOKS {
            return Ok(None);
        }
        let mut count = 0;
        for (at, id) in undated.ids().enumerate() {
            if at % 64 == 63 && waits() {
                return Err(StoreError::Stopped);
            }
            count += u64::from(self.is_left_out(id, &query.filter)?);
        }
        Ok(Some(count))
    }

    /// Reads which rows that a list could show have an unknown date.
    fn without_dates(&self, query: &ListQuery, dates: &[Dated], waits: &mut dyn FnMut() -> bool) -> Result<IdSet, StoreError> {
        let shelves: Vec<String> = shelves(query.tab, query.view).map(|shelf| shelf.to_string()).collect();
        let unknown: Vec<String> = dates.iter().map(|date| format!("({})", unknown(*date))).collect();
        let favorite = if query.tab == Tab::Favorites { "AND favorite = 1" } else { "" };
        // By ids alone: through another index each piece would read all of a shelf.
        let sql = format!(
            "SELECT id FROM opportunity NOT INDEXED WHERE id > ? AND id <= ? AND shelf IN ({}) AND ({}) {favorite}",
            shelves.join(", "),
            unknown.join(" OR ")
        );
        let last: i64 =
            self.connection.query_row("SELECT coalesce(max(id), 0) FROM opportunity", [], |row| row.get(0)).reading()?;
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let (mut found, mut from) = (IdSet::default(), 0);
        while from < last {
            if from > 0 && waits() {
                return Err(StoreError::Stopped);
            }
            let mut rows = statement.query([from, from + ROWS]).reading()?;
            while let Some(row) = rows.next().reading()? {
                found.insert(row.get(0).reading()?);
            }
            from += ROWS;
        }
        Ok(found)
    }

    /// Leaves those in the set that pass a filter, and are seen. Returns whether each has still to be looked at; `None` where nothing is
    /// known of them.
    fn narrow(&self, set: &mut IdSet, query: &ListQuery) -> Result<Option<bool>, StoreError> {
        if query.filter.is_empty() && self.team()?.is_none() {
            return Ok(Some(false));
        }
        if set.len() <= LOOKS / 10 {
            return Ok(None);
        }
        let sorting = Sorting::new(query.tab, query.view, query.order, None);
        Ok(match self.work_out_closely(query, &sorting)? {
            Passing::All => Some(false),
            Passing::Sorted(places) => {
                let mut passing = IdSet::default();
                places.iter().for_each(|place| passing.insert(place.id.0));
                set.keep_common(&passing);
                Some(false)
            }
            Passing::Set { set: passing, look, .. } => {
                set.keep_common(&passing);
                Some(look)
            }
            Passing::Look { .. } => None,
        })
    }

    fn is_left_out(&self, id: OpportunityId, filter: &Filter) -> Result<bool, StoreError> {
        Ok(self.sees(id)? && self.look_at(id, filter)?.is_some_and(|held| filter.leaves_out_undated(&held)))
    }
}

/// Returns the condition that a date has come and no source tells which.
fn unknown(date: Dated) -> String {
    match date {
        Dated::Created => "created_at IS NULL".to_owned(),
        Dated::Accepted => {
            "accepted_at IS NULL AND (stage = 'accepted' OR stage = 'archived' AND outcome IN ('won', 'lost'))".to_owned()
        }
        Dated::Archived => {
            format!("stage = 'archived' AND (archived_at IS NULL OR lapsed_basis = '{}')", Basis::FirstSeen.code())
        }
        Dated::Close => "close_date IS NULL".to_owned(),
        Dated::Changed(from) => format!("updated_at >= {} AND NOT {}", from.micros(), is_change_told()),
    }
}

/// Returns the condition that it is known when an opportunity was last changed, as [`Opportunity::changed`] has it.
///
/// [`Opportunity::changed`]: crate::domain::opportunity::Opportunity::changed
pub(super) fn is_change_told() -> String {
    format!("(updated_at NOT BETWEEN first_seen_at - {FILE_MICROS} AND first_seen_at OR created_at IS first_seen_at)")
}
