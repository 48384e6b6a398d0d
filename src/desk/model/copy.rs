//! What is sent to the clipboard: a line for each of what is marked, or for the selected one, cells that Excel and Outlook take apart.

use super::many::Gathering;
use super::{Effect, Model};
use crate::domain::opportunity::Opportunity;
use crate::store::Full;

impl Model {
    pub(super) fn copy(&mut self) {
        self.gather(Gathering::Copy);
    }

    /// What was to be copied has come.
    pub(super) fn copy_rows(&mut self, found: &[Full]) {
        let lines: Vec<String> = found.iter().map(|full| self.cells(&full.opportunity).join("\t")).collect();
        match found {
            [] => return,
            [full] => self.tell(self.say.desk_copied(full.opportunity.title().as_str())),
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
