//! JSON documents of any size: where the referrals are in one, and each of them in turn; what a referral says is `api.rs`.
//!
//! A document is read twice: first whole, without keeping anything, for its errors and its outline; then element by element.

use std::cell::Cell;
use std::collections::VecDeque;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use serde::de::{Deserialize as _, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::api::{is_output, referrals, referrals_in};
use super::error::{FileError, JsonExpected, Long};
use super::input::{Input, Text};
use super::neighbour::Neighbour;
use super::twice::Twice;

/// What is in a document besides its referrals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// How many referrals are in the document.
    pub here: u64,
    /// How many the whole list has, where the document tells.
    pub of: Option<u64>,
    /// Two numbers that the document tells of it, where they differ.
    pub counts: Option<[u64; 2]>,
    /// Whether it says where the rest is.
    pub more: bool,
}

impl Page {
    /// Returns whether the document is a page of a longer list.
    pub fn lacks_some(&self) -> bool {
        self.more || self.of.is_some_and(|of| of > self.here)
    }
}

/// An open document.
pub(super) struct Document {
    input: Input,
    text: BufReader<Text>,
    is_list: bool,
    page: Page,
    /// How many elements were read, and how many referrals were given.
    count: u64,
    given: u64,
    element: Vec<u8>,
    /// Referrals that were in an element as the `body` of a flow's output.
    unwrapped: VecDeque<Value>,
    /// What is twice in that element, and how many referrals of it were given.
    twice: Vec<Twice>,
    unpacked: usize,
}

/// An element of the list.
pub(super) struct Element {
    /// From 1.
    pub number: u64,
    /// `None` where a number in it is larger than any.
    pub value: Option<Value>,
    /// How many halves of a sign became U+FFFD.
    pub mended: u64,
    /// Members that are in it twice.
    pub twice: Vec<Twice>,
}

impl Document {
    /// Opens a document and reads it through.
    ///
    /// # Errors
    /// [`FileError::Json`], [`FileError::NoReferral`], [`FileError::TooLong`].
    pub(super) fn open(input: Input) -> Result<Self, FileError> {
        if let Some(line) = input.damaged() {
            return Err(input.encoding_error(line));
        }
        let place = Rc::new(Place::default());
        let mut outline = Outline { place: Rc::clone(&place), ..Outline::default() };
        let mut reader = serde_json::Deserializer::from_reader(Watched::new(input.text()?, Rc::clone(&place)));
        let read = outline.level(Level::Top).deserialize(&mut reader).and_then(|()| reader.end());
        read.map_err(|error| match FileError::json(error, place.last_line.get()) {
            FileError::Io(error) if error.kind() == io::ErrorKind::InvalidData => input.encoding_error(place.line.get()),
            error => error,
        })?;
        let Outline { list, single, counts, more, names, text, .. } = outline;
        let mut twice = Vec::new();
        let told: VecDeque<Value> = text.and_then(|text| referrals_in(&text, &mut twice)).unwrap_or_default().into();
        let (is_list, from, here) = match (list, single) {
            _ if !told.is_empty() => (true, 0, told.len() as u64),
            (Some((from, here @ 1..)), _) => (true, from, here),
            (None, Some(from)) => (false, from, 1),
            _ => {
                let neighbour = Neighbour::of_document(&Value::Object(names));
                return Err(neighbour.map_or(FileError::NoReferral, FileError::Neighbour));
            }
        };
        let mut text = BufReader::with_capacity(1 << 16, input.text()?);
        skip(&mut text, from)?;
        let page = match is_list {
            true => Page { here, of: counts.most, counts: counts.differ, more },
            false => Page { here, ..Page::default() },
        };
        // What stood in a text is read already.
        let count = told.len() as u64;
        Ok(Self { input, text, is_list, page, count, given: 0, element: Vec::new(), unwrapped: told, twice, unpacked: 0 })
    }

    pub(super) const fn input(&self) -> &Input {
        &self.input
    }

    pub(super) const fn page(&self) -> Page {
        self.page
    }

    /// Returns the next element; `None` at the end.
    ///
    /// # Errors
    /// [`FileError::TooLong`] for one that is larger than a referral can be.
    pub(super) fn next(&mut self) -> Result<Option<Element>, FileError> {
        if let Some(value) = self.unwrapped.pop_front() {
            self.given += 1;
            return Ok(Some(self.unpacked(Some(value), 0)));
        }
        if self.count >= self.page.here {
            return Ok(None);
        }
        self.count += 1;
        let mut end = End::default();
        self.element.clear();
        while self.take_piece(&mut end)? {
            if self.element.len() > Long::Record.limit() {
                return Err(FileError::TooLong { line: self.count, long: Long::Record });
            }
        }
        let mended = mend(&mut self.element);
        // The outline was without fault; what it did not look at is how large numbers are.
        let (mut value, twice) =
            super::twice::read(&self.element).map_or_else(|_| (None, Vec::new()), |(value, twice)| (Some(value), twice));
        self.twice = twice;
        if let Some(outputs) = value.take_if(|value| is_output(value)) {
            self.unwrapped = referrals(outputs, &mut self.twice).unwrap_or_default().into();
            // One that holds none is refused for what it lacks.
            value = Some(self.unwrapped.pop_front().unwrap_or_else(|| Value::Object(Map::new())));
            (self.unpacked, self.given) = (0, self.given + 1);
            return Ok(Some(self.unpacked(value, mended)));
        }
        self.given += 1;
        Ok(Some(Element { number: self.given, value, mended, twice: std::mem::take(&mut self.twice) }))
    }

    /// Returns the next referral of an element that wraps several, with what is twice in that.
    fn unpacked(&mut self, value: Option<Value>, mended: u64) -> Element {
        let twice = self.twice.iter().filter_map(|twice| twice.within(self.unpacked)).collect();
        self.unpacked += 1;
        Element { number: self.given, value, mended, twice }
    }

    /// Takes what is buffered of the element; returns whether more of it may follow.
    fn take_piece(&mut self, end: &mut End) -> Result<bool, FileError> {
        let buffer = self.text.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        let room = Long::Record.limit() + 1 - self.element.len().min(Long::Record.limit());
        let piece = &buffer[..buffer.len().min(room)];
        let (used, over) = end.find(piece, self.is_list);
        let kept = if over { used - end.behind } else { used };
        let begin = if self.element.is_empty() { end.blanks.min(kept) } else { 0 };
        self.element.extend_from_slice(&piece[begin..kept]);
        self.text.consume(used);
        Ok(!over)
    }
}

fn skip(text: &mut impl BufRead, mut bytes: u64) -> Result<(), FileError> {
    while bytes > 0 {
        let there = text.fill_buf()?.len();
        if there == 0 {
            return Ok(());
        }
        let step = usize::try_from(bytes).map_or(there, |bytes| bytes.min(there));
        text.consume(step);
        bytes -= step as u64;
    }
    Ok(())
}

/// Looks for the end of an element, piece by piece.
#[derive(Debug, Default)]
struct End {
    depth: u32,
    in_text: bool,
    escaped: bool,
    begun: bool,
    /// Blanks and commas before the element, in the piece it begins in.
    blanks: usize,
    /// Bytes of the last piece that are behind the element: what separates it.
    behind: usize,
}

impl End {
    /// Returns how many bytes of the piece belong to the element or stand before it, and whether it ends in them.
    fn find(&mut self, piece: &[u8], is_list: bool) -> (usize, bool) {
        self.blanks = 0;
        for (at, byte) in piece.iter().enumerate() {
            if !self.begun {
                if byte.is_ascii_whitespace() || (*byte == b',' && is_list) {
                    self.blanks = at + 1;
                    continue;
                }
                self.begun = true;
            }
            if self.in_text {
                match (self.escaped, byte) {
                    (true, _) => self.escaped = false,
                    (false, b'\\') => self.escaped = true,
                    (false, b'"') => {
                        self.in_text = false;
                        if self.depth == 0 {
                            return (at + 1, true);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_text = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return (at + 1, true);
                    }
                }
                // The end of a number or a word.
                b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t' if self.depth == 0 => {
                    self.behind = 1;
                    return (at + 1, true);
                }
                _ => {}
            }
        }
        (piece.len(), false)
    }
}

/// Puts U+FFFD for halves of a sign of UTF-16 that stand alone in texts, and returns how many there were.
pub(super) fn mend(json: &mut [u8]) -> u64 {
    let mut mended = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &json[at..]) {
        at += found;
        let unit = |from: usize| {
            let digits = json.get(from..from + 6)?.strip_prefix(b"\\u")?;
            u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        };
        match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => at += 12,
            (Some(0xD800..=0xDFFF), _) => {
                json[at..at + 6].copy_from_slice(b"\\uFFFD");
                mended += 1;
                at += 6;
            }
            (Some(_), _) => at += 6,
            // Another escape: the sign behind the stroke is no beginning of one.
            (None, _) => at = (at + 2).min(json.len()),
        }
    }
    mended
}

/// Where a reading is.
#[derive(Debug, Default)]
struct Place {
    /// Bytes so far.
    bytes: Cell<u64>,
    /// The line, from 1 once something was read.
    line: Cell<u64>,
    /// How many characters the last line has that ended.
    last_line: Cell<usize>,
    /// How many elements of the list were passed.
    records: Cell<u64>,
    /// Where the last of them ended: between two there is never more than one may have.
    begun: Cell<u64>,
}

impl Place {
    fn begin(&self) {
        self.begun.set(self.bytes.get());
    }

    fn check(&self) -> Result<(), FileError> {
        let too_long = |long| Err(FileError::TooLong { line: self.line.get(), long });
        if self.bytes.get() - self.begun.get() > Long::Record.limit() as u64 {
            return too_long(Long::Record);
        }
        if self.records.get() > Long::List.limit() as u64 { too_long(Long::List) } else { Ok(()) }
    }
}

/// Counts what passes, and stops at a text that is too long before it is in memory.
struct Watched<R> {
    inner: BufReader<R>,
    place: Rc<Place>,
    in_text: bool,
    escaped: bool,
    /// Bytes of the text that is passed.
    length: usize,
    column: usize,
    /// Brackets that are open.
    depth: usize,
}

/// Most brackets within each other: as many as the parser takes.
const DEPTH: usize = 127;

impl<R: Read> Watched<R> {
    fn new(inner: R, place: Rc<Place>) -> Self {
        place.line.set(1);
        let inner = BufReader::with_capacity(1 << 16, inner);
        Self { inner, place, in_text: false, escaped: false, length: 0, column: 0, depth: 0 }
    }

    fn pass(&mut self, byte: u8) -> io::Result<()> {
        self.place.bytes.set(self.place.bytes.get() + 1);
        if byte == b'\n' {
            self.place.line.set(self.place.line.get() + 1);
            self.place.last_line.set(self.column);
            self.column = 0;
        } else {
            // Bytes in the middle of a character are no columns.
            self.column += usize::from(byte & 0xC0 != 0x80);
        }
        self.length += 1;
        match (self.in_text, self.escaped, byte) {
            (true, true, _) => self.escaped = false,
            (true, false, b'\\') => self.escaped = true,
            (true, false, b'"') => self.in_text = false,
            (false, _, b'"') => {
                self.in_text = true;
                self.length = 0;
            }
            (false, _, b'[' | b'{') => self.depth += 1,
            (false, _, b']' | b'}') => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEPTH {
            let line = usize::try_from(self.place.line.get()).unwrap_or(usize::MAX);
            return Err(FileError::Json { line, column: self.column, expected: JsonExpected::LessDepth }.into());
        }
        if self.in_text && self.length > Long::Text.limit() {
            return Err(FileError::TooLong { line: self.place.line.get(), long: Long::Text }.into());
        }
        Ok(self.place.check()?)
    }
}

impl<R: Read> Read for Watched<R> {
    /// Gives one byte at a time, as the parser asks for them: so the place is the parser's.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(byte) = self.inner.fill_buf()?.first().copied() else { return Ok(0) };
        let Some(first) = buffer.first_mut() else { return Ok(0) };
        *first = byte;
        self.inner.consume(1);
        self.pass(byte)?;
        Ok(1)
    }
}

/// What a document holds where.
#[derive(Debug, Default)]
struct Outline {
    place: Rc<Place>,
    /// The first byte in the brackets of the list, and how many elements it has.
    list: Option<(u64, u64)>,
    /// The first byte of the only referral.
    single: Option<u64>,
    counts: Counts,
    more: bool,
    /// What a text in place of the document, or of the answer that an automation has put into `body`, holds.
    text: Option<String>,
    /// The first names of members outside of any list, by which a document that holds no referral can be named.
    names: Map<String, Value>,
}

/// How many there are, as a document tells.
#[derive(Debug, Default)]
struct Counts {
    /// By the names that tell it.
    told: Vec<(String, u64)>,
    /// The largest of them: what is left out is no less than that.
    most: Option<u64>,
    /// Two that stand under one name.
    differ: Option<[u64; 2]>,
    /// The name that is read.
    name: String,
}

impl Counts {
    fn tell(&mut self, number: u64) {
        let before = self.told.iter().find(|(name, known)| *name == self.name && *known != number);
        self.differ = self.differ.or(before.map(|(_, known)| [*known, number]));
        self.most = self.most.max(Some(number));
        if self.told.len() < 64 {
            self.told.push((self.name.clone(), number));
        }
    }
}

/// Which part of a document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The document, or the answer that an automation has put into `body`.
    Top,
    /// The member `value`.
    List,
    /// How many there are.
    Count,
    /// Where the rest is.
    Next,
    /// A member by which a referral is known.
    Mark,
}

impl Outline {
    const fn level(&mut self, level: Level) -> Part<'_> {
        Part { outline: self, level }
    }
}

/// Reads a part of a document into its outline.
struct Part<'a> {
    outline: &'a mut Outline,
    level: Level,
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        if self.level == Level::Mark { reader.deserialize_option(self) } else { reader.deserialize_any(self) }
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    /// A member that marks a referral is there; whose it is knows the object around it.
    fn visit_some<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        self.outline.single = Some(u64::MAX);
        IgnoredAny::deserialize(reader).map(|_| ())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        if self.level == Level::Count {
            self.outline.counts.tell(number);
        }
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        match self.level {
            Level::Count => text.trim().parse().into_iter().for_each(|number| self.outline.counts.tell(number)),
            Level::Next => self.outline.more |= !text.trim().is_empty(),
            Level::Top => self.outline.text = Some(text.to_owned()),
            Level::List | Level::Mark => {}
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { outline: Outline { place, list: found, .. }, level } = self;
        let from = place.bytes.get();
        let is_list = matches!(level, Level::Top | Level::List);
        let mut here = 0;
        place.begin();
        while list.next_element::<IgnoredAny>()?.is_some() {
            here += 1;
            if is_list {
                place.begin();
                place.records.set(here);
            }
        }
        if is_list && found.is_none() {
            *found = Some((from, here));
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        if self.level != Level::Top {
            while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        // The bracket itself was read already.
        let from = self.outline.place.bytes.get() - 1;
        let outside = self.outline.single.take();
        let (mut has_list, mut has_body) = (false, false);
        while let Some(name) = members.next_key::<String>()? {
            if self.outline.names.len() < 64 {
                self.outline.names.insert(name.clone(), Value::Null);
            }
            let level = match name.to_ascii_lowercase().as_str() {
                "value" => Level::List,
                "body" => Level::Top,
                "@odata.count" | "odata.count" | "count" => Level::Count,
                "@odata.nextlink" | "odata.nextlink" | "nextlink" => Level::Next,
                "id" | "customerprofile" => Level::Mark,
                _ => {
                    members.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if level == Level::List && std::mem::replace(&mut has_list, true) {
                return Err(A::Error::duplicate_field("value"));
            }
            if level == Level::Top && std::mem::replace(&mut has_body, true) {
                return Err(A::Error::duplicate_field("body"));
            }
            if level == Level::Count {
                self.outline.counts.name = name.trim_start_matches('@').to_ascii_lowercase();
            }
            members.next_value_seed(self.outline.level(level))?;
            if self.outline.single == Some(u64::MAX) {
                self.outline.single = Some(from);
            }
        }
        self.outline.single = self.outline.single.or(outside);
        Ok(())
    }
}
