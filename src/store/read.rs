//! Reads single opportunities whole, finds the one a user points at, and the counts of the tabs.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row};

use super::convert;
use super::error::{StoreError, While};
use super::open::{Access, Store};
use crate::domain::date::Moment;
use crate::domain::deadline::SOON;
use crate::domain::filter::Filter;
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, Pointer};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{Direction, Opportunity};
use crate::domain::outgoing::InOutbox;
use crate::domain::refused::RefusedRow;
use crate::domain::stage::{Stage, StageKind};
use crate::domain::tab::{Tab, View};

/// An opportunity with everything kept about it.
pub type Full = Held;

/// So many of those that a beginning fits are named.
const NAMED: usize = 5;

/// One of several that a user may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: OpportunityId,
    pub title: String,
    pub customer: String,
}

impl Candidate {
    pub fn of(opportunity: &Opportunity) -> Self {
        let (title, customer) = (opportunity.title().to_string(), opportunity.customer.name.to_string());
        Self { id: opportunity.id, title, customer }
    }
}

/// The numbers on the tabs and in the header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub(super) shelves: [u64; 6],
    pub(super) favorites: [u64; 6],
    /// Received ones with less than three days left.
    pub due: u64,
    /// Opportunities of which something waits to be sent.
    pub outbox: u64,
    /// Next steps of today, and those whose day is over.
    pub next: u64,
    /// Leads that are received or accepted.
    pub leads: u64,
    /// When a file was last imported: how old the data is.
    pub imported_at: Option<Timestamp>,
}

impl Counts {
    /// Returns how many opportunities a tab holds in a view.
    pub fn of(&self, tab: Tab, view: View) -> u64 {
        let counts = if tab == Tab::Favorites { &self.favorites } else { &self.shelves };
        shelves(tab, view).map(|shelf| counts[usize::from(shelf) % counts.len()]).sum()
    }

    /// Returns whether there is no opportunity at all.
    pub fn is_empty(&self) -> bool {
        self.of(Tab::All, View::All) == 0
    }
}

/// Returns the shelf of a direction and a stage, as the schema computes it.
pub(super) const fn shelf(direction: Direction, stage: StageKind) -> u8 {
    let side = match direction {
        Direction::Inbound => 0,
        Direction::Outbound => 3,
    };
    side + match stage {
        StageKind::Received => 0,
        StageKind::Accepted => 1,
        StageKind::Archived => 2,
    }
}

/// Returns the shelves that a view of a tab shows.
pub(super) fn shelves(tab: Tab, view: View) -> impl Iterator<Item = u8> {
    tab.directions().iter().flat_map(move |direction| view.stages().iter().map(|stage| shelf(*direction, *stage)))
}

impl Store {
    /// Returns the counts as of a moment.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn counts(&self, moment: Moment) -> Result<Counts, StoreError> {
        let Moment { now, today, .. } = moment;
        if let Some(team) = self.team()? {
            return self.counts_of(&team, moment);
        }
        let mut counts = Counts::default();
        let mut tally = self.connection.prepare_cached("SELECT kind, shelf, n FROM tally").reading()?;
        let mut rows = tally.query([]).reading()?;
        while let Some(row) = rows.next().reading()? {
            let kind = row.get_ref(0).reading()?.as_str().unwrap_or_default().to_owned();
            let (shelf, n): (usize, u64) = (row.get(1).reading()?, row.get(2).reading()?);
            match (kind.as_str(), shelf) {
                ("shelf", 0..6) => counts.shelves[shelf] = n,
                ("favorite", 0..6) => counts.favorites[shelf] = n,
                _ => counts.outbox = n,
            }
        }
        if let Some(now) = self.overdue()? {
            for (marked, counts) in [("", &mut counts.shelves), ("AND favorite = 1", &mut counts.favorites)] {
                let sql = format!("SELECT count(*) FROM opportunity WHERE shelf = 0 AND urgency <= ? {marked}");
                let over: u64 = self.connection.query_row(&sql, [now.micros()], |row| row.get(0)).reading()?;
                counts[0] = counts[0].saturating_sub(over);
                counts[2] += over;
            }
            let sql = "SELECT count(*) FROM opportunity WHERE shelf = 0 AND urgency <= ? AND waiting = 0";
            counts.outbox += self.connection.query_row(sql, [now.micros()], |row| row.get::<_, u64>(0)).reading()?;
        }
        let until = now.plus_micros(SOON.micros());
        let minute = |at: Timestamp| at.micros().div_euclid(60_000_000);
        let mut due =
            self.connection.prepare_cached("SELECT coalesce(sum(n), 0) FROM due WHERE minute >= ? AND minute < ?").reading()?;
        counts.due = due.query_row([minute(now), minute(until)], |row| row.get(0)).reading()?;
        let sql = "SELECT count(*) FROM opportunity INDEXED BY by_next \
                   WHERE shelf IN (0, 1, 2, 3, 4, 5) AND next_on IS NOT NULL AND next_on <= ?";
        let mut next = self.connection.prepare_cached(sql).reading()?;
        counts.next = next.query_row([today.to_string()], |row| row.get(0)).reading()?;
        counts.leads = self.lead_counts()?.open;
        counts.imported_at = self.imported_at()?;
        Ok(counts)
    }

    /// Returns when a file was last imported.
    pub(super) fn imported_at(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.meta("imported_at")?.and_then(|text| Timestamp::parse(&text).ok()))
    }

    /// Returns everything about one opportunity.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], that it is not seen (MG-02), or that the database cannot be read.
    pub fn get(&self, id: OpportunityId) -> Result<Full, StoreError> {
        let mut held = self.held(id)?;
        held.registration = self.registration(id)?.map(Box::new);
        if held.opportunity.waiting {
            let deal = self.outgoing(held)?;
            let in_outbox = Some(Box::new(InOutbox { standing: deal.standing, sent: deal.sent }));
            return self.seen_only(Held { in_outbox, ..deal.held });
        }
        self.seen_only(self.with_refusal(held)?)
    }

    /// Adds what Partner Center refused of one last.
    pub(super) fn with_refusal(&self, mut held: Held) -> Result<Held, StoreError> {
        if held.has_update() && self.any_sent()? {
            held.refused = RefusedRow::of(&self.sent_of(held.opportunity.id)?, &held)?.map(Box::new);
        }
        Ok(held)
    }

    /// As [`Store::get`], whoever sees it.
    pub(super) fn held(&self, id: OpportunityId) -> Result<Held, StoreError> {
        self.find_held(id)?.ok_or_else(|| StoreError::NoSuch(id.to_string()))
    }

    pub(super) fn find_held(&self, id: OpportunityId) -> Result<Option<Held>, StoreError> {
        self.read_held(convert::SELECT, id, convert::held)
    }

    /// Returns the stage as the clock shows it, where that could not be written.
    pub(super) fn as_seen(&self, stage: Stage) -> Stage {
        match self.only_seen_at() {
            Some(now) => stage.seen_at(now),
            None => stage,
        }
    }

    /// Shows one as the clock does, where that could not be written: of what has expired its sender is to be told.
    pub(super) fn show(&self, opportunity: &mut Opportunity) {
        let seen = self.as_seen(opportunity.stage.clone());
        opportunity.waiting |= seen != opportunity.stage && opportunity.sender().is_some();
        opportunity.stage = seen;
    }

    /// Returns the clock, where it cannot be written what it has brought about.
    pub(super) fn only_seen_at(&self) -> Option<Timestamp> {
        self.seen_at.get().filter(|_| self.access != Access::ReadWrite)
    }

    /// Returns until when received ones are over, where some are and it cannot be written that they have expired.
    pub(super) fn overdue(&self) -> Result<Option<Timestamp>, StoreError> {
        let Some(now) = self.only_seen_at() else { return Ok(None) };
        let sql = "SELECT EXISTS (SELECT 1 FROM opportunity WHERE shelf = 0 AND urgency <= ?)";
        let any: bool = self.connection.prepare_cached(sql).reading()?.query_row([now.micros()], |row| row.get(0)).reading()?;
        Ok(Some(now).filter(|_| any))
    }

    /// Returns how many received ones are over, where it cannot be written that they have expired.
    pub(super) fn overdue_count(&self) -> Result<u64, StoreError> {
        let Some(now) = self.overdue()? else { return Ok(0) };
        let sql = "SELECT count(*) FROM opportunity WHERE shelf = 0 AND urgency <= ?";
        self.connection.prepare_cached(sql).reading()?.query_row([now.micros()], |row| row.get(0)).reading()
    }

    /// Returns every opportunity of which both sides changed something that nobody has decided, the first one first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn conflicting(&self) -> Result<Vec<Full>, StoreError> {
        let sql = "SELECT id FROM opportunity INDEXED BY conflicting WHERE conflicts IS NOT NULL ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let ids = statement.query_map([], |row| row.get(0).map(OpportunityId)).reading()?;
        let ids: Vec<OpportunityId> = ids.collect::<rusqlite::Result<_>>().reading()?;
        let mut found = Vec::new();
        for id in ids {
            if self.sees(id)? {
                found.extend(self.find_held(id)?);
            }
        }
        Ok(found)
    }

    /// Reads an opportunity to see whether it passes a filter: without what was imported where ours differs, and what is not modelled
    /// where that holds nothing that is looked for.
    pub(super) fn look_at(&self, id: OpportunityId, filter: &Filter) -> Result<Option<Held>, StoreError> {
        let mut held = self.read_held(convert::LOOK, id, |row| convert::looked(row, |text| filter.may_want(text)))?;
        if let Some(held) = held.as_mut().filter(|_| filter.asks_for_news()) {
            held.fresh = self.is_fresh(id)?;
        }
        Ok(held)
    }

    fn read_held(
        &self,
        sql: &'static str,
        id: OpportunityId,
        read: impl Fn(&Row<'_>) -> Result<Held, StoreError>,
    ) -> Result<Option<Held>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([id.0]).reading()?;
        let Some(row) = rows.next().reading()? else { return Ok(None) };
        let mut held = read(row)?;
        self.show(&mut held.opportunity);
        Ok(Some(held))
    }

    /// Finds the opportunity a user points at: its number, or a unique beginning of its referral id or uid.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], [`StoreError::Ambiguous`], or that the database cannot be read.
    pub fn find(&self, pointer: &Pointer) -> Result<OpportunityId, StoreError> {
        let id = self.find_any(pointer)?;
        if self.sees(id)? { Ok(id) } else { self.get(id).map(|_| id) }
    }

    fn find_any(&self, pointer: &Pointer) -> Result<OpportunityId, StoreError> {
        match pointer {
            Pointer::Number(id) => {
                let mut statement = self.connection.prepare_cached("SELECT id FROM opportunity WHERE id = ?").reading()?;
                let found: Option<i64> = statement.query_row([id.0], |row| row.get(0)).optional().reading()?;
                // Digits alone may begin an id, too.
                found.map_or_else(|| self.find_beginning(&id.to_string()), |id| Ok(OpportunityId(id)))
            }
            Pointer::Beginning(beginning) => self.find_beginning(beginning),
        }
    }

    fn find_beginning(&self, beginning: &str) -> Result<OpportunityId, StoreError> {
        if beginning.is_empty() {
            return Err(StoreError::NoSuch(String::new()));
        }
        // Every text that begins with it lies before it followed by the last character there is.
        let after = format!("{beginning}\u{10FFFF}");
        let by_referral =
            "SELECT id, referral_id FROM opportunity WHERE referral_id >= ? AND referral_id < ? ORDER BY referral_id LIMIT 100";
        let by_uid = "SELECT id, uid FROM opportunity WHERE uid >= ? AND uid < ? AND uid IS NOT NULL ORDER BY uid LIMIT 100";
        let mut found: Vec<(i64, String)> = Vec::new();
        for sql in [by_referral, by_uid] {
            let mut statement = self.connection.prepare_cached(sql).reading()?;
            let rows = statement.query_map([beginning, &after], |row| Ok((row.get(0)?, row.get(1)?))).reading()?;
            found.extend(rows.collect::<rusqlite::Result<Vec<_>>>().reading()?);
        }
        if let Some(team) = self.team()?.filter(|_| found.len() > 1) {
            found.retain(|(id, _)| team.contains(OpportunityId(*id)));
        }
        if let Some((id, _)) = found.iter().find(|(_, whole)| whole == beginning) {
            return Ok(OpportunityId(*id));
        }
        let found: BTreeSet<OpportunityId> = found.into_iter().map(|(id, _)| OpportunityId(id)).collect();
        match (found.first(), found.len()) {
            (None, _) => Err(StoreError::NoSuch(beginning.to_owned())),
            (Some(id), 1) => Ok(*id),
            (_, count) => {
                let held = found.into_iter().take(NAMED).filter_map(|id| self.find_held(id).transpose());
                let candidates = held.map(|held| held.map(|held| Candidate::of(&held.opportunity)));
                Err(StoreError::Ambiguous {
                    given: beginning.to_owned(),
                    count,
                    candidates: candidates.collect::<Result<_, _>>()?,
                })
            }
        }
    }

    pub(super) fn by_referral(&self, referral_id: &str) -> Result<Option<OpportunityId>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM opportunity WHERE referral_id = ?").reading()?;
        Ok(statement.query_row([referral_id], |row| row.get(0)).optional().reading()?.map(OpportunityId))
    }

    pub(super) fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM meta WHERE key = ?").reading()?;
        statement.query_row([key], |row| row.get(0)).optional().reading()
    }

    pub(super) fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.connection.prepare_cached(sql).writing()?.execute([key, value]).writing()?;
        Ok(())
    }
}
