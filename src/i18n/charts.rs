//! The chapters of a review that are drawn as more than bars: close dates week by week, the weeks behind, the funnel.

use super::drawn::{Drawn, short};
use super::review::{Chapter, ReviewLine, percent, says};
use super::sentences::Sentences;
use super::worth::Told;
use crate::domain::date::Date;
use crate::domain::outcome::OutcomeKind;
use crate::domain::sums::Sums;
use crate::insight::drill::Figure;
use crate::insight::{CloseWeek, Review, Weekly, share};
use chrono::Datelike;

impl Sentences {
    /// Returns the calendar of close dates: what is over, the weeks ahead with their days, and what comes later.
    pub(super) fn review_calendar_chapter(&self, review: &Review) -> Chapter {
        let closing = &review.closing;
        let weeks = closing.weeks();
        let days = weeks.iter().flat_map(CloseWeek::days).flatten();
        let each = days.map(|count| short(count).len()).max().unwrap_or(1).max(2);
        let edge = |label, sums: &Sums, figure| {
            let line = || self.counted(review, label, sums, figure);
            (sums.count > 0).then(line)
        };
        let over = edge(self.review_calendar_over(), &review.overdue, Figure::Overdue);
        let later_from = closing.later_from();
        let later = self.review_calendar_later(self.short_day(later_from));
        let later = edge(later, &closing.later, Figure::ClosingFrom(later_from, None));
        let weeks = weeks.iter().map(|week| ReviewLine {
            drawn: Drawn::Days { days: week.days(), each },
            shown: self.days_in_words(week),
            ..self.counted(review, self.week(week), &week.sums, Figure::ClosingFrom(week.first, Some(week.last)))
        });
        let lines = over.into_iter().chain(weeks).chain(later).collect();
        Chapter { title: self.review_calendar(), note: self.review_calendar_note(), lines }
    }

    fn counted(&self, review: &Review, label: String, sums: &Sums, figure: Figure) -> ReviewLine {
        let Told { says, short } = self.told(sums, review.home.as_ref());
        ReviewLine { label, count: Some(sums.count), says, short, figure: Some(figure), ..ReviewLine::default() }
    }

    fn days_in_words(&self, week: &CloseWeek) -> String {
        let names = self.weekdays();
        let days = names.split(' ').zip(week.days());
        let told = days.filter_map(|(name, count)| Some(format!("{name} {}", count.filter(|count| *count > 0)?)));
        told.collect::<Vec<_>>().join(", ")
    }

    fn week(&self, week: &CloseWeek) -> String {
        let (first, last) = (week.first.naive(), week.last.naive());
        match (first == last, first.month() == last.month()) {
            (true, _) => self.short_day(week.first),
            (false, true) => self.day_month(format!("{}–{}", first.day(), last.day()), self.month(first.month())),
            (false, false) => format!("{}–{}", self.short_day(week.first), self.short_day(week.last)),
        }
    }

    /// Returns a day whose year goes without saying.
    fn short_day(&self, date: Date) -> String {
        self.day(date.naive(), date.naive().year())
    }

    /// Returns what was sent to us, won and lost week by week.
    pub(super) fn review_behind_chapter(&self, review: &Review) -> Chapter {
        let behind = &review.behind;
        let lines = [
            (self.review_behind_received(), &behind.received, Figure::ReceivedLately),
            (self.review_behind_won(), &behind.won, Figure::ClosedLately(OutcomeKind::Won)),
            (self.review_behind_lost(), &behind.lost, Figure::ClosedLately(OutcomeKind::Lost)),
        ];
        let mondays = behind.mondays();
        let line = |(label, weekly, figure): (String, &Weekly, Figure)| {
            let (at, most) = weekly.most();
            let most = self.review_behind_most(self.short_day(mondays[at]), self.number(most));
            let numbers = weekly.counts.iter().map(u64::to_string).collect::<Vec<_>>().join(" ");
            let line = self.counted(review, label, &weekly.sums, figure);
            let with_most = |says: &str| if says.is_empty() { most.clone() } else { format!("{most} · {says}") };
            ReviewLine {
                drawn: Drawn::Weeks(weekly.counts.to_vec()),
                shown: self.review_behind_words(numbers),
                says: with_most(&line.says),
                short: line.short.as_deref().map(with_most),
                ..line
            }
        };
        let lines = lines.into_iter().filter(|(_, weekly, _)| weekly.sums.count > 0).map(line).collect();
        let (first, last) = review.terms.weeks_behind();
        let title = self.review_behind(self.short_day(first), self.short_day(last));
        Chapter { title, note: self.review_behind_note(), lines }
    }

    /// Returns what became of what was received in the days: each step within the one above, with the share that it keeps of it.
    pub(super) fn review_funnel_chapter(&self, review: &Review) -> Chapter {
        let funnel = review.funnel;
        let step = |label, count, says, figure| ReviewLine {
            count: Some(count),
            of: funnel.received,
            drawn: Drawn::Funnel,
            figure,
            ..self::says(label, says)
        };
        let kept = |count, of, tell: &dyn Fn(String) -> String| share(count, of).map(|share| tell(percent(share)));
        let rest = self.review_funnel_rest(funnel.declined, funnel.expired, funnel.lost, funnel.waiting);
        let mut lines = Vec::new();
        if funnel.received > 0 {
            let accepted = kept(funnel.accepted, funnel.received, &|share| self.review_funnel_of_received(share));
            let won = kept(funnel.won, funnel.accepted, &|share| self.review_funnel_of_accepted(share));
            lines.push(step(self.review_funnel_received(), funnel.received, rest, Some(Figure::Received)));
            lines.push(step(self.review_funnel_accepted(), funnel.accepted, accepted.unwrap_or_default(), None));
            lines.push(step(self.review_funnel_won(), funnel.won, won.unwrap_or_default(), None));
        }
        let made = review.win_rate.outbound;
        if made > 0 {
            // Nobody sent these: they are no step of it.
            let line = says(self.review_funnel_outbound(), String::new());
            lines.push(ReviewLine { count: Some(made), figure: Some(Figure::Made), ..line });
        }
        Chapter { title: self.review_funnel(), note: String::new(), lines }
    }
}
