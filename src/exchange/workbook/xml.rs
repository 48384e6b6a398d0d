//! The XML of packed files, token by token in bounded memory; what elements mean is not known here.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufReader, Read};

use memchr::memrchr2;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::exchange::error::{BookTrouble, FileError};
use crate::exchange::input::Reading;

/// The longest piece of text or mark between two brackets: no cell holds nearly so much.
const LONGEST: usize = 1 << 20;
/// How deep elements may stand in each other.
const DEEPEST: usize = 200;
/// How much is taken from the archive at once.
const PIECE: usize = 1 << 16;

/// What may still be unpacked of a file, in bytes, and whether anybody still wants it.
pub(super) struct Budget {
    pub left: Cell<u64>,
    pub reading: Reading,
}

/// Bytes that are unpacked, as far as the budget goes.
struct Limited<'a> {
    packed: Box<dyn Read + 'a>,
    budget: &'a Budget,
    /// Bytes since the last bracket.
    unbroken: usize,
    /// Why no more comes; the XML reader would not give it back.
    trouble: Option<FileError>,
}

impl Limited<'_> {
    fn take(&mut self, piece: &mut [u8]) -> Result<usize, FileError> {
        self.budget.reading.go_on()?;
        let count = match self.packed.read(piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error.into()),
            read => read.map_err(|_| BookTrouble::Damaged)?,
        };
        let left = self.budget.left.get().checked_sub(count as u64).ok_or(BookTrouble::Swollen)?;
        self.budget.left.set(left);
        self.unbroken = match memrchr2(b'<', b'>', &piece[..count]) {
            Some(last) => count - last,
            None => self.unbroken + count,
        };
        if self.unbroken > LONGEST {
            return Err(BookTrouble::Swollen.into());
        }
        Ok(count)
    }
}

impl Read for Limited<'_> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        match self.take(piece) {
            Err(FileError::Io(error)) => Err(error),
            Err(trouble) => {
                self.trouble = Some(trouble);
                Err(io::ErrorKind::Other.into())
            }
            Ok(count) => Ok(count),
        }
    }
}

/// One token of XML. Names are without the prefix of their namespace.
pub(super) enum Token<'a> {
    Open(Tag<'a>),
    Close,
    Text(Cow<'a, str>),
    /// A remark or an instruction.
    Passed,
    End,
}

/// The beginning of an element.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    pub(super) fn name(&self) -> &str {
        local(self.0.name().0)
    }

    /// Returns an attribute, whatever prefix its name has.
    pub(super) fn attribute(&self, wanted: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let mut all = attributes.with_checks(false).flatten();
        let attribute = all.find(|attribute| local(attribute.key.0) == wanted)?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
        Some(Cow::Owned(value.into_owned()))
    }

    /// Gives all attributes as they stand there: for those of cells, of which there are millions and none is written otherwise.
    pub(super) fn each(&self, mut take: impl FnMut(&str, &str)) {
        self.0.attributes().with_checks(false).flatten().for_each(|attribute| take(local(attribute.key.0), &attribute.value));
    }
}

/// Returns a name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

/// XML that is read from its beginning on.
pub(super) struct Xml<'a> {
    reader: Reader<BufReader<Limited<'a>>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(packed: Box<dyn Read + 'a>, budget: &'a Budget) -> Self {
        let limited = Limited { packed, budget, unbroken: 0, trouble: None };
        let mut reader = Reader::from_reader(BufReader::with_capacity(PIECE, limited));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// Returns the next token.
    ///
    /// # Errors
    /// [`BookTrouble::Damaged`] where it is no XML, [`BookTrouble::Swollen`], [`FileError::Stopped`].
    pub(super) fn next(&mut self) -> Result<Token<'_>, FileError> {
        self.buffer.clear();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(_) => {
                let trouble = self.reader.get_mut().get_mut().trouble.take();
                return Err(trouble.unwrap_or_else(|| BookTrouble::Damaged.into()));
            }
        };
        Ok(match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(BookTrouble::Damaged.into());
                }
                Token::Open(Tag(tag))
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Token::Close
            }
            Event::Text(text) => Token::Text(text.xml10_content()),
            Event::CData(text) => Token::Text(text.xml10_content()),
            Event::GeneralRef(entity) => {
                let named = quick_xml::escape::resolve_xml_entity(entity.as_ref()).map(Cow::Borrowed);
                let numbered = || entity.resolve_char_ref().ok().flatten().map(|sign| Cow::Owned(sign.to_string()));
                Token::Text(named.or_else(numbered).ok_or(BookTrouble::Damaged)?)
            }
            Event::Eof => Token::End,
            _ => Token::Passed,
        })
    }

    /// Passes over the rest of the element that was opened last.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn skip(&mut self) -> Result<(), FileError> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Token::Open(_) => open += 1,
                Token::Close => open -= 1,
                Token::End => return Err(BookTrouble::Damaged.into()),
                Token::Text(_) | Token::Passed => {}
            }
        }
        Ok(())
    }

    /// Takes the text of the element that was opened last, up to its end.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn text_into(&mut self, text: &mut String) -> Result<(), FileError> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Token::Open(_) => open += 1,
                Token::Close => open -= 1,
                Token::Text(piece) => {
                    if text.len() + piece.len() > LONGEST {
                        return Err(BookTrouble::Swollen.into());
                    }
                    text.push_str(&piece);
                }
                Token::End => return Err(BookTrouble::Damaged.into()),
                Token::Passed => {}
            }
        }
        Ok(())
    }
}
