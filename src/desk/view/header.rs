//! The two lines on top: tabs with their counts and the age of the data; stage views, order and filter.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::form::TextField;
use crate::desk::model::{Breakpoint, Model, Overlay};
use crate::domain::query::{Tab, View};
use crate::store::Count;
use crate::width::width;

/// Paints both lines; returns the cursor while the filter is typed.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<(u16, u16)> {
    tabs(model, canvas, area);
    let line = Rect { y: area.y + 1, height: 1, ..area };
    match model.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Filter { field, error, .. } => Some((field, error)),
        _ => None,
    }) {
        Some((field, error)) => Some(filter(model, canvas, line, field, error.as_deref())),
        None => {
            views(model, canvas, line);
            None
        }
    }
}

fn tabs(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let narrow = model.size.breakpoint() == Breakpoint::Narrow;
    let mut x = 1;
    if !narrow {
        x += canvas.text(area, x, 0, &model.say.desk_name(), Role::Muted) + 2;
    }
    for (index, tab) in Tab::DESK.into_iter().enumerate() {
        let here = tab == model.tab;
        let count = model.counts.of(tab, View::Open);
        let name = model.say.tab(tab);
        let text = if narrow && !here {
            format!("{} {}", index + 1, count)
        } else {
            format!("{} {name} {}", index + 1, model.say.number(count))
        };
        let role = if here { Role::Title } else { Role::Text };
        let start = x;
        x += canvas.text(area, x, 0, &text, role);
        if here {
            let underline = Rect { x: area.x + start, width: x - start, height: 1, ..area };
            canvas.restyle(underline, Role::Match);
        }
        if tab == Tab::Inbound && model.counts.due > 0 {
            let due = format!(" {}{}", canvas.signs().dot, model.say.desk_due(model.counts.due));
            x += canvas.text(area, x, 0, &due, Role::Warn);
        }
        x += 3;
    }
    let dot = format!(" {} ", canvas.signs().dot);
    let facts = facts(model);
    // What does not fit is left out from the front: the outbox is the last to go.
    let fitting = (0..=facts.len())
        .map(|first| facts[first..].join(&dot))
        .find(|text| width(text) + usize::from(x) < usize::from(area.width));
    if let Some(text) = fitting.filter(|text| !text.is_empty()) {
        let room = Rect { width: area.width.saturating_sub(1), ..area };
        canvas.right(room, 0, &text, Role::Muted);
    }
}

fn facts(model: &Model) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(model.demo.then(|| model.say.desk_demo()));
    facts.extend(model.is_read_only().then(|| model.say.desk_read_only()));
    facts.extend(model.counts.imported_at.map(|at| model.say.desk_data_of(model.day_and_time(at))));
    facts.extend(model.importing.map(|rows| model.say.desk_importing(model.say.number(rows))));
    facts.extend((model.counts.outbox > 0).then(|| model.say.desk_outbox(model.say.number(model.counts.outbox))));
    facts
}

/// Stage views with their counts, order, filter and how many pass.
fn views(model: &Model, canvas: &mut Canvas<'_>, line: Rect) {
    let list = model.list();
    let dot = format!(" {} ", canvas.signs().dot);
    let mut x = 1;
    let total = model.counts.of(model.tab, list.query.view);
    let shown = match list.count {
        Count::All => String::new(),
        Count::Exactly(n) => model.say.desk_count(model.say.number(n), model.say.number(total)),
        Count::AtMost(n) => model.say.desk_count_at_most(model.say.number(n), model.say.number(total)),
        Count::Many => model.say.desk_count_many(model.say.number(total)),
    };
    let marked = if model.marks.is_empty() { String::new() } else { model.say.desk_marked(model.marks.len()) };
    let right: Vec<&str> = [marked.as_str(), &shown].into_iter().filter(|text| !text.is_empty()).collect();
    let right = right.join(&dot);
    let room = usize::from(line.width).saturating_sub(width(&right) + 2);
    let sort = model.say.desk_sort(model.say.order(list.query.order));
    let filter = if list.filter_text.is_empty() { String::new() } else { model.say.desk_filter(&list.filter_text) };
    let rest: Vec<&str> = [sort.as_str(), &filter].into_iter().filter(|text| !text.is_empty()).collect();
    let rest = rest.join(&dot);
    let name = |view: View| format!("{} {}", model.say.view(view), model.say.number(model.counts.of(model.tab, view)));
    let others: usize = View::ALL.iter().map(|view| width(&name(*view)) + 2).sum();
    // All views where there is room for them and the rest, else the one that is shown.
    if others + 2 + width(&rest) <= room {
        for view in View::ALL {
            let role = if view == list.query.view { Role::Title } else { Role::Muted };
            let text = if view == list.query.view { format!("[{}]", name(view)) } else { name(view) };
            x += canvas.text(line, x, 0, &text, role) + 1;
        }
    } else {
        x += canvas.text(line, x, 0, &name(list.query.view), Role::Title) + 1;
    }
    let rest_room = Rect { width: u16::try_from(room).unwrap_or(line.width).min(line.width), ..line };
    canvas.text(rest_room, x, 0, &format!("{} {rest}", canvas.signs().dot), Role::Text);
    canvas.right(Rect { width: line.width.saturating_sub(1), ..line }, 0, &right, Role::Text);
}

/// The filter while it is typed, with what is wrong with it.
fn filter(model: &Model, canvas: &mut Canvas<'_>, line: Rect, field: &TextField, error: Option<&str>) -> (u16, u16) {
    let label = model.say.desk_filter_typing();
    let x = 1 + canvas.text(line, 1, 0, &label, Role::Accent) + 1;
    let shown = match (error, model.list().count) {
        (Some(error), _) => error.to_owned(),
        (None, Count::Exactly(n)) => {
            model.say.desk_count(model.say.number(n), model.say.number(model.counts.of(model.tab, model.list().query.view)))
        }
        _ => String::new(),
    };
    // The text has the larger part of the line; what is wrong takes the rest, cut if need be.
    let left = line.width.saturating_sub(x + 1);
    let right = u16::try_from(width(&shown)).unwrap_or(left).min(left * 3 / 5);
    let room = usize::from(left.saturating_sub(right + 2)).max(8);
    let (text, column) = field.window(room);
    canvas.text(line, x, 0, text, Role::Text);
    let column = u16::try_from(column).unwrap_or(0);
    let end = Rect { x: line.x + line.width.saturating_sub(right + 1), width: right, ..line };
    canvas.text(end, 0, 0, &shown, if error.is_some() { Role::Warn } else { Role::Muted });
    (line.x + x + column, line.y)
}
