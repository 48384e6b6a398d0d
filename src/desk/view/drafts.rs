//! New deals that are begun as a room: of each its title, when it was typed, where it was left and what is missing.

use ratatui::layout::Rect;

use super::around::{Row, around, paint};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::keys::Action;
use crate::desk::model::Model;
use crate::desk::room::Drafts;
use crate::domain::part::Part;
use crate::width::{cut, width, wrap};

/// Cells that title, customer and day need beside each other.
const WIDE: usize = 64;

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Drafts) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let wide = usize::from(inside.width.saturating_sub(1));
    let begun = room.aids.drafts.len();
    let at = (room.cursor.0 < begun)
        .then(|| model.say.history_place(model.say.number(room.cursor.0 as u64 + 1), model.say.number(begun as u64)));
    let place = at.unwrap_or_default();
    canvas.text(inside, 1, 0, &cut(&model.say.drafts_title(), wide.saturating_sub(width(&place) + 1)), Role::Title);
    canvas.right(inside, 0, &place, Role::Muted);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..inside };
    let rows = around(room.cursor.0, room.lines(), usize::from(body.height), |line| line_rows(model, room, line, wide));
    paint(canvas, body, room.cursor.0, &rows)
}

/// Returns the rows of a draft, or of the way to a new deal.
fn line_rows(model: &Model, room: &Drafts, line: usize, wide: usize) -> Vec<Row> {
    let row = |text, right, role| Row::new(Some(line), text, role).right(right);
    let Some(draft) = room.aids.drafts.get(line) else {
        return vec![row(model.say.drafts_start(), model.keys.key_name(Action::New), Role::Text)];
    };
    let text = |part: Part| draft.texts.get(part.path()).cloned().unwrap_or_default();
    let title = Some(text(Part::Name)).filter(|title| !title.is_empty()).unwrap_or_else(|| model.say.drafts_untitled());
    let (customer, at) = (text(Part::CustomerName), model.day_and_time(draft.at));
    let named = if customer.is_empty() { title.clone() } else { model.say.drafts_line(&customer, &title) };
    let mut rows = Vec::new();
    if wide >= WIDE {
        rows.push(row(cut(&named, wide.saturating_sub(width(&at) + 2)).into_owned(), at, Role::Text));
    } else {
        rows.extend(wrap(&named, wide).into_iter().map(|text| row(text, String::new(), Role::Text)));
        rows.push(row(format!("  {at}"), String::new(), Role::Muted));
    }
    let state = wrap(&model.draft_state(draft), wide.saturating_sub(2));
    rows.extend(state.into_iter().map(|text| row(format!("  {text}"), String::new(), Role::Muted)));
    rows
}
