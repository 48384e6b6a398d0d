//! Errors in words: one sentence about the user's world, and a hint what to do next; those of files that are read are in `file_errors.rs`.

use std::io;
use std::path::Path;

use super::sentences::Sentences;
use crate::domain::change::Refusal;
use crate::domain::filter::{FilterError, FilterWhy, KEYS, YES_NO_KEYS, nearest, of_word};
use crate::domain::ids::OpportunityId;
use crate::domain::invalid::{Complaint, Invalid, Shape};
use crate::domain::lead::LeadRefusal;
use crate::domain::outcome::Outcome;
use crate::domain::part::{Part, Place};
use crate::domain::role::Barred;
use crate::domain::stage::NotAllowed;
use crate::store::{Candidate, NotUndone, StepKind, StoreError};

/// An error as the user reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// A stable word for scripts.
    pub code: &'static str,
    /// The path of the value it is about, where it is about one.
    pub field: Option<String>,
    pub sentence: String,
    pub hint: Option<String>,
}

impl Said {
    pub(crate) fn new(code: &'static str, sentence: String, hint: impl Into<Option<String>>) -> Self {
        Self { code, field: None, sentence, hint: hint.into() }
    }

    /// Returns what happened and what to do, for places of one line.
    pub fn whole(&self) -> String {
        self.hint.as_ref().map_or_else(|| self.sentence.clone(), |hint| format!("{} {hint}", self.sentence))
    }
}

impl Sentences {
    /// Says what is wrong with a value.
    pub fn complaint(&self, complaint: &Complaint) -> Said {
        let (mut sentence, mut hint) = self.invalid(&self.place(&complaint.at), &complaint.why);
        if complaint.why == Invalid::Missing {
            let part = if let Place::Part(part) = complaint.at { Some(part) } else { None };
            if let Some(list @ (Part::Employees | Part::Solutions)) = part {
                sentence = self.invalid_missing_list(self.part(list));
            }
            let example = || part.and_then(|part| self.example_of_deal(part));
            hint = self.example(&complaint.at.to_string()).or_else(example).unwrap_or(hint);
        }
        if matches!((&complaint.why, &complaint.at), (Invalid::NotASolutionId(_), Place::Within(_, Part::SolutionId))) {
            hint = self.example_solution_id();
        }
        Said { field: Some(complaint.at.to_string()), ..Said::new(complaint.why.code(), sentence, hint) }
    }

    /// Returns an example of what a field takes, where a glance at one helps.
    fn example(&self, at: &str) -> Option<String> {
        Some(match at.rsplit(['.', ']']).next().unwrap_or(at) {
            "value" => self.invalid_not_an_amount_hint(),
            "currency" => self.invalid_unknown_currency_hint(),
            "closeDate" | "on" => self.invalid_not_a_date_hint(),
            "email" => self.invalid_not_an_email_hint(),
            "phone" => self.invalid_not_a_phone_hint(),
            "reason" => self.invalid_unknown_reason_hint(),
            _ => return None,
        })
    }

    fn invalid(&self, field: &str, why: &Invalid) -> (String, String) {
        match why {
            Invalid::Missing => (self.invalid_missing(field), self.invalid_missing_hint()),
            Invalid::ControlCharacter(c) => self.control_character(field, *c),
            Invalid::OfContract(fault) => self.of_contract(field, fault),
            Invalid::OfException(why) => self.of_exception(field, why),
            Invalid::TooLong { max } => (self.invalid_too_long(field, *max), self.invalid_too_long_hint()),
            Invalid::TooMany { max } => (self.invalid_too_many(field, *max), self.invalid_too_many_hint()),
            Invalid::NotAnAmount(typed) => (self.invalid_not_an_amount(field, typed), self.invalid_not_an_amount_hint()),
            Invalid::TooPrecise { currency, decimals } => {
                (self.invalid_too_precise(currency.code(), *decimals, field), self.invalid_too_precise_hint())
            }
            Invalid::TwoReadings { one, other } => {
                (self.invalid_two_readings(field, one, other), self.invalid_two_readings_hint(one, other))
            }
            Invalid::LakhOf(currency) => (self.invalid_lakh(currency.code(), field), self.invalid_lakh_hint()),
            Invalid::NotPositive => (self.invalid_not_positive(field), self.invalid_not_positive_hint()),
            Invalid::NotARate(typed) => (self.invalid_not_a_rate(field, typed), self.invalid_not_a_rate_hint()),
            Invalid::SameCurrency(of) => (self.invalid_same_currency(of.code(), field), self.invalid_same_currency_hint()),
            Invalid::TooLarge => (self.invalid_too_large(field), self.invalid_too_large_hint()),
            Invalid::UnknownCurrency(typed) => {
                (self.invalid_unknown_currency(field, typed), self.invalid_unknown_currency_hint())
            }
            Invalid::NotADate(typed) => (self.invalid_not_a_date(field, typed), self.invalid_not_a_date_hint()),
            Invalid::NoDateOfAFile(cell) => (self.invalid_not_a_date(field, cell), self.invalid_no_date_of_a_file_hint()),
            Invalid::NotATime(typed) => (self.invalid_not_a_time(field, typed), self.invalid_not_a_time_hint()),
            Invalid::IsOver(typed) => (self.invalid_is_over(field, typed), self.invalid_is_over_hint()),
            Invalid::NotAnEmail(typed) => (self.invalid_not_an_email(field, typed), self.invalid_not_an_email_hint()),
            Invalid::NotAPhone(typed) => (self.invalid_not_a_phone(field, typed), self.invalid_not_a_phone_hint()),
            Invalid::NotADuns(typed) => (self.invalid_not_a_duns(field, typed), self.invalid_not_a_duns_hint()),
            Invalid::ShortDuns(typed) => (self.invalid_short_duns(field, typed), self.invalid_short_duns_hint()),
            Invalid::UnknownCountry(typed) => (self.invalid_unknown_country(field, typed), self.invalid_unknown_country_hint()),
            Invalid::NotAPercentage(typed) => (self.invalid_not_a_percentage(field, typed), self.invalid_not_a_percentage_hint()),
            Invalid::Separates(c) => (self.invalid_separates(c.to_string(), field), self.invalid_separates_hint()),
            Invalid::NotAState(typed) => (self.invalid_not_a_state(field, typed), self.invalid_not_a_state_hint()),
            Invalid::NotAPerson(typed) => (self.invalid_not_a_person(field, typed), self.invalid_not_a_person_hint()),
            Invalid::UnknownReason(typed) => (self.invalid_unknown_reason(field, typed), self.invalid_unknown_reason_hint()),
            Invalid::NeedsNote(reason) => (self.invalid_needs_note(self.reason(*reason)), self.invalid_needs_note_hint()),
            Invalid::UnknownStatus(typed) => (self.invalid_unknown_status(field, typed), self.invalid_unknown_status_hint()),
            Invalid::NotOneOf { given, allowed } => {
                (self.invalid_not_one_of(field, given), self.invalid_not_one_of_hint(allowed.join(", ")))
            }
            Invalid::NotASolutionId(typed) => (self.invalid_no_solution_id(field, typed), self.invalid_no_solution_id_hint()),
            Invalid::NotASolution(typed) => (self.invalid_not_a_solution(field, typed), self.invalid_not_a_solution_hint()),
            Invalid::NotAWholeNumber(typed) => {
                (self.invalid_not_a_whole_number(field, typed), self.invalid_not_a_whole_number_hint())
            }
            Invalid::WrongShape(shape) => self.wrong_shape(field, *shape),
            #[rustfmt::skip]
            Invalid::NeedsConsent | Invalid::UnknownHelp(_) | Invalid::NotExactlyOne | Invalid::NotAnAssessment(_)
            | Invalid::Twice(_) | Invalid::TwoValues { .. } | Invalid::Taken(_) | Invalid::ToldSince(_) | Invalid::OtherType { .. }
            | Invalid::NotForANewDeal(_) | Invalid::UnknownField { .. } | Invalid::NotAList | Invalid::OnlyAlone(_)
            | Invalid::OnlyAddOrTakeOff | Invalid::NotThere(_) | Invalid::NotAnEmployee { .. } | Invalid::NotChosen(_)
            | Invalid::OtherSign { .. } => self.invalid_deal(field, why),
        }
    }

    fn control_character(&self, field: &str, c: char) -> (String, String) {
        let code = format!("U+{:04X}", u32::from(c));
        (self.invalid_control_character(code, field), self.invalid_control_character_hint())
    }

    fn wrong_shape(&self, field: &str, shape: Shape) -> (String, String) {
        match shape {
            Shape::Row => (self.invalid_shape_row(), self.invalid_shape_row_hint()),
            Shape::Quote => (self.invalid_shape_quote(field), self.invalid_shape_quote_hint()),
            Shape::ClosedQuote => (self.invalid_shape_closed_quote(field), self.invalid_shape_closed_quote_hint()),
            Shape::OneRow => (self.invalid_shape_one_row(field), self.invalid_shape_one_row_hint()),
            Shape::WholeRow => (self.invalid_shape_whole_row(), self.invalid_shape_whole_row_hint()),
            Shape::PersonCell => (self.invalid_shape_person(field), self.invalid_shape_person_hint()),
            Shape::Object => (self.invalid_shape_object(field), self.invalid_shape_object_hint()),
            Shape::List => (self.invalid_shape_list(field), self.invalid_shape_list_hint()),
            Shape::Text => (self.invalid_shape_text(field), self.invalid_shape_text_hint()),
        }
    }

    /// Says why a change was refused; `day` writes an instant as a day.
    pub fn refusal(&self, refusal: &Refusal, day: &dyn Fn(crate::domain::instant::Timestamp) -> String) -> Said {
        match refusal {
            Refusal::NotAllowed(why) => self.not_allowed(why, day),
            Refusal::ChangedSince => Said::new("changed-since", self.refused_changed_since(), self.refused_changed_since_hint()),
            Refusal::NoSuch(id) => Said::new("no-such-opportunity", self.no_such(id.to_string()), self.no_such_hint()),
            Refusal::NotEditable(field, why) => self.not_editable(*field, *why),
            Refusal::HelpAsked { since } => self.help_asked(*since, day),
            Refusal::MicrosoftIsOnIt => {
                Said::new("microsoft-is-on-it", self.refused_microsoft_is_on_it(), self.refused_microsoft_is_on_it_hint())
            }
            Refusal::NoHelpForAssessment => {
                Said::new("assessment", self.refused_help_assessment(), self.refused_help_assessment_hint())
            }
            Refusal::NotPrivate(kind) => {
                Said::new("not-private", self.refused_not_private(self.kind(*kind)), self.refused_not_private_hint())
            }
            Refusal::NotOnIt(owner) => {
                Said::new("not-on-it", self.refused_not_on_it(owner.as_str()), self.refused_not_on_it_hint())
            }
            Refusal::NotRefused => Said::new("not-refused", self.refused_not_refused(), self.refused_not_refused_hint()),
            Refusal::NoConflict(None) => Said::new("no-conflict", self.refused_no_conflict(), self.refused_no_conflict_hint()),
            Refusal::NoConflict(Some(field)) => {
                Said::new("no-conflict", self.refused_no_conflict_in(self.field(*field)), self.refused_no_conflict_hint())
            }
            Refusal::Barred(why) => self.barred(*why),
            Refusal::Damaged(bad) => Said::new("damaged", self.store_damaged(bad.to_string()), self.store_damaged_hint()),
        }
    }

    /// Says that the configuration stays as it is while it is only looked.
    pub fn config_only_looked(&self) -> Said {
        Said::new("read-only", self.store_read_only_config(), self.store_read_only_config_hint())
    }

    /// Says why a role bars something (MG-02).
    pub fn barred(&self, why: Barred) -> Said {
        let (sentence, hint) = match why {
            Barred::Viewer => (self.barred_viewer(), self.barred_viewer_hint()),
            Barred::MadeWithoutMe => (self.barred_made_without_me(), self.barred_made_without_me_hint()),
            Barred::NotInTeam => (self.barred_not_in_team(), self.barred_not_in_team_hint()),
            Barred::AdminsOnly => (self.barred_admins_only(), self.barred_admins_only_hint()),
            Barred::NoEmail => (self.barred_no_email(), self.barred_no_email_hint()),
        };
        Said::new("barred", sentence, hint)
    }

    /// Says why a step is not allowed.
    pub fn not_allowed(&self, why: &NotAllowed, day: &dyn Fn(crate::domain::instant::Timestamp) -> String) -> Said {
        match why {
            NotAllowed::Archived { outcome, at } => {
                let outcome = self.outcome(Outcome::kind(outcome));
                let sentence = match at {
                    Some(at) => self.refused_archived_on(day(*at), outcome),
                    None => self.refused_archived(outcome),
                };
                Said::new("archived", sentence, self.refused_archived_on_hint())
            }
            NotAllowed::NotAccepted => Said::new("not-accepted", self.refused_not_accepted(), self.refused_not_accepted_hint()),
            NotAllowed::AssessmentOpen { reached } => {
                let sentence = self.refused_assessment_open(reached.unwrap_or_default());
                Said::new("assessment-open", sentence, self.refused_assessment_open_hint())
            }
            NotAllowed::AlreadyAccepted => {
                Said::new("already-accepted", self.refused_already_accepted(), self.refused_already_accepted_hint())
            }
        }
    }

    /// Says a range that ends before it begins the other way round.
    fn filter_turned(&self, key: &str, value: &str) -> String {
        let turned = value.split_once("..").map(|(from, to)| format!("{}..{}", to.trim(), from.trim()));
        self.filter_backwards_hint(key, turned.unwrap_or_default())
    }

    /// Says what is wrong with a filter.
    pub fn filter_error(&self, error: &FilterError) -> Said {
        let (sentence, hint) = match &error.why {
            FilterWhy::UnknownKey(key) => {
                let keys = [&KEYS[..], &YES_NO_KEYS].concat().join(", ");
                let meant = nearest(key).map(|meant| self.filter_unknown_key_meant(key, meant));
                (meant.unwrap_or_else(|| self.filter_unknown_key(key)), self.filter_unknown_key_hint(keys))
            }
            FilterWhy::UnknownValue { key, value, allowed, .. } if YES_NO_KEYS.contains(key) => {
                (self.filter_not_yes_no(*key, value), self.filter_unknown_value_hint(allowed.join(", ")))
            }
            FilterWhy::UnknownValue { key, value, meant, allowed } => {
                let elsewhere = || of_word(value).map(|key| format!("{key}:{value}"));
                let meant = meant.map(str::to_owned).or_else(elsewhere);
                let meant = meant.map(|meant| self.filter_unknown_value_meant(*key, meant, value));
                let sentence = meant.unwrap_or_else(|| self.filter_unknown_value(*key, value));
                (sentence, self.filter_unknown_value_hint(allowed.join(", ")))
            }
            FilterWhy::NoMe => (self.filter_no_me(&error.word), self.filter_no_me_hint()),
            FilterWhy::NoValue { key } if YES_NO_KEYS.contains(key) => {
                (self.filter_no_value(*key), self.filter_no_value_hint_yes_no())
            }
            FilterWhy::NoValue { key } => (self.filter_no_value(*key), self.filter_no_value_hint()),
            FilterWhy::NotAnAmount { value } => (self.filter_not_an_amount(value), self.filter_not_an_amount_hint()),
            FilterWhy::AmbiguousComma { key, value, one, other } if one == other => {
                (self.filter_comma(value), self.filter_comma_hint(*key, other))
            }
            FilterWhy::AmbiguousComma { key, value, one, other } => {
                (self.filter_two_commas(value), self.filter_two_commas_hint(*key, one, other))
            }
            FilterWhy::TwoReadings { value, one, other } => {
                (self.filter_two_readings(one, other, value), self.filter_two_readings_hint(one, other))
            }
            FilterWhy::ManyCurrencies { value, of } => {
                let codes: Vec<&str> = of.iter().map(|currency| currency.code()).collect();
                (self.filter_many_currencies(codes.join(", "), value), self.filter_many_currencies_hint(codes[0]))
            }
            FilterWhy::TwoCurrencies { value } => (self.filter_two_currencies(value), self.filter_two_currencies_hint()),
            FilterWhy::OtherCurrency { value, currency } => {
                (self.filter_other_currency(currency.code(), value), self.filter_other_currency_hint(currency.code()))
            }
            FilterWhy::Backwards { key, value } => (self.filter_backwards(value), self.filter_turned(key, value)),
            FilterWhy::NotADate { key: key @ "next", value } => {
                (self.filter_not_a_date(*key, value), self.filter_not_a_date_hint_next())
            }
            FilterWhy::NotADate { key, value } => (self.filter_not_a_date(*key, value), self.filter_not_a_date_hint(*key)),
            FilterWhy::UnknownCountry { value } => (self.filter_unknown_country(value), self.filter_unknown_country_hint()),
            FilterWhy::UnknownCurrency { value } => (self.filter_unknown_currency(value), self.filter_unknown_currency_hint()),
            FilterWhy::NotAnId { value } => (self.filter_not_an_id(value), self.filter_not_an_id_hint()),
            FilterWhy::NotAUid { value } => (self.filter_not_a_uid(value), self.filter_not_a_uid_hint()),
            FilterWhy::OpenQuote => (self.filter_open_quote(), self.filter_open_quote_hint()),
            #[rustfmt::skip]
            why @ (FilterWhy::UnknownView { .. } | FilterWhy::ViewWrong { .. } | FilterWhy::ViewCircle { .. }
            | FilterWhy::ViewsWithoutEnd) => {
                let (sentence, hint) = self.filter_view_error(why);
                return Said { field: Some(error.word.clone()), ..Said::new("filter", sentence, hint) };
            }
        };
        Said { field: Some(error.word.clone()), ..Said::new("filter", sentence, hint) }
    }

    /// Says what is wrong with the database.
    pub fn store_error(&self, error: &StoreError, day: &dyn Fn(crate::domain::instant::Timestamp) -> String) -> Said {
        use StoreError as E;
        let shown = |path: &Path| path.display().to_string();
        match error {
            E::Busy => Said::new("busy", self.store_busy(), self.store_busy_hint()),
            E::Full => Said::new("disk-full", self.store_full(), self.store_full_hint()),
            E::NoPermission { path } => {
                Said::new("no-permission", self.store_no_permission(shown(path)), self.store_no_permission_hint())
            }
            E::ReadOnly => Said::new("read-only", self.store_read_only(), self.store_read_only_hint()),
            E::NoDatabase { path } => {
                Said::new("no-database", self.store_file_missing(shown(path)), self.store_file_missing_hint())
            }
            E::NotAFile { path } => Said::new("not-a-file", self.store_not_a_file(shown(path)), self.store_not_a_file_hint()),
            E::Link { path } => Said::new("link", self.store_link(shown(path)), self.store_link_hint()),
            E::Empty { path } => Said::new("empty", self.store_empty(shown(path)), self.store_empty_hint()),
            E::Foreign { path } => Said::new("foreign", self.store_foreign(shown(path)), self.store_foreign_hint()),
            E::Newer { path, theirs, ours } => {
                Said::new("newer", self.store_newer(*ours, shown(path), *theirs), self.store_newer_hint())
            }
            E::Earlier { path } => Said::new("earlier", self.store_earlier(shown(path)), self.store_earlier_hint()),
            E::NoRoom { path, needed } => {
                Said::new("no-room", self.store_no_room(needed.div_ceil(1 << 20), shown(path)), self.store_no_room_hint())
            }
            E::SameFile { path } => Said::new("same-file", self.store_same_file(shown(path)), self.store_same_file_hint()),
            E::InUse { path } => Said::new("in-use", self.store_in_use(shown(path)), self.store_in_use_hint()),
            E::LogGone { path } => Said::new("log-gone", self.store_log_gone(shown(path)), self.store_log_gone_hint()),
            E::Gone { path } => Said::new("gone", self.store_gone(shown(path)), self.store_gone_hint()),
            E::Replaced { path } => Said::new("replaced", self.store_replaced(shown(path)), self.store_replaced_hint()),
            E::LogOlder { path } => {
                Said::new("log-older", self.store_log_older(shown(path)), self.store_log_older_hint(shown(path)))
            }
            E::LogApart { path } => {
                Said::new("log-apart", self.store_log_apart(shown(path)), self.store_log_apart_hint(shown(path)))
            }
            E::Damaged(detail) => Said::new("damaged", self.store_damaged(detail), self.store_damaged_hint()),
            E::ViewsDamaged => Said::new("damaged", self.views_damaged(), self.views_damaged_hint()),
            E::NoSuch(id) => Said::new("no-such-opportunity", self.no_such(id), self.no_such_hint()),
            E::Ambiguous { given, count, candidates } => self.ambiguous(given, *count, candidates),
            E::NothingKnown { begins } => self.nothing_known(day(*begins)),
            E::Refused(refusal) => self.refusal(refusal, day),
            E::NothingToUndo | E::NotUndone(_) | E::NothingToRedo | E::NotTheLast(_) => self.not_taken_back(error),
            E::LeadIsDeal(deal) => self.lead_refusal(LeadRefusal::IsDeal(*deal), ""),
            E::ChangedSince { id, title, by, at } => self.changed_since(*id, title, by, day(*at)),
            E::RecordChanged { .. } | E::RecordStale { .. } | E::RecordExists { .. } => self.record_missed(error, day),
            E::UploadStale { .. } | E::NoUpload { .. } | E::NotThatDeal { .. } => self.upload_missed(error),
            E::Written { id, title } => Said::new("written", self.store_written(title), self.store_written_hint(id.to_string())),
            E::Database { source, .. } => Said::new("database", self.store_failed(source.to_string()), self.store_failed_hint()),
            E::File { path, source, .. } if source.kind() == io::ErrorKind::AlreadyExists => {
                Said::new("file-exists", self.store_file_exists(shown(path)), self.store_file_exists_hint())
            }
            E::File { path, source, .. } => {
                Said::new("file", self.store_file_failed(source.to_string(), shown(path)), self.store_file_failed_hint())
            }
            E::Stopped => Said::new("stopped", self.store_stopped(), None),
        }
    }

    /// Says why no step was taken back, or made again.
    fn not_taken_back(&self, error: &StoreError) -> Said {
        match error {
            StoreError::NotUndone(why) => Said::new("not-undone", self.not_undone(*why), None),
            StoreError::NotTheLast(step) => {
                Said::new("not-the-last", self.store_not_the_last(self.step(step)), self.store_not_the_last_hint())
            }
            StoreError::NothingToRedo => Said::new("nothing-to-redo", self.store_nothing_to_redo(), None),
            _ => Said::new("nothing-to-undo", self.store_nothing_to_undo(), None),
        }
    }

    /// Says why nothing was done with an upload file: a deal was changed meanwhile, or there is no such file.
    fn upload_missed(&self, error: &StoreError) -> Said {
        match error {
            StoreError::UploadStale { title, .. } => {
                Said::new("changed-meanwhile", self.outbox_stale(title), self.outbox_stale_hint())
            }
            StoreError::NoUpload { file } => Said::new("no-upload", self.outbox_no_upload(file), self.outbox_no_upload_hint()),
            StoreError::NotThatDeal { line, id } => {
                let said = self.outbox_not_that_deal(id.to_string(), line.to_string());
                Said::new("not-that-deal", said, self.outbox_not_that_deal_hint())
            }
            other => Said::new("database", self.store_failed(other.to_string()), self.store_failed_hint()),
        }
    }

    fn nothing_known(&self, begins: String) -> Said {
        Said::new("nothing-known", self.store_nothing_known(begins), self.store_nothing_known_hint())
    }

    fn ambiguous(&self, given: &str, count: usize, candidates: &[Candidate]) -> Said {
        let named: Vec<String> = candidates.iter().map(|candidate| self.candidate(candidate)).collect();
        Said::new("ambiguous", self.store_ambiguous(count, given, named.join("; ")), self.store_ambiguous_hint())
    }

    /// Says which later step keeps one from being taken back.
    fn changed_since(&self, id: OpportunityId, title: &str, by: &str, day: String) -> Said {
        let sentence = match StepKind::of_code(by) {
            None | Some(StepKind::Import) => self.store_imported_since(day, title),
            Some(kind) => self.store_changed_since(day, self.step_of(kind, self.step_what_one(title))),
        };
        Said::new("changed-since", sentence, self.store_changed_since_hint(id.to_string()))
    }

    /// Says why a step cannot be taken back.
    pub fn not_undone(&self, why: NotUndone) -> String {
        match why {
            NotUndone::Clock => self.store_not_undone_clock(),
            NotUndone::OfAnother => self.store_not_undone_another(),
            NotUndone::Sent => self.store_not_undone_sent(),
            NotUndone::Already => self.store_not_undone_already(),
        }
    }

    /// Names one of several that may be meant: number, deal and customer.
    pub fn candidate(&self, candidate: &Candidate) -> String {
        self.store_candidate(&candidate.customer, candidate.id.to_string(), &candidate.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::OpportunityId;
    use crate::domain::money::Currency;
    use crate::domain::outcome::Reason;
    use crate::i18n::Language;

    fn said(at: &str, why: Invalid) -> (String, String) {
        let said = Sentences::new(Language::ENGLISH).complaint(&Complaint::new(at, why));
        (said.sentence, said.hint.unwrap_or_default())
    }

    #[test]
    fn a_wrong_key_or_value_of_a_filter_names_what_was_meant_whole_in_80_columns_and_then_all() {
        let say = Sentences::new(Language::ENGLISH);
        let error = |key: &str| FilterError { word: key.to_owned(), why: FilterWhy::UnknownKey(key.to_owned()) };
        let said = say.filter_error(&error("countr"));
        assert_eq!(said.sentence, "There is no key “countr”. Did you mean country:?");
        for key in KEYS.into_iter().chain(YES_NO_KEYS) {
            let typed = format!("{key}e");
            let sentence = say.filter_error(&error(&typed)).sentence;
            assert!(sentence.ends_with(&format!("Did you mean {key}:?")) && crate::width::width(&sentence) < 80, "{sentence}");
            assert!(said.hint.as_ref().is_some_and(|hint| hint.contains(key)), "{key}");
            assert!(say.filter_help().contains(key), "{key}");
        }
        assert_eq!(say.filter_error(&error("qqqqqq")).sentence, "There is no key “qqqqqq”.");
        let why =
            FilterWhy::UnknownValue { key: "stage", value: "won".into(), meant: Some("received"), allowed: vec!["received"] };
        let said = say.filter_error(&FilterError { word: "stage:won".into(), why });
        assert_eq!(said.whole(), "“won” is no stage. Did you mean received? One of received.");
    }

    #[test]
    fn a_complaint_names_the_field_what_is_wrong_and_what_is_right() {
        let (sentence, hint) = said("deal.value", Invalid::NotAnAmount("lots".into()));
        assert_eq!(sentence, "Value: “lots” is not an amount.");
        assert!(hint.contains("84m"));
        let (sentence, _) = said("employees[1].email", Invalid::NotAnEmail("x".into()));
        assert_eq!(sentence, "Employees 2 (e-mail): “x” is not an e-mail address.");
        let (sentence, _) = said("deal.value", Invalid::TooPrecise { currency: Currency::parse("JPY").unwrap(), decimals: 0 });
        assert_eq!(sentence, "Value: JPY has no decimals.");
        let (sentence, _) = said("notes", Invalid::NeedsNote(Reason::Other));
        assert_eq!(sentence, "The reason “Other” needs a note.");
    }

    #[test]
    fn refusals_name_outcome_and_day() {
        let english = Sentences::new(Language::ENGLISH);
        let at = crate::domain::instant::Timestamp::parse("2026-11-03T00:00:00Z").unwrap();
        let why = NotAllowed::Archived { outcome: Outcome::Won, at: Some(at) };
        let said = english.not_allowed(&why, &|_| "3 Nov".into());
        assert_eq!(said.sentence, "Archived as Won on 3 Nov: nothing can be changed.");
        let newer = StoreError::Newer { path: "c.db".into(), theirs: 9, ours: 1 };
        assert!(
            english.store_error(&newer, &|_| String::new()).sentence.contains("newer version of cosell (9, this one knows 1)")
        );
        let since = StoreError::ChangedSince { id: OpportunityId(7), title: "ERP".into(), by: "favorite".into(), at };
        assert!(
            english
                .store_error(&since, &|_| "3 Nov".into())
                .sentence
                .contains("what came after it, on 3 Nov: Marked “ERP” as favorite")
        );
    }
}
