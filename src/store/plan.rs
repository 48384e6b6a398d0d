//! Works out which opportunities pass a filter: by the search index where that is quick, by looking at rows where most pass.

use std::ops::Bound;

use rusqlite::types::Value as Sql;

use super::convert::value_key_of;
use super::error::{StoreError, While};
use super::list::Count;
use super::open::Store;
use super::read::shelves;
use super::walk::{Begin, Course, Place, Sorting, Walk};
use crate::domain::date::Timestamp;
use crate::domain::document::{Facet, ID_TOKEN, facet, shelf_facet};
use crate::domain::filter::{Field, Filter, Term, Test, Word};
use crate::domain::fold::Phrase;
use crate::domain::ids::OpportunityId;
use crate::domain::money::{Amount, Currency};
use crate::domain::opportunity::Direction;
use crate::domain::query::{ListQuery, Tab};
use crate::domain::stage::StageKind;

/// A list that was worked out, kept for paging.
pub(super) struct Prepared {
    pub query: ListQuery,
    pub sorting: Sorting,
    pub passing: Passing,
    pub count: Count,
    /// Own and outside writes it was worked out after.
    pub stamp: (u64, i64),
}

/// Which rows of the sorted list pass.
pub(super) enum Passing {
    All,
    /// These, in order.
    Sorted(Vec<Place>),
    /// Those in the set; with `look`, of them those that pass when looked at.
    Set {
        set: IdSet,
        look: bool,
    },
    /// Most of them: each is looked at. Where that is the only way it goes on however few pass.
    Look {
        only_way: bool,
    },
}

/// Where one way of working a list out becomes quicker than another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// In a list of more rows than these a screenful is looked for first: to list all that pass would take too long if most do.
    pub large: u64,
    /// How many rows are looked at before the sets are worked out after all.
    pub looks: usize,
    /// A condition of more hits than these is left alone when another one has fewer.
    pub many: usize,
    /// Up to so many hits are sorted by themselves; above, the list is walked and the set asked.
    pub few: usize,
}

impl Limits {
    pub(super) const MEASURED: Self = Self { large: 20_000, looks: 1_024, many: 100_000, few: 1_500 };
}

/// A set of opportunities as one bit for each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct IdSet {
    bits: Vec<u64>,
    len: usize,
}

impl IdSet {
    fn insert(&mut self, id: i64) {
        let Ok(id) = usize::try_from(id) else { return };
        if id / 64 >= self.bits.len() {
            self.bits.resize(id / 64 + 1, 0);
        }
        let bit = 1 << (id % 64);
        self.len += usize::from(self.bits[id / 64] & bit == 0);
        self.bits[id / 64] |= bit;
    }

    pub(super) fn contains(&self, id: OpportunityId) -> bool {
        usize::try_from(id.0).is_ok_and(|id| self.bits.get(id / 64).is_some_and(|word| word >> (id % 64) & 1 == 1))
    }

    fn keep_common(&mut self, other: &Self) {
        self.bits.truncate(other.bits.len());
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a &= b);
        self.len = self.bits.iter().map(|word| word.count_ones() as usize).sum();
    }

    fn ids(&self) -> impl Iterator<Item = OpportunityId> {
        self.bits.iter().enumerate().flat_map(|(index, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| OpportunityId((index * 64 + bit) as i64))
        })
    }
}

/// One condition whose hits an index lists.
struct Condition {
    /// Statements that each list some of the ids, with their values.
    statements: Vec<(String, Vec<Sql>)>,
    /// Whether a hit may still not pass.
    look: bool,
}

impl Store {
    /// Works the list out, or returns the one that is still good.
    pub(super) fn prepare_list(&mut self, query: &ListQuery) -> Result<&Prepared, StoreError> {
        let stamp = (self.writes.get(), self.outside_version()?);
        let good = self.prepared.take().filter(|known| known.query == *query && known.stamp == stamp);
        let prepared = match good {
            Some(known) => known,
            None => {
                let sorting = Sorting::new(query.tab, query.view, query.order);
                let (passing, count) = self.work_out(query, &sorting)?;
                Prepared { query: query.clone(), sorting, passing, count, stamp }
            }
        };
        Ok(self.prepared.insert(prepared))
    }

    fn work_out(&self, query: &ListQuery, sorting: &Sorting) -> Result<(Passing, Count), StoreError> {
        if query.filter.is_empty() {
            return Ok((Passing::All, Count::All));
        }
        if self.size(query)? > self.limits.large && self.page_is_near(query, sorting)? {
            return Ok((Passing::Look { only_way: false }, Count::Many));
        }
        self.work_out_sets(query, sorting)
    }

    /// Works the prepared list out by its conditions, where looking at rows has found too few.
    pub(super) fn prepare_sets(&mut self, query: &ListQuery) -> Result<(), StoreError> {
        let sorting = Sorting::new(query.tab, query.view, query.order);
        let (passing, count) = self.work_out_sets(query, &sorting)?;
        if let Some(prepared) = &mut self.prepared {
            (prepared.passing, prepared.count) = (passing, count);
        }
        Ok(())
    }

    fn work_out_sets(&self, query: &ListQuery, sorting: &Sorting) -> Result<(Passing, Count), StoreError> {
        let conditions = conditions(query);
        let mut look = !covers(&query.filter) || conditions.iter().any(|c| c.look);
        let mut common: Option<IdSet> = None;
        let mut left = Vec::new();
        for condition in conditions {
            match self.hits(&condition, Some(self.limits.many))? {
                Some(hits) => keep(&mut common, hits),
                None => left.push(condition),
            }
        }
        if common.is_none() {
            for condition in left.drain(..) {
                if let Some(hits) = self.hits(&condition, None)? {
                    keep(&mut common, hits);
                }
            }
        }
        look |= !left.is_empty();
        match common {
            None => Ok((Passing::Look { only_way: true }, Count::Many)),
            Some(set) if set.len <= self.limits.few => self.sort_few(&set, look, query, sorting),
            Some(set) => {
                let count = if look { Count::AtMost(set.len as u64) } else { Count::Exactly(set.len as u64) };
                Ok((Passing::Set { set, look }, count))
            }
        }
    }

    /// Returns how many rows the list has without its filter.
    fn size(&self, query: &ListQuery) -> Result<u64, StoreError> {
        let kind = if query.tab == Tab::Favorites { "favorite" } else { "shelf" };
        let mut statement = self.connection.prepare_cached("SELECT n FROM tally WHERE kind = ? AND shelf = ?").reading()?;
        let mut size = 0;
        for shelf in shelves(query.tab, query.view) {
            size += statement.query_row((kind, shelf), |row| row.get::<_, u64>(0)).reading()?;
        }
        Ok(size)
    }

    /// Returns whether a screenful passes among the first rows, given up early where few of them do.
    fn page_is_near(&self, query: &ListQuery, sorting: &Sorting) -> Result<bool, StoreError> {
        /// Rows of a screenful, and of how many one has to pass.
        const SCREENFUL: usize = 64;
        const OF: usize = 10;
        let mut walk = Walk::new(self, sorting, Course::Down, Begin::Edge);
        let mut found = 0;
        for looked in 1..=self.limits.looks {
            let Some(place) = walk.next()? else { return Ok(true) };
            found += usize::from(self.passes(place.id, &query.filter)?);
            if found >= SCREENFUL {
                return Ok(true);
            }
            if looked >= SCREENFUL && looked.is_power_of_two() && found * OF < looked {
                return Ok(false);
            }
        }
        Ok(false)
    }

    pub(super) fn passes(&self, id: OpportunityId, filter: &Filter) -> Result<bool, StoreError> {
        Ok(self.find_held(id)?.is_some_and(|held| filter.passes(&held.opportunity)))
    }

    fn sort_few(&self, set: &IdSet, look: bool, query: &ListQuery, sorting: &Sorting) -> Result<(Passing, Count), StoreError> {
        let mut places = Vec::with_capacity(set.len);
        for id in set.ids() {
            let Some(place) = self.place_of(id, sorting)? else { continue };
            if !look || self.passes(id, &query.filter)? {
                places.push(place);
            }
        }
        places.sort_by(|a, b| sorting.compare(a, b));
        let count = Count::Exactly(places.len() as u64);
        Ok((Passing::Sorted(places), count))
    }

    /// Returns the ids a condition lists; `None` when there are more than `most`.
    fn hits(&self, condition: &Condition, most: Option<usize>) -> Result<Option<IdSet>, StoreError> {
        let mut set = IdSet::default();
        for (sql, values) in &condition.statements {
            let mut statement = self.connection.prepare_cached(sql).reading()?;
            let mut rows = statement.query(rusqlite::params_from_iter(values)).reading()?;
            while let Some(row) = rows.next().reading()? {
                set.insert(row.get(0).reading()?);
                if most.is_some_and(|most| set.len > most) {
                    return Ok(None);
                }
            }
        }
        Ok(Some(set))
    }
}

fn keep(common: &mut Option<IdSet>, hits: IdSet) {
    match common {
        Some(common) => common.keep_common(&hits),
        None => *common = Some(hits),
    }
}

/// Returns whether the conditions speak of every term of the filter.
fn covers(filter: &Filter) -> bool {
    filter.terms.iter().all(|term| match &term.test {
        Test::Text(_, words) => words.iter().all(|word| word.phrase.is_some()),
        Test::Tab(tabs) => !tabs.contains(&Tab::Favorites),
        Test::Favorite(yes) | Test::Waiting(yes) => *yes != term.negated,
        Test::Value(_) | Test::Close(_) | Test::Due(_) | Test::Received(_) | Test::Changed(_) => !term.negated,
        Test::Stage(_) | Test::Outcome(_) | Test::Kind(_) | Test::Country(_) | Test::Currency(_) => true,
    })
}

fn conditions(query: &ListQuery) -> Vec<Condition> {
    let mut conditions: Vec<Condition> = Vec::new();
    conditions.extend(words_and_facets(query));
    for term in query.filter.terms.iter().filter(|term| !term.negated) {
        conditions.extend(range(&term.test, query));
    }
    let marked = query.filter.terms.iter().any(|term| term.test == Test::Favorite(!term.negated));
    if query.tab == Tab::Favorites || marked {
        conditions.push(per_shelf(query, "favorite_by_changed", "AND favorite = 1", &[]));
    }
    if query.filter.terms.iter().any(|term| term.test == Test::Waiting(!term.negated)) {
        let on: Vec<String> = shelves(query.tab, query.view).map(|shelf| shelf.to_string()).collect();
        let sql = format!("SELECT id FROM opportunity INDEXED BY waiting_now WHERE waiting > 0 AND shelf IN ({})", on.join(", "));
        conditions.push(Condition { statements: vec![(sql, Vec::new())], look: false });
    }
    conditions
}

/// Everything the search index knows, as one expression: words, and facets of the tab, the view and the filter.
fn words_and_facets(query: &ListQuery) -> Option<Condition> {
    let (mut wanted, mut unwanted, mut look) = (Vec::new(), Vec::new(), false);
    for Term { negated, test } in &query.filter.terms {
        if let Some(expression) = expression(test, &mut look) {
            if *negated { unwanted.push(expression) } else { wanted.push(expression) }
        }
    }
    if wanted.is_empty() && unwanted.is_empty() {
        return None;
    }
    // What every row has is not asked for, unless there is nothing else to exclude from.
    let (directions, stages) = (query.tab.directions(), query.view.stages());
    if directions.len() * stages.len() < Direction::ALL.len() * StageKind::ALL.len() || wanted.is_empty() {
        wanted.push(on_shelves(directions, stages));
    }
    let mut expression = wanted.join(" AND ");
    if !unwanted.is_empty() {
        // An excluded word that may be looked at more closely must not be excluded by its beginning alone.
        if look {
            unwanted.clear();
        } else {
            expression = format!("({expression}) NOT ({})", unwanted.join(" OR "));
        }
    }
    let sql = "SELECT rowid FROM search WHERE search MATCH ?".to_owned();
    Some(Condition { statements: vec![(sql, vec![Sql::Text(expression)])], look })
}

/// Returns the search expression of a test; `None` when the search index knows nothing of it.
fn expression(test: &Test, look: &mut bool) -> Option<String> {
    Some(match test {
        Test::Text(field, words) => {
            let each: Option<Vec<String>> = words.iter().map(|word| word_expression(*field, word, look)).collect();
            format!("({})", each?.join(" OR "))
        }
        Test::Tab(tabs) if !tabs.contains(&Tab::Favorites) => {
            let directions: Vec<Direction> = tabs.iter().flat_map(|tab| tab.directions()).copied().collect();
            on_shelves(&directions, &StageKind::ALL)
        }
        Test::Stage(stages) => on_shelves(&Direction::ALL, stages),
        Test::Outcome(outcomes) => facets(outcomes.iter().map(|o| facet(Facet::Outcome, o.code()))),
        Test::Kind(kinds) => facets(kinds.iter().map(|k| facet(Facet::Kind, k.code()))),
        Test::Country(countries) => facets(countries.iter().map(|c| facet(Facet::Country, c.code()))),
        Test::Currency(currencies) => facets(currencies.iter().map(|c| facet(Facet::Currency, c.code()))),
        _ => return None,
    })
}

fn facets(tokens: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = tokens.map(|token| format!("\"{token}\"")).collect();
    format!("({})", quoted.join(" OR "))
}

fn on_shelves(directions: &[Direction], stages: &[StageKind]) -> String {
    facets(directions.iter().flat_map(|direction| stages.iter().map(|stage| shelf_facet(*direction, *stage))))
}

fn word_expression(field: Field, word: &Word, look: &mut bool) -> Option<String> {
    let Phrase { tokens, open } = word.phrase.as_ref()?;
    let columns: Vec<&str> = field.columns().iter().map(|column| column.name()).collect();
    let star = if *open { " *" } else { "" };
    let text = format!("({{{}}} : \"{}\"{star})", columns.join(" "), tokens.join(" "));
    match word.id().filter(|_| field == Field::Anywhere) {
        None => Some(text),
        Some(id) => {
            let digits: String = id.chars().filter(char::is_ascii_hexdigit).collect();
            *look |= digits.len() > ID_TOKEN || id.contains('-');
            let beginning = &digits[..digits.len().min(ID_TOKEN)];
            Some(format!("({text} OR (ids : \"§{beginning}\" *))"))
        }
    }
}

/// Returns the condition of a range that an index lists.
fn range(test: &Test, query: &ListQuery) -> Option<Condition> {
    let micros = |bound: &Bound<Timestamp>| bound.map(|at| Sql::Integer(at.micros()));
    match test {
        Test::Close((from, to)) => {
            let text = |date: crate::domain::date::Date| Sql::Text(date.to_string());
            let (mut sql, mut values) = bounds("close_key", from.map(text), to.map(text));
            // A missing date sorts behind all others but is in no range.
            sql.push_str(" AND close_key < ?");
            values.push(Sql::Text("~".to_owned()));
            Some(per_shelf(query, "by_close", &sql, &values))
        }
        Test::Due((from, to)) => {
            let (sql, values) = bounds("urgency", micros(from), micros(to));
            let sql = format!("SELECT id FROM opportunity INDEXED BY by_time_left WHERE shelf = 0 {sql}");
            // Only inbound received ones have a deadline.
            let holds = shelves(query.tab, query.view).any(|shelf| shelf == 0);
            Some(Condition { statements: if holds { vec![(sql, values)] } else { Vec::new() }, look: false })
        }
        Test::Received((from, to)) => {
            let (sql, values) = bounds("newest", micros(from), micros(to));
            Some(per_shelf(query, "by_newest", &sql, &values))
        }
        Test::Changed((from, to)) => {
            let (sql, values) = bounds("updated_at", micros(from), micros(to));
            Some(per_shelf(query, "by_changed", &sql, &values))
        }
        Test::Value(range) => Some(values(query, range)),
        _ => None,
    }
}

fn bounds(column: &str, from: Bound<Sql>, to: Bound<Sql>) -> (String, Vec<Sql>) {
    let mut sql = String::new();
    let mut values = Vec::new();
    let mut add = |sign: &str, value: Sql| {
        sql.push_str(&format!(" AND {column} {sign} ?"));
        values.push(value);
    };
    match from {
        Bound::Included(value) => add(">=", value),
        Bound::Excluded(value) => add(">", value),
        Bound::Unbounded => {}
    }
    match to {
        Bound::Included(value) => add("<=", value),
        Bound::Excluded(value) => add("<", value),
        Bound::Unbounded => {}
    }
    (sql, values)
}

fn per_shelf(query: &ListQuery, index: &str, sql: &str, values: &[Sql]) -> Condition {
    let sql = format!("SELECT id FROM opportunity INDEXED BY {index} WHERE shelf = ? {sql}");
    let statement = |shelf: u8| {
        let values = [Sql::Integer(shelf.into())].into_iter().chain(values.iter().cloned());
        (sql.clone(), values.collect())
    };
    Condition { statements: shelves(query.tab, query.view).map(statement).collect(), look: false }
}

/// Amounts of every currency between two plain numbers.
fn values(query: &ListQuery, (from, to): &(Bound<Amount>, Bound<Amount>)) -> Condition {
    let mut statements = Vec::new();
    let sql = "SELECT id FROM opportunity INDEXED BY by_value WHERE shelf = ? AND value_key >= ? AND value_key <= ?";
    let clamp = |minor: i128| i64::try_from(minor).unwrap_or(if minor < 0 { i64::MIN } else { i64::MAX });
    Currency::for_each(|currency| {
        let floor = |amount: &Amount| amount.floor_minor(currency.decimals());
        let low = match from {
            Bound::Included(amount) => clamp(floor(amount).0.saturating_add(i128::from(!floor(amount).1))),
            Bound::Excluded(amount) => clamp(floor(amount).0.saturating_add(1)),
            Bound::Unbounded => i64::MIN,
        };
        let high = match to {
            Bound::Included(amount) => clamp(floor(amount).0),
            Bound::Excluded(amount) => clamp(floor(amount).0.saturating_sub(i128::from(floor(amount).1))),
            Bound::Unbounded => i64::MAX,
        };
        let (low, high) = (value_key_of(currency, low), value_key_of(currency, high));
        for shelf in shelves(query.tab, query.view) {
            statements.push((sql.to_owned(), vec![Sql::Integer(shelf.into()), Sql::Integer(low), Sql::Integer(high)]));
        }
    });
    Condition { statements, look: false }
}
