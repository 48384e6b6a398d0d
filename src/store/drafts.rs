//! What was typed into forms that are not saved yet, each field by its path; it outlives a crash.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row};

use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::draft::{Texts, is_foreign};
use crate::domain::ids::{DraftId, OpportunityId, RecordId};
use crate::domain::instant::Timestamp;
use crate::domain::lead::OF_LEAD;
use crate::domain::role::Deed;

/// Which draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftKey {
    /// The one of a form (by its code) about an opportunity; of several, about number 0.
    About(&'static str, OpportunityId),
    /// One of those that make a new deal.
    New(DraftId),
    /// The one of a form (by its code) about something that is kept beside deals, an offer for one; `None` of what is new, or the only
    /// one of its kind.
    Beside(&'static str, Option<RecordId>),
}

impl Draft {
    /// Returns whether it is about something beside deals, as [`DraftKey::Beside`].
    pub fn is_beside_deals(&self) -> bool {
        let code = self.form.split(BESIDE).next().unwrap_or_default();
        self.about == Some(OpportunityId(0)) && BESIDE_FORMS.contains(&code)
    }
}

impl DraftKey {
    fn stands(self) -> Stands {
        match self {
            Self::About(form, id) => Stands::About(form.to_owned(), id.0),
            Self::Beside(form, Some(id)) => Stands::About(format!("{form}{BESIDE}{}", id.0), 0),
            Self::Beside(form, None) => Stands::About(form.to_owned(), 0),
            Self::New(id) => Stands::Numbered(id),
        }
    }
}

/// By which columns a draft is found.
enum Stands {
    /// By form and opportunity.
    About(String, i64),
    Numbered(DraftId),
}

/// The forms of what is kept beside deals.
const BESIDE_FORMS: [&str; 4] = [OFFER, ORGANISATION, LEAD, EXCEPTION];
/// What stands between the code of a form and the number of what it is about beside deals.
const BESIDE: char = '/';

/// A kept draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: DraftId,
    /// The code of its form.
    pub form: String,
    /// The opportunity it is about; `None` for a new deal, number 0 for several.
    pub about: Option<OpportunityId>,
    pub texts: Texts,
    /// When something was typed last.
    pub at: Timestamp,
}

impl Draft {
    /// Returns whether it makes the deal of a lead.
    pub fn is_of_lead(&self, lead: &str) -> bool {
        self.texts.get(OF_LEAD).is_some_and(|of| of == lead)
    }
}

/// What others typed into a draft since this window kept it last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    /// Texts that only they changed, by path; empty where they took one away.
    pub theirs: Texts,
    /// The paths of those that both changed.
    pub clashes: Vec<String>,
}

/// The form of new deals.
pub const NEW: &str = "new";
/// The form of offers.
pub const OFFER: &str = "offer";
/// The form of the facts about the organisation.
pub const ORGANISATION: &str = "organisation";
/// The form of a lead.
pub const LEAD: &str = "lead";
/// The form of an exception of a registration, by the number of its deal.
pub const EXCEPTION: &str = "exception";

/// A number taken for a draft into which nothing was typed is given up after so long.
const EMPTY_DAYS: i64 = 1;

impl Store {
    /// Takes a number for the draft of a new deal, so that several can be open, here and in other windows.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn new_draft(&self, now: Timestamp) -> Result<DraftId, StoreError> {
        self.may(Deed::Draft)?;
        let forget = "DELETE FROM draft WHERE form = ? AND content = '{}' AND at < ?";
        self.connection.prepare_cached(forget).writing()?.execute((NEW, now.plus_days(-EMPTY_DAYS).micros())).writing()?;
        let sql = "INSERT INTO draft (form, opportunity_id, content, at) VALUES (?, NULL, '{}', ?)";
        self.connection.prepare_cached(sql).writing()?.execute((NEW, now.micros())).writing()?;
        Ok(DraftId(self.connection.last_insert_rowid()))
    }

    /// Keeps the texts of a form, instead of those kept before.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn keep_draft(&self, key: DraftKey, texts: &Texts, now: Timestamp) -> Result<(), StoreError> {
        self.may(Deed::Draft)?;
        // A later version may have put more into it than this one knows.
        let foreign = self.draft(key)?.into_iter().flatten().filter(|(path, _)| is_foreign(path));
        let kept: Texts = foreign.chain(texts.iter().map(|(path, text)| (path.clone(), text.clone()))).collect();
        let content = serde_json::json!(kept).to_string();
        match key.stands() {
            Stands::About(form, of) => {
                let sql = "INSERT INTO draft (form, opportunity_id, content, at) VALUES (?, ?, ?, ?) \
                           ON CONFLICT (form, opportunity_id) DO UPDATE SET content = excluded.content, at = excluded.at";
                self.connection.prepare_cached(sql).writing()?.execute((form, of, content, now.micros())).writing()?;
            }
            Stands::Numbered(id) => {
                let sql = "INSERT INTO draft (number, form, opportunity_id, content, at) VALUES (?, ?, NULL, ?, ?) \
                           ON CONFLICT (number) DO UPDATE SET content = excluded.content, at = excluded.at WHERE form = excluded.form";
                self.connection.prepare_cached(sql).writing()?.execute((id.0, NEW, content, now.micros())).writing()?;
            }
        }
        Ok(())
    }

    /// Keeps what one window typed beside what others did: `base` is what it kept last, or began with. Fields that only others
    /// changed stay theirs; where both changed one, it is this window's.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn join_draft(&mut self, key: DraftKey, base: &Texts, ours: &Texts, now: Timestamp) -> Result<Joined, StoreError> {
        self.may(Deed::Draft)?;
        self.in_transaction(|store| {
            // One that is gone was saved or thrown away elsewhere: that empties no field here.
            let Some(held) = store.draft(key)? else {
                store.keep_draft(key, ours, now)?;
                return Ok(Joined::default());
            };
            let paths: BTreeSet<&String> = base.keys().chain(ours.keys()).chain(held.keys()).collect();
            let mut joined = Joined::default();
            let mut kept = ours.clone();
            for path in paths.into_iter().filter(|path| !is_foreign(path)) {
                let [base, ours, theirs] = [base, ours, &held].map(|texts| texts.get(path));
                if theirs == base || theirs == ours {
                    continue;
                }
                if ours != base {
                    joined.clashes.push(path.clone());
                    continue;
                }
                joined.theirs.insert(path.clone(), theirs.cloned().unwrap_or_default());
                match theirs {
                    Some(theirs) => drop(kept.insert(path.clone(), theirs.clone())),
                    None => drop(kept.remove(path)),
                }
            }
            store.keep_draft(key, &kept, now)?;
            Ok(joined)
        })
    }

    /// Returns the texts that were kept for a form.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn draft(&self, key: DraftKey) -> Result<Option<Texts>, StoreError> {
        let content: Option<String> = match key.stands() {
            Stands::About(form, of) => {
                let sql = "SELECT content FROM draft WHERE form = ? AND opportunity_id = ?";
                self.connection.prepare_cached(sql).reading()?.query_row((form, of), |row| row.get(0)).optional().reading()?
            }
            Stands::Numbered(id) => {
                let sql = "SELECT content FROM draft WHERE number = ? AND form = ?";
                self.connection.prepare_cached(sql).reading()?.query_row((id.0, NEW), |row| row.get(0)).optional().reading()?
            }
        };
        Ok(content.and_then(|content| serde_json::from_str(&content).ok()).filter(|texts: &Texts| !texts.is_empty()))
    }

    /// Returns every draft into which something was typed, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let sql =
            "SELECT number, form, opportunity_id, content, at FROM draft WHERE content <> '{}' ORDER BY at DESC, number DESC";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let drafts = statement.query_map([], read).reading()?;
        drafts.collect::<rusqlite::Result<_>>().reading()
    }

    /// Forgets what was kept for a form; returns whether there was something.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn drop_draft(&self, key: DraftKey) -> Result<bool, StoreError> {
        self.may(Deed::Draft)?;
        let dropped = match key.stands() {
            Stands::About(form, of) => {
                let sql = "DELETE FROM draft WHERE form = ? AND opportunity_id = ?";
                self.connection.prepare_cached(sql).writing()?.execute((form, of))
            }
            Stands::Numbered(id) => {
                let sql = "DELETE FROM draft WHERE number = ? AND form = ?";
                self.connection.prepare_cached(sql).writing()?.execute((id.0, NEW))
            }
        };
        Ok(dropped.writing()? > 0)
    }

    /// Forgets a draft of whatever form by its number.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn drop_draft_numbered(&self, id: DraftId) -> Result<(), StoreError> {
        self.may(Deed::Draft)?;
        self.connection.prepare_cached("DELETE FROM draft WHERE number = ?").writing()?.execute([id.0]).writing()?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        id: DraftId(row.get(0)?),
        form: row.get(1)?,
        about: row.get::<_, Option<i64>>(2)?.map(OpportunityId),
        texts: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default(),
        at: Timestamp::from_micros(row.get(4)?),
    })
}
