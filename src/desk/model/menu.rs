//! What a menu shows of its lines, and which of them is chosen.

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind, PaletteEntry};
use super::rank::{Fit, Typed};
use super::size::Size;
use crate::desk::form::TextField;
use crate::desk::keys::{Action, Key};
use crate::domain::ids::OpportunityId;
use crate::width::{cut, width, wrap};

/// A row of the screen, of the line at this place among those that are shown; all rows of a line are chosen together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuRow {
    pub of: usize,
    pub left: String,
    /// How many cells stand before the text.
    pub indent: usize,
    pub text: String,
    pub right: String,
    pub head: bool,
    pub muted: bool,
}

/// Cells between two columns.
const GAP: usize = 2;

impl Menu {
    pub fn new(kind: MenuKind, lines: Vec<Line>) -> Self {
        let narrows = matches!(kind, MenuKind::Palette | MenuKind::Help | MenuKind::Views | MenuKind::Explain);
        let filter = narrows.then(|| TextField::line(""));
        let mut menu = Self { kind, lines, cursor: 0, top: 0, filter, number: None, explained: None };
        menu.move_to_first();
        menu
    }

    /// Puts the cursor on the first line that does something, else on the first.
    fn move_to_first(&mut self) {
        self.top = 0;
        self.cursor = self.shown().iter().position(|line| line.entry.is_some()).unwrap_or(0);
    }

    fn typed(&self) -> Typed {
        Typed::new(self.filter.as_ref().map_or("", TextField::text))
    }

    /// Returns the lines that fit what was typed, best first in the palette.
    pub fn shown(&self) -> Vec<&Line> {
        let typed = self.typed();
        // What is explained was looked for already.
        if typed.is_empty() || self.kind == MenuKind::Explain {
            return self.lines.iter().collect();
        }
        let number = self.number.iter().map(|line| (Fit::NUMBER, line));
        let lines = self.lines.iter().filter(|line| !line.head).filter_map(|line| Some((typed.fit(line)?, line)));
        let mut fitting: Vec<(Fit, &Line)> = number.chain(lines).collect();
        if fitting.iter().any(|(fit, _)| !fit.is_a_guess()) {
            fitting.retain(|(fit, _)| !fit.is_a_guess());
        }
        if matches!(self.kind, MenuKind::Palette | MenuKind::Views) {
            fitting.sort_by_key(|(fit, _)| *fit);
        }
        fitting.into_iter().map(|(_, line)| line).collect()
    }

    /// Returns whether the cursor stops at a line: at headings only where there is nothing but to read, at empty ones never.
    fn stops_at(&self, line: &Line) -> bool {
        let reads =
            matches!(self.kind, MenuKind::Results | MenuKind::Import | MenuKind::UploadRows | MenuKind::Sums | MenuKind::Why(_));
        let is_told = self.kind == MenuKind::Explain && !line.text.is_empty();
        if self.kind == MenuKind::Columns {
            // Below them stands how they are chosen.
            return line.entry.is_some();
        }
        if line.head { reads || is_told } else { reads || !line.text.is_empty() }
    }

    /// Returns the number of the chosen line among those the cursor stops at, and how many these are.
    pub fn place(&self) -> (usize, usize) {
        let shown = self.shown();
        let count = |lines: &[&Line]| lines.iter().filter(|line| self.stops_at(line)).count();
        (count(&shown[..shown.len().min(self.cursor + 1)]), count(&shown))
    }

    /// Returns columns and rows of the box on a screen of this size, for so many rows of text.
    pub fn dialog(&self, size: Size, rows: usize) -> (u16, u16) {
        let wanted = u16::try_from(rows).unwrap_or(u16::MAX).max(1).saturating_add(self.chrome());
        let wide = match self.kind {
            MenuKind::Sort | MenuKind::Columns => 44,
            MenuKind::Sums => 56,
            MenuKind::Why(_) => 76,
            _ => 92,
        };
        let (columns, _) = size.dialog(wide, 0);
        size.dialog(columns, wanted.max(5))
    }

    /// Returns the rows that text cannot have: borders, and what is typed with an empty row below.
    fn chrome(&self) -> u16 {
        2 + u16::from(self.filter.is_some()) * 2
    }

    /// Breaks the lines that are shown to the width of the box on a screen of this size.
    pub fn rows(&self, size: Size) -> Vec<MenuRow> {
        let room = usize::from(self.dialog(size, 0).0.saturating_sub(4));
        let shown = self.shown();
        let mut rows = Vec::new();
        let mut column = 0;
        for (of, line) in shown.iter().enumerate() {
            let stands = |line: &Line| line.head || !line.left.is_empty();
            if of == 0 || !stands(shown[of - 1]) {
                // What stands left of one line after the other is a column; headings do not end it.
                let together = shown[of..].iter().take_while(|line| stands(line));
                let widths = together.map(|line| width(&line.left)).filter(|wide| *wide <= room * 2 / 5);
                column = widths.max().map_or(0, |wide| wide + GAP);
            }
            push_rows(&mut rows, of, line, if line.left.is_empty() { 0 } else { column }, room);
        }
        rows
    }

    /// Returns which row stands first where `room` rows are seen: the chosen line is seen, with the headings just above it.
    pub fn first_row(&self, rows: &[MenuRow], room: usize) -> usize {
        let chosen = rows.iter().position(|row| row.of == self.cursor).unwrap_or(0);
        let end = rows.iter().rposition(|row| row.of == self.cursor).map_or(0, |last| last + 1);
        let heads = rows[..chosen].iter().rev().take_while(|row| row.head).count();
        let headed = if end + heads <= chosen + room { chosen - heads } else { chosen };
        if end - chosen > room {
            // A line that is higher than the box is read piece by piece.
            return self.top.clamp(headed, end - room);
        }
        self.top.max(end.saturating_sub(room)).min(headed).min(rows.len().saturating_sub(room))
    }

    /// Moves the cursor over the lines it stops at; a page moves what is seen, at once.
    pub(super) fn move_by(&mut self, action: Action, size: Size) {
        let rows = self.rows(size);
        let room = usize::from(self.dialog(size, rows.len()).1.saturating_sub(self.chrome())).max(1);
        let first = self.first_row(&rows, room);
        if let Some(top) = self.within(action, &rows, first, room) {
            self.top = top;
            return;
        }
        let shown = self.shown();
        let stops: Vec<usize> = (0..shown.len()).filter(|at| self.stops_at(shown[*at])).collect();
        let Some((first_stop, last_stop)) = stops.first().copied().zip(stops.last().copied()) else { return };
        let after = |at: usize| stops.iter().copied().find(|stop| *stop >= at);
        let before = |at: usize| stops.iter().copied().rfind(|stop| *stop <= at);
        let row = rows.iter().position(|row| row.of == self.cursor).unwrap_or(0);
        let of = |row: usize| rows.get(row).or(rows.last()).map_or(0, |row| row.of);
        let by = if matches!(action, Action::HalfPageDown | Action::HalfPageUp) { (room / 2).max(1) } else { room };
        let (top, cursor) = match action {
            Action::Down => (first, after(self.cursor + 1)),
            Action::Up => (first, self.cursor.checked_sub(1).and_then(before)),
            Action::First => (0, Some(first_stop)),
            // What only stands below the last one is seen with it.
            Action::Last => (rows.len(), Some(last_stop)),
            Action::PageDown | Action::HalfPageDown => (first + by, after(of(row.max(first) + by)).or(Some(last_stop))),
            Action::PageUp | Action::HalfPageUp => {
                (first.saturating_sub(by), before(of(row.saturating_sub(by))).or(Some(first_stop)))
            }
            _ => return,
        };
        self.cursor = cursor.unwrap_or(self.cursor);
        self.top = top.min(rows.len().saturating_sub(room));
        self.top = self.first_row(&rows, room);
    }

    /// Returns which row stands first next while a chosen line that is higher than the box is read; `None` once its end is reached.
    fn within(&self, action: Action, rows: &[MenuRow], first: usize, room: usize) -> Option<usize> {
        let start = rows.iter().position(|row| row.of == self.cursor)?;
        let end = rows.iter().rposition(|row| row.of == self.cursor)? + 1;
        let by = match action {
            Action::Down | Action::Up => 1,
            Action::HalfPageDown | Action::HalfPageUp => (room / 2).max(1),
            Action::PageDown | Action::PageUp => room,
            _ => return None,
        };
        let down = matches!(action, Action::Down | Action::HalfPageDown | Action::PageDown);
        match end - start > room {
            true if down && first + room < end => Some((first + by).min(end - room)),
            true if !down && first > start => Some(first.saturating_sub(by).max(start)),
            _ => None,
        }
    }

    /// Returns the line that names this key at its left; where text is typed none does.
    pub(super) fn with_letter(&self, key: Key) -> Option<usize> {
        let letter = key.command().text().filter(|_| self.filter.is_none())?.to_string();
        self.lines.iter().position(|line| line.left == letter)
    }

    /// Returns what the chosen line does.
    pub fn chosen(&self) -> Option<PaletteEntry> {
        self.shown().get(self.cursor).and_then(|line| line.entry.clone())
    }
}

impl Model {
    /// What was typed into a menu has changed.
    pub(super) fn menu_typed(&mut self) {
        self.explain_typed();
        let say = &self.say;
        let Some(Dialog::Menu(menu)) = self.dialogs.last_mut() else { return };
        menu.number = menu.typed().number().filter(|_| menu.kind == MenuKind::Palette).map(|number| {
            let id = OpportunityId(number);
            Line { entry: Some(PaletteEntry::GoTo(id)), ..Line::plain(say.palette_go_to(id.to_string())) }
        });
        menu.move_to_first();
    }
}

/// Breaks a line into rows; what stands left has a row of its own where it is wider than its column.
fn push_rows(rows: &mut Vec<MenuRow>, of: usize, line: &Line, column: usize, room: usize) {
    let right = cut(&line.right, room / 2).into_owned();
    let row = |indent, text| {
        let none = String::new;
        MenuRow { of, left: none(), indent, text, right: none(), head: line.head, muted: line.why_not.is_some() }
    };
    let begin = rows.len();
    let above = width(&line.left) + GAP > column && !line.left.is_empty();
    let column = if above { GAP } else { column };
    if above {
        rows.extend(wrap(&line.left, room).into_iter().map(|left| MenuRow { left, ..row(0, String::new()) }));
    }
    let taken = if right.is_empty() { 0 } else { width(&right) + GAP };
    rows.extend(wrap(&line.text, room.saturating_sub(column + taken)).into_iter().map(|text| row(column, text)));
    if let Some(first) = rows.get_mut(begin) {
        first.right = right;
        if !above {
            first.left.clone_from(&line.left);
        }
    }
    let under = line.under.iter().flat_map(|under| wrap(under, room.saturating_sub(column + GAP)));
    rows.extend(under.map(|text| MenuRow { muted: true, ..row(column + GAP, text) }));
    let why = line.why_not.iter().filter(|why| !why.is_empty()).flat_map(|why| wrap(why, room.saturating_sub(column + GAP)));
    rows.extend(why.map(|text| row(column + GAP, text)));
}
