//! The deals that would improve our standing with Microsoft most: answers that are soon late, and reports that are not whole.

use super::review::Terms;
use super::standing::WITHIN_DAYS;
use super::stood::Stood;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::{Span, Timestamp};
use crate::domain::opportunity::Direction;
use crate::domain::stage::StageKind;

/// So many are told.
const TOLD: usize = 5;
/// So many of them are answers, where there are reports enough for the rest.
const ANSWERS: usize = 3;

/// What a report lacks (MG-82).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lacks {
    pub value: bool,
    pub close_date: bool,
    /// Its close date is over, and it is neither won nor lost.
    pub status: bool,
}

impl Lacks {
    const fn count(self) -> u8 {
        self.value as u8 + self.close_date as u8 + self.status as u8
    }
}

/// What is to be done about a deal, and what that improves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Improvement {
    /// An answer now counts as one within so many days; so much time is left for that (MG-79).
    Answer {
        within: i64,
        left: Span,
    },
    Report(Lacks),
}

/// The deals that come first, best first; they are found while deals are added, without keeping all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Improvements {
    /// By the time that is left.
    answers: Vec<(Span, OpportunityId, i64)>,
    /// By what they lack, most first; of as many by when they were accepted, the longest ago first.
    reports: Vec<((u8, Timestamp), OpportunityId, Lacks)>,
}

impl Improvements {
    pub(super) fn add(&mut self, deal: &Stood, terms: &Terms) {
        if deal.direction != Direction::Inbound {
            return;
        }
        match deal.stage.kind() {
            StageKind::Received => {
                // Where only the day is known no answer is timed.
                let Some(came) = deal.came().exactly() else { return };
                let left = |days: i64| came.plus_micros(Span::hours(24 * days).micros()).since(terms.at);
                let next = WITHIN_DAYS.into_iter().map(|days| (days, left(days))).find(|(_, left)| left.micros() > 0);
                if let Some((within, left)) = next.filter(|_| came <= terms.at) {
                    keep(&mut self.answers, (left, deal.id, within));
                }
            }
            StageKind::Accepted => {
                let lacks = Lacks {
                    value: deal.value.is_none(),
                    close_date: deal.close_date.is_none(),
                    status: deal.close_date.is_some_and(|date| date < terms.today),
                };
                if lacks.count() > 0 {
                    let since = deal.stage.accepted_at().unwrap_or(deal.first_seen_at);
                    keep(&mut self.reports, ((3 - lacks.count(), since), deal.id, lacks));
                }
            }
            StageKind::Archived => {}
        }
    }

    /// Returns the first of them: answers, then reports; where there are few of one there are more of the other.
    pub fn first(&self) -> Vec<(OpportunityId, Improvement)> {
        let answers = ANSWERS.max(TOLD.saturating_sub(self.reports.len()));
        let answers = self
            .answers
            .iter()
            .take(answers)
            .map(|(left, id, within)| (*id, Improvement::Answer { within: *within, left: *left }));
        let reports = self.reports.iter().map(|(_, id, lacks)| (*id, Improvement::Report(*lacks)));
        answers.chain(reports).take(TOLD).collect()
    }
}

/// Keeps the first few in order.
fn keep<K: Ord + Copy, T>(kept: &mut Vec<(K, OpportunityId, T)>, one: (K, OpportunityId, T)) {
    let at = kept.partition_point(|other| (other.0, other.1) < (one.0, one.1));
    if at < TOLD {
        kept.insert(at, one);
        kept.truncate(TOLD);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::{Date, Moment};
    use crate::domain::deadline::{Basis, Deadline};
    use crate::domain::money::{Currency, Money};
    use crate::domain::opportunity::{Opportunity, Origin, Sender};
    use crate::domain::stage::Stage;
    use crate::domain::text::Line;
    use crate::insight::{Dimension, Weights};

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn terms() -> Terms {
        let moment = Moment::from(at("2026-11-27T09:00:00Z"));
        Terms::new(Date::iso("2026-11-23").unwrap(), moment, Weights::default(), Dimension::Owner)
    }

    fn inbound(id: i64, stage: Stage, came: &str) -> Stood {
        let mut on = Opportunity::blank(Line::parse("한빛정밀").unwrap(), at("2026-11-01T09:00:00Z"));
        on.origin = Origin::Inbound { sender: Sender::microsoft(None) };
        (on.id, on.stage, on.created_at) = (OpportunityId(id), stage, Some(at(came)));
        Stood::from(&on)
    }

    fn received(id: i64, came: &str) -> Stood {
        inbound(id, Stage::Received { respond_by: Deadline { at: at("2026-12-30T09:00:00Z"), basis: Basis::Given } }, came)
    }

    /// Accepted, with a value and a close date where they are told.
    fn accepted(id: i64, since: &str, value: bool, close: Option<&str>) -> Stood {
        let stage = Stage::Accepted { since: Some(at(since)) };
        let value = value.then(|| Money::from_minor(100, Currency::parse("USD").unwrap()));
        Stood { value, close_date: close.map(|day| Date::iso(day).unwrap()), ..inbound(id, stage, "2026-11-01T09:00:00Z") }
    }

    fn first(deals: &[Stood]) -> Vec<(i64, Improvement)> {
        let mut found = Improvements::default();
        deals.iter().for_each(|deal| found.add(deal, &terms()));
        found.first().into_iter().map(|(id, what)| (id.0, what)).collect()
    }

    #[test]
    fn mg_79_an_answer_counts_until_the_next_limit_and_the_one_with_the_least_time_left_is_first() {
        let bare_day =
            Stood { created_at: Some(Date::iso("2026-11-26").unwrap().as_created()), ..received(9, "2026-11-26T10:00:00Z") };
        let deals = [
            received(1, "2026-11-26T10:00:00Z"),
            received(2, "2026-11-25T09:00:00Z"),
            received(3, "2026-11-13T12:00:00Z"),
            received(4, "2026-11-12T09:00:00Z"),
            Stood { direction: Direction::Outbound, ..received(5, "2026-11-26T10:00:00Z") },
            bare_day,
        ];
        let answer = |within, hours| Improvement::Answer { within, left: Span::hours(hours) };
        assert_eq!(first(&deals), [(1, answer(1, 1)), (3, answer(14, 3)), (2, answer(3, 24))]);
    }

    #[test]
    fn mg_82_reports_that_lack_most_come_first_and_leave_room_for_answers() {
        let lacks = |value, close_date, status| Improvement::Report(Lacks { value, close_date, status });
        let mut deals = vec![
            accepted(1, "2026-11-05T09:00:00Z", true, Some("2026-12-18")),
            accepted(2, "2026-11-05T09:00:00Z", true, Some("2026-11-26")),
            accepted(3, "2026-11-04T09:00:00Z", true, None),
            accepted(4, "2026-11-06T09:00:00Z", false, None),
        ];
        let reports = [(4, lacks(true, true, false)), (3, lacks(false, true, false)), (2, lacks(false, false, true))];
        assert_eq!(first(&deals), reports);
        deals.extend((10..20).map(|id| received(id, "2026-11-26T10:00:00Z")));
        let ids: Vec<i64> = first(&deals).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, [10, 11, 12, 4, 3], "three answers, then reports, five in all");
        let ids: Vec<i64> = first(&deals[..5]).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, [10, 4, 3, 2]);
    }
}
