//! Lists: every order from every place, and that the quick ways of filtering answer as the slow one does.

use proptest::prelude::*;
use rusqlite::types::Value as Sql;

use super::super::plan::Limits;
use super::super::{Count, Store};
use super::*;
use crate::domain::date::Moment;
use crate::domain::filter::{Asking, Filter, FilterError, FilterWhy};
use crate::domain::query::{From, ListQuery, Order, SortKey};
use crate::domain::saved_view::{SavedView, Views};
use crate::domain::tab::{Tab, View};

pub(super) fn moment() -> Moment {
    Moment { now: now(), today: Date::iso("2026-11-21").unwrap().into(), zone: crate::domain::date::Zone::UTC }
}

fn read(text: &str) -> Result<Filter, FilterError> {
    let view = |(name, filter): (&str, &str)| SavedView { name: name.into(), filter: filter.into(), ..SavedView::default() };
    let kept = [("아시아", "country:KR,JP"), ("won", "outcome:won erp"), ("two", "view:아시아 -favorite:yes")];
    let views = Views::new(kept.map(view).to_vec(), Vec::new());
    let asking = Asking { moment: moment(), me: &Person::default(), views: &views, home: None, offers: None };
    Filter::read(text, &asking)
}

pub(super) fn filter(text: &str) -> Filter {
    read(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn ids(store: &mut Store, query: &ListQuery, from: From, limit: usize) -> Vec<i64> {
    store.list(query, from, limit).unwrap().rows.iter().map(|row| row.id.0).collect()
}

fn marked(count: usize) -> Store {
    let mut store = store_of(count);
    let marks: Vec<Change> =
        (1..=count as i64).filter(|id| id % 5 == 0).map(|id| change(id, What::Favorite { on: true })).collect();
    store.apply(&marks, now()).unwrap();
    let steps: Vec<Change> = (1..=count as i64)
        .filter(|id| id % 6 == 0)
        .map(|id| change(id, super::ours::next("다시 전화", &format!("2026-11-{:02}", 10 + id % 19))))
        .collect();
    store.apply(&steps, now()).unwrap();
    store.weigh(super::rank::weighing());
    store
}

#[test]
fn every_order_is_the_same_from_the_start_from_the_end_and_in_pages() {
    let mut store = marked(130);
    for tab in [Tab::Inbound, Tab::Outbound, Tab::Favorites, Tab::All] {
        for view in View::ALL {
            for key in SortKey::ALL {
                for reversed in [false, true] {
                    let query = ListQuery { view, order: Order { key, reversed }, ..ListQuery::tab(tab) };
                    let all = ids(&mut store, &query, From::Start, 1_000);
                    let expected = store.counts(now().into()).unwrap().of(tab, view);
                    assert_eq!(all.len() as u64, expected, "{query:?}");
                    assert_eq!(ids(&mut store, &query, From::End, 1_000), all, "{query:?}");
                    let mut paged: Vec<i64> = Vec::new();
                    while paged.len() < all.len() {
                        let from = paged.last().map_or(From::Start, |id| From::After(OpportunityId(*id)));
                        let page = store.list(&query, from, 17).unwrap();
                        assert_eq!(page.before, !paged.is_empty());
                        paged.extend(page.rows.iter().map(|row| row.id.0));
                        assert_eq!(page.after, paged.len() < all.len());
                    }
                    assert_eq!(paged, all, "{query:?}");
                    if let Some(middle) = all.get(all.len() / 2) {
                        let back = ids(&mut store, &query, From::Before(OpportunityId(*middle)), 5);
                        assert_eq!(back, all[..all.len() / 2][(all.len() / 2).saturating_sub(5)..]);
                        assert_eq!(ids(&mut store, &query, From::At(OpportunityId(*middle)), 1), [*middle]);
                    }
                }
            }
        }
    }
}

#[test]
fn sorted_by_value_the_currencies_stand_together_the_largest_of_each_first() {
    let mut store = store_of(60);
    let order = Order { key: SortKey::Value, reversed: false };
    let query = ListQuery { view: View::All, order, ..ListQuery::tab(Tab::All) };
    let page = store.list(&query, From::Start, 100).unwrap();
    let values: Vec<_> = page.rows.iter().filter_map(|row| row.value).collect();
    let mut groups: Vec<Vec<i64>> = Vec::new();
    let mut seen = Vec::new();
    for value in values {
        if seen.last() != Some(&value.currency()) {
            assert!(!seen.contains(&value.currency()), "{} stands twice", value.currency());
            seen.push(value.currency());
            groups.push(Vec::new());
        }
        groups.last_mut().unwrap().push(value.minor());
    }
    assert!(groups.len() > 3 && groups.iter().all(|group| group.iter().rev().is_sorted()), "{groups:?}");
}

#[test]
fn sales_stage_country_and_the_day_of_closing_are_orders_and_what_has_none_stands_last() {
    let mut store = lived(140);
    let mut rows = |key, view| {
        let query = ListQuery { view, order: Order { key, reversed: false }, ..ListQuery::tab(Tab::All) };
        store.list(&query, From::Start, 1_000).unwrap().rows
    };
    let stages: Vec<u8> =
        rows(SortKey::SalesStage, View::All).iter().map(|row| row.sales_stage.map_or(0, |s| s.percent())).collect();
    assert!(stages.is_sorted_by(|a, b| a >= b) && stages[0] > 80 && stages.contains(&0), "{stages:?}");
    let countries: Vec<&str> =
        rows(SortKey::Country, View::All).iter().map(|row| row.country.map_or("~", |country| country.code())).collect();
    assert!(countries.is_sorted() && countries[0] == "CN", "{countries:?}");
    let closed: Vec<_> = rows(SortKey::Archived, View::All).iter().map(|row| row.stage.archived_at()).collect();
    assert!(closed.is_sorted_by(|a, b| a >= b) && closed[0].is_some() && closed.contains(&None), "{closed:?}");
    let archived = rows(SortKey::Archived, View::Archived);
    assert_eq!(rows(SortKey::Archived, View::All)[..archived.len()], archived);
}

#[test]
fn what_is_shown_as_expired_only_stands_at_its_deadline_among_those_that_were_closed() {
    let mut store = lived(140);
    store.access = crate::store::Access::AskedReadOnly;
    store.seen_at.set(Some(now().plus_days(8)));
    for reversed in [false, true] {
        let query = ListQuery { view: View::All, order: Order { key: SortKey::Archived, reversed }, ..ListQuery::tab(Tab::All) };
        let rows = store.list(&query, From::Start, 1_000).unwrap().rows;
        let mut closed: Vec<_> = rows.iter().map(|row| row.stage.archived_at()).collect();
        if reversed {
            closed.reverse();
        }
        assert!(closed.is_sorted_by(|a, b| a >= b), "{closed:?}");
        let lapsed = rows.iter().filter(|row| matches!(row.stage, crate::domain::stage::Stage::Lapsed { .. })).count();
        assert!(lapsed > 3);
        for at in (0..rows.len()).step_by(7) {
            let page = store.list(&query, From::After(rows[at].id), 3).unwrap().rows;
            assert_eq!(page[..], rows[at + 1..(at + 4).min(rows.len())], "{at}");
        }
    }
}

#[test]
fn reversing_an_order_turns_the_list_round() {
    let mut store = marked(60);
    for key in SortKey::ALL {
        // What is archived stands behind what is to be done, whichever way round.
        let view = if key == SortKey::Priority { View::Open } else { View::All };
        let query = |reversed| ListQuery { view, order: Order { key, reversed }, ..ListQuery::tab(Tab::Inbound) };
        let mut there = ids(&mut store, &query(false), From::Start, 100);
        there.reverse();
        assert_eq!(there, ids(&mut store, &query(true), From::Start, 100), "{key:?}");
    }
}

#[test]
fn inbound_is_sorted_by_time_left_then_newest() {
    let mut store = store_of(60);
    let page = store.list(&ListQuery::tab(Tab::Inbound), From::Start, 100).unwrap();
    let keys: Vec<(u8, i64)> = page
        .rows
        .iter()
        .map(|row| match &row.stage {
            crate::domain::stage::Stage::Received { respond_by } => (0, respond_by.at.micros()),
            _ => (1, -row.newest.micros()),
        })
        .collect();
    assert!(keys.iter().any(|k| k.0 == 0) && keys.iter().any(|k| k.0 == 1));
    assert!(keys.is_sorted());
}

/// As [`marked`], with what only some files tell, and what was done here.
pub(super) fn lived(count: usize) -> Store {
    use crate::domain::incoming::{State, Status};
    use crate::domain::opportunity::{Help, HelpKind};
    use crate::domain::sales::SalesStage;
    let lived = |n: usize| {
        let mut record = record(n);
        let day = |days: usize| now().plus_days(-(days as i64));
        if let Some(status) = &mut record.status {
            let ended = matches!(status.state, State::Closed(_));
            let accepted_at = (n % 4 == 1).then(|| day(n % 40)).filter(|_| status.state != State::New);
            *status = Status { accepted_at, closed_at: (n % 5 < 3 && ended).then(|| day(n % 31)), ..status.clone() };
        }
        record.sales_stage = Some(SalesStage::ALL.get(n % 8).copied());
        let kind = HelpKind::ALL.get(n % 9).copied();
        record.help = Some(n.is_multiple_of(6).then_some(Help { kind, note: None, requested_at: None, consent: false }));
        if let Some(address) = &mut record.address {
            address.city = [Some(line("서울특별시")), Some(line("Busan")), None][n % 3].clone();
            address.state = [None, Some(line("Gyeonggi-do"))][n % 2].clone();
            address.line1 = n.is_multiple_of(4).then(|| line("Busan road 1, Gyeonggi"));
        }
        if n.is_multiple_of(9) {
            record.close_date = Some(Date::iso("2026-11-01").ok());
        }
        // Some were not answered in time, and of some of these the deadline is only known at most.
        match n % 7 {
            4 => record.created_at = Some(day(20)),
            5 => record.created_at = Some(day(20).day_only()),
            _ => {}
        }
        record
    };
    let mut store = store_of(0);
    import(&mut store, (0..count).map(lived).collect());
    store.follow_clock(now()).unwrap();
    let marks: Vec<Change> =
        (1..=count as i64).filter(|id| id % 5 == 0).map(|id| change(id, What::Favorite { on: true })).collect();
    store.apply(&marks, now()).unwrap();
    store
}

pub(super) const FILTERS: [&str; 102] = [
    "view:two",
    "-view:two",
    "view:아시아,won",
    "-view:won,two erp",
    "owner:민준",
    "owner:민준1@partner.example erp",
    "-owner:김",
    "owner:none",
    "-owner:none erp",
    "owner:none,민준1@partner.example",
    "next:yes",
    "-next:no erp",
    "next:<3d|2026-11-28",
    "-next:overdue",
    "erp",
    "e north",
    "한빛 ㅈ",
    "-b erp",
    "한",
    "customer:n",
    "한빛",
    "빛정",
    "販売 管理",
    "north",
    "m365",
    "opp-1",
    "ㅎㅂㅈ",
    "-north",
    "erp -한빛",
    "country:KR",
    "country:KR,JP -currency:JPY",
    "-country:KR",
    "stage:accepted",
    "outcome:won,lost",
    "-outcome:lost",
    "type:privatePipeline",
    "tab:inbound",
    "tab:favorites",
    "-tab:outbound",
    "favorite:yes",
    "favorite:no erp",
    "-favorite:yes",
    "waiting:yes",
    "conflict:yes",
    "-conflict:yes",
    "conflict:no",
    "waiting:no north",
    "customer:電子",
    "employee:민준",
    "sender:sam",
    "solution:34104",
    "crm:opp-12",
    "value:>5000",
    "value:1k..20k currency:USD",
    "value:<=1000.005",
    "close:this-month",
    "close:>2026-12-20 erp",
    "due:<5d",
    "received:<3d",
    "changed:<1d north",
    "created:this-month",
    "created:<3d|last-month",
    "close:overdue",
    "close:past -stage:archived",
    "due:past",
    "due:last-week,<5d",
    "archived:this-month",
    "archived:..",
    "-archived:<=3d",
    "archived:yesterday|last-month country:KR",
    "accepted:this-month",
    "accepted:<=2d",
    "-accepted:..",
    "accepted:2026-11 archived:2026-11",
    "sales-stage:40",
    "sales-stage:10,>=60",
    "sales-stage:>60 erp",
    "sales-stage:..",
    "-sales-stage:>=20",
    "reason:budget",
    "reason:1,6,abuse",
    "-reason:budget,timeline",
    "reason:budget,2,3,4,5,6,7,8 archived:..",
    "help:yes",
    "help:no north",
    "help:QuotesOrLicensing,2",
    "-help:yes",
    "help:no,3",
    "city:서울",
    "city:busan",
    "city:서울,busan -state:gyeonggi",
    "-city:서울",
    "state:gyeonggi",
    "-state:gyeonggi -country:KR",
    "state:-",
    "id:3,7,41",
    "value:>₩1m",
    "value:>₩1m|<€90k -value:KRW2m",
    "-id:3,7 erp",
    "uid:0",
    "uid:3,7,a",
    "-uid:9",
];

fn check(store: &mut Store, text: &str, tab: Tab, view: View) {
    let query =
        ListQuery { view, order: Order { key: SortKey::Value, reversed: false }, filter: filter(text), ..ListQuery::tab(tab) };
    let all = ids(store, &ListQuery { filter: Filter::none(), ..query.clone() }, From::Start, 10_000);
    let passing = |id: &i64| query.filter.passes(&store.get(OpportunityId(*id)).unwrap());
    let expected: Vec<i64> = all.iter().copied().filter(passing).collect();
    assert_eq!(ids(store, &query, From::Start, 10_000), expected, "{text} in {tab:?} {view:?}");
    let mut end = expected.clone();
    end.drain(..end.len().saturating_sub(3));
    assert_eq!(ids(store, &query, From::End, 3), end, "{text}: from the end");
    match store.list(&query, From::Start, 1).unwrap().count {
        Count::Exactly(n) => assert_eq!(n, expected.len() as u64, "{text}"),
        Count::AtMost(n) => assert!(n >= expected.len() as u64, "{text}"),
        Count::Many => {}
        Count::All => panic!("{text} is a filter"),
    }
}

#[test]
fn every_way_of_filtering_finds_what_looking_at_each_row_finds() {
    let mut store = lived(140);
    let ways = [
        Limits::MEASURED,
        Limits { large: 0, looks: 10_000, many: 0, few: 0 },
        Limits { large: 0, looks: 100, many: 0, few: 0 },
        Limits { large: 0, looks: 100, many: 1_000, few: 0 },
        Limits { large: 0, looks: 1, many: 1_000, few: 0 },
        Limits { large: 1_000, looks: 0, many: 0, few: 0 },
        Limits { large: 1_000, looks: 0, many: 20, few: 0 },
        Limits { large: 1_000, looks: 0, many: 1_000, few: 0 },
    ];
    for limits in ways {
        store.limits = limits;
        for text in FILTERS {
            store.prepared = None;
            for (tab, view) in [(Tab::Inbound, View::Open), (Tab::All, View::All), (Tab::Favorites, View::All)] {
                check(&mut store, text, tab, view);
            }
        }
    }
}

#[test]
fn the_rows_behind_every_filter_are_there_and_are_not_all() {
    let mut store = lived(140);
    let all = |store: &mut Store, text: &str| {
        let query = ListQuery { view: View::All, filter: filter(text), ..ListQuery::tab(Tab::All) };
        ids(store, &query, From::Start, 1_000).len()
    };
    let of_dates_and_facts = FILTERS.iter().skip_while(|text| **text != "created:this-month");
    let found = of_dates_and_facts.map(|text| (*text, all(&mut store, text)));
    let useless: Vec<_> = found.filter(|(_, found)| *found == 0 || *found == 140).collect();
    assert_eq!(useless, []);
    // Many are archived of which nobody told when, and an import is no day of an end.
    assert!(all(&mut store, "archived:..") < all(&mut store, "stage:archived"));
    let mut store = store_of(140);
    assert_eq!((all(&mut store, "archived:.."), all(&mut store, "accepted:..")), (0, 0));
    assert!(all(&mut store, "stage:archived") > 0 && all(&mut store, "stage:accepted") > 0);
}

#[test]
fn sales_stages_and_days_of_an_end_are_listed_by_their_orders_without_reading_all_rows() {
    let store = lived(60);
    for (text, index, reads_rows) in [
        ("sales-stage:40", "by_sales_stage", false),
        ("sales-stage:10,>=60", "by_sales_stage", false),
        ("sales-stage:<40", "by_sales_stage", false),
        ("archived:this-month", "by_archived", false),
        ("archived:yesterday|last-month", "by_archived", false),
        ("archived:>=2026-11-01", "by_archived", false),
        // What is unknown may lie before it, or is asked for: no order tells.
        ("archived:<=2026-11-01", "", true),
        ("-sales-stage:40", "", true),
        ("-archived:this-month", "", true),
    ] {
        let query = ListQuery { view: View::All, filter: filter(text), ..ListQuery::tab(Tab::All) };
        let asked = super::super::conditions::conditions(&query, super::super::conditions::Asked::Closely, 60, 60);
        assert_eq!(asked.iter().any(|condition| condition.reads_all), reads_rows, "{text}");
        for (sql, values) in asked.iter().filter(|_| !reads_rows).flat_map(|condition| &condition.statements) {
            let plan: Vec<String> = explained(&store, &format!("EXPLAIN QUERY PLAN {sql}"), values, |row| row.get(3));
            let by = format!("SEARCH opportunity USING INDEX {index} (shelf=? AND ");
            assert!(plan[0].starts_with(&by) && plan.iter().all(|line| !line.contains("SCAN")), "{text}: {plan:?}");
            let steps: Vec<(String, i64)> =
                explained(&store, &format!("EXPLAIN {sql}"), values, |row| Ok((row.get(1)?, row.get(2)?)));
            let rows = steps.iter().find(|(step, _)| step == "OpenRead").unwrap().1;
            assert!(!steps.contains(&("Column".to_owned(), rows)), "{text}: the rows themselves are never sought: {steps:?}");
        }
    }
}

fn explained<T>(store: &Store, sql: &str, values: &[Sql], read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let mut statement = store.connection.prepare(sql).unwrap();
    statement.query_map(rusqlite::params_from_iter(values), |row| read(row)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn what_all_rows_were_read_for_is_kept_until_something_changes() {
    let mut store = lived(60);
    store.limits = Limits { large: 0, looks: 1, many: 1_000, few: 0 };
    let query = |text: &str| ListQuery { view: View::All, filter: filter(text), ..ListQuery::tab(Tab::All) };
    let first = ids(&mut store, &query("help:yes"), From::Start, 100);
    assert!(!first.is_empty());
    // A further word asks for less, and what was read is read no more: here it would not be found again.
    store.connection.execute_batch("UPDATE opportunity SET help_asked = 0").unwrap();
    let fewer = ids(&mut store, &query("help:yes country:KR"), From::Start, 100);
    assert!(!fewer.is_empty() && fewer.iter().all(|id| first.contains(id)));
    store.apply(&[change(first[0], What::Favorite { on: true })], now()).unwrap();
    assert!(ids(&mut store, &query("help:yes country:KR"), From::Start, 100).is_empty());
}

#[test]
fn a_referral_id_is_found_by_its_beginning_however_long() {
    let mut store = store_of(50);
    let id = store.get(OpportunityId(9)).unwrap().opportunity.referral_id.unwrap().to_string();
    for length in [8, 12, 20, id.len()] {
        let query = ListQuery { view: View::All, filter: filter(&id[..length]), ..ListQuery::tab(Tab::All) };
        assert_eq!(ids(&mut store, &query, From::Start, 5), [9], "{}", &id[..length]);
    }
}

#[test]
fn signs_of_the_query_languages_below_are_only_text() {
    let mut store = store_of(30);
    for text in
        ["*", "\"", "'", "NEAR(", "AND", "'; drop table opportunity", "(", "^x", "a*b", "{deal}", "-", "--", ":)", "%", "_"]
    {
        let Ok(filter) = Filter::parse(text, moment()) else { continue };
        store.list(&ListQuery { view: View::All, filter, ..ListQuery::tab(Tab::All) }, From::Start, 5).unwrap();
    }
    let quote = ListQuery { view: View::All, filter: filter("\""), ..ListQuery::tab(Tab::All) };
    assert!(!ids(&mut store, &quote, From::Start, 50).is_empty(), "the notes hold quotes");
}

#[test]
fn a_list_shows_what_changed_while_it_was_kept() {
    let mut store = store_of(20);
    let query = ListQuery { filter: filter("erp"), view: View::All, ..ListQuery::tab(Tab::Favorites) };
    assert!(ids(&mut store, &query, From::Start, 5).is_empty());
    let erp = ids(&mut store, &ListQuery { tab: Tab::All, ..query.clone() }, From::Start, 1)[0];
    store.apply(&[change(erp, What::Favorite { on: true })], now()).unwrap();
    assert_eq!(ids(&mut store, &query, From::Start, 5), [erp]);
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn any_mix_of_terms_finds_what_looking_finds(picks in prop::collection::vec(0..FILTERS.len(), 1..4), many in 0usize..60) {
        let mut store = lived(70);
        store.limits = Limits { large: many as u64, looks: many, many, few: many / 2 };
        let text: Vec<&str> = picks.iter().map(|pick| FILTERS[*pick]).collect();
        let text = text.join(" ");
        // Each is right by itself; together they may speak of two currencies, which is refused.
        prop_assume!(!matches!(read(&text), Err(FilterError { why: FilterWhy::OtherCurrency { .. }, .. })));
        check(&mut store, &text, Tab::All, View::All);
    }
}

#[test]
fn hits_that_stand_close_together_at_the_front_do_not_make_the_desk_walk_through_all_rows() {
    let mut store = store_of(400);
    // A screenful passes among the first rows, and then nothing any more.
    let limits = Limits { large: 10, looks: 70, many: 10_000, few: 10 };
    store.limits = limits;
    let first = ids(&mut store, &ListQuery { view: View::All, ..ListQuery::tab(Tab::All) }, From::Start, 70);
    let marked: Vec<_> = first.iter().map(|id| change(*id, What::Favorite { on: true })).collect();
    store.apply(&marked, now()).unwrap();
    let query = ListQuery { view: View::All, filter: filter("favorite:yes"), ..ListQuery::tab(Tab::All) };
    let page = store.list(&query, From::Start, 200).unwrap();
    assert_eq!(page.rows.len(), 70);
    assert!(matches!(page.count, Count::Exactly(70) | Count::AtMost(70)), "{:?}", page.count);
    assert_eq!(store.list(&query, From::End, 5).unwrap().rows.len(), 5);
}

#[test]
fn deadlines_and_what_waits_are_counted_for_the_tab_that_is_shown() {
    let mut store = marked(140);
    store.limits = Limits { few: 0, ..Limits::MEASURED };
    for (tab, view) in [(Tab::Outbound, View::All), (Tab::Inbound, View::Accepted), (Tab::Inbound, View::Archived)] {
        for text in ["due:<900d", "waiting:yes"] {
            check(&mut store, text, tab, view);
        }
    }
}

#[test]
fn half_width_kana_and_taken_apart_hangul_find_what_is_stored_composed() {
    let mut store = store_of(30);
    let ids_of = |store: &mut Store, text: &str| {
        ids(store, &ListQuery { view: View::All, filter: filter(text), ..ListQuery::tab(Tab::All) }, From::Start, 50)
    };
    let apart: String = unicode_normalization::UnicodeNormalization::nfd("한빛").collect();
    assert_ne!(apart, "한빛");
    assert!(!ids_of(&mut store, "한빛").is_empty());
    assert_eq!(ids_of(&mut store, &apart), ids_of(&mut store, "한빛"));
    assert_eq!(crate::domain::filter::Word::new("ﾊﾞｲｵ").phrase, crate::domain::filter::Word::new("バイオ").phrase);
}

#[test]
fn an_amount_beyond_all_numbers_is_only_a_filter_that_nothing_passes() {
    let mut store = store_of(10);
    let query = ListQuery { view: View::All, filter: filter("value:>999999999999999999999999t"), ..ListQuery::tab(Tab::All) };
    assert!(ids(&mut store, &query, From::Start, 5).is_empty());
}

#[test]
fn many_of_a_list_of_some_ten_thousand_become_a_number_when_nobody_types() {
    let mut store = marked(140);
    store.limits = Limits { large: 0, looks: 10_000, many: 1_000, few: 0 };
    let query = ListQuery { filter: filter("-outcome:lost"), view: View::All, ..ListQuery::tab(Tab::All) };
    let all = ids(&mut store, &query, From::Start, 10_000).len() as u64;
    assert_eq!(store.list(&query, From::Start, 2).unwrap().count, Count::Many);
    assert!(store.is_rough());
    assert_eq!(store.count_passing().unwrap(), Some((query, Count::Exactly(all))));
}

#[test]
fn what_a_quick_page_could_only_guess_is_counted_when_nobody_types() {
    let mut store = marked(140);
    store.limits = Limits { large: 0, looks: 1, many: 1_000, few: 0 };
    for text in ["north", "한빛 ㅈ", "erp"] {
        let query = ListQuery { filter: filter(text), ..ListQuery::tab(Tab::Inbound) };
        let all = ids(&mut store, &query, From::Start, 10_000).len() as u64;
        let first = store.list(&query, From::Start, 2).unwrap().count;
        assert!(matches!(first, Count::AtMost(n) if n >= all), "{text}: {first:?}");
        assert!(store.is_rough());
        assert_eq!(store.count_passing().unwrap(), Some((query.clone(), Count::Exactly(all))), "{text}");
        assert!(!store.is_rough());
        assert_eq!(store.list(&query, From::Start, 2).unwrap().count, Count::Exactly(all), "{text}");
    }
}

#[test]
fn where_else_something_passes_is_counted_to_a_bound_and_leaves_the_list_ready() {
    let mut store = store_of(300);
    let here = ListQuery::tab(Tab::Inbound);
    let places = [(Tab::Inbound, View::Archived), (Tab::Outbound, View::All), (Tab::All, View::All)];
    for (text, large) in [("country:KR", 1_000), ("country:KR", 0), ("value:>0", 0), ("-value:>0", 0), ("zzz", 0)] {
        store.limits.large = large;
        let query = ListQuery { filter: filter(text), ..here.clone() };
        let shown = store.list(&query, From::Start, 10).unwrap();
        for hits in store.elsewhere(&query, &places).unwrap() {
            let query = ListQuery { tab: hits.tab, view: hits.view, ..query.clone() };
            let n = ids(&mut store, &query, From::Start, 1_000).len() as u64;
            assert!(if hits.more { hits.n <= n && hits.n == 100 } else { hits.n == n }, "{text}: {hits:?} of {n}");
        }
        assert_eq!(store.list(&query, From::Start, 10).unwrap().rows, shown.rows);
    }
}
