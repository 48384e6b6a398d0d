//! Where else a filter finds something that finds nothing here: what is asked, told, and shown by the keys that are named there.

use super::list::{Behind, ListState};
use super::{Model, tab_index};
use crate::desk::keys::{Action, Key};
use crate::domain::filter::Filter;
use crate::domain::query::ListQuery;
use crate::domain::tab::{Tab, View};
use crate::store::{Hits, Request, StoreError};

/// What a key that was named beside hits led away from.
#[derive(Debug)]
pub(super) struct Followed {
    before: Behind,
    filter: String,
    /// The tab and the view it led to.
    to: (Tab, View),
}

impl ListState {
    /// Returns where else something passes the filter; `None` where that is not known (yet).
    pub fn elsewhere(&self) -> Option<&[Hits]> {
        let (of, hits) = self.elsewhere.as_ref()?;
        (*of == self.listed()).then_some(&hits[..])
    }

    /// Returns whether a filter that nothing passes here may be looked for in all tabs and stages.
    pub(super) fn may_look_everywhere(&self) -> bool {
        let empty = self.loaded && self.rows.is_empty() && !self.query.filter.is_empty() && !self.everywhere;
        empty && self.elsewhere().is_none_or(|hits| hits.iter().any(|hits| hits.n > 0 || hits.more))
    }

    /// Returns where else something passes the filter, as a key leads there: each stage of this tab by itself, another tab with the
    /// narrowest view that holds all of it there; `None` where that is not known (yet).
    pub fn elsewhere_by_key(&self) -> Option<Vec<Hits>> {
        let mut led: Vec<Hits> = Vec::new();
        for hits in self.elsewhere()?.iter().filter(|hits| hits.n > 0 || hits.more) {
            match led.last_mut().filter(|before| before.tab == hits.tab && hits.tab != self.place().0) {
                Some(before) => {
                    before.view = View::narrowest(&[before.view.stages(), hits.view.stages()].concat());
                    (before.n, before.more) = (before.n + hits.n, before.more || hits.more);
                }
                None => led.push(hits.clone()),
            }
        }
        Some(led)
    }

    /// Returns the view that a key shows of a tab in which the filter that nothing passes here finds something.
    pub(super) fn found_in(&self, tab: Tab) -> Option<View> {
        let led = self.elsewhere_by_key().filter(|_| self.may_look_everywhere())?;
        led.into_iter().find(|hits| hits.tab == tab).map(|hits| hits.view)
    }
}

impl Model {
    /// Asks where else something passes the filter that nothing passes here.
    pub(super) fn look_elsewhere(&mut self) {
        let list = self.list();
        if list.may_look_everywhere() {
            let query = list.listed();
            let places = query.elsewhere();
            self.ways_back.looking = list.elsewhere().is_none().then(|| Box::new(query.clone()));
            self.ask(Request::Elsewhere { query, places });
        }
    }

    /// Returns whether a key leads to where the filter that nothing passes here finds something, and nobody knows yet where that is: it
    /// waits for the answer, and so does what is pressed after it.
    pub(super) fn waits_for_hits(&mut self, key: Key) -> bool {
        let is_looked_for = self.ways_back.looking.as_deref() == Some(&self.list().listed());
        if !is_looked_for || !self.list().may_look_everywhere() || !self.dialogs.is_empty() || !self.rooms.is_empty() {
            return false;
        }
        match self.keys.find(self.scope(), key) {
            // What waited is not done behind it.
            Some(Action::Leave | Action::Back) => {
                self.ahead.clear();
                self.ways_back.looking = None;
                false
            }
            #[rustfmt::skip]
            Some(Action::View | Action::Open | Action::Inbound | Action::Outbound | Action::Favorites | Action::NextTab
            | Action::PreviousTab) => true,
            _ => !self.ahead.is_empty(),
        }
    }

    /// What was looked for has come, or not: keys that waited for it do now what stands beside them.
    fn looked_elsewhere(&mut self, query: &ListQuery) {
        if self.ways_back.looking.take_if(|looking| **looking == *query).is_some()
            && !self.is_answer_coming()
            && !self.is_form_coming()
        {
            std::mem::take(&mut self.ahead).into_iter().for_each(|ahead| self.take_up(ahead));
        }
    }

    /// Where else something passes has come; where it could not be read, what waited for it does what it does without.
    pub(super) fn found_elsewhere(&mut self, query: &ListQuery, found: Result<Vec<Hits>, StoreError>) {
        match found {
            Ok(hits) => {
                let those = self.lists.iter_mut().filter(|list| list.listed() == *query);
                those.for_each(|list| list.elsewhere = Some((query.clone(), hits.clone())));
            }
            Err(error) => self.fail(&error),
        }
        self.looked_elsewhere(query);
    }

    /// Shows what passes the filter, wherever it stands; with the filter that ends.
    pub(super) fn show_everywhere(&mut self) {
        self.list_mut().everywhere = true;
        self.load_from_start();
    }

    /// Shows what the filter, which nothing passed where the rep was before, was said to find in a view of this tab.
    pub(super) fn show_found(&mut self, view: View, before: Behind) {
        let filter = before.lists[tab_index(before.tab)].filter_text.clone();
        if self.tab == before.tab {
            self.show_view(view);
        } else {
            // What that tab was filtered by is brought back by ↑.
            let replaced = self.list().filter_text.clone();
            if !replaced.is_empty() && replaced != filter {
                self.remember_filter(replaced);
            }
            let list = self.list_mut();
            (list.query.view, list.query.filter, list.everywhere) = (view, Filter::none(), false);
            self.set_filter(&filter);
        }
        self.ways_back.followed = Some(Box::new(Followed { before, filter, to: (self.tab, view) }));
    }

    /// Takes the filter away; where it led from one stage or tab to another, that leads back to where the rep was before it.
    pub(super) fn leave_filter(&mut self) {
        let here = (self.tab, self.list().query.view);
        let followed = self.ways_back.followed.take().filter(|led| led.to == here && led.filter == self.list().filter_text);
        let Some(followed) = followed else { return self.set_filter("") };
        let left = std::mem::replace(&mut self.lists, followed.before.lists);
        (self.tab, self.range) = (followed.before.tab, None);
        let led = [tab_index(followed.before.tab), tab_index(followed.to.0)];
        // What was chosen meanwhile stays chosen, and amounts compare as they do now.
        for (at, (list, left)) in self.lists.iter_mut().zip(left).enumerate() {
            if !led.contains(&at) {
                *list = left;
                continue;
            }
            (list.columns, list.archived_order, list.stale) = (left.columns, left.archived_order, true);
            (list.query.order, list.query.home) = (left.query.order, left.query.home);
        }
        self.renew_filters();
        let list = self.list_mut();
        list.filter_text.clear();
        (list.query.filter, list.everywhere) = (Filter::none(), false);
        match list.before_filter.take() {
            Some(id) => self.load_at(id),
            None => self.load_from_start(),
        }
    }
}
