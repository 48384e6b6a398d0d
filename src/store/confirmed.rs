//! As of when was known what an import only confirmed: kept packed, and taken back with its step. What a step changes is in `delta`.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::OptionalExtension;
use serde_json::json;

use super::convert;
use super::error::{StoreError, While};
use super::history::UNDONE;
use super::open::Store;
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::told::Told;

/// So many deals stand in one row of the table at most: what is not written yet is in memory.
const TOGETHER: usize = 10_000;

/// Deals of which the same was known before a step, and the same after: before, after, and their numbers, each as the way from the one
/// before it.
type Group = (Told, Told, Vec<i64>);

/// What a step confirmed so far.
#[derive(Debug, Default)]
pub(super) struct Confirmed {
    groups: Vec<Group>,
    /// Where a group stands, and its last deal.
    places: HashMap<(Told, Told), (usize, i64)>,
    deals: HashSet<i64>,
}

impl Confirmed {
    /// Notes as of when what is held of one was known, and is now.
    pub(super) fn note(&mut self, store: &Store, id: OpportunityId, before: &Told, after: &Told) -> Result<(), StoreError> {
        // What stands together is in no order: one that comes again is written after what it said before.
        if self.deals.len() >= TOGETHER || self.deals.contains(&id.0) {
            self.write(store)?;
        }
        self.deals.insert(id.0);
        let (place, last) = self.places.entry((before.clone(), after.clone())).or_insert_with(|| {
            self.groups.push((before.clone(), after.clone(), Vec::new()));
            (self.groups.len() - 1, 0)
        });
        self.groups[*place].2.push(id.0 - *last);
        *last = id.0;
        Ok(())
    }

    /// Writes what is noted, of no step yet.
    pub(super) fn write(&mut self, store: &Store) -> Result<(), StoreError> {
        let Self { groups, .. } = std::mem::take(self);
        if groups.is_empty() {
            return Ok(());
        }
        let sql = "INSERT INTO confirmed (step_id, told) VALUES (NULL, ?)";
        store.connection.prepare_cached(sql).writing()?.execute([json!(groups).to_string()]).writing()?;
        Ok(())
    }

    /// Forgets what is not written: the file that said it broke off.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

/// What earlier imports confirmed that were taken back only after the step that is taken back now: as of when was known what they found.
#[derive(Debug, Default)]
pub(super) struct Gone {
    told: BTreeMap<i64, Vec<(Told, Told)>>,
    /// Of when the picture was that they found, and theirs; the last import first.
    pictures: Vec<Pictured>,
}

/// Of when the newest download was before a step, and after it.
pub(super) type Pictured = (Option<Timestamp>, Option<Timestamp>);

impl Gone {
    /// Returns as of when it was known without them.
    pub(super) fn before(&self, id: OpportunityId, mut told: Told) -> Told {
        for (before, after) in self.told.get(&id.0).into_iter().flatten() {
            if told == *after {
                told.clone_from(before);
            }
        }
        told
    }
}

impl Store {
    /// Gives what was confirmed to the step that did it; an import that is no step is never taken back.
    pub(super) fn keep_confirmed(&self, step: Option<StepId>) -> Result<(), StoreError> {
        match step {
            Some(step) => {
                let sql = "UPDATE confirmed SET step_id = ? WHERE step_id IS NULL";
                self.connection.prepare_cached(sql).writing()?.execute([step.0]).writing()?;
            }
            None => {
                self.connection.prepare_cached("DELETE FROM confirmed WHERE step_id IS NULL").writing()?.execute([]).writing()?;
            }
        }
        Ok(())
    }

    /// Sets as of when is known what a step only confirmed to what it was before, where nothing has confirmed it since; `by` is the step
    /// that takes it back, and is taken back in the same way.
    pub(super) fn take_confirmed_back(&self, target: StepId, gone: &Gone, by: StepId) -> Result<(), StoreError> {
        let mut taken = Confirmed::default();
        for row in self.confirmed_rows(target)?.into_iter().rev() {
            for (before, after, deals) in self.confirmed_row(row)?.into_iter().rev() {
                for id in ids(&deals) {
                    if self.told_of(id)?.is_some_and(|told| told == after) {
                        let before = gone.before(id, before.clone());
                        taken.note(self, id, &after, &before)?;
                        self.touch(id, &before)?;
                    }
                }
            }
        }
        taken.write(self)?;
        self.keep_confirmed(Some(by))
    }

    /// Sets of when the newest download is to what it was before a step, unless a newer one has come since; returns what it was, and is.
    pub(super) fn take_picture_back(&self, target: StepId, gone: &Gone) -> Result<Option<Pictured>, StoreError> {
        let now = self.imported_at()?;
        let Some((mut before, _)) = self.picture_of(target)?.filter(|(_, after)| *after == now) else { return Ok(None) };
        for (earlier, theirs) in &gone.pictures {
            if before == *theirs {
                before = *earlier;
            }
        }
        match before {
            Some(at) => self.set_meta("imported_at", &at.to_string())?,
            None => {
                self.connection.prepare_cached("DELETE FROM meta WHERE key = 'imported_at'").writing()?.execute([]).writing()?;
            }
        }
        Ok(Some((now, before)))
    }

    fn picture_of(&self, step: StepId) -> Result<Option<Pictured>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT detail ->> '$.picture' FROM step WHERE id = ?").reading()?;
        let kept: Option<String> = statement.query_row([step.0], |row| row.get(0)).reading()?;
        Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
    }

    /// Returns what earlier imports confirmed that were taken back after `target` was made, and are.
    pub(super) fn gone_before(&self, target: StepId) -> Result<Gone, StoreError> {
        let sql = format!(
            "SELECT step.id FROM step WHERE step.id < ?1 AND step.kind = 'import' AND {UNDONE} IS NOT NULL \
             AND EXISTS (SELECT 1 FROM step AS undo WHERE undo.reverts = step.id AND undo.id > ?1) ORDER BY step.id DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let steps: Vec<i64> = statement.query_map([target.0], |row| row.get(0)).reading()?.collect::<Result<_, _>>().reading()?;
        let mut gone = Gone::default();
        for step in steps.into_iter().map(StepId) {
            for row in self.confirmed_rows(step)?.into_iter().rev() {
                for (before, after, deals) in self.confirmed_row(row)?.into_iter().rev() {
                    ids(&deals).for_each(|id| gone.told.entry(id.0).or_default().push((before.clone(), after.clone())));
                }
            }
            gone.pictures.extend(self.picture_of(step)?);
        }
        Ok(gone)
    }

    fn confirmed_rows(&self, step: StepId) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM confirmed WHERE step_id = ? ORDER BY id").reading()?;
        statement.query_map([step.0], |row| row.get(0)).reading()?.collect::<Result<_, _>>().reading()
    }

    fn confirmed_row(&self, row: i64) -> Result<Vec<Group>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT told FROM confirmed WHERE id = ?").reading()?;
        let text: String = statement.query_row([row], |row| row.get(0)).reading()?;
        serde_json::from_str(&text).map_err(|_| StoreError::Damaged("what an import confirmed cannot be read".into()))
    }

    fn told_of(&self, id: OpportunityId) -> Result<Option<Told>, StoreError> {
        let sql = "SELECT told_at, told_keys, told FROM opportunity WHERE id = ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let kept = statement.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional().reading()?;
        kept.map(|(at, keys, apart)| convert::told_of(at, keys, apart)).transpose()
    }
}

fn ids(deals: &[i64]) -> impl Iterator<Item = OpportunityId> {
    deals.iter().scan(0, |last, way| {
        *last += way;
        Some(OpportunityId(*last))
    })
}
