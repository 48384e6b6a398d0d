//! A database of an earlier version: whoever watches is told while it is brought on, and a program killed meanwhile damages nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use cosell::cli::{Environment, Output, run};
use cosell::config::Places;
use rusqlite::Connection;

use crate::support::cli::Cli;

const OLD: &[u8] = include_bytes!("../fixtures/schema-3-full.db");
const NOW: &str = "2026-11-27T09:00:00Z";

fn put(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

#[test]
fn whoever_watches_is_told_that_an_old_database_is_brought_on_and_only_then() {
    let cli = Cli::new();
    let database = cli.path("cosell.db");
    put(&database, OLD);
    let list = || {
        let environment = Environment {
            arguments: ["cosell", "list", "--db", database.to_str().unwrap()].map(Into::into).to_vec(),
            variable: Box::new(|name| (name == "COSELL_NOW").then(|| NOW.into())),
            places: Some(Places {
                database: database.clone(),
                config: cli.path("config/config.toml"),
                log: cli.path("state/cosell.log"),
            }),
            typed: true,
            input: Box::new(std::io::empty()),
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut output = Output { out: &mut out, err: &mut err, json: false, columns: None, watched: true };
        assert_eq!(run(environment, &mut output), 0);
        (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    };
    let (first, told) = list();
    assert_eq!(told, "\rBringing the database on to this version …\x1b[K\r\x1b[K");
    assert!(first.contains("ERP 이전 2027"), "{first}");
    assert_eq!(list(), (first, String::new()));
}

/// Makes a database of schema 3 with so many more that the clock expired.
fn large(path: &Path, more: u32) {
    put(path, OLD);
    let old = Connection::open(path).unwrap();
    let columns = |table: &str| -> Vec<String> {
        let mut statement = old.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let copied = columns("opportunity").into_iter().filter(|name| name != "id" && name != "referral_id" && name != "waiting");
    let copied = copied.collect::<Vec<_>>().join(", ");
    let numbers = format!("WITH RECURSIVE n (n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM n WHERE n < 999 + {more})");
    old.execute_batch(&format!(
        "INSERT INTO opportunity (id, referral_id, {copied}) {numbers} SELECT n, 'many-' || n, {copied} FROM n, opportunity WHERE id = 12;
         INSERT INTO search (rowid, deal) {numbers} SELECT n, 'many' FROM n;
         INSERT INTO history {numbers} SELECT step_id, n, what, delta FROM n, history WHERE opportunity_id = 12;"
    ))
    .unwrap();
}

#[test]
fn a_program_killed_while_it_brings_a_database_on_leaves_it_whole() {
    const MORE: u32 = 800;
    let home = tempfile::tempdir().unwrap();
    let (database, original) = (home.path().join("cosell.db"), home.path().join("original"));
    large(&original, MORE);
    let bytes = fs::read(&original).unwrap();
    let spawn = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cosell"));
        command.args(["list", "--limit", "1", "--db"]).arg(&database).stdout(Stdio::null()).stderr(Stdio::null());
        command.env("COSELL_NOW", NOW).env("HOME", home.path()).env("XDG_STATE_HOME", home.path()).spawn().unwrap()
    };
    put(&database, &bytes);
    let begun = Instant::now();
    assert!(spawn().wait().unwrap().success());
    let whole = begun.elapsed();
    let copy = home.path().join("cosell.db.schema-3");
    let (mut old, mut new, mut copies) = (0, 0, 0);
    for round in 0..9u32 {
        for left in ["cosell.db-wal", "cosell.db-shm", "cosell.db.schema-3-wal", "cosell.db.schema-3.part"] {
            let _ = fs::remove_file(home.path().join(left));
        }
        put(&database, &bytes);
        let mut program = spawn();
        // Spread over the time it takes, a little at random by what else the machine does.
        sleep(whole * (round + 1) / 10 + Duration::from_micros(u64::from(round) * 137));
        program.kill().unwrap();
        program.wait().unwrap();
        let version: i64 = {
            let connection = Connection::open(&database).unwrap();
            let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            assert_eq!(whole, "ok", "round {round}");
            connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
        };
        match version {
            3 => old += 1,
            _ => new += 1,
        }
        copies += u32::from(copy.exists());
        assert!(spawn().wait().unwrap().success(), "round {round}: the next opening brings it on");
        let connection = Connection::open(&database).unwrap();
        let lapsed: u32 = connection
            .query_row("SELECT count(*) FROM opportunity WHERE lapsed_basis IS NOT NULL", [], |row| row.get(0))
            .unwrap();
        assert_eq!((lapsed, copy.exists()), (MORE + 2, false), "round {round}");
        let _ = fs::remove_file(&copy);
    }
    assert!(old > 0, "{old} were killed before it was done, {new} after, with a copy beside {copies} times");
}
