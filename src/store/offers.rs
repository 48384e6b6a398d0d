//! Offers of the programme and the facts of the organisation, as records of the journal; what follows from them is `domain/programme`.

use std::collections::BTreeMap;

use super::drafts::{DraftKey, OFFER};
use super::error::{StoreError, While};
use super::history::StepKind;
use super::open::Store;
use super::protocol::{OfOffers, OffersFound, OffersSaid};
use super::record::{Entry, Record, RecordKind};
use crate::domain::date::Moment;
use crate::domain::fold::fold;
use crate::domain::ids::{RecordId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::programme::offer::Offer;
use crate::domain::programme::organisation::Organisation;
use crate::domain::programme::rules::Programme;
use crate::domain::role::Deed;

/// What the one record about the organisation is found by.
const OURS: &str = "ours";

/// An offer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptOffer {
    pub id: RecordId,
    pub offer: Offer,
}

/// What becomes of offers.
#[derive(Debug, Clone, PartialEq)]
pub enum OfferChange {
    /// A new one; where there is one of its name it takes its place.
    Put(Offer),
    /// A new one; where there is one of its name, nothing is done.
    Make(Offer),
    /// This one becomes another, if it is still what was seen.
    Change {
        seen: Box<KeptOffer>,
        offer: Offer,
    },
    Remove(KeptOffer),
}

/// What offers were told to be, by record, each with when; nothing where one was removed.
pub type OffersTold = BTreeMap<RecordId, Vec<(Timestamp, Option<Offer>)>>;

/// What became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OffersPut {
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub step: Option<StepId>,
}

fn read(record: &Record) -> Result<KeptOffer, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged(format!("an offer cannot be read: {error}"));
    Ok(KeptOffer { id: record.id, offer: serde_json::from_str(&record.value).map_err(damaged)? })
}

fn written(offer: &Offer) -> Result<String, StoreError> {
    serde_json::to_string(offer).map_err(|error| StoreError::Damaged(error.to_string()))
}

impl Store {
    /// Returns all offers, by name.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn offers(&self) -> Result<Vec<KeptOffer>, StoreError> {
        self.records(RecordKind::Offer)?.iter().map(read).collect()
    }

    /// Returns all offers as they were told until a moment; one of which nothing was told then is as it is now: rules are asked about
    /// days that nobody wrote down.
    ///
    /// # Errors
    /// As [`Store::offers`].
    pub fn offers_on(&self, at: Timestamp) -> Result<Vec<KeptOffer>, StoreError> {
        let stood = self.records_on(RecordKind::Offer, at)?;
        let later = self.records(RecordKind::Offer)?.into_iter().filter(|now| !stood.iter().any(|(id, _)| *id == now.id));
        let mut all: Vec<Record> = later.chain(stood.iter().filter_map(|(_, record)| record.clone())).collect();
        all.sort_by(|one, other| one.key.cmp(&other.key));
        all.iter().map(read).collect()
    }

    /// Returns what offers were told to be, each with when, the first first.
    ///
    /// # Errors
    /// As [`Store::offers`].
    pub fn offers_told(&self) -> Result<OffersTold, StoreError> {
        let mut told = OffersTold::new();
        for (id, at, value) in self.records_told(RecordKind::Offer)? {
            let offer = value.map(|value| serde_json::from_str(&value)).transpose();
            let damaged = |error: serde_json::Error| StoreError::Damaged(format!("an offer cannot be read: {error}"));
            told.entry(id).or_default().push((at, offer.map_err(damaged)?));
        }
        Ok(told)
    }

    /// Returns what status solutions give deals at a moment, by the rules of its day and what was told of offers until then. One whose
    /// solution's id is not told is known by those that bear its name in the catalogue.
    ///
    /// # Errors
    /// As [`Store::offers`].
    pub fn offer_statuses(&self, programme: &Programme, at: Moment) -> Result<OfferStatuses, StoreError> {
        let offers = self.offers_on(at.now)?;
        if offers.is_empty() {
            return Ok(OfferStatuses::default());
        }
        let mut called: BTreeMap<String, Vec<String>> = BTreeMap::new();
        if offers.iter().any(|kept| kept.offer.solution.is_none()) {
            let sql = "SELECT name, solution_id FROM catalogue WHERE name IS NOT NULL";
            let mut statement = self.connection.prepare_cached(sql).reading()?;
            let mut rows = statement.query([]).reading()?;
            while let Some(row) = rows.next().reading()? {
                let (name, id): (String, String) = (row.get(0).reading()?, row.get(1).reading()?);
                called.entry(fold(&name)).or_default().push(id);
            }
        }
        let offers = offers.iter().map(|kept| &kept.offer);
        Ok(OfferStatuses::of(programme, offers, &self.organisation()?, *at.today, &called))
    }

    /// Returns the offer of a name, however it is written.
    ///
    /// # Errors
    /// As [`Store::offers`].
    pub fn offer_named(&self, name: &str) -> Result<Option<KeptOffer>, StoreError> {
        self.record_by(RecordKind::Offer, &fold(name.trim()))?.as_ref().map(read).transpose()
    }

    /// Makes, changes and removes offers in one step, or none of them.
    ///
    /// # Errors
    /// [`StoreError::RecordChanged`] when one is not what was seen, [`StoreError::RecordExists`] when two would have one name.
    pub fn change_offers(&mut self, changes: &[OfferChange], at: Timestamp) -> Result<OffersPut, StoreError> {
        self.may(Deed::Offer)?;
        self.in_transaction(|store| {
            let mut journal = store.begin(StepKind::Offer, at)?;
            let mut put = OffersPut::default();
            for change in changes {
                let (before, after, name) = match change {
                    OfferChange::Make(offer) => (store.no_offer_named(offer)?, Some(offer), &offer.name),
                    OfferChange::Put(offer) => (store.record_by(RecordKind::Offer, &offer.key())?, Some(offer), &offer.name),
                    OfferChange::Change { seen, offer } => (Some(store.offer_as_seen(seen)?), Some(offer), &offer.name),
                    OfferChange::Remove(seen) => (Some(store.offer_as_seen(seen)?), None, &seen.offer.name),
                };
                let value = after.map(written).transpose()?;
                let key = after.map_or_else(|| before.as_ref().map(|b| b.key.clone()).unwrap_or_default(), Offer::key);
                let same = before.as_ref().map(|before| before.value.as_str()) == value.as_deref();
                let entry = Entry { kind: RecordKind::Offer.code(), name: name.as_str(), key: &key, after: value.as_deref() };
                journal.record(before.as_ref(), entry)?;
                match (before, same) {
                    (_, true) => put.unchanged += 1,
                    (None, _) => put.new += 1,
                    (Some(_), _) => put.changed += 1,
                }
            }
            put.step = journal.end()?;
            Ok(put)
        })
    }

    /// Makes sure that there is no offer of the name.
    fn no_offer_named(&self, offer: &Offer) -> Result<Option<Record>, StoreError> {
        match self.record_by(RecordKind::Offer, &offer.key())? {
            Some(_) => Err(StoreError::RecordExists { name: offer.name.to_string() }),
            none => Ok(none),
        }
    }

    /// Returns the record of an offer, where it still is what somebody saw.
    fn offer_as_seen(&self, seen: &KeptOffer) -> Result<Record, StoreError> {
        let changed = || StoreError::RecordStale { name: seen.offer.name.to_string() };
        let record = self.records(RecordKind::Offer)?.into_iter().find(|record| record.id == seen.id).ok_or_else(changed)?;
        if read(&record)? == *seen { Ok(record) } else { Err(changed()) }
    }

    /// Returns what is told of the organisation.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn organisation(&self) -> Result<Organisation, StoreError> {
        let record = self.record_by(RecordKind::Organisation, OURS)?;
        record.map_or_else(|| Ok(Organisation::default()), |record| facts(&record))
    }

    /// Tells facts of the organisation, or takes some back, in one step; `name` is what the history calls it. Returns the step, if
    /// anything changed.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn change_organisation(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut Organisation),
        at: Timestamp,
    ) -> Result<Option<StepId>, StoreError> {
        let told = |organisation: &mut Organisation| {
            change(organisation);
            Ok(())
        };
        self.try_organisation(name, told, at)
    }

    /// As [`Store::change_organisation`]; what refuses the change refuses it all.
    fn try_organisation(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut Organisation) -> Result<(), StoreError>,
        at: Timestamp,
    ) -> Result<Option<StepId>, StoreError> {
        self.may(Deed::Offer)?;
        self.in_transaction(|store| {
            let before = store.record_by(RecordKind::Organisation, OURS)?;
            let mut organisation = before.as_ref().map(facts).transpose()?.unwrap_or_default();
            change(&mut organisation)?;
            let value = organisation.to_keep();
            if before.is_none() && organisation == Organisation::default() {
                return Ok(None);
            }
            let mut journal = store.begin(StepKind::Organisation, at)?;
            let entry = Entry { kind: RecordKind::Organisation.code(), name, key: OURS, after: Some(&value) };
            journal.record(before.as_ref(), entry)?;
            journal.end()
        })
    }
}

/// A file of offers that was read, and whoever tells what became of it.
pub trait OfferSource: Send {
    /// Returns what its rows make of the offers there are; rows that make none are refused.
    fn changes(&mut self, there: &[KeptOffer]) -> Vec<OfferChange>;

    /// Hears what became of them, nothing where they were not taken; returns what is to be said of the file.
    fn finish(self: Box<Self>, put: Option<&OffersPut>) -> Vec<String>;
}

impl Store {
    fn offers_found(&self) -> Result<OffersFound, StoreError> {
        let begun = self.draft(DraftKey::Beside(OFFER, None))?.is_some();
        Ok(OffersFound { offers: self.offers()?, told: self.offers_told()?, organisation: self.organisation()?, begun })
    }

    /// Answers what the desk asks of offers.
    pub(super) fn of_offers(&mut self, of: OfOffers) -> OffersSaid {
        match of {
            OfOffers::List => OffersSaid::Listed(self.offers_found()),
            OfOffers::Change { change, now } => {
                let put = self.change_offers(std::slice::from_ref(&*change), now);
                OffersSaid::Changed(change, put)
            }
            OfOffers::Tell { name, seen, facts, now } => {
                let tell = |organisation: &mut Organisation| {
                    if facts.iter().any(|(fact, ..)| !organisation.agrees(&seen, *fact)) {
                        return Err(StoreError::RecordStale { name: name.clone() });
                    }
                    for (fact, from, text) in facts {
                        match text {
                            Some(text) => organisation.tell(fact, from, text),
                            None => drop(organisation.forget(fact, from)),
                        }
                    }
                    Ok(())
                };
                OffersSaid::Told(self.try_organisation(&name, tell, now))
            }
            OfOffers::Take { mut source, now } => {
                let taken = self.offers().and_then(|there| self.change_offers(&source.changes(&there), now));
                let said = source.finish(taken.as_ref().ok());
                OffersSaid::Taken(taken, said)
            }
        }
    }
}

fn facts(record: &Record) -> Result<Organisation, StoreError> {
    let damaged = || StoreError::Damaged("the facts about the organisation cannot be read".into());
    Organisation::read_kept(&record.value).ok_or_else(damaged)
}
