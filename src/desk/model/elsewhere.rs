//! Where else a filter finds something that finds nothing here: what is asked, told, and shown by the keys that are named there.

use super::Model;
use super::list::ListState;
use crate::domain::filter::Filter;
use crate::domain::query::ListQuery;
use crate::domain::tab::{Tab, View};
use crate::store::{Hits, Request};

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

    /// Returns the first view of a tab in which the filter that nothing passes here finds something.
    pub(super) fn found_in(&self, tab: Tab) -> Option<View> {
        let hits = self.elsewhere().filter(|_| self.may_look_everywhere())?;
        hits.iter().find(|hits| hits.tab == tab && (hits.n > 0 || hits.more)).map(|hits| hits.view)
    }
}

impl Model {
    /// Asks where else something passes the filter that nothing passes here.
    pub(super) fn look_elsewhere(&mut self) {
        let list = self.list();
        if list.may_look_everywhere() {
            let query = list.listed();
            let places = query.elsewhere();
            self.ask(Request::Elsewhere { query, places });
        }
    }

    pub(super) fn found_elsewhere(&mut self, query: &ListQuery, hits: &[Hits]) {
        let those = self.lists.iter_mut().filter(|list| list.listed() == *query);
        those.for_each(|list| list.elsewhere = Some((query.clone(), hits.to_vec())));
    }

    /// Shows what passes the filter, wherever it stands; with the filter that ends.
    pub(super) fn show_everywhere(&mut self) {
        self.list_mut().everywhere = true;
        self.load_from_start();
    }

    /// Shows what the filter of another tab, which nothing passed there, was said to find here.
    pub(super) fn show_found(&mut self, view: View, filter: &str) {
        // What that tab was filtered by is brought back by ↑.
        let replaced = self.list().filter_text.clone();
        if !replaced.is_empty() && replaced != filter {
            self.remember_filter(replaced);
        }
        let list = self.list_mut();
        (list.query.view, list.query.filter, list.everywhere) = (view, Filter::none(), false);
        self.set_filter(filter);
    }
}
