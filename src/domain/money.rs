//! Money as a whole number of the currency's smallest unit: how it is read and written; no exchange rates.

use std::cmp::Ordering;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::invalid::Invalid;

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Reads a three-letter code, in either case. Gold, test codes and the like are no money.
    ///
    /// # Errors
    /// [`Invalid::Missing`] or [`Invalid::UnknownCurrency`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        let code = typed.nfkc().collect::<String>().trim().to_ascii_uppercase();
        if code.is_empty() {
            return Err(Invalid::Missing);
        }
        let known = iso_currency::Currency::from_code(&code).filter(|currency| currency.exponent().is_some());
        known.map(Self).ok_or_else(|| Invalid::UnknownCurrency(typed.trim().to_owned()))
    }

    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Returns how many decimals amounts have: 2 for USD, 0 for JPY and KRW, 3 for KWD.
    pub fn decimals(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(0))
    }

    /// Returns the ISO number, below 1,000; the database sorts values by it first.
    pub fn number(self) -> u16 {
        self.0.numeric()
    }

    /// Calls `each` with every currency there is.
    pub fn for_each(mut each: impl FnMut(Self)) {
        (1..1_000).filter_map(iso_currency::Currency::from_numeric).for_each(|c| each(Self(c)));
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

super::as_text!(Currency, |text| Currency::parse(text));

/// A decimal number that has not met its currency yet: `digits` times ten to the minus `decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    digits: i128,
    decimals: u32,
}

impl Amount {
    /// Reads an amount as people type it: `84m`, `1.2k`, `1,200,000`, `8,400만`, `3.5億`, full-width digits.
    ///
    /// A comma before three digits groups; before one or two digits at the end, with no point, it is the decimal comma.
    ///
    /// # Errors
    /// [`Invalid::Missing`], [`Invalid::NotAnAmount`], [`Invalid::TooLarge`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        let wrong = || Invalid::NotAnAmount(typed.trim().to_owned());
        let plain: String = typed.nfkc().filter(|c| !matches!(c, ' ' | '_' | '\'' | '\u{a0}' | '\u{202f}')).collect();
        if plain.is_empty() {
            return Err(Invalid::Missing);
        }
        let (plain, negative) = plain.strip_prefix('-').map_or((plain.as_str(), false), |rest| (rest, true));
        let (number, power) = split_unit(plain).ok_or_else(wrong)?;
        let (whole, fraction) = split_decimals(number).ok_or_else(wrong)?;
        if whole.len() + fraction.len() > 24 {
            return Err(Invalid::TooLarge);
        }
        let digits: i128 = format!("0{whole}{fraction}").parse().map_err(|_| wrong())?;
        let decimals = u32::try_from(fraction.len()).map_err(|_| wrong())?;
        let raised = Self { digits: if negative { -digits } else { digits }, decimals };
        Ok(raised.times_ten_to(power).shortest())
    }

    pub const fn is_positive(self) -> bool {
        self.digits > 0
    }

    fn times_ten_to(self, power: u32) -> Self {
        let from_decimals = power.min(self.decimals);
        let digits = self.digits.saturating_mul(10_i128.pow(power - from_decimals));
        Self { digits, decimals: self.decimals - from_decimals }
    }

    fn shortest(mut self) -> Self {
        while self.decimals > 0 && self.digits % 10 == 0 {
            self = Self { digits: self.digits / 10, decimals: self.decimals - 1 };
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

    /// Compares with money by the plain number, whatever its currency.
    pub fn compare(self, money: Money) -> Ordering {
        let decimals = money.currency.decimals();
        let ours = self.digits.saturating_mul(10_i128.pow(decimals));
        let theirs = i128::from(money.minor).saturating_mul(10_i128.pow(self.decimals.min(24)));
        ours.cmp(&theirs)
    }

    /// Returns the number of smallest units of a currency with `decimals`; `None` when a part of one would be lost.
    pub fn minor(self, decimals: u32) -> Option<i128> {
        let missing = decimals.checked_sub(self.decimals)?;
        self.digits.checked_mul(10_i128.checked_pow(missing)?)
    }
}

/// Takes the unit off the end: `k`, `m`, `bn`, `천`, `만`, `억`, `万`, `億` … Returns the number and the power of ten.
fn split_unit(text: &str) -> Option<(&str, u32)> {
    const UNITS: [(&str, u32); 19] = [
        ("bn", 9),
        ("mn", 6),
        ("k", 3),
        ("m", 6),
        ("b", 9),
        ("t", 12),
        ("천만", 7),
        ("백만", 6),
        ("천", 3),
        ("만", 4),
        ("억", 8),
        ("조", 12),
        ("千", 3),
        ("万", 4),
        ("萬", 4),
        ("億", 8),
        ("亿", 8),
        ("兆", 12),
        ("", 0),
    ];
    let text = text.trim_end_matches(['원', '円', '元']);
    let lower = text.to_lowercase();
    let (unit, power) = UNITS.iter().find(|(unit, _)| lower.ends_with(unit))?;
    Some((text.get(..text.len() - unit.len())?, *power))
}

/// Splits `1,200.50` into `1200` and `50`; `None` when the separators make no sense.
fn split_decimals(text: &str) -> Option<(String, &str)> {
    let (whole, fraction) = match (text.rsplit_once('.'), text.rsplit_once(',')) {
        (Some((whole, fraction)), _) => (whole, fraction),
        (None, Some((whole, fraction))) if fraction.len() < 3 && !whole.contains(',') => (whole, fraction),
        _ => (text, ""),
    };
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() == 1 || (groups[1..].iter().all(|g| g.len() == 3) && (1..=3).contains(&groups[0].len()));
    let digits: String = groups.concat();
    let all_digits = digits.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    if grouped && all_digits && !(digits.is_empty() && fraction.is_empty()) { Some((digits, fraction)) } else { None }
}

/// An amount of one currency, in its smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Largest amount that is kept: ten to the fifteenth smallest units.
const MINOR_MAX: i64 = 1_000_000_000_000_000;

impl Money {
    /// Joins an amount and its currency.
    ///
    /// # Errors
    /// [`Invalid::TooPrecise`] when the currency has fewer decimals, [`Invalid::TooLarge`].
    pub fn new(amount: Amount, currency: Currency) -> Result<Self, Invalid> {
        let decimals = currency.decimals();
        let minor = amount.minor(decimals).ok_or(Invalid::TooPrecise { currency, decimals })?;
        let minor = i64::try_from(minor).ok().filter(|m| m.abs() <= MINOR_MAX).ok_or(Invalid::TooLarge)?;
        Ok(Self { minor, currency })
    }

    /// Takes the number of smallest units.
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn minor(self) -> i64 {
        self.minor
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Returns the amount without its currency, as a decimal string with all decimals (`50000.00`).
    pub fn amount(self) -> String {
        let decimals = self.currency.decimals() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

super::as_text!(Money, |text: &str| {
    let (amount, code) = text.split_once(' ').ok_or(Invalid::Missing)?;
    Money::new(Amount::parse(amount)?, Currency::parse(code)?)
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(amount: &str, code: &str) -> Result<String, Invalid> {
        Money::new(Amount::parse(amount)?, Currency::parse(code)?).map(Money::amount)
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, code, expected) in [
            ("50000", "USD", "50000.00"),
            ("50000.5", "usd", "50000.50"),
            ("180000,50", "EUR", "180000.50"),
            ("1,200,000", "KRW", "1200000"),
            ("84m", "KRW", "84000000"),
            ("1.2k", "USD", "1200.00"),
            ("2.5bn", "JPY", "2500000000"),
            ("８４，０００", "JPY", "84000"),
            ("8,400만", "KRW", "84000000"),
            ("3.5億", "JPY", "350000000"),
            ("120万", "CNY", "1200000.00"),
            ("5천만원", "KRW", "50000000"),
            ("1'200", "CHF", "1200.00"),
            ("12.000", "KWD", "12.000"),
            ("100.00", "JPY", "100"),
            (".5", "USD", "0.50"),
            ("-3", "USD", "-3.00"),
        ] {
            assert_eq!(money(typed, code).as_deref(), Ok(expected), "{typed} {code}");
        }
    }

    #[test]
    fn amounts_that_make_no_sense_are_refused() {
        for (typed, code) in [("", "USD"), ("abc", "USD"), ("1,20,000", "USD"), ("1.2.3", "USD"), ("1e5", "USD"), (".", "USD")] {
            assert!(matches!(money(typed, code), Err(Invalid::NotAnAmount(_) | Invalid::Missing)), "{typed}");
        }
        assert!(matches!(money("10.5", "JPY"), Err(Invalid::TooPrecise { decimals: 0, .. })));
        assert!(matches!(money("10.505", "USD"), Err(Invalid::TooPrecise { decimals: 2, .. })));
        assert_eq!(money("99999999999999999", "USD"), Err(Invalid::TooLarge));
        assert_eq!(money(&"9".repeat(200), "USD"), Err(Invalid::TooLarge));
        assert_eq!(money("5", "XXZ"), Err(Invalid::UnknownCurrency("XXZ".into())));
        assert_eq!(money("5", "xau"), Err(Invalid::UnknownCurrency("xau".into())), "gold is no money");
    }

    proptest! {
        #[test]
        fn printed_money_is_read_back(minor in -MINOR_MAX..=MINOR_MAX, code in prop::sample::select(vec!["USD", "JPY", "KWD", "KRW", "EUR"])) {
            let money = Money::from_minor(minor, Currency::parse(code).unwrap());
            let read = Money::new(Amount::parse(&money.amount()).unwrap(), money.currency());
            prop_assert_eq!(read, Ok(money));
        }

        #[test]
        fn no_typed_text_makes_the_amount_parser_fall_over(text in "[0-9.,kmb만億 -]{0,40}|.{0,12}") {
            let _ = Amount::parse(&text);
        }
    }
}
