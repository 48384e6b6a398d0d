//! Which offers the solutions of deals are, and what status they give a deal on a day; how an offer comes by its status is `status.rs`.

use std::collections::{BTreeMap, HashMap};

use super::offer::Offer;
use super::organisation::Organisation;
use super::rules::{Benefit, Programme, Requirement, Status};
use super::status::{NOT_READY, READY};
use crate::domain::date::Date;
use crate::domain::fold::fold;
use crate::domain::opportunity::Kind;
use crate::domain::solution::{Owner, Solution};
use crate::domain::text::Line;

/// A status that deals can have by their solutions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusName {
    /// As rules call it.
    pub id: String,
    /// As filters call it: `co-sell-ready`.
    pub word: String,
    /// As people call it on the day.
    pub name: String,
    /// Whether Microsoft's sellers can find an offer of it (MG-22).
    pub is_ready: bool,
    /// Whether it stands above that: the statuses that are incentivized.
    pub is_incentivized: bool,
}

/// Something that an offer lacks for its next status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// A word for it.
    pub what: String,
    /// What to do about it.
    pub next: String,
    /// The requirement's number.
    pub source: String,
}

/// The status that an offer could have next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStatus {
    /// The place among [`OfferStatuses::statuses`].
    pub status: usize,
    /// What it cannot do without; empty where only what stands below is missing.
    pub missing: Vec<Missing>,
}

/// An offer as deals see it.
#[derive(Debug, Clone, PartialEq)]
pub struct DealOffer {
    pub name: Line,
    /// The id under which deals have it, where it is told.
    pub solution: Option<Line>,
    /// All ids under which deals have it, in small letters: the told one, or those that bear its name in the catalogue.
    pub ids: Vec<String>,
    /// The place among [`OfferStatuses::statuses`].
    pub status: usize,
    pub benefits: Vec<Benefit>,
    pub next: Option<NextStatus>,
    /// Whether Microsoft has said that it does not qualify (PE-30): then it is as good as not ready for a deal.
    pub is_denied: bool,
}

/// The offers and their statuses on a day, as deals ask for them. Without any offer it says nothing of any deal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfferStatuses {
    /// The lowest first; of two, the later is the better one for a deal.
    pub statuses: Vec<StatusName>,
    pub offers: Vec<DealOffer>,
    by_id: HashMap<String, usize>,
    /// Those whose id is not told, by their folded names.
    by_name: HashMap<String, usize>,
}

impl OfferStatuses {
    /// Works out what offers are on a day; `called` gives the ids that bear a folded name in the catalogue.
    pub fn of<'a>(
        programme: &Programme,
        offers: impl IntoIterator<Item = &'a Offer>,
        organisation: &Organisation,
        day: Date,
        called: &BTreeMap<String, Vec<String>>,
    ) -> Self {
        let mut all = Self { statuses: statuses(programme, day), ..Self::default() };
        for offer in offers {
            let standing = programme.standing(offer, organisation, day);
            let place = |id: &str| all.place(id);
            let is_denied = offer.is_denied();
            let next = standing.next().filter(|_| !is_denied).and_then(|rung| {
                let missing = |one: &Requirement| Missing {
                    what: one.what.clone(),
                    next: one.next.clone(),
                    source: one.about.source.clone(),
                };
                Some(NextStatus { status: place(&rung.status.id)?, missing: rung.missing().map(missing).collect() })
            });
            let told = offer.solution.as_ref().map(|id| id.as_str().to_ascii_lowercase());
            let by_name = || called.get(&offer.key()).into_iter().flatten().map(|id| id.to_ascii_lowercase()).collect();
            let status = place(if is_denied { NOT_READY } else { standing.id() }).unwrap_or(0);
            // What a status brings only to what is sold in another way than this offer, it does not bring to a deal.
            let brought = standing.benefits.into_iter().filter(|one| offer.lacks_for(&one.id).is_none());
            let benefits = brought.cloned().collect();
            let ids: Vec<String> = told.clone().map_or_else(by_name, |id| vec![id]);
            let at = all.offers.len();
            for id in &ids {
                all.know(|all| &mut all.by_id, id.clone(), (at, status));
            }
            if told.is_none() {
                all.know(|all| &mut all.by_name, offer.key(), (at, status));
            }
            let (name, solution) = (offer.name.clone(), offer.solution.clone());
            all.offers.push(DealOffer { name, solution, ids, status, benefits, next, is_denied });
        }
        all
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.statuses.iter().position(|status| status.id == id)
    }

    /// Notes what an offer is known by; of two offers that are one solution the better one counts.
    fn know(&mut self, by: fn(&mut Self) -> &mut HashMap<String, usize>, key: String, (at, status): (usize, usize)) {
        let known = by(self).get(&key).copied();
        if known.is_none_or(|known| self.offers[known].status < status) {
            by(self).insert(key, at);
        }
    }

    /// Returns whether no offer is told.
    pub const fn is_empty(&self) -> bool {
        self.offers.is_empty()
    }

    /// Returns the offer that a solution of this id is.
    pub fn of_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(&id.to_ascii_lowercase()).copied()
    }

    /// Returns the offer that a solution is: by its id, else by its name where the offer's id is not told.
    pub fn of_solution(&self, id: &str, name: Option<&str>) -> Option<&DealOffer> {
        if self.is_empty() {
            return None;
        }
        let by_name = || name.filter(|_| !self.by_name.is_empty()).and_then(|name| self.by_name.get(&fold(name)).copied());
        self.of_id(id).or_else(by_name).map(|at| &self.offers[at])
    }

    /// Returns the offer of the best status among the solutions of a deal, and which of them that is; `None` where no offer is told for
    /// any of them.
    pub fn best<'a>(&self, solutions: &'a [Solution]) -> Option<(&DealOffer, &'a Solution)> {
        let offer = |solution: &'a Solution| {
            let found = self.of_solution(solution.id.as_str(), solution.name.as_ref().map(Line::as_str));
            found.map(|offer| (offer, solution))
        };
        // Of two that are as good the one that stands first on the deal.
        solutions.iter().filter_map(offer).reduce(|best, next| if next.0.status > best.0.status { next } else { best })
    }

    /// Returns what people call the status of an offer.
    pub fn status(&self, of: &DealOffer) -> &StatusName {
        &self.statuses[of.status]
    }

    /// Returns whether co-selling a deal lacks a ready solution, as far as is told: offers are known, it has solutions, none of them is
    /// a ready offer, and none is another partner's, which are all ready (MG-22, MG-48). A deal that Microsoft has no part in needs none.
    pub fn lacks_ready<'a>(&self, kind: Kind, solutions: impl IntoIterator<Item = OnDeal<'a>>) -> bool {
        if kind != Kind::CoSell || self.is_empty() {
            return false;
        }
        let is_ready = |(id, name, owner): OnDeal<'_>| {
            owner == Owner::ThirdParty || self.of_solution(id, name).is_some_and(|offer| self.status(offer).is_ready)
        };
        let mut solutions = solutions.into_iter().peekable();
        solutions.peek().is_some() && !solutions.any(is_ready)
    }
}

/// A solution as a deal has it: its id, its name where that is known, whose it is.
pub type OnDeal<'a> = (&'a str, Option<&'a str>, Owner);

/// Returns a solution of a deal for [`OfferStatuses::lacks_ready`].
pub fn on_deal(solution: &Solution) -> OnDeal<'_> {
    (solution.id.as_str(), solution.name.as_ref().map(Line::as_str), solution.owner)
}

/// Returns the statuses that there are on a day, each once, the lowest first.
fn statuses(programme: &Programme, day: Date) -> Vec<StatusName> {
    let there = programme.statuses.iter().filter(|status| status.about.in_force.on(day) || status.id == NOT_READY);
    let mut found: Vec<StatusName> = Vec::new();
    for status in there {
        let (is_ready, is_incentivized) = (status.id == READY, stands_above(programme, status, READY));
        let one = StatusName {
            id: status.id.clone(),
            word: word(&status.id),
            name: status.name.clone(),
            is_ready: is_ready || is_incentivized,
            is_incentivized,
        };
        if !found.iter().any(|other| other.id == one.id) {
            found.push(one);
        }
    }
    if !found.iter().any(|status| status.id == NOT_READY) {
        let id = NOT_READY.to_owned();
        let lowest = StatusName { word: word(&id), name: id.clone(), id, is_ready: false, is_incentivized: false };
        found.insert(0, lowest);
    }
    found
}

fn stands_above(programme: &Programme, status: &Status, below: &str) -> bool {
    let mut at = status.above.as_deref();
    // What stands above itself is refused where rules are read.
    while let Some(id) = at {
        if id == below {
            return true;
        }
        at = programme.statuses.iter().find(|one| one.id == id).and_then(|one| one.above.as_deref());
    }
    false
}

/// Returns how filters write the id of a status: `azureIpCoSell` is `azure-ip-co-sell`.
fn word(id: &str) -> String {
    let mut word = String::with_capacity(id.len() + 4);
    for c in id.chars() {
        if c.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(c.to_lowercase());
    }
    word
}

#[cfg(test)]
pub(crate) mod tests;
