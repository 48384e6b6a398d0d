//! Money as a whole number of the currency's smallest unit; how amounts are written is `amount.rs`, exchange rates are `rate.rs`.

use std::fmt;

pub use super::amount::{Amount, Mark};
use super::country::Country;
use super::invalid::Invalid;
use super::text::plain;

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Reads a three-letter code, in either case. Gold, test codes and the like are no money.
    ///
    /// # Errors
    /// [`Invalid::Missing`] or [`Invalid::UnknownCurrency`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        let code = plain(typed).to_ascii_uppercase();
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

    /// Returns so many smallest units as a decimal number, with all of its decimals.
    pub fn amount(self, minor: i128) -> String {
        let decimals = self.decimals() as usize;
        let sign = if minor < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// Returns the ISO number, below 1,000; the database sorts values by it first.
    pub fn number(self) -> u16 {
        self.0.numeric()
    }

    /// Returns the currency of a number as [`Currency::number`] gives it.
    pub fn from_number(number: u16) -> Option<Self> {
        iso_currency::Currency::from_numeric(number).map(Self)
    }

    /// Returns what is paid with in a country, where that is plain.
    pub fn of_country(country: Country) -> Option<Self> {
        const EURO: [&str; 27] = [
            "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT",
            "SI", "SK", "AD", "MC", "SM", "VA", "ME", "XK",
        ];
        if EURO.contains(&country.code()) {
            return Self::from_code("EUR");
        }
        // A currency begins with the letters of its country; units of account, which nobody pays with, have the high numbers.
        let mut found = None;
        Self::for_each(|currency| {
            let fits = currency.code().starts_with(country.code()) && currency.0.exponent().is_some();
            found = found.or(Some(currency).filter(|_| fits));
        });
        found
    }

    /// Returns whether people count it in lakh and crore.
    pub(super) fn is_counted_in_lakh(self) -> bool {
        matches!(self.code(), "INR" | "PKR" | "BDT" | "LKR" | "NPR" | "BTN" | "MVR" | "AFN" | "MMK")
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

/// An amount of one currency, in its smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Largest amount that is kept: ten to the fifteenth smallest units.
const MINOR_MAX: i64 = 1_000_000_000_000_000;

impl Money {
    /// Joins an amount that somebody typed and its currency.
    ///
    /// # Errors
    /// As [`Money::in_file`].
    pub fn new(amount: Amount, currency: Currency) -> Result<Self, Invalid> {
        Self::in_file(amount, currency, None)
    }

    /// Joins an amount and its currency; `mark` is the decimal mark that the file of it proves.
    ///
    /// # Errors
    /// [`Invalid::TooPrecise`] when the currency has fewer decimals, [`Invalid::TooLarge`], [`Invalid::TwoReadings`] where it can be two
    /// amounts, [`Invalid::LakhOf`] where nobody counts this currency in lakh and crore.
    pub fn in_file(amount: Amount, currency: Currency, mark: Option<Mark>) -> Result<Self, Invalid> {
        let decimals = currency.decimals();
        if amount.is_south_asian() && !currency.is_counted_in_lakh() {
            return Err(Invalid::LakhOf(currency));
        }
        let amount = amount.settled(decimals, mark)?;
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
        self.currency.amount(self.minor.into())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

super::as_text!(Money, |text: &str| {
    let (amount, code) = text.split_once(' ').ok_or(Invalid::Missing)?;
    Money::new(Amount::machine(amount)?, Currency::parse(code)?)
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
    fn a_country_pays_with_its_currency() {
        for (country, currency) in [
            ("KR", "KRW"),
            ("JP", "JPY"),
            ("CN", "CNY"),
            ("TW", "TWD"),
            ("US", "USD"),
            ("GB", "GBP"),
            ("DE", "EUR"),
            ("FR", "EUR"),
            ("CH", "CHF"),
            ("SE", "SEK"),
            ("IN", "INR"),
            ("MX", "MXN"),
            ("CL", "CLP"),
            ("CO", "COP"),
            ("BR", "BRL"),
            ("HK", "HKD"),
            ("PL", "PLN"),
            ("TR", "TRY"),
        ] {
            let of = Currency::of_country(Country::parse(country).unwrap()).map(Currency::code);
            assert_eq!(of, Some(currency), "{country}");
        }
    }

    #[test]
    fn no_way_of_writing_an_amount_is_off_by_a_thousand() {
        for (typed, code, expected) in [
            ("84.000.000", "KRW", "84000000"),
            ("84,000,000", "KRW", "84000000"),
            ("84 000 000", "KRW", "84000000"),
            ("84'000'000", "KRW", "84000000"),
            ("84.000.000", "USD", "84000000.00"),
            ("1.234", "USD", "1234.00"),
            ("1,234", "USD", "1234.00"),
            ("1.23", "USD", "1.23"),
            ("8400만", "KRW", "84000000"),
            ("₩8400만", "KRW", "84000000"),
            ("1억 2천만", "KRW", "120000000"),
            ("1.2억", "KRW", "120000000"),
            ("840万", "JPY", "8400000"),
            ("3百万", "JPY", "3000000"),
            ("3百万円", "JPY", "3000000"),
            ("2千万", "JPY", "20000000"),
            ("5十万", "CNY", "500000.00"),
            ("1億3百万円", "JPY", "103000000"),
            ("1.2k", "USD", "1200.00"),
            ("84m", "KRW", "84000000"),
            ("$1.5M", "USD", "1500000.00"),
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
            let refused = money(typed, code);
            assert!(
                matches!(refused, Err(Invalid::NotAnAmount(_) | Invalid::Missing | Invalid::LakhOf(_))),
                "{typed}: {refused:?}"
            );
        }
        assert!(matches!(money("10.5", "JPY"), Err(Invalid::TooPrecise { decimals: 0, .. })));
        assert!(matches!(money("10.5051", "USD"), Err(Invalid::TooPrecise { decimals: 2, .. })));
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
    }
}
