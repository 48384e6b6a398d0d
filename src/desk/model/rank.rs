//! How well a line of a menu fits what was typed: beginnings of words, then what stands inside of them, then what is nearly one.

use super::dialog::Line;
use crate::domain::fold::{fold, nearly_begins};

/// What was typed into a menu, ready to be compared.
pub(super) struct Typed {
    /// As it is, for the names of keys: there `d` is not `D`.
    plain: String,
    words: Vec<String>,
}

/// How well a line fits; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    kind: Kind,
    only_said: bool,
    /// How much is left open: nothing by a whole word, little by a beginning.
    open: usize,
    /// How far in the line the words stand.
    place: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Begins,
    Inside,
    /// But for one letter.
    Nearly,
}

impl Typed {
    pub(super) fn new(text: &str) -> Self {
        let plain = text.trim().to_owned();
        Self { words: words(&plain), plain }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Returns the number of an opportunity, where it is one: `#42` or `42`.
    pub(super) fn number(&self) -> Option<i64> {
        let folded = fold(&self.plain);
        folded.strip_prefix('#').unwrap_or(&folded).parse().ok().filter(|number| *number > 0)
    }

    /// Returns how well a line fits; `None` where it does not.
    pub(super) fn fit(&self, line: &Line) -> Option<Fit> {
        let only_said = line.words.only_said;
        let fit = |kind, open, place| Some(Fit { kind, only_said, open, place });
        if line.words.keys.contains(&self.plain) {
            return fit(Kind::Begins, 0, 0);
        }
        if self.words.is_empty() {
            return None;
        }
        if only_said {
            return self.is_said_by(line).then_some(Fit { kind: Kind::Begins, only_said, open: 0, place: 0 });
        }
        let (shown, also) = (words(&line.text), words(&line.words.also));
        let begun: Option<Vec<_>> = self.words.iter().map(|typed| begun(typed, &shown, &also)).collect();
        if let Some(begun) = begun {
            return fit(Kind::Begins, begun.iter().map(|(open, _)| open).sum(), begun.iter().map(|(_, place)| place).sum());
        }
        // Inside of words that are not seen, nobody would know why it was found.
        if self.words.iter().all(|typed| is_telling(typed) && shown.iter().any(|word| word.contains(typed.as_str()))) {
            return fit(Kind::Inside, 0, 0);
        }
        let near =
            |typed: &String| shown.iter().chain(&also).any(|word| word.starts_with(typed.as_str()) || nearly_begins(word, typed));
        if self.words.iter().all(near) { fit(Kind::Nearly, 0, 0) } else { None }
    }

    /// Returns whether one of its names was typed or begun; words behind a whole name may be those of the line.
    fn is_said_by(&self, line: &Line) -> bool {
        let shown = words(&line.text);
        line.words.also.split(',').map(words).any(|name| {
            let (named, behind) = self.words.split_at(name.len().min(self.words.len()));
            let (last, whole) = named.split_last().unwrap_or((&self.plain, &[]));
            let begins = name.get(whole.len()).is_some_and(|word| word == last || (behind.is_empty() && word.starts_with(last)));
            name.starts_with(whole) && begins && behind.iter().all(|typed| shown.iter().any(|word| word.starts_with(typed)))
        })
    }
}

impl Fit {
    /// The number of an opportunity is meant before everything else.
    pub(super) const NUMBER: Self = Self { kind: Kind::Begins, only_said: false, open: 0, place: 0 };

    pub(super) fn is_a_guess(&self) -> bool {
        self.kind == Kind::Nearly
    }
}

/// Returns how much a typed word leaves open, and where it stands: in the line, then in its other names.
fn begun(typed: &str, shown: &[String], also: &[String]) -> Option<(usize, usize)> {
    let whole = |words: &[String]| words.iter().position(|word| word == typed);
    let begins = |words: &[String]| words.iter().position(|word| word.starts_with(typed));
    whole(shown)
        .map(|place| (0, place))
        .or_else(|| whole(also).map(|_| (0, 1)))
        .or_else(|| begins(shown).map(|place| (1, place)))
        .or_else(|| begins(also).map(|_| (2, 1)))
}

/// Inside of words a letter or two stand everywhere; a character of a script without blanks is a word.
fn is_telling(typed: &str) -> bool {
    typed.chars().count() > 2 || !typed.is_ascii()
}

fn words(text: &str) -> Vec<String> {
    let parts = |c: char| c.is_whitespace() || ",;:/()[]“”\"'’·.…".contains(c);
    fold(text).split(parts).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
