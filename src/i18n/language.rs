//! Which language is spoken: asked for, else that of the environment, else English.

use super::sentences::FILES;

/// A language that has all its sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language(&'static str);

impl Language {
    pub const ENGLISH: Self = Self("en");

    /// Returns the languages there are.
    pub fn all() -> impl Iterator<Item = Self> {
        FILES.iter().map(|(name, _)| Self(name))
    }

    /// Reads the tag of a language that is there (`en`, `ko`, `zh-TW`).
    pub fn read(tag: &str) -> Option<Self> {
        Self::all().find(|language| language.0.eq_ignore_ascii_case(tag))
    }

    /// Returns the language that a POSIX locale name asks for (`ko_KR.UTF-8`, `zh_TW`), if it is there.
    pub fn of_locale(locale: &str) -> Option<Self> {
        let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
        let language = tag.split('-').next().unwrap_or_default();
        let chinese = match tag.to_ascii_lowercase().as_str() {
            "zh-tw" | "zh-hk" | "zh-mo" | "zh-hant" => Some("zh-TW"),
            _ if language.eq_ignore_ascii_case("zh") => Some("zh-CN"),
            _ => None,
        };
        Self::read(chinese.unwrap_or(language))
    }

    pub const fn tag(self) -> &'static str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_ask_for_languages() {
        assert_eq!(Language::of_locale("en_US.UTF-8"), Some(Language::ENGLISH));
        assert_eq!(Language::of_locale("en"), Some(Language::ENGLISH));
        for unknown in ["C", "POSIX", "", "tlh_KX"] {
            assert_eq!(Language::of_locale(unknown), None, "{unknown}");
        }
        assert_eq!(Language::read("EN"), Some(Language::ENGLISH));
    }
}
