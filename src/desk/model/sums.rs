//! What the shown and the marked deals come to, in the home currency too: asked of the store beside everything else, and shown only
//! while it is true of them.

use std::collections::BTreeSet;

use super::Model;
use crate::domain::ids::OpportunityId;
use crate::domain::query::ListQuery;
use crate::domain::rate::Rates;
use crate::domain::sums::{Home, Sums};
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
        if self.marks.is_empty() {
            let listed = self.list().listed();
            let sums = self.list().sums.as_ref().filter(|(query, _)| query.shows_the_same(&listed));
            // What is asked anew was true of the rows before these.
            let is_old = self.asked_sums.list.as_ref().is_some_and(|asked| asked.shows_the_same(&listed));
            return sums.filter(|_| !is_old).map(|(_, told)| told);
        }
        self.asked_sums.sums.as_ref().filter(|_| self.asked_sums.of == self.marks && !self.asked_sums.asked)
    }

    /// Returns whether sums were asked for that have not come.
    pub const fn awaits_sums(&self) -> bool {
        self.asked_sums.list.is_some() || self.asked_sums.asked
    }

    /// Returns whether they come before anybody would see that they are missing.
    pub fn sums_come_soon(&self) -> bool {
        self.awaits_sums() && self.list().sums.as_ref().is_some_and(|(_, told)| told.sums.count <= SWIFT)
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
