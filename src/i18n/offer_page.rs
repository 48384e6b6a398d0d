//! One offer in lines of words: its way to each status, what is missing and what to do about it, what it brings, and that in money.

use super::sentences::Sentences;
use crate::domain::date::Date;
use crate::domain::money::Money;
use crate::domain::programme::offer::{Offer, Way};
use crate::domain::programme::organisation::Organisation;
use crate::domain::programme::rules::{Benefit, Programme, Requirement};
use crate::domain::programme::since::Judged;
use crate::domain::programme::status::{Rung, Standing};

impl Sentences {
    /// Returns all that is to be said of an offer on a day.
    pub fn offer_page(&self, programme: &Programme, of: Judged<'_>) -> Vec<String> {
        let offer = of.offer;
        let standing = programme.standing(offer, of.organisation, of.day);
        let mut lines = vec![self.offers_head(self.offer_type(offer.kind), offer.name.as_str(), self.nature(offer.nature))];
        if let Some(status) = standing.status() {
            let since = programme.held_since(&status.id, of);
            // From the first of all documents on only says that nothing is known of before.
            let first = programme.turns().first().copied();
            lines.push(match since.filter(|since| Some(*since) > first) {
                Some(since) => self.offers_status_since(since.to_string(), &status.name),
                None => status.name.clone(),
            });
        }
        lines.push(self.submission(offer.submission));
        for rung in standing.ladder.iter().skip(1) {
            lines.push(String::new());
            self.rung(rung, offer, &mut lines);
        }
        lines.push(String::new());
        self.benefits(programme, of, &standing, &mut lines);
        lines
    }

    fn rung(&self, rung: &Rung<'_>, offer: &Offer, lines: &mut Vec<String>) {
        let name = rung.status.name.as_str();
        let missing = rung.missing().count();
        lines.push(if rung.held { self.offers_rung_held(name) } else { self.offers_rung_next(missing, name) });
        for check in &rung.checks {
            let (one, source) = (check.requirement, check.requirement.about.source.as_str());
            lines.push(format!(
                "  {}",
                match (check.met, one.optional) {
                    (true, _) => self.offers_check_met(&one.say, source),
                    (false, true) => self.offers_check_optional(&one.say, source),
                    (false, false) => self.offers_check_missing(&one.say, source),
                }
            ));
            if !check.met && !one.optional {
                lines.push(format!("           {}", self.offers_check_next(&one.next)));
                lines.extend(self.contacts_missing(one, offer).map(|named| format!("           {named}")));
            }
        }
    }

    /// Names the countries that nobody stands for, where that is what is missing.
    fn contacts_missing(&self, one: &Requirement, offer: &Offer) -> Option<String> {
        let countries = offer.countries_lacking(&one.what);
        let named = || countries.iter().map(|country| self.country(*country)).collect::<Vec<_>>().join(", ");
        (!countries.is_empty()).then(|| self.offers_contacts_missing(named()))
    }

    fn benefits(&self, programme: &Programme, of: Judged<'_>, standing: &Standing<'_>, lines: &mut Vec<String>) {
        lines.push(match standing.benefits.is_empty() {
            true => self.offers_brings_nothing(),
            false if of.offer.is_denied() => self.offers_brings_denied(),
            false => self.offers_brings(),
        });
        for one in &standing.benefits {
            let since = one.about.in_force.from.map(|from| from.to_string()).unwrap_or_default();
            lines.push(format!("  {}", self.offers_benefit(since, &one.say, &one.about.source)));
            let lacks = of.offer.lacks_for(&one.id);
            let needs = lacks.filter(|way| *way != Way::Qualified).map(|way| self.only_by(way));
            let shown = lacks.is_none().then(|| self.expected(programme, one, of)).flatten();
            let customer = one.customer.as_ref().filter(|_| !of.offer.is_denied()).map(|say| self.offers_benefit_customer(say));
            lines.extend([needs, shown, customer].into_iter().flatten().map(|line| format!("    {line}")));
        }
        let ended: Vec<&Benefit> = programme.ended(standing).collect();
        if !ended.is_empty() {
            lines.push(self.offers_ended());
            lines.extend(ended.into_iter().map(|one| {
                let until = one.about.in_force.until.map(|until| until.to_string()).unwrap_or_default();
                format!("  {}", self.offers_benefit_ended(until, &one.say, &one.about.source))
            }));
        }
    }

    /// Says by when a benefit that takes its time is to be expected; once that is past, nothing.
    fn expected(&self, programme: &Programme, one: &Benefit, of: Judged<'_>) -> Option<String> {
        let days = u64::from(one.delay_days);
        match programme.expected(one, of) {
            Some(by) => (by >= of.day).then(|| self.offers_benefit_expected(self.written_day(by))),
            None => (days > 0).then(|| self.offers_benefit_expected_undated(days)),
        }
    }

    /// Returns what the benefits of an offer come to for an amount on a day, with the arithmetic.
    pub fn offer_worth(
        &self,
        programme: &Programme,
        offer: &Offer,
        organisation: &Organisation,
        money: Money,
        day: Date,
    ) -> Vec<String> {
        let standing = programme.standing(offer, organisation, day);
        let told = |one: &&Benefit| {
            let worth = self.worth_of(one, money)?;
            Some(offer.lacks_for(&one.id).map_or_else(|| worth.clone(), |way| format!("{worth} {}", self.only_by(way))))
        };
        if offer.is_denied() {
            return vec![self.offers_worth_denied()];
        }
        let mut lines: Vec<String> = standing.benefits.iter().filter_map(told).collect();
        if lines.is_empty() {
            lines.push(self.offers_worth_none(day.to_string()));
        }
        let counted = programme.ended(&standing).filter(|one| one.percent.is_some());
        lines.extend(counted.map(|one| {
            let until = one.about.in_force.until.map(|until| until.to_string()).unwrap_or_default();
            self.offers_worth_ended(until, &one.say, &one.about.source)
        }));
        lines
    }

    fn only_by(&self, way: Way) -> String {
        match way {
            Way::Marketplace => self.offers_benefit_needs_marketplace(),
            Way::Csp => self.offers_benefit_needs_csp(),
            Way::Qualified => self.offers_denied(),
        }
    }

    /// Returns what one benefit comes to for an amount; `None` where it is not counted in percent.
    pub(super) fn worth_of(&self, one: &Benefit, money: Money) -> Option<String> {
        let (percent, part) = (one.percent?, one.share_of(money)?);
        let (amount, source) = (self.money(money), one.about.source.as_str());
        Some(match (one.instead_of, one.without_of(money), one.saved_of(money)) {
            (Some(instead), Some(other), Some(saved)) => {
                let fee = self.offers_worth_fee(amount, self.money(part), u64::from(percent), source);
                let other = self.offers_worth_instead(self.money(saved), u64::from(instead), self.money(other));
                format!("{fee} {other}")
            }
            _ => self.offers_worth_incentive(amount, self.money(part), u64::from(percent), source),
        })
    }
}
