//! Customers as desk and commands list them: those of the directory that fit what was typed, each with the deals there are with it.

use super::error::StoreError;
use super::open::Store;
use crate::domain::customer::{Country, Customer};
use crate::domain::directory::{KnownCustomer, Rank};
use crate::domain::ids::OpportunityId;

/// Of a customer with more deals only so many are counted.
const COUNTED: usize = 100;

/// A customer of the directory with its deals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCustomer {
    pub known: KnownCustomer,
    /// How well it fits what was typed.
    pub rank: Rank,
    /// The deals with it, open ones first and the last changed before the others; only some where there are `more`.
    pub deals: Vec<OpportunityId>,
    /// How many of these are received or accepted.
    pub open: u64,
    pub more: bool,
}

impl Store {
    /// Returns the customers that fit what was typed as [`Store::suggest_customers`] finds them, each with its deals; nothing typed gives
    /// those used last.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn list_customers(&self, typed: &str, country: Option<Country>, limit: usize) -> Result<Vec<ListedCustomer>, StoreError> {
        let found = self.suggest_customers(typed, country, limit)?.into_iter();
        found.map(|(known, rank)| self.listed_customer(known, rank)).collect()
    }

    /// As [`Store::list_customers`] in every country; where nothing is typed and deals have not used so many, others fill the rest.
    ///
    /// # Errors
    /// As there.
    pub(super) fn customers_to_choose(&self, typed: &str, limit: usize) -> Result<Vec<ListedCustomer>, StoreError> {
        let mut found = self.list_customers(typed, None, limit)?;
        if typed.trim().is_empty() {
            for known in self.unused_customers(limit.saturating_sub(found.len()))? {
                found.push(self.listed_customer(known, Rank::Prefix)?);
            }
        }
        Ok(found)
    }

    fn listed_customer(&self, known: KnownCustomer, rank: Rank) -> Result<ListedCustomer, StoreError> {
        let customer = Customer { name: known.name.clone(), duns: known.duns, address: known.address.clone(), contact: None };
        let (deals, more) = if known.used { self.ids_with(&customer, Some(COUNTED))? } else { (Vec::new(), false) };
        let open = deals.iter().filter(|(_, ended)| !ended).count() as u64;
        let deals = deals.into_iter().map(|(id, _)| id).collect();
        Ok(ListedCustomer { known, rank, deals, open, more })
    }
}
