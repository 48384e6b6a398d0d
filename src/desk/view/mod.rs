//! Paints the desk: one pure function a panel, from the model and the look to cells; asks nothing and changes nothing.

mod around;
mod brief;
mod brought;
mod canvas;
mod check;
mod conflicts;
mod customers;
mod detail;
mod dialog;
mod drafts;
mod entry;
mod export;
mod footer;
mod form;
mod header;
mod history;
mod leads;
mod lines;
mod list;
mod look;
mod menu;
mod offers;
mod outbox;
mod picker;
mod review;
mod settings;
mod sheet;
mod side;
mod sums;

use ratatui::Frame;
use ratatui::layout::Rect;

use canvas::Canvas;
pub use look::{Look, Role};

use super::model::columns::Laid;
use super::model::{Breakpoint, Dialog, Model, Size};
use super::room::Room;
use super::zones::Zones;

/// Paints the whole screen and sets the real cursor; returns what can be clicked.
pub fn draw(model: &Model, look: &Look, frame: &mut Frame<'_>) -> Zones {
    let area = frame.area();
    let mut canvas = Canvas::new(frame.buffer_mut(), look);
    // The terminal may have been resized since the model heard of it.
    let size = Size { columns: area.width, rows: area.height };
    if size.breakpoint() == Breakpoint::TooSmall {
        canvas.text(area, 0, 0, &model.say.desk_too_small(), Role::Text);
        return Zones::default();
    }
    let cursor = paint(model, &mut canvas, area);
    let zones = canvas.into_clickable();
    if let Some((x, y)) = cursor.filter(|(x, y)| *x < area.right() && *y < area.bottom()) {
        frame.set_cursor_position((x, y));
    }
    zones
}

/// Returns the columns of the list, of which the header, too, tells something.
fn laid(model: &Model, area: Rect) -> Laid {
    let layout = model.layout();
    Laid::new(model, layout.list_columns.min(area.width), model.list().visible(layout.list_rows).0)
}

/// Paints the topmost room, or the list; returns where its cursor is.
fn room(model: &Model, canvas: &mut Canvas<'_>, body: Rect, columns: &Laid) -> Option<(u16, u16)> {
    match model.rooms.last() {
        Some(Room::Detail(room)) => detail::draw_room(model, canvas, body, room),
        Some(Room::History(room)) => history::draw(model, canvas, body, room),
        Some(Room::Settings(room)) => settings::draw(model, canvas, body, room),
        Some(Room::Brought(room)) => brought::draw(model, canvas, body, room),
        Some(Room::Conflicts(room)) => conflicts::draw(model, canvas, body, room),
        Some(Room::Review(room)) => review::draw(model, canvas, body, room),
        Some(Room::Brief(room)) => brief::draw(model, canvas, body, room),
        Some(Room::Drafts(room)) => drafts::draw(model, canvas, body, room),
        Some(Room::Check(room)) => check::draw(model, canvas, body, room),
        Some(Room::Outbox(room)) => outbox::draw(model, canvas, body, room),
        Some(Room::Leads(room)) => leads::draw(model, canvas, body, room),
        Some(Room::Offers(room)) => offers::draw(model, canvas, body, room),
        Some(Room::Customers(room)) => customers::draw(model, canvas, body, room),
        None => list::draw(model, canvas, body, columns),
    }
}

/// Paints the rooms from the bottom up and returns where the cursor of the topmost is.
fn paint(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<(u16, u16)> {
    let columns = laid(model, area);
    let mut cursor = header::draw(model, canvas, area, &columns);
    if !model.rooms.is_empty() {
        // Tabs and stages are the list's, which is not seen.
        canvas.clickable().keep(0);
    }
    let note = footer::Note::of(model, area);
    let foot = note.as_ref().map_or(1, footer::Note::rows);
    // Lists and boxes end above what was said: they leave the last line of their area free.
    let above = Rect { height: (area.height + 1).saturating_sub(foot), ..area };
    let body = Rect { y: area.y + 2, height: above.height.saturating_sub(3), ..area };
    let below = room(model, canvas, body, &columns);
    cursor = cursor.or(below);
    // What lies under a box is not clicked; nor is the box under another.
    if model.dialogs.iter().any(|dialog| !matches!(dialog, Dialog::Filter { .. })) {
        canvas.clickable().keep(0);
    }
    footer::draw(model, canvas, Rect { y: area.bottom().saturating_sub(foot), height: foot, ..area }, note.as_ref());
    let footer = canvas.clickable().count();
    let behind = Rect { y: area.y + 1, height: area.height.saturating_sub(foot + 1), ..area };
    for dialog in &model.dialogs {
        if !matches!(dialog, Dialog::Filter { .. }) {
            canvas.clickable().keep(footer);
        }
        match dialog {
            Dialog::Filter { .. } => {}
            // It takes nearly all there is: of the rest only shards would be left.
            Dialog::Form(form) if !form.kind.pages().is_empty() => canvas.clear(behind),
            _ => canvas.recede(behind),
        }
        let shown = match dialog {
            Dialog::Filter { .. } => None,
            Dialog::Import(picker) => Some(picker::draw(model, canvas, above, picker)),
            Dialog::Export(asked) => Some(export::draw(model, canvas, above, asked)),
            Dialog::Path { field, wanted } => Some(dialog::draw_path(model, canvas, above, field, wanted)),
            Dialog::Menu(menu) => Some(menu::draw(model, canvas, above, menu)),
            Dialog::Form(form) => Some(form::draw(model, canvas, above, form)),
            Dialog::Sheet(sheet) => Some(sheet::draw(model, canvas, above, sheet)),
            Dialog::Calendar(chosen) => Some(entry::draw_calendar(model, canvas, above, *chosen)),
            Dialog::Ask(question) => Some(dialog::draw_ask(model, canvas, above, question)),
        };
        cursor = shown.or(cursor);
    }
    cursor
}
