//! The index ranges of an order by value in the home currency: one for each currency of a shelf, and where a place lies in each of them.

use rusqlite::OptionalExtension;

use super::convert::{keys_beside, value_key_of, value_of_key};
use super::error::{StoreError, While};
use super::open::Store;
use super::walk::{Key, Place};
use crate::domain::ids::OpportunityId;
use crate::domain::money::{Currency, Money};
use crate::domain::rate::HomeScale;

/// The sort keys of one currency, or of what has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    first: i64,
    last: i64,
    currency: Option<Currency>,
}

/// Behind every opportunity of a key.
const BEHIND: OpportunityId = OpportunityId(i64::MAX);

impl Range {
    fn beside(key: i64) -> Self {
        let (first, last) = keys_beside(key);
        Self { first, last, currency: value_of_key(first).map(Money::currency) }
    }

    /// Returns whether its amounts come to something in the home currency.
    pub(super) fn has_worth(self, scale: &HomeScale) -> bool {
        self.currency.is_some_and(|currency| scale.knows(currency))
    }

    /// Returns the key at which it ends.
    pub(super) const fn end(self, backwards: bool) -> i64 {
        if backwards { self.first } else { self.last }
    }

    /// Returns beyond which place its rows are read, and whether with it: those beyond a place of the order, or all.
    pub(super) fn begin(self, group: usize, after: Option<&(Place, bool)>, scale: &HomeScale, backwards: bool) -> (Place, bool) {
        let place = |key, id| Place { group, key: Key::Number(key), id };
        let edge = if backwards { (self.last, BEHIND) } else { (self.first - 1, BEHIND) };
        let Some((after, with)) = after else { return (place(edge.0, edge.1), false) };
        let (key, id) = match &after.key {
            Key::Worth(key, _) if (self.first..=self.last).contains(key) => (*key, after.id),
            // Of another currency: what comes to exactly as much stands in the order of the numbers.
            Key::Worth(_, worth) => match self.currency.and_then(|currency| scale.most(worth, currency, self.amounts())) {
                Some((minor, exactly)) => (self.key(minor), if exactly { after.id } else { BEHIND }),
                None => (self.first - 1, BEHIND),
            },
            Key::Number(key) => (*key, after.id),
            Key::Text(_) => edge,
        };
        let (key, id) = if backwards { (key, id).min(edge) } else { (key, id).max(edge) };
        (place(key, id), *with)
    }

    /// Returns the least and the most smallest units that its keys tell apart.
    fn amounts(self) -> (i64, i64) {
        let minor = |key| value_of_key(key).map_or(0, Money::minor);
        (minor(self.first), minor(self.last))
    }

    fn key(self, minor: i64) -> i64 {
        self.currency.map_or(self.first, |currency| value_key_of(currency, minor))
    }
}

impl Store {
    /// Returns the ranges of the currencies that stand on a shelf, and of what has no value: a look at the index for each.
    pub(super) fn ranges(&self, shelf: u8, favorites: bool) -> Result<Vec<Range>, StoreError> {
        let sql = next_range(favorites);
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut ranges: Vec<Range> = Vec::new();
        loop {
            let from = ranges.last().map_or(i64::MIN, |range| range.last);
            let next: Option<i64> = statement.query_row((shelf, from), |row| row.get(0)).optional().reading()?;
            match next {
                Some(key) => ranges.push(Range::beside(key)),
                None => return Ok(ranges),
            }
        }
    }
}

fn next_range(favorites: bool) -> String {
    let (index, marked) = if favorites { ("favorite_by_value", "AND favorite = 1 ") } else { ("by_value", "") };
    format!(
        "SELECT value_key FROM opportunity INDEXED BY {index} WHERE shelf = ? {marked}AND value_key > ? ORDER BY value_key LIMIT 1"
    )
}
