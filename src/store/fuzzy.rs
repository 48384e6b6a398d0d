//! Finds what is one letter off: the index is leapt through, from one letter that stands there to the next.

use super::error::StoreError;
use super::keys::{head, word};
use super::open::Store;
use super::suggest::{LOOKS, Search};
use crate::domain::directory::{Rank, one_edit_apart};
use crate::domain::suggest::{Place, Span, Squeezed, cut, may_be_cut};

/// Most leaps of one search; what would take more is not found.
const LEAPS: usize = 700;

/// Words of one range of the index that are one edit from a text.
pub(super) struct Near<'a> {
    store: &'a Store,
    pub(super) leaps: usize,
    /// What the keys of the range begin with.
    head: String,
    /// Whether the whole word must be so, or its beginning.
    whole: bool,
    /// Whether any other first letter is tried; in a script of thousands of letters that takes a leap for each.
    pub(super) any_first: bool,
}

impl<'a> Near<'a> {
    pub(super) const fn new(store: &'a Store, head: String, whole: bool) -> Self {
        Self { store, leaps: LEAPS, head, whole, any_first: true }
    }

    /// Calls `found` with each text one edit from `text` that words of the range are, or begin with. Edits behind `last`
    /// characters are left out. The end of a text is wrong more often than its beginning, which comes last.
    pub(super) fn each(
        &mut self,
        text: &[char],
        last: usize,
        found: &mut dyn FnMut(&str) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        for at in (0..=last).rev() {
            let (before, behind) = text.split_at(at);
            let before: String = before.iter().collect();
            if at > 0 && self.next(&before)?.is_none_or(|word| !word.starts_with(&before)) {
                continue;
            }
            let mut enough = false;
            if let [one, rest @ ..] = behind {
                enough |= self.is_there(&joined(&before, &[], rest), found)?;
                if let [other, rest @ ..] = rest {
                    enough |= self.is_there(&joined(&before, &[*other, *one], rest), found)?;
                }
                if at > 0 || self.any_first {
                    enough |= self.with_any(&before, rest, found)?;
                }
            }
            if at > 0 || self.any_first {
                enough |= self.with_any(&before, behind, found)?;
            }
            if enough || self.leaps == 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Finds `before`, any one letter, and `behind`.
    fn with_any(
        &mut self,
        before: &str,
        behind: &[char],
        found: &mut dyn FnMut(&str) -> Result<bool, StoreError>,
    ) -> Result<bool, StoreError> {
        let mut from = before.to_owned();
        while let Some(word) = self.next(&from)? {
            let Some(letter) = word.strip_prefix(before).map(|rest| rest.chars().next()) else { return Ok(false) };
            // The word that is nothing but the beginning stands first.
            let Some(letter) = letter else {
                from.push('\u{1}');
                continue;
            };
            let wanted = joined(before, &[letter], behind);
            if self.fits(&word, &wanted) && found(&wanted)? {
                return Ok(true);
            }
            let after = (u32::from(letter) + 1..).find_map(char::from_u32);
            from = match after {
                _ if word < wanted => wanted,
                Some(after) => joined(before, &[after], &[]),
                None => return Ok(false),
            };
        }
        Ok(false)
    }

    fn is_there(&mut self, wanted: &str, found: &mut dyn FnMut(&str) -> Result<bool, StoreError>) -> Result<bool, StoreError> {
        match self.next(wanted)? {
            Some(word) if self.fits(&word, wanted) => found(wanted),
            _ => Ok(false),
        }
    }

    fn fits(&self, word: &str, wanted: &str) -> bool {
        if self.whole { word == cut(wanted) } else { word.starts_with(cut(wanted)) }
    }

    /// Returns the first word from `from` on.
    fn next(&mut self, from: &str) -> Result<Option<String>, StoreError> {
        if self.leaps == 0 {
            return Ok(None);
        }
        self.leaps -= 1;
        let mut next = None;
        let (begin, end) = (format!("{}{}", self.head, cut(from)), format!("{}\u{10FFFF}", self.head));
        self.store.scan_keys(&begin, &end, |key, _| {
            next = Some(word(key).to_owned());
            Ok(false)
        })?;
        Ok(next)
    }
}

fn joined(before: &str, between: &[char], behind: &[char]) -> String {
    before.chars().chain(between.iter().copied()).chain(behind.iter().copied()).collect()
}

/// Returns whether a name begins with a text but for one letter.
fn begins_nearly(name: &str, text: &str) -> bool {
    let length = text.chars().count();
    let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
    ends.skip(length.saturating_sub(1)).take(3).any(|end| one_edit_apart(&name[..end], text))
}

impl Search<'_> {
    /// Adds entries whose name, or a later word of it, begins with the text but for one letter; only while there is room.
    pub(super) fn fuzzy(&mut self) -> Result<(), StoreError> {
        let is_exact = self.query.duns.is_some() || self.query.is_initials();
        if self.is_full() || is_exact || !self.query.is_long() {
            return Ok(());
        }
        let text: Vec<char> = self.query.texts().last().unwrap_or_default().chars().collect();
        // Its last letter is wrong only where nothing else was found: all words that begin like it would come along.
        let last = if self.has_none() { text.len() } else { text.len() - 1 };
        let whole: String = text.iter().collect();
        let names = self.names;
        // Of a longer text the index only knows the beginning.
        let fits = |_: &str, id: i64| {
            Ok(!may_be_cut(&whole) || names(id)?.iter().any(|name| begins_nearly(&Squeezed::of_name(name).text, &whole)))
        };
        let mut leaps = LEAPS;
        for used in [true, false] {
            let shelves = self.shelves(used);
            for place in [Place::Start, Place::Word] {
                for shelf in &shelves {
                    let mut near = Near::new(self.store, head(shelf, used, place), false);
                    near.leaps = leaps;
                    near.any_first = !self.query.is_cjk();
                    near.each(&text, last, &mut |wanted| {
                        self.take((used, place), &Span::beginning(cut(wanted)), Rank::Fuzzy, LOOKS, &fits)?;
                        Ok(self.is_full())
                    })?;
                    leaps = near.leaps;
                }
            }
            if let Some(rest) = text.get(1..).filter(|_| self.query.is_cjk()) {
                self.other_first(used, rest.iter().collect())?;
            }
        }
        Ok(())
    }

    /// Adds entries whose name goes on so behind its first letter: in scripts without blanks it is kept from there on too.
    fn other_first(&mut self, used: bool, rest: String) -> Result<(), StoreError> {
        let names = self.names;
        let goes_on = |name: &String| {
            let text = Squeezed::of_name(name).text;
            text.chars().next().is_some_and(|first| text[first.len_utf8()..].starts_with(&rest))
        };
        let fits = |_: &str, id: i64| Ok(names(id)?.iter().any(goes_on));
        self.take((used, Place::Inside), &Span::beginning(cut(&rest)), Rank::Fuzzy, LOOKS, &fits)
    }
}
