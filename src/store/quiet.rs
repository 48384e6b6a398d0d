//! Imports that are no step, as they changed nothing or brought a list of customers or solutions: whoever takes back what they did last
//! would take back what came before them.
//! What the clock makes of deals meanwhile is nothing that somebody did.

use serde_json::json;

use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::ids::StepId;
use crate::domain::role::Deed;

/// Where the last list is kept that was imported, in the same way.
const LIST: &str = "list_import";

/// An import that is no step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoStep {
    /// It changed nothing; its files.
    Quiet(Vec<String>),
    /// It brought a list, which stays; its file.
    List(String),
}

/// Where the last import that changed nothing is kept: which step stood last then, and its files.
const QUIET: &str = "quiet_import";

impl Store {
    /// Keeps that an import changed nothing.
    pub(super) fn note_quiet(&self, files: &[String]) -> Result<(), StoreError> {
        self.set_meta(QUIET, &json!((self.undone_next()?, files)).to_string())
    }

    /// Keeps that a list was imported.
    pub(super) fn note_list(&self, file: &str) -> Result<(), StoreError> {
        self.set_meta(LIST, &json!((self.undone_next()?, [file])).to_string())
    }

    /// Returns the last import where it is no step and what would be undone is what it was then, for whoever would take that back; it is
    /// returned once.
    ///
    /// # Errors
    /// When the database cannot be read or written, or who asks may take nothing back.
    pub fn nothing_of_import(&mut self) -> Result<Option<NoStep>, StoreError> {
        self.may(Deed::TakeBack)?;
        let list = self.list_since(self.undone_next()?)?;
        let quiet = self.files_since(QUIET, self.undone_next()?)?;
        for key in [QUIET, LIST] {
            self.connection.prepare_cached("DELETE FROM meta WHERE key = ?").writing()?.execute([key]).writing()?;
        }
        Ok(list.map(NoStep::List).or(quiet.map(NoStep::Quiet)))
    }

    /// Returns the file of the last list where that was imported after the step that would be undone.
    pub(super) fn list_since(&self, undone_next: Option<StepId>) -> Result<Option<String>, StoreError> {
        Ok(self.files_since(LIST, undone_next)?.map(|files| files.join(", ")))
    }

    fn files_since(&self, key: &str, undone_next: Option<StepId>) -> Result<Option<Vec<String>>, StoreError> {
        let Some(kept) = self.meta(key)? else { return Ok(None) };
        let (after, files) = serde_json::from_str::<(Option<StepId>, Vec<String>)>(&kept)
            .map_err(|_| StoreError::Damaged("which import is no step cannot be read".into()))?;
        Ok((after == undone_next).then_some(files))
    }

    fn undone_next(&self) -> Result<Option<StepId>, StoreError> {
        Ok(self.standing_last()?.map(|step| step.id))
    }
}
