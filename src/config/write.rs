//! Changes one setting in the file and nothing else of it: comments, order and blanks are the user's.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use super::setting::Setting;
use super::{Config, ConfigError, syntax, text_of};
use crate::private;

/// Keeps what was typed for a setting in the file, which is made where there is none, and returns what is set then, with what is wrong
/// with other settings in it. What another program has made of the file meanwhile stays, and nothing is written over it.
///
/// # Errors
/// Why the setting cannot be that, or the file not be read or written.
pub fn keep(path: &Path, setting: Setting, typed: &str) -> Result<(Config, Vec<ConfigError>), ConfigError> {
    let value = setting.read(typed)?;
    let before = found(path)?;
    let text = before.as_deref().unwrap_or_default();
    let after = changed(text, setting, value)?;
    if after != text {
        replace(path, before.as_deref(), &after)?;
    }
    let (config, complaints) = Config::of_text(&after);
    Ok((config.beside(path), complaints))
}

/// Returns the text of the file; nothing where there is none.
fn found(path: &Path) -> Result<Option<String>, ConfigError> {
    match text_of(path) {
        Err(ConfigError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => text.map(Some),
    }
}

/// A file behind a link is changed there, and the link stays. It is replaced only while it still is what was read `before`.
fn replace(path: &Path, before: Option<&str>, text: &str) -> Result<(), ConfigError> {
    let there = match fs::canonicalize(path) {
        Ok(there) => there,
        // A link that leads nowhere is not put away for a file.
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
            path.parent().map_or(Ok(()), private::folder).map_err(ConfigError::Unwritten)?;
            path.to_owned()
        }
        Err(error) => return Err(ConfigError::Unwritten(error)),
    };
    if fs::metadata(&there).is_ok_and(|file| file.permissions().readonly()) {
        return Err(ConfigError::ReadOnly);
    }
    let is_as_read = || found(path).is_ok_and(|now| now.as_deref() == before);
    match private::replace_if(&there, text.as_bytes(), is_as_read) {
        Ok(true) => Ok(()),
        Ok(false) => Err(ConfigError::ChangedMeanwhile),
        Err(error) => Err(ConfigError::Unwritten(error)),
    }
}

/// Returns the text of a file with another value for a setting, or without it.
///
/// # Errors
/// [`ConfigError::Syntax`] where it cannot be read; [`ConfigError::Unplaceable`] where the setting stands so that only its user can change it.
pub fn changed(text: &str, setting: Setting, value: Option<Value>) -> Result<String, ConfigError> {
    let mut wanted: Table = text.parse().map_err(|error| syntax(text, &error))?;
    let file = DeTable::parse(text).map_err(|error| syntax(text, &error))?;
    let unplaceable = || ConfigError::Unplaceable { key: setting.path() };
    let (place, with) = edit(text, file.get_ref(), setting, value.as_ref()).ok_or_else(unplaceable)?;
    let mut changed = text.to_owned();
    changed.replace_range(place, &with);
    // Nothing else may have changed, however the file is written.
    put(&mut wanted, setting, value);
    let is_right = changed.parse::<Table>().is_ok_and(|found| without_empty(found) == without_empty(wanted));
    if is_right { Ok(changed) } else { Err(unplaceable()) }
}

fn put(file: &mut Table, setting: Setting, value: Option<Value>) {
    let (table, key) = setting.place();
    let table = match table {
        None => Some(file),
        Some(name) => file.entry(name).or_insert_with(|| Value::Table(Table::new())).as_table_mut(),
    };
    match (table, value) {
        (Some(table), Some(value)) => drop(table.insert(key.to_owned(), value)),
        (Some(table), None) => drop(table.remove(key)),
        (None, _) => {}
    }
}

/// A table that holds nothing says nothing.
fn without_empty(mut file: Table) -> Table {
    file.retain(|_, value| value.as_table().is_none_or(|table| !table.is_empty()));
    file
}

type Edit = (Range<usize>, String);

/// Returns which bytes of the text give way to what; `None` where that cannot be told.
fn edit(text: &str, file: &DeTable<'_>, setting: Setting, value: Option<&Value>) -> Option<Edit> {
    let (name, key) = setting.place();
    let Some(name) = name else { return edit_in(text, file, key, value, None) };
    match (file.iter().find(|(found, _)| found.get_ref() == name), value) {
        (Some((_, table)), _) => match table.get_ref() {
            DeValue::Table(inside) => edit_in(text, inside, key, value, Some(table.span())),
            _ => None,
        },
        (None, None) => Some((0..0, String::new())),
        (None, Some(value)) => {
            let end = line_end(text);
            let before = match text {
                "" => String::new(),
                text if text.ends_with('\n') => end.to_owned(),
                _ => end.repeat(2),
            };
            Some((text.len()..text.len(), format!("{before}[{name}]{end}{key} = {value}{end}")))
        }
    }
}

/// As [`edit`], in a table that stands in the text; where it begins, if it is not the file itself.
fn edit_in(text: &str, table: &DeTable<'_>, key: &str, value: Option<&Value>, begins: Option<Range<usize>>) -> Option<Edit> {
    match (table.iter().find(|(found, _)| found.get_ref() == key), value) {
        (Some((_, there)), Some(value)) => Some((there.span(), value.to_string())),
        (Some((found, there)), None) => removal(text, &found.span(), &there.span()),
        (None, None) => Some((0..0, String::new())),
        (None, Some(value)) => Some(addition(text, table, &format!("{key} = {value}"), begins)),
    }
}

/// Takes a line away; what was remarked at its end stays.
fn removal(text: &str, key: &Range<usize>, value: &Range<usize>) -> Option<Edit> {
    let begin = line_begin(text, key.start);
    if text[begin..key.start].contains(['{', ',']) {
        return None;
    }
    let rest = &text[value.end..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let end = value.end + blanks;
    let is_remarked = text[end..].starts_with('#');
    Some((begin..if is_remarked { end } else { next_line(text, end) }, String::new()))
}

/// Adds a line behind the last one of its table, written as that is.
fn addition(text: &str, table: &DeTable<'_>, line: &str, begins: Option<Range<usize>>) -> Edit {
    let is_inline = begins.as_ref().is_some_and(|begins| text[begins.clone()].starts_with('{'));
    let lines = table.iter().filter(|(_, value)| !matches!(value.get_ref(), DeValue::Table(_)));
    let last = lines.max_by_key(|(_, value)| value.span().end).map(|(key, value)| (key.span(), value.span()));
    match (last, begins) {
        (Some((_, value)), _) if is_inline => (value.end..value.end, format!(", {line}")),
        (None, Some(begins)) if is_inline => (begins, format!("{{ {line} }}")),
        (Some((key, value)), _) => {
            let before = &text[line_begin(text, key.start)..key.start];
            whole_line(text, next_line(text, value.end), &format!("{before}{line}"))
        }
        (None, Some(begins)) => whole_line(text, next_line(text, begins.end), line),
        (None, None) => before_tables(text, line),
    }
}

fn whole_line(text: &str, at: usize, line: &str) -> Edit {
    let end = line_end(text);
    let before = if at == 0 || text[..at].ends_with('\n') { "" } else { end };
    (at..at, format!("{before}{line}{end}"))
}

/// The first line of the file itself: before the first table and the remark that stands over it.
fn before_tables(text: &str, line: &str) -> Edit {
    let mut at = 0;
    let mut remark = None;
    for piece in text.split_inclusive('\n') {
        match piece.trim_start() {
            trimmed if trimmed.starts_with('[') => {
                let at = remark.unwrap_or(at);
                let (place, line) = whole_line(text, at, line);
                return (place, format!("{line}{}", line_end(text)));
            }
            trimmed if trimmed.starts_with('#') => remark = remark.or(Some(at)),
            _ => remark = None,
        }
        at += piece.len();
    }
    whole_line(text, text.len(), line)
}

fn line_begin(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |before| before + 1)
}

fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, setting: Setting, typed: &str) -> String {
        changed(text, setting, setting.read(typed).unwrap()).unwrap()
    }

    const FILE: &str = "# my desk\n\nmouse = true   # at home\nresponse-days = 14\n\n# who I am\n[me]\n  first-name = \"민준\"\n\n[keys]\n# none yet\n\n[theme]\nsymbols = \"ascii\"";

    #[test]
    fn one_value_changes_and_comments_order_and_blanks_stay() {
        for (setting, typed, before, after) in [
            (Setting::Mouse, "false", "mouse = true   # at home", "mouse = false   # at home"),
            (Setting::HomeCurrency, "krw", "response-days = 14\n", "response-days = 14\nhome-currency = \"KRW\"\n"),
            (Setting::Email, "kim@hanbit.example", "\"민준\"\n", "\"민준\"\n  email = \"kim@hanbit.example\"\n"),
            (Setting::Ground, "light", "symbols = \"ascii\"", "symbols = \"ascii\"\nground = \"light\"\n"),
            (Setting::Mouse, "", "mouse = true   # at home", "# at home"),
            (Setting::ResponseDays, "", "response-days = 14\n", ""),
            (Setting::Symbols, "", "symbols = \"ascii\"", ""),
            (Setting::Phone, "", "", ""),
        ] {
            assert_eq!(set(FILE, setting, typed), FILE.replacen(before, after, 1), "{setting:?} {typed:?}");
        }
    }

    #[test]
    fn a_file_without_the_table_or_without_anything_gets_it() {
        assert_eq!(set("", Setting::Email, "a@b.example"), "[me]\nemail = \"a@b.example\"\n");
        assert_eq!(set("", Setting::Mouse, "on"), "mouse = true\n");
        assert_eq!(set("mouse = true", Setting::Email, "a@b.example"), "mouse = true\n\n[me]\nemail = \"a@b.example\"\n");
        assert_eq!(set("# mine\n\n# me\n[me]\n", Setting::Mouse, "on"), "# mine\n\nmouse = true\n\n# me\n[me]\n");
        assert_eq!(set("[me]\n[theme]\n", Setting::Email, "a@b.example"), "[me]\nemail = \"a@b.example\"\n[theme]\n");
        assert_eq!(set("# mine\n", Setting::Mouse, "on"), "# mine\nmouse = true\n");
    }

    #[test]
    fn every_way_of_writing_a_table_is_kept() {
        let email = |text| set(text, Setting::Email, "a@b.example");
        assert_eq!(email("me = { phone = \"12345\" } # I\n"), "me = { phone = \"12345\", email = \"a@b.example\" } # I\n");
        assert_eq!(email("me = {}\n"), "me = { email = \"a@b.example\" }\n");
        assert_eq!(email("me.phone = \"12345\"\n"), "me.phone = \"12345\"\nme.email = \"a@b.example\"\n");
        assert_eq!(email("mouse = true\r\n\r\n[me]\r\n"), "mouse = true\r\n\r\n[me]\r\nemail = \"a@b.example\"\r\n");
        let inline = changed("theme = { symbols = \"ascii\", colour = \"never\" }", Setting::Colour, None);
        assert!(matches!(inline, Err(ConfigError::Unplaceable { key: "theme.colour" })), "{inline:?}");
        assert!(matches!(changed("me = 3", Setting::Email, Some("x".into())), Err(ConfigError::Unplaceable { .. })));
    }

    #[test]
    fn what_no_longer_reads_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/config.toml");
        let (config, wrong) = keep(&path, Setting::Mouse, "on").unwrap();
        assert!(config.mouse && wrong.is_empty() && config.given == [Setting::Mouse]);
        fs::write(&path, "mouse = \n").unwrap();
        assert!(matches!(keep(&path, Setting::Mouse, "on"), Err(ConfigError::Syntax { line: 1, .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mouse = \n");
        fs::write(&path, "mouse = \"perhaps\"\nhut = 1\n").unwrap();
        let (config, wrong) = keep(&path, Setting::Mouse, "on").unwrap();
        assert!(config.mouse, "a wrong value is mended");
        assert!(matches!(&wrong[..], [ConfigError::Unknown { .. }]), "{wrong:?}");
        assert!(matches!(keep(folder.path(), Setting::Mouse, "on"), Err(ConfigError::NotAFile)));
    }

    #[test]
    fn what_another_program_changed_just_before_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        for (before, theirs) in
            [(Some("mouse = true\n"), Some("response-days = 3\n")), (None, Some("")), (Some("mouse = true\n"), None)]
        {
            match theirs {
                Some(theirs) => fs::write(&path, theirs).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            let wrote = replace(&path, before, "mouse = false\n");
            assert!(matches!(wrote, Err(ConfigError::ChangedMeanwhile)), "{before:?} {theirs:?}: {wrote:?}");
            assert_eq!(fs::read_to_string(&path).ok().as_deref(), theirs);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
        assert!(keep(&path, Setting::Mouse, "on").is_ok(), "once more, and it is done");
    }

    #[test]
    fn a_file_that_may_not_be_changed_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, "mouse = true\n").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(matches!(keep(&path, Setting::Mouse, "off"), Err(ConfigError::ReadOnly)));
        assert!(keep(&path, Setting::Mouse, "on").is_ok(), "nothing is to be written");
        assert_eq!(fs::read_to_string(&path).unwrap(), "mouse = true\n");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.toml"), folder.path().join("config.toml"));
        fs::write(&real, "").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&real, &link).unwrap();
        keep(&link, Setting::Mouse, "on").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "mouse = true\n");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        let new = folder.path().join("new/config.toml");
        keep(&new, Setting::Mouse, "on").unwrap();
        assert_eq!(fs::metadata(&new).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left behind");
    }
}
