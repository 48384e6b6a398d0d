//! Several spellings of one company at one street, as one import brings them; no storage.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::customer::{Address, Duns};
use super::fold::{fold, recognised};
use super::suggest::Squeezed;
use super::text::Line;

/// Most companies that are remembered while a file is read; spellings of others are not noticed.
const REMEMBERED: usize = 100_000;
/// Most companies of which the spellings are told.
const TOLD: usize = 20;

/// The first spelling of a company with its number, and where the others are told.
type Seen = (Box<str>, Option<Duns>, Option<usize>);

/// Sees customers one after the other.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    /// By name without legal form, country and street: the first spelling, and where in `several` the others are.
    seen: HashMap<(String, String), Seen>,
    several: Vec<Vec<String>>,
    count: usize,
}

impl Spellings {
    /// Sees a customer. One whose street nobody knows says nothing, and two D-U-N-S numbers are two companies.
    pub fn see(&mut self, name: &Line, address: &Address, duns: Option<Duns>) {
        let Some(street) = &address.line1 else { return };
        let country = address.country.map_or("", |country| country.code());
        let Some(Squeezed { text, .. }) = Squeezed::of_letters(name.as_str()) else { return };
        let key = (text, format!("{country} {}", fold(street.as_str())));
        if self.seen.len() >= REMEMBERED && !self.seen.contains_key(&key) {
            return;
        }
        let (first, number, place) = match self.seen.entry(key) {
            Entry::Vacant(free) => {
                free.insert((name.as_str().into(), duns, None));
                return;
            }
            Entry::Occupied(known) => known.into_mut(),
        };
        let same = |other: &str| recognised(other) == recognised(name.as_str());
        if same(first) || number.zip(duns).is_some_and(|(one, other)| one != other) {
            return;
        }
        match place {
            Some(place) => {
                if let Some(spellings) = self.several.get_mut(*place)
                    && !spellings.iter().any(|other| same(other))
                {
                    spellings.push(name.to_string());
                }
            }
            None => {
                self.count += 1;
                *place = Some(self.several.len());
                if self.several.len() < TOLD {
                    self.several.push(vec![first.to_string(), name.to_string()]);
                }
            }
        }
    }

    /// Returns how many companies stand under several spellings, and the spellings of the first of them.
    pub fn several(&self) -> (usize, &[Vec<String>]) {
        (self.count, &self.several)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::Country;

    fn at(country: &str, street: Option<&str>) -> Address {
        let line = |text: &str| Line::parse(text).unwrap();
        Address { line1: street.map(line), country: Country::parse(country).ok(), ..Address::default() }
    }

    #[test]
    fn spellings_of_one_company_at_one_street_are_noticed() {
        let mut spellings = Spellings::default();
        let mut see = |name: &str, country: &str, street: Option<&str>, duns: Option<&str>| {
            spellings.see(&Line::parse(name).unwrap(), &at(country, street), duns.map(|duns| Duns::parse(duns).unwrap()));
        };
        let here = Some("테헤란로 1");
        see("한빛정밀 주식회사", "KR", here, None);
        see("(주)한빛정밀", "KR", here, None);
        see("㈜한빛정밀", "KR", here, None);
        see("㈜ 한빛 정밀", "KR", Some("테헤란로 １"), None);
        see("한빛정밀 주식회사", "KR", here, None);
        see("한빛정밀", "KR", Some("세종대로 2"), None);
        see("髙島製作所", "JP", Some("1-2-3"), None);
        see("高島製作所株式会社", "JP", Some("1‑2‑3"), None);
        see("Contoso Ltd", "US", Some("1 Main St"), Some("081466849"));
        see("Contoso Inc", "US", Some("1 Main St"), Some("081466850"));
        see("Fabrikam Ltd", "US", None, None);
        see("Fabrikam Inc", "US", None, None);
        see("Litware", "US", Some("1 Main St"), None);
        see("LITWARE", "US", Some("1 Main St"), None);
        let (count, several) = spellings.several();
        assert_eq!(count, 2);
        assert_eq!(several[0], ["한빛정밀 주식회사", "(주)한빛정밀", "㈜ 한빛 정밀"], "half a width is no other spelling");
        assert_eq!(several[1], ["髙島製作所", "高島製作所株式会社"]);
    }
}
