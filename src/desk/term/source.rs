//! Where events come from: the bytes of the terminal and the signal that it has another size; elsewhere than on Unix from the library.

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
    use std::io::{Read, stdin};
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
    }

    impl Source {
        /// Begins to listen.
        ///
        /// # Errors
        /// What the system says.
        pub(in super::super) fn new() -> io::Result<Self> {
            let (resized, told) = UnixStream::pair()?;
            resized.set_nonblocking(true)?;
            told.set_nonblocking(true)?;
            let signal = pipe::register(SIGWINCH, told)?;
            Ok(Self { parser: Parser::default(), watch: Stopwatch::start(), resized, signal })
        }

        /// Waits for events, at most so long, and returns all that are there.
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
                let (typed, resized) = self.poll(span)?;
                if resized {
                    heard.extend(self.size()?);
                }
                if typed {
                    self.read(&mut heard)?;
                } else {
                    // Only where nothing more lies ready: a machine may be slower than a line.
                    heard.extend(self.parser.give_up(self.watch.elapsed()));
                }
                let is_over = self.watch.elapsed() >= begun + wait;
                if (!typed && (is_over || !heard.is_empty())) || heard.len() >= MOST {
                    return Ok(heard);
                }
            }
        }

        /// Returns whether bytes have come, and whether the size has changed.
        fn poll(&self, span: Duration) -> io::Result<(bool, bool)> {
            let stdin = stdin();
            let mut ends = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.resized, PollFlags::IN)];
            let span = Timespec::try_from(span).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 });
            match poll(&mut ends, Some(&span)) {
                Ok(_) => Ok((!ends[0].revents().is_empty(), !ends[1].revents().is_empty())),
                Err(rustix::io::Errno::INTR) => Ok((false, false)),
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

        fn size(&mut self) -> io::Result<Option<Heard>> {
            let mut told = [0; 64];
            // What is left in it makes it readable once more, which does no harm.
            let _ = self.resized.read(&mut told);
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

    impl Source {
        /// Begins to listen.
        ///
        /// # Errors
        /// None here.
        pub(in super::super) const fn new() -> io::Result<Self> {
            Ok(Self)
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
