//! Quarters of the calendar, and the day in each past one that today is compared with; what happened in them is counted elsewhere.

use std::fmt;

use chrono::Datelike;

use super::times::Days;
use crate::domain::date::{Date, Moment};
use crate::domain::instant::Timestamp;

/// Three months of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    first: Date,
}

impl Quarter {
    /// Returns the one that holds a day.
    pub fn of(date: Date) -> Self {
        Self { first: date.start_of(3) }
    }

    pub const fn first(self) -> Date {
        self.first
    }

    pub fn last(self) -> Date {
        self.first.end_of(3)
    }

    pub fn year(self) -> i32 {
        self.first.naive().year()
    }

    /// Returns which of the four of its year it is.
    pub fn number(self) -> u32 {
        self.first.naive().month0() / 3 + 1
    }

    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.first.plus_days(-1))
    }

    /// Returns its day that is so many behind the first, or its last day.
    fn day(self, behind: i64) -> Date {
        self.first.plus_days(behind).min(self.last())
    }
}

impl fmt::Display for Quarter {
    /// `2026-Q4`, as a filter reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year(), self.number())
    }
}

/// A day of a quarter, at whose end it is asked what the quarter will come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) quarter: Quarter,
    pub(super) on: Date,
    /// The end of that day, or now.
    pub(super) at: Timestamp,
    /// How many days of the quarter are left, one that has begun as a whole one.
    pub(super) left: u32,
    /// All days of the quarter.
    pub(super) days: Days,
    /// How many days of the quarter today is behind its first.
    into: i64,
}

impl Point {
    /// Returns that of now.
    pub(super) fn now(moment: Moment) -> Self {
        let quarter = Quarter::of(*moment.today);
        let into = moment.today.naive().signed_duration_since(quarter.first.naive()).num_days();
        Self::new(quarter, into, moment.now, moment)
    }

    /// Returns the same of the quarter before: as many days into it, or its last day where it is shorter.
    #[must_use]
    pub(super) fn before(self, moment: Moment) -> Self {
        let quarter = self.quarter.before();
        let over = moment.start_of(quarter.day(self.into).plus_days(1));
        Self::new(quarter, self.into, over.plus_micros(-1), moment)
    }

    fn new(quarter: Quarter, into: i64, at: Timestamp, moment: Moment) -> Self {
        let days = Days::new(quarter.first, quarter.last(), moment);
        // By the calendar, as clocks change; at the last instant of a day the next one begins.
        let from = Date::from(moment.local(at.plus_micros(1)).date());
        let left = (quarter.last().number() + 1 - from.number()).max(0);
        Self { quarter, on: quarter.day(into), at, left: u32::try_from(left).unwrap_or(0), days, into }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Zone;
    use crate::domain::instant::Span;

    #[test]
    fn days_that_are_left_are_counted_by_the_calendar_where_clocks_change() {
        // As in Berlin, where clocks are put back on 25 October.
        let ahead = |at: Timestamp| Span::hours(if at < Timestamp::parse("2026-10-25T01:00:00Z").unwrap() { 2 } else { 1 });
        let at = |text: &str, day: &str| {
            let today = Date::iso(day).unwrap().into();
            Point::now(Moment { now: Timestamp::parse(text).unwrap(), today, zone: Zone::by(ahead) })
        };
        assert_eq!(at("2026-10-10T21:59:59.999999Z", "2026-10-10").left, 82, "the day is over");
        assert_eq!(at("2026-10-10T09:00:00Z", "2026-10-10").left, 83);
        assert_eq!(at("2026-12-31T22:30:00Z", "2026-12-31").left, 1);
    }

    #[test]
    fn a_quarter_is_compared_with_the_one_before_on_the_same_of_its_days() {
        let moment = |text: &str| Moment::from(Timestamp::parse(text).unwrap());
        let now = moment("2026-11-25T09:00:00Z");
        let point = Point::now(now);
        assert_eq!(
            (point.quarter.to_string().as_str(), point.on.to_string().as_str(), point.left),
            ("2026-Q4", "2026-11-25", 37)
        );
        let before = point.before(now);
        // Day 56 of both; its end is all that was known of it.
        assert_eq!(
            (before.quarter.to_string().as_str(), before.on.to_string().as_str(), before.left),
            ("2026-Q3", "2026-08-25", 36)
        );
        assert_eq!(before.at.to_string(), "2026-08-25T23:59:59Z");
        let last = moment("2026-12-31T23:59:59Z");
        let points: Vec<_> = std::iter::successors(Some(Point::now(last)), |point| Some(point.before(last))).take(4).collect();
        let told: Vec<_> = points.iter().map(|point| (point.quarter.number(), point.on.to_string(), point.left)).collect();
        let expected = [(4, "2026-12-31", 1), (3, "2026-09-30", 0), (2, "2026-06-30", 0), (1, "2026-03-31", 0)];
        assert_eq!(told, expected.map(|(number, on, left)| (number, on.to_owned(), left)));
    }
}
