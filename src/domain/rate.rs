//! Exchange rates as they were on days, and what an amount comes to in another currency by them; whole numbers only, rounded once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::amount::{Amount, Mark};
use super::date::Date;
use super::invalid::Invalid;
use super::money::Currency;
use super::text::plain;

mod home;
mod scale;

pub use home::{HomeRange, HomeRates};
pub use scale::{HomeScale, Worth};

/// How many units of one currency one unit of another is: an exact decimal above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor {
    digits: u64,
    decimals: u32,
}

/// Most decimals of a rate.
const DECIMALS: u32 = 12;
/// Digits of a rate are below this: what two of them and the decimals of two currencies come to is a whole number of 128 bits.
const DIGITS: u64 = 100_000_000_000_000_000;

impl Factor {
    /// Reads a rate as people and programs write it: `1.0842`, `1,0842`, `1385.2`, `1,385.20`.
    ///
    /// # Errors
    /// As [`Factor::in_file`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        Self::in_file(typed, None)
    }

    /// Reads a rate; `mark` is the decimal mark that its file proves.
    ///
    /// # Errors
    /// [`Invalid::Missing`], [`Invalid::NotARate`], [`Invalid::TwoReadings`] of `1,385`, where nothing settles it.
    pub fn in_file(typed: &str, mark: Option<Mark>) -> Result<Self, Invalid> {
        let wrong = || Invalid::NotARate(typed.trim().to_owned());
        let amount = amount(typed)?.ok_or_else(wrong)?;
        let scaled = amount.settled(DECIMALS, mark)?.minor(DECIMALS).and_then(|scaled| u128::try_from(scaled).ok());
        let (mut digits, mut decimals) = (scaled.filter(|scaled| *scaled > 0).ok_or_else(wrong)?, DECIMALS);
        while decimals > 0 && digits.is_multiple_of(10) {
            (digits, decimals) = (digits / 10, decimals - 1);
        }
        let digits = u64::try_from(digits).ok().filter(|digits| *digits < DIGITS).ok_or_else(wrong)?;
        Ok(Self { digits, decimals })
    }

    /// Returns the decimal mark that nothing but the writing of a rate proves.
    pub fn proves(typed: &str) -> Option<Mark> {
        // Of `1,0842` it is the number of digits that does.
        let is_long = decimal_comma(&plain(typed)).is_some();
        amount(typed).ok().flatten()?.proves().map(|mark| if is_long { Mark::Comma } else { mark })
    }

    fn ratio(self) -> Ratio {
        Ratio { over: u128::from(self.digits), under: 10_u128.pow(self.decimals) }
    }
}

/// Reads the number of a rate; `None` where it is none.
fn amount(typed: &str) -> Result<Option<Amount>, Invalid> {
    let text = plain(typed);
    if text.is_empty() {
        return Err(Invalid::Missing);
    }
    let is_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,'’".contains(c);
    if !text.chars().all(is_number) {
        return Ok(None);
    }
    let text = decimal_comma(&text).map_or(text.clone(), |(before, behind)| format!("{before}.{behind}"));
    Ok(Amount::parse(&text).ok())
}

/// Returns what stands before and behind a comma that can only be a decimal mark: amounts with so many digits behind one are slips,
/// rates are written so.
fn decimal_comma(text: &str) -> Option<(&str, &str)> {
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    text.split_once(',').filter(|(before, behind)| behind.len() > 3 && is_digits(behind) && is_digits(before))
}

impl fmt::Display for Factor {
    /// Digits and a decimal point.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.decimals as usize;
        let digits = format!("{:0width$}", self.digits, width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { f.write_str(whole) } else { write!(f, "{whole}.{fraction}") }
    }
}

super::as_text!(Factor, |text| Factor::parse(text));

/// What one unit of a currency was in another on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub on: Date,
    pub from: Currency,
    pub to: Currency,
    pub rate: Factor,
}

impl Rate {
    /// Joins what a rate is made of.
    ///
    /// # Errors
    /// [`Invalid::SameCurrency`] where both are the same.
    pub fn new(on: Date, from: Currency, to: Currency, rate: Factor) -> Result<Self, Invalid> {
        if from == to { Err(Invalid::SameCurrency(from)) } else { Ok(Self { on, from, to, rate }) }
    }
}

/// An amount in another currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Converted {
    pub currency: Currency,
    /// In smallest units.
    pub minor: i128,
    /// The day of the rate that was used, of two the older one; `None` where nothing had to be converted.
    pub on: Option<Date>,
}

/// Rates of many days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rates {
    /// By the numbers of both currencies, then by day.
    pairs: BTreeMap<(u16, u16), BTreeMap<Date, Factor>>,
}

/// A way from one currency to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Way {
    ratio: Ratio,
    on: Date,
}

impl Rates {
    /// No rate at all.
    pub const NONE: &'static Self = &Self { pairs: BTreeMap::new() };

    /// Adds a rate; it takes the place of one of the same currencies and day.
    pub fn add(&mut self, rate: Rate) {
        self.pairs.entry((rate.from.number(), rate.to.number())).or_default().insert(rate.on, rate.rate);
    }

    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Converts so many smallest units by the latest rate on or before a day, rounded once, half to even: by the rate of the pair, by
    /// that of the pair the other way round, or over a third currency that both have a rate with. The way whose older rate is the
    /// newest is taken, of several the shortest, then that over the first currency by its number. `None` where there is no way.
    pub fn convert_minor(&self, minor: i128, from: Currency, to: Currency, on: Date) -> Option<Converted> {
        if from == to {
            return Some(Converted { currency: to, minor, on: None });
        }
        let way = self.way(from, to, on)?;
        let Ratio { over, under } = way.ratio;
        let (over, under) = (over.checked_mul(10_u128.pow(to.decimals()))?, under.checked_mul(10_u128.pow(from.decimals()))?);
        let parts = i128::try_from(scaled(minor.unsigned_abs(), over, under)?).ok()?;
        Some(Converted { currency: to, minor: if minor < 0 { -parts } else { parts }, on: Some(way.on) })
    }

    fn way(&self, from: Currency, to: Currency, on: Date) -> Option<Way> {
        let (from, to) = (from.number(), to.number());
        let straight = self.leg(from, to, on);
        let thirds: BTreeSet<u16> = self.pairs.keys().flat_map(|(one, other)| [*one, *other]).collect();
        let over = thirds.into_iter().filter(|third| *third != from && *third != to).filter_map(|third| {
            let (first, second) = (self.leg(from, third, on)?, self.leg(third, to, on)?);
            Some(Way { ratio: first.ratio.times(second.ratio)?, on: first.on.min(second.on) })
        });
        straight.into_iter().chain(over).reduce(|best, way| if way.on > best.on { way } else { best })
    }

    /// Returns the newer of a rate and its inverse.
    fn leg(&self, from: u16, to: u16, on: Date) -> Option<Way> {
        let latest = |pair| self.pairs.get(&pair)?.range(..=on).next_back();
        let straight = latest((from, to)).map(|(on, rate)| Way { ratio: rate.ratio(), on: *on });
        let turned = latest((to, from)).map(|(on, rate)| Way { ratio: rate.ratio().turned(), on: *on });
        straight.into_iter().chain(turned).reduce(|best, way| if way.on > best.on { way } else { best })
    }
}

impl FromIterator<Rate> for Rates {
    fn from_iter<I: IntoIterator<Item = Rate>>(rates: I) -> Self {
        let mut all = Self::default();
        rates.into_iter().for_each(|rate| all.add(rate));
        all
    }
}

/// A fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ratio {
    over: u128,
    under: u128,
}

impl Ratio {
    const fn turned(self) -> Self {
        Self { over: self.under, under: self.over }
    }

    fn times(self, other: Self) -> Option<Self> {
        Some(Self { over: self.over.checked_mul(other.over)?, under: self.under.checked_mul(other.under)? })
    }
}

/// Returns `number * over / under`, rounded half to even; `None` where that is more than 128 bits hold.
fn scaled(number: u128, over: u128, under: u128) -> Option<u128> {
    let (quotient, left) = divided(number, over, under)?;
    let is_up = match left.cmp(&(under - left)) {
        std::cmp::Ordering::Equal => quotient % 2 == 1,
        order => order.is_gt(),
    };
    quotient.checked_add(u128::from(is_up))
}

/// Returns how often `under` is in `number * over`, and what is left; `None` where that is more than 128 bits hold.
fn divided(number: u128, over: u128, under: u128) -> Option<(u128, u128)> {
    let ((high, low), left) = divided_whole(number, over, under);
    (high == 0).then_some((low, left))
}

/// As [`divided`], however often it is: the upper and the lower half of that.
fn divided_whole(number: u128, over: u128, under: u128) -> ((u128, u128), u128) {
    let (high, low) = product(number, over);
    let digits = if high == 0 { 128 - low.leading_zeros() } else { 256 - high.leading_zeros() };
    // Digit by digit, as on paper: what is left is always less than what is divided by.
    let (mut left, mut quotient) = (0_u128, (0_u128, 0_u128));
    for bit in (0..digits).rev() {
        let next = if bit >= 128 { high >> (bit - 128) } else { low >> bit } & 1;
        let carried = left >> 127 == 1;
        left = left << 1 | next;
        let fits = carried || left >= under;
        if fits {
            left = left.wrapping_sub(under);
        }
        quotient = (quotient.0 << 1 | quotient.1 >> 127, quotient.1 << 1 | u128::from(fits));
    }
    (quotient, left)
}

/// Returns the upper and the lower half of a product.
const fn product(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a_high, a_low, b_high, b_low) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let low = a_low * b_low;
    let middle = a_high * b_low + (low >> 64);
    let other = a_low * b_high + (middle & LOW);
    (a_high * b_high + (middle >> 64) + (other >> 64), other << 64 | low & LOW)
}

#[cfg(test)]
mod tests;
