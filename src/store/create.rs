//! Makes deals of our own, and finds what a rep should see before: people, campaigns and deals like it from earlier ones.

use super::drafts::{Draft, DraftKey, NEW};
use super::error::{StoreError, While};
use super::history::StepKind;
use super::journal::Aside;
use super::open::Store;
use super::packed;
use crate::domain::contact::Person;
use crate::domain::create::NewOpportunity;
use crate::domain::customer::{Country, Customer, Duns, bare_name, is_other_entity};
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::held::Held;
use crate::domain::ids::{DraftId, OpportunityId};
use crate::domain::instant::Timestamp;
use crate::domain::lead::OF_LEAD;
use crate::domain::opportunity::Opportunity;
use crate::domain::role::Deed;
use crate::domain::text::Line;

/// What a form about a deal is opened with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aids {
    /// The number of a new draft, where one was asked for.
    pub draft: Option<DraftId>,
    /// Drafts of new deals that wait to be finished, the latest first.
    pub drafts: Vec<Draft>,
    /// People of our company on the latest deals (MG-45), the latest first.
    pub people: Vec<Person>,
    /// Campaign ids of the latest deals.
    pub campaigns: Vec<Line>,
    /// Countries of the latest customers.
    pub countries: Vec<Country>,
    /// Partners named on the latest deals.
    pub partners: Vec<Line>,
    /// The country of the latest deal that was made here; what was imported says where others sell.
    pub made_in: Option<Country>,
}

/// A deal that may be the one that is being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarDeal {
    pub id: OpportunityId,
    pub title: Line,
    pub customer: Line,
    /// Solutions that are on both.
    pub shared: Vec<Line>,
}

/// What a deal that is being made may be the same as; pointed out, never in the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Similar {
    /// Open deals of the same customer with a solution in common.
    pub deals: Vec<SimilarDeal>,
    /// Customers of the directory that are nearly the same.
    pub customers: Vec<KnownCustomer>,
    /// What the catalogue knows of the solutions on it.
    pub known: Vec<KnownSolution>,
    /// The customer that was asked about, by name and number.
    pub asked: Option<(Line, Option<Duns>)>,
    /// The customer's person on the last deal of ours that has one.
    pub contact: Option<Person>,
}

/// How many nearly identical customers are pointed out.
const ALIKE: usize = 3;
/// How many of the latest deals are looked through for people and campaigns.
const LATEST: usize = 120;
/// How many people, campaigns and countries are offered.
const OFFERED: usize = 30;
/// How many deals of a customer are compared.
const COMPARED: usize = 200;

impl Store {
    /// Makes a deal: one step, one transaction; the draft it was typed into is forgotten with it (MG-71).
    ///
    /// # Errors
    /// [`StoreError`] when nothing could be written.
    pub fn create(&mut self, new: &NewOpportunity, draft: Option<DraftId>, now: Timestamp) -> Result<Opportunity, StoreError> {
        self.may(Deed::Make)?;
        self.in_transaction(|store| {
            let mut journal = store.begin(StepKind::Create, now)?;
            let made = new.make(now);
            store.bars(Deed::Make, Some(&made.opportunity))?;
            let made = journal.put(None, Some(made), Aside::default())?;
            let Some(Held { opportunity: made, .. }) = made else { return Err(StoreError::Stopped) };
            let texts = draft.map(|draft| store.draft(DraftKey::New(draft))).transpose()?.flatten();
            if let Some(lead) = texts.as_ref().and_then(|texts| texts.get(OF_LEAD)) {
                journal.tie_lead(lead, made.id)?;
            }
            journal.end()?;
            store.learn_customer(&made.customer, now)?;
            for solution in &made.solutions {
                store.learn_solution(solution, now)?;
            }
            if let Some(draft) = draft {
                store.drop_draft(DraftKey::New(draft))?;
            }
            Ok(made)
        })
    }

    /// Returns what a form about a deal is opened with; `now` where it needs the number of a new draft.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn aids(&self, now: Option<Timestamp>) -> Result<Aids, StoreError> {
        let drafts = self.drafts()?.into_iter().filter(|draft| draft.form == NEW).collect();
        let mut aids = Aids { drafts, draft: now.map(|now| self.new_draft(now)).transpose()?, ..Aids::default() };
        let latest = self.latest()?;
        let mut people = self.connection.prepare_cached("SELECT people FROM opportunity WHERE id = ?").reading()?;
        for (id, campaign, country, partner, made_here) in latest {
            if !self.sees(OpportunityId(id))? {
                continue;
            }
            let country = country.and_then(|country| Country::parse(&country).ok());
            aids.made_in = aids.made_in.or(country.filter(|_| made_here));
            offer(campaign.map(Line::stored), &mut aids.campaigns);
            offer(country, &mut aids.countries);
            offer(partner.map(Line::stored), &mut aids.partners);
            if aids.people.len() >= OFFERED {
                continue;
            }
            let lines: Option<String> = people.query_row([id], |row| row.get(0)).reading()?;
            for person in packed::employees(lines.as_deref().unwrap_or_default())? {
                // Only who can be added as they are.
                if person.is_complete() && !aids.people.iter().any(|known| known.is_same(&person)) {
                    aids.people.push(person);
                }
            }
        }
        Ok(aids)
    }

    /// Returns the customer's person on the last deal of ours with it that has one, complete; not of another entity of the same
    /// name, and not whom a sender named for the referral that came with them.
    #[allow(clippy::type_complexity, reason = "a row of the database, read in one place")]
    fn contact_of(&self, customer: &Customer) -> Result<Option<Person>, StoreError> {
        let key = bare_name(customer.name.as_str());
        if key.is_empty() {
            return Ok(None);
        }
        let sql = "SELECT people, duns, country, updated_at, id FROM opportunity INDEXED BY by_customer \
                   WHERE shelf IN (3, 4, 5) AND customer_key = ? ORDER BY updated_at DESC LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let rows =
            statement.query_map((&key, COMPARED), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(4)?, row.get(3)?)));
        let mut rows: Vec<(Option<String>, Option<String>, Option<String>, i64, i64)> =
            rows.reading()?.collect::<rusqlite::Result<_>>().reading()?;
        rows.sort_by_key(|(.., at)| std::cmp::Reverse(*at));
        let ours = (customer.duns, customer.address.country);
        for (people, duns, country, id, _) in rows {
            if !self.sees(OpportunityId(id))? {
                continue;
            }
            let is_other = is_other_entity(ours, entity(duns.as_deref(), country.as_deref()));
            let person = packed::contact(people.as_deref().unwrap_or_default())?.filter(Person::is_complete);
            if let Some(person) = person.filter(|_| !is_other) {
                return Ok(Some(person));
            }
        }
        Ok(None)
    }

    /// Returns number, campaign, country and partner of the opportunities that changed last, and whether each was made here.
    #[allow(clippy::type_complexity, reason = "a row of the database, read in one place")]
    fn latest(&self) -> Result<Vec<(i64, Option<String>, Option<String>, Option<String>, bool)>, StoreError> {
        let mut latest = Vec::new();
        let sql = "SELECT id, campaign_id, country, partner_name, updated_at, made_here FROM opportunity INDEXED BY by_changed \
                   WHERE shelf = ? ORDER BY updated_at DESC LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        for shelf in 0..6 {
            let rows = statement.query_map((shelf, LATEST), |row| {
                Ok((row.get::<_, i64>(4)?, (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(5)?)))
            });
            latest.extend(rows.reading()?.collect::<rusqlite::Result<Vec<_>>>().reading()?);
        }
        latest.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        latest.truncate(LATEST);
        Ok(latest.into_iter().map(|(_, row)| row).collect())
    }

    /// Returns what a deal with this customer and these solutions (by id) may be the same as.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn similar(&self, customer: &Customer, solutions: &[String]) -> Result<Similar, StoreError> {
        // Who has picked an entry by its D-U-N-S number has seen its neighbours.
        let picked = match customer.duns {
            Some(duns) => self.suggest_customers(&duns.to_string(), None, 1)?.iter().any(|(known, _)| known.duns == Some(duns)),
            None => false,
        };
        Ok(Similar {
            deals: self.similar_deals(customer.name.as_str(), solutions)?,
            customers: if picked { Vec::new() } else { self.alike_customers(customer, ALIKE)? },
            asked: Some((customer.name.clone(), customer.duns)),
            contact: self.contact_of(customer)?,
            known: solutions.iter().filter_map(|id| self.solution(id).transpose()).collect::<Result<_, _>>()?,
        })
    }

    /// Returns open deals of the same customer, seen through company forms, that share a solution; those with most in common first.
    fn similar_deals(&self, customer: &str, solutions: &[String]) -> Result<Vec<SimilarDeal>, StoreError> {
        let key = bare_name(customer);
        if key.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT id, coalesce(deal_name, customer_name), customer_name FROM opportunity INDEXED BY by_customer \
                   WHERE shelf IN (0, 1, 3, 4) AND customer_key = ? LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let rows = statement.query_map((&key, COMPARED), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).reading()?;
        let rows: Vec<(i64, String, String)> = rows.collect::<rusqlite::Result<_>>().reading()?;
        let mut on_it = self.connection.prepare_cached("SELECT solutions FROM opportunity WHERE id = ?").reading()?;
        let mut similar = Vec::new();
        for (id, title, customer) in rows {
            if !self.sees(OpportunityId(id))? {
                continue;
            }
            let theirs: Option<String> = on_it.query_row([id], |row| row.get(0)).reading()?;
            let shared: Vec<Line> = packed::solution_ids(theirs.as_deref().unwrap_or_default())
                .filter(|id| solutions.iter().any(|ours| ours.eq_ignore_ascii_case(id)))
                .map(|id| Line::stored(id.to_owned()))
                .collect();
            if !shared.is_empty() {
                similar.push(SimilarDeal {
                    id: OpportunityId(id),
                    title: Line::stored(title),
                    customer: Line::stored(customer),
                    shared,
                });
            }
        }
        similar.sort_by_key(|deal| std::cmp::Reverse(deal.shared.len()));
        Ok(similar)
    }
}

/// Returns what tells customers of one name apart, as it is kept.
pub(super) fn entity(duns: Option<&str>, country: Option<&str>) -> (Option<Duns>, Option<Country>) {
    (duns.and_then(|duns| Duns::parse(duns).ok()), country.and_then(|country| Country::parse(country).ok()))
}

/// Adds what is not offered yet.
fn offer<T: PartialEq>(found: Option<T>, offered: &mut Vec<T>) {
    if let Some(found) = found.filter(|found| offered.len() < OFFERED && !offered.contains(found)) {
        offered.push(found);
    }
}
