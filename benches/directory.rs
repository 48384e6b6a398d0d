//! The customer directory: import beside bare csv and SQLite on the same rows, and each letter somebody types into it; prints figures,
//! judges nothing.
//!
//! `cargo bench --bench directory` takes 100,000 entries, `-- --rows 1000000` a million; `--in FOLDER` leaves file and database there
//! and takes those that are there.

#![allow(clippy::unwrap_used, clippy::print_stdout, unreachable_pub)]

#[path = "support/companies.rs"]
mod companies;
#[path = "support/dice.rs"]
mod dice;

use std::fs::File;
use std::io::BufWriter;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cosell::clock::Clock;
use cosell::domain::customer::Country;
use cosell::exchange::directory::Terms;
use cosell::exchange::{Input, Reading};
use cosell::i18n::{Language, Sentences};
use cosell::intake::Manner;
use cosell::intake::stock::Stocktake;
use cosell::store::{Mode, Settings, Stocked, Store};
use rusqlite::Connection;

fn main() {
    let option = |name: &str| std::env::args().skip_while(|a| a != name).nth(1);
    let rows = option("--rows").and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let temporary = tempfile::tempdir().unwrap();
    let folder = option("--in").map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let (csv, database) = (folder.join(format!("companies-{rows}.csv")), folder.join(format!("companies-{rows}.db")));
    if !csv.exists() {
        companies::companies(&mut BufWriter::new(File::create(&csv).unwrap()), rows).unwrap();
    }
    if !database.exists() {
        importing(&csv, &database, rows);
    }
    letters(&database);
}

fn open(database: &Path) -> Store {
    let now = Clock::from_setting(Some("2026-11-21T08:00:00Z")).unwrap().now();
    Store::open(database, Settings::default(), now).unwrap()
}

fn import(store: &mut Store, csv: &Path) -> Stocked {
    let sentences = Arc::new(Sentences::new(Language::ENGLISH));
    let manner = Manner::import(std::env::temp_dir());
    let (mut file, _told) =
        Stocktake::customers(Input::open(csv, Reading::default()).unwrap(), Terms::default(), &manner, &sentences).unwrap();
    store.import_customers(&mut file, Mode::Import, &mut |_, _, _| ControlFlow::Continue(())).unwrap()
}

fn importing(csv: &Path, database: &Path, rows: usize) {
    let bare = database.with_extension("bare");
    let bare_took = load(csv, &bare);
    let begin = Instant::now();
    let mut store = open(database);
    let stocked = import(&mut store, csv);
    drop(store);
    let took = begin.elapsed();
    let per_second = |took: Duration| rows as f64 / took.as_secs_f64();
    println!("import of {rows} entries: {stocked:?}");
    println!("  ours  {:8.2} s  {:9.0} rows/s  {:5} MB", took.as_secs_f64(), per_second(took), size(database));
    println!("  bare  {:8.2} s  {:9.0} rows/s  {:5} MB", bare_took.as_secs_f64(), per_second(bare_took), size(&bare));
    println!("  ratio {:8.2}", took.as_secs_f64() / bare_took.as_secs_f64());
    std::fs::remove_file(bare).unwrap();
    let begin = Instant::now();
    let mut store = open(database);
    let stocked = import(&mut store, csv);
    println!("  again {:8.2} s  {stocked:?}", begin.elapsed().as_secs_f64());
}

fn size(path: &Path) -> u64 {
    path.metadata().unwrap().len() / 1_000_000
}

/// The least that could be done: the same cells into a table of the same columns, with the journal and durability we have.
fn load(csv: &Path, database: &Path) -> Duration {
    let _ = std::fs::remove_file(database);
    let begin = Instant::now();
    let mut connection = Connection::open(database).unwrap();
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection.pragma_update(None, "cache_size", -65_536).unwrap();
    let make = "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, duns TEXT, line1 TEXT, line2 TEXT, city TEXT, state TEXT, \
                postal TEXT, country TEXT)";
    connection.execute_batch(make).unwrap();
    let transaction = connection.transaction().unwrap();
    let mut insert = transaction.prepare("INSERT INTO customer VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)").unwrap();
    let mut table = csv::Reader::from_path(csv).unwrap();
    let mut record = csv::StringRecord::new();
    while table.read_record(&mut record).unwrap() {
        insert.execute(rusqlite::params_from_iter(record.iter())).unwrap();
    }
    drop(insert);
    transaction.commit().unwrap();
    drop(connection);
    begin.elapsed()
}

/// Each further letter, in the country it is of and in all of them.
fn letters(database: &Path) {
    let store = open(database);
    println!("suggestions of 10            typed    median      99th       max");
    for in_country in [true, false] {
        let mut times: Vec<(Duration, String)> = Vec::new();
        for _ in 0..3 {
            for (typed, country) in companies::typed() {
                let country = Country::parse(country).ok().filter(|_| in_country);
                let begin = Instant::now();
                let found = store.suggest_customers(&typed, country, 10).unwrap();
                times.push((begin.elapsed(), format!("{typed} ({})", found.len())));
            }
        }
        let longer = times.iter().filter(|(_, typed)| typed.split(" (").next().is_some_and(|t| t.chars().count() > 1));
        line(if in_country { "country, 2 letters or more" } else { "anywhere, 2 letters or more" }, longer.cloned().collect());
        line(if in_country { "country, any" } else { "anywhere, any" }, times);
    }
}

fn line(name: &str, mut times: Vec<(Duration, String)>) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].0.as_secs_f64() * 1e3;
    println!("  {name:28} {:4}  {:6.2} ms {:6.2} ms {:6.2} ms", times.len(), at(50), at(99), at(100));
    for (time, typed) in times.iter().rev().take(4) {
        println!("    slowest: {:6.2} ms  {typed}", time.as_secs_f64() * 1e3);
    }
}
