//! What a menu shows of its lines, and which of them is chosen.

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind, PaletteEntry};
use super::rank::{Fit, Typed};
use crate::desk::form::TextField;
use crate::domain::ids::OpportunityId;

impl Menu {
    pub fn new(kind: MenuKind, lines: Vec<Line>) -> Self {
        let narrows = matches!(kind, MenuKind::Palette | MenuKind::Help);
        Self { kind, lines, cursor: 0, filter: narrows.then(|| TextField::line("")), number: None }
    }

    fn typed(&self) -> Typed {
        Typed::new(self.filter.as_ref().map_or("", TextField::text))
    }

    /// Returns the lines that fit what was typed, best first in the palette.
    pub fn shown(&self) -> Vec<&Line> {
        let typed = self.typed();
        if typed.is_empty() {
            return self.lines.iter().collect();
        }
        let number = self.number.iter().map(|line| (Fit::NUMBER, line));
        let lines = self.lines.iter().filter(|line| !line.head).filter_map(|line| Some((typed.fit(line)?, line)));
        let mut fitting: Vec<(Fit, &Line)> = number.chain(lines).collect();
        if fitting.iter().any(|(fit, _)| !fit.is_a_guess()) {
            fitting.retain(|(fit, _)| !fit.is_a_guess());
        }
        if self.kind == MenuKind::Palette {
            fitting.sort_by_key(|(fit, _)| *fit);
        }
        fitting.into_iter().map(|(_, line)| line).collect()
    }

    /// Returns what the chosen line does.
    pub fn chosen(&self) -> Option<PaletteEntry> {
        self.shown().get(self.cursor).and_then(|line| line.entry)
    }
}

impl Model {
    /// What was typed into a menu has changed.
    pub(super) fn menu_typed(&mut self) {
        let say = &self.say;
        let Some(Dialog::Menu(menu)) = self.dialogs.last_mut() else { return };
        menu.cursor = 0;
        menu.number = menu.typed().number().filter(|_| menu.kind == MenuKind::Palette).map(|number| {
            let id = OpportunityId(number);
            Line { entry: Some(PaletteEntry::GoTo(id)), ..Line::plain(say.palette_go_to(id.to_string())) }
        });
    }
}
