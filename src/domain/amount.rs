//! Amounts before they meet their currency: every way in which people write them, and what such a writing leaves open; money is `money.rs`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::amount_words::{Counted, counted, spoken};
use super::invalid::Invalid;
use super::money::{Currency, Money};
use super::text::{is_apostrophe, is_dash, is_unseen};

/// The character that stands before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Point,
    Comma,
}

/// What the writing of an amount says beside its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Plain,
    /// It can only be read with this decimal mark.
    Proves(Mark),
    /// One such mark before exactly three digits: it groups, or it stands before decimals.
    Open(Mark),
    /// In lakh and crore.
    SouthAsian,
}

/// A decimal number that has not met its currency yet: `digits` times ten to the minus `decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    digits: i128,
    /// Of one that is open: none, as if the mark grouped.
    decimals: u32,
    written: Written,
}

/// Digits behind a mark that may group.
const GROUP: u32 = 3;

impl Amount {
    /// Reads an amount as people write it: `84m`, `1.2k`, `1,200,000`, `1.200.000,50`, `1’200`, `12 500,00`, `₩ 84,000,000`, `8,400만`,
    /// `1억 2,000만`, `1억 2천5백만원`, `천만원`, `一亿`, `3.5億円`, `12,50,000`, `12.5 lakh`, `2 crore`, full-width digits. Marks that show nothing are passed over.
    ///
    /// One mark before exactly three digits is left open: [`Amount::settled`], and joining it with its currency, decide.
    ///
    /// # Errors
    /// [`Invalid::Missing`], [`Invalid::NotAnAmount`], [`Invalid::TooLarge`]; [`Invalid::TwoReadings`] of `1억 2천`, which leaves out
    /// its last unit or has none.
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        let wrong = || Invalid::NotAnAmount(typed.trim().to_owned());
        let plain = plain(typed);
        if plain.is_empty() {
            return Err(Invalid::Missing);
        }
        let (plain, negative) = plain.strip_prefix('-').map_or((plain.as_str(), false), |rest| (rest, true));
        let bare = plain.trim_start_matches(SIGNS).trim_end_matches(SIGNS);
        // `만원` is a sum, and `만` a number that was forgotten.
        let is_unit = bare == plain && bare.chars().count() == 1 && !bare.contains(|c: char| c.is_ascii_digit());
        let plain = bare;
        if plain.is_empty() || is_unit {
            return Err(wrong());
        }
        let counted = counted(plain, |number| number_of(number).is_some()).ok_or_else(wrong)?;
        let sum = Self::sum(&counted)?.ok_or_else(wrong)?;
        if let Some(longer) = spoken(&counted) {
            let one = Self::sum(&longer)?.ok_or_else(wrong)?;
            return Err(Invalid::TwoReadings { one: one.shortest().to_string(), other: sum.shortest().to_string() });
        }
        Ok(Self { digits: if negative { -sum.digits } else { sum.digits }, ..sum }.shortest())
    }

    /// Adds up what is counted: each in a smaller unit than the one before, of which it does not come to one; `None` where it makes no sense.
    fn sum(counted: &[Counted<'_>]) -> Result<Option<Self>, Invalid> {
        let mut sum: Option<(Self, u32)> = None;
        for Counted { number, power, is_indian } in counted {
            let Some(read) = number_of(number) else { return Ok(None) };
            if read.whole.len() + read.fraction.len() > 24 {
                return Err(Invalid::TooLarge);
            }
            let Ok(digits) = format!("0{}{}", read.whole, read.fraction).parse() else { return Ok(None) };
            let decimals = u32::try_from(read.fraction.len()).unwrap_or(u32::MAX);
            let written = if *is_indian { Written::SouthAsian } else { read.written };
            let part = Self { digits, decimals, written };
            // A unit behind it leaves nothing open: `1.250m` has decimals, `1,250m` groups.
            let part = if *power == 0 && sum.is_none() { part } else { part.times_ten_to(*power) };
            let whole = match sum {
                Some((_, above)) if *power >= above || part.reaches(above) => return Ok(None),
                Some((sum, _)) => sum.plus(part),
                None => part,
            };
            sum = Some((whole, *power));
        }
        Ok(sum.map(|(sum, _)| sum))
    }

    /// Returns whether it comes to ten to a power.
    fn reaches(self, power: u32) -> bool {
        self.digits >= 10_i128.saturating_pow(power.saturating_add(self.decimals))
    }

    /// Reads a number as programs write it: digits, and decimals behind a point, whatever their number.
    ///
    /// # Errors
    /// [`Invalid::Missing`], [`Invalid::NotAnAmount`], [`Invalid::TooLarge`].
    pub fn machine(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Missing);
        }
        let (digits, negative) = text.strip_prefix('-').map_or((text, false), |digits| (digits, true));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let shaped = !whole.is_empty() && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
        if !shaped || digits.ends_with('.') {
            return Err(Invalid::NotAnAmount(text.to_owned()));
        }
        if digits.len() > 25 {
            return Err(Invalid::TooLarge);
        }
        let number: i128 = format!("{whole}{fraction}").parse().map_err(|_| Invalid::TooLarge)?;
        let decimals = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        Ok(Self { digits: if negative { -number } else { number }, decimals, written: Written::Plain }.shortest())
    }

    /// Returns the decimal mark that nothing but its own writing proves (`1.234,5` the comma, `1,250,000` the point); what of it is
    /// open in another cell of the same file is settled by that.
    pub const fn proves(self) -> Option<Mark> {
        match self.written {
            Written::Proves(mark) => Some(mark),
            Written::Plain | Written::Open(_) | Written::SouthAsian => None,
        }
    }

    /// Returns the mark that may group or stand before three decimals.
    pub const fn open(self) -> Option<Mark> {
        match self.written {
            Written::Open(mark) => Some(mark),
            Written::Plain | Written::Proves(_) | Written::SouthAsian => None,
        }
    }

    /// Returns both readings of one that is open: grouped, and with decimals.
    pub fn readings(self) -> [Self; 2] {
        let grouped = Self { written: Written::Plain, ..self };
        [grouped, Self { decimals: GROUP, ..grouped }.shortest()]
    }

    /// Returns the amount as a currency of so many decimals has it; `mark` is the decimal mark that its file proves.
    ///
    /// Where there are fewer than three decimals a mark before exactly three digits groups, unless the file proves a decimal
    /// point and it is one. Where there are three, a point stands before decimals, and a comma is either.
    ///
    /// # Errors
    /// [`Invalid::TwoReadings`] of such a comma, where nothing settles it.
    pub fn settled(self, decimals: u32, mark: Option<Mark>) -> Result<Self, Invalid> {
        let Some(open) = self.open() else { return Ok(self) };
        let [grouped, decimal] = self.readings();
        let three = decimals >= GROUP;
        match (open, mark) {
            (Mark::Point, Some(Mark::Comma)) | (Mark::Comma, Some(Mark::Point)) => Ok(grouped),
            (Mark::Point, Some(Mark::Point)) => Ok(decimal),
            (Mark::Comma, Some(Mark::Comma)) | (Mark::Point, None) => Ok(if three { decimal } else { grouped }),
            (Mark::Comma, None) if three => Err(Invalid::TwoReadings { one: grouped.to_string(), other: decimal.to_string() }),
            (Mark::Comma, None) => Ok(grouped),
        }
    }

    /// Returns whether it is written in lakh and crore.
    pub(super) fn is_south_asian(self) -> bool {
        self.written == Written::SouthAsian
    }

    fn plus(self, other: Self) -> Self {
        let decimals = self.decimals.max(other.decimals);
        let raised = |amount: Self| amount.digits.saturating_mul(10_i128.saturating_pow(decimals - amount.decimals));
        Self { digits: raised(self).saturating_add(raised(other)), decimals, written: self.written }
    }

    /// Returns the sign of money beside a typed amount where it stands for other currencies than `currency` (`€500`, USD).
    pub fn wrong_sign(typed: &str, currency: Currency) -> Option<char> {
        signs_of(typed).find(|(_, codes, _)| !codes.contains(&currency.code())).map(|(sign, ..)| sign)
    }

    /// Returns the currencies that all signs of money beside a typed amount stand for, none where they contradict each other, and whether
    /// the first one is meant where nothing else is said; `None` where there is no sign.
    pub fn signs(typed: &str) -> Option<(Vec<Currency>, bool)> {
        let (_, codes, is_usual) = signs_of(typed).next()?;
        let mut of: Vec<Currency> = codes.iter().filter_map(|code| Currency::from_code(code)).collect();
        signs_of(typed).for_each(|(_, codes, _)| of.retain(|currency| codes.contains(&currency.code())));
        Some((of, is_usual))
    }

    pub const fn is_positive(self) -> bool {
        self.digits > 0
    }

    fn times_ten_to(self, power: u32) -> Self {
        let this = match self.written {
            Written::Open(Mark::Point) => Self { decimals: GROUP, written: Written::Plain, ..self },
            Written::Open(Mark::Comma) => Self { written: Written::Plain, ..self },
            Written::Plain | Written::Proves(_) | Written::SouthAsian => self,
        };
        let from_decimals = power.min(this.decimals);
        let digits = this.digits.saturating_mul(10_i128.saturating_pow(power - from_decimals));
        Self { digits, decimals: this.decimals - from_decimals, ..this }
    }

    fn shortest(mut self) -> Self {
        while self.decimals > 0 && self.digits % 10 == 0 {
            self = Self { digits: self.digits / 10, decimals: self.decimals - 1, ..self };
        }
        self
    }

    /// Returns the number of smallest units that is not above this amount, and whether it is exactly that.
    pub fn floor_minor(self, decimals: u32) -> (i128, bool) {
        match decimals.checked_sub(self.decimals) {
            Some(missing) => (self.digits.saturating_mul(10_i128.saturating_pow(missing)), true),
            None => {
                let unit = 10_i128.saturating_pow(self.decimals - decimals);
                (self.digits.div_euclid(unit), self.digits.rem_euclid(unit) == 0)
            }
        }
    }

    /// Returns its digits, and how many of them stand behind the decimal point.
    pub(super) const fn scaled(self) -> (i128, u32) {
        (self.digits, self.decimals)
    }

    /// Compares with money by the plain number, whatever its currency.
    pub fn compare(self, money: Money) -> Ordering {
        let decimals = money.currency().decimals();
        let ours = self.digits.saturating_mul(10_i128.pow(decimals));
        let theirs = i128::from(money.minor()).saturating_mul(10_i128.pow(self.decimals.min(24)));
        ours.cmp(&theirs)
    }

    /// Returns whether it is more than another.
    pub fn is_above(self, other: Self) -> bool {
        let raised = |amount: Self, by: u32| amount.digits.saturating_mul(10_i128.saturating_pow(by));
        raised(self, other.decimals) > raised(other, self.decimals)
    }

    /// Returns the number of smallest units of a currency with `decimals`; `None` when a part of one would be lost.
    pub fn minor(self, decimals: u32) -> Option<i128> {
        let missing = decimals.checked_sub(self.decimals)?;
        self.digits.checked_mul(10_i128.checked_pow(missing)?)
    }
}

impl fmt::Display for Amount {
    /// Digits and a decimal point.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.decimals as usize;
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.digits.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{fraction}") }
    }
}

/// Signs and words of money, which the currency beside the amount says better.
const SIGNS: [char; 10] = ['$', '€', '£', '₩', '¥', '￦', '₹', '원', '円', '元'];

/// Currencies that are written with a dollar sign.
const DOLLARS: [&str; 20] = [
    "USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "BRL", "BMD", "BND", "FJD", "JMD", "NAD",
    "TTD", "XCD",
];

/// Returns the signs of money in a text, with the currencies that each stands for and whether the first of them is meant by itself.
fn signs_of(typed: &str) -> impl Iterator<Item = (char, &'static [&'static str], bool)> {
    let wide: String = typed.nfkc().collect();
    let signs: Vec<char> = wide.chars().collect();
    signs.into_iter().filter_map(|sign| {
        let (codes, is_usual): (&[&str], bool) = match sign {
            '$' => (&DOLLARS, false),
            '€' => (&["EUR"], true),
            '£' => (&["GBP", "EGP", "FKP", "GIP", "LBP", "SHP", "SDG", "SSP", "SYP"], true),
            '₩' | '원' => (&["KRW", "KPW"], true),
            '¥' => (&["JPY", "CNY"], false),
            '₹' => (&["INR"], true),
            '円' => (&["JPY"], true),
            '元' => (&["CNY", "TWD", "HKD", "MOP", "SGD"], false),
            _ => return None,
        };
        Some((sign, codes, is_usual))
    })
}

/// Stands for every apostrophe and blank between digits, which can only group.
const GAP: char = '\'';

/// Returns what was typed in plain characters: digits, marks, units; blanks only where they stand between digits, as [`GAP`].
fn plain(typed: &str) -> String {
    // Some apostrophes are taken apart by NFKC.
    let seen = typed.chars().filter(|c| !is_unseen(*c)).map(|c| if is_apostrophe(c) { GAP } else { c });
    let chars: Vec<char> = seen.nfkc().map(|c| if is_dash(c) { '-' } else { c }).collect();
    let mut out = String::with_capacity(chars.len());
    let is_gap = |c: char| c == GAP || c == '_' || c.is_whitespace();
    for (at, c) in chars.iter().enumerate() {
        if !is_gap(*c) {
            out.push(*c);
            continue;
        }
        let follows = chars[at + 1..].iter().find(|c| !is_gap(**c)).is_some_and(char::is_ascii_digit);
        if follows && out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push(GAP);
        }
    }
    out
}

/// The digits of a number, and what its marks say.
struct Number<'a> {
    whole: Cow<'a, str>,
    fraction: &'a str,
    written: Written,
}

/// Reads a number of digits, points, commas and gaps; `None` when the marks make no sense.
fn number_of(text: &str) -> Option<Number<'_>> {
    let is_mark = |c: char| matches!(c, '.' | ',' | GAP);
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit() || is_mark(c)) || !text.contains(|c: char| !is_mark(c)) {
        return None;
    }
    let Some(last) = text.rfind(is_mark) else {
        return Some(Number { whole: text.into(), fraction: "", written: Written::Plain });
    };
    let (before, mark, behind) = (&text[..last], text[last..].chars().next()?, &text[last + 1..]);
    let decimal = match mark {
        '.' => Some(Mark::Point),
        ',' => Some(Mark::Comma),
        _ => None,
    };
    let alone = !before.contains(is_mark);
    let may_group = behind.len() == GROUP as usize && (1..=3).contains(&before.len()) && !before.starts_with('0');
    match decimal {
        Some(open) if alone && may_group => {
            Some(Number { whole: format!("{before}{behind}").into(), fraction: "", written: Written::Open(open) })
        }
        // `1,2345` is a slip; `0,500` and `1200,5` are not.
        Some(Mark::Comma) if alone && behind.len() > 3 => None,
        Some(proved) if alone => Some(Number { whole: before.into(), fraction: behind, written: Written::Proves(proved) }),
        Some(proved) if !before.contains(mark) => {
            let (whole, indian) = grouped(before)?;
            let written = if indian { Written::SouthAsian } else { Written::Proves(proved) };
            Some(Number { whole: whole.into(), fraction: behind, written })
        }
        _ => {
            let (whole, indian) = grouped(text)?;
            let proved = match mark {
                '.' => Written::Proves(Mark::Comma),
                ',' => Written::Proves(Mark::Point),
                _ => Written::Plain,
            };
            Some(Number { whole: whole.into(), fraction: "", written: if indian { Written::SouthAsian } else { proved } })
        }
    }
}

/// Returns the digits of a number in groups of one kind, three each or, before the last three, two each as in South Asia; and
/// whether it is the latter.
fn grouped(text: &str) -> Option<(String, bool)> {
    let mark = text.chars().find(|c| !c.is_ascii_digit())?;
    let groups: Vec<&str> = text.split(mark).collect();
    let (first, rest) = groups.split_first()?;
    let (last, between) = rest.split_last()?;
    let digits = groups.concat();
    if last.len() != GROUP as usize || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let by = |size: usize| (1..=size).contains(&first.len()) && between.iter().all(|group| group.len() == size);
    let by_two = mark != '.' && !between.is_empty() && by(2);
    if by(3) { Some((digits, false)) } else { by_two.then_some((digits, true)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(amount: &str, code: &str) -> Result<String, Invalid> {
        Money::new(Amount::parse(amount)?, Currency::parse(code)?).map(Money::amount)
    }

    #[test]
    fn twelve_and_a_half_thousand_is_read_from_every_country_s_way_of_writing_it() {
        for (typed, code, expected) in [
            ("12.500", "EUR", "12500.00"),
            ("1.250.000", "EUR", "1250000.00"),
            ("12.500,00", "EUR", "12500.00"),
            ("12,500", "EUR", "12500.00"),
            ("3.000", "EUR", "3000.00"),
            ("4.500,5", "EUR", "4500.50"),
            ("12.345", "EUR", "12345.00"),
            ("84.000.000", "KRW", "84000000"),
            ("12.500", "JPY", "12500"),
            ("12’500.00", "CHF", "12500.00"),
            ("1’250’000", "CHF", "1250000.00"),
            ("12'500.00", "CHF", "12500.00"),
            ("12ʼ500", "CHF", "12500.00"),
            ("12´500", "CHF", "12500.00"),
            ("12\u{202f}500,00", "CHF", "12500.00"),
            ("12\u{2009}500,00", "CHF", "12500.00"),
            ("12\u{a0}500,00", "CHF", "12500.00"),
            ("12\u{2007}500", "CHF", "12500.00"),
            ("12\u{3000}500 円", "JPY", "12500"),
            ("12 500", "SEK", "12500.00"),
            ("12_500", "USD", "12500.00"),
            ("0,500", "EUR", "0.50"),
            ("1200,5", "EUR", "1200.50"),
            ("0.125", "KWD", "0.125"),
            ("\u{200e}12,500\u{200b}", "USD", "12500.00"),
            ("−3", "USD", "-3.00"),
        ] {
            assert_eq!(money(typed, code).as_deref(), Ok(expected), "{typed} {code}");
        }
    }

    #[test]
    fn lakh_and_crore_are_read_where_people_count_in_them() {
        for (typed, expected) in [
            ("12,50,000", "1250000.00"),
            ("1,00,000.00", "100000.00"),
            ("12.5 lakh", "1250000.00"),
            ("2 crore", "20000000.00"),
            ("₹ 2.25 Cr", "22500000.00"),
            ("3 lacs", "300000.00"),
            ("1,23,45,678.90", "12345678.90"),
            ("12 50 000", "1250000.00"),
            ("1,250,000", "1250000.00"),
        ] {
            assert_eq!(money(typed, "INR").as_deref(), Ok(expected), "{typed}");
            assert!(money(typed, "NPR").is_ok(), "{typed}");
        }
        let usd = Currency::parse("USD").unwrap();
        for typed in ["12,50,000", "2 crore"] {
            assert_eq!(money(typed, "USD"), Err(Invalid::LakhOf(usd)), "{typed}");
        }
    }

    #[test]
    fn units_stand_for_one_and_digits_are_words_as_people_write_money() {
        for (typed, expected) in [
            ("만원", "10000"),
            ("천만원", "10000000"),
            ("억원", "100000000"),
            ("일억", "100000000"),
            ("一亿", "100000000"),
            ("一億円", "100000000"),
            ("1억 천만", "110000000"),
            ("이천오백만원", "25000000"),
            ("삼억 오천만", "350000000"),
            ("三百万円", "3000000"),
            ("两亿", "200000000"),
            ("一亿零五百万", "105000000"),
            ("십오만", "150000"),
            ("2천5백만", "25000000"),
            ("8천4백만", "84000000"),
            ("1만 2천", "12000"),
            ("1억 2천만 3천", "120003000"),
        ] {
            assert_eq!(money(typed, "KRW").as_deref(), Ok(expected), "{typed}");
        }
        for typed in ["삼", "오원", "k", "8일", "일일억", "만억", "천천", "5백1500만", "1억 12,000만", "만만"] {
            assert!(matches!(Amount::parse(typed), Err(Invalid::NotAnAmount(_))), "{typed}: {:?}", Amount::parse(typed));
        }
    }

    #[test]
    fn what_leaves_out_its_last_unit_as_people_speak_is_told_with_both_readings() {
        for (typed, one, other) in [
            ("1억 2천", "120000000", "100002000"),
            ("1억 2천5백", "125000000", "100002500"),
            ("3조 2천", "3200000000000", "3000000002000"),
            ("1억 2", "120000000", "100000002"),
            ("1억 5천5", "155000000", "100005005"),
            ("一万五", "15000", "10005"),
            ("삼백오", "350", "305"),
        ] {
            let both = Invalid::TwoReadings { one: one.into(), other: other.into() };
            assert_eq!(Amount::parse(typed), Err(both), "{typed}");
        }
    }

    #[test]
    fn groups_of_the_wrong_length_are_no_amount() {
        for typed in [
            "1,20,00",
            "12.50.000",
            "1 2",
            "12'50",
            "1.2.3",
            "1,2345",
            "1,234.567,8",
            "1.234 567",
            "1''2",
            "12,3,456",
            "1234,567,890",
        ] {
            assert!(matches!(Amount::parse(typed), Err(Invalid::NotAnAmount(_))), "{typed}");
        }
    }

    #[test]
    fn what_a_currency_of_three_decimals_leaves_open_is_told_with_both_readings() {
        assert_eq!(money("12.500", "KWD").as_deref(), Ok("12.500"), "as this program writes it");
        let both = Invalid::TwoReadings { one: "12500".into(), other: "12.5".into() };
        assert_eq!(money("12,500", "KWD"), Err(both));
        assert_eq!(money("12,500,000", "KWD").as_deref(), Ok("12500000.000"));
    }

    #[test]
    fn a_file_that_proves_its_style_settles_what_one_cell_leaves_open() {
        let (euro, dinar) = (Currency::parse("EUR").unwrap(), Currency::parse("KWD").unwrap());
        for (typed, currency, mark, expected) in [
            ("12.500", euro, None, "12500.00"),
            ("12.500", euro, Some(Mark::Comma), "12500.00"),
            ("12.500", euro, Some(Mark::Point), "12.50"),
            ("12,500", euro, Some(Mark::Comma), "12500.00"),
            ("12,500", euro, Some(Mark::Point), "12500.00"),
            ("12,500", dinar, Some(Mark::Comma), "12.500"),
            ("12,500", dinar, Some(Mark::Point), "12500.000"),
            ("12.500", dinar, Some(Mark::Comma), "12500.000"),
        ] {
            let read = Money::in_file(Amount::parse(typed).unwrap(), currency, mark).map(Money::amount);
            assert_eq!(read.as_deref(), Ok(expected), "{typed} {currency} {mark:?}");
        }
        for (typed, mark) in [
            ("4.500,5", Some(Mark::Comma)),
            ("1.250.000", Some(Mark::Comma)),
            ("12,5", Some(Mark::Comma)),
            ("1,250,000", Some(Mark::Point)),
            ("1234.50", Some(Mark::Point)),
            ("12.500", None),
            ("12,500", None),
            ("12500", None),
            ("12 500", None),
        ] {
            assert_eq!(Amount::parse(typed).unwrap().proves(), mark, "{typed}");
        }
    }

    #[test]
    fn what_programs_write_is_never_grouped() {
        for (text, expected) in [("12.500", "12.5"), ("10.505", "10.505"), ("-3", "-3"), ("0.10", "0.1"), ("50000.00", "50000")] {
            assert_eq!(Amount::machine(text).unwrap().to_string(), expected);
        }
        for bad in ["", ".5", "5.", "1,000", "1e3", "--1", "１０", "1.2.3"] {
            assert!(Amount::machine(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_in_groups_is_read_back(minor in 1_i64..10_000_000_000_000, gap in prop::sample::select(vec![",", ".", "'", "’", "ʼ", " ", "\u{a0}", "\u{202f}", "\u{2009}"])) {
            let euro = Currency::parse("EUR").unwrap();
            let money = Money::from_minor(minor, euro);
            let amount = money.amount();
            let (whole, cents) = amount.split_once('.').unwrap();
            let groups: Vec<String> = whole.as_bytes().rchunks(3).rev().map(|g| String::from_utf8_lossy(g).into_owned()).collect();
            let decimal = if gap == "," { "." } else { "," };
            let written = format!("{}{decimal}{cents}", groups.join(gap));
            prop_assert_eq!(Money::new(Amount::parse(&written).unwrap(), euro), Ok(money), "{}", written);
        }

        #[test]
        fn no_typed_text_makes_the_amount_parser_fall_over(text in "[0-9.,kmb'’ lakhcrore만億 -]{0,40}|.{0,12}") {
            if let Ok(amount) = Amount::parse(&text) {
                let _ = (amount.to_string(), amount.settled(3, None), amount.floor_minor(0));
            }
        }
    }
}
