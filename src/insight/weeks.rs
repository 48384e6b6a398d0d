//! Weeks: the close dates ahead of today, day by day, and what came in, was won and was lost in the weeks behind; undated is in none.

use super::review::Terms;
use super::stood::Stood;
use super::times::{Days, Known};
use crate::domain::date::{Date, Moment};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Direction;
use crate::domain::outcome::OutcomeKind;
use crate::domain::sums::Sums;

/// So many weeks ahead are told day by day, the present one among them.
const WEEKS_AHEAD: usize = 13;
/// So many weeks are looked back on, the present one among them.
pub const WEEKS_BEHIND: usize = 13;

/// Open deals to be closed in one week; of the present one in what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseWeek {
    pub first: Date,
    /// Its Sunday.
    pub last: Date,
    pub sums: Sums,
    /// By day, from Monday.
    days: [u64; 7],
}

impl CloseWeek {
    /// Returns how many are to be closed on each day from Monday on; `None` on days that are over.
    pub fn days(&self) -> [Option<u64>; 7] {
        let over = self.days_over();
        std::array::from_fn(|day| (day >= over).then(|| self.days[day]))
    }

    fn days_over(&self) -> usize {
        usize::try_from(days_between(self.first.monday(), self.first)).unwrap_or(0)
    }
}

/// The close dates of open deals from today on; what was to be closed before is [`super::Review::overdue`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    today: Date,
    weeks: Vec<CloseWeek>,
    /// To be closed after the last of the weeks.
    pub later: Sums,
}

fn days_between(first: Date, last: Date) -> i64 {
    last.naive().signed_duration_since(first.naive()).num_days()
}

impl Closing {
    pub(super) fn new(today: Date) -> Self {
        let monday = today.monday();
        let mondays = (0..).step_by(7).take(WEEKS_AHEAD).map(|days| monday.plus_days(days));
        let week =
            |monday: Date| CloseWeek { first: monday.max(today), last: monday.plus_days(6), sums: Sums::default(), days: [0; 7] };
        Self { today, weeks: mondays.map(week).collect(), later: Sums::default() }
    }

    pub(super) fn add_open(&mut self, deal: &Stood) {
        let Some(date) = deal.close_date.filter(|date| *date >= self.today) else { return };
        let days = usize::try_from(days_between(self.today.monday(), date)).unwrap_or(0);
        match self.weeks.get_mut(days / 7) {
            Some(week) => {
                week.sums.add(deal.value);
                week.days[days % 7] += 1;
            }
            None => self.later.add(deal.value),
        }
    }

    /// Returns the weeks from this one to the last in which one is to be closed, all of them where more come later; none where that is none.
    pub fn weeks(&self) -> &[CloseWeek] {
        let last = if self.later.count > 0 { self.weeks.len().checked_sub(1) } else { None };
        let last = last.or_else(|| self.weeks.iter().rposition(|week| week.sums.count > 0));
        self.weeks.get(..last.map_or(0, |last| last + 1)).unwrap_or_default()
    }

    /// Returns the day from which on all is [`Closing::later`].
    pub fn later_from(&self) -> Date {
        self.today.monday().plus_days(7 * i64::try_from(WEEKS_AHEAD).unwrap_or(0))
    }
}

/// What happened week by week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weekly {
    pub sums: Sums,
    /// How many in each week, the present one last.
    pub counts: [u64; WEEKS_BEHIND],
}

impl Weekly {
    fn add(&mut self, week: usize, deal: &Stood) {
        self.sums.add(deal.value);
        self.counts[week] += 1;
    }

    /// Returns the highest number of one week, and which week that was first.
    pub fn most(&self) -> (usize, u64) {
        let most = self.counts.iter().copied().max().unwrap_or(0);
        (self.counts.iter().position(|count| *count == most).unwrap_or(0), most)
    }
}

/// The weeks behind: what was sent to us, won and lost in them, of what a source dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    weeks: [Days; WEEKS_BEHIND],
    all: Days,
    pub received: Weekly,
    pub won: Weekly,
    pub lost: Weekly,
}

impl Behind {
    pub(super) fn new(moment: Moment) -> Self {
        let today = *moment.today;
        let first = first_behind(today);
        let mut week = first;
        let weeks = std::array::from_fn(|_| {
            let days = Days::new(week, week.plus_days(6).min(today), moment);
            week = week.plus_days(7);
            days
        });
        let none = Weekly::default();
        Self { weeks, all: Days::new(first, today, moment), received: none.clone(), won: none.clone(), lost: none }
    }

    pub(super) fn add(&mut self, deal: &Stood) {
        if deal.direction == Direction::Inbound
            && let Known::At(at) = deal.came()
            && let Some(week) = self.week(at)
        {
            self.received.add(week, deal);
        }
        let outcome = deal.outcome().filter(|outcome| matches!(outcome, OutcomeKind::Won | OutcomeKind::Lost));
        if let Some(outcome) = outcome
            && let Some(Known::At(at)) = deal.ended()
            && let Some(week) = self.week(at)
        {
            let weekly = if outcome == OutcomeKind::Won { &mut self.won } else { &mut self.lost };
            weekly.add(week, deal);
        }
    }

    fn week(&self, at: Timestamp) -> Option<usize> {
        // Most of a long history lies before all of them.
        if self.all.has(at) { self.weeks.iter().position(|days| days.has(at)) } else { None }
    }

    /// Returns the Mondays of the weeks.
    pub fn mondays(&self) -> [Date; WEEKS_BEHIND] {
        self.weeks.map(|days| days.first)
    }
}

fn first_behind(today: Date) -> Date {
    today.monday().plus_days(-7 * (i64::try_from(WEEKS_BEHIND).unwrap_or(1) - 1))
}

impl Terms {
    /// Returns the first and the last day of the weeks that are looked back on.
    pub fn weeks_behind(&self) -> (Date, Date) {
        (first_behind(self.today), self.today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::opportunity::Opportunity;
    use crate::domain::text::Line;

    fn day(text: &str) -> Date {
        Date::iso(text).unwrap()
    }

    #[test]
    fn close_dates_stand_in_their_week_on_their_day_and_what_is_over_in_none() {
        // A Friday.
        let mut closing = Closing::new(day("2026-11-27"));
        let dates =
            ["2026-11-26", "2026-11-27", "2026-11-29", "2026-11-30", "2026-11-30", "2026-12-16", "2027-02-21", "2027-02-22"];
        let mut deal = Opportunity::blank(Line::parse("한빛정밀").unwrap(), Timestamp::from_micros(0));
        for date in dates {
            deal.deal.close_date = Some(day(date));
            closing.add_open(&Stood::from(&deal));
        }
        let told: Vec<_> = closing.weeks().iter().map(|week| (week.first.to_string(), week.sums.count)).collect();
        assert_eq!(told.len(), WEEKS_AHEAD, "to the last week with one");
        assert_eq!(&told[..2], [("2026-11-27".to_owned(), 2), ("2026-11-30".to_owned(), 2)]);
        let this = closing.weeks()[0].days();
        assert_eq!(this, [None, None, None, None, Some(1), Some(0), Some(1)], "the days that are over are not 0");
        assert_eq!(closing.weeks()[3].days()[2], Some(1));
        assert_eq!((closing.later.count, closing.later_from()), (1, day("2027-02-22")));
        assert!(Closing::new(day("2026-11-27")).weeks().is_empty());
    }

    #[test]
    fn no_week_is_missing_between_the_last_with_a_deal_and_what_is_closed_later() {
        let mut closing = Closing::new(day("2026-11-27"));
        let mut deal = Opportunity::blank(Line::parse("한빛정밀").unwrap(), Timestamp::from_micros(0));
        for (date, weeks) in [("2026-12-01", 2), ("2027-03-01", WEEKS_AHEAD)] {
            deal.deal.close_date = Some(day(date));
            closing.add_open(&Stood::from(&deal));
            assert_eq!(closing.weeks().len(), weeks, "with {date}");
        }
        assert_eq!(closing.weeks().last().map(|week| week.last.plus_days(1)), Some(closing.later_from()));
    }

    #[test]
    fn the_weeks_behind_end_with_the_present_one_and_of_equal_ones_the_first_is_the_highest() {
        let behind = Behind::new(Moment::from(Timestamp::parse("2026-11-27T09:00:00Z").unwrap()));
        let mondays = behind.mondays();
        assert_eq!((mondays[0], mondays[12]), (day("2026-08-31"), day("2026-11-23")));
        let mut weekly = Weekly::default();
        (weekly.counts[4], weekly.counts[9]) = (3, 3);
        assert_eq!((weekly.most(), Weekly::default().most()), ((4, 3), (0, 0)));
    }
}
