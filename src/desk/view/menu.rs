//! Menus over the desk: palette, help, sort, results.

use ratatui::layout::Rect;

use super::canvas::{Canvas, centered};
use super::look::Role;
use crate::desk::model::{Menu, MenuKind, MenuRow, Model};
use crate::desk::zones::Hit;
use crate::width::width;

/// Paints a menu; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, menu: &Menu) -> (u16, u16) {
    let rows = menu.rows(model.size);
    let (columns, height) = menu.dialog(model.size, rows.len());
    let area = centered(area, columns, height);
    let inside = canvas.open_box(area, &title(model, menu.kind));
    let mut cursor = (inside.x, inside.y);
    let mut filter_rows = 0;
    if let Some(field) = &menu.filter {
        filter_rows = 2;
        let label = format!("{} ", model.say.menu_narrow());
        let x = canvas.text(inside, 0, 0, &label, Role::Accent);
        let (text, column) = field.window(usize::from(inside.width.saturating_sub(x)).max(1));
        canvas.text(inside, x, 0, text, Role::Text);
        cursor = (inside.x + x + u16::try_from(column).unwrap_or(0), inside.y);
    }
    let body = Rect { y: inside.y + filter_rows, height: inside.height.saturating_sub(filter_rows), ..inside };
    if rows.is_empty() {
        canvas.text(body, 0, 0, &model.say.menu_nothing(), Role::Muted);
        return cursor;
    }
    let room = usize::from(body.height).max(1);
    if rows.len() > room {
        place(model, canvas, area, menu);
    }
    let chosen = rows.iter().position(|row| row.of == menu.cursor).unwrap_or(0);
    let first = menu.first_row(&rows, room);
    for (y, row) in (0..).zip(rows.iter().skip(first).take(room)) {
        paint_row(canvas, body, y, row);
        canvas.click(body, 0, y, body.width, Hit::Line(row.of));
        if row.of == menu.cursor {
            let is_first = first + usize::from(y) == chosen;
            // The column between border and text.
            let line = Rect { x: body.x.saturating_sub(1), y: body.y + y, width: body.width + 1, height: 1 };
            if is_first {
                canvas.text(line, 0, 0, canvas.signs().pointer, Role::Text);
            }
            canvas.select(line);
            if menu.filter.is_none() && is_first {
                cursor = (body.x, body.y + y);
            }
        }
    }
    cursor
}

fn title(model: &Model, kind: MenuKind) -> String {
    match kind {
        MenuKind::Palette => model.say.menu_palette(),
        MenuKind::Help => model.say.menu_help(),
        MenuKind::Sort => model.say.menu_sort(),
        MenuKind::Columns => model.say.menu_columns(),
        MenuKind::Views => model.say.menu_views(),
        MenuKind::Results => model.say.menu_results(),
        MenuKind::Import => model.say.menu_import(),
        MenuKind::UploadRows => model.say.menu_upload_rows(),
        MenuKind::Matches => model.say.menu_matches(),
        MenuKind::Messages => model.say.action_messages(),
        MenuKind::Sums => model.say.action_sums(),
        MenuKind::Why(_) => model.say.menu_why(),
        MenuKind::Submission => model.say.action_submit(),
        MenuKind::Explain => model.say.menu_explain(),
    }
}

/// Where not everything is seen, the lower border says where one is.
fn place(model: &Model, canvas: &mut Canvas<'_>, area: Rect, menu: &Menu) {
    let (at, count) = menu.place();
    let place = model.say.history_place(model.say.number(at as u64), model.say.number(count as u64));
    let border = Rect { x: area.x + 2, y: area.bottom().saturating_sub(1), width: area.width.saturating_sub(4), height: 1 };
    if width(&place) + 2 <= usize::from(border.width) {
        canvas.right(border, 0, &format!(" {place} "), Role::Muted);
    }
}

fn paint_row(canvas: &mut Canvas<'_>, body: Rect, y: u16, row: &MenuRow) {
    let role = match (row.head, row.muted) {
        (true, _) => Role::Title,
        (false, true) => Role::Muted,
        (false, false) => Role::Text,
    };
    canvas.text(body, 0, y, &row.left, Role::Accent);
    canvas.text(body, u16::try_from(row.indent).unwrap_or(u16::MAX), y, &row.text, role);
    canvas.right(body, y, &row.right, Role::Muted);
}
