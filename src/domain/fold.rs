//! How text is compared: the folded form, the search tokens made of it, and phrases that are looked for; no storage.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// Returns `text` without the differences that search and sorting ignore: case, width, accents, kana type.
///
/// Compatibility jamo (`ㅎ`) are kept, because they are typed to find syllables by their initial consonant.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    out
}

fn fold_char(c: char, out: &mut String) {
    match c {
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        '가'..='힣' | '\u{3131}'..='\u{318E}' | '一'..='鿿' => out.push(c),
        'ß' | 'ẞ' => out.push_str("ss"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        c => {
            for part in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
                match part {
                    '\u{300}'..='\u{36F}' => {}
                    'ぁ'..='ゖ' => out.push(char::from_u32(u32::from(part) + 0x60).unwrap_or(part)),
                    // Latin, Greek and Cyrillic letters lose their accents; Hangul must not fall apart.
                    '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' => {
                        out.extend(std::iter::once(part).nfd().filter(|d| !('\u{300}'..='\u{36F}').contains(d)));
                    }
                    part => out.push(part),
                }
            }
        }
    }
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
        let mut rest = chunk;
        while let Some(first) = rest.chars().next() {
            let kind = class(first);
            let end = rest.find(|c| class(c) != kind).unwrap_or(rest.len());
            let (run, behind) = rest.split_at(end);
            rest = behind;
            match kind {
                Class::Word => {
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
            for (at, _) in run.char_indices() {
                let rest = &run[at..];
                let end = rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end);
                push(&rest[..end]);
            }
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
    pieces(&fold(text), |piece| {
        each_token(&piece, |token| {
            out.push_str(token);
            out.push(' ');
        });
    });
}

/// Appends tokens of the initial consonants of the Hangul runs in `text` (`한빛정밀` gives `ㅎㅂ ㅂㅈ ㅈㅁ ㅁ`).
pub fn push_initials(text: &str, out: &mut String) {
    const INITIALS: [char; 19] =
        ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
    if text.is_ascii() {
        return;
    }
    let mut run = String::new();
    for c in text.chars().chain([' ']) {
        if ('가'..='힣').contains(&c) {
            let index = (u32::from(c) - u32::from('가')) / 588;
            run.push(INITIALS[index as usize % INITIALS.len()]);
        } else if !run.is_empty() {
            push_tokens(&run, out);
            run.clear();
        }
    }
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
    let mut folded = String::with_capacity(text.len());
    // For every byte of `folded`, where the character it came from begins.
    let mut origin: Vec<usize> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        fold_char(c, &mut folded);
        origin.resize(folded.len(), at);
    }
    let at = folded.find(&needle)?;
    let start = *origin.get(at)?;
    let end = origin[at + needle.len()..].iter().copied().find(|&o| o > origin[at + needle.len() - 1]);
    Some(start..end.unwrap_or(text.len()))
}

/// Returns the name that was probably meant.
pub fn meant<'a>(given: &str, names: &[&'a str]) -> Option<&'a str> {
    let near = |name: &&&str| strsim::damerau_levenshtein(given, name);
    names.iter().min_by_key(near).filter(|name| near(name) <= given.chars().count().max(3) / 3 + 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> String {
        let mut out = String::new();
        push_tokens(text, &mut out);
        out.trim_end().to_owned()
    }

    #[test]
    fn folding_ignores_case_width_accents_and_kana_type() {
        for (text, folded) in [
            ("Contoso", "contoso"),
            ("ＣＯＮＴＯＳＯ　３６５", "contoso 365"),
            ("Größe Müller", "grosse muller"),
            ("ひらがな カタカナ", "ヒラガナ カタカナ"),
            ("㈜한빛", "(주)한빛"),
            ("한빛", "한빛"),
            ("ㅎㅂ", "ㅎㅂ"),
            ("Łódź Øre", "lodz ore"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn tokens_are_words_numbers_and_pairs_of_neighbours() {
        for (text, expected) in [
            ("Azure landing-zone", "azure landingzone zone"),
            ("M365", "m365 365"),
            ("CRM-M365, ok", "crmm365 m365 365 ok"),
            ("x2y10", "x2y10 2y10 y10 10"),
            ("0a1b2c3d4e5f6a7b8c9d0e1f2a3b", "0a1b2c3d4e5f6a7b8c9d0e1f2a3b"),
            ("한빛정밀 주식회사", "한빛 빛정 정밀 밀 주식 식회 회사 사"),
            ("販売管理クラウド化", "販売 売管 管理 理ク クラ ラウ ウド ド化 化"),
            ("ERP마이", "erp 마이 이"),
            ("kim@hanbit.example", "kimhanbitexample hanbitexample example"),
            ("、。！?", ""),
        ] {
            assert_eq!(tokens(text), expected, "{text}");
        }
        let mut out = String::new();
        push_initials("(주)한빛정밀 ERP", &mut out);
        assert_eq!(out.trim_end(), "ㅈ ㅎㅂ ㅂㅈ ㅈㅁ ㅁ");
    }

    #[test]
    fn a_phrase_finds_any_two_neighbours_and_beginnings_of_words() {
        for (word, text, found) in [
            ("한빛", "한빛정밀 주식회사", true),
            ("빛정", "한빛정밀 주식회사", true),
            ("밀주", "한빛정밀 주식회사", false),
            ("빛", "한빛정밀", true),
            ("정밀erp", "한빛정밀ERP", true),
            ("land", "Azure landing zone", true),
            ("anding", "Azure landing zone", false),
            ("m36", "Microsoft M365 E5", true),
            ("365", "Microsoft M365 E5", true),
            ("opp-12", "OPP-12925", true),
            ("opp-12", "12 OPP 3", false),
            ("rep1@partner", "rep1@partner.example", true),
            ("1@part", "rep1@partner.example", true),
            ("rep1@", "rep12@partner.example", true),
            ("rep1@p", "rep12@partner.example", false),
            ("partner.ex", "rep12@partner.example", true),
            ("landing-z", "Azure landing-zone", true),
            ("zone", "Azure landing-zone", true),
            ("a-b한", "a-b한빛", true),
            ("muller", "Müller GmbH", true),
            ("クラウド", "くらうど基盤", true),
        ] {
            assert_eq!(Phrase::of(word).unwrap().is_in(&tokens(text)), found, "{word} in {text}");
        }
        assert_eq!(Phrase::of("-*\""), None);
    }

    #[test]
    fn highlights_stand_where_the_text_was_written() {
        for (text, word, expected) in [
            ("한빛정밀 ERP", "erp", Some("ERP")),
            ("ＡＢＣ商事", "bc", Some("ＢＣ")),
            ("Größe", "grosse", Some("Größe")),
            ("㈜한빛", "주", Some("㈜")),
            ("abc", "x", None),
        ] {
            assert_eq!(find(text, word).map(|range| &text[range]), expected, "{word} in {text}");
        }
    }

    /// Pieces of text whose seams matter: punctuation in words, scripts side by side, forms that fold.
    const PIECES: [&str; 24] = [
        "a", "B", "crm", "CRM", "-", "M365", "12", ".", " ", "  ", "é", "ß", "한", "빛정", "ㅎ", "販売", "カ", "ｶ", "ﾞ", "１",
        "㈜", "@x", "\t", "Д",
    ];

    proptest::proptest! {
        #[test]
        fn what_stands_in_the_tokens_of_a_text_may_stand_in_the_text(
            text in proptest::collection::vec(0..PIECES.len(), 0..9),
            word in proptest::collection::vec(0..PIECES.len(), 1..4),
        ) {
            let joined = |picks: &[usize]| picks.iter().map(|pick| PIECES[*pick]).collect::<String>();
            let (text, word) = (joined(&text), joined(&word));
            let mut words = String::new();
            push_tokens(&text, &mut words);
            if let Some(phrase) = Phrase::of(&word) {
                let list: Vec<&str> = words.split(' ').collect();
                let last = phrase.tokens.len() - 1;
                let stands = list.windows(phrase.tokens.len()).any(|window| {
                    let mut pairs = window.iter().zip(&phrase.tokens).enumerate();
                    pairs.all(|(at, (word, wanted))| if at == last && phrase.open { word.starts_with(wanted) } else { word == wanted })
                });
                proptest::prop_assert_eq!(phrase.is_in(&words), stands);
                proptest::prop_assert!(!stands || phrase.may_be_in(&text), "{} in {}", word, text);
            }
        }
    }
}
