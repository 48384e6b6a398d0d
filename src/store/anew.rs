//! Makes anew what holds words as they are compared: search words, what names and owners sort by, the keys of directory and catalogue.
//!
//! They are not values: whenever the program compares otherwise than the one that wrote a file, they follow from what is kept there.

use std::sync::mpsc::sync_channel;
use std::thread;

use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use super::convert;
use super::error::{StoreError, While};
use super::journal::index_words;
use super::keys::{Own, SOLUTIONS, each_word, shelf};
use super::runs::Runs;
use super::{catalogue, directory, packed};
use crate::domain::document::Document;
use crate::domain::held::Held;
use crate::domain::ids::OpportunityId;
use crate::domain::ours::DealOwner;

/// Rows that are handed over at once while words are made, and how many such pieces may wait.
const PIECE: usize = 256;
const PIECES: usize = 4;

/// What is written of one row: its names as they are compared, and its words.
struct Made {
    id: OpportunityId,
    names: (Sql, Sql),
    owner: Sql,
    words: Document,
}

impl Made {
    fn of(held: &Held) -> Self {
        let on = &held.opportunity;
        let (names, owner) = (convert::sort_names(on), convert::owner_key(on.owned_by()));
        Self { id: on.id, names, owner, words: Document::of(on, &held.extra) }
    }
}

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
    let mut read = |ids: &[i64]| -> Result<Vec<Held>, StoreError> {
        let mut piece = Vec::with_capacity(ids.len());
        for id in ids {
            let mut rows = select.query([id]).opening()?;
            if let Some(row) = rows.next().opening()? {
                piece.push(convert::held(row)?);
            }
        }
        Ok(piece)
    };
    // Only the rows whose names are compared otherwise now: their place in two indexes changes.
    let sql = "UPDATE OR FAIL opportunity SET deal_folded = ?1, customer_folded = ?2, owner_key = ?4 \
               WHERE id = ?3 AND (deal_folded IS NOT ?1 OR customer_folded IS NOT ?2 OR owner_key IS NOT ?4)";
    let mut update = connection.prepare(sql).opening()?;
    let mut write = |made: Vec<Made>| -> Result<(), StoreError> {
        for Made { id, names: (deal, customer), owner, words } in made {
            count();
            update.execute((deal, customer, id.0, owner)).opening()?;
            index_words(connection, id, &words)?;
        }
        Ok(())
    };
    // Words are made beside, while those of the pieces before are written.
    thread::scope(|scope| {
        let (held, to_make) = sync_channel::<Vec<Held>>(PIECES);
        let (made, to_write) = sync_channel::<Vec<Made>>(PIECES);
        scope.spawn(move || {
            for piece in to_make {
                if made.send(piece.iter().map(Made::of).collect()).is_err() {
                    return;
                }
            }
        });
        let mut waiting = 0;
        for ids in ids.chunks(PIECE) {
            // It ends before this only where it fell over, which ends the scope as well.
            if held.send(read(ids)?).is_err() {
                break;
            }
            waiting += 1;
            if waiting == PIECES {
                waiting -= 1;
                to_write.recv().map_or(Ok(()), &mut write)?;
            }
        }
        drop(held);
        to_write.iter().try_for_each(write)
    })
}

/// Tells rows that were there before there were owners whose they are: without their index, which is made when all are told.
pub(super) fn make_owners(connection: &Connection, told: &mut dyn FnMut(u64)) -> Result<(), StoreError> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND name IN ('by_owner', 'favorite_by_owner')";
    let mut statement = connection.prepare(sql).opening()?;
    let indexes = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).opening()?;
    let indexes: Vec<(String, String)> = indexes.collect::<rusqlite::Result<_>>().opening()?;
    for (name, _) in &indexes {
        connection.execute_batch(&format!("DROP INDEX {name}")).opening()?;
    }
    let mut select = connection
        .prepare("SELECT id, people FROM opportunity WHERE id > ? AND people IS NOT NULL ORDER BY id LIMIT ?")
        .opening()?;
    let mut update = connection.prepare("UPDATE OR FAIL opportunity SET owner_key = ? WHERE id = ?").opening()?;
    let (mut last, mut rows) = (0, 0);
    loop {
        let piece = select.query_map((last, PIECE as i64), |row| Ok((row.get(0)?, row.get(1)?))).opening()?;
        let piece: Vec<(i64, String)> = piece.collect::<rusqlite::Result<_>>().opening()?;
        let Some((id, _)) = piece.last() else { break };
        last = *id;
        for (id, people) in piece {
            update.execute((convert::owner_key(DealOwner::of(None, &packed::employees(&people)?)), id)).opening()?;
            rows += 1;
            if rows % 1_000 == 0 {
                told(rows);
            }
        }
    }
    indexes.iter().try_for_each(|(_, sql)| connection.execute_batch(sql).opening())
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
