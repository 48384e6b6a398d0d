//! `view:` in a filter: what the saved views ask that it names, without going round in a circle.

use super::read::{Within, list, unquoted};
use super::{Asking, Filter, FilterError, FilterWhy, Term, Test, offers};
use crate::domain::fold::fold;
use crate::domain::saved_view::{SavedView, key};

/// So many views are looked into for one filter.
const MOST: usize = 64;

impl Filter {
    /// Returns whether a text could name saved views; where it could not, they need not be known to read it.
    pub fn may_name_views(text: &str) -> bool {
        fold(text).contains("view:")
    }

    /// Returns whether a text could ask for the status of offers; where it could not, they need not be known to read it.
    pub fn may_ask_for_offers(text: &str) -> bool {
        fold(text).contains(offers::KEY)
    }

    /// Returns what a saved view filters by, and what more stands beside it: the same as if the view had been named there. An error tells
    /// whether it is in what stands beside it.
    pub(in crate::domain) fn of_view(
        view: &SavedView,
        more: &str,
        asking: &Asking<'_>,
    ) -> Result<[Self; 2], (bool, FilterError)> {
        let mut within = Within { views: vec![key(&view.name)], ..Within::default() };
        let both = Self::read_together([&view.filter, more], asking, &mut within);
        both.map(|filters| Self::meant(filters, asking.home)).map_err(|(of, error)| (of > 0, error))
    }
}

/// Reads the names behind `view:`.
pub(super) fn named(value: &str, asking: &Asking<'_>, within: &mut Within) -> Result<Test, FilterWhy> {
    list(value).iter().map(|name| one(unquoted(name).trim(), asking, within)).collect::<Result<_, _>>().map(Test::Views)
}

fn one(name: &str, asking: &Asking<'_>, within: &mut Within) -> Result<Filter, FilterWhy> {
    let view = asking.views.named(name)?;
    let key = key(&view.name);
    if within.views.contains(&key) {
        return Err(FilterWhy::ViewCircle { name: view.name.clone() });
    }
    within.seen += 1;
    if within.seen > MOST {
        return Err(FilterWhy::ViewsWithoutEnd);
    }
    within.views.push(key);
    let read = Filter::read_within(&view.filter, asking, within);
    within.views.pop();
    read.map_err(|error| match error.why {
        // It is told of the view where it stands, not of each on the way there.
        why @ (FilterWhy::ViewWrong { .. } | FilterWhy::ViewCircle { .. } | FilterWhy::ViewsWithoutEnd) => why,
        _ => FilterWhy::ViewWrong { name: view.name.clone(), error: Box::new(error) },
    })
}

/// Returns the terms that one word of a filter asks for: what a single view asks stands there as if it had been typed.
pub(super) fn terms(negated: bool, test: Test) -> Vec<Term> {
    match test {
        Test::Views(views) => match (negated, &views[..]) {
            (false, [view]) => view.terms.clone(),
            (true, [Filter { terms }]) if terms.len() == 1 => {
                terms.iter().map(|term| Term { negated: !term.negated, test: term.test.clone() }).collect()
            }
            _ => vec![Term { negated, test: Test::Views(views) }],
        },
        test => vec![Term { negated, test }],
    }
}
