//! Everything about one opportunity: beside the list, or as a room of its own.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::keys::Action;
use crate::desk::model::Model;
use crate::domain::fold;
use crate::domain::stage::Verb;
use crate::i18n::{Paths, Tone};
use crate::store::Full;
use crate::width::{cut, width, wrap};

/// A painted line: the name of the fact, or nothing where its value goes on.
struct DetailLine {
    name: String,
    text: String,
    role: Role,
}

/// Paints the detail of the selected opportunity beside the list.
pub(super) fn draw_pane(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    if let Some(full) = model.selected_detail() {
        paint(model, canvas, area, full, 0);
    }
}

/// Paints the detail over the whole body; returns where the cursor stands.
pub(super) fn draw_room(model: &Model, canvas: &mut Canvas<'_>, area: Rect, scroll: usize) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    if let Some(full) = model.selected_detail() {
        paint(model, canvas, inside, full, scroll);
    }
    Some((inside.x, inside.y))
}

fn paint(model: &Model, canvas: &mut Canvas<'_>, area: Rect, full: &Full, scroll: usize) {
    let title = full.opportunity.title().as_str();
    let heart = if full.opportunity.favorite { format!("{} ", canvas.signs().heart) } else { String::new() };
    canvas.text(area, 0, 0, &format!("{heart}{title}"), Role::Title);
    canvas.text(area, 0, 1, &next(model, full), Role::Accent);
    let body = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let lines = lines(model, full, usize::from(body.width));
    let room = usize::from(body.height);
    let first = scroll.min(lines.len().saturating_sub(room));
    let names = name_columns(&lines, usize::from(body.width));
    for (y, line) in (0..).zip(lines.iter().skip(first).take(room)) {
        canvas.text(body, 0, y, &cut(&line.name, names), Role::Muted);
        let x = u16::try_from(names + 2).unwrap_or(0);
        canvas.text(body, x, y, &line.text, line.role);
        for word in model.list().query.filter.words() {
            if let Some(found) = fold::find(&line.text, word) {
                let before = u16::try_from(width(&line.text[..found.start])).unwrap_or(0);
                let wide = u16::try_from(width(&line.text[found])).unwrap_or(0);
                let place = Rect { x: body.x + x + before, y: body.y + y, width: wide, height: 1 };
                canvas.restyle(place.intersection(body), Role::Match);
            }
        }
    }
    let below = lines.len().saturating_sub(first + room);
    if below > 0 && area.height > 4 {
        let key = model.keys.key_name(Action::PageDown);
        canvas.right(area, 2, &model.say.detail_more(key, below), Role::Muted);
    }
}

/// What can be done now, with its keys.
fn next(model: &Model, full: &Full) -> String {
    let verbs = full.opportunity.stage.allowed();
    if verbs.is_empty() {
        return model.say.stage_and_outcome(&full.opportunity.stage);
    }
    let shown = verbs.iter().map(|verb| {
        let action = match verb {
            Verb::Accept => Action::Accept,
            Verb::Decline => Action::Decline,
            Verb::Win => Action::Win,
            Verb::Lose => Action::Lose,
        };
        format!("{} {}", model.keys.key_name(action), model.say.action(action))
    });
    shown.collect::<Vec<_>>().join("   ")
}

/// The widest column for names that leaves the values their room.
fn name_columns(lines: &[DetailLine], room: usize) -> usize {
    let widest = lines.iter().filter(|line| line.role != Role::Muted).map(|line| width(&line.name)).max().unwrap_or(0);
    widest.min(room / 3)
}

fn lines(model: &Model, full: &Full, room: usize) -> Vec<DetailLine> {
    let facts = model.say.describe(full, model.now.now, Paths::Short, &|at| model.day_and_time(at));
    let widest = facts.iter().filter(|fact| fact.tone != Tone::Muted).map(|fact| width(&fact.name)).max().unwrap_or(0);
    let value_room = room.saturating_sub(widest.min(room / 3) + 2);
    let mut lines = Vec::new();
    for fact in facts {
        let role = match fact.tone {
            Tone::Plain => Role::Text,
            Tone::Warn => Role::Warn,
            Tone::Bad => Role::Bad,
            Tone::Muted => Role::Muted,
        };
        for (index, text) in wrap(&fact.value, value_room).into_iter().enumerate() {
            lines.push(DetailLine { name: if index == 0 { fact.name.clone() } else { String::new() }, text, role });
        }
    }
    lines
}
