//! Solutions on a deal: their catalogue id, whose they are, and price and quantity where given.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::fold::fold;
use super::invalid::Invalid;
use super::money::{Amount, Currency, Money};
use super::text::{Cleaned, Line, empty_or_line};

/// Most solutions, and most employees, that a deal may have.
pub const LIST_MAX: usize = 50;

/// Whose solution it is (MG-48).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Owner {
    Mine,
    Microsoft,
    ThirdParty,
    /// Partner Center's files do not say.
    Unknown,
}

impl Owner {
    pub const ALL: [Self; 4] = [Self::Mine, Self::Microsoft, Self::ThirdParty, Self::Unknown];

    /// Returns the word of the database and of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Microsoft => "microsoft",
            Self::ThirdParty => "thirdParty",
            Self::Unknown => "unknown",
        }
    }

    /// The words of commands and files.
    pub const WORDS: [&'static str; 3] = ["mine", "microsoft", "third-party"];

    /// Reads what people write for it: `ours`, `MS`, `3P`, `third party`.
    pub fn read(text: &str) -> Option<Self> {
        let plain: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
        match plain.as_str() {
            "mine" | "ours" | "our" | "own" | "us" | "1p" | "firstparty" | "자사" | "우리" | "自社" | "弊社" | "本公司"
            | "我方" => Some(Self::Mine),
            "microsoft" | "ms" | "msft" | "마이크로소프트" | "マイクロソフト" | "微软" | "微軟" => {
                Some(Self::Microsoft)
            }
            "thirdparty" | "third" | "3p" | "3rdparty" | "other" | "타사" | "他社" | "第三方" => Some(Self::ThirdParty),
            "unknown" => Some(Self::Unknown),
            _ => None,
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|owner| owner.code().eq_ignore_ascii_case(code))
    }
}

/// One solution on a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// `SOL-34104-EBB`, or the id of a predefined category.
    pub id: Line,
    pub name: Option<Line>,
    pub owner: Owner,
    pub currency: Option<Currency>,
    /// Of one, in `currency`.
    pub price: Option<Price>,
    pub quantity: Option<u64>,
}

/// A price as a decimal text, with the digits it came with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Price(String);

impl Price {
    /// Reads a plain decimal number: digits, and a point with more of them.
    ///
    /// # Errors
    /// [`Invalid::NotAnAmount`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.len() <= 15 && part.bytes().all(|b| b.is_ascii_digit());
        if digits(whole) && digits(fraction) { Ok(Self(text.to_owned())) } else { Err(Invalid::NotAnAmount(text.to_owned())) }
    }

    /// Takes the number of an amount of money.
    ///
    /// # Errors
    /// [`Invalid::NotPositive`] below zero.
    pub fn of(money: Money) -> Result<Self, Invalid> {
        if money.minor() < 0 { Err(Invalid::NotPositive) } else { Ok(Self(money.amount())) }
    }

    /// Takes text back that the database kept; earlier versions took it as files had it.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns it as money of a currency; `None` where the text is no number of it.
    pub fn money(&self, currency: Currency) -> Option<Money> {
        Money::new(Amount::machine(&self.0).ok()?, currency).ok()
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// Earlier versions kept the price of a file of the API unread, and history has it so.
super::from_text!(Price, |text| empty_or_line(text).map(Self));

impl Solution {
    /// Reads the cell of a Partner Center file: `id, currency, price, quantity`, the last three optional.
    ///
    /// # Errors
    /// [`Invalid::NotASolution`], [`Invalid::UnknownCurrency`], [`Invalid::TooLong`].
    pub fn cell(cell: &str, cleaned: &mut Cleaned) -> Result<Option<Self>, Invalid> {
        let wrong = || Invalid::NotASolution(cell.trim().to_owned());
        let parts: Vec<&str> = cell.split(',').map(str::trim).collect();
        let Some(id) = Line::imported_code(parts[0], cleaned)? else {
            return if parts.iter().all(|p| p.is_empty()) { Ok(None) } else { Err(wrong()) };
        };
        let given = |index: usize| parts.get(index).copied().filter(|p| !p.is_empty());
        if parts.len() > 4 || id.as_str().contains(char::is_whitespace) {
            return Err(wrong());
        }
        let price = given(2).map(|p| Price::parse(p).map_err(|_| wrong())).transpose()?;
        Ok(Some(Self {
            id,
            name: None,
            owner: Owner::Unknown,
            currency: given(1).map(Currency::parse).transpose()?,
            price,
            quantity: given(3).map(|q| q.parse().map_err(|_| wrong())).transpose()?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Result<Option<Solution>, Invalid> {
        Solution::cell(text, &mut Cleaned::default())
    }

    #[test]
    fn solution_cells_are_read_with_and_without_their_tail() {
        let plain = cell("SOL-34104-EBB").unwrap().unwrap();
        assert_eq!((plain.id.as_str(), plain.price), ("SOL-34104-EBB", None));
        let full = cell("SOL-1234-PQRS, USD, 10.50, 100").unwrap().unwrap();
        assert_eq!(
            (full.price.as_ref().map(Price::as_str), full.quantity, full.currency.unwrap().code()),
            (Some("10.50"), Some(100), "USD")
        );
        assert_eq!(cell(" , , ").unwrap(), None);
        for bad in ["SOL-1, USD, ten", "SOL-1, USD, 1, 2, 3", "SOL 1", ", USD, 1", "SOL-1, USD, 1, -2"] {
            assert!(matches!(cell(bad), Err(Invalid::NotASolution(_))), "{bad}");
        }
        assert_eq!(cell("SOL-1, ZZZ"), Err(Invalid::UnknownCurrency("ZZZ".into())));
    }

    #[test]
    fn a_price_is_a_plain_number_and_keeps_its_digits() {
        for good in ["10", "10.50", "0", " 007.000 "] {
            assert_eq!(Price::parse(good).unwrap().as_str(), good.trim());
        }
        for bad in ["", ".5", "5.", "-1", "1,000", "1e3", "ten", "1.2.3", "１０"] {
            assert!(matches!(Price::parse(bad), Err(Invalid::NotAnAmount(_))), "{bad}");
        }
        let kept = |value: serde_json::Value| serde_json::from_value::<Price>(value);
        assert!(kept("ten".into()).is_ok(), "as earlier versions took it");
        assert!(kept("1\u{1b}".into()).is_err() && kept(10.5.into()).is_err() && kept("1".repeat(1_001).into()).is_err());
    }
}
