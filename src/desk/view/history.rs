//! The history as a room: a line for each step, what it changed below it, when it was at the right.

use ratatui::layout::Rect;

use super::around::{Row, around, paint};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::{History, HistoryStep};
use crate::width::{cut, width, wrap};

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &History) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let (at, count) = (model.say.number(room.cursor.0 as u64 + 1), model.say.number(room.steps.len() as u64));
    let place = if room.whole { model.say.history_place(at, count) } else { model.say.history_place_more(at, count) };
    let beside = if room.steps.is_empty() { 0 } else { width(&place) + 2 };
    canvas.text(inside, 1, 0, &cut(&room.title, usize::from(inside.width).saturating_sub(1 + beside)), Role::Title);
    if room.steps.is_empty() {
        canvas.text(inside, 1, 2, &model.say.history_empty(), Role::Muted);
        return Some((inside.x + 1, inside.y + 2));
    }
    canvas.right(inside, 0, &place, Role::Muted);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..inside };
    let wide = usize::from(body.width.saturating_sub(1));
    let rows = around(room.cursor.0, room.steps.len(), usize::from(body.height), |of| step_rows(&room.steps[of], of, wide));
    paint(canvas, body, room.cursor.0, &rows)
}

fn step_rows(step: &HistoryStep, of: usize, wide: usize) -> Vec<Row> {
    let role = if step.undone.is_some() { Role::Muted } else { Role::Text };
    let room = wide.saturating_sub(width(&step.right) + 2).max(8);
    let mut rows: Vec<Row> = wrap(&step.text, room)
        .into_iter()
        .enumerate()
        .map(|(index, text)| Row::new(Some(of), text, role).right(if index == 0 { step.right.clone() } else { String::new() }))
        .collect();
    for text in step.undone.iter().chain(&step.changes).flat_map(|text| wrap(text, wide.saturating_sub(2))) {
        rows.push(Row::new(Some(of), format!("  {text}"), Role::Muted));
    }
    rows
}
