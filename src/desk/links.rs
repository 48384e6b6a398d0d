//! What in a line of text can be opened from the terminal: e-mail addresses, phone numbers, addresses of pages; and where each leads.

use std::ops::Range;

use crate::width::{cut, width};

/// A part of a line, in bytes, and where it leads.
pub type Link = (Range<usize>, String);
pub type Links = Vec<Link>;

/// A line of a text that was broken, with its links: one that was cut leads where all of it does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrapped {
    pub text: String,
    pub links: Links,
}

/// Digits that a number has at least to be one that is called.
const DIGITS: usize = 7;

/// Returns where a text leads that is a link and nothing else.
pub fn target(text: &str) -> Option<String> {
    let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if plain
        && text.is_ascii()
        && ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
    {
        return Some(text.to_owned());
    }
    let mail = |(name, host): (&str, &str)| {
        let right = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+'".contains(&byte));
        !name.is_empty() && right(name) && right(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    };
    if text.split_once('@').is_some_and(mail) {
        return Some(format!("mailto:{text}"));
    }
    phone(text)
}

/// Returns where a phone number leads. One without the `+` of its country is none: RFC 3966 wants a `phone-context` with it that nothing
/// here tells for certain, and a number that is dialled elsewhere is somebody else's.
fn phone(text: &str) -> Option<String> {
    let lower = text.to_lowercase().replace("ext.", "x").replace("ext", "x").replace('#', "x");
    let (number, extension) = lower.split_once('x').map_or((lower.as_str(), None), |(number, ext)| (number, Some(ext.trim())));
    // `+49 (0)30`: the nought is dialled at home only.
    let number = number.strip_prefix('+')?.replace("(0)", "");
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_number = number.chars().all(|c| c.is_ascii_digit() || " -()./".contains(c)) && digits.len() >= DIGITS;
    let is_extension = extension.is_none_or(|ext| !ext.is_empty() && ext.bytes().all(|b| b.is_ascii_digit()));
    let extension = extension.map(|ext| format!(";ext={ext}")).unwrap_or_default();
    (is_number && is_extension).then(|| format!("tel:+{digits}{extension}"))
}

/// Returns the links of a line, in bytes, and where they lead: what stands between commas, and what stands between blanks.
pub fn of_line(line: &str) -> Links {
    let mut found = Vec::new();
    // A line that was broken at a comma ends with it.
    for piece in pieces(line.strip_suffix(',').unwrap_or(line), ", ") {
        match target(&line[piece.clone()]) {
            Some(to) => found.push((piece, to)),
            None => found.extend(pieces(&line[piece.clone()], " ").into_iter().filter_map(|word| {
                let (start, end) = (piece.start + word.start, piece.start + word.end);
                let bare = line[start..end].trim_end_matches([',', '.', ';', ':', ')', '>']);
                let bare = bare.trim_start_matches(['(', '<']);
                let start = end - (line[start..end].trim_start_matches(['(', '<'])).len();
                target(bare).map(|to| (start..start + bare.len(), to))
            })),
        }
    }
    found
}

/// Breaks a text into lines of at most so many cells as [`crate::width::wrap`] does, but never within a link: one that is longer than a
/// line has a line of its own and is cut.
pub fn wrap(text: &str, cells: usize) -> Vec<Wrapped> {
    let (lines, cut) = broken(text, cells);
    let mut cut = cut.into_iter().peekable();
    let wrapped = |(at, text): (usize, String)| {
        let links = match cut.next_if(|(line, _)| *line == at) {
            Some((_, link)) => vec![link],
            None => of_line(&text),
        };
        Wrapped { text, links }
    };
    lines.into_iter().enumerate().map(wrapped).collect()
}

/// Returns the lines, and which of them begin with a link that was cut, with where that leads.
fn broken(text: &str, cells: usize) -> (Vec<String>, Vec<(usize, Link)>) {
    let mut lines = Vec::new();
    let mut cuts = Vec::new();
    for paragraph in text.split('\n') {
        let links = of_line(paragraph);
        if links.is_empty() || width(paragraph) <= cells {
            lines.extend(crate::width::wrap(paragraph, cells));
            continue;
        }
        let mut at = 0;
        let mut line = String::new();
        for (link, to) in links {
            // What stands right behind it, a comma, stays with it.
            let end = paragraph[link.end..].find(' ').map_or(paragraph.len(), |blank| link.end + blank);
            fill(&mut lines, &mut line, &paragraph[at..link.start], cells);
            let whole = &paragraph[link.start..end];
            if width(&line) + width(whole) > cells && !line.trim().is_empty() {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            if line.trim().is_empty() {
                line.clear();
            }
            let shown = cut(whole, cells);
            if shown != whole {
                cuts.push((lines.len(), (line.len()..line.len() + shown.len(), to)));
            }
            line.push_str(&shown);
            at = end;
        }
        fill(&mut lines, &mut line, &paragraph[at..], cells);
        lines.push(line.trim_end().to_owned());
    }
    (lines, cuts)
}

/// Goes on with a line; what does not fit begins others.
fn fill(lines: &mut Vec<String>, line: &mut String, text: &str, cells: usize) {
    if width(line) + width(text) <= cells {
        return line.push_str(text);
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    let mut broken = crate::width::wrap(text.trim_start(), cells);
    *line = broken.pop().unwrap_or_default();
    lines.extend(broken);
    if text.ends_with(' ') && !line.is_empty() && width(line) < cells {
        line.push(' ');
    }
}

/// Returns the parts of a text between marks.
fn pieces(text: &str, mark: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let range = |part: &str| {
        let range = at..at + part.len();
        at = range.end + mark.len();
        range
    };
    text.split(mark).map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_phone_and_pages_are_links_and_nothing_else_is() {
        for (text, to) in [
            ("n.ishikawa@shiomidai.example", Some("mailto:n.ishikawa@shiomidai.example")),
            ("+81 45-555-0111", Some("tel:+81455550111")),
            ("+1 (425) 555 7583", Some("tel:+14255557583")),
            ("https://hanbit.example/a?b=1", Some("https://hanbit.example/a?b=1")),
            ("https://", None),
            ("https://a\u{1b}]8;;x", None),
            ("a@b", None),
            ("a@b.example\u{7}", None),
            ("@b.example", None),
            ("2026-12-18", None),
            ("220-0021 神奈川県", None),
            ("+5", None),
            ("+49 (0)30/1234567", Some("tel:+49301234567")),
            ("+1 425 555 7583 ext. 12", Some("tel:+14255557583;ext=12")),
            ("+1 425 555 7583 #12", Some("tel:+14255557583;ext=12")),
            ("+1 425 555 7583 x", None),
            ("031-555-0109", None),
            ("+82 2+555 0109", None),
        ] {
            assert_eq!(target(text).as_deref(), to, "{text}");
        }
    }

    #[test]
    fn an_e_mail_that_is_wider_than_its_line_stays_a_link() {
        let text = "石川直樹, +81 45-555-0111, n.ishikawa@shiomidai.example, 部長";
        let lines = super::wrap(text, 20);
        let links: Vec<(&str, &str)> =
            lines.iter().flat_map(|line| line.links.iter().map(|(at, to)| (&line.text[at.clone()], to.as_str()))).collect();
        assert_eq!(
            links,
            [("+81 45-555-0111", "tel:+81455550111"), ("n.ishikawa@shiomida…", "mailto:n.ishikawa@shiomidai.example")]
        );
        for cells in 1..60 {
            let lines = super::wrap(text, cells);
            let to: Vec<&str> = lines.iter().flat_map(|line| line.links.iter().map(|(_, to)| to.as_str())).collect();
            assert_eq!(to, ["tel:+81455550111", "mailto:n.ishikawa@shiomidai.example"], "{cells}");
        }
    }

    fn wrap(text: &str, cells: usize) -> Vec<String> {
        super::wrap(text, cells).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_break_around_links_and_never_within_one() {
        let text = "石川直樹, +81 45-555-0111, n.ishikawa@shiomidai.example";
        assert_eq!(wrap(text, 30), ["石川直樹, +81 45-555-0111,", "n.ishikawa@shiomidai.example"]);
        assert_eq!(wrap(text, 20), ["石川直樹,", "+81 45-555-0111,", "n.ishikawa@shiomida…"]);
        assert_eq!(wrap(text, 80), [text]);
        assert_eq!(
            wrap("see https://x.example/abc-def now and then", 24),
            ["see", "https://x.example/abc-def", "now and then"].map(|line| cut(line, 24).into_owned())
        );
        for cells in 2..60 {
            for line in wrap(text, cells) {
                assert!(width(&line) <= cells, "{cells}: {line}");
            }
        }
        assert_eq!(wrap("no link here\nat all", 80), ["no link here", "at all"]);
    }

    #[test]
    fn the_links_of_a_line_are_found_where_they_stand() {
        let line = "石川直樹, +81 45-555-0111, n@s.example";
        let found: Vec<(&str, String)> = of_line(line).into_iter().map(|(at, to)| (&line[at], to)).collect();
        assert_eq!(found, [("+81 45-555-0111", "tel:+81455550111".to_owned()), ("n@s.example", "mailto:n@s.example".to_owned())]);
        let line = "See (https://x.example/y), or write to a@b.example.";
        let found: Vec<&str> = of_line(line).into_iter().map(|(at, _)| &line[at]).collect();
        assert_eq!(found, ["https://x.example/y", "a@b.example"]);
    }
}
