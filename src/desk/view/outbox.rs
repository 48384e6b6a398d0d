//! The outbox as a room: how much waits on top, then the deals under the heads of where they stand, each with what goes and what stays.

use ratatui::layout::Rect;

use super::around::{Head, Row, around, paint, under};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::Outbox;
use crate::width::{width, wrap};

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Outbox) -> Option<(u16, u16)> {
    let (title, summary, count) = (model.say.outbox_title(), model.outbox_summary(room), room.deals.len());
    let head = Head { title: &title, cursor: room.cursor.0, count, summary: &summary };
    let (body, wide) = under(&head, model, canvas, area);
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
    // What does not stand beside its title stands below it: no word is cut that nothing else shows.
    let is_beside = width(&deal.title) + width(&deal.standing) + 4 <= wide;
    let (right, below) = if is_beside { (deal.standing.clone(), None) } else { (String::new(), Some(&deal.standing)) };
    let mut title = wrap(&deal.title, wide.saturating_sub(2).max(1)).into_iter();
    rows.push(Row::new(Some(at), format!("  {}", title.next().unwrap_or_default()), Role::Text).right(right));
    rows.extend(title.map(|line| Row::new(None, format!("  {line}"), Role::Text)));
    let below = below.into_iter().filter(|standing| !standing.is_empty());
    let lines = below.chain(&deal.lines).flat_map(|line| wrap(line, wide.saturating_sub(4).max(1)));
    rows.extend(lines.map(|line| Row::new(None, format!("    {line}"), Role::Muted)));
    rows
}
