//! Honest times: what is known of when something happened, and whether it lies in a span of days; nothing is guessed.

use crate::domain::date::{Date, Moment};
use crate::domain::instant::Timestamp;

/// What is known of when something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    At(Timestamp),
    /// No source tells it: not before the first, where that is known, and not after the second.
    Between {
        after: Option<Timestamp>,
        by: Timestamp,
    },
}

impl Known {
    /// Returns the time that is told, else what bounds it.
    pub fn of(told: Option<Timestamp>, after: Option<Timestamp>, by: Timestamp) -> Self {
        // What contradicts itself bounds nothing from below.
        told.map_or_else(|| Self::Between { after: after.filter(|after| *after <= by), by }, Self::At)
    }

    /// Returns the time, where it is told to the minute.
    pub fn exactly(self) -> Option<Timestamp> {
        match self {
            Self::At(at) if !at.is_day_only() => Some(at),
            Self::At(_) | Self::Between { .. } => None,
        }
    }
}

/// Days from the first to the last, both included, as clocks where the user is show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub first: Date,
    pub last: Date,
    /// Their bounds as instants: from here, and before there.
    from: Timestamp,
    until: Timestamp,
}

/// Whether something lies in a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Yes,
    No,
    /// What is known of it leaves both open.
    Perhaps,
}

impl Days {
    pub fn new(first: Date, last: Date, moment: Moment) -> Self {
        Self { first, last, from: moment.start_of(first), until: moment.start_of(last.plus_days(1)) }
    }

    /// Returns when the first of them begins.
    pub const fn begin(self) -> Timestamp {
        self.from
    }

    /// Returns how many they are.
    pub fn count(self) -> i64 {
        self.last.naive().signed_duration_since(self.first.naive()).num_days() + 1
    }

    /// Returns as many days, right before these.
    #[must_use]
    pub fn before(self, moment: Moment) -> Self {
        Self::new(self.first.plus_days(-self.count()), self.first.plus_days(-1), moment)
    }

    /// Returns whether an instant lies in them; of a bare day the day counts, in every zone.
    pub fn has(self, at: Timestamp) -> bool {
        self.is_from(at) && self.is_until(at)
    }

    fn is_from(self, at: Timestamp) -> bool {
        if at.is_day_only() { at >= self.first.midnight() } else { at >= self.from }
    }

    fn is_until(self, at: Timestamp) -> bool {
        if at.is_day_only() { at < self.last.plus_days(1).midnight() } else { at < self.until }
    }

    /// Returns whether what is known of a time puts it into these days.
    pub fn holds(self, time: Known) -> Holds {
        match time {
            Known::At(at) if self.has(at) => Holds::Yes,
            Known::At(_) => Holds::No,
            Known::Between { after, by } => {
                if !self.is_from(by) || after.is_some_and(|after| !self.is_until(after)) {
                    Holds::No
                } else {
                    Holds::Perhaps
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::iso(text).unwrap()
    }

    fn week() -> Days {
        Days::new(day("2026-11-16"), day("2026-11-22"), Moment::from(at("2026-11-25T09:00:00Z")))
    }

    #[test]
    #[rustfmt::skip]
    fn a_time_that_no_source_tells_counts_in_no_span_that_it_may_lie_outside_of() {
        let between = |after: Option<&str>, by| Known::Between { after: after.map(at), by: at(by) };
        for (time, holds) in [
            (Known::At(at("2026-11-16T00:00:00Z")), Holds::Yes),
            (Known::At(at("2026-11-22T23:59:59Z")), Holds::Yes),
            (Known::At(at("2026-11-23T00:00:00Z")), Holds::No),
            (Known::At(at("2026-11-15T23:59:59Z")), Holds::No),
            (Known::At(day("2026-11-22").as_created()), Holds::Yes),
            (Known::At(day("2026-11-23").as_created()), Holds::No),
            (between(None, "2026-11-20T00:00:00Z"), Holds::Perhaps),
            (between(Some("2026-11-01T00:00:00Z"), "2026-11-25T00:00:00Z"), Holds::Perhaps),
            (between(None, "2026-11-15T00:00:00Z"), Holds::No),
            (between(Some("2026-11-23T00:00:00Z"), "2026-11-25T00:00:00Z"), Holds::No),
        ] {
            assert_eq!(week().holds(time), holds, "{time:?}");
        }
    }

    #[test]
    fn the_days_before_are_as_many_and_end_where_these_begin() {
        let before = week().before(Moment::from(at("2026-11-25T09:00:00Z")));
        assert_eq!((before.first, before.last), (day("2026-11-09"), day("2026-11-15")));
    }

    #[test]
    fn bounds_that_contradict_each_other_bound_nothing_from_below() {
        let known = Known::of(None, Some(at("2026-11-20T00:00:00Z")), at("2026-11-10T00:00:00Z"));
        assert_eq!(known, Known::Between { after: None, by: at("2026-11-10T00:00:00Z") });
    }
}
