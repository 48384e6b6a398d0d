//! The rules of an upload in words: what is wrong with a deal, what helps, and what each rule is about and known from.

use super::sentences::Sentences;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::part::Part;
use crate::domain::preflight::{Cure, Detail, Finding, Rule, RuleId, Severity, Source, When};
use crate::domain::solution::LIST_MAX;

impl Sentences {
    /// Says what is wrong with a deal, without a full stop. `moment` writes instants where the user is.
    pub fn finding(&self, finding: &Finding, moment: &dyn Fn(Timestamp) -> String) -> String {
        let sentence = self.preflight_rule(finding.rule);
        let detail = match &finding.detail {
            Detail::Plain => return sentence,
            Detail::Count(n) => self.number(*n as u64),
            Detail::Day(day) => day.to_string(),
            Detail::Moment(at) => moment(*at),
            Detail::Named(names) => names.join(", "),
        };
        self.preflight_detailed(detail, sentence)
    }

    /// Says what a rule finds, whichever deal it is about.
    pub fn preflight_rule(&self, id: RuleId) -> String {
        use RuleId as R;
        match id {
            R::EngagementIdMissing | R::ReferralIdMissing | R::NameMissing | R::StreetMissing | R::CityMissing => self.lacks(id),
            R::CountryMissing | R::ContactFirstMissing | R::ContactLastMissing | R::ContactPhoneMissing => self.lacks(id),
            R::ContactEmailMissing | R::ValueMissing | R::CurrencyMissing | R::CloseDateMissing => self.lacks(id),
            R::HelpKindMissing | R::SolutionMissing | R::TeamMissing => self.lacks(id),
            R::NotesMissing => self.preflight_notes_missing(),
            R::ClosedThere => self.preflight_closed_there(),
            R::CustomerStays => self.preflight_customer_stays(),
            R::AddressStays => self.preflight_address_stays(),
            R::DunsMissing => self.preflight_duns_missing(),
            R::DunsStays => self.preflight_duns_stays(),
            R::ContactStays => self.preflight_contact_stays(),
            R::ReasonMissing => self.preflight_reason_missing(),
            R::RefusedBefore => self.preflight_refused_before(),
            R::RefusedCorrected => self.preflight_refused_corrected(),
            R::AnswerLate => self.preflight_answer_late(),
            R::StageMissing => self.preflight_sales_stage_missing(),
            R::AssessmentOpen => self.preflight_assessment_open(),
            R::ValueZero => self.preflight_value_zero(),
            R::ValueHuge => self.preflight_value_huge(),
            R::CloseDatePast => self.preflight_close_date_past(),
            R::HelpStays => self.preflight_help_stays(),
            R::ShareStays => self.preflight_share_stays(),
            R::PrivateByUpload => self.preflight_private(),
            R::PartnerByHand => self.preflight_partner(),
            R::ConsentRefused => self.preflight_consent_refused(),
            R::ConsentUnknown => self.preflight_consent_unknown(),
            R::IntentUnknown => self.preflight_intent_unknown(),
            R::SolutionsTooMany => self.preflight_solutions_too_many(LIST_MAX),
            R::AssessmentSolutions => self.preflight_assessment_solutions(),
            R::SolutionCell => self.preflight_solution_cell(),
            R::TeamTooMany => self.preflight_team_too_many(LIST_MAX),
            R::TeamCell => self.preflight_team_cell(),
            R::TeamIncomplete => self.preflight_team_incomplete(),
        }
    }

    fn lacks(&self, id: RuleId) -> String {
        self.preflight_missing(id.rule().column)
    }

    /// Says what helps: the command that does it, or where it is done. `id` is the deal, or stands for one.
    pub fn finding_cure(&self, cure: Cure, rule: &Rule, id: Option<OpportunityId>) -> String {
        let id = id.map_or_else(|| "ID".to_owned(), |id| id.to_string());
        match (cure, rule.part.filter(|part| !part.flag().is_empty())) {
            (Cure::Set, Some(part @ (Part::Employees | Part::Solutions))) => self.preflight_cure_add(part.flag(), id),
            (Cure::Set, Some(part)) => self.preflight_cure_set(part.flag(), id),
            (Cure::TakeOff, Some(part)) => self.preflight_cure_take_off(part.flag(), id),
            (Cure::TakeBack, _) => self.preflight_cure_take_back(),
            (Cure::Undo, _) => self.preflight_cure_undo(),
            (Cure::MakeAnew, _) => self.preflight_cure_make_anew(id),
            // What has no flag is not set here.
            (Cure::InCenter | Cure::Set | Cure::TakeOff, _) => self.preflight_cure_in_center(),
            (Cure::Import, _) => self.preflight_cure_import(),
            (Cure::Ask, _) => self.preflight_cure_ask(),
            (Cure::Correct, _) => self.preflight_cure_correct(id),
            (Cure::Look, _) => self.preflight_cure_look(),
        }
    }

    pub fn severity(&self, severity: Severity) -> String {
        match severity {
            Severity::Error => self.preflight_error(),
            Severity::Warning => self.preflight_warning(),
            Severity::Hint => self.preflight_hint(),
        }
    }

    /// Says which deals a rule is about.
    pub fn rule_is_about(&self, when: When) -> String {
        match when {
            When::Every => self.preflight_when_every(),
            When::New => self.preflight_when_new(),
            When::Update => self.preflight_when_update(),
            When::Worked => self.preflight_when_worked(),
            When::Open => self.preflight_when_open(),
            When::Help => self.preflight_when_help(),
            When::Reasoned => self.preflight_when_reasoned(),
            When::Assessment => self.preflight_when_assessment(),
            When::Private => self.preflight_when_private(),
        }
    }

    /// Names what a rule is known from.
    pub fn rule_source(&self, source: Source) -> String {
        match source {
            Source::RequiredColumns => self.preflight_from_required(),
            Source::Template2026 => self.preflight_from_template(),
            Source::BulkLimits => self.preflight_from_limits(),
            Source::BulkIds => self.preflight_from_ids(),
            Source::BulkCells => self.preflight_from_cells(),
            Source::ReadOnlyColumns => self.preflight_from_read_only(),
            Source::Closed => self.preflight_from_closed(),
            Source::Reasons => self.preflight_from_reasons(),
            Source::Help => self.preflight_from_help(),
            Source::Lifecycle => self.preflight_from_lifecycle(),
            Source::DealTypes => self.preflight_from_types(),
            Source::Assessments => self.preflight_from_assessments(),
            Source::Matching => self.preflight_from_matching(),
        }
    }

    /// Says how much was found: errors, warnings and hints among so many deals.
    pub fn checked(&self, deals: usize, counts: [usize; 3]) -> String {
        let [errors, warnings, hints] = counts;
        let parts = [
            (errors > 0).then(|| self.check_errors(errors)),
            (warnings > 0).then(|| self.check_warnings(warnings)),
            (hints > 0).then(|| self.check_hints(hints)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { self.check_fine(deals) } else { self.check_summary(deals, parts.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;

    #[test]
    fn every_rule_has_a_sentence_without_a_full_stop_and_a_cure() {
        let say = Sentences::new(Language::ENGLISH);
        for id in RuleId::ALL {
            let sentence = say.preflight_rule(id);
            assert!(sentence.chars().next().is_some_and(char::is_uppercase) && !sentence.ends_with('.'), "{sentence}");
            for cure in Cure::ALL {
                let cure = say.finding_cure(cure, id.rule(), Some(OpportunityId(42)));
                assert!(!cure.is_empty() && !cure.contains(" =") && !cure.contains("  "), "{cure}");
            }
        }
        let cure = |id: RuleId| say.finding_cure(id.rule().cure, id.rule(), Some(OpportunityId(42)));
        assert_eq!(cure(RuleId::NameMissing), "cosell edit 42 name=…");
        assert_eq!(cure(RuleId::SolutionMissing), "cosell edit 42 solution+=…");
        assert_eq!(cure(RuleId::TeamCell), "cosell edit 42 employee-=…");
    }
}
