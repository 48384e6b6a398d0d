//! What figures are made of, told deal by deal in the order of their numbers: one thread reads the rows, another makes deals of them and
//! adds them up. What a row says is `facts`, what is made of the deals is not known here.

use std::sync::Arc;

use rusqlite::{Connection, Row};

use super::super::abreast::{Put, abreast};
use super::super::error::{StoreError, While};
use super::super::idset::IdSet;
use super::super::open::Store;
use super::{Reading, Wanted};
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::insight::{Dimension, Stood};

/// So many rows go from one thread to the other at once; between them it is asked whether somebody waits.
const ROWS: usize = 1_024;
/// Where fewer than one in so many pass they are sought one by one.
const SOUGHT: usize = 8;

/// Takes one deal after the other.
pub(in super::super) type Telling<'a> = dyn FnMut(Stood) -> Result<(), StoreError> + Send + 'a;

/// Which deals are told by the thread that reads as well, and who takes them.
pub(in super::super) type Picking<'a> = (&'a dyn Fn(OpportunityId) -> bool, &'a mut dyn FnMut(Stood) -> Result<(), StoreError>);

/// Rows as they were read.
#[derive(Default)]
struct Batch {
    /// Of each its number, and where its fact and its customer end.
    rows: Vec<(OpportunityId, usize, usize)>,
    facts: Vec<u8>,
    customers: String,
}

impl Batch {
    /// Puts a row of number and fact; a third column is the customer's name.
    fn put(&mut self, id: OpportunityId, row: &Row<'_>, with_customer: bool) -> Result<(), StoreError> {
        self.facts.extend_from_slice(row.get_ref(1).reading()?.as_blob().unwrap_or_default());
        if with_customer {
            self.customers.push_str(row.get_ref(2).reading()?.as_str().unwrap_or_default());
        }
        self.rows.push((id, self.facts.len(), self.customers.len()));
        Ok(())
    }
}

/// What makes deals of rows.
struct Making {
    /// By their numbers.
    names: Vec<Option<Arc<str>>>,
    wanted: Wanted,
    /// The clock, where it is not written what it has brought about.
    seen_at: Option<Timestamp>,
}

impl Making {
    /// Tells the deals of a batch that are picked.
    fn tell(
        &self,
        batch: &Batch,
        picked: &dyn Fn(OpportunityId) -> bool,
        tell: &mut dyn FnMut(Stood) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let name = |number: u64| self.names.get(usize::try_from(number).ok()?)?.clone();
        let (mut fact_from, mut customer_from) = (0, 0);
        for (id, fact_to, customer_to) in &batch.rows {
            if picked(*id) {
                let bytes = &batch.facts[fact_from..*fact_to];
                let Some(mut deal) = (Reading { bytes }).fact(*id, self.wanted, &name) else {
                    return Err(StoreError::Damaged(format!("what figures know of {id} cannot be read")));
                };
                batch.customers[customer_from..*customer_to].clone_into(&mut deal.customer);
                if let Some(now) = self.seen_at {
                    deal.stage = deal.stage.seen_at(now);
                }
                tell(deal)?;
            }
            (fact_from, customer_from) = (*fact_to, *customer_to);
        }
        Ok(())
    }
}

/// Reads all names that facts speak of, each at the place of its number.
fn names(connection: &Connection) -> Result<Vec<Option<Arc<str>>>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, name FROM fact_name").reading()?;
    let mut rows = statement.query([]).reading()?;
    let mut names = Vec::new();
    while let Some(row) = rows.next().reading()? {
        let number: usize = row.get(0).reading()?;
        if number >= names.len() {
            names.resize(number + 1, None);
        }
        names[number] = Some(row.get_ref(1).reading()?.as_str().unwrap_or_default().into());
    }
    Ok(names)
}

impl Store {
    /// Tells each of these, or all, in the order of their numbers; of texts only what is wanted. They are told on a thread of its own
    /// while this one goes on reading.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `waits` tells that somebody waits, [`StoreError::Damaged`] of a row that makes no sense, that the
    /// database cannot be read, or what `tell` says.
    pub(in super::super) fn each_standing(
        &self,
        (only, wanted): (Option<&IdSet>, Wanted),
        waits: &mut dyn FnMut() -> bool,
        tell: &mut Telling<'_>,
    ) -> Result<(), StoreError> {
        self.each_standing_and((only, wanted), waits, tell, (&|_| false, &mut |_| Ok(())))
    }

    /// As [`Store::each_standing`]; those that are picked are told here as well, by the thread that reads.
    ///
    /// # Errors
    /// As there.
    pub(in super::super) fn each_standing_and(
        &self,
        (only, wanted): (Option<&IdSet>, Wanted),
        waits: &mut dyn FnMut() -> bool,
        tell: &mut Telling<'_>,
        (picked, here): Picking<'_>,
    ) -> Result<(), StoreError> {
        let making = Making { names: names(&self.connection)?, wanted, seen_at: self.only_seen_at() };
        let sql = "SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 'shelf'";
        let all: usize = self.connection.query_row(sql, [], |row| row.get(0)).reading()?;
        let sought = only.filter(|set| set.len() < all / SOUGHT);
        let read = |put: Put<'_, Batch>| {
            let mut put = |batch: Batch| making.tell(&batch, picked, here).and_then(|()| put(batch));
            match sought {
                Some(set) => self.seek(set, wanted, waits, &mut put),
                None => self.read_all(only, wanted, waits, &mut put),
            }
        };
        abreast(read, |batch| making.tell(&batch, &|_| true, tell))
    }

    /// Reads the facts of a set one by one, in batches, until `put` wants no more.
    fn seek(&self, set: &IdSet, wanted: Wanted, waits: &mut dyn FnMut() -> bool, put: Put<'_, Batch>) -> Result<(), StoreError> {
        let sql = format!("{} WHERE fact.id = ?", selecting(wanted));
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut batch = Batch::default();
        for id in set.ids() {
            let mut rows = statement.query([id.0]).reading()?;
            if let Some(row) = rows.next().reading()? {
                batch.put(id, row, wanted.by == Dimension::Customer)?;
            }
            if batch.rows.len() == ROWS && !go_on(&mut batch, waits, put)? {
                return Ok(());
            }
        }
        put(batch).map(|_| ())
    }

    /// As [`Store::seek`], row after row.
    fn read_all(
        &self,
        only: Option<&IdSet>,
        wanted: Wanted,
        waits: &mut dyn FnMut() -> bool,
        put: Put<'_, Batch>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(selecting(wanted)).reading()?;
        let mut rows = statement.query([]).reading()?;
        let mut batch = Batch::default();
        while let Some(row) = rows.next().reading()? {
            let id = OpportunityId(row.get(0).reading()?);
            if only.is_none_or(|set| set.contains(id)) {
                batch.put(id, row, wanted.by == Dimension::Customer)?;
            }
            if batch.rows.len() == ROWS && !go_on(&mut batch, waits, put)? {
                return Ok(());
            }
        }
        put(batch).map(|_| ())
    }
}

/// Names of customers are in no fact: nearly each would be another.
const fn selecting(wanted: Wanted) -> &'static str {
    match wanted.by {
        Dimension::Customer => "SELECT fact.id, packed, customer_name FROM fact CROSS JOIN opportunity USING (id)",
        _ => "SELECT fact.id, packed FROM fact",
    }
}

/// Gives away a batch that is full; returns whether more is wanted.
fn go_on(batch: &mut Batch, waits: &mut dyn FnMut() -> bool, put: Put<'_, Batch>) -> Result<bool, StoreError> {
    if waits() { Err(StoreError::Stopped) } else { put(std::mem::take(batch)) }
}
