//! The pipeline review on the desk: asked for beside everything else, and left for the deals behind a figure, and come back to.

use std::sync::Arc;

use super::dialog::{Dialog, Wanted};
use super::export::ReviewAsked;
use super::{Effect, Model, filter};
use crate::desk::form::TextField;
use crate::desk::keys::Action;
use crate::desk::room::{Review as ReviewRoom, Room};
use crate::domain::date::{Date, Moment};
use crate::domain::filter::Filter;
use crate::domain::ids::OpportunityId;
use crate::domain::period::Period;
use crate::domain::query::ListQuery;
use crate::domain::rate::Rates;
use crate::domain::tab::{Tab, View};
use crate::export::{Page, PageFormat, closed_in, listed};
use crate::i18n::ReviewLine;
use crate::insight::drill::Figure;
use crate::insight::{Few, Review, Terms, drill};
use crate::store::{Request, Reviewed, StoreError};

/// What the desk keeps of reviews.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    pub left: Option<Left>,
    /// The last day on which one was opened, and the one before that.
    pub on: Option<Date>,
    pub before: Option<Date>,
    /// The figure of a past day whose deals were asked for: by what, and what it is called.
    pub wanted: Option<(ListQuery, String)>,
    /// What is done with the page as soon as its figures are there: it was asked for while they were added up.
    pub page: Option<Action>,
    /// The exchange rates of the past day that was looked at last.
    rates: Option<(Date, Option<Box<Rates>>)>,
}

/// The room that a list of the deals behind what it shows leads back to.
#[derive(Debug, Clone)]
pub(super) struct Left {
    room: Room,
    /// What the list was filtered by before, and is while these deals are shown.
    before: String,
    shown: String,
}

impl Model {
    /// Opens the review of what the filter of the list selects, whatever its tab and stages.
    pub(super) fn open_review(&mut self) {
        self.rooms.retain(|room| !matches!(room, Room::Review(_)));
        let (kept, today) = (&mut self.reviews, *self.now.today);
        let left = kept.left.as_ref().map(|left| &left.room);
        let mut room =
            left.and_then(|room| if let Room::Review(room) = room { Some((**room).clone()) } else { None }).unwrap_or_default();
        room.cursor = Default::default();
        if kept.on != Some(today) {
            (kept.before, kept.on) = (kept.on, Some(today));
        }
        room.last = kept.before;
        self.rooms.push(Room::Review(Box::new(room)));
        self.ask_review();
    }

    /// Returns what a list was filtered by before the deals behind a figure, or of a customer, were shown in it; `None` where it shows none.
    pub(super) fn before_figure(&self, filter: &str) -> Option<&str> {
        self.reviews.left.as_ref().filter(|left| left.shown == filter).map(|left| left.before.as_str())
    }

    fn review_rooms(&mut self) -> impl Iterator<Item = &mut ReviewRoom> {
        self.rooms.iter_mut().filter_map(|room| if let Room::Review(review) = room { Some(&mut **review) } else { None })
    }

    /// Returns the moment a review is of: now, or the end of a past day.
    fn moment_of(&self, as_of: Option<Date>) -> Moment {
        as_of.map_or(self.now, |day| self.now.end_of(day))
    }

    /// Returns what the filter of the list asks for at a moment, from which relative days count.
    fn filter_at(&self, moment: Moment) -> Filter {
        self.read_at(&self.list().filter_text, moment).unwrap_or_else(|| self.list().query.filter.clone())
    }

    /// Reads a filter as it was meant at a moment: by its day, and by the exchange rates and the offers of that.
    fn read_at(&self, text: &str, moment: Moment) -> Option<Filter> {
        let rates = self.reviews.rates.as_ref().filter(|(on, _)| *on == *moment.today).and_then(|(_, rates)| rates.as_deref());
        Filter::read(text, &filter::asking(&self.config, moment, &self.views, rates, self.offers.on(*moment.today))).ok()
    }

    /// Rates have come: those of today, or those of the past day that a review is of.
    pub(super) fn rates_came_for(&mut self, on: Date, rates: Option<Box<Rates>>) {
        if self.review_rooms().any(|room| room.as_of == Some(on)) {
            self.reviews.rates = Some((on, rates));
            self.ask_review();
        } else if on == *self.now.today {
            self.rates_came(rates);
        }
    }

    /// Asks for the figures of what is shown now, or was then; nothing where they are no longer looked at.
    pub(super) fn ask_review(&mut self) {
        let Some(as_of) = self.review_rooms().next().map(|room| room.as_of) else { return };
        let moment = self.moment_of(as_of);
        let has_rates = |day: Date| self.reviews.rates.as_ref().is_some_and(|(on, _)| *on == day);
        if let Some(day) = as_of.filter(|day| self.config.home_currency.is_some() && !has_rates(*day)) {
            return self.ask(Request::Rates { on: day });
        }
        if as_of.is_some() && !self.offers.has(*moment.today) {
            return self.ask_offer_statuses_at(moment);
        }
        let filter = if as_of.is_some() { self.filter_at(moment) } else { self.list().query.filter.clone() };
        let unknown = (as_of.is_some() && filter.asks_for_news()).then(|| self.say.as_of_new());
        let (weights, home) = (self.config.stage_weights, self.config.home_currency);
        let (offers, rules) = (Arc::clone(self.offers.on(*moment.today)), Arc::clone(&self.offers.rules));
        let Some(room) = self.review_rooms().next() else { return };
        let terms = Terms::new(room.since(*moment.today), moment, weights, room.by).told_in(home);
        let of = Reviewed { filter, terms, past: as_of.is_some(), offers, rules };
        room.of = Some(of.clone());
        match unknown {
            Some(why) => room.receive(why, Vec::new(), None),
            None => {
                room.asked = true;
                self.ask(Request::Review(of));
            }
        }
    }

    /// Another filter, another day, another home currency, other weights: what is shown is worked out anew.
    pub(super) fn follow_review(&mut self) {
        let Some(Room::Review(room)) = self.rooms.last() else { return };
        let Some(of) = &room.of else { return };
        let moment = self.moment_of(room.as_of);
        let asked = (*moment.today, self.config.home_currency, self.config.stage_weights);
        let is_other = match room.as_of {
            Some(_) => of.filter != self.filter_at(moment),
            None => of.filter != self.list().query.filter,
        };
        let is_other = is_other || of.offers != *self.offers.on(*moment.today);
        if is_other || (of.terms.today, of.terms.home, of.terms.weights) != asked {
            self.ask_review();
        }
    }

    /// Asks for the past day that the review is to be of.
    pub(super) fn ask_past_day(&mut self) {
        // The day that is shown stands above: another one is typed, not mended.
        self.dialogs.push(Dialog::Path { field: TextField::line(""), wanted: Wanted::PastDay });
    }

    /// The day was typed; nothing, and today, is as it is now.
    pub(super) fn past_day_typed(&mut self) {
        let Some(Dialog::Path { field, .. }) = self.dialogs.last() else { return };
        let (typed, today) = (field.text().trim().to_owned(), self.now.today);
        let day = match Period::behind(&typed, today) {
            _ if typed.is_empty() => None,
            None => return self.warn(self.say.past_day_wrong(&typed)),
            Some(period) if period.last > *today => return self.warn(self.say.as_of_ahead(period.last.to_string())),
            Some(period) => Some(period.last).filter(|day| *day < *today),
        };
        self.dialogs.pop();
        self.review_rooms().for_each(|room| room.as_of = day);
        self.ask_review();
    }

    pub(super) fn reviewed(&mut self, of: &Reviewed, review: Arc<Review>) {
        let is_of = |room: &ReviewRoom| room.of.as_ref() == Some(of);
        let last = self.review_rooms().any(|room| is_of(room) && room.is_since_last());
        let (days, s) = (review.terms.days, &self.say);
        let since_last = last.then(|| s.review_since_last());
        let head = [
            if of.past {
                s.review_range_past(s.weekday_and_date(days.first), s.weekday_and_date(days.last))
            } else {
                s.review_range(s.weekday_and_date(days.first), s.weekday_and_date(days.last))
            },
            s.review_deals(review.deals, s.number(review.deals)),
        ];
        let [range, deals] = head;
        let head = [Some(range), since_last, Some(deals)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let chapters = if review.is_empty() { Vec::new() } else { s.review(&review) };
        let room = self.review_rooms().find(|room| is_of(room));
        if let Some(room) = room {
            room.receive(head, chapters, Some(review));
            self.do_with_page();
        }
    }

    /// Does what was wished of the page while its figures were added up, unless another key was pressed since.
    fn do_with_page(&mut self) {
        if let Some(wished) = self.reviews.page.take().filter(|_| self.dialogs.is_empty()) {
            self.note = None;
            if wished == Action::CopyPage { self.copy_page() } else { self.take_along(wished) }
        }
    }

    /// Returns the review that is shown as a page; while another one is being added up, that is said and what was wished is done once it is
    /// there; where nothing can be told, that is said.
    pub(super) fn review_page(&mut self, wished: Action) -> Option<Page> {
        let Some(Room::Review(room)) = self.rooms.last() else { return None };
        let told = room.of.as_ref().zip(room.told.as_ref()).filter(|_| !room.asked);
        let page = told.map(|(of, review)| Page::of(&self.say, review, &self.list().filter_text, &of.filter));
        let why = if room.asked { self.say.review_coming() } else { self.say.review_nothing() };
        self.reviews.page = Some(wished).filter(|_| room.asked);
        if page.is_none() {
            self.tell(why);
        }
        page
    }

    /// Returns the review that is shown with what a file of it is made of, as [`Model::review_page`].
    pub(super) fn review_asked(&mut self) -> Option<ReviewAsked> {
        let page = self.review_page(Action::WriteReview)?;
        let Some(Room::Review(room)) = self.rooms.last() else { return None };
        let (of, review) = room.of.as_ref().zip(room.told.clone())?;
        let moment = self.moment_of(room.as_of);
        let closed = self.read_at(&closed_in(&review), moment)?;
        let lists = listed(&of.filter, closed);
        Some(ReviewAsked { page, lists, moment, past: of.past, review })
    }

    /// Copies the review that is shown, as text for a mail.
    pub(super) fn copy_review(&mut self) {
        let Some(page) = self.review_page(Action::CopyPage) else { return };
        self.tell(self.say.review_copied());
        self.effects.push(Effect::Copy(page.text(PageFormat::Markdown)));
    }

    pub(super) fn review_failed(&mut self, of: &Reviewed, error: &StoreError) {
        let Some(room) = self.review_rooms().find(|room| room.of.as_ref() == Some(of)) else { return };
        room.asked = false;
        // Before the journal begins nothing is known: what is now is shown instead.
        if of.past && matches!(error, StoreError::NothingKnown { .. }) {
            room.as_of = None;
            self.ask_review();
        }
        self.reviews.page = None;
        self.fail(error);
    }

    /// Shows the deals behind a figure, wherever they stand; Esc leads back. Those of a past day have to be asked for first.
    pub(super) fn show_figure(&mut self, line: &ReviewLine) {
        let Some((figure, of)) = line.figure.as_ref().zip(self.review_rooms().next().and_then(|room| room.of.clone())) else {
            return self.tell(self.say.review_not_listed());
        };
        let filter = drill::filter(figure, &of.terms);
        if !of.past {
            return self.list_figure(&filter::joined(&self.list().filter_text, &filter), self.say.review_opened(&line.label));
        }
        // What passed the filter then may not pass it now.
        if matches!(figure, Figure::These(_)) {
            return self.list_figure(&filter, self.say.review_opened_past(&line.label));
        }
        let moment = self.moment_of(Some(of.terms.today));
        let Some(filter) = self.read_at(&filter::joined(&self.list().filter_text, &filter), moment) else { return };
        let query = ListQuery { filter, view: View::All, ..ListQuery::tab(Tab::All) };
        self.reviews.wanted = Some((query.clone(), line.label.clone()));
        self.ask(Request::Stood { query, at: moment.now });
    }

    /// The deals that stood behind a figure are told.
    pub(super) fn stood(&mut self, query: &ListQuery, ids: Result<Vec<OpportunityId>, StoreError>) {
        let Some((_, label)) = self.reviews.wanted.take_if(|(wanted, _)| wanted == query) else { return };
        let terms = self.review_rooms().next().and_then(|room| room.of.as_ref()).map(|of| of.terms);
        let (ids, terms) = match (ids, terms) {
            (Err(error), _) => return self.fail(&error),
            (_, None) => return,
            (Ok(ids), Some(terms)) => (ids, terms),
        };
        if ids.len() > Few::MOST {
            let said = self.say.review_too_many_past(self.keys.key_name(Action::Filter), self.say.number(ids.len() as u64));
            return self.tell(said);
        }
        if ids.is_empty() {
            return self.tell(self.say.review_not_listed());
        }
        self.list_figure(&drill::filter(&Figure::These(ids), &terms), self.say.review_opened_past(&label));
    }

    fn list_figure(&mut self, shown: &str, said: String) {
        if let Some(room) = self.rooms.pop_if(|room| matches!(room, Room::Review(_))) {
            self.list_behind(room, shown, said);
        }
    }

    /// Lists the deals behind what a room shows: without the filter that is gone back to.
    pub(super) fn list_behind(&mut self, room: Room, shown: &str, said: String) {
        let before = self.list().filter_text.clone();
        self.set_filter(shown);
        self.reviews.left = Some(Left { room, before, shown: self.list().filter_text.clone() });
        self.tell(said);
    }

    /// Takes the filter away; where it shows the deals behind a figure or of a customer, that leads back to their room.
    pub(super) fn drop_filter(&mut self) {
        let shown = self.list().filter_text.clone();
        let Some(left) = self.reviews.left.take_if(|left| left.shown == shown) else { return self.leave_filter() };
        self.set_filter(&left.before);
        self.rooms.push(left.room);
        self.ask_customers();
        self.ask_review();
    }
}
