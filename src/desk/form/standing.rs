//! How a form stands: what is missing of it, what follows from it and what deserves a look; decided when it changes, only painted
//! later.

use super::{Form, FormKind, Understood};
use crate::domain::contact::{parse_email, parse_phone};
use crate::domain::customer::Duns;
use crate::domain::date::Moment;
use crate::domain::invalid::{Complaints, Invalid};
use crate::domain::money::Currency;
use crate::domain::part::Part;
use crate::domain::rules::{self, Consequence, Warning, of_asking, of_creating};
use crate::domain::sales::SalesStage;
use crate::domain::text::Line;

/// What a form comes to as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// Everything that is missing or wrong, also in fields that nobody came to yet.
    pub missing: Complaints,
    /// What follows from doing what the form is for; of a new deal nothing while something is missing.
    pub follows: Vec<Consequence>,
    /// What deserves a look about value and close date, whatever else is missing.
    pub remarks: Vec<Warning>,
}

impl Form {
    pub(super) fn standing_at(&self, now: Moment) -> Standing {
        let missing = self.build(now.today).err().unwrap_or_default();
        Standing { missing, follows: self.follows(now), remarks: self.remarks(now) }
    }

    fn follows(&self, now: Moment) -> Vec<Consequence> {
        match (self.kind, &self.subject.on) {
            (FormKind::AskHelp, Some(on)) => {
                // The person who is typed, not the one who was there: it is they who are shared.
                let contact = self.deal().contact;
                let contact = Some(contact.person()).filter(|_| !contact.is_empty());
                of_asking(on, contact.as_ref()).unwrap_or_default()
            }
            (FormKind::Register, Some(_)) => self.of_registering(),
            (FormKind::New, _) => self.deal().build(now.today).map(|(new, _)| of_creating(&new)).unwrap_or_default(),
            _ => self.subject.consequences.clone(),
        }
    }

    fn remarks(&self, now: Moment) -> Vec<Warning> {
        if self.kind == FormKind::Register {
            return Vec::new();
        }
        let all = || (0..self.kind.fields().len()).filter_map(|index| self.understood(index, now.today));
        let value = all().find_map(|meant| if let Understood::Money(money) = meant { Some(money) } else { None });
        let date = all().find_map(|meant| if let Understood::Date(typed) = meant { Some(typed.date) } else { None });
        rules::warnings(value, date, *now.today)
    }

    /// Returns the text of a field as it will be kept: in half width, with its code in capitals; as typed where it is wrong.
    pub fn stored(&self, part: Part) -> String {
        let typed = self.text(part);
        let stored: Result<String, Invalid> = match part {
            Part::Currency | Part::ContractCurrency | Part::SolutionCurrency => {
                Currency::parse(&typed).map(|currency| currency.to_string())
            }
            Part::Duns => Duns::parse(&typed).map(|duns| duns.to_string()),
            Part::ContactPhone | Part::EmployeePhone => parse_phone(&typed),
            Part::ContactEmail | Part::EmployeeEmail => parse_email(&typed),
            Part::PostalCode | Part::CrmId | Part::CampaignId => Line::code(&typed).map(|line| line.to_string()),
            Part::SalesStage => SalesStage::parse(&typed).map(|stage| format!("{stage} %")),
            Part::Notes | Part::Note | Part::HelpNote | Part::PartnerBrings => return typed.trim().to_owned(),
            _ => Line::parse(&typed).map(|line| line.to_string()),
        };
        stored.unwrap_or(typed)
    }
}
