//! What a click does, what leads out of the terminal, and where the last frame painted both; nothing of it is decided here.

use super::keys::Action;
use crate::domain::query::SortKey;
use crate::domain::tab::View;

/// What was painted where somebody clicks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// What does this action.
    Do(Action),
    View(View),
    Sort(SortKey),
    /// A row of the list, from the top of what is seen.
    Row(usize),
    /// A line of the menu, of the box that imports, of the room or of the welcome.
    Line(usize),
    /// Something of the form.
    Form(FormHit),
}

/// What of a form was painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormHit {
    Page(usize),
    Field(usize),
    /// An option of the field, counted from one.
    Option(usize, usize),
    Suggestion(usize),
    Button,
}

/// Cells of the screen: where they begin, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub column: u16,
    pub row: u16,
    pub columns: u16,
    pub rows: u16,
}

impl Area {
    const fn holds(self, column: u16, row: u16) -> bool {
        let Some(right) = column.checked_sub(self.column) else { return false };
        let Some(down) = row.checked_sub(self.row) else { return false };
        right < self.columns && down < self.rows
    }
}

/// The places of a frame that can be clicked; what was painted last lies on top. Beside them the links: what the terminal itself opens.
#[derive(Debug, Clone, Default)]
pub struct Zones {
    clickable: Vec<(Area, Hit)>,
    links: Vec<(Area, String)>,
}

impl Zones {
    pub fn add(&mut self, area: Area, hit: Hit) {
        self.clickable.push((area, hit));
    }

    pub fn link(&mut self, area: Area, to: String) {
        self.links.push((area, to));
    }

    /// Returns the links: where each stands, and where it leads.
    pub fn links(&self) -> &[(Area, String)] {
        &self.links
    }

    /// Returns what lies at a place.
    pub fn at(&self, column: u16, row: u16) -> Option<Hit> {
        self.clickable.iter().rev().find(|(area, _)| area.holds(column, row)).map(|(_, hit)| *hit)
    }

    /// Returns how many entries of a room, of so many lines `each`, are seen from the one at the cursor on, downwards or upwards,
    /// without that one; `None` where no entry is seen at all.
    pub fn seen_from(&self, cursor: usize, each: usize, down: bool) -> Option<usize> {
        let seen = self.clickable.iter().filter_map(|(_, hit)| if let Hit::Line(line) = hit { Some(*line / each) } else { None });
        if down {
            seen.max().map(|last| last.saturating_sub(cursor))
        } else {
            seen.min().map(|first| cursor.saturating_sub(first))
        }
    }

    /// Returns how many there are.
    pub const fn count(&self) -> usize {
        self.clickable.len()
    }

    /// Forgets all but the first: something was painted over the others.
    pub fn keep(&mut self, first: usize) {
        self.links.clear();
        self.clickable.truncate(first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_what_is_seen_below_the_cursor_or_above_it() {
        let mut zones = Zones::default();
        assert_eq!(zones.seen_from(3, 1, true), None);
        // Entry 4 takes three rows, those around it one each.
        for (row, line) in (0..).zip([2, 3, 4, 4, 4, 5]) {
            zones.add(Area { column: 0, row, columns: 80, rows: 1 }, Hit::Line(line));
        }
        zones.add(Area { column: 0, row: 9, columns: 80, rows: 1 }, Hit::Row(9));
        assert_eq!((zones.seen_from(3, 1, true), zones.seen_from(3, 1, false)), (Some(2), Some(1)));
        assert_eq!(zones.seen_from(1, 2, true), Some(1), "where an entry has two lines");
        assert_eq!((zones.seen_from(7, 1, true), zones.seen_from(0, 1, false)), (Some(0), Some(0)), "of another frame");
    }
}
