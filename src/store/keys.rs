//! The keys of the directory and the catalogue in their one index: how they are made, read and written; searching is in `suggest`.

use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::customer::Country;
use crate::domain::directory::KnownCustomer;
use crate::domain::suggest::{Place, Squeezed};

/// Where the solutions stand.
pub(super) const SOLUTIONS: &str = "#s";
/// Stands before D-U-N-S numbers.
pub(super) const DUNS: &str = "#d";

/// Returns where the customers of a country stand.
pub(super) const fn shelf(country: Option<Country>) -> &'static str {
    match country {
        Some(country) => country.code(),
        None => "..",
    }
}

/// Returns what the words of one shelf and place begin with.
pub(super) fn head(shelf: &str, used: bool, place: Place) -> String {
    format!("{shelf}{}{}", if used { '0' } else { '1' }, place as u8)
}

/// Returns the word of a key.
pub(super) fn word(key: &str) -> &str {
    key.get(4..).unwrap_or_default()
}

fn identity(entry: &KnownCustomer) -> String {
    format!("#i{:016x}", entry.identity())
}

/// The index with what is to be written to it.
pub(super) struct Keys<'a> {
    store: &'a Store,
}

impl<'a> Keys<'a> {
    /// Writes each key at once.
    pub(super) const fn direct(store: &'a Store) -> Self {
        Self { store }
    }

    pub(super) fn add(&mut self, key: &str, id: i64) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO suggestion (key, id) VALUES (?, ?)";
        self.store.connection.prepare_cached(sql).writing()?.execute((key, id)).writing()?;
        Ok(())
    }

    fn remove(&mut self, key: &str, id: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM suggestion WHERE key = ? AND id = ?";
        self.store.connection.prepare_cached(sql).writing()?.execute((key, id)).writing()?;
        Ok(())
    }

    /// Adds, or takes away, the words of names.
    pub(super) fn words(&mut self, shelf: &str, used: bool, names: &[&str], id: i64, add: bool) -> Result<(), StoreError> {
        let mut done = Ok(());
        let heads = Place::ALL.map(|place| head(shelf, used, place));
        let mut key = String::new();
        for name in names {
            Squeezed::of_name(name).each_word(|place, word| {
                if done.is_ok() {
                    key.clear();
                    key.push_str(&heads[place as usize]);
                    key.push_str(word);
                    done = if add { self.add(&key, id) } else { self.remove(&key, id) };
                }
            });
        }
        done
    }

    /// Adds what a customer is recognised by.
    pub(super) fn recognise(&mut self, entry: &KnownCustomer, id: i64) -> Result<(), StoreError> {
        let number = entry.duns.map(|duns| duns.to_string());
        if let Some(number) = &number {
            self.add(&format!("{DUNS}{number}"), id)?;
        }
        self.add(&format!("{}{}", identity(entry), number.as_deref().unwrap_or("-")), id)
    }

    /// Takes away what a customer was recognised by.
    pub(super) fn forget(&mut self, entry: &KnownCustomer, id: i64) -> Result<(), StoreError> {
        let number = entry.duns.map(|duns| duns.to_string());
        if let Some(number) = &number {
            self.remove(&format!("{DUNS}{number}"), id)?;
        }
        self.remove(&format!("{}{}", identity(entry), number.as_deref().unwrap_or("-")), id)
    }

    /// Finds the entry that a customer is: of the same D-U-N-S number, else of the same name, country and city where not both
    /// have a number.
    pub(super) fn customer(&self, entry: &KnownCustomer) -> Result<Option<i64>, StoreError> {
        let known = match entry.duns {
            Some(duns) => self.store.first_key(&format!("{DUNS}{duns}"), '\0')?,
            None => None,
        };
        if known.is_some() {
            return Ok(known);
        }
        match entry.duns {
            Some(_) => self.store.first_key(&format!("{}-", identity(entry)), '\0'),
            // The one without number stands first.
            None => self.store.first_key(&identity(entry), '~'),
        }
    }
}

impl Store {
    fn first_key(&self, from: &str, end: char) -> Result<Option<i64>, StoreError> {
        let mut found = None;
        self.scan_keys(from, &format!("{from}{end}"), |_, id| {
            found = Some(id);
            Ok(false)
        })?;
        Ok(found)
    }

    /// Calls `each` with the keys from `from` on and before `to`, in order, until it returns that it has enough.
    pub(super) fn scan_keys(
        &self,
        from: &str,
        to: &str,
        mut each: impl FnMut(&str, i64) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let sql = "SELECT key, id FROM suggestion WHERE key >= ? AND key < ? ORDER BY key, id";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query((from, to)).reading()?;
        while let Some(row) = rows.next().reading()? {
            let key = row.get_ref(0).reading()?;
            let key = key.as_str().map_err(|_| StoreError::Damaged("a key is no text".into()))?;
            if !each(key, row.get(1).reading()?)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Returns where customers stand: the countries that there are, and where the country is not known.
    pub(super) fn shelves(&self) -> Result<Vec<String>, StoreError> {
        let mut shelves = Vec::new();
        let mut from = ".".to_owned();
        loop {
            let mut next = None;
            self.scan_keys(&from, "[", |key, _| {
                next = key.get(..2).map(str::to_owned);
                Ok(false)
            })?;
            let Some(shelf) = next else { return Ok(shelves) };
            from = format!("{shelf}~");
            shelves.push(shelf);
        }
    }
}
