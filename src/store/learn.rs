//! What deals teach the directory and the catalogue: each customer and each solution of a new opportunity, once an import.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::error::StoreError;
use super::keys::{Keys, Own};
use super::open::Store;
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::text::Line;

/// What this import has learned already, and how new the deals were.
pub(super) struct Learned<'a> {
    keys: Keys<'a>,
    customers: HashMap<Own, Timestamp>,
    solutions: HashMap<Line, Timestamp>,
}

impl<'a> Learned<'a> {
    pub(super) fn new(store: &'a Store) -> Result<Self, StoreError> {
        Ok(Self { keys: Keys::later(store)?, customers: HashMap::new(), solutions: HashMap::new() })
    }

    /// Writes what was learned to the index.
    pub(super) fn write(&mut self) -> Result<(), StoreError> {
        self.keys.write()
    }

    /// Unlearns a file that has been taken back.
    pub(super) fn forget(&mut self) {
        self.keys.forget_all();
        self.customers.clear();
        self.solutions.clear();
    }
}

impl Store {
    /// Learns the customer and the solutions of a new opportunity, inside the transaction that writes it.
    pub(super) fn learn(&self, from: &Opportunity, learned: &mut Learned<'_>) -> Result<(), StoreError> {
        let at = from.updated_at;
        let customer = KnownCustomer::of(&from.customer);
        let own = Own::of(&customer);
        if is_news(learned.customers.entry(own), at) {
            self.put_customer(&mut learned.keys, &customer, own, Some(at))?;
        }
        for solution in &from.solutions {
            if is_news(learned.solutions.entry(solution.id.clone()), at) {
                self.put_solution(&mut learned.keys, &KnownSolution::of(solution), Some(at))?;
            }
        }
        Ok(())
    }
}

fn is_news<K>(entry: Entry<'_, K, Timestamp>, at: Timestamp) -> bool {
    match entry {
        Entry::Occupied(mut known) => {
            *known.get() < at && {
                known.insert(at);
                true
            }
        }
        Entry::Vacant(new) => {
            new.insert(at);
            true
        }
    }
}
