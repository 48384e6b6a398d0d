//! The list of opportunities with the detail beside it where there is room; only rows that are seen are formatted.

use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::canvas::Canvas;
use super::detail;
use super::look::Role;
use super::sums;
use crate::desk::column::Column;
use crate::desk::keys::{Action, Scope};
use crate::desk::model::columns::{self, GAP, Laid, SIGNS, Tone};
use crate::desk::model::{Dialog, Model};
use crate::desk::zones::Hit;
use crate::domain::filter::quoted_key;
use crate::domain::fold;
use crate::domain::tab::{Tab, View};
use crate::store::{Count, Row};
use crate::width::{cut, left, right, width, wrap};

/// Paints the list in these columns; returns the place of the selected row, where the cursor stands for those who follow it.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, columns: &Laid) -> Option<(u16, u16)> {
    let layout = model.layout();
    let list_area = Rect { width: layout.list_columns.min(area.width), ..area };
    if layout.detail_columns > 0 {
        let beside = Rect { x: area.x + list_area.width, width: area.width - list_area.width, ..area };
        canvas.vertical(beside);
        let inside = Rect { x: beside.x + 2, width: beside.width.saturating_sub(3), ..beside };
        detail::draw_pane(model, canvas, inside);
    }
    if model.list().rows.is_empty() {
        empty(model, canvas, list_area);
        return None;
    }
    let list_area = Rect { height: list_area.height.saturating_sub(u16::from(layout.sums)), ..list_area };
    if layout.sums {
        sums::draw(model, canvas, Rect { y: list_area.bottom(), height: 1, ..list_area });
    }
    let (rows, selected) = model.list().visible(usize::from(list_area.height.saturating_sub(1)));
    heads(model, canvas, list_area, columns);
    for (index, row) in (1..).zip(rows) {
        let line = Rect { y: list_area.y + index, height: 1, ..list_area };
        paint_row(model, canvas, line, columns, row, usize::from(index) == selected + 1);
        canvas.click(line, 0, 0, line.width, Hit::Row(usize::from(index) - 1));
    }
    let y = list_area.y + 1 + u16::try_from(selected).unwrap_or(0);
    Some((list_area.x, y))
}

fn heads(model: &Model, canvas: &mut Canvas<'_>, area: Rect, columns: &Laid) {
    let order = model.list().order();
    let mut x = SIGNS;
    for (column, wide) in columns.wide.iter().copied() {
        let (key, head) = (columns::order(model, column), columns::head(model, column));
        let head = if key == order.key {
            let arrow = if order.rises() { canvas.signs().rising } else { canvas.signs().falling };
            format!("{} {arrow}", cut(&head, wide.saturating_sub(width(arrow) + 1)))
        } else {
            cut(&head, wide).into_owned()
        };
        let head = if matches!(column, Column::Value | Column::SalesStage) { right(&head, wide) } else { head };
        canvas.text(area, cells(x), 0, &head, Role::Muted);
        canvas.click(area, cells(x), 0, cells(wide + GAP), Hit::Sort(key));
        x += wide + GAP;
    }
}

fn cells(wide: usize) -> u16 {
    u16::try_from(wide).unwrap_or(u16::MAX)
}

fn paint_row(model: &Model, canvas: &mut Canvas<'_>, line: Rect, columns: &Laid, row: &Row, selected: bool) {
    canvas.text(line, 0, 0, &signs(model, canvas, row, selected), Role::Accent);
    let mut x = SIGNS;
    for (column, wide) in columns.wide.iter().copied() {
        let (text, tone) = columns.cell(model, (column, wide), row);
        let style = canvas.style(role(tone));
        let style = if selected && role(tone).is_urgent() { style.add_modifier(Modifier::BOLD) } else { style };
        canvas.styled(line, cells(x), 0, &cut(&text, wide), style);
        if matches!(column, Column::Deal | Column::Customer) {
            underline_matches(model, canvas, line, cells(x), &cut(&text, wide));
        }
        x += wide + GAP;
    }
    if selected {
        canvas.select(line);
    }
}

const fn role(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Text,
        Tone::Good => Role::Good,
        Tone::Warn => Role::Warn,
        Tone::Bad => Role::Bad,
        Tone::Muted => Role::Muted,
    }
}

/// Pointer; mark, conflict, news or nothing; heart.
fn signs(model: &Model, canvas: &Canvas<'_>, row: &Row, selected: bool) -> String {
    let signs = canvas.signs();
    let pointer = if selected { signs.pointer } else { " " };
    let mark = match row {
        row if model.marks.contains(&row.id) => signs.marked,
        Row { conflict: true, .. } => signs.conflict,
        Row { fresh: true, .. } => signs.fresh,
        _ => " ",
    };
    let heart = if row.favorite { signs.heart } else { " " };
    format!("{pointer}{mark}{heart} ")
}

fn underline_matches(model: &Model, canvas: &mut Canvas<'_>, line: Rect, x: u16, text: &str) {
    for word in model.list().query.filter.words() {
        if let Some(found) = fold::find(text, word) {
            let before = u16::try_from(width(&text[..found.start])).unwrap_or(0);
            let wide = u16::try_from(width(&text[found])).unwrap_or(0);
            canvas.restyle(Rect { x: line.x + x + before, width: wide, ..line }.intersection(line), Role::Match);
        }
    }
}

/// Says where a filter that finds nothing here finds something.
fn elsewhere(model: &Model, canvas: &Canvas<'_>) -> Option<String> {
    let (say, list) = (&model.say, model.list());
    let key = |action| model.keys.key_name(action);
    let hits = list.elsewhere_by_key().filter(|_| !list.everywhere)?;
    let mut parts: Vec<String> = hits
        .into_iter()
        .map(|hits| {
            let n = if hits.more { say.number_or_more(say.number(hits.n)) } else { say.number(hits.n) };
            if hits.tab == list.place().0 {
                say.elsewhere_view(key(Action::View), n, say.view(hits.view))
            } else {
                let by = if hits.tab == Tab::Outbound { Action::Outbound } else { Action::Inbound };
                say.elsewhere_tab(key(by), n, say.tab(hits.tab))
            }
        })
        .collect();
    if parts.is_empty() {
        return Some(say.elsewhere_nothing());
    }
    parts.push(say.elsewhere_enter(key(Action::Open)));
    let found = parts.join(&format!(" {} ", canvas.signs().dot));
    // While it is typed every key goes into the filter: it is kept first.
    let is_typed = matches!(model.dialogs.last(), Some(Dialog::Filter { .. }));
    Some(if is_typed { say.elsewhere_kept(found, model.keys.key_in(Scope::Filter, Action::Confirm)) } else { found })
}

/// Says what the other tab holds, of a list that shows nothing without a filter.
fn other_tab(model: &Model) -> Option<String> {
    let (tab, action) = match model.tab {
        Tab::Inbound => (Tab::Outbound, Action::Outbound),
        Tab::Outbound => (Tab::Inbound, Action::Inbound),
        Tab::Favorites | Tab::All => return None,
    };
    let n = Some(model.counts.of(tab, View::All)).filter(|n| *n > 0)?;
    Some(model.say.empty_other_tab(model.keys.key_name(action), model.say.number(n), model.say.tab(tab)))
}

/// An empty list says why, and what to do about it; an empty database is welcomed.
fn empty(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let list = model.list();
    if !list.loaded || !model.counted {
        return;
    }
    let key = |action| model.keys.key_name(action);
    let lines: Vec<String> = if model.is_welcome() {
        let keys: Vec<String> = model.ways_in().iter().map(|way| model.way_key(*way)).collect();
        let widest = keys.iter().map(|key| width(key)).max().unwrap_or(0);
        let way = |(way, key): (&Action, &String)| match (way, left(key, widest)) {
            (Action::Import, key) => model.say.welcome_import(key),
            (Action::New, key) => model.say.welcome_new(key),
            (Action::Demo, key) => model.say.welcome_demo(key),
            (_, key) => model.say.welcome_mouse(key),
        };
        let help = model.say.welcome_help(key(Action::Help), key(Action::Close));
        let head = [model.say.welcome_title(), String::new()].into_iter();
        head.chain(model.ways_in().iter().zip(&keys).map(way)).chain([String::new(), help]).collect()
    } else if list.count != Count::All {
        // What would stand here without it, whichever tab and stages it names.
        let hidden = model.counts.of(list.query.tab, list.query.view);
        let hint = match hidden {
            0 => model.say.empty_filter_hides_none(key(Action::Back)),
            hidden => model.say.empty_filter_hint(model.say.number(hidden), key(Action::Back)),
        };
        let undated = Some(model.undated()).filter(|n| *n > 0).map(|n| model.say.empty_undated(model.say.number(n)));
        let first = [model.say.empty_filter(&list.filter_text), hint].into_iter();
        let quoted = quoted_key(&list.filter_text).map(|(key, _)| model.say.empty_quoted(key));
        first.chain(undated).chain(quoted).chain(elsewhere(model, canvas)).collect()
    } else {
        let all = model.counts.of(model.tab, View::All);
        let view = model.say.view(list.query.view);
        let first = model.say.empty_view(model.say.tab(model.tab), view);
        let second = match (model.tab, all) {
            (Tab::Favorites, 0) => model.say.empty_favorites(key(Action::Favorite)),
            (_, 0) => model.say.empty_tab(key(Action::Import)),
            _ => model.say.empty_view_hint(model.say.number(all), key(Action::View)),
        };
        [first, second].into_iter().chain(other_tab(model)).collect()
    };
    // The lines below the title and an empty one, where they can be chosen.
    let chosen = model.way_in().map(|_| 2 + model.welcome_place());
    let room = usize::from(area.width.saturating_sub(4));
    let rows: Vec<(usize, String)> =
        (lines.iter().enumerate()).flat_map(|(at, line)| wrap(line, room).into_iter().map(move |row| (at, row))).collect();
    // Where there is no room for all, the chosen one is seen.
    let high = usize::from(area.height);
    let top = if rows.len() + 2 <= high { 2 } else { 0 };
    let last = chosen.and_then(|chosen| rows.iter().rposition(|(at, _)| *at == chosen)).unwrap_or(0);
    for (y, (at, line)) in (top..).zip(rows.iter().skip((last + 1).saturating_sub(high)).take(high)) {
        let (at, role) = (*at, if *at == 0 { Role::Title } else { Role::Text });
        canvas.text(area, 2, y, line, role);
        if let Some(way) = at.checked_sub(2).filter(|way| chosen.is_some() && *way < model.ways_in().len()) {
            canvas.click(area, 2, y, area.width, Hit::Line(way));
        }
        if chosen == Some(at) && y < area.height {
            canvas.select(Rect { x: area.x + 2, y: area.y + y, width: area.width.saturating_sub(4), height: 1 });
        }
    }
}
