//! One index range of a list, read in growing pieces; how several of them are merged is `walk.rs`.

use std::collections::VecDeque;

use rusqlite::Row;
use rusqlite::types::Value as Sql;

use super::{Course, Key, KeyColumn, Marked, OVERDUE, Place, RECEIVED, Rank, Sorting};
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::store::currencies::Range;
use crate::store::error::{StoreError, While};
use crate::store::idset::IdSet;
use crate::store::open::Store;
use crate::store::rank::{Ranked, Ranking};

pub(super) struct Strand {
    pub group: usize,
    pub shelf: u8,
    pub marked: Marked,
    /// The currency it is of; `None` where it holds those of all.
    pub range: Option<Range>,
    pub buffer: VecDeque<Place>,
    /// Where the next rows are read from; `None` before the first read of one that begins at its edge.
    pub after: Option<(Place, bool)>,
    pub finished: bool,
    pub chunk: usize,
}

impl Strand {
    /// Returns which rows of its shelf it holds: by their mark, and whether their time is over.
    fn rows(&self, overdue: Option<Timestamp>) -> (Marked, String) {
        let time = match (overdue, self.shelf) {
            (Some(now), OVERDUE) => format!("AND urgency <= {} ", now.micros()),
            (Some(now), RECEIVED) => format!("AND urgency > {} ", now.micros()),
            _ => String::new(),
        };
        (self.marked, time)
    }

    /// Reads the next rows and returns how many there were; those of `only` are kept.
    pub(super) fn refill(
        &mut self,
        store: &Store,
        sorting: &Sorting,
        course: Course,
        only: Option<&IdSet>,
    ) -> Result<usize, StoreError> {
        let backwards = sorting.backwards(self.group) != (course == Course::Up);
        if let Some((ranking, stale)) = sorting.ranking.as_ref().filter(|_| sorting.groups[self.group].rank == Rank::Ranked) {
            return self.refill_ranked(store, sorting, (ranking, *stale), backwards, only);
        }
        let begins = self.after.as_ref().map(|(_, with)| *with);
        let key = sorting.groups[self.group].key_on(self.shelf);
        let sql = strand_sql(key, self.rows(sorting.overdue), backwards, (begins, self.range.is_some()), self.chunk);
        let mut statement = store.connection.prepare_cached(&sql).reading()?;
        let shelf = if self.shelf == OVERDUE { RECEIVED } else { self.shelf };
        let mut values = vec![Sql::Integer(shelf.into())];
        values.extend(self.range.map(|range| Sql::Integer(range.end(backwards))));
        if let Some((place, _)) = &self.after {
            values.extend([place.key.sql(), Sql::Integer(place.id.0)]);
        }
        let mut rows = statement.query(rusqlite::params_from_iter(values)).reading()?;
        let mut read = 0;
        while let Some(row) = rows.next().reading()? {
            read += 1;
            let id = OpportunityId(row.get(0).reading()?);
            let kept = only.is_none_or(|set| set.contains(id)) && !sorting.leaves(self.group, id);
            if kept || read == self.chunk {
                let place = sorting.settled(place(row, self.group)?);
                if read == self.chunk {
                    self.after = Some((place.clone(), false));
                }
                if kept {
                    self.buffer.push_back(place);
                }
            }
        }
        self.finished = read < self.chunk;
        self.chunk = (self.chunk * 4).min(4_096);
        Ok(read)
    }

    /// As [`Strand::refill`], from a ranking; where that is stale each row is looked up.
    fn refill_ranked(
        &mut self,
        store: &Store,
        sorting: &Sorting,
        (ranking, stale): (&Ranking, bool),
        backwards: bool,
        only: Option<&IdSet>,
    ) -> Result<usize, StoreError> {
        let place = |ranked: &Ranked| Place { group: self.group, key: Key::of_points(ranked.points), id: ranked.id };
        let next: Vec<Ranked> = match (&self.after, backwards) {
            (None, false) => ranking.from(0, self.chunk),
            (None, true) => ranking.before(ranking.len(), self.chunk),
            (Some((after, with)), false) => {
                let begin = ranking.partition(|ranked| sorting.precedes(&place(ranked), after, !with));
                ranking.from(begin, self.chunk)
            }
            (Some((after, with)), true) => {
                let end = ranking.partition(|ranked| sorting.precedes(&place(ranked), after, *with));
                ranking.before(end, self.chunk)
            }
        };
        for ranked in &next {
            let stands = match (only.is_none_or(|set| set.contains(ranked.id)), stale) {
                (false, _) => false,
                (true, false) => sorting.groups[self.group].holds(ranked.shelf, ranked.favorite),
                (true, true) => store.place_of(ranked.id, sorting)?.is_some_and(|place| place.group == self.group),
            };
            if stands {
                self.buffer.push_back(place(ranked));
            }
        }
        self.after = next.last().map(|last| (place(last), false)).or_else(|| self.after.take());
        self.finished = next.len() < self.chunk;
        self.chunk = (self.chunk * 4).min(4_096);
        Ok(next.len())
    }
}

/// Reads `id, key`.
fn place(row: &Row<'_>, group: usize) -> Result<Place, StoreError> {
    let id = OpportunityId(row.get(0).reading()?);
    let key = match row.get(1).reading()? {
        Sql::Integer(n) => Key::Number(n),
        Sql::Text(t) => Key::Text(t),
        _ => return Err(StoreError::Damaged(format!("opportunity {id} has no sort key"))),
    };
    Ok(Place { group, key, id })
}

/// Returns the statement of one index range; only names of this file go into it.
///
/// The limit is written out: for each new value of a bound one SQLite would plan the statement anew.
fn strand_sql(
    key: KeyColumn,
    (marked, time): (Marked, String),
    backwards: bool,
    (begins, ends): (Option<bool>, bool),
    limit: usize,
) -> String {
    let KeyColumn { column, index, of, .. } = key;
    let index = if marked == Marked::Only { index.replacen("by_", "favorite_by_", 1) } else { index.to_owned() };
    let (order, beyond) = if backwards { ("DESC", "<") } else { ("ASC", ">") };
    let marked = match marked {
        Marked::Any => "",
        Marked::Only => "AND favorite = 1 ",
        Marked::Without => "AND favorite = 0 ",
    };
    let from = match begins {
        None => String::new(),
        Some(with) => format!("AND ({column}, id) {beyond}{} (?, ?) ", if with { "=" } else { "" }),
    };
    let until = if ends { format!("AND {column} {} ? ", if backwards { ">=" } else { "<=" }) } else { String::new() };
    format!(
        "SELECT id, {column} FROM opportunity INDEXED BY {index} WHERE shelf = ? {marked}{of}{time}{until}{from}ORDER BY {column} {order}, id {order} LIMIT {limit}"
    )
}

#[cfg(test)]
mod tests {
    use super::super::key_column;
    use super::*;
    use crate::domain::query::SortKey;
    use crate::store::Settings;

    #[test]
    fn what_is_read_of_a_currency_from_a_place_on_is_one_range_of_the_index() {
        let store = Store::in_memory(Settings::default()).unwrap();
        for (marked, index) in [(Marked::Any, "by_value"), (Marked::Only, "favorite_by_value")] {
            for backwards in [false, true] {
                let sql = strand_sql(key_column(SortKey::Value), (marked, String::new()), backwards, (Some(false), true), 64);
                let mut plan = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
                let steps = plan.query_map([0, 1, 2, 3], |row| row.get::<_, String>(3)).unwrap();
                let steps: Vec<String> = steps.map(Result::unwrap).collect();
                let range = format!("{index} (shelf=? AND value_key>? AND value_key<?)");
                assert!(matches!(&steps[..], [step] if step.starts_with("SEARCH") && step.ends_with(&range)), "{sql}: {steps:?}");
            }
        }
    }
}
