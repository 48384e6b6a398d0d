//! What an import brought as a room: how many became what on top, then a line for each, under headings.

use ratatui::layout::Rect;

use super::around::{Row, around, paint};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::Brought;
use crate::store::{BroughtRow, Row as Deal};
use crate::width::{cut, left, width, wrap};

/// Cells that names, places and signs need beside each other.
const WIDE: usize = 64;

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Brought) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let wide = usize::from(inside.width.saturating_sub(1));
    let head =
        room.step.as_ref().map_or_else(|| model.say.action_last_import(), |step| model.say.brought_title(step.files.join(", ")));
    let (at, count) = (model.say.number(room.cursor.0 as u64 + 1), model.say.number(room.lines() as u64));
    let place = if room.is_whole() { model.say.history_place(at, count) } else { model.say.history_place_more(at, count) };
    let place = if room.lines() == 0 { String::new() } else { place };
    canvas.text(inside, 1, 0, &cut(&head, wide.saturating_sub(width(&place) + 1)), Role::Title);
    canvas.right(inside, 0, &place, Role::Muted);
    let most = usize::from(area.height / 3).max(1);
    let heads: Vec<String> = room.heads.iter().rev().flat_map(|head| wrap(head, wide)).take(most).collect();
    for (y, head) in (1..).zip(&heads) {
        canvas.text(inside, 1, y, head, Role::Muted);
    }
    let top = 1 + u16::try_from(heads.len()).unwrap_or(0);
    let body = Rect { y: area.y + top, height: area.height.saturating_sub(top), ..inside };
    if room.lines() == 0 {
        let said = match room.is_whole() && room.has_come() {
            true => model.say.brought_nothing(),
            false => model.say.brought_coming(),
        };
        canvas.text(body, 1, 1, &said, Role::Muted);
        return Some((body.x + 1, body.y + 1));
    }
    let of_line = |line| line_rows(model, canvas, room, line, wide);
    let rows = around(room.cursor.0, room.lines(), usize::from(body.height), of_line);
    paint(canvas, body, room.cursor.0, &rows)
}

/// Returns the rows of a line, with the heading where it is the first of its part.
fn line_rows(model: &Model, canvas: &Canvas<'_>, room: &Brought, line: usize, wide: usize) -> Vec<Row> {
    let row = |text, right, role| Row::new(Some(line), text, role).right(right);
    if let Some(said) = room.told.get(line) {
        return wrap(said, wide).into_iter().map(|text| row(text, String::new(), Role::Text)).collect();
    }
    let at = line - room.told.len();
    let Some(brought) = room.rows.get(at) else { return Vec::new() };
    let mut rows = Vec::new();
    let before = at.checked_sub(1).and_then(|before| room.rows.get(before));
    if before.is_none_or(|before| before.part != brought.part) {
        let heading = wrap(&model.brought_part(brought.part), wide).into_iter();
        rows.extend(heading.map(|text| Row::new(None, text, Role::Title)));
    }
    let place = model.brought_place(&brought.row, brought.part);
    let (title, customer) = (brought.row.title(), brought.row.customer.as_str());
    let sign = sign(canvas, &brought.row);
    if wide >= WIDE {
        let deal = wide / 3;
        let text = format!("{sign} {}  {}", left(title, deal), cut(customer, wide.saturating_sub(deal + width(&place) + 6)));
        rows.push(row(text, place, Role::Text));
    } else {
        rows.push(row(format!("{sign} {title}"), String::new(), Role::Text));
        rows.push(row(format!("  {customer}"), String::new(), Role::Muted));
        rows.push(row(format!("  {place}"), String::new(), Role::Muted));
    }
    rows.extend(fields(model, brought, wide).into_iter().map(|text| row(format!("  {text}"), String::new(), Role::Muted)));
    rows
}

fn fields(model: &Model, brought: &BroughtRow, wide: usize) -> Vec<String> {
    model.brought_fields(brought).map(|fields| wrap(&fields, wide.saturating_sub(2))).unwrap_or_default()
}

/// As in the list: in conflict, not seen yet, or nothing.
fn sign(canvas: &Canvas<'_>, row: &Deal) -> &'static str {
    match row {
        Deal { conflict: true, .. } => canvas.signs().conflict,
        Deal { fresh: true, .. } => canvas.signs().fresh,
        _ => " ",
    }
}
