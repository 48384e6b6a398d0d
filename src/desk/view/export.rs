//! The box that asks for a file: its name, what it is to be and, of deals, which columns.

use ratatui::layout::Rect;

use super::canvas::{Canvas, centered};
use super::look::Role;
use crate::desk::model::{ExportBox, ExportLine, ExportOf, Model, ReviewFormat};
use crate::desk::zones::Hit;
use crate::export::{Format, PageFormat};
use crate::width::{cut, width, wrap, wrap_within};

/// Paints the box; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, asked: &ExportBox) -> (u16, u16) {
    let say = &model.say;
    let (columns, _) = model.size.dialog(76, 0);
    let room = usize::from(columns.saturating_sub(4));
    let (below, role) = match &asked.error {
        Some(error) => (error.clone(), Role::Warn),
        None => (hint(model, &asked.of), Role::Muted),
    };
    // Where the file is to stand comes before how the box works; where it failed, its name is told with why.
    let place = asked.place().filter(|_| asked.error.is_none()).map(|path| say.export_will_be(path));
    let place = place.map(|place| wrap(&place, room)).unwrap_or_default();
    let most = usize::from(area.height.saturating_sub(u16::try_from(asked.lines().len()).unwrap_or(0) + 4)).clamp(1, 5);
    let wheres = place.len();
    let mut lines = place;
    lines.extend(wrap_within(&below, room, most.saturating_sub(wheres).max(1), "…"));
    lines.truncate(most);
    let (columns, rows) = model.size.dialog(columns, u16::try_from(lines.len() + asked.lines().len() + 3).unwrap_or(u16::MAX));
    let inside = canvas.open_box(centered(area, columns, rows), &title(model, &asked.of));
    let labels = [say.import_file(), say.export_format(), say.export_columns()];
    let wide = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 1;
    let x = u16::try_from(wide).unwrap_or(0);
    let left = usize::from(inside.width.saturating_sub(x)).max(1);
    let (text, column) = asked.field.window(left);
    let mut cursor = (inside.x + x + u16::try_from(column).unwrap_or(0), inside.y);
    for ((y, line), label) in (0..).zip(asked.lines().iter().copied()).zip(&labels) {
        let shown = match line {
            ExportLine::File => text.to_owned(),
            ExportLine::Format => chosen(&format(model, &asked.of), left, asked.line == line),
            ExportLine::Columns => columns_told(model, &asked.of, left, asked.line == line),
        };
        canvas.text(inside, 0, y, label, Role::Accent);
        match line {
            ExportLine::File => canvas.field(inside, (x, y), &cut(&shown, left), Role::Text, inside.width),
            ExportLine::Format | ExportLine::Columns => canvas.text(inside, x, y, &cut(&shown, left), Role::Text),
        };
        canvas.click(inside, 0, y, inside.width, Hit::Line(usize::from(y)));
        if asked.line == line && line != ExportLine::File {
            canvas.select(Rect { y: inside.y + y, height: 1, ..inside });
            cursor = (inside.x + x, inside.y + y);
        }
    }
    let start = inside.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(0));
    for (y, line) in (start..).zip(&lines) {
        let is_where = usize::from(y - start) < wheres;
        canvas.text(inside, 0, y, line, if is_where { Role::Text } else { role });
    }
    cursor
}

/// Shows that a choice can be changed where it is at it.
fn chosen(words: &str, room: usize, here: bool) -> String {
    if here { format!("< {} >", cut(words, room.saturating_sub(4))) } else { words.to_owned() }
}

fn title(model: &Model, of: &ExportOf) -> String {
    let say = &model.say;
    match of {
        ExportOf::Deals(deals) => deals.count.map_or_else(|| say.export_title(), |count| say.export_title_of(count)),
        ExportOf::Review(..) => say.review_file_title(),
    }
}

fn hint(model: &Model, of: &ExportOf) -> String {
    match of {
        ExportOf::Deals(_) => model.say.export_hint(),
        ExportOf::Review(..) => model.say.review_file_hint(),
    }
}

fn columns_told(model: &Model, of: &ExportOf, room: usize, here: bool) -> String {
    let say = &model.say;
    match of {
        ExportOf::Deals(deals) if deals.format.is_whole() => say.export_columns_whole(),
        ExportOf::Deals(deals) => {
            chosen(&if deals.all { say.export_columns_all() } else { say.export_columns_shown() }, room, here)
        }
        ExportOf::Review(..) => String::new(),
    }
}

fn format(model: &Model, of: &ExportOf) -> String {
    let say = &model.say;
    let format = match of {
        ExportOf::Review(_, ReviewFormat::Page(PageFormat::Html)) => return say.review_file_html(),
        ExportOf::Review(_, ReviewFormat::Page(PageFormat::Markdown)) => return say.review_file_md(),
        ExportOf::Review(_, ReviewFormat::Workbook) => return say.review_file_workbook(),
        ExportOf::Deals(deals) => deals.format,
    };
    match format {
        Format::Csv => say.export_csv(),
        Format::Tsv => say.export_tsv(),
        Format::Json => say.export_json(),
        Format::JsonLines => say.export_jsonl(),
        Format::Xlsx => say.export_xlsx(),
        Format::Markdown => say.export_md(),
    }
}
