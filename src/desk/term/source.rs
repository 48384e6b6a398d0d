//! Where events come from: the bytes of the terminal, the signal that it has another size, and a word from another thread; elsewhere than
//! on Unix from the library.

use std::io;
use std::time::Duration;

use super::input::Heard;

/// Most events that are taken at once: one frame shows them all.
const MOST: usize = 4_096;

#[cfg(not(unix))]
pub(super) use others::Source;
#[cfg(unix)]
pub(super) use unix::Source;

#[cfg(unix)]
mod unix {
    use std::io::{Read, Write, stdin};
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixStream;

    use crossterm::event::Event;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use signal_hook::SigId;
    use signal_hook::consts::SIGWINCH;
    use signal_hook::low_level::{pipe, unregister};

    use super::super::input::Parser;
    use super::{Duration, Heard, MOST, io};
    use crate::clock::Stopwatch;

    /// The terminal behind standard input.
    pub(in super::super) struct Source {
        parser: Parser,
        watch: Stopwatch,
        /// Becomes readable when the terminal gets another size.
        resized: UnixStream,
        signal: SigId,
        /// Becomes readable when another thread has something to tell.
        woken: UnixStream,
    }

    /// Ends the wait for events.
    pub(in super::super) struct Waker(UnixStream);

    impl Waker {
        pub(in super::super) fn wake(&self) {
            // Where there is no room for it, enough has been written to wake.
            let _ = (&self.0).write(&[0]);
        }
    }

    /// Two ends that nobody waits at.
    fn ends() -> io::Result<(UnixStream, UnixStream)> {
        let (read, written) = UnixStream::pair()?;
        read.set_nonblocking(true)?;
        written.set_nonblocking(true)?;
        Ok((read, written))
    }

    /// Takes out what was written; what is left in it makes it readable once more, which does no harm.
    fn empty(mut end: &UnixStream) {
        let _ = end.read(&mut [0; 64]);
    }

    impl Source {
        /// Begins to listen; the waker is for another thread.
        ///
        /// # Errors
        /// What the system says.
        pub(in super::super) fn new() -> io::Result<(Self, Waker)> {
            let ((resized, told), (woken, wake)) = (ends()?, ends()?);
            let signal = pipe::register(SIGWINCH, told)?;
            Ok((Self { parser: Parser::default(), watch: Stopwatch::start(), resized, signal, woken }, Waker(wake)))
        }

        /// Waits for events, at most so long and no longer than until it is woken, and returns all that are there.
        ///
        /// # Errors
        /// What the system says; that the terminal has gone.
        pub(in super::super) fn wait(&mut self, wait: Duration) -> io::Result<Vec<Heard>> {
            let begun = self.watch.elapsed();
            let mut heard = Vec::new();
            loop {
                let now = self.watch.elapsed();
                let left = if heard.is_empty() { (begun + wait).saturating_sub(now) } else { Duration::ZERO };
                let span = self.parser.patience(now).map_or(left, |patience| patience.min(left));
                let (typed, resized, woken) = self.poll(span)?;
                if resized {
                    heard.extend(self.size()?);
                }
                if woken {
                    empty(&self.woken);
                }
                if typed {
                    self.read(&mut heard)?;
                } else {
                    // Only where nothing more lies ready: a machine may be slower than a line.
                    heard.extend(self.parser.give_up(self.watch.elapsed()));
                }
                let is_over = woken || self.watch.elapsed() >= begun + wait;
                if (!typed && (is_over || !heard.is_empty())) || heard.len() >= MOST {
                    return Ok(heard);
                }
            }
        }

        /// Returns whether bytes have come, whether the size has changed, and whether it was woken.
        fn poll(&self, span: Duration) -> io::Result<(bool, bool, bool)> {
            let stdin = stdin();
            let [typed, resized, woken] = [stdin.as_fd(), self.resized.as_fd(), self.woken.as_fd()];
            let mut ends = [typed, resized, woken].map(|end| PollFd::from_borrowed_fd(end, PollFlags::IN));
            let span = Timespec::try_from(span).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 });
            match poll(&mut ends, Some(&span)) {
                Ok(_) => Ok(ends.map(|end| !end.revents().is_empty()).into()),
                Err(rustix::io::Errno::INTR) => Ok((false, false, false)),
                Err(error) => Err(error.into()),
            }
        }

        fn read(&mut self, heard: &mut Vec<Heard>) -> io::Result<()> {
            let mut bytes = [0; 1 << 14];
            match rustix::io::read(stdin(), &mut bytes) {
                Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => {
                    heard.extend(self.parser.feed(&bytes[..count], self.watch.elapsed()));
                    Ok(())
                }
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => Ok(()),
                Err(error) => Err(error.into()),
            }
        }

        fn size(&self) -> io::Result<Option<Heard>> {
            empty(&self.resized);
            let (columns, rows) = crossterm::terminal::size()?;
            Ok(Some(Heard::Event(Event::Resize(columns, rows))))
        }
    }

    impl Drop for Source {
        fn drop(&mut self) {
            unregister(self.signal);
        }
    }
}

#[cfg(not(unix))]
mod others {
    use super::{Duration, Heard, MOST, io};

    /// The terminal, as the library reads it.
    pub(in super::super) struct Source;

    /// Ends no wait there: whoever waits looks by itself after a moment.
    pub(in super::super) struct Waker;

    impl Waker {
        pub(in super::super) const fn wake(&self) {}
    }

    impl Source {
        /// Begins to listen.
        ///
        /// # Errors
        /// None here.
        pub(in super::super) const fn new() -> io::Result<(Self, Waker)> {
            Ok((Self, Waker))
        }

        /// Waits for events, at most so long, and returns all that are there.
        ///
        /// # Errors
        /// What the system says.
        pub(in super::super) fn wait(&mut self, wait: Duration) -> io::Result<Vec<Heard>> {
            let mut heard = Vec::new();
            if crossterm::event::poll(wait)? {
                heard.push(Heard::Event(crossterm::event::read()?));
                while heard.len() < MOST && crossterm::event::poll(Duration::ZERO)? {
                    heard.push(Heard::Event(crossterm::event::read()?));
                }
            }
            Ok(heard)
        }
    }
}
