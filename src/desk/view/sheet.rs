//! A sheet: its fields with what was typed or chosen, complaints under them, a failure, and the button.

use ratatui::layout::Rect;

use super::canvas::{Canvas, centered};
use super::form::text_lines;
use super::lines::{FormLine, paint};
use super::look::Role;
use crate::desk::form::{Sheet, SheetField, Slot};
use crate::desk::model::Model;
use crate::desk::zones::FormHit;
use crate::width::{left, width, wrap};

/// Cells of a field that is typed into, where there is room.
const FIELD: u16 = 48;

/// Paints a sheet; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, sheet: &Sheet) -> (u16, u16) {
    let room = model.size.form_columns(false);
    let pointer = canvas.signs().pointer;
    let mut lines = Vec::new();
    let labels = label_room(model, sheet, room);
    for (at, field) in sheet.fields.iter().enumerate() {
        field_lines(model, pointer, sheet, (at, field), labels, room, &mut lines);
    }
    lines.push(FormLine::plain("", Role::Text));
    if let Some(failure) = &sheet.failure {
        lines.extend(wrap(failure, usize::from(room)).into_iter().map(|text| FormLine::plain(text, Role::Bad)));
        lines.push(FormLine::plain("", Role::Text));
    }
    lines.push(button(model, sheet));
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let (columns, rows) = model.size.dialog(room + 4, rows);
    let inside = canvas.open_box(centered(area, columns, rows), &model.say.sheet_title(sheet));
    let border = Rect { y: inside.y + inside.height, height: 1, ..inside };
    paint(model, canvas, inside, None, &lines, border)
}

/// Returns the cells that labels take beside their fields; longer ones stand above.
fn label_room(model: &Model, sheet: &Sheet, room: u16) -> usize {
    let most = usize::from(room) * 2 / 5;
    let labels = sheet.fields.iter().map(|field| width(&label(model, field)));
    labels.filter(|label| *label <= most).max().unwrap_or(0)
}

fn label(model: &Model, field: &SheetField) -> String {
    let name = model.say.sheet_label(field.part);
    if field.is_needed() { format!("{name} *") } else { name }
}

/// A field with what is wrong with it.
fn field_lines(
    model: &Model,
    pointer: &str,
    sheet: &Sheet,
    (at, field): (usize, &SheetField),
    labels: usize,
    room: u16,
    lines: &mut Vec<FormLine>,
) {
    let focused = sheet.focus == Some(at);
    let first = lines.len();
    let name = label(model, field);
    let mut beside = left(&name, labels);
    if width(&name) > labels {
        lines.push(FormLine { focused, ..FormLine::plain(name, if focused { Role::Accent } else { Role::Muted }) });
        beside = String::new();
    }
    let x = u16::try_from(labels + 2).unwrap_or(0);
    match &field.slot {
        Slot::Line(typed) => {
            let begun = lines.len();
            text_lines(typed, beside, x, room, focused, lines);
            lines[begun..].iter_mut().for_each(|line| line.extent = FIELD.min(room.saturating_sub(x)));
            let example = model.say.sheet_example(field.part).filter(|_| typed.text().is_empty());
            if let (Some(last), Some(example)) = (lines.last_mut(), example) {
                (last.text, last.role) = (example, Role::Muted);
            }
        }
        Slot::Choice(codes, chosen) => {
            choice(model, pointer, (at, field), codes.len(), *chosen, (beside, x, room), focused, lines);
        }
    }
    for complaint in sheet.complaints_of(at) {
        let text = model.say.sheet_complaint(field.part, complaint);
        for (index, text) in wrap(&text, usize::from(room.saturating_sub(x + 2))).into_iter().enumerate() {
            let sign = if index == 0 { '!' } else { ' ' };
            lines.push(FormLine { x, focused, ..FormLine::plain(format!("{sign} {text}"), Role::Bad) });
        }
    }
    lines[first..].iter_mut().for_each(|line| line.hit = line.hit.or(Some(FormHit::Field(at))));
}

/// A choice: of few words on one line, of many one under the other while it has the cursor.
#[allow(clippy::too_many_arguments, reason = "what a choice is painted from")]
fn choice(
    model: &Model,
    pointer: &str,
    (at, field): (usize, &SheetField),
    count: usize,
    chosen: Option<usize>,
    (label, x, room): (String, u16, u16),
    focused: bool,
    lines: &mut Vec<FormLine>,
) {
    let option = |index: usize| {
        let sign = left(if chosen == Some(index) { pointer } else { "" }, 1);
        format!("{sign} {} {}", index + 1, model.say.sheet_option(field, index))
    };
    let line = |label: String, text: String, role| FormLine { x, label, focused, ..FormLine::plain(text, role) };
    let all: Vec<String> = (0..count).map(option).collect();
    let one = all.join("   ");
    if width(&one) <= usize::from(room.saturating_sub(x)) {
        let before: usize = all.iter().take(chosen.unwrap_or(0)).map(|text| width(text) + 3).sum();
        let cursor = focused.then(|| u16::try_from(before).unwrap_or(0));
        let role = if focused { Role::Title } else { Role::Text };
        lines.push(FormLine { cursor, ..line(label, one, role) });
    } else if focused {
        for (index, text) in all.into_iter().enumerate() {
            let here = chosen.unwrap_or(0) == index;
            let label = if index == 0 { label.clone() } else { String::new() };
            let role = if chosen == Some(index) { Role::Title } else { Role::Text };
            let hit = Some(FormHit::Option(at, index + 1));
            lines.push(FormLine { cursor: here.then_some(0), hit, ..line(label, text, role) });
        }
    } else {
        let text = chosen.map_or_else(|| format!("  1 – {count}"), option);
        lines.push(line(label, text, if chosen.is_some() { Role::Text } else { Role::Muted }));
    }
}

fn button(model: &Model, sheet: &Sheet) -> FormLine {
    let text = if sheet.saving { model.say.form_saving() } else { format!("[ {} ]", model.say.sheet_button()) };
    let focused = sheet.focus.is_none();
    let role = if focused { Role::Selected } else { Role::Text };
    FormLine { cursor: focused.then_some(0), focused, hit: Some(FormHit::Button), ..FormLine::plain(text, role) }
}
