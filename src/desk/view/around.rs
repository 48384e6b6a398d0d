//! Lists of several-row entries: which rows are seen, those around the cursor, its entry whole where it can be; and how they are painted.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::form::TextField;
use crate::desk::model::Model;
use crate::desk::zones::Hit;
use crate::width::{cut, width, wrap_within};

/// A row of the screen.
pub(super) struct Row {
    /// The entry it belongs to; none of what only stands between entries.
    pub of: Option<usize>,
    pub text: String,
    pub right: String,
    /// What is drawn in it, and from which cell on.
    pub drawn: Option<(u16, String)>,
    pub role: Role,
}

impl Row {
    pub(super) const fn new(of: Option<usize>, text: String, role: Role) -> Self {
        Self { of, text, right: String::new(), drawn: None, role }
    }

    /// Returns it with something at the right edge.
    pub(super) fn right(self, right: String) -> Self {
        Self { right, ..self }
    }
}

/// What stands on top of a room.
pub(super) struct Head<'a> {
    pub title: &'a str,
    /// Where the cursor is, and among how many.
    pub cursor: usize,
    pub count: usize,
    /// What is said of all of it.
    pub summary: &'a str,
}

/// Paints the head of a room; returns what is left below it, and how many cells a line there takes.
pub(super) fn under(head: &Head<'_>, model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> (Rect, usize) {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let wide = usize::from(inside.width.saturating_sub(1));
    let number = |n: usize| model.say.number(n as u64);
    let place = match head.count {
        0 => String::new(),
        count => model.say.history_place(number(head.cursor + 1), number(count)),
    };
    canvas.text(inside, 1, 0, &cut(head.title, wide.saturating_sub(width(&place) + 1)), Role::Title);
    canvas.right(inside, 0, &place, Role::Muted);
    // Where it would take the room of what stands below it, it is cut.
    let summary = wrap_within(head.summary, wide, model.size.summary_rows(), "…");
    for (y, text) in (1..inside.height).zip(&summary) {
        canvas.text(inside, 1, y, text, Role::Muted);
    }
    let top = u16::try_from(summary.len() + 1).unwrap_or(1);
    (Rect { y: area.y + top, height: area.height.saturating_sub(top), ..inside }, wide)
}

/// Paints what was typed to narrow a room; returns where the cursor stands while it is typed.
pub(super) fn narrowed(canvas: &mut Canvas<'_>, body: Rect, typed: &TextField, is_typed: bool) -> Option<(u16, u16)> {
    let x = canvas.text(body, 1, 0, "/ ", Role::Accent) + 1;
    let (text, column) = typed.window(usize::from(body.width.saturating_sub(x + 1)).max(1));
    canvas.text(body, x, 0, text, if is_typed { Role::Title } else { Role::Text });
    is_typed.then_some((body.x + x + u16::try_from(column).unwrap_or(0), body.y))
}

/// Paints rows, those of the entry at the cursor as selected; returns where the cursor stands.
pub(super) fn paint(canvas: &mut Canvas<'_>, body: Rect, cursor: usize, rows: &[Row]) -> Option<(u16, u16)> {
    let mut place = None;
    for (y, row) in (0..body.height).zip(rows) {
        canvas.text(body, 1, y, &row.text, row.role);
        canvas.right(body, y, &row.right, Role::Muted);
        if let Some((x, drawn)) = &row.drawn {
            canvas.text(body, 1 + x, y, drawn, Role::Accent);
        }
        let Some(of) = row.of else { continue };
        canvas.click(body, 0, y, body.width, Hit::Line(of));
        if of == cursor {
            if place.is_none() {
                canvas.text(body, 0, y, canvas.signs().pointer, Role::Text);
                place = Some((body.x, body.y + y));
            }
            canvas.select(Rect { y: body.y + y, height: 1, ..body });
        }
    }
    place
}

/// Returns the rows that fit, from the cursor upwards as much as half of the room takes, then on below it, then further up; `of` makes
/// those of an entry.
pub(super) fn around<R>(cursor: usize, count: usize, high: usize, of: impl Fn(usize) -> Vec<R>) -> Vec<R> {
    let mut first = cursor.min(count.saturating_sub(1));
    let mut shown = of(first);
    while first > 0 {
        let mut above = of(first - 1);
        if above.len() + shown.len() > high.div_ceil(2) {
            break;
        }
        above.append(&mut shown);
        (first, shown) = (first - 1, above);
    }
    for entry in cursor + 1..count {
        if shown.len() >= high {
            break;
        }
        shown.extend(of(entry));
    }
    // Where nothing follows any more, what stands above takes the room that is left.
    while first > 0 && shown.len() < high {
        let mut above = of(first - 1);
        if above.len() + shown.len() > high {
            break;
        }
        above.append(&mut shown);
        (first, shown) = (first - 1, above);
    }
    shown.truncate(high);
    shown
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn the_entry_of_the_cursor_is_seen_with_what_stands_around_it() {
        // Entry 2 has three rows, the others one.
        let of = |entry: usize| vec![entry; if entry == 2 { 3 } else { 1 }];
        for (cursor, high, rows) in [
            (0, 4, vec![0, 1, 2, 2]),
            (1, 4, vec![0, 1, 2, 2]),
            (2, 4, vec![2, 2, 2, 3]),
            (2, 9, vec![0, 1, 2, 2, 2, 3, 4]),
            (4, 4, vec![3, 4]),
            (4, 5, vec![2, 2, 2, 3, 4]),
            (4, 6, vec![1, 2, 2, 2, 3, 4]),
            (3, 9, vec![0, 1, 2, 2, 2, 3, 4]),
            (9, 2, vec![3, 4]),
        ] {
            assert_eq!(around(cursor, 5, high, of), rows, "{cursor} in {high}");
        }
    }
}
