//! What the desk remembers from one start to the next, as text that only the desk reads, saved views, and what campaigns cost; no step.

use serde_json::Value;

use super::error::StoreError;
use super::open::Store;
use crate::domain::campaign::{Cost, Costs};
use crate::domain::date::Date;
use crate::domain::role::Deed;
use crate::domain::saved_view::{SavedView, Views};

/// Under which keys of the table `meta` it lies.
const DESK: &str = "desk";
const VIEWS: &str = "views";
const COSTS: &str = "campaign-costs";

/// What the desk is opened with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// What it remembered.
    pub desk: Option<String>,
    pub views: Vec<SavedView>,
}

impl Store {
    /// Returns what the desk is opened with. What cannot be read is left out: the first list tells it, or whoever asks for it.
    pub fn kept(&self) -> Kept {
        Kept { desk: self.kept_desk().ok().flatten(), views: self.views().unwrap_or_default() }
    }

    /// Returns what the desk kept last.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn kept_desk(&self) -> Result<Option<String>, StoreError> {
        self.meta(DESK)
    }

    /// Returns the last day before one on which the review was opened on the desk, as that keeps it.
    ///
    /// # Errors
    /// As [`Store::kept_desk`].
    pub fn last_review(&self, before: Date) -> Result<Option<Date>, StoreError> {
        let kept: Option<Value> = self.kept_desk()?.and_then(|text| serde_json::from_str(&text).ok());
        let day = |key: &str| Date::iso(kept.as_ref()?.get(key)?.as_str()?).ok();
        Ok(["review", "reviewBefore"].into_iter().filter_map(day).filter(|day| *day < before).max())
    }

    /// Keeps what the desk is to be opened with the next time, where nobody else is writing.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written, at once where another program is writing.
    pub fn keep_desk(&mut self, text: &str) -> Result<(), StoreError> {
        self.writable()?;
        self.without_waiting(|store| store.in_transaction(|store| store.set_meta(DESK, text)))
    }

    /// Returns the saved views that were kept.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read, or what lies there is no list of views.
    pub fn views(&self) -> Result<Vec<SavedView>, StoreError> {
        let text = self.meta(VIEWS)?;
        text.map_or_else(|| Ok(Vec::new()), |text| Views::read_kept(&text).ok_or(StoreError::ViewsDamaged))
    }

    /// Keeps a saved view, in the place of one of its name, and returns all that are kept now.
    ///
    /// # Errors
    /// As [`Store::views`], or when it cannot be written.
    pub fn keep_view(&mut self, view: &SavedView) -> Result<Vec<SavedView>, StoreError> {
        self.change_views(|views| drop(views.keep(view.clone())))
    }

    /// Removes a saved view that was kept and returns all that are kept now.
    ///
    /// # Errors
    /// As [`Store::keep_view`].
    pub fn remove_view(&mut self, name: &str) -> Result<Vec<SavedView>, StoreError> {
        self.change_views(|views| drop(views.remove(name)))
    }

    /// Returns what campaigns cost, as far as it was told.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read, or what lies there are no costs.
    pub fn costs(&self) -> Result<Costs, StoreError> {
        let damaged = || StoreError::Damaged("the costs of campaigns cannot be read".to_owned());
        self.meta(COSTS)?.map_or_else(|| Ok(Costs::default()), |text| Costs::read_kept(&text).ok_or_else(damaged))
    }

    /// Keeps what a campaign cost; returns what it was said to have cost before.
    ///
    /// # Errors
    /// As [`Store::costs`], or when it cannot be written.
    pub fn keep_cost(&mut self, cost: Cost) -> Result<Option<Cost>, StoreError> {
        self.change_costs(|costs| costs.set(cost))
    }

    /// Forgets what a campaign cost, and returns it; `None` where it was not told.
    ///
    /// # Errors
    /// As [`Store::keep_cost`].
    pub fn forget_cost(&mut self, campaign: &str) -> Result<Option<Cost>, StoreError> {
        self.change_costs(|costs| costs.remove(campaign))
    }

    fn change_costs<T>(&mut self, change: impl FnOnce(&mut Costs) -> T) -> Result<T, StoreError> {
        self.may(Deed::Stock)?;
        self.in_transaction(|store| {
            let mut costs = store.costs()?;
            let changed = change(&mut costs);
            store.set_meta(COSTS, &costs.to_keep())?;
            Ok(changed)
        })
    }

    /// What others keep meanwhile stays: it is read and written in one.
    fn change_views(&mut self, change: impl FnOnce(&mut Views)) -> Result<Vec<SavedView>, StoreError> {
        self.may(Deed::View)?;
        self.in_transaction(|store| {
            let mut views = Views::new(store.views()?, Vec::new());
            change(&mut views);
            store.set_meta(VIEWS, &views.to_keep())?;
            Ok(views.own().to_vec())
        })
    }
}
