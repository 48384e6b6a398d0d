//! Open deals by the best status that their solutions have in the programme, and what it would bring if offers rose to the next one.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::drill::Figure;
use super::review::{Few, Terms};
use super::stood::Stood;
use super::worth::Worth;
use crate::domain::programme::deal::{DealOffer, Missing, OfferStatuses, StatusName};

/// What is counted while deals are added. Of deals only the ids of their solutions are known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Readiness {
    offers: Arc<OfferStatuses>,
    by_status: BTreeMap<Option<usize>, Worth>,
    /// By the place of an offer: open deals whose best status would rise with it.
    rising: BTreeMap<usize, (Few, Worth)>,
}

/// An offer, what it lacks for its next status, and the open deals whose best status would rise with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rise<'a> {
    pub offer: &'a DealOffer,
    pub from: &'a StatusName,
    pub to: &'a StatusName,
    pub missing: &'a [Missing],
    pub deals: &'a Few,
    pub worth: &'a Worth,
    /// The words of all statuses below the next one: those that the best status of such a deal is of.
    pub below: Vec<&'a str>,
}

impl Rise<'_> {
    /// Returns the figure that lists these deals, however many they are.
    pub fn figure(&self) -> Figure {
        let of = self.offer.solution.as_ref().unwrap_or(&self.offer.name);
        Figure::Rising(of.to_string(), self.below.iter().map(|word| (*word).to_owned()).collect())
    }
}

impl Readiness {
    pub(super) fn of(offers: Arc<OfferStatuses>) -> Self {
        Self { offers, ..Self::default() }
    }

    /// Returns whether an offer on a deal is known.
    pub(super) fn has_offer(&self, deal: &Stood) -> bool {
        deal.solutions.iter().any(|id| self.offers.of_id(id).is_some())
    }

    /// Returns the best status of the solutions of a deal; nothing where no offer is told for any.
    pub(super) fn best(&self, deal: &Stood) -> Option<&StatusName> {
        let on_it = deal.solutions.iter().filter_map(|id| self.offers.of_id(id));
        on_it.map(|at| self.offers.offers[at].status).max().map(|status| &self.offers.statuses[status])
    }

    /// Returns what a status is called, by its word.
    pub fn name_of(&self, word: &str) -> Option<&str> {
        self.offers.statuses.iter().find(|status| status.word == word).map(|status| status.name.as_str())
    }

    pub(super) fn add(&mut self, deal: &Stood, terms: &Terms) {
        if self.offers.is_empty() || !deal.is_open() {
            return;
        }
        let mut on_it: Vec<usize> = deal.solutions.iter().filter_map(|id| self.offers.of_id(id)).collect();
        on_it.sort_unstable();
        on_it.dedup();
        let best = on_it.iter().map(|at| self.offers.offers[*at].status).max();
        let percent = terms.percent(deal);
        self.by_status.entry(best).or_default().add(deal.value, percent);
        for at in on_it {
            let next = self.offers.offers[at].next.as_ref().map(|next| next.status);
            if next > best {
                let (few, worth) = self.rising.entry(at).or_default();
                few.add(deal.id);
                worth.add(deal.value, percent);
            }
        }
    }

    /// Returns what open deals come to by their best status, the best first; those of whose solutions no offer is told last. Without any
    /// offer there is nothing.
    pub fn by_status(&self) -> impl Iterator<Item = (Option<&StatusName>, &Worth)> {
        let known = self.by_status.iter().rev();
        known.map(|(at, worth)| (at.map(|at| &self.offers.statuses[at]), worth))
    }

    /// Returns the offers with which the status of open deals would rise, the one of most deals first.
    pub fn rises<'a>(&'a self) -> Vec<Rise<'a>> {
        let names = &self.offers.statuses;
        let mut order: Vec<(&usize, &(Few, Worth))> = self.rising.iter().collect();
        order.sort_by_key(|(at, (deals, _))| (Reverse(deals.count), *at));
        let told = |(at, (deals, worth)): (&usize, &'a (Few, Worth))| {
            let offer = &self.offers.offers[*at];
            let next = offer.next.as_ref()?;
            let below = names[..next.status].iter().map(|status| status.word.as_str()).collect();
            let (from, to) = (&names[offer.status], &names[next.status]);
            Some(Rise { offer, from, to, missing: &next.missing, deals, worth, below })
        };
        order.into_iter().filter_map(told).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::{Date, Moment};
    use crate::domain::ids::OpportunityId;
    use crate::domain::instant::Timestamp;
    use crate::domain::money::{Currency, Money};
    use crate::domain::opportunity::Opportunity;
    use crate::domain::outcome::Outcome;
    use crate::domain::programme::deal::tests::{solution, statuses_on};
    use crate::domain::stage::Stage;
    use crate::domain::text::Line;
    use crate::insight::{Adding, Dimension, Review, Weights};

    fn deal(id: i64, value: i64, solutions: &[&str]) -> Stood {
        let at = Timestamp::parse("2026-11-01T09:00:00Z").unwrap();
        let mut on = Opportunity::blank(Line::parse("한빛정밀").unwrap(), at);
        (on.id, on.stage) = (OpportunityId(id), Stage::Accepted { since: Some(at) });
        on.deal.value = Some(Money::from_minor(value, Currency::parse("USD").unwrap()));
        on.solutions = solutions.iter().map(|id| solution(id, None)).collect();
        Stood::from(&on)
    }

    fn review(deals: &[Stood]) -> Review {
        let moment = Moment::from(Timestamp::parse("2026-11-27T09:00:00Z").unwrap());
        let terms = Terms::new(Date::iso("2026-11-23").unwrap(), moment, Weights::default(), Dimension::Owner);
        let mut adding = Adding::new(terms).with_offers(Arc::new(statuses_on("2026-11-27")));
        deals.iter().for_each(|deal| adding.add(deal));
        adding.review()
    }

    #[test]
    fn open_deals_stand_by_their_best_status_and_what_is_unknown_stands_last() {
        let won = Stood {
            stage: Stage::Archived { at: None, accepted: None, outcome: Outcome::Won },
            ..deal(9, 100, &["SOL-34104-EBB"])
        };
        let deals = [
            deal(1, 100, &["sol-34104-ebb", "SOL-2"]),
            deal(2, 200, &["SOL-9"]),
            deal(3, 400, &["SOL-2"]),
            deal(4, 800, &["X"]),
            won,
        ];
        let review = review(&deals);
        let told = |(status, worth): (Option<&StatusName>, &Worth)| {
            (status.map_or("unknown", |status| status.word.as_str()).to_owned(), worth.sums.totals()[0].minor)
        };
        let by: Vec<(String, i128)> = review.readiness.by_status().map(told).collect();
        let expected = [("azure-ip-co-sell", 100), ("co-sell-ready", 200), ("not-ready", 400), ("unknown", 800)];
        assert_eq!(by, expected.map(|(word, minor)| (word.to_owned(), minor)));
    }

    #[test]
    fn what_readiness_would_bring_counts_the_deals_whose_best_status_would_rise() {
        let deals = [
            deal(1, 100, &["SOL-2"]),
            deal(2, 200, &["SOL-2", "SOL-9"]),
            deal(3, 400, &["SOL-2", "SOL-34104-EBB"]),
            deal(4, 800, &["SOL-2", "sol-2"]),
        ];
        let review = review(&deals);
        let told = |rise: &Rise<'_>| {
            let ids: Vec<i64> = rise.deals.all().unwrap().iter().map(|id| id.0).collect();
            (rise.offer.name.to_string(), rise.from.word.clone(), rise.to.word.clone(), ids, rise.worth.sums.totals()[0].minor)
        };
        let rises = review.readiness.rises();
        let text = |texts: [&str; 3]| texts.map(str::to_owned);
        let [crm, analytics] =
            [text(["한빛 CRM", "not-ready", "co-sell-ready"]), text(["Hanbit Analytics", "co-sell-ready", "azure-ip-co-sell"])];
        let one = |[name, from, to]: [String; 3], ids: Vec<i64>, minor| (name, from, to, ids, minor);
        let found: Vec<_> = rises.iter().map(told).collect();
        assert_eq!(found, [one(crm, vec![1, 4], 900), one(analytics, vec![2], 200)], "where another is better nothing rises");
        assert!(rises[0].missing.iter().any(|one| one.what == "published") && rises[0].below == ["not-ready"]);
        assert_eq!(rises[1].below, ["not-ready", "co-sell-ready"]);
    }

    #[test]
    fn without_offers_nothing_is_said() {
        let terms = review(&[]).terms;
        let review = Review::of(&[deal(1, 100, &["SOL-2"])], terms);
        assert_eq!((review.readiness.by_status().count(), review.readiness.rises().len()), (0, 0));
    }
}
