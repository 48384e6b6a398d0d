//! What an import brought, part by part and page by page: it stands in the history, in the order of the rows it touched.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params_from_iter};

use super::delta::{Delta, read_delta};
use super::error::{StoreError, While};
use super::history::{Detail, STEP, StepKind, StepRecord, step_record};
use super::idset::IdSet;
use super::list::Row;
use super::open::Store;
use crate::domain::field::Named;
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::stage::{Stage, StageKind};

/// What became of an opportunity by an import; what asks for something of the rep comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Both sides have changed it, and nobody has decided yet.
    Conflict,
    /// Partner Center took nothing of what was written of it.
    Refused,
    /// The time to answer was over when it came.
    Expired,
    New,
    Changed,
    /// Partner Center has taken what was written of it; nothing else became of it.
    Confirmed,
    /// New, and archived before it came.
    Archived,
}

impl Part {
    pub const ALL: [Self; 7] =
        [Self::Conflict, Self::Refused, Self::Expired, Self::New, Self::Changed, Self::Confirmed, Self::Archived];
}

/// An import, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    pub step: StepRecord,
    /// `None` for an import of an earlier version, which did not count.
    pub stood: Option<Stood>,
    /// How many both sides have changed and nobody has decided.
    pub conflicts: u64,
    /// How many had expired when they came.
    pub expired: u64,
}

/// Where the new ones stood when they had come, and how many others were changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stood {
    pub inbound: u64,
    pub outbound: u64,
    pub archived: u64,
    /// Of the new ones, those that had expired.
    pub expired: u64,
    pub changed: u64,
    /// Of those that were here, of which only this became: Partner Center has taken, or refused, what was written.
    pub confirmed: u64,
    pub refused: u64,
}

impl Stood {
    /// Returns how many were new.
    pub const fn made(&self) -> u64 {
        self.inbound + self.outbound + self.archived + self.expired
    }
}

/// One opportunity of an import, as it stands now.
#[derive(Debug, Clone, PartialEq)]
pub struct BroughtRow {
    pub part: Part,
    pub row: Row,
    /// What the import changed, or what is in conflict.
    pub fields: Vec<Named>,
}

/// Up to where an import was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BroughtPlace {
    part: Part,
    step: i64,
    id: i64,
}

impl BroughtPlace {
    const fn before(part: Part) -> Self {
        Self { part, step: 0, id: 0 }
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct BroughtPage {
    pub rows: Vec<BroughtRow>,
    /// Where it goes on; there may be a page of no rows at all before the end.
    pub next: Option<BroughtPlace>,
}

/// What the desk is told: the numbers with the first page only; `None` where there was no import.
pub type FoundBrought = Option<Box<(Option<Brought>, BroughtPage)>>;

/// Those of which an import told only what Partner Center made of what was written.
#[derive(Debug, Default)]
struct Answers {
    confirmed: BTreeSet<OpportunityId>,
    refused: BTreeSet<OpportunityId>,
}

/// An import while it is read.
struct Reading {
    step: StepId,
    at: Timestamp,
    /// The first step that is no expiry any more: those before it tell what had expired when it came.
    end: i64,
    /// What was made has higher numbers than all that was there.
    first_made: i64,
}

/// Rows of the history that are looked at for one page: where few of them are of the part, the page is short.
const LOOKS: usize = 1_000;

/// What an import touched of what was written; the rows that it answered are found by an index.
pub(super) const ONLY_ANSWERED: &str = "SELECT opportunity_id, CASE what WHEN 'refused' THEN NULL ELSE delta END FROM history \
     WHERE step_id = ?1 AND opportunity_id < ?2 AND (opportunity_id IN (SELECT opportunity_id FROM sent WHERE answered_by = ?1) \
       OR opportunity_id IN (SELECT opportunity_id FROM answer_before WHERE answered_by = ?1))";

impl Store {
    /// Returns an import in numbers, or the last one that stands; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn brought(&self, of: Option<StepId>) -> Result<Option<Brought>, StoreError> {
        let Some(step) = self.import_step(of)? else { return Ok(None) };
        let reading = self.reading(&step)?;
        if let Some(team) = self.team()? {
            return self.brought_to(&team, step, &reading).map(Some);
        }
        let sql = "SELECT count(*) FROM opportunity INDEXED BY conflicting CROSS JOIN history \
                   ON history.step_id = ? AND history.opportunity_id = opportunity.id WHERE opportunity.conflicts IS NOT NULL";
        let conflicts = self.connection.query_row(sql, [step.id.0], |row| row.get(0)).reading()?;
        let sql = "SELECT count(*), count(CASE brought.what WHEN 'created' THEN 1 END) FROM history \
                   JOIN history AS brought ON brought.step_id = ?1 AND brought.opportunity_id = history.opportunity_id \
                   JOIN opportunity ON opportunity.id = history.opportunity_id \
                   WHERE history.step_id > ?1 AND history.step_id < ?2 AND history.what = 'lapsed' \
                   AND opportunity.lapsed_basis IS NOT NULL AND opportunity.archived_at <= ?3";
        let key = (step.id.0, reading.end, step.at.micros());
        let (expired, new): (u64, u64) = self.connection.query_row(sql, key, |row| Ok((row.get(0)?, row.get(1)?))).reading()?;
        let answers = self.only_answered(&reading)?;
        let stood = self.stood_by(step.id)?.map(|shelves| {
            let made: u64 = shelves.iter().sum();
            let inbound = (shelves[0] + shelves[1]).saturating_sub(new);
            let (outbound, archived) = (shelves[3] + shelves[4], shelves[2] + shelves[5]);
            let (confirmed, refused) = (answers.confirmed.len() as u64, answers.refused.len() as u64);
            let changed = step.count.saturating_sub(made + confirmed + refused);
            Stood { inbound, outbound, archived, expired: new, changed, confirmed, refused }
        });
        Ok(Some(Brought { step, stood, conflicts, expired }))
    }

    /// Returns an import in numbers, as far as it is seen (MG-02): each of a team is looked at, and counts where it stands by now.
    fn brought_to(&self, team: &IdSet, step: StepRecord, reading: &Reading) -> Result<Brought, StoreError> {
        let sql = "SELECT shelf, conflicts IS NOT NULL, EXISTS (SELECT 1 FROM history INDEXED BY history_of_one \
                     WHERE opportunity_id = opportunity.id AND step_id > ?2 AND step_id < ?3 AND what = 'lapsed') \
                     AND lapsed_basis IS NOT NULL AND archived_at <= ?4 \
                   FROM opportunity WHERE id = ?1 AND EXISTS \
                     (SELECT 1 FROM history AS brought WHERE brought.step_id = ?2 AND brought.opportunity_id = ?1)";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let answers = self.only_answered(reading)?;
        let (mut stood, mut conflicts, mut expired) = (Stood::default(), 0, 0);
        for id in team.ids() {
            let key = (id.0, step.id.0, reading.end, step.at.micros());
            let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?, row.get::<_, bool>(2)?));
            let Some((shelf, conflict, lapsed)) = statement.query_row(key, read).optional().reading()? else { continue };
            conflicts += u64::from(conflict);
            expired += u64::from(lapsed);
            let place = match shelf {
                _ if answers.confirmed.contains(&id) => &mut stood.confirmed,
                _ if answers.refused.contains(&id) => &mut stood.refused,
                _ if id.0 < reading.first_made => &mut stood.changed,
                _ if lapsed => &mut stood.expired,
                0 | 1 => &mut stood.inbound,
                3 | 4 => &mut stood.outbound,
                _ => &mut stood.archived,
            };
            *place += 1;
        }
        Ok(Brought { step, stood: Some(stood), conflicts, expired })
    }

    /// Returns what an import brought, from a place on; whatever is not there any more is left out.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn brought_rows(&self, of: StepId, from: Option<BroughtPlace>, limit: usize) -> Result<BroughtPage, StoreError> {
        let Some(step) = self.import_step(Some(of))? else { return Ok(BroughtPage::default()) };
        let reading = self.reading(&step)?;
        let mut place = from.unwrap_or(BroughtPlace::before(Part::Conflict));
        let mut rows = Vec::new();
        let mut looked = 0;
        // As many as are shown are asked for again at once; new ones are looked at for two parts.
        let most = LOOKS.max(limit.saturating_mul(4));
        loop {
            let touched = self.touched_by(&reading, place)?;
            let whole = touched.len() < LOOKS;
            for (step, id, delta) in touched {
                if rows.len() >= limit || looked >= most {
                    return Ok(BroughtPage { rows, next: Some(place) });
                }
                looked += 1;
                (place.step, place.id) = (step, id);
                rows.extend(self.brought_row(&reading, place, delta.as_deref())?);
            }
            if whole {
                let next = Part::ALL.into_iter().find(|part| *part > place.part);
                let Some(next) = next else { return Ok(BroughtPage { rows, next: None }) };
                place = BroughtPlace::before(next);
            }
        }
    }

    /// Returns what the desk asks for; the numbers only with the first page.
    pub(super) fn brought_page(
        &self,
        of: Option<StepId>,
        from: Option<BroughtPlace>,
        limit: usize,
    ) -> Result<FoundBrought, StoreError> {
        if let (Some(of), Some(_)) = (of, from) {
            return Ok(Some(Box::new((None, self.brought_rows(of, from, limit)?))));
        }
        let Some(brought) = self.brought(of)? else { return Ok(None) };
        let page = self.brought_rows(brought.step.id, None, limit)?;
        Ok(Some(Box::new((Some(brought), page))))
    }

    fn import_step(&self, of: Option<StepId>) -> Result<Option<StepRecord>, StoreError> {
        let which = if of.is_some() { "step.id = ?" } else { "step.kind = 'import' AND step.id > ?" };
        let sql = format!("SELECT {STEP} FROM step WHERE {which} ORDER BY step.id DESC");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query([of.map_or(0, |step| step.0)]).reading()?;
        while let Some(row) = rows.next().reading()? {
            let step = step_record(row)?;
            if step.kind == StepKind::Import && (of.is_some() || step.undone_at.is_none()) {
                return Ok(Some(step));
            }
        }
        Ok(None)
    }

    /// Returns how many new ones an import put on each shelf.
    fn stood_by(&self, step: StepId) -> Result<Option<[u64; 6]>, StoreError> {
        let sql = "SELECT detail FROM step WHERE id = ?";
        let detail: String = self.connection.query_row(sql, [step.0], |row| row.get(0)).reading()?;
        Ok(serde_json::from_str(&detail).ok().and_then(|detail: Detail| detail.stood))
    }

    /// Returns those of which an import told nothing but what became of what was written.
    fn only_answered(&self, of: &Reading) -> Result<Answers, StoreError> {
        let mut answers = Answers::default();
        if !self.any_sent()? {
            return Ok(answers);
        }
        let mut statement = self.connection.prepare_cached(ONLY_ANSWERED).reading()?;
        let mut rows = statement.query((of.step.0, of.first_made)).reading()?;
        while let Some(row) = rows.next().reading()? {
            let (id, delta): (i64, Option<String>) = (row.get(0).reading()?, row.get(1).reading()?);
            match delta {
                None => answers.refused.insert(OpportunityId(id)),
                Some(delta) => read_delta(&delta)?.only_settles() && answers.confirmed.insert(OpportunityId(id)),
            };
        }
        Ok(answers)
    }

    fn reading(&self, step: &StepRecord) -> Result<Reading, StoreError> {
        let sql = "SELECT id FROM step WHERE id > ? AND kind <> 'expire' ORDER BY id LIMIT 1";
        let end = self.connection.query_row(sql, [step.id.0], |row| row.get(0)).optional().reading()?.unwrap_or(i64::MAX);
        Ok(Reading { step: step.id, at: step.at, end, first_made: self.first_made(step.id)? })
    }

    /// Finds the first that a step made by halving: among a million that it changed, it is not looked for one by one.
    fn first_made(&self, step: StepId) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(opportunity_id), 0) + 1 FROM history WHERE step_id = ?";
        let (mut low, mut high): (i64, i64) = (0, self.connection.query_row(sql, [step.0], |row| row.get(0)).reading()?);
        let sql = "SELECT opportunity_id, what = 'created' FROM history WHERE step_id = ? AND opportunity_id >= ? \
                   ORDER BY opportunity_id LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        while low < high {
            let middle = low + (high - low) / 2;
            let found: Option<(i64, bool)> =
                statement.query_row((step.0, middle), |row| Ok((row.get(0)?, row.get(1)?))).optional().reading()?;
            match found {
                Some((id, false)) => low = id + 1,
                _ => high = middle,
            }
        }
        Ok(low)
    }

    /// Lists what may be of a part after a place, with what was changed.
    fn touched_by(&self, of: &Reading, after: BroughtPlace) -> Result<Vec<(i64, i64, Option<String>)>, StoreError> {
        let (step, made, looks) = (of.step.0, of.first_made, LOOKS as i64);
        let (sql, values) = match after.part {
            Part::Conflict => (
                "SELECT step_id, opportunity_id, CASE history.what WHEN 'refused' THEN NULL ELSE delta END FROM opportunity INDEXED BY conflicting CROSS JOIN history \
                 ON history.step_id = ? AND history.opportunity_id = opportunity.id \
                 WHERE conflicts IS NOT NULL AND opportunity.id > ? ORDER BY opportunity.id LIMIT ?",
                vec![step, after.id, looks],
            ),
            Part::Expired => (
                "SELECT step_id, opportunity_id, NULL FROM history \
                 WHERE step_id > ?1 AND step_id < ?2 AND (step_id, opportunity_id) > (?3, ?4) AND what = 'lapsed' AND EXISTS \
                   (SELECT 1 FROM history AS brought WHERE brought.step_id = ?1 AND brought.opportunity_id = history.opportunity_id) \
                 ORDER BY step_id, opportunity_id LIMIT ?5",
                vec![step, of.end, after.step, after.id, looks],
            ),
            Part::New | Part::Archived => (
                "SELECT step_id, opportunity_id, NULL FROM history WHERE step_id = ? AND opportunity_id > ? \
                 ORDER BY opportunity_id LIMIT ?",
                vec![step, after.id.max(made - 1), looks],
            ),
            Part::Refused | Part::Confirmed => (
                "SELECT step_id, opportunity_id, CASE what WHEN 'refused' THEN NULL ELSE delta END FROM history \
                 WHERE step_id = ?1 AND opportunity_id > ?2 AND opportunity_id < ?3 \
                 AND (opportunity_id IN (SELECT opportunity_id FROM sent WHERE answered_by = ?1) \
       OR opportunity_id IN (SELECT opportunity_id FROM answer_before WHERE answered_by = ?1)) ORDER BY opportunity_id LIMIT ?4",
                vec![step, after.id, made, looks],
            ),
            Part::Changed => (
                "SELECT step_id, opportunity_id, CASE what WHEN 'refused' THEN NULL ELSE delta END FROM history \
                 WHERE step_id = ? AND opportunity_id > ? AND opportunity_id < ? \
                 ORDER BY opportunity_id LIMIT ?",
                vec![step, after.id, made, looks],
            ),
        };
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let rows = statement.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).reading()?;
        rows.collect::<rusqlite::Result<_>>().reading()
    }

    /// Returns the row at a place, if it is there and of the part.
    fn brought_row(&self, of: &Reading, place: BroughtPlace, delta: Option<&str>) -> Result<Option<BroughtRow>, StoreError> {
        if !self.sees(OpportunityId(place.id))? {
            return Ok(None);
        }
        let row = match self.row(OpportunityId(place.id)) {
            Err(StoreError::NoSuch(_)) => return Ok(None),
            row => row?,
        };
        let delta = delta.map(read_delta).transpose()?;
        let part = match part(&row, of, place.id >= of.first_made) {
            Part::Changed => self.answer_of(of, OpportunityId(place.id), delta.as_ref())?.unwrap_or(Part::Changed),
            part => part,
        };
        if part != place.part {
            return Ok(None);
        }
        let mut fields = Vec::new();
        if let Some(delta) = delta {
            let beside: Vec<Named> = delta.beside().into_iter().map(|(name, ..)| name).collect();
            fields.extend(delta.conflicts().into_iter().map(|(field, _)| Named::Known(field)).filter(|_| part == Part::Conflict));
            if fields.is_empty() {
                fields.extend(delta.fields.into_iter().map(|(name, ..)| name).chain(beside));
            }
        }
        Ok(Some(BroughtRow { part, row, fields }))
    }
}

impl Store {
    /// Returns what Partner Center made of what was written of one, where an import told nothing else of it.
    fn answer_of(&self, of: &Reading, id: OpportunityId, delta: Option<&Delta>) -> Result<Option<Part>, StoreError> {
        let Some(delta) = delta else { return Ok(Some(Part::Refused)) };
        let sql = "SELECT EXISTS (SELECT 1 FROM sent WHERE opportunity_id = ? AND answered_by = ?)";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let is_answered: bool = statement.query_row((id.0, of.step.0), |row| row.get(0)).reading()?;
        Ok((is_answered && delta.only_settles()).then_some(Part::Confirmed))
    }
}

/// Returns what became of one by an import; `made` tells whether it was not there before.
fn part(row: &Row, of: &Reading, made: bool) -> Part {
    let over = row.stage.archived_at().is_none_or(|at| at <= of.at);
    match &row.stage {
        _ if row.conflict => Part::Conflict,
        Stage::Lapsed { .. } if over => Part::Expired,
        stage if made && over && stage.kind() == StageKind::Archived => Part::Archived,
        _ if made => Part::New,
        _ => Part::Changed,
    }
}
