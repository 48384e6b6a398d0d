//! What the step to the journal (0004) cannot say in SQL: expiry becomes derived, undone steps are taken back by steps, waiting follows.
//!
//! The changes of earlier versions are rewritten as JSON, whatever their fields are: old and new by path, `base` whole before and after.

use rusqlite::{Connection, Statement};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::delta::{read_delta, read_image, written};
use super::error::{StoreError, While};
use crate::domain::deadline::{Basis, Deadline};
use crate::domain::field::Field;
use crate::domain::stage::Stage;

/// What is left once everything is converted.
const AFTER: &str = "
    UPDATE opportunity SET made_here = 1 WHERE id IN
      (SELECT opportunity_id FROM step JOIN history ON history.step_id = step.id WHERE step.kind = 'create' AND history.what = 'created');
    CREATE TABLE outbox_kept (
      id             INTEGER PRIMARY KEY AUTOINCREMENT,
      opportunity_id INTEGER NOT NULL,
      kind           TEXT NOT NULL CHECK (kind IN ('update', 'notice')),
      step_id        INTEGER NOT NULL REFERENCES step (id),
      at             INTEGER NOT NULL,
      -- JSON: of a notice, to whom and what.
      detail         TEXT NOT NULL,
      state          TEXT NOT NULL CHECK (state = 'waiting' OR state = 'written')
    ) STRICT;
    INSERT INTO outbox_kept SELECT id, opportunity_id, kind, step_id, at, detail, state FROM outbox
      WHERE state = 'written' OR (kind = 'notice' AND state = 'waiting' AND NOT EXISTS
        (SELECT 1 FROM opportunity AS o WHERE o.id = opportunity_id AND o.outcome = 'expired' AND o.lapsed_basis IS NULL));
    DROP TABLE outbox;
    ALTER TABLE outbox_kept RENAME TO outbox;
    CREATE INDEX outbox_of_one  ON outbox (opportunity_id);
    CREATE INDEX outbox_written ON outbox (step_id) WHERE state = 'written';
    UPDATE opportunity SET waiting = 0 WHERE waiting > 0;
    UPDATE opportunity SET waiting = 1 WHERE base IS NOT NULL OR (made_here = 1 AND referral_id IS NULL);
    UPDATE opportunity SET waiting = 1 WHERE waiting = 0 AND id IN (SELECT opportunity_id FROM outbox WHERE state = 'waiting');
    UPDATE tally SET n = (SELECT count(*) FROM opportunity WHERE waiting > 0) WHERE kind = 'outbox';
    ALTER TABLE step DROP COLUMN undoable;";

/// Converts everything, inside the transaction of the migration; `told` hears of every thousand rows.
pub(super) fn to_journal(connection: &Connection, told: &mut dyn FnMut(u64)) -> Result<(), StoreError> {
    let mut rows = 0;
    let mut count = || {
        rows += 1;
        if rows % 1_000 == 0 {
            told(rows);
        }
    };
    derive_expiry(connection, &mut count)?;
    give_base(connection, &mut count)?;
    append_undoing(connection, &mut count)?;
    connection.execute_batch(AFTER).opening()
}

/// A row of the history of one opportunity, as an earlier version kept it.
struct Past {
    step: i64,
    kind: String,
    undone: bool,
    /// `None` for a making, and where there is nothing to convert.
    delta: Option<Map<String, Value>>,
}

/// Reads and rewrites what was done to one opportunity.
struct Rewriting<'a> {
    select: Statement<'a>,
    write: Statement<'a>,
}

impl<'a> Rewriting<'a> {
    fn new(connection: &'a Connection) -> Result<Self, StoreError> {
        let select = "SELECT step.id, step.kind, step.undone_at IS NOT NULL, history.what, history.delta FROM history \
                      JOIN step ON step.id = history.step_id WHERE history.opportunity_id = ? ORDER BY step.id";
        let write = "UPDATE history SET what = ?, delta = ? WHERE step_id = ? AND opportunity_id = ?";
        Ok(Self { select: connection.prepare(select).opening()?, write: connection.prepare(write).opening()? })
    }

    fn past(&mut self, id: i64) -> Result<Vec<Past>, StoreError> {
        let mut rows = self.select.query([id]).opening()?;
        let mut past = Vec::new();
        while let Some(row) = rows.next().opening()? {
            let what: String = row.get(3).opening()?;
            let text: Option<String> = row.get(4).opening()?;
            let delta = match text.filter(|_| what != "created" && what != LAPSED) {
                Some(text) => Some(serde_json::from_str(&text).map_err(|_| unreadable())?),
                None => None,
            };
            past.push(Past { step: row.get(0).opening()?, kind: row.get(1).opening()?, undone: row.get(2).opening()?, delta });
        }
        Ok(past)
    }

    fn write(&mut self, id: i64, step: i64, what: &str, delta: Value) -> Result<(), StoreError> {
        self.write.execute((what, delta.to_string(), step, id)).opening()?;
        Ok(())
    }
}

const LAPSED: &str = "lapsed";
const CHANGED: &str = "changed";
const STAGE: &str = Field::Stage.path();

fn unreadable() -> StoreError {
    StoreError::Damaged("a change in the history cannot be read".into())
}

/// What holds after each row of a history. What was undone went on from what held before it, and what came later did not.
struct Line<T> {
    standing: T,
    undone: Option<T>,
}

impl<T: Clone> Line<T> {
    const fn new(standing: T) -> Self {
        Self { standing, undone: None }
    }

    fn before(&self, past: &Past) -> T {
        self.undone.as_ref().filter(|_| past.undone).unwrap_or(&self.standing).clone()
    }

    fn then(&mut self, past: &Past, now: T) {
        if past.undone {
            self.undone = Some(now);
        } else {
            *self = Self::new(now);
        }
    }
}

/// An expiry by the clock: what the earlier version wrote for it, and what holds instead.
#[derive(Clone)]
struct Expiry {
    deadline: Deadline,
    received: Value,
    archived: Value,
    /// When it was last changed: before, and as the clock had it.
    changed: (Value, Value),
}

impl Expiry {
    fn of(delta: &Map<String, Value>) -> Option<Self> {
        let entry = fields(delta)?.iter().find(|entry| entry[0] == STAGE)?;
        let (received, archived) = (entry[1].clone(), entry[2].clone());
        let deadline = Stage::deserialize(&received).ok()?.deadline()?;
        let at = Stage::deserialize(&archived).ok()?.archived_at();
        let changed = delta.get("updatedAt").map(|at| (at[0].clone(), at[1].clone()))?;
        (at == Some(deadline.at)).then_some(Self { deadline, received, archived, changed })
    }

    /// Rewrites a later change, as if it had been made of what had only lapsed. Returns whether it still has.
    fn rewrite(&self, delta: &mut Map<String, Value>) -> bool {
        if let Some(Value::Array(at)) = delta.get_mut("updatedAt") {
            at.iter_mut().filter(|at| **at == self.changed.1).for_each(|at| *at = self.changed.0.clone());
        }
        let Some(Value::Array(fields)) = delta.get_mut("fields") else { return true };
        let moved = fields.iter_mut().find(|entry| entry[0] == STAGE);
        let moves = moved.is_some();
        if let Some(entry) = moved.filter(|entry| entry[1] == self.archived) {
            entry[1] = self.received.clone();
        }
        fields.retain(|entry| entry[0] != STAGE || entry[1] != entry[2]);
        let Some(Value::Array(base)) = delta.get_mut("base") else { return !moves };
        let mut had = [false, false];
        for (side, had) in base.iter_mut().zip(&mut had).take(if moves { 1 } else { 2 }) {
            *had = side.as_object_mut().and_then(|side| side.remove(STAGE)).is_some();
        }
        if base[0] == base[1] {
            delta.remove("base");
        }
        // Partner Center has said that it expired.
        let confirmed = !moves && had == [true, false];
        if confirmed && let Some(Value::Array(fields)) = delta.get_mut("fields") {
            fields.insert(0, json!([STAGE, self.received, self.archived]));
        }
        !moves && !confirmed
    }
}

fn fields(delta: &Map<String, Value>) -> Option<&Vec<Value>> {
    delta.get("fields")?.as_array()
}

/// What only the clock expired has lapsed: its history tells that, and neither a value nor a base does.
fn derive_expiry(connection: &Connection, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let sql =
        "SELECT DISTINCT history.opportunity_id FROM step JOIN history ON history.step_id = step.id WHERE step.kind = 'expire'";
    let expired = numbers(connection, sql)?;
    let mut rewriting = Rewriting::new(connection)?;
    let mut date = connection
        .prepare("UPDATE step SET detail = json_set(detail, '$.due', max(?1, coalesce(detail ->> '$.due', ?1))) WHERE id = ?2")
        .opening()?;
    let lapse = "UPDATE opportunity SET lapsed_basis = ?1, base = nullif(json_remove(base, '$.stage'), '{}'), \
                 updated_at = iif(updated_at = ?2, ?3, updated_at) \
                 WHERE id = ?4 AND stage = 'archived' AND outcome = 'expired' AND archived_at = ?5";
    let mut lapse = connection.prepare(lapse).opening()?;
    for id in expired {
        let mut line: Line<Option<Expiry>> = Line::new(None);
        for mut past in rewriting.past(id)? {
            count();
            let Some(mut delta) = past.delta.take() else { continue };
            if let Some(expiry) = Expiry::of(&delta).filter(|_| past.kind == "expire") {
                rewriting.write(id, past.step, LAPSED, json!({ "due": expiry.deadline.at }))?;
                date.execute((expiry.deadline.at.micros(), past.step)).opening()?;
                line.then(&past, Some(expiry));
            } else if let Some(expiry) = line.before(&past) {
                let lasts = expiry.rewrite(&mut delta);
                rewriting.write(id, past.step, CHANGED, Value::Object(delta))?;
                line.then(&past, Some(expiry).filter(|_| lasts));
            }
        }
        if let Some(Expiry { deadline, changed, .. }) = line.standing {
            let basis = deadline.basis.code();
            lapse.execute((basis, changed.1.as_i64(), changed.0.as_i64(), id, deadline.at.micros())).opening()?;
        }
    }
    Ok(())
}

/// A row of a file without referral id had no base: what a rep changed of it since its last import is one.
fn give_base(connection: &Connection, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let sql = "SELECT DISTINCT opportunity.id FROM outbox JOIN opportunity ON opportunity.id = outbox.opportunity_id \
               WHERE outbox.kind = 'update' AND opportunity.referral_id IS NULL AND opportunity.base IS NULL \
               AND NOT EXISTS (SELECT 1 FROM history JOIN step ON step.id = history.step_id \
                 WHERE history.opportunity_id = opportunity.id AND step.kind = 'create' AND history.what = 'created')";
    let changed = numbers(connection, sql)?;
    let mut rewriting = Rewriting::new(connection)?;
    let mut write = connection.prepare("UPDATE opportunity SET base = ? WHERE id = ?").opening()?;
    for id in changed {
        let mut line = Line::new(Map::new());
        for mut past in rewriting.past(id)? {
            count();
            let Some(mut delta) = past.delta.take() else { continue };
            let before = line.before(&past);
            let base = if past.kind == "import" { Map::new() } else { based(before.clone(), &delta) };
            if base != before {
                delta.insert("base".to_owned(), json!([before, base]));
                rewriting.write(id, past.step, CHANGED, Value::Object(delta))?;
            }
            line.then(&past, base);
        }
        if !line.standing.is_empty() {
            write.execute((Value::Object(line.standing).to_string(), id)).opening()?;
        }
    }
    Ok(())
}

/// Returns what the file said of everything that differs from it after a change of ours.
fn based(mut base: Map<String, Value>, delta: &Map<String, Value>) -> Map<String, Value> {
    for entry in fields(delta).into_iter().flatten() {
        let known = entry[0].as_str().and_then(Field::from_path).filter(|field| *field != Field::Favorite);
        let Some(path) = known.map(Field::path) else { continue };
        if *base.entry(path).or_insert_with(|| entry[1].clone()) == entry[2] {
            base.remove(path);
        }
    }
    base
}

/// What was undone in place and can still be made again gets a step that undoes it, the last one first. What the clock did after that
/// moves behind it: the history is in the order in which everything happened.
fn append_undoing(connection: &Connection, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let sql = "SELECT id, undone_at FROM step WHERE undoable = 1 AND undone_at IS NOT NULL ORDER BY id DESC";
    let mut undone = pairs(connection, sql)?.into_iter().peekable();
    let sql = "SELECT id, at FROM step WHERE kind = 'expire' AND id > \
               (SELECT min(id) FROM step WHERE undoable = 1 AND undone_at IS NOT NULL) ORDER BY id";
    let mut expired = pairs(connection, sql)?.into_iter().peekable();
    let mut moves = false;
    loop {
        if let Some((step, at)) = undone.next_if(|(_, undone)| expired.peek().is_none_or(|(_, at)| undone <= at)) {
            append_undo(connection, step, at, count)?;
            moves = true;
        } else if let Some((step, _)) = expired.next() {
            if moves {
                move_behind(connection, step)?;
            }
        } else {
            return Ok(());
        }
    }
}

fn append_undo(connection: &Connection, step: i64, at: i64, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let sql = "INSERT INTO step (at, kind, detail, undoable, origin, reverts, uid, replica) \
               SELECT ?1, 'undo', json_set(detail, '$.of', kind), 0, 'rep', id, lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) \
               || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), replica \
               FROM step WHERE id = ?2";
    connection.execute(sql, [at, step]).opening()?;
    append_deeds(connection, step, connection.last_insert_rowid(), count)?;
    connection.execute("UPDATE history SET delta = NULL WHERE step_id = ? AND what = 'created'", [step]).opening()?;
    connection.execute("UPDATE step SET undone_at = NULL WHERE id = ?", [step]).opening()?;
    Ok(())
}

/// Gives a step of the clock the next number.
fn move_behind(connection: &Connection, step: i64) -> Result<(), StoreError> {
    let copy = "INSERT INTO step (at, kind, detail, undoable, undone_at, uid, origin, author, replica, reverts) \
                SELECT at, kind, detail, undoable, undone_at, uid, origin, author, replica, reverts FROM step WHERE id = ?";
    connection.execute(copy, [step]).opening()?;
    let behind = connection.last_insert_rowid();
    for sql in ["UPDATE history SET step_id = ? WHERE step_id = ?", "UPDATE outbox SET step_id = ? WHERE step_id = ?"] {
        connection.execute(sql, [behind, step]).opening()?;
    }
    connection.execute("DELETE FROM step WHERE id = ?", [step]).opening()?;
    Ok(())
}

/// Writes what `undo` did: the contrary of everything `step` did.
fn append_deeds(connection: &Connection, step: i64, undo: i64, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let mut rows = connection.prepare("SELECT opportunity_id, what, delta FROM history WHERE step_id = ?").opening()?;
    let insert = "INSERT INTO history (step_id, opportunity_id, what, delta) VALUES (?, ?, ?, ?)";
    let mut insert = connection.prepare(insert).opening()?;
    let mut seen = connection.prepare("INSERT OR IGNORE INTO first_seen (referral_id, at) VALUES (?, ?)").opening()?;
    let mut rows = rows.query([step]).opening()?;
    while let Some(row) = rows.next().opening()? {
        count();
        let (id, what): (i64, String) = (row.get(0).opening()?, row.get(1).opening()?);
        let text: String = row.get::<_, Option<String>>(2).opening()?.unwrap_or_default();
        if what != "created" {
            insert.execute((undo, id, CHANGED, written(&read_delta(&text)?.turned()))).opening()?;
            continue;
        }
        let image = read_image(&text)?;
        insert.execute((undo, id, "removed", written(&image))).opening()?;
        // Importing it once more must not start the clock anew.
        let on = image.held()?.opportunity;
        let counted = on.stage.deadline().is_some_and(|deadline| deadline.basis == Basis::FirstSeen);
        if let Some(referral) = on.referral_id.filter(|_| counted) {
            seen.execute((referral.as_str(), on.first_seen_at.micros())).opening()?;
        }
    }
    Ok(())
}

fn numbers(connection: &Connection, sql: &str) -> Result<Vec<i64>, StoreError> {
    let mut select = connection.prepare(sql).opening()?;
    let rows = select.query_map([], |row| row.get(0)).opening()?;
    rows.collect::<rusqlite::Result<_>>().opening()
}

fn pairs(connection: &Connection, sql: &str) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut select = connection.prepare(sql).opening()?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).opening()?;
    rows.collect::<rusqlite::Result<_>>().opening()
}
