//! However it ends, the terminal is as it was.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use rustix::process::Signal;

use crate::support::pty::{self, Pty, Start};

const LEAVE: &str = "\u{1b}[?1049l";

/// Asserts that the screen was given back, in order, with nothing painted after it.
#[track_caller]
fn is_given_back(pty: &Pty) {
    let raw = pty.raw();
    let leave = raw.rfind(LEAVE).unwrap_or_else(|| panic!("the alternate screen is not left"));
    let enter = raw.rfind("\u{1b}[?1049h").unwrap();
    assert!(leave > enter);
    assert!(raw[enter..].contains("\u{1b}[?2004l"), "bracketed paste is off");
    assert!(raw[leave..].contains("\u{1b}[?25h") || raw[enter..leave].ends_with("\u{1b}[?25h"), "the cursor is shown");
    assert!(pty.is_cooked(), "the terminal edits lines and echoes");
}

#[test]
fn q_ends_with_0_and_gives_the_terminal_back() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("q");
    assert_eq!(pty.ends(), 0);
    is_given_back(&pty);
    let raw = pty.raw();
    assert!(raw[raw.rfind(LEAVE).unwrap()..].len() < 40, "nothing is left on the screen");
}

#[test]
fn ctrl_c_always_gets_out_also_of_a_form() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26")
        .types("a")
        .shows("Accept:")
        .types(" phase 2")
        .shows("phase 2")
        .types("\u{3}")
        .shows("^c again leaves; drafts are kept.")
        .types("\u{3}");
    assert_eq!(pty.ends(), 0);
    is_given_back(&pty);
}

#[test]
fn signals_end_it_with_their_number_and_a_clean_terminal() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let mut pty = Start::demo().open();
        pty.shows("1 Inbound 26").signal(signal);
        assert_eq!(pty.ends(), code, "{signal:?}");
        is_given_back(&pty);
    }
}

#[test]
fn a_panic_is_readable_says_where_it_is_written_and_leaves_a_clean_terminal() {
    for place in ["draw", "thread"] {
        let mut pty = Start::demo().variable("COSELL_FAULT", place).open();
        assert_eq!(pty.ends(), 101, "{place}");
        is_given_back(&pty);
        let raw = pty.raw();
        let after = &raw[raw.rfind(LEAVE).unwrap()..];
        assert!(after.contains(&format!("asked to fall over at {place}")), "{after}");
        assert!(after.contains("Nothing that was confirmed is lost."), "{after}");
        let log = std::fs::read_to_string(pty.home.path().join(".local/state/cosell/cosell.log")).unwrap();
        assert!(log.contains("asked to fall over"), "{log}");
    }
}

#[test]
fn a_terminal_that_goes_away_without_a_word_ends_it() {
    // It is not the controlling terminal, so no signal tells of its end.
    let (terminal, inside) = pty::pair(80, 24);
    let mut child =
        Start::demo().command().stdin(inside.try_clone().unwrap()).stdout(inside).stderr(Stdio::null()).spawn().unwrap();
    let (mut terminal, mut heard) = (File::from(terminal), Vec::new());
    while !String::from_utf8_lossy(&heard).contains("Inbound") {
        let mut block = [0; 4_096];
        let read = terminal.read(&mut block).unwrap();
        heard.extend_from_slice(&block[..read]);
    }
    drop(terminal);
    assert_eq!(child.wait().unwrap().code(), Some(129), "however the end is noticed first");
}

#[test]
fn suspended_it_is_stopped_with_a_cooked_terminal_and_comes_back_whole() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types(":").shows("What to do").types("suspend").shows("Suspend").types("\r");
    while pty.state() != 'T' {
        std::thread::yield_now();
    }
    pty.until("the shell's screen", |screen| !screen.alternate_screen());
    is_given_back(&pty);
    pty.signal(Signal::CONT)
        .until("the alternate screen", vt100::Screen::alternate_screen)
        .shows("1 Inbound 26")
        .shows("a accept");
    assert!(!pty.is_cooked());
    pty.types("jjq");
    assert_eq!(pty.ends(), 0);
    is_given_back(&pty);
}

#[test]
fn a_database_that_cannot_be_opened_is_told_before_the_screen_is_taken() {
    let start = Start::with(&[]).variable("COSELL_DB", "/dev/null/cosell.db");
    let mut pty = start.open();
    assert_eq!(pty.ends(), 1);
    assert!(!pty.raw().contains("\u{1b}[?1049h"));
    assert!(pty.screen().contains("/dev/null/cosell.db"), "{}", pty.screen());
}
