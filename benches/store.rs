//! Import, one decision and lists, each beside bare csv and SQLite doing the same on the same rows; prints figures, judges nothing.
//!
//! `cargo bench --bench store` takes 100,000 rows, `cargo bench --bench store -- --rows 1000000` a million; `--in FOLDER` leaves file
//! and database there and takes those that are there, `--only lists|letters|reviews|past|deciding|export|backup` measures one part;
//! `past`, only when it is asked for, first lives a year in a copy of the database, five rows of the journal to each deal.

#![allow(clippy::unwrap_used, clippy::print_stdout, unreachable_pub)]

#[path = "support/dice.rs"]
mod dice;
#[path = "support/generate.rs"]
mod generate;

use std::fs::File;
use std::io::BufWriter;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cosell::clock::Clock;
use cosell::domain::change::{Change, Edit, Set, What};
use cosell::domain::date::{Date, Moment};
use cosell::domain::document::{Column, Document};
use cosell::domain::draft::DealDraft;
use cosell::domain::filter::Filter;
use cosell::domain::ids::OpportunityId;
use cosell::domain::money::{Currency, Money};
use cosell::domain::query::{From, ListQuery, Order, SortKey};
use cosell::domain::tab::{Tab, View};
use cosell::exchange::new_file::NewFile;
use cosell::export::{Column as ExportColumn, Format, Manner as ExportManner, Writing};
use cosell::i18n::{Language, Sentences};
use cosell::insight::{Dimension, Terms, Weights};
use cosell::intake::{Intake, Manner};
use cosell::store::{Exported, Mode, Reviewed, Settings, Store};
use rusqlite::Connection;
use rusqlite::types::Value;

const NOW: &str = "2026-11-21T08:00:00Z";
/// The bare import holds all rows in memory: no more than these.
const IMPORTED: usize = 100_000;

fn main() {
    let option = |name: &str| std::env::args().skip_while(|a| a != name).nth(1);
    let rows = option("--rows").and_then(|n| n.parse().ok()).unwrap_or(IMPORTED);
    let temporary = tempfile::tempdir().unwrap();
    let folder = option("--in").map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let database = folder.join(format!("deals-{rows}.db"));
    if !database.exists() {
        let csv = folder.join(format!("deals-{rows}.csv"));
        importing(&folder, rows.min(IMPORTED));
        write(&csv, rows);
        let took = import(&csv, &database);
        println!("\n{rows} rows imported in {:.1} s; {} MB", took.as_secs_f64(), database.metadata().unwrap().len() / 1_000_000);
    }
    let mut store = open(&database);
    let only = option("--only");
    let is_wanted = |part: &str| only.as_ref().is_none_or(|only| only == part);
    if is_wanted("lists") {
        lists(&mut store, &database);
    }
    if is_wanted("letters") {
        letters(&mut store);
    }
    if is_wanted("reviews") {
        reviews(&store, &database);
    }
    if only.as_deref() == Some("past") {
        past(&database, rows);
    }
    if is_wanted("export") {
        exporting(&mut store, &database, &folder);
    }
    if is_wanted("backup") {
        backups(&store, &database, &folder);
    }
    if is_wanted("deciding") {
        deciding(&mut store, &folder);
    }
}

/// All deals as CSV, beside bare SQLite writing the same columns; then as a workbook.
fn exporting(store: &mut Store, database: &Path, folder: &Path) {
    let of = Exported { query: ListQuery { view: View::All, ..ListQuery::tab(Tab::All) }, only: None };
    let sentences = Arc::new(Sentences::new(Language::ENGLISH));
    let mut export = |format: Format| {
        let path = folder.join(format!("export.{}", format.code()));
        let manner = ExportManner { format, columns: ExportColumn::usual(), plain: false, map: None };
        let begin = Instant::now();
        let mut file = NewFile::begin(&path, true).unwrap();
        let mut writing = Writing::new(manner, &sentences, clock().moment()).unwrap();
        writing.begin(&mut file).unwrap();
        store
            .each_exported(&of, format.is_whole(), &mut |held| {
                writing.take(held, &mut file).unwrap();
                ControlFlow::Continue(())
            })
            .unwrap();
        let deals = writing.end(&mut file).unwrap();
        file.keep().unwrap();
        (begin.elapsed(), deals, path.metadata().unwrap().len())
    };
    let bare = || {
        let connection = Connection::open(database).unwrap();
        let begin = Instant::now();
        let columns = "id, referral_id, direction, kind, kind = 'privatePipeline', stage, outcome, deal_name, customer_name, country, \
                       value_minor, currency, close_date, sales_stage, sender_name, people, next_on, next_text, respond_by, created_at, \
                       accepted_at, archived_at, notes";
        let mut select = connection.prepare(&format!("SELECT {columns} FROM opportunity ORDER BY updated_at DESC, id")).unwrap();
        let count = select.column_count();
        let mut rows = select.query([]).unwrap();
        let mut writer = csv::Writer::from_path(folder.join("bare.csv")).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for at in 0..count {
                let cell = match row.get_ref(at).unwrap() {
                    rusqlite::types::ValueRef::Null => String::new(),
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    value => value.as_str().unwrap().to_owned(),
                };
                writer.write_field(cell).unwrap();
            }
            writer.write_record(None::<&[u8]>).unwrap();
        }
        writer.flush().unwrap();
        File::open(folder.join("bare.csv")).unwrap().sync_all().unwrap();
        begin.elapsed()
    };
    let (first, _) = (bare(), export(Format::Csv));
    println!("\nexport, first look: bare {:.2} s", first.as_secs_f64());
    for _ in 0..3 {
        let (bare, (ours, deals, bytes)) = (bare(), export(Format::Csv));
        let ratio = ours.as_secs_f64() / bare.as_secs_f64();
        println!(
            "export of {deals} as csv: {:.2} s, {} MB; bare sqlite and csv {:.2} s; {ratio:.2} x",
            ours.as_secs_f64(),
            bytes / 1_000_000,
            bare.as_secs_f64()
        );
    }
    for format in [Format::Xlsx, Format::Json] {
        let (took, deals, bytes) = export(format);
        println!("export of {deals} as {}: {:.2} s, {} MB", format.code(), took.as_secs_f64(), bytes / 1_000_000);
    }
}

/// A copy that is checked and on the disk, against SQLite's own online copy as its shell makes it: a hundred pages at a time.
fn backups(store: &Store, database: &Path, folder: &Path) {
    let (ours, bare) = (folder.join("backup-ours.db"), folder.join("backup-bare.db"));
    let source = Connection::open(database).unwrap();
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..5 {
        let _ = (std::fs::remove_file(&ours), std::fs::remove_file(&bare));
        let begin = Instant::now();
        let made = store.back_up(&ours, false).unwrap();
        times[0].push(begin.elapsed());
        assert!(made.holds.deals > 0);
        let begin = Instant::now();
        let mut target = Connection::open(&bare).unwrap();
        let copy = rusqlite::backup::Backup::new(&source, &mut target).unwrap();
        copy.run_to_completion(100, Duration::ZERO, None).unwrap();
        drop(copy);
        drop(target);
        times[1].push(begin.elapsed());
    }
    let _ = (std::fs::remove_file(ours), std::fs::remove_file(bare));
    let [mut ours, mut bare] = times;
    println!("a copy of {} MB, median of 5", database.metadata().unwrap().len() / 1_000_000);
    line("SQLite's own online copy, not checked", median(&mut ours), median(&mut bare));
}

fn write(path: &Path, rows: usize) {
    generate::deals(&mut BufWriter::new(File::create(path).unwrap()), rows).unwrap();
}

fn clock() -> Clock {
    Clock::from_setting(Some(NOW)).unwrap()
}

fn open(database: &Path) -> Store {
    Store::open(database, Settings::default(), clock().now()).unwrap()
}

fn import(csv: &Path, database: &Path) -> Duration {
    let mut store = open(database);
    let begin = Instant::now();
    let sentences = Arc::new(Sentences::new(Language::ENGLISH));
    let (intake, _told) = Intake::open(csv, &Manner::import(std::env::temp_dir()), &sentences).unwrap();
    let report = store.import(&mut [intake], Mode::Import, clock().now(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert!(report.new > 0);
    drop(store);
    begin.elapsed()
}

/// Everything an import writes, ready to be written.
struct Bare {
    tables: Vec<(String, Vec<Vec<Value>>)>,
    words: Vec<(i64, [String; Column::ALL.len()])>,
}

impl Bare {
    fn of(database: &Path) -> Self {
        let connection = Connection::open(database).unwrap();
        let tables = ["step", "opportunity", "history"].map(|table| {
            // SQLite numbers the rows itself: giving the number is slower.
            let columns: Vec<String> = {
                let mut info =
                    connection.prepare(&format!("SELECT name FROM pragma_table_info('{table}') WHERE name <> 'id'")).unwrap();
                info.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
            };
            let mut all = connection.prepare(&format!("SELECT {} FROM {table}", columns.join(", "))).unwrap();
            let values = all.query_map([], |row| (0..columns.len()).map(|n| row.get(n)).collect::<Result<Vec<Value>, _>>());
            let rows = values.unwrap().collect::<Result<_, _>>().unwrap();
            let places = vec!["?"; columns.len()].join(", ");
            (format!("INSERT OR FAIL INTO {table} ({}) VALUES ({places})", columns.join(", ")), rows)
        });
        let store = open(database);
        let ids: Vec<i64> = {
            let mut ids = connection.prepare("SELECT id FROM opportunity").unwrap();
            ids.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
        };
        let words = ids.into_iter().map(|id| {
            let held = store.get(OpportunityId(id)).unwrap();
            let document = Document::of(&held.opportunity, &held.extra);
            (id, Column::ALL.map(|column| document.tokens(column).to_owned()))
        });
        Self { tables: tables.to_vec(), words: words.collect() }
    }

    fn write(&self, csv: &Path, database: &Path) -> Duration {
        drop(open(database));
        let mut connection = Connection::open(database).unwrap();
        connection.pragma_update(None, "synchronous", "FULL").unwrap();
        connection.pragma_update(None, "cache_size", -65_536).unwrap();
        let begin = Instant::now();
        let mut table = csv::Reader::from_path(csv).unwrap();
        let mut cells = 0;
        for record in table.records() {
            cells += record.unwrap().len();
        }
        assert!(cells > 0);
        let transaction = connection.transaction().unwrap();
        for (sql, rows) in &self.tables {
            let mut insert = transaction.prepare(sql).unwrap();
            for row in rows {
                insert.execute(rusqlite::params_from_iter(row)).unwrap();
            }
        }
        let columns: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        let places = vec!["?"; columns.len() + 1].join(", ");
        let sql = format!("INSERT INTO search (rowid, {}) VALUES ({places})", columns.join(", "));
        let mut insert = transaction.prepare(&sql).unwrap();
        for (id, words) in &self.words {
            insert.raw_bind_parameter(1, id).unwrap();
            for (index, words) in words.iter().enumerate() {
                insert.raw_bind_parameter(index + 2, words).unwrap();
            }
            insert.raw_execute().unwrap();
        }
        drop(insert);
        transaction.commit().unwrap();
        drop(connection);
        begin.elapsed()
    }
}

fn importing(folder: &Path, rows: usize) {
    let (csv, ours, bare) = (&folder.join("some.csv"), folder.join("ours.db"), folder.join("bare.db"));
    write(csv, rows);
    import(csv, &ours);
    let rows_only = Bare::of(&ours);
    let mut best = [Duration::MAX; 2];
    for _ in 0..3 {
        for database in [&ours, &bare] {
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{end}", database.display()));
            }
        }
        best[0] = best[0].min(import(csv, &ours));
        best[1] = best[1].min(rows_only.write(csv, &bare));
    }
    println!("import of {rows} rows, best of 3");
    line("the same bare (csv + SQLite)", best[0], best[1]);
    let _ = (std::fs::remove_file(ours), std::fs::remove_file(bare));
}

fn line(against: &str, ours: Duration, bare: Duration) {
    let (ours, bare) = (ours.as_secs_f64() * 1e3, bare.as_secs_f64() * 1e3);
    println!("  {ours:10.3} ms   {bare:10.3} ms   {:6.2} x   {against}", ours / bare);
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Lists of 50 rows, each against the plainest SQL for the same rows on the same file.
fn lists(store: &mut Store, database: &Path) {
    let raw = Connection::open(database).unwrap();
    println!("lists of 50 rows, median of 9: ours, bare SQL, ratio");
    let query = |tab: Tab, key: SortKey, words: &str| ListQuery {
        view: View::All,
        order: Order { key, reversed: false },
        filter: Filter::parse(words, clock().moment()).unwrap(),
        ..ListQuery::tab(tab)
    };
    let cases = [
        ("inbound by time left", query(Tab::Inbound, SortKey::TimeLeft, ""), "WHERE shelf BETWEEN 0 AND 2 ORDER BY urgency"),
        (
            "outbound by last change",
            query(Tab::Outbound, SortKey::Changed, ""),
            "WHERE shelf BETWEEN 3 AND 5 ORDER BY updated_at DESC",
        ),
        ("all by customer", query(Tab::All, SortKey::Customer, ""), "ORDER BY customer_key"),
        ("all, word in every row", query(Tab::All, SortKey::Changed, "rep"), "WHERE notes LIKE '%rep%' ORDER BY updated_at DESC"),
        (
            "all, frequent word",
            query(Tab::All, SortKey::Changed, "food"),
            "WHERE customer_name LIKE '%food%' ORDER BY updated_at DESC",
        ),
        (
            "all, two syllables",
            query(Tab::All, SortKey::Changed, "한가"),
            "WHERE customer_name LIKE '%한가%' ORDER BY updated_at DESC",
        ),
        (
            "all, no such word",
            query(Tab::All, SortKey::Changed, "zzzz"),
            "WHERE customer_name LIKE '%zzzz%' ORDER BY updated_at DESC",
        ),
        ("all, country:KR", query(Tab::All, SortKey::Changed, "country:KR"), "WHERE country = 'KR' ORDER BY updated_at DESC"),
        (
            "all, value:>500m",
            query(Tab::All, SortKey::Changed, "value:>500m"),
            "WHERE value_minor > 50000000000 ORDER BY updated_at DESC",
        ),
    ];
    let other = query(Tab::Favorites, SortKey::Changed, "");
    for (name, query, sql) in &cases {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..9 {
            // Another list in between: nothing of the last one is kept.
            store.list(&other, From::Start, 1).unwrap();
            let begin = Instant::now();
            store.list(query, From::Start, 50).unwrap();
            times[0].push(begin.elapsed());
            let begin = Instant::now();
            let sql = format!(
                "SELECT id, deal_name, customer_name, value_minor, currency, close_date, stage FROM opportunity {sql} LIMIT 50"
            );
            let mut rows = raw.prepare(&sql).unwrap();
            let names = rows.query_map([], |row| row.get::<_, Option<String>>(1)).unwrap();
            names.for_each(|name| drop(name.unwrap()));
            times[1].push(begin.elapsed());
        }
        let [mut ours, mut bare] = times;
        line(name, median(&mut ours), median(&mut bare));
    }
}

/// Each further letter of a few words, as somebody types them.
fn letters(store: &mut Store) {
    let words =
        ["brackwater", "freight inc", "platform", "한가람물류", "若葉台薬局", "스crm-12", "rep1@partner", "country:KR 클라우드"];
    let mut times: Vec<(Duration, String)> = Vec::new();
    for tab in [Tab::Inbound, Tab::Outbound, Tab::All] {
        for word in words {
            for end in word.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let Ok(filter) = Filter::parse(&word[..end], clock().moment()) else { continue };
                let query = ListQuery { filter, ..ListQuery::tab(tab) };
                let begin = Instant::now();
                store.list(&query, From::Start, 50).unwrap();
                times.push((begin.elapsed(), format!("{} {}", tab.code(), &word[..end])));
            }
        }
    }
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].0.as_secs_f64() * 1e3;
    println!("each of {} letters typed into the filter: median {:.2} ms, 99th {:.2} ms", times.len(), at(50), at(99));
    for (time, typed) in times.iter().rev().take(5) {
        println!("  slowest: {:7.2} ms  {typed}", time.as_secs_f64() * 1e3);
    }
}

/// The figures of a review, against the plainest SQL for its main ones on the same file: open by sales stage, close months, what was
/// closed, owners.
fn reviews(store: &Store, database: &Path) {
    const SQL: [&str; 4] = [
        "SELECT stage, sales_stage, currency, count(*), sum(value_minor) FROM opportunity WHERE stage <> 'archived' GROUP BY 1, 2, 3",
        "SELECT substr(close_date, 1, 7), currency, count(*), sum(value_minor) FROM opportunity WHERE stage = 'accepted' GROUP BY 1, 2",
        "SELECT outcome, reason, currency, count(*), sum(value_minor) FROM opportunity WHERE archived_at > 0 GROUP BY 1, 2, 3",
        "SELECT owner_key, currency, count(*), sum(value_minor) FROM opportunity WHERE stage <> 'archived' GROUP BY 1, 2",
    ];
    let raw = Connection::open(database).unwrap();
    let moment = Clock::from_setting(Some("2026-11-24T08:00:00Z")).unwrap().moment();
    let since = Date::iso("2026-11-22").unwrap();
    println!("reviews, median of 5: ours, bare SQL for the main figures of all, ratio");
    for (name, words, by) in [
        ("all, by stage", "", Dimension::Stage),
        ("all, by owner", "", Dimension::Owner),
        ("country:KR, by owner", "country:KR", Dimension::Owner),
        ("one word", "brackwater", Dimension::Owner),
    ] {
        let filter = Filter::parse(words, moment).unwrap();
        let of = Reviewed {
            filter,
            terms: Terms::new(since, moment, Weights::default(), by),
            past: false,
            offers: Default::default(),
            rules: Default::default(),
        };
        beside_bare(name, store, &of, &raw, &SQL, None);
    }
}

/// A review beside bare SQL, five times each, one after the other.
fn beside_bare(name: &str, store: &Store, of: &Reviewed, raw: &Connection, sql: &[&str], given: Option<i64>) {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..5 {
        let begin = Instant::now();
        assert!(store.review(of, &mut || false).unwrap().deals > 0);
        times[0].push(begin.elapsed());
        let begin = Instant::now();
        for sql in sql {
            let mut statement = raw.prepare(sql).unwrap();
            let mut rows = statement.query(rusqlite::params_from_iter(given)).unwrap();
            while rows.next().unwrap().is_some() {}
        }
        times[1].push(begin.elapsed());
    }
    let [mut ours, mut bare] = times;
    line(name, median(&mut ours), median(&mut bare));
}

/// A year of changes: the values of accepted deals go up and down, in steps of so many.
fn live_a_year(store: &mut Store, rows: usize) {
    const AT_ONCE: usize = 500;
    const ROWS_EACH: usize = 5;
    let accepted = ListQuery { view: View::Accepted, ..ListQuery::tab(Tab::All) };
    let ids: Vec<OpportunityId> = store.list(&accepted, From::Start, rows).unwrap().rows.iter().map(|row| row.id).collect();
    let steps = rows * ROWS_EACH / AT_ONCE;
    let year = 365 * 86_400_000_000_i64;
    for step in 0..steps {
        let now = clock().now().plus_micros(year / steps as i64 * (step as i64 + 1));
        let which = ids.iter().cycle().skip(step * AT_ONCE % ids.len()).take(AT_ONCE.min(ids.len()));
        let changes = which.map(|id| {
            let value = Money::from_minor(1_000 + (step as i64 * 7_919 + id.0) % 900_000, Currency::from_code("USD").unwrap());
            Change { id: *id, seen: None, what: What::Edit(Edit(vec![Set::Value(value)])) }
        });
        store.apply(&changes.collect::<Vec<_>>(), now).unwrap();
    }
}

/// A past day and what changed in a month, beside bare SQL that reads the changes they are told by, in the order of the deals.
fn past(database: &Path, rows: usize) {
    let lived = database.with_extension("lived.db");
    if !lived.exists() {
        std::fs::copy(database, &lived).unwrap();
        let begin = Instant::now();
        live_a_year(&mut open(&lived), rows);
        println!("a year lived in {:.1} s", begin.elapsed().as_secs_f64());
    }
    let clock = Clock::from_setting(Some("2027-11-22T08:00:00Z")).unwrap();
    let store = Store::open(&lived, Settings::default(), clock.now()).unwrap();
    let raw = Connection::open(&lived).unwrap();
    let kept: u64 = raw.query_row("SELECT count(*) FROM history", [], |row| row.get(0)).unwrap();
    println!("{kept} rows in the journal; median of 5: ours, bare SQL for the changes that tell it, ratio");
    let (now, today) = (clock.moment(), Date::iso("2027-11-22").unwrap());
    let year_ago = now.end_of(today.plus_days(-364));
    let of = |days: i64, moment: Moment, past: bool| {
        let terms = Terms::new(today.plus_days(-days), moment, Weights::default(), Dimension::Stage);
        Reviewed { filter: Filter::default(), terms, past, offers: Default::default(), rules: Default::default() }
    };
    let sql = "SELECT opportunity_id, what, delta FROM history NOT INDEXED \
               WHERE step_id > (SELECT max(id) FROM step WHERE at <= ?) ORDER BY +opportunity_id, step_id DESC";
    let month = now.start_of(today.plus_days(-30)).micros();
    beside_bare("a month", &store, &of(30, now, false), &raw, &[sql], Some(month));
    beside_bare("as of a year ago", &store, &of(370, year_ago, true), &raw, &[sql], Some(year_ago.now.micros()));
}

/// One accept, with its history and outbox, against the smallest durable commit on the same disk.
fn deciding(store: &mut Store, folder: &Path) {
    let now = clock().now();
    let bare = Connection::open(folder.join("commit.db")).unwrap();
    let begin = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS t (n INTEGER); INSERT INTO t VALUES (0)";
    bare.execute_batch(begin).unwrap();
    let received = ListQuery { view: View::Received, ..ListQuery::tab(Tab::Inbound) };
    let page = store.list(&received, From::Start, 200).unwrap();
    let mut times = [Vec::new(), Vec::new()];
    for row in page.rows {
        let held = store.get(row.id).unwrap().opportunity;
        let (acceptance, _) = DealDraft::accepting(&held, None).accept(clock().moment().today).unwrap();
        let change = Change { id: row.id, seen: Some(held.version), what: What::Accept(Box::new(acceptance)) };
        let begin = Instant::now();
        let applied = store.apply(&[change], now).unwrap();
        times[0].push(begin.elapsed());
        assert!(applied.step.is_some());
        let begin = Instant::now();
        bare.execute("UPDATE t SET n = n + 1 WHERE rowid = 1", []).unwrap();
        times[1].push(begin.elapsed());
    }
    let [mut ours, mut bare] = times;
    println!("one accept, durable, median of {}", ours.len());
    line("a bare durable commit", median(&mut ours), median(&mut bare));
}
