//! A form: pages, fields with what was typed, complaints under them, what follows from saving, and the button.

use ratatui::layout::Rect;

use super::canvas::{Canvas, centered, hanging};
use super::entry;
use super::lines::{FormLine, paint};
use super::look::Role;
use super::side;
use crate::desk::form::{ChoiceOf, Entry, FieldKind, FieldSpec, Form, FormKind, Page, TextField, Understood};
use crate::desk::keys::Action;
use crate::desk::model::Model;
use crate::desk::zones::{FormHit, Hit};
use crate::width::{cut, left, width, wrap};

/// From so many rows on a blank line stands above a head.
const HIGH: u16 = 30;

/// Cells of what stands before an option: its sign and its number.
const OPTION: usize = 4;

/// Paints a form; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, form: &Form) -> (u16, u16) {
    let title = model.say.form_heading(form.kind, &form.subject.title);
    let columns = model.form_room(form.kind) + 4;
    let (room, beside) = model.form_main(form);
    let side = if beside { side::lines(model, form, columns.saturating_sub(room + 4)) } else { Vec::new() };
    let lines = lines(model, canvas.signs().pointer, form, room);
    let many = !form.kind.pages().is_empty();
    let tabs = if many { entry::page_rows(area) } else { 0 };
    let wanted = u16::try_from(lines.len().max(side.len())).unwrap_or(u16::MAX).saturating_add(tabs + u16::from(many));
    let (columns, rows) = model.size.dialog(columns, wanted.saturating_add(2));
    let place = if many { hanging(area, columns, rows) } else { centered(area, columns, rows) };
    let mut inside = canvas.open_box(place, &title);
    let border = Rect { y: inside.y + inside.height, height: 1, ..inside };
    if many {
        entry::draw_pages(model, canvas, inside, form);
        let taken = tabs.min(inside.height);
        inside = Rect { y: inside.y + taken, height: inside.height - taken, ..inside };
    }
    let mut cursor = None;
    if many && inside.height > 2 {
        // Below the last field; where the page is longer than the screen it keeps the last line.
        let line = button(model, form);
        inside.height -= 1;
        let y = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(inside.height);
        let place = Rect { height: inside.height + 1, ..inside };
        let wide = canvas.text(place, 0, y, &line.text, line.role);
        canvas.click(place, 0, y, wide, Hit::Form(FormHit::Button));
        cursor = line.cursor.map(|_| (inside.x, inside.y + y));
    }
    if beside {
        side::draw(canvas, inside, room, &side);
        inside.width = room.min(inside.width);
    }
    // From the button, which stands below all of them, the last lines are seen.
    let end = cursor.map(|_| lines.len());
    // A box of nothing but its button is read from its top.
    let is_read = form.stops(form.page).into_iter().flatten().next().is_none();
    let scrolls = form.page() == Some(Page::Check) || (!many && (form.reads || is_read));
    let scroll = if scrolls { Some(form.scroll) } else { end };
    let field = paint(model, canvas, inside, scroll, &lines, border);
    cursor.unwrap_or(field)
}

fn lines(model: &Model, pointer: &str, form: &Form, room: u16) -> Vec<FormLine> {
    if form.page() == Some(Page::Check) {
        // What is missing and what follows come before what was typed anyway.
        let mut lines = entry::missing(model, form, room);
        finish(model, form, room, &mut lines);
        lines.extend(entry::facts(model, form, room));
        lines.push(FormLine::plain("", Role::Text));
        return lines;
    }
    let mut lines: Vec<FormLine> = about(model, form, room);
    for index in form.stops(form.page).into_iter().flatten() {
        if let Some(head) = form.head_over(index) {
            if !lines.is_empty() && model.size.rows >= HIGH {
                lines.push(FormLine::plain("", Role::Text));
            }
            lines.push(FormLine::plain(model.say.form_head(head), Role::Title));
        }
        field_lines(model, pointer, form, index, room, &mut lines);
    }
    finish(model, form, room, &mut lines);
    lines
}

/// A field with what is wrong with it and, while it has the cursor, what is suggested for it.
fn field_lines(model: &Model, pointer: &str, form: &Form, index: usize, room: u16, lines: &mut Vec<FormLine>) {
    let (Some(spec), Some(entry)) = (form.kind.fields().get(index), form.entries.get(index)) else { return };
    let first = lines.len();
    let label_room = model.form_labels(form);
    let focused = form.focus == Some(index);
    let mut name = left(&model.form_label_of(spec), label_room);
    if width(&model.form_label_of(spec)) > label_room {
        // A question has a line of its own.
        let role = if focused { Role::Accent } else { Role::Muted };
        lines.push(FormLine { focused, ..FormLine::plain(model.form_label_of(spec), role) });
        name = String::new();
    }
    let x = u16::try_from(label_room + 2).unwrap_or(0);
    match (entry, spec.kind) {
        (Entry::Text(field), _) => {
            let x = u16::try_from(model.form_begin(form)).unwrap_or(0);
            typed_lines(model, form, index, field, name, x, room, lines);
        }
        (Entry::Choice(chosen), FieldKind::Choice(ChoiceOf::YesNo | ChoiceOf::Told)) => {
            lines.push(yes_no(model, pointer, *chosen, name, x, focused));
        }
        (Entry::Choice(chosen), FieldKind::Choice(of)) => {
            let is_list = focused || chosen.is_none();
            let widest = (0..of.count()).map(|option| width(&model.say.option(of, option))).max().unwrap_or(0);
            let (mut x, mut name) = (x, name);
            if is_list && !name.is_empty() && widest + OPTION > usize::from(room.saturating_sub(x)) {
                // Options that have no room beside what they answer stand below it.
                let role = if focused { Role::Accent } else { Role::Muted };
                lines.push(FormLine { focused, ..FormLine::plain(std::mem::take(&mut name), role) });
                x = 0;
            }
            let hits = (1..).map(|option| Some(FormHit::Option(index, option)));
            let options = options(model, pointer, of, *chosen, &name, x, focused);
            // One that stands for all of them leads to them.
            let alone = options.len() == 1;
            let cells = usize::from(room.saturating_sub(x));
            for (line, hit) in options.into_iter().zip(hits) {
                option_lines(FormLine { hit: hit.filter(|_| !alone), ..line }, cells, lines);
            }
        }
        (Entry::Choice(_), _) => {}
        (Entry::Check(on), _) => entry::check(model, *on, &name, x, room, focused, lines),
        (Entry::People(_), _) => entry::people(model, pointer, form, &name, x, focused, lines),
        (Entry::Solutions(solutions), _) => entry::solutions(model, pointer, solutions, &name, x, focused, lines),
    }
    let refused = form.refused_for(index).map(|message| model.say.form_refused(message));
    for text in form.complaints_of(index).map(|complaint| model.say.form_complaint(complaint)).chain(refused) {
        for (index, text) in wrap(&text, usize::from(room.saturating_sub(x + 2))).into_iter().enumerate() {
            let sign = if index == 0 { '!' } else { ' ' };
            lines.push(FormLine { x, focused, ..FormLine::plain(format!("{sign} {text}"), Role::Bad) });
        }
    }
    // Colleagues may stand beside the fields already.
    if focused && !(form.page() == Some(Page::Employees) && model.form_main(form).1) {
        entry::suggestions(model, pointer, form, room, lines);
    }
    lines[first..].iter_mut().for_each(|line| line.hit = line.hit.or(Some(FormHit::Field(index))));
}

/// A field that is typed into: what stands there or an example, and what it is understood as.
#[allow(clippy::too_many_arguments, reason = "what a field is painted from")]
fn typed_lines(
    model: &Model,
    form: &Form,
    index: usize,
    field: &TextField,
    name: String,
    x: u16,
    room: u16,
    lines: &mut Vec<FormLine>,
) {
    let Some(spec) = form.kind.fields().get(index) else { return };
    let focused = form.focus == Some(index);
    let first = lines.len();
    text_lines(field, name, x, room, focused, lines);
    lines[first..].iter_mut().for_each(|line| line.extent = spec.cells().min(room.saturating_sub(x)));
    let Some(last) = lines.last_mut() else { return };
    if field.text().is_empty() {
        (last.text, last.role) = (model.say.form_example(form, spec.part).unwrap_or_default(), Role::Muted);
    }
    let said = meaning(model, form, index, spec, focused).filter(|said| said != field.text().trim()).unwrap_or_default();
    let is_read = form.understood(index, model.now.today).is_some();
    if is_read && width(&last.text) + 2 + width(&said) > usize::from(room.saturating_sub(x)) {
        // Beside it there is no room: what is typed is not left unread.
        let below = wrap(&said, usize::from(room.saturating_sub(x)));
        lines.extend(below.into_iter().map(|said| FormLine { x, focused, ..FormLine::plain(said, Role::Muted) }));
        return;
    }
    last.meaning = said;
}

/// What a form says first: about several which they are, and what was refused and would go out again.
fn about(model: &Model, form: &Form, room: u16) -> Vec<FormLine> {
    let wrapped = |text: &str, role| wrap(text, usize::from(room)).into_iter().map(move |text| FormLine::plain(text, role));
    let mut lines: Vec<FormLine> = form.subject.about.iter().flat_map(|text| wrapped(text, Role::Text)).collect();
    if let Some(message) = form.goes_again() {
        let at: Vec<String> = form.refused_fields().map(|spec| model.say.form_label(spec.part)).collect();
        let refused = match (form.subject.of_accept, at.is_empty()) {
            (true, _) => model.say.form_refused_accept(message),
            (false, true) => model.say.form_refused(message),
            (false, false) => model.say.form_refused_at(at.join(", ")),
        };
        lines.extend([refused, model.say.form_again()].iter().flat_map(|text| wrapped(text, Role::Warn).collect::<Vec<_>>()));
    }
    if !lines.is_empty() {
        lines.push(FormLine::plain("", Role::Text));
    }
    lines
}

/// What stands below the fields: warnings, what follows, a failure, the button.
fn finish(model: &Model, form: &Form, room: u16, lines: &mut Vec<FormLine>) {
    let wrapped = |text: &str, role, lines: &mut Vec<FormLine>| {
        lines.extend(wrap(text, usize::from(room)).into_iter().map(|text| FormLine::plain(text, role)));
    };
    let warnings = match form.page() {
        Some(Page::Deal) => &form.standing.remarks[..],
        None | Some(Page::Check) => &form.warnings,
        Some(_) => &[],
    };
    warnings.iter().for_each(|warning| wrapped(&model.say.warning(warning), Role::Warn, lines));
    for said in entry::hints(model, form) {
        wrapped(&said, Role::Warn, lines);
    }
    if !form.entries.is_empty() && !lines.is_empty() {
        lines.push(FormLine::plain("", Role::Text));
    }
    let follows = consequences(model, form);
    if form.page() == Some(Page::Check) && !follows.is_empty() {
        lines.push(FormLine::plain(model.say.form_check_sent(), Role::Title));
    }
    for text in follows {
        for (index, text) in wrap(&text, usize::from(room.saturating_sub(2))).into_iter().enumerate() {
            let text = if index == 0 { format!("- {text}") } else { format!("  {text}") };
            lines.push(FormLine::plain(text, Role::Text));
        }
    }
    if let Some(failure) = &form.failure {
        wrapped(failure, Role::Bad, lines);
    }
    if lines.last().is_some_and(|line| !line.text.is_empty() || !line.label.is_empty()) {
        lines.push(FormLine::plain("", Role::Text));
    }
    if form.kind.pages().is_empty() {
        lines.push(button(model, form));
    }
}

/// Says what a field is understood as or, while it is empty and has the cursor, what opens on a key.
fn meaning(model: &Model, form: &Form, index: usize, spec: &FieldSpec, focused: bool) -> Option<String> {
    let key = || model.keys.key_name(Action::Expand);
    match form.understood(index, model.now.today) {
        Some(Understood::Money(money)) => Some(model.say.money(money)),
        Some(Understood::Date(typed)) => Some(model.say.typed_date(typed)),
        None if focused && spec.part.is_day() => Some(model.say.form_calendar_hint(key())),
        None if focused && spec.kind == FieldKind::Notes => Some(model.say.form_editor_hint(key())),
        None => entry::meaning(model, form, spec).or_else(|| Some(form.stored(spec.part))),
    }
}

/// A field of one line, or the painted lines of one of several.
pub(super) fn text_lines(field: &TextField, label: String, x: u16, room: u16, focused: bool, lines: &mut Vec<FormLine>) {
    let cells = usize::from(room.saturating_sub(x)).max(2);
    let role = if focused { Role::Title } else { Role::Text };
    if !field.has_many_lines() {
        let (text, column) = field.window(cells);
        // One that nobody types into is read from its beginning.
        let text = if focused { text.into() } else { cut(field.text(), cells) };
        let cursor = focused.then(|| u16::try_from(column).unwrap_or(0));
        lines.push(FormLine { x, label, cursor, focused, ..FormLine::plain(text, role) });
        return;
    }
    let (line, column) = field.cursor(cells);
    let visual = field.visual_lines(cells);
    // Three lines of long notes are enough while another field is typed into.
    let shown = if focused { visual.len() } else { visual.len().min(3) };
    for (index, bytes) in visual.into_iter().map(|line| line.bytes).enumerate().take(shown) {
        let cursor = (focused && index == line).then(|| u16::try_from(column).unwrap_or(0));
        let label = if index == 0 { label.clone() } else { String::new() };
        lines.push(FormLine { x, label, cursor, focused, ..FormLine::plain(field.text()[bytes].trim_end_matches(' '), role) });
    }
}

/// A list of options, the chosen one with a sign before it.
fn options(
    model: &Model,
    pointer: &str,
    of: ChoiceOf,
    chosen: Option<usize>,
    label: &str,
    x: u16,
    focused: bool,
) -> Vec<FormLine> {
    let line = |index: usize| {
        let here = chosen == Some(index);
        let text = format!("{} {} {}", left(if here { pointer } else { "" }, 1), index + 1, model.say.option(of, index));
        let cursor = (focused && (here || (chosen.is_none() && index == 0))).then_some(0);
        let label = if index == 0 { label.to_owned() } else { String::new() };
        FormLine { x, label, cursor, focused, ..FormLine::plain(text, if here { Role::Title } else { Role::Text }) }
    };
    // A choice that was made takes one line while another field has the cursor.
    match chosen {
        Some(chosen) if !focused => vec![FormLine { label: label.to_owned(), ..line(chosen) }],
        _ => (0..of.count()).map(line).collect(),
    }
}

/// An option in as many lines as it needs, the further ones below its words.
fn option_lines(line: FormLine, cells: usize, lines: &mut Vec<FormLine>) {
    if width(&line.text) <= cells {
        return lines.push(line);
    }
    let begin = line.text.char_indices().nth(OPTION).map_or(line.text.len(), |(at, _)| at);
    let (sign, words) = line.text.split_at(begin);
    let mut pieces = wrap(words, cells.saturating_sub(OPTION)).into_iter();
    let first = format!("{sign}{}", pieces.next().unwrap_or_default());
    let (x, role, focused, hit) = (line.x + u16::try_from(OPTION).unwrap_or(0), line.role, line.focused, line.hit);
    lines.push(FormLine { text: first, ..line });
    lines.extend(pieces.map(|text| FormLine { x, focused, hit, ..FormLine::plain(text, role) }));
}

/// No and yes beside each other.
fn yes_no(model: &Model, pointer: &str, chosen: Option<usize>, label: String, x: u16, focused: bool) -> FormLine {
    let option = |index: usize| {
        let here = chosen == Some(index);
        format!("{} {} {}", left(if here { pointer } else { "" }, 1), index + 1, model.say.option(ChoiceOf::YesNo, index))
    };
    let (no, yes) = (option(0), option(1));
    let column = if chosen == Some(1) { width(&no) + 3 } else { 0 };
    let cursor = focused.then(|| u16::try_from(column).unwrap_or(0));
    let role = if focused { Role::Title } else { Role::Text };
    FormLine { x, label, cursor, focused, ..FormLine::plain(format!("{no}   {yes}"), role) }
}

fn button(model: &Model, form: &Form) -> FormLine {
    let next = form.kind.pages().get(form.page + 1);
    let name = next.map_or_else(|| model.say.form_button(form.kind), |page| model.say.form_button_next(model.say.page(*page)));
    let text = if form.saving { model.say.form_saving() } else { format!("[ {name} ]") };
    let focused = form.on_button();
    let role = if focused { Role::Selected } else { Role::Text };
    FormLine { cursor: focused.then_some(0), focused, hit: Some(FormHit::Button), ..FormLine::plain(text, role) }
}

/// What follows from the step: what is frozen, who is told, what becomes possible, whether undo works.
fn consequences(model: &Model, form: &Form) -> Vec<String> {
    match (form.kind, form.page()) {
        (FormKind::New, Some(Page::Customer)) => return vec![model.say.form_contact_optional()],
        (FormKind::New, Some(Page::Selling)) => return vec![model.say.form_no_promise()],
        (FormKind::New, page) if page != Some(Page::Check) => return Vec::new(),
        _ => {}
    }
    let many = (form.subject.targets.len() > 1).then(|| model.say.follows_many());
    let moment = |at| model.day_and_time(at);
    let follows = form.standing.follows.iter().map(|follows| model.say.consequence(follows, &moment));
    many.into_iter().chain(follows).collect()
}
