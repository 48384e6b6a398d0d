//! The figures of a review over a store: against an independent count, and each against the list that its filter gives.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::lists::{filter, lived, moment};
use super::{config, store_of};
use crate::domain::date::{Date, Moment};
use crate::domain::filter::Filter;
use crate::domain::opportunity::Opportunity;
use crate::domain::outcome::OutcomeKind;
use crate::domain::query::{From, ListQuery};
use crate::domain::stage::{Stage, StageKind};
use crate::domain::sums::Sums;
use crate::domain::tab::{Tab, View};
use crate::insight::drill::{self, Figure};
use crate::insight::{Dimension, Review, Stood, Terms, Weights};
use crate::store::{Reviewed, Store};

fn terms(since: &str, by: Dimension) -> Terms {
    Terms::new(Date::iso(since).unwrap(), moment(), Weights::default(), by)
}

fn review(store: &Store, text: &str, terms: Terms) -> Review {
    store.review(&Reviewed { filter: filter(text), terms }, &mut || false).unwrap()
}

fn all(store: &mut Store, filter: Filter) -> Vec<Opportunity> {
    listed(store, &ListQuery { filter, view: View::All, ..ListQuery::tab(Tab::All) })
}

/// What a list shows that stood in Inbound, on Received, before it was filtered.
fn behind(store: &mut Store, text: &str) -> u64 {
    let query = ListQuery { filter: filter(text), view: View::Received, ..ListQuery::tab(Tab::Inbound) };
    listed(store, &query.listed()).len() as u64
}

fn listed(store: &mut Store, query: &ListQuery) -> Vec<Opportunity> {
    let rows = store.list(query, From::Start, usize::MAX).unwrap().rows;
    rows.iter().map(|row| store.get(row.id).unwrap().opportunity).collect()
}

/// Every figure with a filter, and how many deals it counts.
fn figures(review: &Review) -> Vec<(Figure, u64)> {
    let mut figures: Vec<(Figure, u64)> = vec![
        (Figure::Overdue, review.overdue.count),
        (Figure::Stalled, review.stalled.count),
        (Figure::Waiting, review.open_of(StageKind::Received).sums.count),
        (Figure::Received, review.funnel.received),
        (Figure::Made, review.win_rate.outbound),
    ];
    figures.extend(review.open.iter().map(|(at, worth)| (Figure::Open(*at), worth.sums.count)));
    figures.extend(review.months.iter().map(|(month, worth)| (Figure::Closing(*month), worth.sums.count)));
    figures.extend(review.closed.iter().map(|(outcome, sums)| (Figure::Closed(*outcome), sums.count)));
    figures.extend(review.reasons.iter().map(|((outcome, reason), sums)| (Figure::Reason(*outcome, reason.clone()), sums.count)));
    figures
}

#[test]
fn mg_80_every_figure_counts_the_deals_that_its_filter_lists() {
    let mut store = lived(120);
    for since in ["2026-11-02", "2026-11-16", "2026-11-21"] {
        let terms = terms(since, Dimension::Country);
        let found = review(&store, "", terms);
        assert!(figures(&found).len() > 12 && !found.closed.is_empty(), "there is something to count: {:?}", found.closed);
        for (figure, count) in figures(&found) {
            let text = drill::filter(&figure, &terms);
            assert_eq!(behind(&mut store, &text), count, "{figure:?}: {text}");
        }
        for group in found.groups.iter().filter(|group| group.name.is_some()) {
            let text = drill::filter(&Figure::Group(Dimension::Country, group.name.clone()), &terms);
            assert_eq!(behind(&mut store, &text), group.deals, "{text}");
        }
    }
}

/// What is open, and what was closed in the days, worked out once more in the plainest way.
fn plainly(deals: &[Opportunity], since: &str, now: Moment) -> (BTreeMap<&'static str, Sums>, BTreeMap<&'static str, Sums>) {
    let (mut open, mut closed) = (BTreeMap::new(), BTreeMap::new());
    let from = now.start_of(Date::iso(since).unwrap());
    for deal in deals {
        match &deal.stage {
            Stage::Received { .. } | Stage::Accepted { .. } => {
                open.entry(deal.stage.kind().code()).or_insert_with(Sums::default).add(deal.deal.value);
            }
            stage => {
                if stage.known_end().is_some_and(|end| end >= from && end <= now.now) {
                    let outcome = stage.outcome().map(|outcome| outcome.kind().code()).unwrap();
                    closed.entry(outcome).or_insert_with(Sums::default).add(deal.deal.value);
                }
            }
        }
    }
    (open, closed)
}

proptest! {
    #![proptest_config(config(24))]
    #[test]
    fn the_figures_are_those_of_a_plain_loop_whatever_the_filter(
        text in prop::sample::select(vec!["", "country:KR", "stage:accepted", "value:>1000", "-country:US", "nowhere"]),
        by in prop::sample::select(Dimension::ALL.to_vec()),
        back in 0i64..40,
        count in 20usize..90,
    ) {
        let mut store = lived(count);
        let since = moment().today.plus_days(-back).to_string();
        let terms = terms(&since, by);
        let found = review(&store, text, terms);
        let deals = all(&mut store, filter(text));
        let (open, closed) = plainly(&deals, &since, moment());
        let stages = [StageKind::Received, StageKind::Accepted].into_iter();
        let told: BTreeMap<_, _> = stages.map(|stage| (stage.code(), found.open_of(stage).sums)).filter(|(_, sums)| sums.count > 0).collect();
        prop_assert_eq!(told, open);
        let told: BTreeMap<_, _> = found.closed.iter().map(|(outcome, sums)| (outcome.code(), sums.clone())).collect();
        prop_assert_eq!(told, closed);
        // Sums by any dimension equal the whole, but where a deal stands in several groups.
        if !by.overlaps() {
            let mut together = Sums::default();
            found.groups.iter().for_each(|group| together.add_all(&group.open.sums));
            let mut whole = found.open_of(StageKind::Received).sums;
            whole.add_all(&found.open_of(StageKind::Accepted).sums);
            prop_assert_eq!(together, whole);
            prop_assert_eq!(found.groups.iter().map(|group| group.deals).sum::<u64>(), found.deals);
        }
        // The funnel never grows.
        let funnel = found.funnel;
        prop_assert!(funnel.received >= funnel.accepted && funnel.accepted >= funnel.won);
        // From rows or from records: the same.
        let stood: Vec<Stood> = deals.iter().map(Stood::from).collect();
        let again = Review::of(&stood, terms);
        prop_assert_eq!(format!("{again:?}"), format!("{found:?}"));
    }
}

#[test]
fn the_day_of_an_import_is_not_the_day_something_was_won() {
    // Records of won deals that do not tell when: imported today.
    let store = store_of(60);
    let found = review(&store, "", terms("2026-11-16", Dimension::Owner));
    assert_eq!(found.closed.get(&OutcomeKind::Won), None, "{:?}", found.closed);
    assert!(found.unknown.ended > 5, "{:?}", found.unknown);
}
