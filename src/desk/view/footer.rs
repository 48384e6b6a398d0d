//! The bottom line: what was just said, else the keys of the room, as many as there is room for.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::keys::Action;
use crate::desk::model::Model;
use crate::width::width;

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, line: Rect) {
    let line = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
    if let Some(note) = &model.note {
        canvas.text(line, 0, 0, &note.text, if note.bad { Role::Warn } else { Role::Accent });
        return;
    }
    let mut x = 0;
    for binding in model.keys.footer(model.scope()) {
        let Some(key) = binding.keys.first().map(ToString::to_string) else { continue };
        let Some(word) = model.say.footer(binding.action) else { continue };
        // A key that cannot act is not offered.
        let useless =
            matches!(binding.action, Action::Accept | Action::Decline | Action::Win | Action::Lose | Action::Undo | Action::Back)
                && (model.can(binding.action).is_err() || (binding.action == Action::Back && model.overlays.is_empty()));
        let needed = u16::try_from(width(&key) + 1 + width(&word)).unwrap_or(u16::MAX);
        if useless || x + needed > line.width {
            continue;
        }
        x += canvas.text(line, x, 0, &key, Role::Title) + 1;
        x += canvas.text(line, x, 0, &word, Role::Muted) + 2;
    }
}
