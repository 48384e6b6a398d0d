//! Adds up the figures of a review, of all that pass a filter; what the figures are is `insight`, how deals are read for it `facts`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::error::StoreError;
use super::facts::Wanted;
use super::idset::IdSet;
use super::open::Store;
use crate::domain::filter::Filter;
use crate::domain::ids::OpportunityId;
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::programme::registration::rules::Measure;
use crate::domain::programme::ruling::Ruling;
use crate::insight::{Adding, Changes, InHome, Review, Stood, Terms, ToRegister};

/// What a review is worked out of.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    pub filter: Filter,
    pub terms: Terms,
    /// Whether it is of a day that is over: everything as it stood at its end.
    pub past: bool,
    /// What status solutions give deals on the last day.
    pub offers: Arc<OfferStatuses>,
    /// By what deals are registered.
    pub rules: Arc<Ruling>,
}

impl Reviewed {
    fn adding(&self) -> Adding {
        // Which limit counts hangs on the day of each deal: none is longer than the longest.
        let limits = self.rules.registration.limits.iter().filter(|limit| limit.what == Measure::RegisterWithinDays);
        let longest = limits.map(|limit| limit.is).max().filter(|_| !self.past);
        let from = longest.map(|days| self.terms.today.plus_days(-days));
        Adding::new(self.terms).with_offers(Arc::clone(&self.offers)).registrable_from(from)
    }

    /// Which texts of deals its figures are made of.
    fn wanted(&self) -> Wanted {
        Wanted { by: self.terms.by, with_solutions: !self.offers.is_empty() }
    }
}

impl Store {
    /// Adds up all that passes a filter, as it stands now or stood at the end of a past day, and what changed in the days.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `waits` tells that somebody waits, [`StoreError::NothingKnown`] of a day before the journal, or that
    /// the database cannot be read.
    pub fn review(&self, of: &Reviewed, waits: &mut dyn FnMut() -> bool) -> Result<Review, StoreError> {
        self.in_one_look(|store| {
            let review = if of.past { store.review_past(of, waits)? } else { store.review_now(of, waits)? };
            let review = store.with_single_deals(of, review)?;
            Ok(Review { past: of.past, ..review.told_in(store.in_home(&of.terms)?) })
        })
    }

    /// Returns what converts the figures of a review by the rates of its last day, where a home currency is asked for.
    pub(super) fn in_home(&self, terms: &Terms) -> Result<Option<InHome>, StoreError> {
        let on = terms.days.last;
        terms.home.map(|currency| self.rates_on(on).map(|rates| InHome { currency, on, rates })).transpose()
    }

    /// Returns the registrations of these deals, or of all, which are not at Microsoft yet (MG-74), and of those that may be registered the
    /// ones that no rule keeps from it and of which nothing is told (MG-73).
    fn to_register(
        &self,
        of: &Reviewed,
        only: Option<&IdSet>,
        candidates: Vec<OpportunityId>,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<ToRegister, StoreError> {
        let (all, mut told) = (self.registrations()?, ToRegister::default());
        if all.is_empty() && candidates.is_empty() {
            return Ok(told);
        }
        let begun: BTreeSet<OpportunityId> = all.iter().map(|kept| kept.deal.id).collect();
        for kept in all {
            let by = kept.registration.deadline(&of.rules.registration);
            if kept.registration.states.is_empty() && only.is_none_or(|set| set.contains(kept.deal.id)) {
                told.add(kept.deal.id, kept.registration.contract.value.or(kept.deal.deal.value), by);
            }
        }
        let grounds = self.grounds(Arc::clone(&of.rules), of.terms.at)?;
        for id in candidates.into_iter().filter(|id| !begun.contains(id)) {
            if waits() {
                return Err(StoreError::Stopped);
            }
            let deal = self.get(id)?.opportunity;
            if grounds.may_register(&deal, of.terms.at) {
                told.not_begun.add(id, deal.deal.value);
            }
        }
        Ok(told)
    }

    fn review_now(&self, of: &Reviewed, waits: &mut dyn FnMut() -> bool) -> Result<Review, StoreError> {
        let from = of.terms.days.begin();
        let only = self.all_passing(&of.filter, waits)?;
        let those = (only.as_ref(), of.wanted());
        let (mut adding, mut changes) = (of.adding(), Changes::default());
        let (past, begins) = self.known_past(from)?;
        match past {
            Some(past) => {
                let mut touched = Changes::default();
                let mut each = |now: &Stood, is_untouched: bool| {
                    adding.add(now);
                    if is_untouched {
                        changes.add_untouched(now, from);
                    }
                };
                self.each_changed(past, those, waits, &mut each, &mut |then, now| touched.add(then, now))?;
                changes = changes.and(touched);
            }
            None => self.each_standing(those, waits, &mut |deal| {
                adding.add(&deal);
                match begins {
                    None => changes.add_untouched(&deal, from),
                    Some(_) => changes.add(None, Some(&deal)),
                }
                Ok(())
            })?,
        }
        let review = adding.review();
        let to_register = self.to_register(of, only.as_ref(), review.to_register.candidates, waits)?;
        Ok(Review { changes, begins, to_register, ..review })
    }

    /// As [`Store::review_now`], of a day that is over.
    fn review_past(&self, of: &Reviewed, waits: &mut dyn FnMut() -> bool) -> Result<Review, StoreError> {
        if !of.filter.is_empty() {
            return self.review_past_of(of, waits);
        }
        let (mut adding, mut changes) = (of.adding(), Changes::default());
        let Some(past) = self.past(of.terms.at)? else { return Ok(adding.review()) };
        let (begin, begins) = self.known_past(of.terms.days.begin())?;
        let team = self.team()?;
        let those = (team.as_deref(), of.wanted());
        let mut add = |then: Option<Cow<'_, Stood>>, now: Option<Cow<'_, Stood>>| {
            if let Some(now) = &now {
                adding.add(now);
            }
            changes.add(then.as_deref(), now.as_deref());
        };
        match begin {
            Some(begin) => self.each_backdated([begin, past], those, waits, &mut |held, [then, now]| {
                add(then.at(held, begin.at), now.at(held, past.at));
            })?,
            None => self.each_backdated([past], those, waits, &mut |held, [now]| {
                add(None, now.at(held, past.at));
            })?,
        }
        Ok(Review { changes, begins, ..adding.review() })
    }

    /// As [`Store::review_past`], of what passed a filter then; what was held at the later moment is kept until the earlier one is read.
    fn review_past_of(&self, of: &Reviewed, waits: &mut dyn FnMut() -> bool) -> Result<Review, StoreError> {
        let (mut adding, mut changes) = (of.adding(), Changes::default());
        let mut now: BTreeMap<OpportunityId, Stood> = BTreeMap::new();
        self.each_stood(of.terms.at, (&of.filter, of.wanted()), waits, &mut |deal| {
            adding.add(&deal);
            now.insert(deal.id, deal);
        })?;
        // What passes no more is not told: nobody knows whether it did then.
        let mut add_then = |then: Stood| {
            if let Some(now) = now.remove(&then.id) {
                changes.add(Some(&then), Some(&now));
            }
        };
        let all = (&Filter::default(), of.wanted());
        let begins = match self.each_stood(of.terms.days.begin(), all, waits, &mut add_then) {
            Err(StoreError::NothingKnown { begins }) => Some(begins),
            told => told.map(|()| None)?,
        };
        now.values().for_each(|now| changes.add(None, Some(now)));
        Ok(Review { changes, begins, ..adding.review() })
    }
}
