//! Reads what the week of each owner is told of: the deals that something of it may be about; what is told of them is `insight`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, ControlFlow};

use rusqlite::OptionalExtension;

use super::conditions::NOBODY;
use super::error::{StoreError, While};
use super::figures::Reviewed;
use super::open::Store;
use super::read::shelves;
use crate::domain::date::Moment;
use crate::domain::filter::{Filter, Term, Test, When};
use crate::domain::ids::OpportunityId;
use crate::domain::stage::StageKind;
use crate::domain::tab::{Tab, View};
use crate::insight::digest::{Digest, Telling};

impl Store {
    /// Returns the names of those whom deals belong to, the first of them by name: one look at the index for each.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn owners(&self, most: usize) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT owner_sort, id FROM opportunity INDEXED BY by_owner WHERE shelf = ? AND owner_sort > ? ORDER BY owner_sort LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut found: BTreeMap<String, OpportunityId> = BTreeMap::new();
        for shelf in shelves(Tab::All, View::All) {
            let mut last = String::new();
            for _ in 0..most {
                let next = statement.query_row((shelf, &last), |row| Ok((row.get(0)?, OpportunityId(row.get(1)?)))).optional();
                let Some((owner, id)) = next.reading()?.filter(|(owner, _)| owner != NOBODY) else { break };
                last = owner;
                found.entry(last.clone()).or_insert(id);
            }
        }
        let names = found.into_values().take(most).map(|id| Ok(self.row(id)?.owner)).collect::<Result<Vec<_>, StoreError>>();
        Ok(names?.into_iter().flatten().collect())
    }

    /// Tells what passes the filter of a review owner by owner, as it stands at `moment`, the end of its days.
    ///
    /// # Errors
    /// As [`Store::review`].
    pub fn digest(&self, of: &Reviewed, moment: Moment, waits: &mut dyn FnMut() -> bool) -> Result<Digest, StoreError> {
        self.in_one_look(|store| {
            let mut telling = Telling::new(of.terms, moment);
            if of.past {
                store.as_it_stood(of.terms.at, &mut |held| {
                    if of.filter.passes(&held) {
                        telling.add(&held.opportunity);
                    }
                    ControlFlow::Continue(())
                })?;
            } else {
                for id in store.of_the_week(of, waits)? {
                    store.find_held(id)?.iter().for_each(|held| telling.add(&held.opportunity));
                }
            }
            Ok(telling.digest(store.in_home(&of.terms)?))
        })
    }

    /// Returns all that something may be told of: what is open, and what was made or ended in the days, or has a next step. Bounded
    /// loosely, by whole days: what is told of which is decided elsewhere.
    fn of_the_week(&self, of: &Reviewed, waits: &mut dyn FnMut() -> bool) -> Result<BTreeSet<OpportunityId>, StoreError> {
        let from = (Bound::Included(of.terms.days.begin().plus_days(-2)), Bound::Unbounded);
        let week = (Bound::Unbounded, Bound::Included(of.terms.today.plus_days(7)));
        let tests = [
            Test::Stage(vec![StageKind::Received, StageKind::Accepted]),
            Test::Archived(from),
            Test::Created(When { moments: from, days: from }),
            Test::Next(week),
        ];
        let mut all = BTreeSet::new();
        for test in tests {
            let terms = of.filter.terms.iter().cloned().chain([Term { negated: false, test }]).collect();
            match self.all_passing(&Filter { terms }, waits)? {
                Some(set) => all.extend(set.ids()),
                None => {
                    let mut statement = self.connection.prepare_cached("SELECT id FROM opportunity").reading()?;
                    let ids = statement.query_map([], |row| row.get(0).map(OpportunityId)).reading()?;
                    for id in ids {
                        all.insert(id.reading()?);
                    }
                }
            }
        }
        Ok(all)
    }
}
