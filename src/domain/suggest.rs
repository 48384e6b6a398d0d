//! How names are found while they are typed: the words a name is kept under, and which words a typed text asks for; no storage.

use super::company::{bare_name, begins_form, is_begun_form, without_begun_form};
use super::fold::{Class, class, fold};
use super::hangul::{FINALS, FIRST_SYLLABLE, INITIALS, PER_INITIAL, PER_VOWEL, initial, syllable};
use super::text::normal;

/// Where in a name a word begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Start,
    /// Behind a blank or a mark, or where digits follow letters or one script another.
    Word,
    /// At a later character of a script without blanks.
    Inside,
}

impl Place {
    pub const ALL: [Self; 3] = [Self::Start, Self::Word, Self::Inside];
}

/// Longest word that is kept, in bytes; whoever types more is looked up by the name itself.
pub const WORD_MAX: usize = 24;

/// Returns whether a text is of signs alone, which say nothing of a name. A legal form in one sign (`㈜`) is none of these.
pub fn is_of_signs(text: &str) -> bool {
    !fold(text).contains(char::is_alphanumeric)
}

/// Returns the beginning of a word that is kept.
pub fn cut(word: &str) -> &str {
    let end = (0..=word.len().min(WORD_MAX)).rev().find(|at| word.is_char_boundary(*at));
    &word[..end.unwrap_or(0)]
}

/// Returns whether a kept word may be the beginning of a longer one.
pub const fn may_be_cut(word: &str) -> bool {
    word.len() + 3 >= WORD_MAX
}

/// A name as it is compared: folded, without legal form, blanks and marks; with the places where words begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Squeezed {
    pub text: String,
    starts: Vec<(usize, Place)>,
}

impl Squeezed {
    pub fn of_name(name: &str) -> Self {
        // Nothing but marks: kept under them, so that every entry is kept under something.
        Self::of_letters(name).unwrap_or_else(|| Self { text: fold(name), starts: vec![(0, Place::Start)] })
    }

    /// Returns a name squeezed; `None` for one of nothing but marks.
    pub fn of_letters(name: &str) -> Option<Self> {
        Some(Self::of(&bare_name(name))).filter(|squeezed| !squeezed.text.is_empty())
    }

    fn of(folded: &str) -> Self {
        let mut squeezed = Self { text: String::with_capacity(folded.len()), starts: Vec::new() };
        let mut last: Option<char> = None;
        let mut gap = false;
        for c in folded.chars() {
            let kind = class(c);
            if kind == Class::Other {
                gap = true;
                continue;
            }
            let place = match last {
                None => Some(Place::Start),
                Some(last) if gap || class(last) != kind => Some(Place::Word),
                Some(_) if kind == Class::Cjk => Some(Place::Inside),
                Some(last) => (last.is_numeric() != c.is_numeric()).then_some(Place::Word),
            };
            squeezed.starts.extend(place.map(|place| (squeezed.text.len(), place)));
            squeezed.text.push(c);
            (last, gap) = (Some(c), false);
        }
        squeezed
    }

    /// Calls `found` for every word the name is kept under: the rest of it from each place, and the same of its initial
    /// consonants where it is Hangul.
    pub fn each_word(&self, mut found: impl FnMut(Place, &str)) {
        let mut initials = String::new();
        for (at, place) in &self.starts {
            let rest = &self.text[*at..];
            found(*place, cut(rest));
            initials.clear();
            initials.extend(rest.chars().map_while(initial).take(WORD_MAX / 3));
            if !initials.is_empty() {
                found(*place, &initials);
            }
        }
    }

    /// Returns how many characters the word has in which the character at `index` stands.
    pub(super) fn word_length(&self, index: usize) -> usize {
        let byte = self.text.char_indices().nth(index).map_or(self.text.len(), |(at, _)| at);
        let begins = || self.starts.iter().filter(|(_, place)| *place != Place::Inside).map(|(at, _)| *at);
        let from = begins().filter(|at| *at <= byte).max().unwrap_or(0);
        let to = begins().find(|at| *at > byte).unwrap_or(self.text.len());
        self.text.get(from..to).map_or(0, |word| word.chars().count())
    }

    /// Returns whether a text stands in it; initial consonants of Hangul stand where its syllables begin with them.
    pub fn has(&self, text: &str) -> bool {
        if text.chars().all(is_consonant) {
            return self.text.chars().map(|c| initial(c).unwrap_or(c)).collect::<String>().contains(text);
        }
        self.text.contains(text)
    }

    /// Returns whether each word begins at a place of its own kind; the last one may also begin a legal form.
    pub fn has_words(&self, words: &[String]) -> bool {
        let begins = |word: &str| {
            let spans = spans(word);
            self.starts.iter().any(|(at, _)| spans.iter().any(|span| span.has(&self.text[*at..])))
        };
        let Some((last, rest)) = words.split_last() else { return false };
        rest.iter().all(|word| begins(word)) && (begins(last) || begins_form(last))
    }
}

/// Words from `from` on and before `to`, in the order of their characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub from: String,
    pub to: String,
}

impl Span {
    /// Returns the words that begin with `beginning`.
    pub fn beginning(beginning: &str) -> Self {
        Self { from: beginning.to_owned(), to: format!("{beginning}\u{10FFFF}") }
    }

    pub fn has(&self, word: &str) -> bool {
        self.from.as_str() <= word && word < self.to.as_str()
    }

    /// Returns the words of `head` and a syllable that begins with a consonant.
    fn consonant(head: &str, consonant: char) -> Option<Self> {
        let index = u32::try_from(INITIALS.iter().position(|known| *known == consonant)?).ok()?;
        let bound = |index: u32| char::from_u32(FIRST_SYLLABLE + index * PER_INITIAL).map(|c| format!("{head}{c}"));
        Some(Self { from: bound(index)?, to: bound(index + 1)? })
    }
}

/// What was typed, as it is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The text as names are compared; not empty.
    pub text: String,
    /// The same without what may be a legal form or the beginning of a word.
    pub bare: Option<String>,
    /// Several words, which may stand anywhere in the name.
    pub words: Vec<String>,
    /// The digits of a D-U-N-S number or of its beginning.
    pub duns: Option<String>,
}

/// Fewest digits that are taken for the beginning of a D-U-N-S number.
const DUNS_MIN: usize = 4;

impl Query {
    /// Returns what `typed` looks for; `None` when that is nothing in particular.
    pub fn of(typed: &str) -> Option<Self> {
        let folded = fold(&normal(typed.trim()));
        // What stands at the end like a legal form may be the beginning of a word; a mark behind it keeps it.
        let text = Squeezed::of(&bare_name(&format!("{folded} ."))).text;
        if text.is_empty() || is_begun_form(&text) {
            return None;
        }
        let bare = Squeezed::of(&bare_name(&folded)).text;
        let bare = without_begun_form(&bare).map_or_else(|| bare.clone(), str::to_owned);
        let words: Vec<String> =
            folded.split_whitespace().map(|word| Squeezed::of(word).text).filter(|w| !w.is_empty()).collect();
        let digits: String = folded.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let is_number = (DUNS_MIN..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        Some(Self {
            bare: Some(bare).filter(|bare| !bare.is_empty() && *bare != text),
            words: if words.len() > 1 { words } else { Vec::new() },
            duns: is_number.then_some(digits),
            text,
        })
    }

    /// Returns the texts to look for, the likelier one first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        [Some(self.text.as_str()), self.bare.as_deref()].into_iter().flatten()
    }

    /// Returns whether what was typed is written without blanks between words.
    pub fn is_cjk(&self) -> bool {
        self.text.chars().any(|c| class(c) == Class::Cjk)
    }

    /// Returns whether it is nothing but initial consonants of Hangul.
    pub fn is_initials(&self) -> bool {
        self.text.chars().all(is_consonant)
    }

    /// Returns whether it is long enough for one letter to be wrong.
    pub fn is_long(&self) -> bool {
        self.text.chars().count() >= if self.is_cjk() { 3 } else { 4 }
    }
}

fn is_consonant(c: char) -> bool {
    ('ㄱ'..='ㅎ').contains(&c)
}

/// Returns the words that begin with `text`, however far its last syllable has come.
pub fn spans(text: &str) -> Vec<Span> {
    if text.chars().all(is_consonant) {
        return vec![Span::beginning(cut(text))];
    }
    let whole = cut(text);
    let Some((at, last)) = whole.char_indices().next_back().filter(|_| whole.len() == text.len()) else {
        return vec![Span::beginning(whole)];
    };
    let head = &whole[..at];
    if is_consonant(last) {
        return Span::consonant(head, last).map_or_else(|| vec![Span::beginning(whole)], |span| vec![span]);
    }
    let Some(number) = syllable(last) else { return vec![Span::beginning(whole)] };
    let with = |number: u32| char::from_u32(FIRST_SYLLABLE + number).map(|c| format!("{head}{c}"));
    match (number % PER_VOWEL) as usize {
        0 => {
            with(number + PER_VOWEL).map_or_else(|| vec![Span::beginning(whole)], |to| vec![Span { from: whole.to_owned(), to }])
        }
        // The last consonant may be the first one of the next syllable.
        ending => {
            let (left, next) = FINALS[ending - 1];
            let moved = with(number - ending as u32 + left).and_then(|head| Span::consonant(&head, next));
            [Span::beginning(whole)].into_iter().chain(moved).collect()
        }
    }
}

#[cfg(test)]
mod tests;
