//! The sample of `cosell demo`: a pipeline of fictional companies with its last three months, dated relative to today, directory,
//! catalogue, offers and exchange rates, all in memory only.

use std::ops::ControlFlow;

use serde::Deserialize;
use serde_json::Value;

use crate::domain::change::{Change, Edit, What};
use crate::domain::customer::Customer;
use crate::domain::date::{Date, Moment};
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::incoming::Incoming;
use crate::domain::instant::Timestamp;
use crate::domain::money::Currency;
use crate::domain::outcome::Reason;
use crate::domain::query::{From, ListQuery};
use crate::domain::rate::{Factor, Rate};
use crate::domain::solution::Owner;
use crate::domain::tab::{Tab, View};
use crate::domain::text::Line;
use crate::exchange;
use crate::store::{Entries, Mode, Settings, Store, StoreError};

mod past;
mod programme;

/// The pipeline as it stands today.
static PIPELINE: &str = include_str!("../assets/sample/pipeline.json");
/// Companies as `customer` of an opportunity is in JSON; some are several legal entities at one place.
static CUSTOMERS: &str = include_str!("../assets/sample/customers.json");
static SOLUTIONS: &str = include_str!("../assets/sample/solutions.json");
/// What one euro was on a few days: round numbers, of no market.
static RATES: &str = include_str!("../assets/sample/rates.json");

/// Returns a new database with the sample in it, as it stands at `moment`.
///
/// # Errors
/// [`StoreError`] when SQLite has no memory for it.
pub fn store(settings: Settings, moment: Moment) -> Result<Store, StoreError> {
    let mut store = Store::in_memory(settings)?;
    programme::tell(&mut store, moment)?;
    past::live(&mut store, records(moment), moment)?;
    store.import_customers(&mut Known(customers()), Mode::Import, &mut |_, _, _| ControlFlow::Continue(()))?;
    store.import_solutions(&mut Known(solutions()), Mode::Import, &mut |_, _, _| ControlFlow::Continue(()))?;
    store.put_rates(&rates(moment), Mode::Import)?;
    decide(&mut store, moment.now)?;
    Ok(store)
}

/// Entries of directory or catalogue, last one first.
struct Known<E>(Vec<E>);

impl<E> Entries<E> for Known<E> {
    fn next_entry(&mut self) -> Option<(u64, E)> {
        self.0.pop().map(|entry| (self.0.len() as u64 + 1, entry))
    }

    fn is_whole(&self) -> bool {
        true
    }

    fn finish(&mut self, _taken: bool) {}
}

fn customers() -> Vec<KnownCustomer> {
    let customers: Vec<Customer> = serde_json::from_str(CUSTOMERS).unwrap_or_default();
    customers.iter().map(|customer| KnownCustomer { used: false, ..KnownCustomer::of(customer) }).collect()
}

fn solutions() -> Vec<KnownSolution> {
    #[derive(Deserialize)]
    struct Row {
        id: Line,
        name: Line,
        owner: Owner,
        assessment: bool,
    }
    let rows: Vec<Row> = serde_json::from_str(SOLUTIONS).unwrap_or_default();
    let known =
        |row: Row| KnownSolution { id: row.id, name: Some(row.name), owner: row.owner, assessment: row.assessment, used: false };
    rows.into_iter().map(known).collect()
}

/// A few decisions that Partner Center does not know yet, so that the outbox and the history show something.
fn decide(store: &mut Store, now: Timestamp) -> Result<(), StoreError> {
    let query = ListQuery { view: View::Received, ..ListQuery::tab(Tab::Inbound) };
    let last = store.list(&query, From::End, 1)?.rows.first().map(|row| row.id);
    let query = ListQuery { view: View::Accepted, ..ListQuery::tab(Tab::Outbound) };
    let won = store.list(&query, From::End, 1)?.rows.first().map(|row| row.id);
    let steps = [
        last.map(|id| (id, What::Decline { reason: Reason::Timeline, note: None })),
        won.map(|id| (id, What::Win(Edit::default()))),
    ];
    for (id, what) in steps.into_iter().flatten() {
        store.apply(&[Change { id, seen: None, what }], now)?;
    }
    Ok(())
}

fn rates(moment: Moment) -> Vec<Rate> {
    #[derive(Deserialize)]
    struct Day {
        on: Date,
        euro: Vec<(Currency, Factor)>,
    }
    let days: Vec<Day> = serde_json::from_value(document(RATES, moment)).unwrap_or_default();
    let Ok(euro) = Currency::parse("EUR") else { return Vec::new() };
    let rates = days.into_iter().flat_map(|day| day.euro.into_iter().map(move |(to, rate)| Rate::new(day.on, euro, to, rate)));
    rates.filter_map(Result::ok).collect()
}

/// Returns the records of the sample as they are today.
fn records(moment: Moment) -> Vec<Incoming> {
    exchange::referrals(document(PIPELINE, moment)).into_iter().filter_map(Result::ok).collect()
}

/// Returns what a file of the sample says, with its dates.
fn document(text: &str, moment: Moment) -> Value {
    let mut document = serde_json::from_str(text).unwrap_or(Value::Null);
    date(&mut document, moment);
    document
}

/// Puts dates in place of `@now-3d5h` and `@today+30d`.
fn date(value: &mut Value, moment: Moment) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| date(value, moment)),
        Value::Object(members) => members.values_mut().for_each(|value| date(value, moment)),
        Value::String(text) => {
            if let Some(dated) = dated(text, moment) {
                *text = dated;
            }
        }
        _ => {}
    }
}

fn dated(text: &str, moment: Moment) -> Option<String> {
    if let Some(offset) = text.strip_prefix("@today") {
        return Some(moment.today.plus_days(hours(offset)? / 24).to_string());
    }
    let hours = hours(text.strip_prefix("@now")?)?;
    Some(moment.now.plus_micros(hours * 3_600_000_000).to_string())
}

/// Reads `+2d11h` or `-5h` as hours.
fn hours(offset: &str) -> Option<i64> {
    let (sign, rest) = match offset.as_bytes().first() {
        None => return Some(0),
        Some(b'+') => (1, &offset[1..]),
        Some(b'-') => (-1, &offset[1..]),
        Some(_) => return None,
    };
    let (days, rest) = rest.split_once('d').map_or((Some(0), rest), |(days, rest)| (days.parse().ok(), rest));
    let hours = if rest.is_empty() { Some(0) } else { rest.strip_suffix('h')?.parse().ok() };
    Some(sign * (days? * 24 + hours?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::filter::Filter;
    use crate::domain::outcome::OutcomeKind;
    use crate::domain::tab::View;

    pub(super) fn moment() -> Moment {
        Moment {
            now: Timestamp::parse("2026-11-21T08:00:00Z").unwrap(),
            today: Date::iso("2026-11-21").unwrap().into(),
            zone: crate::domain::date::Zone::UTC,
        }
    }

    #[test]
    fn tokens_become_dates() {
        for (token, expected) in [
            ("@now-3d5h", "2026-11-18T03:00:00Z"),
            ("@now+5h", "2026-11-21T13:00:00Z"),
            ("@now", "2026-11-21T08:00:00Z"),
            ("@today+30d", "2026-12-21"),
        ] {
            assert_eq!(dated(token, moment()).as_deref(), Some(expected), "{token}");
        }
        assert_eq!(dated("a@now.example", moment()), None);
        assert_eq!(dated("@nowhere", moment()), None);
        assert_eq!(dated("@now-3d30m", moment()), None, "days and hours are enough");
    }

    #[test]
    fn every_record_of_the_sample_is_valid() {
        let document: Value = serde_json::from_str(PIPELINE).unwrap();
        let count = document["value"].as_array().unwrap().len();
        assert!((50..=70).contains(&count), "{count}");
        for (number, record) in (1..).zip(exchange::referrals(super::document(PIPELINE, moment()))) {
            assert!(record.is_ok(), "record {number}: {record:?}");
        }
    }

    #[test]
    fn the_sample_shows_every_stage_and_outcome_in_five_scripts_and_some_are_due() {
        let mut store = store(Settings::default(), moment()).unwrap();
        let counts = store.counts(moment()).unwrap();
        assert!(counts.due >= 5 && counts.outbox >= 2, "{counts:?}");
        for view in [View::Received, View::Accepted, View::Archived] {
            assert!(counts.of(Tab::All, view) > 5, "{view:?}");
        }
        assert!(counts.of(Tab::Favorites, View::All) >= 5);
        let mut found = |filter: &str| {
            let filter = Filter::parse(filter, moment()).unwrap();
            store.list(&ListQuery { view: View::All, filter, ..ListQuery::tab(Tab::All) }, From::Start, 1).unwrap().rows.len()
        };
        for outcome in OutcomeKind::ALL {
            assert_eq!(found(&format!("outcome:{}", outcome.code())), 1, "{outcome:?}");
        }
        for filter in [
            "country:US",
            "country:KR",
            "country:JP",
            "country:CN",
            "country:TW",
            "due:<1d",
            "type:privatePipeline",
            "type:partnerToPartner",
        ] {
            assert_eq!(found(filter), 1, "{filter}");
        }
    }

    #[test]
    fn whatever_the_sample_is_worth_can_be_told_in_any_of_its_currencies() {
        let store = store(Settings::default(), moment()).unwrap();
        let today = moment().today.naive();
        let rates = store.rates_on(Date::iso(&today.to_string()).unwrap()).unwrap();
        let mut seen = std::collections::HashSet::new();
        for money in records(moment()).iter().filter_map(|record| record.value.flatten()) {
            seen.insert(money.currency().code());
            for home in ["EUR", "USD", "KRW"] {
                let home = Currency::parse(home).unwrap();
                assert!(
                    rates
                        .convert_minor(money.minor().into(), money.currency(), home, Date::iso(&today.to_string()).unwrap())
                        .is_some(),
                    "{money:?}"
                );
            }
        }
        assert!(seen.len() >= 8, "{seen:?}");
    }

    #[test]
    fn mg_26_the_sample_directory_has_legal_entities_of_one_company_told_apart_by_number() {
        assert!(customers().len() >= 40 && solutions().len() >= 20, "every entry can be read");
        assert!(solutions().iter().filter(|solution| solution.assessment).count() >= 2);
        let store = store(Settings::default(), moment()).unwrap();
        for (typed, least) in [("northwind", 3), ("누리온", 3), ("ㄴㄹㅇ", 3), ("東楓", 3), ("曜岑", 3), ("晨嶼", 2)]
        {
            let found = store.suggest_customers(typed, None, 10).unwrap();
            let numbers: std::collections::HashSet<_> = found.iter().filter_map(|(customer, _)| customer.duns).collect();
            assert!(numbers.len() >= least, "{typed}: {found:?}");
        }
        let erp = store.solution("SOL-34104-EBB").unwrap().unwrap();
        assert_eq!((erp.owner, erp.used), (Owner::Mine, true));
        for owner in [Owner::Mine, Owner::Microsoft, Owner::ThirdParty] {
            assert!(store.solutions().unwrap().iter().any(|solution| solution.owner == owner), "{owner:?}");
        }
    }
}
