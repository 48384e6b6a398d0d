//! Offers within deals on the desk: their status beside solutions, what it means, `offer-status:`, the hint that none is ready, the
//! review.

use std::sync::Arc;

use cosell::clock::Clock;
use cosell::config::Config;
use cosell::desk::model::Msg;
use cosell::domain::programme::offer::{Offer, OfferPart, OfferType};
use cosell::domain::programme::organisation::Fact;
use cosell::domain::text::Line;
use cosell::sample;
use cosell::store::{OfferChange, Reply, Settings, Store};

use crate::deals;
use crate::support::driver::{Driver, NOW, without_offers};

const READY: [(OfferPart, &str); 6] = [
    (OfferPart::Published, "yes"),
    (OfferPart::Countries, "KR"),
    (OfferPart::Contacts, "KR=민준;김;+82 2-555-0100;kim@hanbit.example"),
    (OfferPart::OnePager, "yes"),
    (OfferPart::LandingPage, "yes"),
    (OfferPart::SocialOrCaseStudy, "yes"),
];

fn told(name: &str, parts: &[(OfferPart, &str)]) -> OfferChange {
    let mut offer = Offer::new(Line::parse(name).unwrap(), OfferType::Saas);
    parts.iter().for_each(|(part, text)| part.set(&mut offer, text).unwrap());
    OfferChange::Put(offer)
}

/// The sample with three offers: a ready one that its deals have, one of which the catalogue knows nothing, one without an id.
fn store() -> Store {
    let moment = Clock::from_setting(Some(NOW)).unwrap().moment();
    let mut store = sample::store(Settings::default(), moment).unwrap();
    without_offers(&mut store, moment.now);
    let ready = [&READY[..], &[(OfferPart::Solution, "SOL-34104-EBB")]].concat();
    let offers = [
        told("Plant Cloud", &ready),
        told("Harbour Planner", &[(OfferPart::Solution, "HARBOUR-1")]),
        told("Quay Scheduler", &[]),
    ];
    store.change_offers(&offers, moment.now).unwrap();
    let tell = |ours: &mut cosell::domain::programme::organisation::Organisation| {
        ours.tell(Fact::BusinessProfile, None, Fact::BusinessProfile.read("yes").unwrap());
    };
    store.change_organisation("us", tell, moment.now).unwrap();
    store
}

fn desk() -> Driver {
    let config = Config::parse(
        "home-currency = \"KRW\"\n[me]\nfirst-name = \"민준\"\nlast-name = \"김\"\nphone = \"+82 2-555-0100\"\nemail = \"minjun@partner.example\"\n",
    );
    let mut desk = Driver::on(store(), config.unwrap());
    desk.size(120, 40);
    desk
}

#[test]
fn the_detail_tells_the_status_of_solutions_and_what_it_means_for_the_deal() {
    let mut desk = desk();
    desk.press("/").typed("offer-status:co-sell-ready tab:all stage:received,accepted").press("enter enter");
    desk.shows("SOL-34104-EBB").shows("Offer status").shows("Co-sell ready, by “Plant Cloud”: Microsoft's sellers see");
}

/// Two starts of five painted a second, empty frame five milliseconds after the first.
#[test]
fn that_there_are_no_offers_is_told_without_a_second_frame_at_the_start() {
    let at = Clock::from_setting(Some(NOW)).unwrap().moment();
    let tell = |desk: &mut Driver| {
        desk.model.take_dirty();
        let found = Ok(Arc::clone(desk.model.offer_statuses()));
        desk.tell(Msg::Reply(Reply::OfferStatuses { at, found }));
        desk.model.take_dirty()
    };
    assert!(!tell(&mut Driver::empty()), "nothing of it is seen");
    assert!(tell(&mut desk()), "the detail tells of them");
}

#[test]
fn offer_status_is_completed_and_filters_the_list_and_follows_undo() {
    let mut desk = desk();
    desk.press("/").typed("offer-st").press("tab").typed("co").press("tab").shows("offer-status:co-sell-ready").press("enter");
    let ready = desk.selected();
    assert!(!ready.is_empty());
    desk.press("esc /").typed("-offer-status:co-sell-ready").press("enter");
    assert_ne!(desk.selected(), ready);
    desk.press("esc u");
    assert!(desk.note().contains("Undone: Told facts about the organisation"), "{}", desk.note());
    desk.press("/").typed("offer-status:co-sell-ready").press("enter");
    assert_eq!(desk.selected(), "", "without the business profile none is ready");
    desk.press("esc /").typed("offer-status:not-ready").press("enter");
    assert_eq!(desk.selected(), ready);
}

#[test]
fn mg_48_our_own_offers_are_suggested_with_their_status_though_the_catalogue_has_none_of_them() {
    let mut desk = desk();
    desk.press("n pgdn pgdn pgdn").typed("34104").shows("· Co-sell ready").press("ctrl-u");
    desk.typed("harbour").shows("HARBOUR-1 Harbour Planner").shows("· Not ready").press("down enter");
    let solutions = desk.model.form().unwrap().deal().solutions;
    assert_eq!((solutions[0].id.as_str(), solutions[0].name.as_str()), ("HARBOUR-1", "Harbour Planner"));
    desk.typed("quay").shows("Quay Scheduler").press("down enter");
    assert!(desk.note().contains("“Quay Scheduler” has no solution ID yet"), "{}", desk.note());
    assert_eq!(desk.model.form().unwrap().deal().solutions.len(), 1);
}

#[test]
fn mg_22_mg_23_the_form_hints_that_no_solution_is_ready_and_locks_nothing() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("tab").typed("누리온").press("down enter pgdn");
    desk.typed("ERP 2기").press("tab").typed("84m").press("tab tab").typed("+30d").press("pgdn 1 pgdn");
    desk.shows_not("No solution here is co-sell ready")
        .typed("harbour")
        .press("down enter")
        .shows("No solution here is co-sell ready")
        .shows("O in the lists and the page of “Harbour Planner”")
        .shows_not("cosell offers");
    desk.press("pgdn").shows_not("No solution here is co-sell ready");
    desk.press("tab 2").shows("Kind of help *").shows("No solution here is co-sell ready").press("1");
    desk.press("ctrl-s").shows("[ Make the deal ]").press("enter");
    assert!(desk.note().starts_with("Made: ERP 2기"), "{}", desk.note());
    assert_eq!(deals::made(&desk).solutions[0].id.as_str(), "HARBOUR-1");
    let mut desk = self::desk();
    desk.press("n pgdn pgdn pgdn").typed("34104").press("down enter").shows_not("No solution here is co-sell ready");
}

#[test]
fn the_review_room_leads_from_an_offer_status_to_its_deals_and_back() {
    let mut desk = desk();
    desk.press("r");
    let mut lines = 0;
    while !desk.screen().contains("▸  Co-sell ready") && lines < 90 {
        desk.press("j");
        lines += 1;
    }
    desk.shows("Open, by the offer status").press("enter");
    desk.shows("offer-status:co-sell-ready").shows("the deals behind it");
    assert!(!desk.selected().is_empty());
    desk.press("esc").shows("Pipeline review");
    while !desk.screen().contains("▸  Plant Cloud → Azure IP") && lines < 190 {
        desk.press("j");
        lines += 1;
    }
    desk.shows("What readiness would bring").press("enter").shows("id:");
}

#[test]
fn a_past_review_knows_offers_by_the_rules_of_its_day() {
    let mut desk = desk();
    desk.press("/")
        .typed("offer-status:co-sell-ready")
        .press("enter")
        .press("r d")
        .press("ctrl-u")
        .typed("2026-11-16")
        .press("enter");
    desk.shows("2026-11-16");
    let mut lines = 0;
    while !desk.screen().contains("▸  Co-sell ready") && lines < 90 {
        desk.press("j");
        lines += 1;
    }
    desk.shows("Open, by the offer status").press("enter").shows("id:");
}

#[test]
fn a_group_by_offer_status_of_a_past_day_leads_to_the_deals_that_stood_in_it_and_says_that_they_are_shown_as_they_are_now() {
    let mut desk = desk();
    desk.press("r d").press("ctrl-u").typed("2026-11-16").press("enter").shows("as it stood on Mon 2026-11-16");
    while !desk.screen().contains("By offer status") {
        desk.press("b");
    }
    for _ in 0..90 {
        if desk.screen().contains("▸  Co-sell ready") {
            break;
        }
        desk.press("j");
    }
    desk.press("enter").shows("id:").shows("as they are now");
}
