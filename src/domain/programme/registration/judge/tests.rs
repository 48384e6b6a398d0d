//! What is said before Won of a deal: from when it is registrable, which rule bars it, and nothing of deals that none is asked of.

use super::*;
use crate::domain::money::{Amount, Currency, Money};
use crate::domain::opportunity::tests::accepted;
use crate::domain::programme::deal::tests::{ready, solution};
use crate::domain::programme::offer::OfferPart;
use crate::domain::programme::organisation::Fact;
use crate::domain::programme::ruling::Ruling;
use crate::domain::rules::consequences;
use crate::domain::stage::Verb;
use crate::domain::text::Line;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

/// A deal of a value in USD, accepted, with the solution of an offer.
fn deal(value: &str) -> Opportunity {
    let mut deal = accepted();
    deal.kind = Kind::CoSell;
    deal.created_at = Some(at("2026-11-12T00:00:00Z"));
    deal.microsoft_status = Some(line("Accepted"));
    deal.deal.value = Money::new(Amount::machine(value).unwrap(), Currency::parse("USD").unwrap()).ok();
    deal.solutions = vec![solution("SOL-1", None)];
    deal
}

/// Everything known that a deal of an incentivized offer is held against.
fn grounds() -> Grounds {
    let more = [(OfferPart::BuiltOnAzure, "yes"), (OfferPart::IpShare, "60"), (OfferPart::Solution, "SOL-1")];
    let mut organisation = Organisation::default();
    for (fact, text) in [(Fact::BusinessProfile, "yes"), (Fact::AcrTtmUsd, "100000")] {
        organisation.tell(fact, None, fact.read(text).unwrap());
    }
    Grounds {
        ruling: Arc::new(Ruling::shipped().unwrap()),
        offers: vec![ready("한빛 ERP", &more)],
        organisation,
        rates: Rates::default(),
    }
}

/// What is said of the registration of a deal that would be won now.
fn said(grounds: &Grounds, deal: &Opportunity, now: &str) -> Vec<Consequence> {
    let now = at(now);
    let follows = grounds.of_winning(consequences(deal, Verb::Win, now).unwrap(), deal, now);
    let of_registration = |one: &Consequence| {
        matches!(
            one,
            Consequence::Registrable { .. }
                | Consequence::NotRegistrable(_)
                | Consequence::MayNeedRegistration
                | Consequence::EarlyForRegistration { .. }
        )
    };
    follows.into_iter().filter(of_registration).collect()
}

#[test]
fn mg_73_before_won_it_is_said_from_when_a_deal_is_registrable_72_hours_after_it_was_made() {
    let (grounds, deal) = (grounds(), deal("50000"));
    let from = |now: &str| match &said(&grounds, &deal, now)[..] {
        [Consequence::Registrable { from, .. }] => *from,
        other => panic!("{other:?}"),
    };
    assert_eq!(from("2026-11-14T23:59:59Z"), Some(at("2026-11-15T00:00:00Z")));
    assert_eq!(from("2026-11-15T00:00:00Z"), None);
}

#[test]
fn mg_73_before_won_the_rule_is_named_that_keeps_a_deal_from_being_registered() {
    let barred = |grounds: &Grounds, deal: &Opportunity| match &said(grounds, deal, "2026-11-21T00:00:00Z")[..] {
        [Consequence::NotRegistrable(bars)] => bars.iter().all(|bar| !bar.say.is_empty() && !bar.document.is_empty()),
        _ => false,
    };
    assert!(barred(&grounds(), &deal("100")), "its value is too small");
    let mut unready = grounds();
    OfferPart::OnePager.set(&mut unready.offers[0], "").unwrap();
    assert!(barred(&unready, &deal("50000")), "its offer is not incentivized");
    assert!(!barred(&grounds(), &deal("50000")));
}

#[test]
fn of_a_deal_that_none_is_asked_of_nothing_is_said() {
    let private = Opportunity { kind: Kind::PrivatePipeline, ..deal("50000") };
    assert_eq!(said(&grounds(), &private, "2026-11-21T00:00:00Z"), []);
}
