//! Panics, signals and a terminal that goes away: the terminal is given back first, then the program ends as it should.

use std::io::stdout;
use std::panic;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::guard::restore;
use crate::clock::Clock;
use crate::desk::Setup;
use crate::intake::FRAGILE;
use crate::log::Log;

/// The exit code after a panic, as Rust has it.
const PANICKED: i32 = 101;

/// How long giving the terminal back may take; one that takes no more bytes would hold the program for ever.
const PATIENCE: Duration = Duration::from_millis(400);

/// Installs the hook for panics, on whatever thread they happen.
pub(super) fn install(setup: &Setup) {
    let (clock, path): (Clock, _) = (setup.clock, setup.log.clone());
    let sentence = setup.sentences.desk_panicked(path.display().to_string());
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // It falls over a damaged file, and whoever began it tells so.
        if thread::current().name() == Some(FRAGILE) {
            return;
        }
        restore();
        before(info);
        if let Ok(mut log) = Log::open(&path) {
            log.note(clock.now(), &info.to_string());
        }
        #[expect(clippy::print_stderr, reason = "the screen has been given back")]
        {
            eprintln!("{sentence}");
        }
        #[expect(clippy::exit, reason = "a desk whose store or screen has fallen over cannot go on")]
        process::exit(PANICKED);
    }));
}

/// Watches for signals and for the terminal while the desk is open, but not for interrupts while it is lent; both watchers sleep until something happens.
#[cfg(unix)]
pub(super) fn watch(continued: Arc<AtomicBool>, lent: Arc<AtomicBool>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            if signal == SIGCONT {
                continued.store(true, Ordering::Relaxed);
            } else if !(matches!(signal, SIGINT | SIGQUIT) && lent.load(Ordering::Relaxed)) {
                end(128 + signal);
            }
        }
    })?;
    thread::Builder::new().name("terminal".into()).spawn(|| {
        await_hang_up();
        end(128 + SIGHUP);
    })?;
    Ok(())
}

/// Ends the program in order when it is interrupted, but not while the terminal is lent. When its window is closed or the session
/// ends, the system ends it right after, whatever it does: what it holds is in the database by then.
#[cfg(windows)]
pub(super) fn watch(_continued: Arc<AtomicBool>, lent: Arc<AtomicBool>) -> std::io::Result<()> {
    /// As other programs end that were interrupted.
    const INTERRUPTED: i32 = 130;
    ctrlc::set_handler(move || {
        if !lent.load(Ordering::Relaxed) {
            end(INTERRUPTED);
        }
    })
    .map_err(std::io::Error::other)
}

/// Takes note of a write beyond the size a file may have: it then fails like others.
pub(super) fn outlive_limits() {
    #[cfg(unix)]
    {
        use signal_hook::consts::SIGXFSZ;
        // Where that cannot be had, the system does what it did.
        let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    }
}

/// Ends the program as a hang-up does where an error came of the terminal's being gone; whoever sees that first may tell.
pub(super) fn end_if_hung_up() {
    #[cfg(unix)]
    if !std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        end(128 + signal_hook::consts::SIGHUP);
    }
}

/// Returns when the terminal has gone away: a window that is closed without a word leaves its programs reading nothing for ever.
#[cfg(unix)]
fn await_hang_up() {
    use std::io::{IsTerminal, stdin};
    /// How often the terminal is looked for where the system cannot wait for its end.
    const LOOK: Duration = Duration::from_millis(250);
    loop {
        let stdin = stdin();
        let mut ends = [rustix::event::PollFd::new(&stdin, rustix::event::PollFlags::empty())];
        let waited = rustix::event::poll(&mut ends, None);
        if !stdin.is_terminal() {
            return;
        }
        if waited.is_ok() {
            thread::sleep(LOOK);
        }
    }
}

/// Gives the terminal back and ends the program; what another thread still wants to paint no longer gets out.
fn end(code: i32) -> ! {
    let (done, is_done) = mpsc::channel();
    let restoring = thread::Builder::new().spawn(move || {
        let _held = stdout().lock();
        restore();
        // Whoever waited may have lost patience.
        let _ = done.send(());
        loop {
            thread::park();
        }
    });
    if restoring.is_ok() {
        let _ = is_done.recv_timeout(PATIENCE);
    }
    #[expect(clippy::exit, reason = "the signal asks for it")]
    process::exit(code);
}
