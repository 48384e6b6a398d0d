//! The figures of a review over a store: against an independent count, and each against the list that its filter gives.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::lists::{filter, lived, moment};
use super::{accept, at, change, config, now, store_of};
use crate::domain::change::{Edit, Set, What};
use crate::domain::date::{Date, Moment};
use crate::domain::filter::Filter;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{Direction, Opportunity};
use crate::domain::outcome::{OutcomeKind, Reason};
use crate::domain::query::{From, ListQuery};
use crate::domain::stage::{Stage, StageKind};
use crate::domain::sums::Sums;
use crate::domain::tab::{Tab, View};
use crate::insight::drill::{self, Figure};
use crate::insight::{ChangeKind, Dimension, Review, Stood, Terms, Weights};
use crate::store::facts::Wanted;
use crate::store::{Reviewed, Store, StoreError};

fn terms(since: &str, by: Dimension) -> Terms {
    Terms::new(Date::iso(since).unwrap(), moment(), Weights::default(), by)
}

fn review(store: &Store, text: &str, terms: Terms) -> Review {
    store.review(&reviewed(text, terms), &mut || false).unwrap()
}

fn reviewed(text: &str, terms: Terms) -> Reviewed {
    Reviewed { filter: filter(text), terms, past: false, offers: Default::default(), rules: Default::default() }
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
        (Figure::Accepted, review.forecast.open.count),
        (Figure::WonIn(review.forecast.so_far), review.forecast.won.count),
    ];
    let closing = &review.closing;
    figures.extend(closing.weeks().iter().map(|week| (Figure::ClosingFrom(week.first, Some(week.last)), week.sums.count)));
    let behind = &review.behind;
    figures.extend([
        (Figure::ClosingFrom(closing.later_from(), None), closing.later.count),
        (Figure::ReceivedLately, behind.received.sums.count),
        (Figure::ClosedLately(OutcomeKind::Won), behind.won.sums.count),
        (Figure::ClosedLately(OutcomeKind::Lost), behind.lost.sums.count),
    ]);
    figures.extend(review.open.iter().map(|(at, worth)| (Figure::Open(*at), worth.sums.count)));
    figures.extend(review.months.iter().map(|(month, worth)| (Figure::Closing(*month), worth.sums.count)));
    figures.extend(review.closed.iter().map(|(outcome, sums)| (Figure::Closed(*outcome), sums.count)));
    for few in [&review.unknown.ended, &review.unknown.expired, &review.unknown.accepted, &review.unknown.came] {
        figures.extend(few.all().filter(|ids| !ids.is_empty()).map(|ids| (Figure::These(ids.to_vec()), few.count)));
    }
    figures.extend(review.improvements.first().into_iter().map(|(id, _)| (Figure::These(vec![id]), 1)));
    figures.extend(review.reasons.iter().map(|((outcome, reason), sums)| (Figure::Reason(*outcome, reason.clone()), sums.count)));
    figures
}

#[test]
fn every_figure_counts_the_deals_that_its_filter_lists() {
    let mut store = lived(120);
    for since in ["2026-11-02", "2026-11-16", "2026-11-21"] {
        let terms = terms(since, Dimension::Country);
        let found = review(&store, "", terms);
        assert!(figures(&found).len() > 12 && !found.closed.is_empty(), "there is something to count: {:?}", found.closed);
        for (figure, count) in figures(&found) {
            let text = drill::filter(&figure, &terms);
            assert_eq!(behind(&mut store, &text), count, "{figure:?}: {text}");
        }
        for by in Dimension::ALL {
            let terms = self::terms(since, by);
            for group in &review(&store, "", terms).groups {
                let Some(figure) = Figure::of_group(by, group) else { continue };
                let text = drill::filter(&figure, &terms);
                assert_eq!(behind(&mut store, &text), group.deals.count, "{by:?} {text}");
            }
        }
    }
}

#[test]
fn what_figures_are_made_of_is_counted_as_wrong_where_it_is_not_that_of_the_rows() {
    let store = lived(40);
    assert_eq!(store.wrong_facts().unwrap(), 0);
    store.connection.execute_batch("UPDATE fact SET packed = x'00' WHERE id = 7; DELETE FROM fact WHERE id = 8").unwrap();
    assert_eq!(store.health().unwrap().facts_wrong.as_deref(), Some("2"));
    let of = reviewed("", terms("2026-11-16", Dimension::Owner));
    let told = store.review(&of, &mut || false).unwrap_err();
    assert!(matches!(&told, StoreError::Damaged(what) if what.contains('7')), "{told:?}");
}

#[test]
fn a_deal_that_figures_had_lost_is_in_them_again_with_its_next_change() {
    let mut store = lived(40);
    store.connection.execute_batch("DELETE FROM fact WHERE id = 8").unwrap();
    store.apply(&[change(8, super::ours::next("전화", "2026-12-01"))], moment().now).unwrap();
    assert_eq!(store.wrong_facts().unwrap(), 0);
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

/// Close dates and weeks behind, day by day, by looking at every deal for every day.
fn weeks_plainly(deals: &[Opportunity], now: Moment) -> (Vec<u64>, Vec<u64>, [Vec<u64>; 3]) {
    let monday = now.today.monday();
    let count = |is_it: &dyn Fn(&Opportunity) -> bool| deals.iter().filter(|deal| is_it(deal)).count() as u64;
    let is_open = |deal: &Opportunity| !matches!(deal.stage, Stage::Archived { .. } | Stage::Lapsed { .. });
    let closes = |date: Date| count(&|deal| is_open(deal) && deal.deal.close_date == Some(date));
    let is_over = |days: &i64| monday.plus_days(*days) < *now.today;
    let days = (0..7 * 13).map(|days| if is_over(&days) { 0 } else { closes(monday.plus_days(days)) }).collect();
    let later = count(&|deal| is_open(deal) && deal.deal.close_date >= Some(monday.plus_days(7 * 13)));
    let week_of = |at: Option<Timestamp>| at.filter(|at| *at <= now.now).map(|at| Date::from(at.utc().date()).monday());
    let behind = |told: &dyn Fn(&Opportunity) -> Option<Timestamp>| {
        let weeks = (-12..=0).map(|week| monday.plus_days(7 * week));
        weeks.map(|week| count(&|deal| week_of(told(deal)) == Some(week))).collect::<Vec<u64>>()
    };
    let ended =
        |deal: &Opportunity, outcome| deal.stage.known_end().filter(|_| deal.stage.outcome().map(|o| o.kind()) == Some(outcome));
    let received = behind(&|deal| deal.created_at.filter(|_| deal.direction() == Direction::Inbound));
    let lists = [received, behind(&|deal| ended(deal, OutcomeKind::Won)), behind(&|deal| ended(deal, OutcomeKind::Lost))];
    (days, vec![later], lists)
}

#[test]
fn weeks_ahead_and_behind_are_those_of_a_plain_loop_over_every_day() {
    let mut store = lived(150);
    let found = review(&store, "", terms("2026-11-16", Dimension::Owner));
    let (days, later, lists) = weeks_plainly(&all(&mut store, Filter::default()), moment());
    let told: Vec<u64> = found.closing.weeks().iter().flat_map(|week| week.days()).map(Option::unwrap_or_default).collect();
    assert_eq!((told.as_slice(), vec![found.closing.later.count]), (&days[..told.len()], later));
    assert!(days[told.len()..].iter().all(|count| *count == 0) && days.iter().sum::<u64>() > 0, "{days:?}");
    let behind = &found.behind;
    let counts = [&behind.received, &behind.won, &behind.lost].map(|weekly| weekly.counts.to_vec());
    assert_eq!(counts, lists);
    for (weekly, list) in [&behind.received, &behind.won, &behind.lost].into_iter().zip(&lists) {
        assert!(weekly.sums.count > 0, "{lists:?}");
        assert_eq!(weekly.sums.count, list.iter().sum::<u64>());
    }
}

/// Returns what these deals come to by themselves, with what of a review no deal tells.
fn added_up(deals: &[Stood], review: &Review) -> Review {
    let told = review.clone();
    Review {
        changes: told.changes,
        begins: told.begins,
        names: told.names,
        pushed_again: told.pushed_again,
        costs: told.costs,
        ..Review::of(deals, review.terms)
    }
}

#[test]
fn the_figures_of_many_deals_are_the_same_though_one_thread_reads_them_and_another_adds_them_up() {
    let mut store = lived(2_500);
    let mut deals = all(&mut store, Filter::default());
    deals.sort_by_key(|deal| deal.id);
    let stood: Vec<Stood> = deals.iter().map(Stood::from).collect();
    for by in Dimension::ALL {
        let found = review(&store, "", terms("2026-11-16", by));
        assert_eq!(format!("{:?}", added_up(&stood, &found)), format!("{found:?}"), "{by:?}");
    }
    let of = reviewed("", terms("2026-11-16", Dimension::Owner));
    let mut looks = 0;
    let mut soon = || {
        looks += 1;
        looks == 2
    };
    assert!(matches!(store.review(&of, &mut soon), Err(StoreError::Stopped)), "somebody waits while it is read");
    for id in [100_i64, 2_400] {
        store.connection.execute("UPDATE fact SET packed = x'00' WHERE id = ?", [id]).unwrap();
        let told = store.review(&of, &mut || false).unwrap_err();
        assert!(matches!(&told, StoreError::Damaged(what) if what.contains(&format!(" {id} "))), "{told:?}");
        store.connection.execute("DELETE FROM fact WHERE id = ?", [id]).unwrap();
    }
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
            prop_assert_eq!(found.groups.iter().map(|group| group.deals.count).sum::<u64>(), found.deals);
        }
        // The funnel never grows.
        let funnel = found.funnel;
        prop_assert!(funnel.received >= funnel.accepted && funnel.accepted >= funnel.won);
        // From rows or from records: the same.
        let stood: Vec<Stood> = deals.iter().map(Stood::from).collect();
        prop_assert_eq!(format!("{:?}", added_up(&stood, &found)), format!("{found:?}"));
    }
}

#[test]
fn the_day_of_an_import_is_not_the_day_something_was_won() {
    // Records of won deals that do not tell when: imported today.
    let store = store_of(60);
    let found = review(&store, "", terms("2026-11-16", Dimension::Owner));
    assert_eq!(found.closed.get(&OutcomeKind::Won), None, "{:?}", found.closed);
    assert!(found.unknown.ended.count > 5, "{:?}", found.unknown);
}

/// A database that was imported on the 21st, and what was done on the 22nd and 23rd; the moment is the morning of the 24th.
fn worked_on() -> (Store, Moment) {
    let mut store = lived(40);
    let on = |day: &str| at(&format!("2026-11-{day}T09:00:00Z"));
    let open = |store: &mut Store, stage: &str| {
        let deals = all(store, filter(&format!("stage:{stage} value:>0")));
        deals.iter().map(|deal| deal.id.0).collect::<Vec<_>>()
    };
    let (received, accepted) = (open(&mut store, "received"), open(&mut store, "accepted"));
    let acts = [
        (received[0], "22", accept()),
        (accepted[0], "22", What::Win(Default::default())),
        (accepted[1], "23", What::Lose { reason: Reason::Budget, note: None, correct: Default::default() }),
        (received[1], "23", What::Decline { reason: Reason::Timeline, note: None }),
    ];
    for (id, day, what) in acts {
        store.apply(&[change(id, what)], on(day)).unwrap().results.remove(0).unwrap();
    }
    let now = on("24");
    store.follow_clock(now).unwrap();
    (store, Moment { now, today: Date::iso("2026-11-24").unwrap().into(), zone: moment().zone })
}

#[test]
fn what_was_open_and_what_was_decided_since_add_up_to_what_is_open() {
    let (mut store, now) = worked_on();
    let terms = Terms::new(Date::iso("2026-11-22").unwrap(), now, Weights::default(), Dimension::Owner);
    let found = store
        .review(
            &Reviewed { filter: Filter::default(), terms, past: false, offers: Default::default(), rules: Default::default() },
            &mut || false,
        )
        .unwrap();
    let mut then = Sums::default();
    let mut each = |deal: Stood| {
        if deal.is_open() {
            then.add(deal.value);
        }
    };
    let wanted = Wanted { by: Dimension::Stage, with_solutions: false };
    store.each_stood(terms.days.begin(), (&Filter::default(), wanted), &mut || false, &mut each).unwrap();
    assert_eq!((&found.changes.from, found.begins), (&then, None));
    let mut open = found.open_of(StageKind::Received).sums;
    open.add_all(&found.open_of(StageKind::Accepted).sums);
    assert_eq!(found.changes.until, open);
    for kind in [ChangeKind::Accepted, ChangeKind::ValueDown, ChangeKind::Won, ChangeKind::Lost, ChangeKind::Declined] {
        let change = found.changes.kinds.get(&kind).unwrap_or_else(|| panic!("{kind:?}: {:?}", found.changes.kinds));
        let ids: Vec<String> = change.moved.iter().map(|moved| moved.id.to_string()).collect();
        let text = drill::filter(&Figure::These(change.moved.iter().map(|moved| moved.id).collect()), &terms);
        assert_eq!(behind(&mut store, &text), ids.len() as u64, "{text}");
    }
}

#[test]
fn the_review_of_a_past_day_is_the_one_that_was_seen_on_it_and_that_of_now_is_now() {
    let (mut store, now) = worked_on();
    let of = |moment, past| {
        let terms = Terms::new(Date::iso("2026-11-22").unwrap(), moment, Weights::default(), Dimension::Country);
        Reviewed { filter: Filter::default(), terms, past, offers: Default::default(), rules: Default::default() }
    };
    let tell = |store: &Store, of: &Reviewed| {
        let mut review = store.review(of, &mut || false).unwrap();
        assert_eq!(review.past, of.past);
        review.past = false;
        // One reads its rows by number, the other all that changed first.
        review.changes.kinds.values_mut().for_each(|change| change.moved.sort_by_key(|moved| moved.id));
        format!("{review:?}")
    };
    let seen = tell(&store, &of(now, false));
    assert_eq!(seen, tell(&store, &of(now, true)), "as of now is now");
    let open: Vec<i64> = all(&mut store, filter("stage:accepted")).iter().map(|deal| deal.id.0).collect();
    let later = now.now.plus_days(3);
    store.apply(&[change(open[0], What::Win(Default::default()))], later).unwrap();
    let undone = store.undo(later.plus_micros(1)).unwrap();
    assert!(undone.step.count == 1);
    store.apply(&[change(open[1], What::Win(Default::default()))], later.plus_micros(2)).unwrap();
    assert_eq!(seen, tell(&store, &of(now, true)), "what came later, and was undone, is not in it");
    let early = Moment { now: at("2026-11-01T08:00:00Z"), ..now };
    assert!(matches!(store.review(&of(early, true), &mut || false), Err(StoreError::NothingKnown { .. })));
}

#[test]
fn a_close_date_that_is_pushed_out_once_more_is_told_and_one_that_was_taken_back_is_not() {
    let mut store = lived(60);
    let dated = all(&mut store, filter("stage:accepted close:..2027-12-31"));
    let ids: Vec<i64> = dated.iter().map(|deal| deal.id.0).take(4).collect();
    let day = |day: i64| now().plus_days(day);
    let push = |store: &mut Store, id: i64, date: &str, at: Timestamp| {
        let edit = Edit(vec![Set::CloseDate(Date::iso(date).unwrap())]);
        store.apply(&[change(id, What::Edit(edit))], at).unwrap().results.remove(0).unwrap();
    };
    // Twice at different times, once only, once and back again and once more, and pushed twice long before.
    push(&mut store, ids[0], "2028-01-10", day(1));
    push(&mut store, ids[2], "2028-01-10", day(1).plus_micros(1));
    store.undo(day(1).plus_micros(2)).unwrap();
    push(&mut store, ids[3], "2028-01-10", day(1).plus_micros(3));
    push(&mut store, ids[3], "2028-02-10", day(1).plus_micros(4));
    push(&mut store, ids[0], "2028-02-10", day(9));
    push(&mut store, ids[1], "2028-02-10", day(9).plus_micros(1));
    push(&mut store, ids[2], "2028-02-10", day(9).plus_micros(2));
    let moment = Moment { now: day(10), today: Date::iso("2026-12-01").unwrap().into(), zone: moment().zone };
    let told = |store: &Store, since: &str, past| {
        let terms = Terms::new(Date::iso(since).unwrap(), moment, Weights::default(), Dimension::Owner);
        let review = store
            .review(
                &Reviewed { filter: Filter::default(), terms, past, offers: Default::default(), rules: Default::default() },
                &mut || false,
            )
            .unwrap();
        (review.pushed_again.few.all().unwrap().to_vec(), review.pushed_again.sums.count)
    };
    let id = |at: usize| crate::domain::ids::OpportunityId(ids[at]);
    assert_eq!(told(&store, "2026-11-25", false), (vec![id(0)], 1));
    let mut both = vec![id(0), id(3)];
    both.sort();
    assert_eq!(told(&store, "2026-11-22", false), (both.clone(), 2));
    push(&mut store, ids[1], "2028-03-10", day(11));
    assert_eq!(told(&store, "2026-11-22", true), (both, 2), "what came later is not in a past day");
}

#[test]
fn deals_that_are_told_by_name_are_called_as_they_are() {
    let (store, now) = worked_on();
    let terms = Terms::new(Date::iso("2026-11-22").unwrap(), now, Weights::default(), Dimension::Owner);
    let found = store
        .review(
            &Reviewed { filter: Filter::default(), terms, past: false, offers: Default::default(), rules: Default::default() },
            &mut || false,
        )
        .unwrap();
    let won = found.changes.kinds[&ChangeKind::Won].moved[0].id;
    assert_eq!(found.names.get(&won), Some(&store.get(won).unwrap().opportunity.title().to_string()));
    for (id, _) in found.improvements.first() {
        assert!(found.names.contains_key(&id), "{id}");
    }
    assert!(found.names.len() <= 40, "never more than a few: {}", found.names.len());
}
