//! What is sent to the clipboard: a line for each of what is marked, or for the selected one, cells that Excel and Outlook take apart;
//! or one thing of the selected one by itself.

use super::dialog::{Line, PaletteEntry, Words};
use super::many::Gathering;
use super::{Effect, Model};
use crate::domain::opportunity::Opportunity;
use crate::i18n::address_line;
use crate::store::Full;

/// Bytes that terminals take into their clipboard: as they are sent they are a third more.
pub const CLIPBOARD: usize = 54_000;

/// What can be copied by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyPart {
    Email,
    Phone,
    Address,
    ReferralId,
}

impl CopyPart {
    pub(super) const ALL: [Self; 4] = [Self::Email, Self::Phone, Self::Address, Self::ReferralId];

    /// Returns it as it is pasted; nothing where it is not known.
    fn of(self, on: &Opportunity) -> Option<String> {
        let contact = on.customer.contact.as_ref();
        let text = match self {
            Self::Email => contact.map(|person| person.email.clone()),
            Self::Phone => contact.map(|person| person.phone.clone()),
            Self::Address => Some(address_line(&on.customer.address)),
            Self::ReferralId => on.referral_id.as_ref().map(ToString::to_string),
        };
        text.filter(|text| !text.is_empty())
    }
}

impl Model {
    /// Copies one thing of the selected one, whatever is marked.
    pub(super) fn copy_part(&mut self, part: CopyPart) {
        match self.selected().map(|row| row.id) {
            Some(id) => self.gather_of(Gathering::Part(part), vec![id]),
            None => self.warn(self.say.desk_nothing_selected()),
        }
    }

    pub(super) fn copy_part_of(&mut self, part: CopyPart, on: &Opportunity) {
        match part.of(on) {
            Some(text) => {
                self.tell(match part {
                    CopyPart::Email => self.say.copied_email(&text),
                    CopyPart::Phone => self.say.copied_phone(&text),
                    CopyPart::Address => self.say.copied_address(&text),
                    CopyPart::ReferralId => self.say.copied_referral_id(&text),
                });
                self.effects.push(Effect::Copy(text));
            }
            None => self.warn(self.nothing_to_copy(part, on)),
        }
    }

    fn nothing_to_copy(&self, part: CopyPart, on: &Opportunity) -> String {
        let title = on.title().as_str();
        match part {
            CopyPart::Email => self.say.copied_no_email(title),
            CopyPart::Phone => self.say.copied_no_phone(title),
            CopyPart::Address => self.say.copied_no_address(title),
            CopyPart::ReferralId => self.say.copied_no_referral_id(title),
        }
    }

    /// Returns a line of the palette for each; what is known not to be there says so.
    pub(super) fn copy_lines(&self) -> Vec<Line> {
        let line = |part: CopyPart| {
            let text = match part {
                CopyPart::Email => self.say.palette_copy_email(),
                CopyPart::Phone => self.say.palette_copy_phone(),
                CopyPart::Address => self.say.palette_copy_address(),
                CopyPart::ReferralId => self.say.palette_copy_referral_id(),
            };
            let missing = self.selected_detail().map(|full| &full.opportunity).filter(|on| part.of(on).is_none());
            let why_not = match self.selected() {
                None => Some(self.say.desk_nothing_selected()),
                Some(_) => missing.map(|on| self.nothing_to_copy(part, on)),
            };
            let words = Words { also: self.say.palette_also_copy(), ..Words::default() };
            Line { why_not, entry: Some(PaletteEntry::Copy(part)), words, ..Line::plain(text) }
        };
        CopyPart::ALL.into_iter().map(line).collect()
    }

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
