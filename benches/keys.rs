//! The real program behind a terminal: from start and from each key to the screen it rests in, with memory and bytes; prints, judges nothing.
//!
//! `cargo bench --bench keys -- --rows 1000000` also measures a pipeline of 1,000 and, where it is installed, csvlens on the same table.

#![allow(clippy::unwrap_used, clippy::print_stdout, unreachable_pub, dead_code)]

#[path = "support/companies.rs"]
mod companies;
#[path = "support/dice.rs"]
mod dice;
#[path = "support/generate.rs"]
mod generate;
#[path = "../tests/support/pty.rs"]
mod pty;

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pty::{Pty, Start};

/// Silence that counts as rest.
const REST: Duration = Duration::from_millis(25);
const NOW: &str = "2026-11-21T08:00:00Z";
/// What is typed into the filter, letter by letter.
const TYPED: [&str; 6] = ["brackwater", "freight inc", "한가람물류", "若葉台薬局", "crm-12", "country:KR 클라우드"];

fn main() {
    let option = |name: &str| std::env::args().skip_while(|a| a != name).nth(1);
    let rows: usize = option("--rows").and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let temporary = tempfile::tempdir().unwrap();
    let folder = option("--in").map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    println!("                                   median      99th       max   bytes");
    for rows in [1_000, rows] {
        let (csv, database) = prepare(&folder, rows);
        desk(&database, rows);
        deal_form(&folder, &database, rows);
        if std::process::Command::new("csvlens").arg("--version").output().is_ok() {
            csvlens(&csv, rows);
        }
    }
}

/// Makes table and database, or takes those that are there.
fn prepare(folder: &Path, rows: usize) -> (PathBuf, PathBuf) {
    let (csv, database) = (folder.join(format!("deals-{rows}.csv")), folder.join(format!("deals-{rows}.db")));
    if !csv.exists() {
        generate::deals(&mut BufWriter::new(File::create(&csv).unwrap()), rows).unwrap();
    }
    if !database.exists() {
        let import =
            Start::with(&["--db", database.to_str().unwrap(), "import", csv.to_str().unwrap()]).variable("COSELL_NOW", NOW);
        assert!(import.output().status.success());
    }
    (csv, database)
}

fn desk(database: &Path, rows: usize) {
    let open = || Start::with(&["--db", database.to_str().unwrap()]).variable("COSELL_NOW", NOW);
    start(&format!("cosell, {rows} rows: start"), "Inbound", open);
    let mut pty = open().open();
    pty.shows("Inbound").rests(REST);
    keys(&mut pty, "down", &["j"; 200]);
    keys(&mut pty, "page down", &["\u{1b}[6~"; 30]);
    keys(&mut pty, "tabs", &["2", "1", "3", "1", "2", "1"]);
    keys(&mut pty, "open and close", &["\r", "\u{1b}", "\r", "\u{1b}", "\r", "\u{1b}"]);
    keys(&mut pty, "last and first", &["G", "g", "G", "g"]);
    let mut letters = Samples::default();
    pty.types("2").rests(REST);
    pty.types("/").rests(REST);
    for word in TYPED {
        word.chars().for_each(|letter| letters.key(&mut pty, &letter.to_string()));
        pty.types("\u{15}").rests(REST);
    }
    letters.print("each letter of the filter");
    println!("  peak memory {:.1} MiB", pty.peak_kib() as f64 / 1024.0);
}

/// The form of a new deal over a directory of as many customers as there are deals: opened, and a name typed letter by letter.
fn deal_form(folder: &Path, database: &Path, rows: usize) {
    let known = database.with_extension("known");
    if !known.exists() {
        let csv = folder.join(format!("companies-{rows}.csv"));
        companies::companies(&mut BufWriter::new(File::create(&csv).unwrap()), rows).unwrap();
        let import = Start::with(&["--db", database.to_str().unwrap(), "customers", "import", csv.to_str().unwrap()]);
        assert!(import.output().status.code() != Some(1));
        File::create(known).unwrap();
    }
    let mut pty = Start::with(&["--db", database.to_str().unwrap()]).variable("COSELL_NOW", NOW).open();
    pty.shows("Inbound").rests(REST);
    let mut opening = Samples::default();
    for _ in 0..20 {
        opening.key(&mut pty, "n");
        pty.types("\u{1b}").rests(REST);
    }
    opening.print("open the form of a deal");
    let (mut first, mut letters) = (Samples::default(), Samples::default());
    for (name, country) in companies::WHOLE {
        pty.types("n").shows("Country").rests(REST);
        pty.types(country).rests(REST);
        pty.types("\t").rests(REST);
        for (index, letter) in name.chars().take(8).enumerate() {
            let samples = if index == 0 { &mut first } else { &mut letters };
            samples.key(&mut pty, &letter.to_string());
        }
        pty.types("\u{1b}").shows("Leave this form?").types("x").shows("Thrown away").rests(REST);
    }
    first.print("first letter of a customer");
    letters.print("each further letter");
    println!("  peak memory {:.1} MiB", pty.peak_kib() as f64 / 1024.0);
    // Whoever is killed with something written leaves a file that the next start looks through before it is worked on.
    pty.types("q").ends();
}

fn csvlens(csv: &Path, rows: usize) {
    let open = || Start { program: "csvlens".to_owned(), ..Start::with(&[csv.to_str().unwrap()]) };
    start(&format!("csvlens, {rows} rows: start"), "Engagement", open);
    let mut pty = open().open();
    pty.shows("Engagement").rests(REST * 10);
    keys(&mut pty, "down", &["j"; 200]);
    keys(&mut pty, "page down", &["\u{1b}[6~"; 30]);
    println!("  peak memory {:.1} MiB", pty.peak_kib() as f64 / 1024.0);
}

fn start(name: &str, shown: &str, open: impl Fn() -> Start) {
    let mut samples = Samples::default();
    for _ in 0..15 {
        let start = open();
        let begin = Instant::now();
        let mut pty = start.open();
        let (end, bytes) = pty.shows(shown).rests(REST * 2);
        samples.add(end - begin, bytes);
    }
    println!("{name}");
    samples.print("");
}

fn keys(pty: &mut Pty, name: &str, keys: &[&str]) {
    let mut samples = Samples::default();
    keys.iter().for_each(|key| samples.key(pty, key));
    samples.print(name);
}

#[derive(Default)]
struct Samples {
    times: Vec<Duration>,
    bytes: Vec<usize>,
}

impl Samples {
    fn add(&mut self, time: Duration, bytes: usize) {
        self.times.push(time);
        self.bytes.push(bytes);
    }

    /// Presses a key and waits for the screen it leads to.
    fn key(&mut self, pty: &mut Pty, key: &str) {
        let (_, before) = pty.rests(Duration::ZERO);
        let begin = Instant::now();
        let (end, after) = pty.types(key).rests(REST);
        if after > before {
            self.add(end.saturating_duration_since(begin), after - before);
        }
    }

    fn print(mut self, name: &str) {
        self.times.sort_unstable();
        self.bytes.sort_unstable();
        let at = |share: usize| self.times[(self.times.len() - 1) * share / 100].as_secs_f64() * 1e3;
        println!("  {name:28} {:7.2} ms {:6.2} ms {:6.2} ms  {:6}", at(50), at(99), at(100), self.bytes[self.bytes.len() / 2]);
    }
}
