//! Files of customers and solutions, taken over into directory and catalogue: one transaction each, all of a file or nothing.

use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use super::directory::Put;
use super::error::StoreError;
use super::import::{IMPORT_CACHE, LIST_CACHE, Mode};
use super::keys::{Keys, Own};
use super::open::Store;
use super::progress::counting;
use super::protocol::Reply;
use super::write::Ending;
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::role::Deed;

/// A file whose entries are taken over.
pub trait Entries<E> {
    /// Returns the next entry that was found valid, with its line; refused ones the file keeps to itself.
    fn next_entry(&mut self) -> Option<(u64, E)>;

    /// Returns whether the file could be read to its end; asked after the last entry.
    fn is_whole(&self) -> bool;

    /// Returns the name of the file, for whoever would take it back: undo does not. Nothing where nobody could mean that.
    fn name(&self) -> Option<String> {
        None
    }

    /// Hears, once and last, whether its entries were taken.
    fn finish(&mut self, taken: bool);
}

/// A file of customers or solutions on its way to the store from the desk.
pub trait StockSource: Send {
    /// Hands its entries over; `told` hears of each and may stop it.
    ///
    /// # Errors
    /// As [`Store::import_customers`].
    fn take(&mut self, store: &mut Store, told: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Stocked, StoreError>;

    /// Hears what became of them; returns what is to be said of the file, or why it broke off.
    fn finish(self: Box<Self>, stocked: Option<&Stocked>) -> Vec<String>;
}

/// How many entries became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stocked {
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// The file broke off: nothing of it was taken.
    pub broken: bool,
}

impl Stocked {
    pub(super) const fn count(&mut self, put: Put) {
        match put {
            Put::New => self.new += 1,
            Put::Changed => self.changed += 1,
            Put::Unchanged => self.unchanged += 1,
        }
    }
}

impl Store {
    /// Takes a directory over, or with [`Mode::DryRun`] finds out what that would do. An entry that is here already, known by
    /// its D-U-N-S number or else by name, country and city, gets what the file says of it; what the file leaves open stays.
    ///
    /// `told` hears of every entry and may stop the import; then nothing of it stays.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] after a stop, else what the database says; nothing is changed then.
    pub fn import_customers(
        &mut self,
        source: &mut dyn Entries<KnownCustomer>,
        mode: Mode,
        told: &mut dyn FnMut(u64, &KnownCustomer, Put) -> ControlFlow<()>,
    ) -> Result<Stocked, StoreError> {
        self.stock(source, mode, told, |store, keys, entry| store.put_customer(keys, entry, Own::of(entry), None))
    }

    /// Takes a catalogue over, as [`Store::import_customers`] does a directory; an entry is known by its id.
    ///
    /// # Errors
    /// As [`Store::import_customers`].
    pub fn import_solutions(
        &mut self,
        source: &mut dyn Entries<KnownSolution>,
        mode: Mode,
        told: &mut dyn FnMut(u64, &KnownSolution, Put) -> ControlFlow<()>,
    ) -> Result<Stocked, StoreError> {
        self.stock(source, mode, told, |store, keys, entry| store.put_solution(keys, entry, None))
    }

    /// Takes what the desk brings over, and answers it; `stop` ends it between two rows.
    pub(super) fn stock_telling(&mut self, mut source: Box<dyn StockSource>, stop: &AtomicBool, reply: &mut dyn FnMut(Reply)) {
        let stocked = source.take(self, &mut counting(stop, reply));
        let said = source.finish(stocked.as_ref().ok());
        reply(Reply::Stocked(stocked, said));
    }

    fn stock<E>(
        &mut self,
        source: &mut dyn Entries<E>,
        mode: Mode,
        told: &mut dyn FnMut(u64, &E, Put) -> ControlFlow<()>,
        put: impl Fn(&Self, &mut Keys<'_>, &E) -> Result<Put, StoreError>,
    ) -> Result<Stocked, StoreError> {
        self.may(Deed::Stock)?;
        self.set_cache(IMPORT_CACHE)?;
        let stocked = self.in_transaction_ending(|store| {
            let mut stocked = Stocked::default();
            let mut keys = Keys::later(store)?;
            while let Some((line, entry)) = source.next_entry() {
                let became = put(store, &mut keys, &entry)?;
                stocked.count(became);
                if told(line, &entry, became).is_break() {
                    return Err(StoreError::Stopped);
                }
            }
            if !source.is_whole() {
                return Ok((Stocked { broken: true, ..Stocked::default() }, Ending::Forget));
            }
            if mode == Mode::DryRun {
                return Ok((stocked, Ending::Forget));
            }
            keys.write()?;
            if let Some(name) = source.name().filter(|_| stocked.new + stocked.changed > 0) {
                store.note_list(&name)?;
            }
            Ok((stocked, Ending::Write))
        });
        source.finish(mode == Mode::Import && stocked.as_ref().is_ok_and(|stocked| !stocked.broken));
        // What was taken over stays so; the next opening makes up for it.
        let _ = self.set_cache(LIST_CACHE);
        stocked
    }
}
