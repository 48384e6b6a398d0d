//! The pipeline review on the desk: asked for beside everything else, and left for the deals behind a figure, and come back to.

use super::{Model, filter};
use crate::desk::room::{Review as ReviewRoom, Room};
use crate::domain::date::Date;
use crate::i18n::ReviewLine;
use crate::insight::{Review, Terms, drill};
use crate::store::{Request, Reviewed, StoreError};

/// What the desk keeps of reviews.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    pub left: Option<Left>,
    /// The last day on which one was opened, and the one before that.
    pub on: Option<Date>,
    pub before: Option<Date>,
}

/// The review that a list of the deals behind a figure leads back to.
#[derive(Debug, Clone)]
pub(super) struct Left {
    room: ReviewRoom,
    /// What the list was filtered by before, and is while these deals are shown.
    before: String,
    shown: String,
}

impl Model {
    /// Opens the review of what the filter of the list selects, whatever its tab and stages.
    pub(super) fn open_review(&mut self) {
        self.rooms.retain(|room| !matches!(room, Room::Review(_)));
        let (kept, today) = (&mut self.reviews, *self.now.today);
        let mut room = kept.left.as_ref().map(|left| left.room.clone()).unwrap_or_default();
        room.cursor = Default::default();
        if kept.on != Some(today) {
            (kept.before, kept.on) = (kept.on, Some(today));
        }
        room.last = kept.before;
        self.rooms.push(Room::Review(Box::new(room)));
        self.ask_review();
    }

    /// Returns what a list was filtered by before the deals behind a figure were shown in it; `None` where it shows none.
    pub(super) fn before_figure(&self, filter: &str) -> Option<&str> {
        self.reviews.left.as_ref().filter(|left| left.shown == filter).map(|left| left.before.as_str())
    }

    fn review_rooms(&mut self) -> impl Iterator<Item = &mut ReviewRoom> {
        self.rooms.iter_mut().filter_map(|room| if let Room::Review(review) = room { Some(&mut **review) } else { None })
    }

    /// Asks for the figures of what is shown now; nothing where they are no longer looked at.
    pub(super) fn ask_review(&mut self) {
        let (filter, now) = (self.list().query.filter.clone(), self.now);
        let (weights, home) = (self.config.stage_weights, self.config.home_currency);
        let Some(room) = self.review_rooms().next() else { return };
        let terms = Terms::new(room.since(*now.today), now, weights, room.by).told_in(home);
        let of = Reviewed { filter, terms, past: false };
        (room.of, room.asked) = (Some(of.clone()), true);
        self.ask(Request::Review(of));
    }

    /// Another filter, another day, another home currency, other weights: what is shown is worked out anew.
    pub(super) fn follow_review(&mut self) {
        let (filter, asked) =
            (&self.list().query.filter, (*self.now.today, self.config.home_currency, self.config.stage_weights));
        let is_other = |of: &Reviewed| of.filter != *filter || (of.terms.today, of.terms.home, of.terms.weights) != asked;
        let Some(Room::Review(room)) = self.rooms.last() else { return };
        if room.of.as_ref().is_some_and(is_other) {
            self.ask_review();
        }
    }

    pub(super) fn reviewed(&mut self, of: &Reviewed, review: &Review) {
        let (days, s) = (review.terms.days, &self.say);
        let head = [
            s.review_range(s.weekday_and_date(days.first), s.weekday_and_date(days.last)),
            s.review_deals(review.deals, s.number(review.deals)),
        ];
        let chapters = if review.is_empty() { Vec::new() } else { s.review(review) };
        let room = self.review_rooms().find(|room| room.of.as_ref() == Some(of));
        if let Some(room) = room {
            room.receive(head.join(" · "), chapters);
        }
    }

    pub(super) fn review_failed(&mut self, error: &StoreError) {
        self.review_rooms().for_each(|room| room.asked = false);
        self.fail(error);
    }

    /// Shows the deals behind a figure, wherever they stand; Esc leads back.
    pub(super) fn show_figure(&mut self, line: &ReviewLine) {
        let Some((figure, terms)) =
            line.figure.as_ref().zip(self.review_rooms().next().and_then(|room| room.of.as_ref()).map(|of| of.terms))
        else {
            return self.tell(self.say.review_not_listed());
        };
        let Some(Room::Review(room)) = self.rooms.pop_if(|room| matches!(room, Room::Review(_))) else { return };
        let before = self.list().filter_text.clone();
        let shown = filter::joined(&before, &drill::filter(figure, &terms));
        self.set_filter(&shown);
        self.reviews.left = Some(Left { room: *room, before, shown: self.list().filter_text.clone() });
        self.tell(self.say.review_opened(&line.label));
    }

    /// Takes the filter away; where it shows the deals behind a figure, that leads back to the review.
    pub(super) fn drop_filter(&mut self) {
        let shown = self.list().filter_text.clone();
        let Some(left) = self.reviews.left.take_if(|left| left.shown == shown) else { return self.set_filter("") };
        self.set_filter(&left.before);
        self.rooms.push(Room::Review(Box::new(left.room)));
        self.ask_review();
    }
}
