//! How far an import on the desk is, and that it ends where it is to end; what it takes is told elsewhere.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use super::protocol::Reply;

/// How many rows lie between two reports of progress.
const PROGRESS_ROWS: u64 = 500;

/// Counts rows as they come, reports every so many of them, and ends an import where `stop` says so.
pub(super) fn counting(stop: &AtomicBool, reply: &mut dyn FnMut(Reply)) -> impl FnMut() -> ControlFlow<()> {
    let mut rows = 0;
    move || {
        rows += 1;
        if rows % PROGRESS_ROWS == 0 {
            reply(Reply::Progress { rows });
        }
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
