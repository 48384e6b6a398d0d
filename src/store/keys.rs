//! The keys of the directory and the catalogue in their one index: how they are made, read and written; searching is in `suggest`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::error::{StoreError, While};
use super::open::Store;
use super::runs::Runs;
use crate::domain::customer::{Country, Duns};
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

/// What a customer is recognised by, in the order of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Own {
    pub identity: i64,
    pub street: Option<u32>,
    pub duns: Option<Duns>,
}

impl Own {
    pub(super) fn of(entry: &KnownCustomer) -> Self {
        Self { identity: entry.identity(), street: entry.street(), duns: entry.duns }
    }

    /// Returns the key of name, country, city, street and number; those without street and without number stand first.
    fn key(self) -> String {
        let key = self.place_key();
        self.duns.map_or_else(|| format!("{key}-"), |duns| format!("{key}{duns}"))
    }

    fn place_key(self) -> String {
        let key = identity_key(self.identity);
        self.street.map_or_else(|| format!("{key}-"), |street| format!("{key}{street:08x}"))
    }

    /// Returns the keys it is recognised by.
    pub(super) fn keys(self) -> impl Iterator<Item = String> {
        self.duns.map(number_key).into_iter().chain([self.key()])
    }
}

fn number_key(duns: Duns) -> String {
    format!("{DUNS}{duns}")
}

fn identity_key(identity: i64) -> String {
    format!("#i{identity:016x}")
}

/// Calls `found` with the keys of the words of names.
pub(super) fn each_word(
    shelf: &str,
    used: bool,
    names: &[&str],
    found: &mut dyn FnMut(&str) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut done = Ok(());
    let heads = Place::ALL.map(|place| head(shelf, used, place));
    let mut key = String::new();
    for name in names {
        Squeezed::of_name(name).each_word(|place, word| {
            if done.is_ok() {
                key.clear();
                key.push_str(&heads[place as usize]);
                key.push_str(word);
                done = found(&key);
            }
        });
    }
    done
}

/// The index with what is to be written to it.
pub(super) struct Keys<'a> {
    store: &'a Store,
    later: Option<Later>,
}

/// What an import has not written yet.
#[derive(Default)]
struct Later {
    runs: Runs,
    /// Whether no customer is written: then those that are kept are all there are.
    alone: bool,
    /// Keys to take away, which may be among those that are kept.
    gone: HashSet<(String, i64)>,
    /// New entries by what they are recognised by.
    numbers: HashMap<Duns, i64>,
    owns: BTreeMap<Own, i64>,
}

/// Most new entries that are remembered until their keys are written.
const REMEMBERED: usize = 2_000_000;

impl<'a> Keys<'a> {
    /// Writes each key at once.
    pub(super) const fn direct(store: &'a Store) -> Self {
        Self { store, later: None }
    }

    /// Keeps new keys until [`Keys::write`], which puts them in order first.
    pub(super) fn later(store: &'a Store) -> Result<Self, StoreError> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM customer)";
        let alone = store.connection.query_row(sql, [], |row| row.get(0)).reading()?;
        Ok(Self { store, later: Some(Later { alone, ..Later::default() }) })
    }

    /// Writes what was kept.
    pub(super) fn write(&mut self) -> Result<(), StoreError> {
        let Some(later) = &mut self.later else { return Ok(()) };
        later.runs.write(&self.store.connection)?;
        for (key, id) in std::mem::take(later).gone {
            self.store.remove_key(&key, id)?;
        }
        Ok(())
    }

    /// Forgets what was kept, where the entries it is about have been taken back.
    pub(super) fn forget_all(&mut self) {
        self.later = self.later.as_ref().map(|_| Later::default());
    }

    fn add(&mut self, key: &str, id: i64) -> Result<(), StoreError> {
        if let Some(later) = &mut self.later {
            if !later.gone.is_empty() {
                later.gone.remove(&(key.to_owned(), id));
            }
            return later.runs.add(&self.store.connection, key, id);
        }
        let sql = "INSERT OR IGNORE INTO suggestion (key, id) VALUES (?, ?)";
        self.store.connection.prepare_cached(sql).writing()?.execute((key, id)).writing()?;
        Ok(())
    }

    fn remove(&mut self, key: &str, id: i64) -> Result<(), StoreError> {
        match &mut self.later {
            Some(later) => {
                later.gone.insert((key.to_owned(), id));
                Ok(())
            }
            None => self.store.remove_key(key, id),
        }
    }

    /// Adds, or takes away, the words of names.
    pub(super) fn words(&mut self, shelf: &str, used: bool, names: &[&str], id: i64, add: bool) -> Result<(), StoreError> {
        each_word(shelf, used, names, &mut |key| if add { self.add(key, id) } else { self.remove(key, id) })
    }

    /// Adds what a customer is recognised by.
    pub(super) fn recognise(&mut self, own: Own, id: i64) -> Result<(), StoreError> {
        if self.later.as_ref().is_some_and(|later| later.owns.len() > REMEMBERED) {
            self.write()?;
        }
        if let Some(later) = &mut self.later {
            later.owns.insert(own, id);
            later.numbers.extend(own.duns.map(|duns| (duns, id)));
        }
        own.keys().try_for_each(|key| self.add(&key, id))
    }

    /// Takes away what a customer was recognised by.
    pub(super) fn forget(&mut self, own: Own, id: i64) -> Result<(), StoreError> {
        if let Some(later) = &mut self.later {
            later.owns.remove(&own);
            own.duns.and_then(|duns| later.numbers.remove(&duns));
        }
        own.keys().try_for_each(|key| self.remove(&key, id))
    }

    /// Finds the entry that a customer is: of the same D-U-N-S number, else of the same name, country, city and street where not
    /// both have a number; where one of the two streets is not known, of the same name, country and city. Of several it is the
    /// one without number, or with the least.
    pub(super) fn customer(&self, own: Own) -> Result<Option<i64>, StoreError> {
        if let Some(duns) = own.duns {
            if let Some(id) = self.later.as_ref().and_then(|later| later.numbers.get(&duns)) {
                return Ok(Some(*id));
            }
            if let Some((_, id)) = self.first(&number_key(duns), '\0')? {
                return Ok(Some(id));
            }
        }
        if let Some(id) = self.at(own)? {
            return Ok(Some(id));
        }
        match (own.street, own.duns) {
            (Some(_), _) => self.at(Own { street: None, ..own }),
            (None, None) => self.least(own, &identity_key(own.identity), |other| other.identity == own.identity),
            (None, Some(_)) => Ok(None),
        }
    }

    /// Finds the entry of exactly this street, or of none; with a number only one that has none.
    fn at(&self, own: Own) -> Result<Option<i64>, StoreError> {
        let alone = Own { duns: None, ..own };
        let same = |other: &Own| Own { duns: None, ..*other } == alone && (own.duns.is_none() || other.duns.is_none());
        let key = if own.duns.is_some() { alone.key() } else { own.place_key() };
        self.least(alone, &key, same)
    }

    /// Returns the least entry from `from` on, kept or written, as long as `same` holds and its key begins with `key`.
    fn least(&self, from: Own, key: &str, same: impl Fn(&Own) -> bool) -> Result<Option<i64>, StoreError> {
        let kept = self.later.as_ref().and_then(|later| later.owns.range(from..).next());
        let kept = kept.filter(|(other, _)| same(other)).map(|(other, id)| (other.key(), *id));
        let written = self.first(key, '~')?;
        Ok(kept.into_iter().chain(written).min().map(|(_, id)| id))
    }

    /// Returns the first written key from `from` on and before `from` with `end`.
    fn first(&self, from: &str, end: char) -> Result<Option<(String, i64)>, StoreError> {
        let mut found = None;
        if self.later.as_ref().is_some_and(|later| later.alone) {
            return Ok(found);
        }
        let gone = self.later.as_ref().map(|later| &later.gone).filter(|gone| !gone.is_empty());
        self.store.scan_keys(from, &format!("{from}{end}"), |key, id| {
            if gone.is_none_or(|gone| !gone.contains(&(key.to_owned(), id))) {
                found = Some((key.to_owned(), id));
            }
            Ok(found.is_none())
        })?;
        Ok(found)
    }
}

impl Store {
    fn remove_key(&self, key: &str, id: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM suggestion WHERE key = ? AND id = ?";
        self.connection.prepare_cached(sql).writing()?.execute((key, id)).writing()?;
        Ok(())
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
