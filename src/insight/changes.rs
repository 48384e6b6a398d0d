//! What changed between two moments: from what was open then to what is open now, in steps that add up, currency by currency.

use std::collections::{BTreeMap, BTreeSet};

use super::stood::Stood;
use super::times::Known;
use crate::domain::date::Date;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::money::Money;
use crate::domain::opportunity::Direction;
use crate::domain::outcome::OutcomeKind;
use crate::domain::sales::SalesStage;
use crate::domain::stage::{Stage, StageKind};
use crate::domain::sums::Sums;

/// What became of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    New,
    /// It was received then, and is accepted: it was open before and is.
    Accepted,
    ValueUp,
    ValueDown,
    /// Its close date is earlier than it was.
    PulledIn,
    PushedOut,
    /// Its sale is further than it was.
    StageUp,
    StageDown,
    Won,
    Lost,
    Declined,
    Expired,
    /// Closed as an error.
    Error,
    /// What had been made or decided was taken back.
    TakenBack,
}

impl ChangeKind {
    pub const ALL: [Self; 14] = [
        Self::New,
        Self::Accepted,
        Self::ValueUp,
        Self::ValueDown,
        Self::PulledIn,
        Self::PushedOut,
        Self::StageUp,
        Self::StageDown,
        Self::Won,
        Self::Lost,
        Self::Declined,
        Self::Expired,
        Self::Error,
        Self::TakenBack,
    ];

    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Accepted => "accepted",
            Self::ValueUp => "valueUp",
            Self::ValueDown => "valueDown",
            Self::PulledIn => "pulledIn",
            Self::PushedOut => "pushedOut",
            Self::StageUp => "stageUp",
            Self::StageDown => "stageDown",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Error => "error",
            Self::TakenBack => "takenBack",
        }
    }

    /// Returns whether what is open is worth another sum by it.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Accepted | Self::PulledIn | Self::PushedOut | Self::StageUp | Self::StageDown)
    }

    /// Returns whether its deals are told by name: there is no old value to tell beside a new one.
    pub const fn is_named(self) -> bool {
        matches!(
            self,
            Self::New | Self::Accepted | Self::Won | Self::Lost | Self::Declined | Self::Expired | Self::Error | Self::TakenBack
        )
    }

    const fn is_end(self) -> bool {
        matches!(self, Self::Won | Self::Lost | Self::Declined | Self::Expired | Self::Error)
    }

    const fn of_end(outcome: OutcomeKind) -> Self {
        match outcome {
            OutcomeKind::Won => Self::Won,
            OutcomeKind::Lost => Self::Lost,
            OutcomeKind::Declined => Self::Declined,
            OutcomeKind::Expired => Self::Expired,
            OutcomeKind::Error => Self::Error,
        }
    }
}

/// What is told of one deal: of what changed, the old beside the new.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    pub id: OpportunityId,
    /// What it adds to the sums of its kind.
    pub adds: Option<Money>,
    pub was: Told,
    pub is: Told,
    /// Whether it is held now, or at the later moment.
    pub is_held: bool,
}

/// What is told of a deal at one of the two moments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub sales_stage: Option<SalesStage>,
}

impl Told {
    fn of(deal: Option<&Stood>) -> Self {
        deal.map_or_else(Self::default, |deal| Self {
            value: deal.value,
            close_date: deal.close_date,
            sales_stage: deal.sales_stage,
        })
    }
}

/// The deals to which one thing happened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    /// What it adds to what is open, or takes from it; of kinds that do neither what the deals are worth.
    pub sums: Sums,
    /// How many deals more are open by it, or fewer.
    pub deals: i64,
    pub moved: Vec<Moved>,
}

/// What changed between two moments: `from` and all that counts together are `until`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    pub from: Sums,
    pub until: Sums,
    pub kinds: BTreeMap<ChangeKind, Change>,
}

/// Returns so much less.
fn minus(value: Option<Money>) -> Option<Money> {
    value.map(|value| Money::from_minor(-value.minor(), value.currency()))
}

impl Changes {
    /// Adds a deal as it stood at both moments; `None` where it was not held.
    pub fn add(&mut self, then: Option<&Stood>, now: Option<&Stood>) {
        let open = |deal: Option<&Stood>| deal.is_some_and(Stood::is_open);
        let (was_open, is_open) = (open(then), open(now));
        if let Some(then) = then.filter(|_| was_open) {
            self.from.add(then.value);
        }
        if let Some(now) = now.filter(|_| is_open) {
            self.until.add(now.value);
        }
        match (then, now) {
            (Some(then), Some(now)) => self.add_both(then, now),
            (None, Some(now)) => {
                // What was over before we held it never was in the pipeline.
                let since_held = |at: Option<Known>| matches!(at, Some(Known::At(at)) if at >= now.first_seen_at);
                // By our clock it ran out while we held it, whatever is known of its deadline.
                let ran_out = matches!(&now.stage, Stage::Lapsed { respond_by } if respond_by.at >= now.first_seen_at);
                if is_open || ran_out || since_held(now.ended()) {
                    self.put(ChangeKind::New, now.value, 1, None, Some(now));
                    if now.direction == Direction::Inbound && since_held(now.accepted()) {
                        self.put(ChangeKind::Accepted, now.value, 0, None, Some(now));
                    }
                    self.end(now);
                }
            }
            (Some(then), None) if was_open => self.put(ChangeKind::TakenBack, minus(then.value), -1, Some(then), None),
            _ => {}
        }
    }

    /// Adds a deal that nobody has touched since the first moment: only the clock may have.
    pub fn add_untouched(&mut self, deal: &Stood, from: Timestamp) {
        match deal.stage {
            Stage::Received { .. } | Stage::Lapsed { .. } => self.add(Some(&deal.as_seen(from)), Some(deal)),
            Stage::Accepted { .. } => {
                self.from.add(deal.value);
                self.until.add(deal.value);
            }
            Stage::Archived { .. } => {}
        }
    }

    /// Returns these with those of other deals, in the order of their numbers.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.from.add_all(&others.from);
        self.until.add_all(&others.until);
        for (kind, other) in others.kinds {
            let change = self.kinds.entry(kind).or_default();
            change.sums.add_all(&other.sums);
            change.deals += other.deals;
            change.moved.extend(other.moved);
        }
        self.kinds.values_mut().for_each(|change| change.moved.sort_by_key(|moved| moved.id));
        self
    }

    /// Returns the deals whose close date was pushed out and that have not come to an end since, with what they are worth.
    pub fn pushed_out(&self) -> Vec<(OpportunityId, Option<Money>)> {
        let of = |is_it: fn(ChangeKind) -> bool| {
            self.kinds.iter().filter(move |(kind, _)| is_it(**kind)).flat_map(|(_, change)| &change.moved)
        };
        let ended: BTreeSet<OpportunityId> = of(ChangeKind::is_end).map(|moved| moved.id).collect();
        let pushed = of(|kind| kind == ChangeKind::PushedOut).filter(|moved| !ended.contains(&moved.id));
        pushed.map(|moved| (moved.id, moved.is.value)).collect()
    }

    fn add_both(&mut self, then: &Stood, now: &Stood) {
        let both = (Some(then), Some(now));
        if !then.is_open() {
            if now.is_open() {
                self.put(ChangeKind::TakenBack, now.value, 1, both.0, both.1);
            } else if then.outcome() != now.outcome() {
                self.put(ChangeKind::TakenBack, now.value, 1, both.0, both.1);
                self.end(now);
            }
            return;
        }
        if then.stage.kind() == StageKind::Received && now.accepted().is_some() {
            self.put(ChangeKind::Accepted, now.value, 0, both.0, both.1);
        }
        self.add_value(then, now);
        if let Some((was, is)) = then.close_date.zip(now.close_date).filter(|(was, is)| was != is) {
            let kind = if is < was { ChangeKind::PulledIn } else { ChangeKind::PushedOut };
            self.put(kind, now.value, 0, both.0, both.1);
        }
        // A deal that is won stands at its end; that is told there.
        if let Some((was, is)) = then.sales_stage.zip(now.sales_stage).filter(|(was, is)| was != is && now.is_open()) {
            let kind = if is > was { ChangeKind::StageUp } else { ChangeKind::StageDown };
            self.put(kind, now.value, 0, both.0, both.1);
        }
        self.end(now);
    }

    /// In the same currency the difference counts; another currency is the old value less and the new one more.
    fn add_value(&mut self, then: &Stood, now: &Stood) {
        let (was, is) = (then.value, now.value);
        if was == is {
            return;
        }
        let both = (Some(then), Some(now));
        if let Some((was, is)) = was.zip(is).filter(|(was, is)| was.currency() == is.currency()) {
            let kind = if is.minor() > was.minor() { ChangeKind::ValueUp } else { ChangeKind::ValueDown };
            let difference = Money::from_minor(is.minor() - was.minor(), is.currency());
            return self.put(kind, Some(difference), 0, both.0, both.1);
        }
        if was.is_some() {
            self.put(ChangeKind::ValueDown, minus(was), 0, both.0, both.1);
        }
        if is.is_some() {
            self.put(ChangeKind::ValueUp, is, 0, both.0, both.1);
        }
    }

    /// What has come to its end is open no more.
    fn end(&mut self, now: &Stood) {
        if let Some(outcome) = now.outcome() {
            self.put(ChangeKind::of_end(outcome), minus(now.value), -1, None, Some(now));
        }
    }

    fn put(&mut self, kind: ChangeKind, value: Option<Money>, deals: i64, was: Option<&Stood>, is: Option<&Stood>) {
        let Some(id) = is.or(was).map(|deal| deal.id) else { return };
        let change = self.kinds.entry(kind).or_default();
        change.sums.add(value);
        change.deals += deals;
        change.moved.push(Moved { id, adds: value, was: Told::of(was), is: Told::of(is), is_held: is.is_some() });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::opportunity::Opportunity;
    use crate::domain::outcome::Outcome;
    use crate::domain::text::Line;

    const NOW: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

    fn any_stage() -> impl Strategy<Value = Stage> {
        use crate::domain::deadline::{Basis, Deadline};
        let respond_by = Deadline { at: NOW, basis: Basis::Given };
        let ended = |outcome| Stage::Archived { at: Some(NOW), accepted: None, outcome };
        prop::sample::select(vec![
            Stage::Received { respond_by },
            Stage::Lapsed { respond_by },
            Stage::Accepted { since: Some(NOW) },
            ended(Outcome::Won),
            ended(Outcome::Lost { reason: None, note: None }),
            ended(Outcome::Declined { reason: None, note: None }),
            ended(Outcome::Error { reason: None }),
        ])
    }

    fn any_deal(id: i64) -> impl Strategy<Value = Option<Stood>> {
        let value = prop::option::of((1_i64..900, prop::sample::select(vec!["USD", "KRW"])));
        let deal = (any_stage(), value, prop::option::of(0_i64..60)).prop_map(move |(stage, value, days)| {
            let mut on = Opportunity::blank(Line::parse("한빛정밀").unwrap(), NOW);
            (on.id, on.stage) = (OpportunityId(id), stage);
            on.deal.value = value.map(|(minor, code)| Money::from_minor(minor, Currency::parse(code).unwrap()));
            on.deal.close_date = days.map(|days| Date::iso("2026-11-01").unwrap().plus_days(days));
            Stood::from(&on)
        });
        prop::option::of(deal)
    }

    fn totals(sums: &Sums) -> BTreeMap<u16, i128> {
        let totals = sums.totals().into_iter().map(|total| (total.currency.number(), total.minor));
        totals.filter(|(_, minor)| *minor != 0).collect()
    }

    proptest! {
        #[test]
        fn what_was_open_and_every_change_together_are_what_is_open(
            deals in prop::collection::vec((any_deal(1), any_deal(1)), 0..30),
        ) {
            let mut changes = Changes::default();
            for (then, now) in &deals {
                changes.add(then.as_ref(), now.as_ref());
            }
            let mut together = changes.from.clone();
            let mut count = i64::try_from(changes.from.count).unwrap();
            for (kind, change) in &changes.kinds {
                count += change.deals;
                prop_assert!(kind.counts() || change.deals == 0);
                if kind.counts() {
                    together.add_all(&change.sums);
                }
            }
            prop_assert_eq!(totals(&together), totals(&changes.until));
            prop_assert_eq!(count, i64::try_from(changes.until.count).unwrap());
        }

        #[test]
        fn what_nobody_touched_is_added_as_it_stood_at_both_moments(deals in prop::collection::vec(any_deal(1), 0..10), hours in -2_i64..2) {
            let from = NOW.plus_micros(hours * 3_600_000_000);
            let (mut changes, mut both) = (Changes::default(), Changes::default());
            for deal in deals.iter().flatten() {
                changes.add_untouched(deal, from);
                both.add(Some(&deal.as_seen(from)), Some(deal));
            }
            prop_assert_eq!(changes, both);
        }

        #[test]
        fn added_apart_and_put_together_they_are_the_same(
            deals in prop::collection::vec((any_deal(1), any_deal(1), any::<bool>()), 0..30),
        ) {
            let (mut all, mut some, mut others) = (Changes::default(), Changes::default(), Changes::default());
            let numbered = deals.into_iter().zip(1..).map(|((then, now, apart), id)| {
                let of = |deal: Option<Stood>| deal.map(|deal| Stood { id: OpportunityId(id), ..deal });
                (of(then), of(now), apart)
            });
            let numbered: Vec<_> = numbered.collect();
            numbered.iter().for_each(|(then, now, _)| all.add(then.as_ref(), now.as_ref()));
            // In whatever order they came.
            for (then, now, apart) in numbered.iter().rev() {
                if *apart { &mut some } else { &mut others }.add(then.as_ref(), now.as_ref());
            }
            prop_assert_eq!(some.and(others), all);
        }

        #[test]
        fn what_stands_as_it_stood_is_no_change(deals in prop::collection::vec(any_deal(1), 0..10)) {
            let mut changes = Changes::default();
            deals.iter().for_each(|deal| changes.add(deal.as_ref(), deal.as_ref()));
            prop_assert!(changes.kinds.is_empty() && changes.from == changes.until);
        }
    }
}
