//! What every database promises, tried in memory and on files.

mod course;
mod currencies;
mod deals;
mod directory;
mod export;
mod files;
mod fresh;
mod home;
mod imports;
mod interrupted;
mod journal;
mod leads;
mod lists;
mod mend;
mod migration;
mod offers;
mod ours;
mod past;
mod place;
mod rank;
mod registrations;
mod rescue;
mod review;
mod roles;
mod steps;
mod sums;
mod undated;
mod whole;
mod words;
mod worker;

use std::ops::ControlFlow;

use super::{ImportReport, Mode, RowVerdict, Settings, Source, Store};
use crate::domain::change::{Acceptance, Change, What};
use crate::domain::contact::Person;
use crate::domain::customer::{Address, Country, Duns};
use crate::domain::date::Date;
use crate::domain::ids::{CenterId, OpportunityId};
use crate::domain::incoming::{DirectionHint, Incoming, State, Status};
use crate::domain::instant::Timestamp;
use crate::domain::money::{Currency, Money};
use crate::domain::opportunity::{Direction, Kind, Sender};
use crate::domain::outcome::{Outcome, Reason};
use crate::domain::solution::Solution;
use crate::domain::text::{Line, Notes};

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(super) fn now() -> Timestamp {
    at("2026-11-21T08:00:00Z")
}

pub(super) fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

/// Records of all kinds: five scripts, every stage and outcome, with and without values, dates and people.
pub(super) fn record(n: usize) -> Incoming {
    const NAMES: [(&str, &str, &str); 5] = [
        ("한빛정밀 주식회사", "KR", "KRW"),
        ("株式会社東雲物産", "JP", "JPY"),
        ("云帆科技有限公司", "CN", "CNY"),
        ("晴川電子股份有限公司", "TW", "TWD"),
        ("Northwind Traders Inc.", "US", "USD"),
    ];
    const DEALS: [&str; 4] = ["ERP 마이그레이션", "販売管理クラウド化", "Azure landing zone", "M365 rollout"];
    let (customer, country, currency) = NAMES[n % 5];
    let inbound = !n.is_multiple_of(3);
    let told = if inbound { Direction::Inbound } else { Direction::Outbound };
    let closed = |outcome| State::Closed(outcome);
    let state = match n % 7 {
        0 | 1 => State::Active,
        2 => closed(Outcome::Won),
        3 => closed(Outcome::Lost { reason: Some(Reason::ALL[n % 8]), note: None }),
        _ => State::New,
    };
    let money = Money::from_minor(100_000 * (n as i64 % 90 + 1), Currency::parse(currency).unwrap());
    let person = |name: &str| Person {
        first: name.into(),
        last: "김".into(),
        phone: "+82 2-555-0100".into(),
        email: format!("{name}{}@partner.example", n % 4),
    };
    Incoming {
        referral_id: CenterId::read(&format!("{:08x}-0000-4000-8000-{n:012x}", n * 0x9E37_79B1 % 0xFFFF_FFFF)),
        direction: DirectionHint { told: Some(told), guess: told, sure: true },
        kind: Some(if inbound || n.is_multiple_of(2) { Kind::CoSell } else { Kind::PrivatePipeline }),
        sender: inbound.then(|| Sender::microsoft(n.is_multiple_of(2).then(|| person("sam")))),
        status: Some(Status { state, accepted_at: None, closed_at: None }),
        created_at: Some(now().plus_days(-(n as i64 % 13))).filter(|_| !n.is_multiple_of(4)),
        name: Some(Some(line(&format!("{} {}", DEALS[n % 4], n % 10))).filter(|_| !n.is_multiple_of(11))),
        value: Some(Some(money).filter(|_| !n.is_multiple_of(6))),
        close_date: Some(Some(Date::iso("2026-11-30").unwrap().plus_days(n as i64 % 60)).filter(|_| !n.is_multiple_of(8))),
        crm_id: Some(Some(line(&format!("OPP-{n}"))).filter(|_| n.is_multiple_of(2))),
        campaign_id: Some(None),
        notes: Some(Notes::parse("Second line, with \"quotes\"").ok().filter(|_| n.is_multiple_of(3))),
        customer_name: Some(line(customer)),
        duns: Some(Duns::parse(&format!("{n:09}")).ok()),
        address: Some(Address {
            city: Some(line("서울특별시")), country: Country::parse(country).ok(), ..Default::default()
        }),
        contact: Some(Some(person("ana")).filter(|_| n.is_multiple_of(2))),
        employees: Some(vec![person("민준"); n % 3]),
        solutions: Some(vec![Solution::cell("SOL-34104-EBB, USD, 10, 2", &mut Default::default()).unwrap().unwrap(); n % 2 + 1]),
        ..Incoming::silent(n as u64 + 2)
    }
}

/// A file that is a list of records.
pub(super) struct Records {
    pub records: Vec<Incoming>,
    pub whole: bool,
}

impl Source for Records {
    fn next_record(&mut self) -> Option<Incoming> {
        if self.records.is_empty() { None } else { Some(self.records.remove(0)) }
    }

    fn is_whole(&self) -> bool {
        self.whole
    }

    fn name(&self) -> String {
        "download.csv".into()
    }

    fn as_of(&self) -> Option<Timestamp> {
        Some(now())
    }

    fn dated(&self) -> Option<Timestamp> {
        self.as_of()
    }

    fn finish(&mut self, _taken: bool) {}
}

pub(super) fn import_as(store: &mut Store, records: Vec<Incoming>, mode: Mode) -> (ImportReport, Vec<RowVerdict>) {
    let mut sources: Vec<Box<dyn Source + Send>> = vec![Box::new(Records { records, whole: true })];
    let mut verdicts = Vec::new();
    let report = store.import(&mut sources, mode, now(), &mut |verdict| {
        verdicts.push(verdict.clone());
        ControlFlow::Continue(())
    });
    (report.unwrap(), verdicts)
}

pub(super) fn import(store: &mut Store, records: Vec<Incoming>) -> ImportReport {
    import_as(store, records, Mode::Import).0
}

pub(super) fn store_of(count: usize) -> Store {
    let mut store = Store::in_memory(Settings::default()).unwrap();
    import(&mut store, (0..count).map(record).collect());
    store
}

pub(super) fn change(id: i64, what: What) -> Change {
    Change { id: OpportunityId(id), seen: None, what }
}

pub(super) fn accept() -> What {
    What::Accept(Box::new(Acceptance {
        name: line("Accepted"),
        value: Money::from_minor(500_000, Currency::parse("USD").unwrap()),
        close_date: Date::iso("2027-01-31").unwrap(),
        notes: None,
        crm_id: None,
        campaign_id: None,
        employees: vec![Person {
            first: "Ana".into(),
            last: "Reyes".into(),
            phone: "+1 425 555 0100".into(),
            email: "ana@p.example".into(),
        }],
    }))
}

/// Everything that can be seen, to compare before and after.
pub(super) fn everything(store: &Store) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for (table, order) in [("opportunity", "id"), ("tally", "1, 2"), ("due", "1")] {
        let mut statement = store.connection.prepare(&format!("SELECT * FROM {table} ORDER BY {order}")).unwrap();
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells = columns.iter().enumerate().filter(|(_, name)| *name != "version");
            let cells: Vec<String> =
                cells.map(|(i, name)| format!("{name}={:?}", row.get::<_, rusqlite::types::Value>(i).unwrap())).collect();
            seen.push(format!("{table}: {}", cells.join(" ")));
        }
    }
    seen
}

/// Returns the lines that only one of two states has; short enough to read in a failure.
pub(super) fn difference(expected: &[String], found: &[String]) -> String {
    let only = |a: &[String], b: &[String], sign| {
        a.iter().filter(|line| !b.contains(line)).map(|line| format!("{sign}{line}\n")).collect::<String>()
    };
    only(expected, found, '-') + &only(found, expected, '+')
}

pub(super) fn config(cases: u32) -> proptest::prelude::ProptestConfig {
    let wanted = proptest::prelude::ProptestConfig::default();
    // Fewer where that is asked for, as in the build for Windows.
    proptest::prelude::ProptestConfig { cases: cases.min(wanted.cases), failure_persistence: None, ..wanted }
}
