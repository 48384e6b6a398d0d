//! A text field of one or more lines: what was typed and where the cursor stands, counted in characters as people see them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::past::{Doing, Past};
use crate::desk::keys::{Code, Key};
use crate::domain::hangul::composed;
use crate::domain::text::{NOTES_MAX, normal};
use crate::width::width;

/// A place between the characters of a text, counted in graphemes. Never an index of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Grapheme(usize);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextField {
    text: String,
    cursor: Grapheme,
    many_lines: bool,
    past: Past,
}

/// What a key did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// The text changed.
    Text,
    /// Only the cursor moved.
    Cursor,
    /// The key is not for the field.
    No,
}

/// A line of the field as it is painted: the bytes it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisualLine {
    pub bytes: Range<usize>,
}

/// Longest text that is typed or pasted into a field of one line, in characters; what is beyond is cut off and said. What was
/// there when the form opened is never cut.
const LONGEST: usize = 20_000;
/// The same for a field of several lines: as much as notes may have.
const LONGEST_LINES: usize = NOTES_MAX;

impl TextField {
    /// Returns a field of one line.
    pub fn line(text: &str) -> Self {
        Self::new(text, false)
    }

    /// Returns a field of several lines.
    pub fn lines(text: &str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &str, many_lines: bool) -> Self {
        let mut field = Self { text: String::new(), cursor: Grapheme(0), many_lines, past: Past::default() };
        field.text = normal(&field.clean(text)).into_owned();
        field.cursor = Grapheme(field.text.graphemes(true).count());
        field
    }

    const fn longest(&self) -> usize {
        if self.many_lines { LONGEST_LINES } else { LONGEST }
    }

    /// Returns text as the field holds it: line breaks only where there are lines, no control characters.
    fn clean(&self, text: &str) -> String {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let clean = text.chars().filter_map(|c| match c {
            '\n' if self.many_lines => Some('\n'),
            '\n' | '\t' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        });
        clean.collect()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub const fn has_many_lines(&self) -> bool {
        self.many_lines
    }

    pub fn clear(&mut self) {
        self.keep(Doing::Alone);
        self.text.clear();
        self.cursor = Grapheme(0);
    }

    /// Takes the text of another field, which something else than a key made; what was typed here can be brought back.
    pub fn become_text(&mut self, other: Self) {
        let mut past = std::mem::take(&mut self.past);
        if !self.text.is_empty() && self.text != other.text {
            past.keep(&self.text, self.cursor.0, Doing::Alone);
        }
        *self = Self { past, ..other };
    }

    /// Brings back what stood here before the last word was typed or deleted, or makes `again` what was taken back; returns whether
    /// there was such.
    pub fn take_back(&mut self, again: bool) -> bool {
        let stood = self.past.turn(again, &self.text, self.cursor.0);
        let found = stood.is_some();
        if let Some((text, cursor)) = stood {
            (self.text, self.cursor) = (text, Grapheme(cursor));
        }
        found
    }

    fn keep(&mut self, doing: Doing) {
        self.past.keep(&self.text, self.cursor.0, doing);
    }

    /// Takes a key: characters are typed, the rest are the editing keys of readline.
    pub fn key(&mut self, key: Key) -> Edited {
        if let Some(c) = key.text() {
            return self.insert(c.encode_utf8(&mut [0; 4]));
        }
        let word = key.alt || key.ctrl;
        match (key.code, key.ctrl, key.alt) {
            (Code::Left, ..) if word => self.move_to(self.word_start()),
            (Code::Right, ..) if word => self.move_to(self.word_end()),
            (Code::Char('b'), false, true) => self.move_to(self.word_start()),
            (Code::Char('f'), false, true) => self.move_to(self.word_end()),
            (Code::Char('d'), false, true) => self.delete(self.cursor, self.word_end()),
            (Code::Left, ..) | (Code::Char('b'), true, false) => self.move_to(Grapheme(self.cursor.0.saturating_sub(1))),
            (Code::Right, ..) | (Code::Char('f'), true, false) => self.move_to(Grapheme(self.cursor.0 + 1)),
            (Code::Home, ..) | (Code::Char('a'), true, false) => self.move_to(self.line_start()),
            (Code::End, ..) | (Code::Char('e'), true, false) => self.move_to(self.line_end()),
            (Code::Backspace, true, _) | (Code::Backspace, _, true) | (Code::Char('w'), true, false) => {
                self.delete(self.word_start(), self.cursor)
            }
            (Code::Backspace, ..) | (Code::Char('h'), true, false) => {
                self.delete(Grapheme(self.cursor.0.saturating_sub(1)), self.cursor)
            }
            (Code::Delete, ..) | (Code::Char('d'), true, false) => self.delete(self.cursor, Grapheme(self.cursor.0 + 1)),
            (Code::Char('u'), true, false) => self.delete(self.line_start(), self.cursor),
            (Code::Char('k'), true, false) => self.delete(self.cursor, self.line_end()),
            (Code::Enter, ..) if self.many_lines => self.insert("\n"),
            _ => Edited::No,
        }
    }

    /// Takes pasted text at the cursor and returns how many characters were cut off. Line breaks become blanks in a field
    /// of one line; control characters are dropped.
    pub fn paste(&mut self, pasted: &str) -> usize {
        let clean = self.clean(pasted);
        let room = self.longest().saturating_sub(self.text.chars().count());
        let fits: String = clean.chars().take(room).collect();
        self.insert(&fits);
        clean.chars().count() - fits.chars().count()
    }

    /// Returns where the cursor stands, in bytes.
    pub fn cursor_byte(&self) -> usize {
        self.byte(self.cursor)
    }

    /// Puts text in the place of some bytes and the cursor behind it; a place that cuts a character changes nothing.
    pub fn replace(&mut self, place: Range<usize>, with: &str) {
        if self.text.get(place.clone()).is_some() {
            self.keep(Doing::Alone);
            let end = place.start + with.len();
            self.text.replace_range(place, with);
            self.cursor = self.place(end);
        }
    }

    fn insert(&mut self, typed: &str) -> Edited {
        if typed.is_empty() || self.text.chars().count() >= self.longest() {
            return Edited::No;
        }
        let begins = typed.chars().nth(1).is_some() || (typed.trim().is_empty() && !self.ends_with_blank());
        if begins {
            self.past.pause();
        }
        self.keep(Doing::Typing);
        let (before, after) = self.text.split_at(self.byte(self.cursor));
        // Composed at once, so that a syllable typed in parts is one character.
        let before = normal(&with_letter(before, typed)).into_owned();
        let text = format!("{before}{after}");
        self.cursor = Grapheme(text.grapheme_indices(true).take_while(|(at, _)| *at < before.len()).count());
        self.text = text;
        Edited::Text
    }

    fn delete(&mut self, from: Grapheme, to: Grapheme) -> Edited {
        let (first, last) = (self.byte(from), self.byte(to));
        if first >= last {
            return Edited::Cursor;
        }
        self.keep(if to.0 - from.0 > 1 { Doing::Alone } else { Doing::Erasing });
        self.text.replace_range(first..last, "");
        // What stood on both sides may have become one character.
        self.cursor = Grapheme(self.text.grapheme_indices(true).take_while(|(at, _)| *at < first).count());
        Edited::Text
    }

    /// Returns whether a blank stands right before the cursor.
    fn ends_with_blank(&self) -> bool {
        self.text[..self.byte(self.cursor)].ends_with(char::is_whitespace)
    }

    fn move_to(&mut self, to: Grapheme) -> Edited {
        self.past.pause();
        self.cursor = Grapheme(to.0.min(self.text.graphemes(true).count()));
        Edited::Cursor
    }

    /// The one way from a place to an offset in bytes.
    fn byte(&self, place: Grapheme) -> usize {
        self.text.grapheme_indices(true).nth(place.0).map_or(self.text.len(), |(at, _)| at)
    }

    fn place(&self, byte: usize) -> Grapheme {
        Grapheme(self.text.grapheme_indices(true).take_while(|(at, _)| *at < byte).count())
    }

    fn line_start(&self) -> Grapheme {
        let byte = self.byte(self.cursor);
        self.place(self.text[..byte].rfind('\n').map_or(0, |at| at + 1))
    }

    fn line_end(&self) -> Grapheme {
        let byte = self.byte(self.cursor);
        self.place(self.text[byte..].find('\n').map_or(self.text.len(), |at| byte + at))
    }

    fn word_start(&self) -> Grapheme {
        let byte = self.byte(self.cursor);
        let mut words = self.text[..byte].unicode_word_indices().rev();
        let mut start = words.next();
        for (at, word) in words {
            match start {
                Some((from, first)) if at + word.len() == from && run_of(word).is_some_and(|run| Some(run) == run_of(first)) => {
                    start = Some((at, word));
                }
                _ => break,
            }
        }
        self.place(start.map_or(0, |(at, _)| at))
    }

    fn word_end(&self) -> Grapheme {
        let byte = self.byte(self.cursor);
        let mut end: Option<(usize, &str)> = None;
        for (at, word) in self.text[byte..].unicode_word_indices() {
            match end {
                None => {}
                Some((to, last)) if at == to && run_of(word).is_some_and(|run| Some(run) == run_of(last)) => {}
                Some(_) => break,
            }
            end = Some((at + word.len(), word));
        }
        self.place(end.map_or(self.text.len(), |(to, _)| byte + to))
    }

    /// Returns the lines as they are painted in `cells`: broken behind blanks and between wide characters, inside a word only
    /// where it is longer than a line. Blanks at the end of a line take no room.
    pub fn visual_lines(&self, cells: usize) -> Vec<VisualLine> {
        let mut lines = Vec::new();
        let (mut start, mut taken) = (0, 0);
        // Where the line may end, and what is taken up to there.
        let (mut end, mut before) = (0, 0);
        let mut parts = true;
        for (at, cluster) in self.text.grapheme_indices(true) {
            if cluster == "\n" {
                lines.push(VisualLine { bytes: start..at });
                (start, taken) = (at + 1, 0);
                (end, before) = (start, 0);
                continue;
            }
            let (blank, wide) = (cluster == " ", width(cluster) > 1);
            if !blank && (parts || wide) {
                (end, before) = (at, taken);
            }
            if !blank && taken + width(cluster) > cells.max(2) {
                (end, before) = if end > start { (end, before) } else { (at, taken) };
                lines.push(VisualLine { bytes: start..end });
                (start, taken) = (end, taken - before);
                before = 0;
            }
            parts = blank || wide;
            taken += width(cluster);
        }
        lines.push(VisualLine { bytes: start..self.text.len() });
        lines
    }

    /// Returns line and column of the cursor among the lines painted in `cells`.
    pub fn cursor(&self, cells: usize) -> (usize, usize) {
        let byte = self.byte(self.cursor);
        let lines = self.visual_lines(cells);
        let line = lines.iter().rposition(|line| line.bytes.start <= byte).unwrap_or(0);
        (line, width(&self.text[lines[line].bytes.start..byte]).min(cells.max(2)))
    }

    /// Moves the cursor a painted line up or down; returns whether there was one.
    pub fn move_line(&mut self, down: bool, cells: usize) -> bool {
        let (line, column) = self.cursor(cells);
        let lines = self.visual_lines(cells);
        let wanted = if down { line + 1 } else { line.wrapping_sub(1) };
        let Some(target) = lines.get(wanted) else { return false };
        let mut taken = 0;
        let mut byte = target.bytes.end;
        for (at, cluster) in self.text[target.bytes.clone()].grapheme_indices(true) {
            if taken >= column {
                byte = target.bytes.start + at;
                break;
            }
            taken += width(cluster);
        }
        self.cursor = self.place(byte);
        true
    }

    /// Returns the part of a one-line field that is seen in `cells`, and the column of the cursor in it.
    pub fn window(&self, cells: usize) -> (&str, usize) {
        let byte = self.byte(self.cursor);
        let room = cells.saturating_sub(1);
        // Walk back from the cursor as far as the room allows: linear, however long the text.
        let mut column = 0;
        let mut start = byte;
        for (at, cluster) in self.text[..byte].grapheme_indices(true).rev() {
            if column + width(cluster) > room {
                break;
            }
            column += width(cluster);
            start = at;
        }
        let mut end = byte;
        let mut taken = column;
        for (at, cluster) in self.text[byte..].grapheme_indices(true) {
            taken += width(cluster);
            if taken > cells {
                break;
            }
            end = byte + at + cluster.len();
        }
        (&self.text[start..end], column)
    }
}

/// Returns text with one letter typed behind it; letters of Hangul that come one by one make syllables.
fn with_letter(before: &str, typed: &str) -> String {
    let mut letters = typed.chars();
    let made = match (before.chars().next_back(), letters.next(), letters.next()) {
        (Some(last), Some(letter), None) => composed(last, letter).map(|made| (last, made)),
        _ => None,
    };
    match made {
        Some((last, made)) => format!("{}{made}", &before[..before.len() - last.len_utf8()]),
        None => format!("{before}{typed}"),
    }
}

/// The scripts in which a run of characters is as near to a word as can be told without a dictionary.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Han,
    Hiragana,
    Katakana,
}

fn run_of(word: &str) -> Option<Run> {
    match word.chars().next()? {
        '々' | '〆' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => Some(Run::Han),
        'ぁ'..='ゖ' => Some(Run::Hiragana),
        'ァ'..='ヺ' | 'ー' => Some(Run::Katakana),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(keys: &str) -> TextField {
        let mut field = TextField::line("");
        keys.chars().for_each(|c| {
            field.key(Key::char(c));
        });
        field
    }

    fn press(field: &mut TextField, key: &str) {
        field.key(Key::parse(key).unwrap());
    }

    #[test]
    fn the_cursor_moves_by_characters_as_people_see_them() {
        let mut field = typed("한빛👨‍👩‍👧é");
        assert_eq!(field.cursor(80), (0, 7));
        for column in [6, 4, 2, 0, 0] {
            press(&mut field, "left");
            assert_eq!(field.cursor(80).1, column);
        }
        press(&mut field, "right");
        press(&mut field, "delete");
        assert_eq!(field.text(), "한👨‍👩‍👧é");
    }

    #[test]
    fn a_syllable_typed_in_parts_is_one_character() {
        let mut field = typed("\u{1112}\u{1161}\u{11AB}");
        assert_eq!((field.text(), field.cursor(80)), ("한", (0, 2)));
        press(&mut field, "backspace");
        assert_eq!(field.text(), "");
        assert_eq!(typed("ｶﾞ").text(), "ガ");
        assert_eq!(typed("ㅎㅏㄴㅂㅣㅊ").text(), "한빛", "as terminals send them that compose nothing");
        assert_eq!(typed("ㅎㅂ").text(), "ㅎㅂ", "initials are looked for as they are");
    }

    #[test]
    fn a_lone_half_width_mark_is_seen() {
        let field = typed("ﾞ");
        assert_eq!((field.text(), field.cursor(80)), ("\u{309B}", (0, 2)));
    }

    #[test]
    fn ctrl_w_goes_by_words_where_no_blanks_are_written() {
        let mut field = typed("東雲物産のクラウド化 한빛정밀 계약");
        for text in
            ["東雲物産のクラウド化 한빛정밀 ", "東雲物産のクラウド化 ", "東雲物産のクラウド", "東雲物産の", "東雲物産", ""]
        {
            press(&mut field, "ctrl-w");
            assert_eq!(field.text(), text);
        }
        let mut field = typed("販売管理システム");
        press(&mut field, "home");
        press(&mut field, "alt-f");
        assert_eq!(field.cursor(80).1, 8);
        press(&mut field, "alt-d");
        assert_eq!(field.text(), "販売管理");
    }

    #[test]
    fn readline_keys_edit() {
        let mut field = typed("Northwind Traders 2027");
        for (key, text, column) in [
            ("ctrl-w", "Northwind Traders ", 18),
            ("alt-b", "Northwind Traders ", 10),
            ("ctrl-k", "Northwind ", 10),
            ("ctrl-a", "Northwind ", 0),
            ("alt-f", "Northwind ", 9),
            ("ctrl-u", " ", 0),
            ("ctrl-d", "", 0),
        ] {
            press(&mut field, key);
            assert_eq!((field.text(), field.cursor(80).1), (text, column), "{key}");
        }
        assert_eq!(field.key(Key::plain(Code::Enter)), Edited::No, "Enter is not for a field of one line");
    }

    #[test]
    fn what_was_typed_or_deleted_is_brought_back_word_by_word_and_made_again() {
        let mut field = typed("Contoso Paris ERP");
        press(&mut field, "ctrl-w");
        assert_eq!(field.text(), "Contoso Paris ");
        assert!(field.take_back(false));
        assert_eq!((field.text(), field.cursor(80).1), ("Contoso Paris ERP", 17));
        for text in ["Contoso Paris", "Contoso", ""] {
            assert!(field.take_back(false));
            assert_eq!(field.text(), text);
        }
        assert!(!field.take_back(false), "nothing more was typed");
        assert!(field.take_back(true) && field.take_back(true));
        assert_eq!(field.text(), "Contoso Paris");
        press(&mut field, "!");
        assert!(!field.take_back(true), "something else was typed");
        field.paste(" 2");
        press(&mut field, "backspace");
        press(&mut field, "backspace");
        assert!(field.take_back(false));
        assert_eq!(field.text(), "Contoso Paris! 2", "both at once");
        field.become_text(TextField::line("Tailspin"));
        assert!(field.take_back(false));
        assert_eq!(field.text(), "Contoso Paris! 2", "what a suggestion replaced");
    }

    #[test]
    fn pasted_line_breaks_never_submit() {
        let mut line = TextField::line("");
        assert_eq!(line.paste("a\nq\r\nd\u{1b}[31m\t!"), 0);
        assert_eq!(line.text(), "a q d[31m !");
        let mut lines = TextField::lines("");
        lines.paste("a\r\nb");
        assert_eq!(lines.text(), "a\nb");
        assert_eq!(TextField::line("").paste(&"x".repeat(LONGEST + 5)), 5);
        assert_eq!(TextField::lines(&"x".repeat(NOTES_MAX + 5)).text().len(), NOTES_MAX + 5, "what is there is never cut");
    }

    #[test]
    fn a_long_line_scrolls_with_the_cursor_and_never_splits_a_character() {
        let field = typed(&"가".repeat(20));
        let (seen, column) = field.window(10);
        assert_eq!((seen, column), ("가가가가", 8));
        let mut field = typed("abcdef");
        press(&mut field, "home");
        assert_eq!(field.window(4), ("abcd", 0));
    }

    #[test]
    fn lines_are_broken_where_the_room_ends_and_the_cursor_follows() {
        let mut field = TextField::lines("abcdef\n한빛정밀");
        let shown: Vec<&str> = field.visual_lines(4).into_iter().map(|l| &"abcdef\n한빛정밀"[l.bytes]).collect();
        assert_eq!(shown, ["abcd", "ef", "한빛", "정밀"]);
        assert_eq!(field.cursor(4), (3, 4));
        assert!(field.move_line(false, 4));
        assert_eq!(field.cursor(4).0, 3, "the end of one painted line is the beginning of the next");
        press(&mut field, "ctrl-a");
        assert_eq!(field.cursor(4), (2, 0));
        assert!(field.move_line(false, 4) && field.move_line(false, 4) && !field.move_line(false, 4));
        assert_eq!(field.cursor(4), (0, 0));
    }

    #[test]
    fn words_are_never_broken_inside_while_they_fit_and_the_cursor_stays_in_the_room() {
        let text = "They start every Monday 내년 월요일에 시작한다";
        let field = TextField::lines(text);
        let shown: Vec<&str> = field.visual_lines(12).into_iter().map(|line| &text[line.bytes]).collect();
        assert_eq!(shown, ["They start ", "every Monday ", "내년 월요일", "에 시작한다"]);
        assert_eq!(field.cursor(12), (3, 11));
        let mut field = TextField::lines("abcd   ");
        assert_eq!((field.visual_lines(4).len(), field.cursor(4)), (1, (0, 4)), "blanks at the end take no room");
        press(&mut field, "e");
        assert_eq!((field.visual_lines(4).len(), field.cursor(4)), (2, (1, 1)));
    }

    proptest! {
        #[test]
        fn any_edits_agree_with_a_list_of_characters(start in "[a-c한글 é]{0,8}", keys in prop::collection::vec(0u8..8, 0..40)) {
            let mut field = TextField::line(&start);
            let mut model: Vec<String> = field.text().graphemes(true).map(str::to_owned).collect();
            let mut cursor = model.len();
            for key in keys {
                match key {
                    0 => { field.key(Key::char('x')); model.insert(cursor, "x".into()); cursor += 1; }
                    1 => { field.key(Key::char('밀')); model.insert(cursor, "밀".into()); cursor += 1; }
                    2 => { press(&mut field, "left"); cursor = cursor.saturating_sub(1); }
                    3 => { press(&mut field, "right"); cursor = (cursor + 1).min(model.len()); }
                    4 => { press(&mut field, "backspace"); if cursor > 0 { cursor -= 1; model.remove(cursor); } }
                    5 => { press(&mut field, "delete"); if cursor < model.len() { model.remove(cursor); } }
                    6 => { press(&mut field, "home"); cursor = 0; }
                    _ => { press(&mut field, "end"); cursor = model.len(); }
                }
                prop_assert_eq!(field.text(), model.concat());
                prop_assert_eq!(field.cursor(1_000).1, width(&model[..cursor].concat()));
            }
        }

        #[test]
        fn no_text_and_no_key_make_a_field_fall_over(text in "\\PC{0,20}", keys in prop::collection::vec("\\PC|left|right|ctrl-w|alt-b|alt-f|backspace|delete|ctrl-u|ctrl-k", 0..20), cells in 0usize..12) {
            let mut field = TextField::lines(&text);
            for key in keys {
                if let Some(key) = Key::parse(&key) { field.key(key); }
                let (_, column) = field.window(cells.max(1));
                prop_assert!(column <= cells.max(1));
                let (line, _) = field.cursor(cells);
                prop_assert!(line < field.visual_lines(cells).len());
                field.move_line(true, cells);
            }
        }
    }
}
