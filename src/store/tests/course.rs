//! The journal over any course of steps, imports, undos and clocks: every earlier state can be rebuilt, and undo is a step back.

use proptest::prelude::*;

use super::super::{Happened, Store, StoreError, Undone};
use super::journal::import_at;
use super::*;
use crate::domain::change::{Edit, HelpRequest, Set};
use crate::domain::deadline::{Basis, Deadline};
use crate::domain::filter::Filter;
use crate::domain::held::{Held, Side};
use crate::domain::ids::{StepId, Version};
use crate::domain::opportunity::HelpKind;
use crate::domain::ours::NextStep;
use crate::domain::sales::SalesStage;
use crate::domain::stage::Stage;
use crate::insight::Dimension;
use crate::store::facts::Wanted;

fn any_what() -> impl Strategy<Value = What> {
    let side = any::<bool>().prop_map(|ours| if ours { Side::Ours } else { Side::Theirs });
    prop_oneof![
        3 => Just(accept()),
        1 => Just(What::Decline { reason: Reason::Budget, note: Notes::parse("no").ok() }),
        1 => Just(What::Win(Edit::default())),
        1 => Just(What::Lose { reason: Reason::Other, note: None, correct: Edit::default() }),
        1 => any::<bool>().prop_map(|on| What::Favorite { on }),
        2 => prop::sample::select(vec!["One", "Two"]).prop_map(|name| What::Edit(Edit(vec![Set::Name(line(name))]))),
        1 => any::<bool>().prop_map(|some| {
            let notes = Notes::parse("asked for a pilot").ok().filter(|_| some);
            What::Edit(Edit(vec![Set::Notes(notes), Set::SalesStage(SalesStage::of(if some { 40 } else { 10 }).unwrap())]))
        }),
        1 => Just(What::AskHelp(Box::new(HelpRequest {
            kind: HelpKind::ProofOfConceptOrDemo,
            note: Notes::parse("a demo in March").unwrap(),
            contact: Person {
                first: "민준".into(),
                last: "김".into(),
                phone: "+82 2-555-0101".into(),
                email: "minjun@hanbit.example".into(),
            },
        }))),
        2 => side.prop_map(|side| What::Resolve { fields: Vec::new(), side }),
        2 => any_of_ours(),
    ]
}

/// Whose it is, what is next, what is noted.
fn any_of_ours() -> impl Strategy<Value = What> {
    let owner = prop::sample::select(vec![None, Some("ana@p.example"), Some("bo@p.example")]);
    let next = prop::option::of((prop::sample::select(vec!["Call", "전화"]), 0i64..3));
    prop_oneof![
        1 => owner.prop_map(|owner| What::Edit(Edit(vec![Set::Owner(owner.map(line))]))),
        1 => next.prop_map(|next| {
            What::Next(next.map(|(text, day)| NextStep { text: line(text), on: Date::iso("2026-11-21").unwrap().plus_days(day) }))
        }),
        2 => prop::sample::select(vec!["One", "둘"]).prop_map(|text| {
            What::Note { by: Line::parse("ana@p.example").ok(), text: Notes::parse(text).unwrap() }
        }),
    ]
}

#[derive(Debug, Clone)]
enum Act {
    Apply(i64, What),
    Bulk(What),
    Undo,
    Redo,
    /// Takes back the step that so many standing ones came after.
    UndoStep(usize),
    /// So many days on, or back.
    Wait(i64),
    /// A record in one of several shapes, and how many days after the first day it was told.
    Import(usize, usize, Option<i64>),
    Create,
}

/// As it is, without notes, shortened to its names, with another name, by Partner Center's later word.
fn shaped(n: usize, shape: usize, day: Option<i64>) -> Incoming {
    let whole = Incoming { updated_at: day.map(|day| now().plus_days(day)), ..record(n) };
    match shape {
        0 => Incoming { notes: Some(None), ..whole },
        1 => Incoming {
            referral_id: whole.referral_id,
            direction: whole.direction,
            name: whole.name,
            customer_name: whole.customer_name,
            ..Incoming::silent(2)
        },
        2 => Incoming { name: Some(Some(line("Theirs"))), ..whole },
        3 => {
            let state = State::Closed(Outcome::Declined { reason: Some(Reason::Budget), note: None });
            Incoming { status: Some(Status { state, accepted_at: None, closed_at: None }), ..whole }
        }
        _ => whole,
    }
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1i64..12, any_what()).prop_map(|(id, what)| Act::Apply(id, what)),
        1 => any_what().prop_map(Act::Bulk),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        2 => (0usize..5).prop_map(Act::UndoStep),
        1 => (-9i64..12).prop_map(Act::Wait),
        3 => (0usize..16, 0usize..5, prop::option::of(-3i64..3)).prop_map(|(n, shape, day)| Act::Import(n, shape, day)),
        1 => Just(Act::Create),
    ]
}

/// As [`any_act`], where time only goes on.
fn any_act_in_time() -> impl Strategy<Value = Act> {
    any_act().prop_map(|act| match act {
        Act::Wait(days) => Act::Wait(days.abs()),
        act => act,
    })
}

/// What is held of everything as it was told, whatever the clock makes of it.
fn told(store: &Store) -> Vec<(i64, Option<Held>)> {
    (1..40).map(|id| (id, store.get(OpportunityId(id)).ok().map(bare))).collect()
}

fn bare(mut held: Held) -> Held {
    let on = &mut held.opportunity;
    (on.version, on.waiting, on.stage) = (Version(0), false, on.stage.told());
    // Counted by the clock and the setting of the day: derived.
    on.first_seen_at = now();
    if let Stage::Received { respond_by: counted @ Deadline { basis: Basis::Created | Basis::FirstSeen, .. } } = &mut on.stage {
        counted.at = now();
    }
    held.told = Default::default();
    held.in_outbox = None;
    held
}

/// The steps that stand and those that were taken back, each with the state that was there before it was done or taken back,
/// where that is known: what comes after a step that was taken back alone has never stood without it.
struct Course {
    store: Store,
    clock: Timestamp,
    standing: Vec<(StepId, Option<Stood>)>,
    undone: Vec<(StepId, Stood)>,
    stood: Vec<(StepId, Stood)>,
}

type Stood = Vec<(i64, Option<Held>)>;

impl Course {
    fn new() -> Self {
        let store = store_of(8);
        let first = store.steps(None, 1).unwrap()[0].id;
        let stood = vec![(first, told(&store))];
        let standing = vec![(first, Some(told(&store_of(0))))];
        Self { store, clock: now(), standing, undone: Vec::new(), stood }
    }

    fn act(&mut self, act: Act) -> Result<(), TestCaseError> {
        let before = told(&self.store);
        let (store, clock) = (&mut self.store, self.clock);
        let step = match act {
            Act::Apply(id, what) => store.apply(&[change(id, what)], clock).unwrap().step,
            Act::Bulk(what) => store.apply(&(1..8).map(|id| change(id, what.clone())).collect::<Vec<_>>(), clock).unwrap().step,
            Act::Import(n, shape, day) => import_at(store, vec![shaped(n, shape, day)], clock).step,
            Act::Create => {
                store.create(&super::deals::new("한빛정밀", "ERP", "SOL-1"), None, clock).unwrap();
                store.steps(None, 1).unwrap().first().map(|step| step.id)
            }
            Act::Undo => return self.undo(self.standing.len().checked_sub(1), before, |store| store.undo(clock)),
            Act::UndoStep(after) => {
                let at = self.standing.len().checked_sub(after + 1);
                let Some(step) = at.map(|at| self.standing[at].0) else { return Ok(()) };
                return self.undo(at, before, |store| store.undo_step(step, clock));
            }
            Act::Redo => return self.redo(before),
            Act::Wait(days) => {
                self.clock = clock.plus_days(days);
                store.catch_up(self.clock).unwrap();
                prop_assert_eq!(&told(&self.store), &before, "the clock tells, it does not decide");
                return Ok(());
            }
        };
        if let Some(step) = step {
            self.standing.push((step, Some(before)));
            self.undone.clear();
        }
        Ok(())
    }

    /// Takes a step back: what stood before it stands, or it is refused and nothing changes.
    fn undo(
        &mut self,
        at: Option<usize>,
        before: Stood,
        work: impl FnOnce(&mut Store) -> Result<Undone, StoreError>,
    ) -> Result<(), TestCaseError> {
        let rows = everything(&self.store);
        let last = at.is_some_and(|at| at + 1 == self.standing.len());
        match (work(&mut self.store), at) {
            (Ok(undone), Some(at)) => {
                let (step, then) = self.standing.remove(at);
                prop_assert_eq!(undone.step.id, step);
                if let Some(then) = then.filter(|_| last) {
                    prop_assert_eq!(then, told(&self.store));
                }
                self.standing[at..].iter_mut().for_each(|(_, then)| *then = None);
                self.undone.push((step, before));
            }
            (Err(StoreError::NothingToUndo), None) => {
                prop_assert_eq!(difference(&rows, &everything(&self.store)), "");
            }
            (Err(StoreError::ChangedSince { .. }), Some(_)) => {
                prop_assert!(!last, "the last step can always be taken back");
                prop_assert_eq!(difference(&rows, &everything(&self.store)), "");
            }
            (went, at) => prop_assert!(false, "{:?} at {:?}", went, at),
        }
        Ok(())
    }

    /// Makes what was taken back last again: what stood then stands.
    fn redo(&mut self, before: Stood) -> Result<(), TestCaseError> {
        match (self.store.redo(self.clock), self.undone.pop()) {
            (Ok(_), Some((step, then))) => {
                prop_assert_eq!(then, told(&self.store));
                self.standing.push((step, Some(before)));
            }
            (Err(StoreError::NothingToRedo), None) => {}
            (went, _) => prop_assert!(false, "{:?}", went),
        }
        Ok(())
    }

    /// Walks back to every step there has been.
    fn walk_back(&mut self) -> Result<(), TestCaseError> {
        let last = self.stood[self.stood.len() - 1].0;
        for step in self.store.steps(None, 100).unwrap().iter().rev().filter(|step| step.id > last) {
            self.stood.push((step.id, told(&self.store)));
        }
        for (step, state) in &self.stood {
            for (id, held) in state {
                let then = self.store.stood(OpportunityId(*id), *step).unwrap().map(bare);
                prop_assert_eq!(&then, held, "{} after step {}", id, step);
            }
        }
        Ok(())
    }

    /// The log tells everything in order, each step with all it did.
    fn tell_again(&self) -> Result<(), TestCaseError> {
        let told = self.store.since(None, 10_000).unwrap();
        prop_assert!(told.windows(2).all(|pair| pair[0].step.id < pair[1].step.id));
        prop_assert_eq!(told.len(), self.store.steps(None, 10_000).unwrap().len());
        for deed in told.iter().flat_map(|told| &told.deeds) {
            prop_assert_eq!(deed.delta.is_some(), deed.what == Happened::Changed);
            prop_assert_eq!(deed.image.is_some(), matches!(deed.what, Happened::Made | Happened::Removed));
            prop_assert!(deed.uid.is_some());
        }
        Ok(())
    }
}

/// Everything as our clock sees it at a moment; what follows from settings and what is counted by changes is left out.
fn seen_at(held: Held, at: Timestamp) -> Held {
    let mut held = bare(held);
    held.opportunity.stage = held.opportunity.stage.seen_at(at);
    held
}

/// What stands in the store at a moment of the past, in every way that tells it.
fn past(store: &Store, at: Timestamp) -> Vec<Held> {
    let mut whole = Vec::new();
    let filter = super::lists::filter("-customer:nobody");
    store
        .as_it_stood(at, &mut |held| {
            whole.push(held);
            ControlFlow::Continue(())
        })
        .unwrap();
    for (by, with_solutions) in Dimension::ALL.into_iter().map(|by| (by, false)).chain([(Dimension::Stage, true)]) {
        let wanted = Wanted { by, with_solutions };
        let figured: Vec<_> = whole.iter().map(|held| wanted.of(crate::insight::Stood::from(&held.opportunity))).collect();
        for filter in [&Filter::none(), &filter] {
            let mut stood = Vec::new();
            store.each_stood(at, (filter, wanted), &mut || false, &mut |one| stood.push(one)).unwrap();
            assert_eq!(stood, figured, "figures are the same whether all is read or little: {by:?}");
        }
    }
    for held in &whole {
        assert_eq!(Some(held), store.one_as_it_stood(held.opportunity.id, at).unwrap().as_ref());
    }
    whole.into_iter().map(|held| seen_at(held, at)).collect()
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn every_past_moment_is_told_as_it_stood_steps_that_were_undone_since_included(acts in prop::collection::vec(any_act_in_time(), 1..24)) {
        let mut course = Course::new();
        let now_stood = |course: &Course| -> Vec<Held> {
            told(&course.store).into_iter().filter_map(|(_, held)| held).map(|held| seen_at(held, course.clock)).collect()
        };
        let mut moments = vec![(course.clock, now_stood(&course))];
        for act in acts {
            // Each is made at a moment of its own.
            course.clock = course.clock.plus_micros(1_000_000);
            course.act(act)?;
            moments.push((course.clock, now_stood(&course)));
            let now = moments.last().unwrap();
            prop_assert_eq!(&past(&course.store, now.0), &now.1, "as of now is now");
        }
        for (at, stood) in &moments {
            prop_assert_eq!(&past(&course.store, *at), stood, "as of {}", at);
        }
        let before = course.store.as_it_stood(now().plus_days(-1), &mut |_| ControlFlow::Continue(()));
        let begins = if let Err(StoreError::NothingKnown { begins }) = before { Some(begins) } else { None };
        prop_assert_eq!(begins, Some(now()));
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn every_earlier_state_can_be_rebuilt_and_undo_is_a_step_back(acts in prop::collection::vec(any_act(), 1..30)) {
        let mut course = Course::new();
        for act in acts {
            course.act(act)?;
            course.walk_back()?;
            super::steps::counts_are_true(&course.store);
        }
        course.tell_again()?;
        prop_assert_eq!(course.store.health().unwrap(), Default::default());
    }
}

#[test]
fn a_step_that_only_said_again_what_was_known_is_taken_back_with_its_date() {
    let mut course = Course::new();
    // The last one is no step: it only knows of another moment.
    for act in [Act::Import(1, 0, Some(0)), Act::Import(1, 0, None), Act::Undo, Act::Redo, Act::Undo] {
        course.act(act).unwrap();
        course.walk_back().unwrap();
    }
    assert_eq!(course.store.health().unwrap(), Default::default());
}
