//! Lists by value in the home currency: whatever the rates, the order of a plain sort, from every place and in pages.

use std::cmp::Reverse;
use std::sync::Arc;

use proptest::prelude::*;

use super::lists::filter;
use super::*;
use crate::domain::held::Held;
use crate::domain::query::{From, ListQuery, Order, SortKey};
use crate::domain::rate::{Factor, HomeRates, Rate, Rates};
use crate::domain::tab::{Tab, View};
use crate::store::plan::Limits;

const CURRENCIES: [&str; 6] = ["USD", "KRW", "EUR", "JPY", "CNY", "KWD"];

/// What one unit of a currency is in dollars, as a rate and as a fraction; those that are not here have no rate.
type Told = Vec<(&'static str, &'static str, (i128, i128))>;

fn told() -> impl Strategy<Value = Told> {
    let factors = [("1", (1, 1)), ("2", (2, 1)), ("0.5", (1, 2)), ("0.01", (1, 100)), ("0.333333", (333_333, 1_000_000))];
    let one = prop::option::of(prop::sample::select(factors.to_vec()));
    prop::collection::vec(one, CURRENCIES.len() - 1).prop_map(|each| {
        let rated = CURRENCIES[1..].iter().zip(each);
        rated.filter_map(|(code, factor)| factor.map(|(text, fraction)| (*code, text, fraction))).collect()
    })
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn by_value(told: &Told, reversed: bool, tab: Tab, view: View, text: &str) -> ListQuery {
    let on = Date::iso("2026-11-20").unwrap();
    let rate = |(code, factor, _): &(&str, &str, _)| {
        Rate::new(on, currency(code), currency("USD"), Factor::parse(factor).unwrap()).unwrap()
    };
    let rates: Rates = told.iter().map(rate).collect();
    let home = HomeRates { currency: currency("USD"), on, rates: &rates }.scale();
    let order = Order { key: SortKey::Value, reversed };
    ListQuery { view, order, filter: filter(text), home: home.map(Arc::new), ..ListQuery::tab(tab) }
}

/// Everything that a list shows, sorted by what it comes to: billionths of millionths of a dollar as a whole number.
fn sorted_plainly(held: &[Held], told: &Told, query: &ListQuery) -> Vec<i64> {
    let stands = |deal: &&Held| {
        let on = &deal.opportunity;
        query.tab.holds(on) && query.view.stages().contains(&on.stage.kind()) && query.filter.passes(deal)
    };
    let mut keyed: Vec<_> = held
        .iter()
        .filter(stands)
        .map(|deal| {
            let value = deal.opportunity.deal.value;
            // Without any rate each currency stands by itself, the home currency too.
            let worth = value.filter(|_| !told.is_empty()).and_then(|value| {
                let code = value.currency().code();
                let of = told.iter().find(|(told, ..)| *told == code).map(|(.., fraction)| *fraction);
                let (over, under) = of.or((code == "USD").then_some((1, 1)))?;
                let unit = 10_i128.pow(9) / 10_i128.pow(value.currency().decimals());
                Some(i128::from(value.minor()) * unit * over * (1_000_000 / under))
            });
            let plain = value.map_or((0, 0), |value| (value.currency().number(), value.minor()));
            let id = deal.opportunity.id.0;
            let key = worth.map_or((0, 0, plain.0, plain.1), |worth| (1, worth, 0, 0));
            (Reverse((key, id)), id)
        })
        .collect();
    keyed.sort_unstable();
    let mut ids: Vec<i64> = keyed.into_iter().map(|(_, id)| id).collect();
    if query.order.reversed {
        ids.reverse();
    }
    ids
}

fn ids(store: &mut Store, query: &ListQuery, from: From, limit: usize) -> Vec<i64> {
    store.list(query, from, limit).unwrap().rows.iter().map(|row| row.id.0).collect()
}

fn store_of_values(values: &[Option<(i64, usize)>]) -> Store {
    let mut store = Store::in_memory(Settings::default()).unwrap();
    let value = |(minor, at): (i64, usize)| Money::from_minor(minor, currency(CURRENCIES[at]));
    let records = values.iter().enumerate().map(|(n, of)| Incoming { value: Some(of.map(value)), ..record(n) });
    import(&mut store, records.collect());
    let marks: Vec<Change> =
        (1..=values.len() as i64).filter(|id| id % 4 == 0).map(|id| change(id, What::Favorite { on: true })).collect();
    store.apply(&marks, now()).unwrap();
    store
}

proptest! {
    #![proptest_config(config(8))]

    #[test]
    fn by_value_in_the_home_currency_is_the_order_of_a_plain_sort_from_every_place(
        told in told(),
        values in prop::collection::vec(prop::option::weighted(0.9, (prop_oneof![-3_i64..60, 0_i64..2_000_000_000], 0..CURRENCIES.len())), 1..70),
        window in 3_usize..9,
    ) {
        let mut store = store_of_values(&values);
        let all = ListQuery { view: View::All, ..ListQuery::tab(Tab::All) };
        let held: Vec<Held> = ids(&mut store, &all, From::Start, 1_000).into_iter().map(|id| store.get(OpportunityId(id)).unwrap()).collect();
        let walked = Limits { large: 0, looks: 10_000, many: 0, few: 0 };
        for limits in [Limits::MEASURED, walked] {
            store.limits = limits;
            for tab in [Tab::Inbound, Tab::Outbound, Tab::Favorites, Tab::All] {
                for (view, text, reversed) in [
                    (View::All, "", false),
                    (View::All, "", true),
                    (View::Open, "erp", false),
                    (View::Archived, "-country:KR", true),
                    (View::All, "value:>10", false),
                ] {
                    let query = by_value(&told, reversed, tab, view, text);
                    let expected = sorted_plainly(&held, &told, &query);
                    prop_assert_eq!(&ids(&mut store, &query, From::Start, 1_000), &expected);
                    prop_assert_eq!(&ids(&mut store, &query, From::End, 1_000), &expected);
                    let mut paged: Vec<i64> = Vec::new();
                    while paged.len() < expected.len() {
                        let from = paged.last().map_or(From::Start, |id| From::After(OpportunityId(*id)));
                        let page = store.list(&query, from, window).unwrap();
                        prop_assert_eq!(page.before, !paged.is_empty());
                        paged.extend(page.rows.iter().map(|row| row.id.0));
                        prop_assert_eq!(page.after, paged.len() < expected.len());
                    }
                    prop_assert_eq!(&paged, &expected);
                    for (at, id) in expected.iter().enumerate().step_by(11) {
                        let before = ids(&mut store, &query, From::Before(OpportunityId(*id)), window);
                        prop_assert_eq!(&before[..], &expected[at.saturating_sub(window)..at]);
                        let with = ids(&mut store, &query, From::At(OpportunityId(*id)), window);
                        prop_assert_eq!(&with[..], &expected[at..(at + window).min(expected.len())]);
                    }
                    if tab != Tab::All {
                        continue;
                    }
                    let then = store.ids_as_they_stood(&query, now(), &mut || false).unwrap();
                    prop_assert_eq!(then.iter().map(|id| id.0).collect::<Vec<_>>(), expected, "as it stood");
                }
            }
        }
    }
}
