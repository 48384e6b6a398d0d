//! Reads every opportunity with all that was ever done to it, and looks whether the one follows from the other: what a row sorts by from
//! its values, and its values from the journal, walked back to its making. One row and one change are in memory at a time.

use rusqlite::Row;

use super::convert;
use super::delta::{read_delta, read_image};
use super::error::{StoreError, While};
use super::history::Happened;
use super::open::Store;
use super::past::{Deed, Deeds, LATER};
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, StepId};

/// Where the journal of an opportunity does not lead to what is held of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Torn {
    pub id: OpportunityId,
    /// The step that does not fit what stands after it; `None` where no step tells how it came to be.
    pub step: Option<StepId>,
    /// What does not fit: the path of a value, or what became of it.
    pub what: String,
}

/// What reading all of it has shown.
#[derive(Debug, Default)]
pub(super) struct ReadThrough {
    /// Opportunities that cannot be read, and what is wrong with the first.
    pub unreadable: Vec<OpportunityId>,
    pub why: String,
    /// Those that sort by something else than their names, value and owner.
    pub keys_wrong: Vec<OpportunityId>,
    /// The first that do not follow from the journal, and how many there are.
    pub torn: Vec<Torn>,
    pub torn_count: u64,
}

/// So many are named.
const NAMED: usize = 20;

/// The columns that follow from the others of their row.
pub(super) const DERIVED: [&str; 4] = ["deal_folded", "customer_folded", "value_key", "owner_key"];

/// Returns where a derived column stands among the values of a row.
pub(super) fn place_of(column: &str) -> Option<usize> {
    convert::COLUMNS.split(", ").position(|name| name.trim() == column)
}

impl Store {
    /// Reads all there is, as it stands at one moment.
    pub(super) fn read_through(&self) -> Result<ReadThrough, StoreError> {
        self.in_one_look(|store| {
            let places: Vec<usize> = DERIVED.into_iter().filter_map(place_of).collect();
            let mut select = store.connection.prepare(convert::EACH).reading()?;
            let mut rows = select.query([]).reading()?;
            let mut deeds = store.connection.prepare(LATER).reading()?;
            let mut deeds = Deeds::new(deeds.query([0]).reading()?)?;
            let mut found = ReadThrough::default();
            while let Some(row) = rows.next().reading()? {
                let id = OpportunityId(row.get(0).reading()?);
                found.without_rows(&mut deeds, Some(id))?;
                match convert::held(row) {
                    Ok(held) => {
                        if !is_in_order(row, &held, &places)? {
                            found.keys_wrong.push(id);
                        }
                        found.replay(id, Some(held), &mut deeds)?;
                    }
                    Err(error) => {
                        if found.unreadable.is_empty() {
                            found.why = error.to_string();
                        }
                        found.unreadable.push(id);
                        while deeds.next_of(id)?.is_some() {}
                    }
                }
            }
            found.without_rows(&mut deeds, None)?;
            Ok(found)
        })
    }
}

/// Returns whether a row sorts by what it holds.
fn is_in_order(row: &Row<'_>, held: &Held, places: &[usize]) -> Result<bool, StoreError> {
    let values = convert::values(held);
    for place in places {
        // The number of the row stands before its values.
        let kept: rusqlite::types::Value = row.get(place + 1).reading()?;
        if values.get(*place) != Some(&kept) {
            return Ok(false);
        }
    }
    Ok(true)
}

impl ReadThrough {
    /// Names those that cannot be read, where there are any.
    pub(super) fn unreadable(&self) -> Option<String> {
        let named: Vec<String> = self.unreadable.iter().take(NAMED).map(ToString::to_string).collect();
        let more = if self.unreadable.len() > NAMED { ", …" } else { "" };
        (!named.is_empty()).then(|| format!("{}{more}: {}", named.join(", "), self.why))
    }

    /// Walks back what was done to opportunities before `until` that are not there any more.
    fn without_rows(&mut self, deeds: &mut Deeds<'_>, until: Option<OpportunityId>) -> Result<(), StoreError> {
        while let Some(id) = deeds.next_id().filter(|id| until.is_none_or(|until| *id < until)) {
            self.replay(id, None, deeds)?;
        }
        Ok(())
    }

    /// Walks one back to its making. Behind the first change that does not fit nothing can be said.
    fn replay(&mut self, id: OpportunityId, mut held: Option<Held>, deeds: &mut Deeds<'_>) -> Result<(), StoreError> {
        if let Some(held) = &mut held {
            // What the clock makes of it follows from the deadline.
            held.opportunity.stage = held.opportunity.stage.told();
        }
        let mut torn = None;
        while let Some(deed) = deeds.next_of(id)? {
            if torn.is_none() {
                torn = walk_back(&mut held, &deed).err().map(|what| Torn { id, step: Some(deed.step), what });
            }
        }
        if torn.is_none() && held.is_some() {
            torn = Some(Torn { id, step: None, what: Happened::Made.code().to_owned() });
        }
        if let Some(torn) = torn {
            self.torn_count += 1;
            if self.torn.len() < NAMED {
                self.torn.push(torn);
            }
        }
        Ok(())
    }
}

/// Takes one change back, where what it left is what is held.
///
/// # Errors
/// What of it does not fit.
fn walk_back(held: &mut Option<Held>, deed: &Deed) -> Result<(), String> {
    let unfit = || deed.what.code().to_owned();
    let before = match (deed.what, held.take()) {
        (Happened::Made, Some(made)) => {
            // A file that made it has left no image.
            if !deed.kept.is_empty() {
                let image = read_image(&deed.kept).map_err(|_| unfit())?;
                image.differs(&made).map_or(Ok(()), |path| Err(path.to_owned()))?;
            }
            None
        }
        (Happened::Removed, None) => {
            let image = read_image(&deed.kept).map_err(|_| unfit())?;
            let mut back = image.held().map_err(|_| unfit())?;
            back.opportunity.stage = back.opportunity.stage.told();
            Some(back)
        }
        (Happened::Changed, Some(mut after)) => {
            let delta = read_delta(&deed.kept).map_err(|_| unfit())?;
            delta.differs(&after).map_or(Ok(()), Err)?;
            delta.take_back(&mut after).map_err(|bad| bad.0.to_owned())?;
            Some(after)
        }
        (Happened::Lapsed | Happened::Revived | Happened::Sent | Happened::Refused, Some(after)) => Some(after),
        // An answer may come for one whose making was taken back.
        (Happened::Sent | Happened::Refused, None) => None,
        (Happened::Made | Happened::Changed | Happened::Lapsed | Happened::Revived, None) | (Happened::Removed, Some(_)) => {
            return Err(unfit());
        }
    };
    *held = before;
    Ok(())
}
