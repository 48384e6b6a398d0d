//! Every rule on dates and amounts of a contract, all at once, by the limits in force on the day (MG-73, MG-74).

use super::Program;
use super::contract::{Contract, ContractPart, ContractTerm, Pricing};
use super::judge::Bar;
use super::rules::{Measure, RegistrationRules};
use crate::domain::date::Date;
use crate::domain::instant::Timestamp;
use crate::domain::invalid::Invalid;
use crate::domain::money::{Currency, Money};
use crate::domain::opportunity::Opportunity;
use crate::domain::rate::Rates;

/// One thing that is wrong with one part of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub at: ContractPart,
    pub why: Fault,
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Invalid(Invalid),
    /// It is later than today, in UTC.
    InFuture {
        today: Date,
    },
    /// It lies more than so many days back.
    TooLongAgo {
        earliest: Date,
        days: i64,
    },
    /// It lies before the deal was made or Microsoft was invited to it.
    BeforeTheDeal {
        earliest: Date,
    },
    /// It lies before the contract was signed.
    BeforeSigning {
        signed: Date,
    },
    EndsBeforeStart {
        start: Date,
    },
    /// One without an end has none.
    EndOfPerpetual,
    /// Paid as it is used, it starts on the day it is signed: that of the first invoice.
    StartsOtherDay {
        signed: Date,
    },
    /// It comes to so much a year, which is not above the least.
    AnnualTooSmall {
        annual: Money,
        least: i64,
    },
    /// There is no rate for it.
    NoRate {
        from: Currency,
        to: Currency,
    },
    AboveContract {
        contract: Money,
    },
    /// There was no transaction in the marketplace.
    NoTransaction,
    /// A rule keeps the deal from being registered as long as it says that.
    Barred(Bar),
}

impl Fault {
    /// Returns the stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(why) => why.code(),
            Self::InFuture { .. } => "in-future",
            Self::TooLongAgo { .. } => "too-long-ago",
            Self::BeforeTheDeal { .. } => "before-the-deal",
            Self::BeforeSigning { .. } => "before-signing",
            Self::EndsBeforeStart { .. } => "ends-before-start",
            Self::EndOfPerpetual => "end-of-perpetual",
            Self::StartsOtherDay { .. } => "starts-other-day",
            Self::AnnualTooSmall { .. } => "annual-too-small",
            Self::NoRate { .. } => "no-rate",
            Self::AboveContract { .. } => "above-contract",
            Self::NoTransaction => "no-transaction",
            Self::Barred(_) => "not-eligible",
        }
    }
}

/// What a contract is held against.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    pub rules: &'a RegistrationRules,
    pub rates: &'a Rates,
    pub program: Program,
    /// The first day on which it can have been signed.
    pub origin: Option<Date>,
    pub now: Timestamp,
}

/// Returns when a deal was made or Microsoft was invited to it, whichever is later, as a day in UTC.
pub fn origin(deal: &Opportunity) -> Option<Date> {
    let invited = deal.help.as_ref().and_then(|help| help.requested_at);
    deal.created_at.into_iter().chain(invited).max().map(Date::in_utc)
}

impl Contract {
    /// Returns everything that is missing or wrong, in the order of the parts. All days are days in UTC.
    pub fn flaws(&self, terms: &Terms<'_>) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        self.missing(&mut flaws);
        self.signing(terms, &mut flaws);
        self.running(terms, &mut flaws);
        self.amounts(terms, &mut flaws);
        if self.marketplace == Some(false) && self.transacted_on.is_some() {
            flaws.push(Flaw { at: ContractPart::MarketplaceDate, why: Fault::NoTransaction });
        }
        flaws.sort_by_key(|flaw| flaw.at);
        flaws
    }

    fn missing(&self, flaws: &mut Vec<Flaw>) {
        let finite = self.term == Some(ContractTerm::Finite);
        let there = [
            (ContractPart::Value, self.value.is_some()),
            (ContractPart::Term, self.term.is_some()),
            (ContractPart::SignDate, self.signed_on.is_some()),
            (ContractPart::StartDate, self.starts_on.is_some()),
            (ContractPart::EndDate, !finite || self.ends_on.is_some()),
            (ContractPart::SolutionValue, self.solution_value.is_some()),
            (ContractPart::DeployedOnAzure, self.deployed_on_azure.is_some()),
            (ContractPart::PrimaryDeployment, self.deployment.is_some()),
            (ContractPart::PricingModel, self.pricing.is_some()),
            (ContractPart::Marketplace, self.marketplace.is_some()),
            (ContractPart::MarketplaceDate, self.marketplace != Some(true) || self.transacted_on.is_some()),
        ];
        let gone = there.into_iter().filter(|(_, there)| !there);
        flaws.extend(gone.map(|(at, _)| Flaw { at, why: Fault::Invalid(Invalid::Missing) }));
    }

    fn signing(&self, terms: &Terms<'_>, flaws: &mut Vec<Flaw>) {
        let Some(signed) = self.signed_on else { return };
        let today = Date::in_utc(terms.now);
        let mut wrong = |why| flaws.push(Flaw { at: ContractPart::SignDate, why });
        if signed > today {
            wrong(Fault::InFuture { today });
        }
        if let Some(days) = terms.limit(Measure::SignDaysBack) {
            let earliest = today.plus_days(-days);
            if signed < earliest {
                wrong(Fault::TooLongAgo { earliest, days });
            }
        }
        if let Some(earliest) = terms.origin.filter(|origin| signed < *origin) {
            wrong(Fault::BeforeTheDeal { earliest });
        }
    }

    fn running(&self, terms: &Terms<'_>, flaws: &mut Vec<Flaw>) {
        let today = Date::in_utc(terms.now);
        let mut wrong = |at, why| flaws.push(Flaw { at, why });
        if let Some(start) = self.starts_on {
            if let Some(days) = terms.limit(Measure::StartDaysBack) {
                let earliest = today.plus_days(-days);
                if start < earliest {
                    wrong(ContractPart::StartDate, Fault::TooLongAgo { earliest, days });
                }
            }
            if let (Some(days), Some(signed)) = (terms.limit(Measure::StartDaysAfterSign), self.signed_on)
                && start < signed.plus_days(days)
            {
                wrong(ContractPart::StartDate, Fault::BeforeSigning { signed });
            }
            if let Some(signed) = self.signed_on.filter(|signed| self.pricing == Some(Pricing::PayAsYouGo) && start != *signed) {
                wrong(ContractPart::StartDate, Fault::StartsOtherDay { signed });
            }
        }
        match (self.term, self.starts_on, self.ends_on) {
            (Some(ContractTerm::Perpetual), _, Some(_)) => wrong(ContractPart::EndDate, Fault::EndOfPerpetual),
            (_, Some(start), Some(end)) if end < start => wrong(ContractPart::EndDate, Fault::EndsBeforeStart { start }),
            _ => {}
        }
    }

    fn amounts(&self, terms: &Terms<'_>, flaws: &mut Vec<Flaw>) {
        let today = Date::in_utc(terms.now);
        let Some(contract) = self.value else { return };
        if let Some(annual) = self.annual(terms) {
            let measure = match terms.program {
                Program::AzureIpCoSell => Measure::AnnualUsdAbove,
                Program::IsvConnect => Measure::AnnualUsdAboveIsvConnect,
            };
            if let Some(least) = terms.limit(measure)
                && let Some(dollar) = Currency::from_code("USD")
            {
                let at = ContractPart::Value;
                match terms.rates.convert_minor(annual.minor().into(), annual.currency(), dollar, today) {
                    None => flaws.push(Flaw { at, why: Fault::NoRate { from: annual.currency(), to: dollar } }),
                    Some(usd) if usd.minor <= i128::from(least) * 100 => {
                        flaws.push(Flaw { at, why: Fault::AnnualTooSmall { annual, least } });
                    }
                    Some(_) => {}
                }
            }
        }
        let Some(solution) = self.solution_value else { return };
        let (from, to) = (solution.currency(), contract.currency());
        let why = match terms.rates.convert_minor(solution.minor().into(), from, to, today) {
            None => Fault::NoRate { from, to },
            Some(worth) if worth.minor > i128::from(contract.minor()) => Fault::AboveContract { contract },
            Some(_) => return,
        };
        flaws.push(Flaw { at: ContractPart::SolutionValue, why });
    }

    /// Returns what it comes to in a year: its value by the months it runs, never fewer than twelve; one without an end counts as so
    /// many years. `None` where that cannot be said yet.
    pub fn annual(&self, terms: &Terms<'_>) -> Option<Money> {
        let value = self.value?;
        // In thirtieths of a month: a month that is not full counts by its days.
        let parts = match self.term? {
            ContractTerm::Perpetual => terms.limit(Measure::PerpetualYears)? * 12 * 30,
            ContractTerm::Finite => parts(self.starts_on?, self.ends_on?)?,
        };
        let annual = i128::from(value.minor()) * 12 * 30 / i128::from(parts.max(12 * 30));
        Some(Money::from_minor(i64::try_from(annual).ok()?, value.currency()))
    }

    /// Returns whether somebody at Microsoft always looks at it: it is paid as it is used, several partners are on the deal, or it comes
    /// to more than so much a year. Others are approved by themselves.
    pub fn is_reviewed(&self, deal: &Opportunity, terms: &Terms<'_>) -> bool {
        let today = Date::in_utc(terms.now);
        let large = || {
            let (annual, above) = (self.annual(terms)?, terms.limit(Measure::ReviewAnnualUsdAbove)?);
            let dollar = Currency::from_code("USD")?;
            let usd = terms.rates.convert_minor(annual.minor().into(), annual.currency(), dollar, today)?;
            Some(usd.minor > i128::from(above) * 100)
        };
        self.pricing == Some(Pricing::PayAsYouGo) || deal.partner.is_some() || large().unwrap_or(false)
    }
}

/// Returns how long it is from the first day to the last, both of which belong to it, in thirtieths of a month; `None` where it ends first.
fn parts(start: Date, end: Date) -> Option<i64> {
    let after = end.plus_days(1);
    if after <= start {
        return None;
    }
    let days = after.number() - start.number();
    let mut months = i32::try_from(days / 31).ok()?;
    while start.plus_months(months + 1) <= after {
        months += 1;
    }
    let rest = after.number() - start.plus_months(months).number();
    Some(i64::from(months) * 30 + rest.min(30))
}

impl Terms<'_> {
    fn limit(&self, what: Measure) -> Option<i64> {
        self.rules.limit(what, Date::in_utc(self.now)).map(|limit| limit.is)
    }
}

#[cfg(test)]
mod tests;
