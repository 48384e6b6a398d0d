//! What can be explained: topics and the words that find them, and which of them a field, a part of a form or a deal leads to.

use serde::Deserialize;

use crate::domain::draft::{ASSESSMENT, WITH_PARTNER};
use crate::domain::fold::bare;
use crate::domain::opportunity::{HelpKind, Kind};
use crate::domain::outcome::Reason;
use crate::domain::part::Part;
use crate::domain::sales::SalesStage;
use crate::domain::stage::{Stage, StageKind};

/// Something that statements are about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its word: `stage.received`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Other words that find it, in the languages of Partner Center.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Topic {
    /// Returns its word without what kind of topic it is: `deal.value` of `field.deal.value`.
    pub fn short(&self) -> &str {
        self.id.split_once('.').map_or(self.id.as_str(), |(_, short)| short)
    }

    /// Returns every word that means it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [self.id.as_str(), self.short(), self.name.as_str()].into_iter().chain(self.also.iter().map(String::as_str))
    }

    /// Returns whether a text is one of its words, whatever its case, blanks and marks.
    pub fn is_called(&self, text: &str) -> bool {
        let text = bare(text);
        !text.is_empty() && self.words().any(|word| bare(word) == text)
    }
}

/// Returns the topics that a part of a form leads to, by what stands in it; the nearest first.
pub fn of_part(part: Part, text: &str) -> Vec<String> {
    let chosen = match part {
        Part::Reason => Reason::read(text).map(of_reason),
        Part::HelpKind => HelpKind::read(text).map(|kind| format!("help.{}", kind.code())),
        Part::SalesStage => SalesStage::parse(text).ok().map(of_sales_stage),
        Part::Category if text == WITH_PARTNER => Some(of_kind(Kind::PartnerToPartner)),
        Part::Category if text == ASSESSMENT => Some(of_kind(Kind::SolutionAssessment)),
        Part::Share => Some(of_kind(Kind::PartnerLed)),
        Part::Currency => Some("currency".to_owned()),
        _ => None,
    };
    let itself = match part {
        Part::Reason | Part::Note => "reasons".to_owned(),
        Part::Consent => "consent".to_owned(),
        part if part.is_of_contract() => "registration".to_owned(),
        part => of_field(part.field().path()),
    };
    chosen.into_iter().chain([itself]).collect()
}

/// Returns the topics that a deal leads to: where it stands, how it ended and why, how far the sale is, its type.
pub fn of_deal(stage: &Stage, sales_stage: Option<SalesStage>, kind: Kind) -> Vec<String> {
    let mut topics = of_stage(stage);
    topics.extend(sales_stage.filter(|_| stage.kind() == StageKind::Accepted).map(of_sales_stage));
    topics.push(of_kind(kind));
    topics
}

/// Returns the topics that a stage leads to, with outcome and reason.
pub fn of_stage(stage: &Stage) -> Vec<String> {
    let itself = format!("stage.{}", stage.kind().code());
    let Some(outcome) = stage.outcome() else {
        let deadline = (stage.kind() == StageKind::Received).then(|| "deadline".to_owned());
        return [itself].into_iter().chain(deadline).collect();
    };
    let reason = outcome.reason().and_then(Reason::read).map(of_reason);
    [format!("outcome.{}", outcome.kind().code())].into_iter().chain(reason).chain([itself]).collect()
}

/// Returns the topic of a field by its path.
pub fn of_field(path: &str) -> String {
    format!("field.{path}")
}

pub fn of_kind(kind: Kind) -> String {
    format!("type.{}", kind.code())
}

pub fn of_reason(reason: Reason) -> String {
    format!("reason.{}", reason.code())
}

pub fn of_sales_stage(stage: SalesStage) -> String {
    format!("sales-stage.{stage}")
}

#[cfg(test)]
mod tests {
    use super::super::statement::Statements;
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::outcome::OutcomeKind;
    use crate::domain::tab::Tab;

    /// Every word of the tables that a rep can meet.
    fn met() -> Vec<String> {
        let statuses =
            ["notReady", "coSellReady", "azureIpCoSell", "businessApplicationsStandard", "businessApplicationsPremium"];
        let benefits = [
            "sellerExposure",
            "sellerIncentive",
            "serviceFee10",
            "csp10",
            "consumptionCommitment",
            "azureBenefit",
            "preferredBadge",
        ];
        let plain =
            ["deadline", "consent", "currency", "accept", "decline", "reasons", "leads", "registration", "roles", "upload"];
        let fields = Field::ALL.into_iter().map(|field| of_field(field.path()));
        fields
            .chain(StageKind::ALL.map(|stage| format!("stage.{}", stage.code())))
            .chain(OutcomeKind::ALL.map(|outcome| format!("outcome.{}", outcome.code())))
            .chain(Reason::ALL.map(of_reason))
            .chain(SalesStage::ALL.map(of_sales_stage))
            .chain(HelpKind::ALL.map(|kind| format!("help.{}", kind.code())))
            .chain(Kind::ALL.map(of_kind))
            .chain(Tab::DESK.map(|tab| format!("tab.{}", tab.code())))
            .chain(statuses.map(|status| format!("status.{status}")))
            .chain(benefits.map(|benefit| format!("benefit.{benefit}")))
            .chain(plain.map(str::to_owned))
            .collect()
    }

    #[test]
    fn every_field_stage_outcome_reason_type_kind_of_help_tab_status_and_benefit_is_explained() {
        let statements = Statements::shipped();
        for word in met() {
            assert!(statements.topic(&word).is_some(), "{word} is a topic");
            assert!(statements.about(&word).next().is_some(), "something is said of {word}");
        }
        for topic in &statements.topics {
            assert!(statements.about(&topic.id).next().is_some(), "something is said of {}", topic.id);
        }
    }

    #[test]
    fn every_part_of_a_form_leads_to_something_that_is_said() {
        let statements = Statements::shipped();
        for part in Part::ALL {
            for text in ["", "budget", "ProofOfConceptOrDemo", "40", WITH_PARTNER, ASSESSMENT, "nothing of the kind"] {
                let topics = of_part(part, text);
                let said = |topic: &String| statements.about(topic).next().is_some();
                assert!(!topics.is_empty() && topics.iter().all(said), "{part:?} {text}: {topics:?}");
            }
        }
        assert_eq!(of_part(Part::Reason, "no-response"), ["reason.no-response", "reasons"]);
        assert_eq!(of_part(Part::SalesStage, "60"), ["sales-stage.60", "field.deal.salesStage"]);
        assert_eq!(of_part(Part::Value, "100"), ["field.deal.value"]);
    }

    #[test]
    fn a_topic_is_called_by_its_word_its_name_and_what_pages_call_it() {
        let statements = Statements::shipped();
        let value = statements.topic("field.deal.value").unwrap();
        for text in ["field.deal.value", "deal.value", "Value", "estimated VALUE", "예상 값", "推定値", "估计值"] {
            assert!(value.is_called(text), "{text}");
        }
        for text in ["", " ", "val", "deal"] {
            assert!(!value.is_called(text), "{text}");
        }
    }
}
