//! What the rules say of one deal, whoever asks: what it is held against, what follows from winning it, and by which programme it is registered.

use std::sync::Arc;

use super::check::{Terms, origin};
use super::rules::{Candidate, Check, Finding, Measure};
use super::{Next, Program, Registration, RegistrationStays};
use crate::domain::date::Date;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{Kind, Opportunity};
use crate::domain::programme::offer::Offer;
use crate::domain::programme::organisation::Organisation;
use crate::domain::programme::ruling::Ruling;
use crate::domain::rate::Rates;
use crate::domain::rules::Consequence;
use crate::domain::stage::Move;

/// Everything that a deal is held against, beside itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grounds {
    pub ruling: Arc<Ruling>,
    /// The offers that we know, of any deal.
    pub offers: Vec<Offer>,
    pub organisation: Organisation,
    pub rates: Rates,
}

/// A rule that keeps a deal from being registered, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub rule: String,
    pub say: String,
    pub document: String,
    /// What to do about it.
    pub next: String,
    /// Whether nobody has told yet, where it may still be met.
    pub is_open: bool,
    /// Whether Microsoft has said that an offer on the deal does not qualify.
    pub is_denied: bool,
}

impl Bar {
    /// Returns what a check says; `None` where it bars nothing.
    pub fn of(check: &Check<'_>) -> Option<Self> {
        check.bars().then(|| Self {
            rule: check.rule.about.rule.clone(),
            say: check.rule.say.clone(),
            document: check.rule.about.document.clone(),
            next: check.rule.next.clone(),
            is_open: check.finding == Finding::NotKnown,
            is_denied: check.is_denied,
        })
    }
}

impl Grounds {
    /// Returns the checks of a deal by the rules of the day it was won on or, as long as it is not, of today (MG-73).
    pub fn checks(&self, deal: &Opportunity, of: &Registration, now: Timestamp) -> Vec<Check<'_>> {
        let candidate = Candidate {
            deal,
            offers: &self.offers,
            organisation: &self.organisation,
            programme: &self.ruling.programme,
            rates: &self.rates,
            told: of.told,
            contract: &of.contract,
        };
        self.ruling.registration.eligible(&candidate, Date::in_utc(deal.stage.known_end().unwrap_or(now)))
    }

    /// Returns whether a won deal may still be registered: no rule keeps it from that, though somebody may have to tell something, and it
    /// is in time where it was signed on the day it was won.
    pub fn may_register(&self, deal: &Opportunity, now: Timestamp) -> bool {
        let barred = |check: &Check<'_>| check.bars() && check.finding == Finding::NotMet;
        let won = Date::in_utc(deal.stage.known_end().unwrap_or(now));
        let within = self.ruling.registration.limit(Measure::RegisterWithinDays, won);
        is_of_kind(deal)
            && within.is_none_or(|limit| won.plus_days(limit.is) >= Date::in_utc(now))
            && !self.checks(deal, &Registration::default(), now).iter().any(barred)
    }

    /// Returns what a contract is held against.
    pub fn terms(&self, deal: &Opportunity, program: Program, now: Timestamp) -> Terms<'_> {
        Terms { rules: &self.ruling.registration, rates: &self.rates, program, origin: origin(deal), now }
    }

    /// Returns whether the contract of a registration still keeps every rule: a last day passes, rules and rates change.
    fn still_holds(&self, deal: &Opportunity, of: &Registration, now: Timestamp) -> bool {
        of.contract.flaws(&self.terms(deal, of.program, now)).is_empty()
    }

    /// Returns why a registration that is told stays here, as [`Registration::stays`], and where its data no longer holds.
    pub fn stays(&self, deal: &Opportunity, of: &Registration, is_won_there: bool, now: Timestamp) -> Option<RegistrationStays> {
        let stays = of.stays(deal, is_won_there);
        match stays {
            // What no longer holds is told first: it is lost where it is only waited for.
            None | Some(RegistrationStays::NotWonThere) if !self.still_holds(deal, of, now) && of.next() == Next::Write => {
                Some(RegistrationStays::Flawed)
            }
            _ => stays,
        }
    }

    /// Returns what follows from winning a deal at `now`, where what is said of its registration in general gives way to what holds of
    /// this one: whether and from when it can be registered, or which rules keep it from that (MG-73, MG-74).
    pub fn of_winning(&self, follows: Vec<Consequence>, deal: &Opportunity, now: Timestamp) -> Vec<Consequence> {
        if !follows.contains(&Consequence::MayNeedRegistration) {
            return follows;
        }
        let special = self.after_won(&follows, deal, now);
        let general =
            |one: &Consequence| matches!(one, Consequence::MayNeedRegistration | Consequence::EarlyForRegistration { .. });
        let (mut out, mut special) = (Vec::new(), Some(special));
        for one in follows {
            if !general(&one) {
                out.push(one);
            } else if let Some(special) = special.take() {
                out.push(special);
            }
        }
        out
    }

    fn after_won(&self, follows: &[Consequence], deal: &Opportunity, now: Timestamp) -> Consequence {
        let Ok(stage) = deal.stage.apply(&Move::Win, now) else { return Consequence::MayNeedRegistration };
        let won = Opportunity { stage, ..deal.clone() };
        let bars: Vec<Bar> = self.checks(&won, &Registration::default(), now).iter().filter_map(Bar::of).collect();
        let (open, barred): (Vec<Bar>, Vec<Bar>) = bars.into_iter().partition(|bar| bar.is_open);
        if !barred.is_empty() {
            return Consequence::NotRegistrable(barred);
        }
        let from = follows.iter().find_map(|one| match one {
            Consequence::EarlyForRegistration { until } => Some(*until),
            _ => None,
        });
        Consequence::Registrable { from, open }
    }
}

/// Returns by which programme a deal is registered: by which of the rules on value it was held against.
pub fn program(checks: &[Check<'_>]) -> Program {
    let isv = checks.iter().any(|check| check.rule.about.rule.ends_with("/isv-connect"));
    if isv { Program::IsvConnect } else { Program::AzureIpCoSell }
}

/// Returns whether a deal is of a kind that can be registered at all.
pub const fn is_of_kind(deal: &Opportunity) -> bool {
    matches!(deal.kind, Kind::CoSell | Kind::PartnerLed)
}

#[cfg(test)]
mod tests;
