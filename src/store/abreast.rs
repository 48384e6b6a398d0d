//! Reading a database on one thread and working on what was read on another, in its order; what is read is not known here.

use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;

use super::error::StoreError;

/// So many pieces are read at most before they are worked on.
const AHEAD: usize = 8;

/// Gives away a piece that was read; returns whether more is wanted.
pub(super) type Put<'a, T> = &'a mut dyn FnMut(T) -> Result<bool, StoreError>;

/// Calls `work` on a thread of its own with each piece that `read` puts, in their order, until one of them fails.
///
/// # Errors
/// What `work` says, else what `read` says.
pub(super) fn abreast<T: Send>(
    read: impl FnOnce(Put<'_, T>) -> Result<(), StoreError>,
    work: impl FnMut(T) -> Result<(), StoreError> + Send,
) -> Result<(), StoreError> {
    thread::scope(|scope| {
        let (give, given) = sync_channel(AHEAD);
        let working = scope.spawn(move || given.iter().try_for_each(work));
        let read = read(&mut |piece| Ok(give.send(piece).is_ok()));
        drop(give);
        working.join().unwrap_or_else(|panic| resume_unwind(panic)).and(read)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(at: &str) -> Result<(), StoreError> {
        Err(StoreError::Damaged(at.to_owned()))
    }

    #[test]
    fn all_that_is_read_is_worked_on_in_its_order() {
        let mut worked = Vec::new();
        let read = |put: Put<'_, i32>| (0..100).try_for_each(|piece| put(piece).map(|more| assert!(more)));
        let work = |piece| {
            worked.push(piece);
            Ok(())
        };
        abreast(read, work).unwrap();
        assert_eq!(worked, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn what_fails_is_told_and_neither_waits_for_the_other() {
        let read = |put: Put<'_, i32>| {
            for piece in 0..1_000 {
                if !put(piece)? {
                    return Ok(());
                }
            }
            panic!("nobody wants more");
        };
        let told = abreast(read, |piece| if piece == 3 { fails("the third") } else { Ok(()) });
        assert!(matches!(told, Err(StoreError::Damaged(at)) if at == "the third"));
        let read = |put: Put<'_, i32>| put(1).and_then(|_| fails("reading"));
        let told = abreast(read, |_| Ok(()));
        assert!(matches!(told, Err(StoreError::Damaged(at)) if at == "reading"));
    }
}
