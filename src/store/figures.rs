//! Reads what the figures of a review need, row by row, for all that pass a filter; what the figures are is `insight`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use rusqlite::Row;

use super::error::{StoreError, While};
use super::facts::Names;
use super::idset::IdSet;
use super::open::Store;
use crate::domain::filter::Filter;
use crate::domain::held::Held;
use crate::domain::ids::OpportunityId;
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::programme::registration::rules::Measure;
use crate::domain::programme::ruling::Ruling;
use crate::insight::{Adding, Changes, Dimension, InHome, Review, Stood, Terms, ToRegister};

/// How many rows are read between two looks whether somebody waits.
const ROWS: u64 = 4_096;
/// Where fewer than one in so many pass they are sought one by one.
const SOUGHT: usize = 8;

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
        let within = self.rules.registration.limit(Measure::RegisterWithinDays, self.terms.today);
        let from = within.filter(|_| !self.past).map(|limit| self.terms.today.plus_days(-limit.is));
        Adding::new(self.terms).with_offers(Arc::clone(&self.offers)).registrable_from(from)
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
            let to_register = match of.past {
                true => ToRegister::default(),
                false => store.to_register(of, review.to_register.candidates.clone(), waits)?,
            };
            Ok(Review { past: of.past, to_register, ..review.told_in(store.in_home(&of.terms)?) })
        })
    }

    /// Returns what converts the figures of a review by the rates of its last day, where a home currency is asked for.
    pub(super) fn in_home(&self, terms: &Terms) -> Result<Option<InHome>, StoreError> {
        let on = terms.days.last;
        terms.home.map(|currency| self.rates_on(on).map(|rates| InHome { currency, on, rates })).transpose()
    }

    /// Returns the registrations of deals that pass a filter which are not at Microsoft yet (MG-74), and of those that may be registered the
    /// ones that no rule keeps from it and of which nothing is told (MG-73).
    fn to_register(
        &self,
        of: &Reviewed,
        candidates: Vec<OpportunityId>,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<ToRegister, StoreError> {
        let (all, mut told) = (self.registrations()?, ToRegister::default());
        if all.is_empty() && candidates.is_empty() {
            return Ok(told);
        }
        let only = self.all_passing(&of.filter, waits)?;
        let begun: BTreeSet<OpportunityId> = all.iter().map(|kept| kept.deal.id).collect();
        for kept in all {
            let Some(by) = kept.registration.deadline(&of.rules.registration) else { continue };
            if only.as_ref().is_none_or(|set| set.contains(kept.deal.id)) {
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
        let (mut adding, mut changes) = (of.adding(), Changes::default());
        let mut changed = IdSet::default();
        let begins = self.each_changed(from, waits, &mut |id, then, now| {
            changed.insert(id.0);
            let stood = |held: Option<Held>| held.map(|held| Stood::from(&held.opportunity));
            // What is not held any more passes no filter.
            if only.as_ref().is_none_or(|set| set.contains(id)) {
                changes.add(stood(then).as_ref(), stood(now).as_ref());
            }
        })?;
        self.each_standing(only.as_ref(), of, waits, &mut |deal| {
            adding.add(&deal);
            if changed.contains(deal.id) {
                return;
            }
            match begins {
                None => changes.add_untouched(&deal, from),
                Some(_) => changes.add(None, Some(&deal)),
            }
        })?;
        Ok(Review { changes, begins, ..adding.review() })
    }

    /// Both moments are walked back to; what was held at the first is kept until the second is read.
    fn review_past(&self, of: &Reviewed, waits: &mut dyn FnMut() -> bool) -> Result<Review, StoreError> {
        let (mut adding, mut changes) = (of.adding(), Changes::default());
        let (mut read, mut stopped) = (0_u64, false);
        let mut go_on = || {
            read += 1;
            stopped |= read.is_multiple_of(ROWS) && waits();
            if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut now: BTreeMap<OpportunityId, Stood> = BTreeMap::new();
        self.each_stood(of.terms.at, &of.filter, &mut |deal| {
            adding.add(&deal);
            now.insert(deal.id, deal);
            go_on()
        })?;
        let mut add_then = |then: Stood| {
            match now.remove(&then.id) {
                Some(now) => changes.add(Some(&then), Some(&now)),
                // Without a filter it was taken back; with one it passes no more.
                None if of.filter.is_empty() => changes.add(Some(&then), None),
                None => {}
            }
            go_on()
        };
        let begins = match self.each_stood(of.terms.days.begin(), &Filter::default(), &mut add_then) {
            Err(StoreError::NothingKnown { begins }) => Some(begins),
            told => told.map(|()| None)?,
        };
        if stopped {
            return Err(StoreError::Stopped);
        }
        now.values().for_each(|now| changes.add(None, Some(now)));
        Ok(Review { changes, begins, ..adding.review() })
    }

    /// Tells each of these, or all; of texts only what is grouped by.
    fn each_standing(
        &self,
        only: Option<&IdSet>,
        of: &Reviewed,
        waits: &mut dyn FnMut() -> bool,
        tell: &mut dyn FnMut(Stood),
    ) -> Result<(), StoreError> {
        // Names of customers are in no fact: nearly each would be another.
        let by = of.terms.by;
        let sql = match by {
            Dimension::Customer => "SELECT fact.id, packed, customer_name FROM fact CROSS JOIN opportunity USING (id)",
            _ => "SELECT id, packed FROM fact",
        };
        let mut names = Names::of(self, !of.offers.is_empty())?;
        let mut read = 0_u64;
        let mut tell_row = |row: &Row<'_>| {
            read += 1;
            if read.is_multiple_of(ROWS) && waits() {
                return Err(StoreError::Stopped);
            }
            let deal = names.read(row, by)?;
            tell(Stood { stage: self.as_seen(deal.stage), ..deal });
            Ok(())
        };
        let all: usize = self
            .connection
            .query_row("SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 'shelf'", [], |row| row.get(0))
            .reading()?;
        if let Some(set) = only.filter(|set| set.len() < all / SOUGHT) {
            let mut statement = self.connection.prepare_cached(&format!("{sql} WHERE fact.id = ?")).reading()?;
            for id in set.ids() {
                let mut rows = statement.query([id.0]).reading()?;
                rows.next().reading()?.map_or(Ok(()), &mut tell_row)?;
            }
            return Ok(());
        }
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([]).reading()?;
        while let Some(row) = rows.next().reading()? {
            let id = OpportunityId(row.get(0).reading()?);
            if only.is_none_or(|set| set.contains(id)) {
                tell_row(row)?;
            }
        }
        Ok(())
    }
}
