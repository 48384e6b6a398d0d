//! The catalogue of solutions: ours, Microsoft's and third parties', learned from deals or told; searched by id and name.

use rusqlite::OptionalExtension;

use super::convert::Cells;
use super::directory::Put;
use super::error::{StoreError, While};
use super::keys::{Keys, SOLUTIONS};
use super::open::Store;
use super::suggest::{Hit, Search};
use crate::domain::directory::{KnownSolution, Rank};
use crate::domain::instant::Timestamp;
use crate::domain::role::Deed;
use crate::domain::solution::{Owner, Solution};
use crate::domain::suggest::Query;
use crate::domain::text::Line;

/// The columns [`read`] reads.
pub(super) const COLUMNS: &str = "id, solution_id, name, owner, assessment, used_at";

/// A solution with its number and when a deal had it last.
type Kept = (i64, KnownSolution, Option<Timestamp>);

pub(super) fn read(row: &rusqlite::Row<'_>) -> Result<Kept, StoreError> {
    let mut cells = Cells::new(row);
    let id: i64 = cells.take()?;
    let solution = KnownSolution {
        id: cells.line()?.ok_or_else(|| StoreError::Damaged(format!("solution {id} has no id")))?,
        name: cells.line()?,
        owner: cells.word(Owner::from_code)?.unwrap_or(Owner::Unknown),
        assessment: cells.take()?,
        used: false,
    };
    let used_at = cells.time()?;
    Ok((id, KnownSolution { used: used_at.is_some(), ..solution }, used_at))
}

impl Store {
    /// Returns the solutions whose id or name fits what was typed, in the order of [`Store::suggest_customers`]. Nothing typed
    /// gives those used last.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn suggest_solutions(&self, typed: &str, limit: usize) -> Result<Vec<(KnownSolution, Rank)>, StoreError> {
        let hits = match Query::of(typed) {
            None => self.recent_solutions(limit)?,
            Some(query) => {
                let shelves = [SOLUTIONS.to_owned()];
                let names = |id: i64| self.numbered_solution(id).map(|(_, solution, _)| names(&solution));
                Search::new(self, &shelves, &names, &query, limit)?.run()?
            }
        };
        hits.into_iter().map(|hit| Ok((self.numbered_solution(hit.id)?.1, hit.rank))).collect()
    }

    /// Returns one solution by its whole id; case does not matter.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn solution(&self, id: &str) -> Result<Option<KnownSolution>, StoreError> {
        Ok(self.kept_solution(id)?.map(|(_, solution, _)| solution))
    }

    /// Returns the whole catalogue in the order of ids.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn solutions(&self) -> Result<Vec<KnownSolution>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM catalogue ORDER BY solution_id");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query([]).reading()?;
        let mut solutions = Vec::new();
        while let Some(row) = rows.next().reading()? {
            solutions.push(read(row)?.1);
        }
        Ok(solutions)
    }

    /// Writes one entry, new or instead of what was there; its use in deals stays known.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn add_solution(&mut self, solution: &KnownSolution) -> Result<Put, StoreError> {
        self.may(Deed::Stock)?;
        self.in_transaction(|store| store.put_solution(&mut Keys::direct(store), solution, None))
    }

    /// Notes that a deal has the solution: makes its entry if there is none, fills in what the catalogue leaves open. To be
    /// called inside the transaction that writes the deal.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub(super) fn learn_solution(&self, solution: &Solution, at: Timestamp) -> Result<(), StoreError> {
        self.put_solution(&mut Keys::direct(self), &KnownSolution::of(solution), Some(at)).map(|_| ())
    }

    /// Writes an entry that the user tells (`used_at` is `None`) or that a deal has, which only fills in.
    pub(super) fn put_solution(
        &self,
        keys: &mut Keys<'_>,
        entry: &KnownSolution,
        used_at: Option<Timestamp>,
    ) -> Result<Put, StoreError> {
        let Some((id, old, used_before)) = self.kept_solution(entry.id.as_str())? else {
            let sql = "INSERT INTO catalogue (solution_id, name, owner, assessment, used_at) VALUES (?, ?, ?, ?, ?)";
            let values = (entry.id.as_str(), name(entry), entry.owner.code(), entry.assessment, used_at.map(Timestamp::micros));
            self.connection.prepare_cached(sql).writing()?.execute(values).writing()?;
            let id = self.connection.last_insert_rowid();
            let names = names(entry);
            keys.words(SOLUTIONS, used_at.is_some(), &texts(&names), id, true)?;
            return Ok(Put::New);
        };
        let last = used_before.max(used_at);
        let new = match used_at {
            Some(_) => old.filled(entry),
            None => KnownSolution { used: old.used, name: entry.name.clone().or_else(|| old.name.clone()), ..entry.clone() },
        };
        if new == old && last == used_before {
            return Ok(Put::Unchanged);
        }
        let sql = "UPDATE catalogue SET solution_id = ?, name = ?, owner = ?, assessment = ?, used_at = ? WHERE id = ?";
        let values = (new.id.as_str(), name(&new), new.owner.code(), new.assessment, last.map(Timestamp::micros), id);
        self.connection.prepare_cached(sql).writing()?.execute(values).writing()?;
        let (before, after) = (names(&old), names(&new));
        if (old.used, &before) != (new.used, &after) {
            keys.words(SOLUTIONS, old.used, &texts(&before), id, false)?;
            keys.words(SOLUTIONS, new.used, &texts(&after), id, true)?;
        }
        let same_but_for_use = (KnownSolution { used: old.used, ..new }) == old;
        Ok(if same_but_for_use { Put::Unchanged } else { Put::Changed })
    }

    fn kept_solution(&self, id: &str) -> Result<Option<Kept>, StoreError> {
        self.one_solution("solution_id = ?", id)
    }

    fn numbered_solution(&self, id: i64) -> Result<Kept, StoreError> {
        let found = self.one_solution("id = ?", id)?;
        found.ok_or_else(|| StoreError::Damaged(format!("solution {id} is missing")))
    }

    fn one_solution(&self, which: &str, value: impl rusqlite::ToSql) -> Result<Option<Kept>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM catalogue WHERE {which}");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        statement.query_row([value], |row| Ok(read(row))).optional().reading()?.transpose()
    }

    fn recent_solutions(&self, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let sql = "SELECT id FROM catalogue INDEXED BY catalogue_used WHERE used_at IS NOT NULL ORDER BY used_at DESC LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map([most], |row| Ok(Hit { id: row.get(0)?, rank: Rank::Prefix })).reading()?;
        rows.collect::<rusqlite::Result<_>>().reading()
    }
}

fn name(solution: &KnownSolution) -> Option<&str> {
    solution.name.as_ref().map(Line::as_str)
}

/// Returns what a solution is found by.
pub(super) fn names(solution: &KnownSolution) -> Vec<String> {
    std::iter::once(solution.id.to_string()).chain(solution.name.as_ref().map(Line::to_string)).collect()
}

pub(super) fn texts(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}
