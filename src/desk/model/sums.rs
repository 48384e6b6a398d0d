//! What the shown and the marked deals come to, in the home currency too: asked of the store beside everything else, and shown only
//! while it is true of them.

use std::collections::BTreeSet;

use chrono::Datelike as _;

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind};
use crate::domain::date::Date;
use crate::domain::ids::OpportunityId;
use crate::domain::query::ListQuery;
use crate::domain::rate::Rates;
use crate::domain::sums::{Home, Sums, Total};
use crate::store::{Count, Request, SWIFT, Summed};

/// So many marked ones are added up; a key must not wait for more of them to be compared.
const MOST_MARKED: usize = 10_000;

/// What was asked of the list and of the marked ones, and what these came to.
#[derive(Debug, Default)]
pub(super) struct AskedSums {
    /// The list of which it was asked last and has not come.
    list: Option<ListQuery>,
    of: BTreeSet<OpportunityId>,
    sums: Option<Summary>,
    /// Whether it was asked and has not come.
    asked: bool,
}

/// What deals come to.
#[derive(Debug, Clone)]
pub(super) struct Summary {
    sums: Sums,
    /// In the home currency, where several currencies are to be made one.
    home: Option<Home>,
}

impl Model {
    /// Asks what the list comes to, and what is marked: either may have changed since it was asked last, and what is known is not shown
    /// any more.
    pub(super) fn ask_sums(&mut self) {
        let query = self.list().listed();
        self.asked_sums.list = Some(query.clone());
        self.ask(Request::Sums(Summed::List(query)));
        if !self.asked_sums.of.is_empty() {
            let marked = self.asked_sums.of.clone();
            self.asked_sums.asked = true;
            self.ask(Request::Sums(Summed::These(marked)));
        }
    }

    /// Asks what is marked comes to, where something else is marked now.
    pub(super) fn follow_marks(&mut self) {
        let few = self.marks.len() <= MOST_MARKED;
        if few && self.marks == self.asked_sums.of {
            return;
        }
        let of = if few { self.marks.clone() } else { BTreeSet::new() };
        if !of.is_empty() {
            self.ask(Request::Sums(Summed::These(of.clone())));
        }
        let list = self.asked_sums.list.take();
        self.asked_sums = AskedSums { list, asked: !of.is_empty(), of, sums: None };
    }

    /// Asks for the exchange rates of today, where amounts are to be converted.
    pub(super) fn ask_rates(&mut self) {
        if self.config.home_currency.is_some() {
            self.ask(Request::Rates { on: self.now.today.date });
        } else {
            self.rates_came(None);
        }
    }

    /// Takes exchange rates: what was summed before comes to something else by them.
    pub(super) fn rates_came(&mut self, rates: Option<Box<Rates>>) {
        self.rates = rates;
        self.renew_filters();
        let lists =
            self.lists.iter().map(|list| list.sums.as_ref().map(|(_, told)| self.home_of(&told.sums))).collect::<Vec<_>>();
        let marked = self.asked_sums.sums.as_ref().map(|told| self.home_of(&told.sums));
        for (told, home) in self.lists.iter_mut().filter_map(|list| list.sums.as_mut()).zip(lists.into_iter().flatten()) {
            told.1.home = home;
        }
        for (told, home) in self.asked_sums.sums.iter_mut().zip(marked) {
            told.home = home;
        }
    }

    /// Returns what sums come to in the home currency; `None` where there is nothing to convert, or nothing to convert it by.
    fn home_of(&self, sums: &Sums) -> Option<Home> {
        let (home, rates) = self.config.home_currency.zip(self.rates.as_deref())?;
        (sums.are_mixed() && !rates.is_empty()).then(|| sums.home(rates, home, self.now.today.date))
    }

    /// Takes what deals come to.
    pub(super) fn summed(&mut self, of: Summed, sums: Option<Sums>) {
        let sums = sums.map(|sums| Summary { home: self.home_of(&sums), sums });
        match of {
            Summed::List(query) => {
                self.asked_sums.list.take_if(|asked| *asked == query);
                let those = self.lists.iter_mut().filter(|list| list.listed().shows_the_same(&query));
                those.for_each(|list| list.sums = sums.clone().map(|sums| (query.clone(), sums)));
            }
            Summed::These(ids) if ids == self.asked_sums.of => (self.asked_sums.sums, self.asked_sums.asked) = (sums, false),
            Summed::These(_) => {}
        }
        self.renew_sums_box();
    }

    /// Opens what is marked and what is shown come to in full: the line below the list has no room for it, nor has a small screen the line.
    pub(super) fn open_sums(&mut self) {
        self.show_menu(Menu::new(MenuKind::Sums, self.sums_lines()));
    }

    /// What was still added up when the box was opened stands in it once it is there.
    fn renew_sums_box(&mut self) {
        if !self.dialogs.last().is_some_and(is_sums_box) {
            return;
        }
        let lines = self.sums_lines();
        if let Some(Dialog::Menu(menu)) = self.dialogs.last_mut() {
            menu.lines = lines;
        }
    }

    fn sums_lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        if !self.marks.is_empty() {
            lines.push(Line::head(self.say.desk_marked(self.marks.len() as u64)));
            match self.marks.len() {
                n if n > MOST_MARKED => lines.push(Line::plain(self.say.sums_too_many(self.say.number(MOST_MARKED as u64)))),
                _ => lines.extend(self.in_full(self.summary_of_marks(), self.asked_sums.asked)),
            }
        }
        let counted = self.summary_of_list().map(|told| told.sums.count).or_else(|| self.shown());
        lines.push(Line::head(counted.map_or_else(|| self.say.sums_shown(), |n| self.say.desk_shown(self.say.number(n)))));
        lines.extend(self.in_full(self.summary_of_list(), self.asked_sums.list.is_some()));
        lines
    }

    /// Returns every currency with how many deals it is of, what they come to in one, and how many have no value.
    fn in_full(&self, told: Option<&Summary>, is_asked: bool) -> Vec<Line> {
        let say = &self.say;
        let Some(Summary { sums, home }) = told else {
            return vec![Line::plain(if is_asked { say.sums_adding() } else { say.sums_not_added() })];
        };
        let totals = sums.totals();
        let line = |total: &Total| Line {
            right: say.sums_deals(total.count),
            ..Line::plain(say.money_total(total.currency, total.minor))
        };
        let mut lines: Vec<Line> = totals.iter().map(line).collect();
        lines.extend(home.iter().map(|home| Line::plain(self.home_in_full(home))));
        if totals.is_empty() {
            lines.push(Line::plain(say.sums_none()));
        } else if sums.without_value > 0 {
            lines.push(Line::plain(say.desk_without_value(say.number(sums.without_value))));
        }
        lines
    }

    fn home_in_full(&self, home: &Home) -> String {
        let Some(minor) = home.whole() else {
            let codes: Vec<&str> = home.missing.iter().map(|currency| currency.code()).collect();
            return self.say.sums_no_rate(codes.join(", "));
        };
        let amount = self.say.sums_together(self.say.money_total(home.currency, minor));
        let day = |on: Date| self.say.day(on.naive(), self.now.today.naive().year());
        home.oldest.map_or_else(|| amount.clone(), |on| self.say.sums_home(&amount, day(on)))
    }

    /// Returns what the marked ones or, where nothing is marked, those of the list come to, as far as it is known.
    pub fn sums(&self) -> Option<&Sums> {
        self.summary().map(|told| &told.sums)
    }

    /// Returns what the same deals come to in the home currency, where several currencies are made one.
    pub fn home_sums(&self) -> Option<&Home> {
        self.summary().and_then(|told| told.home.as_ref())
    }

    fn summary(&self) -> Option<&Summary> {
        if self.marks.is_empty() { self.summary_of_list() } else { self.summary_of_marks() }
    }

    fn summary_of_list(&self) -> Option<&Summary> {
        let listed = self.list().listed();
        let sums = self.list().sums.as_ref().filter(|(query, _)| query.shows_the_same(&listed));
        // What is asked anew was true of the rows before these.
        let is_old = self.asked_sums.list.as_ref().is_some_and(|asked| asked.shows_the_same(&listed));
        sums.filter(|_| !is_old).map(|(_, told)| told)
    }

    fn summary_of_marks(&self) -> Option<&Summary> {
        self.asked_sums.sums.as_ref().filter(|_| self.asked_sums.of == self.marks && !self.asked_sums.asked)
    }

    /// Returns whether sums were asked for that have not come.
    pub const fn awaits_sums(&self) -> bool {
        self.asked_sums.list.is_some() || self.asked_sums.asked
    }

    /// Returns whether they come before anybody would see that they are missing. What is still to be counted, or to be looked for
    /// elsewhere, is added up only after that.
    pub fn sums_come_soon(&self) -> bool {
        let is_counted = self.asked_sums.asked || matches!(self.list().count, Count::All | Count::Exactly(_));
        let were_few = || self.list().sums.as_ref().is_some_and(|(_, told)| told.sums.count <= SWIFT);
        self.awaits_sums() && self.tells_sums() && is_counted && were_few()
    }

    /// Takes how many a list leaves out only because a date is unknown.
    pub(super) fn counted_undated(&mut self, query: &ListQuery, count: Option<u64>) {
        let those = self.lists.iter_mut().filter(|list| list.listed().shows_the_same(query));
        those.for_each(|list| list.undated = count.map(|n| (query.clone(), n)));
    }

    /// Returns how many the list leaves out only because a date is unknown, as far as that is known.
    pub fn undated(&self) -> u64 {
        let list = self.list();
        list.undated.as_ref().filter(|(query, _)| query.shows_the_same(&list.listed())).map_or(0, |(_, n)| *n)
    }

    /// Returns whether the line below the list is on the screen.
    pub fn tells_sums(&self) -> bool {
        self.size.layout().sums && self.rooms.is_empty() && !self.list().rows.is_empty()
    }

    /// Returns how many the list shows, where that is known.
    pub fn shown(&self) -> Option<u64> {
        let list = self.list();
        let counted = match list.count {
            Count::All => {
                let (tab, view) = list.place();
                Some(self.counts.of(tab, view))
            }
            Count::Exactly(n) => Some(n),
            Count::AtMost(_) | Count::Many => None,
        };
        self.sums().filter(|_| self.marks.is_empty()).map(|sums| sums.count).or(counted)
    }
}

fn is_sums_box(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Menu(menu) if menu.kind == MenuKind::Sums)
}
