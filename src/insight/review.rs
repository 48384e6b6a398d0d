//! The figures of a pipeline review: deals go in one after the other, figures come out; where the deals lie is not known here.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;

use super::ageing::Ageing;
use super::changes::Changes;
use super::forecast::Forecast;
use super::groups::{Dimension, Group, Groups, order};
use super::home::InHome;
use super::improve::Improvements;
use super::readiness::Readiness;
use super::standing::Standing;
use super::stood::Stood;
use super::times::{Days, Holds};
use super::to_register::ToRegister;
use super::weeks::{Behind, Closing};
use super::worth::Worth;
use crate::domain::campaign::Costs;
use crate::domain::date::{Date, Moment};
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::money::{Currency, Money};
use crate::domain::opportunity::Direction;
use crate::domain::outcome::OutcomeKind;
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::sales::{SalesStage, Weights};
use crate::domain::stage::StageKind;
use crate::domain::sums::Sums;

/// What a review is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// What was won, lost and answered in these days; what is open at their end.
    pub days: Days,
    /// As many days right before, to compare with.
    pub before: Days,
    /// The end of the last day, or now.
    pub at: Timestamp,
    pub today: Date,
    /// What has not been changed since then, and has no next step, has stalled.
    stalled_since: Timestamp,
    pub weights: Weights,
    pub by: Dimension,
    /// The currency that all is told in, where there are rates for it.
    pub home: Option<Currency>,
    /// By which weeks and their days are told apart.
    pub(super) moment: Moment,
}

/// So many deals of a kind of change are told one by one.
pub const NAMED: usize = 3;

/// After so many days without a change a deal has stalled.
const STALLED_DAYS: i64 = 30;

impl Terms {
    /// Returns the terms of a review from a day to a moment: that of the clock, or the end of a past day.
    pub fn new(since: Date, moment: Moment, weights: Weights, by: Dimension) -> Self {
        let today = *moment.today;
        let days = Days::new(since.min(today), today, moment);
        let stalled_since = moment.start_of(today.plus_days(-STALLED_DAYS));
        Self { days, before: days.before(moment), at: moment.now, today, moment, stalled_since, weights, by, home: None }
    }

    /// Returns the same, told in a currency.
    pub const fn told_in(self, home: Option<Currency>) -> Self {
        Self { home, ..self }
    }

    /// Returns how likely a deal counts as won: a received one is not weighted before it is accepted.
    pub fn percent(&self, deal: &Stood) -> u8 {
        if deal.stage.kind() == StageKind::Accepted { self.weights.of(deal.sales_stage) } else { 0 }
    }

    /// Returns whether nothing was done about an accepted deal for a month, and nothing is to be done.
    pub fn has_stalled(&self, deal: &Stood) -> bool {
        deal.stage.kind() == StageKind::Accepted && !deal.has_next && deal.updated_at < self.stalled_since
    }

    /// Returns whether an open deal was to be closed before today.
    pub fn is_overdue(&self, deal: &Stood) -> bool {
        deal.is_open() && deal.close_date.is_some_and(|date| date < self.today)
    }
}

/// Returns the Monday a review looks back to: on a Monday that of the week that is over.
pub fn last_monday(today: Date) -> Date {
    today.plus_days(-1).monday()
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    pub year: i32,
    pub month: u32,
}

impl From<Date> for Month {
    fn from(date: Date) -> Self {
        Self { year: date.naive().year(), month: date.naive().month() }
    }
}

/// Where an open deal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenAt {
    pub stage: StageKind,
    pub sales_stage: Option<SalesStage>,
}

/// Won by what could be won, as Partner Center defines it: won in the days, out of what was accepted or made in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WinRate {
    pub won: u64,
    /// Inbound ones that were accepted.
    pub accepted: u64,
    /// Outbound ones that were made.
    pub outbound: u64,
    pub lost: u64,
}

impl WinRate {
    /// Returns Won / (Accepted + Outbound); `None` where nothing was accepted or made.
    pub fn center(&self) -> Option<f64> {
        share(self.won, self.accepted + self.outbound)
    }

    /// Returns Won / (Won + Lost); `None` where nothing was decided.
    pub fn of_decided(&self) -> Option<f64> {
        share(self.won, self.won + self.lost)
    }
}

/// Returns a share; for the screen only, money is never divided so.
#[allow(clippy::cast_precision_loss)]
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// What became of what came to us in the days; each step is a part of the one before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Funnel {
    pub received: u64,
    pub accepted: u64,
    pub won: u64,
    /// Of the received ones: those that still wait for an answer.
    pub waiting: u64,
    pub declined: u64,
    pub expired: u64,
    pub lost: u64,
}

/// How many deals a figure leaves out because no source tells when something happened to them, though it may lie in the days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unknown {
    pub came: Few,
    pub accepted: Few,
    pub ended: Few,
    /// They ran out by our clock, and of their deadline only the latest day is known.
    pub expired: Few,
    /// Deals of which any of these is not known.
    pub deals: u64,
}

/// How many deals there are, and which, where they are few.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Few {
    pub count: u64,
    ids: Vec<OpportunityId>,
}

impl Few {
    /// A filter names no more deals than these.
    pub const MOST: usize = 200;

    pub(super) fn add(&mut self, id: OpportunityId) {
        self.count += 1;
        if self.ids.len() < Self::MOST {
            self.ids.push(id);
        }
    }

    /// Returns all of them; `None` where they are too many to be named.
    pub fn all(&self) -> Option<&[OpportunityId]> {
        (self.ids.len() as u64 == self.count).then_some(&self.ids)
    }
}

/// A few deals, with what they come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Again {
    pub sums: Sums,
    pub few: Few,
}

impl Again {
    pub fn add(&mut self, id: OpportunityId, value: Option<Money>) {
        self.sums.add(value);
        self.few.add(id);
    }
}

/// The figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    pub terms: Terms,
    /// Whether it is of a day that is over.
    pub past: bool,
    /// All that were looked at, archived ones too.
    pub deals: u64,
    pub open: BTreeMap<OpenAt, Worth>,
    /// Accepted ones by the month they are to be closed in; those without a date stand first here.
    pub months: BTreeMap<Option<Month>, Worth>,
    pub closed: BTreeMap<OutcomeKind, Sums>,
    pub reasons: BTreeMap<(OutcomeKind, Option<String>), Sums>,
    pub win_rate: WinRate,
    pub funnel: Funnel,
    pub overdue: Sums,
    pub stalled: Sums,
    /// The close dates ahead.
    pub closing: Closing,
    /// What happened in the weeks behind, whatever days are looked back on.
    pub behind: Behind,
    pub ageing: Ageing,
    pub standing: Standing,
    pub standing_before: Standing,
    /// What would improve the standing.
    pub improvements: Improvements,
    /// Open deals whose close date was pushed out in the days, and had been before.
    pub pushed_again: Again,
    /// Won deals that are to be registered; nothing of past days.
    pub to_register: ToRegister,
    /// What the deals of [`Review::to_be_named`] are called.
    pub names: BTreeMap<OpportunityId, String>,
    /// By [`Terms::by`].
    pub groups: Vec<Group>,
    /// Whether they stand in the order of what is open in each, the most on top: all of it can be told in one currency.
    pub by_value: bool,
    /// Campaign return (MG-38): deals, and what was won, by campaign id.
    pub campaigns: Vec<Group>,
    /// Open deals by the status of their solutions, where offers are told.
    pub readiness: Readiness,
    /// What campaigns cost, where that was told.
    pub costs: Costs,
    pub unknown: Unknown,
    /// What the quarter will come to; worked out by [`Review::told_in`].
    pub forecast: Forecast,
    /// What changed from the beginning of the days.
    pub changes: Changes,
    /// When the journal begins, where that is in or after the days: nothing was known before.
    pub begins: Option<Timestamp>,
    /// What converts all of it, where [`Terms::home`] is asked for.
    pub home: Option<InHome>,
}

/// Takes deals, and adds them up.
pub struct Adding {
    review: Review,
    groups: Groups,
    campaigns: Groups,
    /// The first day on which a deal can have been won that may still be registered.
    registrable_from: Option<Date>,
}

impl Adding {
    pub fn new(terms: Terms) -> Self {
        let review = Review {
            terms,
            past: false,
            deals: 0,
            open: BTreeMap::new(),
            months: BTreeMap::new(),
            closed: BTreeMap::new(),
            reasons: BTreeMap::new(),
            win_rate: WinRate::default(),
            funnel: Funnel::default(),
            overdue: Sums::default(),
            stalled: Sums::default(),
            closing: Closing::new(terms.today),
            behind: Behind::new(terms.moment),
            ageing: Ageing::default(),
            standing: Standing::default(),
            standing_before: Standing::default(),
            improvements: Improvements::default(),
            pushed_again: Again::default(),
            to_register: ToRegister::default(),
            names: BTreeMap::new(),
            groups: Vec::new(),
            by_value: false,
            campaigns: Vec::new(),
            readiness: Readiness::default(),
            costs: Costs::default(),
            unknown: Unknown::default(),
            forecast: Forecast::new(&terms),
            changes: Changes::default(),
            begins: None,
            home: None,
        };
        Self { review, groups: Groups::new(terms.by), campaigns: Groups::new(Dimension::Campaign), registrable_from: None }
    }

    /// Tells open deals by the status of their solutions as well.
    #[must_use]
    pub fn with_offers(mut self, offers: Arc<OfferStatuses>) -> Self {
        self.review.readiness = Readiness::of(offers);
        self
    }

    /// Seeks those won from a day on that could be registered.
    #[must_use]
    pub fn registrable_from(self, day: Option<Date>) -> Self {
        Self { registrable_from: day, ..self }
    }

    fn may_be_registrable(&self, deal: &Stood) -> bool {
        let Some(from) = self.registrable_from else { return false };
        let is_won = deal.stage.outcome().is_some_and(|outcome| outcome.kind() == OutcomeKind::Won);
        is_won && deal.stage.known_end().is_some_and(|at| Date::in_utc(at) >= from) && self.review.readiness.has_offer(deal)
    }

    /// Adds one deal.
    pub fn add(&mut self, deal: &Stood) {
        let terms = self.review.terms;
        self.review.deals += 1;
        self.groups.add(deal, &terms, &self.review.readiness);
        if deal.campaign.is_some() {
            self.campaigns.add(deal, &terms, &self.review.readiness);
        }
        if deal.is_open() {
            self.review.add_open(deal);
        }
        self.review.add_happened(deal);
        self.review.forecast.add(deal, &terms);
        self.review.behind.add(deal);
        self.review.standing.add(deal, terms.days);
        self.review.standing_before.add(deal, terms.before);
        self.review.improvements.add(deal, &terms);
        self.review.readiness.add(deal, &terms);
        if self.may_be_registrable(deal) {
            self.review.to_register.candidates.push(deal.id);
        }
    }

    /// Returns the figures of all that were added.
    pub fn review(self) -> Review {
        let mut review = self.review;
        review.groups = self.groups.all();
        review.campaigns = self.campaigns.all();
        review.ageing.settle();
        review.standing.settle();
        review.standing_before.settle();
        review
    }
}

impl Review {
    /// Returns whether there is nothing to tell: no deal, and none that was taken back.
    pub fn is_empty(&self) -> bool {
        self.deals == 0 && self.changes.kinds.is_empty()
    }

    /// Returns the deals that are told by their names: the first of each kind of change that has no old value beside the new one, and
    /// those that would improve the standing.
    pub fn to_be_named(&self) -> Vec<OpportunityId> {
        let changed = self.changes.kinds.iter().filter(|(kind, _)| kind.is_named());
        let changed = changed.flat_map(|(_, change)| change.moved.iter().filter(|moved| moved.is_held).take(NAMED));
        let improving = self.improvements.first().into_iter().map(|(id, _)| id);
        changed.map(|moved| moved.id).chain(improving).collect()
    }

    /// Adds up a few.
    pub fn of<'a>(deals: impl IntoIterator<Item = &'a Stood>, terms: Terms) -> Self {
        let mut adding = Adding::new(terms);
        deals.into_iter().for_each(|deal| adding.add(deal));
        adding.review().told_in(None)
    }

    /// Tells it in a currency as well, and works out what the quarter will come to.
    #[must_use]
    pub fn told_in(mut self, home: Option<InHome>) -> Self {
        self.forecast.settle(home.as_ref());
        self.by_value = order(&mut self.groups, self.terms.by, home.as_ref());
        order(&mut self.campaigns, Dimension::Campaign, home.as_ref());
        self.home = home;
        self
    }

    fn add_open(&mut self, deal: &Stood) {
        let stage = deal.stage.kind();
        let at = OpenAt { stage, sales_stage: deal.sales_stage };
        self.open.entry(at).or_default().add(deal.value, self.terms.percent(deal));
        if stage == StageKind::Accepted {
            let percent = self.terms.weights.of(deal.sales_stage);
            self.months.entry(deal.close_date.map(Month::from)).or_default().add(deal.value, percent);
        }
        if self.terms.is_overdue(deal) {
            self.overdue.add(deal.value);
        }
        if self.terms.has_stalled(deal) {
            self.stalled.add(deal.value);
        }
        self.closing.add_open(deal);
        self.ageing.add(deal, self.terms.at);
    }

    /// Counts what happened in the days, and what may have.
    fn add_happened(&mut self, deal: &Stood) {
        let days = self.terms.days;
        let accepted = deal.accepted().map_or(Holds::No, |at| days.holds(at));
        let ended = deal.ended().map_or(Holds::No, |at| days.holds(at));
        let came = days.holds(deal.came());
        let is_inbound = deal.direction == Direction::Inbound;
        match accepted {
            Holds::Yes if is_inbound => self.win_rate.accepted += 1,
            Holds::Perhaps if is_inbound => self.unknown.accepted.add(deal.id),
            _ => {}
        }
        match came {
            Holds::Yes if is_inbound => self.funnel.add(deal),
            Holds::Yes => self.win_rate.outbound += 1,
            Holds::Perhaps => self.unknown.came.add(deal.id),
            Holds::No => {}
        }
        match (ended, deal.outcome()) {
            (Holds::Yes, Some(outcome)) => self.add_closed(deal, outcome),
            (Holds::Perhaps, Some(OutcomeKind::Expired)) => self.unknown.expired.add(deal.id),
            (Holds::Perhaps, _) => self.unknown.ended.add(deal.id),
            _ => {}
        }
        let left_out = came == Holds::Perhaps || ended == Holds::Perhaps || is_inbound && accepted == Holds::Perhaps;
        self.unknown.deals += u64::from(left_out);
    }

    fn add_closed(&mut self, deal: &Stood, outcome: OutcomeKind) {
        self.closed.entry(outcome).or_default().add(deal.value);
        match outcome {
            OutcomeKind::Won => self.win_rate.won += 1,
            OutcomeKind::Lost => self.win_rate.lost += 1,
            OutcomeKind::Declined | OutcomeKind::Expired | OutcomeKind::Error => {}
        }
        if matches!(outcome, OutcomeKind::Lost | OutcomeKind::Declined) {
            let reason = deal.stage.outcome().and_then(|outcome| outcome.reason()).map(str::to_owned);
            self.reasons.entry((outcome, reason)).or_default().add(deal.value);
        }
    }

    /// Returns everything that any figure of it comes to: what is open, and what was closed.
    pub fn all_sums(&self) -> Sums {
        let mut all = Sums::default();
        self.open.values().for_each(|worth| all.add_all(&worth.sums));
        self.closed.values().for_each(|sums| all.add_all(sums));
        [&self.behind.received, &self.behind.won, &self.behind.lost].into_iter().for_each(|weekly| all.add_all(&weekly.sums));
        self.changes.kinds.values().for_each(|change| all.add_all(&change.sums));
        all.add_all(&self.changes.from);
        all.add_all(&self.forecast.won);
        all
    }

    /// Returns what is open together: received ones and accepted ones.
    pub fn open_of(&self, stage: StageKind) -> Worth {
        let mut together = Worth::default();
        self.open.iter().filter(|(at, _)| at.stage == stage).for_each(|(_, worth)| together.add_all(worth));
        together
    }
}

impl Funnel {
    fn add(&mut self, deal: &Stood) {
        self.received += 1;
        self.accepted += u64::from(deal.accepted().is_some());
        match deal.outcome() {
            None => self.waiting += u64::from(deal.stage.kind() == StageKind::Received),
            Some(OutcomeKind::Won) => self.won += 1,
            Some(OutcomeKind::Lost) => self.lost += 1,
            Some(OutcomeKind::Declined) => self.declined += 1,
            Some(OutcomeKind::Expired) => self.expired += 1,
            Some(OutcomeKind::Error) => {}
        }
    }
}
