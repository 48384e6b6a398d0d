//! The customer of a deal: legal name, D-U-N-S number, address and contact.

use std::fmt;

use serde::{Deserialize, Serialize};

pub use super::company::bare_name;
use super::contact::Person;
pub use super::country::{Country, NAME_LANGUAGES};
use super::invalid::Invalid;
use super::text::{Line, plain};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The legal name.
    pub name: Line,
    pub duns: Option<Duns>,
    pub address: Address,
    /// The customer's person; needed, with consent, only for a help request (MG-30, MG-31).
    pub contact: Option<Person>,
}

impl Customer {
    /// Returns whether another is it, as far as both tell: the same name seen through company forms, and no other entity.
    pub fn may_be(&self, other: &Self) -> bool {
        let name = bare_name(self.name.as_str());
        !name.is_empty() && name == bare_name(other.name.as_str()) && !is_other_entity(self.entity(), other.entity())
    }

    /// Returns what tells it from others of its name.
    pub const fn entity(&self) -> Entity {
        (self.duns, self.address.country)
    }
}

/// What tells customers of one name apart, as far as it is known.
pub type Entity = (Option<Duns>, Option<Country>);

/// Returns whether customers of one name are taken together, among `all` of that name: they may be the same, and none of the others is
/// one of them as well and certainly not the other. What tells too little to say which of two it is, is neither.
pub fn is_same_entity(one: Entity, other: Entity, all: &[Entity]) -> bool {
    let between = |third: &Entity| is_other_entity(*third, one) != is_other_entity(*third, other);
    !is_other_entity(one, other) && !all.iter().any(between)
}

/// Returns whether customers of one name are two entities: both have a D-U-N-S number or a country, and not the same.
pub fn is_other_entity(one: Entity, other: Entity) -> bool {
    one.0.zip(other.0).is_some_and(|(one, other)| one != other) || one.1.zip(other.1).is_some_and(|(one, other)| one != other)
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

impl Address {
    /// Returns its lines in the order in which they are written in its country, and whether the largest place comes first.
    pub fn lines(&self) -> (Vec<&Line>, bool) {
        let largest_first = self.country.is_some_and(Country::begins_with_the_largest);
        let lines = if largest_first {
            [&self.postal_code, &self.state, &self.city, &self.line1, &self.line2]
        } else {
            [&self.line1, &self.line2, &self.city, &self.state, &self.postal_code]
        };
        (lines.into_iter().flatten().collect(), largest_first)
    }

    /// Returns whether another has this postal code without the zeros that it begins with, as a spreadsheet leaves it: the same number,
    /// with fewer digits than any postal code of the country has.
    pub fn lost_zeros_in(&self, other: &Self) -> bool {
        let digits = |code: &Option<Line>| {
            let code = code.as_ref().map(Line::as_str).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
            code.map(str::to_owned)
        };
        let country = other.country.or(self.country).filter(|country| self.country.is_none_or(|known| known == *country));
        let (Some(known), Some(said), Some(country)) = (digits(&self.postal_code), digits(&other.postal_code), country) else {
            return false;
        };
        country.postal_digits() == Some(known.len()) && known.starts_with('0') && known.trim_start_matches('0') == said
    }
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

    /// Reads the number of a file that a spreadsheet may have touched: lost leading zeros are put back, however many, and a number
    /// that became one with decimals (`81466849.0`) is read. Nothing, and nothing but zeros, is no number: programs fill the cell
    /// with them.
    ///
    /// # Errors
    /// [`Invalid::NotADuns`].
    pub fn in_file(raw: &str) -> Result<Option<Self>, Invalid> {
        match Self::digits(raw, 1) {
            Err(Invalid::Missing) | Ok(Self(0)) => Ok(None),
            read => read.map(Some),
        }
    }

    fn digits(text: &str, fewest: usize) -> Result<Self, Invalid> {
        let digits: String = plain(text).chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        if digits.is_empty() {
            return Err(Invalid::Missing);
        }
        let digits = digits.strip_suffix(".0").filter(|_| fewest < 9).unwrap_or(&digits);
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
    fn a_postal_code_without_its_zeros_is_told_from_another_one() {
        let address = |code: &str, country: &str| Address {
            postal_code: Line::parse(code).ok(),
            country: Country::parse(country).ok(),
            ..Address::default()
        };
        for (known, said, country, lost) in [
            ("04524", "4524", "KR", true),
            ("00501", "501", "US", true),
            ("0600001", "600001", "JP", true),
            ("04524", "04524", "KR", false),
            ("04524", "4525", "KR", false),
            ("4524", "04524", "KR", false),
            ("14524", "4524", "KR", false),
            ("04524", "4524", "GB", false),
            ("04524", "", "KR", false),
            ("04109 Leipzig", "4109 Leipzig", "DE", false),
        ] {
            assert_eq!(address(known, country).lost_zeros_in(&address(said, country)), lost, "{known} {said} {country}");
        }
        assert!(!address("04524", "KR").lost_zeros_in(&address("4524", "US")), "another country");
    }

    #[test]
    fn a_customer_is_the_same_by_its_bare_name_unless_number_or_country_tell_two_entities() {
        let customer = |name: &str, duns: &str, country: &str| Customer {
            name: Line::parse(name).unwrap(),
            duns: Duns::parse(duns).ok(),
            address: Address { country: Country::parse(country).ok(), ..Address::default() },
            contact: None,
        };
        let hanbit = customer("한빛정밀 주식회사", "081466849", "KR");
        assert!(hanbit.may_be(&customer("(주)한빛정밀", "", "")) && hanbit.may_be(&customer("㈜한빛정밀", "081466849", "KR")));
        assert!(!hanbit.may_be(&customer("한빛정밀", "081466857", "")) && !hanbit.may_be(&customer("한빛정밀", "", "JP")));
        assert!(!hanbit.may_be(&customer("한빛정공", "", "")));
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
        for (eaten, kept) in [
            ("466849", "000466849"),
            ("1", "000000001"),
            ("12-345", "000012345"),
            ("81466849.0", "081466849"),
            ("\u{200e}081466849\u{a0}", "081466849"),
        ] {
            assert_eq!(Duns::in_file(eaten).unwrap().unwrap().to_string(), kept, "{eaten}");
        }
        for bad in ["1234567890", "12a", "8.1E7", "-"] {
            assert!(Duns::in_file(bad).is_err() || bad == "-", "{bad}");
        }
    }
}
