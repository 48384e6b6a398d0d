//! Everything that is kept as one JSON document, and an empty database made of one: table by table, as the schema names them.
//!
//! What follows from other tables (search, counts, keys, facts) is not in it and is made anew. Rows are read and written one by one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read, Write};

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, TransactionBehavior};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::anew::make_words;
use super::error::{StoreError, While};
use super::facts::make_facts;
use super::import::{IMPORT_CACHE, LIST_CACHE};
use super::open::Store;
use super::schema::VERSION;
use crate::domain::role::Deed;

/// How the document says what it is, and which form it has.
const NAME: &str = "cosell";
const WHAT: &str = "everything";
const FORMAT: u64 = 1;

/// Tables that follow from others.
const DERIVED: [&str; 6] = ["search", "tally", "due", "suggestion", "fact", "fact_name"];
/// What is there in an empty database, too: facts about the database itself.
const META: &str = "meta";

/// Why there is no document, or no database made of it.
#[derive(Debug)]
pub enum WholeError {
    Store(StoreError),
    /// The file could not be read or written.
    File(io::Error),
    /// It is no such document, or a broken one.
    NotWhole(String),
    /// A newer version of this program has written it.
    Newer,
    /// The database holds something already.
    NotEmpty,
}

impl From<StoreError> for WholeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for WholeError {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

/// A table as it is kept: its columns that are not computed, and what its rows are ordered by.
struct Table {
    name: String,
    columns: Vec<String>,
    order: Vec<String>,
}

impl Table {
    /// Returns the tables that are not derived, in the order of their names.
    fn all(connection: &Connection) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
                   AND name NOT GLOB 'sqlite_*' ORDER BY name";
        let mut statement = connection.prepare(sql).reading()?;
        let named = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).reading()?;
        let named: Vec<(String, bool)> = named.collect::<rusqlite::Result<_>>().reading()?;
        let kept = named.into_iter().filter(|(name, _)| !DERIVED.contains(&name.as_str()));
        kept.map(|(name, without_rowid)| Self::of(connection, name, without_rowid)).collect()
    }

    fn of(connection: &Connection, name: String, without_rowid: bool) -> Result<Self, StoreError> {
        let mut statement =
            connection.prepare("SELECT name, pk FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid").reading()?;
        let columns = statement.query_map([&name], |row| Ok((row.get(0)?, row.get(1)?))).reading()?;
        let columns: Vec<(String, i64)> = columns.collect::<rusqlite::Result<_>>().reading()?;
        let mut keys: Vec<&(String, i64)> = columns.iter().filter(|(_, key)| *key > 0).collect();
        keys.sort_by_key(|(_, key)| *key);
        let order =
            if without_rowid { keys.into_iter().map(|(name, _)| quoted(name)).collect() } else { vec!["rowid".to_owned()] };
        Ok(Self { columns: columns.iter().map(|(name, _)| name.clone()).collect(), order, name })
    }

    fn is_empty(&self, connection: &Connection) -> Result<bool, StoreError> {
        let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM {})", quoted(&self.name));
        connection.query_row(&sql, [], |row| row.get(0)).reading()
    }

    /// Writes its rows, one a line.
    fn write(&self, connection: &Connection, to: &mut dyn Write) -> Result<(), WholeError> {
        write!(to, "{}:{{\"columns\":{},\"rows\":[", Value::from(self.name.as_str()), Value::from(self.columns.clone()))?;
        let columns: Vec<String> = self.columns.iter().map(|column| quoted(column)).collect();
        let sql = format!("SELECT {} FROM {} ORDER BY {}", columns.join(", "), quoted(&self.name), self.order.join(", "));
        let mut statement = connection.prepare(&sql).reading()?;
        let mut rows = statement.query([]).reading()?;
        let (mut line, mut before) = (String::new(), "\n[");
        while let Some(row) = rows.next().reading()? {
            line.clear();
            line.push_str(before);
            for at in 0..self.columns.len() {
                if at > 0 {
                    line.push(',');
                }
                cell(row.get_ref(at).reading()?, &mut line)?;
            }
            line.push(']');
            to.write_all(line.as_bytes())?;
            before = ",\n[";
        }
        to.write_all(b"]}")?;
        Ok(())
    }
}

/// Returns a name as SQL takes it whatever it is.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Adds a value: numbers and texts as themselves, bytes by their digits.
fn cell(value: ValueRef<'_>, to: &mut String) -> Result<(), StoreError> {
    // Into a text nothing fails to be written.
    let _ = match value {
        ValueRef::Null => write!(to, "null"),
        ValueRef::Integer(number) => write!(to, "{number}"),
        ValueRef::Real(number) => write!(to, "{{\"real\":\"{number:e}\"}}"),
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text).map_err(|error| StoreError::Damaged(error.to_string()))?;
            write!(to, "{}", Value::from(text))
        }
        ValueRef::Blob(bytes) => {
            to.push_str("{\"hex\":\"");
            for byte in bytes {
                let _ = write!(to, "{byte:02x}");
            }
            write!(to, "\"}}")
        }
    };
    Ok(())
}

/// Returns the value that [`cell`] wrote.
fn value(cell: Value) -> Option<Sql> {
    Some(match cell {
        Value::Null => Sql::Null,
        Value::Number(number) => Sql::Integer(number.as_i64()?),
        Value::String(text) => Sql::Text(text),
        Value::Object(members) => match (members.get("hex"), members.get("real")) {
            (Some(Value::String(digits)), None) => Sql::Blob(bytes(digits)?),
            (None, Some(Value::String(number))) => Sql::Real(number.parse().ok()?),
            _ => return None,
        },
        Value::Bool(_) | Value::Array(_) => return None,
    })
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?, 16).ok()).collect()
}

impl Store {
    /// Writes everything that is kept, as it is at one moment; returns how many deals there are.
    ///
    /// # Errors
    /// What the file system or the database says.
    pub fn write_whole(&self, to: &mut dyn Write) -> Result<u64, WholeError> {
        self.in_one_look(|store| match store.write_tables(to) {
            Err(WholeError::Store(error)) => Err(error),
            written => Ok(written),
        })?
    }

    fn write_tables(&self, to: &mut dyn Write) -> Result<u64, WholeError> {
        let connection = &self.connection;
        let tables = Table::all(connection)?;
        write!(to, "{{\"{NAME}\":\"{WHAT}\",\"format\":{FORMAT},\"schema\":{VERSION},\n\"tables\":{{")?;
        for (at, table) in tables.iter().enumerate() {
            to.write_all(if at == 0 { b"\n" } else { b",\n" })?;
            table.write(connection, to)?;
        }
        // The highest number that was ever given: no number is given twice.
        let mut statement = connection.prepare("SELECT name, seq FROM sqlite_sequence ORDER BY name").reading()?;
        let numbers = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).reading()?;
        let numbers: BTreeMap<String, i64> = numbers.collect::<rusqlite::Result<_>>().reading()?;
        writeln!(to, "}},\n\"numbers\":{}}}", serde_json::to_string(&numbers).map_err(io::Error::from)?)?;
        Ok(self.count_deals()?)
    }

    fn count_deals(&self) -> Result<u64, StoreError> {
        self.connection.query_row("SELECT count(*) FROM opportunity", [], |row| row.get(0)).reading()
    }

    /// Makes everything anew that a document holds, in one transaction; returns how many deals there are. With `dry` nothing is kept.
    ///
    /// # Errors
    /// [`WholeError::NotEmpty`] where anything is held, [`WholeError::Newer`], or what is wrong with the document; nothing was changed then.
    pub fn restore_whole(&mut self, from: &mut dyn Read, dry: bool) -> Result<u64, WholeError> {
        if !dry {
            self.may(Deed::Replace)?;
        }
        self.connection.pragma_update(None, "cache_size", -IMPORT_CACHE).writing()?;
        let restored = self.restore_all(from, dry);
        self.connection.pragma_update(None, "cache_size", -LIST_CACHE).writing()?;
        self.writes.set(self.writes.get() + 1);
        self.forget_numbers();
        restored
    }

    fn restore_all(&mut self, from: &mut dyn Read, dry: bool) -> Result<u64, WholeError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).writing()?;
        let tables = Table::all(&transaction)?;
        for table in tables.iter().filter(|table| table.name != META) {
            if !table.is_empty(&transaction)? {
                return Err(WholeError::NotEmpty);
            }
        }
        transaction.execute_batch(&format!("PRAGMA defer_foreign_keys = ON; DELETE FROM {META}")).writing()?;
        let mut restoring = Restoring { connection: &transaction, tables, labels: 0, numbers: BTreeMap::new(), failed: None };
        let mut json = serde_json::Deserializer::from_reader(io::BufReader::with_capacity(1 << 16, from));
        let read = Document(&mut restoring).deserialize(&mut json).and_then(|()| json.end());
        let Restoring { numbers, failed, labels, .. } = restoring;
        match (failed, read) {
            (Some(failed), _) => return Err(failed),
            (None, Err(error)) if error.is_io() => return Err(WholeError::File(error.into())),
            (None, Err(error)) => return Err(WholeError::NotWhole(error.to_string())),
            (None, Ok(())) if labels < LABELS => return Err(WholeError::NotWhole(String::new())),
            (None, Ok(())) => {}
        }
        transaction.execute_batch("DELETE FROM sqlite_sequence").writing()?;
        for (name, number) in numbers {
            transaction.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, number)).writing()?;
        }
        make_words(&transaction, &mut |_| {})?;
        make_facts(&transaction, &mut |_| {})?;
        let deals = transaction.query_row("SELECT count(*) FROM opportunity", [], |row| row.get(0)).reading()?;
        if dry {
            transaction.rollback().writing()?
        } else {
            transaction.commit().writing()?
        }
        Ok(deals)
    }
}

/// What a document says of itself before its tables: what it is, its form, the version of the schema.
const LABELS: u8 = 3;

/// A database that is being made.
struct Restoring<'a> {
    connection: &'a Connection,
    tables: Vec<Table>,
    labels: u8,
    numbers: BTreeMap<String, i64>,
    /// What went wrong, where that is more than the text of an error says.
    failed: Option<WholeError>,
}

impl Restoring<'_> {
    /// Keeps what went wrong, and ends the reading.
    fn fail<E: serde::de::Error>(&mut self, failed: WholeError) -> E {
        self.failed = Some(failed);
        E::custom("stopped")
    }
}

/// The document, its tables, one of them, and its rows, each as it is met.
struct Document<'a, 'b>(&'a mut Restoring<'b>);
struct Tables<'a, 'b>(&'a mut Restoring<'b>);
struct OneTable<'a, 'b>(&'a mut Restoring<'b>, usize);
struct Rows<'a, 'b>(&'a mut Restoring<'b>, usize, Vec<String>);

macro_rules! as_map {
    ($seed:ident) => {
        impl<'de> DeserializeSeed<'de> for $seed<'_, '_> {
            type Value = ();

            fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
                from.deserialize_map(self)
            }
        }
    };
}
as_map!(Document);
as_map!(Tables);
as_map!(OneTable);

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(WHAT)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let newer = match key.as_str() {
                NAME if map.next_value::<String>()? == WHAT => false,
                "format" => map.next_value::<u64>()? > FORMAT,
                "schema" => map.next_value::<i64>()? > VERSION,
                "numbers" => {
                    self.0.numbers = map.next_value()?;
                    continue;
                }
                "tables" if self.0.labels >= LABELS => {
                    map.next_value_seed(Tables(&mut *self.0))?;
                    continue;
                }
                NAME | "tables" => return Err(A::Error::custom(key)),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if newer {
                return Err(self.0.fail(WholeError::Newer));
            }
            self.0.labels += 1;
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Tables<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("tables")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            let at = self.0.tables.iter().position(|table| table.name == name).ok_or_else(|| A::Error::custom(name))?;
            map.next_value_seed(OneTable(&mut *self.0, at))?;
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for OneTable<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("columns, rows")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut columns = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "columns" => columns = map.next_value::<Vec<String>>()?,
                "rows" => {
                    let known = &self.0.tables[self.1].columns;
                    if let Some(unknown) = columns.iter().find(|column| !known.contains(column)) {
                        return Err(A::Error::custom(unknown));
                    }
                    map.next_value_seed(Rows(&mut *self.0, self.1, std::mem::take(&mut columns)))?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Rows<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        let Self(restoring, at, columns) = self;
        if columns.is_empty() {
            return Err(A::Error::custom("columns"));
        }
        let names: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        let places = vec!["?"; columns.len()].join(", ");
        let table = quoted(&restoring.tables[at].name);
        let sql = format!("INSERT OR FAIL INTO {table} ({}) VALUES ({places})", names.join(", "));
        let connection = restoring.connection;
        let mut insert = connection.prepare(&sql).writing().map_err(|error| restoring.fail(error.into()))?;
        while let Some(cells) = rows.next_element::<Vec<Value>>()? {
            let values: Option<Vec<Sql>> = cells.into_iter().map(value).collect();
            let values = values.filter(|values| values.len() == columns.len()).ok_or_else(|| A::Error::custom(&table))?;
            insert.execute(rusqlite::params_from_iter(values)).writing().map_err(|error| restoring.fail(error.into()))?;
        }
        Ok(())
    }
}
