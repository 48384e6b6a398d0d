//! What is wrong with a configuration, in words.

use std::path::Path;

use super::ConfigError;
use crate::i18n::{Said, Sentences};

impl ConfigError {
    /// Says it of the file at this place.
    pub fn said(&self, s: &Sentences, path: &Path) -> Said {
        let path = path.display().to_string();
        let (sentence, hint) = match self {
            Self::Invalid(complaint) => return s.complaint(complaint),
            Self::Io(error) => (s.config_failed(error.to_string(), path), s.config_failed_hint()),
            Self::NotAFile => (s.config_not_a_file(path), s.config_not_a_file_hint()),
            Self::Astray => (s.config_astray(path), s.config_astray_hint()),
            Self::TooLong => (s.config_too_long(path), s.config_too_long_hint()),
            Self::Syntax { line, detail } => (s.config_syntax(detail, *line, path), s.config_syntax_hint()),
            Self::Unknown { key, meant } => {
                let hint = meant.map_or_else(|| s.config_unknown_hint(), |meant| s.config_unknown_did_you_mean(meant));
                (s.config_unknown(key, path), hint)
            }
            Self::Value { key, value, allowed } => (s.config_value(*key, path, value), s.config_value_hint(allowed)),
            Self::Unwritten(error) => (s.config_unwritten(error.to_string(), path), s.config_unwritten_hint()),
            Self::ReadOnly => (s.config_read_only(path), s.config_unwritten_hint()),
            Self::Unplaceable { key } => (s.config_unplaceable(*key, path), s.config_unplaceable_hint()),
        };
        Said::new("config", sentence, hint)
    }
}
