//! The outbox as a room: how much waits on top, then the deals under the heads of where they stand, each with what goes and what stays.

use ratatui::layout::Rect;

use super::around::{Row, around, paint};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::Outbox;
use crate::width::{cut, width, wrap};

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Outbox) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let wide = usize::from(inside.width.saturating_sub(1));
    let number = |n: usize| model.say.number(n as u64);
    let count = room.deals.len();
    let place = if count == 0 { String::new() } else { model.say.history_place(number(room.cursor.0 + 1), number(count)) };
    canvas.text(inside, 1, 0, &cut(&model.say.outbox_title(), wide.saturating_sub(width(&place) + 1)), Role::Title);
    canvas.right(inside, 0, &place, Role::Muted);
    let head = wrap(&model.outbox_summary(room), wide);
    for (y, text) in (1..inside.height).zip(&head) {
        canvas.text(inside, 1, y, text, Role::Muted);
    }
    let top = u16::try_from(head.len() + 1).unwrap_or(1);
    let body = Rect { y: area.y + top, height: area.height.saturating_sub(top), ..inside };
    if count == 0 {
        return Some((body.x + 1, area.y + 1));
    }
    let rows = around(room.cursor.0, count, usize::from(body.height), |at| deal_rows(model, room, at, wide));
    paint(canvas, body, room.cursor.0, &rows)
}

fn deal_rows(model: &Model, room: &Outbox, at: usize, wide: usize) -> Vec<Row> {
    let Some(deal) = room.deals.get(at) else { return Vec::new() };
    let mut rows = Vec::new();
    let before = at.checked_sub(1).and_then(|before| room.deals.get(before));
    if before.is_none_or(|before| before.part != deal.part) {
        if before.is_some() {
            rows.push(Row::new(None, String::new(), Role::Muted));
        }
        rows.push(Row::new(None, model.outbox_part(room, deal.part), Role::Title));
    }
    let right = cut(&deal.standing, wide / 2).into_owned();
    let title = cut(&deal.title, wide.saturating_sub(width(&right) + 4)).into_owned();
    rows.push(Row::new(Some(at), format!("  {title}"), Role::Text).right(right));
    let lines = deal.lines.iter().flat_map(|line| wrap(line, wide.saturating_sub(4).max(1)));
    rows.extend(lines.map(|line| Row::new(None, format!("    {line}"), Role::Muted)));
    rows
}
