//! The lines of a form and which of them are seen, the focused field always; what they say is `form.rs` and `entry.rs`.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::keys::Action;
use crate::desk::model::Model;
use crate::desk::zones::{FormHit, Hit};
use crate::width::width;

/// A line of the form before it is known which lines are seen.
pub(super) struct FormLine {
    pub text: String,
    pub role: Role,
    pub x: u16,
    /// What stands left of the text.
    pub label: String,
    /// The column of the cursor, counted from `x`.
    pub cursor: Option<u16>,
    pub focused: bool,
    /// What stands right of the text, where there is room: what it is understood as.
    pub meaning: String,
    /// The cells of the field that the text stands in; 0 for what is no field.
    pub extent: u16,
    /// What a click on it means; what belongs to a field leads to the field.
    pub hit: Option<FormHit>,
}

impl FormLine {
    pub(super) fn plain(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
            x: 0,
            label: String::new(),
            cursor: None,
            focused: false,
            meaning: String::new(),
            extent: 0,
            hit: None,
        }
    }
}

/// Paints a text, the field that it stands in, and behind it what it is understood as.
fn paint_text(canvas: &mut Canvas<'_>, inside: Rect, y: u16, line: &FormLine) {
    const GAP: u16 = 2;
    let wide = u16::try_from(width(&line.text)).unwrap_or(u16::MAX).min(inside.width.saturating_sub(line.x));
    let room = inside.width.saturating_sub(line.x);
    let said = u16::try_from(width(&line.meaning)).unwrap_or(u16::MAX).saturating_add(GAP);
    let fits = !line.meaning.is_empty() && wide.saturating_add(said) <= room;
    let extent = match line.extent {
        0 => wide,
        // A cell for what is typed next.
        extent => extent.max(wide + 1).min(if fits { (room - said).max(wide) } else { room }),
    };
    if line.extent > 0 {
        canvas.field(inside, (line.x, y), &line.text, line.role, extent);
    } else {
        canvas.text(inside, line.x, y, &line.text, line.role);
    }
    if fits {
        canvas.text(inside, line.x + extent + GAP, y, &line.meaning, Role::Muted);
    }
}

/// Paints the lines that are seen: the focused field with what is said about it, and as much above it as there is room for; or from
/// the line `scroll` on.
pub(super) fn paint(
    model: &Model,
    canvas: &mut Canvas<'_>,
    inside: Rect,
    scroll: Option<usize>,
    lines: &[FormLine],
    border: Rect,
) -> (u16, u16) {
    let room = usize::from(inside.height).max(1);
    let last = lines.iter().rposition(|line| line.focused).unwrap_or(0);
    let focus = lines.iter().position(|line| line.cursor.is_some()).unwrap_or(last);
    let most = lines.len().saturating_sub(room);
    let first = scroll.unwrap_or_else(|| (last + 1).saturating_sub(room).min(focus)).min(most);
    let mut cursor = (inside.x, inside.y);
    for (y, line) in (0..).zip(lines.iter().skip(first).take(room)) {
        canvas.text(inside, 0, y, &line.label, if line.focused { Role::Accent } else { Role::Muted });
        paint_text(canvas, inside, y, line);
        if let Some(hit) = line.hit {
            let wide = if hit == FormHit::Button { u16::try_from(width(&line.text)).unwrap_or(0) } else { inside.width };
            canvas.click(inside, 0, y, wide, Hit::Form(hit));
        }
        if let Some(column) = line.cursor {
            cursor = (inside.x + line.x + column, inside.y + y);
        }
    }
    let below = lines.len().saturating_sub(first + room);
    if below > 0 && inside.height > 0 {
        // On the lower border: what is out of sight, consequences above all, is at least known of.
        // In a form of one page what lies between the last field and the button may be more than is seen from either.
        let is_read = model.form().is_some_and(|form| form.kind.pages().is_empty()) && lines.len() > 2 * room;
        let key = model.keys.key_name(if is_read { Action::NextPage } else { Action::NextField });
        canvas.right(border, 0, &format!(" {} ", model.say.detail_more(key, below)), Role::Warn);
    }
    cursor
}
