//! The words of sheets: what their fields and choices are called, an example of what an empty field takes, complaints at a field.

use super::{ExceptionPart, Sheet, SheetField, SheetOf, SheetPart, Slot};
use crate::domain::invalid::{Complaint, Invalid};
use crate::domain::lead::LeadPart;
use crate::domain::part::Place;
use crate::domain::programme::offer::{Nature, OfferPart, OfferType};
use crate::i18n::Sentences;

impl Sentences {
    /// Returns what a field is called.
    pub fn sheet_label(&self, part: SheetPart) -> String {
        match part {
            SheetPart::Offer(part) => self.offer_part(part),
            SheetPart::Fact(fact) => self.fact(fact),
            SheetPart::Lead(part) => self.lead_part_name(part),
            SheetPart::Exception(ExceptionPart::Text) => self.exception_part_text(),
            SheetPart::Exception(ExceptionPart::AskedOn) => self.exception_part_asked(),
            SheetPart::Exception(ExceptionPart::Decided) => self.exception_part_decided(),
            SheetPart::Exception(ExceptionPart::DecidedOn) => self.exception_part_decided_on(),
            SheetPart::From => self.sheet_from(),
        }
    }

    /// Returns the word of a choice.
    pub fn sheet_option(&self, field: &SheetField, at: usize) -> String {
        let code = if let Slot::Choice(codes, _) = field.slot { codes.get(at).copied().unwrap_or_default() } else { "" };
        let kind = OfferType::ALL.into_iter().find(|kind| kind.code() == code);
        let nature = Nature::ALL.into_iter().find(|nature| nature.code() == code);
        match (field.part, kind, nature) {
            (SheetPart::Offer(OfferPart::Type), Some(kind), _) => self.offer_type(kind),
            (SheetPart::Offer(OfferPart::Nature), _, Some(nature)) => self.nature(nature),
            (SheetPart::Fact(_), ..) if code == "none" => self.sheet_isv_none(),
            (SheetPart::Exception(_), ..) if code == "granted" => self.exception_granted(),
            (SheetPart::Exception(_), ..) => self.exception_refused(),
            _ if code == "yes" => self.yes(),
            _ if code == "no" => self.no(),
            _ => code.to_owned(),
        }
    }

    /// Returns what an empty field may be filled with; nothing where its name says it all.
    pub fn sheet_example(&self, part: SheetPart) -> Option<String> {
        use OfferPart as P;
        Some(match part {
            SheetPart::Offer(P::Countries) => self.sheet_like_countries(),
            SheetPart::Offer(P::Contacts) => self.sheet_like_contacts(),
            SheetPart::Offer(P::OnePager | P::Presentation | P::ReferenceArchitecture) => self.sheet_like_document(),
            SheetPart::Offer(P::LandingPage | P::SocialOrCaseStudy) => self.sheet_like_page(),
            SheetPart::Offer(P::IpShare) => self.sheet_like_share(),
            SheetPart::Offer(P::Solution) => self.sheet_like_solution(),
            SheetPart::From => self.sheet_like_from(),
            SheetPart::Fact(_) => self.sheet_not_told(),
            SheetPart::Lead(LeadPart::CloseDate) => self.sheet_like_close(),
            SheetPart::Lead(LeadPart::Currency) => self.sheet_like_currency(),
            SheetPart::Exception(ExceptionPart::Text) => self.exception_like_text(),
            SheetPart::Offer(_) | SheetPart::Lead(_) | SheetPart::Exception(_) => return None,
        })
    }

    /// Returns what stands over a sheet.
    pub fn sheet_title(&self, sheet: &Sheet) -> String {
        match &sheet.of {
            SheetOf::Offer(None) => self.sheet_new_offer(),
            SheetOf::Offer(Some(seen)) => self.form_title(seen.offer.name.as_str(), self.action_edit()),
            SheetOf::Facts(_) => self.offers_said_organisation(),
            SheetOf::Lead(lead) => self.form_title(lead.title(), self.action_edit()),
            SheetOf::Exception(of) => {
                let what = if of.seen.exception.is_none() { self.exception_ask() } else { self.exception_decide() };
                self.form_title(of.deal.title().as_str(), what)
            }
        }
    }

    /// Says what is wrong with a field, by the name it has on the screen.
    pub fn sheet_complaint(&self, part: SheetPart, complaint: &Complaint) -> String {
        if let (SheetPart::Offer(OfferPart::Type), Invalid::Missing) = (part, &complaint.why) {
            return self.sheet_choose_type();
        }
        let named = Complaint { at: Place::Named(self.sheet_label(part)), why: complaint.why.clone() };
        self.complaint(&named).whole()
    }
}
