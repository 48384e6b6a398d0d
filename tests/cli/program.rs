//! The program around the commands: usage, help, configuration, doctor, completions, places, broken pipes.

use std::io::{self, Write};

use cosell::cli::{Environment, Output, run};
use cosell::config::Places;

use crate::support::cli::{Cli, THREE};

#[test]
fn wrong_usage_is_told_in_one_sentence_with_a_hint() {
    let cli = Cli::new();
    for (arguments, sentence, hint) in [
        (&["acept"][..], "There is no command “acept”.", "Did you mean “accept”?"),
        (&["loes"], "There is no command “loes”.", "Did you mean “lose”?"),
        (&["acet"], "There is no command “acet”.", "cosell help lists the commands."),
        (&["list", "--limti", "3"], "There is no option “--limti” here.", "Did you mean “--limit”?"),
        (&["win"], "<ID> must be given.", "cosell win --help shows how."),
        (&["win", "1", "2"], "“2” is one too many.", "cosell win --help shows how."),
        (&["--lang", "xx", "list"], "xx", "en"),
    ] {
        let said = cli.run(arguments).failed(2);
        assert!(said.contains(sentence) && said.contains(hint), "{arguments:?}: {said}");
    }
}

#[test]
fn errors_are_json_where_json_was_asked_for() {
    let ran = Cli::new().run(&["--json", "acept"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.errors(), [(String::new(), "usage".to_owned())]);
}

#[test]
fn the_desk_without_a_terminal_says_so() {
    for arguments in [&[][..], &["demo"]] {
        let said = Cli::new().run(arguments).failed(2);
        assert!(said.contains("terminal") && said.contains("cosell"), "{said}");
    }
}

#[test]
fn help_version_completions_and_man_are_there() {
    let cli = Cli::new();
    assert!(cli.run(&["--help"]).done().contains("Commands:"));
    assert!(cli.run(&["help", "accept"]).done().contains("--close"));
    assert!(cli.run(&["accept", "--help"]).done().contains("--close"));
    assert!(cli.run(&["--version"]).done().starts_with("cosell "));
    assert!(cli.run(&["man"]).done().contains(".TH cosell"));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(cli.run(&["completions", shell]).done().contains("accept"), "{shell}");
    }
    assert!(cli.run(&["completions", "tcsh"]).failed(2).contains("zsh"));
}

#[test]
fn every_wrong_setting_is_told_at_once() {
    let cli = Cli::new();
    let config = cli.file("own.toml", "langage = \"en\"\nresponse-days = 0\n[me]\nemail = \"x\"\n");
    let said = cli.run(&["--config", &config, "list"]).failed(1);
    assert!(said.contains("langage") && said.contains("language") && said.contains("response-days"), "{said}");
    let missing = cli.path("none.toml");
    assert!(cli.run(&["--config", missing.to_str().unwrap(), "list"]).failed(1).contains("none.toml"));
}

#[test]
fn the_configuration_it_prints_is_one_it_reads() {
    let cli = Cli::new();
    let printed = cli.run(&["config"]).done();
    let config = cli.file("own.toml", &printed);
    let again = cli.run(&["--config", &config, "config"]).done();
    assert_eq!(printed.lines().skip(2).collect::<Vec<_>>(), again.lines().skip(2).collect::<Vec<_>>());
}

#[test]
fn one_setting_is_set_in_the_file_and_the_rest_of_it_stays() {
    let cli = Cli::new();
    let path = cli.file("own.toml", "# mine\nmouse = true # at home\n\n[keys]\naccept = [\"A\"]\n");
    let set = |key: &str, value: &str| cli.run(&["--config", &path, "config", "set", key, value]);
    assert!(set("me.email", "kim@hanbit.example").done().contains("me.email is kim@hanbit.example"));
    assert_eq!(set("response-days", "10").done(), "response-days is 10 now.\n");
    let text = std::fs::read_to_string(&path).unwrap();
    let want = "# mine\nmouse = true # at home\nresponse-days = 10\n\n[keys]\naccept = [\"A\"]\n\n[me]\nemail = \"kim@hanbit.example\"\n";
    assert_eq!(text, want);
    assert!(set("me.email", "kim").failed(3).contains("kim"));
    assert!(set("response-days", "0").failed(3).contains("1 … 365"));
    assert!(set("respons-days", "3").failed(2).contains("response-days"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), want, "what is refused changes nothing");
    assert!(cli.run(&["--config", &path, "config", "unset", "response-days"]).done().contains("default"));
    let before = std::fs::read_to_string(&path).unwrap();
    let refused = cli.run(&["--config", &path, "config", "set", "mouse", "off", "--read-only"]);
    assert!(refused.failed(1).contains("not changed while only looking"));
    cli.run(&["--config", &path, "config", "unset", "mouse", "--read-only"]).failed(1);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), before, "who only looks changes nothing");
    let value = cli.run(&["--config", &path, "config", "set", "mouse", "off", "--json"]).json();
    assert_eq!((&value["setting"], &value["value"]), (&"mouse".into(), &"false".into()));
    assert!(std::fs::read_to_string(&path).unwrap().contains("mouse = false # at home"));
}

#[test]
fn a_setting_mends_a_wrong_file_and_makes_one_where_there_is_none() {
    let cli = Cli::new();
    assert!(cli.run(&["config", "set", "home-currency", "krw"]).done().contains("KRW"));
    assert!(cli.run(&["config"]).done().contains("home-currency = \"KRW\""));
    let wrong = cli.file("wrong.toml", "mouse = \"perhaps\"\n");
    cli.run(&["--config", &wrong, "keys"]).failed(1);
    cli.run(&["--config", &wrong, "config", "set", "mouse", "on"]).done();
    cli.run(&["--config", &wrong, "keys"]).done();
    let broken = cli.file("broken.toml", "mouse = \n");
    assert!(cli.run(&["--config", &broken, "config", "set", "mouse", "on"]).failed(1).contains("line 1"));
}

#[test]
fn keys_lists_the_live_table() {
    let cli = Cli::new();
    let config = cli.file("own.toml", "[keys]\naccept = [\"ctrl-x\"]\n");
    let said = cli.run(&["--config", &config, "keys"]).done();
    assert!(said.lines().any(|line| line.starts_with("list") && line.contains(" ^x ") && line.contains("accept")), "{said}");
    let wrong = cli.file("wrong.toml", "[keys]\nacept = [\"x\"]\nwin = [\"d\"]\n");
    for command in ["keys", "list", "config"] {
        let said = cli.run(&["--config", &wrong, command]).failed(1);
        assert!(said.contains("acept") && said.contains("decline"), "{command}: {said}");
    }
}

#[test]
fn doctor_checks_and_says_where_everything_lies() {
    let cli = Cli::with(THREE);
    let said = cli.run(&["doctor"]).done().replace('\\', "/");
    assert!(!said.contains("//?/"), "{said}");
    for part in ["data/cosell.db", "state/cosell.log", "config/config.toml", "Everything is in order."] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let value = cli.run(&["doctor", "--json"]).json();
    assert_eq!(value["good"], true);
}

#[test]
fn the_language_is_asked_for_by_flag_configuration_or_locale() {
    let mut cli = Cli::new();
    cli.variables.insert("LC_ALL".into(), "en_US.UTF-8".into());
    assert!(cli.run(&["--lang", "en", "doctor"]).done().contains("Language"));
}

#[test]
fn a_time_that_cannot_be_read_is_refused() {
    let cli = Cli::new().at("noon");
    assert!(cli.run(&["list"]).failed(2).contains("noon"));
}

#[test]
fn the_database_is_named_by_flag_or_variable() {
    let mut cli = Cli::new();
    let file = cli.file("start.json", THREE);
    let (one, two) = (cli.path("one.db"), cli.path("two.db"));
    cli.run(&["--db", one.to_str().unwrap(), "import", &file]).done();
    assert!(one.exists() && !two.exists());
    cli.variables.insert("COSELL_DB".into(), two.display().to_string());
    assert_eq!(cli.run(&["list", "--json"]).out, "[]\n");
    assert_eq!(cli.run(&["--db", one.to_str().unwrap(), "list", "--json"]).json().as_array().unwrap().len(), 3);
}

#[test]
fn a_file_that_is_no_database_gets_a_sentence_and_is_not_touched() {
    let cli = Cli::new();
    for content in [&b"PK\x03\x04 some spreadsheet"[..], b"", &[0x7f; 8_192]] {
        let file = cli.file("other.db", content);
        let ran = cli.run(&["--db", &file, "list"]);
        if !content.is_empty() {
            assert!(ran.failed(1).contains("other.db"));
        }
        assert!(std::fs::read(&file).unwrap() == content || content.is_empty());
    }
}

/// A reader that goes away after so many bytes, or a disk that is full then.
struct Gone {
    left: usize,
    kind: io::ErrorKind,
}

impl Write for Gone {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.left);
        self.left -= taken;
        if taken == 0 { Err(self.kind.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn into(cli: &Cli, kind: io::ErrorKind) -> (u8, String) {
    let (mut out, mut err) = (Gone { left: 30, kind }, Vec::new());
    let environment = Environment {
        arguments: ["cosell", "list"].map(Into::into).to_vec(),
        variable: Box::new(|_| None),
        places: Some(Places { database: cli.path("data/cosell.db"), config: cli.path("c"), log: cli.path("l") }),
        input: Box::new(std::io::empty()),
        typed: true,
    };
    let mut output = Output { out: &mut out, err: &mut err, json: false, columns: None, watched: false };
    let code = run(environment, &mut output);
    (code, String::from_utf8(err).unwrap())
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_a_full_disk_is() {
    let cli = Cli::with(THREE);
    assert_eq!(into(&cli, io::ErrorKind::BrokenPipe), (0, String::new()));
    let (code, said) = into(&cli, io::ErrorKind::StorageFull);
    assert_eq!(code, 1);
    assert!(said.contains("could not be written"), "{said}");
}

#[test]
fn doctor_tells_of_a_database_that_cannot_be_opened_and_of_everything_else() {
    let cli = Cli::new();
    let file = cli.file(
        "other.db",
        "this is no database, and longer than a header of one hundred bytes would have to be, that is for sure",
    );
    let ran = cli.run(&["--db", &file, "doctor"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("other.db") && ran.out.contains("cosell.log") && ran.out.lines().count() >= 5, "{}", ran.out);
    let checks = cli.run(&["--db", &file, "doctor", "--json"]).json();
    assert_eq!(
        (&checks["good"], &checks["checks"][0]["check"], &checks["checks"][0]["good"]),
        (&false.into(), &"database".into(), &false.into())
    );
}

#[test]
fn doctor_names_the_opportunity_of_which_a_value_stops_the_lists() {
    let cli = Cli::with(crate::support::cli::THREE);
    let database = rusqlite::Connection::open(cli.path("data/cosell.db")).unwrap();
    database.execute("UPDATE opportunity SET country = 'Q' WHERE id = 2", []).unwrap();
    drop(database);
    let told = cli.run(&["doctor"]);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.out.contains("Opportunities can be read") && told.out.contains("2: ") && told.out.contains("\"Q\""), "{told:?}");
}
