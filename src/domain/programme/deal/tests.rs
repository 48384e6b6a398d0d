//! Solutions of deals as offers: by id and by name, the best of several, on both sides of a day, and what is unknown.

use super::*;
use crate::domain::programme::offer::{OfferPart, OfferType};
use crate::domain::programme::organisation::Fact;
use crate::domain::programme::ruling::Ruling;

fn offer(name: &str, more: &[(OfferPart, &str)]) -> Offer {
    let mut offer = Offer::new(Line::parse(name).unwrap(), OfferType::Saas);
    more.iter().for_each(|(part, text)| part.set(&mut offer, text).unwrap());
    offer
}

pub(in crate::domain) fn ready(name: &str, more: &[(OfferPart, &str)]) -> Offer {
    let all = [
        (OfferPart::Published, "yes"),
        (OfferPart::Countries, "KR"),
        (OfferPart::Contacts, "KR=민준;김;+82 2-555-0100;kim@hanbit.example"),
        (OfferPart::OnePager, "one.pdf"),
        (OfferPart::LandingPage, "https://h.example"),
        (OfferPart::SocialOrCaseStudy, "https://h.example/c"),
    ];
    offer(name, &[&all[..], more].concat())
}

/// Three offers: incentivized by its id, ready by its name alone, not ready by its id.
pub(crate) fn statuses_on(day: &str) -> OfferStatuses {
    let mut ours = Organisation::default();
    for (fact, text) in [(Fact::BusinessProfile, "yes"), (Fact::AcrTtmUsd, "100000")] {
        ours.tell(fact, None, fact.read(text).unwrap());
    }
    let incentivized = [
        (OfferPart::Transactable, "yes"),
        (OfferPart::BuiltOnAzure, "yes"),
        (OfferPart::IpShare, "60"),
        (OfferPart::Solution, "SOL-34104-EBB"),
    ];
    let offers =
        [ready("한빛 ERP", &incentivized), ready("Hanbit Analytics", &[]), offer("한빛 CRM", &[(OfferPart::Solution, "SOL-2")])];
    let called = BTreeMap::from([(fold("Hanbit Analytics"), vec!["SOL-9".to_owned()])]);
    let rules = Ruling::shipped().unwrap().programme;
    OfferStatuses::of(&rules, &offers, &ours, Date::iso(day).unwrap(), &called)
}

pub(crate) fn solution(id: &str, name: Option<&str>) -> Solution {
    let line = |text: &str| Line::parse(text).unwrap();
    Solution { id: line(id), name: name.map(line), owner: Owner::Mine, currency: None, price: None, quantity: None }
}

fn best(of: &[Solution]) -> Option<(String, String)> {
    let all = statuses_on("2026-11-27");
    all.best(of).map(|(offer, solution)| (all.status(offer).word.clone(), solution.id.to_string()))
}

#[test]
fn a_solution_is_the_offer_of_its_id_or_of_its_name_where_no_id_is_told() {
    let told = |status: &str, id: &str| Some((status.to_owned(), id.to_owned()));
    assert_eq!(best(&[solution("sol-34104-ebb", None)]), told("azure-ip-co-sell", "sol-34104-ebb"));
    assert_eq!(best(&[solution("X-1", Some("HANBIT analytics"))]), told("co-sell-ready", "X-1"));
    assert_eq!(best(&[solution("sol-9", None)]), told("co-sell-ready", "sol-9"), "the catalogue knows its name");
    assert_eq!(best(&[solution("X-1", Some("한빛 CRM"))]), None, "that one has another id");
    assert_eq!(best(&[]), None);
}

#[test]
fn of_several_solutions_the_best_counts_and_what_is_unknown_does_not() {
    let told = |status: &str, id: &str| Some((status.to_owned(), id.to_owned()));
    let all = [solution("X-1", None), solution("SOL-2", None), solution("SOL-9", None)];
    assert_eq!(best(&all[..1]), None);
    assert_eq!(best(&all[..2]), told("not-ready", "SOL-2"));
    assert_eq!(best(&all), told("co-sell-ready", "SOL-9"));
}

#[test]
fn the_status_and_what_it_brings_are_those_of_the_day() {
    let name = |day: &str| statuses_on(day).statuses[statuses_on(day).offers[0].status].name.clone();
    assert_eq!(name("2020-05-18"), "Not ready");
    assert_eq!(name("2021-03-16"), "Co-sell incentivized");
    assert_eq!(name("2021-03-17"), "Azure IP co-sell incentivized");
    let fee = |day: &str| statuses_on(day).offers[0].benefits.iter().any(|one| one.id == "serviceFee10");
    assert!(fee("2021-07-12") && !fee("2021-07-13"), "D-01");
    let brings = |at: usize, id: &str| statuses_on("2026-11-27").offers[at].benefits.iter().any(|one| one.id == id);
    assert!(brings(0, "azureBenefit") && !brings(0, "csp10"), "it is sold in the marketplace, and not through the CSP channel");
    let groups: Vec<(bool, bool)> =
        statuses_on("2026-11-27").statuses.iter().map(|one| (one.is_ready, one.is_incentivized)).collect();
    assert_eq!(groups, [(false, false), (true, false), (true, true), (true, true), (true, true)]);
}

#[test]
fn what_an_offer_lacks_for_its_next_status_is_told_with_what_to_do() {
    let all = statuses_on("2026-11-27");
    let lacks = |at: usize| {
        let next: &Option<NextStatus> = &all.offers[at].next;
        let what = |one: &Missing| one.what.clone();
        next.as_ref().map(|next| (all.statuses[next.status].word.clone(), next.missing.iter().map(what).collect::<Vec<_>>()))
    };
    assert_eq!(lacks(0), None);
    let (status, missing) = lacks(1).unwrap();
    assert_eq!(
        (status.as_str(), &missing[..]),
        ("azure-ip-co-sell", &["built-on-azure", "ip-share-percent"].map(String::from)[..])
    );
    assert_eq!(lacks(2).unwrap().0, "co-sell-ready");
}

#[test]
fn mg_22_mg_48_co_selling_lacks_a_ready_solution_where_none_is_ours_and_ready_or_another_partners() {
    let all = statuses_on("2026-11-27");
    let lacks = |kind, of: &[Solution]| all.lacks_ready(kind, of.iter().map(on_deal));
    let not_ready = solution("SOL-2", None);
    let one = std::slice::from_ref(&not_ready);
    assert!(lacks(Kind::CoSell, one) && lacks(Kind::CoSell, &[solution("X-1", None)]));
    assert!(!lacks(Kind::CoSell, &[not_ready.clone(), solution("SOL-9", None)]));
    assert!(!lacks(Kind::PrivatePipeline, one), "Microsoft has no part in it");
    assert!(!lacks(Kind::CoSell, &[]), "that is told by itself");
    let theirs = Solution { owner: Owner::ThirdParty, ..solution("X-1", None) };
    assert!(!lacks(Kind::CoSell, &[not_ready.clone(), theirs]));
    assert!(!OfferStatuses::default().lacks_ready(Kind::CoSell, [on_deal(&not_ready)]), "nothing is told of any offer");
}
