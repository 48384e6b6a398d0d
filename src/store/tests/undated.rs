//! What filters by dates leave out only because a date is unknown: the same as row by row, and given up when somebody waits.

use super::super::StoreError;
use super::lists::filter;
use super::*;
use crate::domain::opportunity::Opportunity;
use crate::domain::query::ListQuery;
use crate::domain::tab::{Tab, View};

#[test]
fn what_is_left_out_for_an_unknown_date_is_the_same_as_row_by_row() {
    let mut store = store_of(140);
    let marks: Vec<Change> = (1..=140).filter(|id| id % 5 == 0).map(|id| change(id, What::Favorite { on: true })).collect();
    store.apply(&marks, now()).unwrap();
    let deals: Vec<_> = (1..=140).map(|id| store.get(OpportunityId(id)).unwrap()).collect();
    let mut some = 0;
    for text in [
        "received:this-week",
        "archived:this-month",
        "accepted:this-month",
        "close:this-month",
        "-received:this-week",
        "received:this-week erp",
        "country:KR received:this-week close:this-month",
        "received:today|yesterday value:>1000",
        "changed:today",
        "changed:>30d",
        "changed:this-week|last-week",
        "changed:>30d|today close:this-month",
        "erp",
    ] {
        let filter = filter(text);
        for tab in [Tab::Inbound, Tab::Outbound, Tab::Favorites, Tab::All] {
            for view in View::ALL {
                let query = ListQuery { view, filter: filter.clone(), ..ListQuery::tab(tab) }.listed();
                let is_listed = |on: &Opportunity| query.tab.holds(on) && query.view.stages().contains(&on.stage.kind());
                let left = deals.iter().filter(|deal| is_listed(&deal.opportunity) && filter.leaves_out_undated(deal)).count();
                assert_eq!(store.undated(&query, &mut || false).unwrap(), Some(left as u64), "{query:?}");
                some += left;
            }
        }
    }
    assert!(some > 200, "{some}");
}

#[test]
fn counting_them_is_given_up_as_soon_as_somebody_waits() {
    let store = store_of(900);
    let query = ListQuery { filter: filter("received:this-week close:this-week"), ..ListQuery::tab(Tab::All) };
    let mut asked = 0;
    let mut waits = || {
        asked += 1;
        true
    };
    let query = ListQuery { view: View::All, ..query };
    assert!(matches!(store.undated(&query, &mut waits), Err(StoreError::Stopped)));
    assert_eq!(asked, 1);
}
