//! What is wrong with a configuration, in words.

use std::path::Path;

use super::{ConfigError, Setting};
use crate::i18n::{Said, Sentences};

impl Setting {
    pub fn name(self, s: &Sentences) -> String {
        match self {
            Self::FirstName => s.setting_first_name(),
            Self::LastName => s.setting_last_name(),
            Self::Phone => s.setting_phone(),
            Self::Email => s.setting_email(),
            Self::Role => s.setting_role(),
            Self::HomeCurrency => s.setting_home_currency(),
            Self::ResponseDays => s.setting_response_days(),
            Self::StageWeights => s.setting_stage_weights(),
            Self::PriorityWeights => s.setting_priority_weights(),
            Self::Backups => s.setting_backups(),
            Self::Programme => s.setting_programme(),
            Self::Language => s.setting_language(),
            Self::Mouse => s.setting_mouse(),
            Self::Symbols => s.setting_symbols(),
            Self::Colour => s.setting_colour(),
            Self::Ground => s.setting_ground(),
            Self::Accent => s.setting_accent(),
            Self::Good => s.setting_good(),
            Self::Warn => s.setting_warn(),
            Self::Bad => s.setting_bad(),
            Self::Muted => s.setting_muted(),
            Self::Match => s.setting_match(),
            Self::Title => s.setting_title(),
        }
    }

    /// Returns what to type for it.
    pub fn hint(self, s: &Sentences) -> String {
        match self {
            Self::FirstName | Self::LastName | Self::Phone | Self::Email => s.setting_me_hint(),
            Self::HomeCurrency => s.config_value_hint(super::CURRENCIES),
            Self::ResponseDays => s.config_value_hint(super::DAYS),
            Self::StageWeights => s.setting_stage_weights_hint(),
            Self::PriorityWeights => s.setting_priority_weights_hint(),
            Self::Backups => s.setting_backups_hint(),
            Self::Programme => s.setting_programme_hint(),
            Self::Role => s.setting_role_hint(self.choices().join(", ")),
            Self::Language | Self::Mouse | Self::Symbols | Self::Colour | Self::Ground => {
                s.config_value_hint(self.choices().join(", "))
            }
            Self::Accent | Self::Good | Self::Warn | Self::Bad | Self::Muted | Self::Match | Self::Title => {
                s.config_value_hint(super::STYLES)
            }
        }
    }
}

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
            Self::Value { key, value, .. } if *key == Setting::StageWeights.path() => {
                (s.config_value(*key, path, value), s.setting_stage_weights_hint())
            }
            Self::Value { key, value, .. } if *key == Setting::PriorityWeights.path() => {
                (s.config_value(*key, path, value), s.setting_priority_weights_hint())
            }
            Self::Value { key, value, allowed } => (s.config_value(*key, path, value), s.config_value_hint(allowed)),
            Self::Unwritten(error) => (s.config_unwritten(error.to_string(), path), s.config_unwritten_hint()),
            Self::ChangedMeanwhile => (s.config_changed_meanwhile(path), s.config_changed_meanwhile_hint()),
            Self::ReadOnly => (s.config_read_only(path), s.config_unwritten_hint()),
            Self::Unplaceable { key } => (s.config_unplaceable(*key, path), s.config_unplaceable_hint()),
        };
        Said::new("config", sentence, hint)
    }
}
