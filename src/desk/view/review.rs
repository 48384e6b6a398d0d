//! The pipeline review as a room: chapters of lines with bars, or the same in sentences; the figures come from the model.

use ratatui::layout::Rect;

use super::around::{Row, around, paint};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::Review;
use crate::i18n::{Chapter, ReviewLine};
use crate::width::{cut, left, right, width, wrap};

/// Cells that a bar takes, where there is room for one, and fewer where what a line says needs them more.
const BAR: usize = 16;
const SHORT_BAR: usize = 12;
/// Columns from which bars are drawn, and from which what a line says stands beside them.
const WITH_BARS: usize = 56;
const WITH_LONG_BARS: usize = 90;

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Review) -> Option<(u16, u16)> {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let wide = usize::from(inside.width.saturating_sub(1));
    let s = &model.say;
    let (at, count) = (s.number(room.cursor.0 as u64 + 1), s.number(room.lines() as u64));
    let place = if room.lines() == 0 { String::new() } else { s.history_place(at, count) };
    let filter = Some(model.list().filter_text.as_str()).filter(|text| !text.is_empty()).map(|text| s.review_filter(text));
    let working = (room.asked && room.head.is_empty()).then(|| s.review_coming());
    let head = Some(room.head.clone()).filter(|head| !head.is_empty());
    let told = [Some(s.review_title()), head, filter, working].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    canvas.text(inside, 1, 0, &cut(&told, wide.saturating_sub(width(&place) + 1)), Role::Title);
    canvas.right(inside, 0, &place, Role::Muted);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..inside };
    if room.lines() == 0 {
        let said = if room.asked { vec![s.review_coming()] } else { vec![s.review_nothing(), s.review_nothing_hint()] };
        for (y, line) in (1..).zip(said.iter().flat_map(|said| wrap(said, wide))) {
            canvas.text(body, 1, y, &line, Role::Muted);
        }
        return Some((body.x + 1, body.y + 1));
    }
    let mut rows = around(room.cursor.0, room.lines(), usize::from(body.height), |at| line_rows(room, at, wide));
    rows.iter_mut().for_each(|row| row.text = row.text.replace('≈', canvas.signs().about));
    paint(canvas, body, room.cursor.0, &rows)
}

/// Returns the rows of a line, with the title where it is the first of its chapter, and the note where it is the last.
fn line_rows(room: &Review, at: usize, wide: usize) -> Vec<Row> {
    let Some((chapter, line, place)) = room.line(at) else { return Vec::new() };
    let mut rows = Vec::new();
    if place == 0 {
        if at > 0 {
            rows.push(Row::new(None, String::new(), Role::Text));
        }
        rows.push(Row::new(None, cut(&chapter.title, wide).into_owned(), Role::Title));
    }
    if room.in_words {
        let words = wrap(&line.in_words(), wide.saturating_sub(2)).into_iter();
        rows.extend(words.map(|text| Row::new(Some(at), format!("  {text}"), Role::Text)));
    } else {
        rows.extend(told(chapter, line, at, wide));
    }
    if place + 1 == chapter.lines.len() {
        let note = wrap(&chapter.note, wide.saturating_sub(2)).into_iter().filter(|note| !note.is_empty());
        rows.extend(note.map(|note| Row::new(None, format!("  {note}"), Role::Muted)));
    }
    rows
}

/// Returns label, count and bar in columns, and beside or below them what the line says.
fn told(chapter: &Chapter, line: &ReviewLine, at: usize, wide: usize) -> Vec<Row> {
    let labels = chapter.lines.iter().map(|line| width(&line.label)).max().unwrap_or(0).min(wide * 2 / 5);
    let counts = chapter.lines.iter().filter_map(|line| line.count).max().map_or(0, |most| most.to_string().len());
    let count = line.count.map(|count| count.to_string()).unwrap_or_default();
    let mut text = format!("  {}", left(&line.label, labels));
    if counts > 0 {
        text = format!("{text}  {}", right(&count, counts));
    }
    let has_bars = wide >= WITH_BARS && chapter.lines.iter().any(|line| line.of > 0);
    let cells = if wide >= WITH_LONG_BARS { BAR } else { SHORT_BAR };
    let mut bar = None;
    if has_bars {
        let full = line.count.unwrap_or(0).saturating_mul(cells as u64).div_ceil(line.of.max(1)).min(cells as u64);
        bar = Some((u16::try_from(width(&text) + 2).unwrap_or(0), usize::try_from(full).unwrap_or(0)));
        text = format!("{text}  {}", " ".repeat(cells));
    }
    let beside = wide.saturating_sub(width(&text) + 2);
    let says = wrap(line.shortly(), if beside >= 24 || has_bars { beside.max(8) } else { wide.saturating_sub(4) });
    let mut says = says.into_iter().filter(|part| !part.is_empty());
    let mut rows = Vec::new();
    let indent = if beside >= 24 || has_bars { width(&text) + 2 } else { 4 };
    let first = if indent > 4 { says.next() } else { None };
    let head = first.map_or_else(|| text.trim_end().to_owned(), |first| format!("{text}  {first}"));
    rows.push(Row { bar, ..Row::new(Some(at), head, Role::Text) });
    rows.extend(says.map(|part| Row::new(Some(at), format!("{}{part}", " ".repeat(indent)), Role::Text)));
    rows
}
