//! Offers and the facts of the organisation in the journal: made, changed, removed, undone, and as they stood on a past day.

use super::super::{Happened, KeptOffer, OfferChange, StepKind, Store};
use super::*;
use crate::domain::programme::ruling::Ruling;
use std::sync::Arc;

use crate::domain::change::Refusal;
use crate::domain::filter::{Asking, Filter};
use crate::domain::programme::offer::{Offer, OfferPart, OfferType};
use crate::domain::programme::organisation::Fact;
use crate::domain::programme::rules::Programme;
use crate::domain::query::{From, ListQuery};
use crate::domain::role::Role;
use crate::domain::tab::{Tab, View};
use crate::store::StoreError;

fn offer(name: &str) -> Offer {
    Offer::new(Line::parse(name).unwrap(), OfferType::Saas)
}

fn names(store: &Store) -> Vec<String> {
    store.offers().unwrap().into_iter().map(|kept| kept.offer.name.to_string()).collect()
}

fn put(store: &mut Store, name: &str, at: Timestamp) {
    store.change_offers(&[OfferChange::Put(offer(name))], at).unwrap();
}

fn changed(seen: &KeptOffer, part: OfferPart, text: &str) -> OfferChange {
    let mut offer = seen.offer.clone();
    part.set(&mut offer, text).unwrap();
    OfferChange::Change { seen: Box::new(seen.clone()), offer }
}

#[test]
fn an_offer_is_made_changed_removed_and_each_is_taken_back() {
    let mut store = store_of(1);
    put(&mut store, "한빛 ERP", now());
    let seen = store.offer_named("  한빛 erp ").unwrap().unwrap();
    store.change_offers(&[changed(&seen, OfferPart::Published, "yes")], now()).unwrap();
    let seen = store.offer_named("한빛 ERP").unwrap().unwrap();
    assert!(seen.offer.published);
    store.change_offers(&[changed(&seen, OfferPart::Name, "한빛 ERP 2")], now()).unwrap();
    let seen = store.offer_named("한빛 ERP 2").unwrap().unwrap();
    store.change_offers(&[OfferChange::Remove(seen)], now()).unwrap();
    assert_eq!(names(&store), [""; 0]);
    let told = |store: &Store| store.steps(None, 9).unwrap().iter().map(|step| step.became).collect::<Vec<_>>();
    let all = [Happened::Removed, Happened::Changed, Happened::Changed, Happened::Made];
    assert_eq!(told(&store)[..4], all, "history says added and removed, not only changed");
    let undone = store.undo(now()).unwrap();
    assert_eq!(told(&store)[0], Happened::Removed, "it is the removal that was taken back");
    store.redo(now()).unwrap();
    assert_eq!(told(&store)[0], Happened::Removed, "and made again");
    store.undo(now()).unwrap();
    assert_eq!((undone.step.kind, undone.step.record.as_deref()), (StepKind::Offer, Some("한빛 ERP 2")));
    assert_eq!(names(&store), ["한빛 ERP 2"]);
    store.undo(now()).unwrap();
    assert!(store.offer_named("한빛 ERP").unwrap().unwrap().offer.published, "found by the name it had");
    store.undo(now()).unwrap();
    assert!(!store.offer_named("한빛 ERP").unwrap().unwrap().offer.published);
    store.undo(now()).unwrap();
    assert_eq!(names(&store), [""; 0]);
    for _ in 0..3 {
        store.redo(now()).unwrap();
    }
    assert_eq!(names(&store), ["한빛 ERP 2"]);
    assert_eq!(store.health().unwrap().unreadable, None);
}

#[test]
fn what_changes_nothing_is_no_step_and_two_of_one_name_are_refused() {
    let mut store = store_of(0);
    put(&mut store, "One", now());
    put(&mut store, "Two", now());
    let put_again = store.change_offers(&[OfferChange::Put(offer("one"))], now()).unwrap();
    assert_eq!((put_again.changed, put_again.new), (1, 0), "its name is written otherwise");
    let again = store.change_offers(&[OfferChange::Put(offer("one"))], now()).unwrap();
    assert_eq!((again.unchanged, again.step), (1, None));
    let two = store.offer_named("two").unwrap().unwrap();
    let refused = store.change_offers(&[changed(&two, OfferPart::Name, "ONE")], now());
    assert!(matches!(refused, Err(StoreError::RecordExists { .. })));
    assert_eq!(names(&store), ["one", "Two"]);
}

#[test]
fn an_offer_that_somebody_changed_meanwhile_is_not_overwritten() {
    let mut store = store_of(0);
    put(&mut store, "One", now());
    let seen = store.offer_named("One").unwrap().unwrap();
    store.change_offers(&[changed(&seen, OfferPart::Csp, "yes")], now()).unwrap();
    let refused = store.change_offers(&[changed(&seen, OfferPart::Published, "yes")], now());
    assert!(matches!(refused, Err(StoreError::RecordStale { name }) if name == "One"));
    assert!(matches!(store.change_offers(&[OfferChange::Remove(seen)], now()), Err(StoreError::RecordStale { .. })));
}

#[test]
fn a_step_under_a_later_one_is_not_taken_back_alone() {
    let mut store = store_of(0);
    put(&mut store, "One", now());
    let made = store.steps(None, 1).unwrap()[0].id;
    let seen = store.offer_named("One").unwrap().unwrap();
    store.change_offers(&[changed(&seen, OfferPart::Csp, "yes")], now()).unwrap();
    assert!(matches!(store.undo_step(made, now()), Err(StoreError::RecordChanged { name, .. }) if name == "One"));
    assert!(matches!(store.may_undo(made), Err(StoreError::RecordChanged { .. })));
    store.undo(now()).unwrap();
    store.undo_step(made, now()).unwrap();
    assert_eq!(names(&store), [""; 0]);
}

#[test]
fn offers_of_a_past_day_are_as_they_were_told_then_and_a_later_one_as_it_is_now() {
    let mut store = store_of(0);
    let day = |days: i64| now().plus_micros(days * 86_400_000_000);
    put(&mut store, "One", day(0));
    let seen = store.offer_named("One").unwrap().unwrap();
    store.change_offers(&[changed(&seen, OfferPart::Published, "yes")], day(2)).unwrap();
    put(&mut store, "Two", day(3));
    let published = |at| -> Vec<(String, bool)> {
        store.offers_on(at).unwrap().into_iter().map(|kept| (kept.offer.name.to_string(), kept.offer.published)).collect()
    };
    let both = |one| vec![("One".to_owned(), one), ("Two".to_owned(), false)];
    assert_eq!(published(day(1)), both(false));
    assert_eq!(published(day(2)), both(true));
    assert_eq!(published(day(-400)), both(true), "rules are asked about days before anything was told");
}

#[test]
fn facts_of_the_organisation_are_told_from_a_day_on_and_taken_back() {
    let mut store = store_of(0);
    let from = Date::iso("2026-07-01").unwrap();
    let told = store.change_organisation("us", |ours| ours.tell(Fact::IsvConnect, Some(from), "premium".into()), now()).unwrap();
    assert!(told.is_some());
    let again = store.change_organisation("us", |ours| ours.tell(Fact::IsvConnect, Some(from), "premium".into()), now()).unwrap();
    assert_eq!(again, None);
    assert_eq!(store.organisation().unwrap().on(Fact::IsvConnect, from), Some("premium"));
    assert_eq!(store.undo(now()).unwrap().step.kind, StepKind::Organisation);
    assert_eq!(store.organisation().unwrap().all().count(), 0);
}

#[test]
fn offers_are_in_the_file_that_holds_everything() {
    let mut store = store_of(1);
    put(&mut store, "한빛 ERP", now());
    let mut file = Vec::new();
    store.write_whole(&mut file).unwrap();
    let mut other = Store::in_memory(Settings::default()).unwrap();
    other.restore_whole(&mut &file[..], false).unwrap();
    assert_eq!(other.offers().unwrap(), store.offers().unwrap());
    other.undo(now()).unwrap();
    assert_eq!(names(&other), [""; 0]);
}

#[test]
fn mg_02_a_referrals_user_takes_no_step_about_offers_back() {
    let mut store = store_of(0);
    put(&mut store, "One", now());
    (store.settings.role, store.settings.author) = (Role::ReferralsUser, "ana@p.example".into());
    assert!(matches!(store.undo(now()), Err(StoreError::Refused(Refusal::Barred(_)))));
    let step = store.steps(None, 1).unwrap()[0].id;
    assert!(matches!(store.undo_step(step, now()), Err(StoreError::Refused(Refusal::Barred(_)))));
    assert_eq!(names(&store), ["One"]);
}

/// Five deals with solutions whose ids are nearly alike, and four offers: one known by its name in the catalogue alone.
fn with_alike_solutions() -> Store {
    let mut store = store_of(40);
    for (deal, solution) in [("One", "SOL-2"), ("Two", "sol_9"), ("Three", "X%1"), ("Four", "SOL-21"), ("Five", "SOLX9")] {
        store.create(&super::deals::new("누리온", deal, solution), None, now()).unwrap();
    }
    let named = crate::domain::directory::KnownSolution {
        id: Line::parse("sol_9").unwrap(),
        name: Some(Line::parse("Hanbit ANALYTICS").unwrap()),
        owner: crate::domain::solution::Owner::Mine,
        assessment: false,
        used: false,
    };
    store.add_solution(&named).unwrap();
    let told = |name: &str, parts: &[(OfferPart, &str)]| {
        let mut offer = offer(name);
        parts.iter().for_each(|(part, text)| part.set(&mut offer, text).unwrap());
        OfferChange::Put(offer)
    };
    let ready = [
        (OfferPart::Published, "yes"),
        (OfferPart::Countries, "KR"),
        (OfferPart::Contacts, "KR=민준;김;+82 2-555-0100;kim@hanbit.example"),
        (OfferPart::OnePager, "yes"),
        (OfferPart::LandingPage, "yes"),
        (OfferPart::SocialOrCaseStudy, "yes"),
    ];
    let by_id = |id: &'static str| [&ready[..], &[(OfferPart::Solution, id)]].concat();
    let offers = [
        told("ERP", &by_id("sol-34104-ebb")),
        told("CRM", &[(OfferPart::Solution, "SOL-2")]),
        told("Hanbit Analytics", &[]),
        told("Percent", &by_id("x%1")),
    ];
    store.change_offers(&offers, now()).unwrap();
    store
        .change_organisation(
            "us",
            |ours| ours.tell(Fact::BusinessProfile, None, Fact::BusinessProfile.read("yes").unwrap()),
            now(),
        )
        .unwrap();
    store
}

#[test]
fn offer_status_finds_in_sql_the_deals_that_pass_by_looking_at_each() {
    let programme = Ruling::shipped().unwrap().programme;
    let mut store = with_alike_solutions();
    let statuses = Arc::new(store.offer_statuses(&programme, super::lists::moment()).unwrap());
    let (views, me) = (crate::domain::saved_view::Views::default(), crate::domain::contact::Person::default());
    let read = |text: &str| {
        let asking = Asking { moment: super::lists::moment(), me: &me, views: &views, home: None, offers: Some(&statuses) };
        Filter::read(text, &asking).unwrap()
    };
    for (text, count) in [
        ("offer-status:not-ready", 2),
        ("offer-status:co-sell-ready", 41),
        ("offer-status:incentivized", 0),
        ("offer-status:unknown", 2),
        ("-offer-status:co-sell-ready", 4),
        ("offer-status:not-ready,unknown", 4),
        ("offer-status:co-sell-ready favorite:no", 41),
        ("-offer-status:unknown erp", 0),
    ] {
        let filter = read(text);
        for large in [false, true] {
            store.limits.large = if large { 1 } else { 20_000 };
            let query = ListQuery { view: View::All, filter: filter.clone(), ..ListQuery::tab(Tab::All) };
            let listed: Vec<_> = store.list(&query, From::Start, 100).unwrap().rows.iter().map(|row| row.id).collect();
            let passing: Vec<_> = (1..=45).map(OpportunityId).filter(|id| filter.passes(&store.get(*id).unwrap())).collect();
            let mut sorted = listed.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, passing, "{text}, {large}");
            if !text.ends_with("erp") {
                assert_eq!(listed.len(), count, "{text}");
            }
        }
    }
    assert!(store.offer_statuses(&Programme::default(), super::lists::moment()).unwrap().best(&[]).is_none());
}
