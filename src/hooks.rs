//! Commands of the user's own that are told what happened, step by step from the history: nothing is left out, and nothing told twice.
//! Which commands is the configuration's; how far they were told, the store's.

mod beside;
mod run;

use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

pub use beside::Beside;

use crate::clock::Clock;
use crate::config::{Config, HookEvent, Hooks};
use crate::domain::ids::StepId;
use crate::exchange::json;
use crate::i18n::Sentences;
use crate::log::Log;
use crate::private;
use crate::store::{Access, StepKind, StepRecord, Store, StoreError};
use run::{Ended, Ran};

/// How many deals of a step a command is told whole; `count` tells how many there are.
const DEALS_MAX: usize = 1_000;
/// How many steps are read at once.
const STEPS_MAX: usize = 100;
/// So many steps that came while commands ran are told in one go: commands that cause what they are told of would never come to an end.
const CAUSED_MAX: usize = 50;

/// A command that did not do what it was to.
#[derive(Debug)]
pub struct Failed {
    pub event: HookEvent,
    pub step: StepId,
    pub why: Why,
}

/// Why it did not.
#[derive(Debug)]
pub enum Why {
    /// It could not be started.
    Unstarted(io::Error),
    /// What it ended with, in the system's words.
    Status(String),
    /// It took longer than it may, and was ended.
    TooLong,
    /// While commands ran, so many steps came: they seem to cause each other. What was not told yet is told the next time.
    Circling(usize),
}

impl Failed {
    /// Says what failed, and where to find out more.
    pub fn said(&self, s: &Sentences, log: &Path) -> String {
        let (event, log) = (self.event.code(), log.display().to_string());
        match &self.why {
            Why::Unstarted(error) => s.hook_not_started(error.to_string(), event),
            Why::Status(status) => s.hook_failed(event, log, status.as_str()),
            Why::TooLong => s.hook_too_long(event, log),
            Why::Circling(steps) => s.hook_circling(event, *steps as u64),
        }
    }
}

/// What commands are run with.
#[derive(Debug, Clone)]
pub struct Hooking {
    hooks: Hooks,
    clock: Clock,
    /// Where it is noted what was run and what it printed.
    log: PathBuf,
    /// The configuration they stand in, also for what a command runs of this program.
    config: PathBuf,
}

impl Hooking {
    /// With the commands of a configuration, which lies at `path`.
    pub fn new(config: &Config, path: &Path, clock: Clock, log: &Path) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Self { hooks: config.hooks.clone(), clock, log: log.to_owned(), config: path }
    }

    /// Returns whether there is nothing to run.
    pub const fn is_empty(&self) -> bool {
        self.hooks.commands.is_empty()
    }

    /// Begins to mark in a database how far was told, where there are commands; or ends what this configuration has begun.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn begin(&self, store: &mut Store) -> Result<(), StoreError> {
        if store.access() != Access::ReadWrite {
            return Ok(());
        }
        store.mark_hooked(&self.config.to_string_lossy(), !self.is_empty())
    }

    /// Runs the commands for all that was not told yet, one after the other, until `stop` tells that it is enough; returns those that
    /// failed. Where another program is at it, that one goes on with what was added meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or written; what was not told is told the next time.
    pub fn tell(&self, store: &mut Store, stop: &AtomicBool) -> Result<Vec<Failed>, StoreError> {
        let mut failed = Vec::new();
        let last = store.last_step()?;
        // Whoever lets go of the file looks once more: what came in between was left to him.
        while !self.is_empty() && !stop.load(Ordering::Relaxed) && !store.steps_to_tell(1)?.is_empty() {
            let mut name = OsString::from(store.path());
            name.push("-hooks");
            let Ok(Some(_held)) = private::hold(Path::new(&name)) else { break };
            if self.tell_on(store, last, stop, &mut failed)?.is_break() {
                break;
            }
        }
        Ok(failed)
    }

    /// Tells what there is to tell; breaks where too much came after the step that was the last one before.
    fn tell_on(
        &self,
        store: &mut Store,
        last: Option<StepId>,
        stop: &AtomicBool,
        failed: &mut Vec<Failed>,
    ) -> Result<ControlFlow<()>, StoreError> {
        let mut caused = 0;
        loop {
            let steps = store.steps_to_tell(STEPS_MAX)?;
            if steps.is_empty() {
                return Ok(ControlFlow::Continue(()));
            }
            for step in steps {
                if stop.load(Ordering::Relaxed) {
                    return Ok(ControlFlow::Continue(()));
                }
                let events: Vec<HookEvent> =
                    events(store, &step)?.into_iter().filter(|on| self.hooks.on(*on).is_some()).collect();
                caused += usize::from(!events.is_empty() && Some(step.id) > last);
                if let Some(event) = events.first().filter(|_| caused > CAUSED_MAX) {
                    failed.push(Failed { event: *event, step: step.id, why: Why::Circling(CAUSED_MAX) });
                    return Ok(ControlFlow::Break(()));
                }
                for (at, event) in (1..).zip(&events) {
                    failed.extend(self.tell_one(store, &step, (*event, at == events.len()), stop)?);
                }
                if events.is_empty() {
                    store.note_hooked(step.id)?;
                }
            }
        }
    }

    /// Runs the command of one event. Once the last one of a step has begun the step counts as told: a program that is ended while it
    /// waits tells nothing twice.
    fn tell_one(
        &self,
        store: &mut Store,
        step: &StepRecord,
        (event, is_last): (HookEvent, bool),
        stop: &AtomicBool,
    ) -> Result<Option<Failed>, StoreError> {
        let Some(command) = self.hooks.on(event) else { return Ok(None) };
        let told = told(store, step, event)?.to_string();
        let number = step.id.to_string();
        let surroundings = [
            ("COSELL_EVENT", event.code().as_ref()),
            ("COSELL_STEP", number.as_ref()),
            ("COSELL_DB", store.path().as_os_str()),
            ("COSELL_CONFIG", self.config.as_os_str()),
        ];
        let started = run::start(command, &surroundings, told.into_bytes());
        let noted = if is_last { store.note_hooked(step.id) } else { Ok(()) };
        let ran = run::wait(started, self.hooks.limit, stop);
        self.note(event, step.id, &ran);
        noted?;
        let why = match ran.ended {
            Ended::Well | Ended::Left => return Ok(None),
            Ended::Badly(status) => Why::Status(status),
            Ended::TooLong => Why::TooLong,
            Ended::Unstarted(error) => Why::Unstarted(error),
        };
        Ok(Some(Failed { event, step: step.id, why }))
    }

    fn note(&self, event: HookEvent, step: StepId, ran: &Ran) {
        let ended = match &ran.ended {
            Ended::Well => "done".to_owned(),
            Ended::Badly(status) => status.clone(),
            Ended::TooLong => format!("ended after {} s", self.hooks.limit.as_secs()),
            Ended::Left => "ended, as cosell was left".to_owned(),
            Ended::Unstarted(error) => format!("not started: {error}"),
        };
        let said = if ran.said.is_empty() { String::new() } else { format!(": {}", ran.said.trim_end()) };
        // What cannot be logged is lost: there is no better place to say so.
        if let Ok(mut log) = Log::open(&self.log) {
            log.note(self.clock.now(), &format!("hook {}, step {step}: {ended}{said}", event.code()));
        }
    }
}

/// Returns what a step is to those who are told of it.
fn events(store: &Store, step: &StepRecord) -> Result<Vec<HookEvent>, StoreError> {
    // What was taken back and is made again happens again.
    let kind = if step.kind == StepKind::Redo { step.of.unwrap_or(step.kind) } else { step.kind };
    let event = match kind {
        StepKind::Accept => HookEvent::Accept,
        StepKind::Decline => HookEvent::Decline,
        StepKind::Win => HookEvent::Win,
        StepKind::Lose => HookEvent::Lose,
        StepKind::Expire => HookEvent::Expire,
        StepKind::Import => HookEvent::Import,
        StepKind::Write => HookEvent::Write,
        StepKind::Undo => HookEvent::Undo,
        _ => return Ok(Vec::new()),
    };
    let answers = event == HookEvent::Import && store.brought_answers(step.id)?;
    Ok([event].into_iter().chain(answers.then_some(HookEvent::Confirm)).collect())
}

/// Returns what a command reads: the step, and the deals it touched as they are now.
fn told(store: &Store, step: &StepRecord, event: HookEvent) -> Result<Value, StoreError> {
    let mut value = step_json(step);
    let mut deals = Vec::new();
    for (id, what) in store.touched(step.id, DEALS_MAX)? {
        let full = match store.get(id) {
            Err(StoreError::NoSuch(_)) => None,
            full => Some(full?),
        };
        deals.push(json!({ "id": id, "what": what.code(), "opportunity": full.map(|full| json::held(&full)) }));
    }
    if let Value::Object(members) = &mut value {
        members.insert("event".into(), event.code().into());
        members.insert("of".into(), step.of.map(StepKind::code).into());
        members.insert("deals".into(), deals.into());
    }
    Ok(value)
}

/// Returns a step as JSON.
pub fn step_json(step: &StepRecord) -> Value {
    json!({
        "step": step.id,
        "uid": step.uid,
        "origin": step.origin.code(),
        "author": step.author,
        "reverts": step.reverts,
        "at": step.at.to_string(),
        "kind": step.kind.code(),
        "count": step.count,
        "id": step.only.as_ref().map(|(id, _)| id),
        "title": step.only.as_ref().map(|(_, title)| title),
        "files": step.files,
        "undoneAt": step.undone_at.map(|at| at.to_string()),
    })
}
