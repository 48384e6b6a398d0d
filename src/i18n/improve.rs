//! What would improve our standing with Microsoft most, deal by deal, in words.

use super::review::{Chapter, ReviewLine, says};
use super::sentences::Sentences;
use crate::domain::instant::Span;
use crate::insight::drill::Figure;
use crate::insight::{Improvement, Lacks, Review};

impl Sentences {
    /// Returns the deals that would improve the standing most; without lines where nothing is to be done.
    pub(super) fn review_improve_chapter(&self, review: &Review) -> Chapter {
        let lines = review.improvements.first().into_iter().map(|(id, what)| {
            let number = id.to_string();
            let label = review.names.get(&id).map_or_else(|| number.clone(), |name| self.review_named(&number, name));
            ReviewLine { figure: Some(Figure::These(vec![id])), ..says(label, self.improvement(what)) }
        });
        Chapter { title: self.review_improve(), note: self.review_improve_note(), lines: lines.collect() }
    }

    fn improvement(&self, what: Improvement) -> String {
        match what {
            Improvement::Answer { within, left } => {
                let left = match left.micros() / Span::hours(1).micros() {
                    0 => self.time_left_minutes(left.micros() / 60_000_000),
                    _ => self.span(left),
                };
                self.review_improve_answer(within, left)
            }
            Improvement::Report(Lacks { value, close_date, status }) => {
                let lacks = [
                    value.then(|| self.review_improve_value()),
                    close_date.then(|| self.review_improve_close_date()),
                    status.then(|| self.review_improve_status()),
                ];
                lacks.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        }
    }
}
