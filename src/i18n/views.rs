//! Saved views in words: the names of those that are built in, what one holds, and what is wrong with it.

use super::errors::Said;
use super::sentences::Sentences;
use crate::domain::filter::FilterWhy;
use crate::domain::query::{Order, SortKey};
use crate::domain::saved_view::{BuiltIn, SavedView, ViewWhy, Views};
use crate::domain::tab::{Tab, View};

impl Sentences {
    /// Returns all views: those that were kept, and those that are built in.
    pub fn saved_views(&self, own: Vec<SavedView>) -> Views {
        let name = |which: BuiltIn| match which {
            BuiltIn::Due => self.view_due(),
            BuiltIn::Mine => self.view_mine(),
            BuiltIn::Won => self.view_won(),
            BuiltIn::Stalled => self.view_stalled(),
        };
        Views::new(own, BuiltIn::ALL.map(|which| which.named(name(which))).to_vec())
    }

    /// Says why a saved view cannot be shown.
    pub fn view_wrong(&self, name: &str, why: &ViewWhy) -> Said {
        let (sentence, hint) = match why {
            ViewWhy::Filter(error) => {
                let said = self.filter_error(error);
                return match error.why {
                    // These name the view themselves.
                    FilterWhy::ViewCircle { .. } | FilterWhy::ViewsWithoutEnd | FilterWhy::ViewWrong { .. } => said,
                    _ => Said { sentence: self.filter_view_wrong(name, &said.sentence), ..said },
                };
            }
            ViewWhy::Beside(error) => return self.filter_error(error),
            ViewWhy::Sort(given) => (self.view_wrong_sort(given), self.view_wrong_sort_hint(SortKey::CODES.join(", "))),
            ViewWhy::Tab(given) => (self.view_wrong_tab(given), self.view_wrong_tab_hint(Tab::CODES.join(", "))),
            ViewWhy::Stages(given) => {
                (self.view_wrong_stages(given), self.view_wrong_stages_hint(View::ALL.map(View::code).join(", ")))
            }
        };
        Said::new("view", self.filter_view_wrong(name, &sentence), hint)
    }

    /// Says what is wrong with a saved view that a filter names.
    pub(super) fn filter_view_error(&self, why: &FilterWhy) -> (String, Option<String>) {
        match why {
            FilterWhy::UnknownView { name, meant, known } => {
                let meant = meant.as_ref().map(|meant| self.filter_unknown_view_meant(meant, name));
                let sentence = meant.unwrap_or_else(|| self.filter_unknown_view(name));
                (sentence, Some(self.filter_unknown_view_hint(known.join(", "))))
            }
            FilterWhy::ViewWrong { name, error } => {
                let said = self.filter_error(error);
                (self.filter_view_wrong(name, &said.sentence), said.hint)
            }
            FilterWhy::ViewCircle { name } => (self.filter_view_circle(name), Some(self.filter_view_circle_hint())),
            _ => (self.filter_views_without_end(), Some(self.filter_views_without_end_hint())),
        }
    }

    /// Says that a view was kept: whether there was one of its name, and whether that one had been kept, too.
    pub fn view_kept(&self, name: &str, replaces: bool, was_kept: bool) -> String {
        match (replaces, was_kept) {
            (false, _) => self.views_done_kept(name),
            (true, true) => self.views_done_kept_replaced(name),
            (true, false) => self.views_done_kept_built_in(name),
        }
    }

    /// Says that a view was removed, whether one that is built in comes back by that, and which others no longer work.
    pub fn view_removed(&self, name: &str, comes_back: bool, broken: &[String]) -> String {
        let done = if comes_back { self.views_done_removed_built_in(name) } else { self.views_done_removed(name) };
        self.with_broken(done, broken)
    }

    /// Says which views no longer work without the one that is spoken of.
    pub fn with_broken(&self, said: String, broken: &[String]) -> String {
        if broken.is_empty() { said } else { self.view_breaks(broken.join(", "), said) }
    }

    /// Says in short what a view holds.
    pub fn view_holds(&self, view: &SavedView) -> String {
        let order =
            view.sort.as_deref().map(|sort| Order::read(sort).map_or_else(|| sort.to_owned(), |order| self.order(order, None)));
        let tab = view.tab.as_deref().map(|tab| Tab::from_code(tab).map_or_else(|| tab.to_owned(), |tab| self.tab(tab)));
        let filter = Some(view.filter.clone()).filter(|filter| !filter.is_empty());
        filter.or(tab).or(order).unwrap_or_else(|| self.view_holds_all())
    }
}
