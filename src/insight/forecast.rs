//! What the present quarter will come to in won deals, from our own rates alone, and what the same would have said of past quarters; how
//! chances are learnt is `odds.rs`, how they are drawn `draws.rs`.
//!
//! The result of a quarter is what is won in it already, what of the accepted deals is won in the days that are left, and what deals bring
//! that are not accepted yet: of these it is taken that they bring what they brought in one of the past quarters from the same day on.
//! A deal's age counts from its acceptance, or from when it came where no source tells that. The rates by age say how many of the open
//! deals are won, those by how far each sale is which of them. Close dates do not count: the rates know how late deals are.
//!
//! Past quarters are worked out of the dates of the deals, knowing only what was known on the same day of them. Values are those of today,
//! and how far a sale was then is not known: there the rates by age alone count.

use super::draws::{self, Chance, Range};
use super::home::InHome;
use super::odds::{self, End, LEVELS, Learnt, Odds};
use super::quarter::{Point, Quarter};
use super::review::{Few, Terms};
use super::stood::Stood;
use super::worth::Worth;
use crate::domain::date::{Date, Moment};
use crate::domain::instant::{MICROS_A_DAY, Timestamp};
use crate::domain::money::{Currency, Money};
use crate::domain::outcome::OutcomeKind;
use crate::domain::sales::SalesStage;
use crate::domain::stage::Stage;
use crate::domain::sums::Sums;

/// Fewer won and lost deals of known days tell nothing.
pub const DECIDED: u64 = 20;
/// Nor do fewer won ones.
pub const WON: u64 = 5;
/// So many past quarters are compared with what would have been said of them.
const TESTED: usize = 4;
/// What comes later is taken from so many quarters before.
const LATER: usize = 4;

/// What the quarter of a review will come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    pub quarter: Quarter,
    /// Days of it that are left, today too.
    pub left: u32,
    /// What was won in it so far.
    pub won: Sums,
    /// Days of it that are over, today too.
    pub so_far: super::times::Days,
    /// Accepted ones that are open.
    pub open: Sums,
    /// How many won and lost ones with known days there are to learn from.
    pub learnt: Tried,
    /// Won and lost ones that are left out, because no source tells when they began or ended.
    pub undated: Few,
    /// `None` where there is too little to learn from.
    pub outlook: Option<Outlook>,
    facts: Option<Box<Facts>>,
}

/// How many deals a rate is learnt from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tried {
    pub won: u64,
    pub lost: u64,
}

impl Tried {
    pub const fn decided(self) -> u64 {
        self.won + self.lost
    }

    /// Returns whether they tell anything.
    pub const fn is_enough(self) -> bool {
        self.decided() >= DECIDED && self.won >= WON
    }
}

/// What is to be expected, in smallest units of one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    pub currency: Currency,
    /// Whether other currencies were converted into it.
    pub is_converted: bool,
    /// Won so far.
    pub won: i128,
    /// What the whole quarter comes to.
    pub range: Range,
    /// What it comes to by the weights of the sales stages: won so far, and the weighted value of what is to be closed until its end.
    pub weighted: i128,
    /// What deals brought in past quarters that were not accepted on the same day, the last quarter first.
    pub later: Vec<(Quarter, i128)>,
    /// The currencies that are not in it, and how many deals that are open or won so far are of them.
    pub other: Vec<Currency>,
    pub other_deals: u64,
    /// The last quarter first; those of which too little was known then, or that were over, are left out.
    pub past: Vec<Past>,
}

/// What would have been said of a past quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    pub quarter: Quarter,
    /// At the end of this day.
    pub on: Date,
    pub range: Range,
    /// What it came to.
    pub result: i128,
}

impl Past {
    pub fn is_within(&self) -> bool {
        self.range.has(self.result)
    }
}

impl Forecast {
    pub(super) fn new(terms: &Terms) -> Self {
        let facts = Facts::new(terms.moment);
        let now = facts.now.point;
        Self {
            quarter: now.quarter,
            left: now.left,
            won: Sums::default(),
            so_far: super::times::Days::new(now.quarter.first(), now.on, terms.moment),
            open: Sums::default(),
            learnt: Tried::default(),
            undated: Few::default(),
            outlook: None,
            facts: Some(Box::new(facts)),
        }
    }

    pub(super) fn add(&mut self, deal: &Stood, terms: &Terms) {
        let Some(facts) = &mut self.facts else { return };
        let began = deal.stage.accepted_at().or(deal.created_at);
        match (&deal.stage, deal.outcome()) {
            (Stage::Accepted { .. }, _) => {
                self.open.add(deal.value);
                facts.add_open(deal, began, terms);
            }
            (Stage::Archived { at, .. }, Some(outcome @ (OutcomeKind::Won | OutcomeKind::Lost))) => {
                let is_won = outcome == OutcomeKind::Won;
                if let Some(ended) = at.filter(|_| is_won) {
                    facts.add_won(began, ended, deal.value);
                }
                match began.zip(*at) {
                    Some((began, ended)) => facts.add_ended(deal, began, ended, is_won),
                    None => self.undated.add(deal.id),
                }
            }
            _ => {}
        }
    }

    /// Works it out, once all deals are told: in the home currency where all can be converted into it, else in the currency of most deals.
    pub(super) fn settle(&mut self, home: Option<&InHome>) {
        let Some(facts) = self.facts.take() else { return };
        self.won = facts.now.so_far.clone();
        self.learnt = facts.now.tried();
        self.outlook = self.learnt.is_enough().then(|| facts.outlook(&self.open, home)).flatten();
    }
}

/// An open deal with a value, as much as its chance needs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Deal {
    value: Money,
    age: Option<u16>,
    level: u8,
}

/// A day of a quarter, and what was known then.
#[derive(Debug, Clone, PartialEq)]
struct At {
    point: Point,
    learnt: Learnt,
    open: Vec<Deal>,
    /// Won in the quarter until then.
    so_far: Sums,
    /// Won in it afterwards: what had been accepted then, and what had not.
    after: Sums,
    later: Sums,
}

impl At {
    fn new(point: Point, levels: usize) -> Self {
        let [so_far, after, later] = [(); 3].map(|()| Sums::default());
        Self { point, learnt: Learnt::by(levels), open: Vec::new(), so_far, after, later }
    }

    const fn tried(&self) -> Tried {
        Tried { won: self.learnt.won, lost: self.learnt.lost }
    }

    fn add_won(&mut self, began: Option<Timestamp>, ended: Timestamp, value: Option<Money>) {
        let at = self.point.at;
        let sums = match began {
            _ if ended <= at => &mut self.so_far,
            Some(began) if began > at => &mut self.later,
            _ => &mut self.after,
        };
        sums.add(value);
    }

    /// Returns what the quarter comes to, as much as is known then.
    fn range(&self, into: &Common<'_>, later: &[i128]) -> Range {
        let mut odds = Odds::of(&self.learnt, self.point.left);
        let told = |deal: &Deal| Some((into.money(deal.value)?, deal.age.map(usize::from), usize::from(deal.level)));
        let (mut chances, mut by_age, mut by_level) = (Vec::with_capacity(self.open.len()), 0_u128, 0_u128);
        for (value, age, level) in self.open.iter().filter_map(told) {
            let chance = odds.chance(level, age);
            by_age += u128::from(odds.chance(0, age));
            by_level += u128::from(chance);
            chances.push(Chance { value: i64::try_from(value).unwrap_or(i64::MAX), chance });
        }
        // What came as far as a deal of today came further later, most of it: alone, these rates promise too much.
        chances.iter_mut().for_each(|deal| deal.chance = odds::scaled(deal.chance, by_age, by_level));
        draws::range(into.sums(&self.so_far), chances, later)
    }
}

/// What is gathered deal by deal.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    now: At,
    /// The last quarter first.
    past: Vec<At>,
    /// When the first deal began: of earlier quarters nothing is known.
    first: Option<Timestamp>,
    /// What is to be closed until the end of the quarter, or was.
    closing: Worth,
}

impl Facts {
    fn new(moment: Moment) -> Self {
        let now = Point::now(moment);
        let past = std::iter::successors(Some(now.before(moment)), |point| Some(point.before(moment)));
        Self {
            now: At::new(now, LEVELS),
            past: past.take(TESTED + LATER).map(|point| At::new(point, 1)).collect(),
            first: None,
            closing: Worth::default(),
        }
    }

    fn add_open(&mut self, deal: &Stood, began: Option<Timestamp>, terms: &Terms) {
        if deal.close_date.is_some_and(|date| date <= self.now.point.quarter.last()) {
            self.closing.add(deal.value, terms.weights.of(deal.sales_stage));
        }
        let level = level(deal.sales_stage);
        let age = began.map(|began| age(began, self.now.point.at));
        if let Some(value) = deal.value {
            self.now.open.push(Deal { value, age: age.map(|age| u16::try_from(age).unwrap_or(u16::MAX)), level });
        }
        if let Some((began, age)) = began.zip(age) {
            self.now.learnt.add(level.into(), age, End::Open);
            self.look_back(deal, began, None);
        }
    }

    fn add_won(&mut self, began: Option<Timestamp>, ended: Timestamp, value: Option<Money>) {
        let quarter = std::iter::once(&mut self.now).chain(&mut self.past).find(|at| at.point.days.has(ended));
        if let Some(quarter) = quarter {
            quarter.add_won(began, ended, value);
        }
    }

    fn add_ended(&mut self, deal: &Stood, began: Timestamp, ended: Timestamp, is_won: bool) {
        let end = if is_won { End::Won } else { End::Lost };
        self.now.learnt.add(level(deal.sales_stage).into(), age(began, ended), end);
        self.look_back(deal, began, Some((ended, end)));
    }

    /// Learns from a deal what was known of it in past quarters.
    fn look_back(&mut self, deal: &Stood, began: Timestamp, ended: Option<(Timestamp, End)>) {
        self.first = Some(self.first.map_or(began, |first| first.min(began)));
        for then in self.past.iter_mut().take(TESTED).take_while(|then| began <= then.point.at) {
            match ended {
                Some((ended, end)) if ended <= then.point.at => then.learnt.add(0, age(began, ended), end),
                _ => {
                    let age = age(began, then.point.at);
                    then.learnt.add(0, age, End::Open);
                    let age = Some(u16::try_from(age).unwrap_or(u16::MAX));
                    then.open.extend(deal.value.map(|value| Deal { value, age, level: 0 }));
                }
            }
        }
    }

    /// Returns what it comes to; `None` where nothing that is open or won has a value.
    fn outlook(&self, open: &Sums, home: Option<&InHome>) -> Option<Outlook> {
        let mut all = open.clone();
        all.add_all(&self.now.so_far);
        let into = Common::of(&all, home)?;
        let later = self.later(&self.past, &into);
        let amounts = |later: &[(Quarter, i128)]| later.iter().map(|(_, minor)| *minor).collect::<Vec<_>>();
        let is_told = |then: &At| then.point.left > 0 && then.tried().is_enough();
        let past = self.past.iter().take(TESTED).enumerate().filter(|(_, then)| is_told(then)).map(|(at, then)| {
            let result = [&then.so_far, &then.after, &then.later].map(|sums| into.sums(sums)).iter().sum();
            let later = self.later(self.past.get(at + 1..).unwrap_or_default(), &into);
            let range = then.range(&into, &amounts(&later));
            Past { quarter: then.point.quarter, on: then.point.on, range, result }
        });
        let won = into.sums(&self.now.so_far);
        let other: Vec<_> = all.totals().into_iter().filter(|total| into.sum(total.minor, total.currency).is_none()).collect();
        Some(Outlook {
            currency: into.currency,
            is_converted: into.home.is_some() && all.totals().iter().any(|total| total.currency != into.currency),
            won,
            range: self.now.range(&into, &amounts(&later)),
            weighted: won + into.worth(&self.closing),
            past: past.collect(),
            later,
            other_deals: other.iter().map(|total| total.count).sum(),
            other: other.iter().map(|total| total.currency).collect(),
        })
    }

    /// Returns what came later in the first of these quarters, as far back as anything is known.
    fn later(&self, past: &[At], into: &Common) -> Vec<(Quarter, i128)> {
        let is_known = |then: &&At| self.first.is_some_and(|first| first <= then.point.at);
        let known = past.iter().take(LATER).take_while(is_known);
        known.map(|then| (then.point.quarter, into.sums(&then.later))).collect()
    }
}

/// Returns an age in whole days.
fn age(began: Timestamp, at: Timestamp) -> usize {
    usize::try_from(at.since(began).micros() / MICROS_A_DAY).unwrap_or(0)
}

/// Returns how far a sale is; no stage is the first one.
fn level(stage: Option<SalesStage>) -> u8 {
    let at = stage.and_then(|stage| SalesStage::ALL.iter().position(|other| *other == stage));
    u8::try_from(at.unwrap_or(0)).unwrap_or(0)
}

/// The currency that all is told in.
struct Common<'a> {
    currency: Currency,
    /// What others are converted by; `None` where they are left out.
    home: Option<&'a InHome>,
    /// What so many smallest units of each other currency are.
    factors: Vec<(Currency, i128)>,
}

impl<'a> Common<'a> {
    const UNITS: i128 = 1_000_000_000_000;

    fn of(all: &Sums, home: Option<&'a InHome>) -> Option<Self> {
        let totals = all.totals();
        let most = totals.first()?.currency;
        let home = home.filter(|home| home.sums(all).missing.is_empty());
        let currency = home.map_or(most, |home| home.currency);
        Some(Self { currency, home, factors: Vec::new() }).map(|mut into| {
            into.factors =
                totals.iter().filter_map(|total| Some((total.currency, into.sum(Self::UNITS, total.currency)?))).collect();
            into
        })
    }

    fn sum(&self, minor: i128, of: Currency) -> Option<i128> {
        match self.home {
            _ if of == self.currency => Some(minor),
            None => None,
            Some(home) => home.rates.convert_minor(minor, of, home.currency, home.on).map(|found| found.minor),
        }
    }

    /// Returns what of it can be told.
    fn sums(&self, sums: &Sums) -> i128 {
        sums.totals().iter().filter_map(|total| self.sum(total.minor, total.currency)).sum()
    }

    fn worth(&self, worth: &Worth) -> i128 {
        let weighted = worth.weighted();
        weighted.iter().filter_map(|total| self.sum(total.minor, total.currency)).sum()
    }

    fn money(&self, value: Money) -> Option<i128> {
        let minor = i128::from(value.minor());
        if value.currency() == self.currency {
            return Some(minor);
        }
        // A deal of a past quarter may be of a currency that none of today has.
        let known = self.factors.iter().find(|(currency, _)| *currency == value.currency());
        match known {
            Some((_, factor)) => Some((minor * factor + Self::UNITS / 2).div_euclid(Self::UNITS)),
            None => self.sum(minor, value.currency()),
        }
    }
}

#[cfg(test)]
mod tests;
