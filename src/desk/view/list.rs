//! The list of opportunities with the detail beside it where there is room; only rows that are seen are formatted.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::detail;
use super::look::Role;
use super::sums;
use crate::desk::keys::Action;
use crate::desk::model::Model;
use crate::domain::deadline::Pressing;
use crate::domain::fold;
use crate::domain::money::Money;
use crate::domain::outcome::OutcomeKind;
use crate::domain::query::SortKey;
use crate::domain::stage::Stage;
use crate::domain::tab::View;
use crate::i18n::currency_sign;
use crate::store::{Count, Row};
use crate::width::{cut, right, width};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// Pointer, mark and heart.
    Signs,
    TimeLeft,
    Deal,
    Customer,
    Value,
    /// The value in short: the names get its cells.
    ShortValue,
    Close,
    Stage,
    Owner,
}

/// Paints the list; returns the place of the selected row, where the cursor stands for those who follow it.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<(u16, u16)> {
    let layout = model.size.layout();
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
    let columns = columns(model, list_area.width, rows);
    heads(model, canvas, list_area, &columns);
    for (index, row) in (1..).zip(rows) {
        let line = Rect { y: list_area.y + index, height: 1, ..list_area };
        paint_row(model, canvas, line, &columns, row, usize::from(index) == selected + 1);
    }
    let y = list_area.y + 1 + u16::try_from(selected).unwrap_or(0);
    Some((list_area.x, y))
}

/// Where deal and customer together would have fewer cells than these, values are written in short.
const NAMES: usize = 44;

/// Chooses the columns that the width has room for. Deal and customer share what the others leave.
fn columns(model: &Model, room: u16, rows: &[Row]) -> Vec<(Column, usize)> {
    let room = usize::from(room);
    let whole = columns_with(model, room, rows, Column::Value);
    let names: usize =
        whole.iter().filter(|(column, _)| matches!(column, Column::Deal | Column::Customer)).map(|(_, wide)| wide).sum();
    if names >= NAMES { whole } else { columns_with(model, room, rows, Column::ShortValue) }
}

fn columns_with(model: &Model, room: usize, rows: &[Row], value_column: Column) -> Vec<(Column, usize)> {
    let said = |value| if value_column == Column::Value { model.say.money(value) } else { short(model, value) };
    let value = rows.iter().filter_map(|row| row.value).map(|value| width(&said(value))).max().unwrap_or(0);
    // With room for the arrow, so that sorting moves no column.
    let value = value.clamp(width(&model.say.column_value()) + 2, 20);
    let mut columns = vec![(Column::Signs, 4), (Column::TimeLeft, 12), (Column::Deal, 0)];
    if room >= 50 {
        columns.push((Column::Customer, 0));
    }
    if room >= 60 {
        columns.push((value_column, value));
    }
    if room >= 76 {
        columns.push((Column::Close, 10));
    }
    if room >= 96 {
        columns.push((Column::Stage, 10));
    }
    if room >= 116 {
        columns.push((Column::Owner, 12));
    }
    let fixed: usize = columns.iter().map(|(_, wide)| wide).sum::<usize>() + 2 * (columns.len() - 2) + 1;
    let free = room.saturating_sub(fixed);
    let both = columns.iter().any(|(column, _)| *column == Column::Customer);
    let deal = if both { free * 11 / 20 } else { free };
    for (column, wide) in &mut columns {
        match column {
            Column::Deal => *wide = deal,
            Column::Customer => *wide = free - deal,
            _ => {}
        }
    }
    columns
}

fn heads(model: &Model, canvas: &mut Canvas<'_>, area: Rect, columns: &[(Column, usize)]) {
    let order = model.list().query.order;
    let mut x = 0;
    for (column, wide) in columns {
        let head = match column {
            Column::Signs => String::new(),
            Column::TimeLeft => model.say.column_time_left(),
            Column::Deal => model.say.column_deal(),
            Column::Customer => model.say.column_customer(),
            Column::Value | Column::ShortValue => model.say.column_value(),
            Column::Close => model.say.column_close(),
            Column::Stage => model.say.column_stage(),
            Column::Owner => model.say.field_owner(),
        };
        let head = if sorted_by(*column) == Some(order.key) {
            let arrow = if order.rises() { canvas.signs().rising } else { canvas.signs().falling };
            format!("{} {arrow}", cut(&head, wide.saturating_sub(width(arrow) + 1)))
        } else {
            cut(&head, *wide).into_owned()
        };
        let head = if matches!(column, Column::Value | Column::ShortValue) { right(&head, *wide) } else { head };
        canvas.text(area, x, 0, &head, Role::Muted);
        x += advance(*column, *wide);
    }
}

/// Returns the order in which a column rises or falls.
const fn sorted_by(column: Column) -> Option<SortKey> {
    Some(match column {
        Column::Signs => return None,
        Column::TimeLeft => SortKey::TimeLeft,
        Column::Deal => SortKey::Deal,
        Column::Customer => SortKey::Customer,
        Column::Value | Column::ShortValue => SortKey::Value,
        Column::Close => SortKey::CloseDate,
        Column::Stage => SortKey::Stage,
        Column::Owner => SortKey::Owner,
    })
}

/// Returns the cells from the beginning of a column to the next.
fn advance(column: Column, wide: usize) -> u16 {
    let gap = if column == Column::Signs { 0 } else { 2 };
    u16::try_from(wide + gap).unwrap_or(u16::MAX)
}

fn paint_row(model: &Model, canvas: &mut Canvas<'_>, line: Rect, columns: &[(Column, usize)], row: &Row, selected: bool) {
    let mut x = 0;
    for (column, wide) in columns {
        let (text, role) = cell(model, canvas, *column, *wide, row, columns, selected);
        canvas.text(line, x, 0, &cut(&text, *wide), role);
        if matches!(column, Column::Deal | Column::Customer) {
            underline_matches(model, canvas, line, x, &cut(&text, *wide));
        }
        x += advance(*column, *wide);
    }
    if selected {
        canvas.restyle(line, Role::Selected);
    }
}

fn cell<'a>(
    model: &Model,
    canvas: &Canvas<'_>,
    column: Column,
    wide: usize,
    row: &'a Row,
    columns: &[(Column, usize)],
    selected: bool,
) -> (Cow<'a, str>, Role) {
    match column {
        Column::Signs => (signs(model, canvas, row, selected).into(), Role::Accent),
        Column::TimeLeft => {
            // Where there is no column for the stage, this one tells it.
            let stage_elsewhere = columns.iter().any(|(column, _)| *column == Column::Stage);
            let (text, role) = time_left(model, row, !stage_elsewhere);
            (text.into(), role)
        }
        Column::Deal => (row.title().into(), if row.name.is_some() { Role::Text } else { Role::Muted }),
        Column::Customer => (row.customer.as_str().into(), Role::Text),
        Column::Value | Column::ShortValue => (value(model, row, column, wide).into(), Role::Text),
        Column::Close => (row.close_date.map(|date| date.to_string()).unwrap_or_default().into(), Role::Text),
        Column::Owner => (row.owner.as_deref().unwrap_or_default().into(), Role::Text),
        Column::Stage => {
            let (text, role) = stage(model, row);
            (text.into(), role)
        }
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

/// Currency sign left, amount right, so that both stand in columns.
fn value(model: &Model, row: &Row, column: Column, wide: usize) -> String {
    row.value.map_or_else(String::new, |value| {
        let said = if column == Column::Value { model.say.money(value) } else { short(model, value) };
        let sign = currency_sign(value.currency());
        let amount = said.strip_prefix(sign).unwrap_or(&said).trim_start();
        format!("{sign} {}", right(amount, wide.saturating_sub(width(sign) + 1)))
    })
}

fn short(model: &Model, value: Money) -> String {
    model.say.money_short(value.currency(), value.minor().into())
}

fn time_left(model: &Model, row: &Row, with_stage: bool) -> (String, Role) {
    match &row.stage {
        Stage::Received { respond_by } => {
            let now = model.now.now;
            let left = model.say.time_left(*respond_by, now);
            match respond_by.pressing(now) {
                Pressing::Later => (left, Role::Text),
                Pressing::Soon => (format!("{left} {}", model.say.soon()), Role::Warn),
                Pressing::Today => (format!("{left} {}", model.say.today()), Role::Bad),
                Pressing::Over => (left, Role::Bad),
            }
        }
        Stage::Accepted { .. } | Stage::Lapsed { .. } | Stage::Archived { .. } if with_stage => stage(model, row),
        Stage::Accepted { .. } | Stage::Lapsed { .. } | Stage::Archived { .. } => (String::new(), Role::Text),
    }
}

fn stage(model: &Model, row: &Row) -> (String, Role) {
    match row.stage.outcome().map(|outcome| outcome.kind()) {
        None => (model.say.stage(row.stage.kind()), Role::Text),
        Some(outcome @ OutcomeKind::Won) => (model.say.outcome(outcome), Role::Good),
        Some(outcome) => (model.say.outcome(outcome), Role::Muted),
    }
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
    let hits = list.elsewhere().filter(|_| !list.everywhere)?;
    let mut parts: Vec<String> = hits
        .iter()
        .filter(|hits| hits.n > 0 || hits.more)
        .map(|hits| {
            let n = if hits.more { say.number_or_more(say.number(hits.n)) } else { say.number(hits.n) };
            if hits.tab == list.place().0 {
                say.elsewhere_view(key(Action::View), n, say.view(hits.view))
            } else {
                say.elsewhere_tab(n, say.tab(hits.tab))
            }
        })
        .collect();
    if parts.is_empty() {
        return Some(say.elsewhere_nothing());
    }
    parts.push(say.elsewhere_enter(key(Action::Open)));
    Some(parts.join(&format!(" {} ", canvas.signs().dot)))
}

/// An empty list says why, and what to do about it; an empty database is welcomed.
fn empty(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let list = model.list();
    if !list.loaded || !model.counted {
        return;
    }
    let key = |action| model.keys.key_name(action);
    let lines: Vec<String> = if model.is_welcome() {
        vec![
            model.say.welcome_title(),
            String::new(),
            model.say.welcome_import(key(Action::Import)),
            model.say.welcome_new(key(Action::New)),
            model.say.welcome_demo(key(Action::Demo)),
            String::new(),
            model.say.welcome_help(key(Action::Help), key(Action::Close)),
        ]
    } else if list.count != Count::All {
        let (tab, view) = list.place();
        let hidden = model.counts.of(tab, view);
        let hint = model.say.empty_filter_hint(model.say.number(hidden), key(Action::Back));
        [model.say.empty_filter(&list.filter_text), hint].into_iter().chain(elsewhere(model, canvas)).collect()
    } else {
        let all = model.counts.of(model.tab, View::All);
        let view = model.say.view(list.query.view);
        let first = model.say.empty_view(model.say.tab(model.tab), view);
        let second = match (model.tab, all) {
            (crate::domain::tab::Tab::Favorites, 0) => model.say.empty_favorites(key(Action::Favorite)),
            (_, 0) => model.say.empty_tab(key(Action::Import)),
            _ => model.say.empty_view_hint(model.say.number(all), key(Action::View)),
        };
        vec![first, second]
    };
    // The lines below the title and an empty one, where they can be chosen.
    let chosen = model.way_in().map(|_| 2 + model.welcome.0);
    let room = usize::from(area.width.saturating_sub(4));
    let rows =
        lines.iter().enumerate().flat_map(|(at, line)| crate::width::wrap(line, room).into_iter().map(move |row| (at, row)));
    for (y, (at, line)) in (2..).zip(rows) {
        let role = if y == 2 { Role::Title } else { Role::Text };
        canvas.text(area, 2, y, &line, role);
        if chosen == Some(at) && y < area.height {
            canvas.restyle(Rect { x: area.x + 2, y: area.y + y, width: area.width.saturating_sub(4), height: 1 }, Role::Selected);
        }
    }
}
