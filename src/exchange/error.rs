//! Why a file as a whole cannot be read; nothing of it is imported then. Rows have complaints instead.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::neighbour::Neighbour;

#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{0}")]
    Io(io::Error),
    /// What can be read once only, or unpacked, is put aside meanwhile; that folder does not take it.
    #[error("cannot be put aside in {}: {error}", .folder.display())]
    NoRoomAside { folder: PathBuf, error: io::Error },
    #[error("is empty")]
    Empty,
    /// Bytes that are no characters of the encoding the file is read in; perhaps it is in another one.
    #[error("line {line} is not text in {read_as}")]
    Encoding { line: u64, read_as: &'static str, perhaps: Option<&'static str> },
    /// Neither text nor a workbook: a picture, an archive.
    #[error("is not text")]
    NotText,
    /// A workbook of a spreadsheet program that cannot be read.
    #[error("is a workbook that cannot be read: {0:?}")]
    Workbook(BookTrouble),
    /// An archive that holds not exactly one table, or is damaged.
    #[error("is an archive without exactly one table")]
    Archive,
    /// Something in it is longer than anything such a file holds; what follows was not read.
    #[error("line {line}: the {long:?} is too long")]
    TooLong { line: u64, long: Long },
    /// More than is taken from what is no ordinary file, in MiB.
    #[error("holds more than {mib} MiB")]
    TooLarge { mib: u64 },
    /// A pipe that no program has opened for writing for so many seconds.
    #[error("nobody has written to it for {seconds} seconds")]
    NobodyWrites { seconds: u64 },
    /// The user stopped it.
    #[error("was stopped")]
    Stopped,
    /// Of so many rows from the beginning hardly one could be taken.
    #[error("of the first {rows} rows hardly one can be taken")]
    NothingFits { rows: u64 },
    /// Neither JSON nor a table with known columns; what the first line held instead.
    #[error("is of no known format")]
    UnknownFormat { columns: Vec<String> },
    /// A table of a known kind without what every row needs.
    #[error("lacks the columns {}", .0.join(", "))]
    MissingColumns(Vec<&'static str>),
    /// A file that lacks what the map of a CRM wants; what it has instead.
    #[error("lacks the columns {}", .wanted.join(", "))]
    CrmColumns { wanted: Vec<String>, columns: Vec<String> },
    /// A name in the header has a wrong quotation mark, or a line break.
    #[error("line {line}: the name of column {column} has a wrong quotation mark")]
    HeadQuote { line: u64, column: usize },
    /// Two columns of one name; they are counted from 1.
    #[error("columns {first} and {second} are both {name}")]
    SameColumn { name: String, first: usize, second: usize },
    #[error("line {line}, column {column}: {expected:?} expected")]
    Json { line: usize, column: usize, expected: JsonExpected },
    /// Something else that comes from the same menus, or belongs to another command.
    #[error("holds no deals: {0:?}")]
    Neighbour(Neighbour),
    /// JSON, but neither a referral nor a list of them.
    #[error("holds no referral")]
    NoReferral,
}

/// Why a workbook cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookTrouble {
    /// It is protected by a password.
    Locked,
    /// It is none, or not whole.
    Damaged,
    /// More comes out of it than any workbook holds.
    Swollen,
    /// A sheet has more cells than are read.
    Cells,
    /// It has more text than is held.
    Texts,
    /// It is of a kind that is read as a whole, and too large for that.
    Large,
}

/// What is too long to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Long {
    /// A line of a table.
    Line,
    /// The header of a table, in columns.
    Header,
    /// A text in JSON.
    Text,
    /// One referral in JSON.
    Record,
    /// A list in JSON, in referrals.
    List,
}

impl Long {
    /// Returns the longest that is read: of a header in columns, of a list in referrals, else in KiB.
    pub const fn max(self) -> usize {
        match self {
            Self::Header => 2_000,
            Self::List => 1_000_000,
            // Notes of the greatest length, every sign of them escaped, fit in.
            Self::Text => 640,
            Self::Line | Self::Record => 1_024,
        }
    }

    /// Returns the longest that is read in bytes; of a header in columns, of a list in referrals.
    pub(super) const fn limit(self) -> usize {
        match self {
            Self::Header | Self::List => self.max(),
            Self::Line | Self::Text | Self::Record => self.max() << 10,
        }
    }
}

/// What should have stood where JSON breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonExpected {
    CommaOrBrace,
    CommaOrBracket,
    Colon,
    /// A name in quotation marks.
    Name,
    Value,
    /// No comma before the closing bracket.
    NoTrailingComma,
    /// More: the text ends too early.
    More,
    /// The end: something stands behind it.
    End,
    /// A well-formed text: an escape or a control character in it is wrong.
    Text,
    /// A number as JSON writes it.
    Number,
    /// Each name once: of two lists nobody can know which counts.
    Once,
    /// Fewer levels of brackets.
    LessDepth,
    /// What it is the parser does not tell.
    Other,
}

impl JsonExpected {
    /// Reads it off the parser's message, which is the only place where the parser says it.
    fn of(message: &str) -> Self {
        const BEGINNINGS: [(&str, JsonExpected); 15] = [
            ("trailing comma", JsonExpected::NoTrailingComma),
            ("trailing characters", JsonExpected::End),
            ("expected `,` or `}`", JsonExpected::CommaOrBrace),
            ("expected `,` or `]`", JsonExpected::CommaOrBracket),
            ("expected `:`", JsonExpected::Colon),
            ("key must be a string", JsonExpected::Name),
            ("expected value", JsonExpected::Value),
            ("expected ident", JsonExpected::Value),
            ("EOF while parsing", JsonExpected::More),
            ("control character", JsonExpected::Text),
            ("invalid escape", JsonExpected::Text),
            ("invalid number", JsonExpected::Number),
            ("number out of range", JsonExpected::Number),
            ("duplicate field", JsonExpected::Once),
            ("recursion limit exceeded", JsonExpected::LessDepth),
        ];
        BEGINNINGS.into_iter().find(|(beginning, _)| message.starts_with(beginning)).map_or(Self::Other, |(_, expected)| expected)
    }
}

impl From<io::Error> for FileError {
    /// Takes out what a reader of ours put into an error of input and output to get it through a library.
    fn from(error: io::Error) -> Self {
        error.downcast::<Self>().unwrap_or_else(Self::Io)
    }
}

impl BookTrouble {
    /// Most that is unpacked of a workbook, in MiB.
    pub const UNPACKED: u64 = 2_048;
    /// Most cells that are read of a sheet: a million rows of twenty.
    pub const CELLS: u64 = 20_000_000;
    /// Most text that is held while a workbook is read, in MiB.
    pub const TEXTS: u64 = 256;
    /// Most that a file may have which is read as a whole (`.xls`, `.xlsb`, `.ods`), in MiB.
    pub const WHOLE: u64 = 32;
}

impl From<BookTrouble> for FileError {
    fn from(trouble: BookTrouble) -> Self {
        Self::Workbook(trouble)
    }
}

impl From<FileError> for io::Error {
    fn from(error: FileError) -> Self {
        Self::other(error)
    }
}

/// Makes the nameless file in which something is put aside while it is read.
///
/// # Errors
/// [`FileError::NoRoomAside`].
pub(super) fn file_aside() -> Result<File, FileError> {
    tempfile::tempfile().map_err(|error| FileError::NoRoomAside { folder: std::env::temp_dir(), error })
}

impl FileError {
    /// Says where JSON breaks. `last_line` is the length of the last line that ended, in characters: the parser tells a line break that
    /// must not be there as the beginning of the line after it.
    pub(super) fn json(error: serde_json::Error, last_line: usize) -> Self {
        if error.is_io() {
            return io::Error::from(error).into();
        }
        let expected = JsonExpected::of(&error.to_string());
        match (error.line(), error.column()) {
            (line @ 2.., 0) if expected == JsonExpected::Text => Self::Json { line: line - 1, column: last_line + 1, expected },
            (line, column) => Self::Json { line, column, expected },
        }
    }

    /// As [`FileError::json`], of a text that is in memory.
    pub(super) fn json_in(text: &str, error: serde_json::Error) -> Self {
        let last = error.line().saturating_sub(2);
        Self::json(error, text.split('\n').nth(last).map_or(0, |line| line.chars().count()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_json_says_where_and_what_was_expected() {
        for (text, place, expected) in [
            ("{\"a\": 1 \"b\": 2}", (1, 9), JsonExpected::CommaOrBrace),
            ("{\"a\": 1,\n}", (2, 1), JsonExpected::NoTrailingComma),
            ("[1,\n 2,]", (2, 4), JsonExpected::NoTrailingComma),
            ("[1 2]", (1, 4), JsonExpected::CommaOrBracket),
            ("{\"a\" 1}", (1, 6), JsonExpected::Colon),
            ("{a: 1}", (1, 2), JsonExpected::Name),
            ("[", (1, 1), JsonExpected::More),
            ("{\"a\": }", (1, 7), JsonExpected::Value),
            ("{\"a\": nil}", (1, 8), JsonExpected::Value),
            ("{\"a\": \"x\ny\"}", (1, 9), JsonExpected::Text),
            ("{\n \"a\": \"장\n\"}", (2, 9), JsonExpected::Text),
            ("{\"a\": \"\\q\"}", (1, 9), JsonExpected::Text),
            ("{\"a\": 01}", (1, 8), JsonExpected::Number),
            ("{} {}", (1, 4), JsonExpected::End),
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            let FileError::Json { line, column, expected: found } = FileError::json_in(text, error) else { panic!("{text}") };
            assert_eq!(((line, column), found), (place, expected), "{text}");
        }
        let deep = "[".repeat(100_000);
        let error = serde_json::from_str::<serde_json::Value>(&deep).unwrap_err();
        assert!(matches!(FileError::json(error, 0), FileError::Json { expected: JsonExpected::LessDepth, .. }));
    }
}
