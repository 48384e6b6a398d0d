//! The box that imports: the newest files to choose from, or a name that is typed; nothing here looks at the disk.

use super::dialog::Dialog;
use super::{Effect, Model, ToImport};
use crate::desk::files::{Candidate, Found, Where, is_separator};
use crate::desk::form::{Edited, TextField};
use crate::desk::keys::{Action, Code, Key};
use crate::domain::fold::fold;
use crate::store::{Request, Stocked, StoreError};

#[derive(Debug, Clone)]
pub struct Picker {
    pub field: TextField,
    /// What is offered: the newest files, or what the folder that is typed holds.
    files: Vec<Candidate>,
    /// The chosen one among those that are shown.
    pub cursor: usize,
    /// Why the last try came to nothing.
    pub error: Option<String>,
    /// The folder that was asked for last, and the one whose files have come; an empty name stands for the newest files.
    folder: String,
    came: Option<String>,
    /// How far back among earlier names the field is.
    back: usize,
    /// The name that is being opened.
    opening: Option<String>,
}

impl Picker {
    fn new(typed: &str) -> Self {
        let field = TextField::line(typed);
        Self { field, files: Vec::new(), cursor: 0, error: None, folder: String::new(), came: None, back: 0, opening: None }
    }

    /// Returns the folder and the name of what is typed.
    fn parts(&self) -> (&str, &str) {
        let text = self.field.text();
        text.rfind(is_separator).map_or(("", text), |at| text.split_at(at + 1))
    }

    /// Returns whether the files of what is typed have come.
    pub fn is_looked_at(&self) -> bool {
        self.came.as_ref().is_some_and(|came| *came == plain_path(self.parts().0))
    }

    /// Returns what passes what is typed: of a folder what begins so, of the newest files also what holds it.
    pub fn shown(&self) -> Vec<&Candidate> {
        if !self.is_looked_at() {
            return Vec::new();
        }
        let (folder, typed) = self.parts();
        let typed = fold(plain_path(typed).trim());
        let holds = folder.is_empty();
        let folded = |file: &&Candidate| fold(&file.name);
        let (begin, rest): (Vec<_>, Vec<_>) = self.files.iter().partition(|file| folded(file).starts_with(&typed));
        let (same, begin): (Vec<_>, Vec<_>) = begin.into_iter().partition(|file| folded(file) == typed);
        same.into_iter().chain(begin).chain(rest.into_iter().filter(|file| holds && folded(file).contains(&typed))).collect()
    }

    fn chosen(&self) -> Option<&Candidate> {
        self.shown().get(self.cursor).copied()
    }

    fn write(&mut self, text: &str) {
        self.field = TextField::line(text);
        self.cursor = 0;
    }

    /// Completes what is typed: as far as all names that begin so agree, else the chosen one.
    fn complete(&mut self) {
        let (folder, typed) = self.parts();
        let begins = |file: &&&Candidate| !typed.is_empty() && file.name.to_lowercase().starts_with(&typed.to_lowercase());
        let names: Vec<&str> = self.shown().iter().filter(begins).map(|file| file.name.as_str()).collect();
        let common =
            names.iter().skip(1).fold(names.first().copied().unwrap_or_default(), |common, name| common_start(common, name));
        let completed = match self.chosen() {
            _ if common.len() > typed.len() && !folder.is_empty() => format!("{folder}{common}"),
            Some(chosen) => chosen.path.clone(),
            None => return,
        };
        self.write(&completed);
    }
}

/// Returns what two names begin with alike.
fn common_start<'a>(a: &'a str, b: &str) -> &'a str {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    a.get(..same).unwrap_or_default()
}

impl Model {
    /// Opens the box on the newest files.
    pub(super) fn open_import(&mut self, typed: &str) {
        self.dialogs.push(Dialog::Import(Box::new(Picker::new(typed))));
        self.effects.push(Effect::Find(Where::Newest));
        self.look_into_folder();
    }

    fn picker(&mut self) -> Option<&mut Picker> {
        match self.dialogs.last_mut() {
            Some(Dialog::Import(picker)) => Some(picker),
            _ => None,
        }
    }

    /// A key in the box; returns whether it was for it.
    pub(super) fn picker_key(&mut self, key: Key) -> bool {
        if self.is_opening_file() {
            let leaves = matches!(self.keys.find(self.scope(), key), Some(Action::Back | Action::Leave));
            if !leaves {
                self.tell(self.say.desk_importing_first());
            }
            return !leaves;
        }
        let earlier = self.imports.len();
        let Some(picker) = self.picker() else { return false };
        let last = picker.shown().len().saturating_sub(1);
        match picker.field.key(key) {
            Edited::Text => self.picker_typed(),
            Edited::Cursor => {}
            Edited::No => match key.code {
                Code::Down if picker.back > 0 => self.earlier_name(false),
                Code::Down => picker.cursor = (picker.cursor + 1).min(last),
                Code::Up if picker.cursor > 0 => picker.cursor -= 1,
                Code::Up if picker.back < earlier => self.earlier_name(true),
                Code::PageDown => picker.cursor = (picker.cursor + 5).min(last),
                Code::PageUp => picker.cursor = picker.cursor.saturating_sub(5),
                Code::Tab => {
                    picker.complete();
                    self.picker_typed();
                }
                Code::Enter => self.import_chosen(),
                _ => return false,
            },
        }
        true
    }

    pub(super) fn picker_typed(&mut self) {
        if let Some(picker) = self.picker() {
            (picker.cursor, picker.back, picker.error, picker.opening) = (0, 0, None, None);
        }
        self.look_into_folder();
    }

    /// Asks for the files of the folder that is typed, once; without one, for the newest.
    fn look_into_folder(&mut self) {
        let Some(picker) = self.picker() else { return };
        let folder = plain_path(picker.parts().0);
        if folder != picker.folder {
            picker.folder.clone_from(&folder);
            self.effects.push(Effect::Find(if folder.is_empty() { Where::Newest } else { Where::At(folder) }));
        }
    }

    /// Brings the names that were imported before, the last first, or goes on to later ones.
    fn earlier_name(&mut self, back: bool) {
        let names = self.imports.clone();
        let Some(picker) = self.picker() else { return };
        picker.back = if back { picker.back + 1 } else { picker.back - 1 };
        let name = picker.back.checked_sub(1).and_then(|back| names.iter().rev().nth(back)).cloned().unwrap_or_default();
        picker.write(&name);
        self.look_into_folder();
    }

    /// Takes what is typed, or the chosen file; a folder is gone into.
    pub(super) fn import_chosen(&mut self) {
        let Some(picker) = self.picker() else { return };
        let typed = plain_path(picker.field.text());
        match picker.chosen().cloned() {
            Some(Candidate { path, looks: None, .. }) => {
                picker.write(&path);
                self.picker_typed();
            }
            Some(Candidate { path, .. }) => self.take_file(path),
            None if typed.is_empty() => self.warn(self.say.desk_path_missing()),
            None => {
                picker.opening = Some(typed.clone());
                self.effects.push(Effect::Find(Where::At(typed)));
            }
        }
    }

    /// What was looked for was found.
    pub(super) fn found(&mut self, found: Found) {
        let found = match found {
            Found::Into(folder, spot) => return self.folder_looked_at(&folder, spot),
            Found::ToWriteInto(folder) => return self.offer_folder(folder),
            found => found,
        };
        let dialogs = self.dialogs.iter_mut();
        let mut pickers = dialogs.filter_map(|dialog| if let Dialog::Import(picker) = dialog { Some(picker) } else { None });
        let Some(picker) = pickers.next() else { return };
        match found {
            Found::Newest(files) if picker.folder.is_empty() => (picker.files, picker.came) = (files, Some(String::new())),
            Found::Folder(named, files) => {
                let entered =
                    picker.opening.take_if(|name| named.strip_prefix(name.as_str()).is_some_and(|rest| rest.len() <= 1));
                if entered.is_some() {
                    picker.write(&named);
                    picker.folder.clone_from(&named);
                }
                if picker.folder == named {
                    (picker.files, picker.came) = (files, Some(named));
                    picker.cursor = 0;
                }
            }
            Found::NoFolder(name) if picker.opening.as_ref() == Some(&name) => self.take_file(name),
            Found::NoFolder(name) if picker.folder == name => (picker.files, picker.came) = (Vec::new(), Some(name)),
            Found::Newest(_) | Found::NoFolder(_) | Found::ToWriteInto(_) | Found::Into(..) => {}
        }
    }

    /// Imports a file; in the sample it is asked first where.
    fn take_file(&mut self, path: String) {
        let is_sample = self.is_sample();
        let Some(picker) = self.picker() else { return };
        picker.opening = Some(path);
        if is_sample { self.ask_where() } else { self.start_import() }
    }

    /// Returns the name of the file that the box below is about to import.
    pub(super) fn named_file(&self) -> Option<String> {
        let named = |dialog: &Dialog| if let Dialog::Import(picker) = dialog { picker.opening.clone() } else { None };
        self.dialogs.iter().rev().find_map(named)
    }

    /// Returns whether the file that the box named is being opened: its rows have not begun to come.
    pub fn is_opening_file(&self) -> bool {
        self.importing.is_some() && self.named_file().is_some()
    }

    /// Says which file is being imported and how its import is stopped, where that key does it now.
    pub fn importing_said(&self) -> Option<String> {
        let rows = self.importing.filter(|_| self.rooms.is_empty() && self.dialogs.is_empty())?;
        let name = self.imports.last().map(|path| path.rsplit(is_separator).next().unwrap_or(path)).unwrap_or_default();
        Some(self.say.desk_importing_file(self.keys.key_name(Action::Back), name, self.say.number(rows)))
    }

    /// Imports the file that was named; the box stays until it could be opened.
    pub(super) fn start_import(&mut self) {
        let Some(path) = self.named_file() else { return };
        self.imports.retain(|name| *name != path);
        self.imports.push(path.clone());
        self.importing = Some(0);
        (self.told_of_import.is_answer, self.told_of_import.is_newest) = (false, false);
        self.effects.push(Effect::Import(ToImport { path, ..ToImport::default() }));
    }

    /// The file could not be read at all: the box says why and keeps the name. Returns whether the box is open.
    pub(super) fn import_failed(&mut self, why: &str) -> bool {
        let name = self.named_file();
        let Some(picker) = self.picker() else { return false };
        picker.opening = None;
        picker.error = Some(why.to_owned());
        if let Some(name) = name {
            picker.field = TextField::line(&name);
        }
        self.look_into_folder();
        true
    }

    /// A file of customers or solutions was taken, or not: it is said what became of it, on the way back to where the box was opened.
    pub(super) fn stocked(&mut self, taken: Result<Stocked, StoreError>, said: &[String]) {
        self.importing = None;
        match taken {
            Ok(stocked) if stocked.broken => {
                let said = said.join(" ");
                if !self.import_failed(&said) {
                    self.warn(said);
                }
            }
            Ok(_) => {
                self.import_begun();
                self.messages.keep(self.now.now, &said.join("\n"));
                self.tell(said.join(" "));
                self.suggest();
                self.ask_customers();
                // What undo would take back came before it now.
                self.ask(Request::Counts { now: self.now });
            }
            Err(error) => {
                self.import_begun();
                self.fail(&error);
            }
        }
    }

    /// The file is read: the box has done its work.
    pub(super) fn import_begun(&mut self) {
        self.dialogs.retain(|dialog| !matches!(dialog, Dialog::Import(picker) if picker.opening.is_some()));
    }
}

/// Takes off what terminals and file managers put around the name of a file that is dropped on them.
pub(super) fn plain_path(typed: &str) -> String {
    let typed = typed.trim();
    let quoted = ['\'', '"'].iter().find_map(|quote| typed.strip_prefix(*quote)?.strip_suffix(*quote));
    let typed = quoted.unwrap_or(typed);
    if let Some(address) = typed.strip_prefix("file://") {
        return from_address(address);
    }
    match quoted {
        Some(inside) => inside.to_owned(),
        None if cfg!(windows) => typed.to_owned(),
        None => unescaped(typed),
    }
}

/// Returns the text without the backslashes that a shell wants before blanks and marks.
fn unescaped(typed: &str) -> String {
    let mut plain = String::with_capacity(typed.len());
    let mut chars = typed.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(|next| !next.is_alphanumeric());
        plain.extend(if escapes { chars.next() } else { Some(c) });
    }
    plain
}

/// Returns the path of a `file://` address: without its machine, bytes that are written as `%20` as what they are.
fn from_address(address: &str) -> String {
    let path = address.find('/').map_or(address, |at| &address[at..]);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|digits| *byte == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        match digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*byte);
                rest = behind;
            }
        }
    }
    let path = String::from_utf8_lossy(&bytes).into_owned();
    // `/C:/a` is `C:/a`.
    if cfg!(windows) { path.trim_start_matches('/').to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_files_name_is_understood() {
        for (typed, path) in [
            ("  download.csv ", "download.csv"),
            ("'/home/a b/ExportDeals (4).csv'", "/home/a b/ExportDeals (4).csv"),
            (r#""C:\Users\김\a b\ExportDeals (4).csv""#, r"C:\Users\김\a b\ExportDeals (4).csv"),
            #[cfg(unix)]
            ("/home/a\\ b/ExportDeals\\ \\(4\\).csv", "/home/a b/ExportDeals (4).csv"),
            #[cfg(unix)]
            (r"/home/Q\&A\'s.csv", "/home/Q&A's.csv"),
            #[cfg(unix)]
            ("file:///home/a%20b/%ED%95%9C.csv", "/home/a b/한.csv"),
            #[cfg(unix)]
            ("'file://desk/home/100%.csv'", "/home/100%.csv"),
            #[cfg(unix)]
            ("file:///home/%+f.csv", "/home/%+f.csv"),
            #[cfg(windows)]
            (r"C:\a\(4).csv", r"C:\a\(4).csv"),
            #[cfg(windows)]
            ("file:///C:/a%20b.csv", "C:/a b.csv"),
        ] {
            assert_eq!(plain_path(typed), path);
        }
    }
}
