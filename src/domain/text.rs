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

/// One line of text: NFC, trimmed of blanks and of marks that show nothing, not empty, no control characters, half-width kana made full-width.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Line(String);

/// Text of one or more lines, separated by `\n`; otherwise as [`Line`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Notes(String);

/// How much of a file's text was not kept as it came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Control characters that were dropped.
    pub controls: usize,
    /// Marks that show nothing, dropped at the edges of a line or anywhere in a code.
    pub unseen: usize,
    /// Entities of HTML that were read as what they stand for.
    pub entities: usize,
}

impl std::ops::AddAssign for Cleaned {
    fn add_assign(&mut self, more: Self) {
        self.controls += more.controls;
        self.unseen += more.unseen;
        self.entities += more.entities;
    }
}

impl Line {
    /// Reads one line that somebody typed.
    ///
    /// # Errors
    /// [`Invalid::Missing`] when nothing but blanks is left, [`Invalid::ControlCharacter`], [`Invalid::TooLong`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        let trimmed = trimmed(typed);
        if let Some(c) = trimmed.chars().find(|c| c.is_control()) {
            return Err(Invalid::ControlCharacter(c));
        }
        if shows_nothing(trimmed) {
            return Err(Invalid::Missing);
        }
        Self::limited(normal(trimmed).into_owned())
    }

    /// Reads a code that somebody typed (postal code, CRM ID): as [`Line::parse`], in half width and without marks that show nothing.
    ///
    /// # Errors
    /// As [`Line::parse`].
    pub fn code(typed: &str) -> Result<Self, Invalid> {
        Self::parse(&half_width(typed))
    }

    /// Reads one line of an imported file: line breaks and tabs become blanks, entities of HTML what they stand for; other control
    /// characters, and marks at its edges that show nothing, are dropped. All but the breaks is counted in `cleaned`. Nothing
    /// left is `None`.
    ///
    /// # Errors
    /// [`Invalid::TooLong`].
    pub fn imported(raw: &str, cleaned: &mut Cleaned) -> Result<Option<Self>, Invalid> {
        let (plain, entities) = without_entities(raw);
        cleaned.entities += entities;
        let clean = without_controls(&plain, false, cleaned);
        let kept = trimmed(&clean);
        cleaned.unseen += unseen(&clean) - unseen(kept);
        if shows_nothing(kept) {
            return Ok(None);
        }
        Self::limited(normal(kept).into_owned()).map(Some)
    }

    /// Reads a code of an imported file: as [`Line::imported`], in half width and without marks that show nothing.
    ///
    /// # Errors
    /// [`Invalid::TooLong`].
    pub fn imported_code(raw: &str, cleaned: &mut Cleaned) -> Result<Option<Self>, Invalid> {
        cleaned.unseen += unseen(raw);
        Self::imported(&half_width(raw), cleaned)
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
    pub fn imported(raw: &str, cleaned: &mut Cleaned) -> Result<Option<Self>, Invalid> {
        let lines = line_breaks(raw);
        let clean = without_controls(&lines, true, cleaned);
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
        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
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
    Cow::Owned(lone_marks_shown(&out.nfc().collect::<String>()))
}

/// Returns `text` with voicing marks that stand behind no kana as characters of their own: by themselves they could not be seen.
fn lone_marks_shown(text: &str) -> String {
    let mut last = ' ';
    let shown = text.chars().map(|c| {
        let lone = !matches!(last, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー');
        last = c;
        match c {
            '\u{3099}' if lone => '\u{309B}',
            '\u{309A}' if lone => '\u{309C}',
            c => c,
        }
    });
    shown.collect()
}

/// Returns whether `c` shows nothing by itself, neither ink nor room: joiners, marks of direction, soft hyphens, variation selectors.
pub fn is_unseen(c: char) -> bool {
    !c.is_ascii()
        && (belongs_before(c)
            || matches!(
                c,
                '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
                    | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            ))
}

/// Returns how many characters of `text` show nothing.
pub fn unseen(text: &str) -> usize {
    if text.is_ascii() { 0 } else { text.chars().filter(|c| is_unseen(*c)).count() }
}

/// Returns whether nothing of a text can be seen: blanks, marks that show nothing, and fillers.
pub fn shows_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_unseen(c) || is_filler(c))
}

/// Returns whether `c` takes room and shows nothing, though it is no blank: what stands for a missing letter of a Hangul syllable, and
/// the empty sign of braille.
const fn is_filler(c: char) -> bool {
    matches!(c, '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}')
}

/// Returns whether `c` is a part of the character before it: at the end of a line it is no left-over.
const fn belongs_before(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns whether `c` is one of the many characters that look like a hyphen or a dash.
pub const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// Returns whether `c` is one of the many characters that people write for an apostrophe.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{B4}'
            | '\u{2B9}'
            | '\u{2BB}'
            | '\u{2BC}'
            | '\u{2BD}'
            | '\u{2C8}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201B}'
            | '\u{2032}'
            | '\u{FF07}'
    )
}

/// Returns `text` without the blanks and the marks that show nothing at its edges.
pub fn trimmed(text: &str) -> &str {
    let blank = |c: char| c.is_whitespace() || is_unseen(c);
    text.trim_start_matches(blank).trim_end_matches(|c: char| blank(c) && !belongs_before(c))
}

/// Returns `text` as a code that is compared or checked: in the compatibility form, with plain hyphens, without what shows nothing
/// and without blanks around it.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.trim().to_owned();
    }
    let seen = text.chars().filter(|c| !is_unseen(*c));
    seen.nfkc().map(|c| if is_dash(c) { '-' } else { c }).collect::<String>().trim().to_owned()
}

/// Returns `text` with full-width ASCII made half-width and without what shows nothing; all other characters stay.
pub fn half_width(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    let half = |c: char| match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().filter(|c| !is_unseen(*c)).map(half).collect()
}

/// Names of HTML that texts of business come with; those of letters have no capitals here, which are found by their own.
const ENTITIES: [(&str, char); 41] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("middot", '·'),
    ("bull", '•'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("reg", '®'),
    ("copy", '©'),
    ("trade", '™'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("Eacute", 'É'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("aacute", 'á'),
    ("agrave", 'à'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("ntilde", 'ñ'),
    ("ccedil", 'ç'),
    ("oslash", 'ø'),
    ("aring", 'å'),
];

/// Returns `text` with entities of HTML (`&amp;`, `&#39;`) read as what they stand for, also such that were escaped twice, and how many
/// there were. What is no entity, or stands for a control character, stays.
pub fn without_entities(text: &str) -> (Cow<'_, str>, usize) {
    let mut plain = Cow::Borrowed(text);
    let mut found = 0;
    if !text.contains('&') {
        return (plain, found);
    }
    // `&amp;#39;` was escaped twice.
    for _ in 0..3 {
        let (next, more) = entities_read(&plain);
        if more == 0 {
            break;
        }
        (plain, found) = (Cow::Owned(next), found + more);
    }
    (plain, found)
}

/// Longest character reference, its marks included.
const LONGEST_ENTITY: usize = 12;

fn entities_read(text: &str) -> (String, usize) {
    let (mut out, mut found, mut rest) = (String::new(), 0, text);
    while let Some(at) = rest.find('&') {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        // No name is longer: a cell full of ampersands is not searched from each of them to its end.
        let end = behind.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        let entity = end.and_then(|end| Some((entity(&behind[1..end])?, &behind[end + 1..])));
        match entity {
            Some((c, behind)) => {
                out.push(c);
                (found, rest) = (found + 1, behind);
            }
            None => {
                out.push('&');
                rest = &behind[1..];
            }
        }
    }
    out.push_str(rest);
    (out, found)
}

fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) if hex.len() <= 6 => u32::from_str_radix(hex, 16).ok(),
        None if number.len() <= 7 => number.parse().ok(),
        _ => None,
    };
    code.and_then(char::from_u32).filter(|c| !c.is_control())
}

/// Returns whether `c` steers the direction of text on screen without being seen.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn line_breaks(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

fn without_controls<'a>(raw: &'a str, keep_lines: bool, cleaned: &mut Cleaned) -> Cow<'a, str> {
    let ends = |c: char| matches!(c, '\u{2028}' | '\u{2029}');
    if !raw.chars().any(|c| c.is_control() || ends(c)) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            c if keep_lines && (c == '\n' || ends(c)) => out.push('\n'),
            c if matches!(c, '\n' | '\r' | '\t') || ends(c) => out.push(' '),
            c if c.is_control() => cleaned.controls += 1,
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
            ("ﾞ", "\u{309B}"),
            ("aﾟ", "a\u{309C}"),
            ("ﾊﾟﾟ", "パ\u{309A}"),
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
        let mut cleaned = Cleaned::default();
        let line = Line::imported("Evil\u{1b}]0;title\u{7} Corp\nLtd", &mut cleaned).unwrap().unwrap();
        assert_eq!((line.as_str(), cleaned.controls), ("Evil]0;title Corp Ltd", 2));
        let notes = Notes::imported("one\r\ntwo\u{9b}31m", &mut cleaned).unwrap().unwrap();
        assert_eq!((notes.as_str(), cleaned.controls), ("one\ntwo31m", 3));
        assert_eq!(Line::imported(" \n ", &mut cleaned), Ok(None));
    }

    #[test]
    fn marks_of_copied_text_that_show_nothing_are_dropped_at_its_edges_and_counted() {
        for (raw, kept, unseen) in [
            ("\u{202a}Contoso\u{202c}", "Contoso", 2),
            ("\u{feff}Contoso\u{200b}", "Contoso", 2),
            (" \u{200e}Contoso\u{2069} ", "Contoso", 2),
            ("Café\u{ad}haus", "Café\u{ad}haus", 0),
            ("葛\u{e0100}", "葛\u{e0100}", 0),
            ("❤\u{fe0f}", "❤\u{fe0f}", 0),
            ("👨\u{200d}👩 Shop", "👨\u{200d}👩 Shop", 0),
        ] {
            let mut cleaned = Cleaned::default();
            assert_eq!(Line::imported(raw, &mut cleaned).unwrap().unwrap().as_str(), kept, "{raw:?}");
            assert_eq!(cleaned.unseen, unseen, "{raw:?}");
            assert_eq!(Line::parse(raw).unwrap().as_str(), kept, "{raw:?}");
        }
        assert_eq!(Line::imported("\u{200b}\u{feff}", &mut Cleaned::default()), Ok(None));
        for fillers in ["\u{3164}\u{3164}", "\u{3164} \u{FFA0}\u{200B}", "\u{2800}"] {
            assert_eq!(Line::imported(fillers, &mut Cleaned::default()), Ok(None), "fillers alone are no name");
            assert_eq!(Line::parse(fillers), Err(Invalid::Missing));
        }
        assert_eq!(Line::parse("\u{200b}"), Err(Invalid::Missing));
    }

    #[test]
    fn codes_typed_with_an_input_method_are_kept_in_half_width() {
        for (typed, kept) in [
            ("１００－０００５", "100-0005"),
            ("ＯＰＰ－１２９２５", "OPP-12925"),
            ("100\u{200b}0005", "1000005"),
            ("서울-세미나-０９", "서울-세미나-09"),
            ("㈜-1", "㈜-1"),
        ] {
            assert_eq!(Line::code(typed).unwrap().as_str(), kept, "{typed}");
            assert_eq!(Line::imported_code(typed, &mut Cleaned::default()).unwrap().unwrap().as_str(), kept, "{typed}");
        }
        assert_eq!(plain("\u{202a}+44 20\u{a0}7946‑0000\u{202c}"), "+44 20 7946-0000");
    }

    #[test]
    fn entities_of_html_are_read_as_what_they_stand_for_and_counted() {
        for (raw, kept, found) in [
            ("Harbour &amp; Sons Oil &#39;n&#39; Gas", "Harbour & Sons Oil 'n' Gas", 3),
            ("R&amp;D &#x2013; rollout", "R&D – rollout", 2),
            ("M&uuml;ller &quot;Bach&quot;", "Müller \"Bach\"", 3),
            ("Tom &amp;amp; Ann &amp;#39;s", "Tom & Ann 's", 4),
            ("AT&T; R&D", "AT&T; R&D", 0),
            ("a & b; c &unknown; &#0; &#x1b; &", "a & b; c &unknown; &#0; &#x1b; &", 0),
        ] {
            let mut cleaned = Cleaned::default();
            assert_eq!(Line::imported(raw, &mut cleaned).unwrap().unwrap().as_str(), kept, "{raw}");
            assert_eq!((cleaned.entities, cleaned.controls), (found, 0), "{raw}");
        }
        let notes = Notes::imported("a &amp; b", &mut Cleaned::default()).unwrap().unwrap();
        assert_eq!(notes.as_str(), "a &amp; b", "notes may speak of HTML");
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

    #[test]
    fn a_cell_full_of_ampersands_is_read_in_one_go() {
        let cell = "&".repeat(1 << 20);
        assert_eq!(entities_read(&cell), (cell.clone(), 0));
        assert_eq!(entities_read("&&amp;&nosuchentityatall;&#x1F600;"), ("&&&nosuchentityatall;😀".to_owned(), 2));
    }
}
