//! Texts that nothing obeys: what a terminal or a spreadsheet would take for an order is written so that it is only read.

use std::borrow::Cow;

use crate::domain::text::is_bidi_control;
use crate::width::visible;

/// Writes out in JSON what a terminal would obey, whatever is stored: the escape says the same to whoever reads it.
pub fn inert(json: &str) -> Cow<'_, str> {
    let is_obeyed = |c: char| is_bidi_control(c) || (c.is_control() && c != '\n');
    if !json.chars().any(is_obeyed) {
        return Cow::Borrowed(json);
    }
    let mut plain = String::with_capacity(json.len());
    for c in json.chars() {
        if is_obeyed(c) { plain.push_str(&format!("\\u{:04x}", u32::from(c))) } else { plain.push(c) }
    }
    Cow::Owned(plain)
}

/// What a spreadsheet takes for the beginning of a formula.
const RISKY: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Returns what a cell says that [`cell`] may have written.
pub fn said(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(RISKY)).unwrap_or(cell)
}

/// Returns a cell of a CSV file: what a terminal would obey is replaced, but breaks of lines; a spreadsheet takes nothing for a formula.
pub fn cell(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if text.starts_with(RISKY) { Cow::Owned(format!("'{text}")) } else { text }
}

/// As [`cell`], for programs: a text that can be no formula, as a phone number is none, keeps its signs.
pub fn plain_cell(text: &str) -> Cow<'_, str> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.' | '/');
    if text.starts_with(['+', '-']) && text.chars().all(is_number) { Cow::Borrowed(text) } else { cell(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_a_table_is_a_formula() {
        for (text, people, programs) in [
            ("ERP", "ERP", "ERP"),
            ("=1+1", "'=1+1", "'=1+1"),
            ("+49 89 1234-5", "'+49 89 1234-5", "+49 89 1234-5"),
            ("+49 89 1234 ext. 5", "'+49 89 1234 ext. 5", "'+49 89 1234 ext. 5"),
            ("-5", "'-5", "-5"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1", "'＝1"),
            ("", "", ""),
            ("a\u{1b}b\nc", "a␣b\nc", "a␣b\nc"),
        ] {
            assert_eq!((cell(text).as_ref(), plain_cell(text).as_ref()), (people, programs), "{text:?}");
            assert_eq!((said(people), said(programs)), (visible(text).as_ref(), visible(text).as_ref()), "{text:?}");
        }
    }

    #[test]
    fn json_says_in_escapes_what_a_terminal_would_obey() {
        assert_eq!(inert("\"a\u{9b}b\u{202e}\""), "\"a\\u009bb\\u202e\"");
        assert!(matches!(inert("{\"a\": \"한빛\"}\n"), Cow::Borrowed(_)));
    }
}
