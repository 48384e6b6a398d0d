//! Registrations there and back: whatever the order, what was told of a contract is never lost, what was refused says why, and what was
//! taken stands on both sides.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cosell::clock::Clock;
use cosell::domain::date::Moment;
use cosell::domain::ids::OpportunityId;
use cosell::domain::instant::Timestamp;
use cosell::domain::programme::registration::contract::ContractPart;
use cosell::domain::programme::registration::state::RegistrationState;
use cosell::domain::programme::registration::{Answered, Next, Registration, Written};
use cosell::domain::text::Line;
use cosell::exchange::registrations::{read, row, write};
use cosell::exchange::{Input, Reading};
use cosell::i18n::{Language, Sentences};
use cosell::intake::{Intake, Manner};
use cosell::store::{KeptRegistration, Mode, Settings, StepKind, Store, StoreError};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::center::Center;
use crate::center_registrations::RegistrationsCenter;

/// What happens next. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Op {
    /// A contract is told; its kind says how right it is.
    Tell(usize, u8),
    Write,
    Upload(usize, bool),
    Answer,
    Decide(usize),
    Download,
    Import,
    Undo,
}

fn op() -> impl Strategy<Value = Op> {
    let n = || 0..4usize;
    prop_oneof![
        4 => (n(), 0..6u8).prop_map(|(n, v)| Op::Tell(n, v)),
        3 => Just(Op::Write),
        3 => (n(), any::<bool>()).prop_map(|(n, tells)| Op::Upload(n, tells)),
        3 => Just(Op::Answer),
        3 => (0..12usize).prop_map(Op::Decide),
        2 => Just(Op::Download),
        2 => Just(Op::Import),
        1 => Just(Op::Undo),
    ]
}

struct World {
    store: Store,
    center: RegistrationsCenter,
    folder: TempDir,
    now: Timestamp,
    download: Option<String>,
    written: Vec<PathBuf>,
    answers: Vec<PathBuf>,
    made: u32,
}

impl World {
    /// Three deals that are won and known there.
    fn new() -> Self {
        let now = Timestamp::parse("2026-11-20T08:00:00Z").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut deals = Center::default();
        let mut won = Vec::new();
        for name in ["하나", "둘", "셋"] {
            let referral = deals.send(name);
            let record = deals.records.get_mut(&referral).unwrap();
            record.insert("Partner Referral Status", "Closed".to_owned());
            record.insert("Partner Referral Substatus", "Won".to_owned());
            won.push(referral);
        }
        let path = folder.path().join("deals.csv");
        fs::write(&path, deals.download()).unwrap();
        let mut store = Store::in_memory(Settings::default()).unwrap();
        let sentences = Arc::new(Sentences::new(Language::all().next().unwrap()));
        let (mut intake, _told) = Intake::open(&path, &Manner::import(folder.path().join("state")), &sentences).unwrap();
        let report =
            store.import(std::slice::from_mut(&mut intake), Mode::Import, now, &mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(report.new, 3);
        let center = RegistrationsCenter { won, ..RegistrationsCenter::default() };
        Self { store, center, folder, now, download: None, written: Vec::new(), answers: Vec::new(), made: 0 }
    }

    fn moment(&self) -> Moment {
        Clock::from_setting(Some(&self.now.to_string())).unwrap().moment()
    }

    fn today(&self) -> chrono::NaiveDate {
        self.moment().today.naive()
    }

    fn path(&mut self, name: &str) -> PathBuf {
        self.made += 1;
        self.folder.path().join(format!("{:03}-{name}.csv", self.made))
    }

    /// Tells a contract that is right, large, not on Azure, or wrong in one thing.
    fn tell(&mut self, n: usize, kind: u8) {
        let id = OpportunityId(i64::try_from(n % 3).unwrap() + 1);
        let seen = self.store.registration(id).unwrap();
        if seen.as_ref().is_some_and(|seen| !seen.is_editable()) {
            return;
        }
        let mut to = seen.clone().unwrap_or_default();
        let today = self.moment().today;
        let (signed, long_ago) = (today.plus_days(-3).to_string(), today.plus_days(-80).to_string());
        self.made += 1;
        let value = (if kind == 1 { 2_000_000 } else { 60_000 } + self.made).to_string();
        let parts = [
            (ContractPart::Value, value.as_str()),
            (ContractPart::Currency, "USD"),
            (ContractPart::Term, if kind == 4 { "finite" } else { "perpetual" }),
            (ContractPart::SignDate, if kind == 5 { &long_ago } else { &signed }),
            (ContractPart::StartDate, &signed),
            (ContractPart::EndDate, if kind == 4 { &signed } else { "" }),
            (ContractPart::SolutionValue, if kind == 3 { "90000000" } else { "50000" }),
            (ContractPart::SolutionCurrency, "USD"),
            (ContractPart::DeployedOnAzure, if kind == 2 { "no" } else { "yes" }),
        ];
        to.contract.tell(&parts, today).unwrap();
        to.waits = true;
        let deal = self.store.get(id).unwrap().opportunity;
        self.store.register(&deal, seen.as_ref(), &to, self.now).unwrap();
    }

    fn write(&mut self) {
        let all = self.store.registrations().unwrap();
        let ready: Vec<KeptRegistration> = all.into_iter().filter(|kept| kept.registration.next() == Next::Write).collect();
        if ready.is_empty() {
            return;
        }
        let path = self.path("registrations");
        let rows: Vec<Vec<String>> =
            ready.iter().map(|kept| row(kept.deal.referral_id.as_ref().unwrap(), &kept.registration)).collect();
        let file = write(&path, &rows).unwrap();
        let written = Written { at: self.now, file: Line::parse("registrations.csv").unwrap() };
        self.store.note_registrations(&ready, &written, || file.keep()).unwrap().unwrap();
        self.written.push(path);
    }

    fn upload(&mut self, n: usize, tells: bool) {
        if self.written.is_empty() {
            return;
        }
        let path = self.written.remove(n % self.written.len());
        let (text, today) = (fs::read_to_string(&path).unwrap(), self.today());
        let answer = self.center.upload(&text, tells, today);
        let path = self.path("answer");
        fs::write(&path, answer).unwrap();
        self.answers.push(path);
    }

    fn all(&self) -> BTreeMap<OpportunityId, Registration> {
        let all = self.store.registrations().unwrap();
        all.into_iter().map(|kept| (kept.deal.id, kept.registration)).collect()
    }

    /// Takes a file. What waits or was written and not answered stays as it was told, and what was refused says why.
    fn take(&mut self, path: &Path) {
        let before = self.all();
        let today = *self.moment().today;
        let rows = read(Input::open(path, Reading::default()).unwrap(), today).unwrap();
        let answers: Vec<_> = rows.into_iter().map(|row| row.said.unwrap()).collect();
        let told = self.store.answer_registrations(&answers, today, self.now, true).unwrap();
        let after = self.all();
        for ((_, answer), became) in answers.iter().zip(told) {
            let (id, became) = became.unwrap();
            let is = &after[&id];
            let Some(was) = before.get(&id) else { continue };
            if was.waits {
                assert_eq!((&is.contract, is.waits), (&was.contract, true), "what waits is kept");
            }
            if was.written.is_some() && is.contract != was.contract {
                let moved = answer.state.is_some() && answer.state != was.state();
                assert!(moved, "what was written is kept until it is answered: {was:?} {answer:?}");
            }
            if became == Answered::Refused {
                assert!(is.errors.is_some() && is.contract == was.contract, "{is:?}");
                assert!(matches!(is.next(), Next::Mend | Next::Write | Next::Upload | Next::Wait | Next::Act), "{is:?}");
            }
        }
    }

    fn import(&mut self) {
        let Some(text) = self.download.clone() else { return };
        let path = self.path("download");
        fs::write(&path, text).unwrap();
        self.take(&path);
    }

    fn run(&mut self, op: &Op) {
        self.now = self.now.plus_micros(86_400_000_000);
        match op {
            Op::Tell(n, kind) => self.tell(*n, *kind),
            Op::Write => self.write(),
            Op::Upload(n, tells) => self.upload(*n, *tells),
            Op::Answer => {
                if !self.answers.is_empty() {
                    let path = self.answers.remove(0);
                    self.take(&path);
                }
            }
            Op::Decide(n) => {
                let today = self.today();
                self.center.decide(*n, today);
            }
            // The one before is thrown away: nobody imports it any more.
            Op::Download => self.download = Some(self.center.download()),
            Op::Import => self.import(),
            // What was written to a file or answered has left; what was only told is taken back.
            Op::Undo => {
                let next = self.store.undo_and_redo().unwrap().undo;
                if next.is_some_and(|step| step.kind == StepKind::Register) {
                    let undone = self.store.undo(self.now);
                    assert!(matches!(undone, Ok(_) | Err(StoreError::RecordChanged { .. })), "{undone:?}");
                }
            }
        }
    }

    /// Mends what was refused, uploads what lies about, takes every answer and a fresh download, until nothing moves any more.
    fn settle(&mut self) {
        for _ in 0..4 {
            self.now = self.now.plus_micros(86_400_000_000);
            while !self.written.is_empty() {
                self.upload(0, true);
            }
            for path in std::mem::take(&mut self.answers) {
                self.take(&path);
            }
            self.download = Some(self.center.download());
            self.import();
            for (id, of) in self.all() {
                if matches!(of.next(), Next::Mend | Next::Write | Next::Act) {
                    self.tell(usize::try_from(id.0 - 1).unwrap(), 0);
                }
            }
            self.write();
        }
    }

    fn check(&mut self) {
        assert_eq!(self.store.health().unwrap(), Default::default());
        for kept in self.store.registrations().unwrap() {
            let of = &kept.registration;
            let referral = kept.deal.referral_id.as_ref().unwrap();
            let Some(there) = self.center.records.get(referral.as_str()) else {
                panic!("{of:?} was never taken");
            };
            assert_eq!(of.state(), RegistrationState::read(&there["Registration Status"]), "{of:?}");
            assert!(of.written.is_none() && !of.waits, "nothing waits that stands there: {of:?} {there:?}");
            assert_eq!(ContractPart::Value.text(&of.contract), there["Contract Value"], "{of:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::cases(100), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mg_73_whatever_the_order_registrations_end_equal_on_both_sides_and_no_contract_is_lost(ops in prop::collection::vec(op(), 1..30)) {
        let mut world = World::new();
        for op in &ops {
            world.run(op);
        }
        world.settle();
        world.check();
    }
}
