//! Workbooks of Excel (`.xlsx`, `.xlsm`): their sheets, row by row as they stand in the file; nothing of a sheet is held.

use std::collections::HashMap;

use super::cell::{Look, Row, Value, iso_moment, unescaped};
use super::package::Package;
use super::strings::{Texts, text_of};
use super::xml::{Tag, Token, Xml};
use super::{Sheet, Sink};
use crate::exchange::error::{BookTrouble, FileError, Long};

/// An open workbook.
pub(super) struct Workbook {
    package: Package,
    sheets: Vec<(Sheet, String)>,
    is_1904: bool,
    /// What cells of each style look like.
    looks: Vec<Look>,
    /// Where the shared texts are, and they, once they are needed.
    texts_part: Option<String>,
    texts: Option<Texts>,
    /// How many of them are needed; of those beyond nothing is told.
    most_texts: usize,
}

/// Columns and rows that programs know.
const COLUMNS: usize = 16_384;
const ROWS: u64 = 1_048_576;
/// Most sheets, and most styles of cells.
const SHEETS: usize = 1_000;
const LOOKS: usize = 1 << 16;

impl Workbook {
    /// Reads what stands around the sheets of the workbook in `main`.
    ///
    /// # Errors
    /// [`BookTrouble`], [`FileError::Stopped`], or what the file system says.
    pub(super) fn open(mut package: Package, main: &str) -> Result<Self, FileError> {
        let relations = package.relations(main)?;
        let part = |kind: &str| relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.clone());
        let (texts_part, styles_part) = (part("sharedStrings"), part("styles"));
        let mut book = Self {
            package,
            sheets: Vec::new(),
            is_1904: false,
            looks: Vec::new(),
            texts_part,
            texts: None,
            most_texts: usize::MAX,
        };
        let targets = relations.iter().filter(|relation| relation.kind == "worksheet");
        let targets: HashMap<&str, &str> = targets.map(|relation| (relation.id.as_str(), relation.target.as_str())).collect();
        let Some(mut xml) = book.package.xml(main)? else { return Err(BookTrouble::Damaged.into()) };
        loop {
            match xml.next()? {
                Token::Open(tag) => match tag.name() {
                    "workbookPr" => book.is_1904 = tag.attribute("date1904").is_some_and(|told| is_true(&told)),
                    "sheet" if book.sheets.len() < SHEETS => {
                        let name = tag.attribute("name").unwrap_or_default().into_owned();
                        let hidden = tag.attribute("state").is_some_and(|state| state != "visible");
                        let target = tag.attribute("id").and_then(|id| targets.get(&*id).copied());
                        book.sheets.extend(target.map(|target| (Sheet { name, hidden }, target.to_owned())));
                    }
                    _ => {}
                },
                Token::End => break,
                Token::Close | Token::Text(_) | Token::Passed => {}
            }
        }
        drop(xml);
        if let Some(styles) = styles_part
            && let Some(mut xml) = book.package.xml(&styles)?
        {
            book.looks = looks(&mut xml)?;
        }
        Ok(book)
    }

    /// Holds no more than so many shared texts.
    pub(super) const fn briefly(&mut self, most_texts: usize) {
        self.most_texts = most_texts;
    }

    pub(super) fn sheets(&self) -> Vec<Sheet> {
        self.sheets.iter().map(|(sheet, _)| sheet.clone()).collect()
    }

    /// Gives the rows of a sheet to `sink`, as long as it wants more; returns the last row that the sheet says it has.
    ///
    /// # Errors
    /// As [`Workbook::open`], or what the sink says.
    pub(super) fn rows(&mut self, sheet: usize, sink: Sink<'_>) -> Result<Option<u64>, FileError> {
        if self.texts.is_none() {
            let xml = match &self.texts_part {
                Some(part) => self.package.xml(part)?,
                None => None,
            };
            self.texts = Some(xml.map_or_else(|| Ok(Texts::default()), |mut xml| Texts::read(&mut xml, self.most_texts))?);
        }
        let Some((_, part)) = self.sheets.get(sheet) else { return Ok(None) };
        let Some(xml) = self.package.xml(part)? else { return Err(BookTrouble::Damaged.into()) };
        let Some(texts) = &self.texts else { return Ok(None) };
        let whole = self.most_texts == usize::MAX;
        let mut running = Running { xml, texts, looks: &self.looks, is_1904: self.is_1904, whole, row: Row::default(), cells: 0 };
        running.sheet(sink)
    }
}

/// One sheet that is being read.
struct Running<'a> {
    xml: Xml<'a>,
    texts: &'a Texts,
    looks: &'a [Look],
    is_1904: bool,
    /// Whether all shared texts are there.
    whole: bool,
    row: Row,
    cells: u64,
}

/// What a cell says of itself before its value.
struct Head {
    column: usize,
    kind: Kind,
    style: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Inline,
    Formula,
    Boolean,
    Error,
    Moment,
}

impl Running<'_> {
    fn sheet(&mut self, sink: Sink<'_>) -> Result<Option<u64>, FileError> {
        let mut last = None;
        loop {
            match self.xml.next()? {
                Token::Open(tag) if tag.name() == "dimension" => {
                    let whole = tag.attribute("ref").unwrap_or_default();
                    last = whole.rsplit(':').next().and_then(place).map(|(row, _)| row);
                }
                Token::Open(tag) if tag.name() == "row" => {
                    let number = tag.attribute("r").and_then(|number| number.parse().ok());
                    self.row.number = number.unwrap_or(self.row.number + 1);
                    if self.row.number > ROWS {
                        return Err(BookTrouble::Damaged.into());
                    }
                    if self.row()? && sink(&self.row)?.is_break() {
                        break;
                    }
                }
                Token::End => break,
                _ => {}
            }
        }
        Ok(last)
    }

    /// Reads the cells of a row; returns whether any holds something.
    fn row(&mut self) -> Result<bool, FileError> {
        self.row.cells.clear();
        let mut bytes = 0;
        loop {
            let head = match self.xml.next()? {
                Token::Open(tag) if tag.name() == "c" => head(&tag, self.row.cells.len()),
                Token::Open(_) => {
                    self.xml.skip()?;
                    continue;
                }
                Token::Close => return Ok(self.row.cells.iter().any(|cell| *cell != Value::Empty)),
                Token::End => return Err(BookTrouble::Damaged.into()),
                Token::Text(_) | Token::Passed => continue,
            };
            self.cells += 1;
            if self.cells > BookTrouble::CELLS {
                return Err(BookTrouble::Cells.into());
            }
            if head.column >= COLUMNS {
                return Err(BookTrouble::Damaged.into());
            }
            let value = self.cell(&head)?;
            bytes += if let Value::Text(text) | Value::Number(text) = &value { text.len() } else { 0 };
            if bytes > Long::Line.limit() {
                return Err(FileError::TooLong { line: self.row.number, long: Long::Line });
            }
            // A row of more cells than any head has is refused for their number; the others need no room.
            if value != Value::Empty && head.column <= Long::Header.limit() {
                self.row.cells.resize(self.row.cells.len().max(head.column), Value::Empty);
                self.row.cells.truncate(head.column);
                self.row.cells.push(value);
            }
        }
    }

    fn cell(&mut self, head: &Head) -> Result<Value, FileError> {
        let (mut value, mut is_formula) = (Value::Empty, false);
        loop {
            let name = match self.xml.next()? {
                Token::Open(tag) => match tag.name() {
                    "v" => "v",
                    "is" => "is",
                    "f" => "f",
                    _ => "",
                },
                Token::Close => break,
                Token::End => return Err(BookTrouble::Damaged.into()),
                Token::Text(_) | Token::Passed => continue,
            };
            match name {
                "v" if head.kind != Kind::Inline => {
                    let mut text = String::new();
                    self.xml.text_into(&mut text)?;
                    value = self.value(head, text)?;
                }
                "is" => value = filled(text_of(&mut self.xml)?),
                name => {
                    is_formula |= name == "f";
                    self.xml.skip()?;
                }
            }
        }
        // An empty text is the value of many a formula.
        let lacks = is_formula && value == Value::Empty && head.kind != Kind::Formula;
        Ok(if lacks { Value::Unvalued } else { value })
    }

    fn value(&self, head: &Head, text: String) -> Result<Value, FileError> {
        let trimmed = text.trim();
        if trimmed.is_empty() && head.kind != Kind::Formula {
            return Ok(Value::Empty);
        }
        Ok(match head.kind {
            Kind::Shared => {
                let shared = trimmed.parse().ok().and_then(|number| self.texts.get(number));
                match shared {
                    None if self.whole => return Err(BookTrouble::Damaged.into()),
                    shared => filled(shared.unwrap_or_default().to_owned()),
                }
            }
            Kind::Inline | Kind::Formula => filled(unescaped(text)),
            Kind::Boolean => Value::Text(if is_true(trimmed) { "Yes" } else { "No" }.to_owned()),
            Kind::Error => Value::Error,
            Kind::Moment => Value::Text(iso_moment(trimmed)),
            Kind::Number => {
                let look = self.looks.get(head.style).unwrap_or(&Look::Number);
                look.shows(trimmed, self.is_1904).unwrap_or_else(|| Value::Text(trimmed.to_owned()))
            }
        })
    }
}

fn filled(text: String) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}

fn is_true(text: &str) -> bool {
    text == "1" || text.eq_ignore_ascii_case("true")
}

/// Reads what a cell says of itself; one that does not say where it is stands behind the one before it.
fn head(tag: &Tag<'_>, next: usize) -> Head {
    let mut head = Head { column: next, kind: Kind::Number, style: 0 };
    tag.each(|name, value| match name {
        "r" => head.column = place(value).map_or(next, |(_, column)| column),
        "s" => head.style = value.parse().unwrap_or_default(),
        "t" => {
            head.kind = match value {
                "s" => Kind::Shared,
                "inlineStr" => Kind::Inline,
                "str" => Kind::Formula,
                "b" => Kind::Boolean,
                "e" => Kind::Error,
                "d" => Kind::Moment,
                _ => Kind::Number,
            }
        }
        _ => {}
    });
    head
}

/// Reads `AB12` as its row, from 1, and its column, from 0.
fn place(text: &str) -> Option<(u64, usize)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let letter = |column: Option<usize>, letter: u8| {
        let value = letter.to_ascii_uppercase().checked_sub(b'A' - 1).filter(|value| *value <= 26)?;
        column?.checked_mul(26)?.checked_add(value.into())
    };
    let column = letters.bytes().fold(Some(0), letter)?;
    Some((row.parse().ok()?, column.checked_sub(1)?))
}

/// Reads what the cells of each style look like.
fn looks(xml: &mut Xml<'_>) -> Result<Vec<Look>, FileError> {
    let (mut formats, mut looks, mut within) = (HashMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Token::Open(tag) => {
                let id = || tag.attribute("numFmtId").and_then(|id| id.parse::<u32>().ok()).unwrap_or_default();
                match tag.name() {
                    "numFmt" if formats.len() < LOOKS => {
                        formats.insert(id(), Look::of(&tag.attribute("formatCode").unwrap_or_default()));
                    }
                    "cellXfs" => within = true,
                    "xf" if within && looks.len() < LOOKS => {
                        let id = id();
                        looks.push(formats.get(&id).cloned().unwrap_or_else(|| Look::built_in(id)));
                    }
                    "cellStyles" | "dxfs" => within = false,
                    _ => {}
                }
            }
            Token::End => return Ok(looks),
            Token::Close | Token::Text(_) | Token::Passed => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_rows_and_columns() {
        for (text, expected) in [
            ("A1", Some((1, 0))),
            ("Z9", Some((9, 25))),
            ("AA10", Some((10, 26))),
            ("XFD1048576", Some((1_048_576, 16_383))),
            ("1", None),
            ("A", None),
            ("ZZZZZZZZZZZZZZZZ1", None),
            ("é1", None),
        ] {
            assert_eq!(place(text), expected, "{text}");
        }
    }
}
