//! What an import does with the file of a CRM: that is said by us, so what differs is an edit of ours, which Partner Center is yet to
//! hear of; what stages a deal may be edited in is the domain's.

use std::collections::{HashMap, HashSet};

use super::error::{StoreError, While};
use super::import::{Import, compare};
use super::journal::Aside;
use super::open::Store;
use super::verdict::{RowVerdict, Verdict};
use crate::domain::change::{Edit, Set, What};
use crate::domain::customer::bare_name;
use crate::domain::field::Field;
use crate::domain::held::Held;
use crate::domain::ids::OpportunityId;
use crate::domain::incoming::{Incoming, State};
use crate::domain::merge::Terms;
use crate::domain::opportunity::Opportunity;
use crate::domain::stage::Stage;
use crate::domain::text::Line;

/// Finds deals by their names; each shelf is named so that the index answers it.
const BY_NAMES: &str = "SELECT id FROM opportunity INDEXED BY by_customer WHERE shelf IN (0, 1, 2, 3, 4, 5) \
     AND customer_key = ? AND customer_name = ? AND deal_name IS ? AND (?4 OR crm_id IS NULL) LIMIT 20";

/// Which deals bear which id of the CRM, and of which the file has spoken.
#[derive(Debug, Default)]
pub(super) struct CrmDeals {
    by_id: HashMap<String, Vec<OpportunityId>>,
    spoken: HashSet<OpportunityId>,
}

impl CrmDeals {
    fn add(&mut self, crm_id: &str, id: OpportunityId) {
        self.by_id.entry(key(crm_id).to_owned()).or_default().push(id);
    }
}

/// Salesforce writes an id with fifteen characters, or with three more that check them.
fn key(crm_id: &str) -> &str {
    // Those of its opportunities begin so; ids of others may be as long.
    let is_long = crm_id.len() == 18 && crm_id.starts_with("006") && crm_id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_long { &crm_id[..15] } else { crm_id }
}

impl Store {
    /// Reads which deals bear which id of the CRM.
    pub(super) fn crm_deals(&self) -> Result<CrmDeals, StoreError> {
        let sql = "SELECT id, crm_id FROM opportunity WHERE crm_id IS NOT NULL";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([]).reading()?;
        let mut deals = CrmDeals::default();
        while let Some(row) = rows.next().reading()? {
            let crm_id: String = row.get(1).reading()?;
            deals.add(&crm_id, OpportunityId(row.get(0).reading()?));
        }
        Ok(deals)
    }

    /// Finds deals of a customer and name that bear no id of the CRM, or, with `any`, whichever they bear.
    fn of_names(&self, incoming: &Incoming, any: bool) -> Result<Vec<OpportunityId>, StoreError> {
        let Some(customer) = &incoming.customer_name else { return Ok(Vec::new()) };
        let deal = incoming.name.as_ref().and_then(|name| name.as_ref()).map(Line::as_str);
        let mut statement = self.connection.prepare_cached(BY_NAMES).reading()?;
        let key = (bare_name(customer.as_str()), customer.as_str(), deal, any);
        let found = statement.query_map(key, |row| row.get(0).map(OpportunityId)).reading()?;
        found.collect::<rusqlite::Result<_>>().reading()
    }
}

impl Import<'_> {
    /// Takes a record of our own CRM over.
    pub(super) fn of_crm(&mut self, incoming: &Incoming, terms: Terms, row: &mut RowVerdict) -> Result<(), StoreError> {
        let crm_id = incoming.crm_id.clone().flatten();
        let known = crm_id.as_ref().and_then(|id| self.crm.as_ref()?.by_id.get(key(id.as_str())).cloned()).unwrap_or_default();
        let is_by_names = known.is_empty();
        let found = if is_by_names { self.store.of_names(incoming, crm_id.is_none())? } else { known };
        match found[..] {
            [] => {
                self.merge_new(incoming, terms, row)?;
                if let (Some(id), Some(crm)) = (row.id, &mut self.crm) {
                    crm.spoken.insert(id);
                    crm_id.iter().for_each(|crm_id| crm.add(crm_id.as_str(), id));
                }
                Ok(())
            }
            [id] => {
                // Two rows of the same names need not be the same deal.
                if !self.crm.as_mut().is_some_and(|crm| crm.spoken.insert(id)) && is_by_names {
                    row.verdict = Verdict::Ambiguous(found);
                    return Ok(());
                }
                let Some(held) = self.store.find_held(id)? else { return Ok(()) };
                if self.is_of_others(&held, incoming) {
                    row.verdict = Verdict::Others;
                    return Ok(());
                }
                row.id = Some(id);
                self.edit_by_crm(&held, incoming, terms, row)
            }
            _ => {
                row.verdict = Verdict::Ambiguous(found);
                Ok(())
            }
        }
    }

    fn edit_by_crm(&mut self, held: &Held, incoming: &Incoming, terms: Terms, row: &mut RowVerdict) -> Result<(), StoreError> {
        let opportunity = &held.opportunity;
        let is_closed = incoming.status.as_ref().is_some_and(|status| matches!(status.state, State::Closed(_)));
        row.closed_there = is_closed && matches!(opportunity.stage, Stage::Accepted { .. });
        let (sets, stay): (Vec<Set>, Vec<Set>) =
            otherwise(incoming, opportunity).into_iter().partition(|set| set.field().check_edit(opportunity).is_ok());
        row.stays = !stay.is_empty() || is_of_another(incoming, opportunity);
        let taken: Vec<Field> = sets.iter().map(Set::field).collect();
        if taken.is_empty() {
            return Ok(());
        }
        // Its time to answer may have run out since it was written last.
        let Ok(after) = What::Edit(Edit(sets)).apply(held, terms.now) else {
            row.stays = true;
            return Ok(());
        };
        row.verdict = compare(held, &after, &taken, &[]);
        self.journal.put(Some(held), Some(after), Aside::default())?;
        Ok(())
    }
}

/// Returns what a record says otherwise than it stands here; what it says nothing of, and what it leaves empty, stays.
fn otherwise(incoming: &Incoming, on: &Opportunity) -> Vec<Set> {
    fn said<T: Clone>(said: &Option<Option<T>>) -> Option<T> {
        said.clone().flatten()
    }
    let sets = [
        said(&incoming.name).map(Set::Name),
        said(&incoming.value).map(Set::Value),
        said(&incoming.close_date).map(Set::CloseDate),
        said(&incoming.sales_stage).map(Set::SalesStage),
        said(&incoming.notes).map(|notes| Set::Notes(Some(notes))),
        // An id that is there already was what it was found by.
        said(&incoming.crm_id).filter(|_| on.deal.crm_id.is_none()).map(|id| Set::CrmId(Some(id))),
        said(&incoming.campaign_id).map(|id| Set::CampaignId(Some(id))),
    ];
    sets.into_iter().flatten().filter(|set| !set.changes_nothing(on)).collect()
}

/// Returns whether a record says another customer, or another place of it: neither is edited.
fn is_of_another(incoming: &Incoming, on: &Opportunity) -> bool {
    let customer = &on.customer;
    let other = |said: &Option<Line>, known: &Option<Line>| said.is_some() && said != known;
    let address = incoming.address.as_ref().is_some_and(|said| {
        let known = &customer.address;
        other(&said.line1, &known.line1)
            || other(&said.line2, &known.line2)
            || other(&said.city, &known.city)
            || other(&said.state, &known.state)
            || other(&said.postal_code, &known.postal_code)
            || (said.country.is_some() && said.country != known.country)
    });
    address
        || incoming.customer_name.as_ref().is_some_and(|said| *said != customer.name)
        || incoming.duns.flatten().is_some_and(|said| Some(said) != customer.duns)
}
