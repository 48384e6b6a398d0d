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
        Self::from_code(&code).ok_or_else(|| Invalid::UnknownCurrency(typed.trim().to_owned()))
    }

    /// Returns the currency of a code as [`Currency::code`] gives it; every row that is read asks for one.
    pub fn from_code(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code).filter(|currency| currency.exponent().is_some()).map(Self)
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
    /// Reads an amount as people type it: `84m`, `1.2k`, `1,200,000`, `₩ 84,000,000`, `8,400만`, `1억 2,000만`, `3.5億円`,
    /// full-width digits.
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
        let plain = plain.trim_start_matches(SIGNS).trim_end_matches(SIGNS);
        if plain.is_empty() {
            return Err(wrong());
        }
        let mut sum = Self { digits: 0, decimals: 0 };
        let mut above = u32::MAX;
        for part in parts(plain) {
            let (number, power) = split_unit(part).ok_or_else(wrong)?;
            // `1억 2,000만`: each part is counted in a smaller unit than the one before.
            if power >= above {
                return Err(wrong());
            }
            above = power;
            let (whole, fraction) = split_decimals(number).ok_or_else(wrong)?;
            if whole.len() + fraction.len() > 24 {
                return Err(Invalid::TooLarge);
            }
            let digits: i128 = format!("0{whole}{fraction}").parse().map_err(|_| wrong())?;
            let decimals = u32::try_from(fraction.len()).map_err(|_| wrong())?;
            sum = sum.plus(Self { digits, decimals }.times_ten_to(power));
        }
        Ok(Self { digits: if negative { -sum.digits } else { sum.digits }, ..sum }.shortest())
    }

    fn plus(self, other: Self) -> Self {
        let decimals = self.decimals.max(other.decimals);
        let raised = |amount: Self| amount.digits.saturating_mul(10_i128.saturating_pow(decimals - amount.decimals));
        Self { digits: raised(self).saturating_add(raised(other)), decimals }
    }

    /// Returns the sign of money beside a typed amount where it stands for other currencies than `currency` (`€500`, USD).
    pub fn wrong_sign(typed: &str, currency: Currency) -> Option<char> {
        let wide: String = typed.nfkc().collect();
        let fits = |sign: char| match sign {
            '$' => DOLLARS.contains(&currency.code()),
            '€' => currency.code() == "EUR",
            '£' => matches!(currency.code(), "GBP" | "EGP" | "FKP" | "GIP" | "LBP" | "SHP" | "SDG" | "SSP" | "SYP"),
            '₩' | '원' => matches!(currency.code(), "KRW" | "KPW"),
            '¥' => matches!(currency.code(), "JPY" | "CNY"),
            '円' => currency.code() == "JPY",
            '元' => matches!(currency.code(), "CNY" | "TWD" | "HKD" | "MOP" | "SGD"),
            _ => true,
        };
        wide.chars().filter(|c| SIGNS.contains(c)).find(|sign| !fits(*sign))
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

/// Signs and words of money, which the currency beside the amount says better.
const SIGNS: [char; 9] = ['$', '€', '£', '₩', '¥', '￦', '원', '円', '元'];

/// Currencies that are written with a dollar sign.
const DOLLARS: [&str; 20] = [
    "USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "BRL", "BMD", "BND", "FJD", "JMD", "NAD",
    "TTD", "XCD",
];

/// Splits `1억2,000만` behind every large unit that something follows.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['조', '兆', '억', '億', '亿', '만', '万', '萬'])
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
    let lower = text.to_lowercase();
    let (unit, power) = UNITS.iter().find(|(unit, _)| lower.ends_with(unit))?;
    Some((text.get(..text.len() - unit.len())?, *power))
}

/// Splits `1,200.50` into `1200` and `50`; `None` when the separators make no sense.
fn split_decimals(text: &str) -> Option<(String, &str)> {
    let (group, (whole, fraction)) = match (text.rsplit_once('.'), text.rsplit_once(',')) {
        // `1.234,56`: the last separator is the decimal one, and the others group.
        (Some((before, _)), Some(parts)) if parts.0.len() > before.len() && !parts.0.contains(',') => ('.', parts),
        (Some(parts), _) => (',', parts),
        (None, Some((whole, fraction))) if fraction.len() < 3 && !whole.contains(',') => (',', (whole, fraction)),
        _ => (',', (text, "")),
    };
    let groups: Vec<&str> = whole.split(group).collect();
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
    fn kept_money_is_an_amount_and_its_currency() {
        let kept = |text: &str| serde_json::from_value::<Money>(text.into());
        assert_eq!(kept("50000.50 USD").unwrap().to_string(), "50000.50 USD");
        for bad in ["", "50000", "USD", "x USD", "10.5 JPY", "5 XXZ", "99999999999999999 USD"] {
            assert!(kept(bad).is_err(), "{bad}");
        }
        assert!(serde_json::from_value::<Currency>("XAU".into()).is_err());
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
            ("1억 2,000만", "KRW", "120000000"),
            ("1조2억3만원", "KRW", "1000200030000"),
            ("₩ 84,000,000", "KRW", "84000000"),
            ("￥９，８００，０００", "JPY", "9800000"),
            ("980万円", "JPY", "9800000"),
            ("1.5亿元", "CNY", "150000000.00"),
            ("$1,200.50", "USD", "1200.50"),
            ("1.234,56", "EUR", "1234.56"),
            ("1.234.567,8", "EUR", "1234567.80"),
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
        for (typed, code) in [
            ("", "USD"),
            ("abc", "USD"),
            ("1,20,000", "USD"),
            ("1.2.3", "USD"),
            ("1e5", "USD"),
            (".", "USD"),
            ("1만2억", "KRW"),
            ("1억2억", "KRW"),
            ("만", "KRW"),
            ("$", "USD"),
        ] {
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

        /// As each of the five languages writes an amount, with groups, its own unit words and full-width digits.
        #[test]
        fn amounts_written_in_five_languages_are_read_back(minor in 1..=MINOR_MAX / 100, wide in any::<bool>(), language in 0_usize..5) {
            let (code, before, after) = [("USD", "$", ""), ("KRW", "₩ ", "원"), ("JPY", "¥", "円"), ("CNY", "", "元"), ("TWD", "", " 元")][language];
            let money = Money::from_minor(minor, Currency::parse(code).unwrap());
            let amount = money.amount();
            let (whole, fraction) = amount.split_once('.').map_or((amount.as_str(), String::new()), |(w, f)| (w, format!(".{f}")));
            let groups: Vec<String> = whole.as_bytes().rchunks(3).rev().map(|g| String::from_utf8_lossy(g).into_owned()).collect();
            let mut written = format!("{before}{}{fraction}{after}", groups.join(","));
            if wide {
                written = written.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).filter(|_| matches!(c, '0'..='9' | ',' | '.')).unwrap_or(c)).collect();
            }
            let read = Amount::parse(&written).and_then(|amount| Money::new(amount, money.currency()));
            prop_assert_eq!(read, Ok(money), "{}", written);
        }

        /// Korean, Japanese and Chinese count in ten thousands and hundred millions.
        #[test]
        fn amounts_in_myriads_are_read_back(eok in 1_i64..90_000, man in 0_i64..10_000, units in prop::sample::select(vec![("억", "만"), ("億", "万"), ("亿", "万"), ("億", "萬")])) {
            let written = if man == 0 { format!("{eok}{}", units.0) } else { format!("{eok}{} {man}{}", units.0, units.1) };
            let won = Currency::parse("KRW").unwrap();
            let read = Amount::parse(&written).and_then(|amount| Money::new(amount, won));
            prop_assert_eq!(read, Ok(Money::from_minor(eok * 100_000_000 + man * 10_000, won)), "{}", written);
        }

        #[test]
        fn no_typed_text_makes_the_amount_parser_fall_over(text in "[0-9.,kmb만億 -]{0,40}|.{0,12}") {
            let _ = Amount::parse(&text);
        }
    }
}
