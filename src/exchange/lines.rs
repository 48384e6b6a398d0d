//! The lines of a text, one at a time and none of them endless; what stands in them is not known here.

use std::io::{self, Read};

use memchr::memchr2;

use super::error::{FileError, Long};

/// A line with its end.
#[derive(Debug)]
pub(super) struct Line {
    pub text: String,
    /// From 1.
    pub number: u64,
    /// How much of the text stands before its end, in bytes.
    pub body: usize,
    /// Whether the file ends within a character of it.
    pub cut: bool,
}

impl Line {
    pub(super) fn body(&self) -> &str {
        &self.text[..self.body]
    }

    /// Returns the line break, or nothing at the end of a file without one.
    pub(super) fn end(&self) -> &str {
        &self.text[self.body..]
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Reads lines that end with `\n`, `\r\n` or `\r`.
pub(super) struct Lines<R> {
    inner: R,
    buffer: Vec<u8>,
    /// Where the next line begins in the buffer.
    from: usize,
    /// Lines so far.
    number: u64,
    ended: bool,
}

impl<R: Read> Lines<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self { inner, buffer: Vec::new(), from: 0, number: 0, ended: false }
    }

    /// Returns the next line; `None` at the end.
    ///
    /// # Errors
    /// [`FileError::TooLong`], or an error of invalid data for what is no UTF-8, which [`Lines::number`] then has passed.
    pub(super) fn next(&mut self) -> Result<Option<Line>, FileError> {
        let mut seen = 0;
        loop {
            let rest = &self.buffer[self.from..];
            match memchr2(b'\n', b'\r', &rest[seen..]).map(|at| seen + at) {
                // Whether `\n` follows is not read yet.
                Some(at) if rest[at] == b'\r' && at + 1 == rest.len() && !self.ended => seen = at,
                Some(at) => {
                    let end = if rest[at] == b'\r' && rest.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
                    return self.take(at, end).map(Some);
                }
                None if self.ended && rest.is_empty() => return Ok(None),
                None if self.ended => return self.take(rest.len(), 0).map(Some),
                None => seen = rest.len(),
            }
            if seen > Long::Line.limit() {
                return Err(FileError::TooLong { line: self.number + 1, long: Long::Line });
            }
            self.fill()?;
        }
    }

    /// Returns the number of the line that is read or was read last.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    fn fill(&mut self) -> io::Result<()> {
        const PIECE: usize = 1 << 16;
        self.buffer.drain(..self.from);
        self.from = 0;
        let length = self.buffer.len();
        self.buffer.resize(length + PIECE, 0);
        let read = loop {
            match self.inner.read(&mut self.buffer[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(length + *read.as_ref().unwrap_or(&0));
        // What was read before something that cannot be read is given first.
        match read {
            Ok(count) => self.ended = count == 0,
            Err(error) => {
                self.number += 1;
                return Err(error);
            }
        }
        Ok(())
    }

    fn take(&mut self, body: usize, end: usize) -> Result<Line, FileError> {
        self.number += 1;
        let bytes = self.buffer[self.from..self.from + body + end].to_vec();
        self.from += body + end;
        let (text, cut) = match String::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => {
                let (good, wrong) = (error.utf8_error().valid_up_to(), error.utf8_error().error_len().is_some());
                if wrong || end > 0 {
                    return Err(FileError::Io(io::ErrorKind::InvalidData.into()));
                }
                let mut bytes = error.into_bytes();
                bytes.truncate(good);
                (String::from_utf8_lossy(&bytes).into_owned(), true)
            }
        };
        Ok(Line { body: text.len() - end, text, number: self.number, cut })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let (first, rest) = self.0.split_at(self.0.len().min(1));
            self.0 = rest;
            buffer[..first.len()].copy_from_slice(first);
            Ok(first.len())
        }
    }

    #[test]
    fn lines_end_in_three_ways_and_the_last_one_may_not() {
        let text = b"a\nbc\r\n\rd\r";
        for last in [&b""[..], b"e", b"\xED\x95"] {
            let bytes = [&text[..], last].concat();
            let mut lines = Lines::new(Drops(&bytes));
            let mut found = Vec::new();
            while let Some(line) = lines.next().unwrap() {
                found.push((line.number, line.body().to_owned(), line.end().len(), line.cut));
            }
            let mut expected = vec![(1, "a".to_owned(), 1, false), (2, "bc".into(), 2, false), (3, String::new(), 1, false)];
            expected.push((4, "d".into(), 1, false));
            match last {
                b"e" => expected.push((5, "e".into(), 0, false)),
                b"" => {}
                _ => expected.push((5, String::new(), 0, true)),
            }
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_line_without_end_is_given_up_before_it_is_in_memory() {
        let mut lines = Lines::new(io::repeat(b'x'));
        assert!(matches!(lines.next(), Err(FileError::TooLong { line: 1, long: Long::Line })));
        assert!(lines.buffer.len() < 2 * Long::Line.limit());
    }

    #[test]
    fn a_wrong_byte_is_told_in_its_line() {
        let mut lines = Lines::new(&b"a\r\nb\r\nc\xFF\r\n"[..]);
        while let Ok(Some(_)) = lines.next() {}
        assert_eq!(lines.number(), 3);
    }
}
