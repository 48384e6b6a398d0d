//! Which values the deals have that a key of the filter asks for, the most frequent first: of the newest deals only, so that Tab never waits.

use std::collections::HashMap;

use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::directory::{KnownCustomer, Rank};
use crate::domain::filter::HeldKey;
use crate::domain::fold::fold;
use crate::domain::ids::OpportunityId;
use crate::domain::suggest::is_of_signs;

/// So many deals are looked at, the newest ones.
const NEWEST: i64 = 5_000;
/// So many customers are looked up for one that deals have.
const LOOKED_UP: usize = 60;

impl Store {
    /// Returns what the newest deals have of what a key asks for, cities that begin so; customers that deals have, whose names have a word
    /// that begins so, and none to whoever sees a part of the deals only. Of countries and currencies there are few enough for all.
    pub(super) fn held_values(&self, key: HeldKey, begun: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let column = match key {
            HeldKey::Customer if self.team()?.is_some() => return Ok(Vec::new()),
            HeldKey::Customer => return self.held_customers(begun, limit),
            HeldKey::Country => "country",
            HeldKey::Currency => "currency",
            HeldKey::City => "city",
        };
        let team = self.team()?;
        let sql = format!("SELECT id, {column} FROM opportunity ORDER BY id DESC LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut rows = statement.query([NEWEST]).reading()?;
        let mut counts: HashMap<String, usize> = HashMap::new();
        while let Some(row) = rows.next().reading()? {
            let id = OpportunityId(row.get(0).reading()?);
            let is_seen = team.as_ref().is_none_or(|team| team.contains(id));
            let value: Option<String> = row.get(1).reading()?;
            if let Some(value) = value.filter(|value| is_seen && !value.is_empty()) {
                *counts.entry(value).or_default() += 1;
            }
        }
        let mut counted: Vec<(String, usize)> = counts.into_iter().collect();
        counted.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
        if key == HeldKey::City {
            let begun = fold(begun);
            counted.retain(|(city, _)| fold(city).starts_with(&begun));
            counted.truncate(limit);
        }
        Ok(counted.into_iter().map(|(value, _)| value).collect())
    }

    /// Returns names of customers as deals have them: an entry of the directory may be called otherwise, and would find none of its own.
    fn held_customers(&self, begun: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let mut names: Vec<String> = Vec::new();
        // Signs alone begin no name; a form offers the ones used last in their place.
        if !begun.trim().is_empty() && is_of_signs(begun) {
            return Ok(names);
        }
        // What has what is typed only inside a word is no beginning.
        let fits = |(known, rank): &(KnownCustomer, Rank)| known.used && matches!(rank, Rank::Exact | Rank::Prefix | Rank::Word);
        let found: Vec<_> = self.suggest_customers(begun, None, LOOKED_UP)?.into_iter().filter(fits).collect();
        let numbered = found.iter().any(|(known, _)| known.duns.is_some());
        let called = if numbered { self.called_in_deals()? } else { HashMap::new() };
        for (known, _) in found {
            let own = known.duns.and_then(|duns| called.get(&duns.to_string()));
            for name in own.map_or_else(|| vec![known.name.to_string()], Clone::clone) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names.truncate(limit);
        Ok(names)
    }

    /// Returns what the newest deals call the customers that have a D-U-N-S number, by that, the newest name first.
    fn called_in_deals(&self) -> Result<HashMap<String, Vec<String>>, StoreError> {
        let sql = "SELECT duns, customer_name FROM (SELECT id, duns, customer_name FROM opportunity ORDER BY id DESC LIMIT ?) \
                   WHERE duns IS NOT NULL ORDER BY id DESC";
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let mut rows = statement.query([NEWEST]).reading()?;
        let mut called: HashMap<String, Vec<String>> = HashMap::new();
        while let Some(row) = rows.next().reading()? {
            let name: String = row.get(1).reading()?;
            let names = called.entry(row.get(0).reading()?).or_default();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(called)
    }
}
