//! The settings as a room: name, value, and where the value comes from.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::config::Setting;
use crate::desk::model::Model;
use crate::desk::room::Settings;
use crate::desk::zones::Hit;
use crate::width::{cut, width};

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Settings) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    canvas.text(inside, 1, 0, &model.say.settings_title(), Role::Title);
    let (at, count) = (room.cursor.0 as u64 + 1, Setting::ALL.len() as u64);
    canvas.right(inside, 0, &model.say.history_place(model.say.number(at), model.say.number(count)), Role::Muted);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..inside };
    let high = usize::from(body.height).max(1);
    let first = (room.cursor.0 + 1).saturating_sub(high);
    let names: Vec<String> = Setting::ALL.iter().map(|setting| setting.name(&model.say)).collect();
    let column = names.iter().map(|name| width(name)).max().unwrap_or(0).min(usize::from(body.width) * 2 / 5);
    let mut cursor = None;
    for (y, (at, setting)) in (0..body.height).zip(Setting::ALL.iter().enumerate().skip(first)) {
        let from = model.setting_from(*setting);
        let value = model.setting_shown(*setting);
        canvas.text(body, 1, y, &cut(&names[at], column), Role::Text);
        let x = u16::try_from(column + 3).unwrap_or(u16::MAX);
        let room_for_value = usize::from(body.width.saturating_sub(x)).saturating_sub(width(&from) + 2);
        let role = if model.config.given.contains(setting) { Role::Text } else { Role::Muted };
        canvas.text(body, x, y, &cut(&value, room_for_value), role);
        canvas.right(body, y, &from, Role::Muted);
        canvas.click(body, 0, y, body.width, Hit::Line(at));
        if at == room.cursor.0 {
            canvas.text(body, 0, y, canvas.signs().pointer, Role::Text);
            cursor = Some((body.x, body.y + y));
            canvas.select(Rect { y: body.y + y, height: 1, ..body });
        }
    }
    cursor
}
