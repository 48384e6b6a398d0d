//! Reads single opportunities whole, finds the one a user points at, and the counts of the tabs.

use rusqlite::OptionalExtension;

use super::convert;
use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::date::Timestamp;
use crate::domain::ids::{OpportunityId, Pointer};
use crate::domain::merge::Held;
use crate::domain::opportunity::Direction;
use crate::domain::query::{Tab, View};
use crate::domain::stage::{SOON, StageKind};

/// An opportunity with everything kept about it.
pub type Full = Held;

/// The numbers on the tabs and in the header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    shelves: [u64; 6],
    favorites: [u64; 6],
    /// Received ones with less than three days left.
    pub due: u64,
    /// Entries of the outbox that wait.
    pub outbox: u64,
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
    /// Returns the counts as of `now`.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn counts(&self, now: Timestamp) -> Result<Counts, StoreError> {
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
        let until = now.plus_micros(SOON.micros());
        let minute = |at: Timestamp| at.micros().div_euclid(60_000_000);
        let mut due =
            self.connection.prepare_cached("SELECT coalesce(sum(n), 0) FROM due WHERE minute >= ? AND minute < ?").reading()?;
        counts.due = due.query_row([minute(now), minute(until)], |row| row.get(0)).reading()?;
        counts.imported_at = self.meta("imported_at")?.and_then(|text| Timestamp::parse(&text).ok());
        Ok(counts)
    }

    /// Returns everything about one opportunity.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], or that the database cannot be read.
    pub fn get(&self, id: OpportunityId) -> Result<Full, StoreError> {
        self.find_held(id)?.ok_or_else(|| StoreError::NoSuch(id.to_string()))
    }

    pub(super) fn find_held(&self, id: OpportunityId) -> Result<Option<Held>, StoreError> {
        let mut statement = self.connection.prepare_cached(convert::SELECT).reading()?;
        let mut rows = statement.query([id.0]).reading()?;
        let Some(row) = rows.next().reading()? else { return Ok(None) };
        convert::held(row).map(Some)
    }

    /// Finds the opportunity a user points at: its number, or a unique beginning of its referral id.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], [`StoreError::Ambiguous`], or that the database cannot be read.
    pub fn find(&self, pointer: &Pointer) -> Result<OpportunityId, StoreError> {
        match pointer {
            Pointer::Number(id) => {
                let mut statement = self.connection.prepare_cached("SELECT id FROM opportunity WHERE id = ?").reading()?;
                let found: Option<i64> = statement.query_row([id.0], |row| row.get(0)).optional().reading()?;
                if let Some(id) = found {
                    return Ok(OpportunityId(id));
                }
                // Digits alone may begin a referral id, too.
                self.find_referral(&id.to_string()).map_err(|e| match e {
                    StoreError::NoSuch(_) => StoreError::NoSuch(id.to_string()),
                    other => other,
                })
            }
            Pointer::Referral(beginning) => self.find_referral(beginning),
        }
    }

    fn find_referral(&self, beginning: &str) -> Result<OpportunityId, StoreError> {
        if beginning.is_empty() {
            return Err(StoreError::NoSuch(String::new()));
        }
        // Every text that begins with it lies before it followed by the last character there is.
        let after = format!("{beginning}\u{10FFFF}");
        let sql =
            "SELECT id, referral_id FROM opportunity WHERE referral_id >= ? AND referral_id < ? ORDER BY referral_id LIMIT 100";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let found = statement.query_map([beginning, &after], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).reading()?;
        let found: Vec<(i64, String)> = found.collect::<rusqlite::Result<_>>().reading()?;
        match &found[..] {
            [] => Err(StoreError::NoSuch(beginning.to_owned())),
            [(id, _)] => Ok(OpportunityId(*id)),
            [(id, whole), ..] if whole == beginning => Ok(OpportunityId(*id)),
            several => Err(StoreError::Ambiguous { given: beginning.to_owned(), count: several.len() }),
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
