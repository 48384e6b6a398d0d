//! How far a sale is, in the six steps that Partner Center knows, and how likely each of them is won.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::invalid::Invalid;
use super::text::plain;

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

/// How likely a deal is counted as won in each sales stage, in percent: those of [`SalesStage::ALL`] before Won. A setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights([u8; 5]);

impl Default for Weights {
    /// Those of the stages themselves.
    fn default() -> Self {
        Self([10, 20, 40, 60, 80])
    }
}

impl Weights {
    /// Takes five, from 0 to 100, none of them below the one before; `None` for any other.
    pub fn new(percents: &[i64]) -> Option<Self> {
        let percents: Vec<u8> = percents.iter().map(|percent| u8::try_from(*percent).ok()).collect::<Option<_>>()?;
        let fits = percents.is_sorted() && percents.iter().all(|percent| *percent <= 100);
        percents.try_into().ok().filter(|_| fits).map(Self)
    }

    /// Reads them as people write them: `10 20 40 60 80`, with commas, with signs, in brackets.
    pub fn parse(typed: &str) -> Option<Self> {
        let words = plain(typed);
        let words = words.trim_start_matches('[').trim_end_matches(']').split(|c: char| c.is_whitespace() || ",;、".contains(c));
        let percents = words.map(|word| word.trim_end_matches('%')).filter(|word| !word.is_empty());
        Self::new(&percents.map(|word| word.parse().ok()).collect::<Option<Vec<i64>>>()?)
    }

    /// Returns the percent of an accepted deal; one without a sales stage stands in the first.
    pub fn of(self, stage: Option<SalesStage>) -> u8 {
        let stage = stage.unwrap_or(SalesStage::FIRST);
        SalesStage::ALL.iter().position(|known| *known == stage).and_then(|at| self.0.get(at).copied()).unwrap_or(100)
    }

    pub const fn percents(self) -> [u8; 5] {
        self.0
    }
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.map(|percent| percent.to_string()).join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_five_percents_that_do_not_fall() {
        let weights = Weights::default();
        let percents = SalesStage::ALL.map(|stage| weights.of(Some(stage)));
        assert_eq!((percents, weights.of(None)), ([10, 20, 40, 60, 80, 100], 10));
        for typed in
            ["0 0 30 50 100", "0, 0, 30, 50, 100", "[0, 0, 30, 50, 100]", " 0% 0 % 30% 50% 100% ", "０ ０ ３０ ５０ １００"]
        {
            let weights = Weights::parse(typed).unwrap();
            assert_eq!((weights.percents(), weights.of(SalesStage::of(80))), ([0, 0, 30, 50, 100], 100), "{typed}");
            assert_eq!(weights.to_string(), "0 0 30 50 100");
        }
        for typed in [
            "",
            "10",
            "10 20 40 60",
            "10 20 40 60 80 100",
            "10 20 40 60 101",
            "20 10 40 60 80",
            "-1 20 40 60 80",
            "0.1 1 2 3 4",
            "a b c d e",
            "266 267 268 269 270",
        ] {
            assert_eq!(Weights::parse(typed), None, "{typed}");
        }
    }

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
