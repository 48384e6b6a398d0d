//! What Partner Center would refuse as a room: how much on top, then each rule with its deals below.

use ratatui::layout::Rect;

use super::around::{Head, Row, around, paint, under};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::{Check, CheckLine};
use crate::width::{cut, width, wrap};

/// Cells that a deal and what helps need beside each other.
const WIDE: usize = 64;

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Check) -> Option<(u16, u16)> {
    let (title, summary, count) = (model.say.check_title(), model.check_summary(room), room.lines.len());
    let head = Head { title: &title, cursor: room.cursor.0, count, summary: &summary };
    let (body, wide) = under(&head, model, canvas, area);
    if count == 0 {
        return Some((body.x + 1, area.y + 1));
    }
    let rows = around(room.cursor.0, count, usize::from(body.height), |line| line_rows(model, room, line, wide));
    paint(canvas, body, room.cursor.0, &rows)
}

fn line_rows(model: &Model, room: &Check, at: usize, wide: usize) -> Vec<Row> {
    let Some(line) = room.lines.get(at).copied() else { return Vec::new() };
    let (text, right) = model.check_line(room, line);
    let row = |text: String, role| Row::new(Some(at), text, role);
    match line {
        CheckLine::Rule(_) => {
            let room = wide.saturating_sub(width(&right) + 2);
            let mut rows: Vec<Row> = wrap(&text, room).into_iter().map(|text| row(text, Role::Title)).collect();
            if let Some(first) = rows.first_mut() {
                first.right = right;
            }
            rows
        }
        CheckLine::Deal(..) if wide >= WIDE => {
            let text = cut(&text, wide.saturating_sub(width(&right) + 5)).into_owned();
            vec![row(format!("  {text}"), Role::Text).right(right)]
        }
        CheckLine::Deal(..) => {
            let helps = wrap(&right, wide.saturating_sub(4)).into_iter().map(|text| row(format!("    {text}"), Role::Muted));
            std::iter::once(row(format!("  {text}"), Role::Text)).chain(helps).collect()
        }
    }
}
