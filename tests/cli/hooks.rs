//! Commands of the user's own: what they are told, in which order, that nothing is told twice or left out, and what a wrong one does.

#![cfg(unix)]

use serde_json::{Value, json};

use crate::center::{Center, Whims};
use crate::outbox::{desk, upload, write};
use crate::support::cli::{Cli, Ran, THREE};

/// Has every event written into a file, one line each.
const ALL: &str = "accept decline win lose expire import write confirm undo";

fn configure(cli: &Cli, section: &str) {
    std::fs::create_dir_all(cli.path("config")).unwrap();
    cli.file("config/config.toml", format!("[hooks]\n{section}"));
}

fn tell_all(cli: &Cli) {
    let told = cli.path("told");
    let line = |event: &str| format!("{event} = 'cat >> \"{0}\"; echo >> \"{0}\"'\n", told.display());
    configure(cli, &ALL.split(' ').map(line).collect::<String>());
}

/// What was told so far, in order.
fn told(cli: &Cli) -> Vec<Value> {
    let text = std::fs::read_to_string(cli.path("told")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn events(cli: &Cli) -> Vec<String> {
    told(cli).iter().map(|told| told["event"].as_str().unwrap().to_owned()).collect()
}

fn log(cli: &Cli) -> String {
    std::fs::read_to_string(cli.path("state/cosell.log")).unwrap_or_default()
}

#[test]
fn every_decision_is_told_once_in_order_with_its_deals_as_json() {
    let cli = Cli::new();
    tell_all(&cli);
    let file = cli.file("start.json", THREE);
    cli.run(&["import", &file]).done();
    cli.run(&["accept", "1"]).done();
    cli.run(&["favorite", "1"]).done();
    cli.run(&["win", "1"]).done();
    cli.run(&["undo"]).done();
    cli.run(&["list"]).done();
    cli.run(&["redo"]).done();
    assert_eq!(events(&cli), ["import", "accept", "win", "undo", "win"]);
    let told = told(&cli);
    assert_eq!((&told[0]["count"], told[0]["deals"].as_array().unwrap().len()), (&json!(3), 3));
    assert_eq!(told[0]["files"], json!(["start.json"]));
    let won = &told[2];
    assert_eq!((&won["kind"], &won["title"], &won["origin"]), (&json!("win"), &json!("ERP 마이그레이션"), &json!("rep")));
    let deal = &won["deals"][0];
    assert_eq!((&deal["id"], &deal["what"]), (&json!(1), &json!("changed")));
    assert_eq!((&deal["opportunity"]["outcome"], &deal["opportunity"]["deal"]["value"]), (&json!("won"), &json!("84000000")));
    assert_eq!((&told[3]["of"], &told[3]["deals"][0]["opportunity"]["outcome"]), (&json!("win"), &json!(null)));
    let steps: Vec<i64> = told.iter().map(|told| told["step"].as_i64().unwrap()).collect();
    assert!(steps.is_sorted_by(|a, b| a < b), "{steps:?}");
    assert!(log(&cli).contains("hook win, step 4: done"), "{}", log(&cli));
}

#[test]
fn upload_files_and_their_answers_are_told() {
    let (cli, mut center): (Cli, Center) = desk();
    tell_all(&cli);
    cli.run(&["accept", "1"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], Whims { refuse_each: None, tells_ids: true, turned: false });
    cli.run(&["outbox", "confirm", &answer]).done();
    assert_eq!(events(&cli), ["accept", "write", "import", "confirm"]);
    assert_eq!(told(&cli)[1]["files"].as_array().unwrap().len(), 1);
}

#[test]
fn what_ran_out_is_told_by_whatever_notices_it() {
    let cli = Cli::with(THREE);
    tell_all(&cli);
    cli.run(&["favorite", "1"]).done();
    let cli = cli.at("2026-12-15T08:00:00+09:00");
    cli.run(&["list", "--read-only"]).done();
    assert_eq!(events(&cli), Vec::<String>::new(), "whoever only reads tells nothing");
    cli.run(&["list"]).done();
    cli.run(&["list"]).done();
    let told = told(&cli);
    assert!(!told.is_empty() && told.iter().all(|told| told["event"] == "expire" && told["origin"] == "clock"), "{told:?}");
    let deals: Vec<&Value> = told.iter().flat_map(|told| told["deals"].as_array().unwrap()).collect();
    assert!(deals.iter().all(|deal| deal["opportunity"]["outcome"] == "expired"), "{deals:?}");
}

#[test]
fn nothing_is_told_of_what_happened_before_there_were_hooks_or_while_there_were_none() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1"]).done();
    tell_all(&cli);
    cli.run(&["decline", "2", "--reason", "budget"]).done();
    configure(&cli, "");
    cli.run(&["win", "1"]).done();
    tell_all(&cli);
    cli.run(&["undo"]).done();
    assert_eq!(events(&cli), ["decline", "undo"]);
}

#[test]
fn a_command_that_fails_hangs_or_is_not_there_is_said_and_changes_nothing_of_what_was_done() {
    let cli = Cli::with(THREE);
    let said = |ran: Ran, said: &str| assert!(ran.code == 0 && ran.err.contains(said), "{said}: {ran:?}");
    configure(
        &cli,
        "accept = 'echo no such channel; exit 3'\ndecline = ['/nowhere/program', 'x']\nwin = 'sleep 600'\ntime-limit = 1\n",
    );
    said(cli.run(&["accept", "1"]), "Your command for accept failed (exit 3). What it said is in ");
    assert!(log(&cli).contains("hook accept, step 2: exit 3: no such channel"), "{}", log(&cli));
    said(cli.run(&["decline", "2", "--reason", "budget"]), "Your command for decline could not be started (");
    said(cli.run(&["win", "1"]), "Your command for win took too long and was ended");
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["outcome"], "won");
    assert_eq!(cli.run(&["list"]).err, "", "it is not told again");
    configure(&cli, "won = 'x'\n");
    assert!(cli.run(&["list"]).failed(1).contains("there is no setting “hooks.won”"));
}

#[test]
fn a_command_that_decides_itself_is_told_of_that_too_and_waits_for_nobody() {
    let cli = Cli::with(THREE);
    let (told, program) = (cli.path("told"), env!("CARGO_BIN_EXE_cosell"));
    let config = cli.path("config/config.toml");
    configure(
        &cli,
        &format!(
            "accept = '''HOME=/nowhere \"{program}\" --db \"$COSELL_DB\" --config \"{}\" win 1'''\nwin = 'cat >> \"{1}\"; echo >> \"{1}\"'\n",
            config.display(),
            told.display()
        ),
    );
    cli.run(&["accept", "1"]).done();
    assert_eq!(events(&cli), ["win"], "{}", log(&cli));
}

#[test]
fn commands_that_cause_each_other_come_to_an_end_and_what_was_not_told_is_told_next() {
    let cli = Cli::with(THREE);
    let (told, program) = (cli.path("told"), env!("CARGO_BIN_EXE_cosell"));
    let turn = |does: &str| {
        format!("HOME=/nowhere COSELL_NOW=2026-11-21T08:00:00+09:00 \"{program}\" {does}; echo {does} >> \"{}\"", told.display())
    };
    configure(&cli, &format!("accept = '''{}'''\nundo = '''{}'''\n", turn("undo"), turn("redo")));
    let said = cli.run(&["accept", "1"]);
    assert_eq!(said.code, 0);
    assert!(said.err.contains("50 steps came while commands ran, as if they caused each other"), "{}", said.err);
    let lines = || std::fs::read_to_string(&told).unwrap().lines().map(str::to_owned).collect::<Vec<_>>();
    let first = lines();
    assert_eq!((first.len(), first[0].as_str(), first[1].as_str()), (51, "undo", "redo"), "{first:?}");
    configure(&cli, &format!("accept = 'echo done >> \"{0}\"'\nundo = 'echo done >> \"{0}\"'\n", told.display()));
    cli.run(&["list"]).done();
    assert_eq!(lines()[51..], ["done"], "the one that was not told");
}

#[test]
fn the_settings_name_the_hooks_as_they_stand_in_the_file() {
    let cli = Cli::new();
    configure(&cli, "win = [\"mail\", \"한빛\"]\ntime-limit = 3\n");
    let shown = cli.run(&["config"]).done();
    assert!(shown.contains("[hooks]\ntime-limit = 3\nwin = [\"mail\", \"한빛\"]\n"), "{shown}");
    assert_eq!(cli.run(&["config", "--json"]).json()["hooks"], json!({ "win": ["mail", "한빛"], "timeLimit": 3 }));
    cli.file("config/config.toml", shown);
    assert_eq!(cli.run(&["config", "--json"]).json()["hooks"]["win"], json!(["mail", "한빛"]));
}

#[test]
fn a_command_that_looks_a_deal_up_by_what_it_is_told_does_not_end_the_telling() {
    let cli = Cli::with(THREE);
    let (told, program) = (cli.path("told"), env!("CARGO_BIN_EXE_cosell"));
    let show = format!("HOME=/nowhere \"{program}\" show 1 > /dev/null; cat >> \"{0}\"; echo >> \"{0}\"", told.display());
    configure(&cli, &format!("accept = '''{show}'''\nwin = '''{show}'''\n"));
    cli.run(&["accept", "1"]).done();
    cli.run(&["win", "1"]).done();
    assert_eq!(events(&cli), ["accept", "win"], "{}", log(&cli));
}

#[test]
fn another_configuration_without_hooks_ends_nothing() {
    let cli = Cli::with(THREE);
    tell_all(&cli);
    cli.run(&["accept", "1"]).done();
    let other = cli.file("other.toml", "");
    cli.run(&["--config", &other, "win", "1"]).done();
    cli.run(&["list"]).done();
    assert_eq!(events(&cli), ["accept", "win"], "what was done by it is told by the next who has hooks");
}

#[test]
fn a_command_that_is_killed_while_it_waits_for_a_hook_tells_the_step_no_second_time() {
    let cli = Cli::with(THREE);
    let (begun, program) = (cli.path("begun"), env!("CARGO_BIN_EXE_cosell"));
    configure(&cli, &format!("accept = 'echo begun >> \"{}\"; sleep 3'\n", begun.display()));
    let (database, config) = (cli.path("data/cosell.db"), cli.path("config/config.toml"));
    let command = || {
        let mut command = std::process::Command::new(program);
        command.env_clear().env("HOME", cli.home.path()).env("COSELL_NOW", "2026-11-21T08:00:00+09:00");
        command.arg("--db").arg(&database).arg("--config").arg(&config);
        command
    };
    let mut child = command().args(["accept", "1"]).stdout(std::process::Stdio::null()).spawn().unwrap();
    let store = rusqlite::Connection::open(&database).unwrap();
    let told = "SELECT value = (SELECT max(id) FROM step) AND value > 1 FROM meta WHERE key = 'hooked'";
    while !store.query_row(told, [], |row| row.get::<_, bool>(0)).unwrap_or(false) {
        assert_eq!(child.try_wait().unwrap(), None, "it waits for the hook");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(command().arg("list").output().unwrap().status.success());
    assert_eq!(std::fs::read_to_string(&begun).unwrap(), "begun\n");
}
