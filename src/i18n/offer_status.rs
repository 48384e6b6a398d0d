//! What status the solutions of a deal have in the programme, in words: on each solution, what it means for the deal, and in the review.

use super::describe::{Fact, Tone, Ways};
use super::review::{Chapter, ReviewLine, chapter};
use super::sentences::Sentences;
use crate::domain::opportunity::{Kind, Opportunity};
use crate::domain::programme::deal::{OfferStatuses, on_deal};
use crate::domain::solution::{Owner, Solution};
use crate::domain::text::Line;
use crate::insight::Review;
use crate::insight::drill::Figure;

impl Sentences {
    /// Adds to the facts about a deal the status of each solution, what the best of them means for it, what that is of its value with the
    /// arithmetic, and that none is ready (MG-22). Without any offer they stay as they are.
    pub fn with_offer_status(&self, mut facts: Vec<Fact>, on: &Opportunity, offers: &OfferStatuses, ways: Ways<'_>) -> Vec<Fact> {
        let name = self.field_solutions();
        let Some(at) = facts.iter().position(|fact| fact.name == name).filter(|_| !offers.is_empty()) else { return facts };
        // A line for each of them; where no offer is told for any, that is said once, below.
        let best = offers.best(&on.solutions);
        if best.is_some() {
            let each = facts[at].value.split('\n').zip(&on.solutions);
            let told = each.map(|(line, solution)| match self.solution_status(solution, offers) {
                Some(status) => self.offer_status_solution(line, status),
                None => line.to_owned(),
            });
            facts[at].value = told.collect::<Vec<_>>().join("\n");
        }
        let mut means = vec![self.offer_status_means(&on.solutions, offers)];
        if let Some(((offer, _), value)) = best.zip(on.deal.value) {
            means.extend(offer.benefits.iter().filter_map(|one| self.worth_of(one, value)));
        }
        let lacks = self.offer_status_lacks(on.kind, &on.solutions, offers, ways);
        let tone = if lacks.is_some() { Tone::Warn } else { Tone::Plain };
        means.extend(lacks);
        facts.insert(at + 1, Fact { name: self.show_offer_status(), value: means.join("\n"), tone });
        facts
    }

    /// Returns what status a solution has; of one that is not ours nothing is said where no offer is told for it.
    fn solution_status(&self, solution: &Solution, offers: &OfferStatuses) -> Option<String> {
        let offer = offers.of_solution(solution.id.as_str(), solution.name.as_ref().map(Line::as_str));
        match solution.owner {
            _ if offer.is_some() => offer.map(|offer| offers.status(offer).name.clone()),
            Owner::Microsoft | Owner::ThirdParty => None,
            Owner::Mine | Owner::Unknown => Some(self.offer_status_solution_unknown()),
        }
    }

    /// Says what the best status among the solutions of a deal means for it, on the day of the offers.
    fn offer_status_means(&self, solutions: &[Solution], offers: &OfferStatuses) -> String {
        let Some((offer, _)) = offers.best(solutions) else { return self.offer_status_unknown() };
        let brings: Vec<&str> = offer.benefits.iter().map(|one| one.say.as_str()).collect();
        let (name, status) = (offer.name.as_str(), offers.status(offer).name.as_str());
        if offer.is_denied {
            self.offer_status_denied(name)
        } else if brings.is_empty() {
            self.offer_status_brings_nothing(name, status)
        } else {
            self.offer_status_brings(brings.join("; "), name, status)
        }
    }

    /// Says that co-selling a deal lacks a ready solution, and where to see what is missing; `None` where it does not, or nobody can
    /// tell (MG-22, MG-23). It is no rule: whoever wants to goes on.
    pub fn offer_status_lacks(
        &self,
        kind: Kind,
        solutions: &[Solution],
        offers: &OfferStatuses,
        ways: Ways<'_>,
    ) -> Option<String> {
        let lacks = offers.lacks_ready(kind, solutions.iter().map(on_deal));
        lacks.then(|| self.lacks_ready_said(offers.best(solutions).map(|(offer, _)| offer.name.as_str()), ways))
    }

    /// Says that no solution is ready; where one is an offer, that its page tells what is missing.
    pub fn lacks_ready_said(&self, offer: Option<&str>, ways: Ways<'_>) -> String {
        let hint = match (offer, ways) {
            (None, Ways::Commands) => self.offer_status_lacks_ready_hint(),
            (Some(offer), Ways::Commands) => self.offer_status_lacks_ready_named(offer),
            (None, Ways::Keys { offers, .. }) => self.offer_status_lacks_ready_room(offers),
            (Some(offer), Ways::Keys { offers, .. }) => self.offer_status_lacks_ready_page(offers, offer),
        };
        format!("{} {hint}", self.offer_status_lacks_ready())
    }

    /// Tells open deals by the best status of their solutions; without any offer it holds nothing.
    pub(super) fn review_offers_chapter(&self, review: &Review) -> Chapter {
        let home = review.home.as_ref();
        let lines = review.readiness.by_status().map(|(status, worth)| {
            let label = status.map_or_else(|| self.review_offers_unknown(), |status| status.name.clone());
            self.worth_line(label, worth, home, Figure::OfferStatus(status.map(|status| status.word.clone())))
        });
        chapter(self.review_offers(), self.review_offers_note(), lines.collect())
    }

    /// Tells what readiness would bring: the offers with which the status of open deals would rise, and what they lack for it.
    pub(super) fn review_readiness_chapter(&self, review: &Review) -> Chapter {
        let home = review.home.as_ref();
        let lines = review.readiness.rises().into_iter().map(|rise| {
            let label = self.review_readiness_rise(rise.offer.name.as_str(), &rise.to.name);
            let figure = rise.deals.all().map_or_else(|| rise.figure(), |ids| Figure::These(ids.to_vec()));
            let missing: Vec<&str> = rise.missing.iter().map(|one| one.what.as_str()).collect();
            let lacks = if missing.is_empty() {
                self.review_readiness_below()
            } else {
                self.review_readiness_lacks(missing.len(), missing.join(", "))
            };
            let line = self.worth_line(label, rise.worth, home, figure);
            let says = format!("{} · {lacks}", line.says);
            ReviewLine { says, short: line.short.as_ref().map(|short| format!("{short} · {lacks}")), ..line }
        });
        chapter(self.review_readiness(), self.review_readiness_note(), lines.collect())
    }
}
