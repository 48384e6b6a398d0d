//! Making and changing deals in words: complaints, examples of what is right, and why something is refused.

use super::errors::Said;
use super::sentences::Sentences;
use super::values::place_line;
use crate::domain::directory::KnownCustomer;
use crate::domain::field::{Field, NotEditable};
use crate::domain::instant::Timestamp;
use crate::domain::invalid::Invalid;
use crate::domain::opportunity::HelpKind;
use crate::domain::rules::MicrosoftAnswer;
use crate::domain::text::Line;
use crate::store::{Similar, SimilarDeal};

type Moment<'a> = &'a dyn Fn(Timestamp) -> String;

impl Sentences {
    /// Says what is wrong with a part of a deal.
    pub(super) fn invalid_deal(&self, field: &str, why: &Invalid) -> (String, String) {
        match why {
            Invalid::NeedsConsent => (self.invalid_needs_consent(), self.invalid_needs_consent_hint()),
            Invalid::UnknownHelp(typed) => {
                let allowed = HelpKind::ALL.map(HelpKind::code).join(", ");
                (self.invalid_unknown_help(field, typed), self.invalid_unknown_help_hint(allowed))
            }
            Invalid::NotExactlyOne => (self.invalid_not_exactly_one(), self.invalid_not_exactly_one_hint()),
            Invalid::NotAnAssessment(id) => (self.invalid_not_an_assessment(field, id), self.invalid_not_an_assessment_hint()),
            Invalid::Twice(what) => (self.invalid_twice(field, what), self.invalid_twice_hint()),
            Invalid::OtherType { given, meant } => {
                (self.invalid_other_type(field, self.kind(*given), self.kind(*meant)), self.invalid_other_type_hint())
            }
            Invalid::NotForANewDeal(given) => {
                (self.invalid_not_for_a_new_deal(field, given), self.invalid_not_for_a_new_deal_hint())
            }
            Invalid::UnknownField { given, meant: Some(meant), .. } => {
                (self.invalid_unknown_field(given), self.config_unknown_did_you_mean(*meant))
            }
            Invalid::UnknownField { given, meant: None, known } => {
                (self.invalid_unknown_field(given), self.invalid_unknown_field_hint(known.join(", ")))
            }
            Invalid::NotAList => (self.invalid_not_a_list(field), self.invalid_not_a_list_hint()),
            Invalid::OnlyAddOrTakeOff => (self.invalid_only_add_or_take_off(field), self.invalid_only_add_or_take_off_hint()),
            Invalid::NotChosen(words) => (self.invalid_not_chosen(words), self.invalid_not_chosen_hint()),
            Invalid::OtherSign { sign, currency } => {
                (self.invalid_other_sign(currency.code(), field, sign.to_string()), self.invalid_other_sign_hint())
            }
            Invalid::NotThere(what) => (self.invalid_not_there(field, what), self.invalid_not_there_hint()),
            // Said where every value is spoken of.
            Invalid::Missing | Invalid::ControlCharacter(_) | Invalid::TooLong { .. } | Invalid::TooMany { .. } => {
                self.missing(field)
            }
            Invalid::NotAnAmount(_) | Invalid::TooPrecise { .. } | Invalid::NotPositive | Invalid::TooLarge => {
                self.missing(field)
            }
            Invalid::UnknownCurrency(_) | Invalid::NotADate(_) | Invalid::NotATime(_) | Invalid::NotAnEmail(_) => {
                self.missing(field)
            }
            Invalid::NotAPhone(_) | Invalid::NotADuns(_) | Invalid::ShortDuns(_) | Invalid::UnknownCountry(_) => {
                self.missing(field)
            }
            Invalid::NotAPerson(_) | Invalid::UnknownReason(_) | Invalid::NeedsNote(_) => self.missing(field),
            Invalid::UnknownStatus(_) | Invalid::NotOneOf { .. } | Invalid::NotASolution(_) => self.missing(field),
            Invalid::NotAWholeNumber(_) | Invalid::WrongShape(_) => self.missing(field),
        }
    }

    fn missing(&self, field: &str) -> (String, String) {
        (self.invalid_missing(field), self.invalid_missing_hint())
    }

    /// Returns an example of what a missing part of a deal takes.
    pub(super) fn example_of_deal(&self, at: &str) -> Option<String> {
        Some(match at {
            "deal.name" => self.example_name(),
            "customer.address.country" => self.example_country(),
            "customer.name" => self.example_customer(),
            "employees" => self.example_employees(),
            "solutions" => self.example_solutions(),
            "help.kind" => self.example_help_kind(),
            "help.note" => self.example_help_note(),
            "partner.organization" => self.example_partner(),
            "partner.brings" => self.example_partner_brings(),
            _ => return None,
        })
    }

    /// Returns the word for a part of a deal that is no field of its own.
    pub(super) fn deal_part(&self, path: &str) -> Option<String> {
        Some(match path {
            "customer.address.country" => self.field_country(),
            "customer.address.line1" => self.field_line1(),
            "customer.address.line2" => self.field_line2(),
            "customer.address.city" => self.field_city(),
            "customer.address.state" => self.field_state(),
            "customer.address.postalCode" => self.field_postal_code(),
            "help.consent" => self.field_consent(),
            "help.kind" => self.field_help_kind(),
            "help.note" => self.field_help_note(),
            "partner.organization" => self.field_partner(),
            "partner.brings" => self.field_partner_brings(),
            _ => return None,
        })
    }

    /// Returns the word for a part of a person or a solution; one that is not known stays as it is.
    pub(super) fn small_part(&self, part: &str) -> String {
        match part {
            "firstName" => self.part_first_name(),
            "lastName" => self.part_last_name(),
            "phone" => self.part_phone(),
            "email" => self.part_email(),
            "id" => self.part_id(),
            "name" => self.part_name(),
            "quantity" => self.part_quantity(),
            "price" => self.part_price(),
            other => other.to_owned(),
        }
    }

    /// Says why a field cannot be edited.
    pub(crate) fn not_editable(&self, field: Field, why: NotEditable) -> Said {
        let name = self.field(field);
        let (code, sentence, hint) = match why {
            NotEditable::Received => ("not-accepted", self.refused_edit_received(name), self.refused_edit_received_hint()),
            NotEditable::Archived => ("archived", self.refused_edit_archived(name), self.refused_edit_archived_hint()),
            NotEditable::Assessment => ("assessment", self.refused_edit_assessment(name), self.refused_edit_assessment_hint()),
            NotEditable::BySteps => ("by-steps", self.refused_edit_steps(name), self.refused_edit_steps_hint()),
            NotEditable::WithHelp => ("with-help", self.refused_edit_help(name), self.refused_edit_help_hint()),
            NotEditable::AtCreation => ("at-creation", self.refused_edit_creation(name), self.refused_edit_creation_hint()),
            NotEditable::ByImport => ("by-import", self.refused_edit_import(name), self.refused_edit_import_hint()),
        };
        Said { field: Some(field.path().to_owned()), ..Said::new(code, sentence, hint) }
    }

    /// Says that help was asked for already.
    pub(super) fn help_asked(&self, since: Option<Timestamp>, day: Moment<'_>) -> Said {
        let sentence = since.map_or_else(|| self.refused_help_asked(), |at| self.refused_help_asked_on(day(at)));
        Said::new("help-asked", sentence, self.refused_help_asked_on_hint())
    }

    /// Points at what a deal may be the same as: open deals of its customer, and nearly identical customers of the directory.
    pub fn similar(&self, similar: &Similar) -> Vec<String> {
        const SHOWN: usize = 3;
        let deal = |deal: &SimilarDeal| {
            let solutions: Vec<&str> = deal.shared.iter().map(Line::as_str).collect();
            self.form_similar(deal.customer.as_str(), deal.id.to_string(), solutions.join(", "), deal.title.as_str())
        };
        let customer = |customer: &KnownCustomer| {
            let duns = customer.duns.map(|duns| duns.to_string());
            let parts = [Some(place_line(&customer.address)).filter(|place| !place.is_empty()), duns];
            let known: Vec<String> = parts.into_iter().flatten().collect();
            let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
            self.form_alike(format!("{}{known}", customer.name))
        };
        similar.deals.iter().take(SHOWN).map(deal).chain(similar.customers.iter().map(customer)).collect()
    }

    /// Says where Microsoft's answer to a help request stands.
    pub(super) fn microsoft_answer(&self, answer: MicrosoftAnswer, moment: Moment<'_>) -> String {
        match answer {
            MicrosoftAnswer::Due(by) => self.show_microsoft_due(moment(by)),
            MicrosoftAnswer::Lapsed(by) => self.show_microsoft_lapsed(moment(by)),
        }
    }
}
