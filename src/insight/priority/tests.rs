//! That points are the sum of what they are made of, and that what is more urgent never comes to less.

use proptest::prelude::*;

use super::*;
use crate::domain::deadline::Basis;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Span;
use crate::domain::ours::NextStep;
use crate::domain::rate::{Factor, Rate};
use crate::domain::solution::Solution;
use crate::domain::text::Line;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn day(text: &str) -> Date {
    Date::iso(text).unwrap()
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn weighing(weights: &str, home: Option<&str>) -> Weighing {
    let moment = Moment { today: day("2026-11-25").into(), ..Moment::from(at("2026-11-25T08:40:00Z")) };
    let weights = if weights.is_empty() { PriorityWeights::default() } else { PriorityWeights::parse(weights).unwrap() };
    Weighing::new(moment, weights, home.map(currency))
}

fn scales(home: Option<&str>) -> Scales {
    let rate = Rate::new(day("2026-11-20"), currency("USD"), currency("KRW"), Factor::parse("1400").unwrap()).unwrap();
    Scales::new(weighing("", home), [rate].into_iter().collect())
}

fn deadline(hours: i64) -> Deadline {
    Deadline { at: at("2026-11-25T08:00:00Z").plus_micros(Span::hours(hours).micros()), basis: Basis::Given }
}

fn bare() -> Facts {
    Facts {
        respond_by: None,
        since: (at("2026-11-25T08:00:00Z"), true),
        value: None,
        close_date: None,
        next_on: None,
        lacks: Lacks::default(),
        won: Won::default(),
    }
}

/// An accepted deal with everything.
fn deal() -> Opportunity {
    let mut deal = Opportunity::blank(Line::parse("한빛정밀 주식회사").unwrap(), at("2026-11-01T08:00:00Z"));
    let ana = Person { first: "Ana".into(), email: "ana@hanbit.example".into(), ..Person::default() };
    deal.id = OpportunityId(1);
    deal.stage = Stage::Accepted { since: Some(at("2026-10-20T08:00:00Z")) };
    deal.deal.value = Some(Money::from_minor(120_000_000, currency("KRW")));
    deal.deal.close_date = Some(day("2026-12-02"));
    deal.deal.sales_stage = crate::domain::sales::SalesStage::of(40);
    deal.customer.address.country = Country::from_code("KR");
    deal.customer.contact = Some(ana.clone());
    deal.employees = vec![ana];
    deal.solutions = vec![Solution::cell("SOL-1", &mut Default::default()).unwrap().unwrap()];
    deal.next = Some(NextStep { text: Line::parse("전화").unwrap(), on: day("2026-11-24") });
    deal
}

#[test]
fn every_reason_is_told_with_its_points() {
    let mut won = WonBefore::default();
    for customer in ["㈜한빛정밀", "한빛정밀", "다른 회사"] {
        let mut earlier = deal();
        earlier.customer.name = Line::parse(customer).unwrap();
        earlier.stage = Stage::Archived { at: None, accepted: None, outcome: Outcome::Won };
        won.add_deal(&earlier);
        earlier.stage = Stage::Archived { at: None, accepted: None, outcome: Outcome::Expired };
        won.add_deal(&earlier);
    }
    let facts = Facts::of(&deal(), &won).unwrap();
    let told = scales(Some("USD")).explain(&facts);
    let points: Vec<(&str, u32)> = told.terms.iter().map(|term| (term.aspect.code(), term.points)).collect();
    let all = [("time", 60), ("value", 24), ("age", 8), ("missing", 0), ("follow-up", 80), ("won-before", 32)];
    assert_eq!((points, told.points), (all.to_vec(), 204));
    let in_dollars = Converted { currency: currency("USD"), minor: 8_571_429, on: Some(day("2026-11-20")) };
    let value = Money::from_minor(120_000_000, currency("KRW"));
    assert_eq!(told.terms[1].why, Why::Worth { value, home: Some(in_dollars), no_rate: None, step: 4 });
    assert_eq!(told.terms[2].why, Why::Stands { days: 36, known: true });
    assert_eq!(told.terms[5].why, Why::Won(Won { customer: 2, solution: 3, country: 3 }));
    let mut archived = deal();
    archived.stage = Stage::Lapsed { respond_by: deadline(-1) };
    assert_eq!(Facts::of(&archived, &won), None, "nothing is to be done about what has ended");
}

#[test]
fn what_is_missing_counts_in_the_stage_in_which_it_can_be_known() {
    let lacking = |stage: Stage| {
        let mut bare = Opportunity::blank(Line::parse("한빛정밀").unwrap(), at("2026-11-01T08:00:00Z"));
        bare.stage = stage;
        bare.customer.contact = Some(Person { first: "Ana".into(), ..Person::default() });
        Facts::of(&bare, &WonBefore::default()).unwrap().lacks.each().map(Lack::code).collect::<Vec<_>>()
    };
    assert_eq!(lacking(Stage::Received { respond_by: deadline(40) }), ["value", "closeDate", "contact", "solutions"]);
    let all = ["value", "closeDate", "contact", "solutions", "salesStage", "owner"];
    assert_eq!(lacking(Stage::Accepted { since: None }), all);
    assert_eq!(Lack::ALL.map(Lack::level).iter().sum::<u8>(), MOST);
}

#[test]
fn a_value_counts_in_the_home_currency_where_a_rate_is_known_and_else_in_its_own() {
    let value = |minor, code| Facts { value: Some(Money::from_minor(minor, currency(code))), ..bare() };
    let level = |home, minor, code| scales(home).level(Aspect::Value, &value(minor, code));
    // 10 000 dollars are 14 million won.
    assert_eq!((level(Some("USD"), 13_999_999, "KRW"), level(Some("USD"), 14_000_000, "KRW")), (2, 3));
    assert_eq!((level(None, 9_999_999, "KRW"), level(None, 10_000_000, "KRW")), (2, 3), "its own steps");
    assert_eq!((level(Some("USD"), 999_900, "EUR"), level(Some("USD"), 1_000_000, "EUR")), (2, 3), "no rate");
    assert_eq!((level(None, i64::MAX, "USD"), level(None, 0, "USD"), level(None, -5_000_000, "USD")), (10, 0, 0));
    let told = scales(Some("USD")).explain(&value(1_000_000, "EUR"));
    let euro = Money::from_minor(1_000_000, currency("EUR"));
    assert_eq!(told.terms[1].why, Why::Worth { value: euro, home: None, no_rate: Some(currency("USD")), step: 3 });
}

fn some_day() -> impl Strategy<Value = Option<Date>> {
    prop::option::of((-400_i64..400).prop_map(|days| day("2026-11-25").plus_days(days)))
}

prop_compose! {
    fn facts()(
        hours in prop::option::of(-50_i64..800), age in -10_i64..400, known in any::<bool>(),
        minor in prop::option::of(any::<i64>()), code in prop::sample::select(vec!["USD", "KRW", "EUR", "VND", "KWD"]),
        close_date in some_day(), next_on in some_day(), has in any::<[bool; 6]>(),
        won in (0_u32..12, 0_u32..12, 0_u32..3),
    ) -> Facts {
        let stage = if hours.is_some() { StageKind::Received } else { StageKind::Accepted };
        Facts {
            respond_by: hours.map(deadline),
            since: (at("2026-11-25T08:00:00Z").plus_days(-age), known),
            value: minor.map(|minor| Money::from_minor(minor, currency(code))),
            close_date,
            next_on,
            lacks: Lacks::new(has, stage),
            won: Won { customer: won.0, solution: won.1, country: won.2 },
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn points_are_the_sum_of_the_terms_and_the_same_again(deal in facts(), weights in any::<[u8; 6]>(), home in any::<bool>()) {
        let text: Vec<String> = Aspect::ALL.iter().zip(weights).map(|(aspect, n)| format!("{} {}", aspect.code(), n % 101)).collect();
        let of = weighing(&text.join(" "), home.then_some("USD"));
        let mut scales = Scales { of, ..scales(None) };
        let told = scales.explain(&deal);
        prop_assert_eq!(told.points, told.terms.iter().map(|term| term.points).sum::<u32>());
        prop_assert_eq!(told.points, scales.points(&deal));
        prop_assert_eq!(&told, &scales.clone().explain(&deal));
        for aspect in Aspect::ALL {
            let term = told.terms.iter().find(|term| term.aspect == aspect);
            let most = u32::from(of.weights.of(aspect)) * u32::from(MOST);
            // A weight of nothing takes the term away.
            prop_assert_eq!(term.is_some(), most > 0);
            prop_assert!(term.is_none_or(|term| term.points <= most));
        }
    }

    #[test]
    fn what_is_more_urgent_never_comes_to_less(deal in facts(), sooner in 0_i64..200) {
        let mut scales = scales(Some("USD"));
        let earlier = |day: Option<Date>| day.map(|day| day.plus_days(-sooner));
        let respond_by = deal.respond_by.map(|deadline| {
            Deadline { at: deadline.at.plus_micros(-Span::hours(sooner).micros()), ..deadline }
        });
        let urgent = [
            Facts { respond_by, ..deal.clone() },
            Facts { close_date: earlier(deal.close_date), ..deal.clone() },
            Facts { next_on: earlier(deal.next_on), ..deal.clone() },
            Facts { since: (deal.since.0.plus_days(-sooner), deal.since.1), ..deal.clone() },
        ];
        let points = scales.points(&deal);
        for urgent in urgent {
            prop_assert!(scales.points(&urgent) >= points, "{:?}", urgent);
        }
    }
}
