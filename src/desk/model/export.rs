//! The box that asks for a file, of what is shown or marked or of the review: its name, what it is to be, and which columns; nothing here
//! writes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::order;
use super::dialog::{Dialog, Then};
use super::picker::plain_path;
use super::{Effect, Model};
use crate::desk::column;
use crate::desk::form::{Edited, TextField};
use crate::desk::importing::{expanded, shortened};
use crate::desk::keys::{Action, Code, Key};
use crate::desk::room::Room;
use crate::domain::date::Moment;
use crate::domain::query::{ListQuery, SortKey};
use crate::domain::tab::Tab;
use crate::export::{Column, Done, Failed, Format, Manner, Page, PageFormat};
use crate::insight::Review;
use crate::store::Exported;

/// A line of the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportLine {
    File,
    Format,
    Columns,
}

impl ExportLine {
    const ALL: [Self; 3] = [Self::File, Self::Format, Self::Columns];
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct ExportBox {
    pub field: TextField,
    pub line: ExportLine,
    /// Why the last try came to nothing.
    pub error: Option<String>,
    /// Whether it may take the place of a file that is there.
    pub over: bool,
    /// The folder that names begin in.
    here: PathBuf,
    pub of: ExportOf,
}

/// What goes into the file, and as what.
#[derive(Debug, Clone)]
pub enum ExportOf {
    Deals(Box<DealsAsked>),
    Review(Arc<ReviewAsked>, ReviewFormat),
}

/// A review as it was shown when a file of it was asked for.
#[derive(Debug, Clone)]
pub struct ReviewAsked {
    pub page: Page,
    pub review: Arc<Review>,
    /// The deals of its workbook.
    pub lists: [ListQuery; 2],
    /// The end of its days.
    pub moment: Moment,
    /// Whether everything is wanted as it stood then.
    pub past: bool,
}

/// What a review can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewFormat {
    Page(PageFormat),
    Workbook,
}

impl ReviewFormat {
    /// In the order in which they are offered.
    const ALL: [Self; 3] = [Self::Page(PageFormat::Html), Self::Page(PageFormat::Markdown), Self::Workbook];

    const fn code(self) -> &'static str {
        match self {
            Self::Page(format) => format.code(),
            Self::Workbook => Format::Xlsx.code(),
        }
    }

    /// Returns what the ending of a file's name says.
    fn of(path: &Path) -> Option<Self> {
        let is_workbook = Format::of(path) == Some(Format::Xlsx);
        PageFormat::of(path).map(Self::Page).or(is_workbook.then_some(Self::Workbook))
    }
}

#[derive(Debug, Clone)]
pub struct DealsAsked {
    pub format: Format,
    /// Whether every column there is, and not only those that are shown.
    pub all: bool,
    /// How many it is of, where that is known.
    pub count: Option<u64>,
    pub wanted: Exported,
    /// The columns that are shown.
    shown: Vec<Column>,
}

impl DealsAsked {
    pub fn manner(&self) -> Manner {
        let columns = if self.all { Column::ALL.to_vec() } else { self.shown.clone() };
        Manner { format: self.format, columns, plain: false, map: None }
    }
}

impl ExportOf {
    const fn code(&self) -> &'static str {
        match self {
            Self::Deals(deals) => deals.format.code(),
            Self::Review(_, format) => format.code(),
        }
    }

    /// Takes what the ending of a name says; returns whether it says anything.
    fn take(&mut self, path: &Path) -> bool {
        match self {
            Self::Deals(deals) => Format::of(path).map(|format| deals.format = format).is_some(),
            Self::Review(_, format) => ReviewFormat::of(path).map(|named| *format = named).is_some(),
        }
    }

    /// Goes on to the next format or the one before.
    fn turn(&mut self, forward: bool) {
        match self {
            Self::Deals(deals) => deals.format = turned(&Format::ALL, deals.format, forward),
            Self::Review(_, format) => *format = turned(&ReviewFormat::ALL, *format, forward),
        }
    }

    /// Returns whether the ending of a name is one that a file has, be it one that this cannot be.
    fn knows(&self, path: &Path) -> bool {
        match self {
            Self::Deals(_) => Format::of(path).is_some(),
            Self::Review(..) => ReviewFormat::of(path).is_some(),
        }
    }
}

/// Returns what follows one of several, or stands before it; they go round.
fn turned<T: Copy + PartialEq>(all: &[T], one: T, forward: bool) -> T {
    let at = all.iter().position(|other| *other == one).unwrap_or(0);
    let to = (at + if forward { 1 } else { all.len() - 1 }) % all.len();
    all.get(to).copied().unwrap_or(one)
}

impl ExportBox {
    /// Returns the lines there are.
    pub const fn lines(&self) -> &'static [ExportLine] {
        match self.of {
            ExportOf::Deals(_) => &ExportLine::ALL,
            ExportOf::Review(..) => &[ExportLine::File, ExportLine::Format],
        }
    }

    /// Returns the file that is named; one whose ending says nothing gets that of the format.
    pub fn path(&self) -> PathBuf {
        let path = expanded(&plain_path(self.field.text()));
        let mut named = self.of.clone();
        if named.take(&path) && named.code() == self.of.code() { path } else { self.with_ending(&path) }
    }

    /// Returns the file that is written, as one types it from anywhere; nothing where none is named.
    pub fn place(&self) -> Option<String> {
        let path = self.here.join(self.path());
        let is_named = !plain_path(self.field.text()).is_empty() && path.has_root();
        is_named.then(|| shortened(&path.components().collect::<PathBuf>()))
    }

    /// Returns a name with the ending of the format in the place of another one's.
    fn with_ending(&self, path: &Path) -> PathBuf {
        if self.of.knows(path) {
            return path.with_extension(self.of.code());
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(self.of.code());
        name.into()
    }

    /// Returns the ending of a file that other programs write and this one does not: it is no part of a name.
    fn foreign_ending(&self) -> Option<String> {
        let path = plain_path(self.field.text());
        let ending = Path::new(&path).extension()?.to_str()?.to_ascii_lowercase();
        ["xls", "xlsm", "xlsb", "ods", "numbers", "pdf", "docx"].contains(&ending.as_str()).then_some(ending)
    }

    /// A name that is typed says what it is to be.
    pub(super) fn typed(&mut self) {
        (self.error, self.over) = (None, false);
        let path = PathBuf::from(self.field.text());
        self.of.take(&path);
    }

    /// Takes a name that is pasted, wherever the box is.
    pub(super) fn paste(&mut self, text: &str) {
        self.line = ExportLine::File;
        self.field.paste(text);
        self.typed();
    }

    /// Goes on to the next or the one before of what a line offers.
    fn choose(&mut self, forward: bool) {
        match self.line {
            ExportLine::File => {}
            ExportLine::Columns => {
                if let ExportOf::Deals(deals) = &mut self.of {
                    deals.all = !deals.all;
                }
            }
            ExportLine::Format => {
                self.of.turn(forward);
                let named = self.with_ending(Path::new(self.field.text()));
                self.field = TextField::line(&named.display().to_string());
                (self.error, self.over) = (None, false);
            }
        }
    }

    fn go(&mut self, forward: bool) {
        self.line = turned(self.lines(), self.line, forward);
    }
}

impl Model {
    /// Opens the box on what is marked, else on the deal that is open, else on all that the list shows.
    pub(super) fn open_export(&mut self) {
        let query = self.list().listed();
        let selected = self.selected().map(|row| row.id).filter(|_| matches!(self.rooms.last(), Some(Room::Detail(_))));
        let only = if self.marks.is_empty() { selected.map(|id| [id].into()) } else { Some(self.marks.clone()) };
        let name = match (&only, selected.filter(|_| self.marks.is_empty())) {
            (None, _) => query.tab.code().to_owned(),
            (Some(_), Some(id)) => id.to_string(),
            (Some(_), None) => "marked".to_owned(),
        };
        let deals = match &only {
            Some(only) => Some(only.len() as u64),
            None => self.shown(),
        };
        let format = Format::Xlsx;
        let field = TextField::line(&format!("cosell-{name}-{}.{}", *self.now.today, format.code()));
        let shown = self.exported_columns();
        let wanted = Exported { query, only };
        self.ask_for_file(field, ExportOf::Deals(Box::new(DealsAsked { format, all: false, count: deals, wanted, shown })));
    }

    /// Opens the box on the review that is shown; one that is not there yet is no file.
    fn open_review_file(&mut self) {
        let Some(asked) = self.review_asked() else { return };
        let format = ReviewFormat::Page(PageFormat::Html);
        let field = TextField::line(&format!("cosell-review-{}.{}", *self.now.today, format.code()));
        self.ask_for_file(field, ExportOf::Review(Arc::new(asked), format));
    }

    fn ask_for_file(&mut self, field: TextField, of: ExportOf) {
        let here = self.unsaid.here.clone();
        let asked = ExportBox { field, line: ExportLine::File, error: None, over: false, here, of };
        self.dialogs.push(Dialog::Export(Box::new(asked)));
    }

    /// Returns what the columns that are shown are in a file: with the number of each deal, and which ones are private.
    fn exported_columns(&self) -> Vec<Column> {
        let mut columns = vec![Column::Id];
        for shown in self.shown_columns() {
            let as_one: &[Column] = match shown {
                column::Column::TimeLeft => match order(self, shown) {
                    SortKey::Archived => &[Column::Closed],
                    SortKey::CloseDate => &[Column::Close],
                    _ => &[Column::RespondBy],
                },
                column::Column::Deal => &[Column::Name],
                column::Column::Customer => &[Column::Customer],
                column::Column::Value => &[Column::Value, Column::Currency],
                column::Column::Close => &[Column::Close],
                column::Column::Stage => &[Column::Stage, Column::Outcome],
                column::Column::Owner => &[Column::Owner],
                column::Column::SalesStage => &[Column::SalesStage],
                column::Column::Country => &[Column::Country],
                column::Column::Received if self.list().place().0 == Tab::Outbound => &[Column::Created],
                column::Column::Received => &[Column::Received],
                column::Column::Next => &[Column::NextOn, Column::Next],
                column::Column::Changed => &[Column::Changed],
            };
            let new: Vec<Column> = as_one.iter().copied().filter(|column| !columns.contains(column)).collect();
            columns.extend(new);
        }
        columns.push(Column::Private);
        columns
    }

    /// A key in the box; returns whether it was for it.
    pub(super) fn export_key(&mut self, key: Key, burst: bool) -> bool {
        let Some(Dialog::Export(asked)) = self.dialogs.last_mut() else { return false };
        if asked.line == ExportLine::File {
            match asked.field.key(key) {
                Edited::Text => {
                    asked.typed();
                    return true;
                }
                Edited::Cursor => return true,
                Edited::No => {}
            }
        }
        match key.code {
            Code::Enter if burst => self.warn(self.say.form_enter_pasted()),
            Code::Enter => self.start_export(),
            Code::Tab if key.shift => asked.go(false),
            Code::Tab | Code::Down => asked.go(true),
            Code::Up => asked.go(false),
            Code::Right | Code::Char(' ') => asked.choose(true),
            Code::Left => asked.choose(false),
            _ => return false,
        }
        true
    }

    /// A click on a line of the box goes there; on what it offers, it goes on to the next.
    pub(super) fn click_export(&mut self, line: usize) {
        let Some(Dialog::Export(asked)) = self.dialogs.last_mut() else { return };
        let Some(line) = asked.lines().get(line) else { return };
        if asked.line == *line {
            asked.choose(true);
        }
        asked.line = *line;
    }

    /// Has it written as the box says; the list can be worked in meanwhile.
    fn start_export(&mut self) {
        match self.dialogs.pop() {
            Some(Dialog::Export(asked)) if plain_path(asked.field.text()).is_empty() => {
                self.dialogs.push(Dialog::Export(asked));
                self.warn(self.say.desk_path_missing());
            }
            Some(Dialog::Export(mut asked)) if asked.foreign_ending().is_some() => {
                let ending = asked.foreign_ending().unwrap_or_default();
                asked.error = Some(self.say.export_ending(ending, asked.of.code()));
                self.dialogs.push(Dialog::Export(asked));
            }
            Some(Dialog::Export(asked)) => {
                let path = asked.path().display().to_string();
                self.tell(match asked.of {
                    ExportOf::Deals(_) => self.say.export_writing(path),
                    ExportOf::Review(..) => self.say.review_file_writing(path),
                });
                self.effects.push(Effect::Export(asked));
            }
            _ => {}
        }
    }

    /// Somebody wants it written over what is there.
    pub(super) fn write_over(&mut self) {
        if let Some(Dialog::Export(asked)) = self.dialogs.last_mut() {
            asked.over = true;
            self.start_export();
        }
    }

    /// An export has come to its end: where there is no file the box says why, and keeps what was typed.
    pub(super) fn exported(&mut self, mut asked: Box<ExportBox>, result: Result<Done, Failed>) {
        let failed = match result {
            Ok(Done { path, deals }) => {
                let path = path.display().to_string();
                return self
                    .tell(deals.map_or_else(|| self.say.review_written(&path), |deals| self.say.export_done(deals, &path)));
            }
            Err(failed) => failed,
        };
        let (said, asks) = match &failed {
            Failed::Exists(path) if asked.over => (self.say.export_no_file(path.display().to_string()), false),
            Failed::Exists(path) => (self.say.export_over(path.display().to_string()), true),
            Failed::File(path, error) => (self.say.review_file_failed(error.to_string(), path.display().to_string()), false),
            Failed::Folder(why) => (self.say.unfit(why).whole(), false),
            Failed::Store(error) => (self.said(error), false),
        };
        // Where something else was opened meanwhile, that is not covered.
        if !self.dialogs.is_empty() {
            return self.warn(said);
        }
        asked.error = Some(said.clone()).filter(|_| !asks);
        self.dialogs.push(Dialog::Export(asked));
        self.note = None;
        if asks {
            self.put(said, Then::WriteOver);
        }
    }

    /// # Errors
    /// The sentence that says that there is nothing to export.
    pub(super) fn can_export(&self) -> Result<(), String> {
        let any = !self.marks.is_empty() || !self.list().rows.is_empty();
        if any { Ok(()) } else { Err(self.say.export_nothing_here()) }
    }

    /// Takes what is shown or marked along: to the clipboard, or into a file.
    pub(super) fn take_along(&mut self, action: Action) {
        match action {
            Action::Export => self.open_export(),
            Action::WriteReview => self.open_review_file(),
            _ => self.copy(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::ListQuery;

    #[test]
    fn a_name_has_the_ending_of_what_it_is_to_be() {
        for (name, format, ends) in [
            ("deals.xlsx", Format::Csv, "deals.csv"),
            ("deals", Format::Markdown, "deals.md"),
            ("deals.v2", Format::Xlsx, "deals.v2.xlsx"),
            ("한국.CSV", Format::Csv, "한국.csv"),
        ] {
            let wanted = Exported { query: ListQuery::tab(Tab::All), only: None };
            let of = ExportOf::Deals(Box::new(DealsAsked { format, all: false, count: None, wanted, shown: Vec::new() }));
            let asked = ExportBox {
                field: TextField::line(name),
                line: ExportLine::File,
                error: None,
                over: false,
                here: PathBuf::new(),
                of,
            };
            assert_eq!(asked.with_ending(Path::new(name)), Path::new(ends));
        }
    }
}
