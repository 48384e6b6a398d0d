//! What stands beside the fields of a deal: colleagues of earlier deals, what the deal is so far, and what is missing of it.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::entry::{facts_in_short, suggestion_role, words};
use super::lines::FormLine;
use super::look::Role;
use crate::desk::form::{Form, FormKind, Page};
use crate::desk::model::Model;
use crate::domain::invalid::{Complaint, Invalid};
use crate::domain::part::Place;
use crate::width::{width, wrap};

/// Columns between the fields and the text beside them, with the line there.
const GAP: u16 = 3;

/// Returns the lines beside the fields, in so many columns with the gap.
pub(super) fn lines(model: &Model, form: &Form, columns: u16) -> Vec<FormLine> {
    let room = columns.saturating_sub(GAP);
    let mut lines = Vec::new();
    if form.page() == Some(Page::Employees) {
        recent(model, form, room, &mut lines);
    }
    if form.kind != FormKind::New {
        return lines;
    }
    let apart = |lines: &mut Vec<FormLine>| {
        if !lines.is_empty() {
            lines.push(FormLine::plain("", Role::Text));
        }
    };
    let missing = missing(model, form, room);
    if !missing.is_empty() {
        apart(&mut lines);
        lines.push(FormLine::plain(model.say.form_so_far_missing(), Role::Accent));
        lines.extend(missing);
    }
    // Last, where the screen may end: it stands in the fields, too.
    let known = facts_in_short(model, form, room);
    if !known.is_empty() && form.page() != Some(Page::Employees) {
        apart(&mut lines);
        lines.push(FormLine::plain(model.say.form_so_far(), Role::Accent));
        lines.extend(known);
    }
    lines
}

/// Those who can be added with one key (MG-45).
fn recent(model: &Model, form: &Form, room: u16, lines: &mut Vec<FormLine>) {
    let hint = wrap(&model.say.form_recent(), usize::from(room));
    lines.extend(hint.into_iter().map(|line| FormLine::plain(line, Role::Muted)));
    for (index, item) in form.suggestions.items.iter().enumerate() {
        let role = suggestion_role(form, index, item, Role::Text);
        // An e-mail that has no room behind name and phone stands below them, whole.
        let (all, cells) = (words(model, form, item, usize::from(room)), usize::from(room.saturating_sub(2)));
        let said = match all.rsplit_once(' ').filter(|(_, last)| last.contains('@') && width(&all) > cells) {
            Some((before, email)) => wrap(before, cells).into_iter().chain([email.to_owned()]).collect(),
            None => wrap(&all, cells),
        };
        lines.extend((0..).zip(said).map(|(line, said)| {
            let number = if line == 0 { (index + 1).to_string() } else { " ".to_owned() };
            FormLine::plain(format!("{number} {said}"), role)
        }));
    }
}

/// The names of what is not there yet in one go, then what is wrong.
fn missing(model: &Model, form: &Form, room: u16) -> Vec<FormLine> {
    let is_named = |complaint: &&Complaint| complaint.why == Invalid::Missing && matches!(complaint.at, Place::Part(_));
    // What is being typed is not done yet.
    let is_typed = |complaint: &Complaint| form.focus.is_some() && form.place_of(complaint) == form.focus;
    let wrong = form.standing.missing.iter().filter(|complaint| !is_named(complaint) && !is_typed(complaint));
    let names = model.say.form_missing(form);
    let names = wrap(&names.join(" · "), usize::from(room)).into_iter().filter(|line| !line.is_empty());
    let mut lines: Vec<FormLine> = names.map(|text| FormLine::plain(text, Role::Text)).collect();
    for complaint in wrong {
        let said = wrap(&format!("! {}", model.say.form_complaint_short(complaint)), usize::from(room));
        lines.extend(said.into_iter().map(|text| FormLine::plain(text, Role::Bad)));
    }
    lines
}

/// Paints the lines behind the fields, which take `main` columns.
pub(super) fn draw(canvas: &mut Canvas<'_>, room: Rect, main: u16, lines: &[FormLine]) {
    let x = main.min(room.width) + 1;
    let side = Rect { x: room.x + x, width: room.width.saturating_sub(x), ..room };
    canvas.vertical(Rect { width: 1, ..side });
    let side = Rect { x: side.x + 2, width: side.width.saturating_sub(2), ..side };
    for (y, line) in (0..).zip(lines) {
        canvas.text(side, 0, y, &line.label, Role::Muted);
        canvas.text(side, line.x, y, &line.text, line.role);
    }
}
