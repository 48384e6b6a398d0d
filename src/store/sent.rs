//! Upload files as they were written: what each row said, what Partner Center answered, and which deals are held back or let go. What
//! waits is `outbox.rs`; the files themselves are not known here.

use std::io;
use std::path::PathBuf;

use rusqlite::Row;

use super::error::{StoreError, While};
use super::history::{StepKind, undone};
use super::open::Store;
use super::verdict::AnsweredFile;
use super::write::Ending;
use crate::domain::field::Field;
use crate::domain::ids::{OpportunityId, StepId, UploadId, Version};
use crate::domain::instant::Timestamp;
use crate::domain::outgoing::{Answer, Choice, SaidThere, SentRow, Standing};
use crate::domain::role::Deed;

/// One upload file, as it is to be noted.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// Its name, without the folder.
    pub file: String,
    /// The year that names its layout.
    pub layout: &'static str,
    /// In the order of the file.
    pub rows: Vec<(OpportunityId, Version, SaidThere)>,
    /// What the file is known by again.
    pub fingerprint: Option<u64>,
}

/// An upload file that was written, with how many of its rows became what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    pub id: UploadId,
    pub file: String,
    pub at: Timestamp,
    pub rows: u64,
    pub taken: u64,
    pub refused: u64,
    /// How many Partner Center has not answered.
    pub open: u64,
}

/// Upload files that were written, each with how many rows it has, and how many deals stay here that something is wrong with or that
/// are held back.
#[derive(Debug, Default)]
pub struct Written {
    pub files: Vec<(PathBuf, usize)>,
    pub left: usize,
    /// Names of files beside them that look like upload files and are not noted: a machine may have stopped before they were.
    pub strays: Vec<String>,
    /// The folder they are in, where it was made for them.
    pub made: Option<PathBuf>,
}

/// Why no upload file was written.
#[derive(Debug)]
pub enum Unwritten {
    Store(StoreError),
    File(io::Error),
}

/// Writes upload files out of the store.
pub trait Errand: Send {
    /// # Errors
    /// [`Unwritten`]: then there is no file, and nothing counts as written.
    fn run(self: Box<Self>, store: &mut Store) -> Result<Written, Unwritten>;
}

/// The first row below the head.
const FIRST_LINE: u64 = 2;

/// The answer that a row had before an import that was taken back, as far as that stands: its word and its message.
macro_rules! earlier {
    ($what:literal) => {
        concat!(
            "(SELECT earlier.",
            $what,
            " FROM answer_before AS earlier LEFT JOIN step ON step.id = earlier.answered_by \
              WHERE earlier.upload_id = sent.upload_id AND earlier.line = sent.line AND ",
            undone!(),
            " IS NULL \
              ORDER BY earlier.until DESC LIMIT 1)"
        )
    };
}

/// A column of the answer that stands, with the row and the step that answered it at hand.
macro_rules! standing {
    ($what:literal) => {
        concat!("CASE WHEN ", undone!(), " IS NULL THEN sent.", $what, " ELSE ", earlier!($what), " END")
    };
}

macro_rules! sent {
    ($behind:literal) => {
        concat!(
            "SELECT upload.id, upload.file, upload.at, sent.line, sent.opportunity_id, sent.said, ",
            standing!("answer"),
            ", ",
            standing!("message"),
            " FROM sent JOIN upload ON upload.id = sent.upload_id LEFT JOIN step ON step.id = sent.answered_by ",
            $behind
        )
    };
}

impl Store {
    /// Notes upload files as written, in one step that is never taken back. `name` gives the files their names, last of all: what
    /// fails before or in it leaves neither files nor a note. Only a machine that stops between it and the end of the transaction leaves files
    /// of which nothing is noted. Returns `None` where `name` says that it failed.
    ///
    /// # Errors
    /// [`StoreError::UploadStale`] when a deal is not what was written of it any more; nothing is noted then.
    pub fn note_uploads(
        &mut self,
        uploads: &[Upload],
        now: Timestamp,
        name: &mut dyn FnMut() -> bool,
    ) -> Result<Option<StepId>, StoreError> {
        self.may(Deed::Send)?;
        self.in_transaction_ending(|store| {
            let mut journal = store.begin(StepKind::Write, now)?;
            journal.name_uploads(uploads.iter().map(|upload| upload.file.clone()).collect());
            for upload in uploads {
                let mut id = None;
                for (line, (deal, version, said)) in (FIRST_LINE..).zip(&upload.rows) {
                    let held = store.get(*deal)?;
                    let title = held.opportunity.title().to_string();
                    if held.opportunity.version != *version {
                        return Err(StoreError::UploadStale { id: *deal, title });
                    }
                    // Another program may have written it meanwhile, which changes nothing of what is held.
                    let deal_now = store.outgoing(held.clone())?;
                    if !matches!(deal_now.standing, Standing::Ready | Standing::Private) {
                        return Err(StoreError::UploadStale { id: *deal, title });
                    }
                    let step = journal.sent(&held, &upload.file, line)?;
                    let upload = match id {
                        Some(id) => id,
                        None => *id.insert(store.put_upload(upload, step, now)?),
                    };
                    store.put_sent(upload, line, *deal, said)?;
                }
            }
            let step = journal.end()?;
            Ok(if name() { (step, Ending::Write) } else { (None, Ending::Forget) })
        })
    }

    fn put_upload(&self, upload: &Upload, step: StepId, now: Timestamp) -> Result<UploadId, StoreError> {
        let sql = "INSERT INTO upload (uid, at, file, layout, fingerprint, step_id) VALUES (?, ?, ?, ?, ?, ?)";
        let mut statement = self.connection.prepare_cached(sql).writing()?;
        let uid = self.draw_uid()?;
        let fingerprint = upload.fingerprint.map(u64::cast_signed);
        statement.execute((uid.as_str(), now.micros(), &upload.file, upload.layout, fingerprint, step.0)).writing()?;
        Ok(UploadId(self.connection.last_insert_rowid()))
    }

    fn put_sent(&self, upload: UploadId, line: u64, deal: OpportunityId, said: &SaidThere) -> Result<(), StoreError> {
        let sql = "INSERT OR FAIL INTO sent (upload_id, line, opportunity_id, said) VALUES (?, ?, ?, ?)";
        let text = serde_json::to_string(said).map_err(|_| StoreError::Damaged("what a row says cannot be kept".into()))?;
        self.connection.prepare_cached(sql).writing()?.execute((upload.0, line, deal.0, text)).writing()?;
        if said.news.contains(&Field::Stage) {
            self.turn_notices(deal, "waiting", "written")?;
        }
        Ok(())
    }

    /// Returns whether anything was ever written: only then rows of files can be answers.
    pub(super) fn any_sent(&self) -> Result<bool, StoreError> {
        self.connection.query_row("SELECT EXISTS (SELECT 1 FROM sent)", [], |row| row.get(0)).reading()
    }

    /// Returns the upload files by their names without the ending, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn upload_names(&self) -> Result<Vec<(UploadId, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id, file FROM upload ORDER BY id DESC").reading()?;
        let read = |row: &Row<'_>| {
            let file: String = row.get(1)?;
            Ok((UploadId(row.get(0)?), file.rsplit_once('.').map_or(file.clone(), |(stem, _)| stem.to_owned())))
        };
        let found = statement.query_map([], read).reading()?;
        found.collect::<rusqlite::Result<_>>().reading()
    }

    /// Returns the upload file that a file has the name of, or was made of (`NAME (1).csv`); of several the last.
    pub(super) fn named_as_upload(&self, name: &str) -> Result<Option<UploadId>, StoreError> {
        let is_of = |stem: &str| {
            // `…-1` is not the beginning of `…-12`.
            let beyond = name.find(stem).map(|at| name[at + stem.len()..].chars().next());
            beyond.is_some_and(|next| next.is_none_or(|next| !next.is_ascii_digit()))
        };
        Ok(self.upload_names()?.into_iter().find(|(_, stem)| is_of(stem)).map(|(id, _)| id))
    }

    /// Returns which upload file a file is, as it was written.
    pub(super) fn upload_itself(&self, fingerprint: Option<u64>) -> Result<Option<UploadId>, StoreError> {
        let Some(fingerprint) = fingerprint else { return Ok(None) };
        let sql = "SELECT max(id) FROM upload WHERE fingerprint = ?";
        let id: Option<i64> = self.connection.query_row(sql, [fingerprint.cast_signed()], |row| row.get(0)).reading()?;
        Ok(id.map(UploadId))
    }

    /// Returns what was answered of an upload file and when last; `None` where no answer stands.
    pub(super) fn answered_file(&self, upload: UploadId) -> Result<Option<AnsweredFile>, StoreError> {
        const SQL: &str = concat!(
            "SELECT upload.file, max(row.at), sum(answer = 'taken'), sum(answer = 'refused'), sum(answer IS NULL) FROM (SELECT ",
            standing!("answer"),
            " AS answer, (SELECT by.at FROM step AS by WHERE by.id = ",
            standing!("answered_by"),
            ") AS at FROM sent LEFT JOIN step ON step.id = sent.answered_by WHERE sent.upload_id = ?1) AS row \
             JOIN upload ON upload.id = ?1"
        );
        let read = |row: &Row<'_>| {
            let number = |index: usize| row.get::<_, Option<u64>>(index).map(Option::unwrap_or_default);
            let (upload, at): (Option<String>, Option<i64>) = (row.get(0)?, row.get(1)?);
            let found = upload.zip(at.map(Timestamp::from_micros));
            let (taken, refused, open) = (number(2)?, number(3)?, number(4)?);
            Ok(found.map(|(upload, at)| AnsweredFile { file: 0, upload, at, taken, refused, open, kept: 0 }))
        };
        self.connection.query_row(SQL, [upload.0], read).reading()
    }

    /// Returns what was written of one, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn sent_of(&self, id: OpportunityId) -> Result<Vec<SentRow>, StoreError> {
        const SQL: &str = sent!("WHERE sent.opportunity_id = ? ORDER BY upload.id DESC, sent.line DESC LIMIT 50");
        let mut statement = self.connection.prepare_cached(SQL).reading()?;
        let mut rows = statement.query([id.0]).reading()?;
        let mut sent = Vec::new();
        while let Some(row) = rows.next().reading()? {
            sent.push(sent_row(row)?);
        }
        Ok(sent)
    }

    /// Returns deals of our own without an id of which a row was written that nobody has answered, of one upload file where that is
    /// known; where the user insists, those that were refused too. The last ones first.
    pub(super) fn unanswered(&self, upload: Option<UploadId>, is_insisted: bool) -> Result<Vec<OpportunityId>, StoreError> {
        const SQL: &str = concat!(
            "SELECT id FROM (SELECT opportunity.id, sent.upload_id, sent.line, ",
            standing!("answer"),
            " AS answer FROM sent JOIN opportunity ON opportunity.id = sent.opportunity_id LEFT JOIN step ON step.id = sent.answered_by \
             WHERE opportunity.referral_id IS NULL AND opportunity.made_here = 1 AND sent.said ->> '$.makes') \
             WHERE (?1 IS NULL OR upload_id = ?1) AND (answer IS NULL OR (?2 AND answer = 'refused')) \
             GROUP BY id ORDER BY max(upload_id) DESC, min(line)"
        );
        let mut statement = self.connection.prepare_cached(SQL).reading()?;
        let found =
            statement.query_map((upload.map(|upload| upload.0), is_insisted), |row| row.get(0).map(OpportunityId)).reading()?;
        found.collect::<rusqlite::Result<_>>().reading()
    }

    /// Notes what Partner Center said of a row; `by` is the import that brought it.
    pub(super) fn note_answer(&self, row: &SentRow, answer: &Answer, by: Option<StepId>) -> Result<(), StoreError> {
        let (word, message) = match answer {
            Answer::Open => (None, None),
            Answer::Taken => (Some("taken"), None),
            Answer::Refused(message) => (Some("refused"), Some(message.as_str())),
            Answer::Dropped => (Some("dropped"), None),
        };
        if let Some(by) = by {
            let sql = "INSERT OR IGNORE INTO answer_before (upload_id, line, until, opportunity_id, answer, message, answered_by) \
                       SELECT upload_id, line, ?1, opportunity_id, answer, message, answered_by FROM sent \
                       WHERE upload_id = ?2 AND line = ?3 AND answer IS NOT NULL AND answered_by IS NOT ?1";
            self.connection.prepare_cached(sql).writing()?.execute((by.0, row.upload.0, row.line)).writing()?;
        }
        if !(*answer == Answer::Dropped && self.drop_below(row)?) {
            let sql = "UPDATE sent SET answer = ?, message = ?, answered_by = ? WHERE upload_id = ? AND line = ?";
            let key = (word, message, by.map(|step| step.0), row.upload.0, row.line);
            self.connection.prepare_cached(sql).writing()?.execute(key).writing()?;
        }
        if row.said.news.contains(&Field::Stage) {
            match answer {
                Answer::Taken => self.settle_told(row.opportunity)?,
                Answer::Refused(_) | Answer::Dropped => self.turn_notices(row.opportunity, "written", "waiting")?,
                Answer::Open => {}
            }
        }
        Ok(())
    }

    /// Notes that a row was never uploaded below the answers of it that were taken back, where there are any: one that is brought again
    /// is newer than that. Returns whether there are.
    fn drop_below(&self, row: &SentRow) -> Result<bool, StoreError> {
        let sql = "SELECT min(answered_by) FROM (SELECT answered_by FROM sent WHERE upload_id = ?1 AND line = ?2 \
                   UNION ALL SELECT answered_by FROM answer_before WHERE upload_id = ?1 AND line = ?2)";
        let mut first = self.connection.prepare_cached(sql).writing()?;
        let first: Option<i64> = first.query_row((row.upload.0, row.line), |row| row.get(0)).writing()?;
        let Some(first) = first else { return Ok(false) };
        // It may have been noted so before.
        let sql =
            "INSERT OR IGNORE INTO answer_before (upload_id, line, until, opportunity_id, answer) VALUES (?, ?, ?, ?, 'dropped')";
        self.connection.prepare_cached(sql).writing()?.execute((row.upload.0, row.line, first, row.opportunity.0)).writing()?;
        Ok(true)
    }

    /// Says that a file was never uploaded: what stands in it waits again. Returns how many of its rows had no answer.
    ///
    /// # Errors
    /// [`StoreError::NoUpload`] when no file of the name was written.
    pub fn drop_upload(&mut self, file: &str) -> Result<u64, StoreError> {
        self.may(Deed::Send)?;
        self.in_transaction(|store| {
            let sql = "SELECT max(id) FROM upload WHERE file = ?";
            let upload: Option<i64> = store.connection.query_row(sql, [file], |row| row.get(0)).reading()?;
            let Some(upload) = upload else { return Err(StoreError::NoUpload { file: file.to_owned() }) };
            const SQL: &str = sent!("WHERE sent.upload_id = ? ORDER BY sent.line");
            let mut statement = store.connection.prepare_cached(SQL).reading()?;
            let mut rows = statement.query([upload]).reading()?;
            let mut open = Vec::new();
            while let Some(row) = rows.next().reading()? {
                open.push(sent_row(row)?);
            }
            open.retain(|row| row.answer == Answer::Open);
            for row in &open {
                store.note_answer(row, &Answer::Dropped, None)?;
                // A sender that was to be told by it waits again.
                if let Some(held) = store.find_held(row.opportunity)? {
                    let waits = held.has_update() || store.notice_waits(row.opportunity)?;
                    store.mark_waiting(row.opportunity, waits)?;
                }
            }
            Ok(open.len() as u64)
        })
    }

    /// Returns the upload files that were written, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn uploads(&self, limit: usize) -> Result<Vec<Uploaded>, StoreError> {
        const SQL: &str = concat!(
            "SELECT upload.id, upload.file, upload.at, count(*), sum(answer = 'taken'), sum(answer = 'refused'), sum(answer IS NULL) \
             FROM (SELECT sent.upload_id, ",
            standing!("answer"),
            " AS answer FROM sent LEFT JOIN step ON step.id = sent.answered_by) AS row \
             JOIN upload ON upload.id = row.upload_id GROUP BY upload.id ORDER BY upload.id DESC LIMIT ?"
        );
        let mut statement = self.connection.prepare_cached(SQL).reading()?;
        let read = |row: &Row<'_>| {
            let number = |index: usize| row.get::<_, Option<u64>>(index).map(Option::unwrap_or_default);
            Ok(Uploaded {
                id: UploadId(row.get(0)?),
                file: row.get(1)?,
                at: Timestamp::from_micros(row.get(2)?),
                rows: row.get(3)?,
                taken: number(4)?,
                refused: number(5)?,
                open: number(6)?,
            })
        };
        let found = statement.query_map([limit], read).reading()?;
        found.collect::<rusqlite::Result<_>>().reading()
    }

    /// Returns what a rep said of one deal of the outbox.
    pub(super) fn choice(&self, id: OpportunityId) -> Result<Choice, StoreError> {
        let sql = "SELECT choice FROM outgoing WHERE opportunity_id = ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([id.0]).reading()?;
        let word: Option<String> = rows.next().reading()?.map(|row| row.get(0)).transpose().reading()?;
        Ok(match word.as_deref() {
            Some("held") => Choice::HeldBack,
            Some(_) => Choice::Released,
            None => Choice::Open,
        })
    }

    /// Holds deals back, or lets them go; a mark of this machine, and no step.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], or that it cannot be written.
    pub fn choose(&mut self, ids: &[OpportunityId], choice: Choice) -> Result<(), StoreError> {
        self.may(Deed::Send)?;
        self.in_transaction(|store| {
            for id in ids {
                store.get(*id)?;
                let word = match choice {
                    Choice::HeldBack => "held",
                    Choice::Released => "let",
                    Choice::Open => {
                        let sql = "DELETE FROM outgoing WHERE opportunity_id = ?";
                        store.connection.prepare_cached(sql).writing()?.execute([id.0]).writing()?;
                        continue;
                    }
                };
                let sql = "INSERT OR REPLACE INTO outgoing (opportunity_id, choice) VALUES (?, ?)";
                store.connection.prepare_cached(sql).writing()?.execute((id.0, word)).writing()?;
            }
            Ok(())
        })
    }

    /// Refuses when something a step changed has left in an upload file since, and was not refused: that is final. What was written
    /// while the step was taken back, before it was made again, did not say it.
    pub(super) fn refuse_written(&self, step: StepId) -> Result<(), StoreError> {
        const SQL: &str = concat!(
            "SELECT history.opportunity_id FROM history WHERE history.step_id = ?1 AND history.what NOT IN ('sent', 'refused') \
             AND EXISTS (SELECT 1 FROM sent JOIN upload ON upload.id = sent.upload_id LEFT JOIN step ON step.id = sent.answered_by \
                         WHERE sent.opportunity_id = history.opportunity_id AND upload.step_id > ?1 \
                         AND NOT EXISTS (SELECT 1 FROM step AS gone JOIN step AS again ON again.reverts = gone.id \
                                         WHERE gone.reverts = ?1 AND gone.id < upload.step_id AND again.id > upload.step_id) \
                         AND coalesce(",
            standing!("answer"),
            ", 'open') NOT IN ('dropped', 'refused')) LIMIT 1"
        );
        if !self.any_sent()? {
            return Ok(());
        }
        let mut statement = self.connection.prepare_cached(SQL).reading()?;
        let mut rows = statement.query([step.0]).reading()?;
        match rows.next().reading()?.map(|row| row.get(0)).transpose().reading()? {
            Some(id) => Err(StoreError::Written { id: OpportunityId(id), title: self.title_of(OpportunityId(id)) }),
            None => Ok(()),
        }
    }
}

/// Reads a row of [`sent!`].
fn sent_row(row: &Row<'_>) -> Result<SentRow, StoreError> {
    let said: String = row.get(5).reading()?;
    let (answer, message): (Option<String>, Option<String>) = (row.get(6).reading()?, row.get(7).reading()?);
    Ok(SentRow {
        upload: UploadId(row.get(0).reading()?),
        file: row.get(1).reading()?,
        written_at: Timestamp::from_micros(row.get(2).reading()?),
        line: row.get(3).reading()?,
        opportunity: OpportunityId(row.get(4).reading()?),
        said: serde_json::from_str(&said).map_err(|_| StoreError::Damaged("what a row said cannot be read".into()))?,
        answer: match answer.as_deref() {
            Some("taken") => Answer::Taken,
            Some("refused") => Answer::Refused(message.unwrap_or_default()),
            Some(_) => Answer::Dropped,
            None => Answer::Open,
        },
    })
}
