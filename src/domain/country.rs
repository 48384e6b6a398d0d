//! Countries: their codes, and the names by which people call them; addresses are `customer.rs`.

use std::cmp::Ordering;
use std::fmt;

use super::fold::{fold, initials};
use super::hangul::readable;
use super::invalid::Invalid;
use super::text::plain;

/// An ISO 3166-1 country, by its two letters; and Kosovo, whose XK ISO leaves to its users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str);

static COUNTRIES: &str = include_str!("../../assets/countries.txt");
/// A line for each country: code, then its name in each of [`NAME_LANGUAGES`].
static COUNTRY_NAMES: &str = include_str!("../../assets/country-names.txt");
/// A line for each country: code, then what else it is called.
static COUNTRY_ALIASES: &str = include_str!("../../assets/country-aliases.txt");

/// The languages in which countries have names here, in the order of [`Country::names`].
pub const NAME_LANGUAGES: [&str; 5] = ["en", "ko", "ja", "zh-CN", "zh-TW"];

/// Returns code and names of each country of a table.
fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('|'))
}

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
            .ok_or_else(|| Invalid::UnknownCountry(readable(code)))
    }

    /// Returns the country of a two-letter code as [`Country::code`] gives it; every row that is read asks for one.
    pub fn from_code(code: &str) -> Option<Self> {
        // The table is sorted and its lines are of one length, so that none of it need be read but where the code can stand.
        let (_, table) = COUNTRIES.split_once('\n')?;
        // With whichever line ends it was checked out.
        let line = table.find('\n')? + 1;
        let at = |index: usize| &table[index * line..index * line + 2];
        let (mut from, mut to) = (0, table.len() / line);
        while from < to {
            let middle = usize::midpoint(from, to);
            match at(middle).cmp(code) {
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
                Ordering::Equal => return Some(Self(at(middle))),
            }
        }
        None
    }

    /// Returns every country with its three-letter code.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        COUNTRIES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(' '))
            .map(|(two, three)| (Self(two), three))
    }

    /// Reads a country as people write it: its code, its name in any of [`NAME_LANGUAGES`] or its own, its name of ISO, or another one
    /// that is common (`Hong Kong`, `Korea, Republic of`, `The Netherlands`, `U.S.`, `Deutschland`).
    ///
    /// # Errors
    /// As [`Country::parse`].
    pub fn typed(typed: &str) -> Result<Self, Invalid> {
        let plain = plain(typed);
        if let Some(country) = Self::from_code(&plain) {
            return Ok(country);
        }
        Self::parse(&plain).or_else(|why| {
            // A name as it is written here, as in a long file, is found without folding all of them.
            let spelled = |names: &str| names.split('|').any(|name| name == plain);
            let known = || lines(COUNTRY_NAMES).chain(lines(COUNTRY_ALIASES));
            if let Some((code, _)) = known().find(|(_, names)| spelled(names)) {
                return Self::parse(code);
            }
            let wanted = key(&plain);
            if wanted.is_empty() {
                return Err(why);
            }
            // `U.S.`
            if let Ok(country) = Self::parse(&wanted) {
                return Ok(country);
            }
            let named = |names: &str| names.split('|').any(|name| key(name) == wanted);
            known().find(|(_, names)| named(names)).and_then(|(code, _)| Self::parse(code).ok()).ok_or(why)
        })
    }

    /// Returns the countries whose code or name begins with what was typed, or has a word that does; best first, and before all others
    /// the one it is read as.
    pub fn beginning_with(typed: &str) -> Vec<Self> {
        let wanted = fold(&plain(typed));
        // As everywhere, the initial consonants of a Korean name find it; as plain text they are other letters.
        let consonants = fold(typed.trim());
        let read = Self::typed(typed).ok();
        let rank = |country: Self| {
            if wanted.is_empty() || read == Some(country) {
                return Some(0);
            }
            let at = |name: &str| fold(name).find(&wanted).or_else(|| initials(name).find(&consonants));
            let found = country
                .names()
                .chain(country.aliases().filter(|_| wanted.len() > 2))
                .filter_map(|name| at(name).map(|at| (at, name)))
                .min()?;
            let inside_a_word = found.0 > 0 && wanted.is_ascii() && !fold(found.1)[..found.0].ends_with([' ', '-', '(']);
            if inside_a_word { None } else { Some(1 + usize::from(found.0 > 0)) }
        };
        let mut found: Vec<(usize, Self)> = Self::all().filter_map(|(c, _)| rank(c).map(|rank| (rank, c))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, country)| country).collect()
    }

    /// Returns its names in the order of [`NAME_LANGUAGES`].
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.of_table(COUNTRY_NAMES)
    }

    /// Returns what else it is called.
    fn aliases(self) -> impl Iterator<Item = &'static str> {
        self.of_table(COUNTRY_ALIASES)
    }

    fn of_table(self, table: &'static str) -> impl Iterator<Item = &'static str> {
        lines(table).find(|(code, _)| *code == self.0).into_iter().flat_map(|(_, names)| names.split('|'))
    }

    /// Returns whether addresses there begin with the largest place, and names with that of the family.
    pub fn begins_with_the_largest(self) -> bool {
        matches!(self.0, "KR" | "JP" | "CN" | "TW")
    }

    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Returns how many digits each postal code of it has, where it has nothing else in them and some begin with a zero.
    pub fn postal_digits(self) -> Option<usize> {
        const DIGITS: [(usize, &str); 5] =
            [(4, "AU DK NO NZ ZA"), (5, "DE EE ES FI FR IT KR MX MY TR UA US"), (6, "CN KZ RO SG"), (7, "JP"), (8, "BR")];
        DIGITS.into_iter().find(|(_, countries)| countries.split(' ').any(|code| code == self.0)).map(|(digits, _)| digits)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

super::as_text!(Country, |text| Country::parse(text));

/// Returns a name as it is compared: folded, without marks, blanks, `and` and `the`; `Saint` and `St.` are one.
fn key(name: &str) -> String {
    let folded = fold(name).replace('&', " and ").replace(['.', '\''], "");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "and");
    let kept = words.filter(|word| *word != "the");
    kept.map(|word| if word == "saint" { "st" } else { word }).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn countries_are_two_letters_and_three_are_understood() {
        assert_eq!(Country::parse("kr").unwrap().code(), "KR");
        assert_eq!(Country::parse("USA").unwrap().code(), "US");
        assert_eq!(Country::parse("Korea"), Err(Invalid::UnknownCountry("Korea".into())));
        assert_eq!(Country::parse("xk").unwrap().code(), "XK");
        assert_eq!(Country::all().count(), 250, "249 of ISO, and Kosovo");
    }

    #[test]
    fn countries_are_found_by_code_and_by_name_in_five_languages() {
        for typed in ["kr", "KOR", "South Korea", "Korea", "한국", "韓國", "대한민국", "韓国", "韩国", "南韓", "ｋｒ"]
        {
            assert_eq!(Country::typed(typed).map(Country::code), Ok("KR"), "{typed}");
        }
        assert_eq!(Country::typed("ㅂㅎ"), Err(Invalid::UnknownCountry("ㅂㅎ".into())), "as it is typed");
        assert_eq!(Country::typed("Atlantis"), Err(Invalid::UnknownCountry("Atlantis".into())));
        assert_eq!(Country::typed(" "), Err(Invalid::Missing));
        let found = |typed: &str| Country::beginning_with(typed).into_iter().take(3).map(Country::code).collect::<Vec<_>>();
        assert_eq!(found("kr"), ["KR"]);
        assert!(found("kor").contains(&"KR"), "by a word of its name");
        assert_eq!(found("日")[0], "JP");
        assert_eq!(found("대한"), ["KR"]);
        // The first line of the list is the country that the field tells beside it.
        for (typed, first) in
            [("Korea", "KR"), ("UK", "GB"), ("미국", "US"), ("美国", "US"), ("United States", "US"), ("America", "US")]
        {
            assert_eq!(found(typed).first(), Some(&first), "{typed}");
        }
        assert!(found("xyz").is_empty());
        for (country, _) in Country::all() {
            assert_eq!(country.names().count(), NAME_LANGUAGES.len(), "{country}");
        }
    }

    #[test]
    fn countries_are_known_by_the_names_people_use() {
        for (code, names) in [
            ("HK", "Hong Kong|hong-kong|HONG KONG SAR|홍콩|香港|ホンコン|HK|HKG|Hong Kong, China"),
            ("MO", "Macao|Macau|澳門|澳门|マカオ|마카오|Macao SAR"),
            ("TR", "Turkey|Türkiye|TURKIYE|터키|튀르키예|トルコ|土耳其"),
            ("DE", "Germany|Deutschland|독일|ドイツ|德国|德國|Allemagne|Federal Republic of Germany"),
            ("KR", "Korea, Republic of|Republic of Korea|Korea (the Republic of)|Korea (South)|Korea South|ROK|大韓民国"),
            ("KP", "Korea, Democratic People's Republic of|North Korea|북한"),
            ("NL", "The Netherlands|Netherlands|Holland|Nederland|Netherlands, Kingdom of the|네덜란드"),
            ("US", "U.S.|U.S.A.|USA|United States of America|America|米国|アメリカ|美国|美國|미국|\u{200b}US"),
            (
                "GB",
                "UK|U.K.|United Kingdom|Great Britain|England|영국|イギリス|英国|United Kingdom of Great Britain and Northern Ireland",
            ),
            ("CI", "Côte d'Ivoire|Côte d’Ivoire|Cote d'Ivoire|COTE D´IVOIRE|Ivory Coast|コートジボワール"),
            ("XK", "Kosovo|XK|XKX|코소보|コソボ|科索沃|Kosova"),
            ("TW", "Taiwan|Taiwan, Province of China|臺灣|台湾|台灣|대만|Taiwan (R.O.C.)"),
            ("CN", "China|P.R. China|PRC|People's Republic of China|中国|中國|중국"),
            ("JP", "Japan|日本|일본|にほん|Nippon"),
            ("AT", "Austria|Österreich|오스트리아|Autriche"),
            ("CH", "Switzerland|Schweiz|Suisse|Svizzera|스위스|スイス|瑞士"),
            ("ES", "Spain|España|スペイン"),
            ("CZ", "Czechia|Czech Republic|Česko"),
            ("VN", "Vietnam|Viet Nam|Việt Nam|베트남|越南"),
            ("RU", "Russia|Russian Federation|Россия|러시아"),
            ("IR", "Iran|Iran, Islamic Republic of"),
            ("BO", "Bolivia|Bolivia, Plurinational State of|Bolivia (Plurinational State of)"),
            ("VE", "Venezuela|Venezuela, Bolivarian Republic of"),
            ("TZ", "Tanzania, United Republic of|Tanzania"),
            ("MD", "Moldova, Republic of|Moldova"),
            ("LA", "Lao People's Democratic Republic|Laos"),
            ("CD", "Congo, The Democratic Republic of the|DR Congo|Congo-Kinshasa"),
            ("BA", "Bosnia and Herzegovina|Bosnia & Herzegovina"),
            ("LC", "Saint Lucia|St. Lucia|St Lucia"),
            ("CW", "Curaçao|Curacao"),
            ("AE", "UAE|U.A.E.|United Arab Emirates|아랍에미리트"),
            ("GR", "Greece|Ελλάδα|그리스"),
            ("SE", "Sweden|Sverige"),
            ("PL", "Poland|Polska|폴란드"),
            ("HU", "Hungary|Magyarország"),
            ("SA", "Saudi Arabia|KSA|사우디아라비아|沙特阿拉伯"),
        ] {
            for name in names.split('|') {
                assert_eq!(Country::typed(name).map(Country::code), Ok(code), "{name}");
            }
        }
        for none in ["the", "Republic", "Congoo", "-"] {
            assert!(Country::typed(none).is_err(), "{none}");
        }
    }

    #[test]
    fn initial_consonants_find_a_country_by_its_korean_name() {
        let found = |typed: &str| Country::beginning_with(typed).into_iter().map(Country::code).collect::<Vec<_>>();
        assert_eq!(found("ㄷㅎㅁㄱ"), ["KR"]);
        assert_eq!(found("ㄷㅎ").first(), Some(&"KR"));
        assert!(found("ㅇㅂ").contains(&"JP") && found("ㅁㄱ").contains(&"US"));
        assert_eq!(found("ㅋㅋㅋㅋㅋ"), [""; 0]);
    }

    #[test]
    fn every_name_means_one_country() {
        let mut known: HashMap<String, &str> = HashMap::new();
        for (code, names) in lines(COUNTRY_NAMES).chain(lines(COUNTRY_ALIASES)) {
            for name in names.split('|') {
                assert_eq!(Country::typed(name).map(Country::code), Ok(code), "{name}");
                let other = known.insert(key(name), code);
                assert!(other.is_none_or(|other| other == code), "{name}: {other:?} and {code}");
            }
        }
        assert!(known.len() > 2_000);
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
