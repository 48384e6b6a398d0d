//! What time it is, and where: the only place that asks the system.

use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, Local, NaiveDateTime, TimeZone, Utc};

use crate::domain::date::{Date, Moment, Order, Today, Zone};
use crate::domain::instant::{Span, Timestamp};

/// A source of time: the system's, or one that stands still for scripts and tests (`COSELL_NOW`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    source: Source,
    order: Order,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    System,
    /// Stands still, in the time zone that its text named.
    Fixed {
        now: Timestamp,
        zone: FixedOffset,
    },
}

impl Clock {
    /// Returns the clock that `COSELL_NOW` asks for.
    ///
    /// # Errors
    /// The text, when it is not a time in RFC 3339.
    pub fn from_setting(setting: Option<&str>) -> Result<Self, String> {
        let Some(text) = setting.filter(|text| !text.is_empty()) else { return Ok(Self::of(Source::System)) };
        let parsed = DateTime::parse_from_rfc3339(text.trim()).map_err(|_| text.to_owned())?;
        let now = Timestamp::from_micros(parsed.timestamp_micros());
        Ok(Self::of(Source::Fixed { now, zone: *parsed.offset() }))
    }

    fn of(source: Source) -> Self {
        Self { source, order: Order::default() }
    }

    /// Returns the same clock where dates are written in such an order.
    #[must_use]
    pub const fn where_dates_are(self, order: Order) -> Self {
        Self { order, ..self }
    }

    pub fn now(&self) -> Timestamp {
        match &self.source {
            Source::System => Timestamp::from_micros(Utc::now().timestamp_micros()),
            Source::Fixed { now, .. } => *now,
        }
    }

    /// Returns now and today's date where the user is.
    pub fn moment(&self) -> Moment {
        self.moment_of(self.now())
    }

    /// Returns an instant with its date where the user is.
    pub fn moment_of(&self, now: Timestamp) -> Moment {
        let local = self.local(now);
        let zone = match &self.source {
            Source::System => Zone::by(ahead_here),
            Source::Fixed { zone, .. } => Zone::always(ahead_in(*zone)),
        };
        Moment { now, today: Today { date: Date::from(local.date()), order: self.order }, zone }
    }

    /// Returns what clocks show where the user is at an instant; a day of which no more is known is that day everywhere.
    pub fn local(&self, at: Timestamp) -> NaiveDateTime {
        match &self.source {
            _ if at.is_day_only() => at.utc(),
            Source::System => Local.from_utc_datetime(&at.utc()).naive_local(),
            Source::Fixed { zone, .. } => zone.from_utc_datetime(&at.utc()).naive_local(),
        }
    }
}

/// Returns how far the clocks of this machine are ahead of UTC at an instant.
fn ahead_here(at: Timestamp) -> Span {
    ahead_in(Local.offset_from_utc_datetime(&at.utc()))
}

fn ahead_in(zone: FixedOffset) -> Span {
    Span::seconds(zone.local_minus_utc().into())
}

/// Measures how long something takes.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_stands_still_in_its_own_zone() {
        let clock = Clock::from_setting(Some("2026-11-21T00:30:00+09:00")).unwrap();
        assert_eq!(clock.now().to_string(), "2026-11-20T15:30:00Z");
        assert_eq!(clock.moment().today, Date::iso("2026-11-21").unwrap().into());
        assert_eq!(clock.local(clock.now()).to_string(), "2026-11-21 00:30:00");
        assert_eq!(Clock::from_setting(Some("noon")), Err("noon".to_owned()));
        assert_eq!(Clock::from_setting(None), Ok(Clock::of(Source::System)));
    }
}
