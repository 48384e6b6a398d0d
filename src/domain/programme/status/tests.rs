//! Statuses and benefits statement by statement, on both sides of each day on which a document changed something.

use proptest::prelude::*;

use super::*;
use crate::domain::date::{Moment, Zone};
use crate::domain::instant::Timestamp;
use crate::domain::programme::offer::{OfferPart, OfferType};
use crate::domain::programme::ruling::Ruling;
use crate::domain::programme::since::{Judged, Past};
use crate::domain::text::Line;

const CONTACT: &str = "KR=민준;김;+82 2-555-0100;kim@hanbit.example";

fn day(text: &str) -> Date {
    Date::iso(text).unwrap()
}

fn rules() -> Programme {
    Ruling::shipped().unwrap().programme
}

/// An offer that has everything.
fn full(kind: &str) -> Offer {
    let mut offer = Offer::new(Line::parse("한빛 ERP").unwrap(), OfferType::Saas);
    let set = [
        (OfferPart::Type, kind),
        (OfferPart::Nature, if kind == "service" { "service" } else { "ip" }),
        (OfferPart::Published, "yes"),
        (OfferPart::Transactable, "yes"),
        (OfferPart::Countries, "KR"),
        (OfferPart::Contacts, CONTACT),
        (OfferPart::OnePager, "one-pager.pdf"),
        (OfferPart::LandingPage, "https://hanbit.example"),
        (OfferPart::SocialOrCaseStudy, "https://hanbit.example/case"),
        (OfferPart::BuiltOnAzure, "yes"),
        (OfferPart::IpShare, "60"),
    ];
    for (part, text) in set {
        part.set(&mut offer, text).unwrap();
    }
    offer
}

fn organisation(told: &[(Fact, &str)]) -> Organisation {
    let mut ours = Organisation::default();
    for (fact, text) in told {
        ours.tell(*fact, None, fact.read(text).unwrap());
    }
    ours
}

fn rich() -> Organisation {
    organisation(&[
        (Fact::BusinessProfile, "yes"),
        (Fact::GoldCompetency, "yes"),
        (Fact::AcrTtmUsd, "100000"),
        (Fact::IsvConnect, "premium"),
    ])
}

fn status(offer: &Offer, ours: &Organisation, on: &str) -> String {
    rules().standing(offer, ours, day(on)).id().to_owned()
}

fn without(part: OfferPart) -> Offer {
    let mut offer = full("saas");
    part.set(&mut offer, "").unwrap();
    offer
}

fn missing(offer: &Offer, ours: &Organisation, on: &str) -> Vec<String> {
    let rules = rules();
    let standing = rules.standing(offer, ours, day(on));
    let next = standing.next().unwrap();
    next.missing().map(|one| format!("{} {} {}", next.status.id, one.about.source, one.what)).collect()
}

fn benefits(offer: &Offer, ours: &Organisation, on: &str) -> Vec<(String, String)> {
    let rules = rules();
    let standing = rules.standing(offer, ours, day(on));
    standing.benefits.iter().map(|one| (one.id.clone(), one.about.source.clone())).collect()
}

fn brings(offer: &Offer, ours: &Organisation, on: &str, id: &str) -> Option<String> {
    benefits(offer, ours, on).into_iter().find(|(one, _)| one == id).map(|(_, source)| source)
}

#[test]
fn before_the_first_document_no_rule_is_in_force() {
    assert_eq!(rules().standing(&full("saas"), &rich(), day("2020-05-18")).status(), None);
    assert_eq!(status(&full("saas"), &rich(), "2020-05-18"), NOT_READY);
    assert_eq!(status(&full("saas"), &rich(), "2020-05-19"), "azureIpCoSell");
}

#[test]
fn pe_14_without_profile_or_publication_nothing_is_ready() {
    let ours = organisation(&[(Fact::AcrTtmUsd, "100000")]);
    assert_eq!(status(&full("saas"), &ours, "2021-04-15"), NOT_READY);
    assert_eq!(missing(&full("saas"), &ours, "2021-04-15"), ["coSellReady PE-14 business-profile"]);
    assert_eq!(missing(&without(OfferPart::Published), &rich(), "2021-04-15"), ["coSellReady PE-14 published"]);
}

#[test]
fn pe_15_the_csp_channel_and_a_presentation_are_optional() {
    let offer = full("saas");
    assert!(!offer.csp && offer.presentation.is_none());
    assert_eq!(status(&offer, &rich(), "2021-07-13"), "azureIpCoSell");
    let rules = rules();
    let standing = rules.standing(&offer, &rich(), day("2021-07-13"));
    let advised: Vec<&str> =
        standing.ladder[1].checks.iter().filter(|check| !check.met).map(|check| check.requirement.what.as_str()).collect();
    assert_eq!(advised, ["csp", "presentation"]);
}

#[test]
fn pe_16_each_document_and_contact_is_needed_to_be_ready() {
    use OfferPart as P;
    for (part, what) in [
        (P::Countries, "contacts"),
        (P::Contacts, "contacts"),
        (P::OnePager, "one-pager"),
        (P::LandingPage, "landing-page"),
        (P::SocialOrCaseStudy, "social-or-case-study"),
    ] {
        assert_eq!(missing(&without(part), &rich(), "2020-05-19"), [format!("coSellReady PE-16 {what}")]);
    }
    let mut wider = full("saas");
    P::Countries.set(&mut wider, "KR;US").unwrap();
    assert_eq!(missing(&wider, &rich(), "2020-05-19"), ["coSellReady PE-16 contacts"], "one of two countries has nobody");
}

#[test]
fn pe_17_services_need_a_gold_competency_as_well() {
    let ours = organisation(&[(Fact::BusinessProfile, "yes")]);
    assert_eq!(missing(&full("service"), &ours, "2020-05-19"), ["coSellReady PE-17 gold-competency"]);
    assert_eq!(status(&full("service"), &rich(), "2026-11-27"), "coSellReady");
    assert_eq!(status(&full("saas"), &organisation(&[(Fact::BusinessProfile, "yes")]), "2020-05-19"), "coSellReady");
}

#[test]
fn pe_18_consumed_revenue_or_billed_revenue_of_a_transactable_offer() {
    let with = |told: &[(Fact, &str)], offer: &Offer| {
        let all = [&[(Fact::BusinessProfile, "yes")], told].concat();
        status(offer, &organisation(&all), "2021-04-15")
    };
    assert_eq!(with(&[(Fact::AcrTtmUsd, "100000")], &full("saas")), "azureIpCoSell");
    assert_eq!(with(&[(Fact::AcrTtmUsd, "99999.99")], &full("saas")), "coSellReady");
    assert_eq!(with(&[(Fact::BilledRevenueUsd, "100k")], &full("saas")), "azureIpCoSell");
    assert_eq!(with(&[(Fact::BilledRevenueUsd, "100k")], &without(OfferPart::Transactable)), "coSellReady");
    assert_eq!(with(&[(Fact::AcrTtmUsd, "100k")], &without(OfferPart::Transactable)), "azureIpCoSell");
}

#[test]
fn pe_19_more_than_half_of_it_is_repeatable_and_it_is_built_on_azure() {
    let mut half = full("saas");
    OfferPart::IpShare.set(&mut half, "50").unwrap();
    assert_eq!(missing(&half, &rich(), "2021-03-17"), ["azureIpCoSell PE-19 ip-share-percent"]);
    OfferPart::IpShare.set(&mut half, "50.01").unwrap();
    assert_eq!(status(&half, &rich(), "2021-03-17"), "azureIpCoSell");
    assert_eq!(missing(&without(OfferPart::BuiltOnAzure), &rich(), "2021-03-17"), ["azureIpCoSell PE-19 built-on-azure"]);
}

#[test]
fn pe_20_ov_21_d_08_business_applications_are_premium_and_since_2021_standard_too() {
    let tier = |tier: &str| organisation(&[(Fact::BusinessProfile, "yes"), (Fact::IsvConnect, tier)]);
    for kind in ["dynamics-customer-engagement", "dynamics-operations"] {
        let offer = full(kind);
        for (on, standard, premium) in [
            ("2021-03-16", "coSellReady", "businessApplicationsPremium"),
            ("2021-03-17", "businessApplicationsStandard", "businessApplicationsPremium"),
        ] {
            assert_eq!(status(&offer, &tier("none"), on), "coSellReady");
            assert_eq!(status(&offer, &tier("standard"), on), standard);
            assert_eq!(status(&offer, &tier("premium"), on), premium);
        }
    }
}

#[test]
fn ov_20_ov_29_ov_30_d_07_each_type_has_the_ladder_of_its_family() {
    let ladder = |kind: &str, on: &str| -> Vec<String> {
        let rules = rules();
        rules.standing(&full(kind), &rich(), day(on)).ladder.iter().map(|rung| rung.status.id.clone()).collect()
    };
    for kind in ["azure-application", "azure-container", "azure-vm", "iot-edge", "saas"] {
        assert_eq!(ladder(kind, "2021-03-17"), ["notReady", "coSellReady", "azureIpCoSell"]);
    }
    for kind in ["dynamics-customer-engagement", "dynamics-operations"] {
        let all = ["notReady", "coSellReady", "businessApplicationsStandard", "businessApplicationsPremium"];
        assert_eq!(ladder(kind, "2021-03-17"), all);
        assert_eq!(ladder(kind, "2021-03-16"), [all[0], all[1], all[3]]);
    }
    assert_eq!(ladder("service", "2026-11-27"), ["notReady", "coSellReady"]);
    let rules = rules();
    let name = |on: &str| rules.standing(&full("saas"), &rich(), day(on)).status().map(|status| status.name.clone()).unwrap();
    assert_eq!(name("2021-03-16"), "Co-sell incentivized");
    assert_eq!(name("2021-03-17"), "Azure IP co-sell incentivized");
}

#[test]
fn ov_27_pe_21_nothing_is_incentivized_that_is_not_ready() {
    let unready = without(OfferPart::OnePager);
    assert_eq!(status(&unready, &rich(), "2021-04-15"), NOT_READY);
    let rules = rules();
    let standing = rules.standing(&unready, &rich(), day("2021-04-15"));
    assert_eq!(standing.ladder[2].missing().count(), 0, "what the higher one asks for is there");
    assert!(!standing.ladder[2].held);
}

#[test]
fn d_01_ov_31_pe_07_the_fee_is_cut_until_2021_07_13() {
    let fee = |on: &str| brings(&full("saas"), &rich(), on, "serviceFee10");
    assert_eq!(fee("2020-05-19").as_deref(), Some("PE-07"));
    assert_eq!(fee("2021-03-16").as_deref(), Some("PE-07"));
    assert_eq!(fee("2021-03-17").as_deref(), Some("OV-31"));
    assert_eq!(fee("2021-07-12").as_deref(), Some("OV-31"));
    assert_eq!(fee("2021-07-13"), None);
    assert_eq!(brings(&full("iot-edge"), &rich(), "2021-07-12", "serviceFee10"), None, "it is for IaaS and SaaS (PE-08)");
}

#[test]
fn ov_32_to_ov_34_pe_09_to_pe_11_what_an_azure_status_brings_follows_the_document() {
    for (id, old, new) in
        [("csp10", "PE-09", "OV-32"), ("consumptionCommitment", "PE-10", "OV-33"), ("azureBenefit", "PE-11", "OV-34")]
    {
        assert_eq!(brings(&full("saas"), &rich(), "2021-03-16", id).as_deref(), Some(old));
        assert_eq!(brings(&full("saas"), &rich(), "2026-11-27", id).as_deref(), Some(new));
        assert_eq!(brings(&full("dynamics-operations"), &rich(), "2026-11-27", id), None);
    }
}

#[test]
fn d_02_ov_39_the_badge_may_take_thirty_days_since_2021_04_15() {
    let rules = rules();
    let delay = |on: &str| {
        let standing = rules.standing(&full("saas"), &rich(), day(on));
        standing.benefits.iter().find(|one| one.id == "preferredBadge").map(|one| one.delay_days)
    };
    assert_eq!((delay("2021-04-14"), delay("2021-04-15")), (Some(0), Some(30)));
}

#[test]
fn d_03_ov_37_pe_12_the_badge_comes_with_isv_connect_and_ready_since_2021_03_17() {
    let ours = organisation(&[(Fact::BusinessProfile, "yes"), (Fact::IsvConnect, "standard")]);
    let badge = |on: &str| brings(&full("dynamics-operations"), &ours, on, "preferredBadge");
    assert_eq!((badge("2021-03-16"), badge("2021-03-17").as_deref()), (None, Some("OV-37")));
    assert_eq!(brings(&full("saas"), &rich(), "2020-05-19", "preferredBadge").as_deref(), Some("PE-12"));
    assert_eq!(brings(&without(OfferPart::OnePager), &rich(), "2021-04-15", "preferredBadge"), None);
}

#[test]
fn ov_23_ov_26_ov_28_incentivized_brings_all_that_ready_brings() {
    let ready = benefits(&full("saas"), &organisation(&[(Fact::BusinessProfile, "yes")]), "2026-11-27");
    assert_eq!(ready, [("sellerExposure".to_owned(), "OV-23".to_owned())]);
    let more = benefits(&full("saas"), &rich(), "2026-11-27");
    assert!(ready.iter().all(|one| more.contains(one)) && more.iter().any(|(id, _)| id == "sellerIncentive"));
}

#[test]
fn a_fact_with_a_day_counts_from_that_day_and_the_status_since_then() {
    let mut ours = organisation(&[(Fact::BusinessProfile, "yes")]);
    ours.tell(Fact::AcrTtmUsd, Some(day("2021-06-01")), "150000".into());
    assert_eq!(status(&full("saas"), &ours, "2021-05-31"), "coSellReady");
    assert_eq!(status(&full("saas"), &ours, "2021-06-01"), "azureIpCoSell");
    let (offer, told) = (full("saas"), Timestamp::parse("2020-01-01T00:00:00Z").unwrap());
    let now = Moment { now: day("2026-11-27").midnight(), today: day("2026-11-27").into(), zone: Zone::UTC };
    let past = Past::of(&[(told, Some(offer.clone()))], now);
    let since = |status: &str, on: &str| {
        rules().held_since(status, Judged { offer: &offer, past: &past, organisation: &ours, day: day(on) })
    };
    assert_eq!(since("azureIpCoSell", "2026-11-27"), Some(day("2021-06-01")));
    assert_eq!(since("coSellReady", "2026-11-27"), Some(day("2020-05-19")));
    assert_eq!(since("azureIpCoSell", "2021-05-31"), None);
}

/// The rules in another order.
fn shuffled(seed: u64) -> Programme {
    let mut parts: Vec<&str> = include_str!("../../../../assets/programme/rules.toml").split("\n[[").skip(1).collect();
    let mut state = seed;
    for at in (1..parts.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        parts.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
    }
    let text: String = parts.iter().map(|part| format!("[[{part}\n")).collect();
    let mut rules = Ruling::default();
    rules.lay_over(&text).unwrap();
    rules.programme
}

prop_compose! {
    fn any_offer()(kind in 0..8_usize, flags in any::<u16>(), share in 0..=10_000_u16) -> Offer {
        let mut offer = full(OfferType::ALL[kind].code());
        use OfferPart as P;
        let parts = [P::Published, P::Transactable, P::Countries, P::Contacts, P::OnePager, P::LandingPage, P::SocialOrCaseStudy, P::BuiltOnAzure];
        for (at, part) in parts.into_iter().enumerate() {
            if flags & (1 << at) != 0 && flags & 0x100 != 0 {
                part.set(&mut offer, "").unwrap();
            }
        }
        offer.ip_share = Some(share);
        offer
    }
}

prop_compose! {
    fn any_organisation()(profile in any::<bool>(), gold in any::<bool>(), acr in 0..200_000_u32, tier in 0..3_usize) -> Organisation {
        organisation(&[
            (Fact::BusinessProfile, if profile { "yes" } else { "no" }),
            (Fact::GoldCompetency, if gold { "yes" } else { "no" }),
            (Fact::AcrTtmUsd, &acr.to_string()),
            (Fact::IsvConnect, ["none", "standard", "premium"][tier]),
        ])
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..900_i64).prop_map(|days| day("2020-01-01").plus_days(days))
}

proptest! {
    #[test]
    fn another_document_never_lowers_a_status(offer in any_offer(), ours in any_organisation(), on in any_day(), which in 0..6_usize) {
        use OfferPart as P;
        let part = [P::OnePager, P::Presentation, P::LandingPage, P::SocialOrCaseStudy, P::ReferenceArchitecture, P::Published][which];
        let rules = rules();
        let before = rules.standing(&offer, &ours, on);
        let mut more = offer.clone();
        part.set(&mut more, "yes").unwrap();
        let after = rules.standing(&more, &ours, on);
        for rung in before.ladder.iter().filter(|rung| rung.held) {
            prop_assert!(after.has(&rung.status.id));
        }
        for benefit in &before.benefits {
            prop_assert!(after.benefits.iter().any(|one| one.id == benefit.id));
        }
    }

    #[test]
    fn a_status_implies_all_below_it(offer in any_offer(), ours in any_organisation(), on in any_day()) {
        let rules = rules();
        let standing = rules.standing(&offer, &ours, on);
        let held: Vec<bool> = standing.ladder.iter().map(|rung| rung.held).collect();
        prop_assert!(held.windows(2).all(|pair| pair[0] || !pair[1]), "{held:?}");
    }

    #[test]
    fn the_order_of_rules_makes_no_difference(offer in any_offer(), ours in any_organisation(), on in any_day(), seed in any::<u64>()) {
        let (one, other) = (rules(), shuffled(seed));
        prop_assert_eq!(one.standing(&offer, &ours, on), other.standing(&offer, &ours, on));
    }
}
