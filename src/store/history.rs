//! The history: steps in order, what each did to an opportunity, and how everything stood after it; only `journal` writes it.

use rusqlite::Row;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::confirmed::Pictured;
use super::delta::{Conflict, Delta, Image, read_delta, read_image};
use super::error::{StoreError, While};
use super::open::Store;
use super::write::DATED;
use crate::domain::change::What;
use crate::domain::field::{Field, Named};
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, StepId, Uid};
use crate::domain::instant::Timestamp;
use crate::domain::stage::Stage;

/// What kind of step it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    Import,
    Accept,
    Decline,
    Win,
    Lose,
    /// The time to answer had run out.
    Expire,
    /// The clock had been ahead: what had expired only by it is received again.
    Revive,
    Favorite,
    Unfavorite,
    /// A deal of our own was made.
    Create,
    Edit,
    AskHelp,
    /// Conflicts with Partner Center were decided.
    Resolve,
    /// How a deal ended, which Partner Center refused, was taken back.
    Reopen,
    /// What is to be done next was set.
    Next,
    /// A note was added that stays ours.
    Note,
    /// An earlier step was taken back.
    Undo,
    /// What had been taken back was made again.
    Redo,
    /// Upload files were written; what has left is final.
    Write,
    /// Offers of the programme were made, changed or removed.
    Offer,
    /// Facts of the organisation were told.
    Organisation,
    /// The registration of a won deal was told.
    Register,
    /// Registrations were written to a file, or a file of Microsoft told how they stand.
    RegistrationFile,
    /// Leads came in, were changed or written.
    Lead,
}

/// Whose step it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOrigin {
    Rep,
    /// A file that the rep imported.
    File,
    /// Nobody's: the time had come.
    Clock,
    /// What went to Partner Center.
    Center,
}

impl StepOrigin {
    pub const ALL: [Self; 4] = [Self::Rep, Self::File, Self::Clock, Self::Center];

    /// Returns the word of the database and of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rep => "rep",
            Self::File => "file",
            Self::Clock => "clock",
            Self::Center => "center",
        }
    }
}

impl StepKind {
    pub const ALL: [Self; 24] = [
        Self::Import,
        Self::Accept,
        Self::Decline,
        Self::Win,
        Self::Lose,
        Self::Expire,
        Self::Revive,
        Self::Favorite,
        Self::Unfavorite,
        Self::Create,
        Self::Edit,
        Self::AskHelp,
        Self::Resolve,
        Self::Reopen,
        Self::Next,
        Self::Note,
        Self::Undo,
        Self::Redo,
        Self::Write,
        Self::Offer,
        Self::Organisation,
        Self::Register,
        Self::RegistrationFile,
        Self::Lead,
    ];

    pub const fn of(what: &What) -> Self {
        match what {
            What::Accept(_) => Self::Accept,
            What::Decline { .. } => Self::Decline,
            What::Win(_) => Self::Win,
            What::Lose { .. } => Self::Lose,
            What::Favorite { on: true } => Self::Favorite,
            What::Favorite { on: false } => Self::Unfavorite,
            What::Edit(_) | What::Share | What::RespondBy(_) => Self::Edit,
            What::AskHelp(_) => Self::AskHelp,
            What::Resolve { .. } => Self::Resolve,
            What::Next(_) => Self::Next,
            What::Note { .. } => Self::Note,
            What::Reopen => Self::Reopen,
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
            Self::Revive => "revive",
            Self::Favorite => "favorite",
            Self::Unfavorite => "unfavorite",
            Self::Create => "create",
            Self::Edit => "edit",
            Self::AskHelp => "ask-help",
            Self::Resolve => "resolve",
            Self::Reopen => "reopen",
            Self::Next => "next",
            Self::Note => "note",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Write => "write",
            Self::Offer => "offer",
            Self::Organisation => "organisation",
            Self::Register => "register",
            Self::RegistrationFile => "registration-file",
            Self::Lead => "lead",
        }
    }

    /// Returns whether it is about what is kept beside deals, and so leads to none.
    pub const fn is_beside_deals(self) -> bool {
        matches!(self, Self::Offer | Self::Organisation | Self::Lead | Self::Register | Self::RegistrationFile)
    }

    /// Returns whose such a step is; the machine's own never stand on the rep's undo stack.
    pub const fn origin(self) -> StepOrigin {
        match self {
            Self::Import => StepOrigin::File,
            Self::Expire | Self::Revive => StepOrigin::Clock,
            Self::Write | Self::RegistrationFile => StepOrigin::Center,
            _ => StepOrigin::Rep,
        }
    }

    /// Returns the kind with this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    fn read(code: &str) -> Result<Self, StoreError> {
        Self::of_code(code).ok_or_else(|| StoreError::Damaged(format!("a step is called {code:?}")))
    }
}

/// One step of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct StepRecord {
    pub id: StepId,
    /// Its name beyond this machine.
    pub uid: Option<Uid>,
    /// When it happened: as the clock stood or, of an expiry, the deadline.
    pub at: Timestamp,
    pub kind: StepKind,
    pub origin: StepOrigin,
    /// The e-mail of who made it, where that was known.
    pub author: Option<String>,
    /// The step it takes back.
    pub reverts: Option<StepId>,
    /// What kind of step a rep knows that one by.
    pub of: Option<StepKind>,
    /// When it was taken back, if it is.
    pub undone_at: Option<Timestamp>,
    /// How many opportunities it touched.
    pub count: u64,
    /// The opportunity, where it was one, with its title at that time.
    pub only: Option<(OpportunityId, String)>,
    /// What is kept beside deals and was touched, where it was one, by its name then.
    pub record: Option<String>,
    /// What became of that one.
    pub became: Happened,
    /// The word for what was done to registrations or leads, where that is known.
    pub did: Option<String>,
    /// The files of an import.
    pub files: Vec<String>,
}

impl StepRecord {
    /// Returns whether it is taken back without a question.
    pub fn is_small(&self) -> bool {
        self.count <= 1 && self.kind != StepKind::Import
    }
}

impl StepRecord {
    /// An expiry of one, as it would be written.
    const fn of_the_clock() -> Self {
        Self {
            id: StepId(0),
            uid: None,
            at: Timestamp::from_micros(0),
            kind: StepKind::Expire,
            origin: StepOrigin::Clock,
            author: None,
            reverts: None,
            of: None,
            undone_at: None,
            count: 1,
            only: None,
            record: None,
            became: Happened::Changed,
            did: None,
            files: Vec::new(),
        }
    }
}

/// What became of one opportunity by a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    Made,
    Changed,
    Removed,
    /// Its time ran out.
    Lapsed,
    /// Its time had not run out after all.
    Revived,
    /// It went into an upload file.
    Sent,
    /// Partner Center took nothing of what was sent.
    Refused,
}

impl Happened {
    /// Returns the word of the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Made => "created",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Lapsed => "lapsed",
            Self::Revived => "revived",
            Self::Sent => "sent",
            Self::Refused => "refused",
        }
    }

    /// Reads the word; earlier versions named changes by their step.
    pub(super) fn read(code: &str) -> Self {
        let other = [Self::Made, Self::Removed, Self::Lapsed, Self::Revived, Self::Sent, Self::Refused];
        other.into_iter().find(|what| what.code() == code).unwrap_or(Self::Changed)
    }
}

/// What a step did to one opportunity.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub step: StepRecord,
    pub what: Happened,
    /// Old and new by field; what is not modelled goes by its own name.
    pub changes: Vec<(Named, Value, Value)>,
    pub conflicts: Vec<(Field, Conflict)>,
    /// Why Partner Center took nothing of what was sent.
    pub refusal: Option<String>,
}

impl Entry {
    /// Returns a step that was done to something beside the opportunity.
    pub(super) const fn beside(step: StepRecord) -> Self {
        Self { step, what: Happened::Changed, changes: Vec::new(), conflicts: Vec::new(), refusal: None }
    }

    /// Returns whether the opportunity came into being without a step that says so itself.
    pub const fn is_made_by_import(&self) -> bool {
        matches!((self.what, self.step.kind), (Happened::Made, StepKind::Import))
    }
}

/// What a step did, with everything needed to tell it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub step: StepRecord,
    pub deeds: Vec<Deed>,
}

/// What a step did to one opportunity, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    pub id: OpportunityId,
    pub uid: Option<Uid>,
    pub what: Happened,
    /// Of a change.
    pub delta: Option<Delta>,
    /// Of a making or a removal.
    pub image: Option<Image>,
}

/// What the sentence about a step needs; kept as JSON.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Detail {
    pub count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<(OpportunityId, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The word for what was done to registrations or leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did: Option<String>,
    /// The word for what became of that record, where it was not only changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub became: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// What a step that takes another back is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<StepKind>,
    /// The deadline of what expired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// How many an import made, by the shelf each stood on then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stood: Option<[u64; 6]>,
    /// Of when the newest download was before the step and after it, where that moved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Pictured>,
}

macro_rules! undone {
    () => {
        "coalesce(step.undone_at, (SELECT undo.at FROM step AS undo \
         WHERE undo.reverts = step.id AND NOT EXISTS (SELECT 1 FROM step AS redo WHERE redo.reverts = undo.id)))"
    };
}
pub(super) use undone;

/// When a step was taken back, NULL for one that stands. It is undone while something stands that takes it back; what earlier versions
/// undid says so itself.
pub(super) const UNDONE: &str = undone!();
/// The columns [`step_record`] reads.
pub(super) const STEP: &str =
    concat!("step.id, step.at, step.kind, step.detail, ", undone!(), ", step.uid, step.origin, step.author, step.reverts");

pub(super) fn step_record(row: &Row<'_>) -> Result<StepRecord, StoreError> {
    let detail: String = row.get(3).reading()?;
    let detail: Detail = serde_json::from_str(&detail).map_err(|_| StoreError::Damaged("a step has no detail".into()))?;
    let origin: String = row.get(6).reading()?;
    Ok(StepRecord {
        id: StepId(row.get(0).reading()?),
        uid: row.get::<_, Option<String>>(5).reading()?.and_then(|uid| Uid::read(&uid)),
        at: detail.due.unwrap_or(Timestamp::from_micros(row.get(1).reading()?)),
        kind: StepKind::read(&row.get::<_, String>(2).reading()?)?,
        origin: StepOrigin::ALL.into_iter().find(|known| known.code() == origin).unwrap_or(StepOrigin::Rep),
        author: Some(row.get::<_, String>(7).reading()?).filter(|author| !author.is_empty()),
        reverts: row.get::<_, Option<i64>>(8).reading()?.map(StepId),
        of: detail.of,
        undone_at: row.get::<_, Option<i64>>(4).reading()?.map(Timestamp::from_micros),
        count: detail.count,
        only: detail.only,
        record: detail.record,
        did: detail.did,
        became: detail.became.as_deref().map_or(Happened::Changed, Happened::read),
        files: detail.files,
    })
}

impl Store {
    /// Returns the steps before `before` (all, if it is `None`), latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn steps(&self, before: Option<StepId>, limit: usize) -> Result<Vec<StepRecord>, StoreError> {
        let sql = format!("SELECT {STEP} FROM step WHERE id < ? ORDER BY id DESC");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut steps = if before.is_none() { self.unwritten_expiries(limit)? } else { Vec::new() };
        let mut rows = statement.query([before.map_or(i64::MAX, |id| id.0)]).reading()?;
        while steps.len() < limit
            && let Some(row) = rows.next().reading()?
        {
            let step = step_record(row)?;
            if self.sees_step(&step)? {
                steps.push(step);
            }
        }
        Ok(steps)
    }

    /// Returns what was done to one opportunity before `before`, latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn history_of(&self, id: OpportunityId, before: Option<StepId>, limit: usize) -> Result<Vec<Entry>, StoreError> {
        if !self.sees(id)? {
            return self.get(id).map(|_| Vec::new());
        }
        let sql = format!(
            "SELECT {STEP}, history.what, history.delta FROM history JOIN step ON step.id = history.step_id \
             WHERE history.opportunity_id = ? AND history.step_id < ? ORDER BY history.step_id DESC LIMIT ?"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query((id.0, before.map_or(i64::MAX, |id| id.0), limit)).reading()?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next().reading()? {
            let mut step = step_record(row)?;
            let what = Happened::read(row.get_ref(9).reading()?.as_str().unwrap_or_default());
            let kept: Option<String> = row.get(10).reading()?;
            let (mut changes, mut conflicts, mut refusal) = (Vec::new(), Vec::new(), None);
            match (what, kept) {
                (Happened::Changed, Some(text)) => {
                    let delta = read_delta(&text)?;
                    conflicts = delta.conflicts();
                    let beside = delta.beside();
                    changes = delta.fields;
                    changes.extend(beside);
                }
                // Each is dated at its own deadline, however many were noticed at once.
                (Happened::Lapsed, Some(text)) => step.at = due(&text).unwrap_or(step.at),
                (Happened::Refused, text) => refusal = text,
                _ => {}
            }
            entries.push(Entry { step, what, changes, conflicts, refusal });
        }
        self.add_registration_steps(id, before, limit, &mut entries)?;
        if before.is_none()
            && let Some(expiry) = self.unwritten_expiry(id, &entries)?
        {
            entries.insert(0, expiry);
        }
        Ok(entries)
    }

    /// Returns the steps that would be written next if anything could be: one for each deadline that is over, the last one first, or
    /// for many of them one in all. They bear the number of the newest step there is: nothing comes after it yet.
    fn unwritten_expiries(&self, limit: usize) -> Result<Vec<StepRecord>, StoreError> {
        let Some(now) = self.overdue()? else { return Ok(Vec::new()) };
        let newest = "SELECT coalesce(max(id), 0) FROM step";
        let newest = StepId(self.connection.query_row(newest, [], |row| row.get(0)).reading()?);
        let sql = "SELECT urgency, count(*), min(id) FROM opportunity WHERE shelf = 0 AND urgency <= ? \
                   GROUP BY urgency ORDER BY urgency DESC LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let groups =
            statement.query_map((now.micros(), DATED + 1), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).reading()?;
        let mut groups: Vec<(i64, u64, i64)> = groups.collect::<rusqlite::Result<_>>().reading()?;
        if groups.len() > DATED {
            groups = vec![(groups[0].0, self.overdue_count()?, 0)];
        }
        let mut steps = Vec::new();
        for (due, count, id) in groups.into_iter().take(limit) {
            let id = OpportunityId(id);
            let held = if count == 1 { self.find_held(id)? } else { None };
            let only = held.map(|held| (id, held.opportunity.title().to_string()));
            let at = Timestamp::from_micros(due);
            steps.push(StepRecord { id: newest, at, count, only, ..StepRecord::of_the_clock() });
        }
        Ok(steps)
    }

    /// Returns the expiry of one that is over, where it cannot be written.
    fn unwritten_expiry(&self, id: OpportunityId, entries: &[Entry]) -> Result<Option<Entry>, StoreError> {
        let Some(last) = entries.first().filter(|entry| entry.what != Happened::Lapsed) else { return Ok(None) };
        let Some(now) = self.overdue()? else { return Ok(None) };
        let Some(Held { opportunity, .. }) = self.find_held(id)? else { return Ok(None) };
        let due = opportunity.stage.archived_at().filter(|_| matches!(opportunity.stage, Stage::Lapsed { .. }));
        let only = Some((id, opportunity.title().to_string()));
        Ok(due.filter(|due| *due <= now).map(|at| {
            let step = StepRecord { id: last.step.id, at, only, ..StepRecord::of_the_clock() };
            Entry { step, what: Happened::Lapsed, changes: Vec::new(), conflicts: Vec::new(), refusal: None }
        }))
    }

    /// Returns the steps after `step` (from the first on, if it is `None`) in order, each with all it did: whoever has told what
    /// happened until then can go on from there.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn since(&self, step: Option<StepId>, limit: usize) -> Result<Vec<Told>, StoreError> {
        let steps = self.steps_after(step, limit)?.into_iter();
        steps.map(|step| Ok(Told { deeds: self.deeds(step.id)?, step })).collect()
    }

    fn deeds(&self, step: StepId) -> Result<Vec<Deed>, StoreError> {
        let sql = "SELECT opportunity_id, what, delta FROM history WHERE step_id = ? ORDER BY opportunity_id";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([step.0]).reading()?;
        let mut deeds = Vec::new();
        while let Some(row) = rows.next().reading()? {
            let id = OpportunityId(row.get(0).reading()?);
            let what = Happened::read(row.get_ref(1).reading()?.as_str().unwrap_or_default());
            let kept: Option<String> = row.get(2).reading()?;
            let mut deed = Deed { id, uid: None, what, delta: None, image: None };
            match (what, kept) {
                (Happened::Changed, Some(text)) => deed.delta = Some(read_delta(&text)?),
                (Happened::Made | Happened::Removed, Some(text)) => deed.image = Some(read_image(&text)?),
                // A file made it: what it was is what stands, walked back through what came later.
                (Happened::Made, None) => deed.image = self.stood(id, step)?.as_ref().map(Image::of),
                _ => {}
            }
            let held = match self.find_held(id)? {
                Some(held) => Some(held),
                None => self.stood(id, step)?,
            };
            deed.uid = held.and_then(|held| held.opportunity.uid()).or_else(|| deed.image.as_ref().and_then(Image::uid));
            deeds.push(deed);
        }
        Ok(deeds)
    }

    /// Returns an opportunity as it stood right after a step: what is held now, walked back through everything later. `None` where it
    /// was not there. What the clock made of it is left out: that follows from the deadline.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn stood(&self, id: OpportunityId, after: StepId) -> Result<Option<Held>, StoreError> {
        let mut held = self.find_held(id)?;
        let sql = "SELECT history.what, history.delta FROM history JOIN step ON step.id = history.step_id \
                   WHERE history.opportunity_id = ? AND history.step_id > ? AND step.undone_at IS NULL \
                   ORDER BY history.step_id DESC";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query((id.0, after.0)).reading()?;
        while let Some(row) = rows.next().reading()? {
            let what = Happened::read(row.get_ref(0).reading()?.as_str().unwrap_or_default());
            let text: Option<String> = row.get(1).reading()?;
            held = walked_back(id, held, what, text.as_deref().unwrap_or_default())?;
        }
        if let Some(held) = &mut held {
            held.opportunity.stage = held.opportunity.stage.told();
        }
        Ok(held)
    }
}

/// Returns what was held before a step, of what was held after it.
pub(super) fn walked_back(
    id: OpportunityId,
    mut after: Option<Held>,
    what: Happened,
    kept: &str,
) -> Result<Option<Held>, StoreError> {
    match what {
        Happened::Made => return Ok(None),
        Happened::Removed => {
            let mut back = read_image(kept)?.held()?;
            back.opportunity.id = id;
            return Ok(Some(back));
        }
        Happened::Changed => {
            if let Some(held) = &mut after {
                read_delta(kept)?.take_back(held)?;
            }
        }
        // What the clock makes of it follows from the deadline, and sending changes nothing of what is held.
        Happened::Lapsed | Happened::Revived | Happened::Sent | Happened::Refused => {}
    }
    Ok(after)
}

pub(super) fn due(text: &str) -> Option<Timestamp> {
    let kept: Value = serde_json::from_str(text).ok()?;
    kept.get("due")?.as_i64().map(Timestamp::from_micros)
}
