//! What both sides changed as a room: what it was, ours and theirs beside each other, on narrow screens below each other.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::{Clash, Conflicts};
use crate::desk::zones::Hit;
use crate::domain::held::Side;
use crate::width::{cut, width, wrap};

/// From so many columns on all stand beside each other.
const BESIDE: u16 = 76;

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Conflicts) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let wide = usize::from(inside.width.saturating_sub(1));
    let number = |n: usize| model.say.number(n as u64);
    let count = room.clashes.len();
    let place = if count == 0 { String::new() } else { model.say.history_place(number(room.cursor.0 + 1), number(count)) };
    let head = model.say.conflicts_title(&room.title);
    canvas.text(inside, 1, 0, &cut(&head, wide.saturating_sub(width(&place) + 1)), Role::Title);
    canvas.right(inside, 0, &place, Role::Muted);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..inside };
    if count == 0 {
        for (y, text) in (1..body.height).zip(wrap(&model.conflicts_rest(room), wide)) {
            canvas.text(body, 1, y, &text, Role::Text);
        }
        return Some((body.x + 1, body.y + 1));
    }
    let blocks: Vec<Block> = room.clashes.iter().map(|clash| Block::of(model, clash, body.width)).collect();
    let mut cursor = None;
    let mut y = 0;
    for (at, block) in blocks.iter().enumerate().skip(first(&blocks, room.cursor.0, usize::from(body.height))) {
        if y >= body.height {
            break;
        }
        let below = Rect { y: body.y + y, height: body.height - y, ..body };
        canvas.text(below, 1, 0, &block.name, Role::Title);
        for part in &block.parts {
            part.draw(canvas, below, at);
            if at == room.cursor.0 && part.side == Some(room.side) {
                cursor = part.select(canvas, below);
            }
        }
        y = y.saturating_add(block.high);
    }
    cursor
}

/// Returns the first field that is shown, so that the one with the cursor is seen whole where that can be.
fn first(blocks: &[Block], cursor: usize, high: usize) -> usize {
    let mut rows = 0;
    let shown = blocks.iter().take(cursor + 1).rev().take_while(|block| {
        rows += usize::from(block.high);
        rows <= high
    });
    cursor + 1 - shown.count().clamp(1, cursor + 1)
}

/// A field with what it was and both sides.
struct Block {
    name: String,
    parts: [Part; 3],
    high: u16,
}

/// One side of a field: whose it is, and the value below.
struct Part {
    /// What it was is no side: nobody takes it.
    side: Option<Side>,
    x: u16,
    y: u16,
    columns: u16,
    head: String,
    lines: Vec<String>,
}

impl Block {
    fn of(model: &Model, clash: &Clash, columns: u16) -> Self {
        let part = |side, x, y, columns: u16, head: String, value: &str| {
            let lines = wrap(value, usize::from(columns.saturating_sub(2)).max(1));
            Part { side, x, y, columns, head, lines }
        };
        let ours = model.say.conflicts_side_ours();
        let from = clash.from.clone();
        let before = model.say.conflicts_side_before();
        let is_beside = columns >= BESIDE;
        // What it was is only to compare with: the narrowest beside the others, and below them the last.
        let (first, second) = (columns / 4, columns / 3);
        let at = |x, y, wide| if is_beside { (x, 1, wide) } else { (0, y, columns) };
        let (x, y, wide) = at(first, 1, second);
        let mine = part(Some(Side::Ours), x, y, wide, ours, &clash.ours);
        let (x, y, wide) = at(first + second, mine.y + mine.high(), columns - first - second);
        let theirs = part(Some(Side::Theirs), x, y, wide, from, &clash.theirs);
        let (x, y, wide) = at(0, theirs.y + theirs.high(), first);
        let was = part(None, x, y, wide, before, &clash.before);
        let end = [&was, &mine, &theirs].into_iter().map(|part| part.y + part.high()).max().unwrap_or(1);
        // A free line between two fields, where they are not packed anyway.
        let high = if is_beside { end + 1 } else { end };
        Self { name: clash.name.clone(), parts: [was, mine, theirs], high }
    }
}

impl Part {
    fn high(&self) -> u16 {
        u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(1)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, below: Rect, at: usize) {
        let lines = std::iter::once((&self.head, Role::Muted)).chain(self.lines.iter().map(|line| (line, Role::Text)));
        for (y, (text, role)) in (self.y..below.height).zip(lines) {
            let role = if self.side.is_some() { role } else { Role::Muted };
            canvas.text(below, self.x + 2, y, &cut(text, usize::from(self.columns.saturating_sub(2))), role);
            if let Some(side) = self.side {
                canvas.click(below, self.x, y, self.columns, Hit::Line(Conflicts::line(at, side)));
            }
        }
    }

    /// Shows the side as the chosen one; returns where the cursor stands.
    fn select(&self, canvas: &mut Canvas<'_>, below: Rect) -> Option<(u16, u16)> {
        let area = Rect { x: below.x + self.x, y: below.y + self.y, width: self.columns, height: self.high() };
        let area = area.intersection(below);
        canvas.text(below, self.x, self.y, canvas.signs().pointer, Role::Text);
        canvas.select(area);
        (area.height > 0).then_some((area.x, area.y))
    }
}
