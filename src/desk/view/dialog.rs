//! Small boxes: a question, and what takes one line.

use ratatui::layout::Rect;

use super::canvas::{Canvas, centered};
use super::look::Role;
use crate::desk::form::TextField;
use crate::desk::keys::Action;
use crate::desk::model::{After, Model, Wanted};
use crate::width::{cut, wrap};

/// Paints a question with the keys that answer it; returns where the cursor stands.
pub(super) fn draw_ask(canvas: &mut Canvas<'_>, area: Rect, question: &str, hint: &str) -> (u16, u16) {
    let columns = area.width.saturating_sub(4).min(64);
    let room = usize::from(columns.saturating_sub(4));
    let (question, hint) = (wrap(question, room), wrap(hint, room));
    let rows = u16::try_from(question.len() + hint.len() + 3).unwrap_or(u16::MAX);
    let inside = canvas.open_box(centered(area, columns, rows), "");
    for (y, line) in (0..).zip(&question) {
        canvas.text(inside, 0, y, line, Role::Title);
    }
    for (y, line) in (question.len() + 1..).zip(&hint) {
        canvas.text(inside, 0, u16::try_from(y).unwrap_or(0), line, Role::Muted);
    }
    (inside.x, inside.y)
}

/// Paints the question for a file; returns where the cursor stands.
pub(super) fn draw_path(model: &Model, canvas: &mut Canvas<'_>, area: Rect, field: &TextField, wanted: &Wanted) -> (u16, u16) {
    let (title, hint) = match wanted {
        Wanted::Deadline(..) => (model.say.deadline_field(), model.say.deadline_hint(model.keys.key_name(Action::Accept))),
        Wanted::Next { about, had } => {
            let hint = if *had { model.say.next_hint_had() } else { model.say.next_hint() };
            (model.say.form_title(&about.title, model.say.action_next_step()), hint)
        }
        Wanted::Note(about) => (model.say.form_title(&about.title, model.say.action_note()), model.say.note_hint()),
        Wanted::ViewName => (model.say.keep_view_title(), model.keep_view_hint(field.text())),
        Wanted::Setting(setting, after) => {
            let hint = if *after == After::Nothing { setting.hint(&model.say) } else { model.say.setting_who_hint() };
            (setting.name(&model.say), hint)
        }
        Wanted::Save => (model.say.save_path(), model.say.save_path_hint()),
    };
    let columns = area.width.saturating_sub(4).min(84);
    let room = usize::from(columns.saturating_sub(4));
    let read = if matches!(wanted, Wanted::Next { .. }) { model.next_day_read(field.text()) } else { String::new() };
    let hint = wrap(&hint, room);
    let rows = u16::try_from(hint.len() + 4).unwrap_or(u16::MAX);
    let inside = canvas.open_box(centered(area, columns, rows), &title);
    let (text, column) = field.window(usize::from(inside.width).max(1));
    canvas.text(inside, 0, 0, text, Role::Text);
    canvas.text(inside, 0, 1, &cut(&read, room), Role::Accent);
    for (y, line) in (2..).zip(&hint) {
        canvas.text(inside, 0, y, line, Role::Muted);
    }
    (inside.x + u16::try_from(column).unwrap_or(0), inside.y)
}
