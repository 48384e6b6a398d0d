//! The first look at the bytes of a file: whether they are text, JSON, a table or a workbook, and in which encoding; nothing is decoded for
//! keeps.

use std::mem;

use memchr::{memchr, memchr_iter, memrchr2};

use super::encoding::{Charset, marked};
use super::error::{FileError, Long};
use super::plausible::{Guess, guess};
use super::workbook;

/// What a first look finds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub charset: Charset,
    /// Whether the encoding follows from nothing but the text.
    pub guessed: bool,
    /// Whether the first thing is a JSON bracket.
    pub json: bool,
    /// Whether it begins like a workbook of a spreadsheet program; then it is no text.
    pub book: bool,
    /// The first line with bytes that are no UTF-8, where it is read as UTF-8.
    pub damaged: Option<u64>,
    /// The encoding that it may be in instead.
    pub perhaps: Option<&'static str>,
}

/// Sees the bytes of a file in order, in pieces of any size.
pub(super) struct Scout {
    told: Option<Charset>,
    /// What the beginning tells; `None` before it was seen.
    beginning: Option<Beginning>,
    head: Vec<u8>,
    seen: bool,
    utf_8: Utf8Check,
    /// Bytes since the last line break.
    unbroken: usize,
    /// Sequences that switch between the sets of ISO-2022, and bytes that are not ASCII.
    iso_2022: Iso2022,
    sample: Sample,
}

#[derive(Clone, Copy)]
struct Beginning {
    /// The encoding, where a mark or the pattern of the bytes tells it.
    charset: Option<Charset>,
    guessed: bool,
    json: bool,
    book: bool,
}

/// How many bytes the beginning is judged by.
const BEGINNING: usize = 4_096;
/// How files begin that are often given instead of text: documents, compressed files.
const OTHERS: [&[u8]; 2] = [b"%PDF", b"\x1F\x8B"];

impl Scout {
    pub(super) fn new(told: Option<Charset>) -> Self {
        Self {
            told,
            beginning: None,
            head: Vec::new(),
            seen: false,
            utf_8: Utf8Check::default(),
            unbroken: 0,
            iso_2022: Iso2022::default(),
            sample: Sample::default(),
        }
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// [`FileError::NotText`], or [`FileError::TooLong`] at once for a line of a table that has no end.
    pub(super) fn see(&mut self, piece: &[u8]) -> Result<(), FileError> {
        self.seen |= !piece.is_empty();
        let Some(beginning) = self.beginning else {
            self.head.extend_from_slice(piece);
            if self.is_begun() {
                let head = mem::take(&mut self.head);
                self.begin(&head)?;
                return self.see(&head);
            }
            return Ok(());
        };
        if beginning.book || beginning.charset.is_some_and(Charset::is_utf_16) {
            return Ok(());
        }
        self.count(piece, beginning.json)?;
        self.utf_8.see(piece);
        if beginning.charset.is_none() {
            self.iso_2022.see(piece);
            self.sample.see(piece);
        }
        Ok(())
    }

    /// Returns whether it begins like a workbook: of the rest nothing need be seen.
    pub(super) fn is_book(&self) -> bool {
        self.beginning.is_some_and(|beginning| beginning.book)
    }

    /// Returns whether enough was seen to judge the beginning: so much, and something besides blanks.
    fn is_begun(&self) -> bool {
        let head = &self.head;
        head.len() >= BEGINNING && (first_sign(head).is_some() || many_zeros(head) || head.len() > Long::Line.limit())
    }

    fn begin(&mut self, head: &[u8]) -> Result<(), FileError> {
        if workbook::may_be(head) {
            self.beginning = Some(Beginning { charset: None, guessed: false, json: false, book: true });
            return Ok(());
        }
        let mark = marked(head);
        let sixteen = if mark.is_none() && self.told.is_none() { utf_16(head) } else { None };
        let charset = self.told.or(mark).or(sixteen);
        let is_text = charset.is_some_and(Charset::is_utf_16) || !many_zeros(head);
        if !is_text || OTHERS.iter().any(|other| head.starts_with(other)) {
            return Err(FileError::NotText);
        }
        let json = first_sign(head).is_some_and(|sign| matches!(sign, b'{' | b'['));
        self.beginning = Some(Beginning { charset, guessed: sixteen.is_some(), json, book: false });
        Ok(())
    }

    fn count(&mut self, piece: &[u8], json: bool) -> Result<(), FileError> {
        // JSON is often one line; its texts and records have limits of their own.
        if json {
            return Ok(());
        }
        self.unbroken = match memrchr2(b'\n', b'\r', piece) {
            Some(last) => piece.len() - last,
            None => self.unbroken + piece.len(),
        };
        if self.unbroken > Long::Line.limit() + piece.len() {
            return Err(FileError::TooLong { line: self.utf_8.lines + 1, long: Long::Line });
        }
        Ok(())
    }

    /// Judges the whole.
    ///
    /// # Errors
    /// [`FileError::Empty`], [`FileError::NotText`].
    pub(super) fn found(mut self) -> Result<Found, FileError> {
        if !self.seen {
            return Err(FileError::Empty);
        }
        if self.beginning.is_none() {
            let head = mem::take(&mut self.head);
            if first_sign(&head).is_none() && !many_zeros(&head) {
                return Err(FileError::Empty);
            }
            self.begin(&head)?;
            self.see(&head)?;
        }
        self.utf_8.end();
        let Some(beginning) = self.beginning else { return Err(FileError::Empty) };
        let Beginning { charset, guessed, json, book } = beginning;
        let plain = Found { charset: Charset::UTF_8, guessed: false, json, book, damaged: None, perhaps: None };
        if book {
            return Ok(plain);
        }
        match charset {
            Some(charset) if charset == Charset::UTF_8 => Ok(Found { damaged: self.utf_8.first_bad, ..plain }),
            Some(charset) => Ok(Found { charset, guessed, ..plain }),
            None if self.utf_8.first_bad.is_none() => match self.iso_2022.verdict() {
                _ if self.utf_8.good > 0 => Ok(plain),
                Some(true) => Ok(Found { charset: Charset::ISO_2022_JP, guessed: true, ..plain }),
                Some(false) => Err(FileError::NotText),
                None => Ok(plain),
            },
            None => {
                // Text in UTF-8 with a wrong byte in it is damaged; in another encoding hardly anything would be UTF-8.
                let foreign = self.utf_8.bad > self.utf_8.good;
                let found = if foreign { guess(&self.sample.whole()) } else { Guess::default() };
                Ok(match found.sure {
                    Some(charset) => Found { charset, guessed: true, ..plain },
                    None => Found { damaged: self.utf_8.first_bad, perhaps: found.perhaps.map(Charset::name), ..plain },
                })
            }
        }
    }
}

/// Returns whether there are more zeros than text of one byte a sign ever has.
fn many_zeros(head: &[u8]) -> bool {
    memchr_iter(0, head).count() * 20 > head.len()
}

/// Returns the first byte that is neither blank nor part of a mark, whatever the encoding.
fn first_sign(head: &[u8]) -> Option<u8> {
    let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let skipped = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let head = if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") { &head[2..] } else { &head[mark..] };
    head.iter().copied().find(|byte| !skipped(byte))
}

/// Tells UTF-16 without a mark by where its zeros are: signs of ASCII have one each, always on the same side.
fn utf_16(head: &[u8]) -> Option<Charset> {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Some signs beyond ASCII have a zero on the other side.
    let charset = match (even, odd) {
        (_, 2..) if even * 10 <= odd => Charset::UTF_16LE,
        (2.., _) if odd * 10 <= even => Charset::UTF_16BE,
        _ => return None,
    };
    let whole = &head[..head.len() & !1];
    let text = charset.decode(whole)?;
    let is_text = text.chars().all(|c| !c.is_control() || c.is_ascii_whitespace());
    (is_text && (even + odd) * 20 > head.len()).then_some(charset)
}

/// Counts what is UTF-8 and what is not, and lines.
#[derive(Default)]
struct Utf8Check {
    /// The beginning of a character whose rest is in the next piece.
    rest: Vec<u8>,
    /// Line breaks so far.
    lines: u64,
    /// Characters beyond ASCII, and bytes that are none.
    good: u64,
    bad: u64,
    first_bad: Option<u64>,
}

impl Utf8Check {
    fn see(&mut self, piece: &[u8]) {
        if self.rest.is_empty() {
            return self.check(piece);
        }
        let mut whole = mem::take(&mut self.rest);
        whole.extend_from_slice(piece);
        self.check(&whole);
    }

    fn check(&mut self, mut piece: &[u8]) {
        if piece.is_ascii() {
            self.lines += memchr_iter(b'\n', piece).count() as u64;
            return;
        }
        loop {
            let (good, bad) = match std::str::from_utf8(piece) {
                Ok(_) => (piece.len(), None),
                Err(error) => (error.valid_up_to(), Some(error.error_len())),
            };
            let (text, rest) = piece.split_at(good);
            self.lines += memchr_iter(b'\n', text).count() as u64;
            self.good += text.iter().filter(|byte| **byte >= 0xC0).count() as u64;
            match bad {
                None => return,
                Some(None) => {
                    self.rest = rest.to_vec();
                    return;
                }
                Some(Some(length)) => {
                    self.bad += 1;
                    self.first_bad.get_or_insert(self.lines + 1);
                    piece = &rest[length..];
                }
            }
        }
    }

    /// A character that the end cuts is no damage but an end.
    fn end(&mut self) {
        self.bad += u64::from(!self.rest.is_empty() && self.bad > 0);
    }
}

/// Looks for the switches of ISO-2022.
#[derive(Default)]
struct Iso2022 {
    japanese: bool,
    other: bool,
    /// The last bytes: a switch may lie between two pieces.
    rest: Vec<u8>,
}

impl Iso2022 {
    fn see(&mut self, piece: &[u8]) {
        let bridge = [&self.rest[..], &piece[..piece.len().min(3)]].concat();
        for text in [&bridge[..], piece] {
            for at in memchr_iter(0x1B, text) {
                match text.get(at + 1..at + 3) {
                    Some(b"$B" | b"$@") => self.japanese = true,
                    Some(b"$)" | b"$A" | b"$(" | b"$*" | b"$+") => self.other = true,
                    _ => {}
                }
            }
        }
        self.rest = piece[piece.len().saturating_sub(3)..].to_vec();
    }

    /// Returns whether it is Japanese; `None` where nothing is switched.
    const fn verdict(&self) -> Option<bool> {
        match (self.japanese, self.other) {
            (_, true) => Some(false),
            (true, false) => Some(true),
            (false, false) => None,
        }
    }
}

/// Whole lines that hold more than ASCII: what the encoding is guessed from.
#[derive(Default)]
struct Sample {
    text: Vec<u8>,
    line: Vec<u8>,
}

impl Sample {
    const MAX: usize = 1 << 18;
    const LINE: usize = 1 << 14;

    fn see(&mut self, mut piece: &[u8]) {
        if piece.is_ascii() && self.line.is_ascii() {
            self.line.clear();
            return;
        }
        while !piece.is_empty() && self.text.len() < Self::MAX {
            let end = memchr(b'\n', piece).map_or(piece.len(), |at| at + 1);
            let (part, rest) = piece.split_at(end);
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") || self.line.len() >= Self::LINE {
                self.end_line();
            }
            piece = rest;
        }
    }

    /// Keeps the line up to where no character can be cut: bytes below the digits are never part of one of several bytes.
    fn end_line(&mut self) {
        let end = self.line.iter().rposition(|byte| *byte < b'0').map_or(0, |at| at + 1);
        let rest = self.line.split_off(end);
        let line = mem::replace(&mut self.line, rest);
        if !line.is_ascii() {
            self.text.extend_from_slice(&line);
        }
        if self.line.len() >= Self::LINE {
            self.line.clear();
        }
    }

    fn whole(mut self) -> Vec<u8> {
        self.end_line();
        self.text
    }
}
