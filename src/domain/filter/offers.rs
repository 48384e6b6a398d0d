//! `offer-status:` in a filter: the best status among a deal's solutions, by the offers as they are on the day; how it is worked out is
//! `domain/programme/deal.rs`.

use std::sync::Arc;

use super::read::{list, unquoted};
use super::{Asking, FilterWhy, Test, keys};
use crate::domain::fold::{fold, meant};
use crate::domain::programme::deal::{OfferStatuses, StatusName};
use crate::domain::solution::Solution;

/// The key.
pub(super) const KEY: &str = "offer-status";
/// What stands for every status that is incentivized.
pub const INCENTIVIZED: &str = "incentivized";
/// What stands for deals of whose solutions no offer is told.
pub const UNKNOWN: &str = "unknown";
/// The values: the statuses of the rules that come with the program, then what stands for several or none.
pub(super) const WORDS: [&str; 7] = [
    "not-ready",
    "co-sell-ready",
    "azure-ip-co-sell",
    "business-applications-standard",
    "business-applications-premium",
    INCENTIVIZED,
    UNKNOWN,
];

/// What is asked of a deal's best status.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferTest {
    /// Words of statuses, [`INCENTIVIZED`], [`UNKNOWN`]; any of them.
    wanted: Vec<String>,
    offers: Arc<OfferStatuses>,
}

/// The solutions that give a deal one status, and whether that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giving<'a> {
    pub is_wanted: bool,
    /// Ids in small letters; their case does not matter.
    pub ids: Vec<&'a str>,
    /// Names of offers whose id is not told, as they are written.
    pub names: Vec<&'a str>,
}

impl OfferTest {
    fn wants(&self, status: Option<&StatusName>) -> bool {
        self.wanted.iter().any(|word| match (word.as_str(), status) {
            (UNKNOWN, status) => status.is_none(),
            (INCENTIVIZED, Some(status)) => status.is_incentivized,
            (word, Some(status)) => status.word == word,
            (_, None) => false,
        })
    }

    pub(super) fn holds(&self, solutions: &[Solution]) -> bool {
        self.wants(self.offers.best(solutions).map(|(offer, _)| self.offers.status(offer)))
    }

    /// Returns which solutions give a deal which status, the best first; the first that a deal has one of says whether it passes.
    pub fn giving(&self) -> Vec<Giving<'_>> {
        let of = |(at, status): (usize, &StatusName)| {
            let offers = self.offers.offers.iter().filter(move |offer| offer.status == at);
            let ids = offers.clone().flat_map(|offer| &offer.ids).map(String::as_str).collect();
            let names = offers.filter(|offer| offer.solution.is_none()).map(|offer| offer.name.as_str()).collect();
            Giving { is_wanted: self.wants(Some(status)), ids, names }
        };
        let all = self.offers.statuses.iter().enumerate().rev().map(of);
        all.filter(|giving| !giving.ids.is_empty() || !giving.names.is_empty()).collect()
    }

    /// Returns whether deals of whose solutions no offer is told pass.
    pub fn wants_unknown(&self) -> bool {
        self.wants(None)
    }
}

/// Reads what stands behind the key.
pub(super) fn read(value: &str, asking: &Asking<'_>) -> Result<Test, FilterWhy> {
    let offers = asking.offers.cloned().unwrap_or_default();
    let mut wanted: Vec<String> = Vec::new();
    for one in list(value) {
        let one = unquoted(&one);
        let found = words(one.trim(), &offers);
        if found.is_empty() {
            let allowed = keys::values(KEY);
            return Err(FilterWhy::UnknownValue { key: KEY, meant: meant(&one, &allowed), value: one, allowed });
        }
        wanted.extend(found);
    }
    Ok(Test::Offers(OfferTest { wanted, offers }))
}

/// Returns the words that a typed one means: itself, however its parts are joined, or those that it is the first part of (`azure-ip`).
fn words(typed: &str, offers: &OfferStatuses) -> Vec<String> {
    let bare = |word: &str| fold(word).replace(['-', '_', ' '], "");
    let typed = bare(typed).replace("incentivised", INCENTIVIZED);
    let own = offers.statuses.iter().map(|status| status.word.as_str());
    let mut all: Vec<&str> = own.chain(WORDS).collect();
    all.sort_unstable();
    all.dedup();
    let same: Vec<String> = all.iter().filter(|word| bare(word) == typed).map(|word| (*word).to_owned()).collect();
    if !same.is_empty() {
        return same;
    }
    let begins = |word: &&&str| word.match_indices('-').any(|(at, _)| bare(&word[..at]) == typed);
    all.iter().filter(begins).map(|word| (*word).to_owned()).collect()
}
