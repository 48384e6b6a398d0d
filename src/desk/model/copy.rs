//! What is sent to the clipboard: a line for each of what is marked, or for the selected one, cells that Excel and Outlook take apart.

use super::many::Gathering;
use super::{Effect, Model};
use crate::domain::opportunity::Opportunity;
use crate::store::Full;

/// Bytes that terminals take into their clipboard: as they are sent they are a third more.
pub const CLIPBOARD: usize = 54_000;

impl Model {
    pub(super) fn copy(&mut self) {
        self.gather(Gathering::Copy);
    }

    /// What was to be copied has come.
    pub(super) fn copy_rows(&mut self, found: &[Full]) {
        let mut lines: Vec<String> = found.iter().map(|full| self.cells(&full.opportunity).join("\t")).collect();
        let mut room = CLIPBOARD;
        let fitting = lines.iter().take_while(|line| {
            let fits = line.len() < room;
            room = room.saturating_sub(line.len() + 1);
            fits
        });
        // What is larger than all of it is cut by the terminal's door, and one row is never so long.
        let count = fitting.count().max(1);
        lines.truncate(count);
        match found {
            [] => return,
            [full] => self.tell(self.say.desk_copied(full.opportunity.title().as_str())),
            found if count < found.len() => self.warn(self.say.desk_copied_first(found.len(), count)),
            _ => self.tell(self.say.desk_copied_many(found.len())),
        }
        self.effects.push(Effect::Copy(lines.join("\n")));
    }

    /// Deal, customer, amount, currency, close date, stage or outcome, and Partner Center's id.
    fn cells(&self, on: &Opportunity) -> [String; 7] {
        let state =
            on.stage.outcome().map_or_else(|| self.say.stage(on.stage.kind()), |outcome| self.say.outcome(outcome.kind()));
        [
            on.title().to_string(),
            on.customer.name.to_string(),
            on.deal.value.map(|value| value.amount()).unwrap_or_default(),
            on.deal.value.map(|value| value.currency().to_string()).unwrap_or_default(),
            on.deal.close_date.map(|date| date.to_string()).unwrap_or_default(),
            state,
            on.referral_id.as_ref().map(ToString::to_string).unwrap_or_default(),
        ]
    }
}
