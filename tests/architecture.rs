//! The rules of the house, read from the sources: who may import whom, who may print, how long a file and a function may be.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// A source file of `src`: its path from there with `/`, and its lines without comments.
struct Source {
    path: String,
    text: String,
    /// The lines before the tests, comments and string contents blanked.
    code: Vec<String>,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    assert!(paths.len() > 50, "the sources are read");
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let code = code(&text);
            Source { path, text, code }
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            _ if path.is_dir() => collect(&path, paths),
            Some(extension) if extension == "rs" => paths.push(path),
            _ => {}
        }
    }
}

/// Returns the lines before the tests, without comments and without what stands in quotation marks.
fn code(text: &str) -> Vec<String> {
    let tests = text.find("\n#[cfg(test)]\n").unwrap_or(text.len());
    text[..tests].lines().map(blanked).collect()
}

fn blanked(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => {
                chars.next();
            }
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\'' if chars.clone().nth(1) == Some('\'') => {
                chars.nth(1);
            }
            '/' if chars.peek() == Some(&'/') => break,
            c => out.push(c),
        }
    }
    out
}

/// Returns the room a file is in: its first folder, or its own name.
fn room(path: &str) -> &str {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// Calls `check` with every line of code outside tests and collects what it says.
fn complaints(check: impl Fn(&Source, &str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !is_test(&source.path)) {
        for (number, line) in (1..).zip(&source.code) {
            if let Some(complaint) = check(source, line) {
                found.push(format!("src/{}:{number}: {complaint}: {}", source.path, line.trim()));
            }
        }
    }
    found
}

fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Returns whether `line` names the crate `name` in a path.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + name.len()..];
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
            && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
    })
}

/// Returns the names of the libraries in Cargo.toml, as code writes them.
fn libraries() -> Vec<String> {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap();
    let names = section.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim().replace('-', "_"));
    names.collect()
}

#[test]
fn rule_1_the_domain_knows_values_only() {
    let libraries = libraries();
    assert!(libraries.contains(&"rusqlite".to_owned()));
    const VALUES: [&str; 13] = [
        "serde",
        "serde_json",
        "toml",
        "chrono",
        "thiserror",
        "unicode_normalization",
        "unicode_segmentation",
        "unicode_width",
        "iso_currency",
        "email_address",
        "strsim",
        "std",
        "core",
    ];
    none(&complaints(|source, line| {
        let used = libraries.iter().find(|library| names(line, library))?;
        (room(&source.path) == "domain" && !VALUES.contains(&used.as_str())).then(|| format!("the domain imports {used}"))
    }));
    none(&complaints(|source, line| {
        let outside = [
            "std::fs",
            "std::io",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
            "SystemTime",
            "Instant::now",
            "Utc::now",
            "Local::now",
        ];
        let used = outside.into_iter().find(|name| line.contains(name))?;
        (room(&source.path) == "domain").then(|| format!("the domain reaches {used}"))
    }));
}

#[test]
fn rule_2_each_library_has_its_room() {
    let allowed = |name: &str, path: &str| match name {
        "rusqlite" => path.starts_with("store/"),
        "ratatui" => path.starts_with("desk/view/") || path.starts_with("desk/term/") || path == "width.rs",
        "crossterm" => path.starts_with("desk/term/") || path == "desk/keys/key.rs",
        "clap" | "clap_complete" | "clap_mangen" => path.starts_with("cli/") || path == "main.rs",
        "anyhow" => path.starts_with("cli/") || path.starts_with("desk/term/") || path == "main.rs",
        "signal_hook" => path.starts_with("desk/term/"),
        "unicode_width" => path == "width.rs",
        "fluent_bundle" => path.starts_with("i18n/"),
        "rust_xlsxwriter" => path == "exchange/sheet.rs",
        "calamine" => path == "exchange/workbook/other.rs",
        "quick_xml" => path == "exchange/workbook/xml.rs",
        _ => true,
    };
    for name in [
        "rusqlite",
        "ratatui",
        "crossterm",
        "clap",
        "clap_complete",
        "clap_mangen",
        "anyhow",
        "signal_hook",
        "unicode_width",
        "fluent_bundle",
        "rust_xlsxwriter",
        "calamine",
        "quick_xml",
    ] {
        none(&complaints(|source, line| {
            (names(line, name) && !allowed(name, &source.path)).then(|| format!("{name} has no place here"))
        }));
    }
}

/// The rooms that each room may import, itself aside.
const IMPORTS: [(&str, &[&str]); 19] = [
    ("domain", &[]),
    ("private", &[]),
    ("clock", &["domain"]),
    ("log", &["domain", "private"]),
    ("width", &["domain"]),
    ("config", &["domain", "i18n", "private"]),
    ("insight", &["domain"]),
    ("store", &["domain", "private", "insight"]),
    ("exchange", &["domain", "private", "width"]),
    // Errors become sentences here, so their types are read.
    ("i18n", &["domain", "store", "exchange", "insight", "private", "width"]),
    ("intake", &["domain", "store", "exchange", "i18n"]),
    ("dispatch", &["domain", "store", "exchange", "i18n", "private"]),
    ("export", &["domain", "store", "exchange", "insight", "i18n", "private"]),
    ("hooks", &["domain", "store", "exchange", "i18n", "config", "clock", "log", "private"]),
    ("sample", &["domain", "store", "exchange"]),
    (
        "desk",
        &[
            "domain", "store", "insight", "i18n", "intake", "export", "dispatch", "hooks", "sample", "config", "clock", "log",
            "private", "width",
        ],
    ),
    (
        "cli",
        &[
            "domain", "store", "exchange", "insight", "i18n", "intake", "export", "dispatch", "hooks", "config", "clock", "log",
            "width", "desk",
        ],
    ),
    ("main", &[]),
    ("lib", &[]),
];

#[test]
fn rule_3_rooms_import_downwards_and_nobody_imports_the_front_ends() {
    none(&complaints(|source, line| {
        let room = room(&source.path);
        let (_, allowed) =
            IMPORTS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("no rule for the room {room}"));
        line.match_indices("crate::").find_map(|(at, found)| {
            let rest = &line[at + found.len()..];
            let other = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
            let is_room = IMPORTS.iter().any(|(name, _)| *name == other);
            (is_room && other != room && !allowed.contains(&other)).then(|| format!("{room} imports {other}"))
        })
    }));
}

#[test]
fn rule_3_the_commands_know_of_the_desk_only_how_to_open_it_and_its_keys() {
    none(&complaints(|source, line| {
        let inside = line.contains("desk::model") || line.contains("desk::view") || line.contains("desk::form");
        (room(&source.path) == "cli" && inside).then(|| "a command looks into the desk".to_owned())
    }));
    none(&complaints(|source, line| {
        let up = line.contains("desk::view")
            || line.contains("desk::term")
            || line.contains("super::view")
            || line.contains("super::term");
        let below = source.path.starts_with("desk/model/")
            || source.path.starts_with("desk/form/")
            || source.path.starts_with("desk/keys/");
        (below && up).then(|| "the model knows how it is painted".to_owned())
    }));
}

#[test]
fn rule_4_one_clock_one_way_out_one_voice() {
    none(&complaints(|source, line| {
        let clock = ["SystemTime::now", "Instant::now", "Utc::now", "Local::now"].iter().any(|now| line.contains(now));
        (clock && source.path != "clock.rs").then(|| "only clock.rs reads the time".to_owned())
    }));
    none(&complaints(|source, line| {
        let leaves = ["process::exit", "set_hook", "Signals::new"].iter().any(|way| line.contains(way));
        (leaves && !source.path.starts_with("desk/term/")).then(|| "only desk/term leaves, hooks and hears signals".to_owned())
    }));
    none(&complaints(|source, line| {
        let prints = ["print!(", "println!(", "dbg!(", "stdout()", "stderr()"].iter().any(|way| line.contains(way));
        let may = source.path.starts_with("cli/") || source.path.starts_with("desk/term/");
        (prints && !may).then(|| "only commands and terminal write".to_owned())
    }));
}

/// Every write of an opportunity, its words and its history goes through one door; the outbox has its own file, and old databases are
/// brought on before there is a door.
#[test]
fn one_door_writes_opportunities_and_their_history() {
    const TABLES: [&str; 5] = ["opportunity", "search", "history", "step", "first_seen"];
    let doors = |table: &str| match table {
        "outbox" => &["store/outbox.rs", "store/migrate.rs"][..],
        _ => &["store/journal.rs", "store/migrate.rs", "store/anew.rs", "store/mend.rs"],
    };
    let mut found = Vec::new();
    let mut seen = 0;
    for source in sources().iter().filter(|source| !is_test(&source.path)) {
        let code = &source.text[..source.text.find("\n#[cfg(test)]\n").unwrap_or(source.text.len())];
        for (number, line) in (1..).zip(code.lines()) {
            let words: Vec<&str> =
                line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
            for (at, word) in words.iter().enumerate() {
                let written = match *word {
                    "INSERT" | "REPLACE" | "DELETE" => words[at..].iter().skip_while(|w| !["INTO", "FROM"].contains(w)).nth(1),
                    "UPDATE" => words[at + 1..].iter().find(|w| !["OR", "FAIL", "IGNORE", "REPLACE"].contains(w)),
                    _ => None,
                };
                let Some(table) = written.filter(|w| TABLES.contains(w) || **w == "outbox") else { continue };
                seen += 1;
                if !doors(table).contains(&source.path.as_str()) {
                    found.push(format!("src/{}:{number}: {table} is written here: {}", source.path, line.trim()));
                }
            }
        }
    }
    assert!(seen > 10, "the statements are found: {seen}");
    none(&found);
}

/// MG-02: what is kept of the deals is written by whom the role lets; only what the desk remembers and how far was told needs no role.
#[test]
fn every_way_to_write_asks_the_role() {
    const FREE: [&str; 4] = ["store/open.rs", "store/may.rs", "store/kept.rs", "store/hooked.rs"];
    none(&complaints(|source, line| {
        let asks_nobody = line.contains(".writable()") && !FREE.contains(&source.path.as_str());
        asks_nobody.then(|| "Store::may with a Deed asks the role, too".to_owned())
    }));
}

#[test]
fn rule_5_no_globals_no_locks_no_dynamic_kinds() {
    none(&complaints(|_, line| {
        let found = ["Mutex<", "RwLock<", "RefCell<", "thread_local!", "OnceLock<", "LazyLock<", "dyn Any", "static mut "];
        found.into_iter().find(|name| line.contains(name)).map(|name| format!("{name} has no place in this house"))
    }));
}

#[test]
fn rule_7_nothing_outside_tests_can_fall_over_by_design() {
    none(&complaints(|source, line| {
        if source.path == "desk/term/fault.rs" {
            return None;
        }
        let found = [".unwrap()", "panic!(", "todo!(", "unimplemented!(", "unreachable!("]
            .into_iter()
            .find(|name| line.contains(name))?;
        Some(format!("{found} outside tests"))
    }));
}

#[test]
fn rule_8_files_and_functions_stay_short() {
    let mut found = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > 600 {
            found.push(format!("src/{}: {lines} lines, 600 is the wall", source.path));
        }
        let mut start: Option<(usize, usize, String)> = None;
        for (number, line) in (1..).zip(&source.code) {
            let indent = line.len() - line.trim_start().len();
            match &start {
                None if is_function(line.trim_start()) && line.trim_end().ends_with(['{', '(']) => {
                    start = Some((number, indent, line.trim().to_owned()));
                }
                Some((from, depth, name)) if indent == *depth && line.trim() == "}" => {
                    let long = number - from + 1;
                    if long > 60 {
                        found.push(format!("src/{}:{from}: {long} lines, 60 are enough: {name}", source.path));
                    }
                    start = None;
                }
                _ => {}
            }
        }
    }
    none(&found);
}

fn is_function(line: &str) -> bool {
    let mut words =
        line.split_whitespace().skip_while(|word| word.starts_with("pub") || ["const", "in", "async", "unsafe"].contains(word));
    words.next() == Some("fn")
}

#[test]
fn rule_8_every_file_begins_with_what_it_holds() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| format!("src/{} does not begin with //!", source.path))
        .collect();
    none(&found);
}

#[test]
fn widths_are_measured_in_one_place() {
    none(&complaints(|source, line| {
        let measures = line.contains(".len() as u16") || line.contains("chars().count() as u16") || line.contains("UnicodeWidth");
        (measures && source.path != "width.rs").then(|| "only width.rs measures text".to_owned())
    }));
}

#[test]
fn no_sentence_stands_outside_the_catalogue() {
    // Two words or more with a capital first: what a sentence looks like. Codes, SQL and formats do not.
    let sentence = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        words.len() >= 3
            && words[0].chars().next().is_some_and(char::is_uppercase)
            && words[0].chars().nth(1).is_none_or(char::is_lowercase)
            && words[1..].iter().all(|word| word.chars().all(|c| c.is_ascii_lowercase() || ",.;:'".contains(c)))
    };
    let mut found = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| ["domain", "store", "desk", "cli"].contains(&room(&source.path)) && !is_test(&source.path))
    {
        let tests = source.text.find("\n#[cfg(test)]\n").unwrap_or(source.text.len());
        for (number, line) in (1..).zip(source.text[..tests].lines()) {
            let trimmed = line.trim_start();
            if trimmed.starts_with("//") || trimmed.starts_with("#[") {
                continue;
            }
            for text in line.split('"').skip(1).step_by(2).filter(|text| sentence(text)) {
                found.push(format!("src/{}:{number}: {text:?}", source.path));
            }
        }
    }
    none(&found);
}
