//! An agenda as an iCalendar file (RFC 5545) that Outlook and others take, and how it comes to stand where it is wanted.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::refused::write_new;
use crate::domain::date::Date;
use crate::domain::instant::Timestamp;
use crate::private;

/// What every file of ours begins with: by it one is known again.
const HEAD: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//cosell//agenda//EN\r\n";
/// Most octets of a line, without its break.
const LINE: usize = 75;

/// An entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same whenever the same matter is written again.
    pub uid: String,
    pub when: When,
    pub summary: String,
    pub description: String,
}

/// When it is: a whole day, or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Day(Date),
    At(Timestamp),
}

/// Returns the text of a calendar that was made at `now`.
pub fn calendar(events: &[Event], now: Timestamp) -> String {
    let mut text = HEAD.to_owned();
    let mut line = |content: &str| fold(content, &mut text);
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    for event in events {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", escaped(&event.uid)));
        line(&format!("DTSTAMP:{}", moment(now)));
        match event.when {
            When::Day(day) => {
                line(&format!("DTSTART;VALUE=DATE:{}", date(day)));
                line(&format!("DTEND;VALUE=DATE:{}", date(day.plus_days(1))));
            }
            When::At(at) => line(&format!("DTSTART:{}", moment(at))),
        }
        line(&format!("SUMMARY:{}", escaped(&event.summary)));
        if !event.description.is_empty() {
            line(&format!("DESCRIPTION:{}", escaped(&event.description)));
        }
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

fn date(day: Date) -> String {
    day.naive().format("%Y%m%d").to_string()
}

fn moment(at: Timestamp) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}

/// Writes what a text means to the format with a backslash before it; control characters it cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, broken where it is too long: what follows begins with a blank. No character is cut.
fn fold(content: &str, out: &mut String) {
    let mut used = 0;
    for c in content.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

/// Writes a calendar to a file, whole or not at all; over one that is there only where it is a calendar of ours.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] for a file of others, else what the file system says.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() && is_ours(path)? => return private::replace(path, text.as_bytes()),
        Ok(_) => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    write_new(path, text)
}

fn is_ours(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD.len() as u64).read_to_end(&mut head)?;
    Ok(head == HEAD.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(summary: &str) -> Event {
        Event {
            uid: "u-next@cosell".into(),
            when: When::Day(Date::iso("2026-12-31").unwrap()),
            summary: summary.into(),
            description: String::new(),
        }
    }

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-21T08:00:00Z").unwrap()
    }

    #[test]
    fn a_day_is_a_day_and_a_moment_is_told_in_utc() {
        let at = Event { when: When::At(Timestamp::parse("2026-11-24T12:00:00+09:00").unwrap()), ..event("b") };
        let text = calendar(&[event("a"), at], now());
        assert!(text.starts_with(HEAD) && text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
        for line in
            ["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "DTSTART:20261124T030000Z", "DTSTAMP:20261121T080000Z"]
        {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line}: {text}");
        }
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn texts_are_escaped_and_lines_folded_between_characters() {
        let long = "한빛정밀; a, b \\ c\nnext\u{7}".repeat(9);
        let text = calendar(&[event(&long)], now());
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        let unfolded = text.replace("\r\n ", "");
        let written = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
        assert_eq!(written, "한빛정밀\\; a\\, b \\\\ c\\nnext".repeat(9));
    }

    #[test]
    fn a_line_of_just_so_many_octets_is_not_broken() {
        for (length, lines) in
            [(LINE - "SUMMARY:".len(), 1), (LINE - "SUMMARY:".len() + 1, 2), (2 * LINE - 1 - "SUMMARY:".len(), 2)]
        {
            let mut text = String::new();
            fold(&format!("SUMMARY:{}", "x".repeat(length)), &mut text);
            assert_eq!(text.matches("\r\n").count(), lines, "{length}");
        }
    }

    #[test]
    fn only_a_calendar_of_ours_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agenda.ics");
        write(&path, &calendar(&[event("a")], now())).unwrap();
        let second = calendar(&[event("b")], now());
        write(&path, &second).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), second);
        for other in ["", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//other//\r\n", "notes"] {
            fs::write(&path, other).unwrap();
            assert_eq!(write(&path, &second).unwrap_err().kind(), io::ErrorKind::AlreadyExists, "{other}");
            assert_eq!(fs::read_to_string(&path).unwrap(), other);
        }
        assert_eq!(write(folder.path(), &second).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
