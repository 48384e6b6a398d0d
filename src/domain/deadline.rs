//! Until when an answer is expected, how we know, and how pressing it is; what happens when nobody answers is `stage.rs`.

use serde::{Deserialize, Serialize};

use super::date::{Date, Moment};
use super::instant::{Span, Timestamp};
use super::invalid::Invalid;

/// An opportunity is *due* when less than this is left.
pub const SOON: Span = Span::hours(72);

/// The moment a received opportunity expires (MG-65), and how we know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub at: Timestamp,
    pub basis: Basis,
}

impl Deadline {
    /// Returns how pressing the answer is at `now`; deadlines count by the minute they fall in.
    pub fn pressing(self, now: Timestamp) -> Pressing {
        const MINUTE: i64 = 60_000_000;
        let left = (self.at.micros().div_euclid(MINUTE) - now.micros().div_euclid(MINUTE)) * MINUTE;
        match left {
            _ if self.at <= now => Pressing::Over,
            left if left < Span::hours(24).micros() => Pressing::Today,
            left if left < SOON.micros() => Pressing::Soon,
            _ => Pressing::Later,
        }
    }

    /// Returns the honest deadline where Partner Center gives none (MG-65, MG-66): creation plus so many days, else at most from
    /// when it was first seen. Of a creation of which only the day is known it is at most the end of such a day.
    pub fn counted(created: Option<Timestamp>, first_seen: Timestamp, days: i64) -> Self {
        match created {
            Some(created) if created.is_day_only() => Self { at: created.end_of_day().plus_days(days), basis: Basis::FirstSeen },
            Some(created) => Self { at: created.plus_days(days), basis: Basis::Created },
            None => Self { at: first_seen.plus_days(days), basis: Basis::FirstSeen },
        }
    }

    pub const fn is_known(self) -> bool {
        !matches!(self.basis, Basis::FirstSeen)
    }
}

/// Reads a deadline as a rep types it: an instant, a day and a time where the user is (`30 Nov 17:00`), or a day, which ends it.
///
/// # Errors
/// [`Invalid::Missing`], [`Invalid::NotADate`], [`Invalid::NotATime`], [`Invalid::IsOver`].
pub fn typed(text: &str, moment: Moment) -> Result<Timestamp, Invalid> {
    let at = read(text, moment)?;
    if at > moment.now { Ok(at) } else { Err(Invalid::IsOver(text.trim().to_owned())) }
}

fn read(text: &str, moment: Moment) -> Result<Timestamp, Invalid> {
    const MINUTE: i64 = 60_000_000;
    let text = text.trim();
    if text.is_empty() {
        return Err(Invalid::Missing);
    }
    let has_zone = text.split_once('T').is_some_and(|(_, time)| time.contains(['Z', 'z', '+', '-']));
    if let Some(at) = Timestamp::parse(text).ok().filter(|_| has_zone) {
        return Ok(at);
    }
    let split = text.rsplit_once([' ', 'T']).filter(|(_, time)| time.contains(':'));
    let Some((day, time)) = split else {
        let next = Date::typed(text, moment.today)?.plus_days(1);
        return Ok(moment.start_of(next).plus_micros(-MINUTE));
    };
    let number = |text: &str, below: i64| text.parse::<i64>().ok().filter(|n| text.len() <= 2 && (0..below).contains(n));
    let minutes = time.split_once(':').and_then(|(hours, minutes)| Some(number(hours, 24)? * 60 + number(minutes, 60)?));
    let minutes = minutes.ok_or_else(|| Invalid::NotATime(time.to_owned()))?;
    let begin = moment.start_of(Date::typed(day, moment.today)?);
    let at = begin.plus_micros(minutes * MINUTE);
    // On a day of a clock change the hours since it began are not those that clocks show.
    let changed = moment.zone.ahead(at).micros() - moment.zone.ahead(begin).micros();
    Ok(at.plus_micros(-changed))
}

/// What a deadline is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Basis {
    /// Partner Center gave the moment itself.
    Given,
    /// The creation date plus the setting.
    Created,
    /// The first import that showed it, or the end of the day of its creation, plus the setting: the true deadline is this one *at
    /// most*.
    FirstSeen,
}

impl Basis {
    pub const ALL: [Self; 3] = [Self::Given, Self::Created, Self::FirstSeen];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Created => "created",
            Self::FirstSeen => "firstSeen",
        }
    }
}

/// How pressing an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressing {
    Later,
    /// Less than three days are left.
    Soon,
    /// Less than one day is left.
    Today,
    /// The moment has passed.
    Over,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_day_of_a_clock_change_a_time_is_the_one_that_clocks_show() {
        // New York: 14 March 2027 and 7 November 2027, both at 02:00.
        let ahead = |at: Timestamp| {
            let text = at.to_string();
            Span::hours(if ("2027-03-14T07".."2027-11-07T06").contains(&text.as_str()) { -4 } else { -5 })
        };
        let zone = crate::domain::date::Zone::by(ahead);
        let moment = Moment {
            now: Timestamp::parse("2027-03-01T08:00:00Z").unwrap(),
            today: Date::iso("2027-03-01").unwrap().into(),
            zone,
        };
        for (text, at) in [
            ("2027-03-14 17:00", "2027-03-14T21:00:00Z"),
            ("2027-03-14 01:30", "2027-03-14T06:30:00Z"),
            ("2027-11-07 17:00", "2027-11-07T22:00:00Z"),
            ("2027-11-08 09:00", "2027-11-08T14:00:00Z"),
        ] {
            assert_eq!(typed(text, moment).unwrap().to_string(), at, "{text}");
        }
        assert_eq!(typed("2027-02-28 09:00", moment), Err(Invalid::IsOver("2027-02-28 09:00".into())));
    }

    #[test]
    fn a_deadline_is_typed_as_people_write_it() {
        let now = Timestamp::parse("2026-11-21T08:00:00Z").unwrap();
        let moment = Moment {
            now,
            today: Date::iso("2026-11-21").unwrap().into(),
            zone: crate::domain::date::Zone::always(Span::hours(9)),
        };
        for (text, at) in [
            ("2026-11-30T17:00:00Z", "2026-11-30T17:00:00Z"),
            ("2026-11-30 17:00", "2026-11-30T08:00:00Z"),
            ("2026-11-30T9:05", "2026-11-30T00:05:00Z"),
            (" 2026-11-30 ", "2026-11-30T14:59:00Z"),
            ("+3d", "2026-11-24T14:59:00Z"),
        ] {
            assert_eq!(typed(text, moment).unwrap().to_string(), at, "{text}");
        }
        for wrong in ["", "soon", "2026-11-30 25:00", "2026-11-30 17:60", "2026-02-30 10:00", ":", " 1:1:1"] {
            assert!(typed(wrong, moment).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_creation_day_without_a_time_makes_the_end_of_a_day_the_deadline_at_most() {
        let counted = |created: Timestamp| Deadline::counted(Some(created), Timestamp::from_micros(0), 14);
        let created = |text: &str| Timestamp::parse(text).unwrap();
        let of_day = counted(created("2026-11-07T00:00:00Z").day_only());
        assert_eq!((of_day.at.to_string().as_str(), of_day.is_known()), ("2026-11-21T23:59:59Z", false));
        let of_time = counted(created("2026-11-15T10:30:00Z"));
        assert_eq!((of_time.at.to_string().as_str(), of_time.is_known()), ("2026-11-29T10:30:00Z", true));
    }

    #[test]
    fn time_left_is_soon_under_three_days_and_today_under_one() {
        let at = Timestamp::from_micros(1_790_000_000_000_000).plus_days(14);
        let deadline = Deadline { at, basis: Basis::Created };
        let before = |hours: i64| Timestamp::from_micros(at.micros() - Span::hours(hours).micros());
        for (now, pressing) in [
            (before(100), Pressing::Later),
            (before(72), Pressing::Later),
            (before(71), Pressing::Soon),
            (before(24), Pressing::Soon),
            (before(23), Pressing::Today),
            (before(0), Pressing::Over),
            (before(-1), Pressing::Over),
        ] {
            assert_eq!(deadline.pressing(now), pressing);
        }
    }
}
