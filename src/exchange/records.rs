//! Lines of a table as records: what quotation marks enclose, and where a record that has a wrong one ends; no names of columns here.
//!
//! Cells that hold separators, quotation marks or line breaks stand in quotation marks, doubled within. Where that is not kept a record
//! is faulty; reading goes on at the next line that can be the beginning of a record, so that a wrong mark never costs another row.

use std::collections::VecDeque;
use std::io::Read;

use super::error::{FileError, Long};
use super::lines::{Line, Lines};

/// What is wrong with a record, and in which cell, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something follows the mark that closes a cell.
    GoesOn(usize),
    /// A mark where none was opened.
    Stray(usize),
    /// Opened and never closed, or only after more than a record may hold.
    Open(usize),
    /// Opened and closed so late that further records are in the cell.
    Swallows(usize),
    /// The file ends within it.
    CutOff,
}

impl Fault {
    /// Returns the cell it is in, counted from 0.
    pub(super) const fn column(self) -> usize {
        match self {
            Self::GoesOn(column) | Self::Stray(column) | Self::Open(column) | Self::Swallows(column) => column,
            Self::CutOff => 0,
        }
    }
}

/// One record.
#[derive(Debug)]
pub(super) struct Record {
    /// The line it begins in, from 1.
    pub line: u64,
    /// Of a faulty one what can be made of it.
    pub cells: csv::StringRecord,
    /// What is wrong with how it is written; at most one for each cell.
    pub faults: Vec<Fault>,
    /// Whether its cells are those that were meant, but for those with a fault.
    pub in_place: bool,
    /// Whether the file ends here without a line break: the last cell may be cut.
    pub unended: bool,
}

impl Record {
    /// Returns one with nothing wrong.
    pub(super) const fn sound(line: u64, cells: csv::StringRecord) -> Self {
        Self { line, cells, faults: Vec::new(), in_place: true, unended: false }
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub separator: u8,
    /// Whether every cell stands in quotation marks: then one without has lost its own.
    pub quoted: bool,
}

/// Reads records from lines.
pub(super) struct Records<R> {
    lines: Lines<R>,
    /// Lines that were read and not yet used.
    ahead: VecDeque<Line>,
    style: Style,
    /// As many cells as the header has; 0 while it is not known.
    width: usize,
    /// As many cells as the last record had.
    usual: usize,
}

/// One try to read a record from a line on.
struct Attempt {
    cells: csv::StringRecord,
    /// How many lines it takes.
    lines: usize,
    /// What is wrong with it, the first of it first; a strict one ends where something follows a closing mark.
    faults: Vec<Fault>,
    /// Whether a cell without marks around it has one within.
    bare: bool,
}

/// How many lines in a cell must look like records before they are taken for such; of narrow ones several, as `1 Way, Boston` may be an
/// address.
const fn telling(width: usize) -> usize {
    if width >= 6 { 1 } else { 3 }
}

impl<R: Read> Records<R> {
    pub(super) const fn new(lines: Lines<R>) -> Self {
        Self { lines, ahead: VecDeque::new(), style: Style { separator: b',', quoted: false }, width: 0, usual: 0 }
    }

    /// Returns the first line that is not blank, without using it up; `None` where there is none.
    pub(super) fn first(&mut self) -> Result<Option<&Line>, FileError> {
        while self.has(0)? && self.ahead[0].is_blank() {
            self.ahead.pop_front();
        }
        Ok(self.ahead.front())
    }

    /// Uses the first line up.
    pub(super) fn pass(&mut self) {
        self.ahead.pop_front();
    }

    /// Says how the records are written, and that they have so many cells.
    pub(super) const fn set(&mut self, style: Style, width: usize) {
        self.style = style;
        self.width = width;
        self.usual = width;
    }

    /// Returns the number of the line that is read or was read last.
    pub(super) const fn number(&self) -> u64 {
        self.lines.number()
    }

    /// Returns the next record that holds anything; `None` at the end.
    ///
    /// # Errors
    /// As [`Lines::next`].
    pub(super) fn next(&mut self) -> Result<Option<Record>, FileError> {
        if self.first()?.is_none() {
            return Ok(None);
        }
        let strict = self.attempt(0, false)?;
        match strict.faults.first().copied() {
            None if strict.lines > 1 && !self.fits(&strict.cells) && self.looks_like_records(1, strict.lines, 1)? => {
                let column = strict.cells.iter().position(|cell| cell.contains('\n')).unwrap_or_default();
                self.broken(Fault::Swallows(column)).map(Some)
            }
            None => Ok(Some(self.sound(strict))),
            Some(fault) => self.faulty(fault).map(Some),
        }
    }

    fn sound(&mut self, attempt: Attempt) -> Record {
        let last = &self.ahead[attempt.lines - 1];
        let unended = last.end().is_empty();
        let short = attempt.cells.len() < self.width.min(self.usual);
        let fault = (unended && (last.cut || short)).then_some(Fault::CutOff);
        if fault.is_none() && attempt.cells.len() <= self.width {
            self.usual = attempt.cells.len();
        }
        let line = self.use_up(attempt.lines);
        Record { line, cells: attempt.cells, faults: fault.into_iter().collect(), in_place: fault.is_none(), unended }
    }

    /// A faulty record is the one that comes out when its wrong mark counts as text, if that has as many cells as there are columns.
    fn faulty(&mut self, fault: Fault) -> Result<Record, FileError> {
        let lenient = self.attempt(0, true)?;
        let (is_of_mark, faults) = (|fault: &Fault| matches!(fault, Fault::GoesOn(_) | Fault::Stray(_)), lenient.faults);
        if faults.iter().all(is_of_mark) && self.fits(&lenient.cells) {
            let line = self.use_up(lenient.lines);
            let faults = if faults.is_empty() { vec![fault] } else { faults };
            return Ok(Record { line, cells: lenient.cells, faults, in_place: true, unended: false });
        }
        self.broken(fault)
    }

    /// Else it ends before the next line that can be the beginning of a record.
    fn broken(&mut self, fault: Fault) -> Result<Record, FileError> {
        let next = self.next_beginning()?;
        let fault = if next == self.ahead.len() && self.ends_here(fault) { Fault::CutOff } else { fault };
        let mut cells = csv::StringRecord::new();
        for cell in self.ahead[0].body().split(char::from(self.style.separator)).take(Long::Header.limit()) {
            cells.push_field(cell);
        }
        let rest: String = self.ahead.range(1..next).map(|line| line.text.as_str()).collect();
        if !rest.is_empty() {
            cells.push_field(rest.trim_end());
        }
        Ok(Record { line: self.use_up(next), cells, faults: vec![fault], in_place: false, unended: false })
    }

    /// Returns whether the file ends without a line break in what an open mark encloses.
    fn ends_here(&self, fault: Fault) -> bool {
        matches!(fault, Fault::Open(_)) && self.ahead.back().is_some_and(|line| line.end().is_empty())
    }

    /// Returns how many lines there are before the next that can be the beginning of a record.
    fn next_beginning(&mut self) -> Result<usize, FileError> {
        const MOST: usize = 1_000;
        let mut bytes = 0;
        let mut at = 1;
        while at < MOST && bytes < Long::Line.limit() && self.has(at)? {
            bytes += self.ahead[at].text.len();
            let strict = self.attempt(at, false)?;
            if strict.faults.is_empty() && !strict.bare && self.fits(&strict.cells) {
                break;
            }
            // One that is faulty by itself is told by itself.
            let lenient = self.attempt(at, true)?;
            if !strict.faults.is_empty() && lenient.lines == 1 && self.fits(&lenient.cells) {
                break;
            }
            at += 1;
        }
        Ok(at)
    }

    fn fits(&self, cells: &csv::StringRecord) -> bool {
        cells.len() == self.width || (cells.len() == self.usual && self.usual > 1)
    }

    fn use_up(&mut self, lines: usize) -> u64 {
        let line = self.ahead.front().map_or(0, |line| line.number);
        self.ahead.drain(..lines);
        line
    }

    /// Returns whether there is a line so far ahead.
    fn has(&mut self, at: usize) -> Result<bool, FileError> {
        while self.ahead.len() <= at {
            match self.lines.next()? {
                Some(line) => self.ahead.push_back(line),
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Returns whether one after another of the lines `from..to` is a whole record; `count` of them are enough.
    fn looks_like_records(&mut self, from: usize, to: usize, count: usize) -> Result<bool, FileError> {
        if self.width < 2 {
            return Ok(false);
        }
        for at in from..to.min(from + count) {
            if !self.has(at)? || !self.is_record(&self.ahead[at]) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns whether a line is a whole record by itself, beyond doubt.
    fn is_record(&self, line: &Line) -> bool {
        let mut cutter = Cutter::new(self.style, false);
        cutter.cut(line) && cutter.faults.is_empty() && !cutter.bare && self.fits(&cutter.cells)
    }

    /// Tries to read a record from a line on. With `lenient`, a wrong mark counts as text.
    fn attempt(&mut self, from: usize, lenient: bool) -> Result<Attempt, FileError> {
        let mut cutter = Cutter::new(self.style, lenient);
        let mut at = from;
        let mut bytes = 0;
        while let Some(line) = self.ahead.get(at) {
            bytes += line.text.len();
            at += 1;
            if cutter.cut(line) {
                break;
            }
            let column = cutter.cells.len();
            let telling = telling(self.width);
            if bytes > Long::Line.limit() || !self.has(at)? {
                cutter.faults = vec![Fault::Open(column)];
            } else if self.looks_like_records(at, usize::MAX, telling)? {
                cutter.faults = vec![Fault::Swallows(column)];
            } else {
                continue;
            }
            break;
        }
        Ok(Attempt { cells: cutter.cells, lines: at - from, faults: cutter.faults, bare: cutter.bare })
    }
}

/// A line cut by itself: its cells, what is wrong, and whether all of them stand in quotation marks.
pub(super) fn head(line: &Line, separator: u8) -> (csv::StringRecord, Option<Fault>, bool) {
    let mut cutter = Cutter::new(Style { separator, quoted: false }, true);
    if !cutter.cut(line) {
        cutter.add(Fault::Open(cutter.cells.len()));
        cutter.end_cell("");
    }
    let quoted = line.body().split(char::from(separator)).all(|cell| cell.trim().starts_with('"'));
    (cutter.cells, cutter.faults.first().copied(), quoted)
}

/// Cuts lines into the cells of one record.
struct Cutter {
    style: Style,
    lenient: bool,
    cells: csv::StringRecord,
    cell: String,
    state: State,
    faults: Vec<Fault>,
    bare: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Begin,
    /// Within quotation marks.
    Quoted,
    /// Behind the mark that closes.
    Closed,
    /// Behind a wrong mark that counts as text.
    Text,
}

impl Cutter {
    fn new(style: Style, lenient: bool) -> Self {
        let cells = csv::StringRecord::with_capacity(1 << 10, 64);
        Self { style, lenient, cells, cell: String::new(), state: State::Begin, faults: Vec::new(), bare: false }
    }

    /// Takes a line; returns whether the record ends with it.
    fn cut(&mut self, line: &Line) -> bool {
        let mut rest = line.body();
        loop {
            match self.state {
                State::Begin => {
                    // A blank behind the separator belongs to neither.
                    let inside = rest.trim_start_matches(' ').strip_prefix('"');
                    let Some(inside) = inside else {
                        self.state = State::Text;
                        continue;
                    };
                    rest = inside;
                    self.state = State::Quoted;
                }
                State::Quoted => {
                    let Some((inside, behind)) = rest.split_once('"') else {
                        self.cell.push_str(rest);
                        self.cell.push_str(line.end());
                        return false;
                    };
                    self.cell.push_str(inside);
                    match behind.strip_prefix('"') {
                        Some(behind) => {
                            self.cell.push('"');
                            rest = behind;
                        }
                        None => {
                            rest = behind;
                            self.state = State::Closed;
                        }
                    }
                }
                State::Closed => {
                    let behind = rest.trim_start_matches(' ');
                    if behind.is_empty() || behind.as_bytes()[0] == self.style.separator {
                        match self.end_cell(behind) {
                            Some(next) => rest = next,
                            None => return true,
                        }
                        continue;
                    }
                    self.add(Fault::GoesOn(self.cells.len()));
                    if !self.lenient {
                        return true;
                    }
                    self.take_marks_as_text();
                }
                State::Text => {
                    let end = memchr::memchr(self.style.separator, rest.as_bytes()).unwrap_or(rest.len());
                    let (text, behind) = rest.split_at(end);
                    self.bare_marks(text);
                    self.cell.push_str(text);
                    match self.end_cell(behind) {
                        Some(next) => rest = next,
                        None => return true,
                    }
                }
            }
        }
    }

    /// Puts the marks around a cell back into it: nothing that stands in the file is lost.
    fn take_marks_as_text(&mut self) {
        self.cell = format!("\"{}\"", self.cell.replace('"', "\"\""));
        self.state = State::Text;
    }

    fn add(&mut self, fault: Fault) {
        if self.faults.last().is_none_or(|last| last.column() != fault.column()) {
            self.faults.push(fault);
        }
    }

    /// Ends a cell; returns what stands behind the separator, if one follows.
    fn end_cell<'a>(&mut self, behind: &'a str) -> Option<&'a str> {
        // A row of more cells than any header has is refused for their number; the others need no room.
        if self.cells.len() <= Long::Header.limit() {
            self.cells.push_field(&self.cell);
        }
        self.cell.clear();
        self.state = State::Begin;
        behind.get(1..)
    }

    /// Looks at the marks of a cell that has none around it: `5" pipe` and `the "new" one` are text, `Contoso"` has lost one.
    fn bare_marks(&mut self, text: &str) {
        let marks = text.matches('"').count();
        self.bare |= marks > 0;
        let inches = || text.match_indices('"').all(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()));
        let lost = if self.style.quoted { marks > 0 } else { marks % 2 == 1 && !inches() };
        if lost && self.cell.is_empty() {
            self.add(Fault::Stray(self.cells.len()));
        }
    }
}
