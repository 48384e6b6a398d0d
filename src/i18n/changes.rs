//! What changed between two moments in words: a chapter of the review, from what was open to what is.

use super::review::{Amounts, Chapter, ReviewLine};
use super::sentences::Sentences;
use super::worth::Told as Worded;
use crate::domain::money::Money;
use crate::domain::sums::Sums;
use crate::insight::drill::Figure;
use crate::insight::{Change, ChangeKind, Few, Moved, NAMED, Review, Told};

impl Sentences {
    /// Returns the chapter of what changed in the days of a review; without lines where nothing did.
    pub(super) fn review_changes_chapter(&self, review: &Review) -> Chapter {
        let changes = &review.changes;
        let note = match review.begins {
            Some(begins) => self.review_changes_begins(self.weekday_and_date(begins.utc().date().into())),
            None if review.past => self.review_changes_note_past(),
            None => self.review_changes_note(),
        };
        let title = self.review_changes(self.weekday_and_date(review.terms.days.first));
        let home = review.home.as_ref();
        let mut lines: Vec<ReviewLine> =
            changes.kinds.iter().map(|(kind, change)| self.what_changed(*kind, change, review)).collect();
        if !lines.is_empty() {
            let edge = |label, sums: &Sums, figure| {
                let Worded { says, short } = self.told(sums, home);
                let amounts = Amounts::all(sums);
                ReviewLine { label, count: Some(sums.count), says, short, figure, amounts, ..ReviewLine::default() }
            };
            lines.insert(0, edge(self.review_change_from(), &changes.from, None));
            let last = review.terms.days.last;
            let until = if review.past { self.review_change_until_past(last.to_string()) } else { self.review_change_until() };
            lines.push(edge(until, &changes.until, Some(Figure::AllOpen)));
        }
        Chapter { title, note, lines }
    }

    fn what_changed(&self, kind: ChangeKind, change: &Change, review: &Review) -> ReviewLine {
        let named = |moved: &Moved| review.names.get(&moved.id).map(|name| self.review_named(moved.id.to_string(), name));
        let told = |moved| if kind.is_named() { named(moved) } else { self.moved(kind, moved) };
        let mut moved: Vec<String> = change.moved.iter().filter_map(told).take(NAMED).collect();
        let rest = change.moved.len().saturating_sub(moved.len());
        if rest > 0 && !moved.is_empty() {
            moved.push(self.review_moved_more(self.number(rest as u64)));
        }
        let Worded { says, short } = self.told(&change.sums, review.home.as_ref());
        // What deals come to, and behind it the old beside the new.
        let with_moved = |sums: String| {
            Some(sums).filter(|sums| !sums.is_empty()).into_iter().chain(moved.clone()).collect::<Vec<_>>().join(" · ")
        };
        // What is not held any more is in no list.
        let held: Vec<_> = change.moved.iter().filter(|moved| moved.is_held).map(|moved| moved.id).collect();
        let figure = (1..=Few::MOST).contains(&held.len()).then_some(Figure::These(held));
        ReviewLine {
            label: self.change_kind(kind),
            count: Some(change.moved.len() as u64),
            says: with_moved(says),
            short: short.map(with_moved),
            figure,
            amounts: Amounts::all(&change.sums),
            ..ReviewLine::default()
        }
    }

    /// Returns the old beside the new, where one changed into the other.
    fn moved(&self, kind: ChangeKind, moved: &Moved) -> Option<String> {
        let money = |value: Option<Money>| value.map_or_else(|| "–".to_owned(), |value| self.money(value).replace(' ', "\u{a0}"));
        let date = |told: Told| told.close_date.map_or_else(|| "–".to_owned(), |date| date.to_string());
        let stage = |told: Told| told.sales_stage.map_or_else(|| "–".to_owned(), |stage| format!("{stage}\u{a0}%"));
        let (was, is) = match kind {
            ChangeKind::ValueUp | ChangeKind::ValueDown => (money(moved.was.value), money(moved.is.value)),
            ChangeKind::PulledIn | ChangeKind::PushedOut => (date(moved.was), date(moved.is)),
            ChangeKind::StageUp | ChangeKind::StageDown => (stage(moved.was), stage(moved.is)),
            _ => return None,
        };
        Some(self.review_moved(moved.id.to_string(), is, was))
    }

    fn change_kind(&self, kind: ChangeKind) -> String {
        match kind {
            ChangeKind::New => self.review_change_new(),
            ChangeKind::Accepted => self.review_change_accepted(),
            ChangeKind::ValueUp => self.review_change_value_up(),
            ChangeKind::ValueDown => self.review_change_value_down(),
            ChangeKind::PulledIn => self.review_change_pulled_in(),
            ChangeKind::PushedOut => self.review_change_pushed_out(),
            ChangeKind::StageUp => self.review_change_stage_up(),
            ChangeKind::StageDown => self.review_change_stage_down(),
            ChangeKind::Won => self.review_change_won(),
            ChangeKind::Lost => self.review_change_lost(),
            ChangeKind::Declined => self.review_change_declined(),
            ChangeKind::Expired => self.review_change_expired(),
            ChangeKind::Error => self.review_change_error(),
            ChangeKind::TakenBack => self.review_change_taken_back(),
        }
    }
}
