//! The words of forms: heads over fields, an example of what an empty field takes, and complaints as the desk says them.

use super::{ChoiceOf, Form, FormKind, Head};
use crate::domain::invalid::{Complaint, Invalid};
use crate::domain::part::{Part, Place};
use crate::domain::programme::registration::check::Fault;
use crate::i18n::Sentences;

impl Sentences {
    pub fn form_head(&self, head: Head) -> String {
        match head {
            Head::Customer => self.form_head_customer(),
            Head::Address => self.form_head_address(),
            Head::Contact => self.form_head_contact(),
            Head::SomeoneElse => self.form_head_someone_else(),
            Head::Help => self.form_head_help(),
        }
    }

    /// Says what is wrong with a field: of a choice which keys make it, never the codes and flags that commands take.
    pub fn form_complaint(&self, complaint: &Complaint) -> String {
        let place = if let Place::Part(part) = complaint.at { Some(part) } else { None };
        match (place, &complaint.why) {
            (Some(Part::Reason), Invalid::Missing) => self.form_choose_why(ChoiceOf::Reason.count()),
            (Some(Part::HelpKind), Invalid::Missing) => self.form_choose_help(ChoiceOf::HelpKind.count()),
            (_, Invalid::OfContract(fault)) if !matches!(**fault, Fault::Barred(_) | Fault::NoRate { .. }) => {
                self.complaint(complaint).sentence
            }
            (Some(part), Invalid::Missing) if part.is_of_contract() => self.complaint(complaint).sentence,
            (Some(Part::Consent), Invalid::NeedsConsent) => self.form_needs_consent(),
            (_, Invalid::NotAnEmployee { given, known }) if !known.is_empty() => self.form_not_on_it(given, known),
            (_, Invalid::NotASolutionId(_)) => self.complaint(complaint).sentence,
            _ => self.complaint(complaint).whole(),
        }
    }

    /// Returns the names of what is not there yet.
    pub fn form_missing(&self, form: &Form) -> Vec<String> {
        let absent = form.standing.missing.iter().filter(|complaint| complaint.why == Invalid::Missing);
        absent
            .filter_map(|complaint| if let Place::Part(part) = complaint.at { Some(self.form_label(part)) } else { None })
            .collect()
    }

    /// Says it in the fewest words, for a list of what is missing or wrong.
    pub fn form_complaint_short(&self, complaint: &Complaint) -> String {
        match (&complaint.at, &complaint.why) {
            (Place::Part(Part::Reason | Part::HelpKind), Invalid::Missing) => self.form_complaint(complaint),
            _ => self.complaint(complaint).sentence,
        }
    }

    /// Returns what an empty field may be filled with; nothing where its name says it all.
    pub fn form_example(&self, form: &Form, part: Part) -> Option<String> {
        let example = match part {
            // Nothing typed says something there.
            _ if form.kind == FormKind::EditMany => self.form_unchanged(),
            Part::CloseDate if !form.subject.about.is_empty() => self.form_unchanged(),
            Part::Country => self.form_like_country(),
            Part::SolutionCurrency => self.form_like_solution_currency(),
            Part::ContractValue | Part::SolutionValue => self.form_like_value(),
            Part::SignDate => self.form_like_sign_date(),
            Part::StartDate | Part::EndDate | Part::MarketplaceDate => self.form_like_contract_date(),
            Part::CustomerName => self.form_like_customer(),
            Part::Duns => self.form_like_duns(),
            Part::Line1 => self.form_like_street(),
            Part::City => self.form_like_city(),
            Part::PostalCode => self.form_like_postal_code(),
            Part::Name => self.form_like_name(),
            Part::Value => self.form_like_value(),
            Part::Currency | Part::ContractCurrency => self.form_like_currency(),
            Part::CloseDate => self.form_like_close_date(),
            Part::SalesStage => self.form_like_sales_stage(),
            Part::CrmId => self.form_like_crm_id(),
            Part::CampaignId => self.form_like_campaign_id(),
            Part::Owner => self.form_like_owner(),
            Part::ContactPhone | Part::EmployeePhone => self.form_like_phone(),
            Part::ContactEmail | Part::EmployeeEmail => self.form_like_email(),
            Part::SolutionFind => self.form_like_solution(),
            Part::SolutionQuantity => self.form_like_quantity(),
            Part::HelpNote => self.form_like_help_note(),
            Part::Partner => self.form_like_partner(),
            Part::PartnerBrings => self.form_like_partner_brings(),
            _ => return None,
        };
        Some(example)
    }
}
