//! Instants and the time between them: how they are read and written; days of the calendar are `date.rs`.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::invalid::Invalid;

/// Microseconds of 24 hours.
pub const MICROS_A_DAY: i64 = 86_400_000_000;
/// What marks a time of which only the day is known.
pub const DAY_ONLY: i64 = 1;

/// An instant in UTC, to the microsecond, between the years 1 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let micros = i64::deserialize(deserializer)?;
        let known = DateTime::from_timestamp_micros(micros).is_some_and(|at| (1..=9999).contains(&at.year()));
        if known { Ok(Self(micros)) } else { Err(serde::de::Error::custom(format_args!("no time: {micros}"))) }
    }
}

impl Timestamp {
    /// Takes microseconds since 1970-01-01T00:00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Returns microseconds since 1970-01-01T00:00:00Z.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339; a missing offset means UTC, a missing time midnight.
    ///
    /// # Errors
    /// [`Invalid::NotATime`], also for years outside 1 to 9999.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = || Invalid::NotATime(text.to_owned());
        let text = text.trim();
        let parsed = DateTime::parse_from_rfc3339(text)
            .map(|t| t.to_utc())
            .or_else(|_| text.parse::<NaiveDateTime>().map(|t| t.and_utc()))
            .or_else(|_| text.parse::<NaiveDate>().map(|d| d.and_time(chrono::NaiveTime::MIN).and_utc()))
            .map_err(|_| wrong())?;
        if (1..=9999).contains(&parsed.year()) { Ok(Self(parsed.timestamp_micros())) } else { Err(wrong()) }
    }

    /// Returns this midnight as the time of something of which only the day is known. A microsecond marks it: no clock that tells
    /// midnight to the microsecond is off by exactly one, and every list still shows and sorts the day.
    #[must_use]
    pub const fn day_only(self) -> Self {
        Self(self.0 - self.0.rem_euclid(MICROS_A_DAY) + DAY_ONLY)
    }

    /// Returns whether only the day is known.
    pub const fn is_day_only(self) -> bool {
        self.0.rem_euclid(MICROS_A_DAY) == DAY_ONLY
    }

    /// Returns the last second of its day, in UTC.
    #[must_use]
    pub const fn end_of_day(self) -> Self {
        Self(self.0 - self.0.rem_euclid(MICROS_A_DAY) + MICROS_A_DAY - 1_000_000)
    }

    /// Returns the instant `days` times 24 hours later, staying within the range of this type.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let latest = MICROS_A_DAY * 2_932_896; // 9999-12-31
        Self(self.0.saturating_add(days.saturating_mul(MICROS_A_DAY)).min(latest))
    }

    #[must_use]
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Returns the time from `earlier` to here; negative when `earlier` is later.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// Returns the UTC wall clock.
    pub fn utc(self) -> NaiveDateTime {
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::UNIX_EPOCH).naive_utc()
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, to the second.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.utc().format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// A length of time in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(i64);

impl Span {
    pub const fn hours(hours: i64) -> Self {
        Self::seconds(hours * 3_600)
    }

    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * 1_000_000)
    }

    /// Returns it in hours, whole tenths of them.
    #[allow(clippy::cast_precision_loss)]
    pub fn tenths_of_hours(self) -> f64 {
        (self.0 / 360_000_000) as f64 / 10.0
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Returns whole days and the whole hours beyond them; zero for a negative span.
    pub fn days_hours(self) -> (i64, i64) {
        let hours = self.0.max(0) / 3_600_000_000;
        (hours / 24, hours % 24)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn instants_are_read_with_and_without_offset() {
        for (text, expected) in [
            ("2019-02-23T02:05:23.2931817Z", "2019-02-23T02:05:23Z"),
            ("2026-11-21T17:00:00+09:00", "2026-11-21T08:00:00Z"),
            ("2020-12-01T00:00:00", "2020-12-01T00:00:00Z"),
            ("2020-12-01", "2020-12-01T00:00:00Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), expected, "{text}");
        }
        for text in ["", "yesterday", "2020-13-01T00:00:00Z", "12/31/2026", "+12020-01-01T00:00:00Z"] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_fall_over(text in ".{0,16}") {
            let _ = Timestamp::parse(&text);
        }

        #[test]
        fn printed_instants_are_read_back(seconds in -62_135_596_800i64..253_402_300_799) {
            let at = Timestamp::from_micros(seconds * 1_000_000);
            prop_assert_eq!(Timestamp::parse(&at.to_string()), Ok(at));
        }
    }
}
