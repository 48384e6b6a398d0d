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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::{Date, Moment};
    use crate::domain::deadline::{Basis, Deadline};
    use crate::domain::ids::OpportunityId;
    use crate::domain::instant::Timestamp;
    use crate::domain::opportunity::{Opportunity, Origin, Sender};
    use crate::domain::outcome::Outcome;
    use crate::domain::stage::Stage;
    use crate::domain::text::Line;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    /// The third week of November.
    fn week() -> Days {
        let day = |text| Date::iso(text).unwrap();
        Days::new(day("2026-11-16"), day("2026-11-22"), Moment::from(at("2026-11-22T12:00:00Z")))
    }

    /// One that came on the 16th at eight.
    fn inbound(stage: Stage) -> Stood {
        let mut on = Opportunity::blank(Line::parse("한빛정밀").unwrap(), at("2026-11-16T09:00:00Z"));
        on.origin = Origin::Inbound { sender: Sender::microsoft(None) };
        (on.id, on.stage, on.created_at) = (OpportunityId(1), stage, Some(at("2026-11-16T08:00:00Z")));
        Stood::from(&on)
    }

    fn of(deals: &[Stood]) -> Standing {
        let mut standing = Standing::default();
        deals.iter().for_each(|deal| standing.add(deal, week()));
        standing.settle();
        standing
    }

    fn accepted(since: &str) -> Stage {
        Stage::Accepted { since: Some(at(since)) }
    }

    fn declined(on: &str) -> Stage {
        Stage::Archived { at: Some(at(on)), accepted: None, outcome: Outcome::Declined { reason: None, note: None } }
    }

    #[test]
    fn mg_79_mg_80_answers_are_timed_from_receiving_to_answering_where_both_are_known() {
        let without_day = Stood {
            created_at: Some(Date::iso("2026-11-16").unwrap().as_created()),
            ..inbound(accepted("2026-11-17T08:00:00Z"))
        };
        let undated = inbound(Stage::Accepted { since: None });
        let outbound = Stood { direction: Direction::Outbound, ..inbound(accepted("2026-11-16T09:00:00Z")) };
        let standing = of(&[
            inbound(accepted("2026-11-17T08:00:00Z")),
            inbound(accepted("2026-11-19T09:00:00Z")),
            inbound(declined("2026-11-16T20:00:00Z")),
            without_day,
            undated,
            outbound,
        ]);
        assert_eq!(
            (standing.answered(), standing.timed()),
            (4, 3),
            "a bare day times nothing, an unknown day is no answer in the week"
        );
        assert_eq!((standing.median(), standing.worst()), (Some(Span::hours(24)), Some(Span::hours(73))));
        assert_eq!(WITHIN_DAYS.map(|days| standing.within(days)), [2, 2, 3]);
    }

    #[test]
    fn mg_81_what_was_accepted_is_told_with_what_became_of_it() {
        let ended = |outcome| Stage::Archived {
            at: Some(at("2026-11-21T08:00:00Z")),
            accepted: Some(at("2026-11-17T08:00:00Z")),
            outcome,
        };
        let lapsed = Stage::Lapsed { respond_by: Deadline { at: at("2026-11-20T08:00:00Z"), basis: Basis::Given } };
        let standing = of(&[
            inbound(ended(Outcome::Won)),
            inbound(ended(Outcome::Lost { reason: None, note: None })),
            inbound(accepted("2026-11-17T08:00:00Z")),
            inbound(declined("2026-11-18T08:00:00Z")),
            inbound(lapsed),
        ]);
        assert_eq!((standing.accepted, standing.won, standing.lost, standing.still_open), (3, 1, 1, 1));
        assert_eq!((standing.declined, standing.expired, standing.acceptance()), (1, 1, share(3, 5)));
    }

    #[test]
    fn mg_82_reports_are_whole_with_a_value_a_close_date_and_a_status_that_is_not_late() {
        let bare = inbound(accepted("2026-11-17T08:00:00Z"));
        let late = Stood { close_date: Date::iso("2026-11-21").ok(), ..bare.clone() };
        assert_eq!(of(&[bare]).completeness(), share(1, 3));
        assert_eq!(of(&[late]).completeness(), share(1, 3), "a date that is over tells no status");
        assert_eq!(of(&[]).completeness(), None);
    }
}
