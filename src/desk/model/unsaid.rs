//! What was typed on one line and left before it was kept, a note, a next step or a reason: it stands there again when the same is asked.

use std::path::PathBuf;

use super::Model;
use super::dialog::{Dialog, Wanted};
use crate::desk::form::TextField;

/// What lines begin with that ask for something.
#[derive(Debug, Clone, Default)]
pub(super) struct Unsaid {
    /// Those that were left, the last one last.
    left: Vec<(Wanted, String)>,
    /// The folder that files are to be written into unless another one is named, as one types it.
    pub folder: String,
    /// The folder that names of files begin in.
    pub here: PathBuf,
    /// Whether the folder that was named is being looked at.
    pub looking: bool,
}

impl Unsaid {
    fn take(&mut self, wanted: &Wanted) -> Option<String> {
        let at = self.left.iter().position(|(left, _)| is_same(left, wanted))?;
        Some(self.left.remove(at).1)
    }
}

/// Returns whether both ask for the same about the same.
fn is_same(one: &Wanted, other: &Wanted) -> bool {
    match (one, other) {
        (Wanted::Note(one), Wanted::Note(other)) | (Wanted::Next { about: one, .. }, Wanted::Next { about: other, .. }) => {
            one.ids == other.ids
        }
        (Wanted::LeadReason { lead: one, lose }, Wanted::LeadReason { lead: other, lose: too }) => {
            one.id == other.id && lose == too
        }
        _ => false,
    }
}

impl Model {
    /// Takes note in which folder names of files begin.
    pub fn stand_in(&mut self, here: PathBuf) {
        self.unsaid.here = here;
    }

    /// Offers a folder that is there to whoever writes files.
    pub fn offer_folder(&mut self, folder: String) {
        // Who was quicker than the disk is asked for it already.
        if let Some(Dialog::Path { field, wanted: Wanted::Folder(_) }) = self.dialogs.last_mut()
            && field.text().is_empty()
        {
            *field = TextField::line(&folder);
            self.dirty = true;
        }
        self.unsaid.folder = folder;
    }

    /// Asks for a line, in which `text` stands, or what was typed the last time and left.
    pub(super) fn ask_line(&mut self, text: &str, wanted: Wanted) {
        let left = self.unsaid.take(&wanted);
        if left.is_some() {
            self.tell(self.say.form_draft_restored());
        }
        self.dialogs.push(Dialog::Path { field: TextField::line(left.as_deref().unwrap_or(text)), wanted });
    }

    /// Keeps what was typed on the line that is being left.
    pub(super) fn keep_unsaid(&mut self) {
        let Some(Dialog::Path { field, wanted }) = self.dialogs.last() else { return };
        let typed = field.text().trim();
        let before = match wanted {
            Wanted::Next { had, .. } => had.as_deref().unwrap_or_default(),
            Wanted::Note(_) | Wanted::LeadReason { .. } => "",
            _ => return,
        };
        if !typed.is_empty() && typed != before {
            let left = (wanted.clone(), typed.to_owned());
            self.unsaid.left.push(left);
        }
    }
}
