//! The record: everything one opportunity is; no rules about how it changes.

use serde::{Deserialize, Serialize};

use super::contact::Person;
use super::customer::Customer;
use super::date::Date;
use super::ids::{CenterId, OpportunityId, Uid, Version};
use super::instant::Timestamp;
use super::money::Money;
use super::ours::{LogNote, NextStep};
use super::sales::SalesStage;
use super::solution::Solution;
use super::stage::{Stage, StageKind};
use super::text::{Line, Notes, empty_or_line};

/// What a file brings without a day of change stands so many microseconds before it came at most: a row each, in the order of the file.
pub const FILE_MICROS: i64 = 10_000_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opportunity {
    pub id: OpportunityId,
    pub version: Version,
    /// Its name beyond this machine, where the referral id is none; see [`Opportunity::uid`].
    #[serde(default)]
    pub uid: Option<Uid>,
    /// Partner Center's id; `None` until it knows the opportunity.
    pub referral_id: Option<CenterId>,
    /// Several referrals may share one engagement.
    pub engagement_id: Option<CenterId>,
    pub kind: Kind,
    pub origin: Origin,
    pub stage: Stage,
    /// A personal mark (MG-18 to MG-21, MG-78); moves nothing.
    pub favorite: bool,
    /// Whether the outbox holds something about it.
    pub waiting: bool,
    /// When it was made, as Partner Center or we ourselves know it.
    pub created_at: Option<Timestamp>,
    /// When this program first held it.
    pub first_seen_at: Timestamp,
    pub updated_at: Timestamp,
    pub deal: Deal,
    pub customer: Customer,
    /// People of our company on the deal, at most 50.
    pub employees: Vec<Person>,
    /// At most 50.
    pub solutions: Vec<Solution>,
    pub help: Option<Help>,
    /// The partner we work with on it, where we named one (OV-16).
    #[serde(default)]
    pub partner: Option<Partner>,
    /// Where Microsoft's own side of the engagement stands, as imported.
    pub microsoft_status: Option<Line>,
    /// The e-mail of who was named its owner; see [`Opportunity::owned_by`].
    #[serde(default)]
    pub owner: Option<Line>,
    /// What we do next about it.
    #[serde(default)]
    pub next: Option<NextStep>,
    /// Our own notes, the last one last.
    #[serde(default)]
    pub log: Vec<LogNote>,
}

/// The commercial details. All may be unknown while received; name, value and date are set on acceptance (MG-57).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deal {
    pub name: Option<Line>,
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub sales_stage: Option<SalesStage>,
    pub crm_id: Option<Line>,
    pub campaign_id: Option<Line>,
    pub notes: Option<Notes>,
}

/// The type of an opportunity (MG-05, OV-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    CoSell,
    PrivatePipeline,
    PartnerLed,
    PartnerToPartner,
    SolutionAssessment,
}

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::CoSell, Self::PrivatePipeline, Self::PartnerLed, Self::PartnerToPartner, Self::SolutionAssessment];

    /// Returns the word of the database and of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CoSell => "coSell",
            Self::PrivatePipeline => "privatePipeline",
            Self::PartnerLed => "partnerLed",
            Self::PartnerToPartner => "partnerToPartner",
            Self::SolutionAssessment => "solutionAssessment",
        }
    }

    /// Returns whether a table of Partner Center can tell it: of the others it says another one, and keeps what a deal is.
    pub const fn is_told_in_tables(self) -> bool {
        !matches!(self, Self::PartnerToPartner | Self::SolutionAssessment)
    }
}

/// Whether it was sent to us or made by us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "direction", rename_all = "camelCase")]
pub enum Origin {
    /// From a Microsoft seller or another partner (MG-14, D-12).
    Inbound { sender: Sender },
    /// Ours (MG-15).
    Outbound,
}

impl Origin {
    pub const fn direction(&self) -> Direction {
        match self {
            Self::Inbound { .. } => Direction::Inbound,
            Self::Outbound => Direction::Outbound,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    Inbound,
    Outbound,
}

impl Direction {
    pub const ALL: [Self; 2] = [Self::Inbound, Self::Outbound];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
        }
    }
}

/// Who sent an inbound opportunity, and who is told when it is declined or expires (MG-64, MG-65).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    pub kind: SenderKind,
    #[serde(deserialize_with = "organization")]
    pub organization: String,
    pub person: Option<Person>,
    /// What the sender wrote with it.
    #[serde(default)]
    pub note: Option<Notes>,
}

/// A name as imports bring it.
fn organization<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    empty_or_line(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

impl Sender {
    /// Microsoft, with the seller if a file names one.
    pub fn microsoft(person: Option<Person>) -> Self {
        Self { kind: SenderKind::Microsoft, organization: "Microsoft".to_owned(), person, note: None }
    }
}

/// How Microsoft calls its own organization in what Partner Center gives.
pub const MICROSOFT_ID: &str = "msft";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SenderKind {
    Microsoft,
    Partner,
}

impl SenderKind {
    pub const ALL: [Self; 2] = [Self::Microsoft, Self::Partner];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Microsoft => "microsoft",
            Self::Partner => "partner",
        }
    }
}

/// Our request that Microsoft helps (MG-51, MG-52).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Help {
    /// `None` where an import says that help was asked but not which.
    pub kind: Option<HelpKind>,
    pub note: Option<Notes>,
    pub requested_at: Option<Timestamp>,
    /// Whether the customer agreed that the contact is given to Microsoft (MG-31); `false` where an import brought the request.
    #[serde(default)]
    pub consent: bool,
}

/// Another partner who works on the deal with us (OV-16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Partner {
    pub organization: Line,
    /// What they bring to it.
    pub brings: Notes,
}

/// The six kinds of help, with the numbers 1 to 6 of the Partner Center files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HelpKind {
    WorkloadSpecificValueProposition,
    CustomerTechnicalArchitecture,
    ProofOfConceptOrDemo,
    QuotesOrLicensing,
    PostSalesCustomerSuccess,
    GeneralOrOther,
}

impl HelpKind {
    pub const ALL: [Self; 6] = [
        Self::WorkloadSpecificValueProposition,
        Self::CustomerTechnicalArchitecture,
        Self::ProofOfConceptOrDemo,
        Self::QuotesOrLicensing,
        Self::PostSalesCustomerSuccess,
        Self::GeneralOrOther,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::WorkloadSpecificValueProposition => "WorkloadSpecificValueProposition",
            Self::CustomerTechnicalArchitecture => "CustomerTechnicalArchitecture",
            Self::ProofOfConceptOrDemo => "ProofOfConceptOrDemo",
            Self::QuotesOrLicensing => "QuotesOrLicensing",
            Self::PostSalesCustomerSuccess => "PostSalesCustomerSuccess",
            Self::GeneralOrOther => "GeneralOrOther",
        }
    }

    /// Returns the number Partner Center files use, 1 to 6.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|kind| *kind == self).map_or(6, |index| index + 1)
    }

    /// Reads the word or the number.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let by_number = text.parse::<usize>().ok().and_then(|n| Self::ALL.get(n.wrapping_sub(1)).copied());
        by_number.or_else(|| Self::ALL.into_iter().find(|kind| kind.code().eq_ignore_ascii_case(text)))
    }
}

impl Opportunity {
    /// Returns one of which only the customer's name is known, first held at `now`.
    pub fn blank(customer: Line, now: Timestamp) -> Self {
        Self {
            id: OpportunityId(0),
            version: Version(0),
            uid: None,
            referral_id: None,
            engagement_id: None,
            kind: Kind::CoSell,
            origin: Origin::Outbound,
            stage: Stage::Accepted { since: None },
            favorite: false,
            waiting: false,
            created_at: None,
            first_seen_at: now,
            updated_at: now,
            deal: Deal::default(),
            customer: Customer { name: customer, duns: None, address: Default::default(), contact: None },
            employees: Vec::new(),
            solutions: Vec::new(),
            help: None,
            partner: None,
            microsoft_status: None,
            owner: None,
            next: None,
            log: Vec::new(),
        }
    }

    /// Returns its name beyond this machine: what was drawn for it or, where Partner Center made it, its referral id. `None` only
    /// before it is written.
    pub fn uid(&self) -> Option<Uid> {
        self.uid.clone().or_else(|| self.referral_id.as_ref().and_then(|id| Uid::read(id.as_str())))
    }

    /// Returns the name of the deal or, before it has one, the customer's.
    pub fn title(&self) -> &Line {
        self.deal.name.as_ref().unwrap_or(&self.customer.name)
    }

    /// Returns the title with the number by which commands know it.
    pub fn numbered(&self) -> String {
        format!("{} ({})", self.title(), self.id)
    }

    pub const fn direction(&self) -> Direction {
        self.origin.direction()
    }

    /// Returns who sent it; `None` when we made it.
    pub const fn sender(&self) -> Option<&Sender> {
        match &self.origin {
            Origin::Inbound { sender } => Some(sender),
            Origin::Outbound => None,
        }
    }

    /// Returns when it was made or, where nobody knows, when we first held it.
    pub fn newest(&self) -> Timestamp {
        self.created_at.unwrap_or(self.first_seen_at)
    }

    /// Returns when it was last changed, and whether that is known: as it came in a file that tells no day it was so then at the latest.
    pub fn changed(&self) -> (Timestamp, bool) {
        let since = self.updated_at.micros() - self.first_seen_at.micros();
        let as_it_came = (-FILE_MICROS..=0).contains(&since) && self.created_at != Some(self.first_seen_at);
        (self.updated_at, !as_it_came)
    }

    /// Returns when the present stage was entered and whether that is known; otherwise it is "at least since".
    pub fn entered(&self) -> (Timestamp, bool) {
        let known = match &self.stage {
            Stage::Received { .. } => self.created_at,
            Stage::Accepted { since } => *since,
            // Of a deadline that was counted from when it was first seen only the latest day is known.
            Stage::Lapsed { respond_by } if !respond_by.is_known() => return (respond_by.at, false),
            Stage::Lapsed { .. } | Stage::Archived { .. } => self.stage.archived_at(),
        };
        (known.unwrap_or(self.first_seen_at), known.is_some())
    }

    pub const fn is_archived(&self) -> bool {
        matches!(self.stage.kind(), StageKind::Archived)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::deadline::{Basis, Deadline};
    use super::*;

    /// An inbound opportunity that is due on 2026-11-26.
    pub(crate) fn received() -> Opportunity {
        let at = |text| Timestamp::parse(text).unwrap();
        Opportunity {
            id: OpportunityId(1),
            version: Version(1),
            uid: None,
            referral_id: CenterId::read("7204e52d-b222-4a58-808a-05a6c4647159"),
            engagement_id: None,
            kind: Kind::CoSell,
            origin: Origin::Inbound { sender: Sender::microsoft(None) },
            stage: Stage::Received { respond_by: Deadline { at: at("2026-11-26T00:00:00Z"), basis: Basis::Created } },
            favorite: false,
            waiting: false,
            created_at: Some(at("2026-11-12T00:00:00Z")),
            first_seen_at: at("2026-11-19T08:00:00Z"),
            updated_at: at("2026-11-19T08:00:00Z"),
            deal: Deal::default(),
            customer: Customer {
                name: Line::parse("한빛정밀 주식회사").unwrap(),
                duns: None,
                address: Default::default(),
                contact: None,
            },
            employees: Vec::new(),
            solutions: Vec::new(),
            help: None,
            partner: None,
            microsoft_status: None,
            owner: None,
            next: None,
            log: Vec::new(),
        }
    }

    pub(crate) fn accepted() -> Opportunity {
        Opportunity { stage: Stage::Accepted { since: None }, origin: Origin::Outbound, ..received() }
    }

    #[test]
    fn the_title_is_the_customer_until_the_deal_has_a_name() {
        let mut opportunity = received();
        assert_eq!(opportunity.title().as_str(), "한빛정밀 주식회사");
        opportunity.deal.name = Some(Line::parse("ERP").unwrap());
        assert_eq!(opportunity.title().as_str(), "ERP");
    }

    #[test]
    fn age_in_stage_says_whether_its_beginning_is_known() {
        assert_eq!(received().entered(), (received().created_at.unwrap(), true));
        assert_eq!(accepted().entered(), (accepted().first_seen_at, false));
    }

    #[test]
    fn the_kept_name_of_a_sender_is_a_line() {
        let kept = |organization: &str| {
            let value = serde_json::json!({ "kind": "partner", "organization": organization, "person": null });
            serde_json::from_value::<Sender>(value)
        };
        assert_eq!(kept("Contoso").unwrap().organization, "Contoso");
        assert!(kept("a\u{1b}[31m").is_err() && kept(&"a".repeat(1_001)).is_err());
    }

    #[test]
    fn kinds_of_help_have_numbers_and_words() {
        assert_eq!(HelpKind::read("3"), Some(HelpKind::ProofOfConceptOrDemo));
        assert_eq!(HelpKind::read("quotesorlicensing"), Some(HelpKind::QuotesOrLicensing));
        assert_eq!((HelpKind::read("0"), HelpKind::read("7")), (None, None));
    }
}
