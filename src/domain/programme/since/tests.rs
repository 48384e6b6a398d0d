//! Since when a status is held: of an offer that came as it is, that became so, that was not so for a while, by facts with a day.

use super::*;
use crate::domain::date::Zone;
use crate::domain::programme::offer::{OfferPart, OfferType};
use crate::domain::programme::organisation::Fact;
use crate::domain::programme::ruling::Ruling;
use crate::domain::text::Line;

const AZURE: &str = "azureIpCoSell";

fn day(text: &str) -> Date {
    Date::iso(text).unwrap()
}

fn ready() -> Offer {
    let mut offer = Offer::new(Line::parse("한빛 ERP").unwrap(), OfferType::Saas);
    let set = [
        (OfferPart::Published, "yes"),
        (OfferPart::Transactable, "yes"),
        (OfferPart::Countries, "KR"),
        (OfferPart::Contacts, "KR=민준;김;+82 2-555-0100;kim@hanbit.example"),
        (OfferPart::OnePager, "one-pager.pdf"),
        (OfferPart::LandingPage, "https://hanbit.example"),
        (OfferPart::SocialOrCaseStudy, "https://hanbit.example/case"),
        (OfferPart::BuiltOnAzure, "yes"),
        (OfferPart::IpShare, "60"),
    ];
    set.into_iter().for_each(|(part, text)| part.set(&mut offer, text).unwrap());
    offer
}

fn bare() -> Offer {
    Offer { built_on_azure: false, ..ready() }
}

/// Since when the status is held on a day, and by when its badge is to be expected, of an offer that was told so.
fn since(told: &[(&str, Option<Offer>)], acr_from: Option<&str>, on: &str) -> (Option<Date>, Option<Date>) {
    let programme = Ruling::shipped().unwrap().programme;
    let mut organisation = Organisation::default();
    organisation.tell(Fact::BusinessProfile, None, "yes".into());
    organisation.tell(Fact::AcrTtmUsd, acr_from.map(day), "150000".into());
    let now = Moment { now: day(on).plus_days(1).midnight().plus_micros(-1), today: day(on).into(), zone: Zone::UTC };
    let told: Vec<(Timestamp, Option<Offer>)> =
        told.iter().map(|(at, offer)| (Timestamp::parse(at).unwrap(), offer.clone())).collect();
    let (past, offer) = (Past::of(&told, now), told.last().and_then(|(_, offer)| offer.clone()).unwrap_or_else(ready));
    let of = Judged { offer: &offer, past: &past, organisation: &organisation, day: day(on) };
    let standing = programme.standing(&offer, &organisation, day(on));
    let badge = standing.benefits.iter().find(|one| one.id == "preferredBadge");
    (programme.held_since(AZURE, of), badge.and_then(|one| programme.expected(one, of)))
}

fn days(since: &str, by: &str) -> (Option<Date>, Option<Date>) {
    (Some(day(since)), Some(day(by)))
}

#[test]
fn ov_39_the_badge_is_expected_30_days_after_the_day_on_which_the_status_was_reached() {
    let told = [("2026-11-20T08:00:00Z", Some(bare())), ("2026-11-25T08:00:00Z", Some(ready()))];
    assert_eq!(since(&told, None, "2026-11-25"), days("2026-11-25", "2026-12-25"));
    assert_eq!(since(&told, None, "2027-03-01"), days("2026-11-25", "2026-12-25"));
    let on_one_day = [("2026-11-25T08:00:00Z", Some(bare())), ("2026-11-25T08:05:00Z", Some(ready()))];
    assert_eq!(since(&on_one_day, None, "2026-11-25"), days("2026-11-25", "2026-12-25"));
}

#[test]
fn ov_39_of_an_offer_that_came_as_it_is_nobody_knows_the_day() {
    let told = [("2026-11-25T08:00:00Z", Some(ready()))];
    assert_eq!(since(&told, None, "2026-11-25"), (None, None));
    assert_eq!(since(&told, Some("2021-06-01"), "2026-11-27"), (None, None), "it may have lacked something else");
    assert_eq!(since(&[], None, "2026-11-25"), (None, None));
}

#[test]
fn ov_39_a_fact_with_a_day_says_when_the_status_was_reached() {
    let told = [("2026-01-10T08:00:00Z", Some(ready()))];
    assert_eq!(since(&told, Some("2026-10-01"), "2026-11-25"), days("2026-10-01", "2026-10-31"));
    assert_eq!(since(&told, Some("2026-01-10"), "2026-11-25"), days("2026-01-10", "2026-02-09"), "on the day it was told");
    assert_eq!(since(&told, Some("2026-10-01"), "2026-09-30"), (None, None), "it does not have it yet");
}

#[test]
fn what_was_lost_for_days_counts_anew_and_what_was_corrected_the_same_day_does_not() {
    let first = [("2026-01-10T08:00:00Z", Some(bare())), ("2026-02-01T08:00:00Z", Some(ready()))];
    let lost = [("2026-03-01T08:00:00Z", Some(bare())), ("2026-03-05T08:00:00Z", Some(ready()))];
    assert_eq!(since(&[first.clone(), lost].concat(), None, "2026-11-25"), days("2026-03-05", "2026-04-04"));
    let corrected = [("2026-03-01T08:00:00Z", Some(bare())), ("2026-03-01T08:02:00Z", Some(ready()))];
    assert_eq!(since(&[first.clone(), corrected].concat(), None, "2026-11-25"), days("2026-02-01", "2026-03-03"));
    let removed = [("2026-03-01T08:00:00Z", None), ("2026-03-05T08:00:00Z", Some(ready()))];
    assert_eq!(since(&[first, removed].concat(), None, "2026-11-25"), days("2026-03-05", "2026-04-04"));
}
