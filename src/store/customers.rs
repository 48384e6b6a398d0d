//! Customers as desk and commands list them: those of the directory that fit what was typed, each with the deals there are with it.

use super::error::StoreError;
use super::open::Store;
use crate::domain::customer::{Country, Customer};
use crate::domain::directory::{KnownCustomer, Rank};
use crate::domain::ids::OpportunityId;

/// Of a customer with more deals only so many are counted.
const COUNTED: usize = 200;

/// A customer of the directory with its deals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCustomer {
    pub known: KnownCustomer,
    /// How well it fits what was typed.
    pub rank: Rank,
    /// How many deals with it are received or accepted, and how many there are; both of the first ones only where there are `more`.
    pub open: u64,
    pub deals: u64,
    pub more: bool,
    /// The deal of it that was changed last, an open one where there is one.
    pub last: Option<OpportunityId>,
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

    fn listed_customer(&self, known: KnownCustomer, rank: Rank) -> Result<ListedCustomer, StoreError> {
        let customer = Customer { name: known.name.clone(), duns: known.duns, address: known.address.clone(), contact: None };
        let deals = if known.used { self.ids_with(&customer, Some(COUNTED))? } else { Vec::new() };
        let open = deals.iter().filter(|(_, ended)| !ended).count() as u64;
        Ok(ListedCustomer {
            known,
            rank,
            open,
            deals: deals.len() as u64,
            more: deals.len() >= COUNTED,
            last: deals.first().map(|(id, _)| *id),
        })
    }
}
