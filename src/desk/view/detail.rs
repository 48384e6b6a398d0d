//! Everything about one opportunity: beside the list, or as a room of its own.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::keys::Action;
use crate::desk::model::{DetailLine, Model};
use crate::desk::room::Detail;
use crate::desk::zones::Hit;
use crate::domain::fold;
use crate::domain::stage::Verb;
use crate::i18n::Tone;
use crate::store::Full;
use crate::width::width;

/// Paints the detail of the selected opportunity beside the list.
pub(super) fn draw_pane(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    if let Some(full) = model.selected_detail() {
        paint(model, canvas, area, full, None);
    }
}

/// Paints the detail over the whole body; returns where the cursor stands.
pub(super) fn draw_room(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Detail) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    if let Some(full) = model.selected_detail() {
        paint(model, canvas, inside, full, Some(room));
    }
    Some((inside.x, inside.y))
}

fn paint(model: &Model, canvas: &mut Canvas<'_>, area: Rect, full: &Full, room: Option<&Detail>) {
    let title = full.opportunity.title().as_str();
    let heart = if full.opportunity.favorite { format!("{} ", canvas.signs().heart) } else { String::new() };
    canvas.text(area, 0, 0, &format!("{heart}{title}"), Role::Title);
    next(model, canvas, Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }, full);
    let body = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let lines = model.detail_lines(full, usize::from(body.width), room);
    let scroll = room.map_or(0, |room| room.scroll);
    let (first, seen) = seen(scroll, lines.len(), body);
    for (y, DetailLine { fact: line, links, indent }) in (0..).zip(lines.iter().skip(first).take(seen)) {
        canvas.text(body, 0, y, &line.name, Role::Muted);
        let x = u16::try_from(*indent).unwrap_or(0);
        canvas.text(body, x, y, &line.value, role(line.tone));
        for (at, to) in links {
            let before = u16::try_from(width(&line.value[..at.start])).unwrap_or(u16::MAX);
            let wide = u16::try_from(width(&line.value[at.clone()])).unwrap_or(0);
            canvas.link(body, x.saturating_add(before), y, wide, to.clone());
        }
        for word in model.list().query.filter.words() {
            if let Some(found) = fold::find(&line.value, word) {
                let before = u16::try_from(width(&line.value[..found.start])).unwrap_or(0);
                let wide = u16::try_from(width(&line.value[found])).unwrap_or(0);
                let place = Rect { x: body.x + x + before, y: body.y + y, width: wide, height: 1 };
                canvas.restyle(place.intersection(body), Role::Match);
            }
        }
    }
    // Beside the list the keys that turn pages turn those of the list.
    let further = if room.is_some() { Action::PageDown } else { Action::Open };
    if area.height > 4 {
        hidden(
            model,
            canvas,
            Rect { y: area.y + 2, height: area.height - 2, ..area },
            (first, lines.len() - first - seen),
            further,
        );
    }
}

/// Returns which of so many lines stands first in a body, and how many are seen: where more follow, the last row of it says so.
pub(super) fn seen(scroll: usize, lines: usize, body: Rect) -> (usize, usize) {
    let room = usize::from(body.height);
    let first = scroll.min(lines.saturating_sub(room));
    let follow = first + room < lines && room > 1;
    (first, if follow { room - 1 } else { room.min(lines - first) })
}

/// Says how many lines are hidden above, in the first row, and how many below, in the last, and which key shows them.
pub(super) fn hidden(model: &Model, canvas: &mut Canvas<'_>, area: Rect, (above, below): (usize, usize), further: Action) {
    if above > 0 {
        let key = model.keys.key_name(Action::PageUp);
        canvas.right(area, 0, &model.say.detail_above(key, above), Role::Muted);
    }
    if below > 0 {
        let key = model.keys.key_name(further);
        canvas.right(area, area.height.saturating_sub(1), &model.say.detail_more(key, below), Role::Muted);
    }
}

const fn role(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Text,
        Tone::Warn => Role::Warn,
        Tone::Bad => Role::Bad,
        Tone::Muted => Role::Muted,
    }
}

/// Paints what can be done now, with its keys.
fn next(model: &Model, canvas: &mut Canvas<'_>, line: Rect, full: &Full) {
    let verbs: Vec<Verb> = full.allowed(model.now.now).collect();
    if verbs.is_empty() {
        canvas.text(line, 0, 0, &model.say.stage_and_outcome(&full.opportunity.stage), Role::Accent);
    }
    let mut x = 0;
    for verb in verbs {
        let action = match verb {
            Verb::Accept => Action::Accept,
            Verb::Decline => Action::Decline,
            Verb::Win => Action::Win,
            Verb::Lose => Action::Lose,
        };
        let text = format!("{} {}", model.keys.key_name(action), model.say.action(action));
        let wide = canvas.text(line, x, 0, &text, Role::Accent);
        canvas.click(line, x, 0, wide, Hit::Do(action));
        x += wide + 3;
    }
    if full.refused.is_some() {
        let text = format!("{} {}", model.keys.key_name(Action::Edit), model.say.action(Action::Edit));
        let wide = canvas.text(line, x, 0, &text, Role::Accent);
        canvas.click(line, x, 0, wide, Hit::Do(Action::Edit));
    }
}
