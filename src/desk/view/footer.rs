//! The bottom line: what was just said, else the keys of the room, as many as there is room for.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::keys::Action;
use crate::desk::model::{Model, Overlay, Wanted};
use crate::width::width;

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, line: Rect) {
    let line = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
    if let Some(note) = &model.note {
        canvas.text(line, 0, 0, &note.text, if note.bad { Role::Warn } else { Role::Accent });
        return;
    }
    if let Some(Overlay::Filter { error: Some(error), .. }) = model.overlays.last() {
        canvas.text(line, 0, 0, error, Role::Warn);
        return;
    }
    let mut x = 0;
    for binding in model.keys.footer(model.scope()) {
        // Where text is typed, only a key that types none is a command.
        let key = binding.keys.iter().find(|key| !model.is_typing() || key.text().is_none());
        let (Some(key), Some(word)) = (key.map(ToString::to_string), word(model, binding.action)) else { continue };
        let needed = u16::try_from(width(&key) + 1 + width(&word)).unwrap_or(u16::MAX);
        if x + needed > line.width {
            continue;
        }
        x += canvas.text(line, x, 0, &key, Role::Title) + 1;
        x += canvas.text(line, x, 0, &word, Role::Muted) + 2;
    }
}

/// Returns the word for what an action does here; `None` for one that would do nothing.
fn word(model: &Model, action: Action) -> Option<String> {
    let useless = match (action, model.overlays.last()) {
        (Action::Confirm, Some(Overlay::Filter { .. })) => return Some(model.say.footer_keep()),
        (Action::Confirm, Some(Overlay::Path { wanted: Wanted::Import, .. })) => return model.say.footer(Action::Import),
        (Action::Confirm, Some(Overlay::Menu(menu))) => menu.chosen().is_none(),
        // The question names its own keys.
        (Action::Confirm, _) => true,
        (Action::Back, None) => true,
        (Action::New, None | Some(Overlay::Detail { .. })) if !model.list().filter_text.is_empty() => {
            return Some(model.say.footer_next_match());
        }
        (Action::NextPage, Some(Overlay::Form(form))) => form.kind.pages().is_empty(),
        (action, _) => model.can(action).is_err(),
    };
    if useless { None } else { model.say.footer(action) }
}
