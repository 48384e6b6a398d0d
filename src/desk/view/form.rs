//! A form: fields with what was typed, complaints under them, what follows from saving, and the button.

use ratatui::layout::Rect;

use super::canvas::{Canvas, centered};
use super::look::Role;
use crate::desk::form::{Entry, FieldSpec, Form, FormKind, TextField, Understood};
use crate::desk::keys::Action;
use crate::desk::model::Model;
use crate::domain::stage::Reason;
use crate::width::{left, width, wrap};

/// A line of the form before it is known which lines are seen.
struct FormLine {
    text: String,
    role: Role,
    x: u16,
    /// What stands left of the text.
    label: String,
    /// The column of the cursor, counted from `x`.
    cursor: Option<u16>,
    focused: bool,
    /// What stands right of the text, where there is room: what it is understood as.
    meaning: String,
}

impl FormLine {
    fn plain(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), role, x: 0, label: String::new(), cursor: None, focused: false, meaning: String::new() }
    }
}

/// Paints a form; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, form: &Form) -> (u16, u16) {
    let title = model.say.form_title(&form.subject.title, model.say.verb(form.kind.verb()));
    let (columns, _) = model.size.dialog(84, 0);
    let lines = lines(model, canvas.signs().pointer, form, columns.saturating_sub(4));
    let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let (columns, rows) = model.size.dialog(columns, wanted);
    let inside = canvas.open_box(centered(area, columns, rows), &title);
    let room = usize::from(inside.height).max(1);
    // The focused field with what is said about it stays in sight, and as much above it as there is room for.
    let last = lines.iter().rposition(|line| line.focused).unwrap_or(0);
    let focus = lines.iter().position(|line| line.cursor.is_some()).unwrap_or(last);
    let first = (last + 1).saturating_sub(room).min(focus).min(lines.len().saturating_sub(room));
    let mut cursor = (inside.x, inside.y);
    for (y, line) in (0..).zip(lines.iter().skip(first).take(room)) {
        canvas.text(inside, 0, y, &line.label, if line.focused { Role::Accent } else { Role::Muted });
        let wide = canvas.text(inside, line.x, y, &line.text, line.role);
        if line.x + wide + 2 + u16::try_from(width(&line.meaning)).unwrap_or(u16::MAX) < inside.width {
            canvas.right(inside, y, &line.meaning, Role::Muted);
        }
        if let Some(column) = line.cursor {
            cursor = (inside.x + line.x + column, inside.y + y);
        }
    }
    let below = lines.len().saturating_sub(first + room);
    if below > 0 && inside.height > 0 {
        // On the lower border: what is out of sight, consequences above all, is at least known of.
        let border = Rect { y: inside.y + inside.height, height: 1, ..inside };
        canvas.right(
            border,
            0,
            &format!(" {} ", model.say.detail_more(model.keys.key_name(Action::NextField), below)),
            Role::Warn,
        );
    }
    cursor
}

fn lines(model: &Model, pointer: &str, form: &Form, room: u16) -> Vec<FormLine> {
    let mut lines = Vec::new();
    let label_room = form.kind.fields().iter().map(|spec| width(&label(model, spec))).max().unwrap_or(0);
    let label_room = label_room.min(usize::from(room) / 3);
    for (index, (spec, entry)) in form.kind.fields().iter().zip(&form.entries).enumerate() {
        let focused = form.focus == index;
        let name = left(&label(model, spec), label_room);
        let x = u16::try_from(label_room + 2).unwrap_or(0);
        match entry {
            Entry::Text(field) => {
                text_lines(field, name, x, room, focused, &mut lines);
                if let Some(last) = lines.last_mut() {
                    last.meaning = meaning(model, form, index).filter(|said| said != field.text()).unwrap_or_default();
                }
            }
            Entry::Reason(reason) => lines.extend(reason_lines(model, pointer, *reason, &name, x, focused)),
        }
        for complaint in form.complaints_of(index) {
            let text = model.say.complaint(complaint).whole();
            for text in wrap(&text, usize::from(room.saturating_sub(x + 2))) {
                lines.push(FormLine { x, focused, ..FormLine::plain(format!("! {text}"), Role::Bad) });
            }
        }
    }
    lines.extend(form.warnings.iter().map(|warning| FormLine::plain(model.say.warning(warning), Role::Warn)));
    if !form.entries.is_empty() {
        lines.push(FormLine::plain("", Role::Text));
    }
    for text in consequences(model, form) {
        for (index, text) in wrap(&text, usize::from(room.saturating_sub(2))).into_iter().enumerate() {
            let text = if index == 0 { format!("- {text}") } else { format!("  {text}") };
            lines.push(FormLine::plain(text, Role::Text));
        }
    }
    if let Some(failure) = &form.failure {
        lines.extend(wrap(failure, usize::from(room)).into_iter().map(|text| FormLine::plain(text, Role::Bad)));
    }
    lines.push(FormLine::plain("", Role::Text));
    lines.push(button(model, form));
    lines
}

fn label(model: &Model, spec: &FieldSpec) -> String {
    let name = model.say.form_label(spec.label);
    if spec.required { format!("{name} *") } else { name }
}

/// Says what a field is understood as.
fn meaning(model: &Model, form: &Form, index: usize) -> Option<String> {
    Some(match form.understood(index, model.now.today)? {
        Understood::Money(money) => model.say.money(money),
        Understood::Date(date) => date.to_string(),
    })
}

/// A field of one line, or the painted lines of one of several.
fn text_lines(field: &TextField, label: String, x: u16, room: u16, focused: bool, lines: &mut Vec<FormLine>) {
    let cells = usize::from(room.saturating_sub(x)).max(2);
    let role = if focused { Role::Title } else { Role::Text };
    if !field.has_many_lines() {
        let (text, column) = field.window(cells);
        let cursor = focused.then(|| u16::try_from(column).unwrap_or(0));
        lines.push(FormLine { text: text.to_owned(), role, x, label, cursor, focused, meaning: String::new() });
        return;
    }
    let (line, column) = field.cursor(cells);
    let visual = field.visual_lines(cells);
    // Three lines of long notes are enough while another field is typed into.
    let shown = if focused { visual.len() } else { visual.len().min(3) };
    for (index, bytes) in visual.into_iter().map(|line| line.bytes).enumerate().take(shown) {
        let cursor = (focused && index == line).then(|| u16::try_from(column).unwrap_or(0));
        let label = if index == 0 { label.clone() } else { String::new() };
        lines.push(FormLine { text: field.text()[bytes].to_owned(), role, x, label, cursor, focused, meaning: String::new() });
    }
}

/// The eight reasons, the chosen one with a sign before it.
fn reason_lines(model: &Model, pointer: &str, chosen: Option<Reason>, label: &str, x: u16, focused: bool) -> Vec<FormLine> {
    let line = |(number, reason): (usize, Reason)| {
        let here = chosen == Some(reason);
        let text = format!("{} {number} {}", left(if here { pointer } else { "" }, 1), model.say.reason(reason));
        let cursor = (focused && (here || (chosen.is_none() && number == 1))).then_some(0);
        let label = if number == 1 { label.to_owned() } else { String::new() };
        FormLine { x, label, cursor, focused, ..FormLine::plain(text, if here { Role::Title } else { Role::Text }) }
    };
    (1..).zip(Reason::ALL).map(line).collect()
}

fn button(model: &Model, form: &Form) -> FormLine {
    let name = match form.kind {
        FormKind::Decline => model.say.form_button_close(),
        kind => model.say.verb(kind.verb()),
    };
    let text = if form.saving { model.say.form_saving() } else { format!("[ {name} ]") };
    let focused = form.on_button();
    let role = if focused { Role::Selected } else { Role::Text };
    FormLine { cursor: focused.then_some(0), focused, ..FormLine::plain(text, role) }
}

/// What follows from the step: what is frozen, who is told, what becomes possible, whether undo works.
fn consequences(model: &Model, form: &Form) -> Vec<String> {
    if form.subject.targets.len() > 1 {
        return vec![model.say.follows_many()];
    }
    let moment = |at| model.day_and_time(at);
    form.subject.consequences.iter().map(|follows| model.say.consequence(follows, &moment)).collect()
}
