//! Which language is spoken: asked for, else that of the environment, else English.

use super::sentences::FILES;
use crate::domain::customer::Country;
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
        let (language, country) = at_home(locale);
        if let Some(country) = country {
            return Some(order_of_country(&country));
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

    /// Returns the country in which a POSIX locale is at home; `None` for one that is nowhere (`C`, `en`).
    pub fn country_of_locale(locale: &str) -> Option<Country> {
        at_home(locale).1.and_then(|country| Country::parse(&country).ok())
    }

    /// Returns the marks that numbers have where a POSIX locale is at home; `None` for one that is nowhere (`C`, `en`).
    pub fn number_marks_of_locale(locale: &str) -> Option<NumberMarks> {
        let (language, country) = at_home(locale);
        match (language.as_str(), country.as_deref()) {
            // French Canada writes as France does.
            ("fr", Some("CA")) => Some(NumberMarks::COMMA),
            (_, Some(country)) => Some(number_marks_of_country(country)),
            ("c" | "posix" | "en" | "", None) => None,
            (language, None) => Some(if POINT_LANGUAGES.contains(&language) { NumberMarks::POINT } else { NumberMarks::COMMA }),
        }
    }

    pub const fn tag(self) -> &'static str {
        self.0
    }
}

/// Returns the language of a POSIX locale in small letters, and the two letters of the country that it names.
fn at_home(locale: &str) -> (String, Option<String>) {
    let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    (language, parts.next_back().filter(|part| part.len() == 2).map(str::to_ascii_uppercase))
}

/// Returns what dates of digits begin with in a country, by its two letters; those of a currency's code will do.
pub fn order_of_country(country: &str) -> Order {
    match country {
        "KR" | "KP" | "JP" | "CN" | "TW" | "HU" | "LT" | "MN" => Order::Year,
        "US" | "PH" | "PR" | "GU" | "FM" | "MH" | "PW" | "CA" => Order::Month,
        _ => Order::Day,
    }
}

/// What stands before decimals in numbers, and between the cells of a list, so that a spreadsheet takes both for what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberMarks {
    pub decimal: char,
    pub list: char,
}

impl NumberMarks {
    pub const POINT: Self = Self { decimal: '.', list: ',' };
    pub const COMMA: Self = Self { decimal: ',', list: ';' };
}

impl Default for NumberMarks {
    fn default() -> Self {
        Self::POINT
    }
}

/// Languages whose locale names no country and that have a point before decimals.
const POINT_LANGUAGES: [&str; 10] = ["ko", "ja", "zh", "th", "he", "hi", "ms", "ga", "mt", "fil"];

/// Returns the marks that numbers have in a country, by its two letters; those of a currency's code will do.
pub fn number_marks_of_country(country: &str) -> NumberMarks {
    match country {
        // The Swiss write a point, and their lists have semicolons all the same.
        "CH" | "LI" => NumberMarks { decimal: '.', list: ';' },
        "EU" | "AT" | "BE" | "BG" | "CY" | "CZ" | "DE" | "DK" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR" | "HU" | "IS" | "IT"
        | "LT" | "LU" | "LV" | "MC" | "NL" | "NO" | "PL" | "PT" | "RO" | "SE" | "SI" | "SK" | "SM" | "VA" | "AL" | "AD"
        | "BA" | "ME" | "MK" | "RS" | "XK" | "UA" | "BY" | "RU" | "MD" | "GE" | "AM" | "AZ" | "KZ" | "KG" | "UZ" | "TR" => {
            NumberMarks::COMMA
        }
        "AR" | "BO" | "BR" | "CL" | "CO" | "CR" | "EC" | "PY" | "UY" | "VE" => NumberMarks::COMMA,
        "ID" | "VN" | "ZA" | "MA" | "DZ" | "TN" | "AO" | "MZ" | "CM" | "SN" => NumberMarks::COMMA,
        _ => NumberMarks::POINT,
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
    fn numbers_have_the_marks_of_the_locale() {
        for (locale, marks) in [
            ("de_DE.UTF-8", Some((',', ';'))),
            ("de", Some((',', ';'))),
            ("de_CH.UTF-8", Some(('.', ';'))),
            ("en_DE.UTF-8", Some((',', ';'))),
            ("en_US.UTF-8", Some(('.', ','))),
            ("en_ZA", Some((',', ';'))),
            ("fr_CA", Some((',', ';'))),
            ("en_CA", Some(('.', ','))),
            ("pt_BR.UTF-8", Some((',', ';'))),
            ("es_MX", Some(('.', ','))),
            ("ko_KR.UTF-8", Some(('.', ','))),
            ("ja", Some(('.', ','))),
            ("zh-Hant-TW", Some(('.', ','))),
            ("en", None),
            ("C.UTF-8", None),
            ("", None),
        ] {
            let found = Language::number_marks_of_locale(locale).map(|marks| (marks.decimal, marks.list));
            assert_eq!(found, marks, "{locale}");
        }
        assert_eq!(["EUR", "CHF", "USD", "KRW"].map(|code| number_marks_of_country(&code[..2]).list), [';', ';', ',', ',']);
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
