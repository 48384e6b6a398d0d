//! Days of the calendar, and what day it is for whoever knows the time; how people type them is `typed.rs`.

use std::fmt;
use std::ops::Deref;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};
use serde::Serialize;

use super::instant::{Span, Timestamp};
use super::invalid::Invalid;

/// What time it is, told by whoever knows: the instant and the calendar date where the user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub now: Timestamp,
    pub today: Today,
    pub zone: Zone,
}

/// What people begin a date of digits with, where they live.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// `26/12/31`, `12/31`.
    Year,
    /// `12/31/26`, `12/31`.
    #[default]
    Month,
    /// `31/12/26`, `31/12`.
    Day,
}

/// The calendar date where the user is, by which dates are typed, and how they are written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today {
    pub date: Date,
    pub order: Order,
}

impl Deref for Today {
    type Target = Date;

    fn deref(&self) -> &Date {
        &self.date
    }
}

impl From<Date> for Today {
    fn from(date: Date) -> Self {
        Self { date, order: Order::default() }
    }
}

impl Moment {
    /// Returns when a day begins where the user is, on both sides of a change of clocks.
    pub fn start_of(self, date: Date) -> Timestamp {
        self.zone.start_of(date)
    }

    /// Returns the last instant of a day where the user is; relative days count from that day.
    #[must_use]
    pub fn end_of(self, date: Date) -> Self {
        let now = self.start_of(date.plus_days(1)).plus_micros(-1);
        Self { now, today: Today { date, ..self.today }, ..self }
    }

    /// Returns what clocks where the user is show at an instant.
    pub fn local(self, at: Timestamp) -> chrono::NaiveDateTime {
        at.plus_micros(self.zone.ahead(at).micros()).utc()
    }

    /// Returns the day of an instant as clocks where the user is show it; of one of which only the day is known that day.
    pub fn day_of(self, at: Timestamp) -> Date {
        if at.is_day_only() { at.utc().date().into() } else { self.local(at).date().into() }
    }

    /// Returns what the clocks of the user show as if it were UTC: so it compares with days, which are kept as their midnight UTC.
    #[must_use]
    pub fn among_days(self) -> Self {
        Self { now: self.now.plus_micros(self.zone.ahead(self.now).micros()), today: self.today, zone: Zone::UTC }
    }
}

/// An instant alone is what clocks show at UTC; the days of nobody but tests.
#[cfg(test)]
impl From<Timestamp> for Moment {
    fn from(now: Timestamp) -> Self {
        Self { now, today: Date::from(now.utc().date()).into(), zone: Zone::UTC }
    }
}

/// How far clocks where the user is are ahead of UTC, at any instant.
#[derive(Debug, Clone, Copy)]
pub struct Zone(Rules);

#[derive(Debug, Clone, Copy)]
enum Rules {
    Always(Span),
    /// Told by whoever knows the rules of the place.
    At(fn(Timestamp) -> Span),
}

impl PartialEq for Zone {
    /// Zones of rules are those of one place.
    fn eq(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            (Rules::Always(one), Rules::Always(other)) => one == other,
            (Rules::At(_), Rules::At(_)) => true,
            _ => false,
        }
    }
}

impl Eq for Zone {}

impl Zone {
    pub const UTC: Self = Self::always(Span::hours(0));

    /// Returns a zone whose clocks never change.
    pub const fn always(ahead: Span) -> Self {
        Self(Rules::Always(ahead))
    }

    /// Returns a zone whose clocks are ahead as `ahead` tells of each instant.
    pub const fn by(ahead: fn(Timestamp) -> Span) -> Self {
        Self(Rules::At(ahead))
    }

    /// Returns how far clocks are ahead of UTC at an instant.
    pub fn ahead(self, at: Timestamp) -> Span {
        match self.0 {
            Rules::Always(ahead) => ahead,
            Rules::At(ahead) => ahead(at),
        }
    }

    /// Returns when a day begins: the first instant at which clocks show it.
    fn start_of(self, date: Date) -> Timestamp {
        let midnight = date.midnight();
        let shows = |at: Timestamp| at.plus_micros(self.ahead(at).micros()) >= midnight;
        let [earliest, latest] = {
            let by = |days| midnight.plus_micros(-self.ahead(midnight.plus_days(days)).micros());
            let (one, other) = (by(-1), by(1));
            [one.min(other), one.max(other)]
        };
        if shows(earliest) {
            return earliest;
        }
        // Clocks are changed in between; where they jump over midnight, that is when the day begins.
        let (mut before, mut after) = (earliest, latest);
        while after.since(before).micros() > 1 {
            let middle = before.plus_micros(after.since(before).micros() / 2);
            if shows(middle) { after = middle } else { before = middle }
        }
        after
    }
}

/// A calendar date without a time zone, in the years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Date(NaiveDate);

/// The day on which the years that chrono counts from reach 1970.
const EPOCH: i64 = 719_163;

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

    /// Returns how many days after the first of January of 1970 it is; before that less than nought.
    pub fn number(self) -> i64 {
        i64::from(self.0.num_days_from_ce()) - EPOCH
    }

    /// Returns the day of a number as [`Date::number`] gives it; `None` beyond the years 1 to 9999.
    pub fn from_number(number: i64) -> Option<Self> {
        let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(number.checked_add(EPOCH)?).ok()?)?;
        Some(Self(day)).filter(|_| (1..=9999).contains(&day.year()))
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

    /// Returns it as Partner Center files have it: `MM/DD/YYYY`.
    pub fn as_partner_center(self) -> String {
        self.0.format("%m/%d/%Y").to_string()
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

    /// Returns this day as the time at which something was made, of which no more is known.
    pub fn as_created(self) -> Timestamp {
        self.midnight().day_only()
    }

    /// Returns the day of an instant in UTC.
    pub fn in_utc(at: Timestamp) -> Self {
        Self(at.utc().date())
    }

    /// Returns midnight UTC of this date.
    pub fn midnight(self) -> Timestamp {
        Timestamp::from_micros(self.0.and_time(NaiveTime::MIN).and_utc().timestamp_micros())
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

pub(super) fn number(text: &str, longest: usize) -> Option<u32> {
    let text = text.trim();
    let good = !text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
    if good { text.parse().ok() } else { None }
}

pub(super) fn year(text: &str) -> Option<i32> {
    if text.trim().len() == 4 { number(text, 4).and_then(|y| i32::try_from(y).ok()) } else { None }
}

pub(super) fn ymd(text: &str, separator: char) -> Option<Date> {
    let mut parts = text.split(separator);
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year(y)?, number(m, 2)?, number(d, 2)?)
}

pub(super) fn mdy(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (m, d, y) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year(y)?, number(m, 2)?, number(d, 2)?)
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

    /// Clocks of New York in 2026.
    fn new_york(at: Timestamp) -> Span {
        let at = at.to_string();
        Span::hours(if ("2026-03-08T07:00:00Z".."2026-11-01T06:00:00Z").contains(&at.as_str()) { -4 } else { -5 })
    }

    /// Clocks that jump from midnight to one o'clock, as they did in Brazil.
    fn sao_paulo(at: Timestamp) -> Span {
        Span::hours(if ("2018-11-04T03:00:00Z".."2019-02-17T02:00:00Z").contains(&at.to_string().as_str()) { -2 } else { -3 })
    }

    #[test]
    fn a_day_begins_at_its_own_midnight_on_both_sides_of_a_change_of_clocks() {
        for (zone, day, begins) in [
            (Zone::by(new_york), "2026-03-07", "2026-03-07T05:00:00Z"),
            (Zone::by(new_york), "2026-03-08", "2026-03-08T05:00:00Z"),
            (Zone::by(new_york), "2026-03-09", "2026-03-09T04:00:00Z"),
            (Zone::by(new_york), "2026-10-31", "2026-10-31T04:00:00Z"),
            (Zone::by(new_york), "2026-11-01", "2026-11-01T04:00:00Z"),
            (Zone::by(new_york), "2026-11-02", "2026-11-02T05:00:00Z"),
            (Zone::by(new_york), "2026-11-25", "2026-11-25T05:00:00Z"),
            (Zone::by(sao_paulo), "2018-11-04", "2018-11-04T03:00:00Z"),
            (Zone::by(sao_paulo), "2018-11-05", "2018-11-05T02:00:00Z"),
            (Zone::by(sao_paulo), "2019-02-17", "2019-02-17T03:00:00Z"),
            (Zone::always(Span::hours(9)), "2026-11-25", "2026-11-24T15:00:00Z"),
        ] {
            assert_eq!(zone.start_of(date(day)).to_string(), begins, "{day}");
        }
    }

    proptest! {
        #[test]
        fn printed_dates_are_read_back(days in -600_000i64..2_000_000) {
            let printed = date("2026-11-21").plus_days(days);
            prop_assert_eq!(Date::iso(&printed.to_string()), Ok(printed));
        }
    }
}
