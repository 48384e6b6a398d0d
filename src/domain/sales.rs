//! How far a sale is, in the six steps that Partner Center knows.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::invalid::Invalid;

/// How far a sale is: 10, 20, 40, 60, 80 or 100 percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct SalesStage(u8);

impl SalesStage {
    pub const ALL: [Self; 6] = [Self(10), Self(20), Self(40), Self(60), Self(80), Self(100)];
    /// The stage that a deal begins in.
    pub const FIRST: Self = Self::ALL[0];
    /// Presented to the customer: the last one before the end.
    pub const PRESENTED: Self = Self::ALL[4];
    /// The texts of [`Self::ALL`], as files have them.
    pub const WORDS: [&'static str; 6] = ["10", "20", "40", "60", "80", "100"];

    /// Reads percent, with or without the sign.
    ///
    /// # Errors
    /// [`Invalid::Missing`], [`Invalid::NotOneOf`].
    pub fn parse(typed: &str) -> Result<Self, Invalid> {
        let plain = typed.trim();
        if plain.is_empty() {
            return Err(Invalid::Missing);
        }
        let wanted = plain.trim_end_matches('%').trim_end();
        let at = Self::WORDS.iter().position(|word| *word == wanted);
        at.map(|at| Self::ALL[at]).ok_or_else(|| Invalid::NotOneOf { given: plain.to_owned(), allowed: &Self::WORDS })
    }

    /// Returns the stage of so many percent; `None` where there is none.
    pub fn of(percent: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.0 == percent)
    }

    pub const fn percent(self) -> u8 {
        self.0
    }
}

impl fmt::Display for SalesStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<'de> Deserialize<'de> for SalesStage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let percent = u8::deserialize(deserializer)?;
        Self::of(percent).ok_or_else(|| serde::de::Error::custom(format_args!("no sales stage of {percent} percent")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sales_stage_is_one_of_six() {
        for (stage, word) in SalesStage::ALL.into_iter().zip(SalesStage::WORDS) {
            assert_eq!((SalesStage::parse(word), stage.to_string().as_str()), (Ok(stage), word));
        }
        assert_eq!(SalesStage::parse(" 40 % "), Ok(SalesStage(40)));
        assert_eq!(SalesStage::parse(" "), Err(Invalid::Missing));
        for bad in ["30", "0", "-10", "forty", "10.0", "%"] {
            assert!(matches!(SalesStage::parse(bad), Err(Invalid::NotOneOf { .. })), "{bad}");
        }
        let kept = |value: serde_json::Value| serde_json::from_value::<SalesStage>(value);
        assert_eq!(kept(60.into()).unwrap().percent(), 60);
        for bad in [30.into(), "40".into(), 1_000.into(), serde_json::Value::Null] {
            assert!(kept(bad).is_err());
        }
    }
}
