//! Which language is spoken: asked for, else that of the environment, else English.

use super::sentences::FILES;
use crate::domain::date::Order;

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

    /// Returns what dates of digits begin with where a POSIX locale is at home; `None` for one that is nowhere (`C`, `en`).
    pub fn order_of_locale(locale: &str) -> Option<Order> {
        let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        if let Some(country) = parts.next_back().filter(|part| part.len() == 2) {
            return Some(order_of_country(&country.to_ascii_uppercase()));
        }
        match language.as_str() {
            "ko" | "ja" | "zh" | "hu" | "lt" | "mn" => Some(Order::Year),
            "c" | "posix" | "en" | "" => None,
            language => Some(Order::Day).filter(|_| (2..=3).contains(&language.len())),
        }
    }

    /// Returns whether names begin with that of the family where a language tag or a POSIX locale name is at home.
    pub fn family_name_first(locale: &str) -> bool {
        let language = locale.split(['.', '@', '_', '-']).next().unwrap_or_default().to_ascii_lowercase();
        matches!(language.as_str(), "ko" | "ja" | "zh")
    }

    pub const fn tag(self) -> &'static str {
        self.0
    }
}

/// Returns what dates of digits begin with in a country, by its two letters; those of a currency's code will do.
pub fn order_of_country(country: &str) -> Order {
    match country {
        "KR" | "KP" | "JP" | "CN" | "TW" | "HU" | "LT" | "MN" => Order::Year,
        "US" | "PH" | "PR" | "GU" | "FM" | "MH" | "PW" | "CA" => Order::Month,
        _ => Order::Day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_locale_has_them() {
        for (locale, order) in [
            ("ko_KR.UTF-8", Some(Order::Year)),
            ("ja_JP", Some(Order::Year)),
            ("zh-Hant-TW", Some(Order::Year)),
            ("zh_CN.GB18030", Some(Order::Year)),
            ("ko", Some(Order::Year)),
            ("en_US.UTF-8", Some(Order::Month)),
            ("en_GB.UTF-8", Some(Order::Day)),
            ("de_DE@euro", Some(Order::Day)),
            ("fr", Some(Order::Day)),
            ("en", None),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("", None),
        ] {
            assert_eq!(Language::order_of_locale(locale), order, "{locale}");
        }
        assert_eq!(["KR", "GB", "EU", "US"].map(order_of_country), [Order::Year, Order::Day, Order::Day, Order::Month]);
    }

    #[test]
    fn names_begin_with_that_of_the_family_where_the_language_has_them_so() {
        let first = |locale| Language::family_name_first(locale);
        assert_eq!(["ko_KR.UTF-8", "ja_JP", "zh-TW", "zh", "KO"].map(first), [true; 5]);
        assert_eq!(["en_KR.UTF-8", "C.UTF-8", "", "de_DE@euro", "en"].map(first), [false; 5]);
    }

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
