//! The opportunity a lead becomes: a draft with everything the lead knows; what a deal needs beyond that is complained of as ever.

use super::{Lead, LeadPart, LeadRefusal, LeadStage};
use crate::domain::draft::{CustomerDraft, DealDraft, PersonDraft, SolutionDraft};

/// Under which a draft keeps the id of the lead it is made of.
pub const OF_LEAD: &str = "lead.id";

impl Lead {
    /// Returns whether a deal can be made of it now.
    ///
    /// # Errors
    /// Why not: it is answered first, and one deal is made of it.
    pub fn may_become_deal(&self) -> Result<(), LeadRefusal> {
        match (self.stage(), self.deal) {
            (_, Some(deal)) => Err(LeadRefusal::IsDeal(deal)),
            (LeadStage::Accepted | LeadStage::Won, None) => Ok(()),
            (LeadStage::Received, None) => Err(LeadRefusal::NotAccepted),
            (stage, None) => Err(LeadRefusal::Closed(stage)),
        }
    }

    /// Returns the draft of a deal with its data.
    pub fn draft(&self) -> DealDraft {
        let text = |part: LeadPart| self.text(part).to_owned();
        let (first, last) = self.names();
        let offers = self.text(LeadPart::OfferId).split([',', ';', '|']).map(str::trim).filter(|id| !id.is_empty());
        let solutions: Vec<SolutionDraft> = offers.map(SolutionDraft::of_id).collect();
        DealDraft {
            customer: CustomerDraft {
                name: text(LeadPart::Customer),
                country: text(LeadPart::Country),
                duns: text(LeadPart::Duns),
                line1: text(LeadPart::Line1),
                line2: text(LeadPart::Line2),
                city: text(LeadPart::City),
                state: text(LeadPart::State),
                postal_code: text(LeadPart::PostalCode),
            },
            contact: PersonDraft::of([first, last, text(LeadPart::Phone), text(LeadPart::Email)]),
            name: self.title().to_owned(),
            value: text(LeadPart::Value),
            currency: text(LeadPart::Currency),
            close_date: text(LeadPart::CloseDate),
            crm_id: text(LeadPart::CrmId),
            notes: text(LeadPart::Notes),
            // Where the file only has a name, it is what the search for solutions begins with.
            looked_for: if solutions.is_empty() { text(LeadPart::OfferName) } else { String::new() },
            solutions,
            ..DealDraft::default()
        }
    }

    /// Returns first and last name; of one column the last word is the last name.
    fn names(&self) -> (String, String) {
        let (first, last) = (self.text(LeadPart::ContactFirst), self.text(LeadPart::ContactLast));
        if !(first.is_empty() && last.is_empty()) {
            return (first.to_owned(), last.to_owned());
        }
        let whole = self.text(LeadPart::ContactName);
        whole.rsplit_once(' ').map_or_else(|| (String::new(), whole.to_owned()), |(first, last)| (first.into(), last.into()))
    }
}
