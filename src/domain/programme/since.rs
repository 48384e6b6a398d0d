//! Since when an offer has had a status, by the rules, the facts of the organisation and what the journal tells of the offer; pure.

use std::collections::BTreeSet;

use super::offer::Offer;
use super::organisation::Organisation;
use super::rules::{Benefit, Programme};
use crate::domain::date::{Date, Moment};
use crate::domain::instant::Timestamp;

/// What an offer was told to be, the first first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// What was told at first: what it had then, it may have had before.
    first: Option<Offer>,
    /// What stood at the end of each day on which something was told; nothing where it was removed.
    days: Vec<(Date, Option<Offer>)>,
}

impl Past {
    /// Makes it of what was told until a moment, in days of its place: what was so for a part of a day alone is no break.
    pub fn of(told: &[(Timestamp, Option<Offer>)], at: Moment) -> Self {
        let mut past = Self::default();
        for (when, offer) in told.iter().filter(|(when, _)| *when <= at.now) {
            let on = at.day_of(*when);
            if past.first.is_none() {
                past.first.clone_from(offer);
            }
            match past.days.last_mut() {
                Some((day, last)) if *day >= on => last.clone_from(offer),
                _ => past.days.push((on, offer.clone())),
            }
        }
        past
    }
}

/// An offer as it is judged: what it is, what it was, whose it is, and on which day.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    pub offer: &'a Offer,
    pub past: &'a Past,
    pub organisation: &'a Organisation,
    pub day: Date,
}

impl Programme {
    /// Returns since when an offer has had a status without a break; `None` where it does not have it, or had it when it was first told:
    /// then nobody knows the day.
    pub fn held_since(&self, status: &str, of: Judged<'_>) -> Option<Date> {
        let has = |offer: &Offer, day: Date| self.standing(offer, of.organisation, day).has(status);
        if !has(of.offer, of.day) {
            return None;
        }
        let told = of.organisation.all().filter_map(|(_, from, _)| from);
        let turns: BTreeSet<Date> = self.turns().into_iter().chain(told).collect();
        let (mut since, mut until) = (None, of.day);
        for (on, stood) in of.past.days.iter().rev().filter(|(on, _)| *on <= of.day) {
            let Some(stood) = stood.as_ref().filter(|stood| has(stood, until)) else { return since };
            let turn = turns.range(*on..=until).rev().find(|turn| **turn > *on && !has(stood, turn.plus_days(-1)));
            if let Some(turn) = turn {
                return Some(*turn);
            }
            (since, until) = (Some(*on), on.plus_days(-1));
        }
        // What it was at first it was before, too, as far as rules and facts with a day let it be.
        let was_before = |on: Date| of.past.first.as_ref().is_some_and(|first| has(first, on) && has(first, on.plus_days(-1)));
        since.filter(|on| !was_before(*on))
    }

    /// Returns since when an offer has had what brings a benefit, as [`Programme::held_since`].
    pub fn brought_since(&self, one: &Benefit, of: Judged<'_>) -> Option<Date> {
        one.of.iter().filter_map(|status| self.held_since(status, of)).max()
    }

    /// Returns by when a benefit that takes its time is to be expected: so many days after its status was reached (OV-39). `None` where
    /// nobody knows when that was, or it comes at once.
    pub fn expected(&self, one: &Benefit, of: Judged<'_>) -> Option<Date> {
        let since = self.brought_since(one, of).filter(|_| one.delay_days > 0)?;
        Some(since.plus_days(one.delay_days.into()))
    }
}

#[cfg(test)]
mod tests;
