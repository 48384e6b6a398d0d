//! Which deals can be registered, by dated rules as they are kept and held against one deal; a file of them is read in `../ruling.rs`, how a
//! contract must be is `check.rs`.

use std::borrow::Cow;

use serde::Deserialize;
use toml::Spanned;

use super::super::condition::{Asked, Condition, Facts, Keys, Known};
use super::super::dated::{About, Reading, RuleFault, Texts, put};
use super::super::offer::Offer;
use super::super::organisation::Organisation;
use super::super::rules::Programme;
use super::super::status::{NOT_READY, Rung};
use super::contract::Contract;
use super::{MicrosoftSaid, Told};
use crate::domain::date::Date;
use crate::domain::instant::{MICROS_A_DAY, Timestamp};
use crate::domain::money::Currency;
use crate::domain::opportunity::Opportunity;
use crate::domain::rate::Rates;
use crate::domain::stage::StageKind;

/// What the conditions can ask of a deal.
const ASKED: &Keys = &[
    ("status", Asked::Word(&["received", "accepted", "won", "lost", "declined", "expired", "error"])),
    ("type", Asked::Word(&["coSell", "privatePipeline", "partnerLed", "partnerToPartner", "solutionAssessment"])),
    (
        "offer-status",
        Asked::Word(&["notReady", "coSellReady", "azureIpCoSell", "businessApplicationsStandard", "businessApplicationsPremium"]),
    ),
    ("microsoft", Asked::Word(&MicrosoftSaid::WORDS)),
    ("value-usd", Asked::Number),
    ("customer-managed", Asked::YesNo),
    ("marketplace", Asked::YesNo),
    ("deployed-on-azure", Asked::YesNo),
    ("hours-to-won", Asked::Number),
];

/// Something that a registration asks of a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct RegistrationRule {
    pub about: About,
    pub needs: Condition,
    pub say: String,
    /// What to do where it is not so or nobody knows.
    pub next: String,
    /// Whether it can be registered without it: it is advice.
    pub optional: bool,
}

/// What a limit is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Days from signing within which to register.
    RegisterWithinDays,
    SignDaysBack,
    StartDaysBack,
    /// Days after signing before which it cannot start.
    StartDaysAfterSign,
    AnnualUsdAbove,
    AnnualUsdAboveIsvConnect,
    /// Years that one without an end counts as.
    PerpetualYears,
    ReviewAnnualUsdAbove,
    /// Days after it was registered within which an exception can be asked for.
    ExceptionWithinDays,
    ExceptionCharacters,
    /// Working days within which that is decided.
    ExceptionDecisionWorkingDays,
}

impl Measure {
    /// Returns the most that a limit of it can sensibly be: ten years, a century, a text of some pages, a trillion dollars.
    const fn most(self) -> i64 {
        match self {
            Self::RegisterWithinDays
            | Self::SignDaysBack
            | Self::StartDaysBack
            | Self::StartDaysAfterSign
            | Self::ExceptionWithinDays
            | Self::ExceptionDecisionWorkingDays => 3_660,
            Self::PerpetualYears => 100,
            Self::ExceptionCharacters => 30_000,
            Self::AnnualUsdAbove | Self::AnnualUsdAboveIsvConnect | Self::ReviewAnnualUsdAbove => 1_000_000_000_000,
        }
    }

    /// Returns the word of files of rules.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RegisterWithinDays => "register-within-days",
            Self::SignDaysBack => "sign-days-back",
            Self::StartDaysBack => "start-days-back",
            Self::StartDaysAfterSign => "start-days-after-sign",
            Self::AnnualUsdAbove => "annual-usd-above",
            Self::AnnualUsdAboveIsvConnect => "annual-usd-above-isv-connect",
            Self::PerpetualYears => "perpetual-years",
            Self::ReviewAnnualUsdAbove => "review-annual-usd-above",
            Self::ExceptionWithinDays => "exception-within-days",
            Self::ExceptionCharacters => "exception-characters",
            Self::ExceptionDecisionWorkingDays => "exception-decision-working-days",
        }
    }
}

/// A number that a rule sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    pub about: About,
    pub what: Measure,
    pub is: i64,
}

/// All rules of registration that are known, whenever they are in force.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RegistrationRules {
    pub rules: Vec<RegistrationRule>,
    pub limits: Vec<Limit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain::programme) struct FileRule {
    rule: Spanned<String>,
    from: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    source: String,
    document: String,
    applies: Option<Spanned<Texts>>,
    needs: Spanned<Texts>,
    say: String,
    next: String,
    #[serde(default)]
    optional: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain::programme) struct FileLimit {
    rule: Spanned<String>,
    what: Measure,
    is: Spanned<i64>,
    from: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    source: String,
    document: String,
}

impl RegistrationRules {
    /// Lays rules over those that are there: one of the same name takes the place of the one before.
    pub(in crate::domain::programme) fn lay(&mut self, reading: &mut Reading<'_>, rules: Vec<FileRule>, limits: Vec<FileLimit>) {
        for one in rules {
            let needs = reading.condition(Some(&one.needs), ASKED);
            let about = reading.about(one.rule, (one.from, one.until), (one.source, one.document), (one.applies, ASKED));
            let rule = RegistrationRule { about, needs, say: one.say, next: one.next, optional: one.optional };
            put(&mut self.rules, rule, |one| &one.about);
        }
        for one in limits {
            let about = reading.about(one.rule, (one.from, one.until), (one.source, one.document), (None, ASKED));
            let (at, is, most) = (one.is.span().start, one.is.into_inner(), one.what.most());
            if !(0..=most).contains(&is) {
                reading.wrong(at, RuleFault::OutOfRange { what: one.what.code(), is, most });
            }
            put(&mut self.limits, Limit { about, what: one.what, is }, |one| &one.about);
        }
    }

    /// Returns what every rule says of itself.
    pub(in crate::domain::programme) fn abouts_mut(&mut self) -> impl Iterator<Item = &mut About> {
        self.rules.iter_mut().map(|one| &mut one.about).chain(self.limits.iter_mut().map(|one| &mut one.about))
    }

    /// Returns the limit that is in force on a day: of several the one that came last.
    pub fn limit(&self, what: Measure, day: Date) -> Option<&Limit> {
        let in_force = self.limits.iter().filter(|limit| limit.what == what && limit.about.in_force.on(day));
        in_force.max_by_key(|limit| (limit.about.in_force.from, &limit.about.rule))
    }

    /// Holds a deal against the rules in force on a day (MG-73, MG-74), in the order of the rules.
    pub fn eligible(&self, of: &Candidate<'_>, day: Date) -> Vec<Check<'_>> {
        let facts = DealFacts::of(of, day);
        let counts = |rule: &&RegistrationRule| rule.about.in_force.on(day) && rule.about.applies.holds(&facts);
        let denied = on_deal(of).any(Offer::is_denied);
        let check = |rule| {
            let finding = facts.finding(rule);
            let asks = || rule.needs.keys().any(|key| key == "offer-status");
            Check { rule, finding, is_denied: denied && finding != Finding::Met && asks() }
        };
        self.rules.iter().filter(counts).map(check).collect()
    }
}

/// A deal, and everything that the rules may have to know beside it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    pub deal: &'a Opportunity,
    /// The offers that we know, of any deal.
    pub offers: &'a [Offer],
    pub organisation: &'a Organisation,
    pub programme: &'a Programme,
    pub rates: &'a Rates,
    /// What a rep told of it.
    pub told: Told,
    pub contract: &'a Contract,
}

/// How a rule finds a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    Met,
    NotMet,
    /// Somebody has to tell.
    NotKnown,
}

impl Finding {
    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "notMet",
            Self::NotKnown => "notKnown",
        }
    }
}

/// One rule, and how it finds the deal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Check<'r> {
    pub rule: &'r RegistrationRule,
    pub finding: Finding,
    /// Whether it asks for the status of an offer on the deal of which Microsoft has said that it does not qualify (PE-30).
    pub is_denied: bool,
}

impl Check<'_> {
    /// Returns whether nothing can be registered because of it.
    pub fn bars(&self) -> bool {
        self.finding != Finding::Met && !self.rule.optional
    }
}

/// What is known of a deal on a day, by the keys of conditions.
struct DealFacts<'a> {
    of: &'a Candidate<'a>,
    /// The statuses of all offers on it; `None` where a solution of it is no offer that we know, and none is.
    statuses: Option<Vec<&'a str>>,
    usd: Option<i64>,
}

impl<'a> DealFacts<'a> {
    fn of(of: &'a Candidate<'a>, day: Date) -> Self {
        Self { of, statuses: statuses(of, day), usd: usd(of, day) }
    }

    fn finding(&self, rule: &RegistrationRule) -> Finding {
        match [true, false].map(|guess| rule.needs.holds(&Guessing { facts: self, guess })) {
            [true, true] => Finding::Met,
            [false, false] if rule.needs.keys().all(|key| self.known(key) != Known::Nothing) => Finding::NotMet,
            _ => Finding::NotKnown,
        }
    }
}

/// Returns the offers that are on a deal.
fn on_deal<'a>(of: &Candidate<'a>) -> impl Iterator<Item = &'a Offer> {
    let solutions = &of.deal.solutions;
    of.offers.iter().filter(move |offer| {
        let id = offer.solution.as_ref().map(|id| id.as_str());
        id.is_some_and(|id| solutions.iter().any(|solution| solution.id.as_str().eq_ignore_ascii_case(id)))
    })
}

fn statuses<'a>(of: &Candidate<'a>, day: Date) -> Option<Vec<&'a str>> {
    let offers: Vec<&Offer> = on_deal(of).collect();
    if offers.is_empty() {
        return None;
    }
    let held = |offer: &Offer| -> Vec<&'a str> {
        let standing = of.programme.standing(offer, of.organisation, day);
        // What Microsoft does not take has no more than the lowest, whatever the rules make of it (PE-30).
        let has = |rung: &&Rung<'_>| rung.held && (!offer.is_denied() || rung.status.id == NOT_READY);
        standing.ladder.iter().filter(has).map(|rung| rung.status.id.as_str()).collect()
    };
    Some(offers.into_iter().flat_map(held).collect())
}

/// Returns what the deal is worth in US dollars, in cents: by its contract or, as long as nobody told that, by its estimate.
fn usd(of: &Candidate<'_>, day: Date) -> Option<i64> {
    let value = of.contract.value.or(of.deal.deal.value)?;
    let dollar = Currency::from_code("USD")?;
    let worth = of.rates.convert_minor(value.minor().into(), value.currency(), dollar, day)?;
    i64::try_from(worth.minor).ok()
}

/// Returns the hours between creation and Won, in hundredths; `None` where that cannot be said for sure.
fn hours(of: &Opportunity) -> Option<i64> {
    const HUNDREDTH: i64 = MICROS_A_DAY / 2_400;
    let between = |from: Timestamp, until: Timestamp| until.since(from).micros().div_euclid(HUNDREDTH);
    let (created, won) = (of.created_at?, of.stage.known_end()?);
    if !created.is_day_only() && !won.is_day_only() {
        return Some(between(created, won));
    }
    // Of days, at least so many and at most so many.
    let least = between(if created.is_day_only() { created.end_of_day() } else { created }, won);
    let most = between(created, if won.is_day_only() { won.end_of_day() } else { won });
    let enough = 72 * 100;
    ((least >= enough) == (most >= enough)).then_some(least)
}

/// Takes one answer for whatever is yes or no and nobody knows: what holds with either holds for sure.
struct Guessing<'a> {
    facts: &'a DealFacts<'a>,
    guess: bool,
}

impl Facts for Guessing<'_> {
    fn known(&self, key: &str) -> Known<'_> {
        let is_yes_or_no = ASKED.iter().any(|(name, asked)| *name == key && *asked == Asked::YesNo);
        match self.facts.known(key) {
            Known::Nothing if is_yes_or_no => Known::YesNo(self.guess),
            known => known,
        }
    }
}

impl Facts for DealFacts<'_> {
    fn known(&self, key: &str) -> Known<'_> {
        let deal = self.of.deal;
        let yes = |told: Option<bool>| told.map_or(Known::Nothing, Known::YesNo);
        match key {
            "status" => Known::Word(Cow::Borrowed(status(deal))),
            "type" => Known::Word(deal.kind.code().into()),
            "offer-status" => {
                let words = |all: &Vec<&'static str>| Known::Words(all.iter().map(|word| Cow::Borrowed(*word)).collect());
                let all = self.statuses.as_ref().map(|all| known_words(all));
                all.as_ref().map_or(Known::Nothing, words)
            }
            "microsoft" => {
                let said = self.of.told.microsoft_of(deal);
                said.map_or(Known::Nothing, |said| Known::Word(said.code().into()))
            }
            "value-usd" => self.usd.map_or(Known::Nothing, Known::Number),
            "customer-managed" => yes(self.of.told.managed),
            "marketplace" => yes(self.of.contract.marketplace),
            "deployed-on-azure" => yes(self.of.contract.deployed_on_azure),
            "hours-to-won" => hours(deal).map_or(Known::Nothing, Known::Number),
            _ => Known::Nothing,
        }
    }
}

/// The statuses that conditions can ask for, among these.
fn known_words(all: &[&str]) -> Vec<&'static str> {
    let words = ASKED.iter().find_map(|(key, asked)| match asked {
        Asked::Word(words) if *key == "offer-status" => Some(*words),
        _ => None,
    });
    words.unwrap_or_default().iter().copied().filter(|word| all.contains(word)).collect()
}

fn status(deal: &Opportunity) -> &'static str {
    match (deal.stage.kind(), deal.stage.outcome()) {
        (_, Some(outcome)) => outcome.kind().code(),
        (StageKind::Received, None) => "received",
        _ => "accepted",
    }
}

#[cfg(test)]
mod tests;
