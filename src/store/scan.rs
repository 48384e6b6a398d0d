//! Filters that are answered by the columns of the rows themselves: read once, for all of them together; which of them an index lists all the same.

use std::ops::Bound;

use rusqlite::types::Value as Sql;

use super::conditions::{Condition, bounds, on_shown, per_shelf};
use crate::domain::deadline::Basis;
use crate::domain::filter::{Asked, Giving, OfferTest, Term, Test};
use crate::domain::instant::Timestamp;
use crate::domain::query::ListQuery;
use crate::domain::tab::Tab;

/// Rows that an index finds one by one cost more than rows that are read one after the other, by so much.
const DEARER: u64 = 3;

/// Returns whether a test is answered by the rows themselves.
pub(super) fn is_of_rows(test: &Test) -> bool {
    match test {
        Test::SalesStage(_) | Test::Reason(_) | Test::Help(_) | Test::Accepted(_) | Test::Archived(_) => true,
        // By its name an offer is found as names are compared, which no column does.
        Test::Offers(test) => test.giving().iter().all(|giving| giving.names.is_empty()),
        Test::AnyOf(tests) => tests.iter().all(is_of_rows),
        _ => false,
    }
}

/// Returns whether an index that is there for sorting lists the hits of such a test, too; of what is unknown it holds a nought.
fn is_in_an_order(test: &Test) -> bool {
    match test {
        Test::SalesStage(_) => true,
        Test::Archived((Bound::Included(from) | Bound::Excluded(from), _)) => from.micros() > 0,
        Test::AnyOf(tests) => tests.iter().all(is_in_an_order),
        _ => false,
    }
}

/// Returns the condition of such a test.
pub(super) fn in_an_order(test: &Test, query: &ListQuery) -> Option<Condition> {
    let micros = |bound: &Bound<Timestamp>| bound.map(|at| Sql::Integer(at.micros()));
    match test {
        Test::SalesStage((from, to)) => {
            let percent = |bound: &Bound<u8>| bound.map(|percent| Sql::Integer(percent.into()));
            // Of what is unknown a nought stands there, and no stage has that.
            let from = match from {
                Bound::Unbounded | Bound::Included(0) => Bound::Excluded(Sql::Integer(0)),
                from => percent(from),
            };
            let (sql, values) = bounds("sales_stage_key", from, percent(to));
            Some(per_shelf(query, "by_sales_stage", &sql, &values))
        }
        Test::Archived((from, to)) if is_in_an_order(test) => {
            let (ended, values) = bounds("archived_key", micros(from), micros(to));
            let (lapsed, _) = bounds("archived_at", micros(from), micros(to));
            // A deadline that was only counted from when it was first seen is not the day of its end.
            let sql = format!(
                "AND stage = 'archived'{ended} AND id NOT IN (SELECT id FROM opportunity INDEXED BY lapsed \
                 WHERE lapsed_basis IS NOT NULL AND lapsed_basis = '{}'{lapsed})",
                Basis::FirstSeen.code()
            );
            Some(per_shelf(query, "by_archived", &sql, &[&values[..], &values].concat()))
        }
        _ => None,
    }
}

/// Returns the condition of all such terms of a filter, for a list of `size` rows of `all` there are.
pub(super) fn of_rows(query: &ListQuery, size: u64, all: u64) -> Option<Condition> {
    let (mut each, mut values) = (Vec::new(), Vec::new());
    let is_read = |term: &&Term| is_of_rows(&term.test) && (term.negated || !is_in_an_order(&term.test));
    for Term { negated, test } in query.filter.terms.iter().filter(is_read) {
        let (sql, of) = of_row(test)?;
        each.push(format!("({sql}) IS {}TRUE", if *negated { "NOT " } else { "" }));
        values.extend(of);
    }
    if each.is_empty() {
        return None;
    }
    let sql = each.join(" AND ");
    let condition = if query.tab == Tab::Favorites {
        per_shelf(query, "favorite_by_changed", &format!("AND favorite = 1 AND {sql}"), &values)
    } else if size * DEARER < all {
        per_shelf(query, "by_changed", &format!("AND {sql}"), &values)
    } else {
        let sql = format!("SELECT id FROM opportunity NOT INDEXED WHERE {sql} AND {}", on_shown(query));
        Condition::listed(vec![(sql, values)])
    };
    Some(Condition { reads_all: true, ..condition })
}

fn of_row(test: &Test) -> Option<(String, Vec<Sql>)> {
    let time = |bound: &Bound<Timestamp>| bound.map(|at| Sql::Integer(at.micros()));
    // What is not known is in no range.
    let known = |column: &str, (sql, values): (String, Vec<Sql>)| (format!("{column} IS NOT NULL{sql}"), values);
    let codes = |codes: Vec<&str>| {
        let places = vec!["?"; codes.len()].join(", ");
        (places, codes.into_iter().map(|code| Sql::Text(code.to_owned())).collect::<Vec<_>>())
    };
    Some(match test {
        Test::SalesStage((from, to)) => {
            let percent = |bound: &Bound<u8>| bound.map(|percent| Sql::Integer(percent.into()));
            known("sales_stage", bounds("sales_stage", percent(from), percent(to)))
        }
        Test::Accepted((from, to)) => known("accepted_at", bounds("accepted_at", time(from), time(to))),
        Test::Archived((from, to)) => {
            let (sql, values) = known("archived_at", bounds("archived_at", time(from), time(to)));
            // A deadline that was only counted from when it was first seen is not the day of its end.
            (format!("{sql} AND lapsed_basis IS NOT '{}'", Basis::FirstSeen.code()), values)
        }
        Test::Reason(reasons) => {
            let (places, values) = codes(reasons.iter().map(|reason| reason.code()).collect());
            (format!("reason IN ({places}) AND (outcome = 'lost' OR outcome = 'declined')"), values)
        }
        Test::Help(asked) => {
            let kinds = asked.iter().filter_map(|asked| if let Asked::For(kind) = asked { Some(kind.code()) } else { None });
            let (places, values) = codes(kinds.collect());
            let (any, none) = (asked.contains(&Asked::Any), asked.contains(&Asked::None));
            let sql = format!("help_asked = 1 AND ({any} OR help_kind IN ({places})) OR help_asked = 0 AND {none}");
            (sql, values)
        }
        Test::Offers(test) => of_offers(test),
        Test::AnyOf(tests) => {
            let each: Option<Vec<_>> = tests.iter().map(of_row).collect();
            let (sql, values): (Vec<_>, Vec<_>) = each?.into_iter().unzip();
            (format!("({})", sql.join(") OR (")), values.concat())
        }
        _ => return None,
    })
}

/// The first status, from the best down, that a solution of the row gives says whether the row passes. Solutions stand in one column, a
/// line for each: its id, a tab, its name, a tab and so on, see `packed`.
fn of_offers(test: &OfferTest) -> (String, Vec<Sql>) {
    let (mut sql, mut values) = ("CASE".to_owned(), Vec::new());
    for Giving { is_wanted, ids, .. } in test.giving() {
        // SQLite takes a thousand one in the other.
        for ids in ids.chunks(200) {
            let each = vec!["(char(10) || solutions) LIKE ? ESCAPE '\\'"; ids.len() * 2];
            let ends = |id: &&str| {
                let id = id.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                ['\t', '\n'].map(|end| Sql::Text(format!("%\n{id}{end}%")))
            };
            values.extend(ids.iter().flat_map(ends));
            sql.push_str(&format!(" WHEN {} THEN {}", each.join(" OR "), u8::from(is_wanted)));
        }
    }
    if values.is_empty() {
        return (u8::from(test.wants_unknown()).to_string(), values);
    }
    sql.push_str(&format!(" ELSE {} END", u8::from(test.wants_unknown())));
    (sql, values)
}
