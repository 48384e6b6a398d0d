//! In words: why files cannot be written into a folder; whether that is so is looked at in `private`.

use std::path::Path;

use super::{Said, Sentences};
use crate::private::{self, Unfit};

impl Sentences {
    /// Says why no file can be written into a folder as it stands; `None` where one can.
    pub fn unfit_folder(&self, folder: &Path) -> Option<Said> {
        private::unfit(folder).map(|why| self.unfit(&why))
    }

    /// As [`Sentences::unfit_folder`], of the folder that a file is to stand in.
    pub fn unfit_around(&self, file: &Path) -> Option<Said> {
        self.unfit_folder(private::folder_of(file))
    }

    /// Says why files cannot be written into a folder: what is so, where, and what to do.
    pub fn unfit(&self, why: &Unfit) -> Said {
        match why {
            Unfit::File(path) => {
                let path = path.display().to_string();
                Said::new("no-folder", self.place_is_file(path), self.place_is_file_hint())
            }
            Unfit::Missing(path) => {
                Said::new("no-folder", self.place_missing(path.display().to_string()), self.place_missing_hint())
            }
            Unfit::Closed(path) => Said::new("file", self.place_closed(path.display().to_string()), self.place_closed_hint()),
            Unfit::Other(path, detail) => {
                Said::new("file", self.place_other(detail, path.display().to_string()), self.place_other_hint())
            }
        }
    }
}
