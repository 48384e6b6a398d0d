//! What both sides changed of one opportunity, and deciding it: theirs is taken or ours stays, field by field or all at once.

use super::Model;
use super::dialog::{Line, Menu, MenuKind, PaletteEntry};
use crate::domain::change::{Change, What};
use crate::domain::field::Field;
use crate::domain::held::Side;
use crate::domain::ids::OpportunityId;
use crate::store::{Full, Request};

impl Model {
    /// Opens the choice; theirs of everything is one Enter away.
    pub(super) fn open_conflicts(&mut self, full: &Full) {
        let on = &full.opportunity;
        let choice = |field, side, text: String| {
            let entry = Some(PaletteEntry::Resolve { id: on.id, field, side });
            Line { entry, ..Line::plain(text) }
        };
        let mut lines = Vec::new();
        if full.conflicts.len() > 1 {
            let count = full.conflicts.len();
            lines.push(choice(None, Side::Theirs, self.say.conflicts_all_theirs(count)));
            lines.push(choice(None, Side::Ours, self.say.conflicts_all_ours(count)));
        }
        for (field, claim) in &full.conflicts {
            let as_of = claim.at.map(|at| self.day_and_time(at)).unwrap_or_default();
            lines.push(Line { right: as_of, ..Line::head(self.say.field(*field)) });
            let theirs = self.say.value(*field, &claim.theirs);
            lines.push(choice(Some(*field), Side::Theirs, self.say.conflicts_theirs(theirs)));
            let ours = self.say.value(*field, &field.get(on));
            lines.push(choice(Some(*field), Side::Ours, self.say.conflicts_ours(ours)));
        }
        let mut menu = Menu::new(MenuKind::Conflicts(on.id), lines);
        menu.cursor = menu.lines.iter().position(|line| line.entry.is_some()).unwrap_or(0);
        self.show_menu(menu);
    }

    pub(super) fn resolve(&mut self, id: OpportunityId, field: Option<Field>, side: Side) {
        let what = What::Resolve { fields: field.into_iter().collect(), side };
        self.ask(Request::Apply { changes: vec![Change { id, seen: None, what }], now: self.now.now });
    }
}
