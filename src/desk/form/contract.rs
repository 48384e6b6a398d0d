//! The form of a contract: what it begins with, the registration that it asks for, and what of it is wrong, each at its field (MG-73, MG-74).

use super::{Form, When};
use crate::domain::date::{Date, Today};
use crate::domain::draft::Texts;
use crate::domain::instant::Timestamp;
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::domain::money::Money;
use crate::domain::opportunity::{Kind, Opportunity};
use crate::domain::part::Part;
use crate::domain::programme::registration::check::{Fault, Flaw};
use crate::domain::programme::registration::contract::{ContractPart, ContractTerm};
use crate::domain::programme::registration::judge::{Bar, Grounds, program};
use crate::domain::programme::registration::rules::{Check, Finding};
use crate::domain::programme::registration::{MicrosoftSaid, Registration};
use crate::domain::rules::Consequence;

/// What a contract is held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Contracting {
    pub grounds: Grounds,
    /// What stood there when the form was opened.
    pub seen: Option<Registration>,
    pub now: Timestamp,
}

/// The fields, and which part of a contract each is.
const FIELDS: [(Part, ContractPart); 13] = [
    (Part::ContractValue, ContractPart::Value),
    (Part::ContractCurrency, ContractPart::Currency),
    (Part::ContractTerm, ContractPart::Term),
    (Part::SignDate, ContractPart::SignDate),
    (Part::StartDate, ContractPart::StartDate),
    (Part::EndDate, ContractPart::EndDate),
    (Part::SolutionValue, ContractPart::SolutionValue),
    (Part::SolutionCurrency, ContractPart::SolutionCurrency),
    (Part::DeployedOnAzure, ContractPart::DeployedOnAzure),
    (Part::PrimaryDeployment, ContractPart::PrimaryDeployment),
    (Part::PricingModel, ContractPart::PricingModel),
    (Part::Marketplace, ContractPart::Marketplace),
    (Part::MarketplaceDate, ContractPart::MarketplaceDate),
];

fn field(of: ContractPart) -> Part {
    FIELDS.into_iter().find(|(_, part)| *part == of).map_or(Part::ContractValue, |(field, _)| field)
}

/// Returns the field in which somebody can do something about a rule; `None` where none can.
fn field_of(check: &Check<'_>) -> Option<Part> {
    check.rule.needs.keys().find_map(|key| match key {
        "customer-managed" => Some(Part::CustomerManaged),
        "microsoft" => Some(Part::MicrosoftSaid),
        "value-usd" => Some(Part::ContractValue),
        "marketplace" => Some(Part::Marketplace),
        "deployed-on-azure" => Some(Part::DeployedOnAzure),
        _ => None,
    })
}

/// Returns the rules that bar a deal whatever is told of its contract.
pub fn bars_for_good(checks: &[Check<'_>]) -> Vec<Bar> {
    checks.iter().filter(|check| field_of(check).is_none()).filter_map(Bar::of).collect()
}

impl Contracting {
    /// Returns what the fields begin with: what is held, and the deal's currency.
    pub fn texts(&self, deal: &Opportunity) -> Texts {
        let held = self.seen.clone().unwrap_or_default();
        let contract = &held.contract;
        let day = |part: ContractPart| match part {
            ContractPart::SignDate => contract.signed_on,
            ContractPart::StartDate => contract.starts_on,
            ContractPart::EndDate => contract.ends_on,
            ContractPart::MarketplaceDate => contract.transacted_on,
            _ => None,
        };
        let text = |part: ContractPart| match part {
            ContractPart::DeployedOnAzure | ContractPart::Marketplace => part.text(contract).to_lowercase(),
            part => day(part).map_or_else(|| part.text(contract), |day| day.to_string()),
        };
        let mut texts: Texts = FIELDS.into_iter().map(|(field, part)| (field.path().to_owned(), text(part))).collect();
        if contract.value.is_none() {
            let currency = deal.deal.value.map(Money::currency).map(|currency| currency.to_string());
            texts.insert(Part::ContractCurrency.path().to_owned(), currency.unwrap_or_default());
        }
        let managed = held.told.managed.map(|yes| if yes { "yes" } else { "no" });
        texts.insert(Part::CustomerManaged.path().to_owned(), managed.unwrap_or_default().to_owned());
        let said = held.told.microsoft_of(deal).map(MicrosoftSaid::code);
        texts.insert(Part::MicrosoftSaid.path().to_owned(), said.unwrap_or_default().to_owned());
        texts.retain(|_, text| !text.is_empty());
        texts
    }
}

impl Form {
    /// Returns whether the contract asks for a field by what stands in the others.
    pub(super) fn asks_of_contract(&self, when: When) -> bool {
        match when {
            When::Finite => self.text(Part::ContractTerm) != "Perpetual",
            When::InMarketplace => self.text(Part::Marketplace) == "yes",
            _ => self.subject.on.as_ref().is_some_and(|on| on.kind == Kind::CoSell),
        }
    }

    fn asked(&self, part: Part) -> String {
        let there = self.index(part).is_some_and(|index| self.is_there(index));
        if there { self.text(part).trim().to_owned() } else { String::new() }
    }

    /// Returns the registration that the fields come to, and everything in them that cannot be read.
    fn registering(&self, today: Today) -> (Registration, Vec<Flaw>) {
        let seen = self.subject.contract.as_ref().and_then(|contract| contract.seen.clone());
        let mut to = seen.unwrap_or_default();
        let texts: Vec<(ContractPart, String)> = FIELDS.into_iter().map(|(field, part)| (part, self.asked(field))).collect();
        // A currency alone is none of the contract's yet.
        let said = |part: ContractPart| texts.iter().any(|(one, text)| *one == part && !text.is_empty());
        let mut parts: Vec<(ContractPart, &str)> = texts.iter().map(|(part, text)| (*part, text.as_str())).collect();
        (to.contract.value, to.contract.solution_value) = (None, None);
        if !said(ContractPart::Value) {
            parts.retain(|(part, _)| *part != ContractPart::Value);
        }
        let mut unread = Vec::new();
        while let Err(flaws) = to.contract.tell(&parts, today) {
            let before = parts.len();
            let of_money = |at: ContractPart| match at {
                ContractPart::Currency => ContractPart::Value,
                ContractPart::SolutionCurrency => ContractPart::SolutionValue,
                at => at,
            };
            parts.retain(|(part, _)| !flaws.iter().any(|flaw| flaw.at == *part || of_money(flaw.at) == *part));
            unread.extend(flaws);
            if parts.len() == before {
                break;
            }
        }
        to.told.managed = match self.asked(Part::CustomerManaged).as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let said = MicrosoftSaid::read(&self.asked(Part::MicrosoftSaid));
        let imported = self.subject.on.as_ref().and_then(|on| MicrosoftSaid::imported(on));
        to.told.microsoft = said.filter(|said| Some(*said) != imported);
        (to, unread)
    }

    /// Returns the registration as it is to be kept.
    pub(super) fn registration(&self, today: Today) -> Result<(Box<Opportunity>, Box<Registration>), Complaints> {
        let (mut to, unread) = self.registering(today);
        let mut complaints: Complaints = Vec::new();
        let mut complain = |at: Part, why: Invalid| {
            // What cannot be read is there all the same; that the solution has no currency only follows from a contract that has none.
            let is_there = at == Part::SolutionCurrency || !self.text(at).trim().is_empty();
            let is_said = complaints.iter().any(|complaint| complaint.at == at.into());
            if !(is_said || why == Invalid::Missing && is_there) {
                complaints.push(Complaint::new(at, why));
            }
        };
        let why = |fault: Fault| match fault {
            Fault::Invalid(why) => why,
            fault => Invalid::OfContract(Box::new(fault)),
        };
        unread.into_iter().for_each(|flaw| complain(field(flaw.at), why(flaw.why)));
        let (Some(contract), Some(deal)) = (&self.subject.contract, &self.subject.on) else { return Err(complaints) };
        let checks = contract.grounds.checks(deal, &to, contract.now);
        to.program = program(&checks);
        let flaws = to.contract.flaws(&contract.grounds.terms(deal, to.program, contract.now));
        flaws.into_iter().for_each(|flaw| complain(field(flaw.at), why(flaw.why)));
        for check in &checks {
            let Some(bar) = Bar::of(check) else { continue };
            let at = field_of(check).unwrap_or(Part::ContractValue);
            let is_missing = bar.is_open && self.text(at).is_empty();
            complain(at, if is_missing { Invalid::Missing } else { Invalid::OfContract(Box::new(Fault::Barred(bar))) });
        }
        (to.waits, to.errors) = (true, None);
        if complaints.is_empty() { Ok((deal.clone(), Box::new(to))) } else { Err(complaints) }
    }

    /// Returns what follows from the contract as it stands: until when, who looks at it, what is worth knowing.
    pub(super) fn of_registering(&self) -> Vec<Consequence> {
        let (Some(contract), Some(deal)) = (&self.subject.contract, &self.subject.on) else { return Vec::new() };
        let today = Today::from(Date::in_utc(contract.now));
        let (to, _) = self.registering(today);
        let checks = contract.grounds.checks(deal, &to, contract.now);
        let terms = contract.grounds.terms(deal, program(&checks), contract.now);
        let deadline = to.deadline(&contract.grounds.ruling.registration).map(Consequence::RegisterBy);
        let is_whole = to.contract.term.is_none_or(|term| term == ContractTerm::Perpetual) || to.contract.ends_on.is_some();
        let reviewed = (is_whole && to.contract.is_reviewed(deal, &terms)).then_some(Consequence::MicrosoftReviews);
        let advice = checks.iter().filter(|check| {
            let answered = field_of(check).is_none_or(|at| !self.text(at).is_empty());
            check.rule.optional && check.finding != Finding::Met && answered
        });
        let advice = advice.map(|check| Consequence::RegistrationAdvice {
            say: check.rule.say.clone(),
            document: check.rule.about.document.clone(),
        });
        deadline.into_iter().chain(reviewed).chain(advice).collect()
    }
}
