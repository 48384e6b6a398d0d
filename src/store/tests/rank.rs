//! What to do next: the order is that of the points, whichever way it is listed, and nothing is missing from it while it is worked out.

use std::time::Duration;

use super::super::plan::Limits;
use super::super::{Reply, Request, StoreError, Worker};
use super::lists::{filter, lived, moment};
use super::*;
use crate::domain::change::{Edit, Set};
use crate::domain::filter::Filter;
use crate::domain::query::{From, ListQuery, Order, SortKey};
use crate::domain::rate::{Factor, Rate};
use crate::domain::tab::{Tab, View};
use crate::insight::priority::{Aspect, Facts, PriorityWeights, Scales, Weighing, WonBefore};

pub(super) fn weighing() -> Weighing {
    Weighing::new(moment(), PriorityWeights::default(), Currency::parse("USD").ok())
}

fn query(tab: Tab, view: View, text: &str) -> ListQuery {
    let filter = if text.is_empty() { Filter::none() } else { filter(text) };
    ListQuery { view, order: Order { key: SortKey::Priority, reversed: false }, filter, ..ListQuery::tab(tab) }
}

/// A pipeline with rates, some favorites and next steps.
fn weighed() -> Store {
    let mut store = lived(140);
    let rate = |from: &str, rate| {
        let [from, usd] = [from, "USD"].map(|code| Currency::parse(code).unwrap());
        Rate::new(Date::iso("2026-11-20").unwrap(), from, usd, Factor::parse(rate).unwrap()).unwrap()
    };
    store.put_rates(&[rate("KRW", "0.0007"), rate("JPY", "0.0066")], Mode::Import).unwrap();
    let changes: Vec<Change> = (1..=140)
        .filter(|id| id % 4 == 0)
        .flat_map(|id| {
            let next = super::ours::next("전화", &format!("2026-11-{}", 17 + id % 13));
            [change(id, What::Favorite { on: true }), change(id, next)]
        })
        .collect();
    store.apply(&changes, now()).unwrap();
    store.weigh(weighing());
    store
}

/// Every open deal with its points, worked out from the records alone.
fn naively(store: &Store) -> Vec<(OpportunityId, u32)> {
    let (mut won, mut held) = (WonBefore::default(), Vec::new());
    for id in 1..=200 {
        held.extend(store.find_held(OpportunityId(id)).unwrap());
    }
    held.iter().for_each(|held| won.add_deal(&held.opportunity));
    let mut scales = Scales::new(weighing(), store.rates_on(weighing().today).unwrap());
    let mut points: Vec<(OpportunityId, u32)> =
        held.iter().filter_map(|held| Some((held.opportunity.id, scales.points(&Facts::of(&held.opportunity, &won)?)))).collect();
    points.sort_by_key(|(id, points)| (std::cmp::Reverse(*points), *id));
    points
}

/// Lists it whole, in small pages from the start and from the end, and checks that all of them agree.
fn ids(store: &mut Store, query: &ListQuery) -> Vec<OpportunityId> {
    let whole: Vec<OpportunityId> = store.list(query, From::Start, 1_000).unwrap().rows.iter().map(|row| row.id).collect();
    let (mut down, mut up): (Vec<OpportunityId>, Vec<OpportunityId>) = (Vec::new(), Vec::new());
    while down.len() < whole.len() {
        let page = store.list(query, down.last().map_or(From::Start, |id| From::After(*id)), 7).unwrap();
        assert_eq!((page.before, page.rows.is_empty()), (!down.is_empty(), false));
        down.extend(page.rows.iter().map(|row| row.id));
    }
    while up.len() < whole.len() {
        let page = store.list(query, up.last().map_or(From::End, |id| From::Before(*id)), 9).unwrap();
        assert!(!page.rows.is_empty());
        up.extend(page.rows.iter().rev().map(|row| row.id));
    }
    up.reverse();
    assert_eq!((&down, &up), (&whole, &whole), "{query:?}");
    whole
}

#[test]
fn open_deals_stand_in_the_order_of_their_points_in_every_tab_and_filter() {
    let mut store = weighed();
    let points = naively(&store);
    assert!(points.len() > 40 && points[0].1 > points[points.len() - 1].1 + 100, "{points:?}");
    let limits = [
        Limits::MEASURED,
        Limits { large: 0, looks: 10_000, many: 0, few: 0 },
        Limits { large: 0, looks: 1, many: 1_000, few: 0 },
        Limits { large: 1_000, looks: 0, many: 20, few: 0 },
    ];
    for limits in limits {
        store.limits = limits;
        for tab in [Tab::Inbound, Tab::Outbound, Tab::Favorites, Tab::All] {
            for text in ["", "erp", "country:KR,JP", "-favorite:yes", "value:>1000 owner:none", "due:<9d"] {
                let mut by_change = query(tab, View::Open, text);
                let ranked = ids(&mut store, &by_change);
                by_change.order = tab.order();
                let mut same = ids(&mut store, &by_change);
                same.sort_by_key(|id| points.iter().position(|(known, _)| known == id));
                assert_eq!(ranked, same, "{tab:?} {text}");
            }
        }
    }
    let all = ids(&mut store, &query(Tab::All, View::All, ""));
    assert_eq!(all[..points.len()], points.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    let archived = ListQuery { order: Tab::All.order(), ..query(Tab::All, View::Archived, "") };
    assert_eq!(all[points.len()..], ids(&mut store, &archived), "what is archived comes last");
    let turned = |query: ListQuery| ListQuery { order: Order { reversed: true, ..query.order }, ..query };
    let back = ids(&mut store, &turned(query(Tab::All, View::All, "")));
    assert_eq!(back[..points.len()], points.iter().rev().map(|(id, _)| *id).collect::<Vec<_>>());
    assert_eq!(back[points.len()..], ids(&mut store, &turned(archived)), "and last of all turned round, too");
}

#[test]
fn until_it_is_ranked_a_list_stands_as_before_and_then_in_its_order() {
    let mut store = weighed();
    store.ranks.at_once = 0;
    let by_points = query(Tab::Inbound, View::Open, "");
    let before = store.list(&by_points, From::Start, 100).unwrap();
    assert!(before.unranked && store.awaits_ranking());
    let by_time = ListQuery { order: Tab::Inbound.order(), ..by_points.clone() };
    assert_eq!(before.rows, store.list(&by_time, From::Start, 100).unwrap().rows);
    store.list(&by_points, From::Start, 100).unwrap();
    store.rank(&mut || false).unwrap();
    let after = store.list(&by_points, From::Start, 100).unwrap();
    assert!(!after.unranked && !store.awaits_ranking() && after.rows != before.rows);
    // Other weights: the former order stands until there is the new one.
    let other = Weighing { weights: PriorityWeights::parse("time 0, follow-up 100").unwrap(), ..weighing() };
    store.weigh(other);
    let meanwhile = store.list(&by_points, From::Start, 100).unwrap();
    assert_eq!((meanwhile.unranked, meanwhile.rows), (true, after.rows.clone()));
    store.rank(&mut || false).unwrap();
    assert_ne!(store.list(&by_points, From::Start, 100).unwrap().rows, after.rows);
}

#[test]
fn what_changes_meanwhile_stands_once_in_the_former_order_and_new_deals_behind_it() {
    let mut store = weighed();
    store.ranks.at_once = 0;
    store.rank(&mut || false).unwrap();
    let before = ids(&mut store, &query(Tab::All, View::Open, ""));
    let accepted = before.iter().find(|id| store.row(**id).unwrap().stage.deadline().is_some()).copied().unwrap();
    store.apply(&[change(accepted.0, accept()), change(before[3].0, What::Favorite { on: true })], now()).unwrap();
    let lose = What::Lose { reason: Reason::Budget, note: None, correct: Edit(Vec::new()) };
    let gone = before.iter().find(|id| store.row(**id).unwrap().stage.deadline().is_none()).copied().unwrap();
    store.apply(&[change(gone.0, lose)], now()).unwrap();
    import(&mut store, vec![record(141), record(143), record(147)]);
    for tab in [Tab::Inbound, Tab::Outbound, Tab::Favorites, Tab::All] {
        for view in View::ALL {
            for text in ["", "erp"] {
                for reversed in [false, true] {
                    let mut listed = query(tab, view, text);
                    listed.order.reversed = reversed;
                    let ranked = ids(&mut store, &listed);
                    listed.order = tab.order();
                    let (mut ranked, mut same) = (ranked, ids(&mut store, &listed));
                    ranked.sort_unstable();
                    same.sort_unstable();
                    assert_eq!(ranked, same, "{tab:?} {view:?} {text}");
                }
            }
        }
    }
    let mut expected = before;
    expected.retain(|id| *id != gone);
    let now = ids(&mut store, &query(Tab::All, View::Open, ""));
    assert!(now[..expected.len()] == expected[..] && now.len() > expected.len());
    store.rank(&mut || false).unwrap();
    let points = naively(&store);
    assert_eq!(ids(&mut store, &query(Tab::All, View::Open, "")), points.iter().map(|(id, _)| *id).collect::<Vec<_>>());
}

#[test]
fn each_deal_tells_why_it_stands_where_it_does() {
    let mut store = weighed();
    let points = naively(&store);
    let inbound: Vec<_> =
        points.iter().filter(|(id, _)| store.row(*id).unwrap().direction == Direction::Inbound).copied().collect();
    for (at, (id, points)) in inbound.iter().enumerate() {
        let told = store.reasons(*id, weighing(), &mut || false).unwrap();
        let priority = told.priority.unwrap();
        assert_eq!((priority.points, told.place), (*points, Some((at as u64 + 1, inbound.len() as u64))));
        assert_eq!(priority.terms.len(), Aspect::ALL.len());
    }
    let archived = store.list(&query(Tab::All, View::Archived, ""), From::Start, 1).unwrap().rows[0].id;
    let told = store.reasons(archived, weighing(), &mut || false).unwrap();
    assert_eq!((told.priority, told.place), (None, None));
    store.ranks = Default::default();
    store.ranks.at_once = 0;
    let told = store.reasons(points[0].0, weighing(), &mut || false).unwrap();
    assert_eq!((told.priority.unwrap().points, told.place), (points[0].1, None), "the place only where it is known");
    let gone = store.reasons(OpportunityId(9_999), weighing(), &mut || false);
    assert!(matches!(gone, Err(StoreError::NoSuch(_))));
}

#[test]
fn a_deal_that_is_won_moves_those_like_it_at_once() {
    let mut store = store_of(0);
    let records = [1, 8, 15].map(|n| Incoming { customer_name: Some(line("한빛정밀")), ..record(n) });
    import(&mut store, records.to_vec());
    let won = |store: &mut Store| {
        let told = store.reasons(OpportunityId(2), weighing(), &mut || false).unwrap().priority.unwrap();
        told.terms.iter().find(|term| term.aspect == Aspect::WonBefore).unwrap().points
    };
    assert_eq!(won(&mut store), 0);
    store.apply(&[change(1, What::Win(Edit(Vec::new())))], now()).unwrap();
    assert_eq!(won(&mut store), 4 * (4 + 1), "its customer and its solution, in another country");
    store.undo(now()).unwrap();
    assert_eq!(won(&mut store), 0);
}

#[test]
fn a_won_deal_that_a_file_corrects_counts_as_it_is_then_and_as_it_was_once_that_is_undone() {
    let mut store = store_of(0);
    let customer = |n, name| Incoming { customer_name: Some(line(name)), ..record(n) };
    import(&mut store, vec![customer(1, "云帆科技"), customer(8, "한빛정밀")]);
    store.apply(&[change(1, What::Win(Edit(Vec::new())))], now()).unwrap();
    let won = |store: &mut Store| {
        let told = store.reasons(OpportunityId(2), weighing(), &mut || false).unwrap().priority.unwrap();
        told.terms.iter().find(|term| term.aspect == Aspect::WonBefore).unwrap().points
    };
    let before = won(&mut store);
    // A file that is no newer than the one before.
    assert_eq!(import(&mut store, vec![customer(1, "한빛정밀")]).changed, 1);
    assert!(won(&mut store) > before, "it was won with the same customer");
    store.undo(now()).unwrap();
    assert_eq!(won(&mut store), before);
}

#[test]
fn weighing_gives_way_to_whoever_waits() {
    let mut store = store_of(1_300);
    store.weigh(weighing());
    assert!(matches!(store.rank(&mut || true), Err(StoreError::Stopped)));
    let mut asked = 0;
    store
        .rank(&mut || {
            asked += 1;
            false
        })
        .unwrap();
    assert!(asked > 0 && !store.is_unranked(&query(Tab::All, View::Open, "")));
}

#[test]
fn the_thread_shows_the_list_first_and_ranks_it_when_nobody_waits() {
    let mut store = weighed();
    store.ranks.at_once = 0;
    let worker = Worker::start(store).unwrap();
    let list = |serial| Request::List { serial, query: query(Tab::Inbound, View::Open, ""), from: From::Start, limit: 50 };
    let heard = |wanted: fn(&Reply) -> bool| loop {
        let reply = worker.reply(Duration::from_secs(20)).unwrap();
        if wanted(&reply) {
            return reply;
        }
    };
    worker.ask(Request::Weigh(weighing()));
    worker.ask(list(1));
    let is_list = |reply: &Reply| matches!(reply, Reply::Listed { .. });
    assert!(matches!(heard(is_list), Reply::Listed { page: Ok(page), .. } if page.unranked));
    heard(|reply| matches!(reply, Reply::Ranked));
    worker.ask(list(2));
    let Reply::Listed { page: Ok(page), .. } = heard(is_list) else { panic!("the list is answered") };
    assert!(!page.unranked);
    worker.ask(Request::Reasons(page.rows[0].id, weighing()));
    let told = heard(|reply| matches!(reply, Reply::Reasons { .. }));
    assert!(matches!(told, Reply::Reasons { found: Ok(reasons), .. } if reasons.place.is_some_and(|(place, _)| place == 1)));
}

#[test]
fn a_correction_moves_a_deal_at_once_where_few_are_open() {
    let mut store = weighed();
    let listed = query(Tab::All, View::Open, "");
    let last = *ids(&mut store, &listed).last().unwrap();
    store.apply(&[change(last.0, super::ours::next("전화", "2026-11-20"))], now()).unwrap();
    assert_ne!(ids(&mut store, &listed).last(), Some(&last));
    let edit = What::Edit(Edit(vec![Set::Value(Money::from_minor(9_000_000_000, Currency::parse("USD").unwrap()))]));
    let accepted = ids(&mut store, &listed).into_iter().rfind(|id| store.row(*id).unwrap().stage.deadline().is_none()).unwrap();
    let place = |store: &mut Store| ids(store, &listed).iter().position(|id| *id == accepted);
    let before = place(&mut store);
    store.apply(&[change(accepted.0, edit)], now()).unwrap();
    assert!(place(&mut store) < before);
}
