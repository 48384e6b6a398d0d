//! What to do next: why an open deal stands where it does among the others, reason by reason, in whole points; where deals lie, and the
//! order they make, is not known here.

mod steps;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use crate::domain::contact::Person;
use crate::domain::country::Country;
use crate::domain::customer::bare_name;
use crate::domain::date::{Date, Moment};
use crate::domain::deadline::Deadline;
use crate::domain::instant::{MICROS_A_DAY, Timestamp};
use crate::domain::money::{Currency, Money};
use crate::domain::opportunity::Opportunity;
use crate::domain::outcome::Outcome;
pub use crate::domain::priority::{Aspect, PriorityWeights};
use crate::domain::rate::{Converted, Rates};
use crate::domain::stage::{Stage, StageKind};
use steps::Steps;

/// By what deals are weighed: the hour, the day where the user is, the settings. Within an hour nothing changes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighing {
    pub hour: Timestamp,
    pub today: Date,
    pub weights: PriorityWeights,
    /// The currency that values are compared in, where there are rates for it.
    pub home: Option<Currency>,
}

const MICROS_AN_HOUR: i64 = MICROS_A_DAY / 24;

impl Weighing {
    pub fn new(moment: Moment, weights: PriorityWeights, home: Option<Currency>) -> Self {
        let now = moment.now.micros();
        Self { hour: Timestamp::from_micros(now - now.rem_euclid(MICROS_AN_HOUR)), today: *moment.today, weights, home }
    }
}

/// Something that nobody has filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    Value,
    CloseDate,
    /// Nobody of the customer can be called or written to.
    Contact,
    Solutions,
    SalesStage,
    /// Nobody of us is on it.
    Owner,
}

impl Lack {
    pub const ALL: [Self; 6] = [Self::Value, Self::CloseDate, Self::Contact, Self::Solutions, Self::SalesStage, Self::Owner];

    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::CloseDate => "closeDate",
            Self::Contact => "contact",
            Self::Solutions => "solutions",
            Self::SalesStage => "salesStage",
            Self::Owner => "owner",
        }
    }

    /// Returns how much it counts; all of them together are the most there is.
    const fn level(self) -> u8 {
        match self {
            Self::Value | Self::CloseDate | Self::Contact | Self::Owner => 2,
            Self::Solutions | Self::SalesStage => 1,
        }
    }
}

/// What a deal does not have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lacks([bool; Lack::ALL.len()]);

impl Lacks {
    /// Takes what there is, in the order of [`Lack::ALL`]. Of a received deal neither a sales stage nor our own people are known yet.
    pub fn new(has: [bool; Lack::ALL.len()], stage: StageKind) -> Self {
        let is_asked = |lack: Lack| stage == StageKind::Accepted || !matches!(lack, Lack::SalesStage | Lack::Owner);
        Self(std::array::from_fn(|at| !has[at] && is_asked(Lack::ALL[at])))
    }

    pub fn each(self) -> impl Iterator<Item = Lack> {
        Lack::ALL.into_iter().zip(self.0).filter_map(|(lack, lacks)| lacks.then_some(lack))
    }
}

/// How many deals like one were won.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Won {
    /// With this customer.
    pub customer: u32,
    /// With one of its solutions: that which was won most often.
    pub solution: u32,
    /// In this country.
    pub country: u32,
}

/// What was won before, to be looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WonBefore {
    /// By the name as it is compared, without what companies are called after.
    customers: HashMap<String, u32>,
    solutions: HashMap<String, u32>,
    countries: HashMap<Country, u32>,
}

impl WonBefore {
    /// Counts a deal that was won, by its customer's name as that is compared, the ids of its solutions and its country.
    pub fn add<'a>(&mut self, customer: &str, solutions: impl Iterator<Item = &'a str>, country: Option<Country>) {
        count(&mut self.customers, customer);
        // One that stands on a deal twice was sold once.
        solutions.collect::<BTreeSet<_>>().into_iter().for_each(|id| count(&mut self.solutions, id));
        if let Some(country) = country {
            *self.countries.entry(country).or_default() += 1;
        }
    }

    /// Counts a deal, if it was won.
    pub fn add_deal(&mut self, deal: &Opportunity) {
        if matches!(&deal.stage, Stage::Archived { outcome: Outcome::Won, .. }) {
            let solutions = deal.solutions.iter().map(|solution| solution.id.as_str());
            self.add(&bare_name(deal.customer.name.as_str()), solutions, deal.customer.address.country);
        }
    }

    /// Returns how many deals were won with this customer, these solutions, in this country.
    pub fn like<'a>(&self, customer: &str, solutions: impl Iterator<Item = &'a str>, country: Option<Country>) -> Won {
        let of = |found: Option<&u32>| found.copied().unwrap_or(0);
        Won {
            customer: if customer.is_empty() { 0 } else { of(self.customers.get(customer)) },
            solution: solutions.map(|id| of(self.solutions.get(id))).max().unwrap_or(0),
            country: of(country.and_then(|country| self.countries.get(&country))),
        }
    }
}

fn count(counts: &mut HashMap<String, u32>, of: &str) {
    match counts.get_mut(of) {
        Some(n) => *n += 1,
        None => drop(counts.insert(of.to_owned(), 1)),
    }
}

/// What is needed of an open deal to weigh it.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Until when an answer is expected; `None` once it is accepted.
    pub respond_by: Option<Deadline>,
    /// When its stage was entered and that this is known; else when it was first seen.
    pub since: (Timestamp, bool),
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub next_on: Option<Date>,
    pub lacks: Lacks,
    pub won: Won,
}

impl Facts {
    /// Returns them of a deal; `None` where it is archived: then nothing is to be done next.
    pub fn of(deal: &Opportunity, won: &WonBefore) -> Option<Self> {
        if deal.is_archived() {
            return None;
        }
        let has = [
            deal.deal.value.is_some(),
            deal.deal.close_date.is_some(),
            deal.customer.contact.as_ref().is_some_and(can_be_reached),
            !deal.solutions.is_empty(),
            deal.deal.sales_stage.is_some(),
            deal.owned_by().is_some(),
        ];
        let solutions = deal.solutions.iter().map(|solution| solution.id.as_str());
        let country = deal.customer.address.country;
        Some(Self {
            respond_by: deal.stage.deadline(),
            since: deal.entered(),
            value: deal.deal.value,
            close_date: deal.deal.close_date,
            next_on: deal.next.as_ref().map(|next| next.on),
            lacks: Lacks::new(has, deal.stage.kind()),
            won: won.like(&bare_name(deal.customer.name.as_str()), solutions, country),
        })
    }
}

/// Returns whether a person can be called or written to.
pub fn can_be_reached(person: &Person) -> bool {
    !person.phone.is_empty() || !person.email.is_empty()
}

/// One reason why a deal stands where it does, and what it adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub aspect: Aspect,
    pub points: u32,
    pub why: Why,
}

/// What a term is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// An answer is expected.
    Answer(Deadline),
    Close(Date),
    NoCloseDate,
    Worth {
        value: Money,
        /// What it is in the home currency, where it is compared in that and is in another.
        home: Option<Converted>,
        /// The home currency, where there is no rate for it: it is compared in its own.
        no_rate: Option<Currency>,
        /// Which step of [`MOST`] counts; 0 below the first.
        step: u8,
    },
    NoValue,
    /// It has stood in its stage for so many days, or for at least so many.
    Stands {
        days: i64,
        known: bool,
    },
    Lacks(Vec<Lack>),
    FollowUp(Date),
    NoFollowUp,
    Won(Won),
}

/// Why a deal stands where it does: the points are the sum of those of the terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Priority {
    pub points: u32,
    /// In the order of [`Aspect::ALL`], without those whose weight is nothing.
    pub terms: Vec<Term>,
}

/// The most that an aspect comes to, before it is weighted.
pub const MOST: u8 = 10;

/// Weighs deals.
#[derive(Debug, Clone)]
pub struct Scales {
    pub of: Weighing,
    rates: Rates,
    steps: HashMap<u16, Steps>,
}

impl Scales {
    pub fn new(of: Weighing, rates: Rates) -> Self {
        Self { of, rates, steps: HashMap::new() }
    }

    /// Returns the points of a deal.
    pub fn points(&mut self, deal: &Facts) -> u32 {
        Aspect::ALL.into_iter().map(|aspect| self.points_of(aspect, deal)).sum()
    }

    /// Returns the points of a deal and what they are made of.
    pub fn explain(&mut self, deal: &Facts) -> Priority {
        let counts = Aspect::ALL.into_iter().filter(|aspect| self.of.weights.of(*aspect) > 0).collect::<Vec<_>>();
        let terms = counts.into_iter().map(|aspect| {
            let points = self.points_of(aspect, deal);
            Term { aspect, points, why: self.why(aspect, deal) }
        });
        let terms: Vec<Term> = terms.collect();
        Priority { points: terms.iter().map(|term| term.points).sum(), terms }
    }

    fn points_of(&mut self, aspect: Aspect, deal: &Facts) -> u32 {
        u32::from(self.of.weights.of(aspect)) * u32::from(self.level(aspect, deal).min(MOST))
    }

    fn level(&mut self, aspect: Aspect, deal: &Facts) -> u8 {
        let days_until = |day: Date| (day.naive() - self.of.today.naive()).num_days();
        match aspect {
            Aspect::Time => match (deal.respond_by, deal.close_date) {
                (Some(deadline), _) => steps::of_answer(deadline.at.since(self.of.hour).micros().div_euclid(MICROS_AN_HOUR)),
                (None, Some(day)) => steps::of_close(days_until(day)),
                (None, None) => 0,
            },
            Aspect::Value => deal.value.map_or(0, |value| self.steps_of(value.currency()).level(value)),
            Aspect::Age => steps::of_age(self.days_in_stage(deal)),
            Aspect::Missing => deal.lacks.each().map(Lack::level).sum(),
            Aspect::FollowUp => deal.next_on.map_or(0, |day| steps::of_follow_up(days_until(day))),
            Aspect::WonBefore => steps::of_won(deal.won),
        }
    }

    fn why(&mut self, aspect: Aspect, deal: &Facts) -> Why {
        match aspect {
            Aspect::Time => match (deal.respond_by, deal.close_date) {
                (Some(deadline), _) => Why::Answer(deadline),
                (None, Some(day)) => Why::Close(day),
                (None, None) => Why::NoCloseDate,
            },
            Aspect::Value => deal.value.map_or(Why::NoValue, |value| self.worth(value)),
            Aspect::Age => Why::Stands { days: self.days_in_stage(deal), known: deal.since.1 },
            Aspect::Missing => Why::Lacks(deal.lacks.each().collect()),
            Aspect::FollowUp => deal.next_on.map_or(Why::NoFollowUp, Why::FollowUp),
            Aspect::WonBefore => Why::Won(deal.won),
        }
    }

    fn worth(&mut self, value: Money) -> Why {
        let other = self.of.home.filter(|home| *home != value.currency());
        let step = self.steps_of(value.currency()).level(value);
        if !self.steps_of(value.currency()).in_home {
            return Why::Worth { value, home: None, no_rate: other, step };
        }
        let home = other.and_then(|home| self.rates.convert_minor(value.minor().into(), value.currency(), home, self.of.today));
        Why::Worth { value, home, no_rate: None, step }
    }

    fn steps_of(&mut self, currency: Currency) -> &Steps {
        let (of, rates) = (self.of, &self.rates);
        self.steps.entry(currency.number()).or_insert_with(|| Steps::new(currency, of.home, rates, of.today))
    }

    fn days_in_stage(&self, deal: &Facts) -> i64 {
        self.of.hour.since(deal.since.0).micros().div_euclid(MICROS_A_DAY).max(0)
    }
}
