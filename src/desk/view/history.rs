//! The history as a room: a line for each step, what it changed below it, when it was at the right.

use ratatui::layout::Rect;

use super::around::around;
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::{History, HistoryStep};
use crate::desk::zones::Hit;
use crate::width::{width, wrap};

/// A row of the screen, of the step at this place.
struct Row {
    of: usize,
    text: String,
    right: String,
    role: Role,
}

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &History) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    canvas.text(inside, 1, 0, &room.title, Role::Title);
    let (at, count) = (model.say.number(room.cursor.0 as u64 + 1), model.say.number(room.steps.len() as u64));
    let place = if room.whole { model.say.history_place(at, count) } else { model.say.history_place_more(at, count) };
    if room.steps.is_empty() {
        canvas.text(inside, 1, 2, &model.say.history_empty(), Role::Muted);
        return Some((inside.x + 1, inside.y + 2));
    }
    canvas.right(inside, 0, &place, Role::Muted);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..inside };
    let wide = usize::from(body.width.saturating_sub(1));
    let rows = around(room.cursor.0, room.steps.len(), usize::from(body.height), |of| step_rows(&room.steps[of], of, wide));
    let mut cursor = None;
    for (y, row) in (0..body.height).zip(&rows) {
        canvas.text(body, 1, y, &row.text, row.role);
        canvas.right(body, y, &row.right, Role::Muted);
        canvas.click(body, 0, y, body.width, Hit::Line(row.of));
        if row.of == room.cursor.0 {
            if cursor.is_none() {
                canvas.text(body, 0, y, canvas.signs().pointer, Role::Text);
                cursor = Some((body.x, body.y + y));
            }
            canvas.select(Rect { y: body.y + y, height: 1, ..body });
        }
    }
    cursor
}

fn step_rows(step: &HistoryStep, of: usize, wide: usize) -> Vec<Row> {
    let role = if step.undone.is_some() { Role::Muted } else { Role::Text };
    let room = wide.saturating_sub(width(&step.right) + 2).max(8);
    let mut rows: Vec<Row> = wrap(&step.text, room)
        .into_iter()
        .enumerate()
        .map(|(index, text)| Row { of, text, right: if index == 0 { step.right.clone() } else { String::new() }, role })
        .collect();
    for text in step.undone.iter().chain(&step.changes).flat_map(|text| wrap(text, wide.saturating_sub(2))) {
        rows.push(Row { of, text: format!("  {text}"), right: String::new(), role: Role::Muted });
    }
    rows
}
