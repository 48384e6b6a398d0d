//! Text as it may be stored: one line or several, normalised and free of control characters; ends where meaning begins.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::invalid::Invalid;

/// Longest single line that is kept, in characters.
pub const LINE_MAX: usize = 1_000;
/// Longest notes that are kept, in characters.
pub const NOTES_MAX: usize = 100_000;

/// One line of text: NFC, trimmed, not empty, no control characters, half-width kana made full-width.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Line(String);

/// Text of one or more lines, separated by `\n`; otherwise as [`Line`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Notes(String);

impl Line {
    /// Reads one line that somebody typed.
    ///
    /// # Errors
    /// [`Invalid::Missing`] when nothing but blanks is left, [`Invalid::ControlCharacter`], [`Invalid::TooLong`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        if let Some(c) = typed.trim().chars().find(|c| c.is_control()) {
            return Err(Invalid::ControlCharacter(c));
        }
        Self::limited(normal(typed.trim()).into_owned())
    }

    /// Reads one line of an imported file: line breaks and tabs become blanks, other control characters are dropped
    /// and counted in `dropped`. Nothing left is `None`.
    ///
    /// # Errors
    /// [`Invalid::TooLong`].
    pub fn imported(raw: &str, dropped: &mut usize) -> Result<Option<Self>, Invalid> {
        let clean = without_controls(raw, false, dropped);
        let trimmed = clean.trim();
        if trimmed.is_empty() {
            return Ok(None);
        }
        Self::limited(normal(trimmed).into_owned()).map(Some)
    }

    fn limited(text: String) -> Result<Self, Invalid> {
        if text.is_empty() {
            return Err(Invalid::Missing);
        }
        if text.len() > LINE_MAX && text.chars().count() > LINE_MAX {
            return Err(Invalid::TooLong { max: LINE_MAX });
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Notes {
    /// Reads notes that somebody typed; `\r\n` and `\r` become `\n`, tabs become blanks.
    ///
    /// # Errors
    /// As [`Line::parse`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        let lines = line_breaks(typed);
        if let Some(c) = lines.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            return Err(Invalid::ControlCharacter(c));
        }
        Self::limited(&lines.replace('\t', " "))
    }

    /// Reads notes of an imported file, as [`Line::imported`] but with line breaks kept.
    ///
    /// # Errors
    /// [`Invalid::TooLong`].
    pub fn imported(raw: &str, dropped: &mut usize) -> Result<Option<Self>, Invalid> {
        let lines = line_breaks(raw);
        let clean = without_controls(&lines, true, dropped);
        if clean.trim().is_empty() {
            return Ok(None);
        }
        Self::limited(&clean).map(Some)
    }

    fn limited(text: &str) -> Result<Self, Invalid> {
        let text = normal(text.trim_matches(|c: char| c == '\n' || c == ' ')).into_owned();
        if text.trim().is_empty() {
            return Err(Invalid::Missing);
        }
        if text.len() > NOTES_MAX && text.chars().count() > NOTES_MAX {
            return Err(Invalid::TooLong { max: NOTES_MAX });
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! text_like {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl $name {
            /// Takes text back that this type produced and the database kept.
            pub fn stored(text: String) -> Self {
                Self(text)
            }
        }
    )*};
}
text_like!(Line, Notes);

// What was kept is not written anew: an older version may have normalised it otherwise.
super::from_text!(Line, |text| {
    checked(&text, false)?;
    // Blanks around it are as good as nothing said.
    if text.trim() == text { Self::limited(text) } else { Err(Invalid::Missing) }
});
super::from_text!(Notes, |text| {
    checked(&text, true)?;
    if text.trim().is_empty() {
        return Err(Invalid::Missing);
    }
    if text.chars().count() > NOTES_MAX { Err(Invalid::TooLong { max: NOTES_MAX }) } else { Ok(Self(text)) }
});

/// Refuses control characters in text that was kept.
fn checked(text: &str, many_lines: bool) -> Result<(), Invalid> {
    let control = text.chars().find(|c| c.is_control() && !(many_lines && *c == '\n'));
    control.map_or(Ok(()), |c| Err(Invalid::ControlCharacter(c)))
}

/// Checks a text of one line that may be empty, as parts of a person are kept.
///
/// # Errors
/// [`Invalid::ControlCharacter`], [`Invalid::TooLong`].
pub(super) fn empty_or_line(text: String) -> Result<String, Invalid> {
    checked(&text, false)?;
    if text.chars().count() > LINE_MAX { Err(Invalid::TooLong { max: LINE_MAX }) } else { Ok(text) }
}

/// Returns `text` in NFC with half-width kana made full-width; everything else stays as it is.
pub fn normal(text: &str) -> Cow<'_, str> {
    let half_width = |c: char| ('\u{FF61}'..='\u{FF9F}').contains(&c);
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    if !text.chars().any(half_width) {
        return match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => Cow::Borrowed(text),
            _ => Cow::Owned(text.nfc().collect()),
        };
    }
    // A run is composed as a whole: the voicing mark of ﾊﾞ is a character of its own.
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if half_width(c) {
            run.push(c);
            continue;
        }
        out.extend(run.nfkc());
        run.clear();
        out.push(c);
    }
    out.extend(run.nfkc());
    Cow::Owned(out.nfc().collect())
}

/// Returns whether `c` steers the direction of text on screen without being seen.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn line_breaks(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

fn without_controls<'a>(raw: &'a str, keep_lines: bool, dropped: &mut usize) -> Cow<'a, str> {
    if !raw.chars().any(char::is_control) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\n' if keep_lines => out.push('\n'),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => *dropped += 1,
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_lines_are_trimmed_and_normalised() {
        for (typed, kept) in [
            ("  Contoso  ", "Contoso"),
            ("\u{3000}한빛정밀\u{3000}", "한빛정밀"),
            ("\u{1112}\u{1161}\u{11AB}", "한"),
            ("ｶﾌﾞｼｷｶﾞｲｼｬ", "カブシキガイシャ"),
            ("e\u{301}", "é"),
            ("㈜ stays ㈜", "㈜ stays ㈜"),
        ] {
            assert_eq!(Line::parse(typed).unwrap().as_str(), kept, "{typed:?}");
        }
    }

    #[test]
    fn control_characters_are_refused_when_typed() {
        for typed in ["a\u{1b}[31m", "a\u{7}", "a\u{9b}31m", "a\u{7f}b", "a\nb", "a\tb"] {
            assert!(matches!(Line::parse(typed), Err(Invalid::ControlCharacter(_))), "{typed:?}");
        }
        assert!(matches!(Notes::parse("a\u{1b}]52;c;x"), Err(Invalid::ControlCharacter('\u{1b}'))));
        assert_eq!(Notes::parse("a\r\nb\rc\td").unwrap().as_str(), "a\nb\nc d");
    }

    #[test]
    fn control_characters_are_dropped_and_counted_on_import() {
        let mut dropped = 0;
        let line = Line::imported("Evil\u{1b}]0;title\u{7} Corp\nLtd", &mut dropped).unwrap().unwrap();
        assert_eq!((line.as_str(), dropped), ("Evil]0;title Corp Ltd", 2));
        let notes = Notes::imported("one\r\ntwo\u{9b}31m", &mut dropped).unwrap().unwrap();
        assert_eq!((notes.as_str(), dropped), ("one\ntwo31m", 3));
        assert_eq!(Line::imported(" \n ", &mut dropped), Ok(None));
    }

    #[test]
    fn kept_text_is_taken_back_as_it_stands_and_what_nobody_could_have_kept_is_refused() {
        let line = |text: &str| serde_json::from_value::<Line>(text.into());
        assert_eq!(line("e\u{301} ｶ").unwrap().as_str(), "e\u{301} ｶ", "not written anew");
        for bad in ["", " x", "a\nb", "a\u{1b}[31m", &"長".repeat(LINE_MAX + 1)] {
            assert!(line(bad).is_err(), "{bad:?}");
        }
        let notes = |text: &str| serde_json::from_value::<Notes>(text.into());
        assert_eq!(notes("a\n b").unwrap().as_str(), "a\n b");
        for bad in ["", " \n", "a\tb", "a\u{1b}[31m", &"長".repeat(NOTES_MAX + 1)] {
            assert!(notes(bad).is_err());
        }
        assert!(serde_json::from_value::<Line>(7.into()).is_err());
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(Line::parse(" \u{3000}"), Err(Invalid::Missing));
        assert_eq!(Notes::parse("\n \n"), Err(Invalid::Missing));
        assert_eq!(Line::parse(&"長".repeat(LINE_MAX + 1)), Err(Invalid::TooLong { max: LINE_MAX }));
        assert!(Line::parse(&"長".repeat(LINE_MAX)).is_ok());
    }
}
