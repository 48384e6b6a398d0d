//! Whatever the order of writing, answering, insisting and undoing: what an answer refused stays refused until somebody says otherwise.

use std::path::PathBuf;

use cosell::domain::outgoing::Answer;
use cosell::store::OutboxDeal;
use proptest::prelude::*;

use super::*;

/// What happens next. Numbers choose among the files that were written.
#[derive(Debug, Clone)]
enum Op {
    Note(u8),
    Write,
    /// An answer of its row: taken, or refused with one of these messages.
    Answer {
        file: usize,
        refused: Option<u8>,
        insisted: bool,
    },
    /// The file as it was written, said to be its answer.
    Own {
        file: usize,
        insisted: bool,
    },
    Undo,
    Redo,
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        2 => any::<u8>().prop_map(Op::Note),
        3 => Just(Op::Write),
        4 => (0..4usize, prop::option::of(0..2u8), any::<bool>())
            .prop_map(|(file, refused, insisted)| Op::Answer { file, refused, insisted }),
        3 => (0..4usize, any::<bool>()).prop_map(|(file, insisted)| Op::Own { file, insisted }),
        4 => Just(Op::Undo),
        1 => Just(Op::Redo),
    ]
}

/// How everything stood: the answers of all rows, the first written first, and the outbox.
#[derive(Debug, Clone)]
struct Stood {
    answers: Vec<Answer>,
    outbox: Vec<OutboxDeal>,
    written: usize,
}

struct Desk {
    world: World,
    files: Vec<PathBuf>,
    /// How it stood before each import and after it.
    imports: BTreeMap<StepId, [Stood; 2]>,
}

fn message(which: u8) -> String {
    format!("message {which}")
}

impl Desk {
    /// One deal that was accepted, which Partner Center knows.
    fn new() -> Self {
        let mut world = World::new();
        world.center.send("하나");
        world.run(&super::Op::Download);
        world.run(&super::Op::Import(0));
        world.run(&super::Op::Accept(0));
        world.run(&super::Op::Write(1));
        world.run(&super::Op::Upload(0, 2));
        world.run(&super::Op::Confirm(0));
        Self { world, files: Vec::new(), imports: BTreeMap::new() }
    }

    fn stood(&self) -> Stood {
        let sent = self.world.store.sent_of(OpportunityId(1)).unwrap();
        let answers = sent.into_iter().rev().skip(1).map(|row| row.answer).collect();
        Stood { answers, outbox: self.world.store.outbox().unwrap(), written: self.files.len() }
    }

    /// Takes a file for an answer. What is expected of the rows follows from how they stood.
    fn answer(&mut self, file: usize, refused: Option<u8>, insisted: bool, path: &Path) {
        let before = self.stood();
        let mut expected = before.answers.clone();
        match (&before.answers[file], refused.map(message)) {
            (Answer::Refused(_), _) if !insisted => {}
            (Answer::Taken, _) => {}
            (_, Some(message)) => expected[file] = Answer::Refused(message),
            (_, None) => {
                expected[file] = Answer::Taken;
                // What was written before it has arrived with it.
                expected[..file].iter_mut().filter(|answer| **answer == Answer::Open).for_each(|answer| *answer = Answer::Taken);
            }
        }
        let report = self.world.take_as(path, true, insisted);
        let after = self.stood();
        assert_eq!(after.answers, expected, "{report:?}");
        let is_kept =
            matches!(&before.answers[file], Answer::Refused(known) if !insisted && refused.map(message).as_ref() != Some(known));
        assert_eq!(report.answered.iter().map(|of| of.kept).sum::<u64>(), u64::from(is_kept), "{report:?}");
        if is_kept {
            assert_eq!(after.outbox, before.outbox, "nothing of it is taken");
        }
        if let Some(step) = report.step {
            self.imports.insert(step, [before, after]);
        }
    }

    fn run(&mut self, op: &Op) {
        self.world.now = self.world.now.plus_micros(3_600_000_000);
        match op {
            Op::Note(v) => self.world.run(&super::Op::Note(0, *v)),
            Op::Write => {
                self.world.write(1);
                self.files.append(&mut self.world.written);
            }
            Op::Answer { file, refused, insisted } if !self.files.is_empty() => {
                let file = file % self.files.len();
                let text = fs::read_to_string(&self.files[file]).unwrap();
                let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
                let mut writer = csv::Writer::from_writer(Vec::new());
                writer.write_record(reader.headers().unwrap()).unwrap();
                for row in reader.records().map(Result::unwrap) {
                    let said = refused.map(message).unwrap_or_default();
                    writer.write_record(std::iter::once(said.as_str()).chain(row.iter().skip(1))).unwrap();
                }
                let name = format!("answer of {}", self.files[file].file_name().unwrap().to_str().unwrap());
                let path = self.world.file(&name, &String::from_utf8(writer.into_inner().unwrap()).unwrap());
                self.answer(file, *refused, *insisted, &path);
            }
            Op::Own { file, insisted } if !self.files.is_empty() => {
                let file = file % self.files.len();
                let path = self.files[file].clone();
                self.answer(file, None, *insisted, &path);
            }
            Op::Undo => {
                if let Ok(undone) = self.world.store.undo(self.world.now) {
                    self.stands(undone.step.id, 0);
                }
            }
            Op::Redo => {
                if let Ok(again) = self.world.store.redo(self.world.now) {
                    self.stands(again.step.id, 1);
                }
            }
            Op::Answer { .. } | Op::Own { .. } => {}
        }
    }

    /// It stands as it did before an import, or after it; what was written since is beside that.
    fn stands(&self, step: StepId, which: usize) {
        let Some(then) = self.imports.get(&step).map(|stood| &stood[which]) else { return };
        let now = self.stood();
        assert_eq!(now.answers[..then.answers.len()], then.answers, "of {step:?}");
        if now.written == then.written {
            let plain = |all: &[OutboxDeal]| {
                all.iter().map(|deal| (deal.standing.clone(), deal.pending.clone(), deal.sent.clone())).collect::<Vec<_>>()
            };
            assert_eq!(plain(&now.outbox), plain(&then.outbox), "of {step:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(150), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_refused_stays_so_until_it_is_insisted_on_and_undo_brings_the_refusal_back(ops in prop::collection::vec(op(), 1..24)) {
        let mut desk = Desk::new();
        for op in &ops {
            desk.run(op);
        }
    }
}
