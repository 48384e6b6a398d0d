//! An offer of our own as the programme sees it: what it is, what stands ready for it, how far its submission is; no rule.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::customer::Country;
use crate::domain::fold::{self, fold};
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::domain::text::Line;

use super::organisation::hundredths;
use super::sales_contact::{SalesContact, contact_text, contacts};

/// What kind of offer it is (OV-29, OV-30, PE-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfferType {
    AzureApplication,
    AzureContainer,
    AzureVm,
    IotEdge,
    Saas,
    DynamicsCustomerEngagement,
    DynamicsOperations,
    Service,
}

impl OfferType {
    pub const ALL: [Self; 8] = [
        Self::AzureApplication,
        Self::AzureContainer,
        Self::AzureVm,
        Self::IotEdge,
        Self::Saas,
        Self::DynamicsCustomerEngagement,
        Self::DynamicsOperations,
        Self::Service,
    ];

    /// Returns the word of files, commands and JSON.
    pub const fn code(self) -> &'static str {
        TYPES[self as usize]
    }
}

/// The words of [`OfferType`], in its order.
pub(super) const TYPES: [&str; 8] = [
    "azure-application",
    "azure-container",
    "azure-vm",
    "iot-edge",
    "saas",
    "dynamics-customer-engagement",
    "dynamics-operations",
    "service",
];

/// Whether it is repeatable, packaged software of our own or a service (PE-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    Ip,
    Service,
}

impl Nature {
    pub const ALL: [Self; 2] = [Self::Ip, Self::Service];

    pub const fn code(self) -> &'static str {
        NATURES[self as usize]
    }
}

pub(super) const NATURES: [&str; 2] = ["ip", "service"];

/// How far an offer's way into the programme is (PE-28 to PE-30): what Microsoft decides, rules do not foresee.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Submission {
    /// Saved, not sent (PE-28).
    #[default]
    Draft,
    /// Reviewed by us and published to Microsoft (PE-29).
    Published,
    /// Microsoft found that it qualifies (PE-30).
    Qualified,
    /// Microsoft found that it does not, as it is (PE-30).
    NotQualified,
}

impl Submission {
    pub const ALL: [Self; 4] = [Self::Draft, Self::Published, Self::Qualified, Self::NotQualified];

    pub const fn code(self) -> &'static str {
        SUBMISSIONS[self as usize]
    }

    /// Returns whether one may follow the other: a draft is published, what is published is decided by Microsoft, and whatever was
    /// decided becomes a draft again where it is changed.
    pub fn may_become(self, next: Self) -> bool {
        match next {
            Self::Draft => true,
            Self::Published => self == Self::Draft || self == Self::NotQualified,
            Self::Qualified | Self::NotQualified => self == Self::Published,
        }
    }
}

const SUBMISSIONS: [&str; 4] = ["draft", "published", "qualified", "not-qualified"];

/// What some benefits ask for beside the status: mostly a way to sell the offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is bought in the marketplace.
    Marketplace,
    /// Resellers of the CSP channel sell it (PE-15).
    Csp,
    /// Microsoft takes it into the programme (PE-30).
    Qualified,
}

impl Way {
    /// Returns the word of JSON: the fact that is missing.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Marketplace => "transactable",
            Self::Csp => "csp",
            Self::Qualified => "qualified",
        }
    }
}

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    pub name: Line,
    #[serde(rename = "type")]
    pub kind: OfferType,
    pub nature: Nature,
    /// Whether it is live in the marketplace (PE-14, PE-24).
    pub published: bool,
    /// Whether it is bought in the marketplace.
    pub transactable: bool,
    /// Whether resellers of the CSP channel may sell it (PE-15).
    pub csp: bool,
    /// Where it can be bought.
    pub countries: BTreeSet<Country>,
    pub contacts: Vec<SalesContact>,
    /// The documents of PE-16 and PE-26: a name, an address, or only that there is one.
    pub one_pager: Option<Line>,
    pub presentation: Option<Line>,
    pub landing_page: Option<Line>,
    pub social_or_case_study: Option<Line>,
    pub reference_architecture: Option<Line>,
    pub built_on_azure: bool,
    /// How much of its code is repeatable and our own, in hundredths of a percent.
    pub ip_share: Option<u16>,
    /// Under which id deals name it.
    pub solution: Option<Line>,
    #[serde(default)]
    pub submission: Submission,
}

impl Offer {
    /// Returns another one of these that tells the same solution: a deal with it has the status of one of the two.
    pub fn same_solution<'a>(&self, among: impl IntoIterator<Item = &'a Self>) -> Option<&'a Self> {
        let id = |offer: &Self| offer.solution.as_ref().map(|id| id.as_str().to_lowercase());
        let mine = id(self)?;
        among.into_iter().find(|other| other.key() != self.key() && id(other).as_ref() == Some(&mine))
    }

    /// Returns an offer of which only name and type are known.
    pub fn new(name: Line, kind: OfferType) -> Self {
        Self {
            name,
            kind,
            nature: if kind == OfferType::Service { Nature::Service } else { Nature::Ip },
            published: false,
            transactable: false,
            csp: false,
            countries: BTreeSet::new(),
            contacts: Vec::new(),
            one_pager: None,
            presentation: None,
            landing_page: None,
            social_or_case_study: None,
            reference_architecture: None,
            built_on_azure: false,
            ip_share: None,
            solution: None,
            submission: Submission::Draft,
        }
    }

    /// Returns what offers are told apart by: their names, however they are written.
    pub fn key(&self) -> String {
        fold(self.name.as_str())
    }

    /// Returns the eligible countries that nobody is named for (PE-16).
    pub fn countries_without_contact(&self) -> Vec<Country> {
        let named = |country: &Country| self.contacts.iter().any(|contact| contact.country.is_none_or(|of| of == *country));
        self.countries.iter().copied().filter(|country| !named(country)).collect()
    }

    /// Returns the countries for which something that a status asks for is missing; none where it asks for nothing of countries.
    pub fn countries_lacking(&self, what: &str) -> Vec<Country> {
        if what == "contacts" { self.countries_without_contact() } else { Vec::new() }
    }

    /// Returns whether Microsoft has said that it does not qualify, whatever the rules make of it (PE-30).
    pub fn is_denied(&self) -> bool {
        self.submission == Submission::NotQualified
    }

    /// Returns what it lacks for a benefit of its status to count for it.
    pub fn lacks_for(&self, benefit: &str) -> Option<Way> {
        match benefit {
            _ if self.is_denied() => Some(Way::Qualified),
            "serviceFee10" | "consumptionCommitment" | "azureBenefit" if !self.transactable => Some(Way::Marketplace),
            "csp10" if !self.csp => Some(Way::Csp),
            _ => None,
        }
    }

    /// Returns everything that contradicts itself in it.
    pub fn complaints(&self) -> Complaints {
        let contradicts = (self.kind == OfferType::Service) != (self.nature == Nature::Service);
        let complaint = || {
            let allowed: &'static [&'static str] = if self.kind == OfferType::Service { &NATURES[1..] } else { &NATURES[..1] };
            Complaint::new(OfferPart::Nature.code(), Invalid::NotOneOf { given: self.nature.code().to_owned(), allowed })
        };
        contradicts.then(complaint).into_iter().collect()
    }
}

/// What is told of an offer by itself: a column of its files, a key of the command, a field of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfferPart {
    Name,
    Type,
    Nature,
    Published,
    Transactable,
    Csp,
    Countries,
    Contacts,
    OnePager,
    Presentation,
    LandingPage,
    SocialOrCaseStudy,
    BuiltOnAzure,
    IpShare,
    ReferenceArchitecture,
    Solution,
}

impl OfferPart {
    pub const ALL: [Self; 16] = [
        Self::Name,
        Self::Type,
        Self::Nature,
        Self::Published,
        Self::Transactable,
        Self::Csp,
        Self::Countries,
        Self::Contacts,
        Self::OnePager,
        Self::Presentation,
        Self::LandingPage,
        Self::SocialOrCaseStudy,
        Self::BuiltOnAzure,
        Self::IpShare,
        Self::ReferenceArchitecture,
        Self::Solution,
    ];

    /// The words of all, in order: columns of files and keys of commands.
    pub const CODES: [&'static str; 16] = [
        "name",
        "type",
        "nature",
        "published",
        "transactable",
        "csp",
        "countries",
        "contacts",
        "one-pager",
        "presentation",
        "landing-page",
        "social-or-case-study",
        "built-on-azure",
        "ip-share-percent",
        "reference-architecture",
        "solution",
    ];

    pub const fn code(self) -> &'static str {
        Self::CODES[self as usize]
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Returns what stands in a part, as [`OfferPart::set`] reads it; nothing where it is empty.
    pub fn text(self, of: &Offer) -> String {
        let yes_no = |on: bool| if on { "yes" } else { "no" }.to_owned();
        let line = |line: &Option<Line>| line.as_ref().map(ToString::to_string).unwrap_or_default();
        match self {
            Self::Name => of.name.to_string(),
            Self::Type => of.kind.code().to_owned(),
            Self::Nature => of.nature.code().to_owned(),
            Self::Published => yes_no(of.published),
            Self::Transactable => yes_no(of.transactable),
            Self::Csp => yes_no(of.csp),
            Self::Countries => of.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(";"),
            Self::Contacts => of.contacts.iter().map(contact_text).collect::<Vec<_>>().join("|"),
            Self::OnePager => line(&of.one_pager),
            Self::Presentation => line(&of.presentation),
            Self::LandingPage => line(&of.landing_page),
            Self::SocialOrCaseStudy => line(&of.social_or_case_study),
            Self::BuiltOnAzure => yes_no(of.built_on_azure),
            Self::IpShare => of.ip_share.map(share_text).unwrap_or_default(),
            Self::ReferenceArchitecture => line(&of.reference_architecture),
            Self::Solution => line(&of.solution),
        }
    }

    /// Sets a part from text; an empty text empties it.
    ///
    /// # Errors
    /// What is wrong with the text, with the part or the person it is of; the offer is then as it was.
    pub fn set(self, of: &mut Offer, text: &str) -> Result<(), Complaints> {
        let wrong = |why: Invalid| vec![Complaint::new(self.code(), why)];
        match self {
            Self::Name => of.name = Line::parse(text).map_err(wrong)?,
            Self::Type => {
                of.kind = one_of(text, OfferType::ALL, &TYPES).map_err(wrong)?;
            }
            Self::Nature => of.nature = one_of(text, Nature::ALL, &NATURES).map_err(wrong)?,
            Self::Published => of.published = yes_no(text).map_err(wrong)?,
            Self::Transactable => of.transactable = yes_no(text).map_err(wrong)?,
            Self::Csp => of.csp = yes_no(text).map_err(wrong)?,
            Self::Countries => of.countries = countries(text).map_err(wrong)?,
            Self::Contacts => of.contacts = contacts(text)?,
            Self::OnePager => of.one_pager = document(text).map_err(wrong)?,
            Self::Presentation => of.presentation = document(text).map_err(wrong)?,
            Self::LandingPage => of.landing_page = document(text).map_err(wrong)?,
            Self::SocialOrCaseStudy => of.social_or_case_study = document(text).map_err(wrong)?,
            Self::BuiltOnAzure => of.built_on_azure = yes_no(text).map_err(wrong)?,
            Self::IpShare => of.ip_share = share(text).map_err(wrong)?,
            Self::ReferenceArchitecture => of.reference_architecture = document(text).map_err(wrong)?,
            Self::Solution => {
                of.solution = Some(text).filter(|t| !t.trim().is_empty()).map(Line::code).transpose().map_err(wrong)?
            }
        }
        Ok(())
    }
}

fn one_of<T: Copy, const N: usize>(text: &str, all: [T; N], codes: &'static [&'static str; N]) -> Result<T, Invalid> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(Invalid::Missing);
    }
    // `IoT Edge`, `Azure_VM`: how words are joined is no difference.
    let bare = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
    let found = all.into_iter().zip(codes).find(|(_, code)| bare(code) == bare(typed));
    found.map(|(one, _)| one).ok_or_else(|| Invalid::NotOneOf { given: typed.to_owned(), allowed: codes })
}

/// Reads yes or no in five languages; nothing is no.
pub(super) fn yes_no(text: &str) -> Result<bool, Invalid> {
    let typed = text.trim();
    let read = if matches!(typed, "" | "-") { Some(false) } else { fold::yes_no(typed) };
    read.ok_or_else(|| Invalid::NotOneOf { given: typed.to_owned(), allowed: &["yes", "no"] })
}

/// Reads what is told of a document: a name or an address, only that there is one, or that there is none.
fn document(text: &str) -> Result<Option<Line>, Invalid> {
    match yes_no(text) {
        Ok(false) => Ok(None),
        Ok(true) => Line::parse("yes").map(Some),
        Err(_) => Line::parse(text).map(Some),
    }
}

fn countries(text: &str) -> Result<BTreeSet<Country>, Invalid> {
    let parts = text.split([';', ',', '、']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(Country::typed).collect()
}

fn share(text: &str) -> Result<Option<u16>, Invalid> {
    let typed = text.trim().trim_end_matches(['%', '％']).trim_end();
    if typed.is_empty() {
        return Ok(None);
    }
    let share = hundredths(typed).ok().and_then(|share| u16::try_from(share).ok()).filter(|share| *share <= 10_000);
    share.map(Some).ok_or_else(|| Invalid::NotAPercentage(text.trim().to_owned()))
}

fn share_text(share: u16) -> String {
    let (whole, rest) = (share / 100, share % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer() -> Offer {
        Offer::new(Line::parse("한빛 ERP").unwrap(), OfferType::Saas)
    }

    #[test]
    fn every_part_reads_what_it_says() {
        let mut full = offer();
        let texts = [
            "한빛 ERP",
            "saas",
            "ip",
            "yes",
            "yes",
            "no",
            "KR;US",
            "KR=민준;김;+82 2-555-0100;kim@hanbit.example|US=Ann;Lee;+1 555 0100;ann@lee.example",
            "hanbit-one-pager.pdf",
            "yes",
            "https://hanbit.example/erp",
            "https://hanbit.example/cases/1",
            "yes",
            "62.5",
            "diagram.png",
            "SOL-34104-EBB",
        ];
        for (part, text) in OfferPart::ALL.into_iter().zip(texts) {
            part.set(&mut full, text).unwrap();
            assert_eq!(part.text(&full), text, "{part:?}");
            assert_eq!(OfferPart::of_code(part.code()), Some(part));
        }
        assert_eq!(serde_json::from_value::<Offer>(serde_json::to_value(&full).unwrap()).unwrap(), full);
        assert_eq!(full.complaints(), []);
        for part in &OfferPart::ALL[3..] {
            part.set(&mut full, "").unwrap();
            assert!(matches!(part.text(&full).as_str(), "" | "no"), "{part:?}");
        }
    }

    #[test]
    fn what_no_part_can_be_is_refused_with_what_it_could_be() {
        let mut one = offer();
        let refused = OfferPart::Type.set(&mut one, "app").unwrap_err();
        assert!(matches!(&refused[0].why, Invalid::NotOneOf { allowed, .. } if allowed.len() == 8));
        for wrong in ["101", "half", "84m", "-1"] {
            let refused = OfferPart::IpShare.set(&mut one, wrong).unwrap_err();
            assert_eq!(refused[0].why, Invalid::NotAPercentage(wrong.into()));
        }
        let refused = OfferPart::Contacts.set(&mut one, "US=Ann;Lee|Bob|XX=a;b;1;c").unwrap_err();
        assert!(refused.len() >= 3, "all at once: {refused:?}");
        assert_eq!(one, offer(), "nothing of it was taken");
    }

    #[test]
    fn pe_03_a_service_is_no_packaged_software() {
        let mut one = offer();
        OfferPart::Nature.set(&mut one, "service").unwrap();
        assert_eq!(one.complaints()[0].at.to_string(), "nature");
        OfferPart::Type.set(&mut one, "Service").unwrap();
        assert_eq!(one.complaints(), []);
    }

    #[test]
    fn pe_28_to_pe_30_a_draft_is_published_and_then_decided_by_microsoft() {
        use Submission as S;
        assert!(
            S::Draft.may_become(S::Published)
                && S::Published.may_become(S::Qualified)
                && S::Published.may_become(S::NotQualified)
        );
        assert!(!S::Draft.may_become(S::Qualified) && !S::Qualified.may_become(S::Published));
        assert!(S::NotQualified.may_become(S::Published) && S::Qualified.may_become(S::Draft));
    }

    #[test]
    fn pe_16_each_eligible_country_needs_somebody() {
        let mut one = offer();
        OfferPart::Countries.set(&mut one, "KR, US;JP").unwrap();
        OfferPart::Contacts.set(&mut one, "KR,JP=민준;김;+82 2-555-0100;kim@hanbit.example").unwrap();
        assert_eq!(one.countries_without_contact(), [Country::parse("US").unwrap()]);
        OfferPart::Contacts.set(&mut one, "OOO=민준;김;+82 2-555-0100;kim@hanbit.example").unwrap();
        OfferPart::Countries.set(&mut one, "KR, US;JP;DE").unwrap();
        assert_eq!(one.countries_without_contact(), [], "whoever stands for every country stands for later ones, too");
    }
}
