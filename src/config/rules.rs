//! The rules of the programme as they are set: those that come with the program, and the user's own laid over them.

use std::path::PathBuf;

use super::{Config, ConfigError, Setting, text_of};
use crate::domain::programme::condition::ConditionError;
use crate::domain::programme::dated::{RuleError, RuleFault};
use crate::domain::programme::ruling::Ruling;
use crate::i18n::{Said, Sentences};

/// Why there are no rules.
#[derive(Debug)]
pub enum RulesError {
    /// The file cannot be read.
    File(PathBuf, ConfigError),
    /// It is wrong; `None` of those that come with the program.
    Rules(Option<PathBuf>, Vec<RuleError>),
}

impl Config {
    /// Returns the rules in force; a path that is not whole begins beside the configuration.
    ///
    /// # Errors
    /// What is wrong with the user's file.
    pub fn rules(&self) -> Result<Ruling, RulesError> {
        let mut rules = Ruling::shipped().map_err(|errors| RulesError::Rules(None, errors))?;
        let Some(own) = &self.programme else { return Ok(rules) };
        let own = self.folder.join(own);
        let text = text_of(&own).map_err(|error| RulesError::File(own.clone(), error))?;
        rules.lay_over(&text).map_err(|errors| RulesError::Rules(Some(own), errors))?;
        Ok(rules)
    }
}

impl RulesError {
    /// Says everything that is wrong, each with its line.
    pub fn said(&self, s: &Sentences) -> Vec<Said> {
        match self {
            Self::File(path, error) => {
                vec![Said { hint: Some(s.rule_file_hint(Setting::Programme.path())), ..error.said(s, path) }]
            }
            Self::Rules(path, errors) => {
                let path =
                    path.as_ref().map_or_else(|| "assets/programme/rules.toml".to_owned(), |path| path.display().to_string());
                errors.iter().map(|error| fault(s, &path, error)).collect()
            }
        }
    }
}

fn fault(s: &Sentences, path: &str, error: &RuleError) -> Said {
    let (what, hint) = match &error.fault {
        RuleFault::Syntax(detail) => (s.rule_syntax(detail), s.rule_syntax_hint()),
        RuleFault::Condition(ConditionError::NotATerm { word }) => (s.rule_not_a_term(word), s.rule_not_a_term_hint()),
        RuleFault::Condition(ConditionError::UnknownKey { key, meant, known }) => (
            s.rule_unknown_key(key),
            meant.map_or_else(|| s.rule_unknown_key_hint(known.join(", ")), |meant| s.config_unknown_did_you_mean(meant)),
        ),
        RuleFault::Condition(ConditionError::NotAValue { key, value, allowed }) if allowed.is_empty() => {
            (s.rule_not_a_value(*key, value), s.rule_not_a_number_hint())
        }
        RuleFault::Condition(ConditionError::NotAValue { key, value, allowed }) => {
            (s.rule_not_a_value(*key, value), s.config_value_hint(allowed.join(", ")))
        }
        RuleFault::Condition(ConditionError::OpenQuote) => (s.rule_open_quote(), s.rule_not_a_term_hint()),
        RuleFault::NotADay(text) => (s.rule_not_a_day(text), s.rule_not_a_day_hint()),
        RuleFault::EndsBefore { from, until } => {
            (s.rule_ends_before(from.to_string(), until.to_string()), s.rule_not_a_day_hint())
        }
        RuleFault::Twice(rule) => (s.rule_twice(rule), s.rule_twice_hint()),
        RuleFault::UnknownStatus(status) => (s.rule_unknown_status(status), s.rule_unknown_status_hint()),
        RuleFault::UnknownRule(rule) => (s.rule_unknown_rule(rule), s.rule_unknown_rule_hint()),
        RuleFault::OutOfRange { what, is, most } => (s.rule_out_of_range(*is, *what), s.rule_out_of_range_hint(*most)),
        RuleFault::Circle(status) => (s.rule_circle(status), s.rule_unknown_status_hint()),
    };
    Said::new("programme", s.rule_in_line(error.line, path, what), hint)
}
