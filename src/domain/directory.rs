//! What is known before a deal is made: customers of the directory, solutions of the catalogue; how they are found is in `suggest`.

use super::customer::{Address, Customer, Duns};
use super::fold::fold;
use super::solution::{Owner, Solution};
use super::text::Line;

/// A customer as the directory has it: its country is the one of its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCustomer {
    pub name: Line,
    pub duns: Option<Duns>,
    pub address: Address,
    /// Whether a deal has it.
    pub used: bool,
}

/// A solution as the catalogue has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSolution {
    pub id: Line,
    pub name: Option<Line>,
    pub owner: Owner,
    /// Whether it is of a solution-assessment type.
    pub assessment: bool,
    /// Whether a deal has it.
    pub used: bool,
}

/// How well an entry fits what was typed; the better ones are less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The whole name, its legal form aside.
    Exact,
    /// The name begins so.
    Prefix,
    /// A later word of the name begins so, or each typed word begins one.
    Word,
    /// It stands somewhere in the name.
    Inside,
    /// All of it but one letter.
    Fuzzy,
}

impl Rank {
    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Prefix => "prefix",
            Self::Word => "word",
            Self::Inside => "inside",
            Self::Fuzzy => "fuzzy",
        }
    }
}

impl KnownCustomer {
    /// Returns the entry that a deal's customer would be.
    pub fn of(customer: &Customer) -> Self {
        Self { name: customer.name.clone(), duns: customer.duns, address: customer.address.clone(), used: true }
    }

    /// Returns a number that entries of the same name, country and city share, and hardly any others.
    pub fn identity(&self) -> i64 {
        let city = self.address.city.as_ref().map_or("", Line::as_str);
        let country = self.address.country.map_or("", |country| country.code());
        let parts = [fold(self.name.as_str()), country.to_owned(), fold(city)];
        hash(parts.join("\u{1F}").as_bytes()).cast_signed()
    }

    /// Returns a number of the street, which tells the legal entities of one company in one city apart (MG-26); `None` where
    /// nobody knows it.
    pub fn street(&self) -> Option<u32> {
        let street = self.address.line1.as_ref()?;
        Some((hash(fold(street.as_str()).as_bytes()) >> 32) as u32)
    }

    /// Returns this entry with what a newer source says of it; what that leaves open stays.
    pub fn updated(&self, newer: &Self) -> Self {
        let pick = |new: &Option<Line>, old: &Option<Line>| new.clone().or_else(|| old.clone());
        let (old, new) = (&self.address, &newer.address);
        Self {
            name: newer.name.clone(),
            duns: newer.duns.or(self.duns),
            address: Address {
                line1: pick(&new.line1, &old.line1),
                line2: pick(&new.line2, &old.line2),
                city: pick(&new.city, &old.city),
                state: pick(&new.state, &old.state),
                postal_code: pick(&new.postal_code, &old.postal_code),
                country: new.country.or(old.country),
            },
            used: self.used || newer.used,
        }
    }
}

impl KnownSolution {
    /// Returns the entry that a deal's solution would be.
    pub fn of(solution: &Solution) -> Self {
        Self { id: solution.id.clone(), name: solution.name.clone(), owner: solution.owner, assessment: false, used: true }
    }

    /// Returns the entry with what a deal says of it, where the catalogue leaves that open.
    pub fn filled(&self, deal: &Self) -> Self {
        Self {
            id: self.id.clone(),
            name: self.name.clone().or_else(|| deal.name.clone()),
            owner: if self.owner == Owner::Unknown { deal.owner } else { self.owner },
            assessment: self.assessment,
            used: self.used || deal.used,
        }
    }
}

/// FNV-1a: its numbers are stored, so that no library's next version may change them.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Returns whether one letter more, less or other, or two neighbours exchanged, make `a` of `b`.
pub fn one_edit_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match a.len().abs_diff(b.len()) {
        0 if a.is_empty() => false,
        0 => a[1..] == b[1..] || (a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]),
        1 if a.len() < b.len() => a == &b[1..],
        1 => &a[1..] == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_makes_the_difference() {
        for (a, b, apart) in [
            ("한빛정밀", "한빛정멸", true),
            ("northwind", "norhtwind", true),
            ("northwind", "nrthwind", true),
            ("northwind", "northwinds", true),
            ("northwind", "northwind", false),
            ("northwind", "nortwhindd", false),
            ("abcd", "badc", false),
            ("", "a", true),
        ] {
            assert_eq!((one_edit_apart(a, b), one_edit_apart(b, a)), (apart, apart), "{a} {b}");
        }
    }
}
