//! Why a file as a whole cannot be read; nothing of it is imported then. Rows have complaints instead.

use std::io;

use super::neighbour::Neighbour;

#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("is empty")]
    Empty,
    /// Neither UTF-8 nor UTF-16.
    #[error("line {line} is not text in UTF-8 or UTF-16")]
    Encoding { line: u64 },
    /// Neither JSON nor a table with known columns; what the first line held instead.
    #[error("is of no known format")]
    UnknownFormat { columns: Vec<String> },
    /// A table of a known kind without what every row needs.
    #[error("lacks the columns {}", .0.join(", "))]
    MissingColumns(Vec<&'static str>),
    /// A quotation mark is opened and never closed.
    #[error("line {line} opens a quotation mark that is never closed")]
    OpenQuote { line: u64 },
    #[error("line {line}, column {column}: {expected:?} expected")]
    Json { line: usize, column: usize, expected: JsonExpected },
    /// Something else that comes from the same menus, or belongs to another command.
    #[error("holds no deals: {0:?}")]
    Neighbour(Neighbour),
    /// JSON, but neither a referral nor a list of them.
    #[error("holds no referral")]
    NoReferral,
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
    /// Fewer levels of brackets.
    LessDepth,
    /// What it is the parser does not tell.
    Other,
}

impl JsonExpected {
    /// Reads it off the parser's message, which is the only place where the parser says it.
    fn of(message: &str) -> Self {
        const BEGINNINGS: [(&str, JsonExpected); 14] = [
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
            ("recursion limit exceeded", JsonExpected::LessDepth),
        ];
        BEGINNINGS.into_iter().find(|(beginning, _)| message.starts_with(beginning)).map_or(Self::Other, |(_, expected)| expected)
    }
}

impl From<serde_json::Error> for FileError {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        if error.is_io() {
            return Self::Io(error.into());
        }
        Self::Json { line, column, expected: JsonExpected::of(&error.to_string()) }
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
            ("{\"a\": \"x\ny\"}", (2, 0), JsonExpected::Text),
            ("{\"a\": \"\\q\"}", (1, 9), JsonExpected::Text),
            ("{\"a\": 01}", (1, 8), JsonExpected::Number),
            ("{} {}", (1, 4), JsonExpected::End),
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            let FileError::Json { line, column, expected: found } = error.into() else { panic!("{text}") };
            assert_eq!(((line, column), found), (place, expected), "{text}");
        }
        let deep = "[".repeat(100_000);
        let error = serde_json::from_str::<serde_json::Value>(&deep).unwrap_err();
        assert!(matches!(error.into(), FileError::Json { expected: JsonExpected::LessDepth, .. }));
    }
}
