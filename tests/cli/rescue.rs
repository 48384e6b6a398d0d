//! Copies of the database: saved, made by themselves, put back; what is damaged is named and made anew; a program killed in between.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
#[cfg(unix)]
use std::time::Duration;
use std::time::Instant;

use rusqlite::Connection;
use serde_json::Value;

use crate::support::cli::{Cli, THREE};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).into_iter().flatten().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn deals(cli: &Cli) -> usize {
    cli.run(&["list", "--json"]).json().as_array().unwrap().len()
}

#[test]
fn a_backup_says_what_is_in_it_and_takes_the_place_of_a_file_only_by_force() {
    assert!(Cli::new().run(&["backup", "nothing.db"]).failed(1).contains("nothing to save"));
    let cli = Cli::with(THREE);
    let file = cli.path("monday.db");
    let said = cli.run(&["backup", text(&file)]).done();
    assert!(said.contains("Saved and checked: ") && said.contains("3 deals, one step, of "), "{said}");
    assert!(said.contains(" KB and holds"), "{said}");
    let said = cli.run(&["backup", text(&file)]).failed(3);
    assert!(said.contains("monday.db is there already. Nothing is written over it."), "{said}");
    let told = cli.run(&["backup", text(&file), "--force", "--json"]).json();
    assert_eq!((&told["deals"], &told["steps"], &told["lastStep"]), (&3.into(), &1.into(), &"2026-11-20T23:00:00Z".into()));
    assert_eq!(told["bytes"].as_u64(), fs::metadata(&file).ok().map(|file| file.len()));
    let itself = cli.path("data/cosell.db");
    assert!(cli.run(&["backup", text(&itself), "--force"]).failed(1).contains("is the database itself"));
    assert_eq!(cli.run(&["--db", text(&file), "list", "--json"]).json().as_array().unwrap().len(), 3);
    assert!(cli.run(&["backup"]).failed(2).contains("must be given"));
    let read_only = cli.path("read-only.db");
    cli.run(&["backup", text(&read_only), "--read-only"]).done();
}

#[test]
fn a_copy_is_put_back_once_that_is_confirmed_and_what_stood_there_is_kept_beside() {
    let cli = Cli::with(THREE);
    let file = cli.path("monday.db");
    cli.run(&["backup", text(&file)]).done();
    cli.run(&["favorite", "1"]).done();
    let asked = cli.run(&["restore", text(&file)]);
    assert_eq!(asked.code, 3, "nothing was changed");
    assert!(
        asked.out.contains("The copy:     3 deals, one step") && asked.out.contains("Stands now:   3 deals, 2 steps"),
        "{asked:?}"
    );
    assert!(asked.err.contains("(y/N)") && asked.err.contains("Nothing was changed."), "{asked:?}");
    let told = cli.run(&["restore", text(&file), "--json"]).json();
    assert_eq!((&told["restored"], &told["copy"]["steps"], &told["stood"]["steps"]), (&false.into(), &1.into(), &2.into()));
    let refused = cli.run(&["restore", text(&file), "--yes", "--read-only"]);
    assert!(refused.failed(1).contains("read"));
    let done = cli.run(&["restore", text(&file), "--yes"]).done();
    let kept = cli.path("data/cosell-before-restore-2026-11-21T08-00.db");
    assert!(done.contains("is the copy now.") && done.contains("cosell-before-restore-2026-11-21T08-00.db"), "{done}");
    let favorites = |database: &Path| cli.run(&["--db", text(database), "list", "--tab", "favorites", "--json"]).json();
    assert_eq!(favorites(&cli.path("data/cosell.db")), Value::Array(Vec::new()));
    assert_eq!(favorites(&kept).as_array().unwrap().len(), 1);
    let not_ours =
        cli.file("notes.db", "a text that is longer than the head of a database, which is one hundred bytes, as everybody knows");
    assert!(cli.run(&["restore", &not_ours, "--yes"]).failed(1).contains("notes.db"));
}

#[test]
fn a_broken_database_is_no_obstacle_for_putting_a_copy_back() {
    let cli = Cli::with(THREE);
    let file = cli.path("monday.db");
    cli.run(&["backup", text(&file)]).done();
    fs::write(cli.path("data/cosell.db"), "gone").unwrap();
    let told = cli.run(&["doctor"]);
    assert!(
        told.out.contains("cosell restore ") && told.out.contains("cosell-2026-11-21.db"),
        "the last copy is named: {told:?}"
    );
    let done = cli.run(&["restore", text(&file), "--yes"]).done();
    assert!(done.contains("Stands now:   cannot be read: "), "{done}");
    assert_eq!((deals(&cli), cli.run(&["doctor", "--json"]).json()["good"].clone()), (3, true.into()));
}

#[test]
fn the_first_command_of_a_day_makes_its_copy_and_so_many_days_stay() {
    let mut cli = Cli::new();
    let none = cli.run(&["backup", "--list"]);
    assert!(none.err.contains("No copy was made by itself yet.") && none.err.contains("7 are kept"), "{none:?}");
    let file = cli.file("start.json", THREE);
    cli.run(&["import", &file]).done();
    let backups = cli.path("data/backups");
    assert_eq!(names(&backups), ["cosell-2026-11-21.db"]);
    fs::write(cli.path("config.toml"), "backups = 3\n").unwrap();
    let config = cli.path("config.toml");
    for day in 22..28 {
        cli = cli.at(&format!("2026-11-{day}T08:00:00+09:00"));
        cli.run(&["--config", text(&config), "list"]).done();
        cli.run(&["--config", text(&config), "list", "--read-only"]).done();
    }
    assert_eq!(names(&backups), ["cosell-2026-11-25.db", "cosell-2026-11-26.db", "cosell-2026-11-27.db"]);
    let listed = cli.run(&["backup", "--list"]).done();
    assert!(listed.lines().nth(1).unwrap().starts_with("2026-11-27  on that day"), "{listed}");
    let told = cli.run(&["backup", "--list", "--json"]).json();
    assert_eq!((&told[2]["day"], &told[2]["before"]), (&"2026-11-25".into(), &"day".into()));
    fs::write(&config, "backups = 0\n").unwrap();
    let cli = cli.at("2026-11-28T08:00:00+09:00");
    cli.run(&["--config", text(&config), "list"]).done();
    assert_eq!(names(&backups).len(), 3, "off");
    assert!(cli.run(&["doctor"]).done().contains("Copies"));
}

#[test]
fn a_copy_that_cannot_be_made_is_told_and_stops_nothing() {
    let cli = Cli::with(THREE).at("2026-11-22T08:00:00+09:00");
    let backups = cli.path("data/backups");
    fs::remove_dir_all(&backups).unwrap();
    fs::write(&backups, "a file").unwrap();
    let ran = cli.run(&["list"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("ERP") && ran.err.contains("Today's copy of the database was not made: "), "{ran:?}");
    assert_eq!(cli.run(&["list", "--json"]).err, "");
}

#[test]
fn doctor_names_what_is_derived_and_wrong_with_its_cure_and_mends_it() {
    let cli = Cli::with(THREE);
    let database = cli.path("data/cosell.db");
    Connection::open(&database).unwrap().execute_batch("DELETE FROM fact; DELETE FROM search WHERE rowid = 2").unwrap();
    let told = cli.run(&["doctor"]);
    assert_eq!(told.code, 1);
    let lines: Vec<&str> = told.out.lines().collect();
    let cure_of = |name: &str| {
        let at = lines.iter().position(|line| line.starts_with(name) && line.contains("wrong: ")).unwrap();
        lines[at + 1].trim()
    };
    for name in ["Figures", "Search index"] {
        assert_eq!(cure_of(name), "cosell doctor --mend makes it anew.", "{told:?}");
    }
    assert!(cli.run(&["doctor", "--mend", "--read-only"]).failed(1).contains("read"));
    let mended = cli.run(&["doctor", "--mend"]).done();
    assert!(mended.contains("Made anew: Figures, Search index.") && mended.contains("Everything is in order."), "{mended}");
    assert!(mended.contains("cosell-2026-11-21-mending.db"), "{mended}");
    let again = cli.run(&["doctor", "--mend", "--json"]).json();
    assert_eq!((&again["good"], &again["mend"]["mended"]), (&true.into(), &Value::Array(Vec::new())));
}

#[test]
fn doctor_names_the_deal_that_does_not_follow_from_the_journal_and_leaves_it() {
    let cli = Cli::with(THREE);
    cli.run(&["favorite", "2"]).done();
    let database = cli.path("data/cosell.db");
    Connection::open(&database).unwrap().execute_batch("UPDATE opportunity SET favorite = 0 WHERE id = 2").unwrap();
    let told = cli.run(&["doctor", "--mend"]);
    assert_eq!(told.code, 1);
    assert!(told.out.contains("one deal does not follow from it: 2 (step 2: favorite)"), "{told:?}");
    assert!(told.out.contains("is not changed"), "{told:?}");
}

/// Many deals in a database of its own, and a copy of it with none of them marked.
fn large(home: &Path) -> (PathBuf, PathBuf) {
    let deals: Vec<Value> = (0..3_000)
        .map(|n| {
            serde_json::json!({
                "id": format!("{n:08x}-0000-4000-8000-000000000001"), "status": "Active", "substatus": "Accepted",
                "direction": "Outgoing", "type": "Independent", "createdDateTime": "2026-10-01T03:00:00Z", "name": format!("Deal {n}"),
                "customerProfile": { "name": format!("Customer {}", n % 700) },
            })
        })
        .collect();
    fs::write(home.join("deals.json"), serde_json::json!({ "value": deals }).to_string()).unwrap();
    let (database, copy) = (home.join("deals.db"), home.join("copy.db"));
    let run = |arguments: &[&str]| assert!(program(home, &database).args(arguments).status().unwrap().success());
    run(&["import", text(&home.join("deals.json"))]);
    run(&["backup", text(&copy)]);
    run(&["favorite", "1"]);
    (database, copy)
}

fn program(home: &Path, database: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cosell"));
    command.arg("--db").arg(database).stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    command.env("COSELL_NOW", "2026-11-27T09:00:00Z").env("HOME", home).env("XDG_STATE_HOME", home).env("XDG_CONFIG_HOME", home);
    command
}

/// How many deals and steps a database holds that must be whole.
fn holds(database: &Path) -> (u64, u64) {
    let connection = Connection::open(database).unwrap();
    let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok", "{}", database.display());
    let count = |table: &str| connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
    (count("opportunity"), count("step"))
}

/// Another program that has a database open, as a desk has.
#[cfg(unix)]
fn held(database: &Path) -> Connection {
    let connection = Connection::open(database).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; SELECT * FROM meta").unwrap();
    connection
}

#[cfg(unix)]
#[test]
fn what_another_program_wrote_last_is_in_what_is_kept_and_a_copy_that_is_in_use_is_refused() {
    let cli = Cli::with(THREE);
    let (database, copy) = (cli.path("data/cosell.db"), cli.path("monday.db"));
    cli.run(&["backup", text(&copy)]).done();
    let run = |arguments: &[&str]| program(cli.home.path(), &database).args(arguments).status().unwrap().code();
    let other = held(&database);
    other.execute_batch("UPDATE opportunity SET crm_id = 'written late' WHERE id = 1").unwrap();
    let busy = held(&copy);
    assert_eq!(run(&["restore", text(&copy), "--yes"]), Some(1), "somebody works with the copy");
    drop(busy);
    assert_eq!(run(&["restore", text(&copy), "--yes"]), Some(0));
    drop(other);
    let crm_id = |path: &Path| -> Option<String> {
        Connection::open(path).unwrap().query_row("SELECT crm_id FROM opportunity WHERE id = 1", [], |row| row.get(0)).unwrap()
    };
    let kept = names(&cli.path("data")).into_iter().find(|name| name.contains("before-restore")).unwrap();
    assert_eq!(crm_id(&cli.path("data").join(kept)).as_deref(), Some("written late"));
    assert_ne!(crm_id(&database).as_deref(), Some("written late"));
    assert_eq!(holds(&database).0, 3);
}

#[cfg(unix)]
#[test]
fn a_program_killed_while_it_restores_leaves_the_old_database_or_the_new_one_whole() {
    let home = tempfile::tempdir().unwrap();
    let (database, copy) = large(home.path());
    let restore = || program(home.path(), &database).args(["restore", text(&copy), "--yes"]).spawn().unwrap();
    let original = fs::read(&database).unwrap();
    let begun = Instant::now();
    assert!(restore().wait().unwrap().success());
    let whole = begun.elapsed();
    let (mut old, mut new) = (0, 0);
    for round in 0..12u32 {
        for name in names(home.path()).iter().filter(|name| name.starts_with("deals") && !name.ends_with(".json")) {
            fs::remove_file(home.path().join(name)).unwrap();
        }
        fs::write(&database, &original).unwrap();
        let mut program = restore();
        sleep(whole * (round + 1) / 13 + Duration::from_micros(u64::from(round) * 137));
        program.kill().unwrap();
        program.wait().unwrap();
        match holds(&database) {
            (3_000, 2) => old += 1,
            (3_000, 1) => {
                new += 1;
                let kept: Vec<String> = names(home.path()).into_iter().filter(|name| name.contains("before-restore")).collect();
                assert_eq!(kept.len(), 1, "{kept:?}");
                assert_eq!(holds(&home.path().join(&kept[0])), (3_000, 2));
            }
            other => panic!("round {round}: {other:?}"),
        }
    }
    assert!(old > 0, "{old} were killed before, {new} after");
}

#[test]
fn a_program_killed_while_it_makes_a_copy_leaves_the_copy_before_whole() {
    let home = tempfile::tempdir().unwrap();
    let (database, copy) = large(home.path());
    let backup = || program(home.path(), &database).args(["backup", text(&copy), "--force"]).spawn().unwrap();
    let before = fs::read(&copy).unwrap();
    let begun = Instant::now();
    assert!(backup().wait().unwrap().success());
    let whole = begun.elapsed();
    for round in 0..10u32 {
        fs::write(&copy, &before).unwrap();
        let mut program = backup();
        sleep(whole * (round + 1) / 11);
        program.kill().unwrap();
        program.wait().unwrap();
        let found = holds(&copy);
        assert!([(3_000, 1), (3_000, 2)].contains(&found), "round {round}: {found:?}");
        assert_eq!(holds(&database), (3_000, 2));
    }
}
