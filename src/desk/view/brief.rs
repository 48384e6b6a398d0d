//! One page about a deal or its customer as a room: chapters of lines that scroll, e-mails and phones as links.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::detail::{hidden, seen};
use super::look::Role;
use crate::desk::keys::Action;
use crate::desk::model::{BRIEF_INDENT, BriefLine, Model};
use crate::desk::room::Brief;
use crate::width::{cut, width};

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Brief) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    let Some(page) = room.page() else {
        canvas.text(inside, 0, 0, &model.say.brief_coming(), Role::Muted);
        return Some((inside.x, inside.y));
    };
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..inside };
    let lines = model.brief_lines(page, usize::from(body.width));
    let (first, seen) = seen(room.scroll, lines.len(), body);
    let above = if first > 0 { width(&model.say.detail_above(model.keys.key_name(Action::PageUp), first)) + 2 } else { 0 };
    canvas.text(inside, 0, 0, &cut(&page.title, usize::from(inside.width).saturating_sub(above)), Role::Title);
    for (y, line) in (0..).zip(lines.iter().skip(first).take(seen)) {
        paint(canvas, body, y, line);
    }
    hidden(model, canvas, inside, (first, lines.len() - first - seen), Action::PageDown);
    Some((inside.x, inside.y))
}

fn paint(canvas: &mut Canvas<'_>, body: Rect, y: u16, line: &BriefLine) {
    let x = u16::try_from(line.x).unwrap_or(0);
    if !line.label.is_empty() {
        let names = line.x.saturating_sub(BRIEF_INDENT + 2);
        canvas.text(body, u16::try_from(BRIEF_INDENT).unwrap_or(0), y, &cut(&line.label, names), Role::Muted);
    }
    canvas.text(body, x, y, &line.text, if line.is_title { Role::Accent } else { Role::Text });
    for (at, to) in &line.links {
        let before = u16::try_from(width(&line.text[..at.start])).unwrap_or(u16::MAX);
        let wide = u16::try_from(width(&line.text[at.clone()])).unwrap_or(0);
        canvas.link(body, x.saturating_add(before), y, wide, to.clone());
    }
}
