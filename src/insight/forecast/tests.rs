//! The forecast of a quarter: what it is learnt from, what it leaves out, and whether past quarters came out as it says.

use super::*;
use crate::domain::ids::OpportunityId;
use crate::domain::opportunity::Direction;
use crate::domain::outcome::{Outcome, Reason};
use crate::domain::rate::{Factor, Rate};
use crate::insight::{Dimension, Review, Weights};

fn moment() -> Moment {
    Moment::from(Timestamp::parse("2026-11-25T09:00:00Z").unwrap())
}

fn terms() -> Terms {
    Terms::new(Date::iso("2026-11-23").unwrap(), moment(), Weights::default(), Dimension::Owner)
}

fn usd(units: i64) -> Option<Money> {
    Some(Money::from_minor(units * 100, Currency::parse("USD").unwrap()))
}

fn days_ago(days: i64) -> Timestamp {
    moment().now.plus_days(-days)
}

/// Accepted so many days ago, and open.
fn open(id: i64, began: i64) -> Stood {
    let at = days_ago(began);
    Stood {
        id: OpportunityId(id),
        direction: Direction::Outbound,
        stage: Stage::Accepted { since: Some(at) },
        value: usd(1_000),
        close_date: None,
        sales_stage: None,
        campaign: None,
        country: None,
        customer: String::new(),
        owner: None,
        solutions: Vec::new(),
        has_next: true,
        created_at: Some(at),
        first_seen_at: at,
        updated_at: at,
    }
}

/// Accepted, and won or lost, so many days ago.
fn ended(id: i64, began: i64, ended: i64, outcome: Outcome) -> Stood {
    let stage = Stage::Archived { at: Some(days_ago(ended)), accepted: Some(days_ago(began)), outcome };
    Stood { stage, ..open(id, began) }
}

fn lost() -> Outcome {
    Outcome::Lost { reason: Some(Reason::Budget), note: None }
}

fn told(deals: &[Stood]) -> Forecast {
    Review::of(deals, terms()).forecast
}

/// A team that takes a deal on every third day: two of three are won after thirty to sixty days, the third is lost.
fn team(since: i64) -> Vec<Stood> {
    let deal = |at: i64| {
        let began = since - at * 3;
        let over = began - 30 - at * 7 % 31;
        match at % 3 {
            _ if over < 0 => open(at, began),
            0 => ended(at, began, over, lost()),
            _ => ended(at, began, over, Outcome::Won),
        }
    };
    (0..).take_while(|at| at * 3 < since).map(deal).collect()
}

#[test]
fn too_few_won_and_lost_deals_say_how_many_there_are_and_nothing_more() {
    let won = |count: i64| (0..count).map(|id| ended(id, 90, 40, Outcome::Won));
    let lost = |count: i64| (100..100 + count).map(|id| ended(id, 90, 40, lost()));
    for (won_count, lost_count, is_told) in [(0, 0, false), (19, 0, false), (5, 15, true), (4, 40, false), (20, 0, true)] {
        let forecast = told(&won(won_count).chain(lost(lost_count)).chain([open(500, 10)]).collect::<Vec<_>>());
        assert_eq!(forecast.learnt.decided(), (won_count + lost_count).unsigned_abs());
        assert_eq!(forecast.outlook.is_some(), is_told, "{won_count} {lost_count}");
        assert_eq!(forecast.open.count, 1);
    }
}

#[test]
fn what_no_source_dates_is_left_out_and_counted_and_received_ones_are_not_looked_at() {
    let mut deals = team(400);
    let before = told(&deals);
    let undated = Stage::Archived { at: None, accepted: Some(days_ago(60)), outcome: Outcome::Won };
    deals.push(Stood { stage: undated, ..open(900, 60) });
    let unbegun = Stage::Archived { at: Some(days_ago(5)), accepted: None, outcome: Outcome::Won };
    deals.push(Stood { stage: unbegun, created_at: None, ..open(901, 60) });
    let declined = Outcome::Declined { reason: Some(Reason::Budget), note: None };
    deals.push(ended(902, 60, 5, declined));
    let after = told(&deals);
    assert_eq!((before.undated.count, after.undated.all().map(|ids| ids.len())), (0, Some(2)));
    assert_eq!(after.learnt, before.learnt);
    // Its end alone is known, which is enough to be won in this quarter.
    assert_eq!(after.won.count, before.won.count + 1);
    let [before, after] = [before, after].map(|forecast| forecast.outlook.unwrap());
    assert_eq!(after.range.middle, before.range.middle + 100_000);
}

#[test]
fn a_steady_team_comes_out_as_it_was_foreseen_and_each_time_the_same() {
    let deals = team(1_200);
    let forecast = told(&deals);
    let outlook = forecast.outlook.clone().unwrap();
    let range = outlook.range;
    assert!(outlook.won < range.low && range.low <= range.middle && range.middle <= range.high, "{outlook:?}");
    // Thirty or so begin in a quarter, and two of three are won: twenty of a thousand.
    assert!((1_700_000..2_300_000).contains(&range.middle), "{outlook:?}");
    assert_eq!((outlook.past.len(), outlook.later.len()), (4, 4));
    let within = outlook.past.iter().filter(|past| past.is_within()).count();
    assert!(within >= 3, "{:?}", outlook.past);
    let turned: Vec<Stood> = deals.into_iter().rev().collect();
    assert_eq!(told(&turned), forecast);
}

#[test]
fn what_is_known_of_a_past_quarter_is_only_what_was_known_then() {
    let whole = told(&team(1_200)).outlook.unwrap();
    // Everything that began or ended after the day of the quarter before.
    let then = whole.past[0].on;
    let at = Point::now(moment()).before(moment()).at;
    let known: Vec<Stood> = team(1_200)
        .into_iter()
        .filter(|deal| deal.created_at.unwrap() <= at)
        .map(|deal| match &deal.stage {
            Stage::Archived { at: Some(ended), accepted, .. } if *ended > at => {
                Stood { stage: Stage::Accepted { since: *accepted }, ..deal }
            }
            _ => deal,
        })
        .collect();
    let terms = Terms::new(then, Moment { now: at, ..Moment::from(at) }, Weights::default(), Dimension::Owner);
    let told = Review::of(&known, terms).forecast.outlook.unwrap();
    // As `--as-of` that day tells it.
    assert_eq!((told.range, &told.later[..3]), (whole.past[0].range, &whole.later[1..]));
}

#[test]
fn amounts_are_told_in_the_home_currency_or_in_that_of_most_deals_never_added_up_across() {
    let on = Date::iso("2026-11-20").unwrap();
    let currency = |code: &str| Currency::parse(code).unwrap();
    let mut deals = team(400);
    deals.push(Stood { value: Some(Money::from_minor(140_000_000, currency("KRW"))), ..ended(900, 40, 5, Outcome::Won) });
    let plain = told(&deals).outlook.unwrap();
    assert_eq!((plain.currency.code(), plain.is_converted, plain.other_deals), ("USD", false, 1));
    assert_eq!(plain.other, [currency("KRW")]);
    let rate = Rate::new(on, currency("USD"), currency("KRW"), Factor::parse("1400").unwrap()).unwrap();
    let mut adding = crate::insight::Adding::new(terms());
    deals.iter().for_each(|deal| adding.add(deal));
    let home = InHome { currency: currency("USD"), on, rates: [rate].into_iter().collect() };
    let told = adding.review().told_in(Some(home)).forecast.outlook.unwrap();
    assert_eq!((told.is_converted, told.other_deals, told.won), (true, 0, plain.won + 10_000_000));
}

#[test]
fn the_weighted_pipeline_beside_it_counts_what_is_to_be_closed_in_the_quarter() {
    let mut deals = team(400);
    let before = told(&deals).outlook.unwrap().weighted;
    let day = |text| Date::iso(text).ok();
    deals.push(Stood { close_date: day("2026-12-31"), sales_stage: SalesStage::of(60), ..open(900, 20) });
    deals.push(Stood { close_date: day("2027-01-01"), sales_stage: SalesStage::of(80), ..open(901, 20) });
    assert_eq!(told(&deals).outlook.unwrap().weighted, before + 60_000);
}

#[test]
fn deals_that_have_to_come_are_counted_only_as_far_back_as_anything_is_known() {
    let outlook = told(&team(120)).outlook.unwrap();
    assert_eq!(outlook.later.len(), 1, "the quarter before is known, the one before that is not: {outlook:?}");
    assert!(outlook.past.is_empty(), "{:?}", outlook.past);
}

/// A team whose luck is drawn: when deals begin, how long they take, whether they are won, and what they are worth.
fn lucky(seed: u64) -> Vec<Stood> {
    let mut state = seed;
    let mut below = |most: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % most.unsigned_abs()).unwrap()
    };
    let (mut deals, mut began) = (Vec::new(), 900);
    while began > 0 {
        let over = began - 5 - below(60) - below(80);
        let value = usd(500 + below(60) * below(60) * 10);
        let outcome = if below(100) < 45 { Outcome::Won } else { lost() };
        let id = i64::try_from(deals.len()).unwrap();
        let deal = if over > 0 { ended(id, began, over, outcome) } else { open(id, began) };
        deals.push(Stood { value, ..deal });
        began -= 1 + below(3);
    }
    deals
}

#[test]
fn of_many_past_quarters_about_eight_in_ten_came_out_within_what_was_foreseen() {
    let told: Vec<bool> =
        (1..=25).flat_map(|seed| told(&lucky(seed)).outlook.unwrap().past).map(|past| past.is_within()).collect();
    let within = told.iter().filter(|is| **is).count() * 100 / told.len();
    assert!((70..=90).contains(&within), "{within} % of {}", told.len());
}
