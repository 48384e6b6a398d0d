//! Makes anew what holds words as they are compared: search words, what names sort by, the keys of directory and catalogue.
//!
//! They are not values: whenever the program compares otherwise than the one that wrote a file, they follow from what is kept there.

use rusqlite::Connection;

use super::convert;
use super::error::{StoreError, While};
use super::journal::index_words;
use super::keys::{Own, SOLUTIONS, each_word, shelf};
use super::runs::Runs;
use super::{catalogue, directory};
use crate::domain::document::Document;
use crate::domain::ids::OpportunityId;

/// Makes all of it, inside the transaction that brings the file on; `told` hears of every thousand rows.
pub(super) fn make_words(connection: &Connection, told: &mut dyn FnMut(u64)) -> Result<(), StoreError> {
    let mut rows = 0;
    let mut count = || {
        rows += 1;
        if rows % 1_000 == 0 {
            told(rows);
        }
    };
    of_opportunities(connection, &mut count)?;
    // One tree that is filled in order is smaller and quicker than one in which each key is looked for.
    connection.execute_batch("DELETE FROM suggestion").opening()?;
    let mut runs = Runs::default();
    of_customers(connection, &mut runs, &mut count)?;
    of_solutions(connection, &mut runs, &mut count)?;
    runs.write(connection)
}

fn of_opportunities(connection: &Connection, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    connection.execute_batch("INSERT INTO search (search) VALUES ('delete-all')").opening()?;
    let mut select = connection.prepare("SELECT id FROM opportunity ORDER BY id").opening()?;
    let ids: Vec<i64> = select.query_map([], |row| row.get(0)).opening()?.collect::<rusqlite::Result<_>>().opening()?;
    let mut select = connection.prepare(convert::SELECT).opening()?;
    // Only the rows whose names are compared otherwise now: their place in two indexes changes.
    let sql = "UPDATE OR FAIL opportunity SET deal_folded = ?1, customer_folded = ?2 \
               WHERE id = ?3 AND (deal_folded IS NOT ?1 OR customer_folded IS NOT ?2)";
    let mut update = connection.prepare(sql).opening()?;
    for id in ids {
        count();
        let held = {
            let mut rows = select.query([id]).opening()?;
            let Some(row) = rows.next().opening()? else { continue };
            convert::held(row)?
        };
        let (deal, customer) = convert::sort_names(&held.opportunity);
        update.execute((deal, customer, id)).opening()?;
        index_words(connection, OpportunityId(id), &Document::of(&held.opportunity, &held.extra))?;
    }
    Ok(())
}

fn of_customers(connection: &Connection, runs: &mut Runs, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let sql = format!("SELECT {}, id FROM customer ORDER BY id", directory::COLUMNS);
    let mut select = connection.prepare(&sql).opening()?;
    let mut rows = select.query([]).opening()?;
    while let Some(row) = rows.next().opening()? {
        count();
        let (entry, _) = directory::read(row)?;
        let id: i64 = row.get("id").opening()?;
        for key in Own::of(&entry).keys() {
            runs.add(connection, &key, id)?;
        }
        let shelf = shelf(entry.address.country);
        each_word(shelf, entry.used, &[entry.name.as_str()], &mut |key| runs.add(connection, key, id))?;
    }
    Ok(())
}

fn of_solutions(connection: &Connection, runs: &mut Runs, count: &mut dyn FnMut()) -> Result<(), StoreError> {
    let mut select = connection.prepare(&format!("SELECT {} FROM catalogue ORDER BY id", catalogue::COLUMNS)).opening()?;
    let mut rows = select.query([]).opening()?;
    while let Some(row) = rows.next().opening()? {
        count();
        let (id, solution, _) = catalogue::read(row)?;
        let names = catalogue::names(&solution);
        each_word(SOLUTIONS, solution.used, &catalogue::texts(&names), &mut |key| runs.add(connection, key, id))?;
    }
    Ok(())
}
