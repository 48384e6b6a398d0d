//! Commands run beside the desk, on a thread of its own that has the database open for itself: no key waits for any of them.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Failed, Hooking};
use crate::clock::Stopwatch;
use crate::store::{Settings, Store};

/// How long whoever leaves the desk waits for what is told last.
const PARTING: Duration = Duration::from_secs(2);

/// The thread, as the desk holds it.
pub struct Beside {
    wake: Option<Sender<()>>,
    failed: Receiver<Failed>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Beside {
    /// Starts the thread; the database is opened when it is woken first.
    ///
    /// # Errors
    /// What the system says when it has no room for a thread.
    pub fn start(hooking: Hooking, database: &Path, settings: Settings) -> io::Result<Self> {
        let (wake, woken) = mpsc::channel();
        let (tell, failed) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, database) = (Arc::clone(&stop), database.to_owned());
        let work = move || work(&hooking, &database, &settings, &woken, &tell, &stopped);
        let thread = thread::Builder::new().name("hooks".into()).spawn(work)?;
        Ok(Self { wake: Some(wake), failed, stop, thread: Some(thread) })
    }

    /// Has it looked whether something is to be told.
    pub fn wake(&self) {
        // A thread that has ended tells nothing more; what it has not told is told by the next desk or command.
        if let Some(wake) = &self.wake {
            let _ = wake.send(());
        }
    }

    /// Returns the next command that failed.
    pub fn failed(&self) -> Option<Failed> {
        self.failed.try_recv().ok()
    }
}

impl Drop for Beside {
    /// What happened last is still told; a command that takes long is ended.
    fn drop(&mut self) {
        self.wake();
        self.wake = None;
        let watch = Stopwatch::start();
        // Its end of the channel goes with it.
        while self.failed.recv_timeout(PARTING.saturating_sub(watch.elapsed())).is_ok() {}
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to tell.
            let _ = thread.join();
        }
    }
}

fn work(hooking: &Hooking, database: &Path, settings: &Settings, woken: &Receiver<()>, tell: &Sender<Failed>, stop: &AtomicBool) {
    let mut opened: Option<Store> = None;
    while woken.recv().is_ok() {
        while woken.try_recv().is_ok() {}
        // What cannot be opened or read now may be the next time: the mark stays where it is.
        opened = opened.or_else(|| Store::open_beside(database, settings.clone()).ok());
        let Some(store) = &mut opened else { continue };
        match hooking.tell(store, stop) {
            Ok(failed) => failed.into_iter().for_each(|failed| drop(tell.send(failed))),
            Err(_) => opened = None,
        }
    }
}
