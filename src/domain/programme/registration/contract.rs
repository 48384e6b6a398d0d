//! The contract of a won deal as its registration asks for it: its parts and how each is read; whether they fit together is `check.rs`.

use serde::{Deserialize, Serialize};

use super::super::offer::yes_no;
use super::check::{Fault, Flaw};
use crate::domain::date::{Date, Today};
use crate::domain::invalid::Invalid;
use crate::domain::money::{Amount, Currency, Money};

/// How long it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ContractTerm {
    Perpetual,
    Finite,
}

/// Whose subscription the solution mainly runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Deployment {
    Customer,
    Partner,
}

/// How it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pricing {
    PayAsYouGo,
    Other,
}

/// What is known of the contract; what is missing stays open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Contract {
    pub value: Option<Money>,
    pub term: Option<ContractTerm>,
    pub signed_on: Option<Date>,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub solution_value: Option<Money>,
    pub deployed_on_azure: Option<bool>,
    pub deployment: Option<Deployment>,
    pub pricing: Option<Pricing>,
    pub marketplace: Option<bool>,
    pub transacted_on: Option<Date>,
}

/// What is told of a contract by itself: a key of the command, a column of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContractPart {
    Value,
    Currency,
    Term,
    SignDate,
    StartDate,
    EndDate,
    SolutionValue,
    SolutionCurrency,
    DeployedOnAzure,
    PrimaryDeployment,
    PricingModel,
    Marketplace,
    MarketplaceDate,
}

pub const TERMS: [&str; 2] = ["Perpetual", "Finite"];
pub const DEPLOYMENTS: [&str; 2] = ["Customer", "Partner"];
pub const PRICINGS: [&str; 2] = ["PayAsYouGo", "Other"];

impl ContractPart {
    pub const ALL: [Self; 13] = [
        Self::Value,
        Self::Currency,
        Self::Term,
        Self::SignDate,
        Self::StartDate,
        Self::EndDate,
        Self::SolutionValue,
        Self::SolutionCurrency,
        Self::DeployedOnAzure,
        Self::PrimaryDeployment,
        Self::PricingModel,
        Self::Marketplace,
        Self::MarketplaceDate,
    ];

    /// The words of all, in order.
    pub const CODES: [&'static str; 13] = [
        "value",
        "currency",
        "term",
        "sign-date",
        "start-date",
        "end-date",
        "solution-value",
        "solution-currency",
        "deployed-on-azure",
        "primary-deployment",
        "pricing-model",
        "marketplace",
        "marketplace-date",
    ];

    pub const fn code(self) -> &'static str {
        Self::CODES[self as usize]
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Returns what stands in a part, as the file of registrations has it; nothing where it is open.
    pub fn text(self, of: &Contract) -> String {
        let amount = |money: Option<Money>| money.map(Money::amount).unwrap_or_default();
        let code = |money: Option<Money>| money.map(|money| money.currency().to_string()).unwrap_or_default();
        let day = |day: Option<Date>| day.map(Date::as_partner_center).unwrap_or_default();
        let yes = |on: Option<bool>| on.map(|on| if on { "Yes" } else { "No" }.to_owned()).unwrap_or_default();
        let word = |at: Option<usize>, of: &[&str]| at.map(|at| of[at].to_owned()).unwrap_or_default();
        match self {
            Self::Value => amount(of.value),
            Self::Currency => code(of.value),
            Self::Term => word(of.term.map(|term| term as usize), &TERMS),
            Self::SignDate => day(of.signed_on),
            Self::StartDate => day(of.starts_on),
            Self::EndDate => day(of.ends_on),
            Self::SolutionValue => amount(of.solution_value),
            Self::SolutionCurrency => code(of.solution_value),
            Self::DeployedOnAzure => yes(of.deployed_on_azure),
            Self::PrimaryDeployment => word(of.deployment.map(|one| one as usize), &DEPLOYMENTS),
            Self::PricingModel => word(of.pricing.map(|one| one as usize), &PRICINGS),
            Self::Marketplace => yes(of.marketplace),
            Self::MarketplaceDate => day(of.transacted_on),
        }
    }
}

impl Contract {
    /// Reads yes or no.
    ///
    /// # Errors
    /// [`Invalid::NotOneOf`].
    pub fn yes_no(text: &str) -> Result<bool, Invalid> {
        yes_no(text)
    }

    /// Tells parts of it as somebody types them; an empty text leaves a part open. An amount without a currency has that of what was
    /// there before or, of the solution, that of the contract.
    ///
    /// # Errors
    /// Everything that cannot be read; nothing is taken then.
    pub fn tell(&mut self, parts: &[(ContractPart, &str)], today: Today) -> Result<(), Vec<Flaw>> {
        let (mut told, mut flaws) = (self.clone(), Vec::new());
        for (part, text) in parts {
            if let Err(why) = told.tell_one(*part, text, today) {
                flaws.push(Flaw { at: *part, why: Fault::Invalid(why) });
            }
        }
        let text = |part: ContractPart| parts.iter().rev().find(|(one, _)| *one == part).map(|(_, text)| text.trim());
        let of_value = told.value.map(Money::currency);
        let value = joined(self.value, of_value, text(ContractPart::Value), text(ContractPart::Currency));
        match value {
            Ok(value) => told.value = value,
            Err((is_code, why)) => {
                flaws.push(Flaw {
                    at: if is_code { ContractPart::Currency } else { ContractPart::Value },
                    why: Fault::Invalid(why),
                });
            }
        }
        let of_contract = self.solution_value.or(told.value).map(Money::currency);
        let (amount, code) = (text(ContractPart::SolutionValue), text(ContractPart::SolutionCurrency));
        match joined(self.solution_value, of_contract, amount, code) {
            Ok(value) => told.solution_value = value,
            Err((is_code, why)) => {
                let at = if is_code { ContractPart::SolutionCurrency } else { ContractPart::SolutionValue };
                flaws.push(Flaw { at, why: Fault::Invalid(why) });
            }
        }
        if flaws.is_empty() {
            *self = told;
            return Ok(());
        }
        flaws.sort_by_key(|flaw| flaw.at);
        Err(flaws)
    }

    fn tell_one(&mut self, part: ContractPart, text: &str, today: Today) -> Result<(), Invalid> {
        let text = text.trim();
        let day = || if text.is_empty() { Ok(None) } else { Date::typed(text, today).map(Some) };
        let yes = || if text.is_empty() { Ok(None) } else { yes_no(text).map(Some) };
        match part {
            ContractPart::Term => self.term = word(text, [ContractTerm::Perpetual, ContractTerm::Finite], &TERMS)?,
            ContractPart::SignDate => self.signed_on = day()?,
            ContractPart::StartDate => self.starts_on = day()?,
            ContractPart::EndDate => self.ends_on = day()?,
            ContractPart::DeployedOnAzure => self.deployed_on_azure = yes()?,
            ContractPart::PrimaryDeployment => {
                self.deployment = word(text, [Deployment::Customer, Deployment::Partner], &DEPLOYMENTS)?;
            }
            ContractPart::PricingModel => self.pricing = word(text, [Pricing::PayAsYouGo, Pricing::Other], &PRICINGS)?,
            ContractPart::Marketplace => self.marketplace = yes()?,
            ContractPart::MarketplaceDate => self.transacted_on = day()?,
            ContractPart::Value | ContractPart::Currency | ContractPart::SolutionValue | ContractPart::SolutionCurrency => {}
        }
        Ok(())
    }
}

/// Joins an amount and its currency, of which either may stay as it was; whether the currency is wrong stands beside the error.
fn joined(
    was: Option<Money>,
    usual: Option<Currency>,
    amount: Option<&str>,
    code: Option<&str>,
) -> Result<Option<Money>, (bool, Invalid)> {
    let currency = match code.filter(|code| !code.is_empty()) {
        Some(code) => Some(Currency::parse(code).map_err(|why| (true, why))?),
        None => was.map(Money::currency).or(usual),
    };
    let Some(amount) = amount else {
        let moved = was.zip(currency).map(|(was, currency)| {
            let amount = Amount::machine(&was.amount()).and_then(|amount| Money::new(amount, currency));
            amount.map_err(|why| (false, why))
        });
        return moved.transpose();
    };
    if amount.is_empty() {
        return Ok(None);
    }
    let amount = Amount::parse(amount).map_err(|why| (false, why))?;
    let currency = currency.ok_or((true, Invalid::Missing))?;
    let money = Money::new(amount, currency).map_err(|why| (false, why))?;
    if money.minor() > 0 { Ok(Some(money)) } else { Err((false, Invalid::NotPositive)) }
}

fn word<T: Copy>(text: &str, all: [T; 2], words: &'static [&'static str; 2]) -> Result<Option<T>, Invalid> {
    let bare = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let typed = bare(text);
    if text.is_empty() {
        return Ok(None);
    }
    // `PAYG`, as everybody calls it.
    let typed = if typed == "payg" { "payasyougo".to_owned() } else { typed };
    let found = all.into_iter().zip(words).find(|(_, word)| bare(word) == typed);
    found.map(|(one, _)| Some(one)).ok_or_else(|| Invalid::NotOneOf { given: text.to_owned(), allowed: words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Today {
        Date::iso("2026-11-21").unwrap().into()
    }

    #[test]
    fn a_contract_is_told_part_by_part_and_all_that_is_wrong_at_once() {
        let mut contract = Contract::default();
        let parts = [
            (ContractPart::Value, "1.2m"),
            (ContractPart::Currency, "usd"),
            (ContractPart::SolutionValue, "300k"),
            (ContractPart::Term, "finite"),
            (ContractPart::SignDate, "2026-11-01"),
            (ContractPart::DeployedOnAzure, "yes"),
            (ContractPart::PricingModel, "pay-as-you-go"),
        ];
        contract.tell(&parts, today()).unwrap();
        assert_eq!(ContractPart::Value.text(&contract), "1200000.00");
        assert_eq!(ContractPart::SolutionCurrency.text(&contract), "USD");
        assert_eq!(ContractPart::SignDate.text(&contract), "11/01/2026");
        assert_eq!(ContractPart::PricingModel.text(&contract), "PayAsYouGo");
        let before = contract.clone();
        let wrong = [(ContractPart::Term, "long"), (ContractPart::SignDate, "someday"), (ContractPart::Value, "much")];
        let flaws = contract.tell(&wrong, today()).unwrap_err();
        let at: Vec<ContractPart> = flaws.iter().map(|flaw| flaw.at).collect();
        assert_eq!(at, [ContractPart::Value, ContractPart::Term, ContractPart::SignDate]);
        assert_eq!(contract, before, "nothing of it was taken");
        contract.tell(&[(ContractPart::Currency, "EUR")], today()).unwrap();
        assert_eq!(contract.value.unwrap().to_string(), "1200000.00 EUR");
        contract.tell(&[(ContractPart::SignDate, "")], today()).unwrap();
        assert_eq!(contract.signed_on, None);
    }

    #[test]
    fn an_amount_needs_a_currency() {
        let flaws = Contract::default().tell(&[(ContractPart::Value, "5")], today()).unwrap_err();
        assert_eq!((flaws[0].at, flaws.len()), (ContractPart::Currency, 1));
    }
}
