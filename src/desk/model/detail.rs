//! The lines of the detail as wide as they are painted, and how far they can be scrolled.

use super::Model;
use crate::desk::room::Room;
use crate::i18n::Fact;
use crate::store::Full;
use crate::width::wrap;

/// Cells that a value needs at least beside its whole name; in less room the name is cut.
const VALUE_COLUMNS: usize = 16;
/// Rows of the body that the detail has above its text, beside the list's own head.
const HEAD_ROWS: usize = 2;

impl Model {
    /// Returns the facts about one, broken into lines for a room so wide; only the first line of each bears its name.
    pub fn detail_lines(&self, full: &Full, room: usize) -> Vec<Fact> {
        let facts = self.say.describe(full, self.now, &|at| self.day_and_time(at));
        let value_room = room.saturating_sub(self.name_columns(room) + 2);
        let mut lines = Vec::new();
        for Fact { name, value, tone } in facts {
            for (index, value) in wrap(&value, value_room).into_iter().enumerate() {
                lines.push(Fact { name: if index == 0 { name.clone() } else { String::new() }, value, tone });
            }
        }
        lines
    }

    /// Returns the columns of the names beside the values in a room so wide, whatever is told.
    pub fn name_columns(&self, room: usize) -> usize {
        let widest = self.say.widest_name();
        if room >= widest + 2 + VALUE_COLUMNS { widest } else { widest.min(room / 3) }
    }

    /// Keeps the detail from being scrolled past its end.
    pub(super) fn keep_detail_in_sight(&mut self) {
        if !matches!(self.rooms.last(), Some(Room::Detail(_))) {
            return;
        }
        let wide = usize::from(self.size.columns).saturating_sub(4);
        let lines = self.selected_detail().map_or(0, |full| self.detail_lines(full, wide).len());
        let text = self.size.layout().room_rows.saturating_sub(HEAD_ROWS).max(1);
        if let Some(Room::Detail(detail)) = self.rooms.last_mut() {
            detail.scroll = detail.scroll.min(lines.saturating_sub(text));
        }
    }
}
