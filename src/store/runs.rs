//! Keys of a large import, sorted before they are written: the index then grows at one place after the other and not everywhere.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rusqlite::Connection;

use super::error::{StoreError, While};

/// Most bytes of keys that are held in memory; what is more waits, sorted, in a table that is gone with the connection.
const HELD: usize = 24 << 20;
/// Bytes of one part of a run.
const PART: usize = 1 << 18;
/// Rows written by one statement.
const ROWS: usize = 16;

/// One key in memory.
#[derive(Clone, Copy)]
struct Held {
    /// Its first bytes: most keys differ in them.
    first: u128,
    id: i64,
    /// Where it begins and ends.
    from: usize,
    to: usize,
}

impl Held {
    fn first(key: &str) -> u128 {
        let mut first = [0; 16];
        let length = key.len().min(first.len());
        first[..length].copy_from_slice(&key.as_bytes()[..length]);
        u128::from_be_bytes(first)
    }
}

/// Keys on their way into the index.
pub(super) struct Runs {
    /// Most bytes in `text`.
    room: usize,
    /// One key behind the other.
    text: String,
    held: Vec<Held>,
    /// How many runs wait in the table.
    waiting: i64,
}

impl Default for Runs {
    fn default() -> Self {
        Self::with_room(HELD)
    }
}

impl Runs {
    fn with_room(room: usize) -> Self {
        Self { room, text: String::new(), held: Vec::new(), waiting: 0 }
    }

    pub(super) fn add(&mut self, connection: &Connection, key: &str, id: i64) -> Result<(), StoreError> {
        if self.text.len() + key.len() > self.room && !self.held.is_empty() {
            self.put_aside(connection)?;
        }
        let from = self.text.len();
        self.text.push_str(key);
        self.held.push(Held { first: Held::first(key), id, from, to: self.text.len() });
        Ok(())
    }

    /// Forgets everything; the table's rows went with the transaction.
    pub(super) fn clear(&mut self) {
        *self = Self::with_room(self.room);
    }

    fn sorted(&mut self) {
        let text = self.text.as_bytes();
        self.held.sort_unstable_by(|a, b| {
            let rest = || text[a.from..a.to].cmp(&text[b.from..b.to]).then(a.id.cmp(&b.id));
            a.first.cmp(&b.first).then_with(rest)
        });
    }

    fn put_aside(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.sorted();
        let make = "CREATE TEMP TABLE IF NOT EXISTS run (run INTEGER, part INTEGER, keys BLOB, PRIMARY KEY (run, part))";
        connection.execute_batch(make).writing()?;
        let mut insert = connection.prepare_cached("INSERT INTO run VALUES (?, ?, ?)").writing()?;
        let mut part = Vec::with_capacity(PART + 64);
        let mut parts = 0;
        for (index, Held { from, to, id, .. }) in self.held.iter().enumerate() {
            // Keys are shorter than 64 bytes: shelf, places and a word.
            part.push(u8::try_from(to - from).unwrap_or(u8::MAX));
            part.extend_from_slice(&self.text.as_bytes()[*from..*to]);
            part.extend_from_slice(&id.to_le_bytes());
            if part.len() >= PART || index + 1 == self.held.len() {
                insert.execute((self.waiting, parts, &part)).writing()?;
                parts += 1;
                part.clear();
            }
        }
        self.waiting += 1;
        self.text.clear();
        self.held.clear();
        Ok(())
    }

    /// Writes everything to the index, in order.
    pub(super) fn write(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut writer = Writer::new(connection)?;
        if self.waiting == 0 {
            self.sorted();
            for Held { from, to, id, .. } in &self.held {
                writer.add(&self.text[*from..*to], *id)?;
            }
        } else {
            self.put_aside(connection)?;
            let mut runs: Vec<Run<'_>> = (0..self.waiting).map(|number| Run::new(connection, number)).collect();
            let mut heads = BinaryHeap::new();
            for run in &mut runs {
                heads.extend(run.next()?);
            }
            while let Some(Reverse((key, id, run))) = heads.pop() {
                writer.add(&key, id)?;
                if let Some(run) = usize::try_from(run).ok().and_then(|run| runs.get_mut(run)) {
                    heads.extend(run.next_into(key)?);
                }
            }
            connection.execute_batch("DELETE FROM run").writing()?;
        }
        writer.end()?;
        self.clear();
        Ok(())
    }
}

/// The next key of a run, its entry, and the run.
type Head = Reverse<(String, i64, i64)>;

/// One sorted run, read part by part.
struct Run<'a> {
    connection: &'a Connection,
    number: i64,
    part: i64,
    keys: Vec<u8>,
    at: usize,
}

impl<'a> Run<'a> {
    const fn new(connection: &'a Connection, number: i64) -> Self {
        Self { connection, number, part: 0, keys: Vec::new(), at: 0 }
    }

    fn next(&mut self) -> Result<Option<Head>, StoreError> {
        self.next_into(String::new())
    }

    /// Returns the next key in the memory of an earlier one.
    fn next_into(&mut self, mut key: String) -> Result<Option<Head>, StoreError> {
        if self.at >= self.keys.len() && !self.read()? {
            return Ok(None);
        }
        let damaged = || StoreError::Damaged("a run of keys ends too early".into());
        let length = usize::from(*self.keys.get(self.at).ok_or_else(damaged)?);
        let text = self.keys.get(self.at + 1..self.at + 1 + length).ok_or_else(damaged)?;
        let id = self.keys.get(self.at + 1 + length..self.at + 9 + length).ok_or_else(damaged)?;
        self.at += 9 + length;
        key.clear();
        key.push_str(std::str::from_utf8(text).map_err(|_| damaged())?);
        let id = i64::from_le_bytes(id.try_into().map_err(|_| damaged())?);
        Ok(Some(Reverse((key, id, self.number))))
    }

    fn read(&mut self) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT keys FROM run WHERE run = ? AND part = ?").reading()?;
        let mut rows = statement.query((self.number, self.part)).reading()?;
        let Some(row) = rows.next().reading()? else { return Ok(false) };
        self.keys = row.get(0).reading()?;
        (self.part, self.at) = (self.part + 1, 0);
        Ok(true)
    }
}

/// Writes rows, several a statement.
struct Writer<'a> {
    connection: &'a Connection,
    many: rusqlite::CachedStatement<'a>,
    /// The rows that the statement has been given.
    rows: Vec<(String, i64)>,
    given: usize,
}

impl<'a> Writer<'a> {
    fn new(connection: &'a Connection) -> Result<Self, StoreError> {
        let rows = vec!["(?, ?)"; ROWS].join(", ");
        let many = connection.prepare_cached(&format!("INSERT OR IGNORE INTO suggestion (key, id) VALUES {rows}")).writing()?;
        Ok(Self { connection, many, rows: vec![(String::new(), 0); ROWS], given: 0 })
    }

    fn add(&mut self, key: &str, id: i64) -> Result<(), StoreError> {
        self.many.raw_bind_parameter(self.given * 2 + 1, key).writing()?;
        self.many.raw_bind_parameter(self.given * 2 + 2, id).writing()?;
        let row = &mut self.rows[self.given];
        row.0.clear();
        row.0.push_str(key);
        row.1 = id;
        self.given += 1;
        if self.given == ROWS {
            self.many.raw_execute().writing()?;
            self.given = 0;
        }
        Ok(())
    }

    /// Writes the rows that are left.
    fn end(self) -> Result<(), StoreError> {
        let mut one = self.connection.prepare_cached("INSERT OR IGNORE INTO suggestion (key, id) VALUES (?, ?)").writing()?;
        for (key, id) in &self.rows[..self.given] {
            one.execute((key, id)).writing()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Settings, Store};

    #[test]
    fn however_many_keys_there_are_all_of_them_are_written_once() {
        for (room, keys) in [(HELD, 5), (HELD, 4_000), (100, 4_000), (20_000, 40_000)] {
            let store = Store::in_memory(Settings::default()).unwrap();
            let mut runs = Runs::with_room(room);
            for number in 0..keys {
                let scattered = number * 7_919 % keys;
                runs.add(&store.connection, &format!("KR10한{scattered:06}"), scattered).unwrap();
                runs.add(&store.connection, "KR10가", scattered % 3).unwrap();
            }
            runs.write(&store.connection).unwrap();
            let mut found = 0;
            store
                .scan_keys("KR10한", "KR10햔", |key, id| {
                    assert_eq!(key, format!("KR10한{found:06}"));
                    assert_eq!(id, found);
                    found += 1;
                    Ok(true)
                })
                .unwrap();
            assert_eq!(found, keys);
            let all: i64 = store.connection.query_row("SELECT count(*) FROM suggestion", [], |row| row.get(0)).unwrap();
            assert_eq!(all, keys + 3);
            runs.add(&store.connection, "KR10나", 1).unwrap();
            runs.write(&store.connection).unwrap();
        }
    }
}
