//! Making and changing deals in words: complaints, examples of what is right, and why something is refused.

use super::errors::Said;
use super::sentences::Sentences;
use super::values::place_line;
use crate::domain::directory::KnownCustomer;
use crate::domain::field::{Field, NotEditable};
use crate::domain::instant::Timestamp;
use crate::domain::invalid::Invalid;
use crate::domain::opportunity::HelpKind;
use crate::domain::part::{Part, Place};
use crate::domain::rules::{MICROSOFT_DAYS, MicrosoftAnswer};
use crate::domain::text::Line;
use crate::store::{Similar, SimilarDeal};

type Moment<'a> = &'a dyn Fn(Timestamp) -> String;

impl Sentences {
    /// Says what is there already.
    fn invalid_twice_told(&self, field: &str, why: &Invalid) -> (String, String) {
        match why {
            Invalid::Taken(name) => (self.invalid_taken(field, name), self.invalid_taken_hint()),
            Invalid::ToldSince(day) => (self.invalid_told_since(day, field), self.invalid_told_since_hint()),
            Invalid::TwoValues { one, other } => (self.invalid_two_values(field, one, other), self.invalid_two_values_hint()),
            Invalid::Twice(what) => (self.invalid_twice(field, what), self.invalid_twice_hint()),
            _ => self.invalid_deal(field, why),
        }
    }

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
            Invalid::Taken(_) | Invalid::ToldSince(_) | Invalid::Twice(_) | Invalid::TwoValues { .. } => {
                self.invalid_twice_told(field, why)
            }
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
            Invalid::OnlyAlone(with) => (self.invalid_only_alone(field, with), self.invalid_only_alone_hint(with)),
            Invalid::OnlyAddOrTakeOff => (self.invalid_only_add_or_take_off(field), self.invalid_only_add_or_take_off_hint()),
            Invalid::NotChosen(words) => (self.invalid_not_chosen(words), self.invalid_not_chosen_hint()),
            Invalid::OtherSign { sign, currency } => {
                (self.invalid_other_sign(currency.code(), field, sign.to_string()), self.invalid_other_sign_hint())
            }
            Invalid::NotAnEmployee { given, known } => (self.invalid_not_an_employee(field, given), self.employees_hint(known)),
            Invalid::NotThere(what) => (self.invalid_not_there(field, what), self.invalid_not_there_hint()),
            // Said where every value is spoken of.
            Invalid::Missing | Invalid::ControlCharacter(_) | Invalid::TooLong { .. } | Invalid::TooMany { .. } => {
                self.missing(field)
            }
            Invalid::NotAnAmount(_) | Invalid::TooPrecise { .. } | Invalid::NotPositive | Invalid::TooLarge => {
                self.missing(field)
            }
            Invalid::TwoReadings { .. } | Invalid::LakhOf(_) | Invalid::NotARate(_) => self.missing(field),
            Invalid::UnknownCurrency(_)
            | Invalid::NotADate(_)
            | Invalid::NoDateOfAFile(_)
            | Invalid::NotATime(_)
            | Invalid::IsOver(_)
            | Invalid::NotAnEmail(_) => self.missing(field),
            Invalid::NotAPhone(_) | Invalid::NotADuns(_) | Invalid::ShortDuns(_) | Invalid::UnknownCountry(_) => {
                self.missing(field)
            }
            #[rustfmt::skip]
            Invalid::NotAPerson(_) | Invalid::NotAState(_) | Invalid::Separates(_) | Invalid::NotAPercentage(_) | Invalid::UnknownReason(_) | Invalid::NeedsNote(_) | Invalid::UnknownStatus(_) | Invalid::NotOneOf { .. } | Invalid::NotASolution(_) | Invalid::NotASolutionId(_)
            | Invalid::NotAWholeNumber(_) | Invalid::WrongShape(_) | Invalid::SameCurrency(_) | Invalid::OfContract(_)
            | Invalid::OfException(_) => {
                self.missing(field)
            },
        }
    }

    fn employees_hint(&self, known: &str) -> String {
        if known.is_empty() { self.invalid_not_an_employee_nobody() } else { self.invalid_not_an_employee_hint(known) }
    }

    fn missing(&self, field: &str) -> (String, String) {
        (self.invalid_missing(field), self.invalid_missing_hint())
    }

    /// Returns an example of what a missing part of a deal takes, where a glance at one helps.
    pub(super) fn example_of_deal(&self, part: Part) -> Option<String> {
        Some(match part {
            Part::Name => self.example_name(),
            Part::Country => self.example_country(),
            Part::CustomerName => self.example_customer(),
            Part::Employees => self.example_employees(),
            Part::Solutions => self.example_solutions(),
            Part::HelpKind => self.example_help_kind(),
            Part::HelpNote => self.example_help_note(),
            Part::Partner => self.example_partner(),
            Part::PartnerBrings => self.example_partner_brings(),
            _ => return None,
        })
    }

    /// Returns the word for a part wherever sentences speak of it.
    pub fn part(&self, part: Part) -> String {
        match part {
            Part::Country => self.field_country(),
            Part::Line1 => self.field_line1(),
            Part::Line2 => self.field_line2(),
            Part::City => self.field_city(),
            Part::State => self.field_state(),
            Part::PostalCode => self.field_postal_code(),
            Part::ContactFirst | Part::ContactLast | Part::ContactPhone | Part::ContactEmail => {
                format!("{} ({})", self.field_contact(), self.small_part(part))
            }
            Part::Consent => self.field_consent(),
            Part::Currency => self.field_currency(),
            Part::EmployeeFirst | Part::EmployeeLast | Part::EmployeePhone | Part::EmployeeEmail => self.small_part(part),
            Part::SolutionFind => self.form_label_find(),
            Part::SolutionId | Part::SolutionName | Part::SolutionOwner => self.small_part(part),
            Part::SolutionQuantity | Part::SolutionPrice => self.small_part(part),
            Part::Category => self.form_label_category(),
            Part::HelpAsked => self.form_label_help(),
            Part::HelpKind => self.field_help_kind(),
            Part::HelpNote => self.field_help_note(),
            Part::Share => self.form_label_share(),
            Part::Partner => self.field_partner(),
            Part::PartnerBrings => self.field_partner_brings(),
            Part::Reason => self.field_reason(),
            Part::Note => self.field_note(),
            Part::CustomerName | Part::Duns | Part::Contact | Part::Name | Part::Value | Part::CloseDate | Part::SalesStage => {
                self.field(part.field())
            }
            Part::CrmId | Part::CampaignId | Part::Notes | Part::Employees | Part::Solutions | Part::Help | Part::Kind => {
                self.field(part.field())
            }
            Part::Owner => self.field_owner(),
            part => self.contract_label(part),
        }
    }

    /// Returns the word for a part of a person or a solution beside the word for the whole.
    fn small_part(&self, part: Part) -> String {
        match part {
            Part::ContactFirst | Part::EmployeeFirst => self.part_first_name(),
            Part::ContactLast | Part::EmployeeLast => self.part_last_name(),
            Part::ContactPhone | Part::EmployeePhone => self.part_phone(),
            Part::ContactEmail | Part::EmployeeEmail => self.part_email(),
            Part::SolutionId => self.part_id(),
            Part::SolutionName => self.part_name(),
            Part::SolutionQuantity => self.part_quantity(),
            Part::SolutionPrice => self.part_price(),
            other => other.member().to_owned(),
        }
    }

    /// Returns the word for the place of a complaint; what names no part and no field of ours (a column, say) stays as it is.
    pub fn place(&self, place: &Place) -> String {
        let entry = |list: Part, number: usize| format!("{} {}", self.part(list), number + 1);
        match place {
            Place::Part(part) => self.part(*part),
            Place::Entry(list, number) => entry(*list, *number),
            Place::Within(number, part) => {
                format!("{} ({})", entry(part.list().unwrap_or(*part), *number), self.small_part(*part))
            }
            Place::Named(name) => match name.as_str() {
                "" => self.word_input(),
                "name" => self.column_name(),
                "next.on" => self.field_next_on(),
                name => Field::from_path(name).map_or_else(|| name.to_owned(), |field| self.field(field)),
            },
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
            MicrosoftAnswer::Unsent => self.show_microsoft_unsent(MICROSOFT_DAYS),
            MicrosoftAnswer::Due(by) => self.show_microsoft_due(moment(by)),
            MicrosoftAnswer::Lapsed(by) => self.show_microsoft_lapsed(moment(by)),
        }
    }
}
