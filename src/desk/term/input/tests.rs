//! Bytes in pieces and with pauses, and what comes of them.

use proptest::prelude::*;

use super::*;
use crate::desk::keys::Key;

/// Feeds pieces, each so many milliseconds after the one before, and tells in words what was heard; at the end it waits.
fn heard(pieces: &[(u64, &str)]) -> Vec<String> {
    heard_bytes(&pieces.iter().map(|(wait, piece)| (*wait, piece.as_bytes())).collect::<Vec<_>>())
}

fn heard_bytes(pieces: &[(u64, &[u8])]) -> Vec<String> {
    let mut parser = Parser::default();
    let mut now = Duration::from_secs(100);
    let mut all = Vec::new();
    let wait = |parser: &mut Parser, now: &mut Duration, span: Duration, all: &mut Vec<Heard>| {
        let until = *now + span;
        while let Some(left) = parser.patience(*now).filter(|left| *now + *left <= until) {
            *now += left;
            all.extend(parser.give_up(*now));
        }
        *now = until;
    };
    for (pause, piece) in pieces {
        wait(&mut parser, &mut now, Duration::from_millis(*pause), &mut all);
        all.extend(parser.feed(piece, now));
    }
    wait(&mut parser, &mut now, Duration::from_secs(60), &mut all);
    assert_eq!(parser.patience(now), None, "nothing waits for ever");
    all.into_iter().map(said).collect()
}

fn said(heard: Heard) -> String {
    match heard {
        Heard::Event(Event::Key(key)) => {
            Key::from_event(key).into_iter().map(|key| key.to_string()).collect::<Vec<_>>().join(" ")
        }
        Heard::Event(Event::Paste(text)) => format!("paste {text:?}"),
        Heard::Event(Event::Mouse(mouse)) => format!("mouse {:?} {} {}", mouse.kind, mouse.column, mouse.row),
        Heard::Event(event) => format!("{event:?}"),
        Heard::Cursor { column } => format!("cursor {column}"),
    }
}

#[test]
fn an_arrow_that_comes_in_two_pieces_is_an_arrow_or_nothing_but_never_a_command() {
    for pause in [0, 1, 4, 20, 60, 79] {
        assert_eq!(heard(&[(0, "\x1b"), (pause, "[B")]), ["↓"], "{pause}");
        assert_eq!(heard(&[(0, "\x1b["), (pause, "D")]), ["←"], "{pause}");
        assert_eq!(heard(&[(0, "\x1b"), (pause, "OA")]), ["↑"], "{pause}");
        assert_eq!(heard(&[(0, "\x1b[1;2"), (pause, "B")]), ["shift-↓"], "{pause}");
        assert_eq!(heard(&[(0, "\x1b"), (pause, "["), (pause, "6~")]), ["PgDn"], "{pause}");
    }
    for pause in [81, 200, 900] {
        assert_eq!(heard(&[(0, "\x1b"), (pause, "[B")]), ["Esc", "↓"], "{pause}");
    }
    assert_eq!(heard(&[(0, "\x1b[")]), Vec::<String>::new());
    assert_eq!(heard(&[(0, "\x1b[3"), (700, "j")]), ["j"]);
}

#[test]
fn escape_is_a_key_and_what_is_typed_behind_it_too() {
    assert_eq!(heard(&[(0, "\x1b")]), ["Esc"]);
    assert_eq!(heard(&[(0, "\x1b"), (200, "j")]), ["Esc", "j"]);
    assert_eq!(heard(&[(0, "\x1b"), (2_000, "[")]), ["Esc", "["]);
    assert_eq!(heard(&[(0, "\x1b"), (300, "[")]), ["Esc", "["]);
    assert_eq!(heard(&[(0, "\x1b\x1b")]), ["Esc", "Esc"]);
    assert_eq!(heard(&[(0, "\x1bx")]), ["alt-x"]);
    assert_eq!(heard(&[(0, "\x1b한")]), ["Esc 한"]);
}

#[test]
fn a_paste_without_an_end_is_taken_after_a_moment_and_keys_work_again() {
    assert_eq!(heard(&[(0, "\x1b[200~Deal"), (1_000, "j")]), ["paste \"Deal\"", "j"]);
    assert_eq!(heard(&[(0, "\x1b[200~Deal"), (10, "\x03")]), ["paste \"Deal\"", "^c"]);
    assert_eq!(heard(&[(0, "\x1b[200~"), (1_000, "\x1b")]), ["Esc"]);
    assert_eq!(heard(&[(0, "\x1b[200~a\rb"), (100, "c\x1b[201~x")]), ["paste \"a\\nbc\"", "x"]);
    assert_eq!(heard(&[(0, "\x1b[200~a\x1b[20"), (100, "1~x")]), ["paste \"a\"", "x"]);
    assert_eq!(heard(&[(0, "\x1b[200~a\x1b[2"), (1_000, "q")]), ["paste \"a\\u{1b}[2\"", "q"]);
}

#[test]
fn a_paste_whose_beginning_is_cut_runs_nothing_as_keys() {
    for pause in [0, 4, 60, 120, 600] {
        let all = heard(&[(0, "\x1b"), (pause, "[200~dwl\x1b[201~")]);
        assert_eq!(all.last().map(String::as_str), Some("paste \"dwl\""), "{pause}: {all:?}");
        assert!(all.len() <= 2, "{all:?}");
        assert_eq!(heard(&[(0, "\x1b[20"), (pause.min(400), "0~dwl\x1b[201~")]), ["paste \"dwl\""], "{pause}");
    }
    assert_eq!(heard(&[(0, "\x1b[201~")]), Vec::<String>::new(), "an end that comes too late");
}

#[test]
fn leaving_is_heard_in_every_state() {
    for before in ["", "\x1b", "\x1b[", "\x1b[20", "\x1b[200~", "\x1b[200~text", "\x1bO", "\x1b[<0;1", "\x1b[M", "\x1b[["] {
        let all = heard(&[(0, before), (10, "\x03")]);
        assert_eq!(all.last().map(String::as_str), Some("^c"), "{before:?}: {all:?}");
    }
    assert_eq!(heard_bytes(&[(0, &[0xED]), (10, b"\x03")]).last().unwrap(), "^c");
}

#[test]
fn terminals_say_their_keys_in_many_ways() {
    for (bytes, key) in [
        ("\r", "Enter"),
        ("\t", "Tab"),
        ("\x7f", "Backspace"),
        ("\x08", "^h"),
        ("\n", "^j"),
        ("\x00", "^Space"),
        ("\x1f", "^7"),
        ("\x1b[Z", "shift-Tab"),
        ("\x1b[H", "Home"),
        ("\x1b[1~", "Home"),
        ("\x1bOF", "End"),
        ("\x1b[4~", "End"),
        ("\x1b[2~", "Ins"),
        ("\x1b[3~", "Del"),
        ("\x1b[5~", "PgUp"),
        ("\x1bOP", "F1"),
        ("\x1b[11~", "F1"),
        ("\x1b[[A", "F1"),
        ("\x1b[24~", "F12"),
        ("\x1b[15~", "F5"),
        ("\x1b[1;5C", "^→"),
        ("\x1b[1;3D", "alt-←"),
        ("한", "한"),
        ("A", "A"),
    ] {
        assert_eq!(heard(&[(0, bytes)]), [key], "{bytes:?}");
    }
    assert_eq!(heard(&[(0, "\x1b[<0;5;7M")]), ["mouse Down(Left) 4 6"]);
    assert_eq!(heard(&[(0, "\x1b[<65;5;7M\x1b[<0;5;7m")]), ["mouse ScrollDown 4 6"]);
    assert_eq!(heard(&[(0, "\x1b[M !!")]), ["mouse Down(Left) 0 0"]);
    assert_eq!(heard(&[(0, "\x1b[1;3R")]), ["cursor 3"]);
    assert_eq!(heard(&[(0, "\x1b[I\x1b[O")]), ["FocusGained", "FocusLost"]);
}

#[test]
fn a_character_that_comes_in_pieces_is_one_and_what_is_no_text_is_seen() {
    let bytes = "한".as_bytes();
    assert_eq!(heard_bytes(&[(0, &bytes[..1]), (100, &bytes[1..])]), ["한"]);
    assert_eq!(heard_bytes(&[(0, b"\xff"), (0, b"a")]), ["\u{fffd}", "a"]);
    assert_eq!(heard_bytes(&[(0, b"\xed\x95"), (700, b"a")]), ["\u{fffd}", "a"]);
}

proptest! {
    #[test]
    fn nothing_falls_over_and_every_piece_is_heard_to_its_end(
        pieces in prop::collection::vec((0_u64..700, prop::collection::vec(any::<u8>(), 0..12)), 0..12)
    ) {
        let pieces: Vec<(u64, &[u8])> = pieces.iter().map(|(wait, piece)| (*wait, piece.as_slice())).collect();
        heard_bytes(&pieces);
    }

    #[test]
    fn keys_are_the_same_in_one_piece_and_byte_by_byte(keys in prop::collection::vec(0_usize..8, 0..12)) {
        const KEYS: [&str; 8] = ["a", "\x1b[B", "한", "\x1b[200~x\ny\x1b[201~", "\x1bOP", "\r", "\x1b[<0;5;7M", "\x1b[3~"];
        let text: String = keys.iter().map(|at| KEYS[*at]).collect();
        let bytes: Vec<(u64, &[u8])> = text.as_bytes().chunks(1).map(|byte| (1, byte)).collect();
        prop_assert_eq!(heard_bytes(&bytes), heard(&[(0, &text)]));
    }
}
