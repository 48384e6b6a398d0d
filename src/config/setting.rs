//! What can be set one by one: where each setting stands in the file, what it takes, and what it is now.

use toml::{Table, Value};

use super::{Colour, Config, ConfigError, Ground, RoleStyle, Symbols};
use crate::domain::contact::{parse_email, parse_phone};
use crate::domain::fold::meant;
use crate::domain::invalid::{Complaint, Invalid};
use crate::domain::money::Currency;
use crate::domain::priority::PriorityWeights;
use crate::domain::role::Role;
use crate::domain::sales::Weights;
use crate::domain::text::{Line, plain};
use crate::i18n::Language;

/// Every setting once: its name here, and its place in the file. Keys are only in the file.
macro_rules! settings {
    ($($setting:ident $path:literal;)*) => {
        /// A setting that can be changed by itself.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Setting {
            $($setting,)*
        }

        impl Setting {
            pub const ALL: &[Self] = &[$(Self::$setting,)*];

            /// Returns where it stands in the file: `table.key`, or the key alone.
            pub const fn path(self) -> &'static str {
                match self {
                    $(Self::$setting => $path,)*
                }
            }
        }
    };
}

settings! {
    FirstName "me.first-name";
    LastName "me.last-name";
    Phone "me.phone";
    Email "me.email";
    Role "me.role";
    HomeCurrency "home-currency";
    ResponseDays "response-days";
    StageWeights "stage-weights";
    PriorityWeights "priority-weights";
    Backups "backups";
    Programme "programme";
    Language "language";
    Mouse "mouse";
    Symbols "theme.symbols";
    Colour "theme.colour";
    Ground "theme.ground";
    Accent "theme.accent";
    Good "theme.good";
    Warn "theme.warn";
    Bad "theme.bad";
    Muted "theme.muted";
    Match "theme.match";
    Title "theme.title";
}

impl Setting {
    /// Returns the parts of the rep, in the order in which they are asked for.
    pub const ME: [Self; 4] = [Self::FirstName, Self::LastName, Self::Phone, Self::Email];

    /// Returns whether it is about the colours of the desk.
    pub fn is_colour(self) -> bool {
        self.path().starts_with("theme.") && self != Self::Symbols
    }

    /// Returns the table it stands in, if not in the file itself, and its key there.
    pub(super) fn place(self) -> (Option<&'static str>, &'static str) {
        self.path().split_once('.').map_or((None, self.path()), |(table, key)| (Some(table), key))
    }

    /// Reads the name of a setting: its place in the file, or its key alone.
    ///
    /// # Errors
    /// [`ConfigError::Unknown`], perhaps with what was meant.
    pub fn named(name: &str) -> Result<Self, ConfigError> {
        let found = Self::ALL.iter().copied().find(|setting| setting.path() == name || setting.place().1 == name);
        found.ok_or_else(|| {
            let paths: Vec<&str> = Self::ALL.iter().map(|setting| setting.path()).collect();
            ConfigError::Unknown { key: name.to_owned(), meant: meant(name, &paths) }
        })
    }

    /// Returns whether a file says something of it.
    pub(super) fn stands_in(self, file: &Table) -> bool {
        let (table, key) = self.place();
        let table = table.map_or(Some(file), |table| file.get(table).and_then(Value::as_table));
        table.is_some_and(|table| table.contains_key(key))
    }

    /// Returns what it can be, where that is one of few.
    pub fn choices(self) -> Vec<&'static str> {
        match self {
            Self::Mouse => vec!["false", "true"],
            Self::Symbols => vec!["unicode", "ascii"],
            Self::Colour => vec!["auto", "never"],
            Self::Ground => vec!["auto", "dark", "light"],
            Self::Language => Language::all().map(Language::tag).collect(),
            Self::Role => Role::ALL.map(Role::code).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Returns what a configuration has for it, as it is typed; empty where it has nothing.
    pub fn value(self, config: &Config) -> String {
        match self {
            Self::FirstName => config.me.first.clone(),
            Self::LastName => config.me.last.clone(),
            Self::Phone => config.me.phone.clone(),
            Self::Email => config.me.email.clone(),
            Self::Role => config.role.code().to_owned(),
            Self::HomeCurrency => config.home_currency.map(|currency| currency.code().to_owned()).unwrap_or_default(),
            Self::ResponseDays => config.response_days.to_string(),
            Self::StageWeights => config.stage_weights.to_string(),
            Self::PriorityWeights => config.priority_weights.to_string(),
            Self::Backups => config.backups.to_string(),
            Self::Programme => config.programme.as_ref().map(|path| path.display().to_string()).unwrap_or_default(),
            Self::Language => config.language.map(|language| language.tag().to_owned()).unwrap_or_default(),
            Self::Mouse => config.mouse.to_string(),
            Self::Symbols => if config.symbols == Symbols::Ascii { "ascii" } else { "unicode" }.to_owned(),
            Self::Colour => if config.colour == Colour::Never { "never" } else { "auto" }.to_owned(),
            Self::Ground => match config.ground {
                Ground::Auto => "auto",
                Ground::Dark => "dark",
                Ground::Light => "light",
            }
            .to_owned(),
            role => {
                let style = config.roles.iter().find(|(name, ..)| *name == role.place().1);
                style.map(|(.., text)| text.clone()).unwrap_or_default()
            }
        }
    }

    /// Reads what was typed for it; nothing at all takes the setting away.
    ///
    /// # Errors
    /// Why it cannot be that.
    pub fn read(self, typed: &str) -> Result<Option<Value>, ConfigError> {
        let typed = plain(typed);
        if typed.is_empty() {
            return Ok(None);
        }
        let invalid = |why: Invalid| ConfigError::Invalid(Box::new(Complaint::new(self.path(), why)));
        let wrong = |allowed: &str| {
            let value = typed.clone();
            Err(ConfigError::Value { key: self.path(), value, allowed: allowed.to_owned() })
        };
        let lower = typed.to_lowercase();
        let value = match self {
            Self::FirstName | Self::LastName | Self::Programme => Line::parse(&typed).map_err(invalid)?.to_string().into(),
            Self::Phone => parse_phone(&typed).map_err(invalid)?.into(),
            Self::Email => parse_email(&typed).map_err(invalid)?.into(),
            Self::HomeCurrency => match Currency::parse(&typed.to_uppercase()) {
                Ok(currency) => currency.code().into(),
                Err(_) => return wrong(super::CURRENCIES),
            },
            Self::ResponseDays => match typed.parse::<i64>().ok().filter(|days| (1..=365).contains(days)) {
                Some(days) => days.into(),
                None => return wrong(super::DAYS),
            },
            Self::Backups => match typed.parse::<u32>().ok().filter(|days| *days <= super::MOST_BACKUPS) {
                Some(days) => i64::from(days).into(),
                None => return wrong(super::BACKUPS),
            },
            Self::StageWeights => match Weights::parse(&typed) {
                Some(weights) => weights.percents().map(i64::from).to_vec().into(),
                None => return wrong(super::WEIGHTS),
            },
            Self::PriorityWeights => match PriorityWeights::parse(&typed) {
                Ok(weights) => weights.to_string().into(),
                Err(value) => return Err(ConfigError::Value { key: self.path(), value, allowed: String::new() }),
            },
            Self::Mouse => match lower.as_str() {
                "true" | "on" | "yes" => true.into(),
                "false" | "off" | "no" => false.into(),
                _ => return wrong("true, false"),
            },
            Self::Language => match Language::read(&typed) {
                Some(language) => language.tag().into(),
                None => return wrong(&self.choices().join(", ")),
            },
            Self::Role | Self::Symbols | Self::Colour | Self::Ground if self.choices().contains(&lower.as_str()) => lower.into(),
            Self::Role | Self::Symbols | Self::Colour | Self::Ground => return wrong(&self.choices().join(", ")),
            _ if RoleStyle::read(&lower).is_some() => lower.into(),
            _ => return wrong(super::STYLES),
        };
        Ok(Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_configuration_has_is_read_again_as_the_same() {
        let text = "language = \"en\"\nresponse-days = 10\nhome-currency = \"KRW\"\nstage-weights = [0, 10, 30, 50, 70]\n\
                    priority-weights = \"time 1, value 6, age 2, missing 0, follow-up 8, won-before 100\"\nbackups = 30\nprogramme = \"rules.toml\"\nmouse = true\n[me]\nfirst-name = \"민준\"\n\
                    last-name = \"김\"\nphone = \"+82 2-555-0100\"\nemail = \"kim@hanbit.example\"\nrole = \"viewer\"\n[theme]\nsymbols = \"ascii\"\n\
                    colour = \"never\"\nground = \"light\"\nwarn = \"bold magenta\"";
        let table: Table = text.parse().unwrap();
        let config = Config::parse(text).unwrap();
        for setting in Setting::ALL.iter().copied() {
            let (of, key) = setting.place();
            let there = of.map_or(Some(&table), |of| table[of].as_table()).and_then(|table| table.get(key));
            assert_eq!(setting.read(&setting.value(&config)).unwrap().as_ref(), there, "{setting:?}");
            assert_eq!(setting.stands_in(&table), there.is_some());
            assert_eq!(Setting::named(setting.path()).unwrap(), setting);
            assert!(setting.choices().iter().all(|choice| setting.read(choice).is_ok()), "{setting:?}");
        }
        assert_eq!(Setting::named("email").unwrap(), Setting::Email);
    }

    #[test]
    fn what_a_setting_cannot_be_is_refused() {
        for (setting, typed) in [
            (Setting::Email, "kim"),
            (Setting::Phone, "call me"),
            (Setting::HomeCurrency, "coins"),
            (Setting::ResponseDays, "0"),
            (Setting::ResponseDays, "soon"),
            (Setting::Backups, "-1"),
            (Setting::Backups, "366"),
            (Setting::StageWeights, "10 20 40 60"),
            (Setting::StageWeights, "80 60 40 20 10"),
            (Setting::StageWeights, "10 20 40 60 180"),
            (Setting::PriorityWeights, "time 10, speed 3"),
            (Setting::PriorityWeights, "time much"),
            (Setting::Mouse, "perhaps"),
            (Setting::Role, "admin"),
            (Setting::Language, "klingon"),
            (Setting::Ground, "red"),
            (Setting::Warn, "pinkish"),
        ] {
            assert!(setting.read(typed).is_err(), "{setting:?} {typed}");
            assert_eq!(setting.read("  ").unwrap(), None);
        }
        assert_eq!(Setting::ResponseDays.read("２０").unwrap(), Some(20.into()), "in full width");
        assert!(matches!(Setting::named("response-dais"), Err(ConfigError::Unknown { meant: Some("response-days"), .. })));
    }
}
