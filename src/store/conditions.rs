//! Turns a filter into conditions whose hits an index, the search or a reading of the rows lists; which of them are asked is `plan.rs`.

use std::ops::Bound;

use rusqlite::types::Value as Sql;

use super::convert::value_key_of;
use super::fresh::FRESH;
use super::read::shelves;
use super::scan::{in_an_order, is_of_rows, of_rows};
use super::undated::is_change_told;
use crate::domain::date::Date;
use crate::domain::document::{Facet, ID_TOKEN, facet, shelf_facet};
use crate::domain::filter::{Field, Filter, Term, Test, When, Whom, Word};
use crate::domain::fold::Phrase;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::{DAY_ONLY, MICROS_A_DAY, Timestamp};
use crate::domain::money::{Amount, Currency};
use crate::domain::opportunity::Direction;
use crate::domain::query::ListQuery;
use crate::domain::stage::StageKind;
use crate::domain::tab::Tab;

/// How closely the search index is asked. In a large list each facet of a shelf and each lone letter costs it more than all else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Closely,
    /// Hits may stand on shelves that are not shown.
    Widely,
    /// Widely, and a letter beside a longer word is left to looking.
    Roughly,
}

impl Asked {
    /// Returns how to ask where this way finds too little among too much.
    pub(super) const fn closer(self) -> Self {
        match self {
            Self::Roughly => Self::Widely,
            Self::Widely | Self::Closely => Self::Closely,
        }
    }
}

/// What stands in `owner_sort` where nobody of us has it.
pub(super) const NOBODY: &str = "\u{10FFFF}";

/// One condition, with the statements that list its hits.
pub(super) struct Condition {
    /// Statements that each list some of the ids, with their values.
    pub statements: Vec<(String, Vec<Sql>)>,
    /// Whether a hit may still not pass.
    pub look: bool,
    /// Whether hits may stand on shelves that are not shown.
    pub wide: bool,
    /// Whether no index lists them: all rows are read for it.
    pub reads_all: bool,
}

impl Condition {
    pub(super) const fn listed(statements: Vec<(String, Vec<Sql>)>) -> Self {
        Self { statements, look: false, wide: false, reads_all: false }
    }
}

/// Returns whether the conditions speak of every term of the filter.
pub(super) fn covers(filter: &Filter) -> bool {
    filter.terms.iter().all(|term| match &term.test {
        Test::Text(_, words) => words.iter().all(|word| word.phrase.is_some()),
        Test::Tab(tabs) => !tabs.contains(&Tab::Favorites),
        Test::Favorite(yes) | Test::Waiting(yes) | Test::Conflict(yes) | Test::HasNext(yes) | Test::New(yes) => {
            *yes != term.negated
        }
        Test::Owner(whom) => !term.negated && whom[..] == [Whom::Nobody],
        test if is_of_rows(test) => true,
        Test::Value(_) | Test::ValueIn(..) | Test::HomeValue(_) => !term.negated,
        Test::Close(_) | Test::Overdue(_) | Test::Due(_) | Test::RanOut(_) => !term.negated,
        Test::Next(_) | Test::Created(_) | Test::Changed(_) | Test::Id(_) | Test::Uid(_) | Test::AnyOf(_) => !term.negated,
        Test::SalesStage(_) | Test::Reason(_) | Test::Help(_) | Test::Accepted(_) | Test::Archived(_) => false,
        Test::Offers(_) | Test::Views(_) | Test::Employee(_) => false,
        Test::Stage(_) | Test::Outcome(_) | Test::Kind(_) | Test::Country(_) | Test::Currency(_) => true,
    })
}

/// Returns the conditions that the rows of a list meet, of so many and of all there are; [`covers`] says whether meeting them is enough.
pub(super) fn conditions(query: &ListQuery, asked: Asked, size: u64, all: u64) -> Vec<Condition> {
    let mut conditions: Vec<Condition> = Vec::new();
    conditions.extend(words_and_facets(query, asked));
    for term in query.filter.terms.iter().filter(|term| !term.negated) {
        conditions.extend(range(&term.test, query));
    }
    let marked = query.filter.terms.iter().any(|term| term.test == Test::Favorite(!term.negated));
    if query.tab == Tab::Favorites || marked {
        conditions.push(per_shelf(query, "favorite_by_changed", "AND favorite = 1", &[]));
    }
    let on = on_shown(query);
    let news = format!("({FRESH}) CROSS JOIN opportunity USING (id) WHERE TRUE");
    let few = [
        (Test::Waiting(true), Test::Waiting(false), "opportunity INDEXED BY waiting_now WHERE waiting > 0"),
        (Test::Conflict(true), Test::Conflict(false), "opportunity INDEXED BY conflicting WHERE conflicts IS NOT NULL"),
        (Test::HasNext(true), Test::HasNext(false), "opportunity INDEXED BY by_next WHERE next_on IS NOT NULL"),
        (Test::New(true), Test::New(false), &news),
    ];
    for (yes, no, which) in few {
        if query.filter.terms.iter().any(|term| term.test == if term.negated { no.clone() } else { yes.clone() }) {
            let sql = format!("SELECT id FROM {which} AND {on}");
            conditions.push(Condition::listed(vec![(sql, Vec::new())]));
        }
    }
    conditions.extend(of_rows(query, size, all));
    conditions
}

/// Everything the search index knows, as one expression: words, and facets of the tab, the view and the filter.
fn words_and_facets(query: &ListQuery, asked: Asked) -> Option<Condition> {
    let (mut wanted, mut unwanted, mut look) = (Vec::new(), Vec::new(), false);
    let terms = &query.filter.terms;
    let asks = |wanted: fn(&Test) -> bool| terms.iter().any(|term| !term.negated && wanted(&term.test));
    let without_letters = asked == Asked::Roughly && asks(|test| is_word(test) || matches!(test, Test::Outcome(_)));
    let (mut left_out, mut speaks) = (false, false);
    for Term { negated, test } in terms {
        if without_letters && is_letter(test) {
            left_out = true;
            continue;
        }
        let mut rough = false;
        let Some(expression) = expression(test, &mut rough) else { continue };
        look |= rough;
        match negated {
            false => wanted.push(expression),
            true if !rough => unwanted.push(expression),
            // An excluded word that may be looked at more closely must not be excluded by its beginning or column alone.
            true => speaks = true,
        }
    }
    if wanted.is_empty() && unwanted.is_empty() && !speaks {
        return None;
    }
    // What every row has is not asked for, unless there is nothing else to exclude from.
    let (directions, stages) = (query.tab.directions(), query.view.stages());
    let some = directions.len() * stages.len() < Direction::ALL.len() * StageKind::ALL.len();
    // How it ended says on which shelves it stands.
    let words = asks(|test| matches!(test, Test::Text(..)));
    let wide = some && asked != Asked::Closely && words && !asks(|test| matches!(test, Test::Outcome(_) | Test::Stage(_)));
    if (some && !wide) || wanted.is_empty() {
        wanted.push(on_shelves(directions, stages));
    }
    let mut expression = wanted.join(" AND ");
    if !unwanted.is_empty() {
        expression = format!("({expression}) NOT ({})", unwanted.join(" OR "));
    }
    let sql = "SELECT rowid FROM search WHERE search MATCH ?".to_owned();
    Some(Condition { look: look || left_out, wide, ..Condition::listed(vec![(sql, vec![Sql::Text(expression)])]) })
}

fn is_word(test: &Test) -> bool {
    matches!(test, Test::Text(..)) && !is_letter(test)
}

/// Returns whether a test asks for any word of so short a beginning that the search index would have to merge the hits of too many.
fn is_letter(test: &Test) -> bool {
    /// Three Latin letters, or one of any other script, in bytes.
    const SHORT: usize = 3;
    let short = |Phrase { tokens, open }: &Phrase| *open && tokens.len() == 1 && tokens[0].len() <= SHORT;
    matches!(test, Test::Text(_, words) if words.iter().any(|word| word.phrase.as_ref().is_some_and(short)))
}

/// Returns the search expression of a test; `None` when the search index knows nothing of it.
fn expression(test: &Test, look: &mut bool) -> Option<String> {
    Some(match test {
        Test::Text(field, words) => {
            let each: Option<Vec<String>> = words.iter().map(|word| word_expression(*field, word, look)).collect();
            format!("({})", each?.join(" OR "))
        }
        Test::Owner(whom) | Test::Employee(whom) if !whom.contains(&Whom::Nobody) => {
            *look = true;
            let words = whom.iter().flat_map(Whom::words);
            let each: Option<Vec<String>> = words.map(|word| word_expression(Field::Employee, &word, &mut false)).collect();
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

pub(super) fn word_expression(field: Field, word: &Word, look: &mut bool) -> Option<String> {
    let Phrase { tokens, open } = word.phrase.as_ref()?;
    let star = if *open { " *" } else { "" };
    let phrase = format!("\"{}\"{star}", tokens.join(" "));
    *look |= field.is_part();
    let text = match field {
        // What is no word bears a mark (`§`, `¶`): without columns to keep apart the index need not look where in a row a hit is.
        Field::Anywhere => phrase,
        _ => {
            let columns: Vec<&str> = field.columns().iter().map(|column| column.name()).collect();
            format!("({{{}}} : {phrase})", columns.join(" "))
        }
    };
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

/// Returns the condition of what has an index of its own for a few rows.
fn few(test: &Test, query: &ListQuery) -> Option<Condition> {
    match test {
        Test::Overdue(day) => {
            let open = |shelf: &u8| !ENDS.contains(shelf);
            Some(on_each(
                shelves(query.tab, query.view).filter(open),
                "by_close",
                "AND close_key < ?",
                &[Sql::Text(day.to_string())],
            ))
        }
        Test::Id(ids) => Some(by_id(query, ids)),
        Test::Uid(beginnings) => Some(by_uid(query, beginnings)),
        Test::Next((from, to)) => {
            let text = |date: Date| Sql::Text(date.to_string());
            let (sql, values) = bounds("next_on", from.map(text), to.map(text));
            Some(per_shelf(query, "by_next", &format!("AND next_on IS NOT NULL{sql}"), &values))
        }
        Test::Owner(whom) if whom[..] == [Whom::Nobody] => {
            Some(per_shelf(query, "by_owner", "AND owner_sort = ?", &[Sql::Text(NOBODY.to_owned())]))
        }
        _ => None,
    }
}

/// Returns the condition of a range that an index lists.
fn range(test: &Test, query: &ListQuery) -> Option<Condition> {
    let micros = |bound: &Bound<Timestamp>| bound.map(|at| Sql::Integer(at.micros()));
    match test {
        Test::Close((from, to)) => {
            let text = |date: Date| Sql::Text(date.to_string());
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
            Some(Condition::listed(if shows(query, RECEIVED) { vec![(sql, values)] } else { Vec::new() }))
        }
        Test::RanOut((from, to)) => {
            let (waits, values) = bounds("urgency", micros(from), micros(to));
            let waits = format!("SELECT id FROM opportunity INDEXED BY by_time_left WHERE shelf = 0 {waits}");
            let (over, _) = bounds("archived_at", micros(from), micros(to));
            let over = format!("SELECT id FROM opportunity INDEXED BY lapsed WHERE lapsed_basis IS NOT NULL {over}");
            let each = [(RECEIVED, waits), (EXPIRED, over)].into_iter().filter(|(shelf, _)| shows(query, *shelf));
            Some(Condition::listed(each.map(|(_, sql)| (sql, values.clone())).collect()))
        }
        Test::Created(When { moments, days }) => {
            let [mut moments, days] = [(moments, "<>"), (days, "=")].map(|((from, to), sign)| {
                let (sql, values) = bounds("newest", micros(from), micros(to));
                // When it was first seen is not when it was received.
                let sql = format!("{sql} AND (created_at % {MICROS_A_DAY} + {MICROS_A_DAY}) % {MICROS_A_DAY} {sign} {DAY_ONLY}");
                per_shelf(query, "by_newest", &sql, &values)
            });
            moments.statements.extend(days.statements);
            Some(moments)
        }
        Test::Changed((from, to)) => {
            let (mut sql, values) = bounds("updated_at", micros(from), micros(to));
            if *from != Bound::Unbounded {
                sql.push_str(&format!(" AND {}", is_change_told()));
            }
            Some(per_shelf(query, "by_changed", &sql, &values))
        }
        Test::SalesStage(_) | Test::Archived(_) => in_an_order(test, query),
        Test::Value(range) => Some(values(query, range)),
        Test::ValueIn(currency, range) => Some(amounts(query, &[ends(*currency, range)])),
        Test::HomeValue(range) => Some(amounts(query, range.each())),
        Test::AnyOf(tests) => {
            let each: Option<Vec<Condition>> = tests.iter().map(|test| range(test, query)).collect();
            Some(Condition::listed(each?.into_iter().flat_map(|condition| condition.statements).collect()))
        }
        _ => few(test, query),
    }
}

/// Inbound received ones, inbound archived ones, and all archived ones.
const RECEIVED: u8 = 0;
const EXPIRED: u8 = 2;
const ENDS: [u8; 2] = [2, 5];

/// Returns the condition that a row stands on a shelf that is shown.
pub(super) fn on_shown(query: &ListQuery) -> String {
    let on: Vec<String> = shelves(query.tab, query.view).map(|shelf| shelf.to_string()).collect();
    format!("shelf IN ({})", on.join(", "))
}

fn shows(query: &ListQuery, shelf: u8) -> bool {
    shelves(query.tab, query.view).any(|shown| shown == shelf)
}

/// Names that hold beyond this machine: drawn ones, and referral ids where those are the name.
fn by_id(query: &ListQuery, ids: &[OpportunityId]) -> Condition {
    let places = vec!["?"; ids.len()].join(", ");
    let sql = format!("SELECT id FROM opportunity WHERE id IN ({places}) AND {}", on_shown(query));
    Condition::listed(vec![(sql, ids.iter().map(|id| Sql::Integer(id.0)).collect())])
}

fn by_uid(query: &ListQuery, beginnings: &[String]) -> Condition {
    let on = on_shown(query);
    let statements = beginnings.iter().flat_map(|beginning| {
        // Every text that begins with it lies before it followed by the last character there is.
        let values = || vec![Sql::Text(beginning.clone()), Sql::Text(format!("{beginning}\u{10FFFF}"))];
        [("opportunity_uid", "uid", "uid IS NOT NULL"), ("by_referral", "referral_id", "uid IS NULL")].map(
            |(index, column, name)| {
                let sql = format!(
                    "SELECT id FROM opportunity INDEXED BY {index} WHERE {column} >= ? AND {column} < ? AND {name} AND {on}"
                );
                (sql, values())
            },
        )
    });
    Condition::listed(statements.collect())
}

pub(super) fn bounds(column: &str, from: Bound<Sql>, to: Bound<Sql>) -> (String, Vec<Sql>) {
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

pub(super) fn per_shelf(query: &ListQuery, index: &str, sql: &str, values: &[Sql]) -> Condition {
    on_each(shelves(query.tab, query.view), index, sql, values)
}

fn on_each(shelves: impl Iterator<Item = u8>, index: &str, sql: &str, values: &[Sql]) -> Condition {
    let sql = format!("SELECT id FROM opportunity INDEXED BY {index} WHERE shelf = ? {sql}");
    let statement = |shelf: u8| {
        let values = [Sql::Integer(shelf.into())].into_iter().chain(values.iter().cloned());
        (sql.clone(), values.collect())
    };
    Condition::listed(shelves.map(statement).collect())
}

/// Amounts of every currency between two plain numbers.
fn values(query: &ListQuery, range: &(Bound<Amount>, Bound<Amount>)) -> Condition {
    let mut each = Vec::new();
    Currency::for_each(|currency| each.push(ends(currency, range)));
    amounts(query, &each)
}

/// Returns the first and the last amount of a currency between two plain numbers, in smallest units.
fn ends(currency: Currency, (from, to): &(Bound<Amount>, Bound<Amount>)) -> (Currency, i64, i64) {
    let clamp = |minor: i128| i64::try_from(minor).unwrap_or(if minor < 0 { i64::MIN } else { i64::MAX });
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
    (currency, low, high)
}

/// Amounts of each of these currencies from the first to the last, in smallest units.
fn amounts(query: &ListQuery, each: &[(Currency, i64, i64)]) -> Condition {
    let sql = "SELECT id FROM opportunity INDEXED BY by_value WHERE shelf = ? AND value_key >= ? AND value_key <= ?";
    let mut statements = Vec::new();
    for (currency, low, high) in each {
        let (low, high) = (value_key_of(*currency, *low), value_key_of(*currency, *high));
        for shelf in shelves(query.tab, query.view) {
            statements.push((sql.to_owned(), vec![Sql::Integer(shelf.into()), Sql::Integer(low), Sql::Integer(high)]));
        }
    }
    Condition::listed(statements)
}
