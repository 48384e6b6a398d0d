//! The settings as a room: name, value, and where the value comes from.

use ratatui::layout::Rect;

use super::around::around;
use super::canvas::Canvas;
use super::look::Role;
use crate::config::Setting;
use crate::desk::model::Model;
use crate::desk::room::Settings;
use crate::desk::zones::Hit;
use crate::width::{cut, width, wrap, wrap_within};

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Settings) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    canvas.text(inside, 1, 0, &model.say.settings_title(), Role::Title);
    let (at, count) = (room.cursor.0 as u64 + 1, Setting::ALL.len() as u64);
    canvas.right(inside, 0, &model.say.history_place(model.say.number(at), model.say.number(count)), Role::Muted);
    let wide = usize::from(inside.width.saturating_sub(1));
    let wrong = wrong(model, wide);
    for (y, text) in (1..inside.height).zip(&wrong) {
        canvas.text(inside, 1, y, text, Role::Warn);
    }
    let top = 1 + u16::try_from(wrong.len()).unwrap_or(0);
    let body = Rect { y: area.y + top, height: area.height.saturating_sub(top), ..inside };
    let names = Setting::ALL.iter().map(|setting| width(&setting.name(&model.say)));
    let column = names.max().unwrap_or(0).min(wide * 2 / 5);
    let lines = around(room.cursor.0, Setting::ALL.len(), usize::from(body.height), |at| {
        Setting::ALL
            .get(at)
            .map(|setting| of_setting(model, *setting, at, (column, wide), at == room.cursor.0))
            .unwrap_or_default()
    });
    let mut cursor = None;
    for (y, line) in (0..body.height).zip(&lines) {
        let told = line.given;
        canvas.text(body, 1, y, &line.name, Role::Text);
        canvas.text(body, 1 + line.x, y, &line.value, if told { Role::Text } else { Role::Muted });
        canvas.right(body, y, &line.from, Role::Muted);
        canvas.click(body, 0, y, body.width, Hit::Line(line.at));
        if line.at == room.cursor.0 {
            if cursor.is_none() {
                canvas.text(body, 0, y, canvas.signs().pointer, Role::Text);
                cursor = Some((body.x, body.y + y));
            }
            canvas.select(Rect { y: body.y + y, height: 1, ..body });
        }
    }
    cursor
}

/// Says what is wrong with the settings of the file, one complaint after the other as far as half of the room goes; how many follow is told.
fn wrong(model: &Model, wide: usize) -> Vec<String> {
    if model.wrong_settings.is_empty() {
        return Vec::new();
    }
    let most = model.size.summary_rows();
    let mut rows = wrap(&model.say.settings_wrong(model.wrong_settings.len()), wide);
    // The name of the file is enough: with its folder a small screen would say nothing else.
    let folder = Some(model.config.folder.display().to_string()).filter(|folder| !folder.is_empty());
    let folder = folder.map(|folder| folder + std::path::MAIN_SEPARATOR_STR);
    for (at, complaint) in model.wrong_settings.iter().enumerate() {
        let more = model.wrong_settings.len() - at;
        let complaint = &folder.as_ref().map_or_else(|| complaint.clone(), |folder| complaint.replace(folder, ""));
        let lines = wrap(complaint, wide);
        // The last line that there is room for may be needed to say how many follow.
        if rows.len() + lines.len() + usize::from(more > 1) > most {
            let room = most.saturating_sub(rows.len() + usize::from(more > 1));
            let shown = usize::from(room > 0);
            rows.extend((room > 0).then(|| wrap_within(complaint, wide, room, "…")).into_iter().flatten());
            rows.extend((more > shown).then(|| model.say.settings_wrong_more(more - shown)));
            break;
        }
        rows.extend(lines);
    }
    rows
}

/// A row of a setting.
struct Line {
    at: usize,
    name: String,
    /// What it is, or a piece of that, and from which cell on.
    value: String,
    x: u16,
    from: String,
    /// Whether somebody set it.
    given: bool,
}

/// Returns a setting in one row of `wide` cells, its name in `column` of them. Where that is too short its value comes before what it
/// comes from, and of the chosen one nothing is cut: it takes as many rows as it needs.
fn of_setting(model: &Model, setting: Setting, at: usize, (column, wide): (usize, usize), chosen: bool) -> Vec<Line> {
    const GAP: usize = 2;
    const NARROW: usize = 60;
    let (name, value, from) = (setting.name(&model.say), model.setting_shown(setting), model.setting_from(setting));
    let given = model.config.given.contains(&setting);
    let line = |name: &str, value: &str, x: usize, from: &str| Line {
        at,
        name: name.to_owned(),
        value: value.to_owned(),
        x: u16::try_from(x).unwrap_or(u16::MAX),
        from: from.to_owned(),
        given,
    };
    let x = column + GAP;
    let room = wide.saturating_sub(x);
    let fits = width(&name) <= column && width(&value) + GAP + width(&from) <= room;
    if fits {
        return vec![line(&name, &value, x, &from)];
    }
    // On a small screen a name that is too long has a line of its own.
    if !chosen && width(&name) > column && wide < NARROW {
        return vec![line(&cut(&name, wide), "", 0, ""), line("", &cut(&value, wide - GAP), GAP, "")];
    }
    if !chosen {
        let from = if width(&value) + GAP + width(&from) <= room { from } else { String::new() };
        return vec![line(&cut(&name, column), &cut(&value, room), x, &from)];
    }
    let mut names = wrap(&name, wide.saturating_sub(width(&from) + GAP)).into_iter();
    let first = line(&names.next().unwrap_or_default(), "", 0, &from);
    let values = wrap(&value, wide.saturating_sub(GAP));
    let rest = names.map(|name| line(&name, "", 0, "")).chain(values.iter().map(|value| line("", value, GAP, "")));
    [first].into_iter().chain(rest).collect()
}
