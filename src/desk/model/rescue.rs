//! The database's file was taken away under the desk: that is said, and what is held is offered a new place. And the copy of each day.

use std::path::{Path, PathBuf};

use super::Model;
use super::dialog::{Dialog, Then, Wanted};
use crate::desk::Data;
use crate::desk::form::TextField;
use crate::desk::importing::expanded;
use crate::store::{Access, Request, StoreError};

impl Model {
    /// The file is not the one any more that was opened; each tick finds that, it is said once.
    pub(super) fn lost(&mut self, error: &StoreError) {
        if self.lost.is_none() {
            self.fail(error);
        }
    }

    /// Asks whether what is held is to be saved, where an error says that its file is lost.
    pub(super) fn offer_rescue(&mut self, error: &StoreError) {
        let (StoreError::Gone { path } | StoreError::Replaced { path } | StoreError::LogGone { path }) = error else { return };
        self.lost = Some(path.clone());
        let asked = |dialog: &Dialog| {
            let asks = matches!(dialog, Dialog::Ask(question) if question.then == Then::Rescue);
            asks || matches!(dialog, Dialog::Path { wanted: Wanted::Save, .. })
        };
        if !self.dialogs.iter().any(asked) {
            let question = self.said(error);
            self.put(question, Then::Rescue);
        }
    }

    /// A day has begun: its copy is made once nobody types.
    pub(super) fn ask_for_copy(&mut self) {
        if self.data == Data::Own && self.access == Access::ReadWrite {
            self.ask(Request::BackUp { day: *self.now.today, days: self.config.backups });
        }
    }

    /// That a copy was made is nothing that anybody waits for; that it was not is told.
    pub(super) fn copy_made(&mut self, made: &Result<(), StoreError>) {
        if let Err(error) = made {
            let said = self.said(error);
            self.warn(self.say.backup_day_failed(said));
        }
    }

    pub(super) fn ask_where_to_save(&mut self) {
        let offered = self.lost.as_deref().map(|path| beside(path, &self.now.today.to_string())).unwrap_or_default();
        let field = TextField::line(&offered.display().to_string());
        self.dialogs.push(Dialog::Path { field, wanted: Wanted::Save });
    }

    pub(super) fn save_path(&mut self) {
        if let Some(typed) = self.typed_path() {
            self.ask(Request::SaveAs { path: expanded(&typed) });
        }
    }

    pub(super) fn saved(&mut self, saved: &Result<PathBuf, StoreError>) {
        match saved {
            Ok(path) => self.tell(self.say.desk_saved(path.display().to_string())),
            Err(error) => {
                let said = self.said(error);
                self.ask_where_to_save();
                self.warn(said);
            }
        }
    }
}

/// Returns the name of a file beside one, with a day in it.
fn beside(path: &Path, day: &str) -> PathBuf {
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{name}-{day}.db"))
}
