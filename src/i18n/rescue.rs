//! Copies of the database and what it has wrong, in words.

use super::sentences::Sentences;
use crate::store::{Before, Holds, Torn};

impl Sentences {
    /// Says what a database holds; `last` is the moment of its last step, in words.
    pub fn held_in(&self, holds: &Holds, last: String) -> String {
        self.holds(holds.deals, self.number(holds.deals), last, holds.steps, self.number(holds.steps))
    }

    /// Writes how large a file is.
    pub fn size(&self, bytes: u64) -> String {
        const KB: u64 = 1_000;
        const MB: u64 = 1_000_000;
        match bytes {
            ..MB => self.size_kilobytes(self.number(bytes.div_ceil(KB))),
            _ => self.size_megabytes(self.number(bytes.div_ceil(MB))),
        }
    }

    /// Says before what a copy was made.
    pub fn copied_before(&self, before: Before) -> String {
        match before {
            Before::Day => self.backup_before_day(),
            Before::Schema(version) => self.backup_before_schema(version.to_string()),
            Before::Mending => self.backup_before_mending(),
        }
    }

    /// Names the first deals that do not follow from the journal, and says how many there are.
    pub fn torn(&self, count: u64, first: &[Torn]) -> String {
        let one = |torn: &Torn| match torn.step {
            Some(step) => self.doctor_torn_step(torn.id.to_string(), step.to_string(), &torn.what),
            None => self.doctor_torn_making(torn.id.to_string()),
        };
        let mut named: Vec<String> = first.iter().map(one).collect();
        if count > first.len() as u64 {
            named.push("…".to_owned());
        }
        self.doctor_journal_torn(count, named.join(", "))
    }
}
