//! Painting by cells: text that cannot leave its room, and boxes that leave no half characters behind.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::look::{Look, Role, Signs};
use crate::desk::zones::{Area, Hit, Zones};
use crate::width::{cut, steady, width};

/// The cells of the screen with the look they are painted in.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    look: &'a Look,
    zones: Zones,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, look: &'a Look) -> Self {
        Self { buffer, look, zones: Zones::default() }
    }

    pub(super) const fn signs(&self) -> &'a Signs {
        &self.look.signs
    }

    pub(super) const fn style(&self, role: Role) -> Style {
        self.look.style(role)
    }

    /// Writes text at a place of `room`, cut at its edge, and returns the columns it took.
    pub(super) fn text(&mut self, room: Rect, x: u16, y: u16, text: &str, role: Role) -> u16 {
        self.styled(room, x, y, text, self.style(role))
    }

    pub(super) fn styled(&mut self, room: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let room = room.intersection(self.buffer.area);
        if x >= room.width || y >= room.height {
            return 0;
        }
        let text = steady(text);
        let text = cut(&text, usize::from(room.width - x));
        let (end, _) = self.buffer.set_stringn(room.x + x, room.y + y, &text, usize::from(room.width - x), style);
        end - room.x - x
    }

    /// Lets an area of `room` be clicked: so many columns from a place of it.
    pub(super) fn click(&mut self, room: Rect, x: u16, y: u16, columns: u16, hit: Hit) {
        let area = Rect { x: room.x.saturating_add(x), y: room.y.saturating_add(y), width: columns, height: 1 };
        let seen = area.intersection(room);
        self.zones.add(Area { column: seen.x, row: seen.y, columns: seen.width, rows: seen.height }, hit);
    }

    /// Lets cells of `room` be opened by the terminal: so many columns from a place of it.
    pub(super) fn link(&mut self, room: Rect, x: u16, y: u16, columns: u16, to: String) {
        let area = Rect { x: room.x.saturating_add(x), y: room.y.saturating_add(y), width: columns, height: 1 };
        let seen = area.intersection(room);
        if seen.width > 0 && seen.height > 0 {
            self.zones.link(Area { column: seen.x, row: seen.y, columns: seen.width, rows: 1 }, to);
        }
    }

    pub(super) const fn clickable(&mut self) -> &mut Zones {
        &mut self.zones
    }

    pub(super) fn into_clickable(self) -> Zones {
        self.zones
    }

    /// Writes text so that it ends at the right edge of `room`.
    pub(super) fn right(&mut self, room: Rect, y: u16, text: &str, role: Role) {
        let wide = u16::try_from(width(text)).unwrap_or(u16::MAX).min(room.width);
        self.text(room, room.width - wide, y, text, role);
    }

    /// Writes a text that is typed with the field it stands in, as far as that has room; returns its cells.
    pub(super) fn field(&mut self, room: Rect, (x, y): (u16, u16), text: &str, role: Role, extent: u16) -> u16 {
        let wide = self.text(room, x, y, text, role);
        let extent = extent.max(wide).min(room.width.saturating_sub(x));
        let rest = self.signs().blank.repeat(usize::from(extent.saturating_sub(wide)));
        self.text(room, x + wide, y, &rest, Role::Muted);
        self.restyle(Rect { x: room.x + x, y: room.y + y, width: extent, height: 1 }, Role::Field);
        extent
    }

    /// Gives the cells of an area a style, whatever stands in them.
    pub(super) fn restyle(&mut self, area: Rect, role: Role) {
        let style = self.style(role);
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Shows an area as selected: one plain piece without colours, whatever stands in it; bold and underlined stay.
    pub(super) fn select(&mut self, area: Rect) {
        let style = self.style(Role::Selected);
        let area = area.intersection(self.buffer.area);
        for (y, x) in (area.top()..area.bottom()).flat_map(|y| (area.left()..area.right()).map(move |x| (y, x))) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                let stays = cell.modifier & (Modifier::BOLD | Modifier::UNDERLINED);
                cell.set_style(Style::reset()).set_style(style.add_modifier(stays));
            }
        }
    }

    /// Lets an area recede behind what lies over it: readable still, but plain and muted.
    pub(super) fn recede(&mut self, area: Rect) {
        let style = Style::reset().patch(self.style(Role::Muted));
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Draws a line from top to bottom.
    pub(super) fn vertical(&mut self, area: Rect) {
        for y in 0..area.height {
            self.text(area, 0, y, self.look.signs.vertical, Role::Muted);
        }
    }

    /// Empties an area and draws a border with a title; returns the room inside.
    pub(super) fn open_box(&mut self, area: Rect, title: &str) -> Rect {
        let area = area.intersection(self.buffer.area);
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        self.clear(area);
        let signs = self.look.signs;
        let line = signs.horizontal.repeat(usize::from(area.width - 2));
        let [top_left, top_right, bottom_left, bottom_right] = signs.corners;
        self.text(area, 0, 0, &format!("{top_left}{line}{top_right}"), Role::Text);
        self.text(area, 0, area.height - 1, &format!("{bottom_left}{line}{bottom_right}"), Role::Text);
        for y in 1..area.height - 1 {
            self.text(area, 0, y, signs.vertical, Role::Text);
            self.text(area, area.width - 1, y, signs.vertical, Role::Text);
        }
        if !title.is_empty() && area.width > 6 {
            let room = Rect { x: area.x + 2, width: area.width - 4, ..area };
            self.text(room, 0, 0, &format!(" {title} "), Role::Title);
        }
        Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height - 2 }
    }

    /// Empties an area.
    // A wide character whose second half lies under the area would swallow the area's first column (ratatui#2526).
    pub(super) fn clear(&mut self, area: Rect) {
        for y in area.top()..area.bottom() {
            if let Some(before) = area.x.checked_sub(1)
                && let Some(cell) = self.buffer.cell_mut((before, y))
                && width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }
}

/// Returns an area of this size in the middle of another, never larger than it; its last line stays free for what is said.
pub(super) fn centered(area: Rect, columns: u16, rows: u16) -> Rect {
    middle(area, columns, rows.min(area.height.saturating_sub(1)))
}

/// Returns an area of this size that begins near the top of another: it grows and shrinks at its end only.
pub(super) fn hanging(area: Rect, columns: u16, rows: u16) -> Rect {
    const HIGH: u16 = 30;
    let above = if area.height < HIGH { 1 } else { 3 };
    let middle = middle(area, columns, rows);
    let y = area.y + above.min(area.height);
    Rect { y, height: rows.min(area.height.saturating_sub(above + 1)), ..middle }.intersection(area)
}

/// As [`centered`], for what needs every line there is.
pub(super) fn middle(area: Rect, columns: u16, rows: u16) -> Rect {
    let (width, height) = (columns.min(area.width), rows.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }.intersection(area)
}
