//! `offer-status:`: the best status of a deal's solutions, groups of statuses, and what is said of words it does not know.

use std::sync::Arc;

use super::*;
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::programme::deal::tests::{solution, statuses_on};
use crate::domain::saved_view::Views;

fn read(text: &str, offers: Option<&Arc<OfferStatuses>>) -> Result<Filter, FilterError> {
    let (views, me) = (Views::default(), Person::default());
    Filter::read(text, &Asking { moment: moment(), me: &me, views: &views, home: None, offers })
}

/// A deal with these solutions, by the filters of `all` that it passes.
fn passed<'a>(solutions: &[Solution], all: &[&'a str]) -> Vec<&'a str> {
    let offers = Arc::new(statuses_on("2026-11-27"));
    let deal = Held::new(Opportunity { solutions: solutions.to_vec(), ..sample() }, false);
    let passes = |text: &&&str| read(text, Some(&offers)).unwrap_or_else(|error| panic!("{text}: {error}")).passes(&deal);
    all.iter().filter(passes).copied().collect()
}

const ALL: [&str; 5] = [
    "offer-status:not-ready",
    "offer-status:co-sell-ready",
    "offer-status:azure-ip-co-sell",
    "offer-status:incentivized",
    "offer-status:unknown",
];

#[test]
fn a_deal_passes_by_the_best_status_of_its_solutions() {
    assert_eq!(passed(&[solution("sol-34104-ebb", None)], &ALL), [ALL[2], ALL[3]]);
    assert_eq!(passed(&[solution("SOL-2", None), solution("X", Some("hanbit analytics"))], &ALL), [ALL[1]]);
    assert_eq!(passed(&[solution("SOL-2", None)], &ALL), [ALL[0]]);
    assert_eq!(passed(&[solution("X-1", Some("한빛 CRM"))], &ALL), [ALL[4]], "the offer of that name has another id");
    assert_eq!(passed(&[], &ALL), [ALL[4]]);
}

#[test]
fn several_are_any_of_them_a_first_part_is_all_that_begin_with_it_and_a_stroke_excludes() {
    let ready = [solution("SOL-9", None)];
    let all = [
        "offer-status:not-ready,co-sell-ready",
        "offer-status:coSellReady",
        "offer-status:co-sell",
        "offer-status:azure",
        "-offer-status:unknown",
        "-offer-status:incentivised",
        "-offer-status:co-sell-ready",
    ];
    assert_eq!(passed(&ready, &all), [all[0], all[1], all[2], all[4], all[5]]);
    assert_eq!(passed(&[solution("sol-34104-ebb", None)], &all), [all[3], all[4], all[6]]);
}

#[test]
fn without_any_offer_every_deal_is_unknown_and_a_wrong_word_is_told_with_those_there_are() {
    let deal = Held::new(sample(), false);
    assert!(read(ALL[4], None).unwrap().passes(&deal) && !read(ALL[0], None).unwrap().passes(&deal));
    let error = read("offer-status:redy", None).unwrap_err();
    assert!(
        matches!(&error.why, FilterWhy::UnknownValue { key: "offer-status", allowed, .. } if allowed.len() == 7),
        "{error:?}"
    );
    assert!(matches!(read("offer-status:", None).unwrap_err().why, FilterWhy::NoValue { key: "offer-status" }));
    let shipped = statuses_on("2026-11-27");
    let words: Vec<&str> = shipped.statuses.iter().map(|status| status.word.as_str()).collect();
    assert_eq!(words[..], keys::values("offer-status")[..5], "the values that are completed are the statuses there are");
    assert!(Filter::may_ask_for_offers("x -OFFER-status:unknown") && !Filter::may_ask_for_offers("solution:offer"));
}
