//! Which columns the list shows: each is put in or left out by itself, and all can be left to the width again.

use super::Model;
use super::columns::{Laid, head};
use super::dialog::{Dialog, Line, Menu, MenuKind, PaletteEntry};
use crate::desk::column::{Column, Columns};

impl Model {
    pub(super) fn open_columns(&mut self) {
        let first = usize::from(self.list().columns.chosen().is_some());
        self.show_columns(first);
    }

    /// Shows one column more or less, and goes on choosing.
    pub(super) fn toggle_column(&mut self, column: Column) {
        if column != Column::Deal {
            let shown = self.shown_columns();
            let list = self.list_mut();
            list.columns = list.columns.toggled(column, &shown);
        }
        self.show_columns(1 + column as usize);
    }

    /// Shows as many columns as fit, and goes on choosing.
    pub(super) fn fit_columns(&mut self) {
        self.list_mut().columns = Columns::FITTING;
        self.show_columns(0);
    }

    pub(super) fn shown_columns(&self) -> Vec<Column> {
        let layout = self.layout();
        Laid::new(self, layout.list_columns, self.list().visible(layout.list_rows).0).shown()
    }

    fn show_columns(&mut self, cursor: usize) {
        let shown = self.shown_columns();
        let chosen = self.list().columns.chosen();
        let tick = |on: bool| if on { "[x]".to_owned() } else { "[ ]".to_owned() };
        let now = if chosen.is_none() { self.say.sort_now() } else { String::new() };
        let fitting = Line {
            left: tick(chosen.is_none()),
            right: now,
            entry: Some(PaletteEntry::FitColumns),
            ..Line::plain(self.say.columns_fitting())
        };
        let lines = Column::ALL.map(|column| {
            let is_shown = shown.contains(&column);
            let wanted = chosen.map_or(is_shown, |chosen| chosen.contains(&column));
            let right = match column {
                Column::Deal => self.say.columns_always(),
                _ if wanted && !is_shown => self.say.columns_no_room(),
                _ => String::new(),
            };
            let entry = Some(PaletteEntry::Column(column));
            Line { left: tick(wanted), right, entry, ..Line::plain(head(self, column)) }
        });
        let mut menu = Menu::new(MenuKind::Columns, [fitting].into_iter().chain(lines).collect());
        menu.lines.push(Line::plain(self.say.columns_hint()));
        menu.cursor = cursor;
        self.dialogs.push(Dialog::Menu(menu));
    }
}
