//! Reads what a page before a call is made of: a deal with its last changes, and every deal with a customer; no words.

use std::collections::HashMap;

use super::create::entity;
use super::error::{StoreError, While};
use super::history::{Entry, StepKind};
use super::open::Store;
use super::read::Full;
use crate::domain::customer::{Customer, Entity, bare_name, is_same_entity};
use crate::domain::filter::{Field, Filter, Term, Test, Word};
use crate::domain::ids::OpportunityId;
use crate::domain::query::{From, ListQuery};
use crate::domain::tab::{Tab, View};

/// A deal with what a call about it builds on.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    pub full: Full,
    /// The last steps that changed something and stand, the last one first.
    pub changes: Vec<Entry>,
    /// The other deals with its customer.
    pub others: Deals,
}

/// Deals with one customer: those that are open first, then those that ended last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deals {
    pub deals: Vec<Full>,
    /// How many there are beside these.
    pub more: usize,
}

impl Deals {
    /// What had run out only by our clock stands among the open ones.
    fn sort(&mut self) {
        self.deals.sort_by_key(|held| {
            let o = &held.opportunity;
            (o.is_archived(), std::cmp::Reverse(o.stage.archived_at().unwrap_or(o.updated_at)))
        });
    }
}

impl Brief {
    /// Returns every deal with its customer, this one among them.
    pub fn with_customer(&self) -> Deals {
        let mut all = self.others.clone();
        all.deals.push(self.full.clone());
        all.sort();
        all
    }
}

/// A customer whom a text may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Called {
    pub customer: Customer,
    /// One of the deals with it, by which it is told from others.
    pub of: OpportunityId,
    /// How many deals of it were found.
    pub deals: usize,
}

/// Changes that are told.
const CHANGES: usize = 5;
/// Steps that are read for them at most.
const STEPS: usize = 200;
/// Deals of a customer that are read whole: of more than so many the rest is only counted.
const DEALS: usize = 1_000;
/// Deals that are looked through for a customer of a name.
const CALLED: usize = 300;

impl Store {
    /// Returns a deal with its last changes and the other deals with its customer.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], or that the database cannot be read.
    pub fn brief(&self, id: OpportunityId) -> Result<Brief, StoreError> {
        let full = self.get(id)?;
        let mut changes = self.history_of(id, None, STEPS)?;
        changes.retain(|entry| entry.step.undone_at.is_none() && !entry.changes.is_empty() && is_told(entry.step.kind));
        changes.truncate(CHANGES);
        let others = self.deals_with(&full.opportunity.customer, Some(id))?;
        Ok(Brief { full, changes, others })
    }

    /// Returns the deals with a customer, seen through company forms and not with another entity of the same name, but for one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn deals_with(&self, customer: &Customer, but: Option<OpportunityId>) -> Result<Deals, StoreError> {
        let mut found = Deals::default();
        for (id, _) in self.ids_with(customer, None)?.0 {
            if Some(id) == but {
                continue;
            }
            if found.deals.len() < DEALS { found.deals.extend(self.find_held(id)?) } else { found.more += 1 }
        }
        found.sort();
        Ok(found)
    }

    /// Returns the numbers of the deals with a customer that are seen, of so many of its name or all, whether each is archived, and whether
    /// there are more of its name: those that are open come first, the last changed before the others.
    pub(super) fn ids_with(
        &self,
        customer: &Customer,
        most: Option<usize>,
    ) -> Result<(Vec<(OpportunityId, bool)>, bool), StoreError> {
        let key = bare_name(customer.name.as_str());
        if key.is_empty() {
            return Ok((Vec::new(), false));
        }
        // Open ones are read first: of many that ended none of them is lost.
        let sql = "SELECT id, duns, country, ended FROM (\
                   SELECT id, duns, country, 0 AS ended, updated_at FROM opportunity INDEXED BY by_customer \
                   WHERE shelf IN (0, 1, 3, 4) AND customer_key = ?1 UNION ALL \
                   SELECT id, duns, country, 1, updated_at FROM opportunity INDEXED BY by_customer \
                   WHERE shelf IN (2, 5) AND customer_key = ?1 LIMIT ?2) ORDER BY ended, updated_at DESC";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let limit = most.and_then(|most| i64::try_from(most).ok()).unwrap_or(-1);
        let mut rows = statement.query((&key, limit)).reading()?;
        let (mut of_name, mut all) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next().reading()? {
            let (duns, country): (Option<String>, Option<String>) = (row.get(1).reading()?, row.get(2).reading()?);
            let entity = entity(duns.as_deref(), country.as_deref());
            if !all.contains(&entity) {
                all.push(entity);
            }
            of_name.push((OpportunityId(row.get(0).reading()?), entity, row.get(3).reading()?));
        }
        let more = most.is_some_and(|most| of_name.len() >= most);
        let ours = customer.entity();
        let mut found = Vec::new();
        for (id, entity, ended) in of_name {
            if is_same_entity(ours, entity, &all) && self.sees(id)? {
                found.push((id, ended));
            }
        }
        Ok((found, more))
    }

    /// Returns whom a text may mean: those of exactly this name, else those whom `customer:` finds, else those whom the directory knows
    /// and with whom there is a deal.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn customers_called(&mut self, text: &str) -> Result<Vec<Called>, StoreError> {
        let exactly = self.with_name(&bare_name(text))?;
        if !exactly.is_empty() {
            return Ok(exactly);
        }
        let term = Term { negated: false, test: Test::Text(Field::Customer, vec![Word::new(text)]) };
        let query = ListQuery { view: View::All, filter: Filter { terms: vec![term] }, ..ListQuery::tab(Tab::All) };
        let ids: Vec<OpportunityId> = self.list(&query, From::Start, CALLED)?.rows.iter().map(|row| row.id).collect();
        let mut deals = Vec::new();
        for id in ids {
            deals.extend(self.find_held(id)?);
        }
        let mut found = counted(deals);
        if found.is_empty() {
            let mut deals = Vec::new();
            for (known, _) in self.suggest_customers(text, None, CALLED)?.into_iter().filter(|(known, _)| known.used) {
                let customer = Customer { name: known.name, duns: known.duns, address: known.address, contact: None };
                let with = self.deals_with(&customer, None)?.deals;
                let is_new = |held: &Full| deals.iter().all(|known: &Full| known.opportunity.id != held.opportunity.id);
                let new: Vec<Full> = with.into_iter().filter(is_new).collect();
                deals.extend(new);
            }
            found = counted(deals);
        }
        Ok(found)
    }

    /// Returns whose name without company forms is this.
    fn with_name(&self, name: &str) -> Result<Vec<Called>, StoreError> {
        if name.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT id FROM opportunity INDEXED BY by_customer \
                   WHERE shelf IN (0, 1, 2, 3, 4, 5) AND customer_key = ? ORDER BY id LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let ids = statement.query_map((name, CALLED), |row| row.get(0).map(OpportunityId)).reading()?;
        let ids: Vec<OpportunityId> = ids.collect::<rusqlite::Result<_>>().reading()?;
        let mut deals = Vec::new();
        for id in ids {
            if self.sees(id)? {
                deals.extend(self.find_held(id)?);
            }
        }
        Ok(counted(deals))
    }
}

/// Returns whether such a step is worth a word before a call: a mark is not, a note is told where notes are, and what takes a step back
/// or makes it again is seen in whether that step stands.
const fn is_told(kind: StepKind) -> bool {
    !matches!(kind, StepKind::Favorite | StepKind::Unfavorite | StepKind::Note | StepKind::Undo | StepKind::Redo)
}

/// Counts deals to their customers. What one deal tells of the customer and another does not counts for both.
fn counted(deals: Vec<Full>) -> Vec<Called> {
    let mut all: HashMap<String, Vec<Entity>> = HashMap::new();
    let name = |customer: &Customer| bare_name(customer.name.as_str());
    for held in &deals {
        all.entry(name(&held.opportunity.customer)).or_default().push(held.opportunity.customer.entity());
    }
    let mut found: Vec<Called> = Vec::new();
    for held in deals {
        let (id, customer) = (held.opportunity.id, held.opportunity.customer);
        let of_name = all.get(&name(&customer)).map_or(&[][..], Vec::as_slice);
        let is_it = |called: &&mut Called| {
            called.customer.may_be(&customer) && is_same_entity(called.customer.entity(), customer.entity(), of_name)
        };
        match found.iter_mut().find(is_it) {
            Some(called) => {
                called.deals += 1;
                called.customer.duns = called.customer.duns.or(customer.duns);
                called.customer.address.country = called.customer.address.country.or(customer.address.country);
            }
            None => found.push(Called { customer, of: id, deals: 1 }),
        }
    }
    found
}
