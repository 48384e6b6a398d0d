//! The conditions of rules, in the words of the filter language: `key:value`, `-`, lists, ranges; who knows the facts is asked for them.

use std::borrow::Cow;
use std::ops::{Bound, RangeBounds};

use super::organisation::hundredths;
use crate::domain::filter::FilterWhy;
use crate::domain::filter::read::{Bounds, list, range, split};
use crate::domain::fold::meant;

/// What a key can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    YesNo,
    /// A number, in hundredths.
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// The keys of one kind of rule.
pub type Keys = [(&'static str, Asked)];

/// What is known by a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Known<'a> {
    Nothing,
    YesNo(bool),
    /// In hundredths.
    Number(i64),
    Word(Cow<'a, str>),
    Words(Vec<Cow<'a, str>>),
}

/// Whoever knows what is so.
pub trait Facts {
    fn known(&self, key: &str) -> Known<'_>;
}

/// Why a text is no condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    #[error("{word} is not key:value")]
    NotATerm { word: String },
    #[error("there is no {key}")]
    UnknownKey { key: String, meant: Option<&'static str>, known: Vec<&'static str> },
    #[error("{key} cannot be {value}")]
    NotAValue { key: &'static str, value: String, allowed: Vec<&'static str> },
    #[error("a quotation mark is left open")]
    OpenQuote,
}

/// What a rule asks: any of several, each of which asks for all of its terms. Without any it asks nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Condition {
    any: Vec<Vec<Term>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Term {
    key: &'static str,
    negated: bool,
    asks: Asks,
}

#[derive(Debug, Clone, PartialEq)]
enum Asks {
    YesNo(bool),
    Number(Bounds<i64>),
    Words(Vec<&'static str>),
}

impl Condition {
    /// Reads alternatives, each as a filter is written.
    ///
    /// # Errors
    /// The first word that is no term, with what it could be.
    pub fn read<'t>(texts: impl IntoIterator<Item = &'t str>, keys: &Keys) -> Result<Self, ConditionError> {
        let all = texts.into_iter().map(|text| terms(text, keys));
        Ok(Self { any: all.collect::<Result<_, _>>()? })
    }

    pub fn holds(&self, facts: &dyn Facts) -> bool {
        let all = |terms: &Vec<Term>| terms.iter().all(|term| term.holds(facts));
        self.any.is_empty() || self.any.iter().any(all)
    }

    /// Returns the keys it asks for.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.any.iter().flatten().map(|term| term.key)
    }
}

fn terms(text: &str, keys: &Keys) -> Result<Vec<Term>, ConditionError> {
    let words = split(text).map_err(|_| ConditionError::OpenQuote)?;
    words.iter().map(|word| term(word, keys)).collect()
}

fn term(word: &str, keys: &Keys) -> Result<Term, ConditionError> {
    let (negated, rest) = word.strip_prefix('-').map_or((false, word), |rest| (true, rest));
    let (key, value) = rest.split_once(':').ok_or_else(|| ConditionError::NotATerm { word: word.to_owned() })?;
    let known = || keys.iter().map(|(key, _)| *key).collect::<Vec<_>>();
    let Some((key, asked)) = keys.iter().find(|(name, _)| *name == key) else {
        return Err(ConditionError::UnknownKey { key: key.to_owned(), meant: meant(key, &known()), known: known() });
    };
    Ok(Term { key, negated, asks: asks(key, value, *asked)? })
}

fn asks(key: &'static str, value: &str, asked: Asked) -> Result<Asks, ConditionError> {
    let wrong = |allowed: &[&'static str]| ConditionError::NotAValue { key, value: value.to_owned(), allowed: allowed.to_vec() };
    match asked {
        Asked::YesNo => match value {
            "yes" => Ok(Asks::YesNo(true)),
            "no" => Ok(Asks::YesNo(false)),
            _ => Err(wrong(&["yes", "no"])),
        },
        Asked::Number => {
            let number = |text: &str| {
                hundredths(text.trim_end_matches('%')).map_err(|_| FilterWhy::NotAnAmount { value: text.to_owned() })
            };
            range(value, number).map(Asks::Number).map_err(|_| wrong(&[]))
        }
        Asked::Word(words) => {
            let parts = list(value);
            let of = |part: &String| words.iter().copied().find(|word| *word == part.trim()).ok_or_else(|| wrong(words));
            let found = parts.iter().map(of).collect::<Result<Vec<_>, _>>()?;
            if found.is_empty() { Err(wrong(words)) } else { Ok(Asks::Words(found)) }
        }
    }
}

impl Term {
    /// What is not known is not so.
    fn holds(&self, facts: &dyn Facts) -> bool {
        let is_so = match (&self.asks, facts.known(self.key)) {
            (Asks::YesNo(on), Known::YesNo(is)) => *on == is,
            (Asks::YesNo(on), Known::Nothing) => !*on,
            (Asks::Number(bounds), Known::Number(number)) => within(bounds, number),
            (Asks::Words(words), Known::Word(word)) => words.contains(&word.as_ref()),
            (Asks::Words(words), Known::Words(all)) => all.iter().any(|word| words.contains(&word.as_ref())),
            _ => false,
        };
        is_so != self.negated
    }
}

fn within((from, to): &Bounds<i64>, number: i64) -> bool {
    let bound = |bound: &Bound<i64>| bound.as_ref().map(|number| *number);
    (bound(from), bound(to)).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &Keys =
        &[("published", Asked::YesNo), ("share", Asked::Number), ("type", Asked::Word(&["saas", "service", "azure-vm"]))];

    struct One(bool, Option<i64>, &'static str);

    impl Facts for One {
        fn known(&self, key: &str) -> Known<'_> {
            match key {
                "published" => Known::YesNo(self.0),
                "share" => self.1.map_or(Known::Nothing, Known::Number),
                _ => Known::Word(self.2.into()),
            }
        }
    }

    fn holds(texts: &[&str], one: &One) -> bool {
        Condition::read(texts.iter().copied(), KEYS).unwrap().holds(one)
    }

    #[test]
    fn a_condition_is_written_as_a_filter_is() {
        let one = One(true, Some(5_001), "saas");
        assert!(holds(&["published:yes share:>50 type:saas,azure-vm"], &one));
        assert!(holds(&["share:>=50.01%"], &one) && !holds(&["share:>50.01"], &one) && holds(&["share:10..60"], &one));
        assert!(!holds(&["-type:saas"], &one) && holds(&["-type:service"], &one));
        assert!(holds(&["published:no", "type:saas"], &one), "any of them is enough");
        assert!(holds(&[], &one), "nothing is asked");
        let unknown = One(false, None, "service");
        assert!(!holds(&["share:>=0"], &unknown) && holds(&["-share:>50"], &unknown), "what is not known is not so");
    }

    #[test]
    fn a_wrong_word_is_told_with_what_it_could_be() {
        let read = |text: &str| Condition::read([text], KEYS).unwrap_err();
        assert_eq!(
            read("publised:yes"),
            ConditionError::UnknownKey {
                key: "publised".into(),
                meant: Some("published"),
                known: vec!["published", "share", "type"]
            }
        );
        assert!(matches!(read("type:sas"), ConditionError::NotAValue { key: "type", allowed, .. } if allowed.len() == 3));
        assert!(matches!(read("share:>much"), ConditionError::NotAValue { key: "share", .. }));
        assert!(matches!(read("published:maybe"), ConditionError::NotAValue { key: "published", .. }));
        assert!(matches!(read("published"), ConditionError::NotATerm { .. }));
        assert_eq!(read("type:\"saas"), ConditionError::OpenQuote);
    }
}
