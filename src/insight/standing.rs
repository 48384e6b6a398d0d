//! Standing with Microsoft (MG-79 to MG-82): how quickly we answer, what we accept and what becomes of it, how fully we report.

use super::ageing::median;
use super::review::share;
use super::stood::Stood;
use super::times::{Days, Holds};
use crate::domain::instant::Span;
use crate::domain::opportunity::Direction;
use crate::domain::outcome::OutcomeKind;

/// How we stand by what was sent to us and answered in some days. Only what is dated counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    pub accepted: u64,
    pub declined: u64,
    pub expired: u64,
    /// From receiving to answering, of answers of which both are known to the minute; in order.
    answers: Vec<Span>,
    /// What became of the accepted ones.
    pub won: u64,
    pub lost: u64,
    pub still_open: u64,
    /// How fully the accepted ones are reported (MG-82).
    pub with_value: u64,
    pub with_close_date: u64,
    /// Those that are over, or are not to be closed before the last day.
    pub with_status: u64,
}

/// A share of answers is told within so many days.
pub const WITHIN_DAYS: [i64; 3] = [1, 3, 14];

impl Standing {
    pub(super) fn add(&mut self, deal: &Stood, days: Days) {
        if deal.direction != Direction::Inbound {
            return;
        }
        let accepted = deal.accepted().filter(|at| days.holds(*at) == Holds::Yes);
        let ended = deal.ended().filter(|at| days.holds(*at) == Holds::Yes);
        let answer = match (accepted, ended, deal.outcome()) {
            (Some(at), _, _) => {
                self.accepted += 1;
                self.add_accepted(deal, days);
                at
            }
            (None, Some(at), Some(OutcomeKind::Declined)) => {
                self.declined += 1;
                at
            }
            (None, Some(_), Some(OutcomeKind::Expired)) => {
                self.expired += 1;
                return;
            }
            _ => return,
        };
        if let (Some(came), Some(answer)) = (deal.came().exactly(), answer.exactly())
            && answer >= came
        {
            self.answers.push(answer.since(came));
        }
    }

    fn add_accepted(&mut self, deal: &Stood, days: Days) {
        match deal.outcome() {
            None => self.still_open += 1,
            Some(OutcomeKind::Won) => self.won += 1,
            Some(OutcomeKind::Lost) => self.lost += 1,
            Some(_) => {}
        }
        self.with_value += u64::from(deal.value.is_some());
        self.with_close_date += u64::from(deal.close_date.is_some());
        let is_late = deal.is_open() && deal.close_date.is_some_and(|date| date < days.last);
        self.with_status += u64::from(!is_late);
    }

    pub(super) fn settle(&mut self) {
        self.answers.sort_unstable();
    }

    /// Returns how many were answered: accepted or declined.
    pub const fn answered(&self) -> u64 {
        self.accepted + self.declined
    }

    /// Returns of how many answers it is known how long they took.
    pub fn timed(&self) -> u64 {
        self.answers.len() as u64
    }

    pub fn median(&self) -> Option<Span> {
        median(&self.answers)
    }

    pub fn worst(&self) -> Option<Span> {
        self.answers.last().copied()
    }

    /// Returns how many were answered within so many days.
    pub fn within(&self, days: i64) -> u64 {
        let limit = Span::hours(24 * days);
        self.answers.partition_point(|took| *took <= limit) as u64
    }

    /// Returns the share of answers that were acceptances.
    pub fn acceptance(&self) -> Option<f64> {
        share(self.accepted, self.answered() + self.expired)
    }

    /// Returns how much of value, close date and status is told of the accepted ones.
    pub fn completeness(&self) -> Option<f64> {
        share(self.with_value + self.with_close_date + self.with_status, 3 * self.accepted)
    }
}
