//! Menus over the desk: palette, help, sort, results.

use ratatui::layout::Rect;

use super::canvas::{Canvas, centered};
use super::look::Role;
use crate::desk::model::{Line, Menu, MenuKind, Model};
use crate::width::{cut, width, wrap};

/// A line of the menu broken to its width; all its rows are chosen together.
struct Row {
    of: usize,
    text: String,
    right: String,
    role: Role,
}

/// Paints a menu; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, menu: &Menu) -> (u16, u16) {
    let title = match menu.kind {
        MenuKind::Palette => model.say.menu_palette(),
        MenuKind::Help => model.say.menu_help(),
        MenuKind::Sort => model.say.menu_sort(),
        MenuKind::Results => model.say.menu_results(),
        MenuKind::Import => model.say.menu_import(),
        MenuKind::Drafts => model.say.drafts_title(),
        MenuKind::Conflicts(id) => model.say.menu_conflicts(id.to_string()),
    };
    let wide = if menu.kind == MenuKind::Sort { 44 } else { 92 };
    let (columns, _) = model.size.dialog(wide, 0);
    let shown = menu.shown();
    let rows = rows(&shown, usize::from(columns.saturating_sub(4)));
    let filter_rows = u16::from(menu.filter.is_some()) * 2;
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX).max(1).saturating_add(filter_rows + 2);
    let (columns, height) = model.size.dialog(columns, wanted.max(5));
    let inside = canvas.open_box(centered(area, columns, height), &title);
    let mut cursor = (inside.x, inside.y);
    if let Some(field) = &menu.filter {
        let label = format!("{} ", model.say.menu_narrow());
        let x = canvas.text(inside, 0, 0, &label, Role::Accent);
        let (text, column) = field.window(usize::from(inside.width.saturating_sub(x)).max(1));
        canvas.text(inside, x, 0, text, Role::Text);
        cursor = (inside.x + x + u16::try_from(column).unwrap_or(0), inside.y);
    }
    let body = Rect { y: inside.y + filter_rows, height: inside.height.saturating_sub(filter_rows), ..inside };
    if shown.is_empty() {
        canvas.text(body, 0, 0, &model.say.menu_nothing(), Role::Muted);
        return cursor;
    }
    let room = usize::from(body.height).max(1);
    let chosen = rows.iter().position(|row| row.of == menu.cursor).unwrap_or(0);
    let chosen_end = rows.iter().rposition(|row| row.of == menu.cursor).unwrap_or(0);
    let first = (chosen_end + 1).saturating_sub(room).min(chosen);
    for (y, row) in (0..).zip(rows.iter().skip(first).take(room)) {
        canvas.text(body, 0, y, &row.text, row.role);
        canvas.right(body, y, &row.right, Role::Muted);
        if row.of == menu.cursor {
            let is_first = first + usize::from(y) == chosen;
            // The column between border and text.
            let line = Rect { x: body.x.saturating_sub(1), y: body.y + y, width: body.width + 1, height: 1 };
            if is_first {
                canvas.text(line, 0, 0, canvas.signs().pointer, Role::Text);
            }
            canvas.restyle(line, Role::Selected);
            if menu.filter.is_none() && is_first {
                cursor = (body.x, body.y + y);
            }
        }
    }
    cursor
}

fn rows(lines: &[&Line], room: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for (of, line) in lines.iter().enumerate() {
        let role = match (line.head, &line.why_not) {
            (true, _) => Role::Title,
            (false, Some(_)) => Role::Muted,
            (false, None) => Role::Text,
        };
        let right = cut(&line.right, room / 2).into_owned();
        let text_room = room.saturating_sub(if right.is_empty() { 0 } else { width(&right) + 2 });
        for (index, text) in wrap(&line.text, text_room).into_iter().enumerate() {
            let right = if index == 0 { right.clone() } else { String::new() };
            rows.push(Row { of, text, right, role });
        }
        for text in line.why_not.iter().flat_map(|why| wrap(why, room.saturating_sub(2))) {
            rows.push(Row { of, text: format!("  {text}"), right: String::new(), role: Role::Muted });
        }
    }
    rows
}
