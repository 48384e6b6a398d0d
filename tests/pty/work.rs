//! Real work in the real program: import, decide, be killed, come back; another program writes meanwhile; files are private.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use rustix::process::Signal;
use tempfile::TempDir;

use crate::support::cli::THREE;
use crate::support::pty::Start;

fn home_with_three() -> Arc<TempDir> {
    let home = Arc::new(tempfile::tempdir().unwrap());
    std::fs::write(home.path().join("three.json"), THREE).unwrap();
    home
}

/// What a command beside the desk says.
fn done(home: &Arc<TempDir>, arguments: &[&str]) -> String {
    let ran = Start::with(arguments).home(home).output();
    assert!(ran.status.success(), "{ran:?}");
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
fn a_morning_from_the_first_start_to_the_next_day() {
    let home = home_with_three();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("Welcome").types("i").shows("Import a file").types("three.json\r").shows("3 new").types("\u{1b}").shows("3d 04h");
    pty.types("a").shows("Accept: ERP 마이그레이션").types("\u{13}").shows("Accepted: ERP 마이그레이션");
    pty.types("d").shows("Decline and close: Northwind Traders").types("2\u{13}").shows("Declined: Northwind Traders").types("q");
    assert_eq!(pty.ends(), 0);
    let mut pty = Start::with(&[]).home(&home).variable("COSELL_NOW", "2026-11-22T08:00:00+09:00").open();
    pty.shows("ERP 마이그레이션").shows("outbox").types("u").shows("Undone: Declined").shows("10d 04h").types("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn database_and_log_are_private_and_demo_leaves_no_pipeline_behind() {
    let home = home_with_three();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("Welcome").types("q");
    pty.ends();
    for (file, mode) in [
        (".local/share/cosell/cosell.db", 0o600),
        (".local/share/cosell", 0o700),
        (".local/state/cosell/cosell.log", 0o600),
        (".local/state/cosell", 0o700),
    ] {
        let found =
            std::fs::metadata(home.path().join(file)).unwrap_or_else(|error| panic!("{file}: {error}")).permissions().mode()
                & 0o777;
        assert_eq!(found, mode, "{file}");
    }
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("q");
    pty.ends();
    assert!(pty.files().iter().all(|file| file.extension().is_none_or(|extension| extension == "log")), "{:?}", pty.files());
}

#[test]
fn a_real_file_that_is_imported_in_the_sample_goes_to_the_own_desk() {
    let home = home_with_three();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("Welcome").types("D").shows("SAMPLE").types("i").shows("Import a file").types("three.json\r");
    pty.shows("nothing here is kept").types("\r").shows("3 new").types("\u{1b}").shows("3d 04h").shows_not("SAMPLE");
    pty.types("D").shows("SAMPLE").types("q").shows("Your own desk again.").shows("3d 04h");
    assert!(!pty.raw().contains("\u{1b}[?1049l"), "the shell is not seen between the desks");
    pty.types("q");
    assert_eq!(pty.ends(), 0);
    assert_eq!(pty.raw().matches("\u{1b}[?1049h").count(), 1);
}

#[test]
fn what_was_typed_and_what_was_confirmed_survive_kill_9() {
    let home = home_with_three();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("Welcome").types("i").shows("Import a file").types("three.json\r").shows("3 new").types("\u{1b}").shows("3d 04h");
    pty.types("f").shows("♥").types("a").shows("Accept:").types(" 二期").shows("二期");
    // The screen is a moment ahead of the disk.
    let database = rusqlite::Connection::open(home.path().join(".local/share/cosell/cosell.db")).unwrap();
    let kept = "SELECT count(*) FROM draft WHERE content LIKE '%二期%'";
    while database.query_row(kept, [], |row| row.get::<_, u32>(0)).unwrap() == 0 {
        std::thread::yield_now();
    }
    pty.signal(Signal::KILL).ends();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("♥").types("a").shows("二期").shows("Your draft is back.");
}

#[test]
fn what_a_command_does_meanwhile_is_seen_in_the_open_desk() {
    let home = home_with_three();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("Welcome");
    let mut import = Start::with(&["import", "three.json"]).home(&home);
    import.variables.push(("LC_ALL".into(), "C.UTF-8".into()));
    let output = import.output();
    assert!(output.status.success(), "{output:?}");
    pty.shows("ERP 마이그레이션");
    assert!(Start::with(&["favorite", "1"]).home(&home).output().status.success());
    pty.shows("♥");
}

#[test]
fn a_reader_that_goes_away_ends_a_list_quietly() {
    let home = home_with_three();
    assert!(Start::with(&["import", "three.json"]).home(&home).output().status.success());
    let line = format!("{} list | true; echo ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_cosell"));
    let output = std::process::Command::new("bash").args(["-c", &line]).env_clear().env("HOME", home.path()).output().unwrap();
    assert_eq!((output.stdout.as_slice(), output.stderr.as_slice()), (&b"0\n"[..], &b""[..]));
}

#[test]
fn an_import_that_is_killed_leaves_all_or_nothing() {
    let home = Arc::new(tempfile::tempdir().unwrap());
    let one = |n: u32| format!(r#"{{"id":"{n:08}","status":"New","customerProfile":{{"name":"Contoso {n}"}}}}"#);
    let all: Vec<String> = (0..20_000).map(one).collect();
    std::fs::write(home.path().join("many.json"), format!("[{}]", all.join(","))).unwrap();
    for round in 0..4_u64 {
        let mut import = Start::with(&["import", "many.json"]).home(&home).open();
        let log = home.path().join(".local/share/cosell/cosell.db-wal");
        // Further into it each time: the journal grows as the rows come.
        while std::fs::metadata(&log).map_or(0, |file| file.len()) < round * 500_000 && import.state() != 'Z' {
            std::thread::yield_now();
        }
        import.signal(Signal::KILL).ends();
        let listed = Start::with(&["list", "--limit", "1", "--json"]).home(&home).output();
        assert!(listed.status.success(), "{listed:?}");
        let doctor = Start::with(&["doctor"]).home(&home).output();
        assert!(doctor.status.success(), "{doctor:?}");
    }
    let doctor = Start::with(&["doctor", "--json"]).home(&home).output();
    let value: serde_json::Value = serde_json::from_slice(&doctor.stdout).unwrap();
    let rows = value["checks"].as_array().unwrap().iter().find(|c| c["check"] == "opportunities").unwrap()["value"].clone();
    assert!(rows == "0" || rows == "20,000", "{rows}");
}

/// Waits until the database holds a draft with this text: the screen is a moment ahead of the disk.
fn draft_is_kept(home: &TempDir, text: &str) {
    let database = rusqlite::Connection::open(home.path().join(".local/share/cosell/cosell.db")).unwrap();
    let kept = "SELECT count(*) FROM draft WHERE content LIKE '%' || ? || '%'";
    let begin = std::time::Instant::now();
    while database.query_row(kept, [text], |row| row.get::<_, u32>(0)).unwrap() == 0 {
        assert!(begin.elapsed().as_secs() < 20, "no draft holds {text:?}");
        std::thread::yield_now();
    }
}

#[test]
fn a_new_deal_that_is_killed_half_typed_is_resumed_and_made() {
    let home = home_with_three();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("Welcome").types("i").shows("Import a file").types("three.json\r").shows("3 new").types("\u{1b}").shows("3d 04h");
    pty.types("n").shows("New deal").types("KR\t한빛").shows("081466849").types("\u{1b}[B\r").shows("27-29");
    pty.types("박\t지우")
        .shows("지우")
        .types("\u{1b}[6~")
        .shows("Deal name")
        .types("ERP 2기\t84m\tKRW\t+30d")
        .shows("2026-12-21");
    draft_is_kept(&home, "2026-12-21");
    pty.signal(Signal::KILL).ends();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("One deal is begun and not finished").types("n").shows("ERP 2기 · 한빛정밀 주식회사").types("\r");
    pty.shows("Your draft is back.").shows("84m").types("\u{1b}[5~").shows("081466849").shows("지우");
    // A closed terminal loses nothing either.
    pty.types("\u{1b}[6~").shows("84m").types("\u{1b}[6~").shows("Last name").types("이\t서연").shows("서연");
    draft_is_kept(&home, "서연");
    pty.signal(Signal::HUP).ends();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("begun").types("n").shows("Start a new one").types("\r").shows("Your draft is back.");
    pty.shows("서연").types("\t+82 2-555-0102\tseoyeon@partner.example\r").shows("이서연");
    pty.types("\u{1b}[6~").shows("Quantity").types("SOL-77777-ABC\r").shows("SOL-77777-ABC (owner");
    // A contact of whom only the name is known is in nobody's way where no help is asked.
    pty.types("\u{13}").shows("[ Make the deal ]").types("\r").shows("Made: ERP 2기").types("q");
    assert_eq!(pty.ends(), 0);
    let output = Start::with(&["list", "--tab", "outbound", "--json"]).home(&home).output();
    let listed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&str> = listed.as_array().unwrap().iter().map(|deal| deal["deal"]["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"ERP 2기"), "{names:?}");
    assert!(Start::with(&["drafts", "--json"]).home(&home).output().stdout.starts_with(b"[]"));
}

#[test]
fn notes_are_written_in_the_users_editor_and_the_terminal_is_lent_and_taken_back() {
    let home = home_with_three();
    let editor = home.path().join("editor.sh");
    std::fs::write(&editor, "#!/bin/sh\nprintf 'in the editor'\nread answer\nprintf '%s\\n' \"$answer\" >> \"$1\"\n").unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut pty = Start::with(&[]).home(&home).variable("EDITOR", editor.to_str().unwrap()).open();
    pty.shows("Welcome").types("n").shows("New deal").types("\u{1b}[6~").shows("Notes").types("\t\t\t\t\t\t첫 줄").shows("첫 줄");
    pty.types("\u{f}").shows("in the editor").types("둘째 줄\r").shows("둘째 줄").shows("New deal").shows("첫 줄");
    draft_is_kept(&home, "둘째 줄");
    pty.types("\u{3}").shows("^c again leaves").types("\u{3}");
    pty.ends();
    assert!(pty.files().iter().all(|file| !file.to_string_lossy().contains("notes-")), "{:?}", pty.files());
}

#[test]
fn a_backup_that_is_put_over_the_database_of_an_open_desk_stays_sound() {
    let home = home_with_three();
    let path = home.path().join(".local/share/cosell/cosell.db");
    done(&home, &["import", "three.json"]);
    let backup = home.path().join("backup.db");
    std::fs::copy(&path, &backup).unwrap();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("3d 04h").types("f").shows("♥").types("jf").shows("Favorite:");
    std::fs::rename(&backup, &path).unwrap();
    // Within a tick, with no key pressed.
    pty.shows("was replaced")
        .types("\u{1b}")
        .shows_not("Save what is held to a new")
        .types("f")
        .shows("Save what is held to a new");
    pty.types("\u{1b}").shows_not("Save what is held to a new").types("q");
    assert_eq!(pty.ends(), 0);
    assert_eq!(done(&home, &["list", "--tab", "favorites", "--json"]), "[]\n", "the backup is what was put there");
    assert!(done(&home, &["doctor"]).contains("Everything is in order."));
}

#[test]
fn what_a_command_did_after_the_files_beside_the_database_of_an_open_desk_were_removed_is_kept() {
    let home = home_with_three();
    let path = home.path().join(".local/share/cosell/cosell.db");
    done(&home, &["import", "three.json"]);
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("3d 04h").types("f").shows("Favorite:");
    std::fs::remove_file(path.with_extension("db-shm")).unwrap();
    done(&home, &["favorite", "3"]);
    pty.shows("was removed or").types("\u{1b}").shows_not("Save what is held to a new").types("q");
    assert_eq!(pty.ends(), 0);
    assert_eq!(done(&home, &["list", "--tab", "favorites", "--json"]).matches("\"uid\"").count(), 2);
    assert!(done(&home, &["doctor"]).contains("Everything is in order."));
}

/// A pipe has no end before somebody has written to it.
#[test]
fn esc_and_leaving_work_while_a_pipe_that_nobody_writes_to_is_opened() {
    let home = Arc::new(tempfile::tempdir().unwrap());
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, home.path().join("pipe"), rustix::fs::FileType::Fifo, mode, 0).unwrap();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("Welcome").types("i").shows("Import a file").types("pipe\r").shows("importing").types("\u{1b}").shows("Stopped.");
    pty.types("\u{1b}").shows_not("Stopped.").types("i").shows("Import a file").types("pipe\r").shows("importing").types("q");
    pty.shows("An import is running: Esc stops it.").types("\u{3}").shows("^c again leaves").types("\u{3}");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn a_decision_on_the_desk_is_told_to_the_command_of_the_user_also_when_the_desk_is_left_at_once() {
    let home = home_with_three();
    done(&home, &["import", &home.path().join("three.json").display().to_string()]);
    let (config, told) = (home.path().join(".config/cosell"), home.path().join("told"));
    std::fs::create_dir_all(&config).unwrap();
    let hooks = format!("[hooks]\naccept = 'cat >> \"{}\"'\ndecline = 'echo no such channel; exit 3'\n", told.display());
    std::fs::write(config.join("config.toml"), hooks).unwrap();
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("3d 04h")
        .types("a")
        .shows("Accept: ERP 마이그레이션")
        .types("\u{13}")
        .shows("Accepted: ERP 마이그레이션")
        .types("q");
    assert_eq!(pty.ends(), 0);
    let step: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&told).unwrap()).unwrap();
    assert_eq!((&step["event"], &step["title"]), (&"accept".into(), &"ERP 마이그레이션".into()));
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("Northwind Traders").types("d").shows("Decline and close: Northwind Traders").types("2\u{13}");
    pty.shows("Your command for decline failed (exit 3)");
    // Another program that ends leaves the log under the open desk.
    done(&home, &["favorite", "1"]);
    pty.shows("♥").types("f").shows_not("♥").shows_not("Nothing is written any more").types("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn a_review_is_written_beside_the_desk_which_says_when_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("week.md");
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("r").shows("1 of 96").types("x").shows("Write the review to a file");
    pty.types("\u{15}").shows_not("cosell-review-").types(path.to_str().unwrap()).shows("Markdown").types("\r");
    pty.shows("The review is in").types("\u{1b}").shows_not("Pipeline review").types("q");
    assert_eq!(pty.ends(), 0);
    assert!(std::fs::read_to_string(path).unwrap().starts_with("# Pipeline review\n"));
}

#[test]
fn a_role_that_is_set_in_another_shell_holds_on_the_open_desk() {
    let home = home_with_three();
    done(&home, &["import", &home.path().join("three.json").display().to_string()]);
    let mut pty = Start::with(&[]).home(&home).open();
    pty.shows("Northwind Traders");
    done(&home, &["config", "set", "me.role", "viewer"]);
    pty.shows("Changed outside this desk").types("f").shows("Viewers change nothing").types("q");
    assert_eq!(pty.ends(), 0);
}
