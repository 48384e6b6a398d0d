//! Downloads that were taken over before: a copy that is saved again later says what was true then, whatever its date. What one row
//! means to one deal is in `domain/merge.rs`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::answers::Meant;
use super::copied::bytes;
use super::error::{StoreError, While};
use super::history::undone;
use super::import::Import;
use super::open::Store;
use super::verdict::{KnownFile, Verdict};
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::incoming::{Incoming, Mark};
use crate::domain::instant::Timestamp;
use crate::domain::merge::{Merged, Terms, merge_answered};

/// What the rows of a download say, whatever their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Picture {
    marks: u64,
    rows: u64,
}

impl Picture {
    /// Returns the picture of a file; `None` where a row has no mark, or there is none.
    pub(super) fn of(rows: &[Incoming]) -> Option<Self> {
        let marks = rows.iter().try_fold(0_u64, |sum, row| Some(sum.wrapping_add(row.mark.as_ref()?.whole)))?;
        (!rows.is_empty()).then_some(Self { marks, rows: rows.len() as u64 })
    }
}

/// A download while it is taken over.
pub(super) struct Download {
    picture: Picture,
    /// As which it was taken over before.
    known: Option<Known>,
    /// Whether something says otherwise by now: then it tells what was true once.
    pub is_overtaken: bool,
    /// How old what it is a copy of is, unless the user says that it is true now.
    first: Option<Timestamp>,
    /// The marks of rows that nothing was made of.
    left: BTreeSet<u64>,
    rows: Vec<Mark>,
}

/// A download that was taken over, and stands.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// `None` for one of the same import, and one of which only a part comes again.
    pub id: Option<i64>,
    /// Whether only a part of it comes again.
    pub is_part: bool,
    pub at: Timestamp,
    /// How old what it says is, as far as its first file told.
    pub as_of: Option<Timestamp>,
    pub file: String,
    pub left: BTreeSet<u64>,
}

/// One that is to be kept once the import is done.
pub(super) struct Seen {
    picture: Picture,
    known: Option<i64>,
    as_of: Option<Timestamp>,
    file: String,
    left: BTreeSet<u64>,
    rows: Vec<Mark>,
}

impl Download {
    /// Returns whether a row comes again as it was taken over before.
    fn is_known(&self, row: &Incoming) -> bool {
        let is_left = |known: &Known| row.mark.as_ref().is_some_and(|mark| known.left.contains(&mark.whole));
        self.known.as_ref().is_some_and(|known| !is_left(known))
    }

    /// Returns how old what it says is: a copy is as old as what it was copied from, also where it says something that was of no use then,
    /// and where all of it holds still. It may as well be a download in which nothing has changed, but one from between would then have to
    /// say what was set back before it.
    pub(super) fn as_of(&self, saved: Option<Timestamp>) -> Option<Timestamp> {
        self.first.map_or(saved, |first| Some(saved.map_or(first, |saved| saved.min(first))))
    }

    /// Notes what became of a row.
    pub(super) fn note(&mut self, mark: Option<u64>, verdict: &Verdict) {
        let is_left = matches!(verdict, Verdict::Unknown | Verdict::Ambiguous(_) | Verdict::Others | Verdict::RefusedThere(_));
        self.left.extend(mark.filter(|_| is_left));
    }

    /// Returns what is kept of it: nothing of a part of what came before and is overtaken.
    pub(super) fn seen(self, file: String, as_of: Option<Timestamp>) -> Option<Seen> {
        let is_old = self.is_overtaken && self.known.as_ref().is_some_and(|known| known.is_part);
        let known = self.known.and_then(|known| known.id);
        (!is_old).then_some(Seen { picture: self.picture, known, as_of, file, left: self.left, rows: self.rows })
    }
}

impl Import<'_> {
    /// Finds out what a download is by its rows and, of its picture, what is known. What the user says is the newest is no old one, and an
    /// answer is known by what was written.
    pub(super) fn download(
        &mut self,
        file: usize,
        rows: &[Incoming],
        (picture, known): (Picture, Option<Known>),
        is_newest: bool,
    ) -> Result<Option<Download>, StoreError> {
        if self.asking.is_own {
            return Ok(None);
        }
        let is_news = is_newest || self.asking.is_answer;
        let known = match self.seen.iter().find(|seen| seen.picture == picture) {
            Some(seen) => Some(Known {
                id: None,
                is_part: false,
                at: self.journal.at(),
                as_of: seen.as_of,
                file: seen.file.clone(),
                left: seen.left.clone(),
            }),
            None => match known {
                None if !is_news => self.store.copied_from(rows)?,
                known => known,
            },
        };
        // A row of an answer says no more than what was written: a download with the same is no copy of it.
        let marks = rows.iter().filter(|_| !self.asking.is_answer).filter_map(|row| row.mark.clone()).collect();
        let first = known.as_ref().filter(|_| !is_news).and_then(|known| known.as_of);
        let mut download = Download { picture, known, is_overtaken: false, first, left: BTreeSet::new(), rows: marks };
        if let Some(known) = download.known.clone().filter(|_| !is_news) {
            // Of several rows of one deal the last one stands.
            let mut last = BTreeMap::new();
            for row in rows {
                last.extend(self.again(row, &download)?);
            }
            download.is_overtaken = last.into_values().any(|is_overtaken| is_overtaken);
            let is_overtaken = download.is_overtaken;
            // Part of what is true still is no news either, but nothing is to be said of it.
            if known.is_part && !is_overtaken {
                return Ok(Some(Download { known: None, ..download }));
            }
            self.report.known.push(KnownFile { file, at: known.at, name: known.file, is_overtaken });
        }
        Ok(Some(download))
    }

    /// Returns which deal a row speaks of that comes again as it was taken over, and whether anything says otherwise by now; `None` of
    /// what is looked at as any other row: it is new, refused, of others, or the user says something of it.
    fn again(&self, row: &Incoming, download: &Download) -> Result<Option<(OpportunityId, bool)>, StoreError> {
        let is_matched = self.matches.iter().any(|(line, _)| *line == row.line);
        if is_matched || row.refusal.is_some() || !download.is_known(row) {
            return Ok(None);
        }
        let terms = self.terms();
        let Meant::One(held) = self.meant(row, terms)? else { return Ok(None) };
        // What the user says of its direction is news, however often the row came.
        let is_turned = row.direction.told.is_some_and(|told| told != held.opportunity.direction());
        if is_turned || self.is_of_others(&held, row) {
            return Ok(None);
        }
        let mut row = row.clone();
        row.settle(&held);
        let answered = self.store.answered(&row, &held, &self.asking, terms)?;
        if answered.is_past(&row, &held) {
            return Ok(None);
        }
        let merged = merge_answered(&row, Some(&held), &answered.written(), terms)?;
        Ok(Some((held.opportunity.id, matches!(merged, Merged::Changed { .. }))))
    }

    /// Returns what becomes of a row of a download that is overtaken: it answers nothing, and nothing is known as of a later day by it.
    /// `None` of what is looked at as any other row.
    pub(super) fn old(&self, row: &Incoming, download: &Download) -> Result<Option<(OpportunityId, Verdict)>, StoreError> {
        if !download.is_overtaken {
            return Ok(None);
        }
        let again = self.again(row, download)?;
        Ok(again.map(|(id, is_overtaken)| (id, if is_overtaken { Verdict::Older } else { Verdict::Unchanged })))
    }

    pub(super) fn terms(&self) -> Terms {
        Terms { now: self.journal.at(), response_days: self.journal.days(), as_of: self.as_of }
    }
}

/// Of downloads, those that are neither from before an import that was taken back since, nor of such an import itself.
pub(super) const STANDS: &str = concat!(
    "NOT EXISTS (SELECT 1 FROM step AS undo JOIN step ON step.id = undo.reverts WHERE undo.id > imported.step_id \
     AND step.id <= imported.step_id AND step.kind = 'import' AND ",
    undone!(),
    " IS NOT NULL)"
);

/// Reads the marks of rows that a download left.
pub(super) fn left(kept: Option<String>) -> Result<BTreeSet<u64>, StoreError> {
    let damaged = |_| StoreError::Damaged("what a download left cannot be read".into());
    Ok(kept.map(|left| serde_json::from_str(&left).map_err(damaged)).transpose()?.unwrap_or_default())
}

impl Store {
    /// Returns the download of the same rows that was taken over last. One from before an import that was taken back since, or of such
    /// an import itself, counts as never taken over: what it said is not held any more.
    pub(super) fn known_download(&self, picture: Picture) -> Result<Option<Known>, StoreError> {
        let sql = format!(
            "SELECT id, at, file, left, as_of FROM imported WHERE picture = ? AND rows = ? AND {STANDS} ORDER BY id DESC LIMIT 1"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query((picture.marks.cast_signed(), picture.rows)).reading()?;
        let Some(row) = rows.next().reading()? else { return Ok(None) };
        let left = left(row.get(3).reading()?)?;
        let at = Timestamp::from_micros(row.get(1).reading()?);
        let as_of = row.get::<_, Option<i64>>(4).reading()?.map(Timestamp::from_micros);
        Ok(Some(Known { id: Some(row.get(0).reading()?), is_part: false, at, as_of, file: row.get(2).reading()?, left }))
    }

    /// Keeps what downloads said, once all that they changed is written.
    pub(super) fn keep_seen(&self, seen: Vec<Seen>, step: Option<StepId>, now: Timestamp) -> Result<(), StoreError> {
        for Seen { picture, known, as_of, file, left, rows } in seen {
            let left = (!left.is_empty()).then(|| json!(left).to_string());
            if let Some(id) = known {
                // It is known from the day it came first; rows that came to something since are no news any more.
                // Where that was a step of its own, that may be taken back like the first.
                let sql = "UPDATE imported SET left = ?, step_id = coalesce(?, step_id) WHERE id = ?";
                let step = step.map(|step| step.0);
                self.connection.prepare_cached(sql).writing()?.execute((left, step, id)).writing()?;
                self.keep_marks_of(id, &rows)?;
                continue;
            }
            let sql = "INSERT INTO imported (picture, rows, at, as_of, file, step_id, left, marks) \
                       VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM step), ?, ?)";
            self.keep_rows(&rows)?;
            let marks = marks_of(&rows);
            let key = (picture.marks.cast_signed(), picture.rows, now.micros(), as_of.map(Timestamp::micros), file, left, marks);
            self.connection.prepare_cached(sql).writing()?.execute(key).writing()?;
        }
        Ok(())
    }

    /// Keeps what the rows of a download say that was known before rows were kept, or by an answer.
    fn keep_marks_of(&self, id: i64, rows: &[Mark]) -> Result<(), StoreError> {
        let sql = "UPDATE imported SET marks = ? WHERE id = ? AND marks IS NULL";
        let is_new = self.connection.prepare_cached(sql).writing()?.execute((marks_of(rows), id)).writing()? > 0;
        if is_new { self.keep_rows(rows) } else { Ok(()) }
    }
}

fn marks_of(rows: &[Mark]) -> Option<Vec<u8>> {
    (!rows.is_empty()).then(|| bytes(rows.iter().map(|row| row.whole)))
}
