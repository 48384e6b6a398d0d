//! What the step to the journal (0004) cannot say in SQL: expiry becomes derived, undone steps are taken back by steps, waiting follows.

use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};

use super::delta::{Delta, read_delta, read_image, written};
use super::error::{StoreError, While};
use crate::domain::deadline::Deadline;
use crate::domain::field::{Field, Named};
use crate::domain::held::Values;
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
      WHERE state = 'written' OR (kind = 'notice' AND state = 'waiting');
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

/// What only the clock expired has lapsed: its history tells that, and neither a value nor a base does.
fn derive_expiry(connection: &Connection, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let sql = "SELECT history.step_id, history.opportunity_id, history.delta, opportunity.base, opportunity.archived_at \
               FROM step JOIN history ON history.step_id = step.id JOIN opportunity ON opportunity.id = history.opportunity_id \
               WHERE step.kind = 'expire' AND step.undone_at IS NULL AND opportunity.outcome = 'expired' AND history.delta IS NOT NULL";
    let mut select = connection.prepare(sql).opening()?;
    let mut lapse = connection.prepare("UPDATE opportunity SET lapsed_basis = ?, base = ? WHERE id = ?").opening()?;
    let mut tell =
        connection.prepare("UPDATE history SET what = 'lapsed', delta = ? WHERE step_id = ? AND opportunity_id = ?").opening()?;
    let mut date = connection
        .prepare("UPDATE step SET detail = json_set(detail, '$.due', max(?1, coalesce(detail ->> '$.due', ?1))) WHERE id = ?2")
        .opening()?;
    let mut rows = select.query([]).opening()?;
    while let Some(row) = rows.next().opening()? {
        count();
        let (step, id): (i64, i64) = (row.get(0).opening()?, row.get(1).opening()?);
        let delta = read_delta(&row.get::<_, String>(2).opening()?)?;
        let Some(deadline) = deadline_before(&delta) else { continue };
        if row.get::<_, Option<i64>>(4).opening()? != Some(deadline.at.micros()) {
            continue;
        }
        let base: Option<String> = row.get(3).opening()?;
        let mut base: Values = base.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        base.remove(&Field::Stage);
        let base = (!base.is_empty()).then(|| json!(base).to_string());
        lapse.execute((deadline.basis.code(), base, id)).opening()?;
        tell.execute((json!({ "due": deadline.at }).to_string(), step, id)).opening()?;
        date.execute((deadline.at.micros(), step)).opening()?;
    }
    Ok(())
}

fn deadline_before(delta: &Delta) -> Option<Deadline> {
    let (_, old, _) = delta.fields.iter().find(|(field, ..)| *field == Named::Known(Field::Stage))?;
    Stage::deserialize(old).ok()?.deadline()
}

/// A row of a file without referral id had no base: what a rep changed of it since its last import is one.
fn give_base(connection: &Connection, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let sql = "SELECT DISTINCT opportunity.id FROM outbox JOIN opportunity ON opportunity.id = outbox.opportunity_id \
               WHERE outbox.kind = 'update' AND outbox.state = 'waiting' AND opportunity.referral_id IS NULL AND opportunity.base IS NULL \
               AND NOT EXISTS (SELECT 1 FROM history JOIN step ON step.id = history.step_id \
                 WHERE history.opportunity_id = opportunity.id AND step.kind = 'create' AND history.what = 'created')";
    let mut select = connection.prepare(sql).opening()?;
    let mut rows = select.query([]).opening()?;
    let deltas = "SELECT history.delta FROM history JOIN step ON step.id = history.step_id WHERE history.opportunity_id = ?1 \
                  AND step.undone_at IS NULL AND step.kind NOT IN ('import', 'expire') AND history.delta IS NOT NULL \
                  AND history.step_id > coalesce((SELECT max(s.id) FROM history h JOIN step s ON s.id = h.step_id \
                    WHERE h.opportunity_id = ?1 AND s.kind = 'import' AND s.undone_at IS NULL), 0) ORDER BY history.step_id";
    let mut deltas = connection.prepare(deltas).opening()?;
    let mut write = connection.prepare("UPDATE opportunity SET base = ? WHERE id = ?").opening()?;
    while let Some(row) = rows.next().opening()? {
        count();
        let id: i64 = row.get(0).opening()?;
        let mut base = Values::new();
        let mut since = deltas.query([id]).opening()?;
        while let Some(row) = since.next().opening()? {
            for (field, old, _) in read_delta(&row.get::<_, String>(0).opening()?)?.fields {
                match field {
                    Named::Known(Field::Favorite) | Named::Foreign(_) => {}
                    Named::Known(field) => drop(base.entry(field).or_insert(old)),
                }
            }
        }
        if !base.is_empty() {
            write.execute((json!(base).to_string(), id)).opening()?;
        }
    }
    Ok(())
}

/// What was undone in place and can still be made again gets a step that undoes it, the last one first.
fn append_undoing(connection: &Connection, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let sql = "SELECT id, undone_at, kind, detail FROM step WHERE undoable = 1 AND undone_at IS NOT NULL ORDER BY id DESC";
    let mut select = connection.prepare(sql).opening()?;
    let undone = select
        .query_map([], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        })
        .opening()?
        .collect::<rusqlite::Result<Vec<_>>>()
        .opening()?;
    for (step, at, kind, detail) in undone {
        let mut detail: Value = serde_json::from_str(&detail).unwrap_or_else(|_| json!({}));
        detail["of"] = json!(kind);
        let sql = "INSERT INTO step (at, kind, detail, undoable, origin, reverts, uid, replica) \
                   SELECT ?1, 'undo', ?2, 0, 'rep', ?3, lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' \
                   || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), \
                   (SELECT value FROM meta WHERE key = 'replica')";
        connection.execute(sql, (at, detail.to_string(), step)).opening()?;
        let undo = connection.last_insert_rowid();
        let mut rows = connection.prepare("SELECT opportunity_id, what, delta FROM history WHERE step_id = ?").opening()?;
        let mut rows = rows.query([step]).opening()?;
        while let Some(row) = rows.next().opening()? {
            count();
            let (id, what): (i64, String) = (row.get(0).opening()?, row.get(1).opening()?);
            let text: String = row.get::<_, Option<String>>(2).opening()?.unwrap_or_default();
            let (what, kept) = if what == "created" {
                ("removed", written(&read_image(&text)?))
            } else {
                ("changed", written(&read_delta(&text)?.turned()))
            };
            let sql = "INSERT INTO history (step_id, opportunity_id, what, delta) VALUES (?, ?, ?, ?)";
            connection.prepare_cached(sql).opening()?.execute((undo, id, what, kept)).opening()?;
        }
        connection.execute("UPDATE history SET delta = NULL WHERE step_id = ? AND what = 'created'", [step]).opening()?;
        connection.execute("UPDATE step SET undone_at = NULL WHERE id = ?", [step]).opening()?;
    }
    Ok(())
}
