//! What all files of dated rules have in common: from when until when a rule is in force, where it comes from, how one is read, and what can be
//! wrong with it.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::condition::{Condition, ConditionError, Keys};
use crate::domain::date::Date;

/// When a rule is in force: from its first day until the day that ends it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InForce {
    pub from: Option<Date>,
    /// The first day on which it is not any more.
    pub until: Option<Date>,
}

impl InForce {
    pub fn on(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// What every rule says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Its name: a later file takes its place by it.
    pub rule: String,
    pub in_force: InForce,
    /// The number of the statement it comes from (`PE-16`).
    pub source: String,
    /// The document of that statement.
    pub document: String,
    /// What it is for, of the offers it can be for.
    pub applies: Condition,
}

/// What is wrong with a file of rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct RuleError {
    pub line: usize,
    pub fault: RuleFault,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// It is no TOML, or not in the shape of rules; as the reader of TOML says it.
    #[error("{0}")]
    Syntax(String),
    #[error("{0}")]
    Condition(#[from] ConditionError),
    #[error("{0} is no day")]
    NotADay(String),
    #[error("it ends on {until}, before it begins on {from}")]
    EndsBefore { from: Date, until: Date },
    #[error("two rules are called {0}")]
    Twice(String),
    #[error("there is no status {0}")]
    UnknownStatus(String),
    #[error("there is no rule {0}")]
    UnknownRule(String),
    #[error("{0} stands above itself")]
    Circle(String),
    #[error("{what} cannot be {is}")]
    OutOfRange { what: &'static str, is: i64, most: i64 },
}

/// Texts of a condition: one, or several of which any is enough.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Texts {
    One(String),
    Any(Vec<String>),
}

impl Texts {
    fn all(&self) -> Vec<&str> {
        match self {
            Self::One(text) => vec![text],
            Self::Any(texts) => texts.iter().map(String::as_str).collect(),
        }
    }
}

/// A text that is being read, with all that is wrong with it.
pub(super) struct Reading<'t> {
    text: &'t str,
    names: BTreeSet<String>,
    errors: Vec<RuleError>,
}

impl<'t> Reading<'t> {
    /// Begins to read a text; returns what it holds as it is written.
    ///
    /// # Errors
    /// Where it is not in the shape of such a file.
    pub(super) fn begin<F: DeserializeOwned>(text: &'t str) -> Result<(Self, F), Vec<RuleError>> {
        let mut reading = Self { text, names: BTreeSet::new(), errors: Vec::new() };
        let mut rest = text.to_owned();
        loop {
            match toml::from_str(&rest) {
                Ok(file) => return Ok((reading, file)),
                Err(error) => {
                    let at = error.span().map_or(0, |span| span.start);
                    reading.wrong(at, RuleFault::Syntax(error.message().to_owned()));
                    // What is wrong with the others is told as well.
                    if !blank_rule(&mut rest, at) {
                        reading.errors.sort_by_key(|error| error.line);
                        return Err(reading.errors);
                    }
                }
            }
        }
    }

    /// Ends it.
    ///
    /// # Errors
    /// Everything that is wrong with it, by line.
    pub(super) fn end(mut self) -> Result<(), Vec<RuleError>> {
        // A rule that could not be read may be the one that another names.
        if self.errors.iter().any(|error| matches!(error.fault, RuleFault::Syntax(_))) {
            let may_follow = |fault: &RuleFault| matches!(fault, RuleFault::UnknownStatus(_) | RuleFault::UnknownRule(_));
            self.errors.retain(|error| !may_follow(&error.fault));
        }
        self.errors.sort_by_key(|error| error.line);
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }

    fn error(&self, at: usize, fault: RuleFault) -> RuleError {
        let line = self.text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
        RuleError { line, fault }
    }

    pub(super) fn wrong(&mut self, at: usize, fault: RuleFault) {
        let error = self.error(at, fault);
        self.errors.push(error);
    }

    pub(super) fn day(&mut self, text: &Spanned<String>) -> Option<Date> {
        let day = Date::iso(text.as_ref()).ok();
        if day.is_none() {
            self.wrong(text.span().start, RuleFault::NotADay(text.as_ref().clone()));
        }
        day
    }

    /// Reads a condition, which can ask for what the keys name.
    pub(super) fn condition(&mut self, texts: Option<&Spanned<Texts>>, keys: &'static Keys) -> Condition {
        let Some(texts) = texts else { return Condition::default() };
        Condition::read(texts.as_ref().all(), keys).unwrap_or_else(|error| {
            self.wrong(texts.span().start, error.into());
            Condition::default()
        })
    }

    /// Reads what a rule says of itself; two of one name are wrong.
    pub(super) fn about(
        &mut self,
        rule: Spanned<String>,
        (from, until): (Option<Spanned<String>>, Option<Spanned<String>>),
        (source, document): (String, String),
        applies: (Option<Spanned<Texts>>, &'static Keys),
    ) -> About {
        let applies = self.condition(applies.0.as_ref(), applies.1);
        let at = rule.span().start;
        let from = from.and_then(|day| self.day(&day));
        let until = until.and_then(|day| self.day(&day));
        if let (Some(from), Some(until)) = (from, until)
            && until <= from
        {
            self.wrong(at, RuleFault::EndsBefore { from, until });
        }
        let rule = rule.into_inner();
        if !self.names.insert(rule.clone()) {
            self.wrong(at, RuleFault::Twice(rule.clone()));
        }
        About { rule, in_force: InForce { from, until }, source, document, applies }
    }
}

/// Makes the rule that a place belongs to spaces, so that every other place stays the same; returns whether there was one.
fn blank_rule(text: &mut String, at: usize) -> bool {
    let begins = |from: usize| text.get(from..).is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with("[["));
    let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let heads: Vec<usize> = lines.filter(|from| begins(*from)).collect();
    let Some(from) = heads.iter().copied().rfind(|from| *from <= at) else { return false };
    let until = heads.into_iter().find(|head| *head > from).unwrap_or(text.len());
    let blank = |c: char| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) };
    let spaces: String = text[from..until].chars().map(blank).collect();
    text.replace_range(from..until, &spaces);
    true
}

/// Puts a rule in the place of the one of its name, or behind all.
pub(super) fn put<T>(into: &mut Vec<T>, one: T, about: impl Fn(&T) -> &About) {
    match into.iter_mut().find(|other| about(other).rule == about(&one).rule) {
        Some(other) => *other = one,
        None => into.push(one),
    }
}
