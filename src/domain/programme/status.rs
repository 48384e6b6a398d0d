//! What an offer is on a day by the rules then in force: its status, what it has and lacks for each, what that brings; pure.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::condition::{Facts, Known};
use super::dated::About;
use super::offer::{Offer, Submission};
use super::organisation::{Fact, Organisation};
use super::rules::{Benefit, Programme, Requirement, Status};
use crate::domain::date::Date;

/// What an offer is where no rule says more.
pub const NOT_READY: &str = "notReady";
/// The status that Microsoft's sellers can find an offer by.
pub const READY: &str = "coSellReady";

/// An offer and its organisation on a day, as conditions ask for them.
pub struct OnDay<'a> {
    pub offer: &'a Offer,
    pub organisation: &'a Organisation,
    pub day: Date,
}

impl Facts for OnDay<'_> {
    fn known(&self, key: &str) -> Known<'_> {
        let offer = self.offer;
        let there = |line: &Option<_>| Known::YesNo(line.is_some());
        match key {
            "type" => Known::Word(offer.kind.code().into()),
            "nature" => Known::Word(offer.nature.code().into()),
            "published" => Known::YesNo(offer.published),
            "transactable" => Known::YesNo(offer.transactable),
            "csp" => Known::YesNo(offer.csp),
            "countries" => Known::YesNo(!offer.countries.is_empty()),
            "contacts" => Known::YesNo(offer.countries_without_contact().is_empty()),
            "one-pager" => there(&offer.one_pager),
            "presentation" => there(&offer.presentation),
            "landing-page" => there(&offer.landing_page),
            "social-or-case-study" => there(&offer.social_or_case_study),
            "reference-architecture" => there(&offer.reference_architecture),
            "built-on-azure" => Known::YesNo(offer.built_on_azure),
            "ip-share-percent" => offer.ip_share.map_or(Known::Nothing, |share| Known::Number(share.into())),
            _ => self.of_organisation(key),
        }
    }
}

impl<'a> OnDay<'a> {
    fn of_organisation(&self, key: &str) -> Known<'a> {
        let Some(fact) = Fact::of_code(key) else { return Known::Nothing };
        let Some(text) = self.organisation.on(fact, self.day) else { return Known::Nothing };
        match fact {
            Fact::BusinessProfile | Fact::GoldCompetency => Known::YesNo(text == "yes"),
            Fact::AcrTtmUsd | Fact::BilledRevenueUsd => {
                super::organisation::hundredths(text).map_or(Known::Nothing, Known::Number)
            }
            Fact::IsvConnect => Known::Word(Cow::Borrowed(text)),
        }
    }
}

/// One thing that a status asks for, and whether it is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Check<'p> {
    pub requirement: &'p Requirement,
    pub met: bool,
}

/// A status on the way of an offer, with what it asks for beyond the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung<'p> {
    pub status: &'p Status,
    pub held: bool,
    /// In the order of their rules; advice stands among them.
    pub checks: Vec<Check<'p>>,
}

impl<'p> Rung<'p> {
    /// Returns what is missing for it, of what it cannot do without.
    pub fn missing(&self) -> impl Iterator<Item = &'p Requirement> {
        self.checks.iter().filter(|check| !check.met && !check.requirement.optional).map(|check| check.requirement)
    }
}

/// What an offer is on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing<'p> {
    pub day: Date,
    /// From the lowest to the highest that the offer can have.
    pub ladder: Vec<Rung<'p>>,
    pub benefits: Vec<&'p Benefit>,
}

impl<'p> Standing<'p> {
    /// Returns the highest status it has; `None` where no rule is in force.
    pub fn status(&self) -> Option<&'p Status> {
        self.ladder.iter().rev().find(|rung| rung.held).map(|rung| rung.status)
    }

    /// Returns its id; [`NOT_READY`] where no rule is in force.
    pub fn id(&self) -> &'p str {
        self.status().map_or(NOT_READY, |status| &status.id)
    }

    /// Returns the next status it could have.
    pub fn next(&self) -> Option<&Rung<'p>> {
        self.ladder.iter().find(|rung| !rung.held)
    }

    /// Returns whether it has a status, or one above it.
    pub fn has(&self, id: &str) -> bool {
        self.ladder.iter().any(|rung| rung.held && rung.status.id == id)
    }
}

/// Why a submission does not become what is wished.
#[derive(Debug, Clone, PartialEq)]
pub enum NotSubmitted<'p> {
    /// It does not follow from where it stands.
    DoesNotFollow,
    /// Not all that co-sell ready asks for is there (PE-29).
    Missing(Vec<&'p Requirement>),
}

impl<'p> Standing<'p> {
    /// Makes sure that the submission of the offer of this standing may become `next` (PE-28 to PE-30).
    ///
    /// # Errors
    /// Why not.
    pub fn may_submit(&self, offer: &Offer, next: Submission) -> Result<(), NotSubmitted<'p>> {
        if offer.submission != next && !offer.submission.may_become(next) {
            return Err(NotSubmitted::DoesNotFollow);
        }
        let required = self.next().filter(|_| next == Submission::Published && !self.has(READY));
        let missing: Vec<&Requirement> = required.into_iter().flat_map(Rung::missing).collect();
        if missing.is_empty() { Ok(()) } else { Err(NotSubmitted::Missing(missing)) }
    }
}

impl Programme {
    /// Works out what an offer is on a day.
    pub fn standing(&self, offer: &Offer, organisation: &Organisation, day: Date) -> Standing<'_> {
        let facts = OnDay { offer, organisation, day };
        let counts = |about: &About| about.in_force.on(day) && about.applies.holds(&facts);
        let statuses: Vec<&Status> = self.statuses.iter().filter(|status| counts(&status.about)).collect();
        let mut ladder: Vec<Rung<'_>> = Vec::new();
        for status in &statuses {
            let all = self.requirements.iter().filter(|one| one.status == status.id && counts(&one.about));
            let checks: Vec<Check<'_>> = all.map(|one| Check { requirement: one, met: one.needs.holds(&facts) }).collect();
            let below = self.below(status, &statuses);
            let on_the_way = below.is_none_or(|below| ladder.iter().any(|rung| rung.held && rung.status.id == below.id));
            // A status of which no rule in force says how it is reached is had by nobody, but the lowest.
            let is_told = below.is_none() || checks.iter().any(|check| !check.requirement.optional);
            let met = checks.iter().all(|check| check.met || check.requirement.optional);
            ladder.push(Rung { status, held: on_the_way && is_told && met, checks });
        }
        let held: BTreeSet<&str> = ladder.iter().filter(|rung| rung.held).map(|rung| rung.status.id.as_str()).collect();
        let brings = |one: &&Benefit| {
            counts(&one.about) && one.needs.holds(&facts) && one.of.iter().any(|status| held.contains(status.as_str()))
        };
        let mut benefits: Vec<&Benefit> = self.benefits.iter().filter(brings).collect();
        let mut seen = BTreeSet::new();
        benefits.retain(|one| seen.insert(one.id.as_str()));
        Standing { day, ladder, benefits }
    }

    /// Returns the benefits that an offer of this standing had earlier and that ended, the last of each.
    pub fn ended<'p>(&'p self, standing: &Standing<'p>) -> impl Iterator<Item = &'p Benefit> {
        let has = |id: &str| standing.benefits.iter().any(|one| one.id == id);
        let ended = |one: &Benefit| one.about.in_force.until.is_some_and(|until| until <= standing.day);
        let goes_on = |one: &Benefit| {
            let next = |other: &&Benefit| other.id == one.id && other.about.in_force.until > one.about.in_force.until;
            self.benefits.iter().any(|other| other.id == one.id && (other.about.in_force.until.is_none() || next(&other)))
        };
        let gone = self.benefits.iter().filter(move |one| ended(one) && !has(&one.id) && !goes_on(one));
        gone.filter(|one| one.of.iter().any(|status| standing.has(status)))
    }

    /// Returns the nearest status below one that there is on the day: where there is none of a name, what stands below that counts.
    fn below<'p>(&'p self, status: &Status, there: &[&'p Status]) -> Option<&'p Status> {
        let mut name = status.above.as_deref()?;
        loop {
            if let Some(below) = there.iter().find(|one| one.id == name) {
                return Some(below);
            }
            name = self.statuses.iter().find(|one| one.id == name)?.above.as_deref()?;
        }
    }
}

#[cfg(test)]
mod tests;
