//! The customer of a deal: legal name, D-U-N-S number, address and contact.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::contact::Person;
use super::fold::fold;
use super::invalid::Invalid;
use super::text::Line;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The legal name.
    pub name: Line,
    pub duns: Option<Duns>,
    pub address: Address,
    /// The customer's person; needed, with consent, only for a help request (MG-30, MG-31).
    pub contact: Option<Person>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    pub line1: Option<Line>,
    pub line2: Option<Line>,
    pub city: Option<Line>,
    pub state: Option<Line>,
    /// Text, because leading zeros matter.
    pub postal_code: Option<Line>,
    pub country: Option<Country>,
}

/// A D-U-N-S number: nine digits that tell legal entities apart (MG-27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duns(u32);

impl Duns {
    /// Reads nine digits; hyphens and blanks are allowed, missing leading zeros and nothing but zeros are not.
    ///
    /// # Errors
    /// [`Invalid::Missing`] or [`Invalid::NotADuns`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        Self::digits(typed, 9)
            .and_then(|duns| if duns.0 > 0 { Ok(duns) } else { Err(Invalid::NotADuns(typed.trim().to_owned())) })
    }

    /// Reads the number of a file that a spreadsheet may have touched: up to two lost leading zeros are put back. Nothing, and
    /// nothing but zeros, is no number: programs fill the cell with them.
    ///
    /// # Errors
    /// [`Invalid::NotADuns`].
    pub fn in_file(raw: &str) -> Result<Option<Self>, Invalid> {
        match Self::digits(raw, 7) {
            Err(Invalid::Missing) | Ok(Self(0)) => Ok(None),
            read => read.map(Some),
        }
    }

    fn digits(text: &str, fewest: usize) -> Result<Self, Invalid> {
        let digits: String = text.nfkc().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2013}')).collect();
        if digits.is_empty() {
            return Err(Invalid::Missing);
        }
        let shaped = (fewest..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let number = if shaped { digits.parse().ok() } else { None };
        number.map(Self).ok_or_else(|| Invalid::NotADuns(text.trim().to_owned()))
    }
}

impl fmt::Display for Duns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:09}", self.0)
    }
}

super::as_text!(Duns, |text| Duns::parse(text));

/// An ISO 3166-1 country, by its two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str);

static COUNTRIES: &str = include_str!("../../assets/countries.txt");
/// A line for each country: code, then its name in each of [`NAME_LANGUAGES`].
static COUNTRY_NAMES: &str = include_str!("../../assets/country-names.txt");

/// What else countries are commonly called, folded.
const ALIASES: [(&str, &str); 18] = [
    ("uk", "GB"),
    ("great britain", "GB"),
    ("england", "GB"),
    ("united states of america", "US"),
    ("the united states", "US"),
    ("korea", "KR"),
    ("republic of korea", "KR"),
    ("한국", "KR"),
    ("남한", "KR"),
    ("韓國", "KR"),
    ("p.r. china", "CN"),
    ("prc", "CN"),
    ("中國", "CN"),
    ("uae", "AE"),
    ("holland", "NL"),
    ("viet nam", "VN"),
    ("russian federation", "RU"),
    ("czech republic", "CZ"),
];

/// The languages in which countries have names here, in the order of [`Country::names`].
pub const NAME_LANGUAGES: [&str; 5] = ["en", "ko", "ja", "zh-CN", "zh-TW"];

impl Country {
    /// Reads a two-letter code, or a three-letter one as older files have it; in either case.
    ///
    /// # Errors
    /// [`Invalid::Missing`] or [`Invalid::UnknownCountry`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        let code = typed.trim();
        if code.is_empty() {
            return Err(Invalid::Missing);
        }
        Self::all()
            .find(|(two, three)| two.0.eq_ignore_ascii_case(code) || three.eq_ignore_ascii_case(code))
            .map(|(two, _)| two)
            .ok_or_else(|| Invalid::UnknownCountry(code.to_owned()))
    }

    /// Returns the country of a two-letter code as [`Country::code`] gives it; every row that is read asks for one.
    pub fn from_code(code: &str) -> Option<Self> {
        let before = |at: usize| COUNTRIES.as_bytes().get(at.wrapping_sub(1)).is_none_or(|b| *b == b'\n');
        let behind = |at: usize| COUNTRIES.as_bytes().get(at + 2) == Some(&b' ');
        let (at, _) = COUNTRIES.match_indices(code).find(|(at, _)| code.len() == 2 && before(*at) && behind(*at))?;
        Some(Self(&COUNTRIES[at..at + 2]))
    }

    /// Returns every country with its three-letter code.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        COUNTRIES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(' '))
            .map(|(two, three)| (Self(two), three))
    }

    /// Reads a country as people type it: its code, or its name in any of [`NAME_LANGUAGES`].
    ///
    /// # Errors
    /// As [`Country::parse`].
    pub fn typed(typed: &str) -> Result<Self, Invalid> {
        let plain: String = typed.nfkc().collect();
        Self::parse(&plain).or_else(|why| {
            // A name as it is written here, as in a long file, is found without folding all of them.
            let spelled = |line: &&str| line.split('|').skip(1).any(|name| name == plain.trim());
            let wanted = place_fold(plain.trim());
            let named = |line: &&str| line.split('|').skip(1).any(|name| place_fold(name) == wanted);
            let lines = || COUNTRY_NAMES.lines().filter(|line| !line.starts_with('#'));
            if let Some((_, code)) = ALIASES.iter().find(|(alias, _)| *alias == wanted) {
                return Self::parse(code);
            }
            let line = lines().find(spelled).or_else(|| lines().find(named));
            line.and_then(|line| Self::parse(line.split('|').next()?).ok()).ok_or(why)
        })
    }

    /// Returns the countries whose code or name begins with what was typed, or has a word that does; best first.
    pub fn beginning_with(typed: &str) -> Vec<Self> {
        let wanted = place_fold(typed.nfkc().collect::<String>().trim());
        let rank = |country: Self| {
            if wanted.is_empty() || fold(country.0) == wanted {
                return Some(0);
            }
            let at = |name: &str| place_fold(name).find(&wanted);
            let found = country.names().filter_map(|name| at(name).map(|at| (at, name))).min()?;
            let inside_a_word = found.0 > 0 && wanted.is_ascii() && !fold(found.1)[..found.0].ends_with([' ', '-', '(']);
            if inside_a_word { None } else { Some(1 + usize::from(found.0 > 0)) }
        };
        let mut found: Vec<(usize, Self)> = Self::all().filter_map(|(c, _)| rank(c).map(|rank| (rank, c))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, country)| country).collect()
    }

    /// Returns its names in the order of [`NAME_LANGUAGES`].
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let line = COUNTRY_NAMES.lines().find(|line| line.starts_with(self.0));
        line.into_iter().flat_map(|line| line.split('|').skip(1))
    }

    pub const fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

super::as_text!(Country, |text| Country::parse(text));

/// Folds the name of a place: in these, two ways of writing one character are both common.
fn place_fold(name: &str) -> String {
    fold(name).replace('臺', "台")
}

/// Words that name the legal form of a company, folded; taken away when names are compared.
const FORMS_CJK: [&str; 13] = [
    "주식회사",
    "유한회사",
    "(주)",
    "(유)",
    "株式会社",
    "有限会社",
    "合同会社",
    "(株)",
    "(有)",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "集团",
];
const FORMS_LATIN: [&str; 24] = [
    "inc",
    "incorporated",
    "llc",
    "ltd",
    "limited",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "ag",
    "se",
    "kg",
    "kgaa",
    "plc",
    "sa",
    "sas",
    "sarl",
    "bv",
    "nv",
    "spa",
    "srl",
    "oy",
    "ab",
];

/// Returns whether a folded word is the beginning of one that names a legal form.
pub(super) fn begins_form(word: &str) -> bool {
    FORMS_LATIN.iter().any(|form| form.starts_with(word))
}

/// Returns whether folded text is nothing but three characters or more of a legal form.
pub(super) fn is_begun_form(text: &str) -> bool {
    text.chars().nth(2).is_some() && FORMS_CJK.iter().any(|form| form.starts_with(text))
}

/// Returns folded text without the beginning of a legal form at its end, where one of two characters or more stands there
/// behind something else (`東雲物産株式` is on the way to `東雲物産株式会社`).
pub(super) fn without_begun_form(text: &str) -> Option<&str> {
    let ends = FORMS_CJK.iter().flat_map(|form| form.char_indices().skip(2).map(|(end, _)| &form[..end]));
    ends.filter_map(|begun| text.strip_suffix(begun)).filter(|rest| !rest.is_empty()).min_by_key(|rest| rest.len())
}

/// Returns the name folded and without its legal form, so that `한빛정밀 주식회사`, `(주)한빛정밀` and `㈜한빛정밀` are the same.
pub fn bare_name(name: &str) -> String {
    let mut bare = fold(name);
    for form in FORMS_CJK {
        if bare.contains(form) && bare.trim() != form {
            bare = bare.replace(form, " ");
        }
    }
    let words: Vec<&str> = bare.split([' ', ',', '\u{3000}']).filter(|w| !w.is_empty()).collect();
    let kept = words.iter().rposition(|w| !FORMS_LATIN.contains(&w.trim_end_matches('.').replace('.', "").as_str()));
    words[..kept.map_or(words.len(), |last| last + 1)].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_numbers_and_countries_are_read_as_typed_ones() {
        assert_eq!(serde_json::from_value::<Duns>("081466849".into()).unwrap().to_string(), "081466849");
        assert_eq!(serde_json::from_value::<Country>("KR".into()).unwrap().code(), "KR");
        for bad in ["", "81466849", "000000000", "Korea", "KRX"] {
            assert!(serde_json::from_value::<Duns>(bad.into()).is_err(), "{bad}");
            assert!(serde_json::from_value::<Country>(bad.into()).is_err(), "{bad}");
        }
    }

    #[test]
    fn duns_numbers_have_nine_digits() {
        for (typed, kept) in [("081466849", "081466849"), ("08-146-6849", "081466849"), ("０８１４６６８４９", "081466849")]
        {
            assert_eq!(Duns::parse(typed).unwrap().to_string(), kept);
        }
        for bad in ["81466849", "0814668490", "08146684x", "no", "000000000"] {
            assert!(matches!(Duns::parse(bad), Err(Invalid::NotADuns(_))), "{bad}");
        }
        assert_eq!(Duns::in_file("81466849").unwrap().unwrap().to_string(), "081466849");
        assert_eq!((Duns::in_file("000000000"), Duns::in_file(" ")), (Ok(None), Ok(None)));
        assert!(Duns::in_file("123456").is_err());
    }

    #[test]
    fn countries_are_two_letters_and_three_are_understood() {
        assert_eq!(Country::parse("kr").unwrap().code(), "KR");
        assert_eq!(Country::parse("USA").unwrap().code(), "US");
        assert_eq!(Country::parse("Korea"), Err(Invalid::UnknownCountry("Korea".into())));
        assert_eq!(Country::all().count(), 249);
    }

    #[test]
    fn countries_are_found_by_code_and_by_name_in_five_languages() {
        for typed in ["kr", "KOR", "South Korea", "Korea", "한국", "韓國", "대한민국", "韓国", "韩国", "南韓", "ｋｒ"]
        {
            assert_eq!(Country::typed(typed).map(Country::code), Ok("KR"), "{typed}");
        }
        assert_eq!(Country::typed("Atlantis"), Err(Invalid::UnknownCountry("Atlantis".into())));
        assert_eq!(Country::typed(" "), Err(Invalid::Missing));
        let found = |typed: &str| Country::beginning_with(typed).into_iter().take(3).map(Country::code).collect::<Vec<_>>();
        assert_eq!(found("kr"), ["KR"]);
        assert!(found("kor").contains(&"KR"), "by a word of its name");
        assert_eq!(found("日")[0], "JP");
        assert_eq!(found("대한"), ["KR"]);
        assert!(found("xyz").is_empty());
        for (country, _) in Country::all() {
            assert_eq!(country.names().count(), NAME_LANGUAGES.len(), "{country}");
        }
    }

    #[test]
    fn names_are_compared_without_their_legal_form() {
        for (name, bare) in [
            ("한빛정밀 주식회사", "한빛정밀"),
            ("㈜한빛정밀", "한빛정밀"),
            ("株式会社東雲物産", "東雲物産"),
            ("東雲物産㈱", "東雲物産"),
            ("云帆科技股份有限公司", "云帆科技"),
            ("Northwind Traders, Inc.", "northwind traders"),
            ("Müller Maschinenbau GmbH", "muller maschinenbau"),
            ("Tailspin Co. Ltd.", "tailspin"),
            ("Co", "co"),
            ("주식회사", "주식회사"),
        ] {
            assert_eq!(bare_name(name), bare, "{name}");
        }
    }

    #[test]
    fn a_country_is_found_by_the_code_that_is_stored() {
        for (country, three) in Country::all() {
            assert_eq!(Country::from_code(country.code()), Some(country));
            assert_eq!(Country::from_code(three), None);
        }
        for code in ["", "K", "kr", "R ", " K", "\nK", "ZZ", "#"] {
            assert_eq!(Country::from_code(code), None, "{code:?}");
        }
    }
}
