//! The two lines on top: tabs with their counts and the age of the data; stage views, order and filter.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::form::TextField;
use crate::desk::keys::Action;
use crate::desk::model::columns::{self, Laid};
use crate::desk::model::{Breakpoint, Dialog, Model};
use crate::desk::zones::Hit;
use crate::domain::tab::{Tab, View};
use crate::store::Count;
use crate::width::{cut, width};

/// Paints both lines over these columns; returns the cursor while the filter is typed.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, columns: &Laid) -> Option<(u16, u16)> {
    tabs(model, canvas, area);
    let line = Rect { y: area.y + 1, height: 1, ..area };
    match model.dialogs.iter().find_map(|dialog| match dialog {
        Dialog::Filter { field, .. } => Some(field),
        _ => None,
    }) {
        Some(field) => Some(filter(model, canvas, line, field)),
        None => {
            views(model, canvas, line, columns);
            None
        }
    }
}

fn tabs(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let narrow = model.size.breakpoint() == Breakpoint::Narrow;
    let mut x = 1;
    // Where there is little room, leads are worth more than our own name.
    let is_crowded = model.counts.leads > 0 && !model.is_sample() && area.width < 100;
    if !narrow && !is_crowded {
        let (name, role) =
            if model.is_sample() { (model.say.desk_sample(), Role::Warn) } else { (model.say.desk_name(), Role::Muted) };
        x += canvas.text(area, x, 0, &name, role) + 2;
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
        if tab == Tab::Inbound && model.counts.next > 0 && !narrow {
            let next = format!(" {}{}", canvas.signs().dot, model.say.desk_next(model.counts.next));
            x += canvas.text(area, x, 0, &next, Role::Accent);
        }
        canvas.click(area, start, 0, x - start, Hit::Do(tab_action(tab)));
        if tab == Tab::Inbound && model.counts.leads > 0 {
            x += leads(model, canvas, area, x, narrow);
        }
        x += 3;
    }
    let dot = format!(" {} ", canvas.signs().dot);
    let fits = |text: &String| width(text) + usize::from(x) <= usize::from(area.width);
    if let Some(text) = facts(model).into_iter().map(|facts| facts.join(&dot)).find(fits).filter(|text| !text.is_empty()) {
        let room = Rect { width: area.width.saturating_sub(1), ..area };
        canvas.right(room, 0, &text, Role::Muted);
        let outbox = waiting(model).filter(|outbox| text.ends_with(outbox.as_str())).map_or(0, |outbox| width(&outbox));
        let wide = u16::try_from(outbox).unwrap_or(0);
        canvas.click(room, room.width.saturating_sub(wide), 0, wide, Hit::Do(Action::Outbox));
    }
}

/// Names the leads beside what is inbound, with the key of their room; where there is little room only how many.
fn leads(model: &Model, canvas: &mut Canvas<'_>, area: Rect, x: u16, narrow: bool) -> u16 {
    let said = if narrow {
        model.say.desk_leads_short(model.counts.leads, model.keys.key_name(Action::Leads))
    } else {
        model.say.desk_leads(model.counts.leads, model.keys.key_name(Action::Leads))
    };
    let wide = canvas.text(area, x, 0, &format!(" {}{said}", canvas.signs().dot), Role::Accent);
    canvas.click(area, x, 0, wide, Hit::Do(Action::Leads));
    wide
}

/// How many deals wait for Partner Center.
fn waiting(model: &Model) -> Option<String> {
    (model.counts.outbox > 0).then(|| model.say.desk_outbox(model.say.number(model.counts.outbox)))
}

const fn tab_action(tab: Tab) -> Action {
    match tab {
        Tab::Outbound => Action::Outbound,
        Tab::Favorites => Action::Favorites,
        Tab::Inbound | Tab::All => Action::Inbound,
    }
}

/// What stands right of the tabs: everything, then with less and less, so that what fits can be chosen; how old the data is goes last.
fn facts(model: &Model) -> Vec<Vec<String>> {
    let say = &model.say;
    let read_only = model.is_read_only().then(|| say.desk_read_only());
    let role = model.role_shown();
    let to_the_minute = model.counts.imported_at.map(|at| say.desk_data_of(model.day_and_time(at)));
    let to_the_day = model.counts.imported_at.map(|at| say.desk_data_of(model.day(at)));
    let day = model.counts.imported_at.map(|at| model.day(at));
    let importing = model.importing.map(|rows| say.desk_importing(say.number(rows)));
    let outbox = waiting(model);
    // That nothing is changed, or not all is seen, matters more than how old it is; and while rows come in, how many is what it is as of.
    let barred = read_only.as_ref().or(role.as_ref());
    let old = to_the_day.clone().filter(|_| barred.is_none());
    let last = barred.or(importing.as_ref()).or(old.as_ref()).cloned();
    let of = |facts: &[&Option<String>]| facts.iter().copied().flatten().cloned().collect();
    let mut facts = vec![
        of(&[&read_only, &role, &to_the_minute, &importing, &outbox]),
        of(&[&read_only, &role, &to_the_day, &importing, &outbox]),
        of(&[&read_only, &role, &day, &importing, &outbox]),
        of(&[&read_only, &role, &day, &importing]),
        of(&[&read_only, &role, &old, &importing]),
        of(&[&last]),
    ];
    // Beside leads there is less room: what waits goes before the day.
    if let Some(outbox) = outbox.filter(|_| model.counts.leads > 0 && importing.is_none() && barred.is_none()) {
        facts.insert(3, vec![outbox]);
    }
    facts
}

/// What is barred, where the line above has no room for it.
fn barred_narrow(model: &Model) -> Option<String> {
    let role = || model.role_shown().map(|role| if model.role().sees_all() { role } else { model.say.desk_own_only_short() });
    if model.is_read_only() { Some(model.say.desk_read_only()) } else { role() }
}

/// Stage views with their counts, order, filter and how many pass.
fn views(model: &Model, canvas: &mut Canvas<'_>, line: Rect, columns: &Laid) {
    let list = model.list();
    let dot = format!(" {} ", canvas.signs().dot);
    let mut x = 1;
    if model.size.breakpoint() == Breakpoint::Narrow {
        let sample = model.is_sample().then(|| model.say.desk_sample());
        for text in [sample, barred_narrow(model)].into_iter().flatten() {
            x += canvas.text(line, x, 0, &text, Role::Warn) + 1;
        }
    }
    let (tab, shown_view) = list.place();
    let name = |view: View| format!("{} {}", model.say.view(view), model.say.number(model.counts.of(tab, view)));
    let by_filter = (list.query.filter.tab().is_some(), list.query.filter.view().is_some());
    if let Some(said) = overruled(model, by_filter) {
        x += canvas.text(line, x, 0, &said, Role::Title) + 1;
    }
    let others: usize = View::of(tab).iter().map(|view| width(&name(*view)) + 1).sum::<usize>() + 2;
    let mut rest = told(model, true);
    let room = |right: &str| usize::from(line.width).saturating_sub(width(right) + 2);
    let laid = |right: &str| shortened(model, room(right).saturating_sub(others + usize::from(x)), &dot, columns);
    // What is wrong with the settings is told as briefly as the stages need; where nothing is brief enough for them, in few words.
    let mut said = right_hand(model, &dot);
    let at = said.iter().position(|right| laid(right).is_some()).unwrap_or(said.len().min(2) - 1);
    let right = said.swap_remove(at);
    let (room, beside) = (room(&right), laid(&right));
    // All views where there is room for them and for what matters of the rest, else the one that is shown.
    if by_filter.1 || list.everywhere {
        // The filter tells which stages are shown: no view is claimed.
    } else if let Some(beside) = beside {
        rest = beside;
        for view in View::of(tab).iter().copied() {
            let role = if view == shown_view { Role::Title } else { Role::Muted };
            let text = if view == shown_view { format!("[{}]", name(view)) } else { name(view) };
            let wide = canvas.text(line, x, 0, &text, role);
            canvas.click(line, x, 0, wide, Hit::View(view));
            x += wide + 1;
        }
    } else {
        let wide = canvas.text(line, x, 0, &name(shown_view), Role::Title);
        canvas.click(line, x, 0, wide, Hit::Do(Action::View));
        x += wide + 1;
    }
    let rest_room = Rect { width: u16::try_from(room).unwrap_or(line.width).min(line.width), ..line };
    for (text, action) in rest {
        // What stands before the first one is a blank already.
        x += canvas.text(rest_room, x, 0, dot.trim_start(), Role::Text);
        let wide = canvas.text(rest_room, x, 0, &text, Role::Text);
        if let Some(action) = action {
            canvas.click(rest_room, x, 0, wide, Hit::Do(action));
        }
        x += wide + 1;
    }
    canvas.right(Rect { width: line.width.saturating_sub(1), ..line }, 0, &right, Role::Text);
}

/// What stands at the right edge: what is wrong with the settings, what is marked, how many pass; in less and less words.
fn right_hand(model: &Model, dot: &str) -> Vec<String> {
    // The line below the list says it where it is there.
    let marked =
        if model.marks.is_empty() || model.tells_sums() { String::new() } else { model.say.desk_marked(model.marks.len()) };
    let (undated, shown) = (undated(model), count(model));
    let joined = |wrong: String| {
        let right: Vec<&str> = [wrong.as_str(), &marked, &undated, &shown].into_iter().filter(|text| !text.is_empty()).collect();
        right.join(dot)
    };
    let (count, key) = (model.wrong_settings.len(), || model.keys.key_name(Action::Settings));
    if count == 0 {
        return vec![joined(String::new())];
    }
    let wrong = [
        model.say.desk_settings_wrong(count, key()),
        model.say.desk_settings_wrong_short(count, key()),
        model.say.desk_settings_wrong_least(key()),
    ];
    // The counts are worth more than that, which the list without a filter tells.
    wrong.into_iter().chain([String::new()]).map(joined).collect()
}

/// What stands behind the stages: the saved view, the order, the filter; each with what a click on it does.
fn told(model: &Model, with_order: bool) -> Vec<(String, Option<Action>)> {
    let list = model.list();
    let saved = list.chosen_view().map(|name| (model.say.desk_view(name), None));
    let order = model.order_said();
    let sort = if list.unranked { model.say.desk_sorting(order) } else { model.say.desk_sort(order) };
    let sort = with_order.then_some((sort, Some(Action::Sort)));
    let filter = Some(&list.filter_text).filter(|text| !text.is_empty());
    let filter = filter.map(|text| (model.say.desk_filter(text), Some(Action::Filter)));
    saved.into_iter().chain(sort).chain(filter).collect()
}

/// As [`told`], with as little left out as the room asks for: what order and filter are called, the order beside a filter where the arrow
/// over a column tells it, the end of the filter; `None` where that is not enough.
fn shortened(model: &Model, room: usize, dot: &str, columns: &Laid) -> Option<Vec<(String, Option<Action>)>> {
    /// So much of a filter says which one it is.
    const FILTER: usize = 10;
    let wide = |parts: &[(String, Option<Action>)]| {
        let all: usize = parts.iter().map(|(text, _)| width(text) + width(dot)).sum();
        all.saturating_sub(1)
    };
    let (list, whole) = (model.list(), told(model, true));
    if wide(&whole) <= room {
        return Some(whole);
    }
    let bare = |(text, action): (String, Option<Action>)| match action {
        Some(Action::Sort) if !list.unranked => (model.order_said(), action),
        Some(Action::Filter) => (model.say.desk_filter_short(&list.filter_text, model.keys.key_name(Action::Filter)), action),
        _ => (text, action),
    };
    if list.filter_text.is_empty() {
        return Some(whole.into_iter().map(bare).collect()).filter(|bare: &Vec<_>| wide(bare) <= room);
    }
    let less = if !list.unranked && shows_the_order(model, columns) { told(model, false) } else { whole };
    if wide(&less) <= room {
        return Some(less);
    }
    let mut less: Vec<_> = less.into_iter().map(bare).collect();
    let over = wide(&less).saturating_sub(room);
    let (filter, _) = less.last_mut()?;
    if over > 0 {
        let kept = width(filter).checked_sub(over).filter(|kept| *kept >= FILTER)?;
        *filter = cut(filter, kept).into_owned();
    }
    Some(less)
}

/// Returns whether an arrow over one of the columns tells the order, or there is nothing to be in one.
fn shows_the_order(model: &Model, columns: &Laid) -> bool {
    let list = model.list();
    list.rows.is_empty() || columns.shown().into_iter().any(|column| columns::order(model, column) == list.order().key)
}

/// Says what of tab and view is not theirs: what the filter names, or all where it is looked for everywhere.
fn overruled(model: &Model, by_filter: (bool, bool)) -> Option<String> {
    match by_filter {
        _ if model.list().everywhere => Some(model.say.desk_everywhere()),
        (false, false) => None,
        (true, false) => Some(model.say.desk_tab_by_filter()),
        (false, true) => Some(model.say.desk_stages_by_filter()),
        (true, true) => Some(model.say.desk_tab_and_stages_by_filter()),
    }
}

/// Says how many pass the filter; nothing where there is none.
fn count(model: &Model) -> String {
    let list = model.list();
    // Where nothing passes, of what would stand here without the filter, as the list says below: of a stage or tab that the filter names
    // there may be none at all.
    let of_nothing = list.rows.is_empty() && list.count == Count::Exactly(0);
    let (tab, view) = if of_nothing { (list.query.tab, list.query.view) } else { list.place() };
    let total = model.say.number(model.counts.of(tab, view));
    match list.count {
        Count::All => String::new(),
        // None of nothing is no news.
        Count::Exactly(0) if model.counts.of(tab, view) == 0 => String::new(),
        Count::Exactly(n) => model.say.desk_count(model.say.number(n), total),
        Count::AtMost(n) => model.say.desk_count_at_most(model.say.number(n), total),
        Count::Many => model.say.desk_count_many(total),
    }
}

/// How many are left out only because a date is unknown; a list that shows nothing says it itself.
fn undated(model: &Model) -> String {
    const WIDE: u16 = 110;
    match model.undated() {
        0 => String::new(),
        _ if model.list().rows.is_empty() || model.size.breakpoint() == Breakpoint::Narrow => String::new(),
        n if model.size.columns < WIDE => model.say.desk_undated_short(model.say.number(n)),
        n => model.say.desk_undated(model.say.number(n)),
    }
}

/// The filter while it is typed.
fn filter(model: &Model, canvas: &mut Canvas<'_>, line: Rect, field: &TextField) -> (u16, u16) {
    let label = model.say.desk_filter_typing();
    let x = 1 + canvas.text(line, 1, 0, &label, Role::Accent) + 1;
    let shown = count(model);
    // The text has the larger part of the line.
    let left = line.width.saturating_sub(x + 1);
    let right = u16::try_from(width(&shown)).unwrap_or(left).min(left * 3 / 5);
    let room = usize::from(left.saturating_sub(right + 2)).max(8);
    let (text, column) = field.window(room);
    canvas.text(line, x, 0, text, Role::Text);
    let column = u16::try_from(column).unwrap_or(0);
    let end = Rect { x: line.x + line.width.saturating_sub(right + 1), width: right, ..line };
    canvas.text(end, 0, 0, &shown, Role::Muted);
    (line.x + x + column, line.y)
}
