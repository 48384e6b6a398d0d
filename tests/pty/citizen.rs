//! A good citizen of the terminal: asks it one thing and waits for no answer, wastes nothing, respects its colours, sizes and pastes.

use std::time::Duration;

use crate::support::pty::Start;

#[test]
fn a_terminal_that_answers_nothing_is_asked_once_how_wide_a_sign_is_and_nothing_else() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("q");
    pty.ends();
    let raw = pty.raw();
    assert_eq!(raw.matches("\u{1b}[6n").count(), 1);
    for query in ["\u{1b}[c", "\u{1b}[>c", "\u{1b}]11;?", "\u{1b}[?u", "\u{1b}[14t", "\u{1b}[18t"] {
        assert!(!raw.contains(query), "{query:?} asks the terminal");
    }
}

#[test]
fn a_terminal_that_draws_lines_two_cells_wide_gets_plain_signs() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").shows("▸").types("\u{1b}[1;3R").shows_not("▸").shows("1 Inbound 26");
    pty.types("a").shows("Accept:").shows_not("│").types("\u{1b}").shows_not("Accept:").types("q");
    assert_eq!(pty.ends(), 0);
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("\u{1b}[1;2Ra").shows("Accept:").shows("│").types("\u{1b}").shows_not("Accept:").types("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn a_paste_without_an_end_is_taken_and_keys_work_again() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("/").shows("filter:").types("\u{1b}[200~zzqq").shows("zzqq").types("\u{1b}");
    pty.shows_not("zzqq").types("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn without_colour_the_selection_is_still_seen() {
    let mut pty = Start::demo().variable("NO_COLOR", "1").open();
    pty.shows("1 Inbound 26").types("j").until("the second row", |screen| screen.contents_between(4, 0, 4, 2).starts_with('▸'));
    let raw = pty.raw();
    assert!(raw.contains("\u{1b}[7m") || raw.contains(";7m"), "the selected row is reversed");
    let coloured = raw.split("\u{1b}[").skip(1).any(|rest| {
        let sequence = rest.split(|c: char| !c.is_ascii_digit() && c != ';').next().unwrap_or_default();
        rest[sequence.len()..].starts_with('m')
            && (sequence.is_empty()
                || sequence.split(';').any(|n| (n.starts_with('3') && n.len() == 2 && n != "39") || n == "38"))
    });
    assert!(!coloured, "no colour, and no empty sequence that resets the style");
}

#[test]
fn each_frame_is_sent_as_one_and_the_screen_is_never_cleared_in_between() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("jjjj").until("the fifth row", |screen| screen.contents_between(7, 0, 7, 2).starts_with('▸'));
    pty.types("q");
    assert_eq!(pty.ends(), 0);
    let raw = pty.raw();
    let (begun, ended) = (raw.matches("\u{1b}[?2026h").count(), raw.matches("\u{1b}[?2026l").count());
    assert!(
        begun >= 2 && ended == begun + 1,
        "{begun} begun, {ended} ended: each frame, and once more when the screen is given back"
    );
    assert_eq!(raw.matches("\u{1b}[2J").count(), 0, "nothing flickers");
}

#[test]
fn idle_it_writes_nothing_and_computes_nothing() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("j").until("the second row", |screen| screen.contents_between(4, 0, 4, 2).starts_with('▸'));
    // The store tidies up once, two seconds after the last write.
    while !pty.is_silent(Duration::from_secs(3)) {}
    let (waits, calls, ticks) = (pty.waits(), pty.reads_and_writes(), pty.ticks());
    assert!(pty.is_silent(Duration::from_secs(3)), "no bytes");
    let (waits, calls, ticks) = (pty.waits() - waits, pty.reads_and_writes() - calls, pty.ticks() - ticks);
    // Once a second the desk looks at the clock and the store at whether another program has written. What that takes of a processor
    // tells more of the machine than of the program: that it is no loop is all that is asked of it.
    assert!(waits <= 9, "woken {waits} times in 3 s");
    assert_eq!(calls, 0, "nothing is read, and nothing written");
    assert!(ticks <= 30, "{ticks} hundredths of a second in 3 s");
}

#[test]
fn a_paste_is_text_and_never_commands() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("\u{1b}[200~d\nq\n\u{1b}[201~").shows("Nothing is open to paste into.");
    pty.types("a").shows("Accept:").types("\u{15}\u{1b}[200~a\nq\nd\n\u{1b}[201~").shows("a q d").shows("Accept:");
    pty.types("\u{1b}").shows("Leave this form?").types("x").shows("Thrown away.").types("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn sixty_resizes_leave_a_whole_screen() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("a").shows("Accept:");
    for step in 0..60_u16 {
        pty.resize(20 + step * 3 % 160, 5 + step * 7 % 50);
    }
    pty.resize(100, 30).shows("Accept:").shows("[ Accept ]").shows("Campaign ID");
    // Frames of the sizes before are no answer to the key.
    pty.rests(Duration::from_millis(500));
    pty.types("\u{1b}").shows_not("[ Accept ]").shows("Respond by").types("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn the_mouse_is_left_to_the_terminal_until_it_is_asked_for() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26");
    assert!(!pty.raw().contains("\u{1b}[?1000h"));
    pty.types(":mouse").shows("Mouse on or off").types("\r").shows("Hold Shift to select text.");
    assert!(pty.raw().contains("\u{1b}[?1000h"));
    // The second tab, and a row of the list that is opened by two clicks.
    pty.types("\u{1b}[<0;36;1M\u{1b}[<0;36;1m").shows("[Open 13]");
    // The tabs are drawn before the rows of their list have been read: a row is clicked once it is seen.
    pty.shows("13 shown").shows("Fleet depot migrati");
    pty.types("\u{1b}[<0;20;6M\u{1b}[<0;20;6m\u{1b}[<0;20;6M\u{1b}[<0;20;6m").shows("Close date");
    pty.types("q").shows("[Open 13]").types("q");
    pty.ends();
    assert!(pty.raw().rfind("\u{1b}[?1000l") > pty.raw().rfind("\u{1b}[?1000h"));
}

#[test]
fn the_real_cursor_follows_korean_text_at_its_column() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("a").shows("Accept:").types("\u{15}한빛정밀").shows("한빛정밀");
    pty.until("the cursor behind eight cells", |screen| screen.cursor_position() == (3, 16 + 8));
    pty.types("\u{1b}[D\u{1b}[D").until("the cursor two syllables back", |screen| screen.cursor_position() == (3, 16 + 4));
}

#[test]
fn copying_uses_the_terminals_own_clipboard() {
    let mut pty = Start::demo().open();
    pty.shows("1 Inbound 26").types("y").shows("Copied as a row for Excel or Outlook");
    assert!(pty.raw().contains("\u{1b}]52;c;"));
}

#[test]
fn a_locale_that_is_not_utf_8_and_a_dumb_terminal_still_show_the_desk() {
    let mut pty = Start::demo().variable("LC_ALL", "C").variable("TERM", "dumb").open();
    pty.shows("1 Inbound 26").types("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn what_can_be_read_once_only_names_the_folder_that_does_not_take_it() {
    let ran = Start::with(&["import", "/dev/stdin"]).variable("TMPDIR", "/nonexistent/folder").output();
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.code() == Some(1) && told.contains("could not be put aside in /nonexistent/folder"), "{told}");
}

#[test]
fn what_the_detail_names_leads_out_of_the_terminal_where_that_is_known_to_pass_over_it() {
    for (terminal, told) in [("xterm-256color", true), ("screen", false), ("linux", false)] {
        let mut pty = Start::demo().variable("TERM", terminal).open();
        pty.shows("1 Inbound 26").types("\r").shows("Contact").types("j").shows("Contact").types("qq");
        assert_eq!(pty.ends(), 0);
        let raw = pty.raw();
        assert_eq!(raw.contains("\u{1b}]8;;mailto:"), told, "{terminal}");
        let (opened, closed) = (raw.matches("\u{1b}]8;;").count(), raw.matches("\u{1b}]8;;\u{1b}\\").count());
        assert_eq!(opened, 2 * closed, "each link ends: {terminal}");
    }
}
