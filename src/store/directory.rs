//! The customer directory: learning from deals, searching while somebody types, entries that are nearly the same.

use super::convert::{self, Cells};
use super::error::{StoreError, While};
use super::fuzzy::Near;
use super::keys::{self, DUNS, Keys, Own, head, shelf};
use super::open::Store;
use super::suggest::{Hit, LOOKS, Search};
use crate::domain::customer::{Country, Customer, bare_name};
use crate::domain::directory::{KnownCustomer, Rank, nearly_same};
use crate::domain::fold::fold;
use crate::domain::instant::Timestamp;
use crate::domain::suggest::{Place, Query, Squeezed, cut, is_of_signs};
use crate::domain::text::{Line, normal};

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    New,
    Changed,
    Unchanged,
}

/// The columns [`read`] reads.
pub(super) const COLUMNS: &str = "name, duns, address_line1, address_line2, city, state, postal_code, country, used_at";
/// Most numbers that are looked at for the beginning of a D-U-N-S number.
const NUMBERS: usize = 2_000;

pub(super) fn read(row: &rusqlite::Row<'_>) -> Result<(KnownCustomer, Option<Timestamp>), StoreError> {
    let mut cells = Cells::new(row);
    let customer = convert::customer(&mut cells)?;
    let used_at = cells.time()?;
    Ok((KnownCustomer { used: used_at.is_some(), ..KnownCustomer::of(&customer) }, used_at))
}

/// How many entries of nearly the same name are looked at: a bank may have tens of thousands of branches.
const ALIKE_LOOKS: u32 = 500;

impl Store {
    /// Returns the customers that fit what was typed, in `country` or, without one, in every country: exact ones, then those
    /// that deals have, then the others; each by beginning, later word and inside; one letter off at the end. Text inside a
    /// word of letters is looked for in the first thousands of names only. Nothing typed gives those used last.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn suggest_customers(
        &self,
        typed: &str,
        country: Option<Country>,
        limit: usize,
    ) -> Result<Vec<(KnownCustomer, Rank)>, StoreError> {
        let shelves = match country {
            // One whose country nobody told may be of this one.
            Some(country) => vec![country.code().to_owned(), keys::shelf(None).to_owned()],
            None => self.shelves()?,
        };
        let hits = match Query::of(typed) {
            // Signs alone say nothing of a name.
            None if is_of_signs(typed) => self.recent_customers(&shelves, limit)?,
            None => self.begun_by_form(&shelves, typed, limit)?,
            Some(query) => {
                let mut hits = self.customers_by_number(&query, country, limit)?;
                let names = |id: i64| Ok(vec![self.customer(id)?.0.name.to_string()]);
                let by_name = Search::new(self, &shelves, &names, &query, limit)?.run()?;
                let numbers: Vec<i64> = hits.iter().map(|hit| hit.id).collect();
                hits.extend(by_name.into_iter().filter(|hit| !numbers.contains(&hit.id)));
                hits.sort_by_key(|hit| hit.rank != Rank::Exact);
                hits.truncate(limit);
                hits
            }
        };
        hits.into_iter().map(|hit| Ok((self.customer(hit.id)?.0, hit.rank))).collect()
    }

    /// Returns, of so many that are looked at, entries of the customer's country that are nearly this
    /// customer ([`nearly_same`]) and not it: another D-U-N-S number, or another name or city.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn alike_customers(&self, customer: &Customer, limit: usize) -> Result<Vec<KnownCustomer>, StoreError> {
        let entry = KnownCustomer::of(customer);
        let text = Squeezed::of_name(customer.name.as_str()).text;
        let chars: Vec<char> = text.chars().collect();
        let mut found: Vec<KnownCustomer> = Vec::new();
        let mut looks = ALIKE_LOOKS;
        let country = shelf(customer.address.country);
        let shelves = [country, shelf(None)];
        let shelves = if country == shelf(None) { &shelves[..1] } else { &shelves[..] };
        for (shelf, used) in shelves.iter().flat_map(|shelf| [(shelf, true), (shelf, false)]) {
            let head = head(shelf, used, Place::Start);
            let mut words = vec![cut(&text).to_owned()];
            if Query::of(&text).is_some_and(|query| query.is_long()) {
                Near::new(self, head.clone(), true).each(&chars, chars.len(), &mut |wanted| {
                    words.push(cut(wanted).to_owned());
                    Ok(words.len() > limit)
                })?;
            }
            words.dedup();
            for kept in words {
                self.scan_keys(&format!("{head}{kept}"), &format!("{head}{kept}\0"), |_, id| {
                    let other = self.customer(id)?.0;
                    let alike = nearly_same(&entry, &other) && !is_same(&entry, &other);
                    found.extend(Some(other).filter(|other| alike && !found.contains(other)));
                    looks -= 1;
                    Ok(found.len() < limit && looks > 0)
                })?;
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// Notes that a deal has the customer: makes its entry if there is none, fills in what the entry leaves open. To be called
    /// inside the transaction that writes the deal. Undoing the deal does not undo it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub(super) fn learn_customer(&self, customer: &Customer, at: Timestamp) -> Result<(), StoreError> {
        let entry = KnownCustomer::of(customer);
        self.put_customer(&mut Keys::direct(self), &entry, Own::of(&entry), Some(at)).map(|_| ())
    }

    /// Writes an entry of a file (`used_at` is `None`), which knows best, or of a deal, which only fills in.
    pub(super) fn put_customer(
        &self,
        keys: &mut Keys<'_>,
        entry: &KnownCustomer,
        own: Own,
        used_at: Option<Timestamp>,
    ) -> Result<Put, StoreError> {
        let Some(id) = keys.customer(own)? else {
            let id = self.insert_customer(entry, used_at)?;
            keys.recognise(own, id)?;
            keys.words(shelf(entry.address.country), used_at.is_some(), &[entry.name.as_str()], id, true)?;
            return Ok(Put::New);
        };
        let (old, used_before) = self.customer(id)?;
        let new = if used_at.is_some() { entry.updated(&old) } else { old.updated(entry) };
        let last = used_before.max(used_at);
        if new == old && last == used_before {
            return Ok(Put::Unchanged);
        }
        self.update_customer(id, &new, last)?;
        let (before, after) = (Own::of(&old), Own::of(&new));
        if before != after {
            keys.forget(before, id)?;
            keys.recognise(after, id)?;
        }
        let place = |entry: &KnownCustomer| (shelf(entry.address.country), entry.used, entry.name.clone());
        if place(&old) != place(&new) {
            keys.words(shelf(old.address.country), old.used, &[old.name.as_str()], id, false)?;
            keys.words(shelf(new.address.country), new.used, &[new.name.as_str()], id, true)?;
        }
        let same_but_for_use = (KnownCustomer { used: old.used, ..new }) == old;
        Ok(if same_but_for_use { Put::Unchanged } else { Put::Changed })
    }

    fn insert_customer(&self, entry: &KnownCustomer, used_at: Option<Timestamp>) -> Result<i64, StoreError> {
        let sql = "INSERT INTO customer (name, duns, address_line1, address_line2, city, state, postal_code, country, used_at) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.connection.prepare_cached(sql).writing()?.execute(values(entry, used_at)).writing()?;
        Ok(self.connection.last_insert_rowid())
    }

    fn update_customer(&self, id: i64, entry: &KnownCustomer, used_at: Option<Timestamp>) -> Result<(), StoreError> {
        let sql = "UPDATE customer SET name = ?, duns = ?, address_line1 = ?, address_line2 = ?, city = ?, state = ?, postal_code = ?, \
                   country = ?, used_at = ? WHERE id = ?10";
        let mut statement = self.connection.prepare_cached(sql).writing()?;
        let (name, duns, line1, line2, city, state, postal, country, used_at) = values(entry, used_at);
        statement.execute((name, duns, line1, line2, city, state, postal, country, used_at, id)).writing()?;
        Ok(())
    }

    fn customer(&self, id: i64) -> Result<(KnownCustomer, Option<Timestamp>), StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM customer WHERE id = ?");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query([id]).reading()?;
        let row = rows.next().reading()?.ok_or_else(|| StoreError::Damaged(format!("customer {id} is missing")))?;
        read(row)
    }

    /// Returns customers that no deal has, those that were taken over first first.
    pub(super) fn unused_customers(&self, limit: usize) -> Result<Vec<KnownCustomer>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM customer WHERE used_at IS NULL ORDER BY id LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query([i64::try_from(limit).unwrap_or(i64::MAX)]).reading()?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().reading()? {
            found.push(read(row)?.0);
        }
        Ok(found)
    }

    fn recent_customers(&self, shelves: &[String], limit: usize) -> Result<Vec<Hit>, StoreError> {
        let sql = "SELECT used_at, id FROM customer INDEXED BY customer_used \
                   WHERE country IS ? AND used_at IS NOT NULL ORDER BY used_at DESC LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut recent: Vec<(i64, i64)> = Vec::new();
        for shelf in shelves {
            let country = Some(shelf.as_str()).filter(|code| *code != keys::shelf(None));
            let rows = statement.query_map((country, most), |row| Ok((row.get(0)?, row.get(1)?))).reading()?;
            recent.extend(rows.collect::<rusqlite::Result<Vec<_>>>().reading()?);
        }
        recent.sort_unstable_by(|a, b| b.cmp(a));
        Ok(recent.into_iter().take(limit).map(|(_, id)| Hit { id, rank: Rank::Prefix }).collect())
    }

    /// Finds customers by the beginning of a legal form, under which no name is kept: first those whose own name begins so, then of
    /// the ones used last those with the form in front, then those with it behind.
    fn begun_by_form(&self, shelves: &[String], typed: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let typed = fold(&normal(typed.trim()));
        let names = |id: i64| Ok(vec![self.customer(id)?.0.name.to_string()]);
        let query = Query { text: typed, bare: None, words: Vec::new(), duns: None };
        let mut found = Search::new(self, shelves, &names, &query, limit)?.beginnings()?;
        let (typed, mut behind) = (&query.text, Vec::new());
        for hit in self.recent_customers(shelves, LOOKS)? {
            let name = self.customer(hit.id)?.0.name.to_string();
            let folded = fold(&name);
            if found.iter().any(|known| known.id == hit.id) {
                continue;
            } else if folded.starts_with(typed) {
                found.push(hit);
            } else if folded.contains(typed) && !bare_name(&name).contains(typed) {
                behind.push(Hit { rank: Rank::Word, ..hit });
            }
        }
        found.append(&mut behind);
        found.truncate(limit);
        Ok(found)
    }

    fn customers_by_number(&self, query: &Query, country: Option<Country>, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let Some(digits) = &query.duns else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let mut looks = 0;
        self.scan_keys(&format!("{DUNS}{digits}"), &format!("{DUNS}{digits}~"), |key, id| {
            let rank = if key.len() == DUNS.len() + digits.len() { Rank::Exact } else { Rank::Prefix };
            let is_there = country.is_none() || self.customer(id)?.0.address.country.is_none_or(|known| Some(known) == country);
            found.extend(is_there.then_some(Hit { id, rank }));
            looks += 1;
            Ok(found.len() < limit && looks < NUMBERS)
        })?;
        Ok(found)
    }
}

/// Returns whether an entry is the customer itself: the same D-U-N-S number, or the same name and city where not both have one.
fn is_same(customer: &KnownCustomer, entry: &KnownCustomer) -> bool {
    match (customer.duns, entry.duns) {
        (Some(one), Some(other)) => one == other,
        _ => {
            let streets = (customer.street(), entry.street());
            let same_street = streets.0 == streets.1 || streets.0.is_none() || streets.1.is_none();
            same_street && customer.identity() == entry.identity()
        }
    }
}

type Values<'a> = (
    &'a str,
    Option<String>,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'static str>,
    Option<i64>,
);

fn values(entry: &KnownCustomer, used_at: Option<Timestamp>) -> Values<'_> {
    fn text(line: &Option<Line>) -> Option<&str> {
        line.as_ref().map(Line::as_str)
    }
    let a = &entry.address;
    (
        entry.name.as_str(),
        entry.duns.map(|duns| duns.to_string()),
        text(&a.line1),
        text(&a.line2),
        text(&a.city),
        text(&a.state),
        text(&a.postal_code),
        a.country.map(Country::code),
        used_at.map(Timestamp::micros),
    )
}
