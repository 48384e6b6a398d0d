//! What the desk remembers from one start to the next, as text that only the desk reads; no step.

use super::error::StoreError;
use super::open::Store;

/// Under which key of the table `meta` it lies.
const DESK: &str = "desk";

impl Store {
    /// Returns what the desk kept last.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn kept_desk(&self) -> Result<Option<String>, StoreError> {
        self.meta(DESK)
    }

    /// Keeps what the desk is to be opened with the next time, where nobody else is writing.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written, at once where another program is writing.
    pub fn keep_desk(&mut self, text: &str) -> Result<(), StoreError> {
        self.writable()?;
        self.without_waiting(|store| store.in_transaction(|store| store.set_meta(DESK, text)))
    }
}
