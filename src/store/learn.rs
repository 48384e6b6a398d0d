//! What deals teach the directory and the catalogue: each customer and each solution of a new opportunity, once an import.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::error::StoreError;
use super::keys::Keys;
use super::open::Store;
use crate::domain::customer::Duns;
use crate::domain::date::Timestamp;
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::opportunity::Opportunity;
use crate::domain::text::Line;

/// What this import has learned already, and how new the deals were.
#[derive(Default)]
pub(super) struct Learned {
    customers: HashMap<(i64, Option<Duns>), Timestamp>,
    solutions: HashMap<Line, Timestamp>,
}

impl Store {
    /// Learns the customer and the solutions of a new opportunity, inside the transaction that writes it.
    pub(super) fn learn(&self, from: &Opportunity, learned: &mut Learned) -> Result<(), StoreError> {
        let at = from.updated_at;
        let mut keys = Keys::direct(self);
        let customer = KnownCustomer::of(&from.customer);
        if is_news(learned.customers.entry((customer.identity(), customer.duns)), at) {
            self.put_customer(&mut keys, &customer, Some(at))?;
        }
        for solution in &from.solutions {
            if is_news(learned.solutions.entry(solution.id.clone()), at) {
                self.put_solution(&mut keys, &KnownSolution::of(solution), Some(at))?;
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
