//! Small boxes: a question, and what takes one line.

use ratatui::layout::Rect;

use super::canvas::{Canvas, centered};
use super::look::Role;
use crate::desk::form::TextField;
use crate::desk::keys::Action;
use crate::desk::model::{After, Answer, Leaving, Model, Question, Wanted};
use crate::desk::zones::Hit;
use crate::width::{cut, width, wrap, wrap_within};

/// Cells of an answer's letter, with what parts it from the answer.
const LETTER: usize = 3;

/// Paints a question with its answers, which are seen whatever is cut of the question; returns where the cursor stands.
pub(super) fn draw_ask(model: &Model, canvas: &mut Canvas<'_>, area: Rect, question: &Question) -> (u16, u16) {
    let columns = area.width.saturating_sub(4).min(64);
    let room = usize::from(columns.saturating_sub(4));
    let back = model.keys.key_name(Action::Back);
    let answers: Vec<Vec<String>> = (question.then.answers().iter())
        .map(|(_, answer)| {
            let taken = if *answer == Answer::No { width(&back) + 2 } else { 0 };
            wrap(&model.answer_text(&question.then, *answer), room.saturating_sub(LETTER + taken))
        })
        .collect();
    let rows = answers.iter().map(Vec::len).sum::<usize>();
    let high = usize::from(area.height.saturating_sub(4));
    let text = wrap_within(&question.text, room, high.saturating_sub(rows).max(1), "…");
    let gap = usize::from(text.len() + rows < high);
    let wanted = u16::try_from(text.len() + gap + rows + 2).unwrap_or(u16::MAX);
    let inside = canvas.open_box(centered(area, columns, wanted), "");
    for (y, line) in (0..).zip(&text) {
        canvas.text(inside, 0, y, line, Role::Title);
    }
    let mut cursor = (inside.x, inside.y);
    let mut y = u16::try_from(text.len() + gap).unwrap_or(0);
    for (at, ((letter, answer), lines)) in question.then.answers().iter().zip(&answers).enumerate() {
        for (index, line) in lines.iter().enumerate() {
            canvas.text(inside, LETTER as u16, y, line, Role::Text);
            if index == 0 {
                canvas.text(inside, 0, y, &letter.to_string(), Role::Accent);
                if *answer == Answer::No {
                    canvas.right(inside, y, &back, Role::Muted);
                }
            }
            canvas.click(inside, 0, y, inside.width, Hit::Line(at));
            if at == question.chosen {
                // The column between border and text.
                let row = Rect { x: inside.x.saturating_sub(1), y: inside.y + y, width: inside.width + 1, height: 1 };
                if index == 0 {
                    canvas.text(row, 0, 0, canvas.signs().pointer, Role::Text);
                    cursor = (inside.x, inside.y + y);
                }
                canvas.select(row);
            }
            y += 1;
        }
    }
    cursor
}

/// Paints the question for a file; returns where the cursor stands.
pub(super) fn draw_path(model: &Model, canvas: &mut Canvas<'_>, area: Rect, field: &TextField, wanted: &Wanted) -> (u16, u16) {
    let (title, hint) = match wanted {
        Wanted::Deadline(..) => (model.say.deadline_field(), model.say.deadline_hint(model.keys.key_name(Action::Accept))),
        Wanted::Next { about, had } => {
            let hint = if had.is_some() { model.say.next_hint_had() } else { model.say.next_hint() };
            (model.say.form_title(&about.title, model.say.action_next_step()), hint)
        }
        Wanted::Note(about) => (model.say.form_title(&about.title, model.say.action_note()), model.say.note_hint()),
        Wanted::Fix(rule) => (model.fix_title(*rule), model.say.check_fix_hint()),
        Wanted::Folder(Leaving::Registrations) => (model.say.registrations_folder_title(), model.say.outbox_folder_hint()),
        Wanted::Folder(Leaving::Upload | Leaving::Leads) => (model.say.outbox_folder_title(), model.say.outbox_folder_hint()),
        Wanted::LeadReason { lead, .. } => {
            (model.say.form_title(lead.title(), model.say.lead_reason_title()), model.say.lead_reason_hint())
        }
        Wanted::PastDay => (model.say.past_day_title(), model.say.past_day_hint()),
        Wanted::ViewName => (model.say.keep_view_title(), model.keep_view_hint(field.text())),
        Wanted::Setting(setting, after) => {
            let hint = if *after == After::Nothing { setting.hint(&model.say) } else { model.say.setting_who_hint() };
            (setting.name(&model.say), hint)
        }
        Wanted::Save => (model.say.save_path(), model.say.save_path_hint()),
    };
    let columns = area.width.saturating_sub(4).min(84);
    let room = usize::from(columns.saturating_sub(4));
    let read = if matches!(wanted, Wanted::Next { .. }) { model.next_day_read(field.text()) } else { String::new() };
    let rows = u16::try_from(wrap(&hint, room).len() + 4).unwrap_or(u16::MAX);
    let inside = canvas.open_box(centered(area, columns, rows), &title);
    let hint = wrap_within(&hint, room, usize::from(inside.height.saturating_sub(2)).max(1), "…");
    let (text, column) = field.window(usize::from(inside.width).max(1));
    canvas.field(inside, (0, 0), text, Role::Text, inside.width);
    canvas.text(inside, 0, 1, &cut(&read, room), Role::Accent);
    for (y, line) in (2..).zip(&hint) {
        canvas.text(inside, 0, y, line, Role::Muted);
    }
    (inside.x + u16::try_from(column).unwrap_or(0), inside.y)
}
