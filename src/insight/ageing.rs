//! How long open deals have stood in their stage, against the team's own median; of what is known only.

use std::collections::BTreeMap;

use super::stood::Stood;
use crate::domain::instant::{Span, Timestamp};
use crate::domain::stage::StageKind;

/// How long the deals of one stage have stood in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ages {
    /// Whole days, of those whose beginning is known; in order.
    days: Vec<u32>,
    /// Those of which nobody tells since when.
    pub unknown: u64,
}

impl Ages {
    pub fn known(&self) -> u64 {
        self.days.len() as u64
    }

    /// Returns the median in days; the lower one of two.
    pub fn median(&self) -> Option<u32> {
        median(&self.days)
    }

    pub fn oldest(&self) -> Option<u32> {
        self.days.last().copied()
    }

    /// Returns how many have stood there more than twice as long as the median, and at least a week.
    pub fn long(&self) -> u64 {
        let limit = self.limit();
        limit.map_or(0, |limit| (self.days.len() - self.days.partition_point(|days| *days <= limit)) as u64)
    }

    /// Returns after how many days a deal stands there long.
    pub fn limit(&self) -> Option<u32> {
        self.median().map(|median| (median * 2).max(7))
    }
}

/// Returns the middle of numbers in order.
pub(super) fn median<T: Copy>(sorted: &[T]) -> Option<T> {
    sorted.get(sorted.len().saturating_sub(1) / 2).copied()
}

/// The ages by stage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ageing {
    pub stages: BTreeMap<StageKind, Ages>,
}

impl Ageing {
    pub(super) fn add(&mut self, deal: &Stood, now: Timestamp) {
        let ages = self.stages.entry(deal.stage.kind()).or_default();
        let Some(since) = told(deal) else {
            ages.unknown += 1;
            return;
        };
        let days = now.since(since).micros().max(0) / Span::hours(24).micros();
        ages.days.push(u32::try_from(days).unwrap_or(u32::MAX));
    }

    pub(super) fn settle(&mut self) {
        self.stages.values_mut().for_each(|ages| ages.days.sort_unstable());
    }
}

/// Returns since when a deal stands in its stage, where that is told; days count here, so a bare day is enough.
fn told(deal: &Stood) -> Option<Timestamp> {
    match deal.entered() {
        super::times::Known::At(at) => Some(at),
        super::times::Known::Between { .. } => None,
    }
}
