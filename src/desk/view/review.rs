//! The pipeline review as a room: chapters of lines with bars, or the same in sentences; the figures come from the model.

use ratatui::layout::Rect;

use super::around::{Row, around, paint};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::Review;
use crate::i18n::{Chapter, Drawn, Marks, ReviewLine};
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
    let place = match room.lines() {
        0 => String::new(),
        // What is shown is not yet what was asked for.
        _ if room.asked => s.review_coming(),
        _ => s.history_place(at, count),
    };
    let filter = Some(model.list().filter_text.as_str()).filter(|text| !text.is_empty()).map(|text| s.review_filter(text));
    let working = (room.asked && room.head.is_empty()).then(|| s.review_coming());
    let head = Some(room.head.clone()).filter(|head| !head.is_empty());
    let told = [Some(s.review_title()), head, filter, working].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    // What is shown, and of when, is whole before anything of it: in two rows where one is too short.
    let beside = wide.saturating_sub(width(&place) + 1);
    let mut head = wrap(&told, beside);
    if head.len() > 2 {
        let rest = head.split_off(1).join(" ");
        head.push(cut(&rest, beside).into_owned());
    }
    for (y, line) in (0..).zip(&head) {
        canvas.text(inside, 1, y, line, Role::Title);
    }
    canvas.right(inside, 0, &place, Role::Muted);
    let rows = u16::try_from(head.len()).unwrap_or(1);
    let body = Rect { y: area.y + rows, height: area.height.saturating_sub(rows), ..inside };
    if room.lines() == 0 {
        let said = if room.asked { vec![s.review_coming()] } else { vec![s.review_nothing(), s.review_nothing_hint()] };
        for (y, line) in (1..).zip(said.iter().flat_map(|said| wrap(said, wide))) {
            canvas.text(body, 1, y, &line, Role::Muted);
        }
        return Some((body.x + 1, body.y + 1));
    }
    let look = Looks { marks: canvas.signs().marks, days: s.calendar_weekdays() };
    let mut rows = around(room.cursor.0, room.lines(), usize::from(body.height), |at| line_rows(room, at, wide, &look));
    rows.iter_mut().for_each(|row| row.text = row.text.replace('≈', canvas.signs().about));
    paint(canvas, body, room.cursor.0, &rows)
}

/// What rows are drawn with.
struct Looks {
    marks: Marks,
    /// The names of the days from Monday on.
    days: String,
}

/// Returns the rows of a line, with the title where it is the first of its chapter, and the note where it is the last.
fn line_rows(room: &Review, at: usize, wide: usize, look: &Looks) -> Vec<Row> {
    let Some((chapter, line, place)) = room.line(at) else { return Vec::new() };
    let mut rows = Vec::new();
    if place == 0 {
        if at > 0 {
            rows.push(Row::new(None, String::new(), Role::Text));
        }
        rows.push(Row::new(None, cut(&chapter.title, wide).into_owned(), Role::Title));
        rows.extend(day_heads(chapter, wide, &look.days).filter(|_| !room.in_words));
    }
    if room.in_words {
        let words = wrap(&line.in_words(), wide.saturating_sub(2)).into_iter();
        rows.extend(words.map(|text| Row::new(Some(at), format!("  {text}"), Role::Text)));
    } else {
        rows.extend(told(chapter, line, at, wide, look.marks));
    }
    if place + 1 == chapter.lines.len() {
        let note = wrap(&chapter.note, wide.saturating_sub(2)).into_iter().filter(|note| !note.is_empty());
        rows.extend(note.map(|note| Row::new(None, format!("  {note}"), Role::Muted)));
    }
    rows
}

/// Where the parts of the lines of a chapter stand.
struct Columns {
    labels: usize,
    counts: usize,
    /// From where on it is drawn, and how many cells it takes; `None` where there is no room beside the counts.
    drawn: Option<(usize, usize)>,
    /// Cells of a bar.
    bar: usize,
}

impl Columns {
    fn of(chapter: &Chapter, wide: usize) -> Self {
        let labels = chapter.lines.iter().map(|line| width(&line.label)).max().unwrap_or(0).min(wide * 2 / 5);
        let counts = chapter.lines.iter().filter_map(|line| line.count).max().map_or(0, |most| most.to_string().len());
        let bar = match wide {
            WITH_LONG_BARS.. => BAR,
            WITH_BARS.. => SHORT_BAR,
            // Without a bar nothing is lost: the count says it.
            _ => 0,
        };
        let cells = chapter.lines.iter().map(|line| line.cells(bar)).max().unwrap_or(0);
        let at = 2 + labels + if counts > 0 { counts + 2 } else { 0 } + 2;
        Self { labels, counts, drawn: (cells > 0 && at + cells <= wide).then_some((at, cells)), bar }
    }

    /// Returns the cell from which on a line says what else there is to say; beside the rest of it where there is room.
    fn says(&self, wide: usize) -> usize {
        let before = self.drawn.map_or(self.counts + self.labels + 4, |(at, cells)| at + cells);
        let beside = before + 2;
        if beside + 24 <= wide || (self.drawn.is_some() && wide >= WITH_BARS) { beside } else { 4 }
    }
}

/// Returns label, count and what is drawn in columns, and beside or below them what the line says.
fn told(chapter: &Chapter, line: &ReviewLine, at: usize, wide: usize, marks: Marks) -> Vec<Row> {
    let columns = Columns::of(chapter, wide);
    let count = line.count.map(|count| count.to_string()).unwrap_or_default();
    let mut text = format!("  {}", left(&line.label, columns.labels));
    if columns.counts > 0 {
        text = format!("{text}  {}", right(&count, columns.counts));
    }
    let drawn = |x: usize| {
        let picture = line.picture(columns.bar, marks);
        (!picture.is_empty()).then(|| (u16::try_from(x).unwrap_or(u16::MAX), picture))
    };
    let indent = columns.says(wide);
    let says = wrap(line.shortly(), wide.saturating_sub(indent).max(8));
    let mut says = says.into_iter().filter(|part| !part.is_empty());
    let first = if indent > 4 { says.next() } else { None };
    let head = first.map_or(text.clone(), |first| format!("{}{first}", left(&text, indent)));
    let mut rows = vec![Row { drawn: columns.drawn.and_then(|(x, _)| drawn(x)), ..Row::new(Some(at), head, Role::Text) }];
    if columns.drawn.is_none()
        && let Some(below) = drawn(4)
    {
        rows.push(Row { drawn: Some(below), ..Row::new(Some(at), String::new(), Role::Text) });
    }
    rows.extend(says.map(|part| Row::new(Some(at), format!("{}{part}", " ".repeat(indent)), Role::Text)));
    rows
}

/// Returns the names of the days above the numbers of each, where a chapter has them.
fn day_heads(chapter: &Chapter, wide: usize, names: &str) -> Option<Row> {
    let each = chapter.lines.iter().find_map(|line| if let Drawn::Days { each, .. } = line.drawn { Some(each) } else { None })?;
    let x = Columns::of(chapter, wide).drawn.map_or(4, |(x, _)| x);
    let heads = names.split(' ').map(|name| right(name, each)).collect::<Vec<_>>().join(" ");
    Some(Row::new(None, format!("{}{heads}", " ".repeat(x)), Role::Muted))
}
