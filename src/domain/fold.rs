//! How text is compared: the folded form, the search tokens made of it, and phrases that are looked for; no storage.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::hangul::initial;
use super::text::{is_apostrophe, is_dash, is_unseen};

mod han;

/// Returns `text` without the differences that search and sorting ignore: case, width, accents, kana type, marks that show nothing,
/// the many dashes and apostrophes, variants of a Han character, a long vowel mark at the end of a long word (`サーバー`), dots between
/// characters without blanks (`ラーメン・横丁`). Never stored as a value.
///
/// Compatibility jamo (`ㅎ`) are kept, because they are typed to find syllables by their initial consonant; two in one are taken apart.
pub fn fold(text: &str) -> String {
    folded(text, Depth::Found, None)
}

/// Returns the letters and digits of a name, folded: neither case nor blanks, marks and what cannot be seen tell names of columns apart.
pub fn bare(name: &str) -> String {
    let folded = if name.is_ascii() { name.to_ascii_lowercase() } else { fold(name) };
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns `text` without the differences in which one entry may be written twice: as [`fold`], but variants of a letter make two.
pub fn recognised(text: &str) -> String {
    folded(text, Depth::Recognised, None)
}

/// How much of a difference is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// So that it is found.
    Found,
    /// So that it is taken for the same.
    Recognised,
}

/// Folds `text`; `origin` gets, for every byte of it, where the character it came from begins.
fn folded(text: &str, depth: Depth, mut origin: Option<&mut Vec<usize>>) -> String {
    if text.is_ascii() {
        if let Some(origin) = origin {
            origin.extend(0..text.len());
        }
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices().filter(|(_, c)| !is_unseen(*c)).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        match c {
            '\u{B7}' | '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22C5}' | '\u{30FB}' | '\u{FF65}' if depth == Depth::Found => {
                // Between characters without blanks it separates nothing that is looked for.
                if !(out.ends_with(|c| class(c) == Class::Cjk) && next.is_some_and(is_unspaced)) {
                    out.push('.');
                }
            }
            'ー' if depth == Depth::Found && !next.is_some_and(is_kana) && ends_a_long_word(&out) => {}
            c => fold_char(c, depth, &mut out),
        }
        if let Some(origin) = &mut origin {
            origin.resize(out.len(), at);
        }
    }
    out
}

/// Returns whether a character is of a script without blanks, before it is folded.
fn is_unspaced(c: char) -> bool {
    class(c) == Class::Cjk || is_kana(c)
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '\u{FF66}'..='\u{FF9F}')
}

/// Returns whether folded text ends with three kana or more: behind so many a long vowel is written or not.
fn ends_a_long_word(folded: &str) -> bool {
    folded.chars().rev().take_while(|c| is_kana(*c)).nth(2).is_some()
}

fn fold_char(c: char, depth: Depth, out: &mut String) {
    match c {
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        '가'..='힣' => out.push(c),
        '\u{3400}'..='\u{9FFF}' if depth == Depth::Found => out.push(han::common(c)),
        '\u{3131}'..='\u{318E}' if depth == Depth::Found => match apart(c) {
            Some(two) => out.push_str(two),
            None => out.push(c),
        },
        '\u{3131}'..='\u{318E}' | '\u{3400}'..='\u{9FFF}' => out.push(c),
        c if is_dash(c) => out.push('-'),
        c if is_apostrophe(c) => out.push('\''),
        'ß' | 'ẞ' => out.push_str("ss"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' if depth == Depth::Found => out.push('d'),
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' if depth == Depth::Found => out.push_str("ae"),
        'œ' | 'Œ' if depth == Depth::Found => out.push_str("oe"),
        'þ' | 'Þ' if depth == Depth::Found => out.push_str("th"),
        'ı' if depth == Depth::Found => out.push('i'),
        'ħ' | 'Ħ' if depth == Depth::Found => out.push('h'),
        'ŋ' | 'Ŋ' if depth == Depth::Found => out.push('n'),
        'ς' if depth == Depth::Found => out.push('σ'),
        c => {
            for part in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
                match part {
                    '\u{300}'..='\u{36F}' => {}
                    'ぁ'..='ゖ' => out.push(char::from_u32(u32::from(part) + 0x60).unwrap_or(part)),
                    // Latin, Greek and Cyrillic letters lose their accents; Hangul must not fall apart.
                    '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' => {
                        out.extend(std::iter::once(part).nfd().filter(|d| !('\u{300}'..='\u{36F}').contains(d)));
                    }
                    part if depth == Depth::Found => out.push(han::common(part)),
                    part => out.push(part),
                }
            }
        }
    }
}

/// Returns two consonants that an input method has drawn together: `ㄳ` is `ㄱㅅ`.
const fn apart(c: char) -> Option<&'static str> {
    Some(match c {
        'ㄳ' => "ㄱㅅ",
        'ㄵ' => "ㄴㅈ",
        'ㄶ' => "ㄴㅎ",
        'ㄺ' => "ㄹㄱ",
        'ㄻ' => "ㄹㅁ",
        'ㄼ' => "ㄹㅂ",
        'ㄽ' => "ㄹㅅ",
        'ㄾ' => "ㄹㅌ",
        'ㄿ' => "ㄹㅍ",
        'ㅀ' => "ㄹㅎ",
        'ㅄ' => "ㅂㅅ",
        _ => return None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters and digits of scripts with blanks between words.
    Word,
    /// Written without blanks between words: indexed in pairs of neighbours.
    Cjk,
    Other,
}

pub(super) fn class(c: char) -> Class {
    match c {
        'a'..='z' | '0'..='9' => Class::Word,
        c if c.is_ascii() => Class::Other,
        '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '가'..='힣' => Class::Cjk,
        '々' | '〆' | 'ァ'..='ヺ' | 'ー'..='ヿ' | 'ㄅ'..='ㄯ' | 'ㇰ'..='ㇿ' => Class::Cjk,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => Class::Cjk,
        c if c.is_alphanumeric() => Class::Word,
        _ => Class::Other,
    }
}

/// A part of folded text that is indexed in one way.
enum Piece<'a> {
    /// A run of CJK characters.
    Cjk(&'a str),
    /// What stands between blanks, without its punctuation, and where in it a reader sees a word or a number begin.
    Word { joined: &'a str, starts: &'a [usize] },
}

/// Longer runs of letters and digits are not taken apart: numbers of machines, not of people.
const LONGEST_MIXED: usize = 24;

/// Calls `found` for every piece of folded text.
fn pieces(folded: &str, mut found: impl FnMut(Piece<'_>)) {
    let (mut joined, mut starts) = (String::new(), Vec::new());
    for chunk in folded.split_whitespace() {
        if is_plain(chunk.as_bytes()) {
            found(Piece::Word { joined: chunk, starts: &[0] });
            continue;
        }
        let mut rest = chunk;
        while let Some(first) = rest.chars().next() {
            let kind = class(first);
            let end = rest.find(|c| class(c) != kind).unwrap_or(rest.len());
            let (run, behind) = rest.split_at(end);
            rest = behind;
            match kind {
                Class::Word => {
                    if joined.is_empty() {
                        joined.reserve(LONGEST_TOKEN);
                        starts.reserve(4);
                    }
                    starts.push(joined.len());
                    if run.len() <= LONGEST_MIXED {
                        starts.extend(changes(run).map(|at| joined.len() + at));
                    }
                    joined.push_str(run);
                }
                // Punctuation between letters joins them: `crm-12` is found in one go.
                Class::Other if run.is_ascii() => {}
                Class::Cjk | Class::Other => {
                    end_word(&mut joined, &mut starts, &mut found);
                    if kind == Class::Cjk {
                        found(Piece::Cjk(run));
                    }
                }
            }
        }
        end_word(&mut joined, &mut starts, &mut found);
    }
}

/// Returns whether text is one word of letters or one number, as most is: nothing begins in it.
fn is_plain(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_alphabetic) || text.iter().all(u8::is_ascii_digit)
}

fn end_word(joined: &mut String, starts: &mut Vec<usize>, found: &mut impl FnMut(Piece<'_>)) {
    if !joined.is_empty() {
        found(Piece::Word { joined, starts });
        joined.clear();
        starts.clear();
    }
}

/// Returns where in a word digits follow letters or letters digits.
fn changes(word: &str) -> impl Iterator<Item = usize> {
    let pairs = word.char_indices().zip(word.char_indices().skip(1));
    pairs.filter(|((_, before), (_, after))| before.is_numeric() != after.is_numeric()).map(|(_, (at, _))| at)
}

/// Longest token of a word, in bytes; what stands behind is not searched for.
const LONGEST_TOKEN: usize = 40;

fn cut(word: &str) -> &str {
    let end = (0..=word.len().min(LONGEST_TOKEN)).rev().find(|at| word.is_char_boundary(*at));
    &word[..end.unwrap_or(0)]
}

fn each_token(piece: &Piece<'_>, mut push: impl FnMut(&str)) {
    match piece {
        Piece::Cjk(run) => {
            let begins = || run.char_indices().map(|(at, _)| at);
            let ends = begins().skip(2).chain([run.len(); 2]);
            begins().zip(ends).for_each(|(from, to)| push(&run[from..to]));
        }
        Piece::Word { joined, starts } => starts.iter().for_each(|start| push(cut(&joined[*start..]))),
    }
}

/// Appends the search tokens of `text` to `out`, each followed by a blank.
///
/// What stands between blanks is one token without its punctuation, and so is the rest of it from wherever a word or a number
/// begins in it (`CRM-M365` is `crmm365 m365 365`), so that every beginning finds it. A CJK run gives every pair of neighbours
/// and its last character alone (`한빛정` is `한빛 빛정 정`), so that any two characters of a name find it.
pub fn push_tokens(text: &str, out: &mut String) {
    if text.is_ascii() && text.split_ascii_whitespace().all(|word| is_plain(word.as_bytes())) {
        for word in text.split_ascii_whitespace() {
            let from = out.len();
            out.push_str(cut(word));
            out[from..].make_ascii_lowercase();
            out.push(' ');
        }
        return;
    }
    pieces(&fold(text), |piece| {
        each_token(&piece, |token| {
            out.push_str(token);
            out.push(' ');
        });
    });
}

/// Appends tokens of the initial consonants of the Hangul runs in `text` (`한빛정밀` gives `ㅎㅂ ㅂㅈ ㅈㅁ ㅁ`).
pub fn push_initials(text: &str, out: &mut String) {
    if text.is_ascii() {
        return;
    }
    let mut run = String::new();
    for c in text.chars().filter(|c| !is_unseen(*c)).chain([' ']) {
        if let Some(initial) = initial(c) {
            run.push(initial);
        } else if !run.is_empty() {
            push_tokens(&run, out);
            run.clear();
        }
    }
}

/// Returns the initial consonants of the Hangul in `text`, word by word.
pub fn initials(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).filter_map(|c| if c.is_whitespace() { Some(' ') } else { initial(c) }).collect()
}

/// A word somebody looks for: tokens that must stand beside each other, the last one perhaps only begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub tokens: Vec<String>,
    /// Whether the last token may go on.
    pub open: bool,
}

impl Phrase {
    /// Returns the phrase for a typed word; `None` when it holds no letter and no digit.
    pub fn of(word: &str) -> Option<Self> {
        let mut tokens: Vec<String> = Vec::new();
        // What the piece at the end leaves to be said: where it began, and its tokens when something may follow.
        let mut last: Option<(usize, Vec<String>, bool)> = None;
        pieces(&fold(word), |piece| {
            let begin = tokens.len();
            each_token(&piece, |token| tokens.push(token.to_owned()));
            last = Some(match piece {
                // A word may go on: its beginning is enough, and what begins in it is there by itself.
                Piece::Word { joined, .. } => (begin, vec![cut(joined).to_owned()], true),
                Piece::Cjk(run) if run.chars().count() == 1 => (begin, vec![run.to_owned()], true),
                Piece::Cjk(_) => (begin, tokens[begin..tokens.len() - 1].to_vec(), false),
            });
        });
        let (begin, end, open) = last?;
        tokens.truncate(begin);
        tokens.extend(end);
        Some(Self { tokens, open })
    }

    /// Returns whether the phrase may stand in the tokens of `text`; quicker than to make them.
    pub fn may_be_in(&self, text: &str) -> bool {
        let Some((first, c)) = self.tokens.first().and_then(|first| Some((first, first.chars().next()?))) else { return true };
        match class(c) {
            // Neighbours in the index are neighbours in the text, as it is or folded.
            Class::Cjk if text.is_ascii() => false,
            Class::Cjk => text.contains(first.as_str()) || fold(text).contains(first.as_str()),
            _ if !first.is_ascii() => true,
            _ if text.is_ascii() => is_joined_in(first, text),
            _ => is_joined_in(first, &fold(text)),
        }
    }

    /// Returns whether the phrase stands in `tokens` (one column, as [`push_tokens`] writes it).
    pub fn is_in(&self, tokens: &str) -> bool {
        let Some(first) = self.tokens.first() else { return false };
        let mut places = tokens.match_indices(first.as_str());
        places.any(|(at, _)| (at == 0 || tokens.as_bytes()[at - 1] == b' ') && self.begins(&tokens[at..]))
    }

    fn begins(&self, tokens: &str) -> bool {
        let last = self.tokens.len() - 1;
        let mut words = tokens.split(' ');
        self.tokens.iter().enumerate().all(|(at, wanted)| {
            let word = words.next().unwrap_or_default();
            if at == last && self.open { word.starts_with(wanted.as_str()) } else { word == wanted }
        })
    }
}

/// Returns whether the letters of an ASCII token stand in `text` one after the other, but for case and the punctuation that is
/// left out of words.
fn is_joined_in(token: &str, text: &str) -> bool {
    let (text, token) = (text.as_bytes(), token.as_bytes());
    let Some((first, rest)) = token.split_first() else { return true };
    let goes_on = |behind: &[u8]| {
        let mut letters = behind.iter().filter(|b| b.is_ascii_alphanumeric() || b.is_ascii_whitespace() || !b.is_ascii());
        rest.iter().all(|wanted| letters.next().is_some_and(|letter| letter.eq_ignore_ascii_case(wanted)))
    };
    text.iter().enumerate().any(|(at, letter)| letter.eq_ignore_ascii_case(first) && goes_on(&text[at + 1..]))
}

/// Returns the byte range of the first place where `word` stands in `text`, compared by [`fold`]; for highlighting.
pub fn find(text: &str, word: &str) -> Option<Range<usize>> {
    let needle = fold(word);
    if needle.is_empty() {
        return None;
    }
    let mut origin: Vec<usize> = Vec::with_capacity(text.len());
    let folded = folded(text, Depth::Found, Some(&mut origin));
    let at = folded.find(&needle)?;
    let start = *origin.get(at)?;
    let end = origin[at + needle.len()..].iter().copied().find(|&o| o > origin[at + needle.len() - 1]);
    Some(start..end.unwrap_or(text.len()))
}

/// Reads yes or no as spreadsheets and people have it in five languages; `None` for anything else.
pub fn yes_no(text: &str) -> Option<bool> {
    match fold(text.trim()).as_str() {
        "yes" | "y" | "true" | "1" | "x" | "예" | "네" | "ハイ" | "是" => Some(true),
        "no" | "n" | "false" | "0" | "아니오" | "아니요" | "イイエ" | "否" => Some(false),
        _ => None,
    }
}

/// Returns the name that was probably meant: the only one that goes on as given, else the nearest.
pub fn meant<'a>(given: &str, names: &[&'a str]) -> Option<&'a str> {
    /// Fewer letters than these begin too much.
    const BEGUN: usize = 3;
    let given = given.to_ascii_lowercase();
    let goes_on = |name: &&&str| name.get(..given.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(&given));
    let mut begun = names.iter().filter(goes_on);
    if let (Some(name), None) = (begun.next().filter(|_| given.len() >= BEGUN), begun.next()) {
        return Some(name);
    }
    let near = |name: &&&str| strsim::damerau_levenshtein(&given, &name.to_ascii_lowercase());
    let length = given.chars().count();
    // What has no letter in common is near nothing.
    names.iter().min_by_key(near).filter(|name| near(name) <= length.max(3) / 3 + 1 && near(name) < length).copied()
}

/// Returns whether folded `word` begins with folded `typed` but for one letter that is wrong, missing, too many or changed with its
/// neighbour. So few as three letters are no word that could be mistyped.
pub fn nearly_begins(word: &str, typed: &str) -> bool {
    let length = typed.chars().count();
    let first = |text: &str| text.chars().next();
    let begins = |length: usize| word.char_indices().nth(length).map_or(word, |(at, _)| &word[..at]);
    length > 3
        && first(word) == first(typed)
        && (length - 1..=length + 1).any(|length| strsim::damerau_levenshtein(begins(length), typed) <= 1)
}

#[cfg(test)]
mod tests;
