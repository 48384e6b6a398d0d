//! The box that imports: the name that is typed, and the files to choose from with their day and what they look like.

use ratatui::layout::Rect;

use super::canvas::{Canvas, centered};
use super::look::Role;
use crate::desk::files::Candidate;
use crate::desk::model::{Model, Picker};
use crate::desk::zones::Hit;
use crate::intake::Appearance;
use crate::width::{cut, width, wrap_within};

/// How many files are shown at most.
const MOST: usize = 14;

/// Paints the box; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, picker: &Picker) -> (u16, u16) {
    let (columns, _) = model.size.dialog(92, 0);
    let room = usize::from(columns.saturating_sub(4));
    let shown = picker.shown();
    let below = match (&picker.error, shown.is_empty() && picker.is_looked_at()) {
        _ if model.is_opening_file() => (model.say.desk_importing_first(), Role::Accent),
        (Some(error), _) => (error.clone(), Role::Warn),
        (None, true) => (model.say.import_no_files(), Role::Text),
        (None, false) => (model.say.import_path_hint(), Role::Muted),
    };
    // What went wrong is whole; a hint gives way to files, where there are some.
    let most_lines = if picker.error.is_some() || shown.is_empty() { 4 } else { usize::from(area.height / 6).max(1) };
    let lines = wrap_within(&below.0, room, most_lines, "…");
    let rows = shown.len().clamp(1, MOST) + lines.len() + 5;
    let (columns, rows) = model.size.dialog(columns, u16::try_from(rows).unwrap_or(u16::MAX));
    let inside = canvas.open_box(centered(area, columns, rows), &model.say.import_path());
    let label = format!("{} ", model.say.import_file());
    let x = canvas.text(inside, 0, 0, &label, Role::Accent);
    let (text, column) = picker.field.window(usize::from(inside.width.saturating_sub(x)).max(1));
    canvas.field(inside, (x, 0), text, Role::Text, inside.width);
    let foot = u16::try_from(lines.len()).unwrap_or(0);
    let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(3 + foot), ..inside };
    files(model, canvas, list, &shown, picker.cursor);
    let start = inside.height.saturating_sub(foot);
    for (y, line) in (start..).zip(&lines) {
        canvas.text(inside, 0, y, line, below.1);
    }
    (inside.x + x + u16::try_from(column).unwrap_or(0), inside.y)
}

fn files(model: &Model, canvas: &mut Canvas<'_>, area: Rect, shown: &[&Candidate], cursor: usize) {
    let room = usize::from(area.height).max(1);
    let first = (cursor + 1).saturating_sub(room);
    for (y, (at, file)) in (0..).zip(shown.iter().enumerate().skip(first).take(usize::from(area.height))) {
        let right = facts(model, file);
        let same = shown.iter().filter(|other| other.name == file.name).count() > 1;
        let name = if same { &file.path } else { &file.name };
        let name = cut(name, usize::from(area.width).saturating_sub(width(&right) + 2)).into_owned();
        canvas.text(area, 0, y, &name, Role::Text);
        canvas.right(area, y, &right, Role::Muted);
        canvas.click(area, 0, y, area.width, Hit::Line(at));
        if at == cursor {
            let line = Rect { x: area.x.saturating_sub(1), y: area.y + y, width: area.width + 1, height: 1 };
            canvas.text(line, 0, 0, canvas.signs().pointer, Role::Text);
            canvas.select(line);
        }
    }
}

/// What a file looks like, and when it was written.
fn facts(model: &Model, file: &Candidate) -> String {
    let say = &model.say;
    let looks = match file.looks {
        None => say.looks_folder(),
        Some(Appearance::Deals) => say.looks_deals(),
        Some(Appearance::Upload) => say.looks_upload(),
        Some(Appearance::Insights) => say.looks_insights(),
        Some(Appearance::Registrations) => say.looks_registrations(),
        Some(Appearance::Api) => say.looks_api(),
        Some(Appearance::Everything) => say.looks_everything(),
        Some(Appearance::Leads) => say.looks_leads(),
        Some(Appearance::Offers) => say.looks_offers(),
        Some(Appearance::Customers) => say.looks_customers(),
        Some(Appearance::Solutions) => say.looks_solutions(),
        Some(Appearance::Export) => say.looks_export(),
        Some(Appearance::Other) => say.looks_other(),
    };
    let looks = file.rows.map_or_else(|| looks.clone(), |rows| say.looks_rows(&looks, rows));
    let day = file.changed.filter(|_| file.looks.is_some()).map(|at| model.day_and_time(at));
    [Some(looks), day].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}
