//! What lies around the commands: environment, configuration, the database's place, and outputs that take nothing.

use std::fs;

use crate::support::cli::{Cli, THREE};

#[test]
fn a_command_that_only_reads_makes_no_database() {
    let cli = Cli::new();
    let (start, stock) = (cli.file("start.json", THREE), cli.file("stock.csv", "name,country\nFabrikam,US\n"));
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["show", "1"],
        &["history"],
        &["conflicts"],
        &["drafts"],
        &["undo"],
        &["redo"],
        &["win", "1"],
        &["favorite", "1"],
        &["edit", "1", "name=x"],
        &["customers", "search", "fab"],
        &["solutions", "list"],
        &["doctor"],
        &["keys"],
        &["config"],
        &["import", &start, "--dry-run"],
        &["customers", "import", &stock, "--dry-run"],
        &["new", "--check", "--name", "x"],
    ] {
        let ran = cli.run(arguments);
        assert!([0, 3].contains(&ran.code), "{arguments:?}: {ran:?}");
        assert!(!cli.path("data").exists(), "{arguments:?} made {:?}", fs::read_dir(cli.path("data")).map(Iterator::count));
    }
    let told = cli.run(&["import", &start, "--dry-run"]);
    assert!(told.out.contains("ERP 마이그레이션") || told.err.contains("3"), "{told:?}");
    cli.run(&["import", &start]).done();
    assert!(cli.path("data/cosell.db").exists());
}

#[cfg(unix)]
#[test]
fn names_of_files_in_the_environment_need_not_be_text() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let odd = |cli: &Cli, name: &[u8]| {
        let mut path = cli.home.path().as_os_str().to_owned().into_vec();
        path.extend_from_slice(name);
        OsString::from_vec(path)
    };
    let mut cli = Cli::new();
    let start = cli.file("start.json", THREE);
    let database = odd(&cli, b"/caf\xe9.db");
    cli.odd.insert("COSELL_DB".into(), database.clone());
    let ran = cli.run(&["import", &start]);
    assert!(ran.code == 0 && !ran.err.contains("was not made"), "{ran:?}");
    assert!(fs::metadata(&database).is_ok() && !cli.path("data").exists(), "the named one, and no other");
    assert_eq!(fs::read_dir(cli.path("backups")).unwrap().count(), 1, "and its copy of the day");
    let config = odd(&cli, b"/caf\xe9.toml");
    fs::write(&config, "response-days = 7\n").unwrap();
    cli.odd.insert("COSELL_CONFIG".into(), config);
    assert_eq!(cli.run(&["config", "--json"]).json()["responseDays"], 7);
    cli.odd.insert("COSELL_NOW".into(), OsString::from_vec(b"2026-11-21T08:00:00\xff".to_vec()));
    assert!(cli.run(&["list"]).failed(2).contains("2026-11-21T08:00:00"), "refused, not ignored");
}

#[cfg(unix)]
#[test]
fn a_configuration_that_is_no_file_is_told_and_waits_for_nobody() {
    let mut cli = Cli::new();
    let fifo = cli.path("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
    fs::create_dir(cli.path("folder")).unwrap();
    for (name, said) in [("fifo", "no file"), ("folder", "no file"), ("/dev/zero", "longer")] {
        let path = cli.path(name);
        let told = cli.run(&["--config", path.to_str().unwrap(), "list"]).failed(1);
        assert!(told.contains(said) && told.contains(name), "{name}: {told}");
    }
    cli.variables.insert("COSELL_CONFIG".into(), "/dev/null".into());
    cli.run(&["keys"]).done();
    cli.variables.remove("COSELL_CONFIG");
    fs::create_dir_all(cli.path("config")).unwrap();
    std::os::unix::fs::symlink("/nowhere/config.toml", cli.path("config/config.toml")).unwrap();
    assert!(cli.run(&["list"]).failed(1).contains("is a link"));
    let doctor = cli.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    assert!(doctor.out.contains("is a link") && doctor.out.contains("cosell.log"), "{}", doctor.out);
}

#[test]
fn doctor_names_every_setting_and_key_that_would_keep_the_desk_from_its_work() {
    let cli = Cli::with(THREE);
    let wrong = cli.file("wrong.toml", "langage = \"en\"\n[keys]\nacept = [\"A\"]\nwin = [\"d\"]\n");
    let doctor = cli.run(&["--config", &wrong, "doctor"]);
    assert_eq!(doctor.code, 1);
    for part in ["langage", "acept", "decline", "cosell.db", "Opportunities"] {
        assert!(doctor.out.contains(part), "{part}: {}", doctor.out);
    }
    let checks = cli.run(&["--config", &wrong, "doctor", "--json"]).json();
    let bad = checks["checks"].as_array().unwrap().iter().filter(|check| check["good"] == false).count();
    assert!(bad >= 3, "{checks}");
}

#[test]
fn a_folder_as_database_is_a_sentence() {
    let cli = Cli::new();
    let folder = cli.home.path().to_str().unwrap();
    for named in [folder.to_owned(), format!("{folder}/"), "..".to_owned(), "/".to_owned()] {
        for arguments in [&["list"][..], &["history"], &["doctor"]] {
            let ran = cli.run(&[&["--db", &named], arguments].concat());
            assert_eq!(ran.code, 1, "{named} {arguments:?}: {ran:?}");
            assert!((ran.err + &ran.out).contains("is not a file"), "{named} {arguments:?}");
        }
    }
}

#[test]
fn nobody_is_told_to_leave_an_option_away_that_was_not_given() {
    let cli = Cli::new();
    let nowhere = cli.path("none/x.db");
    let nowhere = nowhere.to_str().unwrap();
    assert!(cli.run(&["--db", nowhere, "--read-only", "list"]).failed(1).contains("--read-only"));
    if cfg!(target_os = "linux") {
        let start = cli.file("start.json", THREE);
        let said = cli.run(&["--db", "/proc/none/x.db", "import", &start]).failed(1);
        assert!(!said.contains("--read-only"), "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_ends_with_1_and_a_sentence() {
    use std::process::{Command, Stdio};
    let cli = Cli::with(THREE);
    cli.run(&["clone", "3"]);
    let database = cli.path("data/cosell.db");
    let file = cli.file("three.json", THREE);
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--csv"],
        &["export"],
        &["export", "--format", "json"],
        &["show", "1"],
        &["history"],
        &["drafts"],
        &["drafts", "show", "1"],
        &["drafts", "--json"],
        &["conflicts", "--json"],
        &["doctor"],
        &["keys"],
        &["config"],
        &["man"],
        &["--help"],
        &["--version"],
        &["completions", "bash"],
        &["import", "--dry-run", &file],
        &["import", &file],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ran = Command::new(env!("CARGO_BIN_EXE_cosell"))
            .args(arguments)
            .env("COSELL_DB", &database)
            .env("HOME", cli.home.path())
            .stdin(Stdio::null())
            .stdout(full)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("could not be written"), "{arguments:?}: {said}");
    }
    // A limit of the size of files is no death.
    let script = format!(
        "ulimit -f 0; trap '' PIPE; COSELL_DB='{}' HOME='{}' '{}' list --json > '{}'",
        database.display(),
        cli.home.path().display(),
        env!("CARGO_BIN_EXE_cosell"),
        cli.path("out.json").display()
    );
    let ran = Command::new("sh").arg("-c").arg(script).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1), "{said}");
}

#[cfg(unix)]
#[test]
fn a_home_that_is_no_whole_path_is_told() {
    let cli = Cli::new();
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_cosell"))
        .arg("list")
        .current_dir(&cli.home)
        .env_clear()
        .env("HOME", "relative")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("HOME") && said.contains("relative"), "{said}");
    assert_eq!(fs::read_dir(&cli.home).unwrap().count(), 0);
}

/// Arguments, paths and output go through the system as they stand, in UTF-8 here and in UTF-16 on Windows.
#[test]
fn a_database_and_a_file_with_korean_and_japanese_names_are_used_by_the_real_program() {
    let cli = Cli::new();
    fs::create_dir(cli.path("김 수진")).unwrap();
    let file = cli.file("김 수진/전체 商談 (4).json", THREE);
    let database = cli.path("김 수진/파이프라인.db");
    let run = |arguments: &[&str]| {
        let flag = |name: &str| format!("{name}={}", database.display());
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_cosell"))
            .args(arguments)
            .arg(flag("--db"))
            .env("COSELL_CONFIG", cli.file("설정.toml", ""))
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(0), "{said}");
        said
    };
    let told = run(&["import", &file]);
    assert!(told.contains("전체 商談 (4).json: 3 new"), "{told}");
    let told = run(&["doctor"]);
    assert!(told.contains("파이프라인.db") && !told.contains(r"\\?\"), "{told}");
    assert!(database.exists());
}
