//! Imports that changed nothing: they are no step, so whoever takes back what they did last would take back what came before them.
//! What the clock makes of deals meanwhile is nothing that somebody did.

use serde_json::json;

use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::ids::StepId;
use crate::domain::role::Deed;

/// Where the last import that changed nothing is kept: which step stood last then, and its files.
const QUIET: &str = "quiet_import";

impl Store {
    /// Keeps that an import changed nothing.
    pub(super) fn note_quiet(&self, files: &[String]) -> Result<(), StoreError> {
        self.set_meta(QUIET, &json!((self.undone_next()?, files)).to_string())
    }

    /// Returns the files of the last import where it changed nothing and what would be undone is what it was then, for whoever would take
    /// that back; it is returned once.
    ///
    /// # Errors
    /// When the database cannot be read or written, or who asks may take nothing back.
    pub fn nothing_of_import(&mut self) -> Result<Option<Vec<String>>, StoreError> {
        self.may(Deed::TakeBack)?;
        let Some(kept) = self.meta(QUIET)? else { return Ok(None) };
        self.connection.prepare_cached("DELETE FROM meta WHERE key = ?").writing()?.execute([QUIET]).writing()?;
        let (after, files) = serde_json::from_str::<(Option<StepId>, Vec<String>)>(&kept)
            .map_err(|_| StoreError::Damaged("which import changed nothing cannot be read".into()))?;
        Ok((after == self.undone_next()?).then_some(files))
    }

    fn undone_next(&self) -> Result<Option<StepId>, StoreError> {
        Ok(self.standing_last()?.map(|step| step.id))
    }
}
