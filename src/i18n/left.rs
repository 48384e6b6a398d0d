//! How much time is left, in words: until an answer is expected, and until a deal closes. The word is the day of the calendar.

use super::sentences::Sentences;
use crate::domain::date::{Date, Moment};
use crate::domain::deadline::{Deadline, Pressing};

/// How much room there is for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeRoom {
    /// `18h tomorrow 17:00`, `closes in 12d`
    Whole,
    /// `18h tomorrow`, `closes in 12d`
    Short,
    /// `18h tomorrow`, `in 12d`
    Least,
}

impl Sentences {
    /// Returns the time left to respond with its day, where that is today or tomorrow, else whether it is soon.
    pub fn time_left_told(&self, deadline: Deadline, moment: Moment, room: TimeRoom) -> String {
        let left = self.time_left(deadline, moment.now);
        let pressing = deadline.pressing(moment.now);
        let local = moment.local(deadline.at);
        let day = Date::from(local.date());
        let word = match day {
            _ if pressing == Pressing::Over => return left,
            day if day == *moment.today => self.today(),
            day if day == moment.today.plus_days(1) => self.tomorrow(),
            _ if pressing == Pressing::Soon => self.soon(),
            _ => return left,
        };
        if room != TimeRoom::Whole {
            return format!("{left} {word}");
        }
        let near = day <= moment.today.plus_days(1) && deadline.is_known();
        let word = if near { self.day_time(word, local.format("%H:%M").to_string()) } else { word };
        format!("{left} {word}")
    }

    /// Returns how far the day on which a deal closes is ahead, or by how many days it has passed.
    pub fn closes(&self, close: Date, today: Date, room: TimeRoom) -> String {
        let days = (close.naive() - today.naive()).num_days();
        match (days, room) {
            (..0, _) => self.close_over(self.number(days.unsigned_abs())),
            (0, TimeRoom::Least) => self.today(),
            (1, TimeRoom::Least) => self.tomorrow(),
            (_, TimeRoom::Least) => self.close_in(self.number(days.unsigned_abs())),
            (0, _) => self.closes_today(),
            (1, _) => self.closes_tomorrow(),
            _ => self.closes_in(self.number(days.unsigned_abs())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Zone;
    use crate::domain::deadline::Basis;
    use crate::domain::instant::{Span, Timestamp};
    use crate::i18n::Language;

    #[test]
    fn the_word_beside_the_hours_is_the_day_where_the_user_is() {
        // 25 Nov 22:24 in Seoul.
        let now = Timestamp::parse("2026-11-25T13:24:00Z").unwrap();
        let moment = Moment { now, today: Date::iso("2026-11-25").unwrap().into(), zone: Zone::always(Span::hours(9)) };
        let english = Sentences::new(Language::ENGLISH);
        let said = |at: &str, basis| {
            let deadline = Deadline { at: Timestamp::parse(at).unwrap(), basis };
            [TimeRoom::Whole, TimeRoom::Least].map(|room| english.time_left_told(deadline, moment, room))
        };
        for (at, basis, whole, short) in [
            ("2026-11-25T14:10:00Z", Basis::Given, "46 min today 23:10", "46 min today"),
            ("2026-11-26T08:00:00Z", Basis::Given, "18h tomorrow 17:00", "18h tomorrow"),
            ("2026-11-26T14:59:00Z", Basis::Given, "25h tomorrow 23:59", "25h tomorrow"),
            ("2026-11-27T15:00:00Z", Basis::Given, "2d 01h soon", "2d 01h soon"),
            ("2026-11-28T13:24:00Z", Basis::Given, "3d 00h", "3d 00h"),
            // The latest it can be has no hour.
            ("2026-11-26T08:00:00Z", Basis::FirstSeen, "≤ 1d tomorrow", "≤ 1d tomorrow"),
            ("2026-12-09T13:24:00Z", Basis::FirstSeen, "≤ 14d", "≤ 14d"),
            ("2026-11-25T13:24:00Z", Basis::Given, "over", "over"),
        ] {
            assert_eq!(said(at, basis), [whole, short], "{at}");
        }
    }

    #[test]
    fn a_close_date_is_told_as_time() {
        let today = Date::iso("2026-11-25").unwrap();
        let english = Sentences::new(Language::ENGLISH);
        for (day, short, least) in [
            ("2026-12-07", "closes in 12d", "in 12d"),
            ("2026-11-26", "closes tomorrow", "tomorrow"),
            ("2026-11-25", "closes today", "today"),
            ("2026-11-21", "4d over", "4d over"),
        ] {
            let said = [TimeRoom::Short, TimeRoom::Least].map(|room| english.closes(Date::iso(day).unwrap(), today, room));
            assert_eq!(said, [short, least], "{day}");
        }
    }
}
