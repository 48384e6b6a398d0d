//! Instants and calendar dates: how they are read and written; never what time it is now.

use std::fmt;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::invalid::Invalid;

const MICROS_A_DAY: i64 = 86_400_000_000;

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

/// What time it is, told by whoever knows: the instant and the calendar date where the user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub now: Timestamp,
    pub today: Date,
    /// How far clocks where the user is are ahead of UTC.
    pub ahead: Span,
}

impl Moment {
    /// Returns when a day begins where the user is; by today's offset, also for days before or after a change of clocks.
    pub fn start_of(self, date: Date) -> Timestamp {
        date.midnight().plus_micros(-self.ahead.micros())
    }
}

/// A length of time in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(i64);

impl Span {
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 3_600_000_000)
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

/// A calendar date without a time zone, in the years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Date(NaiveDate);

super::from_text!(Date, |text| Self::iso(&text));

impl Date {
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    pub fn naive(self) -> NaiveDate {
        self.0
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`Invalid::NotADate`].
    pub fn iso(text: &str) -> Result<Self, Invalid> {
        ymd(text.trim(), '-').ok_or_else(|| Invalid::NotADate(text.to_owned()))
    }

    /// Reads the `MM/DD/YYYY` of Partner Center files (leading zeros optional) or `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`Invalid::NotADate`].
    pub fn partner_center(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        mdy(text).or_else(|| ymd(text, '-')).ok_or_else(|| Invalid::NotADate(text.to_owned()))
    }

    /// Reads a date as people type it: ISO, `31.12.`, `12/31/2026`, `31 Dec 2026`, `12월 31일`, `+30d`, `+2w`, `+3m`, `today`,
    /// `end of quarter`, `분기말`, `月末`. A date without a year is the next such day from `today` on.
    ///
    /// # Errors
    /// [`Invalid::NotADate`].
    pub fn typed(text: &str, today: Self) -> Result<Self, Invalid> {
        let plain: String = text.nfkc().collect::<String>().trim().to_lowercase();
        relative(&plain, today)
            .or_else(|| ymd(&plain, '-'))
            .or_else(|| ymd(&plain, '/'))
            .or_else(|| mdy(&plain))
            .or_else(|| dotted(&plain, today))
            .or_else(|| asian(&plain, today))
            .or_else(|| named(&plain, today))
            .ok_or_else(|| Invalid::NotADate(text.to_owned()))
    }

    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let amount = Days::new(days.unsigned_abs());
        let moved = if days < 0 { self.0.checked_sub_days(amount) } else { self.0.checked_add_days(amount) };
        moved.filter(|d| (1..=9999).contains(&d.year())).map_or(self, Self)
    }

    /// Returns the same day of another month, or its last day where that is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let amount = Months::new(months.unsigned_abs());
        let moved = if months < 0 { self.0.checked_sub_months(amount) } else { self.0.checked_add_months(amount) };
        moved.filter(|d| (1..=9999).contains(&d.year())).map_or(self, Self)
    }

    /// Returns the last day of the period of `months` (1, 3 or 12) that holds this date.
    #[must_use]
    pub fn end_of(self, months: u32) -> Self {
        let first_month = (self.0.month0() / months) * months;
        NaiveDate::from_ymd_opt(self.0.year(), first_month + 1, 1)
            .and_then(|d| d.checked_add_months(Months::new(months)))
            .and_then(|d| d.pred_opt())
            .map_or(self, Self)
    }

    /// Returns the first day of the period of `months` (1, 3 or 12) that holds this date.
    #[must_use]
    pub fn start_of(self, months: u32) -> Self {
        let first_month = (self.0.month0() / months) * months;
        NaiveDate::from_ymd_opt(self.0.year(), first_month + 1, 1).map_or(self, Self)
    }

    /// Returns the Monday of this date's week.
    #[must_use]
    pub fn monday(self) -> Self {
        self.plus_days(-i64::from(self.0.weekday().num_days_from_monday()))
    }

    /// Returns midnight UTC of this date.
    pub fn midnight(self) -> Timestamp {
        Timestamp(self.0.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_micros())
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

fn number(text: &str, longest: usize) -> Option<u32> {
    let text = text.trim();
    let good = !text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
    if good { text.parse().ok() } else { None }
}

fn year(text: &str) -> Option<i32> {
    if text.trim().len() == 4 { number(text, 4).and_then(|y| i32::try_from(y).ok()) } else { None }
}

fn ymd(text: &str, separator: char) -> Option<Date> {
    let mut parts = text.split(separator);
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year(y)?, number(m, 2)?, number(d, 2)?)
}

fn mdy(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (m, d, y) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year(y)?, number(m, 2)?, number(d, 2)?)
}

/// Returns the first such day on or after `today`.
fn next(month: u32, day: u32, today: Date) -> Option<Date> {
    (0..=8).find_map(|ahead| Date::new(today.0.year() + ahead, month, day).filter(|date| *date >= today))
}

fn dotted(text: &str, today: Date) -> Option<Date> {
    let parts: Vec<&str> = text.split('.').map(str::trim).filter(|p| !p.is_empty()).collect();
    match parts[..] {
        [y, m, d] if y.len() == 4 => Date::new(year(y)?, number(m, 2)?, number(d, 2)?),
        [d, m, y] => Date::new(year(y)?, number(m, 2)?, number(d, 2)?),
        [d, m] => next(number(m, 2)?, number(d, 2)?, today),
        _ => None,
    }
}

fn asian(text: &str, today: Date) -> Option<Date> {
    let (before_day, rest) = text.split_once(['日', '일']).or_else(|| text.split_once('号'))?;
    if !rest.trim().is_empty() {
        return None;
    }
    let (before_month, day) = before_day.split_once(['月', '월'])?;
    let day = number(day, 2)?;
    match before_month.split_once(['年', '년']) {
        Some((y, month)) => Date::new(year(y)?, number(month, 2)?, day),
        None => next(number(before_month, 2)?, day, today),
    }
}

/// Reads `31 Dec 2026`, `Dec 31, 2026` and both without a year.
fn named(text: &str, today: Date) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let words: Vec<&str> = text.split([' ', ',', '.', '-']).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| {
        let at = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
        u32::try_from(at + 1).ok()
    };
    let (day, month, rest) = match words[..] {
        [first, second, ref rest @ ..] => match (month(first), month(second)) {
            (Some(month), None) => (second, month, rest),
            (None, Some(month)) => (first, month, rest),
            _ => return None,
        },
        _ => return None,
    };
    let day = number(day, 2)?;
    match rest {
        [] => next(month, day, today),
        [given] => Date::new(year(given)?, month, day),
        _ => None,
    }
}

fn relative(text: &str, today: Date) -> Option<Date> {
    // `end-of-quarter` needs no quotes in a shell.
    match text.replace('-', " ").as_str() {
        "today" | "오늘" | "今日" | "今天" => return Some(today),
        "tomorrow" | "내일" | "明日" | "明天" => return Some(today.plus_days(1)),
        "end of month" | "eom" | "월말" | "月末" | "月底" => return Some(today.end_of(1)),
        "end of quarter" | "eoq" | "분기말" | "四半期末" | "季末" | "季度末" | "季底" => {
            return Some(today.end_of(3));
        }
        "end of year" | "eoy" | "연말" | "年末" | "年底" => return Some(today.end_of(12)),
        _ => {}
    }
    let rest = text.strip_prefix('+')?;
    let (count, unit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
    let count = number(count, 4)?;
    match unit {
        "d" => Some(today.plus_days(i64::from(count))),
        "w" => Some(today.plus_days(i64::from(count) * 7)),
        "m" => today.0.checked_add_months(Months::new(count)).filter(|d| d.year() <= 9999).map(Date),
        "y" => today.0.checked_add_months(Months::new(count * 12)).filter(|d| d.year() <= 9999).map(Date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Date {
        Date::iso(text).unwrap()
    }

    #[test]
    fn kept_days_and_times_are_between_the_years_1_and_9999() {
        let day = |text: &str| serde_json::from_value::<Date>(text.into());
        assert_eq!(day("2026-12-18").unwrap(), Date::iso("2026-12-18").unwrap());
        for bad in ["", "2026-02-30", "+12345-01-01", "0000-01-01", "18.12.2026", "soon"] {
            assert!(day(bad).is_err(), "{bad}");
        }
        let time = |value: serde_json::Value| serde_json::from_value::<Timestamp>(value);
        assert_eq!(time(1.into()).unwrap(), Timestamp::from_micros(1));
        assert!(time(i64::MAX.into()).is_err() && time(i64::MIN.into()).is_err() && time("now".into()).is_err());
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        let today = date("2026-11-21");
        for (typed, expected) in [
            ("2026-12-31", "2026-12-31"),
            ("2026/12/31", "2026-12-31"),
            ("2026.12.31", "2026-12-31"),
            ("31.12.2026", "2026-12-31"),
            ("31.12.", "2026-12-31"),
            ("1.3.", "2027-03-01"),
            ("29.2.", "2028-02-29"),
            ("12/31/2026", "2026-12-31"),
            ("1/30/2027", "2027-01-30"),
            ("２０２６－１２－３１", "2026-12-31"),
            ("2026年12月31日", "2026-12-31"),
            ("2026년 12월 31일", "2026-12-31"),
            ("12월 31일", "2026-12-31"),
            ("3月1日", "2027-03-01"),
            ("12月31号", "2026-12-31"),
            ("today", "2026-11-21"),
            ("+30d", "2026-12-21"),
            ("+2w", "2026-12-05"),
            ("+3m", "2027-02-21"),
            ("+1Y", "2027-11-21"),
            ("end of quarter", "2026-12-31"),
            ("end-of-quarter", "2026-12-31"),
            ("end-of-year", "2026-12-31"),
            ("eom", "2026-11-30"),
            ("31 Dec 2026", "2026-12-31"),
            ("December 31, 2026", "2026-12-31"),
            ("1 mar", "2027-03-01"),
            ("Mar 1", "2027-03-01"),
            ("2026. 12. 31.", "2026-12-31"),
            ("분기말", "2026-12-31"),
            ("月末", "2026-11-30"),
            ("明天", "2026-11-22"),
        ] {
            assert_eq!(Date::typed(typed, today).map(|d| d.to_string()).as_deref(), Ok(expected), "{typed}");
        }
        for typed in [
            "",
            "31.13.",
            "2026-02-30",
            "13/13/2026",
            "+d",
            "+3x",
            "soon",
            "31 de 2026",
            "ma 1",
            "31 Dec 26",
            "26-1-1",
            "1/2/3/2026",
            "+",
            "한",
        ] {
            assert!(Date::typed(typed, today).is_err(), "{typed}");
        }
    }

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

    #[test]
    fn periods_end_where_the_calendar_says() {
        for (from, months, end) in [
            ("2026-02-10", 1, "2026-02-28"),
            ("2028-02-10", 1, "2028-02-29"),
            ("2026-11-21", 3, "2026-12-31"),
            ("2026-11-21", 12, "2026-12-31"),
            ("9999-12-31", 12, "9999-12-31"),
        ] {
            assert_eq!(date(from).end_of(months).to_string(), end);
        }
        assert_eq!(date("2026-11-21").monday(), date("2026-11-16"));
    }

    proptest! {
        #[test]
        fn printed_dates_are_read_back(days in -600_000i64..2_000_000) {
            let printed = date("2026-11-21").plus_days(days);
            prop_assert_eq!(Date::iso(&printed.to_string()), Ok(printed));
            prop_assert_eq!(Date::typed(&printed.to_string(), date("2026-11-21")), Ok(printed));
        }

        /// As each of the five languages writes a day, also in full-width digits.
        #[test]
        fn days_written_in_five_languages_are_read_back(days in 0_i64..40_000, wide in any::<bool>(), language in 0_usize..6) {
            let day = date("2026-11-21").plus_days(days);
            let (y, m, d) = (day.naive().year(), day.naive().month(), day.naive().day());
            let mut written = match language {
                0 => format!("{m}/{d}/{y}"),
                1 => format!("{y}년 {m}월 {d}일"),
                2 => format!("{y}年{m}月{d}日"),
                3 => format!("{y}年{m}月{d}号"),
                4 => format!("{y}/{m:02}/{d:02}"),
                _ => format!("{y}. {m}. {d}."),
            };
            if wide {
                written = written.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).filter(|_| c.is_ascii_digit()).unwrap_or(c)).collect();
            }
            prop_assert_eq!(Date::typed(&written, date("2026-11-21")), Ok(day), "{}", written);
        }

        #[test]
        fn no_typed_text_makes_the_date_parser_fall_over(text in ".{0,16}") {
            let _ = Date::typed(&text, date("2026-11-21"));
            let _ = Timestamp::parse(&text);
        }

        #[test]
        fn printed_instants_are_read_back(seconds in -62_135_596_800i64..253_402_300_799) {
            let at = Timestamp::from_micros(seconds * 1_000_000);
            prop_assert_eq!(Timestamp::parse(&at.to_string()), Ok(at));
        }
    }
}
