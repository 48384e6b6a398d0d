//! What is kept beside deals and stands in the journal like them, as text that only its owner reads: offers, the organisation's facts, registrations,
//! leads.
//!
//! Here is its one door: what a step writes, how it is taken back, and how all of a kind stood at a past moment.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row};

use super::did::did;
use super::error::{StoreError, While};
use super::history::{Happened, StepKind, UNDONE};
use super::journal::Journal;
use super::open::Store;
use crate::domain::ids::{OpportunityId, RecordId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::role::Deed;

/// Whose record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordKind {
    Offer,
    Organisation,
    Registration,
    Lead,
}

impl RecordKind {
    /// Returns the word of the database.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Organisation => "organisation",
            Self::Registration => "registration",
            Self::Lead => "lead",
        }
    }
}

/// A record as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub id: RecordId,
    pub key: String,
    pub value: String,
}

/// What a step makes of one record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    /// The word of its kind.
    pub kind: &'a str,
    /// What a rep knows it by.
    pub name: &'a str,
    /// What it is found by, afterwards; of one that goes, before.
    pub key: &'a str,
    /// Nothing: it goes.
    pub after: Option<&'a str>,
}

/// What a step did to one record.
struct Touched {
    id: RecordId,
    kind: String,
    name: String,
    key: String,
    before: Option<String>,
    after: Option<String>,
}

fn touched(row: &Row<'_>) -> rusqlite::Result<Touched> {
    Ok(Touched {
        id: RecordId(row.get(0)?),
        kind: row.get(1)?,
        name: row.get(2)?,
        key: row.get(3)?,
        before: row.get(4)?,
        after: row.get(5)?,
    })
}

/// Says what became of what was, or was not, there before and is, or is not, there after.
const fn became(was: bool, is: bool) -> Happened {
    match (was, is) {
        (false, true) => Happened::Made,
        (true, false) => Happened::Removed,
        _ => Happened::Changed,
    }
}

impl Journal<'_> {
    /// Puts what becomes of one record on paper: of `before`, or of a new one. A change that changes nothing leaves no trace.
    ///
    /// # Errors
    /// [`StoreError::RecordExists`] when another of the kind is found by the same.
    pub(super) fn record(&mut self, before: Option<&Record>, entry: Entry<'_>) -> Result<Option<RecordId>, StoreError> {
        if before.map(|before| before.value.as_str()) == entry.after {
            return Ok(before.map(|before| before.id));
        }
        let store = self.store();
        store.bars_record(entry)?;
        let step = self.number()?;
        let id = match (before, entry.after) {
            (None, None) => return Ok(None),
            (None, Some(value)) => store.insert_record(None, entry, value)?,
            (Some(before), Some(value)) => store.set_record(before.id, entry, value)?,
            (Some(before), None) => store.delete_record(before.id)?,
        };
        store.note_record(step, id, entry, before.map(|before| before.value.as_str()))?;
        let did = did(entry.kind, before.map(|before| before.value.as_str()), entry.after);
        self.count_record(entry.name, became(before.is_some(), entry.after.is_some()), did);
        Ok(Some(id))
    }

    /// Takes back what a step did to records: what stands must be what it left.
    ///
    /// # Errors
    /// [`StoreError::RecordChanged`] where something later changed one of them.
    pub(super) fn take_records_back(&mut self, target: StepId) -> Result<(), StoreError> {
        let store = self.store();
        for touched in store.touched_records(target)? {
            let stands = store.record_value(touched.id)?;
            if stands != touched.after {
                return Err(store.record_changed(target, &touched)?);
            }
            let name = touched.name.as_str();
            let key = store.key_before(&touched, target)?;
            let entry = Entry { kind: &touched.kind, name, key: &key, after: touched.before.as_deref() };
            store.bars_record(entry)?;
            let step = self.number()?;
            match (&touched.after, entry.after) {
                (None, Some(value)) => drop(store.insert_record(Some(touched.id), entry, value)?),
                (Some(_), Some(value)) => drop(store.set_record(touched.id, entry, value)?),
                (_, None) => drop(store.delete_record(touched.id)?),
            }
            store.note_record(step, touched.id, entry, touched.after.as_deref())?;
            // The step is known by what it takes back, or makes again.
            let (from, to) = (touched.before.is_some(), touched.after.is_some());
            let (before, after) = (touched.before.as_deref(), touched.after.as_deref());
            if self.kind() == StepKind::Redo {
                self.count_record(name, became(to, from), did(&touched.kind, after, before));
            } else {
                self.count_record(name, became(from, to), did(&touched.kind, before, after));
            }
        }
        Ok(())
    }
}

impl Store {
    /// Bars whatever becomes of a record against the role, whoever forgot to ask before (MG-02): offers are the admins', and what stands
    /// beside a deal is as barred as the deal.
    fn bars_record(&self, entry: Entry<'_>) -> Result<(), StoreError> {
        let is_of = |kind: RecordKind| entry.kind == kind.code();
        if is_of(RecordKind::Offer) || is_of(RecordKind::Organisation) {
            return Ok(self.bars(Deed::Offer, None)?);
        }
        let deal = entry.key.parse().ok().filter(|_| is_of(RecordKind::Registration)).map(OpportunityId);
        let held = deal.map(|id| self.find_held(id)).transpose()?.flatten();
        Ok(self.bars(Deed::Change, held.as_ref().map(|held| &held.opportunity))?)
    }

    /// Returns all records of a kind, in the order of what they are found by.
    pub(super) fn records(&self, kind: RecordKind) -> Result<Vec<Record>, StoreError> {
        let sql = "SELECT id, key, value FROM record WHERE kind = ? ORDER BY key";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let rows = statement.query_map([kind.code()], record).reading()?;
        rows.collect::<rusqlite::Result<_>>().reading()
    }

    /// Returns how all of a kind stood right after a moment, in the order of what they were found by; of one that was gone then, that it was.
    pub(super) fn records_on(&self, kind: RecordKind, at: Timestamp) -> Result<Vec<(RecordId, Option<Record>)>, StoreError> {
        let sql = "SELECT history.record_id, history.key, history.after FROM record_history AS history \
                   JOIN step ON step.id = history.step_id WHERE history.kind = ? AND step.at <= ? ORDER BY history.step_id";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query((kind.code(), at.micros())).reading()?;
        let mut stood: BTreeMap<RecordId, (String, Option<String>)> = BTreeMap::new();
        while let Some(row) = rows.next().reading()? {
            stood.insert(RecordId(row.get(0).reading()?), (row.get(1).reading()?, row.get(2).reading()?));
        }
        let mut there: Vec<(String, RecordId, Option<Record>)> =
            stood.into_iter().map(|(id, (key, value))| (key.clone(), id, value.map(|value| Record { id, key, value }))).collect();
        there.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(there.into_iter().map(|(_, id, record)| (id, record)).collect())
    }

    /// Returns what all of a kind became, with when, in the order in which that happened; nothing where one went.
    pub(super) fn records_told(&self, kind: RecordKind) -> Result<Vec<(RecordId, Timestamp, Option<String>)>, StoreError> {
        let sql = "SELECT history.record_id, step.at, history.after FROM record_history AS history \
                   JOIN step ON step.id = history.step_id WHERE history.kind = ? ORDER BY history.step_id";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let told = |row: &Row<'_>| Ok((RecordId(row.get(0)?), Timestamp::from_micros(row.get(1)?), row.get(2)?));
        let rows = statement.query_map([kind.code()], told).reading()?;
        rows.collect::<rusqlite::Result<_>>().reading()
    }

    /// Returns the record that is found by `key`.
    pub(super) fn record_by(&self, kind: RecordKind, key: &str) -> Result<Option<Record>, StoreError> {
        let sql = "SELECT id, key, value FROM record WHERE kind = ? AND key = ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        statement.query_row((kind.code(), key), record).optional().reading()
    }

    /// Returns the first few whose key is this one or comes after it, in their order.
    pub(super) fn records_from(&self, kind: RecordKind, key: &str, limit: u32) -> Result<Vec<Record>, StoreError> {
        let sql = "SELECT id, key, value FROM record WHERE kind = ? AND key >= ? ORDER BY key LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let found = statement.query_map((kind.code(), key, limit), record).reading()?;
        found.collect::<Result<_, _>>().reading()
    }

    fn record_value(&self, id: RecordId) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM record WHERE id = ?").reading()?;
        statement.query_row([id.0], |row| row.get(0)).optional().reading()
    }

    fn insert_record(&self, id: Option<RecordId>, entry: Entry<'_>, value: &str) -> Result<RecordId, StoreError> {
        let sql = "INSERT INTO record (id, kind, key, value) VALUES (?, ?, ?, ?)";
        let mut statement = self.connection.prepare_cached(sql).writing()?;
        let written = statement.execute((id.map(|id| id.0), entry.kind, entry.key, value));
        unique(written, entry.name)?;
        Ok(RecordId(self.connection.last_insert_rowid()))
    }

    fn set_record(&self, id: RecordId, entry: Entry<'_>, value: &str) -> Result<RecordId, StoreError> {
        let mut statement = self.connection.prepare_cached("UPDATE record SET key = ?, value = ? WHERE id = ?").writing()?;
        unique(statement.execute((entry.key, value, id.0)), entry.name)?;
        Ok(id)
    }

    fn delete_record(&self, id: RecordId) -> Result<RecordId, StoreError> {
        self.connection.prepare_cached("DELETE FROM record WHERE id = ?").writing()?.execute([id.0]).writing()?;
        Ok(id)
    }

    fn note_record(&self, step: StepId, id: RecordId, entry: Entry<'_>, before: Option<&str>) -> Result<(), StoreError> {
        // A file may tell of one twice: the step then tells the whole change.
        let sql = "INSERT INTO record_history (step_id, record_id, kind, name, key, before, after) VALUES (?, ?, ?, ?, ?, ?, ?) \
                   ON CONFLICT DO UPDATE SET name = excluded.name, key = excluded.key, after = excluded.after";
        let mut statement = self.connection.prepare_cached(sql).writing()?;
        statement.execute((step.0, id.0, entry.kind, entry.name, entry.key, before, entry.after)).writing()?;
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    fn touched_records(&self, step: StepId) -> Result<Vec<Touched>, StoreError> {
        let sql = "SELECT record_id, kind, name, key, before, after FROM record_history WHERE step_id = ? ORDER BY record_id";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let rows = statement.query_map([step.0], touched).reading()?;
        rows.collect::<rusqlite::Result<_>>().reading()
    }

    /// Returns what a record was found by before a step.
    fn key_before(&self, touched: &Touched, step: StepId) -> Result<String, StoreError> {
        let sql = "SELECT key FROM record_history WHERE record_id = ? AND step_id < ? ORDER BY step_id DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let before: Option<String> = statement.query_row((touched.id.0, step.0), |row| row.get(0)).optional().reading()?;
        Ok(before.unwrap_or_else(|| touched.key.clone()))
    }

    /// Refuses to take a step back alone where one that stands came after it and touched the same record.
    pub(super) fn refuse_record_overlaid(&self, step: StepId) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT mine.name, step.kind, step.at FROM record_history AS mine \
             JOIN record_history AS later ON later.record_id = mine.record_id AND later.step_id > mine.step_id \
             JOIN step ON step.id = later.step_id \
             WHERE mine.step_id = ? AND step.kind NOT IN ('undo', 'redo') AND {UNDONE} IS NULL ORDER BY step.id DESC LIMIT 1"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let later: Option<(String, String, i64)> =
            statement.query_row([step.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional().reading()?;
        match later {
            Some((name, by, at)) => Err(StoreError::RecordChanged { name, by, at: Timestamp::from_micros(at) }),
            None => Ok(()),
        }
    }

    /// Says which later step changed what one would take back.
    fn record_changed(&self, step: StepId, touched: &Touched) -> Result<StoreError, StoreError> {
        let sql = "SELECT step.kind, step.at FROM record_history JOIN step ON step.id = record_history.step_id \
                   WHERE record_id = ? AND step_id > ? ORDER BY step_id DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let later: Option<(String, i64)> =
            statement.query_row((touched.id.0, step.0), |row| Ok((row.get(0)?, row.get(1)?))).optional().reading()?;
        Ok(match later {
            Some((by, at)) => StoreError::RecordChanged { name: touched.name.clone(), by, at: Timestamp::from_micros(at) },
            None => StoreError::Damaged("a step in the history does not fit what is held".into()),
        })
    }

    /// Returns whether every record is what its last step left, and every one that went is gone; the first one that is not, by name.
    pub(super) fn torn_record(&self) -> Result<Option<String>, StoreError> {
        let sql = "SELECT name FROM record_history AS last LEFT JOIN record ON record.id = last.record_id \
                   WHERE step_id = (SELECT max(step_id) FROM record_history WHERE record_id = last.record_id) \
                     AND (record.value IS NOT last.after OR record.key IS NOT iif(last.after IS NULL, NULL, last.key)) LIMIT 1";
        self.connection.query_row(sql, [], |row| row.get(0)).optional().reading()
    }
}

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record { id: RecordId(row.get(0)?), key: row.get(1)?, value: row.get(2)? })
}

/// Says that another one of the kind is found by the same, where that is why nothing was written.
fn unique(written: rusqlite::Result<usize>, name: &str) -> Result<(), StoreError> {
    match written {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Err(StoreError::RecordExists { name: name.to_owned() })
        }
        written => written.writing().map(drop),
    }
}
