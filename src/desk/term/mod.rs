//! The terminal: the only room that reads it, writes it and leaves it as it was.

mod editor;
mod fault;
mod guard;
#[cfg_attr(not(unix), allow(dead_code, reason = "there the library reads the terminal"))]
mod input;
mod scroll;
mod shell;
mod signals;
mod source;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use anyhow::Context;

use super::keys::Table;
use super::{Arrival, Data, Setup};
use crate::clock::Stopwatch;
use crate::config::{Config, ConfigError};
use crate::domain::role::Role;
use crate::hooks::{Beside, Hooking};
use crate::i18n::{Said, Sentences};
use crate::log::Log;
use crate::sample;
use crate::store::{Access, Settings, Store, StoreError, Worker};
use shell::{Outcome, Shell, Taken, Threads};
use source::Source;

/// Opens the database, takes the terminal, runs the desk, gives the terminal back.
pub(super) fn run(mut setup: Setup) -> Result<(), Vec<Said>> {
    let path = setup.config_path.display().to_string();
    let keys = Table::with(&setup.config.keys).unwrap_or_else(|complaints| {
        let said = complaints.iter().map(|complaint| setup.sentences.key_complaint(&path, complaint));
        setup.complaints.extend(said);
        Table::default()
    });
    // The log is opened before the screen is taken; a desk without a log is better than none.
    let mut log = Log::open(&setup.log).ok();
    signals::install(&setup);
    let mut arrival = Arrival::default();
    // What the desk before this one left of the terminal; whoever returns without it gives it back.
    let mut taken = None;
    loop {
        let store = match open_store(&setup, &mut taken) {
            Ok(store) => store,
            // What was to be done there is not lost: the sample opens once more, with it.
            Err(said) if arrival.back => {
                setup.data = Data::Demo { from_own: false };
                arrival = Arrival { said: Some(said.whole()), back: false, ..arrival };
                continue;
            }
            Err(said) => return Err(vec![said]),
        };
        let access = match setup.data {
            Data::Own => store.access(),
            // Who only looks does so in the sample, too.
            Data::Demo { .. } if setup.read_only => Access::AskedReadOnly,
            Data::Demo { .. } => Access::ReadWrite,
        };
        // What cannot be read now is told by the first list.
        let kept = store.kept();
        let before = (std::mem::take(&mut arrival), taken.take());
        let outcome = start(&setup, store)
            .context(setup.sentences.desk_no_thread())
            .and_then(|threads| Shell::new(&setup, before, kept, keys.clone(), access, threads, &mut log))
            .and_then(Shell::run);
        match outcome {
            Ok((Outcome::Quit, _)) => return Ok(()),
            Ok((Outcome::Demo, kept)) => (setup.data, taken) = (Data::Demo { from_own: true }, kept),
            Ok((Outcome::Own(carried), kept)) => {
                (setup.data, taken) = (Data::Own, kept);
                arrival = Arrival { carried, said: None, back: true };
            }
            Err(error) => {
                signals::end_if_hung_up();
                if let Some(log) = &mut log {
                    log.note(setup.clock.now(), &format!("{error:#}"));
                }
                return Err(vec![Said::new("terminal", format!("{error:#}"), setup.sentences.desk_failed_hint())]);
            }
        }
        // What was set meanwhile holds on the next desk, too.
        let overruled = std::mem::take(&mut setup.config.overruled);
        setup.config = Config { overruled, ..Config::with_complaints(&setup.config_path, false).0 };
    }
}

/// Says what is wrong with the settings of a file, and with the keys among them.
fn wrong_of(config: &Config, wrong: &[ConfigError], say: &Sentences, path: &Path) -> Vec<String> {
    let keys = Table::with(&config.keys).err().unwrap_or_default();
    let keys = keys.iter().map(|complaint| say.key_complaint(&path.display().to_string(), complaint).whole());
    wrong.iter().map(|error| error.said(say, path).whole()).chain(keys).collect()
}

/// Starts the thread of the store, and that of the user's own commands where there are any: nothing of the sample is told.
fn start(setup: &Setup, mut store: Store) -> io::Result<Threads> {
    let hooking = Hooking::new(&setup.config, &setup.config_path, setup.clock, &setup.log);
    let is_told = setup.data == Data::Own && store.access() == Access::ReadWrite;
    // Where how far was told cannot be marked, nothing is.
    let begun = is_told && hooking.begin(&mut store).is_ok() && !hooking.is_empty();
    let beside =
        begun.then(|| Beside::start(hooking, store.path(), Settings { role: Role::default(), ..settings(setup) })).transpose()?;
    let (source, waker) = Source::new()?;
    Ok(Threads { worker: Worker::waking(store, move || waker.wake())?, hooks: beside, source })
}

fn settings(setup: &Setup) -> Settings {
    let (author, role) = (setup.config.me.email.clone(), setup.config.role);
    let (response_days, backups) = (setup.config.response_days, setup.config.backups);
    Settings { response_days, read_only: setup.read_only, author, role, backups }
}

fn open_store(setup: &Setup, taken: &mut Option<Taken>) -> Result<Store, Said> {
    let settings = settings(setup);
    let day = |at| setup.sentences.day(setup.clock.local(at).date(), chrono::Datelike::year(&setup.clock.moment().today.naive()));
    let opened = match setup.data {
        Data::Own => open_telling(setup, settings, taken),
        // Who tries things out in the sample may do everything there.
        Data::Demo { .. } => {
            sample::store(Settings { read_only: false, role: Role::default(), ..settings }, setup.clock.moment())
        }
    };
    opened.map_err(|error| setup.sentences.store_error(&error, &day))
}

/// Opens the database; one of an earlier version is brought on with a line that tells how far, for which a terminal that is taken is given
/// back.
fn open_telling(setup: &Setup, settings: Settings, taken: &mut Option<Taken>) -> Result<Store, StoreError> {
    let mut err = io::stderr();
    let is_watched = err.is_terminal();
    let mut is_told = false;
    // A progress line that cannot be written is not worth stopping for.
    let mut write = |text: &str| drop(write!(err, "\r{text}\x1b[K").and_then(|()| err.flush()));
    let opened = Store::open_telling(&setup.database, settings, setup.clock.now(), &mut |rows| {
        if is_watched {
            drop(taken.take());
            write(&setup.sentences.bringing_on(rows));
            is_told = true;
        }
    });
    if is_told {
        write("");
    }
    opened
}

/// Lets a write fail that is beyond the size a file may have, where the system would end the program for it.
pub(super) fn outlive_limits() {
    signals::outlive_limits();
}

/// Asks the terminal behind standard input and output whether it draws signs of unsettled width two cells wide; `None` where it is no
/// terminal, or does not answer within a moment.
pub(super) fn draws_double() -> Option<bool> {
    /// How long the answer is waited for.
    const ANSWER: Duration = Duration::from_millis(400);
    // Elsewhere the answer would be read as keys.
    if !cfg!(unix) || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return None;
    }
    let (mut source, _) = Source::new().ok()?;
    crossterm::terminal::enable_raw_mode().ok()?;
    let watch = Stopwatch::start();
    let mut answer = guard::ask_width_here().err().map(|_| None);
    while answer.is_none() {
        let left = ANSWER.saturating_sub(watch.elapsed());
        let heard = source.wait(left).unwrap_or_default();
        let found = heard.iter().find_map(|heard| match heard {
            input::Heard::Cursor { column } => Some(guard::is_double(*column)),
            input::Heard::Event(_) => None,
        });
        answer = found.map(Some).or_else(|| left.is_zero().then_some(None));
    }
    guard::wipe_line();
    answer.flatten()
}

/// Returns the columns of the terminal behind standard output.
pub(super) fn columns() -> Option<usize> {
    crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
}
