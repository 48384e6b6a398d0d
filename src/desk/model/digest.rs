//! The week of the rep at this machine as text for a mail: asked for in the palette, and copied once it has come.

use super::dialog::{Line, PaletteEntry, Words};
use super::{After, Effect, Model};
use crate::domain::filter::{Filter, FilterWhy};
use crate::insight::digest::Digest;
use crate::insight::{Dimension, Terms, last_monday};
use crate::store::{Request, Reviewed, StoreError};

impl Model {
    /// Returns the line of the palette that copies it.
    pub(super) fn digest_line(&self) -> Line {
        let words = Words { also: self.say.palette_also_digest(), ..Words::default() };
        Line { entry: Some(PaletteEntry::CopyDigest), words, ..Line::plain(self.say.palette_copy_digest()) }
    }

    /// Asks for the week since last Monday of what belongs to the rep.
    pub(super) fn ask_digest(&mut self) {
        let filter = match Filter::read("owner:me", &self.asking()) {
            Ok(filter) => filter,
            Err(error) if error.why == FilterWhy::NoMe => return self.ask_who(After::Digest),
            Err(error) => return self.warn(self.say.filter_error(&error).whole()),
        };
        let (moment, config) = (self.now, &self.config);
        let terms = Terms::new(last_monday(*moment.today), moment, config.stage_weights, Dimension::default());
        let of = Reviewed {
            filter,
            terms: terms.told_in(config.home_currency),
            past: false,
            offers: Default::default(),
            rules: Default::default(),
        };
        self.ask(Request::Digest(of, moment));
    }

    pub(super) fn digest_came(&mut self, found: Result<Box<Digest>, StoreError>) {
        match found {
            Ok(digest) => {
                let data_of = self.counts.imported_at.map(|at| self.now.day_of(at));
                let text = self.say.digest(&digest, None, data_of).text();
                self.tell(self.say.digest_copied());
                self.effects.push(Effect::Copy(text));
            }
            Err(error) => self.fail(&error),
        }
    }
}
