//! What a list, or all that is marked, comes to: from keys of an index, without a look at the rows; given up when somebody waits.

use std::collections::BTreeSet;

use super::convert::value_of_key;
use super::error::{StoreError, While};
use super::idset::IdSet;
use super::open::Store;
use super::plan::Passing;
use super::protocol::Reply;
use super::read::shelves;
use crate::domain::ids::OpportunityId;
use crate::domain::query::ListQuery;
use crate::domain::sums::Sums;
use crate::domain::tab::Tab;

/// What is added up.
#[derive(Debug, Clone, PartialEq)]
pub enum Summed {
    List(ListQuery),
    These(BTreeSet<OpportunityId>),
}

impl Summed {
    /// Returns whether it is needless once the other was asked for.
    pub(super) const fn is_replaced_by(&self, other: &Self) -> bool {
        matches!((self, other), (Self::List(_), Self::List(_)) | (Self::These(_), Self::These(_)))
    }

    /// Returns whether it may take so long that everything else comes first.
    pub(super) fn is_long(&self) -> bool {
        match self {
            Self::List(_) => true,
            Self::These(ids) => ids.len() > LOOKS,
        }
    }

    /// Returns the list, where it asks for dates that may be unknown.
    pub(super) fn dated(&self) -> Option<&ListQuery> {
        match self {
            Self::List(query) => Some(query).filter(|query| !query.filter.dates().is_empty()),
            Self::These(_) => None,
        }
    }
}

/// How many keys of an index are read, and how many rows are looked up, between two looks whether somebody waits.
const KEYS: u64 = 4_096;
const LOOKS: usize = 256;

impl Store {
    /// Tells what deals come to, and how many of a list are left out for a date.
    pub(super) fn sums_asked(&self, of: Summed, reply: &mut dyn FnMut(Reply)) {
        // What cannot be read is told by the list.
        let sums = self.sums(&of, &mut || false).ok().flatten();
        let dated = of.dated().cloned();
        reply(Reply::Sums { of, sums });
        if let Some(query) = dated {
            let count = self.undated(&query, &mut || false).ok().flatten();
            reply(Reply::Undated { query, count });
        }
    }

    /// Adds up what is asked for; `None` where that would take looking at each of very many rows.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `waits` tells that somebody waits, or that the database cannot be read.
    pub fn sums(&self, of: &Summed, waits: &mut dyn FnMut() -> bool) -> Result<Option<Sums>, StoreError> {
        match of {
            Summed::These(ids) => self.sums_of(ids.iter().copied(), waits).map(Some),
            // What is over is filed as received, in the index too.
            Summed::List(_) if self.overdue()?.is_some() => Ok(None),
            Summed::List(query) if query.filter.is_empty() => {
                self.sums_of_shelves(query, self.team()?.as_deref(), waits).map(Some)
            }
            Summed::List(query) => match self.passing_exactly(query)? {
                Some(Passing::Sorted(places)) => self.sums_of(places.iter().map(|place| place.id), waits).map(Some),
                Some(Passing::Set { set, look: false, .. }) => self.sums_of_shelves(query, Some(set), waits).map(Some),
                _ => Ok(None),
            },
        }
    }

    fn sums_of(&self, ids: impl Iterator<Item = OpportunityId>, waits: &mut dyn FnMut() -> bool) -> Result<Sums, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT value_key FROM opportunity WHERE id = ?").reading()?;
        let mut sums = Sums::default();
        for (at, id) in ids.enumerate() {
            if at % LOOKS == LOOKS - 1 && waits() {
                return Err(StoreError::Stopped);
            }
            let mut rows = statement.query([id.0]).reading()?;
            // What is gone meanwhile comes to nothing.
            if let Some(row) = rows.next().reading()? {
                sums.add(value_of_key(row.get(0).reading()?));
            }
        }
        Ok(sums)
    }

    /// Reads the keys of all that a view shows; those of `only` count.
    fn sums_of_shelves(
        &self,
        query: &ListQuery,
        only: Option<&IdSet>,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<Sums, StoreError> {
        let mut statement = self.connection.prepare_cached(keys_sql(query.tab)).reading()?;
        let (mut sums, mut read) = (Sums::default(), 0_u64);
        for shelf in shelves(query.tab, query.view) {
            let mut rows = statement.query([shelf]).reading()?;
            while let Some(row) = rows.next().reading()? {
                read += 1;
                if read.is_multiple_of(KEYS) && waits() {
                    return Err(StoreError::Stopped);
                }
                let id = OpportunityId(row.get(0).reading()?);
                if only.is_none_or(|set| set.contains(id)) {
                    sums.add(value_of_key(row.get(1).reading()?));
                }
            }
        }
        Ok(sums)
    }
}

const fn keys_sql(tab: Tab) -> &'static str {
    match tab {
        Tab::Favorites => "SELECT id, value_key FROM opportunity INDEXED BY favorite_by_value WHERE shelf = ? AND favorite = 1",
        Tab::Inbound | Tab::Outbound | Tab::All => "SELECT id, value_key FROM opportunity INDEXED BY by_value WHERE shelf = ?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Settings;

    #[test]
    fn the_keys_are_read_from_the_index_alone() {
        let store = Store::in_memory(Settings::default()).unwrap();
        for tab in [Tab::Inbound, Tab::Favorites] {
            let mut plan = store.connection.prepare(&format!("EXPLAIN {}", keys_sql(tab))).unwrap();
            let steps = plan.query_map([0], |row| Ok((row.get(1)?, row.get(2)?))).unwrap();
            let steps: Vec<(String, i64)> = steps.map(Result::unwrap).collect();
            let read = |step: &str| steps.iter().filter(|(name, _)| name == step).map(|(_, cursor)| *cursor).collect::<Vec<_>>();
            // Whatever is read comes from where the number of the row does: the row itself is never sought.
            let index = read("IdxRowid");
            assert!(index.len() == 1 && read("Column") == index && read("Rowid").is_empty(), "{steps:?}");
        }
    }
}
