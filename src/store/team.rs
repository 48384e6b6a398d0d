//! The deals whose team holds who works here, where their role sees no others: a set that every list is cut with (MG-02).

use std::sync::Arc;

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Sql;

use super::conditions::{on_shown, word_expression};
use super::error::{StoreError, While};
use super::history::StepRecord;
use super::idset::IdSet;
use super::open::Store;
use super::packed;
use super::read::Counts;
use crate::domain::date::Moment;
use crate::domain::deadline::SOON;
use crate::domain::filter::{Field, Word};
use crate::domain::held::Held;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::query::ListQuery;
use crate::domain::role::Barred;

/// The deals of a team member, and after which outside writes, and own ones that moved somebody, they were found.
pub(super) struct Team {
    ids: Arc<IdSet>,
    stamp: (u64, i64),
}

impl Store {
    /// Returns the deals that are seen; `None` where all are. The search index finds them, each is looked at, and they are kept until
    /// somebody comes into a team or leaves one, or another program writes.
    pub(super) fn team(&self) -> Result<Option<Arc<IdSet>>, StoreError> {
        if self.settings.role.sees_all() {
            return Ok(None);
        }
        let stamp = (self.team_writes.get(), self.outside_version()?);
        let known = self.team.take().filter(|known| known.stamp == stamp).map(|known| known.ids);
        let ids = match known {
            Some(ids) => ids,
            None => Arc::new(self.find_team()?),
        };
        self.team.set(Some(Team { ids: Arc::clone(&ids), stamp }));
        Ok(Some(ids))
    }

    /// Notes that a deal was written: where it is seen now and was not, or the other way round, the team is found again.
    pub(super) fn team_moves(&self, before: Option<&Held>, after: Option<&Held>) {
        let role = self.settings.role;
        let sees = |held: Option<&Held>| held.is_some_and(|held| role.sees(&held.opportunity.employees, &self.settings.author));
        if !role.sees_all() && sees(before) != sees(after) {
            self.forget_team();
        }
    }

    /// Has the team found again: what was written is taken back.
    pub(super) fn forget_team(&self) {
        self.team_writes.set(self.team_writes.get() + 1);
    }

    fn find_team(&self) -> Result<IdSet, StoreError> {
        let mut found = IdSet::default();
        let word = Word::new(&self.settings.author);
        let Some(asked) = word_expression(Field::Employee, &word, &mut false) else { return Ok(found) };
        let sql = "SELECT id, people FROM search CROSS JOIN opportunity ON opportunity.id = search.rowid WHERE search MATCH ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([Sql::Text(asked)]).reading()?;
        while let Some(row) = rows.next().reading()? {
            let people: Option<String> = row.get(1).reading()?;
            let people = packed::employees(people.as_deref().unwrap_or_default())?;
            if self.settings.role.sees(&people, &self.settings.author) {
                found.insert(row.get(0).reading()?);
            }
        }
        Ok(found)
    }

    /// Returns those of the team that stand on the shelves a list shows; `None` where all are seen.
    pub(super) fn team_on(&self, query: &ListQuery) -> Result<Option<IdSet>, StoreError> {
        let Some(team) = self.team()? else { return Ok(None) };
        let sql = format!("SELECT id FROM opportunity WHERE id = ? AND {}", on_shown(query));
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut shown = IdSet::default();
        for id in team.ids() {
            if let Some(id) = statement.query_row([id.0], |row| row.get(0)).optional().reading()? {
                shown.insert(id);
            }
        }
        Ok(Some(shown))
    }

    /// Returns whether one is seen.
    pub(super) fn sees(&self, id: OpportunityId) -> Result<bool, StoreError> {
        Ok(self.team()?.is_none_or(|team| team.contains(id)))
    }

    /// Returns whether a step is told: one of a single deal only where that is seen.
    pub(super) fn sees_step(&self, step: &StepRecord) -> Result<bool, StoreError> {
        match &step.only {
            Some((id, _)) => self.sees(*id),
            None => Ok(true),
        }
    }

    /// Counts what of all that is seen: each is looked at, where others read what is counted already.
    pub(super) fn counts_of(&self, team: &IdSet, Moment { now, today, .. }: Moment) -> Result<Counts, StoreError> {
        let mut counts = Counts::default();
        let sql = "SELECT shelf, favorite, urgency, waiting > 0, next_on FROM opportunity WHERE id = ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let (over, soon, today) = (self.overdue()?, now.plus_micros(SOON.micros()), today.to_string());
        for id in team.ids() {
            let mut rows = statement.query([id.0]).reading()?;
            let Some(row) = rows.next().reading()? else { continue };
            let (mut shelf, favorite): (usize, bool) = (row.get(0).reading()?, row.get(1).reading()?);
            let due = row.get::<_, Option<i64>>(2).reading()?.map(Timestamp::from_micros).filter(|_| shelf == 0);
            let is_over = due.zip(over).is_some_and(|(due, over)| due <= over);
            if is_over {
                shelf = 2;
            }
            counts.due += u64::from(shelf == 0 && due.is_some_and(|due| due >= now && due < soon));
            counts.outbox += u64::from(is_over || row.get::<_, bool>(3).reading()?);
            counts.next += u64::from(row.get::<_, Option<String>>(4).reading()?.is_some_and(|on| on <= today));
            if let Some(n) = counts.shelves.get_mut(shelf) {
                *n += 1;
            }
            if let Some(n) = counts.favorites.get_mut(shelf).filter(|_| favorite) {
                *n += 1;
            }
        }
        // A lead has no team yet.
        counts.leads = self.lead_counts()?.open;
        counts.imported_at = self.imported_at()?;
        Ok(counts)
    }

    /// Refuses to show what is not seen.
    pub(super) fn seen_only(&self, held: Held) -> Result<Held, StoreError> {
        if self.settings.role.sees(&held.opportunity.employees, &self.settings.author) {
            return Ok(held);
        }
        let why = if self.settings.author.is_empty() { Barred::NoEmail } else { Barred::NotInTeam };
        Err(why.into())
    }
}
