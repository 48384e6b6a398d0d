//! Leads there and back: whatever the order of downloads, answers and changes on both sides, nothing is lost untold, what was refused says
//! why, what was confirmed does not wait, and what both changed is decided by the rep.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cosell::clock::Clock;
use cosell::dispatch::{UploadFormat, leads};
use cosell::domain::date::Moment;
use cosell::domain::instant::Timestamp;
use cosell::domain::lead::{Lead, LeadPart, LeadStays, LeadStep};
use cosell::domain::outcome::Reason;
use cosell::exchange::{Input, Reading};
use cosell::i18n::{Language, Sentences};
use cosell::intake::Manner;
use cosell::intake::leads::LeadsIntake;
use cosell::store::{LeadVerdict, LeadsTaken, Mode, Settings, Store};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::center_leads::LeadsCenter;

/// What happens next. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Op {
    Sent,
    TheirNotes(usize, u8),
    TheirValue(usize, u8),
    Expires(usize),
    Download,
    Import(usize),
    Notes(usize, u8),
    Value(usize, u8),
    Accept(usize),
    Decline(usize),
    Win(usize),
    Lose(usize),
    Write,
    Upload(usize, u8),
    Answer(usize),
    Resolve(usize, bool),
    Undo,
    Redo,
}

fn op() -> impl Strategy<Value = Op> {
    let n = || 0..5usize;
    prop_oneof![
        2 => Just(Op::Sent),
        2 => (n(), 0..3u8).prop_map(|(n, v)| Op::TheirNotes(n, v)),
        2 => (n(), 0..3u8).prop_map(|(n, v)| Op::TheirValue(n, v)),
        1 => n().prop_map(Op::Expires),
        3 => Just(Op::Download),
        4 => n().prop_map(Op::Import),
        3 => (n(), 0..3u8).prop_map(|(n, v)| Op::Notes(n, v)),
        2 => (n(), 0..3u8).prop_map(|(n, v)| Op::Value(n, v)),
        3 => n().prop_map(Op::Accept),
        1 => n().prop_map(Op::Decline),
        1 => n().prop_map(Op::Win),
        1 => n().prop_map(Op::Lose),
        4 => Just(Op::Write),
        4 => (n(), any::<u8>()).prop_map(|(n, v)| Op::Upload(n, v)),
        4 => n().prop_map(Op::Answer),
        2 => (n(), any::<bool>()).prop_map(|(n, ours)| Op::Resolve(n, ours)),
        1 => Just(Op::Undo),
        1 => Just(Op::Redo),
    ]
}

/// Both sides, and the files between them.
struct World {
    store: Store,
    center: LeadsCenter,
    folder: TempDir,
    now: Timestamp,
    downloads: Vec<PathBuf>,
    written: Vec<PathBuf>,
    answers: Vec<PathBuf>,
    sentences: Arc<Sentences>,
    made: u32,
}

impl World {
    fn new() -> Self {
        Self {
            store: Store::in_memory(Settings::default()).unwrap(),
            center: LeadsCenter::default(),
            folder: tempfile::tempdir().unwrap(),
            now: Timestamp::parse("2026-11-20T08:00:00Z").unwrap(),
            downloads: Vec::new(),
            written: Vec::new(),
            answers: Vec::new(),
            sentences: Arc::new(Sentences::new(Language::all().next().unwrap())),
            made: 0,
        }
    }

    fn moment(&self) -> Moment {
        Clock::from_setting(Some(&self.now.to_string())).unwrap().moment()
    }

    fn today(&self) -> chrono::NaiveDate {
        self.moment().today.naive()
    }

    fn file(&mut self, name: &str, text: &str) -> PathBuf {
        self.made += 1;
        let path = self.folder.path().join(format!("{:03}-{name}", self.made));
        fs::write(&path, text).unwrap();
        path
    }

    fn nth(&self, n: usize) -> Option<Lead> {
        let mut leads = self.store.leads().unwrap();
        leads.sort_by(|one, other| one.id.as_str().cmp(other.id.as_str()));
        (!leads.is_empty()).then(|| leads.swap_remove(n % leads.len()))
    }

    fn their(&self, n: usize) -> Option<String> {
        let ids: Vec<&String> = self.center.records.keys().collect();
        (!ids.is_empty()).then(|| ids[n % ids.len()].clone())
    }

    /// What the rules refuse is not done.
    fn change(&mut self, n: usize, change: impl FnOnce(&mut Lead) -> bool) {
        let Some(seen) = self.nth(n) else { return };
        let mut lead = seen.clone();
        if change(&mut lead) {
            self.store.change_leads(&[(seen, lead)], self.now).unwrap();
        }
    }

    fn edit(&mut self, n: usize, part: LeadPart, text: String) {
        let today = self.moment().today;
        self.change(n, |lead| lead.edit(&[(part, text)], today).is_ok());
    }

    fn step(&mut self, n: usize, step: &LeadStep) {
        self.change(n, |lead| lead.step(step).is_ok());
    }

    /// Takes a file. Every value of ours that it changes is told, and so is every one that both changed.
    fn take(&mut self, path: &Path) -> LeadsTaken {
        let before = self.store.leads().unwrap();
        let manner = Manner::import(self.folder.path().join("state"));
        let input = Input::open(path, Reading::default()).unwrap();
        let mut intake = LeadsIntake::read(input, &manner, &self.sentences).unwrap();
        assert_eq!(intake.file.refused, 0, "{:?}", intake.refused);
        let taken = self.store.take_leads(&intake.file.leads, Mode::Import, self.now).unwrap();
        intake.finish(true);
        for was in before {
            let is = self.store.lead(was.id.as_str()).unwrap().unwrap();
            let heard = taken.rows.iter().find(|row| row.lead.id == was.id).and_then(|row| match &row.verdict {
                LeadVerdict::Changed(heard) => Some(heard.clone()),
                _ => None,
            });
            for part in LeadPart::ALL {
                if was.text(part) != is.text(part) {
                    assert_eq!(was.text(part), was.told(part), "what was changed here is not overwritten: {part:?} of {was:?}");
                    let told = heard.as_ref().is_some_and(|heard| heard.taken.contains(&part));
                    assert!(told, "{part:?} of {} was changed and nobody was told", was.id);
                }
                let clashes = is.clashes().contains(&part) && !was.clashes().contains(&part);
                let told = heard.as_ref().is_some_and(|heard| heard.clashes.contains(&part));
                assert_eq!(clashes, told && clashes, "{part:?} of {} clashes and nobody was told", was.id);
            }
        }
        taken
    }

    fn write(&mut self) {
        let clashing = self.store.leads().unwrap().iter().filter(|lead| lead.waits() == Err(LeadStays::Clash)).count();
        let folder = self.folder.path().to_owned();
        let now = self.moment();
        let written = leads::write(&mut self.store, &folder, UploadFormat::Csv, now).unwrap();
        assert_eq!(written.left, clashing);
        self.written.extend(written.files.into_iter().map(|(path, _)| path));
    }

    fn upload(&mut self, n: usize, whim: u8) {
        if self.written.is_empty() {
            return;
        }
        let path = self.written.remove(n % self.written.len());
        let refuse = whim.is_multiple_of(4).then_some(usize::from(whim % 3) + 1);
        let (text, today) = (fs::read_to_string(&path).unwrap(), self.today());
        let answer = self.center.upload(&text, refuse, today);
        let file = self.file("answer.csv", &answer);
        self.answers.push(file);
    }

    fn run(&mut self, op: &Op) {
        // A day goes by: the files know no shorter time.
        self.now = self.now.plus_micros(86_400_000_000);
        let today = self.today();
        match op {
            Op::Sent => self.center.send(today),
            Op::TheirNotes(n, v) => {
                if let Some(id) = self.their(*n) {
                    self.center.edit(&id, &[("Notes", &format!("메모 {v}"))], today);
                }
            }
            Op::TheirValue(n, v) => {
                if let Some(id) = self.their(*n) {
                    self.center.edit(&id, &[("Estimated Lead Value", &format!("{},000", u32::from(*v) + 1))], today);
                }
            }
            Op::Expires(n) => {
                if let Some(id) = self.their(*n) {
                    self.center.edit(&id, &[("Lead Status", "Closed"), ("Lead Substatus", "Expired")], today);
                }
            }
            Op::Download => {
                let text = self.center.download();
                let file = self.file("leads.csv", &text);
                self.downloads.push(file);
            }
            Op::Import(n) => {
                if !self.downloads.is_empty() {
                    let path = self.downloads[n % self.downloads.len()].clone();
                    self.take(&path);
                }
            }
            Op::Notes(n, v) => self.edit(*n, LeadPart::Notes, format!("메모 {v}")),
            Op::Value(n, v) => self.edit(*n, LeadPart::Value, format!("{}000", u32::from(*v) + 1)),
            Op::Accept(n) => self.step(*n, &LeadStep::Accept),
            Op::Decline(n) => self.step(*n, &LeadStep::Decline { reason: Reason::Budget, note: None }),
            Op::Win(n) => self.step(*n, &LeadStep::Win),
            Op::Lose(n) => self.step(*n, &LeadStep::Lose { reason: Reason::Timeline, note: None }),
            Op::Write => self.write(),
            Op::Upload(n, whim) => self.upload(*n, *whim),
            Op::Answer(n) => {
                if !self.answers.is_empty() {
                    let path = self.answers[n % self.answers.len()].clone();
                    self.take(&path);
                }
            }
            Op::Resolve(n, ours) => self.change(*n, |lead| {
                lead.decide(*ours);
                true
            }),
            Op::Undo => drop(self.store.undo(self.now)),
            Op::Redo => drop(self.store.redo(self.now)),
        }
    }

    /// Uploads what lies about, takes every answer and a fresh download, decides what is to be decided, until nothing moves any more.
    fn settle(&mut self) {
        for round in 0..4 {
            self.now = self.now.plus_micros(86_400_000_000);
            while !self.written.is_empty() {
                self.upload(0, 1);
            }
            for answer in std::mem::take(&mut self.answers) {
                self.take(&answer);
            }
            let text = self.center.download();
            let fresh = self.file("fresh.csv", &text);
            self.take(&fresh);
            for n in 0..self.center.records.len() {
                self.change(n, |lead| {
                    let any = !lead.clashes().is_empty();
                    lead.decide(true);
                    any
                });
            }
            if round < 3 {
                self.write();
            }
        }
    }

    fn check(&mut self) {
        assert_eq!(self.store.health().unwrap(), Default::default());
        let text = self.center.download();
        let fresh = self.file("last.csv", &text);
        let taken = self.take(&fresh);
        for row in &taken.rows {
            assert_eq!(row.verdict, LeadVerdict::Unchanged, "both sides are equal: {row:?}");
        }
        assert_eq!(self.store.leads().unwrap().len(), self.center.records.len());
        for lead in self.store.leads().unwrap() {
            let there = &self.center.records[lead.id.as_str()];
            assert!(lead.clashes().is_empty());
            if lead.error.is_some() {
                // What was closed there meanwhile takes nothing more, and says so.
                assert_eq!(there["Lead Status"], "Closed", "{lead:?}");
                continue;
            }
            let differs: Vec<LeadPart> = LeadPart::ALL
                .into_iter()
                .filter(|part| *part != LeadPart::ReasonNote && lead.text(*part) != lead.told(*part))
                .collect();
            assert_eq!((differs, lead.waits()), (Vec::new(), Err(LeadStays::Nothing)), "{lead:?}");
            assert_eq!((lead.text(LeadPart::Notes), lead.stage().words().1), (&*there["Notes"], &*there["Lead Substatus"]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::cases(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mg_83_whatever_the_order_leads_end_equal_on_both_sides_and_nothing_is_lost_untold(ops in prop::collection::vec(op(), 1..40)) {
        let mut world = World::new();
        for op in &ops {
            world.run(op);
        }
        world.settle();
        world.check();
    }
}
