//! The history: steps, what each did to an opportunity, and how it is read back; undoing is in `undo`.

use rusqlite::Row;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::error::{StoreError, While};
use super::open::Store;
use super::write::Done;
use crate::domain::change::{Refusal, What};
use crate::domain::field::{BadValue, Field};
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::merge::{Held, Values};

/// What kind of step it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    Import,
    Accept,
    Decline,
    Win,
    Lose,
    Expire,
    Favorite,
    Unfavorite,
    /// A deal of our own was made.
    Create,
    Edit,
    AskHelp,
}

impl StepKind {
    pub const ALL: [Self; 11] = [
        Self::Import,
        Self::Accept,
        Self::Decline,
        Self::Win,
        Self::Lose,
        Self::Expire,
        Self::Favorite,
        Self::Unfavorite,
        Self::Create,
        Self::Edit,
        Self::AskHelp,
    ];

    pub const fn of(what: &What) -> Self {
        match what {
            What::Accept(_) => Self::Accept,
            What::Decline { .. } => Self::Decline,
            What::Win => Self::Win,
            What::Lose { .. } => Self::Lose,
            What::Expire => Self::Expire,
            What::Favorite { on: true } => Self::Favorite,
            What::Favorite { on: false } => Self::Unfavorite,
            What::Edit(_) => Self::Edit,
            What::AskHelp(_) => Self::AskHelp,
        }
    }

    /// Returns the word of the database and of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Win => "win",
            Self::Lose => "lose",
            Self::Expire => "expire",
            Self::Favorite => "favorite",
            Self::Unfavorite => "unfavorite",
            Self::Create => "create",
            Self::Edit => "edit",
            Self::AskHelp => "ask-help",
        }
    }

    /// Returns whether a rep made it and may undo it.
    pub const fn is_undoable(self) -> bool {
        !matches!(self, Self::Expire)
    }

    fn read(code: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.into_iter().find(|kind| kind.code() == code);
        found.ok_or_else(|| StoreError::Damaged(format!("a step is called {code:?}")))
    }
}

/// One step of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct StepRecord {
    pub id: StepId,
    pub at: Timestamp,
    pub kind: StepKind,
    pub undone_at: Option<Timestamp>,
    /// How many opportunities it touched.
    pub count: u64,
    /// The opportunity, where it was one, with its title at that time.
    pub only: Option<(OpportunityId, String)>,
    /// The files of an import.
    pub files: Vec<String>,
}

/// What a step did to one opportunity.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub step: StepRecord,
    /// Whether the opportunity was made by it.
    pub created: bool,
    /// Old and new by field.
    pub changes: Vec<(Field, Value, Value)>,
}

impl Entry {
    /// Returns whether the opportunity came into being without a step that says so itself.
    pub const fn is_made_by_import(&self) -> bool {
        self.created && matches!(self.step.kind, StepKind::Import)
    }
}

/// What the sentence about a step needs; kept as JSON.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Detail {
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    only: Option<(OpportunityId, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
}

/// Old and new of everything a step changed in one opportunity; undo reads it backwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delta {
    fields: Vec<(Field, Value, Value)>,
    updated_at: (Timestamp, Timestamp),
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base: Option<(Values, Values)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conflicts: Option<(Values, Values)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extra: Option<(Map<String, Value>, Map<String, Value>)>,
}

/// Which way a step is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Back,
    Forth,
}

impl Delta {
    pub(super) fn between(before: &Held, after: &Held) -> Self {
        let (old, new) = (&before.opportunity, &after.opportunity);
        let changed = Field::ALL.into_iter().filter(|field| !field.same(old, new));
        Self {
            fields: changed.map(|field| (field, field.get(old), field.get(new))).collect(),
            updated_at: (old.updated_at, new.updated_at),
            base: pair(&before.base, &after.base),
            conflicts: pair(&before.conflicts, &after.conflicts),
            extra: pair(&before.extra, &after.extra),
        }
    }

    /// Returns this change followed by a later one of the same opportunity.
    fn then(mut self, later: &Self) -> Self {
        for (field, old, new) in &later.fields {
            match self.fields.iter_mut().find(|(known, ..)| known == field) {
                Some(known) => known.2.clone_from(new),
                None => self.fields.push((*field, old.clone(), new.clone())),
            }
        }
        self.updated_at.1 = later.updated_at.1;
        self.base = joined(self.base, &later.base);
        self.conflicts = joined(self.conflicts, &later.conflicts);
        self.extra = joined(self.extra, &later.extra);
        self
    }

    /// Sets `held` to what it was before the step, or to what it was after it.
    pub(super) fn set(&self, held: &mut Held, way: Way) -> Result<(), BadValue> {
        for (field, old, new) in &self.fields {
            field.put(&mut held.opportunity, if way == Way::Back { old } else { new })?;
        }
        held.opportunity.updated_at = pick(&self.updated_at, way);
        if let Some(base) = &self.base {
            held.base = pick(base, way);
        }
        if let Some(conflicts) = &self.conflicts {
            held.conflicts = pick(conflicts, way);
        }
        if let Some(extra) = &self.extra {
            held.extra = pick(extra, way);
        }
        Ok(())
    }
}

fn pair<T: Clone + PartialEq>(before: &T, after: &T) -> Option<(T, T)> {
    if before == after { None } else { Some((before.clone(), after.clone())) }
}

fn joined<T: Clone>(first: Option<(T, T)>, later: &Option<(T, T)>) -> Option<(T, T)> {
    match (first, later) {
        (Some((old, _)), Some((_, new))) => Some((old, new.clone())),
        (first, None) => first,
        (None, later) => later.clone(),
    }
}

fn pick<T: Clone>(pair: &(T, T), way: Way) -> T {
    if way == Way::Back { pair.0.clone() } else { pair.1.clone() }
}

/// The columns [`step_record`] reads.
pub(super) const STEP: &str = "step.id, step.at, step.kind, step.detail, step.undone_at";

pub(super) fn step_record(row: &Row<'_>) -> Result<StepRecord, StoreError> {
    let detail: String = row.get(3).reading()?;
    let detail: Detail = serde_json::from_str(&detail).map_err(|_| StoreError::Damaged("a step has no detail".into()))?;
    Ok(StepRecord {
        id: StepId(row.get(0).reading()?),
        at: Timestamp::from_micros(row.get(1).reading()?),
        kind: StepKind::read(&row.get::<_, String>(2).reading()?)?,
        undone_at: row.get::<_, Option<i64>>(4).reading()?.map(Timestamp::from_micros),
        count: detail.count,
        only: detail.only,
        files: detail.files,
    })
}

impl Store {
    /// Returns the steps before `before` (all, if it is `None`), latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn steps(&self, before: Option<StepId>, limit: usize) -> Result<Vec<StepRecord>, StoreError> {
        let sql = format!("SELECT {STEP} FROM step WHERE id < ? ORDER BY id DESC LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query((before.map_or(i64::MAX, |id| id.0), limit)).reading()?;
        let mut steps = Vec::new();
        while let Some(row) = rows.next().reading()? {
            steps.push(step_record(row)?);
        }
        Ok(steps)
    }

    /// Returns what was done to one opportunity before `before`, latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn history_of(&self, id: OpportunityId, before: Option<StepId>, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let sql = format!(
            "SELECT {STEP}, history.what, history.delta FROM history JOIN step ON step.id = history.step_id \
             WHERE history.opportunity_id = ? AND history.step_id < ? ORDER BY history.step_id DESC LIMIT ?"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query((id.0, before.map_or(i64::MAX, |id| id.0), limit)).reading()?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next().reading()? {
            let step = step_record(row)?;
            let created = row.get::<_, String>(5).reading()? == CREATED;
            let delta: Option<String> = row.get(6).reading()?;
            let changes = match delta.filter(|_| !created) {
                Some(text) => read_delta(&text)?.fields,
                None => Vec::new(),
            };
            let step = dated(step, &changes);
            entries.push(Entry { step, created, changes });
        }
        Ok(entries)
    }

    pub(super) fn begin_step(&self, kind: StepKind, at: Timestamp, detail: &Value) -> Result<StepId, StoreError> {
        let sql = "INSERT INTO step (at, kind, detail, undoable) VALUES (?, ?, ?, ?)";
        let mut statement = self.connection.prepare_cached(sql).writing()?;
        statement.execute((at.micros(), kind.code(), detail.to_string(), kind.is_undoable())).writing()?;
        Ok(StepId(self.connection.last_insert_rowid()))
    }

    pub(super) fn drop_step(&self, step: StepId) -> Result<(), StoreError> {
        self.connection.prepare_cached("DELETE FROM step WHERE id = ?").writing()?.execute([step.0]).writing()?;
        Ok(())
    }

    /// Writes into the step what its sentence needs.
    pub(super) fn describe_step(&self, step: StepId, results: &[Result<Done, Refusal>]) -> Result<(), StoreError> {
        let done: Vec<&Done> = results.iter().filter_map(|r| r.as_ref().ok()).collect();
        let only = match done[..] {
            [one] => Some((one.after.id, one.after.title().to_string())),
            _ => None,
        };
        self.set_detail(step, &Detail { count: done.len() as u64, only, files: Vec::new() })
    }

    pub(super) fn describe_import(&self, step: StepId, count: u64, files: Vec<String>) -> Result<(), StoreError> {
        self.set_detail(step, &Detail { count, only: None, files })
    }

    /// Settles a step that stays.
    fn set_detail(&self, step: StepId, detail: &Detail) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached("UPDATE step SET detail = ? WHERE id = ?").writing()?;
        statement.execute((json!(detail).to_string(), step.0)).writing()?;
        Ok(())
    }

    pub(super) fn note_history(
        &self,
        step: StepId,
        id: OpportunityId,
        what: &str,
        delta: Option<&Delta>,
    ) -> Result<(), StoreError> {
        let text = |delta: &Delta| json!(delta).to_string();
        let sql = "INSERT INTO history (step_id, opportunity_id, what, delta) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        let mut insert = self.connection.prepare_cached(sql).writing()?;
        let new = insert.execute((step.0, id.0, what, delta.map(text))).writing()? == 1;
        if let Some(delta) = delta.filter(|_| !new) {
            // One file may speak of the same opportunity twice: the step then tells the whole change.
            let key = (step.0, id.0);
            let read = "SELECT delta FROM history WHERE step_id = ? AND opportunity_id = ?";
            let earlier: Option<String> =
                self.connection.prepare_cached(read).writing()?.query_row(key, |row| row.get(0)).writing()?;
            if let Some(earlier) = earlier {
                let whole = text(&read_delta(&earlier)?.then(delta));
                let write = "UPDATE history SET delta = ? WHERE step_id = ? AND opportunity_id = ?";
                self.connection.prepare_cached(write).writing()?.execute((whole, step.0, id.0)).writing()?;
            }
        }
        Ok(())
    }
}

/// Dates an expiry at the deadline, whenever it was noticed (MG-65).
fn dated(step: StepRecord, changes: &[(Field, Value, Value)]) -> StepRecord {
    let deadline = changes.iter().find(|(field, ..)| *field == Field::Stage).and_then(|(_, _, new)| new.get("at")?.as_i64());
    match deadline {
        Some(at) if step.kind == StepKind::Expire => StepRecord { at: Timestamp::from_micros(at), ..step },
        _ => step,
    }
}

/// What history calls an opportunity's making.
pub(super) const CREATED: &str = "created";
/// What history calls an import's change.
pub(super) const CHANGED: &str = "changed";

pub(super) fn read_delta(text: &str) -> Result<Delta, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Damaged("a change in the history cannot be read".into()))
}
